/* One plan in one look. */
#ifndef PL_SERVICE_OVERVIEW_H
#define PL_SERVICE_OVERVIEW_H

#include "service/compare.h"

typedef struct pl_overview {
    pl_listing plan;                              /* one row */
    size_t indicators, met, missed, undetermined; /* of those that may be seen */
    pl_listing missed_rows;                       /* verdicts */
    pl_listing sections;                          /* section_tasks */
    pl_listing units;                             /* plan_units */
    pl_listing findings;            /* finding_counts; empty: may not be seen */
    pl_listing term;                /* progress towards the term's targets */
    pl_str before_id, before_title; /* plan of the year before; empty: none */
    const pl_comparison *changes;   /* from that one; NULL: none, or who is cut */
} pl_overview;

/* PL_ENOTFOUND: no such plan; errors of the store. */
PL_MUST pl_status pl_service_overview(pl_ctx *cx, pl_store *s, const pl_principal *who,
                                      pl_str plan_id, int64_t as_of_s, pl_overview *out);

#endif
