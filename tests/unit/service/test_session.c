/* Logging in: passwords, waiting after failures, sessions, one-time codes. */
#include "region.h"

#include "service/secret.h"
#include <time.h>

/* ---- sessions */

static void a_session_ends_by_time_idleness_or_hand(databases *d, pl_store *s)
{
    pl_request rq = by("root", 10);
    pl_login_result first, second;
    pl_session_rows rows;
    pl_principal who;

    s = people_make(d, s);
    people_root(d, s);
    first = people_in(d, s, "ROOT", 0);
    assert_str(first.who.login, of("root"));
    assert_int_equal(first.who.csrf.n, 64);
    second = people_in(d, s, "root", 1);
    OK(pl_session_list(&d->cx, rq.now, s, &first.who, &rows));
    assert_int_equal(rows.n, 2);
    assert_str(rows.p[0].agent, of("a browser"));
    assert_str(rows.p[0].session_id, second.who.session_id);

    OK(pl_session_end(&d->cx, &rq, s, &first.who, second.who.session_id));
    assert_int_equal(
        pl_principal_of_session(&d->cx, rq.now, s, region(), second.secret, &who),
        PL_ENOTFOUND);
    assert_int_equal(pl_session_end(&d->cx, &rq, s, &first.who, second.who.session_id),
                     PL_ENOTFOUND);

    for (int64_t at = 0; at < PL_SESSION_S; at += PL_SESSION_IDLE_S - 400)
        OK(pl_principal_of_session(&d->cx, by("", at).now, s, region(), first.secret,
                                   &who));
    assert_str(who.csrf, first.who.csrf);
    assert_int_equal(pl_principal_of_session(&d->cx, by("", PL_SESSION_S).now, s,
                                             region(), first.secret, &who),
                     PL_ENOTFOUND);
    first = people_in(d, s, "root", 0);
    assert_int_equal(pl_principal_of_session(&d->cx, by("", PL_SESSION_IDLE_S).now, s,
                                             region(), first.secret, &who),
                     PL_ENOTFOUND);
}
ON_BOTH(a_session_ends_by_time_idleness_or_hand)

static void only_the_secret_itself_opens_a_session(databases *d, pl_store *s)
{
    pl_login_result in;
    pl_principal who;
    char near[64];

    s = people_make(d, s);
    people_root(d, s);
    in = people_in(d, s, "root", 0);
    snprintf(near, sizeof near, "%.*s", PL_FMT(in.secret));
    near[0] = near[0] == 'A' ? 'B' : 'A';
    pl_str wrong[] = {of(near), of(""), pl_str_sub(in.secret, 0, 42), in.who.csrf,
                      in.who.session_id};
    for (size_t i = 0; i < PL_COUNT(wrong); i++) {
        assert_int_equal(
            pl_principal_of_session(&d->cx, by("", 1).now, s, region(), wrong[i], &who),
            PL_ENOTFOUND);
        assert_false(pl_may(&who, PL_PERM_PLAN_READ));
    }
    assert_int_equal(
        pl_principal_of_session(&d->cx, by("", 1).now, s, of("110198"), in.secret, &who),
        PL_ENOTFOUND);
    assert_int_equal(
        pl_principal_of_token(&d->cx, by("", 1).now, s, region(), in.secret, &who),
        PL_ENOTFOUND);
}
ON_BOTH(only_the_secret_itself_opens_a_session)

static void a_disabled_user_is_out_at_once(databases *d, pl_store *s)
{
    bool yes = true;
    pl_user_patch disable = {.is_disabled = &yes};
    pl_request rq = by("root", 10);
    pl_login_result in;
    pl_principal who;
    pl_user u;

    s = people_make(d, s);
    people_root(d, s);
    people_add(d, s, "li", PL_USER_ROLE_READER, "");
    people_welcome(d, s, "li");
    in = people_in(d, s, "li", 5);
    OK(pl_user_change(&d->cx, &rq, s, region(), of("li"), &disable, &u));
    assert_int_equal(
        pl_principal_of_session(&d->cx, rq.now, s, region(), in.secret, &who),
        PL_ENOTFOUND);
    assert_int_equal(people_try(d, s, "li", good_password, "", "", 11).outcome,
                     PL_LOGIN_REFUSED);
}
ON_BOTH(a_disabled_user_is_out_at_once)

/* ---- failures */

