#include "doc/xlsx_internal.h"

enum { EXPONENT_MAX = 400 }; /* beyond what a double holds */

static void trim_zeros(xlsx_number *x)
{
    int lead = 0;

    while (lead < x->n && x->d[lead] == '0')
        lead++;
    memmove(x->d, x->d + lead, (size_t)(x->n - lead));
    x->n -= lead;
    x->point -= lead;
    while (x->n > 0 && x->d[x->n - 1] == '0')
        x->n--;
    if (x->n == 0)
        x->point = 0;
}

/* Cut after the first `keep` digits, rounding half up. */
static void cut(xlsx_number *x, int keep)
{
    bool up;

    if (keep >= x->n)
        return;
    up = keep >= 0 && x->d[keep] >= '5';
    x->n = keep > 0 ? keep : 0;
    for (int i = x->n - 1; up && i >= 0; i--) {
        up = x->d[i] == '9';
        x->d[i] = (char)(up ? '0' : x->d[i] + 1);
    }
    if (up) { /* 9.99 -> 10 */
        memmove(x->d + 1, x->d, (size_t)x->n);
        x->d[0] = '1';
        x->n++;
        x->point++;
    }
    trim_zeros(x);
}

void xlsx_number_round(xlsx_number *x, int places)
{
    cut(x, x->point + places);
}

/* Digits of *s, after a point or before it. */
static size_t digits_read(pl_str *s, bool after, xlsx_number *x)
{
    size_t n = 0;

    for (; n < s->n && pl_is_digit(s->p[n]); n++) {
        if (x->n == 0 && s->p[n] == '0')
            x->point -= after; /* a zero in front counts only for the place */
        else {
            x->point += !after;
            if (x->n < (int)sizeof x->d - 1)
                x->d[x->n++] = s->p[n];
        }
    }
    *s = pl_str_tail(*s, n);
    return n;
}

static bool exponent_read(pl_str *s, xlsx_number *x)
{
    int64_t e;

    if (s->n == 0)
        return true;
    if (s->p[0] != 'e' && s->p[0] != 'E')
        return false;
    e = pl_xml_int(pl_str_tail(*s, 1), INT64_MAX);
    if (e < -EXPONENT_MAX || e > EXPONENT_MAX)
        return false;
    x->point += (int)e;
    return true;
}

bool xlsx_number_read(pl_str s, xlsx_number *out)
{
    xlsx_number x = {.minus = pl_str_starts(s, PL_S("-"))};
    size_t n;

    if (s.n > 400)
        return false;
    if (x.minus || pl_str_starts(s, PL_S("+")))
        s = pl_str_tail(s, 1);
    n = digits_read(&s, false, &x);
    if (pl_str_eat(&s, PL_S(".")))
        n += digits_read(&s, true, &x);
    if (n == 0 || !exponent_read(&s, &x))
        return false;
    cut(&x, XLSX_DIGITS);
    trim_zeros(&x);
    *out = x;
    return true;
}

char xlsx_number_digit(const xlsx_number *x, int position)
{
    int i = x->point - 1 - position;

    return (char)(i >= 0 && i < x->n ? x->d[i] : '0');
}

static int cmp_size(const xlsx_number *a, const xlsx_number *b)
{
    pl_str x = {a->d, (size_t)a->n}, y = {b->d, (size_t)b->n};

    if (a->n == 0 || b->n == 0)
        return (a->n > 0) - (b->n > 0);
    if (a->point != b->point)
        return a->point < b->point ? -1 : 1;
    return pl_str_cmp(x, y);
}

int xlsx_number_cmp(const xlsx_number *a, const xlsx_number *b)
{
    bool below_a = a->minus && a->n > 0, below_b = b->minus && b->n > 0;

    if (below_a != below_b)
        return below_a ? -1 : 1;
    return below_a ? cmp_size(b, a) : cmp_size(a, b);
}
