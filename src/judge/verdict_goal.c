/* A target understood: from the chain of a phrase to the one node that can be compared,
 * with all that was said on the way. */
#include "judge/ruling.h"

enum { STEPS_MAX = 256 }; /* nodes passed; more than nesting and three phrases allow */

const pl_node *pl_chain_main(const pl_node *first)
{
    for (const pl_node *n = first; n; n = n->next)
        if (n->kind != PL_NODE_BASIS && n->kind != PL_NODE_NOTE)
            return n;
    return first;
}

static const pl_node *last_kid(const pl_node *n)
{
    const pl_node *kid = n->kid;

    while (kid && kid->next)
        kid = kid->next;
    return kid;
}

static const pl_node *missing(pl_aim *g, pl_remark_kind kind, pl_str words)
{
    if (g->reference && kind == PL_REMARK_NEED_TARGET)
        g->missing = (pl_remark){PL_REMARK_NEED_REFERENCE, {0}, g->reference, 0};
    else
        g->missing = (pl_remark){.kind = kind, .words = words};
    return NULL;
}

/* Does year a bind before year b would, for a value of year `now`? The latest that has
 * come, else the first that will. */
static bool binds_before(int a, int b, int now)
{
    if ((a <= now) != (b <= now))
        return a <= now;
    return a <= now ? a > b : a < b;
}

/* of several years' targets in one phrase, the one that binds now. */
static const pl_node *by_pick(const pl_judging *j, const pl_node *n)
{
    const pl_node *best = n;

    for (; n && j->in->year; n = n->next)
        if (n->kind == PL_NODE_BY && n->year &&
            binds_before(n->year, best->year, j->in->year))
            best = n;
    return best;
}

/* Does the reference mean what its owner has (平均水平), and not what it asks for (要求)?
 */
static bool is_their_value(pl_str standard)
{
    static const pl_str words[] = {
        PL_S_INIT("平均"), PL_S_INIT("均值"),   PL_S_INIT("均数"),
        PL_S_INIT("水平"), PL_S_INIT("实际"),   PL_S_INIT("average"),
        PL_S_INIT("mean"), PL_S_INIT("median"), PL_S_INIT("level")};

    for (size_t i = 0; i < PL_COUNT(words); i++)
        if (pl_str_has(standard, words[i]))
            return true;
    return standard.n == 0;
}

/* A labelled value in the value's own cell that is of the reference's owner. */
static const pl_node *from_value(const pl_judging *j, const pl_node *ref, pl_aim *g)
{
    for (const pl_node *n = j->value; n; n = n->next) {
        if (n->kind == PL_NODE_BASIS && n->kid && is_their_value(ref->standard) &&
            pl_owner_same(j->lx, ref->owner, n->text)) {
            g->from = PL_REF_FROM_VALUE;
            g->from_words = n->text;
            return n->kid;
        }
    }
    return NULL;
}

/* 不低于上年: the reference is to the value of the period before. */
static bool is_to_previous(const pl_judging *j, const pl_node *ref)
{
    const pl_word *owner =
        j->lx ? pl_lexicon_at(j->lx, PL_WORDS(OWNER), ref->owner) : NULL;

    return owner && pl_str_eq(owner->field[0], PL_S("previous")) &&
           is_their_value(ref->standard);
}

static const pl_node *from_previous(const pl_judging *j, const pl_node *ref, pl_aim *g)
{
    const pl_node *n = is_to_previous(j, ref) ? pl_previous_node(j) : NULL;

    if (n)
        g->from = PL_REF_FROM_PREVIOUS;
    return n;
}

static const pl_node *from_data(const pl_judging *j, const pl_node *ref, pl_aim *g)
{
    const pl_phrase *p;

    if (!j->in->reference)
        return NULL;
    p = j->in->reference(j->in->reference_arg, ref->owner, ref->standard, &g->from_words);
    if (!p)
        return NULL;
    g->from = PL_REF_FROM_DATA;
    return pl_chain_main(p->first);
}

/* the brackets of the same reference in the term's target. */
static const pl_node *from_term(const pl_judging *j, const pl_node *ref, pl_aim *g)
{
    const pl_node *theirs = NULL;

    if (j->in->term_target)
        theirs = pl_phrase_find(j->in->term_target, PL_NODE_REFERENCE);
    if (!theirs || theirs == ref || !theirs->kid)
        return NULL;
    g->from = PL_REF_FROM_TERM;
    return theirs->kid;
}

/* How references compare. Those without an operator take the good direction. */
static const struct {
    bool has_op;
    pl_op op;
} refs[] = {
    [PL_REF_REACH] = {false, PL_OP_GE}, /* */
    [PL_REF_GE] = {true, PL_OP_GE},     [PL_REF_GT] = {true, PL_OP_GT},
    [PL_REF_LE] = {true, PL_OP_LE},     [PL_REF_LT] = {true, PL_OP_LT},
    [PL_REF_SYNC] = {false, PL_OP_GE},  [PL_REF_AT_LEAST] = {false, PL_OP_GE},
};

