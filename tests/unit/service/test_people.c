/* Users, links that work once, tokens, settings. */
#include "region.h"

/* ---- set-up */

static void the_first_administrator_comes_by_a_link_that_works_once(databases *d,
                                                                    pl_store *s)
{
    pl_request rq = by("tester", 0), late = by("tester", PL_SETUP_S);
    pl_str old, secret, other;
    pl_user u;

    s = people_make(d, s);
    OK(pl_setup_link(&d->cx, &rq, s, region(), &old));
    OK(pl_setup_link(&d->cx, &rq, s, region(), &secret));
    assert_int_equal(secret.n, 43);
    assert_int_equal(
        pl_setup(&d->cx, &rq, s, region(), old, of("a"), of("b"), of(good_password), &u),
        PL_ENOTFOUND);
    assert_int_equal(pl_setup(&d->cx, &late, s, region(), secret, of("a"), of("b"),
                              of(good_password), &u),
                     PL_ENOTFOUND);
    assert_int_equal(
        pl_setup(&d->cx, &rq, s, region(), secret, of("a"), of("b"), of("short"), &u),
        PL_ESYNTAX);
    OK(pl_setup(&d->cx, &rq, s, region(), secret, of("Root"), of(" 根 "),
                of(good_password), &u));
    assert_str(u.login, of("root"));
    assert_str(u.name, of("根"));
    assert_int_equal(u.role, PL_USER_ROLE_ADMIN);
    assert_true(u.has_password);
    assert_int_equal(pl_setup(&d->cx, &rq, s, region(), secret, of("a"), of("b"),
                              of(good_password), &u),
                     PL_ENOTFOUND);
    assert_int_equal(pl_setup_link(&d->cx, &rq, s, region(), &other), PL_ECONFLICT);
}
ON_BOTH(the_first_administrator_comes_by_a_link_that_works_once)

/* ---- users */

static void users_are_listed_by_login_with_their_units(databases *d, pl_store *s)
{
    pl_user_rows rows;
    pl_user u;

    s = people_make(d, s);
    people_root(d, s);
    put_unit(d, s, "教委", NULL);
    people_add(d, s, "Li.Wei", PL_USER_ROLE_LEAD, "教委");
    OK(pl_user_list(&d->cx, s, region(), &rows));
    assert_int_equal(rows.n, 2);
    assert_str(rows.p[0].login, of("li.wei"));
    assert_str(rows.p[0].unit_name, of("教委"));
    assert_false(rows.p[0].has_password);
    assert_str(rows.p[1].login, of("root"));
    assert_true(rows.p[1].has_password);
    OK(pl_user_get(&d->cx, s, region(), rows.p[0].user_id, &u));
    assert_str(u.login, of("li.wei"));
    OK(pl_user_get(&d->cx, s, region(), of("root"), &u));
    assert_int_equal(pl_user_get(&d->cx, s, region(), of("nobody"), &u), PL_ENOTFOUND);
    assert_int_equal(pl_user_get(&d->cx, s, region(), of(""), &u), PL_ENOTFOUND);
    assert_int_equal(pl_user_get(&d->cx, s, of("110198"), of("root"), &u), PL_ENOTFOUND);
}
ON_BOTH(users_are_listed_by_login_with_their_units)

