/* One form for what is written in many: the text that lexers read.
 *
 * Folding keeps meaning and drops typography: full-width ASCII becomes ASCII; ％ ﹪ %,
 * ～ 〜 ~, — – － ─ − ‐ - become one character each; ， ； ： （ ） become ASCII;
 * Ⅱ-like Roman numerals, 。 、 “ ” 〔 〕 and all ideographs stay. Spaces (ASCII, U+00A0,
 * U+3000, zero-width) are dropped, except one ASCII space between two ASCII letters,
 * between a letter and a digit, and between two digits that are not one number grouped in
 * threes (`1 350` is one number, `2022 35` are two). A dash run `——` is one `-`.
 *
 * */
#ifndef PL_TEXT_FOLD_H
#define PL_TEXT_FOLD_H

#include "base/ctx.h"

typedef struct pl_fold {
    pl_str s;            /* folded text */
    pl_str text;         /* the source, borrowed */
    const uint32_t *src; /* src[i]: offset in the source of folded byte i; s.n + 1 long,
                            src[s.n] = the source's length */
} pl_fold;

/* Fold `text` (valid UTF-8, shorter than 4 GiB) into cx->arena. Linear. PL_ENOMEM. */
PL_MUST pl_status pl_fold_make(pl_ctx *cx, pl_str text, pl_fold *out);

/* The source's span of folded bytes [at, at + n), without dropped spaces at its end. */
pl_span pl_fold_span(const pl_fold *f, size_t at, size_t n);

/* Only the text, without a map. PL_ENOMEM. */
PL_MUST pl_status pl_fold_str(pl_ctx *cx, pl_str text, pl_str *out);

#endif
