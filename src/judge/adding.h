/* Adding up: parts against a total, R-370. Counted things that are printed to the last
 * one are exact; other figures are intervals, which are added end by end. */
#ifndef PL_JUDGE_ADDING_H
#define PL_JUDGE_ADDING_H

#include "base/buf.h"
#include "judge/check.h"

typedef PL_VEC(const pl_figure *) pl_figure_refs;

/* What one figure can stand for: its interval, or the figure itself when it counts things
 * to the last one. */
void pl_figure_ends(const pl_figure *f, pl_dec *lo, pl_dec *hi);

/* Things that come whole, counted to the last one: 家, 项, 人. */
bool pl_figure_is_exact(const pl_figure *f);

/* What figures can stand for together. */
typedef struct pl_sum {
    pl_dec value, lo, hi;
    bool open; /* and more: one of them is 以上, 超 */
} pl_sum;

typedef enum pl_adds {
    PL_ADDS_SAME,
    PL_ADDS_LESS, /* the parts are less than the total */
    PL_ADDS_MORE,
    PL_ADDS_UNKNOWN /* does not fit a decimal */
} pl_adds;

/* Add parts [from, from + n). False when it does not fit. */
PL_MUST bool pl_sum_of(const pl_figure_refs *parts, size_t from, size_t n, pl_sum *out);

/* Can the sum be the total? A whole number with two zeros or more at its end may be
 * rounded to them. */
pl_adds pl_sum_against(const pl_sum *sum, const pl_figure *total);

/* The same for one figure as a part of another: SAME also when it is less, MORE when it
 * is plainly more. */
pl_adds pl_part_against(const pl_figure *part, const pl_figure *whole);

/* `25 + 29 + 16 + 7 = 77项`: of parts [from, from + n), in their own unit where they have
 * one, else in the total's. */
void pl_sum_put(pl_buf *b, const pl_figure_refs *parts, size_t from, size_t n,
                const pl_sum *sum, const pl_figure *total);

/* A value in the unit that f is written in, with that unit. */
void pl_value_put(pl_buf *b, pl_dec value, const pl_figure *f);

/* Append a SUM relation: the arithmetic, the total, and what is said of them. Its first
 * witness is the total, the parts follow; those of a sum that holds are marked in
 * check->is_part. `gap` adds by how much they differ. */
typedef struct pl_sum_says {
    pl_severity severity;
    const char *zh, *en; /* what is said behind the arithmetic */
    bool gap;
    const char *more_zh, *more_en; /* and at the end; NULL: nothing */
} pl_sum_says;
PL_MUST pl_status pl_sum_say(pl_ctx *cx, pl_check *check, const pl_figure *total,
                             const pl_figure_refs *parts, size_t from, size_t n,
                             const pl_sum_says *says);

/* Dimensions and counters whose amounts add up: money, area, 家 …; not a threshold
 * (亿元以上项目), nor by how much something grew. */
bool pl_figure_adds(const pl_figure *f);

/* Append a figure to refs. PL_ENOMEM. */
PL_MUST pl_status pl_refs_add(pl_ctx *cx, pl_figure_refs *refs, const pl_figure *f);

#endif
