/* Bytes that grow: for output. Errors are sticky: write on, look once at the end. */
#ifndef PL_BASE_BUF_H
#define PL_BASE_BUF_H

#include "base/ctx.h"

typedef struct pl_buf {
    char *p;
    size_t n, cap;
    size_t max_bytes;
    bool failed; /* no memory, or max_bytes reached; contents are cut there */
} pl_buf;

/* An empty buffer; holds at most max_bytes. End it with pl_buf_release. */
void pl_buf_init(pl_buf *b, size_t max_bytes);
void pl_buf_release(pl_buf *b);
/* Room for n more bytes; false (and failed) when there is none. */
bool pl_buf_room(pl_buf *b, size_t n);
static inline void pl_buf_put(pl_buf *b, pl_str s)
{
    if (s.n == 0 || (s.n > b->cap - b->n && !pl_buf_room(b, s.n)) || b->failed)
        return;
    memcpy(b->p + b->n, s.p, s.n);
    b->n += s.n;
}
static inline void pl_buf_putc(pl_buf *b, char c)
{
    if ((b->n == b->cap && !pl_buf_room(b, 1)) || b->failed)
        return;
    b->p[b->n++] = c;
}
PL_PRINTF(2, 3)
void pl_buf_putf(pl_buf *b, const char *format, ...);
/* What is in it; borrowed until the next write or release. */
pl_str pl_buf_str(const pl_buf *b);
/* A copy of the contents in cx->arena. PL_ENOMEM, also when the buffer had failed. */
PL_MUST pl_status pl_buf_keep(pl_ctx *cx, const pl_buf *b, pl_str *out);

#endif
