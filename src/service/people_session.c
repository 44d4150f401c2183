#include "service/people_internal.h"
#include "service/totp.h"

enum { SEEN_EVERY_S = 300, AGENT_BYTES = 200, SECRET_MOST = 256 };

/* ---- beginning */

static pl_status csrf_of(pl_ctx *cx, pl_str secret, pl_str *out)
{
    char hash[PL_SECRET_HASH + 1];

    pl_secret_hash(PL_S("csrf"), secret, hash);
    return pl_str_keep(cx, pl_str_from(hash), out);
}

/* At most n bytes, whole characters. */
static pl_str cut(pl_str s, size_t n)
{
    if (s.n <= n)
        return s;
    while (n > 0 && ((unsigned char)s.p[n] & 0xC0) == 0x80)
        n--;
    return pl_str_sub(s, 0, n);
}

static pl_status drop_old(pl_ctx *cx, pl_now now, pl_store *s, pl_str region_id)
{
    pl_value args[] = {PL_V_TEXT(region_id), PL_V_INT(now.s),
                       PL_V_INT(now.s - PL_SESSION_IDLE_S)};

    return pl_store_run(cx, s, PL_Q_session_drop_old, args, PL_COUNT(args), NULL);
}

/* Write a session. In a transaction. */
static pl_status open_session(pl_ctx *cx, const pl_request *rq, pl_store *s,
                              pl_str region_id, pl_str user_id, const pl_login *in,
                              pl_login_result *out)
{
    char hash[PL_SECRET_HASH + 1];
    pl_str id;

    PL_TRY(drop_old(cx, rq->now, s, region_id));
    PL_TRY(pl_id_new(cx, rq->now, &id));
    PL_TRY(pl_secret_new(cx, (pl_str){0}, &out->secret));
    pl_secret_hash(PL_S("session"), out->secret, hash);
    pl_value args[] = {PL_V_TEXT(region_id),
                       PL_V_TEXT(id),
                       PL_V_TEXT(user_id),
                       PL_V_TEXT(pl_str_from(hash)),
                       PL_V_TEXT(cut(in->address, AGENT_BYTES)),
                       PL_V_TEXT(cut(in->agent, AGENT_BYTES)),
                       PL_V_INT(rq->now.s),
                       PL_V_INT(rq->now.s + PL_SESSION_S)};
    PL_TRY(pl_store_run(cx, s, PL_Q_session_put, args, PL_COUNT(args), NULL));
    return pl_people_audit(cx, rq, s, region_id, "login", "user", user_id, PL_S(""),
                           PL_S(""));
}

/* Commit, then look the new session up as its first request will. */
static pl_status finish(pl_ctx *cx, const pl_request *rq, pl_store *s, pl_str region_id,
                        pl_status st, pl_login_result *out)
{
    PL_TRY(pl_service_end(cx, s, st));
    out->outcome = PL_LOGIN_DONE;
    return pl_principal_of_session(cx, rq->now, s, region_id, out->secret, &out->who);
}

static pl_status begin_for(pl_ctx *cx, const pl_request *rq, pl_store *s,
                           pl_str region_id, const pl_user *u, const pl_login *in,
                           pl_login_result *out)
{
    pl_request by = {u->login, rq->now};

    PL_TRY(pl_people_begin(cx, s));
    return finish(cx, rq, s, region_id,
                  open_session(cx, &by, s, region_id, u->user_id, in, out), out);
}

pl_status pl_session_begin_for(pl_ctx *cx, const pl_request *rq, pl_store *s,
                               pl_str region_id, pl_str user_id, const pl_login *in,
                               pl_login_result *out)
{
    pl_user u;

    *out = (pl_login_result){.outcome = PL_LOGIN_REFUSED};
    PL_TRY(pl_user_get(cx, s, region_id, user_id, &u));
    return u.is_disabled ? PL_OK : begin_for(cx, rq, s, region_id, &u, in, out);
}

/* A code is used up by the first who brings it. */
static pl_status use_step(pl_ctx *cx, pl_store *s, pl_str region_id,
                          const pl_user_secrets *u, int64_t step, bool *used)
{
    pl_value args[] = {PL_V_TEXT(region_id), PL_V_TEXT(u->user_id), PL_V_INT(step)};
    int64_t changed = 1;

    if (u->is_totp_on)
        PL_TRY(pl_store_run(cx, s, PL_Q_user_totp_used, args, PL_COUNT(args), &changed));
    *used = changed == 0;
    return PL_OK;
}

typedef struct entry {
    pl_user_secrets user;
    pl_attempt attempt;
    int64_t step;     /* of the code */
    bool stale;       /* the code was used meanwhile */
    bool code_needed; /* and not given */
} entry;

