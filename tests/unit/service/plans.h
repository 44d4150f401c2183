/* Databases with plans, for the tests of service. */
#ifndef PL_TESTS_PLANS_H
#define PL_TESTS_PLANS_H

#include "databases.h"

#include "service/service.h"
#include "text/lexicon.h"

static pl_ctx words;

static inline int setup(void **state)
{
    (void)state;
    words = test_ctx();
    return pl_lexicon_make(&words, of(""), &words.lexicon) == PL_OK ? 0 : -1;
}

static inline int teardown(void **state)
{
    (void)state;
    test_ctx_free(&words);
    return 0;
}

static const pl_request request = {PL_S_INIT("tester"), {1700000000, 5}};

static const char report[] =
    "云溪区2022年计划执行情况与2023年计划\n"
    "序号 | 指标 | 2022年目标值 | 2022年完成 | 2023年目标值 | 属性 | 责任部门 |\n"
    "1 | 常住人口(万人) | <313.2 | 312.4 | <313 | 约束性 | 区发展改革委、区统计局 |\n"
    "2 | 新增学位(个) | 5000 | 4100 | 5560 | 预期性 | 区教委 |\n";

static const char next_report[] =
    "云溪区2023年计划执行情况与2024年计划\n"
    "序号 | 指标 | 2023年目标值 | 2023年完成 | 2024年目标值 | 属性 | 责任部门 |\n"
    "1 | 常住人口(万人) | <313 | 312.2 | <312.8 | 约束性 | 区发展改革委 |\n"
    "2 | 新增学位数(个) | 5560 | 5600 | 6000 | 预期性 | 区教委 |\n"
    "3 | 新增托位数(个) | 300 | 300 | 320 | 预期性 | 区卫生健康委 |\n";

/* A database of the service in place of the empty one. */
static inline pl_store *make(databases *d, pl_store *s)
{
    size_t which = s == d->s[1];
    pl_store *made;

    pl_store_close(s);
    d->s[which] = NULL;
    if (which == 0)
        unlink(d->where[0]);
    if (pl_service_init(&d->cx, &request, d->where[which], of("110199"), of("云溪区"),
                        &made) != PL_OK)
        fail_msg("%s", d->cx.err.msg);
    d->s[which] = made;
    d->cx.lexicon = words.lexicon;
    return made;
}

static inline pl_saved import(databases *d, pl_store *s, const char *text)
{
    static size_t imports; /* each at a moment of its own: its ids come in their order */
    pl_bytes b = {(const unsigned char *)text, strlen(text)};
    pl_request rq = {request.actor, pl_now_later(request.now, imports++)};
    pl_saved saved;

    if (pl_service_import(&d->cx, &rq, s, of("110199"), of("a.txt"), b, &saved) != PL_OK)
        fail_msg("%s", d->cx.err.msg);
    return saved;
}

#endif
