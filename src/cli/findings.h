/* The options of `check` that choose, waive and explain findings. */
#ifndef PL_CLI_FINDINGS_H
#define PL_CLI_FINDINGS_H

#include "cli/cli.h"

/* Read --only and --skip into a mask of kinds (0 = all). False, after saying so and
 * naming the kinds there are, when one is unknown. */
PL_MUST bool pl_app_kinds(const pl_options *o, unsigned *kinds);

/* Read the file of --waivers, which must be given, into app->lexicon_cx. False after
 * saying what was wrong and where. */
PL_MUST bool pl_app_waivers(pl_app *app, pl_waivers *out);

/* Print the relation that --explain names; an exit code. */
PL_MUST int pl_app_explain(pl_app *app, const pl_check *check, const char *path);

#endif
