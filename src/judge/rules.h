/* The rules by name; rules.c holds their table. Each appends relations to
 * check->relations, held ones too. PL_OK, PL_ENOMEM. */
#ifndef PL_JUDGE_RULES_H
#define PL_JUDGE_RULES_H

#include "judge/check.h"

/* Numbers of indicators and tasks run 1, 2, 3 … without gaps or repeats. */
PL_MUST pl_status pl_rule_sequence(pl_ctx *cx, pl_check *check);
/* Tables that were broken, and other oddities of reading. */
PL_MUST pl_status pl_rule_structure(pl_ctx *cx, pl_check *check);
/* `31项计划指标中…27项指标完成` against the rows and the verdicts. */
PL_MUST pl_status pl_rule_claim_counts(pl_ctx *cx, pl_check *check);

/* The same quantity in several places of the narrative and its columns. */
PL_MUST pl_status pl_rule_repeat(pl_ctx *cx, pl_check *check);

/* The narrative of the plan against the task table that restates it. */
PL_MUST pl_status pl_rule_wording(pl_ctx *cx, pl_check *check);

/* Titles of annexes: in the list of annexes, and above themselves. */
PL_MUST pl_status pl_rule_title(pl_ctx *cx, pl_check *check);
/* Figures of the text and the tasks against the indicator table. */
PL_MUST pl_status pl_rule_target(pl_ctx *cx, pl_check *check);
/* Lists announced with their length, against the marks that follow. */
PL_MUST pl_status pl_rule_count_list(pl_ctx *cx, pl_check *check);
/* Things named before they are counted. */
PL_MUST pl_status pl_rule_count_named(pl_ctx *cx, pl_check *check);
/* Counts of the text against the rows of a group of a special column. */
PL_MUST pl_status pl_rule_count_rows(pl_ctx *cx, pl_check *check);
/* Numbers of clauses and lists in the text run 1, 2, 3 … */
PL_MUST pl_status pl_rule_list_marks(pl_ctx *cx, pl_check *check);
/* The same thing twice in a list, the same row twice in a table. */
PL_MUST pl_status pl_rule_duplicate(pl_ctx *cx, pl_check *check);

/* Annual targets of the indicator table against the term's. */
PL_MUST pl_status pl_rule_term(pl_ctx *cx, pl_check *check);
/* Units written in the cells of the indicator table against that of their row. */
PL_MUST pl_status pl_rule_unit(pl_ctx *cx, pl_check *check);
/* Figures of the indicator table against what such an indicator can be. */
PL_MUST pl_status pl_rule_range(pl_ctx *cx, pl_check *check);
/* Changed targets, and whether the document says who approved them. */
PL_MUST pl_status pl_rule_amended(pl_ctx *cx, pl_check *check);
/* Parts listed in a sentence against their total. */
PL_MUST pl_status pl_rule_sum_list(pl_ctx *cx, pl_check *check);
/* Rows of a table that say how many they hold, against their lists and the text. */
PL_MUST pl_status pl_rule_sum_rows(pl_ctx *cx, pl_check *check);
/* Items of one make against the sentence that sums them up. */
PL_MUST pl_status pl_rule_sum_items(pl_ctx *cx, pl_check *check);
/* Columns of tables against their rows of totals. */
PL_MUST pl_status pl_rule_sum_total(pl_ctx *cx, pl_check *check);
/* 超额完成, 完成, 尚有差距 against the verdicts of the indicators named. */
PL_MUST pl_status pl_rule_claim(pl_ctx *cx, pl_check *check);
/* A figure said to exceed its task does. */
PL_MUST pl_status pl_rule_claim_figures(pl_ctx *cx, pl_check *check);
/* Dates, number and fields of the publication's record; what is still expected. */
PL_MUST pl_status pl_rule_record(pl_ctx *cx, pl_check *check);
/* Years of headings; periods. */
PL_MUST pl_status pl_rule_years(pl_ctx *cx, pl_check *check);
/* One name written in several ways. */
PL_MUST pl_status pl_rule_spelling(pl_ctx *cx, pl_check *check);
/* Base, yearly growth, sum and target of a term's table against each other. */
PL_MUST pl_status pl_rule_span(pl_ctx *cx, pl_check *check);
/* Values that are odd from year to year, or out of step with what they are to follow. */
PL_MUST pl_status pl_rule_odd_years(pl_ctx *cx, pl_check *check);
/* Shares and rates against the figures that they are of. */
PL_MUST pl_status pl_rule_rate(pl_ctx *cx, pl_check *check);
/* From one figure to another: the way and the amount. */
PL_MUST pl_status pl_rule_rate_change(pl_ctx *cx, pl_check *check);

#endif
