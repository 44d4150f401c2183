#include "office.h"

#include "doc/docx_reader.h"
#include "doc/numeral.h"
#include "text/utf8.h"

#include <time.h>

/* What a test document is made of; NULL parts are not in it. */
typedef struct parts {
    const char *body, *styles, *numbering, *footnotes, *core;
} parts;

static pl_bytes package(test_zip *z, const parts *p)
{
    *z = (test_zip){.method = 8};
    zip_add(z, "_rels/.rels",
            of("<Relationships><Relationship Id='a' Type='" OFFICE_RELS
               "officeDocument' Target='word/document.xml'/><Relationship Id='b' "
               "Type='x/core-properties' Target='docProps/core.xml'/></Relationships>"));
    zip_add(z, "word/_rels/document.xml.rels",
            of("<Relationships>"
               "<Relationship Id='a' Type='" OFFICE_RELS "styles' Target='styles.xml'/>"
               "<Relationship Id='b' Type='" OFFICE_RELS
               "numbering' Target='numbering.xml'/>"
               "<Relationship Id='c' Type='" OFFICE_RELS
               "footnotes' Target='/word/footnotes.xml'/></Relationships>"));
    part_add(z, "word/document.xml", "<w:document " W_NS "><w:body>", p->body,
             "</w:body></w:document>");
    part_maybe(z, "word/styles.xml", "<w:styles " W_NS ">", p->styles, "</w:styles>");
    part_maybe(z, "word/numbering.xml", "<w:numbering " W_NS ">", p->numbering,
               "</w:numbering>");
    part_maybe(z, "word/footnotes.xml", "<w:footnotes " W_NS ">", p->footnotes,
               "</w:footnotes>");
    part_maybe(z, "docProps/core.xml", "<core xmlns:dc='d'>", p->core, "</core>");
    return zip_end(z);
}

static pl_status read_parts(pl_ctx *cx, const parts *p, const pl_docx_opts *opts,
                            pl_doc **d)
{
    test_zip z;
    pl_bytes in = package(&z, p);
    pl_status st = pl_doc_read_docx(cx, in, opts, d);

    zip_free(&z);
    return st;
}

static void check_parts(const parts *p, const pl_docx_opts *opts, const char *want)
{
    pl_ctx cx = test_ctx();
    pl_doc *d = NULL;
    pl_buf b;

    if (read_parts(&cx, p, opts, &d) != PL_OK)
        fail_msg("%s: %s", want, cx.err.msg);
    assert_str(print_doc(d, &b), of(want));
    pl_buf_release(&b);
    test_ctx_free(&cx);
}

static void check(const char *body, const char *want)
{
    parts p = {.body = body};

    check_parts(&p, NULL, want);
}

#define P(runs)            "<w:p>" runs "</w:p>"
#define R(text)            "<w:r><w:t>" text "</w:t></w:r>"
#define PR(props, runs)    "<w:p><w:pPr>" props "</w:pPr>" runs "</w:p>"
#define TC(props, content) "<w:tc><w:tcPr>" props "</w:tcPr>" content "</w:tc>"
#define C(text)            "<w:tc>" P(R(text)) "</w:tc>"
#define TR(cells)          "<w:tr>" cells "</w:tr>"
#define TBL(rows)          "<w:tbl>" rows "</w:tbl>"
#define FLD(type)          "<w:r><w:fldChar w:fldCharType='" type "'/></w:r>"
#define INSTR(text)        "<w:r><w:instrText>" text "</w:instrText></w:r>"

static void text_of_runs_is_joined(void **state)
{
    static const struct {
        const char *body, *want;
    } rows[] = {
        {P(R("增长") R("6%") "<w:r><w:t xml:space='preserve"
                             "'> 以上</w:t></w:r>"),
         "P 增长6% 以上;"},
        {P(R("上半") "<w:r><w:br/></w:r>" R("年完成")), "P 上半年完成;"},
        {P(R("by the") "<w:r><w:br/></w:r>" R("year")), "P by the year;"},
        {P(R("工作完成。") "<w:r><w:br/></w:r>" R("下一步推进")),
         "P 工作完成。;P 下一步推进;"},
        {P(R("总体要求") "<w:r><w:br/></w:r>" R("二、目标")), "P 总体要求;H1 二、目标;"},
        {P("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>"), "P 甲 乙;"},
        {P("<w:r><w:t>4</w:t><w:noBreakHyphen/><w:t>5%</w:t></w:r>"), "P 4-5%;"},
        {P("<w:r><w:t>页</w:t><w:br w:type='page'/><w:t>末</w:t></w:r>"), "P 页末;"},
        {P("<w:hyperlink>" R("链接") "</w:hyperlink><w:smartTag>" R(
             "标签") "</w:smartTag>"),
         "P 链接标签;"},
        {P("<w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r>" R("明")), "P 明;"},
        {P(R("面积10") "<w:r><w:rPr><w:vertAlign "
                       "w:val='superscript'/></w:rPr><w:t>4</w:t>"
                       "</w:r>" R("米")),
         "P 面积10⁴米;"},
        {P("<w:r><w:sym w:font='Symbol' w:char='F0B3'/><w:t>90%</w:t></w:r>"), "P ≥90%;"},
        {P("<w:r><w:sym w:font='Wingdings' w:char='F0D8'/><w:t>列</w:t></w:r>"), "P 列;"},
        {P("<w:r><w:ruby><w:rt><w:r><w:t>zhǔn</w:t></w:r></w:rt><w:rubyBase>" R(
             "准") "</w:rubyBase></w:ruby></w:r>"),
         "P 准;"},
        {P("") P(R(" 　")), ""},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++)
        check(rows[i].body, rows[i].want);
}

