#include "http/cache.h"
#include "http/server.h"
#include "http/visitors.h"
#include <stdlib.h>

static void worker_free(void *p)
{
    pl_worker *w = p;

    pl_store_close(w->store);
    pl_arena_free(w->arena);
    pl_cache_free(w->cache);
    pl_visitors_free(w->visitors);
    if (w->has_gzip)
        deflateEnd(&w->gzip);
    free(w);
}

int pl_worker_key_make(pl_server *s)
{
    int e = pthread_key_create(&s->worker_key, worker_free);

    s->has_worker_key = e == 0;
    return e;
}

pl_worker *pl_worker_here(pl_server *s)
{
    pl_worker *w = pthread_getspecific(s->worker_key);

    if (w)
        return w;
    w = calloc(1, sizeof *w);
    if (w && pthread_setspecific(s->worker_key, w) != 0) {
        free(w);
        w = NULL;
    }
    return w;
}

pl_status pl_worker_store(pl_ctx *cx, pl_server *s, pl_store **out)
{
    pl_worker *w = pl_worker_here(s);
    pl_ctx own = s->base;
    pl_status st;

    if (!w)
        return pl_fail_memory(cx);
    if (w->store) {
        *out = w->store;
        return PL_OK;
    }
    own.arena = w->arena = pl_arena_new(own.limits.arena_bytes);
    if (!own.arena)
        return pl_fail_memory(cx);
    st = pl_service_open(&own, s->opts->db, &w->store);
    cx->err = own.err;
    if (st == PL_OK)
        *out = w->store;
    else
        pl_worker_forget(s);
    return st;
}

void pl_worker_forget(pl_server *s)
{
    pl_worker *w = pl_worker_here(s);

    if (!w)
        return;
    pl_store_close(w->store);
    pl_arena_free(w->arena);
    w->store = NULL;
    w->arena = NULL;
}

void pl_worker_end(pl_server *s)
{
    pl_worker *w = pthread_getspecific(s->worker_key);

    (void)pthread_setspecific(s->worker_key, NULL);
    if (w)
        worker_free(w);
}
