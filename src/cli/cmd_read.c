#include "base/hash.h"
#include "cli/cli.h"
#include "doc/dump.h"
#include "report/list_text.h"
#include "report/plan_json.h"

static pl_status print(pl_app *app, pl_ctx *cx, const pl_document *d, const pl_plan *plan)
{
    pl_text_opts opts = {.style = app->style};
    char sha256[PL_SHA256_HEX + 1];
    pl_json j;

    if (!app->opts.json)
        return pl_plan_text(cx, plan, pl_str_from(d->name), &opts, &app->out);
    pl_sha256_hex(d->bytes, sha256);
    j = pl_json_begin(&app->out);
    pl_plan_json(&j, plan, pl_str_from(d->name), pl_str_from(sha256));
    pl_buf_putc(&app->out, '\n');
    return PL_OK;
}

static pl_status read(pl_app *app, pl_ctx *cx, const pl_document *d, pl_tally *tally)
{
    pl_plan *plan;

    if (app->opts.dump) {
        if (strcmp(app->opts.dump, "html") == 0)
            pl_doc_dump_html(&app->out, d->doc);
        else
            pl_doc_dump_text(&app->out, d->doc);
        tally->documents = 1;
        return PL_OK;
    }
    PL_TRY(pl_plan_read(cx, d->doc, &plan));
    pl_tally_plan(tally, plan);
    return d->listed ? PL_OK : print(app, cx, d, plan);
}

static int read_one(pl_app *app, pl_ctx *cx, const pl_document *d, pl_tally *tally)
{
    return read(app, cx, d, tally) == PL_OK ? PL_EXIT_OK : pl_app_fail(cx, d->name);
}

int pl_cmd_read(pl_app *app)
{
    const char *as = app->opts.dump;

    if (as && strcmp(as, "doc") != 0 && strcmp(as, "html") != 0)
        return pl_app_usage("--dump prints 'doc' or 'html', not '%s'", as);
    return pl_app_each(app, read_one);
}
