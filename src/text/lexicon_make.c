/* Tables of words, made from text. */
#include "base/vec.h"
#include "text/fold.h"
#include "text/lexicon_tables.h"

_Static_assert(PL_WORD_CLASS_COUNT <= 64, "classes fit a mask of 64 bits");

enum {
    FILTERS = 1 << PL_LEXICON_FILTER_BITS,
    HEAD_BITS = 12 /* slots to begin with */
};

typedef struct maker {
    pl_ctx *cx;
    PL_VEC(pl_lexicon_entry) entries;
    pl_lexicon_head *heads;
    size_t n_heads, head_bits;
    pl_lexicon_first *first;
    pl_words *last;
    uint8_t *longest;
    char *text;
    size_t text_n, text_cap;
    int class; /* -1 before the first [class] */
    uint32_t line;
} maker;

/* Words. */

static bool heads_grow(maker *m)
{
    size_t bits = m->heads ? m->head_bits + 1 : HEAD_BITS;
    pl_lexicon_head *now = PL_NEW_N(m->cx->arena, pl_lexicon_head, (size_t)1 << bits);

    if (!now)
        return false;
    for (size_t i = 0; m->heads && i < (size_t)1 << m->head_bits; i++)
        if (m->heads[i].key)
            now[pl_lexicon_slot(now, bits, m->heads[i].key)] = m->heads[i];
    m->heads = now;
    m->head_bits = bits;
    return true;
}

/* The head of a word, made when it is not there; NULL when memory ends. */
static pl_lexicon_head *word_head(maker *m, pl_str word, pl_words class_bit)
{
    uint32_t first;
    uint64_t key = pl_lexicon_key(word, &first);
    size_t by_first, by_last, begin;
    pl_lexicon_head *h;

    if (m->n_heads * 4 >= (size_t)3 << m->head_bits && !heads_grow(m))
        return NULL;
    h = &m->heads[pl_lexicon_slot(m->heads, m->head_bits, key)];
    if (!h->key) {
        *h = (pl_lexicon_head){.key = key, .row = PL_LEXICON_NO_ROW};
        m->n_heads++;
    }
    h->classes |= class_bit;
    by_first = pl_lexicon_hash(first, PL_LEXICON_FILTER_BITS);
    m->first[by_first].all |= class_bit;
    if (key == (uint64_t)first << 32)
        m->first[by_first].one |= class_bit;
    by_last = pl_lexicon_hash(pl_lexicon_char_before(word, word.n, &begin),
                              PL_LEXICON_FILTER_BITS);
    m->last[by_last] |= class_bit;
    if (word.n > m->longest[by_last])
        m->longest[by_last] = (uint8_t)word.n;
    return h;
}

/* Does the chain go on with words that stand before this one? */
static bool stands_before(const pl_lexicon_entry *e, pl_str word, pl_word_class class)
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

/* The entry of the word that begins the line at `at`: a new one after those that stand
 * before it, or that of the row with the same class and word, which it replaces. */
static bool entry_put(maker *m, pl_str word, pl_word_class class, size_t at)
{
    pl_lexicon_head *h = word_head(m, word, (pl_words)1 << class);
    pl_lexicon_entry *e = h ? PL_VEC_ADD(m->cx->arena, &m->entries) : NULL;
    int32_t *link;

    if (!e)
        return false;
    for (link = &h->row; *link != PL_LEXICON_NO_ROW; link = &m->entries.p[*link].next) {
        pl_lexicon_entry *other = &m->entries.p[*link];

        if (!stands_before(other, word, class))
            break;
        if (other->class == class && other->n == word.n &&
            memcmp(m->text + other->at, word.p, word.n) == 0) {
            other->at = (uint32_t)at;
            m->entries.n--;
            return true;
        }
    }
    *e = (pl_lexicon_entry){.at = (uint32_t)at,
                            .next = *link,
                            .n = (uint8_t)word.n,
                            .class = (uint8_t) class,
                            .letters = has_letters(word)};
    *link = (int32_t)(m->entries.n - 1);
    return true;
}

/* Text. */

static bool text_room(maker *m, size_t n)
{
    size_t now = m->text_cap * 2;
    char *p;

    if (n <= m->text_cap - m->text_n)
        return true;
    if (now < m->text_n + n)
        now = m->text_n + n;
    p = now < UINT32_MAX ? pl_arena_alloc_raw(m->cx->arena, now, 1, 1) : NULL;
    if (!p)
        return false;
    if (m->text_n)
        memcpy(p, m->text, m->text_n);
    m->text = p;
    m->text_cap = now;
    return true;
}

static void text_add(maker *m, pl_str s, char end)
{
    if (s.n)
        memcpy(m->text + m->text_n, s.p, s.n);
    m->text_n += s.n;
    m->text[m->text_n++] = end;
}

