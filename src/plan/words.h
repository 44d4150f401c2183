/* Small readings of cells and clauses that the recognisers share. */
#ifndef PL_PLAN_WORDS_H
#define PL_PLAN_WORDS_H

#include "plan/plan.h"

/* s as people quote it: without line ends, and without spaces except one between ASCII
 * letters or digits. Borrows s when there is nothing to drop. PL_ENOMEM. */
PL_MUST pl_status pl_clean(pl_ctx *cx, pl_str s, pl_str *out);

/* Split a cell that lists names: at 、 , ， ; ； / and line ends, outside brackets; 等,
 * 牵头, 负责, 配合 at an end and empty pieces are dropped. Appends to *out; the strings
 * borrow `cell`, which has to be clean. 和 and 与 do not split: they stand in names
 * (区文化和旅游局). PL_ENOMEM. */
PL_MUST pl_status pl_names_split(pl_ctx *cx, pl_str cell, pl_strs *out);

/* The bracket group at the end of s: its content in *inside and what stands before it in
 * *before. False when s does not end with one. Full-width and ASCII brackets. */
bool pl_bracket_last(pl_str s, pl_str *before, pl_str *inside);

/* Does `s` (clean) name a unit of measure: 万人, %, 人/百亿元, 微克/立方米? */
bool pl_is_unit(const pl_lexicon *lx, pl_str s);

/* Offset of the first byte of s that is in none of `mark`'s strings …: the first place of
 * any of the n marks at or after `from`, outside brackets and quotes; its length in
 * *len. PL_NOPOS when there is none. */
size_t pl_mark_next(pl_str s, size_t from, const pl_str *marks, size_t n, size_t *len);

/* Characters of s, at most `most` of them are counted. */
bool pl_longer_than(pl_str s, size_t most);

#endif
