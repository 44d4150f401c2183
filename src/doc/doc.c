#include "doc/doc.h"

enum { META_MAX = 256 }; /* fields of a record */

/* Index of the run that byte `at` of the joined text lies in; n_runs > 0. */
static size_t run_of(const pl_text *t, size_t at)
{
    size_t low = 0, high = t->n_runs;

    while (high - low > 1) {
        size_t mid = low + (high - low) / 2;

        if (t->runs[mid].at <= at)
            low = mid;
        else
            high = mid;
    }
    return low;
}

pl_place pl_text_place(const pl_text *t, const pl_place *base, size_t at, size_t n)
{
    pl_place place = base ? *base : (pl_place){0};
    const pl_run *first, *last;
    size_t end;

    place.at = at;
    if (t->n_runs == 0)
        return place;
    first = &t->runs[run_of(t, at)];
    end = n ? at + n - 1 : at;
    last = &t->runs[run_of(t, end)];
    place.line = first->line;
    place.page = first->page;
    place.span.at = first->source + (at - first->at);
    place.span.n = n ? last->source + (end - last->at) + 1 - place.span.at : 0;
    return place;
}

const pl_cell *pl_table_at(const pl_table *t, uint32_t row, uint32_t col)
{
    uint32_t i;

    if (row >= t->rows || col >= t->cols || !t->grid)
        return NULL;
    i = t->grid[(size_t)row * t->cols + col];
    return i ? &t->cells.p[i - 1] : NULL;
}

/* Columns from the cell's corner on, at most `want`, that are free in its first row. */
static uint32_t free_cols(const pl_table *t, const pl_cell *c, uint32_t want)
{
    const uint32_t *row = t->grid + (size_t)c->row * t->cols;
    uint32_t n = 0;

    while (n < want && n < t->cols - c->col && row[c->col + n] == 0)
        n++;
    return n;
}

static bool row_is_free(const pl_table *t, const pl_cell *c, uint32_t row)
{
    for (uint32_t i = 0; i < c->colspan; i++)
        if (t->grid[(size_t)row * t->cols + c->col + i])
            return false;
    return true;
}

/* Cell i onto the grid, its spans cut to what is free; a cell whose corner is taken or
 * outside covers nothing. */
static void cover(pl_table *t, size_t i)
{
    pl_cell *c = &t->cells.p[i];
    uint32_t rows = 0;

    if (c->row >= t->rows || c->col >= t->cols)
        return;
    c->colspan = free_cols(t, c, c->colspan);
    while (c->colspan && rows < c->rowspan && rows < t->rows - c->row &&
           row_is_free(t, c, c->row + rows)) {
        for (uint32_t k = 0; k < c->colspan; k++)
            t->grid[(size_t)(c->row + rows) * t->cols + c->col + k] = (uint32_t)i + 1;
        rows++;
    }
    c->rowspan = rows ? rows : 1;
    c->colspan = c->colspan ? c->colspan : 1;
}

pl_status pl_table_grid(pl_ctx *cx, pl_table *t)
{
    size_t n;

    if (!pl_mul_ok(t->rows, t->cols, &n) || n > cx->limits.cells ||
        t->cells.n > UINT32_MAX - 1)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS,
                       "a table of %u rows and %u columns is too large", t->rows,
                       t->cols);
    t->grid = PL_NEW_N(cx->arena, uint32_t, n);
    if (!t->grid)
        return pl_fail_memory(cx);
    for (size_t i = 0; i < t->cells.n; i++)
        cover(t, i);
    return PL_OK;
}

pl_block *pl_doc_add(pl_ctx *cx, pl_doc *d, pl_block_kind kind)
{
    pl_block *b = PL_VEC_ADD(cx->arena, &d->blocks);

    if (b)
        b->kind = kind;
    return b;
}

const pl_meta *pl_doc_meta_of(const pl_doc *d, pl_str key)
{
    for (size_t i = 0; i < d->meta.n; i++)
        if (pl_str_eq(d->meta.p[i].key, key))
            return &d->meta.p[i];
    return NULL;
}

const pl_meta *pl_doc_meta_title(const pl_doc *d)
{
    static const pl_str keys[] = {PL_S_INIT("标题"), PL_S_INIT("信息名称"),
                                  PL_S_INIT("文件名称"), PL_S_INIT("信息标题"),
                                  PL_S_INIT("名称")}; /* best first */

    for (size_t i = 0; i < PL_COUNT(keys); i++) {
        const pl_meta *m = pl_doc_meta_of(d, keys[i]);

        if (m && m->value.n)
            return m;
    }
    return NULL;
}

pl_status pl_doc_meta_add(pl_ctx *cx, pl_doc *d, pl_str key, pl_str value, pl_place place)
{
    const pl_meta *there = pl_doc_meta_of(d, key);
    pl_meta *m;

    if (there ? (there->value.n && !there->of_file) || value.n == 0
              : d->meta.n >= META_MAX)
        return PL_OK;
    if (there) {
        m = &d->meta.p[there - d->meta.p];
    } else {
        m = PL_VEC_ADD(cx->arena, &d->meta);
        if (!m)
            return pl_fail_memory(cx);
    }
    *m = (pl_meta){.key = key, .value = value, .place = place};
    return PL_OK;
}

pl_status pl_doc_property_add(pl_ctx *cx, pl_doc *d, pl_str key, pl_str value,
                              pl_place place)
{
    const pl_meta *there = pl_doc_meta_of(d, key);
    size_t n = d->meta.n;

    if (there)
        return PL_OK;
    PL_TRY(pl_doc_meta_add(cx, d, key, value, place));
    if (d->meta.n > n)
        d->meta.p[n].of_file = true;
    return PL_OK;
}

void pl_doc_number(pl_doc *d)
{
    for (size_t i = 0; i < d->blocks.n; i++) {
        pl_block *b = &d->blocks.p[i];

        b->place.block = (uint32_t)i + 1;
        for (size_t k = 0; b->table && k < b->table->cells.n; k++)
            b->table->cells.p[k].place.block = b->place.block;
    }
}

pl_status pl_doc_odd(pl_ctx *cx, pl_doc *d, pl_str rule, pl_str zh, pl_str en,
                     pl_place place)
{
    pl_oddity *o = PL_VEC_ADD(cx->arena, &d->oddities);

    if (!o)
        return pl_fail_memory(cx);
    *o = (pl_oddity){.rule = rule, .zh = zh, .en = en, .place = place};
    return PL_OK;
}
