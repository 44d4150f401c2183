/* Tables over page ends.
 *
 * The last thing on a page and the first one on the next are one table when they are
 * tables of the same columns. Its repeated header rows are dropped; a cell that was cut
 * by the page end is made whole. */
#include "doc/layout_internal.h"

enum {
    WIDTH_NEAR_UM = 3000, /* widths of one table on two pages */
    SHIFT_MAX_UM = 15000, /* left and right pages have different margins */
    EDGE_NEAR_UM = 2000,  /* edges of one column */
    GUESS_NEAR_UM = 8000, /* the same where edges are guesses */
    HEADER_ROWS = 5,      /* a header repeats at most so many rows */
    CUT_LINES = 2,        /* of one cell alone; fewer do not show that a row was cut */
    FULL_PART = 80        /* percent of rows filled where a column is filled always */
};

/* For each edge of `b` the edge of `a` at the same place; false when one has none. */
static bool edges_map(const pl_sheet_table *a, const pl_sheet_table *b, uint32_t *map)
{
    pl_um shift = a->xs[0] - b->xs[0];
    pl_um near = a->aligned || b->aligned ? GUESS_NEAR_UM : EDGE_NEAR_UM;
    uint32_t k = 0;

    for (uint32_t i = 0; i <= b->cols; i++) {
        pl_um at = b->xs[i] + shift;

        while (k < a->cols && a->xs[k] < at - near)
            k++;
        if (a->xs[k] < at - near || a->xs[k] > at + near)
            return false;
        if (i && map[i - 1] == k)
            return false;
        map[i] = k;
    }
    return map[b->cols] == a->cols;
}

/* Move the cells of `t` to the columns of another table. */
static void columns_move(pl_sheet_table *t, const uint32_t *map, const pl_sheet_table *to)
{
    for (size_t i = 0; i < t->cells.n; i++) {
        pl_cell *c = &t->cells.p[i];
        uint32_t end = map[c->col + c->colspan];

        c->col = map[c->col];
        c->colspan = end - c->col;
    }
    t->cols = to->cols;
    t->xs = to->xs;
    t->last = NULL;
}

/* Give both tables the columns of the finer one. */
static pl_status columns_match(pl_ctx *cx, pl_sheet_table *a, pl_sheet_table *b,
                               bool *yes)
{
    uint32_t most = a->cols > b->cols ? a->cols : b->cols;
    uint32_t *map = PL_NEW_N(cx->arena, uint32_t, (size_t)most + 1);
    pl_um wider = (a->xs[a->cols] - a->xs[0]) - (b->xs[b->cols] - b->xs[0]);
    pl_um shift = a->xs[0] - b->xs[0];
    pl_um near = a->aligned && b->aligned ? GUESS_NEAR_UM : WIDTH_NEAR_UM;

    if (!map)
        return pl_fail_memory(cx);
    *yes = false;
    if (a->aligned != b->aligned || (a->aligned && a->cols != b->cols))
        return PL_OK;
    if (wider > near || wider < -near || shift > SHIFT_MAX_UM || shift < -SHIFT_MAX_UM)
        return PL_OK;
    if (edges_map(a, b, map)) {
        columns_move(b, map, a);
        *yes = true;
    } else if (edges_map(b, a, map)) {
        columns_move(a, map, b);
        *yes = true;
    }
    return PL_OK;
}

/* Equal but for spaces, which line ends may have put elsewhere. */
static bool same_text(pl_str a, pl_str b)
{
    for (;;) {
        while (a.n && pl_is_space(a.p[0]))
            a = pl_str_tail(a, 1);
        while (b.n && pl_is_space(b.p[0]))
            b = pl_str_tail(b, 1);
        if (a.n == 0 || b.n == 0)
            return a.n == b.n;
        if (a.p[0] != b.p[0])
            return false;
        a = pl_str_tail(a, 1);
        b = pl_str_tail(b, 1);
    }
}

static bool same_cell(const pl_cell *a, const pl_cell *b)
{
    return a->row == b->row && a->col == b->col && a->rowspan == b->rowspan &&
           a->colspan == b->colspan && same_text(a->text.s, b->text.s);
}

