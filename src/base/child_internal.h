/* What child processes of both kinds share: base/child.h, base/sandbox.h. */
#ifndef PL_BASE_CHILD_INTERNAL_H
#define PL_BASE_CHILD_INTERNAL_H

#include <sys/types.h>

#include "base/child.h"

/* The monotonic clock. */
int64_t pl_clock_ms(void);

/* Close *fd, if it is open, and make it -1. */
void pl_fd_shut(int *fd);

/* A pipe whose ends are above descriptor 2 and are not inherited by programs; false with
 * errno. Close both ends with pl_fd_shut even then. */
PL_MUST bool pl_pipe_open(int *from, int *to);

/* Close all descriptors from `first` on but `keep`. Safe after fork. */
void pl_fds_close(int first, int keep);

/* Append a chunk that can be read to b; *fd is shut at the end. False when b is full.
 * Unless `all`, what does not fit is dropped instead; b may be NULL then. */
bool pl_fd_drain(int *fd, pl_buf *b, bool all);

/* Wait for the end of a child that leads its own process group, until `until` (of
 * pl_clock_ms); at once when `end` is not PL_CHILD_EXITED. A child that has not ended is
 * killed, with its group. *code is its exit status, or the signal that ended it. */
pl_child_end pl_child_reap(pid_t pid, int64_t until, pl_child_end end, int *code);

#endif
