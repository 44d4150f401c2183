#include "report/ofd_writer.h"

#include "base/hash.h"
#include "codec/xml.h"
#include "report/line_fit.h"
#include "report/ofd_tables.h"

/* How a kind of block is set; lengths in micrometres. Sizes after GB/T 9704-2012, 7:
 * titles 二号, text 三号 … set smaller here, as reports are read on screens. */
typedef struct setting {
    pl_um size, lead;
    pl_face face;
    bool indent, centred;
    pl_um before; /* space above */
} setting;

static const setting title_setting = {7761, 11000, PL_FACE_HEI, false, true, 0};
static const setting headings[] = {
    {5644, 8600, PL_FACE_HEI, true, false, 2000},
    {5292, 8200, PL_FACE_HEI, true, false, 1500},
    {4939, 7900, PL_FACE_HEI, true, false, 1000},
};
static const setting text_setting = {4233, 7400, PL_FACE_SONG, true, false, 0};
static const setting note_setting = {3704, 6200, PL_FACE_SONG, false, false, 0};

/* Space between a table and what stands around it. */
enum { TABLE_SPACE = 2500 };

/* A line of a paragraph; a new page where this one is full. */
static pl_status line_put(pl_sheet_writer *w, const setting *set, pl_um indent,
                          pl_str line)
{
    pl_um width = (pl_um)pl_half_ems(line) * set->size / 2;

    if (w->y + set->lead > PL_SHEET_END)
        PL_TRY(pl_sheet_turn(w));
    if (set->centred)
        indent = (PL_SHEET_FIELD_W - width) / 2;
    if (line.n)
        pl_sheet_text(w, PL_SHEET_LEFT + indent, w->y + (set->lead - set->size) / 2,
                      set->size, set->face, line);
    w->y += set->lead;
    return w->page.failed ? pl_fail_memory(w->cx) : PL_OK;
}

static pl_status text_put(pl_sheet_writer *w, const setting *set, pl_str s)
{
    size_t field = (size_t)(PL_SHEET_FIELD_W * 2 / set->size);
    bool first = true;

    if (w->y > PL_SHEET_TOP)
        w->y += set->before;
    while (s.n) {
        size_t in = first && set->indent ? 4 : 0, n;

        if (s.p[0] == '\n') {
            s = pl_str_tail(s, 1);
            first = true;
            continue;
        }
        n = pl_line_fit(s, field - in);
        PL_TRY(line_put(w, set, (pl_um)in * set->size / 2,
                        pl_line_set(pl_str_sub(s, 0, n))));
        s = pl_str_tail(s, n);
        first = false;
    }
    return PL_OK;
}

static const setting *setting_of(const pl_doc *d, const pl_block *b)
{
    size_t level = b->level > 0 ? (size_t)b->level - 1 : 0;

    switch (b->kind) {
    case PL_BLOCK_HEADING:
        if (b->level == 1 && pl_str_eq(b->text.s, d->title))
            return &title_setting;
        return &headings[level < PL_COUNT(headings) ? level : PL_COUNT(headings) - 1];
    case PL_BLOCK_PARA:
        return &text_setting;
    case PL_BLOCK_NOTE:
    case PL_BLOCK_TABLE:
        break;
    }
    return &note_setting;
}

static pl_status block_put(pl_sheet_writer *w, const pl_doc *d, const pl_block *b)
{
    if (b->kind != PL_BLOCK_TABLE)
        return text_put(w, setting_of(d, b), b->text.s);
    if (w->y > PL_SHEET_TOP)
        w->y += TABLE_SPACE;
    PL_TRY(pl_sheet_table_put(w, b->table));
    w->y += TABLE_SPACE;
    return w->page.failed ? pl_fail_memory(w->cx) : PL_OK;
}

static pl_status blocks_put(pl_sheet_writer *w, const pl_doc *d)
{
    bool titled = d->title.n == 0;

    PL_TRY(pl_sheet_turn(w));
    for (size_t i = 0; i < d->blocks.n && !titled; i++)
        titled = d->blocks.p[i].kind == PL_BLOCK_HEADING &&
                 pl_str_eq(d->blocks.p[i].text.s, d->title);
    if (!titled)
        PL_TRY(text_put(w, &title_setting, d->title));
    for (size_t i = 0; i < d->blocks.n; i++)
        PL_TRY(block_put(w, d, &d->blocks.p[i]));
    return pl_sheet_close(w);
}

#define XML_HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
#define OFD_NS   "xmlns:ofd=\"http://www.ofdspec.org/2016\""

/* Fields that DocInfo has elements for. */
static bool has_element(pl_str key)
{
    static const pl_str keys[] = {PL_S_INIT("标题"), PL_S_INIT("作者"),
                                  PL_S_INIT("创建日期")};

    for (size_t i = 0; i < PL_COUNT(keys); i++)
        if (pl_str_eq(key, keys[i]))
            return true;
    return false;
}

