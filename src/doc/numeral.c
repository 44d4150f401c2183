#include "doc/numeral.h"

#include "text/utf8.h"

void pl_numeral_put(pl_numeral *l, pl_str s)
{
    if (s.n > PL_NUMERAL_BYTES - l->n)
        return;
    if (s.n)
        memcpy(l->p + l->n, s.p, s.n);
    l->n += s.n;
}

static void put_char(pl_numeral *l, uint32_t c)
{
    char p[4];
    size_t n = pl_utf8_put(c, p);

    pl_numeral_put(l, (pl_str){p, n});
}

static void put_decimal(pl_numeral *l, int n)
{
    char p[12];
    size_t at = sizeof p;

    do
        p[--at] = (char)('0' + n % 10);
    while ((n /= 10) > 0);
    pl_numeral_put(l, (pl_str){p + at, sizeof p - at});
}

static void put_zero(pl_numeral *l, int n)
{
    if (n < 10)
        pl_numeral_put(l, PL_S("0"));
    put_decimal(l, n);
}

static void put_wide(pl_numeral *l, int n)
{
    pl_numeral digits = {.n = 0};

    put_decimal(&digits, n);
    for (size_t i = 0; i < digits.n; i++)
        put_char(l, 0xff10 + (uint32_t)(digits.p[i] - '0'));
}

static void put_ordinal(pl_numeral *l, int n)
{
    static const pl_str ends[] = {PL_S_INIT("th"), PL_S_INIT("st"), PL_S_INIT("nd"),
                                  PL_S_INIT("rd")};
    bool teen = n % 100 > 10 && n % 100 < 14;

    put_decimal(l, n);
    pl_numeral_put(l, ends[!teen && n % 10 < 4 ? n % 10 : 0]);
}

static void put_roman(pl_numeral *l, int n, bool upper)
{
    static const struct {
        int value;
        const char *upper, *lower;
    } parts[] = {{1000, "M", "m"}, {900, "CM", "cm"}, {500, "D", "d"}, {400, "CD", "cd"},
                 {100, "C", "c"},  {90, "XC", "xc"},  {50, "L", "l"},  {40, "XL", "xl"},
                 {10, "X", "x"},   {9, "IX", "ix"},   {5, "V", "v"},   {4, "IV", "iv"},
                 {1, "I", "i"}};

    if (n >= 4000) {
        put_decimal(l, n);
        return;
    }
    for (size_t i = 0; i < PL_COUNT(parts); i++)
        for (; n >= parts[i].value; n -= parts[i].value)
            pl_numeral_put(l, pl_str_from(upper ? parts[i].upper : parts[i].lower));
}

static void put_upper_roman(pl_numeral *l, int n)
{
    put_roman(l, n, true);
}

static void put_lower_roman(pl_numeral *l, int n)
{
    put_roman(l, n, false);
}

/* a, b .. z, aa, bb: the letter repeated. */
static void put_letter(pl_numeral *l, int n, char first)
{
    char c = (char)(first + (n - 1) % 26);

    if (n < 1 || n > 26 * 10) {
        put_decimal(l, n);
        return;
    }
    for (int i = 0; i <= (n - 1) / 26; i++)
        pl_numeral_put(l, (pl_str){&c, 1});
}

static void put_upper_letter(pl_numeral *l, int n)
{
    put_letter(l, n, 'A');
}

static void put_lower_letter(pl_numeral *l, int n)
{
    put_letter(l, n, 'a');
}

/* Numerals of three bytes each, zero first, then the places of ten, hundred, thousand. */
typedef struct numerals {
    pl_str digits, places;
} numerals;

static const numerals plain = {PL_S_INIT("零一二三四五六七八九"), PL_S_INIT("十百千")};
static const numerals legal = {PL_S_INIT("零壹贰叁肆伍陆柒捌玖"), PL_S_INIT("拾佰仟")};

static pl_str wide_at(pl_str s, int i)
{
    return pl_str_sub(s, 3 * (size_t)i, 3);
}

/* 一百零一; without the 一 of 一十 at the start when `short_ten`. Up to 9999. */
static void put_places(pl_numeral *l, int n, const numerals *set, bool short_ten)
{
    bool gap = false, any = false;

    if (n == 0 || n > 9999) {
        if (n == 0)
            pl_numeral_put(l, wide_at(set->digits, 0));
        else
            put_decimal(l, n);
        return;
    }
    for (int place = 3, unit = 1000; place >= 0; place--, unit /= 10) {
        int digit = n / unit % 10;

        if (digit == 0) {
            gap = any;
            continue;
        }
        if (gap)
            pl_numeral_put(l, wide_at(set->digits, 0));
        if (!(short_ten && !any && place == 1 && digit == 1))
            pl_numeral_put(l, wide_at(set->digits, digit));
        if (place > 0)
            pl_numeral_put(l, wide_at(set->places, place - 1));
        any = true;
        gap = false;
    }
}

static void put_chinese(pl_numeral *l, int n)
{
    put_places(l, n, &plain, true);
}

