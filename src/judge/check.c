#include "judge/check.h"

#include <stdlib.h>

#include "judge/rules.h"
#include "plan/recognise.h"

/* ---- the year ---- */

static const pl_datum *datum_of(const pl_indicator *it, pl_role role, int year)
{
    for (size_t i = 0; i < it->cells.n; i++)
        if (it->cells.p[i].role == role && it->cells.p[i].year == year)
            return &it->cells.p[i];
    return NULL;
}

/* A cell that says something about the year: not empty, not a dash. */
static bool says_something(const pl_datum *d)
{
    return d && d->phrase->first->kind != PL_NODE_NONE;
}

/* The latest year for which some indicator has a target and a value. */
static int judged_year(const pl_plan *plan)
{
    int latest = 0;

    for (size_t i = 0; i < plan->indicators.n; i++) {
        const pl_indicator *it = &plan->indicators.p[i];

        for (size_t k = 0; k < it->cells.n; k++) {
            const pl_datum *d = &it->cells.p[k];

            if (d->role == PL_ROLE_VALUE && d->year > latest && says_something(d) &&
                says_something(datum_of(it, PL_ROLE_TARGET, d->year)))
                latest = d->year;
        }
    }
    return latest;
}

/* ---- one row ---- */

typedef struct judging {
    const pl_plan *plan;
    const pl_check_opts *opts;
    int year;
} judging;

/* The indicator that a reference names (经济增长 -> 地区生产总值增速), and its value. */
typedef struct lookup {
    pl_ctx *cx;
    const judging *in;
    pl_status status;
} lookup;

static const pl_phrase *reference_value(void *arg, pl_str owner, pl_str standard,
                                        pl_str *name)
{
    lookup *l = arg;
    size_t row;

    if (standard.n || owner.n == 0)
        return NULL; /* a standard of somebody else's: not in this document */
    l->status = pl_join_name(l->cx, l->in->plan, owner, true, &row);
    if (l->status != PL_OK || row == PL_NOPOS)
        return NULL;
    const pl_indicator *it = &l->in->plan->indicators.p[row];
    const pl_datum *d = datum_of(it, PL_ROLE_VALUE, l->in->year);
    *name = it->name;
    return d ? d->phrase : NULL;
}

enum { OTHER_TARGETS_MAX = 16 };

static pl_status judge_row(pl_ctx *cx, const judging *in, const pl_indicator *it,
                           pl_row_verdict *out)
{
    const pl_phrase *others[OTHER_TARGETS_MAX];
    lookup l = {cx, in, PL_OK};
    pl_judge_in j = {.name = it->name,
                     .unit = it->unit,
                     .year = in->year,
                     .tolerance_percent = in->opts->tolerance_percent,
                     .reference = reference_value,
                     .reference_arg = &l,
                     .other_targets = others};
    const pl_datum *previous = datum_of(it, PL_ROLE_VALUE, in->year - 1);

    for (size_t i = 0; i < it->cells.n; i++) {
        const pl_datum *d = &it->cells.p[i];

        if (d->role == PL_ROLE_TERM_TARGET && !j.term_target && says_something(d))
            j.term_target = d->phrase;
        if (d->role == PL_ROLE_TARGET && d != out->target &&
            j.n_other_targets < OTHER_TARGETS_MAX)
            others[j.n_other_targets++] = d->phrase;
    }
    j.target = out->target->phrase;
    j.value = out->value->phrase;
    j.previous = says_something(previous) ? previous->phrase : NULL;
    PL_TRY(pl_judge(cx, &j, &out->verdict));
    out->counts = !in->opts->strict || out->verdict.certainty == PL_CERTAINTY_MEASURED;
    return l.status;
}

/* ---- indicators ---- */

static pl_outcome row_outcome(const pl_row_verdict *r)
{
    return r->counts ? r->verdict.outcome : PL_OUTCOME_UNDETERMINED;
}

static void join_part(pl_indicator_verdict *v, const pl_row_verdict *r)
{
    pl_outcome o = row_outcome(r);

    if (o == PL_OUTCOME_MISSED || v->outcome == PL_OUTCOME_MISSED)
        v->outcome = PL_OUTCOME_MISSED;
    else if (o == PL_OUTCOME_UNDETERMINED)
        v->outcome = o;
    if (v->n == 0 || r->verdict.certainty > v->certainty)
        v->certainty = r->verdict.certainty;
    v->n++;
}

