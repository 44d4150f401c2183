/* Who asks, and may they? */
#include "http/exchange.h"
#include "http/server.h"

static bool refuse(pl_exchange *x)
{
    if (x->call.who.user_id.n)
        return pl_exchange_refuse(x, PL_PROBLEM_FORBIDDEN, (pl_str){0});
    pl_call_set(&x->call, "WWW-Authenticate", PL_S("Bearer"));
    return pl_exchange_refuse(x, PL_PROBLEM_LOGIN_NEEDED, (pl_str){0});
}

bool pl_auth_check(pl_exchange *x)
{
    pl_call *c = &x->call;

    c->who = pl_principal_public(x->server->region_id, false);
    c->rq.actor = c->who.login.n ? c->who.login : PL_S("public");
    return pl_may(&c->who, x->match.route->perm) || refuse(x);
}
