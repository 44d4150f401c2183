#include "base/buf.h"
#include "records/backup.h"
#include "service/internal.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
#include <zlib.h>

enum { PATH_CHARS = 4096, LINE_BYTES = 1 << 30, CHUNK = 1 << 20 };

static pl_status fail_file(pl_ctx *cx, const char *path)
{
    return pl_fail(cx, errno == ENOSPC ? PL_EFULL : PL_EIO, PL_NOPOS, "%s: %s", path,
                   strerror(errno));
}

/* ---- writing */

static pl_status put_gz(pl_ctx *cx, void *arg, pl_str bytes)
{
    gzFile f = arg;

    for (size_t at = 0; at < bytes.n;) {
        size_t n = bytes.n - at < CHUNK ? bytes.n - at : CHUNK;

        if (gzwrite(f, bytes.p + at, (unsigned)n) != (int)n)
            return pl_fail(cx, errno == ENOSPC ? PL_EFULL : PL_EIO, PL_NOPOS,
                           "the backup could not be written");
        at += n;
    }
    return PL_OK;
}

static pl_status write_all(pl_ctx *cx, pl_store *s, gzFile f, int64_t *rows)
{
    pl_status st;

    PL_TRY(pl_store_begin_read(cx, s));
    st = pl_backup_write(cx, s, put_gz, f, rows);
    pl_store_rollback(s);
    return st;
}

/* Write to an open descriptor, which is closed; on the disk when it returns PL_OK. */
static pl_status write_to(pl_ctx *cx, pl_store *s, int fd, int64_t *rows)
{
    int mine = dup(fd);
    gzFile f = mine < 0 ? NULL : gzdopen(mine, "wb");
    pl_status st;

    if (!f) {
        if (mine >= 0)
            close(mine);
        return pl_fail_memory(cx);
    }
    st = write_all(cx, s, f, rows);
    if (gzclose(f) != Z_OK && st == PL_OK)
        st = pl_fail(cx, PL_EIO, PL_NOPOS, "the backup could not be written");
    if (st == PL_OK && fsync(fd) != 0)
        st = fail_file(cx, "backup");
    return st;
}

pl_status pl_service_backup(pl_ctx *cx, pl_store *s, const char *path, int64_t *rows)
{
    char part[PATH_CHARS];
    int n = snprintf(part, sizeof part, "%s.part", path);
    int fd;
    pl_status st;

    if (n < 0 || n >= (int)sizeof part)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "the file's name is too long");
    fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        return fail_file(cx, part);
    st = write_to(cx, s, fd, rows);
    close(fd);
    /* link, unlike rename, never takes the place of a file that stands there */
    if (st == PL_OK && link(part, path) != 0)
        st = fail_file(cx, path);
    unlink(part);
    return st;
}

/* ---- reading */

typedef struct lines {
    gzFile f;
    pl_buf line;
} lines;

static pl_status fail_gz(pl_ctx *cx, gzFile f)
{
    int code;
    const char *what = gzerror(f, &code);

    return pl_fail(cx, code == Z_ERRNO ? PL_EIO : PL_ESYNTAX, PL_NOPOS,
                   "the backup is damaged: %s", what);
}

static pl_status next_line(pl_ctx *cx, void *arg, pl_str *line, bool *more)
{
    lines *l = arg;
    int c;

    l->line.n = 0;
    while ((c = gzgetc(l->f)) != -1 && c != '\n')
        pl_buf_putc(&l->line, (char)c);
    if (l->line.failed)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "a line of the backup is too long");
    if (c == -1 && !gzeof(l->f))
        return fail_gz(cx, l->f);
    *more = c == '\n' || l->line.n > 0;
    *line = pl_buf_str(&l->line);
    return PL_OK;
}

/* The rows, at the version of the schema that they are of; then upwards. */
static pl_status load_lines(pl_ctx *cx, const pl_request *rq, pl_store *s, lines *l,
                            int64_t *rows)
{
    int64_t version;
    bool more;
    pl_str head;

    PL_TRY(next_line(cx, l, &head, &more));
    PL_TRY(pl_backup_version(cx, head, &version));
    PL_TRY(pl_store_migrate_to(cx, s, version, rq->now.s));
    PL_TRY(pl_store_begin(cx, s));
    PL_TRY(pl_service_end(cx, s, pl_backup_read(cx, s, head, next_line, l, rows)));
    return pl_service_migrate(cx, rq, s);
}

static pl_status load(pl_ctx *cx, const pl_request *rq, pl_store *s, gzFile f,
                      int64_t *rows)
{
    lines l = {.f = f};
    pl_status st;

    pl_buf_init(&l.line, LINE_BYTES);
    st = load_lines(cx, rq, s, &l, rows);
    pl_buf_release(&l.line);
    return st;
}

pl_status pl_service_restore(pl_ctx *cx, const pl_request *rq, const char *path,
                             const char *where, int64_t *rows)
{
    gzFile f = gzopen(path, "rb");
    pl_store *s;
    pl_status st;

    if (!f)
        return fail_file(cx, path);
    st = pl_store_open(cx, where, PL_STORE_CREATE, &s);
    if (st == PL_OK) {
        st = load(cx, rq, s, f, rows);
        if (st == PL_OK)
            pl_store_close(s);
        else
            pl_service_discard(s, where);
    }
    gzclose(f);
    return st;
}
