#include "text/lexicon.h"

#include <stdatomic.h>

#include "base/vec.h"
#include "text/fold.h"
#include "text/lexicon_data.h"
#include "text/utf8.h"

/* The words stand in chains, one for each first two characters, found by one hash table;
 * in a chain the longest come first. Two small tables of class masks, by hash of a word's
 * first and last character, answer most misses with one look.
 *
 * Most rows are never asked for, so of the compiled-in ones only the words are read when
 * a lexicon is made; the rest of a row is read when it is first found. Its space is there
 * from the start but not touched, which spares a short run most of its page faults.
 *
 * Invariants: a chain is ordered by length, longest first, then by class; a head's
 * classes are those of its chain; rows never move; a row is written by the one thread
 * that has set its state to BUSY, or before `out` is given. */

_Static_assert(PL_WORD_CLASS_COUNT <= 64, "classes fit a mask of 64 bits");

enum {
    NO_ROW = -1,
    FIELDS = 4,
    WORD_BYTES = 255, /* so that a look-up is bounded, and for entry's n */
    FILTER_BITS = 11, /* 2048 masks, 16 KiB: they stay in the first cache */
    HEAD_BITS = 12,   /* slots to begin with: as many as the compiled-in words need */
    BLOCK_ROWS = 1024
};

/* What is known of a row. */
enum { PLAIN, COMPOSED, BUSY, READY };

/* A row as it is looked for. */
typedef struct entry {
    const char *word; /* PLAIN: in a line of the text; COMPOSED: in a `composed` */
    int32_t next;     /* in its chain, or NO_ROW */
    uint8_t n, class; /* bytes of the word */
    bool letters;     /* ASCII ones are in it: they match in any case */
    _Atomic uint8_t state;
} entry;

/* A word made of a scale word and a unit: 万元. */
typedef struct composed {
    pl_str unit; /* the unit's line */
    pl_dec factor;
    char word[];
} composed;

typedef struct head {
    uint64_t key; /* first character << 32 | second one, 0 when the word has one */
    pl_words classes;
    int32_t row; /* first of the chain */
} head;

struct pl_lexicon {
    PL_VEC(entry) entries;                    /* in the order of the files */
    PL_VEC(pl_word *) blocks;                 /* their rows, BLOCK_ROWS together */
    int32_t *by_class;                        /* rows, those of one class together */
    size_t first_of[PL_WORD_CLASS_COUNT + 1]; /* where a class begins in by_class */
    head *heads;
    size_t n_heads, head_bits; /* 1 << head_bits slots; key 0 = free */
    struct {
        pl_words all; /* classes of words by their first character, … */
        pl_words one; /* … of those that have no other */
    } first[1 << FILTER_BITS];
    pl_words last[1 << FILTER_BITS];   /* and by their last */
    uint8_t longest[1 << FILTER_BITS]; /* bytes of the longest word, by its last one */
};

static size_t hash_bits(uint64_t key, size_t bits)
{
    return (size_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> (64 - bits));
}

/* The slot of a key, or the free one where it belongs. */
static size_t head_slot(const head *heads, size_t bits, uint64_t key)
{
    size_t mask = ((size_t)1 << bits) - 1;
    size_t i = hash_bits(key, bits);

    while (heads[i].key && heads[i].key != key)
        i = (i + 1) & mask;
    return i;
}

