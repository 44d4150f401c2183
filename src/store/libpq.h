/* libpq, loaded when a server is spoken to, and only then: linked into the program, it
 * and the thirty libraries behind it would cost every other command several milliseconds
 * at its start. */
#ifndef PL_STORE_LIBPQ_H
#define PL_STORE_LIBPQ_H

#include <libpq-fe.h>

/* The functions that are used, by their names in libpq. X(result, name, parameters) */
#define PL_LIBPQ_LIST(X)                                                                 \
    X(PGconn *, PQconnectdb, (const char *))                                             \
    X(ConnStatusType, PQstatus, (const PGconn *))                                        \
    X(int, PQserverVersion, (const PGconn *))                                            \
    X(char *, PQerrorMessage, (const PGconn *))                                          \
    X(void, PQfinish, (PGconn *))                                                        \
    X(PQnoticeReceiver, PQsetNoticeReceiver, (PGconn *, PQnoticeReceiver, void *))       \
    X(PGresult *, PQexec, (PGconn *, const char *))                                      \
    X(PGresult *, PQprepare, (PGconn *, const char *, const char *, int, const Oid *))   \
    X(PGresult *, PQexecPrepared,                                                        \
      (PGconn *, const char *, int, const char *const *, const int *, const int *, int)) \
    X(ExecStatusType, PQresultStatus, (const PGresult *))                                \
    X(char *, PQresultErrorMessage, (const PGresult *))                                  \
    X(char *, PQresultErrorField, (const PGresult *, int))                               \
    X(void, PQclear, (PGresult *))                                                       \
    X(char *, PQcmdTuples, (PGresult *))                                                 \
    X(int, PQntuples, (const PGresult *))                                                \
    X(char *, PQgetvalue, (const PGresult *, int, int))                                  \
    X(int, PQgetlength, (const PGresult *, int, int))                                    \
    X(int, PQgetisnull, (const PGresult *, int, int))                                    \
    X(unsigned char *, PQunescapeBytea, (const unsigned char *, size_t *))               \
    X(void, PQfreemem, (void *))

typedef struct pl_libpq {
    void *library; /* of dlopen; NULL = not loaded */
#define X(result, name, parameters) result(*name) parameters;
    PL_LIBPQ_LIST(X)
#undef X
} pl_libpq;

#endif
