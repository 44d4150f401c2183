/* What is odd in an indicator's values from year to year: R-358; and what is to grow in
 * step with another indicator: R-359. Oddities, for notes. */
#include "judge/course.h"
#include "judge/rules.h"
#include "plan/recognise.h"

enum { DECIMALS = 2 /* with as many, the same figure twice is no accident */ };

static const pl_dec leap = {19, 1};      /* about twice as much */
static const pl_dec tolerance = {95, 2}; /* in step: at least so much of it, R-205 */

static pl_status add(pl_ctx *cx, pl_check *check, pl_severity severity, const pl_datum *a,
                     const pl_datum *b, pl_relation **out)
{
    PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_TARGET, severity, out));
    (*out)->loose = true;
    PL_TRY(pl_relation_at(cx, *out, a->place, a->clean));
    return pl_relation_at(cx, *out, b->place, b->clean);
}

/* ---- the same figure in two years ---- */

static const pl_node *main_number(const pl_datum *d)
{
    return pl_node_number(pl_chain_main(d->phrase->first));
}

/* The number of the basis with this label, NULL: none. */
static const pl_node *labelled(const pl_datum *d, pl_str label)
{
    for (const pl_node *n = d->phrase->first; n; n = n->next)
        if (n->kind == PL_NODE_BASIS && pl_str_eq(n->text, label))
            return pl_node_number(n->kid);
    return NULL;
}

/* Has what the value is compared with (市级3.12) moved between the two? */
static bool comparison_moved(const pl_datum *a, const pl_datum *b)
{
    for (const pl_node *n = a->phrase->first; n; n = n->next) {
        const pl_node *x = n->kind == PL_NODE_BASIS ? pl_node_number(n->kid) : NULL;
        const pl_node *y = x ? labelled(b, n->text) : NULL;

        if (y && pl_dec_cmp(x->value, y->value) != 0)
            return true;
    }
    return false;
}

static pl_status say_same(pl_ctx *cx, pl_check *check, const pl_indicator *it,
                          const pl_datum *a, const pl_datum *b)
{
    const pl_node *m = main_number(a), *n = main_number(b);
    pl_relation *r;

    if (!m || !n || pl_dec_cmp(m->value, n->value) != 0 ||
        pl_dec_trim(m->value).scale < DECIMALS || !comparison_moved(a, b))
        return PL_OK;
    PL_TRY(add(cx, check, PL_SEVERITY_NOTE, a, b, &r));
    PL_TRY(pl_relation_zh(cx, r,
                          PL_INDICATOR_ZH PL_CELL_FMT "与" PL_CELL_FMT
                                                      "数值完全相同，对照数值却不同",
                          PL_INDICATOR_ARGS(it), PL_CELL_ARGS(a), PL_CELL_ARGS(b)));
    return pl_relation_en(cx, r,
                          PL_INDICATOR_EN ", " PL_CELL_FMT " and " PL_CELL_FMT
                                          ": the same figure, though what it is compared "
                                          "with is not",
                          PL_INDICATOR_ARGS(it), PL_CELL_ARGS(a), PL_CELL_ARGS(b));
}

/* Each value against that of the year before. */
static pl_status look_for_copies(pl_ctx *cx, pl_check *check, const pl_indicator *it)
{
    for (size_t i = 0; i < it->cells.n; i++) {
        const pl_datum *d = &it->cells.p[i];
        const pl_datum *before = d->role == PL_ROLE_VALUE && d->year
                                     ? pl_cell_of(it, PL_ROLE_VALUE, d->year - 1)
                                     : NULL;

        if (before)
            PL_TRY(say_same(cx, check, it, before, d));
    }
    return PL_OK;
}

/* ---- about twice as much in a year, and past the term's target at once ---- */

