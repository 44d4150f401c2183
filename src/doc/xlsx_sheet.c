/* A worksheet, cell by cell: 18.3. */
#include "doc/xlsx_internal.h"

#include <stdlib.h>

typedef struct reader {
    xlsx_book *book;
    xlsx_sheet *sheet;
    xlsx_chars text;   /* of v or t; in the sheet's scratch */
    uint32_t row, col; /* of the open row and cell */
    uint32_t next_row, next_col;
    int64_t style;
    char type; /* of the open cell: n s(hared) i(nline) t(ext of a formula) b e d */
    bool in_text, row_hidden;
    bool in_rows; /* the first row was met */
    size_t skip;
} reader;

static pl_str attr(const pl_xml_tag *tag, const char *name)
{
    return pl_xml_attr_of(tag, pl_str_from(name), PL_S(""));
}

static bool is_true(pl_str s)
{
    return pl_str_eq(s, PL_S("1")) || pl_str_eq(s, PL_S("true"));
}

/* The place `B7` at the start of *s; false when it is none of a sheet. */
static bool address_read(pl_str *s, uint32_t *row, uint32_t *col)
{
    uint32_t c = 0, r = 0;
    size_t i = 0;

    for (; i < s->n && pl_is_alpha(s->p[i]) && c <= XLSX_COLS; i++)
        c = c * 26 + (uint32_t)((s->p[i] | 0x20) - 'a' + 1);
    for (; i < s->n && pl_is_digit(s->p[i]) && r <= XLSX_ROWS; i++)
        r = r * 10 + (uint32_t)(s->p[i] - '0');
    if (c < 1 || c > XLSX_COLS || r < 1 || r > XLSX_ROWS)
        return false;
    *row = r - 1;
    *col = c - 1;
    *s = pl_str_tail(*s, i);
    return true;
}

void xlsx_address(uint32_t row, uint32_t col, xlsx_shown *out)
{
    char p[20];
    size_t at = sizeof p;

    for (uint32_t r = row + 1; r > 0; r /= 10)
        p[--at] = (char)('0' + r % 10);
    for (uint32_t c = col + 1; c > 0; c = (c - 1) / 26)
        p[--at] = (char)('A' + (c - 1) % 26);
    xlsx_show(out, (pl_str){p + at, sizeof p - at});
}

/* Rows, columns, merges. */

/* Until the first row book->hidden holds what changes from one column to the next; then
 * it is above zero where columns are hidden. */
static pl_status cols_open(pl_ctx *cx, reader *r, const pl_xml_tag *tag)
{
    int64_t first = pl_xml_int(attr(tag, "min"), 0),
            last = pl_xml_int(attr(tag, "max"), 0);

    (void)cx;
    if (r->in_rows || !is_true(attr(tag, "hidden")) || first < 1 || last < first ||
        first > XLSX_COLS)
        return PL_OK;
    r->book->hidden[first - 1]++;
    r->book->hidden[last > XLSX_COLS ? XLSX_COLS : last]--;
    return PL_OK;
}

static pl_status rows_open(pl_ctx *cx, reader *r, const pl_xml_tag *tag)
{
    (void)cx;
    (void)tag;
    for (size_t i = 1; i <= XLSX_COLS && !r->in_rows; i++)
        r->book->hidden[i] += r->book->hidden[i - 1];
    r->in_rows = true;
    return PL_OK;
}

static pl_status row_open(pl_ctx *cx, reader *r, const pl_xml_tag *tag)
{
    int64_t n = pl_xml_int(attr(tag, "r"), 0);

    (void)cx;
    r->row = n >= 1 && n <= XLSX_ROWS ? (uint32_t)n - 1 : r->next_row;
    r->next_row = r->row + 1;
    r->next_col = 0;
    r->row_hidden = is_true(attr(tag, "hidden"));
    return PL_OK;
}

static pl_status merge_open(pl_ctx *cx, reader *r, const pl_xml_tag *tag)
{
    pl_str ref = attr(tag, "ref");
    xlsx_merge m, *kept;

    if (!address_read(&ref, &m.row, &m.col) || !pl_str_eat(&ref, PL_S(":")) ||
        !address_read(&ref, &m.last_row, &m.last_col) || m.last_row < m.row ||
        m.last_col < m.col)
        return PL_OK;
    kept = PL_VEC_ADD(r->sheet->scratch, &r->sheet->merges);
    if (!kept)
        return pl_fail_memory(cx);
    *kept = m;
    return PL_OK;
}

