/* Figures as intervals, and whether two of them can be one. */
#include "judge/passage.h"

enum {
    ABOUT_PERCENT = 5, /* 约, 左右: R-205 */
    NEAR_PERCENT = 10, /* 近7000 for 6863 and more: R-302 */
    OVER_PERCENT = 10  /* 1.4万余: below the next step, at most a tenth: R-302 */
};

static bool percent_of(pl_dec v, int percent, pl_dec *out)
{
    pl_dec part;

    return pl_dec_mul(pl_dec_abs(v), PL_DEC_INT(percent), &part) &&
           pl_dec_shift(part, -2, out);
}

static bool half_of(pl_dec v, pl_dec *out)
{
    return pl_dec_mul(v, (pl_dec){5, 1}, out);
}

/* Widen [lo, hi] by what the hedge allows. */
static bool widen(pl_figure *f)
{
    pl_dec more;

    switch (f->q.hedge) {
    case PL_HEDGE_NONE:
        return true;
    case PL_HEDGE_ABOUT:
        return percent_of(f->value, ABOUT_PERCENT, &more) &&
               pl_dec_sub(f->lo, more, &f->lo) && pl_dec_add(f->hi, more, &f->hi);
    case PL_HEDGE_NEAR:
        return percent_of(f->value, NEAR_PERCENT, &more) &&
               pl_dec_sub(f->lo, more, &f->lo);
    case PL_HEDGE_OVER:
        return percent_of(f->value, OVER_PERCENT, &more) &&
               pl_dec_add(f->hi, more, &f->hi);
    case PL_HEDGE_GE:
    case PL_HEDGE_GT:
        f->open = true;
        return percent_of(f->value, OVER_PERCENT, &more) &&
               pl_dec_add(f->hi, more, &f->hi);
    case PL_HEDGE_LE:
    case PL_HEDGE_LT:
        return percent_of(f->value, NEAR_PERCENT, &more) &&
               pl_dec_sub(f->lo, more, &f->lo);
    case PL_HEDGE_COUNT:
        break;
    }
    return true;
}

bool pl_figure_measure(pl_figure *f)
{
    const pl_word *u = f->q.unit;
    pl_dec factor = u && u->class == PL_WORD_UNIT ? u->factor : PL_DEC_INT(1);
    pl_dec upper, half;

    f->count = u && u->class == PL_WORD_COUNTER;
    f->dim = !u         ? (f->q.number.percent ? PL_S("ratio") : PL_S(""))
             : f->count ? u->word
                        : u->field[0];
    if (!pl_dec_mul(f->q.number.value, factor, &f->value) ||
        !pl_dec_mul(f->q.number.resolution, factor, &f->last) || !half_of(f->last, &half))
        return false;
    upper = f->value;
    if (f->q.is_range && !pl_dec_mul(f->q.upper.value, factor, &upper))
        return false;
    return pl_dec_sub(f->value, half, &f->lo) && pl_dec_add(upper, half, &f->hi) &&
           widen(f);
}

/* The worth of the last digit that is not a trailing zero of a whole number. */
static pl_dec claimed_digit(const pl_figure *f)
{
    pl_dec v = pl_dec_abs(pl_dec_trim(f->value)), step = f->last, next;

    while (pl_dec_sign(v) != 0 && pl_dec_shift(step, 1, &next)) {
        pl_dec quotient;

        if (!pl_dec_div(v, next, PL_DEC_MAX_SCALE, &quotient) ||
            pl_dec_trim(quotient).scale != 0)
            break;
        step = next;
    }
    return step;
}

/* Does v, rounded to a multiple of `unit` in this way, give `printed`? */
static bool rounds_to(pl_dec v, pl_dec unit, pl_dec printed, pl_rounding how)
{
    pl_dec steps, back;

    if (!pl_dec_div(v, unit, PL_DEC_MAX_SCALE, &steps))
        return false;
    steps = pl_dec_round(steps, 0, how);
    return pl_dec_mul(steps, unit, &back) && pl_dec_cmp(back, printed) == 0;
}

/* May the trailing zeros of a claim no precision? Of 5000 and 350 they may, of 10040
 * not: two noughts, or at most two other digits. `unit`: worth of the last of these. */
static bool is_round(const pl_figure *a, pl_dec unit)
{
    pl_dec tens, hundred;

    if (pl_dec_cmp(unit, a->last) <= 0)
        return false;
    if (pl_dec_shift(a->last, 2, &tens) && pl_dec_cmp(unit, tens) >= 0)
        return true;
    return !pl_dec_shift(unit, 2, &hundred) ||
           pl_dec_cmp(pl_dec_abs(a->value), hundred) < 0;
}

static bool meet(const pl_figure *a, const pl_figure *b)
{
    return pl_dec_cmp(a->lo, b->hi) <= 0 && pl_dec_cmp(b->lo, a->hi) <= 0;
}

