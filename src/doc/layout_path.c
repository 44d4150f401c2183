#include "doc/layout_path.h"

/* Micrometres. */
enum {
    STRAIGHT_UM = 200, /* a line that strays so little is level or upright */
    THIN_UM = 900,     /* a filled shape of this thickness is a line … */
    LONG_TIMES = 3     /* … when it is so many times as long as it is thick */
};

typedef enum op_kind {
    OP_MOVE,
    OP_LINE,
    OP_LEVEL,
    OP_UPRIGHT,
    OP_CURVE,
    OP_CLOSE
} op_kind;

/* Commands: how many numbers follow; the last two are the point that is reached. */
static const struct op {
    char letter;
    pl_path_form form;
    op_kind kind;
    int n;
} ops[] = {
    {'S', PL_PATH_OFD, OP_MOVE, 2},    {'M', PL_PATH_OFD, OP_MOVE, 2},
    {'L', PL_PATH_OFD, OP_LINE, 2},    {'Q', PL_PATH_OFD, OP_CURVE, 4},
    {'B', PL_PATH_OFD, OP_CURVE, 6},   {'A', PL_PATH_OFD, OP_CURVE, 7},
    {'C', PL_PATH_OFD, OP_CLOSE, 0},   {'M', PL_PATH_SVG, OP_MOVE, 2},
    {'L', PL_PATH_SVG, OP_LINE, 2},    {'H', PL_PATH_SVG, OP_LEVEL, 1},
    {'V', PL_PATH_SVG, OP_UPRIGHT, 1}, {'C', PL_PATH_SVG, OP_CURVE, 6},
    {'S', PL_PATH_SVG, OP_CURVE, 4},   {'Q', PL_PATH_SVG, OP_CURVE, 4},
    {'T', PL_PATH_SVG, OP_CURVE, 2},   {'A', PL_PATH_SVG, OP_CURVE, 7},
    {'Z', PL_PATH_SVG, OP_CLOSE, 0},   {'z', PL_PATH_SVG, OP_CLOSE, 0},
};

enum { ARGS_MAX = 7 };

typedef struct point {
    pl_micro x, y; /* in the path's own space */
} point;

typedef struct pen {
    pl_ctx *cx;
    const pl_path_style *style;
    pl_layout_rules *out;
    point start, at;
    pl_box box;    /* of the subpath, on the page */
    bool drawn;    /* the subpath has a side */
    bool straight; /* and none of them is a curve */
} pen;

static void on_page(const pen *p, point at, pl_um *x, pl_um *y)
{
    pl_matrix_apply(&p->style->m, &at.x, &at.y);
    *x = p->style->form == PL_PATH_OFD ? pl_um_of_mm(at.x) : pl_um_of_pt(at.x);
    *y = p->style->form == PL_PATH_OFD ? pl_um_of_mm(at.y) : pl_um_of_pt(at.y);
}

static pl_status rule_add(pen *p, pl_layout_rule r)
{
    pl_layout_rule *added = PL_VEC_ADD(p->cx->arena, p->out);

    if (!added)
        return pl_fail_memory(p->cx);
    *added = r;
    return PL_OK;
}

/* The side from one place to another, when it is level or upright. */
static pl_status side_add(pen *p, pl_um x0, pl_um y0, pl_um x1, pl_um y1)
{
    pl_um dx = x1 > x0 ? x1 - x0 : x0 - x1, dy = y1 > y0 ? y1 - y0 : y0 - y1;

    if (dy <= STRAIGHT_UM && dx > dy)
        return rule_add(p,
                        (pl_layout_rule){x0, y0 + (y1 - y0) / 2, x1, y0 + (y1 - y0) / 2});
    if (dx <= STRAIGHT_UM && dy > dx)
        return rule_add(p,
                        (pl_layout_rule){x0 + (x1 - x0) / 2, y0, x0 + (x1 - x0) / 2, y1});
    return PL_OK;
}

/* The subpath is whole: a thin filled one is a line. */
static pl_status subpath_end(pen *p)
{
    pl_um w = p->box.x1 - p->box.x0, h = p->box.y1 - p->box.y0;
    bool thin = p->drawn && p->straight && p->style->fill;

    p->drawn = false;
    if (thin && h <= THIN_UM && w > LONG_TIMES * h)
        return side_add(p, p->box.x0, pl_box_mid_y(p->box), p->box.x1,
                        pl_box_mid_y(p->box));
    if (thin && w <= THIN_UM && h > LONG_TIMES * w)
        return side_add(p, pl_box_mid_x(p->box), p->box.y0, pl_box_mid_x(p->box),
                        p->box.y1);
    return PL_OK;
}

static pl_status draw_to(pen *p, point to, bool curve)
{
    pl_um x0, y0, x1, y1;
    pl_box side;

    on_page(p, p->at, &x0, &y0);
    on_page(p, to, &x1, &y1);
    side = (pl_box){x0 < x1 ? x0 : x1, y0 < y1 ? y0 : y1, x0 < x1 ? x1 : x0,
                    y0 < y1 ? y1 : y0};
    p->box = p->drawn ? pl_box_join(p->box, side) : side;
    p->straight = (!p->drawn || p->straight) && !curve;
    p->drawn = true;
    p->at = to;
    return p->style->stroke && !curve ? side_add(p, x0, y0, x1, y1) : PL_OK;
}

static pl_status op_run(pen *p, const struct op *op, const pl_micro *args)
{
    switch (op->kind) {
    case OP_MOVE:
        PL_TRY(subpath_end(p));
        p->start = p->at = (point){args[0], args[1]};
        return PL_OK;
    case OP_LINE:
        return draw_to(p, (point){args[0], args[1]}, false);
    case OP_LEVEL:
        return draw_to(p, (point){args[0], p->at.y}, false);
    case OP_UPRIGHT:
        return draw_to(p, (point){p->at.x, args[0]}, false);
    case OP_CURVE:
        return draw_to(p, (point){args[op->n - 2], args[op->n - 1]}, true);
    case OP_CLOSE:
        PL_TRY(draw_to(p, p->start, false));
        return subpath_end(p);
    }
    return PL_OK;
}

/* Numbers without a letter repeat the command; after a move they draw. */
static const struct op *op_again(const struct op *op)
{
    size_t i = 0;

    if (!op || op->kind != OP_MOVE)
        return op && op->n ? op : NULL;
    while (ops[i].form != op->form || ops[i].kind != OP_LINE)
        i++;
    return &ops[i];
}

static const struct op *op_eat(pl_str *in, pl_path_form form)
{
    while (in->n && (pl_is_space(in->p[0]) || in->p[0] == ','))
        *in = pl_str_tail(*in, 1);
    for (size_t i = 0; in->n && i < PL_COUNT(ops); i++)
        if (ops[i].form == form && ops[i].letter == in->p[0]) {
            *in = pl_str_tail(*in, 1);
            return &ops[i];
        }
    return NULL;
}

pl_status pl_layout_path(pl_ctx *cx, const pl_path_style *style, pl_str data,
                         pl_layout_rules *out)
{
    pen p = {.cx = cx, .style = style, .out = out};
    const struct op *op = NULL, *next;
    pl_micro args[ARGS_MAX];

    for (;;) {
        next = op_eat(&data, style->form);
        op = next ? next : op_again(op);
        if (!op)
            break;
        for (int i = 0; i < op->n; i++)
            if (!pl_micro_eat(&data, &args[i]))
                return subpath_end(&p);
        PL_TRY(op_run(&p, op, args));
    }
    return subpath_end(&p);
}
