/* The audit chain: who wrote what, when, from what to what.
 *
 * Entry n's hash is SHA-256 over the hash of entry n - 1 (empty for the first) and all of
 * its own fields, each preceded by its length in bytes and a colon, so that no two
 * entries make the same bytes. Whoever changes, drops or inserts an entry breaks the
 * chain from there on; whoever cuts its end off leaves audit_head and the anchors kept
 * outside of the database pointing at what is missing. */
#ifndef PL_RECORDS_AUDIT_H
#define PL_RECORDS_AUDIT_H

#include "base/hash.h"
#include "records/id.h"
#include "store/store.h"

typedef struct pl_audit_entry {
    pl_str region_id;    /* empty: not of one region */
    pl_str actor;        /* who */
    pl_str action;       /* verb: import, waive … */
    pl_str object;       /* kind/id */
    pl_str was, becomes; /* JSON; empty = nothing */
} pl_audit_entry;

/* Begin the chain of a new database. In a transaction. PL_ECONFLICT: it has one. */
PL_MUST pl_status pl_audit_begin(pl_ctx *cx, pl_store *s);

/* Append an entry, in the transaction of the write that it tells of. Writers wait for
 * each other here. Errors of the store. */
PL_MUST pl_status pl_audit_put(pl_ctx *cx, pl_store *s, pl_now now,
                               const pl_audit_entry *e);

/* An end of the chain that was noted somewhere: "SEQ HASH". */
typedef struct pl_anchor {
    int64_t seq;
    char hash[PL_SHA256_HEX + 1];
} pl_anchor;

/* The chain's end now. */
PL_MUST pl_status pl_audit_end(pl_ctx *cx, pl_store *s, pl_anchor *out);

/* Read an anchor's line. False when it is none. */
PL_MUST bool pl_anchor_parse(pl_str line, pl_anchor *out);

/* Recompute the whole chain, and hold it against n anchors. PL_OK with *out = its end;
 * PL_EFORMAT with what is wrong and at which entry: changed, missing, cut off. */
PL_MUST pl_status pl_audit_verify(pl_ctx *cx, pl_store *s, const pl_anchor *anchors,
                                  size_t n, pl_anchor *out);

#endif
