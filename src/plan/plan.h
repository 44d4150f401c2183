/* The plan that a document holds: indicators, tasks, goals, sections, columns, facts,
 * units; each datum with its place. */
#ifndef PL_PLAN_PLAN_H
#define PL_PLAN_PLAN_H

#include "doc/doc.h"
#include "phrase/phrase.h"
#include "text/fold.h"

/* What a column of an indicator table holds. X(NAME, "token") */
#define PL_ROLE_LIST(X)                                                       \
    X(OTHER, "other")                                                         \
    X(TARGET, "target")           /* 2022年目标值 */                      \
    X(VALUE, "value")             /* 2022年数值, 实绩, 完成, 预计 */ \
    X(TERM_TARGET, "term_target") /* “十四五”规划目标值 */        \
    X(NO, "no")                   /* 序号 */                                \
    X(NAME, "name")               /* 指标 */                                \
    X(UNIT, "unit")               /* 单位 as unit of measure */             \
    X(ATTRIBUTE, "attribute")     /* 指标属性 */                          \
    X(RESPONSIBLE, "responsible") /* 责任部门, 牵头单位 */            \
    X(SUPPORTING, "supporting")   /* 配合单位 */                          \
    X(MEASURE, "measure")         /* 工作措施, 重点任务 */            \
    X(GROUP, "group")             /* 类别, 领域 */                        \
    X(DEADLINE, "deadline")       /* 完成时限 */                          \
    X(CUMULATIVE, "cumulative")   /* 累计 in term tables */                 \
    X(PER_YEAR, "per_year")       /* 年均 */                                \
    X(CLAIM, "claim") /* 完成情况 in words: the document's own verdict */ \
    X(NOTE, "note")   /* 备注 */

typedef enum pl_role {
#define X(name, token) PL_ROLE_##name,
    PL_ROLE_LIST(X)
#undef X
        PL_ROLE_COUNT
} pl_role;

pl_str pl_role_token(pl_role r);
/* The token that other programs see: a target's, a value's, a term's, or `other` for what
 * serves reading only. */
pl_str pl_role_public(pl_role r);

typedef enum pl_attribute {
    PL_ATTRIBUTE_NONE,
    PL_ATTRIBUTE_BINDING,
    PL_ATTRIBUTE_EXPECTED
} pl_attribute;
pl_str pl_attribute_token(pl_attribute a); /* "binding"; "" for NONE */

/* One target or value cell. */
typedef struct pl_datum {
    pl_str header; /* heading of its column, joined without spaces */
    pl_role role;  /* TARGET, VALUE, TERM_TARGET or OTHER (CUMULATIVE and PER_YEAR
                      columns are TERM_TARGET or TARGET with the flags below) */
    int year;      /* last year it is for; 0 = not said */
    bool cumulative, per_year; /* said by the column's heading */
    pl_text text;              /* the cell */
    pl_str clean; /* the cell's text without spaces and line ends, as people quote it */
    pl_phrase *phrase;
    pl_place place;
} pl_datum;

typedef PL_VEC(pl_datum) pl_data;
typedef PL_VEC(pl_str) pl_strs;

typedef struct pl_indicator {
    pl_str no;        /* 序号 as written; running number when the table has none */
    pl_str part;      /* "a", "b" … where one indicator has parts; else empty */
    pl_str part_name; /* 普惠性 */
    pl_str name;      /* without its unit; `新增学位供给数:普惠性` for a part */
    pl_str unit;      /* 万人, % …; empty when none is said */
    pl_str group;     /* the section row above it */
    pl_attribute attribute;
    pl_str attribute_text;
    pl_strs responsible;
    pl_data cells;  /* in the table's order */
    pl_place place; /* of its name */
    uint32_t table; /* number of the document's table */
} pl_indicator;

typedef PL_VEC(pl_indicator) pl_indicators;

/* A quantity asked for, in a task: 更新不少于80套全民健身路径. */
typedef struct pl_task_goal {
    pl_str text; /* 不少于80套 */
    pl_phrase *target;
    pl_quantity quantity;
    pl_str what; /* 全民健身路径 */
    pl_str verb; /* 更新 */
    pl_place place;
} pl_task_goal;

typedef PL_VEC(pl_task_goal) pl_task_goals;

typedef struct pl_task {
    int no; /* as numbered; running where the table has no numbers */
    pl_str text;
    pl_strs responsible; /* the first leads, unless `lead` columns say so */
    size_t n_lead;       /* how many of `responsible` lead: 1, or the lead column's */
    pl_str section;      /* id of the outline's section it stands under or belongs to */
    pl_str deadline;
    pl_task_goals goals;
    const pl_text *source; /* the cell or paragraph that says it */
    pl_place place;
} pl_task;

typedef PL_VEC(pl_task) pl_tasks;

/* A goal in a sentence: 地区生产总值增长6%. */
typedef struct pl_goal {
    pl_str name;
    pl_str text; /* the target phrase: 增长6% */
    pl_phrase *target;
    int year;
    size_t indicator; /* index of the indicator it is joined to, or PL_NOPOS */
    bool main;        /* from the statement of the year's main expected targets */
    pl_place place;
} pl_goal;

