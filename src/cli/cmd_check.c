#include "cli/findings.h"
#include "report/list_text.h"
#include "report/plan_json.h"

static bool read_opts(const pl_app *app, pl_check_opts *out)
{
    const pl_options *o = &app->opts;

    *out = (pl_check_opts){
        .strict = o->strict, .kinds = app->kinds, .waivers = app->waivers};
    if (o->year && !pl_app_int("--year", o->year, 1949, 2100, &out->year))
        return false;
    return pl_app_tolerance(o, &out->tolerance_percent);
}

static pl_status check(pl_ctx *cx, const pl_document *d, const pl_check_opts *opts,
                       pl_check **out)
{
    pl_plan *plan;

    PL_TRY(pl_plan_read(cx, d->doc, &plan));
    return pl_check_plan(cx, plan, opts, out);
}

static pl_status print(pl_app *app, pl_ctx *cx, const char *path, const pl_check *done)
{
    pl_text_opts look = {app->style, app->opts.notes, app->opts.relations};
    pl_json j;

    if (!app->opts.json)
        return pl_check_text(cx, done, pl_str_from(path), &look, &app->out);
    j = pl_json_begin(&app->out);
    pl_check_json(&j, done, pl_str_from(path), app->opts.relations);
    pl_buf_putc(&app->out, '\n');
    return PL_OK;
}

static int check_one(pl_app *app, pl_ctx *cx, const pl_document *d, pl_tally *tally)
{
    pl_check_opts opts;
    pl_check *done;

    if (!read_opts(app, &opts))
        return PL_EXIT_UNREADABLE;
    if (check(cx, d, &opts, &done) != PL_OK)
        return pl_app_fail(cx, d->name);
    pl_tally_check(tally, done);
    if (app->opts.explain)
        return pl_app_explain(app, done, d->name);
    if (!d->listed && print(app, cx, d->name, done) != PL_OK)
        return pl_app_fail(cx, d->name);
    return pl_check_has_errors(done) ? PL_EXIT_FINDING : PL_EXIT_OK;
}

int pl_cmd_check(pl_app *app)
{
    pl_waivers waivers;

    if (!pl_app_kinds(&app->opts, &app->kinds))
        return PL_EXIT_UNREADABLE;
    if (app->opts.waivers) {
        if (!pl_app_waivers(app, &waivers))
            return PL_EXIT_UNREADABLE;
        app->waivers = &waivers;
    }
    return pl_app_each(app, check_one);
}
