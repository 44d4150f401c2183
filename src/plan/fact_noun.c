/* What the quantities of a text count or measure.
 *
 * A counter counts what stands behind it (12家企业); where nothing stands there, what
 * stands before it (企业12家). Amounts and shares measure what stands before them, unless
 * they stand before a noun as its measure (33公顷土地). What has no noun of its own has
 * that of its list or of the figure before it in its sentence (…40亿元,增长5%). R-104 */
#include "plan/fact_noun.h"

#include "plan/fact_side.h"
#include "text/utf8.h"

enum { LIST_MAX = 16, HEAD_CHARS = 2, UNIT_NOUN_BYTES = 6 };

/* One fact while its noun is looked for. */
typedef struct one {
    size_t at, end; /* of the figure in the folded text */
    pl_fact_left left;
    pl_fact_right right;
    size_t left_from; /* words before it begin here at the earliest */
    pl_span ahead;    /* noun of the figures that follow in its list */
    pl_span whole; /* noun that the figure and its own noun describe: 200张床位的|医院 */
    bool joined; /* the next figure follows at once: 2座|35万千瓦电站 */
    bool listed; /* the figure before stands right before it, as in a list */
    bool same;   /* the figure before is of the same sentence */
} one;

typedef struct nouns_in {
    const pl_lexicon *lx;
    pl_str s;
    pl_fact *facts;
    one *all;
    size_t n;
} nouns_in;

pl_str pl_fact_kind_token(pl_fact_kind k)
{
    static const pl_str token[] = {
#define X(name, text) PL_S_INIT(text),
        PL_FACT_KIND_LIST(X)
#undef X
    };

    return token[k];
}

static pl_str sub(const nouns_in *in, pl_span at)
{
    return pl_str_sub(in->s, at.at, at.n);
}

static bool is_ratio(const pl_fact *f)
{
    return f->q.number.percent ||
           (f->unit_word && (pl_str_eq(f->unit_word->field[0], PL_S("ratio")) ||
                             pl_str_eq(f->unit_word->field[0], PL_S("point"))));
}

/* Does the figure count things or people, one by one? */
static bool is_count(const pl_fact *f)
{
    return f->unit_word && (f->unit_word->class == PL_WORD_COUNTER ||
                            pl_str_eq(f->unit_word->field[0], PL_S("people")));
}

static pl_str counter_of(const pl_fact *f)
{
    if (!f->unit.n)
        return PL_S("人"); /* 46万群众 */
    return is_count(f) ? f->unit_word->word : (pl_str){0};
}

/* ---- how figures stand to each other ---- */

/* Only a joint between two figures of a list. */
static bool is_joint(pl_str gap)
{
    static const pl_str joints[] = {PL_S_INIT("、"), PL_S_INIT("和"), PL_S_INIT("及"),
                                    PL_S_INIT("与"), PL_S_INIT("或"), PL_S_INIT("以及")};

    for (size_t i = 0; i < PL_COUNT(joints); i++)
        if (pl_str_eq(gap, joints[i]))
            return true;
    return gap.n == 0;
}

static bool ends_sentence(pl_str gap)
{
    static const pl_str stops[] = {PL_S_INIT("。"), PL_S_INIT(";"), PL_S_INIT("!"),
                                   PL_S_INIT("\n"), PL_S_INIT("ü"), PL_S_INIT("Ø")};

    return pl_str_has_any(gap, stops, PL_COUNT(stops));
}

/* The noun that is part of the unit: 床位 of 200张床位; 停车位 of 300停车位. */
static pl_span unit_noun(const nouns_in *in, const pl_fact *f)
{
    pl_str unit = f->q.unit_text;
    size_t skip = pl_str_starts(unit, f->unit) ? f->unit.n : 0;

    if (!f->unit_word || f->unit_word->class != PL_WORD_COUNTER ||
        (skip == 0 && pl_str_ends(unit, f->unit)) || unit.n < skip + UNIT_NOUN_BYTES ||
        (unsigned char)unit.p[skip] < 0xe4)
        return (pl_span){0};
    return (pl_span){(size_t)(unit.p - in->s.p) + skip, unit.n - skip};
}

