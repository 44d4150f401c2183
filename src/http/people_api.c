/* Operations on people: sessions, the own account, tokens, users, settings. */
#include "http/people_json.h"

/* ---- sessions */

/* What was not let in: a problem; PL_OK when it was. */
static pl_status answer_login(pl_call *c, const pl_login_result *r)
{
    static const pl_bitext refused = {PL_S_INIT("用户名、密码或验证码不正确"),
                                      PL_S_INIT("login, password or code is wrong")};
    static const pl_bitext code = {PL_S_INIT("请输入验证码"),
                                   PL_S_INIT("the code of the authenticator is needed")};
    static const pl_bitext locked = {PL_S_INIT("尝试次数过多，请稍后再试"),
                                     PL_S_INIT("too many attempts: wait")};

    switch (r->outcome) {
    case PL_LOGIN_DONE:
        return PL_OK;
    case PL_LOGIN_REFUSED:
        return pl_call_problem(c, 401, "invalid-credentials", refused, PL_S(""));
    case PL_LOGIN_CODE_NEEDED:
        return pl_call_problem(c, 401, "code-needed", code, PL_S(""));
    case PL_LOGIN_LOCKED:
        PL_TRY(pl_people_retry_after(c, r->wait_s));
        return pl_call_problem(c, 429, "locked", locked, PL_S(""));
    }
    return PL_EFORMAT;
}

static pl_status session_get(pl_call *c)
{
    return pl_people_put_session(c, &c->who);
}

static pl_status session_begin(pl_call *c)
{
    pl_login in = {.login = pl_call_text(c, PL_S("login")),
                   .password = pl_call_text(c, PL_S("password")),
                   .code = pl_call_text(c, PL_S("code")),
                   .address = c->address,
                   .agent = pl_call_header(c, "User-Agent")};
    pl_login_result r;

    PL_TRY(pl_session_begin(c->cx, &c->rq, c->store, c->who.region_id, &in, &r));
    PL_TRY(answer_login(c, &r));
    pl_call_set_session(c, r.secret, PL_SESSION_S);
    return pl_people_put_session(c, &r.who);
}

static pl_status session_end(pl_call *c)
{
    pl_status st = PL_OK;

    if (c->who.session_id.n)
        st = pl_session_end(c->cx, &c->rq, c->store, &c->who, c->who.session_id);
    pl_call_set_session(c, PL_S(""), 0);
    return st == PL_ENOTFOUND ? PL_OK : st;
}

/* ---- links that work once */

static pl_status setup(pl_call *c)
{
    pl_user u;

    PL_TRY(pl_setup(c->cx, &c->rq, c->store, c->who.region_id,
                    pl_call_text(c, PL_S("token")), pl_call_text(c, PL_S("login")),
                    pl_call_text(c, PL_S("name")), pl_call_text(c, PL_S("password")),
                    &u));
    pl_people_put_user(&c->out, &u);
    return PL_OK;
}

static pl_status invitation_accept(pl_call *c)
{
    pl_user u;

    PL_TRY(pl_invitation_accept(c->cx, &c->rq, c->store, c->who.region_id,
                                pl_call_param(c, PL_S("token")),
                                pl_call_text(c, PL_S("password")), &u));
    pl_people_put_user(&c->out, &u);
    return PL_OK;
}

/* ---- the own account */

static pl_status session_list(pl_call *c)
{
    pl_session_rows rows;

    PL_TRY(pl_session_list(c->cx, c->rq.now, c->store, &c->who, &rows));
    pl_people_begin_list(&c->out);
    for (size_t i = 0; i < rows.n; i++)
        pl_people_put_session_row(&c->out, &rows.p[i], c->who.session_id);
    pl_people_end_list(&c->out, rows.n);
    return PL_OK;
}

static pl_status session_end_one(pl_call *c)
{
    pl_str id = pl_call_param(c, PL_S("session"));

    PL_TRY(pl_session_end(c->cx, &c->rq, c->store, &c->who, id));
    if (pl_str_eq(id, c->who.session_id))
        pl_call_set_session(c, PL_S(""), 0);
    return PL_OK;
}

static pl_status password_change(pl_call *c)
{
    pl_login_result r;

    PL_TRY(pl_password_change(c->cx, &c->rq, c->store, &c->who,
                              pl_call_text(c, PL_S("old")), pl_call_text(c, PL_S("new")),
                              &r));
    return answer_login(c, &r);
}

