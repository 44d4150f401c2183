/* Digests of contents. */
#ifndef PL_BASE_HASH_H
#define PL_BASE_HASH_H

#include "base/base.h"

enum { PL_SHA256_HEX = 64 };

/* SHA-256 (FIPS 180-4, by libsodium) of b in lower-case hex, NUL-terminated. */
void pl_sha256_hex(pl_bytes b, char out[PL_SHA256_HEX + 1]);

#endif
