/* Facts: every quantity of the narrative, its columns and its tasks, once. */
#include "unit.h"

#include <stdlib.h>

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

static pl_status read_plan(pl_ctx *cx, const char *text, size_t n, pl_plan **out)
{
    pl_bytes bytes = {(const unsigned char *)text, n};
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
    assert_int_equal(read_plan(&cx, district, sizeof district - 1, &plan), PL_OK);
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

/* The one text's facts as `figure=noun;` in order. */
static void facts_of(pl_ctx *cx, const char *text, pl_plan **out)
{
    char line[1024];

    snprintf(line, sizeof line, "一、2022年工作情况\n%s\n", text);
    assert_int_equal(read_plan(cx, line, strlen(line), out), PL_OK);
}

static void what_is_counted_or_measured_is_the_noun(void **state)
{
    static const struct {
        const char *text, *want; /* figure=noun, in order */
    } rows[] = {
        /* behind a counter, up to the verb */
        {"9150家小店获得租金减免3.8亿元。", "9150家=小店;3.8亿元=租金减免;"},
        {"17家骨干企业为302户个体户减租。", "17家=骨干企业;302户=个体户;"},
        {"推动5家企业研发的新药上市。", "5家=企业;"},
        {"新建50个菜店、理发店等社区网点。", "50个=社区网点;"},
        {"打造3条示范街，惠及2家老字号。", "3条=示范街;2家=老字号;"},
        {"完成9处公园和河边等12处绿地建设。", "9处=公园;12处=绿地建设;"},
        {"77家非营利(公益)机构参加。", "77家=非营利(公益)机构;"},
        /* before it, where nothing stands behind */
        {"新增托育机构15家，累计达99家。", "15家=托育机构;99家=托育机构;"},
        {"水利类(29项)", "29项=水利类;"},
        {"办理居住证3593张。", "3593张=居住证;"},
        {"绿化项目25项，水利项目29项。", "25项=绿化项目;29项=水利项目;"},
        /* amounts */
        {"财政收入预计实现96亿元左右。", "96亿元左右=财政收入;"},
        {"完成12.5公顷土地供应。", "12.5公顷=土地供应;"},
        {"发放900笔、34亿元小微贷款。", "900笔=小微贷款;34亿元=小微贷款;"},
        {"缓缴300家企业、2万名职工保险费8亿元。", "300家=企业;2万名=职工;8亿元=保险费;"},
        {"日配送能力超600吨。", "超600吨=日配送能力;"},
        {"建有1所200张床位以上的医院。", "1所=医院;200张床位以上=床位;"},
        {"15家企业融资2亿元。", "15家=企业;2亿元=企业融资;"},
        {"投资计划完成110亿元。", "110亿元=投资计划;"},
        /* shares and changes */
        {"地区生产总值突破90亿元，同比增长4%。",
         "突破90亿元=地区生产总值;4%=地区生产总值;"},
        {"出口额15亿元，占全市约四分之一。", "15亿元=出口额;约四分之一=出口额;"},
        {"研发支出占生产总值比重达3%。", "3%=研发支出占生产总值比重;"},
        {"农民收入增长5%，高于全市1.7个百分点。", "5%=农民收入;1.7个百分点=农民收入;"},
        {"标准由1200元上调至1300元。", "1200元=标准;1300元=标准;"},
        {"垃圾实现100%无害化处理。", "100%=无害化处理;"},
        {"数字经济增加值增速达8%。", "8%=数字经济增加值增速;"},
        {"事故起数、死亡人数分别下降5%、6%。", "5%=事故起数;6%=死亡人数;"},
        {"米、面产量分别增长5%、6%。", "5%=米、面产量;6%=米、面产量;"},
        {"“见缝插绿”20公顷。", "20公顷=见缝插绿;"},
        {"收入5亿元、支出4亿元，分别增长3%、2%。",
         "5亿元=收入;4亿元=支出;3%=收入;2%=支出;"},
        {"在建2座35万千瓦光热电站。", "2座=光热电站;35万千瓦=光热电站;"},
        {"让3万户9万群众远离险境。", "3万户=群众;9万=群众;"},
        {"粮食产量连续13年稳定在430亿斤以上。", "13年=粮食产量;430亿斤以上=粮食产量;"},
        {"实施工业项目23个，其中新开工9个。", "23个=工业项目;9个=工业项目;"},
        {"14个市州空气质量达标。", "14个=市州;"},
        {"道路覆盖全省93%的乡村。", "93%=乡村;"},
        /* nothing to be of */
        {"连续三年获评优秀。", "三年=;"},
        {"其中7项。", "7项=;"},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_ctx cx = test_ctx();
        pl_plan *plan;
        char got[1024] = "";
        size_t n = 0;

        facts_of(&cx, rows[i].text, &plan);
        for (size_t k = 0; k < plan->facts.n; k++) {
            const pl_fact *f = &plan->facts.p[k];

            n += (size_t)snprintf(got + n, sizeof got - n, "%.*s=%.*s;", PL_FMT(f->text),
                                  PL_FMT(f->noun));
            assert_true(f->head.n <= f->noun.n && pl_str_ends(f->noun, f->head));
        }
        assert_str(of(got), of(rows[i].want));
        test_ctx_free(&cx);
    }
}

static void a_figure_is_a_level_a_change_or_a_share(void **state)
{
    static const struct {
        const char *text;
        pl_fact_kind want; /* of its last fact */
    } rows[] = {
        {"就业人数增长5%。", PL_FACT_CHANGE}, /* */
        {"收入100亿元，增长5%。", PL_FACT_CHANGE},
        {"甲、乙产量分别增长5%、6%。", PL_FACT_CHANGE},
        {"高于全市1.7个百分点。", PL_FACT_CHANGE},
        {"投资增速达8%。", PL_FACT_CHANGE},
        {"收入增长到100亿元。", PL_FACT_LEVEL},
        {"签约率43.2%。", PL_FACT_LEVEL},
        {"新增学位1350个。", PL_FACT_LEVEL},
        {"实际利用外资6亿美元，占全市37.1%。", PL_FACT_SHARE},
        {"支出占比达63%。", PL_FACT_SHARE},
        {"不低于人均收入的60%。", PL_FACT_SHARE},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_ctx cx = test_ctx();
        pl_plan *plan;

        facts_of(&cx, rows[i].text, &plan);
        assert_true(plan->facts.n > 0);
        if (plan->facts.p[plan->facts.n - 1].kind != rows[i].want)
            fail_msg("%s: %d", rows[i].text, plan->facts.p[plan->facts.n - 1].kind);
        test_ctx_free(&cx);
    }
}

static void a_list_says_its_unit_and_names_once(void **state)
{
    pl_ctx cx = test_ctx();
    pl_plan *plan;

    (void)state;
    facts_of(&cx, "米、面、油产量分别高于全市12.7个、3个、2个百分点。",
             &plan); /* */
    assert_int_equal(plan->facts.n, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_str(plan->facts.p[i].unit, of("百分点"));
        assert_int_equal(plan->facts.p[i].kind, PL_FACT_CHANGE);
    }
    test_ctx_free(&cx);
    cx = test_ctx();
    facts_of(&cx, "米、面产量分别增长5%、6%。", &plan);
    assert_str(plan->facts.p[0].item, of("米"));
    assert_str(plan->facts.p[1].item, of("面产量"));
    test_ctx_free(&cx);
}

static void a_fact_has_its_period_and_whose_it_is(void **state)
{
    pl_ctx cx = test_ctx();
    pl_plan *plan;

    (void)state;
    facts_of(&cx, "2021-2025年累计新增学位800个。全市收入12亿元，其中税收5亿元。", &plan);
    assert_int_equal(plan->facts.n, 3);
    assert_int_equal(plan->facts.p[0].year, 2025);
    assert_int_equal(plan->facts.p[0].first, 2021);
    assert_int_equal(plan->facts.p[1].year, 2022);
    assert_str(plan->facts.p[1].scope, of("全市"));
    assert_str(plan->facts.p[2].scope, of(""));
    test_ctx_free(&cx);
}

static void goals_of_a_task_are_its_facts(void **state)
{
    pl_ctx cx = test_ctx();
    pl_plan *plan;

    (void)state;
    assert_int_equal(read_plan(&cx, district, sizeof district - 1, &plan), PL_OK);
    assert_int_equal(plan->tasks.n, 2);
    assert_int_equal(plan->tasks.p[0].goals.n, 2);
    assert_str(plan->tasks.p[0].goals.p[1].text, of("不少于80套"));
    assert_str(plan->tasks.p[0].goals.p[1].what, of("健身路径"));
    assert_int_equal(plan->tasks.p[1].goals.n, 1);
    test_ctx_free(&cx);
}

enum { MANY = 100000 };

/* One paragraph of n quantities of one unit. */
static pl_status read_many(pl_ctx *cx, size_t n, pl_plan **out)
{
    pl_buf b;
    pl_status st;
    pl_str text;

    pl_buf_init(&b, SIZE_MAX);
    pl_buf_put(&b, PL_S("一、2022年工作情况\n"));
    for (size_t i = 0; i < n; i++)
        pl_buf_put(&b, PL_S("新增学位31个、"));
    st = pl_buf_keep(cx, &b, &text);
    pl_buf_release(&b);
    assert_int_equal(st, PL_OK);
    return read_plan(cx, text.p, text.n, out);
}

static void memory_grows_with_the_number_of_quantities(void **state)
{
    size_t used[2];

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        pl_ctx cx = test_ctx();
        size_t n = i ? MANY : MANY / 8;
        pl_plan *plan;

        assert_int_equal(read_many(&cx, n, &plan), PL_OK);
        assert_int_equal(plan->facts.n, n);
        assert_str(plan->facts.p[n - 1].noun, of("学位"));
        used[i] = pl_arena_used(cx.arena);
        test_ctx_free(&cx);
    }
    assert_true(used[1] < used[0] * 16);
    assert_true(used[1] / MANY < 4096); /* bytes for each */
}