static pl_status totp_begin(pl_call *c)
{
    pl_str secret, uri;

    PL_TRY(pl_totp_begin(c->cx, &c->rq, c->store, &c->who, &secret, &uri));
    pl_json_open(&c->out, '{');
    pl_json_put_str(&c->out, PL_S("secret"), secret);
    pl_json_put_str(&c->out, PL_S("uri"), uri);
    pl_json_close(&c->out);
    return PL_OK;
}

static pl_status totp_confirm(pl_call *c)
{
    return pl_totp_confirm(c->cx, &c->rq, c->store, &c->who,
                           pl_call_text(c, PL_S("code")));
}

static pl_status totp_end(pl_call *c)
{
    return pl_totp_end(c->cx, &c->rq, c->store, &c->who);
}

/* ---- tokens */

static pl_status token_list(pl_call *c)
{
    pl_token_rows rows;

    PL_TRY(pl_token_list(c->cx, c->store, &c->who, &rows));
    pl_people_begin_list(&c->out);
    for (size_t i = 0; i < rows.n; i++)
        pl_people_put_token(&c->out, &rows.p[i], PL_S(""));
    pl_people_end_list(&c->out, rows.n);
    return PL_OK;
}

static pl_status token_add(pl_call *c)
{
    uint64_t scopes = 0;
    pl_token_row t;
    pl_str secret;
    pl_perm perm;

    for (size_t i = 0; i < pl_call_texts(c, PL_S("scopes")); i++) {
        pl_str one = pl_call_text_at(c, PL_S("scopes"), i);

        if (!pl_perm_find(one, &perm))
            return pl_fail(c->cx, PL_ESYNTAX, PL_NOPOS, "no scope '%.*s'", PL_FMT(one));
        scopes |= PL_PERM_BIT(perm);
    }
    PL_TRY(pl_token_add(c->cx, &c->rq, c->store, &c->who, pl_call_text(c, PL_S("name")),
                        scopes, pl_call_time(c, PL_S("expires_at")), &t, &secret));
    pl_people_put_token(&c->out, &t, secret);
    return PL_OK;
}

static pl_status token_end(pl_call *c)
{
    return pl_token_end(c->cx, &c->rq, c->store, &c->who,
                        pl_call_param(c, PL_S("token")));
}

/* ---- users */

/* In a list any field may be asked for: the whole of it is small. */
static bool is_wanted(const pl_call *c, const pl_user *u)
{
    pl_str role = pl_call_query(c, PL_S("role")), unit = pl_call_query(c, PL_S("unit"));
    pl_str q = pl_call_query(c, PL_S("q"));

    return (role.n == 0 || pl_str_eq(role, pl_user_role_token(u->role))) &&
           (unit.n == 0 || pl_str_eq(unit, u->unit_id)) &&
           (q.n == 0 || pl_str_has(u->login, q) || pl_str_has(u->name, q));
}

static pl_status user_list(pl_call *c)
{
    pl_user_rows rows;
    size_t n = 0;

    PL_TRY(pl_user_list(c->cx, c->store, c->who.region_id, &rows));
    pl_people_begin_list(&c->out);
    for (size_t i = 0; i < rows.n; i++) {
        if (!is_wanted(c, &rows.p[i]))
            continue;
        pl_people_put_user(&c->out, &rows.p[i]);
        n++;
    }
    pl_people_end_list(&c->out, n);
    return PL_OK;
}

static pl_status answer_user(pl_call *c, const pl_user *u)
{
    PL_TRY(pl_people_revision(c, u->revision, &c->etag));
    pl_people_put_user(&c->out, u);
    return PL_OK;
}

static pl_status user_get(pl_call *c)
{
    pl_user u;

    PL_TRY(pl_user_get(c->cx, c->store, c->who.region_id, pl_call_param(c, PL_S("user")),
                       &u));
    return answer_user(c, &u);
}

static pl_status role_of(pl_call *c, pl_user_role *out)
{
    pl_str token = pl_call_text(c, PL_S("role"));

    if (!pl_user_role_find(token, out))
        return pl_fail(c->cx, PL_ESYNTAX, PL_NOPOS, "no role '%.*s'", PL_FMT(token));
    return PL_OK;
}