static uint32_t lower(uint32_t c)
{
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

/* The first character of s and, when it has one, the second. */
static uint64_t head_key(pl_str s, uint32_t *first)
{
    size_t n;

    *first = lower(pl_utf8_at(s, &n));
    if (n == s.n)
        return (uint64_t)*first << 32;
    return (uint64_t)*first << 32 | lower(pl_utf8_at((pl_str){s.p + n, s.n - n}, NULL));
}

/* The code point before s.p[end], end > 0; where it begins in *at. */
static uint32_t char_before(pl_str s, size_t end, size_t *at)
{
    *at = pl_utf8_back(s, end);
    return pl_utf8_at((pl_str){s.p + *at, end - *at}, NULL);
}

/* Making. */

static bool heads_grow(pl_arena *a, pl_lexicon *lx)
{
    size_t bits = lx->heads ? lx->head_bits + 1 : HEAD_BITS;
    head *now = PL_NEW_N(a, head, (size_t)1 << bits);

    if (!now)
        return false;
    for (size_t i = 0; lx->heads && i < (size_t)1 << lx->head_bits; i++)
        if (lx->heads[i].key)
            now[head_slot(now, bits, lx->heads[i].key)] = lx->heads[i];
    lx->heads = now;
    lx->head_bits = bits;
    return true;
}

/* The head of a word, made when it is not there; NULL when memory ends. */
static head *word_head(pl_arena *a, pl_lexicon *lx, pl_str word, pl_words class_bit)
{
    uint32_t first;
    uint64_t key = head_key(word, &first);
    size_t begin, last;
    head *h;

    if (lx->n_heads * 4 >= (size_t)3 << lx->head_bits && !heads_grow(a, lx))
        return NULL;
    h = &lx->heads[head_slot(lx->heads, lx->head_bits, key)];
    if (!h->key) {
        *h = (head){.key = key, .row = NO_ROW};
        lx->n_heads++;
    }
    h->classes |= class_bit;
    lx->first[hash_bits(first, FILTER_BITS)].all |= class_bit;
    if (key == (uint64_t)first << 32)
        lx->first[hash_bits(first, FILTER_BITS)].one |= class_bit;
    last = hash_bits(char_before(word, word.n, &begin), FILTER_BITS);
    lx->last[last] |= class_bit;
    if (word.n > lx->longest[last])
        lx->longest[last] = (uint8_t)word.n;
    return h;
}

static pl_word *row_space(const pl_lexicon *lx, size_t i)
{
    return &lx->blocks.p[i / BLOCK_ROWS][i % BLOCK_ROWS];
}

/* One more entry with the space of its row; NULL when memory ends. */
static entry *entry_new(pl_arena *a, pl_lexicon *lx)
{
    entry *e = PL_VEC_ADD(a, &lx->entries);
    pl_word **block;

    if (!e || lx->entries.n <= lx->blocks.n * BLOCK_ROWS)
        return e;
    block = PL_VEC_ADD(a, &lx->blocks);
    if (!block)
        return NULL;
    *block = pl_arena_alloc_raw(a, BLOCK_ROWS, sizeof **block, _Alignof(pl_word));
    return *block ? e : NULL;
}

/* Does the chain go on with words that stand before this one? */
static bool stands_before(const entry *e, pl_str word, pl_word_class class)
{
    return e->n > word.n || (e->n == word.n && e->class <= class);
}

static bool has_letters(pl_str word)
{
    for (size_t i = 0; i < word.n; i++)
        if (pl_is_alpha(word.p[i]))
            return true;
    return false;
}

/* The entry of a word: made after those before it, or the one with the same class and
 * word. -1 when memory ends. */
static int32_t entry_add(pl_arena *a, pl_lexicon *lx, pl_str word, pl_word_class class)
{
    head *h = word_head(a, lx, word, (pl_words)1 << class);
    entry *e = h ? entry_new(a, lx) : NULL;
    int32_t *link, id;

    if (!e)
        return NO_ROW;
    for (link = &h->row; *link != NO_ROW; link = &lx->entries.p[*link].next) {
        const entry *other = &lx->entries.p[*link];

        if (!stands_before(other, word, class))
            break;
        if (other->class == class && other->n == word.n &&
            memcmp(other->word, word.p, word.n) == 0) {
            lx->entries.n--;
            return *link;
        }
    }
    id = (int32_t)(lx->entries.n - 1);
    e->word = word.p;
    e->next = *link;
    e->n = (uint8_t)word.n;
    e->class = (uint8_t) class;
    e->letters = has_letters(word);
    *link = id;
    return id;
}

/* Order the rows by class, those of one class as they came. */
static bool classes_sort(pl_arena *a, pl_lexicon *lx)
{
    size_t next[PL_WORD_CLASS_COUNT];

    lx->by_class = PL_NEW_N(a, int32_t, lx->entries.n);
    if (!lx->by_class)
        return false;
    for (size_t i = 0; i < lx->entries.n; i++)
        lx->first_of[lx->entries.p[i].class + 1]++;
    for (size_t c = 0; c < PL_WORD_CLASS_COUNT; c++) {
        lx->first_of[c + 1] += lx->first_of[c];
        next[c] = lx->first_of[c];
    }
    for (size_t i = 0; i < lx->entries.n; i++)
        lx->by_class[next[lx->entries.p[i].class]++] = (int32_t)i;
    return true;
}

/* Reading rows. */

/* The part of *rest before `stop`, which is skipped with it. */
static pl_str cut(pl_str *rest, char stop)
{
    const char *hit = rest->n ? memchr(rest->p, stop, rest->n) : NULL;
    pl_str part = *rest;

    if (!hit) {
        *rest = (pl_str){0};
        return part;
    }
    part.n = (size_t)(hit - rest->p);
    *rest = (pl_str){hit + 1, rest->n - part.n - 1};
    return part;
}

static bool factor_read(pl_str text, pl_dec *factor)
{
    return pl_dec_from(text, factor) && pl_dec_sign(*factor) > 0;
}

/* Put the fields of a counter where a unit has them: both are read alike. */
static void counter_fields(pl_word *w)
{
    pl_str canonical = w->field[0].n ? w->field[0] : w->word;

    w->field[3] = w->field[1];
    w->field[0] = PL_S("count");
    w->field[1] = PL_S("1");
    w->field[2] = canonical;
}

/* What a row's fields mean for its class; NULL, or what is wrong with them. */
static const char *fields_read(pl_word *w)
{
    w->factor = PL_DEC_INT(1);
    if (w->class == PL_WORD_COUNTER)
        counter_fields(w);
    if (w->class == PL_WORD_UNIT && !factor_read(w->field[1], &w->factor))
        return "a unit's factor is not a positive decimal";
    if (w->class == PL_WORD_SCALE && !factor_read(w->field[0], &w->factor))
        return "a scale's factor is not a positive decimal";
    if (w->class == PL_WORD_UNIT && w->field[2].n == 0)
        w->field[2] = w->word;
    return NULL;
}

/* Split a line at its tabs. */
static const char *row_split(pl_str line, pl_word_class class, pl_word *w)
{
    *w = (pl_word){.class = class};
    w->word = cut(&line, '\t');
    for (size_t i = 0; i < FIELDS && line.n; i++)
        w->field[i] = cut(&line, '\t');
    return line.n ? "a row has more than five fields" : NULL;
}

/* Write the row of an entry that has none yet. What can be wrong with a compiled-in line
 * was seen when the program was built (tests/unit/text/test_lexicon.c). */
static void row_fill(const entry *e, uint8_t state, pl_word *w)
{
    const char *end = (const char *)pl_lexicon_data + pl_lexicon_data_bytes;
    pl_str line = {e->word, 0};
    const composed *c = NULL;

    if (state == COMPOSED) {
        c = (const composed *)(const void *)(e->word - offsetof(composed, word));
        line = c->unit;
    } else {
        pl_str rest = {e->word, (size_t)(end - e->word)};

        line = cut(&rest, '\n');
    }
    (void)row_split(line, (pl_word_class)e->class, w);
    (void)fields_read(w);
    if (c) {
        w->word = (pl_str){e->word, e->n};
        w->factor = c->factor;
        w->field[3] = (pl_str){0};
    }
}

/* Row i, read when it is asked for first. */
static const pl_word *row_at(const pl_lexicon *lx, size_t i)
{
    entry *e = &lx->entries.p[i];
    pl_word *w = row_space(lx, i);
    uint8_t state = atomic_load_explicit(&e->state, memory_order_acquire);

    if (state == READY)
        return w;
    if (state != BUSY && atomic_compare_exchange_strong(&e->state, &state, BUSY)) {
        row_fill(e, state, w);
        atomic_store_explicit(&e->state, READY, memory_order_release);
    }
    while (atomic_load_explicit(&e->state, memory_order_acquire) != READY)
        continue; /* another thread is writing these few words */
    return w;
}

typedef struct loader {
    pl_ctx *cx;
    pl_lexicon *lx;
    bool own;  /* the user's rows: their words are not folded yet */
    int class; /* -1 before the first [class] */
    uint32_t line;
} loader;

static pl_status bad_row(loader *ld, const char *what)
{
    pl_fail(ld->cx, PL_ESYNTAX, PL_NOPOS, "%s", what);
    ld->cx->err.line = ld->line;
    return PL_ESYNTAX;
}

static pl_status class_load(loader *ld, pl_str line)
{
    static const pl_str token[] = {
#define X(name, token) PL_S_INIT(token),
        PL_WORD_CLASS_LIST(X)
#undef X
    };

    for (size_t i = 0; i < PL_COUNT(token); i++) {
        if (line.n == token[i].n + 2 && line.p[line.n - 1] == ']' &&
            pl_str_eq(pl_str_sub(line, 1, token[i].n), token[i])) {
            ld->class = (int)i;
            return PL_OK;
        }
    }
    return bad_row(ld, "no class of words has this name");
}

/* Folded and in lower case; the compiled-in words are so already (tools/embed). */
static pl_status word_fold(loader *ld, pl_str *word)
{
    char *p;

    PL_TRY(pl_fold_str(ld->cx, pl_str_trim(*word), word));
    p = PL_NEW_N(ld->cx->arena, char, word->n);
    if (!p)
        return pl_fail_memory(ld->cx);
    for (size_t i = 0; i < word->n; i++)
        p[i] = (char)((unsigned char)word->p[i] < 0x80 ? lower((uint32_t)word->p[i])
                                                       : (unsigned char)word->p[i]);
    word->p = p;
    return PL_OK;
}

/* Lay a row over the lexicon, read to its end. */
static pl_status row_put(loader *ld, const pl_word *w)
{
    int32_t id = entry_add(ld->cx->arena, ld->lx, w->word, w->class);

    if (id == NO_ROW)
        return pl_fail_memory(ld->cx);
    *row_space(ld->lx, (size_t)id) = *w;
    atomic_store_explicit(&ld->lx->entries.p[id].state, READY, memory_order_relaxed);
    return PL_OK;
}

/* Lay over it only the word of a compiled-in row. */
static pl_status word_put(loader *ld, pl_str word, pl_word_class class, uint8_t state)
{
    int32_t id = entry_add(ld->cx->arena, ld->lx, word, class);

    if (id == NO_ROW)
        return pl_fail_memory(ld->cx);
    ld->lx->entries.p[id].word = word.p;
    atomic_store_explicit(&ld->lx->entries.p[id].state, state, memory_order_relaxed);
    return PL_OK;
}

/* The word of a scale and a unit, e.g. 万元; `line` is the unit's. */
static pl_status composed_put(loader *ld, const pl_word *unit, const pl_word *scale,
                              pl_str line)
{
    size_t n = scale->word.n + unit->word.n;
    composed *c = pl_arena_alloc(ld->cx->arena, 1, sizeof *c + n, _Alignof(composed));
    pl_word w = *unit;

    if (!c)
        return pl_fail_memory(ld->cx);
    if (n > WORD_BYTES || !pl_dec_mul(scale->factor, unit->factor, &c->factor))
        return bad_row(ld, "a unit and its scale word make too much");
    memcpy(c->word, scale->word.p, scale->word.n);
    memcpy(c->word + scale->word.n, unit->word.p, unit->word.n);
    c->unit = line;
    w.word = (pl_str){c->word, n};
    if (!ld->own)
        return word_put(ld, w.word, w.class, COMPOSED);
    w.factor = c->factor;
    w.field[3] = (pl_str){0};
    return row_put(ld, &w);
}

/* The rows 万元, 亿元 … of the row 元 whose field[3] is `万 亿 zh`. */
static pl_status scaled_add(loader *ld, const pl_word *unit, pl_str line)
{
    pl_str scales = unit->field[3];

    while (scales.n) {
        pl_str word = cut(&scales, ' ');
        const pl_word *scale = pl_lexicon_whole(ld->lx, PL_WORDS(SCALE), word);

        if (pl_str_eq(word, PL_S("zh")))
            continue;
        if (!scale)
            return bad_row(ld, "a unit is composed with a word that is no scale");
        PL_TRY(composed_put(ld, unit, scale, line));
    }
    return PL_OK;
}

/* A compiled-in row: its word, and, as units are composed, all of a unit's. */
static pl_status row_note(loader *ld, pl_str line)
{
    pl_word_class class = (pl_word_class)ld->class;
    pl_str rest = line;
    const char *wrong;
    pl_word w;

    PL_TRY(word_put(ld, cut(&rest, '\t'), class, PLAIN));
    if (class != PL_WORD_UNIT && class != PL_WORD_COUNTER)
        return PL_OK;
    wrong = row_split(line, class, &w);
    if (!wrong)
        wrong = fields_read(&w);
    return wrong ? bad_row(ld, wrong) : scaled_add(ld, &w, line);
}

static pl_status row_load(loader *ld, pl_str line)
{
    const char *wrong;
    pl_word w;

    if (ld->class < 0)
        return bad_row(ld, "a row stands before the first [class]");
    if (!ld->own)
        return row_note(ld, line);
    wrong = row_split(line, (pl_word_class)ld->class, &w);
    if (wrong)
        return bad_row(ld, wrong);
    for (size_t i = 0; i < FIELDS; i++)
        w.field[i] = pl_str_trim(w.field[i]);
    PL_TRY(word_fold(ld, &w.word));
    if (w.word.n == 0 || memchr(w.word.p, '\0', w.word.n))
        return bad_row(ld, "a row has no word");
    if (w.word.n > WORD_BYTES)
        return bad_row(ld, "a word is too long");
    wrong = fields_read(&w);
    if (wrong)
        return bad_row(ld, wrong);
    PL_TRY(row_put(ld, &w));
    return w.class == PL_WORD_UNIT || w.class == PL_WORD_COUNTER
               ? scaled_add(ld, &w, line)
               : PL_OK;
}

static pl_status rows_load(loader *ld, pl_str text)
{
    ld->class = -1;
    ld->line = 0;
    (void)pl_str_eat(&text, PL_S("\xef\xbb\xbf"));
    while (text.n) {
        pl_str line = cut(&text, '\n');

        ld->line++;
        while (line.n && (pl_is_space(line.p[line.n - 1])))
            line.n--;
        if (line.n == 0 || line.p[0] == '#')
            continue;
        PL_TRY(line.p[0] == '[' ? class_load(ld, line) : row_load(ld, line));
    }
    return PL_OK;
}

/* Room for the compiled-in rows and those composed of them, so that they need not move.
 */
static bool rows_room(pl_arena *a, pl_lexicon *lx)
{
    lx->entries.cap = pl_lexicon_data_lines + pl_lexicon_data_lines / 4;
    lx->entries.p = PL_NEW_N(a, entry, lx->entries.cap);
    return lx->entries.p && heads_grow(a, lx);
}

pl_status pl_lexicon_make(pl_ctx *cx, pl_str own, const pl_lexicon **out)
{
    pl_str builtin = {pl_lexicon_data, pl_lexicon_data_bytes};
    pl_lexicon *lx = PL_NEW(cx->arena, pl_lexicon);
    loader ld = {.cx = cx, .lx = lx};

    if (!lx || !rows_room(cx->arena, lx))
        return pl_fail_memory(cx);
    PL_TRY(rows_load(&ld, builtin));
    ld.own = true;
    PL_TRY(pl_str_keep(cx, own, &own)); /* rows borrow their fields from it */
    PL_TRY(rows_load(&ld, own));
    if (!classes_sort(cx->arena, lx))
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

/* Does text start with the (lower-case) word? */
static bool starts_with(pl_str text, const entry *e)
{
    if (text.n < e->n)
        return false;
    if (!e->letters)
        return pl_bytes_same(text.p, e->word, e->n);
    for (size_t i = 0; i < e->n; i++)
        if (lower((unsigned char)text.p[i]) != (unsigned char)e->word[i])
            return false;
    return true;
}

/* The first row of a chain that text starts with, or, when `whole`, that is all of it. */
static const pl_word *chain_find(const pl_lexicon *lx, uint64_t key, pl_words classes,
                                 pl_str text, bool whole)
{
    const head *h = &lx->heads[head_slot(lx->heads, lx->head_bits, key)];
    int32_t i = h->classes & classes ? h->row : NO_ROW;

    while (i != NO_ROW) {
        const entry *e = &lx->entries.p[i];

        if ((classes & (pl_words)1 << e->class) && (e->n == text.n || !whole) &&
            starts_with(text, e) && can_end(text, e->n))
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
    first = lower(pl_utf8_at(text, NULL));
    filter = hash_bits(first, FILTER_BITS);
    if (!(lx->first[filter].all & classes))
        return NULL;
    key = head_key(text, &first);
    if (key != (uint64_t)first << 32)
        w = chain_find(lx, key, classes, text, whole);
    if (w || !(lx->first[filter].one & classes))
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
    last = hash_bits(lower(char_before(text, at, &begin)), FILTER_BITS);
    longest = lx->last[last] & classes ? lx->longest[last] : 0;
    while (at > 0 && text.n - at < longest) {
        const pl_word *w = NULL;

        (void)char_before(text, at, &at);
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
    if (i >= lx->first_of[class + 1] - lx->first_of[class])
        return NULL;
    return row_at(lx, (size_t)lx->by_class[lx->first_of[class] + i]);
}
