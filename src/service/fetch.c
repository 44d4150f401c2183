#define _GNU_SOURCE /* RTLD_NODELETE */
#include "service/fetch.h"

#include "service/libcurl.h"
#include <dlfcn.h>

enum { URL_BYTES = 4096 };

bool pl_fetch_may(pl_str url)
{
    static const pl_str here[] = {PL_S_INIT("http://127.0.0.1"),
                                  PL_S_INIT("http://localhost"),
                                  PL_S_INIT("http://[::1]")};
    size_t n = pl_str_prefix_of(url, here, PL_COUNT(here));

    for (size_t i = 0; i < url.n; i++)
        if ((unsigned char)url.p[i] <= ' ' || (unsigned char)url.p[i] >= 127 ||
            url.p[i] == '@') /* who:word@host would name another host */
            return false;
    if (n)
        return url.n == n || url.p[n] == ':' || url.p[n] == '/';
    return pl_str_starts(url, PL_S("https://")) && url.n > sizeof "https://" - 1;
}

void pl_fetch_escape(pl_buf *b, pl_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (c < 128 && (pl_is_digit(s.p[i]) || (c >= 'a' && c <= 'z') ||
                        (c >= 'A' && c <= 'Z') || (c && strchr("-._~", c))))
            pl_buf_putc(b, s.p[i]);
        else
            pl_buf_putf(b, "%%%02X", c);
    }
}

/* Once loaded it stays, as its TLS library wants it. */
static pl_status load(pl_ctx *cx, pl_libcurl *c)
{
    static const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4"};

    c->library = NULL;
    for (size_t i = 0; !c->library && i < PL_COUNT(names); i++)
        c->library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (!c->library)
        return pl_fail(cx, PL_EIO, PL_NOPOS, "libcurl is not installed (libcurl4)");
#define X(result, name, parameters)                                                \
    *(void **)(void *)&c->name = dlsym(c->library, #name);                         \
    if (!c->name) {                                                                \
        dlclose(c->library);                                                       \
        return pl_fail(cx, PL_EIO, PL_NOPOS, "libcurl has no %s: too old", #name); \
    }
    PL_LIBCURL_LIST(X)
#undef X
    return PL_OK;
}

static size_t take(char *p, size_t size, size_t n, void *arg)
{
    pl_buf *b = arg;

    pl_buf_put(b, (pl_str){p, size * n});
    return b->failed ? 0 : size * n;
}

/* NUL-terminated, for libcurl; NULL when there is no memory. */
static char *terminated(pl_ctx *cx, pl_str s)
{
    char *p = pl_arena_alloc(cx->arena, s.n + 1, 1, 1);

    if (p && s.n)
        memcpy(p, s.p, s.n);
    return p;
}

static pl_status set_up(pl_ctx *cx, const pl_libcurl *c, CURL *h, const pl_fetch *in,
                        pl_buf *body)
{
    char *url = terminated(cx, in->url), *form = terminated(cx, in->form);
    char *user = terminated(cx, in->user), *password = terminated(cx, in->password);
    bool bad = false;

    if (!url || !form || !user || !password)
        return pl_fail_memory(cx);
#define SET(option, value) bad |= c->curl_easy_setopt(h, option, value) != CURLE_OK
    SET(CURLOPT_URL, url);
    SET(CURLOPT_PROTOCOLS_STR, "http,https");
    SET(CURLOPT_FOLLOWLOCATION, 0L);
    SET(CURLOPT_NOSIGNAL, 1L);
    SET(CURLOPT_TIMEOUT, (long)PL_FETCH_S);
    SET(CURLOPT_CONNECTTIMEOUT, (long)PL_FETCH_S / 2);
    SET(CURLOPT_WRITEFUNCTION, take);
    SET(CURLOPT_WRITEDATA, body);
    SET(CURLOPT_USERAGENT, "plumbline/" PL_VERSION);
    if (pl_str_starts(in->url, PL_S("http:"))) /* to this machine */
        SET(CURLOPT_NOPROXY, "*");
    if (in->form.n) {
        SET(CURLOPT_POSTFIELDSIZE, (long)in->form.n);
        SET(CURLOPT_POSTFIELDS, form);
    }
    if (in->user.n) {
        SET(CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
        SET(CURLOPT_USERNAME, user);
        SET(CURLOPT_PASSWORD, password);
    }
#undef SET
    return bad ? pl_fail(cx, PL_EIO, PL_NOPOS, "libcurl refuses an option: too old")
               : PL_OK;
}

static pl_status perform(pl_ctx *cx, const pl_libcurl *c, CURL *h, const pl_fetch *in,
                         pl_buf *body)
{
    long status = 0;
    CURLcode code;

    PL_TRY(set_up(cx, c, h, in, body));
    code = c->curl_easy_perform(h);
    if (code != CURLE_OK)
        return pl_fail(cx, PL_EIO, PL_NOPOS, "the other server could not be asked: %s",
                       c->curl_easy_strerror(code));
    c->curl_easy_getinfo(h, CURLINFO_RESPONSE_CODE, &status);
    if (status < 200 || status > 299)
        return pl_fail(cx, PL_EIO, PL_NOPOS, "the other server answered %ld", status);
    return PL_OK;
}

pl_status pl_fetch_run(pl_ctx *cx, const pl_fetch *in, pl_str *out)
{
    pl_libcurl c;
    pl_buf body;
    CURL *h = NULL;
    pl_status st;

    if (!pl_fetch_may(in->url) || in->url.n > URL_BYTES)
        return pl_fail(cx, PL_ESYNTAX, PL_NOPOS, "not an https address: '%.*s'",
                       PL_FMT(in->url));
    PL_TRY(load(cx, &c));
    pl_buf_init(&body, PL_FETCH_BYTES);
    st = c.curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? PL_OK : pl_fail_memory(cx);
    if (st == PL_OK) {
        h = c.curl_easy_init();
        st = h ? perform(cx, &c, h, in, &body) : pl_fail_memory(cx);
        if (h)
            c.curl_easy_cleanup(h);
        c.curl_global_cleanup();
    }
    if (st == PL_OK)
        st = pl_buf_keep(cx, &body, out);
    pl_buf_release(&body);
    dlclose(c.library);
    return st;
}
