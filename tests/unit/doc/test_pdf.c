#include "layout_pages.h"

#include <stdlib.h>
#include <time.h>

#include "base/child.h"
#include "doc/pdf.h"

/* A PDF file around content streams, one a page, in Helvetica; `more` goes into the
 * trailer. The offsets of the cross-reference table are true. */
static pl_bytes pdf_make(pl_buf *b, const char *const *pages, const char *more)
{
    size_t at[64], n = 0, start;
    int count = 0;

    while (pages[count])
        count++;
    b->n = 0;
    pl_buf_put(b, PL_S("%PDF-1.4\n"));
    at[n++] = b->n;
    pl_buf_put(b, PL_S("1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"));
    at[n++] = b->n;
    pl_buf_put(b, PL_S("2 0 obj <</Type/Pages/Kids["));
    for (int i = 0; i < count; i++)
        pl_buf_putf(b, "%d 0 R ", 4 + 2 * i);
    pl_buf_putf(b, "]/Count %d>> endobj\n", count);
    at[n++] = b->n;
    pl_buf_put(b,
               PL_S("3 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj\n"));
    for (int i = 0; i < count; i++) {
        at[n++] = b->n;
        pl_buf_putf(
            b,
            "%d 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 "
            "R/Resources<</Font<</F1 3 0 R>>>>>> endobj\n",
            4 + 2 * i, 5 + 2 * i);
        at[n++] = b->n;
        pl_buf_putf(b, "%d 0 obj <</Length %zu>>\nstream\n%s\nendstream endobj\n",
                    5 + 2 * i, strlen(pages[i]) + 1, pages[i]);
    }
    start = b->n;
    pl_buf_putf(b, "xref\n0 %zu\n0000000000 65535 f \n", n + 1);
    for (size_t i = 0; i < n; i++)
        pl_buf_putf(b, "%010zu 00000 n \n", at[i]);
    pl_buf_putf(b, "trailer <</Size %zu/Root 1 0 R%s>>\nstartxref\n%zu\n%%%%EOF\n", n + 1,
                more, start);
    assert_false(b->failed);
    return (pl_bytes){(const unsigned char *)b->p, b->n};
}

static bool have_poppler(void)
{
    static const char *const argv[] = {"pdftotext", "-v", NULL};
    pl_ctx cx = test_ctx();
    pl_child c = {.argv = argv, .deadline_ms = 10000};
    pl_child_end end = PL_CHILD_MISSING;
    pl_buf out;
    int code;

    pl_buf_init(&out, 4096);
    assert_int_equal(pl_child_run(&cx, &c, &out, NULL, &end, &code), PL_OK);
    pl_buf_release(&out);
    test_ctx_free(&cx);
    return end == PL_CHILD_EXITED;
}

static void a_file_is_read_through_popplers_programs(void **state)
{
    static const char *const pages[] = {
        "BT /F1 16 Tf 200 780 Td (Annual plan) Tj ET\n"
        "BT /F1 11 Tf 90 740 Td (1. Growth) Tj ET\n"
        "BT /F1 11 Tf 72 720 Td (The economy grows by six per cent or more, and jobs are "
        "kept at a level) Tj 0 -16 Td (of last year.) Tj ET\n"
        "72 680 m 400 680 l S 72 660 m 400 660 l S 72 640 m 400 640 l S\n"
        "72 680 m 72 640 l S 236 680 m 236 640 l S 400 680 m 400 640 l S\n"
        "BT /F1 11 Tf 80 667 Td (Item) Tj 164 0 Td (Target) Tj ET\n"
        "BT /F1 11 Tf 80 647 Td (Growth) Tj 164 0 Td (>= 6%) Tj ET\n",
        "0 0 10 10 re f", NULL};
    pl_ctx cx = test_ctx();
    pl_doc *d = NULL;
    pl_buf b;
    pl_bytes in;

    (void)state;
    if (!have_poppler()) {
        test_ctx_free(&cx);
        print_message("no pdftotext (package poppler-utils): skipped\n");
        skip();
    }
    pl_buf_init(&b, 1 << 20);
    in = pdf_make(&b, pages, "");
    assert_true(pl_pdf_is(in));
    if (pl_doc_read_pdf(&cx, in, &d) != PL_OK)
        fail_msg("%s", cx.err.msg);
    assert_str(d->title, of("Annual plan"));
    assert_str(d->format, of("pdf"));
    doc_is(d,
           "H1 Annual plan\nH3 1. Growth\n"
           "P The economy grows by six per cent or more, and jobs are kept at a level of "
           "last year.\n"
           "T 2 x 2\n|Item|Target|\n|Growth|>= 6%|\n");
    assert_int_equal(d->oddities.n, 1); /* the second page has no text */
    assert_int_equal(d->oddities.p[0].place.page, 2);
    pl_buf_release(&b);
    test_ctx_free(&cx);
}

