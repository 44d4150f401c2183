/* `利用外资63.7亿美元,超额完成全年62亿美元的任务`: a figure that is said to exceed
 * another one does. R-406.
 *
 * The figure behind 超额完成 is the task; the nearest one before it in its sentence that
 * measures the same is what was done. */
#include "judge/rules.h"

static const pl_figure *task_of(const pl_passages *ps, const pl_passage *p)
{
    size_t at = pl_str_find(p->text, PL_S("超额完成"), 0);

    for (size_t i = 0; at != PL_NOPOS && i < p->n_figures; i++) {
        const pl_figure *f = &ps->figures.p[p->first_figure + i];

        if (f->q.at.at > at)
            return f;
    }
    return NULL;
}

/* The nearest figure before the task in its sentence that measures the same, or NULL. */
static const pl_figure *done_of(const pl_passages *ps, const pl_figure *task)
{
    const pl_figure *f = task;
    size_t sentence = ps->all.p[task->passage].sentence;

    while (f > ps->figures.p) {
        f--;
        if (ps->all.p[f->passage].sentence != sentence)
            return NULL;
        if (pl_str_eq(f->dim, task->dim) && !f->q.is_range)
            return f;
    }
    return NULL;
}

static pl_status say(pl_ctx *cx, pl_check *check, const pl_figure *done,
                     const pl_figure *task, pl_severity severity)
{
    bool held = severity == PL_SEVERITY_HELD;
    pl_relation *r;

    PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_CLAIM, severity, &r));
    PL_TRY(pl_relation_zh(cx, r,
                          held ? "“%.*s”超过任务“%.*s”，确为超额完成"
                               : "称超额完成，但“%.*s”没有超过任务“%.*s”",
                          PL_FMT(done->text), PL_FMT(task->text)));
    PL_TRY(
        pl_relation_en(cx, r,
                       held ? "'%.*s' exceeds the task, '%.*s', as said"
                            : "said to exceed, but '%.*s' is not above the task, '%.*s'",
                       PL_FMT(done->text), PL_FMT(task->text)));
    r->expected = task->text;
    r->found = done->text;
    PL_TRY(pl_relation_at(cx, r, done->place, done->text));
    return pl_relation_at(cx, r, task->place, task->text);
}

pl_status pl_rule_claim_figures(pl_ctx *cx, pl_check *check)
{
    const pl_passages *ps = check->passages;

    for (size_t i = 0; i < ps->all.n; i++) {
        const pl_figure *task = task_of(ps, &ps->all.p[i]);
        const pl_figure *done = task ? done_of(ps, task) : NULL;

        if (!done)
            continue;
        if (pl_dec_cmp(done->value, task->value) > 0)
            PL_TRY(say(cx, check, done, task, PL_SEVERITY_HELD));
        else if (pl_dec_cmp(done->hi, task->lo) < 0)
            PL_TRY(say(cx, check, done, task, PL_SEVERITY_ERROR));
        else if (!done->open)
            PL_TRY(say(cx, check, done, task, PL_SEVERITY_WARNING));
    }
    return PL_OK;
}
