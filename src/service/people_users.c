#include "service/people_internal.h"

#include <sodium/crypto_pwhash.h>

/* ---- reading */

static pl_status keep_user(pl_ctx *cx, const pl_rows *r, pl_user *u)
{
    if (!pl_user_role_find(pl_rows_text(r, 3), &u->role))
        return pl_fail(cx, PL_EFORMAT, PL_NOPOS, "a user of no role that is known");
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 0), &u->user_id));
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 1), &u->login));
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 2), &u->name));
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 4), &u->unit_id));
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 5), &u->unit_name));
    u->is_disabled = pl_rows_int(r, 6) != 0;
    u->has_password = pl_rows_int(r, 7) != 0;
    u->has_totp = pl_rows_int(r, 8) != 0;
    u->has_oidc = pl_rows_int(r, 9) != 0;
    u->revision = pl_rows_int(r, 10);
    u->recorded_at_s = pl_rows_int(r, 11);
    return PL_OK;
}

/* Those of a key, by id or login; all when it is empty. */
static pl_status list(pl_ctx *cx, pl_store *s, pl_str region_id, pl_str key,
                      pl_user_rows *out)
{
    pl_value args[] = {PL_V_TEXT(region_id), PL_V_TEXT(key)};
    bool more = false;
    pl_rows *r;
    pl_status st;

    *out = (pl_user_rows){0};
    PL_TRY(pl_rows_begin(cx, s, PL_Q_user_list, args, PL_COUNT(args), &r));
    while ((st = pl_rows_next(cx, r, &more)) == PL_OK && more) {
        pl_user *u = PL_VEC_ADD(cx->arena, out);

        st = u ? keep_user(cx, r, u) : pl_fail_memory(cx);
        if (st != PL_OK)
            break;
    }
    pl_rows_end(r);
    return st;
}

pl_status pl_user_list(pl_ctx *cx, pl_store *s, pl_str region_id, pl_user_rows *out)
{
    return list(cx, s, region_id, (pl_str){0}, out);
}

pl_status pl_user_get(pl_ctx *cx, pl_store *s, pl_str region_id, pl_str key, pl_user *out)
{
    pl_user_rows rows = {0};

    if (key.n)
        PL_TRY(list(cx, s, region_id, key, &rows));
    if (rows.n == 0)
        return pl_fail(cx, PL_ENOTFOUND, PL_NOPOS, "no user '%.*s'", PL_FMT(key));
    *out = rows.p[0];
    return PL_OK;
}

pl_status pl_user_secrets_get(pl_ctx *cx, pl_store *s, pl_str region_id, pl_str key,
                              pl_user_secrets *out)
{
    pl_value args[] = {PL_V_TEXT(region_id), PL_V_TEXT(key)};
    bool more = false;
    pl_rows *r;
    pl_status st;

    *out = (pl_user_secrets){0};
    PL_TRY(pl_rows_begin(cx, s, PL_Q_user_secrets, args, PL_COUNT(args), &r));
    st = pl_rows_next(cx, r, &more);
    if (st == PL_OK && more) {
        st = pl_str_keep(cx, pl_rows_text(r, 0), &out->user_id);
        if (st == PL_OK)
            st = pl_str_keep(cx, pl_rows_text(r, 1), &out->password_hash);
        if (st == PL_OK)
            st = pl_str_keep(cx, pl_rows_text(r, 2), &out->totp_secret);
        if (st == PL_OK)
            st = pl_str_keep(cx, pl_rows_text(r, 6), &out->login);
        out->is_totp_on = pl_rows_int(r, 3) != 0;
        out->totp_step = pl_rows_int(r, 4);
        out->is_disabled = pl_rows_int(r, 5) != 0;
    }
    pl_rows_end(r);
    return st;
}

/* ---- passwords */

static size_t chars_of(pl_str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}

static bool is_one_byte_over(pl_str s)
{
    return s.n > 0 && memcmp(s.p, s.p + 1, s.n - 1) == 0;
}

pl_status pl_password_fits(pl_ctx *cx, pl_str login, pl_str password)
{
    if (chars_of(password) < PL_PASSWORD_CHARS)
        return pl_fail(cx, PL_ESYNTAX, PL_NOPOS, "a password has at least %d characters",
                       PL_PASSWORD_CHARS);
    if (password.n > PL_PASSWORD_BYTES)
        return pl_fail(cx, PL_ESYNTAX, PL_NOPOS, "a password has at most %d bytes",
                       PL_PASSWORD_BYTES);
    if (pl_str_eq(password, login) || is_one_byte_over(password))
        return pl_fail(cx, PL_ESYNTAX, PL_NOPOS, "a password is harder to guess");
    return PL_OK;
}

