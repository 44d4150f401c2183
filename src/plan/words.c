#include "plan/words.h"

#include "text/utf8.h"

static bool is_alnum(char c)
{
    return pl_is_digit(c) || pl_is_alpha(c);
}

/* Bytes of the white space at s[at], 0 when there is none. */
static size_t space_len(pl_str s, size_t at)
{
    pl_str rest = pl_str_tail(s, at);

    if (rest.n && pl_is_space(rest.p[0]))
        return 1;
    if (pl_str_starts(rest, PL_S("\xc2\xa0")))
        return 2;
    if (pl_str_starts(rest, PL_S("\xe3\x80\x80")) ||
        pl_str_starts(rest, PL_S("\xe2\x80\x8b")))
        return 3;
    return 0;
}

static bool has_space(pl_str s)
{
    for (size_t i = 0; i < s.n; i += pl_utf8_len((unsigned char)s.p[i])) {
        unsigned char c = (unsigned char)s.p[i];

        if ((c <= ' ' || c == 0xc2 || c == 0xe3 || c == 0xe2) && space_len(s, i))
            return true;
    }
    return false;
}

pl_status pl_clean(pl_ctx *cx, pl_str s, pl_str *out)
{
    char *p;
    size_t n = 0;

    s = pl_str_trim(s);
    if (!has_space(s)) {
        *out = s;
        return PL_OK;
    }
    p = PL_NEW_N(cx->arena, char, s.n);
    if (!p)
        return pl_fail_memory(cx);
    for (size_t i = 0; i < s.n;) {
        size_t gap = 0, w;

        while ((w = space_len(s, i + gap)) > 0)
            gap += w;
        if (gap == 0) {
            p[n++] = s.p[i++];
            continue;
        }
        i += gap;
        if (n && i < s.n && is_alnum(p[n - 1]) && is_alnum(s.p[i]))
            p[n++] = ' ';
    }
    *out = (pl_str){p, n};
    return PL_OK;
}

/* What a byte sequence does to nesting: X(text, +1 / -1). */
static const struct {
    pl_str mark;
    int step;
} nesting[] = {
    {PL_S_INIT("("), 1},   {PL_S_INIT(")"), -1},  {PL_S_INIT("（"), 1},
    {PL_S_INIT("）"), -1}, {PL_S_INIT("“"), 1},   {PL_S_INIT("”"), -1},
    {PL_S_INIT("《"), 1},  {PL_S_INIT("》"), -1}, {PL_S_INIT("〔"), 1},
    {PL_S_INIT("〕"), -1},
};

static int nesting_step(pl_str rest)
{
    for (size_t i = 0; i < PL_COUNT(nesting); i++)
        if (pl_str_starts(rest, nesting[i].mark))
            return nesting[i].step;
    return 0;
}

/* Note the byte that a text begins with: one bit of 256. */
static void first_byte(uint64_t first[4], pl_str text)
{
    unsigned char c = (unsigned char)text.p[0];

    first[c / 64] |= UINT64_C(1) << c % 64;
}

size_t pl_mark_next(pl_str s, size_t from, const pl_str *marks, size_t n_marks,
                    size_t *len)
{
    uint64_t first[4] = {0};
    int depth = 0;

    for (size_t k = 0; k < PL_COUNT(nesting); k++)
        first_byte(first, nesting[k].mark);
    for (size_t k = 0; k < n_marks; k++)
        first_byte(first, marks[k]);
    for (size_t i = from; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (!(first[c / 64] >> c % 64 & 1))
            continue;
        depth += nesting_step(pl_str_tail(s, i));
        if (depth < 0)
            depth = 0;
        for (size_t k = 0; depth == 0 && k < n_marks; k++)
            if (pl_str_starts(pl_str_tail(s, i), marks[k])) {
                *len = marks[k].n;
                return i;
            }
    }
    return PL_NOPOS;
}

static const pl_str list_marks[] = {
    PL_S_INIT("、"), PL_S_INIT(","), PL_S_INIT("，"), PL_S_INIT(";"),
    PL_S_INIT("；"), PL_S_INIT("/"), PL_S_INIT("\n"), PL_S_INIT("。"),
};

/* What is said of a unit beside its name. */
static const pl_str role_endings[] = {
    PL_S_INIT("按职责分工负责"), PL_S_INIT("分工负责"), PL_S_INIT("牵头负责"),
    PL_S_INIT("牵头"),           PL_S_INIT("负责"),     PL_S_INIT("配合"),
    PL_S_INIT("参与"),           PL_S_INIT("等"),
};

