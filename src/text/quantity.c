#include "text/number.h"

#include "text/utf8.h"

/* A text is scanned for characters that can begin a number. At each, what stands before
 * and behind decides: a name, a date, an ordinal (skipped whole), or a quantity. Every
 * look is bounded, and the scan moves on past what it has looked at: linear. */

enum {
    QUOTE_BYTES = 120, /* a quotation longer than this is speech, not a name */
    TITLE_BYTES = 600, /* 《…》 */
    YEAR_MIN = 1900,
    YEAR_MAX = 2100
};

typedef struct scan {
    const pl_lexicon *lx;
    pl_str text;
    size_t i;   /* first byte of the number */
    size_t end; /* end of what has been read */
    pl_quantity q;
} scan;

pl_str pl_hedge_token(pl_hedge h)
{
    static const pl_str token[] = {
#define X(name, token, zh, en) PL_S_INIT(token),
        PL_HEDGE_LIST(X)
#undef X
    };

    return token[h];
}

static pl_str at(const scan *s, size_t i)
{
    return pl_str_tail(s->text, i);
}

static char byte_at(const scan *s, size_t i)
{
    return i < s->text.n ? s->text.p[i] : '\0';
}

static bool starts(const scan *s, size_t i, pl_str word)
{
    return pl_str_starts(at(s, i), word);
}

/* The code point that ends at i; 0 at the start of the text. */
static uint32_t char_before(const scan *s, size_t i)
{
    size_t begin;

    if (i == 0)
        return 0;
    begin = pl_utf8_back(s->text, i);
    return pl_utf8_at(pl_str_sub(s->text, begin, i - begin), NULL);
}

static bool cjk_at(const scan *s, size_t i)
{
    return i < s->text.n && pl_is_cjk(pl_utf8_at(at(s, i), NULL));
}

/* Whole numbers as written in digits, or -1. */
static int64_t plain_integer(const pl_number *n)
{
    return n->words || n->percent || n->digits.scale || n->scale.coef != 1
               ? -1
               : n->digits.coef;
}

static bool is_year(const pl_number *n)
{
    int64_t v = plain_integer(n);

    return n->n == 4 && v >= YEAR_MIN && v <= YEAR_MAX;
}

/* Words beside the number. */

/* The word of `classes` that ends right before i (a space between them is allowed in
 * English). */
static const pl_word *word_before(const scan *s, pl_words classes, size_t i)
{
    pl_str before = pl_str_sub(s->text, 0, i);

    if (before.n && before.p[before.n - 1] == ' ')
        before.n--;
    return pl_lexicon_end(s->lx, classes, before);
}

static bool is_after(const pl_word *w, size_t field)
{
    return pl_str_eq(w->field[field], PL_S("after")) ||
           pl_str_eq(w->field[field], PL_S("both"));
}

static bool is_before(const pl_word *w, size_t field)
{
    return pl_str_eq(w->field[field], PL_S("before")) ||
           pl_str_eq(w->field[field], PL_S("both"));
}

/* Does a row of [named] speak of this number: of Chinese numerals only, of those with
 * several characters only, or of any. */
static bool name_fits(const pl_word *w, const pl_number *n)
{
    if (w->field[1].n == 0)
        return true;
    return n->words && (pl_str_eq(w->field[1], PL_S("numeral")) || n->n > 3);
}

static bool named_before(const scan *s, const pl_number *n)
{
    const pl_word *w = word_before(s, PL_WORDS(NAMED) | PL_WORDS(PLAIN), s->i);

    return w && w->class == PL_WORD_NAMED && is_before(w, 0) && name_fits(w, n);
}

static const pl_word *unit_word_at(const scan *s, size_t i)
{
    const pl_word *w;

    if (byte_at(s, i) != ' ')
        return pl_lexicon_at(s->lx, PL_WORDS(UNIT) | PL_WORDS(COUNTER), at(s, i));
    w = pl_lexicon_at(s->lx, PL_WORDS(UNIT) | PL_WORDS(COUNTER), at(s, i + 1));
    return w && (unsigned char)w->word.p[0] < 0x80 ? w : NULL;
}

