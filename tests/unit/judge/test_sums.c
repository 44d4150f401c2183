/* Sums: parts against totals, in small documents. Each row is a document as it is right,
 * and one change that makes it wrong. */
#include "checking.h"

#include "judge/adding.h"

static pl_ctx words;

static int setup(void **state)
{
    (void)state;
    words = test_ctx();
    return pl_lexicon_make(&words, of(""), &words.lexicon) == PL_OK ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    test_ctx_free(&words);
    return 0;
}

#define HEAD "丙县2025年国民经济和社会发展计划执行情况的报告\n一、2025年工作\n"

static pl_status check_text(pl_ctx *cx, const char *text, pl_check **out)
{
    cx->lexicon = words.lexicon;
    return checking_try(cx, text, out);
}

/* The first relation of sums whose message has `needle`; NULL when there is none. */
static const pl_relation *sum(const pl_check *check, const char *needle)
{
    for (size_t i = 0; i < check->relations.n; i++) {
        const pl_relation *r = &check->relations.p[i];

        if (r->kind == PL_KIND_SUM && pl_str_has(r->message.zh, of(needle)))
            return r;
    }
    return NULL;
}

static const char columns[] =
    HEAD "安排城建项目90个、总投资额12.5亿元。\n"
         "专栏1:城建项目安排表\n"
         "类别 | 安排\n"
         "道路类(50项) | 区级总投资6.5亿元。包含新建20项,改建30项。\n"
         "公园类(30项) | 区级总投资6亿元。包含大型10项,小型20项。\n"
         "其他(10项) | 预留7项,应急3项\n";

/* The text has the rows' sum, but not their count. */
static const char amounts[] = HEAD "全年完成投资218亿元。\n"
                                   "专栏1 推进情况\n"
                                   "类别 | 进展\n"
                                   "道路类(32项) | 完成投资86.5亿元。\n"
                                   "产业类(98项) | 完成投资97.2亿元。\n"
                                   "民生类(56项) | 完成投资34.3亿元。\n";

static const char items[] =
    HEAD "帮扶有力。450家小店获得租金减免1.2亿元。\n"
         "专栏1:帮扶情况\n"
         "领域 | 进展\n"
         "租金 | 租金减免:2家国企为150家小店减免5000.25万元;村集体为200户商户减免"
         "4000万元;商场为100家小店减免3000.11万元。\n";

static const char totals[] = HEAD "表1 资金安排\n"
                                  "领域 | 项目数(个) | 资金(万元) | 完成率(%)\n"
                                  "交通 | 12 | 30.5 | 90\n"
                                  "水利 | 8 | 12.25 | 95\n"
                                  "小计 | 20 | 42.75 | 91\n"
                                  "教育 | 15 | 9.1 | 98\n"
                                  "卫生 | 5 | 3 | 98\n"
                                  "小计 | 20 | 12.1 | 97\n"
                                  "总计 | 40 | 54.9 | 94\n";

/* A document, what is said when it is right, and when `was` is written as `is`. */
typedef struct change {
    const char *text, *held;
    const char *was, *is;
    pl_severity severity;
    const char *says;
} change;

