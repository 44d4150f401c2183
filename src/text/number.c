#include "text/number.h"

#include "text/utf8.h"

enum {
    DIGITS_MAX = 15,  /* of the whole part; longer runs are codes, not figures */
    NUMERAL_MAX = 32, /* characters of a Chinese numeral */
    ORDINAL_MAX = 9999,
    ORDINAL_BYTES = 48 /* of a numeral worth reading */
};

/* What has been read: digits * scale, in `n` bytes. */
typedef struct reading {
    pl_dec digits, scale;
    pl_dec unit; /* of the last digit written, of digits (not of value) */
    size_t n;
    size_t chars; /* of Chinese numerals */
    bool words, percent;
} reading;

/* Arabic digits. */

/* Digits at the start of s: 1,234.5 is {12345, 1}. False for more than fit. */
static bool digits_run(pl_str s, size_t *n, int64_t *coef)
{
    size_t i = 0;

    for (; i < s.n && pl_is_digit(s.p[i]); i++) {
        if (i == DIGITS_MAX || *coef > (INT64_MAX - 9) / 10)
            return false;
        *coef = *coef * 10 + (s.p[i] - '0');
    }
    *n = i;
    return i > 0;
}

/* Is s `,ddd` and no digit after it? */
static bool is_group(pl_str s)
{
    return s.n >= 4 && s.p[0] == ',' && pl_is_digit(s.p[1]) && pl_is_digit(s.p[2]) &&
           pl_is_digit(s.p[3]) && (s.n == 4 || !pl_is_digit(s.p[4]));
}

static bool digits_at(pl_str s, reading *r)
{
    int64_t coef = 0;
    size_t n, decimals = 0, whole;

    if (!digits_run(s, &n, &coef))
        return false;
    whole = n;
    if (n <= 3 && s.p[0] != '0') {
        for (; whole <= DIGITS_MAX - 3 && is_group(pl_str_tail(s, n)); n += 4) {
            (void)digits_run(pl_str_tail(s, n + 1), &decimals, &coef);
            whole += 3;
        }
        decimals = 0;
    }
    if (n + 1 < s.n && s.p[n] == '.' && pl_is_digit(s.p[n + 1])) {
        int64_t fraction = coef;

        if (!digits_run(pl_str_tail(s, n + 1), &decimals, &fraction) ||
            decimals > PL_DEC_MAX_SCALE || whole + decimals > 18)
            return false;
        coef = fraction;
        n += 1 + decimals;
    }
    r->digits = (pl_dec){coef, (int)decimals};
    r->unit = (pl_dec){1, (int)decimals};
    r->n = n;
    return true;
}

/* Chinese numerals. */

/* The characters of numerals: digits (below 10), and ten, hundred … */
#define NUMERALS(X)                \
    X(0x3007, 0)         /* 〇 */ \
    X(0x96F6, 0)         /* 零 */ \
    X(0x25CB, 0)         /* ○ */ \
    X(0x4E00, 1)         /* 一 */ \
    X(0x4E8C, 2)         /* 二 */ \
    X(0x4E24, 2)         /* 两 */ \
    X(0x4E09, 3)         /* 三 */ \
    X(0x56DB, 4)         /* 四 */ \
    X(0x4E94, 5)         /* 五 */ \
    X(0x516D, 6)         /* 六 */ \
    X(0x4E03, 7)         /* 七 */ \
    X(0x516B, 8)         /* 八 */ \
    X(0x4E5D, 9)         /* 九 */ \
    X(0x5341, 10)        /* 十 */ \
    X(0x767E, 100)       /* 百 */ \
    X(0x5343, 1000)      /* 千 */ \
    X(0x4E07, 10000)     /* 万 */ \
    X(0x842C, 10000)     /* 萬 */ \
    X(0x4EBF, 100000000) /* 亿 */ \
    X(0x5104, 100000000) /* 億 */

/* The value of the numeral's character at the start of s; -1 for others. */
static int64_t numeral_value(pl_str s)
{
    if (s.n < 3 || (unsigned char)s.p[0] < 0xE2)
        return -1;
    switch (pl_utf8_at(s, NULL)) {
#define X(c, value) \
    case c:         \
        return value;
        NUMERALS(X)
#undef X
    default:
        return -1;
    }
}

