/* People with a login: who they are, how they get in, what their programs carry.
 *
 * Every write is one transaction with its audit entry, in which no secret ever stands;
 * what is not audited is the count of failed attempts and when somebody was last seen.
 * Results live in cx->arena. A region's people are its own: every call names the region.
 */
#ifndef PL_SERVICE_PEOPLE_H
#define PL_SERVICE_PEOPLE_H

#include "plan/plan.h"
#include "service/permission.h"
#include "service/service.h"

enum {
    PL_PASSWORD_CHARS = 10,   /* at least */
    PL_PASSWORD_BYTES = 1024, /* at most */
    PL_LOGIN_CHARS = 64,      /* at most; names, too */
    PL_SESSION_IDLE_S = 8 * 3600,
    PL_SESSION_S = 24 * 3600,
    PL_SETUP_S = 24 * 3600,
    PL_INVITATION_S = 7 * 24 * 3600,
    PL_TOKEN_MOST_S = 366 * 24 * 3600
};

/* ---- Users */

typedef struct pl_user {
    pl_str user_id, login, name;
    pl_user_role role;
    pl_str unit_id, unit_name; /* empty: of no unit */
    bool is_disabled;
    bool has_password; /* false: was invited and has not come yet */
    bool has_totp;     /* a code is asked for, too */
    bool has_oidc;     /* linked to a subject of the other server */
    int64_t revision;  /* of this row, from 1 */
    int64_t recorded_at_s;
} pl_user;
typedef PL_VEC(pl_user) pl_user_rows;

/* The region's users by login. */
PL_MUST pl_status pl_user_list(pl_ctx *cx, pl_store *s, pl_str region_id,
                               pl_user_rows *out);
/* One, by id or by login in any case. PL_ENOTFOUND. */
PL_MUST pl_status pl_user_get(pl_ctx *cx, pl_store *s, pl_str region_id, pl_str key,
                              pl_user *out);

/* What a user is made of. login: 1 to PL_LOGIN_CHARS of letters, digits and . _ - @ +,
 * kept in lower case; an e-mail address is one. */
typedef struct pl_user_in {
    pl_str login, name;
    pl_user_role role;
    pl_str unit_id; /* needed by a lead or reporter; empty: of no unit */
} pl_user_in;

/* Make a user, who comes in by an invitation. PL_ESYNTAX: not of this form; PL_ENOTFOUND:
 * no such unit; PL_ECONFLICT: the login is taken. */
PL_MUST pl_status pl_user_add(pl_ctx *cx, const pl_request *rq, pl_store *s,
                              pl_str region_id, const pl_user_in *in, pl_user *out);

/* What is to change; the rest stays as it is. */
typedef struct pl_user_patch {
    int64_t revision; /* the one that was looked at; 0: whichever it is */
    const pl_str *name;
    const pl_user_role *role;
    const pl_str *unit_id;
    const bool *is_disabled; /* ends all sessions when set */
    bool drop_totp;          /* for somebody who lost the device */
} pl_user_patch;

/* Change a user. PL_ENOTFOUND; PL_ESYNTAX; PL_ECONFLICT: changed by somebody else since,
 * or the last administrator who can log in would be none any more. */
PL_MUST pl_status pl_user_change(pl_ctx *cx, const pl_request *rq, pl_store *s,
                                 pl_str region_id, pl_str key, const pl_user_patch *patch,
                                 pl_user *out);

/* ---- Links that work once */

/* A new secret for the first administrator. PL_ECONFLICT: the region has users. */
PL_MUST pl_status pl_setup_link(pl_ctx *cx, const pl_request *rq, pl_store *s,
                                pl_str region_id, pl_str *secret);
/* Make the first administrator. PL_ENOTFOUND: no such link, or used, or over;
 * PL_ESYNTAX: login, name or password (see pl_password_fits). */
PL_MUST pl_status pl_setup(pl_ctx *cx, const pl_request *rq, pl_store *s,
                           pl_str region_id, pl_str secret, pl_str login, pl_str name,
                           pl_str password, pl_user *out);

