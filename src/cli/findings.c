#include "cli/findings.h"

#include "base/file.h"
#include "report/findings_text.h"
#include "report/plan_json.h"

/* The kinds there are, separated by spaces. */
static void name_kinds(pl_buf *out)
{
    for (size_t k = 0; k < PL_KIND_COUNT; k++)
        pl_buf_putf(out, k ? " %.*s" : "%.*s", PL_FMT(pl_kind_token((pl_kind)k)));
}

static bool unknown_kind(const char *option, pl_str word)
{
    pl_buf all;

    pl_buf_init(&all, 4096);
    name_kinds(&all);
    pl_app_usage("%s: no kind of finding '%.*s'; the kinds are: %.*s", option,
                 PL_FMT(word), PL_FMT(pl_buf_str(&all)));
    pl_buf_release(&all);
    return false;
}

/* Add the kinds of a list between commas to a mask. */
static bool take_kinds(const char *option, pl_str list, unsigned *mask)
{
    size_t comma;

    do {
        pl_str word;
        pl_kind k;

        comma = pl_str_find(list, PL_S(","), 0);
        word = pl_str_trim(pl_str_sub(list, 0, comma == PL_NOPOS ? list.n : comma));
        k = pl_kind_from(word);
        if (k == PL_KIND_COUNT)
            return unknown_kind(option, word);
        *mask |= 1u << k;
        list = pl_str_tail(list, comma == PL_NOPOS ? list.n : comma + 1);
    } while (comma != PL_NOPOS);
    return true;
}

bool pl_app_kinds(const pl_options *o, unsigned *kinds)
{
    const unsigned all = (1u << PL_KIND_COUNT) - 1;
    unsigned only = 0, skip = 0;

    _Static_assert(PL_KIND_COUNT < 32, "kinds fit a mask");
    for (size_t i = 0; i < o->only.n; i++)
        if (!take_kinds("--only", pl_str_from(o->only.p[i]), &only))
            return false;
    for (size_t i = 0; i < o->skip.n; i++)
        if (!take_kinds("--skip", pl_str_from(o->skip.p[i]), &skip))
            return false;
    *kinds = (only ? only : all) & ~skip;
    if (*kinds == 0) {
        pl_app_usage("--only and --skip leave no kind of finding");
        return false;
    }
    return true;
}

bool pl_app_waivers(pl_app *app, pl_waivers *out)
{
    pl_ctx *cx = &app->lexicon_cx;
    const char *path = app->opts.waivers;
    pl_bytes bytes;

    if (pl_file_read(cx, path, &bytes) == PL_OK &&
        pl_waivers_read(cx, bytes, out) == PL_OK)
        return true;
    pl_app_fail(cx, path);
    return false;
}

int pl_app_explain(pl_app *app, const pl_check *check, const char *path)
{
    pl_str id = pl_str_from(app->opts.explain);
    size_t before = app->out.n;
    bool found;

    if (app->opts.json) {
        pl_json j = pl_json_begin(&app->out);

        found = pl_explain_json(&j, check, pl_str_from(path), id);
        pl_buf_putc(&app->out, '\n');
    } else {
        found = pl_explain_text(check, id, &app->style, &app->out);
    }
    if (found)
        return PL_EXIT_OK;
    app->out.n = before;
    return pl_app_usage("%s: no relation '%.*s'; --relations lists them with their ids",
                        path, PL_FMT(id));
}
