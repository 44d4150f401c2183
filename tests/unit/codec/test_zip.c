#include "packages.h"

#include "codec/zip.h"

static pl_str as_str(pl_bytes b)
{
    return (pl_str){(const char *)b.p, b.n};
}

static test_zip small(void)
{
    test_zip z = {.method = 8};

    zip_add(&z, "[Content_Types].xml", of("<Types/>"));
    zip_add(&z, "word/document.xml", of("准绳准绳准绳准绳"));
    z.method = 0;
    zip_add(&z, "word\\media\\a.txt", of("plain"));
    zip_add(&z, "/Doc_0/Pages/", of(""));
    return z;
}

static void an_entry_is_found_by_its_path(void **state)
{
    static const struct {
        const char *path, *want; /* NULL: not there */
    } rows[] = {
        {"word/document.xml", "准绳准绳准绳准绳"},
        {"/word/document.xml", "准绳准绳准绳准绳"},
        {"word\\document.xml", "准绳准绳准绳准绳"},
        {"./word//./document.xml", "准绳准绳准绳准绳"},
        {"word/media/../document.xml", "准绳准绳准绳准绳"},
        {"Word/Document.XML", "准绳准绳准绳准绳"},
        {"word/media/a.txt", "plain"},
        {"Doc_0/Pages/", ""},
        {"../word/document.xml", NULL},
        {"word/../../word/document.xml", NULL},
        {"document.xml", NULL},
        {"", NULL},
    };
    test_zip made = small();
    pl_bytes in = zip_end(&made);
    pl_ctx cx = test_ctx();
    pl_zip *z = NULL;

    (void)state;
    assert_true(pl_zip_is(in));
    assert_int_equal(pl_zip_open(&cx, in, &z), PL_OK);
    assert_int_equal(pl_zip_count(z), 4);
    assert_str(pl_zip_name(z, 2), of("word/media/a.txt"));
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_bytes got = {0};
        pl_status st = pl_zip_read(&cx, z, of(rows[i].path), &got);

        assert_int_equal(st, rows[i].want ? PL_OK : PL_ENOTFOUND);
        if (rows[i].want)
            assert_str(as_str(got), of(rows[i].want));
    }
    zip_free(&made);
    test_ctx_free(&cx);
}

static void case_as_written_goes_first_and_the_later_of_two_counts(void **state)
{
    test_zip made = {.method = 0};
    pl_ctx cx = test_ctx();
    pl_bytes got;
    pl_zip *z;

    (void)state;
    zip_add(&made, "a.xml", of("one"));
    zip_add(&made, "A.xml", of("two"));
    zip_add(&made, "a.xml", of("three"));
    assert_int_equal(pl_zip_open(&cx, zip_end(&made), &z), PL_OK);
    assert_int_equal(pl_zip_read(&cx, z, of("A.xml"), &got), PL_OK);
    assert_str(as_str(got), of("two"));
    assert_int_equal(pl_zip_read(&cx, z, of("a.xml"), &got), PL_OK);
    assert_str(as_str(got), of("three"));
    zip_free(&made);
    test_ctx_free(&cx);
}

static void what_stands_before_or_behind_the_package_is_passed_over(void **state)
{
    test_zip made = small();
    pl_bytes in = zip_end(&made);
    test_bytes b = {0};
    pl_ctx cx = test_ctx();
    pl_bytes got;
    pl_zip *z;

    (void)state;
    bytes_put(&b, "#!/bin/stub\n", 12);
    bytes_put(&b, in.p, in.n);
    bytes_put(&b, "\n\n\n", 3);
    assert_int_equal(pl_zip_open(&cx, (pl_bytes){b.p, b.n}, &z), PL_OK);
    assert_int_equal(pl_zip_read(&cx, z, of("word/media/a.txt"), &got), PL_OK);
    assert_str(as_str(got), of("plain"));
    free(b.p);
    zip_free(&made);
    test_ctx_free(&cx);
}

