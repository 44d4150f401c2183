/* Targets of change (增长6%, 净减1.2平方公里) and of trend (稳步增长, 保持稳定): turned
 * into a set of acceptable figures. */
#include "judge/ruling.h"

static const pl_dec hundred = {100, 0};

static bool fail(pl_ruling *r, pl_remark_kind kind)
{
    pl_remark_add(&r->needs, (pl_remark){.kind = kind});
    return false;
}

static pl_vague neg(pl_vague v)
{
    return (pl_vague){pl_interval_neg(v.written), pl_interval_neg(v.widest)};
}

/* Is the labelled figure that of the year before: 8(上年7.5), 8(2021年7.5)? */
static bool is_previous(const pl_judging *j, const pl_node *n)
{
    if (n->kind != PL_NODE_BASIS || !n->kid)
        return false;
    if (n->kid->kind == PL_NODE_BY)
        return n->kid->year > 0 && n->kid->year == j->in->year - 1;
    return pl_owner_same(j->lx, n->text, PL_S("上年"));
}

/* The value of the period before: given, or in the value's own brackets. */
static const pl_node *previous_node(const pl_judging *j)
{
    if (j->in->previous)
        return pl_chain_main(j->in->previous->first);
    for (const pl_node *n = j->value; n; n = n->next)
        if (is_previous(j, n))
            return n->kid;
    return NULL;
}

static bool previous_read(const pl_judging *j, pl_ruling *r)
{
    pl_reading before;

    pl_reading_read(previous_node(j), &before);
    r->has_before = before.have == PL_HAVE_FIGURE &&
                    before.leaf->kind != PL_NODE_CHANGE &&
                    pl_amount_read(&j->scale, before.leaf, &r->before);
    return r->has_before;
}

static pl_dir turned(pl_dir d)
{
    return d == PL_DIR_UP ? PL_DIR_DOWN : d == PL_DIR_DOWN ? PL_DIR_UP : d;
}

static bool is_share(const pl_node *change)
{
    const pl_node *n = pl_node_number(change->kid);

    return n && !change->percent_points && n->unit_word &&
           pl_str_eq(n->unit_word->field[0], PL_S("ratio"));
}

/* The scale of amounts of change: per cent where one of them is a share of the level it
 * starts from (增长6%), else the indicator's own. */
static pl_scale scale_of_change(const pl_judging *j, bool share)
{
    pl_scale s = j->scale;

    if (share)
        s.unit = pl_measure_of(j->lx, PL_S("%"));
    return s;
}

/* The set of acceptable growth; a fall is negative growth. R-242: a rise of what should
 * fall is a ceiling (物价上涨3%左右), a fall of what should rise a floor. */
static bool growth_want(const pl_judging *j, const pl_scale *s, int rate, pl_ruling *r)
{
    const pl_node *change = r->goal.leaf;
    pl_dir asked = change->dir == PL_DIR_DOWN ? PL_DIR_DOWN : PL_DIR_UP;
    pl_way known = pl_way_known(j, &r->goal);
    pl_dir good = rate < 0 ? turned(known.dir) : known.dir;
    bool limit = turned(asked) == good;

    if (!change->kid || !pl_amount_read(s, change->kid, &r->base))
        return fail(r, PL_REMARK_NEED_DIGITS);
    r->has_base = true;
    r->ceiling = limit;
    if (change->kid->kind == PL_NODE_BOUND) {
        r->ceiling = r->base.set.written.lo.endless;
        r->want = r->base.set;
    } else if (limit) {
        r->want = pl_vague_to(&r->base.set, false);
    } else {
        r->want = pl_vague_from(&r->base.set, false);
    }
    if (asked == PL_DIR_DOWN)
        r->want = neg(r->want);
    r->way.from = limit ? known.from : PL_DIR_FROM_OPERATOR;
    r->way.word = limit ? known.word : (pl_str){0};
    return true;
}

/* 增长6% against a value that is itself a change: amounts against amounts. */
static bool change_by_change(const pl_judging *j, pl_ruling *r, int rate)
{
    const pl_node *value = r->reading.leaf;
    pl_scale s = scale_of_change(j, is_share(r->goal.leaf) || is_share(value));

    if (!growth_want(j, &s, rate, r))
        return false;
    if (!value->kid || !pl_amount_read(&s, value->kid, &r->have))
        return fail(r, PL_REMARK_NEED_DIGITS);
    if (value->dir == PL_DIR_DOWN)
        r->have.set = neg(r->have.set);
    return pl_amount_alike(&r->base, &r->have) || fail(r, PL_REMARK_NEED_UNIT);
}

