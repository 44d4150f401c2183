#include "phrase/parse.h"

/* What a reference speaks of: `市级要求`, `全国平均水平`, `the national average`. Split
 * into whose value (an OWNER that the words begin with) and which (the rest). */

enum { OPERAND_BYTES = 120 }; /* longer is a sentence, not a reference */

static bool has_digit(pl_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (pl_is_digit(s.p[i]) && (i == 0 || !pl_is_alpha(s.p[i - 1])))
            return true;
    return false;
}

/* Where the operand that begins here ends: at brackets, or at `by 2030`. */
static size_t operand_end(pl_parser *p)
{
    size_t from = p->at, end = from;

    while (p->at < p->end) {
        char c = pl_parse_peek(p);

        if (pl_parse_ended(p) || c == ':')
            break;
        if ((c == ' ' || pl_is_alpha(c)) && pl_parse_by_ahead(p))
            break;
        p->at++;
        while (pl_is_alpha(c) && pl_is_alpha(pl_parse_peek(p)))
            p->at++;
        end = p->at;
    }
    p->at = from;
    return end;
}

static pl_str no_article(pl_str s)
{
    static const pl_str articles[] = {PL_S_INIT("the "), PL_S_INIT("a "),
                                      PL_S_INIT("their "), PL_S_INIT("its ")};

    for (size_t i = 0; i < PL_COUNT(articles); i++)
        if (pl_str_eat(&s, articles[i]))
            return s;
    if (s.n > 3 && (unsigned char)s.p[3] >= 0x80) /* folding drops the space there */
        (void)pl_str_eat(&s, PL_S("the"));
    return s;
}

/* The owner at the start of s, empty when there is none; *rest is what follows it,
 * without 的 and 's where the owner is read the same without them. */
static pl_str owner_of(const pl_parser *p, pl_str s, pl_str *rest)
{
    static const pl_str links[] = {PL_S_INIT("的"), PL_S_INIT("'s "), PL_S_INIT("’s "),
                                   PL_S_INIT(" ")};
    const pl_word *w = pl_lexicon_at(p->lx, PL_WORDS(OWNER), s);
    pl_str owner, tail;

    *rest = s;
    if (!w)
        return (pl_str){0};
    owner = pl_str_sub(s, 0, w->word.n);
    tail = pl_str_tail(s, w->word.n);
    *rest = tail;
    for (size_t i = 0; i < PL_COUNT(links); i++)
        if (pl_str_eat(&tail, links[i]))
            break;
    *rest = tail;
    return owner;
}

/* A standard that can end a reference: any behind an owner, else one that is not only a
 * word like 增长. */
static bool standard_ok(const pl_parser *p, pl_str standard, bool owned)
{
    const pl_word *w = pl_lexicon_end(p->lx, PL_WORDS(STANDARD), standard);

    if (!w)
        return false;
    return owned || !pl_word_is(w, 0, "after");
}

static bool split(const pl_parser *p, pl_str s, pl_node *n)
{
    pl_str rest, owner = owner_of(p, s, &rest);

    if (s.n == 0 || s.n > OPERAND_BYTES || has_digit(s) || has_digit(rest))
        return false;
    if (rest.n ? !standard_ok(p, rest, owner.n > 0) : owner.n == 0)
        return false;
    n->owner = owner;
    n->standard = rest;
    return true;
}

static pl_str trimmed(pl_str s)
{
    while (s.n && s.p[s.n - 1] == ' ')
        s.n--;
    while (s.n && s.p[0] == ' ')
        s = pl_str_tail(s, 1);
    return s;
}

/* Text of the folded phrase that a view of it shows, as it would be folded again. */
static pl_str kept(pl_parser *p, pl_str s)
{
    size_t from = s.p ? (size_t)(s.p - p->fold.s.p) : p->at;

    return pl_parse_text(p, from, from + s.n);
}

/* R-134, 达到目标, without a word about whose: a claim. */
static bool is_own(const pl_parser *p, const pl_node *n)
{
    const pl_word *w = pl_lexicon_whole(p->lx, PL_WORDS(STANDARD), n->standard);

    return n->owner.n == 0 && w && (pl_word_is(w, 0, "task") || pl_word_is(w, 0, "own"));
}

