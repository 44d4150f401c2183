/* SpreadsheetML (.xlsx) into a document. ECMA-376 part 1, clause 18.
 *
 * Each sheet begins with a heading (level 1), its name. Rows that stand together without
 * a blank row are one table; rows and columns without any text in them are left out of it
 * (cells that are merged over them count as text). Rows of one cell above a table are its
 * title: headings of level 2, or paragraphs where they are notes (单位：万元); notes
 * below it (注：…) are paragraphs. The title of the document is the first of those
 * headings, else the title in the file's properties, else the first sheet's name.
 *
 * Text of a cell is what the sheet shows: the kept result of a formula, by its number
 * format (4.0%, 2023年1月, 1,234.5) in the Chinese locale; numbers to 15 digits, as in
 * Excel, but General never shortens a whole number. Only the width of columns is not
 * minded: no ####.
 *
 * Cells of hidden rows, columns and sheets are marked hidden.
 *
 * Places: path is the sheet's name, of a cell with its address: `表1!B7`. */
#ifndef PL_DOC_XLSX_READER_H
#define PL_DOC_XLSX_READER_H

#include "doc/doc.h"

/* True for a package that holds a workbook, or a binary one, which its reader refuses
 * with advice. */
bool pl_xlsx_is(pl_bytes in);

/* Errors as pl_doc_read; PL_EFORMAT when the package holds no workbook. n log n. */
PL_MUST pl_status pl_doc_read_xlsx(pl_ctx *cx, pl_bytes in, pl_doc **out);

#endif
