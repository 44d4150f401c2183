/* Annual targets against the term's. */
#include "judge/course.h"
#include "judge/rules.h"

enum { PACE_PERCENT = 150 }; /* of the best year so far: more is a jump, R-353 */

static bool is_rate(const pl_series *s, const pl_point *p)
{
    return p->share && (s->rate != 0 || p->change);
}

/* ---- counted over the term ---- */

typedef struct total {
    pl_dec sum, asked, missing, yearly, best;
    int left;
} total;

static bool total_of(const pl_course *c, total *t)
{
    int known = 0;

    *t = (total){.left = c->last - c->year, .asked = pl_point_at(&c->s, &c->term, false)};
    for (int i = 0; i < PL_TERM_YEARS; i++) {
        pl_dec v;

        if (!c->years[i].cell)
            continue;
        v = pl_point_at(&c->s, &c->years[i], true);
        if (!pl_dec_add(t->sum, v, &t->sum))
            return false;
        if (pl_dec_cmp(v, t->best) > 0)
            t->best = v;
        known++;
    }
    return pl_dec_sub(t->asked, t->sum, &t->missing) &&
           (pl_dec_sign(t->missing) <= 0 || known + t->left == PL_TERM_YEARS) &&
           (t->left == 0 || pl_dec_div(t->missing, PL_DEC_INT(t->left), 1, &t->yearly));
}

static pl_severity total_severity(const pl_course *c, const total *t)
{
    const pl_end *lowest = &c->term.amount.set.widest.lo;
    pl_dec jump, limit;

    if (pl_dec_sign(t->missing) <= 0)
        return PL_SEVERITY_HELD;
    if (t->left == 0)
        return !lowest->endless && pl_dec_cmp(t->sum, lowest->at) < 0
                   ? PL_SEVERITY_WARNING
                   : PL_SEVERITY_HELD;
    return pl_dec_mul(t->yearly, PL_DEC_INT(100), &jump) &&
                   pl_dec_mul(t->best, PL_DEC_INT(PACE_PERCENT), &limit) &&
                   pl_dec_cmp(jump, limit) > 0
               ? PL_SEVERITY_NOTE
               : PL_SEVERITY_HELD;
}

static pl_status say_total(pl_ctx *cx, pl_check *check, const pl_course *c)
{
    char sum[24], missing[24], yearly[24];
    pl_bitext years;
    pl_relation *r;
    total t;

    if (c->s.good != PL_DIR_UP || !total_of(c, &t))
        return PL_OK;
    (void)pl_dec_text(t.sum, sum);
    (void)pl_dec_text(t.missing, missing);
    (void)pl_dec_text(t.yearly, yearly);
    PL_TRY(pl_course_words(cx, c, &years));
    PL_TRY(pl_course_relation(cx, check, c, total_severity(c, &t), &r));
    if (pl_dec_sign(t.missing) <= 0) {
        PL_TRY(pl_relation_zh(cx, r, PL_COURSE_ZH "%.*s，合计%s，已达到累计目标",
                              PL_COURSE_ARGS(c), PL_FMT(years.zh), sum));
        return pl_relation_en(cx, r, PL_COURSE_EN "%.*s, together %s: reached",
                              PL_COURSE_ARGS(c), PL_FMT(years.en), sum);
    }
    if (t.left == 0) {
        PL_TRY(pl_relation_zh(cx, r, PL_COURSE_ZH "%.*s，合计%s，比累计目标少%s",
                              PL_COURSE_ARGS(c), PL_FMT(years.zh), sum, missing));
        return pl_relation_en(cx, r, PL_COURSE_EN "%.*s, together %s: %s short",
                              PL_COURSE_ARGS(c), PL_FMT(years.en), sum, missing);
    }
    PL_TRY(pl_relation_zh(cx, r, PL_COURSE_ZH "%.*s，合计%s，其余%d年共须%s，每年%s",
                          PL_COURSE_ARGS(c), PL_FMT(years.zh), sum, t.left, missing,
                          yearly));
    return pl_relation_en(cx, r,
                          PL_COURSE_EN "%.*s, together %s; the other %d years need %s, "
                                       "%s a year",
                          PL_COURSE_ARGS(c), PL_FMT(years.en), sum, t.left, missing,
                          yearly);
}

/* ---- levels ---- */

/* The best value reported before the annual target's year, or NULL. */
static const pl_point *best_before(const pl_course *c)
{
    const pl_point *best = NULL;

    for (int i = 0; i < PL_TERM_YEARS; i++) {
        const pl_point *p = &c->years[i];

        if (!p->cell || p->cell->role != PL_ROLE_VALUE || p->cell->year >= c->year ||
            p->change)
            continue;
        if (!best || pl_better(c->s.good, pl_point_at(&c->s, p, true),
                               pl_point_at(&c->s, best, true)) > 0)
            best = p;
    }
    return best;
}