static const change changes[] = {
    /* lists in a sentence */
    {HEAD "实施项目50个,其中新建20个、续建30个。", "20 + 30 = 50个，与总数一致", "新建20",
     "新建40", PL_SEVERITY_WARNING, "40 + 30 = 70个，多于总数“50个”，差20个"},
    {HEAD "实施项目50个,其中新建20个。", "20个，不超过总数“50个”", "新建20", "新建80",
     PL_SEVERITY_ERROR, "80个，部分大于总数“50个”，差30个"},
    {HEAD "实施项目50个(其中新建20个、续建30个)。", "20 + 30 = 50个", "项目50", "项目5",
     PL_SEVERITY_ERROR, "部分大于总数"},
    {HEAD "实施项目50个,分为新建20个、续建30个。", "20 + 30 = 50个", "续建30", "续建20",
     PL_SEVERITY_ERROR, "20 + 20 = 40个，少于总数“50个”，差10个"},
    {HEAD "发布榜单6项,包括公开2项、定向4项。", "2 + 4 = 6项", "定向4", "定向3",
     PL_SEVERITY_WARNING, "2 + 3 = 5项，少于总数“6项”，差1项"},
    {HEAD "发布榜单6项,包括公开2项、定向4项。", "2 + 4 = 6项", "定向4", "定向5",
     PL_SEVERITY_ERROR, "2 + 5 = 7项，多于总数“6项”"},
    {HEAD "完成投资3.2亿元,其中财政资金9000万元。", "9000万元，不超过总数“3.2亿元”",
     "万元", "亿元", PL_SEVERITY_ERROR, "部分大于总数“3.2亿元”，差8996.8亿元"},
    {HEAD "绿化面积2平方公里,其中公园100公顷、道路1500亩。",
     "100公顷 + 1500亩 = 2平方公里，与总数一致", "100公顷", "400公顷", PL_SEVERITY_ERROR,
     "400公顷，部分大于总数“2平方公里”"},
    {HEAD "修建池塘1000个,其中水库7座、水窖993个。", "7座 + 993个 = 1000个，与总数一致",
     "993个", "9930个", PL_SEVERITY_ERROR, "部分大于总数"},
    {HEAD "在31项指标中,27项指标如期完成。", "27项，不超过总数“31项”", "27项", "72项",
     PL_SEVERITY_WARNING, "72项，部分大于总数“31项”"},
    {HEAD "引进企业60家,其中,外资12家。", "12家，不超过总数“60家”", "12家", "92家",
     PL_SEVERITY_ERROR, "部分大于总数"},
    {HEAD "新建助餐点15家,服务提升,累计达99家。", "15家，不超过现有总数“99家”", "99家",
     "9家", PL_SEVERITY_WARNING, "15家，新增多于现有总数“9家”，差6家"},
    {HEAD "发布需求6项;择优发布榜单8项,包括公开2项、定向6项。", "2 + 6 = 8项", "榜单8",
     "榜单9", PL_SEVERITY_WARNING, "2 + 6 = 8项，少于总数“9项”"},
    /* rows that count what they hold */
    {columns, "20 + 30 = 50项，与本行总数一致", "改建30", "改建31", PL_SEVERITY_ERROR,
     "20 + 31 = 51项，与本行总数不符“50项”，差1项"},
    {columns, "7 + 3 = 10项，与本行总数一致", "预留7", "预留9", PL_SEVERITY_ERROR,
     "9 + 3 = 12项"},
    {columns, "50 + 30 + 10 = 90项，与正文总数一致“90个”", "项目90", "项目80",
     PL_SEVERITY_WARNING, "50 + 30 + 10 = 90项，与正文总数不符“80个”，差10个"},
    {columns, "6.5 + 6 = 12.5亿元，与正文总数一致", "12.5亿", "16.5亿",
     PL_SEVERITY_WARNING, "差4亿元；“其他(10项)”一行未列数"},
    {amounts, "86.5 + 97.2 + 34.3 = 218亿元，与正文总数一致", "218亿元", "218亿元以上",
     PL_SEVERITY_HELD, "与正文总数一致“218亿元以上”"},
    /* items against the sentence that sums them up */
    {items, "5000.25 + 4000 + 3000.11 = 12000.36万元，与总数一致“1.2亿元”", "1.2亿",
     "2.2亿", PL_SEVERITY_ERROR, "12000.36万元，少于总数“2.2亿元”，差0.999964亿元"},
    {items, "150家 + 200户 + 100家 = 450家，与总数一致“450家”", "200户", "900户",
     PL_SEVERITY_WARNING, "多于总数“450家”，差700家"},
    /* rows of totals */
    {totals, "12 + 8 = 20，与合计一致“20”", "交通 | 12", "交通 | 42", PL_SEVERITY_ERROR,
     "42 + 8 = 50，与合计不符“20”，差30"},
    {totals, "30.5 + 12.25 + 9.1 + 3 = 54.85，与合计一致“54.9”", "54.9", "64.9",
     PL_SEVERITY_ERROR, "与合计不符“64.9”，差10.05"},
};

