/* A text of any bytes: read, or refused with a status; every text it gives is well-formed
 * and knows its place in the source, every cell is in its grid. */
#include "doc/text_reader.h"

#include <stdlib.h>

#include "doc/dump.h"
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
        const pl_run *run = &t->runs[i];
        size_t end = i + 1 < t->n_runs ? t->runs[i + 1].at : t->s.n;

        check(i == 0 ? run->at == 0 : run->at > run[-1].at);
        check(run->at < end && run->line > 0);
        /* the run's text is the source's, but for a space joined to its end */
        check(run->source + (end - run->at) <= d->source.n + 1);
        check(memcmp(t->s.p + run->at, d->source.p + run->source, end - run->at - 1) ==
              0);
    }
    if (t->s.n)
        check(pl_text_place(t, NULL, t->s.n - 1, 1).line > 0);
}

static void check_table(const pl_doc *d, const pl_table *t)
{
    check(t->rows > 0 && t->cols > 0);
    for (size_t i = 0; i < t->cells.n; i++) {
        const pl_cell *c = &t->cells.p[i];

        check(c->row + c->rowspan <= t->rows && c->col + c->colspan <= t->cols);
        check(t->grid[(size_t)c->row * t->cols + c->col] == i + 1);
        check(i == 0 || c->row > c[-1].row || c->col > c[-1].col);
        check(c->place.row == c->row + 1 && c->place.col == c->col + 1);
        check_text(d, &c->text);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    pl_ctx cx = {.limits = PL_LIMITS_DEFAULT};
    pl_doc *d = NULL;
    pl_status st;
    pl_buf b;

    if (size > INPUT_BYTES)
        return 0;
    cx.arena = pl_arena_new(ARENA_BYTES);
    check(cx.arena != NULL);
    st = pl_doc_read_text(&cx, (pl_bytes){data, size}, &d);
    check((st == PL_OK) == (d != NULL));
    for (size_t i = 0; d && i < d->blocks.n; i++) {
        check_text(d, &d->blocks.p[i].text);
        if (d->blocks.p[i].table)
            check_table(d, d->blocks.p[i].table);
    }
    pl_buf_init(&b, 1 << 20);
    if (d)
        pl_doc_dump_text(&b, d);
    pl_buf_release(&b);
    pl_arena_free(cx.arena);
    return 0;
}