static pl_status held(pl_ctx *cx, pl_check *check, const pl_course *c, bool reached)
{
    pl_relation *r;

    PL_TRY(pl_course_relation(cx, check, c, PL_SEVERITY_HELD, &r));
    PL_TRY(
        pl_relation_zh(cx, r, PL_COURSE_ZH "%s", PL_COURSE_ARGS(c),
                       reached ? "年度目标不逊于规划目标" : "年度目标逐步趋近规划目标"));
    return pl_relation_en(cx, r, PL_COURSE_EN "%s", PL_COURSE_ARGS(c),
                          reached ? "as good as the term's target" : "on the way to it");
}

/* The last year asks for less than the term does. */
static pl_status say_last(pl_ctx *cx, pl_check *check, const pl_course *c)
{
    pl_relation *r;

    PL_TRY(pl_course_relation(cx, check, c, PL_SEVERITY_WARNING, &r));
    PL_TRY(pl_relation_zh(cx, r, PL_COURSE_ZH "规划期最后一年的目标不及规划目标",
                          PL_COURSE_ARGS(c)));
    return pl_relation_en(cx, r, PL_COURSE_EN "the term's last year asks for less",
                          PL_COURSE_ARGS(c));
}

/* The annual target is worse than what was reached, while the term's is not reached by
 * it. */
static pl_status say_back(pl_ctx *cx, pl_check *check, const pl_course *c,
                          const pl_point *before, pl_dec gap)
{
    bool passed = pl_better(c->s.good, pl_point_at(&c->s, before, true),
                            pl_point_at(&c->s, &c->term, false)) >= 0;
    const char *worse = c->s.good == PL_DIR_UP ? "低于" : "高于";
    char by[24];
    pl_relation *r;

    (void)pl_dec_text(pl_dec_abs(gap), by);
    PL_TRY(pl_course_relation(cx, check, c, PL_SEVERITY_NOTE, &r));
    PL_TRY(pl_relation_zh(
        cx, r, PL_COURSE_ZH "年度目标%s%d年的“%.*s”%s；至%d年与规划目标尚差%s",
        PL_COURSE_ARGS(c), worse, before->cell->year, PL_FMT(before->cell->clean),
        passed ? "（当时已达到规划目标）" : "", c->last, by));
    PL_TRY(pl_relation_en(cx, r,
                          PL_COURSE_EN "the year's target is worse than %.*s of %d%s; to "
                                       "%d it is %s off the term's",
                          PL_COURSE_ARGS(c), PL_FMT(before->cell->clean),
                          before->cell->year,
                          passed ? ", which had reached the term's" : "", c->last, by));
    return pl_relation_at(cx, r, before->cell->place, before->cell->clean);
}

static pl_status say_level(pl_ctx *cx, pl_check *check, const pl_course *c)
{
    pl_dec annual = pl_point_at(&c->s, &c->annual, false), gap;
    pl_dec term = pl_point_at(&c->s, &c->term, false);
    const pl_point *before = best_before(c);

    if (c->s.good == PL_DIR_NONE || !pl_dec_sub(term, annual, &gap))
        return PL_OK;
    if (pl_better(c->s.good, annual, term) >= 0)
        return held(cx, check, c, true);
    if (c->year == c->last &&
        pl_interval_apart(&c->annual.amount.set.widest, &c->term.amount.set.widest))
        return say_last(cx, check, c);
    if (before && pl_better(c->s.good, pl_point_at(&c->s, before, true), annual) > 0)
        return say_back(cx, check, c, before, gap);
    return held(cx, check, c, false);
}

/* ---- which of them ---- */

static pl_status examine(pl_ctx *cx, pl_check *check, const pl_course *c)
{
    bool over_term = c->term.years > 1 || c->term.cumulative;

    if (is_rate(&c->s, &c->annual) && is_rate(&c->s, &c->term))
        return over_term ? pl_course_change(cx, check, c)
               : c->s.rate < 0 && !c->term.change
                   ? PL_OK /* 降幅 14.5: of the year or of the term? */
                   : pl_course_average(cx, check, c);
    if (c->annual.change || c->term.change)
        return PL_OK;
    return c->term.cumulative ? say_total(cx, check, c) : say_level(cx, check, c);
}

pl_status pl_rule_term(pl_ctx *cx, pl_check *check)
{
    for (size_t i = 0; i < check->plan->indicators.n; i++) {
        pl_course c;

        if (pl_course_read(cx, &check->plan->indicators.p[i], &c))
            PL_TRY(examine(cx, check, &c));
    }
    return PL_OK;
}
