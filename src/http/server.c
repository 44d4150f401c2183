#include "http/events.h"
#include "http/jobs.h"
#include "http/log.h"
#include "http/metrics.h"
#include "http/server.h"
#include "base/file.h"
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sodium/core.h>
#include <sodium/randombytes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    CONNECTIONS_MOST = 8192,
    PER_ADDRESS = 256,
    HEAD_BYTES = 32 * 1024, /* memory of a connection: bounds what the headers may be */
    IDLE_S = 30,            /* without a byte */
    BACKLOG = 1024,
    STACK_BYTES = 1 << 20,
    DROPPED_MOST = 8 << 20 /* of a body that is too large, before the line is cut */
};

/* ---- one request, as libmicrohttpd tells of it */

static pl_visitor *visitor_of(pl_server *s, struct MHD_Connection *con)
{
    const union MHD_ConnectionInfo *i =
        s->mhd.MHD_get_connection_info(con, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

    return i ? i->socket_context : NULL;
}

static void *on_target(void *self, const char *target, struct MHD_Connection *con)
{
    pl_server *s = self;
    pl_exchange *x = pl_exchange_new(s, con, target);

    if (!x)
        return NULL;
    atomic_fetch_add(&s->running, 1);
    x->visitor = visitor_of(s, con);
    pl_watch_phase(&s->watch, x->visitor, PL_PHASE_HEAD);
    return x;
}

/* Some bytes of the body; false: there is no end of them. */
static bool take_body(pl_exchange *x, const char *bytes, size_t n)
{
    if (!x->in.failed && x->dropped == 0)
        pl_buf_put(&x->in, (pl_str){bytes, n});
    if (x->in.failed)
        x->dropped += n;
    pl_watch_bytes(&x->server->watch, x->visitor, n);
    return x->dropped < DROPPED_MOST;
}

static bool has_body(const pl_exchange *x)
{
    pl_str n = pl_request_header(x, "Content-Length");

    return (n.n && !pl_str_eq(n, PL_S("0"))) ||
           pl_request_header(x, "Transfer-Encoding").n;
}

/* The whole request is there. */
static enum MHD_Result answer(pl_exchange *x)
{
    pl_server *s = x->server;

    if (x->state == PL_EXCHANGE_BODY) {
        if (x->in.failed)
            pl_exchange_refuse(x, PL_PROBLEM_TOO_LARGE, (pl_str){0});
        else if (!x->match.route || !(x->match.route->flags & PL_ROUTE_SLOW))
            pl_exchange_run(x);
        else if (pl_jobs_put(s->jobs, x))
            return MHD_YES;
        else
            pl_exchange_refuse(x, PL_PROBLEM_BUSY, (pl_str){0});
    }
    pl_watch_phase(&s->watch, x->visitor, x->stream ? PL_PHASE_STREAM : PL_PHASE_ANSWER);
    return pl_answer_send(x);
}

static enum MHD_Result on_request(void *self, struct MHD_Connection *con, const char *url,
                                  const char *method, const char *version,
                                  const char *data, size_t *bytes, void **mine)
{
    pl_exchange *x = *mine;

    (void)self;
    (void)con;
    (void)url;
    (void)version;
    if (!x)
        return MHD_NO;
    if (x->state == PL_EXCHANGE_NEW) {
        bool body = has_body(x);

        pl_watch_phase(&x->server->watch, x->visitor,
                       body ? PL_PHASE_BODY : PL_PHASE_ANSWER);
        /* An answer at this point ends the connection, as it leaves a body unread: only
         * where there is one. */
        if (pl_exchange_begin(x, method) || !body)
            return MHD_YES;
    }
    if (*bytes) {
        bool more = take_body(x, data, *bytes);

        *bytes = 0;
        return more ? MHD_YES : MHD_NO;
    }
    return answer(x);
}

static void account(pl_server *s, const pl_exchange *x)
{
    struct timespec now;
    int64_t us;

    clock_gettime(CLOCK_MONOTONIC, &now);
    us = (int64_t)(now.tv_sec - x->began.tv_sec) * 1000000 +
         (now.tv_nsec - x->began.tv_nsec) / 1000;
    pl_metrics_request(s->metrics, pl_route_index(x->match.route), x->call.status, us,
                       x->bytes);
    if (!s->opts->quiet)
        pl_log_request(x, us);
}

static void on_end(void *self, struct MHD_Connection *con, void **mine,
                   enum MHD_RequestTerminationCode how)
{
    pl_server *s = self;
    pl_exchange *x = *mine;

    (void)con;
    (void)how;
    *mine = NULL;
    if (!x)
        return;
    account(s, x);
    pl_watch_phase(&s->watch, x->visitor, PL_PHASE_WAIT);
    pl_exchange_free(x);
    atomic_fetch_sub(&s->running, 1);
}

static void on_connection(void *self, struct MHD_Connection *con, void **mine,
                          enum MHD_ConnectionNotificationCode what)
{
    pl_server *s = self;

    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *i =
            s->mhd.MHD_get_connection_info(con, MHD_CONNECTION_INFO_CONNECTION_FD);

        atomic_fetch_add(&s->connections, 1);
        *mine = i ? pl_watch_enter(&s->watch, i->connect_fd) : NULL;
    } else {
        atomic_fetch_sub(&s->connections, 1);
        pl_watch_leave(&s->watch, *mine);
        *mine = NULL;
    }
}

