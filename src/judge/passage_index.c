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
} gram;

typedef struct gram_info {
    uint32_t n, weight; /* passages that have it */
    uint32_t first;     /* where its postings begin */
    uint32_t last;      /* pass one: the last passage that has it, + 1;
                           pass two: how many postings are in */
} gram_info;

/* What is like one passage, once it was asked for. */
typedef struct answer {
    pl_like *p;
    uint32_t n;
    bool known;
} answer;

struct pl_gram_index {
    gram *table;
    size_t cap;
    PL_VEC(gram_info) info; /* by id */
    uint32_t *postings;
    uint32_t *shared;  /* scratch of a query, by passage: weight shared so far */
    uint32_t *touched; /* scratch: passages with some */
    uint32_t *marked;  /* scratch, by pair: query that has it */
    uint32_t query;
    answer *answers; /* by passage */
};

/* Characters that say nothing of what is spoken of. */
#define FILLERS(X)      \
    X(0x7684) /* 的 */ \
    X(0x4E86) /* 了 */ \
    X(0x548C) /* 和 */ \
    X(0x4E0E) /* 与 */ \
    X(0x53CA) /* 及 */ \
    X(0x7B49) /* 等 */ \
    X(0x4E3A) /* 为 */ \
    X(0x5728) /* 在 */ \
    X(0x5BF9) /* 对 */ \
    X(0x5DF2) /* 已 */ \
    X(0x5171) /* 共 */ \
    X(0x5C06) /* 将 */ \
    X(0x8FBE) /* 达 */ \
    X(0x5230) /* 到 */

static const pl_char_filter filler_char = PL_CHAR_FILTER(FILLERS);