static void what_cannot_be_read_says_why(void **state)
{
    static const char *const drawing[] = {"0 0 500 500 re f", NULL};
    static const char *const text[] = {"BT /F1 11 Tf 72 720 Td (a) Tj ET", NULL};
    static const char locked[] =
        "/Encrypt <</Filter/Standard/V 1/R 2/P -4/O<11111111111111111111111111111111"
        "11111111111111111111111111111111>/U<22222222222222222222222222222222"
        "22222222222222222222222222222222>>>/ID[<01><01>]";
    pl_ctx cx = test_ctx();
    pl_doc *d = NULL;
    pl_buf b;

    (void)state;
    if (!have_poppler()) {
        test_ctx_free(&cx);
        skip();
    }
    pl_buf_init(&b, 1 << 20);
    assert_int_equal(pl_doc_read_pdf(&cx, pdf_make(&b, drawing, ""), &d), PL_ESCANNED);
    assert_int_equal(pl_doc_read_pdf(&cx, pdf_make(&b, text, locked), &d), PL_EENCRYPTED);
    assert_int_equal(
        pl_doc_read_pdf(&cx, (pl_bytes){(const unsigned char *)"%PDF-1.4\nx", 10}, &d),
        PL_ESYNTAX);
    assert_null(d);
    pl_buf_release(&b);
    test_ctx_free(&cx);
}

static void a_missing_program_is_named_with_its_package(void **state)
{
    const char *path = getenv("PATH");
    char kept[4096] = "";
    pl_ctx cx = test_ctx();
    pl_doc *d = NULL;

    (void)state;
    if (path)
        snprintf(kept, sizeof kept, "%s", path);
    assert_int_equal(setenv("PATH", "/nowhere", 1), 0);
    assert_int_equal(
        pl_doc_read_pdf(&cx, (pl_bytes){(const unsigned char *)"%PDF-1.4\n", 9}, &d),
        PL_EIO);
    assert_int_equal(setenv("PATH", kept, 1), 0);
    assert_non_null(strstr(cx.err.msg, "poppler-utils"));
    test_ctx_free(&cx);
}

#define WORD(x0, y0, x1, y1, s)                                                    \
    "<word xMin=\"" #x0 "\" yMin=\"" #y0 "\" xMax=\"" #x1 "\" yMax=\"" #y1 "\">" s \
    "</word>"

static void words_are_taken_from_boxes_and_mended(void **state)
{
    char xml[] =
        "<html><head><title>T &amp; U</title><meta name=\"Author\" "
        "content=\"甲\"/></head>"
        "<body><doc><page width=\"595\" height=\"842\"><flow><block><line>" WORD(
            72, 100, 104, 121, "年度") WORD(110, 100, 130, 121,
                                            "a\x01"
                                            "b\xff"
                                            "c\xef\xbf\xbf") WORD(300, 100, 290, 121, "x")
            WORD(10, 10, 20, 20, " ") "</line></block></flow></page><page width=\"1\" "
                                      "height=\"1\"/></doc></body></html>";
    pl_ctx cx = test_ctx();
    pl_doc d = {0};
    pl_layout l = {0};
    const pl_layout_page *p;

    (void)state;
    assert_int_equal(pl_pdf_words(&cx, xml, sizeof xml - 1, &d, &l), PL_OK);
    assert_int_equal(l.pages.n, 2);
    p = &l.pages.p[0];
    assert_int_equal(p->runs.n, 2);
    assert_str(p->runs.p[0].text, of("年度"));
    assert_int_equal(p->runs.p[0].box.x0, 25400);
    assert_int_equal(p->runs.p[0].size, 5644); /* 16 pt: half the width of two */
    assert_str(p->runs.p[1].text, of("a b c"));
    assert_int_equal(p->runs.p[1].size, 5630); /* the same part of its height */
    assert_int_equal(d.meta.n, 2);
    assert_str(d.meta.p[0].value, of("T & U"));
    test_ctx_free(&cx);
}

