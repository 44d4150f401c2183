/* What was written lately, for those who watch. */
#ifndef PL_SERVICE_CHANGES_H
#define PL_SERVICE_CHANGES_H

#include "service/permission.h"
#include "service/service.h"

/* One entry of the audit log, without what it was and became. */
typedef struct pl_change {
    int64_t seq, at_s;
    pl_str region_id, actor, action, object;
} pl_change;
typedef PL_VEC(pl_change) pl_changes;

/* The entries of a region after number `after`, the first `most` of the log; *end gets
 * the number of the last one that was looked at. Errors of the store. */
PL_MUST pl_status pl_service_changes(pl_ctx *cx, pl_store *s, pl_str region_id,
                                     int64_t after, int64_t most, pl_changes *out,
                                     int64_t *end);

/* The number of the log's last entry: the version of everything that is kept. */
PL_MUST pl_status pl_service_version(pl_ctx *cx, pl_store *s, int64_t *seq);

/* May somebody know of it? By the kind of what was changed: who reads all plans knows of
 * plans, who edits users of users, and so on; what is not named, who reads the audit. */
bool pl_change_may_be_seen(const pl_principal *who, const pl_change *c);

#endif
