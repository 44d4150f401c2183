/* PDF, through poppler's own programs (package poppler-utils) as child processes: linking
 * poppler would put this program under its licence.
 *
 *   pdftotext -bbox-layout  words and their boxes
 *   pdftocairo -svg         ruled lines; without it tables are told by alignment alone
 *
 * The children get the file on their standard input, no other files, and an end: seconds,
 * memory and output are limited. */
#ifndef PL_DOC_PDF_H
#define PL_DOC_PDF_H

#include "doc/layout.h"

/* True when "%PDF-" stands in the first 1024 bytes. */
bool pl_pdf_is(pl_bytes in);

/* PL_ESYNTAX     damaged;  PL_EENCRYPTED  needs a password
 * PL_ESCANNED    pictures of pages only
 * PL_EIO         a program is missing (the message names its package) or did not end
 * PL_ELIMIT      took too long or wrote too much;  PL_ENOMEM */
PL_MUST pl_status pl_doc_read_pdf(pl_ctx *cx, pl_bytes in, pl_doc **out);

/* For pl_doc_read_pdf, and apart for tests: what pdftotext wrote into pages, its metadata
 * into d; what pdftocairo wrote into the rules of those pages. `b` is mended in place
 * where it holds what XML cannot. PL_ESYNTAX, PL_ELIMIT, PL_ENOMEM. */
PL_MUST pl_status pl_pdf_words(pl_ctx *cx, char *b, size_t n, pl_doc *d, pl_layout *out);
PL_MUST pl_status pl_pdf_rules(pl_ctx *cx, char *b, size_t n, pl_layout *out);

#endif
