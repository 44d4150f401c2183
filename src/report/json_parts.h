/* Pieces of JSON that several reports share. */
#ifndef PL_REPORT_JSON_PARTS_H
#define PL_REPORT_JSON_PARTS_H

#include "codec/json.h"
#include "judge/verdict.h"
#include "plan/plan.h"

/* {"line":…,"table":…,"row":…,"col":…,"span":[…]}: what is known of it. */
void pl_json_place(pl_json *j, const pl_place *p);
/* {"zh":…,"en":…} */
void pl_json_bitext(pl_json *j, pl_bitext t);
/* {"complete":…,"canonical":…,"nodes":[…]} */
void pl_json_phrase(pl_json *j, const pl_phrase *p);
/* ["…","…"] */
void pl_json_strs(pl_json *j, const pl_strs *s);

#endif
