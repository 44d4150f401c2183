#include "service/people_internal.h"

enum { OBJECT_BYTES = 256 };

pl_status pl_people_begin(pl_ctx *cx, pl_store *s)
{
    pl_status st;

    PL_TRY(pl_store_begin(cx, s));
    st = pl_store_run(cx, s, PL_Q_audit_lock, NULL, 0, NULL);
    return st == PL_OK ? PL_OK : pl_service_end(cx, s, st);
}

pl_status pl_people_audit(pl_ctx *cx, const pl_request *rq, pl_store *s, pl_str region_id,
                          const char *action, const char *kind, pl_str id, pl_str was,
                          pl_str becomes)
{
    pl_audit_entry e = {.region_id = region_id,
                        .actor = rq->actor,
                        .action = pl_str_from(action),
                        .was = was,
                        .becomes = becomes};
    pl_buf object;
    pl_status st;

    pl_buf_init(&object, OBJECT_BYTES);
    pl_buf_putf(&object, "%s/%.*s", kind, PL_FMT(id));
    e.object = pl_buf_str(&object);
    st = object.failed ? pl_fail_memory(cx) : pl_audit_put(cx, s, rq->now, &e);
    pl_buf_release(&object);
    return st;
}

pl_status pl_people_count(pl_ctx *cx, pl_store *s, pl_query q, const pl_value *args,
                          size_t n, int64_t *out)
{
    bool more = false;
    pl_rows *r;
    pl_status st;

    *out = 0;
    PL_TRY(pl_rows_begin(cx, s, q, args, n, &r));
    st = pl_rows_next(cx, r, &more);
    if (st == PL_OK && more)
        *out = pl_rows_int(r, 0);
    pl_rows_end(r);
    return st;
}

pl_status pl_people_run_one(pl_ctx *cx, pl_store *s, pl_query q, const pl_value *args,
                            size_t n, const char *what)
{
    int64_t changed = 0;

    PL_TRY(pl_store_run(cx, s, q, args, n, &changed));
    return changed == 1 ? PL_OK : pl_fail(cx, PL_ENOTFOUND, PL_NOPOS, "%s", what);
}

pl_status pl_principal_units(pl_ctx *cx, pl_store *s, const pl_principal *who,
                             pl_strs *out)
{
    pl_value args[] = {PL_V_TEXT(who->region_id), PL_V_TEXT(who->unit_id)};
    bool more = false;
    pl_rows *r;
    pl_status st;

    *out = (pl_strs){0};
    if (who->unit_id.n == 0)
        return PL_OK;
    PL_TRY(pl_rows_begin(cx, s, PL_Q_unit_below, args, PL_COUNT(args), &r));
    while ((st = pl_rows_next(cx, r, &more)) == PL_OK && more) {
        pl_str *id = PL_VEC_ADD(cx->arena, out);

        st = id ? pl_str_keep(cx, pl_rows_text(r, 0), id) : pl_fail_memory(cx);
        if (st != PL_OK)
            break;
    }
    pl_rows_end(r);
    return st;
}

/* ---- settings */

pl_status pl_settings_get(pl_ctx *cx, pl_store *s, pl_str region_id, pl_settings *out)
{
    pl_value args[] = {PL_V_TEXT(region_id)};
    bool more = false;
    pl_rows *r;
    pl_status st;

    *out = (pl_settings){0};
    PL_TRY(pl_rows_begin(cx, s, PL_Q_setting_get, args, 1, &r));
    st = pl_rows_next(cx, r, &more);
    if (st == PL_OK && !more)
        st = pl_fail(cx, PL_ENOTFOUND, PL_NOPOS, "no region '%.*s' in this database",
                     PL_FMT(region_id));
    if (st == PL_OK)
        st = pl_str_keep(cx, pl_rows_text(r, 0), &out->region_name);
    if (st == PL_OK) {
        out->public_access = pl_rows_int(r, 1) != 0;
        out->revision = pl_rows_int(r, 2);
    }
    pl_rows_end(r);
    return st;
}

static pl_status settings_json(pl_ctx *cx, const pl_settings *in, pl_str *out)
{
    pl_buf b;
    pl_json j;
    pl_status st;

    pl_buf_init(&b, 1 << 16);
    j = pl_json_begin(&b);
    pl_json_open(&j, '{');
    pl_json_put_str(&j, PL_S("region_name"), in->region_name);
    pl_json_put_bool(&j, PL_S("public_access"), in->public_access);
    pl_json_close(&j);
    st = pl_buf_keep(cx, &b, out);
    pl_buf_release(&b);
    return st;
}

static pl_status set(pl_ctx *cx, const pl_request *rq, pl_store *s, pl_str region_id,
                     const pl_settings *in, pl_settings *out)
{
    pl_settings now;
    pl_str was, becomes;

    PL_TRY(pl_settings_get(cx, s, region_id, &now));
    if (now.revision != in->revision)
        return pl_fail(cx, PL_ECONFLICT, PL_NOPOS, "the settings were changed meanwhile");
    PL_TRY(settings_json(cx, &now, &was));
    PL_TRY(settings_json(cx, in, &becomes));
    pl_value put[] = {PL_V_TEXT(region_id), PL_V_INT(in->public_access)};
    pl_value name[] = {PL_V_TEXT(region_id), PL_V_TEXT(in->region_name)};
    PL_TRY(pl_store_run(cx, s, PL_Q_setting_put, put, PL_COUNT(put), NULL));
    PL_TRY(pl_store_run(cx, s, PL_Q_region_rename, name, PL_COUNT(name), NULL));
    PL_TRY(pl_people_audit(cx, rq, s, region_id, "setting_edit", "region", region_id, was,
                           becomes));
    return pl_settings_get(cx, s, region_id, out);
}

pl_status pl_settings_set(pl_ctx *cx, const pl_request *rq, pl_store *s, pl_str region_id,
                          const pl_settings *in, pl_settings *out)
{
    pl_settings trimmed = *in;

    trimmed.region_name = pl_str_trim(in->region_name);
    if (trimmed.region_name.n == 0 || trimmed.region_name.n > 4 * PL_LOGIN_CHARS)
        return pl_fail(cx, PL_ESYNTAX, PL_NOPOS, "a region needs a name, a short one");
    PL_TRY(pl_people_begin(cx, s));
    return pl_service_end(cx, s, set(cx, rq, s, region_id, &trimmed, out));
}
