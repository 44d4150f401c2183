#include "doc/docx_internal.h"

pl_status docx_table_begin(pl_ctx *cx, docx_table *t, pl_blocks *to)
{
    pl_block *b = PL_VEC_ADD(cx->arena, to);

    t->t = PL_NEW(cx->arena, pl_table);
    if (!b || !t->t)
        return pl_fail_memory(cx);
    b->kind = PL_BLOCK_TABLE;
    b->table = t->t;
    t->above.n = 0;
    t->row = 0;
    docx_row_begin(t);
    return PL_OK;
}

void docx_row_begin(docx_table *t)
{
    t->col = t->left = t->after = 0;
    t->header = t->dropped = false;
    t->text.n = 0;
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
    t->left = from;
    t->text.n = 0;
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

pl_status docx_later_flush(pl_ctx *cx, docx *x)
{
    for (size_t i = 0; i < x->later.n; i++) {
        const pl_table *t = x->later.p[i].table;
        pl_block *b;

        if (t && t->cells.n == 0)
            continue;
        b = PL_VEC_ADD(cx->arena, &x->doc->blocks);
        if (!b)
            return pl_fail_memory(cx);
        *b = x->later.p[i];
        if (b->kind == PL_BLOCK_TABLE)
            PL_TRY(table_number(cx, x, b));
    }
    x->later.n = 0;
    return PL_OK;
}
