/* Indicator tables: one pl_indicator a row. */
#include "plan/recognise.h"
#include "plan/words.h"

/* What one row is read with. */
typedef struct row_in {
    pl_plan *plan;
    const pl_table *t;
    const pl_shape *s;
    uint32_t r;
    pl_str group;
} row_in;

static const pl_cell *cell_of(const row_in *in, size_t col)
{
    return col == PL_NOPOS ? NULL : pl_table_at(in->t, in->r, (uint32_t)col);
}

static pl_status clean_cell(pl_ctx *cx, const pl_cell *cell, pl_str *out)
{
    *out = (pl_str){0};
    return cell ? pl_clean(cx, cell->text.s, out) : PL_OK;
}

/* Name and unit of `常住人口规模(万人)`; the unit is empty when the bracket is none. */
static void split_unit(const pl_lexicon *lx, pl_str s, pl_str *name, pl_str *unit)
{
    pl_str before, inside;

    *name = s;
    *unit = (pl_str){0};
    if (pl_bracket_last(s, &before, &inside) && before.n && pl_is_unit(lx, inside)) {
        *name = before;
        *unit = inside;
    }
}

/* Does the row carry on the indicator of the row before: same number or name cell, or
 * (where the table gives neither) no number of its own? */
static bool same_indicator(const row_in *in, const pl_cell *no, const pl_cell *name)
{
    if (in->r == in->s->body)
        return false;
    if (no)
        return no->row < in->r;
    return name && name->row < in->r;
}

static pl_status part_name(pl_ctx *cx, pl_indicator *it, pl_str main, pl_str part)
{
    pl_buf b;
    pl_status st;

    if (part.n == 0) {
        it->name = main;
        return PL_OK;
    }
    it->part_name = part;
    pl_buf_init(&b, SIZE_MAX);
    pl_buf_put(&b, main);
    pl_buf_put(&b, PL_S(":"));
    pl_buf_put(&b, part);
    st = pl_buf_keep(cx, &b, &it->name);
    pl_buf_release(&b);
    return st;
}

/* "a" for 0 … "z"; later parts share "z". */
static pl_str part_letter(size_t i)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz";

    return (pl_str){&letters[i < 25 ? i : 25], 1};
}

/* The letters of this row and, when it opens a second part, of the row before. */
static void number_parts(pl_plan *plan, pl_indicator *it, bool same)
{
    size_t n = plan->indicators.n; /* `it` is not among them yet */
    size_t parts = 0;

    while (same && parts < n && plan->indicators.p[n - 1 - parts].table == it->table &&
           pl_str_eq(plan->indicators.p[n - 1 - parts].no, it->no))
        parts++;
    if (same && parts) {
        if (parts == 1)
            plan->indicators.p[n - 1].part = part_letter(0);
        it->part = part_letter(parts);
    }
}

static pl_status read_number(pl_ctx *cx, const row_in *in, bool same, const pl_cell *no,
                             pl_indicator *it)
{
    const pl_indicators *all = &in->plan->indicators;
    pl_buf b;
    pl_status st;

    PL_TRY(clean_cell(cx, no, &it->no));
    if (same && all->n && it->no.n == 0)
        it->no = all->p[all->n - 1].no;
    if (it->no.n)
        return PL_OK;
    size_t number = 1; /* no number is given: count the indicators of the document */
    for (size_t i = 0; i < all->n; i++)
        number += i == 0 || !pl_str_eq(all->p[i].no, all->p[i - 1].no);
    pl_buf_init(&b, 32);
    pl_buf_putf(&b, "%zu", number);
    st = pl_buf_keep(cx, &b, &it->no);
    pl_buf_release(&b);
    return st;
}

static pl_status read_names(pl_ctx *cx, const row_in *in, size_t col, pl_indicator *it)
{
    const pl_cell *first = cell_of(in, col), *part = NULL;
    pl_str s, main, sub = {0}, unit, sub_unit = {0};

    for (size_t c = col + 1; c < in->s->n_cols && in->s->cols[c].group == col; c++)
        if (cell_of(in, c) != first)
            part = cell_of(in, c);
    PL_TRY(clean_cell(cx, first, &s));
    split_unit(cx->lexicon, s, &main, &unit);
    PL_TRY(clean_cell(cx, part, &s));
    split_unit(cx->lexicon, s, &sub, &sub_unit);
    it->place = first ? first->place : (pl_place){0};
    it->unit = sub_unit.n ? sub_unit : unit;
    if (main.n == 0) {
        main = sub;
        sub = (pl_str){0};
    }
    return part_name(cx, it, main, sub);
}

static pl_attribute attribute_of(const pl_lexicon *lx, pl_str s)
{
    const pl_word *w = pl_lexicon_in(lx, PL_WORDS(ATTRIBUTE), s, NULL);

    if (!w)
        return PL_ATTRIBUTE_NONE;
    return pl_str_eq(w->field[0], PL_S("binding")) ? PL_ATTRIBUTE_BINDING
                                                   : PL_ATTRIBUTE_EXPECTED;
}

