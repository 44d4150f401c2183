/* People as JSON, for people_api.c. */
#ifndef PL_HTTP_PEOPLE_JSON_H
#define PL_HTTP_PEOPLE_JSON_H

#include "http/route.h"
#include "service/people.h"

/* What the answers consist of. */
extern const pl_field pl_people_session_fields[];
extern const pl_field pl_people_session_row_fields[];
extern const pl_field pl_people_user_fields[];
extern const pl_field pl_people_token_fields[];

/* Who is logged in, what they may, where: the answer of /session. */
PL_MUST pl_status pl_people_put_session(pl_call *c, const pl_principal *who);
void pl_people_put_user(pl_json *j, const pl_user *u);
/* current: the id of the session that asks. */
void pl_people_put_session_row(pl_json *j, const pl_session_row *r, pl_str current);
/* secret: empty but in the answer that tells it. */
void pl_people_put_token(pl_json *j, const pl_token_row *t, pl_str secret);
/* {"link": the address of a page of the cockpit that ends in a secret} */
PL_MUST pl_status pl_people_put_link(pl_call *c, const char *page, pl_str secret);

/* ---- oidc_api.c */

/* Is another server set that logs people in? */
bool pl_people_has_oidc(const pl_call *c);
PL_MUST pl_status pl_people_oidc_start(pl_call *c);
PL_MUST pl_status pl_people_oidc_callback(pl_call *c);

/* ---- people_json.c, the rest */

/* A list that is one page. */
void pl_people_begin_list(pl_json *j);
void pl_people_end_list(pl_json *j, size_t n);

/* A revision as an entity tag, in the arena. */
PL_MUST pl_status pl_people_revision(pl_call *c, int64_t revision, pl_str *out);
/* The header Retry-After. */
PL_MUST pl_status pl_people_retry_after(pl_call *c, int64_t wait_s);

#endif
