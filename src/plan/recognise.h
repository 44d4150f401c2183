/* The steps of pl_plan_read, in their order. Each appends to one part of the plan; all
 * return PL_OK or PL_ENOMEM / PL_ELIMIT. */
#ifndef PL_PLAN_RECOGNISE_H
#define PL_PLAN_RECOGNISE_H

#include "plan/shape.h"

/* The outline: headings, topic paragraphs with numbered clauses, those clauses. Annexes
 * and special columns are not sections. */
PL_MUST pl_status pl_read_sections(pl_ctx *cx, pl_plan *plan);

/* Special columns: a paragraph 专栏N:… and the table after it. */
PL_MUST pl_status pl_read_columns(pl_ctx *cx, pl_plan *plan);

/* The rows of one indicator table, whose shape is s. */
PL_MUST pl_status pl_read_indicators(pl_ctx *cx, pl_plan *plan, const pl_table *t,
                                     const pl_shape *s);

/* The rows of one task table, whose shape is s. */
PL_MUST pl_status pl_read_tasks(pl_ctx *cx, pl_plan *plan, const pl_table *t,
                                const pl_shape *s);

/* Numbered paragraphs and clauses that end in a bracket of responsible units. */
PL_MUST pl_status pl_read_text_tasks(pl_ctx *cx, pl_plan *plan);

/* The year's main expected targets, joined to the indicators. After the tables. */
PL_MUST pl_status pl_read_goals(pl_ctx *cx, pl_plan *plan);

/* The texts that have facts. After the outline and the tables. */
PL_MUST pl_status pl_read_texts(pl_ctx *cx, pl_plan *plan);

/* All quantities of the texts. After them. */
PL_MUST pl_status pl_read_facts(pl_ctx *cx, pl_plan *plan);

/* The quantified goals of the tasks: the facts of their texts. After the facts. */
PL_MUST pl_status pl_read_task_goals(pl_ctx *cx, pl_plan *plan);

/* Responsible units with their counts. After indicators and tasks. */
PL_MUST pl_status pl_count_units(pl_ctx *cx, pl_plan *plan);

/* Index the indicators' names for pl_join_name. After the tables. */
PL_MUST pl_status pl_join_make(pl_ctx *cx, pl_plan *plan);

/* The index of the indicator that a name in a sentence means, or PL_NOPOS. `change` says
 * that a rate of change is spoken of (增长6%). */
PL_MUST pl_status pl_join_name(pl_ctx *cx, const pl_plan *plan, pl_str name, bool change,
                               size_t *out);

/* The same, and how like the names are, in thousandths; 1000: the same name. */
PL_MUST pl_status pl_join_likeness(pl_ctx *cx, const pl_plan *plan, pl_str name,
                                   bool change, size_t *out, size_t *permille);

/* The year that the document is about: the latest year of its title, else of its first
 * headings and lines; 0 = not said. */
int pl_document_year(const pl_doc *d);

/* The section (index) that block `block` of the document stands in, or PL_NOPOS. */
size_t pl_section_at(const pl_plan *plan, size_t block);

#endif
