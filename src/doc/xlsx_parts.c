/* Shared strings (18.4) and cell formats (18.8). */
#include "doc/xlsx_internal.h"

enum { CODE_BYTES = 1024 }; /* Excel allows 255 characters in a format code */

pl_status xlsx_put(pl_arena *a, xlsx_chars *to, pl_str s)
{
    while (to->cap - to->n < s.n)
        if (!pl_vec_grow(a, (void **)&to->p, &to->cap, 1, 1))
            return PL_ENOMEM;
    if (s.n)
        memcpy(to->p + to->n, s.p, s.n);
    to->n += s.n;
    return PL_OK;
}

/* The value of a hexadecimal digit, -1 for others. */
static int hex(char c)
{
    if (pl_is_digit(c))
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* _xHHHH_ stands for a character that XML cannot hold or that looks like such an escape
 * (22.9.2.19): control characters are dropped, a line end and `_` kept. */
static bool escape(pl_str s, char *out)
{
    int value = 0;

    if (s.n < 7 || s.p[0] != '_' || s.p[1] != 'x' || s.p[6] != '_')
        return false;
    for (size_t i = 2; i < 6; i++) {
        if (hex(s.p[i]) < 0)
            return false;
        value = value * 16 + hex(s.p[i]);
    }
    *out = (char)(value == '\n' || value == '_' ? value : 0);
    return value < 0x20 || value == '_';
}

/* Copy s to p without escapes and with lines trimmed; the bytes written. */
static size_t clean(pl_str s, char *p)
{
    size_t n = 0, line = 0;

    for (size_t i = 0; i <= s.n; i++) {
        char c = i < s.n ? s.p[i] : '\n';

        if (i < s.n && escape(pl_str_tail(s, i), &c))
            i += 6;
        if (c == '\n') {
            pl_str kept = pl_str_trim((pl_str){p + line, n - line});

            memmove(p + line, kept.n ? kept.p : p, kept.n);
            n = line + kept.n;
            if (kept.n)
                p[n++] = '\n';
            line = n;
        } else if (c && c != '\r')
            p[n++] = c == '\t' ? ' ' : c;
    }
    return n > 0 ? n - 1 : 0; /* without the last line end */
}

pl_status xlsx_clean(pl_ctx *cx, pl_str s, pl_str *out)
{
    char *p = PL_NEW_N(cx->arena, char, s.n + 1);

    if (!p)
        return pl_fail_memory(cx);
    *out = (pl_str){p, clean(s, p)};
    return PL_OK;
}

/* Shared strings: si > t, or si > r > t in several pieces; rPh is how it is spoken. */

typedef struct strings_reader {
    xlsx_strings *out;
    xlsx_chars text;
    bool in_text;
    size_t skip;
} strings_reader;

static pl_status string_open(pl_ctx *cx, void *self, const pl_xml_tag *tag)
{
    strings_reader *r = self;

    (void)cx;
    if (r->skip || pl_str_eq(tag->name, PL_S("rPh")))
        r->skip++;
    else if (pl_str_eq(tag->name, PL_S("si")))
        r->text.n = 0;
    else
        r->in_text = pl_str_eq(tag->name, PL_S("t"));
    return PL_OK;
}

static pl_status string_close(pl_ctx *cx, void *self, pl_str name)
{
    strings_reader *r = self;
    pl_str *s;

    if (r->skip) {
        r->skip--;
        return PL_OK;
    }
    r->in_text = false;
    if (!pl_str_eq(name, PL_S("si")))
        return PL_OK;
    s = PL_VEC_ADD(cx->arena, r->out);
    if (!s)
        return pl_fail_memory(cx);
    return xlsx_clean(cx, (pl_str){r->text.p, r->text.n}, s);
}

static pl_status string_text(pl_ctx *cx, void *self, pl_str s)
{
    strings_reader *r = self;

    if (r->skip || !r->in_text)
        return PL_OK;
    return xlsx_put(cx->arena, &r->text, s) == PL_OK ? PL_OK : pl_fail_memory(cx);
}

pl_status xlsx_strings_read(pl_ctx *cx, const pl_opc *o, pl_str path, xlsx_strings *out)
{
    static const pl_xml_events events = {string_open, string_close, string_text};
    strings_reader r = {.out = out};
    size_t at;

    *out = (xlsx_strings){0};
    if (path.n == 0 || !pl_zip_find(o->zip, path, &at))
        return PL_OK;
    return pl_opc_events(cx, o, path, &events, &r);
}

/* Formats: numFmts name codes, cellXfs says by index which cell has which. */

typedef struct formats_reader {
    xlsx_formats *out;
    pl_map by_id; /* index of own */
    PL_VEC(pl_str) own;
    PL_VEC(bool) borders; /* by borderId: has a line */
    bool in_cells, in_borders;
} formats_reader;

static pl_status code_add(pl_ctx *cx, formats_reader *r, const pl_xml_tag *tag)
{
    pl_str code = pl_xml_attr_of(tag, PL_S("formatCode"), PL_S("")), id;
    pl_str *own = PL_VEC_ADD(cx->arena, &r->own);
    size_t *index;

    if (!own)
        return pl_fail_memory(cx);
    if (code.n > CODE_BYTES)
        code.n = 0;
    PL_TRY(pl_str_keep(cx, code, own));
    PL_TRY(pl_str_keep(cx, pl_xml_attr_of(tag, PL_S("numFmtId"), PL_S("")), &id));
    index = pl_map_add(cx->arena, &r->by_id, id, NULL);
    if (!index)
        return pl_fail_memory(cx);
    *index = r->own.n - 1;
    return PL_OK;
}

static pl_status format_add(pl_ctx *cx, formats_reader *r, const pl_xml_tag *tag)
{
    pl_str id = pl_xml_attr_of(tag, PL_S("numFmtId"), PL_S("0"));
    const size_t *own = pl_map_find(&r->by_id, id);
    pl_str *code = PL_VEC_ADD(cx->arena, &r->out->codes);

    int64_t border = pl_xml_int(pl_xml_attr_of(tag, PL_S("borderId"), PL_S("")), -1);
    bool *ruled = PL_VEC_ADD(cx->arena, &r->out->ruled);

    if (!code || !ruled)
        return pl_fail_memory(cx);
    *ruled = border >= 0 && (uint64_t)border < r->borders.n && r->borders.p[border];
    *code = own ? r->own.p[*own] : xlsx_format_builtin(pl_xml_int(id, 0));
    if (pl_str_eq(*code, PL_S("General")))
        code->n = 0;
    return PL_OK;
}

/* border, or one of its sides. */
static pl_status border_see(pl_ctx *cx, formats_reader *r, const pl_xml_tag *tag)
{
    static const pl_str sides[] = {PL_S_INIT("left"),  PL_S_INIT("right"),
                                   PL_S_INIT("top"),   PL_S_INIT("bottom"),
                                   PL_S_INIT("start"), PL_S_INIT("end")};
    pl_str style = pl_xml_attr_of(tag, PL_S("style"), PL_S("none"));

    if (pl_str_eq(tag->name, PL_S("border"))) {
        bool *ruled = PL_VEC_ADD(cx->arena, &r->borders);

        return ruled ? PL_OK : pl_fail_memory(cx);
    }
    for (size_t i = 0; i < PL_COUNT(sides) && r->borders.n; i++)
        if (pl_str_eq(tag->name, sides[i]) && !pl_str_eq(style, PL_S("none")))
            r->borders.p[r->borders.n - 1] = true;
    return PL_OK;
}

static pl_status format_open(pl_ctx *cx, void *self, const pl_xml_tag *tag)
{
    formats_reader *r = self;

    if (pl_str_eq(tag->name, PL_S("cellXfs")))
        r->in_cells = true;
    else if (pl_str_eq(tag->name, PL_S("borders")))
        r->in_borders = true;
    else if (r->in_borders)
        return border_see(cx, r, tag);
    else if (pl_str_eq(tag->name, PL_S("numFmt")))
        return code_add(cx, r, tag);
    else if (r->in_cells && pl_str_eq(tag->name, PL_S("xf")))
        return format_add(cx, r, tag);
    return PL_OK;
}

static pl_status format_close(pl_ctx *cx, void *self, pl_str name)
{
    formats_reader *r = self;

    (void)cx;
    if (pl_str_eq(name, PL_S("cellXfs")))
        r->in_cells = false;
    if (pl_str_eq(name, PL_S("borders")))
        r->in_borders = false;
    return PL_OK;
}

pl_status xlsx_formats_read(pl_ctx *cx, const pl_opc *o, pl_str path, xlsx_formats *out)
{
    static const pl_xml_events events = {format_open, format_close, NULL};
    formats_reader r = {.out = out};
    size_t at;

    *out = (xlsx_formats){0};
    if (path.n == 0 || !pl_zip_find(o->zip, path, &at))
        return PL_OK;
    return pl_opc_events(cx, o, path, &events, &r);
}
