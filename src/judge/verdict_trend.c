/* Targets of trend (稳步增长, 保持稳定, 只增不减), turned into a set of acceptable
 * figures. */
#include "judge/ruling.h"

typedef enum trend {
    TREND_RISE,
    TREND_FALL,
    TREND_NOT_MORE,
    TREND_NOT_LESS,
    TREND_SAME,
    TREND_STABLE /* about the same */
} trend;

/* words of standing still that say more than that; the first found tells. */
static const struct {
    pl_str word;
    trend trend;
} still[] = {
    {PL_S_INIT("不增"), TREND_NOT_MORE}, /* also in 只减不增 */
    {PL_S_INIT("不减"), TREND_NOT_LESS}, /* also in 只增不减 */
    {PL_S_INIT("不降"), TREND_NOT_LESS},
    {PL_S_INIT("不上升"), TREND_NOT_MORE},
    {PL_S_INIT("零增长"), TREND_NOT_MORE},
    {PL_S_INIT("不变"), TREND_SAME},
    {PL_S_INIT("no increase"), TREND_NOT_MORE},
    {PL_S_INIT("zero growth"), TREND_NOT_MORE},
    {PL_S_INIT("no decrease"), TREND_NOT_LESS},
    {PL_S_INIT("no reduction"), TREND_NOT_LESS},
    {PL_S_INIT("no change"), TREND_SAME},
    {PL_S_INIT("unchanged"), TREND_SAME},
};

static trend trend_of(pl_str words, pl_dir dir)
{
    for (size_t i = 0; i < PL_COUNT(still); i++)
        if (pl_str_has(words, still[i].word))
            return still[i].trend;
    if (dir == PL_DIR_FLAT)
        return TREND_STABLE;
    return dir == PL_DIR_DOWN ? TREND_FALL : TREND_RISE;
}

static bool has_stem(pl_str words, const pl_str *stems, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (pl_str_has(words, stems[i]))
            return true;
    return false;
}

/* what improves goes to the good side, which may be down. */
static bool is_improvement(pl_str words)
{
    static const pl_str stems[] = {
        PL_S_INIT("改善"), PL_S_INIT("向好"),   PL_S_INIT("优化"),
        PL_S_INIT("好转"), PL_S_INIT("趋好"),   PL_S_INIT("趋优"),
        PL_S_INIT("更好"), PL_S_INIT("improv"), PL_S_INIT("better")};

    return has_stem(words, stems, PL_COUNT(stems));
}

/* 合理区间: an interval, but nobody says which. */
static bool is_interval(pl_str words)
{
    static const pl_str stems[] = {PL_S_INIT("区间"), PL_S_INIT("平衡")};

    return has_stem(words, stems, PL_COUNT(stems));
}