/* the indicator is itself a rate of change, its figures are amounts. */
static bool change_of_rate(const pl_judging *j, pl_ruling *r, int rate)
{
    if (!growth_want(j, &j->scale, rate, r))
        return false;
    if (rate < 0)
        r->want = neg(r->want);
    if (!pl_amount_read(&j->scale, r->reading.leaf, &r->have))
        return fail(r, PL_REMARK_NEED_DIGITS);
    return pl_amount_alike(&r->base, &r->have) || fail(r, PL_REMARK_NEED_UNIT);
}

/* Per cent of growth as a factor: 6 is 1.06. */
static bool as_factor(pl_end *e)
{
    return e->endless ||
           (pl_dec_add(e->at, hundred, &e->at) && pl_dec_shift(e->at, -2, &e->at));
}

/* The level before, grown by a set of per cents that is endless on one side. */
static bool grown(const pl_interval *before, pl_interval growth, pl_interval *out)
{
    bool endless = growth.lo.endless;

    if (!as_factor(&growth.lo) || !as_factor(&growth.hi))
        return false;
    growth.lo.endless = false; /* a level does not grow below nothing */
    if (!pl_interval_mul(*before, growth, out))
        return false;
    out->lo.endless = endless;
    return true;
}

static bool level_want(pl_ruling *r, bool share)
{
    pl_vague growth = r->want;

    if (share)
        return grown(&r->before.set.written, growth.written, &r->want.written) &&
               grown(&r->before.set.widest, growth.widest, &r->want.widest);
    return pl_interval_add(r->before.set.written, growth.written, &r->want.written) &&
           pl_interval_add(r->before.set.widest, growth.widest, &r->want.widest);
}

/* of a level, the change is counted from the period before. */
static bool change_of_level(const pl_judging *j, pl_ruling *r)
{
    bool share = is_share(r->goal.leaf);
    pl_scale s = scale_of_change(j, share);

    if (!previous_read(j, r))
        return fail(r, PL_REMARK_NEED_PREVIOUS);
    if (!growth_want(j, &s, 0, r))
        return false;
    if (!pl_amount_read(&j->scale, r->reading.leaf, &r->have))
        return fail(r, PL_REMARK_NEED_DIGITS);
    if (!pl_amount_alike(&r->before, &r->have) ||
        (!share && !pl_amount_alike(&r->base, &r->have)))
        return fail(r, PL_REMARK_NEED_UNIT);
    return level_want(r, share) || fail(r, PL_REMARK_NEED_DIGITS);
}

static bool dir_from_want(pl_ruling *r)
{
    r->way.dir = r->want.written.hi.endless ? PL_DIR_UP : PL_DIR_DOWN;
    return true;
}

/* Do the indicator's figures count what the change counts? A rate in per cent does, and a
 * number of new things; 增长6% of a number of new things is counted from the year before.
 */
static bool is_direct(const pl_judging *j, const pl_ruling *r)
{
    return !is_share(r->goal.leaf) || j->scale.unit.dimension.n == 0 ||
           pl_str_eq(j->scale.unit.dimension, PL_S("ratio"));
}

bool pl_change_want(const pl_judging *j, pl_ruling *r)
{
    int rate = pl_rate_sign(j->lx, j->in->name);
    bool told;

    if (r->goal.leaf->per_year)
        pl_remark_add(&r->notes, (pl_remark){.kind = PL_REMARK_NOTE_PER_YEAR});
    if (r->reading.leaf->kind == PL_NODE_CHANGE)
        told = change_by_change(j, r, rate);
    else if (rate != 0 && is_direct(j, r))
        told = change_of_rate(j, r, rate);
    else
        told = change_of_level(j, r);
    return told && dir_from_want(r);
}

/* Trends. */

static bool value_figure(const pl_judging *j, pl_ruling *r)
{
    const pl_node *n = r->reading.leaf;

    if (n->kind == PL_NODE_CHANGE)
        return fail(r, PL_REMARK_NEED_FIGURE);
    return pl_amount_read(&j->scale, n, &r->have) || fail(r, PL_REMARK_NEED_DIGITS);
}

/* words of growth, of which a rate above 0 is the proof. */
static bool is_growth_word(const pl_judging *j, pl_str words)
{
    return (j->lx && pl_lexicon_end(j->lx, PL_WORDS(GROWTH), words)) ||
           pl_str_has(words, PL_S("grow"));
}

static bool above_zero(pl_ruling *r, pl_dir dir)
{
    r->want.written = r->want.widest = pl_interval_from(PL_DEC_INT(0), true);
    r->way = (pl_way){dir, PL_DIR_FROM_OPERATOR, {0}};
    return true;
}

