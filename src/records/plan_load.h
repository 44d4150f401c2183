/* A plan's indicators from its rows. */
#ifndef PL_RECORDS_PLAN_LOAD_H
#define PL_RECORDS_PLAN_LOAD_H

#include "plan/plan.h"
#include "store/store.h"

/* The indicators of a plan with their cells, phrases read and places, in cx->arena; what
 * else a plan has is empty, and it has no document. PL_ENOTFOUND: no such plan; errors of
 * the store. */
PL_MUST pl_status pl_plan_load(pl_ctx *cx, pl_store *s, pl_str region_id, pl_str plan_id,
                               pl_plan **out);

#endif
