#include "text/numbering.h"

#include "text/number.h"
#include "text/utf8.h"

/* Longest numerals that are marks: 一百二十一, 999. Longer ones are figures. */
enum { CN_DIGITS_MAX = 6, AR_DIGITS_MAX = 3 };

static const pl_str sign_open[] = {PL_S_INIT("("), PL_S_INIT("（")};
static const pl_str sign_close[] = {PL_S_INIT(")"), PL_S_INIT("）")};
static const pl_str sign_dot[] = {PL_S_INIT("."), PL_S_INIT("．")};
static const pl_str sign_pause[] = {PL_S_INIT("、")};
static const pl_str sign_colon[] = {PL_S_INIT(":"), PL_S_INIT("：")};
static const pl_str sign_space[] = {PL_S_INIT(" "), PL_S_INIT("\t"),
                                    PL_S_INIT("\xc2\xa0"), PL_S_INIT("\xe3\x80\x80")};
/* Characters of 〇 in years are not here: no numbering is written with it. */
static const pl_str cn_digit[] = {PL_S_INIT("一"), PL_S_INIT("二"), PL_S_INIT("三"),
                                  PL_S_INIT("四"), PL_S_INIT("五"), PL_S_INIT("六"),
                                  PL_S_INIT("七"), PL_S_INIT("八"), PL_S_INIT("九"),
                                  PL_S_INIT("十"), PL_S_INIT("百"), PL_S_INIT("零")};

/* 第 … 章 and its like. */
static const struct ranked {
    pl_str word;
    pl_numbering_kind kind;
} after_di[] = {
    {PL_S_INIT("部分"), PL_NUMBERING_PART},  {PL_S_INIT("篇"), PL_NUMBERING_PART},
    {PL_S_INIT("编"), PL_NUMBERING_PART},    {PL_S_INIT("章"), PL_NUMBERING_CHAPTER},
    {PL_S_INIT("节"), PL_NUMBERING_SECTION},
};

/* Words that a number or a colon follows: 附件1, 专栏2. */
static const struct ranked titled[] = {
    {PL_S_INIT("附件"), PL_NUMBERING_ANNEX},  {PL_S_INIT("附表"), PL_NUMBERING_ANNEX},
    {PL_S_INIT("附录"), PL_NUMBERING_ANNEX},  {PL_S_INIT("專欄"), PL_NUMBERING_COLUMN},
    {PL_S_INIT("专栏"), PL_NUMBERING_COLUMN},
};

/* Marks that are one character; number = first_number + (c - first). */
static const struct enclosed {
    uint32_t first, last;
    int first_number;
    pl_numbering_kind kind;
} enclosed[] = {
    {0x2460, 0x2473, 1, PL_NUMBERING_CIRCLED},  /* ① … ⑳ */
    {0x2474, 0x2487, 1, PL_NUMBERING_AR_PAREN}, /* ⑴ … ⒇ */
    {0x2488, 0x249B, 1, PL_NUMBERING_AR_DOT},   /* ⒈ … ⒛ */
    {0x3220, 0x3229, 1, PL_NUMBERING_CN_PAREN}, /* ㈠ … ㈩ */
    {0x3251, 0x325F, 21, PL_NUMBERING_CIRCLED}, /* ㉑ … ㉟ */
};

static const int level_of[] = {
#define X(name, level, example) level,
    PL_NUMBERING_LIST(X)
#undef X
};
_Static_assert(PL_COUNT(level_of) == PL_NUMBERING_COUNT, "one level per kind");

static bool eat_any(pl_str *s, const pl_str *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (pl_str_eat(s, words[i]))
            return true;
    return false;
}
#define EAT_ANY(s, set) eat_any((s), (set), PL_COUNT(set))

