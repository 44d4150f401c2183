/* The lists that can be asked for: of each its columns, in the order of its statement in
 * store/sql/list.sql, and how it is cut for those who see their own unit's part only.
 * From these tables come the rows (query.h), their JSON and CSV, and what the API says of
 * itself. */
#ifndef PL_SERVICE_RESOURCE_H
#define PL_SERVICE_RESOURCE_H

/* X("name", KIND of report/listing.h, "zh", "en") */
#define PL_COLUMNS_PLANS(X)                                                      \
    X("id", TEXT, "编号", "id")                                                  \
    X("kind", TEXT, "类别：annual 年度，term 五年", "annual or term")            \
    X("year", INT, "目标年度", "year that it sets targets for")                  \
    X("judged_year", INT, "评判年度", "year that it reports on; 0: none")        \
    X("title", TEXT, "标题", "title")                                            \
    X("document", TEXT, "文件编号", "id of its document")                        \
    X("supersedes", TEXT, "所取代的规划", "plan that it supersedes")             \
    X("current", BOOL, "未被取代", "no later one supersedes it")                 \
    X("recorded_at", TIME, "导入时间", "when it was imported")                   \
    X("recorded_by", TEXT, "导入人", "who imported it")                          \
    X("indicators", INT, "指标数（各分项合为一项）", "indicators, parts as one") \
    X("met", INT, "完成", "met")                                                 \
    X("missed", INT, "未完成", "missed")                                         \
    X("undetermined", INT, "无法判定", "undetermined")                           \
    X("rows", INT, "指标行数", "rows of indicator tables")                       \
    X("tasks", INT, "任务数", "tasks")                                           \
    X("goals", INT, "文中目标数", "goals in sentences")                          \
    X("facts", INT, "数据数", "quantities")                                      \
    X("sections", INT, "章节数", "sections")                                     \
    X("errors", INT, "错误", "findings: errors")                                 \
    X("warnings", INT, "警告", "findings: warnings")                             \
    X("notes", INT, "提示", "findings: notes")

#define PL_COLUMNS_PLAN(X) PL_COLUMNS_PLANS(X)

#define PL_COLUMNS_INDICATORS(X)                                                         \
    X("id", TEXT, "编号", "id: the ordinal")                                             \
    X("ordinal", INT, "行次，从 0 起", "row, from 0")                                    \
    X("no", TEXT, "序号", "number as written")                                           \
    X("part", TEXT, "分项", "letter of a part")                                          \
    X("part_name", TEXT, "分项名称", "name of the part")                                 \
    X("name", TEXT, "指标", "name")                                                      \
    X("unit", TEXT, "计量单位", "unit of measure")                                       \
    X("group", TEXT, "类别", "section of the table")                                     \
    X("attribute", TEXT, "属性：binding 约束性，expected 预期性", "binding or expected") \
    X("responsible", TEXTS, "责任单位", "responsible units")                             \
    X("year", INT, "评判年度", "year judged")                                            \
    X("target", TEXT, "目标", "target of that year")                                     \
    X("value", TEXT, "完成值", "value of that year")                                     \
    X("previous", TEXT, "上年值", "value of the year before")                            \
    X("next_target", TEXT, "下年目标", "target of the plan's year")                      \
    X("term_target", TEXT, "五年目标", "target of the term")                             \
    X("verdict", TEXT, "判定：met 完成，missed 未完成，undetermined 无法判定",           \
      "met, missed or undetermined")                                                     \
    X("certainty", TEXT, "把握", "certainty of the verdict")                             \
    X("direction", TEXT, "好的方向", "good direction: up or down")                       \
    X("direction_from", TEXT, "方向出处", "what says the direction")                     \
    X("short_by", TEXT, "差额", "what is missing to the target")                         \
    X("why", BITEXT, "理由", "why")                                                      \
    X("link", TEXT, "与历年指标的对应：new, same, unsure, confirmed",                    \
      "how it was joined to an indicator: new, same, unsure, confirmed")                 \
    X("indicator", TEXT, "历年指标编号", "id of the indicator across plans")             \
    X("resembles", TEXT, "历年指标名称", "name of the indicator across plans")           \
    X("revision", INT, "对应的修订次数", "decisions about the link; its ETag")           \
    X("place", OBJECT, "出处", "place")                                                  \
    X("trend", JSON, "历年完成值", "values by year: [{year, value}]")

