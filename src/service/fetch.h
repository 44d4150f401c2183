/* Asking another server over HTTP, by libcurl, which is loaded when it is needed. */
#ifndef PL_SERVICE_FETCH_H
#define PL_SERVICE_FETCH_H

#include "base/buf.h"

enum { PL_FETCH_BYTES = 1 << 20, PL_FETCH_S = 10 };

typedef struct pl_fetch {
    pl_str url;            /* https; http only to this machine itself */
    pl_str form;           /* a POST of application/x-www-form-urlencoded; empty: GET */
    pl_str user, password; /* of Basic; user empty: none */
} pl_fetch;

/* The body of an answer of 200 to 299, in cx->arena: at most PL_FETCH_BYTES, within
 * PL_FETCH_S seconds, no redirect followed, the server's certificate verified.
 * PL_EIO: anything else; PL_ESYNTAX: no such address. */
PL_MUST pl_status pl_fetch_run(pl_ctx *cx, const pl_fetch *in, pl_str *out);

/* Append a text as it stands in a form or query: escaped (RFC 3986). */
void pl_fetch_escape(pl_buf *b, pl_str s);

/* May this address be asked at all? https, or http on this machine. */
bool pl_fetch_may(pl_str url);

#endif