static void fields_show_their_result(void **state)
{
    (void)state;
    check(
        P(R("第") FLD("begin") INSTR(" PAGE ") FLD("separate") R("3") FLD("end") R("页")),
        "P 第3页;");
    check(P("<w:fldSimple w:instr='DATE'>" R("2023年") "</w:fldSimple>"), "P 2023年;");
    check(P(FLD("begin") INSTR("IF ") FLD("begin") INSTR("PAGE") FLD("separate") R("1")
                FLD("end") FLD("separate") R("是") FLD("end")),
          "P 是;");
    /* one that never ends hides no more than its paragraph */
    check(P(FLD("begin") INSTR("PAGE") R("甲")) P(R("乙")), "P 乙;");
}

static void tables_of_contents_are_left_out(void **state)
{
    parts styled = {
        .body = PR("<w:pStyle w:val='T1'/>", R("一、总体要求\t1")) P(R("正文在此。")),
        .styles = "<w:style w:type='paragraph' w:styleId='T1'><w:name w:val='toc 1'/>"
                  "</w:style>"};

    (void)state;
    check_parts(&styled, NULL, "P 正文在此。;");
    check(P(FLD("begin") INSTR(" TOC \\o ") FLD("separate") R("一、总体要求"))
              P(R("二、重点任务") FLD("end")) P(R("三、保障措施")),
          "H1 三、保障措施;");
    check("<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/>"
          "</w:docPartObj></w:sdtPr><w:sdtContent>" P(R("目录"))
              P(R("一、要求 1")) "</w:sdtContent></w:sdt>" P(R("一、要求")),
          "H1 一、要求;");
    check(P(R("目  录")) P("<w:r><w:t>一、要求</w:t><w:tab/><w:t>1</w:t></w:r>")
              P(R("一、要求")) P(R("收入") "<w:r><w:tab/><w:t>5</w:t></w:r>"),
          "H1 一、要求;P 收入 5;");
    check(P(R("一、要求……………12")), "");
}

static void content_controls_show_their_content_but_no_prompt(void **state)
{
    (void)state;
    check("<w:sdt><w:sdtPr><w:rPr><w:b/></w:rPr></w:sdtPr><w:sdtContent>" P(
              R("内容")) "</w:sdtContent></w:sdt>",
          "P 内容;");
    check(P("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" R(
              "单击输入") "</w:sdtContent></w:sdt>" R("后文")),
          "P 后文;");
}

static void headings_come_from_levels_styles_and_names(void **state)
{
    parts p = {
        .styles =
            "<w:style w:type='paragraph' w:styleId='1'><w:name w:val='heading 1'/>"
            "<w:pPr><w:outlineLvl w:val='0'/></w:pPr></w:style>"
            "<w:style w:type='paragraph' w:styleId='a'><w:name w:val='章'/>"
            "<w:basedOn w:val='1'/></w:style>"
            "<w:style w:type='paragraph' w:styleId='b'><w:name w:val='标题 3'/></w:style>"
            "<w:style w:type='paragraph' w:styleId='t'><w:name w:val='Title'/></w:style>",
        .body = PR("<w:pStyle w:val='t'/>", R("某区五年规划"))
            PR("<w:pStyle w:val='1'/>", R("基础")) PR("<w:pStyle w:val='a'/>", R("目标"))
                PR("<w:pStyle w:val='b'/>", R("条目"))
                    PR("<w:outlineLvl w:val='1'/>", R("任务"))
                        PR("<w:pStyle w:val='1'/><w:outlineLvl w:val='9'/>", R("正文"))};

    (void)state;
    check_parts(&p, NULL, "H1 某区五年规划;H1 基础;H1 目标;H3 条目;H2 任务;P 正文;");
}

#define BOLD(text) "<w:r><w:rPr><w:b/></w:rPr><w:t>" text "</w:t></w:r>"

static void headings_without_style_are_told_by_their_look(void **state)
{
    static const struct {
        const char *body, *want;
    } rows[] = {
        {P(R("一、总体要求")), "H1 一、总体要求;"},
        {P(R("（二）发展目标")), "H2 （二）发展目标;"},
        {P(R("第一章 发展基础")), "H1 第一章 发展基础;"},
        {P(R("一、全年完成投资30亿元，增长5%。")), "P 一、全年完成投资30亿元，增长5%。;"},
        {P(R("1.新建道路三条")), "P 1.新建道路三条;"},
        {P(BOLD("1.道路建设")), "H3 1.道路建设;"},
        {P(R("2023年")), "P 2023年;"},
        {P(R("说明如下。")) PR("<w:jc w:val='center'/>", BOLD("保障措施")),
         "P 说明如下。;H1 保障措施;"},
        {P(R("说明如下。")) PR("<w:jc w:val='center'/>", BOLD("表1 主要指标")),
         "P 说明如下。;P 表1 主要指标;"},
        {P(R("附件1")), "H1 附件1;"},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++)
        check(rows[i].body, rows[i].want);
}

