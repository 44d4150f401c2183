#include "report/line_fit.h"

#include "text/utf8.h"

size_t pl_half_ems_of(uint32_t c)
{
    char bytes[4];
    size_t n = pl_utf8_put(c, bytes), w = pl_text_width((pl_str){bytes, n}, true);

    return w > 1 ? 2 : 1;
}

size_t pl_half_ems(pl_str s)
{
    size_t sum = 0, n;

    for (; s.n; s = pl_str_tail(s, n))
        sum += pl_half_ems_of(pl_utf8_at(s, &n));
    return sum;
}

static bool is_in(uint32_t c, const char *set)
{
    size_t n;

    for (pl_str s = pl_str_from(set); s.n; s = pl_str_tail(s, n))
        if (pl_utf8_at(s, &n) == c)
            return true;
    return false;
}

/* GB/T 15834-2011, 5.1: marks that may not begin or end a line. */
static bool may_break(uint32_t before, uint32_t after)
{
    if (before == ' ')
        return true;
    if (is_in(after, "，。、；：？！”’）》〉」』】〕％…—,.;:?!)]}%") ||
        is_in(before, "“‘（《〈「『【〔([{"))
        return false;
    return pl_half_ems_of(before) == 2 || pl_half_ems_of(after) == 2;
}

size_t pl_widest_piece(pl_str s)
{
    size_t most = 0, piece = 0, n;
    uint32_t before = '\n';

    for (; s.n; s = pl_str_tail(s, n)) {
        uint32_t c = pl_utf8_at(s, &n);

        if (before == '\n' || may_break(before, c))
            piece = 0;
        piece += c != '\n' && c != ' ' ? pl_half_ems_of(c) : 0;
        most = piece > most ? piece : most;
        before = c;
    }
    return most;
}

size_t pl_line_fit(pl_str s, size_t width)
{
    size_t at = 0, used = 0, last = 0, n;
    uint32_t before = 0;

    while (at < s.n) {
        uint32_t c = pl_utf8_at(pl_str_tail(s, at), &n);

        if (c == '\n')
            return at ? at : 1;
        if (at && may_break(before, c))
            last = at;
        used += pl_half_ems_of(c);
        if (used > width && c != ' ' && at)
            return last ? last : at;
        before = c;
        at += n;
    }
    return s.n;
}

pl_str pl_line_set(pl_str line)
{
    pl_str all = line, s = pl_str_trim(line);
    size_t end = (size_t)(s.p - all.p) + s.n;

    if (s.n && end < all.n && all.p[end] == ' ')
        s.n++;
    return s;
}
