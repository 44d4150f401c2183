#include "codec/zip_write.h"

#include <limits.h>
#include <zlib.h>

enum {
    ENTRIES_MAX = 65535,
    UTF8_NAMES = 1 << 11, /* general purpose bit 11 */
    DEFLATED = 8,
    VERSION = 20,   /* 2.0: folders and deflate */
    NO_TIME = 0x21, /* 1 January 1980, the first day there is */
    LEVEL = 6
};

static void put_le(pl_buf *b, uint64_t v, int bytes)
{
    for (; bytes > 0; bytes--, v >>= 8)
        pl_buf_putc(b, (char)(v & 0xff));
}

/* What both headers say of an entry, from the version on. */
static void put_facts(pl_buf *b, pl_str name, uint32_t crc, size_t packed, size_t n)
{
    put_le(b, VERSION, 2);
    put_le(b, UTF8_NAMES, 2);
    put_le(b, DEFLATED, 2);
    put_le(b, (uint64_t)NO_TIME << 16, 4);
    put_le(b, crc, 4);
    put_le(b, packed, 4);
    put_le(b, n, 4);
    put_le(b, name.n, 2);
    put_le(b, 0, 2);
}

/* Deflate `data` onto `b`; false when there is no room. */
static bool deflate_onto(pl_buf *b, pl_str data, size_t *packed)
{
    z_stream z = {0};
    uLong most;
    bool ok;

    if (deflateInit2(&z, LEVEL, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    most = deflateBound(&z, (uLong)data.n);
    ok = most <= UINT_MAX && pl_buf_room(b, most);
    if (ok) {
        z.next_in = (z_const Bytef *)(uintptr_t)data.p;
        z.avail_in = (uInt)data.n;
        z.next_out = (Bytef *)b->p + b->n;
        z.avail_out = (uInt)most;
        ok = deflate(&z, Z_FINISH) == Z_STREAM_END;
        *packed = z.total_out;
        b->n += ok ? z.total_out : 0;
    }
    deflateEnd(&z);
    return ok;
}

void pl_zip_writer_begin(pl_zip_writer *w, pl_buf *out)
{
    *w = (pl_zip_writer){.out = out};
    pl_buf_init(&w->directory, out->max_bytes);
}

pl_status pl_zip_write(pl_ctx *cx, pl_zip_writer *w, pl_str name, pl_str data)
{
    uint32_t crc = (uint32_t)crc32(0, (const Bytef *)data.p, (uInt)data.n);
    size_t at = w->out->n, packed = 0;
    pl_buf head;

    if (w->n >= ENTRIES_MAX || data.n > UINT32_MAX / 2 || at > UINT32_MAX / 2 ||
        name.n > UINT16_MAX)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "a package too large to be written");
    /* the header tells the packed size, so it is written over its place at last */
    pl_buf_put(w->out, PL_S("PK\3\4"));
    put_facts(w->out, name, crc, 0, data.n);
    pl_buf_put(w->out, name);
    if (w->out->failed || !deflate_onto(w->out, data, &packed))
        return pl_fail_memory(cx);
    pl_buf_init(&head, 64);
    put_facts(&head, name, crc, packed, data.n);
    if (!head.failed)
        memcpy(w->out->p + at + 4, head.p, head.n);
    put_le(&w->directory, 0x02014b50, 4);
    put_le(&w->directory, VERSION, 2);
    pl_buf_put(&w->directory, pl_buf_str(&head));
    put_le(&w->directory, 0, 10);
    put_le(&w->directory, at, 4);
    pl_buf_put(&w->directory, name);
    w->n++;
    if (head.failed || w->directory.failed) {
        pl_buf_release(&head);
        return pl_fail_memory(cx);
    }
    pl_buf_release(&head);
    return PL_OK;
}

pl_status pl_zip_writer_end(pl_ctx *cx, pl_zip_writer *w, bool whole)
{
    size_t at = w->out->n, n = w->directory.n;

    if (whole) {
        pl_buf_put(w->out, pl_buf_str(&w->directory));
        put_le(w->out, 0x06054b50, 4);
        put_le(w->out, 0, 4);
        put_le(w->out, w->n, 2);
        put_le(w->out, w->n, 2);
        put_le(w->out, n, 4);
        put_le(w->out, at, 4);
        put_le(w->out, 0, 2);
    }
    pl_buf_release(&w->directory);
    return whole && w->out->failed ? pl_fail_memory(cx) : PL_OK;
}
