#include "judge/amount.h"

enum {
    NESTING_MAX = 4, /* 不低于 约 8-9: deeper than people write is no figure */
    RATIO_SCALE = 9
};

static const pl_dec one = {1, 0};

static void part_of(const pl_lexicon *lx, pl_str unit, pl_str *dimension, pl_dec *factor)
{
    const pl_word *w = pl_lexicon_whole(lx, PL_WORDS(UNIT) | PL_WORDS(COUNTER), unit);

    if (w) {
        *dimension = w->field[0];
        *factor = w->factor;
    }
}

pl_measure pl_measure_of(const pl_lexicon *lx, pl_str unit)
{
    pl_measure m = {.text = unit, .factor = one, .above_factor = one, .scale = one};
    const char *slash;

    if (!lx || unit.n == 0)
        return m;
    part_of(lx, unit, &m.dimension, &m.factor);
    slash = memchr(unit.p, '/', unit.n);
    if (slash)
        part_of(lx, pl_str_sub(unit, 0, (size_t)(slash - unit.p)), &m.above,
                &m.above_factor);
    return m;
}

static pl_measure measure_of_number(const pl_lexicon *lx, const pl_node *n)
{
    if (!n->unit_word)
        return pl_measure_of(lx, n->unit);
    return (pl_measure){.text = n->unit,
                        .dimension = n->unit_word->field[0],
                        .factor = n->unit_word->factor,
                        .above_factor = one,
                        .scale = one};
}

pl_scale pl_scale_adopt(const pl_scale *s, const pl_node *n)
{
    pl_scale to = *s;
    pl_dec factor;

    to.unit = measure_of_number(s->lx, n);
    if (pl_dec_cmp(n->scale, one) > 0 && pl_dec_mul(to.unit.factor, n->scale, &factor) &&
        pl_dec_div(n->value, n->scale, PL_DEC_MAX_SCALE, &to.adopted)) {
        to.unit.factor = factor;
        to.unit.scale = n->scale;
    }
    return to;
}

/* 2个百分点 are 2 of a figure in per cent. */
static pl_str kind(pl_str dimension)
{
    return pl_str_eq(dimension, PL_S("point")) ? PL_S("ratio") : dimension;
}

static bool same_kind(pl_str a, pl_str b)
{
    return a.n > 0 && pl_str_eq(kind(a), kind(b));
}

/* v * above / below, exact where a decimal can be. */
static bool scaled(pl_dec v, pl_dec above, pl_dec below, pl_dec *out)
{
    pl_dec ratio, back;

    if (pl_dec_cmp(above, below) == 0) {
        *out = v;
        return true;
    }
    if (pl_dec_div(above, below, RATIO_SCALE, &ratio) &&
        pl_dec_mul(ratio, below, &back) && pl_dec_cmp(back, above) == 0)
        return pl_dec_mul(v, ratio, out);
    return pl_dec_mul(v, above, &back) && pl_dec_div(back, below, RATIO_SCALE, out);
}

/* How many of `to` is one of m: `above` by `below`; false when they differ in kind. */
static bool conversion(const pl_measure *m, const pl_measure *to, pl_dec *above,
                       pl_dec *below)
{
    *above = m->factor;
    *below = to->factor;
    if (same_kind(m->dimension, to->dimension))
        return true;
    *below = to->above_factor;
    if (same_kind(m->dimension, to->above))
        return true;
    *above = *below = one;
    return pl_str_eq(m->text, to->text);
}

/* a scale word in a bare number stands in the place of the one in the unit: 1.1亿
 * in a column counted in 万元 is 1.1亿元, not 1.1亿万元. */
static bool bare_number(const pl_scale *s, const pl_node *n, pl_dec *out)
{
    pl_dec lent = s->unit.scale, square, v, w;
    const pl_word *word = NULL;

    *out = n->value;
    if (pl_dec_cmp(lent, one) >
        0) { /* 36 beside 35万元 is 36万元; 9500 beside 1万户 not */
        if (pl_dec_cmp(n->scale, one) > 0)
            return scaled(n->value, one, lent, out);
        if (pl_dec_mul(s->adopted, s->adopted, &square) && pl_dec_mul(square, lent, &w) &&
            pl_dec_mul(n->value, n->value, &v) && pl_dec_cmp(v, w) > 0)
            return scaled(n->value, one, lent, out);
        return true;
    }
    if (s->lx && s->unit.dimension.n && pl_dec_cmp(n->scale, one) > 0)
        word = pl_lexicon_at(s->lx, PL_WORDS(SCALE), s->unit.text);
    return !word || word->word.n == s->unit.text.n ||
           scaled(n->value, one, word->factor, out);
}

