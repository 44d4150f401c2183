/* A check and a plan as text for people. */
#ifndef PL_REPORT_CHECK_TEXT_H
#define PL_REPORT_CHECK_TEXT_H

#include "judge/check.h"
#include "report/text_table.h"

typedef struct pl_text_opts {
    pl_style style;
    bool notes;     /* findings of severity NOTE too */
    bool relations; /* all relations examined */
} pl_text_opts;

/* `check`: the indicators with verdicts and reasons, the summary, the findings; for a
 * document without an indicator table, its goals. PL_ENOMEM. */
PL_MUST pl_status pl_check_text(pl_ctx *cx, const pl_check *check, pl_str file,
                                const pl_text_opts *opts, pl_buf *out);

/* `read`: what the document holds. PL_ENOMEM. */
PL_MUST pl_status pl_plan_text(pl_ctx *cx, const pl_plan *plan, pl_str file,
                               const pl_text_opts *opts, pl_buf *out);

/* `eval`: the sentence, what is needed, what is noted. */
void pl_verdict_text(pl_buf *out, const pl_verdict *v, const pl_style *style);

/* One of two literals, in the style's language. */
#define PL_SAY(style, zh, en) ((style)->english ? PL_S(en) : PL_S(zh))

/* s in the style's language. */
pl_str pl_say(const pl_style *style, pl_bitext s);

/* "第160行" or "line 160"; page, sheet and table where there is no line. */
void pl_place_text(pl_buf *out, const pl_place *p, const pl_style *style);

/* The heading of a report: title, file. */
void pl_title_text(pl_buf *out, const pl_doc *d, pl_str file, const pl_style *style);

#endif
