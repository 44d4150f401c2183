/* Numbers as office files print them before paragraphs and in dates: 三, iv, ④, 〇.
 * ST_NumberFormat, ECMA-376 part 1, 17.18.59. */
#ifndef PL_DOC_NUMERAL_H
#define PL_DOC_NUMERAL_H

#include "base/base.h"

enum { PL_NUMERAL_BYTES = 128 };

/* A short text; what does not fit is left out whole. */
typedef struct pl_numeral {
    char p[PL_NUMERAL_BYTES];
    size_t n;
} pl_numeral;

void pl_numeral_put(pl_numeral *l, pl_str s);

/* Append n >= 0 in a format ("chineseCounting"); decimal where the format is not known or
 * does not reach so far. */
void pl_numeral_print(pl_numeral *l, pl_str format, int n);

static inline pl_str pl_numeral_str(const pl_numeral *l)
{
    return (pl_str){l->p, l->n};
}

#endif
