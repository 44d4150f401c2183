/* The neutral document: grids, places, telling formats apart, the listing. */
#include "unit.h"

#include "doc/doc.h"
#include "doc/dump.h"

static pl_cell *cell_add(pl_ctx *cx, pl_table *t, uint32_t row, uint32_t col,
                         uint32_t rows, uint32_t cols)
{
    pl_cell *c = PL_VEC_ADD(cx->arena, &t->cells);

    assert_non_null(c);
    *c = (pl_cell){.row = row, .col = col, .rowspan = rows, .colspan = cols};
    return c;
}

static void a_grid_has_the_cell_that_covers_each_place(void **state)
{
    pl_ctx cx = test_ctx();
    pl_table t = {.rows = 3, .cols = 3};

    (void)state;
    (void)cell_add(&cx, &t, 0, 0, 2, 1);
    (void)cell_add(&cx, &t, 0, 1, 1, 2);
    (void)cell_add(&cx, &t, 1, 1, 1, 1);
    assert_int_equal(pl_table_grid(&cx, &t), PL_OK);
    assert_ptr_equal(pl_table_at(&t, 1, 0), &t.cells.p[0]);
    assert_ptr_equal(pl_table_at(&t, 0, 2), &t.cells.p[1]);
    assert_ptr_equal(pl_table_at(&t, 1, 1), &t.cells.p[2]);
    assert_null(pl_table_at(&t, 1, 2));
    assert_null(pl_table_at(&t, 2, 0));
    assert_null(pl_table_at(&t, 3, 0));
    assert_null(pl_table_at(&t, 0, 3));
    test_ctx_free(&cx);
}

static void spans_that_overlap_or_leave_the_grid_are_cut(void **state)
{
    pl_ctx cx = test_ctx();
    pl_table t = {.rows = 2, .cols = 3};

    (void)state;
    (void)cell_add(&cx, &t, 0, 1, 9, 1);
    (void)cell_add(&cx, &t, 0, 0, 2, 3);
    (void)cell_add(&cx, &t, 0, 2, 1, 4);
    (void)cell_add(&cx, &t, 5, 5, 1, 1);
    assert_int_equal(pl_table_grid(&cx, &t), PL_OK);
    assert_int_equal(t.cells.p[0].rowspan, 2);
    assert_int_equal(t.cells.p[1].colspan, 1);
    assert_int_equal(t.cells.p[1].rowspan, 2);
    assert_int_equal(t.cells.p[2].colspan, 1);
    assert_null(pl_table_at(&t, 1, 2));
    test_ctx_free(&cx);
}

static void a_grid_has_a_ceiling(void **state)
{
    pl_ctx cx = test_ctx();
    pl_table t = {.rows = 1u << 20, .cols = 1u << 20};

    (void)state;
    assert_int_equal(pl_table_grid(&cx, &t), PL_ELIMIT);
    t = (pl_table){.rows = 2, .cols = 2};
    pl_arena_fail_after(cx.arena, 0);
    assert_int_equal(pl_table_grid(&cx, &t), PL_ENOMEM);
    test_ctx_free(&cx);
}

static void places_follow_the_runs_of_a_text(void **state)
{
    static const pl_run runs[] = {{0, 100, 7, 0}, {3, 200, 8, 0}, {7, 300, 9, 2}};
    const pl_text t = {.s = {"abc defghi", 10}, .runs = runs, .n_runs = 3};
    const pl_place base = {.table = 4, .row = 2, .col = 3};
    static const struct {
        size_t at, n;
        uint32_t line;
        size_t from, bytes;
    } row[] = {
        {0, 3, 7, 100, 3}, {1, 1, 7, 101, 1},   {3, 4, 8, 200, 4},
        {7, 1, 9, 300, 1}, {2, 3, 7, 102, 100}, {9, 0, 9, 302, 0},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(row); i++) {
        pl_place p = pl_text_place(&t, &base, row[i].at, row[i].n);

        assert_int_equal(p.line, row[i].line);
        assert_int_equal(p.span.at, row[i].from);
        assert_int_equal(p.span.n, row[i].bytes);
        assert_int_equal(p.table, 4);
        assert_int_equal(p.row, 2);
        assert_int_equal(p.col, 3);
    }
    assert_int_equal(pl_text_place(&(pl_text){0}, &base, 0, 0).table, 4);
}

