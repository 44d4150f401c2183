/* From rows of cells to a grid: which columns does each cell stand in?
 *
 * A row with as many cells as the table has columns is plain. In padded tables, a row
 * with fewer is one of these:
 *   - one cell alone: a section's heading across the table;
 *   - as many as the heading has: some of the heading's columns are two in other rows (an
 *     indicator with parts), and the cells above and below span both;
 *   - fewer: cells of the row above reach down into it.
 * Columns are told by what they hold (text_column): cells are laid into columns from left
 * to right so that the surprise is least. */
#include "doc/text_reader_internal.h"

enum {
    SPLIT_ROWS = 64,    /* rows looked at to tell which column is split */
    FIT_WIDTH = 64,     /* wider rows are laid from the left without looking */
    HEAD_ROWS = 4,      /* headings have fewer rows */
    SECTION_BYTES = 180 /* longer ones are text, not headings */
};

/* What a reading of a row costs, in eighths of a bit. SKIP: a column left out, before the
 * first cell (reached from above), between cells, after the last; more where the column
 * holds figures, which do not reach down. SPLIT_ALONE: a split column used unlike in the
 * row above; SPLIT_AGAIN: a new name although the number above reaches down. EXTRA: the
 * second cell in a split column; words are likelier than figures there. NO_WORDS: for a
 * table whose split column holds no words. NEVER: more than any sum of costs. */
enum {
    SKIP_BEFORE = 20,
    SKIP_AFTER = 16,
    SKIP_BETWEEN = 48,
    SKIP_FIGURES = 56,
    SPLIT_ALONE = 32,
    SPLIT_AGAIN = 96,
    EXTRA_WORDS = 16,
    EXTRA_FIGURES = 64,
    NO_WORDS = 200,
    NEVER = 1 << 20
};

/* Columns in which an empty cell is empty, whatever stands above. */
static const pl_str own_column[] = {PL_S_INIT("备注"), PL_S_INIT("说明"),
                                    PL_S_INIT("注"),   PL_S_INIT("附注"),
                                    PL_S_INIT("Note"), PL_S_INIT("Notes")};
/* Rows of totals: what is empty before these words is not reached from above. */
static const pl_str total_word[] = {PL_S_INIT("合计"), PL_S_INIT("总计"),
                                    PL_S_INIT("小计"), PL_S_INIT("Total")};

typedef struct grid {
    text_reader *r;
    text_table *t;
    pl_table *out;
    uint32_t width;   /* columns of the grid */
    uint32_t top;     /* rows before the heading: the table's own title */
    uint32_t head;    /* rows before the body */
    uint32_t logical; /* columns of the heading */
    uint32_t *start;  /* logical + 1: first grid column of each; start[logical] = width */
    uint32_t *group;  /* width: how many grid columns the logical column that starts here
                         has; 0 where none starts */
    text_column *column; /* width: what each grid column holds */
    uint32_t *above; /* width: 1 + index of the cell that covers it in the row above */
    uint32_t *below; /* the same for the row being laid */
    bool *own;       /* width: headed by one of own_column */
} grid;

/* Where a cell of the row stands. */
typedef struct slot {
    uint32_t col, span;
} slot;

static text_look look_at(const grid *g, const text_row *row, uint32_t i)
{
    return text_look_of(g->r, g->t, &g->t->cells.p[row->first + i]);
}

static pl_str first_piece(const grid *g, const text_row *row, uint32_t i)
{
    const text_cell *c = &g->t->cells.p[row->first + i];
    text_piece p;

    if (c->n_pieces == 0)
        return (pl_str){0};
    p = g->t->pieces.p[c->piece];
    return (pl_str){g->r->s.p + p.at, p.n};
}

static bool is_figure(text_look look)
{
    return look.kind == LOOK_INT || look.kind == LOOK_NUMBER || look.kind == LOOK_DASH;
}

/* One cell in words across the table. */
static bool is_section(const grid *g, const text_row *row)
{
    text_look look;

    if (row->n != 1 || g->width < 3 || (g->t->padded && row->pads == 1))
        return false;
    look = look_at(g, row, 0);
    return !is_figure(look) && first_piece(g, row, 0).n <= SECTION_BYTES;
}

/* A row of data has a number first, or figures in a third of its cells; years are no
 * figures here, they stand in headings. */
