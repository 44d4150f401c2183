#include "text/moment.h"

enum { DAY_S = 86400, ERA_DAYS = 146097 /* of 400 years */ };

/* Days from 1970-01-01 to a day of the Gregorian calendar and back, after H. Hinnant,
 * "chrono-compatible low-level date algorithms": years begin in March, so that the leap
 * day ends them. y >= 1970. */
static int64_t days_of(int64_t y, int64_t m, int64_t d)
{
    int64_t era, of_era, of_year;

    y -= m <= 2;
    era = y / 400;
    of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    of_era =
        (y - era * 400) * 365 + (y - era * 400) / 4 - (y - era * 400) / 100 + of_year;
    return era * ERA_DAYS + of_era - 719468;
}

static void day_of(int64_t days, int64_t *y, int64_t *m, int64_t *d)
{
    int64_t z = days + 719468, era = z / ERA_DAYS, of_era = z - era * ERA_DAYS;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;

    *d = of_year - (153 * month + 2) / 5 + 1;
    *m = month < 10 ? month + 3 : month - 9;
    *y = year + era * 400 + (*m <= 2);
}

/* n digits, within [least, most]. */
static bool eat(pl_str *s, size_t n, int64_t least, int64_t most, int64_t *out)
{
    int64_t v = 0;

    if (s->n < n)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!pl_is_digit(s->p[i]))
            return false;
        v = v * 10 + (s->p[i] - '0');
    }
    *s = pl_str_tail(*s, n);
    *out = v;
    return v >= least && v <= most;
}

static bool eat_day(pl_str *s, int64_t *days)
{
    int64_t y, m, d, y2, m2, d2;

    if (!eat(s, 4, 1970, 9999, &y) || !pl_str_eat(s, PL_S("-")) ||
        !eat(s, 2, 1, 12, &m) || !pl_str_eat(s, PL_S("-")) || !eat(s, 2, 1, 31, &d))
        return false;
    *days = days_of(y, m, d);
    day_of(*days, &y2, &m2, &d2);
    return y2 == y && m2 == m && d2 == d; /* 31 April is 1 May */
}

static bool eat_clock(pl_str *s, int64_t *seconds)
{
    int64_t h, m, sec;

    if (!eat(s, 2, 0, 23, &h) || !pl_str_eat(s, PL_S(":")) || !eat(s, 2, 0, 59, &m) ||
        !pl_str_eat(s, PL_S(":")) || !eat(s, 2, 0, 60, &sec)) /* 60: a leap second */
        return false;
    *seconds = h * 3600 + m * 60 + sec;
    if (!pl_str_eat(s, PL_S(".")))
        return true;
    if (s->n == 0 || !pl_is_digit(s->p[0]))
        return false;
    while (s->n && pl_is_digit(s->p[0]))
        *s = pl_str_tail(*s, 1);
    return true;
}

static bool eat_zone(pl_str *s, int64_t *seconds)
{
    bool west = pl_str_starts(*s, PL_S("-"));
    int64_t h, m;

    *seconds = 0;
    if (pl_str_eat(s, PL_S("Z")) || pl_str_eat(s, PL_S("z")))
        return true;
    if (!pl_str_eat(s, PL_S("+")) && !pl_str_eat(s, PL_S("-")))
        return false;
    if (!eat(s, 2, 0, 23, &h) || !pl_str_eat(s, PL_S(":")) || !eat(s, 2, 0, 59, &m))
        return false;
    *seconds = (h * 3600 + m * 60) * (west ? -1 : 1);
    return true;
}

bool pl_moment_parse(pl_str s, int64_t *out)
{
    int64_t days, clock = 0, zone = 0;

    if (!eat_day(&s, &days))
        return false;
    if (s.n && ((!pl_str_eat(&s, PL_S("T")) && !pl_str_eat(&s, PL_S("t")) &&
                 !pl_str_eat(&s, PL_S(" "))) ||
                !eat_clock(&s, &clock) || !eat_zone(&s, &zone) || s.n))
        return false;
    *out = days * DAY_S + clock - zone;
    return true;
}

void pl_moment_put(pl_buf *b, int64_t s)
{
    int64_t y, m, d, day = s / DAY_S, rest = s % DAY_S;

    day_of(day, &y, &m, &d);
    pl_buf_putf(b, "%04d-%02d-%02dT%02d:%02d:%02dZ", (int)y, (int)m, (int)d,
                (int)(rest / 3600), (int)(rest / 60 % 60), (int)(rest % 60));
}
