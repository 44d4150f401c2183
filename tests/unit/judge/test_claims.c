/* Claims against the verdicts, the record of the publication, years and periods, and one
 * name written in several ways. */
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

#define ERR   PL_SEVERITY_ERROR
#define WARN  PL_SEVERITY_WARNING
#define NOTE  PL_SEVERITY_NOTE
#define HOLDS PL_SEVERITY_HELD

/* A report whose narrative is between: 道路 exceeds its target, 公园 equals it, 失业率 is
 * met, 财政收入 is missed. */
#define HEAD "戊县2022年计划执行情况与2023年计划的报告\n一、2022年计划执行情况\n"
#define TAIL                                                                                          \
    "二、2023年主要任务\n修路。\n附件1\n戊县2023年国民经济和社会发展计划\n" \
    "序号 | 指标 | 2022年目标值 | 2022年数值 | 2023年目标值 | 责任部门\n"          \
    "1 | 农村公路里程(公里) | 500以上 | 530 | 540以上 | 交通局\n"                      \
    "2 | 城市公园面积(公顷) | 80 | 80 | 82 | 园林局\n"                                     \
    "3 | 城镇调查失业率(%) | 5以内 | 4.8 | 5以内 | 人社局\n"                            \
    "4 | 一般公共预算收入增速(%) | 6以上 | 4 | 5以上 | 财政局\n"

#define CLAIM(s) HEAD s "\n" TAIL

static void claims_are_held_against_the_verdicts(void **state)
{
    static const checking_row rows[] = {
        /* */
        {CLAIM("农村公路里程达530公里,超额完成年度任务。"), PL_KIND_CLAIM, HOLDS,
         "指标1（农村公路里程）2022年目标“500以上”、数值“530”：相符"},
        {CLAIM("城市公园面积80公顷,超额完成年度任务。"), PL_KIND_CLAIM, WARN,
         "等于目标，没有超出"},
        {CLAIM("一般公共预算收入增长4%,超额完成年度任务。"), PL_KIND_CLAIM, ERR,
         "指标4（一般公共预算收入增速）2022年目标“6以上”、数值“4”：未完成"},
        {CLAIM("农村公路里程、城市公园面积均超额完成计划任务。"), PL_KIND_CLAIM, WARN,
         "指标2"},
        {CLAIM("农村公路里程、一般公共预算收入等指标完成年初目标。"), PL_KIND_CLAIM, ERR,
         "指标4"},
        {CLAIM("农村公路里程、城镇调查失业率等2项指标完成年初目标。"), PL_KIND_CLAIM,
         HOLDS, "指标3"},
        {CLAIM("一般公共预算收入增速距年初目标尚有差距。"), PL_KIND_CLAIM, HOLDS,
         "有差距”，指标4"},
        {CLAIM("农村公路里程未完成年初目标。"), PL_KIND_CLAIM, WARN,
         "未完成”，指标1（农村公路里程）2022年目标“500以上”、数值“530”：已完成"},
        /* only the clause beside the claim is surely meant */
        {CLAIM("一般公共预算收入增长4%,农村公路里程达530公里,超额完成年度任务。"),
         PL_KIND_CLAIM, HOLDS, ""},
        /* wishes are no claims, and other years have other targets */
        {CLAIM("一般公共预算收入有望完成年初目标。"), PL_KIND_CLAIM, HOLDS, ""},
        {CLAIM("一般公共预算收入完成全年目标的95%。"), PL_KIND_CLAIM, HOLDS, ""},
        {CLAIM("一般公共预算收入没有完成年初目标。"), PL_KIND_CLAIM, HOLDS, "“没有完成”"},
        {CLAIM("一般公共预算收入未全面完成年初目标。"), PL_KIND_CLAIM, HOLDS, ""},
        {CLAIM("确保一般公共预算收入完成年初目标。"), PL_KIND_CLAIM, HOLDS, ""},
        {CLAIM("2021年一般公共预算收入完成年初目标。"), PL_KIND_CLAIM, HOLDS, ""},
    };

    (void)state;
    checking_rows(words.lexicon, rows, PL_COUNT(rows));
}

