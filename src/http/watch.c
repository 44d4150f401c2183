#include "http/watch.h"
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

/* How long each phase may take, in ms. A body has more time by its size: 4 bytes a
 * millisecond is 32 kbit/s. */
static const int64_t most_ms[] = {[PL_PHASE_WAIT] = 75000,
                                  [PL_PHASE_HEAD] = 5000,
                                  [PL_PHASE_BODY] = 20000,
                                  [PL_PHASE_ANSWER] = 600000,
                                  [PL_PHASE_STREAM] = INT64_MAX};
enum { BODY_BYTES_A_MS = 4 };

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void pl_watch_init(pl_watch *w)
{
    *w = (pl_watch){0};
    pthread_mutex_init(&w->lock, NULL);
}

void pl_watch_release(pl_watch *w)
{
    pthread_mutex_destroy(&w->lock);
}

pl_visitor *pl_watch_enter(pl_watch *w, int fd)
{
    pl_visitor *v = calloc(1, sizeof *v);

    if (!v)
        return NULL;
    v->fd = fd;
    v->since_ms = now_ms();
    pthread_mutex_lock(&w->lock);
    v->next = w->first;
    if (v->next)
        v->next->before = v;
    w->first = v;
    pthread_mutex_unlock(&w->lock);
    return v;
}

void pl_watch_leave(pl_watch *w, pl_visitor *v)
{
    if (!v)
        return;
    pthread_mutex_lock(&w->lock);
    if (v->before)
        v->before->next = v->next;
    else
        w->first = v->next;
    if (v->next)
        v->next->before = v->before;
    pthread_mutex_unlock(&w->lock);
    free(v);
}

void pl_watch_phase(pl_watch *w, pl_visitor *v, pl_phase phase)
{
    if (!v)
        return;
    pthread_mutex_lock(&w->lock);
    v->phase = phase;
    v->since_ms = now_ms();
    v->bytes = 0;
    pthread_mutex_unlock(&w->lock);
}

void pl_watch_bytes(pl_watch *w, pl_visitor *v, size_t n)
{
    if (!v)
        return;
    pthread_mutex_lock(&w->lock);
    v->bytes += n;
    pthread_mutex_unlock(&w->lock);
}

static bool is_late(const pl_visitor *v, int64_t now)
{
    int64_t most = most_ms[v->phase];

    if (v->phase == PL_PHASE_BODY)
        most += (int64_t)(v->bytes / BODY_BYTES_A_MS);
    return now - v->since_ms > most;
}

void pl_watch_sweep(pl_watch *w)
{
    int64_t now = now_ms();

    pthread_mutex_lock(&w->lock);
    for (pl_visitor *v = w->first; v; v = v->next)
        if (is_late(v, now))
            (void)shutdown(v->fd, SHUT_RDWR); /* its thread sees the end and closes it */
    pthread_mutex_unlock(&w->lock);
}