/* The parts of a numeral while it is read: (total + section + digit), as 一亿 二千三百万
 * 四千五百 is read in sections of four places. */
typedef struct numeral {
    int64_t total, section;
    int64_t digit;      /* waiting for its place, or -1 */
    int64_t place;      /* last of 十 百 千 in this section; 10000 before any */
    int64_t last_place; /* of the last digit, all sections counted */
    int64_t myriad;     /* last of 万 亿, when it stands last; else 1 */
    bool zero;          /* 零 stood before the digit */
} numeral;

static bool numeral_digit(numeral *u, int64_t v)
{
    if (u->digit > 0 || (u->digit == 0 && !u->zero))
        return false;
    if (v == 0 && u->section == 0 && u->total == 0 && u->digit < 0)
        return false; /* 零 alone or in front: no counting numeral */
    u->zero = u->zero || v == 0;
    u->digit = v;
    u->myriad = 1;
    return true;
}

static bool numeral_place(numeral *u, int64_t v)
{
    if (u->digit <= 0) {
        if (v != 10 || u->section || u->digit == 0)
            return false; /* only 十 stands without a digit, at the start of a section */
        u->digit = 1;
    }
    if (v >= u->place)
        return false;
    u->section += u->digit * v;
    u->last_place = u->place = v;
    u->digit = -1;
    u->zero = false;
    u->myriad = 1;
    return true;
}

static bool numeral_myriad(numeral *u, int64_t v)
{
    int64_t section = u->section + (u->digit > 0 ? u->digit : 0);

    if (v == 10000 && section == 0)
        return false;
    if (v == 10000 && u->total % 100000000 != 0)
        return false; /* 万 twice */
    if (v != 10000 && (u->total + section == 0 || u->total >= 100000000))
        return false;
    if (u->digit > 0)
        u->last_place = 1;
    u->total = v == 10000 ? u->total + section * v : (u->total + section) * v;
    u->last_place *= v;
    u->myriad = u->myriad == 10000 ? 10000 * v : v;
    u->section = 0;
    u->place = 10000;
    u->digit = -1;
    u->zero = false;
    return true;
}

/* A last digit without a place is ones; it needs 十 or 零 before it (三万五 is talk). */
static bool numeral_end(numeral *u, int64_t *value)
{
    if (u->digit == 0)
        return false;
    if (u->digit > 0) {
        if (u->place != 10 && !u->zero && (u->section || u->total))
            return false;
        u->last_place = 1;
    }
    *value = u->total + u->section + (u->digit > 0 ? u->digit : 0);
    return *value > 0;
}

/* Digits alone, read place by place: 二〇二六. Two or three without a zero are lists
 * (二三级), not numbers. */
static bool positional(pl_str s, size_t chars, int64_t *value)
{
    bool zero = false;

    *value = 0;
    if (chars != 3 && chars != 4)
        return false;
    for (size_t i = 0; i < chars; i++) {
        int64_t v = numeral_value(pl_str_tail(s, 3 * i));

        if (v > 9)
            return false;
        zero = zero || v == 0;
        *value = *value * 10 + v;
    }
    return (chars == 4 || zero) && numeral_value(s) != 0;
}

/* Does a unit that is more than a scale word and another unit begin here: 千米 千瓦, but
 * not 万元? Then its 千 is not of the number. */
static bool unit_begins(const pl_lexicon *lx, pl_str s, size_t scale_bytes)
{
    pl_words units = PL_WORDS(UNIT) | PL_WORDS(COUNTER);
    const pl_word *w = lx ? pl_lexicon_at(lx, units, s) : NULL, *rest;

    if (!w || w->word.n <= scale_bytes)
        return false;
    rest = pl_lexicon_whole(lx, units, pl_str_tail(w->word, scale_bytes));
    return !rest || !pl_str_eq(rest->field[2], w->field[2]);
}

static bool numeral_step(numeral *u, int64_t v)
{
    return v < 10      ? numeral_digit(u, v)
           : v < 10000 ? numeral_place(u, v)
                       : numeral_myriad(u, v);
}

