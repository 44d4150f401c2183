/* Logging in by way of another server: OpenID Connect Core 1.0, authorization code with
 * PKCE (RFC 7636, S256), state and nonce, ID token verified (jwt.h).
 *
 * Closed by default: nobody becomes a user by having an account there. The first time, a
 * subject is linked to the user of the invitation that it came with, or to the one whose
 * login is its verified e-mail address; from then on it is known by issuer and subject.
 */
#ifndef PL_SERVICE_OIDC_H
#define PL_SERVICE_OIDC_H

#include "service/people.h"

enum { PL_OIDC_S = 600 }; /* to come back within */

typedef struct pl_oidc {
    pl_str issuer; /* as its discovery document says; empty: none */
    pl_str client_id;
    pl_str client_secret; /* empty: a public client */
} pl_oidc;

/* Begin: where to send the browser, and the state that it has to bring back, to be kept
 * in its cookie. invitation: secret of a link, or empty. PL_EIO: the other server cannot
 * be asked; PL_ESYNTAX: it answers otherwise than it should. */
PL_MUST pl_status pl_oidc_begin(pl_ctx *cx, const pl_request *rq, pl_store *s,
                                pl_str region_id, const pl_oidc *o, pl_str redirect_uri,
                                pl_str invitation, pl_str *url, pl_str *state);

/* What the browser came back with. */
typedef struct pl_oidc_answer {
    pl_str state, code;
    pl_str cookie; /* the state that pl_oidc_begin gave this browser */
    pl_str redirect_uri;
    pl_str address, agent; /* as of pl_login */
} pl_oidc_answer;

/* Finish: the session of the user whom the other server vouches for. DONE; REFUSED: the
 * subject is nobody's, or the user is disabled. PL_ENOTFOUND: not a state of this
 * browser, used, or over; PL_EIO, PL_ESYNTAX as above. */
PL_MUST pl_status pl_oidc_finish(pl_ctx *cx, const pl_request *rq, pl_store *s,
                                 pl_str region_id, const pl_oidc *o,
                                 const pl_oidc_answer *in, pl_login_result *out);

/* The user of a verified subject, linked if it is the first time; empty: nobody's.
 * invitation_hash: of a link, or empty. */
PL_MUST pl_status pl_oidc_user(pl_ctx *cx, const pl_request *rq, pl_store *s,
                               pl_str region_id, pl_str issuer, pl_str subject,
                               pl_str verified_email, pl_str invitation_hash,
                               pl_str *user_id);

#endif
