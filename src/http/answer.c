/* From what a handler wrote to what is sent: headers, entity tags, gzip. */
#include "http/cache.h"
#include "http/events.h"
#include "http/server.h"
#include <inttypes.h>
#include <sodium/crypto_generichash.h>
#include <sodium/utils.h>
#include <stdio.h>
#include <stdlib.h>

enum { GZIP_LEAST_BYTES = 1024, GZIP_LEVEL = 1, ETAG_BYTES = 16 };

/* Sent with everything. Vue and ECharts set styles from script, as attributes: style-src
 * has to allow them; script never stands in a page. */
static const struct {
    const char *name, *value;
} always[] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
     "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
     "manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
};

static bool is_text(pl_str type)
{
    static const pl_str texts[] = {PL_S_INIT("text/"),
                                   PL_S_INIT("application/json"),
                                   PL_S_INIT("application/problem+json"),
                                   PL_S_INIT("application/x-ndjson"),
                                   PL_S_INIT("application/javascript"),
                                   PL_S_INIT("image/svg+xml")};

    return pl_str_starts_any(type, texts, PL_COUNT(texts));
}

bool pl_answer_takes_gzip(const pl_exchange *x)
{
    pl_str accept = pl_request_header(x, "Accept-Encoding");
    size_t at = pl_str_find(accept, PL_S("gzip"), 0);

    return at != PL_NOPOS && !pl_str_starts(pl_str_tail(accept, at + 4), PL_S(";q=0"));
}

/* This thread's compressor, ready for a new stream; NULL: no memory. */
static z_stream *gzip_here(pl_server *s)
{
    pl_worker *w = pl_worker_here(s);

    if (!w)
        return NULL;
    if (w->has_gzip)
        return deflateReset(&w->gzip) == Z_OK ? &w->gzip : NULL;
    /* 15 bits of window, and 16 for gzip's own head (zlib.h) */
    if (deflateInit2(&w->gzip, GZIP_LEVEL, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) !=
        Z_OK)
        return NULL;
    w->has_gzip = true;
    return &w->gzip;
}

/* Put the compressed body in place of the body; false, and nothing changed, when it would
 * not be smaller. */
static bool compress_body(pl_exchange *x)
{
    z_stream *z = gzip_here(x->server);
    pl_buf packed;
    bool done;

    if (!z || x->out.n > UINT32_MAX)
        return false;
    pl_buf_init(&packed, x->out.n);
    if (!pl_buf_room(&packed, x->out.n))
        return false;
    z->next_in = (unsigned char *)x->out.p;
    z->avail_in = (unsigned)x->out.n;
    z->next_out = (unsigned char *)packed.p;
    z->avail_out = (unsigned)x->out.n;
    done = deflate(z, Z_FINISH) == Z_STREAM_END;
    packed.n = x->out.n - z->avail_out;
    if (done) {
        pl_buf_release(&x->out);
        x->out = packed;
    } else {
        pl_buf_release(&packed);
    }
    return done;
}

/* The tag of a body, where the handler gave none: BLAKE2b of it. */
static void etag_of(const pl_exchange *x, char out[PL_ETAG_CHARS])
{
    unsigned char digest[ETAG_BYTES];

    crypto_generichash(digest, sizeof digest, (const unsigned char *)x->out.p, x->out.n,
                       NULL, 0);
    sodium_bin2hex(out, PL_ETAG_CHARS, digest, sizeof digest);
}

/* Look at If-None-Match, and name the state of what is sent. Tags are weak: the same one
 * stands for the packed and the plain body. */
static void tag(pl_exchange *x, struct MHD_Response *r, const char *etag)
{
    char quoted[PL_ETAG_CHARS + 8];

    snprintf(quoted, sizeof quoted, "W/\"%s\"", etag);
    x->server->mhd.MHD_add_response_header(r, "ETag", quoted);
}