static void the_title_is_the_largest_centred_line(void **state)
{
    static const char body[] = PR(
        "<w:jc w:val='center'/>",
        "<w:r><w:rPr><w:b/><w:sz w:val='72'/></w:rPr><w:t>某区人民政府文件</w:t></w:r>")
        PR("<w:jc w:val='center'/>", "<w:r><w:rPr><w:sz w:val='44'/></w:rPr>"
                                     "<w:t>某区2023年计划</w:t></w:r>")
            PR("<w:jc w:val='center'/>", "<w:r><w:rPr><w:sz w:val='44'/></w:rPr>"
                                         "<w:t>执行情况的报告</w:t></w:r>")
                P("<w:r><w:rPr><w:sz w:val='32'/></w:rPr>"
                  "<w:t>各位代表：现将计划执行情况报告如下，请予审议。</w:t></w:r>");
    parts p = {.body = body,
               .core = "<dc:title>草稿</dc:title><dc:creator>甲</dc:creator>"};
    pl_ctx cx = test_ctx();
    pl_doc *d;

    (void)state;
    assert_int_equal(read_parts(&cx, &p, NULL, &d), PL_OK);
    assert_str(d->title, of("某区2023年计划执行情况的报告"));
    assert_str(d->title_place.path, of("p2"));
    assert_int_equal(d->meta.n, 2);
    assert_str(d->meta.p[0].key, of("标题"));
    assert_str(d->meta.p[1].value, of("甲"));
    assert_int_equal(d->blocks.n, 3);
    assert_int_equal(d->blocks.p[1].kind, PL_BLOCK_HEADING);
    p.body = P(R("没有题目的正文。"));
    assert_int_equal(read_parts(&cx, &p, NULL, &d), PL_OK);
    assert_str(d->title, of("草稿"));
    test_ctx_free(&cx);
}

#define LVL(i, format, text)                                             \
    "<w:lvl w:ilvl='" i "'><w:start w:val='1'/><w:numFmt w:val='" format \
    "'/><w:lvlText w:val='" text "'/></w:lvl>"
#define NUM(id, level, text) \
    PR("<w:numPr><w:ilvl w:val='" level "'/><w:numId w:val='" id "'/></w:numPr>", R(text))

static void automatic_numbers_are_written_out(void **state)
{
    parts p = {
        .numbering = "<w:abstractNum w:abstractNumId='0'>" LVL(
            "0", "chineseCountingThousand",
            "%1、") LVL("1", "japaneseCounting", "（%2）") LVL("2", "decimal", "%3.")
            LVL("3", "decimalEnclosedCircle",
                "%4") "</w:abstractNum>"
                      "<w:abstractNum w:abstractNumId='1'>" LVL("0", "decimal", "%1")
                          LVL("1", "decimal", "%1.%2") LVL(
                              "2", "bullet",
                              "●") "</w:abstractNum>"
                                   "<w:num w:numId='1'><w:abstractNumId "
                                   "w:val='0'/></w:num>"
                                   "<w:num w:numId='2'><w:abstractNumId "
                                   "w:val='1'/></w:num>"
                                   "<w:num w:numId='3'><w:abstractNumId "
                                   "w:val='1'/><w:lvlOverride w:ilvl='0'>"
                                   "<w:startOverride w:val='7'/></w:lvlOverride></w:num>"
                                   "<w:num w:numId='4'><w:abstractNumId "
                                   "w:val='1'/><w:lvlOverride w:ilvl='0'>" LVL(
                                       "0", "upperRoman",
                                       "%1)") "</w:lvlOverride></w:num>",
    };
    static const struct {
        const char *body, *want;
    } rows[] = {
        {NUM("1", "0", "甲。") NUM("1", "1", "乙。") NUM("1", "1", "丙。")
             NUM("1", "0", "丁。") NUM("1", "1", "戊。") NUM("1", "2", "己。")
                 NUM("1", "3", "庚。"),
         "P 一、甲。;P （一）乙。;P （二）丙。;P 二、丁。;P （一）戊。;P 1. 己。;P ① "
         "庚。;"},
        {NUM("2", "0", "甲。") NUM("2", "1", "乙。") NUM("2", "1", "丙。")
             NUM("2", "2", "丁。") NUM("2", "0", "戊。") NUM("2", "1", "己。"),
         "P 1 甲。;P 1.1 乙。;P 1.2 丙。;P 丁。;P 2 戊。;P 2.1 己。;"},
        {NUM("2", "0", "甲。") NUM("3", "0", "乙。") NUM("3", "0", "丙。")
             NUM("2", "0", "丁。"),
         "P 1 甲。;P 7 乙。;P 8 丙。;P 9 丁。;"},
        {NUM("4", "0", "甲。") NUM("4", "0", "乙。"), "P I) 甲。;P II) 乙。;"},
        {NUM("9", "0", "无此编号。") NUM("0", "0", "取消编号。"),
         "P 无此编号。;P 取消编号。;"},
        {NUM("2", "1", "上级未现。"), "P 1.1 上级未现。;"},
        {TBL(TR(TC("", NUM("2", "0", "")) C("修路"))
                 TR(TC("", NUM("2", "0", "")) C("建桥"))),
         "T 1|修路/2|建桥/;"},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        p.body = rows[i].body;
        check_parts(&p, NULL, rows[i].want);
    }
}

static void a_style_brings_its_number(void **state)
{
    parts p = {
        .numbering = "<w:abstractNum w:abstractNumId='0'>"
                     "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:pStyle w:val='h1'/>"
                     "<w:numFmt w:val='chineseCounting'/><w:suff w:val='nothing'/>"
                     "<w:lvlText w:val='第%1章'/></w:lvl>"
                     "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:pStyle w:val='h2'/>"
                     "<w:isLgl/><w:lvlText w:val='%1.%2'/></w:lvl></w:abstractNum>"
                     "<w:num w:numId='5'><w:abstractNumId w:val='0'/></w:num>",
        .styles = "<w:style w:type='paragraph' w:styleId='h1'><w:name w:val='heading 1'/>"
                  "<w:pPr><w:numPr><w:numId w:val='5'/></w:numPr></w:pPr></w:style>"
                  "<w:style w:type='paragraph' w:styleId='h2'><w:name w:val='heading 2'/>"
                  "<w:basedOn w:val='h1'/></w:style>",
        .body = PR("<w:pStyle w:val='h1'/>", R("总则"))
            PR("<w:pStyle w:val='h2'/>", R("目的"))
                PR("<w:pStyle w:val='h2'/><w:numPr><w:numId w:val='0'/></w:numPr>",
                   R("附则")),
    };

    (void)state;
    check_parts(&p, NULL, "H1 第一章总则;H2 1.1 目的;H2 附则;");
}

