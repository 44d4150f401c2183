/* Packages, written. */
#include "service/package.h"
#include "codec/zip_write.h"
#include <stdio.h>

enum { PART_BYTES = 1 << 30, NAME_CHARS = 160 };

bool pl_export_find(pl_str token, pl_export *out)
{
    static const pl_str tokens[] = {
#define X(name, token) PL_S_INIT(token),
        PL_EXPORT_LIST(X)
#undef X
    };

    for (int i = 0; i < PL_EXPORT_COUNT; i++)
        if (pl_str_eq(tokens[i], token)) {
            *out = (pl_export)i;
            return true;
        }
    return false;
}

/* What a plan's folder holds. */
static const pl_resource parts[] = {
    PL_RESOURCE_INDICATORS, PL_RESOURCE_TASKS,    PL_RESOURCE_GOALS,   PL_RESOURCE_FACTS,
    PL_RESOURCE_SECTIONS,   PL_RESOURCE_VERDICTS, PL_RESOURCE_FINDINGS};

typedef struct exporter {
    pl_ctx *cx;
    pl_store *s;
    const pl_principal *who;
    pl_str plan_id; /* empty: all */
    pl_listing plans, documents, units;
    pl_zip_writer zip;
} exporter;

static pl_status list(const exporter *e, pl_resource resource, pl_str key,
                      pl_listing *out)
{
    pl_list_query q = {.resource = resource, .key = key};

    return pl_list(e->cx, e->s, e->who, &q, out);
}

/* ---- The decisions */

/* Rows of a statement of two or three columns as an array of objects. */
static pl_status put_decisions(const exporter *e, pl_json *j, pl_str name, pl_query q,
                               pl_str plan_id)
{
    pl_value key[] = {PL_V_TEXT(e->who->region_id), PL_V_TEXT(plan_id)};
    bool more, waiver = q == PL_Q_waivers_of_plan;
    pl_rows *r;
    pl_status st;

    PL_TRY(pl_rows_begin(e->cx, e->s, q, key, 2, &r));
    pl_json_put_open(j, name, '[');
    while ((st = pl_rows_next(e->cx, r, &more)) == PL_OK && more) {
        pl_json_open(j, '{');
        if (waiver) {
            pl_json_put_str(j, PL_S("finding"), pl_rows_text(r, 0));
            pl_json_put_bool(j, PL_S("waived"), pl_rows_int(r, 1) != 0);
            pl_json_put_str(j, PL_S("reason"), pl_rows_text(r, 2));
        } else {
            pl_json_put_int(j, PL_S("ordinal"), pl_rows_int(r, 0));
            pl_json_put_bool(j, PL_S("confirm"), pl_rows_int(r, 1) != 0);
        }
        pl_json_close(j);
    }
    pl_json_close(j);
    pl_rows_end(r);
    return st;
}

static pl_status put_document(const exporter *e, pl_json *j, size_t i)
{
    pl_str plan = pl_listing_text(&e->documents, i, PL_S("plan"));

    pl_json_open(j, '{');
    pl_json_put_str(j, PL_S("sha256"), pl_listing_text(&e->documents, i, PL_S("sha256")));
    pl_json_put_str(j, PL_S("file"), pl_listing_text(&e->documents, i, PL_S("file")));
    pl_json_put_str(j, PL_S("plan"), plan);
    PL_TRY(put_decisions(e, j, PL_S("waivers"), PL_Q_waivers_of_plan, plan));
    PL_TRY(put_decisions(e, j, PL_S("links"), PL_Q_links_of_plan, plan));
    pl_json_close(j);
    return PL_OK;
}

static bool is_wanted(const exporter *e, size_t i)
{
    return e->plan_id.n == 0 ||
           pl_str_eq(pl_listing_text(&e->documents, i, PL_S("plan")), e->plan_id);
}

/* The documents in the order in which they were imported. */
static pl_status put_manifest(const exporter *e, pl_json *j)
{
    pl_json_open(j, '{');
    pl_json_put_str(j, PL_S("plumbline"), PL_S("export"));
    pl_json_put_str(j, PL_S("region"), e->who->region_id);
    pl_json_put_open(j, PL_S("documents"), '[');
    for (size_t i = e->documents.rows.n; i > 0; i--)
        if (is_wanted(e, i - 1))
            PL_TRY(put_document(e, j, i - 1));
    pl_json_close(j);
    pl_json_put_open(j, PL_S("units"), '[');
    for (size_t i = 0; i < e->units.rows.n; i++) {
        pl_json_open(j, '{');
        pl_json_put_str(j, PL_S("name"), pl_listing_text(&e->units, i, PL_S("name")));
        pl_json_put_str_or_null(j, PL_S("parent"),
                                pl_listing_text(&e->units, i, PL_S("parent_name")));
        pl_json_key(j, PL_S("aliases"));
        pl_json_raw(j, pl_listing_text(&e->units, i, PL_S("aliases")));
        pl_json_close(j);
    }
    pl_json_close(j);
    pl_json_close(j);
    return PL_OK;
}

/* ---- The package */

static pl_status write_manifest(exporter *e)
{
    pl_buf b;
    pl_json j;
    pl_status st;

    pl_buf_init(&b, PART_BYTES);
    j = pl_json_begin(&b);
    st = put_manifest(e, &j);
    if (st == PL_OK && b.failed)
        st = pl_fail_memory(e->cx);
    if (st == PL_OK)
        st = pl_zip_write(e->cx, &e->zip, PL_S("plumbline.json"), pl_buf_str(&b));
    pl_buf_release(&b);
    return st;
}

