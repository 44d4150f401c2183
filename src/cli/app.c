#include "cli/cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/sandbox.h"
#include "cli/documents.h"

enum { WORKERS_MAX = 512 };

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
                   .sandbox = app->lexicon_cx.sandbox,
                   .track = app->lexicon_cx.track};
    cx->arena = pl_arena_new(cx->limits.arena_bytes);
    return cx->arena != NULL;
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

/* --track-changes; false (after saying so) when it is none of the three. */
static bool track_changes(pl_app *app)
{
    static const char *const names[] = {"accept", "reject", "all"};
    const char *said = app->opts.track_changes;

    for (size_t i = 0; said && i < PL_COUNT(names); i++)
        if (strcmp(said, names[i]) == 0) {
            app->lexicon_cx.track = (pl_track)i;
            said = NULL;
        }
    if (said)
        pl_app_usage("--track-changes is accept, reject or all, not '%s'", said);
    return !said;
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

/* Where records go: to the screen, and into sums. */
typedef struct printer {
    pl_app *app;
    int code;
    bool broken;  /* nobody reads any more */
    bool printed; /* something, so that a line is left before the next report */
    bool headed;  /* the listing's headings were printed */
    pl_tally sums;
} printer;

static int worse(int a, int b)
{
    return a > b ? a : b;
}

/* The output of a document: its line under headings, or its report behind an empty line.
 */
static void put_out(printer *p, const pl_record *r, pl_str out)
{
    pl_app *app = p->app;

    if (r->listed && !p->headed)
        pl_list_headings(&app->out, app->command->lists_checks, &app->style);
    p->headed |= r->listed;
    if (p->printed && !r->listed && !app->opts.json)
        pl_buf_putc(&app->out, '\n');
    p->printed = true;
    pl_buf_put(&app->out, out);
}

static bool print(printer *p, const pl_record *r, pl_str out)
{
    int flushed;

    p->code = worse(p->code, r->code);
    pl_tally_add(&p->sums, &r->tally);
    if (r->err.n)
        fwrite(r->err.p, 1, r->err.n, stderr);
    if (out.n)
        put_out(p, r, out);
    flushed = pl_app_flush(p->app);
    p->broken |= flushed != PL_EXIT_OK;
    p->code = worse(p->code, flushed);
    return !p->broken;
}

/* From a worker. */
static bool print_record(pl_visit *v, pl_record *r)
{
    return print(v->self, r, r->out);
}

/* From this process: what was printed stands in app->out. */
static bool print_own(pl_visit *v, pl_record *r)
{
    pl_buf own = v->app->out;
    bool go_on;

    pl_buf_init(&v->app->out, own.max_bytes);
    v->app->out.failed = own.failed;
    go_on = print(v->self, r, (pl_str){own.p, own.n});
    pl_buf_release(&own);
    return go_on;
}

/* Processes that -j asks for, 0 for none; false after saying what is wrong. */
static bool workers_of(const pl_options *o, size_t n_inputs, size_t *out)
{
    long cores;
    int n = WORKERS_MAX;

    *out = n_inputs > 1 ? 1 : 0;
    if (!o->jobs)
        return true;
    if (*o->jobs && !pl_app_int("-j", o->jobs, 1, WORKERS_MAX, &n))
        return false;
    cores = *o->jobs ? 0 : sysconf(_SC_NPROCESSORS_ONLN);
    if (cores > 0 && cores < n)
        n = (int)cores;
    if (n_inputs > 1)
        *out = (size_t)n < n_inputs ? (size_t)n : n_inputs;
    return true;
}

static bool is_listing(const pl_app *app, const pl_inputs *inputs)
{
    const pl_options *o = &app->opts;

    return !o->json && !o->full && !o->explain && !o->dump &&
           (inputs->n > 1 || inputs->p[0].found);
}

/* Visit all inputs, here or in workers. */
static void run_all(pl_app *app, printer *p, pl_each *each, const pl_inputs *inputs,
                    size_t n_workers)
{
    pl_visit v = {.app = app, .each = each, .listed = is_listing(app, inputs), .self = p};

    if (n_workers) {
        v.emit = print_record;
        if (pl_jobs_run(&app->lexicon_cx, &v, inputs, n_workers) != PL_OK)
            p->code = pl_app_fail(&app->lexicon_cx, "-j");
        return;
    }
    v.emit = print_own;
    for (size_t i = 0; i < inputs->n && !p->broken; i++)
        pl_visit_input(&v, &inputs->p[i]);
}

int pl_app_each(pl_app *app, pl_each *each)
{
    printer p = {.app = app};
    pl_inputs inputs = {0};
    size_t n_workers;

    if (app->opts.n_files == 0)
        return pl_app_usage("a file is needed, or - for standard input");
    if (!track_changes(app) || !pl_app_sandbox(app))
        return PL_EXIT_UNREADABLE;
    if (pl_inputs_make(app, &inputs, &p.code) != PL_OK)
        return pl_app_fail(&app->lexicon_cx, "files");
    if (inputs.n == 0)
        return p.code ? p.code : pl_app_usage("no file in what was named");
    if (!workers_of(&app->opts, inputs.n, &n_workers))
        return PL_EXIT_UNREADABLE;
    run_all(app, &p, each, &inputs, n_workers);
    if (p.broken)
        return p.code;
    if (p.headed)
        pl_list_sums(&app->out, app->command->lists_checks, &p.sums, &app->style);
    if (p.sums.documents == 0 && p.sums.unreadable == 0)
        p.code = pl_app_usage("no document in what was named: %zu files were skipped",
                              p.sums.skipped);
    return worse(p.code, pl_app_flush(app));
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
