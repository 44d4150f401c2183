#include "base/ctx.h"

#include <stdarg.h>
#include <stdio.h>

const pl_limits PL_LIMITS_DEFAULT = {
    .input_bytes = (size_t)256 << 20,
    .arena_bytes = (size_t)2 << 30,
    .cells = (size_t)4 << 20,
    .columns = 4096,
    .depth = 64,
    .phrase_bytes = 4096,
    .entries = 65536,
    .expanded_bytes = (size_t)512 << 20,
    .expansion_ratio = 200,
    .read_bytes = (size_t)256 << 20,
    .read_ratio = 4,
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
    return pl_fail(cx, PL_ENOMEM, PL_NOPOS, "out of memory");
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
