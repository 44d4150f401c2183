#include "judge/interval.h"

static const pl_end endless = {.endless = true};

pl_interval pl_interval_point(pl_dec at)
{
    return (pl_interval){{.at = at}, {.at = at}};
}

pl_interval pl_interval_from(pl_dec at, bool open)
{
    return (pl_interval){{.at = at, .open = open}, endless};
}

pl_interval pl_interval_to(pl_dec at, bool open)
{
    return (pl_interval){endless, {.at = at, .open = open}};
}

bool pl_interval_is_point(const pl_interval *a)
{
    return !a->lo.endless && !a->hi.endless && pl_dec_cmp(a->lo.at, a->hi.at) == 0;
}

/* Order of two lower ends: an endless one is the lowest, an open one lies above a closed
 * one at the same number. */
static int lo_cmp(const pl_end *a, const pl_end *b)
{
    int c;

    if (a->endless || b->endless)
        return (int)b->endless - (int)a->endless;
    c = pl_dec_cmp(a->at, b->at);
    return c ? c : (int)a->open - (int)b->open;
}

static int hi_cmp(const pl_end *a, const pl_end *b)
{
    int c;

    if (a->endless || b->endless)
        return (int)a->endless - (int)b->endless;
    c = pl_dec_cmp(a->at, b->at);
    return c ? c : (int)b->open - (int)a->open;
}

bool pl_interval_inside(const pl_interval *a, const pl_interval *b)
{
    return lo_cmp(&a->lo, &b->lo) >= 0 && hi_cmp(&a->hi, &b->hi) <= 0;
}

/* Does all that `hi` ends lie below all that `lo` begins? */
static bool ends_below(const pl_end *hi, const pl_end *lo)
{
    int c;

    if (hi->endless || lo->endless)
        return false;
    c = pl_dec_cmp(hi->at, lo->at);
    return c < 0 || (c == 0 && (hi->open || lo->open));
}

bool pl_interval_apart(const pl_interval *a, const pl_interval *b)
{
    return ends_below(&a->hi, &b->lo) || ends_below(&b->hi, &a->lo);
}

bool pl_interval_gap(const pl_interval *a, const pl_interval *b, pl_dec *gap)
{
    if (ends_below(&a->hi, &b->lo))
        return pl_dec_sub(a->hi.at, b->lo.at, gap);
    return pl_dec_sub(a->lo.at, b->hi.at, gap);
}

pl_interval pl_interval_neg(pl_interval a)
{
    pl_interval out = {a.hi, a.lo};

    out.lo.at = pl_dec_neg(out.lo.at);
    out.hi.at = pl_dec_neg(out.hi.at);
    return out;
}

static bool end_add(pl_end a, pl_end b, pl_end *out)
{
    *out = (pl_end){.open = a.open || b.open, .endless = a.endless || b.endless};
    return out->endless || pl_dec_add(a.at, b.at, &out->at);
}

bool pl_interval_add(pl_interval a, pl_interval b, pl_interval *out)
{
    pl_interval sum;

    if (!end_add(a.lo, b.lo, &sum.lo) || !end_add(a.hi, b.hi, &sum.hi))
        return false;
    *out = sum;
    return true;
}

static bool end_mul(pl_end a, pl_end b, pl_end *out)
{
    *out = (pl_end){.open = a.open || b.open, .endless = a.endless || b.endless};
    return out->endless || pl_dec_mul(a.at, b.at, &out->at);
}

static bool below_zero(const pl_interval *a)
{
    return a->lo.endless || pl_dec_sign(a->lo.at) < 0;
}

bool pl_interval_mul(pl_interval a, pl_interval b, pl_interval *out)
{
    pl_interval product;

    if (below_zero(&a) || below_zero(&b))
        return false;
    if (!end_mul(a.lo, b.lo, &product.lo) || !end_mul(a.hi, b.hi, &product.hi))
        return false;
    *out = product;
    return true;
}

static pl_interval from_end(const pl_end *lo, bool open)
{
    return (pl_interval){{lo->at, open || lo->open, lo->endless}, endless};
}

static pl_interval to_end(const pl_end *hi, bool open)
{
    return (pl_interval){endless, {hi->at, open || hi->open, hi->endless}};
}

pl_vague pl_vague_from(const pl_vague *v, bool open)
{
    return (pl_vague){from_end(&v->written.lo, open), from_end(&v->widest.lo, open)};
}

pl_vague pl_vague_to(const pl_vague *v, bool open)
{
    return (pl_vague){to_end(&v->written.hi, open), to_end(&v->widest.hi, open)};
}

pl_vague pl_vague_neg(pl_vague v)
{
    return (pl_vague){pl_interval_neg(v.written), pl_interval_neg(v.widest)};
}

/* Per cent of growth as a factor: 6 is 1.06. */
static bool as_factor(pl_end *e)
{
    static const pl_dec hundred = {100, 0};

    return e->endless ||
           (pl_dec_add(e->at, hundred, &e->at) && pl_dec_shift(e->at, -2, &e->at));
}

static bool grow(pl_interval level, pl_interval percent, pl_interval *out)
{
    bool from_below = percent.lo.endless;

    if (!as_factor(&percent.lo) || !as_factor(&percent.hi))
        return false;
    percent.lo.endless = false; /* a level does not shrink below nothing */
    if (!pl_interval_mul(level, percent, out))
        return false;
    out->lo.endless = from_below;
    return true;
}

bool pl_vague_grow(const pl_vague *level, const pl_vague *percent, pl_vague *out)
{
    pl_vague grown;

    if (!grow(level->written, percent->written, &grown.written) ||
        !grow(level->widest, percent->widest, &grown.widest))
        return false;
    *out = grown;
    return true;
}