static bool is_leap(const pl_course *c, const pl_point *a, const pl_point *b,
                    char percent[24])
{
    pl_dec was = pl_point_at(&c->s, a, true), is = pl_point_at(&c->s, b, true);
    pl_dec term = pl_point_at(&c->s, &c->term, false), least, share;

    if (pl_dec_sign(was) <= 0 || pl_dec_cmp(was, term) >= 0 || pl_dec_cmp(is, term) < 0 ||
        !pl_dec_mul(was, leap, &least) || pl_dec_cmp(is, least) < 0 ||
        !pl_dec_shift(is, 2, &share) || !pl_dec_div(share, term, 1, &share))
        return false;
    (void)pl_dec_text(share, percent);
    return true;
}

static pl_status look_for_leaps(pl_ctx *cx, pl_check *check, const pl_course *c)
{
    if (c->s.good != PL_DIR_UP || c->s.rate != 0 || c->term.change || c->term.cumulative)
        return PL_OK;
    for (int i = 1; i < PL_TERM_YEARS; i++) {
        const pl_point *a = &c->years[i - 1], *b = &c->years[i];
        char percent[24];
        pl_relation *r;

        if (!a->cell || !b->cell || b->cell->role != PL_ROLE_VALUE || a->change ||
            b->change || !is_leap(c, a, b, percent))
            continue;
        PL_TRY(add(cx, check, PL_SEVERITY_NOTE, a->cell, b->cell, &r));
        PL_TRY(
            pl_relation_zh(cx, r,
                           PL_INDICATOR_ZH PL_CELL_FMT
                           "，" PL_CELL_FMT "：一年约增一倍，达到" PL_CELL_FMT "的%s%%",
                           PL_INDICATOR_ARGS(c->s.it), PL_CELL_ARGS(a->cell),
                           PL_CELL_ARGS(b->cell), PL_CELL_ARGS(c->term.cell), percent));
        PL_TRY(pl_relation_en(
            cx, r,
            PL_INDICATOR_EN ", " PL_CELL_FMT ", " PL_CELL_FMT
                            ": about doubled in a year, %s%% of " PL_CELL_FMT,
            PL_INDICATOR_ARGS(c->s.it), PL_CELL_ARGS(a->cell), PL_CELL_ARGS(b->cell),
            percent, PL_CELL_ARGS(c->term.cell)));
    }
    return PL_OK;
}

/* ---- in step with another indicator ---- */

/* A target to grow like something (与经济增长基本同步), or NULL. */
static const pl_datum *step_target(const pl_indicator *it, const pl_node **ref)
{
    for (size_t i = 0; i < it->cells.n; i++) {
        const pl_datum *d = &it->cells.p[i];

        if (d->role != PL_ROLE_TARGET && d->role != PL_ROLE_TERM_TARGET)
            continue;
        *ref = pl_phrase_find(d->phrase, PL_NODE_REFERENCE);
        if (*ref && (*ref)->ref == PL_REF_SYNC && !(*ref)->kid)
            return d;
    }
    return NULL;
}

typedef struct step {
    const pl_datum *target;
    pl_series own, other;
    size_t n;          /* years with both figures */
    const pl_datum *a; /* the first year out of step: the value, and the other's */
    const pl_datum *b;
    pl_dec gap; /* there */
    size_t out; /* how many years are */
} step;

/* One year's value and the other's. False when they do not fit. */
static bool step_year(step *t, const pl_datum *a, const pl_datum *b)
{
    pl_point p, q;
    pl_dec v, other, least, gap;

    if (!pl_point_read(&t->own, a, &p) || !pl_point_read(&t->other, b, &q) || p.change ||
        q.change)
        return true;
    v = pl_point_at(&t->own, &p, true);
    other = pl_point_at(&t->other, &q, false);
    if (!pl_dec_mul(other, tolerance, &least) || !pl_dec_sub(v, other, &gap))
        return false;
    t->n++;
    if (pl_dec_sign(other) <= 0 || pl_dec_cmp(v, least) >= 0)
        return true;
    if (t->out++ == 0) {
        t->a = a;
        t->b = b;
        t->gap = gap;
    }
    return true;
}

