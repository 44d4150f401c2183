/* docs/hostile.md: files that mean harm, each made here and read as a stranger's. The
 * answer is a document or a failure that says why, within the time and the memory that
 * the sandbox gives. */
#include "../doc/office.h"

#include <sys/resource.h>

#include "base/sandbox.h"
#include "box/box.h"

#if defined(__SANITIZE_ADDRESS__)
#define SLOWER 20
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SLOWER 20
#endif
#endif
#ifndef SLOWER
#define SLOWER 1
#endif

/* A second and one for each half megabyte of the file, and a share for this process. */
enum { CPU_MS_MAX = 1300, BYTES_PER_MS = (512 << 10) / 1000, OWN_BYTES_MAX = 256 << 20 };

/* What may come of a file, a bit for each status. */
#define MAY(status) (1u << PL_##status)
enum {
    READ = MAY(OK),
    REFUSED = MAY(ESYNTAX) | MAY(ELIMIT) | MAY(ENOMEM) | MAY(EFORMAT) | MAY(ENOTFOUND)
};

static double cpu_ms(int who)
{
    struct rusage r;

    getrusage(who, &r);
    return (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) * 1e3 +
           (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec) / 1e3;
}

/* Read, and say what came of it; fails the test when it took too much. */
static pl_status harmless(pl_bytes in, const char *what, unsigned may)
{
    pl_ctx cx = test_ctx();
    double before = cpu_ms(RUSAGE_CHILDREN) + cpu_ms(RUSAGE_SELF), took;
    pl_box_found found;
    size_t used;
    pl_status st;

    if (pl_sandbox_make(&cx, PL_SANDBOX_READER, &cx.sandbox) != PL_OK) {
        test_ctx_free(&cx);
        skip();
    }
    cx.err.msg[0] = 0;
    st = pl_box_read(&cx, in, &found);
    took = cpu_ms(RUSAGE_CHILDREN) + cpu_ms(RUSAGE_SELF) - before;
    used = pl_arena_used(cx.arena);
    if (!(may & (1u << st)))
        fail_msg("%s: status %d: %s", what, (int)st, cx.err.msg);
    if (st != PL_OK && !cx.err.msg[0])
        fail_msg("%s: says nothing", what);
    if (took > (CPU_MS_MAX + (double)in.n / BYTES_PER_MS) * SLOWER)
        fail_msg("%s: took %.0f ms: %s", what, took, cx.err.msg);
    if (used > OWN_BYTES_MAX)
        fail_msg("%s: %zu MB", what, used >> 20);
    test_ctx_free(&cx);
    return st;
}

/* A text of pieces: head, piece over and over, tail. */
static pl_str repeated(const char *head, const char *piece, size_t n, const char *tail)
{
    pl_buf b;

    pl_buf_init(&b, (size_t)1 << 30);
    pl_buf_put(&b, of(head));
    for (size_t i = 0; i < n; i++)
        pl_buf_put(&b, of(piece));
    pl_buf_put(&b, of(tail));
    assert_false(b.failed);
    return pl_buf_str(&b); /* freed by its user */
}

static void text_free(pl_str s)
{
    free((void *)(uintptr_t)s.p);
}

/* The packages, by the part that holds the text. */
static const struct package {
    const char *name;
    const char *before[3][2]; /* parts that come before it */
    const char *part;
    const char *head, *tail; /* around the content of that part */
} packages[] = {
    {"docx",
     {{NULL}},
     "word/document.xml",
     "<w:document " W_NS "><w:body>",
     "</w:body></w:document>"},
    {"xlsx",
     {{"xl/workbook.xml",
       "<workbook xmlns:r='r'><sheets><sheet name='a' r:id='1'/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels",
       "<Relationships><Relationship Id='1' Type='" OFFICE_RELS
       "worksheet' Target='worksheets/sheet1.xml'/></Relationships>"}},
     "xl/worksheets/sheet1.xml",
     "<worksheet><sheetData>",
     "</sheetData></worksheet>"},
    {"ofd",
     {{"OFD.xml", "<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>"},
      {"Doc_0/Document.xml",
       "<Document><CommonData><PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea>"
       "</CommonData><Pages><Page ID='1' BaseLoc='P.xml'/></Pages></Document>"}},
     "Doc_0/P.xml",
     "<Page><Content><Layer>",
     "</Layer></Content></Page>"},
};

