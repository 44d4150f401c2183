/* A user's lexicon file, then look-ups of the file's own words in it. */
#include "text/lexicon.h"
#include "text/utf8.h"

enum { INPUT_MAX = 4096 };

static void look_up(const pl_lexicon *lx, pl_str text)
{
    size_t at = 0;
    const pl_word *w;

    while (text.n) {
        w = pl_lexicon_at(lx, ~0u, text);
        if (w && w->word.n > text.n)
            __builtin_trap();
        w = pl_lexicon_end(lx, ~0u, text);
        if (w && w->word.n > text.n)
            __builtin_trap();
        (void)pl_lexicon_whole(lx, ~0u, text);
        text = pl_str_tail(text, pl_utf8_len((unsigned char)text.p[0]) * 7);
        while (text.n && ((unsigned char)text.p[0] & 0xC0) == 0x80)
            text = pl_str_tail(text, 1);
    }
    (void)pl_lexicon_in(lx, PL_WORDS(UNIT) | PL_WORDS(DIRECTION), text, &at);
}

/* Every row is found by its own word. */
static void rows_are_found(const pl_lexicon *lx)
{
    const pl_word *w;

    for (int c = 0; c < PL_WORD_CLASS_COUNT; c++)
        for (size_t i = 0; (w = pl_lexicon_row(lx, (pl_word_class)c, i)); i++)
            if (pl_lexicon_whole(lx, (pl_words)1 << c, w->word) != w)
                __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    pl_ctx cx = {.limits = PL_LIMITS_DEFAULT};
    const pl_lexicon *lx = NULL;
    pl_str own = {(const char *)data, size};

    if (size > INPUT_MAX || pl_utf8_bad((pl_bytes){data, size}) != PL_NOPOS)
        return 0;
    cx.arena = pl_arena_new((size_t)64 << 20);
    if (cx.arena && pl_lexicon_make(&cx, own, &lx) == PL_OK) {
        rows_are_found(lx);
        look_up(lx, own);
    }
    pl_arena_free(cx.arena);
    return 0;
}
