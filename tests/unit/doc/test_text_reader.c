/* The text reader: small documents and what is read from them. */
#include "unit.h"

#include <stdlib.h>

#include "doc/text_reader.h"

/* A document in short: a line a block. `1 …` a heading of level 1, `P …` a paragraph, `T`
 * a table whose rows follow, cells parted by `|`; `^` is covered from above, `<` from the
 * left, `{2x1}` a cell's spans. */
static void put_table(pl_buf *b, const pl_table *t)
{
    pl_buf_putf(b, "T%s\n", t->ragged ? " ragged" : "");
    for (uint32_t r = 0; r < t->rows; r++) {
        for (uint32_t c = 0; c < t->cols; c++) {
            const pl_cell *cell = pl_table_at(t, r, c);

            assert_non_null(cell);
            pl_buf_putf(b, "%s", c ? "|" : "");
            if (cell->row == r && cell->col == c)
                pl_buf_put(b, cell->text.s);
            else
                pl_buf_putf(b, "%s", cell->row == r ? "<" : "^");
        }
        pl_buf_putf(b, "\n");
    }
}

static void put_doc(pl_buf *b, const pl_doc *d)
{
    if (d->title.n)
        pl_buf_putf(b, "title %.*s\n", PL_FMT(d->title));
    for (size_t i = 0; i < d->meta.n; i++)
        pl_buf_putf(b, "%.*s=%.*s\n", PL_FMT(d->meta.p[i].key),
                    PL_FMT(d->meta.p[i].value));
    for (size_t i = 0; i < d->blocks.n; i++) {
        const pl_block *k = &d->blocks.p[i];

        if (k->table)
            put_table(b, k->table);
        else if (k->level)
            pl_buf_putf(b, "%d %.*s\n", k->level, PL_FMT(k->text.s));
        else
            pl_buf_putf(b, "P %.*s\n", PL_FMT(k->text.s));
    }
}

static pl_doc *read_text(pl_ctx *cx, const char *text)
{
    pl_doc *d = NULL;

    assert_int_equal(
        pl_doc_read_text(cx, (pl_bytes){(const unsigned char *)text, strlen(text)}, &d),
        PL_OK);
    return d;
}

static void expect(const char *text, const char *want)
{
    pl_ctx cx = test_ctx();
    pl_buf b;

    pl_buf_init(&b, 1 << 20);
    put_doc(&b, read_text(&cx, text));
    if (!pl_str_eq(pl_buf_str(&b), of(want)))
        fail_msg("got:\n%.*s\nwant:\n%s", PL_FMT(pl_buf_str(&b)), want);
    pl_buf_release(&b);
    test_ctx_free(&cx);
}

#define LONG_LINE                                                                                                                 \
    "本县今年安排重点工程一百二十项，计划投资三百五十亿元，其中交通、水利和能源等领域占" \
    "七"                                                                                                                         \
    "成以上，年底前全部开工建设并形成实物工作量。"

static void headings_are_told_from_paragraphs(void **state)
{
    (void)state;
    expect(
        "某县2024年工作要点\n"
        "一、总体要求\n" LONG_LINE "\n"
        "（一）夯实农业基础。\n" LONG_LINE "\n"
        "（二）做强工业。坚持项目为王，开工项目三十个。\n"
        "1.修路\n" LONG_LINE "\n"
        "2.完成五处危桥改造。\n"
        "（三）加快补齐民生短板，全面提升公共服务水平，不断增强人民群众的获得感幸福感\n"
        "全年各项民生支出占比保持在八成以上，新增学位两千个。\n"
        "二是抓好落实。\n"
        "专栏1 重点工程\n"
        "重点抓好三方面工作：\n"
        "附件：1.任务分解表\n"
        "2.指标计划表\n"
        "附件1\n"
        "2024年任务\n"
        "分解表\n"
        "序号 |\n任务 |\n1 |\n修路 |\n2 |\n架桥 |\n",
        "title 某县2024年工作要点\n"
        "1 一、总体要求\n"
        "P " LONG_LINE "\n"
        "2 （一）夯实农业基础。\n"
        "P " LONG_LINE "\n"
        "P （二）做强工业。坚持项目为王，开工项目三十个。\n"
        "3 1.修路\n"
        "P " LONG_LINE "\n"
        "P 2.完成五处危桥改造。\n"
        "2 （三）加快补齐民生短板，全面提升公共服务水平，不断增强人民群众的获得感幸福感\n"
        "P 全年各项民生支出占比保持在八成以上，新增学位两千个。\n"
        "P 二是抓好落实。\n"
        "P 专栏1 重点工程\n"
        "P 重点抓好三方面工作：\n"
        "P 附件：1.任务分解表\n"
        "P 2.指标计划表\n"
        "1 附件1\n"
        "1 2024年任务分解表\n"
        "T\n序号|任务\n1|修路\n2|架桥\n");
}

