/* Characters: checking, stepping, display width. */
#ifndef PL_TEXT_UTF8_H
#define PL_TEXT_UTF8_H

#include "base/ctx.h"

/* Offset of the first byte that is not well-formed UTF-8 (Unicode 15, table 3-7), or
 * PL_NOPOS when all of it is. */
size_t pl_utf8_bad(pl_bytes b);

/* Bytes of the character that begins with byte c: 1 to 4. */
static inline size_t pl_utf8_len(unsigned char c)
{
    return (size_t) "\1\1\1\1\1\1\1\1\1\1\1\1\2\2\3\4"[c >> 4];
}

/* Where the character before `at` begins; at > 0. */
static inline size_t pl_utf8_back(pl_str s, size_t at)
{
    do
        at--;
    while (at > 0 && ((unsigned char)s.p[at] & 0xC0) == 0x80);
    return at;
}

/* The code point at the start of s, which must be valid and not empty; its length in
 * bytes in *n (may be NULL). */
static inline uint32_t pl_utf8_at(pl_str s, size_t *n)
{
    const unsigned char *p = (const unsigned char *)s.p;
    size_t len = pl_utf8_len(p[0]);

    if (len > s.n)
        len = s.n;
    if (n)
        *n = len;
    if (len == 1)
        return p[0];
    if (len == 3) /* most text: first */
        return (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 |
               (p[2] & 0x3F);
    if (len == 2)
        return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
    return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 |
           (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
}

/* A set of characters of three bytes (U+0800 … U+FFFF) as a filter of a few bits: one
 * look spares nearly every character that is not in it the search. Made of a list X(code
 * point) by PL_CHAR_FILTER. */
typedef struct pl_char_filter {
    uint64_t middle, last; /* the second and third byte, by their low six bits */
    uint32_t lead;         /* the first byte, by its low four */
} pl_char_filter;

#define PL_CHAR_MIDDLE(c) | UINT64_C(1) << ((c) >> 6 & 63)
#define PL_CHAR_LAST(c)   | UINT64_C(1) << ((c)&63)
#define PL_CHAR_LEAD(c)   | UINT32_C(1) << ((c) >> 12)
#define PL_CHAR_FILTER(LIST)                                               \
    {                                                                      \
        0 LIST(PL_CHAR_MIDDLE), 0 LIST(PL_CHAR_LAST), 0 LIST(PL_CHAR_LEAD) \
    }

/* May the character at p be in the set? False for those of other lengths than three
 * bytes. p[0 … 2] must be readable when p[0] >= 0xE0, as it is in valid text. */
static inline bool pl_char_may_be(const pl_char_filter *f, const char *p)
{
    const unsigned char *b = (const unsigned char *)p;

    return b[0] >= 0xE0 && b[0] < 0xF0 && (f->last >> (b[2] & 63) & 1) &&
           (f->middle >> (b[1] & 63) & 1) && (f->lead >> (b[0] & 15) & 1);
}

/* Put the first character of a word in; one of another length is not, and may be of none.
 */
static inline void pl_char_filter_add(pl_char_filter *f, pl_str word)
{
    uint32_t c = word.n ? pl_utf8_at(word, NULL) : 0;

    if (c < 0x800 || c > 0xFFFF)
        return;
    f->middle |= UINT64_C(1) << (c >> 6 & 63);
    f->last |= UINT64_C(1) << (c & 63);
    f->lead |= UINT32_C(1) << (c >> 12);
}

/* Does a character that begins with byte c lie in U+4000 … U+9FFF, of three bytes: an
 * ideograph, no mark or letter? */
static inline bool pl_is_ideograph_byte(char c)
{
    unsigned char u = (unsigned char)c;

    return u >= 0xE4 && u <= 0xE9;
}

/* Where the first character that is no ideograph stands, from s[i] on; s.n when there is
 * none. Most of Chinese text is passed over in steps of three bytes. */
static inline size_t pl_skip_ideographs(pl_str s, size_t i)
{
    while (i < s.n && pl_is_ideograph_byte(s.p[i]))
        i += 3;
    return i;
}

/* The same, but stops at ideographs that may be in the set too. */
static inline size_t pl_skip_others(const pl_char_filter *f, pl_str s, size_t i)
{
    while (i < s.n && pl_is_ideograph_byte(s.p[i]) && !pl_char_may_be(f, s.p + i))
        i += 3;
    return i;
}

/* Appended as UTF-8; the number of bytes written to out[4]. */
size_t pl_utf8_put(uint32_t c, char out[4]);

/* Columns that s takes on a terminal: East Asian wide and full-width characters are two,
 * combining and control characters none (UAX #11, by utf8proc). Ambiguous ones (“ ” ± …)
 * are one, or two when `cjk` is true. */
size_t pl_text_width(pl_str s, bool cjk);

/* Characters in s. */
size_t pl_utf8_count(pl_str s);

/* True for CJK ideographs, kana and hangul: the characters between which a line can be
 * broken without a space. */
bool pl_is_cjk(uint32_t c);

#endif
