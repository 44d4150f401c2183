/* OFD, the fixed-layout format of Chinese public documents (GB/T 33190-2016).
 *
 * A ZIP package. OFD.xml names documents (DocBody/DocRoot); Document.xml their pages,
 * templates and resources; a page's Content.xml holds objects: text with the place of
 * each character, paths, images. Lengths are millimetres from the upper left corner.
 * Namespaces and prefixes are not looked at, containers may be missing, paths may begin
 * with a slash or not: files in use differ from the standard in all of these.
 *
 * A page that cannot be read is an oddity, and the others are read. Signatures are listed
 * as meta and never verified. Annotations become notes at the end. */
#ifndef PL_DOC_OFD_H
#define PL_DOC_OFD_H

#include "doc/layout.h"

/* A TextCode as it is written (clause 11.3), and where its object stands. */
typedef struct pl_ofd_text {
    bool of_template;
    bool bold;             /* by weight or font */
    bool turned;           /* in ReadDirection 90 or 270: the text runs down */
    pl_micro boundary[4];  /* x y width height of its object, mm */
    pl_micro x, y;         /* of the first character, in the object */
    pl_micro size, hscale; /* of the font, mm; width of characters, 10^6 = as designed */
    pl_matrix m;           /* from the object to the page */
    pl_str delta_x, delta_y;
    pl_str text;
} pl_ofd_text;

typedef struct pl_ofd_page {
    pl_str path;
    pl_box area;
    uint32_t images;
    PL_VEC(pl_ofd_text) texts; /* of its templates first */
    pl_layout_rules rules;
    bool broken; /* missing or not well-formed */
} pl_ofd_page;

typedef PL_VEC(pl_ofd_page) pl_ofd_pages;

/* True for a ZIP package that has an OFD.xml. */
bool pl_ofd_is(pl_bytes in);

/* The pages as they are written, and into `d` what is said about the document: meta,
 * oddities, and notes of annotations. Errors as pl_doc_read_ofd, but PL_ESCANNED. */
PL_MUST pl_status pl_ofd_read(pl_ctx *cx, pl_bytes in, pl_doc *d, pl_ofd_pages *out);

/* The text of a page as runs. PL_ENOMEM. */
PL_MUST pl_status pl_ofd_place(pl_ctx *cx, const pl_ofd_page *page, pl_layout_page *out);

/* PL_ESYNTAX     no package, or it names no document, or no page of it can be read
 * PL_EENCRYPTED  PL_ESCANNED  (pictures of pages only)
 * PL_ELIMIT      too many pages or objects;  PL_ENOMEM */
PL_MUST pl_status pl_doc_read_ofd(pl_ctx *cx, pl_bytes in, pl_doc **out);

#endif