static pl_status read_labels(pl_ctx *cx, const row_in *in, pl_indicator *it)
{
    pl_str s;
    size_t col;

    PL_TRY(clean_cell(cx, cell_of(in, pl_shape_col_of(in->s, PL_ROLE_UNIT, 0)), &s));
    if (s.n && !pl_str_eq(s, PL_S("-")))
        it->unit = s;
    PL_TRY(clean_cell(cx, cell_of(in, pl_shape_col_of(in->s, PL_ROLE_ATTRIBUTE, 0)),
                      &it->attribute_text));
    it->attribute = attribute_of(cx->lexicon, it->attribute_text);
    for (size_t i = 0; (col = pl_shape_col_of(in->s, PL_ROLE_RESPONSIBLE, i)) != PL_NOPOS;
         i++) {
        PL_TRY(clean_cell(cx, cell_of(in, col), &s));
        PL_TRY(pl_names_split(cx, s, &it->responsible));
    }
    PL_TRY(clean_cell(cx, cell_of(in, pl_shape_col_of(in->s, PL_ROLE_GROUP, 0)), &s));
    it->group = s.n ? s : in->group;
    return PL_OK;
}

static bool is_cell_role(pl_role r)
{
    return r == PL_ROLE_TARGET || r == PL_ROLE_VALUE || r == PL_ROLE_TERM_TARGET ||
           r == PL_ROLE_OTHER || r == PL_ROLE_CLAIM || r == PL_ROLE_NOTE;
}

static pl_status read_datum(pl_ctx *cx, const row_in *in, uint32_t c, pl_indicator *it)
{
    const pl_shape_col *col = &in->s->cols[c];
    const pl_cell *cell = cell_of(in, c);
    pl_phrase_opts opts = {.year = col->year, .name = it->name, .unit = it->unit};
    pl_datum *d = PL_VEC_ADD(cx->arena, &it->cells);

    if (!d)
        return pl_fail_memory(cx);
    d->header = col->header;
    d->role = col->role == PL_ROLE_CLAIM || col->role == PL_ROLE_NOTE ? PL_ROLE_OTHER
                                                                      : col->role;
    d->year = col->year;
    d->cumulative = col->cumulative;
    d->per_year = col->per_year;
    if (cell) {
        d->text = cell->text;
        d->place = cell->place;
    }
    PL_TRY(clean_cell(cx, cell, &d->clean));
    return pl_phrase_parse(cx, d->text.s, &opts, &d->phrase);
}

static pl_status read_row(pl_ctx *cx, const row_in *in)
{
    pl_indicator it = {.table = in->t->number};
    size_t name_col = pl_shape_col_of(in->s, PL_ROLE_NAME, 0);
    const pl_cell *no = cell_of(in, pl_shape_col_of(in->s, PL_ROLE_NO, 0));
    bool same = same_indicator(in, no, cell_of(in, name_col));
    pl_indicator *slot;

    PL_TRY(read_names(cx, in, name_col, &it));
    if (it.name.n == 0)
        return PL_OK; /* an empty row */
    PL_TRY(read_number(cx, in, same, no, &it));
    number_parts(in->plan, &it, same);
    PL_TRY(read_labels(cx, in, &it));
    for (uint32_t c = 0; c < in->s->n_cols; c++)
        if (is_cell_role(in->s->cols[c].role) && in->s->cols[c].group == c &&
            in->s->cols[c].header.n)
            PL_TRY(read_datum(cx, in, c, &it));
    slot = PL_VEC_ADD(cx->arena, &in->plan->indicators);
    if (!slot)
        return pl_fail_memory(cx);
    *slot = it;
    return PL_OK;
}

/* A row that repeats the heading, as tables that run over pages have. */
static bool repeats_heading(const row_in *in)
{
    const pl_cell *body = cell_of(in, pl_shape_col_of(in->s, PL_ROLE_NAME, 0));
    const pl_cell *head = pl_table_at(in->t, in->s->body - 1,
                                      (uint32_t)pl_shape_col_of(in->s, PL_ROLE_NAME, 0));

    return in->s->body && body && head && pl_str_eq(body->text.s, head->text.s);
}

pl_status pl_read_indicators(pl_ctx *cx, pl_plan *plan, const pl_table *t,
                             const pl_shape *s)
{
    row_in in = {.plan = plan, .t = t, .s = s};

    for (in.r = s->body; in.r < t->rows; in.r++) {
        const pl_cell *section = pl_section_row(t, in.r);

        if (section) {
            PL_TRY(pl_clean(cx, section->text.s, &in.group));
            continue;
        }
        if (!repeats_heading(&in))
            PL_TRY(read_row(cx, &in));
    }
    return PL_OK;
}
