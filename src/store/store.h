/* Databases: one header, two engines, SQLite (a file) and PostgreSQL (a server).
 *
 * A store is one connection and belongs to one thread. Statements are named: their text
 * stands in src/store/sql/, and no function takes SQL, so that nothing can be put into
 * it. Values are bound. No word of the domain is known here. */
#ifndef PL_STORE_STORE_H
#define PL_STORE_STORE_H

#include "base/ctx.h"

typedef struct pl_store pl_store;

/* PL_Q_NAME for each named statement of src/store/sql/. */
typedef enum pl_query {
#define X(name, lite, pg) PL_Q_##name,
#include "store/queries.def"
#undef X
    PL_Q_COUNT
} pl_query;

/* One bound value. Borrowed until the call it is given to returns. */
typedef struct pl_value {
    enum { PL_VALUE_NULL, PL_VALUE_INT, PL_VALUE_TEXT, PL_VALUE_BYTES } kind;
    int64_t i;
    pl_str text;
    pl_bytes bytes;
} pl_value;

#define PL_V_NULL     ((pl_value){.kind = PL_VALUE_NULL})
#define PL_V_INT(x)   ((pl_value){.kind = PL_VALUE_INT, .i = (x)})
#define PL_V_TEXT(s)  ((pl_value){.kind = PL_VALUE_TEXT, .text = (s)})
#define PL_V_BYTES(b) ((pl_value){.kind = PL_VALUE_BYTES, .bytes = (b)})

/* How a store is opened. */
typedef enum pl_store_mode {
    PL_STORE_USE,   /* it has to be there */
    PL_STORE_CREATE /* SQLite: a new file, its owner's alone; refused when one stands
                       there */
} pl_store_mode;

/* Open a database: `postgresql://…` (or `postgres://…`) is a server's, anything else is
 * the path of a SQLite file. End it with pl_store_close.
 *
 * SQLite: write-ahead log, synchronous=FULL, foreign keys on; a writer waits up to 10 s
 * for another one. PL_ENOTFOUND: no such file; PL_EIO: it stands there already (CREATE),
 * may not be opened, or the server does not answer; PL_EFORMAT: no database of ours. */
PL_MUST pl_status pl_store_open(pl_ctx *cx, const char *where, pl_store_mode mode,
                                pl_store **out);
void pl_store_close(pl_store *s);

/* Is this text the address of a server rather than a path? */
bool pl_store_is_url(const char *where);

/* ---- Schema
 *
 * Migrations are numbered and only go forward; each is applied in a transaction of its
 * own and recorded with the SHA-256 of its text. */

typedef struct pl_schema_state {
    int64_t version; /* of the database; 0 = empty */
    int64_t known;   /* the newest that this program has */
} pl_schema_state;

/* Look at the schema. PL_EFORMAT: made by a newer program, or a migration that was
 * applied is not the one this program knows. */
PL_MUST pl_status pl_store_schema(pl_ctx *cx, pl_store *s, pl_schema_state *out);

/* Apply what is missing; nothing when nothing is. now_s: seconds since 1970, recorded.
 * Several processes may do this at once. Errors of pl_store_schema; PL_EIO. */
PL_MUST pl_status pl_store_migrate(pl_ctx *cx, pl_store *s, int64_t now_s);
/* The same, up to a version: for backups of older databases. */
PL_MUST pl_status pl_store_migrate_to(pl_ctx *cx, pl_store *s, int64_t version,
                                      int64_t now_s);

/* ---- Transactions: opened and closed in service/ only. They do not nest. */

/* A transaction that may write. On SQLite it is the only one that does; PL_EBUSY when
 * another keeps writing for more than 10 s. */
PL_MUST pl_status pl_store_begin(pl_ctx *cx, pl_store *s);
/* A transaction that reads one state, whatever is written beside it. */
PL_MUST pl_status pl_store_begin_read(pl_ctx *cx, pl_store *s);
/* Durable when it returns PL_OK. PL_EBUSY: the transaction could not be ordered among
 * others and is undone: do it again. */
PL_MUST pl_status pl_store_commit(pl_ctx *cx, pl_store *s);
/* Undo; nothing when no transaction is open. */
void pl_store_rollback(pl_store *s);

/* ---- Statements
 *
 * PL_ECONFLICT: a key, reference or check of the schema is broken by it; PL_EBUSY: others
 * are in the way; PL_EFULL: the disk is full; PL_EIO: anything else. After a failure
 * inside a transaction, roll back. */

/* Run a statement; *changed (may be NULL) gets the number of rows changed. */
PL_MUST pl_status pl_store_run(pl_ctx *cx, pl_store *s, pl_query q, const pl_value *args,
                               size_t n, int64_t *changed);

/* The rows of a statement, one after the other. PostgreSQL holds all of them in memory:
 * long lists are asked for in pages. One reading of the same query at a time. */
typedef struct pl_rows pl_rows;

PL_MUST pl_status pl_rows_begin(pl_ctx *cx, pl_store *s, pl_query q, const pl_value *args,
                                size_t n, pl_rows **out);
/* The next row; *more is false after the last. */
PL_MUST pl_status pl_rows_next(pl_ctx *cx, pl_rows *r, bool *more);
/* Columns of the current row, from 0; borrowed until the next row, bytes until the next
 * pl_rows_bytes. NULL is 0 or empty. */
int64_t pl_rows_int(const pl_rows *r, int col);
pl_str pl_rows_text(const pl_rows *r, int col);
pl_bytes pl_rows_bytes(pl_rows *r, int col);
bool pl_rows_is_null(const pl_rows *r, int col);
void pl_rows_end(pl_rows *r);

/* Prepare every named statement against the schema: for tests and `doctor`. The error
 * names the statement. */
PL_MUST pl_status pl_store_prepare_all(pl_ctx *cx, pl_store *s);

/* The tables, in an order in which their rows can be put back; ends with a NULL name. A
 * table whose columns became more is there for each set of them.
 * columns: one letter each, i, t or b for a whole number, text, bytes; first, last: the
 * versions of the schema that have them, last 0 = still. */
typedef struct pl_table_def {
    const char *name, *columns;
    int64_t first, last;
    pl_query dump, load;
} pl_table_def;
extern const pl_table_def pl_tables[];
/* Does this version of the schema have the table with these columns? */
bool pl_table_is_of(const pl_table_def *t, int64_t version);

/* Is it a PostgreSQL server's? For the few statements of which each engine has another.
 */
bool pl_store_is_postgres(const pl_store *s);

/* The engine's own look at its files (SQLite: integrity_check). PL_EFORMAT with what is
 * broken; PostgreSQL looks after itself: PL_OK. */
PL_MUST pl_status pl_store_verify(pl_ctx *cx, pl_store *s);

#endif