static void broken_answers_of_a_program_are_refused(void **state)
{
    static const char *const rows[] = {"", "<html>", "no XML", "<a><page></a></page>"};

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_ctx cx = test_ctx();
        pl_doc d = {0};
        pl_layout l = {0};
        char copy[64];
        size_t n = strlen(rows[i]);

        memcpy(copy, rows[i], n + 1);
        assert_int_equal(pl_pdf_words(&cx, copy, n, &d, &l), PL_ESYNTAX);
        assert_int_equal(pl_pdf_rules(&cx, copy, n, &l), PL_ESYNTAX);
        test_ctx_free(&cx);
    }
}

/* Lines of pages by both ways that cairo writes them; glyphs, clips, white ones and lines
 * of pages that are not there are none. */
static void lines_are_taken_from_drawings(void **state)
{
    char svg[] =
        "<svg><defs><g><symbol id=\"g\"><path d=\"M 0 0 L 99 0\" style=\"stroke:red;\"/>"
        "</symbol></g><clipPath><path d=\"M 0 0 L 9 0\" "
        "stroke=\"red\"/></clipPath></defs>"
        "<pageSet><page><g transform=\"matrix(1,0,0,-1,0,842)\">"
        "<path style=\"fill:none;stroke-width:0.5;stroke:rgb(0%,0%,0%);\" d=\"M 72 770 L "
        "144 770 \" transform=\"matrix(2,0,0,1,0,0)\"/></g>"
        "<path style=\"stroke:rgb(100%,100%,100%);\" d=\"M 0 0 L 99 0\"/></page>"
        "<page><path fill=\"rgb(0%, 0%, 0%)\" d=\"M 0 0 L 0 72 L 1 72 L 1 0 Z M 0 "
        "0\"/></page>"
        "<page><path stroke=\"black\" d=\"M 0 0 L 99 0\"/></page></pageSet></svg>";
    pl_ctx cx = test_ctx();
    pl_layout l = {0};
    const pl_layout_rules *r;

    (void)state;
    for (int i = 0; i < 2; i++)
        assert_non_null(PL_VEC_ADD(cx.arena, &l.pages));
    assert_int_equal(pl_pdf_rules(&cx, svg, sizeof svg - 1, &l), PL_OK);
    r = &l.pages.p[0].rules;
    assert_int_equal(r->n, 1);
    assert_int_equal(r->p[0].x0, 50800);
    assert_int_equal(r->p[0].x1, 101600);
    assert_int_equal(r->p[0].y0, 25400);
    r = &l.pages.p[1].rules;
    assert_int_equal(r->n, 1);
    assert_int_equal(r->p[0].x0, r->p[0].x1);
    assert_int_equal(r->p[0].y1, 25400);
    test_ctx_free(&cx);
}

static void words_survive_every_failed_allocation(void **state)
{
    static const char xml[] =
        "<html><head><title>T</title></head><body><page width=\"595\" "
        "height=\"842\">" WORD(72, 100, 104, 121, "年度") "</page>"
                                                          "</body></html>";
    pl_status st = PL_ENOMEM;

    (void)state;
    for (size_t n = 0; st != PL_OK && n < 1000; n++) {
        pl_ctx cx = test_ctx();
        pl_doc d = {0};
        pl_layout l = {0};
        char copy[sizeof xml];

        memcpy(copy, xml, sizeof xml);
        pl_arena_fail_after(cx.arena, n);
        st = pl_pdf_words(&cx, copy, sizeof xml - 1, &d, &l);
        assert_true(st == PL_OK || st == PL_ENOMEM);
        test_ctx_free(&cx);
    }
    assert_int_equal(st, PL_OK);
}

