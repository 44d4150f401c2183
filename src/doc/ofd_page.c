/* Objects of a page: GB/T 33190-2016, clauses 8 (basic structure), 9 (paths), 11 (text),
 * 13 (composite objects). Objects are found wherever they stand. */
#include "doc/layout_path.h"
#include "doc/ofd_internal.h"

/* Weight of a font (clause 11.2: 100 … 1000, 400 is usual) from which it counts as bold.
 */
enum { BOLD_WEIGHT = 600 };

/* Size of a text that does not say it: 10.5 pt (五号), in mm. */
#define USUAL_SIZE ((pl_micro)3704 * PL_MICRO / 1000)

/* Where objects are drawn. */
typedef struct space {
    pl_ctx *cx;
    pl_ofd_reader *r;
    pl_ofd_page *page;
    pl_matrix m;
    int deep;
} space;

pl_box pl_ofd_box(pl_str s, pl_box none)
{
    pl_micro v[4];

    if (pl_micro_list(s, v, 4) != 4 || v[2] <= 0 || v[3] <= 0)
        return none;
    return (pl_box){pl_um_of_mm(v[0]), pl_um_of_mm(v[1]), pl_um_of_mm(v[0] + v[2]),
                    pl_um_of_mm(v[1] + v[3])};
}

/* From an object to what it stands in: its CTM, then the corner of its boundary. */
static pl_matrix object_matrix(const pl_xml_node *n, pl_matrix around, pl_micro *boundary)
{
    pl_micro v[6] = {0};
    pl_matrix m = PL_MATRIX_ONE, corner = PL_MATRIX_ONE;

    memset(boundary, 0, 4 * sizeof *boundary);
    (void)pl_micro_list(pl_xml_get(n, PL_S("Boundary")), boundary, 4);
    if (pl_micro_list(pl_xml_get(n, PL_S("CTM")), v, 6) == 6)
        m = (pl_matrix){v[0], v[1], v[2], v[3], v[4], v[5]};
    corner.e = boundary[0];
    corner.f = boundary[1];
    return pl_matrix_mul(pl_matrix_mul(m, corner), around);
}

static pl_micro number_of(const pl_xml_node *n, pl_str name, pl_micro none)
{
    pl_str s = pl_xml_get(n, name);
    pl_micro v;

    return pl_micro_eat(&s, &v) ? v : none;
}

static bool is_false(const pl_xml_node *n, pl_str name)
{
    return pl_str_eq(pl_xml_get(n, name), PL_S("false"));
}

static pl_status object_count(const space *s)
{
    if (++s->r->objects > PL_OFD_OBJECTS_MAX)
        return pl_fail(s->cx, PL_ELIMIT, PL_NOPOS, "more than %d objects on its pages",
                       PL_OFD_OBJECTS_MAX);
    return PL_OK;
}

/* One text of an object; its strings are copied, as trees of pages do not last. */
static pl_status text_code(const space *s, const pl_xml_node *code,
                           const pl_ofd_text *like)
{
    pl_str text = pl_xml_text(code);
    pl_ofd_text *t;

    if (text.n == 0)
        return PL_OK;
    t = PL_VEC_ADD(s->cx->arena, &s->page->texts);
    if (!t)
        return pl_fail_memory(s->cx);
    *t = *like;
    PL_TRY(pl_str_keep(s->cx, text, &t->text));
    PL_TRY(pl_str_keep(s->cx, pl_xml_get(code, PL_S("DeltaX")), &t->delta_x));
    return pl_str_keep(s->cx, pl_xml_get(code, PL_S("DeltaY")), &t->delta_y);
}

static pl_status text_object(const space *s, const pl_xml_node *n)
{
    pl_str turn = pl_xml_get(n, PL_S("ReadDirection"));
    pl_ofd_text t = {0};

    PL_TRY(object_count(s));
    if (is_false(n, PL_S("Visible")))
        return PL_OK;
    t.m = object_matrix(n, s->m, t.boundary);
    t.size = number_of(n, PL_S("Size"), 0);
    if (t.size <= 0)
        t.size = t.boundary[3] > 0 ? t.boundary[3] : USUAL_SIZE;
    t.hscale = number_of(n, PL_S("HScale"), PL_MICRO);
    t.turned = pl_str_eq(turn, PL_S("90")) || pl_str_eq(turn, PL_S("270"));
    t.bold = number_of(n, PL_S("Weight"), 0) >= (pl_micro)BOLD_WEIGHT * PL_MICRO ||
             pl_map_find(&s->r->res.bold, pl_xml_get(n, PL_S("Font"))) != NULL;
    /* X and Y that are not written are those of the text before (table 46) */
    for (const pl_xml_node *c = pl_xml_child(n, PL_S("TextCode")); c;
         c = pl_xml_next(c, PL_S("TextCode"))) {
        t.x = number_of(c, PL_S("X"), t.x);
        t.y = number_of(c, PL_S("Y"), t.y);
        PL_TRY(text_code(s, c, &t));
    }
    return PL_OK;
}

