/* Rates: shares, growth and means against the figures that they are of, in small
 * documents. Each row is a document as it is right, and one change that makes it wrong.
 */
#include "checking.h"

#include "judge/rate.h"

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

/* The first relation of rates whose message has `needle`; NULL when there is none. */
static const pl_relation *rate(const pl_check *check, const char *needle)
{
    for (size_t i = 0; i < check->relations.n; i++) {
        const pl_relation *r = &check->relations.p[i];

        if (r->kind == PL_KIND_RATE && pl_str_has(r->message.zh, of(needle)))
            return r;
    }
    return NULL;
}

static const char population[] =
    HEAD "医疗提升。全人群签约人数20.1万人,签约率40.2%。\n"
         "附件1\n"
         "丙县2025年国民经济和社会发展计划指标\n"
         "序号 | 指标 | 2025年目标值 | 2025年数值 | 2026年目标值 | 责任部门\n"
         "1 | 常住人口规模(万人) | 50 | 50 | 50 | 发展改革局\n"
         "2 | 新增停车位(个) | 400 | 500 | 520 | 城管局\n";

static const char two_years[] = "丙县2025年政府工作报告\n一、工作回顾\n"
                                "2024年,旅游景区接待游客200万人次。\n"
                                "2025年,旅游景区接待游客230万人次,同比增长15%。\n";

/* A document, what is said when it is right, and when `was` is written as `is`. */
static const struct {
    const char *text, *held;
    const char *was, *is;
    pl_severity severity;
    const char *says;
} changes[] = {
    /* 占 … */
    {HEAD "采购预算总额45.32亿元,面向小店预留21.17亿元,占46.71%。",
     "21.17亿元 ÷ 45.32亿元 = 46.712%，与所写一致", "46.71%", "47.61%", PL_SEVERITY_ERROR,
     "与所写不符“47.61%”"},
    {HEAD "采购桌椅300套,面向小店预留200套,占66.67%。", "66.667%，与所写一致", "66.67",
     "66.66", PL_SEVERITY_WARNING, "所写是截断而不是修约“66.66%”"},
    {HEAD "采购预算总额45.32亿元,其中46.71%即21.17亿元留给小店。",
     "21.17亿元 ÷ 45.32亿元", "45.32亿", "95.32亿", PL_SEVERITY_ERROR,
     "与所写不符“46.71%”"},
    {HEAD "全年支出稳健。一般公共预算支出50亿元。民生得到保障。民生支出40.5亿元,"
          "占一般公共预算支出的81%。",
     "40.5亿元 ÷ 50亿元 = 81%", "支出40.5亿", "支出20.5亿", PL_SEVERITY_WARNING,
     "20.5亿元 ÷ 50亿元 = 41%，与所写不符"},
    /* rates of the lexicon, and of the indicator table */
    {HEAD "安排投资计划资金120亿元,实际拨付资金110.4亿元,投资计划执行率92%。",
     "110.4亿元 ÷ 120亿元 = 92%", "110.4亿", "101.4亿", PL_SEVERITY_ERROR,
     "101.4亿元 ÷ 120亿元 = 84.5%，与所写不符“92%”"},
    {HEAD "受理诉求200件,办结190件,办结率95%。", "190件 ÷ 200件 = 95%", "190件", "180件",
     PL_SEVERITY_ERROR, "180件 ÷ 200件 = 90%，与所写不符"},
    {HEAD "年度计划投资210亿元,完成投资218亿元,占年度计划的103.8%。", "218亿元 ÷ 210亿元",
     "103.8", "108.3", PL_SEVERITY_ERROR, "与所写不符“108.3%”"},
    {population, "20.1万人 ÷ 50 = 40.2%", "20.1万", "80.1万", PL_SEVERITY_WARNING,
     "80.1万人 ÷ 50 = 160.2%，与所写不符“40.2%”"},
    /* what comes whole */
    {HEAD "8个考核断面优良比例87.5%。", "7 ÷ 8 = 87.5%，“87.5%”是8个中的整数个", "87.5",
     "88.5", PL_SEVERITY_WARNING, "“88.5%”不是8个中的任何整数个"},
    {HEAD "8个考核断面优良比例87.5%。", "7 ÷ 8 = 87.5%", "87.5", "87",
     PL_SEVERITY_WARNING, "“87%”不是8个中的任何整数个"},
    {HEAD "获得投资的企业511家,占全省42.16%。", "511家 ÷ 1212 = 42.16%", "42.16", "42.17",
     PL_SEVERITY_WARNING, "没有整数总数能使“511家”占“42.17%”"},
    /* from one to the other, and against the year before */
    {HEAD "绿地面积由200公顷增加到250公顷,增长25%。", "变化25%，与所写“25%”相符", "25%",
     "35%", PL_SEVERITY_ERROR, "变化25%，与所写“35%”不符"},
    {HEAD "绿地面积由200公顷增加到250公顷。",
     "由“200公顷”到“250公顷”，与所写方向一致：升", "250公顷", "150公顷",
     PL_SEVERITY_ERROR, "所写方向相反：升"},
    {HEAD "污水处理能力由2020年的200吨提高到2025年的250吨。",
     "由“200吨”到“250吨”，与所写方向", "250吨", "150吨", PL_SEVERITY_ERROR,
     "所写方向相反：升"},
    {HEAD "城镇化率从52.2%提高到58.1%,提高5.9个百分点。", "变化5.9，与所写", "5.9个",
     "6.9个", PL_SEVERITY_ERROR, "变化5.9，与所写“6.9个百分点”不符"},
    {HEAD "能耗从80万吨下降到60万吨,下降25%。", "变化-25%，与所写“25%”相符", "下降25",
     "下降52", PL_SEVERITY_ERROR, "变化-25%，与所写“52%”不符"},
    {two_years, "由“200万人次”到“230万人次”，变化15%", "15%", "51%", PL_SEVERITY_WARNING,
     "变化15%，与所写“51%”不符"},
    /* per head */
    {HEAD "为4050人发放补助607.5万元,人均1500元。",
     "607.5万元 ÷ 4050人 = 1500元，与所写一致", "1500元", "5100元", PL_SEVERITY_WARNING,
     "607.5万元 ÷ 4050人 = 1500元，与所写不符"},
};

