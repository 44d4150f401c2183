/* What tests of people share: a region with units and a first administrator, and who does
 * what at which moment. */
#ifndef PL_TESTS_REGION_H
#define PL_TESTS_REGION_H

#include "databases.h"
#include "service/people.h"
#include "service/totp.h"

enum { NOON_S = 1700000000 };

static const char good_password[] = "correct horse battery";

/* The last failure, for messages of tests. */
#define OK(call)                                      \
    do {                                              \
        if ((call) != PL_OK)                          \
            fail_msg("%s: %s", #call, d->cx.err.msg); \
    } while (0)

static inline pl_request by(const char *actor, int64_t after_s)
{
    return (pl_request){pl_str_from(actor), {NOON_S + after_s, 0}};
}

static inline pl_str region(void)
{
    return of("110199");
}

/* A database of the service in place of the empty one. */
static inline pl_store *people_make(databases *d, pl_store *s)
{
    size_t which = s == d->s[1];
    pl_request rq = by("tester", 0);
    pl_store *made;

    pl_store_close(s);
    d->s[which] = NULL;
    if (which == 0)
        unlink(d->where[0]);
    OK(pl_service_init(&d->cx, &rq, d->where[which], region(), of("云溪区"), &made));
    d->s[which] = made;
    return made;
}

static inline void put_unit(databases *d, pl_store *s, const char *id, const char *parent)
{
    pl_value args[] = {PL_V_TEXT(region()), PL_V_TEXT(of(id)),
                       parent ? PL_V_TEXT(of(parent)) : PL_V_NULL, PL_V_TEXT(of(id))};

    OK(pl_store_run(&d->cx, s, PL_Q_unit_put, args, PL_COUNT(args), NULL));
}

/* The first administrator, `root`, by the set-up link. */
static inline pl_user people_root(databases *d, pl_store *s)
{
    pl_request rq = by("tester", 0);
    pl_str secret;
    pl_user u;

    OK(pl_setup_link(&d->cx, &rq, s, region(), &secret));
    OK(pl_setup(&d->cx, &rq, s, region(), secret, of("Root"), of("根"), of(good_password),
                &u));
    return u;
}

static inline pl_user people_add(databases *d, pl_store *s, const char *login,
                                 pl_user_role role, const char *unit)
{
    pl_user_in in = {of(login), of("某人"), role, of(unit)};
    pl_request rq = by("root", 1);
    pl_user u;

    OK(pl_user_add(&d->cx, &rq, s, region(), &in, &u));
    return u;
}

/* Let a user in with the good password. */
static inline void people_welcome(databases *d, pl_store *s, const char *login)
{
    pl_request rq = by("root", 2);
    pl_str secret;
    pl_user u;

    OK(pl_invite(&d->cx, &rq, s, region(), of(login), &secret));
    OK(pl_invitation_accept(&d->cx, &rq, s, region(), secret, of(good_password), &u));
}

static inline pl_login_result people_try(databases *d, pl_store *s, const char *login,
                                         const char *password, const char *code,
                                         const char *address, int64_t after_s)
{
    pl_login in = {of(login), of(password), of(code), of(address), of("a browser")};
    pl_request rq = by("public", after_s);
    pl_login_result out;

    OK(pl_session_begin(&d->cx, &rq, s, region(), &in, &out));
    return out;
}

/* Log in, or fail the test. */
static inline pl_login_result people_in(databases *d, pl_store *s, const char *login,
                                        int64_t after_s)
{
    pl_login_result r = people_try(d, s, login, good_password, "", "", after_s);

    assert_int_equal(r.outcome, PL_LOGIN_DONE);
    return r;
}

#endif