#define PL_COLUMNS_TASKS(X)                                      \
    X("id", TEXT, "编号", "id: the ordinal")                     \
    X("ordinal", INT, "行次，从 0 起", "row, from 0")            \
    X("no", INT, "序号", "number")                               \
    X("text", TEXT, "任务", "what is to be done")                \
    X("section", TEXT, "章节", "id of its section")              \
    X("section_title", TEXT, "章节标题", "title of its section") \
    X("lead", TEXT, "牵头单位", "leading unit")                  \
    X("deadline", TEXT, "完成时限", "deadline")                  \
    X("goals", JSON, "量化目标", "goals with quantities")        \
    X("place", OBJECT, "出处", "place")                          \
    X("units", JSON, "责任单位", "responsible units: [{id, name, lead}]")

#define PL_COLUMNS_GOALS(X)                                             \
    X("id", TEXT, "编号", "id: the ordinal")                            \
    X("ordinal", INT, "次序，从 0 起", "in order, from 0")              \
    X("name", TEXT, "名称", "name")                                     \
    X("text", TEXT, "目标", "the target phrase")                        \
    X("year", INT, "年度", "year")                                      \
    X("indicator", INT, "对应的指标行", "row that it is joined to")     \
    X("main", BOOL, "主要预期目标", "one of the main expected targets") \
    X("place", OBJECT, "出处", "place")

#define PL_COLUMNS_FACTS(X)                                  \
    X("id", TEXT, "编号", "id: the ordinal")                 \
    X("ordinal", INT, "次序，从 0 起", "in order, from 0")   \
    X("text", TEXT, "原文", "as written")                    \
    X("value", TEXT, "数值", "value")                        \
    X("unit", TEXT, "单位", "unit")                          \
    X("year", INT, "年度", "year")                           \
    X("subject", TEXT, "对象", "what it counts or measures") \
    X("place", OBJECT, "出处", "place")

#define PL_COLUMNS_SECTIONS(X)                                   \
    X("id", TEXT, "编号，如 2.1", "id, as 2.1")                  \
    X("ordinal", INT, "次序，从 0 起", "in order, from 0")       \
    X("number", TEXT, "序号", "number as written")               \
    X("title", TEXT, "标题", "title")                            \
    X("level", INT, "层级", "level; 1: part")                    \
    X("clause", BOOL, "段内条款", "a clause inside a paragraph") \
    X("text", TEXT, "条款全文", "text of a clause")              \
    X("tasks", INT, "任务数", "tasks that stand under it")       \
    X("place", OBJECT, "出处", "place")

#define PL_COLUMNS_VERDICTS(X)                                       \
    X("id", TEXT, "编号", "id: the row's ordinal")                   \
    X("ordinal", INT, "行次，从 0 起", "row, from 0")                \
    X("no", TEXT, "序号", "number as written")                       \
    X("part", TEXT, "分项", "letter of a part")                      \
    X("name", TEXT, "指标", "name")                                  \
    X("unit", TEXT, "计量单位", "unit of measure")                   \
    X("attribute", TEXT, "属性", "binding or expected")              \
    X("year", INT, "年度", "year judged")                            \
    X("target", TEXT, "目标", "target")                              \
    X("value", TEXT, "完成值", "value")                              \
    X("verdict", TEXT, "判定", "met, missed or undetermined")        \
    X("certainty", TEXT, "把握", "certainty")                        \
    X("direction", TEXT, "好的方向", "good direction: up or down")   \
    X("direction_from", TEXT, "方向出处", "what says the direction") \
    X("short_by", TEXT, "差额", "what is missing to the target")     \
    X("why", BITEXT, "理由", "why")

#define PL_COLUMNS_PLAN_UNITS(X)                                        \
    X("id", TEXT, "编号", "id")                                         \
    X("name", TEXT, "名称", "name")                                     \
    X("parent", TEXT, "上级单位", "parent")                             \
    X("tasks", INT, "任务数", "tasks that name it")                     \
    X("lead", INT, "牵头任务数", "tasks that it leads")                 \
    X("indicators", INT, "指标行数", "rows of indicators that name it") \
    X("missed", INT, "未完成指标行数", "of them missed")

#define PL_COLUMNS_UNITS(X)                                      \
    X("id", TEXT, "编号", "id")                                  \
    X("name", TEXT, "名称", "name")                              \
    X("parent", TEXT, "上级单位", "parent")                      \
    X("parent_name", TEXT, "上级单位名称", "name of the parent") \
    X("revision", INT, "修订号", "revision; its ETag")           \
    X("aliases", TEXTS, "别名", "other names")

