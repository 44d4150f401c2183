#include "office.h"

#include "doc/xlsx_internal.h"

#include <time.h>

enum { SHEETS = 3 };

/* What a test workbook is made of; NULL parts are not in it. */
typedef struct parts {
    const char *sheets[SHEETS]; /* inside <worksheet> */
    const char *list;           /* attributes of the sheets; NULL: 表1, 表2 … */
    const char *strings, *styles, *book;
} parts;

static void book_add(test_zip *z, const parts *p)
{
    static const char *const attrs[] = {"name='表1' sheetId='1' r:id='s1'",
                                        "name='表2' sheetId='2' r:id='s2'",
                                        "name='表3' sheetId='3' r:id='s3'"};
    char list[2048];
    size_t n = 0;

    for (size_t i = 0; !p->list && i < SHEETS && p->sheets[i]; i++)
        n += (size_t)snprintf(list + n, sizeof list - n, "<sheet %s/>", attrs[i]);
    list[n] = 0;
    n = strlen(p->book ? p->book : "");
    {
        char *head = joined("<workbook xmlns:r='r'>", p->book ? p->book : "", "<sheets>");

        part_add(z, "xl/workbook.xml", head, p->list ? p->list : list,
                 "</sheets></workbook>");
        free(head);
    }
}

static pl_bytes package(test_zip *z, const parts *p)
{
    static const char *const paths[] = {"xl/worksheets/sheet1.xml",
                                        "xl/worksheets/sheet2.xml",
                                        "xl/worksheets/sheet3.xml"};

    *z = (test_zip){.method = 8};
    zip_add(z, "_rels/.rels",
            of("<Relationships><Relationship Id='a' Type='" OFFICE_RELS
               "officeDocument' Target='/xl/workbook.xml'/></Relationships>"));
    zip_add(z, "xl/_rels/workbook.xml.rels",
            of("<Relationships>"
               "<Relationship Id='s1' Type='w' Target='worksheets/sheet1.xml'/>"
               "<Relationship Id='s2' Type='w' Target='worksheets/sheet2.xml'/>"
               "<Relationship Id='s3' Type='w' Target='worksheets/sheet3.xml'/>"
               "<Relationship Id='x' Type='" OFFICE_RELS "styles' Target='styles.xml'/>"
               "<Relationship Id='y' Type='" OFFICE_RELS
               "sharedStrings' Target='sharedStrings.xml'/></Relationships>"));
    book_add(z, p);
    for (size_t i = 0; i < SHEETS; i++)
        part_maybe(z, paths[i], "<worksheet>", p->sheets[i], "</worksheet>");
    part_maybe(z, "xl/sharedStrings.xml", "<sst>", p->strings, "</sst>");
    part_maybe(z, "xl/styles.xml", "<styleSheet>", p->styles, "</styleSheet>");
    return zip_end(z);
}

static pl_status read_parts(pl_ctx *cx, const parts *p, pl_doc **d)
{
    test_zip z;
    pl_status st = pl_doc_read_xlsx(cx, package(&z, p), d);

    zip_free(&z);
    return st;
}

static void check_parts(const parts *p, const char *want)
{
    pl_ctx cx = test_ctx();
    pl_doc *d = NULL;
    pl_buf b;

    if (read_parts(&cx, p, &d) != PL_OK)
        fail_msg("%s: %s", want, cx.err.msg);
    assert_str(print_doc(d, &b), of(want));
    pl_buf_release(&b);
    test_ctx_free(&cx);
}

static void check(const char *sheet, const char *want)
{
    parts p = {.sheets = {sheet}};

    check_parts(&p, want);
}

#define I(at, text)          "<c r='" at "' t='inlineStr'><is><t>" text "</t></is></c>"
#define V(at, value)         "<c r='" at "'><v>" value "</v></c>"
#define VS(at, style, value) "<c r='" at "' s='" style "'><v>" value "</v></c>"
#define ROW(n, cells)        "<row r='" n "'>" cells "</row>"
#define DATA(rows)           "<sheetData>" rows "</sheetData>"
#define MERGE(ref)           "<mergeCell ref='" ref "'/>"
#define MERGES(refs)         "<mergeCells>" refs "</mergeCells>"