typedef PL_VEC(pl_goal) pl_goals;

/* Where a text of the document stands. */
typedef enum pl_source {
    PL_SOURCE_NARRATIVE, /* paragraphs and clauses of the outline */
    PL_SOURCE_COLUMN,    /* cells of special columns and other tables of the narrative */
    PL_SOURCE_TASK,      /* task tables */
    PL_SOURCE_INDICATOR  /* the name of a row of an indicator table; has no figures */
} pl_source;

/* A paragraph or cell whose quantities are facts: of the narrative, of its tables, and
 * the tasks. Cells of indicator tables are read as phrases instead. */
typedef struct pl_fact_text {
    pl_source source;
    size_t block;        /* index of its block in the document */
    const pl_cell *cell; /* COLUMN and TASK: the cell */
    size_t task;         /* the task that it says, PL_NOPOS when none */
    size_t section;      /* index of the section it stands in, PL_NOPOS */
    const pl_text *text;
    const pl_place *place;
    pl_fold fold;
    size_t first_fact, n_facts;
} pl_fact_text;

typedef PL_VEC(pl_fact_text) pl_fact_texts;

/* What stands in the source where the fold has bytes `at`, without spaces around it. */
pl_str pl_fact_text_at(const pl_fact_text *t, pl_span at);

/* What a quantity says of its noun. X(NAME, "token") */
#define PL_FACT_KIND_LIST(X)                                     \
    X(LEVEL, "level")   /* how many, how much, a rate */         \
    X(CHANGE, "change") /* by how much more or less: 增长5% */ \
    X(SHARE, "share")   /* of a whole: 占全市37.1% */

typedef enum pl_fact_kind {
#define X(name, token) PL_FACT_##name,
    PL_FACT_KIND_LIST(X)
#undef X
        PL_FACT_KIND_COUNT
} pl_fact_kind;

pl_str pl_fact_kind_token(pl_fact_kind k);

/* Any quantity of the plan's texts. */
typedef struct pl_fact {
    size_t in;     /* index of its text */
    pl_quantity q; /* spans are in that text's fold */
    pl_str text;   /* as written: 近7000家 */
    pl_dec value;  /* in the unit written, scale words applied: 1.28万户 is 12800 */
    pl_dec upper;  /* of a range; else equal to value */
    pl_dec resolution;
    pl_str unit; /* 户; canonical */
    const pl_word *unit_word;
    pl_hedge hedge;
    pl_fact_kind kind;
    bool target;     /* asked for: in a task, or of the plan's year or later */
    int year, first; /* the period that it is for: last and first year; 0 = not known */
    pl_str noun; /* what it counts or measures, folded: modifiers and head (中小微企业);
                    of several facts in a list, what they share */
    pl_str head;    /* the end of the noun that names the thing: 企业 */
    pl_str item;    /* its own name in a list (甲、乙分别为5、6); else empty */
    pl_str scope;   /* of whom or where, when the noun begins with it: 全区 */
    pl_str subject; /* the noun as written */
    pl_str section;
    size_t block; /* index of its block in the document, and where in that text */
    pl_span at;
    pl_place place;
} pl_fact;

typedef PL_VEC(pl_fact) pl_facts;

typedef struct pl_section {
    pl_str id;     /* "2.1.3" */
    pl_str number; /* as written: (一); empty for unnumbered ones */
    pl_str title;
    int level;    /* 1 = part; as many as there are in the id */
    bool clause;  /* a numbered clause inside a paragraph: (1) … */
    pl_str text;  /* CLAUSE: its whole text */
    size_t block; /* index of its block in the document, and where in that text */
    pl_span at;
    pl_place place;
} pl_section;

typedef PL_VEC(pl_section) pl_sections;

/* A special column (专栏): a titled table set into the text. */
typedef struct pl_column {
    pl_str number; /* 专栏1 */
    pl_str title;
    const pl_table *table;
    pl_place place;
} pl_column;

typedef PL_VEC(pl_column) pl_columns;

typedef struct pl_unit {
    pl_str name;
    pl_str alias;      /* in brackets in its name: 三山五园办; empty when none */
    size_t tasks;      /* tasks that name it */
    size_t lead;       /* of them: tasks that it leads */
    size_t indicators; /* indicators (not parts) that name it */
} pl_unit;

typedef PL_VEC(pl_unit) pl_units;

typedef struct pl_plan {
    const pl_doc *doc;
    int year; /* the plan's own year: the latest that it sets targets for; 0 unknown */
    pl_indicators indicators;
    pl_tasks tasks;
    pl_goals goals;
    pl_fact_texts texts; /* in the document's order */
    pl_facts facts;      /* in the order of the texts */
    pl_sections sections;
    pl_columns columns;
    pl_units units;
    pl_oddities oddities;        /* broken tables, numbering …: places and words */
    struct pl_join_index *joins; /* names of indicators, for pl_join_name */
} pl_plan;

/* Recognise the plan of a document, into cx->arena; `d` must outlive it. Any document is
 * a plan, maybe an empty one. PL_ELIMIT, PL_ENOMEM. n log n in the document's length. */
PL_MUST pl_status pl_plan_read(pl_ctx *cx, const pl_doc *d, pl_plan **out);

#endif
