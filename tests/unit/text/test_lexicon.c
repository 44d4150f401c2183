#include "unit.h"

#include "text/fold.h"
#include "text/lexicon.h"

static const pl_lexicon *lexicon(pl_ctx *cx, const char *own)
{
    const pl_lexicon *lx = NULL;
    pl_status st = pl_lexicon_make(cx, of(own), &lx);

    if (st != PL_OK)
        fail_msg("line %u: %s", (unsigned)cx->err.line, cx->err.msg);
    return lx;
}

static void units_are_found_with_their_factors(void **state)
{
    static const struct {
        const char *word, *dimension, *canonical, *factor;
    } row[] = {
        {"%", "ratio", "%", "1"},
        {"万元", "money", "元", "10000"},
        {"亿元", "money", "元", "100000000"},
        {"万亿元", "money", "元", "1000000000000"},
        {"亿美元", "money_usd", "美元", "100000000"},
        {"万平方米", "area", "平方米", "10000"},
        {"平方千米", "area", "平方公里", "1000000"},
        {"万亩", "area", "亩", "6666666.67"},
        {"亿立方米", "volume", "立方米", "100000000"},
        {"千米", "length", "公里", "1000"},
        {"万吨标准煤", "coal", "吨标准煤", "10000"},
        {"微克/立方米", "concentration_air", "微克/立方米", "1"},
        {"万人次", "visits", "人次", "10000"},
        {"万元/人", "money_per_person", "元/人", "10000"},
        {"人/百亿元", "deaths_per_output", "人/百亿元", "0.01"},
        {"百分点", "point", "百分点", "1"},
        {"万户", "count", "户", "10000"},
        {"percentage points", "point", "百分点", "1"},
        {"KM2", "area", "平方公里", "1000000"},
        {"GWh", "energy", "吉瓦时", "1000000"},
    };
    pl_ctx cx = test_ctx();
    const pl_lexicon *lx = lexicon(&cx, "");
    char text[24];

    (void)state;
    for (size_t i = 0; i < PL_COUNT(row); i++) {
        const pl_word *w =
            pl_lexicon_whole(lx, PL_WORDS(UNIT) | PL_WORDS(COUNTER), of(row[i].word));

        if (!w)
            fail_msg("no unit %s", row[i].word);
        assert_str(w->field[0], of(row[i].dimension));
        assert_str(w->field[2], of(row[i].canonical));
        assert_string_equal(pl_dec_text(w->factor, text), row[i].factor);
    }
    test_ctx_free(&cx);
}

static void the_longest_word_wins_and_words_are_whole(void **state)
{
    static const struct {
        const char *text, *at, *end; /* "" = none */
    } row[] = {
        {"万元", "万元", "万元"},
        {"万元/人以上", "万元/人", ""},
        {"增长百分点", "", "百分点"},
        {"percentage", "", ""},
        {"percent of", "percent", ""},
        {"5km", "", "km"},
        {"km2x", "km", ""},
        {"PERCENT", "percent", "percent"},
        {"", "", ""},
        {"纳米", "纳米", "纳米"},
    };
    pl_ctx cx = test_ctx();
    const pl_lexicon *lx = lexicon(&cx, "");

    (void)state;
    for (size_t i = 0; i < PL_COUNT(row); i++) {
        const pl_word *at = pl_lexicon_at(lx, PL_WORDS(UNIT), of(row[i].text));
        const pl_word *end = pl_lexicon_end(lx, PL_WORDS(UNIT), of(row[i].text));

        assert_str(at ? at->word : of(""), of(row[i].at));
        assert_str(end ? end->word : of(""), of(row[i].end));
    }
    test_ctx_free(&cx);
}

static void words_inside_a_name_are_found_longest_and_last(void **state)
{
    static const struct {
        const char *own, *text, *word;
        size_t at;
    } row[] = {
        {"[direction]\n甲乙\tup\n丙\tdown\n", "甲乙丙", "甲乙", 0},
        {"[direction]\n甲\tup\n丙\tdown\n", "甲乙丙", "丙", 6},
        {"[direction]\nabc\tup\n", "xabc abc", "abc", 5},
    };
    size_t at = 99;

    (void)state;
    for (size_t i = 0; i < PL_COUNT(row); i++) {
        pl_ctx cx = test_ctx();
        const pl_lexicon *lx = lexicon(&cx, row[i].own);
        const pl_word *w = pl_lexicon_in(lx, PL_WORDS(DIRECTION), of(row[i].text), &at);

        assert_non_null(w);
        assert_str(w->word, of(row[i].word));
        assert_int_equal(at, row[i].at);
        assert_null(pl_lexicon_in(lx, PL_WORDS(AMENDED), of(row[i].text), NULL));
        test_ctx_free(&cx);
    }
}

