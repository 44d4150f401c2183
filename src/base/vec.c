#include "base/vec.h"

bool pl_vec_grow(pl_arena *a, void **p, size_t n, size_t *cap, size_t size, size_t align)
{
    size_t now = *cap ? *cap * 2 : 8;
    void *q;

    if (now > SIZE_MAX / 2 / size)
        return false;
    if (*cap && pl_arena_extend(a, *p, *cap * size, now * size)) {
        *cap = now;
        return true;
    }
    q = pl_arena_alloc_raw(a, now, size, align);
    if (!q)
        return false;
    if (n)
        memcpy(q, *p, n * size);
    *p = q;
    *cap = now;
    return true;
}
