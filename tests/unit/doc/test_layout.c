#include "layout_pages.h"

#include "doc/layout_path.h"

enum { BODY = 5 }; /* mm, the size of the text */

/* Lines of 30 characters from x = 30, a paragraph's first one two characters in. */
static void lines(test_pages *t, double y, const char *const *text)
{
    for (; *text; text++, y += 8) {
        const char *s = *text;
        bool first = *s == '>';

        put(t, first ? 40 : 30, y, BODY, first ? s + 1 : s);
    }
}

static const char *const two_paragraphs[] = {
    ">一二三四五六七八九十一二三四五六七八九十一二三四五六七八",
    "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九。",
    "收尾一句。",
    ">第二段从这里开始到行末一二三四五六七八九十一二三四五六七",
    "八九十。",
    NULL,
};

static void lines_become_paragraphs_by_indent_and_margin(void **state)
{
    test_pages t = pages_new();

    (void)state;
    page_add(&t);
    lines(&t, 50, two_paragraphs);
    pages_are(&t,
              "P 一二三四五六七八九十一二三四五六七八九十一二三四五六七八"
              "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九。收尾一句。\n"
              "P 第二段从这里开始到行末一二三四五六七八九十一二三四五六七八九十。\n");
}

static void latin_words_keep_a_space_over_the_line_end(void **state)
{
    test_pages t = pages_new();

    (void)state;
    page_add(&t);
    put(&t, 30, 50, 4, "the share of renewable energy shall grow to at least");
    put(&t, 30, 57, 4, "30 per cent by the end of the term and stay there as");
    put(&t, 30, 64, 4, "planned.");
    pages_are(&t, "P the share of renewable energy shall grow to at least 30 per cent by "
                  "the end of the term and stay there as planned.\n");
}

static void pieces_of_a_line_are_joined_by_their_gap(void **state)
{
    test_pages t = pages_new();

    (void)state;
    page_add(&t);
    put(&t, 30, 50, BODY, "增长");
    put(&t, 40.5, 50, BODY, "6%");
    put(&t, 46, 50.4, BODY, "以上，");
    put(&t, 70, 50, BODY, "at");
    put(&t, 76.5, 50, BODY, "least");
    put(&t, 76.6, 50, BODY, "least"); /* bold, drawn twice */
    pages_are(&t, "P 增长6%以上， at least\n");
}

static void a_paragraph_goes_on_over_the_page_and_knows_its_pages(void **state)
{
    test_pages t = pages_new();
    pl_doc d = {0};
    pl_place p;

    (void)state;
    page_add(&t);
    put(&t, 90, 15, 4, "某区年度计划");
    lines(&t, 50, (const char *const[]){two_paragraphs[0], two_paragraphs[1], NULL});
    put(&t, 100, 280, 4, "— 1 —");
    page_add(&t);
    put(&t, 90, 15, 4, "某区年度计划");
    lines(&t, 50, (const char *const[]){two_paragraphs[1], two_paragraphs[2], NULL});
    put(&t, 100, 280, 4, "— 2 —");
    assert_int_equal(pl_layout_doc(&t.cx, &t.in, &d), PL_OK);
    assert_int_equal(d.blocks.n, 1);
    assert_int_equal(d.blocks.p[0].place.page, 1);
    assert_int_equal(d.blocks.p[0].text.n_runs, 2);
    p = pl_text_place(&d.blocks.p[0].text, &d.blocks.p[0].place, 3, 3);
    assert_int_equal(p.page, 1);
    p = pl_text_place(&d.blocks.p[0].text, &d.blocks.p[0].place,
                      d.blocks.p[0].text.s.n - 3, 3);
    assert_int_equal(p.page, 2);
    test_ctx_free(&t.cx);
}

/* Furniture goes, whatever the form of the number; a line of text at the page's foot
 * stays. */
static void page_numbers_are_dropped_and_figures_stay(void **state)
{
    static const struct {
        const char *first, *second;
        bool stay;
    } rows[] = {
        {"— 7 —", "— 8 —", false},
        {"7", "8", false},
        {"第7页 共9页", "第8页 共9页", false},
        {"- 7 -", "- 8 -", false},
        {"7/9", "8/9", false},
        {"单位：万元", "注：初步数", true},
        {"表3", "表9", true},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        test_pages t = pages_new();
        pl_doc d = {0};

        for (int page = 0; page < 2; page++) {
            page_add(&t);
            put(&t, 40, 100, BODY, page ? "乙的内容。" : "甲的内容。");
            put(&t, 100, 280, 4, page ? rows[i].second : rows[i].first);
        }
        assert_int_equal(pl_layout_doc(&t.cx, &t.in, &d), PL_OK);
        if (d.blocks.n != (rows[i].stay ? 4 : 2))
            fail_msg("row %zu: %zu blocks", i, d.blocks.n);
        test_ctx_free(&t.cx);
    }
}

