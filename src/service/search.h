/* What can be found by words. */
#ifndef PL_SERVICE_SEARCH_H
#define PL_SERVICE_SEARCH_H

#include "service/query.h"

/* What of the region's plans, and which units, hold all words of q (parted by spaces),
 * the latest plans first; at most `limit`, total says how many of at most 500 there are.
 * Only what `who` may see. Nothing when q has nothing to search by. Rows are those of
 * PL_COLUMNS_HITS. Errors of the store. */
PL_MUST pl_status pl_service_search(pl_ctx *cx, pl_store *s, const pl_principal *who,
                                    pl_str q, size_t limit, pl_listing *out);

/* A revision as an entity tag, in cx->arena. PL_ENOMEM. */
PL_MUST pl_status pl_revision_text(pl_ctx *cx, int64_t revision, pl_str *out);

#endif
