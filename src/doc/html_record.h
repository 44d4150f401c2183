/* The record of a publication: 索引号, 发文机关, 文号, 发布日期 … and their values, as
 * pages show them in tables, lists and lines. */
#ifndef PL_DOC_HTML_RECORD_H
#define PL_DOC_HTML_RECORD_H

#include "base/base.h"

typedef struct pl_html_field {
    pl_str key;   /* known names as the table spells them: 索引号 */
    pl_str value; /* part of the text it was read from; may be empty */
} pl_html_field;

/* Is s, with or without a colon, only a name of the record (`索 引 号：`)? *key is the
 * name without spaces when it is a *known one; else, when s is short and ends in a colon,
 * it is s without that colon. */
bool pl_html_label(pl_str s, pl_str *key, bool *known);

/* `发布时间：2023-01-05` at the start of *s: reads it and moves *s on, to the next field
 * of the line or its end. The name has to be known. False, and *s as it was, when there
 * is none. */
bool pl_html_field_next(pl_str *s, pl_html_field *out);

/* A line around the text that is no part of it: print and share buttons, counts of
 * visits, where one is, who runs the site. */
bool pl_html_is_debris(pl_str s);

#endif
