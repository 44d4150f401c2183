#include "text/dec.h"

/* Invariant: every result has |coef| <= INT64_MAX, so that it can be negated. */

static const int64_t power[] = {1,
                                10,
                                100,
                                1000,
                                10000,
                                100000,
                                1000000,
                                10000000,
                                100000000,
                                1000000000,
                                10000000000,
                                100000000000,
                                1000000000000,
                                10000000000000,
                                100000000000000,
                                1000000000000000,
                                10000000000000000,
                                100000000000000000,
                                1000000000000000000};

enum { POWER_MAX = (int)PL_COUNT(power) - 1 };

/* v / 10^scale with the shortest exact scale; false when it does not fit. 128 bits are
 * divided only where v needs them: that is a call, and slow. */
static bool fit(pl_i128 v, int scale, pl_dec *out)
{
    while (scale > 0 && (v > INT64_MAX || v < -INT64_MAX) && v % 10 == 0) {
        v /= 10;
        scale--;
    }
    if (v > INT64_MAX || v < -INT64_MAX)
        return false;
    pl_dec d = pl_dec_trim((pl_dec){(int64_t)v, scale});
    if (d.scale > PL_DEC_MAX_SCALE)
        return false;
    *out = d;
    return true;
}

/* a's coefficient at `scale`, which is at least a's own and at most 9 more. */
static pl_i128 coef_at(pl_dec a, int scale)
{
    return (pl_i128)a.coef * power[scale - a.scale];
}

static int scale_of_both(pl_dec a, pl_dec b)
{
    return a.scale > b.scale ? a.scale : b.scale;
}

/* Digits at the start of *in, appended to *coef; how many, or -1 on overflow. */
static int digits_eat(pl_str *in, int64_t *coef)
{
    int n = 0;

    for (; in->n && pl_is_digit(in->p[0]); n++) {
        if (__builtin_mul_overflow(*coef, 10, coef) ||
            __builtin_add_overflow(*coef, in->p[0] - '0', coef))
            return -1;
        *in = pl_str_tail(*in, 1);
    }
    return n;
}

bool pl_dec_from(pl_str s, pl_dec *out)
{
    bool minus = pl_str_eat(&s, PL_S("-"));
    int64_t coef = 0;
    int scale = 0;

    if (digits_eat(&s, &coef) < 1)
        return false;
    if (pl_str_eat(&s, PL_S("."))) {
        if (s.n > PL_DEC_MAX_SCALE)
            return false;
        scale = digits_eat(&s, &coef);
        if (scale < 1)
            return false;
    }
    if (s.n)
        return false;
    *out = (pl_dec){minus ? -coef : coef, scale};
    return true;
}

/* All written digits into out, from the back; the number of bytes. */
static size_t dec_write(pl_dec d, char out[24])
{
    char back[24];
    size_t n = 0;
    uint64_t v = d.coef < 0 ? 0 - (uint64_t)d.coef : (uint64_t)d.coef;

    for (int i = 0; v > 0 || i <= d.scale; i++) {
        if (i == d.scale && i > 0)
            back[n++] = '.';
        back[n++] = (char)('0' + v % 10);
        v /= 10;
    }
    if (d.coef < 0)
        back[n++] = '-';
    for (size_t i = 0; i < n; i++)
        out[i] = back[n - 1 - i];
    return n;
}

void pl_dec_put_all(pl_buf *b, pl_dec d)
{
    char text[24];

    pl_buf_put(b, (pl_str){text, dec_write(d, text)});
}

void pl_dec_put(pl_buf *b, pl_dec d)
{
    pl_dec_put_all(b, pl_dec_trim(d));
}

const char *pl_dec_text(pl_dec d, char out[24])
{
    out[dec_write(pl_dec_trim(d), out)] = '\0';
    return out;
}

int pl_dec_cmp(pl_dec a, pl_dec b)
{
    int scale = scale_of_both(a, b);
    pl_i128 x = coef_at(a, scale), y = coef_at(b, scale);

    return (x > y) - (x < y);
}

int pl_dec_sign(pl_dec a)
{
    return (a.coef > 0) - (a.coef < 0);
}

pl_dec pl_dec_neg(pl_dec a)
{
    return (pl_dec){a.coef == INT64_MIN ? INT64_MAX : -a.coef, a.scale};
}

pl_dec pl_dec_abs(pl_dec a)
{
    return a.coef < 0 ? pl_dec_neg(a) : a;
}

bool pl_dec_add(pl_dec a, pl_dec b, pl_dec *out)
{
    int scale = scale_of_both(a, b);

    return fit(coef_at(a, scale) + coef_at(b, scale), scale, out);
}

bool pl_dec_sub(pl_dec a, pl_dec b, pl_dec *out)
{
    int scale = scale_of_both(a, b);

    return fit(coef_at(a, scale) - coef_at(b, scale), scale, out);
}

bool pl_dec_mul(pl_dec a, pl_dec b, pl_dec *out)
{
    return fit((pl_i128)a.coef * b.coef, a.scale + b.scale, out);
}

/* n / d, d > 0, rounded. */
static pl_i128 divide(pl_i128 n, pl_i128 d, pl_rounding how)
{
    pl_i128 q = n / d, r = n % d;
    pl_i128 twice = (r < 0 ? -r : r) * 2;
    bool away = false;

    switch (how) {
    case PL_ROUND_HALF_UP:
        away = twice >= d;
        break;
    case PL_ROUND_HALF_EVEN:
        away = twice > d || (twice == d && q % 2 != 0);
        break;
    case PL_ROUND_DOWN:
        break;
    }
    return away ? q + (n < 0 ? -1 : 1) : q;
}

bool pl_dec_div(pl_dec a, pl_dec b, int scale, pl_dec *out)
{
    pl_i128 n = a.coef, d = b.coef;
    int up = scale + b.scale - a.scale; /* -9 .. 18 */

    if (d == 0 || scale < 0 || scale > PL_DEC_MAX_SCALE)
        return false;
    if (d < 0) {
        n = -n;
        d = -d;
    }
    if (up >= 0)
        n *= power[up];
    else
        d *= power[-up];
    return fit(divide(n, d, PL_ROUND_HALF_UP), scale, out);
}

bool pl_dec_shift(pl_dec a, int n, pl_dec *out)
{
    pl_i128 v = a.coef;
    int scale;

    if (v == 0)
        return fit(0, 0, out);
    if (n > POWER_MAX + PL_DEC_MAX_SCALE || n < -POWER_MAX - PL_DEC_MAX_SCALE)
        return false;
    scale = a.scale - n;
    if (scale < -POWER_MAX)
        return false;
    if (scale < 0) {
        v *= power[-scale];
        scale = 0;
    }
    return fit(v, scale, out);
}

pl_dec pl_dec_trim(pl_dec a)
{
    while (a.scale > 0 && a.coef % 10 == 0) {
        a.coef /= 10;
        a.scale--;
    }
    return a;
}

pl_dec pl_dec_round(pl_dec a, int scale, pl_rounding how)
{
    if (scale < 0)
        scale = 0;
    if (scale >= a.scale)
        return a;
    return (pl_dec){(int64_t)divide(a.coef, power[a.scale - scale], how), scale};
}