static void the_left_column_is_read_before_the_right_one(void **state)
{
    static const char *const row[2] = {"左左左左左左左左左左左左左左左左左左左左",
                                       "右右右右右右右右右右右右右右右右右右右右"};
    test_pages t = pages_new();
    pl_buf want;

    (void)state;
    pl_buf_init(&want, 4096);
    pl_buf_put(&want, PL_S("H1 两栏的公报\n"));
    page_add(&t);
    put(&t, 75, 30, 9, "两栏的公报");
    for (int side = 0; side < 2; side++) {
        put(&t, 28 + 90 * side, 50, 4, row[side] + 6);
        pl_buf_putf(&want, "P %s", row[side] + 6);
        for (int i = 1; i < 6; i++) {
            put(&t, 20 + 90 * side, 50.3 * side + 50 * !side + 6 * i, 4, row[side]);
            pl_buf_putf(&want, "%s", row[side]);
        }
        pl_buf_putc(&want, '\n');
    }
    pl_buf_putc(&want, '\0');
    pages_are(&t, want.p);
    pl_buf_release(&want);
}

static void lines_make_a_table_and_missing_ones_merge_cells(void **state)
{
    test_pages t = pages_new();

    (void)state;
    page_add(&t);
    put(&t, 60, 42, BODY, "表1　甲乙");
    for (int i = 0; i <= 4; i++) /* the first column has one cell for rows 2 and 3 */
        rule(&t, i == 2 ? 50 : 30, 50 + 10 * i, 150, 50 + 10 * i);
    for (int i = 0; i <= 4; i++) /* the last row is one cell but for its outer sides */
        rule(&t, 30 + 30 * i, 50, 30 + 30 * i, i == 0 || i == 4 ? 90 : 80);
    rule(&t, 50, 50, 50, 80);
    put(&t, 32, 55, 4, "名称");
    put(&t, 62, 55, 4, "2022年");
    put(&t, 92, 55, 4, "2023年");
    put(&t, 122, 55, 4, "属性");
    put(&t, 32, 70, 4, "甲");
    put(&t, 62, 65, 4, "6以上");
    put(&t, 92, 65, 4, "5.5");
    put(&t, 62, 75, 4, "35左右");
    put(&t, 92, 75, 4, "-");
    put(&t, 122, 65, 4, "预期性");
    put(&t, 32, 85, 4, "注：初步核算数");
    pages_are(&t, "P 表1　甲乙\n"
                  "T 4 x 5\n"
                  "|名称||2022年|2023年|属性|\n"
                  "|甲{2x1}||6以上|5.5|预期性|\n"
                  "||35左右|-||\n"
                  "|注：初步核算数{1x5}|\n");
}

static void lines_in_pieces_and_double_lines_are_one_line(void **state)
{
    test_pages t = pages_new();

    (void)state;
    page_add(&t);
    for (int i = 0; i <= 2; i++) {
        rule(&t, 30, 50 + 10 * i, 60.2, 50 + 10 * i);
        rule(&t, 60.9, 50.1 + 10 * i, 90, 50.1 + 10 * i);
    }
    for (int i = 0; i <= 2; i++)
        for (int k = 0; k < 20; k += 2) /* dashes */
            rule(&t, 30 + 30 * i, 50 + k, 30 + 30 * i, 51.2 + k);
    rule(&t, 30, 49.2, 90, 49.2);
    put(&t, 32, 55, 4, "甲");
    put(&t, 62, 55, 4, "1");
    put(&t, 32, 65, 4, "乙");
    put(&t, 62, 65, 4, "2");
    pages_are(&t, "T 2 x 2\n|甲|1|\n|乙|2|\n");
}