/* A new secret with which a user sets a password; the one before is good no more.
 * PL_ENOTFOUND; PL_ECONFLICT: the user is disabled. */
PL_MUST pl_status pl_invite(pl_ctx *cx, const pl_request *rq, pl_store *s,
                            pl_str region_id, pl_str key, pl_str *secret);
/* Set the password; sessions that the user had end. PL_ENOTFOUND: no such link, or used,
 * or over; PL_ESYNTAX: the password. */
PL_MUST pl_status pl_invitation_accept(pl_ctx *cx, const pl_request *rq, pl_store *s,
                                       pl_str region_id, pl_str secret, pl_str password,
                                       pl_user *out);

/* PL_ESYNTAX for a password shorter than PL_PASSWORD_CHARS characters or longer than
 * PL_PASSWORD_BYTES bytes, one that is its login, or all one character. */
PL_MUST pl_status pl_password_fits(pl_ctx *cx, pl_str login, pl_str password);

/* ---- Logging in
 *
 * Attempts are counted before the password is looked at, in the database, so that
 * processes share the count and none is had for free by asking at once. After
 * PL_FREE_TRIES failures of a login, or PL_FREE_TRIES_FROM of an address, each further
 * one doubles the wait, from one second up to PL_WAIT_MOST_S; a day without any forgets
 * them. A login that nobody has is looked at as long as one that somebody has. */

enum { PL_FREE_TRIES = 5, PL_FREE_TRIES_FROM = 20, PL_WAIT_MOST_S = 900 };

typedef struct pl_login {
    pl_str login, password;
    pl_str code;    /* of TOTP; empty: none */
    pl_str address; /* where it comes from; empty: not counted */
    pl_str agent;   /* the browser's name for itself */
} pl_login;

typedef enum pl_login_outcome {
    PL_LOGIN_DONE,
    PL_LOGIN_REFUSED,     /* whatever was wrong */
    PL_LOGIN_CODE_NEEDED, /* the password is right; ask for the code */
    PL_LOGIN_LOCKED       /* not looked at: wait */
} pl_login_outcome;

typedef struct pl_login_result {
    pl_login_outcome outcome;
    int64_t wait_s;   /* LOCKED */
    pl_str secret;    /* DONE: of the new session, for the browser's cookie */
    pl_principal who; /* DONE */
} pl_login_result;

PL_MUST pl_status pl_session_begin(pl_ctx *cx, const pl_request *rq, pl_store *s,
                                   pl_str region_id, const pl_login *in,
                                   pl_login_result *out);
/* Begin a session for somebody whom another server vouches for. DONE, or REFUSED when the
 * user is disabled. in: address and agent. */
PL_MUST pl_status pl_session_begin_for(pl_ctx *cx, const pl_request *rq, pl_store *s,
                                       pl_str region_id, pl_str user_id,
                                       const pl_login *in, pl_login_result *out);

/* ---- Who asks */

/* Of a session's secret, which notes that it was seen; PL_ENOTFOUND: none such, over,
 * idle for too long, or the user is disabled. */
PL_MUST pl_status pl_principal_of_session(pl_ctx *cx, pl_now now, pl_store *s,
                                          pl_str region_id, pl_str secret,
                                          pl_principal *out);
/* Of a token's secret, in the same way. */
PL_MUST pl_status pl_principal_of_token(pl_ctx *cx, pl_now now, pl_store *s,
                                        pl_str region_id, pl_str secret,
                                        pl_principal *out);
/* Of whoever has neither. PL_ENOTFOUND: no such region. */
PL_MUST pl_status pl_principal_of_public(pl_ctx *cx, pl_store *s, pl_str region_id,
                                         pl_principal *out);

/* The units whose rows somebody sees who reads only the own ones (pl_is_cut): the own
 * unit and all below it, by id; none for somebody of no unit. */
