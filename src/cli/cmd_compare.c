#include "base/file.h"
#include "box/box.h"
#include "cli/cli.h"
#include "report/compare_text.h"

static pl_status read_both(pl_app *app, pl_ctx *cx, pl_plan *plans[2], const char **at)
{
    for (size_t i = 0; i < 2; i++) {
        pl_bytes bytes;
        pl_doc *doc;
        pl_status st;
        size_t most;

        *at = app->opts.files[i];
        PL_TRY(pl_file_read(cx, *at, &bytes));
        most = pl_ctx_bound(cx, bytes.n);
        st = pl_box_doc(cx, bytes, &doc);
        if (st == PL_OK)
            st = pl_plan_read(cx, doc, &plans[i]);
        pl_ctx_ceiling(cx, most);
        PL_TRY(st);
    }
    return PL_OK;
}

static pl_status print(pl_app *app, pl_ctx *cx, const pl_comparison *c)
{
    pl_json j;

    if (!app->opts.json)
        return pl_compare_text(cx, c, &app->style, &app->out);
    j = pl_json_begin(&app->out);
    pl_compare_json(&j, c, pl_str_from(app->opts.files[0]),
                    pl_str_from(app->opts.files[1]));
    pl_buf_putc(&app->out, '\n');
    return PL_OK;
}

int pl_cmd_compare(pl_app *app)
{
    const char *at = "compare";
    pl_plan *plans[2];
    pl_comparison *c;
    pl_status st;
    pl_ctx cx;
    int code;

    if (app->opts.n_files != 2)
        return pl_app_usage("two files are compared: the earlier plan, the later one");
    if (!pl_app_sandbox(app))
        return PL_EXIT_UNREADABLE;
    if (!pl_app_ctx(app, &cx))
        return pl_app_usage("out of memory");
    st = read_both(app, &cx, plans, &at);
    if (st == PL_OK)
        st = pl_compare_plans(&cx, plans[0], plans[1], &c);
    if (st == PL_OK)
        st = print(app, &cx, c);
    code = st == PL_OK ? pl_app_flush(app) : pl_app_fail(&cx, at);
    pl_arena_free(cx.arena);
    return code;
}
