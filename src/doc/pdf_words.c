/* `pdftotext -bbox-layout`: XHTML with page, flow, block, line, word; points from the
 * upper left corner. Boxes are as high as the font's ascent and descent, which differ
 * between fonts of one size: the size is told by ideographs, which are one em wide. */
#include "doc/pdf.h"

#include "base/vec.h"
#include "codec/xml.h"
#include "doc/layout_internal.h"
#include "text/utf8.h"

enum {
    RATIO_LEAST = 60, /* percent: em to height of a box; fonts in use lie between */
    RATIO_USUAL = 85,
    PAGES_MAX = 20000
};

typedef struct reader {
    pl_doc *doc;
    pl_layout *out;
    PL_VEC(char) text; /* of the open word or title */
    bool in_word;
    pl_box box;
} reader;

/* Bytes that no XML document may hold become spaces: control characters, what is not
 * UTF-8, U+FFFE and U+FFFF. Fonts without a proper map give such characters. */
static void mend(char *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)b[i] < ' ' && b[i] != '\n' && b[i] != '\t' && b[i] != '\r')
            b[i] = ' ';
    for (size_t at = 0, bad; at < n; at += bad + 1) {
        pl_bytes rest = {(const unsigned char *)b + at, n - at};

        bad = pl_utf8_bad(rest);
        if (bad == PL_NOPOS)
            break;
        b[at + bad] = ' ';
    }
    for (size_t i = 0; i + 2 < n; i++)
        if ((unsigned char)b[i] == 0xef && (unsigned char)b[i + 1] == 0xbf &&
            (unsigned char)b[i + 2] >= 0xbe)
            memset(b + i, ' ', 3);
}

static pl_um attr_um(const pl_xml_tag *tag, pl_str name)
{
    pl_str s = pl_xml_attr_of(tag, name, PL_S(""));
    pl_micro v = 0;

    (void)pl_micro_eat(&s, &v);
    return pl_um_of_pt(v);
}

static pl_status page_open(pl_ctx *cx, reader *r, const pl_xml_tag *tag)
{
    pl_layout_page *p;

    if (r->out->pages.n >= PAGES_MAX)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "more than %d pages", PAGES_MAX);
    p = PL_VEC_ADD(cx->arena, &r->out->pages);
    if (!p)
        return pl_fail_memory(cx);
    p->area.x1 = attr_um(tag, PL_S("width"));
    p->area.y1 = attr_um(tag, PL_S("height"));
    return PL_OK;
}

static pl_status meta_open(pl_ctx *cx, reader *r, const pl_xml_tag *tag)
{
    static const struct {
        pl_str name, key;
    } known[] = {
        {PL_S_INIT("Author"), PL_S_INIT("作者")},
        {PL_S_INIT("Subject"), PL_S_INIT("主题")},
        {PL_S_INIT("CreationDate"), PL_S_INIT("创建日期")},
    };
    pl_str name = pl_xml_attr_of(tag, PL_S("name"), PL_S(""));
    pl_str value = pl_str_trim(pl_xml_attr_of(tag, PL_S("content"), PL_S("")));

    for (size_t i = 0; i < PL_COUNT(known) && value.n; i++) {
        pl_str kept;

        if (!pl_str_eq(name, known[i].name))
            continue;
        PL_TRY(pl_str_keep(cx, value, &kept));
        return pl_doc_property_add(cx, r->doc, known[i].key, kept, (pl_place){0});
    }
    return PL_OK;
}

static pl_status on_open(pl_ctx *cx, void *self, const pl_xml_tag *tag)
{
    reader *r = self;

    r->text.n = 0;
    r->in_word = pl_str_eq(tag->name, PL_S("word"));
    if (pl_str_eq(tag->name, PL_S("page")))
        return page_open(cx, r, tag);
    if (pl_str_eq(tag->name, PL_S("meta")))
        return meta_open(cx, r, tag);
    if (r->in_word)
        r->box = (pl_box){attr_um(tag, PL_S("xMin")), attr_um(tag, PL_S("yMin")),
                          attr_um(tag, PL_S("xMax")), attr_um(tag, PL_S("yMax"))};
    return PL_OK;
}

