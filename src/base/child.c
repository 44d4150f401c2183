/* close_range and syscall are no part of POSIX. */
#define _GNU_SOURCE
#include "base/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/child_internal.h"
#include "base/sandbox.h"

enum {
    OPEN_FILES_MAX = 1024, /* descriptors closed where there is no close_range */
    CHUNK_BYTES = 65536,
    NAP_FIRST_NS = 20000, /* most children end at once after their last word */
    NAP_MAX_NS = 1000000,
    LOOK_MS = 20, /* between looks at a child's processor time */
    EXIT_MISSING = 127
};

/* Our ends of the child's three streams and of the one that tells whether it started;
 * -1 when closed. Standard input is a socket, so that a child that stops reading cannot
 * raise SIGPIPE here. */
typedef struct streams {
    int in, out, err, started;
} streams;

typedef struct ends {
    int in, out, err, started;
} ends;

int64_t pl_clock_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void pl_fd_shut(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* Out of the way of descriptors 0 to 2, which the child gets anew. */
static bool move_up(int *fd)
{
    int up = fcntl(*fd, F_DUPFD_CLOEXEC, 3);

    close(*fd);
    *fd = up;
    return up >= 0;
}

bool pl_pipe_open(int *from, int *to)
{
    int fd[2];

    if (pipe2(fd, O_CLOEXEC) != 0)
        return false;
    *from = fd[0];
    *to = fd[1];
    return (*from > 2 || move_up(from)) && (*to > 2 || move_up(to));
}

static bool range_close(int first, unsigned last)
{
#ifdef SYS_close_range
    if (syscall(SYS_close_range, (unsigned)first, last, 0u) == 0)
        return true;
#endif
    (void)first;
    (void)last;
    return false;
}

void pl_fds_close(int first, int keep)
{
    bool closed = keep < first
                      ? range_close(first, ~0u)
                      : range_close(keep + 1, ~0u) &&
                            (keep == first || range_close(first, (unsigned)keep - 1));

    for (int fd = first; !closed && fd < OPEN_FILES_MAX; fd++)
        if (fd != keep)
            close(fd);
}

static bool streams_open(streams *ours, ends *theirs)
{
    int fd[2];

    *ours = (streams){-1, -1, -1, -1};
    *theirs = (ends){-1, -1, -1, -1};
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, fd) != 0)
        return false;
    ours->in = fd[0];
    theirs->in = fd[1];
    return move_up(&ours->in) && move_up(&theirs->in) &&
           pl_pipe_open(&ours->out, &theirs->out) &&
           pl_pipe_open(&ours->err, &theirs->err) &&
           pl_pipe_open(&ours->started, &theirs->started) &&
           fcntl(ours->in, F_SETFL, O_NONBLOCK) == 0;
}

/* In the child: only calls that are safe after fork. Never returns. */
static void child_begin(const pl_child *c, const ends *e)
{
    struct rlimit none = {0, 0}, memory = {c->memory_bytes, c->memory_bytes};
    rlim_t cpu_s = c->cpu_ms / 1000 + 1; /* should nobody watch it any more */
    struct rlimit cpu = {cpu_s, cpu_s + 1};
    ssize_t ignored;
    int failure;

    setpgid(0, 0);
    if (dup2(e->in, 0) < 0 || dup2(e->out, 1) < 0 || dup2(e->err, 2) < 0)
        _exit(EXIT_MISSING);
    pl_fds_close(3, e->started);
    setrlimit(RLIMIT_CORE, &none);
    if (c->cpu_ms)
        setrlimit(RLIMIT_CPU, &cpu);
    if (c->memory_bytes)
        setrlimit(RLIMIT_AS, &memory);
    failure = c->box ? pl_sandbox_enter(c->box) : 0;
    if (!failure) {
        execvp(c->argv[0], (char *const *)(uintptr_t)c->argv);
        failure = errno;
    }
    ignored = write(e->started, &failure, sizeof failure);
    (void)ignored;
    _exit(EXIT_MISSING);
}

/* What is left of the input to the child; closed when there is nothing left, or when it
 * does not read any more. */
static void feed(streams *s, pl_bytes *in)
{
    ssize_t n;

    if (in->n) {
        n = send(s->in, in->p, in->n < CHUNK_BYTES ? in->n : CHUNK_BYTES, MSG_NOSIGNAL);
        if (n < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (n > 0) {
            in->p += n;
            in->n -= (size_t)n;
        } else {
            in->n = 0;
        }
    }
    if (in->n == 0)
        pl_fd_shut(&s->in);
}

/* A chunk from the child onto b. False when b is full; what does not fit in `said` is
 * dropped. */
bool pl_fd_drain(int *fd, pl_buf *b, bool all)
{
    char chunk[CHUNK_BYTES];
    ssize_t n = read(*fd, chunk, sizeof chunk);

    if (n < 0 && errno == EINTR)
        return true;
    if (n <= 0) {
        pl_fd_shut(fd);
        return true;
    }
    if (!b)
        return true;
    if (!all && (size_t)n > b->max_bytes - b->n)
        n = (ssize_t)(b->max_bytes - b->n);
    pl_buf_put(b, (pl_str){chunk, (size_t)n});
    return !all || !b->failed;
}

/* What is watched of a child while it runs. */
typedef struct watch {
    const pl_child *c;
    pid_t pid;
    int64_t until;        /* of the clock */
    int64_t heard_cpu_ms; /* its processor time at its last output */
} watch;

/* Milliseconds of processor time that a child has used; 0 when it has ended. */
static int64_t cpu_used_ms(pid_t pid)
{
    struct timespec t;
    clockid_t clock;

    if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &t) != 0)
        return 0;
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool too_long(const watch *w)
{
    const pl_child *c = w->c;
    int64_t used = c->cpu_ms || c->stall_ms ? cpu_used_ms(w->pid) : 0;

    return pl_clock_ms() >= w->until || (c->cpu_ms && used > c->cpu_ms) ||
           (c->stall_ms && used - w->heard_cpu_ms > c->stall_ms);
}

