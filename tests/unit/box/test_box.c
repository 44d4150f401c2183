/* Files read in a confined process: as in this one, but stopped in time. */
#include "packages.h"

#include <iconv.h>
#include <time.h>

#include "base/sandbox.h"
#include "box/box.h"
#include "doc/dump.h"

static pl_ctx confined(void)
{
    pl_ctx cx = test_ctx();

    if (pl_sandbox_make(&cx, PL_SANDBOX_READER, &cx.sandbox) != PL_OK) {
        print_message("%s: skipped\n", cx.err.msg);
        test_ctx_free(&cx);
        skip();
    }
    return cx;
}

static pl_bytes bytes_of(const char *s)
{
    return (pl_bytes){(const unsigned char *)s, strlen(s)};
}

/* s in another encoding, in memory of its own. */
static pl_bytes encoded(const char *charset, const char *s)
{
    size_t left = strlen(s), room = 4 * left;
    char *to = malloc(room), *end = to;
    union {
        const char *in;
        char *p;
    } u = {.in = s};
    iconv_t cd = iconv_open(charset, "UTF-8");

    assert_non_null(to);
    assert_true(cd != (iconv_t)-1);
    assert_true(iconv(cd, &u.p, &left, &end, &room) != (size_t)-1);
    iconv_close(cd);
    return (pl_bytes){(unsigned char *)to, (size_t)(end - to)};
}

static void same_in_both(pl_bytes in, const char *what, const char *charset)
{
    pl_ctx cx = confined(), here = test_ctx();
    pl_doc *a = NULL, *b = NULL;
    pl_buf x, y;

    if (pl_box_doc(&cx, in, &a) != PL_OK)
        fail_msg("%s: %s", what, cx.err.msg);
    assert_int_equal(pl_box_doc(&here, in, &b), PL_OK);
    pl_buf_init(&x, 1 << 20);
    pl_buf_init(&y, 1 << 20);
    pl_doc_dump_text(&x, a);
    pl_doc_dump_text(&y, b);
    assert_str(pl_buf_str(&x), pl_buf_str(&y));
    if (charset)
        assert_str(a->charset, of(charset));
    pl_buf_release(&x);
    pl_buf_release(&y);
    test_ctx_free(&cx);
    test_ctx_free(&here);
}

static const char text[] = "关于2023年计划执行情况的报告\n\n一、主要目标完成情况\n"
                           "地区生产总值增长百分之六以上，就业总体稳定。\n";

static void a_document_is_the_same_in_a_process_of_its_own(void **state)
{
    static const struct {
        const char *charset, *said;
    } rows[] = {
        {"UTF-8", "UTF-8"},
        {"GB18030", "GB18030"},
        {"UTF-16", "UTF-16LE"}, /* iconv writes a mark */
    };
    char page[1024];

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_bytes in = encoded(rows[i].charset, text);

        same_in_both(in, rows[i].charset, rows[i].said);
        free((void *)(uintptr_t)in.p);
    }
    snprintf(page, sizeof page,
             "<!doctype html><meta charset=shift_jis><title>x</title><p>%s</p>", "計画");
    {
        pl_bytes in = encoded("CP932", page); /* loaded when it is wanted */

        same_in_both(in, "CP932", NULL);
        free((void *)(uintptr_t)in.p);
    }
}

static void parts_of_a_package_in_other_encodings_are_read(void **state)
{
    static const char xml[] =
        "<?xml version='1.0' encoding='GB18030'?><w:document xmlns:w='w'><w:body>"
        "<w:p><w:r><w:t>经济增长预期目标为百分之六</w:t></w:r></w:p></w:body></"
        "w:document>";
    pl_bytes part = encoded("GB18030", xml);
    test_zip z = {.method = 8};

    (void)state;
    zip_add(&z, "word/document.xml", (pl_str){(const char *)part.p, part.n});
    same_in_both(zip_end(&z), "docx", NULL);
    zip_free(&z);
    free((void *)(uintptr_t)part.p);
}

static void an_archive_gives_its_files(void **state)
{
    pl_bytes name = encoded("GB18030", "计划/任务分解表.txt");
    char path[64] = "";
    pl_box_found found;
    test_zip z = {0};
    pl_ctx cx;

    (void)state;
    cx = confined();
    memcpy(path, name.p, name.n);
    zip_add(&z, path, of(text));
    zip_add(&z, "b.html", of("<p>b"));
    if (pl_box_read(&cx, zip_end(&z), &found) != PL_OK)
        fail_msg("%s", cx.err.msg);
    assert_null(found.doc);
    assert_int_equal(found.members.list.n, 2);
    assert_str(found.members.list.p[0].name, of("计划/任务分解表.txt"));
    assert_int_equal(found.members.list.p[0].bytes.n, strlen(text));
    zip_free(&z);
    free((void *)(uintptr_t)name.p);
    test_ctx_free(&cx);
}

static void a_failure_arrives_with_its_place(void **state)
{
    static const struct {
        const char *in;
        pl_status want;
        const char *says;
    } rows[] = {
        {"", PL_ESYNTAX, "empty"},
        {"\x89PNG\r\n", PL_EFORMAT, "picture"},
        {"{\\rtf1}", PL_ECONVERT, "RTF"},
        {"PK\3\4 and nothing else", PL_ESYNTAX, ""},
        {"计划\n\xe8\xae", PL_ESYNTAX, "breaks off"},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_ctx cx = confined(), here = test_ctx();
        pl_doc *d;

        if (pl_box_doc(&cx, bytes_of(rows[i].in), &d) != rows[i].want ||
            !strstr(cx.err.msg, rows[i].says))
            fail_msg("row %zu: %d %s", i, (int)cx.err.code, cx.err.msg);
        assert_int_equal(pl_box_doc(&here, bytes_of(rows[i].in), &d), rows[i].want);
        assert_string_equal(cx.err.msg, here.err.msg);
        assert_int_equal(cx.err.line, here.err.line);
        test_ctx_free(&cx);
        test_ctx_free(&here);
    }
}

static void every_failed_allocation_is_reported(void **state)
{
    pl_status st = PL_ENOMEM;

    (void)state;
    for (size_t n = 0; st != PL_OK && n < 300; n++) {
        pl_ctx cx = confined();
        pl_doc *d = NULL;

        pl_arena_fail_after(cx.arena, n);
        st = pl_box_doc(&cx, bytes_of(text), &d);
        assert_true(st == PL_OK || (st == PL_ENOMEM && !d));
        test_ctx_free(&cx);
    }
    assert_int_equal(st, PL_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_is_the_same_in_a_process_of_its_own),
        cmocka_unit_test(parts_of_a_package_in_other_encodings_are_read),
        cmocka_unit_test(an_archive_gives_its_files),
        cmocka_unit_test(a_failure_arrives_with_its_place),
        cmocka_unit_test(every_failed_allocation_is_reported),
    };

    return cmocka_run_group_tests_name("box", tests, NULL, NULL);
}
