/* Relations: figures as intervals, and whole small documents with what must be found in
 * them, and what must not. */
#include "checking.h"

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

static pl_figure figure(const char *text)
{
    pl_figure f = {0};

    assert_true(pl_quantity_next(words.lexicon, of(text), 0, &f.q));
    assert_true(pl_figure_measure(&f));
    return f;
}

static void printed_figures_agree_as_intervals(void **state)
{
    static const struct {
        const char *a, *b;
        pl_agree want;
    } rows[] = {
        {"801笔", "801笔", PL_AGREE_SAME},               /* */
        {"1.28万户", "12847户", PL_AGREE_ROUNDED},       /* */
        {"23.2亿元", "23.183亿元", PL_AGREE_ROUNDED},    /* */
        {"12.8亿元", "127577.61万元", PL_AGREE_ROUNDED}, /* */
        {"28.8亿元", "28.88亿元", PL_AGREE_TRUNCATED},   /* */
        {"近7000家", "6863家", PL_AGREE_HEDGED},         /* */
        {"1.4万余笔", "14900笔", PL_AGREE_HEDGED},       /* */
        {"超2000家", "2107家", PL_AGREE_HEDGED},         /* */
        {"1000余项", "1400项", PL_AGREE_NOT},            /* */
        {"5000个", "4800个", PL_AGREE_ROUND},            /* */
        {"5000个", "5560个", PL_AGREE_NOT},              /* */
        {"10040个", "10041个", PL_AGREE_NOT},            /* */
        {"350个", "347个", PL_AGREE_ROUND},              /* */
        {"1350个", "1347个", PL_AGREE_NOT},              /* */
        {"7120家", "7210家", PL_AGREE_NOT},
        {"2公顷", "30亩", PL_AGREE_ROUNDED},
        {"43.2%", "43.19%", PL_AGREE_ROUNDED},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_figure a = figure(rows[i].a), b = figure(rows[i].b);

        if (pl_figures_agree(&a, &b) != rows[i].want)
            fail_msg("%s, %s: got %d, want %d", rows[i].a, rows[i].b,
                     (int)pl_figures_agree(&a, &b), (int)rows[i].want);
        assert_int_equal(pl_figures_agree(&b, &a), rows[i].want);
    }
}

static const char document[] =
    "甲区2022年计划执行情况与2023年计划的报告\n"
    "一、2022年计划执行情况\n"
    "民生改善。为近3000家小店减免租金4.56亿元,新增停车位520个。\n"
    "专栏1:助企纾困成效\n"
    "领域 | 进展\n"
    "租金 | 为2871家小店减免租金4.567亿元\n"
    "2022年2项计划指标中,有2项指标完成年初目标。\n"
    "二、2023年主要任务\n"
    "(一)改善民生\n"
    "做实民生。(1)建成口袋公园12处,为居民添绿。(2)新增停车位650个。"
    "(3)修缮校舍2万平方米。(4)改造危桥7座。\n"
    "附件:1.甲区2023年国民经济和社会发展计划\n"
    "2.2023年重点任务表\n"
    "附件1\n"
    "甲区2023年国民经济和社会发展计划\n"
    "序号 | 指标 | 2021年数值 | 2022年目标值 | 2022年数值 | 2023年目标值 | 责任部门\n"
    "1 | 新增停车位(个) | 400 | 500 | 520 | 600 | 城管委\n"
    "2 | 城镇登记失业率(%) | 3.1 | 控制在3.5以内 | 3.2 | 控制在3.5以内 | 人社局\n"
    "附件2\n"
    "2022年重点任务表\n"
    "序号 | 工作措施 | 责任单位\n"
    "1 | 建成口袋公园12处,为居民添绿。 | 园林局\n"
    "2 | 新增停车位650个。 | 城管委\n"
    "3 | 修缮校舍3万平方米。 | 教委\n";

static void what_a_document_says_twice_is_compared(void **state)
{
    static const struct {
        pl_kind kind;
        pl_severity severity;
        const char *needle;
    } rows[] = {
        {PL_KIND_REPEAT, PL_SEVERITY_HELD, "近3000家"},        /* */
        {PL_KIND_ROUNDING, PL_SEVERITY_ERROR, "4.56亿元"},     /* */
        {PL_KIND_TARGET, PL_SEVERITY_HELD, "520个"},           /* */
        {PL_KIND_TARGET, PL_SEVERITY_ERROR, "650个"},          /* */
        {PL_KIND_REPEAT, PL_SEVERITY_HELD, "同为“12处”"},      /* */
        {PL_KIND_REPEAT, PL_SEVERITY_ERROR, "“2万平方米”"},    /* */
        {PL_KIND_MISSING, PL_SEVERITY_WARNING, "正文的“7座”"}, /* */
        {PL_KIND_TITLE, PL_SEVERITY_HELD, "附件1"},            /* */
        {PL_KIND_TITLE, PL_SEVERITY_ERROR, "写作2022年"},      /* */
        {PL_KIND_CLAIM, PL_SEVERITY_HELD, "计划指标2项"},
        {PL_KIND_CLAIM, PL_SEVERITY_HELD, "完成的指标2项"},
        {PL_KIND_SEQUENCE, PL_SEVERITY_HELD, "任务序号1至3连续"},
    };
    pl_ctx cx = test_ctx();
    pl_check *check;

    (void)state;
    cx.lexicon = words.lexicon;
    check = checking_of(&cx, document);
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        const pl_relation *r =
            checking_find(check, rows[i].kind, rows[i].severity, rows[i].needle);

        if (!r) {
            checking_print(check);
            fail_msg("no relation '%s'", rows[i].needle);
        }
        assert_true(r->witnesses.n > 0);
        assert_true(r->id.n > 0);
        assert_true(r->message.en.n > 0);
    }
    test_ctx_free(&cx);
}

