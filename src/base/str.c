#include "base/base.h"

pl_str pl_str_from(const char *c)
{
    return (pl_str){c, c ? strlen(c) : 0};
}

int pl_str_cmp(pl_str a, pl_str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.p, b.p, n) : 0;

    return c ? c : (a.n > b.n) - (a.n < b.n);
}

/* The last byte of a word is looked for: in Chinese text every third byte is one of a few
 * that characters begin with, while those that they end with are spread evenly. */
size_t pl_str_find(pl_str s, pl_str what, size_t from)
{
    size_t last = what.n - 1; /* meant only when what.n > 0 */

    if (what.n == 0)
        return PL_NOPOS;
    while (from < s.n && s.n - from >= what.n) {
        const char *hit = memchr(s.p + from + last, what.p[last], s.n - from - last);

        if (!hit)
            return PL_NOPOS;
        hit -= last;
        if (pl_bytes_same(hit, what.p, last))
            return (size_t)(hit - s.p);
        from = (size_t)(hit - s.p) + 1;
    }
    return PL_NOPOS;
}

bool pl_str_has(pl_str s, pl_str what)
{
    return pl_str_find(s, what, 0) != PL_NOPOS;
}

bool pl_str_is_any(pl_str s, const pl_str *set, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (pl_str_eq(s, set[i]))
            return true;
    return false;
}

size_t pl_str_prefix_of(pl_str s, const pl_str *set, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (pl_str_starts(s, set[i]))
            return set[i].n;
    return 0;
}

bool pl_str_starts_any(pl_str s, const pl_str *set, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (pl_str_starts(s, set[i]))
            return true;
    return false;
}

bool pl_str_ends_any(pl_str s, const pl_str *set, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (pl_str_ends(s, set[i]))
            return true;
    return false;
}

bool pl_str_has_any(pl_str s, const pl_str *set, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (pl_str_has(s, set[i]))
            return true;
    return false;
}

/* Bytes of the space at the start of s, 0 when there is none. */
static size_t space_at_start(pl_str s)
{
    static const pl_str wide[] = {PL_S_INIT("\xc2\xa0"), PL_S_INIT("\xe3\x80\x80"),
                                  PL_S_INIT("\xef\xbb\xbf"), PL_S_INIT("\xe2\x80\x8b")};

    if (s.n && pl_is_space(s.p[0]))
        return 1;
    for (size_t i = 0; i < PL_COUNT(wide); i++)
        if (pl_str_starts(s, wide[i]))
            return wide[i].n;
    return 0;
}

static size_t space_at_end(pl_str s)
{
    for (size_t n = 1; n <= 3 && n <= s.n; n++) {
        pl_str end = pl_str_tail(s, s.n - n);

        if (space_at_start(end) == n)
            return n;
    }
    return 0;
}

/* Can a space begin, or end, with this byte? A look at one spares most texts the rest. */
static bool may_begin_space(char byte)
{
    unsigned char c = (unsigned char)byte;

    return c <= ' ' || c == 0xC2 || c == 0xE2 || c == 0xE3 || c == 0xEF;
}

static bool may_end_space(char byte)
{
    unsigned char c = (unsigned char)byte;

    return c <= ' ' || c == 0x80 || c == 0x8B || c == 0xA0 || c == 0xBF;
}

pl_str pl_str_trim(pl_str s)
{
    size_t n;

    while (s.n && may_begin_space(s.p[0]) && (n = space_at_start(s)) > 0)
        s = pl_str_tail(s, n);
    while (s.n && may_end_space(s.p[s.n - 1]) && (n = space_at_end(s)) > 0)
        s.n -= n;
    return s;
}

static uint64_t eight_bytes(const char *p, size_t n)
{
    uint64_t v = 0;

    memcpy(&v, p, n);
    return v;
}

/* Eight bytes at a time: multiplied by 2^64 / golden ratio, then the high bits, which
 * depend on all below them, brought down (Knuth, TAOCP 3, 6.4). */
uint64_t pl_str_hash(pl_str s)
{
    uint64_t h = s.n;

    for (size_t i = 0; i < s.n; i += 8) {
        h ^= s.n - i < 8 ? eight_bytes(s.p + i, s.n - i) : eight_bytes(s.p + i, 8);
        h *= UINT64_C(0x9E3779B97F4A7C15);
        h ^= h >> 32;
    }
    return h;
}
