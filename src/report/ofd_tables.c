#include "report/ofd_tables.h"

#include "report/line_fit.h"

/* Micrometres. */
enum {
    SIZE = 3704,       /* 10.5 pt (五号) */
    SIZE_LEAST = 1764, /* 5 pt: wide tables are set smaller */
    SIZE_STEP = 176,
    PAD_X = 1200,
    PAD_Y = 900,
    LEAD_PART = 135, /* percent of the size from line to line */
    WIDE_PART = 60,  /* percent of the field that one column asks for at most */
    HEADER_PART = 50 /* percent of the field that a repeated header takes at most */
};

typedef struct layout {
    pl_sheet_writer *w;
    const pl_table *t;
    pl_um size, lead;
    pl_um *x;        /* cols + 1 edges from the left margin */
    pl_um *h;        /* of each row */
    uint32_t *lines; /* of each cell that are not drawn yet */
    pl_str *rest;    /* of each cell: its text that is not drawn yet */
} layout;

/* Rows that merged cells hold together, and their cells. */
typedef struct group {
    uint32_t from, to;
    size_t cell, end;
} group;

/* Cells that the grid has no place for are left out (doc.h). */
static bool is_inside(const pl_table *t, const pl_cell *c)
{
    return c->col + c->colspan <= t->cols && c->row + c->rowspan <= t->rows;
}

static pl_um cell_width(const layout *l, const pl_cell *c)
{
    return l->x[c->col + c->colspan] - l->x[c->col] - 2 * PAD_X;
}

/* Half ems of the widest of a text's own lines. */
static size_t widest_line(pl_str s)
{
    size_t most = 0, at;

    for (; s.n; s = pl_str_tail(s, at + 1)) {
        size_t w;

        at = pl_str_find(s, PL_S("\n"), 0);
        at = at == PL_NOPOS ? s.n : at;
        w = pl_half_ems(pl_str_sub(s, 0, at));
        most = w > most ? w : most;
    }
    return most;
}

/* A column as it is measured: what its longest word needs, what its lines ask for. */
typedef struct column {
    pl_um need, ask;
} column;

static pl_um um_of_half_ems(size_t n, pl_um size)
{
    size_t most = 2 * PL_SHEET_FIELD_W / SIZE_LEAST; /* no line is wider */

    return (pl_um)(n < most ? n : most) * size / 2 + 2 * PAD_X;
}

/* What the columns need in all at a size of type. */
static int64_t columns_measure(const pl_table *t, pl_um size, column *cols)
{
    pl_um most = PL_SHEET_FIELD_W * WIDE_PART / 100;
    int64_t sum = 0;

    for (uint32_t k = 0; k < t->cols; k++)
        cols[k] = (column){um_of_half_ems(2, size), um_of_half_ems(2, size)};
    for (size_t i = 0; i < t->cells.n; i++) {
        const pl_cell *c = &t->cells.p[i];
        pl_um need, ask;

        if (!is_inside(t, c) || c->colspan > 1)
            continue;
        need = um_of_half_ems(pl_widest_piece(c->text.s), size);
        ask = um_of_half_ems(widest_line(c->text.s), size);
        ask = ask < most ? ask : most;
        ask = ask > need ? ask : need;
        if (need > cols[c->col].need)
            cols[c->col].need = need;
        if (ask > cols[c->col].ask)
            cols[c->col].ask = ask;
    }
    for (uint32_t k = 0; k < t->cols; k++)
        sum += cols[k].need;
    return sum;
}

/* The field shared out: what each column needs, and of the rest what it asks for. Type is
 * set smaller until words fit; where even the smallest is too wide, words are cut. */
static pl_status columns_set(layout *l)
{
    const pl_table *t = l->t;
    column *cols = PL_NEW_N(l->w->cx->arena, column, t->cols);
    int64_t need, more = 0, x = 0, spare;

    l->x = PL_NEW_N(l->w->cx->arena, pl_um, (size_t)t->cols + 1);
    if (!l->x || !cols)
        return pl_fail_memory(l->w->cx);
    l->size = SIZE;
    need = columns_measure(t, l->size, cols);
    for (; need > PL_SHEET_FIELD_W && l->size > SIZE_LEAST; l->size -= SIZE_STEP)
        need = columns_measure(t, l->size - SIZE_STEP, cols);
    l->lead = l->size * LEAD_PART / 100;
    for (uint32_t k = 0; k < t->cols; k++)
        more += cols[k].ask - cols[k].need;
    spare = PL_SHEET_FIELD_W - need;
    for (uint32_t k = 0; k < t->cols; k++) {
        int64_t w = cols[k].need;

        if (spare < 0)
            w = w * PL_SHEET_FIELD_W / need;
        else
            w += more ? spare * (cols[k].ask - cols[k].need) / more : spare / t->cols;
        x += w;
        l->x[k + 1] = (pl_um)x;
    }
    l->x[t->cols] = PL_SHEET_FIELD_W;
    return PL_OK;
}