static void numerals_follow_their_format(void **state)
{
    static const struct {
        const char *format;
        int n;
        const char *want;
    } rows[] = {
        {"decimal", 12, "12"},
        {"decimalZero", 7, "07"},
        {"chineseCounting", 10, "十"},
        {"chineseCounting", 12, "十二"},
        {"chineseCounting", 20, "二十"},
        {"chineseCounting", 101, "一〇一"},
        {"chineseCountingThousand", 101, "一百零一"},
        {"chineseCountingThousand", 110, "一百一十"},
        {"chineseCountingThousand", 1005, "一千零五"},
        {"chineseCountingThousand", 2023, "二千零二十三"},
        {"chineseLegalSimplified", 15, "壹拾伍"},
        {"ideographDigital", 2023, "二〇二三"},
        {"ideographTraditional", 3, "丙"},
        {"ideographTraditional", 11, "11"},
        {"ideographZodiac", 12, "亥"},
        {"decimalEnclosedCircle", 1, "①"},
        {"decimalEnclosedCircle", 21, "㉑"},
        {"decimalEnclosedCircle", 51, "51"},
        {"decimalEnclosedParen", 3, "⑶"},
        {"decimalFullWidth", 10, "１０"},
        {"upperRoman", 1994, "MCMXCIV"},
        {"lowerRoman", 4, "iv"},
        {"upperLetter", 28, "BB"},
        {"lowerLetter", 26, "z"},
        {"ordinal", 22, "22nd"},
        {"ordinal", 12, "12th"},
        {"none", 5, ""},
        {"something", 5, "5"},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_numeral l = {.n = 0};

        pl_numeral_print(&l, of(rows[i].format), rows[i].n);
        assert_str(pl_numeral_str(&l), of(rows[i].want));
    }
}

#define V_FIRST "<w:vMerge w:val='restart'/>"
#define V_NEXT  "<w:vMerge/>"
#define SPAN(n) "<w:gridSpan w:val='" n "'/>"

static void cells_are_merged_as_the_table_says(void **state)
{
    static const struct {
        const char *body, *want;
    } rows[] = {
        {TBL(TR(C("甲") C("乙")) TR(C("1") C("1"))), "T 甲|乙/1|1/;"},
        {TBL(TR(TC(SPAN("2"), P(R("甲"))) C("乙")) TR(C("1") C("2") C("3"))),
         "T 甲|<|乙/1|2|3/;"},
        {TBL(TR(TC(V_FIRST, P(R("甲"))) C("乙")) TR(TC(V_NEXT, P("")) C("丙"))
                 TR(TC(V_NEXT, P("")) C("丁")) TR(C("戊") C("己"))),
         "T 甲|乙/^|丙/^|丁/戊|己/;"},
        {TBL(TR(TC(V_FIRST, P(R("甲"))) C("乙")) TR(TC(V_FIRST, P(R("丙"))) C("丁"))),
         "T 甲|乙/丙|丁/;"},
        {TBL(TR(TC(V_NEXT, P(R("无上"))) C("乙"))), "T 无上|乙/;"},
        {TBL(TR(TC(SPAN("2") V_FIRST, P(R("甲"))) C("乙"))
                 TR(TC(SPAN("2") V_NEXT, P("")) C("丙"))),
         "T 甲|<|乙/^|<|丙/;"},
        {TBL(TR(TC("<w:hMerge w:val='restart'/>", P(R("甲"))) TC("<w:hMerge/>", P(""))
                    C("乙"))),
         "T 甲|<|乙/;"},
        {TBL("<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>" C("乙") "</w:tr>" TR(
             C("1") C("2"))),
         "T .|乙/1|2/;"},
        {TBL("<w:tr><w:trPr><w:gridAfter w:val='1'/></w:trPr>" C("乙") "</w:tr>" TR(
             C("1") C("2"))),
         "T 乙|./1|2/;"},
        {TBL("<w:tr><w:trPr><w:tblHeader/></w:trPr>" C("指标") "</w:tr>" TR(C("1"))),
         "T =指标/1/;"},
        {TBL(TR(TC("", P(R("区发改委")) P("") P(R("区财政局"))) C("乙"))),
         "T 区发改委\\区财政局|乙/;"},
        {TBL("<w:sdt><w:sdtContent>" TR("<w:sdt><w:sdtContent>" C(
             "控") "</w:sdtContent></w:sdt>" C("件")) "</w:sdtContent></w:sdt>"),
         "T 控|件/;"},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++)
        check(rows[i].body, rows[i].want);
}

static void a_table_in_a_cell_stands_after_the_outer_one(void **state)
{
    (void)state;
    check(TBL(TR(TC("", P(R("外")) TBL(TR(C("内1") C("内2"))) P(R("续"))) C("邻")))
              P(R("文。")),
          "T 外\\续|邻/;T 内1|内2/;P 文。;");
}

