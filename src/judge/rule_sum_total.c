/* Tables with a row of totals (合计, 小计): each column adds up. R-374.
 *
 * Which rows a total is of is not always plain: all of them, the subtotals, those
 * numbered 一、 二、, or all but 其中. A column is found wrong only when it is wrong by
 * each of these readings. */
#include "judge/adding.h"
#include "judge/rules.h"
#include "plan/words.h"
#include "text/fold.h"
#include "text/numbering.h"

enum {
    PARTS_MAX = 1000, /* rows of one total */
    LABEL_COLS = 3,   /* columns in which a row's name may stand */
    HEADING_ROWS = 4,
    HEADER_BYTES = 240,
    COLS_MAX = 256,
    YEAR_LEAST = 1949, /* of headings */
    YEAR_MOST = 2100
};

typedef enum row_kind {
    ROW_PART,
    ROW_NUMBERED, /* 一、 */
    ROW_SUBSET,   /* 其中: … */
    ROW_SUBTOTAL,
    ROW_TOTAL
} row_kind;

typedef struct total_table {
    const pl_table *t;
    row_kind *kinds;    /* of each row */
    uint32_t body;      /* first row with a figure */
    pl_figure *figures; /* scratch: PARTS_MAX */
    uint32_t cols;      /* that are looked at */
    bool *apart;        /* of each: its figures do not add up */
    const pl_word **units;
} total_table;

/* Rows that one total may be the sum of, by readings: which kinds count. */
static const struct {
    unsigned kinds;
} readings[] = {
    {1u << ROW_PART | 1u << ROW_NUMBERED | 1u << ROW_SUBSET},
    {1u << ROW_PART | 1u << ROW_NUMBERED},
    {1u << ROW_SUBTOTAL},
    {1u << ROW_NUMBERED},
};

static bool has_role(const pl_word *w, pl_str role)
{
    return w && pl_str_eq(w->field[0], role);
}

/* The folded text of the cell that begins at a place of the grid; empty elsewhere. */
static pl_status text_at(pl_ctx *cx, const pl_table *t, uint32_t row, uint32_t col,
                         pl_str *out)
{
    const pl_cell *cell = pl_table_at(t, row, col);

    *out = (pl_str){0};
    if (!cell || cell->row != row || cell->col != col || cell->text.s.n == 0)
        return PL_OK;
    return pl_fold_str(cx, cell->text.s, out);
}

static row_kind kind_of(pl_ctx *cx, pl_str label)
{
    const pl_word *w;
    pl_numbering n;

    while (label.n && pl_str_eat(&label, PL_S("#")))
        ;
    w = pl_lexicon_whole(cx->lexicon, PL_WORDS(RELATION), label);
    if (has_role(w, PL_S("total")))
        return ROW_TOTAL;
    if (has_role(w, PL_S("subtotal")))
        return ROW_SUBTOTAL;
    if (has_role(pl_lexicon_at(cx->lexicon, PL_WORDS(RELATION), label), PL_S("some")))
        return ROW_SUBSET;
    n = pl_numbering_at(label);
    return n.kind == PL_NUMBERING_CN_COMMA || n.kind == PL_NUMBERING_CN_PAREN
               ? ROW_NUMBERED
               : ROW_PART;
}

/* The number of a cell, with the unit behind it: `1,234.5`, `12.3亿元`. */
static bool number_of(pl_ctx *cx, pl_str s, pl_figure *f)
{
    s = pl_str_trim(s);
    if (!pl_number_at(cx->lexicon, s, true, false, &f->q.number))
        return false;
    s = pl_str_trim(pl_str_tail(s, f->q.number.n));
    f->q.unit = pl_lexicon_whole(cx->lexicon, PL_WORDS(UNIT) | PL_WORDS(COUNTER), s);
    return s.n == 0 || f->q.unit;
}

/* The figure of a cell, in `unit` where it says none. False when it has no number that
 * adds up. */
