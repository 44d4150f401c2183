/* Tables onto the pages of an OFD package. */
#ifndef PL_REPORT_OFD_TABLES_H
#define PL_REPORT_OFD_TABLES_H

#include "doc/doc.h"
#include "report/ofd_sheet.h"

/* Draw a table from w->y on, over as many pages as it takes; its header is repeated on
 * each. Rows that a merged cell holds together stay on one page where they fit on one.
 * PL_ELIMIT, PL_ENOMEM. */
PL_MUST pl_status pl_sheet_table_put(pl_sheet_writer *w, const pl_table *t);

#endif