static void failures_of_a_login_lengthen_the_wait(databases *d, pl_store *s)
{
    pl_login_result r;

    s = people_make(d, s);
    people_root(d, s);
    for (int i = 0; i < PL_FREE_TRIES; i++)
        assert_int_equal(people_try(d, s, "root", "wrong password", "", "", 0).outcome,
                         PL_LOGIN_REFUSED);
    r = people_try(d, s, "root", good_password, "", "", 0);
    assert_int_equal(r.outcome, PL_LOGIN_LOCKED);
    assert_int_equal(r.wait_s, 1);
    assert_int_equal(people_try(d, s, "Root ", "wrong password", "", "", 1).outcome,
                     PL_LOGIN_REFUSED);
    r = people_try(d, s, "root", good_password, "", "", 1);
    assert_int_equal(r.wait_s, 2);
    /* asking while locked makes it no longer, and another login is free */
    r = people_try(d, s, "root", good_password, "", "", 2);
    assert_int_equal(r.wait_s, 1);
    assert_int_equal(people_try(d, s, "other", good_password, "", "", 2).outcome,
                     PL_LOGIN_REFUSED);
    /* the right one at the right time forgets all */
    assert_int_equal(people_try(d, s, "root", good_password, "", "", 3).outcome,
                     PL_LOGIN_DONE);
    assert_int_equal(people_try(d, s, "root", "wrong password", "", "", 3).outcome,
                     PL_LOGIN_REFUSED);
    assert_int_equal(people_try(d, s, "root", good_password, "", "", 3).outcome,
                     PL_LOGIN_DONE);
}
ON_BOTH(failures_of_a_login_lengthen_the_wait)

/* The count alone, which a password would only slow down. */
static void put_failures(databases *d, pl_store *s, const char *kind, const char *what,
                         size_t n, int64_t after_s)
{
    char hash[65];
    pl_value args[] = {PL_V_TEXT(region()), PL_V_NULL, PL_V_INT(NOON_S + after_s)};

    pl_secret_hash(of(kind), of(what), hash);
    args[1] = PL_V_TEXT(of(hash));
    for (size_t i = 0; i < n; i++)
        OK(pl_store_run(&d->cx, s, PL_Q_failure_add, args, PL_COUNT(args), NULL));
}

static void the_wait_has_an_end_and_a_day_forgets(databases *d, pl_store *s)
{
    s = people_make(d, s);
    people_root(d, s);
    put_failures(d, s, "login", "root", 60, 0);
    assert_int_equal(people_try(d, s, "root", good_password, "", "", 0).wait_s,
                     PL_WAIT_MOST_S);
    assert_int_equal(
        people_try(d, s, "root", good_password, "", "", PL_WAIT_MOST_S - 1).wait_s, 1);
    /* a clock set back: the wait is counted anew, not for years */
    assert_int_equal(people_try(d, s, "root", good_password, "", "", -100000).wait_s,
                     PL_WAIT_MOST_S);
    assert_int_equal(people_try(d, s, "root", good_password, "", "", 86400).outcome,
                     PL_LOGIN_DONE);
}
ON_BOTH(the_wait_has_an_end_and_a_day_forgets)

/* A success with one login does not buy tries at others from the same address. */
static void failures_of_an_address_count_for_all_logins(databases *d, pl_store *s)
{
    s = people_make(d, s);
    people_root(d, s);
    put_failures(d, s, "address", "192.0.2.1", PL_FREE_TRIES_FROM - 1, 0);
    assert_int_equal(people_try(d, s, "root", good_password, "", "192.0.2.1", 0).outcome,
                     PL_LOGIN_DONE);
    assert_int_equal(people_try(d, s, "a", "wrong password", "", "192.0.2.1", 0).outcome,
                     PL_LOGIN_REFUSED);
    assert_int_equal(people_try(d, s, "root", good_password, "", "192.0.2.1", 0).outcome,
                     PL_LOGIN_LOCKED);
    assert_int_equal(people_try(d, s, "root", good_password, "", "192.0.2.2", 0).outcome,
                     PL_LOGIN_DONE);
}
ON_BOTH(failures_of_an_address_count_for_all_logins)

