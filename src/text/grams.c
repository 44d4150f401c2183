#include "text/grams.h"
#include "base/buf.h"
#include "base/map.h"
#include "text/fold.h"
#include "text/utf8.h"

enum { GRAMS_BYTES = 1 << 28 };

/* What a character is for searching. */
typedef enum kind {
    MARK, /* parts words */
    WORD, /* part of a word: ASCII letter or digit */
    WIDE  /* a word of its own, and half of a pair */
} kind;

/* Ranges that are no part of words: controls of Latin-1, general punctuation to
 * dingbats, CJK symbols and punctuation, compatibility and full-width forms, private use.
 */
static const struct {
    uint32_t first, last;
} marks[] = {{0x0080, 0x00BF}, {0x2000, 0x2BFF}, {0x3000, 0x3004},
             {0x3008, 0x3020}, {0x3030, 0x3030}, {0xE000, 0xF8FF},
             {0xFE00, 0xFE6F}, {0xFF00, 0xFFEF}, {0xF0000, 0x10FFFF}};

static kind kind_of(uint32_t c)
{
    if (c < 0x80)
        return pl_is_alpha((char)c) || pl_is_digit((char)c) ? WORD : MARK;
    for (size_t i = 0; i < PL_COUNT(marks); i++)
        if (c >= marks[i].first && c <= marks[i].last)
            return MARK;
    return WIDE;
}

typedef struct cutter {
    pl_ctx *cx;
    pl_map seen;
    pl_buf out;
} cutter;

static pl_status add(cutter *k, pl_str gram)
{
    bool added;

    if (!pl_map_add(k->cx->arena, &k->seen, gram, &added))
        return pl_fail_memory(k->cx);
    if (!added)
        return PL_OK;
    if (k->out.n)
        pl_buf_putc(&k->out, ' ');
    pl_buf_put(&k->out, gram);
    return PL_OK;
}

/* Bytes from `at` on that are of one kind. */
static size_t run_of(pl_str s, size_t at, kind k)
{
    size_t n = 0, len;

    while (at + n < s.n && kind_of(pl_utf8_at(pl_str_tail(s, at + n), &len)) == k)
        n += len;
    return n;
}

/* The characters and pairs of a run of wide characters. */
static pl_status cut_wide(cutter *k, pl_str run, pl_gram_use use)
{
    size_t len = pl_utf8_len((unsigned char)run.p[0]);

    if (use == PL_GRAM_QUERY && len >= run.n)
        return add(k, run);
    for (size_t at = 0; at < run.n; at += len) {
        size_t next;

        len = pl_utf8_len((unsigned char)run.p[at]);
        if (use == PL_GRAM_INDEX)
            PL_TRY(add(k, pl_str_sub(run, at, len)));
        if (at + len >= run.n)
            break;
        next = pl_utf8_len((unsigned char)run.p[at + len]);
        PL_TRY(add(k, pl_str_sub(run, at, len + next)));
    }
    return PL_OK;
}

static pl_status cut(cutter *k, pl_str s, pl_gram_use use)
{
    for (size_t at = 0; at < s.n;) {
        kind what = kind_of(pl_utf8_at(pl_str_tail(s, at), NULL));
        pl_str run = pl_str_sub(s, at, run_of(s, at, what));

        if (what == WORD)
            PL_TRY(add(k, run));
        else if (what == WIDE)
            PL_TRY(cut_wide(k, run, use));
        at += run.n;
    }
    return PL_OK;
}

/* A folded copy with small ASCII letters. */
static pl_status small(pl_ctx *cx, pl_str text, pl_str *out)
{
    pl_str folded;
    char *p;

    PL_TRY(pl_fold_str(cx, text, &folded));
    p = pl_arena_alloc_raw(cx->arena, folded.n + 1, 1, 1);
    if (!p)
        return pl_fail_memory(cx);
    for (size_t i = 0; i < folded.n; i++) {
        char c = folded.p[i];

        p[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    *out = (pl_str){p, folded.n};
    return PL_OK;
}

pl_status pl_grams(pl_ctx *cx, pl_str text, pl_gram_use use, pl_str *out)
{
    cutter k = {.cx = cx};
    pl_str s = {0};
    pl_status st;

    PL_TRY(small(cx, text, &s));
    pl_buf_init(&k.out, GRAMS_BYTES);
    st = cut(&k, s, use);
    if (st == PL_OK)
        st = pl_buf_keep(cx, &k.out, out);
    pl_buf_release(&k.out);
    return st;
}
