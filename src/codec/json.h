/* Writing JSON, as a stream of calls into a buffer.
 *
 *     pl_json j = pl_json_begin(&buf);
 *     pl_json_open(&j, '{');
 *     pl_json_key(&j, PL_S("year"));  pl_json_int(&j, 2022);
 *     pl_json_close(&j);
 *
 * Commas are put where they belong. Text is escaped (RFC 8259), so no value can become
 * structure; invalid use (a close too many, nesting beyond 64) marks the buffer failed.
 */
#ifndef PL_CODEC_JSON_H
#define PL_CODEC_JSON_H

#include "text/dec.h"

enum { PL_JSON_DEPTH = 64 };

typedef struct pl_json {
    pl_buf *out;
    int depth;
    char close[PL_JSON_DEPTH]; /* the bracket that ends each open level */
    bool first;                /* nothing written on this level yet */
    bool keyed;                /* a key was just written: its value comes next */
} pl_json;

/* A writer at the end of `out`, which must outlive it. Nothing needs to be ended. */
pl_json pl_json_begin(pl_buf *out);
/* `{` or `[`. */
void pl_json_open(pl_json *j, char bracket);
void pl_json_close(pl_json *j);
void pl_json_key(pl_json *j, pl_str key);
void pl_json_str(pl_json *j, pl_str s);
void pl_json_int(pl_json *j, int64_t v);
void pl_json_bool(pl_json *j, bool v);
void pl_json_null(pl_json *j);
/* A decimal as a string, exact: "312.6". */
void pl_json_dec(pl_json *j, pl_dec d);

/* A whole JSON value that this program wrote before, as it is; empty: null. */
void pl_json_raw(pl_json *j, pl_str value);

/* Key and value in one, for the common kinds. */
void pl_json_put_str(pl_json *j, pl_str key, pl_str s);
/* null where s is empty. */
void pl_json_put_str_or_null(pl_json *j, pl_str key, pl_str s);
void pl_json_put_int(pl_json *j, pl_str key, int64_t v);
void pl_json_put_bool(pl_json *j, pl_str key, bool v);
void pl_json_put_dec(pl_json *j, pl_str key, pl_dec d);
void pl_json_put_open(pl_json *j, pl_str key, char bracket);

#endif