enum { DOCX, XLSX, OFD, N_PACKAGES };

static pl_bytes package_of(test_zip *z, const struct package *p, pl_str content)
{
    *z = (test_zip){.method = 8};
    for (size_t i = 0; i < 3 && p->before[i][0]; i++)
        zip_add(z, p->before[i][0], of(p->before[i][1]));
    zip_add(z, p->part, content);
    return zip_end(z);
}

/* Every package with the same content between its part's own tags. */
static void in_every_package(const char *what, const char *prolog, pl_str content,
                             unsigned may)
{
    for (size_t i = 0; i < N_PACKAGES; i++) {
        const struct package *p = &packages[i];
        char *body = malloc(content.n + 1), *head, *all, name[64];
        test_zip z;

        assert_non_null(body);
        memcpy(body, content.p, content.n);
        body[content.n] = 0;
        head = joined(prolog, p->head, "");
        all = joined(head, body, p->tail);
        snprintf(name, sizeof name, "%s: %s", p->name, what);
        harmless(package_of(&z, p, of(all)), name, may);
        zip_free(&z);
        free(body);
        free(head);
        free(all);
    }
}

static void zip_bombs_are_refused(void **state)
{
    pl_str spaces = repeated("", "                                ", 3 << 19, "");
    test_zip z = {.method = 8};

    (void)state;
    in_every_package("bomb", "", spaces, REFUSED);
    zip_add(&z, "a.txt", spaces);
    harmless(zip_end(&z), "archive: bomb", REFUSED);
    zip_free(&z);
    text_free(spaces);
}

static void entity_bombs_are_refused(void **state)
{
    static const char bomb[] =
        "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b "
        "'&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
        "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d "
        "'&c;&c;&c;&c;&c;&c;&c;&c;'>"
        "<!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;'><!ENTITY f '&e;&e;&e;&e;&e;&e;&e;&e;'>]>";
    char *page = joined("<!doctype html>", bomb, "<p>&f;&f;&f;");

    (void)state;
    in_every_package("entities", bomb, of("&f;&f;&f;&f;"), REFUSED);
    harmless((pl_bytes){(const unsigned char *)page, strlen(page)}, "html: entities",
             READ);
    free(page);
}

static void external_entities_are_not_fetched(void **state)
{
    static const char outside[] =
        "<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/x.dtd' ["
        "<!ENTITY x SYSTEM 'file:///etc/passwd'><!ENTITY % y SYSTEM 'file:///etc/hosts'>"
        "%y;]>";

    (void)state;
    in_every_package("external", outside, of("&x;"), READ | REFUSED);
}

static void paths_do_not_leave_their_package(void **state)
{
    static const char *const paths[] = {"../../../etc/cron.d/x", "a/../../b",
                                        "..\\..\\b"};

    (void)state;
    for (size_t i = 0; i < PL_COUNT(paths); i++) {
        for (size_t k = 0; k < N_PACKAGES; k++) {
            test_zip z = {.method = 8};

            for (size_t n = 0; n < 3 && packages[k].before[n][0]; n++)
                zip_add(&z, packages[k].before[n][0], of(packages[k].before[n][1]));
            zip_add(&z, packages[k].part, of("<x/>"));
            zip_add(&z, paths[i], of("x"));
            harmless(zip_end(&z), packages[k].name, REFUSED);
            zip_free(&z);
        }
        {
            test_zip z = {0};

            zip_add(&z, paths[i], of("x"));
            harmless(zip_end(&z), "archive: path", REFUSED);
            zip_free(&z);
        }
    }
}