static pl_status user_add(pl_call *c)
{
    pl_user_in in = {.login = pl_call_text(c, PL_S("login")),
                     .name = pl_call_text(c, PL_S("name")),
                     .unit_id = pl_call_text(c, PL_S("unit"))};
    pl_user u;

    PL_TRY(role_of(c, &in.role));
    PL_TRY(pl_user_add(c->cx, &c->rq, c->store, c->who.region_id, &in, &u));
    return answer_user(c, &u);
}

static pl_status user_change(pl_call *c)
{
    pl_str key = pl_call_param(c, PL_S("user")), name = pl_call_text(c, PL_S("name"));
    pl_str unit = pl_call_text(c, PL_S("unit")), tag;
    bool disabled = pl_call_bool(c, PL_S("disabled"));
    pl_user_patch patch = {0};
    pl_user_role role;
    pl_user u;

    PL_TRY(pl_user_get(c->cx, c->store, c->who.region_id, key, &u));
    PL_TRY(pl_people_revision(c, u.revision, &tag));
    PL_TRY(pl_call_match(c, tag));
    patch.revision = u.revision;
    if (pl_call_has(c, PL_S("role"))) {
        PL_TRY(role_of(c, &role));
        patch.role = &role;
    }
    if (pl_call_has(c, PL_S("name")))
        patch.name = &name;
    if (pl_call_has(c, PL_S("unit")) || pl_call_is_null(c, PL_S("unit")))
        patch.unit_id = &unit;
    if (pl_call_has(c, PL_S("disabled")))
        patch.is_disabled = &disabled;
    patch.drop_totp = pl_call_has(c, PL_S("totp")) && !pl_call_bool(c, PL_S("totp"));
    PL_TRY(pl_user_change(c->cx, &c->rq, c->store, c->who.region_id, key, &patch, &u));
    return answer_user(c, &u);
}

static pl_status user_invite(pl_call *c)
{
    pl_str secret;

    PL_TRY(pl_invite(c->cx, &c->rq, c->store, c->who.region_id,
                     pl_call_param(c, PL_S("user")), &secret));
    return pl_people_put_link(c, "/invitation/", secret);
}

/* ---- settings */

static pl_status answer_settings(pl_call *c, const pl_settings *s)
{
    PL_TRY(pl_people_revision(c, s->revision, &c->etag));
    pl_json_open(&c->out, '{');
    pl_json_put_str(&c->out, PL_S("region_name"), s->region_name);
    pl_json_put_bool(&c->out, PL_S("public_access"), s->public_access);
    pl_json_put_int(&c->out, PL_S("revision"), s->revision);
    pl_json_close(&c->out);
    return PL_OK;
}

static pl_status settings_get(pl_call *c)
{
    pl_settings s;

    PL_TRY(pl_settings_get(c->cx, c->store, c->who.region_id, &s));
    return answer_settings(c, &s);
}

static pl_status settings_change(pl_call *c)
{
    pl_settings s;
    pl_str tag;

    PL_TRY(pl_settings_get(c->cx, c->store, c->who.region_id, &s));
    PL_TRY(pl_people_revision(c, s.revision, &tag));
    PL_TRY(pl_call_match(c, tag));
    if (pl_call_has(c, PL_S("region_name")))
        s.region_name = pl_call_text(c, PL_S("region_name"));
    if (pl_call_has(c, PL_S("public_access")))
        s.public_access = pl_call_bool(c, PL_S("public_access"));
    PL_TRY(pl_settings_set(c->cx, &c->rq, c->store, c->who.region_id, &s, &s));
    return answer_settings(c, &s);
}

/* ---- the table */

static const pl_field login_body[] = {
    PL_FIELD_NEEDED("login", TEXT, "用户名", "login"),
    PL_FIELD_NEEDED("password", TEXT, "密码", "password"),
    PL_FIELD("code", TEXT, "验证码", "code of the authenticator"),
    PL_FIELD_END,
};

static const pl_field setup_body[] = {
    PL_FIELD_NEEDED("token", TEXT, "链接中的令牌", "what the link ends in"),
    PL_FIELD_NEEDED("login", TEXT, "用户名", "login"),
    PL_FIELD_NEEDED("name", TEXT, "姓名", "name"),
    PL_FIELD_NEEDED("password", TEXT, "密码（至少十个字符）",
                    "password, ten characters at least"),
    PL_FIELD_END,
};

static const pl_field invitation_body[] = {
    PL_FIELD_NEEDED("password", TEXT, "密码（至少十个字符）",
                    "password, ten characters at least"),
    PL_FIELD_END,
};