/* The record of the publication, GB/T 33190-2016, 7.4: CustomDatas. */
static void put_custom(pl_buf *b, const pl_metas *meta)
{
    size_t n = 0;

    for (size_t i = 0; i < meta->n; i++) {
        if (has_element(meta->p[i].key))
            continue;
        pl_buf_put(b, n++ ? PL_S("") : PL_S("<ofd:CustomDatas>"));
        pl_buf_put(b, PL_S("<ofd:CustomData Name=\""));
        pl_xml_put(b, meta->p[i].key);
        pl_buf_put(b, PL_S("\">"));
        pl_xml_put(b, meta->p[i].value);
        pl_buf_put(b, PL_S("</ofd:CustomData>"));
    }
    if (n)
        pl_buf_put(b, PL_S("</ofd:CustomDatas>"));
}

static void put_element(pl_buf *b, const char *name, pl_str text)
{
    if (text.n == 0)
        return;
    pl_buf_putf(b, "<ofd:%s>", name);
    pl_xml_put(b, text);
    pl_buf_putf(b, "</ofd:%s>", name);
}

/* OFD.xml. The document's ID is made of its pages, so that the same document has the same
 * one. */
static pl_status entry_write(pl_sheet_writer *w, const pl_doc *d, const pl_ofd_opts *opts,
                             pl_buf *b)
{
    const pl_buf *pages = w->zip.out;
    char hex[PL_SHA256_HEX + 1];

    pl_sha256_hex((pl_bytes){(const unsigned char *)pages->p, pages->n}, hex);
    b->n = 0;
    pl_buf_put(b, PL_S(XML_HEAD "<ofd:OFD " OFD_NS " Version=\"1.0\" DocType=\"OFD\">"
                                "<ofd:DocBody><ofd:DocInfo>"));
    put_element(b, "DocID", (pl_str){hex, 32});
    put_element(b, "Title", d->title);
    put_element(b, "Author", opts->author);
    put_element(b, "CreationDate", opts->date);
    pl_buf_put(b, PL_S("<ofd:Creator>plumbline</ofd:Creator>"));
    put_custom(b, &d->meta);
    pl_buf_put(b, PL_S("</ofd:DocInfo>"
                       "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
                       "</ofd:OFD>"));
    return b->failed ? pl_fail_memory(w->cx)
                     : pl_zip_write(w->cx, &w->zip, PL_S("OFD.xml"), pl_buf_str(b));
}

static pl_status document_write(pl_sheet_writer *w, pl_buf *b)
{
    b->n = 0;
    pl_buf_putf(b,
                XML_HEAD "<ofd:Document " OFD_NS "><ofd:CommonData><ofd:MaxUnitID>%u"
                         "</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 %d %d"
                         "</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml"
                         "</ofd:PublicRes></ofd:CommonData><ofd:Pages>",
                w->id + w->pages, PL_SHEET_W / PL_UM_PER_MM, PL_SHEET_H / PL_UM_PER_MM);
    for (uint32_t i = 0; i < w->pages; i++)
        pl_buf_putf(b, "<ofd:Page ID=\"%u\" BaseLoc=\"Pages/Page_%u/Content.xml\"/>",
                    w->id + 1 + i, i);
    pl_buf_put(b, PL_S("</ofd:Pages></ofd:Document>"));
    return b->failed
               ? pl_fail_memory(w->cx)
               : pl_zip_write(w->cx, &w->zip, PL_S("Doc_0/Document.xml"), pl_buf_str(b));
}

static const char resources[] =
    XML_HEAD "<ofd:Res " OFD_NS " BaseLoc=\"Res\"><ofd:Fonts>"
             "<ofd:Font ID=\"1\" FontName=\"宋体\" FamilyName=\"宋体\"/>"
             "<ofd:Font ID=\"2\" FontName=\"黑体\" FamilyName=\"黑体\"/>"
             "</ofd:Fonts></ofd:Res>";

static pl_status parts_write(pl_sheet_writer *w, const pl_doc *d, const pl_ofd_opts *opts)
{
    pl_buf b;
    pl_status st;

    pl_buf_init(&b, w->zip.out->max_bytes);
    st = entry_write(w, d, opts, &b);
    if (st == PL_OK)
        st = document_write(w, &b);
    if (st == PL_OK)
        st = pl_zip_write(w->cx, &w->zip, PL_S("Doc_0/PublicRes.xml"),
                          pl_str_from(resources));
    pl_buf_release(&b);
    return st;
}

pl_status pl_ofd_write(pl_ctx *cx, const pl_doc *d, const pl_ofd_opts *opts, pl_buf *out)
{
    pl_sheet_writer w = {.cx = cx, .id = PL_FACE_HEI};
    pl_status st, end;

    pl_zip_writer_begin(&w.zip, out);
    pl_buf_init(&w.page, out->max_bytes);
    st = blocks_put(&w, d);
    if (st == PL_OK)
        st = parts_write(&w, d, opts);
    pl_buf_release(&w.page);
    end = pl_zip_writer_end(cx, &w.zip, st == PL_OK);
    return st == PL_OK ? end : st;
}
