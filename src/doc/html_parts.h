/* The parts of a page: which of its tables hold data, where its text is, what stands
 * around it. */
#ifndef PL_DOC_HTML_PARTS_H
#define PL_DOC_HTML_PARTS_H

#include "doc/html_text.h"

/* What a subtree holds; text in bytes, without white space and punctuation of ASCII. */
typedef struct pl_html_weight {
    uint32_t text;   /* outside links */
    uint32_t link;   /* inside links */
    uint32_t stops;  /* full stops 。 outside links: sentences */
    uint32_t tables; /* the node itself included */
} pl_html_weight;

/* One weight a node, in cx->arena. Takes PL_NODE_AWAY from what holds much of the page:
 * its name was misread. PL_ENOMEM. Linear. */
PL_MUST pl_status pl_html_weigh(pl_ctx *cx, pl_html_page *pg, pl_html_weight **out);

/* The cells of a table, row by row; tables inside them are passed over. */
typedef struct pl_html_cells {
    const pl_html_page *pg;
    uint32_t i, end; /* next node, node after the table */
    /* Of the cell just read: */
    uint32_t cell;    /* its node */
    uint32_t row;     /* 0-based; rows without cells count */
    uint32_t section; /* 0-based number of the thead, tbody or tfoot it is in */
    bool head;        /* in a thead */
    /* For the next one: */
    uint32_t rows;    /* rows begun */
    uint32_t row_end; /* node after the row, 0 = no row open */
    uint32_t parts;   /* sections begun */
    uint32_t head_end;
} pl_html_cells;

void pl_html_cells_begin(const pl_html_page *pg, uint32_t table, pl_html_cells *it);
bool pl_html_cells_next(pl_html_cells *it);

/* rowspan or colspan of a cell: at least 1, at most `most`; `*rest` (may be NULL) is set
 * when it is 0, which means all rows that follow. */
uint32_t pl_html_span(const pl_html_page *pg, uint32_t cell, pl_str name, uint32_t most,
                      bool *rest);

/* Mark every table LAYOUT, DATA or RECORD. *t is used to read cells. PL_ENOMEM. Linear.
 */
PL_MUST pl_status pl_html_sort_tables(pl_html_page *pg, const pl_html_weight *w,
                                      pl_html_text *t);

/* The node that holds the document: found by going down from the root for as long as
 * nothing of the document's text is left behind. Linear. */
uint32_t pl_html_main(const pl_html_page *pg, const pl_html_weight *w);

/* Does the element at `node` stand apart from the text around it: navigation, share
 * buttons, and unless it is `known` not to, a list of links? *known is set once each node
 * inside has been looked at and does not have to be asked for. */
bool pl_html_is_apart(const pl_html_page *pg, const pl_html_weight *w, uint32_t node,
                      bool *known);

/* Text of the nodes of a subtree into *t: blocks and <br> begin lines. */
void pl_html_collect(const pl_html_page *pg, uint32_t from, uint32_t to, pl_html_text *t);

#endif
