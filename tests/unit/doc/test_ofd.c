#include "packages.h"
#include "layout_pages.h"

#include "doc/ofd.h"

#define NS "xmlns:ofd=\"http://www.ofdspec.org/2016\""

static const char entry[] =
    "<ofd:OFD " NS " Version=\"1.0\" DocType=\"OFD\"><ofd:DocBody><ofd:DocInfo>"
    "<ofd:Title>标题之外</ofd:Title><ofd:Author>某局</ofd:Author></ofd:DocInfo>"
    "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>";

static const char document[] =
    "<ofd:Document " NS "><ofd:CommonData><ofd:MaxUnitID>9</ofd:MaxUnitID><ofd:PageArea>"
    "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages>"
    "<ofd:Page ID=\"1\" "
    "BaseLoc=\"Pages/Page_0/Content.xml\"/></ofd:Pages></ofd:Document>";

static const char resources[] =
    "<ofd:Res " NS " BaseLoc=\"Res\"><ofd:Fonts><ofd:Font ID=\"3\" FontName=\"宋体\"/>"
    "<ofd:Font ID=\"4\" FontName=\"黑体\"/></ofd:Fonts></ofd:Res>";

/* A package of the usual parts; a part that is given stands for the usual one of its
 * name. Ends with a NULL path. */
typedef struct part {
    const char *path, *data;
} part;

static bool is_given(const part *parts, const char *path)
{
    for (; parts->path; parts++)
        if (strcmp(parts->path, path) == 0)
            return true;
    return false;
}

static test_zip package(const part *parts)
{
    const part usual[] = {{"OFD.xml", entry},
                          {"Doc_0/Document.xml", document},
                          {"Doc_0/PublicRes.xml", resources}};
    test_zip z = {.method = 8};

    for (size_t i = 0; i < PL_COUNT(usual); i++)
        if (!is_given(parts, usual[i].path))
            zip_add(&z, usual[i].path, of(usual[i].data));
    for (; parts->path; parts++)
        if (parts->data)
            zip_add(&z, parts->path, of(parts->data));
    return z;
}

/* A page around objects. */
static const char *page_of(char *to, size_t n, const char *objects)
{
    int len = snprintf(to, n,
                       "<ofd:Page " NS "><ofd:Content><ofd:Layer ID=\"2\">%s</ofd:Layer>"
                       "</ofd:Content></ofd:Page>",
                       objects);

    assert_in_range(len, 1, n - 1);
    return to;
}

static pl_status read_parts(pl_ctx *cx, const part *parts, pl_doc **d)
{
    test_zip z = package(parts);
    pl_bytes in = zip_end(&z), kept;
    unsigned char *copy = PL_NEW_N(cx->arena, unsigned char, in.n);
    pl_status st;

    assert_non_null(copy);
    memcpy(copy, in.p, in.n);
    kept = (pl_bytes){copy, in.n};
    assert_true(pl_ofd_is(kept));
    st = pl_doc_read_ofd(cx, kept, d);
    zip_free(&z);
    return st;
}

/* The package reads as `want`. */
static void reads_as(const part *parts, const char *want)
{
    pl_ctx cx = test_ctx();
    pl_doc *d = NULL;

    if (read_parts(&cx, parts, &d) != PL_OK)
        fail_msg("%s", cx.err.msg);
    doc_is(d, want);
    test_ctx_free(&cx);
}

/* One page of these objects reads as `want`. */
static void objects_read_as(const char *objects, const char *want)
{
    char page[8192];
    const part parts[] = {
        {"Doc_0/Pages/Page_0/Content.xml", page_of(page, sizeof page, objects)}, {NULL}};

    reads_as(parts, want);
}

#define TEXT(boundary, more, code)                                                      \
    "<ofd:TextObject ID=\"7\" Boundary=\"" boundary "\" Font=\"3\" Size=\"5\"" more ">" \
    "<ofd:TextCode X=\"0\" Y=\"4\"" code "</ofd:TextCode></ofd:TextObject>"