static pl_node *reference_of(pl_parser *p, pl_ref ref, size_t from, pl_str operand)
{
    pl_node found = {0}, *n;

    operand = no_article(trimmed(operand));
    if (!split(p, operand, &found))
        return NULL;
    if (ref == PL_REF_REACH && is_own(p, &found)) {
        n = pl_parse_node(p, PL_NODE_ASSERTED, from);
        if (n)
            n->text = pl_parse_text(p, from, p->at);
        return n;
    }
    n = pl_parse_node(p, PL_NODE_REFERENCE, from);
    if (!n)
        return NULL;
    n->ref = ref;
    n->owner = kept(p, found.owner);
    n->standard = kept(p, found.standard);
    return p->st == PL_OK ? n : NULL;
}

/* R-133, 高于全国平均水平1个百分点: by how much has no place in the tree, so it is left
 * as a note and the phrase is not complete. */
static pl_node *with_margin(pl_parser *p, pl_ref ref, size_t from, size_t end)
{
    size_t begin = p->at, at = begin;
    pl_node *n = NULL, *left;

    while (at < end && !pl_is_digit(p->fold.s.p[at]))
        at++;
    p->at = at;
    if (at > begin && pl_parse_amount(p, PL_AMOUNT_SMALL))
        n = reference_of(p, ref, from, pl_parse_slice(p, begin, at));
    if (!n || n->kind != PL_NODE_REFERENCE || n->owner.n == 0)
        return NULL;
    left = pl_parse_node(p, PL_NODE_NOTE, at);
    if (!left)
        return NULL;
    left->text = pl_parse_text(p, at, p->at);
    p->left = left;
    return n;
}

pl_node *pl_parse_reference(pl_parser *p, pl_ref ref, size_t from)
{
    size_t begin = p->at, end = operand_end(p);
    pl_node *n;

    p->at = end;
    n = reference_of(p, ref, from, pl_parse_slice(p, begin, end));
    if (n)
        return n;
    p->at = begin;
    if (has_digit(pl_parse_slice(p, begin, end)))
        n = with_margin(p, ref, from, end);
    if (!n)
        p->at = begin;
    return n;
}

/* 与 … 同步: what stands between may be anything that has no figure. */
pl_node *pl_parse_sync(pl_parser *p, size_t from)
{
    size_t begin = p->at, end = operand_end(p);
    pl_str operand = pl_parse_slice(p, begin, end);
    const pl_word *w = pl_lexicon_end(p->lx, PL_WORDS(COMPARE), operand);
    pl_node *n;

    if (!w || !pl_word_is(w, 1, "end") || operand.n == w->word.n)
        return NULL;
    operand.n -= w->word.n;
    if (operand.n > OPERAND_BYTES || has_digit(operand))
        return NULL;
    p->at = end;
    n = reference_of(p, PL_REF_SYNC, from, operand);
    if (n)
        return n;
    n = pl_parse_node(p, PL_NODE_REFERENCE, from);
    if (n) {
        n->ref = PL_REF_SYNC;
        n->owner = pl_parse_text(p, begin, begin + operand.n);
    }
    return n;
}

/* 净减1.2平方公里任务: a core up to `end`, where the word begins that closes it. */
static pl_node *core_up_to(pl_parser *p, size_t end)
{
    size_t begin = p->at, all = p->end;
    pl_node *n = NULL;

    p->end = end;
    if (begin < end)
        n = pl_parse_core(p, false);
    if (n && p->at != end)
        n = NULL;
    p->end = all;
    p->at = n ? p->at : begin;
    return n;
}

pl_node *pl_parse_claimed(pl_parser *p, bool only_task)
{
    size_t begin = p->at, end = operand_end(p);
    const pl_word *w =
        pl_lexicon_end(p->lx, PL_WORDS(STANDARD), pl_parse_slice(p, begin, end));
    bool task = w && pl_word_is(w, 0, "task");
    pl_node *n = NULL, found = {0};

    if (only_task && !task)
        return NULL;
    if (task)
        n = core_up_to(p, end - w->word.n);
    if (n) {
        p->at = end;
        return n;
    }
    if (!split(p, trimmed(pl_parse_slice(p, begin, end)), &found))
        return NULL;
    p->at = end;
    n = pl_parse_node(p, PL_NODE_REFERENCE, begin);
    if (n) {
        n->owner = kept(p, found.owner);
        n->standard = kept(p, found.standard);
    }
    return n;
}
