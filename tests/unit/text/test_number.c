#include "unit.h"

#include "text/fold.h"
#include "text/number.h"

static pl_ctx cx;
static const pl_lexicon *lx;

static int setup(void **state)
{
    (void)state;
    cx = test_ctx();
    return pl_lexicon_make(&cx, of(""), &lx) == PL_OK ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    test_ctx_free(&cx);
    return 0;
}

static pl_str folded(const char *text)
{
    pl_str s = {0};

    assert_int_equal(pl_fold_str(&cx, of(text), &s), PL_OK);
    return s;
}

static const struct {
    const char *text, *value, *resolution, *scale;
    size_t n;
    bool percent;
} numbers[] = {
    /* */
    {"4085", "4085", "1", "1", 4, false},
    {"1.1万", "11000", "1000", "10000", 6, false},
    {"1.10万", "11000", "100", "10000", 7, false},
    {"490.5亿", "49050000000", "10000000", "100000000", 8, false},
    {"2万亿", "2000000000000", "1000000000000", "1000000000000", 7, false},
    {"5千万", "50000000", "10000000", "10000000", 7, false},
    {"1亿2000万", "120000000", "10000", "10000", 11, false},
    {"1亿3项", "100000000", "100000000", "100000000", 4, false},
    {"1,234.5", "1234.5", "0.1", "1", 7, false},
    {"1,234,567", "1234567", "1", "1", 9, false},
    {"2022,100", "2022", "1", "1", 4, false},
    {"12,34", "12", "1", "1", 2, false},
    {"1.2 million", "1200000", "100000", "1000000", 11, false},
    {"2bn", "2000000000", "1000000000", "1000000000", 3, false},
    {"5km", "5", "1", "1", 1, false},
    {"5 k", "5", "1", "1", 1, false},
    {"3.", "3", "1", "1", 1, false},
    {"十五", "15", "1", "1", 6, false},
    {"二十", "20", "10", "1", 6, false},
    {"一百零五", "105", "1", "1", 12, false},
    {"一百二十一", "121", "1", "1", 15, false},
    {"两万", "20000", "10000", "10000", 6, false},
    {"一万五千", "15000", "1000", "1", 12, false},
    {"三千万亿", "3000000000000000", "1000000000000000", "1000000000000", 12, false},
    {"二〇二六", "2026", "1", "1", 12, false},
    {"九成", "90", "10", "1", 6, true},
    {"八成五", "85", "1", "1", 9, true},
    {"9成以上", "90", "10", "1", 4, true},
    {"百分之五", "5", "1", "1", 12, true},
    {"百分之3.5", "3.5", "0.1", "1", 12, true},
    {"千分之五", "0.5", "0.1", "1", 12, true},
    {"四分之一", "25", "1", "1", 12, true},
    {"三分之一", "33.333333333", "1", "1", 12, true},
    {"一半", "50", "1", "1", 6, true},
    {"twelve", "12", "1", "1", 6, false},
    {"Twenty-five percent", "25", "1", "1", 11, false},
    {"five million", "5000000", "1000000", "1000000", 12, false},
    /* a unit that begins with a scale word keeps it, a composed one does not */
    {"3百分点", "3", "1", "1", 1, false},
    {"2千米", "2", "1", "1", 1, false},
    {"5千瓦", "5", "1", "1", 1, false},
    {"10万平方米", "100000", "10000", "10000", 5, false},
    {"8万千瓦", "80000", "10000", "10000", 4, false},
    {"三十千米", "30", "10", "1", 6, false},
};

static void numbers_have_value_and_resolution(void **state)
{
    char text[24];

    (void)state;
    for (size_t i = 0; i < PL_COUNT(numbers); i++) {
        pl_number n;

        if (!pl_number_at(lx, of(numbers[i].text), false, false, &n))
            fail_msg("no number: %s", numbers[i].text);
        if (n.n != numbers[i].n || n.percent != numbers[i].percent)
            fail_msg("%s: read %zu bytes, per cent %d", numbers[i].text, n.n, n.percent);
        if (strcmp(pl_dec_text(n.value, text), numbers[i].value) != 0)
            fail_msg("%s: value %s", numbers[i].text, text);
        if (strcmp(pl_dec_text(n.resolution, text), numbers[i].resolution) != 0)
            fail_msg("%s: resolution %s", numbers[i].text, text);
        if (strcmp(pl_dec_text(n.scale, text), numbers[i].scale) != 0)
            fail_msg("%s: scale %s", numbers[i].text, text);
    }
}