/* The value as growth: its own sign, whatever the indicator counts. */
static bool trend_of_change(const pl_judging *j, pl_ruling *r, pl_dir dir)
{
    const pl_node *value = r->reading.leaf;
    pl_scale s = scale_of_change(j, is_share(value));

    if (!value->kid || !pl_amount_read(&s, value->kid, &r->have))
        return fail(r, PL_REMARK_NEED_DIGITS);
    if ((value->dir == PL_DIR_DOWN) != (dir == PL_DIR_DOWN))
        r->have.set = neg(r->have.set);
    return above_zero(r, dir);
}

/* stable is no worse than before by more than the tolerance; where the good side
 * is not known, no further from it than that. */
static bool stable_want(const pl_judging *j, pl_ruling *r)
{
    pl_vague level = r->before.set;
    pl_dec p = j->scale.tolerance_percent;

    if (level.widest.lo.endless || level.widest.hi.endless)
        return fail(r, PL_REMARK_NEED_EXACT);
    if (!pl_dec_widen(level.widest.lo.at, pl_dec_neg(p), &level.widest.lo.at) ||
        !pl_dec_widen(level.widest.hi.at, p, &level.widest.hi.at))
        return fail(r, PL_REMARK_NEED_DIGITS);
    r->way = pl_way_known(j, &r->goal);
    r->want = level;
    if (r->way.dir == PL_DIR_UP)
        r->want = pl_vague_from(&level, false);
    if (r->way.dir == PL_DIR_DOWN)
        r->want = pl_vague_to(&level, false);
    return true;
}

/* past all that the figure before may have been. */
static bool past_previous(const pl_judging *j, pl_ruling *r, pl_dir dir)
{
    pl_vague b;

    if (!previous_read(j, r))
        return fail(r, PL_REMARK_NEED_PREVIOUS);
    if (!pl_amount_alike(&r->before, &r->have))
        return fail(r, PL_REMARK_NEED_UNIT);
    if (dir == PL_DIR_FLAT)
        return stable_want(j, r);
    b = r->before.set;
    if (b.widest.lo.endless || b.widest.hi.endless)
        return fail(r, PL_REMARK_NEED_EXACT);
    r->want = dir == PL_DIR_UP ? (pl_vague){pl_interval_from(b.widest.hi.at, true),
                                            pl_interval_from(b.widest.lo.at, true)}
                               : (pl_vague){pl_interval_to(b.widest.lo.at, true),
                                            pl_interval_to(b.widest.hi.at, true)};
    return true;
}

/* what improves goes to the good side, which may be down. */
static bool is_improvement(pl_str words)
{
    static const pl_str stems[] = {
        PL_S_INIT("改善"), PL_S_INIT("向好"),   PL_S_INIT("优化"),
        PL_S_INIT("好转"), PL_S_INIT("趋好"),   PL_S_INIT("趋优"),
        PL_S_INIT("更好"), PL_S_INIT("improv"), PL_S_INIT("better")};

    for (size_t i = 0; i < PL_COUNT(stems); i++)
        if (pl_str_has(words, stems[i]))
            return true;
    return false;
}

/* The side that the trend goes to; NONE where the good side is meant and not known. */
static pl_dir trend_dir(const pl_judging *j, pl_ruling *r)
{
    const pl_node *leaf = r->goal.leaf;

    if (leaf->dir != PL_DIR_NONE && !is_improvement(leaf->text))
        r->way = (pl_way){leaf->dir, PL_DIR_FROM_OPERATOR, {0}};
    else
        r->way = pl_way_known(j, &r->goal);
    return r->way.dir;
}

bool pl_trend_want(const pl_judging *j, pl_ruling *r)
{
    int rate = pl_rate_sign(j->lx, j->in->name);
    pl_dir dir = trend_dir(j, r);

    if (dir == PL_DIR_NONE)
        return fail(r, PL_REMARK_NEED_DIRECTION);
    if (r->reading.leaf->kind == PL_NODE_CHANGE && dir != PL_DIR_FLAT)
        return trend_of_change(j, r, dir);
    if (!value_figure(j, r))
        return false;
    if (rate > 0 && dir == PL_DIR_UP && is_growth_word(j, r->goal.leaf->text))
        return above_zero(r, PL_DIR_UP);
    if (rate < 0 && dir == PL_DIR_DOWN) /* 降幅 of what keeps falling */
        return above_zero(r, PL_DIR_UP);
    return past_previous(j, r, dir);
}
