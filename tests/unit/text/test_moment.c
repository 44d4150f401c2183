/* Moments: RFC 3339 to seconds and back. */
#include "text/moment.h"
#include "unit.h"

static void moments_are_read(void **state)
{
    static const struct {
        const char *text;
        int64_t s;
    } rows[] = {
        {"1970-01-01T00:00:00Z", 0},
        {"1970-01-02", 86400},
        {"2000-02-29T12:00:00Z", 951825600},
        {"2023-01-31T08:00:00+08:00", 1675123200},
        {"2023-01-30T19:30:00-04:30", 1675123200},
        {"2023-01-31t00:00:00.123456z", 1675123200},
        {"2023-01-31 00:00:00Z", 1675123200},
        {"9999-12-31T23:59:59Z", 253402300799},
    };
    int64_t s;

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        s = -1;
        if (!pl_moment_parse(of(rows[i].text), &s) || s != rows[i].s)
            fail_msg("%s: %lld", rows[i].text, (long long)s);
    }
}

static void what_is_no_moment_is_refused(void **state)
{
    static const char *const rows[] = {"",
                                       "2023",
                                       "2023-02-29",
                                       "2023-04-31",
                                       "2023-13-01",
                                       "2023-00-01",
                                       "1969-12-31",
                                       "2023-01-31T",
                                       "2023-01-31T08:00:00",
                                       "2023-01-31T24:00:00Z",
                                       "2023-01-31T08:00:00.Z",
                                       "2023-01-31T08:00:00+8:00",
                                       "2023-01-31T08:00:00Zx",
                                       "2023-01-31x"};
    int64_t s = 7;

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++)
        if (pl_moment_parse(of(rows[i]), &s))
            fail_msg("%s was taken", rows[i]);
    assert_int_equal(s, 7);
}

static void what_is_written_reads_back(void **state)
{
    (void)state;
    for (int64_t s = 0; s < 253402300799; s += 86399 * 977 + 13) {
        int64_t back = -1;
        pl_buf b;

        pl_buf_init(&b, 64);
        pl_moment_put(&b, s);
        assert_true(pl_moment_parse(pl_buf_str(&b), &back));
        assert_int_equal(back, s);
        pl_buf_release(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moments_are_read),
        cmocka_unit_test(what_is_no_moment_is_refused),
        cmocka_unit_test(what_is_written_reads_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
