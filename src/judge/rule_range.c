/* What an indicator can be at all: figures outside of the plausible ranges of
 * lexicon/ranges.txt, and those that lie inside with another denominator (每千 for 每万).
 * */
#include <stdio.h>

#include "judge/per_head.h"
#include "judge/rules.h"
#include "judge/series.h"
#include "text/fold.h"
#include "text/utf8.h"

/* A row of the lexicon, for one indicator. */
typedef struct range {
    const pl_word *word;
    pl_dec low, high;
    pl_per of;      /* the row's denominator */
    pl_per written; /* the indicator's */
} range;

/* The figures of the row, one cell each. */
typedef struct looked {
    const pl_datum *out; /* outside: the latest value reported, else the first; or NULL */
    pl_dec v;            /* its figure */
    pl_dec last;         /* that of the last cell */
    size_t n;
    const pl_datum *seen; /* the last looked at */
} looked;

/* Is the indicator counted like the row: the same dimension, per head or not? */
static bool fits(pl_ctx *cx, const pl_series *s, pl_str name, range *r)
{
    pl_str unit = r->word->field[0], above = pl_per_above(unit);
    pl_measure m = pl_measure_of(cx->lexicon, above), whole;

    r->of = pl_per_of_unit(unit);
    r->written = pl_per_of_unit(s->it->unit);
    if (pl_per_is_none(r->written))
        r->written = pl_per_of_name(name);
    if (pl_per_is_none(r->of) != pl_per_is_none(r->written))
        return false;
    whole = pl_measure_of(cx->lexicon, pl_per_above(s->it->unit));
    return m.dimension.n && pl_str_eq(m.dimension, whole.dimension) &&
           pl_dec_cmp(m.factor, whole.factor) == 0 &&
           pl_dec_from(r->word->field[1], &r->low) &&
           pl_dec_from(r->word->field[2], &r->high);
}

/* The row whose word ends last in the name, the longest of those. */
static bool find(pl_ctx *cx, const pl_series *s, pl_str name, range *out)
{
    size_t best = 0;

    for (size_t i = 0; i < name.n; i += pl_utf8_len((unsigned char)name.p[i])) {
        range r = {pl_lexicon_at(cx->lexicon, PL_WORDS(RANGE), pl_str_tail(name, i)),
                   {0},
                   {0},
                   {0},
                   {0}};

        if (r.word && i + r.word->word.n > best && fits(cx, s, name, &r)) {
            best = i + r.word->word.n;
            *out = r;
        }
    }
    return best > 0;
}

static pl_dec people(pl_per per)
{
    return PL_DEC_INT(pl_per_is_none(per) ? 1 : per.people);
}

/* v, per `per`, inside the row's range? */
static bool inside(const range *r, pl_dec v, pl_per per)
{
    pl_dec figure, low, high;

    return pl_dec_mul(v, people(r->of), &figure) &&
           pl_dec_mul(r->low, people(per), &low) &&
           pl_dec_mul(r->high, people(per), &high) && pl_dec_cmp(figure, low) >= 0 &&
           pl_dec_cmp(figure, high) <= 0;
}

/* Levels that are reported or asked for; no reductions, no sums over years. */
static bool level(const pl_series *s, const pl_datum *d, pl_dec *v)
{
    pl_point p;

    if ((d->role != PL_ROLE_TARGET && d->role != PL_ROLE_VALUE &&
         d->role != PL_ROLE_TERM_TARGET) ||
        d->per_year || d->cumulative || !pl_point_read(s, d, &p) || p.change ||
        p.cumulative || p.qualifier.n)
        return false;
    *v = pl_point_at(s, &p, true);
    return true;
}

static bool is_later_value(const pl_datum *d, const pl_datum *than)
{
    return d->role == PL_ROLE_VALUE &&
           (than->role != PL_ROLE_VALUE || d->year > than->year);
}

static void look(const pl_series *s, const range *r, looked *l)
{
    for (size_t i = 0; i < s->it->cells.n; i++) {
        const pl_datum *d = &s->it->cells.p[i];
        pl_dec v;

        if (!level(s, d, &v))
            continue;
        l->n++;
        l->seen = d;
        l->last = v;
        if (!inside(r, v, r->written) && (!l->out || is_later_value(d, l->out))) {
            l->out = d;
            l->v = v;
        }
    }
}

/* The denominator with which the figure would be plausible; none when there is none. */
static pl_per better_per(const range *r, pl_dec v)
{
    static const pl_per others[] = {{1000}, {10000}, {100}, {100000}};

    for (size_t i = 0; i < PL_COUNT(others) && r->of.people > 1; i++)
        if (others[i].people != r->written.people && inside(r, v, others[i]))
            return others[i];
    return (pl_per){0};
}

