#include "judge/series.h"

static const pl_dec tolerance = {5, 0}; /* of 左右, in per cent: R-205 */

/* The unit of a row that names none: that of the first figure which has one. */
static void adopt(pl_series *s)
{
    for (size_t i = 0; i < s->it->cells.n && s->scale.unit.text.n == 0; i++) {
        const pl_node *n = pl_node_number(s->it->cells.p[i].phrase->first);

        if (n && n->unit.n)
            s->scale = pl_scale_adopt(&s->scale, n);
    }
}

static bool is_target(const pl_datum *d)
{
    return d->role == PL_ROLE_TARGET || d->role == PL_ROLE_TERM_TARGET;
}

/* an operator in a target, else the name. */
static pl_dir good_of(const pl_series *s)
{
    pl_judging j = {.lx = s->scale.lx, .in = &s->in, .scale = s->scale};
    pl_aim none = {0};

    return pl_way_of(&j, &none).dir;
}

void pl_series_begin(const pl_ctx *cx, const pl_indicator *it, pl_series *out)
{
    *out = (pl_series){.it = it};
    out->in = (pl_judge_in){.name = it->name, .unit = it->unit};
    for (size_t i = 0; i < it->cells.n; i++)
        if (is_target(&it->cells.p[i]) &&
            out->in.n_other_targets < PL_COUNT(out->targets))
            out->targets[out->in.n_other_targets++] = it->cells.p[i].phrase;
    out->in.other_targets = out->targets;
    out->scale = (pl_scale){.lx = cx->lexicon,
                            .unit = pl_measure_of(cx->lexicon, it->unit),
                            .tolerance_percent = tolerance};
    adopt(out);
    out->rate = pl_rate_sign(cx->lexicon, it->name);
    out->percent = pl_str_eq(out->scale.unit.dimension, PL_S("ratio"));
    out->good = good_of(out);
}

/* 下降14.5 of a rate in per cent is in per cent; of a share it is in points. */
static bool is_share(const pl_series *s, const pl_node *change)
{
    const pl_node *n = pl_node_number(change->kid);

    return pl_is_share(change) ||
           (n && n->unit.n == 0 && !change->percent_points && s->percent && s->rate != 0);
}

/* The figure at the leaf, in the row's unit; an amount in per cent is kept as it is. */
static bool measure(const pl_series *s, pl_point *p)
{
    const pl_node *n = p->leaf;
    pl_scale scale = s->scale;

    p->change = n->kind == PL_NODE_CHANGE;
    p->share = p->change ? is_share(s, n) : s->percent;
    if (p->change && p->share && !s->percent)
        scale.unit = pl_measure_of(s->scale.lx, PL_S("%"));
    n = p->change ? n->kid : n;
    return n && pl_amount_read(&scale, n, &p->amount) && p->amount.other.text.n == 0 &&
           !(p->amount.set.written.lo.endless && p->amount.set.written.hi.endless);
}

static void read_target(const pl_series *s, const pl_datum *d, pl_point *p)
{
    pl_judge_in in = s->in;
    pl_judging j = {.lx = s->scale.lx, .in = &in, .scale = s->scale};
    pl_aim goal;

    in.year = d->year;
    pl_aim_read(&j, d->phrase->first, &goal);
    p->leaf = goal.leaf;
    p->cumulative = goal.cumulative || d->cumulative;
    p->years = goal.years;
    p->by = goal.by;
    p->qualifier = goal.qualifier;
}

static void read_value(const pl_datum *d, pl_point *p)
{
    pl_reading r;

    pl_reading_read(pl_chain_main(d->phrase->first), &r);
    p->leaf = r.have == PL_HAVE_FIGURE ? r.leaf : NULL;
    p->cumulative = r.cumulative || d->cumulative;
    p->years = r.years;
    p->qualifier = r.qualifier;
}

bool pl_point_read(const pl_series *s, const pl_datum *d, pl_point *out)
{
    pl_point p = {.cell = d};

    if (is_target(d))
        read_target(s, d, &p);
    else
        read_value(d, &p);
    if (!p.leaf || p.leaf->kind == PL_NODE_TREND || !measure(s, &p))
        p = (pl_point){0};
    *out = p;
    return p.cell != NULL;
}

const pl_datum *pl_cell_of(const pl_indicator *it, pl_role role, int year)
{
    for (size_t i = 0; i < it->cells.n; i++) {
        const pl_datum *d = &it->cells.p[i];

        if (d->role == role && d->year == year && !d->cumulative && !d->per_year)
            return d;
    }
    return NULL;
}

pl_dec pl_point_at(const pl_series *s, const pl_point *p, bool best)
{
    const pl_interval *w = &p->amount.set.written;
    bool high = (s->good == PL_DIR_DOWN) != best;

    if (w->lo.endless)
        return w->hi.at;
    return w->hi.endless || !high ? w->lo.at : w->hi.at;
}

int pl_better(pl_dir good, pl_dec a, pl_dec b)
{
    int c = pl_dec_cmp(a, b);

    return good == PL_DIR_DOWN ? -c : c;
}
