#include "http/people_json.h"

#include "text/moment.h"
#include <inttypes.h>

enum { SHORT_BYTES = 64, LINK_BYTES = 4096 };

static void put_moment(pl_json *j, pl_str key, int64_t s)
{
    pl_buf b;

    pl_buf_init(&b, SHORT_BYTES);
    if (s > 0)
        pl_moment_put(&b, s);
    pl_json_put_str_or_null(j, key, pl_buf_str(&b));
    pl_buf_release(&b);
}

static void put_perms(pl_json *j, const pl_principal *who)
{
    pl_json_put_open(j, PL_S("permissions"), '[');
    for (int p = 0; p < PL_PERM_COUNT; p++)
        if (pl_may(who, (pl_perm)p))
            pl_json_str(j, pl_perm_token((pl_perm)p));
    pl_json_close(j);
}

static void put_session_user(pl_json *j, const pl_user *u)
{
    pl_json_put_open(j, PL_S("user"), '{');
    pl_json_put_str(j, PL_S("id"), u->user_id);
    pl_json_put_str(j, PL_S("login"), u->login);
    pl_json_put_str(j, PL_S("name"), u->name);
    pl_json_put_str(j, PL_S("role"), pl_user_role_token(u->role));
    pl_json_put_str_or_null(j, PL_S("unit"), u->unit_id);
    pl_json_put_str_or_null(j, PL_S("unit_name"), u->unit_name);
    pl_json_put_bool(j, PL_S("totp"), u->has_totp);
    pl_json_close(j);
}

pl_status pl_people_put_session(pl_call *c, const pl_principal *who)
{
    pl_json *j = &c->out;
    pl_settings set;
    pl_user u;

    PL_TRY(pl_settings_get(c->cx, c->store, who->region_id, &set));
    if (who->user_id.n)
        PL_TRY(pl_user_get(c->cx, c->store, who->region_id, who->user_id, &u));
    pl_json_open(j, '{');
    if (who->user_id.n) {
        put_session_user(j, &u);
    } else {
        pl_json_key(j, PL_S("user"));
        pl_json_null(j);
    }
    put_perms(j, who);
    pl_json_put_open(j, PL_S("region"), '{');
    pl_json_put_str(j, PL_S("id"), who->region_id);
    pl_json_put_str(j, PL_S("name"), set.region_name);
    pl_json_close(j);
    pl_json_put_str_or_null(j, PL_S("csrf"), who->csrf);
    pl_json_put_bool(j, PL_S("public_access"), set.public_access);
    pl_json_put_bool(j, PL_S("oidc"), pl_people_has_oidc(c));
    pl_json_close(j);
    return PL_OK;
}

void pl_people_put_user(pl_json *j, const pl_user *u)
{
    pl_json_open(j, '{');
    pl_json_put_str(j, PL_S("id"), u->user_id);
    pl_json_put_str(j, PL_S("login"), u->login);
    pl_json_put_str(j, PL_S("name"), u->name);
    pl_json_put_str(j, PL_S("role"), pl_user_role_token(u->role));
    pl_json_put_str_or_null(j, PL_S("unit"), u->unit_id);
    pl_json_put_str_or_null(j, PL_S("unit_name"), u->unit_name);
    pl_json_put_bool(j, PL_S("disabled"), u->is_disabled);
    pl_json_put_bool(j, PL_S("has_password"), u->has_password);
    pl_json_put_bool(j, PL_S("totp"), u->has_totp);
    pl_json_put_bool(j, PL_S("oidc"), u->has_oidc);
    pl_json_put_int(j, PL_S("revision"), u->revision);
    put_moment(j, PL_S("recorded_at"), u->recorded_at_s);
    pl_json_close(j);
}

void pl_people_put_session_row(pl_json *j, const pl_session_row *r, pl_str current)
{
    pl_json_open(j, '{');
    pl_json_put_str(j, PL_S("id"), r->session_id);
    pl_json_put_str(j, PL_S("address"), r->address);
    pl_json_put_str(j, PL_S("agent"), r->agent);
    put_moment(j, PL_S("begun_at"), r->begun_at_s);
    put_moment(j, PL_S("seen_at"), r->seen_at_s);
    put_moment(j, PL_S("ends_at"), r->ends_at_s);
    pl_json_put_bool(j, PL_S("current"), pl_str_eq(r->session_id, current));
    pl_json_close(j);
}

void pl_people_put_token(pl_json *j, const pl_token_row *t, pl_str secret)
{
    pl_json_open(j, '{');
    pl_json_put_str(j, PL_S("id"), t->token_id);
    pl_json_put_str(j, PL_S("name"), t->name);
    pl_json_put_open(j, PL_S("scopes"), '[');
    for (int p = 0; p < PL_PERM_COUNT; p++)
        if (t->scopes & PL_PERM_BIT(p))
            pl_json_str(j, pl_perm_token((pl_perm)p));
    pl_json_close(j);
    put_moment(j, PL_S("recorded_at"), t->recorded_at_s);
    put_moment(j, PL_S("seen_at"), t->seen_at_s);
    put_moment(j, PL_S("expires_at"), t->ends_at_s);
    if (secret.n)
        pl_json_put_str(j, PL_S("secret"), secret);
    pl_json_close(j);
}

