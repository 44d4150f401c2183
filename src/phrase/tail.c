#include "phrase/parse.h"

/* What stands behind a clause's main node: brackets with a fallback, an amendment,
 * another figure or a remark; `revised to 5.5`; words of time; and what is left over. */

enum { MOST_TAILS = 16 }; /* brackets behind one node: keeps trees shallow */

/* The open node (no kid yet) that brackets fill: a reference without fallback, or words
 * like 征求意见中. */
static pl_node *open_node(pl_node *n)
{
    while (n) {
        if (n->kind == PL_NODE_REFERENCE || n->kind == PL_NODE_PROVISIONAL) {
            if (!n->kid)
                return n;
        }
        if (n->kind == PL_NODE_AMENDED) {
            n = n->kid->next;
            continue;
        }
        if (n->kind != PL_NODE_BY && n->kind != PL_NODE_QUALIFIER &&
            n->kind != PL_NODE_PROVISIONAL && n->kind != PL_NODE_CUMULATIVE &&
            n->kind != PL_NODE_ASSERTED)
            return NULL;
        n = n->kid;
    }
    return NULL;
}

/* The figure that 调整为 or 原 introduces, here; *later: it is the newer one. */
static pl_node *amendment(pl_parser *p, bool in_brackets, bool *later)
{
    size_t from = p->at;
    pl_words left = PL_WORDS(AMENDED);
    const pl_word *w = NULL;

    while ((w = pl_parse_next_word(p, PL_WORDS(AMENDED), &left, w)) != NULL) {
        pl_node *n;

        pl_parse_take(p, w);
        if (pl_parse_peek(p) == ':')
            p->at++;
        *later = pl_word_is(w, 0, "later");
        n = in_brackets ? pl_parse_body(p) : pl_parse_core(p, false);
        if (n)
            return n;
        p->at = from;
    }
    return NULL;
}

static pl_node *amended(pl_parser *p, pl_node *main, pl_node *other, bool later)
{
    pl_node *n = pl_parse_node(p, PL_NODE_AMENDED, p->at), *open = open_node(main);

    if (!n)
        return NULL;
    if (open && open->kind == PL_NODE_PROVISIONAL)
        open->kid = pl_parse_node(p, PL_NODE_NONE, p->at); /* nothing was said */
    n->at = (pl_span){main->at.at, other->at.at + other->at.n - main->at.at};
    n->kid = later ? main : other;
    n->kid->next = later ? other : main;
    n->kid->next->next = NULL;
    return n;
}

/* Put `now` in the place of the chain's main node; what followed it stays. */
static void set_main(pl_chain *c, pl_node *now, pl_node *rest)
{
    *c->main = now;
    now->next = rest;
    if (!rest)
        c->tail = &now->next;
}

/* The main node without what follows it in the chain. */
static pl_node *take_main(pl_chain *c, pl_node **rest)
{
    pl_node *n = *c->main;

    *rest = n->next;
    n->next = NULL;
    return n;
}

/* An earlier figure goes before the earliest, so that amendments nest to the left and are
 * printed in their order. */
static pl_node *amend_earliest(pl_parser *p, pl_node *main, pl_node *other)
{
    pl_node **link = &main->kid, *last, *n;

    while ((*link)->kind == PL_NODE_AMENDED)
        link = &(*link)->kid;
    last = (*link)->next;
    (*link)->next = NULL;
    n = (*link)->kind == PL_NODE_NONE ? other : amended(p, *link, other, false);
    if (!n)
        n = *link;
    *link = n;
    n->next = last;
    return main;
}

static bool amend_main(pl_parser *p, pl_chain *c, bool in_brackets)
{
    bool later = true;
    pl_node *rest, *main, *other, *n;

    other = amendment(p, in_brackets, &later);
    if (!other)
        return false;
    main = take_main(c, &rest);
    n = main->kind == PL_NODE_AMENDED && !later ? amend_earliest(p, main, other)
                                                : amended(p, main, other, later);
    set_main(c, n ? n : main, rest);
    return n != NULL;
}

/* What stands in brackets, by how it is written. */

