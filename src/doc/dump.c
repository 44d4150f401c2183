#include "doc/dump.h"

static void put_place(pl_buf *b, const pl_place *p)
{
    if (p->path.n)
        pl_buf_putf(b, "%.*s:", PL_FMT(p->path));
    if (p->page)
        pl_buf_putf(b, "p%u:", p->page);
    if (p->line)
        pl_buf_putf(b, "%u", p->line);
    if (p->span.n)
        pl_buf_putf(b, "@%zu+%zu", p->span.at, p->span.n);
}

/* s on one line: line ends and tabs are shown as \n and \t. */
static void put_line(pl_buf *b, pl_str s)
{
    size_t from = 0;

    for (size_t i = 0; i < s.n; i++) {
        const char *shown = s.p[i] == '\n'   ? "\\n"
                            : s.p[i] == '\t' ? "\\t"
                            : s.p[i] == '\r' ? "\\r"
                                             : NULL;

        if (!shown)
            continue;
        pl_buf_put(b, pl_str_sub(s, from, i - from));
        pl_buf_put(b, pl_str_from(shown));
        from = i + 1;
    }
    pl_buf_put(b, pl_str_tail(s, from));
}

static void put_cell(pl_buf *b, const pl_cell *c)
{
    pl_buf_putf(b, " | ");
    put_line(b, c->text.s);
    if (c->rowspan > 1 || c->colspan > 1)
        pl_buf_putf(b, " {%ux%u}", c->rowspan, c->colspan);
    if (c->header)
        pl_buf_putf(b, " {h}");
    if (c->hidden)
        pl_buf_putf(b, " {hidden}");
}

/* Places covered from above are shown as ^, those that nothing covers as ∅. */
static void put_table(pl_buf *b, const pl_table *t)
{
    pl_buf_putf(b, " table %u: %u x %u%s\n", t->number, t->rows, t->cols,
                t->ragged ? " ragged" : "");
    for (uint32_t r = 0; r < t->rows; r++) {
        const pl_cell *first = pl_table_at(t, r, 0);

        pl_buf_putf(b, "  %u", r + 1);
        if (first && first->row == r) {
            pl_buf_putc(b, ' ');
            put_place(b, &first->place);
        }
        for (uint32_t c = 0; c < t->cols; c++) {
            const pl_cell *cell = pl_table_at(t, r, c);

            if (!cell)
                pl_buf_putf(b, " | ∅");
            else if (cell->row == r && cell->col == c)
                put_cell(b, cell);
            else if (cell->row != r && cell->col == c)
                pl_buf_putf(b, " | ^");
        }
        pl_buf_putc(b, '\n');
    }
}

static void put_block(pl_buf *b, const pl_block *block)
{
    static const char *const kind[] = {"heading", "para", "table", "note"};

    pl_buf_putf(b, "[%s", kind[block->kind]);
    if (block->level)
        pl_buf_putf(b, " %d", block->level);
    pl_buf_putf(b, "] ");
    put_place(b, &block->place);
    if (block->table) {
        put_table(b, block->table);
        return;
    }
    if (block->text.n_runs > 1)
        pl_buf_putf(b, " (%zu runs)", block->text.n_runs);
    pl_buf_putf(b, " ");
    put_line(b, block->text.s);
    pl_buf_putc(b, '\n');
}

static void put_meta(pl_buf *b, const pl_meta *m)
{
    pl_buf_putf(b, "[meta] ");
    put_place(b, &m->place);
    pl_buf_putf(b, " %.*s = ", PL_FMT(m->key));
    put_line(b, m->value);
    pl_buf_putc(b, '\n');
}

void pl_doc_dump_text(pl_buf *b, const pl_doc *d)
{
    pl_buf_putf(b, "[title] ");
    put_place(b, &d->title_place);
    pl_buf_putc(b, ' ');
    put_line(b, d->title);
    pl_buf_putf(b, "\n[format] %.*s %.*s %zu bytes, %zu blocks, %u tables\n",
                PL_FMT(d->format), PL_FMT(d->charset), d->bytes, d->blocks.n,
                d->n_tables);
    for (size_t i = 0; i < d->meta.n; i++)
        put_meta(b, &d->meta.p[i]);
    for (size_t i = 0; i < d->oddities.n; i++) {
        pl_buf_putf(b, "[odd] ");
        put_place(b, &d->oddities.p[i].place);
        pl_buf_putf(b, " %.*s: %.*s\n", PL_FMT(d->oddities.p[i].rule),
                    PL_FMT(d->oddities.p[i].en));
    }
    for (size_t i = 0; i < d->blocks.n; i++)
        put_block(b, &d->blocks.p[i]);
}