static void tables_that_frame_text_are_read_as_text(void **state)
{
    static const struct {
        const char *body, *want;
    } rows[] = {
        {TBL(TR(C("一、要求"))) P(R("文。")), "H1 一、要求;P 文。;"},
        {TBL(TR(C("专栏1 工程"))
                 TR(TC("", P(R("甲工程。")) P(R("乙工程。")) P(R("丙工程。"))))),
         "P 专栏1 工程;P 甲工程。;P 乙工程。;P 丙工程。;"},
        {TBL(TR(TC("", P(R("二、任务")) TBL(TR(C("1") C("2"))) P(R("续文。")))))
             P(R("文。")),
         "H1 二、任务;T 1|2/;P 续文。;P 文。;"},
        {TBL(TR(TC("", P("")))) P(R("文。")), "P 文。;"},
        /* frames in a frame */
        {TBL(TR(TC("", TBL(TR(TC("", TBL(TR(C("内"))))))))) P(R("文。")), "P 内;P 文。;"},
        /* a list in one column stays a table */
        {TBL(TR(C("名称")) TR(C("甲")) TR(C("乙"))), "T 名称/甲/乙/;"},
        /* a text box inside keeps its place */
        {TBL(TR(TC("", P(R("前") "<w:r><w:txbxContent>" P(
                           R("框")) "</w:txbxContent></w:r>") P(R("后"))))),
         "P 前;N 框;P 后;"},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++)
        check(rows[i].body, rows[i].want);
}

static void rows_of_unequal_length_are_an_oddity(void **state)
{
    parts p = {.body = TBL(TR(C("1") C("2") C("3")) TR(C("4")))};
    pl_ctx cx = test_ctx();
    pl_doc *d;

    (void)state;
    assert_int_equal(read_parts(&cx, &p, NULL, &d), PL_OK);
    assert_true(d->blocks.p[0].table->ragged);
    assert_int_equal(d->oddities.n, 1);
    assert_str(d->oddities.p[0].rule, of("table.ragged"));
    assert_str(d->oddities.p[0].place.path, of("t1"));
    test_ctx_free(&cx);
}

static void boxes_and_notes_become_notes(void **state)
{
    parts p = {
        .body = P(R("正文") "<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>" P(
            R("框一")) P(R("框二")) "</w:txbxContent></mc:Choice><mc:Fallback><w:pict>"
                                    "<v:textbox><w:txbxContent>" P(
                                        R("重复")) "</w:txbxContent></v:textbox></"
                                                   "w:pict></mc:Fallback>"
                                                   "</mc:AlternateContent></w:r>" R("续"))
            P(R("后文。") "<w:r><w:footnoteReference w:id='2'/></w:r>"),
        .footnotes = "<w:footnote w:type='separator' w:id='0'>" P(
            "<w:r><w:separator/></w:r>") "</w:footnote><w:footnote w:id='2'>" P(R("注释"
                                                                                  "一"))
            P(R("注释二")) "</w:footnote>",
    };

    (void)state;
    /* the mc and v prefixes are not declared: names are told by their local part */
    check_parts(&p, NULL, "P 正文续;N 框一\\框二;P 后文。;N 注释一\\注释二;");
}

static void tracked_changes_are_read_as_asked(void **state)
{
    static const struct {
        const char *body, *want[3]; /* accepted, rejected, all */
    } rows[] = {
        {P(R("增长") "<w:del><w:r><w:delText>6%</w:delText></w:r></w:del>"
                     "<w:ins>" R("5%") "</w:ins>"),
         {"P 增长5%;", "P 增长6%;", "P 增长6%5%;"}},
        {P("<w:moveFrom>" R("旧") "</w:moveFrom>" R("中") "<w:moveTo>" R(
             "新") "</w:moveTo>"),
         {"P 中新;", "P 旧中;", "P 旧中新;"}},
        {PR("<w:rPr><w:del/></w:rPr>", R("前半")) P(R("后半")),
         {"P 前半后半;", "P 前半;P 后半;", "P 前半;P 后半;"}},
        {PR("<w:rPr><w:ins/></w:rPr>", R("前半")) P(R("后半")),
         {"P 前半;P 后半;", "P 前半后半;", "P 前半;P 后半;"}},
        {TBL(TR(C("甲")) "<w:tr><w:trPr><w:del/></w:trPr>" C(
             "删") "</w:tr>"
                   "<w:tr><w:trPr><w:ins/></w:trPr>" C("增") "</w:tr>"),
         {"T 甲/增/;", "T 甲/删/;", "T 甲/删/增/;"}},
        {TBL(TR(TC("", PR("<w:rPr><w:del/></w:rPr>", R("末段"))) C("邻"))) P(R("外")),
         {"T 末段|邻/;P 外;", "T 末段|邻/;P 外;", "T 末段|邻/;P 外;"}},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++)
        for (int k = 0; k < 3; k++) {
            parts p = {.body = rows[i].body};
            pl_docx_opts opts = {.track = (pl_docx_track)k};

            check_parts(&p, &opts, rows[i].want[k]);
        }
}

static void places_count_paragraphs_and_tables(void **state)
{
    parts p = {.body = P(R("甲。")) TBL(TR(C("1") C("2"))) P("") P(R("乙。"))
                   TBL(TR(C("3") C("4")))};
    pl_ctx cx = test_ctx();
    const pl_cell *cell;
    pl_doc *d;

    (void)state;
    assert_int_equal(read_parts(&cx, &p, NULL, &d), PL_OK);
    assert_int_equal(d->blocks.n, 4);
    assert_str(d->blocks.p[0].place.path, of("p1"));
    assert_str(d->blocks.p[1].place.path, of("t1"));
    assert_str(d->blocks.p[2].place.path, of("p5"));
    cell = pl_table_at(d->blocks.p[1].table, 0, 1);
    assert_int_equal(cell->place.table, 1);
    assert_int_equal(cell->place.row, 1);
    assert_int_equal(cell->place.col, 2);
    assert_int_equal(d->n_tables, 2);
    test_ctx_free(&cx);
}