static void short_lines_above_text_are_headings_below_the_numbered(void **state)
{
    (void)state;
    expect("去年工作回顾\n" LONG_LINE "\n明年工作安排\n" LONG_LINE "\n",
           "title 去年工作回顾\nP " LONG_LINE "\n1 明年工作安排\nP " LONG_LINE "\n");
    expect("一、回顾\n农业稳中向好\n" LONG_LINE "\n工业提质增效\n" LONG_LINE
           "\n各位代表！\n",
           "1 一、回顾\n2 农业稳中向好\nP " LONG_LINE "\n2 工业提质增效\nP " LONG_LINE
           "\nP 各位代表！\n");
}

static void lines_cut_at_one_width_are_joined(void **state)
{
    (void)state;
    /* paragraphs marked by indentation; a page's end between the lines */
    expect(
        "　　全市今年安排重点项目一百二十个，总投资三百五十亿元，其中年内计划完成投资\n"
        "九十亿元以上，重点支持交通、水利和能源等领域，带动社会投资增长百分之八左右。\n"
        "　　各部门要把项目建设摆在突出位置，建立月调度、季通报和年考核的工作机制，确\n"
        "— 3 —\n"
        "保按期完成任务，年底前全部竣工并投入使用。\n",
        "P 全市今年安排重点项目一百二十个，总投资三百五十亿元，其中年内计划完成投资九十亿"
        "元以上，重点支持交通、水利和能源等领域，带动社会投资增长百分之八左右。\n"
        "P 各部门要把项目建设摆在突出位置，建立月调度、季通报和年考核的工作机制，确保按期"
        "完成任务，年底前全部竣工并投入使用。\n");
    /* a line ends early before what no line ends in */
    expect("全市今年安排重点项目一百二十个，总投资三百五十亿元，其中年内\n"
           "计划完成投资九十亿元以上，重点支持交通、水利和能源等领域，带\n"
           "动社会投资增长百分之八左右，城镇居民人均可支配收入\n"
           "38,420元、农村居民人均可支配收入21,160元，建立月调度、季通报\n"
           "和年考核的工作机制，确保按期完成任务，年底前全部竣工并投入使\n"
           "用，不留尾巴，不留隐患。\n",
           "P "
           "全市今年安排重点项目一百二十个，总投资三百五十亿元，其中年内计划完成投资九十"
           "亿元以上，重点支持交通、水利和能源等领域，带动社会投资增长百分之八左右，城镇"
           "居民人均可支配收入38,420元、农村居民人均可支配收入21,"
           "160元，建立月调度、季通报和年考核的工作机制，确保按期完成任务，年底前全部竣工"
           "并投入使用，不留尾巴，不留隐患。\n");
    /* marked by empty lines */
    expect(
        "The district plans to build one hundred and twenty projects in the coming\n"
        "year, with a total investment of thirty-five billion, of which at least nine\n"
        "billion are to be spent before the end of the year.\n"
        "\n"
        "Every department reports its progress at the end of each quarter, and those\n"
        "that are late twice in a row are asked to explain.\n",
        "P The district plans to build one hundred and twenty projects in the coming "
        "year, "
        "with a total investment of thirty-five billion, of which at least nine billion "
        "are "
        "to be spent before the end of the year.\n"
        "P Every department reports its progress at the end of each quarter, and those "
        "that "
        "are late twice in a row are asked to explain.\n");
}