static void users_of_no_form_are_refused(databases *d, pl_store *s)
{
    static const struct {
        const char *login, *name;
        pl_user_role role;
        const char *unit;
        pl_status st;
    } rows[] = {
        {"", "名", PL_USER_ROLE_READER, "", PL_ESYNTAX},
        {"two words", "名", PL_USER_ROLE_READER, "", PL_ESYNTAX},
        {"王", "名", PL_USER_ROLE_READER, "", PL_ESYNTAX},
        {"a'b", "名", PL_USER_ROLE_READER, "", PL_ESYNTAX},
        {"a", " ", PL_USER_ROLE_READER, "", PL_ESYNTAX},
        {"a", "名", PL_USER_ROLE_PUBLIC, "", PL_ESYNTAX},
        {"a", "名", PL_USER_ROLE_COUNT, "", PL_ESYNTAX},
        {"a", "名", PL_USER_ROLE_LEAD, "", PL_ESYNTAX},
        {"a", "名", PL_USER_ROLE_REPORTER, "", PL_ESYNTAX},
        {"a", "名", PL_USER_ROLE_REPORTER, "没有", PL_ENOTFOUND},
        {"ROOT", "名", PL_USER_ROLE_READER, "", PL_ECONFLICT},
        {"a.b-c_d+e@f.g", "名", PL_USER_ROLE_READER, "", PL_OK},
    };
    pl_request rq = by("root", 1);
    pl_user u;

    s = people_make(d, s);
    people_root(d, s);
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_user_in in = {of(rows[i].login), of(rows[i].name), rows[i].role,
                         of(rows[i].unit)};

        if (pl_user_add(&d->cx, &rq, s, region(), &in, &u) != rows[i].st)
            fail_msg("row %zu: %s", i, d->cx.err.msg);
    }
}
ON_BOTH(users_of_no_form_are_refused)

static void a_change_holds_against_the_revision_that_was_looked_at(databases *d,
                                                                   pl_store *s)
{
    pl_user_role office = PL_USER_ROLE_OFFICE;
    pl_str name = of("新名"), none = of("");
    pl_user_patch patch = {.revision = 1, .role = &office, .name = &name};
    pl_request rq = by("root", 3);
    pl_user u;

    s = people_make(d, s);
    people_root(d, s);
    put_unit(d, s, "教委", NULL);
    u = people_add(d, s, "li", PL_USER_ROLE_LEAD, "教委");
    assert_int_equal(u.revision, 1);
    OK(pl_user_change(&d->cx, &rq, s, region(), of("li"), &patch, &u));
    assert_int_equal(u.revision, 2);
    assert_int_equal(u.role, office);
    assert_str(u.name, name);
    assert_str(u.unit_id, of("教委"));
    assert_int_equal(pl_user_change(&d->cx, &rq, s, region(), of("li"), &patch, &u),
                     PL_ECONFLICT);
    patch = (pl_user_patch){.unit_id = &none};
    OK(pl_user_change(&d->cx, &rq, s, region(), of("li"), &patch, &u));
    assert_int_equal(u.revision, 3);
    assert_int_equal(u.unit_id.n, 0);
    assert_int_equal(pl_user_change(&d->cx, &rq, s, region(), of("x"), &patch, &u),
                     PL_ENOTFOUND);
}
ON_BOTH(a_change_holds_against_the_revision_that_was_looked_at)

/* Not even by making somebody administrator who was never here. */
static void the_last_administrator_stays(databases *d, pl_store *s)
{
    pl_user_role reader = PL_USER_ROLE_READER;
    bool yes = true;
    pl_user_patch demote = {.role = &reader}, disable = {.is_disabled = &yes};
    pl_request rq = by("root", 3);
    pl_user u;

    s = people_make(d, s);
    people_root(d, s);
    people_add(d, s, "second", PL_USER_ROLE_ADMIN, "");
    assert_int_equal(pl_user_change(&d->cx, &rq, s, region(), of("root"), &demote, &u),
                     PL_ECONFLICT);
    assert_int_equal(pl_user_change(&d->cx, &rq, s, region(), of("root"), &disable, &u),
                     PL_ECONFLICT);
    people_welcome(d, s, "second");
    OK(pl_user_change(&d->cx, &rq, s, region(), of("root"), &disable, &u));
    assert_true(u.is_disabled);
    assert_int_equal(pl_user_change(&d->cx, &rq, s, region(), of("second"), &demote, &u),
                     PL_ECONFLICT);
}
ON_BOTH(the_last_administrator_stays)

static void passwords_have_a_form(void **state)
{
    static const struct {
        const char *password;
        bool fits;
    } rows[] = {
        {"123456789", false},
        {"1234567890", true},
        {"云溪区的密码太短了", false},
        {"云溪区的密码够长了呀", true},
        {"aaaaaaaaaaaa", false},
        {"somebody.login", false},
        {"", false},
    };
    static char longest[PL_PASSWORD_BYTES + 2];
    pl_ctx cx = test_ctx();

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++)
        if ((pl_password_fits(&cx, of("somebody.login"), of(rows[i].password)) ==
             PL_OK) != rows[i].fits)
            fail_msg("%s", rows[i].password);
    memset(longest, 'x', PL_PASSWORD_BYTES + 1);
    longest[0] = 'y';
    assert_int_equal(pl_password_fits(&cx, of("a"), of(longest)), PL_ESYNTAX);
    longest[PL_PASSWORD_BYTES] = 0;
    assert_int_equal(pl_password_fits(&cx, of("a"), of(longest)), PL_OK);
    test_ctx_free(&cx);
}

