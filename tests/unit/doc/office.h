/* Office packages made in memory, and documents in one line a block. */
#ifndef PL_TESTS_OFFICE_H
#define PL_TESTS_OFFICE_H

#include "packages.h"

#include "doc/doc.h"

#define OFFICE_RELS "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define W_NS        "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"

/* A part put together from pieces, as a NUL-terminated string of its own. */
static inline char *joined(const char *a, const char *b, const char *c)
{
    size_t n = strlen(a) + strlen(b) + strlen(c) + 1;
    char *p = malloc(n);

    assert_non_null(p);
    snprintf(p, n, "%s%s%s", a, b, c);
    return p;
}

static inline void part_add(test_zip *z, const char *path, const char *head,
                            const char *body, const char *tail)
{
    char *part = joined(head, body, tail);

    zip_add(z, path, of(part));
    free(part);
}

/* A part only when there is something to put in it. */
static inline void part_maybe(test_zip *z, const char *path, const char *head,
                              const char *body, const char *tail)
{
    if (body)
        part_add(z, path, head, body, tail);
}

static inline const char *kind_name(pl_block_kind kind)
{
    switch (kind) {
    case PL_BLOCK_HEADING:
        return "H";
    case PL_BLOCK_PARA:
        return "P";
    case PL_BLOCK_TABLE:
        return "T";
    case PL_BLOCK_NOTE:
        return "N";
    }
    return "?";
}

/* `a|b` with `^` or `<` for what a cell above or to the left covers, `.` for none and `~`
 * before hidden, `=` before header cells; rows end in `/`. Line ends are `\`. */
static inline void print_table(const pl_table *t, pl_buf *b)
{
    for (uint32_t r = 0; r < t->rows; r++) {
        for (uint32_t c = 0; c < t->cols; c++) {
            const pl_cell *cell = pl_table_at(t, r, c);

            if (c)
                pl_buf_putc(b, '|');
            if (!cell)
                pl_buf_putc(b, '.');
            else if (cell->col != c)
                pl_buf_putc(b, '<');
            else if (cell->row != r)
                pl_buf_putc(b, '^');
            else {
                pl_buf_put(b, cell->hidden ? of("~") : of(""));
                pl_buf_put(b, cell->header ? of("=") : of(""));
                pl_buf_put(b, cell->text.s);
            }
        }
        pl_buf_putc(b, '/');
    }
}

/* Every block as `kind level text;`, line ends as `\`. End *b with pl_buf_release. */
static inline pl_str print_doc(const pl_doc *d, pl_buf *b)
{
    pl_buf_init(b, 1 << 24);
    for (size_t i = 0; i < d->blocks.n; i++) {
        const pl_block *block = &d->blocks.p[i];

        pl_buf_put(b, of(kind_name(block->kind)));
        if (block->level)
            pl_buf_putf(b, "%d", block->level);
        pl_buf_putc(b, ' ');
        if (block->table)
            print_table(block->table, b);
        else
            pl_buf_put(b, block->text.s);
        pl_buf_putc(b, ';');
    }
    for (size_t i = 0; i < b->n; i++)
        if (b->p[i] == '\n')
            b->p[i] = '\\';
    return pl_buf_str(b);
}

#endif