static pl_status say_step(pl_ctx *cx, pl_check *check, const step *t)
{
    const pl_indicator *it = t->own.it, *like = t->other.it;
    char gap[24];
    pl_relation *r;

    PL_TRY(add(cx, check, t->out ? PL_SEVERITY_NOTE : PL_SEVERITY_HELD, t->target,
               t->a ? t->a : t->target, &r));
    if (t->out == 0) {
        PL_TRY(pl_relation_zh(cx, r,
                              PL_INDICATOR_ZH PL_CELL_FMT
                              "：%zu年的数值与指标%.*s（%.*s）同步或更快",
                              PL_INDICATOR_ARGS(it), PL_CELL_ARGS(t->target), t->n,
                              PL_INDICATOR_ARGS(like)));
        return pl_relation_en(
            cx, r, PL_INDICATOR_EN ", " PL_CELL_FMT ": in step with " PL_INDICATOR_EN,
            PL_INDICATOR_ARGS(it), PL_CELL_ARGS(t->target), PL_INDICATOR_ARGS(like));
    }
    (void)pl_dec_text(t->gap, gap);
    PL_TRY(pl_relation_zh(
        cx, r,
        PL_INDICATOR_ZH PL_CELL_FMT "：%zu年中有%zu年不及" PL_INDICATOR_ZH
                                    "，如" PL_CELL_FMT "对“%.*s”，差%s",
        PL_INDICATOR_ARGS(it), PL_CELL_ARGS(t->target), t->n, t->out,
        PL_INDICATOR_ARGS(like), PL_CELL_ARGS(t->a), PL_FMT(t->b->clean), gap));
    PL_TRY(pl_relation_en(
        cx, r,
        PL_INDICATOR_EN ", " PL_CELL_FMT ": %zu of %zu years fall behind " PL_INDICATOR_EN
                        ", as " PL_CELL_FMT " behind '%.*s' by %s",
        PL_INDICATOR_ARGS(it), PL_CELL_ARGS(t->target), t->out, t->n,
        PL_INDICATOR_ARGS(like), PL_CELL_ARGS(t->a), PL_FMT(t->b->clean), gap));
    return pl_relation_at(cx, r, t->b->place, t->b->clean);
}

static pl_status look_for_steps(pl_ctx *cx, pl_check *check, const pl_indicator *it)
{
    const pl_node *ref = NULL;
    step t = {.target = step_target(it, &ref)};
    const pl_indicator *other;
    size_t row;

    if (!t.target)
        return PL_OK;
    PL_TRY(pl_join_name(cx, check->plan, ref->owner, true, &row));
    if (row == PL_NOPOS)
        return PL_OK;
    other = &check->plan->indicators.p[row];
    pl_series_begin(cx, it, &t.own);
    pl_series_begin(cx, other, &t.other);
    if (other == it || !t.own.percent || !t.other.percent || t.own.rate <= 0 ||
        t.other.rate <= 0)
        return PL_OK;
    for (size_t i = 0; i < it->cells.n; i++) {
        const pl_datum *a = &it->cells.p[i];
        const pl_datum *b = a->role == PL_ROLE_VALUE && a->year
                                ? pl_cell_of(other, PL_ROLE_VALUE, a->year)
                                : NULL;

        if (b && !step_year(&t, a, b))
            return PL_OK;
    }
    return t.n ? say_step(cx, check, &t) : PL_OK;
}

pl_status pl_rule_odd_years(pl_ctx *cx, pl_check *check)
{
    for (size_t i = 0; i < check->plan->indicators.n; i++) {
        const pl_indicator *it = &check->plan->indicators.p[i];
        pl_course c;

        PL_TRY(look_for_copies(cx, check, it));
        PL_TRY(look_for_steps(cx, check, it));
        if (pl_course_read(cx, it, &c))
            PL_TRY(look_for_leaps(cx, check, &c));
    }
    return PL_OK;
}
