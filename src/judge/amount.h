/* Numbers of a phrase as sets, in one unit: 35左右万元 is 33.25 … 36.75 of 万元. */
#ifndef PL_JUDGE_AMOUNT_H
#define PL_JUDGE_AMOUNT_H

#include "judge/interval.h"
#include "phrase/phrase.h"

/* A unit of measure. Of 万元/人 the upper part is kept too: a cell that says `35万元` in
 * a row counted in 万元/人 means per head all the same. */
typedef struct pl_measure {
    pl_str text;      /* as written; empty: no unit is known */
    pl_str dimension; /* empty where the lexicon does not have it */
    pl_dec factor;    /* how many of the dimension's base unit */
    pl_str above;     /* dimension of the part above a stroke, or empty */
    pl_dec above_factor;
    pl_dec scale; /* the scale word that stood before it (亿 of 440亿斤), in factor too */
} pl_measure;

pl_measure pl_measure_of(const pl_lexicon *lx, pl_str unit);

/* How numbers are read: what the whole judgement shares. */
typedef struct pl_scale {
    const pl_lexicon *lx;
    pl_measure unit; /* figures are counted in it; bare numbers are in it */
    pl_dec adopted;  /* the figure that lent its unit, where the indicator has none; in
                        `unit`; 0 = none */
    pl_dec tolerance_percent;
} pl_scale;

/* The same, counting in the unit of a figure, its scale word included: of 440亿斤 in
 * 亿斤. */
pl_scale pl_scale_adopt(const pl_scale *s, const pl_node *number);

/* A figure as a set, counted in the scale's unit, or, where `other` names a unit of
 * another dimension, in that one's base. */
typedef struct pl_amount {
    pl_vague set;
    pl_measure other; /* text empty: none */
} pl_amount;

/* NUMBER, RANGE, ABOUT and BOUND as what they say; false for other nodes, and when an end
 * does not fit a decimal. */
PL_MUST bool pl_amount_read(const pl_scale *s, const pl_node *n, pl_amount *out);

/* May they be compared: both in one unit, or dimension? */
bool pl_amount_alike(const pl_amount *a, const pl_amount *b);

/* Is the node a figure (NUMBER, RANGE, ABOUT, BOUND of a figure)? */
bool pl_node_is_figure(const pl_node *n);

/* What an operator before or behind a figure makes of it: 35以上 is from 35 on. */
pl_vague pl_vague_bounded(pl_op op, const pl_vague *v);

/* at, with `percent` per cent of it added (or, when negative, taken off). */
PL_MUST bool pl_dec_widen(pl_dec at, pl_dec percent, pl_dec *out);

#endif