static bool is_hedged(const pl_figure *f)
{
    return f->q.hedge != PL_HEDGE_NONE || f->q.is_range;
}

/* a is the coarser: printed with the larger last digit. */
static pl_agree agree_coarse(const pl_figure *a, const pl_figure *b)
{
    pl_dec unit = claimed_digit(a);

    if (rounds_to(b->value, a->last, a->value, PL_ROUND_HALF_UP) ||
        rounds_to(b->value, a->last, a->value, PL_ROUND_HALF_EVEN))
        return PL_AGREE_ROUNDED;
    if (is_hedged(a) || is_hedged(b))
        return meet(a, b) || (b->open && pl_dec_cmp(b->value, a->hi) <= 0 &&
                              pl_dec_cmp(a->value, b->value) >= 0)
                   ? PL_AGREE_HEDGED
                   : PL_AGREE_NOT;
    if (pl_dec_cmp(a->last, b->last) > 0 &&
        rounds_to(b->value, a->last, a->value, PL_ROUND_DOWN))
        return PL_AGREE_TRUNCATED;
    if (is_round(a, unit) && rounds_to(b->value, unit, a->value, PL_ROUND_HALF_UP))
        return PL_AGREE_ROUND;
    return PL_AGREE_NOT;
}

pl_agree pl_figures_agree(const pl_figure *a, const pl_figure *b)
{
    pl_agree first;

    if (pl_dec_cmp(a->value, b->value) == 0 && a->q.is_range == b->q.is_range)
        return PL_AGREE_SAME;
    if (pl_dec_cmp(a->last, b->last) < 0) {
        const pl_figure *t = a;

        a = b;
        b = t;
    }
    first = agree_coarse(a, b);
    if (first == PL_AGREE_NOT && pl_dec_cmp(a->last, b->last) == 0)
        return agree_coarse(b, a);
    return first;
}

int pl_fact_count(const pl_fact *f, int most)
{
    pl_dec v = pl_dec_trim(f->value);

    if (!f->unit_word || f->unit_word->class != PL_WORD_COUNTER || f->q.is_range ||
        f->hedge != PL_HEDGE_NONE || v.scale || v.coef < 2 || v.coef > most)
        return 0;
    return (int)v.coef;
}

bool pl_figure_is_change(const pl_figure *f)
{
    static const pl_str words[] = {
        PL_S_INIT("增长"), PL_S_INIT("下降"), PL_S_INIT("降低"), PL_S_INIT("提高"),
        PL_S_INIT("增加"), PL_S_INIT("减少"), PL_S_INIT("上升"), PL_S_INIT("提升"),
        PL_S_INIT("增速"), PL_S_INIT("增幅"), PL_S_INIT("降幅")};

    return pl_str_has_any(f->before, words, PL_COUNT(words));
}

bool pl_figure_is_idle(const pl_figure *f)
{
    static const pl_str idle[] = {PL_S_INIT("time"), PL_S_INIT("rank"), PL_S_INIT("位"),
                                  PL_S_INIT("届"),   PL_S_INIT("次"),   PL_S_INIT("批"),
                                  PL_S_INIT("大"),   PL_S_INIT("类"),   PL_S_INIT("")};

    return pl_str_is_any(f->dim, idle, PL_COUNT(idle));
}

/* The unit of the indicator's bare numbers, NULL when it is not known. */
static const pl_word *unit_of(const pl_lexicon *lx, const pl_indicator *it)
{
    return pl_lexicon_whole(lx, PL_WORDS(UNIT) | PL_WORDS(COUNTER), it->unit);
}

static pl_hedge hedge_of(const pl_node *n)
{
    static const pl_hedge of_op[] = {PL_HEDGE_GE, PL_HEDGE_GT, PL_HEDGE_LE, PL_HEDGE_LT};

    for (; n; n = n->kid) {
        if (n->kind == PL_NODE_ABOUT)
            return PL_HEDGE_ABOUT;
        if (n->kind == PL_NODE_BOUND)
            return of_op[n->op];
    }
    return PL_HEDGE_NONE;
}

/* The range that a node says, NULL when it says none. */
static const pl_node *range_of(const pl_node *n)
{
    while (n && n->kind != PL_NODE_RANGE)
        n = n->kid;
    return n;
}

bool pl_figure_of_node(const pl_lexicon *lx, const pl_indicator *it, const pl_node *first,
                       pl_figure *out)
{
    const pl_node *n = pl_node_number(first), *range = range_of(first);

    if (!n || first->kind == PL_NODE_AMENDED)
        return false;
    *out = (pl_figure){.passage = PL_NOPOS};
    out->q.number.value = n->value;
    out->q.number.resolution = n->resolution;
    out->q.unit = n->unit_word ? n->unit_word : unit_of(lx, it);
    out->q.hedge = hedge_of(first);
    if (range && range->kid == n && n->next) {
        out->q.is_range = true;
        out->q.upper.value = n->next->value;
    }
    return out->q.unit && pl_figure_measure(out);
}
