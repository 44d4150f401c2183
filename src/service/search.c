#include "service/search.h"
#include "text/grams.h"
#include <inttypes.h>
#include <stdio.h>

pl_status pl_revision_text(pl_ctx *cx, int64_t revision, pl_str *out)
{
    char text[24];

    snprintf(text, sizeof text, "%" PRId64, revision);
    return pl_str_keep(cx, pl_str_from(text), out);
}

/* The next word of *q, which is moved past it; empty at the end. */
static pl_str next_word(pl_str *q)
{
    pl_str rest = pl_str_trim(*q);
    size_t end = pl_str_find(rest, PL_S(" "), 0);
    pl_str word = pl_str_sub(rest, 0, end == PL_NOPOS ? rest.n : end);

    *q = pl_str_tail(rest, word.n);
    return word;
}

/* Pairs of characters may stand apart in a text: keep what holds each word whole. */
static pl_status keep_words(pl_ctx *cx, pl_str q, pl_listing *l)
{
    pl_list_query by = {.resource = PL_RESOURCE_HITS};

    while ((by.q = next_word(&q)).n)
        PL_TRY(pl_list_keep(cx, &by, l));
    return PL_OK;
}

static pl_status keep_allowed(pl_ctx *cx, const pl_principal *who, pl_listing *l)
{
    size_t n = 0;

    if (pl_may(who, PL_PERM_FINDING_READ))
        return PL_OK;
    for (size_t i = 0; i < l->rows.n; i++)
        if (!pl_str_eq(pl_listing_text(l, i, PL_S("kind")), PL_S("finding")))
            l->rows.p[n++] = l->rows.p[i];
    l->rows.n = l->total = n;
    (void)cx;
    return PL_OK;
}

/* A unit as a hit. */
static pl_status put_unit(pl_ctx *cx, const pl_listing *units, size_t i, pl_listing *out)
{
    pl_list_field *f = PL_NEW_N(cx->arena, pl_list_field, out->n_fields);
    pl_list_field **slot = PL_VEC_ADD(cx->arena, &out->rows);
    pl_str id = pl_listing_text(units, i, PL_S("id"));
    static const pl_str shown[] = {PL_S_INIT("id"), PL_S_INIT("kind"), PL_S_INIT("item"),
                                   PL_S_INIT("text")};
    const pl_str values[] = {id, PL_S("unit"), id,
                             pl_listing_text(units, i, PL_S("name"))};

    if (!f || !slot)
        return pl_fail_memory(cx);
    for (size_t k = 0; k < out->n_fields; k++)
        f[k].null = true;
    for (size_t k = 0; k < PL_COUNT(shown); k++)
        f[pl_listing_field(out, shown[k])] = (pl_list_field){.text = values[k]};
    *slot = f;
    return PL_OK;
}

/* Units are few: their names and aliases are looked through. */
static pl_status add_units(pl_ctx *cx, pl_store *s, const pl_principal *who, pl_str q,
                           pl_listing *out)
{
    pl_list_query by = {.resource = PL_RESOURCE_UNITS};
    pl_listing units;

    PL_TRY(pl_list(cx, s, who, &by, &units));
    PL_TRY(keep_words(cx, q, &units));
    for (size_t i = 0; i < units.rows.n; i++)
        PL_TRY(put_unit(cx, &units, i, out));
    return PL_OK;
}

/* The grams of each word: between two there is no pair. */
static pl_status grams_of(pl_ctx *cx, pl_str q, pl_str *out)
{
    pl_str word, grams;
    pl_buf b;
    pl_status st = PL_OK;

    pl_buf_init(&b, 1 << 16);
    while (st == PL_OK && (word = next_word(&q)).n) {
        st = pl_grams(cx, word, PL_GRAM_QUERY, &grams);
        if (st == PL_OK && grams.n)
            pl_buf_putf(&b, "%s%.*s", b.n ? " " : "", PL_FMT(grams));
    }
    if (st == PL_OK)
        st = pl_buf_keep(cx, &b, out);
    pl_buf_release(&b);
    return st;
}

pl_status pl_service_search(pl_ctx *cx, pl_store *s, const pl_principal *who, pl_str q,
                            size_t limit, pl_listing *out)
{
    pl_list_query by = {.resource = PL_RESOURCE_HITS};

    PL_TRY(grams_of(cx, q, &by.key));
    if (by.key.n == 0) {
        by.key = PL_S("-"); /* no gram: nothing is found, and the columns are there */
        return pl_list(cx, s, who, &by, out);
    }
    PL_TRY(pl_list(cx, s, who, &by, out));
    PL_TRY(keep_words(cx, q, out));
    PL_TRY(keep_allowed(cx, who, out));
    PL_TRY(add_units(cx, s, who, q, out));
    out->total = out->rows.n;
    if (out->rows.n > limit)
        out->rows.n = limit;
    return PL_OK;
}
