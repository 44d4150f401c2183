/* Figures of the text and goals against the indicator table, R-340. */
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

#define TABLE                                                                                  \
    "丁市2023年国民经济和社会发展计划\n"                                         \
    "序号 | 指标 | 2022年目标值 | 2022年数值 | 2023年目标值 | 责任部门\n"   \
    "1 | 地区生产总值增速(%) | 6以上 | 4 | 6左右 | 发改委\n"                    \
    "2 | 城镇登记失业率(%) | 3.5以内 | 3.12 | 3.5以内 | 人社局\n"                \
    "3 | 财政收入增速(%) | 5 | 0.1(同口径8%) | 4 | 财政局\n"                       \
    "4 | 实际利用外资额(亿美元) | 达到市级要求(6.2) | 6.4 | 6.5 | 商务局\n" \
    "5 | 新建公园数(处) | 40 | 41 | 1350 | 园林局\n"

#define DONE "一、2022年计划执行情况\n"
#define NEXT "二、2023年主要目标\n2023年主要预期目标是:"

static void figures_of_the_text_are_held_against_the_table(void **state)
{
    static const checking_row rows[] = {
        /* what a clause before names */
        {TABLE DONE "全年地区生产总值突破1200亿元,同比增长4%。\n", PL_KIND_TARGET,
         PL_SEVERITY_HELD, "“4%”与指标1"}, /* */
        {TABLE DONE "全年地区生产总值突破1200亿元,同比增长5%。\n", PL_KIND_TARGET,
         PL_SEVERITY_ERROR, "“5%”与指标1"},
        /* a bound and a value */
        {TABLE DONE "城镇登记失业率控制在3.2%以内。\n", PL_KIND_TARGET, PL_SEVERITY_HELD,
         "相容"},
        {TABLE DONE "城镇登记失业率控制在3%以内。\n", PL_KIND_TARGET, PL_SEVERITY_ERROR,
         "不一致"},
        /* another basis */
        /* */
        {TABLE DONE "财政收入同口径增长8.4%。\n", PL_KIND_TARGET, PL_SEVERITY_NOTE,
         "修约后一致"},
        {TABLE DONE "财政收入增长8.4%。\n", PL_KIND_TARGET, PL_SEVERITY_ERROR,
         "“8.4%”与指标3"},
        /* the year's target, said with its value */
        {TABLE DONE "实际利用外资6.4亿美元,超额完成6.2亿美元的计划任务。\n",
         PL_KIND_TARGET, PL_SEVERITY_HELD, "“6.2亿美元”与指标4"},
        {TABLE DONE "实际利用外资6.4亿美元,超额完成6.3亿美元的计划任务。\n",
         PL_KIND_TARGET, PL_SEVERITY_WARNING, "“6.3亿美元”与指标4"},
    };

    (void)state;
    checking_rows(words.lexicon, rows, PL_COUNT(rows));
}

static void goals_are_held_against_the_table(void **state)
{
    static const checking_row rows[] = {
        {TABLE NEXT "地区生产总值增长6%左右;城镇登记失业率控制在3.5%以内。\n",
         PL_KIND_TARGET, PL_SEVERITY_HELD, "与指标1"}, /* */
        {TABLE NEXT "财政收入增长5%;城镇登记失业率控制在3.5%以内。\n", PL_KIND_TARGET,
         PL_SEVERITY_ERROR, "“增长5%”与指标3"},
        /* of two vague figures, and of two bounds, both may be meant */
        {TABLE NEXT "地区生产总值增长7%左右;财政收入增长4%。\n", PL_KIND_TARGET,
         PL_SEVERITY_WARNING, "与指标1"},
        {TABLE NEXT "城镇登记失业率控制在3%以内;财政收入增长4%。\n", PL_KIND_TARGET,
         PL_SEVERITY_WARNING, "与指标2"},
        /* a bare number is a ratio */
        {TABLE NEXT "新建公园数缩小到2.05以内;财政收入增长4%。\n", PL_KIND_TARGET,
         PL_SEVERITY_HELD, "与指标3"},
        /* what is set is not the rounding of another figure that is set */
        {TABLE NEXT "新建公园数1400处;财政收入增长4%。\n", PL_KIND_TARGET,
         PL_SEVERITY_WARNING, "与指标5"},
    };

    (void)state;
    checking_rows(words.lexicon, rows, PL_COUNT(rows));
}