static void own_rows_replace_and_add(void **state)
{
    pl_ctx cx = test_ctx();
    const pl_lexicon *plain = lexicon(&cx, "");
    const pl_lexicon *lx = lexicon(&cx, "\xEF\xBB\xBF# mine\r\n\r\n[unit]\r\n"
                                        "％\tshare\t0.01\r\n"
                                        "标准 盒\tboxes\t1\t盒\t万\r\n"
                                        "[counter]\n摞\t\t百\n");
    const pl_word *w = pl_lexicon_whole(lx, PL_WORDS(UNIT), of("%"));
    size_t n = 0, n_plain = 0;

    (void)state;
    assert_str(w->field[0], of("share"));
    assert_str(w->field[2], of("%"));
    assert_ptr_equal(w, pl_lexicon_row(lx, PL_WORD_UNIT, 0)); /* in its old place */
    w = pl_lexicon_at(lx, PL_WORDS(UNIT), of("万标准盒"));
    assert_str(w->field[2], of("盒"));
    w = pl_lexicon_whole(lx, PL_WORDS(COUNTER), of("百摞"));
    assert_str(w->field[2], of("摞"));
    while (pl_lexicon_row(lx, PL_WORD_UNIT, n))
        n++;
    while (pl_lexicon_row(plain, PL_WORD_UNIT, n_plain))
        n_plain++;
    assert_int_equal(n, n_plain + 2);
    test_ctx_free(&cx);
}

static void one_word_can_be_of_several_classes(void **state)
{
    pl_ctx cx = test_ctx();
    const pl_lexicon *lx = lexicon(&cx, "[direction]\n甲\tup\n[unit]\n甲\tx\t1\n");

    (void)state;
    assert_int_equal(pl_lexicon_at(lx, ~0u, of("甲"))->class, PL_WORD_UNIT);
    assert_int_equal(pl_lexicon_at(lx, PL_WORDS(DIRECTION), of("甲"))->class,
                     PL_WORD_DIRECTION);
    assert_null(pl_lexicon_at(lx, PL_WORDS(TREND), of("甲")));
    test_ctx_free(&cx);
}

static void bad_rows_are_refused_with_their_line(void **state)
{
    static const struct {
        const char *own;
        uint32_t line;
    } row[] = {
        {"甲\tup\n", 1},
        {"[unit]\n\n甲\tx\tmany\n", 3},
        {"[unit]\n甲\tx\t-1\n", 2},
        {"[unit]\n甲\tx\n", 2},
        {"[scale]\n甲\n", 2},
        {"[unit]\n甲\tx\t1\t甲\t好\n", 2},
        {"[unit]\n甲\tx\t9000000000000\t甲\t万亿\n", 2},
        {"[nothing]\n", 1},
        {"[unit\n", 1},
        {"[unit]\n\tx\t1\n", 2},
        {"[unit]\n \tx\t1\n", 2},
        {"[set]\na\tb\tc\td\te\tf\n", 2},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(row); i++) {
        pl_ctx cx = test_ctx();
        const pl_lexicon *lx = NULL;

        if (pl_lexicon_make(&cx, of(row[i].own), &lx) != PL_ESYNTAX)
            fail_msg("accepted: %s", row[i].own);
        assert_int_equal(cx.err.line, row[i].line);
        assert_null(lx);
        test_ctx_free(&cx);
    }
}

static void a_very_long_word_is_refused(void **state)
{
    pl_ctx cx = test_ctx();
    const pl_lexicon *lx = NULL;
    char own[600] = "[set]\n";

    (void)state;
    memset(own + 6, 'a', 256);
    assert_int_equal(pl_lexicon_make(&cx, of(own), &lx), PL_ESYNTAX);
    assert_int_equal(cx.err.line, 2);
    own[6 + 255] = '\0';
    assert_int_equal(pl_lexicon_make(&cx, of(own), &lx), PL_OK);
    test_ctx_free(&cx);
}

static void compiled_in_words_are_folded(void **state)
{
    pl_ctx cx = test_ctx();
    const pl_lexicon *lx = lexicon(&cx, "");

    (void)state;
    for (int c = 0; c < PL_WORD_CLASS_COUNT; c++) {
        const pl_word *w;
        pl_str folded;

        for (size_t i = 0; (w = pl_lexicon_row(lx, (pl_word_class)c, i)); i++) {
            assert_int_equal(pl_fold_str(&cx, w->word, &folded), PL_OK);
            assert_str(w->word, folded);
            assert_ptr_equal(pl_lexicon_whole(lx, (pl_words)1 << c, w->word), w);
        }
    }
    test_ctx_free(&cx);
}

static void making_survives_failed_allocations(void **state)
{
    pl_status st = PL_ENOMEM;
    size_t n = 0;

    (void)state;
    for (; st != PL_OK && n < 100; n++) {
        pl_ctx cx = test_ctx();
        const pl_lexicon *lx = NULL;

        pl_arena_fail_after(cx.arena, n);
        st = pl_lexicon_make(&cx, of("[unit]\n丨\tx\t1\t丨\t万\n"), &lx);
        assert_true(st == PL_OK ? lx != NULL : st == PL_ENOMEM && !lx);
        test_ctx_free(&cx);
    }
    assert_int_equal(st, PL_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(units_are_found_with_their_factors),
        cmocka_unit_test(the_longest_word_wins_and_words_are_whole),
        cmocka_unit_test(words_inside_a_name_are_found_longest_and_last),
        cmocka_unit_test(own_rows_replace_and_add),
        cmocka_unit_test(one_word_can_be_of_several_classes),
        cmocka_unit_test(bad_rows_are_refused_with_their_line),
        cmocka_unit_test(a_very_long_word_is_refused),
        cmocka_unit_test(compiled_in_words_are_folded),
        cmocka_unit_test(making_survives_failed_allocations),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
