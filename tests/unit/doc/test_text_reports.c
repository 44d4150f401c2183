/* The text reader on published reports, where they are at hand: shapes and single facts.
 * PL_REPORTS is their folder. */
#include "unit.h"

#include <stdlib.h>

#include "doc/text_reader.h"

/* The file's bytes in the context's arena; skips the test when it is not there. */
static pl_bytes load(pl_ctx *cx, const char *name)
{
    char path[1024];
    FILE *f;
    long n;
    unsigned char *p;

    (void)snprintf(path, sizeof path, "%s/%s", PL_REPORTS, name);
    f = fopen(path, "rb");
    if (!f) {
        print_message("skipped: no %s\n", name);
        test_ctx_free(cx);
        skip();
    }
    assert_int_equal(fseek(f, 0, SEEK_END), 0);
    n = ftell(f);
    rewind(f);
    p = PL_NEW_N(cx->arena, unsigned char, (size_t)n);
    assert_non_null(p);
    assert_int_equal(fread(p, 1, (size_t)n, f), n);
    (void)fclose(f);
    return (pl_bytes){p, (size_t)n};
}

static const pl_table *table(const pl_doc *d, uint32_t number)
{
    for (size_t i = 0; i < d->blocks.n; i++)
        if (d->blocks.p[i].table && d->blocks.p[i].table->number == number)
            return d->blocks.p[i].table;
    fail_msg("no table %u", number);
    return NULL;
}

static void the_district_report_has_its_tables(void **state)
{
    static const struct {
        uint32_t rows, cols;
    } shape[] = {{7, 3}, {5, 3}, {11, 3}, {36, 10}, {122, 3}};
    static const struct {
        uint32_t table, row, col, rowspan, colspan;
        const char *text;
    } cell[] = {
        {1, 3, 1, 1, 1, ""},
        {3, 1, 0, 5, 1, "国家级政策"},
        {3, 6, 0, 2, 1, "市级 措施"},
        {4, 0, 1, 1, 2, "指标"},
        {4, 1, 0, 1, 10, "“十四五”规划内指标"},
        {4, 2, 1, 1, 2, "常住人口规模 (万人)"},
        {4, 22, 0, 2, 1, "21"},
        {4, 22, 2, 1, 1, "普惠性"},
        {4, 22, 9, 2, 1, "区教委"},
        {4, 23, 2, 1, 1, "中小学"},
        {4, 23, 7, 1, 1, "5000"},
        {4, 27, 1, 2, 1, "食品、药品安全"},
        {4, 28, 3, 1, 1, "达到市级 要求"},
        {4, 28, 4, 1, 1, "100"},
        {4, 35, 0, 1, 1, "31"},
        {4, 35, 9, 1, 1, "区城市管理委"},
        {5, 121, 0, 1, 1, "121"},
        {5, 121, 2, 1, 1, "区城管指挥中心"},
    };
    pl_ctx cx = test_ctx();
    pl_doc *d = NULL;

    (void)state;
    assert_int_equal(pl_doc_read_text(&cx, load(&cx, "haidian-2023.txt"), &d), PL_OK);
    assert_int_equal(d->n_tables, PL_COUNT(shape));
    assert_int_equal(d->oddities.n, 0);
    assert_int_equal(d->meta.n, 17);
    for (uint32_t i = 0; i < PL_COUNT(shape); i++) {
        assert_int_equal(table(d, i + 1)->rows, shape[i].rows);
        assert_int_equal(table(d, i + 1)->cols, shape[i].cols);
    }
    for (size_t i = 0; i < PL_COUNT(cell); i++) {
        const pl_cell *c = pl_table_at(table(d, cell[i].table), cell[i].row, cell[i].col);

        assert_non_null(c);
        assert_str(c->text.s, of(cell[i].text));
        assert_int_equal(c->rowspan, cell[i].rowspan);
        assert_int_equal(c->colspan, cell[i].colspan);
    }
    test_ctx_free(&cx);
}

static void other_reports_have_their_headings(void **state)
{
    static const struct {
        const char *file, *title;
        size_t headings[3]; /* of levels 1 to 3 */
    } row[] = {
        {"samples/reports/2026_江西省_政府工作报告.txt",
         "2026年江西省政府工作报告",
         {5, 0, 0}},
        {"samples/reports/2026_甘肃省_政府工作报告.txt",
         "2026年甘肃省政府工作报告",
         {3, 8, 0}},
        {"samples/reports/2026_青海省_政府工作报告.txt", "政府工作报告", {3, 25, 26}},
        {"samples/reports/2026_黑龙江省_政府工作报告.txt",
         "2026年黑龙江省政府工作报告",
         {4, 0, 0}},
        {"samples/reports/guangzhou_minsheng_2012_2015_excerpt.txt", "", {2, 0, 0}},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(row); i++) {
        pl_ctx cx = test_ctx();
        pl_doc *d = NULL;
        size_t seen[7] = {0};

        assert_int_equal(pl_doc_read_text(&cx, load(&cx, row[i].file), &d), PL_OK);
        assert_str(d->title, of(row[i].title));
        for (size_t k = 0; k < d->blocks.n; k++)
            seen[d->blocks.p[k].level]++;
        for (size_t k = 0; k < 3; k++)
            if (seen[k + 1] != row[i].headings[k])
                fail_msg("%s: %zu headings of level %zu", row[i].file, seen[k + 1],
                         k + 1);
        test_ctx_free(&cx);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_district_report_has_its_tables),
        cmocka_unit_test(other_reports_have_their_headings),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
