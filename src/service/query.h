/* Lists: rows of a resource for somebody, filtered, sorted, paged. One engine for all of
 * them; what differs stands in resource.h. */
#ifndef PL_SERVICE_QUERY_H
#define PL_SERVICE_QUERY_H

#include "report/listing.h"
#include "service/permission.h"
#include "service/resource.h"
#include "store/store.h"

enum { PL_LIST_LIMIT = 100, PL_LIST_LIMIT_MOST = 500 };

/* Keep rows whose column says this: the whole value, or for JSON one text in it. */
typedef struct pl_filter {
    pl_str column, value;
} pl_filter;

typedef struct pl_list_query {
    pl_resource resource;
    pl_str key;      /* of what the list is; empty: of all */
    int64_t as_of_s; /* 0: as of now */
    const pl_filter *filters;
    size_t n_filters;
    pl_str q;      /* keep rows with a text that holds this, ASCII letters small or big */
    pl_str sort;   /* column, or -column for the largest first; empty: its own order */
    pl_str cursor; /* of the page before; empty: the first */
    size_t limit;  /* rows of a page; 0: all */
} pl_list_query;

/* The rows that `who` may see, in cx->arena. Nothing of another unit is in them for
 * whoever may see the own one only. PL_ESYNTAX: no such column, or a cursor that is none
 * of this list's; errors of the store. */
PL_MUST pl_status pl_list(pl_ctx *cx, pl_store *s, const pl_principal *who,
                          const pl_list_query *query, pl_listing *out);

/* Keep the rows of a whole list that the filters and q of a query name. PL_ESYNTAX: no
 * such column. */
PL_MUST pl_status pl_list_keep(pl_ctx *cx, const pl_list_query *query, pl_listing *l);

/* The one row of a resource whose id is `id`: PL_ENOTFOUND when there is none, or it may
 * not be seen. */
PL_MUST pl_status pl_list_one(pl_ctx *cx, pl_store *s, const pl_principal *who,
                              const pl_list_query *query, pl_str id, pl_listing *out);

pl_str pl_resource_name(pl_resource r);

/* The unit to cut by: empty when `who` is not cut; of a unit that nobody is when who is
 * cut and has none. */
pl_str pl_cut_unit(const pl_principal *who);

#endif