/* Lay a row over the lexicon: its line, and the entry of its word. */
static pl_status row_put(maker *m, const pl_word *w)
{
    size_t at = m->text_n, n = w->word.n + 1, last = 0;

    for (size_t i = 0; i < PL_LEXICON_FIELDS; i++) {
        n += w->field[i].n + 1;
        if (w->field[i].n)
            last = i + 1;
    }
    if (!text_room(m, n))
        return pl_fail_memory(m->cx);
    text_add(m, w->word, last ? '\t' : '\n');
    for (size_t i = 0; i < last; i++)
        text_add(m, w->field[i], i + 1 < last ? '\t' : '\n');
    return entry_put(m, (pl_str){m->text + at, w->word.n}, w->class, at)
               ? PL_OK
               : pl_fail_memory(m->cx);
}

/* Rows. */

static pl_status bad_row(maker *m, const char *what)
{
    pl_fail(m->cx, PL_ESYNTAX, PL_NOPOS, "%s", what);
    m->cx->err.line = m->line;
    return PL_ESYNTAX;
}

static pl_status class_load(maker *m, pl_str line)
{
    static const pl_str token[] = {
#define X(name, token) PL_S_INIT(token),
        PL_WORD_CLASS_LIST(X)
#undef X
    };

    for (size_t i = 0; i < PL_COUNT(token); i++) {
        if (line.n == token[i].n + 2 && line.p[line.n - 1] == ']' &&
            pl_str_eq(pl_str_sub(line, 1, token[i].n), token[i])) {
            m->class = (int)i;
            return PL_OK;
        }
    }
    return bad_row(m, "no class of words has this name");
}

