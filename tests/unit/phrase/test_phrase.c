#include "unit.h"

#include <stdlib.h>

#include "tree.h"

enum { PRINT_MAX = 1 << 20 };

static pl_ctx phrase_ctx(void)
{
    pl_ctx cx = test_ctx();

    assert_int_equal(pl_lexicon_make(&cx, (pl_str){0}, &cx.lexicon), PL_OK);
    return cx;
}

static const pl_phrase *parse(pl_ctx *cx, const char *text)
{
    pl_phrase *p = NULL;

    assert_int_equal(pl_phrase_parse(cx, of(text), NULL, &p), PL_OK);
    assert_non_null(p->first);
    return p;
}

static void assert_tree(const pl_phrase *p, pl_str want)
{
    pl_buf b;

    pl_buf_init(&b, PRINT_MAX);
    tree_put(&b, p->first);
    if (!pl_str_eq(pl_buf_str(&b), want))
        fail_msg("%.*s\n  got  %.*s\n  want %.*s", PL_FMT(p->text),
                 PL_FMT(pl_buf_str(&b)), PL_FMT(want));
    pl_buf_release(&b);
}

static void assert_reads_again(pl_ctx *cx, const pl_phrase *p)
{
    pl_phrase *again = NULL;
    pl_buf b;

    pl_buf_init(&b, PRINT_MAX);
    pl_phrase_print(&b, p);
    assert_false(b.failed);
    assert_int_equal(pl_phrase_parse(cx, pl_buf_str(&b), NULL, &again), PL_OK);
    if (!pl_phrase_same(p, again))
        fail_msg("'%.*s' was printed '%.*s', which is another tree", PL_FMT(p->text),
                 PL_FMT(pl_buf_str(&b)));
    pl_buf_release(&b);
}

/* The whole file in cx->arena; empty when it cannot be opened. */
static pl_str file_read(pl_ctx *cx, const char *path)
{
    FILE *f = path ? fopen(path, "rb") : NULL;
    char part[4096], *p;
    pl_buf b;
    pl_str s = {0};

    if (!f)
        return s;
    pl_buf_init(&b, PRINT_MAX);
    for (size_t n; (n = fread(part, 1, sizeof part, f)) > 0;)
        pl_buf_put(&b, (pl_str){part, n});
    fclose(f);
    p = PL_NEW_N(cx->arena, char, b.n + 1);
    assert_non_null(p);
    memcpy(p, b.p, b.n);
    s = (pl_str){p, b.n};
    pl_buf_release(&b);
    return s;
}

static pl_str cut(pl_str *rest, char stop)
{
    const char *hit = rest->n ? memchr(rest->p, stop, rest->n) : NULL;
    pl_str part = *rest;

    if (hit)
        part.n = (size_t)(hit - rest->p);
    *rest = pl_str_tail(*rest, part.n + 1);
    return part;
}

static void phrases_are_the_trees_of_the_case_file(void **state)
{
    pl_ctx cx = phrase_ctx();
    pl_str text = file_read(&cx, getenv("PL_CASES"));
    size_t rows = 0;

    (void)state;
    if (text.n == 0)
        fail_msg("no cases: set PL_CASES to tests/cases/phrase.txt");
    while (text.n) {
        pl_str tree = cut(&text, '\n'), phrase;
        pl_phrase *p = NULL;

        if (tree.n == 0 || tree.p[0] == '#')
            continue;
        phrase = cut(&tree, '\t');
        assert_int_equal(pl_phrase_parse(&cx, phrase, NULL, &p), PL_OK);
        assert_tree(p, tree);
        assert_int_equal(p->complete, !pl_str_has(tree, PL_S("(note ")));
        assert_reads_again(&cx, p);
        rows++;
    }
    assert_true(rows > 250);
    test_ctx_free(&cx);
}

/* The next string that follows `"key": ` for a key that starts so; false at the end. */
static bool json_value(pl_str text, size_t *at, const char *key, pl_str *value)
{
    size_t begin = pl_str_find(text, of(key), *at), end;

    if (begin == PL_NOPOS)
        return false;
    begin = pl_str_find(text, PL_S("\": \""), begin);
    if (begin == PL_NOPOS)
        return false;
    begin += 4;
    end = pl_str_find(text, PL_S("\""), begin);
    *at = end;
    *value = pl_str_sub(text, begin, end - begin);
    return true;
}

static void every_cell_of_the_real_report_is_complete(void **state)
{
    static const char *const keys[] = {"\"target_", "\"value_"};
    pl_ctx cx = phrase_ctx();
    pl_str text = file_read(&cx, getenv("PL_GOLD")), cell;
    size_t cells = 0;

    (void)state;
    if (text.n == 0) {
        test_ctx_free(&cx);
        print_message("skipped: ../shared is not there\n");
        skip();
    }
    for (size_t k = 0; k < PL_COUNT(keys); k++) {
        for (size_t at = 0; json_value(text, &at, keys[k], &cell); cells++) {
            pl_phrase *p = NULL;

            assert_int_equal(pl_phrase_parse(&cx, cell, NULL, &p), PL_OK);
            if (!p->complete)
                fail_msg("not complete: %.*s", PL_FMT(cell));
            assert_reads_again(&cx, p);
        }
    }
    assert_true(cells > 100);
    test_ctx_free(&cx);
}

