#include "service/people_internal.h"

enum { FORGET_S = 24 * 3600 };

static void hashes_of(pl_str login, pl_str address, pl_attempt *out)
{
    *out = (pl_attempt){.from_hash = ""};
    pl_secret_hash(PL_S("login"), login, out->login_hash);
    if (address.n)
        pl_secret_hash(PL_S("address"), address, out->from_hash);
}

/* Seconds still to wait after so many failures, the last at last_s. */
static int64_t wait_after(int64_t failures, int64_t last_s, int64_t now_s, int64_t free)
{
    int64_t wait = PL_WAIT_MOST_S;

    if (failures < free || now_s - last_s >= FORGET_S)
        return 0;
    if (failures - free < 10)
        wait = INT64_C(1) << (failures - free);
    if (wait > PL_WAIT_MOST_S)
        wait = PL_WAIT_MOST_S;
    /* a clock that was set back does not lock anybody out */
    return last_s > now_s ? wait : last_s + wait - now_s;
}

static pl_status look(pl_ctx *cx, pl_store *s, pl_str region_id, pl_str hash,
                      int64_t now_s, int64_t free, int64_t *wait_s)
{
    pl_value args[] = {PL_V_TEXT(region_id), PL_V_TEXT(hash)};
    bool more = false;
    pl_rows *r;
    pl_status st;

    PL_TRY(pl_rows_begin(cx, s, PL_Q_failure_get, args, PL_COUNT(args), &r));
    st = pl_rows_next(cx, r, &more);
    if (st == PL_OK && more) {
        int64_t wait = wait_after(pl_rows_int(r, 0), pl_rows_int(r, 1), now_s, free);

        *wait_s = wait > *wait_s ? wait : *wait_s;
    }
    pl_rows_end(r);
    return st;
}

static pl_status add(pl_ctx *cx, pl_store *s, pl_str region_id, pl_str hash,
                     int64_t now_s)
{
    pl_value args[] = {PL_V_TEXT(region_id), PL_V_TEXT(hash), PL_V_INT(now_s)};

    return pl_store_run(cx, s, PL_Q_failure_add, args, PL_COUNT(args), NULL);
}

static pl_status count(pl_ctx *cx, int64_t now_s, pl_store *s, pl_str region_id,
                       const pl_attempt *a, int64_t *wait_s)
{
    pl_str login = pl_str_from(a->login_hash), from = pl_str_from(a->from_hash);
    pl_value old[] = {PL_V_TEXT(region_id), PL_V_INT(now_s - FORGET_S)};

    PL_TRY(pl_store_run(cx, s, PL_Q_failure_drop_old, old, PL_COUNT(old), NULL));
    PL_TRY(look(cx, s, region_id, login, now_s, PL_FREE_TRIES, wait_s));
    if (from.n)
        PL_TRY(look(cx, s, region_id, from, now_s, PL_FREE_TRIES_FROM, wait_s));
    if (*wait_s > 0)
        return PL_OK;
    PL_TRY(add(cx, s, region_id, login, now_s));
    return from.n ? add(cx, s, region_id, from, now_s) : PL_OK;
}

pl_status pl_attempt_begin(pl_ctx *cx, pl_now now, pl_store *s, pl_str region_id,
                           pl_str login, pl_str address, pl_attempt *out, int64_t *wait_s)
{
    *wait_s = 0;
    hashes_of(login, address, out);
    PL_TRY(pl_people_begin(cx, s));
    return pl_service_end(cx, s, count(cx, now.s, s, region_id, out, wait_s));
}

static pl_status run(pl_ctx *cx, pl_store *s, pl_query q, pl_str region_id,
                     const char *hash)
{
    pl_value args[] = {PL_V_TEXT(region_id), PL_V_TEXT(pl_str_from(hash))};

    return pl_store_run(cx, s, q, args, PL_COUNT(args), NULL);
}

/* The address is never forgiven for a success: whoever has one login of their own would
 * try others with it. */
pl_status pl_attempt_end(pl_ctx *cx, pl_store *s, pl_str region_id, const pl_attempt *a,
                         bool done)
{
    PL_TRY(run(cx, s, done ? PL_Q_failure_drop : PL_Q_failure_take_back, region_id,
               a->login_hash));
    return a->from_hash[0] ? run(cx, s, PL_Q_failure_take_back, region_id, a->from_hash)
                           : PL_OK;
}

pl_status pl_attempts_forget(pl_ctx *cx, pl_store *s, pl_str region_id, pl_str login)
{
    pl_attempt a;

    hashes_of(login, (pl_str){0}, &a);
    return run(cx, s, PL_Q_failure_drop, region_id, a.login_hash);
}
