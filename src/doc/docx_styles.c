#include "doc/docx_internal.h"

#include "base/vec.h"

docx_props docx_props_none(void)
{
    return (docx_props){-1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
}

docx_props docx_props_over(docx_props base, docx_props own)
{
    return (docx_props){
        own.bold >= 0 ? own.bold : base.bold,
        own.heavy >= 0 ? own.heavy : base.heavy,
        own.hidden >= 0 ? own.hidden : base.hidden,
        own.raised >= 0 ? own.raised : base.raised,
        own.lift >= 0 ? own.lift : base.lift,
        own.size >= 0 ? own.size : base.size,
        own.centred >= 0 ? own.centred : base.centred,
        own.outline >= 0 ? own.outline : base.outline,
        own.num_level >= 0 ? own.num_level : base.num_level,
        own.num_id >= 0 ? own.num_id : base.num_id,
    };
}

/* A toggle property (17.17.4): there without a value is on. */
static int toggle(const pl_xml_tag *tag)
{
    static const pl_str off[] = {PL_S_INIT("0"), PL_S_INIT("false"), PL_S_INIT("off"),
                                 PL_S_INIT("none")};
    pl_str val = pl_xml_attr_of(tag, PL_S("val"), PL_S("1"));

    for (size_t i = 0; i < PL_COUNT(off); i++)
        if (pl_str_eq(val, off[i]))
            return 0;
    return 1;
}

/* The value as a whole number in [0, most], else -1. */
static int number(const pl_xml_tag *tag, int most)
{
    int64_t n = pl_xml_int(pl_xml_attr_of(tag, PL_S("val"), PL_S("")), -1);

    return n >= 0 && n <= most ? (int)n : -1;
}

static bool val_is(const pl_xml_tag *tag, pl_str what)
{
    return pl_str_eq(pl_xml_attr_of(tag, PL_S("val"), PL_S("")), what);
}

/* Typefaces that GB/T 9704-2012 gives to titles and headings, by words in their names. */
static int heavy_font(const pl_xml_tag *tag)
{
    static const pl_str words[] = {PL_S_INIT("黑体"), PL_S_INIT("标宋"),
                                   PL_S_INIT("楷体"), PL_S_INIT("SimHei"),
                                   PL_S_INIT("KaiTi")};
    pl_str name = pl_xml_attr_of(tag, PL_S("eastAsia"), PL_S(""));

    if (name.n == 0)
        return -1;
    for (size_t i = 0; i < PL_COUNT(words); i++)
        if (pl_str_has(name, words[i]))
            return 1;
    return 0;
}

enum { SIZE_MAX_HALF_POINTS = 3276, NUM_ID_MAX = 0x7fffffff };

void docx_props_take(docx_props *p, const pl_xml_tag *tag)
{
    pl_str name = tag->name;

    if (pl_str_eq(name, PL_S("b")))
        p->bold = toggle(tag);
    else if (pl_str_eq(name, PL_S("rFonts")))
        p->heavy = heavy_font(tag);
    else if (pl_str_eq(name, PL_S("vanish")))
        p->hidden = toggle(tag);
    else if (pl_str_eq(name, PL_S("vertAlign")))
        p->raised = val_is(tag, PL_S("superscript"));
    else if (pl_str_eq(name, PL_S("position")))
        p->lift = number(tag, SIZE_MAX_HALF_POINTS);
    else if (pl_str_eq(name, PL_S("sz")))
        p->size = number(tag, SIZE_MAX_HALF_POINTS);
    else if (pl_str_eq(name, PL_S("jc")))
        p->centred = val_is(tag, PL_S("center"));
    else if (pl_str_eq(name, PL_S("outlineLvl")))
        p->outline = number(tag, 9);
    else if (pl_str_eq(name, PL_S("ilvl")))
        p->num_level = number(tag, DOCX_LEVELS - 1);
    else if (pl_str_eq(name, PL_S("numId")))
        p->num_id = number(tag, NUM_ID_MAX);
}

/* Reading. */

typedef struct reader {
    docx_styles *out;
    docx_style *style; /* the open one, NULL outside */
    docx_props *props; /* where properties go, NULL: nowhere */
    size_t skip;       /* depth in an element that is passed over */
} reader;

/* Style names are stored in English whatever language the program speaks, but WPS and
 * others write their own. */
static int heading_of(pl_str name)
{
    static const pl_str words[] = {PL_S_INIT("heading "), PL_S_INIT("Heading "),
                                   PL_S_INIT("标题 "), PL_S_INIT("标题")};

    for (size_t i = 0; i < PL_COUNT(words); i++)
        if (pl_str_starts(name, words[i]) && name.n == words[i].n + 1) {
            char c = name.p[words[i].n];

            return c >= '1' && c <= '9' ? c - '0' : 0;
        }
    return 0;
}

static bool is_toc(pl_str name)
{
    return pl_str_starts(name, PL_S("toc ")) || pl_str_starts(name, PL_S("TOC ")) ||
           pl_str_starts(name, PL_S("目录"));
}

static bool is_title(pl_str name)
{
    return pl_str_eq(name, PL_S("Title")) || pl_str_eq(name, PL_S("title")) ||
           pl_str_eq(name, PL_S("标题"));
}

static pl_status style_begin(pl_ctx *cx, reader *r, const pl_xml_tag *tag)
{
    docx_style *s = PL_VEC_ADD(cx->arena, &r->out->list);
    size_t *index;

    if (!s)
        return pl_fail_memory(cx);
    s->props = docx_props_none();
    PL_TRY(pl_str_keep(cx, pl_xml_attr_of(tag, PL_S("styleId"), PL_S("")), &s->id));
    index = pl_map_add(cx->arena, &r->out->by_id, s->id, NULL);
    if (!index)
        return pl_fail_memory(cx);
    *index = r->out->list.n - 1;
    if (pl_str_eq(pl_xml_attr_of(tag, PL_S("type"), PL_S("")), PL_S("paragraph")) &&
        pl_str_eq(pl_xml_attr_of(tag, PL_S("default"), PL_S("")), PL_S("1")))
        r->out->usual = *index;
    r->style = s;
    r->props = &s->props;
    return PL_OK;
}

static pl_status style_name(pl_ctx *cx, docx_style *s, pl_str name)
{
    PL_TRY(pl_str_keep(cx, name, &s->name));
    s->is_toc = is_toc(name);
    s->is_title = is_title(name);
    s->heading = heading_of(name);
    return PL_OK;
}

/* Parts of a style that are no properties of all its text. */
static bool is_apart(pl_str name)
{
    static const pl_str apart[] = {PL_S_INIT("tblStylePr"), PL_S_INIT("latentStyles"),
                                   PL_S_INIT("pPrChange"),  PL_S_INIT("rPrChange"),
                                   PL_S_INIT("tblPr"),      PL_S_INIT("trPr"),
                                   PL_S_INIT("tcPr")};

    for (size_t i = 0; i < PL_COUNT(apart); i++)
        if (pl_str_eq(name, apart[i]))
            return true;
    return false;
}

static pl_status on_open(pl_ctx *cx, void *self, const pl_xml_tag *tag)
{
    reader *r = self;
    pl_str val = pl_xml_attr_of(tag, PL_S("val"), PL_S(""));

    if (r->skip || is_apart(tag->name)) {
        r->skip++;
        return PL_OK;
    }
    if (pl_str_eq(tag->name, PL_S("docDefaults")))
        r->props = &r->out->defaults;
    if (pl_str_eq(tag->name, PL_S("style")))
        return style_begin(cx, r, tag);
    if (r->style && pl_str_eq(tag->name, PL_S("name")))
        return style_name(cx, r->style, val);
    if (r->style && pl_str_eq(tag->name, PL_S("basedOn")))
        return pl_str_keep(cx, val, &r->style->base);
    if (r->props)
        docx_props_take(r->props, tag);
    return PL_OK;
}

static pl_status on_close(pl_ctx *cx, void *self, pl_str name)
{
    reader *r = self;

    (void)cx;
    if (r->skip) {
        r->skip--;
        return PL_OK;
    }
    if (pl_str_eq(name, PL_S("style")) || pl_str_eq(name, PL_S("docDefaults"))) {
        r->style = NULL;
        r->props = NULL;
    }
    return PL_OK;
}

enum { UNSEEN, ON_THE_WAY, RESOLVED };

/* Resolve style i: up its chain to a resolved one, the end, or a style that is on the way
 * already (a cycle, cut there), then down again. `way` has room for all styles. */
static void resolve(docx_styles *s, size_t i, size_t *way)
{
    size_t n = 0;

    for (;;) {
        docx_style *at = &s->list.p[i];
        const size_t *base;

        if (at->state != UNSEEN)
            break;
        at->state = ON_THE_WAY;
        way[n++] = i;
        base = pl_map_find(&s->by_id, at->base);
        if (!base)
            break;
        i = *base;
    }
    for (size_t k = n; k-- > 0;) {
        docx_style *at = &s->list.p[way[k]];
        const size_t *index = pl_map_find(&s->by_id, at->base);
        const docx_style *base = index ? &s->list.p[*index] : NULL;

        if (base && base->state == RESOLVED) {
            at->props = docx_props_over(base->props, at->props);
            at->is_toc |= base->is_toc;
            at->is_title |= base->is_title;
            at->heading = at->heading ? at->heading : base->heading;
        } else
            at->props = docx_props_over(s->defaults, at->props);
        at->state = RESOLVED;
    }
}

pl_status docx_styles_read(pl_ctx *cx, const pl_opc *o, pl_str path, docx_styles *out)
{
    static const pl_xml_events events = {on_open, on_close, NULL};
    reader r = {.out = out};
    size_t *way, at;

    *out = (docx_styles){.usual = PL_NOPOS, .defaults = docx_props_none()};
    if (path.n == 0 || !pl_zip_find(o->zip, path, &at))
        return PL_OK;
    PL_TRY(pl_opc_events(cx, o, path, &events, &r));
    way = PL_NEW_N(cx->arena, size_t, out->list.n);
    if (!way)
        return pl_fail_memory(cx);
    for (size_t i = 0; i < out->list.n; i++)
        resolve(out, i, way);
    return PL_OK;
}

const docx_style *docx_style_of(const docx_styles *s, pl_str id)
{
    const size_t *index = id.n ? pl_map_find(&s->by_id, id) : NULL;

    if (index)
        return &s->list.p[*index];
    return s->usual == PL_NOPOS ? NULL : &s->list.p[s->usual];
}
