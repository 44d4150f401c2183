#include "doc/layout_geom.h"

/* Numbers are cut to a million units of the document. */
#define MICRO_MAX ((pl_micro)1000000 * PL_MICRO)

const pl_matrix PL_MATRIX_ONE = {PL_MICRO, 0, 0, PL_MICRO, 0, 0};

static pl_um um_cut(int64_t v)
{
    if (v > PL_UM_MAX)
        return PL_UM_MAX;
    return v < -PL_UM_MAX ? -PL_UM_MAX : (pl_um)v;
}

static pl_micro micro_cut(pl_i128 v)
{
    if (v > MICRO_MAX)
        return MICRO_MAX;
    return v < -MICRO_MAX ? -MICRO_MAX : (pl_micro)v;
}

pl_box pl_box_join(pl_box a, pl_box b)
{
    return (pl_box){
        .x0 = a.x0 < b.x0 ? a.x0 : b.x0,
        .y0 = a.y0 < b.y0 ? a.y0 : b.y0,
        .x1 = a.x1 > b.x1 ? a.x1 : b.x1,
        .y1 = a.y1 > b.y1 ? a.y1 : b.y1,
    };
}

pl_um pl_box_mid_x(pl_box b)
{
    return b.x0 + (b.x1 - b.x0) / 2;
}

pl_um pl_box_mid_y(pl_box b)
{
    return b.y0 + (b.y1 - b.y0) / 2;
}

pl_um pl_um_shared(pl_um a0, pl_um a1, pl_um b0, pl_um b1)
{
    return (a1 < b1 ? a1 : b1) - (a0 > b0 ? a0 : b0);
}

/* Digits of the whole part and of the fraction, times 10^6; how many were there. */
static size_t digits_eat(pl_str *in, pl_micro *out)
{
    pl_micro v = 0, unit = PL_MICRO;
    size_t n = 0;

    for (; in->n && pl_is_digit(in->p[0]); n++) {
        if (v < MICRO_MAX)
            v = v * 10 + (pl_micro)(in->p[0] - '0') * PL_MICRO;
        *in = pl_str_tail(*in, 1);
    }
    if (in->n && in->p[0] == '.') {
        *in = pl_str_tail(*in, 1);
        for (; in->n && pl_is_digit(in->p[0]); n++) {
            unit /= 10;
            v += (in->p[0] - '0') * unit;
            *in = pl_str_tail(*in, 1);
        }
    }
    *out = v;
    return n;
}

/* `e-5`: an exponent, cut to two digits. */
static int exponent_eat(pl_str *in)
{
    pl_str s = *in;
    int v = 0;
    bool minus;

    if (!pl_str_eat(&s, PL_S("e")) && !pl_str_eat(&s, PL_S("E")))
        return 0;
    minus = pl_str_eat(&s, PL_S("-"));
    if (!minus)
        (void)pl_str_eat(&s, PL_S("+"));
    if (!s.n || !pl_is_digit(s.p[0]))
        return 0;
    for (; s.n && pl_is_digit(s.p[0]); s = pl_str_tail(s, 1))
        if (v < 20)
            v = v * 10 + (s.p[0] - '0');
    *in = s;
    return minus ? -v : v;
}

bool pl_micro_eat(pl_str *in, pl_micro *out)
{
    pl_str s = *in;
    pl_micro v;
    int e;
    bool minus;

    while (s.n && (pl_is_space(s.p[0]) || s.p[0] == ','))
        s = pl_str_tail(s, 1);
    minus = pl_str_eat(&s, PL_S("-"));
    if (!minus)
        (void)pl_str_eat(&s, PL_S("+"));
    if (digits_eat(&s, &v) == 0)
        return false;
    for (e = exponent_eat(&s); e > 0; e--)
        v = micro_cut((pl_i128)v * 10);
    for (; e < 0; e++)
        v /= 10;
    v = micro_cut(v);
    *out = minus ? -v : v;
    *in = s;
    return true;
}

size_t pl_micro_list(pl_str s, pl_micro *out, size_t max)
{
    size_t n = 0;

    while (n < max && pl_micro_eat(&s, &out[n]))
        n++;
    return n;
}

pl_um pl_um_of_mm(pl_micro mm)
{
    return um_cut((mm + (mm < 0 ? -500 : 500)) / 1000);
}

pl_um pl_um_of_pt(pl_micro pt)
{
    pl_i128 v = (pl_i128)pt * 127;

    return um_cut((int64_t)((v + (v < 0 ? -180000 : 180000)) / 360000));
}

static pl_micro times(pl_micro a, pl_micro b, pl_micro c, pl_micro d)
{
    return micro_cut(((pl_i128)a * b + (pl_i128)c * d) / PL_MICRO);
}

pl_matrix pl_matrix_mul(pl_matrix in, pl_matrix out)
{
    return (pl_matrix){
        .a = times(in.a, out.a, in.b, out.c),
        .b = times(in.a, out.b, in.b, out.d),
        .c = times(in.c, out.a, in.d, out.c),
        .d = times(in.c, out.b, in.d, out.d),
        .e = micro_cut((pl_i128)times(in.e, out.a, in.f, out.c) + out.e),
        .f = micro_cut((pl_i128)times(in.e, out.b, in.f, out.d) + out.f),
    };
}

void pl_matrix_apply(const pl_matrix *m, pl_micro *x, pl_micro *y)
{
    pl_micro px = *x, py = *y;

    *x = micro_cut((pl_i128)times(px, m->a, py, m->c) + m->e);
    *y = micro_cut((pl_i128)times(px, m->b, py, m->d) + m->f);
}

/* Within about one degree: scans set straight, not slanted watermarks. */
bool pl_matrix_level(const pl_matrix *m)
{
    pl_micro b = m->b < 0 ? -m->b : m->b;

    return m->a > 0 && b <= m->a / 50;
}
