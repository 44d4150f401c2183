/* plumbline serve: the API and the cockpit on a database. */
#include "cli/cli.h"
#include "http/serve.h"
#include <signal.h>

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

static int serve(pl_app *app, pl_ctx *cx, const pl_serve_opts *o)
{
    pl_server *server;
    sigset_t ends;
    int which;

    hold_signals(&ends);
    if (pl_server_start(cx, o, &server) != PL_OK)
        return pl_app_fail(cx, o->db);
    pl_buf_putf(&app->out, "%s\n", pl_server_address(server));
    which = pl_app_flush(app);
    if (which == PL_EXIT_OK)
        sigwait(&ends, &which);
    pl_server_stop(server, STOP_WAIT_MS);
    return PL_EXIT_OK;
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
    if (!pl_app_sandbox(app) || !pl_app_ctx(app, &cx))
        return PL_EXIT_UNREADABLE;
    opts.db = o->files[0];
    code = serve(app, &cx, &opts);
    pl_arena_free(cx.arena);
    return code;
}
