/* Memory of one request: many allocations, one end. Nothing in it is freed by itself. */
#ifndef PL_BASE_ARENA_H
#define PL_BASE_ARENA_H

#include "base/base.h"

typedef struct pl_arena pl_arena;

/* A new arena that never holds more than max_bytes; NULL when malloc fails. End it with
 * pl_arena_free. */
PL_MUST pl_arena *pl_arena_new(size_t max_bytes);
void pl_arena_free(pl_arena *a);

/* Say that a megabyte or more will be needed: it is got together, in a huge page where
 * the system has them, instead of in small ones first. */
void pl_arena_expect_much(pl_arena *a);

/* Zeroed space for n objects of size bytes; lives until pl_arena_free or the
 * pl_arena_reset that undoes it. NULL when n * size overflows, max_bytes would be
 * passed, or malloc fails. n == 0 gives a pointer that must not be read. */
PL_MUST void *pl_arena_alloc(pl_arena *a, size_t n, size_t size, size_t align);

/* The same, not zeroed: for large space that is written before it is read, or seldom. */
PL_MUST void *pl_arena_alloc_raw(pl_arena *a, size_t n, size_t size, size_t align);

/* Make the last allocation `p` of `old` bytes `now` bytes long where it stands, what is
 * added not zeroed; false when it was not the last one or does not fit its chunk (p is as
 * it was). */
PL_MUST bool pl_arena_extend(pl_arena *a, void *p, size_t old, size_t now);

/* Room of `now` bytes for what the allocation `p` of `old` bytes holds: where it stands,
 * or elsewhere; NULL as pl_arena_alloc. What is added is not zeroed. The pages of what is
 * large and has a chunk to itself are moved, not copied; other room left behind is used
 * again only after a reset. */
PL_MUST void *pl_arena_grow(pl_arena *a, void *p, size_t old, size_t now, size_t align);

/* A point in the arena's life; pl_arena_reset gives back all that came after it. */
typedef struct pl_arena_mark {
    size_t chunk; /* its number */
    size_t used;
    size_t total;
} pl_arena_mark;
pl_arena_mark pl_arena_here(const pl_arena *a);
void pl_arena_reset(pl_arena *a, pl_arena_mark to);

/* Change the ceiling; what it was. Below what is used, nothing more is handed out. */
size_t pl_arena_ceiling(pl_arena *a, size_t max_bytes);

/* The ceiling, when something was refused because of it; else 0. */
size_t pl_arena_full(const pl_arena *a);

/* Bytes handed out so far. */
size_t pl_arena_used(const pl_arena *a);

/* For tests: the allocation after the next n fails, and all after it. */
void pl_arena_fail_after(pl_arena *a, size_t n);

#define PL_NEW(a, T)      ((T *)pl_arena_alloc((a), 1, sizeof(T), _Alignof(T)))
#define PL_NEW_N(a, T, n) ((T *)pl_arena_alloc((a), (n), sizeof(T), _Alignof(T)))

#endif
