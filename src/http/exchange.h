/* One request and its answer, from the first line to the last byte: http's own state
 * behind a pl_call. */
#ifndef PL_HTTP_EXCHANGE_H
#define PL_HTTP_EXCHANGE_H

#include "http/mhd.h"
#include "http/problem.h"
#include "http/route.h"
#include <time.h>

enum {
    PL_REQUEST_ID_CHARS = 64,
    PL_ETAG_CHARS = 96,
    PL_JSON_BODY_BYTES = 1 << 20, /* of a body that is no file */
    PL_ANSWER_BYTES = 1 << 29,    /* of one answer */
    PL_QUERY_MOST = 64,           /* parameters of one query */
    PL_HEADERS_MOST = 16          /* that a handler sets */
};

typedef struct pl_pair {
    pl_str name, value;
} pl_pair;

typedef enum pl_exchange_state {
    PL_EXCHANGE_NEW,     /* the headers are being read */
    PL_EXCHANGE_BODY,    /* the body is being read */
    PL_EXCHANGE_QUEUED,  /* a thread of jobs.h has it; the connection is suspended */
    PL_EXCHANGE_ANSWERED /* status, headers and body are ready */
} pl_exchange_state;

typedef struct pl_exchange {
    pl_call call;
    pl_ctx cx;
    struct pl_server *server;
    struct MHD_Connection *con;
    struct pl_visitor *visitor; /* of watch.h: its connection */
    pl_exchange_state state;
    bool is_head, sent;
    pl_method method;
    pl_str target; /* as sent: path and query; behind this struct */
    pl_route_match match;
    pl_str params[PL_ROUTE_PARAMS]; /* decoded */
    PL_VEC(pl_pair) query;
    pl_buf in, out;
    size_t dropped; /* bytes of the body beyond what it may be */
    struct json_object *json;
    pl_pair headers[PL_HEADERS_MOST];
    size_t n_headers;
    bool is_problem;
    pl_bytes fixed; /* an answer that lies ready in the program; p NULL: none */
    bool fixed_gzip;
    pl_str cache_key; /* of cache.h: under which the answer is kept; empty: it is not */
    int64_t cache_version;
    char cache_etag[PL_ETAG_CHARS];
    bool is_packed;           /* the body is gzip already */
    struct pl_stream *stream; /* of events.h: an answer without end */
    struct pl_kept *kept;     /* of keep.h: what the answer is kept under */
    struct timespec began;
    char request_id[PL_REQUEST_ID_CHARS + 1];
    size_t bytes; /* of the answer's body as sent */
} pl_exchange;

/* A new exchange for a request line's target; NULL when there is no memory. End it with
 * pl_exchange_free. */
pl_exchange *pl_exchange_new(struct pl_server *s, struct MHD_Connection *con,
                             const char *target);
void pl_exchange_free(pl_exchange *x);

/* Look at the headers: target, route, who asks, whether they may. PL_OK: go on; else the
 * answer is made. */
PL_MUST bool pl_exchange_begin(pl_exchange *x, const char *method);

/* The body is there: run the handler and make the answer. On the calling thread's store.
 */
void pl_exchange_run(pl_exchange *x);

/* Make one of our own problems the answer; false, for `return pl_exchange_refuse(…)`. */
bool pl_exchange_refuse(pl_exchange *x, pl_problem p, pl_str detail);

/* Does a list of entity tags (If-Match, If-None-Match) name this one? Weakness is not
 * looked at. */
bool pl_exchange_etag_in(pl_str list, pl_str etag);

/* The problem of a failure; false, likewise. What is our own fault is not told to
 * strangers. */
bool pl_exchange_fail(pl_exchange *x, pl_status st);

/* ---- auth.c */

#define PL_SESSION_COOKIE "plumbline_session"

/* Who asks, and may they? False: the answer is made. */
PL_MUST bool pl_auth_check(pl_exchange *x);
/* The value of a cookie (RFC 6265); empty when not there. */
pl_str pl_request_cookie(const pl_exchange *x, pl_str name);

/* ---- request.c */

/* Decode what stands in the target: parameters of the path and the query. False: it is
 * not well-formed. */
PL_MUST bool pl_request_decode(pl_exchange *x);
/* A header as text; empty when not there. */
pl_str pl_request_header(const pl_exchange *x, const char *name);

/* ---- body.c */

/* Parse the JSON body and hold it against the route's fields; false: the answer is made.
 */
PL_MUST bool pl_body_check(pl_exchange *x);
void pl_body_free(pl_exchange *x);

/* ---- answer.c */

/* Does the client take gzip? */
bool pl_answer_takes_gzip(const pl_exchange *x);

/* Send the answer of an exchange that is ANSWERED. */
PL_MUST enum MHD_Result pl_answer_send(pl_exchange *x);

#endif