static void kinds_of_cells_show_their_text(void **state)
{
    static const char sheet[] = DATA(
        ROW("1", "<c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c>") ROW(
            "2", "<c r='A2' t='b'><v>1</v></c><c r='B2' t='e'><v>#DIV/0!</v></c>")
            ROW("3", "<c r='A3' t='str'><f>A1</f><v>结果</v></c>"
                     "<c r='B3'><f>1+1</f><v>2</v></c>")
                ROW("4", "<c r='A4' t='d'><v>2023-01-15T00:00:00</v></c>" I("B4", "内"))
                    ROW("5",
                        "<c r='A5' t='s'><v>99</v></c>" V("B5", "1") V("C5", "0.1")));
    parts p = {.sheets = {sheet},
               .strings = "<si><t>一 行\r\n 二行 </t></si><si><r><t>富</t></r><r><rPr/>"
                          "<t>文本_x000D_</t></r><rPh><t>fu</t></rPh></si>"};

    (void)state;
    check_parts(&p, "H1 表1;T 一 行\\二行|富文本|./TRUE|#DIV/0!|./结果|2|./"
                    "2023-01-15|内|./.|1|0.1/;");
}

static const struct {
    const char *code, *value, *want;
} shown_as[] = {
    {"", "0.69999999999999996", "0.7"},
    {"", "313.19999999999999", "313.2"},
    {"", "-4.5", "-4.5"},
    {"", "6.333333333333333", "6.333333333"},
    {"", "123456789012", "123456789012"},
    {"", "1.5E-3", "0.0015"},
    {"", "1E+3", "1000"},
    {"", "0", "0"},
    {"", "abc", "abc"},
    {"0", "2.5", "3"},
    {"0", "-0.4", "-0"},
    {"0.00", "3.14159", "3.14"},
    {"0.00", "9.999", "10.00"},
    {"0.0%", "0.04", "4.0%"},
    {"0%", "0.055", "6%"},
    {"0.00%", "1", "100.00%"},
    {"#,##0", "1234567", "1,234,567"},
    {"#,##0", "999", "999"},
    {"#,##0.00", "1234.5", "1,234.50"},
    {"#,##0.##", "1234", "1,234"},
    {"0.##", "0.5", "0.5"},
    {".00", "0.5", "0.50"},
    {"0,", "12345", "12"},
    {"0.0,,", "12345678", "12.3"},
    {"00000", "42", "00042"},
    {"000-0000", "1234567", "123-4567"},
    {"0.00E+00", "12345", "1.23E+04"},
    {"0.00E+00", "0.00012", "1.20E-04"},
    {"0.0E+0", "9.99", "1.0E+1"},
    {"##0.0E+0", "12345", "12.3E+3"},
    {"0.00;(0.00)", "-2", "(2.00)"},
    {"0.00_ ;[Red]\\-0.00\\ ", "-2", "-2.00 "},
    {"0;-0;\"零\"", "0", "零"},
    {"0;;", "5", "5"},
    {"0;;", "-5", ""},
    {"_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "1234.5", "1,234.50"},
    {"_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "0", "-"},
    {"[>=10000]0.0,\"千\";0", "12345", "12.3千"},
    {"[>=10000]0.0,\"千\";0", "-12", "-12"},
    {"0\"万元\"", "35", "35万元"},
    {"0.0 ", "35", "35.0 "},
    {"[$¥-804]#,##0", "1200", "¥1,200"},
    {"General\"人\"", "7", "7人"},
    {"G/通用格式", "7.25", "7.25"},
    {"[DBNum1]General", "123", "一百二十三"},
    {"@", "7.25", "7.25"},
    {"# ?/?", "0.5", "0.5"},
    {"yyyy\"年\"m\"月\"d\"日\"", "44927", "2023年1月1日"},
    {"yyyy/m/d", "60", "1900/2/29"},
    {"yyyy/m/d", "61", "1900/3/1"},
    {"yyyy/m/d", "1", "1900/1/1"},
    {"yyyy-mm-dd", "45291", "2023-12-31"},
    {"yy.m", "44927", "23.1"},
    {"e\"年\"", "44927", "2023年"},
    {"[DBNum1][$-804]yyyy\"年\"m\"月\"", "44866", "二〇二二年十一月"},
    {"aaaa", "44927", "星期日"},
    {"d-mmm-yy", "44927", "1-Jan-23"},
    {"dddd", "44927", "Sunday"},
    {"h:mm", "0.5625", "13:30"},
    {"h:mm AM/PM", "0.5625", "1:30 PM"},
    {"上午/下午h\"时\"mm\"分\"", "0.25", "上午6时00分"},
    {"mm:ss", "0.0104166666666667", "15:00"},
    {"[h]:mm", "1.5", "36:00"},
    {"yyyy/m/d h:mm", "44927.999999", "2023/1/2 0:00"},
    {"yyyy/m/d", "-1", "-1"},
    {"yyyy/m/d", "9999999", "9999999"},
};

static void numbers_show_as_their_format_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < PL_COUNT(shown_as); i++) {
        xlsx_shown shown;

        xlsx_format_number(of(shown_as[i].code), of(shown_as[i].value), false, &shown);
        if (!pl_str_eq((pl_str){shown.p, shown.n}, of(shown_as[i].want)))
            fail_msg("%s of %s: got '%.*s', want '%s'", shown_as[i].code,
                     shown_as[i].value, (int)shown.n, shown.p, shown_as[i].want);
    }
}

