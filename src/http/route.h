/* What a handler of an HTTP operation is given, what it answers with, and the table of
 * all operations.
 *
 *     static pl_status plans_get(pl_call *c)
 *     {
 *         pl_plan_lines lines;
 *
 *         PL_TRY(pl_service_plans(c->cx, c->store, c->who.region_id, &lines));
 *         …write the answer with pl_json_… (&c->out, …)…
 *         return PL_OK;
 *     }
 *
 *     const pl_route pl_routes_plan[] = {
 *         {.method = PL_METHOD_GET, .path = PL_S_INIT("/api/v1/plans"), …},
 *         {.run = NULL},
 *     };
 *
 * Before a handler runs, the router has looked up who asks, refused whoever has not the
 * route's permission (403; 401 when nobody is logged in), a writing request of a browser
 * without its CSRF token (403), a body that is too large (413), no JSON (400) or not of
 * the route's fields (422). A handler answers one of three ways:
 *
 *   PL_OK                    what it wrote to c->out, with c->status (200, or 201 where
 *                            the route says so) and the headers it set; nothing written
 *                            and no status set: 204
 *   pl_call_problem(…)       a problem document of its own kind
 *   any other pl_status      the problem document of that status (pl_problem_of) */
#ifndef PL_HTTP_ROUTE_H
#define PL_HTTP_ROUTE_H

#include "codec/json.h"
#include "service/permission.h"
#include "service/service.h"

/* ---- What requests and answers consist of: for the check of bodies, and for OpenAPI */

/* X(NAME, "type of JSON", "format of OpenAPI") */
#define PL_FIELD_LIST_OF_KINDS(X)                               \
    X(TEXT, "string", "")                                       \
    X(TIME, "string", "date-time") /* RFC 3339 */               \
    X(DECIMAL, "string", "decimal")                             \
    X(INT, "integer", "int64")                                  \
    X(BOOL, "boolean", "")                                      \
    X(TEXTS, "array", "")   /* of texts */                      \
    X(OBJECT, "object", "") /* of .fields; without: anything */ \
    X(OBJECTS, "array", "") /* of objects of .fields; without: of anything */

typedef enum pl_field_kind {
#define X(name, type, format) PL_FIELD_##name,
    PL_FIELD_LIST_OF_KINDS(X)
#undef X
        PL_FIELD_KIND_COUNT
} pl_field_kind;

/* One field. A table of them ends with one without name. */
typedef struct pl_field {
    pl_str name;
    pl_field_kind kind;
    bool needed;   /* in a query or body: must be given; not null */
    bool nullable; /* null is a value */
    pl_str tokens; /* allowed texts, separated by spaces; empty: any */
    pl_bitext says;
    const struct pl_field *fields; /* of OBJECT and OBJECTS */
} pl_field;

/* Rows of a table of fields: PL_FIELD("year", INT, "年份", "the year"). */
#define PL_FIELD_ROW(n, k, ...)                                 \
    {                                                           \
        .name = PL_S_INIT(n), .kind = PL_FIELD_##k, __VA_ARGS__ \
    }
#define PL_FIELD_SAYS(zh, en)  .says = {PL_S_INIT(zh), PL_S_INIT(en)}
#define PL_FIELD(n, k, zh, en) PL_FIELD_ROW(n, k, PL_FIELD_SAYS(zh, en))
#define PL_FIELD_NEEDED(n, k, zh, en) \
    PL_FIELD_ROW(n, k, PL_FIELD_SAYS(zh, en), .needed = true)
#define PL_FIELD_OR_NULL(n, k, zh, en) \
    PL_FIELD_ROW(n, k, PL_FIELD_SAYS(zh, en), .nullable = true)
#define PL_FIELD_OF(n, k, inner, zh, en) \
    PL_FIELD_ROW(n, k, PL_FIELD_SAYS(zh, en), .fields = (inner))
#define PL_FIELD_TOKENS(n, list, zh, en) \
    PL_FIELD_ROW(n, TEXT, PL_FIELD_SAYS(zh, en), .tokens = PL_S_INIT(list))
#define PL_FIELD_END  \
    {                 \
        .name = { 0 } \
    }

/* ---- One request */

typedef struct pl_route pl_route;
struct pl_exchange;

typedef struct pl_call {
    pl_ctx *cx;       /* arena of the request */
    pl_store *store;  /* the thread's own connection; no transaction is open */
    pl_principal who; /* lives as long as the request */
    pl_request rq;    /* actor: the user's login, or "public" */
    const pl_route *route;
    bool english;          /* by Accept-Language; Chinese otherwise */
    bool secure;           /* came by TLS, also from a trusted proxy */
    pl_str address;        /* of the client, as text; through a trusted proxy, its own */
    struct pl_exchange *x; /* http's own */

    /* The answer. body is emptied when the handler fails. */
    pl_json out; /* writes to body; JSON unless content_type says otherwise */
    pl_buf *body;
    int status;          /* 0: 200, or what the route says */
    pl_str content_type; /* literal; empty: application/json */
    pl_str etag;         /* without quotes; empty: made of the body, on GET */
} pl_call;

/* Parts of the request: borrowed from it, decoded, valid UTF-8 without NUL; empty when
 * not there. A path parameter is never empty. */
pl_str pl_call_param(const pl_call *c, pl_str name);
pl_str pl_call_query(const pl_call *c, pl_str name);
bool pl_call_has_query(const pl_call *c, pl_str name);
/* The n-th query parameter in the order given; false after the last. For filters by any
 * field. */
