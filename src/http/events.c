#include "http/events.h"
#include "http/server.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    QUEUE_BYTES = 64 * 1024, /* of one listener */
    LISTENERS_MOST = 1000,
    HEARTBEAT_S = 15,
    STREAM_S = 600, /* then it ends, and the browser asks again: who asks is looked up */
    CHANGES_AT_ONCE = 500,
    BLOCK_BYTES = 4096 /* that libmicrohttpd asks for */
};

typedef struct pl_stream pl_stream;

struct pl_stream {
    struct pl_stream *before, *next;
    pl_hub *hub;
    struct MHD_Connection *con;
    pl_principal who; /* its texts lie in the exchange */
    int64_t seq;      /* of the last change told */
    pl_buf queue;
    size_t sent; /* bytes of the queue that are gone */
    int age_s;
    bool is_suspended, is_over;
};

struct pl_hub {
    pl_server *server;
    pthread_mutex_t lock; /* of everything below, and of all streams */
    pl_stream *first;
    size_t n;
    bool is_closed;
    atomic_size_t listeners;
};

pl_hub *pl_hub_new(pl_server *s)
{
    pl_hub *h = calloc(1, sizeof *h);

    if (!h)
        return NULL;
    h->server = s;
    pthread_mutex_init(&h->lock, NULL);
    return h;
}

void pl_hub_free(pl_hub *h)
{
    if (!h)
        return;
    pthread_mutex_destroy(&h->lock);
    free(h);
}

size_t pl_hub_listeners(const pl_hub *h)
{
    return atomic_load(&h->listeners);
}

/* ---- one stream; its hub is locked */

/* There is something to send, or an end to tell. */
static void wake(pl_stream *t)
{
    if (!t->is_suspended)
        return;
    t->is_suspended = false;
    t->hub->server->mhd.MHD_resume_connection(t->con);
}

static void say(pl_stream *t, pl_str text)
{
    if (t->is_over)
        return;
    if (t->sent == t->queue.n)
        t->sent = t->queue.n = 0;
    pl_buf_put(&t->queue, text);
    t->is_over = t->queue.failed; /* it does not read, and is dropped */
    wake(t);
}

static ssize_t read_stream(void *self, uint64_t pos, char *out, size_t most)
{
    pl_stream *t = self;
    ssize_t n = 0;

    (void)pos;
    pthread_mutex_lock(&t->hub->lock);
    if (t->queue.n > t->sent && !t->queue.failed) {
        size_t left = t->queue.n - t->sent;

        n = (ssize_t)(left < most ? left : most);
        memcpy(out, t->queue.p + t->sent, (size_t)n);
        t->sent += (size_t)n;
    } else if (t->is_over || t->hub->is_closed) {
        n = MHD_CONTENT_READER_END_OF_STREAM;
    } else {
        t->hub->server->mhd.MHD_suspend_connection(t->con);
        t->is_suspended = true;
    }
    pthread_mutex_unlock(&t->hub->lock);
    return n;
}

bool pl_stream_begin(pl_exchange *x, int64_t seq)
{
    pl_hub *h = x->server->hub;
    pl_stream *t = calloc(1, sizeof *t);
    bool room;

    if (!t)
        return false;
    t->hub = h;
    t->con = x->con;
    t->who = x->call.who;
    t->seq = seq;
    pl_buf_init(&t->queue, QUEUE_BYTES);
    pl_buf_put(&t->queue, PL_S("retry: 2000\n\n"));
    pthread_mutex_lock(&h->lock);
    room = h->n < LISTENERS_MOST && !h->is_closed;
    if (room) {
        t->next = h->first;
        if (t->next)
            t->next->before = t;
        h->first = t;
        atomic_store(&h->listeners, ++h->n);
    }
    pthread_mutex_unlock(&h->lock);
    if (room)
        x->stream = t;
    else
        free(t);
    return room;
}

struct MHD_Response *pl_stream_response(pl_exchange *x)
{
    return x->server->mhd.MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK_BYTES,
                                                            read_stream, x->stream, NULL);
}

void pl_stream_end(pl_stream *t)
{
    pl_hub *h;

    if (!t)
        return;
    h = t->hub;
    pthread_mutex_lock(&h->lock);
    if (t->before)
        t->before->next = t->next;
    else
        h->first = t->next;
    if (t->next)
        t->next->before = t->before;
    atomic_store(&h->listeners, --h->n);
    pthread_mutex_unlock(&h->lock);
    pl_buf_release(&t->queue);
    free(t);
}

/* ---- the hub */