/* `text` with the first `was` written as `is`. */
static char *written_as(const change *c, char *out, size_t size)
{
    const char *at = strstr(c->text, c->was);
    int n;

    assert_non_null(at);
    n = snprintf(out, size, "%.*s%s%s", (int)(at - c->text), c->text, c->is,
                 at + strlen(c->was));
    assert_true(n > 0 && (size_t)n < size);
    return out;
}

static void parts_are_held_against_their_total(void **state)
{
    char text[4096];

    (void)state;
    for (size_t i = 0; i < PL_COUNT(changes); i++) { /* */
        const change *c = &changes[i];
        pl_ctx cx = test_ctx();
        const pl_relation *r;
        pl_check *check;

        assert_int_equal(check_text(&cx, c->text, &check), PL_OK);
        r = sum(check, c->held);
        if (!r || r->severity != PL_SEVERITY_HELD || check->n_findings) {
            checking_print(check);
            fail_msg("right document %zu: '%s' is to hold, without a finding", i,
                     c->held);
        }
        assert_int_equal(check_text(&cx, written_as(c, text, sizeof text), &check),
                         PL_OK);
        r = sum(check, c->says);
        if (!r || r->severity != c->severity) {
            checking_print(check);
            fail_msg("changed document %zu: '%s' is to be said", i, c->says);
        }
        assert_true(r->witnesses.n > 1 && r->message.en.n);
        assert_true(r->severity == PL_SEVERITY_HELD || (r->found.n && r->expected.n));
        test_ctx_free(&cx);
    }
}

static void what_need_not_add_up_is_left_alone(void **state)
{
    static const char *const texts[] = {
        /* only some of the parts */
        "实施项目50个,其中新建20个、改建10个。",
        "发布榜单9项,包括公开2项、定向4项等。",
        "建成学校10所,其中小学3所、中学2所,改造幼儿园20所。",
        /* how many there are by now, by how much it grew, from which size on */
        "新建站点15家,其中累计建成99家。",
        "完成投资20亿元,其中民间投资增加30亿元。",
        "新建项目12个,总投资3亿元,其中5亿元以上项目2个。",
        /* other things, other units, no figure before */
        "新建公园2个,其中栽树500棵。",
        "全面加强管理,其中巡查300次。",
        /* rounded parts */
        "投入资金1.0亿元,其中市级0.33亿元、县级0.33亿元、乡级0.33亿元。",
        /* a rate and a mean in the row of totals, a row without a figure, a broken row */
        "表1 安排\n领域 | 数量(个) | 增长(%)\n甲 | 3 | 5\n乙 | 4 | 7\n合计 | 7 | 6\n",
        ("表1 安排\n序号 | 领域 | 数量 | 面积\n1 | 甲 | 3 | 5\n2 | 乙 | 4 | 7\n"
         " | 合计 | 7 | 12\n"),
        /* a table of something else than the text counts */
        ("实施项目200个,其中亿元以上项目74个。\n专栏1 项目推进情况\n类别 | 进展\n"
         "道路类(30项) | 完成\n公园类(20项) | 完成\n校舍类(40项) | 完成\n"),
        "表1 安排\n领域 | 数量(个)\n合计 | 7\n甲 | 3\n其中:丙 | 1\n乙 | 4\n",
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(texts); i++) {
        char text[1024];
        pl_ctx cx = test_ctx();
        pl_check *check;

        (void)snprintf(text, sizeof text, HEAD "%s", texts[i]);
        assert_int_equal(check_text(&cx, text, &check), PL_OK);
        for (size_t k = 0; k < check->n_findings; k++)
            if (check->relations.p[k].kind == PL_KIND_SUM) {
                checking_print(check);
                fail_msg("'%s' is no contradiction", texts[i]);
            }
        test_ctx_free(&cx);
    }
}

static pl_figure figure(const char *text)
{
    pl_figure f = {.passage = PL_NOPOS, .text = of(text)};

    assert_true(pl_quantity_next(words.lexicon, of(text), 0, &f.q));
    assert_true(pl_figure_measure(&f));
    return f;
}