pl_status pl_password_hash(pl_ctx *cx, pl_str login, pl_str password, pl_str *out)
{
    char *p;

    PL_TRY(pl_password_fits(cx, login, password));
    p = pl_arena_alloc(cx->arena, crypto_pwhash_STRBYTES, 1, 1);
    if (!p ||
        crypto_pwhash_str(p, password.p, password.n, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
        return pl_fail_memory(cx);
    *out = pl_str_from(p);
    return PL_OK;
}

bool pl_password_is(const pl_user_secrets *u, pl_str password)
{
    /* Of the same cost as those of users; of a password that was thrown away. */
    static const char nobody[] =
        "$argon2id$v=19$m=65536,t=2,p=1$"
        "yjK76kq22YY6CWI5ecjPPA$5cXK2tr1gWBy1HCpfk85oDQcT5p+TzdUmBgJ9Yry5js";
    char hash[crypto_pwhash_STRBYTES];
    bool is_somebody = u->password_hash.n > 0 && !u->is_disabled;
    pl_str against = is_somebody ? u->password_hash : pl_str_from(nobody);

    if (password.n > PL_PASSWORD_BYTES || against.n >= sizeof hash)
        return false;
    memset(hash, 0, sizeof hash);
    memcpy(hash, against.p, against.n);
    return crypto_pwhash_str_verify(hash, password.p, password.n) == 0 && is_somebody;
}

/* ---- making */

pl_status pl_login_fold(pl_ctx *cx, pl_str login, pl_str *out)
{
    char *p = pl_arena_alloc_raw(cx->arena, login.n, 1, 1);

    if (!p)
        return pl_fail_memory(cx);
    for (size_t i = 0; i < login.n; i++) {
        char c = login.p[i];

        p[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    *out = (pl_str){p, login.n};
    return PL_OK;
}

static bool is_login(pl_str login)
{
    for (size_t i = 0; i < login.n; i++) {
        char c = login.p[i];

        if (!pl_is_digit(c) && !(c >= 'a' && c <= 'z') && !(c && strchr("._-@+", c)))
            return false;
    }
    return login.n > 0 && login.n <= PL_LOGIN_CHARS;
}

static pl_status check_name(pl_ctx *cx, pl_str name)
{
    if (name.n == 0 || chars_of(name) > PL_LOGIN_CHARS)
        return pl_fail(cx, PL_ESYNTAX, PL_NOPOS,
                       "a user needs a name, at most %d characters", PL_LOGIN_CHARS);
    return PL_OK;
}

/* Roles that see what their unit is responsible for need one; nobody is the public. */
static pl_status check_place(pl_ctx *cx, pl_store *s, pl_str region_id, pl_user_role role,
                             pl_str unit_id)
{
    pl_value args[] = {PL_V_TEXT(region_id), PL_V_TEXT(unit_id)};
    pl_principal who = {.role = role, .scopes = PL_SCOPES_ALL};
    pl_str found;

    if ((unsigned)role >= PL_USER_ROLE_COUNT || role == PL_USER_ROLE_PUBLIC)
        return pl_fail(cx, PL_ESYNTAX, PL_NOPOS, "no role that a user can have");
    if (unit_id.n == 0 && pl_is_cut(&who))
        return pl_fail(cx, PL_ESYNTAX, PL_NOPOS, "a user of this role is of a unit");
    if (unit_id.n == 0)
        return PL_OK;
    PL_TRY(pl_id_look_up(cx, s, PL_Q_unit_is_there, args, PL_COUNT(args), &found));
    if (found.n == 0)
        return pl_fail(cx, PL_ENOTFOUND, PL_NOPOS, "no unit '%.*s'", PL_FMT(unit_id));
    return PL_OK;
}

/* What the audit keeps of a user. */
static pl_status user_json(pl_ctx *cx, const pl_user *u, pl_str *out)
{
    pl_buf b;
    pl_json j;
    pl_status st;

    pl_buf_init(&b, 1 << 16);
    j = pl_json_begin(&b);
    pl_json_open(&j, '{');
    pl_json_put_str(&j, PL_S("login"), u->login);
    pl_json_put_str(&j, PL_S("name"), u->name);
    pl_json_put_str(&j, PL_S("role"), pl_user_role_token(u->role));
    pl_json_put_str_or_null(&j, PL_S("unit"), u->unit_id);
    pl_json_put_bool(&j, PL_S("disabled"), u->is_disabled);
    pl_json_put_bool(&j, PL_S("totp"), u->has_totp);
    pl_json_close(&j);
    st = pl_buf_keep(cx, &b, out);
    pl_buf_release(&b);
    return st;
}

pl_status pl_user_write(pl_ctx *cx, const pl_request *rq, pl_store *s, pl_str region_id,
                        const pl_user_in *in, pl_str password_hash, pl_user *out)
{
    pl_str login, id, becomes, name = pl_str_trim(in->name);
    pl_status st;

    PL_TRY(pl_login_fold(cx, pl_str_trim(in->login), &login));
    if (!is_login(login))
        return pl_fail(cx, PL_ESYNTAX, PL_NOPOS,
                       "a login is of letters, digits and . _ - @ +");
    PL_TRY(check_name(cx, name));
    PL_TRY(check_place(cx, s, region_id, in->role, in->unit_id));
    PL_TRY(pl_id_new(cx, rq->now, &id));
    pl_value args[] = {PL_V_TEXT(region_id),
                       PL_V_TEXT(id),
                       PL_V_TEXT(login),
                       PL_V_TEXT(name),
                       PL_V_TEXT(pl_user_role_token(in->role)),
                       PL_V_TEXT_OR_NULL(in->unit_id),
                       PL_V_TEXT(password_hash),
                       PL_V_INT(rq->now.s),
                       PL_V_TEXT(rq->actor)};
    st = pl_store_run(cx, s, PL_Q_user_put, args, PL_COUNT(args), NULL);
    if (st == PL_ECONFLICT)
        return pl_fail(cx, PL_ECONFLICT, PL_NOPOS, "the login '%.*s' is taken",
                       PL_FMT(login));
    PL_TRY(st);
    PL_TRY(pl_user_get(cx, s, region_id, id, out));
    PL_TRY(user_json(cx, out, &becomes));
    return pl_people_audit(cx, rq, s, region_id, "user_add", "user", id, PL_S(""),
                           becomes);
}

pl_status pl_user_add(pl_ctx *cx, const pl_request *rq, pl_store *s, pl_str region_id,
                      const pl_user_in *in, pl_user *out)
{
    PL_TRY(pl_people_begin(cx, s));
    return pl_service_end(cx, s, pl_user_write(cx, rq, s, region_id, in, PL_S(""), out));
}

/* ---- changing */

/* The last administrator who can log in stays one. */
static pl_status check_admins(pl_ctx *cx, pl_store *s, pl_str region_id,
                              const pl_user *was, const pl_user *u)
{
    pl_value args[] = {PL_V_TEXT(region_id), PL_V_TEXT(u->user_id)};
    int64_t others;

    if (was->role != PL_USER_ROLE_ADMIN || was->is_disabled ||
        (u->role == PL_USER_ROLE_ADMIN && !u->is_disabled))
        return PL_OK;
    PL_TRY(pl_people_count(cx, s, PL_Q_user_admins, args, PL_COUNT(args), &others));
    if (others == 0)
        return pl_fail(cx, PL_ECONFLICT, PL_NOPOS,
                       "the last administrator who can log in has to stay");
    return PL_OK;
}

static void apply(const pl_user_patch *patch, pl_user *u)
{
    if (patch->name)
        u->name = pl_str_trim(*patch->name);
    if (patch->role)
        u->role = *patch->role;
    if (patch->unit_id)
        u->unit_id = *patch->unit_id;
    if (patch->is_disabled)
        u->is_disabled = *patch->is_disabled;
    if (patch->drop_totp)
        u->has_totp = false;
}

static pl_status write_change(pl_ctx *cx, pl_store *s, pl_str region_id, const pl_user *u,
                              bool drop_totp)
{
    pl_value args[] = {PL_V_TEXT(region_id),
                       PL_V_TEXT(u->user_id),
                       PL_V_INT(u->revision),
                       PL_V_TEXT(u->name),
                       PL_V_TEXT(pl_user_role_token(u->role)),
                       PL_V_TEXT_OR_NULL(u->unit_id),
                       PL_V_INT(u->is_disabled),
                       PL_V_INT(!drop_totp)};

    PL_TRY(pl_people_run_one(cx, s, PL_Q_user_change, args, PL_COUNT(args),
                             "the user is gone"));
    return u->is_disabled ? pl_sessions_drop(cx, s, region_id, u->user_id, PL_S(""))
                          : PL_OK;
}

static pl_status change(pl_ctx *cx, const pl_request *rq, pl_store *s, pl_str region_id,
                        pl_str key, const pl_user_patch *patch, pl_user *out)
{
    pl_user was, u;
    pl_str before, after;

    PL_TRY(pl_user_get(cx, s, region_id, key, &was));
    if (patch->revision && patch->revision != was.revision)
        return pl_fail(cx, PL_ECONFLICT, PL_NOPOS, "the user was changed meanwhile");
    u = was;
    apply(patch, &u);
    PL_TRY(check_name(cx, u.name));
    PL_TRY(check_place(cx, s, region_id, u.role, u.unit_id));
    PL_TRY(check_admins(cx, s, region_id, &was, &u));
    PL_TRY(write_change(cx, s, region_id, &u, patch->drop_totp));
    PL_TRY(pl_user_get(cx, s, region_id, u.user_id, out));
    PL_TRY(user_json(cx, &was, &before));
    PL_TRY(user_json(cx, out, &after));
    return pl_people_audit(cx, rq, s, region_id, "user_change", "user", u.user_id, before,
                           after);
}

pl_status pl_user_change(pl_ctx *cx, const pl_request *rq, pl_store *s, pl_str region_id,
                         pl_str key, const pl_user_patch *patch, pl_user *out)
{
    PL_TRY(pl_people_begin(cx, s));
    return pl_service_end(cx, s, change(cx, rq, s, region_id, key, patch, out));
}
