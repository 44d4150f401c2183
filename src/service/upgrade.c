/* Older databases brought to the newest schema, after a backup. */
#include "records/search.h"
#include "service/internal.h"
#include <inttypes.h>
#include <stdio.h>
#include <time.h>

enum { PATH_CHARS = 4096 };

pl_status pl_service_migrate(pl_ctx *cx, const pl_request *rq, pl_store *s)
{
    PL_TRY(pl_store_migrate(cx, s, rq->now.s));
    PL_TRY(pl_store_begin(cx, s));
    return pl_service_end(cx, s, pl_search_rebuild(cx, s));
}

/* DB.v1-20260102T030405Z.gz: after the file; a server's address may hold a password. */
static pl_status name_backup(pl_ctx *cx, const pl_request *rq, const char *where,
                             int64_t version, pl_str *out)
{
    char text[PATH_CHARS], at[24] = "";
    time_t t = (time_t)rq->now.s;
    struct tm tm;
    int n;

    if (gmtime_r(&t, &tm))
        strftime(at, sizeof at, "%Y%m%dT%H%M%SZ", &tm);
    n = snprintf(text, sizeof text, "%s.v%" PRId64 "-%s.gz",
                 pl_store_is_url(where) ? "plumbline" : where, version, at);
    if (n < 0 || n >= (int)sizeof text)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "the file's name is too long");
    return pl_str_keep(cx, (pl_str){text, (size_t)n + 1}, out); /* with its NUL */
}

static pl_status upgrade(pl_ctx *cx, const pl_request *rq, pl_store *s, const char *where,
                         const char *backup, pl_upgrade *out)
{
    pl_schema_state state;

    PL_TRY(pl_store_schema(cx, s, &state));
    *out = (pl_upgrade){.from = state.version, .to = state.known};
    if (state.version == 0)
        return pl_fail(cx, PL_EFORMAT, PL_NOPOS,
                       "an empty database: make one with `plumbline init`");
    if (state.version == state.known)
        return PL_OK;
    out->backup = pl_str_from(backup);
    if (!backup) {
        PL_TRY(name_backup(cx, rq, where, state.version, &out->backup));
        out->backup.n--;
        backup = out->backup.p;
    }
    PL_TRY(pl_service_backup(cx, s, backup, &out->rows));
    return pl_service_migrate(cx, rq, s);
}

pl_status pl_service_upgrade(pl_ctx *cx, const pl_request *rq, const char *where,
                             const char *backup, pl_upgrade *out)
{
    pl_store *s;
    pl_status st;

    PL_TRY(pl_store_open(cx, where, PL_STORE_USE, &s));
    st = upgrade(cx, rq, s, where, backup, out);
    pl_store_close(s);
    return st;
}
