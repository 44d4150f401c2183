/* What can be asked of a database of plans. Every call that writes is one transaction
 * with its audit entry: whole or not at all. */
#ifndef PL_SERVICE_SERVICE_H
#define PL_SERVICE_SERVICE_H

#include "records/audit.h"
#include "records/plan_save.h"

/* Who asks, and when: given by the caller, so that every call can be replayed. */
typedef struct pl_request {
    pl_str actor; /* not empty */
    pl_now now;
} pl_request;

/* Make a database at `where` (pl_store_open) for one region, and open it. region_id: a
 * GB/T 2260 code, six digits. PL_ESYNTAX: not such a code, or a region without a name;
 * PL_ECONFLICT: the server's database has plans already; errors of the store. */
PL_MUST pl_status pl_service_init(pl_ctx *cx, const pl_request *rq, const char *where,
                                  pl_str region_id, pl_str region_name, pl_store **out);

/* Open a database that was made. PL_EFORMAT: not ours, or another version's: of an older
 * one the message names `plumbline upgrade`. */
PL_MUST pl_status pl_service_open(pl_ctx *cx, const char *where, pl_store **out);

/* The region to work in: the one named, or, when the name is empty, the only one.
 * PL_ENOTFOUND: no such region; PL_ESYNTAX: there are several, name one. */
PL_MUST pl_status pl_service_region(pl_ctx *cx, pl_store *s, pl_str named, pl_str *out);

/* Read, judge and keep one document. `in` without region, actor and now, which come from
 * the arguments. A document that is there already is not written twice (saved->known). */
PL_MUST pl_status pl_service_import(pl_ctx *cx, const pl_request *rq, pl_store *s,
                                    pl_str region_id, pl_str file_name, pl_bytes content,
                                    pl_saved *saved);

/* Write all rows, as one state, to a new file: gzip of records/backup.h. The file
 * appears whole or not at all; one of that name is kept. Others may write to the database
 * meanwhile. PL_EIO: the file stands there or cannot be written. */
PL_MUST pl_status pl_service_backup(pl_ctx *cx, pl_store *s, const char *path,
                                    int64_t *rows);

/* Make a database at `where` from such a file, or none at all. PL_ESYNTAX: no backup,
 * or a damaged one; PL_ECONFLICT: the server's database is not empty. */
PL_MUST pl_status pl_service_restore(pl_ctx *cx, const pl_request *rq, const char *path,
                                     const char *where, int64_t *rows);

typedef struct pl_upgrade {
    int64_t from, to; /* versions of the schema; equal: nothing was to be done */
    pl_str backup;    /* the file, in cx->arena; empty when there is none */
    int64_t rows;     /* in it */
} pl_upgrade;

/* Bring a database to this program's schema, after a backup of what it was. backup: a new
 * file; NULL = named after the database, its version and now, beside its file, for a
 * server's in the working directory. The backup stays, also after a failure. Errors of
 * pl_service_backup; PL_EFORMAT: not ours, or a newer program's. */
PL_MUST pl_status pl_service_upgrade(pl_ctx *cx, const pl_request *rq, const char *where,
                                     const char *backup, pl_upgrade *out);

typedef struct pl_health {
    pl_schema_state schema;
    pl_anchor audit; /* end of the chain */
} pl_health;

/* Look at everything: the engine's files, schema, every statement, the audit chain. The
 * first thing wrong is the failure. */
PL_MUST pl_status pl_service_doctor(pl_ctx *cx, pl_store *s, pl_health *out);

/* One plan of a region, for lists. */
typedef struct pl_plan_line {
    pl_str plan_id, kind, title;
    int64_t year, judged_year, recorded_at_s, rows, tasks, met, missed;
} pl_plan_line;
typedef PL_VEC(pl_plan_line) pl_plan_lines;

/* The plans of a region, latest year first. */
PL_MUST pl_status pl_service_plans(pl_ctx *cx, pl_store *s, pl_str region_id,
                                   pl_plan_lines *out);

#endif
