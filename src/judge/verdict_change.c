/* Targets of change (增长6%, 净减1.2平方公里), turned into a set of acceptable figures,
 * and what else needs the period before. */
#include "judge/ruling.h"

bool pl_need(pl_ruling *r, pl_remark_kind kind)
{
    pl_remark_add(&r->needs, (pl_remark){.kind = kind});
    return false;
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
const pl_node *pl_previous_node(const pl_judging *j)
{
    if (j->in->previous)
        return pl_chain_main(j->in->previous->first);
    for (const pl_node *n = j->value; n; n = n->next)
        if (is_previous(j, n))
            return n->kid;
    return NULL;
}

bool pl_previous_read(const pl_judging *j, pl_ruling *r)
{
    pl_reading before;

    pl_reading_read(pl_previous_node(j), &before);
    r->has_before = before.have == PL_HAVE_FIGURE &&
                    before.leaf->kind != PL_NODE_CHANGE &&
                    pl_amount_read(&j->scale, before.leaf, &r->before);
    return r->has_before;
}

static pl_dir turned(pl_dir d)
{
    return d == PL_DIR_UP ? PL_DIR_DOWN : d == PL_DIR_DOWN ? PL_DIR_UP : d;
}

bool pl_is_share(const pl_node *change)
{
    const pl_node *n = pl_node_number(change->kid);

    return n && !change->percent_points && n->unit_word &&
           pl_str_eq(n->unit_word->field[0], PL_S("ratio"));
}

pl_scale pl_scale_of_change(const pl_judging *j, bool share)
{
    pl_scale s = j->scale;

    if (share) {
        s.unit = pl_measure_of(j->lx, PL_S("%"));
        s.adopted = PL_DEC_INT(0);
    }
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
        return pl_need(r, PL_REMARK_NEED_DIGITS);
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
        r->want = pl_vague_neg(r->want);
    r->way.from = limit ? known.from : PL_DIR_FROM_OPERATOR;
    r->way.word = limit ? known.word : (pl_str){0};
    return true;
}

/* 增长6% against a value that is itself a change: amounts against amounts. */
static bool change_by_change(const pl_judging *j, pl_ruling *r, int rate)
{
    const pl_node *value = r->reading.leaf;
    pl_scale s = pl_scale_of_change(j, pl_is_share(r->goal.leaf) || pl_is_share(value));

    if (!growth_want(j, &s, rate, r))
        return false;
    if (!value->kid || !pl_amount_read(&s, value->kid, &r->have))
        return pl_need(r, PL_REMARK_NEED_DIGITS);
    if (value->dir == PL_DIR_DOWN)
        r->have.set = pl_vague_neg(r->have.set);
    return pl_amount_alike(&r->base, &r->have) || pl_need(r, PL_REMARK_NEED_UNIT);
}

/* the indicator is itself a rate of change, its figures are amounts; R-245: so are
 * figures in per cent of what is no share (地区生产总值, %). */
static bool change_of_rate(const pl_judging *j, pl_ruling *r, int rate)
{
    pl_scale s = pl_scale_of_change(j, pl_is_share(r->goal.leaf));

    if (!growth_want(j, &s, rate, r))
        return false;
    if (rate < 0)
        r->want = pl_vague_neg(r->want);
    if (!pl_amount_read(&s, r->reading.leaf, &r->have))
        return pl_need(r, PL_REMARK_NEED_DIGITS);
    return pl_amount_alike(&r->base, &r->have) || pl_need(r, PL_REMARK_NEED_UNIT);
}

static bool level_want(pl_ruling *r, bool share)
{
    const pl_vague *before = &r->before.set, growth = r->want;

    if (share)
        return pl_vague_grow(before, &growth, &r->want);
    return pl_interval_add(before->written, growth.written, &r->want.written) &&
           pl_interval_add(before->widest, growth.widest, &r->want.widest);
}

/* of a level, the change is counted from the period before. */
static bool change_of_level(const pl_judging *j, pl_ruling *r)
{
    bool share = pl_is_share(r->goal.leaf);
    pl_scale s = pl_scale_of_change(j, share);

    if (!pl_previous_read(j, r))
        return pl_need(r, PL_REMARK_NEED_PREVIOUS);
    if (!growth_want(j, &s, 0, r))
        return false;
    if (!pl_amount_read(&j->scale, r->reading.leaf, &r->have))
        return pl_need(r, PL_REMARK_NEED_DIGITS);
    if (!pl_amount_alike(&r->before, &r->have) ||
        (!share && !pl_amount_alike(&r->base, &r->have)))
        return pl_need(r, PL_REMARK_NEED_UNIT);
    return level_want(r, share) || pl_need(r, PL_REMARK_NEED_DIGITS);
}

static bool dir_from_want(pl_ruling *r)
{
    r->way.dir = r->want.written.hi.endless ? PL_DIR_UP : PL_DIR_DOWN;
    return true;
}

/* Names of shares, whose figures in per cent are levels. */
static bool is_share_name(pl_str name)
{
    static const pl_str words[] = {
        PL_S_INIT("率"),     PL_S_INIT("比重"),       PL_S_INIT("占比"),
        PL_S_INIT("比例"),   PL_S_INIT("强度"),       PL_S_INIT("指数"),
        PL_S_INIT("覆盖面"), PL_S_INIT("满意度"),     PL_S_INIT("rate"),
        PL_S_INIT("share"),  PL_S_INIT("proportion"), PL_S_INIT("percent"),
        PL_S_INIT("%")};

    for (size_t i = 0; i < PL_COUNT(words); i++)
        if (pl_str_has(name, words[i]))
            return true;
    return false;
}

/* Is the value itself a figure in per cent? */
static bool is_in_percent(const pl_judging *j, const pl_node *value)
{
    const pl_node *n = pl_node_number(value);

    if (n && n->unit_word)
        return pl_str_eq(n->unit_word->field[0], PL_S("ratio"));
    return pl_str_eq(j->scale.unit.dimension, PL_S("ratio"));
}

bool pl_counts_growth(const pl_judging *j)
{
    const pl_node *value = j->value ? pl_chain_main(j->value) : NULL;
    pl_str name = j->in->name;

    if (!value || !is_in_percent(j, value) || is_share_name(name))
        return false;
    return name.n > 0 || !j->in->previous;
}

/* Do the indicator's figures count what the change counts? Those of a rate do, and a
 * number of new things; 增长6% of a number of new things is counted from the year before.
 */
static bool is_direct(const pl_judging *j, const pl_ruling *r, int rate)
{
    if (rate == 0)
        return pl_is_share(r->goal.leaf) && pl_counts_growth(j);
    return !pl_is_share(r->goal.leaf) || j->scale.unit.dimension.n == 0 ||
           pl_str_eq(j->scale.unit.dimension, PL_S("ratio"));
}

bool pl_change_want(const pl_judging *j, pl_ruling *r)
{
    int rate = pl_rate_sign(j->lx, j->in->name);
    bool told;

    if (r->goal.leaf->per_year) /* */
        pl_remark_add(&r->notes, (pl_remark){.kind = PL_REMARK_NOTE_PER_YEAR});
    if (r->reading.leaf->kind == PL_NODE_CHANGE)
        told = change_by_change(j, r, rate);
    else if (is_direct(j, r, rate))
        told = change_of_rate(j, r, rate);
    else
        told = change_of_level(j, r);
    return told && dir_from_want(r);
}
