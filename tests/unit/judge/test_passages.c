/* Passages: clauses with the plan's facts as their figures. */
#include "unit.h"

#include "doc/text_reader.h"
#include "judge/passage.h"

static pl_ctx words;

static int setup(void **state)
{
    (void)state;
    words = test_ctx();
    return pl_lexicon_make(&words, of(""), &words.lexicon) == PL_OK ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    test_ctx_free(&words);
    return 0;
}

static void make(pl_ctx *cx, pl_str text, pl_plan **plan, pl_passages **ps)
{
    pl_bytes bytes = {(const unsigned char *)text.p, text.n};
    pl_doc *doc;

    cx->lexicon = words.lexicon;
    assert_int_equal(pl_doc_read_text(cx, bytes, &doc), PL_OK);
    assert_int_equal(pl_plan_read(cx, doc, plan), PL_OK);
    assert_int_equal(pl_passages_make(cx, *plan, ps), PL_OK);
}

static void figures_are_the_facts_with_offsets_in_their_passage(void **state)
{
    static const struct {
        const char *text, *before, *noun;
        size_t passage, at; /* bytes */
    } rows[] = {
        {"1,350个", "新增学位", "", 1, 12},
        {"12家", "建成", "中心", 2, 6},
        {"3.5亿元", "", "", 2, 20},
    };
    pl_ctx cx = test_ctx();
    pl_plan *plan;
    pl_passages *ps;

    (void)state;
    make(&cx, of("一、2022年工作情况\n新增学位1,350个，建成12家中心、3.5亿元。\n"), &plan,
         &ps);
    assert_int_equal(plan->facts.n, PL_COUNT(rows));
    assert_int_equal(ps->figures.n, PL_COUNT(rows));
    for (size_t i = 0; i < ps->figures.n; i++) {
        const pl_figure *f = &ps->figures.p[i];

        assert_ptr_equal(f->fact, &plan->facts.p[i]);
        assert_str(f->text, of(rows[i].text));
        assert_str(f->before, of(rows[i].before));
        assert_str(f->noun, of(rows[i].noun));
        assert_int_equal(f->passage, rows[i].passage);
        assert_int_equal(f->q.at.at, rows[i].at);
    }
    test_ctx_free(&cx);
}

enum { MANY = 100000 };

static void many_figures_of_one_unit_are_cut_in_bounded_memory(void **state)
{
    pl_ctx cx = test_ctx();
    pl_plan *plan;
    pl_passages *ps;
    pl_buf b;
    pl_str text;

    (void)state;
    pl_buf_init(&b, SIZE_MAX);
    for (size_t i = 0; i < MANY; i++)
        pl_buf_put(&b, PL_S("新增学位31个，"));
    assert_int_equal(pl_buf_keep(&cx, &b, &text), PL_OK);
    pl_buf_release(&b);
    make(&cx, text, &plan, &ps);
    assert_int_equal(ps->figures.n, MANY);
    assert_int_equal(ps->all.n, MANY);
    assert_true(pl_arena_used(cx.arena) / MANY < 8192); /* bytes for each */
    test_ctx_free(&cx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_are_the_facts_with_offsets_in_their_passage),
        cmocka_unit_test(many_figures_of_one_unit_are_cut_in_bounded_memory),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
