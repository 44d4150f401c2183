/* Bytes of any encoding: decoded to well-formed text, or refused with a place in them. */
#include "text/decode.h"

#include <stdlib.h>

#include "text/numbering.h"
#include "text/utf8.h"
#include "text/year.h"

enum { INPUT_BYTES = 1 << 16, ARENA_BYTES = 4 << 20 };

static void check(bool holds)
{
    if (!holds)
        abort();
}

/* What reads the start of a text must stay within it, at every place. */
static void check_starts(pl_str s)
{
    for (size_t i = 0; i < s.n && i < 4096; i += pl_utf8_len((unsigned char)s.p[i])) {
        pl_str at = pl_str_tail(s, i);

        check(pl_numbering_at(at).n <= at.n);
        check(pl_period_at(at, 2023).n <= at.n);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    pl_ctx cx = {.limits = PL_LIMITS_DEFAULT};
    pl_decoded d = {0};
    pl_status st;

    if (size > INPUT_BYTES)
        return 0;
    cx.arena = pl_arena_new(ARENA_BYTES);
    check(cx.arena != NULL);
    st = pl_decode(&cx, (pl_bytes){data, size}, &d);
    if (st == PL_OK) {
        check(pl_utf8_bad((pl_bytes){(const unsigned char *)d.text.p, d.text.n}) ==
              PL_NOPOS);
        check(d.skipped <= size);
        check_starts(d.text);
    } else if (st == PL_ESYNTAX) {
        check(cx.err.at < size && cx.err.line > 0 && cx.err.col > 0);
    }
    pl_arena_free(cx.arena);
    return 0;
}