/* How long to wait for news: until the deadline, or the next look at its time. */
static int wait_ms(const watch *w)
{
    int64_t left = w->until - pl_clock_ms();

    if ((w->c->cpu_ms || w->c->stall_ms) && left > LOOK_MS)
        left = LOOK_MS;
    return left > 0 ? (int)left : 0;
}

/* Feed and drain until the child has closed its output. */
static pl_child_end talk(watch *w, streams *s, pl_buf *out, pl_buf *said)
{
    pl_bytes in = w->c->in;

    while (s->out >= 0 || s->err >= 0) {
        struct pollfd p[3] = {
            {s->in, POLLOUT, 0}, {s->out, POLLIN, 0}, {s->err, POLLIN, 0}};
        int n = poll(p, 3, wait_ms(w));

        if (too_long(w))
            return PL_CHILD_LATE;
        if (n <= 0)
            continue;
        if (p[0].revents)
            feed(s, &in);
        if (p[1].revents) {
            if (!pl_fd_drain(&s->out, out, true))
                return PL_CHILD_FULL;
            w->heard_cpu_ms = cpu_used_ms(w->pid);
        }
        if (p[2].revents)
            (void)pl_fd_drain(&s->err, said, false);
    }
    return PL_CHILD_EXITED;
}

/* Wait for the end, until the deadline; a child that closed its output may still run. */
pl_child_end pl_child_reap(pid_t pid, int64_t until, pl_child_end end, int *code)
{
    struct timespec nap = {0, NAP_FIRST_NS};
    int state = 0;
    pid_t got = 0;

    while (end == PL_CHILD_EXITED && (got = waitpid(pid, &state, WNOHANG)) == 0) {
        if (pl_clock_ms() >= until)
            end = PL_CHILD_LATE;
        else
            nanosleep(&nap, NULL);
        if (nap.tv_nsec < NAP_MAX_NS)
            nap.tv_nsec *= 2;
    }
    if (got != pid) {
        kill(-pid, SIGKILL);
        kill(pid, SIGKILL);
        while (waitpid(pid, &state, 0) < 0 && errno == EINTR)
            continue;
        return end;
    }
    *code = WIFEXITED(state) ? WEXITSTATUS(state) : WTERMSIG(state);
    return WIFEXITED(state) ? PL_CHILD_EXITED : PL_CHILD_KILLED;
}

/* 0 when the program was started, else the errno of exec. */
static int start_failure(int *fd)
{
    int failure = 0;
    ssize_t n;

    do
        n = read(*fd, &failure, sizeof failure);
    while (n < 0 && errno == EINTR);
    pl_fd_shut(fd);
    return n == (ssize_t)sizeof failure ? failure : 0;
}

static void ends_shut(ends *e)
{
    pl_fd_shut(&e->in);
    pl_fd_shut(&e->out);
    pl_fd_shut(&e->err);
    pl_fd_shut(&e->started);
}

pl_status pl_child_run(pl_ctx *cx, const pl_child *c, pl_buf *out, pl_buf *said,
                       pl_child_end *end, int *code)
{
    streams s;
    ends e;
    pid_t pid = -1;
    int failure = 0;
    pl_status st = PL_OK;
    watch w = {.c = c, .until = pl_clock_ms() + c->deadline_ms};

    *code = 0;
    if (!streams_open(&s, &e) || (pid = fork()) < 0) {
        st = pl_fail(cx, PL_EIO, PL_NOPOS, "could not start \"%s\": %s", c->argv[0],
                     strerror(errno));
        goto out;
    }
    if (pid == 0)
        child_begin(c, &e);
    w.pid = pid;
    setpgid(pid, pid);
    ends_shut(&e);
    failure = start_failure(&s.started);
    *end = failure ? PL_CHILD_EXITED : talk(&w, &s, out, said);
    *end = pl_child_reap(pid, w.until, *end, code);
    if (failure == ENOENT)
        *end = PL_CHILD_MISSING;
    else if (failure)
        st = pl_fail(cx, PL_EIO, PL_NOPOS, "could not start \"%s\": %s", c->argv[0],
                     strerror(failure));
out:
    ends_shut(&e);
    ends_shut(&(ends){s.in, s.out, s.err, s.started});
    return st;
}
