/* A table of data: its cells onto a grid, as the WHATWG HTML standard does it (section
 * 4.9.12, forming a table), bounded by the limits for rows and columns. */
#include "doc/html_internal.h"

enum {
    COLSPAN_MAX = 1000, /* the standard's own ceilings */
    ROWSPAN_MAX = 65534
};

typedef struct forming {
    pl_html_reader *r;
    pl_table *t;
    uint32_t *until;   /* by column: first row that is free again below a spanning cell */
    uint32_t *last_of; /* by section: its last row */
    uint32_t cols_max;
    uint32_t col; /* next column in this row */
} forming;

static uint32_t count_cells(const pl_html_page *pg, uint32_t node, uint32_t *sections)
{
    pl_html_cells it;
    uint32_t n = 0;

    pl_html_cells_begin(pg, node, &it);
    while (pl_html_cells_next(&it))
        n++;
    *sections = it.parts + 1;
    return n;
}

/* Rows that cells may span down to: the last of their section that has cells. */
static void find_last_rows(const pl_html_page *pg, uint32_t node, uint32_t *last_of)
{
    pl_html_cells it;

    pl_html_cells_begin(pg, node, &it);
    while (pl_html_cells_next(&it))
        last_of[it.section] = it.row;
}

static pl_status too_large(const forming *f)
{
    return pl_fail(
        f->r->cx, PL_ELIMIT, PL_NOPOS,
        "table %u of the page is too large: more than %zu cells or %zu columns",
        f->t->number, f->r->cx->limits.cells, f->r->cx->limits.columns);
}

/* The cell's place: the first free column, and the columns and rows it covers. */
static pl_status place_cell(forming *f, const pl_html_cells *it, pl_cell *c)
{
    const pl_html_page *pg = &f->r->pg;
    bool rest = false;
    uint32_t rows_left = f->last_of[it->section] - it->row + 1;

    while (f->col < f->cols_max && f->until[f->col] > it->row)
        f->col++;
    if (f->col >= f->cols_max)
        return too_large(f);
    c->row = it->row;
    c->col = f->col;
    c->colspan = pl_html_span(pg, it->cell, PL_S("colspan"), COLSPAN_MAX, NULL);
    c->rowspan = pl_html_span(pg, it->cell, PL_S("rowspan"), ROWSPAN_MAX, &rest);
    if (rest || c->rowspan > rows_left)
        c->rowspan = rows_left;
    if (c->colspan > f->cols_max - f->col)
        c->colspan = f->cols_max - f->col;
    for (uint32_t k = 1; k < c->colspan; k++) /* a cell from above stops it */
        if (f->until[f->col + k] > it->row) {
            c->colspan = k;
            break;
        }
    if (c->rowspan > 1)
        for (uint32_t k = 0; k < c->colspan; k++)
            f->until[f->col + k] = it->row + c->rowspan;
    f->col += c->colspan;
    return PL_OK;
}

static pl_status fill_cell(forming *f, const pl_html_cells *it, pl_cell *c)
{
    pl_html_reader *r = f->r;
    const pl_html_node *n = &r->pg.nodes[it->cell];

    c->place = pl_html_place(&r->t, n->at, 0);
    pl_html_text_clear(&r->t);
    pl_html_collect(&r->pg, it->cell + 1, n->end, &r->t);
    PL_TRY(pl_html_text_keep(&r->t, &c->text));
    c->header = n->tag == PL_HTML_TH || it->head;
    if (c->text.n_runs)
        c->place = pl_text_place(&c->text, &c->place, 0, c->text.s.n);
    return PL_OK;
}

static pl_status read_cells(forming *f, uint32_t node)
{
    const size_t most = f->r->cx->limits.cells;
    uint32_t row = PL_HTML_NONE;
    pl_html_cells it;

    pl_html_cells_begin(&f->r->pg, node, &it);
    while (pl_html_cells_next(&it)) {
        pl_cell *c = &f->t->cells.p[f->t->cells.n++];

        if (it.row != row)
            f->col = 0;
        row = it.row;
        PL_TRY(place_cell(f, &it, c));
        if (f->col > f->t->cols)
            f->t->cols = f->col;
        if ((uint64_t)f->t->cols * (it.row + 1) > most)
            return too_large(f);
        PL_TRY(fill_cell(f, &it, c));
    }
    f->t->rows = row == PL_HTML_NONE ? 0 : row + 1;
    return PL_OK;
}

