/* Growing arrays in an arena.
 *
 *     typedef PL_VEC(pl_task) pl_tasks;
 *     pl_task *t = PL_VEC_ADD(arena, &plan->tasks);   NULL when there is no room
 *     for (size_t i = 0; i < tasks.n; i++) tasks.p[i] …
 *
 * A zeroed vector is empty. Elements move when it grows: keep indices, not pointers. */
#ifndef PL_BASE_VEC_H
#define PL_BASE_VEC_H

#include "base/arena.h"

#define PL_VEC(T)      \
    struct {           \
        T *p;          \
        size_t n, cap; \
    }

/* More room for elements of size bytes in *p: twice *cap, of large arrays a quarter more;
 * false when the arena has none. */
PL_MUST bool pl_vec_grow(pl_arena *a, void **p, size_t *cap, size_t size, size_t align);

/* Zeroed room for one more element of size bytes in *p; false when the arena has none. */
PL_MUST static inline bool pl_vec_room(pl_arena *a, void **p, size_t n, size_t *cap,
                                       size_t size, size_t align)
{
    if (n >= *cap && !pl_vec_grow(a, p, cap, size, align))
        return false;
    memset((char *)*p + n * size, 0, size);
    return true;
}

/* A zeroed new last element, or NULL. */
#define PL_VEC_ADD(a, v)                                                   \
    (pl_vec_room((a), (void **)&(v)->p, (v)->n, &(v)->cap, sizeof *(v)->p, \
                 _Alignof(max_align_t))                                    \
         ? &(v)->p[(v)->n++]                                               \
         : NULL)

#endif