/* How many rows at the top of `b` repeat those of `a`. */
static uint32_t header_rows(const pl_sheet_table *a, const pl_sheet_table *b)
{
    size_t n = a->cells.n < b->cells.n ? a->cells.n : b->cells.n, i = 0, text = 0;
    uint32_t same, below = 0;

    while (i < n && same_cell(&a->cells.p[i], &b->cells.p[i]))
        text += a->cells.p[i++].text.s.n;
    same = i < b->cells.n ? b->cells.p[i].row : b->rows;
    for (size_t k = 0; k < i; k++) {
        const pl_cell *c = &b->cells.p[k];

        if (c->row < same && c->row + c->rowspan > below)
            below = c->row + c->rowspan;
    }
    return text && below <= same && same <= HEADER_ROWS && same < b->rows ? same : 0;
}

/* Note the cells from cells[from] on that reach the last row. */
static void last_note(pl_sheet_table *t, size_t from)
{
    for (size_t i = from; i < t->cells.n; i++) {
        const pl_cell *c = &t->cells.p[i];

        for (uint32_t k = 0; c->row + c->rowspan == t->rows && k < c->colspan; k++)
            t->last[c->col + k] = (uint32_t)i + 1;
    }
}

/* The cell of the last row that covers column c, or NULL. */
static pl_cell *cell_above(const pl_sheet_table *t, uint32_t c)
{
    pl_cell *cell = t->last[c] ? &t->cells.p[t->last[c] - 1] : NULL;

    return cell && cell->row + cell->rowspan == t->rows ? cell : NULL;
}

/* True when the first column of `t` has a text of its own in nearly every row. */
static bool first_column_full(const pl_sheet_table *t)
{
    size_t filled = 0;

    for (size_t i = 0; i < t->cells.n; i++) {
        const pl_cell *c = &t->cells.p[i];

        filled += c->col == 0 && c->text.s.n && c->rowspan == 1;
    }
    return filled * 100 >= (size_t)t->rows * FULL_PART;
}

/* What row `row` of `b`, the first one of a page after its header, is to the table. */
typedef struct seam {
    size_t first, n; /* its cells */
    uint32_t filled; /* columns with text */
    bool single;     /* none of its cells goes down */
} seam;

static seam seam_of(const pl_sheet_table *b, uint32_t row)
{
    seam s = {.single = true};

    while (s.first < b->cells.n && b->cells.p[s.first].row < row)
        s.first++;
    while (s.first + s.n < b->cells.n && b->cells.p[s.first + s.n].row == row) {
        const pl_cell *c = &b->cells.p[s.first + s.n++];

        s.filled += c->text.s.n ? c->colspan : 0;
        s.single = s.single && c->rowspan == 1;
    }
    return s;
}

static pl_status text_append(pl_ctx *cx, pl_cell *to, bool spaced, pl_str more)
{
    pl_str parts[] = {to->text.s, more}, joints[] = {PL_S(""), PL_S("")};

    if (to->text.s.n == 0) {
        to->text.s = more;
        return PL_OK;
    }
    joints[1] = pl_layout_ends_sentence(to->text.s)
                    ? PL_S("\n")
                    : pl_layout_line_joint(parts[0], spaced, more);
    return pl_layout_concat(cx, parts, joints, 2, &to->text.s);
}

/* True when nearly every row of `t` begins with a number of its own: `序号`. */
static bool has_serial_column(const pl_sheet_table *t)
{
    size_t numbers = 0;

    for (size_t i = 0; i < t->cells.n; i++) {
        const pl_cell *c = &t->cells.p[i];

        /* a cell over the whole row is the title of the rows below */
        numbers +=
            c->col == 0 && c->rowspan == 1 &&
            (c->colspan == t->cols || (c->text.s.n && pl_is_digit(c->text.s.p[0])));
    }
    return numbers * 100 >= (size_t)(t->rows - 1) * FULL_PART; /* a header has none */
}

/* True when a row of `t` has text in one column only. */
static bool has_lone_cells(const pl_sheet_table *t)
{
    size_t filled = 0;

    for (size_t i = 0; i < t->cells.n; i++) {
        const pl_cell *c = &t->cells.p[i];

        if (i == 0 || c->row != c[-1].row)
            filled = 0;
        filled += c->text.s.n ? c->colspan : 0;
        if (filled == 1 && (i + 1 == t->cells.n || c[1].row != c->row))
            return true;
    }
    return false;
}

