/* What the commands share: options, files, languages, output. */
#ifndef PL_CLI_CLI_H
#define PL_CLI_CLI_H

#include "judge/check.h"
#include "report/check_text.h"

/* Exit codes, docs/cli.md. The worst of several files is the program's. */
enum {
    PL_EXIT_OK = 0,
    PL_EXIT_FINDING = 1,     /* check: an error; eval: missed */
    PL_EXIT_UNREADABLE = 2,  /* or bad usage */
    PL_EXIT_UNDETERMINED = 3 /* eval */
};

enum { PL_LIST_MAX = 16 };

/* The values of an option that may be given several times. */
typedef struct pl_arg_list {
    const char *p[PL_LIST_MAX];
    size_t n;
} pl_arg_list;

/* All options of all commands; a command's table says which it takes. */
typedef struct pl_options {
    bool json, strict, notes, relations, full, no_sandbox, trust_proxy, help, version;
    const char *lang, *lexicon, *dump, *year, *tolerance, *width;
    const char *previous, *name, *role, *direction, *unit, *term, *region, *by;
    const char *explain, *waivers;
    const char *track_changes;
    const char *plan, *format;                    /* of export */
    const char *listen, *cert, *key, *public_url; /* of serve */
    const char *oidc_issuer, *oidc_client, *oidc_secret_file;
    const char *jobs; /* of -j: a number, or "" for one a processor; NULL = not given */
    pl_arg_list only, skip; /* kinds of findings, separated by commas */
    const char **files;     /* what is not an option, in order */
    size_t n_files;
} pl_options;

/* What runs a command: process-wide, made once. */
typedef struct pl_app {
    pl_options opts;
    pl_ctx lexicon_cx; /* owns the lexicon and the sandbox */
    pl_buf out;        /* flushed after each file */
    pl_style style;
    const pl_waivers *waivers; /* of --waivers, read once; NULL = none */
    unsigned kinds;            /* of --only and --skip */
    const struct pl_command *command;
} pl_app;

typedef struct pl_command {
    const char *name;
    int (*run)(pl_app *app);
    const char *usage;   /* arguments, for --help */
    pl_bitext says;      /* one line */
    const char *options; /* names it takes, separated by spaces */
    bool lists_checks;   /* of many documents it lists verdicts and findings */
} pl_command;

/* The commands by name; ends with a NULL name. */
extern const pl_command pl_commands[];

int pl_cmd_read(pl_app *app);
int pl_cmd_check(pl_app *app);
int pl_cmd_compare(pl_app *app);
int pl_cmd_eval(pl_app *app);
int pl_cmd_init(pl_app *app);
int pl_cmd_import(pl_app *app);
int pl_cmd_plans(pl_app *app);
int pl_cmd_backup(pl_app *app);
int pl_cmd_restore(pl_app *app);
int pl_cmd_export(pl_app *app);
int pl_cmd_upgrade(pl_app *app);
int pl_cmd_doctor(pl_app *app);
int pl_cmd_audit(pl_app *app);
int pl_cmd_user(pl_app *app);
int pl_cmd_serve(pl_app *app);

/* Print `plumbline: WHERE:LINE:COL: message` to standard error; always
 * PL_EXIT_UNREADABLE. */
int pl_app_fail(const pl_ctx *cx, const char *where);
/* The same for bad usage. */
PL_PRINTF(1, 2)
int pl_app_usage(const char *format, ...);

/* A context for one file: its own arena, the app's lexicon. False when out of memory. */
PL_MUST bool pl_app_ctx(pl_app *app, pl_ctx *cx);

/* Make the sandbox that files are read in, unless --no-sandbox; false (after saying so)
 * where this system has none. */
PL_MUST bool pl_app_sandbox(pl_app *app);

/* Write what is in app->out to standard output and empty it. */
int pl_app_flush(pl_app *app);

/* One document: a file, or one in an archive. */
typedef struct pl_document {
    const char *name; /* as shown: "a.zip:b.docx" */
    pl_bytes bytes;
    const pl_doc *doc;
    bool listed; /* print nothing: it is one line of a listing */
} pl_document;

struct pl_tally;

/* What a command does with a document: prints to app->out, unless it is listed; counts
 * into *tally; an exit code, after saying what was wrong. */
typedef int pl_each(pl_app *app, pl_ctx *cx, const pl_document *d,
                    struct pl_tally *tally);

/* Do it with every document that the command line names; the worst exit code. */
int pl_app_each(pl_app *app, pl_each *each);

/* A whole number option within [least, most]; false (after saying so) when it is not. */
PL_MUST bool pl_app_int(const char *option, const char *text, int least, int most,
                        int *out);

/* --tolerance, a figure in per cent, into *out (untouched when it is not given); false
 * (after saying so) when it is none. */
PL_MUST bool pl_app_tolerance(const pl_options *o, pl_dec *out);

#endif