/* Cells. */

/* ST_CellType by the letter that tells it apart. */
static char type_of(pl_str t)
{
    static const struct {
        pl_str name;
        char type;
    } types[] = {
        {PL_S_INIT("s"), 's'},         {PL_S_INIT("str"), 't'}, {PL_S_INIT("b"), 'b'},
        {PL_S_INIT("inlineStr"), 'i'}, {PL_S_INIT("e"), 'e'},   {PL_S_INIT("d"), 'd'},
    };

    for (size_t i = 0; i < PL_COUNT(types); i++)
        if (pl_str_eq(types[i].name, t))
            return types[i].type;
    return 'n';
}

static pl_status cell_open(pl_ctx *cx, reader *r, const pl_xml_tag *tag)
{
    pl_str ref = attr(tag, "r");
    uint32_t row;

    (void)cx;
    if (!address_read(&ref, &row, &r->col))
        r->col = r->next_col;
    r->next_col = r->col + 1;
    r->style = pl_xml_int(attr(tag, "s"), 0);
    r->type = type_of(attr(tag, "t"));
    r->text.n = 0;
    return PL_OK;
}

static pl_status cell_keep(pl_ctx *cx, reader *r, pl_str text)
{
    xlsx_cell *c;

    if (text.n == 0 || r->row >= XLSX_ROWS || r->col >= XLSX_COLS)
        return PL_OK;
    if (++r->book->cells > cx->limits.cells)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "more than %zu cells in all sheets",
                       cx->limits.cells);
    c = PL_VEC_ADD(r->sheet->scratch, &r->sheet->cells);
    if (!c)
        return pl_fail_memory(cx);
    *c = (xlsx_cell){
        .row = r->row,
        .col = r->col,
        .text = text,
        .hidden = r->sheet->hidden || r->row_hidden || r->book->hidden[r->col] > 0,
        .ruled = r->style >= 0 && (uint64_t)r->style < r->book->formats.ruled.n &&
                 r->book->formats.ruled.p[r->style]};
    return PL_OK;
}

static pl_str code_of(const reader *r)
{
    const xlsx_formats *f = &r->book->formats;

    return r->style >= 0 && (uint64_t)r->style < f->codes.n ? f->codes.p[r->style]
                                                            : PL_S("");
}

static pl_status keep_text(pl_ctx *cx, reader *r, pl_str text)
{
    xlsx_shown shown;
    pl_str code = code_of(r);

    if (text.n && text.n < sizeof shown.p / 2 && code.n &&
        xlsx_format_text(code, text, &shown))
        PL_TRY(xlsx_clean(cx, (pl_str){shown.p, shown.n}, &text));
    return cell_keep(cx, r, text);
}

static pl_status keep_number(pl_ctx *cx, reader *r, pl_str value)
{
    xlsx_shown shown;
    pl_str text;

    xlsx_format_number(code_of(r), value, r->book->from_1904, &shown);
    PL_TRY(xlsx_clean(cx, (pl_str){shown.p, shown.n}, &text));
    return cell_keep(cx, r, text);
}

/* A date as ISO 8601 writes it; midnight is no time of its own. */
static pl_str day_of(pl_str value)
{
    size_t at = pl_str_find(value, PL_S("T00:00:00"), 0);

    return at == PL_NOPOS ? value : pl_str_sub(value, 0, at);
}

static pl_status cell_close(pl_ctx *cx, reader *r)
{
    pl_str value = pl_str_trim((pl_str){r->text.p, r->text.n}), text;
    int64_t i;

    if (value.n == 0)
        return PL_OK;
    switch (r->type) {
    case 's':
        i = pl_xml_int(value, -1);
        if (i < 0 || (uint64_t)i >= r->book->strings.n)
            return PL_OK;
        return keep_text(cx, r, r->book->strings.p[i]);
    case 'b':
        return cell_keep(cx, r, is_true(value) ? PL_S("TRUE") : PL_S("FALSE"));
    case 'n':
        return keep_number(cx, r, value);
    case 'd':
        value = day_of(value);
        break;
    default: /* texts, errors */
        break;
    }
    PL_TRY(xlsx_clean(cx, value, &text));
    return r->type == 'e' ? cell_keep(cx, r, text) : keep_text(cx, r, text);
}

