/* Two plans side by side. */
#include "unit.h"

#include "doc/text_reader.h"
#include "judge/compare.h"

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

static const pl_plan *plan(pl_ctx *cx, int year, const char *row)
{
    pl_buf b;
    pl_str text;
    pl_doc *doc;
    pl_plan *p;

    pl_buf_init(&b, 65536);
    pl_buf_putf(
        &b,
        "云溪区%d年计划\n序号 | 指标 | 单位 | %d年完成 | %d年目标值 | 责任部门 |\n%s"
        "9 | 新增停车位 | 个 | 10 | 20 | 区住建委 |\n",
        year, year - 1, year, row);
    assert_int_equal(pl_buf_keep(cx, &b, &text), PL_OK);
    pl_buf_release(&b);
    assert_int_equal(
        pl_doc_read(cx, (pl_bytes){(const unsigned char *)text.p, text.n}, &doc), PL_OK);
    assert_int_equal(pl_plan_read(cx, doc, &p), PL_OK);
    return p;
}

/* which of two targets asks for more, by the direction of the target or name. */
static void a_target_is_tightened_or_loosened_by_what_is_good(void **state)
{
    static const struct {
        const char *was, *now;
        pl_shift want;
        const char *by;
    } rows[] = {
        {"1 | 常住人口 | 万人 | 312 | <313.2 | 甲局 |\n",
         "1 | 常住人口 | 万人 | 312 | <312.8 | 甲局 |\n", PL_SHIFT_TIGHTENED, "0.4"},
        {"1 | 登记失业率 | % | 2.6 | 3以内 | 甲局 |\n",
         "1 | 登记失业率 | % | 2.6 | 3.5以内 | 甲局 |\n", PL_SHIFT_LOOSENED, "0.5"},
        {"1 | 地区生产总值增速 | % | 4 | 6以上 | 甲局 |\n",
         "1 | 地区生产总值增速 | % | 4 | 5左右 | 甲局 |\n", PL_SHIFT_LOOSENED, "1"},
        {"1 | 新增学位供给数 | 个 | 4000 | 5000 | 甲局 |\n",
         "1 | 新增学位供给数 | 个 | 4000 | 5560 | 甲局 |\n", PL_SHIFT_TIGHTENED, "560"},
        {"1 | 单位地区生产总值能耗 | % | 3 | 下降3 | 甲局 |\n",
         "1 | 单位地区生产总值能耗 | % | 3 | 下降2 | 甲局 |\n", PL_SHIFT_LOOSENED, "1"},
        {"1 | 森林覆盖率 | % | 36 | 达到市级要求 | 甲局 |\n",
         "1 | 森林覆盖率 | % | 36 | 稳步提高 | 甲局 |\n", PL_SHIFT_REWORDED, NULL},
        {"1 | 森林覆盖率 | % | 36 | 36.2 | 甲局 |\n",
         "1 | 森林覆盖率 | % | 36 | ３６．２ | 甲局 |\n", PL_SHIFT_SAME, NULL},
        {"1 | 一般公共预算收入 | 亿元 | 300 | 310 | 甲局 |\n",
         "1 | 一般公共预算收入 | 万元 | 3000000 | 3100000 | 甲局 |\n", PL_SHIFT_UNIT,
         NULL},
        {"1 | 新增学位供给 | 个 | 4000 | 5000 | 甲局 |\n",
         "1 | 新增学位供给数 | 个 | 4000 | 4800 | 甲局 |\n", PL_SHIFT_LOOSENED, "200"},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_ctx cx = test_ctx();
        pl_comparison *c;
        const pl_shift_row *r;

        cx.lexicon = words.lexicon;
        assert_int_equal(pl_compare_plans(&cx, plan(&cx, 2023, rows[i].was),
                                          plan(&cx, 2024, rows[i].now), &c),
                         PL_OK);
        assert_int_equal(c->rows.n, 2);
        r = &c->rows.p[0];
        if (r->shift != rows[i].want)
            fail_msg("%s: %.*s", rows[i].now, PL_FMT(pl_shift_token(r->shift)));
        if (rows[i].by) {
            char number[24];

            assert_string_equal(pl_dec_text(r->by, number), rows[i].by);
        }
        assert_int_equal(c->rows.p[1].shift, PL_SHIFT_SAME);
        test_ctx_free(&cx);
    }
}

static void indicators_come_and_go(void **state)
{
    pl_ctx cx = test_ctx();
    pl_comparison *c;

    (void)state;
    cx.lexicon = words.lexicon;
    assert_int_equal(
        pl_compare_plans(&cx,
                         plan(&cx, 2023, "1 | 污水处理率 | % | 99 | 99.5 | 甲局 |\n"),
                         plan(&cx, 2024, "1 | 每千人托位数 | 个 | 3 | 4 | 甲局 |\n"), &c),
        PL_OK);
    assert_int_equal(c->rows.n, 3);
    assert_int_equal(c->n[PL_SHIFT_NEW], 1);
    assert_int_equal(c->n[PL_SHIFT_DROPPED], 1);
    assert_int_equal(c->n[PL_SHIFT_SAME], 1);
    assert_null(c->rows.p[0].was);
    assert_null(c->rows.p[2].now);
    test_ctx_free(&cx);
}

static void plans_without_indicators_have_nothing_to_compare(void **state)
{
    pl_ctx cx = test_ctx();
    pl_doc *doc;
    pl_plan *p;
    pl_comparison *c;
    static const unsigned char text[] = "没有表格的一段话。\n";

    (void)state;
    cx.lexicon = words.lexicon;
    assert_int_equal(pl_doc_read(&cx, (pl_bytes){text, sizeof text - 1}, &doc), PL_OK);
    assert_int_equal(pl_plan_read(&cx, doc, &p), PL_OK);
    assert_int_equal(pl_compare_plans(&cx, p, p, &c), PL_OK);
    assert_int_equal(c->rows.n, 0);
    test_ctx_free(&cx);
}

static void a_comparison_survives_every_failed_allocation(void **state)
{
    pl_ctx cx = test_ctx();
    const pl_plan *was, *now;
    pl_status st = PL_ENOMEM;

    (void)state;
    cx.lexicon = words.lexicon;
    was = plan(&cx, 2023, "1 | 污水处理率 | % | 99 | 99.5 | 甲局 |\n");
    now = plan(&cx, 2024, "1 | 污水处理率 | % | 99 | 99.7 | 甲局 |\n");
    for (size_t n = 0; st != PL_OK && n < 100; n++) {
        pl_comparison *c = NULL;

        pl_arena_fail_after(cx.arena, n);
        st = pl_compare_plans(&cx, was, now, &c);
        assert_true(st == PL_OK || (st == PL_ENOMEM && !c));
    }
    assert_int_equal(st, PL_OK);
    test_ctx_free(&cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_target_is_tightened_or_loosened_by_what_is_good),
        cmocka_unit_test(indicators_come_and_go),
        cmocka_unit_test(plans_without_indicators_have_nothing_to_compare),
        cmocka_unit_test(a_comparison_survives_every_failed_allocation),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
