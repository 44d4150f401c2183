/* One name written in several ways: 试验发展 and 实验发展, REITs and REITS, 水厂二期 and
 * 水厂(二期). Notes, one for each name. R-411.
 *
 * Characters that are taken for one another are compared where two characters on both
 * sides are the same; words of letters without regard to case; brackets with the same
 * words without. All by sorting or an index. */
#include "judge/rules.h"

#include <stdlib.h>

#include "base/map.h"
#include "text/utf8.h"

enum {
    PLACES_MOST = 12,
    AROUND = 2,        /* characters that have to agree on each side */
    LETTERS_LEAST = 2, /* of a word */
    LETTERS_MOST = 32,
    INSIDE_MOST = 4, /* characters in brackets */
    BEFORE = 5,      /* characters before them */
    WORD_MOST = 8,   /* characters of an unusual word */
    WIDEN_MOST = 5,
    PLANE = 65536,    /* characters of the basic plane */
    PLANE_LOW = 4096, /* the ends of their numbers */
};

/* A place where a name is written: bytes of a passage. */
typedef struct writing {
    uint64_t key; /* the same for all ways of writing one name */
    pl_str form;
    size_t passage;
} writing;

typedef PL_VEC(writing) writings;

/* Brackets, and what to look for without them. */
typedef struct bracketed {
    writing with;
    size_t chars;
} bracketed;

typedef struct spelling {
    pl_check *check;
    /* By the end of a character's number: has one of those an entry in `usual` or
     * `begins`, in `ends`? */
    bool looked_for[PLANE_LOW], may_end[PLANE_LOW];
    uint16_t *usual; /* code point -> that of its usual form, 0 = not confused */
    uint8_t *ends;   /* code point -> lengths of what is looked for: 1 << (chars - 6) */
    pl_map unbracketed; /* text -> 1 + index in brackets */
    PL_VEC(bracketed) brackets;
    pl_map unusual;  /* unusual words -> rows of the lexicon */
    uint8_t *begins; /* code point -> lengths of unusual words: 1 << (chars - 1) */
    writings confused, letters, pairs, words;
} spelling;

static pl_status put(pl_ctx *cx, writings *all, uint64_t key, pl_str form, size_t passage)
{
    writing *slot = PL_VEC_ADD(cx->arena, all);

    if (!slot)
        return pl_fail_memory(cx);
    *slot = (writing){key, form, passage};
    return PL_OK;
}

static int by_key_and_form(const void *a, const void *b)
{
    const writing *x = a, *y = b;
    int c;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    c = pl_str_cmp(x->form, y->form);
    return c ? c : (x->passage > y->passage) - (x->passage < y->passage);
}

/* Bytes of the n characters before s[at], all ideographs; 0 when they are not. */
static size_t back(pl_str s, size_t at, size_t n)
{
    if (at < 3 * n)
        return 0;
    for (size_t i = 1; i <= n; i++)
        if (!pl_is_ideograph_byte(s.p[at - 3 * i]))
            return 0;
    return 3 * n;
}

/* Bytes of the n ideographs from s[at] on, 0 when there are not so many. */
static size_t forth(pl_str s, size_t at, size_t n)
{
    if (at + 3 * n > s.n)
        return 0;
    for (size_t i = 0; i < n; i++)
        if (!pl_is_ideograph_byte(s.p[at + 3 * i]))
            return 0;
    return 3 * n;
}

/* Make both forms longer by the ideographs that stand beside both: at most WIDEN_MOST on
 * each side. */
static void widen(const pl_check *check, const writing *a, const writing *b, pl_str *x,
                  pl_str *y)
{
    pl_str s = check->passages->all.p[a->passage].text;
    pl_str t = check->passages->all.p[b->passage].text;
    size_t i = (size_t)(a->form.p - s.p), k = (size_t)(b->form.p - t.p), n;
    size_t i_end = i + a->form.n, k_end = k + b->form.n;

    for (size_t step = 0; step < WIDEN_MOST && (n = back(s, i, 1)) > 0; step++) {
        if (back(t, k, 1) != n || memcmp(s.p + i - n, t.p + k - n, n) != 0)
            break;
        i -= n;
        k -= n;
    }
    for (size_t step = 0; step < WIDEN_MOST && (n = forth(s, i_end, 1)) > 0; step++) {
        if (forth(t, k_end, 1) != n || memcmp(s.p + i_end, t.p + k_end, n) != 0)
            break;
        i_end += n;
        k_end += n;
    }
    *x = pl_str_sub(s, i, i_end - i);
    *y = pl_str_sub(t, k, k_end - k);
}

