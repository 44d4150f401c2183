/* A document through a pipe: the same on the other side; anything else is refused. */
#include "office.h"

#include "doc/archive.h"
#include "doc/dump.h"
#include "doc/wire.h"

static const char *const pages[] = {
    "关于计划的通知\n海政发〔2023〕1号\n\n一、主要目标\n经济增长6%以上。\n",
    ("<!doctype html><title>计划</title><h1>计划</h1><p>目标<table><tr><th rowspan=2>指标"
     "<th>目标<tr><td>6%</table><p>完"),
    "序号\t指标\t目标\n1\t增速\t6%\n2\t就业\t万人\n",
};

static pl_doc *read_page(pl_ctx *cx, size_t i)
{
    pl_str s = of(pages[i]);
    pl_doc *d = NULL;

    if (pl_doc_read(cx, (pl_bytes){(const unsigned char *)s.p, s.n}, &d) != PL_OK)
        fail_msg("%zu: %s", i, cx->err.msg);
    return d;
}

static pl_buf sent(const pl_doc *d)
{
    pl_buf b;

    pl_buf_init(&b, 1 << 20);
    pl_doc_put(&b, d);
    assert_false(b.failed);
    return b;
}

static pl_buf listing(const pl_doc *d)
{
    pl_buf b;

    pl_buf_init(&b, 1 << 20);
    pl_doc_dump_text(&b, d);
    assert_false(b.failed);
    return b;
}

static pl_status arrive(pl_ctx *cx, const char *p, size_t n, pl_doc **out)
{
    pl_wire w = {.in = {(const unsigned char *)p, n}};
    pl_status st = pl_doc_get(cx, &w, out);

    return st == PL_OK && w.in.n ? PL_ESYNTAX : st;
}

static void a_document_arrives_as_it_was_sent(void **state)
{
    (void)state;
    for (size_t i = 0; i < PL_COUNT(pages); i++) {
        pl_ctx cx = test_ctx();
        pl_doc *d = read_page(&cx, i), *got = NULL;
        pl_buf out = sent(d), a = listing(d), b, again;

        assert_int_equal(arrive(&cx, out.p, out.n, &got), PL_OK);
        b = listing(got);
        again = sent(got);
        assert_str(pl_buf_str(&b), pl_buf_str(&a));
        assert_true(pl_str_eq(pl_buf_str(&again), pl_buf_str(&out)));
        pl_buf_release(&out);
        pl_buf_release(&again);
        pl_buf_release(&a);
        pl_buf_release(&b);
        test_ctx_free(&cx);
    }
}

/* A document that is broken off is refused; one with a changed byte is refused, or is a
 * document all the same. */
static void what_is_no_document_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < PL_COUNT(pages); i++) {
        pl_ctx cx = test_ctx();
        pl_doc *d = read_page(&cx, i);
        pl_buf out = sent(d);

        for (size_t n = 0; n < out.n; n++) {
            pl_arena_mark here = pl_arena_here(cx.arena);
            char was = out.p[n];
            pl_doc *got = NULL;
            pl_status st;

            assert_int_equal(arrive(&cx, out.p, n, &got), PL_ESYNTAX);
            assert_null(got);
            out.p[n] = (char)(was ^ (n % 2 ? 0x80 : 0x11));
            st = arrive(&cx, out.p, out.n, &got);
            assert_true(st == PL_OK || st == PL_ESYNTAX || st == PL_ELIMIT);
            if (st == PL_OK) {
                pl_buf b = listing(got);

                pl_buf_release(&b);
            }
            out.p[n] = was;
            pl_arena_reset(cx.arena, here);
        }
        pl_buf_release(&out);
        test_ctx_free(&cx);
    }
}

