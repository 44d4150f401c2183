#include "doc/text_reader.h"

#include "doc/text_reader_internal.h"
#include "text/decode.h"

/* Room for the blocks there will be, about: where paragraphs are not cut, a line each. */
static pl_status reserve_blocks(text_reader *r)
{
    size_t n = 0;

    for (size_t i = 0; i < r->n; i++)
        n += !(r->line[i].flags & (LINE_OUT | LINE_PIPE));
    r->d->blocks.cap = (r->wrap ? n / 8 : n) + 8;
    r->d->blocks.p = pl_arena_alloc_raw(r->cx->arena, r->d->blocks.cap, sizeof(pl_block),
                                        _Alignof(pl_block));
    return r->d->blocks.p ? PL_OK : pl_fail_memory(r->cx);
}

static pl_status read_blocks(text_reader *r)
{
    size_t i = text_line_next(r, 0);

    while (i < r->n) {
        bool found = false;

        if (r->line[i].flags & (LINE_PIPE | LINE_TAB | LINE_GAP))
            PL_TRY(text_table_read(r, &i, &found));
        if (!found && !r->titled)
            PL_TRY(text_title(r, &i));
        else if (!found)
            PL_TRY(text_para(r, &i));
        i = text_line_next(r, i);
    }
    return PL_OK;
}

/* Looked for in the bytes, before anything is made of them. */
static pl_status lines_fit(pl_ctx *cx, pl_bytes in)
{
    uint32_t line = 1;

    for (size_t i = 0; in.n - i > cx->limits.line_bytes; line++) {
        const unsigned char *end = memchr(in.p + i, '\n', cx->limits.line_bytes + 1);

        if (!end) {
            (void)pl_fail(cx, PL_ELIMIT, i, "a line of more than %zu MB",
                          cx->limits.line_bytes >> 20);
            cx->err.line = line;
            return PL_ELIMIT;
        }
        i = (size_t)(end - in.p) + 1;
    }
    return PL_OK;
}

pl_status pl_doc_read_text(pl_ctx *cx, pl_bytes in, pl_doc **out)
{
    text_reader r = {.cx = cx, .d = PL_NEW(cx->arena, pl_doc)};
    pl_decoded text;

    if (!r.d)
        return pl_fail_memory(cx);
    PL_TRY(lines_fit(cx, in));
    PL_TRY(pl_decode(cx, in, &text));
    if (text.text.n >= UINT32_MAX)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "a text of 4 GiB or more");
    r.s = text.text;
    r.d->source = r.s;
    r.d->format = PL_S("text");
    r.d->charset = pl_str_from(pl_charset_name(text.charset));
    PL_TRY(text_lines_make(&r));
    if (r.n == 0)
        return pl_fail(cx, PL_ESYNTAX, 0, "the file has no text");
    text_debris_mark(&r);
    PL_TRY(text_meta_lines(&r));
    text_manner_detect(&r);
    PL_TRY(reserve_blocks(&r));
    PL_TRY(read_blocks(&r));
    text_meta_title(&r);
    *out = r.d;
    return PL_OK;
}
