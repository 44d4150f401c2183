/* Other programs as children: what they are given and what they answer, bounded. */
#ifndef PL_BASE_CHILD_H
#define PL_BASE_CHILD_H

#include "base/buf.h"

typedef struct pl_child {
    const char *const *argv;      /* argv[0] is looked for in PATH; ends with NULL */
    pl_bytes in;                  /* what it reads from its standard input */
    unsigned deadline_ms;         /* by the clock; after this it is killed */
    unsigned cpu_ms;              /* of processor time; 0 = no limit of its own */
    unsigned stall_ms;            /* of processor time without output; 0 = no limit */
    size_t memory_bytes;          /* its address space; 0 = no limit of its own */
    const struct pl_sandbox *box; /* base/sandbox.h, a program's; NULL = not confined */
} pl_child;

typedef enum pl_child_end {
    PL_CHILD_EXITED,  /* `code` is its exit status */
    PL_CHILD_MISSING, /* there is no such program */
    PL_CHILD_LATE,    /* killed: it took too long */
    PL_CHILD_FULL,    /* killed: it wrote more than `out` holds */
    PL_CHILD_KILLED   /* ended by a signal of its own, `code` */
} pl_child_end;

/* Run a program to its end. Its standard output goes to `out`, up to out->max_bytes; the
 * first bytes of its standard error to `said` (may be NULL), the rest is dropped. It
 * inherits the environment and no open files. Safe with threads: no signal is touched,
 * and no child but this one is waited for.
 * PL_EIO when it could not be started; everything else is told by *end and *code. */
PL_MUST pl_status pl_child_run(pl_ctx *cx, const pl_child *c, pl_buf *out, pl_buf *said,
                               pl_child_end *end, int *code);

#endif
