/* What the files of a verdict share: a target understood, a value understood, and what is
 * decided about them. Internal to judge/. */
#ifndef PL_JUDGE_RULING_H
#define PL_JUDGE_RULING_H

#include "judge/amount.h"
#include "judge/verdict.h"

/* Needs and notes: X(NAME, "zh", "en"). In the texts $w stands for the remark's words (or
 * the indicator's name), $n for its node, $y for its year. */
#define PL_REMARK_LIST(X)                                                               \
    X(NEED_VALUE, "$y$w的实际数值", "value of $w$y")                                    \
    X(NEED_TARGET, "$y$w的目标值", "target of $w$y")                                    \
    X(NEED_REFERENCE, "$y$w的数值", "value of $w$y")                                    \
    X(NEED_PREVIOUS, "$w上一期的数值", "value of $w of the period before")              \
    X(NEED_DIRECTION, "$w越高越好还是越低越好", "whether higher or lower $w is better") \
    X(NEED_CUMULATIVE, "$w规划期累计数值", "cumulative value of $w over the term")      \
    X(NEED_LATER, "$y$w的数值（目标届时才到期）",                                       \
      "value of $w$y, when the target binds")                                           \
    X(NEED_EXACT, "$w的确切数值", "the exact figure of $w")                             \
    X(NEED_UNIT, "$w与目标同一单位的数值", "a figure of $w in the target's unit")       \
    X(NEED_FIGURE, "$w的数值，而不只是声明", "a figure of $w, not only a claim")        \
    X(NEED_BASIS, "以“$w”还是所报口径为准",                                             \
      "which counts, the basis $w or the reported")                                     \
    X(NEED_APPROVAL, "调整目标的批准记录",                                              \
      "a record that the revised target is approved")                                   \
    X(NEED_PART, "其中“$w”的数值", "value of the part $w")                              \
    X(NEED_WORDS, "能读懂的表述（“$w”未能识别）", "words that can be read, not $w")     \
    X(NEED_DIGITS, "位数在计算范围内的数值", "figures of fewer digits")                 \
    X(NOTE_TARGET_DRAFT, "目标未定稿：$w", "the target is provisional: $w")             \
    X(NOTE_VALUE_DRAFT, "数值未定稿：$w", "the value is provisional: $w")               \
    X(NOTE_APPROVED, "目标由$n调整，批准在案",                                          \
      "the target was revised from $n; an approval is on record")                       \
    X(NOTE_UNAPPROVED, "目标由$n调整，未见批准记录",                                    \
      "the target was revised from $n; no approval is on record")                       \
    X(NOTE_BASIS_MET, "按$w$n则为完成", "on the basis $w, $n, it is met")               \
    X(NOTE_BASIS_MISSED, "按$w$n则未完成", "on the basis $w, $n, it is missed")         \
    X(NOTE_UNIT, "所写单位“$w”与指标单位不一致",                                        \
      "the unit written, $w, is not of the indicator's kind")                           \
    X(NOTE_PER_YEAR, "年均目标，按当年数值比较",                                        \
      "an average over years, compared with this year alone")                           \
    X(NOTE_ALSO, "目标另有“$n”，未予判定",                                              \
      "the target also says $n, which is not judged")                                   \
    X(NOTE_REST, "有未识别的文字：$w", "words not understood: $w")

typedef enum pl_remark_kind {
#define X(name, zh, en) PL_REMARK_##name,
    PL_REMARK_LIST(X)
#undef X
        PL_REMARK_KIND_COUNT
} pl_remark_kind;

typedef struct pl_remark {
    pl_remark_kind kind;
    pl_str words; /* empty: the indicator's name */
    const pl_node *node;
    int year;
} pl_remark;

enum { PL_REMARK_MAX = 6 };

typedef struct pl_remarks {
    pl_remark p[PL_REMARK_MAX];
    size_t n;
} pl_remarks;

/* Adds one, unless there are PL_REMARK_MAX or one of its kind. */
void pl_remark_add(pl_remarks *r, pl_remark remark);

/* What stands for a reference's figure. */
typedef enum pl_ref_from {
    PL_REF_FROM_NOTHING,
    PL_REF_FROM_DATA,     /* the data set */
    PL_REF_FROM_PREVIOUS, /* the period before: 不低于上年 */
    PL_REF_FROM_VALUE,    /* another value in the value's own cell: 市级3.12 */
    PL_REF_FROM_FALLBACK, /* its own brackets: 达到市级要求(32) */
    PL_REF_FROM_TERM      /* the brackets of the term's target */
} pl_ref_from;

/* A target, down to the node that can be compared. */
typedef struct pl_aim {
    const pl_node *leaf; /* a figure, CHANGE or TREND; NULL: `missing` says why */
    pl_remark missing;
    bool absent;              /* there is no target: - or not yet set */
    const pl_node *reference; /* REFERENCE passed on the way */
    pl_ref_from from;
    pl_str from_words;       /* whose value it is: 地区生产总值增速, 市级 */
    const pl_node *original; /* of AMENDED: as it was first */
    pl_dir dir;              /* what LEVEL or the reference says */
    pl_op op;                /* of the reference, when has_op */
    bool has_op;
    bool cumulative;
    int by;    /* year at which it binds; 0 = not said */
    int years; /* horizon of a CHANGE, in years */
    bool draft;
    pl_str draft_words;
    pl_str qualifier;
} pl_aim;

