#include "unit.h"

#include <stdlib.h>

#include "doc/html.h"

enum { LISTING_BYTES = 1 << 16 };

/* Blocks one a line: `1 标题` a heading of level 1, `P 正文`, `T 2x3: a|b{2x1}/c` a table
 * of 2 rows and 3 columns; `\n` in cells is shown as `⏎`. */
static void list_text(pl_buf *b, pl_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\n')
            pl_buf_put(b, PL_S("⏎"));
        else
            pl_buf_putc(b, s.p[i]);
    }
}

static void list_table(pl_buf *b, const pl_table *t)
{
    uint32_t row = 0;

    pl_buf_putf(b, "T %ux%u: ", t->rows, t->cols);
    for (size_t i = 0; i < t->cells.n; i++) {
        const pl_cell *c = &t->cells.p[i];

        if (i)
            pl_buf_putc(b, c->row == row ? '|' : '/');
        row = c->row;
        list_text(b, c->text.s);
        if (c->rowspan > 1 || c->colspan > 1)
            pl_buf_putf(b, "{%ux%u}", c->rowspan, c->colspan);
    }
}

static void list_doc(pl_buf *b, const pl_doc *d)
{
    for (size_t i = 0; i < d->blocks.n; i++) {
        const pl_block *k = &d->blocks.p[i];

        if (i)
            pl_buf_putc(b, '\n');
        if (k->kind == PL_BLOCK_TABLE) {
            list_table(b, k->table);
            continue;
        }
        pl_buf_putf(b, k->kind == PL_BLOCK_HEADING ? "%d " : "P ", k->level);
        list_text(b, k->text.s);
    }
}

/* The document of a page; fails the test when it cannot be read. */
static pl_doc *read_ok(pl_ctx *cx, pl_str page)
{
    pl_bytes in = {(const unsigned char *)page.p, page.n};
    pl_doc *d = NULL;
    pl_status st =
        pl_mhtml_is(in) ? pl_doc_read_mhtml(cx, in, &d) : pl_doc_read_html(cx, in, &d);

    if (st != PL_OK)
        fail_msg("status %d: %s: %.*s", (int)st, cx->err.msg, (int)page.n, page.p);
    return d;
}

static const pl_meta *meta_of(const pl_doc *d, const char *key)
{
    for (size_t i = 0; i < d->meta.n; i++)
        if (pl_str_eq(d->meta.p[i].key, of(key)))
            return &d->meta.p[i];
    return NULL;
}

static bool has_oddity(const pl_doc *d, const char *rule)
{
    for (size_t i = 0; i < d->oddities.n; i++)
        if (pl_str_eq(d->oddities.p[i].rule, of(rule)))
            return true;
    return false;
}

typedef struct page_row {
    const char *page, *want;
} page_row;

static void check_rows(const page_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        pl_ctx cx = test_ctx();
        pl_doc *d = read_ok(&cx, of(rows[i].page));
        pl_buf b;

        pl_buf_init(&b, LISTING_BYTES);
        list_doc(&b, d);
        if (!pl_str_eq(pl_buf_str(&b), of(rows[i].want)))
            fail_msg("page %zu\ngot:\n%.*s\nwant:\n%s", i, PL_FMT(pl_buf_str(&b)),
                     rows[i].want);
        pl_buf_release(&b);
        test_ctx_free(&cx);
    }
}

static void text_is_read_as_browsers_show_it(void **state)
{
    static const page_row rows[] = {
        {"<p>就业 岗位</p>", "P 就业 岗位"},
        {"<p>  两端的空白\n </p>", "P 两端的空白"},
        {"<p>源文件的\n换行不是空格</p>", "P 源文件的换行不是空格"},
        {"<p>five\nwords</p>", "P five words"},
        {"<p>&nbsp;&nbsp;&emsp;　　缩进</p>", "P 缩进"},
        {"<p>甲<b>乙</b> <i>丙</i></p>", "P 甲乙 丙"},
        {"<p>第一段<br>第二段<br/>第三段", "P 第一段\nP 第二段\nP 第三段"},
        {"<div>散<div>块</div>尾</div>", "P 散\nP 块\nP 尾"},
        {"<p>&lt;5% &amp; &#x4E2D;&#25991;&hellip;&unknown;", "P <5% & 中文…&unknown;"},
        {"<p>&nbsp2018&#150;2020", "P 2018–2020"},
        {"<p>目标<313.2万，>5", "P 目标<313.2万，>5"},
        {"<p>零\xe2\x80\x8b宽\xef\xbb\xbf字符", "P 零宽字符"},
        {"<p>10<sup>4</sup>吨，km<sup>2</sup>，<sup>注1</sup>", "P 10⁴吨，km²，注1"},
        {"<pre>一行\n二行</pre>", "P 一行\nP 二行"},
        {"<pre><b>一</b>行\n\n二&amp;行\n</pre>尾", "P 一行\nP 二&行\nP 尾"},
        {"<p>标记<o:p></o:p>里<st1:x>的</st1:x>字", "P 标记里的字"},
        {"<p>前<![if !supportLists]>中<![endif]>后<!-- 注 -->", "P 前中后"},
    };

    (void)state;
    check_rows(rows, PL_COUNT(rows));
}

