/* One clause of a goals statement: `地区生产总值增长5%左右` -> name and target phrase;
 * `城镇、农村居民收入分别增长5%、6%左右` -> two of them. */
#ifndef PL_PLAN_GOAL_CLAUSE_H
#define PL_PLAN_GOAL_CLAUSE_H

#include "plan/plan.h"
#include "text/fold.h"

typedef struct pl_named_target {
    pl_str name; /* as written, without spaces */
    pl_str text; /* the phrase, as written; put together for lists with 分别 */
    pl_phrase *target;
} pl_named_target;

typedef struct pl_goal_clause {
    PL_VEC(pl_named_target) goals;
    bool understood; /* goals, or an aside (争取更好结果), or empty */
    size_t n;        /* bytes of the clause in the folded text */
    size_t mark;     /* bytes of the mark that ends it, 0 at the end */
} pl_goal_clause;

/* Read the clause at the start of span `at` of the folded text f (made from `source`).
 * `year` is what 今年 means. Results in cx->arena. PL_ENOMEM, PL_ELIMIT. */
PL_MUST pl_status pl_goal_clause_read(pl_ctx *cx, const pl_fold *f, pl_str source,
                                      pl_span at, int year, pl_goal_clause *out);

#endif