static void what_is_no_number_is_refused(void **state)
{
    static const char *const text[] = {
        "",
        "万",
        "亿元",
        "-5",
        "五",
        "十四五",
        "二三级",
        "三万五",
        "1234567890123456",
        "0.0000000001",
        "零",
        "百二",
        "百分之",
        "一一一一一一",
        "tenfold",
        "万万",
        ".5",
        "9223372036854775807",
        "99999999999万亿",
        "一二三四五六七八九一二三四五六七八九一二三四五六七八九一二三四五六七八九",
    };
    pl_number n = {.n = 77};

    (void)state;
    for (size_t i = 0; i < PL_COUNT(text); i++) {
        if (pl_number_at(lx, of(text[i]), false, false, &n))
            fail_msg("read as a number: %s", text[i]);
        assert_int_equal(n.n, 77);
    }
}

static void signs_and_single_numerals_are_read_on_request(void **state)
{
    pl_number n;

    (void)state;
    assert_true(pl_number_at(lx, of("-0.5%"), true, false, &n));
    assert_int_equal(n.value.coef, -5);
    assert_int_equal(n.n, 4);
    assert_true(pl_number_at(lx, of("负3"), true, false, &n));
    assert_int_equal(n.value.coef, -3);
    assert_true(pl_number_at(lx, of("+3"), true, false, &n));
    assert_int_equal(n.value.coef, 3);
    assert_true(pl_number_at(lx, of("两"), false, true, &n));
    assert_int_equal(n.value.coef, 2);
    assert_false(pl_number_at(lx, of("-"), true, true, &n));
}

static void ordinals_are_whole_and_small(void **state)
{
    static const struct {
        const char *text;
        int value;
    } row[] = {
        {"一", 1},      {"十", 10},
        {"九十九", 99}, {"一百二十一", 121},
        {"12", 12},     {"二〇二六", 2026},
        {"9999", 9999}, {"10000", 0},
        {"两万", 0},    {"", 0},
        {"1,234", 0},   {"1.5", 0},
        {"一、", 0},    {"甲", 0},
        {"零", 0},      {"１２", 12},
        {"３1", 31},    {"５．", 0},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(row); i++)
        if (pl_ordinal(of(row[i].text)) != row[i].value)
            fail_msg("%s: %d", row[i].text, pl_ordinal(of(row[i].text)));
}

static void put_quantity(pl_buf *b, pl_str text, const pl_quantity *q)
{
    pl_buf_put(b, pl_str_sub(text, q->at.at, q->at.n));
    pl_buf_put(b, of(" = "));
    pl_dec_put(b, q->number.value);
    if (q->is_range) {
        pl_buf_put(b, of(".."));
        pl_dec_put(b, q->upper.value);
    }
    pl_buf_putc(b, ' ');
    pl_buf_put(b, q->unit ? q->unit->field[2] : q->unit_text);
    if (q->hedge)
        pl_buf_putf(b, " %.*s", PL_FMT(pl_hedge_token(q->hedge)));
    pl_buf_putc(b, '\n');
}

/* All quantities of a text, a line each: as written = value unit hedge. */
static void check_quantities(const char *text, const char *want)
{
    pl_str s = folded(text);
    pl_quantity q;
    pl_buf b;
    size_t at = 0;

    pl_buf_init(&b, 10000);
    while (pl_quantity_next(lx, s, at, &q)) {
        put_quantity(&b, s, &q);
        at = q.at.at + q.at.n;
    }
    if (!pl_str_eq(pl_buf_str(&b), of(want)))
        fail_msg("%s\ngot\n%.*swant\n%s", text, PL_FMT(pl_buf_str(&b)), want);
    pl_buf_release(&b);
}

