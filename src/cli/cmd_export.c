/* `export`: plans out of a database, into a new file or to standard output. */
#include "base/file.h"
#include "cli/db_job.h"
#include "service/package.h"
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* Whole or not at all; a file that stands there is kept. */
static pl_status write_file(pl_ctx *cx, const char *path, pl_str bytes)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    pl_status st;

    if (fd < 0)
        return pl_fail(cx, PL_EIO, PL_NOPOS, "%s", strerror(errno));
    st = pl_fd_write(cx, fd, bytes);
    if (st == PL_OK && fsync(fd) != 0)
        st = pl_fail(cx, PL_EIO, PL_NOPOS, "%s", strerror(errno));
    close(fd);
    if (st != PL_OK)
        unlink(path);
    return st;
}

static int do_export(pl_db_job *j, const char **args, size_t n)
{
    const pl_options *o = &j->app->opts;
    pl_principal who = {.role = PL_USER_ROLE_OFFICE, .scopes = PL_SCOPES_ALL};
    pl_export format = PL_EXPORT_ZIP;
    pl_buf out;
    pl_status st;

    if (o->format && !pl_export_find(pl_str_from(o->format), &format))
        return pl_app_usage("--format is zip, json, csv or ndjson");
    if (!pl_db_open(j))
        return PL_EXIT_UNREADABLE;
    if (pl_service_region(&j->cx, j->s, pl_str_from(o->region), &who.region_id) != PL_OK)
        return pl_app_fail(&j->cx, j->where);
    pl_buf_init(&out, (size_t)2 << 30);
    st = pl_service_export(&j->cx, j->s, &who, pl_str_from(o->plan), format, &out);
    if (st == PL_OK && n)
        st = write_file(&j->cx, args[0], pl_buf_str(&out));
    else if (st == PL_OK)
        st = pl_fd_write(&j->cx, STDOUT_FILENO, pl_buf_str(&out));
    pl_buf_release(&out);
    return st == PL_OK ? PL_EXIT_OK : pl_app_fail(&j->cx, n ? args[0] : j->where);
}

int pl_cmd_export(pl_app *app)
{
    return pl_db_run(app, 0, 1, "export DB [FILE]", do_export);
}