/* What was published under a name stands before what the file's program says of it. */
static void a_record_stands_before_properties_of_the_file(void **state)
{
    pl_ctx cx = test_ctx();
    pl_doc d = {0};

    (void)state;
    assert_int_equal(
        pl_doc_property_add(&cx, &d, PL_S("标题"), PL_S("模板"), (pl_place){0}), PL_OK);
    assert_true(d.meta.p[0].of_file);
    assert_int_equal(
        pl_doc_meta_add(&cx, &d, PL_S("标题"), PL_S("计划报告"), (pl_place){.line = 3}),
        PL_OK);
    assert_int_equal(
        pl_doc_property_add(&cx, &d, PL_S("标题"), PL_S("其他"), (pl_place){0}), PL_OK);
    assert_int_equal(d.meta.n, 1);
    assert_str(d.meta.p[0].value, PL_S("计划报告"));
    assert_false(d.meta.p[0].of_file);
    test_ctx_free(&cx);
}

static void files_that_are_not_read_say_what_they_are(void **state)
{
    static const struct {
        const char *bytes;
        size_t n;
        pl_status status;
        const char *says;
    } row[] = {
        {"", 0, PL_ESYNTAX, "the file is empty"},
        {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0", 10, PL_ECONVERT, ".doc"},
        {"{\\rtf1 x}", 9, PL_ECONVERT, "RTF"},
        {"\x89PNG\r\n\x1a\n\0", 9, PL_EFORMAT, "PNG"},
        {"\x1F\x8B\x08\0\0", 5, PL_EFORMAT, "gzip"},
        {"\x7F\x45LF\x02\x01", 6, PL_EFORMAT, "program"},
        {"ab\0cd\0", 6, PL_EFORMAT, "binary"},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(row); i++) {
        pl_ctx cx = test_ctx();
        pl_doc *d = NULL;
        pl_bytes in = {(const unsigned char *)row[i].bytes, row[i].n};

        assert_int_equal(pl_doc_read(&cx, in, &d), row[i].status);
        if (!strstr(cx.err.msg, row[i].says))
            fail_msg("'%s' does not say '%s'", cx.err.msg, row[i].says);
        assert_null(d);
        test_ctx_free(&cx);
    }
}

static void a_file_larger_than_the_limit_is_refused(void **state)
{
    pl_ctx cx = test_ctx();
    pl_doc *d = NULL;

    (void)state;
    cx.limits.input_bytes = 3;
    assert_int_equal(pl_doc_read(&cx, (pl_bytes){(const unsigned char *)"abcd", 4}, &d),
                     PL_ELIMIT);
    assert_int_equal(pl_doc_read(&cx, (pl_bytes){(const unsigned char *)"abc", 3}, &d),
                     PL_OK);
    assert_str(d->format, of("text"));
    assert_str(d->charset, of("UTF-8"));
    assert_int_equal(d->bytes, 3);
    test_ctx_free(&cx);
}

static void the_listing_shows_blocks_tables_and_places(void **state)
{
    static const char text[] =
        "文号 | 1号 |\n---|---|\n索引号 | 2 |\n来源 | 某报 |\n一、目标\n"
        "| 类 | 名 | 值 |\n|---|---|---|\n| 甲 | 乙 | 1 |\n| | 丙 | 2 |\n";
    static const char *const shown[] = {
        "[meta] 1@9+4 文号 = 1号\n", "[heading 1] 5@59+12 一、目标\n",
        "table 1: 3 x 3\n",          " | 类 {h} | 名 {h} | 值 {h}\n",
        " | 甲 {2x1} | 乙 | 1\n",    "  3 | ^ | 丙 | 2\n",
    };
    pl_bytes in = {(const unsigned char *)text, sizeof text - 1};
    pl_ctx cx = test_ctx();
    pl_doc *d = NULL;
    pl_buf b;

    (void)state;
    assert_int_equal(pl_doc_read(&cx, in, &d), PL_OK);
    pl_buf_init(&b, 1 << 16);
    pl_doc_dump_text(&b, d);
    for (size_t i = 0; i < PL_COUNT(shown); i++)
        if (!pl_str_has(pl_buf_str(&b), of(shown[i])))
            fail_msg("no '%s' in\n%.*s", shown[i], PL_FMT(pl_buf_str(&b)));
    pl_buf_release(&b);
    test_ctx_free(&cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_grid_has_the_cell_that_covers_each_place),
        cmocka_unit_test(spans_that_overlap_or_leave_the_grid_are_cut),
        cmocka_unit_test(a_grid_has_a_ceiling),
        cmocka_unit_test(places_follow_the_runs_of_a_text),
        cmocka_unit_test(a_record_stands_before_properties_of_the_file),
        cmocka_unit_test(files_that_are_not_read_say_what_they_are),
        cmocka_unit_test(a_file_larger_than_the_limit_is_refused),
        cmocka_unit_test(the_listing_shows_blocks_tables_and_places),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
