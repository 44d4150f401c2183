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

    *r = (xlsx_row){.first = i, .n = 0, .last_col = c->col};
    for (; i < end && s->sheet->cells.p[i].row == c->row; i++, r->n++) {
        r->last_col = extent(s, &s->sheet->cells.p[i], &down);
        deepest = down + 1 > deepest ? down + 1 : deepest;
    }
    r->alone = r->n == 1 && c->row >= s->reach && r->last_col > c->col;
    s->reach = deepest;
    s->left = c->col < s->left ? c->col : s->left;
    s->right = r->last_col > s->right ? r->last_col : s->right;
    return i;
}

/* Do the columns in which cells begin in rows [from, to) lack some of those in the other
 * rows? Both ways: they are not of one table. */
static bool columns_lack(const split *s, const xlsx_row *from, const xlsx_row *to,
                         const xlsx_row *other, const xlsx_row *other_to, bool *begins)
{
    const xlsx_cell *cells = s->sheet->cells.p;
    bool lack = false;

    for (const xlsx_row *r = from; r < to; r++)
        for (size_t i = 0; i < r->n; i++)
            begins[cells[r->first + i].col] = true;
    for (const xlsx_row *r = other; r < other_to; r++)
        for (size_t i = 0; i < r->n; i++)
            lack = lack || !begins[cells[r->first + i].col];
    for (const xlsx_row *r = from; r < to; r++)
        for (size_t i = 0; i < r->n; i++)
            begins[cells[r->first + i].col] = false;
    return lack;
}

/* Are rows [from, to), each of one wide cell, text? `top` is where the table above them
 * begins. */
static bool is_text(const split *s, size_t top, size_t from, size_t to, bool *begins)
{
    const xlsx_row *p = s->rows->p;
    size_t below = to;

    for (size_t i = from; i < to; i++) {
        pl_str text = s->sheet->cells.p[p[i].first].text;

        if (is_sentence(text) || (top < from && is_mark(text)))
            return true;
    }
    while (below < s->rows->n && !p[below].alone)
        below++;
    return top < from && to < below &&
           columns_lack(s, p + top, p + from, p + to, p + below, begins) &&
           columns_lack(s, p + to, p + below, p + top, p + from, begins);
}

pl_status xlsx_split(pl_ctx *cx, const xlsx_sheet *sheet, size_t first, size_t end,
                     size_t merge, bool *begins, xlsx_rows *out)
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
        out->p[i].alone = out->p[i].alone && out->p[i].last_col == s.right &&
                          sheet->cells.p[out->p[i].first].col == s.left;
    for (size_t i = 0; i < out->n;) {
        size_t to = i;

        while (to < out->n && out->p[to].alone)
            to++;
        if (to > i && is_text(&s, top, i, to, begins)) {
            for (size_t k = i; k < to; k++)
                out->p[k].text = true;
            top = to;
        }
        i = to > i ? to : i + 1;
    }
    return PL_OK;
}
