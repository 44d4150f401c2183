/* Responsible units: who they are and how much each has. */
#include "base/map.h"
#include "plan/recognise.h"
#include "plan/words.h"

typedef struct tally {
    pl_map by_name; /* -> index in plan->units */
    pl_plan *plan;
} tally;

static pl_status unit_of(pl_ctx *cx, tally *t, pl_str name, pl_unit **out)
{
    bool added;
    size_t *at = pl_map_add(cx->arena, &t->by_name, name, &added);
    pl_str before;

    if (!at)
        return pl_fail_memory(cx);
    if (added) {
        pl_unit *u = PL_VEC_ADD(cx->arena, &t->plan->units);

        if (!u)
            return pl_fail_memory(cx);
        *at = t->plan->units.n - 1;
        u->name = name;
        if (!pl_bracket_last(name, &before, &u->alias) || before.n == 0)
            u->alias = (pl_str){0};
    }
    *out = &t->plan->units.p[*at];
    return PL_OK;
}

/* Was the name among those before position n of the list? */
static bool named_before(const pl_strs *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (pl_str_eq(names->p[i], names->p[n]))
            return true;
    return false;
}

static pl_status count_task(pl_ctx *cx, tally *t, const pl_task *task)
{
    for (size_t i = 0; i < task->responsible.n; i++) {
        pl_unit *u;

        if (named_before(&task->responsible, i))
            continue;
        PL_TRY(unit_of(cx, t, task->responsible.p[i], &u));
        u->tasks++;
        u->lead += i < task->n_lead;
    }
    return PL_OK;
}

/* Another row of the same indicator has counted this unit already. */
static bool counted(const pl_plan *plan, size_t row, pl_str name)
{
    const pl_indicator *it = &plan->indicators.p[row];

    for (size_t k = row; k-- > 0;) {
        const pl_indicator *before = &plan->indicators.p[k];

        if (before->table != it->table || !pl_str_eq(before->no, it->no))
            return false;
        for (size_t i = 0; i < before->responsible.n; i++)
            if (pl_str_eq(before->responsible.p[i], name))
                return true;
    }
    return false;
}

pl_status pl_count_units(pl_ctx *cx, pl_plan *plan)
{
    tally t = {.plan = plan};

    for (size_t i = 0; i < plan->tasks.n; i++)
        PL_TRY(count_task(cx, &t, &plan->tasks.p[i]));
    for (size_t i = 0; i < plan->indicators.n; i++) {
        const pl_strs *names = &plan->indicators.p[i].responsible;

        for (size_t k = 0; k < names->n; k++) {
            pl_unit *u;

            if (named_before(names, k) || counted(plan, i, names->p[k]))
                continue;
            PL_TRY(unit_of(cx, &t, names->p[k], &u));
            u->indicators++;
        }
    }
    return PL_OK;
}