static void text_stands_where_its_codes_say(void **state)
{
    static const struct {
        const char *objects, *want;
    } rows[] = {
        {TEXT("30 50 60 5", "", " DeltaX=\"5 5 5\">年度计划"), "P 年度计划\n"},
        {TEXT("30 50 60 5", "", " DeltaX=\"g 3 5\">年度计划"), "P 年度计划\n"},
        {TEXT("30 50 60 5", "", ">年度计划"), "P 年度计划\n"},
        /* fewer deltas than characters: the others stand at their own width */
        {TEXT("30 50 60 5", "", " DeltaX=\"5\">年度计划2023"), "P 年度计划2023\n"},
        /* two objects of one line, written the other way round */
        {TEXT("60 50 60 5", "", ">计划") TEXT("50 50 60 5", "", ">年度"), "P 年度计划\n"},
        /* two texts in one object: X and Y of the second are its own */
        {"<ofd:TextObject Boundary=\"30 50 60 9\" Size=\"4\"><ofd:TextCode X=\"0\" "
         "Y=\"4\">"
         "上</ofd:TextCode><ofd:TextCode X=\"20\" Y=\"30\">下行</ofd:TextCode>"
         "</ofd:TextObject>",
         "P 上\nP 下行\n"},
        /* one below the other: a word set upright */
        {TEXT("30 50 5 20", "", " DeltaY=\"7 7\">竖排字"), "P 竖排字\n"},
        /* moved and scaled by its matrix */
        {TEXT("0 0 60 5", " CTM=\"2 0 0 2 30 40\"", ">大字") TEXT("60 44 9 5", "", ">后"),
         "P 大字 后\n"},
        /* slanted: a watermark */
        {TEXT("30 50 60 5", " CTM=\"0.7 0.7 -0.7 0.7 0 0\"", ">内部资料")
             TEXT("30 80 60 5", "", ">正文。"),
         "P 正文。\n"},
        {TEXT("30 50 60 5", " Visible=\"false\"", ">隐") TEXT("30 80 60 5", "", ">显。"),
         "P 显。\n"},
        /* references and line ends in a code */
        {TEXT("30 50 60 5", "", ">\n&lt;313.2\n"), "P <313.2\n"},
        /* broken numbers */
        {TEXT("x", "", " DeltaX=\"g 9999999999 1e99 g\">甲乙"), "P 甲\n"},
        {TEXT("30 50", "", " DeltaX=\"g g\">甲乙"), "P 甲乙\n"},
        {"<ofd:TextObject><ofd:TextCode>无处可寻</ofd:TextCode></ofd:TextObject>",
         "P 无处可寻\n"},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++)
        objects_read_as(rows[i].objects, rows[i].want);
}

#define PATH(boundary, more, data)                                                 \
    "<ofd:PathObject Boundary=\"" boundary "\"" more "><ofd:AbbreviatedData>" data \
    "</ofd:AbbreviatedData></ofd:PathObject>"

static void paths_rule_tables(void **state)
{
    static const char cells[] = TEXT("22 42 9 5", "", ">甲") TEXT("52 42 9 5", "", ">1")
        TEXT("22 52 9 5", "", ">乙") TEXT("52 52 9 5", "", ">2");
    static const struct {
        const char *lines, *want;
    } rows[] = {
        /* stroked boxes, one of them by its matrix */
        {PATH("20 40 60 20", "", "M 0 0 L 60 0 L 60 20 L 0 20 C")
             PATH("20 40 60 20", " CTM=\"10 0 0 10 0 0\"", "M 0 1 L 6 1 M 3 0 L 3 2"),
         "T 2 x 2\n|甲|1|\n|乙|2|\n"},
        /* thin filled shapes */
        {PATH("20 40 60 20", " Stroke=\"false\" Fill=\"true\"",
              "M 0 0 L 60 0 L 60 0.3 L 0 0.3 C M 0 10 L 60 10 L 60 10.3 L 0 10.3 C "
              "M 0 20 L 60 20 L 60 20.3 L 0 20.3 C M 0 0 L 0.3 0 L 0.3 20 L 0 20 C "
              "M 30 0 L 30.3 0 L 30.3 20 L 30 20 C M 60 0 L 60.3 0 L 60.3 20 L 60 20 C"),
         "T 2 x 2\n|甲|1|\n|乙|2|\n"},
        /* white lines are not seen */
        {"<ofd:PathObject Boundary=\"20 40 60 20\"><ofd:StrokeColor Value=\"255 255 "
         "255\"/>"
         "<ofd:AbbreviatedData>M 0 0 L 60 0 L 60 20 L 0 20 C M 30 0 L 30 20 M 0 10 L 60 "
         "10"
         "</ofd:AbbreviatedData></ofd:PathObject>",
         "P 甲 1\nP 乙 2\n"},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        char objects[4096];

        snprintf(objects, sizeof objects, "%s%s", rows[i].lines, cells);
        objects_read_as(objects, rows[i].want);
    }
}

