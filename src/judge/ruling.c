/* One target against one value: both as sets, compared; then what bends the outcome. */
#include "judge/ruling.h"

void pl_remark_add(pl_remarks *r, pl_remark remark)
{
    for (size_t i = 0; i < r->n; i++)
        if (r->p[i].kind == remark.kind)
            return;
    if (r->n < PL_REMARK_MAX)
        r->p[r->n++] = remark;
}

static void need(pl_ruling *r, pl_remark_kind kind)
{
    pl_remark_add(&r->needs, (pl_remark){.kind = kind});
}

/* never without what is missing. */
static void undetermined(pl_ruling *r, pl_remark_kind kind)
{
    r->outcome = PL_OUTCOME_UNDETERMINED;
    r->certainty = PL_CERTAINTY_NONE;
    need(r, kind);
}

static void decided(pl_ruling *r, pl_outcome outcome, pl_certainty certainty)
{
    r->outcome = outcome;
    r->certainty = certainty;
}

/* Sets against each other. */

static bool is_vague(const pl_vague *v)
{
    return !pl_interval_inside(&v->widest, &v->written);
}

static void missed(pl_ruling *r, const pl_interval *have, pl_certainty certainty)
{
    decided(r, PL_OUTCOME_MISSED, certainty);
    if (!pl_interval_gap(have, &r->want.widest, &r->gap))
        r->gap = PL_DEC_INT(0);
    r->on_the_end = pl_dec_sign(r->gap) == 0;
    r->at_best = is_vague(&r->want) || is_vague(&r->have.set) ||
                 !pl_interval_is_point(&r->have.set.written);
}

/* measured where no reading of 左右 changes the outcome; stated where the figures
 * as written settle it. R-215: a range or bound across the target's bound settles
 * nothing. */
static void compare(pl_ruling *r)
{
    const pl_vague *have = &r->have.set, *want = &r->want;

    r->compared = true;
    if (pl_interval_inside(&have->widest, &want->written))
        decided(r, PL_OUTCOME_MET, PL_CERTAINTY_MEASURED);
    else if (pl_interval_apart(&have->widest, &want->widest))
        missed(r, &have->widest, PL_CERTAINTY_MEASURED);
    else if (pl_interval_inside(&have->written, &want->widest))
        decided(r, PL_OUTCOME_MET, PL_CERTAINTY_STATED);
    else if (pl_interval_apart(&have->written, &want->widest))
        missed(r, &have->written, PL_CERTAINTY_STATED);
    else
        undetermined(r, PL_REMARK_NEED_EXACT);
    if (r->certainty == PL_CERTAINTY_STATED)
        need(r, PL_REMARK_NEED_EXACT);
}

/* the good side is not known: only what holds on both sides is decided. */
static void compare_both_ways(pl_ruling *r)
{
    pl_ruling up = *r, down = *r;

    up.want = pl_vague_from(&r->base.set, false);
    down.want = pl_vague_to(&r->base.set, false);
    compare(&up);
    compare(&down);
    r->want = r->base.set;
    r->compared = true;
    if (up.outcome != PL_OUTCOME_MET || down.outcome != PL_OUTCOME_MET) {
        undetermined(r, PL_REMARK_NEED_DIRECTION);
        return;
    }
    if (up.certainty == PL_CERTAINTY_STATED || down.certainty == PL_CERTAINTY_STATED) {
        decided(r, PL_OUTCOME_MET, PL_CERTAINTY_STATED);
        need(r, PL_REMARK_NEED_EXACT);
    } else {
        decided(r, PL_OUTCOME_MET, PL_CERTAINTY_MEASURED);
    }
}

/* in step with another's figure is about as much, or better. */
static bool widen_for_sync(const pl_judging *j, pl_vague *v)
{
    pl_dec p = j->scale.tolerance_percent;

    return v->widest.lo.endless || v->widest.hi.endless ||
           (pl_dec_widen(v->widest.lo.at, pl_dec_neg(p), &v->widest.lo.at) &&
            pl_dec_widen(v->widest.hi.at, p, &v->widest.hi.at));
}

/* a bare number is the least, or the most, that is good; R-207: so is the worse
 * end of a range. Where the good side is not known a range is what it says. */
static void compare_figures(pl_ruling *r)
{
    const pl_node *leaf = r->goal.leaf;

    if (leaf->kind == PL_NODE_BOUND)
        r->want = r->base.set;
    else if (r->goal.has_op)
        r->want = pl_vague_bounded(r->goal.op, &r->base.set);
    else if (r->way.dir == PL_DIR_UP)
        r->want = pl_vague_from(&r->base.set, false);
    else if (r->way.dir == PL_DIR_DOWN)
        r->want = pl_vague_to(&r->base.set, false);
    else if (r->way.dir == PL_DIR_FLAT || leaf->kind == PL_NODE_RANGE)
        r->want = r->base.set;
    else {
        compare_both_ways(r);
        return;
    }
    compare(r);
}