static bool named_after(const scan *s, size_t i, const pl_number *n)
{
    size_t space = byte_at(s, i) == ' ';
    const pl_word *w = pl_lexicon_at(s->lx, PL_WORDS(NAMED), at(s, i + space));
    const pl_word *unit;

    if (!w || !is_after(w, 0) || !name_fits(w, n))
        return false;
    unit = unit_word_at(s, i);
    return !unit || unit->word.n <= w->word.n;
}

static pl_hedge hedge_of(const pl_word *w)
{
    static const struct {
        pl_word_class class;
        pl_str token;
        pl_hedge hedge;
    } row[] = {
        {PL_WORD_BOUND, PL_S_INIT("ge"), PL_HEDGE_GE},
        {PL_WORD_BOUND, PL_S_INIT("gt"), PL_HEDGE_GT},
        {PL_WORD_BOUND, PL_S_INIT("le"), PL_HEDGE_LE},
        {PL_WORD_BOUND, PL_S_INIT("lt"), PL_HEDGE_LT},
        {PL_WORD_ABOUT, PL_S_INIT("both"), PL_HEDGE_ABOUT},
        {PL_WORD_ABOUT, PL_S_INIT("below"), PL_HEDGE_NEAR},
        {PL_WORD_ABOUT, PL_S_INIT("above"), PL_HEDGE_OVER},
    };

    for (size_t i = 0; i < PL_COUNT(row); i++)
        if (w->class == row[i].class && pl_str_eq(w->field[0], row[i].token))
            return row[i].hedge;
    return PL_HEDGE_NONE;
}

/* A bound says more than 约 or 余; else the first that was found stays. */
static void hedge_add(scan *s, const pl_word *w)
{
    if (s->q.hedge == PL_HEDGE_NONE ||
        (w->class == PL_WORD_BOUND && s->q.hedge < PL_HEDGE_GE))
        s->q.hedge = hedge_of(w);
}

static void hedge_before(scan *s)
{
    const pl_word *w =
        word_before(s, PL_WORDS(BOUND) | PL_WORDS(ABOUT) | PL_WORDS(PLAIN), s->q.at.at);
    size_t space = s->q.at.at > 0 && byte_at(s, s->q.at.at - 1) == ' ';

    if (!w || w->class == PL_WORD_PLAIN || !is_before(w, 1))
        return;
    hedge_add(s, w);
    s->q.at.at -= w->word.n + space;
    if (pl_str_starts(w->word, PL_S("力")) && char_before(s, s->q.at.at) >= 0x4E00)
        s->q.at.at += PL_S("力").n; /* 能力|超600吨 */
}

/* 余 or 多 between number and unit: `1.4万余笔`, `20余万人`. */
static void hedge_between(scan *s)
{
    const pl_word *w = pl_lexicon_at(s->lx, PL_WORDS(ABOUT), at(s, s->end));
    const pl_word *scale;
    size_t after;

    if (!w || !is_after(w, 1) || hedge_of(w) != PL_HEDGE_OVER)
        return;
    after = s->end + w->word.n;
    scale = pl_lexicon_at(s->lx, PL_WORDS(SCALE), at(s, after));
    if (scale && s->q.number.scale.coef == 1 &&
        pl_dec_mul(s->q.number.value, scale->factor, &s->q.number.value) &&
        pl_dec_mul(s->q.number.resolution, scale->factor, &s->q.number.resolution)) {
        s->q.number.scale = scale->factor;
        after += scale->word.n;
        s->q.number.n = after - s->i;
    } else if (!unit_word_at(s, after) && cjk_at(s, after)) {
        return; /* 多 of another word */
    }
    hedge_add(s, w);
    s->end = after;
}

