/* Tasks: of tables, and of numbered paragraphs that name who is responsible. */
#include "plan/recognise.h"
#include "plan/words.h"
#include "text/numbering.h"

#include "text/fold.h"

static pl_status cell_clean(pl_ctx *cx, const pl_table *t, uint32_t r, size_t col,
                            pl_str *out)
{
    const pl_cell *cell = col == PL_NOPOS ? NULL : pl_table_at(t, r, (uint32_t)col);

    *out = (pl_str){0};
    return cell ? pl_clean(cx, cell->text.s, out) : PL_OK;
}

/* All names of the columns of a role, in order. */
static pl_status read_names(pl_ctx *cx, const pl_table *t, const pl_shape *s, uint32_t r,
                            pl_role role, pl_strs *out)
{
    size_t col;
    pl_str text;

    for (size_t i = 0; (col = pl_shape_col_of(s, role, i)) != PL_NOPOS; i++) {
        PL_TRY(cell_clean(cx, t, r, col, &text));
        PL_TRY(pl_names_split(cx, text, out));
    }
    return PL_OK;
}

static int row_number(pl_str no)
{
    pl_numbering mark = pl_numbering_at(no);

    return mark.kind != PL_NUMBERING_NONE ? mark.number : pl_ordinal(no);
}

/* The measure's text: its columns, joined where there are several and they differ. */
static pl_status read_measure(pl_ctx *cx, const pl_table *t, const pl_shape *s,
                              uint32_t r, pl_task *task, const pl_cell **main)
{
    size_t col, n = 0;
    pl_buf b;
    pl_status st = PL_OK;
    const pl_cell *last = NULL;

    pl_buf_init(&b, SIZE_MAX);
    for (size_t i = 0; (col = pl_shape_col_of(s, PL_ROLE_MEASURE, i)) != PL_NOPOS; i++) {
        const pl_cell *cell = pl_table_at(t, r, (uint32_t)col);
        pl_str text;

        if (!cell || cell == last)
            continue;
        last = cell;
        st = pl_clean(cx, cell->text.s, &text);
        if (st != PL_OK)
            break;
        if (text.n == 0)
            continue;
        if (n++)
            pl_buf_put(&b, PL_S(":"));
        pl_buf_put(&b, text);
        if (cell->row == r)
            *main = cell; /* the finest text of the row's own */
        task->text = text;
    }
    if (st == PL_OK && n > 1)
        st = pl_buf_keep(cx, &b, &task->text);
    pl_buf_release(&b);
    return st;
}

static pl_status read_row(pl_ctx *cx, pl_plan *plan, const pl_table *t, const pl_shape *s,
                          uint32_t r)
{
    pl_task task = {0};
    const pl_cell *main = NULL;
    pl_task *slot;
    pl_str no;

    PL_TRY(read_measure(cx, t, s, r, &task, &main));
    if (task.text.n == 0 || !main)
        return PL_OK;
    PL_TRY(cell_clean(cx, t, r, pl_shape_col_of(s, PL_ROLE_NO, 0), &no));
    task.no = row_number(no);
    if (task.no == 0)
        task.no = plan->tasks.n ? plan->tasks.p[plan->tasks.n - 1].no + 1 : 1;
    PL_TRY(read_names(cx, t, s, r, PL_ROLE_RESPONSIBLE, &task.responsible));
    task.n_lead = task.responsible.n;
    PL_TRY(read_names(cx, t, s, r, PL_ROLE_SUPPORTING, &task.responsible));
    if (pl_shape_col_of(s, PL_ROLE_SUPPORTING, 0) == PL_NOPOS && task.n_lead > 1)
        task.n_lead = 1; /* the first named leads: domain rule 13 */
    PL_TRY(cell_clean(cx, t, r, pl_shape_col_of(s, PL_ROLE_DEADLINE, 0), &task.deadline));
    task.source = &main->text;
    task.place = main->place;
    slot = PL_VEC_ADD(cx->arena, &plan->tasks);
    if (!slot)
        return pl_fail_memory(cx);
    *slot = task;
    return PL_OK;
}

