/* Plain text into a document: scraped pages, pasted tables, Markdown.
 *
 * Tables are found in these forms:
 *   - a cell a line, ended by ` |`, a row ended by an empty cell `|` or by `||` marks
 *     (pages scraped cell by cell); a cell may run over lines until its `|`;
 *     `名 |||||` is a full-width section row: one cell spanning the rest;
 *     a row may begin with fewer cells than the table is wide: cells of the row before
 *     that span down are found by width
 *   - pipe rows on one line, with or without outer pipes; Markdown with its rule line
 *   - rows of cells separated by tabs, or by two or more spaces at stable columns
 *
 * Paragraphs cut by line ends in mid-sentence are joined (when lines are of about equal
 * width and the cut is not after a sentence's end). Headings are lines with numbering of
 * a level (text/numbering.h) and no sentence in them. Page debris (print and share
 * buttons, site notices, repeated lines around the text) is left out; the header record
 * (索引号, 文号 …) becomes meta. */
#ifndef PL_DOC_TEXT_READER_H
#define PL_DOC_TEXT_READER_H

#include "doc/doc.h"

/* Errors as pl_doc_read. Linear in the text's length. */
PL_MUST pl_status pl_doc_read_text(pl_ctx *cx, pl_bytes in, pl_doc **out);

#endif
