/* Relations: what a document says twice, and whether both agree. A finding is a relation
 * that does not hold. */
#ifndef PL_JUDGE_RELATION_H
#define PL_JUDGE_RELATION_H

#include "judge/verdict.h"
#include "plan/plan.h"

/* X(NAME, "token", "zh", "en"): append only; docs/findings.md explains each. */
#define PL_KIND_LIST(X)                                                              \
    X(SUM, "sum", "分项与合计", "parts against their total")                         \
    X(RATE, "rate", "比率与其分子分母", "a rate against what it is of")              \
    X(REPEAT, "repeat", "同一数量的各处写法", "one quantity in several places")      \
    X(ROUNDING, "rounding", "修约", "the same, cut off instead of rounded")          \
    X(CLAIM, "claim", "断言与数字", "claims against the figures")                    \
    X(TARGET, "target", "正文与指标表", "figures against the indicator table")       \
    X(WORDING, "wording", "正文与任务表的文字",                                      \
      "words of the narrative against the task table")                               \
    X(TITLE, "title", "附件标题与清单", "titles of annexes against their list")      \
    X(SEQUENCE, "sequence", "序号与条数", "numbering and counts of what is listed")  \
    X(UNIT, "unit", "计量单位", "units of measure")                                  \
    X(RANGE, "range", "取值范围", "values that cannot be")                           \
    X(MISSING, "missing", "一处有、另一处没有", "in one place and not in the other") \
    X(STRUCTURE, "structure", "文件结构", "how the document is built")

typedef enum pl_kind {
#define X(name, token, zh, en) PL_KIND_##name,
    PL_KIND_LIST(X)
#undef X
        PL_KIND_COUNT
} pl_kind;

pl_str pl_kind_token(pl_kind k);
/* What relations of the kind hold against each other. */
pl_bitext pl_kind_words(pl_kind k);
/* The kind of a token; PL_KIND_COUNT when there is none. */
pl_kind pl_kind_from(pl_str token);

/* X(NAME, "token", "zh", "en"): HELD is no finding. In the order of findings. */
#define PL_SEVERITY_LIST(X)                                                        \
    X(ERROR, "error", "错误", "error")       /* the document contradicts itself */ \
    X(WARNING, "warning", "疑点", "warning") /* a careful editor would look */     \
    X(NOTE, "note", "提示", "note")                                                \
    X(HELD, "held", "成立", "held")

typedef enum pl_severity {
#define X(name, token, zh, en) PL_SEVERITY_##name,
    PL_SEVERITY_LIST(X)
#undef X
        PL_SEVERITY_COUNT
} pl_severity;

pl_str pl_severity_token(pl_severity s);
pl_bitext pl_severity_words(pl_severity s);

/* One place that takes part, with the words that stand there. The place's span is that of
 * the figure compared where a figure is, else of the words. */
typedef struct pl_witness {
    pl_place place;
    pl_str text;
} pl_witness;

typedef struct pl_relation {
    pl_kind kind;
    pl_severity severity;
    pl_bitext message; /* with the arithmetic */
    PL_VEC(pl_witness) witnesses;
    pl_str expected, found; /* empty where there is no one figure */
    pl_str id;              /* "sum-3fa2c1": same document, same id */
    bool loose;       /* an inequality, or a plausible range: other figures keep it too */
    pl_bitext reason; /* why these were taken for the same thing; empty where what is
                         compared follows from the rule alone */
    const struct pl_rule *rule;     /* that examined it; set by pl_check_plan */
    const struct pl_waiver *waiver; /* that lets it stand; NULL = none */
} pl_relation;

typedef PL_VEC(pl_relation) pl_relations;

/* Append a relation with a message; fill the rest through *out. PL_ENOMEM. */
PL_MUST pl_status pl_relation_add(pl_ctx *cx, pl_relations *all, pl_kind kind,
                                  pl_severity severity, pl_relation **out);

/* Compose the message in both languages, printf-like; at most 1000 bytes each. */
PL_PRINTF(3, 4)
PL_MUST pl_status pl_relation_zh(pl_ctx *cx, pl_relation *r, const char *format, ...);
PL_PRINTF(3, 4)
PL_MUST pl_status pl_relation_en(pl_ctx *cx, pl_relation *r, const char *format, ...);

/* Compose the reason in both languages from one format each and the same arguments. */
PL_MUST pl_status pl_relation_because(pl_ctx *cx, pl_relation *r, const char *zh,
                                      const char *en, ...);

/* Add a place; text is kept as it is (borrowed). PL_ENOMEM. */
PL_MUST pl_status pl_relation_at(pl_ctx *cx, pl_relation *r, pl_place place, pl_str text);

/* The same for bytes `at` of a text's fold: as written in the source. PL_ENOMEM. */
PL_MUST pl_status pl_relation_at_fold(pl_ctx *cx, pl_relation *r, const pl_fact_text *t,
                                      pl_span at);

#endif