/* zip64: sizes and offsets in extra field 1, the end record found through its locator. */
static void a_zip64_package_is_read(void **state)
{
    test_bytes b = {0};
    pl_ctx cx = test_ctx();
    uint32_t crc = (uint32_t)crc32(0, (const Bytef *)"large", 5);
    pl_bytes got;
    pl_zip *z;
    size_t directory;

    (void)state;
    bytes_put(&b, "PK\3\4\55\0\0\0\0\0\0\0\0\0", 14);
    bytes_le(&b, crc, 4);
    bytes_le(&b, 0xffffffff, 4);
    bytes_le(&b, 0xffffffff, 4);
    bytes_le(&b, 1, 2);
    bytes_le(&b, 20, 2);
    bytes_put(&b, "a\1\0\20\0", 5);
    bytes_le(&b, 5, 8);
    bytes_le(&b, 5, 8);
    bytes_put(&b, "large", 5);
    directory = b.n;
    bytes_put(&b, "PK\1\2\55\0\55\0\0\0\0\0\0\0\0\0", 16);
    bytes_le(&b, crc, 4);
    bytes_le(&b, 0xffffffff, 4);
    bytes_le(&b, 0xffffffff, 4);
    bytes_le(&b, 1, 2);
    bytes_le(&b, 28, 2);
    bytes_le(&b, 0, 10);
    bytes_le(&b, 0xffffffff, 4);
    bytes_put(&b, "a\1\0\30\0", 5);
    bytes_le(&b, 5, 8);
    bytes_le(&b, 5, 8);
    bytes_le(&b, 0, 8);
    bytes_put(&b, "PK\6\6", 4);
    bytes_le(&b, 44, 8);
    bytes_le(&b, 0, 12);
    bytes_le(&b, 1, 8);
    bytes_le(&b, 1, 8);
    bytes_le(&b, 46 + 1 + 28, 8);
    bytes_le(&b, directory, 8);
    bytes_put(&b, "PK\6\7\0\0\0\0", 8);
    bytes_le(&b, directory + 75, 8);
    bytes_le(&b, 1, 4);
    bytes_put(&b, "PK\5\6\0\0\0\0\377\377\377\377", 12);
    bytes_le(&b, 0xffffffff, 4);
    bytes_le(&b, 0xffffffff, 4);
    bytes_le(&b, 0, 2);
    assert_int_equal(pl_zip_open(&cx, (pl_bytes){b.p, b.n}, &z), PL_OK);
    assert_int_equal(pl_zip_read(&cx, z, of("a"), &got), PL_OK);
    assert_str(as_str(got), of("large"));
    free(b.p);
    test_ctx_free(&cx);
}

static void a_package_cut_anywhere_is_refused(void **state)
{
    test_zip made = small();
    pl_bytes in = zip_end(&made);

    (void)state;
    for (size_t n = 0; n < in.n; n++) {
        pl_ctx cx = test_ctx();
        pl_zip *z = NULL;

        assert_int_equal(pl_zip_open(&cx, (pl_bytes){in.p, n}, &z), PL_ESYNTAX);
        assert_null(z);
        test_ctx_free(&cx);
    }
    zip_free(&made);
}

/* Any one byte changed: read or refused, never a crash, never other text in silence. */
static void a_changed_byte_never_changes_what_is_read(void **state)
{
    test_zip made = small();
    pl_bytes in = zip_end(&made);

    (void)state;
    for (size_t i = 0; i < in.n; i++) {
        pl_ctx cx = test_ctx();
        pl_bytes got;
        pl_zip *z;

        made.all.p[i] ^= 0x5a;
        if (pl_zip_open(&cx, in, &z) == PL_OK &&
            pl_zip_read(&cx, z, of("word/document.xml"), &got) == PL_OK)
            assert_str(as_str(got), of("准绳准绳准绳准绳"));
        made.all.p[i] ^= 0x5a;
        test_ctx_free(&cx);
    }
    zip_free(&made);
}

static void a_path_that_leaves_the_package_is_refused(void **state)
{
    static const char *const paths[] = {"../evil.xml", "a/../../b", "a\\..\\..\\b", ".."};

    (void)state;
    for (size_t i = 0; i < PL_COUNT(paths); i++) {
        test_zip made = {0};
        pl_ctx cx = test_ctx();
        pl_zip *z;

        zip_add(&made, paths[i], of("x"));
        assert_int_equal(pl_zip_open(&cx, zip_end(&made), &z), PL_ESYNTAX);
        assert_non_null(strstr(cx.err.msg, "leaves the package"));
        zip_free(&made);
        test_ctx_free(&cx);
    }
}