/* Columns and rows in which no cell begins say nothing: take them out, and make the cells
 * that span them smaller. `map` has one place more than there are columns or rows. */
static void squeeze(pl_table *t, uint32_t *map, bool cols)
{
    uint32_t n = cols ? t->cols : t->rows, kept = 0;

    for (size_t i = 0; i < t->cells.n; i++)
        map[cols ? t->cells.p[i].col : t->cells.p[i].row] = 1;
    for (uint32_t i = 0; i <= n; i++) {
        uint32_t used = i < n ? map[i] : 0;

        map[i] = kept;
        kept += used;
    }
    for (size_t i = 0; i < t->cells.n; i++) {
        pl_cell *c = &t->cells.p[i];
        uint32_t *at = cols ? &c->col : &c->row, *span = cols ? &c->colspan : &c->rowspan;
        uint32_t end = map[*at + *span];

        *at = map[*at];
        *span = end > *at ? end - *at : 1;
    }
    if (cols)
        t->cols = kept;
    else
        t->rows = kept;
}

static pl_status squeeze_both(pl_html_reader *r, pl_table *t)
{
    uint32_t *cols = PL_NEW_N(r->cx->arena, uint32_t, (size_t)t->cols + 1);
    uint32_t *rows = PL_NEW_N(r->cx->arena, uint32_t, (size_t)t->rows + 1);

    if (!cols || !rows)
        return pl_fail_memory(r->cx);
    squeeze(t, cols, true);
    squeeze(t, rows, false);
    return PL_OK;
}

/* Places that no cell covers: rows came out of different widths. */
static void tell_ragged(pl_table *t)
{
    for (size_t i = 0; i < (size_t)t->rows * t->cols && !t->ragged; i++)
        t->ragged = t->grid[i] == 0;
}

/* Cells know where they stand once the grid is made. */
static void tell_places(pl_table *t)
{
    for (size_t i = 0; i < t->cells.n; i++) {
        pl_cell *c = &t->cells.p[i];

        c->place.table = t->number;
        c->place.row = c->row + 1;
        c->place.col = c->col + 1;
    }
}

static pl_status form(pl_html_reader *r, uint32_t node, pl_table *t)
{
    forming f = {.r = r, .t = t, .cols_max = (uint32_t)r->cx->limits.columns};
    uint32_t sections, n = count_cells(&r->pg, node, &sections);

    r->cells += n;
    if (r->cells > r->cx->limits.cells)
        return too_large(&f);
    t->cells.p = PL_NEW_N(r->cx->arena, pl_cell, n);
    t->cells.cap = n;
    f.until = PL_NEW_N(r->cx->arena, uint32_t, f.cols_max);
    f.last_of = PL_NEW_N(r->cx->arena, uint32_t, sections);
    if (!t->cells.p || !f.until || !f.last_of)
        return pl_fail_memory(r->cx);
    find_last_rows(&r->pg, node, f.last_of);
    PL_TRY(read_cells(&f, node));
    PL_TRY(squeeze_both(r, t));
    PL_TRY(pl_table_grid(r->cx, t));
    tell_ragged(t);
    tell_places(t);
    return PL_OK;
}

pl_status pl_html_table(pl_html_reader *r, uint32_t node)
{
    pl_table *t = PL_NEW(r->cx->arena, pl_table);
    pl_block *b;

    if (!t)
        return pl_fail_memory(r->cx);
    t->number = r->d->n_tables + 1;
    PL_TRY(form(r, node, t));
    r->d->n_tables++;
    b = pl_doc_add(r->cx, r->d, PL_BLOCK_TABLE);
    if (!b)
        return pl_fail_memory(r->cx);
    b->table = t;
    b->place = pl_html_place(&r->t, r->pg.nodes[node].at, 0);
    b->place.table = t->number;
    if (t->ragged)
        return pl_doc_odd(
            r->cx, r->d, PL_S("table.ragged"),
            PL_S("表格各行的格数不一致,按网页的排法理解"),
            PL_S("rows of the table have different numbers of cells; read as "
                 "a browser shows them"),
            b->place);
    return PL_OK;
}