static bool is_filler(uint32_t c)
{
    if (c < 0x80)
        return !(pl_is_alpha((char)c));
    if (c < 0x3040)
        return (c >= 0x3000 && c <= 0x303f) || (c >= 0x2010 && c <= 0x2027);
    if (!(filler_char.last >> (c & 63) & 1))
        return false;
    switch (c) {
#define X(filler) case filler:
        FILLERS(X)
#undef X
        return true;
    default:
        return false;
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
static size_t text_pairs(const pl_passages *ps, const pl_passage *p, uint64_t *out)
{
    size_t n = 0, from = 0;

    for (size_t i = 0; i < p->n_figures; i++) {
        const pl_quantity *q = &ps->figures.p[p->first_figure + i].q;

        n = pairs_of(pl_str_sub(p->text, from, q->at.at - from), out, n, GRAMS_MAX);
        from = q->at.at + q->at.n;
    }
    return pairs_of(pl_str_tail(p->text, from), out, n, GRAMS_MAX);
}

static gram *gram_slot(const struct pl_gram_index *x, uint64_t pair)
{
    size_t i = (size_t)((pair * 0x9e3779b97f4a7c15u) >> 20) & (x->cap - 1);

    while (x->table[i].pair && x->table[i].pair != pair)
        i = (i + 1) & (x->cap - 1);
    return &x->table[i];
}

/* A table of `cap` slots, a power of two, with all that is in the old one. */
static pl_status index_room(pl_ctx *cx, struct pl_gram_index *x, size_t cap)
{
    struct pl_gram_index now = *x;

    now.cap = cap;
    now.table = PL_NEW_N(cx->arena, gram, now.cap);
    if (!now.table)
        return pl_fail_memory(cx);
    for (size_t i = 0; i < x->cap; i++)
        if (x->table[i].pair)
            *gram_slot(&now, x->table[i].pair) = x->table[i];
    *x = now;
    return PL_OK;
}

/* Room to begin with: a text has fewer pairs than characters, and says many twice. */
static pl_status index_begin(pl_ctx *cx, pl_passages *ps)
{
    size_t bytes = 0, cap = 1024;

    for (size_t i = 0; i < ps->all.n; i++)
        bytes += ps->all.p[i].text.n;
    while (cap < bytes / 4)
        cap *= 2;
    return index_room(cx, ps->index, cap);
}

/* The number of a pair, a new one for a new pair. */
static pl_status gram_id(pl_ctx *cx, struct pl_gram_index *x, uint64_t pair, uint32_t *id)
{
    const gram_info *info;
    gram *g;

    if (x->info.n * 2 >= x->cap)
        PL_TRY(index_room(cx, x, x->cap * 2));
    g = gram_slot(x, pair);
    if (g->pair == 0) {
        g->pair = pair;
        g->id = (uint32_t)x->info.n;
        info = PL_VEC_ADD(cx->arena, &x->info);
        if (!info)
            return pl_fail_memory(cx);
    }
    *id = g->id;
    return PL_OK;
}

/* Count a pair for passage i, unless it was met in it before: true then. */
static bool is_new(struct pl_gram_index *x, uint32_t id, size_t i)
{
    gram_info *g = &x->info.p[id];

    if (g->last == i + 1)
        return false;
    g->last = (uint32_t)(i + 1);
    g->n++;
    return true;
}

/* Number the pairs of passage i, and those of the passage that names its subject, which
 * comes before it and has no other's. */
static pl_status number_passage(pl_ctx *cx, pl_passages *ps, size_t i)
{
    struct pl_gram_index *x = ps->index;
    pl_passage *p = &ps->all.p[i];
    const pl_passage *subject = &ps->all.p[p->subject];
    uint64_t own[GRAMS_MAX];
    uint32_t ids[GRAMS_MAX], *kept;
    size_t met = text_pairs(ps, p, own), n = 0;

    for (size_t k = 0; k < met; k++) {
        uint32_t id = 0;

        PL_TRY(gram_id(cx, x, own[k], &id));
        if (is_new(x, id, i))
            ids[n++] = id;
    }
    for (size_t k = 0; subject != p && k < subject->n_grams && n < GRAMS_MAX; k++)
        if (is_new(x, subject->grams[k], i))
            ids[n++] = subject->grams[k];
    kept = pl_arena_alloc_raw(cx->arena, n, sizeof *kept, _Alignof(uint32_t));
    if (!kept)
        return pl_fail_memory(cx);
    memcpy(kept, ids, n * sizeof *kept);
    p->grams = kept;
    p->n_grams = n;
    return PL_OK;
}

/* Pass one: number the pairs, count who has them, and keep them by number. */
static pl_status number_pairs(pl_ctx *cx, pl_passages *ps)
{
    PL_TRY(index_begin(cx, ps));
    for (size_t i = 0; i < ps->all.n; i++)
        PL_TRY(number_passage(cx, ps, i));
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

/* Pass two: the weight of each pair and where its postings begin. */
static pl_status lay_out(pl_ctx *cx, pl_passages *ps)
{
    struct pl_gram_index *x = ps->index;
    uint32_t total = 0;

    for (size_t i = 0; i < x->info.n; i++) {
        gram_info *g = &x->info.p[i];

        g->weight = gram_weight(ps->all.n, g->n);
        g->first = total;
        g->last = 0;
        if (g->n <= POSTINGS_MAX)
            total += g->n;
    }
    x->postings = PL_NEW_N(cx->arena, uint32_t, total);
    x->shared = PL_NEW_N(cx->arena, uint32_t, ps->all.n);
    x->touched = PL_NEW_N(cx->arena, uint32_t, ps->all.n);
    x->marked = PL_NEW_N(cx->arena, uint32_t, x->info.n + 1);
    x->answers = PL_NEW_N(cx->arena, answer, ps->all.n);
    return x->postings && x->shared && x->touched && x->marked && x->answers
               ? PL_OK
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
            gram_info *g = &x->info.p[p->grams[k]];

            p->weight += g->weight;
            if (g->n <= POSTINGS_MAX)
                x->postings[g->first + g->last++] = (uint32_t)i;
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
            w += x->info.p[b->grams[k]].weight;
    return w;
}

/* Mark p's pairs and add up what others share through the index; how many were met. */
static size_t meet_candidates(struct pl_gram_index *x, const pl_passage *p, size_t self)
{
    size_t n = 0;

    x->query++;
    for (size_t k = 0; k < p->n_grams; k++) {
        const gram_info *g = &x->info.p[p->grams[k]];

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

enum { LIKES_MAX = 24 };

/* Keep the best few by shared weight, best first; of equals, the first in the document.
 */
static size_t best_few(const struct pl_gram_index *x, size_t n, uint32_t out[LIKES_MAX])
{
    uint64_t keys[LIKES_MAX]; /* weight, then what is larger for who comes earlier */
    size_t kept = 0;

    for (size_t i = 0; i < n; i++) {
        uint32_t c = x->touched[i];
        uint64_t key = (uint64_t)x->shared[c] << 32 | (UINT32_MAX - c);
        size_t at = kept;

        if (kept == LIKES_MAX && key < keys[LIKES_MAX - 1])
            continue;
        if (kept == LIKES_MAX)
            at--;
        else
            kept++;
        for (; at > 0 && keys[at - 1] < key; at--)
            keys[at] = keys[at - 1];
        keys[at] = key;
    }
    for (size_t i = 0; i < kept; i++)
        out[i] = UINT32_MAX - (uint32_t)keys[i];
    return kept;
}

/* Is a to stand before b? The more alike first, then in the order of the document. */
static bool goes_before(const pl_like *a, const pl_like *b)
{
    return a->within != b->within ? a->within > b->within : a->passage < b->passage;
}

/* The passages most like p, in *out, best first; how many. */
static size_t find_like(const pl_passages *ps, size_t p, pl_like out[LIKES_MAX])
{
    struct pl_gram_index *x = ps->index;
    const pl_passage *mine = &ps->all.p[p];
    size_t met = meet_candidates(x, mine, p), kept = 0;
    uint32_t best[LIKES_MAX];
    size_t n = best_few(x, met, best);

    for (size_t i = 0; i < met; i++)
        x->shared[x->touched[i]] = 0;
    for (size_t i = 0; i < n; i++) {
        const pl_passage *other = &ps->all.p[best[i]];
        uint64_t w = (uint64_t)shared_weight(x, other) * 1000;
        uint32_t less = mine->weight < other->weight ? mine->weight : other->weight;
        uint32_t more = mine->weight < other->weight ? other->weight : mine->weight;
        pl_like like = {best[i], 0, 0};
        size_t at = kept;

        if (less == 0)
            continue;
        like.within = (unsigned)(w / less);
        like.alike = (unsigned)(w / more);
        for (; at > 0 && goes_before(&like, &out[at - 1]); at--)
            out[at] = out[at - 1];
        out[at] = like;
        kept++;
    }
    return kept;
}

/* Several rules ask for what is like the same passage: it is found once. */
static pl_status answer_of(pl_ctx *cx, const pl_passages *ps, size_t p, answer **out)
{
    answer *a = *out = &ps->index->answers[p];
    pl_like found[LIKES_MAX];
    size_t n;

    if (a->known)
        return PL_OK;
    n = find_like(ps, p, found);
    a->p = pl_arena_alloc_raw(cx->arena, n, sizeof *a->p, _Alignof(pl_like));
    if (!a->p)
        return pl_fail_memory(cx);
    memcpy(a->p, found, n * sizeof *a->p);
    a->n = (uint32_t)n;
    a->known = true;
    return PL_OK;
}

pl_status pl_passages_like(pl_ctx *cx, const pl_passages *ps, size_t p, unsigned least,
                           size_t most, pl_likes *out)
{
    answer *a;

    PL_TRY(answer_of(cx, ps, p, &a));
    *out = (pl_likes){.p = a->p};
    while (out->n < a->n && out->n < most && a->p[out->n].within >= least)
        out->n++;
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
