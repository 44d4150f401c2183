#include "phrase/phrase.h"

static const pl_str kind_token[] = {
#define X(name, token) PL_S_INIT(token),
    PL_NODE_LIST(X)
#undef X
};
_Static_assert(PL_COUNT(kind_token) == PL_NODE_KIND_COUNT, "one token per kind");

static const pl_str op_token[] = {PL_S_INIT("ge"), PL_S_INIT("gt"), PL_S_INIT("le"),
                                  PL_S_INIT("lt")};
_Static_assert(PL_COUNT(op_token) == PL_OP_COUNT, "one token per operator");

static const pl_str dir_token[] = {PL_S_INIT(""), PL_S_INIT("up"), PL_S_INIT("down"),
                                   PL_S_INIT("flat")};
_Static_assert(PL_COUNT(dir_token) == PL_DIR_COUNT, "one token per direction");

static const pl_str ref_token[] = {
#define X(name, token) PL_S_INIT(token),
    PL_REF_LIST(X)
#undef X
};
_Static_assert(PL_COUNT(ref_token) == PL_REF_COUNT, "one token per comparator");

pl_str pl_node_token(pl_node_kind k)
{
    return kind_token[k];
}

pl_str pl_op_token(pl_op op)
{
    return op_token[op];
}

pl_str pl_dir_token(pl_dir d)
{
    return dir_token[d];
}

pl_str pl_ref_token(pl_ref r)
{
    return ref_token[r];
}

static bool same_fields(const pl_node *a, const pl_node *b)
{
    return a->kind == b->kind && a->op == b->op && a->dir == b->dir &&
           a->side == b->side && a->ref == b->ref && a->year == b->year &&
           a->years == b->years && a->net == b->net && a->per_year == b->per_year &&
           a->percent_points == b->percent_points && pl_str_eq(a->text, b->text) &&
           pl_str_eq(a->owner, b->owner) && pl_str_eq(a->standard, b->standard) &&
           pl_str_eq(a->unit, b->unit) && pl_dec_cmp(a->value, b->value) == 0 &&
           pl_dec_cmp(a->resolution, b->resolution) == 0 &&
           pl_dec_cmp(a->scale, b->scale) == 0;
}

/* Siblings in a loop, kids by recursion: trees are no deeper than limits.depth lets the
 * reader go. */
static bool same_nodes(const pl_node *a, const pl_node *b)
{
    while (a && b) {
        if (!same_fields(a, b) || !same_nodes(a->kid, b->kid))
            return false;
        a = a->next;
        b = b->next;
    }
    return a == b;
}

bool pl_phrase_same(const pl_phrase *a, const pl_phrase *b)
{
    return a->complete == b->complete && same_nodes(a->first, b->first);
}

static const pl_node *find(const pl_node *n, pl_node_kind kind)
{
    for (; n; n = n->next) {
        const pl_node *hit = n->kind == kind ? n : find(n->kid, kind);

        if (hit)
            return hit;
    }
    return NULL;
}

const pl_node *pl_phrase_find(const pl_phrase *p, pl_node_kind kind)
{
    return find(p->first, kind);
}

const pl_node *pl_node_number(const pl_node *n)
{
    if (!n || n->kind == PL_NODE_NUMBER)
        return n;
    if (n->kind == PL_NODE_BASIS)
        return NULL;
    for (const pl_node *kid = n->kid; kid; kid = kid->next) {
        const pl_node *hit = pl_node_number(kid);

        if (hit)
            return hit;
    }
    return NULL;
}