/* words of growth, of which a rate above 0 is the proof. */
static bool is_growth_word(const pl_judging *j, pl_str words)
{
    return (j->lx && pl_lexicon_end(j->lx, PL_WORDS(GROWTH), words)) ||
           pl_str_has(words, PL_S("grow"));
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

/* Stable is no worse than before by more than the tolerance; where the good side is not
 * known, no further from it than that. */
static bool stable_want(const pl_judging *j, pl_ruling *r, pl_vague level)
{
    pl_dec p = j->scale.tolerance_percent;

    if (!pl_dec_widen(level.widest.lo.at, pl_dec_neg(p), &level.widest.lo.at) ||
        !pl_dec_widen(level.widest.hi.at, p, &level.widest.hi.at))
        return pl_need(r, PL_REMARK_NEED_DIGITS);
    r->way = pl_way_known(j, &r->goal);
    r->want = level;
    if (r->way.dir == PL_DIR_UP)
        r->want = pl_vague_from(&level, false);
    if (r->way.dir == PL_DIR_DOWN)
        r->want = pl_vague_to(&level, false);
    return true;
}

/* past all that the figure before may have been. */
static pl_vague past(const pl_vague *b, bool up)
{
    if (up)
        return (pl_vague){pl_interval_from(b->widest.hi.at, true),
                          pl_interval_from(b->widest.lo.at, true)};
    return (pl_vague){pl_interval_to(b->widest.lo.at, true),
                      pl_interval_to(b->widest.hi.at, true)};
}

static bool trend_want(const pl_judging *j, pl_ruling *r, trend t, const pl_vague *from)
{
    if (from->widest.lo.endless || from->widest.hi.endless)
        return pl_need(r, PL_REMARK_NEED_EXACT);
    switch (t) {
    case TREND_RISE:
    case TREND_FALL:
        r->want = past(from, t == TREND_RISE);
        return true;
    case TREND_NOT_MORE:
        r->want = pl_vague_to(from, false);
        r->way.dir = PL_DIR_DOWN;
        return true;
    case TREND_NOT_LESS:
        r->want = pl_vague_from(from, false);
        r->way.dir = PL_DIR_UP;
        return true;
    case TREND_SAME:
        r->want = *from;
        return true;
    case TREND_STABLE:
        break;
    }
    return stable_want(j, r, *from);
}

/* Against no growth at all: the figures are growth, or the value is a change. */
static bool from_nothing(const pl_judging *j, pl_ruling *r, trend t)
{
    pl_vague zero = {pl_interval_point(PL_DEC_INT(0)), pl_interval_point(PL_DEC_INT(0))};

    if (t == TREND_STABLE)
        return pl_need(r, PL_REMARK_NEED_PREVIOUS);
    return trend_want(j, r, t, &zero);
}

static bool from_previous(const pl_judging *j, pl_ruling *r, trend t)
{
    if (!pl_previous_read(j, r))
        return pl_need(r, PL_REMARK_NEED_PREVIOUS);
    if (!pl_amount_alike(&r->before, &r->have))
        return pl_need(r, PL_REMARK_NEED_UNIT);
    return trend_want(j, r, t, &r->before.set);
}

/* The value as growth: its own sign, whatever the indicator counts. */
static bool value_as_growth(const pl_judging *j, pl_ruling *r)
{
    const pl_node *value = r->reading.leaf;
    pl_scale s = pl_scale_of_change(j, pl_is_share(value));

    if (!value->kid || !pl_amount_read(&s, value->kid, &r->have))
        return pl_need(r, PL_REMARK_NEED_DIGITS);
    if (value->dir == PL_DIR_DOWN)
        r->have.set = pl_vague_neg(r->have.set);
    return true;
}

/* Figures that are growth themselves, under a word of growth; -1: they are decrease. */
static int growth_sign(const pl_judging *j, const pl_ruling *r)
{
    int rate = pl_rate_sign(j->lx, j->in->name);

    if (rate < 0)
        return r->goal.leaf->dir == PL_DIR_DOWN ? -1 : 0;
    if (!is_growth_word(j, r->goal.leaf->text))
        return 0;
    return rate > 0 || pl_counts_growth(j) ? 1 : 0;
}

bool pl_trend_want(const pl_judging *j, pl_ruling *r)
{
    pl_str words = r->goal.leaf->text;
    pl_dir dir = trend_dir(j, r);
    trend t = trend_of(words, dir);
    int sign;

    if (is_interval(words))
        return pl_need(r, PL_REMARK_NEED_TARGET);
    if (dir == PL_DIR_NONE)
        return pl_need(r, PL_REMARK_NEED_DIRECTION);
    if (r->reading.leaf->kind == PL_NODE_CHANGE)
        return value_as_growth(j, r) && from_nothing(j, r, t);
    if (!pl_amount_read(&j->scale, r->reading.leaf, &r->have))
        return pl_need(r, PL_REMARK_NEED_DIGITS);
    sign = growth_sign(j, r);
    if (sign < 0) { /* 降幅 of what keeps falling */
        r->way.dir = PL_DIR_UP;
        return from_nothing(j, r, TREND_RISE);
    }
    return sign > 0 ? from_nothing(j, r, t) : from_previous(j, r, t);
}
