#include "service/people_internal.h"

static const pl_str setup_kind = PL_S_INIT("setup"), invitation = PL_S_INIT("invitation");

/* A new link in place of the ones before of its kind and user. */
static pl_status put_link(pl_ctx *cx, const pl_request *rq, pl_store *s, pl_str region_id,
                          pl_str kind, pl_str user_id, int64_t ends_at_s, pl_str *secret)
{
    pl_value drop[] = {PL_V_TEXT(region_id), PL_V_TEXT(kind), PL_V_TEXT(user_id),
                       PL_V_INT(rq->now.s)};
    char hash[PL_SECRET_HASH + 1];
    pl_str id;

    PL_TRY(pl_store_run(cx, s, PL_Q_link_drop, drop, PL_COUNT(drop), NULL));
    PL_TRY(pl_id_new(cx, rq->now, &id));
    PL_TRY(pl_secret_new(cx, (pl_str){0}, secret));
    pl_secret_hash(kind, *secret, hash);
    pl_value put[] = {PL_V_TEXT(region_id),
                      PL_V_TEXT(id),
                      PL_V_TEXT(kind),
                      PL_V_TEXT_OR_NULL(user_id),
                      PL_V_TEXT(pl_str_from(hash)),
                      PL_V_INT(rq->now.s),
                      PL_V_INT(ends_at_s)};
    return pl_store_run(cx, s, PL_Q_link_put, put, PL_COUNT(put), NULL);
}

static pl_status fail_link(pl_ctx *cx)
{
    return pl_fail(cx, PL_ENOTFOUND, PL_NOPOS,
                   "no such link, or it was used, or its time is over");
}

/* ---- the first administrator */

static pl_status check_empty(pl_ctx *cx, pl_store *s, pl_str region_id)
{
    pl_value args[] = {PL_V_TEXT(region_id)};
    int64_t users;

    PL_TRY(pl_people_count(cx, s, PL_Q_user_count, args, 1, &users));
    return users == 0 ? PL_OK
                      : pl_fail(cx, PL_ECONFLICT, PL_NOPOS, "the region has users");
}

static pl_status setup_link(pl_ctx *cx, const pl_request *rq, pl_store *s,
                            pl_str region_id, pl_str *secret)
{
    PL_TRY(check_empty(cx, s, region_id));
    PL_TRY(put_link(cx, rq, s, region_id, setup_kind, (pl_str){0}, rq->now.s + PL_SETUP_S,
                    secret));
    return pl_people_audit(cx, rq, s, region_id, "setup_link", "region", region_id,
                           PL_S(""), PL_S(""));
}

pl_status pl_setup_link(pl_ctx *cx, const pl_request *rq, pl_store *s, pl_str region_id,
                        pl_str *secret)
{
    PL_TRY(pl_people_begin(cx, s));
    return pl_service_end(cx, s, setup_link(cx, rq, s, region_id, secret));
}

/* Use up a link; its user in *user_id. */
static pl_status use_link(pl_ctx *cx, const pl_request *rq, pl_store *s, pl_str region_id,
                          pl_str kind, pl_str secret, pl_str *user_id)
{
    char hash[PL_SECRET_HASH + 1];
    int64_t changed = 0;

    pl_secret_hash(kind, secret, hash);
    pl_value args[] = {PL_V_TEXT(region_id), PL_V_TEXT(kind),
                       PL_V_TEXT(pl_str_from(hash)), PL_V_INT(rq->now.s)};
    PL_TRY(pl_id_look_up(cx, s, PL_Q_link_find, args, PL_COUNT(args), user_id));
    PL_TRY(pl_store_run(cx, s, PL_Q_link_use, args, PL_COUNT(args), &changed));
    return changed == 1 ? PL_OK : fail_link(cx);
}

/* Is the link there at all? Asked before a password is hashed, which costs much. */
static pl_status check_link(pl_ctx *cx, const pl_request *rq, pl_store *s,
                            pl_str region_id, pl_str kind, const char *hash,
                            pl_str *user_id)
{
    pl_value args[] = {PL_V_TEXT(region_id), PL_V_TEXT(kind),
                       PL_V_TEXT(pl_str_from(hash)), PL_V_INT(rq->now.s)};
    bool more = false;
    pl_rows *r;
    pl_status st;

    PL_TRY(pl_rows_begin(cx, s, PL_Q_link_find, args, PL_COUNT(args), &r));
    st = pl_rows_next(cx, r, &more);
    if (st == PL_OK && !more)
        st = fail_link(cx);
    if (st == PL_OK)
        st = pl_str_keep(cx, pl_rows_text(r, 0), user_id);
    pl_rows_end(r);
    return st;
}

