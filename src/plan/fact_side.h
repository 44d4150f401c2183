/* The words on the two sides of a figure, cut down to what can name it. */
#ifndef PL_PLAN_FACT_SIDE_H
#define PL_PLAN_FACT_SIDE_H

#include "plan/plan.h"

/* What stands before a figure, back to a mark or the figure before it. */
typedef struct pl_fact_left {
    pl_span noun;   /* n == 0: nothing that names it */
    pl_span before; /* when a verb stands right before the figure: what is before that */
    pl_span verb;   /* that verb; n == 0: none */
    bool light;     /* the verb names nothing by itself (完成) */
    bool changed;   /* 增长, 下降 stand right before it */
    bool got;       /* 实现 does */
    bool share;     /* 占 stands before it */
    bool than;      /* 高于 does */
    bool of;        /* 的 does */
    bool examples;  /* 等 does: it is examples that stand before it */
    bool lasting;   /* 连续 does: a time that something went on */
    bool each; /* 分别 does: names are before it, one for each figure that follows */
} pl_fact_left;

/* What stands behind a figure, up to a mark or the next figure. */
typedef struct pl_fact_right {
    pl_span noun; /* n == 0: nothing that names it */
    size_t head;  /* where the last word ends that its counter counts; 0: none */
    bool flows;   /* it runs up to the next figure */
    bool of;      /* 的 begins it */
} pl_fact_right;

/* Before the figure at `at` in folded s, not before `from`. Bounded work. */
pl_fact_left pl_fact_left_of(const pl_lexicon *lx, pl_str s, size_t from, size_t at);

/* Behind the figure that ends at `at`, not at or behind `next`, the next figure's begin.
 * `counter` is the figure's unit, which some nouns go with; may be empty. */
pl_fact_right pl_fact_right_of(const pl_lexicon *lx, pl_str s, size_t at, size_t next,
                               pl_str counter);

/* The names that stand one for each figure behind 分别, back from the span of the last of
 * them: it begins earlier, at a comma or stop. */
pl_span pl_fact_names_of(const pl_lexicon *lx, pl_str s, size_t from, pl_span last);

#endif
