#include "service/permission.h"

static const struct role_row {
    pl_str token;
    pl_bitext words;
} roles[] = {
#define X(name, token, zh, en) {PL_S_INIT(token), {PL_S_INIT(zh), PL_S_INIT(en)}},
    PL_USER_ROLE_LIST(X)
#undef X
};
_Static_assert(PL_COUNT(roles) == PL_USER_ROLE_COUNT, "one row a role");

static const struct perm_row {
    pl_str token;
    pl_bitext words;
    char grants[PL_USER_ROLE_COUNT + 1];
} perms[] = {
#define X(name, token, zh, en, roles) \
    {PL_S_INIT(token), {PL_S_INIT(zh), PL_S_INIT(en)}, roles},
    PL_PERM_LIST(X)
#undef X
};
_Static_assert(PL_COUNT(perms) == PL_PERM_COUNT, "one row a permission");
_Static_assert(PL_PERM_COUNT <= 64, "one bit a permission");

static bool is_granted(pl_user_role role, pl_perm perm, bool public_access)
{
    char grant = perms[perm].grants[role];

    return grant == 'x' || (grant == 'o' && public_access);
}

bool pl_may(const pl_principal *who, pl_perm perm)
{
    return (unsigned)who->role < PL_USER_ROLE_COUNT && (unsigned)perm < PL_PERM_COUNT &&
           (who->scopes & PL_PERM_BIT(perm)) != 0 &&
           is_granted(who->role, perm, who->public_access);
}

bool pl_is_cut(const pl_principal *who)
{
    return !pl_may(who, PL_PERM_PLAN_READ);
}

pl_principal pl_principal_public(pl_str region_id, bool public_access)
{
    return (pl_principal){.region_id = region_id,
                          .role = PL_USER_ROLE_PUBLIC,
                          .scopes = PL_SCOPES_ALL,
                          .public_access = public_access};
}

uint64_t pl_user_role_perms(pl_user_role role, bool public_access)
{
    uint64_t bits = 0;

    for (int p = 0; p < PL_PERM_COUNT; p++)
        if (is_granted(role, (pl_perm)p, public_access))
            bits |= PL_PERM_BIT(p);
    return bits;
}

pl_str pl_user_role_token(pl_user_role r)
{
    return roles[r].token;
}

pl_bitext pl_user_role_words(pl_user_role r)
{
    return roles[r].words;
}

pl_str pl_perm_token(pl_perm p)
{
    return perms[p].token;
}

pl_bitext pl_perm_words(pl_perm p)
{
    return perms[p].words;
}

bool pl_user_role_find(pl_str token, pl_user_role *out)
{
    for (int r = 0; r < PL_USER_ROLE_COUNT; r++)
        if (pl_str_eq(token, roles[r].token)) {
            *out = (pl_user_role)r;
            return true;
        }
    return false;
}

bool pl_perm_find(pl_str token, pl_perm *out)
{
    for (int p = 0; p < PL_PERM_COUNT; p++)
        if (pl_str_eq(token, perms[p].token)) {
            *out = (pl_perm)p;
            return true;
        }
    return false;
}
