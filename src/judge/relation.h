/* Relations: what a document says twice, and whether both agree. A finding is a relation
 * that does not hold. */
#ifndef PL_JUDGE_RELATION_H
#define PL_JUDGE_RELATION_H

#include "judge/verdict.h"
#include "plan/plan.h"

/* X(NAME, "token"): append only; docs/findings.md explains each. */
#define PL_KIND_LIST(X)     \
    X(SUM, "sum")           \
    X(RATE, "rate")         \
    X(REPEAT, "repeat")     \
    X(ROUNDING, "rounding") \
    X(CLAIM, "claim")       \
    X(TARGET, "target")     \
    X(WORDING, "wording")   \
    X(TITLE, "title")       \
    X(SEQUENCE, "sequence") \
    X(UNIT, "unit")         \
    X(RANGE, "range")       \
    X(MISSING, "missing")   \
    X(STRUCTURE, "structure")

typedef enum pl_kind {
#define X(name, token) PL_KIND_##name,
    PL_KIND_LIST(X)
#undef X
        PL_KIND_COUNT
} pl_kind;

pl_str pl_kind_token(pl_kind k);

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

/* One place that takes part, with the words that stand there. */
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
    bool loose; /* an inequality, or a plausible range: other figures keep it too */
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

/* Add a place; text is kept as it is (borrowed). PL_ENOMEM. */
PL_MUST pl_status pl_relation_at(pl_ctx *cx, pl_relation *r, pl_place place, pl_str text);

#endif