/* True for white, or nothing at all: such lines are not seen. */
static bool is_unseen(const pl_xml_node *colour)
{
    pl_micro v[3];

    if (!colour)
        return false;
    if (pl_str_eq(pl_xml_get(colour, PL_S("Alpha")), PL_S("0")))
        return true;
    return pl_micro_list(pl_xml_get(colour, PL_S("Value")), v, 3) == 3 &&
           v[0] >= 255 * PL_MICRO && v[1] >= 255 * PL_MICRO && v[2] >= 255 * PL_MICRO;
}

static pl_status path_object(const space *s, const pl_xml_node *n)
{
    pl_micro boundary[4];
    pl_path_style style = {.form = PL_PATH_OFD,
                           .stroke = !is_false(n, PL_S("Stroke")),
                           .fill = pl_str_eq(pl_xml_get(n, PL_S("Fill")), PL_S("true")),
                           .m = object_matrix(n, s->m, boundary)};

    PL_TRY(object_count(s));
    if (is_false(n, PL_S("Visible")))
        return PL_OK;
    style.stroke = style.stroke && !is_unseen(pl_xml_child(n, PL_S("StrokeColor")));
    style.fill = style.fill && !is_unseen(pl_xml_child(n, PL_S("FillColor")));
    return pl_layout_path(s->cx, &style,
                          pl_xml_text(pl_xml_child(n, PL_S("AbbreviatedData"))),
                          &s->page->rules);
}

static pl_status objects_read(const space *s, const pl_xml_node *root);

/* A composite object draws a unit of the resources, which may draw others in turn. */
static pl_status composite_object(const space *s, const pl_xml_node *n)
{
    const size_t *at = pl_map_find(&s->r->res.units, pl_xml_get(n, PL_S("ResourceID")));
    pl_micro boundary[4];
    space inner = *s;

    PL_TRY(object_count(s));
    if (!at || s->deep >= PL_OFD_UNITS_DEEP)
        return PL_OK;
    inner.m = object_matrix(n, s->m, boundary);
    inner.deep++;
    return objects_read(&inner, s->r->res.unit.p[*at]);
}

static pl_status image_object(const space *s, const pl_xml_node *n)
{
    (void)n;
    s->page->images++;
    return object_count(s);
}

static const struct object {
    pl_str name;
    pl_status (*read)(const space *s, const pl_xml_node *n);
} objects[] = {
    {PL_S_INIT("TextObject"), text_object},
    {PL_S_INIT("PathObject"), path_object},
    {PL_S_INIT("ImageObject"), image_object},
    {PL_S_INIT("CompositeObject"), composite_object},
    {PL_S_INIT("CompositeGraphicObject"), composite_object},
};

static pl_status objects_read(const space *s, const pl_xml_node *root)
{
    for (const pl_xml_node *n = root; n; n = pl_xml_walk(root, n))
        for (size_t i = 0; i < PL_COUNT(objects); i++)
            if (pl_xml_is(n, objects[i].name))
                PL_TRY(objects[i].read(s, n));
    return PL_OK;
}

pl_status pl_ofd_objects(pl_ctx *cx, pl_ofd_reader *r, const pl_xml_node *root,
                         pl_ofd_page *page)
{
    space s = {.cx = cx, .r = r, .page = page, .m = PL_MATRIX_ONE};

    return objects_read(&s, root);
}

/* Fonts that are bold by their name, as programs write them. 黑体 is the face of headings
 * in public documents (GB/T 9704-2012, 7.3.3). */
static bool is_bold_name(pl_str name)
{
    static const pl_str words[] = {
        PL_S_INIT("Bold"),    PL_S_INIT("bold"),   PL_S_INIT("黑体"), PL_S_INIT("SimHei"),
        PL_S_INIT("STHeiti"), PL_S_INIT("小标宋"), PL_S_INIT("粗"),   PL_S_INIT("Black")};

    for (size_t i = 0; i < PL_COUNT(words); i++)
        if (pl_str_has(name, words[i]))
            return true;
    return false;
}

static pl_status font_add(pl_ctx *cx, const pl_xml_node *n, pl_ofd_res *res)
{
    size_t *at;

    if (!pl_str_eq(pl_xml_get(n, PL_S("Bold")), PL_S("true")) &&
        !is_bold_name(pl_xml_get(n, PL_S("FontName"))))
        return PL_OK;
    at = pl_map_add(cx->arena, &res->bold, pl_xml_get(n, PL_S("ID")), NULL);
    if (!at)
        return pl_fail_memory(cx);
    *at = 1;
    return PL_OK;
}

static pl_status unit_add(pl_ctx *cx, const pl_xml_node *n, pl_ofd_res *res)
{
    const pl_xml_node **added = PL_VEC_ADD(cx->arena, &res->unit);
    size_t *at = pl_map_add(cx->arena, &res->units, pl_xml_get(n, PL_S("ID")), NULL);

    if (!added || !at)
        return pl_fail_memory(cx);
    *added = n;
    *at = res->unit.n - 1;
    return PL_OK;
}

pl_status pl_ofd_resources(pl_ctx *cx, const pl_xml_node *root, pl_ofd_res *res)
{
    for (const pl_xml_node *n = root; n; n = pl_xml_walk(root, n)) {
        if (pl_xml_is(n, PL_S("Font")))
            PL_TRY(font_add(cx, n, res));
        else if (pl_xml_is(n, PL_S("CompositeGraphicUnit")))
            PL_TRY(unit_add(cx, n, res));
    }
    return PL_OK;
}
