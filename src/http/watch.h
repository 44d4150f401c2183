/* Connections, watched for clients that are too slow: libmicrohttpd ends those that are
 * silent, but not those that send a byte now and then to hold a place. */
#ifndef PL_HTTP_WATCH_H
#define PL_HTTP_WATCH_H

#include "base/base.h"
#include <pthread.h>

typedef enum pl_phase {
    PL_PHASE_WAIT,   /* nothing asked for: a new connection, or one kept */
    PL_PHASE_HEAD,   /* between the first line and the end of the headers */
    PL_PHASE_BODY,   /* of a request */
    PL_PHASE_ANSWER, /* being made or sent */
    PL_PHASE_STREAM  /* events: no end is expected */
} pl_phase;

typedef struct pl_visitor {
    struct pl_visitor *before, *next;
    int fd;
    pl_phase phase;
    int64_t since_ms;
    size_t bytes; /* of the body so far */
} pl_visitor;

typedef struct pl_watch {
    pthread_mutex_t lock;
    pl_visitor *first;
} pl_watch;

void pl_watch_init(pl_watch *w);
void pl_watch_release(pl_watch *w);

/* A connection began; NULL: no memory, it goes unwatched. End it with pl_watch_leave,
 * before its descriptor is closed. */
pl_visitor *pl_watch_enter(pl_watch *w, int fd);
void pl_watch_leave(pl_watch *w, pl_visitor *v);
/* v may be NULL. */
void pl_watch_phase(pl_watch *w, pl_visitor *v, pl_phase phase);
void pl_watch_bytes(pl_watch *w, pl_visitor *v, size_t n);

/* Cut the connections that are too slow. Once a second. */
void pl_watch_sweep(pl_watch *w);

#endif
