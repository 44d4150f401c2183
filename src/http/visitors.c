#include "http/visitors.h"
#include <sodium/crypto_generichash.h>
#include <sodium/utils.h>
#include <stdlib.h>

enum { SLOTS = 128, KEPT_S = 2, DIGEST = crypto_generichash_BYTES, TEXTS = 8 };

/* The secret itself is not kept. */
typedef struct slot {
    unsigned char digest[DIGEST];
    int64_t version, until_s;
    pl_principal who;
    char *texts; /* of who, one behind the other */
} slot;

struct pl_visitors {
    slot slots[SLOTS];
};

/* The texts of a principal, in one order. */
static void texts_of(pl_principal *who, pl_str *out[TEXTS])
{
    pl_str *all[TEXTS] = {&who->user_id, &who->login,      &who->name, &who->region_id,
                          &who->unit_id, &who->session_id, &who->csrf, &who->token_id};

    memcpy(out, all, sizeof all);
}

pl_visitors *pl_visitors_new(void)
{
    return calloc(1, sizeof(pl_visitors));
}

void pl_visitors_free(pl_visitors *v)
{
    for (size_t i = 0; v && i < SLOTS; i++)
        free(v->slots[i].texts);
    free(v);
}

static slot *slot_of(pl_visitors *v, char kind, pl_str secret,
                     unsigned char digest[DIGEST])
{
    crypto_generichash_state h;

    crypto_generichash_init(&h, NULL, 0, DIGEST);
    crypto_generichash_update(&h, (const unsigned char *)&kind, 1);
    crypto_generichash_update(&h, (const unsigned char *)secret.p, secret.n);
    crypto_generichash_final(&h, digest, DIGEST);
    return &v->slots[digest[0] % SLOTS];
}

bool pl_visitors_find(pl_visitors *v, pl_ctx *cx, char kind, pl_str secret,
                      int64_t version, int64_t now_s, pl_principal *out)
{
    unsigned char digest[DIGEST];
    slot *s = slot_of(v, kind, secret, digest);
    pl_str *texts[TEXTS];

    if (!s->texts || s->version != version || now_s >= s->until_s ||
        sodium_memcmp(digest, s->digest, DIGEST) != 0)
        return false;
    *out = s->who;
    texts_of(out, texts);
    for (size_t i = 0; i < TEXTS; i++)
        if (pl_str_keep(cx, *texts[i], texts[i]) != PL_OK)
            return false;
    return true;
}

void pl_visitors_keep(pl_visitors *v, char kind, pl_str secret, int64_t version,
                      int64_t now_s, const pl_principal *who)
{
    unsigned char digest[DIGEST];
    slot *s = slot_of(v, kind, secret, digest);
    pl_str *texts[TEXTS];
    size_t n = 0;

    free(s->texts);
    s->who = *who;
    texts_of(&s->who, texts);
    for (size_t i = 0; i < TEXTS; i++)
        n += texts[i]->n;
    s->texts = malloc(n + 1);
    if (!s->texts)
        return;
    n = 0;
    for (size_t i = 0; i < TEXTS; i++) {
        if (texts[i]->n)
            memcpy(s->texts + n, texts[i]->p, texts[i]->n);
        texts[i]->p = s->texts + n;
        n += texts[i]->n;
    }
    memcpy(s->digest, digest, DIGEST);
    s->version = version;
    s->until_s = now_s + KEPT_S;
}
