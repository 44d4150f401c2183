/* The indicator table against itself: annual targets against the term's. One row of a
 * table each, with what has to come out. */
#include "unit.h"

#include "doc/text_reader.h"
#include "judge/check.h"
#include "judge/growth.h"

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

static pl_dec dec(const char *text)
{
    pl_dec d;

    assert_true(pl_dec_from(of(text), &d));
    return d;
}

static void growth_is_compounded_and_taken_apart(void **state)
{
    static const struct {
        const char *yearly;
        int years;
        const char *total;
    } rows[] = {
        {"-3", 5, "-14.13"}, {"3", 5, "15.93"}, {"6", 5, "33.82"},
        {"0", 5, "0"},       {"100", 3, "700"}, {"-100", 2, "-100"},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_factor f, whole, back;

        assert_true(pl_factor_of(dec(rows[i].yearly), &f));
        assert_true(pl_factor_power(f, rows[i].years, &whole));
        assert_int_equal(pl_dec_cmp(pl_factor_percent(whole, 2), dec(rows[i].total)), 0);
        assert_true(pl_factor_root(whole, rows[i].years, &back));
        assert_int_equal(pl_dec_cmp(pl_factor_percent(back, 6), dec(rows[i].yearly)), 0);
    }
}

static void growth_that_does_not_fit_is_refused(void **state)
{
    pl_factor f, g;

    (void)state;
    assert_false(pl_factor_of(dec("-100.1"), &f));
    assert_false(pl_factor_of(dec("999999999"), &f));
    assert_true(pl_factor_of(dec("99999900"), &f));
    assert_false(pl_factor_mul(f, f, &g));
    assert_false(pl_factor_power(f, 2, &g));
    assert_true(pl_factor_of(dec("-100"), &g));
    assert_false(pl_factor_div(f, g, &g));
    assert_false(pl_factor_root(f, 0, &g));
}

/* A plan of 2023 with one indicator: the term's target, the values of 2021 and 2022, the
 * targets of 2022 and 2023. */
static const char head[] =
    "丙区2023年国民经济和社会发展计划主要指标\n"
    "序号 | 指标 | “十四五”规划目标值 | 2021年数值 | 2022年目标值 | 2022年数值 | "
    "2023年目标值 | 责任部门\n";

static pl_check *check_text(pl_ctx *cx, char *text, size_t size, const char *a,
                            const char *b)
{
    pl_check_opts opts = {0};
    pl_check *check;
    pl_plan *plan;
    pl_doc *d;
    int n = snprintf(text, size, "%s%s", a, b);

    assert_true(n > 0 && (size_t)n < size);
    assert_int_equal(
        pl_doc_read_text(cx, (pl_bytes){(unsigned char *)text, (size_t)n}, &d), PL_OK);
    assert_int_equal(pl_plan_read(cx, d, &plan), PL_OK);
    assert_int_equal(pl_check_plan(cx, plan, &opts, &check), PL_OK);
    return check;
}

static void show(const pl_check *check)
{
    for (size_t i = 0; i < check->relations.n; i++)
        print_message("%.*s %.*s: %.*s | %.*s\n",
                      PL_FMT(pl_severity_token(check->relations.p[i].severity)),
                      PL_FMT(pl_kind_token(check->relations.p[i].kind)),
                      PL_FMT(check->relations.p[i].message.zh),
                      PL_FMT(check->relations.p[i].message.en));
}

static const pl_relation *relation(const pl_check *check, pl_kind kind, pl_severity s,
                                   const char *needle)
{
    for (size_t i = 0; i < check->relations.n; i++) {
        const pl_relation *r = &check->relations.p[i];

        if (r->kind == kind && r->severity == s && pl_str_has(r->message.zh, of(needle)))
            return r;
    }
    return NULL;
}

/* One row of the table, and the one relation of a kind that has to come of it: its
 * severity and words of its message. Words empty: none may come. */
typedef struct expectation {
    const char *row;
    pl_severity severity;
    const char *needle;
} expectation;

