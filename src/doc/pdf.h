/* PDF, through poppler's own programs (package poppler-utils) as child processes: linking
 * poppler would put this program under its licence.
 *
 *   pdftotext -bbox-layout  words and their boxes
 *   pdftocairo -svg         ruled lines; without it tables are told by alignment alone
 *
 * The children get the file on their standard input, no other files but the system's
 * (base/sandbox.h), and an end: seconds, memory and output are limited. */
#ifndef PL_DOC_PDF_H
#define PL_DOC_PDF_H

#include "base/buf.h"
#include "doc/layout.h"

/* True when "%PDF-" stands in the first 1024 bytes. */
bool pl_pdf_is(pl_bytes in);

/* PL_ESYNTAX     damaged;  PL_EENCRYPTED  needs a password
 * PL_ESCANNED    pictures of pages only
 * PL_EIO         a program is missing (the message names its package) or did not end
 * PL_ELIMIT      took too long or wrote too much;  PL_ENOMEM */
PL_MUST pl_status pl_doc_read_pdf(pl_ctx *cx, pl_bytes in, pl_doc **out);

/* The same in two steps. What the programs wrote; zeroed is nothing. */
typedef struct pl_pdf_said {
    pl_buf words, rules;
    bool no_rules; /* pdftocairo gave none */
} pl_pdf_said;

void pl_pdf_said_release(pl_pdf_said *said);

/* Run the programs, confined when cx->sandbox is set, and look at their answers no more
 * than to count pages. `out` has to be released, also on failure. As pl_doc_read_pdf. */
PL_MUST pl_status pl_pdf_run(pl_ctx *cx, pl_bytes in, pl_pdf_said *out);

/* The document of what they wrote, which is mended in place. PL_ESYNTAX, PL_ESCANNED,
 * PL_ELIMIT, PL_ENOMEM. */
PL_MUST pl_status pl_pdf_doc(pl_ctx *cx, pl_bytes in, pl_pdf_said *said, pl_doc **out);

/* For pl_doc_read_pdf, and apart for tests: what pdftotext wrote into pages, its metadata
 * into d; what pdftocairo wrote into the rules of those pages. `b` is mended in place
 * where it holds what XML cannot. PL_ESYNTAX, PL_ELIMIT, PL_ENOMEM. */
PL_MUST pl_status pl_pdf_words(pl_ctx *cx, char *b, size_t n, pl_doc *d, pl_layout *out);
PL_MUST pl_status pl_pdf_rules(pl_ctx *cx, char *b, size_t n, pl_layout *out);

#endif
