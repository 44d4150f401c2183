/* What unit tests share: cmocka with its headers in order, and short ways to make
 * contexts and strings. */
#ifndef PL_TESTS_UNIT_H
#define PL_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/ctx.h"

static inline pl_str of(const char *c)
{
    return pl_str_from(c);
}

/* A context with an arena of its own; end it with test_ctx_free. No lexicon. */
static inline pl_ctx test_ctx(void)
{
    pl_ctx cx = {.limits = PL_LIMITS_DEFAULT};

    cx.arena = pl_arena_new(cx.limits.arena_bytes);
    assert_non_null(cx.arena);
    return cx;
}

static inline void test_ctx_free(pl_ctx *cx)
{
    pl_arena_free(cx->arena);
    cx->arena = NULL;
}

/* Equal, or fail showing both and the row. */
#define assert_str(got, want)                                                 \
    do {                                                                      \
        pl_str got_ = (got), want_ = (want);                                  \
        if (!pl_str_eq(got_, want_))                                          \
            fail_msg("got '%.*s', want '%.*s'", PL_FMT(got_), PL_FMT(want_)); \
    } while (0)

#endif