/* `text` with the first `was` written as `is`. */
static char *written_as(const char *text, const char *was, const char *is, char *out,
                        size_t size)
{
    const char *at = strstr(text, was);
    int n;

    assert_non_null(at);
    n = snprintf(out, size, "%.*s%s%s", (int)(at - text), text, is, at + strlen(was));
    assert_true(n > 0 && (size_t)n < size);
    return out;
}

static void shares_are_held_against_their_operands(void **state)
{
    char text[4096];

    (void)state;
    for (size_t i = 0; i < PL_COUNT(changes); i++) {
        pl_ctx cx = test_ctx();
        const pl_relation *r;
        pl_check *check;

        assert_int_equal(check_text(&cx, changes[i].text, &check), PL_OK);
        r = rate(check, changes[i].held);
        if (!r || r->severity != PL_SEVERITY_HELD || check->n_findings) {
            checking_print(check);
            fail_msg("right document %zu: '%s' is to hold, without a finding", i,
                     changes[i].held);
        }
        (void)written_as(changes[i].text, changes[i].was, changes[i].is, text,
                         sizeof text);
        assert_int_equal(check_text(&cx, text, &check), PL_OK);
        r = rate(check, changes[i].says);
        if (!r || r->severity != changes[i].severity) {
            checking_print(check);
            fail_msg("changed document %zu: '%s' is to be said", i, changes[i].says);
        }
        assert_true(r->witnesses.n > 1 && r->found.n && r->message.en.n);
        test_ctx_free(&cx);
    }
}