/* Upright lines, and a level one under the header: rows are told by their lines. */
static void rows_without_lines_are_parted_by_their_text(void **state)
{
    static const char *const text[][3] = {{"1", "人口", "<313.2"},
                                          {"2", "增速", "6以上"},
                                          {"3", "森林覆盖率", "35.5"},
                                          {"4", "", "-"}};
    test_pages t = pages_new();

    (void)state;
    page_add(&t);
    grid(&t, 30, 50, 3, 40, 1, 50);
    rule(&t, 30, 60, 150, 60);
    put(&t, 32, 55, 4, "序号");
    put(&t, 72, 55, 4, "指标");
    put(&t, 112, 55, 4, "目标");
    for (int i = 0; i < 4; i++)
        for (int k = 0; k < 3; k++)
            if (*text[i][k])
                put(&t, 32 + 40 * k, 65 + 8 * i, 4, text[i][k]);
    pages_are(&t, "T 5 x 3\n|序号|指标|目标|\n|1|人口|<313.2|\n|2|增速|6以上|\n"
                  "|3|森林覆盖率|35.5|\n|4||-|\n");
}

/* Cells of several lines that are one row: no figures one below the other. */
static void rows_of_wrapped_cells_stay_whole(void **state)
{
    test_pages t = pages_new();

    (void)state;
    page_add(&t);
    grid(&t, 30, 50, 2, 40, 1, 40);
    for (int i = 0; i < 3; i++) {
        put(&t, 32, 60 + 6 * i, 4,
            i == 0   ? "区发改委"
            : i == 1 ? "区财政局"
                     : "区水务局");
        put(&t, 72, 60 + 6 * i, 4, i == 0 ? "牵头" : i == 1 ? "配合" : "监督");
    }
    pages_are(&t, "T 1 x 2\n|区发改委\n区财政局\n区水务局|牵头\n配合\n监督|\n");
}

static void items_of_a_list_are_no_table(void **state)
{
    static const char *const marks[] = {"（1）", "（2）", "•", "（4）"};
    test_pages t = pages_new();

    (void)state;
    page_add(&t);
    for (int i = 0; i < 4; i++) {
        put(&t, 30, 50 + 8 * i, 4, marks[i]);
        put(&t, 50, 50 + 8 * i, 4, "完成任务。");
    }
    pages_are(&t, "P （1） 完成任务。\nP （2） 完成任务。\nP • 完成任务。\n"
                  "P （4） 完成任务。\n");
}

static void text_wrapped_in_a_cell_is_joined_and_items_are_not(void **state)
{
    test_pages t = pages_new();

    (void)state;
    page_add(&t);
    grid(&t, 30, 50, 2, 30, 1, 40);
    put(&t, 32, 60, 4, "达到市级要求");
    put(&t, 32, 66, 4, "(32)");
    put(&t, 62, 60, 4, "甲局");
    put(&t, 62, 66, 4, "乙街道");
    pages_are(&t, "T 1 x 2\n|达到市级要求(32)|甲局\n乙街道|\n");
}

static void a_run_over_two_cells_is_cut_at_the_line(void **state)
{
    test_pages t = pages_new();

    (void)state;
    page_add(&t);
    grid(&t, 30, 50, 3, 20, 2, 10);
    put(&t, 32, 55, 4, "序号")->box.x1 = um(89);
    t.in.pages.p[0].runs.p[0].text = of("1234567890123456789012345678");
    put(&t, 32, 65, 4, "甲");
    pages_are(&t, "T 2 x 3\n|123456789|0123456789|012345678|\n|甲|||\n");
}

/* A frame around text, the lines of a chart, an underline, a rule under a head. */
static void lines_without_cells_are_no_table(void **state)
{
    test_pages t = pages_new();

    (void)state;
    page_add(&t);
    rule(&t, 28, 40, 184, 40);
    grid(&t, 25, 45, 1, 160, 1, 60);
    rule(&t, 60, 57, 90, 57);
    lines(&t, 50, two_paragraphs);
    grid(&t, 40, 150, 5, 10, 5, 8);
    put(&t, 60, 200, 4, "图上有线");
    pages_are(&t,
              "P 一二三四五六七八九十一二三四五六七八九十一二三四五六七八"
              "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九。收尾一句。\n"
              "P 第二段从这里开始到行末一二三四五六七八九十一二三四五六七八九十。\n"
              "P 图上有线\n");
}

