/* A table from text to a number, in an arena: names to indices, words to rows. */
#ifndef PL_BASE_MAP_H
#define PL_BASE_MAP_H

#include "base/ctx.h"

typedef struct pl_map {
    struct pl_map_slot *slots;
    size_t n, cap; /* entries; slots (a power of two, or 0) */
} pl_map;

/* The value's place of `key`, or NULL when it is not there; good until the next add. */
size_t *pl_map_find(const pl_map *m, pl_str key);

/* The value's place of `key`, made with value 0 when it was not there (*added says so;
 * may be NULL). The key's bytes are borrowed: they must live as long as the map.
 * NULL when the arena has no room. */
PL_MUST size_t *pl_map_add(pl_arena *a, pl_map *m, pl_str key, bool *added);

#endif