/* All that a right password is followed by, in a transaction. */
static pl_status enter(pl_ctx *cx, const pl_request *rq, pl_store *s, pl_str region_id,
                       entry *e, const pl_login *in, pl_login_result *out)
{
    pl_request by = {e->user.login, rq->now};

    if (!e->code_needed)
        PL_TRY(use_step(cx, s, region_id, &e->user, e->step, &e->stale));
    if (e->stale)
        return PL_OK;
    PL_TRY(pl_attempt_end(cx, s, region_id, &e->attempt, !e->code_needed));
    if (e->code_needed)
        return PL_OK;
    return open_session(cx, &by, s, region_id, e->user.user_id, in, out);
}

static bool code_is_right(const pl_request *rq, const pl_login *in, entry *e)
{
    return !e->user.is_totp_on || e->code_needed ||
           pl_totp_check(e->user.totp_secret, in->code, rq->now.s, e->user.totp_step,
                         &e->step);
}

pl_status pl_session_begin(pl_ctx *cx, const pl_request *rq, pl_store *s,
                           pl_str region_id, const pl_login *in, pl_login_result *out)
{
    entry e = {.step = 0};
    pl_status st;
    pl_str login;

    *out = (pl_login_result){.outcome = PL_LOGIN_REFUSED};
    PL_TRY(pl_login_fold(cx, pl_str_trim(cut(in->login, SECRET_MOST)), &login));
    PL_TRY(pl_attempt_begin(cx, rq->now, s, region_id, login, in->address, &e.attempt,
                            &out->wait_s));
    if (out->wait_s > 0) {
        out->outcome = PL_LOGIN_LOCKED;
        return PL_OK;
    }
    PL_TRY(pl_user_secrets_get(cx, s, region_id, login, &e.user));
    if (!pl_password_is(&e.user, in->password))
        return PL_OK;
    e.code_needed = e.user.is_totp_on && in->code.n == 0;
    if (!code_is_right(rq, in, &e))
        return PL_OK;
    PL_TRY(pl_people_begin(cx, s));
    st = enter(cx, rq, s, region_id, &e, in, out);
    if (st == PL_OK && !e.stale && !e.code_needed)
        return finish(cx, rq, s, region_id, st, out);
    if (e.code_needed)
        out->outcome = PL_LOGIN_CODE_NEEDED;
    return pl_service_end(cx, s, st);
}

/* ---- who asks */

/* The row that session_find and token_find give. */
static pl_status keep_principal(pl_ctx *cx, const pl_rows *r, pl_principal *who,
                                pl_str *id, int64_t *seen_s)
{
    if (!pl_user_role_find(pl_rows_text(r, 4), &who->role))
        return pl_fail(cx, PL_EFORMAT, PL_NOPOS, "a user of no role that is known");
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 0), id));
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 1), &who->user_id));
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 2), &who->login));
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 3), &who->name));
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 5), &who->unit_id));
    who->public_access = pl_rows_int(r, 6) != 0;
    *seen_s = pl_rows_int(r, 7);
    return PL_OK;
}

/* The principal of a secret's row, all scopes; the scopes' text in *scopes. */
static pl_status find(pl_ctx *cx, pl_store *s, pl_query q, const pl_value *args, size_t n,
                      pl_principal *who, pl_str *id, int64_t *seen_s, uint64_t *scopes)
{
    bool more = false;
    pl_rows *r;
    pl_status st;

    PL_TRY(pl_rows_begin(cx, s, q, args, n, &r));
    st = pl_rows_next(cx, r, &more);
    if (st == PL_OK && !more)
        st = pl_fail(cx, PL_ENOTFOUND, PL_NOPOS, "not logged in");
    if (st == PL_OK)
        st = keep_principal(cx, r, who, id, seen_s);
    if (st == PL_OK)
        *scopes = pl_scopes_parse(pl_rows_text(r, 8));
    pl_rows_end(r);
    return st;
}

/* Note that it was seen, now and then. Others who write do not keep anybody from
 * reading. */
static void note_seen(pl_ctx *cx, pl_now now, pl_store *s, pl_query q, pl_str region_id,
                      pl_str id, int64_t seen_s)
{
    pl_value args[] = {PL_V_TEXT(region_id), PL_V_TEXT(id), PL_V_INT(now.s)};
    pl_err before = cx->err;

    if (now.s - seen_s >= SEEN_EVERY_S &&
        pl_store_run(cx, s, q, args, PL_COUNT(args), NULL) != PL_OK)
        cx->err = before;
}

