/* What the server did, in counts, for /metrics (Prometheus' text format 0.0.4). Counts
 * are atomic: every thread adds. */
#ifndef PL_HTTP_METRICS_H
#define PL_HTTP_METRICS_H

#include "base/buf.h"

typedef struct pl_metrics pl_metrics;

/* NULL: no memory. End it with pl_metrics_free. */
PL_MUST pl_metrics *pl_metrics_new(void);
void pl_metrics_free(pl_metrics *m);

/* One request was served. route: its index in pl_route_at, or pl_route_count() for what
 * has none. */
void pl_metrics_request(pl_metrics *m, size_t route, int status, int64_t us,
                        size_t bytes);
/* A document was imported, or not. */
void pl_metrics_import(pl_metrics *m, bool done);

/* Append all of it, with what is known only now. */
void pl_metrics_put(const pl_metrics *m, size_t connections, size_t running,
                    size_t listeners, pl_buf *out);

#endif
