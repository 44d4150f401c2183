#include "http/list_api.h"
#include <stdio.h>

const pl_field pl_list_params[] = {
    PL_FIELD("limit", INT, "每页行数，至多 500", "rows of a page, 500 at most"),
    PL_FIELD("cursor", TEXT, "上一页的 next", "`next` of the page before"),
    PL_FIELD("sort", TEXT, "排序列，前加 - 为降序", "column; -column: largest first"),
    PL_FIELD("q", TEXT, "包含的文字", "text that a row holds"),
    PL_FIELD("as_of", TIME, "截至时刻", "the moment that it is asked as of"),
    PL_FIELD_TOKENS("format", "json csv ndjson", "格式，csv 与 ndjson 为全部行",
                    "format; csv and ndjson: all rows"),
    PL_FIELD_END,
};

static bool is_param(pl_str name)
{
    for (const pl_field *f = pl_list_params; f->name.n; f++)
        if (pl_str_eq(f->name, name))
            return true;
    return false;
}

/* The parameters that are filters. */
static pl_status read_filters(pl_call *c, pl_str but, pl_list_query *q)
{
    PL_VEC(pl_filter) filters = {0};
    pl_str name, value;

    for (size_t i = 0; pl_call_query_at(c, i, &name, &value); i++) {
        pl_filter *f;

        if (is_param(name) || pl_str_eq(name, but))
            continue;
        f = PL_VEC_ADD(c->cx->arena, &filters);
        if (!f)
            return pl_fail_memory(c->cx);
        *f = (pl_filter){name, value};
    }
    q->filters = filters.p;
    q->n_filters = filters.n;
    return PL_OK;
}

pl_status pl_call_list_query(pl_call *c, pl_resource resource, pl_str key,
                             pl_list_query *out)
{
    *out = (pl_list_query){.resource = resource, .key = key};
    return pl_call_query_time(c, PL_S("as_of"), 0, &out->as_of_s);
}

/* As a file: the browser saves it under the list's name. */
static pl_status answer_file(pl_call *c, const pl_list_query *q, const pl_listing *l,
                             bool csv)
{
    char name[80];
    pl_str kept;

    snprintf(name, sizeof name, "attachment; filename=\"%.*s.%s\"",
             PL_FMT(pl_resource_name(q->resource)), csv ? "csv" : "ndjson");
    PL_TRY(pl_str_keep(c->cx, pl_str_from(name), &kept));
    pl_call_set(c, "Content-Disposition", kept);
    c->content_type =
        csv ? PL_S("text/csv; charset=utf-8") : PL_S("application/x-ndjson");
    if (csv)
        pl_listing_csv(c->body, l);
    else
        pl_listing_ndjson(c->body, l);
    return PL_OK;
}

pl_status pl_call_list(pl_call *c, pl_resource resource, pl_str key, pl_str but)
{
    pl_str format = pl_call_query(c, PL_S("format"));
    bool csv = pl_str_eq(format, PL_S("csv"));
    bool whole = csv || pl_str_eq(format, PL_S("ndjson"));
    int64_t limit;
    pl_list_query q;
    pl_listing l;

    PL_TRY(pl_call_list_query(c, resource, key, &q));
    PL_TRY(pl_call_query_int(c, PL_S("limit"), 1, PL_LIST_LIMIT_MOST, PL_LIST_LIMIT,
                             &limit));
    PL_TRY(read_filters(c, but, &q));
    q.q = pl_call_query(c, PL_S("q"));
    q.sort = pl_call_query(c, PL_S("sort"));
    q.cursor = pl_call_query(c, PL_S("cursor"));
    q.limit = whole ? 0 : (size_t)limit;
    PL_TRY(pl_list(c->cx, c->store, &c->who, &q, &l));
    if (whole)
        return answer_file(c, &q, &l, csv);
    pl_listing_json(&c->out, &l);
    return PL_OK;
}

pl_status pl_call_put_list(pl_call *c, pl_str name, pl_resource resource, pl_str key)
{
    pl_list_query q;
    pl_listing l;

    PL_TRY(pl_call_list_query(c, resource, key, &q));
    PL_TRY(pl_list(c->cx, c->store, &c->who, &q, &l));
    pl_json_key(&c->out, name);
    pl_listing_rows(&c->out, &l);
    return PL_OK;
}