static void dates_may_count_from_1904(void **state)
{
    xlsx_shown shown;

    (void)state;
    xlsx_format_number(of("yyyy/m/d aaa"), of("0"), true, &shown);
    assert_str(((pl_str){shown.p, shown.n}), of("1904/1/1 周五"));
}

static void texts_take_the_section_for_texts(void **state)
{
    xlsx_shown shown;

    (void)state;
    assert_true(xlsx_format_text(of("0;0;0;\"约\"@"), of("十个"), &shown));
    assert_str(((pl_str){shown.p, shown.n}), of("约十个"));
    assert_false(xlsx_format_text(of("0.00"), of("十个"), &shown));
    assert_false(xlsx_format_text(of("@"), of("十个"), &shown));
}

static void styles_lead_to_formats(void **state)
{
    parts p = {
        .sheets = {DATA(ROW("1", VS("A1", "1", "0.04") VS("B1", "2", "44927"))
                            ROW("2", VS("A2", "3", "44927") VS("B2", "9", "1.5")))},
        .styles = "<numFmts><numFmt numFmtId='176' formatCode='0.0%'/></numFmts>"
                  "<cellStyleXfs><xf numFmtId='9'/></cellStyleXfs>"
                  "<cellXfs><xf numFmtId='0'/><xf numFmtId='176'/><xf numFmtId='14'/>"
                  "<xf numFmtId='57'/></cellXfs>"};

    (void)state;
    check_parts(&p, "H1 表1;T 4.0%|2023/1/1/2023年1月|1.5/;");
}

static void merged_ranges_are_spans(void **state)
{
    static const struct {
        const char *sheet, *want;
    } rows[] = {
        {DATA(ROW("1", I("A1", "甲") I("C1", "乙")) ROW(
             "2", V("A2", "1") V("B2", "2") V("C2", "3"))) MERGES(MERGE("A1:B1")),
         "H1 表1;T 甲|<|乙/1|2|3/;"},
        {DATA(ROW("1", I("A1", "甲") V("B1", "1")) ROW("2", V("B2", "2"))
                  ROW("3", V("B3", "3"))) MERGES(MERGE("A1:A3")),
         "H1 表1;T 甲|1/^|2/^|3/;"},
        /* what a merged cell hides is not shown */
        {DATA(ROW("1", I("A1", "甲") I("B1", "藏") V("C1", "1")) ROW(
             "2", I("A2", "乙") I("B2", "丙") V("C2", "2"))) MERGES(MERGE("A1:B1")),
         "H1 表1;T 甲|<|1/乙|丙|2/;"},
        /* merged over rows that have nothing else: those rows are none */
        {DATA(ROW("1", I("A1", "甲") I("B1", "乙")) ROW("3", V("A3", "1") V("B3", "2")))
             MERGES(MERGE("A1:A2") MERGE("B1:B2")),
         "H1 表1;T 甲|乙/1|2/;"},
        /* as wide as the sheet, or over each other */
        {DATA(ROW("1", I("A1", "甲") I("B1", "乙")) ROW("2", I("A2", "节"))
                  ROW("3", V("A3", "1") V("B3", "2")))
             MERGES(MERGE("A2:XFD2") MERGE("A1:A1") MERGE("A2:B2") MERGE("B9:A1")),
         "H1 表1;T 甲|乙/节|</1|2/;"},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++)
        check(rows[i].sheet, rows[i].want);
}

