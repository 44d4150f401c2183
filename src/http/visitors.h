/* Who asked lately: a thread remembers, for two seconds and until something is written,
 * whose a secret is. Ending a session, revoking a token, disabling a user are writes. */
#ifndef PL_HTTP_VISITORS_H
#define PL_HTTP_VISITORS_H

#include "http/exchange.h"

typedef struct pl_visitors pl_visitors;

/* NULL: no memory. */
PL_MUST pl_visitors *pl_visitors_new(void);
void pl_visitors_free(pl_visitors *v);

/* The principal of a secret at a version of the data; its texts are in cx->arena. False:
 * not known. kind: 's' session, 't' token. */
PL_MUST bool pl_visitors_find(pl_visitors *v, pl_ctx *cx, char kind, pl_str secret,
                              int64_t version, int64_t now_s, pl_principal *out);
/* Remember one, in place of another one. */
void pl_visitors_keep(pl_visitors *v, char kind, pl_str secret, int64_t version,
                      int64_t now_s, const pl_principal *who);

#endif
