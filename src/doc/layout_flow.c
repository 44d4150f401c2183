/* Reading order. Rows are read from the top down; where a gutter parts enough of them
 * into two full columns, the left column goes before the right one. */
#include "doc/layout_internal.h"

#include <stdlib.h>

enum {
    BIN_UM = 1000,       /* the page is looked at in bins of one millimetre */
    BINS_MAX = 2000,     /* two metres: wider pages are looked at in part */
    GUTTER_MIN_BINS = 4, /* a gutter is at least so wide */
    GUTTER_FROM = 20,    /* percent of the text's width: where gutters are looked for */
    GUTTER_TO = 80,
    CROSS_PART = 30, /* percent of the rows that may cross: titles, tables */
    BAND_ROWS = 4,   /* columns are at least so many lines long */
    FILL_PART = 65,  /* percent of a column's width that its lines fill on average */
    COLUMN_EMS = 8,  /* columns are at least so wide */
    LEFT_PART = 10,  /* of the lines at the most used place: most may be indented */
    RIGHT_PART = 50, /* the same: marks that hang over the margin are few */
    DEPTH_MAX = 2    /* a page of up to four columns */
};

/* A region of a page: rows between two margins. */
typedef struct region {
    pl_row *rows;
    size_t n;
    pl_um left, right;
    int depth;
} region;

typedef struct gutter {
    pl_um from, to;
} gutter;

static void region_margins(region *r)
{
    r->left = PL_UM_MAX;
    r->right = -PL_UM_MAX;
    for (size_t i = 0; i < r->n; i++) {
        r->left = r->rows[i].box.x0 < r->left ? r->rows[i].box.x0 : r->left;
        r->right = r->rows[i].box.x1 > r->right ? r->rows[i].box.x1 : r->right;
    }
}

static size_t bin_of(const region *r, pl_um x)
{
    pl_um at = (x - r->left) / BIN_UM;

    return at < 0 ? 0 : at >= BINS_MAX ? BINS_MAX - 1 : (size_t)at;
}

/* How many segments (tables count as one) lie over each bin. */
static void bins_count(const region *r, int32_t bins[BINS_MAX])
{
    memset(bins, 0, BINS_MAX * sizeof *bins);
    for (size_t i = 0; i < r->n; i++) {
        const pl_row *row = &r->rows[i];

        for (uint32_t k = 0; k < (row->table ? 1 : row->n_segs); k++) {
            pl_box b = row->table ? row->box : row->segs[k].box;

            bins[bin_of(r, b.x0)]++;
            if (bin_of(r, b.x1) + 1 < BINS_MAX)
                bins[bin_of(r, b.x1) + 1]--;
        }
    }
    for (size_t i = 1; i < BINS_MAX; i++)
        bins[i] += bins[i - 1];
}

/* The widest stretch of the emptiest bins near the middle. */
static bool gutter_find(const region *r, gutter *out)
{
    int32_t bins[BINS_MAX];
    pl_um w = r->right - r->left;
    size_t from = bin_of(r, r->left + (pl_um)((int64_t)w * GUTTER_FROM / 100));
    size_t to = bin_of(r, r->left + (pl_um)((int64_t)w * GUTTER_TO / 100));
    size_t best = 0, best_at = 0, len = 0;
    int32_t least = INT32_MAX;

    if (r->n < BAND_ROWS || w <= 0)
        return false;
    bins_count(r, bins);
    for (size_t i = from; i <= to; i++)
        least = bins[i] < least ? bins[i] : least;
    if ((int64_t)least * 100 > (int64_t)r->n * CROSS_PART)
        return false;
    for (size_t i = from; i <= to; i++) {
        len = bins[i] == least ? len + 1 : 0;
        if (len > best) {
            best = len;
            best_at = i + 1 - len;
        }
    }
    out->from = r->left + (pl_um)best_at * BIN_UM;
    out->to = out->from + (pl_um)best * BIN_UM;
    return best >= GUTTER_MIN_BINS;
}

static bool crosses(const pl_row *row, const gutter *g)
{
    if (row->table)
        return row->box.x0 < g->from && row->box.x1 > g->to;
    for (uint32_t k = 0; k < row->n_segs; k++)
        if (row->segs[k].box.x0 < g->from && row->segs[k].box.x1 > g->to)
            return true;
    return false;
}

static bool row_left_of(pl_box b, const gutter *g)
{
    return pl_box_mid_x(b) < g->from + (g->to - g->from) / 2;
}

/* The part of a row on one side of the gutter; false when nothing is there. */
static bool row_side(const pl_row *row, const gutter *g, bool left, pl_row *out)
{
    uint32_t from = 0, n;

    if (row->table) {
        *out = *row;
        return row_left_of(row->box, g) == left;
    }
    while (from < row->n_segs && row_left_of(row->segs[from].box, g))
        from++;
    n = left ? from : row->n_segs - from;
    if (n == 0)
        return false;
    *out = *row;
    out->segs = left ? row->segs : row->segs + from;
    out->n_segs = n;
    out->box = out->segs[0].box;
    for (uint32_t k = 1; k < n; k++)
        out->box = pl_box_join(out->box, out->segs[k].box);
    return true;
}

