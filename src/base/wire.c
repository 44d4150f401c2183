#include "base/wire.h"

enum { NUMBER_BYTES_MAX = 10 };

void pl_wire_put(pl_buf *b, uint64_t v)
{
    char c[NUMBER_BYTES_MAX];
    size_t n = 0;

    for (; v >= 0x80; v >>= 7)
        c[n++] = (char)(v | 0x80);
    c[n++] = (char)v;
    pl_buf_put(b, (pl_str){c, n});
}

void pl_wire_put_str(pl_buf *b, pl_str s)
{
    pl_wire_put(b, s.n);
    pl_buf_put(b, s);
}

void pl_wire_put_err(pl_buf *b, const pl_err *e)
{
    pl_wire_put(b, (uint64_t)e->code);
    pl_wire_put(b, e->at);
    pl_wire_put(b, e->line);
    pl_wire_put(b, e->col);
    pl_wire_put_str(b, pl_str_from(e->msg));
}

uint64_t pl_wire_get(pl_wire *w, uint64_t most)
{
    uint64_t v = 0;
    unsigned shift = 0;

    while (!w->bad) {
        uint64_t c;

        if (w->in.n == 0 || shift > 63) {
            w->bad = true;
            break;
        }
        c = *w->in.p++;
        w->in.n--;
        v |= (c & 0x7F) << shift;
        if (!(c & 0x80)) {
            w->bad = v > most || (shift == 63 && c > 1);
            break;
        }
        shift += 7;
    }
    return w->bad ? 0 : v;
}

size_t pl_wire_get_count(pl_wire *w, size_t least)
{
    return (size_t)pl_wire_get(w, w->in.n / least);
}

pl_bytes pl_wire_get_bytes(pl_wire *w)
{
    pl_bytes b = {w->in.p, (size_t)pl_wire_get(w, SIZE_MAX)};

    if (w->bad || b.n > w->in.n) {
        w->bad = true;
        return (pl_bytes){0};
    }
    b.p = w->in.p;
    w->in.p += b.n;
    w->in.n -= b.n;
    return b;
}

void pl_wire_get_err(pl_wire *w, pl_err *e)
{
    pl_bytes msg;

    e->code = (pl_status)pl_wire_get(w, PL_STATUS_COUNT - 1);
    e->at = (size_t)pl_wire_get(w, SIZE_MAX);
    e->line = pl_wire_get_u32(w);
    e->col = pl_wire_get_u32(w);
    msg = pl_wire_get_bytes(w);
    if (w->bad || e->code == PL_OK || msg.n >= sizeof e->msg) {
        w->bad = true;
        return;
    }
    for (size_t i = 0; i < msg.n; i++)
        e->msg[i] = (char)(msg.p[i] < ' ' || msg.p[i] == 0x7F ? '?' : msg.p[i]);
    e->msg[msg.n] = 0;
}
