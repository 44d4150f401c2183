#include "base/hash.h"

#include <sodium/crypto_hash_sha256.h>
#include <sodium/utils.h>

void pl_sha256_hex(pl_bytes b, char out[PL_SHA256_HEX + 1])
{
    unsigned char digest[crypto_hash_sha256_BYTES];

    crypto_hash_sha256(digest, b.p ? b.p : (const unsigned char *)"", b.n);
    sodium_bin2hex(out, PL_SHA256_HEX + 1, digest, sizeof digest);
}
