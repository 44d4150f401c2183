#define _GNU_SOURCE /* madvise, mremap, MAP_ANONYMOUS */

#include "base/arena.h"

#include <stdlib.h>
#include <sys/mman.h>

enum {
    CHUNK_FIRST_BYTES = 64 * 1024,     /* enough for small work; then whole huge pages */
    CHUNK_MAX_BYTES = 4 * 1024 * 1024, /* its head included */
    HUGE_BYTES = 2 * 1024 * 1024       /* a huge page of x86-64 and of most others */
};

typedef struct chunk {
    struct chunk *before;
    size_t number;     /* of the arena's chunks, ascending */
    size_t size, used; /* bytes of data[] */
    size_t mapped;     /* bytes of the mapping that it is; 0: malloc gave it */
    _Alignas(16) unsigned char data[];
} chunk;

struct pl_arena {
    chunk *last;
    chunk *spare; /* given back by a reset: work in rounds would map it again and again */
    size_t total; /* bytes of all chunks */
    size_t next_bytes; /* of the next chunk, its head included */
    size_t numbered;   /* chunks so far */
    size_t max_bytes;
    bool full;         /* it has refused what would pass max_bytes */
    size_t fail_after; /* allocations left before they fail; PL_NOPOS = never */
};

pl_arena *pl_arena_new(size_t max_bytes)
{
    pl_arena *a = calloc(1, sizeof *a);

    if (a) {
        a->max_bytes = max_bytes;
        a->next_bytes = CHUNK_FIRST_BYTES;
        a->fail_after = PL_NOPOS;
    }
    return a;
}

/* A chunk of n bytes, its head included, in pages of its own: huge ones, where the system
 * has them. A long document touches its memory page by page, and the system's work for a
 * small page is more than ours for what is on it. */
static chunk *chunk_map(size_t n)
{
    size_t bytes = (n + HUGE_BYTES - 1) / HUGE_BYTES * HUGE_BYTES, lead;
    unsigned char *p = mmap(NULL, bytes + HUGE_BYTES, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    chunk *c;

    if (p == MAP_FAILED)
        return NULL;
    lead = (HUGE_BYTES - (uintptr_t)p % HUGE_BYTES) % HUGE_BYTES;
    if (lead)
        (void)munmap(p, lead);
    if (lead < HUGE_BYTES)
        (void)munmap(p + lead + bytes, HUGE_BYTES - lead);
    p += lead;
    (void)madvise(p, bytes, MADV_HUGEPAGE); /* a wish: without it all works too */
    c = (chunk *)(void *)p;
    c->mapped = bytes;
    return c;
}

static chunk *chunk_new(size_t n)
{
    chunk *c;

    if (n >= HUGE_BYTES && n < SIZE_MAX - 2 * (size_t)HUGE_BYTES)
        return chunk_map(n);
    c = malloc(n);
    if (c)
        c->mapped = 0;
    return c;
}

static void chunk_free(chunk *c)
{
    if (c && c->mapped)
        (void)munmap(c, c->mapped);
    else
        free(c);
}

void pl_arena_expect_much(pl_arena *a)
{
    if (a->next_bytes < HUGE_BYTES)
        a->next_bytes = HUGE_BYTES;
}

void pl_arena_free(pl_arena *a)
{
    if (!a)
        return;
    while (a->last) {
        chunk *c = a->last;

        a->last = c->before;
        chunk_free(c);
    }
    chunk_free(a->spare);
    free(a);
}

static void chunk_put(pl_arena *a, chunk *c)
{
    c->before = a->last;
    c->number = ++a->numbered;
    c->used = 0;
    a->last = c;
    a->total += c->size;
}

/* A chunk with room for n bytes, as the last one; false when it may not or cannot be. */
static bool chunk_add(pl_arena *a, size_t n)
{
    size_t want = a->next_bytes - sizeof(chunk);
    size_t left = a->max_bytes > a->total ? a->max_bytes - a->total : 0;
    size_t bytes;
    chunk *c = a->spare;

    if (c && n <= c->size && c->size <= left) {
        a->spare = NULL;
        chunk_put(a, c);
        return true;
    }
    if (want < n)
        want = n;
    if (left < want)
        want = n; /* the last room there is */
    a->full |= n > left;
    if (n > left || !pl_add_ok(want, sizeof *c, &bytes))
        return false;
    c = chunk_new(bytes);
    if (!c)
        return false;
    c->size = want;
    chunk_put(a, c);
    if (want <= a->next_bytes) /* else it is for one large thing */
        a->next_bytes = a->next_bytes < HUGE_BYTES ? HUGE_BYTES : CHUNK_MAX_BYTES;
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

/* The link to the chunk that p has for itself, all `old` bytes of it; NULL: it has none.
 */
static chunk **own_chunk(pl_arena *a, const void *p, size_t old)
{
    chunk **link = &a->last;

    while (*link && (*link)->data != p)
        link = &(*link)->before;
    return *link && (*link)->mapped && (*link)->used == old ? link : NULL;
}

/* Give a chunk's pages to a larger one: nothing is copied. */
static bool chunk_move(pl_arena *a, chunk **link, size_t now)
{
    chunk *c = *link, *to;
    size_t more = now > c->size ? now - c->size : 0, bytes, was = c->mapped;

    if (a->total > a->max_bytes || more > a->max_bytes - a->total ||
        !pl_add_ok(now, sizeof *c, &bytes) || bytes > SIZE_MAX - 2 * (size_t)HUGE_BYTES)
        return false;
    to = chunk_map(bytes);
    if (!to)
        return false;
    bytes = to->mapped;
    if (mremap(c, was, bytes, MREMAP_MAYMOVE | MREMAP_FIXED, to) == MAP_FAILED) {
        (void)munmap(to, bytes);
        return false;
    }
    to->mapped = bytes;
    to->size += more;
    to->used = now;
    a->total += more;
    *link = to;
    return true;
}

void *pl_arena_grow(pl_arena *a, void *p, size_t old, size_t now, size_t align)
{
    chunk **link;
    void *q;

    if (pl_arena_extend(a, p, old, now))
        return p;
    link = old >= CHUNK_MAX_BYTES / 2 && now > old && a->fail_after == PL_NOPOS
               ? own_chunk(a, p, old)
               : NULL;
    if (link && chunk_move(a, link, now))
        return (*link)->data;
    q = pl_arena_alloc_raw(a, now, 1, align);
    if (q && old)
        memcpy(q, p, old < now ? old : now);
    return q;
}

pl_arena_mark pl_arena_here(const pl_arena *a)
{
    return (pl_arena_mark){a->last ? a->last->number : 0, a->last ? a->last->used : 0,
                           a->total};
}

void pl_arena_reset(pl_arena *a, pl_arena_mark to)
{
    while (a->last && a->last->number > to.chunk) {
        chunk *c = a->last;

        a->last = c->before;
        a->total -= c->size;
        if (c->size < CHUNK_MAX_BYTES) {
            chunk_free(a->spare);
            a->spare = c;
        } else {
            chunk_free(c);
        }
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

size_t pl_arena_full(const pl_arena *a)
{
    return a->full ? a->max_bytes : 0;
}

size_t pl_arena_used(const pl_arena *a)
{
    return a->total;
}

void pl_arena_fail_after(pl_arena *a, size_t n)
{
    a->fail_after = n;
}
