/* The pieces that text is searched by. */
#include "unit.h"

#include "text/grams.h"

static void text_is_cut_into_words_characters_and_pairs(void **state)
{
    static const struct {
        const char *text, *index, *query;
    } rows[] = {
        {"", "", ""},
        {"发", "发", "发"},
        {"发展", "发 发展 展", "发展"},
        {"常住人口", "常 常住 住 住人 人 人口 口", "常住 住人 人口"},
        {"新增 学位", "新 新增 增 增学 学 学位 位", "新增 增学 学位"},
        {"GDP 增长５％。", "gdp 增 增长 长 5", "gdp 增长 5"},
        {"水、电", "水 电", "水 电"},
        {"“好”", "好", "好"},
        {"a-b_c\"d' OR", "a b c d or", "a b c d or"},
        {"水水水", "水 水水", "水水"},
        {"\xF0\xA0\x80\x80城", "\xF0\xA0\x80\x80 \xF0\xA0\x80\x80城 城",
         "\xF0\xA0\x80\x80城"},
    };
    pl_ctx cx = test_ctx();
    pl_str got;

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        assert_int_equal(pl_grams(&cx, of(rows[i].text), PL_GRAM_INDEX, &got), PL_OK);
        assert_str(got, of(rows[i].index));
        assert_int_equal(pl_grams(&cx, of(rows[i].text), PL_GRAM_QUERY, &got), PL_OK);
        assert_str(got, of(rows[i].query));
    }
    test_ctx_free(&cx);
}

static void a_failed_allocation_is_said(void **state)
{
    (void)state;
    for (size_t n = 0; n < 3; n++) {
        pl_ctx cx = test_ctx();
        pl_str got;

        pl_arena_fail_after(cx.arena, n);
        assert_int_equal(pl_grams(&cx, of("城市更新"), PL_GRAM_INDEX, &got), PL_ENOMEM);
        test_ctx_free(&cx);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_cut_into_words_characters_and_pairs),
        cmocka_unit_test(a_failed_allocation_is_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
