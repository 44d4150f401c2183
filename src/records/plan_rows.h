/* The rows of one plan, for plan_save.c: units, indicators, tasks, verdicts, findings. */
#ifndef PL_RECORDS_PLAN_ROWS_H
#define PL_RECORDS_PLAN_ROWS_H

#include "base/map.h"
#include "records/plan_save.h"

typedef struct pl_known_indicator {
    pl_str id, name, unit;
    bool taken; /* by a row of this plan */
} pl_known_indicator;

typedef struct pl_row_writer {
    pl_ctx *cx;
    pl_store *s;
    const pl_save_in *in;
    pl_saved *saved;
    pl_map units; /* name -> index in unit_ids */
    PL_VEC(pl_str) unit_ids;
    PL_VEC(pl_known_indicator) indicators; /* of the region */
    pl_map indicator_names;                /* name "\n" unit -> index in indicators */
} pl_row_writer;

/* What the key of every row of the plan begins with, as bound values. */
#define PL_ROW_KEY(w) PL_V_TEXT((w)->in->region_id), PL_V_TEXT((w)->saved->plan_id)

/* The id that a query finds, in cx->arena; empty when it finds none. Errors of the store.
 */
PL_MUST pl_status pl_id_look_up(pl_ctx *cx, pl_store *s, pl_query q, const pl_value *args,
                                size_t n, pl_str *out);

/* Everything that hangs on in->check, under saved->plan_id. Errors of the store. */
PL_MUST pl_status pl_plan_rows_write(pl_row_writer *w);

/* What hangs on the judged rows: verdicts and findings. */
PL_MUST pl_status pl_check_rows_write(pl_row_writer *w);

/* The id of the region's indicator that a row is about, made when there is none. */
PL_MUST pl_status pl_indicator_link(pl_row_writer *w, const pl_indicator *it, pl_str *id,
                                    pl_link *how);
/* Read the region's indicators, before the first link. */
PL_MUST pl_status pl_indicators_load(pl_row_writer *w);

/* JSON texts in cx->arena. PL_ENOMEM. */
PL_MUST pl_status pl_meta_json(pl_ctx *cx, const pl_doc *d, pl_str *out);
PL_MUST pl_status pl_place_json(pl_ctx *cx, const pl_place *p, pl_str *out);
PL_MUST pl_status pl_strs_json(pl_ctx *cx, const pl_strs *s, pl_str *out);
PL_MUST pl_status pl_goals_json(pl_ctx *cx, const pl_task_goals *g, pl_str *out);
PL_MUST pl_status pl_witnesses_json(pl_ctx *cx, const pl_relation *r, pl_str *out);

#endif