static void what_is_not_shown_is_dropped(void **state)
{
    static const page_row rows[] = {
        {"<p>甲<script>if(a<b)x('</p>')</script>乙<style>p{}</style>", "P 甲乙"},
        {"<p style='display: none'>隐</p><p>显", "P 显"},
        {"<p hidden>隐</p><p>显", "P 显"},
        {"<p aria-hidden=true>隐</p><p>显", "P 显"},
        {"<p>甲<span style='font-size:0'>隐</span>乙", "P 甲乙"},
        {"<p>甲<s>旧</s><del>旧</del>乙", "P 甲乙"},
        {"<select><option>选<option>项</select><p>文", "P 文"},
        {"<p title='<script>x</script>' onclick=\"a>b\">安全</p>", "P 安全"},
        {"<textarea><p>草稿</textarea><p>文", "P 文"},
        {"<svg><title>图</title><text>图</text></svg><p>文", "P 文"},
        {"<title>题", ""},
    };

    (void)state;
    check_rows(rows, PL_COUNT(rows));
}

static void broken_markup_is_put_right(void **state)
{
    static const page_row rows[] = {
        {"<p>一<p>二<div>三</p>四", "P 一\nP 二\nP 三四"},
        {"<b>粗<p>段</b>一</p>二", "P 粗\nP 段一\nP 二"},
        {"<p>未完<td>格</td>文", "P 未完格文"},
        {"<table border=1><tr><td>a<td>b<tr><td>c<td>d</table>", "T 2x2: a|b/c|d"},
        {"<table border=1><td>a</td><td>b</td><tr><td>c<td>d", "T 2x2: a|b/c|d"},
        {"<table border=1><td>a</td><td>b</td></tr><td>c<td>d</tbody><tr><td>e<td>f",
         "T 3x2: a|b/c|d/e|f"},
        {"<table border=1><form><tr><td>a</td><td>b</td></form></tr><tr><td>c<td>d",
         "T 2x2: a|b/c|d"},
        {"<table border=1>散文<tr><td>a<td>b<tr><td>c<td>d</table>",
         "P 散文\nT 2x2: a|b/c|d"},
        {"<table border=1><tr><td>a<td>b<tr><td>c<td>d<table border=1><tr><td>e<td>f"
         "<tr><td>g<td>h</table>",
         "P a\nP b\nP c\nP d\nT 2x2: e|f/g|h"},
        {"<p>全文在此。<!-- 注释没有完", "P 全文在此。"},
        {"<title>题目没有完\n<p>正文。", "P 正文。"},
        {"<p>断<span style=\"col", "P 断"},
        {"<p a=\"没有完>正文<b>仍在", "P 正文仍在"},
    };

    (void)state;
    check_rows(rows, PL_COUNT(rows));
}

static void list_items_keep_their_marks(void **state)
{
    static const page_row rows[] = {
        {"<ol><li>甲<li>乙</ol>", "P 1.甲\nP 2.乙"},
        {"<ol start=3><li> 甲</li><li value=7>乙<li>丙</ol>", "P 3.甲\nP 7.乙\nP 8.丙"},
        {"<ol type=a><li>甲<li>乙</ol>", "P a.甲\nP b.乙"},
        {"<ol type=I><li>甲<li>乙<li>丙<li>丁</ol>",
         "P I.甲\nP II.乙\nP III.丙\nP IV.丁"},
        {"<ul><li>甲<li>乙</ul>", "P 甲\nP 乙"},
        {"<ol><li>甲<ol><li>子<li>丑</ol><li>乙</ol>", "P 1.甲\nP 1.子\nP 2.丑\nP 2.乙"},
        {"<ol><li>（一）自带编号的条目</ol>", "2 （一）自带编号的条目"},
        {"<ol style='list-style:none'><li>甲<li>乙</ol>", "P 甲\nP 乙"},
        {"<ol><li><p>段一</p><p>段二</p><li></li><li>丙</ol>",
         "P 1.段一\nP 段二\nP 3.丙"},
    };

    (void)state;
    check_rows(rows, PL_COUNT(rows));
}

