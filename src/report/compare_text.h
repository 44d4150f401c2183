/* Two plans side by side, for people and for programs. */
#ifndef PL_REPORT_COMPARE_TEXT_H
#define PL_REPORT_COMPARE_TEXT_H

#include "judge/compare.h"
#include "report/check_text.h"
#include "report/json_parts.h"

/* The indicators with both targets and what became of them, then the sums. PL_ENOMEM. */
PL_MUST pl_status pl_compare_text(pl_ctx *cx, const pl_comparison *c,
                                  const pl_style *style, pl_buf *out);

/* `compare --json`: one object, docs/json.md. */
void pl_compare_json(pl_json *j, const pl_comparison *c, pl_str was_file,
                     pl_str now_file);

#endif