static void a_line_cut_inside_a_clause_goes_on(void **state)
{
    (void)state;
    expect("一、指标\n全年粮食产量\n，达到三十万吨；新增就业\n（含农民工）一万人，\n居民"
           "收入稳步增长。\n",
           "1 一、指标\nP 全年粮食产量，达到三十万吨；新增就业\nP （含农民工）一万人，"
           "居民收入稳步增长。\n");
    /* a long line that stops in the middle of a sentence, where lines are not cut */
    expect("一、指标\n全市持续推进城乡融合发展,新建农村公路一百二十公里,完成十二个村庄\n"
           "的环境整治,建成三座水厂,农村居民收入稳步增长。\n",
           "1 一、指标\nP 全市持续推进城乡融合发展,新建农村公路一百二十公里,完成十二个村"
           "庄的环境整治,建成三座水厂,农村居民收入稳步增长。\n");
    /* items without stops are not one paragraph */
    expect("一、指标\n" LONG_LINE LONG_LINE "\n城乡融合发展,新建农村公路一百二十公里,完成"
           "十二个村庄改造,建成三座水厂\n居民收入增长百分之五\n",
           "1 一、指标\nP " LONG_LINE LONG_LINE
           "\nP 城乡融合发展,新建农村公路一百二十公里,"
           "完成十二个村庄改造,建成三座水厂\nP 居民收入增长百分之五\n");
}

static void page_debris_is_left_out(void **state)
{
    (void)state;
    expect("首页 > 政务公开\n下载\n打印\n【字号：\n加大\n还原\n减小\n】\n"
           "某市2024年工作要点\n来源：某日报\n时间：2024-02-05\n"
           "一、总体要求\n" LONG_LINE "\n"
           "责任编辑：某某\n相关报道：\n一篇别的文章\n扫一扫在手机打开当前页\n",
           "title 某市2024年工作要点\n来源=某日报\n时间=2024-02-05\n"
           "1 一、总体要求\nP " LONG_LINE "\n");
    /* lines on both sides of the text; a button's word inside it stays */
    expect("某市政府网站\n一、回顾\n" LONG_LINE "\n打印\n" LONG_LINE "\n某市政府网站\n",
           "1 一、回顾\nP " LONG_LINE "\nP 打印\nP " LONG_LINE "\n");
}

static void records_become_meta(void **state)
{
    (void)state;
    expect("查看目录信息 | |||\n---|---|---|---|\n索引号 | 11A/2024-1 | 责任部门 | "
           "某区政府办 |\n"
           "信息名称 | 关于某区2024年计划的通知 | ||\n关键词 | |||\n"
           "公开类型 | 主动公开 | 文号 | 某政办发〔2024〕1号 |\n一、回顾\n" LONG_LINE
           "\n",
           "title 关于某区2024年计划的通知\n索引号=11A/2024-1\n责任部门=某区政府办\n"
           "信息名称=关于某区2024年计划的通知\n关键词=\n公开类型=主动公开\n"
           "文号=某政办发〔2024〕1号\n1 一、回顾\nP " LONG_LINE "\n");
    expect(
        "索 引 号：11A/2024-2    主题分类：综合\n发文机关：某市人民政府\n2024-01-05 "
        "10:20\n"
        "一、回顾\n" LONG_LINE "\n（来源：某报）\n",
        "索引号=11A/2024-2\n主题分类=综合\n发文机关=某市人民政府\n日期=2024-01-05 10:20\n"
        "来源=某报\n1 一、回顾\nP " LONG_LINE "\n");
}