static void styles_that_go_in_circles_are_cut(void **state)
{
    parts p = {.styles = "<w:style w:type='paragraph' w:styleId='a'><w:name w:val='甲'/>"
                         "<w:basedOn w:val='b'/></w:style>"
                         "<w:style w:type='paragraph' w:styleId='b'><w:name w:val='乙'/>"
                         "<w:basedOn w:val='a'/><w:pPr><w:outlineLvl w:val='1'/></w:pPr>"
                         "</w:style><w:style w:type='paragraph' w:styleId='c'>"
                         "<w:name w:val='丙'/><w:basedOn w:val='c'/></w:style>",
               .body = PR("<w:pStyle w:val='a'/>", R("标题"))
                   PR("<w:pStyle w:val='c'/>", R("正文"))};

    (void)state;
    check_parts(&p, NULL, "H2 标题;P 正文;");
}

/* Refusals. */

static void a_document_of_pictures_only_is_called_so(void **state)
{
    parts p = {.body = P("<w:r><w:drawing><a:blip/></w:drawing></w:r>")};
    pl_ctx cx = test_ctx();
    pl_doc *d;

    (void)state;
    assert_int_equal(read_parts(&cx, &p, NULL, &d), PL_ESCANNED);
    test_ctx_free(&cx);
}

static void other_packages_are_named(void **state)
{
    static const struct {
        const char *part, *says;
    } rows[] = {
        {"xl/workbook.xml", ".xlsx"},
        {"ppt/presentation.xml", ".pptx"},
        {"readme.txt", "no office document"},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        test_zip z = {0};
        pl_ctx cx = test_ctx();
        pl_doc *d;

        zip_add(&z, rows[i].part, of("<x/>"));
        assert_int_equal(pl_doc_read_docx(&cx, zip_end(&z), NULL, &d), PL_EFORMAT);
        assert_non_null(strstr(cx.err.msg, rows[i].says));
        zip_free(&z);
        test_ctx_free(&cx);
    }
}

static void broken_xml_is_reported_with_its_part_and_line(void **state)
{
    parts p = {.body = "\n\n<w:p>"};
    pl_ctx cx = test_ctx();
    pl_doc *d;

    (void)state;
    assert_int_equal(read_parts(&cx, &p, NULL, &d), PL_ESYNTAX);
    assert_int_equal(cx.err.line, 3);
    assert_true(strncmp(cx.err.msg, "word/document.xml: ", 19) == 0);
    test_ctx_free(&cx);
}

/* A piece of text over and over, inside a head and a tail. */
static char *repeated(const char *piece, size_t n)
{
    size_t bytes = strlen(piece);
    char *p = malloc(bytes * n + 1);

    assert_non_null(p);
    for (size_t i = 0; i < n; i++)
        memcpy(p + i * bytes, piece, bytes);
    p[bytes * n] = 0;
    return p;
}

/* Read with 256 MiB for everything; fails when it takes longer than `most_s` (a sanitizer
 * build takes longer: the limit is there to find what is not linear). */
static pl_status read_hostile(const char *body, const char *styles, double most_s)
{
    parts p = {.body = body, .styles = styles};
    pl_ctx cx = {.limits = PL_LIMITS_DEFAULT};
    clock_t start = clock();
    pl_status st;
    pl_doc *d;

    cx.limits.arena_bytes = (size_t)256 << 20;
    cx.arena = pl_arena_new(cx.limits.arena_bytes);
    assert_non_null(cx.arena);
    st = read_parts(&cx, &p, NULL, &d);
    if ((double)(clock() - start) / CLOCKS_PER_SEC > most_s)
        fail_msg("%.1f s", (double)(clock() - start) / CLOCKS_PER_SEC);
    test_ctx_free(&cx);
    return st;
}

static void hostile_documents_end_soon(void **state)
{
    static const struct {
        const char *piece;
        size_t n;
        pl_status want;
    } rows[] = {
        {"<w:tbl><w:tr><w:tc>", 100, PL_ELIMIT},
        {"<w:p><w:r><w:txbxContent>", 100, PL_ELIMIT},
        {TBL(TR(TC(SPAN("99999"), ""))), 1, PL_ELIMIT},
        {TBL("<w:tr><w:trPr><w:gridBefore w:val='-5'/></w:trPr>" C("1") "</w:tr>"), 1,
         PL_OK},
        {TBL("<w:tr><w:trPr><w:gridBefore w:val='99999'/></w:trPr></w:tr>"), 1,
         PL_ELIMIT},
        {TBL("<w:tr><w:trPr><w:gridAfter w:val='99999'/></w:trPr></w:tr>"), 1, PL_ELIMIT},
        {P(FLD("begin")), 100, PL_ELIMIT},
        {TBL(TR(C("1"))), 20000, PL_OK},
        {"<w:p/>", 200000, PL_OK},
        {PR("<w:rPr><w:del/></w:rPr>", R("甲")), 50000, PL_OK},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        char *body = repeated(rows[i].piece, rows[i].n), *end;
        pl_status st;

        if (strncmp(rows[i].piece, "<w:tbl><w:tr><w:tc>", 20) == 0)
            end = repeated("</w:tc></w:tr></w:tbl>", rows[i].n);
        else if (strncmp(rows[i].piece, "<w:p><w:r><w:txbxContent>", 26) == 0)
            end = repeated("</w:txbxContent></w:r></w:p>", rows[i].n);
        else
            end = repeated("", 1);
        {
            char *all = joined(body, end, "");

            st = read_hostile(all, NULL, 10);
            free(all);
        }
        assert_int_equal(st, rows[i].want);
        free(body);
        free(end);
    }
}

