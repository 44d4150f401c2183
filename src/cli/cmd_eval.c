#include "cli/cli.h"
#include "report/plan_json.h"
#include "text/utf8.h"

/* Parse an argument as a phrase; NULL stays NULL. */
static pl_status phrase_of(pl_ctx *cx, const char *what, const char *arg,
                           const pl_options *o, const pl_phrase **out)
{
    pl_phrase_opts opts = {.name = pl_str_from(o->name), .unit = pl_str_from(o->unit)};
    pl_str text = pl_str_from(arg);
    pl_phrase *p;
    size_t bad;

    *out = NULL;
    if (!arg)
        return PL_OK;
    bad = pl_utf8_bad((pl_bytes){(const unsigned char *)arg, text.n});
    if (bad != PL_NOPOS)
        return pl_fail(cx, PL_ESYNTAX, bad, "%s is not UTF-8 at byte %zu", what, bad + 1);
    PL_TRY(pl_phrase_parse(cx, text, &opts, &p));
    *out = p;
    return PL_OK;
}

static pl_status judge(pl_ctx *cx, const pl_options *o, pl_judge_in *in, pl_verdict *v)
{
    in->name = pl_str_from(o->name);
    in->unit = pl_str_from(o->unit);
    PL_TRY(phrase_of(cx, "TARGET", o->files[0], o, &in->target));
    PL_TRY(phrase_of(cx, "VALUE", o->files[1], o, &in->value));
    PL_TRY(phrase_of(cx, "--previous", o->previous, o, &in->previous));
    PL_TRY(phrase_of(cx, "--term", o->term, o, &in->term_target));
    return pl_judge(cx, in, v);
}

static bool read_settings(const pl_options *o, pl_judge_in *in)
{
    if (o->direction) {
        if (strcmp(o->direction, "up") == 0)
            in->direction = PL_DIR_UP;
        else if (strcmp(o->direction, "down") == 0)
            in->direction = PL_DIR_DOWN;
        else {
            pl_app_usage("--direction is up or down, not '%s'", o->direction);
            return false;
        }
    }
    return pl_app_tolerance(o, &in->tolerance_percent);
}

static int exit_code(pl_outcome o)
{
    static const int code[] = {PL_EXIT_OK, PL_EXIT_FINDING, PL_EXIT_UNDETERMINED};

    _Static_assert(PL_COUNT(code) == PL_OUTCOME_COUNT, "one code per outcome");
    return code[o];
}

int pl_cmd_eval(pl_app *app)
{
    pl_judge_in in = {0};
    int code, flushed;
    pl_verdict v;
    pl_ctx cx;

    if (app->opts.n_files != 2)
        return pl_app_usage(
            "eval takes a TARGET and a VALUE; see 'plumbline eval --help'");
    if (!read_settings(&app->opts, &in))
        return PL_EXIT_UNREADABLE;
    if (!pl_app_ctx(app, &cx))
        return pl_app_usage("out of memory");
    if (judge(&cx, &app->opts, &in, &v) != PL_OK) {
        code = pl_app_fail(&cx, "eval");
    } else {
        if (app->opts.json) {
            pl_json j = pl_json_begin(&app->out);

            pl_verdict_json(&j, &v);
            pl_buf_putc(&app->out, '\n');
        } else {
            pl_verdict_text(&app->out, &v, &app->style);
        }
        code = exit_code(v.outcome);
        flushed = pl_app_flush(app);
        code = flushed == PL_EXIT_OK ? code : flushed;
    }
    pl_arena_free(cx.arena);
    return code;
}
