/* SQLite: one file, one connection for each store. https://www.sqlite.org/ */
#include "store/engine.h"
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    BUSY_MS = 10000,
    APPLICATION_ID = 0x504c4d42 /* "PLMB", in the file's header */
};

typedef struct lite {
    pl_store base;
    sqlite3 *db;
    sqlite3_stmt *statements[PL_Q_COUNT]; /* prepared when first used */
    bool busy[PL_Q_COUNT];                /* its rows are being read */
} lite;

typedef struct lite_rows {
    pl_rows base;
    lite *s;
    pl_query q;
    sqlite3_stmt *statement;
} lite_rows;

static pl_status fail_db(pl_ctx *cx, sqlite3 *db, const char *what)
{
    static const struct {
        int code;
        pl_status st;
    } rows[] = {
        {SQLITE_CONSTRAINT, PL_ECONFLICT}, {SQLITE_BUSY, PL_EBUSY},
        {SQLITE_LOCKED, PL_EBUSY},         {SQLITE_FULL, PL_EFULL},
        {SQLITE_NOTADB, PL_EFORMAT},       {SQLITE_CORRUPT, PL_EFORMAT},
        {SQLITE_NOMEM, PL_ENOMEM},
    };
    int code = sqlite3_errcode(db) & 0xff;
    pl_status st = PL_EIO;

    for (size_t i = 0; i < PL_COUNT(rows); i++)
        if (rows[i].code == code)
            st = rows[i].st;
    return pl_fail(cx, st, PL_NOPOS, "%s: %s", what, sqlite3_errmsg(db));
}

static lite *of(pl_store *s)
{
    return (lite *)(void *)s;
}

static void lite_close(pl_store *s)
{
    lite *l = of(s);

    for (int i = 0; i < PL_Q_COUNT; i++)
        sqlite3_finalize(l->statements[i]);
    sqlite3_close(l->db);
    free(l);
}