/* One indicator with two parts: one equals its target, one exceeds it. */
#define PARTS                                                                                                \
    "<html><body><h1>戊县2022年计划执行情况与2023年计划的报告</h1>"                          \
    "<h2>一、2022年计划执行情况</h2><p>新增养老床位均超额完成年度任务。</p><table>" \
    "<tr><th>序号</th><th colspan=2>指标</th><th>2022年目标值</th><th>2022年数值</th>"            \
    "</tr><tr><td rowspan=2>1</td><td rowspan=2>新增养老床位(张)</td><td>公办</td>"                 \
    "<td>100</td><td>100</td></tr><tr><td>民办</td><td>100</td><td>130</td></tr>"                          \
    "</table></body></html>"

static void parts_that_equal_their_target_are_noted(void **state)
{
    static const checking_row rows[] = {
        /* */
        {PARTS, PL_KIND_CLAIM, NOTE, "目标“100”、数值“100”：等于目标"},
    };

    (void)state;
    checking_rows(words.lexicon, rows, PL_COUNT(rows));
}

static void what_exceeds_its_task_is_larger(void **state)
{
    static const checking_row rows[] = {
        /* */
        {HEAD "利用外资5.2亿美元,占全市三成,超额完成全年5亿美元的任务。\n", PL_KIND_CLAIM,
         HOLDS, "“5.2亿美元”超过任务“5亿美元”"},
        {HEAD "利用外资4.2亿美元,占全市三成,超额完成全年5亿美元的任务。\n", PL_KIND_CLAIM,
         ERR, "“4.2亿美元”没有超过任务“5亿美元”"},
        {HEAD "利用外资5亿美元,占全市三成,超额完成全年5亿美元的任务。\n", PL_KIND_CLAIM,
         WARN, "没有超过"},
        {HEAD "利用外资近5亿美元。超额完成全年30公里的修路任务。\n", PL_KIND_CLAIM, HOLDS,
         ""},
        {HEAD "新修公路20公里。超额完成全年30公里的修路任务。\n", PL_KIND_CLAIM, HOLDS,
         ""},
    };

    (void)state;
    checking_rows(words.lexicon, rows, PL_COUNT(rows));
}

#define RECORD(number, made, shown, topic)                                                                         \
    "索引号 | 戊/2023-1 | 发文机关 | 戊县人民政府 |\n信息名称 | 戊县2022年计划执行情况" \
    "与2023年计划的报告 |\n成文日期 | " made " | 发布日期 | " shown " |\n"                                         \
    "主题分类 | " topic " | 文号 | " number " |\n"

static void records_are_in_order(void **state)
{
    static const checking_row rows[] = {
        /* */
        {RECORD("戊政发〔2023〕1号", "2023年1月7日", "2023-01-09", "计划")
             CLAIM("修路。"),
         PL_KIND_TITLE, HOLDS, "不晚于"},
        {RECORD("戊政发〔2023〕1号", "2023年2月7日", "2023-01-09", "计划")
             CLAIM("修路。"),
         PL_KIND_TITLE, WARN, "成文日期（2023年2月7日）晚于发布日期（2023-01-09）"},
        {RECORD("戊政发〔2023〕1号", "2023年1月7日", "2023.1.9", "计划") CLAIM("修路。"),
         PL_KIND_TITLE, HOLDS, "的年份一致"},
        {RECORD("戊政发〔2022〕1号", "2023年1月7日", "2023.1.9", "计划") CLAIM("修路。"),
         PL_KIND_TITLE, WARN, "的年份不同"},
        {RECORD("戊政发〔2023〕1号", "2023年1月7日", "2023.1.9", "无") CLAIM("修路。"),
         PL_KIND_TITLE, NOTE, "1个为空"},
        {RECORD("戊政发〔2023〕1号", "2023年1月7日", "2023.1.9", "计划") CLAIM("修路。"),
         PL_KIND_TITLE, HOLDS, "0个为空"},
        {RECORD("戊政发〔2021〕1号", "2021年1月7日", "2021.1.9", "计划") CLAIM("修路。"),
         PL_KIND_TITLE, WARN, "早于所报告的2022年"},
        /* */
        {RECORD("戊政发〔2023〕1号", "2023年1月7日", "2023.1.9", "计划")
             CLAIM("预计修路9公里。年底前通车。"),
         PL_KIND_TITLE, NOTE, "正文仍有2处"},
        {RECORD("戊政发〔2022〕1号", "2022年12月7日", "2022.12.9", "计划")
             CLAIM("预计修路9公里。年底前通车。"),
         PL_KIND_TITLE, HOLDS, ""},
    };

    (void)state;
    checking_rows(words.lexicon, rows, PL_COUNT(rows));
}