static pl_status write_document(exporter *e, size_t i)
{
    pl_value key[] = {PL_V_TEXT(e->who->region_id),
                      PL_V_TEXT(pl_listing_text(&e->documents, i, PL_S("id")))};
    char name[NAME_CHARS];
    bool more = false;
    pl_rows *r;
    pl_status st;

    snprintf(name, sizeof name, "documents/%.*s",
             PL_FMT(pl_listing_text(&e->documents, i, PL_S("sha256"))));
    PL_TRY(pl_rows_begin(e->cx, e->s, PL_Q_document_get, key, 2, &r));
    st = pl_rows_next(e->cx, r, &more);
    if (st == PL_OK && more) {
        pl_bytes b = pl_rows_bytes(r, 4);

        st = pl_zip_write(e->cx, &e->zip, pl_str_from(name),
                          (pl_str){(const char *)b.p, b.n});
    }
    pl_rows_end(r);
    return st;
}

static pl_status write_list(exporter *e, pl_str plan_id, pl_resource resource)
{
    char name[NAME_CHARS];
    pl_listing l;
    pl_buf b;
    pl_status st;

    snprintf(name, sizeof name, "plans/%.*s/%.*s.csv", PL_FMT(plan_id),
             PL_FMT(pl_resource_name(resource)));
    PL_TRY(list(e, resource, plan_id, &l));
    pl_buf_init(&b, PART_BYTES);
    pl_listing_csv(&b, &l);
    st = b.failed ? pl_fail_memory(e->cx)
                  : pl_zip_write(e->cx, &e->zip, pl_str_from(name), pl_buf_str(&b));
    pl_buf_release(&b);
    return st;
}

static pl_status write_parts(exporter *e)
{
    PL_TRY(write_manifest(e));
    for (size_t i = 0; i < e->documents.rows.n; i++)
        if (is_wanted(e, i))
            PL_TRY(write_document(e, i));
    for (size_t i = 0; i < e->plans.rows.n; i++)
        for (size_t k = 0; k < PL_COUNT(parts); k++) {
            pl_arena_mark here = pl_arena_here(e->cx->arena);

            PL_TRY(write_list(e, pl_listing_text(&e->plans, i, PL_S("id")), parts[k]));
            pl_arena_reset(e->cx->arena, here);
        }
    return PL_OK;
}

static pl_status write_zip(exporter *e, pl_buf *out)
{
    pl_status st;

    pl_zip_writer_begin(&e->zip, out);
    st = write_parts(e);
    if (st == PL_OK)
        return pl_zip_writer_end(e->cx, &e->zip, true);
    (void)!pl_zip_writer_end(e->cx, &e->zip, false);
    return st;
}

/* ---- The other forms */

static pl_status write_json(exporter *e, pl_buf *out)
{
    pl_json j = pl_json_begin(out);

    pl_json_open(&j, '{');
    pl_json_put_open(&j, PL_S("plans"), '[');
    for (size_t i = 0; i < e->plans.rows.n; i++) {
        pl_json_open(&j, '{');
        pl_listing_members(&j, &e->plans, i);
        for (size_t k = 0; k < PL_COUNT(parts); k++) {
            char name[NAME_CHARS];
            pl_listing l;

            /* the plan's own members of these names are counts */
            snprintf(name, sizeof name, "%.*s_list", PL_FMT(pl_resource_name(parts[k])));
            PL_TRY(list(e, parts[k], pl_listing_text(&e->plans, i, PL_S("id")), &l));
            pl_json_key(&j, pl_str_from(name));
            pl_listing_rows(&j, &l);
        }
        pl_json_close(&j);
    }
    pl_json_close(&j);
    pl_json_close(&j);
    pl_buf_putc(out, '\n');
    return PL_OK;
}

static pl_status write_rows(exporter *e, pl_export format, pl_buf *out)
{
    pl_listing l = e->plans;

    if (e->plan_id.n)
        PL_TRY(list(e, PL_RESOURCE_INDICATORS, e->plan_id, &l));
    if (format == PL_EXPORT_CSV)
        pl_listing_csv(out, &l);
    else
        pl_listing_ndjson(out, &l);
    return PL_OK;
}

static pl_status write_all(exporter *e, pl_export format, pl_buf *out)
{
    pl_list_query q = {.resource = PL_RESOURCE_PLAN, .key = e->plan_id};

    if (e->plan_id.n)
        PL_TRY(pl_list_one(e->cx, e->s, e->who, &q, e->plan_id, &e->plans));
    else
        PL_TRY(list(e, PL_RESOURCE_PLANS, (pl_str){0}, &e->plans));
    if (format == PL_EXPORT_JSON)
        return write_json(e, out);
    if (format != PL_EXPORT_ZIP)
        return write_rows(e, format, out);
    PL_TRY(list(e, PL_RESOURCE_DOCUMENTS, (pl_str){0}, &e->documents));
    PL_TRY(list(e, PL_RESOURCE_UNITS, (pl_str){0}, &e->units));
    return write_zip(e, out);
}

pl_status pl_service_export(pl_ctx *cx, pl_store *s, const pl_principal *who,
                            pl_str plan_id, pl_export format, pl_buf *out)
{
    exporter e = {.cx = cx, .s = s, .who = who, .plan_id = plan_id};
    pl_status st;

    PL_TRY(pl_store_begin_read(cx, s));
    st = write_all(&e, format, out);
    pl_store_rollback(s);
    return st == PL_OK && out->failed ? pl_fail_memory(cx) : st;
}