#define PL_COLUMNS_FINDINGS(X)                                                      \
    X("id", TEXT, "编号", "id")                                                     \
    X("ordinal", INT, "次序，从 0 起", "in order, from 0")                          \
    X("kind", TEXT, "种类", "kind")                                                 \
    X("severity", TEXT, "程度：error, warning, note", "error, warning or note")     \
    X("message", BITEXT, "说明", "what does not hold")                              \
    X("expected", TEXT, "应为", "expected")                                         \
    X("found", TEXT, "实为", "found")                                               \
    X("places", JSON, "出处", "places: [{text, place}]")                            \
    X("waived", BOOL, "已豁免", "waived")                                           \
    X("reason", TEXT, "豁免或恢复的理由", "reason of the last waiver or reopening") \
    X("waived_by", TEXT, "豁免或恢复人", "who did that")                            \
    X("waived_at", TIME, "豁免或恢复时间", "when")                                  \
    X("revision", INT, "豁免与恢复的次数", "waivers and reopenings; its ETag")

#define PL_COLUMNS_FINDING_COUNTS(X)        \
    X("severity", TEXT, "程度", "severity") \
    X("kind", TEXT, "种类", "kind")         \
    X("n", INT, "数量", "findings")         \
    X("waived", INT, "已豁免", "of them waived")

#define PL_COLUMNS_DOCUMENTS(X)                                \
    X("id", TEXT, "编号", "id")                                \
    X("file", TEXT, "文件名", "file name")                     \
    X("format", TEXT, "格式", "format")                        \
    X("title", TEXT, "标题", "title")                          \
    X("meta", OBJECT, "发布信息", "record of the publication") \
    X("sha256", TEXT, "SHA-256", "SHA-256 of its bytes")       \
    X("bytes", INT, "字节数", "size in bytes")                 \
    X("recorded_at", TIME, "导入时间", "when it was imported") \
    X("recorded_by", TEXT, "导入人", "who imported it")        \
    X("plan", TEXT, "规划编号", "id of its plan")

#define PL_COLUMNS_REGIONS(X)                        \
    X("id", TEXT, "行政区划代码", "code, GB/T 2260") \
    X("parent", TEXT, "上级", "parent")              \
    X("name", TEXT, "名称", "name")

#define PL_COLUMNS_AUDIT(X)                                \
    X("id", TEXT, "编号", "id: the number")                \
    X("seq", INT, "序号", "number, without gaps")          \
    X("at", TIME, "时间", "when")                          \
    X("region", TEXT, "地区", "region; empty: not of one") \
    X("actor", TEXT, "操作人", "who")                      \
    X("action", TEXT, "操作", "what")                      \
    X("object", TEXT, "对象", "of what: kind/id")          \
    X("was", TEXT, "之前", "before")                       \
    X("becomes", TEXT, "之后", "after")                    \
    X("hash", TEXT, "校验值", "hash over the entry before and this one")

#define PL_COLUMNS_CONCEPTS(X)                     \
    X("id", TEXT, "编号", "id")                    \
    X("name", TEXT, "名称", "name")                \
    X("unit", TEXT, "计量单位", "unit of measure") \
    X("plans", INT, "规划数", "plans that have it")

#define PL_COLUMNS_SERIES(X)                                           \
    X("year", INT, "年度", "year; 0: not said")                        \
    X("role", TEXT, "target 目标，value 完成值，term_target 五年目标", \
      "target, value or term_target")                                  \
    X("text", TEXT, "原文", "as written")                              \
    X("plan", TEXT, "规划", "plan that says it")                       \
    X("ordinal", INT, "指标行", "row")                                 \
    X("recorded_at", TIME, "记录时间", "when it was recorded")         \
    X("recorded_by", TEXT, "记录人", "by whom")                        \
    X("place", OBJECT, "出处", "place")

#define PL_COLUMNS_REVISIONS(X)                                                \
    X("id", TEXT, "编号", "id")                                                \
    X("year", INT, "年度", "year; 0: not said")                                \
    X("role", TEXT, "target, value, term_target, other", "role of its column") \
    X("header", TEXT, "列标题", "heading of its column")                       \
    X("text", TEXT, "原文", "as written")                                      \
    X("plan", TEXT, "规划", "plan that says it")                               \
    X("plan_title", TEXT, "规划标题", "its title")                             \
    X("ordinal", INT, "指标行", "row")                                         \
    X("recorded_at", TIME, "记录时间", "when it was recorded")                 \
    X("recorded_by", TEXT, "记录人", "by whom")                                \
    X("place", OBJECT, "出处", "place")

#define PL_COLUMNS_CONCEPT_ROWS(X)                   \
    X("plan", TEXT, "规划", "plan")                  \
    X("plan_title", TEXT, "规划标题", "its title")   \
    X("plan_year", INT, "规划年度", "its year")      \
    X("ordinal", INT, "指标行", "row")               \
    X("name", TEXT, "当年名称", "name in that plan") \
    X("unit", TEXT, "计量单位", "unit of measure")   \
    X("link", TEXT, "对应", "how it was joined")     \
    X("year", INT, "评判年度", "year judged")        \
    X("verdict", TEXT, "判定", "verdict")            \
    X("why", BITEXT, "理由", "why")