static bool is_data(const grid *g, const text_row *row)
{
    uint32_t figures = 0;

    for (uint32_t i = 0; i < row->n; i++) {
        text_look look = look_at(g, row, i);

        if (i == 0 && look.kind == LOOK_INT)
            return true;
        figures += is_figure(look) && !(look.number >= 1900 && look.number < 2100);
    }
    return row->n > 0 && figures * 3 >= row->n;
}

static void find_width(grid *g)
{
    for (size_t i = 0; i < g->t->rows.n; i++) {
        uint32_t n = g->t->rows.p[i].n;

        if (n > g->width)
            g->width = n;
    }
    if (g->width == 0)
        g->width = 1;
}

/* Has the row, or one above it in the heading, fewer cells than columns? */
static bool is_head_part(const grid *g, const text_row *row)
{
    for (uint32_t i = 0; !g->t->padded && i < row->n; i++)
        if (g->t->cells.p[row->first + i].n_pieces == 0)
            return true;
    return row->n < g->width;
}

/* Rows before the data, after those that are the table's own title. */
static void find_head(grid *g)
{
    size_t n = g->t->rows.n, data;

    while (g->top < n && g->top < HEAD_ROWS && is_section(g, &g->t->rows.p[g->top]))
        g->top++;
    data = g->top;
    while (data < n && data < g->top + HEAD_ROWS && !is_data(g, &g->t->rows.p[data]))
        data++;
    g->head = g->top + (data > g->top);
    if (data == n || data == g->top + HEAD_ROWS)
        return;
    for (size_t i = g->head; i < data; i++) {
        const text_row *row = &g->t->rows.p[i];

        if (row->n < 2 || is_section(g, row) ||
            !(is_head_part(g, row) || is_head_part(g, row - 1)))
            break;
        g->head = (uint32_t)i + 1;
    }
}

/* Cells that most rows of the body have. */
static uint32_t usual_cells(const grid *g)
{
    uint32_t best = 0, found = g->width;
    size_t end = g->t->rows.n - g->head < 64 ? g->t->rows.n : g->head + 64;

    for (size_t i = g->head; i < end; i++) {
        uint32_t n = g->t->rows.p[i].n, same = 0;

        for (size_t k = g->head; k < end; k++)
            same += g->t->rows.p[k].n == n;
        if (same > best && n > 1) {
            best = same;
            found = n;
        }
    }
    return found;
}

/* Columns by the heading, or by most rows when there is none. */
static void find_logical(grid *g)
{
    g->logical = g->width;
    if (!g->t->padded || g->head > g->top + 1)
        return;
    if (g->head > g->top && g->t->rows.p[g->top].n > 1)
        g->logical = g->t->rows.p[g->top].n;
    else
        g->logical = usual_cells(g);
}

static bool holds_figures(const text_column *c)
{
    uint32_t figures = (uint32_t)c->kind[LOOK_INT] + c->kind[LOOK_COUNT] +
                       c->kind[LOOK_NUMBER] + c->kind[LOOK_DASH];

    return figures * 2 > c->n;
}

static bool holds_words(const text_column *c)
{
    uint32_t words =
        (uint32_t)c->kind[LOOK_WORDS] + c->kind[LOOK_LONG] + c->kind[LOOK_MIXED];

    return c->n > 0 && words * 2 > c->n;
}

/* Surprise at a row with all cells when logical column `at` is the one that is split. */
static uint32_t split_cost(const grid *g, const text_row *row, uint32_t at)
{
    uint32_t bits = 0, extra = g->width - g->logical;

    for (uint32_t i = 0; i < row->n; i++) {
        text_look look = look_at(g, row, i);

        if (i > at && i <= at + extra)
            bits +=
                is_figure(look) || look.kind == LOOK_MIXED ? EXTRA_FIGURES : EXTRA_WORDS;
        else
            bits += text_column_cost(&g->column[i <= at ? i : i - extra], look);
    }
    return bits;
}

/* The logical column that is split: least surprise over all rows with all cells. Names
 * have parts, figures have none: columns of words come first. */