static void reading_survives_every_failed_allocation(void **state)
{
    pl_status st = PL_ENOMEM;

    (void)state;
    for (size_t n = 0; st != PL_OK && n < 10000; n++) {
        pl_ctx cx = test_ctx();
        pl_plan *plan = NULL;

        pl_arena_fail_after(cx.arena, n);
        st = read_plan(&cx, district, sizeof district - 1, &plan);
        assert_true(st == PL_OK || st == PL_ENOMEM);
        test_ctx_free(&cx);
    }
    assert_int_equal(st, PL_OK);
}

/* A paragraph that announces goals thousands of times: the first announcements are read,
 * in time and memory that grow with the text and not with its square. */
static void announcements_without_end_are_bounded(void **state)
{
    static const char head[] = "一、2023年主要预期目标\n",
                      one[] = "主要预期目标是：地区生产总值增长6%，财政收入增长4%，";
    enum { TIMES = 4000 };
    size_t n = sizeof head - 1 + TIMES * (sizeof one - 1);
    pl_ctx cx = test_ctx();
    char *text = malloc(n + 1), *p = text;
    pl_plan *plan;

    (void)state;
    assert_non_null(text);
    memcpy(p, head, sizeof head - 1);
    p += sizeof head - 1;
    for (int i = 0; i < TIMES; i++, p += sizeof one - 1)
        memcpy(p, one, sizeof one - 1);
    *p = '\0';
    assert_int_equal(read_plan(&cx, text, n, &plan), PL_OK);
    assert_true(plan->goals.n >= 2);
    assert_true(pl_arena_used(cx.arena) < 400 * n);
    free(text);
    test_ctx_free(&cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_quantity_is_a_fact_once),
        cmocka_unit_test(what_is_counted_or_measured_is_the_noun),
        cmocka_unit_test(a_figure_is_a_level_a_change_or_a_share),
        cmocka_unit_test(a_list_says_its_unit_and_names_once),
        cmocka_unit_test(a_fact_has_its_period_and_whose_it_is),
        cmocka_unit_test(goals_of_a_task_are_its_facts),
        cmocka_unit_test(memory_grows_with_the_number_of_quantities),
        cmocka_unit_test(reading_survives_every_failed_allocation),
        cmocka_unit_test(announcements_without_end_are_bounded),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