static void tables_have_titles_and_notes_around_them(void **state)
{
    static const struct {
        const char *sheet, *want;
    } rows[] = {
        {DATA(ROW("1", I("A1", "2023年主要指标")) ROW("2", I("C2", "单位：亿元"))
                  ROW("3", I("A3", "序号") I("B3", "指标") I("C3", "数值"))
                      ROW("4", V("A4", "1") I("B4", "产值") V("C4", "9"))
                          ROW("5", I("A5", "注：初步核算数。"))) MERGES(MERGE("A1:C1")),
         "H1 表1;H2 2023年主要指标;P 单位：亿元;T 序号|指标|数值/1|产值|9/;P "
         "注：初步核算数。;"},
        /* two tables, the second with its title apart */
        {DATA(ROW("1", I("A1", "甲") I("B1", "乙")) ROW("2", V("A2", "1") V("B2", "2"))
                  ROW("5", I("A5", "第二张表")) ROW("7", I("A7", "丙") I("B7", "丁"))
                      ROW("8", V("A8", "3") V("B8", "4"))),
         "H1 表1;T 甲|乙/1|2/;H2 第二张表;T 丙|丁/3|4/;"},
        /* blank columns and cells without text are none of the table */
        {DATA(ROW("2", I("B2", "甲") "<c r='C2' s='1'/>" I("E2", "乙"))
                  ROW("3", V("B3", "1") V("E3", "2"))),
         "H1 表1;T 甲|乙/1|2/;"},
        /* a section row inside a table stays there */
        {DATA(ROW("1", I("A1", "甲") I("B1", "乙")) ROW("2", I("A2", "一、经济"))
                  ROW("3", V("A3", "1") V("B3", "2"))) MERGES(MERGE("A2:B2")),
         "H1 表1;T 甲|乙/一、经济|</1|2/;"},
        {DATA(ROW("1", I("A1", "填报说明文字一。"))
                  ROW("2", I("A2", "填报说明文字二。"))),
         "H1 表1;P 填报说明文字一。;P 填报说明文字二。;"},
        {DATA(""), ""},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++)
        check(rows[i].sheet, rows[i].want);
}

#define SENTENCE                                                                                                                  \
    "全年各项任务有序推进，主要指标好于预期，重点项目按期开工，居民收入稳步增长，民生支" \
    "出"                                                                                                                         \
    "占比提高。"
#define HEADS(row, a, b) ROW(row, I("A" row, a) I("C" row, b))
#define WIDE(row, text)  ROW(row, I("A" row, text))

/* Rows of one cell between tables: text, or a heading of the table's rows? */
static void running_text_is_told_from_rows_of_a_table(void **state)
{
    static const struct {
        const char *sheet, *want;
    } rows[] = {
        /* a sentence, and the heading above it */
        {DATA(HEADS("1", "甲", "1") HEADS("2", "乙", "2") WIDE("3", "一、进展") WIDE(
             "4", SENTENCE) HEADS("5", "丙", "3")) MERGES(MERGE("A3:C3") MERGE("A4:C4")),
         "H1 表1;T 甲|1/乙|2/;H1 一、进展;P " SENTENCE ";T 丙|3/;"},
        /* the mark of an annex, and its title */
        {DATA(HEADS("1", "甲", "1") WIDE("2", "附件2") WIDE("3", "任务清单")
                  HEADS("4", "丙", "3")) MERGES(MERGE("A2:C2") MERGE("A3:C3")),
         "H1 表1;T 甲|1/;H1 附件2;H1 任务清单;T 丙|3/;"},
        /* the tables above and below part the width in other ways */
        {DATA(HEADS("1", "甲", "1") WIDE("2", "第二张表")
                  ROW("3", I("A3", "丙") I("B3", "3")))
             MERGES(MERGE("A1:B1") MERGE("A2:C2") MERGE("B3:C3")),
         "H1 表1;T 甲|1/;P 第二张表;T 丙|3/;"},
        /* of which rows lack cells, that is not told: a heading of rows */
        {DATA(HEADS("1", "甲", "1") WIDE("2", "二、民生")
                  ROW("3", I("A3", "丙") I("B3", "3"))) MERGES(MERGE("A2:C2")),
         "H1 表1;T 甲|.|1/二、民生|<|</丙|3|./;"},
        /* a merged cell without text is a cell; a sentence beside one stays in its row */
        {DATA(HEADS("1", "甲", "1") ROW("2", I("A2", SENTENCE)))
             MERGES(MERGE("A1:B1") MERGE("A2:B2") MERGE("C2:D2")),
         "H1 表1;T 甲|1/" SENTENCE "|/;"},
        /* under a merged cell no row is text */
        {DATA(HEADS("1", "甲", "1") ROW("2", I("B2", SENTENCE)))
             MERGES(MERGE("A1:A2") MERGE("B2:C2")),
         "H1 表1;T 甲|.|1/^|" SENTENCE "|</;"},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++)
        check(rows[i].sheet, rows[i].want);
}