static uint32_t split_column(const grid *g)
{
    uint64_t best = UINT64_MAX;
    bool any_words = false;
    uint32_t found = g->logical - 1;

    for (uint32_t at = 0; at < g->logical; at++)
        any_words = any_words || holds_words(&g->column[at]);
    for (uint32_t at = 0; at < g->logical; at++) {
        uint64_t bits = any_words && !holds_words(&g->column[at]) ? NO_WORDS : 0;
        uint32_t rows = 0;

        for (size_t i = g->head; i < g->t->rows.n && rows < SPLIT_ROWS; i++)
            if (g->t->rows.p[i].n == g->width) {
                bits += split_cost(g, &g->t->rows.p[i], at);
                rows++;
            }
        if (bits < best) {
            best = bits;
            found = at;
        }
    }
    return found;
}

static void find_starts(grid *g)
{
    uint32_t split = g->logical, extra = g->width - g->logical;

    if (extra > 0) {
        for (size_t i = g->head; i < g->t->rows.n; i++)
            for (uint32_t c = 0; g->t->rows.p[i].n == g->logical && c < g->logical; c++)
                text_column_see(&g->column[c], look_at(g, &g->t->rows.p[i], c));
        split = split_column(g);
        memset(g->column, 0, g->width * sizeof *g->column);
    }
    for (uint32_t c = 0; c <= g->logical; c++)
        g->start[c] = c <= split ? c : c + extra;
    for (uint32_t c = 0; c < g->logical; c++)
        g->group[g->start[c]] = g->start[c + 1] - g->start[c];
}

/* Learn the columns from the rows that are plain. */
static void learn(grid *g)
{
    for (size_t i = g->head; i < g->t->rows.n; i++) {
        const text_row *row = &g->t->rows.p[i];

        if (row->n != g->width && (row->n != g->logical || is_section(g, row)))
            continue;
        for (uint32_t k = 0; k < row->n; k++)
            text_column_see(&g->column[row->n == g->width ? k : g->start[k]],
                            look_at(g, row, k));
    }
}

static void find_own(grid *g)
{
    const text_row *row = &g->t->rows.p[g->top];

    for (uint32_t i = 0; g->head > g->top && i < row->n && i < g->logical; i++)
        g->own[g->start[i]] =
            pl_str_is_any(first_piece(g, row, i), own_column, PL_COUNT(own_column));
}

/* Is the split column at col used as several in the row above? */
static bool split_above(const grid *g, uint32_t col)
{
    return g->above[col] && g->above[col] != g->above[col + 1];
}

static uint32_t skip_cost(const grid *g, uint32_t col, uint32_t placed, uint32_t n)
{
    uint32_t bits = placed == 0  ? (g->above[col] ? SKIP_BEFORE : NEVER)
                    : placed < n ? SKIP_BETWEEN
                                 : SKIP_AFTER;

    return bits + (holds_figures(&g->column[col]) ? SKIP_FIGURES : 0);
}

/* How the best way to a state came there. */
enum { STEP_SKIP, STEP_ONE, STEP_GROUP };

typedef struct text_fit {
    uint32_t cost[FIT_WIDTH + 1][FIT_WIDTH + 1]; /* [cells placed][columns used] */
    uint8_t step[FIT_WIDTH + 1][FIT_WIDTH + 1];
    text_look look[FIT_WIDTH];
} text_fit;

static void fit_offer(text_fit *f, uint32_t i, uint32_t col, uint32_t cost, uint8_t step)
{
    if (cost < f->cost[i][col]) {
        f->cost[i][col] = cost;
        f->step[i][col] = step;
    }
}

static void fit_from(const grid *g, text_fit *f, uint32_t i, uint32_t col, uint32_t n)
{
    uint32_t so_far = f->cost[i][col], span = g->group[col], bits, alone;

    if (so_far >= NEVER)
        return;
    fit_offer(f, i, col + 1, so_far + skip_cost(g, col, i, n), STEP_SKIP);
    if (i == n)
        return;
    bits = so_far + text_column_cost(&g->column[col], f->look[i]);
    /* a split column is used as in the row above; where that row's number reaches down,
     * the name before its part does too */
    alone = span > 1 && split_above(g, col) && i == 0 && col > 0 ? SPLIT_AGAIN : 0;
    fit_offer(f, i + 1, col + 1,
              bits + alone + (span > 1 && !split_above(g, col) ? SPLIT_ALONE : 0),
              STEP_ONE);
    if (span > 1)
        fit_offer(f, i + 1, col + span,
                  bits + alone + (split_above(g, col) ? SPLIT_ALONE : 0), STEP_GROUP);
}

