#include "text/year.h"

#include "text/number.h"
#include "text/utf8.h"

/* Years that documents speak of; four digits outside of them are figures. */
enum { YEAR_MIN = 1900, YEAR_MAX = 2100 };

/* 今年 and its like, as distance from `now`. */
static const struct relative {
    pl_str word;
    int from_now;
} relative[] = {
    {PL_S_INIT("今年"), 0},       {PL_S_INIT("本年度"), 0},
    {PL_S_INIT("本年"), 0},       {PL_S_INIT("去年"), -1},
    {PL_S_INIT("上年度"), -1},    {PL_S_INIT("上一年"), -1},
    {PL_S_INIT("上年"), -1},      {PL_S_INIT("前年"), -2},
    {PL_S_INIT("明年"), 1},       {PL_S_INIT("this year"), 0},
    {PL_S_INIT("last year"), -1}, {PL_S_INIT("next year"), 1},
};

/* What may stand between the years of a span. Folding made all dashes `-`. */
static const pl_str between[] = {PL_S_INIT("-"), PL_S_INIT("~"), PL_S_INIT("至"),
                                 PL_S_INIT("到")};

/* English words before a bare year. */
static const pl_str before_bare[] = {
    PL_S_INIT("by "),  PL_S_INIT("in "), PL_S_INIT("until "), PL_S_INIT("since "),
    PL_S_INIT("for "), PL_S_INIT("FY"),  PL_S_INIT("FY ")};

/* Words of table headings after a bare year: 2022目标值. Elsewhere four digits without 年
 * are a figure. */
static const pl_str after_bare[] = {
    PL_S_INIT("目标"),    PL_S_INIT("数值"),    PL_S_INIT("实绩"),  PL_S_INIT("实际"),
    PL_S_INIT("完成"),    PL_S_INIT("计划"),    PL_S_INIT("预期"),  PL_S_INIT("预计"),
    PL_S_INIT(" target"), PL_S_INIT(" actual"), PL_S_INIT(" plan"), PL_S_INIT(" value")};

/* After the name of a five-year term; `末` makes it the term's last year. */
static const struct term_tail {
    pl_str word;
    bool last_year;
} term_tail[] = {
    {PL_S_INIT("期末"), true},  {PL_S_INIT("末"), true},    {PL_S_INIT("时期"), false},
    {PL_S_INIT("期间"), false}, {PL_S_INIT("规划"), false},
};

static const pl_str cn_digit[] = {
    PL_S_INIT("〇"), PL_S_INIT("一"), PL_S_INIT("二"), PL_S_INIT("三"), PL_S_INIT("四"),
    PL_S_INIT("五"), PL_S_INIT("六"), PL_S_INIT("七"), PL_S_INIT("八"), PL_S_INIT("九")};

static bool eat_any(pl_str *s, const pl_str *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (pl_str_eat(s, words[i]))
            return true;
    return false;
}

static pl_period period(int first, int last, pl_str s, pl_str rest)
{
    return (pl_period){.year = last, .first = first, .n = s.n - rest.n};
}

/* Four digits that are a year, not part of a longer figure; 0 when there are none. */
static int eat_year(pl_str *s)
{
    int v = 0;

    if (s->n < 4 || (s->n > 4 && pl_is_digit(s->p[4])))
        return 0;
    for (size_t i = 0; i < 4; i++) {
        if (!pl_is_digit(s->p[i]))
            return 0;
        v = v * 10 + (s->p[i] - '0');
    }
    if (v < YEAR_MIN || v > YEAR_MAX)
        return 0;
    *s = pl_str_tail(*s, 4);
    return v;
}

