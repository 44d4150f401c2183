/* plumbline: one program, its commands in a table. */
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/cli.h"

const pl_command pl_commands[] = {
    {"read",
     pl_cmd_read,
     "PATH…",
     {PL_S_INIT("读出文件中的规划：指标、任务、目标、提纲、单位"),
      PL_S_INIT("the plan that a document holds")},
     "json dump full jobs track-changes no-sandbox lang lexicon width"},
    {"check",
     pl_cmd_check,
     "PATH…",
     {PL_S_INIT("判定各项指标是否完成，并找出文件自相矛盾之处"),
      PL_S_INIT("verdicts on its targets, and where it contradicts itself")},
     "json year strict notes relations explain only skip waivers tolerance full jobs "
     "track-changes no-sandbox lang lexicon width",
     true},
    {"compare",
     pl_cmd_compare,
     "OLD NEW",
     {PL_S_INIT("比较两份规划的目标：收紧、放宽、改写、新增、取消"),
      PL_S_INIT("how targets moved from one plan to the next")},
     "json no-sandbox lang lexicon width"},
    {"eval",
     pl_cmd_eval,
     "TARGET VALUE",
     {PL_S_INIT("判定一个完成值是否达到一个目标"),
      PL_S_INIT("does one value meet one target?")},
     "json previous name direction unit term tolerance lang lexicon width"},
    {"init",
     pl_cmd_init,
     "DB",
     {PL_S_INIT("为一个地区建立规划数据库"), PL_S_INIT("make a database for a region")},
     "region name by lang"},
    {"import",
     pl_cmd_import,
     "DB FILE…",
     {PL_S_INIT("读入、判定并保存文件中的规划"),
      PL_S_INIT("read, judge and keep the plans of documents")},
     "region by no-sandbox lang lexicon"},
    {"plans",
     pl_cmd_plans,
     "DB",
     {PL_S_INIT("列出数据库中的规划"), PL_S_INIT("the plans of a database")},
     "region lang"},
    {"backup",
     pl_cmd_backup,
     "DB FILE",
     {PL_S_INIT("把数据库备份到一个文件，使用中也可"),
      PL_S_INIT("all of a database into a file, also while it is used")},
     "lang"},
    {"restore",
     pl_cmd_restore,
     "DB FILE",
     {PL_S_INIT("由备份建立数据库"), PL_S_INIT("make a database from a backup")},
     "by lang"},
    {"export",
     pl_cmd_export,
     "DB [FILE]",
     {PL_S_INIT("导出规划：文件原文、决定与各清单"),
      PL_S_INIT("plans out of a database: documents, decisions, lists")},
     "region plan format lang"},
    {"upgrade",
     pl_cmd_upgrade,
     "DB [BACKUP]",
     {PL_S_INIT("备份后把旧版数据库升级到本程序的结构"),
      PL_S_INIT("bring an older database to this program's schema, after a backup")},
     "by lang"},
    {"user",
     pl_cmd_user,
     "DB list | add LOGIN | invite LOGIN | disable LOGIN | enable LOGIN | role LOGIN "
     "ROLE",
     {PL_S_INIT("维护用户：列出、新建、邀请、停用、启用、改角色"),
      PL_S_INIT("users: list, add, invite, disable, enable, change the role")},
     "region name role unit by lang"},
    {"doctor",
     pl_cmd_doctor,
     "DB",
     {PL_S_INIT("检查数据库是否完好"), PL_S_INIT("is a database sound?")},
     "lang"},
    {"audit",
     pl_cmd_audit,
     "verify DB [ANCHORS] | anchor DB",
     {PL_S_INIT("核验审计链，或打印其末端供异地留存"),
      PL_S_INIT("verify the audit chain, or print its end to keep elsewhere")},
     "lang"},
    {"serve",
     pl_cmd_serve,
     "DB",
     {PL_S_INIT("在网上提供数据库：接口与驾驶舱"),
      PL_S_INIT("the API and the cockpit on a database")},
     "listen cert key region public-url trust-proxy oidc-issuer oidc-client "
     "oidc-secret-file no-sandbox lang lexicon"},
    {NULL, NULL, NULL, {{0}, {0}}, NULL},
};