/* A page turned by a quarter, as wide tables are printed. */
static void a_turned_page_is_read_upright(void **state)
{
    (void)state;
    objects_read_as(TEXT("150 30 5 60", " CTM=\"0 1 -1 0 5 0\"", ">第一行文字。")
                        TEXT("130 30 5 60", " CTM=\"0 1 -1 0 5 0\"", ">第二行文字。"),
                    "P 第一行文字。\nP 第二行文字。\n");
    objects_read_as(TEXT("30 150 5 60", " CTM=\"0 -1 1 0 0 60\"", ">第一行文字。")
                        TEXT("50 150 5 60", " CTM=\"0 -1 1 0 0 60\"", ">第二行文字。"),
                    "P 第一行文字。\nP 第二行文字。\n");
}

static const char plain[] = "<Page><Content><Layer><TextObject Boundary=\"30 50 60 5\" "
                            "Size=\"5\"><TextCode X=\"0\" Y=\"4\">文字。</TextCode>"
                            "</TextObject></Layer></Content></Page>";

/* Files in use differ from the standard; all of these are read. */
static void odd_packages_are_read(void **state)
{
    static const part rows[][5] = {
        /* no namespace; objects outside of any layer */
        {{"OFD.xml",
          "<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>"},
         {"Doc_0/Document.xml",
          "<Document><Pages><Page ID=\"1\" BaseLoc=\"Content.xml\"/></Pages></Document>"},
         {"Doc_0/Content.xml", "<Page><TextObject Size=\"5\" Boundary=\"30 50 60 5\">"
                               "<TextCode X=\"0\" Y=\"4\">文字。</TextCode></TextObject>"
                               "</Page>"},
         {NULL}},
        /* another prefix, slashes before paths */
        {{"OFD.xml", "<x:OFD xmlns:x=\"urn:x\"><x:DocBody><x:DocRoot>/Doc_0/Document.xml"
                     "</x:DocRoot></x:DocBody></x:OFD>"},
         {"Doc_0/Document.xml",
          "<x:Document xmlns:x=\"urn:x\"><x:Pages><x:Page "
          "BaseLoc=\"/Doc_0/Pages/0.xml\"/></x:Pages></x:Document>"},
         {"Doc_0/Pages/0.xml", plain},
         {NULL}},
        /* paths from the root without a slash */
        {{"Doc_0/Document.xml",
          "<Document><Pages><Page BaseLoc=\"Doc_0/Pages/0.xml\"/></Pages></Document>"},
         {"Doc_0/Pages/0.xml", plain},
         {NULL}},
        /* an entry without a document; the document in the usual place */
        {{"OFD.xml", "<OFD/>"},
         {"Doc_0/Document.xml", "<Document><Page BaseLoc=\"0.xml\"/></Document>"},
         {"Doc_0/0.xml", plain},
         {NULL}},
        /* resources that are missing; a page twice, one missing, one broken */
        {{"Doc_0/PublicRes.xml", NULL},
         {"Doc_0/Document.xml",
          "<Document><CommonData><PublicRes>PublicRes.xml</PublicRes></CommonData><Pages>"
          "<Page BaseLoc=\"0.xml\"/><Page BaseLoc=\"0.xml\"/><Page BaseLoc=\"1.xml\"/>"
          "<Page BaseLoc=\"2.xml\"/><Page/></Pages></Document>"},
         {"Doc_0/0.xml", plain},
         {"Doc_0/2.xml", "<Page><Content>"},
         {NULL}},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++)
        reads_as(rows[i], "P 文字。\n");
}

