/* Logging in by way of another server: the two addresses that a browser is sent through.
 *
 * Both answer a browser that follows links, so what goes wrong is told by a page of the
 * cockpit: /login?error=…. The state is held against a cookie, so that nobody can end in
 * another's browser what they began in their own. */
#include "http/people_json.h"
#include "http/exchange.h"
#include "http/server.h"
#include "service/oidc.h"

enum { ADDRESS_BYTES = 4096 };

#define STATE_COOKIE "plumbline_state"
#define CALLBACK     "/api/v1/oidc/callback"

bool pl_people_has_oidc(const pl_call *c)
{
    return c->x->server->opts->oidc.issuer.n > 0;
}

/* The base address with a path behind it, in the arena. */
static pl_status address(pl_call *c, const char *path, pl_str *out)
{
    pl_buf b;
    pl_status st;

    pl_buf_init(&b, ADDRESS_BYTES);
    pl_buf_put(&b, pl_call_base_url(c));
    pl_buf_putf(&b, "%s", path);
    st = pl_buf_keep(c->cx, &b, out);
    pl_buf_release(&b);
    return st;
}

static pl_status send_to(pl_call *c, pl_str url)
{
    c->status = 303;
    pl_call_set(c, "Location", url);
    pl_call_set(c, "Cache-Control", PL_S("no-store"));
    return PL_OK;
}

static pl_status send_to_page(pl_call *c, const char *page)
{
    pl_str url;

    PL_TRY(address(c, page, &url));
    return send_to(c, url);
}

/* Lax, since the way back is a link of another site; empty takes it away. */
static void set_state(pl_call *c, pl_str state)
{
    pl_buf b;

    pl_buf_init(&b, ADDRESS_BYTES);
    pl_buf_putf(
        &b, STATE_COOKIE "=%.*s; Path=" CALLBACK "; Max-Age=%d; HttpOnly; SameSite=Lax%s",
        PL_FMT(state), state.n ? PL_OIDC_S : 0, c->secure ? "; Secure" : "");
    if (!b.failed)
        pl_call_set(c, "Set-Cookie", pl_buf_str(&b));
    pl_buf_release(&b);
}

/* What the other server did is its own: it is told as a page. Ours is a problem. */
static pl_status answer(pl_call *c, pl_status st, const char *page)
{
    if (st == PL_OK)
        return send_to_page(c, page);
    if (st == PL_EIO || st == PL_ESYNTAX)
        return send_to_page(c, "/login?error=oidc-failed");
    return st == PL_ENOTFOUND ? send_to_page(c, "/login?error=oidc-over") : st;
}

pl_status pl_people_oidc_start(pl_call *c)
{
    pl_str back, url, state;
    pl_status st;

    if (!pl_people_has_oidc(c))
        return pl_fail(c->cx, PL_ENOTFOUND, PL_NOPOS, "no identity server is set");
    PL_TRY(address(c, CALLBACK, &back));
    st = pl_oidc_begin(c->cx, &c->rq, c->store, c->who.region_id,
                       &c->x->server->opts->oidc, back,
                       pl_call_query(c, PL_S("invitation")), &url, &state);
    if (st != PL_OK)
        return answer(c, st, NULL);
    set_state(c, state);
    return send_to(c, url);
}

pl_status pl_people_oidc_callback(pl_call *c)
{
    pl_oidc_answer in = {.state = pl_call_query(c, PL_S("state")),
                         .code = pl_call_query(c, PL_S("code")),
                         .cookie = pl_request_cookie(c->x, PL_S(STATE_COOKIE)),
                         .address = c->address,
                         .agent = pl_call_header(c, "User-Agent")};
    pl_login_result r;
    pl_status st;

    if (!pl_people_has_oidc(c))
        return pl_fail(c->cx, PL_ENOTFOUND, PL_NOPOS, "no identity server is set");
    set_state(c, PL_S(""));
    if (in.code.n == 0) /* it said no: RFC 6749, section 4.1.2.1 */
        return send_to_page(c, "/login?error=oidc-refused");
    PL_TRY(address(c, CALLBACK, &in.redirect_uri));
    st = pl_oidc_finish(c->cx, &c->rq, c->store, c->who.region_id,
                        &c->x->server->opts->oidc, &in, &r);
    if (st == PL_OK && r.outcome != PL_LOGIN_DONE)
        return send_to_page(c, "/login?error=oidc-refused");
    if (st == PL_OK)
        pl_call_set_session(c, r.secret, PL_SESSION_S);
    return answer(c, st, "/");
}