/* Every option: its place in pl_options; a flag takes no value. */
static const struct option {
    const char *name;
    size_t at;
    enum { FLAG_OPTION, TEXT_OPTION, LIST_OPTION } takes; /* a list: given again, adds */
    const char *value;
    pl_bitext says;
} options[] = {
#define FLAG(name, zh, en)                                  \
    {                                                       \
#name, offsetof(pl_options, name), FLAG_OPTION, "", \
        {                                                   \
            PL_S_INIT(zh), PL_S_INIT(en)                    \
        }                                                   \
    }
/* A name of two words: `--two-words` is pl_options.two_words. */
#define FLAG2(field, name, zh, en)                          \
    {                                                       \
        name, offsetof(pl_options, field), FLAG_OPTION, "", \
        {                                                   \
            PL_S_INIT(zh), PL_S_INIT(en)                    \
        }                                                   \
    }
#define TEXT2(field, name, value, zh, en)                      \
    {                                                          \
        name, offsetof(pl_options, field), TEXT_OPTION, value, \
        {                                                      \
            PL_S_INIT(zh), PL_S_INIT(en)                       \
        }                                                      \
    }
#define VALUE(name, takes, value, zh, en)                \
    {                                                    \
#name, offsetof(pl_options, name), takes, value, \
        {                                                \
            PL_S_INIT(zh), PL_S_INIT(en)                 \
        }                                                \
    }
#define TEXT(name, value, zh, en) VALUE(name, TEXT_OPTION, value, zh, en)
#define LIST(name, value, zh, en) VALUE(name, LIST_OPTION, value, zh, en)
    FLAG(json, "输出 JSON，每个文件一行", "JSON, one line for each file"),
    TEXT(year, "Y", "判定哪一年（默认：目标与完成值俱全的最近一年）",
         "the year to judge (default: the latest with targets and values)"),
    FLAG(strict, "只有实测才算完成或未完成", "only measured verdicts count"),
    FLAG(notes, "也列出提示", "list notes too"),
    FLAG(relations, "列出核对过的全部关系", "list every relation examined"),
    TEXT(explain, "ID", "完整列出一条关系", "print one relation in full"),
    LIST(only, "KIND,…", "只查这些种类（可重复）", "these kinds of findings only"),
    LIST(skip, "KIND,…", "不查这些种类（可重复）", "not these kinds of findings"),
    TEXT(waivers, "FILE", "已豁免的问题清单", "findings that may stand, and why"),
    TEXT(tolerance, "PERCENT", "“左右”的容差（默认 5%）",
         "tolerance of 左右 (default 5)"),
    TEXT(previous, "V", "上一期的值", "value of the period before"),
    TEXT(name, "N", "名称（指标、地区或用户）", "name, of the indicator, region or user"),
    TEXT(direction, "up|down", "越高越好还是越低越好", "which way is better"),
    TEXT(unit, "U", "指标单位；用户所属单位", "unit of the indicator; a user's unit"),
    TEXT(role, "ROLE", "用户角色", "a user's role"),
    TEXT(region, "CODE", "地区代码（GB/T 2260，六位）", "region: six digits (GB/T 2260)"),
    TEXT(plan, "ID", "规划编号（默认：全部）", "id of a plan (default: all)"),
    TEXT(format, "F", "zip（默认，可再导入）、json、csv、ndjson",
         "zip (the default; import reads it), json, csv, ndjson"),
    TEXT(by, "NAME", "操作人（默认：登录名）", "who does it (default: the login name)"),
    TEXT(term, "T", "五年规划目标", "target of the plan's term"),
    TEXT(dump, "doc|html", "改为打印读出的文档：清单或网页",
         "print the document as read: a listing, or a page"),
    TEXT2(track_changes, "track-changes", "accept|reject|all",
          "修订如何处理（默认 accept）", "tracked changes (default: accept)"),
    FLAG(full, "多个文件也逐一给出完整报告", "of many files too, a full report each"),
    TEXT(jobs, "N", "同时处理的文件数；-j 为全部处理器",
         "files worked on at a time; -j is one a processor"),
    FLAG2(no_sandbox, "no-sandbox", "在本进程中读取，不加隔离",
          "read in this process, unconfined"),
    TEXT(listen, "ADDR:PORT", "监听地址（默认 127.0.0.1:8080）",
         "where to listen (default 127.0.0.1:8080)"),
    TEXT(cert, "FILE", "TLS 证书（PEM）", "TLS: certificate, PEM"),
    TEXT(key, "FILE", "TLS 私钥（PEM）", "TLS: its key, PEM"),
    TEXT2(public_url, "public-url", "URL", "对外地址", "address that people use"),
    TEXT2(oidc_issuer, "oidc-issuer", "URL", "统一身份服务器（OpenID Connect）",
          "server that logs people in, too (OpenID Connect)"),
    TEXT2(oidc_client, "oidc-client", "ID", "在该服务器登记的客户端",
          "client registered there"),
    TEXT2(oidc_secret_file, "oidc-secret-file", "FILE", "客户端密钥文件",
          "file that holds the client's secret"),
    FLAG2(trust_proxy, "trust-proxy", "信任代理的 X-Forwarded-*",
          "believe X-Forwarded-* of a proxy in front"),
    TEXT(lang, "zh|en", "语言（默认按区域设置）", "language (default: by locale)"),
    TEXT(lexicon, "FILE", "覆盖内置词表的文件", "rows laid over the built-in lexicon"),
    TEXT(width, "N", "行宽（默认：终端宽度，否则 140）",
         "columns of a line (default: the terminal's, else 140)"),
    FLAG(help, "显示本帮助", "this help"),
    FLAG(version, "显示版本", "the version"),
#undef FLAG
#undef LIST
#undef FLAG2
#undef TEXT2
#undef TEXT
#undef VALUE
};

