/* OFD packages. An input that begins as a package is read as it is; any other is a list
 * of parts, `path LF content` ended by a NUL, which are packed first: so that inputs
 * reach the reader behind the checksums. */
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "base/buf.h"
#include "codec/zip.h"
#include "doc/ofd.h"

/* Memory of one input, bytes. */
#define FUZZ_BYTES ((size_t)128 << 20)

static void put_le(pl_buf *b, size_t v, int n)
{
    for (; n > 0; n--, v >>= 8)
        pl_buf_putc(b, (char)(v & 0xff));
}

/* What both headers say, from the flags on. */
static void put_facts(pl_buf *b, pl_str name, pl_str data)
{
    put_le(b, 0, 8);
    put_le(b, crc32(0, (const Bytef *)data.p, (uInt)data.n), 4);
    put_le(b, data.n, 4);
    put_le(b, data.n, 4);
    put_le(b, name.n, 2);
}

static void put_part(pl_buf *all, pl_buf *directory, pl_str part)
{
    size_t line = pl_str_find(part, PL_S("\n"), 0), at = all->n;
    pl_str name = pl_str_sub(part, 0, line == PL_NOPOS ? part.n : line);
    pl_str data = pl_str_tail(part, line == PL_NOPOS ? part.n : line + 1);

    pl_buf_put(all, PL_S("PK\3\4\24\0"));
    put_facts(all, name, data);
    put_le(all, 0, 2);
    pl_buf_put(all, name);
    pl_buf_put(all, data);
    pl_buf_put(directory, PL_S("PK\1\2\24\0\24\0"));
    put_facts(directory, name, data);
    put_le(directory, 0, 12);
    put_le(directory, at, 4);
    pl_buf_put(directory, name);
}

static void pack(pl_buf *all, pl_str in)
{
    pl_buf directory;
    size_t at, n = 0;

    pl_buf_init(&directory, 1 << 24);
    while (in.n) {
        const char *end = memchr(in.p, '\0', in.n);

        at = end ? (size_t)(end - in.p) : in.n;
        put_part(all, &directory, pl_str_sub(in, 0, at));
        in = pl_str_tail(in, at + 1);
        n++;
    }
    at = all->n;
    pl_buf_put(all, pl_buf_str(&directory));
    put_le(all, 0x06054b50, 4);
    put_le(all, 0, 4);
    put_le(all, n, 2);
    put_le(all, n, 2);
    put_le(all, directory.n, 4);
    put_le(all, at, 4);
    put_le(all, 0, 2);
    pl_buf_release(&directory);
}

static void read_package(pl_bytes in)
{
    pl_ctx cx = {.limits = PL_LIMITS_DEFAULT};
    pl_doc *d = NULL;

    cx.limits.arena_bytes = FUZZ_BYTES;
    cx.arena = pl_arena_new(FUZZ_BYTES);
    if (!cx.arena)
        return;
    (void)pl_ofd_is(in);
    if (pl_doc_read_ofd(&cx, in, &d) != PL_OK && cx.err.msg[0] == '\0')
        __builtin_trap(); /* a failure without a reason */
    pl_arena_free(cx.arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    pl_buf b;

    if (pl_zip_is((pl_bytes){data, size})) {
        read_package((pl_bytes){data, size});
        return 0;
    }
    pl_buf_init(&b, 1 << 24);
    pack(&b, (pl_str){(const char *)data, size});
    if (!b.failed)
        read_package((pl_bytes){(const unsigned char *)b.p, b.n});
    pl_buf_release(&b);
    return 0;
}
