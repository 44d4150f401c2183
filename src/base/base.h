/* What every file uses: compiler attributes, views of text, checked sizes.
 * (Functions that nobody may call, strcpy and the like: tools/check_style.) */
#ifndef PL_BASE_BASE_H
#define PL_BASE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The result of a call marked PL_MUST has to be looked at. */
#define PL_MUST __attribute__((warn_unused_result))
/* printf checking: f is the index of the format, a that of the first argument. */
#define PL_PRINTF(f, a) __attribute__((format(printf, f, a)))

#define PL_COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* "No position": an error that has no place in the input. */
#define PL_NOPOS ((size_t)-1)

/* A view of bytes that are valid UTF-8. Whoever made the bytes owns them; see the
 * function that returned it. Not NUL-terminated. */
typedef struct pl_str {
    const char *p; /* may be NULL only when n == 0 */
    size_t n;      /* bytes, not characters */
} pl_str;

/* A view of unchecked input; text/utf8.h is the only way from here to a pl_str. */
typedef struct pl_bytes {
    const unsigned char *p;
    size_t n;
} pl_bytes;

/* A stretch of some text: offset and length in bytes. */
typedef struct pl_span {
    size_t at, n;
} pl_span;

/* A view of a string literal; the second form is for static initialisers. */
#define PL_S(lit) ((pl_str){"" lit, sizeof(lit) - 1})
#define PL_S_INIT(lit)          \
    {                           \
        "" lit, sizeof(lit) - 1 \
    }

/* For printf's "%.*s". */
#define PL_FMT(s) (int)(s).n, (s).p ? (s).p : ""

/* View of a NUL-terminated string; NULL gives the empty view. */
pl_str pl_str_from(const char *c);
/* Most texts that are compared differ in their first byte: memcmp is not worth its call.
 */
static inline bool pl_bytes_same(const char *a, const char *b, size_t n)
{
    return n == 0 || (a[0] == b[0] && memcmp(a, b, n) == 0);
}
static inline bool pl_str_eq(pl_str a, pl_str b)
{
    return a.n == b.n && pl_bytes_same(a.p, b.p, a.n);
}
/* Byte order; a prefix sorts first. <0, 0, >0. */
int pl_str_cmp(pl_str a, pl_str b);
static inline bool pl_str_starts(pl_str s, pl_str with)
{
    return s.n >= with.n && pl_bytes_same(s.p, with.p, with.n);
}
static inline bool pl_str_ends(pl_str s, pl_str with)
{
    return s.n >= with.n && pl_bytes_same(s.p + s.n - with.n, with.p, with.n);
}
/* Offset of the first `what` at or after `from`, or PL_NOPOS. An empty `what` is never
 * found. */
size_t pl_str_find(pl_str s, pl_str what, size_t from);
bool pl_str_has(pl_str s, pl_str what);
/* Is s one of the n texts of a set; does it start with, end with or hold one of them? */
bool pl_str_is_any(pl_str s, const pl_str *set, size_t n);
bool pl_str_starts_any(pl_str s, const pl_str *set, size_t n);
/* Bytes of the first of a set that s starts with; 0 when it starts with none. */
size_t pl_str_prefix_of(pl_str s, const pl_str *set, size_t n);
bool pl_str_ends_any(pl_str s, const pl_str *set, size_t n);
bool pl_str_has_any(pl_str s, const pl_str *set, size_t n);
/* The part [at, at + n), cut to what s has. */
static inline pl_str pl_str_sub(pl_str s, size_t at, size_t n)
{
    if (at > s.n)
        at = s.n;
    if (n > s.n - at)
        n = s.n - at;
    return (pl_str){s.p ? s.p + at : s.p, n};
}
/* s without its first `at` bytes. */
static inline pl_str pl_str_tail(pl_str s, size_t at)
{
    return pl_str_sub(s, at, s.n);
}
/* s without spaces at both ends: ASCII white space, U+00A0, U+3000, U+FEFF, U+200B. */
pl_str pl_str_trim(pl_str s);
/* When *in starts with word: moves *in past it, true. Else leaves it alone. */
static inline bool pl_str_eat(pl_str *in, pl_str word)
{
    if (!pl_str_starts(*in, word))
        return false;
    *in = pl_str_tail(*in, word.n);
    return true;
}
/* 64 bits, all of them mixed; for tables in memory, never stored or shown. */
uint64_t pl_str_hash(pl_str s);

static inline bool pl_is_digit(char c)
{
    return c >= '0' && c <= '9';
}
static inline bool pl_is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
static inline bool pl_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Sizes are added and multiplied through these: false, and *out untouched, when the
 * result does not fit. */
static inline bool pl_add_ok(size_t a, size_t b, size_t *out)
{
    return !__builtin_add_overflow(a, b, out);
}
static inline bool pl_mul_ok(size_t a, size_t b, size_t *out)
{
    return !__builtin_mul_overflow(a, b, out);
}

/* 128-bit integers, for products of decimals; a compiler extension, so named here. */
__extension__ typedef __int128 pl_i128;

#endif
