#include "doc/layout_pages.h"

#include "codec/zip.h"
#include "codec/zip_write.h"
#include "doc/ofd.h"
#include "report/line_fit.h"
#include "report/ofd_writer.h"

static pl_block *block(pl_ctx *cx, pl_doc *d, pl_block_kind kind, int level,
                       const char *text)
{
    pl_block *b = pl_doc_add(cx, d, kind);

    assert_non_null(b);
    b->level = level;
    b->text.s = of(text);
    return b;
}

/* A table of `rows` rows; its texts are those of `cells` over and over, from the first
 * row on. */
static pl_table *table(pl_ctx *cx, pl_doc *d, uint32_t rows, uint32_t cols,
                       const char *const *cells, size_t n)
{
    pl_block *b = pl_doc_add(cx, d, PL_BLOCK_TABLE);
    pl_table *t = PL_NEW(cx->arena, pl_table);

    assert_non_null(b);
    assert_non_null(t);
    b->table = t;
    t->rows = rows;
    t->cols = cols;
    for (uint32_t i = 0; i < rows * cols; i++) {
        pl_cell *c = PL_VEC_ADD(cx->arena, &t->cells);

        assert_non_null(c);
        *c = (pl_cell){.row = i / cols, .col = i % cols, .rowspan = 1, .colspan = 1};
        c->text.s = of(cells[i % n]);
    }
    return t;
}

/* Take cell i out of a table whose cell before or above it covers its place. */
static void cell_remove(pl_table *t, size_t i)
{
    memmove(&t->cells.p[i], &t->cells.p[i + 1], (--t->cells.n - i) * sizeof *t->cells.p);
}

static pl_status write_doc(pl_ctx *cx, const pl_doc *d, pl_buf *out)
{
    return pl_ofd_write(cx, d, &(pl_ofd_opts){PL_S("某局"), PL_S("2023-01-10")}, out);
}

/* What is written reads back as `want`, or as it was listed when `want` is NULL. */
static void comes_back(pl_ctx *cx, pl_doc *d, const char *want)
{
    pl_buf out, before;
    pl_doc *back = NULL;

    pl_buf_init(&out, 1 << 24);
    pl_buf_init(&before, 1 << 20);
    doc_list(&before, d);
    pl_buf_putc(&before, '\0');
    if (write_doc(cx, d, &out) != PL_OK ||
        pl_doc_read_ofd(cx, (pl_bytes){(const unsigned char *)out.p, out.n}, &back) !=
            PL_OK)
        fail_msg("%s", cx->err.msg);
    doc_is(back, want ? want : before.p);
    assert_str(back->title, d->title);
    pl_buf_release(&out);
    pl_buf_release(&before);
}

static const char long_text[] =
    "全年各项工作平稳推进，产业结构继续优化，重点项目按期开工，居民收入与经济增长保持同步"
    "，"
    "民生支出占比进一步提高，“两个确保”落到实处，3.5万户受益。The share of 2023 is 41.2% "
    "or more, as planned in the five years before it began.";

static void a_document_reads_back_as_it_was(void **state)
{
    static const char *const cells[] = {
        "序号", "指标",  "2022年", "目标 <&>",           "1",     "地区生产总值增速(%)",
        "4",    "6以上", "2",      "常住人口规模(万人)", "312.4", "<313.2"};
    pl_ctx cx = test_ctx();
    pl_doc d = {.title = PL_S("某某区2023年国民经济和社会发展计划执行情况的报告")};

    (void)state;
    block(&cx, &d, PL_BLOCK_HEADING, 1,
          "某某区2023年国民经济和社会发展计划执行情况的报告");
    block(&cx, &d, PL_BLOCK_HEADING, 1, "一、上年情况");
    block(&cx, &d, PL_BLOCK_PARA, 0, long_text);
    block(&cx, &d, PL_BLOCK_HEADING, 2, "（一）主要指标");
    block(&cx, &d, PL_BLOCK_PARA, 0, "指标如下：");
    table(&cx, &d, 3, 4, cells, PL_COUNT(cells));
    for (int i = 0; i < 12; i++)
        block(&cx, &d, PL_BLOCK_PARA, 0, long_text);
    comes_back(&cx, &d, NULL);
    test_ctx_free(&cx);
}

