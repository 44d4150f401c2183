/* A document as HTML: text stays text, marks stand where the data stands. */
#include "report/doc_html.h"
#include "unit.h"

/* A paragraph that began at byte `source` of the file. */
static void para(pl_ctx *cx, pl_doc *d, const char *text, size_t source)
{
    pl_block *b = pl_doc_add(cx, d, PL_BLOCK_PARA);
    pl_run *run = PL_NEW(cx->arena, pl_run);

    assert_non_null(b);
    assert_non_null(run);
    *run = (pl_run){0, source, 3, 0};
    b->text = (pl_text){of(text), run, 1};
    b->place = (pl_place){.line = 3, .span = {source, b->text.s.n}};
}

static void check(const char *text, const pl_doc_mark *marks, size_t n, const char *want)
{
    pl_ctx cx = test_ctx();
    pl_doc d = {0};
    pl_str got;
    pl_buf b;

    para(&cx, &d, text, 100);
    pl_buf_init(&b, 1 << 16);
    assert_int_equal(pl_doc_html(&cx, &d, marks, n, &b), PL_OK);
    got = pl_str_tail(pl_buf_str(&b), pl_str_find(pl_buf_str(&b), of(">"), 0) + 1);
    got.n -= sizeof "</p>\n" - 1;
    if (!pl_str_eq(got, of(want)))
        fail_msg("%.*s, not %s", PL_FMT(got), want);
    pl_buf_release(&b);
    test_ctx_free(&cx);
}

#define MARK(k, i, at, n)           \
    {                               \
        PL_S_INIT(k), PL_S_INIT(i), \
        {                           \
            .span = { at, n }       \
        }                           \
    }

static void marks_stand_where_the_data_stands(void **state)
{
    static const pl_doc_mark one[] = {MARK("fact", "7", 101, 2)};
    static const pl_doc_mark nested[] = {MARK("fact", "1", 102, 2),
                                         MARK("task", "0", 100, 6)};
    static const pl_doc_mark crossing[] = {MARK("task", "0", 100, 3),
                                           MARK("fact", "1", 102, 3)};
    static const pl_doc_mark elsewhere[] = {MARK("fact", "1", 20, 3),
                                            MARK("fact", "2", 900, 0)};
    static const pl_doc_mark beyond[] = {MARK("fact", "1", 104, 90)};

    (void)state;
    check("abcdef", one, 1, "a<mark data-kind=\"fact\" data-id=\"7\">bc</mark>def");
    check("abcdef", nested, 2,
          "<mark data-kind=\"task\" data-id=\"0\">ab<mark data-kind=\"fact\" "
          "data-id=\"1\">cd</mark>ef</mark>");
    check("abcdef", crossing, 2,
          "<mark data-kind=\"task\" data-id=\"0\">ab<mark data-kind=\"fact\" "
          "data-id=\"1\">c</mark></mark>def");
    check("abcdef", elsewhere, 2, "abcdef");
    check("abcdef", beyond, 1, "abcd<mark data-kind=\"fact\" data-id=\"1\">ef</mark>");
}

static void markup_is_text(void **state)
{
    static const pl_doc_mark odd[] = {MARK("a\"b", "<i>", 100, 1)};

    (void)state;
    check("<script>&\"'", NULL, 0, "&lt;script&gt;&amp;&quot;'");
    check("x", odd, 1, "<mark data-kind=\"a&quot;b\" data-id=\"&lt;i&gt;\">x</mark>");
}

static void marks_never_split_a_character(void **state)
{
    static const pl_doc_mark inside[] = {MARK("fact", "1", 101, 3)};

    (void)state;
    check("增长", inside, 1, "增<mark data-kind=\"fact\" data-id=\"1\">长</mark>");
}

static void failed_allocations_are_told(void **state)
{
    static const pl_doc_mark one[] = {MARK("fact", "7", 101, 2)};
    pl_status st = PL_ENOMEM;

    (void)state;
    for (size_t n = 0; st != PL_OK && n < 50; n++) {
        pl_ctx cx = test_ctx();
        pl_doc d = {0};
        pl_buf b;

        para(&cx, &d, "abc", 100);
        pl_buf_init(&b, 1 << 16);
        pl_arena_fail_after(cx.arena, n);
        st = pl_doc_html(&cx, &d, one, 1, &b);
        assert_true(st == PL_OK || st == PL_ENOMEM);
        pl_buf_release(&b);
        test_ctx_free(&cx);
    }
    assert_int_equal(st, PL_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_stand_where_the_data_stands),
        cmocka_unit_test(markup_is_text),
        cmocka_unit_test(marks_never_split_a_character),
        cmocka_unit_test(failed_allocations_are_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