/* Half ems that a cell's lines may take: room for one character at least. */
static size_t cell_half_ems(const layout *l, const pl_cell *c)
{
    pl_um n = cell_width(l, c) * 2 / l->size;

    return n < 2 ? 2 : (size_t)n;
}

/* The next line of a cell's text; false at its end. */
static bool line_next(pl_str *rest, size_t width, pl_str *line)
{
    size_t n;

    if (rest->n == 0)
        return false;
    if (rest->p[0] == '\n') {
        *line = PL_S("");
        *rest = pl_str_tail(*rest, 1);
        return true;
    }
    n = pl_line_fit(*rest, width);
    *line = pl_line_set(pl_str_sub(*rest, 0, n));
    *rest = pl_str_tail(*rest, n);
    (void)pl_str_eat(rest, PL_S("\n"));
    return true;
}

static pl_um lines_height(const layout *l, uint32_t lines)
{
    int64_t h = (int64_t)(lines ? lines : 1) * l->lead + 2 * PAD_Y;

    return h > PL_UM_MAX ? PL_UM_MAX : (pl_um)h;
}

/* Heights: each row that of its tallest cell; a merged cell stretches its last row. */
static pl_status rows_set(layout *l)
{
    const pl_table *t = l->t;

    l->h = PL_NEW_N(l->w->cx->arena, pl_um, (size_t)t->rows + 1);
    l->lines = PL_NEW_N(l->w->cx->arena, uint32_t, t->cells.n);
    l->rest = PL_NEW_N(l->w->cx->arena, pl_str, t->cells.n);
    if (!l->h || !l->lines || !l->rest)
        return pl_fail_memory(l->w->cx);
    for (uint32_t r = 0; r < t->rows; r++)
        l->h[r] = lines_height(l, 1);
    for (size_t i = 0; i < t->cells.n; i++) {
        const pl_cell *c = &t->cells.p[i];
        pl_str rest = c->text.s, line;
        pl_um need;

        if (!is_inside(t, c))
            continue;
        l->rest[i] = rest;
        while (line_next(&rest, cell_half_ems(l, c), &line))
            l->lines[i]++;
        need = lines_height(l, l->lines[i]);
        for (uint32_t r = c->row; r + 1 < c->row + c->rowspan && need > 0; r++)
            need -= l->h[r];
        if (need > l->h[c->row + c->rowspan - 1])
            l->h[c->row + c->rowspan - 1] = need;
    }
    return PL_OK;
}

/* The group that begins at a row whose first cell is `cell`. */
static group group_at(const pl_table *t, uint32_t row, size_t cell)
{
    group g = {.from = row, .to = row + 1, .cell = cell, .end = cell};

    for (; g.end < t->cells.n && t->cells.p[g.end].row < g.to; g.end++) {
        const pl_cell *c = &t->cells.p[g.end];

        if (c->row + c->rowspan > g.to)
            g.to = c->row + c->rowspan;
    }
    g.to = g.to < t->rows ? g.to : t->rows;
    return g;
}

static pl_um rows_height(const layout *l, uint32_t from, uint32_t to)
{
    int64_t sum = 0;

    for (; from < to; from++)
        sum += l->h[from];
    return sum > PL_UM_MAX ? PL_UM_MAX : (pl_um)sum;
}

/* Lines that a height has room for. */
static uint32_t room_of(const layout *l, pl_um height)
{
    pl_um n = (height - 2 * PAD_Y) / l->lead;

    return n < 0 ? 0 : (uint32_t)n;
}

/* As many of a cell's lines as its box has room for; the rest stays for the next page. */
static void cell_text(layout *l, size_t i, pl_box box)
{
    uint32_t n = room_of(l, box.y1 - box.y0);
    size_t width = cell_half_ems(l, &l->t->cells.p[i]);
    pl_str line;
    pl_um y;

    n = n < l->lines[i] ? n : l->lines[i];
    l->lines[i] -= n;
    y = box.y0 + (box.y1 - box.y0 - (pl_um)n * l->lead) / 2 + (l->lead - l->size) / 2;
    for (; n > 0 && line_next(&l->rest[i], width, &line); n--, y += l->lead)
        if (line.n)
            pl_sheet_text(l->w, box.x0 + PAD_X, y, l->size, PL_FACE_SONG, line);
}

