#include "unit.h"

#include "text/fold.h"

static void typography_is_dropped_and_meaning_kept(void **state)
{
    static const struct {
        const char *text, *want;
    } row[] = {
        /* */
        {"", ""},
        {"达到市级 要求（３２）", "达到市级要求(32)"},
        {"６％﹪%", "6%%%"},
        {"４．５％—5％", "4.5%-5%"},
        {"8～9 8〜9 8∼9", "8~9 8~9 8~9"},
        {"5 — 6", "5-6"},
        {"——", "-"},
        {"--- –", "-"},
        {"Ⅱ类。、“稳”〔2023〕", "Ⅱ类。、“稳”〔2023〕"},
        {"a ，b；c：d", "a,b;c:d"},
        {"at  least\t95 % by 2027", "at least 95%by 2027"},
        {"PM 2.5", "PM 2.5"},
        {"2022 年 5 月", "2022年5月"},
        {"1 350", "1350"},
        {"1 350 000 元", "1350000元"},
        {"1　350", "1350"},
        {"2022 35", "2022 35"},
        {"2022 350", "2022 350"},
        {"1 3500", "1 3500"},
        {"1 350 00", "1350 00"},
        {"3.5 200", "3.5 200"},
        {"A1 350", "A1 350"},
        {"12\n350", "12 350"},
        {"\xEF\xBB\xBF\xE2\x80\x8B 表\xC2\xA0"
         "1 ",
         "表1"},
        {"\xE2\xBC\x80\xE2\xBD\x89\xE2\xBB\x93", "一月长"}, /* radicals of PDF fonts */
        {"≦≧⩽⩾", "≤≥≤≥"},
        {"￥5", "¥5"},
    };
    pl_ctx cx = test_ctx();

    (void)state;
    for (size_t i = 0; i < PL_COUNT(row); i++) {
        pl_fold f;
        pl_str s;

        assert_int_equal(pl_fold_make(&cx, of(row[i].text), &f), PL_OK);
        assert_str(f.s, of(row[i].want));
        assert_int_equal(f.src[f.s.n], strlen(row[i].text));
        assert_int_equal(pl_fold_str(&cx, of(row[i].text), &s), PL_OK);
        assert_str(s, of(row[i].want));
    }
    test_ctx_free(&cx);
}

static void folding_twice_is_folding_once(void **state)
{
    static const char *const text[] = {"达到 市级（３２）", "1 350 20", "a -- b",
                                       "5 % 6"};
    pl_ctx cx = test_ctx();

    (void)state;
    for (size_t i = 0; i < PL_COUNT(text); i++) {
        pl_str once, twice;

        assert_int_equal(pl_fold_str(&cx, of(text[i]), &once), PL_OK);
        assert_int_equal(pl_fold_str(&cx, once, &twice), PL_OK);
        assert_str(twice, once);
    }
    test_ctx_free(&cx);
}

static void spans_lead_back_to_the_source(void **state)
{
    static const char text[] = "市级 要求（３２） —— 好";
    static const struct {
        const char *folded, *source;
    } row[] = {
        {"市级", "市级"},     {"市级要求", "市级 要求"},
        {"(32)", "（３２）"}, {"32", "３２"},
        {")", "）"},          {"-", "——"},
        {")-好", "） —— 好"},
    };
    pl_ctx cx = test_ctx();
    pl_fold f;

    (void)state;
    assert_int_equal(pl_fold_make(&cx, of(text), &f), PL_OK);
    for (size_t i = 0; i < PL_COUNT(row); i++) {
        size_t at = pl_str_find(f.s, of(row[i].folded), 0);
        pl_span span = pl_fold_span(&f, at, strlen(row[i].folded));

        assert_str(pl_str_sub(of(text), span.at, span.n), of(row[i].source));
    }
    assert_int_equal(pl_fold_span(&f, f.s.n, 0).at, strlen(text));
    test_ctx_free(&cx);
}

static void folding_survives_every_failed_allocation(void **state)
{
    pl_status st = PL_ENOMEM;

    (void)state;
    for (size_t n = 0; st != PL_OK && n < 10; n++) {
        pl_ctx cx = test_ctx();
        pl_fold f;

        pl_arena_fail_after(cx.arena, n);
        st = pl_fold_make(&cx, of("６ 以上"), &f);
        assert_true(st == PL_OK || st == PL_ENOMEM);
        test_ctx_free(&cx);
    }
    assert_int_equal(st, PL_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(typography_is_dropped_and_meaning_kept),
        cmocka_unit_test(folding_twice_is_folding_once),
        cmocka_unit_test(spans_lead_back_to_the_source),
        cmocka_unit_test(folding_survives_every_failed_allocation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
