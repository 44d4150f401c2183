#include "service/kept.h"
#include "service/internal.h"

static pl_status drop_old(pl_ctx *cx, pl_now now, pl_store *s, const pl_kept_request *r)
{
    pl_value args[] = {PL_V_TEXT(r->region_id), PL_V_INT(now.s - PL_KEPT_S),
                       PL_V_INT(now.s - PL_KEPT_RUNNING_S)};

    return pl_store_run(cx, s, PL_Q_kept_drop_old, args, PL_COUNT(args), NULL);
}

/* kept_get: request_digest, status, content_type, body. */
static pl_status keep_answer(pl_ctx *cx, pl_rows *r, pl_kept_answer *out)
{
    pl_bytes body = pl_rows_bytes(r, 3);
    pl_str copy;

    out->status = pl_rows_int(r, 1);
    PL_TRY(pl_str_keep(cx, (pl_str){(const char *)body.p, body.n}, &copy));
    out->body = (pl_bytes){(const unsigned char *)copy.p, copy.n};
    return pl_str_keep(cx, pl_rows_text(r, 2), &out->content_type);
}

static pl_status look(pl_ctx *cx, pl_store *s, const pl_kept_request *q,
                      pl_kept_state *state, pl_kept_answer *answer)
{
    pl_value args[] = {PL_V_TEXT(q->region_id), PL_V_TEXT(q->user_id), PL_V_TEXT(q->key)};
    bool more;
    pl_rows *r;
    pl_status st;

    *state = PL_KEPT_RUNNING;
    PL_TRY(pl_rows_begin(cx, s, PL_Q_kept_get, args, PL_COUNT(args), &r));
    st = pl_rows_next(cx, r, &more);
    if (st == PL_OK && more) {
        if (!pl_str_eq(pl_rows_text(r, 0), q->digest))
            *state = PL_KEPT_OTHER;
        else if (pl_rows_int(r, 1) != 0) {
            *state = PL_KEPT_DONE;
            st = keep_answer(cx, r, answer);
        }
    }
    pl_rows_end(r);
    return st;
}

static pl_status take(pl_ctx *cx, pl_now now, pl_store *s, const pl_kept_request *r,
                      pl_kept_state *state, pl_kept_answer *answer)
{
    pl_value args[] = {PL_V_TEXT(r->region_id), PL_V_TEXT(r->user_id),
                       PL_V_TEXT(r->key),       PL_V_TEXT(r->digest),
                       PL_V_INT(now.s),         PL_V_BYTES((pl_bytes){0})};
    int64_t made;

    PL_TRY(drop_old(cx, now, s, r));
    PL_TRY(pl_store_run(cx, s, PL_Q_kept_take, args, PL_COUNT(args), &made));
    *state = PL_KEPT_NEW;
    return made ? PL_OK : look(cx, s, r, state, answer);
}

pl_status pl_service_kept_begin(pl_ctx *cx, pl_now now, pl_store *s,
                                const pl_kept_request *r, pl_kept_state *state,
                                pl_kept_answer *answer)
{
    PL_TRY(pl_store_begin(cx, s));
    return pl_service_end(cx, s, take(cx, now, s, r, state, answer));
}

static pl_status end(pl_ctx *cx, pl_store *s, const pl_kept_request *r,
                     const pl_kept_answer *a)
{
    pl_value args[] = {PL_V_TEXT(r->region_id),
                       PL_V_TEXT(r->user_id),
                       PL_V_TEXT(r->key),
                       PL_V_INT(a ? a->status : 0),
                       PL_V_TEXT(a ? a->content_type : PL_S("")),
                       PL_V_BYTES(a ? a->body : ((pl_bytes){0}))};

    return a ? pl_store_run(cx, s, PL_Q_kept_set, args, PL_COUNT(args), NULL)
             : pl_store_run(cx, s, PL_Q_kept_drop, args, 3, NULL);
}

pl_status pl_service_kept_end(pl_ctx *cx, pl_store *s, const pl_kept_request *r,
                              const pl_kept_answer *answer)
{
    PL_TRY(pl_store_begin(cx, s));
    return pl_service_end(cx, s, end(cx, s, r, answer));
}
