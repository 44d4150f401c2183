#include "base/folder.h"
#include "cli/documents.h"

enum { FILES_MAX = 1000000 /* of one folder or pattern */ };

static pl_status input_add(pl_ctx *cx, pl_inputs *to, const char *path, bool found)
{
    pl_input *in = PL_VEC_ADD(cx->arena, to);

    if (!in)
        return pl_fail_memory(cx);
    *in = (pl_input){path, found};
    return PL_OK;
}

static pl_status expand_folder(pl_ctx *cx, const char *path, pl_inputs *out)
{
    pl_paths files = {0};

    PL_TRY(pl_folder_files(cx, path, FILES_MAX, &files));
    for (size_t i = 0; i < files.n; i++)
        PL_TRY(input_add(cx, out, files.p[i], true));
    return PL_OK;
}

static pl_status expand_path(pl_ctx *cx, const char *path, bool found, pl_inputs *out)
{
    return pl_folder_is(path) ? expand_folder(cx, path, out)
                              : input_add(cx, out, path, found);
}

static pl_status expand(pl_ctx *cx, const char *arg, pl_inputs *out)
{
    pl_paths paths = {0};

    if (!pl_pattern_is(arg))
        return expand_path(cx, arg, false, out);
    PL_TRY(pl_pattern_paths(cx, arg, &paths));
    for (size_t i = 0; i < paths.n; i++)
        PL_TRY(expand_path(cx, paths.p[i], true, out));
    return PL_OK;
}

pl_status pl_inputs_make(pl_app *app, pl_inputs *out, int *code)
{
    pl_ctx *cx = &app->lexicon_cx;

    for (size_t i = 0; i < app->opts.n_files; i++) {
        pl_status st = expand(cx, app->opts.files[i], out);

        if (st == PL_ENOMEM)
            return st;
        if (st != PL_OK)
            *code = pl_app_fail(cx, app->opts.files[i]);
    }
    return PL_OK;
}