static void put_legal(pl_numeral *l, int n)
{
    put_places(l, n, &legal, false);
}

/* 一〇一: digit by digit. */
static void put_digits(pl_numeral *l, int n)
{
    pl_numeral digits = {.n = 0};

    put_decimal(&digits, n);
    for (size_t i = 0; i < digits.n; i++)
        pl_numeral_put(l, digits.p[i] == '0' ? PL_S("〇")
                                             : wide_at(plain.digits, digits.p[i] - '0'));
}

/* Word counts so up to 99 and goes on digit by digit. */
static void put_counting(pl_numeral *l, int n)
{
    if (n > 0 && n < 100)
        put_chinese(l, n);
    else
        put_digits(l, n);
}

static void put_cycle(pl_numeral *l, int n, pl_str signs)
{
    if (n >= 1 && (size_t)n <= signs.n / 3)
        pl_numeral_put(l, wide_at(signs, n - 1));
    else
        put_decimal(l, n);
}

static void put_stems(pl_numeral *l, int n)
{
    put_cycle(l, n, PL_S("甲乙丙丁戊己庚辛壬癸"));
}

static void put_branches(pl_numeral *l, int n)
{
    put_cycle(l, n, PL_S("子丑寅卯辰巳午未申酉戌亥"));
}

/* Enclosed numbers of Unicode: blocks of characters, each for numbers from `low` on. */
typedef struct block {
    int low, high;
    uint32_t first;
} block;

static void put_block(pl_numeral *l, int n, const block *blocks, size_t n_blocks)
{
    for (size_t i = 0; i < n_blocks; i++)
        if (n >= blocks[i].low && n <= blocks[i].high) {
            put_char(l, blocks[i].first + (uint32_t)(n - blocks[i].low));
            return;
        }
    put_decimal(l, n);
}

static void put_circled(pl_numeral *l, int n)
{
    static const block b[] = {{1, 20, 0x2460}, {21, 35, 0x3251}, {36, 50, 0x32b1}};

    put_block(l, n, b, PL_COUNT(b));
}

static void put_paren(pl_numeral *l, int n)
{
    static const block b[] = {{1, 20, 0x2474}};

    put_block(l, n, b, PL_COUNT(b));
}

static void put_fullstop(pl_numeral *l, int n)
{
    static const block b[] = {{1, 20, 0x2488}};

    put_block(l, n, b, PL_COUNT(b));
}

static void put_circled_chinese(pl_numeral *l, int n)
{
    static const block b[] = {{1, 10, 0x3280}};

    put_block(l, n, b, PL_COUNT(b));
}

static void put_nothing(pl_numeral *l, int n)
{
    (void)l;
    (void)n;
}

void pl_numeral_print(pl_numeral *l, pl_str format, int n)
{
    static const struct {
        pl_str name;
        void (*put)(pl_numeral *l, int n);
    } formats[] = {
        {PL_S_INIT("decimal"), put_decimal},
        {PL_S_INIT("chineseCounting"), put_counting},
        {PL_S_INIT("chineseCountingThousand"), put_chinese},
        {PL_S_INIT("japaneseCounting"), put_chinese},
        {PL_S_INIT("taiwaneseCounting"), put_counting},
        {PL_S_INIT("taiwaneseCountingThousand"), put_chinese},
        {PL_S_INIT("chineseLegalSimplified"), put_legal},
        {PL_S_INIT("japaneseLegal"), put_legal},
        {PL_S_INIT("ideographLegalTraditional"), put_legal},
        {PL_S_INIT("ideographDigital"), put_digits},
        {PL_S_INIT("taiwaneseDigital"), put_digits},
        {PL_S_INIT("japaneseDigitalTenThousand"), put_digits},
        {PL_S_INIT("ideographTraditional"), put_stems},
        {PL_S_INIT("ideographZodiac"), put_branches},
        {PL_S_INIT("ideographEnclosedCircle"), put_circled_chinese},
        {PL_S_INIT("decimalEnclosedCircle"), put_circled},
        {PL_S_INIT("decimalEnclosedCircleChinese"), put_circled},
        {PL_S_INIT("decimalEnclosedParen"), put_paren},
        {PL_S_INIT("decimalEnclosedFullstop"), put_fullstop},
        {PL_S_INIT("decimalFullWidth"), put_wide},
        {PL_S_INIT("decimalFullWidth2"), put_wide},
        {PL_S_INIT("decimalZero"), put_zero},
        {PL_S_INIT("ordinal"), put_ordinal},
        {PL_S_INIT("upperRoman"), put_upper_roman},
        {PL_S_INIT("lowerRoman"), put_lower_roman},
        {PL_S_INIT("upperLetter"), put_upper_letter},
        {PL_S_INIT("lowerLetter"), put_lower_letter},
        {PL_S_INIT("none"), put_nothing},
        {PL_S_INIT("bullet"), put_nothing},
    };

    for (size_t i = 0; i < PL_COUNT(formats); i++)
        if (pl_str_eq(formats[i].name, format)) {
            formats[i].put(l, n);
            return;
        }
    put_decimal(l, n);
}