/* True when rows of one side read as a column of text: long enough, one piece a line,
 * lines that fill it. Cells of a table do not. */
static bool side_is_column(const region *side)
{
    int64_t filled = 0, lines = 0, single = 0;
    pl_um em = 1;

    for (size_t i = 0; i < side->n; i++) {
        const pl_row *row = &side->rows[i];

        if (row->table)
            continue;
        lines++;
        single += row->n_segs == 1;
        filled += row->box.x1 - row->box.x0;
        em = row->segs[0].size > em ? row->segs[0].size : em;
    }
    return lines >= BAND_ROWS && single * 10 >= lines * 8 &&
           side->right - side->left >= COLUMN_EMS * em &&
           filled * 100 >= lines * (side->right - side->left) * FILL_PART;
}

static pl_status side_of(pl_ctx *cx, const region *band, const gutter *g, bool left,
                         region *out)
{
    *out = (region){.depth = band->depth + 1};
    out->rows = PL_NEW_N(cx->arena, pl_row, band->n);
    if (!out->rows)
        return pl_fail_memory(cx);
    for (size_t i = 0; i < band->n; i++)
        out->n += row_side(&band->rows[i], g, left, &out->rows[out->n]);
    region_margins(out);
    return PL_OK;
}

/* A contents line: text, leaders, page number. */
static bool is_contents_line(pl_str s)
{
    static const pl_str leaders[] = {PL_S_INIT("……"),   PL_S_INIT("...."),
                                     PL_S_INIT("····"), PL_S_INIT("．．．．"),
                                     PL_S_INIT("····"), PL_S_INIT("•••")};

    if (s.n == 0 || !pl_is_digit(s.p[s.n - 1]))
        return false;
    while (s.n && pl_is_digit(s.p[s.n - 1]))
        s.n--;
    s = pl_str_trim(s);
    for (size_t i = 0; i < PL_COUNT(leaders); i++)
        if (pl_str_ends(s, leaders[i]))
            return true;
    return false;
}

static pl_status item_add(pl_ctx *cx, pl_layout_state *st, uint32_t page, const region *r,
                          const pl_row *row)
{
    pl_item *it = PL_VEC_ADD(cx->arena, &st->items);

    if (!it)
        return pl_fail_memory(cx);
    it->box = row->box;
    it->page = page;
    it->left = r->left;
    it->right = r->right;
    it->in_columns = r->depth > 0;
    it->table = row->table;
    if (row->table)
        return PL_OK;
    it->size = row->segs[0].size;
    it->bold = row->segs[0].bold;
    it->spaced = row->segs[row->n_segs - 1].spaced;
    PL_TRY(pl_layout_row_text(cx, row, &it->text));
    it->next_w = pl_layout_first_width(it->text, it->size);
    it->note = st->contents || is_contents_line(it->text);
    return PL_OK;
}

static int by_value(const void *a, const void *b)
{
    pl_um l = *(const pl_um *)a, r = *(const pl_um *)b;

    return (l > r) - (l < r);
}

static pl_um row_size(const pl_row *r)
{
    return r->segs[0].size;
}

static pl_um row_left(const pl_row *r)
{
    return r->box.x0;
}

/* Negative, so that the rightmost comes first. */
static pl_um row_right(const pl_row *r)
{
    return -r->box.x1;
}

/* A value of each row of text, ascending; how many there are. */
static size_t row_values(const region *r, pl_um (*of)(const pl_row *), pl_um *v)
{
    size_t n = 0;

    for (size_t i = 0; i < r->n; i++)
        if (!r->rows[i].table)
            v[n++] = of(&r->rows[i]);
    if (n)
        qsort(v, n, sizeof *v, by_value);
    return n;
}

/* How many of n ascending places lie within `near` after each of them, at most. */
static size_t most_shared(const pl_um *v, size_t n, pl_um near)
{
    size_t most = 0;

    for (size_t i = 0, k = 0; i < n; i++) {
        for (; k < n && v[k] - v[i] <= near; k++)
            continue;
        most = k - i > most ? k - i : most;
    }
    return most;
}

/* Of n ascending places the first one that enough of them share: `part` percent of the
 * most that share one, and two where there are two. */
static pl_um first_shared(const pl_um *v, size_t n, pl_um near, int part)
{
    size_t enough = (most_shared(v, n, near) * (size_t)part + 99) / 100;

    enough = enough < 2 && n > 1 ? 2 : enough;
    for (size_t i = 0; i + enough <= n; i++)
        if (v[i + enough - 1] - v[i] <= near)
            return v[i];
    return v[0];
}

/* The margins of the text: where several lines begin and end. A line that sticks out
 * alone and tables do not tell. */
