#include "unit.h"

#include "text/decode.h"

static pl_bytes bytes(const char *p, size_t n)
{
    return (pl_bytes){(const unsigned char *)p, n};
}

static void text_of_each_encoding_becomes_utf8(void **state)
{
    static const struct {
        const char *in;
        size_t n;
        pl_charset charset;
        size_t skipped;
        const char *text;
    } row[] = {
        {"abc", 3, PL_CHARSET_UTF8, 0, "abc"},
        {"目标", 6, PL_CHARSET_UTF8, 0, "目标"},
        {"\xef\xbb\xbf目标", 9, PL_CHARSET_UTF8, 3, "目标"},
        {"\xff\xfe\xee\x76\x07\x68", 6, PL_CHARSET_UTF16LE, 2, "目标"},
        {"\xfe\xff\x76\xee\x68\x07", 6, PL_CHARSET_UTF16BE, 2, "目标"},
        {"\xc4\xbf\xb1\xea", 4, PL_CHARSET_GB18030, 0, "目标"},
        {"1 \xc4\xbf\xb1\xea\xa3\xba\x36", 9, PL_CHARSET_GB18030, 0, "1 目标：6"},
        {"\xa5\xd8\xbc\xd0", 4, PL_CHARSET_GB18030, 0, NULL}, /* Big5 目標, see below */
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(row); i++) {
        pl_ctx cx = test_ctx();
        pl_decoded d = {0};

        if (row[i].text) {
            assert_int_equal(pl_decode(&cx, bytes(row[i].in, row[i].n), &d), PL_OK);
            assert_str(d.text, of(row[i].text));
            assert_int_equal(d.charset, row[i].charset);
            assert_int_equal(d.skipped, row[i].skipped);
        }
        test_ctx_free(&cx);
    }
}

static void big5_is_known_by_its_everyday_characters(void **state)
{
    /* 我們的目標在今年 */
    static const char in[] =
        "\xa7\xda\xad\xcc\xaa\xba\xa5\xd8\xbc\xd0\xa6\x62\xa4\xb5\xa6\x7e";
    pl_ctx cx = test_ctx();
    pl_decoded d = {0};

    (void)state;
    assert_int_equal(pl_decode(&cx, bytes(in, sizeof in - 1), &d), PL_OK);
    assert_int_equal(d.charset, PL_CHARSET_BIG5);
    assert_str(d.text, of("我們的目標在今年"));
    test_ctx_free(&cx);
}

static void nothing_is_empty_text(void **state)
{
    pl_ctx cx = test_ctx();
    pl_decoded d = {0};

    (void)state;
    assert_int_equal(pl_decode(&cx, bytes("", 0), &d), PL_OK);
    assert_int_equal(d.text.n, 0);
    assert_int_equal(pl_decode(&cx, bytes("\xef\xbb\xbf", 3), &d), PL_OK);
    assert_int_equal(d.text.n, 0);
    test_ctx_free(&cx);
}

static void bad_text_is_refused_with_its_place(void **state)
{
    static const struct {
        const char *in;
        size_t n;
        pl_status status;
        size_t at;
        uint32_t line, col;
        const char *message;
    } row[] = {
        {"第一行\n目\xe6\xa0", 15, PL_ESYNTAX, 13, 2, 4,
         "text breaks off inside a character"},
        {"ab\n\xe7\x9b", 5, PL_ESYNTAX, 3, 2, 1, "text breaks off inside a character"},
        {"ab\n\xff\xff\xff", 6, PL_ESYNTAX, 3, 2, 1, NULL},
        {"\xff\xfe\xee", 3, PL_ESYNTAX, 2, 1, 3, "text breaks off inside a character"},
        {"a\0b", 3, PL_EFORMAT, PL_NOPOS, 0, 0, "a binary file, not text"},
        {"\x01\x02\x03\x04", 4, PL_EFORMAT, PL_NOPOS, 0, 0, "a binary file, not text"},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(row); i++) {
        pl_ctx cx = test_ctx();
        pl_decoded d = {0};

        assert_int_equal(pl_decode(&cx, bytes(row[i].in, row[i].n), &d), row[i].status);
        assert_int_equal(cx.err.at, row[i].at);
        assert_int_equal(cx.err.line, row[i].line);
        assert_int_equal(cx.err.col, row[i].col);
        if (row[i].message)
            assert_string_equal(cx.err.msg, row[i].message);
        assert_null(d.text.p);
        test_ctx_free(&cx);
    }
}

static void one_bad_byte_in_utf8_does_not_make_it_gb18030(void **state)
{
    static const char in[] = "本段文字足够长,有二十多个汉字,因此它是统一码文本\xb5\xb5。";
    pl_ctx cx = test_ctx();
    pl_decoded d;

    (void)state;
    assert_int_equal(pl_decode(&cx, bytes(in, sizeof in - 1), &d), PL_ESYNTAX);
    assert_int_equal(cx.err.at,
                     strlen("本段文字足够长,有二十多个汉字,因此它是统一码文本"));
    test_ctx_free(&cx);
}

static void memory_that_fails_is_said(void **state)
{
    pl_ctx cx = test_ctx();
    pl_decoded d;

    (void)state;
    pl_arena_fail_after(cx.arena, 0);
    assert_int_equal(pl_decode(&cx, bytes("\xc4\xbf\xb1\xea", 4), &d), PL_ENOMEM);
    test_ctx_free(&cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_of_each_encoding_becomes_utf8),
        cmocka_unit_test(big5_is_known_by_its_everyday_characters),
        cmocka_unit_test(nothing_is_empty_text),
        cmocka_unit_test(bad_text_is_refused_with_its_place),
        cmocka_unit_test(one_bad_byte_in_utf8_does_not_make_it_gb18030),
        cmocka_unit_test(memory_that_fails_is_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
