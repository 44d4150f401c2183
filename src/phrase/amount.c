#include "phrase/parse.h"

/* Figures: [年均] [unit] number [scale] [余] [unit] [a year], ranges of two, hedges and
 * bounds on both sides. */

enum {
    YEAR_MIN = 1900,
    YEAR_MAX = 2100, /* as in text/year.c */
    MOST_POWER = 12  /* 万亿: the greatest scale that has a word */
};

/* The power of ten that d is, or -1. */
static int power_of_ten(pl_dec d)
{
    int64_t v;
    int power = 0;

    d = pl_dec_trim(d);
    if (d.scale || d.coef <= 0)
        return -1;
    for (v = d.coef; v % 10 == 0; v /= 10)
        power++;
    return v == 1 ? power : -1;
}

/* Scales that can be printed again are powers of ten; a figure written in words
 * (三分之一, 九成) has the resolution of the decimal it is printed as. */
static void settle(pl_node *n, const pl_number *num)
{
    int scale = num->percent ? -1 : power_of_ten(n->scale);
    pl_dec shown = n->value;

    if (scale < 0 || scale > MOST_POWER ||
        (scale > 0 && !pl_dec_shift(n->value, -scale, &shown))) {
        n->scale = PL_DEC_INT(1);
        shown = n->value;
    }
    shown = pl_dec_trim(shown);
    if (!num->percent && num->digits.scale > shown.scale)
        shown.scale = num->digits.scale;
    n->resolution = n->scale;
    if (shown.scale && !pl_dec_shift(n->scale, -shown.scale, &n->resolution))
        n->resolution = PL_DEC_INT(1);
}

/* Multiply the figure by the part of its unit that is a scale: 38万元 is 380000 元. */
static bool rescale(pl_node *n, pl_dec by)
{
    pl_dec value, scale;

    if (!pl_dec_mul(n->value, by, &value) || !pl_dec_mul(n->scale, by, &scale) ||
        power_of_ten(scale) > MOST_POWER)
        return false;
    n->value = value;
    n->scale = scale;
    return true;
}

/* The canonical unit of w, with the number counted in it; NULL when w is that already. */
static const pl_word *unit_below(const pl_parser *p, pl_node *n, const pl_word *w)
{
    const pl_word *base;
    pl_dec ratio;

    if (pl_str_eq(w->word, w->field[2]))
        return NULL;
    base = pl_lexicon_whole(p->lx, PL_WORDS(UNIT) | PL_WORDS(COUNTER), w->field[2]);
    if (!base || !pl_str_eq(base->field[0], w->field[0]))
        return NULL;
    if (pl_dec_cmp(w->factor, base->factor) != 0 &&
        !(pl_dec_div(w->factor, base->factor, PL_DEC_MAX_SCALE, &ratio) &&
          rescale(n, ratio)))
        return NULL;
    return base;
}

enum { CANONICAL_STEPS = 3 }; /* mt is 百万吨, that is 吨 */

static void set_unit(const pl_parser *p, pl_node *n, const pl_word *w)
{
    for (int i = 0; w && i < CANONICAL_STEPS; i++) {
        n->unit_word = w;
        n->unit = w->word;
        w = unit_below(p, n, w);
    }
}

static bool is_money(const pl_word *w)
{
    return pl_str_starts(w->field[0], PL_S("money"));
}

static const pl_word *unit_at(const pl_parser *p)
{
    return pl_parse_word(p, PL_WORDS(UNIT) | PL_WORDS(COUNTER));
}

static const pl_word *unit_behind(pl_parser *p)
{
    const pl_word *w;
    size_t at = p->at;

    if (at == p->end)
        return NULL;
    pl_parse_space(p);
    w = unit_at(p);
    if (!w)
        p->at = at;
    else
        pl_parse_take(p, w);
    return w;
}

static const pl_word *per_year_at(const pl_parser *p)
{
    const pl_word *w = pl_parse_word(p, PL_WORDS(TERM));

    return w && pl_word_is(w, 0, "per_year") ? w : NULL;
}

/* £2.5m: a currency before its figure. */
static const pl_word *currency_before(pl_parser *p)
{
    const pl_word *w;

    if ((unsigned char)pl_parse_peek(p) >= 0xE3) /* ideographs: 元5 is no currency */
        return NULL;
    w = pl_parse_word(p, PL_WORDS(UNIT));
    if (!w || !is_money(w) || p->at + w->word.n >= p->end ||
        !pl_is_digit(p->fold.s.p[p->at + w->word.n]))
        return NULL;
    p->at += w->word.n;
    return w;
}

