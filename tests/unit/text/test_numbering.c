#include "unit.h"

#include "text/numbering.h"

static void marks_are_read_in_both_widths(void **state)
{
    static const struct {
        const char *text;
        pl_numbering_kind kind;
        int number;
        const char *mark, *rest;
    } row[] = {
        {"一、总体要求", PL_NUMBERING_CN_COMMA, 1, "一、", "总体要求"},
        {"十二、附则", PL_NUMBERING_CN_COMMA, 12, "十二、", "附则"},
        {"(一)做强产业", PL_NUMBERING_CN_PAREN, 1, "(一)", "做强产业"},
        {"（二十一）　做强产业", PL_NUMBERING_CN_PAREN, 21, "（二十一）", "做强产业"},
        {"1.新建学校", PL_NUMBERING_AR_DOT, 1, "1.", "新建学校"},
        {"12、新建学校", PL_NUMBERING_AR_DOT, 12, "12、", "新建学校"},
        {"２．新建学校", PL_NUMBERING_AR_DOT, 2, "２．", "新建学校"},
        {"6. “一表”", PL_NUMBERING_AR_DOT, 6, "6.", "“一表”"},
        {"1.2023年计划", PL_NUMBERING_AR_DOT, 1, "1.", "2023年计划"},
        {"20.2026年10件实事", PL_NUMBERING_AR_DOT, 20, "20.", "2026年10件实事"},
        {"21.5+2之家", PL_NUMBERING_AR_DOT, 21, "21.", "5+2之家"},
        {"(3)修路", PL_NUMBERING_AR_PAREN, 3, "(3)", "修路"},
        {"（１２）修路", PL_NUMBERING_AR_PAREN, 12, "（１２）", "修路"},
        {"4）修路", PL_NUMBERING_AR_PAREN, 4, "4）", "修路"},
        {"③ 修路", PL_NUMBERING_CIRCLED, 3, "③", "修路"},
        {"㈡修路", PL_NUMBERING_CN_PAREN, 2, "㈡", "修路"},
        {"⒌修路", PL_NUMBERING_AR_DOT, 5, "⒌", "修路"},
        {"一是修路", PL_NUMBERING_CN_IS, 1, "一是", "修路"},
        {"第一部分 回顾", PL_NUMBERING_PART, 1, "第一部分", "回顾"},
        {"第三章　目标", PL_NUMBERING_CHAPTER, 3, "第三章", "目标"},
        {"第 2 节 目标", PL_NUMBERING_SECTION, 2, "第 2 节", "目标"},
        {"附件", PL_NUMBERING_ANNEX, 1, "附件", ""},
        {"附件2", PL_NUMBERING_ANNEX, 2, "附件2", ""},
        {"附件 3：分工表", PL_NUMBERING_ANNEX, 3, "附件 3", "分工表"},
        {"附件：1.2023年计划", PL_NUMBERING_ANNEX, 1, "附件", "1.2023年计划"},
        {"附表一 指标", PL_NUMBERING_ANNEX, 1, "附表一", "指标"},
        {"专栏1:效果", PL_NUMBERING_COLUMN, 1, "专栏1", "效果"},
        {"专栏 十 效果", PL_NUMBERING_COLUMN, 10, "专栏 十", "效果"},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(row); i++) {
        pl_str s = of(row[i].text);
        pl_numbering m = pl_numbering_at(s);

        if (m.kind != row[i].kind || m.number != row[i].number)
            fail_msg("%s: kind %d number %d", row[i].text, (int)m.kind, m.number);
        assert_str(m.text, of(row[i].mark));
        assert_str(pl_str_tail(s, m.n), of(row[i].rest));
    }
}

static void figures_lists_and_words_are_no_marks(void **state)
{
    static const char *const text[] = {
        "",
        "2023年增长",
        "1.5亿元",
        "3.2%",
        "1、2号线",
        "一、二、三",
        "一、二产业",
        "2022.",
        "(2023)规划",
        "（一期）工程",
        "第一批资金",
        "附件所列项目",
        "专栏中的项目",
        "一二三",
        "(a)",
        "1",
        "十百千万工程，",
        "二级医院",
        "(",
        "第",
        "一般公共预算",
        "千一、",
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(text); i++)
        if (pl_numbering_at(of(text[i])).kind != PL_NUMBERING_NONE)
            fail_msg("'%s' is read as kind %d", text[i],
                     (int)pl_numbering_at(of(text[i])).kind);
}

static void levels_follow_the_list(void **state)
{
    (void)state;
    assert_int_equal(pl_numbering_at(of("一、总")).level, 1);
    assert_int_equal(pl_numbering_at(of("（一）总")).level, 2);
    assert_int_equal(pl_numbering_at(of("1.总")).level, 3);
    assert_int_equal(pl_numbering_at(of("(1)总")).level, 4);
    assert_int_equal(pl_numbering_at(of("①总")).level, 5);
    assert_int_equal(pl_numbering_at(of("一是总")).level, 0);
    assert_int_equal(pl_numbering_at(of("专栏1 总")).level, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_are_read_in_both_widths),
        cmocka_unit_test(figures_lists_and_words_are_no_marks),
        cmocka_unit_test(levels_follow_the_list),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