/* Targets are decoded by request.c, once it is known which part is what. */
static size_t keep_escapes(void *self, struct MHD_Connection *con, char *text)
{
    (void)self;
    (void)con;
    return strlen(text);
}

/* ---- start */

/* getaddrinfo takes 99999 for what is left of it in 16 bits. */
static bool is_port(const char *s)
{
    unsigned n = 0;

    if (!*s)
        return false;
    for (; *s; s++) {
        if (!pl_is_digit(*s) || (n = n * 10 + (unsigned)(*s - '0')) > UINT16_MAX)
            return false;
    }
    return true;
}

/* "HOST:PORT", "[HOST]:PORT". */
static bool split_address(const char *listen_at, char *host, size_t host_bytes,
                          const char **port)
{
    const char *colon = strrchr(listen_at, ':');
    size_t n = colon ? (size_t)(colon - listen_at) : 0;

    if (n >= 2 && listen_at[0] == '[' && listen_at[n - 1] == ']') {
        listen_at++;
        n -= 2;
    }
    if (n == 0 || n >= host_bytes || !is_port(colon + 1))
        return false;
    memcpy(host, listen_at, n);
    host[n] = '\0';
    *port = colon + 1;
    return true;
}

static int bound_socket(const struct addrinfo *a)
{
    int fd = socket(a->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), one = 1;

    if (fd < 0)
        return -1;
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) == 0 &&
        bind(fd, a->ai_addr, a->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0)
        return fd;
    one = errno;
    close(fd);
    errno = one;
    return -1;
}

/* Where the socket came to listen, for people and for links. */
static void note_address(pl_server *s, int fd, const char *host)
{
    struct sockaddr_storage at = {0};
    socklen_t n = sizeof at;
    char port[16] = "0";
    bool v6 = strchr(host, ':') != NULL;

    if (getsockname(fd, (struct sockaddr *)&at, &n) == 0)
        getnameinfo((struct sockaddr *)&at, n, NULL, 0, port, sizeof port,
                    NI_NUMERICSERV);
    snprintf(s->address, sizeof s->address, "%s://%s%.200s%s:%s/",
             s->opts->cert ? "https" : "http", v6 ? "[" : "", host, v6 ? "]" : "", port);
}

static pl_status listen_at(pl_ctx *cx, pl_server *s, int *fd)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM,
                             .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    struct addrinfo *found = NULL;
    const char *port;
    char host[200];
    int e;

    if (!split_address(s->opts->listen, host, sizeof host, &port))
        return pl_fail(cx, PL_ESYNTAX, PL_NOPOS, "listen on ADDRESS:PORT, not '%s'",
                       s->opts->listen);
    e = getaddrinfo(host, port, &hints, &found);
    if (e != 0)
        return pl_fail(cx, PL_ESYNTAX, PL_NOPOS, "'%s': %s", s->opts->listen,
                       gai_strerror(e));
    *fd = bound_socket(found);
    e = errno;
    freeaddrinfo(found);
    if (*fd < 0)
        return pl_fail(cx, PL_EIO, PL_NOPOS, "cannot listen on %s: %s", s->opts->listen,
                       strerror(e));
    note_address(s, *fd, host);
    return PL_OK;
}

/* Each connection is a descriptor: as many as the system lets us. */
static void raise_descriptors(void)
{
    struct rlimit l;

    if (getrlimit(RLIMIT_NOFILE, &l) == 0 && l.rlim_cur < l.rlim_max) {
        l.rlim_cur = l.rlim_max;
        (void)setrlimit(RLIMIT_NOFILE, &l); /* a wish: fewer connections else */
    }
}

static unsigned thread_count(const pl_serve_opts *o)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);

    return o->threads ? o->threads : cores > 1 && cores < 256 ? (unsigned)cores : 2;
}

/* A PEM file as a text that ends with NUL. */
static pl_status read_pem(pl_ctx *cx, const char *path, const char **out)
{
    pl_bytes b;
    char *p;

    PL_TRY(pl_file_read(cx, path, &b));
    p = pl_arena_alloc_raw(cx->arena, b.n + 1, 1, 1);
    if (!p)
        return pl_fail_memory(cx);
    memcpy(p, b.p, b.n);
    p[b.n] = '\0';
    *out = p;
    return PL_OK;
}