/* 4000余 人: the word between the figure and its unit. */
static bool over_behind(pl_parser *p)
{
    const pl_word *w = p->at < p->end ? pl_parse_word(p, PL_WORDS(ABOUT)) : NULL;

    if (!w || !pl_word_is(w, 0, "above") || !pl_word_is(w, 1, "after"))
        return false;
    p->at += w->word.n;
    return true;
}

/* A year is no amount: 2025年. */
static bool is_year(const pl_node *n)
{
    return pl_str_eq(n->unit, PL_S("年")) && n->value.scale == 0 &&
           pl_dec_cmp(n->scale, PL_DEC_INT(1)) == 0 && n->value.coef >= YEAR_MIN &&
           n->value.coef <= YEAR_MAX;
}

/* A year behind it: 2 a year, 每年. */
static void per_year_behind(pl_parser *p, pl_node *n)
{
    const pl_word *w;
    size_t at = p->at;
    char c = pl_parse_peek(p);

    if (c != ' ' && c != '/' && !pl_is_alpha(c))
        return;
    pl_parse_space(p);
    w = per_year_at(p);
    if (w) {
        pl_parse_take(p, w);
        n->per_year = true;
    } else {
        p->at = at;
    }
}

/* £2.5m: behind a currency these letters are scales, not units. */
static const struct money_scale {
    char letter;
    int64_t factor;
} money_scales[] = {{'k', 1000}, {'m', 1000000}, {'b', 1000000000}};

static void money_scale_behind(pl_parser *p, pl_node *n)
{
    pl_str rest = pl_parse_rest(p);

    if (pl_dec_cmp(n->scale, PL_DEC_INT(1)) != 0)
        return;
    for (size_t i = 0; i < PL_COUNT(money_scales) && rest.n; i++) {
        if ((rest.p[0] | 0x20) != money_scales[i].letter ||
            (rest.n > 1 && pl_is_alpha(rest.p[1])))
            continue;
        if (rescale(n, PL_DEC_INT(money_scales[i].factor)))
            p->at++;
        return;
    }
}

/* 120余万 */
static void scale_behind(pl_parser *p, pl_node *n)
{
    const pl_word *w = pl_parse_word(p, PL_WORDS(SCALE));

    if (w && pl_dec_cmp(n->scale, PL_DEC_INT(1)) == 0 && rescale(n, w->factor))
        p->at += w->word.n;
}

static void number_unit(pl_parser *p, pl_node *n, const pl_number *num,
                        const pl_word *before, bool *over)
{
    const pl_word *w = before;

    *over = over_behind(p);
    if (*over)
        scale_behind(p, n);
    if (num->percent)
        w = pl_lexicon_whole(p->lx, PL_WORDS(UNIT), PL_S("%"));
    else if (!before)
        w = unit_behind(p);
    else
        money_scale_behind(p, n);
    if (w)
        set_unit(p, n, w);
    if (w && !*over)
        *over = over_behind(p);
    n->percent_points = w && pl_str_eq(w->field[0], PL_S("point"));
}

/* Words that are a share, or nothing. */
static const struct share_word {
    pl_str word;
    int part, of; /* of 0: no share, the figure itself */
} share_words[] = {
    {PL_S_INIT("zero"), 0, 0},           {PL_S_INIT("a half"), 1, 2},
    {PL_S_INIT("one half"), 1, 2},       {PL_S_INIT("half"), 1, 2},
    {PL_S_INIT("a third"), 1, 3},        {PL_S_INIT("one third"), 1, 3},
    {PL_S_INIT("one-third"), 1, 3},      {PL_S_INIT("two thirds"), 2, 3},
    {PL_S_INIT("two-thirds"), 2, 3},     {PL_S_INIT("a quarter"), 1, 4},
    {PL_S_INIT("one quarter"), 1, 4},    {PL_S_INIT("one-quarter"), 1, 4},
    {PL_S_INIT("three quarters"), 3, 4}, {PL_S_INIT("three-quarters"), 3, 4},
    {PL_S_INIT("a fifth"), 1, 5},        {PL_S_INIT("one fifth"), 1, 5},
    {PL_S_INIT("a tenth"), 1, 10},       {PL_S_INIT("半数"), 1, 2},
};