static void headings_are_known_by_tag_numbering_and_look(void **state)
{
    static const page_row rows[] = {
        {"<h2>总体要求</h2><p>正文。", "2 总体要求\nP 正文。"},
        {"<p>一、总体要求</p><p>（一）基本原则</p><p>(三)坚持市场导向。发挥作用。",
         "1 一、总体要求\n2 （一）基本原则\nP (三)坚持市场导向。发挥作用。"},
        {"<p>第一章 总则</p><p>第二节　目标", "1 第一章 总则\n2 第二节　目标"},
        {"<p>1.新建公园5个</p><p>2.修路</p>", "P 1.新建公园5个\nP 2.修路"},
        {"<p><b>1.新建公园</b></p><p>全年新建公园五个，面积十公顷。",
         "3 1.新建公园\nP 全年新建公园五个，面积十公顷。"},
        {"<p>一、目标</p><p><b>产业</b></p><p>全年产业增速保持在合理的区间之内。",
         "1 一、目标\n2 产业\nP 全年产业增速保持在合理的区间之内。"},
        {"<p align=center><font size=6>某区关于二〇二二年</font></p><p "
         "align=center><font "
         "size=6>计划的报告</font></p><p><font size=3>现将情况报告如下，请予审议。",
         "1 某区关于二〇二二年计划的报告\nP 现将情况报告如下，请予审议。"},
        {"<p>全年工作顺利，各项任务均已完成。<p align=center><b>附件1</b><p>附件：1.清单",
         "P 全年工作顺利，各项任务均已完成。\n1 附件1\nP 附件：1.清单"},
        {"<p>一、目标</p><p>（一）稳增长。</p><p><b>夯实基础。</b></"
         "p><p>全年产业增速保持在"
         "合理区间。",
         "1 一、目标\n2 （一）稳增长。\n3 夯实基础。\nP 全年产业增速保持在合理区间。"},
        {"<p>某区二〇二三年工作报告</p><p>各位代表：</p><p>生态更加优美</"
         "p><p>这一年里全区新"
         "建了公园和绿地，完成了河道治理，空气质量持续好转，各项约束性指标全部完成，群众"
         "满意"
         "度又有提高。</p><p>1.新建公园</p><p>全年新建五个。</p>",
         "1 某区二〇二三年工作报告\nP 各位代表：\n1 生态更加优美\nP "
         "这一年里全区新建了公园和"
         "绿地，完成了河道治理，空气质量持续好转，各项约束性指标全部完成，群众满意度又有"
         "提高。"
         "\n3 1.新建公园\nP 全年新建五个。"},
        {"<p>（一）创新5项：甲；乙。</p><p>（二）研发6项。</p><p>（三）目标。</"
         "p><p>到2025年。",
         "P （一）创新5项：甲；乙。\nP （二）研发6项。\n2 （三）目标。\nP 到2025年。"},
        {"<p>附件：1.某表</p><p>2.2023年某某计划重点任务表</p>",
         "P 附件：1.某表\nP 2.2023年某某计划重点任务表"},
        {"<p>附件2</p><p>某区二〇二三年</p><p>重点任务</p><table "
         "border=1><tr><td>a<td>b<tr>"
         "<td>c<td>d</table>",
         "1 附件2\n1 某区二〇二三年重点任务\nT 2x2: a|b/c|d"},
        {"<h1>一行<br>两行</h1>", "1 一行两行"},
        {"<h3>这一段虽然放在标题的标签里，其实是一整句话。</h3>",
         "P 这一段虽然放在标题的标签里，其实是一整句话。"},
        {"<p><b>全都加粗的文章，</b><p><b>短句</b><p><b>不因加粗而成为标题。</b>",
         "P 全都加粗的文章，\nP 短句\nP 不因加粗而成为标题。"},
    };

    (void)state;
    check_rows(rows, PL_COUNT(rows));
}