static void hedge_after(scan *s)
{
    size_t space = byte_at(s, s->end) == ' ';
    const pl_word *w =
        pl_lexicon_at(s->lx, PL_WORDS(BOUND) | PL_WORDS(ABOUT), at(s, s->end + space));

    if (!w || !is_after(w, 1))
        return;
    if (w->word.n <= 3 && cjk_at(s, s->end + space + w->word.n))
        return; /* a character of another word */
    hedge_add(s, w);
    s->end += space + w->word.n;
}

/* What is skipped. Each answers where to go on, or 0 when the number is not of its kind.
 */

static size_t skip_while(const scan *s, size_t i, const char *set)
{
    while (i < s->text.n && (pl_is_digit(s->text.p[i]) || pl_is_alpha(s->text.p[i]) ||
                             memchr(set, s->text.p[i], strlen(set))))
        i++;
    return i;
}

/* PM2.5, A1, COVID-19, 010-62: letters, or digits that are no range, before it. */
static size_t skip_code(const scan *s)
{
    char before = s->i ? s->text.p[s->i - 1] : ' ';
    char further = s->i > 1 ? s->text.p[s->i - 2] : ' ';

    bool joined = pl_is_alpha(further) || pl_is_digit(further);

    if (pl_is_alpha(before) ||
        ((before == '-' || before == '/' || before == '_') && joined) ||
        (before == '+' && s->i > 1 && further != '(' && further != ' '))
        return skip_while(s, s->i, ".+-");
    return 0;
}

/* Numbers that go on as no number does: 5G, 5+N, 8:30, 1.2.3, 24/7, 10-year, 007. */
static size_t skip_token(const scan *s)
{
    char c = byte_at(s, s->end), next = byte_at(s, s->end + 1);
    bool next_digit = pl_is_digit(next), next_alpha = pl_is_alpha(next);

    if (pl_is_alpha(c) && !unit_word_at(s, s->end))
        return skip_while(s, s->end, "");
    if ((c == '+' || c == '-') && next_alpha)
        return skip_while(s, s->end, "+-");
    if ((c == '+' || c == ':' || c == '.' || c == '/') && next_digit)
        return skip_while(s, s->end, "+:./-");
    if (starts(s, s->end, PL_S("·")) && pl_is_digit(byte_at(s, s->end + 2)))
        return skip_while(s, s->end + 2, ".");
    if (s->text.p[s->i] == '0' && pl_is_digit(byte_at(s, s->i + 1)))
        return skip_while(s, s->end, "-");
    return 0;
}

/* Does the text before the number end with one of these: from A to B is no range, between
 * A and B is one. */
static bool follows(const scan *s, pl_str word)
{
    return pl_str_ends(pl_str_sub(s->text, 0, s->i), word);
}

/* The mark of a range at i, after a number: its bytes, or 0. */
static size_t range_mark(const scan *s, size_t i)
{
    static const pl_str mark[] = {PL_S_INIT("-"), PL_S_INIT("~"), PL_S_INIT("至"),
                                  PL_S_INIT("到"), PL_S_INIT(" to ")};

    if (follows(s, PL_S("between ")) && starts(s, i, PL_S(" and ")))
        return 5;
    if (follows(s, PL_S("from ")) || follows(s, PL_S("从")) || follows(s, PL_S("由")))
        return 0;
    for (size_t k = 0; k < PL_COUNT(mark); k++)
        if (starts(s, i, mark[k]))
            return mark[k].n;
    return 0;
}

/* Years: 2022年, 2022年度, 2021-2025年, 2021-2025, 2035 alone. */
static size_t skip_year(const scan *s)
{
    size_t mark = range_mark(s, s->end), after;
    pl_number upper;

    if (!is_year(&s->q.number))
        return 0;
    if (starts(s, s->end, PL_S("年")))
        return s->end + 3;
    after = s->end + mark;
    if (mark && pl_number_at(s->lx, at(s, after), false, false, &upper) &&
        is_year(&upper))
        return after + upper.n;
    if (pl_lexicon_at(s->lx, PL_WORDS(ABOUT), at(s, s->end)))
        return 0; /* 2000余场 */
    return unit_word_at(s, s->end) ? 0 : s->end;
}