/* True when the cells of a seam may be the rest of the row above: in a table whose first
 * column is filled in every row they leave it empty, and the second one too or half of
 * them all; where rows are numbered, being without a number is enough. Or one cell alone
 * has text, in a table without such rows. */
static bool is_rest(const pl_sheet_table *a, const pl_sheet_table *b, seam s)
{
    const pl_cell *c = &b->cells.p[s.first];

    if (s.n < 2 || !s.single || s.filled == 0)
        return false;
    if (s.filled == 1 && s.n > 2 && !has_lone_cells(a))
        return true;
    if (c[0].text.s.n || !first_column_full(a))
        return false;
    return c[1].text.s.n == 0 || s.filled * 2 <= b->cols || has_serial_column(a);
}

static pl_tail *tail_above(const pl_sheet_table *t, const pl_cell *up)
{
    size_t at = (size_t)(up - t->cells.p);

    return at < t->tails.n ? &t->tails.p[at] : NULL;
}

/* True when the cells of a seam go on in mid-sentence: each that has text stands under
 * one whose last line is full, or ends a sentence; one is under a full line of several,
 * or two are under full lines. */
static bool is_cut(const pl_sheet_table *a, const pl_sheet_table *b, seam s)
{
    size_t cut = 0;

    for (size_t i = 0; s.single && i < s.n; i++) {
        const pl_cell *c = &b->cells.p[s.first + i], *up = cell_above(a, c->col);
        const pl_tail *tail = up ? tail_above(a, up) : NULL;
        bool ends;

        if (c->text.s.n == 0)
            continue;
        if (!tail || up->text.s.n == 0)
            return false;
        ends = pl_layout_ends_sentence(up->text.s);
        if (!ends && pl_layout_had_room(up->text.s, tail->room, c->text.s, tail->size))
            return false;
        cut += ends ? 0 : tail->lines >= CUT_LINES ? 2 : 1;
    }
    return cut >= 2;
}

/* Append cell i of `b` to the one above it. */
static pl_status mend(pl_ctx *cx, pl_sheet_table *a, const pl_sheet_table *b, size_t i)
{
    const pl_cell *c = &b->cells.p[i];
    pl_cell *up = cell_above(a, c->col);
    pl_tail *tail = tail_above(a, up);
    bool spaced = tail && tail->spaced;

    if (tail && i < b->tails.n)
        *tail = b->tails.p[i];
    return text_append(cx, up, spaced, c->text.s);
}

/* A row cut by the page end: its second half goes to the cells above. False in *done
 * when it is a row of its own. */
static pl_status row_mend(pl_ctx *cx, pl_sheet_table *a, const pl_sheet_table *b, seam s,
                          bool *done)
{
    *done = false;
    if (!is_rest(a, b, s) && !is_cut(a, b, s))
        return PL_OK;
    for (size_t i = 0; i < s.n; i++) {
        const pl_cell *c = &b->cells.p[s.first + i], *up = cell_above(a, c->col);

        /* no page end cuts a figure */
        if (!up || up->col != c->col || up->colspan != c->colspan ||
            (pl_layout_is_figure(c->text.s) && pl_layout_is_figure(up->text.s)))
            return PL_OK;
    }
    for (size_t i = 0; i < s.n; i++) {
        const pl_cell *c = &b->cells.p[s.first + i];

        if (c->text.s.n)
            PL_TRY(mend(cx, a, b, s.first + i));
    }
    *done = true;
    return PL_OK;
}

/* The cell above that an empty cell at a page's top is the rest of, or NULL: a merged
 * cell writes its text once. */
static pl_cell *span_above(const pl_sheet_table *a, const pl_cell *c)
{
    pl_cell *up = cell_above(a, c->col);

    if (c->text.s.n || !up || up->col != c->col || up->colspan != c->colspan)
        return NULL;
    return up->text.s.n && (up->rowspan > 1 || c->rowspan > 1) ? up : NULL;
}

/* The tail of cell i of `b` for the cell that `a` just got; none when one of them has
 * none. */
