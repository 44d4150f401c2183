#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIPE_FIRST_BYTES = 64 * 1024 };

static pl_status fail_errno(pl_ctx *cx, const char *what)
{
    return pl_fail(cx, PL_EIO, PL_NOPOS, "could not %s: %s", what, strerror(errno));
}

static pl_status too_large(pl_ctx *cx)
{
    return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "larger than %zu bytes",
                   cx->limits.input_bytes);
}

/* Read until the end or until n bytes are there; how many in *got. */
static pl_status read_some(pl_ctx *cx, int fd, unsigned char *p, size_t n, size_t *got)
{
    *got = 0;
    while (*got < n) {
        ssize_t r = read(fd, p + *got, n - *got);

        if (r < 0 && errno == EINTR)
            continue;
        if (r < 0)
            return fail_errno(cx, "read");
        if (r == 0)
            break;
        *got += (size_t)r;
    }
    return PL_OK;
}

/* Read what has no known size, doubling the room. */
static pl_status read_stream(pl_ctx *cx, int fd, unsigned char *p, size_t size, size_t n,
                             pl_bytes *out)
{
    for (;;) {
        size_t got, now = size * 2;
        unsigned char *q;

        PL_TRY(read_some(cx, fd, p + n, size - n, &got));
        n += got;
        if (n > cx->limits.input_bytes)
            return too_large(cx);
        if (n < size) {
            *out = (pl_bytes){p, n};
            return PL_OK;
        }
        q = pl_arena_grow(cx->arena, p, size, now, 1);
        if (!q)
            return pl_fail_memory(cx);
        p = q;
        size = now;
    }
}

static pl_status read_fd(pl_ctx *cx, int fd, pl_bytes *out)
{
    size_t size = PIPE_FIRST_BYTES;
    struct stat info;
    unsigned char *p;

    if (fstat(fd, &info) != 0)
        return fail_errno(cx, "read");
    if (S_ISDIR(info.st_mode))
        return pl_fail(cx, PL_EIO, PL_NOPOS, "is a directory");
    if (S_ISREG(info.st_mode) && info.st_size > 0) {
        if ((uintmax_t)info.st_size > cx->limits.input_bytes)
            return too_large(cx);
        size = (size_t)info.st_size + 1; /* one more shows that it did not grow */
    }
    p = pl_arena_alloc_raw(cx->arena, size, 1, 1);
    if (!p)
        return pl_fail_memory(cx);
    return read_stream(cx, fd, p, size, 0, out);
}

pl_status pl_file_read(pl_ctx *cx, const char *path, pl_bytes *out)
{
    pl_status st;
    int fd;

    if (strcmp(path, "-") == 0)
        return read_fd(cx, STDIN_FILENO, out);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail_errno(cx, "open");
    st = read_fd(cx, fd, out);
    close(fd);
    return st;
}

pl_status pl_fd_write(pl_ctx *cx, int fd, pl_str s)
{
    while (s.n) {
        ssize_t w = write(fd, s.p, s.n);

        if (w < 0 && errno == EINTR)
            continue;
        if (w < 0)
            return fail_errno(cx, "write");
        s = pl_str_tail(s, (size_t)w);
    }
    return PL_OK;
}