static const struct {
    const char *text, *want;
} found[] = {
    /* */
    {"惠及1.28万户商户", "1.28万户 = 12800 户\n"},
    {"减免28.8亿元", "28.8亿元 = 2880000000 元\n"},
    {"涉及近7000家", "近7000家 = 7000 家 near\n"},
    {"已有约2万", "约2万 = 20000  about\n"},
    {"办成1000余项", "1000余项 = 1000 项 over\n"},
    {"发放1.4万余笔", "1.4万余笔 = 14000 笔 over\n"},
    {"服务20余万人", "20余万人 = 200000 人 over\n"},
    {"帮助十余家工厂", "十余家 = 10 家 over\n"},
    {"覆盖超2000家", "超2000家 = 2000 家 gt\n"},
    {"引进50余家", "50余家 = 50 家 over\n"},
    {"占3%以上", "3%以上 = 3 % ge\n"},
    {"修好不少于80套", "不少于80套 = 80 套 ge\n"},
    {"产值突破1万亿,再增", "突破1万亿 = 1000000000000  gt\n"},
    {"达到36万元/人左右", "36万元/人左右 = 360000 元/人 about\n"},
    {"申请达4500余件", "4500余件 = 4500 件 over\n"},
    {"收入9.6万元左右", "9.6万元左右 = 96000 元 about\n"},
    {"超10余家", "超10余家 = 10 家 gt\n"},
    {"增速4.5%-5%", "4.5%-5% = 4.5..5 %\n"},
    {"增长8至9个百分点", "8至9个百分点 = 8..9 百分点\n"},
    {"建成1～2所学校", "1~2所 = 1..2 所\n"},
    {"投入3—5万元", "3-5万元 = 30000..50000 元\n"},
    {"约5%至6%", "约5%至6% = 5..6 % about\n"},
    {"接种109.9万剂", "109.9万剂 = 1099000 剂\n"},
    {"到访2375万人次", "2375万人次 = 23750000 人次\n"},
    {"招收20万名工人", "20万名 = 200000 人\n"},
    {"值班8小时", "8小时 = 8 小时\n"},
    {"连续8年领先", "8年 = 8 年\n"},
    {"失业率控制在3%内,好于上年", "3%内 = 3 % le\n"},
    {"推出三大举措、两个平台", "三大 = 3 大\n两个 = 2 个\n"},
    {"近百家、超千亿元、逾万人", "近百家 = 100 家 near\n"
                                 "超千亿元 = 100000000000 元 gt\n"
                                 "逾万人 = 10000 人 gt\n"},
    {"百余家门店", "百余家 = 100 家 over\n"},
    {"占全部约四分之一", "约四分之一 = 25 % about\n"},
    {"增速为-3.2%", "-3.2% = -3.2 %\n"},
    {"翻番,增长一倍", "一倍 = 1 倍\n"},
    {"密度5个/千米", "5个/千米 = 5 个/千米\n"},
    {"up 5.2 percentage points to 1,350 homes",
     "5.2 percentage points = 5.2 百分点\n1,350 homes = 1350 套\n"},
    {"between 2 and 3 percent, from 5% to 6%",
     "2 and 3 percent = 2..3 %\n5% = 5 %\n6% = 6 %\n"},
    {"8 to 10 minutes, from 1 GW to 3 GW",
     "8 to 10 minutes = 8..10 分钟\n1 GW = 1 吉瓦\n3 GW = 3 吉瓦\n"},
    {"由3%到5%", "3% = 3 %\n5% = 5 %\n"},
    {"at least 20% of $1.5 billion, US$ 300m and £2bn",
     "at least 20% = 20 % ge\n$1.5 billion = 1500000000 美元\n"
     "US$300m = 300000000 美元\n£2bn = 2000000000 英镑\n"},
};

static void quantities_are_found_with_unit_and_hedge(void **state)
{

    (void)state;
    for (size_t i = 0; i < PL_COUNT(found); i++)
        check_quantities(found[i].text, found[i].want);
}

