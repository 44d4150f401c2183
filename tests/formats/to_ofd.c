/* to_ofd IN OUT: a document of any format that is read, written as an OFD package.
 *
 * For tests and for making examples: what the writer makes has to read back as the same
 * plan. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "report/ofd_writer.h"

static pl_status convert(pl_ctx *cx, const char *from, pl_buf *out)
{
    pl_bytes in;
    pl_doc *d;

    PL_TRY(pl_file_read(cx, from, &in));
    PL_TRY(pl_doc_read(cx, in, &d));
    return pl_ofd_write(cx, d, &(pl_ofd_opts){0}, out);
}

static pl_status save(pl_ctx *cx, const char *to, const pl_buf *out)
{
    int fd = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    pl_status st;

    if (fd < 0)
        return pl_fail(cx, PL_EIO, PL_NOPOS, "could not open \"%s\"", to);
    st = pl_fd_write(cx, fd, pl_buf_str(out));
    if (close(fd) != 0 && st == PL_OK)
        st = pl_fail(cx, PL_EIO, PL_NOPOS, "could not write \"%s\"", to);
    return st;
}

int main(int argc, char **argv)
{
    pl_ctx cx = {.limits = PL_LIMITS_DEFAULT};
    pl_status st = PL_ENOMEM;
    pl_buf out;

    if (argc != 3) {
        fputs("usage: to_ofd IN OUT\n", stderr);
        return 2;
    }
    cx.arena = pl_arena_new(cx.limits.arena_bytes);
    pl_buf_init(&out, cx.limits.input_bytes);
    if (cx.arena)
        st = convert(&cx, argv[1], &out);
    if (st == PL_OK)
        st = save(&cx, argv[2], &out);
    if (st != PL_OK)
        fprintf(stderr, "to_ofd: %s\n", cx.err.msg);
    pl_buf_release(&out);
    pl_arena_free(cx.arena);
    return st != PL_OK;
}
