/* Facts: every quantity of the narrative, its columns and its tasks, once. */
#include "unit.h"

#include "doc/text_reader.h"
#include "plan/plan.h"

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

static const char district[] = "一、2022年工作情况\n"
                               "全年新增学位1350个，发放贷款801笔、34.6亿元。\n"
                               "专栏1：项目情况\n"
                               "类别 |\n"
                               "数量 |\n"
                               "环境治理 |\n"
                               "水利设施项目29项 |\n"
                               "二、2023年任务\n"
                               "开工保障房8000套。\n"
                               "附件2\n"
                               "2023年重点任务表\n"
                               "序号 |\n"
                               "任务 |\n"
                               "责任部门 |\n"
                               "1 |\n"
                               "开工保障房8000套，更新不少于80套健身路径。 |\n"
                               "区住建委 |\n"
                               "2 |\n"
                               "完成131处围挡治理。 |\n"
                               "区城管委 |\n";

static pl_status read_plan(pl_ctx *cx, const char *text, pl_plan **out)
{
    pl_bytes bytes = {(const unsigned char *)text, strlen(text)};
    pl_doc *doc;

    cx->lexicon = words.lexicon;
    PL_TRY(pl_doc_read_text(cx, bytes, &doc));
    return pl_plan_read(cx, doc, out);
}

static void every_quantity_is_a_fact_once(void **state)
{
    static const struct {
        const char *text;
        pl_source source;
        const char *section;
        int year;
    } rows[] = {
        {"1350个", PL_SOURCE_NARRATIVE, "1", 2022},
        {"801笔", PL_SOURCE_NARRATIVE, "1", 2022},
        {"34.6亿元", PL_SOURCE_NARRATIVE, "1", 2022},
        {"29项", PL_SOURCE_COLUMN, "1", 2022},
        {"8000套", PL_SOURCE_NARRATIVE, "2", 2023},
        {"8000套", PL_SOURCE_TASK, "", 2023},
        {"不少于80套", PL_SOURCE_TASK, "", 2023},
        {"131处", PL_SOURCE_TASK, "", 2023},
    };
    pl_ctx cx = test_ctx();
    pl_plan *plan;

    (void)state;
    assert_int_equal(read_plan(&cx, district, &plan), PL_OK);
    assert_int_equal(plan->facts.n, PL_COUNT(rows));
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        const pl_fact *f = &plan->facts.p[i];
        const pl_fact_text *t = &plan->texts.p[f->in];

        assert_str(f->text, of(rows[i].text));
        assert_int_equal(t->source, rows[i].source);
        assert_str(f->section, of(rows[i].section));
        assert_int_equal(f->year, rows[i].year);
        assert_true(i >= t->first_fact && i < t->first_fact + t->n_facts);
    }
    test_ctx_free(&cx);
}

static void goals_of_a_task_are_its_facts(void **state)
{
    pl_ctx cx = test_ctx();
    pl_plan *plan;

    (void)state;
    assert_int_equal(read_plan(&cx, district, &plan), PL_OK);
    assert_int_equal(plan->tasks.n, 2);
    assert_int_equal(plan->tasks.p[0].goals.n, 2);
    assert_str(plan->tasks.p[0].goals.p[1].text, of("不少于80套"));
    assert_str(plan->tasks.p[0].goals.p[1].what, of("健身路径"));
    assert_int_equal(plan->tasks.p[1].goals.n, 1);
    test_ctx_free(&cx);
}

static void reading_survives_every_failed_allocation(void **state)
{
    pl_status st = PL_ENOMEM;

    (void)state;
    for (size_t n = 0; st != PL_OK && n < 10000; n++) {
        pl_ctx cx = test_ctx();
        pl_plan *plan = NULL;

        pl_arena_fail_after(cx.arena, n);
        st = read_plan(&cx, district, &plan);
        assert_true(st == PL_OK || st == PL_ENOMEM);
        test_ctx_free(&cx);
    }
    assert_int_equal(st, PL_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_quantity_is_a_fact_once),
        cmocka_unit_test(goals_of_a_task_are_its_facts),
        cmocka_unit_test(reading_survives_every_failed_allocation),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
