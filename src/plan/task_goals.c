/* Quantities asked for in a task's text: 更新不少于80套全民健身路径 -> 不少于80套,
 * 全民健身路径, 更新. */
#include "plan/recognise.h"
#include "plan/words.h"
#include "text/utf8.h"

enum { WHAT_MAX_CHARS = 30, VERB_MAX_CHARS = 6 };

static const pl_str ends[] = {PL_S_INIT(","),  PL_S_INIT("。"), PL_S_INIT(";"),
                              PL_S_INIT("、"), PL_S_INIT(":"),  PL_S_INIT("!"),
                              PL_S_INIT("("),  PL_S_INIT(")")};

static size_t end_at(pl_str s, size_t i)
{
    for (size_t k = 0; k < PL_COUNT(ends); k++)
        if (pl_str_starts(pl_str_tail(s, i), ends[k]))
            return ends[k].n;
    return 0;
}

/* The words behind a quantity, up to the clause's end. */
static pl_span what_after(pl_str s, size_t at)
{
    size_t i = at, n = 0;

    while (i < s.n && !end_at(s, i) && n++ < WHAT_MAX_CHARS)
        i += pl_utf8_len((unsigned char)s.p[i]);
    return (pl_span){at, i - at};
}

/* The words before it, back to the clause's start. */
static pl_span clause_before(pl_str s, size_t at)
{
    size_t start = 0, n;

    for (size_t i = 0; i < at; i += n) {
        size_t e = end_at(s, i);

        n = e ? e : pl_utf8_len((unsigned char)s.p[i]);
        if (e)
            start = i + n;
    }
    return (pl_span){start, at - start};
}

static pl_status add_goal(pl_ctx *cx, const pl_fact_text *t, const pl_fact *fact,
                          pl_task_goals *out)
{
    pl_task_goal *g = PL_VEC_ADD(cx->arena, out);
    const pl_quantity *q = &fact->q;
    pl_span what = what_after(t->fold.s, q->at.at + q->at.n);
    pl_span before = clause_before(t->fold.s, q->at.at);
    pl_phrase_opts opts = {0};

    if (!g)
        return pl_fail_memory(cx);
    g->quantity = *q;
    g->verb = pl_fact_text_at(t, before);
    g->what = pl_fact_text_at(t, what.n ? what : before);
    if (what.n == 0)
        g->verb = (pl_str){0};
    g->place = fact->place;
    PL_TRY(pl_clean(cx, fact->text, &g->text));
    return pl_phrase_parse(cx, g->text, &opts, &g->target);
}

pl_status pl_read_task_goals(pl_ctx *cx, pl_plan *plan)
{
    for (size_t i = 0; i < plan->texts.n; i++) {
        const pl_fact_text *t = &plan->texts.p[i];

        for (size_t k = 0; t->task != PL_NOPOS && k < t->n_facts; k++)
            PL_TRY(add_goal(cx, t, &plan->facts.p[t->first_fact + k],
                            &plan->tasks.p[t->task].goals));
    }
    return PL_OK;
}
