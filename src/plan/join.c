/* Which indicator does a name in a sentence mean?
 *
 * Names are compared in a common form: no brackets, no growth ending (增速), no 的, other
 * names replaced (R&D经费 …). Equal forms join; else the likeness of their pairs of
 * neighbouring characters (Dice's coefficient) decides, above a threshold and clear of
 * the second best. */
#include <stdlib.h>

#include "plan/recognise.h"
#include "plan/words.h"
#include "text/fold.h"
#include "text/utf8.h"

enum {
    JOIN_MIN_PERMILLE = 600,  /* likeness that is enough */
    JOIN_CLEAR_PERMILLE = 60, /* ahead of the second best */
    NAME_MAX_PAIRS = 128,
    JOIN_MAX_ROWS = 256 /* indicators that a pair may stand in and still tell some */
};

/* Words that do not tell one indicator from another. */
static const pl_str empty_words[] = {
    PL_S_INIT("的"),   PL_S_INIT("监测"), PL_S_INIT("全市"), PL_S_INIT("全区"),
    PL_S_INIT("全省"), PL_S_INIT("全县"), PL_S_INIT("区级"), PL_S_INIT("总"),
    PL_S_INIT(":"),    PL_S_INIT("、"),
};

static pl_str without_growth(const pl_lexicon *lx, pl_str s, bool *growth)
{
    const pl_word *w = pl_lexicon_end(lx, PL_WORDS(GROWTH), s);

    *growth = w != NULL;
    if (w && s.n > w->word.n)
        s.n -= w->word.n;
    return s;
}

/* Append s to b with other names replaced and empty words dropped. */
static void put_plain(const pl_lexicon *lx, pl_buf *b, pl_str s)
{
    for (size_t i = 0; i < s.n;) {
        pl_str rest = pl_str_tail(s, i);
        const pl_word *alias = pl_lexicon_at(lx, PL_WORDS(ALIAS), rest);
        size_t n = 0;

        for (size_t k = 0; k < PL_COUNT(empty_words) && n == 0; k++)
            if (pl_str_starts(rest, empty_words[k]))
                n = empty_words[k].n;
        if (alias) {
            pl_buf_put(b, alias->field[0]);
            i += alias->word.n;
        } else if (n) {
            i += n;
        } else {
            n = pl_utf8_len((unsigned char)s.p[i]);
            pl_buf_put(b, pl_str_sub(s, i, n));
            i += n;
        }
    }
}

/* The common form of a name; *growth says that it is one of a rate of change. */
static pl_status common_form(pl_ctx *cx, pl_str name, pl_str *out, bool *growth)
{
    pl_str s, before, inside;
    const pl_word *alias;
    pl_status st;
    pl_buf b;

    PL_TRY(pl_fold_str(cx, name, &s));
    if (pl_bracket_last(s, &before, &inside) && before.n)
        s = before;
    alias = pl_lexicon_whole(cx->lexicon, PL_WORDS(ALIAS), s);
    if (alias)
        s = alias->field[0]; /* 经济增长 ends like growth of something else */
    s = without_growth(cx->lexicon, s, growth);
    pl_buf_init(&b, 4096);
    put_plain(cx->lexicon, &b, s);
    if (b.failed)
        b.failed = false; /* a name this long joins nothing */
    st = pl_buf_keep(cx, &b, out);
    pl_buf_release(&b);
    return st;
}

typedef struct pairs {
    const uint64_t *p; /* two code points each, ascending */
    size_t n;
} pairs;

/* An indicator's name, and that of its part (the name behind the colon) where it is one:
 * the part's own name tells parts apart. */
typedef struct known {
    pl_str form, part;
    pairs pairs, part_pairs;
    bool growth;
} known;

/* `key` stands in the name of the indicator `row`: a pair, or the hash of a whole form.
 */
typedef struct posting {
    uint64_t key;
    size_t row;
} posting;

typedef struct pl_join_index pl_join_index;
struct pl_join_index {
    known *rows;
    size_t n;
    PL_VEC(posting) postings; /* ascending by key */
    size_t *asked;            /* by row: the question that it was last looked at for */
    size_t question;
};

/* Pairs use 53 bits; whole forms are told from them by the highest. */
static uint64_t form_key(pl_str form)
{
    return pl_str_hash(form) | (uint64_t)1 << 63;
}