/* The entity tag of the answer in `out`; empty: it has none. */
static void choose_etag(pl_exchange *x, char out[PL_ETAG_CHARS])
{
    pl_call *c = &x->call;

    out[0] = '\0';
    if (x->is_problem || x->stream || c->status >= 300)
        return;
    if (c->etag.n && c->etag.n < PL_ETAG_CHARS)
        snprintf(out, PL_ETAG_CHARS, "%.*s", PL_FMT(c->etag));
    else if (x->method == PL_METHOD_GET && x->out.n)
        etag_of(x, out);
}

static void set_headers(pl_exchange *x, struct MHD_Response *r, bool packed)
{
    const pl_mhd *m = &x->server->mhd;
    pl_str type = x->call.content_type;

    for (size_t i = 0; i < PL_COUNT(always); i++)
        m->MHD_add_response_header(r, always[i].name, always[i].value);
    m->MHD_add_response_header(r, "X-Request-Id", x->request_id);
    if (x->out.n || x->fixed.p || x->stream)
        m->MHD_add_response_header(r, "Content-Type",
                                   type.n ? type.p : "application/json");
    if (packed)
        m->MHD_add_response_header(r, "Content-Encoding", "gzip");
    if (is_text(type.n ? type : PL_S("application/json")))
        m->MHD_add_response_header(r, "Vary", "Accept-Encoding, Accept-Language, Cookie");
    for (size_t i = 0; i < x->n_headers; i++)
        m->MHD_add_response_header(r, x->headers[i].name.p, x->headers[i].value.p);
    if (atomic_load(&x->server->stopping))
        m->MHD_add_response_header(r, "Connection", "close");
}

static bool has_header(const pl_exchange *x, const char *name)
{
    for (size_t i = 0; i < x->n_headers; i++)
        if (pl_str_eq(x->headers[i].name, pl_str_from(name)))
            return true;
    return false;
}

/* The body as libmicrohttpd sends it: borrowed, it lies in the exchange or the program.
 */
static struct MHD_Response *response_of(pl_exchange *x)
{
    const pl_mhd *m = &x->server->mhd;
    union {
        const unsigned char *is;
        void *as;
    } fixed = {.is = x->fixed.p}; /* libmicrohttpd does not write to it */

    if (x->stream)
        return pl_stream_response(x);
    x->bytes = x->fixed.p ? x->fixed.n : x->out.n;
    return m->MHD_create_response_from_buffer(x->bytes,
                                              x->fixed.p ? fixed.as
                                              : x->bytes ? x->out.p
                                                         : "",
                                              MHD_RESPMEM_PERSISTENT);
}

enum MHD_Result pl_answer_send(pl_exchange *x)
{
    const pl_mhd *m = &x->server->mhd;
    pl_call *c = &x->call;
    char etag[PL_ETAG_CHARS];
    bool packed = x->fixed_gzip || x->is_packed;
    struct MHD_Response *r;
    enum MHD_Result sent;

    choose_etag(x, etag);
    if (etag[0] && x->method == PL_METHOD_GET &&
        pl_exchange_etag_in(pl_request_header(x, "If-None-Match"), pl_str_from(etag))) {
        c->status = 304;
        x->out.n = 0;
        x->fixed.p = NULL;
        packed = false;
    }
    if (!packed && x->out.n >= GZIP_LEAST_BYTES &&
        is_text(c->content_type.n ? c->content_type : PL_S("application/json")) &&
        pl_answer_takes_gzip(x))
        packed = compress_body(x);
    pl_cache_keep(x, etag, packed);
    r = response_of(x);
    if (!r)
        return MHD_NO;
    set_headers(x, r, packed);
    if (etag[0])
        tag(x, r, etag);
    if (!has_header(x, "Cache-Control"))
        m->MHD_add_response_header(r, "Cache-Control", "no-cache");
    x->sent = true;
    sent = m->MHD_queue_response(x->con, (unsigned)c->status, r);
    m->MHD_destroy_response(r);
    return sent;
}
