/* Which passages speak of the same thing.
 *
 * Each passage is the set of its pairs of neighbouring characters, figures left out. A
 * pair's weight is the integer logarithm of how rare it is among the passages (inverse
 * document frequency, Spärck Jones 1972). An inverted index lists, for each pair that is
 * not too common, the passages that have it. */
#include "judge/passage_index.h"

#include <stdlib.h>

#include "text/utf8.h"

enum {
    POSTINGS_MAX = 48, /* a pair in more passages leads to no candidates */
    GRAMS_MAX = 400,   /* of one passage; what is longer is judged by its beginning */
    STRING_GRAMS_MAX = 96
};

/* A pair and its number: hashed, open addressing. */
typedef struct gram {
    uint64_t pair; /* two code points; 0 = free */
    uint32_t id;
    uint32_t n; /* passages that have it */
} gram;

typedef struct gram_info {
    uint32_t n, weight;
    uint32_t first, put; /* its postings: where they begin, how many are in */
} gram_info;

struct pl_gram_index {
    gram *table;
    size_t n, cap;
    gram_info *info; /* by id */
    uint32_t *postings;
    uint32_t *shared;  /* scratch of a query, by passage: weight shared so far */
    uint32_t *touched; /* scratch: passages with some */
    uint32_t *marked;  /* scratch, by pair: query that has it */
    uint32_t query;
};

/* Characters that say nothing of what is spoken of. */
static bool is_filler(uint32_t c)
{
    if (c < 0x80)
        return !(pl_is_alpha((char)c));
    switch (c) {
    case 0x7684: /* 的 */
    case 0x4e86: /* 了 */
    case 0x548c: /* 和 */
    case 0x4e0e: /* 与 */
    case 0x53ca: /* 及 */
    case 0x7b49: /* 等 */
    case 0x4e3a: /* 为 */
    case 0x5728: /* 在 */
    case 0x5bf9: /* 对 */
    case 0x5df2: /* 已 */
    case 0x5171: /* 共 */
    case 0x5c06: /* 将 */
    case 0x8fbe: /* 达 */
    case 0x5230: /* 到 */
        return true;
    default:
        return (c >= 0x3000 && c <= 0x303f) || (c >= 0x2010 && c <= 0x2027);
    }
}

/* Append the pairs of s to out; a filler parts what stands on its two sides. */
static size_t pairs_of(pl_str s, uint64_t *out, size_t n, size_t most)
{
    uint32_t before = 0;
    size_t len;

    for (size_t i = 0; i < s.n && n < most; i += len) {
        uint32_t c = pl_utf8_at(pl_str_tail(s, i), &len);

        if (is_filler(c)) {
            before = 0;
            continue;
        }
        if (before)
            out[n++] = ((uint64_t)before << 32) | c;
        before = c;
    }
    return n;
}

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

enum { FEW = 40 }; /* for so many the plainest sort is the fastest */

static void sort_few(uint64_t *p, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        uint64_t v = p[i];
        size_t at = i;

        for (; at > 0 && p[at - 1] > v; at--)
            p[at] = p[at - 1];
        p[at] = v;
    }
}

static size_t sort_unique(uint64_t *p, size_t n)
{
    size_t kept = 0;

    if (n > FEW)
        qsort(p, n, sizeof *p, by_number);
    else
        sort_few(p, n);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || p[kept - 1] != p[i])
            p[kept++] = p[i];
    return kept;
}

/* Append the pairs of a passage's text without its figures. */
static size_t text_pairs(const pl_passages *ps, const pl_passage *p, uint64_t *out,
                         size_t n)
{
    size_t from = 0;

    for (size_t i = 0; i < p->n_figures; i++) {
        const pl_quantity *q = &ps->figures.p[p->first_figure + i].q;

        n = pairs_of(pl_str_sub(p->text, from, q->at.at - from), out, n, GRAMS_MAX);
        from = q->at.at + q->at.n;
    }
    return pairs_of(pl_str_tail(p->text, from), out, n, GRAMS_MAX);
}

/* The passage's pairs, and those of the passage that names its subject. */
static size_t passage_pairs(const pl_passages *ps, size_t i, uint64_t *out)
{
    const pl_passage *p = &ps->all.p[i];
    size_t n = text_pairs(ps, p, out, 0);

    if (p->subject != i)
        n = text_pairs(ps, &ps->all.p[p->subject], out, n);
    return sort_unique(out, n);
}

