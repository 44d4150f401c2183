#include "store/engine.h"
#include <inttypes.h>

const pl_query_text pl_query_texts[PL_Q_COUNT] = {
#define X(name, lite, pg) {#name, lite, pg},
#include "store/queries.def"
#undef X
};

bool pl_store_is_url(const char *where)
{
    pl_str s = pl_str_from(where);

    return pl_str_starts(s, PL_S("postgresql://")) ||
           pl_str_starts(s, PL_S("postgres://"));
}

pl_status pl_store_open(pl_ctx *cx, const char *where, pl_store_mode mode, pl_store **out)
{
    if (pl_store_is_url(where))
        return pl_postgres_open(cx, where, out);
    return pl_sqlite_open(cx, where, mode, out);
}

void pl_store_close(pl_store *s)
{
    if (!s)
        return;
    pl_store_rollback(s);
    s->engine->close(s);
}

/* ---- transactions */

static pl_status begin_with(pl_ctx *cx, pl_store *s, const char *sql)
{
    if (s->in_transaction)
        return pl_fail(cx, PL_EIO, PL_NOPOS, "a transaction is open already");
    PL_TRY(s->engine->script(cx, s, sql));
    s->in_transaction = true;
    return PL_OK;
}

pl_status pl_store_begin(pl_ctx *cx, pl_store *s)
{
    return begin_with(cx, s, s->engine->begin);
}

pl_status pl_store_begin_read(pl_ctx *cx, pl_store *s)
{
    return begin_with(cx, s, s->engine->begin_read);
}

pl_status pl_store_commit(pl_ctx *cx, pl_store *s)
{
    pl_status st;

    if (!s->in_transaction)
        return pl_fail(cx, PL_EIO, PL_NOPOS, "no transaction is open");
    st = s->engine->script(cx, s, "COMMIT");
    if (st != PL_OK) {
        pl_err why = cx->err;

        pl_store_rollback(s);
        cx->err = why;
        return st;
    }
    s->in_transaction = false;
    return PL_OK;
}

void pl_store_rollback(pl_store *s)
{
    pl_ctx quiet = {.limits = PL_LIMITS_DEFAULT};

    if (!s->in_transaction)
        return;
    s->in_transaction = false;
    /* Nothing is left to do when even this fails: the connection's end undoes it. */
    if (s->engine->script(&quiet, s, "ROLLBACK") != PL_OK)
        return;
}

/* ---- statements */

pl_status pl_store_run(pl_ctx *cx, pl_store *s, pl_query q, const pl_value *args,
                       size_t n, int64_t *changed)
{
    int64_t ignored;

    return s->engine->run(cx, s, q, args, n, changed ? changed : &ignored);
}

pl_status pl_rows_begin(pl_ctx *cx, pl_store *s, pl_query q, const pl_value *args,
                        size_t n, pl_rows **out)
{
    return s->engine->rows_begin(cx, s, q, args, n, out);
}

pl_status pl_rows_next(pl_ctx *cx, pl_rows *r, bool *more)
{
    return r->engine->rows_next(cx, r, more);
}

int64_t pl_rows_int(const pl_rows *r, int col)
{
    return r->engine->rows_int(r, col);
}

pl_str pl_rows_text(const pl_rows *r, int col)
{
    return r->engine->rows_text(r, col);
}

pl_bytes pl_rows_bytes(pl_rows *r, int col)
{
    return r->engine->rows_bytes(r, col);
}

bool pl_rows_is_null(const pl_rows *r, int col)
{
    return r->engine->rows_is_null(r, col);
}

void pl_rows_end(pl_rows *r)
{
    if (r)
        r->engine->rows_end(r);
}

pl_status pl_store_prepare_all(pl_ctx *cx, pl_store *s)
{
    for (int q = 0; q < PL_Q_COUNT; q++)
        PL_TRY(s->engine->prepare(cx, s, (pl_query)q));
    return PL_OK;
}

bool pl_table_is_of(const pl_table_def *t, int64_t version)
{
    return t->first <= version && (t->last == 0 || version <= t->last);
}

