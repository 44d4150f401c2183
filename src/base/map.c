#include "base/map.h"

struct pl_map_slot {
    pl_str key; /* key.p == NULL: free */
    uint64_t hash;
    size_t value;
};

static struct pl_map_slot *slot_of(const pl_map *m, pl_str key, uint64_t hash)
{
    size_t i = hash & (m->cap - 1);

    while (m->slots[i].key.p &&
           (m->slots[i].hash != hash || !pl_str_eq(m->slots[i].key, key)))
        i = (i + 1) & (m->cap - 1);
    return &m->slots[i];
}

size_t *pl_map_find(const pl_map *m, pl_str key)
{
    struct pl_map_slot *s;

    if (m->cap == 0)
        return NULL;
    s = slot_of(m, key, pl_str_hash(key));
    return s->key.p ? &s->value : NULL;
}

static bool map_grow(pl_arena *a, pl_map *m)
{
    pl_map now = {.n = m->n, .cap = m->cap ? m->cap * 2 : 32};

    now.slots = PL_NEW_N(a, struct pl_map_slot, now.cap);
    if (!now.slots)
        return false;
    for (size_t i = 0; i < m->cap; i++)
        if (m->slots[i].key.p)
            *slot_of(&now, m->slots[i].key, m->slots[i].hash) = m->slots[i];
    *m = now;
    return true;
}

size_t *pl_map_add(pl_arena *a, pl_map *m, pl_str key, bool *added)
{
    uint64_t hash = pl_str_hash(key);
    struct pl_map_slot *s;

    if (m->n * 2 >= m->cap && !map_grow(a, m))
        return NULL;
    s = slot_of(m, key, hash);
    if (added)
        *added = !s->key.p;
    if (!s->key.p) {
        *s = (struct pl_map_slot){{key.n ? key.p : "", key.n}, hash, 0};
        m->n++;
    }
    return &s->value;
}
