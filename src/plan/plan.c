#include "plan/plan.h"

#include "base/map.h"
#include "plan/recognise.h"
#include "plan/words.h"
#include "text/fold.h"
#include "text/year.h"

pl_str pl_role_token(pl_role r)
{
    static const pl_str token[] = {
#define X(name, token) PL_S_INIT(token),
        PL_ROLE_LIST(X)
#undef X
    };

    _Static_assert(PL_COUNT(token) == PL_ROLE_COUNT, "one token per role");
    return token[r];
}

pl_str pl_role_public(pl_role r)
{
    if (r == PL_ROLE_TARGET || r == PL_ROLE_VALUE || r == PL_ROLE_TERM_TARGET)
        return pl_role_token(r);
    return pl_role_token(PL_ROLE_OTHER);
}

pl_str pl_attribute_token(pl_attribute a)
{
    static const pl_str token[] = {PL_S_INIT(""), PL_S_INIT("binding"),
                                   PL_S_INIT("expected")};

    return token[a];
}

enum { YEAR_MIN = 1949, YEAR_MAX = 2100, YEAR_LOOK_BLOCKS = 30, DATELINE_MAX_CHARS = 60 };

/* The latest single year named in s, 0 when there is none. Spaces and full-width digits
 * do not hide it; multi-year periods do not count. */
static int latest_year(pl_str s)
{
    size_t at = 0;
    int latest = 0;

    for (;;) {
        pl_period p = pl_period_in(s, at, 0, &at);

        if (p.n == 0)
            return latest;
        if (p.first == p.year && p.year > latest && p.year >= YEAR_MIN &&
            p.year <= YEAR_MAX)
            latest = p.year;
        at += p.n;
    }
}

/* The year of the lines before the text: `2026年1月27日在…会议上`. */
static int dateline_year(const pl_doc *d)
{
    int year = 0;

    for (size_t i = 0; i < d->blocks.n && i < YEAR_LOOK_BLOCKS; i++) {
        const pl_block *b = &d->blocks.p[i];

        if (b->kind == PL_BLOCK_PARA && !pl_longer_than(b->text.s, DATELINE_MAX_CHARS)) {
            int y = latest_year(b->text.s);

            year = y > year ? y : year;
        }
    }
    return year;
}

int pl_document_year(const pl_doc *d)
{
    int year = latest_year(d->title), dateline;

    if (year)
        return year;
    dateline = dateline_year(d);
    for (size_t i = 0; i < d->blocks.n; i++) {
        int y = d->blocks.p[i].kind == PL_BLOCK_HEADING
                    ? latest_year(d->blocks.p[i].text.s)
                    : 0;

        if (y > year && (dateline == 0 || y <= dateline + 1))
            year = y;
    }
    return year ? year : dateline;
}

/* A table without a heading that carries on the one before it. */
static bool continues(const pl_shape *before, const pl_table *t, const pl_shape *s)
{
    return before->kind != PL_TABLE_OTHER && s->body == 0 && t->cols == before->n_cols;
}

static pl_status odd_table(pl_ctx *cx, pl_plan *plan, const pl_table *t, pl_str rule,
                           pl_str zh, pl_str en)
{
    pl_oddity *o = PL_VEC_ADD(cx->arena, &plan->oddities);

    if (!o)
        return pl_fail_memory(cx);
    *o = (pl_oddity){rule, zh, en, {.table = t->number}};
    if (t->cells.n)
        o->place = t->cells.p[0].place;
    return PL_OK;
}

static pl_status read_tables(pl_ctx *cx, pl_plan *plan)
{
    pl_shape before = {0};

    for (size_t i = 0; i < plan->doc->blocks.n; i++) {
        const pl_table *t = plan->doc->blocks.p[i].table;
        pl_shape s;

        if (plan->doc->blocks.p[i].kind != PL_BLOCK_TABLE || !t || t->cols == 0)
            continue;
        PL_TRY(pl_shape_of(cx, t, plan->year, &s));
        if (continues(&before, t, &s)) {
            s = before;
            s.first = s.body = 0;
        }
        if (s.kind == PL_TABLE_INDICATORS)
            PL_TRY(pl_read_indicators(cx, plan, t, &s));
        else if (s.kind == PL_TABLE_TASKS)
            PL_TRY(pl_read_tasks(cx, plan, t, &s));
        if (s.kind != PL_TABLE_OTHER && t->ragged)
            PL_TRY(odd_table(cx, plan, t, PL_S("table.ragged"),
                             PL_S("表格各行的单元格数不一致,按最近的列对应"),
                             PL_S("rows of the table differ in their number of cells")));
        before = s;
    }
    return PL_OK;
}