/* (%) behind a bare figure is its unit. */
static bool unit_in(pl_parser *p, pl_chain *c)
{
    const pl_word *w =
        pl_lexicon_whole(p->lx, PL_WORDS(UNIT) | PL_WORDS(COUNTER), pl_parse_rest(p));
    pl_node *n = *c->main;

    while (n && n->kid && (n->kind == PL_NODE_BOUND || n->kind == PL_NODE_ABOUT))
        n = n->kid;
    if (!w || !n || n->kind != PL_NODE_NUMBER || n->unit.n ||
        pl_dec_cmp(w->factor, PL_DEC_INT(1)) != 0 || !pl_str_eq(w->word, w->field[2]))
        return false;
    n->unit_word = w;
    n->unit = w->word;
    n->percent_points = pl_str_eq(w->field[0], PL_S("point"));
    p->at = p->end;
    return true;
}

/* (初步核算) marks the figure before it. */
static bool provisional_in(pl_parser *p, pl_chain *c)
{
    const pl_word *w = pl_lexicon_whole(p->lx, PL_WORDS(PROVISIONAL), pl_parse_rest(p));
    pl_node *rest, *main, *n;

    if (!w || open_node(*c->main))
        return false;
    main = take_main(c, &rest);
    n = pl_parse_node(p, PL_NODE_PROVISIONAL, p->at);
    if (n) {
        n->at = main->at;
        n->text = w->word;
        n->kid = main;
    }
    set_main(c, n ? n : main, rest);
    p->at = p->end;
    return n != NULL;
}

/* Another figure becomes BASIS; its qualifier is the label. */
static pl_node *basis(pl_parser *p, pl_node *n)
{
    pl_node *b = pl_parse_node(p, PL_NODE_BASIS, p->at);

    if (!b)
        return NULL;
    b->at = n->at;
    b->next = n->next;
    if (n->kind == PL_NODE_QUALIFIER && n->kid) {
        b->text = n->text;
        b->kid = n->kid;
    } else {
        n->next = NULL;
        b->kid = n;
    }
    return b;
}

static bool is_remark(const pl_node *n)
{
    return n->kind == PL_NODE_NOTE || n->kind == PL_NODE_BASIS ||
           (n->kind == PL_NODE_QUALIFIER && !n->kid);
}

/* 同口径, like-for-like: the label of another figure, not words of a fallback. */
static bool is_basis_label(const pl_parser *p, const pl_node *n)
{
    return n->kind == PL_NODE_QUALIFIER && n->kid &&
           pl_lexicon_whole(p->lx, PL_WORDS(BASIS), n->text) &&
           !pl_lexicon_whole(p->lx, PL_WORDS(OWNER), n->text);
}

/* The first of the nodes in brackets fills an open node. */
static pl_node *fill(pl_parser *p, pl_node *open, pl_node *inside)
{
    pl_node *rest = inside->next, *n = inside;

    inside->next = NULL;
    if (open->kind == PL_NODE_REFERENCE) {
        n = pl_parse_node(p, PL_NODE_FALLBACK, p->at);
        if (!n)
            return rest;
        n->at = inside->at;
        n->kid = inside;
    }
    open->kid = n;
    return rest;
}

static void others_in(pl_parser *p, pl_chain *c)
{
    pl_node *n, *open = open_node(*c->main);
    pl_chain in;

    pl_parse_chain(p, &in);
    n = in.first;
    if (n && open && !is_remark(n) &&
        !(open->kind == PL_NODE_REFERENCE && is_basis_label(p, n)))
        n = fill(p, open, n);
    while (n && p->st == PL_OK) {
        pl_node *next = n->next;

        n->next = NULL;
        n = is_remark(n) ? n : basis(p, n);
        if (n)
            pl_chain_add(c, n);
        n = next;
    }
}

/* The brackets at the reading place, which close at `close`. */
static void brackets(pl_parser *p, pl_chain *c, size_t close)
{
    size_t end = p->end, begin = p->begin;
    const pl_node *open = open_node(*c->main);

    p->at++;
    p->end = close;
    p->begin = p->at;
    p->plain = open && open->kind == PL_NODE_PROVISIONAL;
    p->in_brackets++;
    pl_parse_space(p);
    if (!(!p->plain && amend_main(p, c, true) && p->at == p->end) && !unit_in(p, c) &&
        !provisional_in(p, c)) {
        if (p->at < p->end)
            others_in(p, c);
    }
    p->in_brackets--;
    p->at = close + 1;
    p->end = end;
    p->begin = begin;
}

