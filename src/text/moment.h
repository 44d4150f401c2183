/* Moments: seconds since 1970-01-01 UTC, and RFC 3339. */
#ifndef PL_TEXT_MOMENT_H
#define PL_TEXT_MOMENT_H

#include "base/buf.h"

/* "2026-03-01T08:00:00Z", "…+08:00", fractions of a second dropped; a day alone is its
 * first second in UTC. Years 1970 to 9999. False, and *out untouched, when it is none. */
PL_MUST bool pl_moment_parse(pl_str s, int64_t *out);

/* Append "2026-03-01T08:00:00Z". */
void pl_moment_put(pl_buf *b, int64_t s);

#endif
