/* What a lexicon is looked up in: tables of offsets and numbers, without pointers, so
 * that the compiled-in one lies in the program's file as it is used, and a program that
 * starts reads of it only what it asks for. tools/lexicon_tables.c writes it when the
 * program is built; lexicon_make.c makes one in memory.
 *
 * The words stand in chains, one for each first two characters, found by one hash table;
 * in a chain the longest come first. Two small tables of class masks, by hash of a word's
 * first and last character, answer most misses with one look.
 *
 * Invariants: a chain is ordered by length, longest first, then by class; a head's
 * classes are those of its chain. */
#ifndef PL_TEXT_LEXICON_TABLES_H
#define PL_TEXT_LEXICON_TABLES_H

#include "text/lexicon.h"
#include "text/utf8.h"

enum {
    PL_LEXICON_NO_ROW = -1,
    PL_LEXICON_FIELDS = 4,
    PL_LEXICON_WORD_BYTES = 255, /* so that a look-up is bounded, and for an entry's n */
    PL_LEXICON_FILTER_BITS = 11  /* 2048 masks, 16 KiB: they stay in the first cache */
};

/* A row as it is looked for. */
typedef struct pl_lexicon_entry {
    uint32_t at;      /* its line in the text, which its word begins */
    int32_t next;     /* in its chain, or PL_LEXICON_NO_ROW */
    uint8_t n, class; /* bytes of the word */
    bool letters;     /* ASCII ones are in it: they match in any case */
} pl_lexicon_entry;

typedef struct pl_lexicon_head {
    uint64_t key; /* first character << 32 | second one, 0 when the word has one */
    pl_words classes;
    int32_t row; /* first of the chain */
} pl_lexicon_head;

typedef struct pl_lexicon_first {
    pl_words all; /* classes of words by their first character, … */
    pl_words one; /* … of those that have no other */
} pl_lexicon_first;

typedef struct pl_lexicon_tables {
    const char *text;  /* lines: a word and fields, folded and trimmed, between tabs; */
    size_t text_bytes; /* those of a counter as a unit's (lexicon.h) */
    const pl_lexicon_entry *entries; /* in the order of the files */
    size_t n_entries;
    const int32_t *by_class;                  /* entries, those of one class together */
    size_t first_of[PL_WORD_CLASS_COUNT + 1]; /* where a class begins in by_class */
    const pl_lexicon_head *heads;
    size_t n_heads, head_bits;     /* 1 << head_bits slots; key 0 = free */
    const pl_lexicon_first *first; /* by the hash of a word's first character, */
    const pl_words *last;          /* of its last one, */
    const uint8_t *longest;        /* and the bytes of the longest that ends so */
} pl_lexicon_tables;

/* The files of lexicon/. */
extern const pl_lexicon_tables pl_lexicon_builtin;

/* A lexicon of one's own making: its rows are read from the tables when first found. */
struct pl_lexicon {
    pl_lexicon_tables t;
    struct pl_lexicon_rows *rows;
};

/* Lay the rows of a file's text over `base` into *out, in cx->arena. As pl_lexicon_make.
 */
PL_MUST pl_status pl_lexicon_tables_make(pl_ctx *cx, const pl_lexicon_tables *base,
                                         pl_str own, pl_lexicon_tables *out);

/* What a row's fields mean for its class; NULL, or what is wrong with them. */
const char *pl_lexicon_fields(pl_word *w);

/* The part of *rest before `stop`, which is skipped with it. */
static inline pl_str pl_lexicon_cut(pl_str *rest, char stop)
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

static inline size_t pl_lexicon_hash(uint64_t key, size_t bits)
{
    return (size_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> (64 - bits));
}

/* The slot of a key, or the free one where it belongs. */
static inline size_t pl_lexicon_slot(const pl_lexicon_head *heads, size_t bits,
                                     uint64_t key)
{
    size_t mask = ((size_t)1 << bits) - 1;
    size_t i = pl_lexicon_hash(key, bits);

    while (heads[i].key && heads[i].key != key)
        i = (i + 1) & mask;
    return i;
}

static inline uint32_t pl_lexicon_lower(uint32_t c)
{
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

/* The first character of s and, when it has one, the second. */
static inline uint64_t pl_lexicon_key(pl_str s, uint32_t *first)
{
    size_t n;

    *first = pl_lexicon_lower(pl_utf8_at(s, &n));
    if (n == s.n)
        return (uint64_t)*first << 32;
    return (uint64_t)*first << 32 |
           pl_lexicon_lower(pl_utf8_at((pl_str){s.p + n, s.n - n}, NULL));
}

/* The code point before s.p[end], end > 0; where it begins in *at. */
static inline uint32_t pl_lexicon_char_before(pl_str s, size_t end, size_t *at)
{
    *at = pl_utf8_back(s, end);
    return pl_utf8_at((pl_str){s.p + *at, end - *at}, NULL);
}

#endif
