#include "cli/cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/sandbox.h"
#include "box/box.h"

int pl_app_fail(const pl_ctx *cx, const char *where)
{
    const pl_err *e = &cx->err;

    if (e->line)
        fprintf(stderr, "plumbline: %s:%u:%u: %s\n", where, e->line, e->col ? e->col : 1,
                e->msg);
    else
        fprintf(stderr, "plumbline: %s: %s\n", where, e->msg);
    return PL_EXIT_UNREADABLE;
}

int pl_app_usage(const char *format, ...)
{
    va_list ap;

    fputs("plumbline: ", stderr);
    va_start(ap, format);
    vfprintf(stderr, format, ap);
    va_end(ap);
    fputc('\n', stderr);
    return PL_EXIT_UNREADABLE;
}

bool pl_app_ctx(pl_app *app, pl_ctx *cx)
{
    *cx = (pl_ctx){.limits = PL_LIMITS_DEFAULT,
                   .lexicon = app->lexicon_cx.lexicon,
                   .sandbox = app->lexicon_cx.sandbox};
    cx->arena = pl_arena_new(cx->limits.arena_bytes);
    return cx->arena != NULL;
}

pl_status pl_app_plan(pl_ctx *cx, const char *path, pl_bytes *bytes, pl_plan **out)
{
    pl_doc *d;

    PL_TRY(pl_file_read(cx, path, bytes));
    PL_TRY(pl_box_doc(cx, *bytes, &d));
    return pl_plan_read(cx, d, out);
}

int pl_app_flush(pl_app *app)
{
    pl_ctx cx = {0};
    pl_status st = PL_OK;

    if (app->out.failed)
        st = pl_fail_memory(&cx);
    else
        st = pl_fd_write(&cx, STDOUT_FILENO, pl_buf_str(&app->out));
    app->out.n = 0;
    app->out.failed = false;
    return st == PL_OK ? PL_EXIT_OK : pl_app_fail(&cx, "standard output");
}

static int worse(int a, int b)
{
    return a > b ? a : b;
}

bool pl_app_sandbox(pl_app *app)
{
    pl_ctx *cx = &app->lexicon_cx;

    if (app->opts.no_sandbox ||
        pl_sandbox_make(cx, PL_SANDBOX_READER, &cx->sandbox) == PL_OK)
        return true;
    pl_app_usage("%s; --no-sandbox reads without one", cx->err.msg);
    return false;
}

int pl_app_each(pl_app *app, int (*f)(pl_app *app, pl_ctx *cx, const char *path))
{
    int code = PL_EXIT_OK;

    if (app->opts.n_files == 0)
        return pl_app_usage("a file is needed, or - for standard input");
    if (!pl_app_sandbox(app))
        return PL_EXIT_UNREADABLE;
    for (size_t i = 0; i < app->opts.n_files; i++) {
        pl_ctx cx;
        int flushed;

        if (!pl_app_ctx(app, &cx))
            return pl_app_usage("out of memory");
        if (i && !app->opts.json && app->out.n == 0)
            pl_buf_putc(&app->out, '\n');
        code = worse(code, f(app, &cx, app->opts.files[i]));
        pl_arena_free(cx.arena);
        flushed = pl_app_flush(app);
        if (flushed != PL_EXIT_OK)
            return flushed; /* nobody reads any more */
    }
    return code;
}

bool pl_app_int(const char *option, const char *text, int least, int most, int *out)
{
    pl_dec d;

    if (!pl_dec_from(pl_str_from(text), &d) || d.scale != 0 || d.coef < least ||
        d.coef > most) {
        pl_app_usage("%s is a whole number from %d to %d, not '%s'", option, least, most,
                     text);
        return false;
    }
    *out = (int)d.coef;
    return true;
}

bool pl_app_tolerance(const pl_options *o, pl_dec *out)
{
    pl_dec d;

    if (!o->tolerance)
        return true;
    if (!pl_dec_from(pl_str_from(o->tolerance), &d) || pl_dec_sign(d) < 0) {
        pl_app_usage("--tolerance is a figure in per cent, not '%s'", o->tolerance);
        return false;
    }
    *out = d;
    return true;
}
