/* Reading pages in tests, and listing what came out. */
#ifndef PL_TESTS_PAGES_H
#define PL_TESTS_PAGES_H

#include "unit.h"

#include "doc/html.h"

enum { LISTING_BYTES = 1 << 16 };

/* Blocks one a line: `1 标题` a heading of level 1, `P 正文`, `T 2x3: a|b{2x1}/c` a table
 * of 2 rows and 3 columns; `\n` in cells is shown as `⏎`. */
static inline void list_text(pl_buf *b, pl_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\n')
            pl_buf_put(b, PL_S("⏎"));
        else
            pl_buf_putc(b, s.p[i]);
    }
}

static inline void list_table(pl_buf *b, const pl_table *t)
{
    uint32_t row = 0;

    pl_buf_putf(b, "T %ux%u: ", t->rows, t->cols);
    for (size_t i = 0; i < t->cells.n; i++) {
        const pl_cell *c = &t->cells.p[i];

        if (i)
            pl_buf_putc(b, c->row == row ? '|' : '/');
        row = c->row;
        list_text(b, c->text.s);
        if (c->rowspan > 1 || c->colspan > 1)
            pl_buf_putf(b, "{%ux%u}", c->rowspan, c->colspan);
    }
}

static inline void list_doc(pl_buf *b, const pl_doc *d)
{
    for (size_t i = 0; i < d->blocks.n; i++) {
        const pl_block *k = &d->blocks.p[i];

        if (i)
            pl_buf_putc(b, '\n');
        if (k->kind == PL_BLOCK_TABLE) {
            list_table(b, k->table);
            continue;
        }
        pl_buf_putf(b, k->kind == PL_BLOCK_HEADING ? "%d " : "P ", k->level);
        list_text(b, k->text.s);
    }
}

/* The document of a page; fails the test when it cannot be read. */
static inline pl_doc *read_ok(pl_ctx *cx, pl_str page)
{
    pl_bytes in = {(const unsigned char *)page.p, page.n};
    pl_doc *d = NULL;
    pl_status st =
        pl_mhtml_is(in) ? pl_doc_read_mhtml(cx, in, &d) : pl_doc_read_html(cx, in, &d);

    if (st != PL_OK)
        fail_msg("status %d: %s: %.*s", (int)st, cx->err.msg, (int)page.n, page.p);
    return d;
}

static inline const pl_meta *meta_of(const pl_doc *d, const char *key)
{
    for (size_t i = 0; i < d->meta.n; i++)
        if (pl_str_eq(d->meta.p[i].key, of(key)))
            return &d->meta.p[i];
    return NULL;
}

static inline bool has_oddity(const pl_doc *d, const char *rule)
{
    for (size_t i = 0; i < d->oddities.n; i++)
        if (pl_str_eq(d->oddities.p[i].rule, of(rule)))
            return true;
    return false;
}

typedef struct page_row {
    const char *page, *want;
} page_row;

static inline void check_rows(const page_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        pl_ctx cx = test_ctx();
        pl_doc *d = read_ok(&cx, of(rows[i].page));
        pl_buf b;

        pl_buf_init(&b, LISTING_BYTES);
        list_doc(&b, d);
        if (!pl_str_eq(pl_buf_str(&b), of(rows[i].want)))
            fail_msg("page %zu\ngot:\n%.*s\nwant:\n%s", i, PL_FMT(pl_buf_str(&b)),
                     rows[i].want);
        pl_buf_release(&b);
        test_ctx_free(&cx);
    }
}

#endif