static const pl_field password_body[] = {
    PL_FIELD_NEEDED("old", TEXT, "原密码", "the password so far"),
    PL_FIELD_NEEDED("new", TEXT, "新密码", "the new one"),
    PL_FIELD_END,
};

static const pl_field totp_fields[] = {
    PL_FIELD("secret", TEXT, "密钥（base32）", "secret, base32"),
    PL_FIELD("uri", TEXT, "供应用扫描的地址", "what an app reads"),
    PL_FIELD_END,
};

static const pl_field code_body[] = {
    PL_FIELD_NEEDED("code", TEXT, "验证码", "code of the authenticator"),
    PL_FIELD_END,
};

static const pl_field token_body[] = {
    PL_FIELD_NEEDED("name", TEXT, "名称", "name"),
    PL_FIELD_NEEDED("scopes", TEXTS, "权限", "permissions"),
    PL_FIELD_NEEDED("expires_at", TIME, "到期时间（一年内）", "end, within a year"),
    PL_FIELD_END,
};

static const pl_field user_body[] = {
    PL_FIELD_NEEDED("login", TEXT, "用户名", "login"),
    PL_FIELD_NEEDED("name", TEXT, "姓名", "name"),
    PL_FIELD_NEEDED("role", TEXT, "角色", "role"),
    PL_FIELD_OR_NULL("unit", TEXT, "所属单位", "unit"),
    PL_FIELD_END,
};

static const pl_field user_patch[] = {
    PL_FIELD("name", TEXT, "姓名", "name"),
    PL_FIELD("role", TEXT, "角色", "role"),
    PL_FIELD_OR_NULL("unit", TEXT, "所属单位", "unit"),
    PL_FIELD("disabled", BOOL, "停用", "disabled"),
    PL_FIELD("totp", BOOL, "false：取消验证码", "false: no code any more"),
    PL_FIELD_END,
};

static const pl_field user_query[] = {
    PL_FIELD("q", TEXT, "用户名或姓名含有", "login or name contains"),
    PL_FIELD("role", TEXT, "角色", "role"),
    PL_FIELD("unit", TEXT, "单位", "unit"),
    PL_FIELD_END,
};

static const pl_field start_query[] = {
    PL_FIELD("invitation", TEXT, "邀请链接中的令牌", "what an invitation's link ends in"),
    PL_FIELD_END,
};

static const pl_field callback_query[] = {
    PL_FIELD("state", TEXT, "状态", "state"),
    PL_FIELD("code", TEXT, "授权码", "code"),
    PL_FIELD("error", TEXT, "错误", "error"),
    PL_FIELD_END,
};

static const pl_field link_fields[] = {
    PL_FIELD("link", TEXT, "一次性链接", "link that works once"),
    PL_FIELD_END,
};

static const pl_field settings_fields[] = {
    PL_FIELD("region_name", TEXT, "地区名称", "name of the region"),
    PL_FIELD("public_access", BOOL, "向公众开放", "everybody may read"),
    PL_FIELD("revision", INT, "版本", "revision"),
    PL_FIELD_END,
};

static const pl_field settings_patch[] = {
    PL_FIELD("region_name", TEXT, "地区名称", "name of the region"),
    PL_FIELD("public_access", BOOL, "向公众开放", "everybody may read"),
    PL_FIELD_END,
};

#define ROUTE(m, p, permission, handler, zh, en, ...)                              \
    {                                                                              \
        .method = PL_METHOD_##m, .path = PL_S_INIT("/api/v1" p),                   \
        .perm = PL_PERM_##permission, .run = handler, .name = PL_S_INIT(#handler), \
        .says = {PL_S_INIT(zh), PL_S_INIT(en)}, __VA_ARGS__                        \
    }

