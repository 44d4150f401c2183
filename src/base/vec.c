#include "base/vec.h"

enum {
    DOUBLED_BYTES = 16 << 20
}; /* what is larger grows by a quarter: it is not copied */

bool pl_vec_grow(pl_arena *a, void **p, size_t *cap, size_t size, size_t align)
{
    size_t now = *cap ? *cap * 2 : 8;
    void *q;

    if (now > SIZE_MAX / 2 / size)
        return false;
    if (now * size > DOUBLED_BYTES)
        now = *cap + *cap / 4 + 8;
    q = pl_arena_grow(a, *p, *cap * size, now * size, align);
    if (!q)
        return false;
    *p = q;
    *cap = now;
    return true;
}