static void a_million_cells_end_in_time(void **state)
{
    static const struct {
        const char *what;
        int package; /* -1: the text itself */
        const char *head, *piece, *tail;
        size_t n;
    } rows[] = {
        {"text", -1, "", "1\t2\t3\t4\t5\t6\t7\t8\t9\t10\n", "", 100000},
        {"html", -1, "<table>", "<tr><td><td><td><td><td><td><td><td><td><td>",
         "</table>", 100000},
        {"mhtml", -1,
         "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<table>",
         "<tr><td>1<td>2<td>3<td>4<td>5<td>6<td>7<td>8<td>9<td>0\r\n", "</table>",
         100000},
        {"docx", DOCX, "<w:tbl>",
         "<w:tr><w:tc/><w:tc/><w:tc/><w:tc/><w:tc/><w:tc/><w:tc/><w:tc/><w:tc/><w:tc/></"
         "w:tr>",
         "</w:tbl>", 100000},
        {"xlsx", XLSX, "",
         "<row><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c><c><v>4</v></c><c><v>5</v></"
         "c>"
         "</row>",
         "", 200000},
        {"ofd", OFD, "",
         "<TextObject Boundary='10 10 90 9' Font='3' Size='5'><TextCode X='0' "
         "Y='4'>指标</TextCode></TextObject>",
         "", 400000},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_str s = repeated(rows[i].head, rows[i].piece, rows[i].n, rows[i].tail);

        if (rows[i].package < 0) {
            harmless((pl_bytes){(const unsigned char *)s.p, s.n}, rows[i].what,
                     READ | REFUSED);
        } else {
            const struct package *p = &packages[rows[i].package];
            pl_buf b;
            test_zip z;

            pl_buf_init(&b, (size_t)1 << 30);
            pl_buf_put(&b, of(p->head));
            pl_buf_put(&b, s);
            pl_buf_put(&b, of(p->tail));
            harmless(package_of(&z, p, pl_buf_str(&b)), rows[i].what, READ | REFUSED);
            zip_free(&z);
            pl_buf_release(&b);
        }
        text_free(s);
    }
}

static void deep_nesting_ends(void **state)
{
    static const struct {
        const char *what, *head, *piece;
        size_t n;
    } rows[] = {
        {"text: brackets", "", "（", 100000},
        {"html: divs", "<!doctype html>", "<div>", 100000},
        {"html: tables", "<!doctype html>", "<table><tr><td>", 100000},
        {"html: inline", "<!doctype html>", "<b><i><a>", 100000},
        {"mhtml: parts", "MIME-Version: 1.0\r\n",
         "Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n", 20000},
        {"pdf: arrays", "%PDF-1.4\n1 0 obj ", "[", 100000},
        {"pdf: dictionaries", "%PDF-1.4\n1 0 obj ", "<</A", 100000},
    };
    pl_str open = repeated("", "<a>", 100000, "");
    pl_str tables = repeated("", "<w:tbl><w:tr><w:tc>", 30000, "");

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_str s = repeated(rows[i].head, rows[i].piece, rows[i].n, "");

        harmless((pl_bytes){(const unsigned char *)s.p, s.n}, rows[i].what,
                 READ | REFUSED | MAY(EIO));
        text_free(s);
    }
    in_every_package("nested", "", open, REFUSED);
    in_every_package("tables", "", tables, REFUSED);
    text_free(open);
    text_free(tables);
}

static void what_is_cut_off_is_read_or_refused(void **state)
{
    static const char *const whole[] = {
        "关于计划的报告\n\n一、主要目标\n1\t增速\t6%\n2\t就业\t3万人\n",
        "<!doctype html><title>计划</title><table><tr><td>增速<td>6%</table>",
        "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\nPGgxPuiuoeWIkjwvaDE+\r\n",
        "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/"
        "Kids[]/Count 0>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n",
    };
    test_zip z = {.method = 8};
    pl_bytes in;

    (void)state;
    for (size_t k = 0; k < N_PACKAGES; k++) {
        in = package_of(&z, &packages[k], of("<x/>"));
        for (size_t i = 1; i < 16; i++)
            harmless((pl_bytes){in.p, in.n * i / 16}, packages[k].name, REFUSED);
        zip_free(&z);
    }
    z.method = 8;
    zip_add(&z, "a.txt", of(whole[0]));
    in = zip_end(&z);
    for (size_t i = 1; i < 16; i++)
        harmless((pl_bytes){in.p, in.n * i / 16}, "archive: cut", REFUSED);
    zip_free(&z);
    for (size_t k = 0; k < PL_COUNT(whole); k++)
        for (size_t i = 1; i < 16; i++)
            harmless(
                (pl_bytes){(const unsigned char *)whole[k], strlen(whole[k]) * i / 16},
                whole[k], READ | REFUSED | MAY(ESCANNED) | MAY(EIO));
}

