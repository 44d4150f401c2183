/* Workers are forks that read the number of an input, and write what came of it behind
 * its length. Each has its own socket; the numbers are handed out one at a time, not too
 * far ahead of what can be printed. */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/wire.h"
#include "cli/documents.h"

enum {
    LENGTH_BYTES = 8,
    AHEAD = 64, /* inputs for each worker that may wait for an earlier one */
    PROGRESS_FROM_MS = 1000,
    PROGRESS_EACH_MS = 100,
    RECORD_BYTES = 4 + PL_TALLY_COUNTS /* at least */
};

#define ANSWER_BYTES_MAX ((size_t)4 << 30)

typedef struct worker {
    pid_t pid;
    int fd;
    bool busy;
    size_t job;
    pl_buf in; /* what has come of its answer */
} worker;

/* The answer to one input, until its turn comes. */
typedef struct answer {
    pl_buf b; /* records */
    bool there;
} answer;

typedef struct jobs {
    pl_ctx *cx;
    pl_visit *v;
    const pl_inputs *inputs;
    worker *workers;
    size_t n_workers;
    answer *answers;
    size_t next_out, next_in; /* to print, to hand out */
    pl_progress progress;
    bool stopped;
} jobs;

/* Progress. */

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

pl_progress pl_progress_begin(bool english)
{
    return (pl_progress){
        .begun_ms = now_ms(), .on = isatty(STDERR_FILENO) == 1, .english = english};
}

void pl_progress_show(pl_progress *p, size_t done, size_t all)
{
    int64_t now = now_ms();

    if (!p->on || now - p->begun_ms < PROGRESS_FROM_MS ||
        now - p->shown_ms < PROGRESS_EACH_MS)
        return;
    fprintf(stderr, p->english ? "\r%zu of %zu …\033[K" : "\r已读 %zu / %zu …\033[K",
            done, all);
    p->shown_ms = now;
}

void pl_progress_wipe(pl_progress *p)
{
    if (p->shown_ms)
        fputs("\r\033[K", stderr);
    p->shown_ms = 0;
}

/* The worker's side. */

typedef struct working {
    pl_buf records;
    FILE *said; /* what goes to standard error meanwhile */
} working;

/* Append what was said since the last time. */
static void said_take(FILE *said, pl_buf *out)
{
    char chunk[4096];
    size_t n;

    fflush(stderr);
    rewind(said);
    while ((n = fread(chunk, 1, sizeof chunk, said)) > 0)
        pl_buf_put(out, (pl_str){chunk, n});
    rewind(said);
    if (ftruncate(fileno(said), 0) != 0)
        out->failed = true;
}

static bool record_put(pl_visit *v, pl_record *r)
{
    working *w = v->self;
    const size_t *counts = (const size_t *)(const void *)&r->tally;
    pl_buf err;

    pl_buf_init(&err, 1 << 20);
    said_take(w->said, &err);
    pl_wire_put(&w->records, (uint64_t)r->code);
    pl_wire_put(&w->records, r->listed);
    for (size_t i = 0; i < PL_TALLY_COUNTS; i++)
        pl_wire_put(&w->records, counts[i]);
    pl_wire_put_str(&w->records, pl_buf_str(&v->app->out));
    pl_wire_put_str(&w->records, pl_buf_str(&err));
    w->records.failed |= v->app->out.failed;
    v->app->out.n = 0;
    pl_buf_release(&err);
    return !w->records.failed;
}

static bool read_all(int fd, void *p, size_t n)
{
    char *to = p;

    while (n) {
        ssize_t r = read(fd, to, n);

        if (r < 0 && errno == EINTR)
            continue;
        if (r <= 0)
            return false;
        to += r;
        n -= (size_t)r;
    }
    return true;
}

