/* Signed tokens: JWT (RFC 7519) in compact JWS (RFC 7515), as OpenID Connect's ID tokens
 * are, with keys as JWK (RFC 7517). RS256 and ES256 only: no token says by itself how, or
 * that it need not, be verified. */
#ifndef PL_SERVICE_JWT_H
#define PL_SERVICE_JWT_H

#include "base/ctx.h"

/* What is looked at in an ID token. */
typedef struct pl_claims {
    pl_str issuer, subject, nonce, email, party; /* party: azp */
    bool email_verified;
    int64_t ends_at_s, made_at_s; /* 0: not said */
    size_t n_audiences;
    bool is_for; /* the audience asked for is among them */
} pl_claims;

/* Verify the token with one of the keys of a JWK set and read its claims, into cx->arena;
 * `audience` is who it has to be for. PL_ESYNTAX: token or keys are not of their form, or
 * the signature is not of one of the keys (2048 bits of RSA at least, or P-256). */
PL_MUST pl_status pl_jwt_verify(pl_ctx *cx, pl_str token, pl_str keys, pl_str audience,
                                pl_claims *out);

#endif
