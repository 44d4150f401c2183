/* What the quantities of a text count or measure. */
#ifndef PL_PLAN_FACT_NOUN_H
#define PL_PLAN_FACT_NOUN_H

#include "plan/plan.h"

/* Fill noun, item, head, scope and kind of the facts of text `t`, which are there and
 * have their quantities. `scratch` is as it was afterwards. Linear. PL_ENOMEM. */
PL_MUST pl_status pl_fact_nouns(pl_ctx *cx, pl_plan *plan, const pl_fact_text *t,
                                pl_arena *scratch);

#endif
