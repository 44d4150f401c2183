#include "doc/html_mime.h"

#include "doc/html_lex.h"
#include "text/utf8.h"

enum {
    HEADER_BYTES = 64 * 1024, /* of one entity */
    BOUNDARIES = 8,           /* nested multiparts */
    BOUNDARY_BYTES = 200      /* RFC 2046 says 70 */
};

typedef struct entity {
    pl_str type, encoding, location; /* values, with their parameters */
    size_t body;                     /* offset after the empty line */
    bool whole;                      /* the empty line was found, all lines are headers */
} entity;

/* The line at *at without its end; *at moves past it. */
static pl_str line_next(pl_str s, size_t *at)
{
    size_t start = *at, end = pl_str_find(s, PL_S("\n"), start);
    pl_str line;

    *at = end == PL_NOPOS ? s.n : end + 1;
    line = pl_str_sub(s, start, (end == PL_NOPOS ? s.n : end) - start);
    if (line.n && line.p[line.n - 1] == '\r')
        line.n--;
    return line;
}

/* Bytes of the name that a header line begins with; 0 when it is no header line. */
static size_t header_name(pl_str line)
{
    size_t n = 0;

    while (n < line.n && (pl_is_alpha(line.p[n]) || pl_is_digit(line.p[n]) ||
                          line.p[n] == '-' || line.p[n] == '_'))
        n++;
    return n < line.n && line.p[n] == ':' ? n : 0;
}

/* Headers from `at` on; a line that begins with a space goes on with the one before. */
static entity headers(pl_str s, size_t at)
{
    static const struct known {
        pl_str name;
        size_t field;
    } known[] = {
        {PL_S_INIT("content-type"), offsetof(entity, type)},
        {PL_S_INIT("content-transfer-encoding"), offsetof(entity, encoding)},
        {PL_S_INIT("content-location"), offsetof(entity, location)},
    };
    entity e = {0};
    pl_str *value = NULL;
    size_t past = s.n - at > HEADER_BYTES ? at + HEADER_BYTES : s.n;

    while (at < past) {
        size_t start = at, n;
        pl_str line = line_next(s, &at);

        e.body = at;
        if (line.n == 0) {
            e.whole = true;
            break;
        }
        if (line.p[0] == ' ' || line.p[0] == '\t') {
            if (value && value->n)
                value->n = start + line.n - (size_t)(value->p - s.p);
            continue;
        }
        n = header_name(line);
        if (n == 0)
            break;
        value = NULL;
        for (size_t i = 0; i < PL_COUNT(known); i++)
            if (pl_html_same(pl_str_sub(line, 0, n), known[i].name)) {
                value = (pl_str *)(void *)((char *)&e + known[i].field);
                *value = pl_str_trim(pl_str_tail(line, n + 1));
            }
    }
    return e;
}

static bool is_type(pl_str type, pl_str start)
{
    return pl_html_same(pl_str_sub(type, 0, start.n), start);
}

static bool is_page(pl_str type)
{
    return is_type(type, PL_S("text/html")) || is_type(type, PL_S("application/xhtml"));
}

/* The value of `name=` in a header's value; empty when it is not there. */
static pl_str parameter(pl_str value, pl_str name)
{
    for (size_t i = 0; i + name.n < value.n; i++) {
        size_t at = i + name.n, end;
        char stop = 0;

        if (value.p[at] != '=' || !pl_html_same(pl_str_sub(value, i, name.n), name))
            continue;
        at++;
        if (at < value.n && (value.p[at] == '"' || value.p[at] == '\''))
            stop = value.p[at++];
        for (end = at; end < value.n && value.p[end] != stop; end++)
            if (!stop && (value.p[end] == ';' || pl_is_space(value.p[end])))
                break;
        return pl_str_sub(value, at, end - at);
    }
    return (pl_str){0};
}

static pl_str as_str(pl_bytes in)
{
    return (pl_str){(const char *)in.p, in.n};
}

bool pl_mime_is(pl_bytes in)
{
    entity e = headers(as_str(in), 0);

    return e.whole && (is_type(e.type, PL_S("multipart/")) || is_page(e.type));
}