static void spans_give_a_full_grid(void **state)
{
    static const page_row rows[] = {
        {"<table border=1><tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d</table>",
         "T 2x3: a{2x1}|b{1x2}/c|d"},
        {"<table border=1><tr><th>序号<th>指标<tr><td colspan=2>一、经济</table>",
         "T 2x2: 序号|指标/一、经济{1x2}"},
        {"<table border=1><tr><td rowspan=0>a<td>b<tr><td>c<tr><td>d</table>",
         "T 3x2: a{3x1}|b/c/d"},
        {"<table border=1><tr><td rowspan=1000000 "
         "colspan=1000000>a<td>b<tr><td>c</table>",
         "T 2x2: a{2x1}|b/c"},
        {"<table border=1><tr><td rowspan=9>a<td rowspan=-1>b<tr><td>c</table>",
         "T 2x2: a{2x1}|b/c"},
        {"<table border=1><thead><tr><td "
         "rowspan=9>a<td>b</thead><tbody><tr><td>c<td>d</table>",
         "T 2x2: a|b/c|d"},
        {"<table border=1><tr><td rowspan=2>a<td rowspan=2>b<tr><tr><td>c<td>d</table>",
         "T 2x2: a|b/c|d"},
        {"<table border=1><tr><td>a<td>b<tr><td colspan=3>c<td>d</table>",
         "T 2x3: a|b/c{1x2}|d"},
        {"<table border=1><tr><td>a<td>b<tr height=0><td><td></table><p>x",
         "T 1x2: a|b\nP x"},
        {"<table border=1><tr><td>a<td style='display:none'>x<td>b<tr><td>c<td>d</table>",
         "T 2x2: a|b/c|d"},
        {"<table border=1><caption>表1 "
         "指标</caption><tr><td>a<td>b<tr><td>c<td>d</table>",
         "P 表1 指标\nT 2x2: a|b/c|d"},
        {"<table "
         "border=1><tr><td>达到市级<br>要求(32)<td><p>甲</p><p>乙</p><tr><td>c<td>d",
         "T 2x2: 达到市级⏎要求(32)|甲⏎乙/c|d"},
    };

    (void)state;
    check_rows(rows, PL_COUNT(rows));
}

static void tables_that_only_place_things_are_opened(void **state)
{
    static const page_row rows[] = {
        {"<table><tr><td><p>左栏正文。</p></td></tr></table>", "P 左栏正文。"},
        {"<table border=0><tr><td><table border=1><tr><td>a<td>b<tr><td>c<td>d</table>"
         "</td></tr></table>",
         "T 2x2: a|b/c|d"},
        {"<table role=presentation border=1><tr><td>a<td>b<tr><td>c<td>d</table>",
         "P a\nP b\nP c\nP d"},
        {"<table border=1><tr><td>专栏1 "
         "重点工程</td></tr><tr><td>建设五项工程。</td></tr>"
         "</table>",
         "P 专栏1 重点工程\nP 建设五项工程。"},
        {"<table><tr><td>名称<td>单位<td>数值<tr><td>人口<td>万人<td>313.2<tr><td>绿地<"
         "td>"
         "公顷<td>12</table>",
         "T 3x3: 名称|单位|数值/人口|万人|313.2/绿地|公顷|12"},
        {"<table border=1><tr><td>a<td><table "
         "border=1><tr><td>x<td>y<tr><td>z<td>w</table>"
         "<tr><td>正式的说明文字<td>另外一段说明文字<tr><td>cc<td>dd</table>",
         "T 3x2: a|x⏎y⏎z⏎w/正式的说明文字|另外一段说明文字/cc|dd"},
    };

    (void)state;
    check_rows(rows, PL_COUNT(rows));
}

/* A page with everything around its text that sites put there. */
static const char full_page[] =
    "<!DOCTYPE html><html><head><meta charset=utf-8><title>关于某计划的报告_某区人民政府"
    "</title><meta name=ArticleTitle content='关于某计划的报告'><meta name=\"PubDate\" "
    "content=\"2023-01-05\"></head><body>"
    "<div class=header><h1><a href=/>某区人民政府</a></h1><ul class=nav><li><a "
    "href=a>首页"
    "</a><li><a href=b>要闻</a><li><a href=c>公开</a></ul></div>"
    "<div class=crumb>当前位置：<a href=/>首页</a> &gt; 公开</div>"
    "<div class=xxgk><ul><li><b>索 引 号：</b>A01-2023<li><b>发文机关：</b>某区政府办"
    "<li>文　　号：区办发〔2023〕1号<li>有 效 性：</ul></div>"
    "<div class=main><h2>关于某计划的报告</h2>"
    "<p>发布时间：2023-01-06 来源：区政府办 浏览次数：<span>12</span></p>"
    "<p>【字体：<a href='javascript:f(1)'>大</a> 中 小】</p>"
    "<div "
    "id=Zoom><p>一、主要目标</p><p>全年地区生产总值增长6%左右。居民收入稳步增长。</p>"
    "<table border=1><tr><th>指标<th>目标<tr><td>增速<td>6%左右</table>"
    "<p>附件：<a href=x.doc>清单</a></p></div>"
    "<div class=share>分享到 微信 微博</div><a href='javascript:window.close()'>关闭</a>"
    "</div><div class=side><h3>相关链接</h3><ul><li><a href=1>另一篇报道的题目</a><li><a "
    "href=2>第二篇报道的题目</a><li><a href=3>第三篇报道的题目</a><li><a href=4>第四篇"
    "</a><li><a href=5>第五篇</a></ul></div>"
    "<div class=footer><p>主办单位：某区政府办公室</p><p>京ICP备00000000号</p></div>"
    "</body></html>";

