/* A document on its way from the confined process that read it to the one that
 * judges it. What arrives is checked against everything that doc.h promises, as if a
 * stranger had sent it: the sender may have been taken over by the file that it read. */
#ifndef PL_DOC_WIRE_H
#define PL_DOC_WIRE_H

#include "base/wire.h"
#include "doc/doc.h"

void pl_doc_put(pl_buf *b, const pl_doc *d);

/* Take a document from w into cx->arena.
 *
 *   w    its input must outlive *out, whose texts borrow it
 *
 * PL_ESYNTAX when it is none; PL_ELIMIT beyond limits.cells; PL_ENOMEM. */
PL_MUST pl_status pl_doc_get(pl_ctx *cx, pl_wire *w, pl_doc **out);

#endif