/* A page of a table that goes on: a header of one row, then rows of three cells. */
static void table_page(test_pages *t, double shift, const char *const (*rows)[3], int n)
{
    page_add(t);
    grid(t, 30 + shift, 40, 3, 40, n + 1, 10);
    put(t, 32 + shift, 45, 4, "序号");
    put(t, 72 + shift, 45, 4, "指标");
    put(t, 112 + shift, 45, 4, "目标值");
    for (int i = 0; i < n; i++)
        for (int k = 0; k < 3; k++)
            if (*rows[i][k])
                put(t, 32 + 40 * k + shift, 55 + 10 * i, 4, rows[i][k]);
    put(t, 100, 280, 4, t->in.pages.n == 1 ? "1" : t->in.pages.n == 2 ? "2" : "3");
}

static void a_table_goes_on_over_pages_without_its_repeated_header(void **state)
{
    static const char *const first[][3] = {{"1", "增速", "6以上"},
                                           {"2", "人口", "<313.2"}};
    static const char *const second[][3] = {{"3", "水耗", "达到市级要求"}};
    static const char *const third[][3] = {{"4", "绿化", "35.5"}};
    test_pages t = pages_new();
    pl_doc d = {0};

    (void)state;
    table_page(&t, 0, first, 2);
    table_page(&t, 6, second, 1); /* a left page */
    table_page(&t, 0, third, 1);
    put(&t, 30, 35, 4, "续表1");
    assert_int_equal(pl_layout_doc(&t.cx, &t.in, &d), PL_OK);
    doc_is(&d, "T 5 x 3\n|序号|指标|目标值|\n|1|增速|6以上|\n|2|人口|<313.2|\n"
               "|3|水耗|达到市级要求|\n|4|绿化|35.5|\n");
    assert_int_equal(d.n_tables, 1);
    assert_int_equal(pl_table_at(d.blocks.p[0].table, 3, 1)->place.page, 2);
    assert_int_equal(pl_table_at(d.blocks.p[0].table, 3, 1)->place.row, 4);
    assert_int_equal(pl_table_at(d.blocks.p[0].table, 4, 2)->place.page, 3);
    test_ctx_free(&t.cx);
}

static void a_row_cut_by_the_page_end_is_made_whole(void **state)
{
    static const struct {
        const char *first[2][3], *second[2][3];
        const char *want;
    } rows[] = {
        {{{"1", "增速", "6以上"}, {"2", "水质", "达到市级要求(优"}},
         {{"", "", "良水体比例75)"}, {"3", "绿化", "35.5"}},
         "T 4 x 3\n|序号|指标|目标值|\n|1|增速|6以上|\n"
         "|2|水质|达到市级要求(优良水体比例75)|\n|3|绿化|35.5|\n"},
        /* all cells but the number are cut */
        {{{"1", "增速", "6以上"}, {"2", "地表水环境", "达到市级要求(优"}},
         {{"", "质量", "良水体比例75)"}, {"3", "绿化", "35.5"}},
         "T 4 x 3\n|序号|指标|目标值|\n|1|增速|6以上|\n"
         "|2|地表水环境质量|达到市级要求(优良水体比例75)|\n|3|绿化|35.5|\n"},
        /* one cell of many is cut */
        {{{"甲局", "增速", "6以上"}, {"乙街道办", "水质", "62"}},
         {{"事处", "", ""}, {"丙局", "绿化", "35.5"}},
         "T 4 x 3\n|序号|指标|目标值|\n|甲局|增速|6以上|\n|乙街道办事处|水质|62|\n"
         "|丙局|绿化|35.5|\n"},
        /* a row of its own: figures are not cut */
        {{{"1", "增速", "6以上"}, {"2", "学位", "1350"}},
         {{"", "", "10040"}, {"3", "绿化", "35.5"}},
         "T 5 x 3\n|序号|指标|目标值|\n|1|增速|6以上|\n|2|学位|1350|\n|||10040|\n"
         "|3|绿化|35.5|\n"},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        test_pages t = pages_new();

        table_page(&t, 0, rows[i].first, 2);
        table_page(&t, 0, rows[i].second, 2);
        pages_are(&t, rows[i].want);
    }
}

