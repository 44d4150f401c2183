/* PostgreSQL 15 and later, by libpq. https://www.postgresql.org/docs/15/libpq.html */
#include "store/engine.h"
#include "store/libpq.h"
#include <dlfcn.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { ARGS_MOST = 32, INT_CHARS = 24, NAME_CHARS = 16, VERSION_LEAST = 150000 };

typedef struct pg {
    pl_store base;
    pl_libpq pq;
    PGconn *conn;
    bool prepared[PL_Q_COUNT];
} pg;

typedef struct pg_rows {
    pl_rows base;
    const pl_libpq *pq; /* of its connection */
    PGresult *result;
    int at; /* current row; -1 before the first */
    unsigned char *unescaped;
} pg_rows;

static pg *of(pl_store *s)
{
    return (pg *)(void *)s;
}

/* SQLSTATE classes, PostgreSQL manual, appendix A. */
static pl_status status_of(const char *state)
{
    static const struct {
        const char *prefix;
        pl_status st;
    } rows[] = {
        {"23", PL_ECONFLICT}, /* integrity constraint */
        {"40", PL_EBUSY},     /* transaction rolled back: serialisation, deadlock */
        {"55P03", PL_EBUSY},  /* lock not available */
        {"53100", PL_EFULL},  /* disk full */
    };

    for (size_t i = 0; state && i < PL_COUNT(rows); i++)
        if (pl_str_starts(pl_str_from(state), pl_str_from(rows[i].prefix)))
            return rows[i].st;
    return PL_EIO;
}

/* The first line of what the server says. */
static pl_status fail_pg(pl_ctx *cx, pg *p, const PGresult *r, const char *what)
{
    pl_str said = pl_str_from(r         ? p->pq.PQresultErrorMessage(r)
                              : p->conn ? p->pq.PQerrorMessage(p->conn)
                                        : "no memory");
    size_t end = pl_str_find(said, PL_S("\n"), 0);

    if (end != PL_NOPOS)
        said = pl_str_sub(said, 0, end);
    return pl_fail(cx,
                   status_of(r ? p->pq.PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL),
                   PL_NOPOS, "%s: %.*s", what, PL_FMT(said));
}

static void pg_close(pl_store *s)
{
    pg *p = of(s);

    if (p->conn)
        p->pq.PQfinish(p->conn);
    if (p->pq.library)
        dlclose(p->pq.library);
    free(p);
}

static bool is_good(const pg *p, const PGresult *r)
{
    ExecStatusType st = p->pq.PQresultStatus(r);

    return st == PGRES_COMMAND_OK || st == PGRES_TUPLES_OK || st == PGRES_EMPTY_QUERY;
}

static pl_status pg_script(pl_ctx *cx, pl_store *s, const char *sql)
{
    pg *p = of(s);
    PGresult *r = p->pq.PQexec(p->conn, sql);
    pl_status st = is_good(p, r) ? PL_OK : fail_pg(cx, p, r, "database");

    p->pq.PQclear(r);
    return st;
}

static void statement_name(pl_query q, char out[NAME_CHARS])
{
    snprintf(out, NAME_CHARS, "q%d", (int)q);
}

static pl_status pg_prepare(pl_ctx *cx, pl_store *s, pl_query q)
{
    pg *p = of(s);
    char name[NAME_CHARS];
    PGresult *r;
    pl_status st = PL_OK;

    if (p->prepared[q] || !pl_query_texts[q].pg)
        return PL_OK;
    statement_name(q, name);
    r = p->pq.PQprepare(p->conn, name, pl_query_texts[q].pg, 0, NULL);
    if (!is_good(p, r))
        st = fail_pg(cx, p, r, pl_query_texts[q].name);
    else
        p->prepared[q] = true;
    p->pq.PQclear(r);
    return st;
}

/* Values as libpq takes them: text NUL-terminated, bytes in binary. */
typedef struct bound {
    const char *values[ARGS_MOST];
    int lengths[ARGS_MOST], formats[ARGS_MOST];
    char ints[ARGS_MOST][INT_CHARS];
} bound;

