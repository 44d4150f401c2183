#include "service/documents.h"
#include "box/box.h"
#include "report/doc_html.h"
#include <json-c/json.h>

/* document_records, in the order of its columns. */
static pl_status keep_record(pl_ctx *cx, const pl_rows *r, pl_document_row *d)
{
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 0), &d->document_id));
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 1), &d->file_name));
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 2), &d->format));
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 3), &d->title));
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 4), &d->meta));
    d->bytes = pl_rows_int(r, 5);
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 6), &d->sha256));
    d->recorded_at_s = pl_rows_int(r, 7);
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 8), &d->recorded_by));
    return pl_str_keep(cx, pl_rows_text(r, 9), &d->plan_id);
}

static pl_status read_records(pl_ctx *cx, pl_store *s, pl_str region_id, pl_str id,
                              pl_document_rows *out)
{
    pl_value args[] = {PL_V_TEXT(region_id), PL_V_TEXT(id)};
    bool more;
    pl_rows *r;
    pl_status st;

    *out = (pl_document_rows){0};
    PL_TRY(pl_rows_begin(cx, s, PL_Q_document_records, args, PL_COUNT(args), &r));
    while ((st = pl_rows_next(cx, r, &more)) == PL_OK && more) {
        pl_document_row *d = PL_VEC_ADD(cx->arena, out);

        st = d ? keep_record(cx, r, d) : pl_fail_memory(cx);
        if (st != PL_OK)
            break;
    }
    pl_rows_end(r);
    return st;
}

pl_status pl_service_documents(pl_ctx *cx, pl_store *s, pl_str region_id,
                               pl_document_rows *out)
{
    return read_records(cx, s, region_id, (pl_str){0}, out);
}

static pl_status fail_missing(pl_ctx *cx, pl_str id)
{
    return pl_fail(cx, PL_ENOTFOUND, PL_NOPOS, "no document '%.*s'", PL_FMT(id));
}

pl_status pl_service_document(pl_ctx *cx, pl_store *s, pl_str region_id,
                              pl_str document_id, pl_document_row *out)
{
    pl_document_rows all = {0};

    if (document_id.n)
        PL_TRY(read_records(cx, s, region_id, document_id, &all));
    if (all.n == 0)
        return fail_missing(cx, document_id);
    *out = all.p[0];
    return PL_OK;
}

/* document_get: …, content as the fifth column. */
static pl_status keep_bytes(pl_ctx *cx, pl_rows *r, pl_bytes *out)
{
    pl_bytes b = pl_rows_bytes(r, 4);
    unsigned char *p = pl_arena_alloc_raw(cx->arena, b.n, 1, 1);

    if (!p)
        return pl_fail_memory(cx);
    if (b.n)
        memcpy(p, b.p, b.n);
    *out = (pl_bytes){p, b.n};
    return PL_OK;
}

pl_status pl_service_document_bytes(pl_ctx *cx, pl_store *s, pl_str region_id,
                                    pl_str document_id, pl_bytes *out)
{
    pl_value args[] = {PL_V_TEXT(region_id), PL_V_TEXT(document_id)};
    bool more;
    pl_rows *r;
    pl_status st;

    PL_TRY(pl_rows_begin(cx, s, PL_Q_document_get, args, PL_COUNT(args), &r));
    st = pl_rows_next(cx, r, &more);
    if (st == PL_OK)
        st = more ? keep_bytes(cx, r, out) : fail_missing(cx, document_id);
    pl_rows_end(r);
    return st;
}

/* ---- marks */

static size_t number_of(json_object *o, const char *key)
{
    json_object *v;

    return json_object_object_get_ex(o, key, &v) && json_object_get_int64(v) > 0
               ? (size_t)json_object_get_int64(v)
               : 0;
}

static json_object *parse(pl_str text)
{
    json_tokener *t = text.n > INT32_MAX ? NULL : json_tokener_new();
    json_object *o = t ? json_tokener_parse_ex(t, text.p, (int)text.n) : NULL;

    json_tokener_free(t);
    return o;
}