/* The rows of [from, to) that a cell covers; false when it covers none. */
static bool covered(const pl_cell *c, uint32_t from, uint32_t to, uint32_t *begin,
                    uint32_t *end)
{
    *begin = c->row > from ? c->row : from;
    *end = c->row + c->rowspan < to ? c->row + c->rowspan : to;
    return *begin < *end;
}

/* Rows [from, to) of a group at w->y. */
static void rows_draw(layout *l, const group *g, uint32_t from, uint32_t to)
{
    pl_um top = l->w->y;

    for (size_t i = g->cell; i < g->end; i++) {
        const pl_cell *c = &l->t->cells.p[i];
        uint32_t begin, end;
        pl_box box;

        if (!is_inside(l->t, c) || !covered(c, from, to, &begin, &end))
            continue;
        box = (pl_box){PL_SHEET_LEFT + l->x[c->col], top + rows_height(l, from, begin),
                       PL_SHEET_LEFT + l->x[c->col + c->colspan],
                       top + rows_height(l, from, end)};
        pl_sheet_box(l->w, box);
        cell_text(l, i, box);
    }
    l->w->y = top + rows_height(l, from, to);
}

/* The header again, from its whole text. */
static void header_draw(layout *l, const group *header)
{
    for (size_t i = header->cell; i < header->end; i++) {
        const pl_cell *c = &l->t->cells.p[i];
        pl_str rest = c->text.s, line;

        if (!is_inside(l->t, c))
            continue;
        l->rest[i] = rest;
        while (line_next(&rest, cell_half_ems(l, c), &line))
            l->lines[i]++;
    }
    rows_draw(l, header, header->from, header->to);
}

/* A new page, with the header where it is repeated. */
static pl_status page_turn(layout *l, const group *header)
{
    PL_TRY(pl_sheet_turn(l->w));
    if (header->to)
        header_draw(l, header);
    return PL_OK;
}

/* Most lines that any cell of row r still has to draw. */
static uint32_t lines_left(const layout *l, const group *g, uint32_t r)
{
    uint32_t most = 0;

    for (size_t i = g->cell; i < g->end; i++) {
        const pl_cell *c = &l->t->cells.p[i];

        if (c->row <= r && c->row + c->rowspan == r + 1 && l->lines[i] > most)
            most = l->lines[i];
    }
    return most;
}

/* A row of a group that fits on no page, or one that is itself too tall: as much of it
 * as there is room for, page by page. */
static pl_status row_put(layout *l, const group *g, uint32_t r, const group *header)
{
    bool again = true;

    while (again) {
        pl_um room = PL_SHEET_END - l->w->y;

        if (l->h[r] > room && room < lines_height(l, 2)) {
            PL_TRY(page_turn(l, header));
            room = PL_SHEET_END - l->w->y;
        }
        if (l->h[r] > room)
            l->h[r] = room > lines_height(l, 1) ? room : lines_height(l, 1);
        rows_draw(l, g, r, r + 1);
        again = lines_left(l, g, r) > 0;
        l->h[r] = lines_height(l, lines_left(l, g, r));
    }
    return PL_OK;
}

static pl_status group_put(layout *l, const group *g, const group *header)
{
    pl_um h = rows_height(l, g->from, g->to);

    if (h > PL_SHEET_END - l->w->y && h <= PL_SHEET_FIELD_H / 2)
        PL_TRY(page_turn(l, header));
    if (h <= PL_SHEET_END - l->w->y) {
        rows_draw(l, g, g->from, g->to);
        return PL_OK;
    }
    for (uint32_t r = g->from; r < g->to; r++)
        PL_TRY(row_put(l, g, r, header));
    return PL_OK;
}

pl_status pl_sheet_table_put(pl_sheet_writer *w, const pl_table *t)
{
    layout l = {.w = w, .t = t};
    group g, header = {0};

    if (t->cols == 0 || t->rows == 0)
        return PL_OK;
    PL_TRY(columns_set(&l));
    PL_TRY(rows_set(&l));
    g = group_at(t, 0, 0);
    if (g.to < t->rows &&
        rows_height(&l, 0, g.to) <= PL_SHEET_FIELD_H * HEADER_PART / 100)
        header = g;
    /* a header does not stand alone at a page's foot */
    if (header.to && w->y > PL_SHEET_TOP &&
        w->y + rows_height(&l, 0, g.to + 1) > PL_SHEET_END)
        PL_TRY(pl_sheet_turn(w));
    for (uint32_t r = 0; r < t->rows; r = g.to, g = group_at(t, r, g.end))
        PL_TRY(group_put(&l, &g, r ? &header : &(group){0}));
    return PL_OK;
}