static void a_full_page_gives_its_text_and_record(void **state)
{
    static const struct {
        const char *key, *value;
    } rows[] = {
        {"索引号", "A01-2023"},        {"发文机关", "某区政府办"},
        {"文号", "区办发〔2023〕1号"}, {"有效性", ""},
        {"发布日期", "2023-01-05"},    {"发布时间", "2023-01-06"},
        {"来源", "区政府办"},          {"标题", "关于某计划的报告"},
    };
    static const page_row blocks[] = {
        {full_page,
         "2 关于某计划的报告\n1 一、主要目标\nP 全年地区生产总值增长6%左右。居民"
         "收入稳步增长。\nT 2x2: 指标|目标/增速|6%左右\nP 附件：清单"}};
    pl_ctx cx = test_ctx();
    pl_doc *d = read_ok(&cx, of(full_page));

    (void)state;
    assert_str(d->title, of("关于某计划的报告"));
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        const pl_meta *m = meta_of(d, rows[i].key);

        if (!m)
            fail_msg("no %s", rows[i].key);
        else
            assert_str(m->value, of(rows[i].value));
    }
    test_ctx_free(&cx);
    check_rows(blocks, PL_COUNT(blocks));
}

static void a_table_of_the_record_becomes_meta(void **state)
{
    static const char page[] =
        "<table><tr><td>索 引 号：<td>000/2018<td>主题分类：<td>科技<tr><td>标　　题："
        "<td colspan=3>关于某事的通知<tr><td>主 题 "
        "词：<td><td><td><tr><td>备注<td>无</table>"
        "<p>正文。";
    pl_ctx cx = test_ctx();
    pl_doc *d = read_ok(&cx, of(page));

    (void)state;
    assert_int_equal(d->meta.n, 5);
    assert_str(d->meta.p[4].key, of("备注"));
    assert_str(d->meta.p[0].key, of("索引号"));
    assert_str(d->meta.p[1].value, of("科技"));
    assert_str(d->meta.p[3].key, of("主题词"));
    assert_str(d->meta.p[3].value, of(""));
    assert_str(d->title, of("关于某事的通知"));
    assert_int_equal(d->n_tables, 0);
    test_ctx_free(&cx);
}

static void a_list_of_documents_is_no_record(void **state)
{
    static const page_row rows[] = {
        {"<table border=1><tr><td>标题<td>文号<td>发布日期<tr><td>通知甲<td>1号<td>1月"
         "<tr><td>通知乙<td>2号<td>2月</table>",
         "T 3x3: 标题|文号|发布日期/通知甲|1号|1月/通知乙|2号|2月"},
    };

    (void)state;
    check_rows(rows, PL_COUNT(rows));
}

/* Where `part` of a cell's or block's text stands in the source. */
static pl_str source_of(const pl_doc *d, const pl_text *t, const char *part)
{
    size_t at = pl_str_find(t->s, of(part), 0);
    pl_place p;

    assert_int_not_equal(at, PL_NOPOS);
    p = pl_text_place(t, NULL, at, strlen(part));
    return pl_str_sub(d->source, p.span.at, p.span.n);
}

