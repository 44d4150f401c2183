/* Text, lists, headings and tables of pages. */
#include "pages.h"

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
    };

    return cmocka_run_group_tests_name("html", tests, NULL, NULL);
}
