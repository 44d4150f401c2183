/* One indicator through the years: its cells as figures in one unit. What the rules on
 * the indicator table share. */
#ifndef PL_JUDGE_SERIES_H
#define PL_JUDGE_SERIES_H

#include "judge/check.h"
#include "judge/ruling.h"

/* A cell with a figure of its own (also in brackets: 达到市级要求(32)). */
typedef struct pl_point {
    const pl_datum *cell; /* NULL: none */
    const pl_node *leaf;  /* a figure, or CHANGE */
    pl_amount amount;     /* of a CHANGE: how much */
    pl_str qualifier;     /* the words that name it inside the cell */
    bool change;          /* leaf is a CHANGE; which way: leaf->dir */
    bool share;           /* the amount is in per cent of a level */
    bool cumulative;      /* counted over the term */
    int years;            /* horizon of a CHANGE, 0 = the cell's own year */
    int by;               /* the year that the cell's words name, 0 = none */
} pl_point;

typedef struct pl_series {
    const pl_indicator *it;
    pl_judge_in in; /* without target and value */
    pl_scale scale; /* figures are in its unit */
    int rate;       /* its figures are growth (+1), decrease (-1), or levels (0) */
    bool percent;   /* its unit is per cent */
    pl_dir good;    /* which way is good, NONE = not known */
    const pl_phrase *targets[16]; /* for `good` */
} pl_series;

/* *out holds pointers into itself: it is not to be copied. */
void pl_series_begin(const pl_ctx *cx, const pl_indicator *it, pl_series *out);

/* What is written there: in a target cell the target, in a value cell the value. False
 * when there is no figure, or one in another unit; *out is zero then. */
bool pl_point_read(const pl_series *s, const pl_datum *d, pl_point *out);

/* The first cell of a role and year, not one of a column 累计 or 年均. NULL: none. */
const pl_datum *pl_cell_of(const pl_indicator *it, pl_role role, int year);

/* The figure as written. Of a range the end that is better, or worse, when `best` or not;
 * of what has one end, that end. */
pl_dec pl_point_at(const pl_series *s, const pl_point *p, bool best);

/* Is a better than b (+1), worse (-1), the same (0)? `good` has to be known. */
int pl_better(pl_dir good, pl_dec a, pl_dec b);

/* `2023年目标值“10”`, for messages. */
#define PL_CELL_FMT     "%.*s“%.*s”"
#define PL_CELL_ARGS(d) PL_FMT((d)->header), PL_FMT((d)->clean)
/* `指标12（自贸区企业收入增速）` */
#define PL_INDICATOR_ZH       "指标%.*s（%.*s）"
#define PL_INDICATOR_EN       "indicator %.*s (%.*s)"
#define PL_INDICATOR_ARGS(it) PL_FMT((it)->no), PL_FMT((it)->name)

#endif
