#include "doc/docx_internal.h"

enum { FRAME_LINES = 3 };

static void flow_empty(docx_flow *f)
{
    f->blocks.n = f->looks.n = 0;
}

pl_status docx_table_begin(pl_ctx *cx, docx_table *t)
{
    t->t = PL_NEW(cx->arena, pl_table);
    if (!t->t)
        return pl_fail_memory(cx);
    t->above.n = 0;
    flow_empty(&t->flow);
    flow_empty(&t->later);
    t->row = 0;
    t->single = true;
    t->nested = false;
    t->most = 0;
    docx_row_begin(t);
    return PL_OK;
}

void docx_row_begin(docx_table *t)
{
    t->col = t->left = t->after = 0;
    t->header = t->dropped = false;
    t->text.n = t->lines = 0;
    t->cell = (docx_cell){.span = 1};
}

/* Let the columns [col, col + span) of the row be those of `index` (0 = none). */
static pl_status cols_take(pl_ctx *cx, docx_table *t, int64_t span, uint32_t index)
{
    size_t end, area;

    if (span < 1)
        span = 1;
    if ((uint64_t)span > cx->limits.columns ||
        t->col + (uint64_t)span > cx->limits.columns)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "a table of more than %zu columns",
                       cx->limits.columns);
    end = t->col + (size_t)span;
    if (!pl_mul_ok(end, (size_t)t->row + 1, &area) || area > cx->limits.cells)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "a table of more than %zu cells",
                       cx->limits.cells);
    while (t->above.n < end) {
        const uint32_t *more = PL_VEC_ADD(cx->arena, &t->above);

        if (!more)
            return pl_fail_memory(cx);
    }
    while (t->col < end)
        t->above.p[t->col++] = index;
    return PL_OK;
}

pl_status docx_row_skip(pl_ctx *cx, docx_table *t, int64_t cols)
{
    return cols > 0 ? cols_take(cx, t, cols, 0) : PL_OK;
}

/* 1 + index of the cell that the open one goes on from; 0 = it is a cell of its own. */
static uint32_t goes_on_from(const docx_table *t)
{
    uint32_t up = t->col < t->above.n ? t->above.p[t->col] : 0;

    if (t->cell.follows && up && t->t->cells.p[up - 1].col == t->col)
        return up;
    return t->cell.follows_left ? t->left : 0;
}

static pl_status cell_add(pl_ctx *cx, docx *x, docx_table *t)
{
    pl_cell *c;

    if (++x->cells > cx->limits.cells)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "more than %zu cells in all tables",
                       cx->limits.cells);
    c = PL_VEC_ADD(cx->arena, &t->t->cells);
    if (!c)
        return pl_fail_memory(cx);
    c->row = t->row;
    c->col = t->col;
    c->rowspan = 1;
    c->colspan = t->cell.span;
    c->header = t->header;
    return pl_str_keep(cx, docx_chars_str(&t->text), &c->text.s);
}

pl_status docx_cell_end(pl_ctx *cx, docx *x, docx_table *t)
{
    uint32_t from = goes_on_from(t), span = t->cell.span;

    if (from == 0) {
        PL_TRY(cell_add(cx, x, t));
        from = (uint32_t)t->t->cells.n;
    }
    PL_TRY(cols_take(cx, t, span, from));
    if (t->t->cells.p[from - 1].row == t->row)
        t->t->cells.p[from - 1].colspan = t->col - t->t->cells.p[from - 1].col;
    else
        t->t->cells.p[from - 1].rowspan = t->row - t->t->cells.p[from - 1].row + 1;
    if (t->left)
        t->single = false;
    t->left = from;
    if (t->lines > t->most)
        t->most = t->lines;
    t->text.n = t->lines = 0;
    t->cell = (docx_cell){.span = 1};
    return PL_OK;
}

pl_status docx_row_end(pl_ctx *cx, docx_table *t)
{
    if (t->dropped)
        return PL_OK;
    for (size_t i = t->col; i < t->above.n; i++)
        t->above.p[i] = 0;
    if (t->after)
        PL_TRY(cols_take(cx, t, t->after, 0));
    if (t->row > 0 && t->col != t->t->cols)
        t->t->ragged = true;
    if (t->col > t->t->cols)
        t->t->cols = t->col;
    t->row++;
    return PL_OK;
}

pl_status docx_table_end(pl_ctx *cx, docx_table *t)
{
    t->t->rows = t->row;
    return pl_table_grid(cx, t->t);
}

