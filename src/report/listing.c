#include "report/listing.h"
#include <inttypes.h>

static const size_t fields_of[] = {
#define X(name, n) n,
    PL_LIST_KIND_LIST(X)
#undef X
};

size_t pl_list_kind_fields(pl_list_kind kind)
{
    return fields_of[kind];
}

size_t pl_listing_field(const pl_listing *l, pl_str column)
{
    size_t at = 0;

    for (size_t i = 0; i < l->n_columns; at += fields_of[l->columns[i++].kind])
        if (pl_str_eq(l->columns[i].name, column))
            return at;
    return PL_NOPOS;
}

pl_str pl_listing_text(const pl_listing *l, size_t i, pl_str column)
{
    size_t at = pl_listing_field(l, column);

    return at == PL_NOPOS || i >= l->rows.n ? (pl_str){0} : l->rows.p[i][at].text;
}

/* ---- JSON */

static void put_field(pl_json *j, pl_list_kind kind, const pl_list_field *f)
{
    if (f->null && kind != PL_COLUMN_BITEXT) {
        pl_json_null(j);
        return;
    }
    switch (kind) {
    case PL_COLUMN_INT:
        pl_json_int(j, f->i);
        return;
    case PL_COLUMN_BOOL:
        pl_json_bool(j, f->i != 0);
        return;
    case PL_COLUMN_JSON:
    case PL_COLUMN_TEXTS:
    case PL_COLUMN_OBJECT:
        pl_json_raw(j, f->text);
        return;
    case PL_COLUMN_BITEXT:
        pl_json_open(j, '{');
        pl_json_put_str(j, PL_S("zh"), f[0].text);
        pl_json_put_str(j, PL_S("en"), f[1].text);
        pl_json_close(j);
        return;
    case PL_COLUMN_TEXT:
    case PL_COLUMN_TIME:
    case PL_COLUMN_KIND_COUNT:
        pl_json_str(j, f->text);
    }
}

void pl_listing_members(pl_json *j, const pl_listing *l, size_t i)
{
    const pl_list_field *f = l->rows.p[i];

    for (size_t c = 0; c < l->n_columns; c++) {
        pl_json_key(j, l->columns[c].name);
        put_field(j, l->columns[c].kind, f);
        f += fields_of[l->columns[c].kind];
    }
}

void pl_listing_rows(pl_json *j, const pl_listing *l)
{
    pl_json_open(j, '[');
    for (size_t i = 0; i < l->rows.n; i++) {
        pl_json_open(j, '{');
        pl_listing_members(j, l, i);
        pl_json_close(j);
    }
    pl_json_close(j);
}

void pl_listing_json(pl_json *j, const pl_listing *l)
{
    pl_json_open(j, '{');
    pl_json_key(j, PL_S("items"));
    pl_listing_rows(j, l);
    pl_json_put_str_or_null(j, PL_S("next"), l->next);
    pl_json_put_int(j, PL_S("total"), (int64_t)l->total);
    pl_json_close(j);
}

void pl_listing_ndjson(pl_buf *out, const pl_listing *l)
{
    for (size_t i = 0; i < l->rows.n; i++) {
        pl_json j = pl_json_begin(out);

        pl_json_open(&j, '{');
        pl_listing_members(&j, l, i);
        pl_json_close(&j);
        pl_buf_putc(out, '\n');
    }
}

/* ---- CSV */

/* Would a spreadsheet run it? A sign before a figure is none: +5, -3. */
static bool is_formula(pl_str s)
{
    char c = s.n ? s.p[0] : ' ', next = s.n > 1 ? s.p[1] : ' ';

    return c == '=' || c == '@' || c == '\t' || c == '\r' ||
           ((c == '+' || c == '-') && s.n > 1 && !pl_is_digit(next) && next != '.');
}

static void put_cell(pl_buf *out, pl_str s)
{
    bool quote = is_formula(s);

    for (size_t i = 0; i < s.n && !quote; i++)
        quote = s.p[i] == '"' || s.p[i] == ',' || s.p[i] == '\n' || s.p[i] == '\r';
    if (!quote) {
        pl_buf_put(out, s);
        return;
    }
    pl_buf_putc(out, '"');
    if (is_formula(s))
        pl_buf_putc(out, '\'');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            pl_buf_putc(out, '"');
        pl_buf_putc(out, s.p[i]);
    }
    pl_buf_putc(out, '"');
}

static void put_names(pl_buf *out, const pl_listing *l)
{
    for (size_t c = 0; c < l->n_columns; c++) {
        if (c)
            pl_buf_putc(out, ',');
        pl_buf_put(out, l->columns[c].name);
        if (l->columns[c].kind == PL_COLUMN_BITEXT)
            pl_buf_putf(out, "_zh,%.*s_en", PL_FMT(l->columns[c].name));
    }
    pl_buf_put(out, PL_S("\r\n"));
}

static void put_value(pl_buf *out, pl_list_kind kind, const pl_list_field *f)
{
    if (f->null)
        return;
    if (kind == PL_COLUMN_INT)
        pl_buf_putf(out, "%" PRId64, f->i);
    else if (kind == PL_COLUMN_BOOL)
        pl_buf_put(out, f->i ? PL_S("true") : PL_S("false"));
    else
        put_cell(out, f->text);
}

void pl_listing_csv(pl_buf *out, const pl_listing *l)
{
    pl_buf_put(out, PL_S("\xEF\xBB\xBF"));
    put_names(out, l);
    for (size_t i = 0; i < l->rows.n; i++) {
        const pl_list_field *f = l->rows.p[i];

        for (size_t c = 0; c < l->n_columns; c++)
            for (size_t k = 0; k < fields_of[l->columns[c].kind]; k++) {
                if (f > l->rows.p[i])
                    pl_buf_putc(out, ',');
                put_value(out, l->columns[c].kind, f++);
            }
        pl_buf_put(out, PL_S("\r\n"));
    }
}
