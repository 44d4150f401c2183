#include "http/assets.h"
#include "http/cache.h"
#include "http/events.h"
#include "http/keep.h"
#include "http/server.h"
#include <stdio.h>
#include <stdlib.h>

enum { TRIES = 8, TRY_AGAIN_MS = 4 };

pl_exchange *pl_exchange_new(pl_server *s, struct MHD_Connection *con, const char *target)
{
    size_t n = strlen(target);
    pl_exchange *x = calloc(1, sizeof *x + n);

    if (!x)
        return NULL;
    x->server = s;
    x->con = con;
    memcpy(x + 1, target, n);
    x->target = (pl_str){(const char *)(x + 1), n};
    x->cx = s->base;
    x->cx.arena = pl_arena_new(x->cx.limits.arena_bytes);
    clock_gettime(CLOCK_MONOTONIC, &x->began);
    pl_buf_init(&x->in, PL_JSON_BODY_BYTES);
    pl_buf_init(&x->out, PL_ANSWER_BYTES);
    x->call = (pl_call){.cx = &x->cx, .x = x, .body = &x->out};
    x->call.out = pl_json_begin(&x->out);
    if (x->cx.arena)
        return x;
    pl_exchange_free(x);
    return NULL;
}

void pl_exchange_free(pl_exchange *x)
{
    if (!x)
        return;
    pl_stream_end(x->stream);
    pl_body_free(x);
    pl_buf_release(&x->in);
    pl_buf_release(&x->out);
    pl_arena_free(x->cx.arena);
    free(x);
}

/* ---- answers that are problems */

static void problem(pl_exchange *x, int status, const char *token, pl_bitext title,
                    pl_str detail)
{
    pl_call *c = &x->call;

    x->out.n = 0;
    x->out.failed = false;
    x->is_problem = true;
    c->out = pl_json_begin(&x->out);
    c->status = status;
    c->content_type = PL_S("application/problem+json");
    c->etag = (pl_str){0};
    pl_problem_put(&x->out, status, token, c->english ? title.en : title.zh, detail,
                   pl_str_from(x->request_id));
    x->state = PL_EXCHANGE_ANSWERED;
}

bool pl_exchange_refuse(pl_exchange *x, pl_problem p, pl_str detail)
{
    problem(x, pl_problem_status(p), pl_problem_token(p), pl_problem_title(p), detail);
    return false;
}

pl_status pl_call_problem(pl_call *c, int status, const char *token, pl_bitext title,
                          pl_str detail)
{
    problem(c->x, status, token, title, detail);
    return PL_ESTOPPED;
}

bool pl_exchange_fail(pl_exchange *x, pl_status st)
{
    pl_problem p = pl_problem_of(st);

    pl_exchange_refuse(
        x, p, pl_problem_status(p) >= 500 ? (pl_str){0} : pl_str_from(x->cx.err.msg));
    if (st == PL_EIO)
        pl_worker_forget(x->server);
    if (p == PL_PROBLEM_BUSY)
        pl_call_set(&x->call, "Retry-After", PL_S("1"));
    return false;
}

/* ---- begin */

/* A request's own name, as sent when it is harmless; else the next of ours. */
static void name_request(pl_exchange *x)
{
    pl_str sent = pl_request_header(x, "X-Request-Id");
    bool plain = sent.n > 0 && sent.n <= PL_REQUEST_ID_CHARS;

    for (size_t i = 0; plain && i < sent.n; i++)
        plain = pl_is_alpha(sent.p[i]) || pl_is_digit(sent.p[i]) || sent.p[i] == '-' ||
                sent.p[i] == '_' || sent.p[i] == '.';
    if (plain)
        memcpy(x->request_id, sent.p, sent.n);
    else
        snprintf(x->request_id, sizeof x->request_id, "%08x-%08x", x->server->id_prefix,
                 atomic_fetch_add(&x->server->id_next, 1));
}

/* The language named first; weights are not looked at: browsers send them in order. */
static bool prefers_english(pl_str accept)
{
    size_t zh = pl_str_find(accept, PL_S("zh"), 0),
           en = pl_str_find(accept, PL_S("en"), 0);

    return en != PL_NOPOS && en < zh;
}

