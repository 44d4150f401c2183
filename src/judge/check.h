/* Check a whole plan: a verdict for every indicator of a year, and every relation that
 * the rules examine. */
#ifndef PL_JUDGE_CHECK_H
#define PL_JUDGE_CHECK_H

#include "judge/passage.h"
#include "judge/waiver.h"

typedef struct pl_check_opts {
    int year;                  /* 0 = the latest year with both targets and values */
    bool strict;               /* only `measured` counts; the rest is undetermined */
    pl_dec tolerance_percent;  /* of 左右; zero = 5 */
    unsigned kinds;            /* relations to keep, 1u << pl_kind; 0 = of all kinds */
    const pl_waivers *waivers; /* findings that may stand; NULL = none */
} pl_check_opts;

/* One row of an indicator table, judged. */
typedef struct pl_row_verdict {
    size_t row;             /* index in plan->indicators */
    const pl_datum *target; /* NULL: the table has no target for the year */
    const pl_datum *value;
    pl_verdict verdict;
    bool counts; /* false: strict, and not measured */
} pl_row_verdict;

/* One indicator: its rows together. Met when all its parts are met; missed when one is.
 */
typedef struct pl_indicator_verdict {
    size_t first, n; /* rows [first, first + n) of pl_check.rows */
    pl_outcome outcome;
    pl_certainty certainty; /* of the weakest part */
} pl_indicator_verdict;

typedef struct pl_check {
    const pl_plan *plan;
    const pl_passages *passages; /* what the rules compare */
    bool *is_part; /* of each figure: it is a part of a sum that holds, so it need not be
                      what others say of the whole */
    int year;      /* judged; 0 = no year has both */
    bool strict;
    PL_VEC(pl_row_verdict) rows;
    PL_VEC(pl_indicator_verdict) indicators;
    size_t met, missed, undetermined; /* of indicators */
    pl_relations relations; /* findings first, by severity, then place; HELD ones last */
    size_t n_findings;
    size_t held, failed; /* relations examined; those waived are in `failed` */
    size_t waived;
    unsigned kinds;            /* of the options */
    const pl_waivers *waivers; /* of the options */
    const size_t *waiver_uses; /* findings that each of them let stand */
} pl_check;

/* Judge the indicators of a plan, which must outlive *out; relations are not examined. In
 * cx->arena. PL_ENOMEM, PL_ELIMIT. */
PL_MUST pl_status pl_check_verdicts(pl_ctx *cx, const pl_plan *plan,
                                    const pl_check_opts *opts, pl_check **out);

/* The same, and examine the relations: all of a check. */
PL_MUST pl_status pl_check_plan(pl_ctx *cx, const pl_plan *plan,
                                const pl_check_opts *opts, pl_check **out);

/* Does the document contradict itself: is there an error that nobody waived? */
bool pl_check_has_errors(const pl_check *check);

/* A rule examines one kind of relation and appends what it saw to check->relations.
 * Adding a rule is one file and one row in rules.c. */
typedef struct pl_rule {
    pl_str name;
    pl_bitext says; /* what it examines */
    pl_status (*run)(pl_ctx *cx, pl_check *check);
} pl_rule;

/* All rules; ends with an empty name. */
extern const pl_rule pl_rules[];

#endif
