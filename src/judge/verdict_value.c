/* A value understood: down to its figure, or to what stands in the place of one. */
#include "judge/ruling.h"

enum { STEPS_MAX = 128 };

bool pl_label_is_owner(const pl_lexicon *lx, pl_str label)
{
    return lx && pl_lexicon_at(lx, PL_WORDS(OWNER), label);
}

/* The same owner by name, or of the same rank: 全市平均水平 and 市级. */
bool pl_owner_same(const pl_lexicon *lx, pl_str a, pl_str b)
{
    const pl_word *x, *y;

    if (pl_str_eq(a, b))
        return a.n > 0;
    if (!lx)
        return false;
    x = pl_lexicon_at(lx, PL_WORDS(OWNER), a);
    y = pl_lexicon_at(lx, PL_WORDS(OWNER), b);
    return x && y && (x == y || (x->field[0].n && pl_str_eq(x->field[0], y->field[0])));
}

/* words that turn a claim of completion into one of failure: they stand before it
 * (未 完成), or make it (missed). */
static bool denies(pl_str words)
{
    static const pl_str before[] = {
        PL_S_INIT("未"),    PL_S_INIT("未能"), PL_S_INIT("没"),   PL_S_INIT("没有"),
        PL_S_INIT("不"),    PL_S_INIT("不能"), PL_S_INIT("无法"), PL_S_INIT("难以"),
        PL_S_INIT("难"),    PL_S_INIT("未按"), PL_S_INIT("not"),  PL_S_INIT("never"),
        PL_S_INIT("cannot")};

    for (size_t i = 0; i < PL_COUNT(before); i++)
        if (pl_str_ends(words, before[i]))
            return true;
    return false;
}

static bool is_failure(pl_str words)
{
    static const pl_str failure[] = {
        PL_S_INIT("未完成"),   PL_S_INIT("未能完成"),     PL_S_INIT("未达"),
        PL_S_INIT("未能达"),   PL_S_INIT("未实现"),       PL_S_INIT("未能实现"),
        PL_S_INIT("没完成"),   PL_S_INIT("没有完成"),     PL_S_INIT("无法完成"),
        PL_S_INIT("无法达"),   PL_S_INIT("不能完成"),     PL_S_INIT("不达标"),
        PL_S_INIT("难以完成"), PL_S_INIT("missed"),       PL_S_INIT("failed"),
        PL_S_INIT("not met"),  PL_S_INIT("not achieved"), PL_S_INIT("off track")};

    for (size_t i = 0; i < PL_COUNT(failure); i++)
        if (pl_str_has(words, failure[i]))
            return true;
    return false;
}

static const pl_node *claim(pl_reading *r, const pl_node *n)
{
    r->have = PL_HAVE_CLAIM;
    r->denied = r->denied || (n->kind == PL_NODE_ASSERTED && is_failure(n->text));
    if (n->kind == PL_NODE_REFERENCE)
        r->dir = pl_dir_of_ref(n->ref);
    if (n->kind == PL_NODE_REFERENCE && !n->kid)
        return NULL;
    return n->kid;
}

/* a figure inside a claim is a figure (已完成1530个); an amount of change or a
 * level is only the task's name (完成净减1.2平方公里任务). */
static const pl_node *leaf(pl_reading *r, const pl_node *n)
{
    r->leaf = n;
    if (r->have == PL_HAVE_NOTHING || (!r->denied && n->kind != PL_NODE_CHANGE))
        r->have = PL_HAVE_FIGURE;
    if (n->kind == PL_NODE_CHANGE)
        r->years = n->years;
    return NULL;
}

static const pl_node *level(const pl_node *n)
{
    const pl_node *kid = n->kid;

    while (kid && kid->next)
        kid = kid->next;
    return kid;
}

/* Words before a figure name it; before a claim they may deny it. */
static const pl_node *qualified(pl_reading *r, const pl_node *n)
{
    const pl_node *kid = n->kid;

    if (kid && (kid->kind == PL_NODE_ASSERTED || kid->kind == PL_NODE_REFERENCE) &&
        denies(n->text))
        r->denied = true;
    else
        r->qualifier = n->text;
    return kid;
}

static const pl_node *note(pl_reading *r, const pl_node *n)
{
    if (is_failure(n->text)) {
        r->have = PL_HAVE_CLAIM;
        r->denied = true;
    }
    return NULL;
}

static const pl_node *step(pl_reading *r, const pl_node *n)
{
    switch (n->kind) {
    case PL_NODE_NUMBER:
    case PL_NODE_RANGE:
    case PL_NODE_ABOUT:
    case PL_NODE_CHANGE:
        return leaf(r, n);
    case PL_NODE_BOUND:
        return pl_node_is_figure(n) ? leaf(r, n) : claim(r, n);
    case PL_NODE_LEVEL:
        return level(n);
    case PL_NODE_CUMULATIVE:
        r->cumulative = true;
        r->years = n->years;
        return n->kid;
    case PL_NODE_AMENDED:
        return n->kid && n->kid->next ? n->kid->next : n->kid;
    case PL_NODE_PROVISIONAL:
        r->draft = true; /* */
        r->draft_words = n->text;
        return n->kid;
    case PL_NODE_QUALIFIER:
        return qualified(r, n);
    case PL_NODE_BY:
    case PL_NODE_FALLBACK:
    case PL_NODE_BASIS:
        return n->kid;
    case PL_NODE_REFERENCE:
    case PL_NODE_ASSERTED:
        return claim(r, n);
    case PL_NODE_TREND:
        r->have = r->have == PL_HAVE_NOTHING ? PL_HAVE_TREND : r->have;
        r->dir = n->dir;
        return NULL;
    case PL_NODE_NOTE:
        return note(r, n);
    case PL_NODE_PENDING:
    case PL_NODE_NONE:
    case PL_NODE_KIND_COUNT:
        break;
    }
    return NULL;
}

void pl_reading_read(const pl_node *n, pl_reading *out)
{
    *out = (pl_reading){0};
    for (int i = 0; n && i < STEPS_MAX; i++)
        n = step(out, n);
}
