/* The record of a publication: 索引号, 发文机关, 文号, 发布日期 … and their values, as
 * pages show them in tables, lists and lines. */
#ifndef PL_DOC_RECORD_H
#define PL_DOC_RECORD_H

#include "doc/doc.h"

typedef struct pl_record_field {
    pl_str key;   /* known names as the table spells them: 索引号 */
    pl_str value; /* part of the text it was read from; may be empty */
} pl_record_field;

/* Is s, with or without a colon, only a name of the record (`索 引 号：`)? *key is the
 * name without spaces when it is a *known one; else, when s is short and ends in a colon,
 * it is s without that colon. */
bool pl_record_label(pl_str s, pl_str *key, bool *known);

/* `发布时间：2023-01-05` at the start of *s: reads it and moves *s on, to the next field
 * of the line or its end. The name has to be known. False, and *s as it was, when there
 * is none. */
bool pl_record_field_next(pl_str *s, pl_record_field *out);

/* A name as it is kept in d->meta: without its spaces, in cx->arena unless it is a known
 * one. PL_ENOMEM. */
PL_MUST pl_status pl_record_name_keep(pl_ctx *cx, pl_str name, bool known, pl_str *out);

/* Whether a table is a record is told from its cells: names with their values beside
 * them, or both in one cell. Zero to begin with. */
typedef struct pl_record_tally {
    uint32_t names, known;
    uint32_t others; /* pairs that no name begins */
    bool after_name;
} pl_record_tally;

/* Count a cell with text; `place` is its place among its row's cells, from 0. Where a row
 * begins and where a cell is empty, after_name is to be cleared. */
void pl_record_count(pl_record_tally *t, pl_str text, uint32_t place);
/* Do most of its pairs begin with a known name? A list of documents under headings 标题,
 * 文号, 日期 is no record. */
bool pl_record_is(const pl_record_tally *t);

/* No record has more text or cells. A name that is not known is no longer than this. */
enum { PL_RECORD_BYTES = 6000, PL_RECORD_CELLS = 200, PL_RECORD_NAME_BYTES = 36 };

/* Take the tables of a record that stand before the text of d into d->meta, and out of
 * its blocks; where d has no title, it gets the record's. Tables are numbered again.
 * PL_ENOMEM. Linear. */
PL_MUST pl_status pl_record_take(pl_ctx *cx, pl_doc *d);

/* A line around the text that is no part of it: print and share buttons, counts of
 * visits, where one is, who runs the site. */
bool pl_record_is_debris(pl_str s);

#endif