static void intervals_add_end_by_end(void **state)
{
    static const struct {
        const char *a, *b, *total;
        pl_adds want;
    } rows[] = {
        {"25项", "29项", "54项", PL_ADDS_SAME},           /* */
        {"25项", "29项", "55项", PL_ADDS_LESS},           /* */
        {"1.2亿元", "1.2亿元", "2.5亿元", PL_ADDS_SAME},  /* */
        {"1.2亿元", "1.2亿元", "2.6亿元", PL_ADDS_LESS},  /* */
        {"1.2亿元", "3000万元", "1.2亿元", PL_ADDS_MORE}, /* */
        {"2公顷", "30亩", "4公顷", PL_ADDS_SAME},         /* */
        {"480个", "560个", "1000个", PL_ADDS_SAME},       /* */
        {"480个", "560个", "1100个", PL_ADDS_LESS},       /* */
        {"超200家", "300家", "600家", PL_ADDS_SAME},      /* */
        {"近200家", "300家", "490家", PL_ADDS_SAME},      /* */
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_figure a = figure(rows[i].a), b = figure(rows[i].b),
                  total = figure(rows[i].total);
        const pl_figure *both[] = {&a, &b};
        pl_figure_refs refs = {both, 2, 2};
        pl_sum s;

        assert_true(pl_sum_of(&refs, 0, 2, &s));
        if (pl_sum_against(&s, &total) != rows[i].want)
            fail_msg("%s + %s against %s: got %d", rows[i].a, rows[i].b, rows[i].total,
                     (int)pl_sum_against(&s, &total));
    }
}

static void a_sum_that_does_not_fit_is_refused(void **state)
{
    pl_figure a = figure("9万亿元");
    const pl_figure *both[] = {&a, &a};
    pl_figure_refs refs = {both, 2, 2};
    pl_sum s = {.open = true};

    (void)state;
    a.value = a.lo = a.hi = (pl_dec){INT64_MAX, 0};
    assert_false(pl_sum_of(&refs, 0, 2, &s));
    assert_true(s.open);
}

/* Lists, rows and items without end: bounded work, no finding lost in front of them. */
static void long_lists_are_cut(void **state)
{
    enum { PARTS = 20000 };
    pl_buf b;
    pl_ctx cx = test_ctx();
    pl_check *check;

    (void)state;
    pl_buf_init(&b, 1 << 22);
    pl_buf_put(&b, PL_S(HEAD "租金:共50家,其中"));
    for (int i = 0; i < PARTS; i++)
        pl_buf_put(&b, PL_S("甲3家、乙:2家,其中丙1家;"));
    pl_buf_putc(&b, '\0');
    assert_false(b.failed);
    assert_int_equal(check_text(&cx, b.p, &check), PL_OK);
    pl_buf_release(&b);
    test_ctx_free(&cx);
}

static void sums_survive_every_failed_allocation(void **state)
{
    static const char *const texts[] = {columns, items, totals};

    (void)state;
    for (size_t i = 0; i < PL_COUNT(texts); i++) {
        pl_status st = PL_ENOMEM;

        for (size_t fail = 0; st != PL_OK && fail < 20000; fail += 1 + fail / 24) {
            pl_ctx cx = test_ctx();
            pl_check *check;

            pl_arena_fail_after(cx.arena, fail);
            st = check_text(&cx, texts[i], &check);
            assert_true(st == PL_OK || (st == PL_ENOMEM && cx.err.code == PL_ENOMEM));
            test_ctx_free(&cx);
        }
        assert_int_equal(st, PL_OK);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_held_against_their_total),
        cmocka_unit_test(what_need_not_add_up_is_left_alone),
        cmocka_unit_test(intervals_add_end_by_end),
        cmocka_unit_test(a_sum_that_does_not_fit_is_refused),
        cmocka_unit_test(long_lists_are_cut),
        cmocka_unit_test(sums_survive_every_failed_allocation),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