static bool is_part_of(const pl_plan *plan, size_t a, size_t b)
{
    return plan->indicators.p[a].table == plan->indicators.p[b].table &&
           pl_str_eq(plan->indicators.p[a].no, plan->indicators.p[b].no) &&
           plan->indicators.p[b].part.n;
}

static pl_status add_row(pl_ctx *cx, pl_check *check, const judging *in, size_t i)
{
    const pl_indicator *it = &check->plan->indicators.p[i];
    pl_row_verdict row = {.row = i};
    pl_row_verdict *slot;
    pl_indicator_verdict *last = NULL;

    row.target = datum_of(it, PL_ROLE_TARGET, in->year);
    row.value = datum_of(it, PL_ROLE_VALUE, in->year);
    if (!row.target || !row.value)
        return PL_OK;
    PL_TRY(judge_row(cx, in, it, &row));
    slot = PL_VEC_ADD(cx->arena, &check->rows);
    if (!slot)
        return pl_fail_memory(cx);
    *slot = row;
    if (check->indicators.n && check->rows.n > 1 &&
        is_part_of(check->plan, check->rows.p[check->rows.n - 2].row, i))
        last = &check->indicators.p[check->indicators.n - 1];
    if (!last) {
        last = PL_VEC_ADD(cx->arena, &check->indicators);
        if (!last)
            return pl_fail_memory(cx);
        last->first = check->rows.n - 1;
        last->outcome = PL_OUTCOME_MET;
    }
    join_part(last, slot);
    return PL_OK;
}

static pl_status judge_all(pl_ctx *cx, pl_check *check, const judging *in)
{
    for (size_t i = 0; check->year && i < check->plan->indicators.n; i++)
        PL_TRY(add_row(cx, check, in, i));
    for (size_t i = 0; i < check->indicators.n; i++) {
        pl_outcome o = check->indicators.p[i].outcome;

        check->met += o == PL_OUTCOME_MET;
        check->missed += o == PL_OUTCOME_MISSED;
        check->undetermined += o == PL_OUTCOME_UNDETERMINED;
    }
    return PL_OK;
}

/* ---- relations ---- */

#define FNV_PRIME UINT64_C(1099511628211)

/* FNV-1a, 64 bits: ids are shown and written in files, so they never change. Without
 * spaces: pages of placed words do not tell all of them. */
static uint64_t fnv(pl_str s)
{
    uint64_t h = UINT64_C(14695981039346656037);

    for (size_t i = 0; i < s.n; i++)
        if (!pl_is_space(s.p[i]))
            h = (h ^ (unsigned char)s.p[i]) * FNV_PRIME;
    return h;
}

static uint64_t mix(uint64_t h, pl_str s)
{
    return (h ^ fnv(s)) * FNV_PRIME;
}

/* What a relation says, as a number; `at` is its index among all. */
typedef struct said {
    uint64_t hash;
    size_t at;
} said;

