/* The words that carry meaning, as data: units with dimension and scale, hedges, bounds,
 * directions, number words, names of units and indicators. The files under lexicon/ are
 * compiled in; a user's file adds rows or replaces those with the same class and word.
 *
 * A file is UTF-8, one row a line, fields separated by tabs, `#` begins a comment line.
 * `[class]` on a line begins the rows of a class:
 *
 *     [unit]      word  dimension  factor  canonical     平方米  area  1  平方米  万 亿
 *     [bound]     word  ge|gt|le|lt  before|after|both
 *     …           (each class's fields are explained at its head in lexicon/ *.txt)
 */
#ifndef PL_TEXT_LEXICON_H
#define PL_TEXT_LEXICON_H

#include "text/dec.h"

/* X(NAME, "token"): append only. What each class's rows mean stands in lexicon/. */
#define PL_WORD_CLASS_LIST(X)                                                                  \
    X(UNIT, "unit")     /* 万元 张 % per cent */                                            \
    X(SCALE, "scale")   /* 万 亿 million: factor of a number */                              \
    X(BOUND, "bound")   /* 以上 不低于 at least */                                        \
    X(ABOUT, "about")   /* 左右 约 近 about */                                             \
    X(LEVEL, "level")   /* 达到 提高到 reach: a level to come to */                       \
    X(CHANGE, "change") /* 增长 净减 下降 up: an amount of change */                     \
    X(CUMULATIVE, "cumulative")                                                                \
    X(TREND, "trend")     /* 稳步增长 逐步增加 持续改善 keep growing */            \
    X(COMPARE, "compare") /* 达到 不高于 与…同步: comparator before a reference */   \
    X(OWNER, "owner")     /* 市级 全市 国家 national: whose value */                     \
    X(STANDARD, "standard") /* 要求 平均水平 任务 average: which value of theirs */    \
    X(AMENDED, "amended")         /* 调整为 revised to */                                   \
    X(PROVISIONAL, "provisional") /* 预计 征求意见中 estimated */                       \
    X(BASIS, "basis")       /* 同口径 市级 like-for-like: label of another value */       \
    X(ASSERTED, "asserted") /* 可完成 已完成 done */                                     \
    X(PENDING, "pending")   /* 待定 年底出数 pending */                                  \
    X(NONE, "none")         /* - 无 n/a */                                                    \
    X(TERM, "term")         /* 五年 十四五 年均: horizon */                             \
    X(DIRECTION, "direction") /* names whose rise is good or bad: 失业率 down */            \
    X(GROWTH, "growth")       /* endings that make a name a rate of change: 增速 */          \
    X(COLUMN, "column")       /* words of table headings -> roles */                           \
    X(ATTRIBUTE, "attribute") /* 约束性 预期性 */                                        \
    X(ALIAS, "alias")         /* other names of the same unit or term */                       \
    X(COUNTER, "counter")     /* measure words that are units of count: 个 家 户 */         \
    X(NAMED, "named") /* endings that make a number a name: 号 条(政策) 期 */             \
    X(GOAL, "goal")   /* 主要预期目标: announces goals */                                \
    X(ASIDE, "aside") /* 争取更好结果: sets no goal of its own */                        \
    X(SET, "set")     /* 城乡: stands for 城镇 and 农村 */                               \
    X(PLAIN, "plain") /* 签约 目前: end like a hedge or a name, and are none */            \
    X(RANGE, "range") /* 失业率 % 0.05 35: what an indicator can be */                      \
    X(APPROVAL, "approval") /* 批准 调整: how a changed target is approved */              \
    X(RELATION, "relation") /* 其中 合计 执行率: how figures hang together */           \
    X(VERB, "verb") /* 发放 预计 企业: parts a figure from its noun, or ends the noun */ \
    X(VARIANT, "variant") /* 实 试, 帐户 账户: taken for one another */

typedef enum pl_word_class {
#define X(name, token) PL_WORD_##name,
    PL_WORD_CLASS_LIST(X)
#undef X
        PL_WORD_CLASS_COUNT
} pl_word_class;

/* Several classes: PL_WORDS(UNIT) | PL_WORDS(COUNTER). */
typedef uint64_t pl_words;

#define PL_WORDS(name) ((pl_words)1 << PL_WORD_##name)

typedef struct pl_word {
    pl_str word; /* folded form, lower case for ASCII */
    pl_word_class class;
    pl_str field[4]; /* the row's other fields, empty when absent */
    pl_dec factor;   /* UNIT, COUNTER, SCALE: how many of the base; 1 elsewhere */
} pl_word;

/* Several threads may look things up in one lexicon. */
typedef struct pl_lexicon pl_lexicon;

/* The compiled-in lexicon, with the rows of `own` (a user's file, may be empty) laid over
 * it, in cx->arena; sets nothing else in cx.
 * PL_ESYNTAX with err.line for a row of `own` that is not of the form; PL_ENOMEM. */
PL_MUST pl_status pl_lexicon_make(pl_ctx *cx, pl_str own, const pl_lexicon **out);

/* The longest word of any class in `classes` (PL_WORDS(…) | …) that `text` (folded)
 * starts with, or NULL. An ASCII word must end where a word ends (not inside
 * `percentage`) and matches in any case. Among equally long words the lowest class wins.
 */
const pl_word *pl_lexicon_at(const pl_lexicon *lx, pl_words classes, pl_str text);

/* The same, for words that `text` ends with. */
const pl_word *pl_lexicon_end(const pl_lexicon *lx, pl_words classes, pl_str text);

/* The word that is the whole of `text`, or NULL. */
const pl_word *pl_lexicon_whole(const pl_lexicon *lx, pl_words classes, pl_str text);

/* The longest word of `classes` anywhere in `text`; its offset in *at (may be NULL).
 * Of equally long ones, the last in the text (the head of a Chinese name comes last). */
const pl_word *pl_lexicon_in(const pl_lexicon *lx, pl_words classes, pl_str text,
                             size_t *at);

/* Row i of a class, in file order, or NULL past the end. */
const pl_word *pl_lexicon_row(const pl_lexicon *lx, pl_word_class class, size_t i);

#endif