/* ---- invitations */

static void an_invitation_sets_a_password_once(databases *d, pl_store *s)
{
    pl_request rq = by("root", 2), late = by("root", 2 + PL_INVITATION_S);
    pl_str first, secret;
    pl_user u;

    s = people_make(d, s);
    people_root(d, s);
    people_add(d, s, "li", PL_USER_ROLE_READER, "");
    OK(pl_invite(&d->cx, &rq, s, region(), of("li"), &first));
    OK(pl_invite(&d->cx, &rq, s, region(), of("li"), &secret));
    assert_int_equal(
        pl_invitation_accept(&d->cx, &rq, s, region(), first, of(good_password), &u),
        PL_ENOTFOUND);
    assert_int_equal(
        pl_invitation_accept(&d->cx, &late, s, region(), secret, of(good_password), &u),
        PL_ENOTFOUND);
    assert_int_equal(
        pl_invitation_accept(&d->cx, &rq, s, region(), secret, of("short"), &u),
        PL_ESYNTAX);
    OK(pl_invitation_accept(&d->cx, &rq, s, region(), secret, of(good_password), &u));
    assert_str(u.login, of("li"));
    assert_true(u.has_password);
    assert_int_equal(
        pl_invitation_accept(&d->cx, &rq, s, region(), secret, of(good_password), &u),
        PL_ENOTFOUND);
    people_in(d, s, "li", 3);
    assert_int_equal(pl_invite(&d->cx, &rq, s, region(), of("x"), &secret), PL_ENOTFOUND);
}
ON_BOTH(an_invitation_sets_a_password_once)

static void a_disabled_user_is_not_invited_and_an_invitation_is_no_setup(databases *d,
                                                                         pl_store *s)
{
    bool yes = true;
    pl_user_patch disable = {.is_disabled = &yes};
    pl_request rq = by("root", 2);
    pl_str secret, again;
    pl_user u;

    s = people_make(d, s);
    people_root(d, s);
    people_add(d, s, "li", PL_USER_ROLE_READER, "");
    OK(pl_invite(&d->cx, &rq, s, region(), of("li"), &secret));
    assert_int_equal(pl_setup(&d->cx, &rq, s, region(), secret, of("a"), of("b"),
                              of(good_password), &u),
                     PL_ENOTFOUND);
    OK(pl_user_change(&d->cx, &rq, s, region(), of("li"), &disable, &u));
    assert_int_equal(
        pl_invitation_accept(&d->cx, &rq, s, region(), secret, of(good_password), &u),
        PL_ENOTFOUND);
    assert_int_equal(pl_invite(&d->cx, &rq, s, region(), of("li"), &again), PL_ECONFLICT);
}
ON_BOTH(a_disabled_user_is_not_invited_and_an_invitation_is_no_setup)

/* ---- tokens */

