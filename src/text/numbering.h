/* Numbering of headings and clauses: 一、 (一) 1. (1) 第一章 ① 一是 1） 附件1 专栏1. */
#ifndef PL_TEXT_NUMBERING_H
#define PL_TEXT_NUMBERING_H

#include "base/ctx.h"

/* X(NAME, level, "example"): in order of rank. */
#define PL_NUMBERING_LIST(X) \
    X(NONE, 0, "")           \
    X(PART, 1, "第一部分")   \
    X(CHAPTER, 1, "第一章")  \
    X(SECTION, 2, "第一节")  \
    X(CN_COMMA, 1, "一、")   \
    X(CN_PAREN, 2, "(一)")   \
    X(AR_DOT, 3, "1.")       \
    X(AR_PAREN, 4, "(1)")    \
    X(CIRCLED, 5, "①")       \
    X(CN_IS, 0, "一是")      \
    X(ANNEX, 1, "附件1")     \
    X(COLUMN, 0, "专栏1")

typedef enum pl_numbering_kind {
#define X(name, level, example) PL_NUMBERING_##name,
    PL_NUMBERING_LIST(X)
#undef X
        PL_NUMBERING_COUNT
} pl_numbering_kind;

typedef struct pl_numbering {
    pl_numbering_kind kind;
    int level;   /* rank among headings, 0 = not a heading of its own */
    int number;  /* 1-based; 附件 without a number is 1 */
    size_t n;    /* bytes of the mark, spaces after it included */
    pl_str text; /* the mark without those spaces: `(一)` */
} pl_numbering;

/* The mark at the start of s (not folded: both widths are known); kind NONE when there is
 * none. `1.2023年` is numbering 1 and the text `2023年…`; `1.5亿` and `3.2%` are figures,
 * not numbering; `1、` and `1．` are AR_DOT; `(一)` and `（一）` are the same. */
pl_numbering pl_numbering_at(pl_str s);

#endif