static void expect(const char *above, const expectation *e, pl_kind kind)
{
    pl_ctx cx = test_ctx();
    char text[4096], row[1024];
    const pl_relation *r;
    pl_check *check;
    size_t of_kind = 0;

    cx.lexicon = words.lexicon;
    (void)snprintf(row, sizeof row, "%s\n", e->row);
    check = check_text(&cx, text, sizeof text, above, row);
    for (size_t i = 0; i < check->relations.n; i++)
        of_kind += check->relations.p[i].kind == kind;
    r = relation(check, kind, e->severity, e->needle);
    if (of_kind != (e->needle[0] != '\0') || (e->needle[0] && !r)) {
        show(check);
        fail_msg("%s: no '%s', or more than it (%zu)", e->row, e->needle, of_kind);
    }
    if (e->needle[0]) {
        assert_true(r->message.en.n > 0);
        assert_true(r->witnesses.n > 0);
    }
    test_ctx_free(&cx);
}

/* */
static void annual_targets_lead_to_those_of_the_term(void **state)
{
    static const expectation rows[] = {
        /* a change over the whole term, the lenient way of counting */
        {"1 | 单位地区生产总值二氧化碳排放降幅(%) | 五年下降21 | - | 3 | 3 | 3 | 环境局",
         PL_SEVERITY_WARNING, "5年共降14.13%（逐年复合）、15%（相加），达不到21%"},
        {"1 | 单位地区生产总值二氧化碳排放降幅(%) | 五年下降21 | - | 3 | 3 | 3 | 环境局",
         PL_SEVERITY_WARNING, "平均每年须4.61%"},
        {"1 | 单位地区生产总值能耗降幅(%) | 五年下降14.5 | 2.5 | 3 | 3 | 3 | 发改委",
         PL_SEVERITY_HELD, "14.5%（相加），可达到14.5%"},
        {"1 | 单位地区生产总值能耗降幅(%) | 五年下降14.5 | 2 | 3 | 2.8 | 3 | 发改委",
         PL_SEVERITY_NOTE, "13.8%（相加），达不到14.5%"},
        {"1 | 单位地区生产总值能耗降幅(%) | 五年下降14.5 | 6 | 3 | 5 | 3 | 发改委",
         PL_SEVERITY_HELD, "其余2年按每年6%计"},
        /* an average */
        {"1 | 软件业收入增速(%) | 15 | 16 | 15左右 | 8-9 | 10 | 经信局", PL_SEVERITY_NOTE,
         "其余2年须年均20.26%"},
        {"1 | 软件业收入增速(%) | 10 | 25 | 12 | 12 | 9 | 经信局", PL_SEVERITY_HELD,
         "其余2年须年均"},
        {"1 | 地区生产总值增速(%) | 6 | 8 | 6以上 | 4 | 6左右 | 发改委", PL_SEVERITY_HELD,
         "不逊于规划期的年均目标"},
        {"1 | 地区生产总值增速(%) | 6 | - | 6以上 | 4 | 5 | 发改委", PL_SEVERITY_HELD,
         ""},
        /* counted over the term */
        {"1 | 新增学位数(个) | 累计5000左右 | 1500 | 1300 | 1350 | 1000 | 教委",
         PL_SEVERITY_HELD, "合计3850，其余2年共须1150，每年575"},
        {"1 | 新增学位数(个) | 累计5000 | 300 | 300 | 350 | 400 | 教委", PL_SEVERITY_NOTE,
         "其余2年共须3950"},
        {"1 | 新增学位数(个) | 累计2000 | 1500 | 300 | 350 | 400 | 教委",
         PL_SEVERITY_HELD, "已达到累计目标"},
        /* levels */
        {"1 | 常住人口规模(万人) | 112.6 | 113 | <113.2 | <113.2 | <113.2 | 发改委",
         PL_SEVERITY_NOTE, "年度目标高于2021年的“113”；至2025年与规划目标尚差0.6"},
        {"1 | 企业研发投入强度(%) | 6.2 | 6.1 | 6以上 | 6.6 | 6以上 | 科委",
         PL_SEVERITY_NOTE, "低于2022年的“6.6”（当时已达到规划目标）"},
        {"1 | 企业研发投入强度(%) | 6.2 | 5.1 | 5以上 | 5.5 | 5.8 | 科委",
         PL_SEVERITY_HELD, "逐步趋近"},
        {"1 | 用水总量(亿立方米) | 3.2 | 2.9 | 3.2 | 2.8 | <3.2 | 水务局",
         PL_SEVERITY_HELD, "不逊于规划目标"},
        /* of different kinds, or without a figure: nothing to compare */
        {"1 | 城乡建设用地规模(平方公里) | 降低到228 | - | 净减1.2 | 可完成 | 净减1.2 | "
         "规划局",
         PL_SEVERITY_HELD, ""},
        {"1 | 森林覆盖率(%) | 达到市级要求 | 35 | 35.5 | 35.6 | 36 | 园林局",
         PL_SEVERITY_HELD, ""},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++)
        expect(head, &rows[i], PL_KIND_TARGET);
}