static pl_status tail_append(pl_ctx *cx, pl_sheet_table *a, const pl_sheet_table *b,
                             size_t i)
{
    pl_tail *tail;

    if (a->tails.n + 1 != a->cells.n || i >= b->tails.n)
        return PL_OK;
    tail = PL_VEC_ADD(cx->arena, &a->tails);
    if (!tail)
        return pl_fail_memory(cx);
    *tail = b->tails.p[i];
    return PL_OK;
}

/* Append the rows of `b` from `from` on to `a`. */
static pl_status rows_append(pl_ctx *cx, pl_sheet_table *a, const pl_sheet_table *b,
                             uint32_t from)
{
    size_t n = a->cells.n;

    for (size_t i = 0; i < b->cells.n; i++) {
        const pl_cell *c = &b->cells.p[i];
        pl_cell *up = c->row == from ? span_above(a, c) : NULL, *added;

        if (c->row < from)
            continue;
        if (up) {
            up->rowspan += c->rowspan;
            continue;
        }
        added = PL_VEC_ADD(cx->arena, &a->cells);
        if (!added)
            return pl_fail_memory(cx);
        *added = *c;
        added->row = c->row - from + a->rows;
        PL_TRY(tail_append(cx, a, b, i));
    }
    a->rows += b->rows - from;
    last_note(a, n);
    return PL_OK;
}

/* Steps for what looks at all cells of a table at each page end. */
static pl_status work_charge(pl_ctx *cx, pl_layout_state *st, size_t steps)
{
    if (st->work < steps)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "a table over too many pages");
    st->work -= steps;
    return PL_OK;
}

static pl_status table_append(pl_ctx *cx, pl_layout_state *st, pl_sheet_table *a,
                              pl_sheet_table *b)
{
    uint32_t from = header_rows(a, b);
    bool mended;

    PL_TRY(work_charge(cx, st, a->cells.n));
    if (!a->last) {
        a->last = PL_NEW_N(cx->arena, uint32_t, a->cols);
        if (!a->last)
            return pl_fail_memory(cx);
        last_note(a, 0);
    }
    PL_TRY(row_mend(cx, a, b, seam_of(b, from), &mended));
    PL_TRY(rows_append(cx, a, b, from + mended));
    a->open_bottom = b->open_bottom;
    return PL_OK;
}

/* `续表`, `（续）`: a line that only says that the table goes on. */
static bool says_goes_on(pl_str s)
{
    static const pl_str begin[] = {PL_S_INIT("续表"), PL_S_INIT("续上表"),
                                   PL_S_INIT("接上表"), PL_S_INIT("（续")};
    static const pl_str end[] = {PL_S_INIT("（续）"), PL_S_INIT("(续)"),
                                 PL_S_INIT("（续表）"), PL_S_INIT("(续表)")};

    for (size_t i = 0; i < PL_COUNT(begin); i++)
        if (pl_str_starts(s, begin[i]))
            return true;
    for (size_t i = 0; i < PL_COUNT(end); i++)
        if (pl_str_ends(s, end[i]))
            return true;
    return false;
}

/* The item that may go on with the table that ends on page `page` before items[i]:
 * the first thing of the next page. PL_NOPOS when there is none. */
static size_t next_part(const pl_items *items, size_t i, uint32_t page)
{
    if (i >= items->n || items->p[i].page != page + 1)
        return PL_NOPOS;
    if (!items->p[i].table && says_goes_on(items->p[i].text) && i + 1 < items->n &&
        items->p[i + 1].page == page + 1)
        i++;
    return items->p[i].table ? i : PL_NOPOS;
}

pl_status pl_layout_join_tables(pl_ctx *cx, pl_layout_state *st)
{
    pl_items *items = &st->items;

    for (size_t i = 0; i < items->n;) {
        pl_sheet_table *a = items->p[i].table;
        uint32_t page = items->p[i].page;
        size_t next = i + 1, part;
        bool same;

        while (a && (part = next_part(items, next, page)) != PL_NOPOS) {
            PL_TRY(columns_match(cx, a, items->p[part].table, &same));
            if (!same)
                break;
            PL_TRY(table_append(cx, st, a, items->p[part].table));
            for (; next <= part; next++)
                items->p[next].skip = true;
            page++;
        }
        i = next;
    }
    return PL_OK;
}
