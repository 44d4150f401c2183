/* All rows of a database as lines of text, and back: what a backup is, and how a plan
 * goes from one database to another, whatever their engines.
 *
 * The first line is {"plumbline":"backup","schema":N}; then one JSON array a row, table
 * name first, bytes in base64; the last is {"rows":N,"sha256":"…"} over all bytes before
 * it, so that a backup that was cut off or changed is refused. */
#ifndef PL_RECORDS_BACKUP_H
#define PL_RECORDS_BACKUP_H

#include "store/store.h"

/* Takes some bytes of the backup. Any failure ends the writing and is returned. */
typedef pl_status pl_backup_sink(pl_ctx *cx, void *arg, pl_str bytes);
/* Gives the next line without its end, in memory that lasts until the next call; *more is
 * false after the last. */
typedef pl_status pl_backup_source(pl_ctx *cx, void *arg, pl_str *line, bool *more);

/* Write every row. In a reading transaction of the caller's, so that it is one state.
 * Errors of the store and of the sink. */
PL_MUST pl_status pl_backup_write(pl_ctx *cx, pl_store *s, pl_backup_sink *put, void *arg,
                                  int64_t *rows);

/* The version of the schema that a backup's first line names. PL_ESYNTAX: no backup. */
PL_MUST pl_status pl_backup_version(pl_ctx *cx, pl_str head, int64_t *version);

/* Put all rows into a database of that version that has none, inside the caller's
 * transaction. head: the first line. PL_ESYNTAX with cx->err.line: no backup, damaged, or
 * of another version; PL_ECONFLICT: the database is not empty. */
PL_MUST pl_status pl_backup_read(pl_ctx *cx, pl_store *s, pl_str head,
                                 pl_backup_source *next, void *arg, int64_t *rows);

#endif
