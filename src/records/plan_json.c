/* The columns that hold JSON. */
#include "records/plan_rows.h"
#include "report/json_parts.h"

enum { TEXT_BYTES = 1 << 24 };

static pl_status keep(pl_ctx *cx, pl_buf *b, pl_str *out)
{
    pl_status st = pl_buf_keep(cx, b, out);

    pl_buf_release(b);
    return st;
}

pl_status pl_meta_json(pl_ctx *cx, const pl_doc *d, pl_str *out)
{
    pl_buf b;
    pl_json j;

    pl_buf_init(&b, TEXT_BYTES);
    j = pl_json_begin(&b);
    pl_json_open(&j, '{');
    for (size_t i = 0; i < d->meta.n; i++)
        pl_json_put_str(&j, d->meta.p[i].key, d->meta.p[i].value);
    pl_json_close(&j);
    return keep(cx, &b, out);
}

pl_status pl_place_json(pl_ctx *cx, const pl_place *p, pl_str *out)
{
    pl_buf b;
    pl_json j;

    pl_buf_init(&b, TEXT_BYTES);
    j = pl_json_begin(&b);
    pl_json_place(&j, p);
    return keep(cx, &b, out);
}

pl_status pl_strs_json(pl_ctx *cx, const pl_strs *s, pl_str *out)
{
    pl_buf b;
    pl_json j;

    pl_buf_init(&b, TEXT_BYTES);
    j = pl_json_begin(&b);
    pl_json_strs(&j, s);
    return keep(cx, &b, out);
}

pl_status pl_goals_json(pl_ctx *cx, const pl_task_goals *g, pl_str *out)
{
    pl_buf b;
    pl_json j;

    pl_buf_init(&b, TEXT_BYTES);
    j = pl_json_begin(&b);
    pl_json_open(&j, '[');
    for (size_t i = 0; i < g->n; i++) {
        pl_json_open(&j, '{');
        pl_json_put_str(&j, PL_S("text"), g->p[i].text);
        pl_json_put_str(&j, PL_S("what"), g->p[i].what);
        pl_json_put_str_or_null(&j, PL_S("verb"), g->p[i].verb);
        pl_json_key(&j, PL_S("place"));
        pl_json_place(&j, &g->p[i].place);
        pl_json_close(&j);
    }
    pl_json_close(&j);
    return keep(cx, &b, out);
}

pl_status pl_witnesses_json(pl_ctx *cx, const pl_relation *r, pl_str *out)
{
    pl_buf b;
    pl_json j;

    pl_buf_init(&b, TEXT_BYTES);
    j = pl_json_begin(&b);
    pl_json_open(&j, '[');
    for (size_t i = 0; i < r->witnesses.n; i++) {
        pl_json_open(&j, '{');
        pl_json_put_str(&j, PL_S("text"), r->witnesses.p[i].text);
        pl_json_key(&j, PL_S("place"));
        pl_json_place(&j, &r->witnesses.p[i].place);
        pl_json_close(&j);
    }
    pl_json_close(&j);
    return keep(cx, &b, out);
}
