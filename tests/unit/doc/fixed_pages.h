/* Pages for tests of fixed layouts, and a document as a short listing. Lengths in
 * millimetres. */
#ifndef PL_TESTS_FIXED_PAGES_H
#define PL_TESTS_FIXED_PAGES_H

#include "unit.h"

#include "doc/layout.h"
#include "text/utf8.h"

typedef struct test_pages {
    pl_ctx cx;
    pl_layout in;
} test_pages;

static inline test_pages pages_new(void)
{
    return (test_pages){.cx = test_ctx()};
}

static inline pl_um um(double mm)
{
    return (pl_um)(mm * PL_UM_PER_MM + (mm < 0 ? -0.5 : 0.5));
}

/* A new A4 page; what is put from now on goes there. */
static inline pl_layout_page *page_add(test_pages *t)
{
    pl_layout_page *p = PL_VEC_ADD(t->cx.arena, &t->in.pages);

    assert_non_null(p);
    p->area = (pl_box){0, 0, um(210), um(297)};
    return p;
}

/* A text with its left edge at x and the middle of its characters at y. */
static inline pl_layout_run *put(test_pages *t, double x, double y, double size,
                                 const char *text)
{
    pl_layout_page *p = &t->in.pages.p[t->in.pages.n - 1];
    pl_layout_run *r = PL_VEC_ADD(t->cx.arena, &p->runs);
    pl_str s = of(text);

    assert_non_null(r);
    r->size = um(size);
    r->text = s;
    r->box =
        (pl_box){um(x), um(y - size / 2),
                 um(x + (double)pl_text_width(s, true) * size / 2), um(y + size / 2)};
    return r;
}

static inline void rule(test_pages *t, double x0, double y0, double x1, double y1)
{
    pl_layout_page *p = &t->in.pages.p[t->in.pages.n - 1];
    pl_layout_rule *r = PL_VEC_ADD(t->cx.arena, &p->rules);

    assert_non_null(r);
    *r = (pl_layout_rule){um(x0), um(y0), um(x1), um(y1)};
}

/* Columns of `w` mm, rows of `h` mm, all ruled. */
static inline void grid(test_pages *t, double x, double y, int cols, double w, int rows,
                        double h)
{
    for (int i = 0; i <= rows; i++)
        rule(t, x, y + i * h, x + cols * w, y + i * h);
    for (int i = 0; i <= cols; i++)
        rule(t, x + i * w, y, x + i * w, y + rows * h);
}

static inline void table_list(pl_buf *b, const pl_table *t)
{
    pl_buf_putf(b, "T %u x %u\n", t->rows, t->cols);
    for (uint32_t r = 0; r < t->rows; r++) {
        for (size_t i = 0; i < t->cells.n; i++) {
            const pl_cell *c = &t->cells.p[i];

            if (c->row != r)
                continue;
            pl_buf_putf(b, "|%.*s", PL_FMT(c->text.s));
            if (c->rowspan > 1 || c->colspan > 1)
                pl_buf_putf(b, "{%ux%u}", c->rowspan, c->colspan);
        }
        pl_buf_put(b, PL_S("|\n"));
    }
}

/* Headings as `H1 text`, paragraphs `P`, notes `N`, tables `T rows x cols` and a line a
 * row, spans in braces. */
static inline void doc_list(pl_buf *b, const pl_doc *d)
{
    for (size_t i = 0; i < d->blocks.n; i++) {
        const pl_block *k = &d->blocks.p[i];

        switch (k->kind) {
        case PL_BLOCK_HEADING:
            pl_buf_putf(b, "H%d %.*s\n", k->level, PL_FMT(k->text.s));
            break;
        case PL_BLOCK_PARA:
            pl_buf_putf(b, "P %.*s\n", PL_FMT(k->text.s));
            break;
        case PL_BLOCK_NOTE:
            pl_buf_putf(b, "N %.*s\n", PL_FMT(k->text.s));
            break;
        case PL_BLOCK_TABLE:
            table_list(b, k->table);
            break;
        }
    }
}

static inline void doc_is(const pl_doc *d, const char *want)
{
    pl_buf b;

    pl_buf_init(&b, 1 << 20);
    doc_list(&b, d);
    assert_str(pl_buf_str(&b), of(want));
    pl_buf_release(&b);
}

/* The pages read as `want`; ends them. */
static inline void pages_are(test_pages *t, const char *want)
{
    pl_doc d = {0};

    if (pl_layout_doc(&t->cx, &t->in, &d) != PL_OK)
        fail_msg("%s", t->cx.err.msg);
    doc_is(&d, want);
    test_ctx_free(&t->cx);
}

#endif
