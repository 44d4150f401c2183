/* Which rows of a sheet are running text between its tables. Text stands in rows of one
 * cell that is merged over the whole width; so do the headings of groups inside a table.
 * Told apart by what the rows around say. */
#include "doc/xlsx_internal.h"

#include "text/numbering.h"
#include "text/utf8.h"

enum { SENTENCE_CHARS = 40 }; /* a heading of rows is no sentence of so many */

/* What reading row by row from the top has seen. */
typedef struct split {
    const xlsx_sheet *sheet;
    xlsx_rows *rows;
    uint32_t left, right; /* the columns that all of the segment has */
    size_t merge;         /* the first one that was not passed */
    uint32_t reach;       /* 1 + the last row under merges of rows above */
    bool framed;          /* rows of several cells have lines */
} split;

/* The last column of a cell with its merge; *down is the last row. */
static uint32_t extent(split *s, const xlsx_cell *c, uint32_t *down)
{
    uint32_t right = c->col;

    *down = c->row;
    for (; s->merge < s->sheet->merges.n; s->merge++) {
        const xlsx_merge *m = &s->sheet->merges.p[s->merge];

        if (m->row > c->row || (m->row == c->row && m->col > c->col))
            break;
        if (m->row == c->row && m->col == c->col) {
            right = m->last_col;
            *down = m->last_row;
        }
    }
    return right;
}

static bool is_sentence(pl_str s)
{
    return pl_str_has(s, PL_S("。")) && pl_utf8_count(s) >= SENTENCE_CHARS;
}

/* 附件2, 专栏1：…: what follows is another table. */
static bool is_mark(pl_str s)
{
    pl_numbering_kind kind = pl_numbering_at(s).kind;

    return kind == PL_NUMBERING_ANNEX || kind == PL_NUMBERING_COLUMN;
}

/* The row that begins at cell i; the cell after it. */
static size_t row_see(split *s, size_t i, size_t end, xlsx_row *r)
{
    const xlsx_cell *c = &s->sheet->cells.p[i];
    uint32_t down, deepest = s->reach;

    *r = (xlsx_row){.first = i, .last_col = c->col, .ruled = c->ruled};
    for (; i < end && s->sheet->cells.p[i].row == c->row; i++, r->n++) {
        r->last_col = extent(s, &s->sheet->cells.p[i], &down);
        deepest = down + 1 > deepest ? down + 1 : deepest;
    }
    r->alone = r->n == 1 && c->row >= s->reach;
    s->framed = s->framed || (r->n > 1 && r->ruled);
    s->reach = deepest;
    s->left = c->col < s->left ? c->col : s->left;
    s->right = r->last_col > s->right ? r->last_col : s->right;
    return i;
}

/* The last column of a cell with its merge, looked up. */
static uint32_t cell_end(const xlsx_sheet *s, const xlsx_cell *c)
{
    size_t lo = 0, hi = s->merges.n;
    const xlsx_merge *m;

    while (lo < hi) { /* the first merge behind the cell */
        size_t mid = lo + (hi - lo) / 2;

        m = &s->merges.p[mid];
        if (m->row < c->row || (m->row == c->row && m->col <= c->col))
            lo = mid + 1;
        else
            hi = mid;
    }
    m = lo ? &s->merges.p[lo - 1] : NULL;
    return m && m->row == c->row && m->col == c->col ? m->last_col : c->col;
}

/* Does a cell of row b begin inside a wide cell of row a? */
static bool begins_inside(const xlsx_sheet *s, const xlsx_row *a, const xlsx_row *b)
{
    const xlsx_cell *cells = s->cells.p;
    size_t k = 0;

    for (size_t i = 0; i < a->n; i++) {
        const xlsx_cell *c = &cells[a->first + i];

        while (k < b->n && cells[b->first + k].col <= c->col)
            k++;
        if (k < b->n && cells[b->first + k].col <= cell_end(s, c))
            return true;
    }
    return false;
}

/* Are rows [from, to), each of one wide cell, text? `top` is where the table above them
 * begins. */
static bool is_text(const split *s, size_t top, size_t from, size_t to)
{
    const xlsx_row *p = s->rows->p;

    for (size_t i = from; i < to; i++) {
        pl_str text = s->sheet->cells.p[p[i].first].text;

        if (s->framed && !p[i].ruled && top < from)
            return true;
        if (is_sentence(text) || (top < from && is_mark(text)))
            return true;
    }
    /* rows that part the width in ways which do not fit each other: two tables */
    return top < from && to < s->rows->n &&
           begins_inside(s->sheet, &p[from - 1], &p[to]) &&
           begins_inside(s->sheet, &p[to], &p[from - 1]);
}

/* Over the whole width; or in the first column, where tables have lines and it has none.
 */
static bool is_wide(const split *s, const xlsx_row *r)
{
    uint32_t col = s->sheet->cells.p[r->first].col;

    return col == s->left &&
           ((s->framed && !r->ruled) || (r->last_col == s->right && r->last_col > col));
}

pl_status xlsx_split(pl_ctx *cx, const xlsx_sheet *sheet, size_t first, size_t end,
                     size_t merge, xlsx_rows *out)
{
    split s = {.sheet = sheet, .rows = out, .left = UINT32_MAX, .merge = merge};
    size_t top = 0;

    out->n = 0;
    for (size_t i = first; i < end;) {
        xlsx_row *r = PL_VEC_ADD(sheet->scratch, out);

        if (!r)
            return pl_fail_memory(cx);
        i = row_see(&s, i, end, r);
    }
    for (size_t i = 0; i < out->n; i++)
        out->p[i].alone = out->p[i].alone && is_wide(&s, &out->p[i]);
    for (size_t i = 0; i < out->n;) {
        size_t to = i;

        while (to < out->n && out->p[to].alone)
            to++;
        if (to > i && is_text(&s, top, i, to)) {
            for (size_t k = i; k < to; k++)
                out->p[k].text = true;
            top = to;
        }
        i = to > i ? to : i + 1;
    }
    return PL_OK;
}
