/* Word documents that are refused, hostile, or real. */
#include "docx_parts.h"

#include "text/utf8.h"

#include <time.h>

/* Refusals. */

static void a_document_of_pictures_only_is_called_so(void **state)
{
    parts p = {.body = P("<w:r><w:drawing><a:blip/></w:drawing></w:r>")};
    pl_ctx cx = test_ctx();
    pl_doc *d;

    (void)state;
    assert_int_equal(read_parts(&cx, &p, &d), PL_ESCANNED);
    test_ctx_free(&cx);
}

static void other_packages_are_named(void **state)
{
    static const struct {
        const char *part, *says;
    } rows[] = {
        {"xl/workbook.xml", ".xlsx"},
        {"ppt/presentation.xml", ".pptx"},
        {"readme.txt", "no office document"},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        test_zip z = {0};
        pl_ctx cx = test_ctx();
        pl_doc *d;

        zip_add(&z, rows[i].part, of("<x/>"));
        assert_int_equal(pl_doc_read_docx(&cx, zip_end(&z), &d), PL_EFORMAT);
        assert_non_null(strstr(cx.err.msg, rows[i].says));
        zip_free(&z);
        test_ctx_free(&cx);
    }
}

static void an_encrypted_document_is_called_so(void **state)
{
    static const char file[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0\0\0"
                               "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
    pl_ctx cx = test_ctx();
    pl_doc *d;

    (void)state;
    assert_int_equal(
        pl_doc_read(&cx, (pl_bytes){(const unsigned char *)file, sizeof file}, &d),
        PL_EENCRYPTED);
    assert_int_equal(pl_doc_read(&cx, (pl_bytes){(const unsigned char *)file, 12}, &d),
                     PL_ECONVERT);
    test_ctx_free(&cx);
}

static void broken_xml_is_reported_with_its_part_and_line(void **state)
{
    parts p = {.body = "\n\n<w:p>"};
    pl_ctx cx = test_ctx();
    pl_doc *d;

    (void)state;
    assert_int_equal(read_parts(&cx, &p, &d), PL_ESYNTAX);
    assert_int_equal(cx.err.line, 3);
    assert_true(strncmp(cx.err.msg, "word/document.xml: ", 19) == 0);
    test_ctx_free(&cx);
}

/* A piece of text over and over, inside a head and a tail. */
static char *repeated(const char *piece, size_t n)
{
    size_t bytes = strlen(piece);
    char *p = malloc(bytes * n + 1);

    assert_non_null(p);
    for (size_t i = 0; i < n; i++)
        memcpy(p + i * bytes, piece, bytes);
    p[bytes * n] = 0;
    return p;
}

/* Read with 256 MiB for everything; fails when it takes longer than `most_s` (a sanitizer
 * build takes longer: the limit is there to find what is not linear). */
static pl_status read_hostile(const char *body, const char *styles, double most_s)
{
    parts p = {.body = body, .styles = styles};
    pl_ctx cx = {.limits = PL_LIMITS_DEFAULT};
    clock_t start = clock();
    pl_status st;
    pl_doc *d;

    cx.limits.arena_bytes = (size_t)256 << 20;
    cx.arena = pl_arena_new(cx.limits.arena_bytes);
    assert_non_null(cx.arena);
    st = read_parts(&cx, &p, &d);
    if ((double)(clock() - start) / CLOCKS_PER_SEC > most_s)
        fail_msg("%.1f s", (double)(clock() - start) / CLOCKS_PER_SEC);
    test_ctx_free(&cx);
    return st;
}

static void hostile_documents_end_soon(void **state)
{
    static const struct {
        const char *piece;
        size_t n;
        pl_status want;
    } rows[] = {
        {"<w:tbl><w:tr><w:tc>", 100, PL_ELIMIT},
        {"<w:p><w:r><w:txbxContent>", 100, PL_ELIMIT},
        {TBL(TR(TC(SPAN("99999"), ""))), 1, PL_ELIMIT},
        {TBL("<w:tr><w:trPr><w:gridBefore w:val='-5'/></w:trPr>" C("1") "</w:tr>"), 1,
         PL_OK},
        {TBL("<w:tr><w:trPr><w:gridBefore w:val='99999'/></w:trPr></w:tr>"), 1,
         PL_ELIMIT},
        {TBL("<w:tr><w:trPr><w:gridAfter w:val='99999'/></w:trPr></w:tr>"), 1, PL_ELIMIT},
        {P(FLD("begin")), 100, PL_ELIMIT},
        {TBL(TR(C("1"))), 20000, PL_OK},
        {"<w:p/>", 200000, PL_OK},
        {PR("<w:rPr><w:del/></w:rPr>", R("甲")), 50000, PL_OK},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        char *body = repeated(rows[i].piece, rows[i].n), *end;
        pl_status st;

        if (strncmp(rows[i].piece, "<w:tbl><w:tr><w:tc>", 20) == 0)
            end = repeated("</w:tc></w:tr></w:tbl>", rows[i].n);
        else if (strncmp(rows[i].piece, "<w:p><w:r><w:txbxContent>", 26) == 0)
            end = repeated("</w:txbxContent></w:r></w:p>", rows[i].n);
        else
            end = repeated("", 1);
        {
            char *all = joined(body, end, "");

            st = read_hostile(all, NULL, 10);
            free(all);
        }
        assert_int_equal(st, rows[i].want);
        free(body);
        free(end);
    }
}

static void a_million_cells_are_read_within_bounds(void **state)
{
    char *rows = repeated("<w:tr><w:tc/><w:tc/><w:tc/><w:tc/><w:tc/></w:tr>", 200000);
    char *body = joined("<w:tbl>", rows, "</w:tbl>");
    pl_status st = read_hostile(body, NULL, 20);

    (void)state;
    assert_true(st == PL_OK || st == PL_ELIMIT || st == PL_ENOMEM);
    free(body);
    free(rows);
}

static void a_long_chain_of_styles_is_linear(void **state)
{
    pl_buf b;

    (void)state;
    pl_buf_init(&b, 64 << 20);
    for (int i = 0; i < 20000; i++)
        pl_buf_putf(&b, "<w:style w:styleId='s%d'><w:basedOn w:val='s%d'/></w:style>", i,
                    i + 1);
    pl_buf_putc(&b, 0);
    assert_int_equal(read_hostile(P(R("文")), b.p, 10), PL_OK);
    pl_buf_release(&b);
}

static const parts rich = {
    .body = NUM("1", "0", "甲。")
        TBL(TR(TC(V_FIRST, P(R("1"))) C("2")) TR(TC(V_NEXT, P("")) C("3")))
            P(R("框") "<w:r><w:txbxContent>" P(R("注")) "</w:txbxContent></w:r>")
                P(R("一、标题")),
    .styles =
        "<w:style w:type='paragraph' w:styleId='a'><w:name w:val='heading 1'/></w:style>",
    .numbering = "<w:abstractNum w:abstractNumId='0'>" LVL(
        "0", "decimal",
        "%1.") "</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>",
    .footnotes = "<w:footnote w:id='2'>" P(R("脚注")) "</w:footnote>",
    .core = "<dc:title>题</dc:title>",
};

static void every_failed_allocation_is_reported(void **state)
{
    pl_status st = PL_ENOMEM;

    (void)state;
    for (size_t n = 0; st != PL_OK && n < 2000; n++) {
        pl_ctx cx = test_ctx();
        pl_doc *d = NULL;

        pl_arena_fail_after(cx.arena, n);
        st = read_parts(&cx, &rich, &d);
        assert_true(st == PL_OK || (st == PL_ENOMEM && !d));
        test_ctx_free(&cx);
    }
    assert_int_equal(st, PL_OK);
}

/* Every byte of the body in turn is another one: read or refused, nothing else. */
static void changed_bytes_are_read_or_refused(void **state)
{
    char *body = joined(rich.body, "", "");
    parts p = rich;

    (void)state;
    p.body = body;
    for (size_t i = 0; i < strlen(rich.body); i += 3) {
        pl_ctx cx = test_ctx();
        pl_doc *d = NULL;
        char was = body[i];

        body[i] = "<>/'w "[i % 6];
        assert_true((read_parts(&cx, &p, &d) == PL_OK) == (d != NULL));
        body[i] = was;
        test_ctx_free(&cx);
    }
    free(body);
}

/* Real files. */

static bool file_read(const char *name, test_bytes *out)
{
    char path[512], chunk[4096];
    size_t n;
    FILE *f;

    snprintf(path, sizeof path, "%s/docx/%s", PL_SAMPLES, name);
    f = fopen(path, "rb");
    *out = (test_bytes){0};
    if (!f)
        return false;
    while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
        bytes_put(out, chunk, n);
    fclose(f);
    return true;
}

static void a_merged_cell_reaches_all_its_rows_and_equal_neighbours_none(void **state)
{
    test_bytes file;
    pl_ctx cx = test_ctx();
    const pl_table *t;
    pl_doc *d;

    (void)state;
    if (!file_read("issue_2634_vertical_merge.docx", &file)) {
        test_ctx_free(&cx);
        print_message("the real documents are not here\n");
        skip();
    }
    assert_int_equal(pl_doc_read_docx(&cx, (pl_bytes){file.p, file.n}, &d), PL_OK);
    assert_int_equal(d->n_tables, 2);
    t = d->blocks.p[2].table;
    for (uint32_t r = 1; r <= 4; r++)
        assert_ptr_equal(pl_table_at(t, r, 4), pl_table_at(t, 1, 4));
    assert_ptr_not_equal(pl_table_at(t, 0, 4), pl_table_at(t, 1, 4));
    t = d->blocks.p[4].table;
    assert_ptr_not_equal(pl_table_at(t, 1, 0), pl_table_at(t, 1, 1));
    assert_str(pl_table_at(t, 1, 0)->text.s, pl_table_at(t, 1, 1)->text.s);
    free(file.p);
    test_ctx_free(&cx);
}

/* pandoc's listing of a table, token by token: Row, Cell, RowSpan n, ColSpan n, Str "…",
 * Space. A place of its grid has the text of the cell that covers it. */
enum { NATIVE_MAX = 64 };

typedef struct native {
    char text[NATIVE_MAX][NATIVE_MAX][128];
    bool taken[NATIVE_MAX][NATIVE_MAX];
    int rows, cols;
} native;

static int number_in(const char *s)
{
    return atoi(s + strcspn(s, "0123456789"));
}

/* Put a cell of the given size at the first free place of the last row. */
static void native_cell(native *t, int row_span, int col_span, const char *text)
{
    int r = t->rows - 1, c = 0;

    while (t->taken[r][c])
        c++;
    for (int i = 0; i < row_span; i++)
        for (int k = 0; k < col_span; k++) {
            assert_true(r + i < NATIVE_MAX && c + k < NATIVE_MAX);
            t->taken[r + i][c + k] = true;
            snprintf(t->text[r + i][c + k], sizeof t->text[0][0], "%s", text);
        }
    if (c + col_span > t->cols)
        t->cols = c + col_span;
}

/* Append a string of Haskell: \\160 is a character by its number, \\& nothing. */
static void native_put(const char *s, char *text, size_t size)
{
    size_t n = strlen(text);

    while (*s && n + 5 < size) {
        if (*s != '\\')
            text[n++] = *s++;
        else if (*++s == '&')
            s++;
        else {
            char *end;

            n += pl_utf8_put((uint32_t)strtol(s, &end, 10), text + n);
            s = end;
        }
    }
    text[n] = 0;
}

static void native_read(char *s, native *t)
{
    int row_span = 0, col_span = 0;
    char text[128] = "";

    for (char *word = strtok(s, " \n()[],"); word; word = strtok(NULL, " \n()[],")) {
        bool row = strcmp(word, "Row") == 0, cell = strcmp(word, "Cell") == 0;

        if ((row || cell) && row_span) {
            native_cell(t, row_span, col_span, text);
            row_span = 0;
            text[0] = 0;
        }
        t->rows += row;
        if (strcmp(word, "RowSpan") == 0)
            row_span = number_in(strtok(NULL, ")"));
        else if (strcmp(word, "ColSpan") == 0)
            col_span = number_in(strtok(NULL, ")"));
        else if (strcmp(word, "Space") == 0)
            strcat(text, " ");
        else if (strcmp(word, "Str") == 0)
            native_put(strtok(NULL, "\""), text, sizeof text);
    }
    if (row_span)
        native_cell(t, row_span, col_span, text);
}

static void native_compare(const native *want, const pl_table *got)
{
    assert_int_equal(got->rows, want->rows);
    assert_int_equal(got->cols, want->cols);
    for (uint32_t r = 0; r < got->rows; r++)
        for (uint32_t c = 0; c < got->cols; c++) {
            const pl_cell *cell = pl_table_at(got, r, c);

            assert_str(cell ? cell->text.s : of(""), of(want->text[r][c]));
        }
}

static void tables_are_as_pandoc_reads_them(void **state)
{
    static const char *const names[] = {"table_gridbefore", "table_header_rowspan"};
    static native want;

    (void)state;
    for (size_t i = 0; i < PL_COUNT(names); i++) {
        char path[64];
        test_bytes file, listing;
        pl_ctx cx;
        pl_doc *d;

        snprintf(path, sizeof path, "%s.docx", names[i]);
        if (!file_read(path, &file)) {
            print_message("the real documents are not here\n");
            skip();
        }
        snprintf(path, sizeof path, "%s.native", names[i]);
        assert_true(file_read(path, &listing));
        bytes_put(&listing, "", 1);
        memset(&want, 0, sizeof want);
        native_read((char *)listing.p, &want);
        cx = test_ctx();
        assert_int_equal(pl_doc_read_docx(&cx, (pl_bytes){file.p, file.n}, &d), PL_OK);
        assert_int_equal(d->n_tables, 1);
        native_compare(&want, d->blocks.p[0].table);
        free(file.p);
        free(listing.p);
        test_ctx_free(&cx);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_of_pictures_only_is_called_so),
        cmocka_unit_test(other_packages_are_named),
        cmocka_unit_test(an_encrypted_document_is_called_so),
        cmocka_unit_test(broken_xml_is_reported_with_its_part_and_line),
        cmocka_unit_test(hostile_documents_end_soon),
        cmocka_unit_test(a_million_cells_are_read_within_bounds),
        cmocka_unit_test(a_long_chain_of_styles_is_linear),
        cmocka_unit_test(every_failed_allocation_is_reported),
        cmocka_unit_test(changed_bytes_are_read_or_refused),
        cmocka_unit_test(a_merged_cell_reaches_all_its_rows_and_equal_neighbours_none),
        cmocka_unit_test(tables_are_as_pandoc_reads_them),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