static void a_row_cut_in_mid_sentence_is_made_whole(void **state)
{
    test_pages t = pages_new();

    (void)state;
    page_add(&t); /* columns of 40 mm: nine characters of 4 mm */
    grid(&t, 30, 230, 2, 40, 2, 20);
    put(&t, 32, 240, 4, "措施");
    put(&t, 72, 240, 4, "进展");
    put(&t, 32, 255, 4, "新建社区养老服务中");
    put(&t, 32, 262, 4, "心五所并且改造老旧");
    put(&t, 72, 255, 4, "已经开工三个项目其");
    put(&t, 72, 262, 4, "余各项计划明年上半");
    page_add(&t);
    grid(&t, 30, 30, 2, 40, 2, 20);
    put(&t, 32, 40, 4, "小区");
    put(&t, 72, 40, 4, "年开工");
    put(&t, 32, 60, 4, "修路");
    put(&t, 72, 60, 4, "完工");
    pages_are(&t, "T 3 x 2\n|措施|进展|\n"
                  "|新建社区养老服务中心五所并且改造老旧小区|"
                  "已经开工三个项目其余各项计划明年上半年开工|\n|修路|完工|\n");
}

static void where_paragraphs_stand_apart_numbers_at_a_line_begin_none(void **state)
{
    test_pages t = pages_new();
    double y = 40;

    (void)state;
    page_add(&t);
    for (int i = 0; i < 6; i++, y += 24) {
        put(&t, 30, y, 4, "各项重点工作按照年初计划平稳有序推进，各单位认真落实。共做");
        put(&t, 30, y + 7, 4,
            "（2）完成桥梁改造任务，涉及六条道路；以后继续推进其他各项");
        put(&t, 30, y + 14, 4, "工作。");
    }
    pages_are(&t, ""
#define ONE                                                                                     \
    "P 各项重点工作按照年初计划平稳有序推进，各单位认真落实。共做" \
    "（2）完成桥梁改造任务，涉及六条道路；以后继续推进其他各项工作。\n"
              ONE ONE ONE ONE ONE ONE);
#undef ONE
}

static void a_merged_cell_goes_on_over_the_page_end(void **state)
{
    test_pages t = pages_new();

    (void)state;
    for (int page = 0; page < 2; page++) {
        page_add(&t);
        for (int i = 0; i <= 2; i++) {
            rule(&t, i == 1 ? 60 : 30, 50 + 10 * i, 120, 50 + 10 * i);
            rule(&t, 30 + 30 * i, 50, 30 + 30 * i, 70);
        }
        rule(&t, 120, 50, 120, 70);
        if (page == 0)
            put(&t, 32, 60, 4, "经济");
        put(&t, 62, 55, 4, page ? "丙" : "甲");
        put(&t, 62, 65, 4, page ? "丁" : "乙");
        put(&t, 92, 55, 4, "5");
        put(&t, 92, 65, 4, "6");
    }
    pages_are(&t, "T 4 x 3\n|经济{4x1}|甲|5|\n|乙|6|\n|丙|5|\n|丁|6|\n");
}

static void tables_of_other_columns_stay_apart(void **state)
{
    test_pages t = pages_new();

    (void)state;
    page_add(&t);
    grid(&t, 30, 50, 2, 30, 1, 10);
    put(&t, 32, 55, 4, "甲");
    put(&t, 62, 55, 4, "1");
    page_add(&t);
    grid(&t, 30, 50, 3, 40, 1, 10);
    put(&t, 32, 55, 4, "乙");
    put(&t, 72, 55, 4, "2");
    pages_are(&t, "T 1 x 2\n|甲|1|\nT 1 x 3\n|乙|2||\n");
}

static void columns_of_text_without_lines_are_a_table(void **state)
{
    test_pages t = pages_new();

    (void)state;
    page_add(&t);
    put(&t, 40, 40, BODY, "各项指标如下：");
    for (int i = 0; i < 4; i++) {
        static const char *const text[][3] = {{"指标", "2022年", "2023年"},
                                              {"地区生产总值增速", "4%", "6%"},
                                              {"常住人口", "312.4", "<313.2"},
                                              {"失业率", "3.2", "5%以内"}};
        put(&t, 30, 50 + 8 * i + (i > 2) * 5, 4, text[i][0]);
        put(&t, 80, 50 + 8 * i + (i > 2) * 5, 4, text[i][1]);
        put(&t, 120, 50 + 8 * i + (i > 2) * 5, 4, text[i][2]);
    }
    put(&t, 120, 71, 4, "(征求意见中)");
    put(&t, 40, 100, BODY, "以上各项均为初步核算数。");
    pages_are(&t, "P 各项指标如下：\n"
                  "T 4 x 3\n|指标|2022年|2023年|\n|地区生产总值增速|4%|6%|\n"
                  "|常住人口|312.4|<313.2(征求意见中)|\n|失业率|3.2|5%以内|\n"
                  "P 以上各项均为初步核算数。\n");
}

