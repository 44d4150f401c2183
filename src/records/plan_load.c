#include "records/plan_load.h"
#include <json-c/json.h>

static uint32_t count_of(json_object *o, const char *key)
{
    json_object *v = NULL;
    int64_t n = json_object_object_get_ex(o, key, &v) ? json_object_get_int64(v) : 0;

    return n > 0 && n <= UINT32_MAX ? (uint32_t)n : 0;
}

static void read_span(json_object *o, pl_span *out)
{
    json_object *v = NULL;

    if (!json_object_object_get_ex(o, "span", &v) || json_object_array_length(v) != 2)
        return;
    out->at = (size_t)json_object_get_int64(json_object_array_get_idx(v, 0));
    out->n = (size_t)json_object_get_int64(json_object_array_get_idx(v, 1));
}

/* What pl_json_place wrote. */
static pl_status read_place(pl_ctx *cx, pl_str json, pl_place *out)
{
    json_tokener *t = json_tokener_new_ex(4);
    json_object *o = t ? json_tokener_parse_ex(t, json.p, (int)json.n) : NULL,
                *path = NULL;
    pl_status st = PL_OK;

    json_tokener_free(t);
    *out = (pl_place){0};
    if (!o || !json_object_is_type(o, json_type_object)) {
        json_object_put(o);
        return PL_OK;
    }
    out->line = count_of(o, "line");
    out->page = count_of(o, "page");
    out->table = count_of(o, "table");
    out->row = count_of(o, "row");
    out->col = count_of(o, "col");
    read_span(o, &out->span);
    if (json_object_object_get_ex(o, "path", &path))
        st = pl_str_keep(cx, pl_str_from(json_object_get_string(path)), &out->path);
    json_object_put(o);
    return st;
}

static pl_status read_head(pl_ctx *cx, pl_store *s, const pl_value *key, pl_plan *plan)
{
    bool more = false;
    pl_rows *r;
    pl_status st;

    PL_TRY(pl_rows_begin(cx, s, PL_Q_plan_head, key, 2, &r));
    st = pl_rows_next(cx, r, &more);
    if (st == PL_OK && more)
        plan->year = (int)pl_rows_int(r, 0);
    pl_rows_end(r);
    if (st == PL_OK && !more)
        return pl_fail(cx, PL_ENOTFOUND, PL_NOPOS, "no such plan: %.*s",
                       PL_FMT(key[1].text));
    return st;
}

static pl_status read_indicator(pl_ctx *cx, const pl_rows *r, pl_plan *plan)
{
    pl_indicator *it = PL_VEC_ADD(cx->arena, &plan->indicators);

    if (!it)
        return pl_fail_memory(cx);
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 3), &it->no));
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 4), &it->part));
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 5), &it->part_name));
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 6), &it->name));
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 7), &it->unit));
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 8), &it->group));
    return read_place(cx, pl_rows_text(r, 11), &it->place);
}

static pl_role role_of(pl_str token)
{
    static const pl_role roles[] = {PL_ROLE_TARGET, PL_ROLE_VALUE, PL_ROLE_TERM_TARGET};

    for (size_t i = 0; i < PL_COUNT(roles); i++)
        if (pl_str_eq(pl_role_token(roles[i]), token))
            return roles[i];
    return PL_ROLE_OTHER;
}

static pl_status read_cell(pl_ctx *cx, const pl_rows *r, pl_plan *plan)
{
    size_t row = (size_t)pl_rows_int(r, 0), cell = (size_t)pl_rows_int(r, 1);
    pl_indicator *it = row < plan->indicators.n ? &plan->indicators.p[row] : NULL;
    pl_phrase_opts opts = {.year = (int)pl_rows_int(r, 3)};
    pl_datum *d;

    if (!it || cell < it->cells.n)
        return PL_OK;
    d = PL_VEC_ADD(cx->arena, &it->cells);
    if (!d)
        return pl_fail_memory(cx);
    opts.name = it->name;
    opts.unit = it->unit;
    d->role = role_of(pl_rows_text(r, 2));
    d->year = opts.year;
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 4), &d->header));
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 5), &d->clean));
    d->text.s = d->clean;
    d->cumulative = pl_rows_int(r, 7) != 0;
    d->per_year = pl_rows_int(r, 8) != 0;
    PL_TRY(read_place(cx, pl_rows_text(r, 6), &d->place));
    return pl_phrase_parse(cx, d->clean, &opts, &d->phrase);
}

static pl_status read_all(pl_ctx *cx, pl_store *s, pl_query q, const pl_value *key,
                          pl_status (*one)(pl_ctx *, const pl_rows *, pl_plan *),
                          pl_plan *plan)
{
    bool more;
    pl_rows *r;
    pl_status st;

    PL_TRY(pl_rows_begin(cx, s, q, key, 2, &r));
    while ((st = pl_rows_next(cx, r, &more)) == PL_OK && more)
        if ((st = one(cx, r, plan)) != PL_OK)
            break;
    pl_rows_end(r);
    return st;
}

pl_status pl_plan_load(pl_ctx *cx, pl_store *s, pl_str region_id, pl_str plan_id,
                       pl_plan **out)
{
    pl_value key[] = {PL_V_TEXT(region_id), PL_V_TEXT(plan_id)};
    pl_plan *plan = PL_NEW(cx->arena, pl_plan);

    if (!plan)
        return pl_fail_memory(cx);
    PL_TRY(read_head(cx, s, key, plan));
    PL_TRY(read_all(cx, s, PL_Q_plan_row_list, key, read_indicator, plan));
    PL_TRY(read_all(cx, s, PL_Q_revision_of_plan, key, read_cell, plan));
    *out = plan;
    return PL_OK;
}