/* Where tables have lines, a row of one cell without them is none of theirs. */
static void lines_tell_tables_from_text(void **state)
{
    static const char styles[] =
        "<borders><border><left/></border><border><left style='thin'/></border></borders>"
        "<cellXfs><xf borderId='0'/><xf borderId='1'/></cellXfs>";
    static const char sheet[] =
        DATA(ROW("1", VS("A1", "1", "1") VS("B1", "1", "2"))
                 ROW("2", VS("A2", "1", "3") VS("B2", "1", "4"))
                     ROW("3", "<c r='A3' t='inlineStr'><is><t>后一张表</t></is></c>")
                         ROW("4", VS("A4", "1", "5") VS("B4", "1", "6"))
                             ROW("5", VS("A5", "1", "7")));
    parts p = {.sheets = {sheet}, .styles = styles};

    (void)state;
    check_parts(&p, "H1 表1;T 1|2/3|4/;P 后一张表;T 5|6/7|./;");
}

static void cells_may_leave_out_their_address(void **state)
{
    (void)state;
    check(DATA("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"
               "<row><c r='ZZZZ9'><v>4</v></c><c r='B'><v>5</v></c></row>"),
          "H1 表1;T 1|2/3|./4|5/;");
    /* out of order, and one place twice */
    check(DATA(ROW("2", V("B2", "4") V("A2", "3")) ROW("1", V("A1", "1") V("B1", "2"))
                   ROW("2", V("A2", "3"))),
          "H1 表1;T 1|2/3|4/;");
}

static void hidden_cells_are_marked(void **state)
{
    parts p = {
        .sheets = {"<cols><col min='2' max='2' hidden='1'/></cols>" DATA(
                       ROW("1", V("A1", "1") V("B1", "2")) "<row r='2' hidden='1'>" V(
                           "A2", "3") V("B2", "4") "</row>"),
                   DATA(ROW("1", V("A1", "5") V("B1", "6")))},
        .list = "<sheet name='表1' r:id='s1'/><sheet name='藏' state='hidden' r:id='s2'/>"
                "<sheet name='缺' r:id='s9'/>"};
    pl_ctx cx = test_ctx();
    pl_doc *d;

    (void)state;
    check_parts(&p, "H1 表1;T 1|~2/~3|~4/;H1 藏;T ~5|~6/;");
    assert_int_equal(read_parts(&cx, &p, &d), PL_OK);
    assert_int_equal(d->oddities.n, 2);
    assert_str(d->oddities.p[0].rule, of("sheet.hidden"));
    assert_str(d->oddities.p[1].rule, of("part.unread"));
    test_ctx_free(&cx);
}

static void places_are_addresses(void **state)
{
    parts p = {
        .sheets = {DATA(ROW("3", I("B3", "标题")) ROW("4", I("B4", "甲") I("AA4", "乙"))
                            ROW("5", V("B5", "1") V("AA5", "2")))}};
    pl_ctx cx = test_ctx();
    const pl_cell *cell;
    pl_doc *d;

    (void)state;
    assert_int_equal(read_parts(&cx, &p, &d), PL_OK);
    assert_str(d->title, of("标题"));
    assert_str(d->title_place.path, of("表1!B3"));
    assert_str(d->blocks.p[0].place.path, of("表1"));
    cell = pl_table_at(d->blocks.p[2].table, 1, 1);
    assert_str(cell->place.path, of("表1!AA5"));
    assert_int_equal(cell->place.row, 2);
    assert_int_equal(cell->place.col, 2);
    assert_int_equal(cell->place.table, 1);
    test_ctx_free(&cx);
}

