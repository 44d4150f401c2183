#include "records/audit.h"
#include "base/buf.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { PAGE_ROWS = 1000, ENTRY_BYTES = 64 << 20 };

/* An entry as it stands in the table. */
typedef struct row {
    int64_t seq, at_s;
    pl_audit_entry e;
} row;

static void put_field(pl_buf *b, pl_str s)
{
    pl_buf_putf(b, "%zu:", s.n);
    pl_buf_put(b, s);
}

static pl_status hash_of(pl_ctx *cx, pl_str before, const row *r,
                         char out[PL_SHA256_HEX + 1])
{
    pl_str fields[] = {r->e.region_id, r->e.actor, r->e.action,
                       r->e.object,    r->e.was,   r->e.becomes};
    pl_buf b;

    pl_buf_init(&b, ENTRY_BYTES);
    put_field(&b, before);
    pl_buf_putf(&b, "%" PRId64 ":%" PRId64 ":", r->seq, r->at_s);
    for (size_t i = 0; i < PL_COUNT(fields); i++)
        put_field(&b, fields[i]);
    if (!b.failed)
        pl_sha256_hex((pl_bytes){(const unsigned char *)b.p, b.n}, out);
    pl_buf_release(&b);
    return b.failed ? pl_fail(cx, PL_ELIMIT, PL_NOPOS, "an audit entry is too long")
                    : PL_OK;
}

pl_status pl_audit_begin(pl_ctx *cx, pl_store *s)
{
    return pl_store_run(cx, s, PL_Q_audit_begin, NULL, 0, NULL);
}

pl_status pl_audit_end(pl_ctx *cx, pl_store *s, pl_anchor *out)
{
    bool more = false;
    pl_rows *r;
    pl_status st;

    PL_TRY(pl_rows_begin(cx, s, PL_Q_audit_head, NULL, 0, &r));
    st = pl_rows_next(cx, r, &more);
    if (st == PL_OK && !more)
        st = pl_fail(cx, PL_EFORMAT, PL_NOPOS, "the database has no audit chain");
    if (st == PL_OK) {
        out->seq = pl_rows_int(r, 0);
        snprintf(out->hash, sizeof out->hash, "%.*s", PL_FMT(pl_rows_text(r, 1)));
    }
    pl_rows_end(r);
    return st;
}

pl_status pl_audit_put(pl_ctx *cx, pl_store *s, pl_now now, const pl_audit_entry *e)
{
    row r = {.at_s = now.s, .e = *e};
    char hash[PL_SHA256_HEX + 1];
    pl_anchor end;

    PL_TRY(pl_store_run(cx, s, PL_Q_audit_lock, NULL, 0, NULL));
    PL_TRY(pl_audit_end(cx, s, &end));
    r.seq = end.seq + 1;
    PL_TRY(hash_of(cx, pl_str_from(end.hash), &r, hash));
    pl_value entry[] = {
        PL_V_INT(r.seq),     PL_V_INT(r.at_s),      PL_V_TEXT(e->region_id),
        PL_V_TEXT(e->actor), PL_V_TEXT(e->action),  PL_V_TEXT(e->object),
        PL_V_TEXT(e->was),   PL_V_TEXT(e->becomes), PL_V_TEXT(pl_str_from(hash))};
    pl_value head[] = {PL_V_INT(r.seq), PL_V_TEXT(pl_str_from(hash))};
    PL_TRY(pl_store_run(cx, s, PL_Q_audit_put, entry, PL_COUNT(entry), NULL));
    return pl_store_run(cx, s, PL_Q_audit_move, head, PL_COUNT(head), NULL);
}