/* What doc.h promises is held: a sender cannot break it. */
static void promises_of_the_header_are_held(void **state)
{
    static const pl_run late[] = {{1, 0, 1, 0}},
                        back[] = {{0, 0, 1, 0}, {2, 3, 1, 0}, {1, 5, 1, 0}},
                        outside[] = {{0, 100, 1, 0}};
    static const struct {
        const char *what;
        pl_doc d;
        pl_block b;
        pl_table t;
        pl_cell cells[2];
        size_t n_cells;
        pl_status want;
    } rows[] = {
        {.what = "nothing", .want = PL_OK},
        {"an unknown kind", .b = {.kind = (pl_block_kind)4}, .want = PL_ESYNTAX},
        {"a level", .b = {.kind = PL_BLOCK_HEADING, .level = 7}, .want = PL_ESYNTAX},
        {"no UTF-8", .b = {.kind = PL_BLOCK_PARA, .text = {{"\xff", 1}, NULL, 0}},
         .want = PL_ESYNTAX},
        {"a first run behind the beginning",
         .b = {.kind = PL_BLOCK_PARA, .text = {{"abc", 3}, late, 1}}, .want = PL_ESYNTAX},
        {"runs that go back", .b = {.kind = PL_BLOCK_PARA, .text = {{"abc", 3}, back, 3}},
         .want = PL_ESYNTAX},
        {"a run outside the source", .d = {.source = {"abc", 3}},
         .b = {.kind = PL_BLOCK_PARA, .text = {{"abc", 3}, outside, 1}},
         .want = PL_ESYNTAX},
        {"a span outside the source",
         .d = {.source = {"abc", 3}, .title_place = {.span = {2, 2}}},
         .want = PL_ESYNTAX},
        {"a control character in the format", .d = {.format = {"\x1b[", 2}},
         .want = PL_ESYNTAX},
        {"a table", .t = {.rows = 1, .cols = 2}, .want = PL_OK},
        {"a cell outside", .t = {.rows = 1, .cols = 2}, .n_cells = 1,
         .cells = {{.row = 1, .rowspan = 1, .colspan = 1}}, .want = PL_ESYNTAX},
        {"a span of nothing", .t = {.rows = 1, .cols = 2}, .n_cells = 1,
         .cells = {{.rowspan = 0, .colspan = 1}}, .want = PL_ESYNTAX},
        {"a span past the end", .t = {.rows = 1, .cols = 2}, .n_cells = 1,
         .cells = {{.col = 1, .rowspan = 1, .colspan = 2}}, .want = PL_ESYNTAX},
        {"two cells at one place", .t = {.rows = 1, .cols = 2}, .n_cells = 2,
         .cells = {{.rowspan = 1, .colspan = 1}, {.rowspan = 1, .colspan = 1}},
         .want = PL_ESYNTAX},
        {"cells out of order", .t = {.rows = 1, .cols = 2}, .n_cells = 2,
         .cells = {{.col = 1, .rowspan = 1, .colspan = 1}, {.rowspan = 1, .colspan = 1}},
         .want = PL_ESYNTAX},
        {"a grid without end", .t = {.rows = UINT32_MAX, .cols = UINT32_MAX},
         .want = PL_ELIMIT},
        {"rows of nothing", .t = {.rows = UINT32_MAX, .cols = 0}, .want = PL_ESYNTAX},
        {"a number of a table that is not there",
         .t = {.rows = 1, .cols = 1, .number = 2}, .want = PL_ESYNTAX},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_doc d = rows[i].d, *got = NULL;
        pl_table t = rows[i].t;
        pl_cell cells[2] = {rows[i].cells[0], rows[i].cells[1]};
        pl_block b = rows[i].b;
        pl_ctx cx = test_ctx();
        pl_buf out;
        pl_status st;

        t.cells.p = cells;
        t.cells.n = rows[i].n_cells;
        if (t.rows) {
            b.kind = PL_BLOCK_TABLE;
            b.table = &t;
            d.n_tables = 1;
        } else if (b.kind == PL_BLOCK_HEADING && b.level == 0) {
            b.level = 1;
        }
        d.blocks.p = &b;
        d.blocks.n = 1;
        out = sent(&d);
        st = arrive(&cx, out.p, out.n, &got);
        if (st != rows[i].want)
            fail_msg("%s: status %d", rows[i].what, (int)st);
        pl_buf_release(&out);
        test_ctx_free(&cx);
    }
}

static void every_failed_allocation_is_reported(void **state)
{
    pl_ctx own = test_ctx();
    pl_buf out = sent(read_page(&own, 1));
    pl_status st = PL_ENOMEM;

    (void)state;
    for (size_t n = 0; st != PL_OK && n < 1000; n++) {
        pl_ctx cx = test_ctx();
        pl_doc *d = NULL;

        pl_arena_fail_after(cx.arena, n);
        st = arrive(&cx, out.p, out.n, &d);
        assert_true(st == PL_OK || (st == PL_ENOMEM && !d));
        test_ctx_free(&cx);
    }
    assert_int_equal(st, PL_OK);
    pl_buf_release(&out);
    test_ctx_free(&own);
}

