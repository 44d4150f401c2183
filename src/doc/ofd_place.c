/* Characters of a TextCode to runs: GB/T 33190-2016, 11.3.
 *
 * DeltaX[i] is the way from character i to i + 1. `g 4 5.6` stands for 5.6 four times.
 * Without deltas characters stand at their own width (an em for ideographs, half an em
 * for others), as every viewer draws them. Line ends inside a text are no characters. */
#include "doc/layout_internal.h"
#include "doc/ofd_internal.h"
#include "text/utf8.h"

enum {
    BLANK_PART = 120, /* the same where a space is written between them */
    GAP_PART = 50,    /* percent of the size: a wider gap between characters ends a run */
    ASCENT_PART = 86  /* percent of the size that stands over the baseline */
};

/* Distances, read one by one. */
typedef struct deltas {
    pl_str rest;
    pl_micro again;
    int64_t left;
} deltas;

static bool delta_next(deltas *d, pl_micro *out)
{
    pl_micro n;

    if (d->left > 0) {
        d->left--;
        *out = d->again;
        return true;
    }
    d->rest = pl_str_trim(d->rest);
    if (!pl_str_eat(&d->rest, PL_S("g")) && !pl_str_eat(&d->rest, PL_S("G")))
        return pl_micro_eat(&d->rest, out);
    if (!pl_micro_eat(&d->rest, &n) || !pl_micro_eat(&d->rest, &d->again))
        return false;
    d->left = n / PL_MICRO - 1;
    *out = d->again;
    return true;
}

/* A run as it grows, in the object's space. */
typedef struct pen {
    pl_ctx *cx;
    const pl_ofd_text *t;
    pl_layout_page *out;
    size_t from, to; /* bytes of the text; from == to: none */
    pl_micro x0, x1, y;
} pen;

static pl_micro part(pl_micro of, int percent)
{
    return of * percent / 100;
}

static pl_status run_end(pen *p)
{
    const pl_matrix *m = &p->t->m;
    pl_micro x0 = p->x0, y0 = p->y - part(p->t->size, ASCENT_PART);
    pl_micro x1 = p->x1, y1 = y0 + p->t->size;
    pl_layout_run *r;

    if (p->from == p->to)
        return PL_OK;
    r = PL_VEC_ADD(p->cx->arena, &p->out->runs);
    if (!r)
        return pl_fail_memory(p->cx);
    pl_matrix_apply(m, &x0, &y0);
    pl_matrix_apply(m, &x1, &y1);
    r->box = (pl_box){pl_um_of_mm(x0 < x1 ? x0 : x1), pl_um_of_mm(y0 < y1 ? y0 : y1),
                      pl_um_of_mm(x0 < x1 ? x1 : x0), pl_um_of_mm(y0 < y1 ? y1 : y0)};
    r->size = r->box.y1 - r->box.y0;
    r->bold = p->t->bold;
    r->text = pl_str_sub(p->t->text, p->from, p->to - p->from);
    r->spaced = pl_str_starts(pl_str_tail(p->t->text, p->to), PL_S(" "));
    p->from = p->to;
    return PL_OK;
}

/* Character [at, at + n) at (x, y), `wide` wide. */
static pl_status char_put(pen *p, size_t at, size_t n, pl_micro x, pl_micro y,
                          pl_micro wide)
{
    pl_micro gap = x - p->x1, off = y > p->y ? y - p->y : p->y - y;
    bool open = p->from != p->to;
    int most = at == p->to ? GAP_PART : BLANK_PART;

    if (open && (gap > part(p->t->size, most) || x < p->x0 || off > part(p->t->size, 30)))
        PL_TRY(run_end(p));
    if (p->from == p->to) {
        p->from = at;
        p->x0 = x;
        p->y = y;
    }
    p->to = at + n;
    p->x1 = x + wide;
    return PL_OK;
}

/* Places beyond a hundred metres (mm) are no places. */
#define FAR_AWAY ((pl_micro)100000 * PL_MICRO)

static bool is_far(pl_micro v)
{
    return v > FAR_AWAY || v < -FAR_AWAY;
}

