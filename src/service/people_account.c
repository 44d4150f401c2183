#include "service/people_internal.h"
#include "service/totp.h"

/* ---- password */

static pl_status write_password(pl_ctx *cx, const pl_request *rq, pl_store *s,
                                const pl_principal *who, const pl_attempt *attempt,
                                pl_str hash)
{
    pl_value args[] = {PL_V_TEXT(who->region_id), PL_V_TEXT(who->user_id),
                       PL_V_TEXT(hash)};

    PL_TRY(pl_people_run_one(cx, s, PL_Q_user_password, args, PL_COUNT(args),
                             "the user is gone"));
    PL_TRY(pl_attempt_end(cx, s, who->region_id, attempt, true));
    PL_TRY(pl_sessions_drop(cx, s, who->region_id, who->user_id, who->session_id));
    return pl_people_audit(cx, rq, s, who->region_id, "password_change", "user",
                           who->user_id, PL_S(""), PL_S(""));
}

pl_status pl_password_change(pl_ctx *cx, const pl_request *rq, pl_store *s,
                             const pl_principal *who, pl_str old_password,
                             pl_str new_password, pl_login_result *out)
{
    pl_user_secrets u;
    pl_attempt attempt;
    pl_str hash;

    *out = (pl_login_result){.outcome = PL_LOGIN_REFUSED};
    PL_TRY(pl_password_fits(cx, who->login, new_password));
    PL_TRY(pl_attempt_begin(cx, rq->now, s, who->region_id, who->login, (pl_str){0},
                            &attempt, &out->wait_s));
    if (out->wait_s > 0) {
        out->outcome = PL_LOGIN_LOCKED;
        return PL_OK;
    }
    PL_TRY(pl_user_secrets_get(cx, s, who->region_id, who->user_id, &u));
    if (!pl_password_is(&u, old_password))
        return PL_OK;
    PL_TRY(pl_password_hash(cx, who->login, new_password, &hash));
    PL_TRY(pl_people_begin(cx, s));
    PL_TRY(pl_service_end(cx, s, write_password(cx, rq, s, who, &attempt, hash)));
    out->outcome = PL_LOGIN_DONE;
    return PL_OK;
}

/* ---- one-time codes */

static pl_status write_totp(pl_ctx *cx, const pl_request *rq, pl_store *s,
                            const pl_principal *who, pl_str secret, bool on,
                            const char *action)
{
    pl_value args[] = {PL_V_TEXT(who->region_id), PL_V_TEXT(who->user_id),
                       PL_V_TEXT(secret), PL_V_INT(on)};

    PL_TRY(pl_people_run_one(cx, s, PL_Q_user_totp, args, PL_COUNT(args),
                             "the user is gone"));
    return pl_people_audit(cx, rq, s, who->region_id, action, "user", who->user_id,
                           PL_S(""), PL_S(""));
}

static pl_status begin_totp(pl_ctx *cx, const pl_request *rq, pl_store *s,
                            const pl_principal *who, pl_str secret)
{
    pl_user_secrets u;

    PL_TRY(pl_user_secrets_get(cx, s, who->region_id, who->user_id, &u));
    if (u.is_totp_on)
        return pl_fail(cx, PL_ECONFLICT, PL_NOPOS, "codes are asked for already");
    return write_totp(cx, rq, s, who, secret, false, "totp_begin");
}

pl_status pl_totp_begin(pl_ctx *cx, const pl_request *rq, pl_store *s,
                        const pl_principal *who, pl_str *secret, pl_str *uri)
{
    PL_TRY(pl_totp_secret(cx, secret));
    PL_TRY(pl_totp_uri(cx, PL_S("Plumbline"), who->login, *secret, uri));
    PL_TRY(pl_people_begin(cx, s));
    return pl_service_end(cx, s, begin_totp(cx, rq, s, who, *secret));
}

static pl_status confirm_totp(pl_ctx *cx, const pl_request *rq, pl_store *s,
                              const pl_principal *who, pl_str code)
{
    pl_user_secrets u;
    int64_t step;

    PL_TRY(pl_user_secrets_get(cx, s, who->region_id, who->user_id, &u));
    if (u.is_totp_on || u.totp_secret.n == 0)
        return pl_fail(cx, PL_ECONFLICT, PL_NOPOS, "there is no secret to confirm");
    if (!pl_totp_check(u.totp_secret, code, rq->now.s, u.totp_step, &step))
        return pl_fail(cx, PL_ESYNTAX, PL_NOPOS, "not the code of this secret");
    pl_value used[] = {PL_V_TEXT(who->region_id), PL_V_TEXT(who->user_id),
                       PL_V_INT(step)};
    PL_TRY(pl_store_run(cx, s, PL_Q_user_totp_used, used, PL_COUNT(used), NULL));
    return write_totp(cx, rq, s, who, u.totp_secret, true, "totp_confirm");
}

pl_status pl_totp_confirm(pl_ctx *cx, const pl_request *rq, pl_store *s,
                          const pl_principal *who, pl_str code)
{
    PL_TRY(pl_people_begin(cx, s));
    return pl_service_end(cx, s, confirm_totp(cx, rq, s, who, code));
}

pl_status pl_totp_end(pl_ctx *cx, const pl_request *rq, pl_store *s,
                      const pl_principal *who)
{
    PL_TRY(pl_people_begin(cx, s));
    return pl_service_end(cx, s, write_totp(cx, rq, s, who, PL_S(""), false, "totp_end"));
}