/* A digit of either width moves *s on; its value, or -1. */
static int eat_digit(pl_str *s)
{
    int v = -1;

    if (s->n && pl_is_digit(s->p[0])) {
        v = s->p[0] - '0';
        *s = pl_str_tail(*s, 1);
    } else if (s->n >= 3 && pl_str_starts(*s, PL_S("\xef\xbc")) &&
               (unsigned char)s->p[2] >= 0x90 && (unsigned char)s->p[2] <= 0x99) {
        v = (unsigned char)s->p[2] - 0x90; /* ０ is EF BC 90 */
        *s = pl_str_tail(*s, 3);
    }
    return v;
}

/* Digits of either width; 0 when there are none or too many. */
static int eat_arabic(pl_str *s)
{
    pl_str in = *s;
    int value = 0, digits = 0, d;

    while ((d = eat_digit(&in)) >= 0 && digits <= AR_DIGITS_MAX) {
        value = value * 10 + d;
        digits++;
    }
    if (digits == 0 || digits > AR_DIGITS_MAX)
        return 0;
    *s = in;
    return value;
}

static int eat_chinese(pl_str *s)
{
    pl_str in = *s;
    int digits = 0, value;

    while (digits <= CN_DIGITS_MAX && EAT_ANY(&in, cn_digit))
        digits++;
    if (digits == 0 || digits > CN_DIGITS_MAX)
        return 0;
    value = pl_ordinal((pl_str){s->p, s->n - in.n});
    if (value > 0)
        *s = in;
    return value;
}

static int eat_number(pl_str *s)
{
    int v = eat_arabic(s);

    return v ? v : eat_chinese(s);
}

static void eat_spaces(pl_str *s)
{
    while (EAT_ANY(s, sign_space))
        ;
}

/* The mark is what stands between s and rest. */
static pl_numbering mark(pl_numbering_kind kind, int number, pl_str s, pl_str rest)
{
    pl_numbering m = {.kind = kind, .level = level_of[kind], .number = number};

    m.text = (pl_str){s.p, s.n - rest.n};
    eat_spaces(&rest);
    m.n = s.n - rest.n;
    return m;
}

/* After `1.`: does a figure go on there? `1.2023年` and `21.5+2` are numbering, `1.5亿`
 * is a figure. */
static bool is_fraction(pl_str after_dot)
{
    pl_str s = after_dot;
    int digits = 0, year = 0, d;

    while ((d = eat_digit(&s)) >= 0) {
        year = digits < 4 ? year * 10 + d : 0;
        digits++;
    }
    if (digits == 0)
        return false;
    if (digits == 4 && year >= 1900 && year < 2100 && pl_str_starts(s, PL_S("年")))
        return false;
    return !pl_str_starts(s, PL_S("+"));
}

/* After `1、`: a list such as `1、2号线` or `一、二、三产业` is not numbering. */
static bool is_list(pl_str after_pause)
{
    pl_str s = after_pause;

    if (eat_number(&s) == 0)
        return false;
    return EAT_ANY(&s, sign_pause) || pl_str_starts(s, PL_S("号")) ||
           pl_str_starts(s, PL_S("产业"));
}

static pl_numbering bracketed(pl_str s)
{
    pl_str in = s;
    int v;

    if (EAT_ANY(&in, sign_open)) {
        bool chinese = false;

        v = eat_arabic(&in);
        if (v == 0) {
            v = eat_chinese(&in);
            chinese = v > 0;
        }
        if (v > 0 && EAT_ANY(&in, sign_close))
            return mark(chinese ? PL_NUMBERING_CN_PAREN : PL_NUMBERING_AR_PAREN, v, s,
                        in);
    }
    return (pl_numbering){0};
}

static pl_numbering arabic(pl_str s)
{
    pl_str in = s;
    int v = eat_arabic(&in);

    if (v > 0) {
        if (EAT_ANY(&in, sign_dot) && !is_fraction(in))
            return mark(PL_NUMBERING_AR_DOT, v, s, in);
        if (EAT_ANY(&in, sign_pause) && !is_list(in))
            return mark(PL_NUMBERING_AR_DOT, v, s, in);
        if (EAT_ANY(&in, sign_close))
            return mark(PL_NUMBERING_AR_PAREN, v, s, in);
    }
    return (pl_numbering){0};
}