/* How wide a character is, given the way to the next one (0 = not known). */
static pl_micro char_width(const pl_ofd_text *t, uint32_t c, pl_micro step)
{
    pl_micro em = (pl_micro)((pl_i128)t->size * t->hscale / PL_MICRO);

    if (pl_layout_wide(c))
        return step > 0 && step < em ? step : em;
    return step > 0 && step <= em ? step : em / 2;
}

static pl_status text_place(pl_ctx *cx, const pl_ofd_text *t, pl_layout_page *out)
{
    pen p = {.cx = cx, .t = t, .out = out};
    deltas dx = {.rest = t->delta_x}, dy = {.rest = t->delta_y};
    bool down = t->turned || (t->delta_x.n == 0 && t->delta_y.n > 0);
    pl_micro x = t->x, y = t->y;
    size_t n;

    for (size_t at = 0; at < t->text.n && !is_far(x) && !is_far(y); at += n) {
        uint32_t c = pl_utf8_at(pl_str_tail(t->text, at), &n);
        pl_micro step_x = 0, step_y = 0;
        bool said;

        if (c == '\n' || c == '\r' || c == '\t')
            continue;
        said = delta_next(&dx, &step_x);
        if (c != ' ' && c != 0x3000 && c != 0xa0)
            PL_TRY(char_put(&p, at, n, x, y, char_width(t, c, step_x)));
        if (!said && !down)
            step_x = char_width(t, c, 0);
        if (!delta_next(&dy, &step_y) && down)
            step_y = t->size;
        x += step_x;
        y += step_y;
    }
    return run_end(&p);
}

/* Texts whose x axis runs down or up the page. */
static int quarter_of(const pl_matrix *m)
{
    pl_micro a = m->a < 0 ? -m->a : m->a, b = m->b < 0 ? -m->b : m->b;

    if (b == 0 || a > b / 50)
        return 0;
    return m->b > 0 ? 1 : -1;
}

/* How the page is held to read most of its text: 0, or a quarter turn. */
static int page_quarter(const pl_ofd_page *page)
{
    size_t n[3] = {0};

    for (size_t i = 0; i < page->texts.n; i++)
        n[1 + quarter_of(&page->texts.p[i].m)] += page->texts.p[i].text.n;
    if (n[2] > n[1] && n[2] > n[0])
        return 1;
    return n[0] > n[1] ? -1 : 0;
}

/* The page turned so that its text is level. */
static pl_matrix quarter_matrix(const pl_ofd_page *page, int quarter)
{
    pl_micro w = (pl_micro)page->area.x1 * 1000, h = (pl_micro)page->area.y1 * 1000;

    if (quarter > 0)
        return (pl_matrix){.b = -PL_MICRO, .c = PL_MICRO, .f = w};
    return (pl_matrix){.b = PL_MICRO, .c = -PL_MICRO, .e = h};
}

static void rule_turn(pl_layout_rule *r, const pl_box *area, int quarter)
{
    pl_layout_rule o = *r;

    *r = quarter > 0 ? (pl_layout_rule){o.y0, area->x1 - o.x0, o.y1, area->x1 - o.x1}
                     : (pl_layout_rule){area->y1 - o.y0, o.x0, area->y1 - o.y1, o.x1};
}

pl_status pl_ofd_place(pl_ctx *cx, const pl_ofd_page *page, pl_layout_page *out)
{
    int quarter = page_quarter(page);
    pl_matrix turn = quarter ? quarter_matrix(page, quarter) : PL_MATRIX_ONE;

    *out = (pl_layout_page){.area = page->area,
                            .rules = page->rules,
                            .images = page->images,
                            .path = page->path};
    for (size_t i = 0; i < page->texts.n; i++) {
        pl_ofd_text t = page->texts.p[i];

        t.m = quarter ? pl_matrix_mul(t.m, turn) : t.m;
        /* slanted text is a watermark or a seal */
        if (pl_matrix_level(&t.m))
            PL_TRY(text_place(cx, &t, out));
    }
    if (quarter) {
        out->area = (pl_box){page->area.y0, page->area.x0, page->area.y1, page->area.x1};
        for (size_t i = 0; i < out->rules.n; i++)
            rule_turn(&out->rules.p[i], &page->area, quarter);
    }
    return PL_OK;
}