static void the_last_year_of_a_term_asks_for_no_less(void **state)
{
    static const char last[] =
        "丙区2025年国民经济和社会发展计划主要指标\n"
        "序号 | 指标 | “十四五”规划目标值 | 2024年数值 | 2025年目标值 | 责任部门\n";
    static const expectation rows[] = {
        {"1 | 森林覆盖率(%) | 37 | 35 | 36 | 园林局", PL_SEVERITY_WARNING,
         "最后一年的目标不及规划目标"}, /* */
        {"1 | 劳动生产率(万元/人) | 38 | 35 | 37左右 | 人社局", PL_SEVERITY_HELD,
         "趋近"}, /* 左右 reaches it */
        {"1 | 森林覆盖率(%) | 37 | 35 | 37 | 园林局", PL_SEVERITY_HELD, "不逊于"},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++)
        expect(last, &rows[i], PL_KIND_TARGET);
}

/* The rows that a rule examines, each alone in the table. */
static void expect_all(const expectation *rows, size_t n, pl_kind kind)
{
    for (size_t i = 0; i < n; i++)
        expect(head, &rows[i], kind);
}

static void units_in_cells_are_of_the_rows_kind(void **state)
{
    static const expectation rows[] = {
        /* */
        {"1 | 受益农户(户) | - | 300 | 400 | 2万人 | 500 | 农业局", PL_SEVERITY_WARNING,
         "单位为“户”，2022年数值“2万人”却以“人”计"},
        {"1 | 受益农户(户) | - | 300 | 400 | 420户 | 500 | 农业局", PL_SEVERITY_HELD,
         "亦以“户”计"},
        {"1 | 绿地面积(公顷) | - | 300 | 400 | 5平方公里 | 500 | 园林局",
         PL_SEVERITY_HELD, "亦以“平方公里”计"},
        {"1 | 城镇登记失业率(%) | - | 2.5 | 2.5 | 2.4 | 控制在3%以内 | 人社局",
         PL_SEVERITY_HELD, "亦以“%”计"},
        {"1 | 财政收入(亿元) | - | 300 | 增长5% | 310 | 增长6% | 财政局",
         PL_SEVERITY_HELD, ""},
        {"1 | 研发投入(亿元) | - | 30 | 35 | 5% | 40 | 科委", PL_SEVERITY_WARNING,
         "却以“%”计"},
        {"1 | 劳动生产率(万元/人) | - | 30 | 35 | 35万元 | 40 | 人社局", PL_SEVERITY_HELD,
         "亦以"},
    };

    (void)state;
    expect_all(rows, PL_COUNT(rows), PL_KIND_UNIT);
}

static void a_denominator_that_cannot_be_meant_is_found(void **state)
{
    static const expectation rows[] = {
        /* */
        {"1 | 每千名常住人口全科医生数(人) | - | 3.1 | 3.1 | 3.2 | 3.2 | 卫健委",
         PL_SEVERITY_WARNING,
         "“3.2”按每千人计，即每万人32，超出常见的0.3至9；按每万人计则在常见范围内"},
        {"1 | 每万人口执业医师数(人) | - | 3.1 | 3.1 | 3.2 | 3.2 | 卫健委",
         PL_SEVERITY_WARNING, "按每千人计则在常见范围内"},
        {"1 | 每万名常住人口全科医生数(人) | - | 3.1 | 3.1 | 3.2 | 3.2 | 卫健委",
         PL_SEVERITY_HELD, ""},
        {"1 | 每千名老年人护士数(人) | - | 90 | 90 | 90 | 95 | 民政局", PL_SEVERITY_HELD,
         ""},
        {"1 | 全科医生签约率(%) | - | 31 | 32 | 33 | 35 | 卫健委", PL_SEVERITY_HELD, ""},
        {"1 | 全科医生数(人) | - | 310 | 320 | 330 | 350 | 卫健委", PL_SEVERITY_HELD, ""},
    };

    (void)state;
    expect_all(rows, PL_COUNT(rows), PL_KIND_UNIT);
}