static const struct {
    const char *phrase, *canonical;
} printed[] = {
    {"６以上", "6以上"},
    {"不低于38万元", "38万元以上"},
    {"控制在 3% 以内", "3%以内"},
    {"<313.2", "低于313.2"},
    {"约1.10万人", "1.10万人左右"},
    {"4000余人", "略超4000人"},
    {"五年下降14.5", "5年下降14.5"},
    {"达到市级要求（2035年达到37）", "达到市级要求(到2035年达到37)"},
    {"不超过国家对北京市的要求", "不高于国家对北京市的要求"},
    {"与经济增长基本同步", "与经济增长同步"},
    {"0.1(同口径8%)", "0.1(同口径:8%)"},
    {"优良水体比例75", "优良水体比例:75"},
    {"完成净减1.2平方公里任务", "完成净减1.2平方公里任务"},
    {"提高0.5个百分点", "增长0.5个百分点"},
    {"由9600元提高到15600元", "由9600元提高到15600元"},
    {"5，6", "5;6"},
    {"", "-"},
    {"more than 5", "more than 5"},
    {"a 50% reduction compared to 2015", "down 50% compared to 2015"},
    {"less than 10% of households by 2030", "less than 10% by 2030{of households}"},
    {"1.2 million tonnes", "1.2 million tonnes"},
    {"7.2 (revised to 5.5)", "7.2(revised to 5.5)"},
    {"32)", "32{?)}"},
};

static void a_phrase_is_printed_in_one_form(void **state)
{
    pl_ctx cx = phrase_ctx();

    (void)state;
    for (size_t i = 0; i < PL_COUNT(printed); i++) {
        pl_buf b;

        pl_buf_init(&b, PRINT_MAX);
        pl_phrase_print(&b, parse(&cx, printed[i].phrase));
        assert_str(pl_buf_str(&b), of(printed[i].canonical));
        pl_buf_release(&b);
    }
    test_ctx_free(&cx);
}

static void spans_point_into_the_source(void **state)
{
    pl_ctx cx = phrase_ctx();
    const char *text = " 达到市级 要求（ 32 ）";
    const pl_phrase *p = parse(&cx, text);
    const pl_node *n = pl_phrase_find(p, PL_NODE_NUMBER);

    (void)state;
    assert_str(pl_str_sub(of(text), n->at.at, n->at.n), PL_S("32"));
    n = p->first;
    assert_str(pl_str_sub(of(text), n->at.at, n->at.n), PL_S("达到市级 要求"));
    test_ctx_free(&cx);
}

static void the_year_is_that_of_the_options(void **state)
{
    pl_ctx cx = phrase_ctx();
    pl_phrase_opts opts = {.year = 2026};
    pl_phrase *p = NULL;

    (void)state;
    assert_int_equal(pl_phrase_parse(&cx, of("今年增长6%"), &opts, &p), PL_OK);
    assert_tree(p, PL_S("(by 2026 (change up (number 6 %)))"));
    assert_int_equal(pl_phrase_parse(&cx, of("年底前达到90%"), &opts, &p), PL_OK);
    assert_tree(p, PL_S("(by 2026 (level (number 90 %)))"));
    test_ctx_free(&cx);
}

static void the_name_of_the_indicator_is_a_qualifier(void **state)
{
    pl_ctx cx = phrase_ctx();
    pl_phrase_opts opts = {.name = of("5年生存率")};
    pl_phrase *p = NULL;

    (void)state;
    assert_int_equal(pl_phrase_parse(&cx, of("5年生存率46.6%"), &opts, &p), PL_OK);
    assert_tree(p, PL_S("(qualifier \"5年生存率\" (number 46.6~0.1 %))"));
    test_ctx_free(&cx);
}

static void the_first_number_is_not_that_of_another_basis(void **state)
{
    pl_ctx cx = phrase_ctx();
    const pl_phrase *p = parse(&cx, "达到市级要求(同口径8%)");

    (void)state;
    assert_null(pl_node_number(p->first));
    assert_null(pl_node_number(p->first->next));
    p = parse(&cx, "达到市级要求(约8%)");
    assert_int_equal(pl_node_number(p->first)->value.coef, 8);
    assert_null(pl_phrase_find(p, PL_NODE_BASIS));
    test_ctx_free(&cx);
}

static void different_phrases_are_not_the_same(void **state)
{
    static const char *const all[] = {"6",     "6.0",      "6%",       "6以上", "6以下",
                                      "增长6", "下降6",    "6,7",      "6-7",   "达到6",
                                      "累计6", "年均6",    "6万",      "60000", "约6",
                                      "预计6", "6(市级7)", "到2025年6"};
    pl_ctx cx = phrase_ctx();

    (void)state;
    for (size_t i = 0; i < PL_COUNT(all); i++)
        for (size_t k = 0; k < PL_COUNT(all); k++)
            if (pl_phrase_same(parse(&cx, all[i]), parse(&cx, all[k])) != (i == k))
                fail_msg("%s and %s", all[i], all[k]);
    test_ctx_free(&cx);
}

