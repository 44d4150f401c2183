#include "records/id.h"

#include <sodium/randombytes.h>

enum { TIME_CHARS = 10, BITS = 5 };

static void put(char *out, size_t chars, uint64_t v)
{
    static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    for (size_t i = chars; i > 0; i--, v >>= BITS)
        out[i - 1] = digits[v & 31];
}

pl_now pl_now_later(pl_now now, size_t n)
{
    size_t ms = (size_t)now.ms + n;

    return (pl_now){now.s + (int64_t)(ms / 1000), (int)(ms % 1000)};
}

pl_status pl_id_new(pl_ctx *cx, pl_now now, pl_str *out)
{
    char *p = pl_arena_alloc_raw(cx->arena, PL_ID_CHARS, 1, 1);
    uint64_t random;

    if (!p)
        return pl_fail_memory(cx);
    randombytes_buf(&random, sizeof random);
    put(p, TIME_CHARS, (uint64_t)now.s * 1000 + (uint64_t)now.ms);
    put(p + TIME_CHARS, PL_ID_CHARS - TIME_CHARS, random);
    *out = (pl_str){p, PL_ID_CHARS};
    return PL_OK;
}
