/* Printed shares against the two figures that they are of, R-375. */
#ifndef PL_JUDGE_RATE_H
#define PL_JUDGE_RATE_H

#include "judge/adding.h"

typedef enum pl_fit {
    PL_FIT_HOLDS,
    PL_FIT_CUT, /* only with the digits behind cut off, not rounded */
    PL_FIT_FAILS,
    PL_FIT_UNKNOWN /* does not fit a decimal, or there is no share: of nothing */
} pl_fit;

/* Can part be `share` per cent of whole, whatever the three printed figures stand for? */
pl_fit pl_share_fit(const pl_figure *part, const pl_figure *whole,
                    const pl_figure *share);

/* Can `rise` per cent be the growth (of a fall: `falls`) from `from` to `to`? */
pl_fit pl_growth_fit(const pl_figure *from, const pl_figure *to, const pl_figure *rise,
                     bool falls);

/* part / whole in per cent, to one digit more than `share` is printed with. */
PL_MUST bool pl_share_of(pl_dec part, pl_dec whole, const pl_figure *share, pl_dec *out);

/* A printed share whose two operands are known. */
typedef struct pl_share {
    const pl_figure *part, *whole, *share;
    pl_fit fit;
    bool sure; /* the operands are plainly these: an error when they do not fit */
} pl_share;

/* Append a RATE relation with the arithmetic: `110.4亿元 ÷ 120亿元 = 92%`. PL_ENOMEM. */
PL_MUST pl_status pl_share_say(pl_ctx *cx, pl_check *check, const pl_share *s);

/* Add the place of a figure with the words of its clause. PL_ENOMEM. */
PL_MUST pl_status pl_figure_witness(pl_ctx *cx, const pl_check *check, pl_relation *r,
                                    const pl_figure *f);

/* Figures that are plain amounts before figure `f` in its sentence, nearest first, at
 * most `most`. PL_ENOMEM. */
PL_MUST pl_status pl_figures_before(pl_ctx *cx, const pl_passages *ps, const pl_figure *f,
                                    size_t most, pl_figure_refs *out);

/* rule_rate_whole.c: shares of things that come whole, R-377. */
PL_MUST pl_status pl_rate_counted(pl_ctx *cx, pl_check *check, const pl_figure *share,
                                  const pl_figure_refs *near);
PL_MUST pl_status pl_rate_of_owner(pl_ctx *cx, pl_check *check, const pl_figure *part,
                                   const pl_figure *share);

#endif
