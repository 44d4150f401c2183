#include "phrase/phrase.h"

/* Canonical phrases: one way to say each node, so that reading what was printed gives the
 * same tree. Words that only this file knows would break that: all stand in the lexicon.
 */

/* The words of a language, one row each so that a translation is a column. */
typedef struct lang {
    pl_str bound_before[PL_OP_COUNT], bound_after[PL_OP_COUNT];
    pl_str about_before[3], about_after[3]; /* by pl_side */
    pl_str level[PL_DIR_COUNT], level_from, level_to[PL_DIR_COUNT];
    pl_str change[PL_DIR_COUNT], net[PL_DIR_COUNT];
    pl_str ref_before[PL_REF_COUNT], ref_after[PL_REF_COUNT];
    pl_str cumulative, revised, task;
} lang;

static const lang zh = {
    .bound_before = {PL_S_INIT(""), PL_S_INIT("超过"), PL_S_INIT(""), PL_S_INIT("低于")},
    .bound_after = {PL_S_INIT("以上"), PL_S_INIT(""), PL_S_INIT("以内"), PL_S_INIT("")},
    .about_before = {PL_S_INIT("约"), PL_S_INIT("近"), PL_S_INIT("略超")},
    .about_after = {PL_S_INIT("左右"), PL_S_INIT(""), PL_S_INIT("")},
    .level = {PL_S_INIT("达到"), PL_S_INIT("提高到"), PL_S_INIT("降低到"),
              PL_S_INIT("保持在")},
    .level_from = PL_S_INIT("由"),
    .level_to = {PL_S_INIT("到"), PL_S_INIT("提高到"), PL_S_INIT("降低到"),
                 PL_S_INIT("保持在")},
    .change = {PL_S_INIT("增长"), PL_S_INIT("增长"), PL_S_INIT("下降"),
               PL_S_INIT("增长")},
    .net = {PL_S_INIT("净增"), PL_S_INIT("净增"), PL_S_INIT("净减"), PL_S_INIT("净增")},
    .ref_before = {PL_S_INIT("达到"), PL_S_INIT("不低于"), PL_S_INIT("高于"),
                   PL_S_INIT("不高于"), PL_S_INIT("低于"), PL_S_INIT("与"),
                   PL_S_INIT("保持")},
    .ref_after = {PL_S_INIT(""), PL_S_INIT(""), PL_S_INIT(""), PL_S_INIT(""),
                  PL_S_INIT(""), PL_S_INIT("同步"), PL_S_INIT("")},
    .cumulative = PL_S_INIT("累计"),
    .revised = PL_S_INIT("调整为"),
    .task = PL_S_INIT("任务"),
};

static const lang en = {
    .bound_before = {PL_S_INIT("at least "), PL_S_INIT("more than "),
                     PL_S_INIT("no more than "), PL_S_INIT("less than ")},
    .about_before = {PL_S_INIT("about "), PL_S_INIT("nearly "), PL_S_INIT("just over ")},
    .level = {PL_S_INIT("reach "), PL_S_INIT("rise to "), PL_S_INIT("fall to "),
              PL_S_INIT("stay at ")},
    .level_from = PL_S_INIT("from "),
    .level_to = {PL_S_INIT(" to "), PL_S_INIT(" rise to "), PL_S_INIT(" fall to "),
                 PL_S_INIT(" stay at ")},
    .change = {PL_S_INIT("up "), PL_S_INIT("up "), PL_S_INIT("down "), PL_S_INIT("up ")},
    .net = {PL_S_INIT("net increase of "), PL_S_INIT("net increase of "),
            PL_S_INIT("net reduction of "), PL_S_INIT("net increase of ")},
    .ref_before = {PL_S_INIT("meet the "), PL_S_INIT("at least the "),
                   PL_S_INIT("above the "), PL_S_INIT("no more than the "),
                   PL_S_INIT("below the "), PL_S_INIT("in line with the "),
                   PL_S_INIT("rank among the ")},
    .cumulative = PL_S_INIT("cumulative "),
    .revised = PL_S_INIT("revised to "),
    .task = PL_S_INIT(" task"),
};

