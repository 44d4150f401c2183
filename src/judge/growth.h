/* Growth over several years: rates in per cent, compounded and taken apart again. */
#ifndef PL_JUDGE_GROWTH_H
#define PL_JUDGE_GROWTH_H

#include "text/dec.h"

/* What a level is multiplied by, times 10^12: 1030000000000 is 3 % more. 0 to 10^6. */
typedef int64_t pl_factor;

/* 3 per cent -> 1.03; negative for a fall. All are false when the result does not fit. */
PL_MUST bool pl_factor_of(pl_dec percent, pl_factor *out);
PL_MUST bool pl_factor_mul(pl_factor a, pl_factor b, pl_factor *out);
PL_MUST bool pl_factor_div(pl_factor a, pl_factor b, pl_factor *out);
PL_MUST bool pl_factor_power(pl_factor a, int n, pl_factor *out);
/* The factor whose n-th power is a, n at least 1; to 10^-11. */
PL_MUST bool pl_factor_root(pl_factor a, int n, pl_factor *out);
/* Back to per cent, rounded to `scale` digits (at most 9), half up. */
pl_dec pl_factor_percent(pl_factor a, int scale);

#endif
