/* A plan, and a check of it, as JSON: the shapes of docs/json.md. */
#ifndef PL_REPORT_PLAN_JSON_H
#define PL_REPORT_PLAN_JSON_H

#include "judge/check.h"
#include "report/json_parts.h"

/* `read --json`: one object. `file` is the name it is reported under, `sha256` the hex
 * digest of its bytes. */
void pl_plan_json(pl_json *j, const pl_plan *plan, pl_str file, pl_str sha256);

/* `check --json`: one object. `relations` adds every relation examined. */
void pl_check_json(pl_json *j, const pl_check *check, pl_str file, bool relations);

/* `check --explain --json`: the relations with this id; false when there is none. */
PL_MUST bool pl_explain_json(pl_json *j, const pl_check *check, pl_str file, pl_str id);

/* `eval --json`: one object. */
void pl_verdict_json(pl_json *j, const pl_verdict *v);

#endif