#define TERM                                               \
    "己州能源规划\n一、目标\n"                   \
    "序号 | 指标 | 单位 | 2025年 | 2030年目标\n" \
    "1 | 电力总装机容量 | 万千瓦 | 962 | 1500\n" \
    "2 | 高新技术企业数量 | 家 | 471 | 800\n"     \
    "二、任务\n"

static void cells_are_found_by_their_year(void **state)
{
    static const checking_row rows[] = {
        {TERM "2025年,高新技术企业达到471家。\n", PL_KIND_TARGET, PL_SEVERITY_HELD,
         "“471家”与指标2"}, /* */
        {TERM "到2030年,高新技术企业达到850家。\n", PL_KIND_TARGET, PL_SEVERITY_WARNING,
         "“850家”与指标2"},
        /* no time is said */
        {TERM "高新技术企业达到800家。\n", PL_KIND_TARGET, PL_SEVERITY_HELD,
         "“800家”与指标2"},
        {TERM "高新技术企业达到850家。\n", PL_KIND_TARGET, PL_SEVERITY_WARNING,
         "“850家”与指标2"},
        /* new things, parts and shares are other things */
        {TERM "2025年,新增电力装机容量538万千瓦。\n", PL_KIND_TARGET, PL_SEVERITY_HELD,
         ""},
        {TERM "到2030年,电力总装机容量达到1500万千瓦,其中水电514万千瓦。\n",
         PL_KIND_ROUNDING, PL_SEVERITY_HELD, ""},
        {TERM "到2030年,人均电力总装机容量为1400万千瓦。\n", PL_KIND_TARGET,
         PL_SEVERITY_HELD, ""},
    };

    (void)state;
    checking_rows(words.lexicon, rows, PL_COUNT(rows));
}

static void clauses_may_be_numbered_over_paragraphs(void **state)
{
    static const char text[] =
        "庚区2026年计划\n一、2026年重点任务\n"
        "做强产业。(1)新建标准厂房26万平方米。(2)引进企业40家。\n"
        "改善民生。(3)改造老旧小区12个。(4)新建口袋公园7处。\n"
        "附件2\n2026年重点任务表\n序号 | 重点任务 | 责任单位\n"
        "1 | 新建标准厂房26万平方米。 | 甲局\n2 | 引进企业40家。 | 乙局\n"
        "3 | 改造老旧小区12个。 | 丙局\n4 | 新建口袋公园9处。 | 丁局\n";
    static const checking_row rows[] = {
        {text, PL_KIND_REPEAT, PL_SEVERITY_HELD, "同为“12个”"}, /* */
        {text, PL_KIND_REPEAT, PL_SEVERITY_ERROR, "“7处”与任务表“9处”"},
    };

    (void)state;
    checking_rows(words.lexicon, rows, PL_COUNT(rows));
}

static void a_goal_is_compared_once(void **state)
{
    pl_ctx cx = test_ctx();
    const pl_check *check;
    size_t n = 0;

    (void)state;
    cx.lexicon = words.lexicon;
    check = checking_of(&cx, TABLE NEXT "财政收入增长5%;地区生产总值增长6%左右。\n");
    for (size_t i = 0; i < check->relations.n; i++)
        n += pl_str_has(check->relations.p[i].message.zh, of("与指标3"));
    assert_int_equal(n, 1);
    test_ctx_free(&cx);
}

static void the_list_of_annexes_runs_on(void **state)
{
    static const checking_row rows[] = {
        {"戊县通知\n附件:1.2023年计划\n2.2023年任务表\n\n县政府\n", PL_KIND_SEQUENCE,
         PL_SEVERITY_HELD, "附件清单序号2"}, /* */
        {"戊县通知\n附件:1.2023年计划\n3.2023年任务表\n\n县政府\n", PL_KIND_SEQUENCE,
         PL_SEVERITY_ERROR, "写作3，应为2"},
    };

    (void)state;
    checking_rows(words.lexicon, rows, PL_COUNT(rows));
}

static void targets_survive_every_failed_allocation(void **state)
{
    (void)state;
    checking_allocations(words.lexicon, TABLE DONE "财政收入同口径增长8.4%。\n" NEXT
                                                   "地区生产总值增长7%左右。\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_of_the_text_are_held_against_the_table),
        cmocka_unit_test(goals_are_held_against_the_table),
        cmocka_unit_test(cells_are_found_by_their_year),
        cmocka_unit_test(clauses_may_be_numbered_over_paragraphs),
        cmocka_unit_test(a_goal_is_compared_once),
        cmocka_unit_test(the_list_of_annexes_runs_on),
        cmocka_unit_test(targets_survive_every_failed_allocation),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
