/* A page or web archive of any bytes: read, or refused with a status; every place it
 * gives lies in the source, every cell in its grid. */
#include "doc/html.h"

#include <stdlib.h>

#include "text/utf8.h"

enum { INPUT_BYTES = 1 << 16, ARENA_BYTES = 64 << 20 };

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void check_text(const pl_doc *d, const pl_text *t)
{
    check(pl_utf8_bad((pl_bytes){(const unsigned char *)t->s.p, t->s.n}) == PL_NOPOS);
    for (size_t i = 0; i < t->n_runs; i++) {
        check(t->runs[i].at < t->s.n);
        check(t->runs[i].source <= d->source.n);
        check(i == 0 ? t->runs[i].at == 0 : t->runs[i].at > t->runs[i - 1].at);
    }
}

static void check_table(const pl_doc *d, const pl_table *t)
{
    check(t->rows > 0 && t->cols > 0);
    for (size_t i = 0; i < t->cells.n; i++) {
        const pl_cell *c = &t->cells.p[i];

        check(c->row + c->rowspan <= t->rows && c->col + c->colspan <= t->cols);
        check(t->grid[(size_t)c->row * t->cols + c->col] == i + 1);
        check_text(d, &c->text);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    pl_ctx cx = {.limits = PL_LIMITS_DEFAULT};
    pl_bytes in = {data, size};
    pl_doc *d = NULL;
    pl_status st;

    if (size > INPUT_BYTES)
        return 0;
    cx.limits.arena_bytes = ARENA_BYTES;
    cx.arena = pl_arena_new(cx.limits.arena_bytes);
    check(cx.arena != NULL);
    (void)pl_html_is(in);
    st = pl_mhtml_is(in) ? pl_doc_read_mhtml(&cx, in, &d) : pl_doc_read_html(&cx, in, &d);
    check((st == PL_OK) == (d != NULL));
    for (size_t i = 0; d && i < d->blocks.n; i++) {
        check_text(d, &d->blocks.p[i].text);
        if (d->blocks.p[i].table)
            check_table(d, d->blocks.p[i].table);
    }
    pl_arena_free(cx.arena);
    return 0;
}