/* Elements. */

static const struct {
    pl_str name;
    pl_status (*open)(pl_ctx *cx, reader *r, const pl_xml_tag *tag);
} elements[] = {
    {PL_S_INIT("c"), cell_open},          {PL_S_INIT("row"), row_open},
    {PL_S_INIT("mergeCell"), merge_open}, {PL_S_INIT("col"), cols_open},
    {PL_S_INIT("sheetData"), rows_open},
};

/* What holds texts that are none of cells; `extLst` repeats rules of other kinds. */
static bool is_apart(pl_str name)
{
    return pl_str_eq(name, PL_S("rPh")) || pl_str_eq(name, PL_S("extLst"));
}

static pl_status on_open(pl_ctx *cx, void *self, const pl_xml_tag *tag)
{
    reader *r = self;

    if (r->skip || is_apart(tag->name)) {
        r->skip++;
        return PL_OK;
    }
    r->in_text = pl_str_eq(tag->name, PL_S("v")) || pl_str_eq(tag->name, PL_S("t"));
    if (r->in_text)
        return PL_OK;
    for (size_t i = 0; i < PL_COUNT(elements); i++)
        if (pl_str_eq(tag->name, elements[i].name))
            return elements[i].open(cx, r, tag);
    return PL_OK;
}

static pl_status on_close(pl_ctx *cx, void *self, pl_str name)
{
    reader *r = self;

    if (r->skip) {
        r->skip--;
        return PL_OK;
    }
    r->in_text = false;
    return pl_str_eq(name, PL_S("c")) ? cell_close(cx, r) : PL_OK;
}

static pl_status on_text(pl_ctx *cx, void *self, pl_str s)
{
    reader *r = self;

    if (r->skip || !r->in_text)
        return PL_OK;
    return xlsx_put(r->sheet->scratch, &r->text, s) == PL_OK ? PL_OK : pl_fail_memory(cx);
}

/* Order. */

static int cmp_place(uint32_t row_a, uint32_t col_a, uint32_t row_b, uint32_t col_b)
{
    if (row_a != row_b)
        return row_a < row_b ? -1 : 1;
    return (col_a > col_b) - (col_a < col_b);
}

static int cmp_cells(const void *a, const void *b)
{
    const xlsx_cell *x = a, *y = b;

    return cmp_place(x->row, x->col, y->row, y->col);
}

static int cmp_merges(const void *a, const void *b)
{
    const xlsx_merge *x = a, *y = b;
    int c = cmp_place(x->row, x->col, y->row, y->col);

    return c ? c : cmp_place(x->last_row, x->last_col, y->last_row, y->last_col);
}

/* Files are written in order; others are sorted, and a place said twice counts once. */
static void cells_order(xlsx_sheet *s)
{
    size_t n = 0;

    for (size_t i = 1; i < s->cells.n; i++)
        if (cmp_cells(&s->cells.p[i - 1], &s->cells.p[i]) > 0) {
            qsort(s->cells.p, s->cells.n, sizeof *s->cells.p, cmp_cells);
            break;
        }
    for (size_t i = 0; i < s->cells.n; i++)
        if (n == 0 || cmp_cells(&s->cells.p[n - 1], &s->cells.p[i]) != 0)
            s->cells.p[n++] = s->cells.p[i];
    s->cells.n = n;
}

pl_status xlsx_sheet_read(pl_ctx *cx, xlsx_book *b, pl_str path, xlsx_sheet *out)
{
    static const pl_xml_events events = {on_open, on_close, on_text};
    reader r = {.book = b, .sheet = out};

    memset(b->hidden, 0, (XLSX_COLS + 1) * sizeof *b->hidden);
    PL_TRY(pl_opc_events(cx, &b->opc, path, &events, &r));
    cells_order(out);
    if (out->merges.n > 1)
        qsort(out->merges.p, out->merges.n, sizeof *out->merges.p, cmp_merges);
    return PL_OK;
}
