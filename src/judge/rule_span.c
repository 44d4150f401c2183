/* The columns of a five-year table against each other: base, yearly growth or amount,
 * what it adds up to, the term's target.. */
#include "judge/growth.h"
#include "judge/rules.h"
#include "judge/series.h"

enum {
    YEARS_MAX = 15,
    GROWTH_MOST = 100,  /* per cent a year; more is an amount under a mixed heading */
    ABOUT_PERCENT = 5,  /* */
    PERCENT_DIGITS = 2, /* of rates in messages */
    FLOW_TIMES = 2      /* a sum of yearly amounts is within twice the amounts known */
};

/* A figure with the ends of what it can stand for: half a unit of its last digit, wider
 * with 左右; trailing zeros of whole numbers claim nothing. */
typedef struct spread {
    pl_point p;
    pl_dec v, lo, hi;
    bool endless_lo, endless_hi;
} spread;

typedef struct row {
    pl_series s;
    spread base, term, yearly, total;
    int n; /* years from base to term */
} row;

/* The worth of the last digit that is not a trailing zero of a whole number. */
static pl_dec claimed(pl_dec v, pl_dec last)
{
    pl_dec next, q;

    while (pl_dec_sign(v) != 0 && pl_dec_cmp(last, PL_DEC_INT(1)) >= 0 &&
           pl_dec_shift(last, 1, &next) && pl_dec_div(v, next, PL_DEC_MAX_SCALE, &q) &&
           pl_dec_trim(q).scale == 0)
        last = next;
    return last;
}

/* Half the worth of the number's last digit, in the row's unit. */
static bool half_of(const pl_node *n, pl_dec v, pl_dec *out)
{
    pl_dec last = n->resolution;

    if (pl_dec_cmp(v, n->value) != 0 && pl_dec_sign(n->value) != 0 &&
        (!pl_dec_mul(last, v, &last) ||
         !pl_dec_div(last, n->value, PL_DEC_MAX_SCALE, &last)))
        return false;
    return pl_dec_mul(claimed(v, pl_dec_abs(last)), (pl_dec){5, 1}, out);
}

static bool has_about(const pl_node *n)
{
    for (; n; n = n->kid)
        if (n->kind == PL_NODE_ABOUT)
            return true;
    return false;
}

static bool spread_of(const pl_point *p, spread *out)
{
    const pl_interval *w = &p->amount.set.written;
    const pl_node *n = pl_node_number(p->leaf);
    pl_dec half, more;

    *out = (spread){.p = *p, .v = w->lo.endless ? w->hi.at : w->lo.at};
    out->endless_lo = w->lo.endless;
    out->endless_hi = w->hi.endless;
    if (!n || !half_of(n, out->v, &half))
        return false;
    if (has_about(p->leaf)) {
        if (!pl_dec_mul(pl_dec_abs(out->v), (pl_dec){ABOUT_PERCENT, 2}, &more) ||
            !pl_dec_add(half, more, &half))
            return false;
    }
    return pl_dec_sub(out->v, half, &out->lo) &&
           pl_dec_add(w->hi.endless ? out->v : w->hi.at, half, &out->hi);
}

static bool read_cell(const row *r, const pl_datum *d, spread *out)
{
    pl_point p;

    return pl_point_read(&r->s, d, &p) && spread_of(&p, out);
}

/* A yearly figure of another unit than the row's: growth in per cent. */
static bool read_growth(const row *r, const pl_datum *d, spread *out)
{
    pl_series percent = r->s;
    pl_point p;

    percent.scale.unit = pl_measure_of(r->s.scale.lx, PL_S("%"));
    percent.percent = true;
    return pl_point_read(&percent, d, &p) && spread_of(&p, out) &&
           pl_dec_cmp(out->v, PL_DEC_INT(GROWTH_MOST)) <= 0;
}

static bool says_growth(const pl_datum *d)
{
    return pl_str_has(d->header, PL_S("%")) || pl_str_has(d->header, PL_S("增速")) ||
           pl_str_has(d->header, PL_S("增长")) || pl_str_has(d->header, PL_S("growth")) ||
           pl_str_has(d->clean, PL_S("%"));
}

