#include "http/metrics.h"
#include "http/route.h"
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Every status that is answered with; others are counted as the last. */
static const int statuses[] = {200, 201, 202, 204, 302, 303, 304, 400, 401, 403, 404, 405,
                               409, 412, 413, 415, 422, 428, 429, 500, 501, 503, 507, 0};

/* Upper ends of the histogram of durations, in microseconds. */
static const int64_t ends_us[] = {500,   1000,   2500,   5000,    10000,   25000,
                                  50000, 100000, 250000, 1000000, 5000000, INT64_MAX};

typedef struct counts {
    atomic_ullong by_status[PL_COUNT(statuses)], by_time[PL_COUNT(ends_us)];
    atomic_ullong us, bytes;
} counts;

struct pl_metrics {
    atomic_ullong imports, imports_failed;
    size_t n;
    counts routes[];
};

pl_metrics *pl_metrics_new(void)
{
    size_t n = pl_route_count() + 1;
    pl_metrics *m = calloc(1, sizeof *m + n * sizeof m->routes[0]);

    if (m)
        m->n = n;
    return m;
}

void pl_metrics_free(pl_metrics *m)
{
    free(m);
}

static void add(atomic_ullong *to, uint64_t n)
{
    atomic_fetch_add_explicit(to, n, memory_order_relaxed);
}

void pl_metrics_request(pl_metrics *m, size_t route, int status, int64_t us, size_t bytes)
{
    counts *c = &m->routes[route < m->n ? route : m->n - 1];
    size_t s = 0, t = 0;

    while (s + 1 < PL_COUNT(statuses) && statuses[s] != status)
        s++;
    while (us > ends_us[t])
        t++;
    add(&c->by_status[s], 1);
    add(&c->by_time[t], 1);
    add(&c->us, us > 0 ? (uint64_t)us : 0);
    add(&c->bytes, bytes);
}

void pl_metrics_import(pl_metrics *m, bool done)
{
    add(done ? &m->imports : &m->imports_failed, 1);
}

/* ---- text */

static void head(pl_buf *out, const char *name, const char *type, const char *help)
{
    pl_buf_putf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void gauge(pl_buf *out, const char *name, const char *help, size_t v)
{
    head(out, name, "gauge", help);
    pl_buf_putf(out, "%s %zu\n", name, v);
}

static const char *route_name(size_t i)
{
    const pl_route *r = pl_route_at(i);

    return r ? r->name.p : "other";
}

static void put_requests(const pl_metrics *m, pl_buf *out)
{
    head(out, "plumbline_requests_total", "counter", "Requests by operation and status.");
    for (size_t r = 0; r < m->n; r++)
        for (size_t s = 0; s < PL_COUNT(statuses); s++) {
            unsigned long long n = atomic_load(&m->routes[r].by_status[s]);

            if (n)
                pl_buf_putf(out,
                            "plumbline_requests_total{route=\"%s\",status=\"%d\"} %llu\n",
                            route_name(r), statuses[s], n);
        }
}

static void put_durations(const pl_metrics *m, pl_buf *out)
{
    static const char name[] = "plumbline_request_seconds";

    head(out, name, "histogram", "Time from the first line to the last byte.");
    for (size_t r = 0; r < m->n; r++) {
        unsigned long long n = 0;

        for (size_t t = 0; t < PL_COUNT(ends_us); t++)
            n += atomic_load(&m->routes[r].by_time[t]);
        if (n == 0)
            continue;
        n = 0;
        for (size_t t = 0; t + 1 < PL_COUNT(ends_us); t++) {
            n += atomic_load(&m->routes[r].by_time[t]);
            pl_buf_putf(out, "%s_bucket{route=\"%s\",le=\"%g\"} %llu\n", name,
                        route_name(r), (double)ends_us[t] / 1e6, n);
        }
        n += atomic_load(&m->routes[r].by_time[PL_COUNT(ends_us) - 1]);
        pl_buf_putf(out, "%s_bucket{route=\"%s\",le=\"+Inf\"} %llu\n", name,
                    route_name(r), n);
        pl_buf_putf(out, "%s_sum{route=\"%s\"} %.6f\n%s_count{route=\"%s\"} %llu\n", name,
                    route_name(r), (double)atomic_load(&m->routes[r].us) / 1e6, name,
                    route_name(r), n);
    }
}

/* Resident memory, of proc(5): the second field of statm, in pages. */
static size_t resident_bytes(void)
{
    FILE *f = fopen("/proc/self/statm", "re");
    unsigned long all, resident = 0;

    if (!f)
        return 0;
    if (fscanf(f, "%lu %lu", &all, &resident) != 2)
        resident = 0;
    fclose(f);
    return resident * (size_t)sysconf(_SC_PAGESIZE);
}

void pl_metrics_put(const pl_metrics *m, size_t connections, size_t running,
                    size_t listeners, pl_buf *out)
{
    unsigned long long bytes = 0;

    put_requests(m, out);
    put_durations(m, out);
    for (size_t r = 0; r < m->n; r++)
        bytes += atomic_load(&m->routes[r].bytes);
    head(out, "plumbline_answer_bytes_total", "counter", "Bytes of bodies sent.");
    pl_buf_putf(out, "plumbline_answer_bytes_total %llu\n", bytes);
    head(out, "plumbline_imports_total", "counter", "Documents imported, by outcome.");
    pl_buf_putf(out,
                "plumbline_imports_total{outcome=\"done\"} %llu\n"
                "plumbline_imports_total{outcome=\"failed\"} %llu\n",
                atomic_load(&m->imports), atomic_load(&m->imports_failed));
    gauge(out, "plumbline_connections", "Connections open.", connections);
    gauge(out, "plumbline_requests_running", "Requests being served.", running);
    gauge(out, "plumbline_event_listeners", "Streams of events open.", listeners);
    gauge(out, "process_resident_memory_bytes", "Resident memory.", resident_bytes());
}