PL_MUST pl_status pl_principal_units(pl_ctx *cx, pl_store *s, const pl_principal *who,
                                     pl_strs *out);

/* ---- The own account. who: of a session, user_id not empty. */

typedef struct pl_session_row {
    pl_str session_id, address, agent;
    int64_t begun_at_s, seen_at_s, ends_at_s;
} pl_session_row;
typedef PL_VEC(pl_session_row) pl_session_rows;

/* The sessions that are open, the one seen last first. */
PL_MUST pl_status pl_session_list(pl_ctx *cx, pl_now now, pl_store *s,
                                  const pl_principal *who, pl_session_rows *out);
/* End one of the own sessions. PL_ENOTFOUND. */
PL_MUST pl_status pl_session_end(pl_ctx *cx, const pl_request *rq, pl_store *s,
                                 const pl_principal *who, pl_str session_id);

/* Change the password; all other sessions end. The outcome as of a login, DONE without a
 * secret. PL_ESYNTAX: the new one does not fit. */
PL_MUST pl_status pl_password_change(pl_ctx *cx, const pl_request *rq, pl_store *s,
                                     const pl_principal *who, pl_str old_password,
                                     pl_str new_password, pl_login_result *out);

/* A new TOTP secret, and the address of it for an app; asked for only after
 * pl_totp_confirm. PL_ECONFLICT: codes are asked for already. */
PL_MUST pl_status pl_totp_begin(pl_ctx *cx, const pl_request *rq, pl_store *s,
                                const pl_principal *who, pl_str *secret, pl_str *uri);
/* From now on a code is asked for. PL_ESYNTAX: not the secret's code; PL_ECONFLICT: there
 * is no secret to confirm. */
PL_MUST pl_status pl_totp_confirm(pl_ctx *cx, const pl_request *rq, pl_store *s,
                                  const pl_principal *who, pl_str code);
/* No code any more. */
PL_MUST pl_status pl_totp_end(pl_ctx *cx, const pl_request *rq, pl_store *s,
                              const pl_principal *who);

/* ---- Tokens of programs */

typedef struct pl_token_row {
    pl_str token_id, name;
    uint64_t scopes;
    int64_t recorded_at_s, seen_at_s, ends_at_s; /* seen 0: not used yet */
} pl_token_row;
typedef PL_VEC(pl_token_row) pl_token_rows;

/* Make a token (plb_…), whose secret is told this once. scopes: some of what the user may
 * and a token may be given. PL_ESYNTAX: no name, no scopes or others than these, ends in
 * the past or after more than PL_TOKEN_MOST_S. */
PL_MUST pl_status pl_token_add(pl_ctx *cx, const pl_request *rq, pl_store *s,
                               const pl_principal *who, pl_str name, uint64_t scopes,
                               int64_t ends_at_s, pl_token_row *out, pl_str *secret);
/* The own ones, the newest first. */
PL_MUST pl_status pl_token_list(pl_ctx *cx, pl_store *s, const pl_principal *who,
                                pl_token_rows *out);
/* PL_ENOTFOUND: no such token of one's own. */
PL_MUST pl_status pl_token_end(pl_ctx *cx, const pl_request *rq, pl_store *s,
                               const pl_principal *who, pl_str token_id);

/* ---- Settings of the region */

typedef struct pl_settings {
    pl_str region_name;
    bool public_access;
    int64_t revision; /* 0: never set */
} pl_settings;

/* PL_ENOTFOUND: no such region. */
PL_MUST pl_status pl_settings_get(pl_ctx *cx, pl_store *s, pl_str region_id,
                                  pl_settings *out);
/* Set them; in->revision is the one that was looked at. PL_ECONFLICT: changed by somebody
 * else since; PL_ESYNTAX: a region without a name. */
PL_MUST pl_status pl_settings_set(pl_ctx *cx, const pl_request *rq, pl_store *s,
                                  pl_str region_id, const pl_settings *in,
                                  pl_settings *out);

#endif
