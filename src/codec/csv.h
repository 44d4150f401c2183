/* Reading CSV: RFC 4180, with line ends of either kind. */
#ifndef PL_CODEC_CSV_H
#define PL_CODEC_CSV_H

#include "base/ctx.h"
#include "base/vec.h"

typedef PL_VEC(pl_str) pl_csv_row;

/* Append the fields of the next line of *in, which is moved past it, to *row. Fields
 * without doubled quotes are borrowed from *in, the others lie in cx->arena. PL_ESYNTAX:
 * a quote that does not end, or text behind one. */
PL_MUST pl_status pl_csv_read(pl_ctx *cx, pl_str *in, pl_csv_row *row);

#endif
