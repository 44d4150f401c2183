/* The plan language: what a target or value phrase says, as a tree.
 *
 * `6以上`, `达到市级要求(32)`, `控制在3%以内`, `7.2(调整为5.5)`, `at least 20% by 2026`
 * are read into the same few nodes, in Chinese and English; each keeps the span of its
 * source. Nothing is dropped: what is not understood becomes a NOTE node and the phrase
 * says complete = false. Printing a tree gives a canonical phrase that parses to the same
 * tree (spans apart).
 *
 * A phrase is a chain of nodes: the main one first, then those of further clauses,
 * labelled alternatives (BASIS), remainders (QUALIFIER without a kid: `of households`)
 * and NOTEs. A deadline or sum of nothing (到2025年, 五年累计), and what 调整为5.5 amends
 * when it is not said, is NONE. Meaning of each node: docs/plan-language.md.
 *
 * Trees have one form: BY stands above QUALIFIER and CUMULATIVE, amendments nest to the
 * left. What a phrase says but could not be said again canonically is one NOTE. */
#ifndef PL_PHRASE_PHRASE_H
#define PL_PHRASE_PHRASE_H

#include "base/buf.h"
#include "text/number.h"

/* X(NAME, "token"): append only. Kids as said. */
#define PL_NODE_LIST(X)                                                                  \
    X(NUMBER, "number")         /* figure, unit; no kids */                              \
    X(RANGE, "range")           /* 8-9: two NUMBERs, closed; both in one unit */         \
    X(BOUND, "bound")           /* op; one kid: NUMBER, RANGE, ABOUT, REFERENCE */       \
    X(ABOUT, "about")           /* side; one kid: NUMBER or RANGE */                     \
    X(LEVEL, "level")           /* dir (NONE for 达到); last kid: the level to reach;  \
                                   before it, when said, the level come from */          \
    X(CHANGE, "change")         /* dir, net, per_year, years, year (base); one kid:      \
                                   the amount (NUMBER, RANGE, ABOUT, BOUND) */           \
    X(CUMULATIVE, "cumulative") /* one kid */                                            \
    X(BY, "by")                 /* year; one kid: what binds then */                     \
    X(TREND, "trend")           /* dir (FLAT: 保持稳定); text: the words; no kids */ \
    X(REFERENCE, "reference")   /* ref, owner, standard; kid: FALLBACK when given */     \
    X(FALLBACK, "fallback")     /* one kid: the number to use for the reference */       \
    X(AMENDED, "amended")       /* two kids: as it was, as it is now */                  \
    X(PROVISIONAL, "provisional") /* text: why; one kid, or none (no figure yet) */      \
    X(BASIS, "basis")             /* text: the label (同口径, 市级); one kid */     \
    X(ASSERTED, "asserted")       /* text: the claim; kid: what is claimed, when said */ \
    X(PENDING, "pending")         /* text; no value yet */                               \
    X(NONE, "none")               /* not applicable: - — 无, or empty */              \
    X(QUALIFIER, "qualifier")     /* text: words that name the quantity; one kid */      \
    X(NOTE, "note")               /* text: not understood */

typedef enum pl_node_kind {
#define X(name, token) PL_NODE_##name,
    PL_NODE_LIST(X)
#undef X
        PL_NODE_KIND_COUNT
} pl_node_kind;

typedef enum pl_op { PL_OP_GE, PL_OP_GT, PL_OP_LE, PL_OP_LT, PL_OP_COUNT } pl_op;

/* Which way is up: for LEVEL, CHANGE, TREND, and for what is better. */
typedef enum pl_dir {
    PL_DIR_NONE,
    PL_DIR_UP,
    PL_DIR_DOWN,
    PL_DIR_FLAT,
    PL_DIR_COUNT
} pl_dir;