/* Days and hours: 5月, 13日, 8时, 1-8月. */
static size_t skip_date(const scan *s)
{
    static const pl_str mark[] = {PL_S_INIT("月"), PL_S_INIT("日")};
    int64_t v = plain_integer(&s->q.number);

    if (v < 0 || v > 31)
        return 0;
    for (size_t i = 0; i < PL_COUNT(mark); i++)
        if (starts(s, s->end, mark[i]))
            return s->end + mark[i].n;
    return 0;
}

/* Can a heading or clause begin at i: at the start, or behind the end of a sentence. */
static bool clause_begins(const scan *s, size_t i)
{
    uint32_t c = char_before(s, i);

    return c == 0 || c == 0x3002 || c == ';' || c == ':' || c == '!' || c == ' ';
}

/* The marks of clauses: (1), `1.` and `1、` at their start, `1.2023年` (the number is 1).
 */
static size_t skip_mark(const scan *s)
{
    size_t i = s->i;
    int64_t v = plain_integer(&s->q.number);

    if (v >= 0 && v < 1000 && i && s->text.p[i - 1] == '(' && byte_at(s, s->end) == ')')
        return s->end + 1;
    if (!clause_begins(s, i))
        return 0;
    while (pl_is_digit(byte_at(s, i)) && i < s->i + 2)
        i++;
    if (byte_at(s, i) == '.' && !pl_is_digit(byte_at(s, i + 1)) && i + 1 < s->text.n)
        return i + 1;
    if (s->i == 0 && (starts(s, i, PL_S("、")) || byte_at(s, i) == ')'))
        return i + 1;
    if (byte_at(s, i) == '.' && starts(s, i + 5, PL_S("年")))
        return i + 1;
    return 0;
}

/* Past the second number of 第3至5, 每5至10万; s->end when there is none. */
static size_t range_end(const scan *s)
{
    size_t mark = range_mark(s, s->end);
    pl_number upper;

    if (mark && pl_number_at(s->lx, at(s, s->end + mark), false, false, &upper))
        return s->end + mark + upper.n;
    return s->end;
}

typedef size_t skip_rule(const scan *s);

/* Where to go on when the number is part of a name, a date or a mark; else 0. R-103 */
static size_t skip_all(const scan *s)
{
    static skip_rule *const rule[] = {skip_code, skip_mark, skip_token, skip_year,
                                      skip_date};

    for (size_t i = 0; i < PL_COUNT(rule); i++) {
        size_t to = rule[i](s);

        if (to)
            return to;
    }
    if (named_before(s, &s->q.number))
        return range_end(s);
    return named_after(s, s->end, &s->q.number) ? s->end : 0;
}

/* Units. */

static void unit_set(scan *s, const pl_word *w)
{
    size_t from = s->end + (byte_at(s, s->end) == ' ');
    const pl_word *per;

    s->q.unit = w;
    s->end = from + w->word.n;
    if (byte_at(s, s->end) == '/') {
        per = pl_lexicon_at(s->lx, PL_WORDS(UNIT) | PL_WORDS(COUNTER), at(s, s->end + 1));
        if (per) { /* a quotient that the lexicon has not */
            s->q.unit = NULL;
            s->end += 1 + per->word.n;
        }
    }
    s->q.unit_text = pl_str_sub(s->text, from, s->end - from);
}

/* $5, US$ 1.2 million, £300m: the currency stands before the number, and m or b behind it
 * is then a scale. */
