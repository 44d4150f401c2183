/* Passages and figures: the ground that the rules stand on.
 *
 * A passage is a clause of the narrative, an item of a cell, or a clause of a task: a
 * stretch between commas and stops, with the figures in it. Passages that speak of the
 * same thing are found by the pairs of characters they share, weighted by how rare these
 * are, through an index: never by comparing all with all. */
#ifndef PL_JUDGE_PASSAGE_H
#define PL_JUDGE_PASSAGE_H

#include "judge/relation.h"

/* A printed figure as an interval, R-301: half a unit of its last digit on both sides,
 * wider with a hedge; in base units of its dimension (万元 and 亿元 in 元). */
typedef struct pl_figure {
    size_t passage;
    const pl_fact *fact; /* that it is */
    pl_quantity q;       /* spans are in the passage's folded text */
    pl_dec value;        /* in base units */
    pl_dec last;         /* worth of the last digit written, in base units */
    pl_dec lo, hi;       /* what the printed figure can stand for */
    bool open;           /* hi means: and more (以上, 超) */
    pl_str dim;          /* "money", "area" …; a counter is its own dimension */
    bool count;          /* counts things: 家 项 人 */
    pl_str text;         /* as written */
    pl_str before;       /* words before it in its clause, folded */
    pl_str noun;         /* words behind it, folded: what is counted */
    pl_place place;
} pl_figure;

typedef PL_VEC(pl_figure) pl_figures;

/* Is it said what was done, or what is to be done? */
typedef enum pl_stage { PL_STAGE_UNKNOWN, PL_STAGE_DONE, PL_STAGE_AHEAD } pl_stage;

typedef struct pl_passage {
    pl_source source;
    size_t block;         /* of the document */
    const pl_cell *cell;  /* COLUMN and TASK: the cell it stands in */
    size_t task;          /* TASK, INDICATOR: index in the plan; PL_NOPOS elsewhere */
    size_t sentence;      /* number of its sentence in the document */
    size_t section;       /* index of the section it stands in, PL_NOPOS */
    int year, first_year; /* that it speaks of; 0 = not known */
    bool dated;           /* words say so: its own, its sentence's, a heading's */
    pl_stage heading;     /* what the headings above it are about */
    size_t list;    /* the list of numbered paragraphs that it stands in, 0 = none */
    int item;       /* and the number of its item there */
    size_t subject; /* passage of the same sentence that names what it speaks of: itself,
                       or one before it */
    pl_str text;    /* folded */
    pl_str mark;    /* the mark that ends it: "," ";" "。" or empty */
    pl_str written; /* as in the source */
    pl_place place;
    size_t first_figure, n_figures;
    const uint32_t *grams; /* ids of its character pairs, no repeats */
    size_t n_grams;
    uint32_t weight; /* sum of the weights of its pairs */
} pl_passage;

typedef PL_VEC(pl_passage) pl_passages_list;

typedef struct pl_passages {
    pl_passages_list all;
    pl_figures figures;
    struct pl_gram_index *index;
} pl_passages;

/* Cut a plan's document into passages and read their figures. n log n. PL_ENOMEM. */
PL_MUST pl_status pl_passages_make(pl_ctx *cx, const pl_plan *plan, pl_passages **out);

/* Does a passage say what was done, or what is to be done? By its words, else by the
 * headings above it. */
pl_stage pl_passage_stage(const pl_passage *p);

/* A passage like another one. Likeness in thousandths: of the weight they share to the
 * smaller (`within`) and the larger (`alike`) of their weights. */
typedef struct pl_like {
    size_t passage;
    unsigned within, alike;
} pl_like;

/* A view; what it shows belongs to the passages. */
typedef struct pl_likes {
    const pl_like *p;
    size_t n;
} pl_likes;

/* The passages most like passage p (p itself not), best first, at most `most`, each at
 * least `least` thousandths within. Bounded work for each call whatever the document's
 * length: pairs that stand in very many passages do not lead to candidates. PL_ENOMEM. */
PL_MUST pl_status pl_passages_like(pl_ctx *cx, const pl_passages *ps, size_t p,
                                   unsigned least, size_t most, pl_likes *out);

/* Likeness of two strings (folded) by their pairs of characters, in thousandths of the
 * shorter's; 0 when one has no pair. For names: short strings. */
unsigned pl_text_within(pl_str a, pl_str b);
/* The same in thousandths of both (Dice). */
unsigned pl_text_alike(pl_str a, pl_str b);

/* How two figures of one dimension stand to each other. */
typedef enum pl_agree {
    PL_AGREE_SAME,      /* the same value */
    PL_AGREE_ROUNDED,   /* one is the other, rounded half up or half to even */
    PL_AGREE_HEDGED,    /* within what 近, 约, 余, 以上 allow */
    PL_AGREE_ROUND,     /* only if the trailing zeros of one claim no precision */
    PL_AGREE_TRUNCATED, /* one is the other with digits cut off */
    PL_AGREE_NOT
} pl_agree;

pl_agree pl_figures_agree(const pl_figure *a, const pl_figure *b);

/* How many things a fact counts, when it says so to the unit: a whole number of 个, 项 …
 * without a hedge, from 2 to `most`. 0 when it is none such. */
int pl_fact_count(const pl_fact *f, int most);

/* Fill value, last, lo, hi, dim of f from f->q. False when it does not fit a decimal. */
PL_MUST bool pl_figure_measure(pl_figure *f);

/* The main number of a node of an indicator's cell as a figure, of no passage, without
 * text and place. False when it has none, or no known unit. */
PL_MUST bool pl_figure_of_node(const pl_lexicon *lx, const pl_indicator *it,
                               const pl_node *first, pl_figure *out);

/* Do the words before it say that it is by how much something grew or fell? */
bool pl_figure_is_change(const pl_figure *f);

/* Is it a length of time, or a place in an order? Equal or not, it proves nothing. */
bool pl_figure_is_idle(const pl_figure *f);

#endif
