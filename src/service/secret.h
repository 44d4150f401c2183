/* Secrets that are handed out once and kept only as what they hash to: of sessions,
 * tokens, links. */
#ifndef PL_SERVICE_SECRET_H
#define PL_SERVICE_SECRET_H

#include "base/ctx.h"

enum {
    PL_SECRET_CHARS = 43, /* 32 random bytes, base64url (RFC 4648, section 5) */
    PL_SECRET_HASH = 64   /* BLAKE2b-256 in hex */
};

/* A new one, in cx->arena, behind a prefix of at most 16 bytes. PL_ENOMEM. */
PL_MUST pl_status pl_secret_new(pl_ctx *cx, pl_str prefix, pl_str *out);

/* What is kept of it: BLAKE2b-256 over "kind:secret", so that what was made for one thing
 * is good for no other; hex, NUL-terminated. */
void pl_secret_hash(pl_str kind, pl_str secret, char out[PL_SECRET_HASH + 1]);

#endif
