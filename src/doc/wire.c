#include "doc/wire.h"

#include "text/utf8.h"

/* Bytes that the smallest of each takes: how many there can be in what is left. */
enum {
    PLACE_BYTES = 8,
    RUN_BYTES = 4,
    TEXT_BYTES = 2,
    CELL_BYTES = TEXT_BYTES + PLACE_BYTES + 5,
    BLOCK_BYTES = 2 + PLACE_BYTES,
    META_BYTES = 3 + PLACE_BYTES,
    ODDITY_BYTES = 3 + PLACE_BYTES,
    LEVEL_MAX = 6,
    TOKEN_BYTES_MAX = 32 /* format, charset */
};

enum { CELL_HEADER = 1, CELL_HIDDEN = 2 };

/* Offsets are added to lengths of texts: no sum overflows. */
#define OFFSET_MAX ((uint64_t)1 << 48)

/* Out. */

static void put_place(pl_buf *b, const pl_place *p)
{
    pl_wire_put(b, p->line);
    pl_wire_put(b, p->page);
    pl_wire_put_str(b, p->path);
    pl_wire_put(b, p->table);
    pl_wire_put(b, p->row);
    pl_wire_put(b, p->col);
    pl_wire_put(b, p->span.at);
    pl_wire_put(b, p->span.n);
}

static void put_text(pl_buf *b, const pl_text *t)
{
    pl_wire_put_str(b, t->s);
    pl_wire_put(b, t->n_runs);
    for (size_t i = 0; i < t->n_runs; i++) {
        pl_wire_put(b, t->runs[i].at);
        pl_wire_put(b, t->runs[i].source);
        pl_wire_put(b, t->runs[i].line);
        pl_wire_put(b, t->runs[i].page);
    }
}

static void put_table(pl_buf *b, const pl_table *t)
{
    pl_wire_put(b, t->rows);
    pl_wire_put(b, t->cols);
    pl_wire_put(b, t->number);
    pl_wire_put(b, t->ragged);
    pl_wire_put(b, t->cells.n);
    for (size_t i = 0; i < t->cells.n; i++) {
        const pl_cell *c = &t->cells.p[i];

        put_text(b, &c->text);
        put_place(b, &c->place);
        pl_wire_put(b, c->row);
        pl_wire_put(b, c->col);
        pl_wire_put(b, c->rowspan);
        pl_wire_put(b, c->colspan);
        pl_wire_put(b, (c->header ? CELL_HEADER : 0) | (c->hidden ? CELL_HIDDEN : 0));
    }
}

static void put_block(pl_buf *b, const pl_block *k)
{
    pl_wire_put(b, k->kind);
    pl_wire_put(b, (uint64_t)k->level);
    put_place(b, &k->place);
    if (k->kind == PL_BLOCK_TABLE)
        put_table(b, k->table);
    else
        put_text(b, &k->text);
}

void pl_doc_put(pl_buf *b, const pl_doc *d)
{
    pl_wire_put_str(b, d->source);
    pl_wire_put_str(b, d->title);
    put_place(b, &d->title_place);
    pl_wire_put_str(b, d->format);
    pl_wire_put_str(b, d->charset);
    pl_wire_put(b, d->bytes);
    pl_wire_put(b, d->n_tables);
    pl_wire_put(b, d->meta.n);
    for (size_t i = 0; i < d->meta.n; i++) {
        pl_wire_put_str(b, d->meta.p[i].key);
        pl_wire_put_str(b, d->meta.p[i].value);
        put_place(b, &d->meta.p[i].place);
        pl_wire_put(b, d->meta.p[i].of_file);
    }
    pl_wire_put(b, d->oddities.n);
    for (size_t i = 0; i < d->oddities.n; i++) {
        pl_wire_put_str(b, d->oddities.p[i].rule);
        pl_wire_put_str(b, d->oddities.p[i].zh);
        pl_wire_put_str(b, d->oddities.p[i].en);
        put_place(b, &d->oddities.p[i].place);
    }
    pl_wire_put(b, d->blocks.n);
    for (size_t i = 0; i < d->blocks.n; i++)
        put_block(b, &d->blocks.p[i]);
}