static void places_lead_back_to_the_source(void **state)
{
    static const char page[] = "<p>全年\n  <b>新增</b>岗位&nbsp;5万个，\n增长6%。</p>\n"
                               "<table border=1>\n<tr><td>增速<td>\n6<i>以上</i></table>";
    pl_ctx cx = test_ctx();
    pl_doc *d = read_ok(&cx, of(page));
    const pl_block *p = &d->blocks.p[0];
    const pl_cell *c = NULL;

    (void)state;
    assert_str(p->text.s, of("全年新增岗位 5万个，增长6%。"));
    assert_str(source_of(d, &p->text, "新增"), of("新增"));
    assert_str(source_of(d, &p->text, "新增岗位"), of("新增</b>岗位"));
    assert_str(source_of(d, &p->text, "5万个"), of("5万个"));
    assert_int_equal(pl_text_place(&p->text, NULL, 0, 3).line, 1);
    assert_int_equal(
        pl_text_place(&p->text, NULL, pl_str_find(p->text.s, of("增长"), 0), 6).line, 3);
    c = pl_table_at(d->blocks.p[1].table, 0, 1);
    assert_non_null(c);
    assert_str(c->text.s, of("6以上"));
    assert_str(source_of(d, &c->text, "6以上"), of("6<i>以上"));
    assert_int_equal(c->place.line, 6);
    assert_int_equal(c->place.table, 1);
    assert_int_equal(c->place.row, 1);
    assert_int_equal(c->place.col, 2);
    test_ctx_free(&cx);
}

static void encodings_are_told(void **state)
{
    static const struct {
        pl_str page;
        const char *charset, *text;
        bool bad;
    } rows[] = {
        {PL_S_INIT("\xef\xbb\xbf<p>目标"), "UTF-8", "目标", false},
        {PL_S_INIT("<meta charset=gb2312><p>\xc4\xbf\xb1\xea"), "GB18030", "目标", false},
        {PL_S_INIT("<meta http-equiv=Content-Type content='text/html; charset=GBK'><p>"
                   "\xc4\xbf\xb1\xea"),
         "GB18030", "目标", false},
        {PL_S_INIT("<p>\xc4\xbf\xb1\xea\xb9\xab\xb8\xe6"), "GB18030", "目标公告", false},
        {PL_S_INIT("<meta charset=big5><p>\xa5\xd8\xbc\xd0"), "BIG5-HKSCS", "目標",
         false},
        {PL_S_INIT("<meta charset=utf-8><p>\xc4\xbf\xb1\xea\xb9\xab\xb8\xe6"), "GB18030",
         "目标公告", false},
        {PL_S_INIT("<meta charset=gbk><p>目标"), "UTF-8", "目标", false},
        {PL_S_INIT("\xff\xfe<\0p\0>\0\xee\x76\x07\x68"), "UTF-16LE", "目标", false},
        {PL_S_INIT("\0<\0p\0>\x76\xee\x68\x07"), "UTF-16BE", "目标", false},
        {PL_S_INIT("<?xml version='1.0' encoding='gb2312'?><html><p>\xc4\xbf\xb1\xea"),
         "GB18030", "目标", false},
        {PL_S_INIT("<meta charset=utf-8><p>本年度的主要预期目标如下所示\xe7\x9b"),
         "UTF-8", "本年度的主要预期目标如下所示\xef\xbf\xbd\xef\xbf\xbd", true},
        {PL_S_INIT("<p>空\0字\0节"), "UTF-8", "空字节", false},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_ctx cx = test_ctx();
        pl_doc *d = read_ok(&cx, rows[i].page);

        assert_str(d->charset, of(rows[i].charset));
        assert_int_equal(d->blocks.n, 1);
        assert_str(d->blocks.p[0].text.s, of(rows[i].text));
        assert_int_equal(has_oddity(d, "text.encoding"), rows[i].bad);
        assert_true(pl_html_is(
            (pl_bytes){(const unsigned char *)rows[i].page.p, rows[i].page.n}));
        test_ctx_free(&cx);
    }
}

static const char archive[] =
    "From: <Saved by a browser>\r\nSubject: =?utf-8?B?eA==?=\r\nMIME-Version: 1.0\r\n"
    "Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n"
    "\tboundary=\"--=_Part_0\"\r\n\r\npreamble\r\n"
    "----=_Part_0\r\nContent-Type: text/html; charset=\"gb2312\"\r\n"
    "Content-Transfer-Encoding: quoted-printable\r\n"
    "Content-Location: http://example.com/a.htm\r\n\r\n"
    "<html><p align=3Dcenter>=C4=BF=\r\n=B1=EA</p>\r\n"
    "----=_Part_0\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    "iVBORw0KGgo=\r\n----=_Part_0--\r\n";

static void the_page_of_an_archive_is_read(void **state)
{
    static const char mail[] =
        "MIME-Version: 1.0\nContent-Type: text/html\n"
        "Content-Transfer-Encoding: base64\n\nPHA+b25lIHR3bzwvcD4=\n";
    pl_ctx cx = test_ctx();
    pl_doc *d = read_ok(&cx, of(archive));

    (void)state;
    assert_int_equal(d->blocks.n, 1);
    assert_str(d->blocks.p[0].text.s, of("目标"));
    assert_str(d->blocks.p[0].place.path, of("http://example.com/a.htm"));
    assert_str(d->format, of("mhtml"));
    assert_int_equal(d->bytes, sizeof archive - 1);
    d = read_ok(&cx, of(mail));
    assert_str(d->blocks.p[0].text.s, of("one two"));
    test_ctx_free(&cx);
}