static void headings_are_told_by_numbering_size_and_weight(void **state)
{
    test_pages t = pages_new();
    pl_doc d = {0};

    (void)state;
    page_add(&t);
    put(&t, 51, 30, 12, "某某县人民政府文件");
    put(&t, 89, 45, 4, "某政发〔2023〕7号");
    put(&t, 61, 60, 8, "关于年度计划执行情况的");
    put(&t, 97, 72, 8, "报告");
    lines(&t, 90,
          (const char *const[]){">一、主要成绩", ">（一）稳步推进各项工作", NULL});
    lines(&t, 106, two_paragraphs);
    put(&t, 40, 160, BODY, "保障措施")->bold = true;
    put(&t, 40, 168, BODY, "一是加强领导。");
    assert_int_equal(pl_layout_doc(&t.cx, &t.in, &d), PL_OK);
    assert_str(d.title, of("关于年度计划执行情况的报告"));
    assert_int_equal(d.meta.n, 1);
    assert_str(d.meta.p[0].value, of("某政发〔2023〕7号"));
    doc_is(&d, "P 某某县人民政府文件\nP 某政发〔2023〕7号\n"
               "H1 关于年度计划执行情况的报告\nH1 一、主要成绩\n"
               "H2 （一）稳步推进各项工作\n"
               "P 一二三四五六七八九十一二三四五六七八九十一二三四五六七八"
               "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九。收尾一句。\n"
               "P 第二段从这里开始到行末一二三四五六七八九十一二三四五六七八九十。\n"
               "H2 保障措施\nP 一是加强领导。\n");
    test_ctx_free(&t.cx);
}

static void numbers_inside_a_paragraph_do_not_begin_one(void **state)
{
    test_pages t = pages_new();

    (void)state;
    page_add(&t);
    lines(&t, 50,
          (const char *const[]){
              ">(1)一二三四五六七八九十一二三四五六七八九十一二三四五。",
              "(2)一二三四五六七八九十一二三四五六七八九十一二三四五六七。", "(3)完成。",
              ">另起一段。", NULL});
    pages_are(&t, "P (1)一二三四五六七八九十一二三四五六七八九十一二三四五。"
                  "(2)一二三四五六七八九十一二三四五六七八九十一二三四五六七。(3)完成。\n"
                  "P 另起一段。\n");
}

static void a_table_of_contents_becomes_notes(void **state)
{
    test_pages t = pages_new();

    (void)state;
    page_add(&t);
    put(&t, 95, 30, 7, "目　录");
    put(&t, 30, 50, BODY, "一、总体要求");
    put(&t, 170, 50, BODY, "1");
    put(&t, 30, 60, BODY, "二、主要任务");
    put(&t, 170, 60, BODY, "3");
    put(&t, 30, 70, BODY, "三、保障措施……………………5");
    page_add(&t);
    put(&t, 40, 50, BODY, "一、总体要求");
    put(&t, 40, 60, BODY, "坚持稳中求进。");
    pages_are(&t, "N 目　录\nN 一、总体要求 1\nN 二、主要任务 3\n"
                  "N 三、保障措施……………………5\nH1 一、总体要求\nP 坚持稳中求进。\n");
}

static void pages_without_text_are_told(void **state)
{
    test_pages t = pages_new();
    pl_doc d = {0};

    (void)state;
    page_add(&t)->images = 1;
    assert_int_equal(pl_layout_doc(&t.cx, &t.in, &d), PL_ESCANNED);
    page_add(&t);
    put(&t, 40, 50, BODY, "只有第二页有字。");
    d = (pl_doc){0};
    assert_int_equal(pl_layout_doc(&t.cx, &t.in, &d), PL_OK);
    assert_int_equal(d.oddities.n, 1);
    assert_str(d.oddities.p[0].rule, of("page.no_text"));
    assert_int_equal(d.oddities.p[0].place.page, 1);
    test_ctx_free(&t.cx);
}