static bool share_word_at(pl_str s, pl_number *out)
{
    for (size_t i = 0; i < PL_COUNT(share_words); i++) {
        const struct share_word *w = &share_words[i];
        pl_str rest = s;

        if (!pl_str_eat(&rest, w->word) ||
            (rest.n && (pl_is_alpha(rest.p[0]) || rest.p[0] == '-')))
            continue;
        *out = (pl_number){.scale = PL_DEC_INT(1), .n = w->word.n, .words = true};
        out->percent = w->of != 0;
        return !w->of || pl_dec_div(PL_DEC_INT(100 * w->part), PL_DEC_INT(w->of),
                                    PL_DEC_MAX_SCALE, &out->value);
    }
    return false;
}

static bool figure_at(const pl_parser *p, bool small, pl_number *out)
{
    pl_str rest = pl_parse_rest(p);

    if (rest.n && (pl_is_alpha(rest.p[0]) || pl_str_starts(rest, PL_S("半"))) &&
        share_word_at(rest, out))
        return true;
    return pl_number_at(p->lx, rest, true, small, out);
}

static pl_node *number(pl_parser *p, bool small, bool *over)
{
    size_t from = p->at;
    char c = pl_parse_peek(p);
    const pl_word *before = NULL, *yearly = NULL;
    pl_number num;
    pl_node *n;

    if (!pl_is_digit(c) && c != '-') {
        yearly = per_year_at(p);
        if (yearly)
            pl_parse_take(p, yearly);
        before = currency_before(p);
    }
    if (!figure_at(p, small, &num))
        goto none;
    n = pl_parse_node(p, PL_NODE_NUMBER, from);
    if (!n)
        goto none;
    p->at += num.n;
    n->value = num.value;
    n->scale = num.scale;
    n->per_year = yearly != NULL;
    number_unit(p, n, &num, before, over);
    settle(n, &num);
    if (is_year(n))
        goto none;
    n->at = pl_fold_span(&p->fold, from, p->at - from);
    per_year_behind(p, n);
    return n;
none:
    p->at = from;
    return NULL;
}

/* Words between the ends of a range, and those around it. */
static const pl_str joins[] = {PL_S_INIT("-"), PL_S_INIT("~"), PL_S_INIT("至"),
                               PL_S_INIT("到"), PL_S_INIT("to ")};
enum { JOIN_TO = 2 }; /* from here on they also mean "up to" */

static const struct frame {
    pl_str open, join, close;
} frames[] = {
    {PL_S_INIT("between "), PL_S_INIT("and "), PL_S_INIT("")},
    {PL_S_INIT("between "), PL_S_INIT("-"), PL_S_INIT("")},
    {PL_S_INIT("介于"), PL_S_INIT("和"), PL_S_INIT("之间")},
    {PL_S_INIT("介于"), PL_S_INIT("与"), PL_S_INIT("之间")},
    {PL_S_INIT("介于"), PL_S_INIT("至"), PL_S_INIT("之间")},
    {PL_S_INIT("介于"), PL_S_INIT("-"), PL_S_INIT("之间")},
    {PL_S_INIT("在"), PL_S_INIT("-"), PL_S_INIT("之间")},
    {PL_S_INIT("在"), PL_S_INIT("至"), PL_S_INIT("之间")},
    {PL_S_INIT("在"), PL_S_INIT("和"), PL_S_INIT("之间")},
};

static bool may_be_framed(const pl_parser *p)
{
    pl_str rest = pl_parse_rest(p);

    return pl_str_starts(rest, PL_S("b")) || pl_str_starts(rest, PL_S("介于")) ||
           pl_str_starts(rest, PL_S("在"));
}

static bool eat(pl_parser *p, pl_str word)
{
    if (!pl_str_starts(pl_parse_rest(p), word))
        return false;
    p->at += word.n;
    return true;
}

/* R-130, 3至10万: the scale and the unit of the second end are the first one's too,
 * unless the first has its own or the range would run backwards (9000-1万). */
static void share(pl_node *low, const pl_node *high)
{
    pl_dec shown;

    if (low->unit.n == 0 && pl_dec_cmp(low->scale, PL_DEC_INT(1)) == 0 &&
        pl_dec_div(high->value, high->scale, PL_DEC_MAX_SCALE, &shown) &&
        pl_dec_cmp(low->value, shown) < 0 && rescale(low, high->scale)) {
        pl_dec finer;

        if (pl_dec_mul(low->resolution, high->scale, &finer))
            low->resolution = finer;
    }
    if (low->unit.n == 0) {
        low->unit = high->unit;
        low->unit_word = high->unit_word;
        low->percent_points = high->percent_points;
    }
}

