/* Plans on their way from one database to another: a ZIP package with the documents as
 * they came, what people decided about them, and the lists for other programs. */
#ifndef PL_SERVICE_PACKAGE_H
#define PL_SERVICE_PACKAGE_H

#include "base/buf.h"
#include "service/query.h"
#include "service/service.h"

/* X(NAME, "token") */
#define PL_EXPORT_LIST(X)                                                \
    X(ZIP, "zip")       /* all of it; import reads it back */            \
    X(JSON, "json")     /* plans with their lists, one object */         \
    X(CSV, "csv")       /* the rows of indicators of a plan, or plans */ \
    X(NDJSON, "ndjson") /* the same, one object a line */

typedef enum pl_export {
#define X(name, token) PL_EXPORT_##name,
    PL_EXPORT_LIST(X)
#undef X
        PL_EXPORT_COUNT
} pl_export;
PL_MUST bool pl_export_find(pl_str token, pl_export *out);

/* Append a plan (empty: all of the region) to `out`, as one state of the database.
 * PL_ENOTFOUND: no such plan; PL_ENOMEM: also more than `out` holds. */
PL_MUST pl_status pl_service_export(pl_ctx *cx, pl_store *s, const pl_principal *who,
                                    pl_str plan_id, pl_export format, pl_buf *out);

/* Is it a package that pl_service_export wrote? */
bool pl_package_is(pl_ctx *cx, pl_bytes b);

typedef struct pl_package_result {
    size_t documents, known, waivers, links, units;
} pl_package_result;

/* Import a package: its documents are read and judged anew, then the decisions are made
 * again. Each document and each decision is whole or not there; what is there already is
 * left, so that a broken import is ended by doing it again. PL_ESYNTAX: no such package,
 * or a damaged one. */
PL_MUST pl_status pl_service_import_package(pl_ctx *cx, const pl_request *rq, pl_store *s,
                                            pl_str region_id, pl_bytes package,
                                            pl_package_result *out);

#endif