static void cells_of_a_stream_find_their_rows(void **state)
{
    (void)state;
    expect("指标表\n序号 |\n指标 |\n目标 |\n1 |\n床位(张) |\n120 |\n2 |\n学位(个) "
           "|\n900以上 |\n"
           "3 |\n绿地(公顷) |\n达到省级\n要求(10) |\n",
           "title 指标表\nT\n序号|指标|目标\n1|床位(张)|120\n2|学位(个)|900以上\n"
           "3|绿地(公顷)|达到省级 要求(10)\n");
    /* without numbers, an empty cell inside */
    expect("领域 |\n文件 |\n进展 |\n农业 |\nØ 补贴指南 |\nü 发放补贴165万元。 ü "
           "惠及农户三千户。 |\n"
           "工业 |\n|\nü 开工项目24个，投资6亿元，竣工8个。 |\n商贸 |\nØ 促销办法 |\n"
           "ü 消费券带动销售9亿元，惠及商户一千家。 |\n" LONG_LINE "\n",
           "T\n领域|文件|进展\n农业|Ø 补贴指南|ü 发放补贴165万元。 ü 惠及农户三千户。\n"
           "工业||ü 开工项目24个，投资6亿元，竣工8个。\n"
           "商贸|Ø 促销办法|ü 消费券带动销售9亿元，惠及商户一千家。\nP " LONG_LINE "\n");
}

static void rows_of_parts_and_sections_find_their_columns(void **state)
{
    (void)state;
    expect("序号 |\n指标 |\n2023年 |\n2024年 目标 |\n部门 |\n|\n约束性指标 |\n|||||\n"
           "1 |\n床位(张) |\n120 |\n150左右 |\n卫健局 |\n|\n"
           "2 |\n学位(个) |\n小学 |\n800 |\n900 |\n教育局 |\n中学 |\n- |\n600 |\n|||\n"
           "3 |\n绿地(公顷) |\n9.5 |\n10 |\n园林局 |\n|\n4 |\n处理率(%) |\n96 |\n97以上 "
           "|\n水务局 |\n",
           "T\n序号|指标|<|2023年|2024年 目标|部门\n约束性指标|<|<|<|<|<\n"
           "1|床位(张)|<|120|150左右|卫健局\n2|学位(个)|小学|800|900|教育局\n^|^|中学|-|"
           "600|^\n"
           "3|绿地(公顷)|<|9.5|10|园林局\n4|处理率(%)|<|96|97以上|水务局\n");
}

static void a_cell_above_reaches_down_into_padded_rows(void **state)
{
    (void)state;
    expect("类别 |\n政策 |\n效果 |\n国家级 |\n《关于加大抵扣力度的公告》 "
           "|\n惠及企业200家 |\n"
           "《关于减免税费的公告》 |\n惠及企业11家，减免3.4亿元 |\n|\n"
           "市级 |\n设立科创金融服务中心 |\n交易26.4亿元，质押26单 |\n"
           "开展知识产权质押融资试点 |\n融资15亿元，惠及企业40家 |\n|\n"
           "区级 |\n发布场景应用申报指南 |\n8家企业签署协议 |\n",
           "T\n类别|政策|效果\n国家级|《关于加大抵扣力度的公告》|惠及企业200家\n"
           "^|《关于减免税费的公告》|惠及企业11家，减免3.4亿元\n"
           "市级|设立科创金融服务中心|交易26.4亿元，质押26单\n"
           "^|开展知识产权质押融资试点|融资15亿元，惠及企业40家\n"
           "区级|发布场景应用申报指南|8家企业签署协议\n");
}