static pl_node *range_of(pl_parser *p, pl_node *low, pl_node *high, size_t from)
{
    pl_node *r;

    if (low->unit.n && high->unit.n && !pl_str_eq(low->unit, high->unit))
        return NULL;
    if (high->unit.n == 0 && low->unit.n) {
        high->unit = low->unit;
        high->unit_word = low->unit_word;
        high->percent_points = low->percent_points;
    }
    r = pl_parse_node(p, PL_NODE_RANGE, from);
    if (!r)
        return NULL;
    share(low, high);
    if (is_year(low))
        return NULL;
    low->per_year = low->per_year || high->per_year;
    high->per_year = false;
    low->next = high;
    r->kid = low;
    return r;
}

/* The second end of a range, when one follows. */
static pl_node *range_behind(pl_parser *p, pl_node *low, pl_amount_how how, size_t from)
{
    size_t at = p->at, n = how == PL_AMOUNT_NO_RANGE ? JOIN_TO : PL_COUNT(joins);
    bool over;

    if (p->at == p->end || pl_parse_peek(p) == '(')
        return low;
    pl_parse_space(p);
    for (size_t i = 0; i < n; i++) {
        pl_node *high, *r;

        if (!eat(p, joins[i]))
            continue;
        high = number(p, false, &over);
        r = high && !over ? range_of(p, low, high, from) : NULL;
        if (r)
            return r;
        break;
    }
    p->at = at;
    return low;
}

static pl_node *framed(pl_parser *p, const struct frame *f)
{
    size_t from = p->at;
    bool over;
    pl_node *low, *high, *r;

    if (!eat(p, f->open))
        return NULL;
    low = number(p, false, &over);
    pl_parse_space(p);
    if (low && !over && eat(p, f->join)) {
        high = number(p, false, &over);
        r = high && !over && eat(p, f->close) ? range_of(p, low, high, from) : NULL;
        if (r)
            return r;
    }
    p->at = from;
    return NULL;
}

/* A figure or a range. */
static pl_node *figure(pl_parser *p, pl_amount_how how, bool *over)
{
    size_t from = p->at;
    pl_node *n;

    *over = false;
    n = number(p, how != PL_AMOUNT_ANY, over);
    if (n && !*over)
        n = range_behind(p, n, how, from);
    if (!n && may_be_framed(p))
        for (size_t i = 0; !n && i < PL_COUNT(frames); i++)
            n = framed(p, &frames[i]);
    if (n && n->kind == PL_NODE_RANGE)
        (void)eat(p, PL_S("之间"));
    return n;
}

static pl_op op_of(const pl_word *w)
{
    for (int op = 0; op < PL_OP_COUNT; op++)
        if (pl_str_eq(w->field[0], pl_op_token((pl_op)op)))
            return (pl_op)op;
    return PL_OP_GE;
}

static bool is_upper(pl_op op)
{
    return op == PL_OP_LE || op == PL_OP_LT;
}

/* What is known of an amount beside its figure. */
typedef struct sides {
    bool has_op, has_about;
    pl_op op;
    pl_side side;
} sides;

static void sides_before(pl_parser *p, sides *s)
{
    for (int i = 0; i < 2; i++) {
        pl_words classes = s->has_about ? 0
                           : s->has_op  ? PL_WORDS(ABOUT)
                                        : PL_WORDS(BOUND) | PL_WORDS(ABOUT);
        const pl_word *w = classes ? pl_parse_word(p, classes) : NULL;

        if (!w || !pl_word_is(w, 1, "before"))
            return;
        pl_parse_take(p, w);
        if (w->class == PL_WORD_BOUND) {
            s->has_op = true;
            s->op = op_of(w);
        } else {
            s->has_about = true;
            s->side = pl_word_is(w, 0, "below")   ? PL_SIDE_BELOW
                      : pl_word_is(w, 0, "above") ? PL_SIDE_ABOVE
                                                  : PL_SIDE_BOTH;
        }
    }
}

/* R-131, (含5), (不含): the end belongs to the bound, or not. Longest first. */
static const struct inclusion {
    pl_str word;
    bool inside;
} inclusions[] = {
    {PL_S_INIT("不包含"), false},    {PL_S_INIT("不含"), false},
    {PL_S_INIT("包含"), true},       {PL_S_INIT("含"), true},
    {PL_S_INIT("exclusive"), false}, {PL_S_INIT("excluding"), false},
    {PL_S_INIT("inclusive"), true},  {PL_S_INIT("including"), true},
};

