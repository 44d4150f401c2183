#include "service/secret.h"

#include <sodium/crypto_generichash.h>
#include <sodium/randombytes.h>
#include <sodium/utils.h>

enum { RANDOM_BYTES = 32, PREFIX_MOST = 16 };

pl_status pl_secret_new(pl_ctx *cx, pl_str prefix, pl_str *out)
{
    unsigned char bytes[RANDOM_BYTES];
    char text[PL_SECRET_CHARS + 1];
    char *p;

    if (prefix.n > PREFIX_MOST)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "a prefix is too long");
    p = pl_arena_alloc_raw(cx->arena, prefix.n + PL_SECRET_CHARS, 1, 1);
    if (!p)
        return pl_fail_memory(cx);
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(text, sizeof text, bytes, sizeof bytes,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    if (prefix.n)
        memcpy(p, prefix.p, prefix.n);
    memcpy(p + prefix.n, text, PL_SECRET_CHARS);
    sodium_memzero(bytes, sizeof bytes);
    sodium_memzero(text, sizeof text);
    *out = (pl_str){p, prefix.n + PL_SECRET_CHARS};
    return PL_OK;
}

void pl_secret_hash(pl_str kind, pl_str secret, char out[PL_SECRET_HASH + 1])
{
    unsigned char digest[PL_SECRET_HASH / 2];
    crypto_generichash_state state;

    crypto_generichash_init(&state, NULL, 0, sizeof digest);
    crypto_generichash_update(&state, (const unsigned char *)kind.p, kind.n);
    crypto_generichash_update(&state, (const unsigned char *)":", 1);
    crypto_generichash_update(&state, (const unsigned char *)secret.p, secret.n);
    crypto_generichash_final(&state, digest, sizeof digest);
    sodium_bin2hex(out, PL_SECRET_HASH + 1, digest, sizeof digest);
}
