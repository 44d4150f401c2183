/* The way of one indicator to its term target: what was reached each year, what the
 * latest annual target asks for, what the term asks for. */
#ifndef PL_JUDGE_COURSE_H
#define PL_JUDGE_COURSE_H

#include "judge/series.h"

enum { PL_TERM_YEARS = 5 }; /* plans of five years, ending in 2020, 2025 …: R-350 */

typedef struct pl_course {
    pl_series s;
    pl_point term;
    int last;        /* the term's last year */
    pl_point annual; /* the latest annual target with a figure, of year `year` */
    int year;
    /* By year of the term, from last - PL_TERM_YEARS + 1: the value reported, of year
     * `year` the target. */
    pl_point years[PL_TERM_YEARS];
} pl_course;

/* False when the row has no term target or no annual target with a figure, or when they
 * are of different kinds (named differently, one of them about another year). */
bool pl_course_read(const pl_ctx *cx, const pl_indicator *it, pl_course *out);

/* The term's years up to `year` whose figures are known; how many. */
int pl_course_known(const pl_course *c);

/* Their figures as text: `2021年3.7%、2022年3%`, or in English. In cx->arena. PL_ENOMEM.
 */
PL_MUST pl_status pl_course_words(pl_ctx *cx, const pl_course *c, pl_bitext *out);

/* Add a relation of kind TARGET on the annual and the term's target, with their places;
 * its messages are still to be composed. */
PL_MUST pl_status pl_course_relation(pl_ctx *cx, pl_check *check, const pl_course *c,
                                     pl_severity severity, pl_relation **out);

/* What its messages begin with: the indicator and both cells. */
#define PL_COURSE_ZH PL_INDICATOR_ZH PL_CELL_FMT "，" PL_CELL_FMT "："
#define PL_COURSE_EN PL_INDICATOR_EN ", " PL_CELL_FMT ", " PL_CELL_FMT ": "
#define PL_COURSE_ARGS(c)                                         \
    PL_INDICATOR_ARGS((c)->s.it), PL_CELL_ARGS((c)->annual.cell), \
        PL_CELL_ARGS((c)->term.cell)

/* course_rates.c: of yearly rates. */
PL_MUST pl_status pl_course_average(pl_ctx *cx, pl_check *check, const pl_course *c);
PL_MUST pl_status pl_course_change(pl_ctx *cx, pl_check *check, const pl_course *c);

#endif