/* 二〇二六, written with 〇 ○ 零 or O for nought. */
static int eat_chinese_year(pl_str *s)
{
    static const pl_str nought[] = {PL_S_INIT("○"), PL_S_INIT("零"), PL_S_INIT("Ｏ"),
                                    PL_S_INIT("O")};
    pl_str in = *s;
    int v = 0;

    for (size_t i = 0; i < 4; i++) {
        size_t d = 0;

        while (d < PL_COUNT(cn_digit) && !pl_str_eat(&in, cn_digit[d]))
            d++;
        if (d == PL_COUNT(cn_digit)) {
            if (!eat_any(&in, nought, PL_COUNT(nought)))
                return 0;
            d = 0;
        }
        v = v * 10 + (int)d;
    }
    if (v < YEAR_MIN || v > YEAR_MAX)
        return 0;
    *s = in;
    return v;
}

static bool eat_nian(pl_str *s)
{
    if (!pl_str_eat(s, PL_S("年")))
        return false;
    (void)pl_str_eat(s, PL_S("度"));
    return true;
}

static pl_period years(pl_str s)
{
    pl_str in = s, more;
    int first = eat_year(&in), last;
    bool nian;

    if (!first)
        first = eat_chinese_year(&in);
    if (!first)
        return (pl_period){0};
    nian = eat_nian(&in);
    more = in;
    if (eat_any(&more, between, PL_COUNT(between))) {
        last = eat_year(&more);
        if (!last)
            last = eat_chinese_year(&more);
        if (last > first && (eat_nian(&more) || !nian))
            return period(first, last, s, more);
    }
    if (nian)
        return period(first, first, s, in);
    for (size_t i = 0; i < PL_COUNT(after_bare); i++)
        if (pl_str_starts(in, after_bare[i]))
            return period(first, first, s, in);
    return (pl_period){0};
}

static pl_period bare_english(pl_str s)
{
    pl_str in = s;
    int v;

    if (!eat_any(&in, before_bare, PL_COUNT(before_bare)))
        return (pl_period){0};
    v = eat_year(&in);
    return v ? period(v, v, s, in) : (pl_period){0};
}

/* First year of the k-th five-year term: 一五 1953, 二五 1958, and from 三五 (1966) on
 * every five years; 1963 to 1965 belong to none. */
static int term_first(int k)
{
    return k == 1 ? 1953 : k == 2 ? 1958 : 1951 + 5 * k;
}

/* The numeral before 五 in 十四五; 0 when there is none. */
static int eat_term_number(pl_str *s)
{
    pl_str in = *s;
    size_t digits = 0;
    int k;

    while (digits < 2 && (pl_str_eat(&in, PL_S("十")) ||
                          eat_any(&in, cn_digit + 1, PL_COUNT(cn_digit) - 1)))
        digits++;
    /* 十五: the numeral is 十 and 五 is the word */
    for (; digits > 0; digits--) {
        k = pl_ordinal((pl_str){s->p, s->n - in.n});
        if (k > 0 && k <= 20 && pl_str_starts(in, PL_S("五"))) {
            *s = in;
            return k;
        }
        in = (pl_str){in.p - 3, in.n + 3}; /* these numerals are three bytes each */
    }
    return 0;
}

static pl_period term_of(int k, pl_str s, pl_str rest)
{
    int first = term_first(k), last = first + 4;

    for (size_t i = 0; i < PL_COUNT(term_tail); i++)
        if (pl_str_eat(&rest, term_tail[i].word))
            return period(term_tail[i].last_year ? last : first, last, s, rest);
    return period(first, last, s, rest);
}

/* “十四五”, 十四五, 第十四个五年规划. Without quotes and a word after it only 十一五 to
 * 十九五 are terms: 十五 is also fifteen, 三五 is also a few. */
static pl_period term(pl_str s)
{
    static const pl_str open[] = {PL_S_INIT("“"), PL_S_INIT("\""), PL_S_INIT("「")};
    static const pl_str close[] = {PL_S_INIT("”"), PL_S_INIT("\""), PL_S_INIT("」")};
    pl_str in = s;
    pl_period p;
    int k;

    if (pl_str_eat(&in, PL_S("第"))) {
        size_t at = pl_str_find(pl_str_sub(in, 0, 16), PL_S("个五年"), 0);

        k = at == PL_NOPOS ? 0 : pl_ordinal(pl_str_sub(in, 0, at));
        return k > 0 && k <= 20 ? term_of(k, s, pl_str_tail(in, at + PL_S("个五年").n))
                                : (pl_period){0};
    }
    if (eat_any(&in, open, PL_COUNT(open))) {
        k = eat_term_number(&in);
        if (k && pl_str_eat(&in, PL_S("五")) && eat_any(&in, close, PL_COUNT(close)))
            return term_of(k, s, in);
        return (pl_period){0};
    }
    k = eat_term_number(&in);
    if (!k || !pl_str_eat(&in, PL_S("五")))
        return (pl_period){0};
    p = term_of(k, s, in);
    if (k > 10 && k < 20)
        return p;
    return p.n > s.n - in.n ? p : (pl_period){0};
}

