/* What the commands that work on a database share. */
#ifndef PL_CLI_DB_JOB_H
#define PL_CLI_DB_JOB_H

#include "cli/cli.h"
#include "service/service.h"

typedef struct pl_db_job {
    pl_app *app;
    pl_ctx cx;
    pl_request rq;
    const char *where;
    pl_store *s; /* NULL until opened */
} pl_db_job;

/* Run a command's work with `most` arguments at most after DB, at least `least`; `needs`
 * says what is needed. An exit code. */
int pl_db_run(pl_app *app, size_t least, size_t most, const char *needs,
              int (*work)(pl_db_job *j, const char **args, size_t n));

/* Open the database; a failure has been said. */
bool pl_db_open(pl_db_job *j);

/* The text in the language asked for. */
pl_str pl_db_words(const pl_db_job *j, const char *zh, const char *en);

#endif
