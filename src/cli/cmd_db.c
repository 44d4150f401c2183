/* The commands that work on a database of plans: DB is a file or a postgresql:// URL. */
#include "base/file.h"
#include "cli/db_job.h"
#include "service/package.h"
#include <inttypes.h>
#include <pwd.h>
#include <time.h>
#include <unistd.h>

typedef pl_db_job job;

/* Who is at the keyboard: --by, else the login name. */
static pl_str actor_of(const pl_options *o)
{
    const struct passwd *p = o->by ? NULL : getpwuid(getuid());

    return pl_str_from(o->by ? o->by : p ? p->pw_name : "operator");
}

static pl_now clock_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_REALTIME, &t);
    return (pl_now){t.tv_sec, (int)(t.tv_nsec / 1000000)};
}

pl_str pl_db_words(const job *j, const char *zh, const char *en)
{
    return pl_str_from(j->app->style.english ? en : zh);
}

int pl_db_run(pl_app *app, size_t least, size_t most, const char *needs,
              int (*work)(job *j, const char **args, size_t n))
{
    job j = {.app = app, .rq = {actor_of(&app->opts), clock_now()}};
    int code, flushed;

    if (app->opts.n_files < 1 + least || app->opts.n_files > 1 + most)
        return pl_app_usage("what is needed: %s", needs);
    if (j.rq.actor.n == 0)
        return pl_app_usage("--by is a name, not empty");
    if (!pl_app_ctx(app, &j.cx))
        return pl_app_usage("out of memory");
    j.where = app->opts.files[0];
    code = work(&j, app->opts.files + 1, app->opts.n_files - 1);
    pl_store_close(j.s);
    pl_arena_free(j.cx.arena);
    flushed = pl_app_flush(app);
    return flushed != PL_EXIT_OK ? flushed : code;
}

bool pl_db_open(job *j)
{
    if (pl_service_open(&j->cx, j->where, &j->s) == PL_OK)
        return true;
    pl_app_fail(&j->cx, j->where);
    return false;
}

/* ---- init */

static int do_init(job *j, const char **args, size_t n)
{
    const pl_options *o = &j->app->opts;

    (void)args;
    (void)n;
    if (!o->region || !o->name)
        return pl_app_usage("a database is made for a region: --region CODE --name NAME");
    if (pl_service_init(&j->cx, &j->rq, j->where, pl_str_from(o->region),
                        pl_str_from(o->name), &j->s) != PL_OK)
        return pl_app_fail(&j->cx, j->where);
    pl_buf_putf(&j->app->out, "%.*s%s %s\n", PL_FMT(pl_db_words(j, "已建立：", "made: ")),
                o->region, o->name);
    return PL_EXIT_OK;
}

int pl_cmd_init(pl_app *app)
{
    return pl_db_run(app, 0, 0, "init DB --region CODE --name NAME", do_init);
}

/* ---- import */

static void say_imported(job *j, const char *path, const pl_saved *saved)
{
    pl_buf *out = &j->app->out;

    pl_buf_putf(out, "%s: ", path);
    if (saved->known) {
        pl_buf_put(out, pl_db_words(j, "此前已导入，未重复写入\n",
                                    "imported before, kept once\n"));
        return;
    }
    pl_buf_putf(out, "%.*s",
                PL_FMT(pl_db_words(j, "已导入。指标：", "imported. Indicators:")));
    for (int l = 0; l < PL_LINK_COUNT; l++)
        if (saved->links[l])
            pl_buf_putf(out, " %.*s %zu",
                        PL_FMT(pl_say(&j->app->style, pl_link_words((pl_link)l))),
                        saved->links[l]);
    pl_buf_putc(out, '\n');
    for (size_t i = 0; i < saved->unsure.n; i++)
        pl_buf_putf(out, "  %.*s %.*s → %.*s\n",
                    PL_FMT(pl_db_words(j, "请确认：", "please confirm:")),
                    PL_FMT(saved->unsure.p[i].name),
                    PL_FMT(saved->unsure.p[i].resembles));
}

static void say_package(job *j, const char *path, const pl_package_result *r)
{
    pl_buf_putf(&j->app->out, "%s: %.*s%zu  %.*s%zu  %.*s%zu  %.*s%zu\n", path,
                PL_FMT(pl_db_words(j, "文件 ", "documents ")), r->documents,
                PL_FMT(pl_db_words(j, "其中已有 ", "known ")), r->known,
                PL_FMT(pl_db_words(j, "豁免与恢复 ", "waivers ")), r->waivers,
                PL_FMT(pl_db_words(j, "指标对应 ", "links ")), r->links);
}

/* A package of `export`, or a document. */
static pl_status import_bytes(job *j, pl_ctx *cx, pl_str region, const char *path,
                              pl_bytes bytes)
{
    pl_package_result result;
    pl_saved saved;

    if (pl_package_is(cx, bytes)) {
        PL_TRY(pl_service_import_package(cx, &j->rq, j->s, region, bytes, &result));
        say_package(j, path, &result);
        return PL_OK;
    }
    PL_TRY(pl_service_import(cx, &j->rq, j->s, region, pl_str_from(path), bytes, &saved));
    say_imported(j, path, &saved);
    return PL_OK;
}

