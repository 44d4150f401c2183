/* A document as a piece of a page, with what was recognised in it marked. */
#ifndef PL_REPORT_DOC_HTML_H
#define PL_REPORT_DOC_HTML_H

#include "base/buf.h"
#include "doc/doc.h"

/* One datum that stands somewhere in the document. Texts are borrowed. */
typedef struct pl_doc_mark {
    pl_str kind, id; /* "task", "17" */
    pl_place place;  /* as docs/json.md gives it: span, or table, row and col */
} pl_doc_mark;
typedef PL_VEC(pl_doc_mark) pl_doc_marks;

/* Append the document as HTML: no page around it, no style, no script. Each block and
 * cell has data-place (JSON of docs/json.md); the text of a mark stands in
 * `<mark data-kind data-id>`, marks within marks nest. What the document holds is text,
 * whatever it looks like. A mark whose place is not found is left out.
 * n log n in the length of the document and the marks. PL_ENOMEM. */
PL_MUST pl_status pl_doc_html(pl_ctx *cx, const pl_doc *d, const pl_doc_mark *marks,
                              size_t n, pl_buf *out);

#endif