static int hex_of(char c)
{
    if (pl_is_digit(c))
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* RFC 2045, section 6.7: =E6 is a byte, = at a line's end joins lines. */
static size_t from_quoted(pl_str in, char *out)
{
    size_t n = 0;

    for (size_t i = 0; i < in.n; i++) {
        int high = i + 2 < in.n ? hex_of(in.p[i + 1]) : -1;
        int low = i + 2 < in.n ? hex_of(in.p[i + 2]) : -1;

        if (in.p[i] != '=') {
            out[n++] = in.p[i];
        } else if (high >= 0 && low >= 0) {
            out[n++] = (char)(high * 16 + low);
            i += 2;
        } else {
            while (i + 1 < in.n && (in.p[i + 1] == ' ' || in.p[i + 1] == '\r'))
                i++;
            if (i + 1 < in.n && in.p[i + 1] == '\n')
                i++;
        }
    }
    return n;
}

static int digit64_of(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (pl_is_digit(c))
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

static size_t from_base64(pl_str in, char *out)
{
    uint32_t bits = 0;
    unsigned have = 0;
    size_t n = 0;

    for (size_t i = 0; i < in.n && in.p[i] != '='; i++) {
        int d = digit64_of(in.p[i]);

        if (d < 0)
            continue;
        bits = (bits << 6 | (uint32_t)d) & 0xFFFFFF;
        have += 6;
        if (have >= 8) {
            have -= 8;
            out[n++] = (char)(unsigned char)(bits >> have & 0xFF);
        }
    }
    return n;
}

static const struct encoding {
    pl_str name;
    size_t (*decode)(pl_str in, char *out); /* never longer than in */
} encodings[] = {
    {PL_S_INIT("quoted-printable"), from_quoted},
    {PL_S_INIT("base64"), from_base64},
};

static pl_status decode_body(pl_ctx *cx, const entity *e, pl_str body, pl_mime_page *out)
{
    out->body = (pl_bytes){(const unsigned char *)body.p, body.n};
    out->charset = parameter(e->type, PL_S("charset"));
    for (size_t i = 0; i < PL_COUNT(encodings); i++) {
        char *p;

        if (!pl_html_same(e->encoding, encodings[i].name))
            continue;
        p = PL_NEW_N(cx->arena, char, body.n);
        if (!p)
            return pl_fail_memory(cx);
        out->body.n = encodings[i].decode(body, p);
        out->body.p = (const unsigned char *)p;
    }
    out->location = (pl_str){0};
    if (pl_utf8_bad((pl_bytes){(const unsigned char *)e->location.p, e->location.n}) ==
        PL_NOPOS)
        return pl_str_keep(cx, e->location, &out->location);
    return PL_OK;
}

typedef struct archive {
    pl_str s;
    pl_str boundary[BOUNDARIES];
    size_t n_boundaries;
    entity best; /* the largest page so far: its headers and body */
    pl_str best_body;
} archive;

static void add_boundary(archive *a, pl_str type)
{
    pl_str b = is_type(type, PL_S("multipart/")) ? parameter(type, PL_S("boundary"))
                                                 : (pl_str){0};

    if (b.n && b.n <= BOUNDARY_BYTES && a->n_boundaries < BOUNDARIES)
        a->boundary[a->n_boundaries++] = b;
}

static bool is_delimiter(const archive *a, pl_str line)
{
    if (!pl_str_eat(&line, PL_S("--")))
        return false;
    for (size_t i = 0; i < a->n_boundaries; i++)
        if (pl_str_starts(line, a->boundary[i]))
            return true;
    return false;
}

static void see_part(archive *a, const entity *e, size_t end)
{
    if (!is_page(e->type) || end < e->body || end - e->body <= a->best_body.n)
        return;
    a->best = *e;
    a->best_body = pl_str_sub(a->s, e->body, end - e->body);
}

pl_status pl_mime_find_page(pl_ctx *cx, pl_bytes in, pl_mime_page *out)
{
    archive a = {.s = as_str(in)};
    entity e = headers(a.s, 0);
    size_t at = e.body;

    add_boundary(&a, e.type);
    while (at < a.s.n && a.n_boundaries) {
        size_t start = at;

        if (!is_delimiter(&a, line_next(a.s, &at)))
            continue;
        see_part(&a, &e, start);
        e = headers(a.s, at);
        add_boundary(&a, e.type);
        if (e.body > at)
            at = e.body;
    }
    see_part(&a, &e, a.s.n);
    if (a.best_body.n == 0)
        return pl_fail(cx, PL_ESYNTAX, PL_NOPOS, "a web archive without a page in it");
    return decode_body(cx, &a.best, a.best_body, out);
}