/* How a REFERENCE compares. X(NAME, "token") */
#define PL_REF_LIST(X)                                                                   \
    X(REACH, "reach") /* 达到市级要求: as good as theirs, in the good direction */ \
    X(GE, "ge")                                                                          \
    X(GT, "gt")                                                                          \
    X(LE, "le")         /* 不高于全市平均水平 */                                \
    X(LT, "lt")         /* 低于全市平均水平 */                                   \
    X(SYNC, "sync")     /* 与经济增长(基本)同步: about the same or better */    \
    X(AT_LEAST, "keep") /* 保持全国前列: a standing, not a figure */

typedef enum pl_ref {
#define X(name, token) PL_REF_##name,
    PL_REF_LIST(X)
#undef X
        PL_REF_COUNT
} pl_ref;

typedef enum pl_side { PL_SIDE_BOTH, PL_SIDE_BELOW, PL_SIDE_ABOVE } pl_side;

typedef struct pl_node pl_node;
struct pl_node {
    pl_node_kind kind;
    pl_span at;          /* in the source text of the phrase */
    pl_node *kid, *next; /* first kid; next sibling */
    /* what the kind says, zero elsewhere: */
    pl_dec value, resolution, scale; /* NUMBER: 1.1万 is 11000, 1000, 10000 */
    pl_str unit; /* NUMBER: canonical unit as in the lexicon (万平方米), or empty */
    const pl_word *unit_word; /* NUMBER: its row, or NULL */
    pl_op op;
    pl_dir dir;
    pl_side side;
    pl_ref ref;
    pl_str text; /* words, canonical where a lexicon row has them, in cx->arena or
                    the lexicon; LEVEL and CHANGE: the word where it says more than
                    the direction (控制在, 新增), else empty */
    pl_str owner, standard; /* REFERENCE: 市级, 要求 */
    int year;               /* BY: the year; CHANGE: the base year (compared to 2015) */
    int years;     /* CHANGE, CUMULATIVE: horizon in years (五年), 0 = this year */
    bool net;      /* CHANGE: 净 */
    bool per_year; /* CHANGE, NUMBER amounts: 年均 */
    bool percent_points; /* CHANGE: the amount is in 百分点 */
};

typedef struct pl_phrase {
    pl_node *first; /* main node; never NULL (an empty text is NONE) */
    bool complete;  /* no NOTE anywhere */
    bool english;   /* words of English were used */
    pl_str text;    /* the source, borrowed */
} pl_phrase;

/* How the reading depends on what is around the phrase. Zero: nothing is known. */
typedef struct pl_phrase_opts {
    int year;    /* what 今年 / this year means; 0 = not known */
    pl_str name; /* name of the indicator: words of it inside the phrase are qualifiers */
    pl_str unit; /* unit of the column or name, for bare numbers; not put into the tree */
} pl_phrase_opts;

/* Read a phrase. Any text is a phrase; only limits fail.
 *
 *   text   valid UTF-8, must outlive *out; longer than limits.phrase_bytes is one NOTE
 *   out    tree in cx->arena
 *
 * PL_ELIMIT (brackets nested deeper than limits.depth), PL_ENOMEM. Linear in text.n for
 * phrases of ordinary length; at most n * depth. */
PL_MUST pl_status pl_phrase_parse(pl_ctx *cx, pl_str text, const pl_phrase_opts *opts,
                                  pl_phrase **out);

/* The canonical phrase, in the language it was read in; {words} are a remainder, {?words}
 * a note. */
void pl_phrase_print(pl_buf *b, const pl_phrase *p);
/* One node and its kids, not its siblings. */
void pl_node_print(pl_buf *b, const pl_node *n, bool english);

/* Same trees, spans and source texts apart. */
bool pl_phrase_same(const pl_phrase *a, const pl_phrase *b);

pl_str pl_node_token(pl_node_kind k);
pl_str pl_op_token(pl_op op);  /* "ge" */
pl_str pl_dir_token(pl_dir d); /* "up"; "" for NONE */
pl_str pl_ref_token(pl_ref r);

/* The first node of a kind in the whole phrase, depth first; NULL when there is none. */
const pl_node *pl_phrase_find(const pl_phrase *p, pl_node_kind kind);
/* The first NUMBER below n (n itself counts), not inside BASIS nodes. */
const pl_node *pl_node_number(const pl_node *n);

#endif