static pl_status start_daemon(pl_ctx *cx, pl_server *s, int fd)
{
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME |
                     MHD_USE_TURBO | (s->opts->cert ? MHD_USE_TLS : 0);
    struct MHD_OptionItem tls[3] = {{MHD_OPTION_END, 0, NULL}};
    const char *cert = NULL, *key = NULL;

    if (s->opts->cert) {
        PL_TRY(read_pem(cx, s->opts->cert, &cert));
        PL_TRY(read_pem(cx, s->opts->key ? s->opts->key : s->opts->cert, &key));
        tls[0] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0, pl_mhd_text(cert)};
        tls[1] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0, pl_mhd_text(key)};
        tls[2] = (struct MHD_OptionItem){MHD_OPTION_END, 0, NULL};
    }
    s->daemon = s->mhd.MHD_start_daemon(
        flags, 0, NULL, NULL, on_request, s, MHD_OPTION_LISTEN_SOCKET, fd,
        MHD_OPTION_THREAD_POOL_SIZE, thread_count(s->opts), MHD_OPTION_THREAD_STACK_SIZE,
        (size_t)STACK_BYTES, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MOST,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT,
        s->opts->trust_proxy   ? 0u
        : s->opts->per_address ? s->opts->per_address
                               : (unsigned)PER_ADDRESS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEAD_BYTES,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S, MHD_OPTION_URI_LOG_CALLBACK,
        on_target, s, MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL,
        MHD_OPTION_NOTIFY_COMPLETED, on_end, s, MHD_OPTION_NOTIFY_CONNECTION,
        on_connection, s, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_ARRAY, tls,
        MHD_OPTION_END);
    return s->daemon ? PL_OK
                     : pl_fail(cx, PL_EIO, PL_NOPOS, "the server could not be started%s",
                               s->opts->cert ? ": look at the certificate and key" : "");
}

static void *tick(void *self)
{
    enum { STEP_MS = 50, STEPS = 20 };
    pl_server *s = self;

    for (unsigned i = 1; !atomic_load(&s->stopping); i++) {
        nanosleep(&(struct timespec){0, STEP_MS * 1000000L}, NULL);
        if (i % STEPS)
            continue;
        pl_watch_sweep(&s->watch);
        pl_hub_tick(s->hub);
    }
    return NULL;
}

/* Everything beside the threads of connections. */
static pl_status start_beside(pl_ctx *cx, pl_server *s)
{
    s->metrics = pl_metrics_new();
    s->hub = pl_hub_new(s);
    s->jobs = pl_jobs_new(s, thread_count(s->opts));
    if (!s->metrics || !s->hub || !s->jobs)
        return pl_fail_memory(cx);
    s->has_ticker = pthread_create(&s->ticker, NULL, tick, s) == 0;
    return s->has_ticker ? PL_OK : pl_fail_memory(cx);
}

static pl_status start(pl_ctx *cx, pl_server *s)
{
    int fd = -1;
    pl_store *store;
    pl_status st;

    if (sodium_init() < 0)
        return pl_fail(cx, PL_EIO, PL_NOPOS, "no source of random numbers");
    s->id_prefix = randombytes_random();
    PL_TRY(pl_mhd_load(cx, &s->mhd));
    if (pl_worker_key_make(s) != 0)
        return pl_fail_memory(cx);
    PL_TRY(pl_worker_store(cx, s, &store));
    PL_TRY(pl_service_region(cx, store, s->opts->region, &s->region_id));
    raise_descriptors();
    PL_TRY(start_beside(cx, s));
    PL_TRY(listen_at(cx, s, &fd));
    st = start_daemon(cx, s, fd);
    if (st != PL_OK)
        close(fd);
    return st;
}

pl_status pl_server_start(pl_ctx *cx, const pl_serve_opts *opts, pl_server **out)
{
    pl_server *s = calloc(1, sizeof *s);
    pl_status st;

    if (!s)
        return pl_fail_memory(cx);
    s->opts = opts;
    pl_watch_init(&s->watch);
    s->base = *cx;
    s->base.arena = NULL;
    st = start(cx, s);
    if (st == PL_OK)
        *out = s;
    else
        pl_server_stop(s, 0);
    return st;
}

const char *pl_server_address(const pl_server *s)
{
    return s->address;
}

pl_str pl_server_region(const pl_server *s)
{
    return s->region_id;
}

/* ---- stop */

static void wait_for_requests(pl_server *s, unsigned most_ms)
{
    enum { LOOK_MS = 5 };

    for (unsigned ms = 0; ms < most_ms && atomic_load(&s->running); ms += LOOK_MS)
        nanosleep(&(struct timespec){0, LOOK_MS * 1000000L}, NULL);
}

void pl_server_stop(pl_server *s, unsigned wait_ms)
{
    int fd = -1;

    atomic_store(&s->stopping, true);
    if (s->daemon)
        fd = s->mhd.MHD_quiesce_daemon(s->daemon);
    if (s->has_ticker)
        pthread_join(s->ticker, NULL);
    if (s->hub)
        pl_hub_close(s->hub);
    if (s->daemon)
        wait_for_requests(s, wait_ms);
    pl_jobs_free(s->jobs); /* none is suspended after this */
    if (s->daemon)
        s->mhd.MHD_stop_daemon(s->daemon);
    if (fd >= 0)
        close(fd);
    pl_hub_free(s->hub);
    pl_metrics_free(s->metrics);
    pl_watch_release(&s->watch);
    if (s->has_worker_key) {
        pl_worker_end(s);
        pthread_key_delete(s->worker_key);
    }
    free(s);
}