/* The unpacked length of the last entry, in the directory (APPNOTE 4.3.12), is wrong. */
static void wrong_lengths_are_found(void **state)
{
    static const uint32_t lengths[] = {1, 0x7fffffff, 0xfffffffe};
    enum { SIZE_AT = 24 };

    (void)state;
    for (size_t k = 0; k <= N_PACKAGES; k++)
        for (size_t i = 0; i < PL_COUNT(lengths); i++) {
            test_zip z = {.method = 8};
            unsigned char *entry;
            pl_box_found f;
            pl_ctx cx;
            pl_bytes in;

            if (k < N_PACKAGES) {
                in = package_of(&z, &packages[k], of("<x>some text, of some length</x>"));
            } else {
                zip_add(&z, "a.txt", of("some text, of some length"));
                in = zip_end(&z);
            }
            entry = z.all.p + in.n;
            while (memcmp(--entry, "PK\1\2", 4) != 0)
                continue;
            for (size_t b = 0; b < 4; b++)
                entry[SIZE_AT + b] = (unsigned char)(lengths[i] >> (8 * b));
            if (k < N_PACKAGES) {
                harmless(in, "wrong length", REFUSED);
            } else {
                cx = test_ctx();
                if (pl_box_read(&cx, in, &f) == PL_OK)
                    assert_int_not_equal(f.members.list.p[0].err.code, PL_OK);
                test_ctx_free(&cx);
            }
            zip_free(&z);
        }
}

/* Parts that name themselves. */
static void circles_are_left(void **state)
{
    test_zip z = {.method = 8};

    (void)state;
    zip_add(&z, "_rels/.rels",
            of("<Relationships><Relationship Id='a' Type='" OFFICE_RELS
               "officeDocument' Target='word/document.xml'/></Relationships>"));
    zip_add(&z, "word/_rels/document.xml.rels",
            of("<Relationships><Relationship Id='a' Type='" OFFICE_RELS
               "styles' Target='styles.xml'/><Relationship Id='b' Type='" OFFICE_RELS
               "footnotes' Target='document.xml'/></Relationships>"));
    zip_add(&z, "word/styles.xml",
            of("<w:styles " W_NS
               "><w:style w:styleId='a'><w:basedOn w:val='b'/></w:style>"
               "<w:style w:styleId='b'><w:basedOn w:val='a'/></w:style></w:styles>"));
    zip_add(&z, "word/document.xml",
            of("<w:document " W_NS "><w:body><w:p><w:pPr><w:pStyle w:val='a'/></w:pPr>"
               "<w:r><w:t>文</w:t></w:r></w:p></w:body></w:document>"));
    harmless(zip_end(&z), "docx: styles", READ);
    zip_free(&z);

    z = (test_zip){.method = 8};
    zip_add(&z, "OFD.xml", of(packages[OFD].before[0][1]));
    zip_add(&z, "Doc_0/Document.xml",
            of("<Document><CommonData><PageArea><PhysicalBox>0 0 9 9</PhysicalBox>"
               "</PageArea><TemplatePage ID='1' BaseLoc='P.xml'/></CommonData><Pages>"
               "<Page ID='1' BaseLoc='P.xml'/></Pages></Document>"));
    zip_add(&z, "Doc_0/P.xml",
            of("<Page><Template TemplateID='1'/><Content><Layer/></Content></Page>"));
    harmless(zip_end(&z), "ofd: template", READ | MAY(ESCANNED) | REFUSED);
    zip_free(&z);
}

/* PDF, through poppler's programs. */