static bool method_of(pl_exchange *x, const char *word)
{
    x->is_head = strcmp(word, "HEAD") == 0;
    if (x->is_head)
        word = "GET";
    for (int m = 0; m < PL_METHOD_COUNT; m++)
        if (strcmp(word, pl_method_word((pl_method)m)) == 0) {
            x->method = (pl_method)m;
            return true;
        }
    x->method = PL_METHOD_COUNT;
    return false;
}

/* Allow: what the path has instead. */
static bool refuse_method(pl_exchange *x)
{
    char allow[64] = "";
    size_t n = 0;

    for (int m = 0; m < PL_METHOD_COUNT; m++)
        if (x->match.methods & 1u << m)
            n += (size_t)snprintf(allow + n, sizeof allow - n, "%s%s", n ? ", " : "",
                                  pl_method_word((pl_method)m));
    pl_call_set(&x->call, "Allow", pl_str_from(allow));
    return pl_exchange_refuse(x, PL_PROBLEM_METHOD, (pl_str){0});
}

static pl_now clock_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_REALTIME, &t);
    return (pl_now){t.tv_sec, (int)(t.tv_nsec / 1000000)};
}

static bool find_route(pl_exchange *x, bool known_method)
{
    size_t q = pl_str_find(x->target, PL_S("?"), 0);
    pl_str path = pl_str_sub(x->target, 0, q == PL_NOPOS ? x->target.n : q);
    const pl_asset *asset;

    pl_route_find(x->method, path, &x->match);
    x->call.route = x->match.route;
    if (x->match.route)
        return pl_request_decode(x) ||
               pl_exchange_refuse(x, PL_PROBLEM_BAD_REQUEST,
                                  PL_S("the address is not well-formed"));
    asset = x->method == PL_METHOD_GET ? pl_asset_of(path) : NULL;
    if (x->match.methods || (!known_method && !asset))
        return refuse_method(x);
    if (asset) {
        pl_asset_answer(x, asset);
        return false;
    }
    return pl_exchange_refuse(x, PL_PROBLEM_NOT_FOUND, (pl_str){0});
}

/* What Content-Length says, before the body is taken. */
static bool body_fits(pl_exchange *x)
{
    pl_str said = pl_request_header(x, "Content-Length");
    size_t n = 0;

    if (x->match.route->flags & PL_ROUTE_BYTES)
        x->in.max_bytes = x->cx.limits.input_bytes;
    for (size_t i = 0; i < said.n && n <= x->in.max_bytes; i++)
        n = n * 10 + (size_t)(said.p[i] - '0');
    return n <= x->in.max_bytes ||
           pl_exchange_refuse(x, PL_PROBLEM_TOO_LARGE, (pl_str){0});
}

bool pl_exchange_begin(pl_exchange *x, const char *method)
{
    bool known = method_of(x, method);

    x->state = PL_EXCHANGE_BODY;
    x->call.english = prefers_english(pl_request_header(x, "Accept-Language"));
    x->call.rq.now = clock_now();
    name_request(x);
    return find_route(x, known) && pl_auth_check(x) && body_fits(x);
}

/* ---- run */

/* The handler, again when others were in the way: nothing of it was written then. */
static pl_status run_handler(pl_exchange *x)
{
    pl_arena_mark here = pl_arena_here(x->cx.arena);
    pl_status st;

    for (int i = 1;; i++) {
        st = x->match.route->run(&x->call);
        if (st != PL_EBUSY || i == TRIES || x->is_problem)
            return st;
        x->out.n = x->n_headers = 0;
        x->call.out = pl_json_begin(&x->out);
        pl_arena_reset(x->cx.arena, here);
        nanosleep(&(struct timespec){0, (long)i * TRY_AGAIN_MS * 1000000}, NULL);
    }
}

