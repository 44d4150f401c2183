/* Which way is good: R-208. An operator in the target's own words, then one in another
 * period's target, then the user's setting, then the lexicon of names. */
#include "judge/ruling.h"
#include "text/utf8.h"

enum { DEPTH_MAX = 64 };

typedef struct found {
    const pl_word *word; /* NULL: none */
    size_t at, end;      /* in the name */
} found;

/* the word that ends last in the name, the longest of those: the head of a Chinese
 * name comes last (能耗 is bad, its 降幅 is good). */
static found last_word(const pl_lexicon *lx, pl_str name)
{
    found last = {0};

    for (size_t i = 0; i < name.n; i += pl_utf8_len((unsigned char)name.p[i])) {
        const pl_word *w;

        if (i > 0 && pl_is_alpha(name.p[i]) && pl_is_alpha(name.p[i - 1]))
            continue; /* inside a Latin word */
        w = pl_lexicon_at(lx, PL_WORDS(DIRECTION), pl_str_tail(name, i));
        if (w && i + w->word.n > last.end)
            last = (found){w, i, i + w->word.n};
    }
    return last;
}

static pl_dir dir_of_field(pl_str field)
{
    if (pl_str_eq(field, PL_S("up")))
        return PL_DIR_UP;
    return pl_str_eq(field, PL_S("down")) ? PL_DIR_DOWN : PL_DIR_NONE;
}

/* The name without what follows a colon or stands in brackets at its end. */
static pl_str head_of(pl_str name)
{
    static const char wide = '\xef'; /* ： and （ begin so, hardly anything else does */

    for (size_t i = 1; i < name.n; i++) {
        if (name.p[i] == ':' || name.p[i] == '(' ||
            (name.p[i] == wide && (pl_str_starts(pl_str_tail(name, i), PL_S("：")) ||
                                   pl_str_starts(pl_str_tail(name, i), PL_S("（")))))
            return pl_str_trim(pl_str_sub(name, 0, i));
    }
    return name;
}

/* A word of the name that counts new things or net change: 新增 in 新增停车位. */
static const pl_word *counts_change(const pl_lexicon *lx, pl_str name)
{
    const pl_word *w = pl_lexicon_in(lx, PL_WORDS(CHANGE), name, NULL);

    return w && (w->field[2].n || pl_str_eq(w->field[1], PL_S("net"))) ? w : NULL;
}

/* 降幅, 下降率: the word of change that a name of a rate begins with says which way. */
static int growth_sign(const pl_lexicon *lx, pl_str rate)
{
    const pl_word *w = pl_lexicon_at(lx, PL_WORDS(CHANGE), rate);

    return w && dir_of_field(w->field[0]) == PL_DIR_DOWN ? -1 : 1;
}

static const pl_word *rate_word(const pl_lexicon *lx, pl_str name)
{
    const pl_word *w = pl_lexicon_end(lx, PL_WORDS(GROWTH) | PL_WORDS(CHANGE), name);
    bool of_change = w && w->class == PL_WORD_CHANGE;

    return of_change && dir_of_field(w->field[0]) == PL_DIR_NONE ? NULL : w;
}

/* The word of growth or fall that makes a name that of a rate, and what it is the growth
 * of. Chinese names and most English ones end in it; `reduction in emissions` begins so
 * (short words that begin a name, up and cut, are not meant). */
typedef struct rate {
    const pl_word *word; /* NULL: the name is that of a level */
    size_t at;
    pl_str of;
} rate;

static rate rate_of(const pl_lexicon *lx, pl_str name)
{
    enum { LETTERS_MIN = 6 };
    pl_str head = name;
    rate r = {rate_word(lx, head), 0, {0}};

    if (!r.word) {
        head = head_of(name);
        r.word = rate_word(lx, head);
    }
    if (r.word) {
        r.at = head.n - r.word->word.n;
        r.of = pl_str_sub(head, 0, r.at);
        return r;
    }
    if (name.n && pl_is_alpha(name.p[0]))
        r.word = pl_lexicon_at(lx, PL_WORDS(GROWTH) | PL_WORDS(CHANGE), name);
    if (r.word && r.word->word.n < LETTERS_MIN)
        r.word = NULL;
    if (r.word)
        r.of = pl_str_tail(name, r.word->word.n);
    return r;
}