static pl_status on_text(pl_ctx *cx, void *self, pl_str s)
{
    reader *r = self;

    while (r->text.cap - r->text.n < s.n)
        if (!pl_vec_grow(cx->arena, (void **)&r->text.p, &r->text.cap, 1, 1))
            return pl_fail_memory(cx);
    if (s.n)
        memcpy(r->text.p + r->text.n, s.p, s.n);
    r->text.n += s.n;
    return PL_OK;
}

/* A word that is upside down or outside any page is none. */
static pl_status word_close(pl_ctx *cx, reader *r)
{
    pl_str s = pl_str_trim((pl_str){r->text.p, r->text.n});
    pl_layout_run *run;

    if (s.n == 0 || r->out->pages.n == 0 || r->box.x1 < r->box.x0 ||
        r->box.y1 <= r->box.y0)
        return PL_OK;
    run = PL_VEC_ADD(cx->arena, &r->out->pages.p[r->out->pages.n - 1].runs);
    if (!run)
        return pl_fail_memory(cx);
    run->box = r->box;
    return pl_str_keep(cx, s, &run->text);
}

static pl_status title_close(pl_ctx *cx, reader *r)
{
    pl_str s = pl_str_trim((pl_str){r->text.p, r->text.n});

    if (s.n == 0)
        return PL_OK;
    PL_TRY(pl_str_keep(cx, s, &s));
    return pl_doc_property_add(cx, r->doc, PL_S("标题"), s, (pl_place){0});
}

static pl_status on_close(pl_ctx *cx, void *self, pl_str name)
{
    reader *r = self;
    pl_status st = PL_OK;

    if (pl_str_eq(name, PL_S("word")))
        st = word_close(cx, r);
    else if (pl_str_eq(name, PL_S("title")))
        st = title_close(cx, r);
    r->text.n = 0;
    return st;
}

/* The width of a character of a word of ideographs; 0 for other words. */
static pl_um em_by_width(const pl_layout_run *run)
{
    pl_um chars = 0;
    size_t n;

    for (pl_str s = run->text; s.n; s = pl_str_tail(s, n), chars++)
        if (!pl_is_cjk(pl_utf8_at(s, &n)))
            return 0;
    return chars > 1 ? (run->box.x1 - run->box.x0) / chars : 0;
}

/* True for an em that a box of height h may have. */
static bool is_likely(pl_um em, pl_um h)
{
    return em <= h && (int64_t)em * 100 >= (int64_t)h * RATIO_LEAST;
}

/* How high an em is in the boxes of this document, in percent: the mean of what words of
 * ideographs show. */
static int em_ratio(const pl_layout *in)
{
    int64_t ems = 0, heights = 0;

    for (size_t i = 0; i < in->pages.n; i++)
        for (size_t k = 0; k < in->pages.p[i].runs.n; k++) {
            const pl_layout_run *r = &in->pages.p[i].runs.p[k];
            pl_um em = em_by_width(r), h = r->box.y1 - r->box.y0;

            if (em && is_likely(em, h)) {
                ems += em;
                heights += h;
            }
        }
    return heights ? (int)(ems * 100 / heights) : RATIO_USUAL;
}

static void sizes_set(pl_layout *in)
{
    int ratio = em_ratio(in);

    for (size_t i = 0; i < in->pages.n; i++) {
        pl_layout_page *p = &in->pages.p[i];

        for (size_t k = 0; k < p->runs.n; k++) {
            pl_layout_run *r = &p->runs.p[k];
            pl_um em = em_by_width(r), h = r->box.y1 - r->box.y0;

            r->size = em && is_likely(em, h) ? em : (pl_um)((int64_t)h * ratio / 100);
            r->size = r->size ? r->size : 1;
            /* turned pages keep the width and height they had before */
            if (r->box.x1 > p->area.x1)
                p->area.x1 = r->box.x1;
            if (r->box.y1 > p->area.y1)
                p->area.y1 = r->box.y1;
        }
    }
}

pl_status pl_pdf_words(pl_ctx *cx, char *b, size_t n, pl_doc *d, pl_layout *out)
{
    static const pl_xml_events events = {on_open, on_close, on_text};
    reader r = {.doc = d, .out = out};

    mend(b, n);
    PL_TRY(pl_xml_read(cx, (pl_bytes){(const unsigned char *)b, n}, &events, &r));
    sizes_set(out);
    return PL_OK;
}