static void a_phrase_longer_than_the_limit_is_one_note(void **state)
{
    pl_ctx cx = phrase_ctx();
    const pl_phrase *p;

    (void)state;
    cx.limits.phrase_bytes = 8;
    p = parse(&cx, "123456789");
    assert_tree(p, PL_S("(note \"123456789\")"));
    assert_false(p->complete);
    assert_int_equal(p->first->at.n, 9);
    assert_true(parse(&cx, "12345678")->complete);
    test_ctx_free(&cx);
}

static void brackets_deeper_than_the_limit_are_refused(void **state)
{
    pl_ctx cx = phrase_ctx();
    pl_phrase *p = NULL;

    (void)state;
    cx.limits.depth = 3;
    assert_int_equal(pl_phrase_parse(&cx, of("6(((5)))"), NULL, &p), PL_OK);
    p = NULL;
    assert_int_equal(pl_phrase_parse(&cx, of("6((((5))))"), NULL, &p), PL_ELIMIT);
    assert_null(p);
    assert_int_equal(cx.err.at, 4);
    test_ctx_free(&cx);
}

/* Each piece, over and over, up to the limit of a phrase. */
static void hostile_phrases_end(void **state)
{
    static const char *const pieces[] = {
        "(",    ")",        "()",    "{",        "}",       "{?",     "[",
        "累计", "预计",     "五年",  "到2025年", "年均",    "增长",   "不低于",
        "由",   "与",       "完成",  "约",       "1-",      "1,",     ":",
        "a:",   "，",       "5以上", "调整为",   "调整为5", "(预计)", "(原5)",
        "by ",  "by 2030 ", "and ",  "of ",      "的5",     "“",      "“十四五”",
        "-",    "%",        "5(含)", "保持全国", "较上年",
    };
    pl_ctx cx = phrase_ctx();

    (void)state;
    cx.limits.depth = 5000;
    for (size_t i = 0; i < PL_COUNT(pieces); i++) {
        pl_arena_mark mark = pl_arena_here(cx.arena);
        pl_phrase *p = NULL;
        pl_buf b;

        pl_buf_init(&b, PRINT_MAX);
        while (b.n + strlen(pieces[i]) <= cx.limits.phrase_bytes)
            pl_buf_put(&b, of(pieces[i]));
        assert_int_equal(pl_phrase_parse(&cx, pl_buf_str(&b), NULL, &p), PL_OK);
        assert_non_null(p->first);
        pl_buf_release(&b);
        pl_arena_reset(cx.arena, mark);
    }
    test_ctx_free(&cx);
}

static void parsing_survives_every_failed_allocation(void **state)
{
    static const char *const texts[] = {
        "6以上", "达到市级要求(五年下降14.5)(市级:7),7.2(调整为5.5)",
        "at least 20% of x by 2026, and 100% by 2035 (estimated)"};

    (void)state;
    for (size_t i = 0; i < PL_COUNT(texts); i++) {
        pl_status st = PL_ENOMEM;
        size_t n = 0;

        for (; st != PL_OK && n < 500; n++) {
            pl_ctx cx = phrase_ctx();
            pl_phrase *p = NULL;

            pl_arena_fail_after(cx.arena, n);
            st = pl_phrase_parse(&cx, of(texts[i]), NULL, &p);
            assert_true(st == PL_OK || (st == PL_ENOMEM && p == NULL));
            test_ctx_free(&cx);
        }
        assert_int_equal(st, PL_OK);
        assert_true(n > 2);
    }
}

static void tokens_name_what_they_stand_for(void **state)
{
    (void)state;
    assert_str(pl_node_token(PL_NODE_FALLBACK), PL_S("fallback"));
    assert_str(pl_op_token(PL_OP_LT), PL_S("lt"));
    assert_str(pl_dir_token(PL_DIR_FLAT), PL_S("flat"));
    assert_str(pl_dir_token(PL_DIR_NONE), PL_S(""));
    assert_str(pl_ref_token(PL_REF_AT_LEAST), PL_S("keep"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(phrases_are_the_trees_of_the_case_file),
        cmocka_unit_test(every_cell_of_the_real_report_is_complete),
        cmocka_unit_test(a_phrase_is_printed_in_one_form),
        cmocka_unit_test(spans_point_into_the_source),
        cmocka_unit_test(the_year_is_that_of_the_options),
        cmocka_unit_test(the_name_of_the_indicator_is_a_qualifier),
        cmocka_unit_test(the_first_number_is_not_that_of_another_basis),
        cmocka_unit_test(different_phrases_are_not_the_same),
        cmocka_unit_test(a_phrase_longer_than_the_limit_is_one_note),
        cmocka_unit_test(brackets_deeper_than_the_limit_are_refused),
        cmocka_unit_test(hostile_phrases_end),
        cmocka_unit_test(parsing_survives_every_failed_allocation),
        cmocka_unit_test(tokens_name_what_they_stand_for),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
