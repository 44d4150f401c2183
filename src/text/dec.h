/* Exact decimals: figures as they are printed. */
#ifndef PL_TEXT_DEC_H
#define PL_TEXT_DEC_H

#include "base/buf.h"

enum { PL_DEC_MAX_SCALE = 9 }; /* digits after the point, R-101 */

/* value = coef / 10^scale. 312.6 is {3126, 1}; 312.60 is {31260, 2}: the scale keeps how
 * many digits were written. Calculations give the shortest scale that is exact. */
typedef struct pl_dec {
    int64_t coef;
    int scale; /* 0 .. PL_DEC_MAX_SCALE */
} pl_dec;

#define PL_DEC_INT(v) ((pl_dec){(v), 0})

/* Plain ASCII form `-12.50`, whole of s; false when it is not one, or does not fit. */
PL_MUST bool pl_dec_from(pl_str s, pl_dec *out);
/* Shortest exact form: {31260, 2} prints 312.6. Needs no more than 24 bytes. */
void pl_dec_put(pl_buf *b, pl_dec d);
/* All written digits: {31260, 2} prints 312.60. */
void pl_dec_put_all(pl_buf *b, pl_dec d);
/* Into out[24], NUL-terminated, shortest exact form; returns out, for printf. */
const char *pl_dec_text(pl_dec d, char out[24]);

int pl_dec_cmp(pl_dec a, pl_dec b); /* <0, 0, >0; never overflows */
int pl_dec_sign(pl_dec a);
pl_dec pl_dec_neg(pl_dec a);
pl_dec pl_dec_abs(pl_dec a);
/* False when the result does not fit (then *out is untouched). */
PL_MUST bool pl_dec_add(pl_dec a, pl_dec b, pl_dec *out);
PL_MUST bool pl_dec_sub(pl_dec a, pl_dec b, pl_dec *out);
PL_MUST bool pl_dec_mul(pl_dec a, pl_dec b, pl_dec *out);
/* a / b to `scale` digits, rounded half away from zero; false when b is 0 too. */
PL_MUST bool pl_dec_div(pl_dec a, pl_dec b, int scale, pl_dec *out);
/* a * 10^n, n may be negative. */
PL_MUST bool pl_dec_shift(pl_dec a, int n, pl_dec *out);
/* The shortest scale with the same value. */
pl_dec pl_dec_trim(pl_dec a);
/* Rounded to `scale` digits, half away from zero (四舍五入), or half to even
 * (GB/T 8170-2008, 3.2), or cut off. */
typedef enum pl_rounding {
    PL_ROUND_HALF_UP,
    PL_ROUND_HALF_EVEN,
    PL_ROUND_DOWN
} pl_rounding;
pl_dec pl_dec_round(pl_dec a, int scale, pl_rounding how);

#endif
