#include "doc/html_charset.h"

#include "doc/html_lex.h"
#include "text/converter.h"
#include "text/decode.h"
#include "text/utf8.h"

enum {
    PRESCAN_BYTES = 4096, /* where <meta charset> is looked for; the standard says 1024 */
    BAD_SHARE = 8         /* with more than 1 byte in so many bad it is no text */
};

/* Names of charsets on pages, and iconv's name for what browsers read them as (WHATWG
 * Encoding, section 4.2): GB2312 and GBK pages use characters of GB18030. */
static const struct label {
    pl_str label;
    const char *iconv_name;
} labels[] = {
    {PL_S_INIT("utf-8"), "UTF-8"},         {PL_S_INIT("utf8"), "UTF-8"},
    {PL_S_INIT("gb2312"), "GB18030"},      {PL_S_INIT("gb_2312-80"), "GB18030"},
    {PL_S_INIT("gbk"), "GB18030"},         {PL_S_INIT("x-gbk"), "GB18030"},
    {PL_S_INIT("cp936"), "GB18030"},       {PL_S_INIT("gb18030"), "GB18030"},
    {PL_S_INIT("big5"), "BIG5-HKSCS"},     {PL_S_INIT("big5-hkscs"), "BIG5-HKSCS"},
    {PL_S_INIT("x-x-big5"), "BIG5-HKSCS"}, {PL_S_INIT("utf-16"), "UTF-16LE"},
    {PL_S_INIT("utf-16le"), "UTF-16LE"},   {PL_S_INIT("utf-16be"), "UTF-16BE"},
    {PL_S_INIT("unicode"), "UTF-16LE"},    {PL_S_INIT("windows-1252"), "CP1252"},
    {PL_S_INIT("iso-8859-1"), "CP1252"},   {PL_S_INIT("us-ascii"), "CP1252"},
    {PL_S_INIT("shift_jis"), "CP932"},     {PL_S_INIT("euc-kr"), "CP949"},
};

static const char *iconv_name_of(pl_str label)
{
    label = pl_str_trim(label);
    for (size_t i = 0; i < PL_COUNT(labels); i++)
        if (pl_html_same(label, labels[i].label))
            return labels[i].iconv_name;
    return NULL;
}

/* The value after `charset=` in s: to a quote, space, `;` or `>`. */
static pl_str after_charset(pl_str s)
{
    for (size_t i = 0; i + 8 <= s.n; i++) {
        size_t start, end;

        if (!pl_html_same(pl_str_sub(s, i, 7), PL_S("charset")))
            continue;
        for (start = i + 7; start < s.n && (s.p[start] == ' ' || s.p[start] == '=' ||
                                            s.p[start] == '"' || s.p[start] == '\'');
             start++)
            ;
        for (end = start; end < s.n && !memchr(" \t\r\n\"';>/", s.p[end], 9); end++)
            ;
        if (start > i + 7)
            return pl_str_sub(s, start, end - start);
    }
    return (pl_str){0};
}

/* What <meta> or <?xml encoding?> say in the first bytes. */
static pl_str said_charset(pl_bytes in)
{
    pl_str head = {(const char *)in.p, in.n < PRESCAN_BYTES ? in.n : PRESCAN_BYTES};
    pl_html_token t;
    pl_html_lex x;
    size_t at;

    pl_html_lex_init(&x, head);
    while (pl_html_next(&x, &t)) {
        pl_str tag = pl_str_sub(head, t.span.at, t.span.n), value;

        if (t.tag != PL_HTML_META || t.end)
            continue;
        if (pl_html_attr(tag, PL_S("charset"), &value) && value.n)
            return value;
        if (pl_html_attr(tag, PL_S("content"), &value) && after_charset(value).n)
            return after_charset(value);
    }
    if (!x.xhtml || (at = pl_str_find(head, PL_S("encoding="), 0)) == PL_NOPOS)
        return (pl_str){0};
    head = pl_str_tail(head, at + 10);
    for (at = 0; at < head.n && head.p[at] != '"' && head.p[at] != '\''; at++)
        ;
    return pl_str_sub(head, 0, at);
}

/* iconv into the arena; what it cannot read becomes U+FFFD. */
typedef struct conversion {
    pl_ctx *cx;
    char *p;
    size_t n, cap, bad, bad_at;
} conversion;

static bool grow(conversion *c, size_t more)
{
    size_t cap = c->cap + c->cap / 2 + more;
    char *p = pl_arena_grow(c->cx->arena, c->p, c->cap, cap, 1);

    if (!p)
        return false;
    c->p = p;
    c->cap = cap;
    return true;
}

static bool put_bad(conversion *c, size_t at)
{
    static const char replacement[] = "\xef\xbf\xbd";

    if (c->cap - c->n < 3 && !grow(c, 64))
        return false;
    memcpy(c->p + c->n, replacement, 3);
    c->n += 3;
    if (c->bad++ == 0)
        c->bad_at = at;
    return true;
}

/* Bytes to pass over where a character could not be read: the whole of one in UTF-16. */
static size_t unit_of(const char *iconv_name)
{
    return strncmp(iconv_name, "UTF-16", 6) == 0 ? 2 : 1;
}