static int by_hash(const void *a, const void *b)
{
    const said *x = a, *y = b;

    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

static uint64_t hash_of(const pl_relation *r)
{
    uint64_t h = mix(7, r->message.zh);

    for (size_t i = 0; i < r->witnesses.n; i++)
        h = mix(h, r->witnesses.p[i].text);
    return h;
}

/* `sum-3fa2c1`: the kind and a number of 24 bits. */
static pl_status name_relation(pl_ctx *cx, pl_relation *r, uint64_t number)
{
    enum { DIGITS = 6 };
    pl_str kind = pl_kind_token(r->kind);
    size_t n = kind.n + 1 + DIGITS;
    char *id = pl_arena_alloc_raw(cx->arena, n, 1, 1);

    if (!id)
        return pl_fail_memory(cx);
    memcpy(id, kind.p, kind.n);
    id[kind.n] = '-';
    for (size_t i = 0; i < DIGITS; i++)
        id[n - 1 - i] = "0123456789abcdef"[number >> 4 * i & 15];
    r->id = (pl_str){id, n};
    return PL_OK;
}

/* Ids come from what relations say, not from where their parts stand: they are the same
 * in every format and edition of a document. Those that say the same are counted. */
static pl_status name_relations(pl_ctx *cx, pl_relations *all)
{
    said *p = PL_NEW_N(cx->arena, said, all->n + 1);
    uint64_t again = 0;

    if (!p)
        return pl_fail_memory(cx);
    for (size_t i = 0; i < all->n; i++)
        p[i] = (said){hash_of(&all->p[i]), i};
    qsort(p, all->n, sizeof *p, by_hash);
    for (size_t i = 0; i < all->n; i++) {
        pl_relation *r = &all->p[p[i].at];

        again = i && p[i].hash == p[i - 1].hash ? again + 1 : 0;
        PL_TRY(name_relation(cx, r, (p[i].hash + again * FNV_PRIME) >> 40));
    }
    return PL_OK;
}

static int by_number(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

/* In the order of the document. */
static int by_place(const pl_place *a, const pl_place *b)
{
    const size_t keys[][2] = {{a->block, b->block},    {a->page, b->page},
                              {a->line, b->line},      {a->row, b->row},
                              {a->col, b->col},        {a->at, b->at},
                              {a->span.at, b->span.at}};
    int order = 0;

    for (size_t i = 0; i < PL_COUNT(keys) && order == 0; i++)
        order = by_number(keys[i][0], keys[i][1]);
    return order;
}

/* Those without a place are last; what else is equal stays as its rule came. */
static int by_severity_and_place(const void *a, const void *b)
{
    const pl_relation *x = a, *y = b;
    int order;

    if (x->severity != y->severity)
        return x->severity < y->severity ? -1 : 1;
    if ((x->witnesses.n == 0) != (y->witnesses.n == 0))
        return x->witnesses.n == 0 ? 1 : -1;
    order =
        x->witnesses.n ? by_place(&x->witnesses.p[0].place, &y->witnesses.p[0].place) : 0;
    return order ? order : pl_str_cmp(x->message.zh, y->message.zh);
}

/* Run every rule, and keep what is of the kinds asked for. */
static pl_status run_rules(pl_ctx *cx, pl_check *check, unsigned kinds)
{
    pl_relations *all = &check->relations;

    for (const pl_rule *rule = pl_rules; rule->name.n; rule++) {
        size_t kept = all->n;

        PL_TRY(rule->run(cx, check));
        for (size_t i = kept; i < all->n; i++) {
            all->p[i].rule = rule;
            if (kinds == 0 || (kinds & 1u << all->p[i].kind))
                all->p[kept++] = all->p[i];
        }
        all->n = kept;
    }
    return PL_OK;
}

static pl_status examine(pl_ctx *cx, pl_check *check, const pl_check_opts *opts)
{
    pl_passages *passages;

    PL_TRY(pl_passages_make(cx, check->plan, &passages));
    check->passages = passages;
    check->is_part = PL_NEW_N(cx->arena, bool, passages->figures.n);
    if (!check->is_part)
        return pl_fail_memory(cx);
    PL_TRY(run_rules(cx, check, opts->kinds));
    for (size_t i = 0; i < check->relations.n; i++) {
        const pl_relation *r = &check->relations.p[i];

        check->held += r->severity == PL_SEVERITY_HELD;
        check->n_findings += r->severity != PL_SEVERITY_HELD;
    }
    check->failed = check->n_findings;
    if (check->relations.n)
        qsort(check->relations.p, check->relations.n, sizeof *check->relations.p,
              by_severity_and_place);
    PL_TRY(name_relations(cx, &check->relations));
    return opts->waivers ? pl_waive(cx, check, opts->waivers) : PL_OK;
}

bool pl_check_has_errors(const pl_check *check)
{
    for (size_t i = 0; i < check->n_findings; i++)
        if (check->relations.p[i].severity == PL_SEVERITY_ERROR &&
            !check->relations.p[i].waiver)
            return true;
    return false;
}

pl_status pl_check_verdicts(pl_ctx *cx, const pl_plan *plan, const pl_check_opts *opts,
                            pl_check **out)
{
    pl_check *check = PL_NEW(cx->arena, pl_check);
    judging in = {.plan = plan, .opts = opts};

    if (!check)
        return pl_fail_memory(cx);
    check->plan = plan;
    check->strict = opts->strict;
    check->kinds = opts->kinds;
    in.year = check->year = opts->year ? opts->year : judged_year(plan);
    PL_TRY(judge_all(cx, check, &in));
    *out = check;
    return PL_OK;
}

pl_status pl_check_plan(pl_ctx *cx, const pl_plan *plan, const pl_check_opts *opts,
                        pl_check **out)
{
    pl_check *check;

    PL_TRY(pl_check_verdicts(cx, plan, opts, &check));
    PL_TRY(examine(cx, check, opts));
    *out = check;
    return PL_OK;
}
