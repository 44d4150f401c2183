#include "unit.h"

#include "base/map.h"
#include "base/vec.h"

static void arena_keeps_its_ceiling(void **state)
{
    pl_arena *a = pl_arena_new(1000);

    (void)state;
    assert_non_null(PL_NEW_N(a, char, 600));
    assert_null(PL_NEW_N(a, char, 600));
    assert_non_null(PL_NEW_N(a, char, 100));
    assert_null(PL_NEW_N(a, uint64_t, SIZE_MAX / 4));
    pl_arena_free(a);
}

static void arena_reset_gives_space_back(void **state)
{
    pl_arena *a = pl_arena_new(1 << 20);
    pl_arena_mark m;
    char *first, *again;

    (void)state;
    assert_non_null(PL_NEW_N(a, char, 10));
    m = pl_arena_here(a);
    first = PL_NEW_N(a, char, 100);
    assert_non_null(PL_NEW_N(a, char, 200000));
    pl_arena_reset(a, m);
    again = PL_NEW_N(a, char, 100);
    assert_ptr_equal(first, again);
    pl_arena_free(a);
}

/* Rounds of work that just do not fit what is there take the same space again, and count
 * against the ceiling only while they last. */
static void arena_work_in_rounds_takes_the_same_space(void **state)
{
    static const size_t rows[] = {1 << 16, 3 << 20, 5 << 20};

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_arena *a = pl_arena_new(16 << 20);
        pl_arena_mark m;
        size_t before;
        char *first = NULL;

        assert_non_null(pl_arena_alloc(a, 1, 1, 1));
        m = pl_arena_here(a);
        before = pl_arena_used(a);
        for (size_t k = 0; k < 20; k++) {
            char *p = pl_arena_alloc(a, rows[i], 1, 1);

            assert_non_null(p);
            assert_int_equal(p[0] + p[rows[i] - 1], 0);
            memset(p, 1, rows[i]);
            if (rows[i] < 4 << 20)
                assert_true(k == 0 || p == first);
            first = p;
            pl_arena_reset(a, m);
            assert_int_equal(pl_arena_used(a), before);
        }
        assert_null(pl_arena_alloc(a, 17 << 20, 1, 1));
        pl_arena_free(a);
    }
}

static void vector_grows_and_keeps_its_elements(void **state)
{
    pl_arena *a = pl_arena_new(1 << 20);
    PL_VEC(int) v = {0};

    (void)state;
    for (int i = 0; i < 1000; i++) {
        int *p = PL_VEC_ADD(a, &v);

        assert_non_null(p);
        *p = i;
        if (i % 7 == 0)
            assert_non_null(PL_NEW_N(a, char, 3)); /* so that it has to move */
    }
    for (int i = 0; i < 1000; i++)
        assert_int_equal(v.p[i], i);
    pl_arena_free(a);
}

static void map_finds_what_was_added(void **state)
{
    pl_arena *a = pl_arena_new(1 << 22);
    static char names[500][8];
    pl_map m = {0};
    bool added;

    (void)state;
    assert_null(pl_map_find(&m, of("x")));
    for (size_t i = 0; i < 500; i++) {
        size_t *v;

        snprintf(names[i], sizeof names[i], "n%zu", i);
        v = pl_map_add(a, &m, of(names[i]), &added);
        assert_non_null(v);
        assert_true(added);
        *v = i;
    }
    for (size_t i = 0; i < 500; i++)
        assert_int_equal(*pl_map_find(&m, of(names[i])), i);
    assert_non_null(pl_map_add(a, &m, of("n7"), &added));
    assert_false(added);
    assert_null(pl_map_find(&m, of("n500")));
    pl_arena_free(a);
}

static void trim_knows_wide_spaces(void **state)
{
    (void)state;
    assert_str(pl_str_trim(of(" \t　 数值\xc2\xa0\n")), of("数值"));
    assert_str(pl_str_trim(of("　")), of(""));
    assert_str(pl_str_trim(of("")), of(""));
}