static pl_status setup(pl_ctx *cx, const pl_request *rq, pl_store *s, pl_str region_id,
                       pl_str secret, const pl_user_in *in, pl_str hash, pl_user *out)
{
    pl_str nobody;
    pl_status st = check_empty(cx, s, region_id);

    if (st == PL_ECONFLICT)
        return fail_link(cx);
    PL_TRY(st);
    PL_TRY(use_link(cx, rq, s, region_id, setup_kind, secret, &nobody));
    return pl_user_write(cx, rq, s, region_id, in, hash, out);
}

pl_status pl_setup(pl_ctx *cx, const pl_request *rq, pl_store *s, pl_str region_id,
                   pl_str secret, pl_str login, pl_str name, pl_str password,
                   pl_user *out)
{
    pl_user_in in = {.login = login, .name = name, .role = PL_USER_ROLE_ADMIN};
    char link_hash[PL_SECRET_HASH + 1];
    pl_str hash, nobody, folded;
    pl_request by = *rq;

    pl_secret_hash(setup_kind, secret, link_hash);
    PL_TRY(check_link(cx, rq, s, region_id, setup_kind, link_hash, &nobody));
    PL_TRY(pl_login_fold(cx, pl_str_trim(login), &folded));
    PL_TRY(pl_password_hash(cx, folded, password, &hash));
    by.actor = folded;
    PL_TRY(pl_people_begin(cx, s));
    return pl_service_end(cx, s, setup(cx, &by, s, region_id, secret, &in, hash, out));
}

/* ---- invitations */

static pl_status invite(pl_ctx *cx, const pl_request *rq, pl_store *s, pl_str region_id,
                        pl_str key, pl_str *secret)
{
    pl_user u;

    PL_TRY(pl_user_get(cx, s, region_id, key, &u));
    if (u.is_disabled)
        return pl_fail(cx, PL_ECONFLICT, PL_NOPOS, "the user is disabled");
    PL_TRY(put_link(cx, rq, s, region_id, invitation, u.user_id,
                    rq->now.s + PL_INVITATION_S, secret));
    return pl_people_audit(cx, rq, s, region_id, "user_invite", "user", u.user_id,
                           PL_S(""), PL_S(""));
}

pl_status pl_invite(pl_ctx *cx, const pl_request *rq, pl_store *s, pl_str region_id,
                    pl_str key, pl_str *secret)
{
    PL_TRY(pl_people_begin(cx, s));
    return pl_service_end(cx, s, invite(cx, rq, s, region_id, key, secret));
}

static pl_status accept(pl_ctx *cx, const pl_request *rq, pl_store *s, pl_str region_id,
                        pl_str secret, pl_str hash, pl_user *out)
{
    pl_str user_id;

    PL_TRY(use_link(cx, rq, s, region_id, invitation, secret, &user_id));
    pl_value args[] = {PL_V_TEXT(region_id), PL_V_TEXT(user_id), PL_V_TEXT(hash)};
    PL_TRY(pl_user_get(cx, s, region_id, user_id, out));
    if (out->is_disabled)
        return fail_link(cx);
    PL_TRY(pl_people_run_one(cx, s, PL_Q_user_password, args, PL_COUNT(args),
                             "the user is gone"));
    PL_TRY(pl_sessions_drop(cx, s, region_id, user_id, PL_S("")));
    PL_TRY(pl_attempts_forget(cx, s, region_id, out->login));
    PL_TRY(pl_people_audit(cx, rq, s, region_id, "invitation_accept", "user", user_id,
                           PL_S(""), PL_S("")));
    return pl_user_get(cx, s, region_id, user_id, out);
}

pl_status pl_invitation_accept(pl_ctx *cx, const pl_request *rq, pl_store *s,
                               pl_str region_id, pl_str secret, pl_str password,
                               pl_user *out)
{
    char link_hash[PL_SECRET_HASH + 1];
    pl_str hash, user_id;
    pl_request by = *rq;

    pl_secret_hash(invitation, secret, link_hash);
    PL_TRY(check_link(cx, rq, s, region_id, invitation, link_hash, &user_id));
    PL_TRY(pl_user_get(cx, s, region_id, user_id, out));
    PL_TRY(pl_password_hash(cx, out->login, password, &hash));
    by.actor = out->login;
    PL_TRY(pl_people_begin(cx, s));
    return pl_service_end(cx, s, accept(cx, &by, s, region_id, secret, hash, out));
}