static void figures_are_what_such_an_indicator_can_be(void **state)
{
    static const expectation rows[] = {
        /* */
        {"1 | 森林覆盖率(%) | - | 35 | 35.5 | 355 | 36 | 园林局", PL_SEVERITY_WARNING,
         "“355”超出可能的范围"},
        {"1 | 城镇登记失业率(%) | - | 2.5 | 2.5 | 42.4 | 3 | 人社局", PL_SEVERITY_WARNING,
         "“42.4”超出可能的范围"},
        {"1 | 森林覆盖率(%) | - | 35 | 35.5 | 35.5 | 36 | 园林局", PL_SEVERITY_HELD,
         "在可能的范围内"},
        {"1 | 人均公园绿地面积(平方米) | - | 15 | 15 | 15.5 | 16 | 园林局",
         PL_SEVERITY_HELD, "在可能的范围内"},
        {"1 | 高等教育毛入学率(%) | - | 98 | 101 | 102 | 103 | 教委", PL_SEVERITY_HELD,
         "在可能的范围内"},
        {"1 | 每千人口护士数(人) | - | 5 | 6 | 6 | 7 | 卫健委", PL_SEVERITY_HELD,
         "在可能的范围内"},
        {"1 | 森林覆盖率(%) | - | 35 | 提高300 | 35 | 36 | 园林局", PL_SEVERITY_HELD,
         "在可能的范围内"},
        {"1 | 旅游收入增速(%) | - | 135 | 20 | 150 | 20 | 文旅局", PL_SEVERITY_HELD, ""},
        /* */
        {"1 | 绿地面积(公顷) | - | 300 | 400 | -410 | 500 | 园林局", PL_SEVERITY_WARNING,
         "“-410”不应为负"},
        {"1 | 人口净流入(万人) | - | 3 | 4 | -4.1 | 5 | 统计局", PL_SEVERITY_HELD, ""},
    };

    (void)state;
    expect_all(rows, PL_COUNT(rows), PL_KIND_RANGE);
}

static void a_part_is_shown_beside_its_whole(void **state)
{
    static const char above[] =
        "丙区2023年国民经济和社会发展计划主要指标\n"
        "序号 | 指标 | “十四五”规划目标值 | 2021年数值 | 2022年目标值 | 2022年数值 | "
        "2023年目标值 | 责任部门\n"
        "1 | 每千人常住人口执业医师数(人) | - | 4.9 | 4.8 | 5 | 5 | 卫健委\n";
    static const expectation row = {
        "2 | 每千名常住人口全科医生数(人) | - | 3 | 3 | 3.1 | 3.2 | 卫健委",
        PL_SEVERITY_WARNING, "且占医师“5”的62%"}; /* */

    (void)state;
    expect(above, &row, PL_KIND_UNIT);
}

static void a_changed_target_has_an_approval(void **state)
{
    static const char row[] = "1 | 每千名常住人口养老床位数(张) | - | 5.4 | "
                              "7.2(调整为5.5) | 5.5 | 5.5 | 民政局\n";
    static const struct {
        const char *note;
        pl_severity severity;
    } rows[] = {
        /* */
        {"", PL_SEVERITY_WARNING},
        {"注:年度计划调整方案已经区人大常委会批准。\n", PL_SEVERITY_HELD},
        {"注:因统计范围变化,养老床位数由7.2张调整为5.5张。\n", PL_SEVERITY_HELD},
        {"注:因产业结构调整,工业用电下降。\n", PL_SEVERITY_WARNING},
        {"经批准,新建道路3条。\n", PL_SEVERITY_WARNING},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_ctx cx = test_ctx();
        char text[4096], body[1024];
        pl_check *check;

        cx.lexicon = words.lexicon;
        (void)snprintf(body, sizeof body, "%s%s", row, rows[i].note);
        check = check_text(&cx, text, sizeof text, head, body);
        if (!relation(check, PL_KIND_TARGET, rows[i].severity, "（变动-23.6%）")) {
            show(check);
            fail_msg("%s", rows[i].note);
        }
        test_ctx_free(&cx);
    }
}

