/* Headings that only their place among the blocks tells, in documents of any format: a
 * short line above running text, a numbered line that is in no list, the lines of a
 * title. */
#ifndef PL_DOC_OUTLINE_H
#define PL_DOC_OUTLINE_H

#include "doc/doc.h"

/* Make headings of paragraphs of d that stand as headings do, and join the lines of
 * titles; headings of level 0 get the level of what they stand under. `titled`: the
 * title is known, so the first lines are none. PL_ENOMEM. Linear. */
PL_MUST pl_status pl_outline_make(pl_ctx *cx, pl_doc *d, bool titled);

/* Only the titles of annexes: the lines between a mark (附件1) that stands alone and the
 * annex's table or text become one heading. PL_ENOMEM. Linear in blocks; each title
 * moves the blocks behind it. */
PL_MUST pl_status pl_outline_annexes(pl_ctx *cx, pl_doc *d);

/* Does s end as the titles of documents do: 报告, 通知, 规划 …? */
bool pl_outline_ends_title(pl_str s);

/* Append a text to a block's, its runs too. PL_ENOMEM. */
PL_MUST pl_status pl_block_join(pl_ctx *cx, pl_block *b, const pl_text *next);

#endif
