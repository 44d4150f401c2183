/* Which indicator of the region a row of a new plan is about. */
#include "judge/passage.h"
#include "records/plan_rows.h"
#include "text/fold.h"
#include <stdio.h>

enum { ALIKE_LEAST = 800 }; /* thousandths, of both names */

/* "name\nunit" in the arena, spaces and widths made equal. */
static pl_status key_of(pl_ctx *cx, pl_str name, pl_str unit, pl_str *out)
{
    pl_str n, u;
    char *p;

    PL_TRY(pl_fold_str(cx, name, &n));
    PL_TRY(pl_fold_str(cx, unit, &u));
    p = pl_arena_alloc_raw(cx->arena, n.n + u.n + 1, 1, 1);
    if (!p)
        return pl_fail_memory(cx);
    memcpy(p, n.n ? n.p : "", n.n);
    p[n.n] = '\n';
    memcpy(p + n.n + 1, u.n ? u.p : "", u.n);
    *out = (pl_str){p, n.n + u.n + 1};
    return PL_OK;
}

static pl_status remember(pl_row_writer *w, pl_str id, pl_str name, pl_str unit)
{
    pl_known_indicator *k = PL_VEC_ADD(w->cx->arena, &w->indicators);
    bool added;
    pl_str key;
    size_t *at;

    if (!k)
        return pl_fail_memory(w->cx);
    PL_TRY(pl_str_keep(w->cx, id, &k->id));
    PL_TRY(pl_str_keep(w->cx, name, &k->name));
    PL_TRY(pl_str_keep(w->cx, unit, &k->unit));
    PL_TRY(key_of(w->cx, k->name, k->unit, &key));
    at = pl_map_add(w->cx->arena, &w->indicator_names, key, &added);
    if (!at)
        return pl_fail_memory(w->cx);
    if (added) /* an indicator's own name goes before what another was confirmed to be */
        *at = w->indicators.n - 1;
    return PL_OK;
}

pl_status pl_indicators_load(pl_row_writer *w)
{
    pl_value args[] = {PL_V_TEXT(w->in->region_id)};
    bool more;
    pl_rows *r;
    pl_status st;

    PL_TRY(pl_rows_begin(w->cx, w->s, PL_Q_indicator_list, args, 1, &r));
    while ((st = pl_rows_next(w->cx, r, &more)) == PL_OK && more)
        if ((st = remember(w, pl_rows_text(r, 0), pl_rows_text(r, 1),
                           pl_rows_text(r, 2))) != PL_OK)
            break;
    pl_rows_end(r);
    return st;
}

static pl_status make_new(pl_row_writer *w, const pl_indicator *it, pl_str *id)
{
    PL_TRY(pl_id_new(w->cx, w->in->now, id));
    PL_TRY(remember(w, *id, it->name, it->unit));
    w->indicators.p[w->indicators.n - 1].taken = true;
    pl_value args[] = {PL_V_TEXT(w->in->region_id), PL_V_TEXT(*id), PL_V_TEXT(it->name),
                       PL_V_TEXT(it->unit)};
    return pl_store_run(w->cx, w->s, PL_Q_indicator_put, args, PL_COUNT(args), NULL);
}

/* The most alike of the same unit that no row has taken; NULL when none is near. */
static pl_known_indicator *nearest(pl_row_writer *w, const pl_indicator *it)
{
    pl_known_indicator *best = NULL;
    unsigned most = ALIKE_LEAST - 1;

    for (size_t i = 0; i < w->indicators.n; i++) {
        pl_known_indicator *k = &w->indicators.p[i];
        unsigned alike = k->taken || !pl_str_eq(k->unit, it->unit)
                             ? 0
                             : pl_text_alike(k->name, it->name);

        if (alike > most) {
            most = alike;
            best = k;
        }
    }
    return best;
}

pl_status pl_indicator_link(pl_row_writer *w, const pl_indicator *it, pl_str *id,
                            pl_link *how)
{
    pl_known_indicator *k = NULL;
    pl_link_seen *seen;
    pl_str key;
    size_t *at;

    PL_TRY(key_of(w->cx, it->name, it->unit, &key));
    at = pl_map_find(&w->indicator_names, key);
    *how = PL_LINK_SAME;
    if (at) {
        k = &w->indicators.p[*at];
    } else if ((k = nearest(w, it)) != NULL) {
        *how = PL_LINK_UNSURE;
        seen = PL_VEC_ADD(w->cx->arena, &w->saved->unsure);
        if (!seen)
            return pl_fail_memory(w->cx);
        *seen = (pl_link_seen){it->name, k->name};
    }
    if (!k) {
        *how = PL_LINK_NEW;
        return make_new(w, it, id);
    }
    k->taken = true;
    *id = k->id;
    return PL_OK;
}
