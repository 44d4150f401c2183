/* Grids and runs -> tables, and the rows of what stands outside them. */
#include "doc/layout_internal.h"

#include <stdlib.h>

#include "text/numbering.h"

/* Space between a cell's line and its text that is taken for granted, in micrometres:
 * word processors leave 1.9 mm unless told otherwise. */
enum { PAD_MAX = 2000 };

/* A run that crosses a cell's side by more than this part of an em, in percent, is two
 * words that were taken for one. */
enum { CROSS_MIN = 60 };

/* A run that lies in a cell of a grid. */
typedef struct hit {
    pl_layout_run run;
    uint32_t cell;
} hit;

typedef PL_VEC(hit) hits;

/* The runs of a page, sorted by their middle; taken ones have no text any more. */
typedef struct page_runs {
    pl_layout_run *p;
    size_t n;
} page_runs;

static int by_middle(const void *a, const void *b)
{
    const pl_layout_run *l = a, *r = b;
    pl_um lm = pl_box_mid_y(l->box), rm = pl_box_mid_y(r->box);

    if (lm != rm)
        return lm < rm ? -1 : 1;
    return (l->box.x0 > r->box.x0) - (l->box.x0 < r->box.x0);
}

static int by_cell(const void *a, const void *b)
{
    const hit *l = a, *r = b;

    if (l->cell != r->cell)
        return l->cell < r->cell ? -1 : 1;
    return by_middle(&l->run, &r->run);
}

static int64_t grid_area(const pl_rulegrid *g)
{
    return (int64_t)(g->xs[g->cols] - g->xs[0]) * (g->ys[g->rows] - g->ys[0]);
}

/* Small ones first: a table inside a frame takes its text before the frame does. */
static int by_area(const void *a, const void *b)
{
    const pl_rulegrid *l = a, *r = b;
    int64_t la = grid_area(l), ra = grid_area(r);

    if (la != ra)
        return la < ra ? -1 : 1;
    return (l->ys[0] > r->ys[0]) - (l->ys[0] < r->ys[0]);
}

