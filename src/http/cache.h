/* Answers of reading operations, kept by each thread until something is written: every
 * write has an entry in the audit log, so the number of the last entry is the version of
 * all that can be read. Whoever may see the same is given the same answer. */
#ifndef PL_HTTP_CACHE_H
#define PL_HTTP_CACHE_H

#include "http/exchange.h"

typedef struct pl_cache pl_cache;

/* NULL: no memory. */
PL_MUST pl_cache *pl_cache_new(void);
void pl_cache_free(pl_cache *c);

/* Before the handler: true when the answer was kept, and is made. Notes in the exchange
 * under what its answer is to be kept. On the thread that sends it. */
PL_MUST bool pl_cache_find(pl_exchange *x);
/* After it: keep the body as it will be sent. etag: without quotes. */
void pl_cache_keep(pl_exchange *x, const char *etag, bool packed);

#endif