static void numbers_and_failures_arrive(void **state)
{
    static const uint64_t values[] = {0, 1, 127, 128, 300, UINT32_MAX, UINT64_MAX};
    pl_err e = {.code = PL_ELIMIT, .at = PL_NOPOS, .line = 3, .msg = "too\x1blong"}, got;
    pl_wire w;
    pl_buf b;

    (void)state;
    pl_buf_init(&b, 1000);
    for (size_t i = 0; i < PL_COUNT(values); i++)
        pl_wire_put(&b, values[i]);
    pl_wire_put_err(&b, &e);
    w = (pl_wire){.in = {(const unsigned char *)b.p, b.n}};
    for (size_t i = 0; i < PL_COUNT(values); i++)
        assert_true(pl_wire_get(&w, UINT64_MAX) == values[i]);
    pl_wire_get_err(&w, &got);
    assert_false(w.bad);
    assert_int_equal(got.code, PL_ELIMIT);
    assert_true(got.at == PL_NOPOS && got.line == 3);
    assert_string_equal(got.msg, "too?long"); /* goes to a terminal */
    assert_true(pl_wire_get(&w, 1) == 0 && w.bad);

    w = (pl_wire){
        .in = {(const unsigned char *)"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02", 10}};
    assert_true(pl_wire_get(&w, UINT64_MAX) == 0 && w.bad); /* 65 bits */
    w = (pl_wire){.in = {(const unsigned char *)"\x05", 1}};
    assert_true(pl_wire_get(&w, 4) == 0 && w.bad);
    w = (pl_wire){.in = {(const unsigned char *)"\0\0\0\0\0", 5}};
    pl_wire_get_err(&w, &got); /* a failure that is none */
    assert_true(w.bad);
    pl_buf_release(&b);
}

/* Archives. */

static pl_bytes archive(test_zip *z)
{
    *z = (test_zip){.method = 8};
    zip_add(z, "计划/", of(""));
    zip_add(z, "计划/报告.txt", of("一、目标\n"));
    zip_add(z, "__MACOSX/._报告.txt", of("x"));
    zip_add(z, ".DS_Store", of("x"));
    z->flags = 1;
    zip_add(z, "secret.docx", of("x"));
    z->flags = 0;
    zip_add(z, "\xbc\xc6\xbb\xae.txt", of("b")); /* 计划 in GB18030 */
    return zip_end(z);
}

static void an_archive_gives_its_files_and_says_what_is_wrong_with_one(void **state)
{
    test_zip z;
    pl_bytes in = archive(&z);
    pl_ctx cx = test_ctx();
    pl_members first, m;
    pl_wire w;
    pl_doc *d;
    pl_buf b;

    (void)state;
    assert_true(pl_archive_is(in));
    assert_int_equal(pl_archive_read(&cx, in, &first), PL_OK);
    pl_buf_init(&b, 1 << 20);
    pl_members_put(&b, &first);
    w = (pl_wire){.in = {(const unsigned char *)b.p, b.n}};
    assert_int_equal(pl_members_get(&cx, &w, &m), PL_OK);
    assert_int_equal(w.in.n, 0);
    assert_int_equal(m.skipped, 2);
    assert_int_equal(m.list.n, 3);
    assert_str(m.list.p[0].name, of("计划/报告.txt"));
    assert_str(((pl_str){(const char *)m.list.p[0].bytes.p, m.list.p[0].bytes.n}),
               of("一、目标\n"));
    assert_int_equal(m.list.p[1].err.code, PL_EENCRYPTED);
    assert_str(m.list.p[2].name, of("计划.txt"));
    for (size_t n = 0; n < b.n; n++) {
        w = (pl_wire){.in = {(const unsigned char *)b.p, n}};
        assert_int_equal(pl_members_get(&cx, &w, &m), PL_ESYNTAX);
    }
    assert_int_equal(pl_doc_read(&cx, in, &d), PL_EFORMAT);
    assert_non_null(strstr(cx.err.msg, "archive"));
    pl_buf_release(&b);
    zip_free(&z);
    test_ctx_free(&cx);
}

static void packages_of_documents_and_programs_are_no_archives(void **state)
{
    static const char *const names[] = {
        "word/document.xml", "xl/workbook.xml", "ppt/presentation.xml", "OFD.xml",
        "sub/OFD.xml",       "mimetype",        "META-INF/MANIFEST.MF",
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(names); i++) {
        test_zip z = {0};

        zip_add(&z, names[i], of("<x/>"));
        if (pl_archive_is(zip_end(&z)))
            fail_msg("%s", names[i]);
        zip_free(&z);
    }
    assert_false(pl_archive_is((pl_bytes){(const unsigned char *)"PK\3\4", 4}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_arrives_as_it_was_sent),
        cmocka_unit_test(what_is_no_document_is_refused),
        cmocka_unit_test(promises_of_the_header_are_held),
        cmocka_unit_test(every_failed_allocation_is_reported),
        cmocka_unit_test(numbers_and_failures_arrive),
        cmocka_unit_test(an_archive_gives_its_files_and_says_what_is_wrong_with_one),
        cmocka_unit_test(packages_of_documents_and_programs_are_no_archives),
    };

    return cmocka_run_group_tests_name("wire", tests, NULL, NULL);
}
