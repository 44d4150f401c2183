#include "judge/ruling.h"

static const pl_dec default_tolerance = {5, 0}; /* per cent, R-205 */

/* The first figure with a unit; not of a change, whose per cents are another matter. */
static const pl_node *united(const pl_phrase *p)
{
    const pl_node *n = NULL;

    if (!pl_phrase_find(p, PL_NODE_CHANGE))
        n = pl_node_number(p->first);
    return n && n->unit.n ? n : NULL;
}

enum { DEPTH_MAX = 64 };

/* Does anything depend on what the indicator's unit means: a unit or scale word in a
 * phrase, a change, a trend? */
static bool uses_unit(const pl_node *n, int depth)
{
    for (; n; n = n->next) {
        if (n->unit.n || n->scale.coef > 1 || n->kind == PL_NODE_CHANGE ||
            n->kind == PL_NODE_TREND || depth == DEPTH_MAX ||
            uses_unit(n->kid, depth + 1))
            return true;
    }
    return false;
}

static bool any_uses_unit(const pl_judge_in *in)
{
    return in->reference || uses_unit(in->target->first, 0) ||
           uses_unit(in->value->first, 0) ||
           (in->previous && uses_unit(in->previous->first, 0)) ||
           (in->term_target && uses_unit(in->term_target->first, 0));
}

/* The unit that figures are counted in: the indicator's; where it has none that the
 * lexicon knows, that of the target, else of the value, and of both the finer (万户 and
 * 户). R-211 */
static pl_scale scale_of(const pl_lexicon *lx, const pl_judge_in *in)
{
    pl_scale s = {.lx = lx,
                  .unit = pl_measure_of(NULL, in->unit),
                  .tolerance_percent = pl_dec_sign(in->tolerance_percent) > 0
                                           ? in->tolerance_percent
                                           : default_tolerance};
    const pl_node *target, *value;

    if (!any_uses_unit(in))
        return s;
    s.unit = pl_measure_of(lx, in->unit);
    if (s.unit.dimension.n || s.unit.above.n)
        return s;
    target = united(in->target);
    value = united(in->value);
    if (!target || (value && pl_str_eq(target->unit, value->unit) &&
                    pl_dec_cmp(value->scale, target->scale) < 0))
        target = value;
    return target ? pl_scale_adopt(&s, target) : s;
}

pl_judging pl_judging_begin(const pl_ctx *cx, const pl_judge_in *in)
{
    return (pl_judging){.lx = cx->lexicon,
                        .in = in,
                        .scale = scale_of(cx->lexicon, in),
                        .value = in->value->first};
}

/* 优良水体比例75 is answered by what is named so, 优良水体比例87.5. */
static bool named_alike(pl_str a, pl_str b)
{
    return pl_str_has(a, b) || pl_str_has(b, a);
}

static const pl_node *value_named(const pl_judging *j, pl_str name)
{
    for (const pl_node *n = j->value; n; n = n->next)
        if (n->kind == PL_NODE_QUALIFIER && named_alike(n->text, name))
            return n;
    return NULL;
}

static bool is_change(const pl_node *leaf)
{
    return leaf && leaf->kind == PL_NODE_CHANGE;
}

/* of a value that says both (3100亿元,增长4%) a change answers what asks for
 * change, a level what asks for one. */
static void prefer_kind(const pl_judging *j, bool change, pl_reading *out)
{
    if (out->have != PL_HAVE_FIGURE || is_change(out->leaf) == change)
        return;
    for (const pl_node *n = j->value; n; n = n->next) {
        pl_reading other;

        if (n->kind == PL_NODE_BASIS &&
            (n->text.n || !n->kid || n->kid->kind == PL_NODE_BY))
            continue; /* somebody else's, or of another year */
        pl_reading_read(n, &other);
        if (other.have == PL_HAVE_FIGURE && is_change(other.leaf) == change) {
            *out = other;
            return;
        }
    }
}

/* The value that answers the goal; false when only other quantities are named. */
static bool answer_read(const pl_judging *j, const pl_aim *g, pl_reading *out)
{
    const pl_node *named;

    pl_reading_read(pl_chain_main(j->value), out);
    if (g->leaf)
        prefer_kind(j, is_change(g->leaf) || g->leaf->kind == PL_NODE_TREND, out);
    if (!g->qualifier.n || !out->qualifier.n || named_alike(g->qualifier, out->qualifier))
        return true;
    named = value_named(j, g->qualifier);
    if (named)
        pl_reading_read(named, out);
    return named != NULL;
}

static void rule_node(const pl_judging *j, const pl_node *target, pl_ruling *out)
{
    *out = (pl_ruling){.certainty = PL_CERTAINTY_NONE};
    pl_aim_read(j, target, &out->goal);
    if (answer_read(j, &out->goal, &out->reading)) {
        pl_rule_one(j, out);
        return;
    }
    out->outcome = PL_OUTCOME_UNDETERMINED;
    pl_remark_add(&out->needs, (pl_remark){PL_REMARK_NEED_PART, out->goal.qualifier, NULL,
                                           j->in->year});
}