static void names_are_decoded_or_replaced(void **state)
{
    static const struct {
        const char *raw;
        uint16_t flags;
        const char *want;
    } rows[] = {
        {"\xb9\xab.xml", 0, "公.xml"},                              /* GB18030 */
        {"\xb9\xab.xml", 1u << 11, "\xef\xbf\xbd\xef\xbf\xbd.xml"}, /* said to be UTF-8 */
        {"\xff\xfe.xml", 0, "\xef\xbf\xbd\xef\xbf\xbd.xml"},
        {"公.xml", 0, "公.xml"},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        test_zip made = {.flags = rows[i].flags};
        pl_ctx cx = test_ctx();
        pl_zip *z;

        zip_add(&made, rows[i].raw, of("x"));
        assert_int_equal(pl_zip_open(&cx, zip_end(&made), &z), PL_OK);
        assert_str(pl_zip_name(z, 0), of(rows[i].want));
        zip_free(&made);
        test_ctx_free(&cx);
    }
}

static void entries_that_share_bytes_are_refused(void **state)
{
    test_zip made = {0};
    pl_ctx cx = test_ctx();
    pl_zip *z;

    (void)state;
    zip_add(&made, "a", of("aaaa"));
    zip_list(&made, of("b"), 0, 4, 4, 0);
    assert_int_equal(pl_zip_open(&cx, zip_end(&made), &z), PL_ESYNTAX);
    assert_non_null(strstr(cx.err.msg, "share"));
    zip_free(&made);
    test_ctx_free(&cx);
}

static void an_encrypted_entry_is_called_so(void **state)
{
    test_zip made = {.flags = 1};
    pl_ctx cx = test_ctx();
    pl_bytes got;
    pl_zip *z;

    (void)state;
    zip_add(&made, "a", of("secret"));
    assert_int_equal(pl_zip_open(&cx, zip_end(&made), &z), PL_OK);
    assert_int_equal(pl_zip_read(&cx, z, of("a"), &got), PL_EENCRYPTED);
    zip_free(&made);
    test_ctx_free(&cx);
}

static void an_unknown_compression_is_named(void **state)
{
    test_zip made = {.method = 93};
    pl_ctx cx = test_ctx();
    pl_bytes got;
    pl_zip *z;

    (void)state;
    zip_add(&made, "a", of("x"));
    assert_int_equal(pl_zip_open(&cx, zip_end(&made), &z), PL_OK);
    assert_int_equal(pl_zip_read(&cx, z, of("a"), &got), PL_EFORMAT);
    assert_non_null(strstr(cx.err.msg, "93"));
    zip_free(&made);
    test_ctx_free(&cx);
}

static void a_bomb_is_refused_before_it_is_unpacked(void **state)
{
    enum { BOMB = 64 << 20 };
    char *zeros = calloc(1, BOMB);
    test_zip made = {.method = 8};
    pl_ctx cx = test_ctx();
    size_t before;
    pl_bytes got;
    pl_zip *z;

    (void)state;
    assert_non_null(zeros);
    zip_add(&made, "a", (pl_str){zeros, BOMB});
    assert_int_equal(pl_zip_open(&cx, zip_end(&made), &z), PL_OK);
    before = pl_arena_used(cx.arena);
    assert_int_equal(pl_zip_read(&cx, z, of("a"), &got), PL_ELIMIT);
    assert_int_equal(pl_arena_used(cx.arena), before);
    free(zeros);
    zip_free(&made);
    test_ctx_free(&cx);
}

static void all_that_is_read_counts_towards_the_ceiling(void **state)
{
    test_zip made = {.method = 8};
    pl_ctx cx = test_ctx();
    pl_bytes got;
    pl_zip *z;

    (void)state;
    cx.limits.expanded_bytes = 10;
    zip_add(&made, "a", of("123456"));
    assert_int_equal(pl_zip_open(&cx, zip_end(&made), &z), PL_OK);
    assert_int_equal(pl_zip_read(&cx, z, of("a"), &got), PL_OK);
    assert_int_equal(pl_zip_read(&cx, z, of("a"), &got), PL_ELIMIT);
    cx.limits.entries = 0;
    assert_int_equal(pl_zip_open(&cx, (pl_bytes){made.all.p, made.all.n}, &z), PL_ELIMIT);
    zip_free(&made);
    test_ctx_free(&cx);
}

