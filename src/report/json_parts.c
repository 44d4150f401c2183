#include "report/json_parts.h"

static void put_count(pl_json *j, pl_str key, uint32_t v)
{
    if (v)
        pl_json_put_int(j, key, v);
}

static void put_span(pl_json *j, pl_span s)
{
    pl_json_put_open(j, PL_S("span"), '[');
    pl_json_int(j, (int64_t)s.at);
    pl_json_int(j, (int64_t)s.n);
    pl_json_close(j);
}

void pl_json_place(pl_json *j, const pl_place *p)
{
    pl_json_open(j, '{');
    put_count(j, PL_S("line"), p->line);
    put_count(j, PL_S("page"), p->page);
    if (p->path.n)
        pl_json_put_str(j, PL_S("path"), p->path);
    put_count(j, PL_S("table"), p->table);
    put_count(j, PL_S("row"), p->row);
    put_count(j, PL_S("col"), p->col);
    if (p->span.n)
        put_span(j, p->span);
    pl_json_close(j);
}

void pl_json_bitext(pl_json *j, pl_bitext t)
{
    pl_json_open(j, '{');
    pl_json_put_str(j, PL_S("zh"), t.zh);
    pl_json_put_str(j, PL_S("en"), t.en);
    pl_json_close(j);
}

static void put_number(pl_json *j, const pl_node *n)
{
    pl_json_put_dec(j, PL_S("value"), n->value);
    pl_json_put_dec(j, PL_S("resolution"), n->resolution);
    pl_json_put_str_or_null(j, PL_S("unit"), n->unit);
}

static void put_words(pl_json *j, const pl_node *n)
{
    if (n->text.n)
        pl_json_put_str(j, PL_S("text"), n->text);
    if (n->kind == PL_NODE_REFERENCE) {
        pl_json_put_str(j, PL_S("compare"), pl_ref_token(n->ref));
        pl_json_put_str_or_null(j, PL_S("owner"), n->owner);
        pl_json_put_str_or_null(j, PL_S("standard"), n->standard);
    }
    if (n->kind == PL_NODE_BOUND)
        pl_json_put_str(j, PL_S("op"), pl_op_token(n->op));
    if (n->dir != PL_DIR_NONE)
        pl_json_put_str(j, PL_S("direction"), pl_dir_token(n->dir));
    if (n->kind == PL_NODE_ABOUT && n->side != PL_SIDE_BOTH)
        pl_json_put_str(j, PL_S("side"),
                        n->side == PL_SIDE_BELOW ? PL_S("below") : PL_S("above"));
}

static void put_flags(pl_json *j, const pl_node *n)
{
    if (n->year)
        pl_json_put_int(j, PL_S("year"), n->year);
    if (n->years)
        pl_json_put_int(j, PL_S("years"), n->years);
    if (n->net)
        pl_json_put_bool(j, PL_S("net"), true);
    if (n->per_year)
        pl_json_put_bool(j, PL_S("per_year"), true);
    if (n->percent_points)
        pl_json_put_bool(j, PL_S("percent_points"), true);
}

/* Siblings from n on, with their kids; the parser bounds the depth (limits.depth). */
static void put_nodes(pl_json *j, const pl_node *n)
{
    for (; n; n = n->next) {
        pl_json_open(j, '{');
        pl_json_put_str(j, PL_S("node"), pl_node_token(n->kind));
        if (n->kind == PL_NODE_NUMBER)
            put_number(j, n);
        put_words(j, n);
        put_flags(j, n);
        put_span(j, n->at);
        if (n->kid && j->depth < PL_JSON_DEPTH - 4) {
            pl_json_put_open(j, PL_S("kids"), '[');
            put_nodes(j, n->kid);
            pl_json_close(j);
        }
        pl_json_close(j);
    }
}

void pl_json_phrase(pl_json *j, const pl_phrase *p)
{
    pl_buf b;

    pl_json_open(j, '{');
    pl_json_put_bool(j, PL_S("complete"), p->complete);
    pl_buf_init(&b, 1 << 20);
    pl_phrase_print(&b, p);
    pl_json_put_str(j, PL_S("canonical"), pl_buf_str(&b));
    pl_buf_release(&b);
    pl_json_put_open(j, PL_S("nodes"), '[');
    put_nodes(j, p->first);
    pl_json_close(j);
    pl_json_close(j);
}

void pl_json_strs(pl_json *j, const pl_strs *s)
{
    pl_json_open(j, '[');
    for (size_t i = 0; i < s->n; i++)
        pl_json_str(j, s->p[i]);
    pl_json_close(j);
}
