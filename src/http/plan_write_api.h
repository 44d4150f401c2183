/* Handlers that write about plans; their rows stand in plan_api.c. */
#ifndef PL_HTTP_PLAN_WRITE_API_H
#define PL_HTTP_PLAN_WRITE_API_H

#include "http/route.h"

PL_MUST pl_status pl_waiver_post(pl_call *c); /* waive a finding, or take it up again */
PL_MUST pl_status pl_link_post(pl_call *c);   /* confirm or refuse a row's indicator */
PL_MUST pl_status pl_unit_patch(pl_call *c);  /* a unit's parent and aliases */
PL_MUST pl_status pl_units_bulk(pl_call *c);  /* many units */

#endif
