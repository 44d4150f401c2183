/* `pdftocairo -svg`: SVG 1.2 with a `page` for each page (the root itself when there is
 * one only); points from the upper left corner. Glyphs and clips stand in definitions. */
#include "doc/pdf.h"

#include "base/vec.h"
#include "codec/xml.h"
#include "doc/layout_path.h"

typedef struct reader {
    pl_layout *out;
    PL_VEC(pl_matrix) around; /* of the open groups */
    size_t page;              /* 1-based; 0 before the first */
    size_t hidden;            /* open elements whose content is not drawn */
} reader;

static bool is_hidden(pl_str name)
{
    static const pl_str names[] = {PL_S_INIT("defs"), PL_S_INIT("clipPath"),
                                   PL_S_INIT("mask"), PL_S_INIT("symbol"),
                                   PL_S_INIT("pattern")};

    for (size_t i = 0; i < PL_COUNT(names); i++)
        if (pl_str_eq(name, names[i]))
            return true;
    return false;
}

/* `matrix(a,b,c,d,e,f)`; other forms are not written by cairo. */
static pl_matrix transform_of(const pl_xml_tag *tag)
{
    pl_str s = pl_xml_attr_of(tag, PL_S("transform"), PL_S(""));
    pl_micro v[6];

    if (!pl_str_eat(&s, PL_S("matrix(")) || pl_micro_list(s, v, 6) != 6)
        return PL_MATRIX_ONE;
    return (pl_matrix){v[0], v[1], v[2], v[3], v[4], v[5]};
}

/* A property, written as an attribute (cairo from 1.17 on) or in `style`. */
static pl_str property(const pl_xml_tag *tag, pl_str name)
{
    pl_str style = pl_xml_attr_of(tag, PL_S("style"), PL_S("")), none = PL_S("");
    pl_str value = pl_xml_attr_of(tag, name, none);

    for (size_t at = 0; value.n == 0 && at < style.n;) {
        size_t end = pl_str_find(style, PL_S(";"), at);
        pl_str one;

        end = end == PL_NOPOS ? style.n : end;
        one = pl_str_trim(pl_str_sub(style, at, end - at));
        if (pl_str_eat(&one, name) && pl_str_eat(&one, PL_S(":")))
            value = pl_str_trim(one);
        at = end + 1;
    }
    return value;
}

/* True for a colour that shows on white paper. */
static bool is_seen(pl_str colour)
{
    static const pl_str unseen[] = {PL_S_INIT(""), PL_S_INIT("none"), PL_S_INIT("white"),
                                    PL_S_INIT("rgb(100%,100%,100%)"),
                                    PL_S_INIT("rgb(100%, 100%, 100%)")};

    for (size_t i = 0; i < PL_COUNT(unseen); i++)
        if (pl_str_eq(colour, unseen[i]))
            return false;
    return true;
}

static pl_status path_open(pl_ctx *cx, reader *r, const pl_xml_tag *tag)
{
    size_t page = r->page ? r->page : 1;
    pl_path_style style = {.form = PL_PATH_SVG,
                           .stroke = is_seen(property(tag, PL_S("stroke"))),
                           .fill = is_seen(property(tag, PL_S("fill"))),
                           .m = transform_of(tag)};

    if (page > r->out->pages.n || (!style.stroke && !style.fill))
        return PL_OK;
    style.m = pl_matrix_mul(style.m, r->around.p[r->around.n - 1]);
    return pl_layout_path(cx, &style, pl_xml_attr_of(tag, PL_S("d"), PL_S("")),
                          &r->out->pages.p[page - 1].rules);
}

static pl_status on_open(pl_ctx *cx, void *self, const pl_xml_tag *tag)
{
    reader *r = self;
    pl_matrix outer = r->around.n ? r->around.p[r->around.n - 1] : PL_MATRIX_ONE;
    pl_matrix *m;

    if (r->hidden || is_hidden(tag->name)) {
        r->hidden++;
        return PL_OK;
    }
    m = PL_VEC_ADD(cx->arena, &r->around);
    if (!m)
        return pl_fail_memory(cx);
    *m = outer;
    if (pl_str_eq(tag->name, PL_S("page")))
        r->page++;
    if (pl_str_eq(tag->name, PL_S("path")))
        return path_open(cx, r, tag);
    *m = pl_matrix_mul(transform_of(tag), outer);
    return PL_OK;
}

static pl_status on_close(pl_ctx *cx, void *self, pl_str name)
{
    reader *r = self;

    (void)cx;
    (void)name;
    if (r->hidden)
        r->hidden--;
    else
        r->around.n--;
    return PL_OK;
}

pl_status pl_pdf_rules(pl_ctx *cx, char *b, size_t n, pl_layout *out)
{
    static const pl_xml_events events = {on_open, on_close, NULL};
    reader r = {.out = out};

    return pl_xml_read(cx, (pl_bytes){(const unsigned char *)b, n}, &events, &r);
}
