#include "http/assets.h"
#include "http/server.h"

static const pl_asset *asset_at(pl_str path)
{
    size_t low = 0, high = pl_assets_count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int c = pl_str_cmp(path, pl_assets[mid].path);

        if (c == 0)
            return &pl_assets[mid];
        if (c < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return NULL;
}

static pl_str last_segment(pl_str path)
{
    size_t at = path.n;

    while (at > 0 && path.p[at - 1] != '/')
        at--;
    return pl_str_tail(path, at);
}

const pl_asset *pl_asset_of(pl_str path)
{
    const pl_asset *a = asset_at(path);

    if (a || pl_str_has(last_segment(path), PL_S(".")) ||
        pl_str_starts(path, PL_S("/api/")))
        return a;
    return asset_at(PL_S("/index.html"));
}

/* For a client that takes no gzip. */
static bool unpack(pl_exchange *x, const pl_asset *a)
{
    union {
        const char *is;
        unsigned char *as;
    } packed = {.is = a->p}; /* zlib only reads it */
    z_stream z = {0};
    bool done;

    if (!pl_buf_room(&x->out, a->n_plain) || inflateInit2(&z, 15 + 16) != Z_OK)
        return false;
    z.next_in = packed.as;
    z.avail_in = (unsigned)a->n;
    z.next_out = (unsigned char *)x->out.p;
    z.avail_out = (unsigned)a->n_plain;
    done = inflate(&z, Z_FINISH) == Z_STREAM_END && z.total_out == a->n_plain;
    inflateEnd(&z);
    x->out.n = done ? a->n_plain : 0;
    return done;
}

void pl_asset_answer(pl_exchange *x, const pl_asset *a)
{
    pl_call *c = &x->call;

    c->status = 200;
    c->content_type = a->type;
    c->etag = a->etag;
    if (a->is_named_by_content)
        pl_call_set(c, "Cache-Control", PL_S("public, max-age=31536000, immutable"));
    x->state = PL_EXCHANGE_ANSWERED;
    if (a->is_gzip && !pl_answer_takes_gzip(x)) {
        if (!unpack(x, a))
            pl_exchange_refuse(x, PL_PROBLEM_BUSY, (pl_str){0});
        return;
    }
    x->fixed = (pl_bytes){(const unsigned char *)a->p, a->n};
    x->fixed_gzip = a->is_gzip;
}