/* A change given for a level (增长5% for 3000亿元) is counted from the period before. */
static bool level_read(const pl_judging *j, pl_ruling *r)
{
    const pl_node *change = r->reading.leaf;
    pl_scale s = pl_scale_of_change(j, pl_is_share(change));
    pl_vague growth;

    if (!pl_previous_read(j, r))
        return pl_need(r, PL_REMARK_NEED_PREVIOUS);
    if (!change->kid || !pl_amount_read(&s, change->kid, &r->have))
        return pl_need(r, PL_REMARK_NEED_DIGITS);
    growth = change->dir == PL_DIR_DOWN ? pl_vague_neg(r->have.set) : r->have.set;
    if (pl_is_share(change)) {
        r->have.other = r->before.other;
        return pl_vague_grow(&r->before.set, &growth, &r->have.set) ||
               pl_need(r, PL_REMARK_NEED_DIGITS);
    }
    if (!pl_amount_alike(&r->before, &r->have))
        return pl_need(r, PL_REMARK_NEED_UNIT);
    return (pl_interval_add(r->before.set.written, growth.written,
                            &r->have.set.written) &&
            pl_interval_add(r->before.set.widest, growth.widest, &r->have.set.widest)) ||
           pl_need(r, PL_REMARK_NEED_DIGITS);
}

/* 增长5% or 下降2% for a rate, whose figures they are: 5 and -2 of a growth. */
static bool rate_read(const pl_judging *j, pl_ruling *r, int rate)
{
    const pl_node *change = r->reading.leaf;
    pl_dir with = rate < 0 ? PL_DIR_DOWN : PL_DIR_UP;

    if (!change->kid || !pl_amount_read(&j->scale, change->kid, &r->have))
        return pl_need(r, PL_REMARK_NEED_DIGITS);
    if (change->dir != PL_DIR_NONE && change->dir != with)
        r->have.set = pl_vague_neg(r->have.set);
    return true;
}

/* May the target be in per cent? Then a change in per cent answers it. */
static bool asks_percent(const pl_judging *j, const pl_ruling *r)
{
    pl_str asked =
        r->base.other.text.n ? r->base.other.dimension : j->scale.unit.dimension;

    return asked.n == 0 || pl_str_eq(asked, PL_S("ratio"));
}

static bool value_read(const pl_judging *j, pl_ruling *r)
{
    int rate;

    if (r->reading.leaf->kind != PL_NODE_CHANGE)
        return pl_amount_read(&j->scale, r->reading.leaf, &r->have) ||
               pl_need(r, PL_REMARK_NEED_DIGITS);
    rate = pl_rate_sign(j->lx, j->in->name);
    if (rate == 0 && asks_percent(j, r) && pl_is_share(r->reading.leaf) &&
        pl_counts_growth(j))
        rate = 1;
    return rate ? rate_read(j, r, rate) : level_read(j, r);
}

static void rule_figure(const pl_judging *j, pl_ruling *r)
{
    const pl_node *ref = r->goal.reference;

    r->way = pl_way_of(j, &r->goal);
    if (!pl_amount_read(&j->scale, r->goal.leaf, &r->base)) {
        undetermined(r, PL_REMARK_NEED_DIGITS);
        return;
    }
    r->has_base = true;
    if (!value_read(j, r))
        return;
    if (!pl_amount_alike(&r->base, &r->have)) { /* */
        undetermined(r, PL_REMARK_NEED_UNIT);
        return;
    }
    if (ref && ref->ref == PL_REF_SYNC && !widen_for_sync(j, &r->base.set))
        undetermined(r, PL_REMARK_NEED_DIGITS);
    else
        compare_figures(r);
}

static void rule_leaf(const pl_judging *j, pl_ruling *r)
{
    bool (*want)(const pl_judging *, pl_ruling *) = NULL;

    if (r->goal.leaf->kind == PL_NODE_CHANGE)
        want = pl_change_want;
    else if (r->goal.leaf->kind == PL_NODE_TREND)
        want = pl_trend_want;
    if (!want)
        rule_figure(j, r);
    else if (want(j, r))
        compare(r);
}

/* What bends a comparison. */

/* a target for the whole term against one year's value. A year that alone
 * reaches a least amount, or passes a most, settles it; else the sum is needed. */
