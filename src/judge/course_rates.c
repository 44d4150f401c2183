/* Yearly rates against those of the term: R-351 of a reduction or growth over the whole
 * term, R-352 of an average. */
#include "judge/course.h"

#include "judge/growth.h"

enum {
    PERCENT_DIGITS = 2, /* of rates in messages */
    SHORT_PERCENT = 90  /* below this share of the way: a warning, else a note */
};

static int sign_of(const pl_series *s, const pl_point *p)
{
    if (p->change)
        return p->leaf->dir == PL_DIR_DOWN ? -1 : 1;
    return s->rate < 0 ? -1 : 1;
}

/* The growth in per cent that a figure says: a 降幅 of 3 is -3. */
static pl_dec growth_of(const pl_series *s, const pl_point *p, bool best)
{
    pl_dec v = pl_point_at(s, p, best);

    return sign_of(s, p) < 0 ? pl_dec_neg(v) : v;
}

static pl_dir turned(pl_dir d)
{
    return d == PL_DIR_UP ? PL_DIR_DOWN : d == PL_DIR_DOWN ? PL_DIR_UP : d;
}

/* Which way growth itself is good: 降幅 is to be large, growth then is to be low. */
static pl_dir growth_good(const pl_series *s)
{
    return s->rate < 0 ? turned(s->good) : s->good;
}

/* What the known years come to, compounded and added. */
typedef struct pace {
    pl_factor product;
    pl_dec sum;
    pl_dec best; /* the best yearly rate among them and the annual target */
    int known;
} pace;

static bool pace_add(pace *p, pl_dec growth)
{
    pl_factor f;

    return pl_factor_of(growth, &f) && pl_factor_mul(p->product, f, &p->product) &&
           pl_dec_add(p->sum, growth, &p->sum);
}

static bool pace_known(const pl_course *c, pace *p)
{
    pl_dir good = growth_good(&c->s);

    *p = (pace){.best = growth_of(&c->s, &c->annual, true)};
    if (!pl_factor_of(PL_DEC_INT(0), &p->product))
        return false;
    for (int i = 0; i < PL_TERM_YEARS; i++) {
        pl_dec g;

        if (!c->years[i].cell)
            continue;
        g = growth_of(&c->s, &c->years[i], true);
        if (!pace_add(p, g))
            return false;
        if (pl_better(good, g, p->best) > 0)
            p->best = g;
        p->known++;
    }
    return true;
}

/* ---- a change over the whole term ---- */

typedef struct reach {
    int n, rest;              /* years of the term; those whose figures are not known */
    pl_dec asked, compounded; /* per cent, signed */
    pl_dec added, better;     /* of compounded and added */
    pl_dec yearly;            /* what every year would need */
    pl_dec pace;              /* of the other years */
} reach;

static bool reach_of(const pl_course *c, reach *r)
{
    pl_factor asked, rest, product, yearly;
    pl_dec more;
    pace p;

    *r = (reach){.n = c->term.years > 1 ? c->term.years : PL_TERM_YEARS};
    r->asked = growth_of(&c->s, &c->term, false);
    if (!pace_known(c, &p) || p.known > r->n)
        return false;
    r->rest = r->n - p.known;
    r->pace = p.best;
    if (!pl_factor_of(p.best, &rest) || !pl_factor_power(rest, r->rest, &rest) ||
        !pl_factor_mul(p.product, rest, &product) || !pl_factor_of(r->asked, &asked) ||
        !pl_factor_root(asked, r->n, &yearly) ||
        !pl_dec_mul(p.best, PL_DEC_INT(r->rest), &more) ||
        !pl_dec_add(p.sum, more, &r->added))
        return false;
    r->compounded = pl_factor_percent(product, PERCENT_DIGITS);
    r->yearly = pl_factor_percent(yearly, PERCENT_DIGITS);
    r->better = pl_better(growth_good(&c->s), r->compounded, r->added) > 0 ? r->compounded
                                                                           : r->added;
    return true;
}

/* Held when one way of counting reaches it. */
static pl_severity reach_severity(const pl_course *c, const reach *r)
{
    pl_dec part, whole;

    if (pl_better(growth_good(&c->s), r->better, r->asked) >= 0)
        return PL_SEVERITY_HELD;
    if (pl_dec_mul(pl_dec_abs(r->better), PL_DEC_INT(100), &part) &&
        pl_dec_mul(pl_dec_abs(r->asked), PL_DEC_INT(SHORT_PERCENT), &whole) &&
        pl_dec_sign(r->better) == pl_dec_sign(r->asked) && pl_dec_cmp(part, whole) >= 0)
        return PL_SEVERITY_NOTE;
    return PL_SEVERITY_WARNING;
}

/* Figures of the message as text, without their sign where the word says it. */
typedef struct figures {
    char asked[24], compounded[24], added[24], yearly[24], pace[24];
} figures;

static void figures_of(const reach *r, figures *f)
{
    (void)pl_dec_text(pl_dec_abs(r->asked), f->asked);
    (void)pl_dec_text(pl_dec_abs(r->compounded), f->compounded);
    (void)pl_dec_text(pl_dec_abs(r->added), f->added);
    (void)pl_dec_text(pl_dec_abs(r->yearly), f->yearly);
    (void)pl_dec_text(pl_dec_abs(r->pace), f->pace);
}

