#include "unit.h"

#include "text/utf8.h"

static size_t bad_at(const char *p, size_t n)
{
    return pl_utf8_bad((pl_bytes){(const unsigned char *)p, n});
}

static void well_formed_text_is_accepted(void **state)
{
    static const char text[] =
        "plan 计划 \xC2\x80 \xE0\xA0\x80 \xED\x9F\xBF \xEE\x80\x80 "
        "\xF0\x90\x80\x80 \xF4\x8F\xBF\xBF and a long tail of ASCII";

    (void)state;
    assert_true(bad_at(text, sizeof text - 1) == PL_NOPOS);
    assert_true(bad_at("", 0) == PL_NOPOS);
    assert_true(bad_at("\0", 1) == PL_NOPOS);
}

static void the_first_bad_byte_is_named(void **state)
{
    static const struct {
        const char *text;
        size_t at;
    } row[] = {
        {"ab\x80", 2},           /* continuation alone */
        {"ab\xC0\xAF", 2},       /* two bytes for one */
        {"\xE0\x9F\xBF", 0},     /* three bytes for two */
        {"\xED\xA0\x80", 0},     /* surrogate */
        {"\xF0\x8F\xBF\xBF", 0}, /* four bytes for three */
        {"\xF4\x90\x80\x80", 0}, /* beyond U+10FFFF */
        {"\xF5\x80\x80\x80", 0},
        {"\xFF", 0},
        {"计\xE5\x88", 3},           /* cut inside a character */
        {"12345678\xE4\x41\x80", 8}, /* after a run of eight */
        {"\xE8\xAE", 0},
        {"计划\xE8\x41\x80", 6}, /* in a run of ideographs */
        {"计划\xE8\xAE\xC0", 6},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(row); i++)
        assert_int_equal(bad_at(row[i].text, strlen(row[i].text)), row[i].at);
}

static void characters_go_there_and_back(void **state)
{
    static const uint32_t cps[] = {'A',    0x7F,   0x80,    0x7FF,   0x800,
                                   0x8BA1, 0xFFFD, 0x10000, 0x10FFFF};

    (void)state;
    for (size_t i = 0; i < PL_COUNT(cps); i++) {
        char out[4];
        size_t n = pl_utf8_put(cps[i], out), read;

        assert_int_equal(pl_utf8_at((pl_str){out, n}, &read), cps[i]);
        assert_int_equal(read, n);
        assert_int_equal(pl_utf8_len((unsigned char)out[0]), n);
    }
}

static void width_counts_terminal_columns(void **state)
{
    (void)state;
    assert_int_equal(pl_text_width(of("plan"), false), 4);
    assert_int_equal(pl_text_width(of("计划(%)"), false), 7);
    assert_int_equal(pl_text_width(of("（％）"), false), 6);
    assert_int_equal(pl_text_width(of("“±”"), false), 3);
    assert_int_equal(pl_text_width(of("“±”"), true), 6);
    assert_int_equal(pl_text_width(of("e\xCC\x81\x07\x7F"), true), 1);
    assert_int_equal(pl_utf8_count(of("计划 x")), 4);
}

static void cjk_means_characters_written_without_spaces(void **state)
{
    (void)state;
    assert_true(pl_is_cjk(0x8BA1));
    assert_true(pl_is_cjk(0x3042));
    assert_true(pl_is_cjk(0xD55C));
    assert_true(pl_is_cjk(0x3007));
    assert_true(pl_is_cjk(0x20000));
    assert_false(pl_is_cjk('A'));
    assert_false(pl_is_cjk(0x3002));
    assert_false(pl_is_cjk(0xFF0C));
}

/* Every character of the set passes, whatever the filter lets through besides. */
static void a_filter_lets_all_of_its_set_pass(void **state)
{
#define SET(X) X(0x4E00) X(0x201C) X(0x96F6) X(0xFF0C)
    static const pl_char_filter filter = PL_CHAR_FILTER(SET);
    static const struct {
        const char *text;
        bool may_be;
    } row[] = {
        {"一", true},  {"“", true},   {"零", true},         {"，", true},
        {"二", false}, {"。", false}, {"a\x80\x80", false}, {"\xF0\x90\x80\x80", false},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(row); i++)
        assert_int_equal(pl_char_may_be(&filter, row[i].text), row[i].may_be);
#undef SET
}

static void ideographs_are_told_by_their_first_byte(void **state)
{
    (void)state;
    assert_true(pl_is_ideograph_byte("计"[0]));
    assert_true(pl_is_ideograph_byte("龥"[0]));
    assert_false(pl_is_ideograph_byte("。"[0]));
    assert_false(pl_is_ideograph_byte("，"[0]));
    assert_false(pl_is_ideograph_byte('a'));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(well_formed_text_is_accepted),
        cmocka_unit_test(the_first_bad_byte_is_named),
        cmocka_unit_test(characters_go_there_and_back),
        cmocka_unit_test(width_counts_terminal_columns),
        cmocka_unit_test(cjk_means_characters_written_without_spaces),
        cmocka_unit_test(a_filter_lets_all_of_its_set_pass),
        cmocka_unit_test(ideographs_are_told_by_their_first_byte),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