bool pl_call_query_at(const pl_call *c, size_t n, pl_str *name, pl_str *value);
/* A header by its name, any case: as sent. */
pl_str pl_call_header(const pl_call *c, const char *name);
/* The body as it came. */
pl_bytes pl_call_bytes(const pl_call *c);

/* A query parameter as a whole number, `otherwise` when it is not there. PL_ESYNTAX when
 * it is none or not within [least, most]. */
PL_MUST pl_status pl_call_query_int(pl_call *c, pl_str name, int64_t least, int64_t most,
                                    int64_t otherwise, int64_t *out);
/* A query parameter as a moment (RFC 3339) in seconds since 1970, `otherwise` when it is
 * not there. PL_ESYNTAX. */
PL_MUST pl_status pl_call_query_time(pl_call *c, pl_str name, int64_t otherwise,
                                     int64_t *out);

/* Fields of the JSON body, which was found to be of the route's fields: the kind is
 * right, what is needed is there. Not given, or null: empty, 0, false. */
bool pl_call_has(const pl_call *c, pl_str name); /* given, and not null */
bool pl_call_is_null(const pl_call *c, pl_str name);
pl_str pl_call_text(const pl_call *c, pl_str name);
int64_t pl_call_int(const pl_call *c, pl_str name);
bool pl_call_bool(const pl_call *c, pl_str name);
/* Of TIME: seconds since 1970. */
int64_t pl_call_time(const pl_call *c, pl_str name);
/* Of TEXTS: how many, and each. */
size_t pl_call_texts(const pl_call *c, pl_str name);
pl_str pl_call_text_at(const pl_call *c, pl_str name, size_t i);

/* Hold If-Match against the state of what is to be written, before writing it: PL_OK when
 * it is that state; else a problem (412; 428 when the header is not there). Call it
 * inside the transaction of the write where another writer may come between. */
PL_MUST pl_status pl_call_match(pl_call *c, pl_str etag);

/* ---- The answer */

/* Answer with a problem document (RFC 9457): `type` ends in `token`; `detail` may be
 * empty. What was written to the body is dropped. Returns PL_ESTOPPED, for
 * `return pl_call_problem(…)`. */
pl_status pl_call_problem(pl_call *c, int status, const char *token, pl_bitext title,
                          pl_str detail);
/* A header of the answer, kept until it is sent. Line ends and other control characters
 * are refused: the header is left out. */
void pl_call_set(pl_call *c, const char *name, pl_str value);
/* Give the browser a session's secret for max_age_s seconds; 0 takes it away. */
void pl_call_set_session(pl_call *c, pl_str secret, int64_t max_age_s);
/* The address under which this server is reached, without a slash at the end: from
 * --public-url, else from Host. In the arena; empty when neither is there. */
pl_str pl_call_base_url(pl_call *c);

/* ---- The table */

typedef pl_status pl_handler(pl_call *c);

typedef enum pl_method {
    PL_METHOD_GET, /* and HEAD */
    PL_METHOD_POST,
    PL_METHOD_PUT,
    PL_METHOD_PATCH,
    PL_METHOD_DELETE,
    PL_METHOD_COUNT
} pl_method;

enum {
    PL_ROUTE_LIST = 1u << 0, /* `answer` is of an item: {"items":[…],"next","total"} */
    PL_ROUTE_CREATES = 1u << 1, /* 201 unless the handler sets a status */
    PL_ROUTE_SLOW = 1u << 2,    /* runs beside the threads of connections: takes long */
    PL_ROUTE_MATCH = 1u << 3,   /* calls pl_call_match: If-Match is in the description */
    PL_ROUTE_BYTES = 1u << 4,   /* the body is a file, not JSON */
    PL_ROUTE_REPEATS = 1u << 5, /* POST that heeds Idempotency-Key */
    PL_ROUTE_OTHER = 1u << 6,   /* the answer is no JSON */
    PL_ROUTE_ANYBODY = 1u << 7  /* who asks is not looked up, nor the database needed */
};

struct pl_route {
    pl_method method;
    pl_str path; /* "/api/v1/plans/{plan}" */
    pl_perm perm;
    pl_handler *run; /* NULL ends a table */
    pl_str name;     /* operationId: plan_get */
    pl_bitext says;
    const pl_field *query, *body, *answer; /* NULL: none */
    unsigned flags;
};

extern const pl_route pl_routes_people[];   /* people_api.c */
extern const pl_route pl_routes_plan[];     /* plan_api.c */
extern const pl_route pl_routes_document[]; /* document_api.c */
extern const pl_route pl_routes_system[];   /* system_api.c */

/* All tables in turn; the i-th route of all, or NULL after the last. */
const pl_route *pl_route_at(size_t i);
size_t pl_route_count(void);
/* Its place among all; pl_route_count() for NULL. */
size_t pl_route_index(const pl_route *r);
const char *pl_method_word(pl_method m);

enum { PL_ROUTE_PARAMS = 8 };

/* A path that was matched: the parameters in their order, not decoded. */
typedef struct pl_route_match {
    const pl_route *route; /* NULL: no such path, or not this method */
    unsigned methods;      /* bits of pl_method that the path has; 0: no such path */
    pl_str params[PL_ROUTE_PARAMS];
} pl_route_match;

/* The route of a path as it was sent, without its query. A literal segment goes before a
 * parameter. */
void pl_route_find(pl_method method, pl_str path, pl_route_match *out);

#endif