static void find_steps_over_false_starts(void **state)
{
    (void)state;
    assert_int_equal(pl_str_find(of("aab"), of("ab"), 0), 1);
    assert_true(pl_str_find(of("aab"), of("abc"), 0) == PL_NOPOS);
    assert_true(pl_str_find(of("aab"), of(""), 0) == PL_NOPOS);
    assert_int_equal(pl_str_find(of("计划。指标。"), of("。"), 7), 15);
    assert_int_equal(pl_str_find(of("aaab"), of("aab"), 0), 1);
    assert_true(pl_str_find(of("b"), of("ab"), 0) == PL_NOPOS);
    assert_int_equal(pl_str_find(of("abab"), of("ab"), 1), 2);
    assert_int_equal(pl_str_prefix_of(of("abc"), (pl_str[]){PL_S("b"), PL_S("ab")}, 2),
                     2);
    assert_int_equal(pl_str_prefix_of(of("abc"), (pl_str[]){PL_S("b"), PL_S("abcd")}, 2),
                     0);
}

/* Large room is moved, not copied: half a gigabyte grows within a ceiling of 600 MB. */
static void large_room_grows_within_its_own_size(void **state)
{
    enum { FIRST = 8 << 20, LAST = 512 << 20 };
    pl_arena *a = pl_arena_new((size_t)600 << 20);
    pl_arena_mark m = pl_arena_here(a), later;
    unsigned char *p = pl_arena_alloc(a, FIRST, 1, 1), *small;

    (void)state;
    assert_non_null(p);
    p[0] = 1;
    p[FIRST - 1] = 2;
    later = pl_arena_here(a);
    small = pl_arena_alloc(a, 100, 1, 1);
    assert_non_null(small);
    small[99] = 3;
    for (size_t n = FIRST; n < LAST; n *= 2) {
        p = pl_arena_grow(a, p, n, n * 2, 1);
        assert_non_null(p);
    }
    p[LAST - 1] = 4;
    assert_int_equal(p[0] + p[FIRST - 1] + small[99], 6);
    assert_int_equal(pl_arena_full(a), 0);
    assert_null(pl_arena_grow(a, p, LAST, (size_t)601 << 20, 1));
    assert_int_equal(pl_arena_full(a), (size_t)600 << 20);
    assert_int_equal(p[0] + p[LAST - 1], 5);
    pl_arena_reset(a, later); /* what grew was there before */
    assert_int_equal(p[0] + p[FIRST - 1], 3);
    pl_arena_reset(a, m);
    assert_int_equal(pl_arena_used(a), 0);
    pl_arena_free(a);
}

/* Room that shares its chunk is copied, and the rest stays where it was. */
static void small_room_grows_by_copying(void **state)
{
    pl_arena *a = pl_arena_new((size_t)1 << 20);
    char *p = pl_arena_alloc(a, 3, 1, 1), *next, *q;

    (void)state;
    assert_non_null(p);
    memcpy(p, "abc", 3);
    q = pl_arena_grow(a, p, 3, 6, 1);
    assert_ptr_equal(q, p); /* the last one: in its place */
    next = pl_arena_alloc(a, 1, 1, 1);
    assert_non_null(next);
    q = pl_arena_grow(a, p, 6, 9, 1);
    assert_ptr_not_equal(q, p);
    assert_memory_equal(q, "abc", 3);
    pl_arena_free(a);
}

static void buffer_stops_at_its_ceiling_and_says_so(void **state)
{
    pl_buf b;

    (void)state;
    pl_buf_init(&b, 8);
    pl_buf_putf(&b, "%d", 1234);
    pl_buf_put(&b, of("56"));
    assert_false(b.failed);
    pl_buf_put(&b, of("789"));
    assert_true(b.failed);
    assert_str(pl_buf_str(&b), of("123456"));
    pl_buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_keeps_its_ceiling),
        cmocka_unit_test(arena_reset_gives_space_back),
        cmocka_unit_test(arena_work_in_rounds_takes_the_same_space),
        cmocka_unit_test(vector_grows_and_keeps_its_elements),
        cmocka_unit_test(map_finds_what_was_added),
        cmocka_unit_test(trim_knows_wide_spaces),
        cmocka_unit_test(find_steps_over_false_starts),
        cmocka_unit_test(large_room_grows_within_its_own_size),
        cmocka_unit_test(small_room_grows_by_copying),
        cmocka_unit_test(buffer_stops_at_its_ceiling_and_says_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
