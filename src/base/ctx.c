#include "base/ctx.h"

#include <stdarg.h>
#include <stdio.h>

const pl_limits PL_LIMITS_DEFAULT = {
    .input_bytes = (size_t)256 << 20,
    .arena_bytes = (size_t)2 << 30,
    .cells = (size_t)1 << 19,
    .columns = 4096,
    .line_bytes = (size_t)4 << 20,
    .depth = 64,
    .phrase_bytes = 4096,
    .entries = 65536,
    .expanded_bytes = (size_t)512 << 20,
    .expansion_ratio = 200,
    .read_bytes = (size_t)192 << 20,
    .read_ratio = 10,
};

pl_status pl_fail(pl_ctx *cx, pl_status code, size_t at, const char *format, ...)
{
    va_list ap;

    cx->err.code = code;
    cx->err.at = at;
    cx->err.line = cx->err.col = 0;
    va_start(ap, format);
    (void)vsnprintf(cx->err.msg, sizeof cx->err.msg, format, ap);
    va_end(ap);
    return code;
}

pl_status pl_fail_memory(pl_ctx *cx)
{
    size_t full = cx->arena ? pl_arena_full(cx->arena) : 0;

    if (full)
        return pl_fail(cx, PL_ENOMEM, PL_NOPOS, "working on it takes more than %zu MB",
                       full >> 20);
    return pl_fail(cx, PL_ENOMEM, PL_NOPOS, "out of memory");
}

size_t pl_ctx_bound(pl_ctx *cx, size_t n)
{
    size_t was = cx->limits.arena_bytes, more, all;

    if (pl_mul_ok(cx->limits.read_ratio, n, &more) &&
        pl_add_ok(more, cx->limits.read_bytes, &more) &&
        pl_add_ok(more, pl_arena_used(cx->arena), &all) && all < was)
        pl_ctx_ceiling(cx, all);
    return was;
}

void pl_ctx_ceiling(pl_ctx *cx, size_t bytes)
{
    cx->limits.arena_bytes = bytes;
    (void)pl_arena_ceiling(cx->arena, bytes);
}

pl_str pl_status_token(pl_status st)
{
    static const pl_str token[] = {
#define X(name, token) PL_S_INIT(token),
        PL_STATUS_LIST(X)
#undef X
    };

    _Static_assert(PL_COUNT(token) == PL_STATUS_COUNT, "one token per status");
    return token[st];
}

pl_status pl_str_keep(pl_ctx *cx, pl_str s, pl_str *out)
{
    char *p = pl_arena_alloc_raw(cx->arena, s.n, 1, 1);

    if (!p)
        return pl_fail_memory(cx);
    if (s.n)
        memcpy(p, s.p, s.n);
    *out = (pl_str){p, s.n};
    return PL_OK;
}