/* Scale words by power of ten. */
static const struct scale_word {
    int power;
    pl_str zh, en;
} scale_words[] = {
    {1, PL_S_INIT("十"), PL_S_INIT("")},
    {2, PL_S_INIT("百"), PL_S_INIT(" hundred")},
    {3, PL_S_INIT("千"), PL_S_INIT(" thousand")},
    {4, PL_S_INIT("万"), PL_S_INIT("")},
    {5, PL_S_INIT("十万"), PL_S_INIT(" lakh")},
    {6, PL_S_INIT("百万"), PL_S_INIT(" million")},
    {7, PL_S_INIT("千万"), PL_S_INIT(" crore")},
    {8, PL_S_INIT("亿"), PL_S_INIT("")},
    {9, PL_S_INIT("十亿"), PL_S_INIT(" billion")},
    {10, PL_S_INIT("百亿"), PL_S_INIT("")},
    {11, PL_S_INIT("千亿"), PL_S_INIT("")},
    {12, PL_S_INIT("万亿"), PL_S_INIT(" trillion")},
};

typedef struct printer {
    pl_buf *b;
    const lang *l;
    bool english;
} printer;

static void node_put(const printer *pr, const pl_node *n);

static bool is_word_end(char c)
{
    return pl_is_alpha(c) || pl_is_digit(c);
}

/* s, with a space where it would become one word with what stands before it. */
static void put(const printer *pr, pl_str s)
{
    if (s.n && pr->b->n && is_word_end(pr->b->p[pr->b->n - 1]) && is_word_end(s.p[0]))
        pl_buf_putc(pr->b, ' ');
    pl_buf_put(pr->b, s);
}

/* Without a space that stands at the end. */
static void drop_space(const printer *pr)
{
    if (pr->b->n && pr->b->p[pr->b->n - 1] == ' ')
        pr->b->n--;
}

static int power_of(pl_dec d)
{
    int power = 0;

    for (int64_t v = pl_dec_trim(d).coef; v >= 10; v /= 10)
        power++;
    return power;
}

/* The digits with as many decimals as were written: resolution / scale says how many. */
static void digits_put(const printer *pr, const pl_node *n, int scale)
{
    pl_dec shown, step;
    char text[24];

    if (!pl_dec_shift(n->value, -scale, &shown) ||
        !pl_dec_shift(n->resolution, -scale, &step)) {
        put(pr, pl_str_from(pl_dec_text(n->value, text)));
        return;
    }
    shown = pl_dec_trim(shown);
    step = pl_dec_trim(step);
    for (; shown.scale < step.scale && shown.coef < INT64_MAX / 10 &&
           shown.coef > INT64_MIN / 10;
         shown.scale++)
        shown.coef *= 10;
    if (shown.coef >= 0)
        put(pr, PL_S(""));
    if (pr->b->n && is_word_end(pr->b->p[pr->b->n - 1]))
        pl_buf_putc(pr->b, ' ');
    pl_dec_put_all(pr->b, shown);
}

static void scale_put(const printer *pr, int power)
{
    for (size_t i = 0; i < PL_COUNT(scale_words); i++) {
        const struct scale_word *w = &scale_words[i];

        if (w->power == power)
            pl_buf_put(pr->b, pr->english && w->en.n ? w->en : w->zh);
    }
}

