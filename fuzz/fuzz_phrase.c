/* Any text is a phrase: reading fails on limits only, spans lie in the source, and what
 * is printed reads back as the same tree. */
#include <stdlib.h>

#include "phrase/phrase.h"
#include "text/utf8.h"

enum { INPUT_MAX = 4096, ARENA_BYTES = 64 << 20, PRINT_MAX = 1 << 20 };

static void need(bool holds)
{
    if (!holds)
        abort();
}

static void check_spans(const pl_node *n, size_t length)
{
    for (; n; n = n->next) {
        need(n->at.at <= length && n->at.n <= length - n->at.at);
        check_spans(n->kid, length);
    }
}

static void round_trip(pl_ctx *cx, const pl_phrase *first, const pl_phrase_opts *opts)
{
    pl_phrase *again = NULL;
    pl_buf b;

    pl_buf_init(&b, PRINT_MAX);
    pl_phrase_print(&b, first);
    need(!b.failed);
    need(pl_utf8_bad((pl_bytes){(const unsigned char *)b.p, b.n}) == PL_NOPOS);
    if (b.n <= cx->limits.phrase_bytes) {
        need(pl_phrase_parse(cx, pl_buf_str(&b), opts, &again) == PL_OK);
        need(pl_phrase_same(first, again));
    }
    pl_buf_release(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static pl_ctx cx;
    static pl_arena_mark made;
    pl_phrase_opts opts = {0};
    pl_phrase *p = NULL;
    pl_status st;

    if (!cx.arena) {
        cx.limits = PL_LIMITS_DEFAULT;
        cx.arena = pl_arena_new(ARENA_BYTES);
        need(cx.arena && pl_lexicon_make(&cx, (pl_str){0}, &cx.lexicon) == PL_OK);
        made = pl_arena_here(cx.arena);
    }
    if (size > INPUT_MAX || pl_utf8_bad((pl_bytes){data, size}) != PL_NOPOS)
        return 0;
    st = pl_phrase_parse(&cx, (pl_str){(const char *)data, size}, &opts, &p);
    need(st == PL_OK || st == PL_ELIMIT);
    if (st == PL_OK) {
        check_spans(p->first, size);
        round_trip(&cx, p, &opts);
    }
    pl_arena_reset(cx.arena, made);
    return 0;
}