static pl_status bind_text(pl_ctx *cx, bound *b, size_t i, pl_str text)
{
    char *copy;

    if (memchr(text.n ? text.p : "", 0, text.n))
        return pl_fail(cx, PL_ESYNTAX, PL_NOPOS, "text with a zero byte");
    copy = pl_arena_alloc_raw(cx->arena, text.n + 1, 1, 1);
    if (!copy)
        return pl_fail_memory(cx);
    memcpy(copy, text.n ? text.p : "", text.n);
    copy[text.n] = '\0';
    b->values[i] = copy;
    return PL_OK;
}

static pl_status bind_one(pl_ctx *cx, bound *b, size_t i, const pl_value *v)
{
    switch (v->kind) {
    case PL_VALUE_NULL:
        return PL_OK;
    case PL_VALUE_INT:
        snprintf(b->ints[i], INT_CHARS, "%" PRId64, v->i);
        b->values[i] = b->ints[i];
        return PL_OK;
    case PL_VALUE_TEXT:
        return bind_text(cx, b, i, v->text);
    case PL_VALUE_BYTES:
        if (v->bytes.n > INT32_MAX)
            return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "a value of more than 2 GiB");
        b->values[i] = v->bytes.n ? (const char *)v->bytes.p : "";
        b->lengths[i] = (int)v->bytes.n;
        b->formats[i] = 1;
        return PL_OK;
    }
    return PL_OK;
}

static pl_status execute(pl_ctx *cx, pl_store *s, pl_query q, const pl_value *args,
                         size_t n, PGresult **out)
{
    pg *p = of(s);
    pl_arena_mark here = pl_arena_here(cx->arena);
    bound b = {0};
    char name[NAME_CHARS];
    pl_status st = PL_OK;

    if (n > ARGS_MOST || !pl_query_texts[q].pg)
        return pl_fail(cx, PL_EIO, PL_NOPOS, "%s: takes another number of values",
                       pl_query_texts[q].name);
    PL_TRY(pg_prepare(cx, s, q));
    for (size_t i = 0; i < n && st == PL_OK; i++)
        st = bind_one(cx, &b, i, &args[i]);
    if (st == PL_OK) {
        statement_name(q, name);
        *out = p->pq.PQexecPrepared(p->conn, name, (int)n, b.values, b.lengths, b.formats,
                                    0);
        if (!is_good(p, *out)) {
            st = fail_pg(cx, p, *out, pl_query_texts[q].name);
            p->pq.PQclear(*out);
        }
    }
    pl_arena_reset(cx->arena, here);
    return st;
}

static pl_status pg_run(pl_ctx *cx, pl_store *s, pl_query q, const pl_value *args,
                        size_t n, int64_t *changed)
{
    PGresult *r;

    PL_TRY(execute(cx, s, q, args, n, &r));
    *changed = strtoll(of(s)->pq.PQcmdTuples(r), NULL, 10);
    of(s)->pq.PQclear(r);
    return PL_OK;
}

static pl_status pg_rows_begin(pl_ctx *cx, pl_store *s, pl_query q, const pl_value *args,
                               size_t n, pl_rows **out)
{
    pg_rows *rows = calloc(1, sizeof *rows);
    pl_status st;

    if (!rows)
        return pl_fail_memory(cx);
    st = execute(cx, s, q, args, n, &rows->result);
    if (st != PL_OK) {
        free(rows);
        return st;
    }
    rows->base.engine = s->engine;
    rows->pq = &of(s)->pq;
    rows->at = -1;
    *out = &rows->base;
    return PL_OK;
}

static pg_rows *rows_of(const pl_rows *r)
{
    return (pg_rows *)(uintptr_t)r;
}

static void forget(pg_rows *r)
{
    r->pq->PQfreemem(r->unescaped);
    r->unescaped = NULL;
}

static pl_status pg_rows_next(pl_ctx *cx, pl_rows *r, bool *more)
{
    pg_rows *p = rows_of(r);

    (void)cx;
    forget(p);
    *more = p->at + 1 < p->pq->PQntuples(p->result);
    p->at += *more;
    return PL_OK;
}

