/* Folding, numbers at every character, and all quantities of a text. */
#include "text/fold.h"
#include "text/number.h"
#include "text/utf8.h"

enum { INPUT_MAX = 4096 };

static void check(bool ok)
{
    if (!ok)
        __builtin_trap();
}

static void numbers(const pl_lexicon *lx, pl_str s)
{
    pl_number n;

    for (size_t i = 0; i < s.n; i += pl_utf8_len((unsigned char)s.p[i])) {
        if (pl_number_at(lx, pl_str_tail(s, i), true, true, &n))
            check(n.n > 0 && n.n <= s.n - i && pl_dec_sign(n.resolution) >= 0);
        (void)pl_ordinal(pl_str_sub(s, i, 12));
    }
}

static void quantities(const pl_lexicon *lx, const pl_fold *f)
{
    pl_quantity q;
    size_t at = 0;

    while (pl_quantity_next(lx, f->s, at, &q)) {
        pl_span source = pl_fold_span(f, q.at.at, q.at.n);

        check(q.at.n > 0 && q.at.at + q.at.n > at && q.at.at + q.at.n <= f->s.n);
        check(q.number_at.at >= q.at.at &&
              q.number_at.at + q.number_at.n <= q.at.at + q.at.n);
        check(source.at + source.n <= f->text.n);
        check(!q.is_range || pl_dec_cmp(q.number.value, q.upper.value) < 0);
        at = q.at.at + q.at.n;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const pl_lexicon *lx; /* made once: it is the same for every input */
    static pl_ctx made;
    pl_ctx cx = {.limits = PL_LIMITS_DEFAULT};
    pl_fold f;

    if (!lx) {
        made.limits = PL_LIMITS_DEFAULT;
        made.arena = pl_arena_new((size_t)64 << 20);
        if (pl_lexicon_make(&made, PL_S(""), &lx) != PL_OK)
            __builtin_trap();
    }
    if (size > INPUT_MAX || pl_utf8_bad((pl_bytes){data, size}) != PL_NOPOS)
        return 0;
    cx.arena = pl_arena_new((size_t)1 << 20);
    if (cx.arena && pl_fold_make(&cx, (pl_str){(const char *)data, size}, &f) == PL_OK) {
        numbers(lx, f.s);
        quantities(lx, &f);
    }
    pl_arena_free(cx.arena);
    return 0;
}
