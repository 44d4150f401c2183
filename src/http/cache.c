#include "http/cache.h"
#include "http/server.h"
#include "service/changes.h"
#include <stdlib.h>

enum {
    SLOTS =
        256, /* a power of two; an answer takes the place of another one of its slot */
    ENTRY_MOST = 256 * 1024,
    CACHE_MOST = 4 << 20 /* bytes of a thread */
};

typedef struct entry {
    int64_t version;
    char *bytes; /* key, then body */
    size_t n_key, n_body;
    char etag[PL_ETAG_CHARS];
    pl_str content_type; /* a literal */
    bool packed;
} entry;

struct pl_cache {
    size_t bytes;
    entry slots[SLOTS];
};

pl_cache *pl_cache_new(void)
{
    return calloc(1, sizeof(pl_cache));
}

static void drop(pl_cache *c, entry *e)
{
    c->bytes -= e->n_key + e->n_body;
    free(e->bytes);
    *e = (entry){0};
}

void pl_cache_free(pl_cache *c)
{
    for (size_t i = 0; c && i < SLOTS; i++)
        free(c->slots[i].bytes);
    free(c);
}

/* What depends on nothing but the data, and on what somebody may see of it. */
static bool may_be_kept(const pl_exchange *x)
{
    const pl_route *r = x->match.route;
    bool reads = r->perm == PL_PERM_PLAN_READ || r->perm == PL_PERM_OWN_READ ||
                 r->perm == PL_PERM_FINDING_READ;

    return reads && x->method == PL_METHOD_GET &&
           !(r->flags & (PL_ROUTE_OTHER | PL_ROUTE_SLOW));
}

/* What the answer depends on besides the data. */
static pl_status make_key(pl_exchange *x, pl_str *out)
{
    const pl_principal *who = &x->call.who;
    pl_status st;
    pl_buf b;

    pl_buf_init(&b, ENTRY_MOST);
    pl_buf_putf(&b, "%d %d %d %d %llx ", (int)who->role, who->public_access,
                x->call.english, pl_answer_takes_gzip(x),
                (unsigned long long)who->scopes);
    pl_buf_put(&b, who->unit_id);
    pl_buf_putc(&b, ' ');
    pl_buf_put(&b, x->target);
    st = pl_buf_keep(&x->cx, &b, out);
    pl_buf_release(&b);
    return st;
}

static pl_cache *cache_here(pl_exchange *x)
{
    pl_worker *w = pl_worker_here(x->server);

    if (w && !w->cache)
        w->cache = pl_cache_new();
    return w ? w->cache : NULL;
}

static entry *slot_of(pl_cache *c, pl_str key)
{
    return &c->slots[pl_str_hash(key) % SLOTS];
}

static void answer_with(pl_exchange *x, const entry *e)
{
    pl_call *c = &x->call;

    pl_buf_put(&x->out, (pl_str){e->bytes + e->n_key, e->n_body});
    c->status = 200;
    c->content_type = e->content_type;
    x->is_packed = e->packed;
    x->cache_key = (pl_str){0};
    memcpy(x->cache_etag, e->etag, sizeof e->etag);
    c->etag = pl_str_from(x->cache_etag);
    x->state = PL_EXCHANGE_ANSWERED;
}

bool pl_cache_find(pl_exchange *x)
{
    pl_cache *c = may_be_kept(x) ? cache_here(x) : NULL;
    const entry *e;

    if (!c || make_key(x, &x->cache_key) != PL_OK)
        return false;
    if (pl_service_version(&x->cx, x->call.store, &x->cache_version) != PL_OK) {
        x->cache_key = (pl_str){0};
        return false; /* the handler will meet the same failure, and say so */
    }
    e = slot_of(c, x->cache_key);
    if (e->version != x->cache_version || !e->bytes ||
        !pl_str_eq((pl_str){e->bytes, e->n_key}, x->cache_key))
        return false;
    answer_with(x, e);
    return true;
}

void pl_cache_keep(pl_exchange *x, const char *etag, bool packed)
{
    pl_cache *c = x->cache_key.n ? cache_here(x) : NULL;
    size_t n = x->cache_key.n + x->out.n;
    entry *e;

    if (!c || x->call.status != 200 || x->n_headers || n > ENTRY_MOST || !etag[0])
        return;
    e = slot_of(c, x->cache_key);
    drop(c, e);
    if (c->bytes + n > CACHE_MOST)
        return;
    e->bytes = malloc(n);
    if (!e->bytes)
        return;
    memcpy(e->bytes, x->cache_key.p, x->cache_key.n);
    memcpy(e->bytes + x->cache_key.n, x->out.p, x->out.n);
    e->version = x->cache_version;
    e->n_key = x->cache_key.n;
    e->n_body = x->out.n;
    e->content_type = x->call.content_type;
    e->packed = packed;
    memcpy(e->etag, etag, strlen(etag) + 1);
    c->bytes += n;
}