/* Never returns. */
static void work(jobs *j, int fd)
{
    working w;
    pl_visit v = *j->v;
    uint32_t job;

    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    w.said = tmpfile();
    if (!w.said || dup2(fileno(w.said), STDERR_FILENO) < 0)
        _exit(1);
    pl_buf_init(&w.records, ANSWER_BYTES_MAX);
    v.emit = record_put;
    v.self = &w;
    while (read_all(fd, &job, sizeof job)) {
        pl_ctx cx = {0};
        uint64_t n;

        w.records.n = 0;
        v.listed = j->v->listed;
        if (!pl_visit_input(&v, &j->inputs->p[job]) || w.records.failed)
            _exit(1);
        n = w.records.n;
        if (pl_fd_write(&cx, fd, (pl_str){(const char *)&n, sizeof n}) != PL_OK ||
            pl_fd_write(&cx, fd, pl_buf_str(&w.records)) != PL_OK)
            _exit(1);
    }
    _exit(0);
}

/* The parent's side. */

static bool worker_start(jobs *j, worker *w)
{
    int fd[2];

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fd) != 0)
        return false;
    w->pid = fork();
    if (w->pid == 0) {
        for (size_t i = 0; i < j->n_workers; i++)
            if (j->workers[i].fd >= 0)
                close(j->workers[i].fd);
        close(fd[0]);
        work(j, fd[1]);
    }
    close(fd[1]);
    w->fd = fd[0];
    w->busy = false;
    w->in.n = 0;
    if (w->pid > 0)
        return true;
    close(w->fd);
    w->fd = -1;
    return false;
}

/* The records that an answer holds, to v->emit; false when it is broken, or emit says
 * stop. */
static bool answer_print(jobs *j, pl_str s)
{
    pl_wire w = {.in = {(const unsigned char *)s.p, s.n}};

    while (w.in.n && !w.bad && !j->stopped) {
        pl_record r = {.code = (int)pl_wire_get(&w, PL_EXIT_UNDETERMINED)};
        size_t *counts = (size_t *)(void *)&r.tally;
        pl_bytes out, err;

        r.listed = pl_wire_get(&w, 1);
        for (size_t i = 0; i < PL_TALLY_COUNTS; i++)
            counts[i] = (size_t)pl_wire_get(&w, SIZE_MAX);
        out = pl_wire_get_bytes(&w);
        err = pl_wire_get_bytes(&w);
        r.out = (pl_str){(const char *)out.p, out.n};
        r.err = (pl_str){(const char *)err.p, err.n};
        pl_progress_wipe(&j->progress);
        if (!w.bad)
            j->stopped = !j->v->emit(j->v, &r);
    }
    return !w.bad;
}

/* What stands for the answer of a worker that ended in its work. */
static void answer_lost(jobs *j, answer *a, int state)
{
    const char *path = j->inputs->p[a - j->answers].path;
    pl_tally tally = {.unreadable = 1};
    const size_t *counts = (const size_t *)(const void *)&tally;
    pl_buf err;

    pl_buf_init(&err, 1 << 16);
    pl_buf_putf(&err,
                "plumbline: %s: could not be worked on: its process ended (%s %d)\n",
                path, WIFSIGNALED(state) ? "signal" : "status",
                WIFSIGNALED(state) ? WTERMSIG(state) : WEXITSTATUS(state));
    pl_wire_put(&a->b, PL_EXIT_UNREADABLE);
    pl_wire_put(&a->b, j->v->listed);
    for (size_t i = 0; i < PL_TALLY_COUNTS; i++)
        pl_wire_put(&a->b, counts[i]);
    pl_wire_put_str(&a->b, PL_S(""));
    pl_wire_put_str(&a->b, pl_buf_str(&err));
    pl_buf_release(&err);
}

static bool answer_whole(const pl_buf *b)
{
    uint64_t n;

    if (b->n < LENGTH_BYTES)
        return false;
    memcpy(&n, b->p, sizeof n);
    return b->n - LENGTH_BYTES >= n;
}