static const char *const no_quantities[] = {
    /* */
    "(1)加快推进",
    "1.推进工作",
    "1、推进",
    "3.2023年计划",
    "附件:1.2023年计划",
    "2022年10月13日",
    "2021-2025年",
    "2021—2025",
    "面向2035,",
    "2022年度",
    "10时30分",
    "8:30",
    "1-8月",
    "9月底",
    "二〇二六年",
    "第三批",
    "第3",
    "12号线",
    "3号院",
    "地铁16号线",
    "前三季度",
    "前5名",
    "第3至5",
    "每千人",
    "每10万人",
    "三次产业",
    "十三次党代会",
    "二十大",
    "二期",
    "九年级",
    "“稳增长31条”",
    "“3个100”工程",
    "《关于2022年30项任务的通知》",
    "〔2023〕1号",
    "PM2.5",
    "CO2",
    "C02",
    "5G",
    "A1",
    "COVID-19",
    "RISC-5",
    "3GPP",
    "10+10",
    "5+N",
    "1+3+N",
    "7:41:50",
    "7∶41∶50",
    "24/7",
    "1.2.3",
    "11F/2023-70297",
    "120急救",
    "12345热线",
    "5.0改革",
    "2.0方案",
    "010-62510000",
    "12345678901234567890个",
    "一批",
    "一定",
    "统一",
    "第一",
    "一个",
    "一二三产",
    "十四五",
    "五年",
    "三角",
    "万元",
    "五道口",
    "四季",
    "千方百计",
    "Phase 2",
    "Table 3",
    "in 2022",
    "10-year plan",
};

static void names_dates_and_marks_are_no_quantities(void **state)
{
    (void)state;
    for (size_t i = 0; i < PL_COUNT(no_quantities); i++)
        check_quantities(no_quantities[i], "");
}

static void words_that_end_like_a_hedge_are_none(void **state)
{
    (void)state;
    check_quantities("签约70万人,目前12家", "70万人 = 700000 人\n12家 = 12 家\n");
    check_quantities("最近3年", "3年 = 3 年\n");
    check_quantities("3个内设机构", "3个 = 3 个\n");
}

static void spans_tell_the_number_from_its_hedges(void **state)
{
    pl_str s = folded("约 20 余万人");
    pl_quantity q;

    (void)state;
    assert_true(pl_quantity_next(lx, s, 0, &q));
    assert_str(pl_str_sub(s, q.at.at, q.at.n), of("约20余万人"));
    assert_str(pl_str_sub(s, q.number_at.at, q.number_at.n), of("20余万"));
    assert_str(q.unit_text, of("人"));
    s = folded("5万-6万元");
    assert_true(pl_quantity_next(lx, s, 0, &q));
    assert_str(pl_str_sub(s, q.number_at.at, q.number_at.n), of("5万-6万"));
}

static void strange_text_ends(void **state)
{
    static const char *const text[] = {
        "1.1.1.1.1.1", "““““““1",       "----1", "一一一一", "1-2-3-4-5", "5+5+5+5",
        "万亿万亿",    "1万万万",       "0",     "1至",      "约约约约1", "1/2/3/",
        "负负1",       "百分之百分之1", "$",     "$$$1",     "1个/个/个", "第第第1",
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(text); i++) {
        pl_str s = folded(text[i]);
        pl_quantity q;
        size_t at = 0, steps = 0;

        while (pl_quantity_next(lx, s, at, &q)) {
            assert_true(q.at.at >= at && q.at.n > 0 && q.at.at + q.at.n <= s.n);
            at = q.at.at + q.at.n;
            assert_true(++steps < 100);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_have_value_and_resolution),
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(signs_and_single_numerals_are_read_on_request),
        cmocka_unit_test(ordinals_are_whole_and_small),
        cmocka_unit_test(quantities_are_found_with_unit_and_hedge),
        cmocka_unit_test(names_dates_and_marks_are_no_quantities),
        cmocka_unit_test(words_that_end_like_a_hedge_are_none),
        cmocka_unit_test(spans_tell_the_number_from_its_hedges),
        cmocka_unit_test(strange_text_ends),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
