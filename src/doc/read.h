/* Reading in two steps, so that the second, which looks into strangers' bytes, needs
 * nothing but memory (box/box.h runs it confined). pl_doc_read is both. */
#ifndef PL_DOC_READ_H
#define PL_DOC_READ_H

#include "doc/doc.h"
#include "doc/pdf.h"

/* First: what other programs say about the file. Runs poppler's over PDF, confined as
 * cx->sandbox asks; does nothing for other formats. `out` has to be released with
 * pl_pdf_said_release, also on failure, which is as of pl_doc_read_pdf. */
PL_MUST pl_status pl_doc_gather(pl_ctx *cx, pl_bytes in, pl_pdf_said *out);

/* Second: read, within limits.read_bytes and read_ratio of memory. As pl_doc_read. */
PL_MUST pl_status pl_doc_read_gathered(pl_ctx *cx, pl_bytes in, pl_pdf_said *said,
                                       pl_doc **out);

#endif
