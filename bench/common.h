/* What the measuring programs share: files in, requests, one whole check. Each ends the
 * program with a sentence when something is wrong. */
#ifndef PL_BENCH_COMMON_H
#define PL_BENCH_COMMON_H

#include "judge/check.h"

_Noreturn void bench_stop(const char *why);

/* All of a file; the caller frees p. */
pl_bytes bench_read_file(const char *path);

/* A fresh request: its arena, and the compiled-in lexicon in it. */
pl_ctx bench_request(void);

/* Read one document and check it, as `plumbline check` does. */
pl_check *bench_check(pl_ctx *cx, pl_bytes in);

#endif