/* The places of writings, not too many. */
static pl_status at_all(pl_ctx *cx, const pl_check *check, pl_relation *r,
                        const writing *w, size_t n)
{
    for (size_t i = 0; i < n && i < PLACES_MOST; i++) {
        const pl_passage *p = &check->passages->all.p[w[i].passage];

        PL_TRY(pl_relation_at(cx, r, p->place, p->written));
    }
    return PL_OK;
}

/* Sorted writings of one key: say so when there are several forms. */
static pl_status say(pl_ctx *cx, pl_check *check, const writing *w, size_t n)
{
    pl_str one, two;
    const writing *other = NULL;
    size_t forms = 1;
    pl_relation *r;

    for (size_t i = 1; i < n; i++)
        if (!pl_str_eq(w[i].form, w[i - 1].form)) {
            other = other ? other : &w[i];
            forms++;
        }
    if (!other)
        return PL_OK;
    one = w->form;
    two = other->form;
    if (!pl_is_alpha(one.p[0]))
        widen(check, w, other, &one, &two);
    PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_UNIT, PL_SEVERITY_NOTE, &r));
    PL_TRY(pl_relation_zh(cx, r, "同一名称有%zu种写法：“%.*s”“%.*s”", forms, PL_FMT(one),
                          PL_FMT(two)));
    PL_TRY(pl_relation_en(cx, r, "one name is written in %zu ways: '%.*s', '%.*s'", forms,
                          PL_FMT(one), PL_FMT(two)));
    return at_all(cx, check, r, w, n);
}

/* Sort, and say of each key what `one` finds. */
static pl_status say_all(pl_ctx *cx, pl_check *check, writings *all,
                         pl_status (*one)(pl_ctx *, pl_check *, const writing *, size_t))
{
    size_t n;

    if (all->n > 1)
        qsort(all->p, all->n, sizeof *all->p, by_key_and_form);
    for (size_t i = 0; i < all->n; i += n) {
        for (n = 1; i + n < all->n && all->p[i + n].key == all->p[i].key;)
            n++;
        PL_TRY(one(cx, check, &all->p[i], n));
    }
    return PL_OK;
}

/* ---- characters ---- */

static uint64_t mix(uint64_t h, uint64_t more)
{
    return (h ^ more) * 1099511628211u;
}

static pl_status confused_at(pl_ctx *cx, spelling *x, size_t passage, pl_str s, size_t at,
                             uint32_t c, size_t bytes)
{
    size_t before = back(s, at, AROUND), behind = forth(s, at + bytes, AROUND);
    uint64_t key;

    if (x->usual[c] == 0 || before == 0 || behind == 0)
        return PL_OK;
    key = mix(pl_str_hash(pl_str_sub(s, at - before, before)), x->usual[c]);
    key = mix(key, pl_str_hash(pl_str_sub(s, at + bytes, behind)));
    return put(cx, &x->confused, key, pl_str_sub(s, at - before, before + bytes + behind),
               passage);
}

/* ---- words of letters ---- */

static bool is_word_char(char c)
{
    return pl_is_alpha(c) || pl_is_digit(c);
}

/* A word of letters at s[at], not one of several that make a foreign phrase; its bytes.
 */
static pl_status letters_at(pl_ctx *cx, spelling *x, size_t passage, pl_str s, size_t at,
                            size_t *bytes)
{
    char low[LETTERS_MOST];
    size_t n = 0;

    while (at + n < s.n && is_word_char(s.p[at + n]))
        n++;
    *bytes = n ? n : 1;
    if (n < LETTERS_LEAST || n > LETTERS_MOST || !pl_is_alpha(s.p[at]) ||
        (at > 0 && s.p[at - 1] == ' ') || (at + n < s.n && s.p[at + n] == ' '))
        return PL_OK;
    for (size_t i = 0; i < n; i++)
        low[i] = (char)(s.p[at + i] | (pl_is_alpha(s.p[at + i]) ? 0x20 : 0));
    return put(cx, &x->letters, pl_str_hash((pl_str){low, n}), pl_str_sub(s, at, n),
               passage);
}

/* ---- brackets ---- */