/* Take what a worker says; false when it can be replaced by none. */
static bool worker_hear(jobs *j, worker *w)
{
    char chunk[65536];
    ssize_t n = read(w->fd, chunk, sizeof chunk);
    answer *a = &j->answers[w->job];
    int state = 0;

    if (n < 0 && errno == EINTR)
        return true;
    if (n > 0) {
        pl_buf_put(&w->in, (pl_str){chunk, (size_t)n});
        if (w->in.failed || !answer_whole(&w->in))
            return !w->in.failed;
        pl_buf_put(&a->b, pl_str_tail(pl_buf_str(&w->in), LENGTH_BYTES));
        a->there = true;
        w->busy = false;
        w->in.n = 0;
        return !a->b.failed;
    }
    close(w->fd);
    w->fd = -1;
    while (waitpid(w->pid, &state, 0) < 0 && errno == EINTR)
        continue;
    if (w->busy) {
        answer_lost(j, a, state);
        a->there = true;
    }
    return worker_start(j, w);
}

static bool worker_feed(jobs *j, worker *w)
{
    uint32_t job = (uint32_t)j->next_in;
    pl_ctx cx = {0};

    if (w->busy || j->next_in >= j->inputs->n ||
        j->next_in >= j->next_out + AHEAD * j->n_workers)
        return true;
    pl_buf_init(&j->answers[job].b, ANSWER_BYTES_MAX);
    w->job = j->next_in++;
    w->busy = true;
    return pl_fd_write(&cx, w->fd, (pl_str){(const char *)&job, sizeof job}) == PL_OK;
}

/* Print all whose turn has come. */
static bool print_ready(jobs *j)
{
    bool whole = true;

    while (whole && j->next_out < j->inputs->n && j->answers[j->next_out].there) {
        answer *a = &j->answers[j->next_out++];

        whole = answer_print(j, pl_buf_str(&a->b));
        pl_buf_release(&a->b);
    }
    return whole;
}

static bool step(jobs *j, struct pollfd *p)
{
    bool good = true;

    for (size_t i = 0; i < j->n_workers; i++) {
        good = good && worker_feed(j, &j->workers[i]);
        p[i] = (struct pollfd){j->workers[i].fd, POLLIN, 0};
    }
    if (poll(p, (nfds_t)j->n_workers, PROGRESS_EACH_MS) < 0 && errno != EINTR)
        return false;
    for (size_t i = 0; i < j->n_workers; i++)
        if (p[i].revents)
            good = good && worker_hear(j, &j->workers[i]);
    good = good && print_ready(j);
    pl_progress_show(&j->progress, j->next_out, j->inputs->n);
    return good;
}

static void workers_end(jobs *j)
{
    for (size_t i = 0; i < j->n_workers; i++) {
        worker *w = &j->workers[i];

        if (w->fd < 0)
            continue;
        close(w->fd);
        if (w->busy)
            kill(w->pid, SIGKILL); /* nobody reads its answer any more */
        while (waitpid(w->pid, NULL, 0) < 0 && errno == EINTR)
            continue;
        pl_buf_release(&w->in);
    }
    for (size_t i = j->next_out; i < j->next_in; i++)
        pl_buf_release(&j->answers[i].b);
}

pl_status pl_jobs_run(pl_ctx *cx, pl_visit *v, const pl_inputs *inputs, size_t n)
{
    jobs j = {.cx = cx, .v = v, .inputs = inputs, .n_workers = n};
    struct pollfd *p = PL_NEW_N(cx->arena, struct pollfd, n);
    bool good = true;

    j.workers = PL_NEW_N(cx->arena, worker, n);
    j.answers = PL_NEW_N(cx->arena, answer, inputs->n);
    if (!p || !j.workers || !j.answers)
        return pl_fail_memory(cx);
    j.progress = pl_progress_begin(v->app->style.english);
    for (size_t i = 0; i < n; i++) {
        j.workers[i].fd = -1;
        pl_buf_init(&j.workers[i].in, ANSWER_BYTES_MAX);
    }
    for (size_t i = 0; i < n && good; i++)
        good = worker_start(&j, &j.workers[i]);
    while (good && !j.stopped && j.next_out < inputs->n)
        good = step(&j, p);
    pl_progress_wipe(&j.progress);
    workers_end(&j);
    return good ? PL_OK
                : pl_fail(cx, PL_EIO, PL_NOPOS, "could not work in %zu processes: %s", n,
                          strerror(errno));
}