/* A Chinese numeral at the start of s. */
static bool numeral_at(const pl_lexicon *lx, pl_str s, reading *r)
{
    numeral u = {.digit = -1, .place = 10000, .last_place = 1, .myriad = 1};
    size_t chars = 0;
    bool well_formed = true;
    int64_t value, v;

    while (chars < NUMERAL_MAX && (v = numeral_value(pl_str_tail(s, 3 * chars))) >= 0) {
        if (v >= 100 && chars > 0 && unit_begins(lx, pl_str_tail(s, 3 * chars), 3))
            break;
        well_formed = well_formed && numeral_step(&u, v);
        chars++;
    }
    if (chars == 0 || chars == NUMERAL_MAX)
        return false;
    if (!(well_formed && numeral_end(&u, &value))) {
        if (!positional(s, chars, &value))
            return false;
        u.last_place = u.myriad = 1;
    }
    r->scale = PL_DEC_INT(u.myriad);
    r->digits = PL_DEC_INT(value / u.myriad);
    r->unit = PL_DEC_INT(u.last_place / u.myriad);
    r->n = 3 * chars;
    r->chars = chars;
    r->words = true;
    return true;
}

/* English words. */

static const struct english {
    pl_str word;
    int value;
} english[] = {
    {PL_S_INIT("one"), 1},        {PL_S_INIT("two"), 2},
    {PL_S_INIT("three"), 3},      {PL_S_INIT("four"), 4},
    {PL_S_INIT("five"), 5},       {PL_S_INIT("six"), 6},
    {PL_S_INIT("seven"), 7},      {PL_S_INIT("eight"), 8},
    {PL_S_INIT("nine"), 9},       {PL_S_INIT("ten"), 10},
    {PL_S_INIT("eleven"), 11},    {PL_S_INIT("twelve"), 12},
    {PL_S_INIT("thirteen"), 13},  {PL_S_INIT("fourteen"), 14},
    {PL_S_INIT("fifteen"), 15},   {PL_S_INIT("sixteen"), 16},
    {PL_S_INIT("seventeen"), 17}, {PL_S_INIT("eighteen"), 18},
    {PL_S_INIT("nineteen"), 19},  {PL_S_INIT("twenty"), 20},
    {PL_S_INIT("thirty"), 30},    {PL_S_INIT("forty"), 40},
    {PL_S_INIT("fifty"), 50},     {PL_S_INIT("sixty"), 60},
    {PL_S_INIT("seventy"), 70},   {PL_S_INIT("eighty"), 80},
    {PL_S_INIT("ninety"), 90},
};

/* The number word at the start of s, or 0; it ends where letters end. */
static int english_word(pl_str s, size_t *n)
{
    char word[12];

    for (*n = 0; *n < s.n && pl_is_alpha(s.p[*n]); ++*n) {
        if (*n == sizeof word)
            return 0;
        word[*n] = (char)(s.p[*n] | 0x20); /* lower case */
    }
    for (size_t i = 0; i < PL_COUNT(english); i++)
        if (pl_str_eq((pl_str){word, *n}, english[i].word))
            return english[i].value;
    return 0;
}

static bool english_at(pl_str s, reading *r)
{
    size_t n, more;
    int value = s.n && pl_is_alpha(s.p[0]) ? english_word(s, &n) : 0, ones;

    if (value == 0)
        return false;
    if (value >= 20 && n < s.n && s.p[n] == '-') {
        ones = english_word(pl_str_tail(s, n + 1), &more);
        if (ones > 0 && ones < 10) {
            value += ones;
            n += 1 + more;
        }
    }
    r->digits = PL_DEC_INT(value);
    r->unit = PL_DEC_INT(value % 10 == 0 ? 10 : 1);
    r->n = n;
    r->words = true;
    return true;
}

/* What may follow the digits. */

/* A scale word: 万, 千万, ` million`. */
static const pl_word *scale_at(const pl_lexicon *lx, pl_str s)
{
    size_t space = s.n && s.p[0] == ' ';
    const pl_word *w = pl_lexicon_at(lx, PL_WORDS(SCALE), pl_str_tail(s, space));
    bool letter = w && w->word.n == 1; /* 5k, not 5 k */

    if (!w || (space && (letter || !pl_is_alpha(w->word.p[0]))))
        return NULL;
    return space == 0 && unit_begins(lx, s, w->word.n) ? NULL : w;
}