bool pl_store_is_postgres(const pl_store *s)
{
    return s->engine->is_postgres;
}

pl_status pl_store_verify(pl_ctx *cx, pl_store *s)
{
    return s->engine->verify(cx, s);
}

/* ---- schema */

static pl_status has_schema(pl_ctx *cx, pl_store *s, bool *has)
{
    pl_rows *r;
    pl_status st;

    PL_TRY(pl_rows_begin(
        cx, s, s->engine->is_postgres ? PL_Q_schema_has_pg : PL_Q_schema_has_lite, NULL,
        0, &r));
    st = pl_rows_next(cx, r, has);
    if (st == PL_OK)
        *has = pl_rows_int(r, 0) > 0;
    pl_rows_end(r);
    return st;
}

/* One applied migration against the one that is known. */
static pl_status look_at(pl_ctx *cx, const pl_rows *r, pl_schema_state *state)
{
    int64_t version = pl_rows_int(r, 0);

    if (version > state->known)
        return pl_fail(cx, PL_EFORMAT, PL_NOPOS,
                       "the database has version %" PRId64 ", this program knows %" PRId64
                       ": use a newer plumbline",
                       version, state->known);
    if (version != state->version + 1 ||
        !pl_str_eq(pl_rows_text(r, 1), pl_str_from(pl_migrations[version - 1].sha256)))
        return pl_fail(cx, PL_EFORMAT, PL_NOPOS,
                       "migration %" PRId64 " of the database is not this program's",
                       version);
    state->version = version;
    return PL_OK;
}

pl_status pl_store_schema(pl_ctx *cx, pl_store *s, pl_schema_state *out)
{
    bool more = false;
    pl_rows *r;
    pl_status st;

    *out = (pl_schema_state){0};
    while (pl_migrations[out->known].version)
        out->known++;
    PL_TRY(has_schema(cx, s, &more));
    if (!more)
        return PL_OK;
    PL_TRY(pl_rows_begin(cx, s, PL_Q_schema_list, NULL, 0, &r));
    while ((st = pl_rows_next(cx, r, &more)) == PL_OK && more)
        if ((st = look_at(cx, r, out)) != PL_OK)
            break;
    pl_rows_end(r);
    return st;
}

static pl_status apply(pl_ctx *cx, pl_store *s, const pl_migration *m, int64_t now_s)
{
    pl_value args[] = {PL_V_INT(m->version), PL_V_TEXT(pl_str_from(m->name)),
                       PL_V_TEXT(pl_str_from(m->sha256)), PL_V_INT(now_s)};

    PL_TRY(s->engine->script(cx, s, s->engine->is_postgres ? m->pg : m->lite));
    return pl_store_run(cx, s, PL_Q_schema_applied, args, PL_COUNT(args), NULL);
}

/* Inside a transaction that no other migration is in: the next one, if any. */
static pl_status step(pl_ctx *cx, pl_store *s, int64_t version, int64_t now_s, bool *more)
{
    pl_schema_state state;

    PL_TRY(s->engine->script(cx, s, s->engine->lock_schema));
    PL_TRY(pl_store_schema(cx, s, &state));
    *more = state.version < state.known && state.version < version;
    return *more ? apply(cx, s, &pl_migrations[state.version], now_s) : PL_OK;
}

pl_status pl_store_migrate(pl_ctx *cx, pl_store *s, int64_t now_s)
{
    return pl_store_migrate_to(cx, s, INT64_MAX, now_s);
}

pl_status pl_store_migrate_to(pl_ctx *cx, pl_store *s, int64_t version, int64_t now_s)
{
    bool more = true;

    while (more) {
        pl_status st;

        PL_TRY(pl_store_begin(cx, s));
        st = step(cx, s, version, now_s, &more);
        if (st == PL_OK)
            st = pl_store_commit(cx, s);
        else
            pl_store_rollback(s);
        PL_TRY(st);
    }
    return PL_OK;
}