pl_status pl_people_put_link(pl_call *c, const char *page, pl_str secret)
{
    pl_buf b;

    pl_buf_init(&b, LINK_BYTES);
    pl_buf_putf(&b, "%.*s%s%.*s", PL_FMT(pl_call_base_url(c)), page, PL_FMT(secret));
    pl_json_open(&c->out, '{');
    pl_json_put_str(&c->out, PL_S("link"), pl_buf_str(&b));
    pl_json_close(&c->out);
    pl_buf_release(&b);
    return b.failed ? pl_fail_memory(c->cx) : PL_OK;
}

void pl_people_begin_list(pl_json *j)
{
    pl_json_open(j, '{');
    pl_json_put_open(j, PL_S("items"), '[');
}

void pl_people_end_list(pl_json *j, size_t n)
{
    pl_json_close(j);
    pl_json_key(j, PL_S("next"));
    pl_json_null(j);
    pl_json_put_int(j, PL_S("total"), (int64_t)n);
    pl_json_close(j);
}

/* A whole number as text, in the arena. */
static pl_status number_text(pl_call *c, int64_t v, pl_str *out)
{
    pl_buf b;
    pl_status st;

    pl_buf_init(&b, SHORT_BYTES);
    pl_buf_putf(&b, "%" PRId64, v);
    st = pl_buf_keep(c->cx, &b, out);
    pl_buf_release(&b);
    return st;
}

pl_status pl_people_revision(pl_call *c, int64_t revision, pl_str *out)
{
    return number_text(c, revision, out);
}

pl_status pl_people_retry_after(pl_call *c, int64_t wait_s)
{
    pl_str text;

    PL_TRY(number_text(c, wait_s, &text));
    pl_call_set(c, "Retry-After", text);
    return PL_OK;
}

/* ---- fields */

static const pl_field session_user[] = {
    PL_FIELD("id", TEXT, "编号", "id"),
    PL_FIELD("login", TEXT, "用户名", "login"),
    PL_FIELD("name", TEXT, "姓名", "name"),
    PL_FIELD("role", TEXT, "角色", "role"),
    PL_FIELD_OR_NULL("unit", TEXT, "所属单位", "unit"),
    PL_FIELD_OR_NULL("unit_name", TEXT, "单位名称", "name of the unit"),
    PL_FIELD("totp", BOOL, "已启用验证码", "codes are asked for"),
    PL_FIELD_END,
};

static const pl_field region_fields[] = {
    PL_FIELD("id", TEXT, "代码", "code"),
    PL_FIELD("name", TEXT, "名称", "name"),
    PL_FIELD_END,
};

const pl_field pl_people_session_fields[] = {
    PL_FIELD_ROW("user", OBJECT, PL_FIELD_SAYS("用户；空：未登录", "user; null: nobody"),
                 .nullable = true, .fields = session_user),
    PL_FIELD("permissions", TEXTS, "权限", "permissions"),
    PL_FIELD_OF("region", OBJECT, region_fields, "地区", "region"),
    PL_FIELD_OR_NULL("csrf", TEXT, "写操作须带的令牌（X-CSRF-Token）",
                     "what writing requests carry as X-CSRF-Token"),
    PL_FIELD("public_access", BOOL, "向公众开放", "everybody may read"),
    PL_FIELD("oidc", BOOL, "可用统一身份登录", "another server logs people in"),
    PL_FIELD_END,
};

const pl_field pl_people_session_row_fields[] = {
    PL_FIELD("id", TEXT, "编号", "id"),
    PL_FIELD("address", TEXT, "登录地址", "address that it began from"),
    PL_FIELD("agent", TEXT, "浏览器", "browser"),
    PL_FIELD("begun_at", TIME, "登录时间", "begin"),
    PL_FIELD("seen_at", TIME, "最近使用", "last seen"),
    PL_FIELD("ends_at", TIME, "到期时间", "end"),
    PL_FIELD("current", BOOL, "当前会话", "the one that asks"),
    PL_FIELD_END,
};

const pl_field pl_people_user_fields[] = {
    PL_FIELD("id", TEXT, "编号", "id"),
    PL_FIELD("login", TEXT, "用户名", "login"),
    PL_FIELD("name", TEXT, "姓名", "name"),
    PL_FIELD("role", TEXT, "角色", "role"),
    PL_FIELD_OR_NULL("unit", TEXT, "所属单位", "unit"),
    PL_FIELD_OR_NULL("unit_name", TEXT, "单位名称", "name of the unit"),
    PL_FIELD("disabled", BOOL, "停用", "disabled"),
    PL_FIELD("has_password", BOOL, "已设置密码", "has a password"),
    PL_FIELD("totp", BOOL, "已启用验证码", "codes are asked for"),
    PL_FIELD("oidc", BOOL, "已关联统一身份", "linked to another server's subject"),
    PL_FIELD("revision", INT, "版本", "revision"),
    PL_FIELD("recorded_at", TIME, "建立时间", "when made"),
    PL_FIELD_END,
};

const pl_field pl_people_token_fields[] = {
    PL_FIELD("id", TEXT, "编号", "id"),
    PL_FIELD("name", TEXT, "名称", "name"),
    PL_FIELD("scopes", TEXTS, "权限", "permissions"),
    PL_FIELD("recorded_at", TIME, "建立时间", "when made"),
    PL_FIELD_OR_NULL("seen_at", TIME, "最近使用", "last used"),
    PL_FIELD("expires_at", TIME, "到期时间", "end"),
    PL_FIELD("secret", TEXT, "令牌本身，只在建立时给出",
             "the token itself, told when it is made"),
    PL_FIELD_END,
};