static void limits_end_the_work(void **state)
{
    test_pages t = pages_new();
    pl_doc d = {0};

    (void)state;
    page_add(&t);
    grid(&t, 10, 10, 20, 5, 20, 5);
    put(&t, 12, 12, 2, "甲");
    put(&t, 17, 12, 2, "乙");
    t.cx.limits.cells = 400;
    assert_int_equal(pl_layout_doc(&t.cx, &t.in, &d), PL_ELIMIT);
    t.cx.limits.cells = 1000;
    t.cx.limits.columns = 19;
    assert_int_equal(pl_layout_doc(&t.cx, &t.in, &d), PL_ELIMIT);
    t.cx.limits.columns = 100;
    assert_int_equal(pl_layout_doc(&t.cx, &t.in, &d), PL_OK);
    test_ctx_free(&t.cx);
}

/* 1500 level lines cross 1500 upright ones, and 5000 words lie on one spot. */
static void much_in_one_place_takes_little_time(void **state)
{
    test_pages t = pages_new();
    pl_doc d = {0};
    pl_status st;

    (void)state;
    page_add(&t);
    for (int i = 0; i < 1500; i++) {
        rule(&t, 0, i * 0.4, 3000, i * 0.4);
        rule(&t, i * 2, 0, i * 2, 600);
    }
    for (int i = 0; i < 5000; i++)
        put(&t, 10, 10 + (i % 7) * 0.01, 3, i % 2 ? "甲乙" : "丙");
    st = pl_layout_doc(&t.cx, &t.in, &d);
    assert_true(st == PL_OK || st == PL_ELIMIT);
    test_ctx_free(&t.cx);
}

static void layout_survives_every_failed_allocation(void **state)
{
    static const char *const rows[][3] = {{"1", "增速", "6以上"},
                                          {"2", "人口", "<313.2"}};
    test_pages t = pages_new();
    pl_status st = PL_ENOMEM;

    (void)state;
    table_page(&t, 0, rows, 2);
    table_page(&t, 0, rows, 2);
    put(&t, 30, 100, 4, "甲");
    put(&t, 70, 100, 4, "乙");
    lines(&t, 150, two_paragraphs);
    for (size_t n = 0; st != PL_OK && n < 2000; n++) {
        pl_ctx cx = test_ctx();
        pl_doc d = {0};

        pl_arena_fail_after(cx.arena, n);
        st = pl_layout_doc(&cx, &t.in, &d);
        assert_true(st == PL_OK || st == PL_ENOMEM);
        test_ctx_free(&cx);
    }
    assert_int_equal(st, PL_OK);
    test_ctx_free(&t.cx);
}

static void numbers_and_matrices_are_exact(void **state)
{
    static const struct {
        const char *text;
        pl_micro want;
    } rows[] = {
        {"12.5", 12500000},      {"-0.000001", -1},   {"+3", 3000000},
        {".5", 500000},          {"1e3", 1000000000}, {"2.5E-2", 25000},
        {" , 7", 7000000},       {"1e-30", 0},        {"85.00000000000001", 85000000},
        {"1e99", 1000000000000},
    };
    static const char *const bad[] = {"", "-", ".", "e5", "x"};
    pl_matrix turn = {.b = PL_MICRO, .c = -PL_MICRO};
    pl_micro v[3], x = 2 * PL_MICRO, y = 3 * PL_MICRO;

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_str s = of(rows[i].text);

        assert_true(pl_micro_eat(&s, &v[0]));
        assert_int_equal(v[0], rows[i].want);
        assert_int_equal(s.n, 0);
    }
    for (size_t i = 0; i < PL_COUNT(bad); i++) {
        pl_str s = of(bad[i]);

        assert_false(pl_micro_eat(&s, &v[0]));
        assert_int_equal(s.n, strlen(bad[i]));
    }
    assert_int_equal(pl_micro_list(of("1 2,3 4"), v, 3), 3);
    assert_int_equal(pl_um_of_pt(72 * PL_MICRO), 25400);
    assert_int_equal(pl_um_of_mm(-1500), -2);
    pl_matrix_apply(&turn, &x, &y);
    assert_int_equal(x, -3 * PL_MICRO);
    assert_int_equal(y, 2 * PL_MICRO);
    turn = pl_matrix_mul(turn, turn);
    assert_int_equal(turn.a, -PL_MICRO);
    assert_false(pl_matrix_level(&turn));
}

