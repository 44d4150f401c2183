#include "records/search.h"
#include "base/vec.h"
#include "text/grams.h"

/* Something of a plan that is looked in. */
typedef struct source {
    pl_str kind, words;
    int64_t ordinal;
} source;
typedef PL_VEC(source) sources;

static pl_status keep_source(pl_ctx *cx, const pl_rows *r, sources *out)
{
    source *one = PL_VEC_ADD(cx->arena, out);

    if (!one)
        return pl_fail_memory(cx);
    one->ordinal = pl_rows_int(r, 1);
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 0), &one->kind));
    return pl_grams(cx, pl_rows_text(r, 2), PL_GRAM_INDEX, &one->words);
}

static pl_status read_sources(pl_ctx *cx, pl_store *s, const pl_value *plan, sources *out)
{
    bool more;
    pl_rows *r;
    pl_status st;

    PL_TRY(pl_rows_begin(cx, s, PL_Q_search_sources, plan, 2, &r));
    while ((st = pl_rows_next(cx, r, &more)) == PL_OK && more)
        if ((st = keep_source(cx, r, out)) != PL_OK)
            break;
    pl_rows_end(r);
    return st;
}

static pl_status put_source(pl_ctx *cx, pl_store *s, const pl_value *plan,
                            const source *one)
{
    pl_value args[] = {plan[0], plan[1], PL_V_TEXT(one->kind), PL_V_INT(one->ordinal),
                       PL_V_TEXT(one->words)};

    if (one->words.n == 0)
        return PL_OK;
    if (pl_store_is_postgres(s))
        return pl_store_run(cx, s, PL_Q_search_put_pg, args, 5, NULL);
    PL_TRY(pl_store_run(cx, s, PL_Q_search_put_lite, args, 4, NULL));
    return pl_store_run(cx, s, PL_Q_search_put_grams, &args[4], 1, NULL);
}

pl_status pl_search_add(pl_ctx *cx, pl_store *s, pl_str region_id, pl_str plan_id)
{
    pl_value plan[] = {PL_V_TEXT(region_id), PL_V_TEXT(plan_id)};
    pl_arena_mark here = pl_arena_here(cx->arena);
    sources all = {0};
    pl_status st = read_sources(cx, s, plan, &all);

    for (size_t i = 0; st == PL_OK && i < all.n; i++)
        st = put_source(cx, s, plan, &all.p[i]);
    pl_arena_reset(cx->arena, here);
    return st;
}

/* ---- anew */

typedef struct plan_key {
    pl_str region_id, plan_id;
} plan_key;
typedef PL_VEC(plan_key) plan_keys;

static pl_status read_plans(pl_ctx *cx, pl_store *s, plan_keys *out)
{
    bool more;
    pl_rows *r;
    pl_status st;

    PL_TRY(pl_rows_begin(cx, s, PL_Q_search_plans, NULL, 0, &r));
    while ((st = pl_rows_next(cx, r, &more)) == PL_OK && more) {
        plan_key *k = PL_VEC_ADD(cx->arena, out);

        st = k ? pl_str_keep(cx, pl_rows_text(r, 0), &k->region_id) : pl_fail_memory(cx);
        if (st == PL_OK)
            st = pl_str_keep(cx, pl_rows_text(r, 1), &k->plan_id);
        if (st != PL_OK)
            break;
    }
    pl_rows_end(r);
    return st;
}

pl_status pl_search_rebuild(pl_ctx *cx, pl_store *s)
{
    plan_keys plans = {0};

    PL_TRY(pl_store_run(cx, s, PL_Q_search_clear, NULL, 0, NULL));
    if (!pl_store_is_postgres(s))
        PL_TRY(pl_store_run(cx, s, PL_Q_search_clear_grams, NULL, 0, NULL));
    PL_TRY(read_plans(cx, s, &plans));
    for (size_t i = 0; i < plans.n; i++)
        PL_TRY(pl_search_add(cx, s, plans.p[i].region_id, plans.p[i].plan_id));
    return PL_OK;
}
