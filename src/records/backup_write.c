#include "codec/json.h"
#include "records/backup.h"
#include <inttypes.h>
#include <sodium/crypto_hash_sha256.h>
#include <sodium/utils.h>
#include <stdlib.h>

enum { LINE_BYTES = 1 << 30 };

typedef struct writer {
    pl_ctx *cx;
    pl_backup_sink *put;
    void *arg;
    crypto_hash_sha256_state hash;
    int64_t rows;
} writer;

/* Give the line in b to the sink, with its end; b is emptied. */
static pl_status flush(writer *w, pl_buf *b)
{
    pl_str line;

    pl_buf_putc(b, '\n');
    if (b->failed)
        return pl_fail(w->cx, PL_ELIMIT, PL_NOPOS, "a row is longer than a backup holds");
    line = pl_buf_str(b);
    crypto_hash_sha256_update(&w->hash, (const unsigned char *)line.p, line.n);
    b->n = 0;
    return w->put(w->cx, w->arg, line);
}

static pl_status put_base64(pl_ctx *cx, pl_json *j, pl_bytes bytes)
{
    size_t room = sodium_base64_ENCODED_LEN(bytes.n, sodium_base64_VARIANT_ORIGINAL);
    pl_arena_mark here = pl_arena_here(cx->arena);
    char *text = pl_arena_alloc_raw(cx->arena, room, 1, 1);

    if (!text)
        return pl_fail_memory(cx);
    sodium_bin2base64(text, room, bytes.p, bytes.n, sodium_base64_VARIANT_ORIGINAL);
    pl_json_str(j, pl_str_from(text));
    pl_arena_reset(cx->arena, here);
    return PL_OK;
}

static pl_status put_column(writer *w, pl_json *j, pl_rows *r, int col, char kind)
{
    if (pl_rows_is_null(r, col))
        pl_json_null(j);
    else if (kind == 'i')
        pl_json_int(j, pl_rows_int(r, col));
    else if (kind == 't')
        pl_json_str(j, pl_rows_text(r, col));
    else
        return put_base64(w->cx, j, pl_rows_bytes(r, col));
    return PL_OK;
}

static pl_status put_row(writer *w, pl_buf *b, const pl_table_def *t, pl_rows *r)
{
    pl_json j = pl_json_begin(b);

    pl_json_open(&j, '[');
    pl_json_str(&j, pl_str_from(t->name));
    for (int i = 0; t->columns[i]; i++)
        PL_TRY(put_column(w, &j, r, i, t->columns[i]));
    pl_json_close(&j);
    w->rows++;
    return flush(w, b);
}

static pl_status put_table(writer *w, pl_buf *b, pl_store *s, const pl_table_def *t)
{
    bool more;
    pl_rows *r;
    pl_status st;

    PL_TRY(pl_rows_begin(w->cx, s, t->dump, NULL, 0, &r));
    while ((st = pl_rows_next(w->cx, r, &more)) == PL_OK && more)
        if ((st = put_row(w, b, t, r)) != PL_OK)
            break;
    pl_rows_end(r);
    return st;
}

static pl_status put_all(writer *w, pl_buf *b, pl_store *s)
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    char hex[2 * crypto_hash_sha256_BYTES + 1];
    pl_schema_state schema;

    PL_TRY(pl_store_schema(w->cx, s, &schema));
    pl_buf_putf(b, "{\"plumbline\":\"backup\",\"schema\":%" PRId64 "}", schema.version);
    PL_TRY(flush(w, b));
    for (const pl_table_def *t = pl_tables; t->name; t++)
        if (pl_table_is_of(t, schema.version))
            PL_TRY(put_table(w, b, s, t));
    crypto_hash_sha256_final(&w->hash, digest);
    sodium_bin2hex(hex, sizeof hex, digest, sizeof digest);
    pl_buf_putf(b, "{\"rows\":%" PRId64 ",\"sha256\":\"%s\"}", w->rows, hex);
    return flush(w, b);
}

pl_status pl_backup_write(pl_ctx *cx, pl_store *s, pl_backup_sink *put, void *arg,
                          int64_t *rows)
{
    writer w = {.cx = cx, .put = put, .arg = arg};
    pl_buf b;
    pl_status st;

    crypto_hash_sha256_init(&w.hash);
    pl_buf_init(&b, LINE_BYTES);
    st = put_all(&w, &b, s);
    pl_buf_release(&b);
    *rows = w.rows;
    return st;
}