static void paths_give_their_straight_sides(void **state)
{
    static const struct {
        pl_path_form form;
        bool stroke, fill;
        const char *data, *want; /* x0,y0-x1,y1 in mm */
    } rows[] = {
        {PL_PATH_OFD, true, false, "S 0 0 L 156 0 C", "0,0-156,0 156,0-0,0 "},
        {PL_PATH_OFD, true, false, "M 1 1 L 9 1 L 9 5 C", "1,1-9,1 9,1-9,5 "},
        {PL_PATH_OFD, false, true, "M 0 0 L 20 0 L 20 0.4 L 0 0.4 C", "0,0-20,0 "},
        {PL_PATH_OFD, false, true, "M 0 0 L 0.4 0 L 0.4 0.4 L 0 0.4 C", ""},
        {PL_PATH_OFD, false, true, "M 0 0 L 20 0 L 20 9 L 0 9 C", ""},
        {PL_PATH_OFD, true, false, "M 0 0 B 1 1 2 2 9 0", ""},
        {PL_PATH_OFD, true, false, "M 0 0 L 9 x", ""},
        {PL_PATH_SVG, true, false, "M 0 0 H 72 V 72", "0,0-25,0 25,0-25,25 "},
        {PL_PATH_SVG, true, false, "M 0 0 72 0 Z", "0,0-25,0 25,0-0,0 "},
        {PL_PATH_SVG, true, true, "", ""},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_ctx cx = test_ctx();
        pl_path_style style = {rows[i].form, rows[i].stroke, rows[i].fill, PL_MATRIX_ONE};
        pl_layout_rules r = {0};
        pl_buf b;

        pl_buf_init(&b, 4096);
        assert_int_equal(pl_layout_path(&cx, &style, of(rows[i].data), &r), PL_OK);
        for (size_t k = 0; k < r.n; k++)
            pl_buf_putf(&b, "%d,%d-%d,%d ", r.p[k].x0 / 1000, r.p[k].y0 / 1000,
                        r.p[k].x1 / 1000, r.p[k].y1 / 1000);
        assert_str(pl_buf_str(&b), of(rows[i].want));
        pl_buf_release(&b);
        test_ctx_free(&cx);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_become_paragraphs_by_indent_and_margin),
        cmocka_unit_test(latin_words_keep_a_space_over_the_line_end),
        cmocka_unit_test(pieces_of_a_line_are_joined_by_their_gap),
        cmocka_unit_test(a_paragraph_goes_on_over_the_page_and_knows_its_pages),
        cmocka_unit_test(page_numbers_are_dropped_and_figures_stay),
        cmocka_unit_test(the_left_column_is_read_before_the_right_one),
        cmocka_unit_test(lines_make_a_table_and_missing_ones_merge_cells),
        cmocka_unit_test(lines_in_pieces_and_double_lines_are_one_line),
        cmocka_unit_test(rows_without_lines_are_parted_by_their_text),
        cmocka_unit_test(rows_of_wrapped_cells_stay_whole),
        cmocka_unit_test(items_of_a_list_are_no_table),
        cmocka_unit_test(text_wrapped_in_a_cell_is_joined_and_items_are_not),
        cmocka_unit_test(a_run_over_two_cells_is_cut_at_the_line),
        cmocka_unit_test(lines_without_cells_are_no_table),
        cmocka_unit_test(a_table_goes_on_over_pages_without_its_repeated_header),
        cmocka_unit_test(a_row_cut_by_the_page_end_is_made_whole),
        cmocka_unit_test(a_row_cut_in_mid_sentence_is_made_whole),
        cmocka_unit_test(where_paragraphs_stand_apart_numbers_at_a_line_begin_none),
        cmocka_unit_test(a_merged_cell_goes_on_over_the_page_end),
        cmocka_unit_test(tables_of_other_columns_stay_apart),
        cmocka_unit_test(columns_of_text_without_lines_are_a_table),
        cmocka_unit_test(headings_are_told_by_numbering_size_and_weight),
        cmocka_unit_test(numbers_inside_a_paragraph_do_not_begin_one),
        cmocka_unit_test(a_table_of_contents_becomes_notes),
        cmocka_unit_test(pages_without_text_are_told),
        cmocka_unit_test(limits_end_the_work),
        cmocka_unit_test(much_in_one_place_takes_little_time),
        cmocka_unit_test(layout_survives_every_failed_allocation),
        cmocka_unit_test(numbers_and_matrices_are_exact),
        cmocka_unit_test(paths_give_their_straight_sides),
    };

    return cmocka_run_group_tests_name("layout", tests, NULL, NULL);
}