static void headings_of_two_rows_span(void **state)
{
    (void)state;
    expect("序号 |\n指标 |\n2023年 |\n2024年 |\n部门 |\n||\n目标 |\n完成 |\n目标 |\n预期 "
           "|\n|||\n"
           "1 |\n粮食(万吨) |\n32 |\n32.5 |\n33 |\n33.1 |\n农业局 |\n"
           "2 |\n工业增速(%) |\n6 |\n6.4 |\n6.5 |\n7 |\n工信局 |\n",
           "T\n序号|指标|2023年|<|2024年|<|部门\n^|^|目标|完成|目标|预期|^\n"
           "1|粮食(万吨)|32|32.5|33|33.1|农业局\n2|工业增速(%)|6|6.4|6.5|7|工信局\n");
    expect("| 指标 | 2023年 | | 2024年 |\n|---|---|---|---|\n| | 目标 | 完成 | 目标 |\n"
           "| 粮食 | 32 | 32.5 | 33 |\n",
           "T\n指标|2023年|<|2024年\n^|目标|完成|目标\n粮食|32|32.5|33\n");
}

static void a_lost_cell_breaks_one_row_only(void **state)
{
    (void)state;
    expect("序号 |\n指标 |\n目标 |\n完成 |\n1 |\n甲 |\n10 |\n11 |\n2 |\n乙 |\n20 |\n3 "
           "|\n丙 |\n30 |\n31 |\n"
           "4 |\n丁 |\n40 |\n41 |\n5 |\n戊 |\n50 |\n51 |\n",
           "T ragged\n序号|指标|目标|完成\n1|甲|10|11\n2|乙|20|\n3|丙|30|31\n4|丁|40|41\n"
           "5|戊|50|51\n");
}

static void a_caption_ends_the_table_before_it(void **state)
{
    (void)state;
    expect(
        "序号 |\n指标 |\n1 |\n床位 |\n2 |\n学位 |\n附件2\n任务表\n序号 |\n任务 |\n1 "
        "|\n修路 |\n2 |\n"
        "架桥 |\n投资情况表\n项目 |\n金额 |\n修路 |\n5亿元 |\n架桥 |\n6亿元 |\n",
        "T\n序号|指标\n1|床位\n2|学位\n1 附件2\n1 任务表\nT\n序号|任务\n1|修路\n2|架桥\n"
        "P 投资情况表\nT\n项目|金额\n修路|5亿元\n架桥|6亿元\n");
}

static void rows_with_pipes_are_tables(void **state)
{
    (void)state;
    expect("| 序号 | 指标 | 单位 | 目标 |\n|:--|:--:|---|--:|\n| 1 | 粮食 | 万吨 | "
           "33以上 |\n"
           "| 2 | 就业 | | 1.2 |\n",
           "T\n序号|指标|单位|目标\n1|粮食|万吨|33以上\n2|就业||1.2\n");
    expect(
        "序号 | 任务 | 单位\n1 | 建公园 | 园林局\n2 | 修路五公里，\n年底通车 | 住建局\n"
        "3 | 种树 | 林业局\n",
        "T\n序号|任务|单位\n1|建公园|园林局\n2|修路五公里， "
        "年底通车|住建局\n3|种树|林业局\n");
    expect("甲|乙|丙\n1|2\n3|4|5\n", "T ragged\n甲|乙|丙\n1|2|\n3|4|5\n");
}

static void one_line_with_a_pipe_is_no_table(void **state)
{
    (void)state;
    expect("一、说明\n" LONG_LINE "\n公式为A|B的形式。\n" LONG_LINE "\n",
           "1 一、说明\nP " LONG_LINE "\nP 公式为A|B的形式。\nP " LONG_LINE "\n");
}

static void columns_between_tabs_and_gaps_are_tables(void **state)
{
    (void)state;
    expect("指标表\n序号\t指标\t2023年\t2024年\n约束性指标\n1\t降幅(%)\t3."
           "1\t3\n2\t覆盖率(%)\t\t45.5\n"
           "\t合计\t\t9\n表后说明到此为止。\n",
           "title 指标表\nT\n序号|指标|2023年|2024年\n约束性指标|<|<|<\n1|降幅(%)|3.1|3\n"
           "2|覆盖率(%)||45.5\n|合计||9\nP 表后说明到此为止。\n");
    expect("序号  指标            2024年目标\n1     粮食(万吨)      33以上\n"
           "2     新增就业(人)    13000左右\n3     空气优良率(%)   "
           "88.5\n\n以上由统计局解释。\n",
           "T\n序号|指标|2024年目标\n1|粮食(万吨)|33以上\n2|新增就业(人)|13000左右\n"
           "3|空气优良率(%)|88.5\nP 以上由统计局解释。\n");
}