/* The second part of 1亿2000万. */
static void scale_again(const pl_lexicon *lx, pl_str s, reading *r)
{
    reading low = {.scale = PL_DEC_INT(1)};
    const pl_word *w;
    pl_dec high, ratio, sum;

    if (r->words || r->digits.scale || !digits_at(pl_str_tail(s, r->n), &low) ||
        low.digits.scale)
        return;
    w = scale_at(lx, pl_str_tail(s, r->n + low.n));
    if (!w || !pl_is_digit(s.p[r->n]) || !pl_dec_div(r->scale, w->factor, 0, &ratio) ||
        pl_dec_cmp(ratio, low.digits) <= 0)
        return;
    if (pl_dec_mul(r->digits, ratio, &high) && pl_dec_add(high, low.digits, &sum)) {
        r->digits = sum;
        r->scale = w->factor;
        r->n += low.n + w->word.n;
    }
}

static void scale_eat(const pl_lexicon *lx, pl_str s, reading *r)
{
    const pl_word *w = scale_at(lx, pl_str_tail(s, r->n));

    if (!w || pl_dec_cmp(r->scale, PL_DEC_INT(1)) != 0)
        return;
    r->scale = w->factor;
    r->n += w->word.n + (s.p[r->n] == ' ');
    scale_again(lx, s, r);
}

/* Characters that make a word with 成, so that it is no tenth: 三成立. */
static bool tenths_are_a_word(pl_str after)
{
    static const pl_str next = PL_S_INIT("立果为功效员本交品熟长都人型套分就绩份年");

    if (after.n < 3 || (unsigned char)after.p[0] < 0xE3)
        return false;
    return pl_str_has(next, pl_str_sub(after, 0, 3));
}

/* 九成, 八成五: tenths, as per cent. */
static bool tenths_eat(pl_str s, reading *r)
{
    pl_str rest = pl_str_tail(s, r->n);
    int64_t v;

    if (!pl_str_eat(&rest, PL_S("成")) || tenths_are_a_word(rest) ||
        pl_dec_cmp(r->scale, PL_DEC_INT(1)) != 0 ||
        !pl_dec_mul(r->digits, PL_DEC_INT(10), &r->digits) ||
        !pl_dec_mul(r->unit, PL_DEC_INT(10), &r->unit))
        return false;
    r->n += 3;
    v = numeral_value(rest);
    if (r->words && v > 0 && v < 10 && numeral_value(pl_str_tail(rest, 3)) < 0 &&
        pl_dec_add(r->digits, PL_DEC_INT(v), &r->digits)) {
        r->unit = PL_DEC_INT(1);
        r->n += 3;
    }
    r->percent = true;
    return true;
}

static bool figure_at(const pl_lexicon *lx, pl_str s, reading *r)
{
    *r = (reading){.scale = PL_DEC_INT(1)};
    if (!digits_at(s, r) && !numeral_at(lx, s, r) && !english_at(s, r))
        return false;
    if (!tenths_eat(s, r) && lx)
        scale_eat(lx, s, r);
    return true;
}

/* The denominator of 百分之五, 三分之一, with its 分之; 0 when there is none. */
static int64_t denominator(const pl_lexicon *lx, pl_str s, size_t *n)
{
    static const struct {
        pl_str word;
        int64_t value;
    } row[] = {{PL_S_INIT("百分之"), 100},
               {PL_S_INIT("千分之"), 1000},
               {PL_S_INIT("万分之"), 10000}};
    reading r = {.scale = PL_DEC_INT(1)};

    for (size_t i = 0; i < PL_COUNT(row); i++) {
        *n = row[i].word.n;
        if (pl_str_starts(s, row[i].word))
            return row[i].value;
    }
    if (!numeral_at(lx, s, &r) || !pl_str_starts(pl_str_tail(s, r.n), PL_S("分之")) ||
        r.digits.coef < 2 || pl_dec_cmp(r.scale, PL_DEC_INT(1)) != 0)
        return 0;
    *n = r.n + 6;
    return r.digits.coef;
}