static int by_pair(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static pl_status pairs_of(pl_ctx *cx, pl_str s, pairs *out)
{
    uint64_t pair[NAME_MAX_PAIRS], *p;
    uint32_t last = 0;
    size_t count = 0, n;

    for (size_t i = 0; i < s.n && count < NAME_MAX_PAIRS; i += n) {
        uint32_t c = pl_utf8_at(pl_str_tail(s, i), &n);

        if (i)
            pair[count++] = ((uint64_t)last << 32) | c;
        last = c;
    }
    *out = (pairs){NULL, count};
    if (count == 0)
        return PL_OK;
    p = PL_NEW_N(cx->arena, uint64_t, count);
    if (!p)
        return pl_fail_memory(cx);
    memcpy(p, pair, count * sizeof *p);
    qsort(p, count, sizeof *p, by_pair);
    out->p = p;
    return PL_OK;
}

/* Dice's coefficient of two sets of pairs, in thousandths (Dice 1945). */
static size_t likeness(const pairs *a, const pairs *b)
{
    size_t common = 0;

    for (size_t i = 0, k = 0; i < a->n && k < b->n;) {
        common += a->p[i] == b->p[k];
        if (a->p[i] == b->p[k]) {
            i++;
            k++;
        } else if (a->p[i] < b->p[k]) {
            i++;
        } else {
            k++;
        }
    }
    return a->n + b->n ? 2000 * common / (a->n + b->n) : 0;
}

static pl_status post(pl_ctx *cx, pl_join_index *x, uint64_t key, size_t row)
{
    posting *p = PL_VEC_ADD(cx->arena, &x->postings);

    if (!p)
        return pl_fail_memory(cx);
    *p = (posting){key, row};
    return PL_OK;
}

static pl_status post_name(pl_ctx *cx, pl_join_index *x, pl_str form, const pairs *p,
                           size_t row)
{
    PL_TRY(post(cx, x, form_key(form), row));
    for (size_t i = 0; i < p->n; i++)
        PL_TRY(post(cx, x, p->p[i], row));
    return PL_OK;
}

static pl_status know(pl_ctx *cx, pl_join_index *x, const pl_indicator *it, size_t row)
{
    size_t colon = it->part.n ? pl_str_find(it->name, PL_S(":"), 0) : PL_NOPOS;
    known *k = &x->rows[row];
    bool growth;

    PL_TRY(common_form(cx, it->name, &k->form, &k->growth));
    PL_TRY(pairs_of(cx, k->form, &k->pairs));
    PL_TRY(post_name(cx, x, k->form, &k->pairs, row));
    if (colon == PL_NOPOS)
        return PL_OK;
    PL_TRY(common_form(cx, pl_str_tail(it->name, colon + 1), &k->part, &growth));
    PL_TRY(pairs_of(cx, k->part, &k->part_pairs));
    return post_name(cx, x, k->part, &k->part_pairs, row);
}

static int by_key(const void *a, const void *b)
{
    const posting *x = a, *y = b;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

pl_status pl_join_make(pl_ctx *cx, pl_plan *plan)
{
    pl_join_index *x = PL_NEW(cx->arena, pl_join_index);
    size_t n = plan->indicators.n;

    if (!x)
        return pl_fail_memory(cx);
    x->n = n;
    x->rows = PL_NEW_N(cx->arena, known, n);
    x->asked = PL_NEW_N(cx->arena, size_t, n);
    if (!x->rows || !x->asked)
        return pl_fail_memory(cx);
    for (size_t i = 0; i < n; i++)
        PL_TRY(know(cx, x, &plan->indicators.p[i], i));
    if (x->postings.n)
        qsort(x->postings.p, x->postings.n, sizeof *x->postings.p, by_key);
    plan->joins = x;
    return PL_OK;
}

/* The first posting of `key` or behind where it would be. */
static size_t postings_at(const pl_join_index *x, uint64_t key)
{
    size_t low = 0, high = x->postings.n;

    while (low < high) {
        size_t mid = low + (high - low) / 2;

        if (x->postings.p[mid].key < key)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* A name that is asked for, and what was found so far. */
typedef struct ask {
    pl_str form;
    pairs pairs;
    bool change;
    size_t best, second, row; /* scores; the row of the best */
} ask;

static size_t score_of(const known *k, const ask *q)
{
    size_t score = pl_str_eq(k->form, q->form) ? 1000 : likeness(&q->pairs, &k->pairs);

    if (score < 1000 && k->part.n) {
        size_t part =
            pl_str_eq(k->part, q->form) ? 1000 : likeness(&q->pairs, &k->part_pairs);

        score = part == 1000 ? part : (3 * part + score) / 4;
    }
    if (score && q->change != k->growth) /* 地区生产总值增长 means 增速, not its level */
        score = score > 40 ? score - 40 : 0;
    return score;
}

/* Look at the indicators that `key` stands in; what stands in very many tells nothing. */
static void look(pl_join_index *x, uint64_t key, ask *q)
{
    size_t from = postings_at(x, key), to = from;

    while (to < x->postings.n && x->postings.p[to].key == key &&
           to - from <= JOIN_MAX_ROWS)
        to++;
    if (to - from > JOIN_MAX_ROWS)
        return;
    for (size_t i = from; i < to; i++) {
        size_t row = x->postings.p[i].row, score;

        if (x->asked[row] == x->question)
            continue;
        x->asked[row] = x->question;
        score = score_of(&x->rows[row], q);
        if (score > q->best) {
            q->second = q->best;
            q->best = score;
            q->row = row;
        } else if (score > q->second) {
            q->second = score;
        }
    }
}

pl_status pl_join_name(pl_ctx *cx, const pl_plan *plan, pl_str name, bool change,
                       size_t *out)
{
    size_t likeness;

    return pl_join_likeness(cx, plan, name, change, out, &likeness);
}

pl_status pl_join_likeness(pl_ctx *cx, const pl_plan *plan, pl_str name, bool change,
                           size_t *out, size_t *permille)
{
    pl_join_index *x = plan->joins;
    ask q = {.row = PL_NOPOS};
    bool growth;

    *out = PL_NOPOS;
    *permille = 0;
    if (!x || x->n == 0)
        return PL_OK;
    PL_TRY(common_form(cx, name, &q.form, &growth));
    PL_TRY(pairs_of(cx, q.form, &q.pairs));
    q.change = change || growth;
    x->question++;
    look(x, form_key(q.form), &q);
    for (size_t i = 0; i < q.pairs.n; i++)
        look(x, q.pairs.p[i], &q);
    if (q.best >= JOIN_MIN_PERMILLE && q.best - q.second >= JOIN_CLEAR_PERMILLE)
        *out = q.row;
    *permille = q.best;
    return PL_OK;
}
