/* A phrase's tree as an s-expression: `(bound ge (number 6 %))`, siblings one after the
 * other. Words of fields come before the kids; texts are in quotes. For tests. */
#ifndef PL_TESTS_PHRASE_TREE_H
#define PL_TESTS_PHRASE_TREE_H

#include "phrase/phrase.h"

static inline void tree_text(pl_buf *b, const char *key, pl_str s)
{
    if (s.n)
        pl_buf_putf(b, " %s\"%.*s\"", key, PL_FMT(s));
}

static inline void tree_number(pl_buf *b, const pl_node *n)
{
    pl_dec unit_step = PL_DEC_INT(1);

    pl_buf_putc(b, ' ');
    pl_dec_put(b, n->value);
    if (pl_dec_cmp(n->resolution, unit_step) != 0) {
        pl_buf_put(b, PL_S("~"));
        pl_dec_put(b, n->resolution);
    }
    if (n->unit.n)
        pl_buf_putf(b, " %.*s", PL_FMT(n->unit));
}

static inline void tree_fields(pl_buf *b, const pl_node *n)
{
    static const char *const sides[] = {"", " below", " above"};

    if (n->kind == PL_NODE_NUMBER)
        tree_number(b, n);
    if (n->kind == PL_NODE_BOUND)
        pl_buf_putf(b, " %.*s", PL_FMT(pl_op_token(n->op)));
    if (n->kind == PL_NODE_REFERENCE)
        pl_buf_putf(b, " %.*s", PL_FMT(pl_ref_token(n->ref)));
    if (n->dir)
        pl_buf_putf(b, " %.*s", PL_FMT(pl_dir_token(n->dir)));
    if (n->net)
        pl_buf_put(b, PL_S(" net"));
    if (n->per_year)
        pl_buf_put(b, PL_S(" per-year"));
    if (n->percent_points && n->kind == PL_NODE_CHANGE)
        pl_buf_put(b, PL_S(" points"));
    pl_buf_put(b, pl_str_from(sides[n->side]));
    if (n->year || n->kind == PL_NODE_BY)
        pl_buf_putf(b, " %d", n->year);
    if (n->years)
        pl_buf_putf(b, " years=%d", n->years);
    tree_text(b, "owner=", n->owner);
    tree_text(b, "standard=", n->standard);
    tree_text(b, "", n->text);
}

/* n and its siblings. */
static inline void tree_put(pl_buf *b, const pl_node *n)
{
    for (const char *space = ""; n; n = n->next, space = " ") {
        pl_buf_putf(b, "%s(%.*s", space, PL_FMT(pl_node_token(n->kind)));
        tree_fields(b, n);
        if (n->kid) {
            pl_buf_putc(b, ' ');
            tree_put(b, n->kid);
        }
        pl_buf_putc(b, ')');
    }
}

#endif