typedef enum pl_have {
    PL_HAVE_NOTHING, /* pending, none, or not understood */
    PL_HAVE_FIGURE,  /* leaf: a figure or CHANGE */
    PL_HAVE_CLAIM,   /* 可完成, 达到市级要求; leaf: what is claimed, or NULL */
    PL_HAVE_TREND    /* 稳步增长: words, no figure */
} pl_have;

/* A value, down to its figure. */
typedef struct pl_reading {
    pl_have have;
    const pl_node *leaf;
    bool denied; /* a claim of failure: 未完成 */
    pl_dir dir;  /* of a TREND, or of a REFERENCE claimed */
    bool cumulative;
    int years;
    bool draft;
    pl_str draft_words;
    pl_str qualifier;
} pl_reading;

/* One judgement's surroundings. */
typedef struct pl_judging {
    const pl_lexicon *lx;
    const pl_judge_in *in;
    pl_scale scale;
    const pl_node *value; /* the value's chain: offers its BASIS nodes to references */
} pl_judging;

/* Which way is good, and why. */
typedef struct pl_way {
    pl_dir dir;
    pl_dir_from from;
    pl_str word;
} pl_way;

typedef struct pl_ruling {
    pl_outcome outcome;
    pl_certainty certainty;
    pl_aim goal;
    pl_reading reading;
    pl_way way;
    bool compared;  /* want and have are set */
    pl_vague want;  /* the set of acceptable outcomes */
    pl_amount have; /* the value */
    pl_amount base; /* the figure that the target was made from: 15 and 14.25 … 15.75 */
    bool has_base;
    pl_amount before; /* of the period before, where it was used */
    bool has_before;
    bool ceiling;    /* of a CHANGE: the amount is the most there may be */
    bool at_best;    /* the value or the target is vague: the gap is the least one */
    bool on_the_end; /* missed only because the bound itself is outside */
    pl_dec gap;      /* value minus target, 0 unless missed */
    bool unit_conflict;
    pl_remarks needs, notes;
    pl_outcome other;     /* by the original target, or by the other basis */
    const pl_node *basis; /* the other basis, when it comes out otherwise */
} pl_ruling;

/* verdict_goal.c: follow a chain to its main node and on to a leaf. */
void pl_aim_read(const pl_judging *j, const pl_node *n, pl_aim *out);
/* verdict_value.c */
void pl_reading_read(const pl_node *n, pl_reading *out);
/* The first node of a chain that is not a BASIS or NOTE (else the first). */
const pl_node *pl_chain_main(const pl_node *first);
/* A label that names somebody (市级, 全国): the figure is theirs, not another basis. */
bool pl_label_is_owner(const pl_lexicon *lx, pl_str label);
bool pl_owner_same(const pl_lexicon *lx, pl_str a, pl_str b);

/* verdict_direction.c */
pl_way pl_way_of(const pl_judging *j, const pl_aim *g);
/* The good direction of the indicator whatever the target says: setting, then name. */
pl_way pl_way_known(const pl_judging *j, const pl_aim *g);
pl_dir pl_dir_of_ref(pl_ref ref); /* NONE where it has no operator */
/* +1: figures are growth (增速, 新增); -1: they are decrease (降幅); 0: a level. */
int pl_rate_sign(const pl_lexicon *lx, pl_str name);

/* verdict_change.c, verdict_trend.c: set r->want, have, way; false when it cannot be
 * told, with the need added. */
bool pl_change_want(const pl_judging *j, pl_ruling *r);
bool pl_trend_want(const pl_judging *j, pl_ruling *r);

/* Adds the need, and is false: for `return pl_need(…)`. */
bool pl_need(pl_ruling *r, pl_remark_kind kind);
/* The value of the period before: given, or in the value's own brackets; or NULL. */
const pl_node *pl_previous_node(const pl_judging *j);
/* The same as r->before; false when there is no figure. */
bool pl_previous_read(const pl_judging *j, pl_ruling *r);
/* Is the amount of a CHANGE a share of the level it starts from (增长6%)? */
bool pl_is_share(const pl_node *change);
/* The scale of amounts of change: per cent where they are shares, else the indicator's.
 */
pl_scale pl_scale_of_change(const pl_judging *j, bool share);
/* is the value in per cent, of an indicator that is no share itself? Then it is
 * growth: 地区生产总值 5.2 in a column of %. */
bool pl_counts_growth(const pl_judging *j);

/* ruling.c: r->goal against r->reading; the rest of *r is zero before. */
void pl_rule_one(const pl_judging *j, pl_ruling *r);

/* verdict_why.c: why, needs and notes, in cx->arena. PL_ENOMEM. */
PL_MUST pl_status pl_ruling_words(pl_ctx *cx, const pl_judging *j, const pl_ruling *r,
                                  pl_verdict *out);

/* verdict.c: all that is decided about one judgement. */
void pl_ruling_make(const pl_judging *j, pl_ruling *out);
pl_judging pl_judging_begin(const pl_ctx *cx, const pl_judge_in *in);

#endif
