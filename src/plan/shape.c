#include "plan/shape.h"

#include "plan/words.h"
#include "text/fold.h"
#include "text/year.h"

enum {
    HEADING_MAX_ROWS = 4,
    TITLE_MAX_ROWS = 3,
    HEADING_MAX_CHARS = 24, /* a longer cell is content, not a heading */
    TERM_YEARS = 3          /* a target this far beyond the values is one of the term */
};

static const pl_word *role_word(const pl_lexicon *lx, pl_str header)
{
    return pl_lexicon_in(lx, PL_WORDS(COLUMN), header, NULL);
}

/* The role whose token the lexicon's row gives. */
static pl_role role_from_token(pl_str token)
{
    for (pl_role r = PL_ROLE_OTHER; r < PL_ROLE_COUNT; r++)
        if (pl_str_eq(pl_role_token(r), token))
            return r;
    return PL_ROLE_OTHER;
}

const pl_cell *pl_section_row(const pl_table *t, uint32_t r)
{
    const pl_cell *only = NULL;

    for (uint32_t c = 0; c < t->cols; c++) {
        const pl_cell *cell = pl_table_at(t, r, c);

        if (!cell || cell == only || pl_str_trim(cell->text.s).n == 0)
            continue;
        if (only)
            return NULL;
        only = cell;
    }
    return only && only->row == r && t->cols > 1 ? only : NULL;
}

typedef struct row_look {
    uint32_t filled, known; /* cells with text; of them those that read as headings */
} row_look;

static pl_status look_at_row(pl_ctx *cx, const pl_table *t, uint32_t r, int now,
                             row_look *out)
{
    const pl_cell *last = NULL;

    *out = (row_look){0};
    for (uint32_t c = 0; c < t->cols; c++) {
        const pl_cell *cell = pl_table_at(t, r, c);
        pl_str s;

        if (!cell || cell == last || pl_str_trim(cell->text.s).n == 0)
            continue;
        last = cell;
        out->filled++;
        if (cell->row != r && out->known < UINT32_MAX) {
            out->known++; /* a heading that spans down to here */
            continue;
        }
        if (pl_longer_than(cell->text.s, HEADING_MAX_CHARS))
            continue;
        PL_TRY(pl_fold_str(cx, cell->text.s, &s));
        if (role_word(cx->lexicon, s) || pl_period_at(s, now).n)
            out->known++;
    }
    return PL_OK;
}

/* Find the heading's rows: [first, body). */
static pl_status heading_rows(pl_ctx *cx, const pl_table *t, int now, pl_shape *s)
{
    uint32_t r = 0;
    row_look look;

    while (r < t->rows && r < TITLE_MAX_ROWS && pl_section_row(t, r))
        r++;
    s->first = s->body = r;
    while (r < t->rows && r - s->first < HEADING_MAX_ROWS) {
        PL_TRY(look_at_row(cx, t, r, now, &look));
        if (look.known * 2 < look.filled || look.known < 2)
            break;
        if (r > s->first && pl_section_row(t, r))
            break;
        s->body = ++r;
    }
    if (s->body == s->first)
        s->first = s->body = 0;
    return PL_OK;
}

/* The texts of column c over the heading's rows, joined and folded. */
static pl_status header_text(pl_ctx *cx, const pl_table *t, const pl_shape *s, uint32_t c,
                             pl_str *clean, pl_str *folded)
{
    const pl_cell *last = NULL;
    pl_status st;
    pl_buf b;

    pl_buf_init(&b, 4096);
    for (uint32_t r = s->first; r < s->body; r++) {
        const pl_cell *cell = pl_table_at(t, r, c);

        if (cell && cell != last)
            pl_buf_put(&b, pl_str_trim(cell->text.s));
        last = cell ? cell : last;
    }
    if (b.failed) /* an endless heading says nothing */
        b.n = 0, b.failed = false;
    st = pl_buf_keep(cx, &b, clean);
    pl_buf_release(&b);
    if (st != PL_OK)
        return st;
    PL_TRY(pl_clean(cx, *clean, clean));
    return pl_fold_str(cx, *clean, folded);
}

/* A word of class COLUMN with this role anywhere in the heading? */
static bool says(const pl_lexicon *lx, pl_str header, pl_role role)
{
    pl_str token = pl_role_token(role);

    for (size_t i = 0;; i++) {
        const pl_word *w = pl_lexicon_row(lx, PL_WORD_COLUMN, i);

        if (!w)
            return false;
        if (pl_str_eq(w->field[0], token) && pl_str_has(header, w->word))
            return true;
    }
}

