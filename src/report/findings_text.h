/* Findings as text for people: all of them in short, or one in full. */
#ifndef PL_REPORT_FINDINGS_TEXT_H
#define PL_REPORT_FINDINGS_TEXT_H

#include "report/check_text.h"

/* How many relations were examined, then the findings; as opts says, the notes and the
 * relations that hold too. Waivers that let nothing stand are named at the end. */
void pl_findings_text(const pl_check *check, const pl_text_opts *opts, pl_buf *out);

/* Every relation with this id in full: the arithmetic, the rule, why the things compared
 * were taken for the same, each place with its whole text and the line around it. False
 * when none has the id. */
PL_MUST bool pl_explain_text(const pl_check *check, pl_str id, const pl_style *style,
                             pl_buf *out);

#endif
