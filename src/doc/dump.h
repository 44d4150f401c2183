/* A document as a listing for people: to see what a reader made of a file. */
#ifndef PL_DOC_DUMP_H
#define PL_DOC_DUMP_H

#include "base/buf.h"
#include "doc/doc.h"

/* Append to b: title, meta, oddities and blocks, each with its place. A table is listed
 * row by row; a cell shows its text and, in braces, its spans. Text is printed on one
 * line each. Stable enough for tests, not an interchange format. */
void pl_doc_dump_text(pl_buf *b, const pl_doc *d);

/* Append to b: the document as a page of HTML. Blocks have anchors (b1 …), tables too
 * (t1) and cells (t1r2c3); places are in data-page, data-line, data-path and data-span
 * ("offset bytes"). What is printed so reads back as the same blocks. */
void pl_doc_dump_html(pl_buf *b, const pl_doc *d);

#endif
