/* Who asks, and may they?
 *
 * A browser has its session's cookie, and shows with each writing request that the page
 * that sends it is ours: by the session's CSRF token, or, where there is no session yet,
 * by where the request says that it comes from. A program has a bearer token, which no
 * browser sends by itself. */
#include "http/exchange.h"
#include "http/server.h"
#include "http/visitors.h"
#include "service/changes.h"
#include "service/people.h"
#include <netdb.h>
#include <sodium/utils.h>
#include <strings.h>
#include <sys/socket.h>

static bool refuse(pl_exchange *x)
{
    if (x->call.who.user_id.n)
        return pl_exchange_refuse(x, PL_PROBLEM_FORBIDDEN, (pl_str){0});
    pl_call_set(&x->call, "WWW-Authenticate", PL_S("Bearer"));
    return pl_exchange_refuse(x, PL_PROBLEM_LOGIN_NEEDED, (pl_str){0});
}

/* ---- where it comes from */

static bool is_tls(const pl_exchange *x)
{
    return x->server->opts->cert ||
           (x->server->opts->trust_proxy &&
            pl_str_eq(pl_request_header(x, "X-Forwarded-Proto"), PL_S("https")));
}

/* The last address that the proxy added; those before it are what the client said. */
static pl_str forwarded_for(const pl_exchange *x)
{
    pl_str all = pl_request_header(x, "X-Forwarded-For");
    size_t at = all.n;

    while (at > 0 && all.p[at - 1] != ',')
        at--;
    return pl_str_trim(pl_str_tail(all, at));
}

static pl_str peer_of(pl_exchange *x)
{
    const union MHD_ConnectionInfo *i = x->server->mhd.MHD_get_connection_info(
        x->con, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    char text[64] = "";
    pl_str out;

    if (!i || !i->client_addr)
        return (pl_str){0};
    if (getnameinfo(i->client_addr,
                    i->client_addr->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6)
                                                          : sizeof(struct sockaddr_in),
                    text, sizeof text, NULL, 0, NI_NUMERICHOST) != 0)
        return (pl_str){0};
    return pl_str_keep(&x->cx, pl_str_from(text), &out) == PL_OK ? out : (pl_str){0};
}

static void note_origin(pl_exchange *x)
{
    pl_str forwarded = x->server->opts->trust_proxy ? forwarded_for(x) : (pl_str){0};

    x->call.secure = is_tls(x);
    x->call.address = forwarded.n ? forwarded : peer_of(x);
}

/* ---- whose it is */

pl_str pl_request_cookie(const pl_exchange *x, pl_str name)
{
    pl_str all = pl_request_header(x, "Cookie");

    while (all.n) {
        size_t end = pl_str_find(all, PL_S(";"), 0);
        pl_str one = pl_str_trim(pl_str_sub(all, 0, end == PL_NOPOS ? all.n : end));

        if (pl_str_eat(&one, name) && pl_str_eat(&one, PL_S("=")))
            return one;
        all = end == PL_NOPOS ? (pl_str){0} : pl_str_tail(all, end + 1);
    }
    return (pl_str){0};
}

static bool bearer(const pl_exchange *x, pl_str *secret)
{
    static const char scheme[] = "Bearer ";
    pl_str h = pl_request_header(x, "Authorization");

    if (h.n < sizeof scheme || strncasecmp(h.p, scheme, sizeof scheme - 1) != 0)
        return false;
    *secret = pl_str_trim(pl_str_tail(h, sizeof scheme - 1));
    return true;
}

/* Look a secret up, unless this thread knows whose it is. */
static pl_status find_by(pl_exchange *x, pl_store *s, char kind, pl_str secret)
{
    pl_worker *w = pl_worker_here(x->server);
    pl_call *c = &x->call;
    int64_t now_s = c->rq.now.s, version;
    pl_status st;

    PL_TRY(pl_service_version(&x->cx, s, &version));
    if (w && !w->visitors)
        w->visitors = pl_visitors_new();
    if (w && w->visitors &&
        pl_visitors_find(w->visitors, &x->cx, kind, secret, version, now_s, &c->who))
        return PL_OK;
    st = (kind == 't' ? pl_principal_of_token : pl_principal_of_session)(
        &x->cx, c->rq.now, s, x->server->region_id, secret, &c->who);
    if (st == PL_OK && w && w->visitors)
        pl_visitors_keep(w->visitors, kind, secret, version, now_s, &c->who);
    return st;
}

/* A token that is none is refused; a session that is over leaves its browser the public.
 */
static pl_status find_principal(pl_exchange *x, pl_store *s)
{
    pl_str secret;
    pl_status st = PL_ENOTFOUND;

    if (bearer(x, &secret))
        return find_by(x, s, 't', secret);
    secret = pl_request_cookie(x, PL_S(PL_SESSION_COOKIE));
    if (secret.n)
        st = find_by(x, s, 's', secret);
    return st == PL_ENOTFOUND
               ? pl_principal_of_public(&x->cx, s, x->server->region_id, &x->call.who)
               : st;
}

/* ---- is it our own page that writes? */

/* "https://host:port" of Origin is what Host names. */
static bool is_same_origin(const pl_exchange *x)
{
    pl_str origin = pl_request_header(x, "Origin"), site;
    size_t at = pl_str_find(origin, PL_S("://"), 0);

    site = pl_request_header(x, "Sec-Fetch-Site");
    if (site.n && !pl_str_eq(site, PL_S("same-origin")) && !pl_str_eq(site, PL_S("none")))
        return false;
    return origin.n == 0 || (at != PL_NOPOS && pl_str_eq(pl_str_tail(origin, at + 3),
                                                         pl_request_header(x, "Host")));
}

static bool is_ours(const pl_exchange *x)
{
    const pl_principal *who = &x->call.who;
    pl_str sent = pl_request_header(x, "X-CSRF-Token");

    if (x->method == PL_METHOD_GET || who->token_id.n)
        return true;
    if (who->session_id.n == 0)
        return is_same_origin(x);
    return who->csrf.n > 0 && sent.n == who->csrf.n &&
           sodium_memcmp(sent.p, who->csrf.p, sent.n) == 0;
}

bool pl_auth_check(pl_exchange *x)
{
    pl_call *c = &x->call;
    pl_store *s;
    pl_status st;

    note_origin(x);
    c->who = pl_principal_public(x->server->region_id, false);
    c->rq.actor = PL_S("public");
    if (x->match.route->flags & PL_ROUTE_ANYBODY)
        return true;
    st = pl_worker_store(&x->cx, x->server, &s);
    if (st == PL_OK)
        st = find_principal(x, s);
    if (st == PL_ENOTFOUND)
        return refuse(x);
    if (st != PL_OK)
        return pl_exchange_fail(x, st);
    if (c->who.login.n)
        c->rq.actor = c->who.login;
    if (!pl_may(&c->who, x->match.route->perm))
        return refuse(x);
    return is_ours(x) || pl_exchange_refuse(x, PL_PROBLEM_CSRF, (pl_str){0});
}
