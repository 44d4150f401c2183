/* Two plans side by side: how each indicator's target moved from the earlier one to the
 * later one. R-395.
 *
 * Pure: two plans in, one row for each indicator of either out. What is compared is the
 * last year's target of each; a year's target with a year's, a term's with a term's. */
#ifndef PL_JUDGE_COMPARE_H
#define PL_JUDGE_COMPARE_H

#include "judge/series.h"

/* X(NAME, "token", "zh", "en"): in the order in which they are summed up. */
#define PL_SHIFT_LIST(X)                                                                \
    X(TIGHTENED, "tightened", "收紧", "tightened") /* asks for more */                  \
    X(LOOSENED, "loosened", "放宽", "loosened")    /* asks for less */                  \
    X(REWORDED, "reworded", "改写", "reworded")    /* other words; not to be ordered */ \
    X(UNIT, "unit", "单位变更", "unit changed")                                         \
    X(NEW, "new", "新增", "new")                                                        \
    X(DROPPED, "dropped", "取消", "dropped")                                            \
    X(SAME, "same", "不变", "unchanged")

typedef enum pl_shift {
#define X(name, token, zh, en) PL_SHIFT_##name,
    PL_SHIFT_LIST(X)
#undef X
        PL_SHIFT_COUNT
} pl_shift;

pl_str pl_shift_token(pl_shift s);
pl_bitext pl_shift_words(pl_shift s);

typedef struct pl_shift_row {
    pl_shift shift;
    const pl_indicator *was, *now;           /* NULL: only in the other plan */
    const pl_datum *was_target, *now_target; /* NULL: it has none */
    unsigned alike; /* of the two names, in thousandths: 1000 = the same name */
    pl_dec by;      /* TIGHTENED, LOOSENED: how far the figure moved, in its unit */
    pl_str by_unit;
} pl_shift_row;

typedef struct pl_comparison {
    const pl_plan *was, *now;
    PL_VEC(pl_shift_row) rows; /* in the later plan's order, then what was dropped */
    size_t n[PL_SHIFT_COUNT];
} pl_comparison;

/* Compare; both plans must outlive *out. Indicators are the same when their names and
 * units are (spaces and widths apart), else when their names are at least 700 thousandths
 * alike, the most alike first. In cx->arena. PL_ELIMIT: more than a million pairs of
 * indicators; PL_ENOMEM. */
PL_MUST pl_status pl_compare_plans(pl_ctx *cx, const pl_plan *was, const pl_plan *now,
                                   pl_comparison **out);

#endif