/* In. */

typedef struct getter {
    pl_ctx *cx;
    pl_wire *w;
    size_t source_bytes; /* 0: places are no offsets into a source text */
    size_t cells;        /* of all tables, on the grid */
    uint32_t n_tables;
} getter;

static pl_str get_str(getter *g)
{
    pl_bytes b = pl_wire_get_bytes(g->w);

    if (pl_utf8_bad(b) != PL_NOPOS) {
        g->w->bad = true;
        return (pl_str){0};
    }
    return (pl_str){(const char *)b.p, b.n};
}

/* A word of the program's own: visible ASCII. */
static pl_str get_token(getter *g)
{
    pl_str s = get_str(g);

    for (size_t i = 0; i < s.n; i++)
        g->w->bad |= s.p[i] <= ' ' || s.p[i] > '~';
    g->w->bad |= s.n > TOKEN_BYTES_MAX;
    return g->w->bad ? (pl_str){0} : s;
}

static uint64_t offset_max(const getter *g)
{
    return g->source_bytes ? g->source_bytes : OFFSET_MAX;
}

static pl_place get_place(getter *g)
{
    pl_place p = {0};

    p.line = pl_wire_get_u32(g->w);
    p.page = pl_wire_get_u32(g->w);
    p.path = get_str(g);
    p.table = pl_wire_get_u32(g->w);
    p.row = pl_wire_get_u32(g->w);
    p.col = pl_wire_get_u32(g->w);
    p.span.at = (size_t)pl_wire_get(g->w, offset_max(g));
    p.span.n = (size_t)pl_wire_get(g->w, offset_max(g) - p.span.at);
    return p;
}

/* The status of what was got: a value that may not be, or no memory. */
static pl_status got(getter *g, const void *p)
{
    if (g->w->bad)
        return pl_fail(g->cx, PL_ESYNTAX, PL_NOPOS,
                       "the reader sent what is no document");
    return p ? PL_OK : pl_fail_memory(g->cx);
}

static pl_status get_text(getter *g, pl_text *t)
{
    pl_run *runs = NULL;

    t->s = get_str(g);
    t->runs = NULL;
    t->n_runs = pl_wire_get_count(g->w, RUN_BYTES);
    if (t->n_runs == 0)
        return got(g, t);
    runs = pl_arena_alloc_raw(g->cx->arena, t->n_runs, sizeof(pl_run), _Alignof(pl_run));
    PL_TRY(got(g, runs));
    for (size_t i = 0; i < t->n_runs; i++) {
        runs[i].at = (size_t)pl_wire_get(g->w, t->s.n);
        runs[i].source = (size_t)pl_wire_get(g->w, offset_max(g));
        runs[i].line = pl_wire_get_u32(g->w);
        runs[i].page = pl_wire_get_u32(g->w);
        g->w->bad |= i ? runs[i].at < runs[i - 1].at : runs[i].at != 0;
    }
    t->runs = runs;
    return got(g, t);
}

static pl_status get_cell(getter *g, const pl_table *t, pl_cell *c)
{
    uint64_t marks;

    PL_TRY(get_text(g, &c->text));
    c->place = get_place(g);
    c->row = pl_wire_get_u32(g->w);
    c->col = pl_wire_get_u32(g->w);
    c->rowspan = pl_wire_get_u32(g->w);
    c->colspan = pl_wire_get_u32(g->w);
    marks = pl_wire_get(g->w, CELL_HEADER | CELL_HIDDEN);
    c->header = marks & CELL_HEADER;
    c->hidden = marks & CELL_HIDDEN;
    g->w->bad |= c->row >= t->rows || c->col >= t->cols || c->rowspan < 1 ||
                 c->colspan < 1 || c->rowspan > t->rows - c->row ||
                 c->colspan > t->cols - c->col;
    return got(g, c);
}