static void an_archive_without_a_page_is_refused(void **state)
{
    static const char *const rows[] = {
        ("Content-Type: multipart/related; boundary=x\n\n--x\nContent-Type: "
         "image/png\n\nabc"),
        "Content-Type: multipart/related\n\n<p>x",
        "Content-Type: multipart/related; boundary=x\n\n",
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_ctx cx = test_ctx();
        pl_doc *d = NULL;
        pl_str s = of(rows[i]);
        pl_bytes in = {(const unsigned char *)s.p, s.n};

        assert_true(pl_mhtml_is(in));
        assert_int_equal(pl_doc_read_mhtml(&cx, in, &d), PL_ESYNTAX);
        assert_null(d);
        test_ctx_free(&cx);
    }
}

static void pages_are_told_from_other_text(void **state)
{
    static const struct {
        const char *text;
        bool page, archive;
    } rows[] = {
        {"<!DOCTYPE HTML>", true, false},
        {"\n <!-- saved --><html>", true, false},
        {"<?xml version='1.0'?><!DOCTYPE html><html>", true, false},
        {"<TABLE border=1>", true, false},
        {"<313.2万人", false, false},
        {"<w:document xmlns:w='x'>", false, false},
        {"一、目标<br>", false, false},
        {"", false, false},
        {"主题：说明\n\n文字", false, false},
        {"Note: text\nmore text\n\n", false, false},
        {"MIME-Version: 1.0\nContent-Type: text/html\n\n", false, true},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_bytes in = {(const unsigned char *)rows[i].text, strlen(rows[i].text)};

        if (pl_html_is(in) != rows[i].page || pl_mhtml_is(in) != rows[i].archive)
            fail_msg("%s", rows[i].text);
    }
}

static void oddities_say_what_was_odd(void **state)
{
    static const struct {
        const char *page, *rule;
    } rows[] = {
        {"<p>断<span style=\"col", "html.cut"},
        {"<div id=app></div><script>run()</script>", "html.empty"},
        {"<p>7.2<s>8</s>", "html.struck"},
        {"<table border=1><tr><td>a<td>b<tr><td>c</table>", "table.ragged"},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_ctx cx = test_ctx();
        pl_doc *d = read_ok(&cx, of(rows[i].page));

        if (!has_oddity(d, rows[i].rule) || d->oddities.n != 1)
            fail_msg("%s: %zu oddities", rows[i].page, d->oddities.n);
        test_ctx_free(&cx);
    }
}

/* `unit` again and again between two ends. */
static char *repeat(const char *start, const char *unit, size_t times, const char *end)
{
    size_t n = strlen(unit), a = strlen(start), z = strlen(end);
    char *p = malloc(a + n * times + z + 1);

    assert_non_null(p);
    memcpy(p, start, a);
    for (size_t i = 0; i < times; i++)
        memcpy(p + a + i * n, unit, n);
    memcpy(p + a + n * times, end, z + 1);
    return p;
}

static void hostile_pages_end_early_or_are_read(void **state)
{
    static const struct {
        const char *start, *unit;
        size_t times;
        const char *end;
        pl_status st;
    } rows[] = {
        {"", "<div>", 100000, "文", PL_OK},
        {"", "<table><tr><td>", 100000, "文", PL_OK},
        {"<b>", "<div></b></i>", 50000, "", PL_OK},
        {"", "<p a=\"", 50000, "", PL_OK},
        {"", "<p x=\"><p\" ", 50000, "", PL_OK},
        {"", "<!--", 50000, "", PL_OK},
        {"", "<title>", 50000, "", PL_OK},
        {"", "<ul><li>", 50000, "", PL_OK},
        {"<p ", "a=1 ", 100000, ">文", PL_OK},
        {"<p>", "&#x", 50000, "", PL_OK},
        {"<table border=1><tr><td>a<td>b", "<tr>", 50000, "", PL_OK},
        {"<table border=1>", "<tr><td rowspan=65534 colspan=999>a<td>b", 10000, "",
         PL_ELIMIT},
        {"<table border=1><tr>", "<td>1", 5000, "", PL_ELIMIT},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        char *page = repeat(rows[i].start, rows[i].unit, rows[i].times, rows[i].end);
        pl_ctx cx = test_ctx();
        pl_bytes in = {(const unsigned char *)page, strlen(page)};
        pl_doc *d = NULL;
        pl_status st;

        cx.limits.arena_bytes = (size_t)64 << 20;
        st = pl_doc_read_html(&cx, in, &d);
        if (st != rows[i].st)
            fail_msg("row %zu: status %d: %s", i, (int)st, cx.err.msg);
        test_ctx_free(&cx);
        free(page);
    }
}

