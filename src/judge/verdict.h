/* One verdict: does a value meet its target? docs/plan-language.md, 3 and 4.
 *
 * Pure: phrases in, verdict with its reason out. */
#ifndef PL_JUDGE_VERDICT_H
#define PL_JUDGE_VERDICT_H

#include "base/vec.h"
#include "phrase/phrase.h"

/* X(NAME, "token", "zh", "en") */
#define PL_OUTCOME_LIST(X)                  \
    X(MET, "met", "完成", "met")            \
    X(MISSED, "missed", "未完成", "missed") \
    X(UNDETERMINED, "undetermined", "不可判定", "undetermined")

typedef enum pl_outcome {
#define X(name, token, zh, en) PL_OUTCOME_##name,
    PL_OUTCOME_LIST(X)
#undef X
        PL_OUTCOME_COUNT
} pl_outcome;

#define PL_CERTAINTY_LIST(X)                                            \
    X(NONE, "", "", "")                                                 \
    X(MEASURED, "measured", "实测", "measured")                         \
    X(STATED, "stated", "按所写", "as stated")                          \
    X(RESOLVED, "resolved", "按参照值", "resolved")                     \
    X(ASSERTED, "asserted", "据声明", "asserted")                       \
    X(COMPARABLE, "comparable", "另有口径", "comparable basis differs") \
    X(AMENDED, "amended", "按调整后", "as amended")

typedef enum pl_certainty {
#define X(name, token, zh, en) PL_CERTAINTY_##name,
    PL_CERTAINTY_LIST(X)
#undef X
        PL_CERTAINTY_COUNT
} pl_certainty;

/* Where the direction came from. X(NAME, "token", "zh", "en") */
#define PL_DIR_FROM_LIST(X)                                       \
    X(NONE, "", "", "")                                           \
    X(OPERATOR, "operator", "目标自身", "the target's own words") \
    X(OTHER_PERIOD, "other_period", "该指标其他时期的目标",       \
      "its target of another period")                             \
    X(SETTING, "setting", "用户设定", "the user's setting")       \
    X(NAME, "name", "指标名称", "the indicator's name")

typedef enum pl_dir_from {
#define X(name, token, zh, en) PL_DIR_FROM_##name,
    PL_DIR_FROM_LIST(X)
#undef X
        PL_DIR_FROM_COUNT
} pl_dir_from;

/* A text in both languages. */
typedef struct pl_bitext {
    pl_str zh, en;
} pl_bitext;

/* The value of a reference, found elsewhere in the data: returns NULL when not known.
 * owner 经济增长, standard empty -> the value phrase of 地区生产总值增速. *name gets the
 * words that name its source. */
typedef const pl_phrase *pl_reference_fn(void *arg, pl_str owner, pl_str standard,
                                         pl_str *name);

typedef struct pl_judge_in {
    const pl_phrase *target;      /* may not be NULL */
    const pl_phrase *value;       /* may not be NULL */
    const pl_phrase *previous;    /* value of the period before, or NULL */
    const pl_phrase *term_target; /* of the plan's term, or NULL: lends its fallback */
    const pl_phrase *const *other_targets; /* of other periods, for the direction */
    size_t n_other_targets;
    pl_str name;                /* of the indicator */
    pl_str unit;                /* of the indicator, for bare numbers */
    pl_dir direction;           /* the user's setting; PL_DIR_NONE = none */
    int year;                   /* 0 = not known; for messages */
    pl_dec tolerance_percent;   /* of 左右; zero = 5 */
    bool approved;              /* an approval of an amendment is on record */
    pl_reference_fn *reference; /* may be NULL */
    void *reference_arg;
} pl_judge_in;

typedef struct pl_verdict {
    pl_outcome outcome;
    pl_certainty certainty; /* NONE only when undetermined */
    pl_dir direction;       /* UP, DOWN, or NONE */
    pl_dir_from direction_from;
    pl_str direction_word; /* FROM_NAME: the word of the name, 增速; else empty; borrowed
                              from the lexicon or in->name */
    pl_dec short_by;       /* by how much at best it is missed, in the unit; 0 else */
    bool provisional;      /* the target or the value says that it is not final */
    bool unit_conflict;    /* phrase's unit and the indicator's differ in dimension */
    /* The words, empty when only decided: */
    pl_bitext why;           /* one sentence */
    PL_VEC(pl_bitext) needs; /* what is missing, or would settle it */
    PL_VEC(pl_bitext) notes; /* other basis, approval not on record, unit conflict */
} pl_verdict;

/* Judge one value, without words: allocates nothing. Whatever cannot be judged is
 * UNDETERMINED. */
void pl_decide(const pl_ctx *cx, const pl_judge_in *in, pl_verdict *out);

/* The same with its words, which are in cx->arena. PL_ENOMEM. The words cost several
 * times as much as the decision. */
PL_MUST pl_status pl_judge(pl_ctx *cx, const pl_judge_in *in, pl_verdict *out);

/* The direction of a name, from the lexicon: 失业率 down, 增速 up; NONE = not known.
 * The word that ends last in the name decides, and a
 * word of growth after it (能耗增速 down, 能耗降幅 up). */
pl_dir pl_direction_of(const pl_lexicon *lx, pl_str name);

pl_str pl_outcome_token(pl_outcome o);
pl_bitext pl_outcome_words(pl_outcome o);
pl_str pl_certainty_token(pl_certainty c);
pl_bitext pl_certainty_words(pl_certainty c);
pl_str pl_dir_from_token(pl_dir_from f);
pl_bitext pl_dir_from_words(pl_dir_from f);

#endif
