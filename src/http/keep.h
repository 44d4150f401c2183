/* Idempotency-Key: a request that is sent again gets the answer of the first time.
 * (draft-ietf-httpapi-idempotency-key-header) */
#ifndef PL_HTTP_KEEP_H
#define PL_HTTP_KEEP_H

#include "http/exchange.h"

/* Before a handler runs: false when the answer is made already (kept, or refused). */
PL_MUST bool pl_keep_begin(pl_exchange *x);
/* After it: keep the answer, unless it is a failure of ours that may pass. */
void pl_keep_end(pl_exchange *x);

#endif
