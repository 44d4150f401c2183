#include "http/jobs.h"
#include "http/server.h"
#include <stdlib.h>

enum { WAITING_MOST = 64, THREADS_MOST = 16 };

struct pl_jobs {
    pl_server *server;
    pthread_mutex_t lock;
    pthread_cond_t more;
    pl_exchange *waiting[WAITING_MOST]; /* a ring */
    size_t first, n;
    bool end;
    pthread_t threads[THREADS_MOST];
    size_t n_threads;
};

/* The next one; NULL when there is none left and none will come. */
static pl_exchange *take(pl_jobs *j)
{
    pl_exchange *x = NULL;

    pthread_mutex_lock(&j->lock);
    while (j->n == 0 && !j->end)
        pthread_cond_wait(&j->more, &j->lock);
    if (j->n) {
        x = j->waiting[j->first];
        j->first = (j->first + 1) % WAITING_MOST;
        j->n--;
    }
    pthread_mutex_unlock(&j->lock);
    return x;
}

static void *work(void *self)
{
    pl_jobs *j = self;
    pl_exchange *x;

    while ((x = take(j)) != NULL) {
        pl_exchange_run(x);
        j->server->mhd.MHD_resume_connection(x->con); /* x is not ours any more */
    }
    return NULL;
}

pl_jobs *pl_jobs_new(pl_server *s, size_t n)
{
    pl_jobs *j = calloc(1, sizeof *j);

    if (!j)
        return NULL;
    j->server = s;
    pthread_mutex_init(&j->lock, NULL);
    pthread_cond_init(&j->more, NULL);
    while (j->n_threads < n && j->n_threads < THREADS_MOST &&
           pthread_create(&j->threads[j->n_threads], NULL, work, j) == 0)
        j->n_threads++;
    if (j->n_threads)
        return j;
    pl_jobs_free(j);
    return NULL;
}

bool pl_jobs_put(pl_jobs *j, pl_exchange *x)
{
    bool room;

    pthread_mutex_lock(&j->lock);
    room = j->n < WAITING_MOST && !j->end;
    if (room) {
        x->state = PL_EXCHANGE_QUEUED;
        /* before the thread can resume it */
        j->server->mhd.MHD_suspend_connection(x->con);
        j->waiting[(j->first + j->n++) % WAITING_MOST] = x;
        pthread_cond_signal(&j->more);
    }
    pthread_mutex_unlock(&j->lock);
    return room;
}

void pl_jobs_free(pl_jobs *j)
{
    if (!j)
        return;
    pthread_mutex_lock(&j->lock);
    j->end = true;
    pthread_cond_broadcast(&j->more);
    pthread_mutex_unlock(&j->lock);
    for (size_t i = 0; i < j->n_threads; i++)
        pthread_join(j->threads[i], NULL);
    pthread_cond_destroy(&j->more);
    pthread_mutex_destroy(&j->lock);
    free(j);
}
