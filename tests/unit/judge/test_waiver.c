/* Waivers: the file of them, and which findings they let stand. */
#include "unit.h"

#include "doc/text_reader.h"
#include "judge/check.h"

static pl_bytes bytes(const char *text)
{
    return (pl_bytes){(const unsigned char *)text, strlen(text)};
}

static void a_line_has_a_kind_a_text_a_reason_and_a_name(void **state)
{
    pl_ctx cx = test_ctx();
    pl_waivers w;

    (void)state;
    assert_int_equal(pl_waivers_read(&cx,
                                     bytes("\xEF\xBB\xBF# looked at\r\n"
                                           "\n"
                                           "sum\t合计 12 处\t含未列项\t李四\r\n"
                                           "title\ttitle-00ff00\tknown\tWang\n"),
                                     &w),
                     PL_OK); /* */
    assert_int_equal(w.n, 2);
    assert_int_equal(w.p[0].kind, PL_KIND_SUM);
    assert_str(w.p[0].text, of("合计 12 处"));
    assert_str(w.p[0].folded, of("合计12处"));
    assert_str(w.p[0].reason, of("含未列项"));
    assert_str(w.p[0].by, of("李四"));
    assert_int_equal(w.p[0].line, 3);
    assert_int_equal(w.p[1].line, 4);
    test_ctx_free(&cx);
}

static void a_line_that_is_not_of_the_form_is_refused_with_its_place(void **state)
{
    static const struct {
        const char *text;
        uint32_t line, col;
    } rows[] = {
        {"sums\ta\tb\tc", 1, 1},
        {"# x\nsum", 2, 4},
        {"sum\t\tb\tc", 1, 5},
        {"sum\t \tb\tc", 1, 5},
        {"sum\ta\t\tc", 1, 7},
        {"sum\ta\tb", 1, 8},
        {"sum\ta\tb\tc\td", 1, 11},
        {"\ta\tb\tc", 1, 1},
        {"sum\t\xE2\x80\x8B\tb\tc", 1, 5}, /* a text of no characters */
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_ctx cx = test_ctx();
        pl_waivers w;

        assert_int_equal(pl_waivers_read(&cx, bytes(rows[i].text), &w), PL_ESYNTAX);
        if (cx.err.line != rows[i].line || cx.err.col != rows[i].col)
            fail_msg("'%s': at %u:%u, want %u:%u", rows[i].text, cx.err.line, cx.err.col,
                     rows[i].line, rows[i].col);
        test_ctx_free(&cx);
    }
}

static void bytes_that_are_no_text_and_too_many_lines_are_refused(void **state)
{
    static const char line[] = "sum\ta\tb\tc\n";
    pl_ctx cx = test_ctx();
    pl_waivers w;
    pl_buf b;

    (void)state;
    assert_int_equal(pl_waivers_read(&cx, bytes("sum\t\xff\tb\tc"), &w), PL_ESYNTAX);
    pl_buf_init(&b, 1 << 20);
    for (size_t i = 0; i <= PL_WAIVERS_MAX; i++)
        pl_buf_put(&b, of(line));
    pl_buf_putc(&b, '\0');
    assert_int_equal(pl_waivers_read(&cx, bytes(b.p), &w), PL_ELIMIT);
    assert_int_equal(cx.err.line, PL_WAIVERS_MAX + 1);
    pl_buf_release(&b);
    test_ctx_free(&cx);
}

/* Two goals of one indicator that differ. */
static const char document[] =
    "乙县2023年国民经济和社会发展计划\n"
    "序号 | 指标 | 2022年目标值 | 2022年数值 | 2023年目标值 | 责任部门\n"
    "1 | 新增停车位(个) | 500 | 520 | 600 | 城管局\n"
    "1 | 新建公园数(处) | 4 | 5 | 6 | 园林局\n"
    "一、2023年主要任务\n"
    "全年新增停车位650个。\n";

static pl_check *check_with(pl_ctx *cx, pl_check_opts opts)
{
    pl_check *out = NULL;
    pl_plan *plan;
    pl_doc *d;

    assert_int_equal(pl_doc_read(cx, bytes(document), &d), PL_OK);
    assert_int_equal(pl_plan_read(cx, d, &plan), PL_OK);
    assert_int_equal(pl_check_plan(cx, plan, &opts, &out), PL_OK);
    return out;
}

static pl_ctx request(void)
{
    pl_ctx cx = test_ctx();

    assert_int_equal(pl_lexicon_make(&cx, of(""), &cx.lexicon), PL_OK);
    return cx;
}