static bool repeats_heading(const pl_table *t, const pl_shape *s, uint32_t r)
{
    uint32_t col = (uint32_t)pl_shape_col_of(s, PL_ROLE_MEASURE, 0);
    const pl_cell *body = pl_table_at(t, r, col);
    const pl_cell *head = s->body ? pl_table_at(t, s->body - 1, col) : NULL;

    return body && head && body != head && pl_str_eq(body->text.s, head->text.s);
}

pl_status pl_read_tasks(pl_ctx *cx, pl_plan *plan, const pl_table *t, const pl_shape *s)
{
    for (uint32_t r = s->body; r < t->rows; r++)
        if (!pl_section_row(t, r) && !repeats_heading(t, s, r))
            PL_TRY(read_row(cx, plan, t, s, r));
    return PL_OK;
}

/* ---- tasks in the text: `3.… (牵头单位:甲局,配合单位:乙局、丙局)` ---- */

/* What stands in the bracket: names after a label, or before 牵头 / 负责. */
typedef struct duty {
    pl_strs lead, support;
} duty;

/* One `label:names` piece; false when its label is none that we know. */
static pl_status read_labelled(pl_ctx *cx, pl_str piece, duty *d, bool *known)
{
    size_t colon = pl_str_find(piece, PL_S(":"), 0);
    size_t len = 1;
    const pl_word *w;

    if (colon == PL_NOPOS) {
        colon = pl_str_find(piece, PL_S("："), 0);
        len = 3;
    }
    *known = false;
    if (colon == PL_NOPOS)
        return PL_OK;
    w = pl_lexicon_whole(cx->lexicon, PL_WORDS(COLUMN),
                         pl_str_trim(pl_str_sub(piece, 0, colon)));
    if (!w)
        return PL_OK;
    piece = pl_str_tail(piece, colon + len);
    if (pl_str_eq(w->field[0], PL_S("responsible")))
        *known = true;
    else if (pl_str_eq(w->field[0], PL_S("supporting")))
        *known = true;
    else
        return PL_OK;
    return pl_names_split(
        cx, piece, pl_str_eq(w->field[0], PL_S("responsible")) ? &d->lead : &d->support);
}

/* Endings that make a piece without a label one of duties. */
static const struct {
    pl_str ending;
    bool lead;
} duty_endings[] = {
    {PL_S_INIT("牵头负责"), true},       {PL_S_INIT("分工负责"), true},
    {PL_S_INIT("按职责分工负责"), true}, {PL_S_INIT("负责落实"), true},
    {PL_S_INIT("牵头"), true},           {PL_S_INIT("负责"), true},
    {PL_S_INIT("配合"), false},          {PL_S_INIT("参与"), false},
    {PL_S_INIT("参加"), false},
};

static pl_status read_unlabelled(pl_ctx *cx, pl_str piece, duty *d, bool *known)
{
    *known = false;
    for (size_t i = 0; i < PL_COUNT(duty_endings); i++)
        if (pl_str_ends(piece, duty_endings[i].ending)) {
            pl_str_eat(&piece, PL_S("由"));
            *known = true;
            return pl_names_split(cx, piece,
                                  duty_endings[i].lead ? &d->lead : &d->support);
        }
    return PL_OK;
}

/* Where the next label begins in a bracket: `,配合单位:` after the first names. */
static size_t next_label(const pl_lexicon *lx, pl_str s, size_t from)
{
    static const pl_str marks[] = {PL_S_INIT(","), PL_S_INIT("，"), PL_S_INIT(";"),
                                   PL_S_INIT("；"), PL_S_INIT("。")};
    size_t len = 0;
    size_t at = from;

    while ((at = pl_mark_next(s, at, marks, PL_COUNT(marks), &len)) != PL_NOPOS) {
        const pl_word *w = pl_lexicon_at(lx, PL_WORDS(COLUMN), pl_str_tail(s, at + len));

        if (w) {
            pl_str rest = pl_str_tail(s, at + len + w->word.n);

            if (pl_str_starts(rest, PL_S(":")) || pl_str_starts(rest, PL_S("：")))
                return at + len;
        }
        at += len;
    }
    return PL_NOPOS;
}