static void put_change(pl_buf *b, const pl_principal *who, const pl_change *e)
{
    pl_json j;

    pl_buf_putf(b, "id: %" PRId64 "\nevent: change\ndata: ", e->seq);
    j = pl_json_begin(b);
    pl_json_open(&j, '{');
    pl_json_put_int(&j, PL_S("seq"), e->seq);
    pl_json_put_int(&j, PL_S("at_s"), e->at_s);
    pl_json_put_str(&j, PL_S("action"), e->action);
    pl_json_put_str(&j, PL_S("object"), e->object);
    if (pl_may(who, PL_PERM_AUDIT_READ))
        pl_json_put_str(&j, PL_S("actor"), e->actor);
    pl_json_close(&j);
    pl_buf_put(b, PL_S("\n\n"));
}

static void tell_changes(pl_stream *t, const pl_changes *all, int64_t end)
{
    pl_buf b;

    pl_buf_init(&b, QUEUE_BYTES);
    for (size_t i = 0; i < all->n; i++)
        if (all->p[i].seq > t->seq && pl_change_may_be_seen(&t->who, &all->p[i]))
            put_change(&b, &t->who, &all->p[i]);
    if (b.n || b.failed)
        say(t, pl_buf_str(&b));
    if (end > t->seq)
        t->seq = end;
    t->is_over = t->is_over || b.failed;
    pl_buf_release(&b);
}

/* The lowest number that some listener has seen; false: there is no listener. */
static bool oldest_seq(pl_hub *h, int64_t *out)
{
    bool any;

    *out = INT64_MAX;
    pthread_mutex_lock(&h->lock);
    any = h->first != NULL;
    for (const pl_stream *t = h->first; t; t = t->next)
        if (t->seq < *out)
            *out = t->seq;
    pthread_mutex_unlock(&h->lock);
    return any;
}

static pl_status look(pl_hub *h, pl_ctx *cx, int64_t after)
{
    pl_store *s;
    pl_changes all;
    int64_t end;

    PL_TRY(pl_worker_store(cx, h->server, &s));
    PL_TRY(pl_service_changes(cx, s, h->server->region_id, after, CHANGES_AT_ONCE, &all,
                              &end));
    pthread_mutex_lock(&h->lock);
    for (pl_stream *t = h->first; t; t = t->next)
        tell_changes(t, &all, end);
    pthread_mutex_unlock(&h->lock);
    return PL_OK;
}

static void grow_old(pl_hub *h)
{
    pthread_mutex_lock(&h->lock);
    for (pl_stream *t = h->first; t; t = t->next) {
        t->age_s++;
        if (t->age_s >= STREAM_S) {
            t->is_over = true;
            wake(t);
        } else if (t->age_s % HEARTBEAT_S == 0) {
            say(t, PL_S(": still here\n\n"));
        }
    }
    pthread_mutex_unlock(&h->lock);
}

void pl_hub_tick(pl_hub *h)
{
    pl_ctx cx = h->server->base;
    int64_t after;

    if (!oldest_seq(h, &after))
        return;
    cx.arena = pl_arena_new(cx.limits.arena_bytes);
    if (cx.arena && look(h, &cx, after) != PL_OK)
        pl_worker_forget(h->server); /* the next tick opens another connection */
    pl_arena_free(cx.arena);
    grow_old(h);
}

void pl_hub_close(pl_hub *h)
{
    pthread_mutex_lock(&h->lock);
    h->is_closed = true;
    for (pl_stream *t = h->first; t; t = t->next)
        wake(t);
    pthread_mutex_unlock(&h->lock);
}

void pl_hub_import(pl_hub *h, pl_str user_id, pl_str id, pl_str stage)
{
    pl_buf b;
    pl_json j;

    if (user_id.n == 0 || id.n == 0)
        return;
    pl_buf_init(&b, QUEUE_BYTES);
    pl_buf_put(&b, PL_S("event: import\ndata: "));
    j = pl_json_begin(&b);
    pl_json_open(&j, '{');
    pl_json_put_str(&j, PL_S("import"), id);
    pl_json_put_str(&j, PL_S("stage"), stage);
    pl_json_close(&j);
    pl_buf_put(&b, PL_S("\n\n"));
    pthread_mutex_lock(&h->lock);
    for (pl_stream *t = h->first; t && !b.failed; t = t->next)
        if (pl_str_eq(t->who.user_id, user_id))
            say(t, pl_buf_str(&b));
    pthread_mutex_unlock(&h->lock);
    pl_buf_release(&b);
}
