/* Plans of the database side by side. */
#ifndef PL_SERVICE_COMPARE_H
#define PL_SERVICE_COMPARE_H

#include "judge/compare.h"
#include "service/query.h"

/* How targets moved from one plan of the region to another: judge/compare.h, from their
 * rows. PL_ENOTFOUND: no such plan. */
PL_MUST pl_status pl_service_compare(pl_ctx *cx, pl_store *s, const pl_principal *who,
                                     pl_str old_plan, pl_str new_plan,
                                     pl_comparison **out);

#endif
