/* plumbline serve: the API and the cockpit on a database. */
#include "base/file.h"
#include "cli/cli.h"
#include "http/serve.h"
#include "service/fetch.h"
#include "service/people.h"
#include <signal.h>
#include <time.h>
#include <unistd.h>

enum { STOP_WAIT_MS = 30000 };

/* SIGTERM and SIGINT wait until somebody asks for them, in this thread and in all that it
 * starts. */
static void hold_signals(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGINT);
    pthread_sigmask(SIG_BLOCK, set, NULL);
}

/* Of a region without users: the link with which its first administrator comes in. */
static pl_status put_setup_link(pl_app *app, pl_ctx *cx, const pl_serve_opts *o,
                                const pl_server *server)
{
    pl_request rq = {PL_S("serve"), {0}};
    struct timespec now;
    pl_store *s;
    pl_str secret;
    pl_status st;

    clock_gettime(CLOCK_REALTIME, &now);
    rq.now = (pl_now){now.tv_sec, (int)(now.tv_nsec / 1000000)};
    PL_TRY(pl_service_open(cx, o->db, &s));
    st = pl_setup_link(cx, &rq, s, pl_server_region(server), &secret);
    pl_store_close(s);
    if (st == PL_ECONFLICT)
        return PL_OK; /* there are users */
    PL_TRY(st);
    pl_buf_putf(
        &app->out, "%.*s%s%ssetup/%.*s\n",
        PL_FMT(app->style.english ? PL_S("first administrator: ") : PL_S("首位管理员：")),
        o->public_url.n ? o->public_url.p : pl_server_address(server),
        o->public_url.n ? "/" : "", PL_FMT(secret));
    return PL_OK;
}

static int serve(pl_app *app, pl_ctx *cx, const pl_serve_opts *o)
{
    pl_server *server;
    sigset_t ends;
    int which, code;

    hold_signals(&ends);
    if (pl_server_start(cx, o, &server) != PL_OK)
        return pl_app_fail(cx, o->db);
    pl_buf_putf(&app->out, "%s\n", pl_server_address(server));
    code = put_setup_link(app, cx, o, server) == PL_OK ? pl_app_flush(app)
                                                       : pl_app_fail(cx, o->db);
    if (code == PL_EXIT_OK)
        sigwait(&ends, &which);
    pl_server_stop(server, STOP_WAIT_MS);
    return code;
}

/* The other server that logs people in, of the options; false after saying what is wrong.
 */
static bool oidc_of(const pl_options *o, pl_ctx *cx, pl_oidc *out)
{
    pl_bytes secret = {0};

    out->issuer = pl_str_from(o->oidc_issuer);
    out->client_id = pl_str_from(o->oidc_client);
    if ((out->issuer.n == 0) != (out->client_id.n == 0)) {
        pl_app_usage("--oidc-issuer and --oidc-client go together");
        return false;
    }
    if (out->issuer.n && !pl_fetch_may(out->issuer)) {
        pl_app_usage("--oidc-issuer is an https address");
        return false;
    }
    if (o->oidc_secret_file && pl_file_read(cx, o->oidc_secret_file, &secret) != PL_OK) {
        pl_app_fail(cx, o->oidc_secret_file);
        return false;
    }
    out->client_secret = pl_str_trim((pl_str){(const char *)secret.p, secret.n});
    return true;
}

int pl_cmd_serve(pl_app *app)
{
    const pl_options *o = &app->opts;
    pl_serve_opts opts = {.region = pl_str_from(o->region),
                          .listen = o->listen ? o->listen : "127.0.0.1:8080",
                          .cert = o->cert,
                          .key = o->key,
                          .public_url = pl_str_from(o->public_url),
                          .trust_proxy = o->trust_proxy};
    pl_ctx cx;
    int code;

    if (o->n_files != 1)
        return pl_app_usage("what is needed: serve DB");
    if (!pl_store_is_url(o->files[0]) && access(o->files[0], F_OK) != 0)
        return pl_app_usage("%s: no such database: make one with `plumbline init`",
                            o->files[0]);
    if (!pl_app_sandbox(app) || !pl_app_ctx(app, &cx))
        return PL_EXIT_UNREADABLE;
    opts.db = o->files[0];
    code = oidc_of(o, &cx, &opts.oidc) ? serve(app, &cx, &opts) : PL_EXIT_UNREADABLE;
    pl_arena_free(cx.arena);
    return code;
}