static double processor_ms(databases *d, pl_store *s, const char *login)
{
    double least = 1e9;

    for (int i = 0; i < 3; i++) {
        struct timespec a, b;

        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
        people_try(d, s, login, "wrong password", "", "", i);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
        double ms =
            (double)(b.tv_sec - a.tv_sec) * 1e3 + (double)(b.tv_nsec - a.tv_nsec) / 1e6;
        least = ms < least ? ms : least;
    }
    return least;
}

/* By processor time, which other programs do not lengthen; the hash is nearly all of it.
 */
static void a_login_that_nobody_has_takes_as_long(databases *d, pl_store *s)
{
    double known, unknown, invited;

    s = people_make(d, s);
    people_root(d, s);
    people_add(d, s, "li", PL_USER_ROLE_READER, "");
    known = processor_ms(d, s, "root");
    unknown = processor_ms(d, s, "nobody");
    invited = processor_ms(d, s, "li");
    if (unknown < known / 2 || unknown > known * 2 || invited < known / 2)
        fail_msg("known %.1f ms, unknown %.1f, invited %.1f", known, unknown, invited);
}
ON_BOTH(a_login_that_nobody_has_takes_as_long)

/* ---- passwords */

static void a_changed_password_ends_the_other_sessions(databases *d, pl_store *s)
{
    pl_request rq = by("root", 10);
    pl_login_result mine, other, r;
    pl_principal who;

    s = people_make(d, s);
    people_root(d, s);
    mine = people_in(d, s, "root", 1);
    other = people_in(d, s, "root", 2);
    OK(pl_password_change(&d->cx, &rq, s, &mine.who, of("wrong password"),
                          of("another good one"), &r));
    assert_int_equal(r.outcome, PL_LOGIN_REFUSED);
    assert_int_equal(
        pl_password_change(&d->cx, &rq, s, &mine.who, of(good_password), of("short"), &r),
        PL_ESYNTAX);
    OK(pl_password_change(&d->cx, &rq, s, &mine.who, of(good_password),
                          of("another good one"), &r));
    assert_int_equal(r.outcome, PL_LOGIN_DONE);
    OK(pl_principal_of_session(&d->cx, rq.now, s, region(), mine.secret, &who));
    assert_int_equal(
        pl_principal_of_session(&d->cx, rq.now, s, region(), other.secret, &who),
        PL_ENOTFOUND);
    assert_int_equal(people_try(d, s, "root", good_password, "", "", 11).outcome,
                     PL_LOGIN_REFUSED);
    assert_int_equal(people_try(d, s, "root", "another good one", "", "", 12).outcome,
                     PL_LOGIN_DONE);
}
ON_BOTH(a_changed_password_ends_the_other_sessions)

static void guessing_the_old_password_is_slowed_down(databases *d, pl_store *s)
{
    pl_request rq = by("root", 10);
    pl_login_result mine, r;

    s = people_make(d, s);
    people_root(d, s);
    mine = people_in(d, s, "root", 1);
    put_failures(d, s, "login", "root", PL_FREE_TRIES, 10);
    OK(pl_password_change(&d->cx, &rq, s, &mine.who, of(good_password),
                          of("another good one"), &r));
    assert_int_equal(r.outcome, PL_LOGIN_LOCKED);
    assert_int_equal(r.wait_s, 1);
}
ON_BOTH(guessing_the_old_password_is_slowed_down)

/* ---- one-time codes */

/* RFC 6238, appendix B: the key of SHA-1, eight digits. */
static void codes_are_those_of_the_rfc(void **state)
{
    static const struct {
        uint64_t time_s;
        uint32_t code;
    } rows[] = {
        {59, 94287082},         {1111111109, 7081804},  {1111111111, 14050471},
        {1234567890, 89005924}, {2000000000, 69279037}, {20000000000, 65353130},
    };
    pl_bytes key = {(const unsigned char *)"12345678901234567890", 20};

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++)
        assert_int_equal(pl_totp_code(key, rows[i].time_s / 30, 8), rows[i].code);
}

/* RFC 4226, appendix D. */
static void codes_are_those_of_hotp(void **state)
{
    static const uint32_t codes[] = {755224, 287082, 359152, 969429, 338314,
                                     254676, 287922, 162583, 399871, 520489};
    pl_bytes key = {(const unsigned char *)"12345678901234567890", 20};

    (void)state;
    for (size_t i = 0; i < PL_COUNT(codes); i++)
        assert_int_equal(pl_totp_code(key, i, 6), codes[i]);
}

/* The same key in base32. */
static const char rfc_secret[] = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