int pl_rate_sign(const pl_lexicon *lx, pl_str name)
{
    const pl_word *w;

    if (!lx || name.n == 0)
        return 0;
    w = rate_of(lx, name).word;
    if (!w)
        w = counts_change(lx, name);
    return w ? growth_sign(lx, w->word) : 0;
}

/* Growth of what is bad is bad, its fall is good; of what is not known both are good, or
 * nobody would count them. */
static pl_way way_of_rate(const pl_lexicon *lx, pl_str name, const rate *r)
{
    found of = last_word(lx, r->of);
    pl_dir dir = of.word ? dir_of_field(of.word->field[0]) : PL_DIR_NONE;
    bool bad = growth_sign(lx, r->word->word) > 0 ? dir == PL_DIR_DOWN : dir == PL_DIR_UP;
    size_t from = bad && r->at && of.end == r->at ? of.at : r->at;

    return (pl_way){bad ? PL_DIR_DOWN : PL_DIR_UP, PL_DIR_FROM_NAME,
                    pl_str_sub(name, from, r->at + r->word->word.n - from)};
}

/* The rate's word, where the last word of direction is one, or no word of direction ends
 * the name; word NULL otherwise. */
static rate rate_at_end(const pl_lexicon *lx, pl_str name, const found *last)
{
    rate r = {0};

    if (!last->word || (last->end != name.n && last->end != head_of(name).n))
        return rate_of(lx, name);
    r.word = pl_lexicon_whole(lx, PL_WORDS(GROWTH) | PL_WORDS(CHANGE), last->word->word);
    r.at = last->at;
    r.of = pl_str_sub(name, 0, last->at);
    if (!r.word && pl_is_alpha(name.p[0]))
        r = rate_of(lx, name);
    return r;
}

/* R-208, the last of its sources. */
static pl_way way_of_name(const pl_lexicon *lx, pl_str name)
{
    found last;
    rate r;
    pl_dir dir;

    if (!lx || name.n == 0)
        return (pl_way){0};
    last = last_word(lx, name);
    r = rate_at_end(lx, name, &last);
    if (r.word)
        return way_of_rate(lx, name, &r);
    dir = last.word ? dir_of_field(last.word->field[0]) : PL_DIR_NONE;
    return dir == PL_DIR_NONE ? (pl_way){0}
                              : (pl_way){dir, PL_DIR_FROM_NAME, last.word->word};
}

pl_dir pl_direction_of(const pl_lexicon *lx, pl_str name)
{
    return way_of_name(lx, name).dir;
}

static pl_dir dir_of_op(pl_op op)
{
    return op == PL_OP_GE || op == PL_OP_GT ? PL_DIR_UP : PL_DIR_DOWN;
}

pl_dir pl_dir_of_ref(pl_ref ref)
{
    switch (ref) {
    case PL_REF_GE:
    case PL_REF_GT:
        return PL_DIR_UP;
    case PL_REF_LE:
    case PL_REF_LT:
        return PL_DIR_DOWN;
    case PL_REF_REACH:
    case PL_REF_SYNC:
    case PL_REF_AT_LEAST:
    case PL_REF_COUNT:
        break;
    }
    return PL_DIR_NONE;
}

static pl_dir dir_of_node(const pl_node *n)
{
    if (n->kind == PL_NODE_BOUND)
        return dir_of_op(n->op);
    if (n->kind == PL_NODE_REFERENCE)
        return pl_dir_of_ref(n->ref);
    if (n->kind == PL_NODE_LEVEL || n->kind == PL_NODE_TREND)
        return n->dir == PL_DIR_FLAT ? PL_DIR_NONE : n->dir;
    return PL_DIR_NONE;
}

