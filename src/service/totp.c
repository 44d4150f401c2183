#include "service/totp.h"

#include "service/fetch.h"
#include <nettle/hmac.h>
#include <sodium/randombytes.h>
#include <sodium/utils.h>

enum { SECRET_MOST = 64, URI_BYTES = 4096 };

static const char base32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

uint32_t pl_totp_code(pl_bytes key, uint64_t step, int digits)
{
    uint8_t message[8], mac[SHA1_DIGEST_SIZE];
    struct hmac_sha1_ctx hmac;
    uint32_t value, modulus = 1;
    size_t at;

    for (int i = 7; i >= 0; i--, step >>= 8)
        message[i] = (uint8_t)step;
    hmac_sha1_set_key(&hmac, key.n, key.p);
    hmac_sha1_update(&hmac, sizeof message, message);
    hmac_sha1_digest(&hmac, sizeof mac, mac);
    at = mac[SHA1_DIGEST_SIZE - 1] & 15;
    value = (uint32_t)(mac[at] & 127) << 24 | (uint32_t)mac[at + 1] << 16 |
            (uint32_t)mac[at + 2] << 8 | mac[at + 3];
    for (int i = 0; i < digits; i++)
        modulus *= 10;
    return value % modulus;
}

pl_status pl_totp_secret(pl_ctx *cx, pl_str *out)
{
    enum { CHARS = PL_TOTP_SECRET_BYTES * 8 / 5 };
    unsigned char random[CHARS];
    char *p = pl_arena_alloc_raw(cx->arena, CHARS, 1, 1);

    if (!p)
        return pl_fail_memory(cx);
    randombytes_buf(random, sizeof random);
    for (size_t i = 0; i < CHARS; i++)
        p[i] = base32[random[i] & 31];
    sodium_memzero(random, sizeof random);
    *out = (pl_str){p, CHARS};
    return PL_OK;
}

/* The bytes of base32 text; 0 when it is none, or too long. */
static size_t decode(pl_str text, uint8_t out[SECRET_MOST])
{
    uint32_t bits = 0;
    size_t have = 0, n = 0;

    for (size_t i = 0; i < text.n; i++) {
        const char *at = text.p[i] ? strchr(base32, text.p[i]) : NULL;

        if (!at || n >= SECRET_MOST)
            return 0;
        bits = bits << 5 | (uint32_t)(at - base32);
        have += 5;
        if (have >= 8) {
            have -= 8;
            out[n++] = (uint8_t)(bits >> have);
        }
    }
    return n;
}

/* Six digits as a number; no code has the value of what is none. */
static uint32_t number_of(pl_str code)
{
    uint32_t v = 0;

    if (code.n != PL_TOTP_DIGITS)
        return UINT32_MAX;
    for (size_t i = 0; i < code.n; i++) {
        if (!pl_is_digit(code.p[i]))
            return UINT32_MAX;
        v = v * 10 + (uint32_t)(code.p[i] - '0');
    }
    return v;
}

bool pl_totp_check(pl_str secret, pl_str code, int64_t now_s, int64_t used, int64_t *step)
{
    uint8_t key[SECRET_MOST];
    size_t n = decode(secret, key);
    int64_t now = now_s / PL_TOTP_STEP_S;
    uint32_t given = number_of(code);
    bool right = false;

    *step = 0;
    for (int64_t at = now - 1; n > 0 && at <= now + 1; at++) {
        uint32_t made = pl_totp_code((pl_bytes){key, n}, (uint64_t)at, PL_TOTP_DIGITS);
        bool same = (made ^ given) == 0 && at > used;

        *step = same ? at : *step;
        right |= same;
    }
    sodium_memzero(key, sizeof key);
    return right;
}

pl_status pl_totp_uri(pl_ctx *cx, pl_str issuer, pl_str login, pl_str secret, pl_str *out)
{
    pl_buf b;
    pl_status st;

    pl_buf_init(&b, URI_BYTES);
    pl_buf_put(&b, PL_S("otpauth://totp/"));
    pl_fetch_escape(&b, issuer);
    pl_buf_putc(&b, ':');
    pl_fetch_escape(&b, login);
    pl_buf_put(&b, PL_S("?secret="));
    pl_buf_put(&b, secret);
    pl_buf_put(&b, PL_S("&issuer="));
    pl_fetch_escape(&b, issuer);
    st = pl_buf_keep(cx, &b, out);
    pl_buf_release(&b);
    return st;
}
