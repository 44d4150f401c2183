/* Whole files in, whole outputs out. */
#ifndef PL_BASE_FILE_H
#define PL_BASE_FILE_H

#include "base/ctx.h"

/* Read all of a file, or of standard input when path is "-", into cx->arena.
 *
 * PL_EIO with the reason (a directory, no permission, not there); PL_ELIMIT when it is
 * larger than limits.input_bytes; PL_ENOMEM. */
PL_MUST pl_status pl_file_read(pl_ctx *cx, const char *path, pl_bytes *out);

/* Write all of s to a file descriptor. PL_EIO with the reason: a closed pipe too, where
 * SIGPIPE is ignored. */
PL_MUST pl_status pl_fd_write(pl_ctx *cx, int fd, pl_str s);

#endif