static void read_row(const pl_ctx *cx, const pl_indicator *it, row *r)
{
    int last = 0;

    *r = (row){0};
    pl_series_begin(cx, it, &r->s);
    for (size_t i = 0; i < it->cells.n; i++) {
        const pl_datum *d = &it->cells.p[i];
        spread *to = d->role == PL_ROLE_VALUE         ? &r->base
                     : d->role != PL_ROLE_TERM_TARGET ? NULL
                     : d->per_year                    ? &r->yearly
                     : d->cumulative                  ? &r->total
                                                      : &r->term;

        if (d->role == PL_ROLE_TERM_TARGET && d->year > last)
            last = d->year;
        if (!to || to->p.cell)
            continue; /* the first value is the base */
        if (d->role == PL_ROLE_VALUE)
            r->n = d->year;
        if (!(d->per_year && !r->s.percent && says_growth(d) && read_growth(r, d, to)) &&
            !read_cell(r, d, to))
            *to = (spread){0};
    }
    r->n = r->n ? last - r->n : 0;
}

/* ---- messages ---- */

/* A relation on up to three cells, with their places. */
static pl_status begin(pl_ctx *cx, pl_check *check, pl_kind kind, pl_severity severity,
                       const spread *const *parts, size_t n, pl_relation **out)
{
    PL_TRY(pl_relation_add(cx, &check->relations, kind, severity, out));
    for (size_t i = 0; i < n; i++)
        PL_TRY(
            pl_relation_at(cx, *out, parts[i]->p.cell->place, parts[i]->p.cell->clean));
    return PL_OK;
}

/* ---- base, yearly growth, term ---- */

/* What growth a year leads from one to the other; false when it does not fit. */
static bool growth_between(pl_dec from, pl_dec to, int n, pl_dec *percent)
{
    pl_factor f;
    pl_dec ratio;

    if (pl_dec_sign(from) <= 0 || pl_dec_sign(to) <= 0 || !pl_dec_shift(to, 2, &to) ||
        !pl_dec_div(to, from, PL_DEC_MAX_SCALE, &ratio) ||
        !pl_dec_sub(ratio, PL_DEC_INT(100), &ratio) || !pl_factor_of(ratio, &f) ||
        !pl_factor_root(f, n, &f))
        return false;
    *percent = pl_factor_percent(f, 4);
    return true;
}

static bool is_money(const pl_series *s)
{
    return pl_str_starts(s->scale.unit.dimension, PL_S("money")) ||
           pl_str_starts(s->scale.unit.above, PL_S("money"));
}

/* Yearly growth of money is counted at constant prices often, its levels at current ones:
 * more than the stated growth is no contradiction. */
static pl_status say_growth(pl_ctx *cx, pl_check *check, const row *r)
{
    const spread *parts[] = {&r->base, &r->yearly, &r->term};
    pl_dec lo, hi, is;
    bool below, above;
    pl_severity severity;
    char text[24];
    pl_relation *rel;

    if (!growth_between(r->base.hi, r->term.lo, r->n, &lo) ||
        !growth_between(r->base.lo, r->term.hi, r->n, &hi) ||
        !growth_between(r->base.v, r->term.v, r->n, &is))
        return PL_OK;
    below =
        !r->term.endless_hi && !r->yearly.endless_lo && pl_dec_cmp(hi, r->yearly.lo) < 0;
    above =
        !r->term.endless_lo && !r->yearly.endless_hi && pl_dec_cmp(lo, r->yearly.hi) > 0;
    severity = below                      ? PL_SEVERITY_WARNING
               : above && is_money(&r->s) ? PL_SEVERITY_NOTE
               : above                    ? PL_SEVERITY_WARNING
                                          : PL_SEVERITY_HELD;
    (void)pl_dec_text(pl_dec_round(is, PERCENT_DIGITS, PL_ROUND_HALF_UP), text);
    PL_TRY(begin(cx, check, PL_KIND_RATE, severity, parts, PL_COUNT(parts), &rel));
    PL_TRY(pl_relation_zh(
        cx, rel,
        PL_INDICATOR_ZH "：" PL_CELL_FMT "至" PL_CELL_FMT
                        "，%d年年均增长%s%%，与所写“%.*s”%s",
        PL_INDICATOR_ARGS(r->s.it), PL_CELL_ARGS(r->base.p.cell),
        PL_CELL_ARGS(r->term.p.cell), r->n, text, PL_FMT(r->yearly.p.cell->clean),
        severity == PL_SEVERITY_HELD ? "一致"
        : severity == PL_SEVERITY_NOTE ? "不同（增速若按不变价计算则可能相容）"
                                       : "不一致"));
    return pl_relation_en(
        cx, rel,
        PL_INDICATOR_EN ": from " PL_CELL_FMT " to " PL_CELL_FMT
                        " in %d years is %s%% a year; written '%.*s': %s",
        PL_INDICATOR_ARGS(r->s.it), PL_CELL_ARGS(r->base.p.cell),
        PL_CELL_ARGS(r->term.p.cell), r->n, text, PL_FMT(r->yearly.p.cell->clean),
        severity == PL_SEVERITY_HELD   ? "they agree"
        : severity == PL_SEVERITY_NOTE ? "more, as it may be at constant prices"
                                       : "they differ");
}