static pl_status lite_script(pl_ctx *cx, pl_store *s, const char *sql)
{
    lite *l = of(s);

    if (sqlite3_exec(l->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        return fail_db(cx, l->db, "database");
    return PL_OK;
}

static pl_status lite_prepare(pl_ctx *cx, pl_store *s, pl_query q)
{
    lite *l = of(s);
    const pl_query_text *t = &pl_query_texts[q];

    if (l->statements[q] || !t->lite)
        return PL_OK;
    if (sqlite3_prepare_v3(l->db, t->lite, -1, SQLITE_PREPARE_PERSISTENT,
                           &l->statements[q], NULL) != SQLITE_OK)
        return fail_db(cx, l->db, t->name);
    return PL_OK;
}

static int bind_one(sqlite3_stmt *st, int at, const pl_value *v)
{
    switch (v->kind) {
    case PL_VALUE_NULL:
        return sqlite3_bind_null(st, at);
    case PL_VALUE_INT:
        return sqlite3_bind_int64(st, at, v->i);
    case PL_VALUE_TEXT:
        return sqlite3_bind_text64(st, at, v->text.n ? v->text.p : "", v->text.n,
                                   SQLITE_STATIC, SQLITE_UTF8);
    case PL_VALUE_BYTES:
        return sqlite3_bind_blob64(st, at, v->bytes.n ? (const void *)v->bytes.p : "",
                                   v->bytes.n, SQLITE_STATIC);
    }
    return SQLITE_MISUSE;
}

/* Prepared, bound, ready to step; marked busy. */
static pl_status ready(pl_ctx *cx, lite *l, pl_query q, const pl_value *args, size_t n)
{
    sqlite3_stmt *st;

    if (l->busy[q])
        return pl_fail(cx, PL_EIO, PL_NOPOS, "%s: its rows are being read",
                       pl_query_texts[q].name);
    PL_TRY(lite_prepare(cx, &l->base, q));
    st = l->statements[q];
    if (!st || (size_t)sqlite3_bind_parameter_count(st) != n)
        return pl_fail(cx, PL_EIO, PL_NOPOS, "%s: takes another number of values",
                       pl_query_texts[q].name);
    for (size_t i = 0; i < n; i++)
        if (bind_one(st, (int)i + 1, &args[i]) != SQLITE_OK)
            return fail_db(cx, l->db, pl_query_texts[q].name);
    l->busy[q] = true;
    return PL_OK;
}

static void done(lite *l, pl_query q)
{
    sqlite3_reset(l->statements[q]);
    sqlite3_clear_bindings(l->statements[q]);
    l->busy[q] = false;
}

static pl_status lite_run(pl_ctx *cx, pl_store *s, pl_query q, const pl_value *args,
                          size_t n, int64_t *changed)
{
    lite *l = of(s);
    pl_status st = PL_OK;
    int rc;

    PL_TRY(ready(cx, l, q, args, n));
    do
        rc = sqlite3_step(l->statements[q]);
    while (rc == SQLITE_ROW);
    if (rc != SQLITE_DONE)
        st = fail_db(cx, l->db, pl_query_texts[q].name);
    *changed = sqlite3_changes64(l->db);
    done(l, q);
    return st;
}

static pl_status lite_rows_begin(pl_ctx *cx, pl_store *s, pl_query q,
                                 const pl_value *args, size_t n, pl_rows **out)
{
    lite *l = of(s);
    lite_rows *r = calloc(1, sizeof *r);
    pl_status st;

    if (!r)
        return pl_fail_memory(cx);
    st = ready(cx, l, q, args, n);
    if (st != PL_OK) {
        free(r);
        return st;
    }
    *r = (lite_rows){{s->engine}, l, q, l->statements[q]};
    *out = &r->base;
    return PL_OK;
}

static lite_rows *rows_of(const pl_rows *r)
{
    return (lite_rows *)(uintptr_t)r;
}

static pl_status lite_rows_next(pl_ctx *cx, pl_rows *r, bool *more)
{
    lite_rows *l = rows_of(r);
    int rc = sqlite3_step(l->statement);

    *more = rc == SQLITE_ROW;
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        return fail_db(cx, l->s->db, pl_query_texts[l->q].name);
    return PL_OK;
}

static int64_t lite_rows_int(const pl_rows *r, int col)
{
    return sqlite3_column_int64(rows_of(r)->statement, col);
}

static pl_str lite_rows_text(const pl_rows *r, int col)
{
    sqlite3_stmt *st = rows_of(r)->statement;
    const unsigned char *p = sqlite3_column_text(st, col);

    return (pl_str){(const char *)p, p ? (size_t)sqlite3_column_bytes(st, col) : 0};
}

static pl_bytes lite_rows_bytes(pl_rows *r, int col)
{
    sqlite3_stmt *st = rows_of(r)->statement;
    const unsigned char *p = sqlite3_column_blob(st, col);

    return (pl_bytes){p, p ? (size_t)sqlite3_column_bytes(st, col) : 0};
}

static bool lite_rows_is_null(const pl_rows *r, int col)
{
    return sqlite3_column_type(rows_of(r)->statement, col) == SQLITE_NULL;
}

static void lite_rows_end(pl_rows *r)
{
    lite_rows *l = rows_of(r);

    done(l->s, l->q);
    free(l);
}

static pl_status lite_verify(pl_ctx *cx, pl_store *s)
{
    lite *l = of(s);
    sqlite3_stmt *st = NULL;
    pl_status result = PL_OK;

    if (sqlite3_prepare_v2(l->db, "PRAGMA integrity_check(1)", -1, &st, NULL) !=
        SQLITE_OK)
        return fail_db(cx, l->db, "integrity check");
    if (sqlite3_step(st) != SQLITE_ROW)
        result = fail_db(cx, l->db, "integrity check");
    else if (!pl_str_eq(pl_str_from((const char *)sqlite3_column_text(st, 0)),
                        PL_S("ok")))
        result = pl_fail(cx, PL_EFORMAT, PL_NOPOS, "integrity check: %s",
                         (const char *)sqlite3_column_text(st, 0));
    sqlite3_finalize(st);
    return result;
}

static const pl_engine engine = {
    .close = lite_close,
    .script = lite_script,
    .run = lite_run,
    .prepare = lite_prepare,
    .rows_begin = lite_rows_begin,
    .rows_next = lite_rows_next,
    .rows_int = lite_rows_int,
    .rows_text = lite_rows_text,
    .rows_bytes = lite_rows_bytes,
    .rows_is_null = lite_rows_is_null,
    .rows_end = lite_rows_end,
    .verify = lite_verify,
    .begin = "BEGIN IMMEDIATE",
    .begin_read = "BEGIN",
    .lock_schema = "", /* BEGIN IMMEDIATE did it */
    .is_postgres = false,
};

/* The number that a pragma answers with; -1 when it does not. */
static int64_t pragma(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *st = NULL;
    int64_t value = -1;

    if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) == SQLITE_OK &&
        sqlite3_step(st) == SQLITE_ROW)
        value = sqlite3_column_int64(st, 0);
    sqlite3_finalize(st);
    return value;
}

