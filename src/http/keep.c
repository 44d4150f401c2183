#include "http/keep.h"
#include "http/server.h"
#include "service/kept.h"
#include <sodium/crypto_hash_sha256.h>
#include <sodium/utils.h>

enum { KEY_CHARS = 128 };

typedef struct pl_kept pl_kept;

struct pl_kept {
    pl_kept_request request;
};

/* What was asked for: method, target, body, each behind its length. */
static pl_status digest(pl_exchange *x, pl_str *out)
{
    unsigned char bytes[crypto_hash_sha256_BYTES];
    char hex[2 * crypto_hash_sha256_BYTES + 1];
    pl_str parts[] = {pl_str_from(pl_method_word(x->method)), x->target,
                      pl_buf_str(&x->in)};
    crypto_hash_sha256_state h;

    crypto_hash_sha256_init(&h);
    for (size_t i = 0; i < PL_COUNT(parts); i++) {
        uint64_t n = parts[i].n;

        crypto_hash_sha256_update(&h, (const unsigned char *)&n, sizeof n);
        crypto_hash_sha256_update(&h, (const unsigned char *)parts[i].p, parts[i].n);
    }
    crypto_hash_sha256_final(&h, bytes);
    sodium_bin2hex(hex, sizeof hex, bytes, sizeof bytes);
    return pl_str_keep(&x->cx, pl_str_from(hex), out);
}

static bool is_key(pl_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] <= ' ' || s.p[i] > '~')
            return false;
    return s.n > 0 && s.n <= KEY_CHARS;
}

/* The answer of the first time. */
static bool repeat(pl_exchange *x, const pl_kept_answer *a)
{
    pl_call *c = &x->call;

    c->status = (int)a->status;
    c->content_type = a->content_type;
    pl_call_set(c, "Idempotency-Replayed", PL_S("true"));
    pl_buf_put(&x->out, (pl_str){(const char *)a->body.p, a->body.n});
    x->is_problem = a->status >= 400;
    x->state = PL_EXCHANGE_ANSWERED;
    return false;
}

static bool settle(pl_exchange *x, pl_kept_state state, const pl_kept_answer *a)
{
    switch (state) {
    case PL_KEPT_NEW:
        return true;
    case PL_KEPT_DONE:
        return repeat(x, a);
    case PL_KEPT_OTHER:
        return pl_exchange_refuse(x, PL_PROBLEM_KEY_REUSED, (pl_str){0});
    case PL_KEPT_RUNNING:
        break;
    }
    pl_call_set(&x->call, "Retry-After", PL_S("1"));
    return pl_exchange_refuse(x, PL_PROBLEM_REPEATED, (pl_str){0});
}

bool pl_keep_begin(pl_exchange *x)
{
    pl_call *c = &x->call;
    pl_str key = pl_request_header(x, "Idempotency-Key");
    pl_kept_answer answer = {0};
    pl_kept_state state;
    pl_kept *k;

    if (!(x->match.route->flags & PL_ROUTE_REPEATS) || key.n == 0)
        return true;
    if (!is_key(key))
        return pl_exchange_refuse(x, PL_PROBLEM_BAD_REQUEST,
                                  PL_S("Idempotency-Key: 1 to 128 characters of ASCII"));
    k = PL_NEW(x->cx.arena, pl_kept);
    if (!k)
        return pl_exchange_fail(x, pl_fail_memory(&x->cx));
    k->request = (pl_kept_request){c->who.region_id, c->who.user_id, key, {0}};
    if (digest(x, &k->request.digest) != PL_OK ||
        pl_service_kept_begin(&x->cx, c->rq.now, c->store, &k->request, &state,
                              &answer) != PL_OK)
        return pl_exchange_fail(x, x->cx.err.code);
    if (!settle(x, state, &answer))
        return false;
    x->kept = k;
    return true;
}

void pl_keep_end(pl_exchange *x)
{
    pl_call *c = &x->call;
    pl_kept_answer a = {c->status,
                        c->content_type.n ? c->content_type : PL_S("application/json"),
                        {(const unsigned char *)x->out.p, x->out.n}};

    if (!x->kept)
        return;
    /* When this fails the answer is sent all the same; the key is free after a while. */
    if (pl_service_kept_end(&x->cx, c->store, &x->kept->request,
                            c->status < 500 ? &a : NULL) != PL_OK)
        x->kept = NULL;
}