static pl_str name_trim(pl_str s)
{
    bool again = true;

    s = pl_str_trim(s);
    while (again) {
        again = false;
        for (size_t i = 0; i < PL_COUNT(role_endings); i++)
            if (s.n > role_endings[i].n && pl_str_ends(s, role_endings[i])) {
                s.n -= role_endings[i].n;
                again = true;
            }
    }
    return s;
}

/* `各区、县级市政府` is one name: what follows 各… begins with a kind of place and
 * carries the organ for both. */
static bool goes_on(pl_str name, pl_str rest)
{
    static const pl_str places[] = {PL_S_INIT("县级市"), PL_S_INIT("县"), PL_S_INIT("旗"),
                                    PL_S_INIT("自治县")};

    if (!pl_str_starts(name, PL_S("各")) || pl_str_ends(name, PL_S("政府")) ||
        pl_longer_than(name, 4))
        return false;
    for (size_t i = 0; i < PL_COUNT(places); i++)
        if (pl_str_starts(rest, places[i]))
            return true;
    return false;
}

pl_status pl_names_split(pl_ctx *cx, pl_str cell, pl_strs *out)
{
    size_t at = 0;

    while (at <= cell.n && cell.n) {
        size_t len = 0;
        size_t end = pl_mark_next(cell, at, list_marks, PL_COUNT(list_marks), &len);
        pl_str name;

        if (end != PL_NOPOS &&
            goes_on(pl_str_sub(cell, at, end - at), pl_str_tail(cell, end + len)))
            end = pl_mark_next(cell, end + len, list_marks, PL_COUNT(list_marks), &len);
        name = name_trim(pl_str_sub(cell, at, end == PL_NOPOS ? cell.n : end - at));
        pl_str *slot;

        if (name.n) {
            slot = PL_VEC_ADD(cx->arena, out);
            if (!slot)
                return pl_fail_memory(cx);
            *slot = name;
        }
        if (end == PL_NOPOS)
            break;
        at = end + len;
    }
    return PL_OK;
}

bool pl_bracket_last(pl_str s, pl_str *before, pl_str *inside)
{
    static const struct {
        pl_str open, close;
    } pair[] = {{PL_S_INIT("("), PL_S_INIT(")")}, {PL_S_INIT("（"), PL_S_INIT("）")}};
    pl_str close = {0};

    for (size_t k = 0; k < PL_COUNT(pair); k++)
        if (pl_str_ends(s, pair[k].close))
            close = pair[k].close;
    if (close.n == 0)
        return false;
    for (size_t i = s.n - close.n; i-- > 0;) {
        pl_str rest = pl_str_tail(s, i);

        for (size_t k = 0; k < PL_COUNT(pair); k++)
            if (pl_str_starts(rest, pair[k].open)) {
                *before = pl_str_trim(pl_str_sub(s, 0, i));
                *inside =
                    pl_str_sub(s, i + pair[k].open.n, s.n - close.n - i - pair[k].open.n);
                return true;
            }
    }
    return false;
}

enum { UNIT_MAX_BYTES = 36 }; /* 人/百亿元 is 13; longer brackets are explanations */

/* One side of a `/`: a known unit after any scale words and digits (百亿元, 10万人). */
static bool is_simple_unit(const pl_lexicon *lx, pl_str s)
{
    const pl_words unit = PL_WORDS(UNIT) | PL_WORDS(COUNTER);
    pl_number num;

    if (s.n == 0)
        return false;
    if (pl_lexicon_whole(lx, unit, s))
        return true;
    if (pl_number_at(lx, s, false, false, &num) && !num.words && num.n < s.n)
        return pl_lexicon_whole(lx, unit, pl_str_tail(s, num.n)) != NULL;
    for (size_t i = 0; i < 3; i++) { /* 百万千瓦时: scale words stand before the unit */
        const pl_word *scale = pl_lexicon_at(lx, PL_WORDS(SCALE), s);

        if (!scale)
            return false;
        s = pl_str_tail(s, scale->word.n);
        if (pl_lexicon_whole(lx, unit, s))
            return true;
    }
    return false;
}

bool pl_is_unit(const pl_lexicon *lx, pl_str s)
{
    size_t slash = pl_str_find(s, PL_S("/"), 0);

    if (s.n == 0 || s.n > UNIT_MAX_BYTES)
        return false;
    if (is_simple_unit(lx, s))
        return true;
    return slash != PL_NOPOS && is_simple_unit(lx, pl_str_sub(s, 0, slash)) &&
           is_simple_unit(lx, pl_str_tail(s, slash + 1));
}

bool pl_longer_than(pl_str s, size_t most)
{
    size_t n = 0;

    for (size_t i = 0; i < s.n && n <= most; i += pl_utf8_len((unsigned char)s.p[i]))
        n++;
    return n > most;
}
