#include "unit.h"

#include "text/year.h"

static void periods_are_read_at_the_start(void **state)
{
    static const struct {
        const char *text;
        int now, first, year;
        size_t n; /* 0: none */
    } row[] = {
        {"2022年目标值", 0, 2022, 2022, 7},
        {"2022年度目标", 0, 2022, 2022, 10},
        {"2022目标值", 0, 2022, 2022, 4},
        {"二〇二六年一月", 0, 2026, 2026, 15},
        {"二○二六年", 0, 2026, 2026, 15},
        {"2021-2025年", 0, 2021, 2025, 12},
        {"2021年至2025年", 0, 2021, 2025, 17},
        {"2021~2025年", 0, 2021, 2025, 12},
        {"2021-2025", 0, 2021, 2025, 9},
        {"十四五规划", 0, 2021, 2025, 15},
        {"“十四五”规划目标值", 0, 2021, 2025, 21},
        {"十三五末", 0, 2020, 2020, 12},
        {"“十五五”时期", 0, 2026, 2030, 21},
        {"十五规划", 0, 2001, 2005, 12},
        {"第十四个五年规划", 0, 2021, 2025, 24},
        {"“一五”", 0, 1953, 1957, 12},
        {"“三五”", 0, 1966, 1970, 12},
        {"今年", 2023, 2023, 2023, 6},
        {"去年同期", 2023, 2022, 2022, 6},
        {"上一年", 2023, 2022, 2022, 9},
        {"by 2030", 0, 2030, 2030, 7},
        {"FY2025", 0, 2025, 2025, 6},
        {"今年", 0, 0, 0, 0},
        {"2000", 0, 0, 0, 0},
        {"2022个", 0, 0, 0, 0},
        {"20225年", 0, 0, 0, 0},
        {"1022年", 0, 0, 0, 0},
        {"十五个", 0, 0, 0, 0},
        {"三五成群", 0, 0, 0, 0},
        {"五年累计", 0, 0, 0, 0},
        {"", 0, 0, 0, 0},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(row); i++) {
        pl_period p = pl_period_at(of(row[i].text), row[i].now);

        if (p.n != row[i].n || p.year != row[i].year || p.first != row[i].first)
            fail_msg("%s: %d-%d in %zu bytes", row[i].text, p.first, p.year, p.n);
    }
}

static void periods_are_found_inside(void **state)
{
    size_t at = 0;
    pl_str s = of("到2035年达到37,比2022年高12022年不是");
    pl_period p = pl_period_in(s, 0, 0, &at);

    (void)state;
    assert_int_equal(p.year, 2035);
    assert_int_equal(at, 3);
    p = pl_period_in(s, at + p.n, 0, &at);
    assert_int_equal(p.year, 2022);
    p = pl_period_in(s, at + p.n, 0, &at);
    assert_int_equal(p.n, 0);
    p = pl_period_in(of("target by 2030"), 0, 0, &at);
    assert_int_equal(p.year, 2030);
    p = pl_period_in(of("力争本年完成"), 0, 2024, &at);
    assert_int_equal(p.year, 2024);
    assert_int_equal(pl_period_in(of("1.2022年"), 0, 0, &at).n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(periods_are_read_at_the_start),
        cmocka_unit_test(periods_are_found_inside),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