/* a reference's figure, from the nearest place that has one. A second reference on
 * the way (the term's own) has only its brackets. */
static const pl_node *resolve(const pl_judging *j, const pl_node *ref, pl_aim *g)
{
    const pl_node *to = NULL;

    if (g->reference)
        return ref->kid ? ref->kid : missing(g, PL_REMARK_NEED_TARGET, (pl_str){0});
    g->reference = ref;
    if (!g->has_op) {
        g->has_op = refs[ref->ref].has_op;
        g->op = refs[ref->ref].op;
    }
    if (ref->ref != PL_REF_AT_LEAST) { /* a standing has no figure to look up */
        to = from_data(j, ref, g);
        to = to ? to : from_previous(j, ref, g);
        to = to ? to : from_value(j, ref, g);
    }
    if (!to && ref->kid) {
        g->from = PL_REF_FROM_FALLBACK;
        to = ref->kid;
    }
    to = to ? to : from_term(j, ref, g);
    if (!to)
        (void)missing(g, PL_REMARK_NEED_TARGET, (pl_str){0});
    if (!to && is_to_previous(j, ref))
        g->missing = (pl_remark){.kind = PL_REMARK_NEED_PREVIOUS};
    return to;
}

static const pl_node *draft(pl_aim *g, const pl_node *n)
{
    g->draft = true; /* */
    g->draft_words = n->text;
    return n->kid ? n->kid : missing(g, PL_REMARK_NEED_TARGET, (pl_str){0});
}

static const pl_node *amended(pl_aim *g, const pl_node *n)
{
    if (!n->kid || !n->kid->next)
        return n->kid;
    if (!g->original)
        g->original = n->kid;
    return n->kid->next;
}

static const pl_node *kid_or_missing(pl_aim *g, const pl_node *n)
{
    return n->kid ? n->kid : missing(g, PL_REMARK_NEED_TARGET, (pl_str){0});
}

static const pl_node *bound(pl_aim *g, const pl_node *n)
{
    if (pl_node_is_figure(n)) {
        g->leaf = n;
        return NULL;
    }
    g->has_op = true; /* of a reference, or of something unread */
    g->op = n->op;
    return kid_or_missing(g, n);
}

static const pl_node *by(const pl_judging *j, pl_aim *g, const pl_node *n)
{
    n = by_pick(j, n);
    if (n->year > g->by)
        g->by = n->year;
    return kid_or_missing(g, n);
}

/* One step down from n; NULL at the leaf, or where nothing can be compared. */
static const pl_node *step(const pl_judging *j, pl_aim *g, const pl_node *n)
{
    switch (n->kind) {
    case PL_NODE_CHANGE:
        g->years = n->years;
        g->leaf = n;
        return NULL;
    case PL_NODE_NUMBER:
    case PL_NODE_RANGE:
    case PL_NODE_ABOUT:
    case PL_NODE_TREND:
        g->leaf = n;
        return NULL;
    case PL_NODE_BOUND:
        return bound(g, n);
    case PL_NODE_LEVEL:
        g->dir = n->dir != PL_DIR_NONE ? n->dir : g->dir;
        return n->kid ? last_kid(n) : kid_or_missing(g, n);
    case PL_NODE_CUMULATIVE:
        g->cumulative = true;
        return kid_or_missing(g, n);
    case PL_NODE_BY:
        return by(j, g, n);
    case PL_NODE_REFERENCE:
        return resolve(j, n, g);
    case PL_NODE_AMENDED:
        return amended(g, n);
    case PL_NODE_PROVISIONAL:
        return draft(g, n);
    case PL_NODE_QUALIFIER:
        g->qualifier = n->text;
        return kid_or_missing(g, n);
    case PL_NODE_FALLBACK:
    case PL_NODE_BASIS:
    case PL_NODE_ASSERTED:
        return kid_or_missing(g, n);
    case PL_NODE_NOTE:
        return missing(g, PL_REMARK_NEED_WORDS, n->text);
    case PL_NODE_PENDING:
    case PL_NODE_NONE:
    case PL_NODE_KIND_COUNT:
        g->absent = !g->reference;
        break;
    }
    return missing(g, PL_REMARK_NEED_TARGET, (pl_str){0});
}

void pl_aim_read(const pl_judging *j, const pl_node *n, pl_aim *out)
{
    *out = (pl_aim){0};
    (void)missing(out, PL_REMARK_NEED_TARGET, (pl_str){0});
    for (int i = 0; n && i < STEPS_MAX; i++)
        n = step(j, out, n);
}
