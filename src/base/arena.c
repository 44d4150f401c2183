#include "base/arena.h"

#include <stdlib.h>

enum { CHUNK_FIRST_BYTES = 64 * 1024, CHUNK_MAX_BYTES = 4 * 1024 * 1024 };

typedef struct chunk {
    struct chunk *before;
    size_t size, used; /* bytes of data[] */
    _Alignas(16) unsigned char data[];
} chunk;

struct pl_arena {
    chunk *last;
    size_t total; /* bytes of all chunks */
    size_t max_bytes;
    size_t fail_after; /* allocations left before they fail; PL_NOPOS = never */
};

pl_arena *pl_arena_new(size_t max_bytes)
{
    pl_arena *a = calloc(1, sizeof *a);

    if (a) {
        a->max_bytes = max_bytes;
        a->fail_after = PL_NOPOS;
    }
    return a;
}

void pl_arena_free(pl_arena *a)
{
    if (!a)
        return;
    while (a->last) {
        chunk *c = a->last;

        a->last = c->before;
        free(c);
    }
    free(a);
}

/* A chunk with room for n bytes, as the last one; false when it may not or cannot be. */
static bool chunk_add(pl_arena *a, size_t n)
{
    size_t want = a->last ? a->last->size * 2 : CHUNK_FIRST_BYTES;
    size_t left = a->max_bytes > a->total ? a->max_bytes - a->total : 0;
    size_t bytes;
    chunk *c;

    if (want > CHUNK_MAX_BYTES)
        want = CHUNK_MAX_BYTES;
    if (want < n)
        want = n;
    if (left < want)
        want = n; /* the last room there is */
    if (n > left || !pl_add_ok(want, sizeof *c, &bytes))
        return false;
    c = malloc(bytes);
    if (!c)
        return false;
    c->before = a->last;
    c->size = want;
    c->used = 0;
    a->last = c;
    a->total += want;
    return true;
}

void *pl_arena_alloc_raw(pl_arena *a, size_t n, size_t size, size_t align)
{
    size_t bytes, at;

    if (!pl_mul_ok(n, size, &bytes) || bytes > SIZE_MAX - 64)
        return NULL;
    if (a->fail_after != PL_NOPOS && a->fail_after-- == 0) {
        a->fail_after = 0;
        return NULL;
    }
    at = a->last ? (a->last->used + align - 1) & ~(align - 1) : 0;
    if (!a->last || at > a->last->size || bytes > a->last->size - at) {
        if (!chunk_add(a, bytes ? bytes : 1))
            return NULL;
        at = 0;
    }
    a->last->used = at + bytes;
    return a->last->data + at;
}

void *pl_arena_alloc(pl_arena *a, size_t n, size_t size, size_t align)
{
    void *p = pl_arena_alloc_raw(a, n, size, align);

    if (p && n)
        memset(p, 0, n * size); /* n * size was found to fit */
    return p;
}

bool pl_arena_extend(pl_arena *a, void *p, size_t old, size_t now)
{
    chunk *c = a->last;
    size_t at;

    if (!c || !p || a->fail_after != PL_NOPOS)
        return false;
    if (c->used < old || c->data + (c->used - old) != (unsigned char *)p)
        return false;
    at = c->used - old;
    if (now < old || now > c->size - at)
        return false;
    c->used = at + now;
    return true;
}

pl_arena_mark pl_arena_here(const pl_arena *a)
{
    return (pl_arena_mark){a->last, a->last ? a->last->used : 0, a->total};
}

void pl_arena_reset(pl_arena *a, pl_arena_mark to)
{
    while (a->last && a->last != to.chunk) {
        chunk *c = a->last;

        a->last = c->before;
        a->total -= c->size;
        free(c);
    }
    if (a->last)
        a->last->used = to.used;
}

size_t pl_arena_ceiling(pl_arena *a, size_t max_bytes)
{
    size_t was = a->max_bytes;

    a->max_bytes = max_bytes;
    return was;
}

size_t pl_arena_used(const pl_arena *a)
{
    return a->total;
}

void pl_arena_fail_after(pl_arena *a, size_t n)
{
    a->fail_after = n;
}
