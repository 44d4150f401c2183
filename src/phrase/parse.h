/* Inside the reader of phrases: what its files share.
 *
 * The reader goes through the folded text from left to right:
 *   (brackets are matched first                                        brackets.c)
 *   chain   clauses between , ; 、 and the like                          parse.c
 *   clause  body, brackets behind it, what is left over                  clause.c, tail.c
 *   body    a core, with prefixes and words that name the quantity       clause.c
 *   core    one expression that begins with a word of the lexicon        core.c
 *   period  words of time before and behind a core                       time.c
 *   amount  figures with their bounds and hedges                         amount.c
 *   operand what a reference or a claim speaks of                        operand.c
 *
 * Every reader returns a node and stands behind it, or returns NULL and stands where it
 * was; a failure (memory) is kept in `st` and looked at once, at the end. */
#ifndef PL_PHRASE_PARSE_H
#define PL_PHRASE_PARSE_H

#include "base/vec.h"
#include "phrase/phrase.h"
#include "text/fold.h"

typedef struct pl_parser {
    pl_ctx *cx;
    const pl_lexicon *lx;
    const pl_phrase_opts *opts;
    pl_fold fold;
    const uint32_t *match; /* of an opening bracket: the offset of the closing one, 0 =
                              none; of a closing one that has none too: 0. NULL when the
                              text has no brackets */
    size_t at, end;        /* the unread part of the folded text */
    size_t begin;          /* where the clause begins */
    bool plain; /* what comes is the kid of 征求意见中(…): amends nothing */
    size_t in_brackets; /* brackets around the reading place */
    size_t labels;      /* `label:` around the reading place */
    size_t deep;        /* readers inside readers */
    size_t steps;       /* cores that may still be tried: keeps hostile text linear */
    pl_node *left;      /* a NOTE of what the last core read and could not say */
    pl_status st;
} pl_parser;

/* What stands last in a chain while it grows. */
typedef struct pl_chain {
    pl_node *first, **tail;
    pl_node **main; /* the link to the last clause's main node, or NULL */
} pl_chain;

/* Helpers, parse.c */

static inline pl_str pl_parse_rest(const pl_parser *p)
{
    return (pl_str){p->fold.s.p + p->at, p->end - p->at};
}
static inline pl_str pl_parse_slice(const pl_parser *p, size_t from, size_t to)
{
    return (pl_str){p->fold.s.p + from, to - from};
}
/* The byte at the reading place, 0 at the end. */
static inline char pl_parse_peek(const pl_parser *p)
{
    return p->at < p->end ? p->fold.s.p[p->at] : '\0';
}

/* A node of what was read since `from`; NULL, and st set, when memory ends. */
pl_node *pl_parse_node(pl_parser *p, pl_node_kind kind, size_t from);
/* The same around a kid; BY nodes rise above QUALIFIER and CUMULATIVE, so that a tree has
 * one form. */
pl_node *pl_parse_wrap(pl_parser *p, pl_node_kind kind, pl_node *kid, size_t from);
/* The longest word of these classes at the reading place, without reading it. */
const pl_word *pl_parse_word(const pl_parser *p, pl_words classes);
/* The next best word at the reading place after `last`: of the classes left at the same
 * length, else a shorter one of any class. Start with *left = classes, last = NULL. */
const pl_word *pl_parse_next_word(const pl_parser *p, pl_words classes, pl_words *left,
                                  const pl_word *last);
/* Go behind a word, and the space after it. */
void pl_parse_take(pl_parser *p, const pl_word *w);
void pl_parse_space(pl_parser *p);
/* A row's field i is `what`. */
bool pl_word_is(const pl_word *w, size_t i, const char *what);
pl_dir pl_word_dir(const pl_word *w);
/* A copy of the text between two places as it would be folded again; trimmed. */
pl_str pl_parse_text(pl_parser *p, size_t from, size_t to);
/* Match the brackets of the folded text, into p->match. PL_ELIMIT when they are nested
 * deeper than limits.depth; PL_ENOMEM. brackets.c */
PL_MUST pl_status pl_parse_match(pl_parser *p);
/* A byte that a bracket may begin with. */
static inline bool pl_parse_may_be_bracket(char c)
{
    return c == '(' || c == ')' || c == '[' || c == ']' || c == '{' || c == '\xE3' ||
           c == '\xE2';
}
/* The closing bracket of the one at `at`, 0 when there is none. */
size_t pl_parse_close(const pl_parser *p, size_t at);
/* An expression can end here: the clause ends, or brackets follow. */
bool pl_parse_ended(const pl_parser *p);
/* Another expression follows behind 且, and, 并. */
bool pl_parse_joined_ahead(pl_parser *p);
/* The node below BY, QUALIFIER, PROVISIONAL and CUMULATIVE; NULL below an open one. */
pl_node *pl_parse_inner(pl_node *n);
/* Add to a chain; a node may bring its siblings. */
void pl_chain_add(pl_chain *c, pl_node *n);

/* Readers */

/* A whole chain, up to p->end, into *c. */
void pl_parse_chain(pl_parser *p, pl_chain *c);

/* The text of one clause; NULL when nothing in it is understood. */
pl_node *pl_parse_body(pl_parser *p);
/* An expression that begins exactly here. `loose`: words may stand before the quantity
 * that a prefix (累计, 到2025年, 预计) speaks of. */
pl_node *pl_parse_core(pl_parser *p, bool loose);
/* What a prefix speaks of: a body when loose, else a core. */
pl_node *pl_parse_inside(pl_parser *p, bool loose);

/* Brackets, amendments and periods behind the main node of the chain. */
void pl_parse_tail(pl_parser *p, pl_chain *c);
/* {…}: a remainder or note as it is printed. NULL when there is none. */
pl_node *pl_parse_literal(pl_parser *p);
pl_node *pl_parse_remainder(pl_parser *p, size_t to);

/* [bound] [about] figure or range, and what stands behind it. */
typedef enum pl_amount_how {
    PL_AMOUNT_ANY,
    PL_AMOUNT_SMALL,   /* behind a word that asks for an amount: 三 is one too */
    PL_AMOUNT_NO_RANGE /* 由5到7: 到 makes no range */
} pl_amount_how;
pl_node *pl_parse_amount(pl_parser *p, pl_amount_how how);

/* A reference whose comparator was read; `from` is where that began. */
pl_node *pl_parse_reference(pl_parser *p, pl_ref ref, size_t from);
/* A reference 与 … 同步 behind 与. */
pl_node *pl_parse_sync(pl_parser *p, size_t from);
/* What a claim claims: 市级任务, 净减1.2平方公里任务; only_task: it must say 任务. */
pl_node *pl_parse_claimed(pl_parser *p, bool only_task);

/* An expression that begins with words of time; NULL when none stand here. */
pl_node *pl_parse_time(pl_parser *p, bool loose);
/* Words of time behind n (by 2030, a year, compared to 2015), laid on it. */
pl_node *pl_parse_time_behind(pl_parser *p, pl_node *n, size_t from);
/* `15% below 2015 levels`: the year that the change n is compared with, behind below. */
pl_node *pl_parse_than(pl_parser *p, pl_node *n);
/* `by 2030` stands at the reading place. */
bool pl_parse_by_ahead(const pl_parser *p);
/* An expression can end here, or words of time follow that lie around it. */
static inline bool pl_parse_done(const pl_parser *p)
{
    return pl_parse_ended(p) || pl_parse_by_ahead(p);
}
/* True when a number of years and 年, or a year, may begin with these bytes. */
bool pl_parse_may_be_time(const pl_parser *p);

#endif