static void currency_before(scan *s)
{
    static const struct {
        char letter;
        int64_t factor;
    } scale[] = {{'m', 1000000}, {'b', 1000000000}};
    const pl_word *w = word_before(s, PL_WORDS(UNIT), s->i);
    size_t space = s->i > 0 && s->text.p[s->i - 1] == ' ';
    pl_number *n = &s->q.number;

    if (!w || !pl_str_starts(w->field[0], PL_S("money")) ||
        (unsigned char)w->word.p[0] >= 0xE3)
        return;
    s->q.unit = w;
    s->q.at.at = s->i - space - w->word.n;
    s->q.unit_text = pl_str_sub(s->text, s->q.at.at, w->word.n);
    for (size_t i = 0; i < PL_COUNT(scale); i++) {
        pl_dec factor = PL_DEC_INT(scale[i].factor);

        if ((byte_at(s, s->end) | 0x20) == scale[i].letter && n->scale.coef == 1 &&
            !pl_is_alpha(byte_at(s, s->end + 1)) &&
            pl_dec_mul(n->value, factor, &n->value) &&
            pl_dec_mul(n->resolution, factor, &n->resolution)) {
            n->scale = factor;
            n->n++;
            s->end++;
            return;
        }
    }
}

/* May a Chinese numeral of one character count with this unit: 两个 yes, 五道 no. */
static bool counts_small(const pl_word *unit, pl_str numeral)
{
    bool zh = pl_str_ends(unit->field[3], PL_S("zh"));

    if (pl_str_eq(numeral, PL_S("一")) || pl_str_eq(numeral, PL_S("二")))
        return pl_str_eq(unit->field[0], PL_S("times")) ||
               pl_str_eq(unit->field[0], PL_S("point"));
    return zh || unit->word.n > 3;
}

/* The value of the lower bound takes the scale that is written once: 3-5万. */
static bool range_scale(pl_number *low, const pl_number *high)
{
    if (low->scale.coef != 1 || low->percent || pl_dec_cmp(low->value, high->digits) >= 0)
        return true;
    if (!pl_dec_mul(low->value, high->scale, &low->value) ||
        !pl_dec_mul(low->resolution, high->scale, &low->resolution))
        return false;
    low->scale = high->scale;
    return true;
}

/* After a first number that ends at s->end: the second of a range, and the unit of both.
 */
static bool range_read(scan *s)
{
    const pl_word *low_unit = unit_word_at(s, s->end), *unit;
    size_t low_end =
        s->end + (low_unit ? low_unit->word.n + (byte_at(s, s->end) == ' ') : 0);
    size_t mark = range_mark(s, low_end);
    pl_number high, low = s->q.number;
    bool words = low.words;

    if (mark == 0 || !pl_number_at(s->lx, at(s, low_end + mark), false, words, &high) ||
        high.words != words || is_year(&high) || !range_scale(&low, &high) ||
        pl_dec_cmp(low.value, high.value) >= 0)
        return false;
    unit = unit_word_at(s, low_end + mark + high.n);
    if (low_unit && low_unit != unit)
        return false;
    s->q.number = low;
    s->q.upper = high;
    s->q.is_range = true;
    s->end = low_end + mark + high.n;
    s->q.number_at.n = s->end - s->i;
    return true;
}

/* A number without unit, glued to a word that goes on: 120急救, 12345热线. */
static bool is_glued(const scan *s)
{
    static const pl_str join[] = {
        PL_S_INIT("和"), PL_S_INIT("与"), PL_S_INIT("及"), PL_S_INIT("或"),
        PL_S_INIT("至"), PL_S_INIT("到"), PL_S_INIT("的"), PL_S_INIT("且"),
        PL_S_INIT("并"), PL_S_INIT("以"),
    };

    if (s->q.unit || s->q.hedge != PL_HEDGE_NONE || s->q.number.percent ||
        s->q.number.scale.coef != 1 || !cjk_at(s, s->end))
        return false;
    for (size_t i = 0; i < PL_COUNT(join); i++)
        if (starts(s, s->end, join[i]))
            return false;
    return true;
}

/* 5.0 of `优化营商环境5.0`, 2.0方案. */
static bool is_version(const scan *s)
{
    const pl_dec *d = &s->q.number.digits;

    return !s->q.unit && s->q.hedge == PL_HEDGE_NONE && d->scale == 1 &&
           d->coef % 10 == 0 && d->coef < 100 && s->q.number.n == 3;
}

static bool quantity_end(scan *s, pl_quantity *out)
{
    s->q.at.n = s->end - s->q.at.at;
    *out = s->q;
    return true;
}

