#include "text/lexicon.h"

#include <stdatomic.h>

#include "text/lexicon_tables.h"

/* Most rows are never asked for: a row is read from its line when it is first found.
 * Those that were stand together, which spares a short run most of its page faults.
 *
 * Invariants: rows never move; a row is written by the one thread that has set its place
 * to BUSY. */

enum { UNREAD, BUSY, READ }; /* READ + i: it is row i */

struct pl_lexicon_rows {
    pl_word *rows;
    _Atomic uint32_t n;
    _Atomic uint32_t place[]; /* by entry */
};

const char *pl_lexicon_fields(pl_word *w)
{
    pl_str *f = w->field;

    w->factor = PL_DEC_INT(1);
    if (w->class == PL_WORD_UNIT && f[2].n == 0)
        f[2] = w->word;
    if (w->class == PL_WORD_UNIT || w->class == PL_WORD_COUNTER)
        return pl_dec_from(f[1], &w->factor) && pl_dec_sign(w->factor) > 0
                   ? NULL
                   : "a unit's factor is not a positive decimal";
    if (w->class == PL_WORD_SCALE &&
        !(pl_dec_from(f[0], &w->factor) && pl_dec_sign(w->factor) > 0))
        return "a scale's factor is not a positive decimal";
    return NULL;
}

/* What can be wrong with a line was seen when the tables were made. */
static void row_read(const pl_lexicon_tables *t, const pl_lexicon_entry *e, pl_word *w)
{
    pl_str rest = {t->text + e->at, t->text_bytes - e->at};
    pl_str line = pl_lexicon_cut(&rest, '\n');

    *w = (pl_word){.class = (pl_word_class)e->class};
    w->word = pl_lexicon_cut(&line, '\t');
    for (size_t i = 0; i < PL_LEXICON_FIELDS && line.n; i++)
        w->field[i] = pl_lexicon_cut(&line, '\t');
    (void)pl_lexicon_fields(w);
}

/* The row of entry i, read when it is asked for first. */
static const pl_word *row_at(const pl_lexicon *lx, size_t i)
{
    struct pl_lexicon_rows *r = lx->rows;
    _Atomic uint32_t *place = &r->place[i];
    uint32_t now = atomic_load_explicit(place, memory_order_acquire);

    if (now >= READ)
        return &r->rows[now - READ];
    if (now == UNREAD && atomic_compare_exchange_strong(place, &now, BUSY)) {
        now = atomic_fetch_add(&r->n, 1);
        row_read(&lx->t, &lx->t.entries[i], &r->rows[now]);
        atomic_store_explicit(place, READ + now, memory_order_release);
    }
    while ((now = atomic_load_explicit(place, memory_order_acquire)) < READ)
        continue; /* another thread is writing these few words */
    return &r->rows[now - READ];
}

/* A lexicon with room for all rows, in one piece; what is not read is not touched. */
static pl_lexicon *lexicon_new(pl_arena *a, const pl_lexicon_tables *t)
{
    size_t head = sizeof(pl_lexicon) + sizeof(struct pl_lexicon_rows) +
                  t->n_entries * sizeof(uint32_t);
    size_t rows = (head + _Alignof(pl_word) - 1) / _Alignof(pl_word) * _Alignof(pl_word);
    char *p = pl_arena_alloc_raw(a, 1, rows + t->n_entries * sizeof(pl_word),
                                 _Alignof(max_align_t));
    pl_lexicon *lx = (pl_lexicon *)(void *)p;

    if (!p)
        return NULL;
    memset(p, 0, head);
    lx->t = *t;
    lx->rows = (struct pl_lexicon_rows *)(void *)(lx + 1);
    lx->rows->rows = (pl_word *)(void *)(p + rows);
    return lx;
}

pl_status pl_lexicon_make(pl_ctx *cx, pl_str own, const pl_lexicon **out)
{
    pl_lexicon_tables own_tables;
    const pl_lexicon_tables *t = &pl_lexicon_builtin;
    const pl_lexicon *lx;

    if (own.n) {
        PL_TRY(pl_lexicon_tables_make(cx, t, own, &own_tables));
        t = &own_tables;
    }
    lx = lexicon_new(cx->arena, t);
    if (!lx)
        return pl_fail_memory(cx);
    *out = lx;
    return PL_OK;
}

/* Looking up. */

/* May a word begin at `at`: not inside `percent`, `100`. */
static bool can_begin(pl_str text, size_t at)
{
    if (at == 0 || at >= text.n)
        return true;
    if (pl_is_alpha(text.p[at]))
        return !pl_is_alpha(text.p[at - 1]);
    return !pl_is_digit(text.p[at]) || !pl_is_digit(text.p[at - 1]);
}