/* ---- base and what is added make the term's target ---- */

/* Off by how much, in the unit of the last digit of the three: 0 agrees. */
static bool level_off(const row *r, pl_dec *off, pl_dec *digit)
{
    bool falls = pl_dec_cmp(r->term.v, r->base.v) < 0;
    pl_dec total =
        falls && pl_dec_sign(r->total.v) > 0 ? pl_dec_neg(r->total.v) : r->total.v;
    const spread *all[] = {&r->base, &r->term, &r->total};
    pl_dec sum;

    *digit = PL_DEC_INT(0);
    for (size_t i = 0; i < PL_COUNT(all); i++) {
        pl_dec width;

        if (!pl_dec_sub(all[i]->hi, all[i]->lo, &width))
            return false;
        if (pl_dec_cmp(width, *digit) > 0)
            *digit = width;
    }
    if (!pl_dec_add(r->base.v, total, &sum) || !pl_dec_sub(sum, r->term.v, off))
        return false;
    *off = pl_dec_abs(*off);
    return true;
}

/* Or is it the change in per cent of the base? */
static bool is_percent_of_base(const row *r)
{
    pl_dec all, lo, hi;

    if (!growth_between(r->base.v, r->term.v, 1, &all))
        return false;
    all = pl_dec_abs(all);
    lo = pl_dec_abs(r->total.lo);
    hi = pl_dec_abs(r->total.hi);
    return pl_dec_cmp(all, pl_dec_cmp(lo, hi) < 0 ? lo : hi) >= 0 &&
           pl_dec_cmp(all, pl_dec_cmp(lo, hi) < 0 ? hi : lo) <= 0;
}

/* Or a sum of yearly amounts, base and term being two of them? */
static bool may_be_flow(const row *r)
{
    const spread *less = &r->base, *more = &r->term;
    pl_dec lo, hi;

    if (pl_dec_cmp(less->v, more->v) > 0) {
        less = &r->term;
        more = &r->base;
    }
    return pl_dec_mul(less->v, PL_DEC_INT(r->n), &lo) &&
           pl_dec_div(lo, PL_DEC_INT(FLOW_TIMES), 2, &lo) &&
           pl_dec_mul(more->v, PL_DEC_INT(r->n * FLOW_TIMES), &hi) &&
           pl_dec_cmp(r->total.v, lo) >= 0 && pl_dec_cmp(r->total.v, hi) <= 0;
}

static bool in_points(const spread *s)
{
    const pl_node *n = pl_node_number(s->p.leaf);

    return n && n->unit_word && pl_str_eq(n->unit_word->field[0], PL_S("point"));
}

