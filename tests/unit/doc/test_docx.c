#include "docx_parts.h"

#include "doc/numeral.h"

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
        {P("<w:pPr><w:rPr/></w:pPr>" R(
             "面积10") "<w:r><w:rPr><w:position w:val='8'/>"
                       "<w:sz w:val='19'/></w:rPr><w:t>4</w:t></w:r>"),
         "P 面积104;"}, /* no size to compare with */
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

static void small_lifted_digits_are_raised(void **state)
{
    parts p = {.styles = "<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val='24'/></w:rPr>"
                         "</w:rPrDefault></w:docDefaults>",
               .body =
                   P(R("面积10") "<w:r><w:rPr><w:position w:val='8'/><w:sz w:val='19'/>"
                                 "</w:rPr><w:t>4</w:t></w:r>"
                                 "<w:r><w:rPr><w:position w:val='8'/></w:rPr><w:t>5</w:t>"
                                 "</w:r>")};

    (void)state;
    check_parts(&p, PL_TRACK_ACCEPT, "P 面积10⁴5;");
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
    check_parts(&styled, PL_TRACK_ACCEPT, "P 正文在此。;");
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
    check_parts(&p, PL_TRACK_ACCEPT,
                "H1 某区五年规划;H1 基础;H1 目标;H3 条目;H2 任务;P 正文;");
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
    assert_int_equal(read_parts(&cx, &p, &d), PL_OK);
    assert_str(d->title, of("某区2023年计划执行情况的报告"));
    assert_str(d->title_place.path, of("p2"));
    assert_int_equal(d->meta.n, 2);
    assert_str(d->meta.p[0].key, of("标题"));
    assert_str(d->meta.p[1].value, of("甲"));
    assert_int_equal(d->blocks.n, 3);
    assert_int_equal(d->blocks.p[1].kind, PL_BLOCK_HEADING);
    p.body = P(R("海政发〔2023〕12号")) P(R("没有题目的正文。"));
    assert_int_equal(read_parts(&cx, &p, &d), PL_OK);
    assert_str(d->title, of("草稿"));
    assert_int_equal(d->meta.n, 3);
    assert_str(d->meta.p[2].key, of("文号"));
    assert_str(d->meta.p[2].value, of("海政发〔2023〕12号"));
    assert_str(d->meta.p[2].place.path, of("p1"));
    test_ctx_free(&cx);
}

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
        check_parts(&p, PL_TRACK_ACCEPT, rows[i].want);
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
    check_parts(&p, PL_TRACK_ACCEPT, "H1 第一章总则;H2 1.1 目的;H2 附则;");
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
    assert_int_equal(read_parts(&cx, &p, &d), PL_OK);
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
    check_parts(&p, PL_TRACK_ACCEPT, "P 正文续;N 框一\\框二;P 后文。;N 注释一\\注释二;");
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

            check_parts(&p, (pl_track)k, rows[i].want[k]);
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
    assert_int_equal(read_parts(&cx, &p, &d), PL_OK);
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
    check_parts(&p, PL_TRACK_ACCEPT, "H2 标题;P 正文;");
}

static void a_record_in_a_table_is_meta_and_gives_the_title(void **state)
{
    parts p = {.body = TBL(TR(C("目录信息")) TR(C("索引号") C("A-1") C("文号") C(""))
                               TR(C("信息名称") C("某区计划报告")) TR(C("关键词") C("")))
                   P(R("一、目标")) P(R("增长6%。")) TBL(TR(C("序号") C("任务")))};
    pl_ctx cx = test_ctx();
    pl_doc *d;

    (void)state;
    assert_int_equal(read_parts(&cx, &p, &d), PL_OK);
    assert_int_equal(d->meta.n, 4);
    assert_str(pl_doc_meta_of(d, PL_S("索引号"))->value, of("A-1"));
    assert_str(pl_doc_meta_of(d, PL_S("文号"))->value, of(""));
    assert_str(d->title, of("某区计划报告"));
    assert_int_equal(d->n_tables, 1);
    assert_int_equal(d->blocks.p[d->blocks.n - 1].table->number, 1);
    test_ctx_free(&cx);
}

static void tables_behind_the_text_are_no_record(void **state)
{
    (void)state;
    check(P(R("本区情况如下。")) TBL(TR(C("索引号") C("A-1")) TR(C("文号") C("1号"))),
          "P 本区情况如下。;T 索引号|A-1/文号|1号/;");
}

static void lines_between_an_annex_mark_and_its_table_are_its_title(void **state)
{
    (void)state;
    check(P(R("附件2")) P(R("2023年重点")) P(R("任务分解表"))
              TBL(TR(C("序号") C("任务"))),
          "H1 附件2;H1 2023年重点任务分解表;T 序号|任务/;");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_of_runs_is_joined),
        cmocka_unit_test(small_lifted_digits_are_raised),
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
        cmocka_unit_test(a_record_in_a_table_is_meta_and_gives_the_title),
        cmocka_unit_test(tables_behind_the_text_are_no_record),
        cmocka_unit_test(lines_between_an_annex_mark_and_its_table_are_its_title),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
