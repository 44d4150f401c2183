/* Numbering: of indicators and of tasks, table by table. */
#include "judge/rules.h"
#include "text/numbering.h"

/* What is numbered, in order. */
typedef struct numbered {
    int number;
    pl_str text;
    pl_place place;
    uint32_t table;
} numbered;

typedef PL_VEC(numbered) numbered_rows;

static pl_status put(pl_ctx *cx, numbered_rows *rows, numbered row)
{
    numbered *slot = PL_VEC_ADD(cx->arena, rows);

    if (!slot)
        return pl_fail_memory(cx);
    *slot = row;
    return PL_OK;
}

static pl_status say_break(pl_ctx *cx, pl_check *check, const char *zh, const char *en,
                           const numbered *before, const numbered *row)
{
    int want = before ? before->number + 1 : 1;
    pl_relation *r;

    PL_TRY(
        pl_relation_add(cx, &check->relations, PL_KIND_SEQUENCE, PL_SEVERITY_ERROR, &r));
    PL_TRY(pl_relation_zh(cx, r, "%s序号不连续：应为%d，写作%d", zh, want, row->number));
    PL_TRY(pl_relation_en(cx, r, "%s numbers break off: %d expected, %d written", en,
                          want, row->number));
    if (before)
        PL_TRY(pl_relation_at(cx, r, before->place, before->text));
    return pl_relation_at(cx, r, row->place, row->text);
}

static pl_status say_held(pl_ctx *cx, pl_check *check, const char *zh, const char *en,
                          const numbered *first, const numbered *last)
{
    pl_relation *r;

    PL_TRY(
        pl_relation_add(cx, &check->relations, PL_KIND_SEQUENCE, PL_SEVERITY_HELD, &r));
    PL_TRY(pl_relation_zh(cx, r, "%s序号%d至%d连续", zh, first->number, last->number));
    PL_TRY(pl_relation_en(cx, r, "%s are numbered %d to %d without a gap", en,
                          first->number, last->number));
    PL_TRY(pl_relation_at(cx, r, first->place, first->text));
    return pl_relation_at(cx, r, last->place, last->text);
}

/* Rows of one table (or of the text) each after the other. */
static pl_status examine(pl_ctx *cx, pl_check *check, const char *zh, const char *en,
                         const numbered_rows *rows)
{
    size_t from = 0;
    bool held = true;

    for (size_t i = 0; i < rows->n; i++) {
        const numbered *row = &rows->p[i];
        const numbered *before = i > from ? &rows->p[i - 1] : NULL;

        if (before && row->table == 0 && row->number == 1)
            before = NULL, from = i; /* the text begins a new list */
        if (before ? row->number != before->number + 1
                   : row->table != 0 && row->number != 1) {
            held = false;
            PL_TRY(say_break(cx, check, zh, en, before, row));
        }
        if (i + 1 == rows->n || rows->p[i + 1].table != row->table) {
            if (held)
                PL_TRY(say_held(cx, check, zh, en, &rows->p[from], row));
            from = i + 1;
            held = true;
        }
    }
    return PL_OK;
}

static pl_status indicators(pl_ctx *cx, const pl_plan *plan, numbered_rows *out)
{
    for (size_t i = 0; i < plan->indicators.n; i++) {
        const pl_indicator *it = &plan->indicators.p[i];
        int number = pl_ordinal(it->no);

        if (i && it->table == plan->indicators.p[i - 1].table &&
            pl_str_eq(it->no, plan->indicators.p[i - 1].no) && it->part.n)
            continue; /* a part of the same indicator */
        if (number)
            PL_TRY(put(cx, out, (numbered){number, it->name, it->place, it->table}));
    }
    return PL_OK;
}

static pl_status tasks(pl_ctx *cx, const pl_plan *plan, numbered_rows *out)
{
    for (size_t i = 0; i < plan->tasks.n; i++) {
        const pl_task *t = &plan->tasks.p[i];

        if (t->place.table)
            PL_TRY(put(cx, out, (numbered){t->no, t->text, t->place, t->place.table}));
    }
    return PL_OK;
}

pl_status pl_rule_sequence(pl_ctx *cx, pl_check *check)
{
    numbered_rows rows = {0};

    PL_TRY(indicators(cx, check->plan, &rows));
    PL_TRY(examine(cx, check, "指标", "indicators", &rows));
    rows = (numbered_rows){0};
    PL_TRY(tasks(cx, check->plan, &rows));
    return examine(cx, check, "任务", "tasks", &rows);
}