/* May a word end at `at` (> 0): not inside `percentage`, `km2`. */
static bool can_end(pl_str text, size_t at)
{
    char before = text.p[at - 1], after = at < text.n ? text.p[at] : ' ';

    if (pl_is_alpha(before))
        return !pl_is_alpha(after);
    return !pl_is_digit(before) || !(pl_is_digit(after) || pl_is_alpha(after));
}

/* Does text start with the (lower-case) word of an entry? */
static bool starts_with(pl_str text, const pl_lexicon_entry *e, const char *word)
{
    if (text.n < e->n)
        return false;
    if (!e->letters)
        return pl_bytes_same(text.p, word, e->n);
    for (size_t i = 0; i < e->n; i++)
        if (pl_lexicon_lower((unsigned char)text.p[i]) != (unsigned char)word[i])
            return false;
    return true;
}

/* The first row of a chain that text starts with, or, when `whole`, that is all of it. */
static const pl_word *chain_find(const pl_lexicon *lx, uint64_t key, pl_words classes,
                                 pl_str text, bool whole)
{
    const pl_lexicon_head *h =
        &lx->t.heads[pl_lexicon_slot(lx->t.heads, lx->t.head_bits, key)];
    int32_t i = h->classes & classes ? h->row : PL_LEXICON_NO_ROW;

    while (i != PL_LEXICON_NO_ROW) {
        const pl_lexicon_entry *e = &lx->t.entries[i];

        if ((classes & (pl_words)1 << e->class) && (e->n == text.n || !whole) &&
            starts_with(text, e, lx->t.text + e->at) && can_end(text, e->n))
            return row_at(lx, (size_t)i);
        i = e->next;
    }
    return NULL;
}

static const pl_word *walk(const pl_lexicon *lx, pl_words classes, pl_str text,
                           bool whole)
{
    uint32_t first;
    uint64_t key;
    size_t filter;
    const pl_word *w = NULL;

    if (text.n == 0)
        return NULL;
    first = pl_lexicon_lower(pl_utf8_at(text, NULL));
    filter = pl_lexicon_hash(first, PL_LEXICON_FILTER_BITS);
    if (!(lx->t.first[filter].all & classes))
        return NULL;
    key = pl_lexicon_key(text, &first);
    if (key != (uint64_t)first << 32)
        w = chain_find(lx, key, classes, text, whole);
    if (w || !(lx->t.first[filter].one & classes))
        return w;
    return chain_find(lx, (uint64_t)first << 32, classes, text, whole);
}

const pl_word *pl_lexicon_at(const pl_lexicon *lx, pl_words classes, pl_str text)
{
    return walk(lx, classes, text, false);
}

const pl_word *pl_lexicon_whole(const pl_lexicon *lx, pl_words classes, pl_str text)
{
    return walk(lx, classes, text, true);
}

const pl_word *pl_lexicon_end(const pl_lexicon *lx, pl_words classes, pl_str text)
{
    const pl_word *best = NULL;
    size_t at = text.n, begin, last, longest;

    if (at == 0)
        return NULL;
    last = pl_lexicon_hash(pl_lexicon_lower(pl_lexicon_char_before(text, at, &begin)),
                           PL_LEXICON_FILTER_BITS);
    longest = lx->t.last[last] & classes ? lx->t.longest[last] : 0;
    while (at > 0 && text.n - at < longest) {
        const pl_word *w = NULL;

        (void)pl_lexicon_char_before(text, at, &at);
        if (can_begin(text, at))
            w = walk(lx, classes, pl_str_tail(text, at), true);
        if (w)
            best = w;
    }
    return best;
}

const pl_word *pl_lexicon_in(const pl_lexicon *lx, pl_words classes, pl_str text,
                             size_t *at)
{
    const pl_word *best = NULL;

    for (size_t i = 0; i < text.n; i += pl_utf8_len((unsigned char)text.p[i])) {
        const pl_word *w =
            can_begin(text, i) ? walk(lx, classes, pl_str_tail(text, i), false) : NULL;

        if (w && (!best || w->word.n >= best->word.n)) {
            best = w;
            if (at)
                *at = i;
        }
    }
    return best;
}

const pl_word *pl_lexicon_row(const pl_lexicon *lx, pl_word_class class, size_t i)
{
    if (i >= lx->t.first_of[class + 1] - lx->t.first_of[class])
        return NULL;
    return row_at(lx, (size_t)lx->t.by_class[lx->t.first_of[class] + i]);
}
