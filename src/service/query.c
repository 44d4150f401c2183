#include "service/query.h"
#include "text/moment.h"
#include <stdlib.h>

/* ---- The tables of resources */

enum cut { CUT_OPEN, CUT_UNIT, CUT_NONE };

#define COLUMN(name, kind, zh, en) {PL_S_INIT(name), PL_COLUMN_##kind},
#define X(NAME, name, values, cut) \
    static const pl_list_column name##_columns[] = {PL_COLUMNS_##NAME(COLUMN)};
PL_RESOURCE_LIST(X)
#undef X

static const struct resource {
    pl_str name;
    pl_query query;
    const char *values;
    enum cut cut;
    const pl_list_column *columns;
    size_t n_columns;
} resources[] = {
#define X(NAME, name, values, cut)               \
    {PL_S_INIT(#name), PL_Q_list_##name, values, \
     CUT_##cut,        name##_columns,   PL_COUNT(name##_columns)},
    PL_RESOURCE_LIST(X)
#undef X
};

/* Members of a row that stand in a statement of their own: its first column is the row's
 * id, the rest are the fields of an object, or one value. */
static const struct more {
    pl_resource resource;
    pl_str column; /* that gets the array */
    pl_query query;
    const char *values;
    const char *kinds; /* i, t, b */
    pl_str fields[4];
} mores[] = {
    {PL_RESOURCE_INDICATORS,
     PL_S_INIT("trend"),
     PL_Q_more_indicators,
     "rkua",
     "it",
     {PL_S_INIT("year"), PL_S_INIT("value")}},
    {PL_RESOURCE_TASKS,
     PL_S_INIT("units"),
     PL_Q_more_tasks,
     "rku",
     "ttb",
     {PL_S_INIT("id"), PL_S_INIT("name"), PL_S_INIT("lead")}},
    {PL_RESOURCE_UNITS, PL_S_INIT("aliases"), PL_Q_more_units, "rku", "t", {{0}}},
};

/* What a list shows only to those who may do more than see the list. */
static const struct guarded {
    pl_resource resource;
    pl_str column;
    pl_perm perm;
} guards[] = {
    {PL_RESOURCE_PLANS, PL_S_INIT("errors"), PL_PERM_FINDING_READ},
    {PL_RESOURCE_PLANS, PL_S_INIT("warnings"), PL_PERM_FINDING_READ},
    {PL_RESOURCE_PLANS, PL_S_INIT("notes"), PL_PERM_FINDING_READ},
    {PL_RESOURCE_PLAN, PL_S_INIT("errors"), PL_PERM_FINDING_READ},
    {PL_RESOURCE_PLAN, PL_S_INIT("warnings"), PL_PERM_FINDING_READ},
    {PL_RESOURCE_PLAN, PL_S_INIT("notes"), PL_PERM_FINDING_READ},
};

pl_str pl_resource_name(pl_resource r)
{
    return resources[r].name;
}

pl_str pl_cut_unit(const pl_principal *who)
{
    if (!pl_is_cut(who))
        return (pl_str){0};
    return who->unit_id.n ? who->unit_id : PL_S("-");
}

/* ---- Reading rows */

typedef struct lister {
    pl_ctx *cx;
    pl_store *s;
    const pl_principal *who;
    const pl_list_query *query;
    const struct resource *resource;
    pl_listing *out;
} lister;

/* The values that a statement takes; how many. */
static size_t bind(const lister *l, const char *values, pl_value out[4])
{
    int64_t as_of = l->query->as_of_s ? l->query->as_of_s : INT64_MAX;
    size_t n = 0;

    for (; values[n]; n++)
        out[n] = values[n] == 'r'   ? PL_V_TEXT(l->who->region_id)
                 : values[n] == 'k' ? PL_V_TEXT(l->query->key)
                 : values[n] == 'u' ? PL_V_TEXT(pl_cut_unit(l->who))
                                    : PL_V_INT(as_of);
    return n;
}

static pl_status keep_moment(pl_ctx *cx, int64_t s, pl_str *out)
{
    pl_buf b;
    pl_status st;

    pl_buf_init(&b, 64);
    pl_moment_put(&b, s);
    st = pl_buf_keep(cx, &b, out);
    pl_buf_release(&b);
    return st;
}

static pl_status read_field(pl_ctx *cx, const pl_rows *r, int col, pl_list_kind kind,
                            pl_list_field *f)
{
    f->null = pl_rows_is_null(r, col);
    if (f->null)
        return PL_OK;
    if (kind == PL_COLUMN_INT || kind == PL_COLUMN_TIME || kind == PL_COLUMN_BOOL)
        f->i = pl_rows_int(r, col);
    if (kind == PL_COLUMN_TIME)
        return keep_moment(cx, f->i, &f->text);
    if (kind == PL_COLUMN_BOOL) {
        f->text = f->i ? PL_S("true") : PL_S("false");
        return PL_OK;
    }
    return pl_str_keep(cx, pl_rows_text(r, col), &f->text);
}

static pl_status read_row(const lister *l, const pl_rows *r)
{
    pl_list_field *fields = PL_NEW_N(l->cx->arena, pl_list_field, l->out->n_fields);
    pl_list_field **slot = PL_VEC_ADD(l->cx->arena, &l->out->rows);
    size_t at = 0;

    if (!fields || !slot)
        return pl_fail_memory(l->cx);
    *slot = fields;
    for (size_t c = 0; c < l->out->n_columns; c++)
        for (size_t k = pl_list_kind_fields(l->out->columns[c].kind); k > 0; k--, at++)
            PL_TRY(read_field(l->cx, r, (int)at, l->out->columns[c].kind, &fields[at]));
    return PL_OK;
}

static pl_status read_rows(const lister *l)
{
    pl_value values[4];
    size_t n = bind(l, l->resource->values, values);
    bool more;
    pl_rows *r;
    pl_status st;

    PL_TRY(pl_rows_begin(l->cx, l->s, l->resource->query, values, n, &r));
    while ((st = pl_rows_next(l->cx, r, &more)) == PL_OK && more)
        if ((st = read_row(l, r)) != PL_OK)
            break;
    pl_rows_end(r);
    return st;
}

/* ---- Members with a statement of their own */

static void put_member(pl_json *j, const struct more *m, const pl_rows *r)
{
    bool object = m->fields[0].n > 0;

    if (object)
        pl_json_open(j, '{');
    for (int i = 0; m->kinds[i]; i++) {
        if (object)
            pl_json_key(j, m->fields[i]);
        if (m->kinds[i] == 'i')
            pl_json_int(j, pl_rows_int(r, i + 1));
        else if (m->kinds[i] == 'b')
            pl_json_bool(j, pl_rows_int(r, i + 1) != 0);
        else
            pl_json_str(j, pl_rows_text(r, i + 1));
    }
    if (object)
        pl_json_close(j);
}

/* The array of one row: being written, for the row at the index `row`. */
typedef struct gatherer {
    const lister *l;
    const struct more *m;
    size_t field, row;
    pl_buf b;
    pl_json j;
} gatherer;

static pl_status finish_array(gatherer *g)
{
    pl_list_field *f;

    if (g->row >= g->l->out->rows.n)
        return PL_OK;
    f = &g->l->out->rows.p[g->row][g->field];
    pl_json_close(&g->j);
    f->null = false;
    return pl_buf_keep(g->l->cx, &g->b, &f->text);
}

static pl_status begin_array(gatherer *g, size_t row)
{
    if (g->b.n)
        PL_TRY(finish_array(g));
    g->row = row;
    g->b.n = 0;
    g->j = pl_json_begin(&g->b);
    pl_json_open(&g->j, '[');
    return PL_OK;
}

/* Rows come in the order of the list's own: the next one with this id. */
static pl_status take_member(gatherer *g, const pl_rows *r, int last)
{
    const pl_listing *out = g->l->out;
    size_t row = g->row;

    while (row < out->rows.n && !pl_str_eq(out->rows.p[row][0].text, pl_rows_text(r, 0)))
        row++;
    if (row == out->rows.n || pl_rows_is_null(r, last))
        return PL_OK;
    if (row != g->row || g->b.n == 0)
        PL_TRY(begin_array(g, row));
    put_member(&g->j, g->m, r);
    return PL_OK;
}

static pl_status gather_rows(gatherer *g)
{
    pl_value values[4];
    size_t n = bind(g->l, g->m->values, values);
    int last = (int)strlen(g->m->kinds);
    bool more;
    pl_rows *r;
    pl_status st;

    PL_TRY(pl_rows_begin(g->l->cx, g->l->s, g->m->query, values, n, &r));
    while ((st = pl_rows_next(g->l->cx, r, &more)) == PL_OK && more)
        if ((st = take_member(g, r, last)) != PL_OK)
            break;
    pl_rows_end(r);
    return st;
}

static pl_status gather(const lister *l, const struct more *m)
{
    gatherer g = {.l = l, .m = m, .field = pl_listing_field(l->out, m->column)};
    pl_status st;

    for (size_t i = 0; i < l->out->rows.n; i++)
        l->out->rows.p[i][g.field] = (pl_list_field){.text = PL_S("[]")};
    pl_buf_init(&g.b, 1 << 24);
    st = gather_rows(&g);
    if (st == PL_OK && g.b.n)
        st = finish_array(&g);
    pl_buf_release(&g.b);
    return st;
}

static pl_status gather_all(const lister *l)
{
    for (size_t i = 0; i < PL_COUNT(mores); i++)
        if (mores[i].resource == l->query->resource)
            PL_TRY(gather(l, &mores[i]));
    return PL_OK;
}

/* Take out what `who` may not see of the rows. */
static void hide(const lister *l)
{
    for (size_t i = 0; i < PL_COUNT(guards); i++) {
        size_t field = pl_listing_field(l->out, guards[i].column);

        if (guards[i].resource != l->query->resource || pl_may(l->who, guards[i].perm))
            continue;
        for (size_t k = 0; k < l->out->rows.n; k++)
            l->out->rows.p[k][field] = (pl_list_field){.null = true};
    }
}

/* ---- Keeping */

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Does s hold q, ASCII letters small or big? */
static bool holds(pl_str s, pl_str q)
{
    for (size_t at = 0; at + q.n <= s.n; at++) {
        size_t n = 0;

        while (n < q.n && small(s.p[at + n]) == small(q.p[n]))
            n++;
        if (n == q.n)
            return true;
    }
    return false;
}

static bool row_holds(const pl_listing *l, const pl_list_field *f, pl_str q)
{
    for (size_t c = 0; c < l->n_columns; c++)
        for (size_t k = pl_list_kind_fields(l->columns[c].kind); k > 0; k--, f++)
            if (l->columns[c].kind != PL_COLUMN_INT && holds(f->text, q))
                return true;
    return false;
}

/* Is the text one of those of a JSON array or object, as "text"? */
static bool json_has(pl_str json, pl_str text)
{
    size_t at = 0;

    while ((at = pl_str_find(json, text, at)) != PL_NOPOS) {
        if (at > 0 && json.p[at - 1] == '"' && at + text.n < json.n &&
            json.p[at + text.n] == '"')
            return true;
        at++;
    }
    return false;
}

static bool int_is(int64_t i, pl_str said)
{
    char text[24];
    pl_dec d = PL_DEC_INT(i);

    return pl_str_eq(pl_str_from(pl_dec_text(d, text)), said);
}

static bool field_is(const pl_list_field *f, pl_list_kind kind, pl_str said)
{
    if (f->null)
        return said.n == 0;
    if (kind == PL_COLUMN_INT)
        return int_is(f->i, said);
    if (kind == PL_COLUMN_JSON || kind == PL_COLUMN_TEXTS || kind == PL_COLUMN_OBJECT)
        return json_has(f->text, said);
    return pl_str_eq(f->text, said);
}

static pl_list_kind kind_at(const pl_listing *l, size_t field)
{
    size_t at = 0;

    for (size_t c = 0; c < l->n_columns; c++) {
        at += pl_list_kind_fields(l->columns[c].kind);
        if (field < at)
            return l->columns[c].kind;
    }
    return PL_COLUMN_TEXT;
}

static pl_status keep_where(const lister *l, pl_str column, pl_str value)
{
    pl_listing *out = l->out;
    size_t field = pl_listing_field(out, column), n = 0;

    if (field == PL_NOPOS)
        return pl_fail(l->cx, PL_ESYNTAX, PL_NOPOS, "no such column: %.*s",
                       PL_FMT(column));
    for (size_t i = 0; i < out->rows.n; i++)
        if (field_is(&out->rows.p[i][field], kind_at(out, field), value))
            out->rows.p[n++] = out->rows.p[i];
    out->rows.n = n;
    return PL_OK;
}

static pl_status keep_rows(const lister *l)
{
    pl_listing *out = l->out;
    size_t n = 0;

    for (size_t i = 0; i < l->query->n_filters; i++)
        PL_TRY(keep_where(l, l->query->filters[i].column, l->query->filters[i].value));
    if (l->query->q.n == 0)
        return PL_OK;
    for (size_t i = 0; i < out->rows.n; i++)
        if (row_holds(out, out->rows.p[i], l->query->q))
            out->rows.p[n++] = out->rows.p[i];
    out->rows.n = n;
    return PL_OK;
}

/* Of rows that begin with the same year and role, the first. */
static void keep_first(pl_listing *out)
{
    size_t n = 0;

    for (size_t i = 0; i < out->rows.n; i++)
        if (n == 0 || out->rows.p[n - 1][0].i != out->rows.p[i][0].i ||
            !pl_str_eq(out->rows.p[n - 1][1].text, out->rows.p[i][1].text))
            out->rows.p[n++] = out->rows.p[i];
    out->rows.n = n;
}

/* ---- Sorting */

typedef struct keyed {
    pl_list_field *row;
    const pl_list_field *by;
    size_t at; /* in the list's own order */
    pl_list_kind kind;
    bool down;
} keyed;

/* Texts that begin with a figure by that figure; null before all. */
static int compare_fields(const keyed *a, const keyed *b)
{
    const pl_list_field *x = a->by, *y = b->by;
    pl_dec p, q;

    if (x->null || y->null)
        return (int)y->null - (int)x->null;
    if (a->kind == PL_COLUMN_INT || a->kind == PL_COLUMN_TIME ||
        a->kind == PL_COLUMN_BOOL)
        return (x->i > y->i) - (x->i < y->i);
    if (pl_dec_from(x->text, &p) && pl_dec_from(y->text, &q))
        return pl_dec_cmp(p, q);
    return pl_str_cmp(x->text, y->text);
}

static int by_key(const void *x, const void *y)
{
    const keyed *a = x, *b = y;
    int c = compare_fields(a, b);

    if (c != 0)
        return a->down ? -c : c;
    return (a->at > b->at) - (a->at < b->at);
}

static pl_status sort_rows(const lister *l)
{
    pl_listing *out = l->out;
    pl_str name = l->query->sort;
    bool down = pl_str_eat(&name, PL_S("-"));
    size_t field = pl_listing_field(out, name), n = out->rows.n;
    keyed *keys;

    if (name.n == 0)
        return PL_OK;
    if (field == PL_NOPOS)
        return pl_fail(l->cx, PL_ESYNTAX, PL_NOPOS, "no such column: %.*s", PL_FMT(name));
    keys = PL_NEW_N(l->cx->arena, keyed, n);
    if (!keys)
        return pl_fail_memory(l->cx);
    for (size_t i = 0; i < n; i++)
        keys[i] =
            (keyed){out->rows.p[i], &out->rows.p[i][field], i, kind_at(out, field), down};
    if (n)
        qsort(keys, n, sizeof *keys, by_key);
    for (size_t i = 0; i < n; i++)
        out->rows.p[i] = keys[i].row;
    return PL_OK;
}

/* ---- Paging: a cursor is the first field of a page's last row, in hexadecimal. */

static pl_status cursor_of(pl_ctx *cx, pl_str id, pl_str *out)
{
    static const char digits[] = "0123456789abcdef";
    char *p = pl_arena_alloc_raw(cx->arena, 2 * id.n, 1, 1);

    if (!p)
        return pl_fail_memory(cx);
    for (size_t i = 0; i < id.n; i++) {
        p[2 * i] = digits[(unsigned char)id.p[i] >> 4];
        p[2 * i + 1] = digits[(unsigned char)id.p[i] & 15];
    }
    *out = (pl_str){p, 2 * id.n};
    return PL_OK;
}

static pl_status after_cursor(const lister *l, size_t *from)
{
    *from = 0;
    if (l->query->cursor.n == 0)
        return PL_OK;
    for (size_t i = 0; i < l->out->rows.n; i++) {
        pl_str one = {0};

        PL_TRY(cursor_of(l->cx, l->out->rows.p[i][0].text, &one));
        if (pl_str_eq(one, l->query->cursor)) {
            *from = i + 1;
            return PL_OK;
        }
    }
    return pl_fail(l->cx, PL_ESYNTAX, PL_NOPOS, "not a cursor of this list");
}

static pl_status cut_page(const lister *l)
{
    pl_listing *out = l->out;
    size_t from, n;

    out->total = out->rows.n;
    PL_TRY(after_cursor(l, &from));
    n = out->rows.n - from;
    if (l->query->limit && n > l->query->limit)
        n = l->query->limit;
    if (from + n < out->rows.n && n > 0)
        PL_TRY(cursor_of(l->cx, out->rows.p[from + n - 1][0].text, &out->next));
    for (size_t i = 0; i < n; i++)
        out->rows.p[i] = out->rows.p[from + i];
    out->rows.n = n;
    return PL_OK;
}

/* ---- All of it */

static pl_status run(const lister *l)
{
    if (pl_is_cut(l->who) && l->resource->cut == CUT_NONE)
        return PL_OK;
    PL_TRY(read_rows(l));
    PL_TRY(gather_all(l));
    hide(l);
    if (l->query->resource == PL_RESOURCE_SERIES)
        keep_first(l->out);
    PL_TRY(keep_rows(l));
    PL_TRY(sort_rows(l));
    return cut_page(l);
}

pl_status pl_list(pl_ctx *cx, pl_store *s, const pl_principal *who,
                  const pl_list_query *query, pl_listing *out)
{
    const struct resource *r = &resources[query->resource];
    lister l = {cx, s, who, query, r, out};

    *out = (pl_listing){.columns = r->columns, .n_columns = r->n_columns};
    for (size_t c = 0; c < r->n_columns; c++)
        out->n_fields += pl_list_kind_fields(r->columns[c].kind);
    return run(&l);
}

pl_status pl_list_keep(pl_ctx *cx, const pl_list_query *query, pl_listing *l)
{
    lister keeper = {.cx = cx, .query = query, .out = l};

    PL_TRY(keep_rows(&keeper));
    l->total = l->rows.n;
    return PL_OK;
}

pl_status pl_list_one(pl_ctx *cx, pl_store *s, const pl_principal *who,
                      const pl_list_query *query, pl_str id, pl_listing *out)
{
    pl_filter by = {PL_S("id"), id};
    pl_list_query one = *query;

    one.filters = &by;
    one.n_filters = 1;
    PL_TRY(pl_list(cx, s, who, &one, out));
    if (out->rows.n == 0)
        return pl_fail(cx, PL_ENOTFOUND, PL_NOPOS, "no such %.*s: %.*s",
                       PL_FMT(pl_resource_name(query->resource)), PL_FMT(id));
    return PL_OK;
}