static void a_waived_error_is_listed_and_no_longer_counts(void **state)
{
    static const struct {
        const char *file;
        size_t waived;
        bool unused;
    } rows[] = {
        {"target\t新增停车位 ６５０ 个\tyes\tme\n", 1, false}, /* */
        {"target\t新增停车位660个\tyes\tme\n", 0, true},
        {"repeat\t新增停车位650个\tyes\tme\n", 0, true},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_ctx cx = request();
        unsigned target = 1u << PL_KIND_TARGET, repeat = 1u << PL_KIND_REPEAT;
        pl_waivers w;

        assert_int_equal(pl_waivers_read(&cx, bytes(rows[i].file), &w), PL_OK);
        const pl_check *without = check_with(&cx, (pl_check_opts){.kinds = target});
        const pl_check *with =
            check_with(&cx, (pl_check_opts){.kinds = target | repeat, .waivers = &w});

        assert_int_equal(without->n_findings, 1);
        assert_true(pl_check_has_errors(without));
        assert_int_equal(with->waived, rows[i].waived);
        assert_int_equal(pl_waiver_is_unused(with, 0), rows[i].unused);
        assert_int_equal(pl_check_has_errors(with), rows[i].waived == 0);
        assert_int_equal(with->n_findings, without->n_findings);
        test_ctx_free(&cx);
    }
}

static void a_finding_can_be_waived_by_its_id(void **state)
{
    pl_ctx cx = request();
    unsigned target = 1u << PL_KIND_TARGET;
    const pl_check *first = check_with(&cx, (pl_check_opts){.kinds = target});
    char line[200];
    pl_waivers w;

    (void)state;
    snprintf(line, sizeof line, "target\t%.*s\tseen\tme",
             PL_FMT(first->relations.p[0].id));
    assert_int_equal(pl_waivers_read(&cx, bytes(line), &w), PL_OK);
    assert_int_equal(
        check_with(&cx, (pl_check_opts){.kinds = target, .waivers = &w})->waived, 1);
    test_ctx_free(&cx);
}

static void only_the_kinds_asked_for_are_kept(void **state)
{
    pl_ctx cx = request();
    const pl_check *all = check_with(&cx, (pl_check_opts){0});
    const pl_check *one =
        check_with(&cx, (pl_check_opts){.kinds = 1u << PL_KIND_SEQUENCE});

    (void)state;
    assert_true(all->relations.n > one->relations.n && one->relations.n > 0);
    for (size_t i = 0; i < one->relations.n; i++)
        assert_int_equal(one->relations.p[i].kind, PL_KIND_SEQUENCE);
    assert_int_equal(one->held + one->failed, one->relations.n);
    test_ctx_free(&cx);
}

static void every_relation_names_its_rule(void **state)
{
    pl_ctx cx = request();
    const pl_check *all = check_with(&cx, (pl_check_opts){0});

    (void)state;
    for (size_t i = 0; i < all->relations.n; i++)
        assert_non_null(all->relations.p[i].rule);
    test_ctx_free(&cx);
}

static void waivers_survive_every_failed_allocation(void **state)
{
    pl_status st = PL_ENOMEM;

    (void)state;
    for (size_t n = 0; st != PL_OK && n < 100; n++) {
        pl_ctx cx = request();
        pl_check *check = check_with(&cx, (pl_check_opts){0});
        pl_waivers w;

        pl_arena_fail_after(cx.arena, n);
        st = pl_waivers_read(&cx, bytes("target\t新增停车位\tyes\tme\n"), &w);
        if (st == PL_OK)
            st = pl_waive(&cx, check, &w);
        assert_true(st == PL_OK || st == PL_ENOMEM);
        test_ctx_free(&cx);
    }
    assert_int_equal(st, PL_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_has_a_kind_a_text_a_reason_and_a_name),
        cmocka_unit_test(a_line_that_is_not_of_the_form_is_refused_with_its_place),
        cmocka_unit_test(bytes_that_are_no_text_and_too_many_lines_are_refused),
        cmocka_unit_test(a_waived_error_is_listed_and_no_longer_counts),
        cmocka_unit_test(a_finding_can_be_waived_by_its_id),
        cmocka_unit_test(only_the_kinds_asked_for_are_kept),
        cmocka_unit_test(every_relation_names_its_rule),
        cmocka_unit_test(waivers_survive_every_failed_allocation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