/* Sentences of a report whose table is below, and the one relation that has to come. */
static const char facts_table[] =
    "附件1\n"
    "丙区2023年国民经济和社会发展计划\n"
    "序号 | 指标 | 2021年数值 | 2022年目标值 | 2022年数值 | 2023年目标值 | 责任部门\n"
    "1 | 地区生产总值增速(%) | 8 | 6 | 4 | 6左右 | 发改委\n"
    "2 | 一般公共预算收入增速(%) | 8 | 4 | 0.1(同口径8%) | 4 | 财政局\n"
    "3 | 细颗粒物浓度(微克/立方米) | 35 | 33 | 30 | 32 | 环境局\n"
    "4 | 居民人均可支配收入增速(%) | 7 | 稳步增长 | 2.9 | 稳步增长 | 发改委\n"
    "5 | 食品抽检合格率(%) | 98 | 98 | 99 | >98.5 | 市场局\n"
    "6 | 劳动生产率(万元/人) | 39 | 35左右 | 35.2 | 36 | 人社局\n";

typedef struct sentence {
    const char *text;
    pl_severity severity;
    const char *needle; /* empty: no such severity may come */
} sentence;

static void expect_sentence(const char *before, const char *after, const sentence *e)
{
    pl_ctx cx = test_ctx();
    char text[8192], body[2048];
    const pl_relation *r;
    pl_check *check;

    cx.lexicon = words.lexicon;
    (void)snprintf(body, sizeof body, "%s%s%s", before, e->text, after);
    check = check_text(&cx, text, sizeof text, body, facts_table);
    r = relation(check, PL_KIND_TARGET, e->severity, e->needle[0] ? e->needle : "正文");
    if ((r != NULL) != (e->needle[0] != '\0')) {
        show(check);
        fail_msg("%s: '%s'", e->text, e->needle);
    }
    test_ctx_free(&cx);
}

static void figures_of_the_text_find_their_indicator(void **state)
{
    static const sentence rows[] = {
        /* through the clause before, through other words, on the other basis */
        {"全年地区生产总值预计突破1万亿元,同比增长4%。", PL_SEVERITY_HELD,
         "“4%”与指标1（地区生产总值增速）2022年数值“4”一致"},
        {"全年地区生产总值预计突破1万亿元,同比增长5.2%。", PL_SEVERITY_ERROR,
         "“5.2%”与指标1"},
        {"前三季度地区生产总值增长5.2%。", PL_SEVERITY_ERROR, ""},
        {"全国地区生产总值增长5.2%。", PL_SEVERITY_ERROR, ""},
        {"居民人均可支配收入预计9.6万元左右,同比增长2.9%左右。", PL_SEVERITY_HELD,
         "指标4（居民人均可支配收入增速）2022年数值“2.9”一致"},
        {"PM2.5浓度降到30微克/立方米。", PL_SEVERITY_HELD,
         "指标3（细颗粒物浓度）2022年数值“30”一致"},
        {"一般公共预算收入490亿元,扣除退税因素后,同口径增长8%。", PL_SEVERITY_HELD,
         "“8%”与指标2"},
        /* */
        {"一般公共预算收入490亿元,扣除退税因素后,同口径增长8.4%。", PL_SEVERITY_NOTE,
         "一致，但小数位数不同"},
        {"一般公共预算收入490亿元,扣除退税因素后,同口径增长9.4%。", PL_SEVERITY_ERROR,
         "“9.4%”与指标2"},
    };
    static const char before[] = "丙区2022年计划执行情况与2023年计划的报告\n"
                                 "一、2022年计划执行情况\n"
                                 "经济平稳运行。";

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++)
        expect_sentence(before, "\n二、2023年主要任务\n", &rows[i]);
}