/* What a child is given, says and how it ends. */
static void children_are_fed_heard_and_ended(void **state)
{
    static const struct {
        const char *script; /* of sh */
        size_t in_bytes, out_max;
        pl_child_end end;
        int code;
        size_t out_bytes;
    } rows[] = {
        {"cat", 1000000, 2000000, PL_CHILD_EXITED, 0, 1000000},
        {"exit 3", 1000000, 10, PL_CHILD_EXITED, 3, 0}, /* does not read */
        {"exec <&-; sleep 0.1; echo late", 1000000, 10, PL_CHILD_EXITED, 0, 5},
        {"cat", 100000, 99, PL_CHILD_FULL, 0, 99},
        {"kill -9 $$", 0, 10, PL_CHILD_KILLED, 9, 0},
        {"sleep 60", 0, 10, PL_CHILD_LATE, 0, 0},
        {"exec >&- 2>&-; sleep 60", 0, 10, PL_CHILD_LATE, 0, 0},
        {"sleep 60 & sleep 60", 0, 10, PL_CHILD_LATE, 0, 0},
        {"while :; do :; done", 0, 10, PL_CHILD_LATE, 0, 0},
    };
    unsigned char *in = calloc(1, 1000000);

    (void)state;
    assert_non_null(in);
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        const char *argv[] = {"sh", "-c", rows[i].script, NULL};
        pl_child c = {.argv = argv,
                      .in = {in, rows[i].in_bytes},
                      .deadline_ms = rows[i].end == PL_CHILD_LATE ? 200 : 20000};
        pl_ctx cx = test_ctx();
        pl_child_end end;
        pl_buf out;
        time_t begun = time(NULL);
        int code;

        pl_buf_init(&out, rows[i].out_max);
        assert_int_equal(pl_child_run(&cx, &c, &out, NULL, &end, &code), PL_OK);
        if (end != rows[i].end || (end != PL_CHILD_FULL && out.n != rows[i].out_bytes))
            fail_msg("row %zu: end %d, code %d, %zu bytes", i, (int)end, code, out.n);
        if (end == PL_CHILD_EXITED || end == PL_CHILD_KILLED)
            assert_int_equal(code, rows[i].code);
        assert_true(time(NULL) - begun < 15);
        pl_buf_release(&out);
        test_ctx_free(&cx);
    }
    free(in);
}

static void a_child_hears_what_was_said_and_inherits_no_files(void **state)
{
    const char *argv[] = {"sh", "-c", "echo wrong >&2; ls /proc/self/fd | wc -l", NULL};
    pl_child c = {.argv = argv,
                  .deadline_ms = 20000,
                  .cpu_ms = 5000,
                  .memory_bytes = (size_t)1 << 30};
    pl_ctx cx = test_ctx();
    FILE *open = fopen("/dev/null", "r");
    pl_child_end end;
    pl_buf out, said;
    int code;

    (void)state;
    assert_non_null(open);
    pl_buf_init(&out, 100);
    pl_buf_init(&said, 4);
    assert_int_equal(pl_child_run(&cx, &c, &out, &said, &end, &code), PL_OK);
    assert_str(pl_buf_str(&said), of("wron"));
    assert_str(pl_str_trim(pl_buf_str(&out)), of("4")); /* three, and the folder itself */
    argv[0] = "no-such-program-anywhere";
    assert_int_equal(pl_child_run(&cx, &c, &out, &said, &end, &code), PL_OK);
    assert_int_equal(end, PL_CHILD_MISSING);
    argv[0] = "/dev/null";
    assert_int_equal(pl_child_run(&cx, &c, &out, &said, &end, &code), PL_EIO);
    fclose(open);
    pl_buf_release(&out);
    pl_buf_release(&said);
    test_ctx_free(&cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_read_through_popplers_programs),
        cmocka_unit_test(what_cannot_be_read_says_why),
        cmocka_unit_test(a_missing_program_is_named_with_its_package),
        cmocka_unit_test(words_are_taken_from_boxes_and_mended),
        cmocka_unit_test(broken_answers_of_a_program_are_refused),
        cmocka_unit_test(lines_are_taken_from_drawings),
        cmocka_unit_test(words_survive_every_failed_allocation),
        cmocka_unit_test(children_are_fed_heard_and_ended),
        cmocka_unit_test(a_child_hears_what_was_said_and_inherits_no_files),
    };

    return cmocka_run_group_tests_name("pdf", tests, NULL, NULL);
}