/* Hostile workbooks. */

static pl_status read_hostile(const parts *p, double most_s)
{
    pl_ctx cx = {.limits = PL_LIMITS_DEFAULT};
    clock_t start = clock();
    pl_status st;
    pl_doc *d;

    cx.limits.arena_bytes = (size_t)256 << 20;
    cx.arena = pl_arena_new(cx.limits.arena_bytes);
    assert_non_null(cx.arena);
    st = read_parts(&cx, p, &d);
    if ((double)(clock() - start) / CLOCKS_PER_SEC > most_s)
        fail_msg("%.1f s", (double)(clock() - start) / CLOCKS_PER_SEC);
    test_ctx_free(&cx);
    return st;
}

static void far_cells_cost_nothing(void **state)
{
    parts p = {.sheets = {DATA(ROW("1", V("A1", "1") V("XFD1", "2")) ROW(
                   "1048576", V("A1048576", "3") V("XFD1048576", "4")))}};

    (void)state;
    check_parts(&p, "H1 表1;T 1|2/;T 3|4/;");
}

static void a_million_cells_are_read_within_bounds(void **state)
{
    pl_buf b;
    parts p = {.sheets = {NULL}};
    pl_status st;

    (void)state;
    pl_buf_init(&b, 256 << 20);
    pl_buf_put(&b, of("<sheetData>"));
    for (int i = 0; i < 100000; i++)
        pl_buf_put(&b,
                   of("<row><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c><c><v>4</v></c>"
                      "<c><v>5</v></c><c><v>6</v></c><c><v>7</v></c><c><v>8</v></c>"
                      "<c><v>9</v></c><c><v>10</v></c></row>"));
    pl_buf_put(&b, of("</sheetData>"));
    pl_buf_putc(&b, 0);
    p.sheets[0] = b.p;
    st = read_hostile(&p, 30);
    assert_true(st == PL_OK || st == PL_ELIMIT || st == PL_ENOMEM);
    pl_buf_release(&b);
}

static void merges_over_each_other_are_linear(void **state)
{
    pl_buf b;
    parts p = {.sheets = {NULL}};

    (void)state;
    pl_buf_init(&b, 64 << 20);
    pl_buf_put(&b, of("<sheetData><row r='1'>"));
    for (int i = 0; i < 2000; i++)
        pl_buf_put(&b, of("<c><v>1</v></c>"));
    pl_buf_put(&b, of("</row></sheetData><mergeCells>"));
    for (int i = 0; i < 100000; i++)
        pl_buf_putf(&b, "<mergeCell ref='A1:XFD%d'/>", i + 1);
    pl_buf_put(&b, of("</mergeCells>"));
    pl_buf_putc(&b, 0);
    p.sheets[0] = b.p;
    assert_int_equal(read_hostile(&p, 10), PL_OK);
    pl_buf_release(&b);
}

static void a_sheet_listed_often_is_read_once(void **state)
{
    pl_buf b;
    parts p = {.sheets = {DATA(ROW("1", V("A1", "1") V("B1", "2")))}};
    pl_ctx cx = test_ctx();
    pl_doc *d;

    (void)state;
    pl_buf_init(&b, 1 << 20);
    for (int i = 0; i < 1000; i++)
        pl_buf_put(&b, of("<sheet name='a' r:id='s1'/>"));
    pl_buf_putc(&b, 0);
    p.list = b.p;
    assert_int_equal(read_parts(&cx, &p, &d), PL_OK);
    assert_int_equal(d->n_tables, 1);
    pl_buf_release(&b);
    test_ctx_free(&cx);
}

