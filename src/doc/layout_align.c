/* Tables without lines: rows of segments that stand in the same columns.
 *
 * At least three rows of two segments or more; columns are the stretches that segments
 * cover, and in each of them most segments agree in their left edge, right edge or
 * middle. A row with less than half of its columns filled and no text in the first one
 * goes on with the cells of the row above. */
#include "doc/layout_internal.h"

#include <stdlib.h>

#include "text/numbering.h"
#include "text/utf8.h"

enum {
    ROWS_MIN = 3,     /* rows of several segments */
    ROW_GAP = 250,    /* percent of the size: a wider gap ends the table */
    ALIGN_NEAR = 60,  /* percent of the size: edges that agree */
    ALIGN_PART = 70,  /* percent of a column's segments that agree */
    INSIDE_PART = 80, /* percent of the rows with each segment in one column */
    SPAN_ROWS = 10    /* of so many rows one may cross columns */
};

/* An event of the sweep over x. */
typedef struct border {
    pl_um x;
    int step;
} border;

/* A column: [x0, x1]. */
typedef struct strip {
    pl_um x0, x1;
} strip;

typedef struct strips {
    strip *p;
    size_t n;
} strips;

static int by_x(const void *a, const void *b)
{
    const border *l = a, *r = b;

    if (l->x != r->x)
        return l->x < r->x ? -1 : 1;
    return r->step - l->step; /* beginnings first: what touches is one column */
}

/* Rows from rows[0] on that may be one table, and how many have several segments. */
static size_t group_length(const pl_row *rows, size_t n, size_t *several)
{
    size_t i = 0;

    *several = 0;
    for (; i < n && !rows[i].table; i++) {
        pl_um size = rows[i].segs[0].size;

        if (i &&
            rows[i].box.y0 - rows[i - 1].box.y1 > (pl_um)((int64_t)size * ROW_GAP / 100))
            break;
        /* two rows in one column are no wrapped cells any more */
        if (rows[i].n_segs < 2 && (i == 0 || (i > 1 && rows[i - 1].n_segs < 2)))
            break;
        *several += rows[i].n_segs > 1;
    }
    while (i > 0 && rows[i - 1].n_segs < 2)
        i--;
    return i;
}

/* The stretches of x that more than one in SPAN_ROWS of the rows cover. */
static pl_status strips_find(pl_ctx *cx, const pl_row *rows, size_t n, size_t several,
                             strips *out)
{
    size_t total = 0, m = 0;
    int deep = 0, least = (int)(several / SPAN_ROWS);
    border *b;

    for (size_t i = 0; i < n; i++)
        total += rows[i].n_segs > 1 ? rows[i].n_segs : 0;
    b = PL_NEW_N(cx->arena, border, 2 * total);
    out->p = PL_NEW_N(cx->arena, strip, total);
    if (!b || !out->p)
        return pl_fail_memory(cx);
    for (size_t i = 0; i < n; i++)
        for (uint32_t k = 0; rows[i].n_segs > 1 && k < rows[i].n_segs; k++) {
            b[m++] = (border){rows[i].segs[k].box.x0, 1};
            b[m++] = (border){rows[i].segs[k].box.x1, -1};
        }
    qsort(b, m, sizeof *b, by_x);
    out->n = 0;
    for (size_t i = 0; i < m; i++) {
        deep += b[i].step;
        if (b[i].step > 0 && deep == least + 1)
            out->p[out->n++].x0 = b[i].x;
        if (b[i].step < 0 && deep == least)
            out->p[out->n - 1].x1 = b[i].x;
    }
    return PL_OK;
}

/* The column in which most of a box lies; `inside` when it meets no other. */
static size_t strip_of(const strips *s, pl_box b, bool *inside)
{
    size_t best = 0, lo = 0, hi = s->n;
    pl_um most = -PL_UM_MAX;
    int met = 0;

    while (lo < hi) { /* the first column that ends right of the box's left edge */
        size_t mid = lo + (hi - lo) / 2;

        if (s->p[mid].x1 < b.x0)
            lo = mid + 1;
        else
            hi = mid;
    }
    lo -= lo > 0 && lo == s->n;
    for (size_t i = lo; i < s->n && (i == lo || s->p[i].x0 <= b.x1); i++) {
        pl_um shared = pl_um_shared(b.x0, b.x1, s->p[i].x0, s->p[i].x1);

        met += shared > 0;
        if (shared > most) {
            most = shared;
            best = i;
        }
    }
    *inside = met <= 1;
    return best;
}

/* What columns are told by. */
typedef enum side { SIDE_LEFT, SIDE_RIGHT, SIDE_MIDDLE, SIDE_COUNT } side;

