/* Lists: announced with their length, named before they are counted, numbered, set out in
 * rows; and what is listed twice. */
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

#define HEAD  "丁县2024年政府工作报告\n一、2024年工作\n"
#define ERR   PL_SEVERITY_ERROR
#define WARN  PL_SEVERITY_WARNING
#define HOLDS PL_SEVERITY_HELD
#define SEQ   PL_KIND_SEQUENCE

static void lists_are_as_long_as_announced(void **state)
{
    static const checking_row rows[] = {
        /* */
        {HEAD "要抓好三项工作:一是修路,二是架桥,三是种树。\n", SEQ, HOLDS,
         "所列为3项，一致"},
        {HEAD "要抓好四项工作:一是修路,二是架桥,三是种树。\n", SEQ, ERR, "所列为3项"},
        {HEAD "存在3个问题。一是路窄;二是桥老;三是树少。\n", SEQ, HOLDS, "“3个”"},
        {HEAD "存在两个问题。一是路窄;二是桥老;三是树少。\n", SEQ, ERR, "所列为3项"},
        {HEAD "着力抓好以下两个方面工作:\n(一)修好县乡道路\n全年修路。\n(二)管好河湖\n"
              "全年巡河。\n二、2025年打算\n(三)再修路\n",
         SEQ, HOLDS, "“两个”，其后所列为2项"},
        {HEAD "着力抓好以下三个方面工作:\n(一)修好县乡道路\n全年修路。\n(二)管好河湖\n"
              "全年巡河。\n二、2025年打算\n",
         SEQ, WARN, "“三个”，其后所列为2项"},
        {HEAD "着力抓好以下三个方面工作:\n全年修路。\n全年巡河。\n", SEQ, HOLDS, ""},
        {HEAD "存在三个问题,正在整改。一是路窄;二是桥老。\n", SEQ, HOLDS, ""},
        {HEAD "三个问题突出:一是路窄;二是桥老等。\n", SEQ, HOLDS, ""},
        {HEAD "添置5台设备,一是水泵,二是路灯,三是车辆。\n", SEQ, HOLDS, ""},
        {HEAD "约三个问题:一是路窄;二是桥老。\n", SEQ, HOLDS, ""},
    };

    (void)state;
    checking_rows(words.lexicon, rows, PL_COUNT(rows));
}

static void no_more_is_named_than_is_counted(void **state)
{
    static const checking_row rows[] = {
        /* */
        {HEAD "建成东湖、西湖等2个公园。\n", SEQ, HOLDS, "列举2个，与“2个”一致"},
        {HEAD "建成东湖、西湖等9个公园。\n", SEQ, HOLDS, "列举2个，在“9个”之内"},
        {HEAD "建成东湖、西湖、南湖等2个公园。\n", SEQ, WARN, "列举了3个，却称“2个”"},
        {HEAD "建成东湖、西湖和南湖三个公园。\n", SEQ, HOLDS, "列举3个，与“三个”一致"},
        {HEAD "建成东湖(一、二、三期)、西湖等2个公园。\n", SEQ, HOLDS,
         "列举2个，与“2个”"},
        {HEAD "修好东街、西街等2条路以及东湖、西湖等2个公园。\n", SEQ, HOLDS, ""},
        /* 和 may begin another list, so that both readings have to fail */
        {HEAD "联合甲镇、乙镇和东湖、西湖等2个公园。\n", SEQ, HOLDS, ""},
        /* the next thing done begins another list; groups have several members */
        {HEAD "扩大开放、深化改革、建成东湖、西湖等2个公园。\n", SEQ, HOLDS,
         "列举2个，与“2个”一致"},
        {HEAD "稳定稻谷、小麦、猪肉、禽蛋等两类产品供应。\n", SEQ, HOLDS, ""},
        {HEAD "做好修路、架桥、种树等2个方面工作。\n", SEQ, HOLDS, ""},
        {HEAD "在东湖、西湖、南湖新建2个公园。\n", SEQ, HOLDS, ""},
        {HEAD "建成东湖、西湖、南湖等近2个公园。\n", SEQ, HOLDS, ""},
    };

    (void)state;
    checking_rows(words.lexicon, rows, PL_COUNT(rows));
}

#define COLUMN                                                         \
    "专栏1:惠企政策\n层级 | 文件 | 成效\n"                 \
    "市级扶持政策 | 甲办法 | 惠及9家\n"                    \
    "县级扶持政策 | 乙办法,支持小店发展 | 惠及2家\n" \
    " | 丙办法,支持农户发展 | 惠及3家\n"