static void spaces_at_line_ends_and_the_record_come_back(void **state)
{
    static const char *const cells[] = {
        "指标", "情况", "用水总量",
        ("达到市级 要求 较上年 有所 减少 继续 保持 全市 领先 "
         "水平 完成 年初 确定 的各项 任务 并且 超额")};
    pl_ctx cx = test_ctx();
    pl_doc d = {.title = PL_S("某区计划")}, *back;
    pl_buf out;

    (void)state;
    block(&cx, &d, PL_BLOCK_HEADING, 1, "某区计划");
    table(&cx, &d, 2, 2, cells, PL_COUNT(cells));
    comes_back(&cx, &d, NULL);
    assert_int_equal(pl_doc_meta_add(&cx, &d, PL_S("文号"), PL_S("某政发〔2023〕1号<\">"),
                                     (pl_place){0}),
                     PL_OK);
    pl_buf_init(&out, 1 << 24);
    assert_int_equal(write_doc(&cx, &d, &out), PL_OK);
    assert_int_equal(
        pl_doc_read_ofd(&cx, (pl_bytes){(const unsigned char *)out.p, out.n}, &back),
        PL_OK);
    assert_str(pl_doc_meta_of(back, PL_S("文号"))->value, of("某政发〔2023〕1号<\">"));
    pl_buf_release(&out);
    test_ctx_free(&cx);
}

static void a_long_table_comes_back_whole(void **state)
{
    static const char *const cells[] = {"1", "重点任务之一，", "区甲局"};
    pl_ctx cx = test_ctx();
    pl_doc d = {.title = PL_S("重点任务表")};
    pl_table *t;

    (void)state;
    block(&cx, &d, PL_BLOCK_HEADING, 1, "重点任务表");
    t = table(&cx, &d, 90, 3, cells, PL_COUNT(cells));
    t->cells.p[0].text.s = of("序号");
    t->cells.p[1].text.s = of("任务");
    t->cells.p[2].text.s = of("单位");
    for (size_t i = 3; i < t->cells.n; i += 3) { /* figures that differ; long ones */
        char *number = PL_NEW_N(cx.arena, char, 24);

        assert_non_null(number);
        snprintf(number, 24, "%zu", i / 3);
        t->cells.p[i].text.s = of(number);
        if (i % 7 == 0)
            t->cells.p[i + 1].text.s = of(long_text);
    }
    comes_back(&cx, &d, NULL);
    test_ctx_free(&cx);
}

static void merged_cells_come_back_merged(void **state)
{
    static const char *const cells[] = {"类", "指标", "值"};
    pl_ctx cx = test_ctx();
    pl_doc d = {.title = PL_S("附表")};
    pl_table *t;

    (void)state;
    block(&cx, &d, PL_BLOCK_HEADING, 1, "附表");
    t = table(&cx, &d, 41, 3, cells, PL_COUNT(cells));
    for (size_t r = 37; r >= 1; r -= 4) { /* groups of four rows */
        for (size_t k = 3; k > 0; k--)
            cell_remove(t, (r + k) * 3);
        t->cells.p[r * 3].rowspan = 4;
        if (r == 1)
            break;
    }
    for (size_t i = 3; i < t->cells.n; i++) {
        char *text = PL_NEW_N(cx.arena, char, 32);

        assert_non_null(text);
        snprintf(text, 32, "%.*s%zu", PL_FMT(t->cells.p[i].text.s), i);
        t->cells.p[i].text.s = of(text);
    }
    t->cells.p[1].colspan = 2; /* a header over two columns */
    cell_remove(t, 2);
    comes_back(&cx, &d, NULL);
    test_ctx_free(&cx);
}

