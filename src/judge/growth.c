#include "judge/growth.h"

#define ONE  INT64_C(1000000000000)
#define MOST (ONE * 1000000)

enum { DIGITS = 12 };

static bool fits(pl_i128 v, pl_factor *out)
{
    if (v < 0 || v > MOST)
        return false;
    *out = (pl_factor)v;
    return true;
}

bool pl_factor_of(pl_dec percent, pl_factor *out)
{
    pl_i128 v = percent.coef;

    if (v > MOST || v < -MOST) /* in units of the last digit: out of range anyway */
        return false;
    for (int i = percent.scale; i < DIGITS - 2; i++)
        v *= 10;
    return fits(ONE + v, out);
}

bool pl_factor_mul(pl_factor a, pl_factor b, pl_factor *out)
{
    return fits(((pl_i128)a * b + ONE / 2) / ONE, out);
}

bool pl_factor_div(pl_factor a, pl_factor b, pl_factor *out)
{
    return b > 0 && fits(((pl_i128)a * ONE + b / 2) / b, out);
}

bool pl_factor_power(pl_factor a, int n, pl_factor *out)
{
    pl_factor v = ONE;

    for (int i = 0; i < n; i++)
        if (!pl_factor_mul(v, a, &v))
            return false;
    *out = v;
    return true;
}

/* By halving the interval: as many steps as MOST has binary digits. */
bool pl_factor_root(pl_factor a, int n, pl_factor *out)
{
    pl_factor lo = 0, hi = a > ONE ? a : ONE, power;

    if (a < 0 || a > MOST || n < 1)
        return false;
    if (a == 0)
        hi = 0;
    while (hi - lo > 1) {
        pl_factor mid = lo + (hi - lo) / 2;

        if (pl_factor_power(mid, n, &power) && power <= a)
            lo = mid;
        else
            hi = mid;
    }
    *out = pl_factor_power(hi, n, &power) && power <= a ? hi : lo;
    return true;
}

pl_dec pl_factor_percent(pl_factor a, int scale)
{
    int64_t v = a - ONE, unit = 1;

    for (int i = scale; i < DIGITS - 2; i++)
        unit *= 10;
    v = (v < 0 ? v - unit / 2 : v + unit / 2) / unit;
    return pl_dec_trim((pl_dec){v, scale});
}
