/* From cells on a sheet to tables, their titles and notes. */
#include "doc/xlsx_internal.h"

#include "text/numbering.h"
#include "text/utf8.h"

#include <stdlib.h>

enum {
    TITLE_CHARS = 60, /* a title is no longer */
    TITLE_ROWS = 3    /* more rows of one cell are a text */
};

/* A stretch of rows without a blank one between: cells [first, end) of the sheet. */
typedef struct segment {
    size_t first, end;
    uint32_t *rows; /* those with text, ascending */
    uint32_t *cols; /* the same of columns */
    size_t n_rows, n_cols;
    size_t merge; /* the first merge of its rows or later */
} segment;

typedef struct layout {
    xlsx_book *book;
    const xlsx_sheet *sheet;
    xlsx_rows rows; /* of the segment */
} layout;

/* Index of the first of n ascending values that is not below v. */
static size_t lower(const uint32_t *p, size_t n, uint32_t v)
{
    size_t lo = 0, hi = n;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;

        if (p[mid] < v)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* The merge that begins at a cell, from *at on, which is moved up to it; NULL = none. Of
 * several the largest, which is the last one. */
static const xlsx_merge *merge_at(const xlsx_sheet *s, const xlsx_cell *c, size_t *at)
{
    const xlsx_merge *found = NULL;

    while (*at < s->merges.n) {
        const xlsx_merge *m = &s->merges.p[*at];

        if (m->row > c->row || (m->row == c->row && m->col > c->col))
            break;
        if (m->row == c->row && m->col == c->col)
            found = m;
        ++*at;
    }
    return found;
}

/* The end of the segment that begins at cell `first`: a row beyond the next one, not
 * reached by a merged cell, begins another. */
static segment segment_of(const xlsx_sheet *s, size_t first, size_t *merge)
{
    segment g = {.first = first, .end = first, .merge = *merge};
    uint32_t reach = s->cells.p[first].row;

    for (; g.end < s->cells.n && s->cells.p[g.end].row <= reach + 1; g.end++) {
        const xlsx_cell *c = &s->cells.p[g.end];
        const xlsx_merge *m = merge_at(s, c, merge);

        g.n_rows += g.end == first || c->row != s->cells.p[g.end - 1].row;
        if (c->row > reach)
            reach = c->row;
        if (m && m->last_row > reach)
            reach = m->last_row;
    }
    return g;
}

static int cmp_cols(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

/* List the rows and columns that have text. */
static pl_status axes(pl_ctx *cx, layout *l, segment *g)
{
    pl_arena *a = l->sheet->scratch;
    PL_VEC(uint32_t) cols = {0};
    size_t n = 0;

    g->rows = PL_NEW_N(a, uint32_t, g->n_rows);
    if (!g->rows)
        return pl_fail_memory(cx);
    for (size_t i = g->first; i < g->end; i++) {
        const xlsx_cell *c = &l->sheet->cells.p[i];
        uint32_t *col = l->book->used[c->col] ? NULL : PL_VEC_ADD(a, &cols);

        if (n == 0 || g->rows[n - 1] != c->row)
            g->rows[n++] = c->row;
        if (!col && !l->book->used[c->col])
            return pl_fail_memory(cx);
        if (col)
            *col = c->col;
        l->book->used[c->col] = true;
    }
    if (cols.n > 1)
        qsort(cols.p, cols.n, sizeof *cols.p, cmp_cols);
    for (size_t i = 0; i < cols.n; i++)
        l->book->used[cols.p[i]] = false;
    g->cols = cols.p;
    g->n_cols = cols.n;
    return PL_OK;
}

static pl_status place_of(pl_ctx *cx, const xlsx_sheet *s, uint32_t row, uint32_t col,
                          pl_place *out)
{
    xlsx_shown path;

    path.n = 0;
    xlsx_show(&path, s->name);
    xlsx_show(&path, PL_S("!"));
    xlsx_address(row, col, &path);
    *out = (pl_place){0};
    return pl_str_keep(cx, (pl_str){path.p, path.n}, &out->path);
}

/* Texts beside tables. */

static bool is_note(pl_str s)
{
    static const pl_str words[] = {
        PL_S_INIT("注"),       PL_S_INIT("备注"),     PL_S_INIT("说明"),
        PL_S_INIT("资料来源"), PL_S_INIT("数据来源"), PL_S_INIT("来源："),
        PL_S_INIT("*"),        PL_S_INIT("※"),        PL_S_INIT("填表"),
        PL_S_INIT("填报"),     PL_S_INIT("制表")};

    return pl_str_starts_any(s, words, PL_COUNT(words));
}

/* No sentence, no note, nothing left open at its end. */
static bool is_title(pl_str s)
{
    static const pl_str words[] = {PL_S_INIT("单位："), PL_S_INIT("单位:"),
                                   PL_S_INIT("单位 "),  PL_S_INIT("（"),
                                   PL_S_INIT("("),      PL_S_INIT("计量单位")};
    static const pl_str stops[] = {PL_S_INIT("。"), PL_S_INIT("；"), PL_S_INIT("！")};
    static const pl_str open[] = {PL_S_INIT("："), PL_S_INIT(":"),  PL_S_INIT("，"),
                                  PL_S_INIT(","),  PL_S_INIT("、"), PL_S_INIT(";")};

    if (pl_utf8_count(s) > TITLE_CHARS || is_note(s) ||
        pl_str_starts_any(s, words, PL_COUNT(words)))
        return false;
    for (size_t i = 0; i < PL_COUNT(stops); i++)
        if (pl_str_has(s, stops[i]))
            return false;
    for (size_t i = 0; i < PL_COUNT(open); i++)
        if (pl_str_ends(s, open[i]))
            return false;
    return true;
}

/* Sheet1, 工作表1: a name that nobody gave. */
static bool is_default_name(pl_str name)
{
    static const pl_str words[] = {PL_S_INIT("Sheet"), PL_S_INIT("工作表")};
    bool word = false;

    for (size_t i = 0; i < PL_COUNT(words) && !word; i++)
        word = pl_str_eat(&name, words[i]);
    for (size_t i = 0; i < name.n; i++)
        word = word && pl_is_digit(name.p[i]);
    return word;
}

static pl_status text_add(pl_ctx *cx, layout *l, const xlsx_cell *c, bool title)
{
    pl_block *b = pl_doc_add(cx, l->book->doc, title ? PL_BLOCK_HEADING : PL_BLOCK_PARA);

    if (!b)
        return pl_fail_memory(cx);
    b->level = !title ? 0 : is_default_name(l->sheet->name) ? 1 : 2;
    b->text.s = c->text;
    PL_TRY(place_of(cx, l->sheet, c->row, c->col, &b->place));
    if (title && l->book->doc->title.n == 0 && !c->hidden &&
        pl_numbering_at(c->text).kind == PL_NUMBERING_NONE) {
        l->book->doc->title = c->text;
        l->book->doc->title_place = b->place;
    }
    return PL_OK;
}

/* Cells of the row that begins at cell i of the segment. */
static size_t row_cells(const xlsx_sheet *s, const segment *g, size_t i)
{
    size_t end = i;

    while (end < g->end && s->cells.p[end].row == s->cells.p[i].row)
        end++;
    return end - i;
}

/* Rows of one cell at the start: the title of what follows. */
static pl_status heads_take(pl_ctx *cx, layout *l, segment *g)
{
    const xlsx_sheet *s = l->sheet;

    while (g->first < g->end && row_cells(s, g, g->first) == 1) {
        const xlsx_cell *c = &s->cells.p[g->first++];

        g->n_rows--;
        PL_TRY(text_add(cx, l, c, is_title(c->text)));
    }
    return PL_OK;
}

/* The cells after a table's last row that are notes on it. */
static void notes_cut(const xlsx_sheet *s, segment *g)
{
    while (g->end - g->first > 1 &&
           s->cells.p[g->end - 2].row != s->cells.p[g->end - 1].row &&
           is_note(s->cells.p[g->end - 1].text)) {
        g->end--;
        g->n_rows--;
    }
}

/* Tables. */

/* Let a cell have the size of its merge, in rows and columns that have text; those
 * columns are covered as far down. */
static void span(layout *l, const segment *g, const xlsx_merge *m, pl_cell *c)
{
    size_t row_end = lower(g->rows, g->n_rows, m->last_row + 1);
    size_t col_end = lower(g->cols, g->n_cols, m->last_col + 1);

    c->rowspan = (uint32_t)row_end - c->row;
    c->colspan = (uint32_t)col_end - c->col;
    for (size_t k = c->col; k < col_end; k++)
        if (l->book->covered[g->cols[k]] <= m->last_row)
            l->book->covered[g->cols[k]] = m->last_row + 1;
}

static pl_status cell_add(pl_ctx *cx, layout *l, const segment *g, pl_table *t, size_t i,
                          size_t *merge)
{
    const xlsx_cell *from = &l->sheet->cells.p[i];
    const xlsx_merge *m = merge_at(l->sheet, from, merge);
    pl_cell *c;

    if (l->book->covered[from->col] > from->row)
        return PL_OK; /* under a merged cell: not shown */
    c = &t->cells.p[t->cells.n++];
    c->row = (uint32_t)lower(g->rows, g->n_rows, from->row);
    c->col = (uint32_t)lower(g->cols, g->n_cols, from->col);
    c->rowspan = c->colspan = 1;
    c->text.s = from->text;
    c->hidden = from->hidden;
    if (m)
        span(l, g, m, c);
    else
        l->book->covered[from->col] = from->row + 1;
    PL_TRY(place_of(cx, l->sheet, from->row, from->col, &c->place));
    c->place.table = t->number;
    c->place.row = c->row + 1;
    c->place.col = c->col + 1;
    return PL_OK;
}

static pl_status table_new(pl_ctx *cx, layout *l, const segment *g, pl_table **out)
{
    pl_table *t = PL_NEW(cx->arena, pl_table);
    size_t area;

    if (!t)
        return pl_fail_memory(cx);
    if (g->n_cols > cx->limits.columns || !pl_mul_ok(g->n_rows, g->n_cols, &area) ||
        area > cx->limits.cells)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS,
                       "a table of %zu rows and %zu columns is too large", g->n_rows,
                       g->n_cols);
    t->rows = (uint32_t)g->n_rows;
    t->cols = (uint32_t)g->n_cols;
    t->number = ++l->book->doc->n_tables;
    t->cells.p = PL_NEW_N(cx->arena, pl_cell, g->end - g->first);
    t->cells.cap = g->end - g->first;
    if (!t->cells.p)
        return pl_fail_memory(cx);
    *out = t;
    return PL_OK;
}

static int by_place(const void *a, const void *b)
{
    const pl_cell *x = a, *y = b;

    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    return (x->col > y->col) - (x->col < y->col);
}

/* A merged cell without text; *added when there is room for it in the grid. */
static pl_status blank_add(pl_ctx *cx, layout *l, const segment *g, const xlsx_merge *m,
                           pl_table *t, bool *added)
{
    size_t row = lower(g->rows, g->n_rows, m->row);
    size_t col = lower(g->cols, g->n_cols, m->col);
    size_t end = lower(g->cols, g->n_cols, m->last_col + 1);
    pl_cell *c;

    if (row >= g->n_rows || g->rows[row] != m->row || col >= end ||
        t->grid[row * t->cols + col])
        return PL_OK;
    c = PL_VEC_ADD(cx->arena, &t->cells);
    if (!c)
        return pl_fail_memory(cx);
    c->row = (uint32_t)row;
    c->col = (uint32_t)col;
    span(l, g, m, c);
    PL_TRY(place_of(cx, l->sheet, m->row, m->col, &c->place));
    c->place.table = t->number;
    c->place.row = c->row + 1;
    c->place.col = c->col + 1;
    *added = true;
    return PL_OK;
}

/* The merged cells without text among the table's, in their order. */
static pl_status blanks_add(pl_ctx *cx, layout *l, const segment *g, pl_table *t)
{
    const xlsx_sheet *s = l->sheet;
    uint32_t last = g->rows[g->n_rows - 1];
    bool added = false;

    for (size_t i = g->merge; i < s->merges.n && s->merges.p[i].row <= last; i++)
        PL_TRY(blank_add(cx, l, g, &s->merges.p[i], t, &added));
    if (!added)
        return PL_OK;
    qsort(t->cells.p, t->cells.n, sizeof *t->cells.p, by_place);
    return pl_table_grid(cx, t);
}

static pl_status table_add(pl_ctx *cx, layout *l, segment *g)
{
    size_t merge = g->merge;
    pl_block *b;
    pl_table *t = NULL; /* for gcc, which cannot see that it is set */

    PL_TRY(axes(cx, l, g));
    PL_TRY(table_new(cx, l, g, &t));
    for (size_t i = g->first; i < g->end; i++)
        PL_TRY(cell_add(cx, l, g, t, i, &merge));
    PL_TRY(pl_table_grid(cx, t));
    PL_TRY(blanks_add(cx, l, g, t));
    b = pl_doc_add(cx, l->book->doc, PL_BLOCK_TABLE);
    if (!b)
        return pl_fail_memory(cx);
    b->table = t;
    PL_TRY(place_of(cx, l->sheet, g->rows[0], g->cols[0], &b->place));
    b->place.table = t->number;
    return PL_OK;
}

/* A segment without a row of two cells is text: a title when it is short. */
static pl_status texts_add(pl_ctx *cx, layout *l, const segment *g)
{
    for (size_t i = g->first; i < g->end; i++) {
        const xlsx_cell *c = &l->sheet->cells.p[i];

        PL_TRY(text_add(cx, l, c, g->n_rows <= TITLE_ROWS && is_title(c->text)));
    }
    return PL_OK;
}

/* Rows without running text between. */
static pl_status part_add(pl_ctx *cx, layout *l, segment *g)
{
    size_t end = g->end;

    if (g->n_rows == g->end - g->first)
        return texts_add(cx, l, g);
    PL_TRY(heads_take(cx, l, g));
    notes_cut(l->sheet, g);
    PL_TRY(table_add(cx, l, g));
    for (size_t i = g->end; i < end; i++)
        PL_TRY(text_add(cx, l, &l->sheet->cells.p[i], false));
    return PL_OK;
}

/* A row of running text: a heading when it is the mark of an annex alone. */
static pl_status running_add(pl_ctx *cx, layout *l, const xlsx_cell *c)
{
    pl_numbering m = pl_numbering_at(c->text);
    pl_block *b;

    PL_TRY(text_add(cx, l, c, false));
    b = &l->book->doc->blocks.p[l->book->doc->blocks.n - 1];
    if (m.kind == PL_NUMBERING_ANNEX && m.n == c->text.n) {
        b->kind = PL_BLOCK_HEADING;
        b->level = 1;
    }
    l->book->has_text = true;
    return PL_OK;
}

static pl_status segment_add(pl_ctx *cx, layout *l, segment *g)
{
    const xlsx_sheet *s = l->sheet;
    size_t n, merge = g->merge;

    PL_TRY(xlsx_split(cx, s, g->first, g->end, g->merge, &l->rows));
    n = l->rows.n;
    for (size_t i = 0, to; i < n; i = to) {
        segment part = {.first = l->rows.p[i].first};

        for (to = i; to < n && l->rows.p[to].text; to++)
            PL_TRY(running_add(cx, l, &s->cells.p[l->rows.p[to].first]));
        if (to > i)
            continue;
        while (to < n && !l->rows.p[to].text)
            to++;
        while (merge < s->merges.n && s->merges.p[merge].row < s->cells.p[part.first].row)
            merge++;
        part.merge = merge;
        part.end = to < n ? l->rows.p[to].first : g->end;
        part.n_rows = to - i;
        PL_TRY(part_add(cx, l, &part));
    }
    return PL_OK;
}

static pl_status sheet_heading(pl_ctx *cx, layout *l)
{
    pl_block *b;

    if (is_default_name(l->sheet->name))
        return PL_OK;
    b = pl_doc_add(cx, l->book->doc, PL_BLOCK_HEADING);
    if (!b)
        return pl_fail_memory(cx);
    b->level = 1;
    b->text.s = l->sheet->name;
    b->place.path = l->sheet->name;
    return PL_OK;
}

pl_status xlsx_sheet_blocks(pl_ctx *cx, xlsx_book *b, const xlsx_sheet *s)
{
    layout l = {.book = b, .sheet = s};
    size_t merge = 0;

    if (s->cells.n == 0)
        return PL_OK;
    memset(b->covered, 0, XLSX_COLS * sizeof *b->covered);
    PL_TRY(sheet_heading(cx, &l));
    for (size_t i = 0; i < s->cells.n;) {
        segment g = segment_of(s, i, &merge);

        i = g.end;
        PL_TRY(segment_add(cx, &l, &g));
    }
    return PL_OK;
}