static pl_um side_at(pl_box b, side s)
{
    switch (s) {
    case SIDE_LEFT:
        return b.x0;
    case SIDE_RIGHT:
        return b.x1;
    case SIDE_MIDDLE:
    case SIDE_COUNT:
        break;
    }
    return pl_box_mid_x(b);
}

static int by_value(const void *a, const void *b)
{
    pl_um l = *(const pl_um *)a, r = *(const pl_um *)b;

    return (l > r) - (l < r);
}

/* True when ALIGN_PART of the places lie within `near` of each other. Sorts them. */
static bool agree(pl_um *v, size_t n, pl_um near)
{
    size_t enough = (n * ALIGN_PART + 99) / 100;

    qsort(v, n, sizeof *v, by_value);
    for (size_t i = 0; i + enough <= n; i++)
        if (v[i + enough - 1] - v[i] <= 2 * near)
            return true;
    return false;
}

/* A segment and its column. */
typedef struct placed {
    const pl_seg *seg;
    size_t strip;
} placed;

static int by_strip(const void *a, const void *b)
{
    const placed *l = a, *r = b;

    if (l->strip != r->strip)
        return l->strip < r->strip ? -1 : 1;
    return (l->seg->box.x0 > r->seg->box.x0) - (l->seg->box.x0 < r->seg->box.x0);
}

static bool strip_agrees(const placed *p, size_t n, pl_um *v)
{
    pl_um near = (pl_um)((int64_t)p[0].seg->size * ALIGN_NEAR / 100);

    for (side s = SIDE_LEFT; s < SIDE_COUNT; s++) {
        for (size_t i = 0; i < n; i++)
            v[i] = side_at(p[i].seg->box, s);
        if (agree(v, n, near))
            return true;
    }
    return false;
}

/* True when segments lie in their columns, and columns are straight. */
static pl_status is_aligned(pl_ctx *cx, const pl_row *rows, size_t n, size_t several,
                            const strips *s, bool *yes)
{
    size_t total = 0, m = 0, good = 0;
    placed *p;
    pl_um *v;

    *yes = false;
    for (size_t i = 0; i < n; i++)
        total += rows[i].n_segs;
    p = PL_NEW_N(cx->arena, placed, total);
    v = PL_NEW_N(cx->arena, pl_um, total);
    if (!p || !v)
        return pl_fail_memory(cx);
    for (size_t i = 0; i < n; i++) {
        bool all = true;

        for (uint32_t k = 0; rows[i].n_segs > 1 && k < rows[i].n_segs; k++) {
            bool inside;

            p[m] = (placed){&rows[i].segs[k], strip_of(s, rows[i].segs[k].box, &inside)};
            all = all && inside && (k == 0 || p[m].strip != p[m - 1].strip);
            m++;
        }
        good += all && rows[i].n_segs > 1;
    }
    if (good * 100 < several * INSIDE_PART)
        return PL_OK;
    qsort(p, m, sizeof *p, by_strip);
    for (size_t i = 0; i < m;) {
        size_t len = 1;

        while (i + len < m && p[i + len].strip == p[i].strip)
            len++;
        if (!strip_agrees(&p[i], len, v))
            return PL_OK;
        i += len;
    }
    *yes = true;
    return PL_OK;
}

/* True for the mark of a list's item: `（1）`, `1.`, `•`. */
static bool is_mark(pl_str s)
{
    pl_numbering number = pl_numbering_at(s);

    return (number.kind != PL_NUMBERING_NONE && number.n == s.n) ||
           (pl_utf8_count(s) == 1 && !pl_is_cjk(pl_utf8_at(s, NULL)) &&
            !pl_is_digit(s.p[0]) && !pl_is_alpha(s.p[0]));
}

/* True when rows are the items of a list: a mark, a gap, a text. */
static bool is_list(const pl_row *rows, size_t n, size_t several)
{
    size_t marks = 0;

    for (size_t i = 0; i < n; i++)
        marks += rows[i].n_segs == 2 && is_mark(rows[i].segs[0].text);
    return marks * 2 > several;
}

/* The grid as it grows: for each column the cell of the row above. */
typedef struct filling {
    pl_sheet_table *t;
    const strips *s;
    pl_cell **above; /* not pointers into the vector: its room is made beforehand */
    pl_str path;
} filling;

/* Which columns a segment covers. */
static void seg_span(const strips *s, pl_box b, size_t *from, size_t *to)
{
    bool inside;

    *from = *to = strip_of(s, b, &inside);
    if (inside)
        return;
    while (*from > 0 && s->p[*from - 1].x1 > b.x0)
        --*from;
    while (*to + 1 < s->n && s->p[*to + 1].x0 < b.x1)
        ++*to;
}

