/* The texts of a document whose quantities are facts: paragraphs, cells of tables that
 * are part of the narrative, tasks. Each is folded once, here, for all that read it. */
#include "plan/recognise.h"

/* A walk through the document, with the rows of the plan that come next in its order. */
typedef struct texts_in {
    pl_plan *plan;
    size_t indicator; /* first one of a table that is still to come */
    size_t cell_task; /* next task of a table */
    size_t para_task; /* next task of a paragraph; these stand behind those of tables */
} texts_in;

pl_str pl_fact_text_at(const pl_fact_text *t, pl_span at)
{
    pl_span span = pl_fold_span(&t->fold, at.at, at.n);

    return pl_str_trim(pl_str_sub(t->text->s, span.at, span.n));
}

static pl_status add_text(pl_ctx *cx, pl_plan *plan, pl_fact_text t)
{
    pl_fact_text *slot;

    if (t.text->s.n == 0)
        return PL_OK;
    PL_TRY(pl_fold_make(cx, t.text->s, &t.fold));
    slot = PL_VEC_ADD(cx->arena, &plan->texts);
    if (!slot)
        return pl_fail_memory(cx);
    *slot = t;
    return PL_OK;
}

/* The task that *next is, when `text` says it. */
static size_t task_at(const pl_plan *plan, size_t *next, const pl_text *text)
{
    if (*next < plan->tasks.n && plan->tasks.p[*next].source == text)
        return (*next)++;
    return PL_NOPOS;
}

static bool is_indicator_table(texts_in *in, const pl_table *t)
{
    const pl_indicators *all = &in->plan->indicators;

    while (in->indicator < all->n && all->p[in->indicator].table < t->number)
        in->indicator++;
    return in->indicator < all->n && all->p[in->indicator].table == t->number;
}

static pl_status table_texts(pl_ctx *cx, texts_in *in, const pl_table *t, pl_fact_text at)
{
    const pl_tasks *tasks = &in->plan->tasks;
    bool is_tasks =
        in->cell_task < tasks->n && tasks->p[in->cell_task].place.table == t->number;

    if (is_indicator_table(in, t))
        return PL_OK;
    at.source = is_tasks ? PL_SOURCE_TASK : PL_SOURCE_COLUMN;
    for (size_t i = 0; i < t->cells.n; i++) {
        at.cell = &t->cells.p[i];
        at.text = &at.cell->text;
        at.place = &at.cell->place;
        at.task = is_tasks ? task_at(in->plan, &in->cell_task, &at.cell->text) : PL_NOPOS;
        if (!is_tasks || at.task != PL_NOPOS)
            PL_TRY(add_text(cx, in->plan, at));
    }
    return PL_OK;
}

pl_status pl_read_texts(pl_ctx *cx, pl_plan *plan)
{
    texts_in in = {.plan = plan};

    while (in.para_task < plan->tasks.n && plan->tasks.p[in.para_task].place.table)
        in.para_task++;
    for (size_t i = 0; i < plan->doc->blocks.n; i++) {
        const pl_block *b = &plan->doc->blocks.p[i];
        pl_fact_text at = {.block = i,
                           .section = pl_section_at(plan, i),
                           .source = PL_SOURCE_NARRATIVE,
                           .text = &b->text,
                           .place = &b->place};

        if (b->kind == PL_BLOCK_TABLE) {
            if (b->table)
                PL_TRY(table_texts(cx, &in, b->table, at));
            continue;
        }
        at.task = task_at(plan, &in.para_task, at.text);
        PL_TRY(add_text(cx, plan, at));
    }
    return PL_OK;
}