static pl_status flow_join(pl_ctx *cx, docx_flow *to, const docx_flow *from)
{
    size_t at = to->blocks.n;

    for (size_t i = 0; i < from->blocks.n; i++) {
        pl_block *b = PL_VEC_ADD(cx->arena, &to->blocks);

        if (!b)
            return pl_fail_memory(cx);
        *b = from->blocks.p[i];
    }
    for (size_t i = 0; i < from->looks.n; i++) {
        docx_look *l = PL_VEC_ADD(cx->arena, &to->looks);

        if (!l)
            return pl_fail_memory(cx);
        *l = from->looks.p[i];
        l->block += at;
    }
    return PL_OK;
}

static bool has_text(const pl_table *t)
{
    for (size_t i = 0; i < t->cells.n; i++)
        if (t->cells.p[i].text.s.n)
            return true;
    return false;
}

/* True for a table that only frames text: one cell, or one column of cells of which some
 * hold several lines or a table. */
static bool is_frame(const docx_table *t)
{
    return t->single && (t->row == 1 || t->most >= FRAME_LINES || t->nested);
}

pl_status docx_table_place(pl_ctx *cx, const docx_table *t, docx_flow *to)
{
    if (is_frame(t))
        return flow_join(cx, to, &t->flow);
    if (has_text(t->t)) {
        pl_block *b = PL_VEC_ADD(cx->arena, &to->blocks);

        if (!b)
            return pl_fail_memory(cx);
        b->kind = PL_BLOCK_TABLE;
        b->table = t->t;
    }
    return flow_join(cx, to, &t->later);
}

pl_status docx_table_to_cell(pl_ctx *cx, docx_table *around, const docx_table *t)
{
    around->nested = true;
    PL_TRY(docx_table_place(cx, t, &around->later));
    return around->single ? docx_table_place(cx, t, &around->flow) : PL_OK;
}

pl_status docx_waiting_place(pl_ctx *cx, docx *x, docx_flow *later, docx_flow *flow)
{
    if (later)
        PL_TRY(flow_join(cx, later, &x->waiting));
    if (flow)
        PL_TRY(flow_join(cx, flow, &x->waiting));
    flow_empty(&x->waiting);
    return PL_OK;
}

pl_status docx_para_to_text(pl_ctx *cx, docx *x, const docx_para *p, pl_str label,
                            docx_chars *to)
{
    x->line.n = 0;
    PL_TRY(docx_put(cx, &x->line, label));
    PL_TRY(docx_put(cx, &x->line, docx_chars_str(&p->text)));
    return docx_put_lines(cx, to, docx_chars_str(&x->line));
}

/* Lines, counted by their ends, of a paragraph that has any text. */
static size_t lines_of(pl_str s)
{
    size_t n = 1, at = 0;

    s = pl_str_trim(s);
    while ((at = pl_str_find(s, PL_S("\n"), at)) != PL_NOPOS) {
        n++;
        at++;
    }
    return s.n ? n : 0;
}

pl_status docx_para_to_cell(pl_ctx *cx, docx *x, const docx_para *p, pl_str label,
                            docx_table *t)
{
    bool contents = t->single && docx_para_is_contents(x, p);

    t->lines += lines_of(docx_chars_str(&p->text));
    PL_TRY(docx_para_to_text(cx, x, p, label, &t->text));
    if (t->single && !contents)
        PL_TRY(docx_para_blocks(cx, x, p, label, &t->flow));
    return docx_waiting_place(cx, x, &t->later, t->single ? &t->flow : NULL);
}

static pl_status table_number(pl_ctx *cx, docx *x, pl_block *b)
{
    pl_table *t = b->table;

    t->number = ++x->doc->n_tables;
    PL_TRY(docx_place(cx, PL_S("t"), t->number, &b->place));
    b->place.table = t->number;
    for (size_t i = 0; i < t->cells.n; i++) {
        t->cells.p[i].place = b->place;
        t->cells.p[i].place.row = t->cells.p[i].row + 1;
        t->cells.p[i].place.col = t->cells.p[i].col + 1;
    }
    if (!t->ragged)
        return PL_OK;
    return pl_doc_odd(cx, x->doc, PL_S("table.ragged"), PL_S("表格各行的列数不一致"),
                      PL_S("rows of the table have different numbers of columns"),
                      b->place);
}

pl_status docx_tables_number(pl_ctx *cx, docx *x)
{
    for (size_t i = 0; i < x->doc->blocks.n; i++)
        if (x->doc->blocks.p[i].table)
            PL_TRY(table_number(cx, x, &x->doc->blocks.p[i]));
    return PL_OK;
}
