/* Many documents: files, folders, patterns and archives, by one process or several. */
#ifndef PL_CLI_DOCUMENTS_H
#define PL_CLI_DOCUMENTS_H

#include "cli/cli.h"
#include "report/list_text.h"

/* A file that the command line names, or that stands in a folder. */
typedef struct pl_input {
    const char *path;
    bool found; /* in a folder or by a pattern: passed over when it is no document */
} pl_input;

typedef PL_VEC(pl_input) pl_inputs;

/* The files of the command line in order, folders and patterns expanded; in
 * app->lexicon_cx. What cannot be expanded is reported; *code gets the worst exit code.
 * PL_ENOMEM. */
PL_MUST pl_status pl_inputs_make(pl_app *app, pl_inputs *out, int *code);

/* What came of one document. */
typedef struct pl_record {
    int code;
    bool listed; /* its line belongs to a listing */
    pl_tally tally;
    pl_str out, err; /* what goes to standard output and to standard error */
} pl_record;

/* A way through inputs. */
typedef struct pl_visit {
    pl_app *app;
    pl_each *each;
    bool listed; /* one line each */
    /* Called after each document; what it printed is in app->out. False: stop. */
    bool (*emit)(struct pl_visit *v, pl_record *r);
    void *self;
    size_t members; /* of the archive in hand, and those in it */
    size_t unpacked_bytes;
} pl_visit;

/* Read one input, an archive's files one by one, and do with each what v->each does.
 * False when emit said so. */
bool pl_visit_input(pl_visit *v, const pl_input *in);

/* Do it with inputs in `n` processes of their own, which are ended at the end; records
 * arrive at v->emit in the order of the inputs. Shows how far it is on a terminal.
 * PL_EIO, PL_ENOMEM. */
PL_MUST pl_status pl_jobs_run(pl_ctx *cx, pl_visit *v, const pl_inputs *inputs, size_t n);

/* Show on a terminal at standard error how many of all inputs are done, from the first
 * second on; wipe it away. */
typedef struct pl_progress {
    int64_t begun_ms, shown_ms;
    bool on, english;
} pl_progress;

pl_progress pl_progress_begin(bool english);
void pl_progress_show(pl_progress *p, size_t done, size_t all);
void pl_progress_wipe(pl_progress *p);

#endif