static void parts_that_are_not_read_are_told(void **state)
{
    const part parts[] = {
        {"Doc_0/Document.xml",
         "<Document><CommonData><PublicRes>no.xml</PublicRes></CommonData><Pages>"
         "<Page BaseLoc=\"0.xml\"/><Page BaseLoc=\"1.xml\"/></Pages></Document>"},
        {"Doc_0/0.xml", plain},
        {NULL}};
    pl_ctx cx = test_ctx();
    pl_doc *d = NULL;

    (void)state;
    assert_int_equal(read_parts(&cx, parts, &d), PL_OK);
    assert_int_equal(d->oddities.n, 2);
    assert_str(d->oddities.p[0].rule, of("ofd.part"));
    assert_str(d->oddities.p[0].place.path, of("no.xml"));
    assert_int_equal(d->oddities.p[1].place.page, 2);
    assert_str(d->title, of("标题之外"));
    assert_int_equal(d->meta.n, 2);
    test_ctx_free(&cx);
}

/* Templates give their text to each page that uses them; a page that names itself as its
 * template, or units that draw themselves, come to an end. */
static void templates_and_units_are_drawn_and_end(void **state)
{
    const part parts[] = {
        {"Doc_0/Document.xml",
         "<Document><CommonData><TemplatePage ID=\"5\" BaseLoc=\"T.xml\"/>"
         "<TemplatePage ID=\"6\" BaseLoc=\"0.xml\"/>"
         "<PublicRes>R.xml</PublicRes></CommonData><Pages>"
         "<Page ID=\"1\" BaseLoc=\"0.xml\"/></Pages></Document>"},
        {"Doc_0/T.xml", "<Page><Template TemplateID=\"5\"/><Content><Layer>" TEXT(
                            "30 20 60 5", "", ">版头。") "</Layer></Content></Page>"},
        {"Doc_0/R.xml",
         "<Res><CompositeGraphicUnits><CompositeGraphicUnit ID=\"9\"><Content>" TEXT(
             "0 0 60 5", "",
             ">单元。") "<CompositeObject ResourceID=\"9\" Boundary=\"0 20 9 "
                        "9\"/></Content>"
                        "</CompositeGraphicUnit></CompositeGraphicUnits></Res>"},
        {"Doc_0/0.xml",
         "<Page><Template TemplateID=\"5\" ZOrder=\"Background\"/>"
         "<Template TemplateID=\"77\"/><Content><Layer>" TEXT(
             "30 50 60 5", "", ">正文。") "<CompositeObject ResourceID=\"9\" "
                                          "Boundary=\"30 80 9 9\"/></Layer></Content>"
                                          "</Page>"},
        {NULL}};
    char with_prefix[5][2048];
    part fixed[5];

    (void)state;
    for (size_t i = 0; i < 4; i++) { /* TEXT writes a prefix that must be declared */
        const char *root = strchr(parts[i].data, '>');

        snprintf(with_prefix[i], sizeof with_prefix[i], "%.*s %s%s",
                 (int)(root - parts[i].data), parts[i].data, NS, root);
        fixed[i] = (part){parts[i].path, with_prefix[i]};
    }
    fixed[4] = (part){NULL, NULL};
    reads_as(fixed, "P 版头。\nP 正文。\nP 单元。\nP 单元。\nP 单元。\nP 单元。\n"
                    "P 单元。\nP 单元。\nP 单元。\nP 单元。\n");
}

