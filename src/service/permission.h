/* Who may do what: roles, permissions, and one table of both.
 *
 * Closed by default: what the table does not grant is refused. Every HTTP operation names
 * one permission, which the router asks for before the handler runs. */
#ifndef PL_SERVICE_PERMISSION_H
#define PL_SERVICE_PERMISSION_H

#include "judge/verdict.h"

/* X(NAME, "token", "zh", "en"). Append only. PUBLIC is whoever has not logged in; nobody
 * is given it. */
#define PL_USER_ROLE_LIST(X)                            \
    X(ADMIN, "admin", "管理员", "administrator")        \
    X(OFFICE, "office", "规划部门", "plan office")      \
    X(LEAD, "lead", "单位负责人", "unit lead")          \
    X(REPORTER, "reporter", "单位填报人", "reporter")   \
    X(SUPERVISOR, "supervisor", "监督者", "supervisor") \
    X(READER, "reader", "读者", "reader")               \
    X(PUBLIC, "public", "公众", "public")

typedef enum pl_user_role {
#define X(name, token, zh, en) PL_USER_ROLE_##name,
    PL_USER_ROLE_LIST(X)
#undef X
        PL_USER_ROLE_COUNT
} pl_user_role;

/* X(NAME, "token", "zh", "en", roles). roles: a letter for each role in the order of
 * PL_USER_ROLE_LIST: x may, - may not, o may where the region lets everybody read
 * (pl_principal.public_access). At most 64. Append only. */
#define PL_PERM_LIST(X)                                                             \
    X(OPEN, "open", "登录与状态", "log in, set up, health", "xxxxxxx")              \
    X(PLAN_READ, "plan_read", "查看本地区全部规划", "read all plans of the region", \
      "xx--xxo")                                                                    \
    X(OWN_READ, "own_read", "查看本单位的指标和任务",                               \
      "read what the own unit is responsible for", "xxxxxxo")                       \
    X(FINDING_READ, "finding_read", "查看问题", "read findings", "xx--xx-")         \
    X(IMPORT, "import", "导入文件", "import documents", "xx-----")                  \
    X(LINK_CONFIRM, "link_confirm", "确认指标对应", "confirm links of indicators",  \
      "xx-----")                                                                    \
    X(FINDING_WAIVE, "finding_waive", "豁免问题", "waive findings", "xx-----")      \
    X(EXPORT, "export", "导出", "export", "xx-----")                                \
    X(UNIT_EDIT, "unit_edit", "维护单位", "edit units", "xx-----")                  \
    X(AUDIT_READ, "audit_read", "查看审计记录", "read the audit log", "xx--x--")    \
    X(ACCOUNT, "account", "管理本人账户", "manage the own account", "xxxxxx-")      \
    X(USER_ADMIN, "user_admin", "管理用户", "manage users", "x------")              \
    X(SETTING_EDIT, "setting_edit", "修改设置", "edit settings", "x------")

typedef enum pl_perm {
#define X(name, token, zh, en, roles) PL_PERM_##name,
    PL_PERM_LIST(X)
#undef X
        PL_PERM_COUNT
} pl_perm;

#define PL_PERM_BIT(perm) (UINT64_C(1) << (perm))
/* What a session may use of its user's permissions: all of them. */
#define PL_SCOPES_ALL UINT64_MAX
/* What a token may be given: not its owner's account, so that a token that was lost makes
 * no other tokens and changes no password. */
#define PL_SCOPES_TOKEN (PL_SCOPES_ALL & ~PL_PERM_BIT(PL_PERM_ACCOUNT))

/* Whoever asks. Texts are borrowed; people.h says until when. */
typedef struct pl_principal {
    pl_str user_id, login, name; /* empty: the public */
    pl_str region_id;
    pl_str unit_id; /* empty: of no unit */
    pl_user_role role;
    uint64_t scopes;    /* bits of PL_PERM_BIT */
    bool public_access; /* the region lets everybody read */
    pl_str session_id;  /* of a browser's session; else empty */
    pl_str csrf;        /* what a session's writing requests have to carry */
    pl_str token_id;    /* of a program's token; else empty */
} pl_principal;

/* May this principal do this? By the role's row and the scopes, both. */
bool pl_may(const pl_principal *who, pl_perm perm);

/* Has it to be shown only what its own unit is responsible for? True for everybody who
 * may not read all plans. */
bool pl_is_cut(const pl_principal *who);

/* The public of a region. */
pl_principal pl_principal_public(pl_str region_id, bool public_access);

/* Everything a role may do, as bits. */
uint64_t pl_user_role_perms(pl_user_role role, bool public_access);

pl_str pl_user_role_token(pl_user_role r);
pl_bitext pl_user_role_words(pl_user_role r);
pl_str pl_perm_token(pl_perm p);
pl_bitext pl_perm_words(pl_perm p);
/* The role or permission of a token; false when there is none. */
PL_MUST bool pl_user_role_find(pl_str token, pl_user_role *out);
PL_MUST bool pl_perm_find(pl_str token, pl_perm *out);

#endif
