/* libmicrohttpd, loaded when a server is started, and only then: linked into the program,
 * it and GnuTLS behind it would cost every other command several milliseconds. */
#ifndef PL_HTTP_MHD_H
#define PL_HTTP_MHD_H

#include "base/ctx.h"
#include <microhttpd.h>

/* The functions that are used. X(result, name, parameters) */
#define PL_MHD_LIST(X)                                                                \
    X(struct MHD_Daemon *, MHD_start_daemon,                                          \
      (unsigned, MHD_AcceptPolicyCallback, void *, MHD_AccessHandlerCallback, void *, \
       ...))                                                                          \
    X(MHD_socket, MHD_quiesce_daemon, (struct MHD_Daemon *))                          \
    X(void, MHD_stop_daemon, (struct MHD_Daemon *))                                   \
    X(const char *, MHD_lookup_connection_value,                                      \
      (struct MHD_Connection *, enum MHD_ValueKind, const char *))                    \
    X(const union MHD_ConnectionInfo *, MHD_get_connection_info,                      \
      (struct MHD_Connection *, enum MHD_ConnectionInfoType, ...))                    \
    X(enum MHD_Result, MHD_queue_response,                                            \
      (struct MHD_Connection *, unsigned, struct MHD_Response *))                     \
    X(struct MHD_Response *, MHD_create_response_from_buffer,                         \
      (size_t, void *, enum MHD_ResponseMemoryMode))                                  \
    X(struct MHD_Response *, MHD_create_response_from_callback,                       \
      (uint64_t, size_t, MHD_ContentReaderCallback, void *,                           \
       MHD_ContentReaderFreeCallback))                                                \
    X(void, MHD_destroy_response, (struct MHD_Response *))                            \
    X(enum MHD_Result, MHD_add_response_header,                                       \
      (struct MHD_Response *, const char *, const char *))                            \
    X(void, MHD_suspend_connection, (struct MHD_Connection *))                        \
    X(void, MHD_resume_connection, (struct MHD_Connection *))

typedef struct pl_mhd {
    void *library; /* of dlopen; stays loaded as long as the process */
#define X(result, name, parameters) result(*name) parameters;
    PL_MHD_LIST(X)
#undef X
} pl_mhd;

/* Load it. PL_EIO: the library is not installed, or lacks a function. */
PL_MUST pl_status pl_mhd_load(pl_ctx *cx, pl_mhd *out);

/* A text as an option's pointer: libmicrohttpd only reads it. */
static inline void *pl_mhd_text(const char *text)
{
    union {
        const char *is;
        void *as;
    } p = {.is = text};

    return p.as;
}

#endif