static void read_right(nouns_in *in)
{
    for (size_t i = 0; i < in->n; i++) {
        one *o = &in->all[i];
        pl_span q = in->facts[i].q.at;
        pl_str gap;

        o->at = q.at;
        o->end = q.at + q.n;
        o->left_from = i ? in->all[i - 1].end : 0;
        gap = pl_str_sub(in->s, o->left_from, o->at - o->left_from);
        o->listed = i && is_joint(gap);
        o->same = i && !ends_sentence(gap);
    }
    for (size_t i = 0; i < in->n; i++) {
        one *o = &in->all[i];
        size_t next = i + 1 < in->n ? in->all[i + 1].at : in->s.n;

        o->right =
            pl_fact_right_of(in->lx, in->s, o->end, next, counter_of(&in->facts[i]));
        if (o->right.of)
            o->whole = o->right.noun;
        if (unit_noun(in, &in->facts[i]).n)
            o->right = (pl_fact_right){.noun = unit_noun(in, &in->facts[i])};
    }
}

/* Words between two figures that both could have: 12家企业|总投资30亿元. What is counted
 * ends with its head word; else a name of an amount at the end is of the second. */
static void part_stretch(nouns_in *in, size_t i)
{
    const pl_words names = PL_WORDS(DIRECTION) | PL_WORDS(GROWTH);
    one *o = &in->all[i], *next = &in->all[i + 1];
    pl_span *noun = &o->right.noun;
    const pl_word *tail;

    if (o->right.head && o->right.head < noun->at + noun->n) {
        noun->n = o->right.head - noun->at;
        next->left_from = o->right.head;
        return;
    }
    tail = pl_lexicon_end(in->lx, names, sub(in, *noun));
    if (tail && tail->word.n < noun->n) {
        noun->n -= tail->word.n;
        return;
    }
    if (!is_count(&in->facts[i]))
        noun->n = 0; /* of the second alone */
}

static void part_stretches(nouns_in *in)
{
    for (size_t i = 0; i < in->n; i++) {
        one *o = &in->all[i];
        pl_span *noun = &o->right.noun;

        if (o->right.flows && i + 1 < in->n && in->all[i + 1].whole.n)
            *noun = in->all[i + 1].whole; /* 1所|200张床位以上的养老机构 */
        else if (o->right.flows && noun->n && i + 1 < in->n &&
                 in->all[i + 1].right.noun.n == 0)
            part_stretch(in, i);
        else if (o->right.head)
            noun->n = o->right.head - noun->at;
    }
}

/* 66条、77公里道路: what the figures of a list stand before. */
static void look_ahead(nouns_in *in)
{
    for (size_t i = in->n; i-- > 1;) {
        one *o = &in->all[i];

        if (!o->listed)
            continue;
        in->all[i - 1].ahead = o->right.noun.n ? o->right.noun : o->ahead;
        in->all[i - 1].joined = in->all[i - 1].end == o->at;
    }
}

/* ---- deciding ---- */

/* The noun of a figure with nothing of its own. */
static pl_span inherited(const nouns_in *in, size_t i, const pl_span *nouns)
{
    const one *o = &in->all[i];

    if (o->ahead.n)
        return o->ahead;
    if (i && o->same)
        return nouns[i - 1];
    return (pl_span){0};
}

/* A verb stands right before the figure: its object follows, or it is the name. */
static pl_span verb_noun(const nouns_in *in, size_t i, const pl_span *nouns)
{
    const one *o = &in->all[i];
    const pl_fact_left *l = &o->left;
    bool before = l->before.n && (is_ratio(&in->facts[i]) || !is_count(&in->facts[i]));

    if (o->right.noun.n)
        return o->right.noun;
    if (o->ahead.n)
        return o->ahead;
    if (!l->light && l->before.n)
        return (pl_span){l->before.at, l->verb.at + l->verb.n - l->before.at};
    if (!l->light)
        return l->verb;
    return before ? l->before : inherited(in, i, nouns);
}

static pl_span noun_of(const nouns_in *in, size_t i, const pl_span *nouns)
{
    const one *o = &in->all[i];
    const pl_fact_left *l = &o->left;
    bool right = o->right.noun.n > 0 && !l->lasting;

    if (!right && is_count(&in->facts[i]) && o->joined && o->ahead.n)
        return o->ahead;
    if (l->verb.n)
        return verb_noun(in, i, nouns);
    if (right && (l->got || l->noun.n == 0))
        return o->right.noun;
    if (right && !is_ratio(&in->facts[i]) && !o->right.of)
        return o->right.noun;
    if (l->examples && o->ahead.n)
        return o->ahead;
    if (l->noun.n || l->lasting)
        return l->noun;
    return inherited(in, i, nouns);
}