pl_status pl_principal_of_session(pl_ctx *cx, pl_now now, pl_store *s, pl_str region_id,
                                  pl_str secret, pl_principal *out)
{
    char hash[PL_SECRET_HASH + 1];
    uint64_t none;
    int64_t seen_s;

    *out = (pl_principal){.role = PL_USER_ROLE_PUBLIC};
    pl_secret_hash(PL_S("session"), cut(secret, SECRET_MOST), hash);
    pl_value args[] = {PL_V_TEXT(region_id), PL_V_TEXT(pl_str_from(hash)),
                       PL_V_INT(now.s), PL_V_INT(now.s - PL_SESSION_IDLE_S)};
    PL_TRY(find(cx, s, PL_Q_session_find, args, PL_COUNT(args), out, &out->session_id,
                &seen_s, &none));
    out->scopes = PL_SCOPES_ALL;
    PL_TRY(pl_str_keep(cx, region_id, &out->region_id));
    PL_TRY(csrf_of(cx, secret, &out->csrf));
    note_seen(cx, now, s, PL_Q_session_seen, region_id, out->session_id, seen_s);
    return PL_OK;
}

pl_status pl_principal_of_token(pl_ctx *cx, pl_now now, pl_store *s, pl_str region_id,
                                pl_str secret, pl_principal *out)
{
    char hash[PL_SECRET_HASH + 1];
    int64_t seen_s;

    *out = (pl_principal){.role = PL_USER_ROLE_PUBLIC};
    pl_secret_hash(PL_S("token"), cut(secret, SECRET_MOST), hash);
    pl_value args[] = {PL_V_TEXT(region_id), PL_V_TEXT(pl_str_from(hash)),
                       PL_V_INT(now.s)};
    PL_TRY(find(cx, s, PL_Q_token_find, args, PL_COUNT(args), out, &out->token_id,
                &seen_s, &out->scopes));
    PL_TRY(pl_str_keep(cx, region_id, &out->region_id));
    note_seen(cx, now, s, PL_Q_token_seen, region_id, out->token_id, seen_s);
    return PL_OK;
}

pl_status pl_principal_of_public(pl_ctx *cx, pl_store *s, pl_str region_id,
                                 pl_principal *out)
{
    pl_settings set;
    pl_str kept;

    PL_TRY(pl_settings_get(cx, s, region_id, &set));
    PL_TRY(pl_str_keep(cx, region_id, &kept));
    *out = pl_principal_public(kept, set.public_access);
    return PL_OK;
}

/* ---- the open ones */

pl_status pl_session_list(pl_ctx *cx, pl_now now, pl_store *s, const pl_principal *who,
                          pl_session_rows *out)
{
    pl_value args[] = {PL_V_TEXT(who->region_id), PL_V_TEXT(who->user_id),
                       PL_V_INT(now.s), PL_V_INT(now.s - PL_SESSION_IDLE_S)};
    bool more = false;
    pl_rows *r;
    pl_status st;

    *out = (pl_session_rows){0};
    PL_TRY(pl_rows_begin(cx, s, PL_Q_session_list, args, PL_COUNT(args), &r));
    while ((st = pl_rows_next(cx, r, &more)) == PL_OK && more) {
        pl_session_row *x = PL_VEC_ADD(cx->arena, out);

        st = x ? pl_str_keep(cx, pl_rows_text(r, 0), &x->session_id) : pl_fail_memory(cx);
        if (st == PL_OK)
            st = pl_str_keep(cx, pl_rows_text(r, 1), &x->address);
        if (st == PL_OK)
            st = pl_str_keep(cx, pl_rows_text(r, 2), &x->agent);
        if (st != PL_OK)
            break;
        x->begun_at_s = pl_rows_int(r, 3);
        x->seen_at_s = pl_rows_int(r, 4);
        x->ends_at_s = pl_rows_int(r, 5);
    }
    pl_rows_end(r);
    return st;
}

static pl_status end_session(pl_ctx *cx, const pl_request *rq, pl_store *s,
                             const pl_principal *who, pl_str session_id)
{
    pl_value args[] = {PL_V_TEXT(who->region_id), PL_V_TEXT(who->user_id),
                       PL_V_TEXT(session_id)};

    PL_TRY(pl_people_run_one(cx, s, PL_Q_session_drop, args, PL_COUNT(args),
                             "no such session"));
    return pl_people_audit(cx, rq, s, who->region_id, "logout", "session", session_id,
                           PL_S(""), PL_S(""));
}

pl_status pl_session_end(pl_ctx *cx, const pl_request *rq, pl_store *s,
                         const pl_principal *who, pl_str session_id)
{
    PL_TRY(pl_people_begin(cx, s));
    return pl_service_end(cx, s, end_session(cx, rq, s, who, session_id));
}

pl_status pl_sessions_drop(pl_ctx *cx, pl_store *s, pl_str region_id, pl_str user_id,
                           pl_str but)
{
    pl_value args[] = {PL_V_TEXT(region_id), PL_V_TEXT(user_id), PL_V_TEXT(but)};

    return pl_store_run(cx, s, PL_Q_session_drop_others, args, PL_COUNT(args), NULL);
}