static void a_table_too_wide_is_refused(void **state)
{
    pl_buf b;
    parts p = {.sheets = {NULL}};

    (void)state;
    pl_buf_init(&b, 1 << 20);
    pl_buf_put(&b, of("<sheetData><row>"));
    for (int i = 0; i < 5000; i++)
        pl_buf_put(&b, of("<c><v>1</v></c>"));
    pl_buf_put(&b, of("</row></sheetData>"));
    pl_buf_putc(&b, 0);
    p.sheets[0] = b.p;
    assert_int_equal(read_hostile(&p, 10), PL_ELIMIT);
    pl_buf_release(&b);
}

static void other_packages_are_named(void **state)
{
    static const struct {
        const char *part, *says;
        pl_status want;
    } rows[] = {{"word/document.xml", ".docx", PL_EFORMAT},
                {"xl/workbook.bin", ".xlsb", PL_ECONVERT}};

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        test_zip z = {0};
        pl_ctx cx = test_ctx();
        pl_doc *d;

        zip_add(&z, rows[i].part, of("<x/>"));
        assert_int_equal(pl_doc_read_xlsx(&cx, zip_end(&z), &d), rows[i].want);
        assert_non_null(strstr(cx.err.msg, rows[i].says));
        zip_free(&z);
        test_ctx_free(&cx);
    }
}

static const parts rich = {
    .sheets = {"<cols><col min='1' max='3' hidden='1'/></cols>" DATA(
                   ROW("1", I("A1", "标题")) ROW("2", I("A2", "甲") I("B2", "乙"))
                       ROW("3", VS("A3", "1", "0.5") "<c r='B3' t='s'><v>0</v></c>"))
                   MERGES(MERGE("A1:B1")),
               DATA(ROW("1", V("A1", "1") V("B1", "2")))},
    .strings = "<si><t>文</t></si>",
    .styles = "<numFmts><numFmt numFmtId='176' formatCode='0.0%'/></numFmts>"
              "<cellXfs><xf numFmtId='0'/><xf numFmtId='176'/></cellXfs>"};

static void every_failed_allocation_is_reported(void **state)
{
    pl_status st = PL_ENOMEM;

    (void)state;
    for (size_t n = 0; st != PL_OK && n < 2000; n++) {
        pl_ctx cx = test_ctx();
        pl_doc *d = NULL;

        pl_arena_fail_after(cx.arena, n);
        st = read_parts(&cx, &rich, &d);
        assert_true(st == PL_OK || (st == PL_ENOMEM && !d));
        test_ctx_free(&cx);
    }
    assert_int_equal(st, PL_OK);
}

static void changed_bytes_are_read_or_refused(void **state)
{
    char *sheet = joined(rich.sheets[0], "", "");
    parts p = rich;

    (void)state;
    p.sheets[0] = sheet;
    for (size_t i = 0; i < strlen(rich.sheets[0]); i++) {
        pl_ctx cx = test_ctx();
        pl_doc *d = NULL;
        char was = sheet[i];

        sheet[i] = "<>/'9 "[i % 6];
        assert_true((read_parts(&cx, &p, &d) == PL_OK) == (d != NULL));
        sheet[i] = was;
        test_ctx_free(&cx);
    }
    free(sheet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_of_cells_show_their_text),
        cmocka_unit_test(numbers_show_as_their_format_says),
        cmocka_unit_test(dates_may_count_from_1904),
        cmocka_unit_test(texts_take_the_section_for_texts),
        cmocka_unit_test(styles_lead_to_formats),
        cmocka_unit_test(merged_ranges_are_spans),
        cmocka_unit_test(tables_have_titles_and_notes_around_them),
        cmocka_unit_test(running_text_is_told_from_rows_of_a_table),
        cmocka_unit_test(lines_tell_tables_from_text),
        cmocka_unit_test(cells_may_leave_out_their_address),
        cmocka_unit_test(hidden_cells_are_marked),
        cmocka_unit_test(places_are_addresses),
        cmocka_unit_test(far_cells_cost_nothing),
        cmocka_unit_test(a_million_cells_are_read_within_bounds),
        cmocka_unit_test(merges_over_each_other_are_linear),
        cmocka_unit_test(a_sheet_listed_often_is_read_once),
        cmocka_unit_test(a_table_too_wide_is_refused),
        cmocka_unit_test(other_packages_are_named),
        cmocka_unit_test(every_failed_allocation_is_reported),
        cmocka_unit_test(changed_bytes_are_read_or_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
