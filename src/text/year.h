/* Years and periods in words: 2022年, 二〇二六年, 今年, 去年, 十四五, 2021-2025年, by
 * 2030. */
#ifndef PL_TEXT_YEAR_H
#define PL_TEXT_YEAR_H

#include "base/ctx.h"

typedef struct pl_period {
    int year;  /* the last year, 0 = none */
    int first; /* first year of several, or the same */
    size_t n;  /* bytes read */
} pl_period;

/* The period at the start of folded text; n == 0 when there is none. `now` is the year
 * that 今年 / 本年 / this year means (去年 and 上年 the one before); 0 = such words are
 * not periods. Five-year terms (GB: 一五 = 1953–1957; 十四五 = 2021–2025) with or without
 * quotes and 末 / 时期 / 规划; 五年 alone is none. */
pl_period pl_period_at(pl_str s, int now);

/* The first period anywhere in s from `from` on; its offset in *at. */
pl_period pl_period_in(pl_str s, size_t from, int now, size_t *at);

#endif
