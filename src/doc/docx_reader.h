/* WordprocessingML (.docx) into a document. ECMA-376 part 1, clause 17.
 *
 * What becomes what:
 *   - paragraphs: automatic numbers are written out before the text (`一、`, `（一）`,
 *     `1.2`); a soft break in mid-sentence is joined, one after a sentence's end or
 * before a number begins a new paragraph; tables of contents are left out
 *   - headings: by outline level (its own or its style's), by the style's name
 *     (Heading N, 标题 N), else by look: a numbered line without a sentence in it, or a
 *     short line set apart by weight and place. The title is a heading of level 1 whose
 *     text is doc->title
 *   - the number of the publication near the title is meta as well (文号)
 *   - tables: gridSpan, vMerge, hMerge, gridBefore; the paragraphs of a cell are joined
 * by line ends; a table in a cell becomes a table of its own after the outer one
 *   - text boxes: one note after their paragraph; footnotes, endnotes and comments: notes
 *     at the end; headers and footers are not read
 *   - fields: the result that the file keeps; content controls: their content, but not
 *     the prompt of an empty one; hidden text is left out
 *
 * Places: path is `p12` for the 12th paragraph of the main part (all w:p elements count,
 * those in tables too, those in text boxes do not), `t3` for the third table and its
 * cells, `fn2`, `en2`, `cm2` for notes. */
#ifndef PL_DOC_DOCX_READER_H
#define PL_DOC_DOCX_READER_H

#include "doc/doc.h"

/* True for a package that holds a Word document, or one that its reader refuses with
 * advice (slides, OpenDocument). */
bool pl_docx_is(pl_bytes in);

/* Errors as pl_doc_read; PL_EFORMAT when the package holds no Word document, PL_ESCANNED
 * when it holds pictures and no text. Of tracked changes it reads what cx->track says.
 * Linear. */
PL_MUST pl_status pl_doc_read_docx(pl_ctx *cx, pl_bytes in, pl_doc **out);

#endif
