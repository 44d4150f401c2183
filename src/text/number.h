/* Numbers and quantities as people write them: 4085, 1.1万, 490.5亿, 十五, 九成,
 * 三分之一, 1,234.5, 1.2 million, 2bn, 百分之五, 两万余. Works on folded text. */
#ifndef PL_TEXT_NUMBER_H
#define PL_TEXT_NUMBER_H

#include "text/lexicon.h"

/* value and the unit of the last digit written: 1.1万 is 11000, resolution 1000;
 * 十五 is 15, resolution 1; 近7000 is 7000, resolution 1 (trailing zeros claim their
 * digit; what they are worth is the reader's question). R-102 */
typedef struct pl_number {
    pl_dec value;
    pl_dec resolution;
    pl_dec scale;  /* factor of the scale word in it: 10000 for 万; 1 when none */
    pl_dec digits; /* value / scale, with all digits written: 1.10万 is {110, 2} */
    size_t n;      /* bytes read, the scale word included */
    bool words;    /* written in Chinese or English words, not digits */
    bool percent; /* 百分之五, 九成 (90 %), 三分之一: the value is in per cent; the unit
                     is part of the number */
} pl_number;

/* The number at the start of s; false when there is none. A sign (- + 负) is part of it
 * when `sign` is set. Chinese numerals of one character (一, 两 …) are read only when
 * `small` is set, as they are mostly parts of words. A scale word followed by the rest of
 * a unit that begins with it is left to the unit where the lexicon has that unit
 * (`10万平方米`: 10万 and 平方米: a scale; `亿立方米` in a heading is a unit). Digit runs
 * of more than 15 digits are not numbers. */
bool pl_number_at(const pl_lexicon *lx, pl_str s, bool sign, bool small, pl_number *out);

/* Chinese numeral 一 … 九十九 … 一百二十一, or digits, whole of s; 0 when it is none.
 * For numbering and years (二〇二六 is 2026). At most 9999. Digits of any width. */
int pl_ordinal(pl_str s);

/* What a hedge does to the number beside it. X(NAME, "token", "zh", "en") */
#define PL_HEDGE_LIST(X)                                             \
    X(NONE, "", "", "")                                              \
    X(ABOUT, "about", "左右", "about") /* either side */             \
    X(NEAR, "near", "近", "nearly")    /* a little below */          \
    X(OVER, "over", "余", "over")      /* a little above: 余 多 */ \
    X(GE, "ge", "以上", "at least")                                  \
    X(GT, "gt", "超过", "more than")                                 \
    X(LE, "le", "以内", "at most")                                   \
    X(LT, "lt", "不足", "less than")

typedef enum pl_hedge {
#define X(name, token, zh, en) PL_HEDGE_##name,
    PL_HEDGE_LIST(X)
#undef X
        PL_HEDGE_COUNT
} pl_hedge;

/* token of a hedge: "about"; empty for none. */
pl_str pl_hedge_token(pl_hedge h);

/* A quantity in running text: number, unit, hedges on both sides. */
typedef struct pl_quantity {
    pl_span at; /* all of it in the folded text, hedges and unit included */
    pl_number number;
    bool is_range;       /* 8-9%, 4.5%至5% */
    pl_number upper;     /* of a range */
    const pl_word *unit; /* class UNIT or COUNTER, or NULL */
    pl_str unit_text;    /* as written, empty when none */
    pl_hedge hedge;
    pl_span number_at; /* number with scale, without hedges and unit */
} pl_quantity;

/* The first quantity of folded text at or after `from`; false when there is no more.
 * Skips numerals that are not quantities: numbering `(1)` `1.`, years (2022年, 2021-2025
 * 年), dates and clock times, ordinals (第三批, 12号线, 3号院), names in quotes
 * (“稳增长31条”, “3个100”), letters with digits (PM2.5, CO2, C02, 5G, A1),
 * document numbers (〔2023〕1号), sums in names (10+10, 7+2). R-103 */
bool pl_quantity_next(const pl_lexicon *lx, pl_str text, size_t from, pl_quantity *out);

#endif
