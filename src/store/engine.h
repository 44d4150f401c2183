/* What an engine does for store.c: only sqlite.c, postgres.c and store.c include this. */
#ifndef PL_STORE_ENGINE_H
#define PL_STORE_ENGINE_H

#include "store/store.h"

/* Fixed statements of the machinery; never made from data. */
typedef struct pl_engine {
    void (*close)(pl_store *s);
    /* A script of fixed text: migrations, transactions. */
    pl_status (*script)(pl_ctx *cx, pl_store *s, const char *sql);
    pl_status (*run)(pl_ctx *cx, pl_store *s, pl_query q, const pl_value *args, size_t n,
                     int64_t *changed);
    pl_status (*prepare)(pl_ctx *cx, pl_store *s, pl_query q);
    pl_status (*rows_begin)(pl_ctx *cx, pl_store *s, pl_query q, const pl_value *args,
                            size_t n, pl_rows **out);
    pl_status (*rows_next)(pl_ctx *cx, pl_rows *r, bool *more);
    int64_t (*rows_int)(const pl_rows *r, int col);
    pl_str (*rows_text)(const pl_rows *r, int col);
    pl_bytes (*rows_bytes)(pl_rows *r, int col);
    bool (*rows_is_null)(const pl_rows *r, int col);
    void (*rows_end)(pl_rows *r);
    pl_status (*verify)(pl_ctx *cx, pl_store *s);
    const char *begin, *begin_read;
    /* Keeps a second migration out until the transaction ends. */
    const char *lock_schema;
    bool is_postgres;
} pl_engine;

struct pl_store {
    const pl_engine *engine;
    bool in_transaction;
};

struct pl_rows {
    const pl_engine *engine;
};

typedef struct pl_query_text {
    const char *name, *lite, *pg;
} pl_query_text;
extern const pl_query_text pl_query_texts[PL_Q_COUNT];

typedef struct pl_migration {
    int64_t version;
    const char *name;
    const char *sha256; /* of the file, whatever the engine */
    const char *lite, *pg;
} pl_migration;
/* In order, from 1; ends with version 0. Written by tools/embed_sql. */
extern const pl_migration pl_migrations[];

PL_MUST pl_status pl_sqlite_open(pl_ctx *cx, const char *path, pl_store_mode mode,
                                 pl_store **out);
PL_MUST pl_status pl_postgres_open(pl_ctx *cx, const char *url, pl_store **out);

#endif