/* Canonical units are Chinese; these are the lexicon's English words for some. */
static const struct unit_word {
    pl_str unit, english;
} unit_words[] = {
    {PL_S_INIT("百分点"), PL_S_INIT("percentage points")},
    {PL_S_INIT("元"), PL_S_INIT("yuan")},
    {PL_S_INIT("美元"), PL_S_INIT("us dollars")},
    {PL_S_INIT("欧元"), PL_S_INIT("euros")},
    {PL_S_INIT("英镑"), PL_S_INIT("pounds")},
    {PL_S_INIT("天"), PL_S_INIT("days")},
    {PL_S_INIT("年"), PL_S_INIT("years")},
    {PL_S_INIT("人"), PL_S_INIT("people")},
    {PL_S_INIT("户"), PL_S_INIT("households")},
    {PL_S_INIT("公斤"), PL_S_INIT("kg")},
    {PL_S_INIT("吨"), PL_S_INIT("tonnes")},
    {PL_S_INIT("公里"), PL_S_INIT("km")},
    {PL_S_INIT("公顷"), PL_S_INIT("hectares")},
    {PL_S_INIT("倍"), PL_S_INIT("times")},
    {PL_S_INIT("平方米"), PL_S_INIT("sqm")},
    {PL_S_INIT("平方公里"), PL_S_INIT("sq km")},
};

static void unit_put(const printer *pr, const pl_node *n)
{
    if (n->percent_points && !pr->english && pl_str_eq(n->unit, PL_S("百分点")))
        pl_buf_put(pr->b, PL_S("个"));
    for (size_t i = 0; pr->english && i < PL_COUNT(unit_words); i++) {
        if (pl_str_eq(unit_words[i].unit, n->unit)) {
            pl_buf_putc(pr->b, ' ');
            pl_buf_put(pr->b, unit_words[i].english);
            return;
        }
    }
    put(pr, n->unit);
}

static void number_put(const printer *pr, const pl_node *n)
{
    int scale = power_of(n->scale);

    if (n->per_year && !pr->english)
        pl_buf_put(pr->b, PL_S("年均"));
    digits_put(pr, n, scale);
    scale_put(pr, scale);
    unit_put(pr, n);
    if (n->per_year && pr->english)
        pl_buf_put(pr->b, PL_S(" a year"));
}

static const pl_node *last_kid(const pl_node *n)
{
    const pl_node *kid = n->kid;

    while (kid && kid->next)
        kid = kid->next;
    return kid;
}

static void range_put(const printer *pr, const pl_node *n)
{
    const pl_node *high = last_kid(n);

    node_put(pr, n->kid);
    if (pl_dec_sign(high->value) >= 0)
        pl_buf_putc(pr->b, '-');
    else
        pl_buf_put(pr->b, pr->english ? PL_S(" to ") : PL_S("至"));
    node_put(pr, high);
}

static void about_put(const printer *pr, const pl_node *n, bool before)
{
    if (before || n->side != PL_SIDE_BOTH || !pr->l->about_after[0].n) {
        put(pr, pr->l->about_before[n->side]);
        node_put(pr, n->kid);
        return;
    }
    node_put(pr, n->kid);
    pl_buf_put(pr->b, pr->l->about_after[n->side]);
}

static void bound_put(const printer *pr, const pl_node *n)
{
    put(pr, pr->l->bound_before[n->op]);
    if (n->kid->kind == PL_NODE_ABOUT)
        about_put(pr, n->kid, true);
    else
        node_put(pr, n->kid);
    pl_buf_put(pr->b, pr->l->bound_after[n->op]);
}

static void level_put(const printer *pr, const pl_node *n)
{
    if (n->kid->next) {
        put(pr, pr->l->level_from);
        node_put(pr, n->kid);
        pl_buf_put(pr->b, pr->l->level_to[n->dir]);
    } else if (n->text.n) {
        put(pr, n->text);
    } else {
        put(pr, pr->l->level[n->dir]);
    }
    node_put(pr, last_kid(n));
}

static void change_put(const printer *pr, const pl_node *n)
{
    if (!pr->english) {
        if (n->year)
            pl_buf_putf(pr->b, "较%d年", n->year);
        if (n->years)
            pl_buf_putf(pr->b, "%d年", n->years);
        if (n->per_year)
            pl_buf_put(pr->b, PL_S("年均"));
    }
    put(pr, n->text.n ? n->text : n->net ? pr->l->net[n->dir] : pr->l->change[n->dir]);
    node_put(pr, n->kid);
    if (pr->english) {
        if (n->per_year)
            pl_buf_put(pr->b, PL_S(" a year"));
        if (n->years)
            pl_buf_putf(pr->b, " over %d years", n->years);
        if (n->year)
            pl_buf_putf(pr->b, " compared to %d", n->year);
    }
}