/* Ideographs in s. */
static size_t cjk_count(pl_str s)
{
    size_t sum = 0, n;

    for (; s.n; s = pl_str_tail(s, n))
        sum += pl_is_cjk(pl_utf8_at(s, &n));
    return sum;
}

/* Rows taller than a page, words wider than the paper, more columns than fit: nothing is
 * lost, though cells are cut. */
static void nothing_is_lost_where_nothing_fits(void **state)
{
    char word[400], *tall;
    const char *cells[] = {"1", NULL, word};
    pl_ctx cx = test_ctx();
    pl_doc d = {.title = PL_S("附表")}, *back = NULL;
    pl_buf out;
    size_t seen = 0;

    (void)state;
    memset(word, 'w', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    tall = PL_NEW_N(cx.arena, char, 30 * 3 * 400 + 1);
    assert_non_null(tall);
    for (size_t i = 0; i < 30 * 400; i++)
        (void)pl_utf8_put((uint32_t)(0x4e00 + i * 37 % 6000), tall + 3 * i);
    cells[1] = tall;
    table(&cx, &d, 2, 3, cells, PL_COUNT(cells));
    table(&cx, &d, 2, 150, cells, 1);
    pl_buf_init(&out, 1 << 26);
    assert_int_equal(write_doc(&cx, &d, &out), PL_OK);
    assert_int_equal(
        pl_doc_read_ofd(&cx, (pl_bytes){(const unsigned char *)out.p, out.n}, &back),
        PL_OK);
    for (size_t i = 0; i < back->blocks.n; i++) {
        const pl_table *t = back->blocks.p[i].table;

        seen += cjk_count(back->blocks.p[i].text.s);
        for (size_t k = 0; t && k < t->cells.n; k++)
            seen += cjk_count(t->cells.p[k].text.s);
    }
    assert_int_equal(seen, 2 * 30 * 400 + 2); /* and the title */
    pl_buf_release(&out);
    test_ctx_free(&cx);
}

static void an_empty_document_has_a_page(void **state)
{
    pl_ctx cx = test_ctx();
    pl_doc d = {0};
    pl_ofd_pages pages = {0};
    pl_doc back = {0};
    pl_buf out;

    (void)state;
    pl_buf_init(&out, 1 << 20);
    assert_int_equal(write_doc(&cx, &d, &out), PL_OK);
    assert_int_equal(
        pl_ofd_read(&cx, (pl_bytes){(const unsigned char *)out.p, out.n}, &back, &pages),
        PL_OK);
    assert_int_equal(pages.n, 1);
    assert_str(back.meta.p[0].key, of("作者"));
    assert_str(back.meta.p[1].value, of("2023-01-10"));
    pl_buf_release(&out);
    test_ctx_free(&cx);
}

static void the_same_document_gives_the_same_bytes(void **state)
{
    pl_ctx cx = test_ctx();
    pl_doc d = {.title = PL_S("题")};
    pl_buf a, b;

    (void)state;
    pl_buf_init(&a, 1 << 20);
    pl_buf_init(&b, 1 << 20);
    block(&cx, &d, PL_BLOCK_PARA, 0, long_text);
    assert_int_equal(write_doc(&cx, &d, &a), PL_OK);
    assert_int_equal(write_doc(&cx, &d, &b), PL_OK);
    assert_str(pl_buf_str(&a), pl_buf_str(&b));
    pl_buf_release(&a);
    pl_buf_release(&b);
    test_ctx_free(&cx);
}

static void a_full_buffer_or_no_memory_is_told(void **state)
{
    static const char *const cells[] = {"序号", "指标"};
    pl_ctx cx = test_ctx();
    pl_doc d = {.title = PL_S("题")};
    pl_status st = PL_ENOMEM;

    (void)state;
    block(&cx, &d, PL_BLOCK_PARA, 0, long_text);
    table(&cx, &d, 3, 2, cells, 2);
    for (size_t most = 0; st != PL_OK; most += 100) {
        pl_buf out;

        pl_buf_init(&out, most);
        st = write_doc(&cx, &d, &out);
        assert_true(st == PL_OK || st == PL_ENOMEM);
        assert_true(out.n <= most);
        pl_buf_release(&out);
    }
    st = PL_ENOMEM;
    for (size_t n = 0; st != PL_OK && n < 100; n++) {
        pl_ctx own = test_ctx();
        pl_buf out;

        pl_buf_init(&out, 1 << 20);
        pl_arena_fail_after(own.arena, n);
        st = write_doc(&own, &d, &out);
        assert_true(st == PL_OK || st == PL_ENOMEM);
        pl_buf_release(&out);
        test_ctx_free(&own);
    }
    assert_int_equal(st, PL_OK);
    test_ctx_free(&cx);
}

static void lines_end_where_they_may(void **state)
{
    static const struct {
        const char *text;
        size_t width;
        const char *line;
    } rows[] = {
        {"年度计划", 6, "年度计"},
        {"年度，计划", 4, "年"},   /* no comma begins a line */
        {"增长“两个”", 6, "增长"}, /* no quote that opens ends one */
        {"grow by 6 per cent", 9, "grow by 6 "},
        {"增长6.25%以上", 8, "增长"}, /* figures stay whole */
        {"123456789", 4, "1234"},
        {"甲\n乙", 40, "甲"},
        {"\n乙", 40, "\n"},
        {"甲", 0, "甲"},
        {"甲乙", 40, "甲乙"},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_str s = of(rows[i].text);

        assert_str(pl_str_sub(s, 0, pl_line_fit(s, rows[i].width)), of(rows[i].line));
    }
    assert_int_equal(pl_widest_piece(of("增长6.25%以上")), 5);
    assert_int_equal(pl_widest_piece(of("")), 0);
}

static void packages_are_written_and_read_back(void **state)
{
    pl_ctx cx = test_ctx();
    pl_zip_writer w;
    pl_zip *z = NULL;
    pl_bytes got;
    pl_buf out;

    (void)state;
    pl_buf_init(&out, 1 << 20);
    pl_zip_writer_begin(&w, &out);
    assert_int_equal(pl_zip_write(&cx, &w, PL_S("甲/a.xml"), PL_S("<a/>")), PL_OK);
    assert_int_equal(pl_zip_write(&cx, &w, PL_S("empty"), PL_S("")), PL_OK);
    assert_int_equal(pl_zip_writer_end(&cx, &w, true), PL_OK);
    assert_int_equal(
        pl_zip_open(&cx, (pl_bytes){(const unsigned char *)out.p, out.n}, &z), PL_OK);
    assert_int_equal(pl_zip_count(z), 2);
    assert_int_equal(pl_zip_read(&cx, z, of("甲/a.xml"), &got), PL_OK);
    assert_str(((pl_str){(const char *)got.p, got.n}), of("<a/>"));
    assert_int_equal(pl_zip_read(&cx, z, of("empty"), &got), PL_OK);
    assert_int_equal(got.n, 0);
    pl_buf_release(&out);
    pl_buf_init(&out, 40);
    pl_zip_writer_begin(&w, &out);
    assert_int_equal(pl_zip_write(&cx, &w, PL_S("a"), of(long_text)), PL_ENOMEM);
    assert_int_equal(pl_zip_writer_end(&cx, &w, false), PL_OK);
    pl_buf_release(&out);
    test_ctx_free(&cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_reads_back_as_it_was),
        cmocka_unit_test(spaces_at_line_ends_and_the_record_come_back),
        cmocka_unit_test(a_long_table_comes_back_whole),
        cmocka_unit_test(merged_cells_come_back_merged),
        cmocka_unit_test(nothing_is_lost_where_nothing_fits),
        cmocka_unit_test(an_empty_document_has_a_page),
        cmocka_unit_test(the_same_document_gives_the_same_bytes),
        cmocka_unit_test(a_full_buffer_or_no_memory_is_told),
        cmocka_unit_test(lines_end_where_they_may),
        cmocka_unit_test(packages_are_written_and_read_back),
    };

    return cmocka_run_group_tests_name("ofd writer", tests, NULL, NULL);
}
