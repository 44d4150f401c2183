/* Serving a database over HTTP: what `plumbline serve` does. */
#ifndef PL_HTTP_SERVE_H
#define PL_HTTP_SERVE_H

#include "service/oidc.h"
#include "service/service.h"

typedef struct pl_serve_opts {
    const char *db;         /* pl_store_open */
    pl_str region;          /* empty: the only one */
    const char *listen;     /* "127.0.0.1:8080", "[::1]:0"; port 0: any that is free */
    const char *cert, *key; /* PEM files; NULL: no TLS */
    pl_str public_url;      /* under which people reach it; empty: by Host */
    bool trust_proxy;       /* X-Forwarded-For and X-Forwarded-Proto are believed */
    unsigned per_address;   /* connections of one address; 0: 256 */
    unsigned threads;       /* 0: one a core */
    bool quiet;             /* no access log */
    pl_oidc oidc;           /* issuer empty: people log in here only */
} pl_serve_opts;

typedef struct pl_server pl_server;

/* Open the database, listen, start the threads. opts must outlive the server.
 *
 * PL_EIO: the address is taken, a file cannot be read, the library is not installed;
 * PL_ESYNTAX: no address; errors of pl_service_open and pl_service_region. */
PL_MUST pl_status pl_server_start(pl_ctx *cx, const pl_serve_opts *opts, pl_server **out);

/* "http://127.0.0.1:8080/": where it listens. Lives as long as the server. */
const char *pl_server_address(const pl_server *s);
/* The region served. */
pl_str pl_server_region(const pl_server *s);

/* Take no new connections, let running requests end (wait_ms at most), stop. */
void pl_server_stop(pl_server *s, unsigned wait_ms);

#endif