static pl_status say_level(pl_ctx *cx, pl_check *check, const row *r)
{
    const spread *parts[] = {&r->base, &r->total, &r->term};
    bool falls = pl_dec_cmp(r->term.v, r->base.v) < 0;
    char a[24], b[24], c[24], d[24];
    pl_severity severity;
    pl_dec off, digit;
    pl_relation *rel;

    if (!level_off(r, &off, &digit))
        return PL_OK;
    if (pl_dec_sign(off) == 0)
        severity = PL_SEVERITY_HELD;
    else if (is_percent_of_base(r) || may_be_flow(r))
        return PL_OK;
    else
        severity = pl_dec_cmp(off, digit) <= 0 ? PL_SEVERITY_NOTE
                   : in_points(&r->total)      ? PL_SEVERITY_ERROR
                                               : PL_SEVERITY_WARNING;
    PL_TRY(begin(cx, check, PL_KIND_SUM, severity, parts, PL_COUNT(parts), &rel));
    (void)pl_dec_text(r->base.v, a);
    (void)pl_dec_text(pl_dec_abs(r->total.v), b);
    (void)pl_dec_text(r->term.v, c);
    (void)pl_dec_text(off, d);
    PL_TRY(pl_relation_zh(cx, rel,
                          PL_INDICATOR_ZH "：%s %s %s %s %s（基期、累计、期末）%s%s",
                          PL_INDICATOR_ARGS(r->s.it), a, falls ? "-" : "+", b,
                          severity == PL_SEVERITY_HELD ? "=" : "≠", c,
                          severity == PL_SEVERITY_HELD ? "" : "，相差",
                          severity == PL_SEVERITY_HELD ? "" : d));
    return pl_relation_en(cx, rel,
                          PL_INDICATOR_EN ": %s %s %s %s %s (base, added, term)%s%s",
                          PL_INDICATOR_ARGS(r->s.it), a, falls ? "-" : "+", b,
                          severity == PL_SEVERITY_HELD ? "=" : "is not", c,
                          severity == PL_SEVERITY_HELD ? "" : ", off by ",
                          severity == PL_SEVERITY_HELD ? "" : d);
}

/* ---- yearly amounts add up ---- */

static pl_status say_flow(pl_ctx *cx, pl_check *check, const row *r)
{
    const spread *parts[] = {&r->yearly, &r->total};
    char a[24], b[24], c[24];
    pl_dec lo, hi, sum;
    bool held;
    pl_relation *rel;

    if (!pl_dec_mul(r->yearly.lo, PL_DEC_INT(r->n), &lo) ||
        !pl_dec_mul(r->yearly.hi, PL_DEC_INT(r->n), &hi) ||
        !pl_dec_mul(r->yearly.v, PL_DEC_INT(r->n), &sum))
        return PL_OK;
    held =
        (r->yearly.endless_hi || r->total.endless_lo ||
         pl_dec_cmp(hi, r->total.lo) >= 0) &&
        (r->yearly.endless_lo || r->total.endless_hi || pl_dec_cmp(lo, r->total.hi) <= 0);
    (void)pl_dec_text(r->yearly.v, a);
    (void)pl_dec_text(sum, b);
    (void)pl_dec_text(r->total.v, c);
    PL_TRY(begin(cx, check, PL_KIND_SUM, held ? PL_SEVERITY_HELD : PL_SEVERITY_WARNING,
                 parts, PL_COUNT(parts), &rel));
    PL_TRY(pl_relation_zh(cx, rel, PL_INDICATOR_ZH "：年均%s × %d年 = %s，%s累计%s",
                          PL_INDICATOR_ARGS(r->s.it), a, r->n, b, held ? "合于" : "不合",
                          c));
    return pl_relation_en(
        cx, rel, PL_INDICATOR_EN ": %s a year × %d years = %s, %s the total %s",
        PL_INDICATOR_ARGS(r->s.it), a, r->n, b, held ? "as is" : "not", c);
}

/* ---- which of them ---- */

/* A level in the row's unit: no change, no bound that is open on the wrong side. */
static bool is_level(const spread *s)
{
    return s->p.cell && !s->p.change;
}

static pl_status examine(pl_ctx *cx, pl_check *check, const row *r)
{
    bool ends = is_level(&r->base) && is_level(&r->term) && r->s.rate == 0;

    if (r->n < 1 || r->n > YEARS_MAX)
        return PL_OK;
    if (ends && r->yearly.p.cell && r->yearly.p.share && !r->s.percent)
        PL_TRY(say_growth(cx, check, r));
    if (ends && is_level(&r->total) && r->total.p.share == r->s.percent)
        PL_TRY(say_level(cx, check, r));
    if (is_level(&r->yearly) && is_level(&r->total) && !r->yearly.p.share &&
        !r->total.p.share)
        PL_TRY(say_flow(cx, check, r));
    return PL_OK;
}

pl_status pl_rule_span(pl_ctx *cx, pl_check *check)
{
    for (size_t i = 0; i < check->plan->indicators.n; i++) {
        row r;

        read_row(cx, &check->plan->indicators.p[i], &r);
        PL_TRY(examine(cx, check, &r));
    }
    return PL_OK;
}
