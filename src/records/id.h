/* Ids of rows: 20 characters that sort by the time of their making.
 *
 * Ten characters for the milliseconds since 1970, ten drawn at random (50 bits), in
 * Crockford's base 32 (https://www.crockford.com/base32.html), as in ULIDs. No server
 * hands them out, so that several processes can write to one database. */
#ifndef PL_RECORDS_ID_H
#define PL_RECORDS_ID_H

#include "base/ctx.h"

enum { PL_ID_CHARS = 20 };

/* The clock of a call: seconds and the rest in milliseconds since 1970. */
typedef struct pl_now {
    int64_t s;
    int ms; /* 0 .. 999 */
} pl_now;

/* The moment n ms later: of several things made in one request each has its own, so that
 * their ids are in their order. */
pl_now pl_now_later(pl_now now, size_t n);

/* A new id, in cx->arena. PL_ENOMEM. */
PL_MUST pl_status pl_id_new(pl_ctx *cx, pl_now now, pl_str *out);

#endif