static pl_status read_figure(pl_ctx *cx, const total_table *in, uint32_t row,
                             uint32_t col, const pl_word *unit, pl_figure *f, bool *is)
{
    pl_str s;

    *f = (pl_figure){.passage = PL_NOPOS};
    *is = false;
    PL_TRY(text_at(cx, in->t, row, col, &s));
    if (s.n == 0 || !number_of(cx, s, f))
        return PL_OK;
    if (!f->q.unit)
        f->q.unit = unit;
    f->text = pl_str_trim(pl_table_at(in->t, row, col)->text.s);
    f->place = pl_table_at(in->t, row, col)->place;
    *is =
        pl_figure_measure(f) && (!f->q.unit || pl_figure_adds(f)) && !f->q.number.percent;
    return PL_OK;
}

/* Kinds of all rows; sets *any when one is a total. */
static pl_status read_rows(pl_ctx *cx, total_table *in, bool *any)
{
    const pl_table *t = in->t;

    in->kinds = PL_NEW_N(cx->arena, row_kind, t->rows);
    if (!in->kinds)
        return pl_fail_memory(cx);
    for (uint32_t r = 0; r < t->rows; r++) {
        for (uint32_t c = 0; c < t->cols && c < LABEL_COLS; c++) {
            pl_str label;

            PL_TRY(text_at(cx, t, r, c, &label));
            in->kinds[r] = label.n ? kind_of(cx, label) : ROW_PART;
            if (in->kinds[r] != ROW_PART)
                break;
        }
        *any = *any || in->kinds[r] == ROW_TOTAL || in->kinds[r] == ROW_SUBTOTAL;
    }
    return PL_OK;
}

/* The heading of a column: the texts of its cells above the body, joined. */
static pl_status heading_of(pl_ctx *cx, const total_table *in, uint32_t col, pl_str *out)
{
    pl_buf b;
    pl_status st = PL_OK;

    pl_buf_init(&b, HEADER_BYTES);
    for (uint32_t r = 0; r < in->body && st == PL_OK; r++) {
        const pl_cell *cell = pl_table_at(in->t, r, col);
        pl_str s;

        if (!cell || cell->row != r)
            continue;
        st = pl_fold_str(cx, cell->text.s, &s);
        if (st == PL_OK && s.n <= HEADER_BYTES - b.n)
            pl_buf_put(&b, s);
    }
    if (st == PL_OK)
        st = pl_str_keep(cx, pl_buf_str(&b), out);
    pl_buf_release(&b);
    return st;
}

/* Does the heading say that its figures do not add up (率, 人均, 增长)? */
static bool stands_apart(const pl_lexicon *lx, pl_str heading)
{
    const pl_word *w;

    for (size_t i = 0; (w = pl_lexicon_row(lx, PL_WORD_RELATION, i)) != NULL; i++)
        if (has_role(w, PL_S("apart")) && pl_str_has(heading, w->word))
            return true;
    return false;
}

/* The unit of a heading: 面积(公顷), or things that are counted: 项目数. */
static const pl_word *unit_of(const pl_lexicon *lx, pl_str heading)
{
    pl_str before, inside;

    if (pl_bracket_last(heading, &before, &inside))
        return pl_lexicon_whole(lx, PL_WORDS(UNIT) | PL_WORDS(COUNTER), inside);
    if (pl_str_ends(heading, PL_S("数")) || pl_str_ends(heading, PL_S("数量")))
        return pl_lexicon_whole(lx, PL_WORDS(COUNTER), PL_S("个"));
    return NULL;
}

/* The rows that a total may be of: those above it to the total before, or, when it comes
 * first, those below. */
static void span_of(const total_table *in, uint32_t row, uint32_t *from, uint32_t *to)
{
    row_kind least = in->kinds[row] == ROW_SUBTOTAL ? ROW_SUBTOTAL : ROW_TOTAL;

    *from = *to = row;
    while (*from > in->body && in->kinds[*from - 1] < least)
        --*from;
    if (*from < row)
        return;
    *from = row + 1;
    *to = row + 1;
    while (*to < in->t->rows && in->kinds[*to] < least)
        ++*to;
}

/* One total in one column. */
typedef struct column_in {
    uint32_t row, col, from, to;
    const pl_word *unit;
    pl_figure total;
    uint32_t missing; /* rows without a figure */
    bool ragged;      /* the table: figures may stand in other columns than they seem */
    size_t n;         /* figures read, in table order */
    row_kind kinds[PARTS_MAX];
} column_in;

