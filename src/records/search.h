/* The index that search looks in: made from the rows of plans, never a source. */
#ifndef PL_RECORDS_SEARCH_H
#define PL_RECORDS_SEARCH_H

#include "store/store.h"

/* Put the rows of a plan into the index, inside the transaction that wrote them. Errors
 * of the store; PL_ENOMEM. */
PL_MUST pl_status pl_search_add(pl_ctx *cx, pl_store *s, pl_str region_id,
                                pl_str plan_id);

/* Make the index anew from all plans, in a transaction. */
PL_MUST pl_status pl_search_rebuild(pl_ctx *cx, pl_store *s);

#endif
