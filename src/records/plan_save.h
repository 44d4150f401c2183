/* A plan and its check as rows. */
#ifndef PL_RECORDS_PLAN_SAVE_H
#define PL_RECORDS_PLAN_SAVE_H

#include "judge/check.h"
#include "records/id.h"
#include "store/store.h"

typedef struct pl_save_in {
    pl_str region_id; /* stands in the table region */
    pl_str actor;
    pl_now now;
    pl_str file_name; /* as given; for people */
    pl_str sha256;    /* hex, of content */
    pl_bytes content; /* of the document, byte for byte */
    const pl_check *check;
} pl_save_in;

/* How an indicator of the new plan was joined to those of the region.
 * X(NAME, "token", "zh", "en") */
#define PL_LINK_LIST(X)                              \
    X(NEW, "new", "新指标", "new")                   \
    X(SAME, "same", "同名", "same name")             \
    X(UNSURE, "unsure", "请确认", "to be confirmed") \
    X(CONFIRMED, "confirmed", "已确认", "confirmed")

typedef enum pl_link {
#define X(name, token, zh, en) PL_LINK_##name,
    PL_LINK_LIST(X)
#undef X
        PL_LINK_COUNT
} pl_link;

pl_str pl_link_token(pl_link l);
pl_bitext pl_link_words(pl_link l);

/* One join that is not plain, for people to look at. */
typedef struct pl_link_seen {
    pl_str name;      /* in the new plan */
    pl_str resembles; /* name of the indicator it was joined to */
} pl_link_seen;

typedef struct pl_saved {
    pl_str document_id, plan_id;
    pl_str supersedes_id; /* plan of the same kind and year, or empty */
    bool known;           /* the same bytes were imported before: nothing was written */
    size_t links[PL_LINK_COUNT]; /* rows by how they were joined */
    PL_VEC(pl_link_seen) unsure;
} pl_saved;

/* Write all of it, inside the caller's transaction. An indicator is the one of the same
 * name and unit; else one whose name is at least 800 thousandths alike, of the same unit
 * and of no other row of this plan, which is marked unsure; else a new one.
 * Errors of the store; PL_ENOMEM. */
PL_MUST pl_status pl_plan_save(pl_ctx *cx, pl_store *s, const pl_save_in *in,
                               pl_saved *out);

#endif
