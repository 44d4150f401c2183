#include "records/backup.h"
#include <inttypes.h>
#include <json-c/json.h>
#include <sodium/crypto_hash_sha256.h>
#include <sodium/utils.h>

enum { COLUMNS_MOST = 32, DEPTH = 8 };

typedef struct reader {
    pl_ctx *cx;
    pl_store *s;
    crypto_hash_sha256_state hash;
    uint32_t line;
    int64_t version; /* of the schema that the rows are of */
    int64_t rows;
    bool done;
} reader;

static pl_status fail(reader *r, const char *what)
{
    pl_status st = pl_fail(r->cx, PL_ESYNTAX, PL_NOPOS, "%s", what);

    r->cx->err.line = r->line;
    return st;
}

/* One JSON value that fills the line; NULL when it is none. End it with json_object_put.
 */
static json_object *parse(pl_str line)
{
    json_tokener *t = line.n > INT32_MAX ? NULL : json_tokener_new_ex(DEPTH);
    json_object *o = NULL;

    if (!t)
        return NULL;
    json_tokener_set_flags(t, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
    o = json_tokener_parse_ex(t, line.p, (int)line.n);
    if (json_tokener_get_error(t) ==
        json_tokener_continue) /* a bare number: none of ours */
        o = NULL;
    if (o && json_tokener_get_parse_end(t) != line.n) {
        json_object_put(o);
        o = NULL;
    }
    json_tokener_free(t);
    return o;
}

static const pl_table_def *table_of(const reader *r, const char *name)
{
    for (const pl_table_def *t = pl_tables; t->name; t++)
        if (name && pl_table_is_of(t, r->version) && strcmp(t->name, name) == 0)
            return t;
    return NULL;
}

static pl_status bytes_of(reader *r, json_object *o, pl_bytes *out)
{
    size_t n = (size_t)json_object_get_string_len(o);
    unsigned char *p = pl_arena_alloc_raw(r->cx->arena, n + 1, 1, 1);

    if (!p)
        return pl_fail_memory(r->cx);
    if (sodium_base642bin(p, n + 1, json_object_get_string(o), n, NULL, &out->n, NULL,
                          sodium_base64_VARIANT_ORIGINAL) != 0)
        return fail(r, "bytes that are not base64");
    out->p = p;
    return PL_OK;
}

static pl_status value_of(reader *r, json_object *o, char kind, pl_value *out)
{
    json_type type = json_object_get_type(o);

    if (type == json_type_null) {
        *out = PL_V_NULL;
        return PL_OK;
    }
    if (type != (kind == 'i' ? json_type_int : json_type_string))
        return fail(r, "a value of another kind than its column");
    if (kind == 'i')
        *out = PL_V_INT(json_object_get_int64(o));
    else
        *out = PL_V_TEXT(
            ((pl_str){json_object_get_string(o), (size_t)json_object_get_string_len(o)}));
    if (kind != 'b')
        return PL_OK;
    *out = (pl_value){.kind = PL_VALUE_BYTES};
    return bytes_of(r, o, &out->bytes);
}

static pl_status load_row(reader *r, json_object *row)
{
    size_t n = json_object_array_length(row);
    const pl_table_def *t =
        n ? table_of(r, json_object_get_string(json_object_array_get_idx(row, 0))) : NULL;
    pl_arena_mark here = pl_arena_here(r->cx->arena);
    pl_value values[COLUMNS_MOST];
    pl_status st;

    if (!t)
        return fail(r, "a row of no table that this program knows");
    if (strlen(t->columns) != n - 1 || n - 1 > COLUMNS_MOST)
        return fail(r, "a row with another number of columns than its table");
    for (size_t i = 0; i + 1 < n; i++)
        PL_TRY(value_of(r, json_object_array_get_idx(row, i + 1), t->columns[i],
                        &values[i]));
    st = pl_store_run(r->cx, r->s, t->load, values, n - 1, NULL);
    r->rows++;
    pl_arena_reset(r->cx->arena, here);
    return st;
}

static int64_t int_of(json_object *o, const char *key)
{
    json_object *v = NULL;

    json_object_object_get_ex(o, key, &v);
    return v && json_object_is_type(v, json_type_int) ? json_object_get_int64(v) : -1;
}

static pl_status look_at_head(reader *r, json_object *o)
{
    json_object *kind = NULL;
    pl_schema_state schema;

    json_object_object_get_ex(o, "plumbline", &kind);
    if (!kind || !json_object_is_type(kind, json_type_string) ||
        strcmp(json_object_get_string(kind), "backup") != 0)
        return fail(r, "not a backup of plumbline");
    PL_TRY(pl_store_schema(r->cx, r->s, &schema));
    r->version = schema.version;
    if (int_of(o, "schema") != schema.version)
        return fail(r, "a backup of a newer schema: use a newer plumbline");
    return PL_OK;
}

static pl_status look_at_end(reader *r, json_object *o)
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    char hex[2 * crypto_hash_sha256_BYTES + 1];
    json_object *said = NULL;

    crypto_hash_sha256_final(&r->hash, digest);
    sodium_bin2hex(hex, sizeof hex, digest, sizeof digest);
    json_object_object_get_ex(o, "sha256", &said);
    if (int_of(o, "rows") != r->rows || !said ||
        strcmp(json_object_get_string(said), hex) != 0)
        return fail(r, "the backup is damaged: rows or digest are not what its end says");
    r->done = true;
    return PL_OK;
}

static pl_status take(reader *r, json_object *o)
{
    if (json_object_is_type(o, json_type_array) && r->line > 1 && !r->done)
        return load_row(r, o);
    if (!json_object_is_type(o, json_type_object) || r->done)
        return fail(r,
                    r->line == 1 ? "not a backup of plumbline" : "a line that is no row");
    return r->line == 1 ? look_at_head(r, o) : look_at_end(r, o);
}

static pl_status take_line(reader *r, pl_str line)
{
    json_object *o = parse(line);
    pl_status st;

    r->line++;
    if (!o)
        return fail(r, r->line == 1 ? "not a backup of plumbline"
                                    : "a line that is no JSON");
    st = take(r, o);
    json_object_put(o);
    if (st == PL_OK && !r->done) {
        crypto_hash_sha256_update(&r->hash, (const unsigned char *)line.p, line.n);
        crypto_hash_sha256_update(&r->hash, (const unsigned char *)"\n", 1);
    }
    return st;
}

pl_status pl_backup_version(pl_ctx *cx, pl_str head, int64_t *version)
{
    json_object *o = parse(head);

    *version = o && json_object_is_type(o, json_type_object) ? int_of(o, "schema") : -1;
    json_object_put(o);
    if (*version < 1)
        return pl_fail(cx, PL_ESYNTAX, PL_NOPOS, "not a backup of plumbline");
    return PL_OK;
}

pl_status pl_backup_read(pl_ctx *cx, pl_store *s, pl_str head, pl_backup_source *next,
                         void *arg, int64_t *rows)
{
    reader r = {.cx = cx, .s = s};
    bool more = true;
    pl_str line = head;

    crypto_hash_sha256_init(&r.hash);
    while (more) {
        PL_TRY(take_line(&r, line));
        PL_TRY(next(cx, arg, &line, &more));
    }
    *rows = r.rows;
    return r.done ? PL_OK : fail(&r, "the backup is cut off");
}
