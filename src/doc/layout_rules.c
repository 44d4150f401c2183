/* Ruled lines -> grids.
 *
 * Pieces of one line are joined; lines that meet make a component; the distinct places
 * of its lines are the edges of a grid; where no line stands between two places of the
 * grid they belong to one cell. */
#include "doc/layout_internal.h"

#include <stdlib.h>

/* Micrometres. */
enum {
    SAME_LINE = 350,  /* pieces of one line lie within this */
    PIECE_GAP = 1000, /* dashes and corners */
    LINE_MIN = 3000,  /* shorter ones are marks, not table lines */
    TOUCH = 1000,     /* lines that end so near each other meet */
    SAME_EDGE = 1200, /* a double line is one edge */
    OPEN_SIDE = 3000  /* lines that reach out so far have an unruled column there */
};

/* At least so much of a cell's side is ruled where two cells are two, in percent. */
enum { RULED_PART = 60 };

/* A level line at y = `at` from x = `from` to `to`, or an upright one with x and y
 * exchanged. */
typedef struct edge {
    pl_um at, from, to;
    uint32_t root; /* of its component */
} edge;

typedef PL_VEC(edge) edges;

static int by_place(const void *a, const void *b)
{
    const edge *l = a, *r = b;

    if (l->at != r->at)
        return l->at < r->at ? -1 : 1;
    if (l->from != r->from)
        return l->from < r->from ? -1 : 1;
    return (l->to > r->to) - (l->to < r->to);
}

static int by_start(const void *a, const void *b)
{
    const edge *l = a, *r = b;

    return l->from != r->from ? (l->from < r->from ? -1 : 1) : by_place(a, b);
}

static int by_root(const void *a, const void *b)
{
    const edge *l = a, *r = b;

    return l->root != r->root ? (l->root < r->root ? -1 : 1) : by_place(a, b);
}

/* The level or the upright ones among rules. */
static pl_status edges_pick(pl_ctx *cx, const pl_layout_rules *rules, bool level,
                            edges *out)
{
    for (size_t i = 0; i < rules->n; i++) {
        const pl_layout_rule *r = &rules->p[i];
        edge *e;

        if (level ? r->y0 != r->y1 || r->x0 == r->x1 : r->x0 != r->x1 || r->y0 == r->y1)
            continue;
        e = PL_VEC_ADD(cx->arena, out);
        if (!e)
            return pl_fail_memory(cx);
        *e = level ? (edge){.at = r->y0, .from = r->x0, .to = r->x1}
                   : (edge){.at = r->x0, .from = r->y0, .to = r->y1};
        if (e->from > e->to) {
            pl_um swap = e->from;

            e->from = e->to;
            e->to = swap;
        }
    }
    return PL_OK;
}

/* Join the pieces p[0..n) of one line, sorted by start, in place; how many are left. */
static size_t pieces_join(edge *p, size_t n)
{
    size_t kept = 0;
    pl_um longest = 0;

    for (size_t i = 0; i < n; i++) {
        pl_um len = p[i].to - p[i].from;

        if (i && p[i].from <= p[kept].to + PIECE_GAP) {
            if (p[i].to > p[kept].to)
                p[kept].to = p[i].to;
            if (len > longest)
                p[kept].at = p[i].at;
        } else {
            if (i)
                kept++;
            p[kept] = p[i];
            longest = 0;
        }
        if (len > longest)
            longest = len;
    }
    return kept + 1;
}

/* Join pieces, drop short lines; sorted by place. */
static void edges_join(edges *e)
{
    size_t kept = 0;

    if (e->n == 0)
        return;
    qsort(e->p, e->n, sizeof *e->p, by_place);
    for (size_t i = 0; i < e->n;) {
        size_t n = 1, left;

        while (i + n < e->n && e->p[i + n].at - e->p[i].at <= SAME_LINE)
            n++;
        qsort(&e->p[i], n, sizeof *e->p, by_start);
        left = pieces_join(&e->p[i], n);
        for (size_t k = 0; k < left; k++)
            if (e->p[i + k].to - e->p[i + k].from >= LINE_MIN)
                e->p[kept++] = e->p[i + k];
        i += n;
    }
    e->n = kept;
    if (kept)
        qsort(e->p, kept, sizeof *e->p, by_place);
}