/* The directory says less or more than the stream holds. */
static void a_wrong_length_is_found(void **state)
{
    static const size_t says[] = {0, 1, 15, 17, 4000};
    pl_str text = of("0123456789abcdef");

    (void)state;
    for (size_t i = 0; i < PL_COUNT(says); i++) {
        test_zip made = {.method = 8};
        pl_ctx cx = test_ctx();
        pl_bytes got;
        pl_zip *z;
        size_t packed;

        zip_add(&made, "a", text);
        packed = made.all.n - 30 - 1;
        made.directory.n = 0;
        made.n = 0;
        zip_list(&made, of("a"), (uint32_t)crc32(0, (const Bytef *)text.p, 16), packed,
                 says[i], 0);
        assert_int_equal(pl_zip_open(&cx, zip_end(&made), &z), PL_OK);
        assert_int_equal(pl_zip_read(&cx, z, of("a"), &got), PL_ESYNTAX);
        zip_free(&made);
        test_ctx_free(&cx);
    }
}

static void a_target_is_resolved_from_the_part_that_names_it(void **state)
{
    static const struct {
        const char *from, *target, *want; /* NULL: refused */
    } rows[] = {
        {"word/document.xml", "media/a.png", "word/media/a.png"},
        {"word/document.xml", "../docProps/core.xml", "docProps/core.xml"},
        {"word/document.xml", "/xl/workbook.xml", "xl/workbook.xml"},
        {"", "word/document.xml", "word/document.xml"},
        {"Doc_0/Document.xml", "./Pages\\Page_0/Content.xml",
         "Doc_0/Pages/Page_0/Content.xml"},
        {"word/document.xml", "../../x", NULL},
    };
    pl_ctx cx = test_ctx();

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_str got;
        pl_status st = pl_zip_path(&cx, of(rows[i].from), of(rows[i].target), &got);

        assert_int_equal(st, rows[i].want ? PL_OK : PL_ESYNTAX);
        if (rows[i].want)
            assert_str(got, of(rows[i].want));
    }
    test_ctx_free(&cx);
}

static void every_failed_allocation_is_reported(void **state)
{
    test_zip made = small();
    pl_bytes in = zip_end(&made);
    pl_status st = PL_ENOMEM;

    (void)state;
    for (size_t n = 0; st != PL_OK && n < 200; n++) {
        pl_ctx cx = test_ctx();
        pl_bytes got;
        pl_zip *z;

        pl_arena_fail_after(cx.arena, n);
        st = pl_zip_open(&cx, in, &z);
        if (st == PL_OK)
            st = pl_zip_read(&cx, z, of("word/document.xml"), &got);
        assert_true(st == PL_OK || st == PL_ENOMEM);
        test_ctx_free(&cx);
    }
    assert_int_equal(st, PL_OK);
    zip_free(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_entry_is_found_by_its_path),
        cmocka_unit_test(case_as_written_goes_first_and_the_later_of_two_counts),
        cmocka_unit_test(what_stands_before_or_behind_the_package_is_passed_over),
        cmocka_unit_test(a_zip64_package_is_read),
        cmocka_unit_test(a_package_cut_anywhere_is_refused),
        cmocka_unit_test(a_changed_byte_never_changes_what_is_read),
        cmocka_unit_test(a_path_that_leaves_the_package_is_refused),
        cmocka_unit_test(names_are_decoded_or_replaced),
        cmocka_unit_test(entries_that_share_bytes_are_refused),
        cmocka_unit_test(an_encrypted_entry_is_called_so),
        cmocka_unit_test(an_unknown_compression_is_named),
        cmocka_unit_test(a_bomb_is_refused_before_it_is_unpacked),
        cmocka_unit_test(all_that_is_read_counts_towards_the_ceiling),
        cmocka_unit_test(a_wrong_length_is_found),
        cmocka_unit_test(a_target_is_resolved_from_the_part_that_names_it),
        cmocka_unit_test(every_failed_allocation_is_reported),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