/* ---- lists ---- */

/* Cut the names of a list apart; how many there are, at most LIST_MAX. */
static size_t split_names(const nouns_in *in, pl_span at, pl_span *out)
{
    static const pl_str joints[] = {PL_S_INIT("、"), PL_S_INIT("和"), PL_S_INIT("与"),
                                    PL_S_INIT("及")};
    size_t n = 0, from = at.at, end = at.at + at.n, step;

    for (size_t i = at.at; i <= end && n < LIST_MAX; i += step) {
        step = i < end ? pl_utf8_len((unsigned char)in->s.p[i]) : 1;
        for (size_t k = 0; i < end && k < PL_COUNT(joints); k++)
            if (pl_str_starts(pl_str_tail(in->s, i), joints[k])) {
                out[n++] = (pl_span){from, i - from};
                from = i + joints[k].n;
                break;
            }
        if (i == end && n < LIST_MAX)
            out[n++] = (pl_span){from, end - from};
    }
    return n;
}

/* Is each name whole, ending in a name of an amount: 事故起数、死亡人数? */
static bool all_whole(const nouns_in *in, const pl_span *names, size_t n)
{
    static const pl_str ends[] = {
        PL_S_INIT("数"),   PL_S_INIT("率"),   PL_S_INIT("量"),   PL_S_INIT("额"),
        PL_S_INIT("值"),   PL_S_INIT("度"),   PL_S_INIT("收入"), PL_S_INIT("支出"),
        PL_S_INIT("面积"), PL_S_INIT("投资"), PL_S_INIT("损失"), PL_S_INIT("花费")};

    for (size_t i = 0; i < n; i++) {
        bool whole = false;

        for (size_t k = 0; k < PL_COUNT(ends); k++)
            whole = whole || pl_str_ends(sub(in, names[i]), ends[k]);
        if (!whole)
            return false;
    }
    return true;
}

/* Are the `n` figures before i of its sentence, and more than one? */
static bool same_sentence(const nouns_in *in, size_t i, size_t n)
{
    if (n < 2 || i < n)
        return false;
    for (size_t k = 0; k < n; k++)
        if (!in->all[i - k].same)
            return false;
    return true;
}

/* 甲、乙、丙分别增长1%、2%、3%: each figure its own name. */
static void spread_names(nouns_in *in, size_t i, pl_span *nouns)
{
    pl_span names[LIST_MAX], all;
    size_t n, figures = 1;
    bool whole;

    while (i + figures < in->n && in->all[i + figures].listed)
        figures++;
    if (in->all[i].left.noun.n == 0 && same_sentence(in, i, figures)) {
        for (size_t k = 0; k < figures; k++) /* 收入5亿元、支出4亿元,分别增长1%、2% */
            nouns[i + k] = nouns[i + k - figures];
        return;
    }
    if (nouns[i].n == 0 || nouns[i].at >= in->all[i].at)
        return;
    all = pl_fact_names_of(in->lx, in->s, in->all[i].left_from, nouns[i]);
    n = split_names(in, all, names);
    nouns[i] = all;
    if (n != figures || n < 2)
        return;
    whole = all_whole(in, names, n);
    for (size_t k = 0; k < n; k++) {
        in->facts[i + k].item = sub(in, names[k]);
        if (whole)
            nouns[i + k] = names[k];
    }
}

/* ---- what is kept ---- */

static pl_fact_kind ratio_kind(const nouns_in *in, size_t i, pl_str noun)
{
    static const pl_str rates[] = {PL_S_INIT("率"), PL_S_INIT("度"), PL_S_INIT("水平")};

    if (in->all[i].left.share || in->all[i].left.of)
        return PL_FACT_SHARE;
    for (size_t k = 0; k < PL_COUNT(rates); k++)
        if (pl_str_ends(noun, rates[k]) && !pl_str_ends(noun, PL_S("比率")) &&
            !pl_str_ends(noun, PL_S("进度")))
            return PL_FACT_LEVEL;
    return PL_FACT_SHARE;
}

