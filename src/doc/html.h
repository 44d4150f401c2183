/* Web pages into a document: HTML of any age as browsers read it, XHTML, and MHTML
 * archives (.mht, .mhtml: a page saved with its pictures; also what Word and Excel save
 * as web pages under other names).
 *
 * What is kept: headings (by tag, by numbering, by look), paragraphs (<br> ends one),
 * list items with their numbers, tables of data on their full grid. What is not: scripts,
 * styles, hidden and struck text, navigation, lists of links, buttons. Tables that only
 * place things are opened up. Of a full page the part that holds the text is found; the
 * record around it (索引号, 文号 …) and <meta> become meta.
 *
 * Places have lines and spans of the decoded source; an MHTML archive's are those of the
 * page in it, and their path is the page's address. */
#ifndef PL_DOC_HTML_H
#define PL_DOC_HTML_H

#include "doc/doc.h"

/* Does it begin like a page, in any encoding? */
bool pl_html_is(pl_bytes in);
/* Does it begin with the header lines of a mail or a web archive? */
bool pl_mhtml_is(pl_bytes in);

/* Errors as pl_doc_read. Bytes that are no text in the page's encoding become U+FFFD and
 * an oddity. Linear in the page, n * limits.columns in its largest table's rows. */
PL_MUST pl_status pl_doc_read_html(pl_ctx *cx, pl_bytes in, pl_doc **out);
/* The archive's page. PL_ESYNTAX when there is none in it. */
PL_MUST pl_status pl_doc_read_mhtml(pl_ctx *cx, pl_bytes in, pl_doc **out);

#endif