/* Lay the n cells of a row into columns with the least surprise. */
static void fit_row(const grid *g, text_fit *f, const text_row *row, slot *slots)
{
    uint32_t n = row->n, i = n, col = g->width;

    for (uint32_t k = 0; k <= n; k++)
        for (uint32_t c = 0; c <= g->width; c++)
            f->cost[k][c] = NEVER;
    f->cost[0][0] = 0;
    for (uint32_t k = 0; k < n; k++)
        f->look[k] = look_at(g, row, k);
    for (uint32_t c = 0; c < g->width; c++)
        for (uint32_t k = 0; k <= n && k <= c; k++)
            fit_from(g, f, k, c, n);
    while (col > 0) {
        uint8_t step = f->step[i][col];
        uint32_t span = 1;

        if (step != STEP_SKIP) {
            if (step == STEP_GROUP)
                for (span = 1; g->group[col - span] == 0; span++)
                    ;
            i--;
            slots[i] = (slot){col - span, span};
        }
        col -= span;
    }
}

/* Cells in columns one after the other, in those of the heading when there are as many.
 */
static void lay_plain(const grid *g, uint32_t n, slot *slots)
{
    for (uint32_t i = 0; i < n; i++)
        slots[i] = n == g->logical && n < g->width
                       ? (slot){g->start[i], g->start[i + 1] - g->start[i]}
                       : (slot){i, 1};
}

static pl_status cell_add(grid *g, uint32_t row, slot s, const text_cell *from,
                          uint32_t line)
{
    pl_cell *c = PL_VEC_ADD(g->r->cx->arena, &g->out->cells);
    pl_place place = {.line = line, .row = row + 1, .col = s.col + 1};

    if (!c)
        return pl_fail_memory(g->r->cx);
    *c = (pl_cell){.row = row, .col = s.col, .rowspan = 1, .colspan = s.span};
    c->header = g->t->has_rule && row < g->head;
    if (from && from->n_pieces)
        PL_TRY(text_pieces_join(g->r, g->t->pieces.p + from->piece, from->n_pieces,
                                TEXT_JOIN_SPACE, &c->text));
    c->place = pl_text_place(&c->text, &place, 0, c->text.s.n);
    for (uint32_t k = 0; k < s.span; k++)
        g->below[s.col + k] = (uint32_t)g->out->cells.n;
    return PL_OK;
}

/* May the cell above reach down into [col, end), columns left out of this row? */
static bool reaches(const grid *g, uint32_t row, uint32_t col, uint32_t end, bool leads)
{
    const pl_cell *c;

    if (!g->above[col] || row <= g->head)
        return false;
    c = &g->out->cells.p[g->above[col] - 1];
    if (c->col != col || c->colspan > end - col || c->text.s.n == 0)
        return false;
    return leads || (holds_words(&g->column[col]) && !g->own[col]);
}

/* Columns [col, end) that no cell of the row stands in. */
static pl_status fill(grid *g, uint32_t row, uint32_t col, uint32_t end, bool reach,
                      uint32_t line)
{
    bool leads = col == 0;

    while (col < end) {
        if (reach && reaches(g, row, col, end, leads)) {
            pl_cell *c = &g->out->cells.p[g->above[col] - 1];

            c->rowspan++;
            for (uint32_t k = 0; k < c->colspan; k++)
                g->below[col + k] = g->above[col];
            col += c->colspan;
        } else {
            PL_TRY(cell_add(g, row, (slot){col, 1}, NULL, line));
            col++;
        }
    }
    return PL_OK;
}

static pl_status put_row(grid *g, uint32_t row, const text_row *of, const slot *slots,
                         bool reach)
{
    uint32_t col = 0, n = of->n;
    uint32_t line = of->n + of->pads ? g->t->cells.p[of->first].line : 0;

    memset(g->below, 0, g->width * sizeof *g->below);
    for (uint32_t i = 0; i < n; i++) {
        PL_TRY(fill(g, row, col, slots[i].col, reach, line));
        PL_TRY(cell_add(g, row, slots[i], &g->t->cells.p[of->first + i], line));
        col = slots[i].col + slots[i].span;
    }
    PL_TRY(fill(g, row, col, g->width, reach, line));
    memcpy(g->above, g->below, g->width * sizeof *g->above);
    return PL_OK;
}

