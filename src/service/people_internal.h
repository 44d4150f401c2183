/* What the files of people.h share. */
#ifndef PL_SERVICE_PEOPLE_INTERNAL_H
#define PL_SERVICE_PEOPLE_INTERNAL_H

#include "codec/json.h"
#include "records/plan_rows.h"
#include "service/internal.h"
#include "service/people.h"
#include "service/secret.h"

/* A bound text, NULL when it is empty. */
#define PL_V_TEXT_OR_NULL(s) ((s).n ? PL_V_TEXT(s) : PL_V_NULL)

/* Begin to write, the only one who does so until the end: what is counted before a write
 * still holds when it is made. */
PL_MUST pl_status pl_people_begin(pl_ctx *cx, pl_store *s);

/* Append to the audit: object is `kind/id`, becomes JSON or empty. */
PL_MUST pl_status pl_people_audit(pl_ctx *cx, const pl_request *rq, pl_store *s,
                                  pl_str region_id, const char *action, const char *kind,
                                  pl_str id, pl_str was, pl_str becomes);

/* A whole number that a query gives; 0 when it gives no row. */
PL_MUST pl_status pl_people_count(pl_ctx *cx, pl_store *s, pl_query q,
                                  const pl_value *args, size_t n, int64_t *out);

/* Run a statement that has to change one row; PL_ENOTFOUND otherwise, with `what`. */
PL_MUST pl_status pl_people_run_one(pl_ctx *cx, pl_store *s, pl_query q,
                                    const pl_value *args, size_t n, const char *what);

/* ---- Users, in a transaction of the caller's */

/* Hash a password for keeping; half a tenth of a second of work, 64 MiB of memory: not
 * inside a transaction. PL_ESYNTAX as of pl_password_fits; PL_ENOMEM. */
PL_MUST pl_status pl_password_hash(pl_ctx *cx, pl_str login, pl_str password,
                                   pl_str *out);

/* Write a new user, with a password or none (empty hash). As pl_user_add. */
PL_MUST pl_status pl_user_write(pl_ctx *cx, const pl_request *rq, pl_store *s,
                                pl_str region_id, const pl_user_in *in,
                                pl_str password_hash, pl_user *out);

/* What lets a user in. */
typedef struct pl_user_secrets {
    pl_str user_id, login, password_hash, totp_secret;
    bool is_totp_on, is_disabled;
    int64_t totp_step;
} pl_user_secrets;

/* By login or id; user_id is empty when there is none. */
PL_MUST pl_status pl_user_secrets_get(pl_ctx *cx, pl_store *s, pl_str region_id,
                                      pl_str key, pl_user_secrets *out);

/* Is this the user's password? As slow for somebody who has none, or does not exist. */
PL_MUST bool pl_password_is(const pl_user_secrets *u, pl_str password);

/* End all sessions of a user but one (empty: none is kept). */
PL_MUST pl_status pl_sessions_drop(pl_ctx *cx, pl_store *s, pl_str region_id,
                                   pl_str user_id, pl_str but);

/* A login as it is kept: in lower case. PL_ENOMEM. */
PL_MUST pl_status pl_login_fold(pl_ctx *cx, pl_str login, pl_str *out);

/* The permissions named in a text, of those a token may have. */
uint64_t pl_scopes_parse(pl_str text);

/* ---- Attempts */

/* Whose attempts are counted together. */
typedef struct pl_attempt {
    char login_hash[PL_SECRET_HASH + 1];
    char from_hash[PL_SECRET_HASH + 1]; /* empty: no address */
} pl_attempt;

/* Count an attempt before it is looked at. *wait_s > 0: not to be looked at (and not
 * counted). A transaction of its own. */
PL_MUST pl_status pl_attempt_begin(pl_ctx *cx, pl_now now, pl_store *s, pl_str region_id,
                                   pl_str login, pl_str address, pl_attempt *out,
                                   int64_t *wait_s);
/* It was no failure: take it back; `done`: all of the login's failures are forgotten. In
 * the caller's transaction. */
PL_MUST pl_status pl_attempt_end(pl_ctx *cx, pl_store *s, pl_str region_id,
                                 const pl_attempt *a, bool done);
/* Forget the failures of a login. In the caller's transaction. */
PL_MUST pl_status pl_attempts_forget(pl_ctx *cx, pl_store *s, pl_str region_id,
                                     pl_str login);

#endif