/* Words of a kid that begin right behind 累计 or 到2025年 could be read with it. */
static bool begins_with_words(const pl_node *n)
{
    return n->kind == PL_NODE_QUALIFIER || n->kind == PL_NODE_PENDING ||
           n->kind == PL_NODE_BY || n->kind == PL_NODE_TREND ||
           n->kind == PL_NODE_ASSERTED;
}

static void cumulative_put(const printer *pr, const pl_node *n)
{
    if (n->years && pr->english) {
        put(pr, PL_S(""));
        pl_buf_putf(pr->b, "%d-year ", n->years);
    } else if (n->years) {
        pl_buf_putf(pr->b, "%d年", n->years);
    }
    put(pr, pr->l->cumulative);
    if (begins_with_words(n->kid)) {
        drop_space(pr);
        pl_buf_putc(pr->b, ':');
    }
    if (n->kid->kind != PL_NODE_NONE)
        node_put(pr, n->kid);
}

/* What binds at last below deadlines. */
static const pl_node *below_by(const pl_node *n)
{
    while (n->kind == PL_NODE_BY)
        n = n->kid;
    return n;
}

static void year_put(const printer *pr, const pl_node *n)
{
    if (pr->english && below_by(n)->kind != PL_NODE_NONE)
        pl_buf_putc(pr->b, ' ');
    if (pr->english && n->year)
        pl_buf_putf(pr->b, "by %d", n->year);
    else if (pr->english)
        pl_buf_put(pr->b, PL_S("by year-end"));
    else if (n->year)
        pl_buf_putf(pr->b, "到%d年", n->year);
    else
        pl_buf_put(pr->b, PL_S("年底前"));
}

static void by_put(const printer *pr, const pl_node *n)
{
    bool none = below_by(n)->kind == PL_NODE_NONE;

    if (pr->english && !none) {
        node_put(pr, n->kid);
        year_put(pr, n);
        return;
    }
    year_put(pr, n);
    if (begins_with_words(n->kid))
        pl_buf_putc(pr->b, ':');
    if (n->kid->kind != PL_NODE_NONE)
        node_put(pr, n->kid);
}

static void reference_put(const printer *pr, const pl_node *n)
{
    put(pr, pr->l->ref_before[n->ref]);
    put(pr, n->owner);
    put(pr, n->standard);
    put(pr, pr->l->ref_after[n->ref]);
    if (n->kid)
        node_put(pr, n->kid);
}

static void amended_put(const printer *pr, const pl_node *n)
{
    node_put(pr, n->kid);
    pl_buf_putc(pr->b, '(');
    pl_buf_put(pr->b, pr->l->revised);
    node_put(pr, last_kid(n));
    pl_buf_putc(pr->b, ')');
}

static void in_brackets(const printer *pr, const pl_node *n)
{
    pl_buf_putc(pr->b, '(');
    node_put(pr, n);
    pl_buf_putc(pr->b, ')');
}

static void asserted_put(const printer *pr, const pl_node *n)
{
    const pl_node *kid = n->kid;

    put(pr, n->text);
    if (!kid)
        return;
    if (kid->kind == PL_NODE_REFERENCE) {
        put(pr, kid->owner);
        put(pr, kid->standard);
        if (kid->kid)
            node_put(pr, kid->kid);
        return;
    }
    node_put(pr, kid);
    pl_buf_put(pr->b, pr->l->task);
}

/* {words}: read back as they stand. */
static void literal_put(const printer *pr, const pl_node *n)
{
    pl_buf_put(pr->b, n->kind == PL_NODE_NOTE ? PL_S("{?") : PL_S("{"));
    for (size_t i = 0; i < n->text.n; i++) {
        pl_buf_putc(pr->b, n->text.p[i]);
        if (n->text.p[i] == '}')
            pl_buf_putc(pr->b, '}');
    }
    pl_buf_putc(pr->b, '}');
}

