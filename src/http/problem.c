#include "http/problem.h"

enum { TYPE_BYTES = 256 };

static const struct row {
    int status;
    const char *token;
    pl_bitext title;
} rows[] = {
#define X(name, status, token, zh, en) {status, token, {PL_S_INIT(zh), PL_S_INIT(en)}},
    PL_PROBLEM_LIST(X)
#undef X
};
_Static_assert(PL_COUNT(rows) == PL_PROBLEM_COUNT, "one row a problem");

pl_problem pl_problem_of(pl_status st)
{
    switch (st) {
    case PL_ENOTFOUND:
        return PL_PROBLEM_NOT_FOUND;
    case PL_ESYNTAX:
        return PL_PROBLEM_INVALID;
    case PL_ELIMIT:
        return PL_PROBLEM_TOO_LARGE;
    case PL_EFORMAT:
    case PL_ECONVERT:
        return PL_PROBLEM_NO_DOCUMENT;
    case PL_ESCANNED:
        return PL_PROBLEM_SCANNED;
    case PL_EENCRYPTED:
        return PL_PROBLEM_ENCRYPTED;
    case PL_ESTOPPED:
        return PL_PROBLEM_STOPPED;
    case PL_ECONFLICT:
        return PL_PROBLEM_CONFLICT;
    case PL_EBUSY:
    case PL_ENOMEM:
        return PL_PROBLEM_BUSY;
    case PL_EFULL:
        return PL_PROBLEM_DISK_FULL;
    case PL_OK:
    case PL_EIO:
    case PL_STATUS_COUNT:
        break;
    }
    return PL_PROBLEM_FAILED;
}

int pl_problem_status(pl_problem p)
{
    return rows[p].status;
}

const char *pl_problem_token(pl_problem p)
{
    return rows[p].token;
}

pl_bitext pl_problem_title(pl_problem p)
{
    return rows[p].title;
}

void pl_problem_put(pl_buf *out, int status, const char *token, pl_str title,
                    pl_str detail, pl_str request_id)
{
    pl_buf b;
    pl_json j = pl_json_begin(out);

    pl_buf_init(&b, TYPE_BYTES);
    pl_buf_putf(&b, PL_PROBLEM_TYPE "%s", token);
    pl_json_open(&j, '{');
    pl_json_put_str(&j, PL_S("type"), pl_buf_str(&b));
    pl_json_put_str(&j, PL_S("title"), title);
    pl_json_put_int(&j, PL_S("status"), status);
    if (detail.n)
        pl_json_put_str(&j, PL_S("detail"), detail);
    pl_json_put_str(&j, PL_S("instance"), request_id);
    pl_json_close(&j);
    pl_buf_release(&b);
}