static const struct {
    const char *what, *objects;
    unsigned may;
} pdfs[] = {
    {"pages that hold themselves",
     "1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
     "2 0 obj <</Type/Pages/Kids[2 0 R 2 0 R]/Count 99999999>> endobj\n",
     REFUSED | MAY(ESCANNED) | MAY(OK)},
    {"a form that draws itself",
     "1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
     "2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
     "3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<<"
     "/XObject<</X 5 0 R>>>>>> endobj\n"
     "4 0 obj <</Length 5>>\nstream\n/X Do\nendstream endobj\n"
     "5 0 obj <</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 11/Resources<</XObject<<"
     "/X 5 0 R>>>>>>\nstream\n/X Do /X Do\nendstream endobj\n",
     REFUSED | MAY(ESCANNED)},
    {"wrong lengths and a broken font",
     "1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
     "2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
     "3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<<"
     "/Font<</F1 6 0 R>>>>>> endobj\n"
     "4 0 obj <</Length 999999999>>\nstream\nBT /F1 12 Tf 20 200 Td (plan) Tj ET\n"
     "endstream endobj\n"
     "6 0 obj <</Type/Font/Subtype/TrueType/BaseFont/X/FirstChar 0/LastChar 255/"
     "FontDescriptor 7 0 R>> endobj\n"
     "7 0 obj <</Type/FontDescriptor/FontName/X/Flags 4/FontFile2 8 0 R>> endobj\n"
     "8 0 obj <</Length 40/Length1 4000000000>>\nstream\n"
     "AAAABBBBglyfCCCCDDDDloca\xff\xff\xff\xff\xff\xff\xff\xff-------\nendstream "
     "endobj\n",
     READ | REFUSED | MAY(ESCANNED)},
};

static bool have_poppler(void)
{
    return system("pdftotext -v >/dev/null 2>&1") == 0;
}

static void hostile_pdf_files_end(void **state)
{
    (void)state;
    if (!have_poppler())
        skip();
    for (size_t i = 0; i < PL_COUNT(pdfs); i++) {
        char *s =
            joined("%PDF-1.4\n", pdfs[i].objects, "trailer <</Root 1 0 R>>\n%%EOF\n");

        harmless((pl_bytes){(const unsigned char *)s, strlen(s)}, pdfs[i].what,
                 pdfs[i].may);
        free(s);
    }
}

/* A page of text that takes a layout program long. */
static void a_text_bomb_in_pdf_is_stopped(void **state)
{
    pl_str text = repeated("BT /F1 1 Tf 1 1 Td ", "(a) Tj 1 0.01 Td ", 300000, "ET\n");
    pl_buf b;

    (void)state;
    if (!have_poppler())
        skip();
    pl_buf_init(&b, (size_t)1 << 30);
    pl_buf_putf(&b,
                "%%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
                "2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
                "3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R"
                "/Resources<</Font<</F1 <</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
                ">>>> endobj\n4 0 obj <</Length %zu>>\nstream\n%.*sendstream endobj\n"
                "trailer <</Root 1 0 R>>\n%%%%EOF\n",
                text.n, PL_FMT(text));
    assert_false(b.failed);
    harmless((pl_bytes){(const unsigned char *)b.p, b.n}, "pdf: text bomb",
             READ | MAY(ELIMIT));
    pl_buf_release(&b);
    text_free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zip_bombs_are_refused),
        cmocka_unit_test(entity_bombs_are_refused),
        cmocka_unit_test(external_entities_are_not_fetched),
        cmocka_unit_test(paths_do_not_leave_their_package),
        cmocka_unit_test(a_million_cells_end_in_time),
        cmocka_unit_test(deep_nesting_ends),
        cmocka_unit_test(what_is_cut_off_is_read_or_refused),
        cmocka_unit_test(wrong_lengths_are_found),
        cmocka_unit_test(circles_are_left),
        cmocka_unit_test(hostile_pdf_files_end),
        cmocka_unit_test(a_text_bomb_in_pdf_is_stopped),
    };

    return cmocka_run_group_tests_name("hostile", tests, NULL, NULL);
}
