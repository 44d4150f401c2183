/* The server: libmicrohttpd with epoll and as many threads as there are cores. Each
 * thread serves its own connections with a database connection of its own; what takes
 * long runs in other threads (jobs.h). */
#ifndef PL_HTTP_SERVER_H
#define PL_HTTP_SERVER_H

#include "http/mhd.h"
#include "http/serve.h"
#include "http/watch.h"
#include "store/store.h"
#include <pthread.h>
#include <stdatomic.h>
#include <zlib.h>

/* What one thread has for itself. */
typedef struct pl_worker {
    pl_store *store; /* NULL: not open */
    pl_arena *arena; /* of opening it */
    struct pl_cache *cache;
    struct pl_visitors *visitors;
    z_stream gzip;
    bool has_gzip;
} pl_worker;

struct pl_server {
    pl_mhd mhd;
    struct MHD_Daemon *daemon;
    const pl_serve_opts *opts;
    pl_ctx base; /* what the context of each request begins as */
    pl_str region_id;
    int port;
    char address[256]; /* http://127.0.0.1:8080 */
    pthread_key_t worker_key;
    bool has_worker_key;
    struct pl_metrics *metrics;
    struct pl_jobs *jobs;
    struct pl_hub *hub;
    pl_watch watch;
    pthread_t ticker; /* once a second: watch and hub */
    bool has_ticker;
    atomic_size_t running;     /* requests begun and not ended */
    atomic_size_t connections; /* open */
    atomic_bool stopping;
    uint32_t id_prefix; /* of request ids, drawn at start */
    atomic_uint id_next;
};

/* Before the first thread; 0, or an errno. */
int pl_worker_key_make(pl_server *s);

/* The calling thread's worker; NULL when there is no memory. */
pl_worker *pl_worker_here(pl_server *s);
/* Its store, opened when it is not. Errors of pl_service_open. */
PL_MUST pl_status pl_worker_store(pl_ctx *cx, pl_server *s, pl_store **out);
/* End the calling thread's worker before the thread ends. */
void pl_worker_end(pl_server *s);
/* Close the store, after a failure that may be its connection's: the next request opens
 * another one. */
void pl_worker_forget(pl_server *s);

#endif
