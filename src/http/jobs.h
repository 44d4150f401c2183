/* Threads beside those of the connections, for what takes long: reading documents,
 * passwords. */
#ifndef PL_HTTP_JOBS_H
#define PL_HTTP_JOBS_H

#include "http/exchange.h"

typedef struct pl_jobs pl_jobs;

/* Start n threads. NULL: no memory, or no thread. */
PL_MUST pl_jobs *pl_jobs_new(struct pl_server *s, size_t n);
/* Suspend the exchange's connection and run it (pl_exchange_run) in one of the threads,
 * which resumes it; false, and nothing done, when too many wait already. */
PL_MUST bool pl_jobs_put(pl_jobs *j, pl_exchange *x);
/* Finish all that wait, end the threads. NULL is none. */
void pl_jobs_free(pl_jobs *j);

#endif