/* Fail the 1st allocation, then the 2nd, … until the page is read. */
static void reading_survives_every_failed_allocation(void **state)
{
    const char *const pages[] = {full_page, archive};

    (void)state;
    for (size_t k = 0; k < PL_COUNT(pages); k++) {
        pl_status st = PL_ENOMEM;

        for (size_t n = 0; st != PL_OK && n < 2000; n++) {
            pl_ctx cx = test_ctx();
            pl_bytes in = {(const unsigned char *)pages[k], strlen(pages[k])};
            pl_doc *d = NULL;

            pl_arena_fail_after(cx.arena, n);
            st = pl_mhtml_is(in) ? pl_doc_read_mhtml(&cx, in, &d)
                                 : pl_doc_read_html(&cx, in, &d);
            assert_true(st == PL_OK || (st == PL_ENOMEM && d == NULL));
            test_ctx_free(&cx);
        }
        assert_int_equal(st, PL_OK);
    }
}

static void every_cut_of_a_page_is_read(void **state)
{
    (void)state;
    for (size_t n = 0; n < sizeof full_page; n += 7) {
        pl_ctx cx = test_ctx();
        char *copy = malloc(n + 1);
        pl_doc *d = NULL;

        assert_non_null(copy);
        memcpy(copy, full_page, n);
        assert_int_equal(pl_doc_read_html(&cx, (pl_bytes){(unsigned char *)copy, n}, &d),
                         PL_OK);
        test_ctx_free(&cx);
        free(copy);
    }
}

static void a_sample_page_comes_out_whole(void **state)
{
    FILE *f = fopen(PL_SAMPLES "/html/gov_10.html", "rb");
    static unsigned char bytes[1 << 18];
    pl_ctx cx;
    pl_doc *d = NULL;
    const pl_table *t = NULL;
    size_t n;

    (void)state;
    if (!f) {
        print_message("no sample pages here: skipped\n");
        skip();
    }
    n = fread(bytes, 1, sizeof bytes, f);
    (void)fclose(f);
    cx = test_ctx();
    assert_int_equal(pl_doc_read(&cx, (pl_bytes){bytes, n}, &d), PL_OK);
    assert_str(d->format, of("html"));
    assert_int_equal(d->n_tables, 1);
    assert_non_null(meta_of(d, "发文字号"));
    for (size_t i = 0; i < d->blocks.n; i++)
        t = d->blocks.p[i].table ? d->blocks.p[i].table : t;
    assert_non_null(t);
    assert_int_equal(t->rows, 23);
    assert_int_equal(t->cols, 5);
    assert_int_equal(pl_table_at(t, 1, 4)->colspan, 5);
    test_ctx_free(&cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_read_as_browsers_show_it),
        cmocka_unit_test(what_is_not_shown_is_dropped),
        cmocka_unit_test(broken_markup_is_put_right),
        cmocka_unit_test(list_items_keep_their_marks),
        cmocka_unit_test(headings_are_known_by_tag_numbering_and_look),
        cmocka_unit_test(spans_give_a_full_grid),
        cmocka_unit_test(tables_that_only_place_things_are_opened),
        cmocka_unit_test(a_full_page_gives_its_text_and_record),
        cmocka_unit_test(a_table_of_the_record_becomes_meta),
        cmocka_unit_test(a_list_of_documents_is_no_record),
        cmocka_unit_test(places_lead_back_to_the_source),
        cmocka_unit_test(encodings_are_told),
        cmocka_unit_test(the_page_of_an_archive_is_read),
        cmocka_unit_test(an_archive_without_a_page_is_refused),
        cmocka_unit_test(pages_are_told_from_other_text),
        cmocka_unit_test(oddities_say_what_was_odd),
        cmocka_unit_test(hostile_pages_end_early_or_are_read),
        cmocka_unit_test(reading_survives_every_failed_allocation),
        cmocka_unit_test(every_cut_of_a_page_is_read),
        cmocka_unit_test(a_sample_page_comes_out_whole),
    };

    return cmocka_run_group_tests_name("html", tests, NULL, NULL);
}