static void counts_agree_with_the_rows_of_columns(void **state)
{
    static const char html_head[] =
        "<html><body><h1>丁县2024年计划报告</h1><h2>一、2024年工作</h2><p>出台";
    static const char html_tail[] =
        "县级扶持措施,助力发展。</p><p>专栏1:惠企政策</p><table>"
        "<tr><th>层级</th><th>文件</th><th>成效</th></tr>"
        "<tr><td>市级专项资金办法</td><td>甲办法</td><td>惠及9家</td></tr>"
        "<tr><td rowspan=2>县级扶持政策</td><td>乙办法</td><td>惠及2家</td></tr>"
        "<tr><td>丙办法</td><td>惠及3家</td></tr></table></body></html>";
    static const struct {
        const char *count;
        pl_severity severity;
    } rows[] = {{"2个", HOLDS}, {"5个", WARN}}; /* */

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_ctx cx = test_ctx();
        pl_check *check;
        char text[2048];
        int n =
            snprintf(text, sizeof text, "%s%s%s", html_head, rows[i].count, html_tail);

        cx.lexicon = words.lexicon;
        assert_true(n > 0 && (size_t)n < sizeof text);
        check = checking_of(&cx, text);
        if (!checking_find(check, SEQ, rows[i].severity, "“县级扶持政策”列有2行")) {
            checking_print(check);
            fail_msg("row %zu", i);
        }
        test_ctx_free(&cx);
    }
}

static void clauses_are_numbered_in_turn(void **state)
{
    static const checking_row rows[] = {
        /* */
        {HEAD "修好路。(1)修县道。(2)修乡道。(3)修村道。\n", SEQ, HOLDS, "序号1至3连续"},
        {HEAD "修好路。(1)修县道。(3)修乡道。(4)修村道。\n", SEQ, WARN, "应为2，写作3"},
        {HEAD "修好路。(1)修县道。(2)修乡道。(2)修村道。\n", SEQ, WARN, "重复：应为3"},
        {HEAD "一是修县道。\n二是修乡道。\n四是修村道。\n", SEQ, WARN, "应为3，写作4"},
        {HEAD "修好路。(1)修县道。(2)修乡道。\n管好河。(1)巡河。(2)清淤。\n", SEQ, HOLDS,
         ""},
        {HEAD "修好路。(1)修县道,含(30)号公路。(2)修乡道。\n", SEQ, HOLDS, ""},
    };

    (void)state;
    checking_rows(words.lexicon, rows, PL_COUNT(rows));
}

#define TASKS "二、2025年打算\n重点任务表\n序号 | 工作措施 | 责任单位\n"

static void what_is_listed_twice_is_found(void **state)
{
    static const checking_row rows[] = {
        /* */
        {HEAD "出台《甲办法》、《乙办法》、《甲办法》等。\n", SEQ, WARN, "《甲办法》"},
        {HEAD "出台了《甲办法》《乙办法》《甲办法》。\n", SEQ, WARN, "《甲办法》"},
        {HEAD "支持了种植、养殖、加工、养殖、文旅产业。\n", SEQ, WARN, "养殖"},
        {HEAD "ü 扶持小店发展办法 ü 扶持农户发展办法 ü 扶持小店发展办法\n", SEQ, WARN,
         "扶持小店发展办法"},
        {HEAD "收入分别增长5%、6%、5%、6%。\n", SEQ, HOLDS, ""},
        {HEAD "修路、架桥。修路、种树。\n", SEQ, HOLDS, ""},
        {HEAD TASKS "1 | 新修农村公路四十公里。 | 交通局\n"
                    "2 | 新修农村公路四十公里。 | 交通局\n",
         SEQ, WARN, "任务重复2次"},
        {HEAD TASKS "1 | 新修农村公路四十公里。 | 交通局\n"
                    "2 | 新修农村公路四十公里。 | 公路局\n",
         SEQ, PL_SEVERITY_NOTE, "任务重复2次"},
        {HEAD "今年以来全县上下一心修路架桥,农村面貌有了很大变化\n种树。\n"
              "今年以来全县上下一心修路架桥,农村面貌有了很大变化\n",
         SEQ, HOLDS, ""},
        {HEAD "责任单位:县交通局、县水利局、县农业农村局、县财政局。\n种树。\n"
              "责任单位:县交通局、县水利局、县农业农村局、县财政局。\n",
         SEQ, HOLDS, ""},
        {HEAD TASKS "1 | 新修农村公路四十公里。 | 交通局\n"
                    "2 | 新修农村公路三十公里。 | 公路局\n",
         SEQ, HOLDS, "任务2处，无重复"},
        {HEAD "专栏1:项目\n名称 | 进展\n东湖生态公园建设工程 | 完工\n"
              "西湖生态公园建设工程 | 完工\n东湖生态公园建设工程 | 完工\n",
         SEQ, WARN, "表内的行重复2次"},
        {HEAD "今年以来全县上下一心修路架桥,农村面貌有了很大变化。\n种树。\n"
              "今年以来全县上下一心修路架桥,农村面貌有了很大变化。\n",
         SEQ, WARN, "段落重复2次"},
    };

    (void)state;
    checking_rows(words.lexicon, rows, PL_COUNT(rows));
}

static void counting_survives_every_failed_allocation(void **state)
{
    (void)state;
    checking_allocations(
        words.lexicon, HEAD
        "抓好以下两项工作:\n(一)建成东湖、西湖、南湖等2个公园\n"
        "(1)修路。(2)架桥。(2)种树。\n(二)出台《甲办法》《乙办法》《甲办法》\n" COLUMN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_are_as_long_as_announced),
        cmocka_unit_test(no_more_is_named_than_is_counted),
        cmocka_unit_test(counts_agree_with_the_rows_of_columns),
        cmocka_unit_test(clauses_are_numbered_in_turn),
        cmocka_unit_test(what_is_listed_twice_is_found),
        cmocka_unit_test(counting_survives_every_failed_allocation),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