/* Is `name` among the words of `list`? */
static bool listed(const char *list, pl_str name)
{
    pl_str s = pl_str_from(list);

    while (s.n) {
        size_t end = pl_str_find(s, PL_S(" "), 0);

        if (pl_str_eq(pl_str_sub(s, 0, end == PL_NOPOS ? s.n : end), name))
            return true;
        s = end == PL_NOPOS ? (pl_str){0} : pl_str_tail(s, end + 1);
    }
    return false;
}

static const struct option *option_named(const pl_command *c, pl_str name)
{
    for (size_t i = 0; i < PL_COUNT(options); i++)
        if (pl_str_eq(pl_str_from(options[i].name), name) &&
            (listed("help version", name) || (c && listed(c->options, name))))
            return &options[i];
    return NULL;
}

static bool add_value(const struct option *o, pl_arg_list *list, const char *value)
{
    if (list->n == PL_LIST_MAX) {
        pl_app_usage("option '--%s' may be given %d times; commas join several values",
                     o->name, (int)PL_LIST_MAX);
        return false;
    }
    list->p[list->n++] = value;
    return true;
}

/* Take one `--name[=value]`; *i moves past a value of its own. */
static bool take_option(const pl_command *c, char **argv, int argc, int *i,
                        pl_options *out)
{
    pl_str arg = pl_str_tail(pl_str_from(argv[*i]), 2), name;
    size_t eq = pl_str_find(arg, PL_S("="), 0);
    const struct option *o;
    const char *value;

    name = eq == PL_NOPOS ? arg : pl_str_sub(arg, 0, eq);
    o = option_named(c, name);
    if (!o) {
        pl_app_usage("no option '--%.*s'%s%s; see 'plumbline %s --help'", PL_FMT(name),
                     c ? " for " : "", c ? c->name : "", c ? c->name : "");
        return false;
    }
    if (o->takes == FLAG_OPTION) {
        *(bool *)((char *)out + o->at) = true;
        if (eq != PL_NOPOS)
            pl_app_usage("option '--%s' takes no value", o->name);
        return eq == PL_NOPOS;
    }
    if (eq == PL_NOPOS && ++*i >= argc) {
        pl_app_usage("option '--%s' needs a value: %s", o->name, o->value);
        return false;
    }
    value = eq == PL_NOPOS ? argv[*i] : arg.p + eq + 1;
    if (o->takes == LIST_OPTION)
        return add_value(o, (pl_arg_list *)((char *)out + o->at), value);
    *(const char **)((char *)out + o->at) = value;
    return true;
}

/* `-j4`, `-j 4`, or `-j` alone: what follows it is a number or another argument. */
static void take_jobs(char **argv, int argc, int *i, pl_options *out)
{
    const char *value = argv[*i] + 2;

    if (!*value && *i + 1 < argc && pl_is_digit(argv[*i + 1][0]) &&
        argv[*i + 1][strspn(argv[*i + 1], "0123456789")] == 0)
        value = argv[++*i];
    out->jobs = value;
}

/* `-` and negative figures are arguments, not options; after `--` all are. */
static bool parse(const pl_command *c, char **argv, int argc, pl_options *out)
{
    bool only_files = false;

    for (int i = c ? 2 : 1; i < argc; i++) {
        if (!only_files && strcmp(argv[i], "--") == 0) {
            only_files = true;
        } else if (!only_files && argv[i][0] == '-' && argv[i][1] == '-') {
            if (!take_option(c, argv, argc, &i, out))
                return false;
        } else if (!only_files && c && listed(c->options, PL_S("jobs")) &&
                   argv[i][0] == '-' && argv[i][1] == 'j') {
            take_jobs(argv, argc, &i, out);
        } else if (!only_files && strcmp(argv[i], "-h") == 0) {
            out->help = true;
        } else if (!c && !out->help && !out->version) {
            pl_app_usage("no command '%s'; see 'plumbline --help'", argv[i]);
            return false;
        } else {
            out->files[out->n_files++] = argv[i];
        }
    }
    return true;
}