/* Is the file ours? A new one is made so. */
static pl_status claim(pl_ctx *cx, lite *l, pl_store_mode mode)
{
    int64_t id = pragma(l->db, "PRAGMA application_id");

    if (id < 0)
        return fail_db(cx, l->db, "database");
    if (mode == PL_STORE_CREATE)
        return lite_script(cx, &l->base, "PRAGMA application_id = 0x504c4d42");
    if (id != APPLICATION_ID)
        return pl_fail(cx, PL_EFORMAT, PL_NOPOS, "not a database of plumbline");
    return PL_OK;
}

static pl_status set_up(pl_ctx *cx, lite *l, pl_store_mode mode)
{
    sqlite3_extended_result_codes(l->db, 1);
    sqlite3_busy_timeout(l->db, BUSY_MS);
    PL_TRY(claim(cx, l, mode));
    return lite_script(cx, &l->base,
                       "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                       "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;"
                       "PRAGMA cell_size_check = ON");
}

/* Make the empty file: its owner's alone (passwords' hashes stand in it), and never one
 * that is there. */
static pl_status make_file(pl_ctx *cx, const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);

    if (fd < 0)
        return pl_fail(cx, PL_EIO, PL_NOPOS, "%s",
                       errno == EEXIST ? "stands there already" : strerror(errno));
    close(fd);
    return PL_OK;
}

static pl_status look_first(pl_ctx *cx, const char *path)
{
    sqlite3 *db = NULL;
    int rc = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL);

    sqlite3_close(db);
    return rc == SQLITE_OK ? PL_OK
                           : pl_fail(cx, PL_ENOTFOUND, PL_NOPOS,
                                     "no such database, or it may not be opened");
}

pl_status pl_sqlite_open(pl_ctx *cx, const char *path, pl_store_mode mode, pl_store **out)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    lite *l;
    pl_status st;

    PL_TRY(mode == PL_STORE_CREATE ? make_file(cx, path) : look_first(cx, path));
    l = calloc(1, sizeof *l);
    if (!l)
        return pl_fail_memory(cx);
    l->base.engine = &engine;
    if (sqlite3_open_v2(path, &l->db, flags, NULL) != SQLITE_OK)
        st = pl_fail(cx, PL_EIO, PL_NOPOS, "%s",
                     l->db ? sqlite3_errmsg(l->db) : "no memory");
    else
        st = set_up(cx, l, mode);
    if (st != PL_OK) {
        lite_close(&l->base);
        if (mode == PL_STORE_CREATE)
            unlink(path);
        return st;
    }
    *out = &l->base;
    return PL_OK;
}