static gram *gram_slot(const struct pl_gram_index *x, uint64_t pair)
{
    size_t i = (size_t)((pair * 0x9e3779b97f4a7c15u) >> 20) & (x->cap - 1);

    while (x->table[i].pair && x->table[i].pair != pair)
        i = (i + 1) & (x->cap - 1);
    return &x->table[i];
}

static pl_status index_grow(pl_ctx *cx, struct pl_gram_index *x)
{
    struct pl_gram_index now = *x;

    now.cap = x->cap ? x->cap * 2 : 4096;
    now.table = PL_NEW_N(cx->arena, gram, now.cap);
    if (!now.table)
        return pl_fail_memory(cx);
    for (size_t i = 0; i < x->cap; i++)
        if (x->table[i].pair)
            *gram_slot(&now, x->table[i].pair) = x->table[i];
    *x = now;
    return PL_OK;
}

/* Weight of a pair: 1 + log2(passages / those that have it), in eighths of a bit. */
static uint32_t gram_weight(size_t passages, uint32_t n)
{
    uint64_t ratio = ((uint64_t)passages * 16 + n - 1) / (n ? n : 1);
    uint32_t w = 4;

    while (ratio > 16) {
        w += 8;
        ratio /= 2;
    }
    return w;
}

/* Pass one: number the pairs, count who has them, and keep them by number. */
static pl_status number_pairs(pl_ctx *cx, pl_passages *ps)
{
    struct pl_gram_index *x = ps->index;
    uint64_t own[GRAMS_MAX];

    for (size_t i = 0; i < ps->all.n; i++) {
        pl_passage *p = &ps->all.p[i];
        size_t n = passage_pairs(ps, i, own);
        uint32_t *ids = PL_NEW_N(cx->arena, uint32_t, n);

        if (!ids)
            return pl_fail_memory(cx);
        for (size_t k = 0; k < n; k++) {
            gram *g;

            if (x->n * 2 >= x->cap)
                PL_TRY(index_grow(cx, x));
            g = gram_slot(x, own[k]);
            if (g->pair == 0) {
                g->pair = own[k];
                g->id = (uint32_t)x->n++;
            }
            g->n++;
            ids[k] = g->id;
        }
        p->grams = ids;
        p->n_grams = n;
    }
    return PL_OK;
}

/* Pass two: by number: how many have it, its weight, where its postings begin. */
static pl_status lay_out(pl_ctx *cx, pl_passages *ps)
{
    struct pl_gram_index *x = ps->index;
    uint32_t total = 0;

    x->info = PL_NEW_N(cx->arena, gram_info, x->n + 1);
    if (!x->info)
        return pl_fail_memory(cx);
    for (size_t i = 0; i < x->cap; i++)
        if (x->table[i].pair) {
            gram_info *g = &x->info[x->table[i].id];

            g->n = x->table[i].n;
            g->weight = gram_weight(ps->all.n, g->n);
        }
    for (size_t i = 0; i < x->n; i++) {
        x->info[i].first = total;
        if (x->info[i].n <= POSTINGS_MAX)
            total += x->info[i].n;
    }
    x->postings = PL_NEW_N(cx->arena, uint32_t, total);
    x->shared = PL_NEW_N(cx->arena, uint32_t, ps->all.n);
    x->touched = PL_NEW_N(cx->arena, uint32_t, ps->all.n);
    x->marked = PL_NEW_N(cx->arena, uint32_t, x->n + 1);
    return x->postings && x->shared && x->touched && x->marked ? PL_OK
                                                               : pl_fail_memory(cx);
}

pl_status pl_passages_index(pl_ctx *cx, pl_passages *ps)
{
    struct pl_gram_index *x = ps->index = PL_NEW(cx->arena, struct pl_gram_index);

    if (!x)
        return pl_fail_memory(cx);
    PL_TRY(number_pairs(cx, ps));
    PL_TRY(lay_out(cx, ps));
    for (size_t i = 0; i < ps->all.n; i++) {
        pl_passage *p = &ps->all.p[i];

        for (size_t k = 0; k < p->n_grams; k++) {
            gram_info *g = &x->info[p->grams[k]];

            p->weight += g->weight;
            if (g->n <= POSTINGS_MAX)
                x->postings[g->first + g->put++] = (uint32_t)i;
        }
    }
    return PL_OK;
}

/* ---- asking ---- */

