/* Who may do what: the table as people agreed on it, and its two limits, scopes and the
 * region's setting. */
#include "service/permission.h"
#include "unit.h"

static pl_principal of_role(pl_user_role role)
{
    return (pl_principal){.role = role, .scopes = PL_SCOPES_ALL};
}

/* Roles in order: admin office lead reporter supervisor reader public. */
static void each_role_may_what_its_row_says(void **state)
{
    static const struct {
        const char *perm;
        bool may[PL_USER_ROLE_COUNT];
    } rows[] = {
        {"open", {1, 1, 1, 1, 1, 1, 1}},          {"plan_read", {1, 1, 0, 0, 1, 1, 0}},
        {"own_read", {1, 1, 1, 1, 1, 1, 0}},      {"finding_read", {1, 1, 0, 0, 1, 1, 0}},
        {"import", {1, 1, 0, 0, 0, 0, 0}},        {"link_confirm", {1, 1, 0, 0, 0, 0, 0}},
        {"finding_waive", {1, 1, 0, 0, 0, 0, 0}}, {"export", {1, 1, 0, 0, 0, 0, 0}},
        {"unit_edit", {1, 1, 0, 0, 0, 0, 0}},     {"audit_read", {1, 1, 0, 0, 1, 0, 0}},
        {"account", {1, 1, 1, 1, 1, 1, 0}},       {"user_admin", {1, 0, 0, 0, 0, 0, 0}},
        {"setting_edit", {1, 0, 0, 0, 0, 0, 0}},
    };
    pl_perm perm;

    (void)state;
    assert_int_equal(PL_COUNT(rows), PL_PERM_COUNT);
    for (size_t i = 0; i < PL_COUNT(rows); i++)
        for (int r = 0; r < PL_USER_ROLE_COUNT; r++) {
            pl_principal who = of_role((pl_user_role)r);

            assert_true(pl_perm_find(of(rows[i].perm), &perm));
            if (pl_may(&who, perm) != rows[i].may[r])
                fail_msg("%s: %.*s", rows[i].perm, PL_FMT(pl_user_role_token(who.role)));
        }
}

static void the_public_reads_only_where_the_region_lets_it(void **state)
{
    pl_principal closed = pl_principal_public(of("110199"), false);
    pl_principal open = pl_principal_public(of("110199"), true);

    (void)state;
    assert_true(pl_may(&closed, PL_PERM_OPEN));
    assert_false(pl_may(&closed, PL_PERM_PLAN_READ));
    assert_false(pl_may(&closed, PL_PERM_OWN_READ));
    assert_true(pl_may(&open, PL_PERM_PLAN_READ));
    assert_true(pl_may(&open, PL_PERM_OWN_READ));
    assert_false(pl_may(&open, PL_PERM_FINDING_READ));
    assert_false(pl_may(&open, PL_PERM_ACCOUNT));
    assert_false(pl_is_cut(&open));
}

/* Public access opens nothing to those who have a role. */
static void public_access_widens_no_other_role(void **state)
{
    (void)state;
    for (int r = 0; r < PL_USER_ROLE_PUBLIC; r++)
        assert_int_equal(pl_user_role_perms((pl_user_role)r, true),
                         pl_user_role_perms((pl_user_role)r, false));
}

static void scopes_narrow_and_never_widen(void **state)
{
    pl_principal reader = of_role(PL_USER_ROLE_READER),
                 admin = of_role(PL_USER_ROLE_ADMIN);

    (void)state;
    admin.scopes = PL_PERM_BIT(PL_PERM_OWN_READ);
    assert_true(pl_may(&admin, PL_PERM_OWN_READ));
    assert_false(pl_may(&admin, PL_PERM_USER_ADMIN));
    assert_true(pl_is_cut(&admin));
    reader.scopes = PL_PERM_BIT(PL_PERM_USER_ADMIN);
    assert_false(pl_may(&reader, PL_PERM_USER_ADMIN));
    admin.scopes = PL_SCOPES_TOKEN;
    assert_false(pl_may(&admin, PL_PERM_ACCOUNT));
}

static void units_see_their_own_only(void **state)
{
    (void)state;
    for (int r = 0; r < PL_USER_ROLE_PUBLIC; r++) {
        pl_principal who = of_role((pl_user_role)r);

        assert_int_equal(pl_is_cut(&who),
                         r == PL_USER_ROLE_LEAD || r == PL_USER_ROLE_REPORTER);
    }
}

static void what_is_no_role_or_permission_is_refused(void **state)
{
    pl_principal who = of_role(PL_USER_ROLE_COUNT);
    pl_user_role role;
    pl_perm perm;

    (void)state;
    assert_false(pl_may(&who, PL_PERM_OPEN));
    who = of_role(PL_USER_ROLE_ADMIN);
    assert_false(pl_may(&who, PL_PERM_COUNT));
    assert_false(pl_user_role_find(of("root"), &role));
    assert_false(pl_user_role_find(of(""), &role));
    assert_false(pl_perm_find(of("Import"), &perm));
}

static void every_token_finds_itself_and_has_words(void **state)
{
    pl_user_role role;
    pl_perm perm;

    (void)state;
    for (int r = 0; r < PL_USER_ROLE_COUNT; r++) {
        assert_true(pl_user_role_find(pl_user_role_token((pl_user_role)r), &role));
        assert_int_equal(role, r);
        assert_true(pl_user_role_words(role).zh.n && pl_user_role_words(role).en.n);
    }
    for (int p = 0; p < PL_PERM_COUNT; p++) {
        assert_true(pl_perm_find(pl_perm_token((pl_perm)p), &perm));
        assert_int_equal(perm, p);
        assert_true(pl_perm_words(perm).zh.n && pl_perm_words(perm).en.n);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_role_may_what_its_row_says),
        cmocka_unit_test(the_public_reads_only_where_the_region_lets_it),
        cmocka_unit_test(public_access_widens_no_other_role),
        cmocka_unit_test(scopes_narrow_and_never_widen),
        cmocka_unit_test(units_see_their_own_only),
        cmocka_unit_test(what_is_no_role_or_permission_is_refused),
        cmocka_unit_test(every_token_finds_itself_and_has_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
