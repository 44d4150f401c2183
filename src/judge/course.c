#include "judge/course.h"

/* The first cell of the term with a figure. */
static void read_term(pl_course *c)
{
    const pl_indicator *it = c->s.it;

    for (size_t i = 0; i < it->cells.n && !c->term.cell; i++) {
        const pl_datum *d = &it->cells.p[i];

        if (d->role == PL_ROLE_TERM_TARGET && d->year && !d->per_year && !d->cumulative)
            (void)pl_point_read(&c->s, d, &c->term);
    }
    if (c->term.cell)
        c->last = c->term.by ? c->term.by : c->term.cell->year;
}

/* The latest year's target that has a figure and binds in that year. */
static void read_annual(pl_course *c)
{
    const pl_indicator *it = c->s.it;

    for (size_t i = 0; i < it->cells.n; i++) {
        const pl_datum *d = &it->cells.p[i];
        pl_point p;

        if (d->role == PL_ROLE_TARGET && !d->per_year && !d->cumulative &&
            d->year > c->year && d->year <= c->last && pl_point_read(&c->s, d, &p) &&
            p.by <= d->year && !p.cumulative) {
            c->annual = p;
            c->year = d->year;
        }
    }
}

static void read_years(pl_course *c)
{
    for (int i = 0; i < PL_TERM_YEARS; i++) {
        int year = c->last - PL_TERM_YEARS + 1 + i;
        const pl_datum *d = pl_cell_of(c->s.it, PL_ROLE_VALUE, year);

        if (year > c->year)
            break;
        if (d && pl_point_read(&c->s, d, &c->years[i]) &&
            pl_str_eq(c->years[i].qualifier, c->term.qualifier))
            continue;
        c->years[i] = (pl_point){0};
        if (year == c->year)
            c->years[i] = c->annual;
    }
}

bool pl_course_read(const pl_ctx *cx, const pl_indicator *it, pl_course *out)
{
    *out = (pl_course){0};
    pl_series_begin(cx, it, &out->s);
    read_term(out);
    if (!out->term.cell)
        return false;
    read_annual(out);
    if (!out->annual.cell || !pl_str_eq(out->annual.qualifier, out->term.qualifier))
        return false;
    read_years(out);
    return true;
}

int pl_course_known(const pl_course *c)
{
    int n = 0;

    for (int i = 0; i < PL_TERM_YEARS; i++)
        n += c->years[i].cell != NULL;
    return n;
}

pl_status pl_course_words(pl_ctx *cx, const pl_course *c, pl_bitext *out)
{
    enum { WORDS_MAX = 4000 }; /* five figures of two numbers and a unit */
    pl_buf zh, en;
    pl_status st;

    pl_buf_init(&zh, WORDS_MAX);
    pl_buf_init(&en, WORDS_MAX);
    for (int i = 0; i < PL_TERM_YEARS; i++) {
        if (!c->years[i].cell)
            continue;
        pl_buf_putf(&zh, "%s%d年", zh.n ? "、" : "", c->years[i].cell->year);
        pl_node_print(&zh, c->years[i].leaf, false);
        pl_buf_putf(&en, "%s%d: ", en.n ? ", " : "", c->years[i].cell->year);
        pl_node_print(&en, c->years[i].leaf, true);
    }
    st = pl_buf_keep(cx, &zh, &out->zh);
    if (st == PL_OK)
        st = pl_buf_keep(cx, &en, &out->en);
    pl_buf_release(&zh);
    pl_buf_release(&en);
    return st;
}

pl_status pl_course_relation(pl_ctx *cx, pl_check *check, const pl_course *c,
                             pl_severity severity, pl_relation **out)
{
    const pl_datum *a = c->annual.cell, *t = c->term.cell;

    PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_TARGET, severity, out));
    (*out)->loose = true;
    PL_TRY(pl_relation_at(cx, *out, a->place, a->clean));
    return pl_relation_at(cx, *out, t->place, t->clean);
}