static void a_token_does_what_its_scopes_and_its_owner_may(databases *d, pl_store *s)
{
    uint64_t scopes = PL_PERM_BIT(PL_PERM_PLAN_READ) | PL_PERM_BIT(PL_PERM_IMPORT);
    pl_user_role reader = PL_USER_ROLE_READER;
    pl_user_patch demote = {.role = &reader};
    pl_request rq = by("office", 10);
    pl_principal office, who;
    pl_token_row token;
    pl_token_rows rows;
    pl_str secret;
    pl_user u;

    s = people_make(d, s);
    people_root(d, s);
    people_add(d, s, "office", PL_USER_ROLE_OFFICE, "");
    people_welcome(d, s, "office");
    office = people_in(d, s, "office", 5).who;
    OK(pl_token_add(&d->cx, &rq, s, &office, of("夜间导入"), scopes, NOON_S + 1000,
                    &token, &secret));
    assert_true(pl_str_starts(secret, of("plb_")));
    OK(pl_principal_of_token(&d->cx, by("", 20).now, s, region(), secret, &who));
    assert_str(who.login, of("office"));
    assert_str(who.token_id, token.token_id);
    assert_int_equal(who.session_id.n, 0);
    assert_true(pl_may(&who, PL_PERM_IMPORT));
    assert_false(pl_may(&who, PL_PERM_FINDING_READ));
    assert_false(pl_may(&who, PL_PERM_ACCOUNT));
    OK(pl_token_list(&d->cx, s, &office, &rows));
    assert_int_equal(rows.n, 1);
    assert_str(rows.p[0].name, of("夜间导入"));
    assert_int_equal(rows.p[0].scopes, scopes);
    assert_int_equal(rows.p[0].seen_at_s, NOON_S + 20);
    OK(pl_user_change(&d->cx, &rq, s, region(), of("office"), &demote, &u));
    OK(pl_principal_of_token(&d->cx, by("", 30).now, s, region(), secret, &who));
    assert_false(pl_may(&who, PL_PERM_IMPORT));
    assert_true(pl_may(&who, PL_PERM_PLAN_READ));
    assert_int_equal(
        pl_principal_of_token(&d->cx, by("", 1000).now, s, region(), secret, &who),
        PL_ENOTFOUND);
    OK(pl_token_end(&d->cx, &rq, s, &office, token.token_id));
    assert_int_equal(
        pl_principal_of_token(&d->cx, by("", 30).now, s, region(), secret, &who),
        PL_ENOTFOUND);
    assert_int_equal(pl_token_end(&d->cx, &rq, s, &office, token.token_id), PL_ENOTFOUND);
}
ON_BOTH(a_token_does_what_its_scopes_and_its_owner_may)

static void tokens_beyond_their_owner_are_refused(databases *d, pl_store *s)
{
    static const struct {
        const char *name;
        uint64_t scopes;
        int64_t days;
    } rows[] = {
        {"", PL_PERM_BIT(PL_PERM_PLAN_READ), 1},
        {"a", 0, 1},
        {"a", PL_PERM_BIT(PL_PERM_USER_ADMIN), 1},
        {"a", PL_PERM_BIT(PL_PERM_ACCOUNT), 1},
        {"a", PL_SCOPES_ALL, 1},
        {"a", PL_PERM_BIT(PL_PERM_PLAN_READ), 0},
        {"a", PL_PERM_BIT(PL_PERM_PLAN_READ), 367},
    };
    pl_request rq = by("reader", 10);
    pl_principal reader;
    pl_token_row token;
    pl_str secret;

    s = people_make(d, s);
    people_root(d, s);
    people_add(d, s, "reader", PL_USER_ROLE_READER, "");
    people_welcome(d, s, "reader");
    reader = people_in(d, s, "reader", 5).who;
    for (size_t i = 0; i < PL_COUNT(rows); i++)
        if (pl_token_add(&d->cx, &rq, s, &reader, of(rows[i].name), rows[i].scopes,
                         rq.now.s + rows[i].days * 86400, &token, &secret) != PL_ESYNTAX)
            fail_msg("row %zu", i);
}
ON_BOTH(tokens_beyond_their_owner_are_refused)

/* ---- units, settings */

static void the_own_units_are_the_unit_and_all_below(databases *d, pl_store *s)
{
    pl_principal who = {.region_id = region(), .unit_id = of("局")};
    pl_strs ids;

    s = people_make(d, s);
    put_unit(d, s, "局", NULL);
    put_unit(d, s, "处", "局");
    put_unit(d, s, "科", "处");
    put_unit(d, s, "别局", NULL);
    OK(pl_principal_units(&d->cx, s, &who, &ids));
    assert_int_equal(ids.n, 3);
    who.unit_id = of("科");
    OK(pl_principal_units(&d->cx, s, &who, &ids));
    assert_int_equal(ids.n, 1);
    assert_str(ids.p[0], of("科"));
    who.unit_id = of("");
    OK(pl_principal_units(&d->cx, s, &who, &ids));
    assert_int_equal(ids.n, 0);
}
ON_BOTH(the_own_units_are_the_unit_and_all_below)