static pl_status reach_say(pl_ctx *cx, pl_check *check, const pl_course *c,
                           const reach *r)
{
    pl_severity severity = reach_severity(c, r);
    bool down = pl_dec_sign(r->asked) < 0, held = severity == PL_SEVERITY_HELD;
    pl_bitext years;
    pl_relation *rel;
    figures f;

    figures_of(r, &f);
    PL_TRY(pl_course_words(cx, c, &years));
    PL_TRY(pl_course_relation(cx, check, c, severity, &rel));
    PL_TRY(pl_relation_zh(
        cx, rel,
        PL_COURSE_ZH
        "%.*s，其余%d年按每年%s%%计，%d年共%s%s%%（逐年复合）、%s%%（相加），"
        "%s%s%%；平均每年须%s%%",
        PL_COURSE_ARGS(c), PL_FMT(years.zh), r->rest, f.pace, r->n, down ? "降" : "增",
        f.compounded, f.added, held ? "可达到" : "达不到", f.asked, f.yearly));
    PL_TRY(pl_relation_en(
        cx, rel,
        PL_COURSE_EN "%.*s, the other %d at %s%% a year: %d years make %s%% compounded, "
                     "%s%% added, %s %s%%; it takes %s%% a year",
        PL_COURSE_ARGS(c), PL_FMT(years.en), r->rest, f.pace, r->n, f.compounded, f.added,
        held ? "enough for" : "short of", f.asked, f.yearly));
    return PL_OK;
}

pl_status pl_course_change(pl_ctx *cx, pl_check *check, const pl_course *c)
{
    reach r;

    if (c->s.good == PL_DIR_NONE || !reach_of(c, &r))
        return PL_OK;
    return reach_say(cx, check, c, &r);
}

/* ---- an average over the term ---- */

/* What the years left would need for the average; for none left, what the average is. */
static bool average_needed(const pl_course *c, pl_dec asked, int left, pl_dec *out)
{
    pl_factor f, whole;
    pace p;

    if (!pace_known(c, &p) || p.known + left != PL_TERM_YEARS)
        return false;
    if (left == 0) {
        if (!pl_factor_root(p.product, PL_TERM_YEARS, &f))
            return false;
    } else if (!pl_factor_of(asked, &f) || !pl_factor_power(f, PL_TERM_YEARS, &whole) ||
               !pl_factor_div(whole, p.product, &f) || !pl_factor_root(f, left, &f)) {
        return false;
    }
    *out = pl_factor_percent(f, PERCENT_DIGITS);
    return true;
}

static pl_status average_held(pl_ctx *cx, pl_check *check, const pl_course *c)
{
    pl_relation *r;

    PL_TRY(pl_course_relation(cx, check, c, PL_SEVERITY_HELD, &r));
    PL_TRY(
        pl_relation_zh(cx, r, PL_COURSE_ZH "不逊于规划期的年均目标", PL_COURSE_ARGS(c)));
    return pl_relation_en(cx, r, PL_COURSE_EN "as good as the term's average",
                          PL_COURSE_ARGS(c));
}

static pl_status average_say(pl_ctx *cx, pl_check *check, const pl_course *c, int left,
                             pl_dec needed, bool held)
{
    char n[24];
    pl_bitext years;
    pl_relation *r;

    (void)pl_dec_text(needed, n);
    PL_TRY(pl_course_words(cx, c, &years));
    PL_TRY(
        pl_course_relation(cx, check, c, held ? PL_SEVERITY_HELD : PL_SEVERITY_NOTE, &r));
    if (left == 0) {
        PL_TRY(pl_relation_zh(cx, r, PL_COURSE_ZH "%.*s，%d年年均%s%%", PL_COURSE_ARGS(c),
                              PL_FMT(years.zh), PL_TERM_YEARS, n));
        return pl_relation_en(cx, r, PL_COURSE_EN "%.*s: %s%% a year on average",
                              PL_COURSE_ARGS(c), PL_FMT(years.en), n);
    }
    PL_TRY(pl_relation_zh(cx, r,
                          PL_COURSE_ZH "%.*s，%s规划期年均目标，其余%d年须年均%s%%",
                          PL_COURSE_ARGS(c), PL_FMT(years.zh),
                          held ? "年度目标低于" : "年度目标不及", left, n));
    return pl_relation_en(
        cx, r, PL_COURSE_EN "%.*s; for the term's average the other %d years need %s%%",
        PL_COURSE_ARGS(c), PL_FMT(years.en), left, n);
}

pl_status pl_course_average(pl_ctx *cx, pl_check *check, const pl_course *c)
{
    pl_dir good = growth_good(&c->s);
    pl_dec asked = growth_of(&c->s, &c->term, false), needed;
    int left = c->last - c->year;

    if (good == PL_DIR_NONE)
        return PL_OK;
    if (pl_better(good, growth_of(&c->s, &c->annual, false), asked) >= 0)
        return average_held(cx, check, c);
    if (left < 0 || !average_needed(c, asked, left, &needed))
        return PL_OK;
    return average_say(cx, check, c, left, needed,
                       left == 0 ? pl_better(good, needed, asked) >= 0
                                 : pl_better(good, asked, needed) >= 0);
}