static pl_period relative_to(pl_str s, int now)
{
    for (size_t i = 0; now && i < PL_COUNT(relative); i++)
        if (pl_str_starts(s, relative[i].word))
            return (pl_period){.year = now + relative[i].from_now,
                               .first = now + relative[i].from_now,
                               .n = relative[i].word.n};
    return (pl_period){0};
}

pl_period pl_period_at(pl_str s, int now)
{
    pl_period p = years(s);

    if (p.n || s.n == 0 || pl_is_digit(s.p[0]))
        return p;
    p = pl_is_alpha(s.p[0]) ? bare_english(s) : term(s);
    if (!p.n)
        p = relative_to(s, now);
    return p;
}

/* Characters that a period can begin with: a look at one character spares the forms above
 * most of a text. */
#define FIRST_CHARS(X)  \
    X(0x201C) /* “ */ \
    X(0x25CB) /* ○ */ \
    X(0x3007) /* 〇 */ \
    X(0x300C) /* 「 */ \
    X(0x4E00) /* 一 */ \
    X(0x4E03) /* 七 */ \
    X(0x4E09) /* 三 */ \
    X(0x4E0A) /* 上 */ \
    X(0x4E5D) /* 九 */ \
    X(0x4E8C) /* 二 */ \
    X(0x4E94) /* 五 */ \
    X(0x4ECA) /* 今 */ \
    X(0x516B) /* 八 */ \
    X(0x516D) /* 六 */ \
    X(0x524D) /* 前 */ \
    X(0x5341) /* 十 */ \
    X(0x53BB) /* 去 */ \
    X(0x56DB) /* 四 */ \
    X(0x660E) /* 明 */ \
    X(0x672C) /* 本 */ \
    X(0x7B2C) /* 第 */ \
    X(0x96F6) /* 零 */

static const pl_char_filter first_char = PL_CHAR_FILTER(FIRST_CHARS);

static bool is_first_char(const char *p)
{
    if (!pl_char_may_be(&first_char, p))
        return false;
    switch (pl_utf8_at((pl_str){p, 3}, NULL)) {
#define X(c) case c:
        FIRST_CHARS(X)
#undef X
        return true;
    default:
        return false;
    }
}

/* May a period begin at byte i? Not inside a figure, a word or a character. */
static bool may_begin(pl_str s, size_t i)
{
    unsigned char c = (unsigned char)s.p[i];

    if (c >= 0x80)
        return c >= 0xE0 && s.n - i >= 3 && is_first_char(s.p + i);
    if (i > 0 && pl_is_digit((char)c) && (pl_is_digit(s.p[i - 1]) || s.p[i - 1] == '.'))
        return false;
    if (i > 0 && pl_is_alpha((char)c) && pl_is_alpha(s.p[i - 1]))
        return false;
    return pl_is_digit((char)c) || pl_is_alpha((char)c) || c == '"';
}

pl_period pl_period_in(pl_str s, size_t from, int now, size_t *at)
{
    for (size_t i = from; (i = pl_skip_others(&first_char, s, i)) < s.n;
         i += pl_utf8_len((unsigned char)s.p[i])) {
        pl_period p;

        if (!may_begin(s, i))
            continue;
        p = pl_period_at(pl_str_tail(s, i), now);
        if (p.n) {
            if (at)
                *at = i;
            return p;
        }
    }
    return (pl_period){0};
}
