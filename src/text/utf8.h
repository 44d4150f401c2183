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
    return c < 0xC0 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
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
    switch (len) {
    case 1:
        return p[0];
    case 2:
        return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
    case 3:
        return (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 |
               (p[2] & 0x3F);
    default:
        return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 |
               (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
    }
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