/* the amended number decides; where the original would decide otherwise, that is
 * said, and whether an approval is on record. */
static void look_at_original(const pl_judging *j, pl_ruling *r)
{
    pl_ruling first;
    pl_remark_kind kind =
        j->in->approved ? PL_REMARK_NOTE_APPROVED : PL_REMARK_NOTE_UNAPPROVED;

    if (!r->goal.original)
        return;
    pl_remark_add(&r->notes, (pl_remark){.kind = kind, .node = r->goal.original});
    rule_node(j, r->goal.original, &first);
    r->other = first.outcome;
    if (r->outcome == PL_OUTCOME_UNDETERMINED || r->outcome == first.outcome ||
        first.outcome == PL_OUTCOME_UNDETERMINED)
        return;
    r->certainty = PL_CERTAINTY_AMENDED;
    if (!j->in->approved)
        pl_remark_add(&r->needs, (pl_remark){.kind = PL_REMARK_NEED_APPROVAL});
}

/* A label of another figure for the same thing: not somebody else's or of another year,
 * not a part of it. */
static bool is_other_basis(const pl_judging *j, const pl_node *n)
{
    return n->kind == PL_NODE_BASIS && n->kid && n->kid->kind != PL_NODE_BY &&
           n->text.n && !pl_label_is_owner(j->lx, n->text) &&
           !pl_str_starts(n->text, PL_S("其中")) &&
           !pl_str_starts(n->text, PL_S("of which"));
}

/* where the other basis that the value gives would decide otherwise. */
static void look_at_basis(const pl_judging *j, pl_ruling *r)
{
    pl_ruling other = {.certainty = PL_CERTAINTY_NONE};
    const pl_node *n = j->value;

    while (n && !is_other_basis(j, n))
        n = n->next;
    if (!n || n == pl_chain_main(j->value) || r->reading.have != PL_HAVE_FIGURE)
        return;
    other.goal = r->goal;
    pl_reading_read(n->kid, &other.reading);
    pl_rule_one(j, &other);
    if (other.outcome == PL_OUTCOME_UNDETERMINED || other.outcome == r->outcome)
        return;
    pl_remark_add(&r->notes, (pl_remark){.kind = other.outcome == PL_OUTCOME_MET
                                                     ? PL_REMARK_NOTE_BASIS_MET
                                                     : PL_REMARK_NOTE_BASIS_MISSED,
                                         .words = n->text,
                                         .node = n->kid});
    if (r->outcome == PL_OUTCOME_UNDETERMINED)
        return;
    r->other = other.outcome;
    r->basis = n;
    r->certainty = PL_CERTAINTY_COMPARABLE;
    pl_remark_add(&r->needs, (pl_remark){.kind = PL_REMARK_NEED_BASIS, .words = n->text});
}

static void note_unread(pl_ruling *r, const pl_phrase *p)
{
    const pl_node *n = p->complete ? NULL : pl_phrase_find(p, PL_NODE_NOTE);

    if (n)
        pl_remark_add(&r->notes,
                      (pl_remark){.kind = PL_REMARK_NOTE_REST, .words = n->text});
}

/* a unit written of another kind than the indicator's. */
static void note_unit(const pl_judging *j, pl_ruling *r)
{
    pl_str written = r->have.other.text.n ? r->have.other.text : r->base.other.text;

    if (!j->in->unit.n || !j->scale.unit.dimension.n || !written.n ||
        !pl_str_eq(j->scale.unit.text, j->in->unit))
        return;
    r->unit_conflict = true;
    pl_remark_add(&r->notes, (pl_remark){.kind = PL_REMARK_NOTE_UNIT, .words = written});
}

static void note_drafts(pl_ruling *r)
{
    if (r->goal.draft)
        pl_remark_add(&r->notes, (pl_remark){.kind = PL_REMARK_NOTE_TARGET_DRAFT,
                                             .words = r->goal.draft_words});
    if (r->reading.draft)
        pl_remark_add(&r->notes, (pl_remark){.kind = PL_REMARK_NOTE_VALUE_DRAFT,
                                             .words = r->reading.draft_words});
}

static void rule_target(const pl_judging *j, const pl_node *target, pl_ruling *out)
{
    rule_node(j, target, out);
    look_at_original(j, out);
    look_at_basis(j, out);
    note_unit(j, out);
    note_drafts(out);
}

/* what is missed decides, then what is not known; of equals the least certain. */
static bool is_worse(const pl_ruling *a, const pl_ruling *b)
{
    static const int rank[PL_OUTCOME_COUNT] = {
        [PL_OUTCOME_MET] = 0, [PL_OUTCOME_UNDETERMINED] = 1, [PL_OUTCOME_MISSED] = 2};

    if (a->outcome != b->outcome)
        return rank[a->outcome] > rank[b->outcome];
    return a->certainty > b->certainty;
}

enum { PARTS_MAX = 64 }; /* of one cell; each may look through the whole value */

static void note_also(pl_ruling *r, const pl_node *n)
{
    pl_remark_add(&r->notes, (pl_remark){.kind = PL_REMARK_NOTE_ALSO, .node = n});
}