/* The first operator in a phrase. Inside an amount of change it bounds the change, not
 * the figure, and a basis is not the target. */
static pl_dir operator_in(const pl_node *n, int depth)
{
    pl_dir dir = PL_DIR_NONE;

    for (; n && dir == PL_DIR_NONE && depth < DEPTH_MAX; n = n->next) {
        dir = dir_of_node(n);
        if (dir == PL_DIR_NONE && n->kind != PL_NODE_CHANGE && n->kind != PL_NODE_BASIS)
            dir = operator_in(n->kid, depth + 1);
    }
    return dir;
}

/* Where other periods contradict each other they say nothing. */
static pl_dir other_periods(const pl_judge_in *in)
{
    pl_dir dir = PL_DIR_NONE;

    for (size_t i = 0; i <= in->n_other_targets; i++) {
        const pl_phrase *p =
            i < in->n_other_targets ? in->other_targets[i] : in->term_target;
        pl_dir d = p && p != in->target ? operator_in(p->first, 0) : PL_DIR_NONE;

        if (d == PL_DIR_NONE)
            continue;
        if (dir != PL_DIR_NONE && dir != d)
            return PL_DIR_NONE;
        dir = d;
    }
    return dir;
}

/* The last resort: a change asked for in another period: 净减 says that less is better.
 * Of a rate's own name it says nothing about the figures. */
static pl_dir other_change(const pl_judge_in *in)
{
    for (size_t i = 0; i <= in->n_other_targets; i++) {
        const pl_phrase *p =
            i < in->n_other_targets ? in->other_targets[i] : in->term_target;
        const pl_node *n = p ? pl_phrase_find(p, PL_NODE_CHANGE) : NULL;

        if (n && (n->dir == PL_DIR_UP || n->dir == PL_DIR_DOWN))
            return n->dir;
    }
    return PL_DIR_NONE;
}

pl_way pl_way_known(const pl_judging *j, const pl_aim *g)
{
    pl_way way = {0};

    if (j->in->direction != PL_DIR_NONE)
        return (pl_way){j->in->direction, PL_DIR_FROM_SETTING, {0}};
    if (g->qualifier.n)
        way = way_of_name(j->lx, g->qualifier);
    return way.dir != PL_DIR_NONE ? way : way_of_name(j->lx, j->in->name);
}

static pl_dir own_operator(const pl_aim *g)
{
    if (g->leaf && g->leaf->kind == PL_NODE_BOUND)
        return dir_of_op(g->leaf->op);
    if (g->has_op)
        return dir_of_op(g->op);
    return g->dir;
}

/* What the words around the figure say: other periods, the user, the name. */
static pl_way way_around(const pl_judging *j, const pl_aim *g)
{
    pl_dir dir = other_periods(j->in);
    pl_way way;

    if (dir != PL_DIR_NONE)
        return (pl_way){dir, PL_DIR_FROM_OTHER_PERIOD, {0}};
    way = pl_way_known(j, g);
    if (way.dir != PL_DIR_NONE || pl_rate_sign(j->lx, j->in->name) != 0)
        return way;
    dir = other_change(j->in);
    return (pl_way){
        dir, dir == PL_DIR_NONE ? PL_DIR_FROM_NONE : PL_DIR_FROM_OTHER_PERIOD, {0}};
}

pl_way pl_way_of(const pl_judging *j, const pl_aim *g)
{
    pl_dir own = own_operator(g);
    bool lent = g->from == PL_REF_FROM_TERM && !g->has_op;
    pl_way way = {own, lent ? PL_DIR_FROM_OTHER_PERIOD : PL_DIR_FROM_OPERATOR, {0}};

    if (own == PL_DIR_UP || own == PL_DIR_DOWN)
        return way;
    if (own == PL_DIR_FLAT) { /* 保持在95%: better is good too, where it is known */
        pl_way around = way_around(j, g);

        return around.dir == PL_DIR_NONE ? way : around;
    }
    return way_around(j, g);
}