static void every_datum_knows_its_place(void **state)
{
    pl_ctx cx = test_ctx();
    const char *text =
        "一、指标\r\n序号 |\r\n目标 |\r\n1 |\r\n达到省级\r\n要求(10) |\r\n2 |\r\n6 |\r\n";
    pl_doc *d = read_text(&cx, text);
    const pl_cell *c;
    pl_place at;

    (void)state;
    assert_int_equal(d->blocks.p[0].place.line, 1);
    assert_int_equal(d->blocks.p[0].place.span.n, strlen("一、指标"));
    c = pl_table_at(d->blocks.p[1].table, 1, 1);
    assert_str(c->text.s, of("达到省级 要求(10)"));
    assert_int_equal(c->place.table, 1);
    assert_int_equal(c->place.row, 2);
    assert_int_equal(c->place.col, 2);
    assert_int_equal(c->place.line, 5);
    at = pl_text_place(&c->text, &c->place, strlen("达到省级 "), strlen("要求"));
    assert_int_equal(at.line, 6);
    assert_int_equal(at.row, 2);
    assert_str(pl_str_sub(d->source, at.span.at, at.span.n), of("要求"));
    test_ctx_free(&cx);
}

static void what_cannot_be_read_says_where(void **state)
{
    static const struct {
        const char *text;
        pl_status status;
        uint32_t line, col;
    } row[] = {
        {" \n\t\n", PL_ESYNTAX, 0, 0},
        {"第一行\n第二\xe8\xa1", PL_ESYNTAX, 2, 7},
        {"\x01\x02\x03", PL_EFORMAT, 0, 0},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(row); i++) {
        pl_ctx cx = test_ctx();
        pl_doc *d = NULL;
        pl_bytes in = {(const unsigned char *)row[i].text, strlen(row[i].text)};

        assert_int_equal(pl_doc_read_text(&cx, in, &d), row[i].status);
        assert_int_equal(cx.err.line, row[i].line);
        assert_int_equal(cx.err.col, row[i].col);
        assert_null(d);
        test_ctx_free(&cx);
    }
}

/* `unit` n times after `head`. */
static pl_bytes repeated(pl_ctx *cx, const char *head, const char *unit, size_t n)
{
    size_t h = strlen(head), u = strlen(unit);
    char *p = PL_NEW_N(cx->arena, char, h + n * u);

    assert_non_null(p);
    memcpy(p, head, h);
    for (size_t i = 0; i < n; i++)
        memcpy(p + h + i * u, unit, u);
    return (pl_bytes){(const unsigned char *)p, h + n * u};
}