/* A minus right before the number, where no range or hyphen can stand. */
static void sign_before(scan *s)
{
    static const uint32_t sets[] = {0,     '(', ',', ':', ';', 0x4E3A /* 为 */,
                                    0x662F /* 是 */};
    uint32_t c;

    if (s->i == 0 || s->text.p[s->i - 1] != '-')
        return;
    c = char_before(s, s->i - 1);
    for (size_t k = 0; k < PL_COUNT(sets); k++) {
        if (c == sets[k]) {
            s->q.number.value = pl_dec_neg(s->q.number.value);
            s->q.number.digits = pl_dec_neg(s->q.number.digits);
            s->q.number.n++;
            s->i--;
            return;
        }
    }
}

/* Everything beside the number; false (with s->end) when it turns out to be none. */
static bool quantity_rest(scan *s)
{
    const pl_word *unit;

    s->q.at.at = s->i;
    currency_before(s);
    s->q.number_at = (pl_span){s->i, s->q.number.n};
    if (!range_read(s)) {
        hedge_between(s);
        s->q.number_at.n = s->q.number.n;
    }
    if (named_after(s, s->end, &s->q.number) || skip_date(s))
        return false;
    unit = s->q.number.percent ? NULL : unit_word_at(s, s->end);
    if (unit)
        unit_set(s, unit);
    else if (s->q.number.percent)
        s->q.unit = pl_lexicon_whole(s->lx, PL_WORDS(UNIT), PL_S("%"));
    hedge_after(s);
    hedge_before(s);
    return true;
}

/* A number in digits at s->i. */
static bool digits_quantity(scan *s, pl_quantity *out)
{
    size_t to;

    if (!pl_number_at(s->lx, at(s, s->i), false, false, &s->q.number)) {
        s->end = skip_while(s, s->i, ".,");
        return false;
    }
    s->end = s->i + s->q.number.n;
    to = skip_all(s);
    if (to) {
        s->end = to;
        return false;
    }
    sign_before(s);
    if (!quantity_rest(s) || is_glued(s) || is_version(s))
        return false;
    return quantity_end(s, out);
}

/* Past the characters that numerals are made of. */
static size_t numerals_end(const scan *s, size_t i)
{
    pl_number n;

    while (i < s->text.n &&
           pl_number_at(NULL, pl_str_sub(s->text, i, 3), false, true, &n))
        i += 3;
    return i;
}

/* May it count: with a unit, and more than a syllable of a name (五道口, 三年). */
static bool words_count(const scan *s)
{
    const pl_word *unit = s->q.unit;

    if (!unit || (pl_str_eq(unit->word, PL_S("年")) && !follows(s, PL_S("连续"))))
        return false;
    if (follows(s, PL_S("连续")))
        return true; /* 连续六年 */
    if (s->q.number.n > 3 || s->q.number.percent || s->q.is_range)
        return true;
    return s->q.hedge == PL_HEDGE_OVER ||
           counts_small(unit, pl_str_sub(s->text, s->i, 3));
}

/* A number in Chinese words at s->i: a quantity only where it counts something. */
static bool words_quantity(scan *s, pl_quantity *out)
{
    if (!pl_number_at(s->lx, at(s, s->i), false, true, &s->q.number)) {
        s->end = numerals_end(s, s->i + 3);
        return false;
    }
    s->end = s->i + s->q.number.n;
    if (named_before(s, &s->q.number) || !quantity_rest(s) || !words_count(s))
        return false;
    return quantity_end(s, out);
}

/* A scale word without figure: 超千亿, 近万人, 百余家. */
static bool scale_quantity(scan *s, pl_quantity *out)
{
    const pl_word *w = pl_lexicon_at(s->lx, PL_WORDS(SCALE), at(s, s->i));

    s->end = s->i + 3;
    if (!w)
        return false;
    s->end = s->i + w->word.n;
    s->q.number = (pl_number){.value = w->factor,
                              .resolution = w->factor,
                              .scale = w->factor,
                              .digits = PL_DEC_INT(1),
                              .n = w->word.n,
                              .words = true};
    if (!quantity_rest(s) || s->q.hedge == PL_HEDGE_NONE ||
        (!s->q.unit && cjk_at(s, s->end)))
        return false;
    return quantity_end(s, out);
}

