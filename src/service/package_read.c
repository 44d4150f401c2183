/* Packages, read back. */
#include "codec/zip.h"
#include "service/package.h"
#include "service/plan_write.h"
#include <json-c/json.h>
#include <stdio.h>

enum { DEPTH = 16, NAME_CHARS = 96 };

typedef struct reader {
    pl_ctx *cx;
    const pl_request *rq;
    pl_store *s;
    pl_str region_id;
    pl_zip *zip;
    pl_package_result *out;
} reader;

static pl_str text_of(json_object *o, const char *key)
{
    json_object *v = NULL;

    if (!json_object_object_get_ex(o, key, &v) ||
        !json_object_is_type(v, json_type_string))
        return (pl_str){0};
    return (pl_str){json_object_get_string(v), (size_t)json_object_get_string_len(v)};
}

static bool bool_of(json_object *o, const char *key)
{
    json_object *v = NULL;

    return json_object_object_get_ex(o, key, &v) && json_object_get_boolean(v);
}

/* How many an array member has; 0 when it is none. */
static size_t array_of(json_object *o, const char *key, json_object **out)
{
    *out = NULL;
    return json_object_object_get_ex(o, key, out) &&
                   json_object_is_type(*out, json_type_array)
               ? json_object_array_length(*out)
               : 0;
}

/* The manifest of a package; NULL when it is none of ours. End it with json_object_put.
 */