static uint32_t root_of(uint32_t *parent, uint32_t i)
{
    while (parent[i] != i) {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    return i;
}

/* The first of sorted edges at or after `at`. */
static size_t first_from(const edges *e, pl_um at)
{
    size_t lo = 0, hi = e->n;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;

        if (e->p[mid].at < at)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* Give every edge the root of its component; sort both by it. */
static pl_status edges_meet(pl_ctx *cx, pl_layout_state *st, edges *level, edges *upright)
{
    size_t n = level->n + upright->n;
    uint32_t *parent = PL_NEW_N(cx->arena, uint32_t, n);

    if (!parent)
        return pl_fail_memory(cx);
    for (size_t i = 0; i < n; i++)
        parent[i] = (uint32_t)i;
    for (size_t i = 0; i < level->n; i++) {
        const edge *h = &level->p[i];
        size_t k = first_from(upright, h->from - TOUCH);

        for (; k < upright->n && upright->p[k].at <= h->to + TOUCH; k++) {
            const edge *v = &upright->p[k];

            if (st->work-- == 0)
                return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "too many ruled lines cross");
            if (v->from - TOUCH <= h->at && h->at <= v->to + TOUCH)
                parent[root_of(parent, (uint32_t)(level->n + k))] =
                    root_of(parent, (uint32_t)i);
        }
    }
    for (size_t i = 0; i < level->n; i++)
        level->p[i].root = root_of(parent, (uint32_t)i);
    for (size_t k = 0; k < upright->n; k++)
        upright->p[k].root = root_of(parent, (uint32_t)(level->n + k));
    qsort(level->p, level->n, sizeof *level->p, by_root);
    qsort(upright->p, upright->n, sizeof *upright->p, by_root);
    return PL_OK;
}

/* Distinct places of n edges sorted by place, with those where the edges across them
 * begin and end when they reach out. `first_open` and `last_open` say whether those were
 * added. PL_ENOMEM. */
static pl_status places_of(pl_ctx *cx, const edge *e, size_t n, const edge *across,
                           size_t n_across, bool *first_open, bool *last_open,
                           pl_um **out, uint32_t *n_out)
{
    pl_um lo = PL_UM_MAX, hi = -PL_UM_MAX;
    pl_um *p = PL_NEW_N(cx->arena, pl_um, n + 2);
    uint32_t m = 0;

    if (!p)
        return pl_fail_memory(cx);
    for (size_t i = 0; i < n_across; i++) {
        lo = across[i].from < lo ? across[i].from : lo;
        hi = across[i].to > hi ? across[i].to : hi;
    }
    *first_open = n == 0 || (n_across && lo < e[0].at - OPEN_SIDE);
    *last_open = n == 0 || (n_across && hi > e[n - 1].at + OPEN_SIDE);
    if (*first_open)
        p[m++] = lo;
    for (size_t i = 0; i < n;) {
        size_t k = i;

        while (k + 1 < n && e[k + 1].at - e[i].at <= SAME_EDGE)
            k++;
        p[m++] = e[i].at + (e[k].at - e[i].at) / 2;
        i = k + 1;
    }
    if (*last_open)
        p[m++] = hi;
    *out = p;
    *n_out = m;
    return PL_OK;
}

static uint32_t nearest(const pl_um *p, uint32_t n, pl_um at)
{
    uint32_t lo = 0, hi = n - 1;

    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;

        if (p[mid] + (p[mid + 1] - p[mid]) / 2 < at)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* For each side of the grid's places: is it ruled? ruled[line * n_across + place]. */
static pl_status ruled_sides(pl_ctx *cx, const edge *e, size_t n, const pl_um *lines,
                             uint32_t n_lines, const pl_um *across, uint32_t n_places,
                             bool **out)
{
    size_t total = (size_t)n_lines * n_places;
    pl_um *covered = PL_NEW_N(cx->arena, pl_um, total);
    bool *ruled = PL_NEW_N(cx->arena, bool, total);

    if (!covered || !ruled)
        return pl_fail_memory(cx);
    for (size_t i = 0; i < n; i++) {
        uint32_t line = nearest(lines, n_lines, e[i].at);
        uint32_t k = nearest(across, n_places + 1, e[i].from);

        for (k -= k > 0; k < n_places && across[k] < e[i].to; k++) {
            pl_um *c = &covered[(size_t)line * n_places + k];
            pl_um by = pl_um_shared(e[i].from, e[i].to, across[k], across[k + 1]);

            if (by > 0 && *c < PL_UM_MAX)
                *c += by;
        }
    }
    for (size_t i = 0; i < total; i++) {
        uint32_t k = (uint32_t)(i % n_places);

        ruled[i] = (int64_t)covered[i] * 100 >=
                   (int64_t)(across[k + 1] - across[k]) * RULED_PART;
    }
    *out = ruled;
    return PL_OK;
}

/* A grid and its ruled sides. */
typedef struct sides {
    pl_rulegrid *g;
    const bool *under;  /* under[r * cols + c]: a line over place (r, c) */
    const bool *before; /* before[c * rows + r]: a line left of it */
} sides;

static bool is_free(const sides *s, uint32_t r, uint32_t c)
{
    return s->g->cell_of[(size_t)r * s->g->cols + c] == UINT32_MAX;
}

/* True when row r goes on with a cell over columns c .. c + span - 1 from above. */
static bool goes_down(const sides *s, uint32_t r, uint32_t c, uint32_t span)
{
    for (uint32_t k = c; k < c + span; k++) {
        if (!is_free(s, r, k) || s->under[(size_t)r * s->g->cols + k])
            return false;
        if (k > c && s->before[(size_t)k * s->g->rows + r])
            return false;
    }
    return true;
}

static pl_status cell_open(pl_ctx *cx, const sides *s, uint32_t r, uint32_t c)
{
    pl_rulegrid *g = s->g;
    pl_cell *cell = PL_VEC_ADD(cx->arena, &g->cells);
    uint32_t across = 1, down = 1;

    if (!cell)
        return pl_fail_memory(cx);
    while (c + across < g->cols && !s->before[(size_t)(c + across) * g->rows + r] &&
           is_free(s, r, c + across))
        across++;
    while (r + down < g->rows && goes_down(s, r + down, c, across))
        down++;
    cell->row = r;
    cell->col = c;
    cell->rowspan = down;
    cell->colspan = across;
    for (uint32_t i = 0; i < down; i++)
        for (uint32_t k = 0; k < across; k++)
            g->cell_of[(size_t)(r + i) * g->cols + c + k] = (uint32_t)(g->cells.n - 1);
    return PL_OK;
}

static pl_status grid_cells(pl_ctx *cx, const sides *s)
{
    pl_rulegrid *g = s->g;
    size_t n = (size_t)g->rows * g->cols;

    g->cell_of = PL_NEW_N(cx->arena, uint32_t, n);
    if (!g->cell_of)
        return pl_fail_memory(cx);
    memset(g->cell_of, 0xff, n * sizeof *g->cell_of);
    for (uint32_t r = 0; r < g->rows; r++)
        for (uint32_t c = 0; c < g->cols; c++)
            if (is_free(s, r, c))
                PL_TRY(cell_open(cx, s, r, c));
    return PL_OK;
}

static pl_status grid_size_check(pl_ctx *cx, pl_layout_state *st, uint32_t nx,
                                 uint32_t ny)
{
    size_t places = 0;

    if (nx > cx->limits.columns)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "a table of more than %zu columns",
                       cx->limits.columns);
    if (!pl_mul_ok(nx, ny, &places) || places > cx->limits.cells - st->cells)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "more than %zu cells in tables",
                       cx->limits.cells);
    st->cells += places;
    return PL_OK;
}