#define PL_COLUMNS_TERM(X)                                                   \
    X("ordinal", INT, "指标行", "row")                                       \
    X("name", TEXT, "指标", "name")                                          \
    X("unit", TEXT, "计量单位", "unit of measure")                           \
    X("indicator", TEXT, "历年指标编号", "id of the indicator across plans") \
    X("term_year", INT, "五年目标年度", "last year of the term")             \
    X("term_target", TEXT, "五年目标", "target of the term")                 \
    X("term_plan", TEXT, "所据规划", "plan that says it")                    \
    X("year", INT, "评判年度", "year of the value")                          \
    X("value", TEXT, "完成值", "value")

#define PL_COLUMNS_SECTION_TASKS(X)                              \
    X("section", TEXT, "章节", "id of the section; empty: none") \
    X("title", TEXT, "标题", "title")                            \
    X("tasks", INT, "任务数", "tasks")

#define PL_COLUMNS_HITS(X)                                           \
    X("id", TEXT, "编号", "id: kind, plan and ordinal")              \
    X("kind", TEXT, "种类：indicator, task, section, finding, unit", \
      "indicator, task, section, finding or unit")                   \
    X("plan", TEXT, "规划", "plan; empty: of none")                  \
    X("plan_title", TEXT, "规划标题", "its title")                   \
    X("plan_year", INT, "规划年度", "its year")                      \
    X("ordinal", INT, "行次", "row")                                 \
    X("item", TEXT, "对象编号", "id in its own list")                \
    X("text", TEXT, "内容", "what it says")                          \
    X("place", OBJECT, "出处", "place")

#define PL_COLUMNS_REGION_ROWS(X)                  \
    X("name", TEXT, "指标", "name")                \
    X("unit", TEXT, "计量单位", "unit of measure") \
    X("region", TEXT, "地区", "region")            \
    X("region_name", TEXT, "地区名称", "its name") \
    X("plan", TEXT, "规划", "plan that says it")   \
    X("ordinal", INT, "指标行", "row")             \
    X("target", TEXT, "目标", "target")            \
    X("value", TEXT, "完成值", "value")            \
    X("verdict", TEXT, "判定", "verdict")

/* X(NAME, name, values of its statement, CUT)
 * Its statement is list_NAME and takes r the region, k the key of what it is of (a plan,
 * indicator …; empty: all), u the unit whose subtree is shown (empty: all), a the moment
 * it is asked as of. CUT: OPEN is not cut; UNIT is by u; NONE is empty for whoever is
 * cut.
 */
#define PL_RESOURCE_LIST(X)                        \
    X(PLANS, plans, "rua", UNIT)                   \
    X(PLAN, plan, "rkua", UNIT)                    \
    X(INDICATORS, indicators, "rkua", UNIT)        \
    X(TASKS, tasks, "rkua", UNIT)                  \
    X(GOALS, goals, "rkua", UNIT)                  \
    X(FACTS, facts, "rk", NONE)                    \
    X(SECTIONS, sections, "rk", NONE)              \
    X(VERDICTS, verdicts, "rkua", UNIT)            \
    X(PLAN_UNITS, plan_units, "rkua", UNIT)        \
    X(UNITS, units, "rku", UNIT)                   \
    X(FINDINGS, findings, "rka", NONE)             \
    X(FINDING_COUNTS, finding_counts, "rka", NONE) \
    X(DOCUMENTS, documents, "rk", NONE)            \
    X(REGIONS, regions, "", OPEN)                  \
    X(AUDIT, audit, "r", NONE)                     \
    X(CONCEPTS, concepts, "rkua", UNIT)            \
    X(SERIES, series, "rkua", UNIT)                \
    X(REVISIONS, revisions, "rkua", UNIT)          \
    X(CONCEPT_ROWS, concept_rows, "rkua", UNIT)    \
    X(TERM, term, "rkua", UNIT)                    \
    X(SECTION_TASKS, section_tasks, "rku", UNIT)   \
    X(HITS, hits, "rku", UNIT)                     \
    X(REGION_ROWS, region_rows, "ka", NONE)

typedef enum pl_resource {
#define X(NAME, name, values, cut) PL_RESOURCE_##NAME,
    PL_RESOURCE_LIST(X)
#undef X
        PL_RESOURCE_COUNT
} pl_resource;

#endif