static void signatures_are_listed_and_annotations_stand_apart(void **state)
{
    const part parts[] = {
        {"OFD.xml",
         "<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot>"
         "<Signatures>/Doc_0/Signs/Signatures.xml</Signatures></DocBody></OFD>"},
        {"Doc_0/Signs/Signatures.xml", "<Signatures><Signature ID=\"1\" "
                                       "BaseLoc=\"Sign_0/Signature.xml\"/></Signatures>"},
        {"Doc_0/Signs/Sign_0/Signature.xml",
         "<Signature><SignedInfo><Provider ProviderName=\"某签章\" Version=\"1\"/>"
         "<SignatureDateTime>2023-01-10</SignatureDateTime></SignedInfo></Signature>"},
        {"Doc_0/Document.xml",
         "<Document><Pages><Page BaseLoc=\"0.xml\"/></Pages>"
         "<Annotations>Annots/Annotations.xml</Annotations></Document>"},
        {"Doc_0/Annots/Annotations.xml",
         "<Annotations><Page "
         "PageID=\"1\"><FileLoc>P0.xml</FileLoc></Page></Annotations>"},
        {"Doc_0/Annots/P0.xml",
         "<PageAnnot><Annot Type=\"Highlight\"><Remark>请核数</Remark></Annot>"
         "<Annot Type=\"Watermark\"><Remark>水印</Remark></Annot></PageAnnot>"},
        {"Doc_0/0.xml", plain},
        {NULL}};
    pl_ctx cx = test_ctx();
    pl_doc *d = NULL;

    (void)state;
    assert_int_equal(read_parts(&cx, parts, &d), PL_OK);
    doc_is(d, "P 文字。\nN 请核数\n");
    assert_int_equal(d->meta.n, 1);
    assert_str(d->meta.p[0].key, of("电子签章"));
    assert_str(d->meta.p[0].value, of("未验证（not verified） 某签章 2023-01-10"));
    test_ctx_free(&cx);
}

static void what_cannot_be_read_says_why(void **state)
{
    static const struct {
        part parts[4];
        pl_status want;
    } rows[] = {
        {{{"OFD.xml", "<OFD"}, {NULL}}, PL_ESYNTAX},
        {{{"OFD.xml", "<OFD/>"}, {"Doc_0/Document.xml", NULL}, {NULL}}, PL_ESYNTAX},
        {{{"Doc_0/Document.xml", "<Document/>"}, {NULL}}, PL_ESYNTAX},
        {{{NULL}}, PL_ESYNTAX}, /* its page is missing */
        {{{"Encryptions.xml", "<Encryptions/>"}, {NULL}}, PL_EENCRYPTED},
        {{{"Doc_0/Pages/Page_0/Content.xml",
           "<Page><Content><Layer><ImageObject "
           "ResourceID=\"4\"/></Layer></Content></Page>"},
          {NULL}},
         PL_ESCANNED},
        {{{"OFD.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><OFD>&b;</OFD>"}, {NULL}},
         PL_ESYNTAX},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_ctx cx = test_ctx();
        pl_doc *d = NULL;
        pl_status st = read_parts(&cx, rows[i].parts, &d);

        if (st != rows[i].want)
            fail_msg("row %zu: %d, %s", i, (int)st, cx.err.msg);
        assert_null(d);
        assert_true(cx.err.msg[0] != '\0');
        test_ctx_free(&cx);
    }
}

static void only_packages_of_ofd_are_taken(void **state)
{
    test_zip z = {.method = 8};
    pl_bytes in;

    (void)state;
    zip_add(&z, "word/document.xml", of("<w/>"));
    in = zip_end(&z);
    assert_false(pl_ofd_is(in));
    zip_free(&z);
    assert_false(pl_ofd_is((pl_bytes){(const unsigned char *)"OFD.xml", 7}));
    assert_false(pl_ofd_is((pl_bytes){NULL, 0}));
}