static void settings_are_closed_until_they_are_opened(databases *d, pl_store *s)
{
    pl_request rq = by("root", 3);
    pl_settings set, again;
    pl_principal who;

    s = people_make(d, s);
    OK(pl_settings_get(&d->cx, s, region(), &set));
    assert_str(set.region_name, of("云溪区"));
    assert_false(set.public_access);
    OK(pl_principal_of_public(&d->cx, s, region(), &who));
    assert_false(pl_may(&who, PL_PERM_PLAN_READ));
    set.public_access = true;
    set.region_name = of("云溪新区");
    OK(pl_settings_set(&d->cx, &rq, s, region(), &set, &again));
    assert_true(again.public_access);
    assert_str(again.region_name, of("云溪新区"));
    assert_int_equal(again.revision, 1);
    OK(pl_principal_of_public(&d->cx, s, region(), &who));
    assert_true(pl_may(&who, PL_PERM_PLAN_READ));
    assert_int_equal(pl_settings_set(&d->cx, &rq, s, region(), &set, &again),
                     PL_ECONFLICT);
    again.region_name = of("  ");
    again.revision = 1;
    assert_int_equal(pl_settings_set(&d->cx, &rq, s, region(), &again, &set), PL_ESYNTAX);
    assert_int_equal(pl_settings_get(&d->cx, s, of("999999"), &set), PL_ENOTFOUND);
}
ON_BOTH(settings_are_closed_until_they_are_opened)

/* ---- backup */

/* Users and tokens come back; sessions and links do not. */
static void a_restored_database_knows_its_users(databases *d, pl_store *s)
{
    char file[128], db[128], path[160];
    pl_request rq = by("root", 10);
    pl_str invitation, token_secret;
    pl_login_result in;
    pl_token_row token;
    pl_principal who;
    pl_health health;
    int64_t rows;
    pl_store *t;
    pl_user u;

    snprintf(file, sizeof file, "%s/people.gz", d->folder);
    snprintf(db, sizeof db, "%s/people.db", d->folder);
    s = people_make(d, s);
    people_root(d, s);
    put_unit(d, s, "教委", NULL);
    people_add(d, s, "li", PL_USER_ROLE_LEAD, "教委");
    OK(pl_invite(&d->cx, &rq, s, region(), of("li"), &invitation));
    in = people_in(d, s, "root", 5);
    OK(pl_token_add(&d->cx, &rq, s, &in.who, of("t"), PL_PERM_BIT(PL_PERM_EXPORT),
                    NOON_S + 1000, &token, &token_secret));
    OK(pl_service_backup(&d->cx, s, file, &rows));
    OK(pl_service_restore(&d->cx, &rq, file, db, &rows));
    OK(pl_service_open(&d->cx, db, &t));
    OK(pl_service_doctor(&d->cx, t, &health));
    assert_int_equal(
        pl_principal_of_session(&d->cx, rq.now, t, region(), in.secret, &who),
        PL_ENOTFOUND);
    OK(pl_principal_of_token(&d->cx, rq.now, t, region(), token_secret, &who));
    assert_int_equal(
        pl_invitation_accept(&d->cx, &rq, t, region(), invitation, of(good_password), &u),
        PL_ENOTFOUND);
    people_in(d, t, "root", 12);
    people_welcome(d, t, "li");
    people_in(d, t, "li", 13);
    pl_store_close(t);
    unlink(file);
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s%s", db, i == 0 ? "" : i == 1 ? "-wal" : "-shm");
        unlink(path);
    }
}
ON_BOTH(a_restored_database_knows_its_users)

/* ---- what stands in the audit, and what does not */