/* `水厂(二期)` with the bracket at s[at]: look for 水厂二期 too. */
static pl_status bracket_at(pl_ctx *cx, spelling *x, size_t passage, pl_str s, size_t at)
{
    size_t before = back(s, at, BEFORE), inside = 0, chars = 0, len;
    size_t *index;
    bracketed *slot;
    uint32_t last = 0;
    char *p;

    while (chars <= INSIDE_MOST && (len = forth(s, at + 1 + inside, 1)) > 0) {
        last = pl_utf8_at(pl_str_tail(s, at + 1 + inside), NULL);
        inside += len;
        chars++;
    }
    if (before == 0 || chars == 0 || chars > INSIDE_MOST || last >= PLANE ||
        !pl_str_starts(pl_str_tail(s, at + 1 + inside), PL_S(")")))
        return PL_OK;
    p = PL_NEW_N(cx->arena, char, before + inside);
    if (!p)
        return pl_fail_memory(cx);
    memcpy(p, s.p + at - before, before);
    memcpy(p + before, s.p + at + 1, inside);
    index = pl_map_add(cx->arena, &x->unbracketed, (pl_str){p, before + inside}, NULL);
    slot = PL_VEC_ADD(cx->arena, &x->brackets);
    if (!index || !slot)
        return pl_fail_memory(cx);
    slot->with = (writing){pl_str_hash((pl_str){p, before + inside}),
                           pl_str_sub(s, at - before, before + inside + 2), passage};
    slot->chars = BEFORE + chars;
    *index = x->brackets.n;
    x->ends[last] = (uint8_t)(x->ends[last] | 1u << (chars - 1));
    x->may_end[last % PLANE_LOW] = true;
    return PL_OK;
}

/* What ends before s[at] with character c: is it one that stands with brackets elsewhere?
 */
static pl_status unbracketed_at(pl_ctx *cx, spelling *x, size_t passage, pl_str s,
                                size_t end, uint32_t c)
{
    for (size_t chars = 1; c < PLANE && x->ends[c] >> (chars - 1); chars++) {
        size_t n = x->ends[c] >> (chars - 1) & 1 ? back(s, end, BEFORE + chars) : 0;
        const size_t *found =
            n ? pl_map_find(&x->unbracketed, pl_str_sub(s, end - n, n)) : NULL;

        if (found)
            PL_TRY(put(cx, &x->pairs, x->brackets.p[*found - 1].with.key,
                       pl_str_sub(s, end - n, n), passage));
    }
    return PL_OK;
}

/* ---- unusual words ---- */

/* The longest unusual word at s[at], whose first character is known to begin some. */
static pl_status word_at(pl_ctx *cx, spelling *x, size_t passage, pl_str s, size_t at,
                         unsigned lengths)
{
    for (size_t chars = WORD_MOST; chars > 1; chars--) {
        pl_str word = pl_str_sub(s, at, 3 * chars);
        const size_t *row = lengths >> (chars - 1) & 1 && word.n == 3 * chars
                                ? pl_map_find(&x->unusual, word)
                                : NULL;

        if (row)
            return put(cx, &x->words, *row, word, passage);
    }
    return PL_OK;
}

/* Sorted places of one unusual word. */
static pl_status say_word(pl_ctx *cx, pl_check *check, const writing *w, size_t n)
{
    pl_str usual = pl_lexicon_row(cx->lexicon, PL_WORD_VARIANT, (size_t)w->key)->field[0];
    pl_relation *r;

    PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_UNIT, PL_SEVERITY_NOTE, &r));
    PL_TRY(pl_relation_zh(cx, r, "“%.*s”%zu处，通常写作“%.*s”", PL_FMT(w->form), n,
                          PL_FMT(usual)));
    PL_TRY(pl_relation_en(cx, r, "'%.*s' in %zu places, usually '%.*s'", PL_FMT(w->form),
                          n, PL_FMT(usual)));
    return at_all(cx, check, r, w, n);
}

/* ---- passages ---- */

/* Foreign texts write words large and small as they please. */
static bool has_ideograph(pl_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (pl_is_ideograph_byte(s.p[i]))
            return true;
    return false;
}

/* Where the next character stands, from s[i] on, whose number ends as one of a set, or
 * that is no ideograph; s.n when there is none. */
static size_t next_of(const bool set[PLANE_LOW], pl_str s, size_t i)
{
    for (; i < s.n && pl_is_ideograph_byte(s.p[i]); i += 3)
        if (set[(s.p[i + 1] & 63) << 6 | (s.p[i + 2] & 63)])
            return i;
    return i;
}

static pl_status first_look(pl_ctx *cx, spelling *x, size_t passage)
{
    pl_str s = x->check->passages->all.p[passage].text;
    bool chinese = has_ideograph(s);
    size_t n;

    if (!chinese)
        return PL_OK;
    for (size_t i = 0; (i = next_of(x->looked_for, s, i)) < s.n; i += n) {
        uint32_t c = pl_utf8_at(pl_str_tail(s, i), &n);

        if (pl_is_alpha(s.p[i]))
            PL_TRY(letters_at(cx, x, passage, s, i, &n));
        else if (c == '(')
            PL_TRY(bracket_at(cx, x, passage, s, i));
        else if (c >= 0x80 && c < PLANE && x->usual[c])
            PL_TRY(confused_at(cx, x, passage, s, i, c, n));
        if (c < PLANE && x->begins[c])
            PL_TRY(word_at(cx, x, passage, s, i, x->begins[c]));
    }
    return PL_OK;
}

