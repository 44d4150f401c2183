#include "judge/compare.h"
#include "judge/passage.h"
#include "text/fold.h"
#include <stdlib.h>

enum {
    ALIKE_LEAST = 700,
    ALIKE_SAME = 1000,
    PAIRS_MOST = 1000000 /* of names: about a second */
};

pl_str pl_shift_token(pl_shift s)
{
    static const pl_str tokens[] = {
#define X(name, token, zh, en) PL_S_INIT(token),
        PL_SHIFT_LIST(X)
#undef X
    };

    return tokens[s];
}

pl_bitext pl_shift_words(pl_shift s)
{
    static const pl_bitext words[] = {
#define X(name, token, zh, en) {PL_S_INIT(zh), PL_S_INIT(en)},
        PL_SHIFT_LIST(X)
#undef X
    };

    return words[s];
}

/* ---- which indicators are the same */

/* Two rows that may be one indicator. */
typedef struct couple {
    size_t was, now;
    unsigned alike;
    bool unit; /* the same */
} couple;
typedef PL_VEC(couple) couples;

/* Most alike first, the same unit before another, then in the plans' order. */
static int by_likeness(const void *x, const void *y)
{
    const couple *a = x, *b = y;

    if (a->alike != b->alike)
        return a->alike > b->alike ? -1 : 1;
    if (a->unit != b->unit)
        return a->unit ? -1 : 1;
    if (a->now != b->now)
        return a->now < b->now ? -1 : 1;
    return (a->was > b->was) - (a->was < b->was);
}

static pl_status fold_names(pl_ctx *cx, const pl_indicators *all, pl_str **out)
{
    *out = PL_NEW_N(cx->arena, pl_str, all->n);
    if (!*out)
        return pl_fail_memory(cx);
    for (size_t i = 0; i < all->n; i++)
        PL_TRY(pl_fold_str(cx, all->p[i].name, &(*out)[i]));
    return PL_OK;
}

static pl_status find_couples(pl_ctx *cx, const pl_indicators *was,
                              const pl_indicators *now, couples *out)
{
    pl_str *a, *b;

    PL_TRY(fold_names(cx, was, &a));
    PL_TRY(fold_names(cx, now, &b));
    for (size_t w = 0; w < was->n; w++)
        for (size_t n = 0; n < now->n; n++) {
            unsigned alike =
                pl_str_eq(a[w], b[n]) ? ALIKE_SAME : pl_text_alike(a[w], b[n]);
            couple *c;

            if (alike < ALIKE_LEAST)
                continue;
            c = PL_VEC_ADD(cx->arena, out);
            if (!c)
                return pl_fail_memory(cx);
            *c = (couple){w, n, alike, pl_str_eq(was->p[w].unit, now->p[n].unit)};
        }
    if (out->n)
        qsort(out->p, out->n, sizeof *out->p, by_likeness);
    return PL_OK;
}

/* ---- how a target moved */

/* The latest target of a row: of a year, else of the term. */
static const pl_datum *target_of(const pl_indicator *it)
{
    static const pl_role roles[] = {PL_ROLE_TARGET, PL_ROLE_TERM_TARGET};
    const pl_datum *last = NULL;

    for (size_t r = 0; r < PL_COUNT(roles) && !last; r++)
        for (size_t i = 0; i < it->cells.n; i++) {
            const pl_datum *d = &it->cells.p[i];

            if (d->role == roles[r] && !d->cumulative && !d->per_year &&
                (!last || d->year >= last->year))
                last = d;
        }
    return last;
}

/* Both figures, when they are of one kind: levels, or changes over as many years. */
static bool figures(const pl_ctx *cx, const pl_shift_row *r, pl_series *s, pl_point *was,
                    pl_point *now)
{
    pl_series old;

    pl_series_begin(cx, r->was, &old);
    pl_series_begin(cx, r->now, s);
    return pl_point_read(&old, r->was_target, was) &&
           pl_point_read(s, r->now_target, now) && was->change == now->change &&
           was->share == now->share && was->cumulative == now->cumulative &&
           was->years == now->years;
}

static bool units_differ(const pl_indicator *a, const pl_indicator *b)
{
    return a->unit.n && b->unit.n && !pl_str_eq(a->unit, b->unit);
}

