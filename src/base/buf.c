#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void pl_buf_init(pl_buf *b, size_t max_bytes)
{
    *b = (pl_buf){.max_bytes = max_bytes};
}

void pl_buf_release(pl_buf *b)
{
    free(b->p);
    *b = (pl_buf){0};
}

bool pl_buf_room(pl_buf *b, size_t n)
{
    size_t want;
    char *p;

    if (b->failed || n > b->max_bytes - b->n) {
        b->failed = true;
        return false;
    }
    if (n <= b->cap - b->n)
        return true;
    want = b->cap ? b->cap * 2 : 4096;
    if (want < b->n + n)
        want = b->n + n;
    if (want > b->max_bytes)
        want = b->max_bytes;
    p = realloc(b->p, want);
    if (!p) {
        b->failed = true;
        return false;
    }
    b->p = p;
    b->cap = want;
    return true;
}

void pl_buf_putf(pl_buf *b, const char *format, ...)
{
    va_list ap, again;
    int n;

    va_start(ap, format);
    va_copy(again, ap);
    n = vsnprintf(NULL, 0, format, ap);
    va_end(ap);
    if (n < 0)
        b->failed = true;
    else if (pl_buf_room(b, (size_t)n + 1)) {
        (void)vsnprintf(b->p + b->n, (size_t)n + 1, format, again);
        b->n += (size_t)n;
    }
    va_end(again);
}

pl_str pl_buf_str(const pl_buf *b)
{
    return (pl_str){b->p, b->n};
}

pl_status pl_buf_keep(pl_ctx *cx, const pl_buf *b, pl_str *out)
{
    if (b->failed)
        return pl_fail_memory(cx);
    return pl_str_keep(cx, pl_buf_str(b), out);
}
