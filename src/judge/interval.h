/* Sets of numbers without holes, with exact ends: what a phrase allows, or says. */
#ifndef PL_JUDGE_INTERVAL_H
#define PL_JUDGE_INTERVAL_H

#include "text/dec.h"

typedef struct pl_end {
    pl_dec at;
    bool open;    /* `at` itself is outside */
    bool endless; /* no end on this side; the others are zero */
} pl_end;

typedef struct pl_interval {
    pl_end lo, hi; /* lo.at <= hi.at where both have ends */
} pl_interval;

/* A number that may be vague. `written` is what stands there, `widest` all that its
 * words may mean: 35左右 is 35 and 33.25 … 36.75. written is inside widest. */
typedef struct pl_vague {
    pl_interval written, widest;
} pl_vague;

pl_interval pl_interval_point(pl_dec at);
/* All numbers from `at` on, without itself when open. */
pl_interval pl_interval_from(pl_dec at, bool open);
pl_interval pl_interval_to(pl_dec at, bool open);

bool pl_interval_is_point(const pl_interval *a);
/* Is all of `a` in b? */
bool pl_interval_inside(const pl_interval *a, const pl_interval *b);
/* Have they no number in common? */
bool pl_interval_apart(const pl_interval *a, const pl_interval *b);
/* Of two that are apart: the distance between them, negative when `a` lies below b; zero
 * when only an open end parts them. False when it does not fit. */
PL_MUST bool pl_interval_gap(const pl_interval *a, const pl_interval *b, pl_dec *gap);

pl_interval pl_interval_neg(pl_interval a);
/* All sums of a number of `a` and one of b. False when an end does not fit. */
PL_MUST bool pl_interval_add(pl_interval a, pl_interval b, pl_interval *out);
/* All products; every number of both has to be 0 or more. False also when one is not. */
PL_MUST bool pl_interval_mul(pl_interval a, pl_interval b, pl_interval *out);

/* All that is at least, or at most, the figure; `open`: without the figure itself. */
pl_vague pl_vague_from(const pl_vague *v, bool open);
pl_vague pl_vague_to(const pl_vague *v, bool open);
pl_vague pl_vague_neg(pl_vague v);
/* A level grown by a set of per cents. False when it does not fit, when the level may be
 * below 0, and when the growth is endless both ways. */
PL_MUST bool pl_vague_grow(const pl_vague *level, const pl_vague *percent, pl_vague *out);

#endif
