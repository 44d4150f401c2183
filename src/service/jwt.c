#include "service/jwt.h"

#include <json-c/json.h>
#include <nettle/bignum.h>
#include <nettle/ecc-curve.h>
#include <nettle/ecc.h>
#include <nettle/ecdsa.h>
#include <nettle/rsa.h>
#include <nettle/sha2.h>
#include <sodium/utils.h>

enum {
    TOKEN_BYTES = 1 << 16,
    DEPTH = 16,
    RSA_BITS_LEAST = 2048,
    RSA_BYTES_MOST = 1024, /* 8192 bits: more costs much to verify */
    P256_BYTES = 32
};

static pl_status fail(pl_ctx *cx, const char *what)
{
    return pl_fail(cx, PL_ESYNTAX, PL_NOPOS, "%s", what);
}

/* ---- JSON and base64url */

/* An object that fills the text; NULL when it is none. End it with json_object_put. */
static json_object *parse(pl_str text)
{
    json_tokener *t = text.n > INT32_MAX ? NULL : json_tokener_new_ex(DEPTH);
    json_object *o = NULL;

    if (!t)
        return NULL;
    json_tokener_set_flags(t, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
    o = json_tokener_parse_ex(t, text.p, (int)text.n);
    if (o && (json_tokener_get_error(t) != json_tokener_success ||
              !json_object_is_type(o, json_type_object))) {
        json_object_put(o);
        o = NULL;
    }
    json_tokener_free(t);
    return o;
}

static pl_str text_value(json_object *v)
{
    if (!v || !json_object_is_type(v, json_type_string))
        return (pl_str){0};
    return (pl_str){json_object_get_string(v), (size_t)json_object_get_string_len(v)};
}

static pl_str text_of(json_object *o, const char *key)
{
    json_object *v = NULL;

    json_object_object_get_ex(o, key, &v);
    return text_value(v);
}

static int64_t int_of(json_object *o, const char *key)
{
    json_object *v = NULL;

    json_object_object_get_ex(o, key, &v);
    return v && json_object_is_type(v, json_type_int) ? json_object_get_int64(v) : 0;
}

/* base64url without padding (RFC 7515, section 2), into the arena. */
static pl_status decode(pl_ctx *cx, pl_str text, pl_bytes *out)
{
    unsigned char *p = pl_arena_alloc_raw(cx->arena, text.n + 1, 1, 1);

    if (!p)
        return pl_fail_memory(cx);
    if (sodium_base642bin(p, text.n + 1, text.p, text.n, NULL, &out->n, NULL,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        return fail(cx, "a part of a token that is no base64url");
    out->p = p;
    return PL_OK;
}

/* ---- the token's parts */

typedef struct parts {
    pl_str signed_text; /* header and payload with the dot between */
    pl_bytes header, payload, signature;
    pl_str algorithm, key_id;
} parts;

static pl_status split(pl_ctx *cx, pl_str token, parts *p)
{
    size_t first = pl_str_find(token, PL_S("."), 0);
    size_t second =
        first == PL_NOPOS ? PL_NOPOS : pl_str_find(token, PL_S("."), first + 1);

    if (second == PL_NOPOS || token.n > TOKEN_BYTES ||
        pl_str_find(token, PL_S("."), second + 1) != PL_NOPOS)
        return fail(cx, "not a signed token");
    p->signed_text = pl_str_sub(token, 0, second);
    PL_TRY(decode(cx, pl_str_sub(token, 0, first), &p->header));
    PL_TRY(decode(cx, pl_str_sub(token, first + 1, second - first - 1), &p->payload));
    return decode(cx, pl_str_tail(token, second + 1), &p->signature);
}

static pl_status read_header(pl_ctx *cx, parts *p)
{
    json_object *o = parse((pl_str){(const char *)p->header.p, p->header.n});
    json_object *critical = NULL;
    pl_status st;

    if (!o)
        return fail(cx, "a token whose header is no JSON");
    json_object_object_get_ex(o, "crit", &critical);
    st = critical ? fail(cx, "a token with extensions that are not known") : PL_OK;
    if (st == PL_OK)
        st = pl_str_keep(cx, text_of(o, "alg"), &p->algorithm);
    if (st == PL_OK)
        st = pl_str_keep(cx, text_of(o, "kid"), &p->key_id);
    json_object_put(o);
    return st;
}

/* ---- signatures */

static void digest_of(pl_str s, uint8_t out[SHA256_DIGEST_SIZE], struct sha256_ctx *hash)
{
    sha256_init(hash);
    sha256_update(hash, s.n, (const uint8_t *)s.p);
    if (out)
        sha256_digest(hash, SHA256_DIGEST_SIZE, out);
}

static bool rsa_is(const parts *p, pl_bytes modulus, pl_bytes exponent)
{
    struct rsa_public_key key;
    struct sha256_ctx hash;
    mpz_t signature;
    bool is = false;

    if (modulus.n > RSA_BYTES_MOST || exponent.n > 8 || p->signature.n > RSA_BYTES_MOST)
        return false;
    rsa_public_key_init(&key);
    nettle_mpz_init_set_str_256_u(signature, p->signature.n, p->signature.p);
    nettle_mpz_set_str_256_u(key.n, modulus.n, modulus.p);
    nettle_mpz_set_str_256_u(key.e, exponent.n, exponent.p);
    digest_of(p->signed_text, NULL, &hash);
    if (mpz_sizeinbase(key.n, 2) >= RSA_BITS_LEAST && mpz_cmp_ui(key.e, 3) >= 0 &&
        rsa_public_key_prepare(&key) == 1)
        is = rsa_sha256_verify(&key, &hash, signature) == 1;
    mpz_clear(signature);
    rsa_public_key_clear(&key);
    return is;
}

/* The signature is r and s, 32 bytes each (RFC 7518, section 3.4). */
static bool ecdsa_is(const parts *p, pl_bytes x, pl_bytes y)
{
    uint8_t digest[SHA256_DIGEST_SIZE];
    struct dsa_signature signature;
    struct sha256_ctx hash;
    struct ecc_point point;
    mpz_t mx, my;
    bool is = false;

    if (p->signature.n != 2 * P256_BYTES || x.n != P256_BYTES || y.n != P256_BYTES)
        return false;
    digest_of(p->signed_text, digest, &hash);
    ecc_point_init(&point, nettle_get_secp_256r1());
    dsa_signature_init(&signature);
    nettle_mpz_init_set_str_256_u(mx, x.n, x.p);
    nettle_mpz_init_set_str_256_u(my, y.n, y.p);
    nettle_mpz_set_str_256_u(signature.r, P256_BYTES, p->signature.p);
    nettle_mpz_set_str_256_u(signature.s, P256_BYTES, p->signature.p + P256_BYTES);
    if (ecc_point_set(&point, mx, my))
        is = ecdsa_verify(&point, sizeof digest, digest, &signature) == 1;
    mpz_clear(mx);
    mpz_clear(my);
    dsa_signature_clear(&signature);
    ecc_point_clear(&point);
    return is;
}

static pl_status try_key(pl_ctx *cx, const parts *p, json_object *key, bool *is)
{
    bool rsa = pl_str_eq(p->algorithm, PL_S("RS256"));
    pl_str kind = text_of(key, "kty"), id = text_of(key, "kid"),
           use = text_of(key, "use");
    pl_bytes a, b;

    *is = false;
    if (!pl_str_eq(kind, rsa ? PL_S("RSA") : PL_S("EC")) ||
        (use.n && !pl_str_eq(use, PL_S("sig"))) ||
        (p->key_id.n && id.n && !pl_str_eq(p->key_id, id)) ||
        (!rsa && !pl_str_eq(text_of(key, "crv"), PL_S("P-256"))))
        return PL_OK;
    PL_TRY(decode(cx, text_of(key, rsa ? "n" : "x"), &a));
    PL_TRY(decode(cx, text_of(key, rsa ? "e" : "y"), &b));
    *is = rsa ? rsa_is(p, a, b) : ecdsa_is(p, a, b);
    return PL_OK;
}

static pl_status verify(pl_ctx *cx, const parts *p, json_object *set)
{
    json_object *keys = NULL;
    bool is = false;

    if (!pl_str_eq(p->algorithm, PL_S("RS256")) &&
        !pl_str_eq(p->algorithm, PL_S("ES256")))
        return fail(cx, "a token that is signed in another way than RS256 or ES256");
    json_object_object_get_ex(set, "keys", &keys);
    if (!keys || !json_object_is_type(keys, json_type_array))
        return fail(cx, "no set of keys");
    for (size_t i = 0; !is && i < json_object_array_length(keys); i++)
        PL_TRY(try_key(cx, p, json_object_array_get_idx(keys, i), &is));
    return is ? PL_OK : fail(cx, "a token that none of the keys signed");
}

/* ---- claims */

/* `aud` is a text or an array of texts. */
static void read_audience(json_object *o, pl_str wanted, pl_claims *out)
{
    json_object *aud = NULL;

    json_object_object_get_ex(o, "aud", &aud);
    if (!aud || !json_object_is_type(aud, json_type_array)) {
        out->n_audiences = text_value(aud).n > 0;
        out->is_for = wanted.n && pl_str_eq(text_value(aud), wanted);
        return;
    }
    out->n_audiences = json_object_array_length(aud);
    for (size_t i = 0; i < out->n_audiences; i++)
        out->is_for |=
            wanted.n && pl_str_eq(text_value(json_object_array_get_idx(aud, i)), wanted);
}

static pl_status keep_claims(pl_ctx *cx, json_object *o, pl_str audience, pl_claims *out)
{
    json_object *verified = NULL;

    json_object_object_get_ex(o, "email_verified", &verified);
    out->email_verified = verified && json_object_is_type(verified, json_type_boolean) &&
                          json_object_get_boolean(verified);
    out->ends_at_s = int_of(o, "exp");
    out->made_at_s = int_of(o, "iat");
    read_audience(o, audience, out);
    PL_TRY(pl_str_keep(cx, text_of(o, "iss"), &out->issuer));
    PL_TRY(pl_str_keep(cx, text_of(o, "sub"), &out->subject));
    PL_TRY(pl_str_keep(cx, text_of(o, "nonce"), &out->nonce));
    PL_TRY(pl_str_keep(cx, text_of(o, "azp"), &out->party));
    return pl_str_keep(cx, text_of(o, "email"), &out->email);
}

pl_status pl_jwt_verify(pl_ctx *cx, pl_str token, pl_str keys, pl_str audience,
                        pl_claims *out)
{
    json_object *set, *claims;
    parts p;
    pl_status st;

    *out = (pl_claims){0};
    PL_TRY(split(cx, token, &p));
    PL_TRY(read_header(cx, &p));
    set = parse(keys);
    st = set ? verify(cx, &p, set) : fail(cx, "no set of keys");
    json_object_put(set);
    PL_TRY(st);
    claims = parse((pl_str){(const char *)p.payload.p, p.payload.n});
    if (!claims)
        return fail(cx, "a token whose claims are no JSON");
    st = keep_claims(cx, claims, audience, out);
    json_object_put(claims);
    return st;
}