static pl_str pg_rows_text(const pl_rows *r, int col)
{
    const pg_rows *p = rows_of(r);

    return (pl_str){p->pq->PQgetvalue(p->result, p->at, col),
                    (size_t)p->pq->PQgetlength(p->result, p->at, col)};
}

static int64_t pg_rows_int(const pl_rows *r, int col)
{
    const pg_rows *p = rows_of(r);

    return strtoll(p->pq->PQgetvalue(p->result, p->at, col), NULL, 10);
}

static pl_bytes pg_rows_bytes(pl_rows *r, int col)
{
    pg_rows *p = rows_of(r);
    size_t n = 0;

    forget(p);
    p->unescaped = p->pq->PQunescapeBytea(
        (const unsigned char *)p->pq->PQgetvalue(p->result, p->at, col), &n);
    return (pl_bytes){p->unescaped, p->unescaped ? n : 0};
}

static bool pg_rows_is_null(const pl_rows *r, int col)
{
    const pg_rows *p = rows_of(r);

    return p->pq->PQgetisnull(p->result, p->at, col);
}

static void pg_rows_end(pl_rows *r)
{
    pg_rows *p = rows_of(r);

    forget(p);
    p->pq->PQclear(p->result);
    free(p);
}

/* The server looks after its own files. */
static pl_status pg_verify(pl_ctx *cx, pl_store *s)
{
    return pg_script(cx, s, "SELECT 1");
}

static const pl_engine engine = {
    .close = pg_close,
    .script = pg_script,
    .run = pg_run,
    .prepare = pg_prepare,
    .rows_begin = pg_rows_begin,
    .rows_next = pg_rows_next,
    .rows_int = pg_rows_int,
    .rows_text = pg_rows_text,
    .rows_bytes = pg_rows_bytes,
    .rows_is_null = pg_rows_is_null,
    .rows_end = pg_rows_end,
    .verify = pg_verify,
    .begin = "BEGIN",
    .begin_read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    .lock_schema = "SELECT pg_advisory_xact_lock(1347177794)", /* "PLMB" */
    .is_postgres = true,
};

static void be_quiet(void *arg, const PGresult *r)
{
    (void)arg;
    (void)r;
}

/* The library of PostgreSQL's client, version 15's interface or later. */
static pl_status load(pl_ctx *cx, pl_libpq *pq)
{
    pq->library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
    if (!pq->library)
        return pl_fail(cx, PL_EIO, PL_NOPOS,
                       "PostgreSQL's client library is not installed (libpq5)");
        /* POSIX has dlsym give functions as object pointers: copied, not cast. */
#define X(result, name, parameters)                          \
    *(void **)(void *)&pq->name = dlsym(pq->library, #name); \
    if (!pq->name)                                           \
        return pl_fail(cx, PL_EIO, PL_NOPOS, "libpq has no %s: too old", #name);
    PL_LIBPQ_LIST(X)
#undef X
    return PL_OK;
}

static pl_status connect_to(pl_ctx *cx, pg *p, const char *url)
{
    PL_TRY(load(cx, &p->pq));
    p->conn = p->pq.PQconnectdb(url);
    if (!p->conn || p->pq.PQstatus(p->conn) != CONNECTION_OK)
        return fail_pg(cx, p, NULL, "postgresql");
    if (p->pq.PQserverVersion(p->conn) < VERSION_LEAST)
        return pl_fail(cx, PL_EFORMAT, PL_NOPOS, "PostgreSQL 15 or later is needed");
    p->pq.PQsetNoticeReceiver(p->conn, be_quiet, NULL);
    return pg_script(cx, &p->base, "SET client_encoding = 'UTF8'");
}

pl_status pl_postgres_open(pl_ctx *cx, const char *url, pl_store **out)
{
    pg *p = calloc(1, sizeof *p);
    pl_status st;

    if (!p)
        return pl_fail_memory(cx);
    p->base.engine = &engine;
    st = connect_to(cx, p, url);
    if (st != PL_OK) {
        pg_close(&p->base);
        return st;
    }
    *out = &p->base;
    return PL_OK;
}