static bool row_goes_on(const filling *f, const pl_row *row)
{
    size_t from, to;

    seg_span(f->s, row->segs[0].box, &from, &to);
    return f->t->rows > 0 && from > 0 && (size_t)row->n_segs * 2 < f->s->n;
}

static pl_status cell_extend(pl_ctx *cx, pl_cell *c, pl_str more)
{
    pl_str parts[] = {c->text.s, more};
    pl_str joints[] = {PL_S(""), PL_S("")};

    if (c->text.s.n == 0) {
        c->text.s = more;
        return PL_OK;
    }
    joints[1] = pl_layout_line_joint(parts[0], false, parts[1]);
    return pl_layout_concat(cx, parts, joints, 2, &c->text.s);
}

static pl_cell *cell_add(filling *f, size_t from, size_t to)
{
    pl_cell *c = &f->t->cells.p[f->t->cells.n++];

    *c = (pl_cell){.row = f->t->rows - 1,
                   .col = (uint32_t)from,
                   .rowspan = 1,
                   .colspan = (uint32_t)(to - from + 1),
                   .place = {.page = f->t->page + 1, .path = f->path}};
    for (size_t k = from; k <= to; k++)
        f->above[k] = c;
    return c;
}

static pl_status row_fill(pl_ctx *cx, filling *f, const pl_row *row)
{
    size_t next = 0;
    bool on = row_goes_on(f, row);

    f->t->rows += !on;
    for (uint32_t k = 0; k < row->n_segs; k++) {
        size_t from, to;

        seg_span(f->s, row->segs[k].box, &from, &to);
        if (on) {
            PL_TRY(cell_extend(cx, f->above[from], row->segs[k].text));
            continue;
        }
        if (from < next) { /* two segments in one column */
            PL_TRY(cell_extend(cx, f->above[from], row->segs[k].text));
            continue;
        }
        for (; next < from; next++)
            cell_add(f, next, next);
        cell_add(f, from, to)->text.s = row->segs[k].text;
        next = to + 1;
    }
    for (; !on && next < f->s->n; next++)
        cell_add(f, next, next);
    return PL_OK;
}

/* Edges between columns: the middle of the gap. */
static pl_status table_edges(pl_ctx *cx, pl_sheet_table *t, const strips *s)
{
    t->xs = PL_NEW_N(cx->arena, pl_um, s->n + 1);
    if (!t->xs)
        return pl_fail_memory(cx);
    t->xs[0] = s->p[0].x0;
    for (size_t i = 1; i < s->n; i++)
        t->xs[i] = s->p[i - 1].x1 + (s->p[i].x0 - s->p[i - 1].x1) / 2;
    t->xs[s->n] = s->p[s->n - 1].x1;
    return PL_OK;
}

static pl_status table_make(pl_ctx *cx, pl_layout_state *st, uint32_t page,
                            const pl_row *rows, size_t n, const strips *s,
                            pl_sheet_table **out)
{
    filling f = {.s = s, .path = st->sheets[page].in->path};
    size_t places = n * s->n;

    if (s->n > cx->limits.columns || places > cx->limits.cells - st->cells)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "more than %zu cells in tables",
                       cx->limits.cells);
    st->cells += places;
    f.t = PL_NEW(cx->arena, pl_sheet_table);
    f.above = PL_NEW_N(cx->arena, pl_cell *, s->n);
    if (!f.t || !f.above)
        return pl_fail_memory(cx);
    f.t->page = page;
    f.t->cols = (uint32_t)s->n;
    f.t->box = rows[0].box;
    f.t->open_top = f.t->open_bottom = f.t->aligned = true;
    f.t->cells.p = PL_NEW_N(cx->arena, pl_cell, places);
    if (!f.t->cells.p)
        return pl_fail_memory(cx);
    f.t->cells.cap = places;
    PL_TRY(table_edges(cx, f.t, s));
    for (size_t i = 0; i < n; i++) {
        f.t->box = pl_box_join(f.t->box, rows[i].box);
        PL_TRY(row_fill(cx, &f, &rows[i]));
    }
    *out = f.t;
    return PL_OK;
}

pl_status pl_layout_aligned(pl_ctx *cx, pl_layout_state *st, uint32_t page,
                            const pl_row *rows, size_t n, size_t *used,
                            pl_sheet_table **out)
{
    size_t several, len = group_length(rows, n, &several);
    strips s = {0};
    bool yes;

    *out = NULL;
    *used = len ? len : 1;
    if (several < ROWS_MIN || is_list(rows, len, several))
        return PL_OK;
    PL_TRY(strips_find(cx, rows, len, several, &s));
    if (s.n < 2)
        return PL_OK;
    PL_TRY(is_aligned(cx, rows, len, several, &s, &yes));
    if (!yes)
        return PL_OK;
    return table_make(cx, st, page, rows, len, &s, out);
}
