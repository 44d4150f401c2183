#include "unit.h"

#include "judge/interval.h"

enum { OPEN = 1, ENDLESS = 2 };

typedef struct shape {
    int lo, lo_kind, hi, hi_kind;
} shape;

static pl_interval interval(shape s)
{
    return (pl_interval){
        {PL_DEC_INT(s.lo), s.lo_kind == OPEN, s.lo_kind == ENDLESS},
        {PL_DEC_INT(s.hi), s.hi_kind == OPEN, s.hi_kind == ENDLESS},
    };
}

static const shape all = {0, ENDLESS, 0, ENDLESS};

static void inside_and_apart_look_at_both_ends(void **state)
{
    static const struct {
        shape a, b;
        bool inside, apart;
    } row[] = {
        {{3, 0, 3, 0}, {3, 0, 5, 0}, true, false},
        {{3, 0, 3, 0}, {3, OPEN, 5, 0}, false, true},
        {{5, 0, 5, 0}, {3, 0, 5, OPEN}, false, true},
        {{3, OPEN, 5, 0}, {3, OPEN, 5, 0}, true, false},
        {{3, 0, 5, 0}, {3, OPEN, 5, 0}, false, false},
        {{3, 0, 0, ENDLESS}, {3, 0, 0, ENDLESS}, true, false},
        {{3, 0, 0, ENDLESS}, {3, OPEN, 0, ENDLESS}, false, false},
        {{3, 0, 0, ENDLESS}, {0, ENDLESS, 3, 0}, false, false},
        {{3, 0, 0, ENDLESS}, {0, ENDLESS, 3, OPEN}, false, true},
        {{3, 0, 4, 0}, {0, ENDLESS, 0, ENDLESS}, true, false},
        {{0, ENDLESS, 0, ENDLESS}, {3, 0, 4, 0}, false, false},
        {{1, 0, 2, 0}, {3, 0, 4, 0}, false, true},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(row); i++) {
        pl_interval a = interval(row[i].a), b = interval(row[i].b);

        if (pl_interval_inside(&a, &b) != row[i].inside)
            fail_msg("row %zu: inside", i);
        if (pl_interval_apart(&a, &b) != row[i].apart ||
            pl_interval_apart(&b, &a) != row[i].apart)
            fail_msg("row %zu: apart", i);
    }
}

static void the_gap_has_the_sign_of_the_side(void **state)
{
    pl_interval a = interval((shape){8, 0, 9, 0});
    pl_interval b = interval((shape){14, 0, 0, ENDLESS});
    pl_dec gap;

    (void)state;
    assert_true(pl_interval_gap(&a, &b, &gap));
    assert_int_equal(pl_dec_cmp(gap, PL_DEC_INT(-5)), 0);
    assert_true(pl_interval_gap(&b, &a, &gap));
    assert_int_equal(pl_dec_cmp(gap, PL_DEC_INT(5)), 0);
}

static void sums_and_products_keep_open_and_endless_ends(void **state)
{
    pl_interval a = interval((shape){2, OPEN, 3, 0}), out;
    pl_interval b = interval((shape){5, 0, 0, ENDLESS});
    pl_interval below = interval((shape){-1, 0, 3, 0});

    (void)state;
    assert_true(pl_interval_add(a, b, &out));
    assert_int_equal(pl_dec_cmp(out.lo.at, PL_DEC_INT(7)), 0);
    assert_true(out.lo.open && out.hi.endless);
    assert_true(pl_interval_mul(a, b, &out));
    assert_int_equal(pl_dec_cmp(out.lo.at, PL_DEC_INT(10)), 0);
    assert_true(out.lo.open && out.hi.endless);
    assert_false(pl_interval_mul(a, below, &out));
    assert_false(pl_interval_mul(interval(all), a, &out));
}

static void ends_that_do_not_fit_are_refused(void **state)
{
    pl_interval most = pl_interval_point((pl_dec){INT64_MAX, 0}), out = most;

    (void)state;
    assert_false(pl_interval_add(most, most, &out));
    assert_false(pl_interval_mul(most, most, &out));
    assert_int_equal(pl_dec_cmp(out.lo.at, most.lo.at), 0);
}

static void a_negated_interval_is_turned_around(void **state)
{
    pl_interval a = pl_interval_neg(interval((shape){2, OPEN, 0, ENDLESS}));

    (void)state;
    assert_true(a.lo.endless && a.hi.open);
    assert_int_equal(pl_dec_cmp(a.hi.at, PL_DEC_INT(-2)), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inside_and_apart_look_at_both_ends),
        cmocka_unit_test(the_gap_has_the_sign_of_the_side),
        cmocka_unit_test(sums_and_products_keep_open_and_endless_ends),
        cmocka_unit_test(ends_that_do_not_fit_are_refused),
        cmocka_unit_test(a_negated_interval_is_turned_around),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