static void goals_agree_with_the_table(void **state)
{
    static const sentence rows[] = {
        /* */
        {"地区生产总值增长6%左右;一般公共预算收入增长4%。", PL_SEVERITY_HELD,
         "“增长6%左右”与指标1"},
        {"地区生产总值增长6.5%左右;一般公共预算收入增长4%。", PL_SEVERITY_WARNING,
         "“增长6.5%左右”与指标1"},
        {"地区生产总值增长6%左右;食品抽检合格率达到98.5%以上。", PL_SEVERITY_HELD,
         "“达到98.5%以上”与指标5"},
        {"地区生产总值增长6%左右;劳动生产率达到36万元/人。", PL_SEVERITY_HELD, "与指标6"},
        {"地区生产总值增长6%左右;劳动生产率达到63万元/人。", PL_SEVERITY_ERROR,
         "与指标6"},
        {"地区生产总值增长6%左右;劳动生产率增长3%。", PL_SEVERITY_ERROR, ""},
    };
    static const char before[] = "丙区2022年计划执行情况与2023年计划的报告\n"
                                 "一、2022年计划执行情况\n"
                                 "经济平稳运行。\n"
                                 "二、2023年主要任务\n"
                                 "2023年经济社会发展主要预期目标是:";

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++)
        expect_sentence(before, "\n", &rows[i]);
}

static void a_term_plan_agrees_with_its_table(void **state)
{
    static const char table[] =
        "序号 | 指标 | 2020年 | 2025年目标 | 年均增速(%) | 累计(五年) | 责任部门\n"
        "1 | 森林覆盖率(%) | 35.1 | 36.2 | — | — | 园林局\n"
        "2 | 新增中小学学位(个) | 4320 | — | 5200 | 26000 | 教委\n";
    static const sentence rows[] = {
        /* */
        {"到2025年,森林覆盖率达到36.2%。", PL_SEVERITY_HELD, "36.2%”与指标1"},
        {"到2025年,森林覆盖率达到38.2%。", PL_SEVERITY_ERROR, "38.2%”与指标1"},
        {"到2025年,五年累计新增中小学学位2.6万个。", PL_SEVERITY_HELD, "2.6万个”与指标2"},
        {"到2025年,五年累计新增中小学学位3.6万个。", PL_SEVERITY_ERROR,
         "3.6万个”与指标2"},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_ctx cx = test_ctx();
        char text[4096], body[1024];
        pl_check *check;

        cx.lexicon = words.lexicon;
        (void)snprintf(body, sizeof body, "丁区第十四个五年规划纲要\n一、主要目标\n%s\n",
                       rows[i].text);
        check = check_text(&cx, text, sizeof text, body, table);
        if (!relation(check, PL_KIND_TARGET, rows[i].severity, rows[i].needle)) {
            show(check);
            fail_msg("%s", rows[i].text);
        }
        test_ctx_free(&cx);
    }
}

/* A table of a plan's term: base, target, yearly growth, sum. */
static const char span_head[] =
    "丁区第十四个五年规划主要指标\n"
    "序号 | 指标 | 2020年 | 2025年目标 | 年均增速(%) | 累计(五年) | 责任部门\n";

static void a_terms_yearly_growth_leads_to_its_target(void **state)
{
    static const expectation rows[] = {
        /* */
        {"1 | 粮食产量(万吨) | 30.2 | 38 | 4.7 | — | 农业局", PL_SEVERITY_HELD,
         "5年年均增长4.7%，与所写“4.7”一致"},
        {"1 | 粮食产量(万吨) | 30.2 | 38 | 7.4 | — | 农业局", PL_SEVERITY_WARNING,
         "年均增长4.7%，与所写“7.4”不一致"},
        {"1 | 粮食产量(万吨) | 30.2 | 48 | 4.7 | — | 农业局", PL_SEVERITY_WARNING,
         "不一致"},
        {"1 | 地区生产总值(亿元) | 8504.6 | 11400左右 | 6左右 | — | 发改委",
         PL_SEVERITY_HELD, "与所写“6左右”一致"},
        {"1 | 地区生产总值(亿元) | 8504 | 12500 | 6 | — | 发改委", PL_SEVERITY_NOTE,
         "增速若按不变价计算则可能相容"},
        {"1 | 地区生产总值(亿元) | 8504 | 10500 | 6 | — | 发改委", PL_SEVERITY_WARNING,
         "不一致"},
        {"1 | 地区生产总值(亿元) | 8504 | 10500以上 | 4以上 | — | 发改委",
         PL_SEVERITY_HELD, "一致"},
        {"1 | 粮食产量(万吨) | — | 38 | 4.7 | — | 农业局", PL_SEVERITY_HELD, ""},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++)
        expect(span_head, &rows[i], PL_KIND_RATE);
}