static pl_status second_look(pl_ctx *cx, spelling *x, size_t passage)
{
    pl_str s = x->check->passages->all.p[passage].text;
    size_t n;

    for (size_t i = 0; (i = next_of(x->may_end, s, i)) < s.n; i += n) {
        uint32_t c = pl_utf8_at(pl_str_tail(s, i), &n);

        if (c < PLANE && x->ends[c])
            PL_TRY(unbracketed_at(cx, x, passage, s, i + n, c));
    }
    return PL_OK;
}

/* Can two writings be of one name: the characters before them are the same, or before one
 * of them a name cannot go on? 东湖水厂(二期) and 西湖水厂二期 are two. */
static bool may_begin_alike(const pl_check *check, const writing *a, const writing *b)
{
    pl_str s = check->passages->all.p[a->passage].text;
    pl_str t = check->passages->all.p[b->passage].text;
    size_t i = (size_t)(a->form.p - s.p), k = (size_t)(b->form.p - t.p);
    size_t n = back(s, i, 1), m = back(t, k, 1);

    return n == 0 || m == 0 || memcmp(s.p + i - n, t.p + k - m, n) == 0;
}

static pl_status say_bracketed(pl_ctx *cx, pl_check *check, const writing *w, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (!pl_str_eq(w[i].form, w->form))
            return may_begin_alike(check, w, &w[i]) ? say(cx, check, w, n) : PL_OK;
    return PL_OK;
}

/* Brackets count only where the name stands without them too. */
static pl_status bracket_pairs(pl_ctx *cx, spelling *x)
{
    size_t plain = x->pairs.n;

    for (size_t i = 0; plain && i < x->brackets.n; i++) {
        const writing *w = &x->brackets.p[i].with;

        PL_TRY(put(cx, &x->pairs, w->key, w->form, w->passage));
    }
    return say_all(cx, x->check, &x->pairs, say_bracketed);
}

/* An unusual word, of ideographs, that begins with c: row i of the lexicon. */
static pl_status add_word(pl_ctx *cx, spelling *x, pl_str word, uint32_t c, size_t i)
{
    size_t chars = word.n / 3, *row;

    if (forth(word, 0, chars) != word.n || chars > WORD_MOST)
        return PL_OK;
    row = pl_map_add(cx->arena, &x->unusual, word, NULL);
    if (!row)
        return pl_fail_memory(cx);
    *row = i;
    x->begins[c] = (uint8_t)(x->begins[c] | 1u << (chars - 1));
    x->looked_for[c % PLANE_LOW] = true;
    return PL_OK;
}

static pl_status prepare(pl_ctx *cx, pl_check *check, spelling *x)
{
    const pl_word *w;

    *x = (spelling){.check = check,
                    .usual = PL_NEW_N(cx->arena, uint16_t, PLANE),
                    .ends = PL_NEW_N(cx->arena, uint8_t, PLANE),
                    .begins = PL_NEW_N(cx->arena, uint8_t, PLANE)};
    if (!x->usual || !x->ends || !x->begins)
        return pl_fail_memory(cx);
    for (size_t i = 0; (w = pl_lexicon_row(cx->lexicon, PL_WORD_VARIANT, i)); i++) {
        size_t n, m;
        uint32_t c, usual;

        if (w->word.n == 0 || w->field[0].n == 0)
            continue;
        c = pl_utf8_at(w->word, &n);
        usual = pl_utf8_at(w->field[0], &m);
        if (n != w->word.n) {
            PL_TRY(add_word(cx, x, w->word, c, i));
        } else if (m == w->field[0].n && c < PLANE && usual < PLANE) {
            x->usual[c] = (uint16_t)usual;
            x->usual[usual] = (uint16_t)usual;
            x->looked_for[c % PLANE_LOW] = true;
            x->looked_for[usual % PLANE_LOW] = true;
        }
    }
    return PL_OK;
}

pl_status pl_rule_spelling(pl_ctx *cx, pl_check *check)
{
    size_t n = check->passages->all.n;
    spelling x;

    PL_TRY(prepare(cx, check, &x));
    for (size_t i = 0; i < n; i++)
        PL_TRY(first_look(cx, &x, i));
    for (size_t i = 0; i < n && x.brackets.n; i++)
        PL_TRY(second_look(cx, &x, i));
    PL_TRY(say_all(cx, check, &x.confused, say));
    PL_TRY(say_all(cx, check, &x.letters, say));
    PL_TRY(say_all(cx, check, &x.words, say_word));
    return bracket_pairs(cx, &x);
}