/* Which of two figures asks for more; 0 when neither does, or it is not known. R-395 */
static int asks_more(const pl_series *s, const pl_point *was, const pl_point *now)
{
    pl_dir good = s->good;

    if (now->change && now->leaf->dir == PL_DIR_DOWN)
        good = PL_DIR_UP; /* 下降3 asks for more than 下降2 */
    if (good != PL_DIR_UP && good != PL_DIR_DOWN)
        return 0;
    return pl_better(good, pl_point_at(s, now, false), pl_point_at(s, was, false));
}

static void judge(const pl_ctx *cx, pl_shift_row *r)
{
    pl_series s;
    pl_point was, now;
    pl_dec a, b;
    int more;

    if (!r->was_target || !r->now_target) {
        r->shift = !r->was_target && !r->now_target ? PL_SHIFT_SAME
                   : r->now_target                  ? PL_SHIFT_NEW
                                                    : PL_SHIFT_DROPPED;
        return;
    }
    r->shift = units_differ(r->was, r->now) ? PL_SHIFT_UNIT
               : pl_phrase_same(r->was_target->phrase, r->now_target->phrase)
                   ? PL_SHIFT_SAME
                   : PL_SHIFT_REWORDED;
    if (r->shift != PL_SHIFT_REWORDED || !figures(cx, r, &s, &was, &now))
        return;
    a = pl_point_at(&s, &was, false);
    b = pl_point_at(&s, &now, false);
    more = asks_more(&s, &was, &now);
    if (more == 0 || !pl_dec_sub(b, a, &r->by))
        return;
    r->shift = more > 0 ? PL_SHIFT_TIGHTENED : PL_SHIFT_LOOSENED;
    r->by = pl_dec_abs(r->by);
    r->by_unit = r->now->unit;
}

static pl_status add(pl_ctx *cx, pl_comparison *c, const pl_indicator *was,
                     const pl_indicator *now, unsigned alike)
{
    pl_shift_row *r = PL_VEC_ADD(cx->arena, &c->rows);

    if (!r)
        return pl_fail_memory(cx);
    *r = (pl_shift_row){.was = was, .now = now, .alike = alike};
    r->was_target = was ? target_of(was) : NULL;
    r->now_target = now ? target_of(now) : NULL;
    if (was && now)
        judge(cx, r);
    else
        r->shift = now ? PL_SHIFT_NEW : PL_SHIFT_DROPPED;
    c->n[r->shift]++;
    return PL_OK;
}

/* For each row of the later plan its partner, for each of the earlier whether it has one.
 */
static pl_status pair_up(pl_ctx *cx, const pl_comparison *c, couple *of_now, bool *taken)
{
    couples all = {0};

    PL_TRY(find_couples(cx, &c->was->indicators, &c->now->indicators, &all));
    for (size_t i = 0; i < all.n; i++) {
        const couple *k = &all.p[i];

        if (taken[k->was] || of_now[k->now].alike)
            continue;
        taken[k->was] = true;
        of_now[k->now] = *k;
    }
    return PL_OK;
}

pl_status pl_compare_plans(pl_ctx *cx, const pl_plan *was, const pl_plan *now,
                           pl_comparison **out)
{
    pl_comparison *c = PL_NEW(cx->arena, pl_comparison);
    size_t n = now->indicators.n, m = was->indicators.n;
    couple *of_now = PL_NEW_N(cx->arena, couple, n);
    bool *taken = PL_NEW_N(cx->arena, bool, m);

    if (!c || !of_now || !taken)
        return pl_fail_memory(cx);
    if (n && m > PAIRS_MOST / n)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS,
                       "too many indicators to compare: %zu and %zu", m, n);
    c->was = was;
    c->now = now;
    PL_TRY(pair_up(cx, c, of_now, taken));
    for (size_t i = 0; i < n; i++)
        PL_TRY(add(cx, c, of_now[i].alike ? &was->indicators.p[of_now[i].was] : NULL,
                   &now->indicators.p[i], of_now[i].alike));
    for (size_t i = 0; i < m; i++)
        if (!taken[i])
            PL_TRY(add(cx, c, &was->indicators.p[i], NULL, 0));
    *out = c;
    return PL_OK;
}
