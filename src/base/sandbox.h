/* Code that reads strangers' bytes, confined: a child process that can compute and
 * answer, and nothing else.
 *
 *   reader   a function of ours in a fork: no files, no network, no processes, no
 *            programs, no new privileges; memory, time and answer are limited
 *   program  one of others', started by base/child.h: reads system files, writes none
 *
 * Held by seccomp (system calls; a reader that makes another one is killed, a program is
 * refused; the rules stand in tools/sandbox_filters.c), by Landlock where the kernel has
 * it (the file system once more), and by resource limits. Linux only. */
#ifndef PL_BASE_SANDBOX_H
#define PL_BASE_SANDBOX_H

#include "base/buf.h"

typedef struct pl_sandbox pl_sandbox;

typedef enum pl_sandbox_kind { PL_SANDBOX_READER, PL_SANDBOX_PROGRAM } pl_sandbox_kind;

/* The rules of a kind; they last as long as the program.
 * PL_EIO when this system has no seccomp (the message says so). */
PL_MUST pl_status pl_sandbox_make(pl_ctx *cx, pl_sandbox_kind kind,
                                  const pl_sandbox **out);

/* Confine this process, for good: its descendants too. 0, or the errno of what the system
 * refused. Only calls that are safe between fork and exec. */
PL_MUST int pl_sandbox_enter(const pl_sandbox *box);

typedef struct pl_sandbox_task {
    /* What is done inside; its answer goes to `out`. The process's memory is as at the
     * call, and changes to it are lost. */
    void (*run)(void *self, pl_buf *out);
    void *self;
    /* Run in the child before it is confined: loads what could not be loaded later; may
     * be NULL. Must not look at strangers' bytes. */
    void (*prepare)(void *self);
    size_t memory_bytes;  /* beyond what the process has now */
    size_t answer_bytes;  /* at most */
    size_t answer_guess;  /* so many bytes at least are likely; 0 = not known */
    unsigned cpu_s;       /* of processor time */
    unsigned deadline_ms; /* by the clock */
} pl_sandbox_task;

/* Run a task in a child of its own; its answer, in cx->arena, to *out. Safe with threads
 * as pl_child_run is.
 *
 * PL_ESTOPPED  killed: it made a forbidden system call, or crashed
 * PL_ELIMIT    it took too long, or its answer is too large
 * PL_EIO       it could not be started or confined;  PL_ENOMEM */
PL_MUST pl_status pl_sandbox_run(pl_ctx *cx, const pl_sandbox *box,
                                 const pl_sandbox_task *task, pl_str *out);

#endif
