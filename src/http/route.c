#include "http/route.h"

static const pl_route *const tables[] = {pl_routes_system, pl_routes_people,
                                         pl_routes_document, pl_routes_plan};

size_t pl_route_count(void)
{
    size_t n = 0;

    for (size_t t = 0; t < PL_COUNT(tables); t++)
        for (const pl_route *r = tables[t]; r->run; r++)
            n++;
    return n;
}

const pl_route *pl_route_at(size_t i)
{
    for (size_t t = 0; t < PL_COUNT(tables); t++)
        for (const pl_route *r = tables[t]; r->run; r++)
            if (i-- == 0)
                return r;
    return NULL;
}

size_t pl_route_index(const pl_route *r)
{
    size_t n = 0;

    for (size_t t = 0; t < PL_COUNT(tables); t++)
        for (const pl_route *at = tables[t]; at->run; at++, n++)
            if (at == r)
                return n;
    return n;
}

static const char *const methods[] = {"GET", "POST", "PUT", "PATCH", "DELETE"};
_Static_assert(PL_COUNT(methods) == PL_METHOD_COUNT, "one word a method");

const char *pl_method_word(pl_method m)
{
    return methods[m];
}

/* The next segment of a path that begins with a slash, and what is behind it. */
static pl_str segment(pl_str *path)
{
    pl_str s = pl_str_tail(*path, 1);
    size_t end = pl_str_find(s, PL_S("/"), 0);

    if (end == PL_NOPOS)
        end = s.n;
    *path = pl_str_tail(s, end);
    return pl_str_sub(s, 0, end);
}

/* Does the path fit the pattern? `literal` gets the bytes of the pattern that are no
 * parameters. */
static bool fits(pl_str pattern, pl_str path, pl_str params[PL_ROUTE_PARAMS],
                 size_t *literal)
{
    size_t n = 0, fixed = pl_str_find(pattern, PL_S("{"), 0);

    /* most rows end here */
    if (!pl_str_starts(path, pl_str_sub(pattern, 0, fixed)))
        return false;
    *literal = 0;
    while (pattern.n && path.n) {
        pl_str want = segment(&pattern), have = segment(&path);

        if (want.n && want.p[0] == '{') {
            if (have.n == 0 || n == PL_ROUTE_PARAMS)
                return false;
            params[n++] = have;
        } else if (pl_str_eq(want, have)) {
            *literal += want.n;
        } else {
            return false;
        }
    }
    return pattern.n == 0 && path.n == 0;
}

void pl_route_find(pl_method method, pl_str path, pl_route_match *out)
{
    size_t best = 0;

    *out = (pl_route_match){0};
    if (path.n == 0 || path.p[0] != '/')
        return;
    for (size_t t = 0; t < PL_COUNT(tables); t++)
        for (const pl_route *r = tables[t]; r->run; r++) {
            pl_str params[PL_ROUTE_PARAMS] = {{0}};
            size_t literal;

            if (!fits(r->path, path, params, &literal))
                continue;
            out->methods |= 1u << r->method;
            if (r->method != method || (out->route && literal <= best))
                continue;
            out->route = r;
            best = literal;
            memcpy(out->params, params, sizeof params);
        }
}