static void what_a_term_adds_leads_to_its_target(void **state)
{
    static const expectation rows[] = {
        /* */
        {"1 | 森林覆盖率(%) | 35.1 | 36.2 | — | 〔1.1个百分点〕 | 园林局",
         PL_SEVERITY_HELD, "35.1 + 1.1 = 36.2"},
        {"1 | 森林覆盖率(%) | 35.1 | 38.2 | — | 〔1.1个百分点〕 | 园林局",
         PL_SEVERITY_ERROR, "35.1 + 1.1 ≠ 38.2（基期、累计、期末），相差2"},
        {"1 | 森林覆盖率(%) | 35.1 | 36.3 | — | 〔1.1〕 | 园林局", PL_SEVERITY_NOTE,
         "相差0.1"},
        {"1 | 细颗粒物浓度(微克/立方米) | 38 | 32 | — | 〔6〕 | 环境局", PL_SEVERITY_HELD,
         "38 - 6 = 32"},
        {"1 | 每千人托位数(个) | 1.6 | 4.5 | — | 〔3.9〕 | 卫健委", PL_SEVERITY_WARNING,
         "1.6 + 3.9 ≠ 4.5"},
        {"1 | 细颗粒物浓度(微克/立方米) | 40 | 32 | — | 〔20〕 | 环境局",
         PL_SEVERITY_HELD, ""}, /* per cent of the base */
        {"1 | 造林面积(亩) | 1200 | 1300 | — | 6300 | 园林局", PL_SEVERITY_HELD,
         ""}, /* yearly amounts */
        /* */
        {"1 | 新增中小学学位(个) | 4320 | — | 5200 | 26000 | 教委", PL_SEVERITY_HELD,
         "年均5200 × 5年 = 26000，合于累计26000"},
        {"1 | 新增中小学学位(个) | 4320 | — | 5200 | 36000 | 教委", PL_SEVERITY_WARNING,
         "年均5200 × 5年 = 26000，不合累计36000"},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++)
        expect(span_head, &rows[i], PL_KIND_SUM);
}

static void odd_years_are_noted(void **state)
{
    static const struct {
        const char *rows;
        const char *needle; /* empty: no note may come */
    } rows[] = {
        /* */
        {"1 | 失业率(%) | - | 2.63(市级3.23) | 3 | 2.63(市级3.12) | 3 | 人社局\n",
         "数值完全相同，对照数值却不同"},
        {"1 | 失业率(%) | - | 2.63(市级3.12) | 3 | 2.63(市级3.12) | 3 | 人社局\n", ""},
        {"1 | 失业率(%) | - | 2.6(市级3.2) | 3 | 2.6(市级3.1) | 3 | 人社局\n", ""},
        {"1 | 疾控力量配比(人) | 1.36 | 0.88 | 1 | 1.75 | 1.75 | 卫健委\n",
         "一年约增一倍，达到“十四五”规划目标值“1.36”的128.7%"},
        {"1 | 疾控力量配比(人) | 1.36 | 0.88 | 1 | 1.37 | 1.4 | 卫健委\n", ""},
        /* */
        {"1 | 地区生产总值增速(%) | 6 | 8.8 | 6 | 4 | 6 | 发改委\n"
         "2 | 居民人均可支配收入增速(%) | 与经济增长基本同步 | 7.8 | 稳步增长 | 4.2 | "
         "稳步增长 | 发改委\n",
         "2年中有1年不及指标1（地区生产总值增速），如2021年数值“7.8”对“8.8”，差-1"},
        {"1 | 地区生产总值增速(%) | 6 | 8.8 | 6 | 4 | 6 | 发改委\n"
         "2 | 居民人均可支配收入增速(%) | 与经济增长基本同步 | 8.5 | 稳步增长 | 4.2 | "
         "稳步增长 | 发改委\n",
         ""},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_ctx cx = test_ctx();
        char text[4096];
        const pl_relation *r;
        pl_check *check;

        cx.lexicon = words.lexicon;
        check = check_text(&cx, text, sizeof text, head, rows[i].rows);
        r = relation(check, PL_KIND_TARGET, PL_SEVERITY_NOTE,
                     rows[i].needle[0] ? rows[i].needle : "指标");
        if ((r != NULL) != (rows[i].needle[0] != '\0')) {
            show(check);
            fail_msg("%s", rows[i].rows);
        }
        test_ctx_free(&cx);
    }
}