static void include(sides *s, bool inside)
{
    if (is_upper(s->op))
        s->op = inside ? PL_OP_LE : PL_OP_LT;
    else
        s->op = inside ? PL_OP_GE : PL_OP_GT;
}

/* The bracket behind a bound or a figure that says whether its end is meant; what follows
 * the word can only be the figure again (5以上(含5)) or 本数. */
static bool inclusion_behind(pl_parser *p, bool *inside)
{
    size_t close = pl_parse_peek(p) == '(' ? pl_parse_close(p, p->at) : 0;
    pl_str in;

    if (!close)
        return false;
    in = pl_parse_slice(p, p->at + 1, close);
    for (size_t i = 0; i < PL_COUNT(inclusions); i++) {
        pl_number num;

        if (!pl_str_eat(&in, inclusions[i].word))
            continue;
        in = pl_str_trim(in);
        if (in.n && !pl_str_eq(in, PL_S("本数")) &&
            !pl_number_at(p->lx, in, true, true, &num))
            return false;
        *inside = inclusions[i].inside;
        p->at = close + 1;
        return true;
    }
    return false;
}

static bool side_behind(pl_parser *p, sides *s)
{
    const pl_word *w = pl_parse_word(p, PL_WORDS(BOUND) | PL_WORDS(ABOUT));
    bool fits;

    if (!w || !pl_word_is(w, 1, "after"))
        return false;
    if (w->class == PL_WORD_ABOUT) {
        if (!pl_word_is(w, 0, "both") || (s->has_about && s->side != PL_SIDE_BOTH))
            return false;
        s->has_about = true;
    } else {
        fits = !s->has_op || is_upper(s->op) == is_upper(op_of(w));
        if (!fits)
            return false;
        if (!s->has_op)
            s->op = op_of(w);
        s->has_op = true;
    }
    pl_parse_take(p, w);
    return true;
}

static void sides_behind(pl_parser *p, sides *s)
{
    bool inside, said;
    size_t at;

    if (p->at == p->end)
        return;
    said = inclusion_behind(p, &inside);
    at = p->at;
    pl_parse_space(p);
    if (!side_behind(p, s)) {
        p->at = at;
    } else {
        at = p->at;
        pl_parse_space(p);
        if (!side_behind(p, s))
            p->at = at;
    }
    if (inclusion_behind(p, &inside))
        said = true;
    if (said && s->has_op)
        include(s, inside);
}

/* 5以上10以下: both sides are a closed range. */
static pl_node *range_of_bounds(pl_parser *p, pl_node *low, const sides *s, size_t from)
{
    size_t at = p->at;
    sides up = {0};
    bool over;
    pl_node *high, *r = NULL;

    if (!s->has_op || s->op != PL_OP_GE || s->has_about || low->kind != PL_NODE_NUMBER)
        return NULL;
    sides_before(p, &up);
    high = number(p, false, &over);
    if (high && !over) {
        sides_behind(p, &up);
        if (up.has_op && up.op == PL_OP_LE && !up.has_about)
            r = range_of(p, low, high, from);
    }
    p->at = r ? p->at : at;
    return r;
}

static pl_node *dressed(pl_parser *p, pl_node *n, const sides *s, size_t from)
{
    if (n && s->has_about) {
        n = pl_parse_wrap(p, PL_NODE_ABOUT, n, from);
        if (n)
            n->side = s->side;
    }
    if (n && s->has_op) {
        n = pl_parse_wrap(p, PL_NODE_BOUND, n, from);
        if (n)
            n->op = s->op;
    }
    return n;
}

pl_node *pl_parse_amount(pl_parser *p, pl_amount_how how)
{
    size_t from = p->at;
    sides s = {0};
    bool over;
    pl_node *n;

    if (!pl_is_digit(pl_parse_peek(p)))
        sides_before(p, &s);
    if (s.has_op && how == PL_AMOUNT_ANY)
        how = PL_AMOUNT_SMALL;
    n = figure(p, how, &over);
    if (!n) {
        p->at = from;
        return NULL;
    }
    if (over && !s.has_about) {
        s.has_about = true;
        s.side = PL_SIDE_ABOVE;
    }
    sides_behind(p, &s);
    if (p->at < p->end && s.has_op) {
        pl_node *r = range_of_bounds(p, n, &s, from);

        if (r)
            return r;
    }
    return dressed(p, n, &s, from);
}
