#include "unit.h"

#include "text/dec.h"

static pl_dec dec(const char *text)
{
    pl_dec d = {0};

    if (!pl_dec_from(of(text), &d))
        fail_msg("'%s' is no decimal", text);
    return d;
}

static void decimals_keep_what_was_written(void **state)
{
    static const struct {
        const char *text;
        int64_t coef;
        int scale;
        const char *shortest;
    } row[] = {
        {"0", 0, 0, "0"},
        {"-0", 0, 0, "0"},
        {"007", 7, 0, "7"},
        {"312.6", 3126, 1, "312.6"},
        {"312.60", 31260, 2, "312.6"},
        {"-0.05", -5, 2, "-0.05"},
        {"0.000000001", 1, 9, "0.000000001"}, /* */
        {"9223372036854775807", INT64_MAX, 0, "9223372036854775807"},
        {"-9223372036.854775807", -INT64_MAX, 9, "-9223372036.854775807"},
    };
    char text[24];

    (void)state;
    for (size_t i = 0; i < PL_COUNT(row); i++) {
        pl_dec d = dec(row[i].text);

        assert_int_equal(d.coef, row[i].coef);
        assert_int_equal(d.scale, row[i].scale);
        assert_string_equal(pl_dec_text(d, text), row[i].shortest);
    }
}

static void other_forms_are_no_decimals(void **state)
{
    static const char *const bad[] = {
        "",
        "-",
        ".5",
        "5.",
        "+5",
        "1,000",
        "1e3",
        "5 ",
        "--5",
        "1.2.3",
        "五",
        "9223372036854775808",
        "0.0000000001",
    };
    pl_dec d = {42, 7};

    (void)state;
    for (size_t i = 0; i < PL_COUNT(bad); i++) {
        assert_false(pl_dec_from(of(bad[i]), &d));
        assert_int_equal(d.coef, 42);
    }
}

static void all_written_digits_can_be_printed(void **state)
{
    pl_buf b;

    (void)state;
    pl_buf_init(&b, 100);
    pl_dec_put_all(&b, dec("312.60"));
    pl_buf_putc(&b, ' ');
    pl_dec_put(&b, dec("312.60"));
    pl_buf_putc(&b, ' ');
    pl_dec_put_all(&b, dec("-0.00"));
    assert_str(pl_buf_str(&b), of("312.60 312.6 0.00"));
    pl_buf_release(&b);
}

/* op: + - * / (to 4 digits), < = > for order, s (shift by b) */
static const struct {
    const char *a;
    char op;
    const char *b, *want; /* want NULL: does not fit */
} sums[] = {
    {"1.5", '+', "2.50", "4"},
    {"0.1", '+', "0.2", "0.3"},
    {"9223372036854775807", '+', "1", NULL},
    {"9223372036854775807", '+', "-1", "9223372036854775806"},
    {"9223372036854775807", '+', "0.1", NULL},
    {"-9223372036854775807", '-', "1", NULL},
    {"100", '-', "99.99", "0.01"},
    {"1.1", '*', "10000", "11000"},
    {"0.00001", '*', "0.00001", NULL}, /* ten digits after the point */
    {"0.00005", '*', "0.00002", "0.000000001"},
    {"4294967296", '*', "4294967296", NULL},
    {"1", '/', "3", "0.3333"},
    {"2", '/', "-3", "-0.6667"},
    {"1", '/', "8", "0.125"},
    {"0.00005", '/', "1", "0.0001"},
    {"1", '/', "0", NULL},
    {"9223372036854775807", '/', "0.000000001", NULL},
    {"4", 's', "4", "40000"},
    {"4", 's', "-4", "0.0004"},
    {"400", 's', "-11", "0.000000004"},
    {"4", 's', "-10", NULL},
    {"4", 's', "18", "4000000000000000000"},
    {"4", 's', "19", NULL},
    {"0", 's', "2000000000", "0"},
    {"1", 's', "-2000000000", NULL},
    {"312.6", '<', "313.2", "0"},
    {"312.60", '=', "312.6", "0"},
    {"9223372036854775807", '>', "9223372036.854775807", "0"},
    {"-0.1", '<', "0", "0"},
};

static bool calculate(pl_dec a, char op, pl_dec b, pl_dec *out)
{
    switch (op) {
    case '+':
        return pl_dec_add(a, b, out);
    case '-':
        return pl_dec_sub(a, b, out);
    case '*':
        return pl_dec_mul(a, b, out);
    case '/':
        return pl_dec_div(a, b, 4, out);
    case 's':
        return pl_dec_shift(a, (int)b.coef, out);
    default:
        *out = PL_DEC_INT(pl_dec_cmp(a, b) + '=' - op);
        return true;
    }
}

static void calculations_are_exact_or_refused(void **state)
{
    char text[24];

    (void)state;
    for (size_t i = 0; i < PL_COUNT(sums); i++) {
        pl_dec got = {-1, 3};
        bool fits = calculate(dec(sums[i].a), sums[i].op, dec(sums[i].b), &got);

        if (fits != (sums[i].want != NULL) ||
            (fits && strcmp(pl_dec_text(got, text), sums[i].want) != 0))
            fail_msg("%s %c %s: %s", sums[i].a, sums[i].op, sums[i].b,
                     fits ? pl_dec_text(got, text) : "refused");
        if (!fits)
            assert_int_equal(got.coef, -1);
    }
}

static void rounding_follows_its_rule(void **state)
{
    static const struct {
        const char *a;
        int scale;
        pl_rounding how;
        const char *want;
    } row[] = {
        {"2.5", 0, PL_ROUND_HALF_UP, "3"},       {"-2.5", 0, PL_ROUND_HALF_UP, "-3"},
        {"2.5", 0, PL_ROUND_HALF_EVEN, "2"}, /* GB/T 8170-2008, 3.2 */
        {"3.5", 0, PL_ROUND_HALF_EVEN, "4"},     {"2.51", 0, PL_ROUND_HALF_EVEN, "3"},
        {"2.99", 1, PL_ROUND_DOWN, "2.9"},       {"-2.99", 0, PL_ROUND_DOWN, "-2"},
        {"23.183", 1, PL_ROUND_HALF_UP, "23.2"}, {"9.95", 1, PL_ROUND_HALF_UP, "10"},
        {"7", 3, PL_ROUND_HALF_UP, "7"},         {"7.6", -1, PL_ROUND_HALF_UP, "8"},
    };
    char text[24];

    (void)state;
    for (size_t i = 0; i < PL_COUNT(row); i++)
        assert_string_equal(
            pl_dec_text(pl_dec_round(dec(row[i].a), row[i].scale, row[i].how), text),
            row[i].want);
}

static void signs_turn_round_and_never_overflow(void **state)
{
    (void)state;
    assert_int_equal(pl_dec_sign(dec("-0.1")), -1);
    assert_int_equal(pl_dec_sign(dec("0.0")), 0);
    assert_int_equal(pl_dec_abs(dec("-7")).coef, 7);
    assert_int_equal(pl_dec_neg(dec("7")).coef, -7);
    assert_int_equal(pl_dec_neg(PL_DEC_INT(INT64_MIN)).coef, INT64_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimals_keep_what_was_written),
        cmocka_unit_test(other_forms_are_no_decimals),
        cmocka_unit_test(all_written_digits_can_be_printed),
        cmocka_unit_test(calculations_are_exact_or_refused),
        cmocka_unit_test(rounding_follows_its_rule),
        cmocka_unit_test(signs_turn_round_and_never_overflow),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