/* 百分之五 and 三分之一: value in per cent. */
static bool fraction_at(const pl_lexicon *lx, pl_str s, reading *r)
{
    size_t n;
    int64_t under = denominator(lx, s, &n);
    pl_dec part = PL_DEC_INT(1);

    if (under == 0 && pl_str_starts(s, PL_S("一半"))) {
        *r = (reading){PL_DEC_INT(50), PL_DEC_INT(1), PL_DEC_INT(1), 6, 2, true, true};
        return true;
    }
    if (under == 0)
        return false;
    *r = (reading){.scale = PL_DEC_INT(1)};
    if (!digits_at(pl_str_tail(s, n), r) && !numeral_at(lx, pl_str_tail(s, n), r))
        return false;
    if (!pl_dec_mul(r->digits, r->scale, &r->digits) ||
        !pl_dec_mul(r->digits, PL_DEC_INT(100), &r->digits) ||
        !pl_dec_div(r->digits, PL_DEC_INT(under), PL_DEC_MAX_SCALE, &r->digits))
        return false;
    if (under % 100 == 0 && pl_dec_mul(r->unit, r->scale, &part) &&
        !pl_dec_div(part, PL_DEC_INT(under / 100), PL_DEC_MAX_SCALE, &part))
        return false;
    r->scale = PL_DEC_INT(1);
    r->unit = part;
    r->n += n;
    r->words = r->percent = true;
    r->chars = 2;
    return true;
}

/* Bytes of a sign at the start of s. */
static size_t sign_at(pl_str s, bool *minus)
{
    *minus = pl_str_starts(s, PL_S("-")) || pl_str_starts(s, PL_S("负"));
    if (*minus)
        return s.p[0] == '-' ? 1 : 3;
    return pl_str_starts(s, PL_S("+"));
}

static bool is_figure(pl_str s)
{
    return s.n && pl_is_digit(s.p[0]);
}

bool pl_number_at(const pl_lexicon *lx, pl_str s, bool sign, bool small, pl_number *out)
{
    reading r;
    bool minus = false;
    size_t mark = sign ? sign_at(s, &minus) : 0;
    pl_number number;

    s = pl_str_tail(s, mark);
    if ((is_figure(s) || !fraction_at(lx, s, &r)) && !figure_at(lx, s, &r))
        return false;
    if (r.words && r.chars == 1 && !small && !r.percent && r.n == 3)
        return false;
    number = (pl_number){.scale = r.scale,
                         .digits = minus ? pl_dec_neg(r.digits) : r.digits,
                         .n = mark + r.n,
                         .words = r.words,
                         .percent = r.percent};
    if (!pl_dec_mul(number.digits, r.scale, &number.value) ||
        !pl_dec_mul(r.unit, r.scale, &number.resolution))
        return false;
    *out = number;
    return true;
}

/* s with full-width digits made ASCII, in buf where it has some; short texts only. */
static pl_str narrow(pl_str s, char buf[static ORDINAL_BYTES])
{
    size_t n = 0;

    if (s.n > ORDINAL_BYTES || !pl_str_has(s, PL_S("\xEF\xBC")))
        return s;
    for (size_t i = 0; i < s.n; i++) {
        pl_str rest = pl_str_tail(s, i);

        if (rest.n >= 3 && pl_str_starts(rest, PL_S("\xEF\xBC")) &&
            (unsigned char)rest.p[2] >= 0x90 && (unsigned char)rest.p[2] <= 0x99) {
            buf[n++] = (char)('0' + ((unsigned char)rest.p[2] - 0x90));
            i += 2;
        } else {
            buf[n++] = s.p[i];
        }
    }
    return (pl_str){buf, n};
}

int pl_ordinal(pl_str s)
{
    reading r = {.scale = PL_DEC_INT(1)};
    char buf[ORDINAL_BYTES];
    int64_t value;

    s = narrow(s, buf);
    if (!digits_at(s, &r) && !numeral_at(NULL, s, &r))
        return 0;
    if (r.n != s.n || r.digits.scale || pl_str_has(s, PL_S(",")))
        return 0;
    value = r.digits.coef * r.scale.coef;
    return value <= ORDINAL_MAX ? (int)value : 0;
}
