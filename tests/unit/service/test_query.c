/* Lists, single things, search and comparison, on both databases. */
#include "plans.h"

#include "service/overview.h"
#include "service/search.h"

static const pl_principal office = {.region_id = PL_S_INIT("110199"),
                                    .role = PL_USER_ROLE_OFFICE,
                                    .scopes = PL_SCOPES_ALL};

/* Somebody who sees the part of one unit only. */
static pl_principal reporter_of(pl_str unit_id)
{
    pl_principal who = office;

    who.role = PL_USER_ROLE_REPORTER;
    who.unit_id = unit_id;
    return who;
}

static pl_listing list(databases *d, pl_store *s, const pl_principal *who,
                       pl_list_query q)
{
    pl_listing l;

    if (pl_list(&d->cx, s, who, &q, &l) != PL_OK)
        fail_msg("%s", d->cx.err.msg);
    return l;
}

static pl_str unit_named(databases *d, pl_store *s, const char *name)
{
    pl_filter by = {PL_S("name"), of(name)};
    pl_listing l = list(
        d, s, &office,
        (pl_list_query){.resource = PL_RESOURCE_UNITS, .filters = &by, .n_filters = 1});

    assert_int_equal(l.rows.n, 1);
    return pl_listing_text(&l, 0, PL_S("id"));
}

static void every_resource_can_be_listed(databases *d, pl_store *s)
{
    pl_saved saved;

    s = make(d, s);
    import(d, s, report);
    saved = import(d, s, next_report);
    for (int r = 0; r < PL_RESOURCE_COUNT; r++) {
        pl_list_query q = {.resource = (pl_resource)r, .key = saved.plan_id};
        pl_principal other = reporter_of(of("nobody"));
        pl_listing l;

        if (pl_list(&d->cx, s, &office, &q, &l) != PL_OK)
            fail_msg("%.*s: %s", PL_FMT(pl_resource_name(q.resource)), d->cx.err.msg);
        l = list(d, s, &other, q);
        if (l.rows.n && r != PL_RESOURCE_PLANS && r != PL_RESOURCE_PLAN &&
            r != PL_RESOURCE_REGIONS)
            fail_msg("%.*s: another unit's rows", PL_FMT(pl_resource_name(q.resource)));
    }
}
ON_BOTH(every_resource_can_be_listed)

static void a_row_of_indicators_says_what_is_known_of_it(databases *d, pl_store *s)
{
    static const struct {
        const char *column, *says;
    } rows[] = {
        {"id", "1"},
        {"name", "新增学位数"},
        {"unit", "个"},
        {"target", "5560"},
        {"value", "5600"},
        {"next_target", "6000"},
        {"verdict", "met"},
        {"attribute", "expected"},
        {"link", "unsure"},
        {"previous", ""},
        {"resembles", "新增学位"},
        {"responsible", "[\"区教委\"]"},
        {"trend",
         "[{\"year\":2022,\"value\":\"4100\"},{\"year\":2023,\"value\":\"5600\"}]"},
    };
    pl_saved saved;
    pl_listing l;

    s = make(d, s);
    import(d, s, report);
    saved = import(d, s, next_report);
    l = list(d, s, &office,
             (pl_list_query){.resource = PL_RESOURCE_INDICATORS, .key = saved.plan_id});
    assert_int_equal(l.rows.n, 3);
    for (size_t i = 0; i < PL_COUNT(rows); i++)
        assert_str(pl_listing_text(&l, 1, of(rows[i].column)), of(rows[i].says));
}
ON_BOTH(a_row_of_indicators_says_what_is_known_of_it)

static void lists_are_filtered_sorted_and_paged(databases *d, pl_store *s)
{
    pl_filter met = {PL_S("verdict"), PL_S("met")}, no = {PL_S("no_such"), PL_S("x")};
    pl_list_query q = {.resource = PL_RESOURCE_INDICATORS};
    pl_listing l;

    s = make(d, s);
    q.key = import(d, s, next_report).plan_id;
    q.sort = PL_S("-ordinal");
    q.limit = 2;
    l = list(d, s, &office, q);
    assert_int_equal(l.total, 3);
    assert_int_equal(l.rows.n, 2);
    assert_str(pl_listing_text(&l, 0, PL_S("id")), of("2"));
    q.cursor = l.next;
    l = list(d, s, &office, q);
    assert_int_equal(l.rows.n, 1);
    assert_str(pl_listing_text(&l, 0, PL_S("id")), of("0"));
    assert_int_equal(l.next.n, 0);
    q.cursor = PL_S("fe");
    assert_int_equal(pl_list(&d->cx, s, &office, &q, &l), PL_ESYNTAX);
    q.cursor = (pl_str){0};
    q.q = PL_S("托位");
    l = list(d, s, &office, q);
    assert_int_equal(l.total, 1);
    q.q = (pl_str){0};
    q.filters = &met;
    q.n_filters = 1;
    l = list(d, s, &office, q);
    assert_int_equal(l.total, 3);
    q.sort = PL_S("value");
    l = list(d, s, &office, q);
    assert_str(pl_listing_text(&l, 0, PL_S("value")), of("300"));
    q.filters = &no;
    assert_int_equal(pl_list(&d->cx, s, &office, &q, &l), PL_ESYNTAX);
    q.n_filters = 0;
    q.sort = PL_S("nothing");
    assert_int_equal(pl_list(&d->cx, s, &office, &q, &l), PL_ESYNTAX);
}
ON_BOTH(lists_are_filtered_sorted_and_paged)

