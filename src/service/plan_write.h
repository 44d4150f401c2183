/* What people decide about plans: findings set aside, indicators joined, units in order.
 *
 * Each call is one transaction with its audit entry. `seen` is the revision that the
 * caller saw, -1 when it does not matter: PL_ECONFLICT when somebody was faster.
 * PL_ENOTFOUND: no such thing; errors of the store. */
#ifndef PL_SERVICE_PLAN_WRITE_H
#define PL_SERVICE_PLAN_WRITE_H

#include "service/service.h"

/* Set a finding aside, or take it up again; a reason is needed. PL_ESYNTAX: it is so
 * already, or there is no reason. */
PL_MUST pl_status pl_service_waive(pl_ctx *cx, const pl_request *rq, pl_store *s,
                                   pl_str region_id, pl_str plan_id, pl_str finding_id,
                                   bool waived, pl_str reason, int64_t seen);

/* A row that the import was not sure of: is it the indicator that it was joined to? If
 * not, it gets the one of its own name, made when there is none, and its revisions
 * follow. What was decided can be decided anew. PL_ESYNTAX: the import was sure. */
PL_MUST pl_status pl_service_link(pl_ctx *cx, const pl_request *rq, pl_store *s,
                                  pl_str region_id, pl_str plan_id, int64_t ordinal,
                                  bool confirm, int64_t seen);

typedef struct pl_unit_edit {
    bool has_parent, has_aliases; /* what is not there stays */
    pl_str parent_id;             /* empty: none */
    const pl_str *aliases;
    size_t n_aliases;
} pl_unit_edit;

/* PL_ESYNTAX: the parent is no unit, or below this one; an alias is empty or another
 * unit's name. */
PL_MUST pl_status pl_service_unit_set(pl_ctx *cx, const pl_request *rq, pl_store *s,
                                      pl_str region_id, pl_str unit_id,
                                      const pl_unit_edit *edit, int64_t seen);

/* X(NAME, "token") */
#define PL_BULK_LIST(X)   \
    X(CREATED, "created") \
    X(UPDATED, "updated") \
    X(SAME, "same")       \
    X(REFUSED, "refused")

typedef enum pl_bulk {
#define X(name, token) PL_BULK_##name,
    PL_BULK_LIST(X)
#undef X
} pl_bulk;
pl_str pl_bulk_token(pl_bulk b);

/* One unit of many: by its name, made when there is none. What is left out stays. */
typedef struct pl_unit_row {
    pl_str name, parent_name;
    bool has_parent, has_aliases;
    PL_VEC(pl_str) aliases;
    pl_bulk became; /* the answer */
    pl_str wrong;   /* REFUSED: why */
} pl_unit_row;
typedef PL_VEC(pl_unit_row) pl_unit_rows;

/* Rows of CSV (a line of names first: name, parent, aliases parted by 、 or ;) or, when
 * the first byte is `{`, of NDJSON. PL_ESYNTAX with the line: not of that form;
 * PL_ELIMIT: more than 100,000. */
PL_MUST pl_status pl_unit_rows_read(pl_ctx *cx, pl_bytes body, pl_unit_rows *out);

/* Write the rows that can be, and say of each what became of it; dry: write nothing. */
PL_MUST pl_status pl_service_units(pl_ctx *cx, const pl_request *rq, pl_store *s,
                                   pl_str region_id, pl_unit_rows *rows, bool dry);

#endif