enum { NEAR_ROWS = 40 }; /* how far away the whole of a part is looked for */

/* The indicator that this one is a part of, per the same number of people: its cell of
 * the same column. NULL: none, or without a figure. */
static const pl_datum *whole_of(pl_ctx *cx, const pl_check *check, const range *r,
                                const pl_datum *d, const pl_indicator *self, pl_dec *v)
{
    size_t n = check->plan->indicators.n;
    size_t row = (size_t)(self - check->plan->indicators.p);
    size_t from = row > NEAR_ROWS ? row - NEAR_ROWS : 0;
    pl_str word = r->word->field[3];

    for (size_t i = from; word.n && i < n && i < row + NEAR_ROWS; i++) {
        const pl_indicator *it = &check->plan->indicators.p[i];
        const pl_datum *cell = pl_cell_of(it, d->role, d->year);
        pl_series s;

        if (it == self || it->table != self->table || !cell ||
            !pl_str_has(it->name, word) ||
            pl_per_of_name(it->name).people != r->written.people)
            continue;
        pl_series_begin(cx, it, &s);
        if (level(&s, cell, v))
            return cell;
    }
    return NULL;
}

/* `，且占指标22“5”的62%`; empty where there is no whole. */
static pl_status say_share(pl_ctx *cx, const pl_check *check, const range *r,
                           const pl_indicator *it, const looked *l, pl_bitext *out,
                           const pl_datum **whole)
{
    enum { SHARE_MAX = 400 };
    char zh[SHARE_MAX] = "", en[SHARE_MAX] = "", percent[24];
    pl_dec all, share;

    *whole = whole_of(cx, check, r, l->out, it, &all);
    if (*whole && pl_dec_shift(l->v, 2, &share) && pl_dec_div(share, all, 1, &share)) {
        (void)snprintf(zh, sizeof zh, "，且占%.*s“%.*s”的%s%%",
                       PL_FMT(pl_str_sub(r->word->field[3], 0, 60)),
                       PL_FMT(pl_str_sub((*whole)->clean, 0, 60)),
                       pl_dec_text(share, percent));
        (void)snprintf(en, sizeof en, ", and it is %s%% of %.*s (%.*s)", percent,
                       PL_FMT(pl_str_sub((*whole)->clean, 0, 60)),
                       PL_FMT(pl_str_sub(r->word->field[3], 0, 60)));
    }
    PL_TRY(pl_str_keep(cx, pl_str_from(zh), &out->zh));
    return pl_str_keep(cx, pl_str_from(en), &out->en);
}

/* The written figure per the row's own denominator: 3.1 per 1,000 is 31 per 10,000. */
static bool as_row(const range *r, pl_dec v, char out[24])
{
    pl_dec t;

    if (!pl_dec_mul(v, PL_DEC_INT(r->of.people), &t) ||
        !pl_dec_div(t, PL_DEC_INT(r->written.people), 3, &t))
        return false;
    (void)pl_dec_text(t, out);
    return true;
}

/* plausible only per another number of people. */
static pl_status say_per(pl_ctx *cx, pl_check *check, const range *r,
                         const pl_indicator *it, const looked *l, pl_per per)
{
    pl_str low = r->word->field[1], high = r->word->field[2];
    const pl_datum *whole;
    char same[24];
    pl_bitext share;
    pl_relation *rel;

    if (!as_row(r, l->v, same))
        return PL_OK;
    PL_TRY(say_share(cx, check, r, it, l, &share, &whole));
    PL_TRY(
        pl_relation_add(cx, &check->relations, PL_KIND_UNIT, PL_SEVERITY_WARNING, &rel));
    rel->loose = true;
    PL_TRY(pl_relation_zh(cx, rel,
                          PL_INDICATOR_ZH
                          "：" PL_CELL_FMT
                          "按每%s人计，即每%s人%s，超出常见的%.*s至%.*s%.*s；"
                          "按每%s人计则在常见范围内",
                          PL_INDICATOR_ARGS(it), PL_CELL_ARGS(l->out),
                          pl_per_zh(r->written), pl_per_zh(r->of), same, PL_FMT(low),
                          PL_FMT(high), PL_FMT(share.zh), pl_per_zh(per)));
    PL_TRY(pl_relation_en(
        cx, rel,
        PL_INDICATOR_EN ", " PL_CELL_FMT ": per %d people it is %s per %d, beyond the "
                        "usual %.*s to %.*s%.*s; per %d it would be usual",
        PL_INDICATOR_ARGS(it), PL_CELL_ARGS(l->out), r->written.people, same,
        r->of.people, PL_FMT(low), PL_FMT(high), PL_FMT(share.en), per.people));
    PL_TRY(pl_relation_at(cx, rel, it->place, it->name));
    PL_TRY(pl_relation_at(cx, rel, l->out->place, l->out->clean));
    return whole ? pl_relation_at(cx, rel, whole->place, whole->clean) : PL_OK;
}