static void labelled_put(const printer *pr, const pl_node *n)
{
    put(pr, n->text);
    if (n->text.n)
        pl_buf_putc(pr->b, ':');
    node_put(pr, n->kid);
}

static void fallback_put(const printer *pr, const pl_node *n)
{
    in_brackets(pr, n->kid);
}

static void provisional_put(const printer *pr, const pl_node *n)
{
    put(pr, n->text);
    if (n->kid)
        in_brackets(pr, n->kid);
}

static void basis_put(const printer *pr, const pl_node *n)
{
    pl_buf_putc(pr->b, '(');
    labelled_put(pr, n);
    pl_buf_putc(pr->b, ')');
}

static void about_alone_put(const printer *pr, const pl_node *n)
{
    about_put(pr, n, false);
}

static void text_put(const printer *pr, const pl_node *n)
{
    put(pr, n->text);
}

static void none_put(const printer *pr, const pl_node *n)
{
    (void)n;
    pl_buf_putc(pr->b, '-');
}

static void qualifier_put(const printer *pr, const pl_node *n)
{
    if (n->kid)
        labelled_put(pr, n);
    else
        literal_put(pr, n);
}

static void (*const putters[PL_NODE_KIND_COUNT])(const printer *, const pl_node *) = {
    [PL_NODE_NUMBER] = number_put,
    [PL_NODE_RANGE] = range_put,
    [PL_NODE_BOUND] = bound_put,
    [PL_NODE_ABOUT] = about_alone_put,
    [PL_NODE_LEVEL] = level_put,
    [PL_NODE_CHANGE] = change_put,
    [PL_NODE_CUMULATIVE] = cumulative_put,
    [PL_NODE_BY] = by_put,
    [PL_NODE_TREND] = text_put,
    [PL_NODE_REFERENCE] = reference_put,
    [PL_NODE_FALLBACK] = fallback_put,
    [PL_NODE_AMENDED] = amended_put,
    [PL_NODE_PROVISIONAL] = provisional_put,
    [PL_NODE_BASIS] = basis_put,
    [PL_NODE_ASSERTED] = asserted_put,
    [PL_NODE_PENDING] = text_put,
    [PL_NODE_NONE] = none_put,
    [PL_NODE_QUALIFIER] = qualifier_put,
    [PL_NODE_NOTE] = literal_put,
};

static void node_put(const printer *pr, const pl_node *n)
{
    putters[n->kind](pr, n);
}

static printer printer_of(pl_buf *b, bool english)
{
    return (printer){b, english ? &en : &zh, english};
}

void pl_node_print(pl_buf *b, const pl_node *n, bool english)
{
    printer pr = printer_of(b, english);

    node_put(&pr, n);
}

/* Nodes that stand by themselves behind another. */
static bool is_attached(const pl_node *n)
{
    return n->kind == PL_NODE_BASIS || n->kind == PL_NODE_NOTE ||
           (n->kind == PL_NODE_QUALIFIER && !n->kid);
}

/* A deadline that binds nothing must not take the next clause, nor may a comma join two
 * figures. */
static pl_str separator_after(const pl_buf *b, const pl_node *n)
{
    bool bare = n->kind == PL_NODE_BY && below_by(n)->kind == PL_NODE_NONE;

    return bare || (b->n && pl_is_digit(b->p[b->n - 1])) ? PL_S(";") : PL_S(",");
}

void pl_phrase_print(pl_buf *b, const pl_phrase *p)
{
    printer pr = printer_of(b, p->english);

    for (const pl_node *n = p->first, *last = NULL; n; last = n, n = n->next) {
        if (last && !is_attached(n))
            pl_buf_put(b, separator_after(b, last));
        node_put(&pr, n);
    }
    drop_space(&pr);
}
