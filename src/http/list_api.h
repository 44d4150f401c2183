/* Lists over HTTP: one handler for all, its fields from the columns of resources. */
#ifndef PL_HTTP_LIST_API_H
#define PL_HTTP_LIST_API_H

#include "http/route.h"
#include "service/query.h"

/* Rows of pl_field from the rows of PL_COLUMNS_…. */
#define PL_LIST_FIELD_TEXT   PL_FIELD_TEXT
#define PL_LIST_FIELD_INT    PL_FIELD_INT
#define PL_LIST_FIELD_TIME   PL_FIELD_TIME
#define PL_LIST_FIELD_BOOL   PL_FIELD_BOOL
#define PL_LIST_FIELD_JSON   PL_FIELD_OBJECTS
#define PL_LIST_FIELD_TEXTS  PL_FIELD_TEXTS
#define PL_LIST_FIELD_OBJECT PL_FIELD_OBJECT
#define PL_LIST_FIELD_BITEXT PL_FIELD_OBJECT
#define PL_LIST_FIELD(n, k, zh, en) \
    {.name = PL_S_INIT(n),          \
     .kind = PL_LIST_FIELD_##k,     \
     .nullable = true,              \
     .says = {PL_S_INIT(zh), PL_S_INIT(en)}},

/* The parameters that every list takes; filters by field besides. */
extern const pl_field pl_list_params[];

/* Answer with a list of what `key` names (empty: all), as the request's parameters say:
 * limit, cursor, sort, q, as_of, format, and any column as a filter. A parameter whose
 * name is `but` is the handler's own. PL_ESYNTAX. */
PL_MUST pl_status pl_call_list(pl_call *c, pl_resource resource, pl_str key, pl_str but);

/* The whole list of a resource for an answer that holds several: `name`: [{…}]. */
PL_MUST pl_status pl_call_put_list(pl_call *c, pl_str name, pl_resource resource,
                                   pl_str key);

/* A query for a resource, asked as of the request's as_of. PL_ESYNTAX. */
PL_MUST pl_status pl_call_list_query(pl_call *c, pl_resource resource, pl_str key,
                                     pl_list_query *out);

#endif
