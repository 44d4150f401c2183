/* Rows that no line parts: in tables with upright lines only (and one under the header)
 * a whole column of figures stands in one cell. Where the lines of all cells of such a
 * row stand at the same heights, each height is a row. */
#include "doc/layout_internal.h"

enum {
    LINES_MIN = 3,    /* two lines in each cell are a header set in two lines */
    FILLED_PART = 80, /* percent of the places that have text */
};

/* A row of a grid and its lines. */
typedef struct band {
    size_t first, n;      /* its cells that go down no further */
    const pl_rows *lines; /* of every cell of the grid */
    const pl_rows *most;  /* the lines of the cell that has most of them */
} band;

/* Index of the line of the fullest cell that stands at the height of `row`; its count
 * when none does. */
static size_t height_of(const pl_rows *most, const pl_row *row, size_t from)
{
    pl_um y = pl_box_mid_y(row->box), near = row->segs[0].size / 2;

    for (size_t i = from; i < most->n; i++) {
        pl_um off = pl_box_mid_y(most->p[i].box) - y;

        if (off <= near && off >= -near)
            return i;
    }
    return most->n;
}

/* True when each line of a cell stands at a height of its own; `figures` when all of them
 * are figures. */
static bool lines_agree(const pl_rows *most, const pl_rows *lines, bool *figures)
{
    size_t at = 0;

    *figures = lines->n == most->n;
    for (size_t i = 0; i < lines->n; i++) {
        at = height_of(most, &lines->p[i], at);
        if (at++ == most->n)
            return false;
        /* the first one may be the column's header */
        *figures = *figures && (i == 0 || pl_layout_is_figure(lines->p[i].segs[0].text));
    }
    return true;
}

/* Into how many rows a band parts; 1 when it is one. */
static size_t band_rows(const pl_rulegrid *g, const band *b)
{
    size_t filled = 0, cells = 0;
    bool any_figures = false, figures;

    if (!b->most || b->most->n < LINES_MIN)
        return 1;
    for (size_t i = b->first; i < b->first + b->n; i++) {
        if (g->cells.p[i].rowspan > 1)
            continue;
        if (!lines_agree(b->most, &b->lines[i], &figures))
            return 1;
        any_figures = any_figures || figures;
        filled += b->lines[i].n;
        cells++;
    }
    return cells > 1 && any_figures && filled * 100 >= cells * b->most->n * FILLED_PART
               ? b->most->n
               : 1;
}

/* The cells of row r: from `first` on. */
static band band_of(const pl_rulegrid *g, const pl_rows *lines, size_t first)
{
    band b = {.first = first, .lines = lines};

    while (first + b.n < g->cells.n &&
           g->cells.p[first + b.n].row == g->cells.p[first].row) {
        const pl_rows *l = &lines[first + b.n];

        if (g->cells.p[first + b.n++].rowspan == 1 && (!b.most || l->n > b.most->n))
            b.most = l;
    }
    return b;
}

/* The new first row of each row of the grid; start[rows] is their new number. */
static pl_status starts_find(pl_ctx *cx, const pl_rulegrid *g, const pl_rows *lines,
                             uint32_t **out)
{
    uint32_t *start = PL_NEW_N(cx->arena, uint32_t, (size_t)g->rows + 1), r = 0;

    if (!start)
        return pl_fail_memory(cx);
    for (size_t i = 0; i < g->cells.n;) {
        band b = band_of(g, lines, i);
        uint32_t row = g->cells.p[i].row;

        for (; r < row; r++) /* rows that cells from above fill */
            start[r + 1] = start[r] + 1;
        start[row + 1] = start[row] + (uint32_t)band_rows(g, &b);
        r = row + 1;
        i += b.n;
    }
    for (; r < g->rows; r++)
        start[r + 1] = start[r] + 1;
    *out = start;
    return PL_OK;
}

/* Cells as they are built anew. */
typedef struct built {
    pl_cells cells;
    PL_VEC(pl_rows) lines;
} built;

static pl_status cell_put(pl_ctx *cx, built *to, pl_cell cell, pl_rows lines)
{
    pl_cell *c = PL_VEC_ADD(cx->arena, &to->cells);
    pl_rows *l = PL_VEC_ADD(cx->arena, &to->lines);

    if (!c || !l)
        return pl_fail_memory(cx);
    *c = cell;
    *l = lines;
    return PL_OK;
}

/* The lines of cell i of a band that belong to its row `part` of `parts`: all, or the one
 * that stands at its height. `next` counts those that are placed. */
static pl_rows part_lines(const band *b, size_t i, uint32_t part, uint32_t parts,
                          size_t *next)
{
    const pl_rows *all = &b->lines[b->first + i];
    pl_rows one = {0};

    if (parts == 1)
        return *all;
    if (next[i] < all->n && height_of(b->most, &all->p[next[i]], part) == part) {
        one.p = &all->p[next[i]++];
        one.n = 1;
    }
    return one;
}

/* A band into the new table, row by row. Cells that go down further begin in its first
 * one. */
static pl_status band_put(pl_ctx *cx, built *to, const pl_rulegrid *g, const band *b,
                          const uint32_t *start)
{
    uint32_t row = g->cells.p[b->first].row, parts = start[row + 1] - start[row];
    size_t *next = PL_NEW_N(cx->arena, size_t, b->n);

    if (!next)
        return pl_fail_memory(cx);
    for (uint32_t part = 0; part < parts; part++)
        for (size_t i = 0; i < b->n; i++) {
            pl_cell cell = g->cells.p[b->first + i];
            bool down = cell.rowspan > 1;

            if (down && part > 0)
                continue;
            cell.row = start[row] + part;
            cell.rowspan = down ? start[row + cell.rowspan] - start[row] : 1;
            PL_TRY(
                cell_put(cx, to, cell, part_lines(b, i, part, down ? 1 : parts, next)));
        }
    return PL_OK;
}

pl_status pl_layout_split(pl_ctx *cx, pl_rulegrid *g, pl_rows **lines)
{
    uint32_t *start = NULL;
    built to = {0};

    PL_TRY(starts_find(cx, g, *lines, &start));
    if (start[g->rows] == g->rows)
        return PL_OK;
    for (size_t i = 0; i < g->cells.n;) {
        band b = band_of(g, *lines, i);

        PL_TRY(band_put(cx, &to, g, &b, start));
        i += b.n;
    }
    g->cells = to.cells;
    g->rows = start[g->rows];
    *lines = to.lines.p;
    return PL_OK;
}