static const pl_str piece_marks[] = {PL_S_INIT("。"), PL_S_INIT("；"), PL_S_INIT(";")};

/* Each sentence of each clause of the outline -> index of its section. */
static pl_status map_clauses(pl_ctx *cx, const pl_plan *plan, pl_map *m)
{
    for (size_t i = 0; i < plan->sections.n; i++) {
        pl_str s = plan->sections.p[i].text;
        size_t at = 0, len = 0;

        while (at < s.n) {
            size_t end = pl_mark_next(s, at, piece_marks, PL_COUNT(piece_marks), &len);
            size_t stop = end == PL_NOPOS ? s.n : end;
            bool added;
            size_t *v;

            if (stop > at) {
                v = pl_map_add(cx->arena, m, pl_str_sub(s, at, stop - at), &added);
                if (!v)
                    return pl_fail_memory(cx);
                if (added)
                    *v = i;
            }
            at = end == PL_NOPOS ? s.n : end + len;
        }
    }
    return PL_OK;
}

/* The section whose clause says what the task says; empty when none does. */
static pl_str section_of_task(const pl_plan *plan, const pl_map *m, pl_str s)
{
    size_t at = 0, len = 0;

    while (at < s.n) {
        size_t end = pl_mark_next(s, at, piece_marks, PL_COUNT(piece_marks), &len);
        size_t stop = end == PL_NOPOS ? s.n : end;
        const size_t *v = pl_map_find(m, pl_str_sub(s, at, stop - at));

        if (v)
            return plan->sections.p[*v].id;
        at = end == PL_NOPOS ? s.n : end + len;
    }
    return (pl_str){0};
}

static pl_status link_tasks(pl_ctx *cx, pl_plan *plan)
{
    pl_map m = {0};

    PL_TRY(map_clauses(cx, plan, &m));
    for (size_t i = 0; i < plan->tasks.n; i++)
        if (plan->tasks.p[i].section.n == 0)
            plan->tasks.p[i].section = section_of_task(plan, &m, plan->tasks.p[i].text);
    return PL_OK;
}

/* The latest year that the indicators set targets for, when it is not before the
 * document's own. */
static int target_year(const pl_plan *plan)
{
    int year = plan->year;

    for (size_t i = 0; i < plan->indicators.n; i++)
        for (size_t k = 0; k < plan->indicators.p[i].cells.n; k++) {
            const pl_datum *d = &plan->indicators.p[i].cells.p[k];

            if (d->role == PL_ROLE_TARGET && d->year > year)
                year = d->year;
        }
    return year;
}

pl_status pl_plan_read(pl_ctx *cx, const pl_doc *d, pl_plan **out)
{
    pl_plan *plan = PL_NEW(cx->arena, pl_plan);

    if (!plan)
        return pl_fail_memory(cx);
    plan->doc = d;
    plan->year = pl_document_year(d);
    PL_TRY(pl_read_sections(cx, plan));
    PL_TRY(pl_read_columns(cx, plan));
    PL_TRY(read_tables(cx, plan));
    PL_TRY(pl_read_text_tasks(cx, plan));
    PL_TRY(link_tasks(cx, plan));
    plan->year = target_year(plan);
    PL_TRY(pl_join_make(cx, plan));
    PL_TRY(pl_read_goals(cx, plan));
    PL_TRY(pl_read_texts(cx, plan));
    PL_TRY(pl_read_facts(cx, plan));
    PL_TRY(pl_read_task_goals(cx, plan));
    PL_TRY(pl_count_units(cx, plan));
    *out = plan;
    return PL_OK;
}