static void a_code_is_right_for_a_step_and_its_neighbours(void **state)
{
    static const struct {
        const char *code;
        int64_t now_s, used, step; /* step 0: wrong */
    } rows[] = {
        {"287082", 59, 0, 1}, {"287082", 30, 0, 1},  {"287082", 60, 0, 1},
        {"287082", 89, 0, 1}, {"287082", 90, 0, 0},  {"287082", 5, 0, 1},
        {"287082", 59, 1, 0}, {"359152", 59, 1, 2},  {"287083", 59, 0, 0},
        {"28708", 59, 0, 0},  {"2870820", 59, 0, 0}, {"", 59, 0, 0},
        {"28708a", 59, 0, 0}, {" 87082", 59, 0, 0},
    };
    int64_t step;

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        bool right = pl_totp_check(of(rfc_secret), of(rows[i].code), rows[i].now_s,
                                   rows[i].used, &step);

        if (right != (rows[i].step != 0) || step != rows[i].step)
            fail_msg("row %zu: %d, step %d", i, right, (int)step);
    }
    assert_false(pl_totp_check(of(""), of("287082"), 59, 0, &step));
    assert_false(pl_totp_check(of("gezd"), of("287082"), 59, 0, &step));
    assert_false(pl_totp_check(of("GEZ1"), of("287082"), 59, 0, &step));
}

static void an_address_for_apps_is_escaped(void **state)
{
    pl_ctx cx = test_ctx();
    pl_str uri;

    (void)state;
    assert_int_equal(pl_totp_uri(&cx, of("准绳"), of("a+b@c.cn"), of(rfc_secret), &uri),
                     PL_OK);
    assert_str(uri, of("otpauth://totp/%E5%87%86%E7%BB%B3:a%2Bb%40c.cn?secret="
                       "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%E5%87%86%E7%BB%B3"));
    test_ctx_free(&cx);
}

/* The code that an app would show. */
static void code_at(pl_str secret, int64_t after_s, char out[8])
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    unsigned char key[64] = {0};
    uint32_t code;

    for (size_t i = 0; i < secret.n * 5; i++) {
        size_t v = (size_t)(strchr(letters, secret.p[i / 5]) - letters);

        if (v >> (4 - i % 5) & 1)
            key[i / 8] = (unsigned char)(key[i / 8] | 0x80u >> i % 8);
    }
    code = pl_totp_code((pl_bytes){key, secret.n * 5 / 8},
                        (uint64_t)(NOON_S + after_s) / 30, 6);
    snprintf(out, 8, "%06u", code);
}

/* Turn codes on for root; the secret. */
static pl_str codes_on(databases *d, pl_store *s, int64_t after_s)
{
    pl_request rq = by("root", after_s);
    pl_principal who = people_in(d, s, "root", after_s).who;
    pl_str secret, uri;
    char code[8];

    OK(pl_totp_begin(&d->cx, &rq, s, &who, &secret, &uri));
    assert_true(pl_str_has(uri, secret));
    assert_int_equal(secret.n, 32);
    assert_int_equal(pl_totp_confirm(&d->cx, &rq, s, &who, of("000")), PL_ESYNTAX);
    code_at(secret, after_s, code);
    OK(pl_totp_confirm(&d->cx, &rq, s, &who, of(code)));
    assert_int_equal(pl_totp_confirm(&d->cx, &rq, s, &who, of(code)), PL_ECONFLICT);
    assert_int_equal(pl_totp_begin(&d->cx, &rq, s, &who, &uri, &uri), PL_ECONFLICT);
    return secret;
}

static void a_code_is_asked_for_and_counts_once(databases *d, pl_store *s)
{
    char first[8], code[8];
    pl_str secret;

    s = people_make(d, s);
    people_root(d, s);
    secret = codes_on(d, s, 0);
    code_at(secret, 0, first);
    code_at(secret, 60, code);
    assert_int_equal(people_try(d, s, "root", good_password, "", "", 1).outcome,
                     PL_LOGIN_CODE_NEEDED);
    /* the code that confirmed the secret is used up */
    assert_int_equal(people_try(d, s, "root", good_password, first, "", 2).outcome,
                     PL_LOGIN_REFUSED);
    assert_int_equal(people_try(d, s, "root", "wrong password", code, "", 60).outcome,
                     PL_LOGIN_REFUSED);
    assert_int_equal(people_try(d, s, "root", good_password, code, "", 60).outcome,
                     PL_LOGIN_DONE);
    assert_int_equal(people_try(d, s, "root", good_password, code, "", 61).outcome,
                     PL_LOGIN_REFUSED);
}
ON_BOTH(a_code_is_asked_for_and_counts_once)