static void years_of_headings_are_those_of_the_title(void **state)
{
    static const checking_row rows[] = {
        /* */
        {CLAIM("修路。"), PL_KIND_TITLE, HOLDS, "年份2022与文件标题一致"},
        {"戊县2022年计划执行情况与2023年计划的报告\n一、2021年计划执行情况\n修路。\n",
         PL_KIND_TITLE, WARN, "写作2021年"},
        {"己县2026年政府工作报告\n一、2025年工作回顾\n修路。\n二、2026年重点工作\n架桥。"
         "\n",
         PL_KIND_TITLE, HOLDS, ""},
        {"己县2020年、2025年对照报告\n一、2022年工作回顾\n修路。\n", PL_KIND_TITLE, HOLDS,
         ""},
        {"己县2026年政府工作报告\n一、2025年工作回顾\n修路。\n二、2025年重点工作\n架桥。"
         "\n",
         PL_KIND_TITLE, WARN, "写作2025年"},
        /* */
        {HEAD "2021年至2025年修路。2023-2024年架桥。\n", PL_KIND_TITLE, HOLDS,
         "起止年份2处"},
        {HEAD "2025年至2021年修路。\n", PL_KIND_TITLE, WARN, "“2025年至2021年”"},
        {HEAD "2023-2012年修路。\n", PL_KIND_TITLE, WARN, "“2023-2012年”"},
        {HEAD "电话2023-2012,修路。\n", PL_KIND_TITLE, HOLDS, ""},
    };

    (void)state;
    checking_rows(words.lexicon, rows, PL_COUNT(rows));
}

static void names_are_written_in_one_way(void **state)
{
    static const checking_row rows[] = {
        /* */
        {HEAD "研究与试验发展经费增加。研究与实验发展经费充足。\n", PL_KIND_UNIT, NOTE,
         "“研究与实验发展经费”“研究与试验发展经费”"},
        {HEAD "研究与试验发展经费增加。农业试验区、科学实验室建成。\n", PL_KIND_UNIT,
         HOLDS, ""},
        {HEAD "推动REITs项目。REITS项目落地。\n", PL_KIND_UNIT, NOTE, "“REITS”“REITs”"},
        {HEAD "推动REITs项目。REITs项目落地。\n", PL_KIND_UNIT, HOLDS, ""},
        {HEAD "TARGET\nTarget\n", PL_KIND_UNIT, HOLDS, ""},
        {HEAD "Roads are built. The roads are good.\n", PL_KIND_UNIT, HOLDS, ""},
        {HEAD "建成东湖再生水厂(二期)。东湖再生水厂二期通水。\n", PL_KIND_UNIT, NOTE,
         "“东湖再生水厂(二期)”“东湖再生水厂二期”"},
        {HEAD "建成东湖再生水厂(二期)。西湖再生水厂二期通水。\n", PL_KIND_UNIT, HOLDS,
         ""},
        {HEAD "成效显着。\n", PL_KIND_UNIT, NOTE, "“显着”1处，通常写作“显著”"},
    };

    (void)state;
    checking_rows(words.lexicon, rows, PL_COUNT(rows));
}

static void claims_survive_every_failed_allocation(void **state)
{
    (void)state;
    checking_allocations(
        words.lexicon,
        RECORD("戊政发〔2023〕1号", "2023年1月7日", "2023.1.9", "无")
            CLAIM("预计农村公路里程达530公里,超额完成500公里任务,成效显着。"
                  "建成东湖再生水厂(二期)、REITs项目。东湖再生水厂二期、REITS项目。"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(claims_are_held_against_the_verdicts),
        cmocka_unit_test(parts_that_equal_their_target_are_noted),
        cmocka_unit_test(what_exceeds_its_task_is_larger),
        cmocka_unit_test(records_are_in_order),
        cmocka_unit_test(years_of_headings_are_those_of_the_title),
        cmocka_unit_test(names_are_written_in_one_way),
        cmocka_unit_test(claims_survive_every_failed_allocation),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
