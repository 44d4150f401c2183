#include "codec/csv.h"

/* A quoted field: *in stands behind its first quote. */
static pl_status read_quoted(pl_ctx *cx, pl_str *in, pl_str *out)
{
    size_t n = 0, at = 0;
    char *p;

    while (at < in->n && (in->p[at] != '"' || (at + 1 < in->n && in->p[at + 1] == '"')))
        at += in->p[at] == '"' ? 2 : 1;
    if (at >= in->n)
        return pl_fail(cx, PL_ESYNTAX, PL_NOPOS, "a quote that does not end");
    p = pl_arena_alloc_raw(cx->arena, at + 1, 1, 1);
    if (!p)
        return pl_fail_memory(cx);
    for (size_t i = 0; i < at; i++) {
        p[n++] = in->p[i];
        i += in->p[i] == '"';
    }
    *in = pl_str_tail(*in, at + 1);
    *out = (pl_str){p, n};
    return PL_OK;
}

static void read_plain(pl_str *in, pl_str *out)
{
    size_t n = 0;

    while (n < in->n && in->p[n] != ',' && in->p[n] != '\n' && in->p[n] != '\r')
        n++;
    *out = pl_str_sub(*in, 0, n);
    *in = pl_str_tail(*in, n);
}

pl_status pl_csv_read(pl_ctx *cx, pl_str *in, pl_csv_row *row)
{
    do {
        pl_str *field = PL_VEC_ADD(cx->arena, row);

        if (!field)
            return pl_fail_memory(cx);
        if (pl_str_eat(in, PL_S("\"")))
            PL_TRY(read_quoted(cx, in, field));
        else
            read_plain(in, field);
    } while (pl_str_eat(in, PL_S(",")));
    if (in->n == 0 || pl_str_eat(in, PL_S("\r\n")) || pl_str_eat(in, PL_S("\n")) ||
        pl_str_eat(in, PL_S("\r")))
        return PL_OK;
    return pl_fail(cx, PL_ESYNTAX, PL_NOPOS, "text behind a quoted field");
}