/* outside, or inside. */
static pl_status say_range(pl_ctx *cx, pl_check *check, const range *r,
                           const pl_indicator *it, const looked *l)
{
    const pl_datum *d = l->out ? l->out : l->seen;
    pl_str unit = r->word->field[0], low = r->word->field[1], high = r->word->field[2];
    pl_relation *rel;

    PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_RANGE,
                           l->out ? PL_SEVERITY_WARNING : PL_SEVERITY_HELD, &rel));
    rel->loose = true;
    PL_TRY(pl_relation_zh(
        cx, rel, PL_INDICATOR_ZH "：" PL_CELL_FMT "%s（%.*s通常为%.*s至%.*s%.*s）",
        PL_INDICATOR_ARGS(it), PL_CELL_ARGS(d),
        l->out ? "超出可能的范围" : "等各年数值在可能的范围内", PL_FMT(r->word->word),
        PL_FMT(low), PL_FMT(high), PL_FMT(unit)));
    PL_TRY(pl_relation_en(
        cx, rel, PL_INDICATOR_EN ", " PL_CELL_FMT ": %s (%.*s: %.*s to %.*s %.*s)",
        PL_INDICATOR_ARGS(it), PL_CELL_ARGS(d),
        l->out ? "beyond what it can be" : "it and the other years within what it can be",
        PL_FMT(r->word->word), PL_FMT(low), PL_FMT(high), PL_FMT(unit)));
    return pl_relation_at(cx, rel, d->place, d->clean);
}

/* ---- what is counted or measured is not below nothing ---- */

static bool is_quantity(const pl_series *s)
{
    static const pl_str dimensions[] = {PL_S_INIT("count"),  PL_S_INIT("people"),
                                        PL_S_INIT("area"),   PL_S_INIT("length"),
                                        PL_S_INIT("volume"), PL_S_INIT("mass")};
    static const pl_str changes[] = {
        PL_S_INIT("净"),     PL_S_INIT("增"),     PL_S_INIT("减"), PL_S_INIT("变"),
        PL_S_INIT("差"),     PL_S_INIT("流"),     PL_S_INIT("降"), PL_S_INIT("net"),
        PL_S_INIT("change"), PL_S_INIT("balance")};

    return s->rate == 0 &&
           pl_str_is_any(s->scale.unit.dimension, dimensions, PL_COUNT(dimensions)) &&
           !pl_str_has_any(s->it->name, changes, PL_COUNT(changes));
}

static pl_status say_negative(pl_ctx *cx, pl_check *check, const pl_series *s)
{
    for (size_t i = 0; i < s->it->cells.n; i++) {
        const pl_datum *d = &s->it->cells.p[i];
        pl_relation *r;
        pl_dec v;

        if (!level(s, d, &v) || pl_dec_sign(v) >= 0)
            continue;
        PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_RANGE, PL_SEVERITY_WARNING,
                               &r));
        PL_TRY(pl_relation_zh(cx, r, PL_INDICATOR_ZH "：" PL_CELL_FMT "不应为负",
                              PL_INDICATOR_ARGS(s->it), PL_CELL_ARGS(d)));
        PL_TRY(pl_relation_en(cx, r, PL_INDICATOR_EN ", " PL_CELL_FMT ": below nothing",
                              PL_INDICATOR_ARGS(s->it), PL_CELL_ARGS(d)));
        PL_TRY(pl_relation_at(cx, r, d->place, d->clean));
    }
    return PL_OK;
}

static pl_status examine(pl_ctx *cx, pl_check *check, const pl_indicator *it)
{
    looked l = {0};
    pl_series s;
    pl_str name;
    pl_per per;
    range r;

    pl_series_begin(cx, it, &s);
    if (is_quantity(&s))
        PL_TRY(say_negative(cx, check, &s));
    PL_TRY(pl_fold_str(cx, it->name, &name));
    if (s.rate != 0 || !find(cx, &s, name, &r))
        return PL_OK;
    look(&s, &r, &l);
    if (l.n == 0)
        return PL_OK;
    per = l.out ? better_per(&r, l.v) : (pl_per){0};
    return per.people ? say_per(cx, check, &r, it, &l, per)
                      : say_range(cx, check, &r, it, &l);
}

pl_status pl_rule_range(pl_ctx *cx, pl_check *check)
{
    for (size_t i = 0; i < check->plan->indicators.n; i++)
        PL_TRY(examine(cx, check, &check->plan->indicators.p[i]));
    return PL_OK;
}