/* a unit in the phrase wins; a bare number takes the indicator's, and where none
 * is known (a scale without unit), whatever it is compared with. */
static bool number_read(const pl_scale *s, const pl_node *n, pl_amount *out)
{
    pl_dec v = n->value, above, below;
    bool fits = true;

    if (n->unit.n == 0 && !n->unit_word) {
        fits = bare_number(s, n, &v);
    } else if (pl_str_eq(n->unit, s->unit.text)) {
        fits = scaled(n->value, one, s->unit.scale, &v);
    } else if (s->unit.text.n) {
        pl_measure m = measure_of_number(s->lx, n);

        if (conversion(&m, &s->unit, &above, &below)) {
            fits = scaled(n->value, above, below, &v);
        } else {
            out->other = m;
            fits = scaled(n->value, m.factor, one, &v);
        }
    }
    out->set.written = out->set.widest = pl_interval_point(v);
    return fits;
}

bool pl_dec_widen(pl_dec at, pl_dec percent, pl_dec *out)
{
    pl_dec by;

    return pl_dec_mul(pl_dec_abs(at), percent, &by) && pl_dec_shift(by, -2, &by) &&
           pl_dec_add(at, by, out);
}

/* 左右 reaches to both sides, 近 only below, 余 only above. */
static bool about(const pl_scale *s, pl_side side, pl_interval *set)
{
    pl_dec p = s->tolerance_percent;

    if (side != PL_SIDE_ABOVE && !set->lo.endless &&
        !pl_dec_widen(set->lo.at, pl_dec_neg(p), &set->lo.at))
        return false;
    return side == PL_SIDE_BELOW || set->hi.endless ||
           pl_dec_widen(set->hi.at, p, &set->hi.at);
}

static const struct {
    bool up, open;
} ops[] = {
    [PL_OP_GE] = {true, false},  /* 以上 includes the figure itself */
    [PL_OP_GT] = {true, true},   /* 超过 does not */
    [PL_OP_LE] = {false, false}, /* */
    [PL_OP_LT] = {false, true},
};
_Static_assert(PL_COUNT(ops) == PL_OP_COUNT, "one row per operator");

pl_vague pl_vague_bounded(pl_op op, const pl_vague *v)
{
    return ops[op].up ? pl_vague_from(v, ops[op].open) : pl_vague_to(v, ops[op].open);
}

static bool range_read(const pl_scale *s, const pl_node *n, pl_amount *out)
{
    pl_amount a = {0}, b = {0};

    if (!n->kid || !n->kid->next || n->kid->kind != PL_NODE_NUMBER ||
        n->kid->next->kind != PL_NODE_NUMBER || !number_read(s, n->kid, &a) ||
        !number_read(s, n->kid->next, &b) || !pl_amount_alike(&a, &b))
        return false;
    if (pl_dec_cmp(a.set.written.lo.at, b.set.written.lo.at) > 0) {
        pl_amount first = a;

        a = b;
        b = first;
    }
    *out = a;
    out->set.written.hi = out->set.widest.hi = b.set.written.hi;
    return true;
}

static bool figure_read(const pl_scale *s, const pl_node *n, int depth, pl_amount *out)
{
    if (!n || depth > NESTING_MAX)
        return false;
    if (n->kind == PL_NODE_NUMBER)
        return number_read(s, n, out);
    if (n->kind == PL_NODE_RANGE)
        return range_read(s, n, out);
    if (n->kind != PL_NODE_ABOUT && n->kind != PL_NODE_BOUND)
        return false;
    if (!figure_read(s, n->kid, depth + 1, out))
        return false;
    if (n->kind == PL_NODE_ABOUT)
        return about(s, n->side, &out->set.widest);
    out->set = pl_vague_bounded(n->op, &out->set);
    return true;
}

bool pl_amount_read(const pl_scale *s, const pl_node *n, pl_amount *out)
{
    *out = (pl_amount){0};
    return figure_read(s, n, 0, out);
}

bool pl_amount_alike(const pl_amount *a, const pl_amount *b)
{
    if (a->other.text.n == 0 || b->other.text.n == 0)
        return a->other.text.n == b->other.text.n;
    return same_kind(a->other.dimension, b->other.dimension) ||
           pl_str_eq(a->other.text, b->other.text);
}

bool pl_node_is_figure(const pl_node *n)
{
    for (int depth = 0; n && depth <= NESTING_MAX; depth++) {
        if (n->kind == PL_NODE_NUMBER || n->kind == PL_NODE_RANGE)
            return true;
        if (n->kind != PL_NODE_ABOUT && n->kind != PL_NODE_BOUND)
            return false;
        n = n->kid;
    }
    return false;
}
