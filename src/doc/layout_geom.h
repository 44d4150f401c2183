/* Lengths, boxes and transformations of fixed layouts, in whole micrometres: the same
 * page gives the same document on every machine. */
#ifndef PL_DOC_LAYOUT_GEOM_H
#define PL_DOC_LAYOUT_GEOM_H

#include "base/base.h"

/* A length or coordinate in micrometres; y grows downwards. */
typedef int32_t pl_um;

/* Coordinates are cut to this (100 m), so that sums of a few of them fit. */
enum { PL_UM_MAX = 100 * 1000 * 1000, PL_UM_PER_MM = 1000 };

/* x0 <= x1, y0 <= y1. */
typedef struct pl_box {
    pl_um x0, y0, x1, y1;
} pl_box;

/* The smallest box around both. */
pl_box pl_box_join(pl_box a, pl_box b);
pl_um pl_box_mid_x(pl_box b);
pl_um pl_box_mid_y(pl_box b);
/* Length that two stretches share; negative: the gap between them. */
pl_um pl_um_shared(pl_um a0, pl_um a1, pl_um b0, pl_um b1);

/* A decimal number times 10^6: 12.5 is 12500000. Numbers beyond a million are cut. */
typedef int64_t pl_micro;
enum { PL_MICRO = 1000000 };

/* The number at the start of *in (sign, point and exponent as SVG and XML Schema write
 * them), after white space and commas; moves *in past it. False when there is none. */
bool pl_micro_eat(pl_str *in, pl_micro *out);
/* Up to max numbers of a list; how many there were. Stops at what is no number. */
size_t pl_micro_list(pl_str s, pl_micro *out, size_t max);

/* From a document's unit to micrometres. */
pl_um pl_um_of_mm(pl_micro mm);
pl_um pl_um_of_pt(pl_micro pt); /* 1 pt = 25.4 / 72 mm */

/* x' = a x + c y + e, y' = b x + d y + f; all times 10^6. */
typedef struct pl_matrix {
    pl_micro a, b, c, d, e, f;
} pl_matrix;

extern const pl_matrix PL_MATRIX_ONE;

/* First `in`, then `out`. Results are cut as pl_micro_eat cuts. */
pl_matrix pl_matrix_mul(pl_matrix in, pl_matrix out);
void pl_matrix_apply(const pl_matrix *m, pl_micro *x, pl_micro *y);
/* True when the x axis stays level: what is drawn with it can be read in lines. */
bool pl_matrix_level(const pl_matrix *m);

#endif
