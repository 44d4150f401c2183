/* A page as a flat tree: elements and texts in the order of the source.
 *
 * The nodes of a subtree follow its root without a gap, up to `end`; the tree is walked
 * by index, without recursion. Tags out of place are put right as browsers do it (WHATWG
 * HTML, section 13.2.6), as far as text and tables can tell: implied ends of <p>, <li>,
 * cells and rows, end tags without a start, formatting closed across blocks. */
#ifndef PL_DOC_HTML_TREE_H
#define PL_DOC_HTML_TREE_H

#include "base/ctx.h"
#include "doc/html_lex.h"

/* Looks, handed down to what is inside (INHERITED), and marks of one node. */
enum {
    PL_LOOK_UNSEEN = 1u << 0, /* hidden: never a node, only while the tree is built */
    PL_LOOK_BOLD = 1u << 1,
    PL_LOOK_CENTER = 1u << 2,
    PL_LOOK_LINK = 1u << 3,   /* inside a link */
    PL_LOOK_ACTION = 1u << 4, /* a link that runs a script: a button */
    PL_LOOK_SUPER = 1u << 5,  /* superscript */
    PL_LOOK_PRE = 1u << 6,    /* line ends count */
    PL_LOOK_NOMARK = 1u << 7, /* list items without marks */
    PL_LOOK_INHERITED = (1u << 8) - 1,

    PL_NODE_GOOD = 1u << 8,    /* its class or id says that the text is here */
    PL_NODE_AWAY = 1u << 9,    /* its name says that it stands apart: navigation */
    PL_NODE_RULED = 1u << 10,  /* has visible borders */
    PL_NODE_LAYOUT = 1u << 11, /* a table that only places things */
    PL_NODE_DATA = 1u << 12,   /* a table of data */
    PL_NODE_RECORD = 1u << 13, /* a table of the publication's record */
    PL_NODE_DROP = 1u << 14    /* no part of the document */
};

enum { PL_HTML_NONE = UINT32_MAX };

typedef struct pl_html_node {
    uint32_t at, n;  /* its start tag, or its text, in the source */
    uint32_t end;    /* index after the last node inside it */
    uint32_t parent; /* PL_HTML_NONE for the root, node 0 */
    uint16_t flags;  /* PL_LOOK_… in force inside it, PL_NODE_… of its own */
    uint8_t tag;     /* pl_html_tag */
    uint8_t size;    /* of its letters in pixels, 0 = not said */
} pl_html_node;

typedef struct pl_html_page {
    pl_str src;
    pl_html_node *nodes;
    uint32_t n;
    pl_span title; /* of <title>'s text; n == 0 = none */
    size_t depth;  /* most elements open at once, the root included */
    bool cut;      /* breaks off inside markup */
    bool deep;     /* elements nested deeper than is followed; their text is kept */
    bool struck;   /* text was left out because it is struck through or deleted */
} pl_html_page;

/* The tree of src (shorter than 4 GiB), in cx->arena; borrows src. Elements nested deeper
 * than 4 * limits.depth are opened up: their text belongs to what they are in.
 * PL_ENOMEM. Linear for a given depth. */
PL_MUST pl_status pl_html_page_make(pl_ctx *cx, pl_str src, pl_html_page *out);

/* The start tag, or the text, of a node. */
static inline pl_str pl_html_source(const pl_html_page *pg, const pl_html_node *n)
{
    return (pl_str){pg->src.p + n->at, n->n};
}

/* How an element looks: from its tag and attributes, inside something that looks like
 * `flags` and `size`, which are changed. *struck: it is hidden by being struck through.
 */
void pl_html_look(pl_str start_tag, pl_html_tag tag, unsigned *flags, unsigned *size,
                  bool *struck);

#endif
