#include "service/service.h"
#include "service/internal.h"
#include <inttypes.h>
#include <unistd.h>

enum { REGION_DIGITS = 6 };

static pl_status check_region(pl_ctx *cx, pl_str id, pl_str name)
{
    bool digits = id.n == REGION_DIGITS;

    for (size_t i = 0; i < id.n; i++)
        digits &= pl_is_digit(id.p[i]);
    if (!digits)
        return pl_fail(cx, PL_ESYNTAX, PL_NOPOS,
                       "a region is six digits (GB/T 2260), not '%.*s'", PL_FMT(id));
    if (name.n == 0)
        return pl_fail(cx, PL_ESYNTAX, PL_NOPOS, "a region needs a name");
    return PL_OK;
}

/* The first rows of a new database, in a transaction. */
static pl_status begin_all(pl_ctx *cx, const pl_request *rq, pl_store *s, pl_str id,
                           pl_str name)
{
    pl_value region[] = {PL_V_TEXT(id), PL_V_NULL, PL_V_TEXT(name)};
    pl_audit_entry e = {.region_id = id,
                        .actor = rq->actor,
                        .action = PL_S("init"),
                        .object = PL_S("database"),
                        .becomes = name};

    PL_TRY(pl_audit_begin(cx, s));
    PL_TRY(pl_store_run(cx, s, PL_Q_region_put, region, PL_COUNT(region), NULL));
    return pl_audit_put(cx, s, rq->now, &e);
}

pl_status pl_service_end(pl_ctx *cx, pl_store *s, pl_status st)
{
    pl_err why = cx->err;

    if (st == PL_OK)
        return pl_store_commit(cx, s);
    pl_store_rollback(s);
    cx->err = why;
    return st;
}

static pl_status fill(pl_ctx *cx, const pl_request *rq, pl_store *s, pl_str id,
                      pl_str name)
{
    PL_TRY(pl_store_migrate(cx, s, rq->now.s));
    PL_TRY(pl_store_begin(cx, s));
    return pl_service_end(cx, s, begin_all(cx, rq, s, id, name));
}

void pl_service_discard(pl_store *s, const char *where)
{
    pl_store_close(s);
    if (!pl_store_is_url(where))
        unlink(where);
}

pl_status pl_service_init(pl_ctx *cx, const pl_request *rq, const char *where,
                          pl_str region_id, pl_str region_name, pl_store **out)
{
    pl_store *s;
    pl_status st;

    PL_TRY(check_region(cx, region_id, region_name));
    PL_TRY(pl_store_open(cx, where, PL_STORE_CREATE, &s));
    st = fill(cx, rq, s, region_id, region_name);
    if (st != PL_OK) {
        pl_service_discard(s, where);
        return st;
    }
    *out = s;
    return PL_OK;
}

static pl_status look_at_schema(pl_ctx *cx, pl_store *s)
{
    pl_schema_state state;

    PL_TRY(pl_store_schema(cx, s, &state));
    if (state.version == 0)
        return pl_fail(cx, PL_EFORMAT, PL_NOPOS,
                       "an empty database: make one with `plumbline init`");
    if (state.version < state.known)
        return pl_fail(cx, PL_EFORMAT, PL_NOPOS,
                       "the database has version %" PRId64 ", this program needs %" PRId64
                       ": `plumbline upgrade DB`",
                       state.version, state.known);
    return PL_OK;
}

pl_status pl_service_open(pl_ctx *cx, const char *where, pl_store **out)
{
    pl_store *s;
    pl_status st;

    PL_TRY(pl_store_open(cx, where, PL_STORE_USE, &s));
    st = look_at_schema(cx, s);
    if (st != PL_OK) {
        pl_store_close(s);
        return st;
    }
    *out = s;
    return PL_OK;
}

pl_status pl_service_region(pl_ctx *cx, pl_store *s, pl_str named, pl_str *out)
{
    size_t n = 0;
    bool more;
    pl_rows *r;
    pl_status st;

    *out = (pl_str){0};
    PL_TRY(pl_rows_begin(cx, s, PL_Q_region_list, NULL, 0, &r));
    while ((st = pl_rows_next(cx, r, &more)) == PL_OK && more) {
        if (named.n && !pl_str_eq(pl_rows_text(r, 0), named))
            continue;
        n++;
        if ((st = pl_str_keep(cx, pl_rows_text(r, 0), out)) != PL_OK)
            break;
    }
    pl_rows_end(r);
    PL_TRY(st);
    if (n == 0)
        return pl_fail(cx, PL_ENOTFOUND, PL_NOPOS, "no region '%.*s' in this database",
                       PL_FMT(named));
    if (n > 1)
        return pl_fail(cx, PL_ESYNTAX, PL_NOPOS, "there are %zu regions: name one", n);
    return PL_OK;
}

pl_status pl_service_doctor(pl_ctx *cx, pl_store *s, pl_health *out)
{
    PL_TRY(pl_store_verify(cx, s));
    PL_TRY(pl_store_schema(cx, s, &out->schema));
    PL_TRY(pl_store_prepare_all(cx, s));
    return pl_audit_verify(cx, s, NULL, 0, &out->audit);
}

static pl_status keep_line(pl_ctx *cx, pl_rows *r, pl_plan_lines *out)
{
    pl_plan_line *l = PL_VEC_ADD(cx->arena, out);

    if (!l)
        return pl_fail_memory(cx);
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 0), &l->plan_id));
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 1), &l->kind));
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 4), &l->title));
    l->year = pl_rows_int(r, 2);
    l->judged_year = pl_rows_int(r, 3);
    l->recorded_at_s = pl_rows_int(r, 5);
    l->rows = pl_rows_int(r, 6);
    l->tasks = pl_rows_int(r, 7);
    l->met = pl_rows_int(r, 8);
    l->missed = pl_rows_int(r, 9);
    return PL_OK;
}

pl_status pl_service_plans(pl_ctx *cx, pl_store *s, pl_str region_id, pl_plan_lines *out)
{
    pl_value args[] = {PL_V_TEXT(region_id)};
    bool more;
    pl_rows *r;
    pl_status st;

    *out = (pl_plan_lines){0};
    PL_TRY(pl_rows_begin(cx, s, PL_Q_plan_summaries, args, 1, &r));
    while ((st = pl_rows_next(cx, r, &more)) == PL_OK && more)
        if ((st = keep_line(cx, r, out)) != PL_OK)
            break;
    pl_rows_end(r);
    return st;
}