static void what_is_of_something_else_is_left_alone(void **state)
{
    static const char *const texts[] = {
        /* the operands are not here, or not these */
        "新建学校3所,改造5所,满意率92%。",
        "外商到账资金71.3亿美元,占全市41.6%。",
        "签下项目640个,其中9条产业链上的项目占比达71.3%。",
        "重点人群签约70万人,签约率90.2%。",
        "完成投资20亿元,增长12%,计划执行率92%。",
        "12个监测断面中,优良断面11个,优良比例91.7%。",
        /* every share could come out */
        "1200个社区达标率98.5%。",
        "获得投资的企业5000家,占全省42.16%。",
        "获得投资的企业近500家,占全省42.17%。",
        /* ranks, other years, like for like */
        "企业排名由369位上升到235位。",
        "绿地面积由200公顷增加到250公顷,年均增长5%。",
        "绿地面积由200公顷增加到250公顷,比上年增长8%。",
        "办理时间由30天压减到5天,提速80%。",
        /* growth at constant prices */
        "地区生产总值从100亿元增加到130亿元,增长25%。",
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(texts); i++) {
        char text[1024];
        pl_ctx cx = test_ctx();
        pl_check *check;

        (void)snprintf(text, sizeof text, HEAD "%s", texts[i]);
        assert_int_equal(check_text(&cx, text, &check), PL_OK);
        if (check->n_findings) {
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

static void shares_are_intervals(void **state)
{
    static const struct {
        const char *part, *whole, *share;
        pl_fit want;
    } rows[] = {
        {"110.4亿元", "120亿元", "92%", PL_FIT_HOLDS}, /* */
        {"1万亿元", "3万亿元", "33%", PL_FIT_HOLDS},   /* */
        {"110.4亿元", "120亿元", "93%", PL_FIT_FAILS}, /* */
        {"2件", "3件", "66.6%", PL_FIT_CUT},           /* */
        {"2件", "3件", "66.7%", PL_FIT_HOLDS},         /* */
        {"2件", "3件", "约70%", PL_FIT_HOLDS},         /* */
        {"2件", "3件", "60%以上", PL_FIT_HOLDS},       /* */
        {"超200件", "300件", "90%", PL_FIT_HOLDS},     /* */
        {"0件", "0件", "90%", PL_FIT_UNKNOWN},         /* */
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_figure part = figure(rows[i].part), whole = figure(rows[i].whole),
                  share = figure(rows[i].share);

        if (pl_share_fit(&part, &whole, &share) != rows[i].want)
            fail_msg("%s of %s, %s: got %d", rows[i].part, rows[i].whole, rows[i].share,
                     (int)pl_share_fit(&part, &whole, &share));
    }
}

static void growth_is_a_share_of_more_than_all(void **state)
{
    pl_figure from = figure("200公顷"), to = figure("250公顷");

    (void)state;
    pl_figure rise = figure("25%"), more = figure("27%"), fall = figure("20%");
    assert_int_equal(pl_growth_fit(&from, &to, &rise, false), PL_FIT_HOLDS); /* */
    assert_int_equal(pl_growth_fit(&from, &to, &more, false), PL_FIT_FAILS); /* */
    assert_int_equal(pl_growth_fit(&to, &from, &fall, true), PL_FIT_HOLDS);  /* */
    assert_int_equal(pl_growth_fit(&to, &from, &rise, true), PL_FIT_FAILS);  /* */
}

static void rates_survive_every_failed_allocation(void **state)
{
    (void)state;
    for (size_t i = 0; i < PL_COUNT(changes); i++) {
        pl_status st = PL_ENOMEM;

        for (size_t fail = 0; st != PL_OK && fail < 20000; fail += 1 + fail / 12) {
            pl_ctx cx = test_ctx();
            pl_check *check;

            pl_arena_fail_after(cx.arena, fail);
            st = check_text(&cx, changes[i].text, &check);
            assert_true(st == PL_OK || (st == PL_ENOMEM && cx.err.code == PL_ENOMEM));
            test_ctx_free(&cx);
        }
        assert_int_equal(st, PL_OK);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_are_held_against_their_operands),
        cmocka_unit_test(what_is_of_something_else_is_left_alone),
        cmocka_unit_test(shares_are_intervals),
        cmocka_unit_test(growth_is_a_share_of_more_than_all),
        cmocka_unit_test(rates_survive_every_failed_allocation),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