/* The end of a name in quotes that begins at i, or i: “稳增长31条”, 《…》, 〔2023〕. */
static size_t skip_quote(const scan *s, size_t i)
{
    static const struct {
        pl_str open, close;
        size_t bytes;
    } row[] = {
        {PL_S_INIT("“"), PL_S_INIT("”"), QUOTE_BYTES},
        {PL_S_INIT("‘"), PL_S_INIT("’"), QUOTE_BYTES},
        {PL_S_INIT("「"), PL_S_INIT("」"), QUOTE_BYTES},
        {PL_S_INIT("〔"), PL_S_INIT("〕"), QUOTE_BYTES},
        {PL_S_INIT("《"), PL_S_INIT("》"), TITLE_BYTES},
        {PL_S_INIT("〈"), PL_S_INIT("〉"), TITLE_BYTES},
    };

    for (size_t k = 0; k < PL_COUNT(row); k++) {
        pl_str inside;
        size_t n;

        if (!starts(s, i, row[k].open))
            continue;
        inside = pl_str_sub(s->text, i + 3, row[k].bytes);
        n = pl_str_find(inside, row[k].close, 0);
        if (n == PL_NOPOS || pl_str_has(pl_str_sub(inside, 0, n), PL_S("。")))
            return i;
        return i + 3 + n + 3;
    }
    return i;
}

typedef bool read_fn(scan *s, pl_quantity *out);

/* Characters that a quantity in Chinese words can begin with. */
#define NUMERALS(X)     \
    X(0x4E00) /* 一 */ \
    X(0x4E03) /* 七 */ \
    X(0x4E09) /* 三 */ \
    X(0x4E24) /* 两 */ \
    X(0x4E5D) /* 九 */ \
    X(0x4E8C) /* 二 */ \
    X(0x4E94) /* 五 */ \
    X(0x516B) /* 八 */ \
    X(0x516D) /* 六 */ \
    X(0x5341) /* 十 */ \
    X(0x56DB) /* 四 */
#define SCALES(X)       \
    X(0x4E07) /* 万 */ \
    X(0x4EBF) /* 亿 */ \
    X(0x5343) /* 千 */ \
    X(0x767E) /* 百 */
#define WORDS(X) NUMERALS(X) SCALES(X)

/* What can begin with the character of three bytes at i, or NULL. */
static read_fn *words_reader(const scan *s, size_t i)
{
    static const pl_char_filter first = PL_CHAR_FILTER(WORDS);
    pl_number n;

    if (!pl_char_may_be(&first, s->text.p + i))
        return NULL;
    switch (pl_utf8_at(at(s, i), NULL)) {
#define X(c) case c:
        NUMERALS(X)
        return words_quantity;
        SCALES(X)
        return pl_number_at(NULL, pl_str_sub(s->text, i, 15), false, true, &n)
                   ? words_quantity /* 百分之 */
                   : scale_quantity;
#undef X
    default:
        return NULL;
    }
}

bool pl_quantity_next(const pl_lexicon *lx, pl_str text, size_t from, pl_quantity *out)
{
    scan s = {.lx = lx, .text = text};

    for (size_t i = from; i < text.n;) {
        unsigned char c = (unsigned char)text.p[i];
        size_t quoted = c == 0xE2 || c == 0xE3 ? skip_quote(&s, i) : i;
        read_fn *read = pl_is_digit((char)c)     ? digits_quantity
                        : c < 0xE3 || quoted > i ? NULL
                                                 : words_reader(&s, i);

        if (read) {
            s.q = (pl_quantity){0};
            s.i = i;
            if (read(&s, out))
                return true;
            quoted = s.end;
        }
        i = quoted > i ? quoted : i + pl_utf8_len(c);
    }
    return false;
}
