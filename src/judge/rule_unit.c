/* The unit of an indicator against the units written in its own cells: R-360. */
#include "judge/rules.h"
#include "judge/series.h"

/* A number with a unit of its own in a cell, which is counted like the indicator: not an
 * amount of change in per cent, not a quantity with a name of its own. */
static const pl_node *own_unit(const pl_datum *d)
{
    const pl_node *n = pl_chain_main(d->phrase->first);

    for (; n && !pl_node_is_figure(n); n = n->kid)
        if (n->kind == PL_NODE_CHANGE || n->kind == PL_NODE_QUALIFIER ||
            n->kind == PL_NODE_BASIS || n->kind == PL_NODE_AMENDED)
            return NULL;
    n = n ? pl_node_number(n) : NULL;
    return n && n->unit_word ? n : NULL;
}

static bool is_cell(const pl_datum *d)
{
    return (d->role == PL_ROLE_TARGET || d->role == PL_ROLE_VALUE ||
            d->role == PL_ROLE_TERM_TARGET) &&
           !d->per_year && !d->cumulative;
}

static pl_str kind(pl_str dimension)
{
    return pl_str_eq(dimension, PL_S("point")) ? PL_S("ratio") : dimension;
}

/* Of 人/万人 also its upper part: `3人` in such a row is per 10,000 all the same. 个
 * counts anything. */
static bool alike(const pl_measure *a, const pl_measure *b, pl_str a_word, pl_str b_word)
{
    if (pl_str_eq(kind(a->dimension), kind(b->dimension)))
        return true;
    if (a->above.n &&
        (pl_str_eq(a->above, b->dimension) || pl_str_eq(a->above, b->above)))
        return true;
    if (b->above.n && pl_str_eq(b->above, a->dimension))
        return true;
    return pl_str_eq(a_word, PL_S("个")) || pl_str_eq(b_word, PL_S("个"));
}

static pl_status say(pl_ctx *cx, pl_check *check, const pl_indicator *it,
                     const pl_datum *d, const pl_node *n, bool held)
{
    pl_relation *r;

    PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_UNIT,
                           held ? PL_SEVERITY_HELD : PL_SEVERITY_WARNING, &r));
    PL_TRY(pl_relation_zh(
        cx, r, PL_INDICATOR_ZH "：单位为“%.*s”，" PL_CELL_FMT "%s“%.*s”%s",
        PL_INDICATOR_ARGS(it), PL_FMT(it->unit), PL_CELL_ARGS(d), held ? "亦以" : "却以",
        PL_FMT(n->unit), held ? "计" : "计，不是同一种量"));
    PL_TRY(pl_relation_en(
        cx, r, PL_INDICATOR_EN ": counted in %.*s, " PL_CELL_FMT " in %.*s: %s",
        PL_INDICATOR_ARGS(it), PL_FMT(it->unit), PL_CELL_ARGS(d), PL_FMT(n->unit),
        held ? "alike" : "not of one kind"));
    r->expected = held ? r->expected : it->unit;
    r->found = held ? r->found : n->unit;
    PL_TRY(pl_relation_at(cx, r, d->place, d->clean));
    return pl_relation_at(cx, r, it->place, it->name);
}

static pl_status examine(pl_ctx *cx, pl_check *check, const pl_indicator *it)
{
    pl_measure unit = pl_measure_of(cx->lexicon, it->unit);

    if (unit.dimension.n == 0)
        return PL_OK;
    for (size_t i = 0; i < it->cells.n; i++) {
        const pl_datum *d = &it->cells.p[i];
        const pl_node *n = is_cell(d) ? own_unit(d) : NULL;
        pl_measure own;

        if (!n)
            continue;
        own = pl_measure_of(cx->lexicon, n->unit);
        if (own.dimension.n)
            PL_TRY(say(cx, check, it, d, n, alike(&unit, &own, it->unit, n->unit)));
    }
    return PL_OK;
}

pl_status pl_rule_unit(pl_ctx *cx, pl_check *check)
{
    for (size_t i = 0; i < check->plan->indicators.n; i++)
        PL_TRY(examine(cx, check, &check->plan->indicators.p[i]));
    return PL_OK;
}