/* The grid of one component; nothing when it has fewer than two places. */
static pl_status grid_make(pl_ctx *cx, pl_layout_state *st, const edge *h, size_t nh,
                           const edge *v, size_t nv, pl_rulegrids *out)
{
    pl_rulegrid g = {0}, *added;
    bool *under, *before, left, right;
    uint32_t nx, ny;

    if (nh == 0 || nv == 0 || nh + nv < 3)
        return PL_OK;
    PL_TRY(places_of(cx, v, nv, h, nh, &left, &right, &g.xs, &nx));
    PL_TRY(places_of(cx, h, nh, v, nv, &g.open_top, &g.open_bottom, &g.ys, &ny));
    if (nx < 2 || ny < 2 || (nx == 2 && ny == 2))
        return PL_OK;
    PL_TRY(grid_size_check(cx, st, nx, ny));
    g.cols = nx - 1;
    g.rows = ny - 1;
    PL_TRY(ruled_sides(cx, h, nh, g.ys, ny, g.xs, g.cols, &under));
    PL_TRY(ruled_sides(cx, v, nv, g.xs, nx, g.ys, g.rows, &before));
    PL_TRY(grid_cells(cx, &(sides){&g, under, before}));
    added = PL_VEC_ADD(cx->arena, out);
    if (!added)
        return pl_fail_memory(cx);
    *added = g;
    return PL_OK;
}

pl_status pl_layout_grids(pl_ctx *cx, pl_layout_state *st, const pl_layout_rules *rules,
                          pl_rulegrids *out)
{
    edges level = {0}, upright = {0};
    size_t v = 0;

    PL_TRY(edges_pick(cx, rules, true, &level));
    PL_TRY(edges_pick(cx, rules, false, &upright));
    edges_join(&level);
    edges_join(&upright);
    if (level.n == 0 || upright.n == 0)
        return PL_OK;
    PL_TRY(edges_meet(cx, st, &level, &upright));
    for (size_t h = 0; h < level.n;) {
        size_t nh = 1, nv = 0;
        uint32_t root = level.p[h].root;

        while (h + nh < level.n && level.p[h + nh].root == root)
            nh++;
        while (v < upright.n && upright.p[v].root < root)
            v++;
        while (v + nv < upright.n && upright.p[v + nv].root == root)
            nv++;
        PL_TRY(grid_make(cx, st, &level.p[h], nh, &upright.p[v], nv, out));
        h += nh;
        v += nv;
    }
    return PL_OK;
}