static void bend_for_term(pl_ruling *r)
{
    const pl_aim *g = &r->goal;
    bool most = g->leaf->kind == PL_NODE_CHANGE ? r->ceiling : r->way.dir == PL_DIR_DOWN;
    pl_outcome firm = most ? PL_OUTCOME_MISSED : PL_OUTCOME_MET;

    if (!g->cumulative && (g->years <= 1 || g->leaf->per_year))
        return;
    if (r->reading.cumulative || r->reading.years > 1)
        return;
    if (r->outcome != firm)
        undetermined(r, PL_REMARK_NEED_CUMULATIVE);
}

/* met early is met; not yet met is not missed. */
static void bend_for_year(const pl_judging *j, pl_ruling *r)
{
    if (r->goal.by <= j->in->year || j->in->year == 0 || r->outcome == PL_OUTCOME_MET)
        return;
    if (r->outcome == PL_OUTCOME_MISSED)
        r->needs.n = 0;
    decided(r, PL_OUTCOME_UNDETERMINED, PL_CERTAINTY_NONE);
    pl_remark_add(&r->needs,
                  (pl_remark){.kind = PL_REMARK_NEED_LATER, .year = r->goal.by});
}

static void bend_for_reference(const pl_judging *j, pl_ruling *r)
{
    if (r->goal.from == PL_REF_FROM_NOTHING || r->goal.from == PL_REF_FROM_PREVIOUS ||
        r->outcome == PL_OUTCOME_UNDETERMINED)
        return;
    r->certainty = PL_CERTAINTY_RESOLVED;
    pl_remark_add(
        &r->needs,
        (pl_remark){PL_REMARK_NEED_REFERENCE, {0}, r->goal.reference, j->in->year});
}

/* Claims. */

static void asserted(pl_ruling *r, pl_outcome outcome)
{
    decided(r, outcome, PL_CERTAINTY_ASSERTED);
    r->compared = false;
    r->needs.n = 0;
    need(r, PL_REMARK_NEED_FIGURE);
}

static bool opposite(pl_dir a, pl_dir b)
{
    return (a == PL_DIR_UP && b == PL_DIR_DOWN) || (a == PL_DIR_DOWN && b == PL_DIR_UP);
}

/* A claim that names an amount (完成净减1.2平方公里任务) is held to it. */
static void rule_claim(const pl_judging *j, pl_ruling *r)
{
    const pl_aim *g = &r->goal;
    bool failed = r->reading.denied;

    if (g->absent) {
        undetermined(r, PL_REMARK_NEED_TARGET);
        return;
    }
    if (!failed && r->reading.leaf && g->leaf && g->leaf->kind == PL_NODE_CHANGE) {
        rule_leaf(j, r);
        failed = r->outcome == PL_OUTCOME_MISSED;
    }
    if (g->leaf || g->reference)
        r->way = pl_way_of(j, g);
    failed = failed || opposite(r->reading.dir, r->way.dir);
    asserted(r, failed ? PL_OUTCOME_MISSED : PL_OUTCOME_MET);
}

/* 稳步增长 as a value: a claim about a trend, and about nothing else. */
static void rule_trend_claim(pl_ruling *r)
{
    const pl_node *leaf = r->goal.leaf;

    if (!leaf || leaf->kind != PL_NODE_TREND)
        undetermined(r, PL_REMARK_NEED_FIGURE);
    else if (leaf->dir == PL_DIR_NONE || leaf->dir == r->reading.dir)
        asserted(r, PL_OUTCOME_MET);
    else if (leaf->dir == PL_DIR_FLAT)
        undetermined(r, PL_REMARK_NEED_FIGURE);
    else
        asserted(r, PL_OUTCOME_MISSED);
}

static void rule_no_target(const pl_judging *j, pl_ruling *r)
{
    pl_remark missing = r->goal.missing;

    decided(r, PL_OUTCOME_UNDETERMINED, PL_CERTAINTY_NONE);
    missing.year = j->in->year;
    pl_remark_add(&r->needs, missing);
}

void pl_rule_one(const pl_judging *j, pl_ruling *r)
{
    decided(r, PL_OUTCOME_UNDETERMINED, PL_CERTAINTY_NONE);
    switch (r->reading.have) {
    case PL_HAVE_NOTHING: /* */
        undetermined(r, PL_REMARK_NEED_VALUE);
        return;
    case PL_HAVE_CLAIM:
        rule_claim(j, r);
        return;
    case PL_HAVE_TREND:
        rule_trend_claim(r);
        return;
    case PL_HAVE_FIGURE:
        break;
    }
    if (!r->goal.leaf) {
        rule_no_target(j, r);
        return;
    }
    rule_leaf(j, r);
    bend_for_term(r);
    bend_for_year(j, r);
    bend_for_reference(j, r);
}