/* Folded, and ASCII in lower case. */
static pl_status word_fold(maker *m, pl_str *word)
{
    char *p;

    PL_TRY(pl_fold_str(m->cx, pl_str_trim(*word), word));
    p = PL_NEW_N(m->cx->arena, char, word->n);
    if (!p)
        return pl_fail_memory(m->cx);
    for (size_t i = 0; i < word->n; i++)
        p[i] = word->p[i] >= 'A' && word->p[i] <= 'Z'
                   ? (char)pl_lexicon_lower((unsigned char)word->p[i])
                   : word->p[i];
    word->p = p;
    return PL_OK;
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

/* The word of a scale and a unit: 万元. */
static pl_status scaled_put(maker *m, const pl_word *unit, const pl_word *scale)
{
    size_t n = scale->word.n + unit->word.n;
    char *word = PL_NEW_N(m->cx->arena, char, n), factor[24];
    pl_word w = *unit;

    if (!word)
        return pl_fail_memory(m->cx);
    if (n > PL_LEXICON_WORD_BYTES || !pl_dec_mul(scale->factor, unit->factor, &w.factor))
        return bad_row(m, "a unit and its scale word make too much");
    memcpy(word, scale->word.p, scale->word.n);
    memcpy(word + scale->word.n, unit->word.p, unit->word.n);
    w.word = (pl_str){word, n};
    w.field[1] = pl_str_from(pl_dec_text(w.factor, factor));
    w.field[3] = (pl_str){0};
    return row_put(m, &w);
}

/* The scale word in the lexicon, as far as it is made. */
static bool scale_find(const maker *m, pl_str word, pl_word *out)
{
    uint32_t first;
    size_t slot = pl_lexicon_slot(m->heads, m->head_bits, pl_lexicon_key(word, &first));
    int32_t i = m->heads[slot].key ? m->heads[slot].row : PL_LEXICON_NO_ROW;

    while (i != PL_LEXICON_NO_ROW) {
        const pl_lexicon_entry *e = &m->entries.p[i];
        pl_str rest = {m->text + e->at, m->text_n - e->at};
        pl_str line = pl_lexicon_cut(&rest, '\n');

        if (e->class == PL_WORD_SCALE && pl_str_eq(pl_lexicon_cut(&line, '\t'), word)) {
            *out = (pl_word){.word = word, .class = PL_WORD_SCALE};
            out->field[0] = pl_lexicon_cut(&line, '\t');
            return !pl_lexicon_fields(out);
        }
        i = e->next;
    }
    return false;
}

/* The rows 万元, 亿元 … of the row 元 whose field[3] is `万 亿 zh`. */
static pl_status all_scaled_put(maker *m, const pl_word *unit)
{
    pl_str scales = unit->field[3];

    while (scales.n) {
        pl_str word = pl_lexicon_cut(&scales, ' ');
        pl_word scale;

        if (pl_str_eq(word, PL_S("zh")))
            continue;
        if (word.n == 0 || !scale_find(m, word, &scale))
            return bad_row(m, "a unit is composed with a word that is no scale");
        PL_TRY(scaled_put(m, unit, &scale));
    }
    return PL_OK;
}

/* Split a line at its tabs, into folded and trimmed parts. */
static pl_status row_split(maker *m, pl_str line, pl_word *w)
{
    *w = (pl_word){.class = (pl_word_class)m->class};
    w->word = pl_lexicon_cut(&line, '\t');
    for (size_t i = 0; i < PL_LEXICON_FIELDS && line.n; i++)
        w->field[i] = pl_str_trim(pl_lexicon_cut(&line, '\t'));
    if (line.n)
        return bad_row(m, "a row has more than five fields");
    PL_TRY(word_fold(m, &w->word));
    if (w->word.n == 0 || memchr(w->word.p, '\0', w->word.n))
        return bad_row(m, "a row has no word");
    if (w->word.n > PL_LEXICON_WORD_BYTES)
        return bad_row(m, "a word is too long");
    return PL_OK;
}

static pl_status row_load(maker *m, pl_str line)
{
    const char *wrong;
    pl_word w;

    if (m->class < 0)
        return bad_row(m, "a row stands before the first [class]");
    PL_TRY(row_split(m, line, &w));
    if (w.class == PL_WORD_COUNTER)
        counter_fields(&w);
    wrong = pl_lexicon_fields(&w);
    if (wrong)
        return bad_row(m, wrong);
    PL_TRY(row_put(m, &w));
    return w.class == PL_WORD_UNIT || w.class == PL_WORD_COUNTER ? all_scaled_put(m, &w)
                                                                 : PL_OK;
}

static pl_status rows_load(maker *m, pl_str text)
{
    m->class = -1;
    m->line = 0;
    (void)pl_str_eat(&text, PL_S("\xef\xbb\xbf"));
    while (text.n) {
        pl_str line = pl_lexicon_cut(&text, '\n');

        m->line++;
        while (line.n && (pl_is_space(line.p[line.n - 1])))
            line.n--;
        if (line.n == 0 || line.p[0] == '#')
            continue;
        PL_TRY(line.p[0] == '[' ? class_load(m, line) : row_load(m, line));
    }
    return PL_OK;
}

/* Whole tables. */

/* A copy of n things, or as many zeros when there are none; NULL when memory ends. */
#define COPY(a, T, from, n) ((T *)copy((a), (from), (n), sizeof(T), _Alignof(T)))

static void *copy(pl_arena *a, const void *from, size_t n, size_t size, size_t align)
{
    void *to = pl_arena_alloc(a, n, size, align);

    if (to && from && n)
        memcpy(to, from, n * size);
    return to;
}

/* Begin with what `base` has. */
static bool base_copy(maker *m, const pl_lexicon_tables *base)
{
    pl_arena *a = m->cx->arena;

    m->first = COPY(a, pl_lexicon_first, base->first, FILTERS);
    m->last = COPY(a, pl_words, base->last, FILTERS);
    m->longest = COPY(a, uint8_t, base->longest, FILTERS);
    if (!m->first || !m->last || !m->longest)
        return false;
    if (!base->heads)
        return heads_grow(m);
    m->n_heads = base->n_heads;
    m->head_bits = base->head_bits;
    m->heads = COPY(a, pl_lexicon_head, base->heads, (size_t)1 << m->head_bits);
    m->entries.n = m->entries.cap = base->n_entries;
    m->entries.p = COPY(a, pl_lexicon_entry, base->entries, base->n_entries);
    m->text_n = m->text_cap = base->text_bytes;
    m->text = COPY(a, char, base->text, base->text_bytes);
    return m->heads && m->entries.p && m->text;
}

/* The entries in the order of their classes, those of one class as they came. */
static bool classes_sort(maker *m, pl_lexicon_tables *t)
{
    int32_t *by_class = PL_NEW_N(m->cx->arena, int32_t, m->entries.n);
    size_t next[PL_WORD_CLASS_COUNT];

    if (!by_class)
        return false;
    for (size_t i = 0; i < m->entries.n; i++)
        t->first_of[m->entries.p[i].class + 1]++;
    for (size_t c = 0; c < PL_WORD_CLASS_COUNT; c++) {
        t->first_of[c + 1] += t->first_of[c];
        next[c] = t->first_of[c];
    }
    for (size_t i = 0; i < m->entries.n; i++)
        by_class[next[m->entries.p[i].class]++] = (int32_t)i;
    t->by_class = by_class;
    return true;
}

pl_status pl_lexicon_tables_make(pl_ctx *cx, const pl_lexicon_tables *base, pl_str own,
                                 pl_lexicon_tables *out)
{
    maker m = {.cx = cx};

    *out = (pl_lexicon_tables){0};
    if (!base_copy(&m, base))
        return pl_fail_memory(cx);
    PL_TRY(rows_load(&m, own));
    if (!classes_sort(&m, out))
        return pl_fail_memory(cx);
    out->text = m.text;
    out->text_bytes = m.text_n;
    out->entries = m.entries.p;
    out->n_entries = m.entries.n;
    out->heads = m.heads;
    out->n_heads = m.n_heads;
    out->head_bits = m.head_bits;
    out->first = m.first;
    out->last = m.last;
    out->longest = m.longest;
    return PL_OK;
}