/* 30000 pages of one content; a template of 2000 texts on 1000 pages. */
static void many_pages_come_to_an_end(void **state)
{
    pl_ctx cx = test_ctx();
    pl_doc *d = NULL;
    pl_buf doc, page;

    (void)state;
    pl_buf_init(&doc, 1 << 24);
    pl_buf_init(&page, 1 << 24);
    pl_buf_put(&doc, PL_S("<Document><Pages>"));
    for (int i = 0; i < 30000; i++)
        pl_buf_put(&doc, PL_S("<Page BaseLoc=\"0.xml\"/>"));
    pl_buf_put(&doc, PL_S("</Pages></Document>"));
    pl_buf_putc(&doc, '\0');
    {
        const part parts[] = {
            {"Doc_0/Document.xml", doc.p}, {"Doc_0/0.xml", plain}, {NULL}};

        assert_int_equal(read_parts(&cx, parts, &d), PL_ELIMIT);
    }
    doc.n = 0;
    pl_buf_put(&doc,
               PL_S("<Document><CommonData><TemplatePage ID=\"1\" BaseLoc=\"T.xml\"/>"
                    "</CommonData><Pages>"));
    for (int i = 0; i < 1000; i++)
        pl_buf_putf(&doc, "<Page BaseLoc=\"P%d.xml\"/>", i);
    pl_buf_put(&doc, PL_S("</Pages></Document>"));
    pl_buf_putc(&doc, '\0');
    pl_buf_put(&page, PL_S("<Page>"));
    for (int i = 0; i < 2000; i++)
        pl_buf_put(&page, PL_S("<TextObject Boundary=\"9 9 9 9\" Size=\"3\"><TextCode>甲"
                               "</TextCode></TextObject>"));
    pl_buf_put(&page, PL_S("</Page>"));
    pl_buf_putc(&page, '\0');
    {
        test_zip z = {.method = 8};
        pl_bytes in;

        zip_add(&z, "OFD.xml", of(entry));
        zip_add(&z, "Doc_0/Document.xml", of(doc.p));
        zip_add(&z, "Doc_0/T.xml", of(page.p));
        for (int i = 0; i < 1000; i++) {
            char name[32];

            snprintf(name, sizeof name, "Doc_0/P%d.xml", i);
            zip_add(&z, name, PL_S("<Page><Template TemplateID=\"1\"/></Page>"));
        }
        in = zip_end(&z);
        assert_int_equal(pl_doc_read_ofd(&cx, in, &d), PL_ELIMIT);
        zip_free(&z);
    }
    pl_buf_release(&doc);
    pl_buf_release(&page);
    test_ctx_free(&cx);
}

static void ofd_survives_every_failed_allocation(void **state)
{
    char page[4096];
    const part parts[] = {{"Doc_0/Pages/Page_0/Content.xml",
                           page_of(page, sizeof page,
                                   TEXT("30 50 60 5", "", " DeltaX=\"5 5 5\">年度计划")
                                       PATH("20 40 60 20", "", "M 0 0 L 60 0"))},
                          {NULL}};
    test_zip z = package(parts);
    pl_bytes in = zip_end(&z);
    pl_status st = PL_ENOMEM;

    (void)state;
    for (size_t n = 0; st != PL_OK && n < 3000; n++) {
        pl_ctx cx = test_ctx();
        pl_doc *d = NULL;

        pl_arena_fail_after(cx.arena, n);
        st = pl_doc_read_ofd(&cx, in, &d);
        assert_true(st == PL_OK || (st == PL_ENOMEM && d == NULL));
        test_ctx_free(&cx);
    }
    assert_int_equal(st, PL_OK);
    zip_free(&z);
}

/* A whole file in cx->arena; false when it is not there. */
static bool sample(pl_ctx *cx, const char *name, const char *ending, pl_bytes *out)
{
    char path[512];
    unsigned char *p;
    FILE *f;
    long n;

    snprintf(path, sizeof path, "%s/ofd/%s%s", PL_SAMPLES, name, ending);
    f = fopen(path, "rb");
    if (!f)
        return false;
    assert_int_equal(fseek(f, 0, SEEK_END), 0);
    n = ftell(f);
    rewind(f);
    p = PL_NEW_N(cx->arena, unsigned char, (size_t)n);
    assert_non_null(p);
    assert_int_equal(fread(p, 1, (size_t)n, f), n);
    fclose(f);
    *out = (pl_bytes){p, (size_t)n};
    return true;
}

/* The next text of a listing: `B|T tab boundary tab x tab y tab text`, whose text may
 * hold line ends. */
