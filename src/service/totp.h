/* One-time codes of RFC 6238: HMAC-SHA-1, steps of 30 seconds, six digits, as every
 * authenticator app makes them. */
#ifndef PL_SERVICE_TOTP_H
#define PL_SERVICE_TOTP_H

#include "base/ctx.h"

enum { PL_TOTP_STEP_S = 30, PL_TOTP_DIGITS = 6, PL_TOTP_SECRET_BYTES = 20 };

/* The code of a key at a step, `digits` (6 to 8) digits. RFC 4226, section 5.3. */
uint32_t pl_totp_code(pl_bytes key, uint64_t step, int digits);

/* A new secret in base32 (RFC 4648, section 6), without padding. PL_ENOMEM. */
PL_MUST pl_status pl_totp_secret(pl_ctx *cx, pl_str *out);

/* Is `code` right for a base32 secret at now_s, or one step before or after, clocks being
 * what they are (RFC 6238, section 5.2)? Steps up to `used` do not count any more. *step
 * is the one that it was right for. Takes the same time whatever the code. */
PL_MUST bool pl_totp_check(pl_str secret, pl_str code, int64_t now_s, int64_t used,
                           int64_t *step);

/* What an app reads from a picture: otpauth://totp/ISSUER:LOGIN?secret=…&issuer=…
 * PL_ENOMEM. */
PL_MUST pl_status pl_totp_uri(pl_ctx *cx, pl_str issuer, pl_str login, pl_str secret,
                              pl_str *out);

#endif
