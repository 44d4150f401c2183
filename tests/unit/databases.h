/* Both databases for a test: a new SQLite file in a temporary folder, and an empty
 * schema of the server that PL_POSTGRES names. */
#ifndef PL_TESTS_DATABASES_H
#define PL_TESTS_DATABASES_H

#include "store/store.h"
#include "unit.h"
#include <libpq-fe.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct databases {
    pl_ctx cx;
    char folder[64], where[2][512];
    pl_store *s[2]; /* SQLite, PostgreSQL; the second may be NULL: not installed */
} databases;

/* Leave the server's database as if new. */
static inline void empty_server(const char *url)
{
    PGconn *c = PQconnectdb(url);

    assert_int_equal(PQstatus(c), CONNECTION_OK);
    PQclear(PQexec(c, "SET client_min_messages = error"));
    PQclear(PQexec(c, "DROP SCHEMA public CASCADE"));
    PQclear(PQexec(c, "CREATE SCHEMA public"));
    PQfinish(c);
}

/* New databases, not migrated. End them with databases_end. */
static inline void databases_begin(databases *d)
{
    const char *url = getenv("PL_POSTGRES");

    *d = (databases){.cx = test_ctx(), .folder = "/tmp/plumbline-XXXXXX"};
    assert_non_null(mkdtemp(d->folder));
    snprintf(d->where[0], sizeof d->where[0], "%s/a.db", d->folder);
    assert_int_equal(pl_store_open(&d->cx, d->where[0], PL_STORE_CREATE, &d->s[0]),
                     PL_OK);
    if (!url)
        return;
    empty_server(url);
    snprintf(d->where[1], sizeof d->where[1], "%s", url);
    assert_int_equal(pl_store_open(&d->cx, url, PL_STORE_USE, &d->s[1]), PL_OK);
}

static inline void databases_end(databases *d)
{
    static const char *const names[] = {"a.db", "a.db-wal", "a.db-shm"};
    char path[128];

    for (size_t i = 0; i < 2; i++)
        pl_store_close(d->s[i]);
    for (size_t i = 0; i < PL_COUNT(names); i++) {
        snprintf(path, sizeof path, "%s/%s", d->folder, names[i]);
        unlink(path);
    }
    rmdir(d->folder);
    test_ctx_free(&d->cx);
}

/* Run a test on each database; PostgreSQL's is skipped where there is none. */
#define ON_BOTH(name)                            \
    static void name##_on_sqlite(void **state)   \
    {                                            \
        databases d;                             \
        (void)state;                             \
        databases_begin(&d);                     \
        name(&d, d.s[0]);                        \
        databases_end(&d);                       \
    }                                            \
    static void name##_on_postgres(void **state) \
    {                                            \
        databases d;                             \
        (void)state;                             \
        if (!getenv("PL_POSTGRES"))              \
            skip();                              \
        databases_begin(&d);                     \
        name(&d, d.s[1]);                        \
        databases_end(&d);                       \
    }
#define BOTH(name) \
    cmocka_unit_test(name##_on_sqlite), cmocka_unit_test(name##_on_postgres)

#endif