static bool listed_next(pl_str *in, bool *of_template, pl_micro v[6], pl_str *text)
{
    static const pl_str starts[] = {PL_S_INIT("\nB\t"), PL_S_INIT("\nT\t"),
                                    PL_S_INIT("\n===")};
    size_t at, end;

    while (in->n && !pl_str_starts(*in, PL_S("B\t")) &&
           !pl_str_starts(*in, PL_S("T\t"))) {
        at = pl_str_find(*in, PL_S("\n"), 0);
        *in = at == PL_NOPOS ? PL_S("") : pl_str_tail(*in, at + 1);
    }
    if (in->n == 0)
        return false;
    *of_template = in->p[0] == 'T';
    *in = pl_str_tail(*in, 2);
    for (int i = 0; i < 6; i++)
        assert_true(pl_micro_eat(in, &v[i]));
    assert_true(pl_str_eat(in, PL_S("\t")));
    end = in->n;
    for (size_t i = 0; i < PL_COUNT(starts); i++) {
        at = pl_str_find(*in, starts[i], 0);
        end = at < end ? at : end;
    }
    *text = pl_str_sub(*in, 0, end);
    if (end == in->n && pl_str_ends(*text, PL_S("\n")))
        text->n--;
    *in = pl_str_tail(*in, end + 1);
    return true;
}

static void texts_of_real_files_are_those_an_independent_reader_sees(void **state)
{
    static const struct {
        const char *name;
        const char *title;
        size_t tables;
    } rows[] = {
        {"ofdrw-converter__n", "关于同意张阿三同志辞职的批复", 0},
        {"ofdrw-converter__testPathFillOpacity", "关于加快南货场铁路涵洞下穿建设的函", 0},
        {"ofdrw-converter__z", "11.4字型变换", 1},
        {"ofdrw-crypto__hello", "拿来主义", 0},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_ctx cx = test_ctx();
        pl_bytes in, ref;
        pl_doc d = {0}, *whole = NULL;
        pl_ofd_pages pages = {0};
        pl_str listed, text;
        pl_micro v[6];
        bool of_template;

        if (!sample(&cx, rows[i].name, ".ofd", &in) ||
            !sample(&cx, rows[i].name, ".ref.txt", &ref)) {
            test_ctx_free(&cx);
            print_message("no sample %s: skipped\n", rows[i].name);
            skip();
        }
        assert_int_equal(pl_ofd_read(&cx, in, &d, &pages), PL_OK);
        listed = (pl_str){(const char *)ref.p, ref.n};
        for (size_t p = 0; p < pages.n; p++)
            for (size_t k = 0; k < pages.p[p].texts.n; k++) {
                const pl_ofd_text *t = &pages.p[p].texts.p[k];

                assert_true(listed_next(&listed, &of_template, v, &text));
                assert_int_equal(of_template, t->of_template);
                assert_memory_equal(v, t->boundary, sizeof t->boundary);
                assert_int_equal(v[4], t->x);
                assert_int_equal(v[5], t->y);
                assert_str(t->text, text);
            }
        assert_false(listed_next(&listed, &of_template, v, &text));
        assert_int_equal(pl_doc_read_ofd(&cx, in, &whole), PL_OK);
        assert_str(whole->title, of(rows[i].title));
        assert_int_equal(whole->n_tables, rows[i].tables);
        test_ctx_free(&cx);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_stands_where_its_codes_say),
        cmocka_unit_test(paths_rule_tables),
        cmocka_unit_test(a_turned_page_is_read_upright),
        cmocka_unit_test(odd_packages_are_read),
        cmocka_unit_test(parts_that_are_not_read_are_told),
        cmocka_unit_test(templates_and_units_are_drawn_and_end),
        cmocka_unit_test(signatures_are_listed_and_annotations_stand_apart),
        cmocka_unit_test(what_cannot_be_read_says_why),
        cmocka_unit_test(only_packages_of_ofd_are_taken),
        cmocka_unit_test(many_pages_come_to_an_end),
        cmocka_unit_test(ofd_survives_every_failed_allocation),
        cmocka_unit_test(texts_of_real_files_are_those_an_independent_reader_sees),
    };

    return cmocka_run_group_tests_name("ofd", tests, NULL, NULL);
}