static pl_status read_column(pl_ctx *cx, const total_table *in, column_in *c)
{
    bool is;

    c->n = c->missing = 0;
    for (uint32_t r = c->from; r < c->to && c->n < PARTS_MAX; r++) {
        PL_TRY(read_figure(cx, in, r, c->col, c->unit, &in->figures[c->n], &is));
        if (is)
            c->kinds[c->n++] = in->kinds[r];
        else if (in->kinds[r] <= ROW_NUMBERED)
            c->missing++;
    }
    return PL_OK;
}

/* The figures that a reading counts. */
static pl_status pick(pl_ctx *cx, const total_table *in, const column_in *c, size_t k,
                      pl_figure_refs *out)
{
    out->n = 0;
    for (size_t i = 0; i < c->n; i++)
        if (readings[k].kinds >> c->kinds[i] & 1u)
            PL_TRY(pl_refs_add(cx, out, &in->figures[i]));
    return PL_OK;
}

static bool one_dimension(const pl_figure_refs *parts, const pl_figure *total)
{
    for (size_t i = 0; i < parts->n; i++)
        if (!pl_str_eq(parts->p[i]->dim, total->dim))
            return false;
    return true;
}

/* Is the total less than one of its parts? Then the column holds something else. */
static bool below_a_part(const pl_figure_refs *parts, const pl_figure *total)
{
    for (size_t i = 0; i < parts->n; i++)
        if (pl_part_against(parts->p[i], total) == PL_ADDS_MORE)
            return true;
    return false;
}

static pl_status say_column(pl_ctx *cx, pl_check *check, const column_in *c,
                            const pl_figure_refs *parts, pl_adds adds, bool others_hold)
{
    pl_sum_says says = {PL_SEVERITY_WARNING, "与合计不符", "the row of totals says",
                        .gap = true};

    if (adds == PL_ADDS_SAME)
        says = (pl_sum_says){
            .severity = PL_SEVERITY_HELD, .zh = "与合计一致", .en = "as the total says"};
    else if (!c->ragged && c->missing == 0 &&
             (others_hold || !below_a_part(parts, &c->total)))
        says.severity = PL_SEVERITY_ERROR;
    if (c->missing && adds == PL_ADDS_LESS) {
        says.more_zh = "；有的行未列数";
        says.more_en = "; some rows have no figure";
    }
    return pl_sum_say(cx, check, &c->total, parts, 0, parts->n, &says);
}

static bool is_nearer(const pl_sum *a, const pl_sum *b, const pl_figure *total)
{
    pl_dec to_a, to_b;

    return pl_dec_sub(a->value, total->value, &to_a) &&
           pl_dec_sub(b->value, total->value, &to_b) &&
           pl_dec_cmp(pl_dec_abs(to_a), pl_dec_abs(to_b)) < 0;
}

/* One column against its total, by the first reading that holds, else by the one that
 * comes nearest.
 * `held` tells that it held; `failing` asks for those that fail. */
static pl_status judge_column(pl_ctx *cx, pl_check *check, const total_table *in,
                              column_in *c, bool failing, bool *held)
{
    pl_figure_refs parts = {0}, near = {0};
    pl_adds near_adds = PL_ADDS_UNKNOWN;
    pl_sum sum, near_sum = {0};
    bool is;

    PL_TRY(read_figure(cx, in, c->row, c->col, c->unit, &c->total, &is));
    if (!is)
        return PL_OK;
    PL_TRY(read_column(cx, in, c));
    for (size_t k = 0; k < PL_COUNT(readings); k++) {
        pl_adds adds;

        PL_TRY(pick(cx, in, c, k, &parts));
        if (parts.n < 2 || !one_dimension(&parts, &c->total) ||
            !pl_sum_of(&parts, 0, parts.n, &sum))
            continue;
        adds = pl_sum_against(&sum, &c->total);
        if (adds == PL_ADDS_SAME) {
            if (!failing)
                PL_TRY(say_column(cx, check, c, &parts, adds, true));
            *held = true;
            return PL_OK;
        }
        if (near_adds == PL_ADDS_UNKNOWN || is_nearer(&sum, &near_sum, &c->total)) {
            near_adds = adds;
            near_sum = sum;
            near = parts;
            parts = (pl_figure_refs){0};
        }
    }
    return failing && near_adds != PL_ADDS_UNKNOWN
               ? say_column(cx, check, c, &near, near_adds, *held)
               : PL_OK;
}

