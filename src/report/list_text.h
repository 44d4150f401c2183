/* Many documents: one line for each, and what they have together. */
#ifndef PL_REPORT_LIST_TEXT_H
#define PL_REPORT_LIST_TEXT_H

#include "judge/check.h"
#include "report/text_table.h"

/* What was read, and what it says; of one document or of many. Every field is a count. */
typedef struct pl_tally {
    size_t documents;  /* read */
    size_t unreadable; /* reported as failures */
    size_t skipped;    /* in folders and archives, and no documents */
    size_t indicators, tasks, goals;
    size_t met, missed, undetermined; /* of indicators */
    size_t findings[PL_SEVERITY_COUNT];
} pl_tally;

/* How many counts a tally has: it may be seen as an array of them. */
enum { PL_TALLY_COUNTS = sizeof(pl_tally) / sizeof(size_t) };

/* The counts of one plan, and of its check. */
void pl_tally_plan(pl_tally *t, const pl_plan *plan);
void pl_tally_check(pl_tally *t, const pl_check *check);
/* Add what is in `more`. */
void pl_tally_add(pl_tally *t, const pl_tally *more);

/* The listing of checked documents (met, missed …, findings), or of documents that were
 * only read (indicators, tasks, goals): its headings, a document's line, and at its end
 * the sums with how many documents there were. */
void pl_list_headings(pl_buf *out, bool checked, const pl_style *style);
void pl_list_line(pl_buf *out, bool checked, const pl_tally *t, pl_str name,
                  const pl_style *style);
void pl_list_sums(pl_buf *out, bool checked, const pl_tally *t, const pl_style *style);

#endif
