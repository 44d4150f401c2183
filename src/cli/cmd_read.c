#include "base/file.h"
#include "base/hash.h"
#include "box/box.h"
#include "cli/cli.h"
#include "doc/dump.h"
#include "report/plan_json.h"

static pl_status dump(pl_app *app, pl_ctx *cx, const char *path)
{
    pl_bytes bytes;
    pl_doc *d;

    PL_TRY(pl_file_read(cx, path, &bytes));
    PL_TRY(pl_box_doc(cx, bytes, &d));
    pl_doc_dump_text(&app->out, d);
    return PL_OK;
}

static pl_status print(pl_app *app, pl_ctx *cx, const char *path)
{
    pl_text_opts opts = {.style = app->style};
    char sha256[PL_SHA256_HEX + 1];
    pl_bytes bytes;
    pl_plan *plan;
    pl_json j;

    PL_TRY(pl_app_plan(cx, path, &bytes, &plan));
    if (!app->opts.json)
        return pl_plan_text(cx, plan, pl_str_from(path), &opts, &app->out);
    pl_sha256_hex(bytes, sha256);
    j = pl_json_begin(&app->out);
    pl_plan_json(&j, plan, pl_str_from(path), pl_str_from(sha256));
    pl_buf_putc(&app->out, '\n');
    return PL_OK;
}

static int read_one(pl_app *app, pl_ctx *cx, const char *path)
{
    pl_status st = app->opts.dump ? dump(app, cx, path) : print(app, cx, path);

    return st == PL_OK ? PL_EXIT_OK : pl_app_fail(cx, path);
}

int pl_cmd_read(pl_app *app)
{
    if (app->opts.dump && strcmp(app->opts.dump, "doc") != 0)
        return pl_app_usage("--dump prints 'doc', not '%s'", app->opts.dump);
    return pl_app_each(app, read_one);
}