/* A further figure of a list, with no words of its own: 分别增长5%、6%. */
static bool goes_on(const nouns_in *in, size_t i)
{
    const one *o = &in->all[i];

    return o->listed && o->left.noun.n == 0 && o->left.verb.n == 0 &&
           is_ratio(&in->facts[i]) == is_ratio(&in->facts[i - 1]);
}

/* */
static pl_fact_kind kind_of(const nouns_in *in, size_t i, pl_str noun)
{
    const pl_fact *f = &in->facts[i];
    const pl_word *growth = pl_lexicon_end(in->lx, PL_WORDS(GROWTH), noun);

    if (goes_on(in, i))
        return in->facts[i - 1].kind;
    if (in->all[i].left.lasting || (is_count(f) && in->all[i].right.noun.n))
        return PL_FACT_LEVEL; /* 增加12个床位 */
    if (in->all[i].left.changed || (in->all[i].left.than && !in->all[i].left.of) ||
        (f->unit_word && pl_str_eq(f->unit_word->field[0], PL_S("point"))) || growth)
        return PL_FACT_CHANGE;
    return is_ratio(f) ? ratio_kind(in, i, noun) : PL_FACT_LEVEL;
}

static pl_str without_quotes(pl_str noun)
{
    pl_str inside = noun;

    if (pl_str_eat(&inside, PL_S("“")) && pl_str_ends(inside, PL_S("”")) &&
        pl_str_find(inside, PL_S("”"), 0) == inside.n - PL_S("”").n)
        return pl_str_sub(inside, 0, inside.n - PL_S("”").n);
    return noun;
}

static pl_str head_of(const pl_lexicon *lx, pl_str noun)
{
    const pl_words words = PL_WORDS(VERB) | PL_WORDS(DIRECTION) | PL_WORDS(GROWTH);
    const pl_word *w = pl_lexicon_end(lx, words, noun);
    size_t i = noun.n;

    if (w && (w->class != PL_WORD_VERB || pl_str_eq(w->field[0], PL_S("head"))))
        return pl_str_tail(noun, noun.n - w->word.n);
    for (size_t n = 0; i && n < HEAD_CHARS; n++)
        i = pl_utf8_back(noun, i);
    return pl_str_tail(noun, i);
}

static void keep(nouns_in *in, size_t i, pl_span noun)
{
    pl_fact *f = &in->facts[i];
    const pl_word *owner;

    f->noun = without_quotes(sub(in, noun));
    f->kind = kind_of(in, i, f->noun);
    f->head = head_of(in->lx, f->noun);
    owner = pl_lexicon_at(in->lx, PL_WORDS(OWNER), f->noun);
    if (owner && !pl_str_eq(owner->field[0], PL_S("indicator")))
        f->scope = pl_str_sub(f->noun, 0, owner->word.n);
}

static void decide(nouns_in *in, pl_span *nouns)
{
    for (size_t i = 0; i < in->n; i++) {
        one *o = &in->all[i];

        o->left = pl_fact_left_of(in->lx, in->s, o->left_from, o->at);
        if (nouns[i].n == 0)
            nouns[i] = noun_of(in, i, nouns);
        if (o->left.each)
            spread_names(in, i, nouns);
        keep(in, i, nouns[i]);
    }
}

pl_status pl_fact_nouns(pl_ctx *cx, pl_plan *plan, const pl_fact_text *t,
                        pl_arena *scratch)
{
    pl_arena_mark here = pl_arena_here(scratch);
    nouns_in in = {.lx = cx->lexicon, .s = t->fold.s, .n = t->n_facts};
    pl_span *nouns;

    if (in.n == 0)
        return PL_OK;
    in.facts = &plan->facts.p[t->first_fact];
    in.all = PL_NEW_N(scratch, one, in.n);
    nouns = PL_NEW_N(scratch, pl_span, in.n);
    if (!in.all || !nouns)
        return pl_fail_memory(cx);
    read_right(&in);
    part_stretches(&in);
    look_ahead(&in);
    decide(&in, nouns);
    for (size_t i = 0; i < in.n; i++) {
        pl_str noun = in.facts[i].noun;

        if (noun.n)
            in.facts[i].subject =
                pl_fact_text_at(t, (pl_span){(size_t)(noun.p - in.s.p), noun.n});
    }
    pl_arena_reset(scratch, here);
    return PL_OK;
}