static void read_header(const pl_lexicon *lx, pl_str folded, int now, pl_shape_col *col)
{
    const pl_word *w = role_word(lx, folded);
    pl_period p = pl_period_in(folded, 0, now, NULL);

    col->year = p.year;
    col->first_year = p.first;
    col->role = w ? role_from_token(w->field[0]) : PL_ROLE_OTHER;
    col->cumulative = says(lx, folded, PL_ROLE_CUMULATIVE);
    col->per_year = says(lx, folded, PL_ROLE_PER_YEAR);
    if (col->role == PL_ROLE_CUMULATIVE || col->role == PL_ROLE_PER_YEAR)
        col->role = says(lx, folded, PL_ROLE_VALUE) ? PL_ROLE_VALUE : PL_ROLE_TERM_TARGET;
    if (col->role == PL_ROLE_TARGET && p.year && p.year - p.first >= TERM_YEARS)
        col->role = PL_ROLE_TERM_TARGET;
}

static bool has_role(const pl_shape *s, pl_role role)
{
    return pl_shape_col_of(s, role, 0) != PL_NOPOS;
}

static bool is_data(pl_role r)
{
    return r == PL_ROLE_TARGET || r == PL_ROLE_VALUE || r == PL_ROLE_TERM_TARGET;
}

/* Columns that say a year and nothing else: the last is the target when no column says
 * so, the others are values. */
static void settle_bare_years(pl_shape *s)
{
    bool targets = has_role(s, PL_ROLE_TARGET) || has_role(s, PL_ROLE_TERM_TARGET);
    int last = 0;

    for (uint32_t c = 0; c < s->n_cols; c++)
        if (s->cols[c].role == PL_ROLE_OTHER && s->cols[c].year > last)
            last = s->cols[c].year;
    for (uint32_t c = 0; c < s->n_cols && last; c++)
        if (s->cols[c].role == PL_ROLE_OTHER && s->cols[c].year)
            s->cols[c].role =
                !targets && s->cols[c].year == last ? PL_ROLE_TARGET : PL_ROLE_VALUE;
}

/* A target far beyond the last value, with no target between, is one of the term. */
static void settle_term(pl_shape *s)
{
    int value = 0;
    size_t yearly = 0;

    for (uint32_t c = 0; c < s->n_cols; c++) {
        if (s->cols[c].role == PL_ROLE_VALUE && s->cols[c].year > value)
            value = s->cols[c].year;
        yearly += s->cols[c].role == PL_ROLE_TARGET;
    }
    for (uint32_t c = 0; c < s->n_cols; c++) {
        pl_shape_col *col = &s->cols[c];

        if (col->role == PL_ROLE_TARGET && value && col->year - value >= TERM_YEARS)
            col->role = PL_ROLE_TERM_TARGET;
        else if (col->role == PL_ROLE_TARGET && yearly == 1 &&
                 (col->cumulative || col->per_year))
            col->role = PL_ROLE_TERM_TARGET;
    }
}

/* 单位 alone is a unit of measure beside indicators, a responsible one beside tasks. */
static void settle_kind(pl_shape *s)
{
    bool data = false;
    size_t unit = pl_shape_col_of(s, PL_ROLE_UNIT, 0);

    for (uint32_t c = 0; c < s->n_cols; c++)
        data |= is_data(s->cols[c].role);
    if (has_role(s, PL_ROLE_MEASURE)) {
        if (unit != PL_NOPOS && !has_role(s, PL_ROLE_RESPONSIBLE))
            s->cols[unit].role = PL_ROLE_RESPONSIBLE;
        if (has_role(s, PL_ROLE_RESPONSIBLE) || has_role(s, PL_ROLE_NO) ||
            has_role(s, PL_ROLE_DEADLINE) || has_role(s, PL_ROLE_SUPPORTING))
            s->kind = PL_TABLE_TASKS;
    } else if (data && has_role(s, PL_ROLE_NAME)) {
        s->kind = PL_TABLE_INDICATORS;
    }
}

pl_status pl_shape_of(pl_ctx *cx, const pl_table *t, int now, pl_shape *out)
{
    pl_shape s = {.n_cols = t->cols};
    const pl_cell *last = NULL;

    PL_TRY(heading_rows(cx, t, now, &s));
    s.cols = PL_NEW_N(cx->arena, pl_shape_col, t->cols);
    if (!s.cols)
        return pl_fail_memory(cx);
    for (uint32_t c = 0; c < t->cols && s.body; c++) {
        const pl_cell *cell = pl_table_at(t, s.body - 1, c);
        pl_str folded;

        PL_TRY(header_text(cx, t, &s, c, &s.cols[c].header, &folded));
        read_header(cx->lexicon, folded, now, &s.cols[c]);
        s.cols[c].group = c && cell && cell == last ? s.cols[c - 1].group : c;
        last = cell;
    }
    settle_bare_years(&s);
    settle_term(&s);
    settle_kind(&s);
    *out = s;
    return PL_OK;
}

size_t pl_shape_col_of(const pl_shape *s, pl_role role, size_t n)
{
    for (uint32_t c = 0; c < s->n_cols; c++)
        if (s->cols[c].role == role && s->cols[c].group == c && n-- == 0)
            return c;
    return PL_NOPOS;
}