static void the_table_survives_every_failed_allocation(void **state)
{
    static const char rows[] =
        "1 | 单位地区生产总值能耗降幅(%) | 五年下降14.5 | 2 | 3 | 2 | 2 | 发改委\n"
        "2 | 软件业收入增速(%) | 15 | 16 | 15左右 | 8-9 | 10 | 经信局\n"
        "3 | 新增学位数(个) | 累计5000左右 | 1500 | 1300 | 1350 | 1000 | 教委\n"
        "4 | 企业研发投入强度(%) | 6.2 | 6.1 | 6以上 | 6.6 | 6以上 | 科委\n"
        "5 | 每千人执业医师数(人) | - | 4.9 | 4.8 | 5 | 5 | 卫健委\n"
        "6 | 每千人全科医生数(人) | - | 3 | 3 | 3.1 | 3.2 | 卫健委\n"
        "7 | 养老床位数(张) | - | 5400 | 7200(调整为5500) | 5500张 | -5 | 民政局\n"
        "8 | 收入增速(%) | 与软件业收入同步 | 3 | 4 | 3 | 3 | 民政局\n"
        "9 | 失业率(%) | - | 2.63(市级3.23) | 3 | 2.63(市级3.12) | 3 | 人社局\n"
        "注:因统计范围变化,养老床位数已作调整。\n"
        "序号 | 指标 | 2020年 | 2025年目标 | 年均增速(%) | 累计(五年) | 责任部门\n"
        "1 | 粮食产量(万吨) | 30.2 | 38 | 4.7 | 7.8 | 农业局\n";
    pl_status st = PL_ENOMEM;
    char text[4096];
    int n = snprintf(text, sizeof text, "%s%s", head, rows);

    (void)state;
    for (size_t fail = 0; st != PL_OK && fail < 20000; fail += 1 + fail / 32) {
        pl_ctx cx = test_ctx();
        pl_check_opts opts = {0};
        pl_check *check = NULL;
        pl_plan *plan;
        pl_doc *d;

        cx.lexicon = words.lexicon;
        pl_arena_fail_after(cx.arena, fail);
        st = pl_doc_read_text(&cx, (pl_bytes){(unsigned char *)text, (size_t)n}, &d);
        if (st == PL_OK)
            st = pl_plan_read(&cx, d, &plan);
        if (st == PL_OK)
            st = pl_check_plan(&cx, plan, &opts, &check);
        assert_true(st == PL_OK || (st == PL_ENOMEM && cx.err.code == PL_ENOMEM));
        test_ctx_free(&cx);
    }
    assert_int_equal(st, PL_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(growth_is_compounded_and_taken_apart),
        cmocka_unit_test(growth_that_does_not_fit_is_refused),
        cmocka_unit_test(annual_targets_lead_to_those_of_the_term),
        cmocka_unit_test(the_last_year_of_a_term_asks_for_no_less),
        cmocka_unit_test(units_in_cells_are_of_the_rows_kind),
        cmocka_unit_test(a_denominator_that_cannot_be_meant_is_found),
        cmocka_unit_test(figures_are_what_such_an_indicator_can_be),
        cmocka_unit_test(a_part_is_shown_beside_its_whole),
        cmocka_unit_test(a_changed_target_has_an_approval),
        cmocka_unit_test(figures_of_the_text_find_their_indicator),
        cmocka_unit_test(goals_agree_with_the_table),
        cmocka_unit_test(a_term_plan_agrees_with_its_table),
        cmocka_unit_test(a_terms_yearly_growth_leads_to_its_target),
        cmocka_unit_test(what_a_term_adds_leads_to_its_target),
        cmocka_unit_test(odd_years_are_noted),
        cmocka_unit_test(the_table_survives_every_failed_allocation),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
