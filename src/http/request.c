/* What was sent, decoded. */
#include "http/exchange.h"
#include "http/server.h"
#include "text/moment.h"
#include "text/utf8.h"
#include <strings.h>

static int hex(char c)
{
    if (pl_is_digit(c))
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* RFC 3986 percent-encoding, of a query also '+'. Refused: bad escapes, what is not
 * UTF-8, control characters. */
static bool decode(pl_exchange *x, pl_str raw, bool plus, pl_str *out)
{
    char *p = pl_arena_alloc_raw(x->cx.arena, raw.n + 1, 1, 1);
    size_t n = 0;

    if (!p)
        return false;
    for (size_t i = 0; i < raw.n; i++) {
        char c = raw.p[i];

        if (c == '%') {
            int high = raw.n - i > 2 ? hex(raw.p[i + 1]) : -1;
            int low = raw.n - i > 2 ? hex(raw.p[i + 2]) : -1;

            if (high < 0 || low < 0)
                return false;
            c = (char)(high << 4 | low);
            i += 2;
        } else if (c == '+' && plus) {
            c = ' ';
        }
        if ((unsigned char)c < 0x20 || c == 0x7f)
            return false;
        p[n++] = c;
    }
    *out = (pl_str){p, n};
    return pl_utf8_bad((pl_bytes){(const unsigned char *)p, n}) == PL_NOPOS;
}

static bool decode_query(pl_exchange *x, pl_str q)
{
    while (q.n) {
        size_t end = pl_str_find(q, PL_S("&"), 0), eq;
        pl_str one = pl_str_sub(q, 0, end == PL_NOPOS ? q.n : end);
        pl_pair *p;

        q = end == PL_NOPOS ? (pl_str){0} : pl_str_tail(q, end + 1);
        if (one.n == 0)
            continue;
        eq = pl_str_find(one, PL_S("="), 0);
        p = x->query.n < PL_QUERY_MOST ? PL_VEC_ADD(x->cx.arena, &x->query) : NULL;
        if (!p ||
            !decode(x, pl_str_sub(one, 0, eq == PL_NOPOS ? one.n : eq), true, &p->name) ||
            !decode(x, eq == PL_NOPOS ? (pl_str){0} : pl_str_tail(one, eq + 1), true,
                    &p->value))
            return false;
    }
    return true;
}

bool pl_request_decode(pl_exchange *x)
{
    size_t q = pl_str_find(x->target, PL_S("?"), 0);

    for (size_t i = 0; i < PL_ROUTE_PARAMS && x->match.params[i].n; i++)
        if (!decode(x, x->match.params[i], false, &x->params[i]) ||
            pl_str_has(x->params[i], PL_S("/")))
            return false;
    return q == PL_NOPOS || decode_query(x, pl_str_tail(x->target, q + 1));
}

pl_str pl_request_header(const pl_exchange *x, const char *name)
{
    pl_str s = pl_str_from(
        x->server->mhd.MHD_lookup_connection_value(x->con, MHD_HEADER_KIND, name));

    return pl_utf8_bad((pl_bytes){(const unsigned char *)s.p, s.n}) == PL_NOPOS
               ? s
               : (pl_str){0};
}

/* ---- for handlers */

pl_str pl_call_param(const pl_call *c, pl_str name)
{
    pl_str pattern = c->route->path;
    size_t n = 0, at = 0;

    while ((at = pl_str_find(pattern, PL_S("{"), at)) != PL_NOPOS) {
        pl_str rest = pl_str_tail(pattern, ++at);

        if (pl_str_starts(rest, name) && rest.n > name.n && rest.p[name.n] == '}')
            return c->x->params[n];
        n++;
    }
    return (pl_str){0};
}

static const pl_pair *query_of(const pl_call *c, pl_str name)
{
    for (size_t i = 0; i < c->x->query.n; i++)
        if (pl_str_eq(c->x->query.p[i].name, name))
            return &c->x->query.p[i];
    return NULL;
}

pl_str pl_call_query(const pl_call *c, pl_str name)
{
    const pl_pair *p = query_of(c, name);

    return p ? p->value : (pl_str){0};
}

bool pl_call_has_query(const pl_call *c, pl_str name)
{
    return query_of(c, name) != NULL;
}

bool pl_call_query_at(const pl_call *c, size_t n, pl_str *name, pl_str *value)
{
    if (n >= c->x->query.n)
        return false;
    *name = c->x->query.p[n].name;
    *value = c->x->query.p[n].value;
    return true;
}

pl_str pl_call_header(const pl_call *c, const char *name)
{
    return pl_request_header(c->x, name);
}

pl_bytes pl_call_bytes(const pl_call *c)
{
    return (pl_bytes){(const unsigned char *)c->x->in.p, c->x->in.n};
}

static bool whole(pl_str s, int64_t *out)
{
    bool minus = pl_str_eat(&s, PL_S("-"));
    int64_t v = 0;

    if (s.n == 0 || s.n > 18)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (!pl_is_digit(s.p[i]))
            return false;
        v = v * 10 + (s.p[i] - '0');
    }
    *out = minus ? -v : v;
    return true;
}

pl_status pl_call_query_int(pl_call *c, pl_str name, int64_t least, int64_t most,
                            int64_t otherwise, int64_t *out)
{
    const pl_pair *p = query_of(c, name);

    *out = otherwise;
    if (p && (!whole(p->value, out) || *out < least || *out > most))
        return pl_fail(c->cx, PL_ESYNTAX, PL_NOPOS,
                       "'%.*s' is a whole number from %lld to %lld", PL_FMT(name),
                       (long long)least, (long long)most);
    return PL_OK;
}

pl_status pl_call_query_time(pl_call *c, pl_str name, int64_t otherwise, int64_t *out)
{
    const pl_pair *p = query_of(c, name);

    *out = otherwise;
    if (p && !pl_moment_parse(p->value, out))
        return pl_fail(c->cx, PL_ESYNTAX, PL_NOPOS, "'%.*s' is a moment of RFC 3339",
                       PL_FMT(name));
    return PL_OK;
}
