/* Whole pages: the record and title around the text, places, encodings, archives, what is
 * odd and what is hostile. */
#include "pages.h"

#include <stdlib.h>

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

static void the_record_is_read_from_lines_and_joined_cells(void **state)
{
    static const struct {
        const char *page, *key, *value;
    } rows[] = {
        {"<p>2026-01-31 07:00:44</p><p>正文。", "日期", "2026-01-31 07:00:44"},
        {"<table><tr><td>来源：甲报<td>作者：乙<tr><td>文号：1号</table>正文。", "作者",
         "乙"},
        {"<dl><dt>发文机关：<dd>某区政府</dl><p>正文。", "发文机关", "某区政府"},
        {"<p>（来源：甲报 | 时间：1月5日）</p><p>正文。", "来源", "甲报"},
        {"<table><tr><td>服 务 对 象：<td>甲<tr><td>自　定　义：<td>乙</table>正文。",
         "自定义", "乙"},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_ctx cx = test_ctx();
        pl_doc *d = read_ok(&cx, of(rows[i].page));
        const pl_meta *m = meta_of(d, rows[i].key);

        if (!m)
            fail_msg("no %s: %s", rows[i].key, rows[i].page);
        else
            assert_str(m->value, of(rows[i].value));
        assert_int_equal(d->blocks.n, 1);
        test_ctx_free(&cx);
    }
}

static void the_title_is_found_where_it_is_said_best(void **state)
{
    static const struct {
        const char *page, *title;
    } rows[] = {
        {"<title>某计划_某站</title><p>正文。", "某计划_某站"},
        {"<title>关于某计划的通知_某站</title><p>正文。", "关于某计划的通知"},
        {"<title>关于某计划的通知 - 某站</title><h2>关于计划</h2><p>正文。", "关于计划"},
        {"<title>关于某计划的通知</title><div><h1>某站</h1></div><div "
         "class=content><p>正文很"
         "长，在这里不全部抄录。又有一句，说明工作情况。</p></div>",
         "关于某计划的通知"},
        {"<title>某站：关于某计划的通知</title><h1>关于某计划的通知</h1><div "
         "class=content><p>"
         "正文很长，在这里不全部抄录。又有一句，说明各项工作的开展情况。还有一句，说明下"
         "一步的"
         "打算和要求。最后一句，再次强调要抓好落实工作，务求取得实效。</p></div>",
         "关于某计划的通知"},
        {"<p>没有题目的正文。", ""},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_ctx cx = test_ctx();
        pl_doc *d = read_ok(&cx, of(rows[i].page));

        assert_str(d->title, of(rows[i].title));
        test_ctx_free(&cx);
    }
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
        {PL_S_INIT("<\0p\0>\0\xee\x76\x07\x68"), "UTF-16LE", "目标", false},
        {PL_S_INIT("<meta charset=gbk><p>\xc4\xbf\xff\xb1\xea\xb9\xab\xb8\xe6"),
         "GB18030", "目\xef\xbf\xbd标公告", true},
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

/* Each byte becomes three: more than the room guessed at first. */
static void a_page_of_quotes_grows_in_decoding(void **state)
{
    char *page = repeat("<meta charset=iso-8859-1><p>", "\x93", 1000, "");
    pl_ctx cx = test_ctx();
    pl_doc *d = read_ok(&cx, of(page));

    (void)state;
    assert_str(d->charset, of("CP1252"));
    assert_int_equal(d->blocks.p[0].text.s.n, 3000);
    assert_true(pl_str_ends(d->blocks.p[0].text.s, PL_S("““")));
    test_ctx_free(&cx);
    free(page);
}

static void binary_files_are_refused(void **state)
{
    unsigned char noise[4096];
    pl_ctx cx = test_ctx();
    pl_doc *d = NULL;
    uint32_t x = 1;

    (void)state;
    for (size_t i = 0; i < sizeof noise; i++) {
        x = x * 1664525 + 1013904223;
        noise[i] = (unsigned char)(x >> 24);
    }
    assert_int_equal(pl_doc_read_html(&cx, (pl_bytes){noise, sizeof noise}, &d),
                     PL_EFORMAT);
    assert_null(d);
    test_ctx_free(&cx);
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
        cmocka_unit_test(a_full_page_gives_its_text_and_record),
        cmocka_unit_test(a_table_of_the_record_becomes_meta),
        cmocka_unit_test(the_record_is_read_from_lines_and_joined_cells),
        cmocka_unit_test(the_title_is_found_where_it_is_said_best),
        cmocka_unit_test(a_list_of_documents_is_no_record),
        cmocka_unit_test(binary_files_are_refused),
        cmocka_unit_test(a_page_of_quotes_grows_in_decoding),
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

    return cmocka_run_group_tests_name("html_page", tests, NULL, NULL);
}
