/* Answers kept for a day, so that a request can be sent again without being done again
 * (Idempotency-Key). */
#ifndef PL_SERVICE_KEPT_H
#define PL_SERVICE_KEPT_H

#include "service/service.h"

enum { PL_KEPT_S = 24 * 3600, PL_KEPT_RUNNING_S = 300 };

/* Which request: a user's key, and the digest of what was asked for with it. */
typedef struct pl_kept_request {
    pl_str region_id, user_id, key, digest;
} pl_kept_request;

typedef struct pl_kept_answer {
    int64_t status;
    pl_str content_type;
    pl_bytes body;
} pl_kept_answer;

typedef enum pl_kept_state {
    PL_KEPT_NEW,     /* do it, then call pl_service_kept_end */
    PL_KEPT_RUNNING, /* it is being done; after PL_KEPT_RUNNING_S it counts as given up */
    PL_KEPT_OTHER,   /* the key stands for another request */
    PL_KEPT_DONE     /* *answer, in cx->arena */
} pl_kept_state;

/* Take the key, or learn what became of it. Errors of the store. */
PL_MUST pl_status pl_service_kept_begin(pl_ctx *cx, pl_now now, pl_store *s,
                                        const pl_kept_request *r, pl_kept_state *state,
                                        pl_kept_answer *answer);
/* Keep the answer; without one (NULL) the key is free again. Errors of the store. */
PL_MUST pl_status pl_service_kept_end(pl_ctx *cx, pl_store *s, const pl_kept_request *r,
                                      const pl_kept_answer *answer);

#endif
