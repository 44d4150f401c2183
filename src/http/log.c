#include "http/log.h"
#include "http/server.h"
#include "text/moment.h"
#include <stdio.h>
#include <unistd.h>

enum { LINE_BYTES = 2048 };

static const char *method_word(const pl_exchange *x)
{
    return x->is_head                    ? "HEAD"
           : x->method < PL_METHOD_COUNT ? pl_method_word(x->method)
                                         : "other";
}

void pl_log_request(const pl_exchange *x, int64_t us)
{
    char room[LINE_BYTES];
    pl_buf b = {.p = room, .cap = sizeof room, .max_bytes = sizeof room};
    pl_json j = pl_json_begin(&b);
    char ms[32];

    pl_json_open(&j, '{');
    pl_json_key(&j, PL_S("time"));
    pl_buf_putc(&b, '"');
    pl_moment_put(&b, x->call.rq.now.s);
    pl_buf_putc(&b, '"');
    j.keyed = false;
    pl_json_put_str(&j, PL_S("method"), pl_str_from(method_word(x)));
    pl_json_put_str(&j, PL_S("route"),
                    x->match.route ? x->match.route->path : PL_S("other"));
    pl_json_put_int(&j, PL_S("status"), x->sent ? x->call.status : 0);
    pl_json_key(&j, PL_S("ms"));
    snprintf(ms, sizeof ms, "%lld.%03d", (long long)(us / 1000), (int)(us % 1000));
    pl_buf_put(&b, pl_str_from(ms));
    j.keyed = false;
    pl_json_put_int(&j, PL_S("bytes"), (int64_t)x->bytes);
    pl_json_put_str_or_null(&j, PL_S("user"), x->call.who.user_id);
    pl_json_put_str(&j, PL_S("request"), pl_str_from(x->request_id));
    if (x->call.status >= 500 && x->cx.err.msg[0])
        pl_json_put_str(&j, PL_S("error"), pl_str_from(x->cx.err.msg));
    pl_json_close(&j);
    pl_buf_putc(&b, '\n');
    if (!b.failed && write(STDERR_FILENO, b.p, b.n) < 0)
        return; /* nobody reads it: served all the same */
}