/* All that passage b shares with the marked one, the common pairs too. */
static uint32_t shared_weight(const struct pl_gram_index *x, const pl_passage *b)
{
    uint32_t w = 0;

    for (size_t k = 0; k < b->n_grams; k++)
        if (x->marked[b->grams[k]] == x->query)
            w += x->info[b->grams[k]].weight;
    return w;
}

/* Mark p's pairs and add up what others share through the index; how many were met. */
static size_t meet_candidates(struct pl_gram_index *x, const pl_passage *p, size_t self)
{
    size_t n = 0;

    x->query++;
    for (size_t k = 0; k < p->n_grams; k++) {
        const gram_info *g = &x->info[p->grams[k]];

        x->marked[p->grams[k]] = x->query;
        for (uint32_t i = 0; g->n <= POSTINGS_MAX && i < g->n; i++) {
            uint32_t other = x->postings[g->first + i];

            if (other == self)
                continue;
            if (x->shared[other] == 0)
                x->touched[n++] = other;
            x->shared[other] += g->weight;
        }
    }
    return n;
}

/* Keep the best few by shared weight, best first. */
static size_t best_few(const struct pl_gram_index *x, size_t n, uint32_t *out,
                       size_t most)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++) {
        uint32_t c = x->touched[i];
        size_t at = kept;

        while (at > 0 && x->shared[out[at - 1]] < x->shared[c])
            at--;
        if (at >= most)
            continue;
        if (kept < most)
            kept++;
        memmove(out + at + 1, out + at, (kept - at - 1) * sizeof *out);
        out[at] = c;
    }
    return kept;
}

enum { LIKES_MAX = 24 };

static int by_within(const void *a, const void *b)
{
    const pl_like *x = a, *y = b;

    if (x->within != y->within)
        return x->within > y->within ? -1 : 1;
    return (x->passage > y->passage) - (x->passage < y->passage);
}

pl_status pl_passages_like(pl_ctx *cx, const pl_passages *ps, size_t p, unsigned least,
                           size_t most, pl_likes *out)
{
    struct pl_gram_index *x = ps->index;
    const pl_passage *mine = &ps->all.p[p];
    size_t met = meet_candidates(x, mine, p);
    uint32_t best[LIKES_MAX];
    size_t n = best_few(x, met, best, LIKES_MAX);

    for (size_t i = 0; i < met; i++)
        x->shared[x->touched[i]] = 0;
    *out = (pl_likes){0};
    for (size_t i = 0; i < n; i++) {
        const pl_passage *other = &ps->all.p[best[i]];
        uint64_t w = (uint64_t)shared_weight(x, other) * 1000;
        uint32_t less = mine->weight < other->weight ? mine->weight : other->weight;
        uint32_t more = mine->weight < other->weight ? other->weight : mine->weight;
        pl_like *slot;

        if (less == 0 || w / less < least)
            continue;
        slot = PL_VEC_ADD(cx->arena, out);
        if (!slot)
            return pl_fail_memory(cx);
        *slot = (pl_like){best[i], (unsigned)(w / less), (unsigned)(w / more)};
    }
    if (out->n)
        qsort(out->p, out->n, sizeof *out->p, by_within);
    if (out->n > most)
        out->n = most;
    return PL_OK;
}

/* ---- names ---- */

static size_t string_pairs(pl_str s, uint64_t *out)
{
    return sort_unique(out, pairs_of(s, out, 0, STRING_GRAMS_MAX));
}

/* Pairs in both, and how many each has. */
static size_t common_pairs(pl_str a, pl_str b, size_t *na, size_t *nb)
{
    uint64_t x[STRING_GRAMS_MAX], y[STRING_GRAMS_MAX];
    size_t common = 0;

    *na = string_pairs(a, x);
    *nb = string_pairs(b, y);
    for (size_t i = 0, k = 0; i < *na && k < *nb;) {
        if (x[i] == y[k]) {
            common++;
            i++;
            k++;
        } else if (x[i] < y[k]) {
            i++;
        } else {
            k++;
        }
    }
    return common;
}

unsigned pl_text_within(pl_str a, pl_str b)
{
    size_t na, nb, common = common_pairs(a, b, &na, &nb);
    size_t less = na < nb ? na : nb;

    return less ? (unsigned)(common * 1000 / less) : 0;
}

unsigned pl_text_alike(pl_str a, pl_str b)
{
    size_t na, nb, common = common_pairs(a, b, &na, &nb);

    return na + nb ? (unsigned)(common * 2000 / (na + nb)) : 0;
}