/* Empty cells at the start of a row without padding are those that a cell above was
 * merged over; not so in rows of totals. */
static pl_status put_explicit(grid *g, uint32_t row, text_row of, slot *slots)
{
    uint32_t lead = 0;

    while (lead < of.n && g->t->cells.p[of.first + lead].n_pieces == 0)
        lead++;
    if (lead < of.n &&
        pl_str_is_any(first_piece(g, &of, lead), total_word, PL_COUNT(total_word)))
        lead = 0;
    if (row <= g->head)
        lead = 0;
    of.first += lead;
    of.n -= lead;
    for (uint32_t i = 0; i < of.n; i++)
        slots[i] = (slot){lead + i, 1};
    return put_row(g, row, &of, slots, lead > 0);
}

/* How much of [from, to) holds words, in rows with all cells. */
static uint32_t words_in(const grid *g, uint32_t from, uint32_t to)
{
    uint32_t n = 0;

    for (uint32_t c = from; c < to && c < g->width; c++)
        n += holds_words(&g->column[c]);
    return n;
}

/* In a padded heading of two rows, `over` cells of the first stand over the cells of the
 * second, side by side and equally wide, where the columns hold figures. */
static pl_status put_head_padded(grid *g, slot *slots)
{
    const text_row *top = &g->t->rows.p[g->top], *sub = top + 1;
    uint32_t over = top->n + sub->n > g->width ? top->n + sub->n - g->width : 0;
    uint32_t best = UINT32_MAX, at = 0, col = 0;

    if (over == 0 || over > top->n || over > sub->n)
        return PL_OK;
    for (uint32_t b = 0; b + over <= top->n; b++)
        if (words_in(g, b, b + sub->n) < best) {
            best = words_in(g, b, b + sub->n);
            at = b;
        }
    for (uint32_t i = 0; i < top->n; i++) {
        uint32_t k = i - at, span = 1;

        if (i >= at && k < over)
            span = sub->n * (k + 1) / over - sub->n * k / over;
        slots[i] = (slot){col, span};
        col += span;
    }
    PL_TRY(put_row(g, g->top, top, slots, false));
    for (uint32_t i = 0; i < sub->n; i++)
        slots[i] = (slot){at + i, 1};
    memset(g->below, 0, g->width * sizeof *g->below);
    for (uint32_t c = 0; c < g->width; c++)
        if (c < at || c >= at + sub->n) {
            g->below[c] = g->above[c];
            g->out->cells.p[g->above[c] - 1].rowspan = 2;
        }
    for (uint32_t i = 0; i < sub->n; i++)
        PL_TRY(cell_add(g, g->top + 1, slots[i], &g->t->cells.p[sub->first + i],
                        g->t->cells.p[sub->first].line));
    memcpy(g->above, g->below, g->width * sizeof *g->above);
    return PL_OK;
}

/* In a heading with its empty cells in place: an empty one right of a cell is spanned by
 * it where something stands below; an empty one below a cell is reached by it. */
static pl_status put_head_explicit(grid *g, uint32_t row)
{
    const text_row *of = &g->t->rows.p[row], *under = of + 1;
    bool last = row + 1 == g->head;
    uint32_t col = 0, line = of->n ? g->t->cells.p[of->first].line : 0;

    memset(g->below, 0, g->width * sizeof *g->below);
    while (col < g->width) {
        const text_cell *c = col < of->n ? &g->t->cells.p[of->first + col] : NULL;
        uint32_t span = 1;

        if (c && c->n_pieces) {
            while (!last && col + span < g->width && col + span < under->n &&
                   g->t->cells.p[under->first + col + span].n_pieces &&
                   (col + span >= of->n ||
                    g->t->cells.p[of->first + col + span].n_pieces == 0))
                span++;
            PL_TRY(cell_add(g, row, (slot){col, span}, c, line));
        } else if (row > g->top && g->above[col] &&
                   g->out->cells.p[g->above[col] - 1].col == col) {
            pl_cell *from = &g->out->cells.p[g->above[col] - 1];

            if (from->colspan > 1 || from->text.s.n == 0) {
                PL_TRY(cell_add(g, row, (slot){col, 1}, NULL, line));
            } else {
                from->rowspan++;
                g->below[col] = g->above[col];
            }
        } else {
            PL_TRY(cell_add(g, row, (slot){col, 1}, NULL, line));
        }
        col += span;
    }
    memcpy(g->above, g->below, g->width * sizeof *g->above);
    return PL_OK;
}

