#include "unit.h"

#include "plan/goal_clause.h"
#include "plan/words.h"

static pl_ctx cx;

static int setup(void **state)
{
    (void)state;
    cx = test_ctx();
    return pl_lexicon_make(&cx, of(""), &cx.lexicon) == PL_OK ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    test_ctx_free(&cx);
    return 0;
}

static void names_are_split_outside_brackets(void **state)
{
    static const struct {
        const char *cell;
        const char *names[5];
    } rows[] = {
        {"商务局、科委", {"商务局", "科委"}},
        {"区政府办(甲办、乙办)、建委", {"区政府办(甲办、乙办)", "建委"}},
        {"文化和旅游局", {"文化和旅游局"}},
        {"水务局,相关街镇", {"水务局", "相关街镇"}},
        {"财政局；教委等按职责分工负责", {"财政局", "教委"}},
        {"民政局，各区、县级市政府", {"民政局", "各区、县级市政府"}},
        {"各区、各街镇", {"各区", "各街镇"}},
        {"、、", {0}},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_strs names = {0};
        size_t n = 0;

        assert_int_equal(pl_names_split(&cx, of(rows[i].cell), &names), PL_OK);
        while (n < 5 && rows[i].names[n])
            n++;
        assert_int_equal(names.n, n);
        for (size_t k = 0; k < n; k++)
            assert_str(names.p[k], of(rows[i].names[k]));
    }
}

static void units_of_measure_are_known_in_brackets(void **state)
{
    static const char *const yes[] = {"万人",        "%",        "人/百亿元",
                                      "微克/立方米", "张",       "万元/人",
                                      "亿立方米",    "平方公里", "件"};
    static const char *const no[] = {"助理", "一期", "海淀", "R&D", "", "试行"};

    (void)state;
    for (size_t i = 0; i < PL_COUNT(yes); i++)
        if (!pl_is_unit(cx.lexicon, of(yes[i])))
            fail_msg("'%s' is a unit", yes[i]);
    for (size_t i = 0; i < PL_COUNT(no); i++)
        if (pl_is_unit(cx.lexicon, of(no[i])))
            fail_msg("'%s' is no unit", no[i]);
}

static void cells_lose_their_spaces_but_not_those_of_english(void **state)
{
    static const char *const rows[][2] = {{"达到市级 要求(32)", "达到市级要求(32)"},
                                          {" 10.5\n左右 ", "10.5左右"},
                                          {"no more than 5 %", "no more than 5%"},
                                          {"　全角　空格", "全角空格"}};

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_str out;

        assert_int_equal(pl_clean(&cx, of(rows[i][0]), &out), PL_OK);
        assert_str(out, of(rows[i][1]));
    }
}

/* Read the clause at the start of a text: `name|phrase` pairs, joined by spaces. */
static void clause_is(const char *text, const char *want)
{
    pl_goal_clause c;
    pl_fold f;
    pl_buf b;

    pl_buf_init(&b, 4096);
    assert_int_equal(pl_fold_make(&cx, of(text), &f), PL_OK);
    assert_int_equal(
        pl_goal_clause_read(&cx, &f, of(text), (pl_span){0, f.s.n}, 2026, &c), PL_OK);
    for (size_t i = 0; i < c.goals.n; i++)
        pl_buf_putf(&b, "%s%.*s|%.*s", i ? " " : "", PL_FMT(c.goals.p[i].name),
                    PL_FMT(c.goals.p[i].text));
    if (!pl_str_eq(pl_buf_str(&b), of(want)))
        fail_msg("%s: got '%.*s', want '%s'", text, PL_FMT(pl_buf_str(&b)), want);
    pl_buf_release(&b);
}

static void clauses_give_names_and_phrases(void **state)
{
    static const char *const rows[][2] = {
        {"地区生产总值增长5.5%左右,其余不读", "地区生产总值|增长5.5%左右"},
        {"居民消费价格涨幅2%左右", "居民消费价格涨幅|2%左右"},
        {"城镇新增就业6万人以上", "城镇新增就业|6万人以上"},
        {"经济方面:PM2.5平均浓度控制在32微克/立方米以内",
         "PM2.5平均浓度|控制在32微克/立方米以内"},
        {"甲、乙产品产量分别增长4%、5%左右",
         "甲产品产量|增长4%左右 乙产品产量|增长5%左右"},
        {"城乡居民收入分别增长5%、6%", "城镇居民收入|增长5% 农村居民收入|增长6%"},
        {"食品、药品合格率在98%、99%以上", "食品合格率|98%以上 药品合格率|99%以上"},
        {"一般公共预算收入同口径增长4%", "一般公共预算收入|同口径增长4%"},
        {"地区生产总值增长５％左右、力争更好结果", "地区生产总值|增长５％左右"},
        {"在实际工作中争取更好结果", ""},
        {"加快建设现代化产业体系", ""},
        {"粮食产量稳定在 1,300 万吨以上", "粮食产量|稳定在1,300万吨以上"},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++)
        clause_is(rows[i][0], rows[i][1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_split_outside_brackets),
        cmocka_unit_test(units_of_measure_are_known_in_brackets),
        cmocka_unit_test(cells_lose_their_spaces_but_not_those_of_english),
        cmocka_unit_test(clauses_give_names_and_phrases),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