/* A place as records keep it; the reverse of pl_json_place. */
static pl_status place_of(pl_ctx *cx, json_object *o, pl_place *out)
{
    json_object *v;

    *out = (pl_place){.line = (uint32_t)number_of(o, "line"),
                      .page = (uint32_t)number_of(o, "page"),
                      .table = (uint32_t)number_of(o, "table"),
                      .row = (uint32_t)number_of(o, "row"),
                      .col = (uint32_t)number_of(o, "col")};
    if (json_object_object_get_ex(o, "span", &v) && json_object_array_length(v) == 2) {
        out->span.at = (size_t)json_object_get_int64(json_object_array_get_idx(v, 0));
        out->span.n = (size_t)json_object_get_int64(json_object_array_get_idx(v, 1));
    }
    if (json_object_object_get_ex(o, "path", &v))
        return pl_str_keep(cx, pl_str_from(json_object_get_string(v)), &out->path);
    return PL_OK;
}

static pl_status add_mark(pl_ctx *cx, pl_str kind, pl_str id, json_object *place,
                          pl_doc_marks *out)
{
    pl_doc_mark *m = PL_VEC_ADD(cx->arena, out);

    if (!m)
        return pl_fail_memory(cx);
    m->kind = kind;
    m->id = id;
    return place_of(cx, place, &m->place);
}

/* One place, or those of a finding. */
static pl_status add_places(pl_ctx *cx, pl_str kind, pl_str id, json_object *o,
                            pl_doc_marks *out)
{
    pl_status st = PL_OK;

    if (!json_object_is_type(o, json_type_array))
        return add_mark(cx, kind, id, o, out);
    for (size_t i = 0; st == PL_OK && i < json_object_array_length(o); i++) {
        json_object *place;

        if (json_object_object_get_ex(json_object_array_get_idx(o, i), "place", &place))
            st = add_mark(cx, kind, id, place, out);
    }
    return st;
}

/* document_marks: kind, ordinal, id, place. */
static pl_status keep_mark(pl_ctx *cx, const pl_rows *r, bool findings, pl_doc_marks *out)
{
    pl_str kind, id = pl_rows_text(r, 2), place = pl_rows_text(r, 3);
    json_object *o;
    pl_buf number;
    pl_status st;

    if (id.n && !findings)
        return PL_OK;
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 0), &kind));
    pl_buf_init(&number, 32);
    pl_buf_putf(&number, "%lld", (long long)pl_rows_int(r, 1));
    st = pl_str_keep(cx, id.n ? id : pl_buf_str(&number), &id);
    pl_buf_release(&number);
    PL_TRY(st);
    o = parse(place);
    if (o)
        st = add_places(cx, kind, id, o, out);
    json_object_put(o);
    return st;
}

static pl_status read_marks(pl_ctx *cx, pl_store *s, const pl_principal *who,
                            pl_str plan_id, pl_doc_marks *out)
{
    pl_value args[] = {PL_V_TEXT(who->region_id), PL_V_TEXT(plan_id)};
    bool more, findings = pl_may(who, PL_PERM_FINDING_READ);
    pl_rows *r;
    pl_status st;

    PL_TRY(pl_rows_begin(cx, s, PL_Q_document_marks, args, PL_COUNT(args), &r));
    while ((st = pl_rows_next(cx, r, &more)) == PL_OK && more)
        if ((st = keep_mark(cx, r, findings, out)) != PL_OK)
            break;
    pl_rows_end(r);
    return st;
}

pl_status pl_service_document_html(pl_ctx *cx, pl_store *s, const pl_principal *who,
                                   pl_str document_id, pl_buf *out)
{
    pl_document_row row;
    pl_doc_marks marks = {0};
    pl_bytes bytes;
    pl_doc *doc;

    PL_TRY(pl_service_document(cx, s, who->region_id, document_id, &row));
    PL_TRY(pl_service_document_bytes(cx, s, who->region_id, document_id, &bytes));
    PL_TRY(read_marks(cx, s, who, row.plan_id, &marks));
    PL_TRY(pl_box_doc(cx, bytes, &doc));
    return pl_doc_html(cx, doc, marks.p, marks.n, out);
}

pl_str pl_import_stage_token(pl_import_stage s)
{
    static const pl_str tokens[] = {
#define X(name, token) PL_S_INIT(token),
        PL_IMPORT_STAGES(X)
#undef X
    };

    return tokens[s];
}