/* Rows of a heading of several, from *row on; *row moves past them. */
static pl_status put_head(grid *g, slot *slots, uint32_t *row)
{
    size_t before = g->out->cells.n;

    if (g->head < g->top + 2)
        return PL_OK;
    if (g->t->padded) {
        PL_TRY(put_head_padded(g, slots));
        *row += g->out->cells.n > before ? 2 : 0;
        return PL_OK;
    }
    for (; *row < g->head; (*row)++)
        PL_TRY(put_head_explicit(g, *row));
    return PL_OK;
}

static pl_status put_body_row(grid *g, uint32_t row, slot *slots)
{
    const text_row *of = &g->t->rows.p[row];
    bool fits = g->t->padded && g->width <= FIT_WIDTH && of->n > 0;

    if (is_section(g, of)) {
        slots[0] = (slot){0, g->width};
        return put_row(g, row, of, slots, false);
    }
    if (!g->t->padded)
        return put_explicit(g, row, *of, slots);
    if (of->n == g->width || of->n == g->logical || !fits || row < g->head) {
        lay_plain(g, of->n, slots);
        return put_row(g, row, of, slots, false);
    }
    fit_row(g, g->r->fit, of, slots);
    for (uint32_t i = 0; i < of->n; i++)
        text_column_see(&g->column[slots[i].col], look_at(g, of, i));
    return put_row(g, row, of, slots, true);
}

static bool is_ragged(const grid *g)
{
    uint32_t width = 0;

    for (size_t i = 0; i < g->t->rows.n; i++) {
        const text_row *row = &g->t->rows.p[i];
        uint32_t n = row->n + row->pads;

        if (is_section(g, row) || (g->t->padded && i + 1 == g->t->rows.n))
            continue;
        if (width && n != width)
            return true;
        width = n;
    }
    return g->t->misfit;
}

static pl_status put_rows(grid *g)
{
    slot *slots = PL_NEW_N(g->r->cx->arena, slot, g->width);
    uint32_t row = 0;

    if (!slots)
        return pl_fail_memory(g->r->cx);
    for (; row < g->top; row++)
        PL_TRY(put_body_row(g, row, slots));
    PL_TRY(put_head(g, slots, &row));
    for (; row < g->t->rows.n; row++)
        PL_TRY(put_body_row(g, row, slots));
    return PL_OK;
}

static pl_status grid_room(grid *g)
{
    pl_arena *a = g->r->cx->arena;

    g->out = PL_NEW(a, pl_table);
    g->start = PL_NEW_N(a, uint32_t, (size_t)g->width + 1);
    g->group = PL_NEW_N(a, uint32_t, g->width);
    g->column = PL_NEW_N(a, text_column, g->width);
    g->above = PL_NEW_N(a, uint32_t, g->width);
    g->below = PL_NEW_N(a, uint32_t, g->width);
    g->own = PL_NEW_N(a, bool, g->width);
    if (!g->r->fit)
        g->r->fit = PL_NEW(a, text_fit);
    if (!g->out || !g->start || !g->group || !g->column || !g->above || !g->below ||
        !g->own)
        return pl_fail_memory(g->r->cx);
    /* as many as were written, and some for rows that reach over */
    g->out->cells.cap = g->t->cells.n + 8;
    g->out->cells.p =
        pl_arena_alloc_raw(a, g->out->cells.cap, sizeof(pl_cell), _Alignof(pl_cell));
    return g->out->cells.p ? PL_OK : pl_fail_memory(g->r->cx);
}

pl_status text_grid_make(text_reader *r, text_table *t, pl_table **out)
{
    grid g = {.r = r, .t = t};

    find_width(&g);
    PL_TRY(grid_room(&g));
    find_head(&g);
    find_logical(&g);
    find_starts(&g);
    find_own(&g);
    learn(&g);
    PL_TRY(put_rows(&g));
    g.out->rows = (uint32_t)t->rows.n;
    g.out->cols = g.width;
    g.out->ragged = is_ragged(&g);
    PL_TRY(pl_table_grid(r->cx, g.out));
    *out = g.out;
    return PL_OK;
}