static void succeed(pl_exchange *x)
{
    pl_call *c = &x->call;

    if (x->out.failed) {
        pl_exchange_fail(x, PL_ENOMEM);
        return;
    }
    if (c->status == 0 && (x->match.route->flags & PL_ROUTE_CREATES))
        c->status = 201;
    if (c->status == 0)
        c->status = x->out.n || x->fixed.p || x->stream ? 200 : 204;
    x->state = PL_EXCHANGE_ANSWERED;
}

void pl_exchange_run(pl_exchange *x)
{
    bool open = (x->match.route->flags & PL_ROUTE_ANYBODY) != 0;
    pl_status st = open ? PL_OK : pl_worker_store(&x->cx, x->server, &x->call.store);

    if (st != PL_OK) {
        pl_exchange_fail(x, st);
        return;
    }
    if (!pl_body_check(x) || !pl_keep_begin(x) || (!open && pl_cache_find(x)))
        return;
    st = run_handler(x);
    if (st == PL_OK && !x->is_problem)
        succeed(x);
    else if (!x->is_problem)
        pl_exchange_fail(x, st);
    pl_keep_end(x);
}

/* ---- what handlers set */

static bool is_plain(pl_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
            return false;
    return true;
}

void pl_call_set(pl_call *c, const char *name, pl_str value)
{
    pl_exchange *x = c->x;
    char *p;

    if (x->n_headers == PL_HEADERS_MOST || !is_plain(value))
        return;
    p = pl_arena_alloc_raw(c->cx->arena, value.n + 1, 1, 1);
    if (!p)
        return;
    if (value.n)
        memcpy(p, value.p, value.n);
    p[value.n] = '\0';
    x->headers[x->n_headers++] = (pl_pair){pl_str_from(name), {p, value.n}};
}

void pl_call_set_session(pl_call *c, pl_str secret, int64_t max_age_s)
{
    pl_buf b;

    pl_buf_init(&b, 1024);
    pl_buf_putf(&b,
                PL_SESSION_COOKIE "=%.*s; Path=/; Max-Age=%lld; HttpOnly; SameSite=Lax%s",
                PL_FMT(secret), (long long)max_age_s, c->secure ? "; Secure" : "");
    if (!b.failed)
        pl_call_set(c, "Set-Cookie", pl_buf_str(&b));
    pl_buf_release(&b);
}

pl_str pl_call_base_url(pl_call *c)
{
    pl_str host = pl_call_header(c, "Host"), out = {0};
    pl_buf b;

    if (c->x->server->opts->public_url.n)
        return c->x->server->opts->public_url;
    if (host.n == 0 || !is_plain(host) ||
        pl_str_has_any(host, (pl_str[]){PL_S_INIT("/"), PL_S_INIT("<"), PL_S_INIT("\"")},
                       3))
        return (pl_str){0};
    pl_buf_init(&b, 4096);
    pl_buf_putf(&b, "%s://%.*s", c->secure ? "https" : "http", PL_FMT(host));
    if (pl_buf_keep(c->cx, &b, &out) != PL_OK)
        out = (pl_str){0};
    pl_buf_release(&b);
    return out;
}

bool pl_exchange_etag_in(pl_str list, pl_str etag)
{
    if (etag.n == 0)
        return false;
    for (size_t at = 0; (at = pl_str_find(list, PL_S("\""), at)) != PL_NOPOS;) {
        size_t end = pl_str_find(list, PL_S("\""), at + 1);

        if (end == PL_NOPOS)
            return false;
        if (pl_str_eq(pl_str_sub(list, at + 1, end - at - 1), etag))
            return true;
        at = end + 1;
    }
    return pl_str_eq(pl_str_trim(list), PL_S("*"));
}

pl_status pl_call_match(pl_call *c, pl_str etag)
{
    pl_str sent = pl_call_header(c, "If-Match");

    if (sent.n == 0)
        pl_exchange_refuse(c->x, PL_PROBLEM_MATCH_NEEDED, (pl_str){0});
    else if (!pl_exchange_etag_in(sent, etag))
        pl_exchange_refuse(c->x, PL_PROBLEM_STALE, (pl_str){0});
    else
        return PL_OK;
    return PL_ECONFLICT;
}