static void hostile_shapes_end_in_one_error_or_a_document(void **state)
{
    static const struct {
        const char *head, *unit;
        size_t n;
        pl_status status;
        uint32_t line;
    } row[] = {
        {"甲|乙\n", "1|", 100000, PL_ELIMIT, 2},
        {"甲\t乙\n", "1\t", 100000, PL_ELIMIT, 2},
        {"甲 |\n乙 |\n丙 |\n丁 |\n", "|", 100000, PL_ELIMIT, 5},
        {"", "汉", 1000000, PL_OK, 0},
        {"", "(", 1000000, PL_OK, 0},
        {"", "1.", 1000000, PL_OK, 0},
        {"", "甲 |\n", 200000, PL_OK, 0},
        {"", "甲\n", 200000, PL_OK, 0},
        {"", "\n", 1000000, PL_ESYNTAX, 0},
        {"x", "\f", 1000000, PL_OK, 0},
        {"", "a  b\n", 200000, PL_OK, 0},
        {"", "a  b  c\n\n", 100000, PL_OK, 0},
        {"", "a  b  c\n\n", 200000, PL_ELIMIT, 349525},
        {"甲\n", "汉", 2000000, PL_ELIMIT, 2},
        {"", "a\tb\n", 200000, PL_OK, 0},
        {"", "|", 1, PL_OK, 0},
        {"", "---|---\n", 3, PL_OK, 0},
        {"", "|\n", 9, PL_OK, 0},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(row); i++) {
        pl_ctx cx = test_ctx();
        pl_doc *d = NULL;
        pl_status st =
            pl_doc_read_text(&cx, repeated(&cx, row[i].head, row[i].unit, row[i].n), &d);

        if (st != row[i].status || (st == PL_ELIMIT && cx.err.line != row[i].line))
            fail_msg("row %zu: status %d, line %u: %s", i, (int)st, cx.err.line,
                     cx.err.msg);
        test_ctx_free(&cx);
    }
}

static void cells_have_a_limit(void **state)
{
    pl_ctx cx = test_ctx();
    pl_doc *d = NULL;

    (void)state;
    cx.limits.cells = 10;
    assert_int_equal(pl_doc_read_text(&cx, repeated(&cx, "", "甲 |\n乙 |\n", 20), &d),
                     PL_ELIMIT);
    assert_int_equal(cx.err.line, 11);
    test_ctx_free(&cx);
}

static void every_failed_allocation_is_said(void **state)
{
    static const char text[] = "索引号 | 11A |\n---|---|\n文号 | 1号 |\n备注 | "
                               "|\n一、指标\n全年产量，\n三十万吨。\n"
                               "序号 |\n指标 |\n目标 |\n|\n1 |\n学位 |\n小学 |\n900 "
                               "|\n中学 |\n600 |\n||\n2 |\n床位 |\n120 |\n|\n"
                               "二、任务\n甲\t乙\t丙\n1\t2\t3\n";
    pl_status st = PL_ENOMEM;
    size_t n;

    (void)state;
    for (n = 0; st != PL_OK && n < 1000; n++) {
        pl_ctx cx = test_ctx();
        pl_doc *d = NULL;

        pl_arena_fail_after(cx.arena, n);
        st = pl_doc_read_text(
            &cx, (pl_bytes){(const unsigned char *)text, sizeof text - 1}, &d);
        assert_true(st == PL_OK || (st == PL_ENOMEM && d == NULL));
        test_ctx_free(&cx);
    }
    assert_int_equal(st, PL_OK);
    assert_true(n > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headings_are_told_from_paragraphs),
        cmocka_unit_test(short_lines_above_text_are_headings_below_the_numbered),
        cmocka_unit_test(lines_cut_at_one_width_are_joined),
        cmocka_unit_test(a_line_cut_inside_a_clause_goes_on),
        cmocka_unit_test(page_debris_is_left_out),
        cmocka_unit_test(records_become_meta),
        cmocka_unit_test(cells_of_a_stream_find_their_rows),
        cmocka_unit_test(rows_of_parts_and_sections_find_their_columns),
        cmocka_unit_test(a_cell_above_reaches_down_into_padded_rows),
        cmocka_unit_test(headings_of_two_rows_span),
        cmocka_unit_test(a_lost_cell_breaks_one_row_only),
        cmocka_unit_test(a_caption_ends_the_table_before_it),
        cmocka_unit_test(rows_with_pipes_are_tables),
        cmocka_unit_test(one_line_with_a_pipe_is_no_table),
        cmocka_unit_test(columns_between_tabs_and_gaps_are_tables),
        cmocka_unit_test(every_datum_knows_its_place),
        cmocka_unit_test(what_cannot_be_read_says_where),
        cmocka_unit_test(hostile_shapes_end_in_one_error_or_a_document),
        cmocka_unit_test(cells_have_a_limit),
        cmocka_unit_test(every_failed_allocation_is_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