/* One file, in a context of its own; its failure has been said. */
static int import_one(job *j, pl_str region, const char *path)
{
    pl_ctx cx;
    pl_bytes bytes;
    pl_status st;

    if (!pl_app_ctx(j->app, &cx))
        return pl_app_usage("out of memory");
    st = pl_file_read(&cx, path, &bytes);
    if (st == PL_OK)
        st = import_bytes(j, &cx, region, path, bytes);
    if (st != PL_OK)
        pl_app_fail(&cx, path);
    pl_arena_free(cx.arena);
    return st == PL_OK ? PL_EXIT_OK : PL_EXIT_UNREADABLE;
}

static int do_import(job *j, const char **args, size_t n)
{
    const char *named = j->app->opts.region;
    int code = PL_EXIT_OK;
    pl_str region;

    if (!pl_app_sandbox(j->app) || !pl_db_open(j))
        return PL_EXIT_UNREADABLE;
    if (pl_service_region(&j->cx, j->s, pl_str_from(named), &region) != PL_OK)
        return pl_app_fail(&j->cx, j->where);
    for (size_t i = 0; i < n; i++, j->rq.now = pl_now_later(j->rq.now, 1)) {
        if (import_one(j, region, args[i]) != PL_EXIT_OK)
            code = PL_EXIT_UNREADABLE;
        if (pl_app_flush(j->app) != PL_EXIT_OK)
            return PL_EXIT_UNREADABLE;
    }
    return code;
}

int pl_cmd_import(pl_app *app)
{
    return pl_db_run(app, 1, SIZE_MAX - 1, "import DB FILE…", do_import);
}

/* ---- plans */

static void put_date(pl_buf *out, int64_t s)
{
    time_t t = (time_t)s;
    char text[32] = "";
    struct tm tm;

    if (gmtime_r(&t, &tm))
        strftime(text, sizeof text, "%Y-%m-%d %H:%M", &tm);
    pl_buf_putf(out, "%s", text);
}

static int do_plans(job *j, const char **args, size_t n)
{
    pl_buf *out = &j->app->out;
    pl_plan_lines lines;
    pl_str region;

    (void)args;
    (void)n;
    if (!pl_db_open(j))
        return PL_EXIT_UNREADABLE;
    if (pl_service_region(&j->cx, j->s, pl_str_from(j->app->opts.region), &region) !=
            PL_OK ||
        pl_service_plans(&j->cx, j->s, region, &lines) != PL_OK)
        return pl_app_fail(&j->cx, j->where);
    for (size_t i = 0; i < lines.n; i++) {
        const pl_plan_line *l = &lines.p[i];

        put_date(out, l->recorded_at_s);
        pl_buf_putf(out, "  %" PRId64 "  %.*s %" PRId64 "  %.*s %" PRId64 " / %" PRId64,
                    l->year, PL_FMT(pl_db_words(j, "任务", "tasks")), l->tasks,
                    PL_FMT(pl_db_words(j, "完成/未完成", "met/missed")), l->met,
                    l->missed);
        pl_buf_putf(out, "  %.*s  %.*s\n", PL_FMT(l->plan_id), PL_FMT(l->title));
    }
    if (lines.n == 0)
        pl_buf_putf(out, "%.*s\n",
                    PL_FMT(pl_db_words(j, "尚无规划，用 import 导入",
                                       "no plans yet: import one")));
    return PL_EXIT_OK;
}

int pl_cmd_plans(pl_app *app)
{
    return pl_db_run(app, 0, 0, "plans DB", do_plans);
}

/* ---- backup, restore, doctor, audit */

static int do_backup(job *j, const char **args, size_t n)
{
    int64_t rows;

    (void)n;
    if (!pl_db_open(j))
        return PL_EXIT_UNREADABLE;
    if (pl_service_backup(&j->cx, j->s, args[0], &rows) != PL_OK)
        return pl_app_fail(&j->cx, j->where);
    pl_buf_putf(&j->app->out, "%s: %" PRId64 "%.*s\n", args[0], rows,
                PL_FMT(pl_db_words(j, " 行已备份", " rows backed up")));
    return PL_EXIT_OK;
}

int pl_cmd_backup(pl_app *app)
{
    return pl_db_run(app, 1, 1, "backup DB FILE", do_backup);
}

static int do_restore(job *j, const char **args, size_t n)
{
    int64_t rows;

    (void)n;
    if (pl_service_restore(&j->cx, &j->rq, args[0], j->where, &rows) != PL_OK)
        return pl_app_fail(&j->cx, args[0]);
    pl_buf_putf(&j->app->out, "%s: %" PRId64 "%.*s\n", j->where, rows,
                PL_FMT(pl_db_words(j, " 行已恢复", " rows restored")));
    return PL_EXIT_OK;
}

int pl_cmd_restore(pl_app *app)
{
    return pl_db_run(app, 1, 1, "restore DB FILE", do_restore);
}