static void a_million_cells_are_read_within_bounds(void **state)
{
    char *rows = repeated("<w:tr><w:tc/><w:tc/><w:tc/><w:tc/><w:tc/></w:tr>", 200000);
    char *body = joined("<w:tbl>", rows, "</w:tbl>");
    pl_status st = read_hostile(body, NULL, 20);

    (void)state;
    assert_true(st == PL_OK || st == PL_ELIMIT || st == PL_ENOMEM);
    free(body);
    free(rows);
}

static void a_long_chain_of_styles_is_linear(void **state)
{
    pl_buf b;

    (void)state;
    pl_buf_init(&b, 64 << 20);
    for (int i = 0; i < 20000; i++)
        pl_buf_putf(&b, "<w:style w:styleId='s%d'><w:basedOn w:val='s%d'/></w:style>", i,
                    i + 1);
    pl_buf_putc(&b, 0);
    assert_int_equal(read_hostile(P(R("文")), b.p, 10), PL_OK);
    pl_buf_release(&b);
}

static const parts rich = {
    .body = NUM("1", "0", "甲。")
        TBL(TR(TC(V_FIRST, P(R("1"))) C("2")) TR(TC(V_NEXT, P("")) C("3")))
            P(R("框") "<w:r><w:txbxContent>" P(R("注")) "</w:txbxContent></w:r>")
                P(R("一、标题")),
    .styles =
        "<w:style w:type='paragraph' w:styleId='a'><w:name w:val='heading 1'/></w:style>",
    .numbering = "<w:abstractNum w:abstractNumId='0'>" LVL(
        "0", "decimal",
        "%1.") "</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>",
    .footnotes = "<w:footnote w:id='2'>" P(R("脚注")) "</w:footnote>",
    .core = "<dc:title>题</dc:title>",
};

static void every_failed_allocation_is_reported(void **state)
{
    pl_status st = PL_ENOMEM;

    (void)state;
    for (size_t n = 0; st != PL_OK && n < 2000; n++) {
        pl_ctx cx = test_ctx();
        pl_doc *d = NULL;

        pl_arena_fail_after(cx.arena, n);
        st = read_parts(&cx, &rich, NULL, &d);
        assert_true(st == PL_OK || (st == PL_ENOMEM && !d));
        test_ctx_free(&cx);
    }
    assert_int_equal(st, PL_OK);
}

/* Every byte of the body in turn is another one: read or refused, nothing else. */
static void changed_bytes_are_read_or_refused(void **state)
{
    char *body = joined(rich.body, "", "");
    parts p = rich;

    (void)state;
    p.body = body;
    for (size_t i = 0; i < strlen(rich.body); i += 3) {
        pl_ctx cx = test_ctx();
        pl_doc *d = NULL;
        char was = body[i];

        body[i] = "<>/'w "[i % 6];
        assert_true((read_parts(&cx, &p, NULL, &d) == PL_OK) == (d != NULL));
        body[i] = was;
        test_ctx_free(&cx);
    }
    free(body);
}

/* Real files. */

static bool file_read(const char *name, test_bytes *out)
{
    char path[512], chunk[4096];
    size_t n;
    FILE *f;

    snprintf(path, sizeof path, "%s/docx/%s", PL_SAMPLES, name);
    f = fopen(path, "rb");
    *out = (test_bytes){0};
    if (!f)
        return false;
    while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
        bytes_put(out, chunk, n);
    fclose(f);
    return true;
}

static void a_merged_cell_reaches_all_its_rows_and_equal_neighbours_none(void **state)
{
    test_bytes file;
    pl_ctx cx = test_ctx();
    const pl_table *t;
    pl_doc *d;

    (void)state;
    if (!file_read("issue_2634_vertical_merge.docx", &file)) {
        test_ctx_free(&cx);
        print_message("the real documents are not here\n");
        skip();
    }
    assert_int_equal(pl_doc_read_docx(&cx, (pl_bytes){file.p, file.n}, NULL, &d), PL_OK);
    assert_int_equal(d->n_tables, 2);
    t = d->blocks.p[2].table;
    for (uint32_t r = 1; r <= 4; r++)
        assert_ptr_equal(pl_table_at(t, r, 4), pl_table_at(t, 1, 4));
    assert_ptr_not_equal(pl_table_at(t, 0, 4), pl_table_at(t, 1, 4));
    t = d->blocks.p[4].table;
    assert_ptr_not_equal(pl_table_at(t, 1, 0), pl_table_at(t, 1, 1));
    assert_str(pl_table_at(t, 1, 0)->text.s, pl_table_at(t, 1, 1)->text.s);
    free(file.p);
    test_ctx_free(&cx);
}

/* pandoc's listing of a table, token by token: Row, Cell, RowSpan n, ColSpan n, Str "…",
 * Space. A place of its grid has the text of the cell that covers it. */
enum { NATIVE_MAX = 64 };

typedef struct native {
    char text[NATIVE_MAX][NATIVE_MAX][128];
    bool taken[NATIVE_MAX][NATIVE_MAX];
    int rows, cols;
} native;

static int number_in(const char *s)
{
    return atoi(s + strcspn(s, "0123456789"));
}