/* Read a bracket as duties; *known when all of it was. */
static pl_status read_duty(pl_ctx *cx, pl_str s, duty *d, bool *known)
{
    static const pl_str marks[] = {PL_S_INIT(","), PL_S_INIT("，"), PL_S_INIT(";"),
                                   PL_S_INIT("；")};
    size_t at = 0, len = 0;
    bool ok;

    *known = false;
    if (next_label(cx->lexicon, s, 0) != PL_NOPOS || pl_str_has(s, PL_S(":")) ||
        pl_str_has(s, PL_S("："))) {
        while (at < s.n) {
            size_t next = next_label(cx->lexicon, s, at);
            size_t end = next == PL_NOPOS ? s.n : next;

            PL_TRY(read_labelled(cx, pl_str_sub(s, at, end - at), d, &ok));
            if (!ok)
                return PL_OK;
            at = end;
        }
        *known = d->lead.n + d->support.n > 0;
        return PL_OK;
    }
    while (at < s.n) {
        size_t next = pl_mark_next(s, at, marks, PL_COUNT(marks), &len);
        size_t end = next == PL_NOPOS ? s.n : next;

        PL_TRY(read_unlabelled(cx, pl_str_sub(s, at, end - at), d, &ok));
        if (!ok)
            return PL_OK;
        at = next == PL_NOPOS ? s.n : end + len;
    }
    *known = d->lead.n > 0;
    return PL_OK;
}

static pl_status append(pl_ctx *cx, pl_strs *to, const pl_strs *from)
{
    for (size_t i = 0; i < from->n; i++) {
        pl_str *slot = PL_VEC_ADD(cx->arena, to);

        if (!slot)
            return pl_fail_memory(cx);
        *slot = from->p[i];
    }
    return PL_OK;
}

/* A numbered paragraph: its mark's number, its text, its duties. */
static pl_status text_task(pl_ctx *cx, pl_plan *plan, size_t block)
{
    const pl_block *b = &plan->doc->blocks.p[block];
    pl_str s = pl_str_trim(b->text.s), before, inside, clean;
    pl_numbering mark;
    duty d = {0};
    pl_task *task;
    bool known;
    size_t section;

    while (pl_str_ends(s, PL_S("。")))
        s.n -= PL_S("。").n;
    if (!pl_bracket_last(s, &before, &inside) || pl_longer_than(inside, 400))
        return PL_OK;
    mark = pl_numbering_at(before);
    if (mark.kind == PL_NUMBERING_NONE)
        return PL_OK;
    PL_TRY(pl_clean(cx, inside, &clean));
    PL_TRY(read_duty(cx, clean, &d, &known));
    if (!known)
        return PL_OK;
    task = PL_VEC_ADD(cx->arena, &plan->tasks);
    if (!task)
        return pl_fail_memory(cx);
    task->no = mark.number;
    task->n_lead = d.lead.n > 1 && d.support.n == 0 ? 1 : d.lead.n;
    task->responsible = d.lead;
    PL_TRY(append(cx, &task->responsible, &d.support));
    section = pl_section_at(plan, block);
    if (section != PL_NOPOS)
        task->section = plan->sections.p[section].id;
    task->place = pl_text_place(&b->text, &b->place, 0, b->text.s.n);
    task->source = &b->text;
    return pl_clean(cx, pl_str_tail(before, mark.n), &task->text);
}

pl_status pl_read_text_tasks(pl_ctx *cx, pl_plan *plan)
{
    for (size_t i = 0; i < plan->doc->blocks.n; i++)
        if (plan->doc->blocks.p[i].kind == PL_BLOCK_PARA)
            PL_TRY(text_task(cx, plan, i));
    return PL_OK;
}