static void who_is_cut_sees_the_rows_of_the_own_unit_only(databases *d, pl_store *s)
{
    pl_list_query q = {.resource = PL_RESOURCE_INDICATORS};
    pl_principal who;
    pl_listing l;

    s = make(d, s);
    q.key = import(d, s, report).plan_id;
    who = reporter_of(unit_named(d, s, "区教委"));
    l = list(d, s, &who, q);
    assert_int_equal(l.total, 1);
    assert_str(pl_listing_text(&l, 0, PL_S("name")), of("新增学位"));
    q.resource = PL_RESOURCE_PLANS;
    l = list(d, s, &who, q);
    assert_int_equal(l.rows.n, 1);
    assert_true(l.rows.p[0][pl_listing_field(&l, PL_S("met"))].null);
    q.resource = PL_RESOURCE_DOCUMENTS;
    assert_int_equal(list(d, s, &who, q).total, 0);
    assert_int_equal(pl_service_search(&d->cx, s, &who, PL_S("人口"), 10, &l), PL_OK);
    assert_int_equal(l.total, 0);
    assert_int_equal(pl_service_search(&d->cx, s, &who, PL_S("学位"), 10, &l), PL_OK);
    assert_int_equal(l.total, 1);
}
ON_BOTH(who_is_cut_sees_the_rows_of_the_own_unit_only)

static void what_was_recorded_later_was_not_known_before(databases *d, pl_store *s)
{
    pl_list_query q = {.resource = PL_RESOURCE_PLANS, .as_of_s = request.now.s - 1};

    s = make(d, s);
    import(d, s, report);
    assert_int_equal(list(d, s, &office, q).total, 0);
    q.as_of_s = request.now.s;
    assert_int_equal(list(d, s, &office, q).total, 1);
}
ON_BOTH(what_was_recorded_later_was_not_known_before)

static void words_are_found_wherever_they_stand(databases *d, pl_store *s)
{
    static const struct {
        const char *q;
        size_t hits;
    } rows[] = {{"学位", 2}, {"新增学位", 2},  {"学位 新增", 2},
                {"位学", 0}, {"常", 2},        {"卫生健康", 1},
                {"", 0},     {"\"', OR *", 0}, {"新增 口", 0}};
    pl_listing l;

    s = make(d, s);
    import(d, s, report);
    import(d, s, next_report);
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        if (pl_service_search(&d->cx, s, &office, of(rows[i].q), 10, &l) != PL_OK)
            fail_msg("%s: %s", rows[i].q, d->cx.err.msg);
        if (l.total != rows[i].hits)
            fail_msg("%s: %zu", rows[i].q, l.total);
    }
}
ON_BOTH(words_are_found_wherever_they_stand)

static void an_overview_sums_up_a_plan_and_compares_it_with_the_one_before(databases *d,
                                                                           pl_store *s)
{
    pl_principal who;
    pl_overview o;
    pl_str first, second;

    s = make(d, s);
    first = import(d, s, report).plan_id;
    second = import(d, s, next_report).plan_id;
    assert_int_equal(pl_service_overview(&d->cx, s, &office, first, 0, &o), PL_OK);
    assert_int_equal(o.indicators, 2);
    assert_int_equal(o.met, 1);
    assert_int_equal(o.missed, 1);
    assert_str(pl_listing_text(&o.missed_rows, 0, PL_S("name")), of("新增学位"));
    assert_null(o.changes);
    assert_int_equal(pl_service_overview(&d->cx, s, &office, second, 0, &o), PL_OK);
    assert_str(o.before_id, first);
    assert_int_equal(o.changes->n[PL_SHIFT_TIGHTENED], 2);
    assert_int_equal(o.changes->n[PL_SHIFT_NEW], 1);
    who = reporter_of(unit_named(d, s, "区教委"));
    assert_int_equal(pl_service_overview(&d->cx, s, &who, second, 0, &o), PL_OK);
    assert_int_equal(o.indicators, 1);
    assert_null(o.changes);
    assert_int_equal(pl_service_overview(&d->cx, s, &office, PL_S("none"), 0, &o),
                     PL_ENOTFOUND);
}
ON_BOTH(an_overview_sums_up_a_plan_and_compares_it_with_the_one_before)

static void a_failed_allocation_is_said(void **state)
{
    databases d;
    pl_store *s;
    pl_list_query q = {.resource = PL_RESOURCE_INDICATORS};

    (void)state;
    databases_begin(&d);
    s = make(&d, d.s[0]);
    q.key = import(&d, s, report).plan_id;
    for (size_t n = 0; n < 40; n += 3) {
        pl_ctx cx = test_ctx();
        pl_listing l;
        pl_status st;

        pl_arena_fail_after(cx.arena, n);
        st = pl_list(&cx, s, &office, &q, &l);
        assert_true(st == PL_OK || st == PL_ENOMEM);
        test_ctx_free(&cx);
    }
    databases_end(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(every_resource_can_be_listed),
        BOTH(a_row_of_indicators_says_what_is_known_of_it),
        BOTH(lists_are_filtered_sorted_and_paged),
        BOTH(who_is_cut_sees_the_rows_of_the_own_unit_only),
        BOTH(what_was_recorded_later_was_not_known_before),
        BOTH(words_are_found_wherever_they_stand),
        BOTH(an_overview_sums_up_a_plan_and_compares_it_with_the_one_before),
        cmocka_unit_test(a_failed_allocation_is_said),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