/* Put a cell of the given size at the first free place of the last row. */
static void native_cell(native *t, int row_span, int col_span, const char *text)
{
    int r = t->rows - 1, c = 0;

    while (t->taken[r][c])
        c++;
    for (int i = 0; i < row_span; i++)
        for (int k = 0; k < col_span; k++) {
            assert_true(r + i < NATIVE_MAX && c + k < NATIVE_MAX);
            t->taken[r + i][c + k] = true;
            snprintf(t->text[r + i][c + k], sizeof t->text[0][0], "%s", text);
        }
    if (c + col_span > t->cols)
        t->cols = c + col_span;
}

/* Append a string of Haskell: \\160 is a character by its number, \\& nothing. */
static void native_put(const char *s, char *text, size_t size)
{
    size_t n = strlen(text);

    while (*s && n + 5 < size) {
        if (*s != '\\')
            text[n++] = *s++;
        else if (*++s == '&')
            s++;
        else {
            char *end;

            n += pl_utf8_put((uint32_t)strtol(s, &end, 10), text + n);
            s = end;
        }
    }
    text[n] = 0;
}

static void native_read(char *s, native *t)
{
    int row_span = 0, col_span = 0;
    char text[128] = "";

    for (char *word = strtok(s, " \n()[],"); word; word = strtok(NULL, " \n()[],")) {
        bool row = strcmp(word, "Row") == 0, cell = strcmp(word, "Cell") == 0;

        if ((row || cell) && row_span) {
            native_cell(t, row_span, col_span, text);
            row_span = 0;
            text[0] = 0;
        }
        t->rows += row;
        if (strcmp(word, "RowSpan") == 0)
            row_span = number_in(strtok(NULL, ")"));
        else if (strcmp(word, "ColSpan") == 0)
            col_span = number_in(strtok(NULL, ")"));
        else if (strcmp(word, "Space") == 0)
            strcat(text, " ");
        else if (strcmp(word, "Str") == 0)
            native_put(strtok(NULL, "\""), text, sizeof text);
    }
    if (row_span)
        native_cell(t, row_span, col_span, text);
}

static void native_compare(const native *want, const pl_table *got)
{
    assert_int_equal(got->rows, want->rows);
    assert_int_equal(got->cols, want->cols);
    for (uint32_t r = 0; r < got->rows; r++)
        for (uint32_t c = 0; c < got->cols; c++) {
            const pl_cell *cell = pl_table_at(got, r, c);

            assert_str(cell ? cell->text.s : of(""), of(want->text[r][c]));
        }
}

static void tables_are_as_pandoc_reads_them(void **state)
{
    static const char *const names[] = {"table_gridbefore", "table_header_rowspan"};
    static native want;

    (void)state;
    for (size_t i = 0; i < PL_COUNT(names); i++) {
        char path[64];
        test_bytes file, listing;
        pl_ctx cx;
        pl_doc *d;

        snprintf(path, sizeof path, "%s.docx", names[i]);
        if (!file_read(path, &file)) {
            print_message("the real documents are not here\n");
            skip();
        }
        snprintf(path, sizeof path, "%s.native", names[i]);
        assert_true(file_read(path, &listing));
        bytes_put(&listing, "", 1);
        memset(&want, 0, sizeof want);
        native_read((char *)listing.p, &want);
        cx = test_ctx();
        assert_int_equal(pl_doc_read_docx(&cx, (pl_bytes){file.p, file.n}, NULL, &d),
                         PL_OK);
        assert_int_equal(d->n_tables, 1);
        native_compare(&want, d->blocks.p[0].table);
        free(file.p);
        free(listing.p);
        test_ctx_free(&cx);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_of_runs_is_joined),
        cmocka_unit_test(fields_show_their_result),
        cmocka_unit_test(tables_of_contents_are_left_out),
        cmocka_unit_test(content_controls_show_their_content_but_no_prompt),
        cmocka_unit_test(headings_come_from_levels_styles_and_names),
        cmocka_unit_test(headings_without_style_are_told_by_their_look),
        cmocka_unit_test(the_title_is_the_largest_centred_line),
        cmocka_unit_test(automatic_numbers_are_written_out),
        cmocka_unit_test(a_style_brings_its_number),
        cmocka_unit_test(numerals_follow_their_format),
        cmocka_unit_test(cells_are_merged_as_the_table_says),
        cmocka_unit_test(a_table_in_a_cell_stands_after_the_outer_one),
        cmocka_unit_test(tables_that_frame_text_are_read_as_text),
        cmocka_unit_test(rows_of_unequal_length_are_an_oddity),
        cmocka_unit_test(boxes_and_notes_become_notes),
        cmocka_unit_test(tracked_changes_are_read_as_asked),
        cmocka_unit_test(places_count_paragraphs_and_tables),
        cmocka_unit_test(styles_that_go_in_circles_are_cut),
        cmocka_unit_test(a_document_of_pictures_only_is_called_so),
        cmocka_unit_test(other_packages_are_named),
        cmocka_unit_test(broken_xml_is_reported_with_its_part_and_line),
        cmocka_unit_test(hostile_documents_end_soon),
        cmocka_unit_test(a_million_cells_are_read_within_bounds),
        cmocka_unit_test(a_long_chain_of_styles_is_linear),
        cmocka_unit_test(every_failed_allocation_is_reported),
        cmocka_unit_test(changed_bytes_are_read_or_refused),
        cmocka_unit_test(a_merged_cell_reaches_all_its_rows_and_equal_neighbours_none),
        cmocka_unit_test(tables_are_as_pandoc_reads_them),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