static uint32_t band_of(const pl_um *edges, uint32_t n, pl_um at)
{
    uint32_t lo = 0, hi = n - 1;

    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;

        if (edges[mid + 1] <= at)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static uint32_t cell_at(const pl_rulegrid *g, pl_um x, pl_um y)
{
    return g->cell_of[(size_t)band_of(g->ys, g->rows, y) * g->cols +
                      band_of(g->xs, g->cols, x)];
}

/* Cut `run` at x: the first part is returned, the rest stays in it. */
static pl_layout_run run_cut(pl_layout_run *run, pl_um x)
{
    pl_layout_run first = *run;
    size_t at = pl_layout_cut_at(run->text, x - run->box.x0, run->box.x1 - run->box.x0);

    first.text.n = at;
    run->text = pl_str_tail(run->text, at);
    first.box.x1 = x;
    run->box.x0 = x;
    return first;
}

static pl_status hit_add(pl_ctx *cx, hits *h, pl_layout_run run, uint32_t cell)
{
    hit *added;

    if (pl_str_trim(run.text).n == 0)
        return PL_OK;
    added = PL_VEC_ADD(cx->arena, h);
    if (!added)
        return pl_fail_memory(cx);
    *added = (hit){run, cell};
    return PL_OK;
}

/* Put a run of the grid into its cells. */
static pl_status run_place(pl_ctx *cx, const pl_rulegrid *g, pl_layout_run run, hits *h)
{
    pl_um y = pl_box_mid_y(run.box), cross = (pl_um)((int64_t)run.size * CROSS_MIN / 100);

    for (uint32_t guard = 0; guard < g->cols; guard++) {
        pl_um from = run.box.x0 + cross, x1;
        uint32_t cell;
        const pl_cell *c;

        if (from > pl_box_mid_x(run.box))
            from = pl_box_mid_x(run.box);
        cell = cell_at(g, from, y);
        c = &g->cells.p[cell];
        x1 = g->xs[c->col + c->colspan];
        if (run.box.x1 <= x1 + cross || c->col + c->colspan >= g->cols)
            return hit_add(cx, h, run, cell);
        PL_TRY(hit_add(cx, h, run_cut(&run, x1), cell));
        if (run.text.n == 0)
            return PL_OK;
    }
    return hit_add(cx, h, run, cell_at(g, pl_box_mid_x(run.box), y));
}

/* Index of the first run whose middle is at y or below. */
static size_t runs_from(const page_runs *r, pl_um y)
{
    size_t lo = 0, hi = r->n;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;

        if (pl_box_mid_y(r->p[mid].box) < y)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static bool run_inside(const pl_rulegrid *g, const pl_layout_run *r)
{
    pl_um x = pl_box_mid_x(r->box);

    return r->text.n && x >= g->xs[0] && x <= g->xs[g->cols];
}

/* The runs that lie in the grid, sorted by cell. */
static pl_status hits_of(pl_ctx *cx, pl_layout_state *st, const pl_rulegrid *g,
                         const page_runs *r, hits *out)
{
    for (size_t i = runs_from(r, g->ys[0]);
         i < r->n && pl_box_mid_y(r->p[i].box) <= g->ys[g->rows]; i++) {
        if (st->work-- == 0)
            return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "too many tables in one place");
        if (run_inside(g, &r->p[i]))
            PL_TRY(run_place(cx, g, r->p[i], out));
    }
    if (out->n)
        qsort(out->p, out->n, sizeof *out->p, by_cell);
    return PL_OK;
}

static void hits_take(const pl_rulegrid *g, page_runs *r)
{
    for (size_t i = runs_from(r, g->ys[0]);
         i < r->n && pl_box_mid_y(r->p[i].box) <= g->ys[g->rows]; i++)
        if (run_inside(g, &r->p[i]))
            r->p[i].text.n = 0;
}

/* How a line that may be `width` wide ends. */
static pl_tail tail_of(const pl_row *line, pl_um width)
{
    const pl_seg *last = &line->segs[line->n_segs - 1];
    pl_um space = last->spaced ? last->size / 2 : 0;

    return (pl_tail){.room = width - (line->box.x1 - line->box.x0) - space,
                     .size = last->size,
                     .spaced = last->spaced};
}

pl_status pl_layout_cell_text(pl_ctx *cx, const pl_row *rows, size_t n, pl_um width,
                              pl_text *out)
{
    pl_str *parts = PL_NEW_N(cx->arena, pl_str, n);
    pl_str *joints = PL_NEW_N(cx->arena, pl_str, n);

    if (!parts || !joints)
        return pl_fail_memory(cx);
    for (size_t i = 0; i < n; i++) {
        pl_tail before;

        PL_TRY(pl_layout_row_text(cx, &rows[i], &parts[i]));
        if (i == 0)
            continue;
        before = tail_of(&rows[i - 1], width);
        if (pl_layout_had_room(parts[i - 1], before.room, parts[i],
                               rows[i].segs[0].size) ||
            (pl_layout_ends_sentence(parts[i - 1]) &&
             pl_numbering_at(parts[i]).kind != PL_NUMBERING_NONE))
            joints[i] = PL_S("\n");
        else
            joints[i] = pl_layout_line_joint(parts[i - 1], before.spaced, parts[i]);
    }
    return pl_layout_concat(cx, parts, joints, n, &out->s);
}

/* Lines of each cell, and the least space that any leaves to its cell's sides. */
static pl_status cell_rows(pl_ctx *cx, const pl_rulegrid *g, const hits *h, pl_rows *rows,
                           pl_um *pad)
{
    pl_layout_run *runs = PL_NEW_N(cx->arena, pl_layout_run, h->n);

    if (!runs)
        return pl_fail_memory(cx);
    for (size_t i = 0; i < h->n; i++)
        runs[i] = h->p[i].run;
    for (size_t i = 0; i < h->n;) {
        uint32_t at = h->p[i].cell;
        const pl_cell *c = &g->cells.p[at];
        size_t n = 1;

        while (i + n < h->n && h->p[i + n].cell == at)
            n++;
        PL_TRY(pl_layout_rows(cx, &runs[i], n, &rows[at]));
        for (size_t k = 0; k < rows[at].n; k++) {
            pl_box b = rows[at].p[k].box;
            pl_um left = b.x0 - g->xs[c->col], right = g->xs[c->col + c->colspan] - b.x1;

            *pad = left < *pad ? left : *pad;
            *pad = right < *pad ? right : *pad;
        }
        i += n;
    }
    *pad = *pad < 0 ? 0 : *pad;
    return PL_OK;
}

static pl_status table_fill(pl_ctx *cx, pl_layout_state *st, uint32_t page,
                            pl_rulegrid *g, const hits *h, pl_tails *tails)
{
    pl_rows *rows = PL_NEW_N(cx->arena, pl_rows, g->cells.n);
    pl_um pad = PAD_MAX;

    if (!rows)
        return pl_fail_memory(cx);
    PL_TRY(cell_rows(cx, g, h, rows, &pad));
    PL_TRY(pl_layout_split(cx, g, &rows));
    tails->p = PL_NEW_N(cx->arena, pl_tail, g->cells.n);
    if (!tails->p)
        return pl_fail_memory(cx);
    tails->n = tails->cap = g->cells.n;
    for (size_t i = 0; i < g->cells.n; i++) {
        pl_cell *c = &g->cells.p[i];
        pl_um width = g->xs[c->col + c->colspan] - g->xs[c->col] - 2 * pad;

        c->place.page = page + 1;
        c->place.path = st->sheets[page].in->path;
        if (rows[i].n == 0)
            continue;
        PL_TRY(pl_layout_cell_text(cx, rows[i].p, rows[i].n, width, &c->text));
        tails->p[i] = tail_of(&rows[i].p[rows[i].n - 1], width);
        tails->p[i].lines = (uint32_t)rows[i].n;
    }
    return PL_OK;
}

static size_t cells_hit(const hits *h)
{
    size_t n = 0;

    for (size_t i = 0; i < h->n; i++)
        n += i == 0 || h->p[i].cell != h->p[i - 1].cell;
    return n;
}

/* The table of a grid, taking its runs; none where fewer than two cells have text (a
 * frame, a chart). */
static pl_status table_make(pl_ctx *cx, pl_layout_state *st, uint32_t page,
                            pl_rulegrid *g, page_runs *r)
{
    pl_sheet *sheet = &st->sheets[page];
    pl_box box = {g->xs[0], g->ys[0], g->xs[g->cols], g->ys[g->rows]};
    pl_sheet_table *t, **added;
    pl_tails tails = {0};
    hits h = {0};

    PL_TRY(hits_of(cx, st, g, r, &h));
    if (cells_hit(&h) < 2)
        return PL_OK;
    hits_take(g, r);
    PL_TRY(table_fill(cx, st, page, g, &h, &tails));
    t = PL_NEW(cx->arena, pl_sheet_table);
    added = PL_VEC_ADD(cx->arena, &sheet->tables);
    if (!t || !added)
        return pl_fail_memory(cx);
    *t = (pl_sheet_table){.box = box,
                          .page = page,
                          .xs = g->xs,
                          .rows = g->rows,
                          .cols = g->cols,
                          .cells = g->cells,
                          .tails = tails,
                          .open_top = g->open_top,
                          .open_bottom = g->open_bottom};
    *added = t;
    return PL_OK;
}

/* A table stands where it begins, a line where its middle is. */
static pl_um row_key(const pl_row *r)
{
    return r->table ? r->box.y0 : pl_box_mid_y(r->box);
}

static int by_key(const void *a, const void *b)
{
    pl_um l = row_key(a), r = row_key(b);

    if (l != r)
        return l < r ? -1 : 1;
    l = ((const pl_row *)a)->box.x0;
    r = ((const pl_row *)b)->box.x0;
    return (l > r) - (l < r);
}

static pl_status rows_of_rest(pl_ctx *cx, pl_sheet *sheet, const page_runs *r)
{
    size_t kept = 0;

    for (size_t i = 0; i < r->n; i++)
        if (r->p[i].text.n)
            r->p[kept++] = r->p[i];
    PL_TRY(pl_layout_rows(cx, r->p, kept, &sheet->rows));
    for (size_t i = 0; i < sheet->tables.n; i++) {
        pl_row *row = PL_VEC_ADD(cx->arena, &sheet->rows);

        if (!row)
            return pl_fail_memory(cx);
        *row = (pl_row){.box = sheet->tables.p[i]->box, .table = sheet->tables.p[i]};
    }
    if (sheet->tables.n)
        qsort(sheet->rows.p, sheet->rows.n, sizeof *sheet->rows.p, by_key);
    return PL_OK;
}

pl_status pl_layout_cells(pl_ctx *cx, pl_layout_state *st, uint32_t page)
{
    pl_sheet *sheet = &st->sheets[page];
    page_runs r = {.n = sheet->in->runs.n};
    pl_rulegrids grids = {0};

    if (r.n == 0)
        return PL_OK;
    PL_TRY(pl_layout_grids(cx, st, &sheet->in->rules, &grids));
    r.p = PL_NEW_N(cx->arena, pl_layout_run, r.n);
    if (!r.p)
        return pl_fail_memory(cx);
    memcpy(r.p, sheet->in->runs.p, r.n * sizeof *r.p);
    qsort(r.p, r.n, sizeof *r.p, by_middle);
    if (grids.n)
        qsort(grids.p, grids.n, sizeof *grids.p, by_area);
    for (size_t i = 0; i < grids.n; i++)
        PL_TRY(table_make(cx, st, page, &grids.p[i], &r));
    return rows_of_rest(cx, sheet, &r);
}