static void a_document_that_agrees_has_no_errors(void **state)
{
    static const char text_of[] =
        "乙县2022年政府工作报告\n"
        "一、2022年工作回顾\n"
        "经济稳中有进。地区生产总值增长4.2%,财政收入增长5.1%,粮食产量27万吨。\n"
        "民生改善。新建学校3所,改造小区12个,新增学位2000个。\n"
        "环境向好。新建公园3处,造林1200亩,完成小区绿化14个。\n";
    pl_ctx cx = test_ctx();
    pl_check *check;

    (void)state;
    cx.lexicon = words.lexicon;
    check = checking_of(&cx, text_of);
    assert_int_equal(check->n_findings, 0);
    test_ctx_free(&cx);
}

static void other_times_and_other_items_are_other_things(void **state)
{
    static const checking_row rows[] = {
        /* done, and to be done */
        {"丙市2026年上半年报告\n一、上半年完成情况\n新增规模以上工业企业64家。\n"
         "二、下半年工作安排\n新增规模以上工业企业110家。\n",
         PL_KIND_REPEAT, PL_SEVERITY_HELD, ""},
        /* items of a list */
        {"丙市2026年规划\n一、园区\n1.装备产业园。规划面积9.6平方公里。\n"
         "2.材料产业园。规划面积11.8平方公里。\n",
         PL_KIND_REPEAT, PL_SEVERITY_HELD, ""},
        /* of what the clause before names */
        {"丙市2026年报告\n一、回顾\n实际使用外资1.36亿美元,完成年度目标的54.4%。\n"
         "城镇新增就业3.12万人,完成年度目标的62.4%。\n",
         PL_KIND_REPEAT, PL_SEVERITY_HELD, ""},
        /* the year goes on behind a semicolon */
        {"丙市2026—2030年规划\n一、港口\n2025年完成货物吞吐量8120万吨；完成集装箱吞吐量18"
         "6万"
         "标箱。\n到2030年,货物吞吐量达到1亿吨；完成集装箱吞吐量260万标箱。\n",
         PL_KIND_REPEAT, PL_SEVERITY_HELD, ""},
        /* a verb with its own object names it */
        {"丙市2026年报告\n一、回顾\n政策落地,减免小微企业税费5.38亿元。\n"
         "着力纾困,减免小微企业税费5.83亿元。\n",
         PL_KIND_REPEAT, PL_SEVERITY_ERROR, "5.38亿元"},
    };

    (void)state;
    checking_rows(words.lexicon, rows, PL_COUNT(rows)); /* */
}

static void broken_numbers_are_found(void **state)
{
    static const char text_of[] = "重点任务表\n"
                                  "序号 | 工作措施 | 责任单位\n"
                                  "1 | 修路 | 交通局\n"
                                  "2 | 架桥 | 交通局\n"
                                  "4 | 种树 | 林业局\n";
    pl_ctx cx = test_ctx();
    pl_check *check;

    (void)state;
    cx.lexicon = words.lexicon;
    check = checking_of(&cx, text_of);
    assert_non_null(
        checking_find(check, PL_KIND_SEQUENCE, PL_SEVERITY_ERROR, "应为3，写作4"));
    test_ctx_free(&cx);
}

static void checking_survives_every_failed_allocation(void **state)
{
    (void)state;
    checking_allocations(words.lexicon, document);
}

/* The verdicts alone are those of the whole check. */
static void verdicts_need_no_relations(void **state)
{
    static const char text[] = "附件 2022年指标表\n"
                               "序号\t指标\t2022年目标\t2022年完成\n"
                               "1\t绿化覆盖率（%）\t50以上\t51\n"
                               "2\t新增学位（个）\t1300\t1250\n"
                               "3\t登记失业率（%）\t3以内\t2.6\n";
    const pl_check_opts opts = {0};
    pl_ctx cx = test_ctx();
    pl_check *alone;

    (void)state;
    cx.lexicon = words.lexicon;
    const pl_check *whole = checking_of(&cx, text);

    assert_int_equal(pl_check_verdicts(&cx, whole->plan, &opts, &alone), PL_OK);
    assert_int_equal(whole->indicators.n, 3);
    assert_int_equal(alone->indicators.n, whole->indicators.n);
    assert_int_equal(alone->met, 2);
    assert_int_equal(alone->missed, 1);
    assert_int_equal(alone->relations.n, 0);
    test_ctx_free(&cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdicts_need_no_relations),
        cmocka_unit_test(printed_figures_agree_as_intervals),
        cmocka_unit_test(what_a_document_says_twice_is_compared),
        cmocka_unit_test(a_document_that_agrees_has_no_errors),
        cmocka_unit_test(other_times_and_other_items_are_other_things),
        cmocka_unit_test(broken_numbers_are_found),
        cmocka_unit_test(checking_survives_every_failed_allocation),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
