/* Pages of placed text and ruled lines into a document: what OFD and PDF share.
 *
 * A page says where marks are, not what they mean. Here lines are built from text runs,
 * reading order from columns, paragraphs from lines (first-line indent, a line that ends
 * before the right margin, numbering), tables from ruled lines (a missing inner line
 * joins cells), or from at least three rows of text in aligned columns. Page headers,
 * footers and page numbers are dropped; tables and paragraphs are joined over page ends,
 * repeated header rows dropped. Tables of contents become notes. */
#ifndef PL_DOC_LAYOUT_H
#define PL_DOC_LAYOUT_H

#include "doc/doc.h"
#include "doc/layout_geom.h"

/* Text that stands in one piece on one line. */
typedef struct pl_layout_run {
    pl_box box; /* of the characters' bodies: about one em high */
    pl_um size; /* of the font, one em */
    bool bold;
    bool spaced; /* spaces stood behind it: kept where a line ends */
    pl_str text; /* at least one character */
} pl_layout_run;

/* A ruled line: level (y0 == y1) or upright (x0 == x1); others are left out. */
typedef struct pl_layout_rule {
    pl_um x0, y0, x1, y1;
} pl_layout_rule;

typedef PL_VEC(pl_layout_run) pl_layout_runs;
typedef PL_VEC(pl_layout_rule) pl_layout_rules;

typedef struct pl_layout_page {
    pl_box area; /* the sheet */
    pl_layout_runs runs;
    pl_layout_rules rules;
    uint32_t images;
    pl_str path; /* goes into places; may be empty */
} pl_layout_page;

typedef struct pl_layout {
    PL_VEC(pl_layout_page) pages;
} pl_layout;

/* Append the pages' blocks to `d`; set its title when it has none.
 *
 *   in   must live as long as *d, which borrows its texts
 *
 * PL_ESCANNED  no page has text;  PL_ELIMIT  too many cells;  PL_ENOMEM.
 * n log n in runs and lines. */
PL_MUST pl_status pl_layout_doc(pl_ctx *cx, const pl_layout *in, pl_doc *d);

#endif