static pl_status text_margins(pl_ctx *cx, region *r)
{
    pl_um *v = PL_NEW_N(cx->arena, pl_um, r->n), em;
    size_t n;

    if (!v)
        return pl_fail_memory(cx);
    n = row_values(r, row_size, v);
    if (n == 0)
        return PL_OK;
    em = v[n / 2];
    row_values(r, row_left, v);
    r->left = first_shared(v, n, em / 2, LEFT_PART);
    row_values(r, row_right, v);
    r->right = -first_shared(v, n, em / 2, RIGHT_PART);
    return PL_OK;
}

/* `目录`, with spaces of any kind between its characters. */
static bool is_contents_title(pl_str s)
{
    static const pl_str titles[] = {PL_S_INIT("目录"), PL_S_INIT("目次"),
                                    PL_S_INIT("Contents"), PL_S_INIT("CONTENTS"),
                                    PL_S_INIT("TableofContents")};

    for (size_t i = 0; i < PL_COUNT(titles); i++) {
        pl_str rest = s, want = titles[i];

        while (want.n && rest.n && rest.p[0] == want.p[0]) {
            rest = pl_str_trim(pl_str_tail(rest, 1));
            want = pl_str_tail(want, 1);
        }
        if (want.n == 0 && rest.n == 0)
            return true;
    }
    return false;
}

/* A table of contents begins at its title and ends with the first line without a page
 * number; so lines without leaders are known too. */
static pl_status contents_follow(pl_ctx *cx, pl_layout_state *st, const pl_row *row)
{
    pl_str s;

    if (row->table) {
        st->contents = false;
        return PL_OK;
    }
    PL_TRY(pl_layout_row_text(cx, row, &s));
    if (is_contents_title(s))
        st->contents = true;
    else if (!pl_is_digit(s.p[s.n - 1]))
        st->contents = false;
    return PL_OK;
}

/* A group of rows that makes no table is tried from so many of its first rows, so that a
 * line above a table does not hide it; more would be quadratic. */
enum { ALIGN_TRIES = 8 };

/* Rows of one column, with the tables that alignment makes of them. */
static pl_status column_emit(pl_ctx *cx, pl_layout_state *st, uint32_t page, region *r)
{
    size_t plain = 0; /* rows before this one make no table */
    int tries = 0;

    PL_TRY(text_margins(cx, r));
    for (size_t i = 0; i < r->n;) {
        pl_row table = {0};
        size_t used = 1;

        PL_TRY(contents_follow(cx, st, &r->rows[i]));
        if (i >= plain && !st->contents && !r->rows[i].table)
            PL_TRY(pl_layout_aligned(cx, st, page, &r->rows[i], r->n - i, &used,
                                     &table.table));
        if (table.table) {
            table.box = table.table->box;
            PL_TRY(item_add(cx, st, page, r, &table));
            i += used;
            tries = 0;
            continue;
        }
        if (used > 1 && ++tries == ALIGN_TRIES) {
            plain = i + used;
            tries = 0;
        }
        PL_TRY(item_add(cx, st, page, r, &r->rows[i]));
        i++;
    }
    return PL_OK;
}

/* Rows that no line crosses: their two sides when both read as columns. */
static pl_status band_split(pl_ctx *cx, const region *band, const gutter *g, bool *split,
                            region *left, region *right)
{
    PL_TRY(side_of(cx, band, g, true, left));
    PL_TRY(side_of(cx, band, g, false, right));
    *split = side_is_column(left) && side_is_column(right);
    return PL_OK;
}

static region part_of(const region *r, size_t from, size_t to)
{
    region part = *r;

    part.rows = &r->rows[from];
    part.n = to - from;
    return part;
}

static pl_status region_emit(pl_ctx *cx, pl_layout_state *st, uint32_t page, region *r)
{
    gutter g;
    size_t held = 0; /* rows from here on are not emitted yet */

    if (r->depth >= DEPTH_MAX || !gutter_find(r, &g))
        return column_emit(cx, st, page, r);
    for (size_t i = 0, k; i < r->n; i = k) {
        region band, left, right;
        bool split, full = crosses(&r->rows[i], &g);

        for (k = i + 1; k < r->n && crosses(&r->rows[k], &g) == full; k++)
            continue;
        if (full)
            continue;
        band = part_of(r, i, k);
        PL_TRY(band_split(cx, &band, &g, &split, &left, &right));
        if (!split)
            continue;
        band = part_of(r, held, i);
        PL_TRY(column_emit(cx, st, page, &band));
        PL_TRY(region_emit(cx, st, page, &left));
        PL_TRY(region_emit(cx, st, page, &right));
        held = k;
    }
    region rest = part_of(r, held, r->n);
    return column_emit(cx, st, page, &rest);
}

pl_status pl_layout_flow(pl_ctx *cx, pl_layout_state *st, uint32_t page)
{
    pl_sheet *sheet = &st->sheets[page];
    region r = {.rows = sheet->rows.p};

    for (size_t i = 0; i < sheet->rows.n; i++)
        if (!sheet->rows.p[i].dropped)
            r.rows[r.n++] = sheet->rows.p[i];
    if (r.n == 0)
        return PL_OK;
    region_margins(&r);
    return region_emit(cx, st, page, &r);
}
