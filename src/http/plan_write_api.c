/* Operations that write about plans: waivers, links, units. */
#include "http/list_api.h"
#include "http/plan_write_api.h"
#include "service/plan_write.h"
#include "service/search.h"

/* ---- What is to be changed, as it is */

/* The one row of a resource, and its revision. */
static pl_status look(pl_call *c, pl_resource resource, pl_str key, pl_str id,
                      pl_listing *out, int64_t *revision)
{
    pl_list_query q = {.resource = resource, .key = key};

    PL_TRY(pl_list_one(c->cx, c->store, &c->who, &q, id, out));
    *revision = out->rows.p[0][pl_listing_field(out, PL_S("revision"))].i;
    return PL_OK;
}

/* The same, held against If-Match. */
static pl_status match(pl_call *c, pl_resource resource, pl_str key, pl_str id,
                       int64_t *revision)
{
    pl_listing one;
    pl_str etag;

    PL_TRY(look(c, resource, key, id, &one, revision));
    PL_TRY(pl_revision_text(c->cx, *revision, &etag));
    return pl_call_match(c, etag);
}

/* Answer with the row as it is now; after a writer who was faster, with 412. */
static pl_status answer(pl_call *c, pl_resource resource, pl_str key, pl_str id,
                        pl_status st)
{
    pl_listing one;
    int64_t revision;

    if (st == PL_ECONFLICT)
        return match(c, resource, key, id, &revision) == PL_OK ? st : PL_ECONFLICT;
    PL_TRY(st);
    PL_TRY(look(c, resource, key, id, &one, &revision));
    pl_json_open(&c->out, '{');
    pl_listing_members(&c->out, &one, 0);
    pl_json_close(&c->out);
    return pl_revision_text(c->cx, revision, &c->etag);
}

/* ---- Handlers */

pl_status pl_waiver_post(pl_call *c)
{
    pl_str plan = pl_call_param(c, PL_S("plan"));
    pl_str finding = pl_call_param(c, PL_S("finding"));
    int64_t seen = -1;
    pl_listing one;

    if (pl_call_header(c, "If-Match").n)
        PL_TRY(match(c, PL_RESOURCE_FINDINGS, plan, finding, &seen));
    else
        PL_TRY(look(c, PL_RESOURCE_FINDINGS, plan, finding, &one, &seen));
    return answer(c, PL_RESOURCE_FINDINGS, plan, finding,
                  pl_service_waive(c->cx, &c->rq, c->store, c->who.region_id, plan,
                                   finding, pl_call_bool(c, PL_S("waived")),
                                   pl_call_text(c, PL_S("reason")), seen));
}

pl_status pl_link_post(pl_call *c)
{
    pl_str plan = pl_call_param(c, PL_S("plan"));
    pl_str id = pl_call_param(c, PL_S("ordinal"));
    pl_listing row;
    int64_t seen, ordinal;

    PL_TRY(match(c, PL_RESOURCE_INDICATORS, plan, id, &seen));
    PL_TRY(look(c, PL_RESOURCE_INDICATORS, plan, id, &row, &seen));
    ordinal = row.rows.p[0][pl_listing_field(&row, PL_S("ordinal"))].i;
    return answer(c, PL_RESOURCE_INDICATORS, plan, id,
                  pl_service_link(c->cx, &c->rq, c->store, c->who.region_id, plan,
                                  ordinal, pl_call_bool(c, PL_S("confirm")), seen));
}

pl_status pl_unit_patch(pl_call *c)
{
    pl_str id = pl_call_param(c, PL_S("unit"));
    size_t n = pl_call_texts(c, PL_S("aliases"));
    pl_str *aliases = PL_NEW_N(c->cx->arena, pl_str, n);
    int64_t seen;

    if (!aliases)
        return pl_fail_memory(c->cx);
    for (size_t i = 0; i < n; i++)
        aliases[i] = pl_call_text_at(c, PL_S("aliases"), i);
    PL_TRY(match(c, PL_RESOURCE_UNITS, id, id, &seen));
    pl_unit_edit edit = {.has_parent = pl_call_has(c, PL_S("parent")) ||
                                       pl_call_is_null(c, PL_S("parent")),
                         .has_aliases = pl_call_has(c, PL_S("aliases")),
                         .parent_id = pl_call_text(c, PL_S("parent")),
                         .aliases = aliases,
                         .n_aliases = n};
    return answer(
        c, PL_RESOURCE_UNITS, id, id,
        pl_service_unit_set(c->cx, &c->rq, c->store, c->who.region_id, id, &edit, seen));
}

pl_status pl_units_bulk(pl_call *c)
{
    bool dry = pl_str_eq(pl_call_query(c, PL_S("dry_run")), PL_S("1"));
    pl_json *j = &c->out;
    pl_unit_rows rows;

    PL_TRY(pl_unit_rows_read(c->cx, pl_call_bytes(c), &rows));
    PL_TRY(pl_service_units(c->cx, &c->rq, c->store, c->who.region_id, &rows, dry));
    pl_json_open(j, '{');
    pl_json_put_bool(j, PL_S("dry_run"), dry);
    pl_json_put_open(j, PL_S("rows"), '[');
    for (size_t i = 0; i < rows.n; i++) {
        pl_json_open(j, '{');
        pl_json_put_int(j, PL_S("row"), (int64_t)i + 1);
        pl_json_put_str(j, PL_S("name"), rows.p[i].name);
        pl_json_put_str(j, PL_S("result"), pl_bulk_token(rows.p[i].became));
        pl_json_put_str_or_null(j, PL_S("wrong"), rows.p[i].wrong);
        pl_json_close(j);
    }
    pl_json_close(j);
    pl_json_close(j);
    return PL_OK;
}