static pl_numbering chinese(pl_str s)
{
    pl_str in = s;
    int v = eat_chinese(&in);

    if (v > 0) {
        pl_str after = in;

        if (pl_str_eat(&after, PL_S("是")))
            return mark(PL_NUMBERING_CN_IS, v, s, after);
        if ((EAT_ANY(&in, sign_pause) && !is_list(in)) || EAT_ANY(&in, sign_dot))
            return mark(PL_NUMBERING_CN_COMMA, v, s, in);
    }
    return (pl_numbering){0};
}

static pl_numbering ranked(pl_str s)
{
    pl_str in = s;
    int v;

    if (!pl_str_eat(&in, PL_S("第")))
        return (pl_numbering){0};
    eat_spaces(&in);
    v = eat_number(&in);
    eat_spaces(&in);
    for (size_t i = 0; v > 0 && i < PL_COUNT(after_di); i++)
        if (pl_str_eat(&in, after_di[i].word))
            return mark(after_di[i].kind, v, s, in);
    return (pl_numbering){0};
}

/* 附件1, 附件 1：, 附件：1.…, 附件 alone; 专栏1. The colon belongs to the bytes read, not
 * to the mark's text. */
static pl_numbering titled_mark(pl_str s)
{
    for (size_t i = 0; i < PL_COUNT(titled); i++) {
        pl_str in = s, end, numbered;
        pl_numbering m;
        int v;

        if (!pl_str_eat(&in, titled[i].word))
            continue;
        end = numbered = in;
        eat_spaces(&numbered);
        v = eat_number(&numbered);
        if (v > 0)
            end = numbered;
        m = mark(titled[i].kind, v > 0 ? v : 1, s, end);
        in = end;
        eat_spaces(&in);
        if (EAT_ANY(&in, sign_colon)) {
            eat_spaces(&in);
            m.n = s.n - in.n;
        } else if (v == 0 && in.n > 0) {
            break; /* 附件所列项目: prose */
        }
        return m;
    }
    return (pl_numbering){0};
}

static pl_numbering one_character(pl_str s)
{
    size_t n = 0;
    uint32_t c = pl_utf8_at(s, &n);

    for (size_t i = 0; i < PL_COUNT(enclosed); i++)
        if (c >= enclosed[i].first && c <= enclosed[i].last)
            return mark(enclosed[i].kind,
                        enclosed[i].first_number + (int)(c - enclosed[i].first), s,
                        pl_str_tail(s, n));
    return (pl_numbering){0};
}

/* Can a mark begin with that character? Spares most lines of a text the forms above. */
static bool may_begin(pl_str s)
{
    /* of characters of three bytes: 一 七 三 专 九 二 五 八 六 十 四 專 百 第 附 零, （,
     * and full-width and enclosed numbers by their first two bytes */
    static const char first[][4] = {"一", "七", "三", "专", "九", "二", "五", "八", "六",
                                    "十", "四", "專", "百", "第", "附", "零", "（"};
    static const char block[][3] = {"\xef\xbc", "\xe2\x91", "\xe2\x92", "\xe3\x88",
                                    "\xe3\x89"};

    if (s.n < 3 || (unsigned char)s.p[0] < 0x80)
        return s.n && (pl_is_digit(s.p[0]) || s.p[0] == '(');
    for (size_t i = 0; i < PL_COUNT(first); i++)
        if (s.p[0] == first[i][0] && s.p[1] == first[i][1] && s.p[2] == first[i][2])
            return true;
    for (size_t i = 0; i < PL_COUNT(block); i++)
        if (s.p[0] == block[i][0] && s.p[1] == block[i][1])
            return true;
    return false;
}

pl_numbering pl_numbering_at(pl_str s)
{
    static pl_numbering (*const forms[])(pl_str) = {
        bracketed, arabic, chinese, ranked, titled_mark, one_character};
    pl_numbering m = {0};

    if (!may_begin(s))
        return m;
    for (size_t i = 0; i < PL_COUNT(forms) && m.kind == PL_NUMBERING_NONE; i++)
        m = forms[i](s);
    return m;
}
