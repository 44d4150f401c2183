/* Signed tokens: the examples of RFC 7515, and what is refused. */
#include "service/fetch.h"
#include "service/jwt.h"
#include "unit.h"

/* RFC 7515, appendix A.2 (RS256) and A.3 (ES256): the same claims, of 2011. */
#define PAYLOAD                                                                       \
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19" \
    "yb290Ijp0cnVlfQ"
#define RSA_SIGNATURE                                                                 \
    "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_l" \
    "F5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75v" \
    "RK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWE" \
    "sqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVm" \
    "tVrBp0igcN_IoypGlUPQGe77Rw"
#define EC_SIGNATURE                                                                 \
    "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3" \
    "-Kg6NU1Q"
#define RSA_KEY                                                                       \
    "{\"kty\":\"RSA\",\"n\":\"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26m" \
    "PddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b3" \
    "2690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTB" \
    "EMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8N" \
    "Aco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ\",\"e\":\"AQAB\"}"
#define EC_KEY                                                                       \
    "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9u" \
    "PHvRVEU\",\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}"

static const char rsa_token[] = "eyJhbGciOiJSUzI1NiJ9." PAYLOAD "." RSA_SIGNATURE;
static const char ec_token[] = "eyJhbGciOiJFUzI1NiJ9." PAYLOAD "." EC_SIGNATURE;
static const char both_keys[] = "{\"keys\":[" RSA_KEY "," EC_KEY "]}";

static void the_examples_of_the_rfc_verify(void **state)
{
    static const char *const tokens[] = {rsa_token, ec_token};

    (void)state;
    for (size_t i = 0; i < PL_COUNT(tokens); i++) {
        pl_ctx cx = test_ctx();
        pl_claims c;

        if (pl_jwt_verify(&cx, of(tokens[i]), of(both_keys), of("x"), &c) != PL_OK)
            fail_msg("%zu: %s", i, cx.err.msg);
        assert_str(c.issuer, of("joe"));
        assert_int_equal(c.ends_at_s, 1300819380);
        assert_false(c.is_for);
        assert_false(c.email_verified);
        test_ctx_free(&cx);
    }
}

/* Each row is one change to something that verifies. */
static void what_is_not_signed_by_a_key_is_refused(void **state)
{
    static const struct {
        const char *token, *keys;
    } rows[] = {
        {"", both_keys},
        {"a.b", both_keys},
        {"a.b.c.d", both_keys},
        {"eyJhbGciOiJSUzI1NiJ9." PAYLOAD ".", both_keys},
        {"eyJhbGciOiJSUzI1NiJ9." PAYLOAD ".AAAA", both_keys},
        {"eyJhbGciOiJSUzI1NiJ9." PAYLOAD "=." RSA_SIGNATURE, both_keys},
        {"eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJldmEifQ." RSA_SIGNATURE, both_keys},
        {"eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJldmEifQ." EC_SIGNATURE, both_keys},
        {"eyJhbGciOiJub25lIn0." PAYLOAD ".", both_keys},                /* none */
        {"eyJhbGciOiJIUzI1NiJ9." PAYLOAD "." RSA_SIGNATURE, both_keys}, /* HS256 */
        {"eyJhbGciOiJFUzI1NiJ9." PAYLOAD "." RSA_SIGNATURE, both_keys},
        {"eyJhbGciOiJSUzI1NiIsImNyaXQiOlsiYSJdfQ." PAYLOAD "." RSA_SIGNATURE, both_keys},
        {rsa_token, ""},
        {rsa_token, "{}"},
        {rsa_token, "[]"},
        {rsa_token, "{\"keys\":{}}"},
        {rsa_token, "{\"keys\":[]}"},
        {rsa_token, "{\"keys\":[1,\"a\",null,{}]}"},
        {rsa_token, "{\"keys\":[" EC_KEY "]}"},
        {rsa_token, "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}"},
        {rsa_token, "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"\",\"e\":\"\"}]}"},
        {rsa_token, "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"***\",\"e\":\"AQAB\"}]}"},
        {ec_token, "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AAAA\",\"y\":"
                   "\"AAAA\"}]}"},
        /* a point that is not on the curve */
        {ec_token, "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"x_FEzRu9m36HLN_"
                   "tue659LNpXW6pCyStikYjKIWI5a0\",\"y\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV7"
                   "6e8Tus9uPHvRVEU\"}]}"},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_ctx cx = test_ctx();
        pl_claims c;

        if (pl_jwt_verify(&cx, of(rows[i].token), of(rows[i].keys), of("x"), &c) !=
            PL_ESYNTAX)
            fail_msg("row %zu", i);
        assert_int_equal(c.issuer.n, 0);
        test_ctx_free(&cx);
    }
}

static void a_token_survives_failed_allocations(void **state)
{
    pl_status st = PL_ENOMEM;

    (void)state;
    for (size_t n = 0; st != PL_OK && n < 100; n++) {
        pl_ctx cx = test_ctx();
        pl_claims c;

        pl_arena_fail_after(cx.arena, n);
        st = pl_jwt_verify(&cx, of(rsa_token), of(both_keys), of("x"), &c);
        assert_true(st == PL_OK || st == PL_ENOMEM);
        test_ctx_free(&cx);
    }
    assert_int_equal(st, PL_OK);
}

static void only_safe_addresses_are_asked(void **state)
{
    static const struct {
        const char *url;
        bool may;
    } rows[] = {
        {"https://id.example.cn/a", true},
        {"http://127.0.0.1:8000/a", true},
        {"http://127.0.0.1", true},
        {"http://localhost/a", true},
        {"http://[::1]:80", true},
        {"http://id.example.cn/a", false},
        {"http://127.0.0.1.example.cn/", false},
        {"http://127.0.0.1:80@example.cn/", false},
        {"https://a b", false},
        {"https://", false},
        {"file:///etc/passwd", false},
        {"ftp://127.0.0.1/", false},
        {"https://政务.cn/", false}, /* names go as they are registered: xn--… */
        {"", false},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++)
        if (pl_fetch_may(of(rows[i].url)) != rows[i].may)
            fail_msg("%s", rows[i].url);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_examples_of_the_rfc_verify),
        cmocka_unit_test(what_is_not_signed_by_a_key_is_refused),
        cmocka_unit_test(a_token_survives_failed_allocations),
        cmocka_unit_test(only_safe_addresses_are_asked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
