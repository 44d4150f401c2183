/* The columns that hold JSON. */
#include "records/plan_rows.h"
#include "report/json_parts.h"

enum { TEXT_BYTES = 1 << 24 };

/* A text being written: begin, write to .j, keep. */
typedef struct writing {
    pl_buf b;
    pl_json j;
} writing;

static void begin(writing *w)
{
    pl_buf_init(&w->b, TEXT_BYTES);
    w->j = pl_json_begin(&w->b);
}

static pl_status keep(pl_ctx *cx, writing *w, pl_str *out)
{
    pl_status st = pl_buf_keep(cx, &w->b, out);

    pl_buf_release(&w->b);
    return st;
}

pl_status pl_meta_json(pl_ctx *cx, const pl_doc *d, pl_str *out)
{
    writing w;

    begin(&w);
    pl_json_open(&w.j, '{');
    for (size_t i = 0; i < d->meta.n; i++)
        pl_json_put_str(&w.j, d->meta.p[i].key, d->meta.p[i].value);
    pl_json_close(&w.j);
    return keep(cx, &w, out);
}

pl_status pl_place_json(pl_ctx *cx, const pl_place *p, pl_str *out)
{
    writing w;

    begin(&w);
    pl_json_place(&w.j, p);
    return keep(cx, &w, out);
}

pl_status pl_strs_json(pl_ctx *cx, const pl_strs *s, pl_str *out)
{
    writing w;

    begin(&w);
    pl_json_strs(&w.j, s);
    return keep(cx, &w, out);
}

pl_status pl_goals_json(pl_ctx *cx, const pl_task_goals *g, pl_str *out)
{
    writing w;

    begin(&w);
    pl_json_open(&w.j, '[');
    for (size_t i = 0; i < g->n; i++) {
        pl_json_open(&w.j, '{');
        pl_json_put_str(&w.j, PL_S("text"), g->p[i].text);
        pl_json_put_str(&w.j, PL_S("what"), g->p[i].what);
        pl_json_put_str_or_null(&w.j, PL_S("verb"), g->p[i].verb);
        pl_json_key(&w.j, PL_S("place"));
        pl_json_place(&w.j, &g->p[i].place);
        pl_json_close(&w.j);
    }
    pl_json_close(&w.j);
    return keep(cx, &w, out);
}

pl_status pl_witnesses_json(pl_ctx *cx, const pl_relation *r, pl_str *out)
{
    writing w;

    begin(&w);
    pl_json_open(&w.j, '[');
    for (size_t i = 0; i < r->witnesses.n; i++) {
        pl_json_open(&w.j, '{');
        pl_json_put_str(&w.j, PL_S("text"), r->witnesses.p[i].text);
        pl_json_key(&w.j, PL_S("place"));
        pl_json_place(&w.j, &r->witnesses.p[i].place);
        pl_json_close(&w.j);
    }
    pl_json_close(&w.j);
    return keep(cx, &w, out);
}
