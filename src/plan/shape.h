/* The shape of a table: which rows are its heading, what each column holds. */
#ifndef PL_PLAN_SHAPE_H
#define PL_PLAN_SHAPE_H

#include "plan/plan.h"

typedef enum pl_table_kind {
    PL_TABLE_OTHER,
    PL_TABLE_INDICATORS, /* names with targets or values */
    PL_TABLE_TASKS       /* measures with responsible units */
} pl_table_kind;

typedef struct pl_shape_col {
    pl_role role;
    int year, first_year; /* period said by the heading; 0 = none */
    bool cumulative, per_year;
    pl_str header;  /* joined over the heading's rows, without spaces */
    uint32_t group; /* columns with one heading cell share it: name and part */
} pl_shape_col;

typedef struct pl_shape {
    pl_table_kind kind;
    uint32_t first; /* rows before the heading: a title that spans the table */
    uint32_t body;  /* first row after the heading */
    uint32_t n_cols;
    pl_shape_col *cols;
} pl_shape;

/* Tell the shape of t from what its heading says. `now` is the year of 今年 / 本年 in
 * headings, 0 = not known. A table without a heading is OTHER with body == first == 0.
 * In cx->arena; PL_ENOMEM. */
PL_MUST pl_status pl_shape_of(pl_ctx *cx, const pl_table *t, int now, pl_shape *out);

/* The column of a role, or PL_NOPOS; the n-th such, counted from 0. */
size_t pl_shape_col_of(const pl_shape *s, pl_role role, size_t n);

/* The text of the one cell that spans row r or stands alone in it (a section row), or
 * NULL when the row is not one. */
const pl_cell *pl_section_row(const pl_table *t, uint32_t r);

#endif
