/* What a confined reader may send, which a hostile file may have taken over: a document
 * that keeps the promises of doc.h, the files of an archive, or refused. */
#include <stdlib.h>

#include "doc/archive.h"
#include "doc/dump.h"
#include "doc/wire.h"

enum { ARENA_BYTES = 64 << 20 };

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void check_places(const pl_doc *d, const pl_text *t)
{
    for (size_t at = 0; at < t->s.n; at++)
        (void)pl_text_place(t, NULL, at, t->s.n - at);
    (void)d;
}

static void check_doc(pl_ctx *cx, const pl_doc *d)
{
    pl_buf b, sent;
    pl_doc *again = NULL;
    pl_wire w;

    for (size_t i = 0; i < d->blocks.n; i++)
        check_places(d, &d->blocks.p[i].text);
    pl_buf_init(&b, ARENA_BYTES);
    pl_buf_init(&sent, ARENA_BYTES);
    pl_doc_dump_text(&b, d);
    pl_doc_put(&sent, d);
    w = (pl_wire){.in = {(const unsigned char *)sent.p, sent.n}};
    if (!sent.failed) {
        pl_status st = pl_doc_get(cx, &w, &again);

        check(st == PL_ENOMEM || (st == PL_OK && w.in.n == 0));
    }
    pl_buf_release(&b);
    pl_buf_release(&sent);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    pl_ctx cx = {.limits = PL_LIMITS_DEFAULT};
    pl_wire w = {.in = {data, size}};
    pl_members members;
    pl_doc *d = NULL;

    cx.limits.cells = 1 << 16;
    cx.arena = pl_arena_new(ARENA_BYTES);
    if (!cx.arena)
        return 0;
    if (pl_doc_get(&cx, &w, &d) == PL_OK)
        check_doc(&cx, d);
    w = (pl_wire){.in = {data, size}};
    if (pl_members_get(&cx, &w, &members) == PL_OK)
        for (size_t i = 0; i < members.list.n; i++)
            check(members.list.p[i].name.n > 0);
    pl_arena_free(cx.arena);
    return 0;
}
