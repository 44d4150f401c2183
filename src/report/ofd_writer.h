/* A document as an OFD package (GB/T 33190-2016): A4 pages with the margins of public
 * documents, headings, paragraphs, ruled tables with their header on each page, page
 * numbers. What is written here reads back as the same document (doc/ofd.h). */
#ifndef PL_REPORT_OFD_WRITER_H
#define PL_REPORT_OFD_WRITER_H

#include "base/buf.h"
#include "doc/doc.h"

typedef struct pl_ofd_opts {
    pl_str author, date; /* date as YYYY-MM-DD; either may be empty */
} pl_ofd_opts;

/* Append the package of `d` to the empty buffer `out`. Fonts are named, not embedded:
 * 宋体 and 黑体, which every reader of OFD has.
 * PL_ELIMIT  more pages than a package holds;  PL_ENOMEM  also when `out` is full. */
PL_MUST pl_status pl_ofd_write(pl_ctx *cx, const pl_doc *d, const pl_ofd_opts *opts,
                               pl_buf *out);

#endif