static json_object *manifest_of(pl_ctx *cx, pl_zip *zip)
{
    json_tokener *t;
    json_object *o;
    pl_bytes b;

    if (pl_zip_read(cx, zip, PL_S("plumbline.json"), &b) != PL_OK || b.n > INT32_MAX)
        return NULL;
    t = json_tokener_new_ex(DEPTH);
    if (!t)
        return NULL;
    json_tokener_set_flags(t, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
    o = json_tokener_parse_ex(t, (const char *)b.p, (int)b.n);
    json_tokener_free(t);
    if (o && pl_str_eq(text_of(o, "plumbline"), PL_S("export")))
        return o;
    json_object_put(o);
    return NULL;
}

bool pl_package_is(pl_ctx *cx, pl_bytes b)
{
    pl_err before = cx->err;
    json_object *o = NULL;
    pl_zip *zip;

    if (pl_zip_is(b) && pl_zip_open(cx, b, &zip) == PL_OK)
        o = manifest_of(cx, zip);
    cx->err = before;
    json_object_put(o);
    return o != NULL;
}

/* ---- Decisions: the i-th is made when there were i before it; one that is there already
 * is left. */

static pl_status take_waivers(const reader *r, json_object *document, pl_str plan_id)
{
    json_object *all;
    size_t n = array_of(document, "waivers", &all);
    int64_t seen = 0;

    for (size_t i = 0; i < n; i++) {
        json_object *w = json_object_array_get_idx(all, i);
        pl_str finding = text_of(w, "finding");
        pl_status st;

        seen = i && pl_str_eq(finding,
                              text_of(json_object_array_get_idx(all, i - 1), "finding"))
                   ? seen + 1
                   : 0;
        st = pl_service_waive(r->cx, r->rq, r->s, r->region_id, plan_id, finding,
                              bool_of(w, "waived"), text_of(w, "reason"), seen);
        r->out->waivers += st == PL_OK;
        if (st != PL_ECONFLICT)
            PL_TRY(st);
    }
    return PL_OK;
}

static int64_t ordinal_of(json_object *link)
{
    json_object *v = NULL;

    return json_object_object_get_ex(link, "ordinal", &v) ? json_object_get_int64(v) : -1;
}

static pl_status take_links(const reader *r, json_object *document, pl_str plan_id)
{
    json_object *all;
    size_t n = array_of(document, "links", &all);
    int64_t seen = 0;

    for (size_t i = 0; i < n; i++) {
        json_object *l = json_object_array_get_idx(all, i);
        int64_t ordinal = ordinal_of(l);
        pl_status st;

        seen = i && ordinal == ordinal_of(json_object_array_get_idx(all, i - 1))
                   ? seen + 1
                   : 0;
        st = pl_service_link(r->cx, r->rq, r->s, r->region_id, plan_id, ordinal,
                             bool_of(l, "confirm"), seen);
        r->out->links += st == PL_OK;
        if (st != PL_ECONFLICT)
            PL_TRY(st);
    }
    return PL_OK;
}

static pl_status take_document(const reader *r, json_object *document)
{
    pl_arena_mark here = pl_arena_here(r->cx->arena);
    pl_str sha256 = text_of(document, "sha256");
    pl_request rq = {r->rq->actor, pl_now_later(r->rq->now, r->out->documents)};
    char name[NAME_CHARS], found[PL_SHA256_HEX + 1];
    pl_saved saved;
    pl_bytes b;

    snprintf(name, sizeof name, "documents/%.*s", PL_FMT(sha256));
    PL_TRY(pl_zip_read(r->cx, r->zip, pl_str_from(name), &b));
    pl_sha256_hex(b, found);
    if (!pl_str_eq(sha256, pl_str_from(found)))
        return pl_fail(r->cx, PL_ESYNTAX, PL_NOPOS,
                       "the package is damaged: a document is not what its name says");
    PL_TRY(pl_service_import(r->cx, &rq, r->s, r->region_id, text_of(document, "file"), b,
                             &saved));
    r->out->documents++;
    r->out->known += saved.known;
    PL_TRY(take_waivers(r, document, saved.plan_id));
    PL_TRY(take_links(r, document, saved.plan_id));
    pl_arena_reset(r->cx->arena, here);
    return PL_OK;
}

/* ---- Units */

static pl_status take_unit(const reader *r, json_object *o, bool parents,
                           pl_unit_rows *rows)
{
    pl_unit_row *u = PL_VEC_ADD(r->cx->arena, rows);
    json_object *aliases;
    size_t n = array_of(o, "aliases", &aliases);

    if (!u)
        return pl_fail_memory(r->cx);
    u->name = text_of(o, "name");
    u->has_parent = parents;
    u->parent_name = text_of(o, "parent");
    if (!parents)
        u->parent_name = (pl_str){0};
    u->has_aliases = parents;
    for (size_t i = 0; parents && i < n; i++) {
        json_object *v = json_object_array_get_idx(aliases, i);
        pl_str *slot = PL_VEC_ADD(r->cx->arena, &u->aliases);

        if (!slot)
            return pl_fail_memory(r->cx);
        *slot =
            (pl_str){json_object_get_string(v), (size_t)json_object_get_string_len(v)};
    }
    return PL_OK;
}

/* First the names, so that each parent is there, then the tree and the aliases. */
static pl_status take_units(const reader *r, json_object *manifest)
{
    json_object *all;
    size_t n = array_of(manifest, "units", &all);

    for (int parents = 0; parents < 2; parents++) {
        pl_unit_rows rows = {0};

        for (size_t i = 0; i < n; i++)
            PL_TRY(take_unit(r, json_object_array_get_idx(all, i), parents != 0, &rows));
        PL_TRY(pl_service_units(r->cx, r->rq, r->s, r->region_id, &rows, false));
    }
    r->out->units = n;
    return PL_OK;
}

static pl_status take_all(const reader *r, json_object *manifest)
{
    json_object *all;
    size_t n = array_of(manifest, "documents", &all);

    for (size_t i = 0; i < n; i++)
        PL_TRY(take_document(r, json_object_array_get_idx(all, i)));
    return take_units(r, manifest);
}

pl_status pl_service_import_package(pl_ctx *cx, const pl_request *rq, pl_store *s,
                                    pl_str region_id, pl_bytes package,
                                    pl_package_result *out)
{
    reader r = {cx, rq, s, region_id, NULL, out};
    json_object *manifest;
    pl_status st;

    *out = (pl_package_result){0};
    PL_TRY(pl_zip_open(cx, package, &r.zip));
    manifest = manifest_of(cx, r.zip);
    if (!manifest)
        return pl_fail(cx, PL_ESYNTAX, PL_NOPOS, "not a package that export wrote");
    st = take_all(&r, manifest);
    json_object_put(manifest);
    return st;
}