bool pl_anchor_parse(pl_str line, pl_anchor *out)
{
    size_t space = pl_str_find(line, PL_S(" "), 0);
    pl_str hash;

    *out = (pl_anchor){0};
    if (space == PL_NOPOS || space == 0 || space > 18)
        return false;
    for (size_t i = 0; i < space; i++) {
        if (!pl_is_digit(line.p[i]))
            return false;
        out->seq = out->seq * 10 + (line.p[i] - '0');
    }
    hash = pl_str_sub(line, space + 1, PL_SHA256_HEX);
    for (size_t i = 0; i < hash.n; i++)
        if (!pl_is_digit(hash.p[i]) && !(hash.p[i] >= 'a' && hash.p[i] <= 'f'))
            return false;
    snprintf(out->hash, sizeof out->hash, "%.*s", PL_FMT(hash));
    return hash.n == PL_SHA256_HEX || (hash.n == 0 && out->seq == 0);
}

/* ---- verification */

typedef struct walk {
    pl_anchor end; /* verified so far */
    const pl_anchor *anchors;
    size_t n_anchors;
} walk;

static pl_status look_at_anchors(pl_ctx *cx, const walk *w)
{
    for (size_t i = 0; i < w->n_anchors; i++)
        if (w->anchors[i].seq == w->end.seq &&
            strcmp(w->anchors[i].hash, w->end.hash) != 0)
            return pl_fail(cx, PL_EFORMAT, PL_NOPOS,
                           "entry %" PRId64 " is not the one that was anchored",
                           w->end.seq);
    return PL_OK;
}

static pl_status look_at_entry(pl_ctx *cx, walk *w, const pl_rows *r)
{
    row x = {pl_rows_int(r, 0),
             pl_rows_int(r, 1),
             {pl_rows_text(r, 2), pl_rows_text(r, 3), pl_rows_text(r, 4),
              pl_rows_text(r, 5), pl_rows_text(r, 6), pl_rows_text(r, 7)}};
    char hash[PL_SHA256_HEX + 1];

    if (x.seq != w->end.seq + 1)
        return pl_fail(cx, PL_EFORMAT, PL_NOPOS, "entry %" PRId64 " is missing",
                       w->end.seq + 1);
    PL_TRY(hash_of(cx, pl_str_from(w->end.hash), &x, hash));
    if (!pl_str_eq(pl_rows_text(r, 8), pl_str_from(hash)))
        return pl_fail(cx, PL_EFORMAT, PL_NOPOS, "entry %" PRId64 " was changed", x.seq);
    w->end.seq = x.seq;
    memcpy(w->end.hash, hash, sizeof hash);
    return look_at_anchors(cx, w);
}

/* The entries after w->end, at most a page; *any tells whether there were some. */
static pl_status look_at_page(pl_ctx *cx, pl_store *s, walk *w, bool *any)
{
    pl_value args[] = {PL_V_INT(w->end.seq), PL_V_INT(PAGE_ROWS)};
    bool more;
    pl_rows *r;
    pl_status st;

    *any = false;
    PL_TRY(pl_rows_begin(cx, s, PL_Q_audit_after, args, PL_COUNT(args), &r));
    while ((st = pl_rows_next(cx, r, &more)) == PL_OK && more) {
        *any = true;
        if ((st = look_at_entry(cx, w, r)) != PL_OK)
            break;
    }
    pl_rows_end(r);
    return st;
}

pl_status pl_audit_verify(pl_ctx *cx, pl_store *s, const pl_anchor *anchors, size_t n,
                          pl_anchor *out)
{
    walk w = {.anchors = anchors, .n_anchors = n};
    pl_anchor head;
    bool any = true;

    while (any)
        PL_TRY(look_at_page(cx, s, &w, &any));
    PL_TRY(pl_audit_end(cx, s, &head));
    if (head.seq != w.end.seq || strcmp(head.hash, w.end.hash) != 0)
        return pl_fail(cx, PL_EFORMAT, PL_NOPOS,
                       "the chain ends at entry %" PRId64 ", its head says %" PRId64,
                       w.end.seq, head.seq);
    for (size_t i = 0; i < n; i++)
        if (anchors[i].seq > w.end.seq)
            return pl_fail(cx, PL_EFORMAT, PL_NOPOS,
                           "entries %" PRId64 " to %" PRId64 " are cut off",
                           w.end.seq + 1, anchors[i].seq);
    *out = w.end;
    return PL_OK;
}