/* The columns of one row of totals: first those that hold. */
static pl_status judge_total(pl_ctx *cx, pl_check *check, const total_table *in,
                             column_in *c)
{
    bool held = false;

    span_of(in, c->row, &c->from, &c->to);
    if (c->to - c->from < 2 || c->to - c->from > PARTS_MAX)
        return PL_OK;
    for (int failing = 0; failing < 2; failing++)
        for (c->col = 0; c->col < in->cols; c->col++) {
            if (in->apart[c->col])
                continue;
            c->unit = in->units[c->col];
            PL_TRY(judge_column(cx, check, in, c, failing, &held));
        }
    return PL_OK;
}

static bool is_bare_year(const pl_figure *f)
{
    return !f->q.unit && f->q.number.value.scale == 0 && f->text.n == 4 &&
           f->q.number.value.coef >= YEAR_LEAST && f->q.number.value.coef <= YEAR_MOST;
}

/* The first row below the headings: the first in which a cell behind the name is a
 * number. */
static pl_status find_body(pl_ctx *cx, total_table *in)
{
    pl_figure f;
    bool is = false;

    for (in->body = 0; in->body < HEADING_ROWS && in->body < in->t->rows; in->body++) {
        for (uint32_t c = 1; c < in->t->cols && c < COLS_MAX && !is; c++) {
            PL_TRY(read_figure(cx, in, in->body, c, NULL, &f, &is));
            is = is && !is_bare_year(&f); /* 2026 | 2027: a heading */
        }
        if (is)
            break;
    }
    return PL_OK;
}

/* Where rows have different numbers of cells, a row with too few may have lost the empty
 * ones at its start: which column a figure is of is not known. */
static bool is_in_place(const pl_table *t, uint32_t row)
{
    const pl_cell *last = pl_table_at(t, row, t->cols - 1);

    return !t->ragged || (last && last->text.s.n);
}

/* What the headings say of the columns. After find_body. */
static pl_status read_headings(pl_ctx *cx, total_table *in)
{
    in->cols = in->t->cols < COLS_MAX ? in->t->cols : COLS_MAX;
    in->apart = PL_NEW_N(cx->arena, bool, in->cols);
    in->units = PL_NEW_N(cx->arena, const pl_word *, in->cols);
    if (!in->apart || !in->units)
        return pl_fail_memory(cx);
    for (uint32_t c = 0; c < in->cols; c++) {
        pl_str heading;

        PL_TRY(heading_of(cx, in, c, &heading));
        in->apart[c] = stands_apart(cx->lexicon, heading);
        in->units[c] = unit_of(cx->lexicon, heading);
    }
    return PL_OK;
}

/* Scratch for columns, made for the first table that has totals. */
static pl_status scratch(pl_ctx *cx, total_table *in, column_in **c)
{
    if (*c)
        return PL_OK;
    in->figures = PL_NEW_N(cx->arena, pl_figure, PARTS_MAX);
    *c = PL_NEW(cx->arena, column_in);
    return in->figures && *c ? PL_OK : pl_fail_memory(cx);
}

static pl_status judge_table(pl_ctx *cx, pl_check *check, total_table *in, column_in **c)
{
    bool any = false;

    PL_TRY(read_rows(cx, in, &any));
    if (!any)
        return PL_OK;
    PL_TRY(scratch(cx, in, c));
    PL_TRY(find_body(cx, in));
    PL_TRY(read_headings(cx, in));
    (*c)->ragged = in->t->ragged;
    for (uint32_t r = in->body; r < in->t->rows; r++) {
        (*c)->row = r;
        if (in->kinds[r] >= ROW_SUBTOTAL && is_in_place(in->t, r))
            PL_TRY(judge_total(cx, check, in, *c));
    }
    return PL_OK;
}

pl_status pl_rule_sum_total(pl_ctx *cx, pl_check *check)
{
    const pl_doc *d = check->plan->doc;
    total_table in = {0};
    column_in *c = NULL;

    for (size_t i = 0; i < d->blocks.n; i++) {
        in.t = d->blocks.p[i].table;
        if (d->blocks.p[i].kind == PL_BLOCK_TABLE && in.t)
            PL_TRY(judge_table(cx, check, &in, &c));
    }
    return PL_OK;
}