static void every_write_is_audited_without_secrets(databases *d, pl_store *s)
{
    static const char *const actions[] = {
        "init",        "setup_link",        "user_add",     "user_add",
        "user_invite", "invitation_accept", "login",        "token_add",
        "token_end",   "user_change",       "setting_edit", "logout"};
    pl_value from[] = {PL_V_INT(0), PL_V_INT(100)};
    pl_request rq = by("root", 10);
    bool yes = true, more;
    pl_user_patch disable = {.is_disabled = &yes};
    pl_login_result in;
    pl_settings set;
    pl_token_row token;
    pl_anchor end;
    pl_str secret;
    size_t n = 0;
    pl_rows *r;
    pl_user u;

    s = people_make(d, s);
    people_root(d, s);
    people_add(d, s, "li", PL_USER_ROLE_READER, "");
    people_welcome(d, s, "li");
    in = people_in(d, s, "root", 5);
    OK(pl_token_add(&d->cx, &rq, s, &in.who, of("t"), PL_PERM_BIT(PL_PERM_EXPORT),
                    NOON_S + 1000, &token, &secret));
    OK(pl_token_end(&d->cx, &rq, s, &in.who, token.token_id));
    OK(pl_user_change(&d->cx, &rq, s, region(), of("li"), &disable, &u));
    OK(pl_settings_get(&d->cx, s, region(), &set));
    OK(pl_settings_set(&d->cx, &rq, s, region(), &set, &set));
    OK(pl_session_end(&d->cx, &rq, s, &in.who, in.who.session_id));
    OK(pl_audit_verify(&d->cx, s, NULL, 0, &end));
    OK(pl_rows_begin(&d->cx, s, PL_Q_audit_after, from, 2, &r));
    while (pl_rows_next(&d->cx, r, &more) == PL_OK && more) {
        assert_true(n < PL_COUNT(actions));
        assert_str(pl_rows_text(r, 4), of(actions[n++]));
        for (int col = 2; col < 8; col++) {
            assert_false(pl_str_has(pl_rows_text(r, col), of("argon2")));
            assert_false(pl_str_has(pl_rows_text(r, col), of(good_password)));
            assert_false(pl_str_has(pl_rows_text(r, col), secret));
            assert_false(pl_str_has(pl_rows_text(r, col), in.secret));
        }
    }
    pl_rows_end(r);
    assert_int_equal(n, PL_COUNT(actions));
}
ON_BOTH(every_write_is_audited_without_secrets)

/* ---- failed allocations: whole, or not at all */

static void a_user_is_added_whole_or_not_at_all(databases *d, pl_store *s)
{
    pl_user_in in = {of("li"), of("某人"), PL_USER_ROLE_READER, of("")};
    pl_request rq = by("root", 1);
    pl_status st = PL_ENOMEM;
    pl_user_rows rows;
    pl_anchor end;

    s = people_make(d, s);
    for (size_t n = 0; st != PL_OK && n < 200; n++) {
        pl_ctx cx = test_ctx();
        pl_user u;

        pl_arena_fail_after(cx.arena, n);
        st = pl_user_add(&cx, &rq, s, region(), &in, &u);
        assert_true(st == PL_OK || st == PL_ENOMEM);
        test_ctx_free(&cx);
        OK(pl_user_list(&d->cx, s, region(), &rows));
        assert_int_equal(rows.n, st == PL_OK);
        OK(pl_audit_end(&d->cx, s, &end));
        assert_int_equal(end.seq, 1 + (st == PL_OK));
    }
    assert_int_equal(st, PL_OK);
}
ON_BOTH(a_user_is_added_whole_or_not_at_all)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(the_first_administrator_comes_by_a_link_that_works_once),
        BOTH(users_are_listed_by_login_with_their_units),
        BOTH(users_of_no_form_are_refused),
        BOTH(a_change_holds_against_the_revision_that_was_looked_at),
        BOTH(the_last_administrator_stays),
        cmocka_unit_test(passwords_have_a_form),
        BOTH(an_invitation_sets_a_password_once),
        BOTH(a_disabled_user_is_not_invited_and_an_invitation_is_no_setup),
        BOTH(a_token_does_what_its_scopes_and_its_owner_may),
        BOTH(tokens_beyond_their_owner_are_refused),
        BOTH(the_own_units_are_the_unit_and_all_below),
        BOTH(settings_are_closed_until_they_are_opened),
        BOTH(a_restored_database_knows_its_users),
        BOTH(every_write_is_audited_without_secrets),
        BOTH(a_user_is_added_whole_or_not_at_all),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