/* parts of a cell that each name their quantity. */
static void rule_parts(const pl_judging *j, const pl_node *n, pl_ruling *out)
{
    pl_ruling part;

    for (int parts = 1; n; n = n->next) {
        if (n->kind != PL_NODE_QUALIFIER)
            continue;
        if (parts++ == PARTS_MAX) {
            note_also(out, n);
            return;
        }
        rule_target(j, n, &part);
        if (is_worse(&part, out))
            *out = part;
    }
}

/* Does a node behind the main one ask for something too (6%以上,且不低于全国平均水平)? */
static bool is_condition(const pl_node *n)
{
    const pl_node *asks = n->kind == PL_NODE_QUALIFIER && n->kid ? n->kid : n;

    return asks->kind == PL_NODE_CHANGE || asks->kind == PL_NODE_BOUND ||
           asks->kind == PL_NODE_REFERENCE;
}

/* all conditions of a cell have to be met; what cannot be judged is noted. */
static void rule_conditions(const pl_judging *j, const pl_node *n, pl_ruling *out)
{
    pl_ruling part;

    for (int parts = 1; n; n = n->next) {
        if (!is_condition(n))
            continue;
        if (parts++ == PARTS_MAX) {
            note_also(out, n);
            return;
        }
        rule_target(j, n, &part);
        if (part.outcome == PL_OUTCOME_UNDETERMINED)
            note_also(out, n);
        else if (is_worse(&part, out))
            *out = part;
    }
}

void pl_ruling_make(const pl_judging *j, pl_ruling *out)
{
    const pl_node *first = pl_chain_main(j->in->target->first);

    rule_target(j, first, out);
    if (first->kind == PL_NODE_QUALIFIER)
        rule_parts(j, first->next, out);
    else if (first->kind != PL_NODE_BY)
        rule_conditions(j, first->next, out);
    note_unread(out, j->in->target);
    note_unread(out, j->in->value);
}

static pl_verdict verdict_of(const pl_ruling *r)
{
    return (pl_verdict){.outcome = r->outcome,
                        .certainty = r->certainty,
                        .direction = r->way.dir == PL_DIR_FLAT ? PL_DIR_NONE : r->way.dir,
                        .direction_from = r->way.from,
                        .direction_word = r->way.word,
                        .short_by = r->outcome == PL_OUTCOME_MISSED ? pl_dec_abs(r->gap)
                                                                    : PL_DEC_INT(0),
                        .provisional = r->goal.draft || r->reading.draft,
                        .unit_conflict = r->unit_conflict};
}

void pl_decide(const pl_ctx *cx, const pl_judge_in *in, pl_verdict *out)
{
    pl_judging j = pl_judging_begin(cx, in);
    pl_ruling r;

    pl_ruling_make(&j, &r);
    *out = verdict_of(&r);
}

pl_status pl_judge(pl_ctx *cx, const pl_judge_in *in, pl_verdict *out)
{
    pl_judging j = pl_judging_begin(cx, in);
    pl_verdict v;
    pl_ruling r;

    pl_ruling_make(&j, &r);
    v = verdict_of(&r);
    PL_TRY(pl_ruling_words(cx, &j, &r, &v));
    *out = v;
    return PL_OK;
}

static const pl_bitext outcome_words[] = {
#define X(name, token, zh, en) {PL_S_INIT(zh), PL_S_INIT(en)},
    PL_OUTCOME_LIST(X)
#undef X
};

static const pl_str outcome_tokens[] = {
#define X(name, token, zh, en) PL_S_INIT(token),
    PL_OUTCOME_LIST(X)
#undef X
};

static const pl_bitext certainty_words[] = {
#define X(name, token, zh, en) {PL_S_INIT(zh), PL_S_INIT(en)},
    PL_CERTAINTY_LIST(X)
#undef X
};

static const pl_str certainty_tokens[] = {
#define X(name, token, zh, en) PL_S_INIT(token),
    PL_CERTAINTY_LIST(X)
#undef X
};

static const pl_bitext dir_from_words[] = {
#define X(name, token, zh, en) {PL_S_INIT(zh), PL_S_INIT(en)},
    PL_DIR_FROM_LIST(X)
#undef X
};

static const pl_str dir_from_tokens[] = {
#define X(name, token, zh, en) PL_S_INIT(token),
    PL_DIR_FROM_LIST(X)
#undef X
};

pl_str pl_outcome_token(pl_outcome o)
{
    return outcome_tokens[o];
}

pl_bitext pl_outcome_words(pl_outcome o)
{
    return outcome_words[o];
}

pl_str pl_certainty_token(pl_certainty c)
{
    return certainty_tokens[c];
}

pl_bitext pl_certainty_words(pl_certainty c)
{
    return certainty_words[c];
}

pl_str pl_dir_from_token(pl_dir_from f)
{
    return dir_from_tokens[f];
}

pl_bitext pl_dir_from_words(pl_dir_from f)
{
    return dir_from_words[f];
}