static int do_upgrade(job *j, const char **args, size_t n)
{
    pl_buf *out = &j->app->out;
    pl_upgrade up;

    if (pl_service_upgrade(&j->cx, &j->rq, j->where, n ? args[0] : NULL, &up) != PL_OK)
        return pl_app_fail(&j->cx, j->where);
    if (up.from == up.to) {
        pl_buf_putf(
            out, "%.*s%" PRId64 "\n",
            PL_FMT(pl_db_words(j, "已是最新：结构版本 ", "up to date: schema version ")),
            up.to);
        return PL_EXIT_OK;
    }
    pl_buf_putf(out, "%.*s: %" PRId64 "%.*s\n", PL_FMT(up.backup), up.rows,
                PL_FMT(pl_db_words(j, " 行已备份", " rows backed up")));
    pl_buf_putf(out, "%.*s%" PRId64 " → %" PRId64 "\n",
                PL_FMT(pl_db_words(j, "已升级：结构版本 ", "upgraded: schema version ")),
                up.from, up.to);
    return PL_EXIT_OK;
}

int pl_cmd_upgrade(pl_app *app)
{
    return pl_db_run(app, 0, 1, "upgrade DB [BACKUP]", do_upgrade);
}

static int do_doctor(job *j, const char **args, size_t n)
{
    pl_health h;

    (void)args;
    (void)n;
    if (!pl_db_open(j))
        return PL_EXIT_UNREADABLE;
    if (pl_service_doctor(&j->cx, j->s, &h) != PL_OK)
        return pl_app_fail(&j->cx, j->where);
    pl_buf_putf(&j->app->out, "%.*s%" PRId64 "%.*s%" PRId64 "\n",
                PL_FMT(pl_db_words(j, "完好。结构版本 ", "sound. Schema version ")),
                h.schema.version,
                PL_FMT(pl_db_words(j, "，审计记录 ", ", audit entries ")), h.audit.seq);
    return PL_EXIT_OK;
}

int pl_cmd_doctor(pl_app *app)
{
    return pl_db_run(app, 0, 0, "doctor DB", do_doctor);
}

/* The anchors of a file, one a line; lines that are none are refused with their place. */
static pl_status read_anchors(pl_ctx *cx, const char *path, pl_anchor **out, size_t *n)
{
    PL_VEC(pl_anchor) all = {0};
    pl_bytes bytes;
    pl_str text;

    PL_TRY(pl_file_read(cx, path, &bytes));
    text = (pl_str){(const char *)bytes.p, bytes.n};
    for (uint32_t line = 1; text.n; line++) {
        size_t end = pl_str_find(text, PL_S("\n"), 0);
        pl_str one = pl_str_sub(text, 0, end == PL_NOPOS ? text.n : end);
        pl_anchor *a = PL_VEC_ADD(cx->arena, &all);

        if (!a)
            return pl_fail_memory(cx);
        if (!pl_anchor_parse(one, a)) {
            pl_fail(cx, PL_ESYNTAX, PL_NOPOS, "not an anchor: NUMBER DIGEST");
            cx->err.line = line;
            return PL_ESYNTAX;
        }
        text = end == PL_NOPOS ? (pl_str){0} : pl_str_tail(text, end + 1);
    }
    *out = all.p;
    *n = all.n;
    return PL_OK;
}

static int audit_verify(job *j, const char *path)
{
    pl_anchor *anchors = NULL, end;
    size_t n = 0;

    if (path && read_anchors(&j->cx, path, &anchors, &n) != PL_OK)
        return pl_app_fail(&j->cx, path);
    if (pl_audit_verify(&j->cx, j->s, anchors, n, &end) != PL_OK)
        return pl_app_fail(&j->cx, j->where);
    pl_buf_putf(&j->app->out, "%.*s%" PRId64 " %s\n",
                PL_FMT(pl_db_words(j, "审计链完整，至 ", "the chain is whole, up to ")),
                end.seq, end.hash);
    return PL_EXIT_OK;
}

static int audit_anchor(job *j)
{
    pl_anchor end;

    if (pl_audit_end(&j->cx, j->s, &end) != PL_OK)
        return pl_app_fail(&j->cx, j->where);
    pl_buf_putf(&j->app->out, "%" PRId64 " %s\n", end.seq, end.hash);
    return PL_EXIT_OK;
}

static int do_audit(job *j, const char **args, size_t n)
{
    const char *verb = j->where;

    j->where = args[0];
    if (strcmp(verb, "verify") != 0 && strcmp(verb, "anchor") != 0)
        return pl_app_usage("audit verify DB [ANCHORS], or audit anchor DB, not '%s'",
                            verb);
    if (!pl_db_open(j))
        return PL_EXIT_UNREADABLE;
    return strcmp(verb, "anchor") == 0 ? audit_anchor(j)
                                       : audit_verify(j, n > 1 ? args[1] : NULL);
}

int pl_cmd_audit(pl_app *app)
{
    return pl_db_run(app, 1, 2, "audit verify DB [ANCHORS], or audit anchor DB",
                     do_audit);
}