/* Asking without a code in between gives no tries back. */
static void wrong_codes_are_failures(databases *d, pl_store *s)
{
    s = people_make(d, s);
    people_root(d, s);
    codes_on(d, s, 0);
    for (int i = 0; i < PL_FREE_TRIES; i++) {
        assert_int_equal(people_try(d, s, "root", good_password, "x", "", 1).outcome,
                         PL_LOGIN_REFUSED);
        if (i + 1 < PL_FREE_TRIES)
            assert_int_equal(people_try(d, s, "root", good_password, "", "", 1).outcome,
                             PL_LOGIN_CODE_NEEDED);
    }
    assert_int_equal(people_try(d, s, "root", good_password, "", "", 1).outcome,
                     PL_LOGIN_LOCKED);
}
ON_BOTH(wrong_codes_are_failures)

static void codes_end_by_hand_or_by_an_administrator(databases *d, pl_store *s)
{
    pl_user_patch drop = {.drop_totp = true};
    pl_request rq = by("root", 5);
    pl_principal who;
    pl_user u;

    s = people_make(d, s);
    people_root(d, s);
    codes_on(d, s, 0);
    OK(pl_user_get(&d->cx, s, region(), of("root"), &u));
    assert_true(u.has_totp);
    OK(pl_user_change(&d->cx, &rq, s, region(), of("root"), &drop, &u));
    assert_false(u.has_totp);
    who = people_in(d, s, "root", 6).who;
    codes_on(d, s, 60);
    OK(pl_totp_end(&d->cx, &rq, s, &who));
    people_in(d, s, "root", 61);
}
ON_BOTH(codes_end_by_hand_or_by_an_administrator)

/* ---- failed allocations */

static void a_login_survives_failed_allocations(void **state)
{
    databases here, *d = &here;
    pl_store *s;
    pl_login in = {of("root"), of(good_password), of(""), of(""), of("")};
    pl_request rq = by("public", 1);
    pl_status st = PL_ENOMEM;
    pl_session_rows rows;

    (void)state;
    databases_begin(d);
    s = people_make(d, d->s[0]);
    people_root(d, s);
    for (size_t n = 0; st != PL_OK && n < 200; n++) {
        pl_ctx cx = test_ctx();
        pl_login_result out;

        put_failures(d, s, "login", "nobody", 1, 0); /* the store works on */
        rq.now.s += 1000;                            /* so that failures make no wait */
        pl_arena_fail_after(cx.arena, n);
        st = pl_session_begin(&cx, &rq, s, region(), &in, &out);
        if (st != PL_OK)
            assert_int_equal(st, PL_ENOMEM);
        test_ctx_free(&cx);
    }
    assert_int_equal(st, PL_OK);
    pl_principal who = people_in(d, s, "root", rq.now.s - NOON_S).who;
    OK(pl_session_list(&d->cx, rq.now, s, &who, &rows));
    assert_true(rows.n >= 2);
    databases_end(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(a_session_ends_by_time_idleness_or_hand),
        BOTH(only_the_secret_itself_opens_a_session),
        BOTH(a_disabled_user_is_out_at_once),
        BOTH(failures_of_a_login_lengthen_the_wait),
        BOTH(the_wait_has_an_end_and_a_day_forgets),
        BOTH(failures_of_an_address_count_for_all_logins),
        BOTH(a_login_that_nobody_has_takes_as_long),
        BOTH(a_changed_password_ends_the_other_sessions),
        BOTH(guessing_the_old_password_is_slowed_down),
        cmocka_unit_test(codes_are_those_of_the_rfc),
        cmocka_unit_test(codes_are_those_of_hotp),
        cmocka_unit_test(a_code_is_right_for_a_step_and_its_neighbours),
        cmocka_unit_test(an_address_for_apps_is_escaped),
        BOTH(a_code_is_asked_for_and_counts_once),
        BOTH(wrong_codes_are_failures),
        BOTH(codes_end_by_hand_or_by_an_administrator),
        cmocka_unit_test(a_login_survives_failed_allocations),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