/* Cells stand in order, one at a place; what they cover is found again. */
static pl_status get_table(getter *g, pl_table *t)
{
    pl_cells *cells = &t->cells;

    t->rows = pl_wire_get_u32(g->w);
    t->cols = pl_wire_get_u32(g->w);
    t->number = (uint32_t)pl_wire_get(g->w, g->n_tables);
    t->ragged = pl_wire_get(g->w, 1);
    cells->n = cells->cap = pl_wire_get_count(g->w, CELL_BYTES);
    g->w->bad |= !t->rows != !t->cols; /* rows without end of no columns */
    if (t->cols && t->rows > (g->cx->limits.cells - g->cells) / t->cols)
        return pl_fail(g->cx, PL_ELIMIT, PL_NOPOS, "more than %zu cells",
                       g->cx->limits.cells);
    g->cells += (size_t)t->rows * t->cols;
    /* every field is set below */
    cells->p =
        pl_arena_alloc_raw(g->cx->arena, cells->n, sizeof(pl_cell), _Alignof(pl_cell));
    PL_TRY(got(g, cells->p));
    for (size_t i = 0; i < cells->n; i++) {
        const pl_cell *before = i ? &cells->p[i - 1] : NULL, *c = &cells->p[i];

        PL_TRY(get_cell(g, t, &cells->p[i]));
        g->w->bad |= before && (c->row < before->row ||
                                (c->row == before->row && c->col <= before->col));
    }
    PL_TRY(got(g, t));
    return pl_table_grid(g->cx, t);
}

static pl_status get_block(getter *g, pl_block *k)
{
    k->kind = (pl_block_kind)pl_wire_get(g->w, PL_BLOCK_NOTE);
    k->level = (int)pl_wire_get(g->w, LEVEL_MAX);
    k->place = get_place(g);
    if (k->kind != PL_BLOCK_TABLE)
        return get_text(g, &k->text);
    k->table = PL_NEW(g->cx->arena, pl_table);
    PL_TRY(got(g, k->table));
    return get_table(g, k->table);
}

/* Room for the elements of a vector whose count is next; false when there is none. */
#define GET_VEC(g, v, T, least)                                      \
    ((v)->n = pl_wire_get_count((g)->w, (least)), (v)->cap = (v)->n, \
     (v)->p = PL_NEW_N((g)->cx->arena, T, (v)->n), got((g), (v)->p))

static pl_status get_records(getter *g, pl_doc *d)
{
    PL_TRY(GET_VEC(g, &d->meta, pl_meta, META_BYTES));
    for (size_t i = 0; i < d->meta.n; i++) {
        d->meta.p[i].key = get_str(g);
        d->meta.p[i].value = get_str(g);
        d->meta.p[i].place = get_place(g);
        d->meta.p[i].of_file = pl_wire_get(g->w, 1) != 0;
    }
    PL_TRY(GET_VEC(g, &d->oddities, pl_oddity, ODDITY_BYTES));
    for (size_t i = 0; i < d->oddities.n; i++) {
        d->oddities.p[i].rule = get_token(g);
        d->oddities.p[i].zh = get_str(g);
        d->oddities.p[i].en = get_str(g);
        d->oddities.p[i].place = get_place(g);
    }
    return got(g, d);
}

pl_status pl_doc_get(pl_ctx *cx, pl_wire *w, pl_doc **out)
{
    getter g = {.cx = cx, .w = w};
    pl_doc *d = PL_NEW(cx->arena, pl_doc);

    if (!d)
        return pl_fail_memory(cx);
    d->source = get_str(&g);
    g.source_bytes = d->source.n;
    d->title = get_str(&g);
    d->title_place = get_place(&g);
    d->format = get_token(&g);
    d->charset = get_token(&g);
    d->bytes = (size_t)pl_wire_get(w, OFFSET_MAX);
    d->n_tables = g.n_tables = pl_wire_get_u32(w);
    PL_TRY(get_records(&g, d));
    PL_TRY(GET_VEC(&g, &d->blocks, pl_block, BLOCK_BYTES));
    for (size_t i = 0; i < d->blocks.n; i++)
        PL_TRY(get_block(&g, &d->blocks.p[i]));
    PL_TRY(got(&g, d));
    pl_doc_number(d); /* not sent: what arrives is known to be in order */
    *out = d;
    return PL_OK;
}
