/* Values from one process of this program to another: numbers of seven bits a
 * byte, lowest first (LEB128), and texts behind their length. What comes out is not
 * trusted: `bad` is sticky, and everything after it reads as zero. */
#ifndef PL_BASE_WIRE_H
#define PL_BASE_WIRE_H

#include "base/buf.h"

void pl_wire_put(pl_buf *b, uint64_t v);
void pl_wire_put_str(pl_buf *b, pl_str s);
/* The failure of a context, all but its status OK. */
void pl_wire_put_err(pl_buf *b, const pl_err *e);

typedef struct pl_wire {
    pl_bytes in; /* what is left */
    bool bad;    /* broke off, or a value that may not be */
} pl_wire;

/* At most `most`, else bad. */
uint64_t pl_wire_get(pl_wire *w, uint64_t most);
static inline uint32_t pl_wire_get_u32(pl_wire *w)
{
    return (uint32_t)pl_wire_get(w, UINT32_MAX);
}
/* A count of things of which each takes at least `least` bytes of what is left. */
size_t pl_wire_get_count(pl_wire *w, size_t least);
/* Part of the input; not checked to be UTF-8. */
pl_bytes pl_wire_get_bytes(pl_wire *w);
/* A failure into *e, its message made printable; bad when it is none. */
void pl_wire_get_err(pl_wire *w, pl_err *e);

#endif