static pl_status convert(conversion *c, pl_bytes in, const char *name)
{
    /* iconv's prototype lacks a const; it does not write there. */
    union {
        const unsigned char *in;
        char *p;
    } u = {.in = in.p};
    size_t left = in.n, unit = unit_of(name);
    bool room = true;
    iconv_t cd;

    if (!pl_converter_open(c->cx, name, &cd))
        return pl_fail(c->cx, PL_EFORMAT, PL_NOPOS, "this system cannot decode %s", name);
    while (left > 0 && room) {
        char *end = c->p + c->n;
        size_t space = c->cap - c->n;
        size_t r = iconv(cd, &u.p, &left, &end, &space);

        c->n = c->cap - space;
        if (r != (size_t)-1 || left == 0)
            continue;
        if (space < 8) {
            room = grow(c, 64);
            continue;
        }
        room = put_bad(c, in.n - left);
        u.in += left < unit ? left : unit;
        left -= left < unit ? left : unit;
        (void)iconv(cd, NULL, NULL, NULL, NULL);
    }
    (void)iconv_close(cd);
    return room ? PL_OK : pl_fail_memory(c->cx);
}

/* UTF-8 with U+FFFD for each byte that does not fit. */
static bool mend_utf8(conversion *c, pl_bytes in)
{
    size_t at = 0;

    while (at < in.n) {
        size_t bad = pl_utf8_bad((pl_bytes){in.p + at, in.n - at});
        size_t n = bad == PL_NOPOS ? in.n - at : bad;

        if (c->cap - c->n < n && !grow(c, n))
            return false;
        memcpy(c->p + c->n, in.p + at, n);
        c->n += n;
        at += n;
        if (bad != PL_NOPOS && !put_bad(c, at++))
            return false;
    }
    return true;
}

static pl_status decode_as(pl_ctx *cx, pl_bytes in, const char *name,
                           pl_html_decoded *out)
{
    conversion c = {.cx = cx};

    if (!grow(&c, in.n + in.n / 2 + 64))
        return pl_fail_memory(cx);
    if (strcmp(name, "UTF-8") != 0)
        PL_TRY(convert(&c, in, name));
    else if (!mend_utf8(&c, in))
        return pl_fail_memory(cx);
    if (pl_utf8_bad((pl_bytes){(const unsigned char *)c.p, c.n}) != PL_NOPOS)
        return pl_fail(cx, PL_ESYNTAX, 0,
                       "bytes that are no text of the page's encoding");
    *out = (pl_html_decoded){.text = {c.p, c.n},
                             .charset = pl_str_from(name),
                             .bad = c.bad,
                             .bad_at = c.bad_at};
    return PL_OK;
}

/* UTF-16 without a mark: every other byte of the first tag is NUL. */
static const char *utf16_of(pl_bytes in)
{
    if (in.n >= 4 && in.p[0] == '<' && in.p[1] == 0 && in.p[3] == 0)
        return "UTF-16LE";
    if (in.n >= 4 && in.p[0] == 0 && in.p[1] == '<' && in.p[2] == 0)
        return "UTF-16BE";
    return NULL;
}

static const struct mark {
    const char *name;
    size_t n;
    unsigned char b[4];
} marks[] = {
    {"UTF-8", 3, {0xEF, 0xBB, 0xBF}},
    {"UTF-16LE", 2, {0xFF, 0xFE}},
    {"UTF-16BE", 2, {0xFE, 0xFF}},
    {"GB18030", 4, {0x84, 0x31, 0x95, 0x33}},
};

static const struct mark *mark_of(pl_bytes in)
{
    for (size_t i = 0; i < PL_COUNT(marks); i++)
        if (in.n >= marks[i].n && memcmp(in.p, marks[i].b, marks[i].n) == 0)
            return &marks[i];
    return NULL;
}

/* What a page without mark that is not UTF-8 is in: as it says when that fits; else what
 * it looks like. */
static pl_status decode_other(pl_ctx *cx, pl_bytes in, const char *said,
                              pl_html_decoded *out)
{
    pl_arena_mark here = pl_arena_here(cx->arena);
    pl_decoded found;
    pl_status st;

    if (said && strcmp(said, "UTF-8") != 0) {
        PL_TRY(decode_as(cx, in, said, out));
        if (out->bad == 0)
            return PL_OK;
        pl_arena_reset(cx->arena, here);
    }
    st = pl_decode(cx, in, &found);
    if (st == PL_OK) {
        *out = (pl_html_decoded){.text = found.text,
                                 .charset = pl_str_from(pl_charset_name(found.charset))};
        return PL_OK;
    }
    if (st == PL_ENOMEM)
        return st;
    pl_arena_reset(cx->arena, here);
    return decode_as(cx, in, said ? said : "UTF-8", out);
}

pl_status pl_html_decode(pl_ctx *cx, pl_bytes in, pl_str declared, pl_html_decoded *out)
{
    const struct mark *m = mark_of(in);
    const char *said = m ? m->name : utf16_of(in);
    size_t skip = m ? m->n : 0;
    pl_bytes body = {in.p + skip, in.n - skip};

    if ((!said || strcmp(said, "UTF-8") == 0) && pl_utf8_bad(body) == PL_NOPOS) {
        *out = (pl_html_decoded){.text = {(const char *)body.p, body.n},
                                 .charset = PL_S("UTF-8")};
        return PL_OK;
    }
    if (said) {
        PL_TRY(decode_as(cx, body, said, out));
    } else {
        said = iconv_name_of(declared);
        if (!said)
            said = iconv_name_of(said_charset(in));
        PL_TRY(decode_other(cx, body, said, out));
    }
    if (out->bad * BAD_SHARE > in.n)
        return pl_fail(cx, PL_EFORMAT, out->bad_at,
                       "no text: most bytes fit no encoding of pages");
    out->bad_at += out->bad ? skip : 0;
    return PL_OK;
}
