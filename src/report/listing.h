/* Lists of rows with named columns: what a list is when it leaves the program, as JSON,
 * NDJSON or CSV. */
#ifndef PL_REPORT_LISTING_H
#define PL_REPORT_LISTING_H

#include "base/vec.h"
#include "codec/json.h"

/* X(NAME, fields of a row that it takes) */
#define PL_LIST_KIND_LIST(X)                                       \
    X(TEXT, 1)                                                     \
    X(INT, 1)                                                      \
    X(TIME, 1) /* seconds since 1970; shown as RFC 3339, in UTC */ \
    X(BOOL, 1)                                                     \
    X(JSON, 1)   /* JSON of our own: an array of objects */        \
    X(TEXTS, 1)  /* an array of texts */                           \
    X(OBJECT, 1) /* an object */                                   \
    X(BITEXT, 2) /* Chinese, then English: {"zh":…,"en":…} */

typedef enum pl_list_kind {
#define X(name, n) PL_COLUMN_##name,
    PL_LIST_KIND_LIST(X)
#undef X
        PL_COLUMN_KIND_COUNT
} pl_list_kind;

typedef struct pl_list_column {
    pl_str name;
    pl_list_kind kind;
} pl_list_column;

/* How many fields of a row a column takes. */
size_t pl_list_kind_fields(pl_list_kind kind);

/* One value. TIME: text is the shown form, too. BOOL: i. */
typedef struct pl_list_field {
    pl_str text;
    int64_t i;
    bool null;
} pl_list_field;

typedef struct pl_listing {
    const pl_list_column *columns;
    size_t n_columns, n_fields;   /* fields of a row */
    PL_VEC(pl_list_field *) rows; /* those of this page */
    size_t total;                 /* of all pages */
    pl_str next;                  /* cursor of the next page; empty: the last */
} pl_listing;

/* Index of the first field of a column; PL_NOPOS when there is none of that name. */
size_t pl_listing_field(const pl_listing *l, pl_str column);
/* A field of row i by its column's name; an empty text where there is none. */
pl_str pl_listing_text(const pl_listing *l, size_t i, pl_str column);

/* The members of row i, into an object that is open. */
void pl_listing_members(pl_json *j, const pl_listing *l, size_t i);
/* [{…},…]: the rows. */
void pl_listing_rows(pl_json *j, const pl_listing *l);
/* {"items":[…],"next":…,"total":…} */
void pl_listing_json(pl_json *j, const pl_listing *l);
/* One object a line. */
void pl_listing_ndjson(pl_buf *out, const pl_listing *l);
/* RFC 4180, after U+FEFF, with a line of names; a column of two languages is two. Text
 * that spreadsheets would run as a formula has an apostrophe before it. */
void pl_listing_csv(pl_buf *out, const pl_listing *l);

#endif