/* Words of time behind brackets: (32) by 2030. */
static bool time_behind(pl_parser *p, pl_chain *c)
{
    size_t at = p->at;
    pl_node *rest, *main = take_main(c, &rest), *n;

    n = pl_parse_time_behind(p, main, at);
    set_main(c, n, rest);
    return p->at > at;
}

static bool one_tail(pl_parser *p, pl_chain *c)
{
    char ch = pl_parse_peek(p);
    size_t close, at = p->at;
    pl_node *literal;

    if (ch == '(' && (close = pl_parse_close(p, at)) != 0) {
        brackets(p, c, close);
        return true;
    }
    if (ch == '{' && (literal = pl_parse_literal(p)) != NULL) {
        pl_chain_add(c, literal);
        return true;
    }
    pl_parse_space(p);
    if (amend_main(p, c, false) || time_behind(p, c))
        return true;
    p->at = at;
    return false;
}

void pl_parse_tail(pl_parser *p, pl_chain *c)
{
    for (int i = 0; i < MOST_TAILS && p->at < p->end && p->st == PL_OK; i++)
        if (!one_tail(p, c))
            return;
}

/* What is left over. */

enum {
    NOUN_BYTES = 72, /* 24 ideographs: longer is a statement, not a name */
    OF_BYTES = 160   /* `of households in …` */
};

/* Words that only name something: no figure, no word that bounds or compares. */
static bool is_noun(const pl_parser *p, pl_str s)
{
    const pl_words speaking = PL_WORDS(BOUND) | PL_WORDS(ABOUT) | PL_WORDS(LEVEL) |
                              PL_WORDS(AMENDED) | PL_WORDS(PENDING);
    const pl_word *w;
    bool of = pl_str_starts(s, PL_S("of ")) || pl_str_starts(s, PL_S("的"));

    if (s.n == 0 || s.n > (of ? (size_t)OF_BYTES : (size_t)NOUN_BYTES))
        return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];

        if ((unsigned char)c < 0x80 && !pl_is_alpha(c) && c != ' ' && c != '-' &&
            c != '/')
            return false;
    }
    w = of ? NULL : pl_lexicon_in(p->lx, speaking, s, NULL);
    return !w || w->word.n <= 3; /* 到, 达: too short to mean something inside a name */
}

pl_node *pl_parse_remainder(pl_parser *p, size_t to)
{
    size_t from = p->at;
    pl_str text = pl_parse_text(p, from, to);
    bool noun = is_noun(p, text);
    pl_node *n;

    p->at = to;
    if (text.n == 0)
        return NULL;
    n = pl_parse_node(p, noun ? PL_NODE_QUALIFIER : PL_NODE_NOTE, from);
    if (n)
        n->text = text;
    return n;
}

/* {words} and {?words}, where }} stands for }. */
pl_node *pl_parse_literal(pl_parser *p)
{
    size_t from = p->at, n_bytes = 0;
    size_t close = pl_parse_peek(p) == '{' ? pl_parse_close(p, from) : 0;
    bool note = from + 1 < close && p->fold.s.p[from + 1] == '?';
    size_t begin = from + 1 + (note ? 1 : 0);
    pl_node *n;
    char *text;

    if (!close)
        return NULL;
    text = PL_NEW_N(p->cx->arena, char, close - begin + 1);
    p->at = close + 1;
    n = text ? pl_parse_node(p, note ? PL_NODE_NOTE : PL_NODE_QUALIFIER, from) : NULL;
    if (!n) {
        p->st = PL_ENOMEM;
        return NULL;
    }
    for (size_t i = begin; i < close; i++) {
        text[n_bytes++] = p->fold.s.p[i];
        if (p->fold.s.p[i] == '}')
            i++;
    }
    n->text = (pl_str){text, n_bytes};
    return n;
}
