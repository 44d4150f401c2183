#include "cli/cli.h"
#include "report/plan_json.h"

static bool read_opts(const pl_options *o, pl_check_opts *out)
{
    *out = (pl_check_opts){.strict = o->strict};
    if (o->year && !pl_app_int("--year", o->year, 1949, 2100, &out->year))
        return false;
    return pl_app_tolerance(o, &out->tolerance_percent);
}

static pl_status check(pl_app *app, pl_ctx *cx, const char *path,
                       const pl_check_opts *opts, pl_check **out)
{
    pl_text_opts look = {app->style, app->opts.notes, app->opts.relations};
    pl_bytes bytes;
    pl_plan *plan;
    pl_json j;

    PL_TRY(pl_app_plan(cx, path, &bytes, &plan));
    PL_TRY(pl_check_plan(cx, plan, opts, out));
    if (!app->opts.json)
        return pl_check_text(cx, *out, pl_str_from(path), &look, &app->out);
    j = pl_json_begin(&app->out);
    pl_check_json(&j, *out, pl_str_from(path), app->opts.relations);
    pl_buf_putc(&app->out, '\n');
    return PL_OK;
}

static int check_one(pl_app *app, pl_ctx *cx, const char *path)
{
    pl_check_opts opts;
    pl_check *done;

    if (!read_opts(&app->opts, &opts))
        return PL_EXIT_UNREADABLE;
    if (check(app, cx, path, &opts, &done) != PL_OK)
        return pl_app_fail(cx, path);
    for (size_t i = 0; i < done->n_findings; i++)
        if (done->relations.p[i].severity == PL_SEVERITY_ERROR)
            return PL_EXIT_FINDING;
    return PL_EXIT_OK;
}

int pl_cmd_check(pl_app *app)
{
    return pl_app_each(app, check_one);
}