const pl_route pl_routes_people[] = {
    ROUTE(GET, "/session", OPEN, session_get, "当前会话", "who is logged in",
          .answer = pl_people_session_fields),
    ROUTE(POST, "/session", OPEN, session_begin, "登录", "log in", .body = login_body,
          .answer = pl_people_session_fields, .flags = PL_ROUTE_SLOW),
    ROUTE(DELETE, "/session", OPEN, session_end, "退出", "log out", .flags = 0),
    ROUTE(POST, "/setup", OPEN, setup, "设立首位管理员", "make the first administrator",
          .body = setup_body, .answer = pl_people_user_fields,
          .flags = PL_ROUTE_CREATES | PL_ROUTE_SLOW),
    ROUTE(POST, "/invitations/{token}", OPEN, invitation_accept, "接受邀请并设置密码",
          "accept an invitation: set the password", .body = invitation_body,
          .answer = pl_people_user_fields, .flags = PL_ROUTE_SLOW),
    ROUTE(GET, "/account/sessions", ACCOUNT, session_list, "本人的会话",
          "the own sessions", .answer = pl_people_session_row_fields,
          .flags = PL_ROUTE_LIST),
    ROUTE(DELETE, "/account/sessions/{session}", ACCOUNT, session_end_one, "结束会话",
          "end a session", .flags = 0),
    ROUTE(PUT, "/account/password", ACCOUNT, password_change, "修改密码",
          "change the password", .body = password_body, .flags = PL_ROUTE_SLOW),
    ROUTE(POST, "/account/totp", ACCOUNT, totp_begin, "生成验证码密钥",
          "make a secret for an authenticator", .answer = totp_fields, .flags = 0),
    ROUTE(PUT, "/account/totp", ACCOUNT, totp_confirm, "启用验证码",
          "ask for its codes from now on", .body = code_body, .flags = 0),
    ROUTE(DELETE, "/account/totp", ACCOUNT, totp_end, "停用验证码",
          "ask for codes no more", .flags = 0),
    ROUTE(GET, "/tokens", ACCOUNT, token_list, "本人的令牌", "the own tokens",
          .answer = pl_people_token_fields, .flags = PL_ROUTE_LIST),
    ROUTE(POST, "/tokens", ACCOUNT, token_add, "新建令牌",
          "make a token; its secret is told this once", .body = token_body,
          .answer = pl_people_token_fields, .flags = PL_ROUTE_CREATES),
    ROUTE(DELETE, "/tokens/{token}", ACCOUNT, token_end, "吊销令牌", "revoke a token",
          .flags = 0),
    ROUTE(GET, "/users", USER_ADMIN, user_list, "用户列表", "the users of the region",
          .query = user_query, .answer = pl_people_user_fields, .flags = PL_ROUTE_LIST),
    ROUTE(POST, "/users", USER_ADMIN, user_add, "新建用户", "make a user",
          .body = user_body, .answer = pl_people_user_fields,
          .flags = PL_ROUTE_CREATES | PL_ROUTE_REPEATS),
    ROUTE(GET, "/users/{user}", USER_ADMIN, user_get, "一个用户", "one user",
          .answer = pl_people_user_fields),
    ROUTE(PATCH, "/users/{user}", USER_ADMIN, user_change, "修改用户", "change a user",
          .body = user_patch, .answer = pl_people_user_fields, .flags = PL_ROUTE_MATCH),
    ROUTE(POST, "/users/{user}/invitation", USER_ADMIN, user_invite, "邀请用户设置密码",
          "a link with which a user sets a password", .answer = link_fields,
          .flags = PL_ROUTE_CREATES),
    ROUTE(GET, "/settings", SETTING_EDIT, settings_get, "地区设置",
          "settings of the region", .answer = settings_fields),
    ROUTE(PATCH, "/settings", SETTING_EDIT, settings_change, "修改地区设置",
          "change the settings of the region", .body = settings_patch,
          .answer = settings_fields, .flags = PL_ROUTE_MATCH),
    {.method = PL_METHOD_GET,
     .path = PL_S_INIT("/api/v1/oidc/start"),
     .perm = PL_PERM_OPEN,
     .run = pl_people_oidc_start,
     .name = PL_S_INIT("oidc_start"),
     .says = {PL_S_INIT("转到统一身份登录"),
              PL_S_INIT("go to the server that logs people in")},
     .query = start_query,
     .flags = PL_ROUTE_OTHER | PL_ROUTE_SLOW},
    {.method = PL_METHOD_GET,
     .path = PL_S_INIT("/api/v1/oidc/callback"),
     .perm = PL_PERM_OPEN,
     .run = pl_people_oidc_callback,
     .name = PL_S_INIT("oidc_callback"),
     .says = {PL_S_INIT("统一身份登录返回"), PL_S_INIT("come back from that server")},
     .query = callback_query,
     .flags = PL_ROUTE_OTHER | PL_ROUTE_SLOW},
    {.run = NULL},
};
