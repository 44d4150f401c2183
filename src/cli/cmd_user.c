/* plumbline user: who may log in. */
#include "cli/db_job.h"
#include "records/plan_rows.h"
#include "service/people.h"

/* One verb: how many arguments it takes after itself, and what it does. */
typedef struct verb {
    const char *name;
    size_t n_args;
    pl_status (*run)(pl_db_job *j, pl_str region, const char **args);
} verb;

/* ---- list */

static void put_user(pl_db_job *j, const pl_user *u)
{
    pl_buf *out = &j->app->out;

    pl_buf_putf(out, "%.*s  %.*s  %.*s", PL_FMT(u->login), PL_FMT(u->name),
                PL_FMT(pl_say(&j->app->style, pl_user_role_words(u->role))));
    if (u->unit_name.n)
        pl_buf_putf(out, "  %.*s", PL_FMT(u->unit_name));
    if (u->is_disabled)
        pl_buf_putf(out, "  %.*s", PL_FMT(pl_db_words(j, "已停用", "disabled")));
    else if (!u->has_password && !u->has_oidc)
        pl_buf_putf(out, "  %.*s", PL_FMT(pl_db_words(j, "尚未登录", "not come yet")));
    pl_buf_putc(out, '\n');
}

static pl_status list(pl_db_job *j, pl_str region, const char **args)
{
    pl_user_rows rows;

    (void)args;
    PL_TRY(pl_user_list(&j->cx, j->s, region, &rows));
    for (size_t i = 0; i < rows.n; i++)
        put_user(j, &rows.p[i]);
    if (rows.n == 0)
        pl_buf_putf(
            &j->app->out, "%.*s\n",
            PL_FMT(pl_db_words(j, "尚无用户，用 add 新建", "no users yet: add one")));
    return PL_OK;
}

/* ---- add, invite */

/* The link is told as a page of the cockpit, whatever its address. */
static pl_status invite(pl_db_job *j, pl_str region, const char **args)
{
    pl_str secret;

    PL_TRY(pl_invite(&j->cx, &j->rq, j->s, region, pl_str_from(args[0]), &secret));
    pl_buf_putf(&j->app->out, "%.*s/invitation/%.*s\n",
                PL_FMT(pl_db_words(j, "一次性链接（七天内有效）：",
                                   "link that works once, for seven days: ")),
                PL_FMT(secret));
    return PL_OK;
}

static pl_status role_of(pl_ctx *cx, const char *token, pl_user_role *out)
{
    if (token && pl_user_role_find(pl_str_from(token), out))
        return PL_OK;
    return pl_fail(cx, PL_ESYNTAX, PL_NOPOS,
                   "a role is one of admin office lead reporter supervisor reader");
}

/* The unit that is named so, or has it as an alias. */
static pl_status unit_of(pl_db_job *j, pl_str region, const char *name, pl_str *id)
{
    pl_value args[] = {PL_V_TEXT(region), PL_V_TEXT(pl_str_from(name))};

    *id = (pl_str){0};
    if (!name)
        return PL_OK;
    PL_TRY(pl_id_look_up(&j->cx, j->s, PL_Q_unit_find, args, PL_COUNT(args), id));
    return id->n ? PL_OK : pl_fail(&j->cx, PL_ENOTFOUND, PL_NOPOS, "no unit '%s'", name);
}

static pl_status add(pl_db_job *j, pl_str region, const char **args)
{
    const pl_options *o = &j->app->opts;
    pl_user_in in = {.login = pl_str_from(args[0]),
                     .name = pl_str_from(o->name ? o->name : args[0])};
    const char *login;
    pl_user u;

    PL_TRY(role_of(&j->cx, o->role, &in.role));
    PL_TRY(unit_of(j, region, o->unit, &in.unit_id));
    PL_TRY(pl_user_add(&j->cx, &j->rq, j->s, region, &in, &u));
    login = args[0];
    put_user(j, &u);
    return invite(j, region, &login);
}

/* ---- changes */

static pl_status change(pl_db_job *j, pl_str region, const char *login,
                        const pl_user_patch *patch)
{
    pl_user u;

    PL_TRY(pl_user_change(&j->cx, &j->rq, j->s, region, pl_str_from(login), patch, &u));
    put_user(j, &u);
    return PL_OK;
}

static pl_status disable(pl_db_job *j, pl_str region, const char **args)
{
    bool yes = true;
    pl_user_patch patch = {.is_disabled = &yes};

    return change(j, region, args[0], &patch);
}

static pl_status enable(pl_db_job *j, pl_str region, const char **args)
{
    bool no = false;
    pl_user_patch patch = {.is_disabled = &no};

    return change(j, region, args[0], &patch);
}

static pl_status give_role(pl_db_job *j, pl_str region, const char **args)
{
    pl_user_role role;
    pl_str unit_id;
    pl_user_patch patch = {.role = &role};

    PL_TRY(role_of(&j->cx, args[1], &role));
    PL_TRY(unit_of(j, region, j->app->opts.unit, &unit_id));
    if (unit_id.n)
        patch.unit_id = &unit_id;
    return change(j, region, args[0], &patch);
}

static const verb verbs[] = {
    {"list", 0, list},       {"add", 1, add},       {"invite", 1, invite},
    {"disable", 1, disable}, {"enable", 1, enable}, {"role", 2, give_role},
};

static int do_user(pl_db_job *j, const char **args, size_t n)
{
    const verb *v = NULL;
    pl_str region;

    for (size_t i = 0; i < PL_COUNT(verbs); i++)
        if (strcmp(args[0], verbs[i].name) == 0)
            v = &verbs[i];
    if (!v || n != 1 + v->n_args)
        return pl_app_usage("user DB %s", j->app->command->usage + sizeof "DB");
    if (!pl_db_open(j))
        return PL_EXIT_UNREADABLE;
    if (pl_service_region(&j->cx, j->s, pl_str_from(j->app->opts.region), &region) !=
            PL_OK ||
        v->run(j, region, args + 1) != PL_OK)
        return pl_app_fail(&j->cx, j->where);
    return PL_EXIT_OK;
}

int pl_cmd_user(pl_app *app)
{
    return pl_db_run(app, 1, 3, "user DB list, add, invite, disable, enable or role",
                     do_user);
}