/* Chinese where the locale says so, else English; --lang decides. */
static bool is_english(const char *lang)
{
    static const char *const from[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

    if (lang)
        return strncmp(lang, "en", 2) == 0;
    for (size_t i = 0; i < PL_COUNT(from); i++) {
        const char *v = getenv(from[i]);

        if (v && *v)
            return strncmp(v, "zh", 2) != 0;
    }
    return true;
}

static size_t line_width(void)
{
    struct winsize w;

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_col >= 40)
        return w.ws_col;
    return 140;
}

static bool style_of(const pl_options *o, pl_style *style)
{
    const char *no = getenv("NO_COLOR");
    int width;

    if (o->lang && strcmp(o->lang, "zh") != 0 && strcmp(o->lang, "en") != 0) {
        pl_app_usage("--lang is zh or en, not '%s'", o->lang);
        return false;
    }
    style->english = is_english(o->lang);
    style->colour = isatty(STDOUT_FILENO) && !(no && *no);
    style->width = line_width();
    if (o->width) {
        if (!pl_app_int("--width", o->width, 40, 10000, &width))
            return false;
        style->width = (size_t)width;
    }
    return true;
}

static int help(const pl_command *c, const pl_style *style)
{
    if (c)
        printf("plumbline %s %s\n  %.*s\n\n", c->name, c->usage,
               PL_FMT(pl_say(style, c->says)));
    else
        printf(style->english ? "plumbline COMMAND …\n\n" : "plumbline 命令 …\n\n");
    for (const pl_command *k = pl_commands; !c && k->name; k++)
        printf("  %-6s %-14s %.*s\n", k->name, k->usage, PL_FMT(pl_say(style, k->says)));
    if (!c)
        putchar('\n');
    for (size_t i = 0; i < PL_COUNT(options); i++)
        if (listed("help version", pl_str_from(options[i].name)) ||
            (c && listed(c->options, pl_str_from(options[i].name))))
            printf("  --%-10s %-8s %.*s\n", options[i].name, options[i].value,
                   PL_FMT(pl_say(style, options[i].says)));
    return PL_EXIT_OK;
}

static const pl_command *command_named(const char *name)
{
    for (const pl_command *c = pl_commands; c->name; c++)
        if (strcmp(c->name, name) == 0)
            return c;
    return NULL;
}

/* The lexicon, with the user's own rows over it; only for commands that take the option,
 * which are those that read documents. */
static bool load_lexicon(const pl_command *c, pl_app *app)
{
    pl_ctx *cx = &app->lexicon_cx;
    const char *path = app->opts.lexicon;
    pl_bytes own = {0};

    cx->limits = PL_LIMITS_DEFAULT;
    cx->arena = pl_arena_new(cx->limits.arena_bytes);
    if (!cx->arena)
        return false;
    if (!listed(c->options, PL_S("lexicon")))
        return true;
    if (path && pl_file_read(cx, path, &own) != PL_OK) {
        pl_app_fail(cx, path);
        return false;
    }
    if (pl_lexicon_make(cx, (pl_str){(const char *)own.p, own.n}, &cx->lexicon) !=
        PL_OK) {
        pl_app_fail(cx, path ? path : "lexicon");
        return false;
    }
    return true;
}

static int run(const pl_command *c, pl_app *app)
{
    int code = PL_EXIT_UNREADABLE;

    pl_buf_init(&app->out, (size_t)4 << 30);
    app->command = c;
    if (load_lexicon(c, app))
        code = c->run(app);
    pl_buf_release(&app->out);
    pl_arena_free(app->lexicon_cx.arena);
    return code;
}

int main(int argc, char **argv)
{
    const pl_command *c = argc > 1 ? command_named(argv[1]) : NULL;
    pl_app app = {0};
    int code = PL_EXIT_UNREADABLE;

    signal(SIGPIPE, SIG_IGN);
    app.opts.files = calloc((size_t)argc + 1, sizeof *app.opts.files);
    if (!app.opts.files)
        return PL_EXIT_UNREADABLE;
    if (parse(c, argv, argc, &app.opts) && style_of(&app.opts, &app.style)) {
        if (app.opts.version)
            code = printf("plumbline %s\n", PL_VERSION) > 0 ? PL_EXIT_OK : code;
        else if (app.opts.help)
            code = help(c, &app.style);
        else if (!c)
            code = pl_app_usage("a command is needed; see 'plumbline --help'");
        else
            code = run(c, &app);
    }
    free(app.opts.files);
    if (fflush(stdout) != 0)
        code = PL_EXIT_UNREADABLE;
    return code;
}
