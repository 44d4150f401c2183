/* Files in folders and by patterns. */
#include "unit.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/folder.h"

static char top[64];

static const char *in_top(char *to, size_t n, const char *name)
{
    snprintf(to, n, "%s/%s", top, name);
    return to;
}

static int setup(void **state)
{
    static const char *const names[] = {"b", "a/2", "a/1", ".hidden", "c[1]"};
    char path[256];

    (void)state;
    snprintf(top, sizeof top, "/tmp/plumbline-folder-XXXXXX");
    if (!mkdtemp(top) || mkdir(in_top(path, sizeof path, "a"), 0700) != 0)
        return -1;
    for (size_t i = 0; i < PL_COUNT(names); i++) {
        FILE *f = fopen(in_top(path, sizeof path, names[i]), "w");

        if (!f || fclose(f) != 0)
            return -1;
    }
    return symlink(top, in_top(path, sizeof path, "loop"));
}

static int teardown(void **state)
{
    static const char *const names[] = {"b", "a/2", "a/1", ".hidden", "c[1]", "loop"};
    char path[256];

    (void)state;
    for (size_t i = 0; i < PL_COUNT(names); i++)
        (void)unlink(in_top(path, sizeof path, names[i]));
    (void)rmdir(in_top(path, sizeof path, "a"));
    return rmdir(top);
}

static void are(const pl_paths *got, const char *const *want)
{
    char path[256];
    size_t n = 0;

    for (; want[n]; n++) {
        assert_true(n < got->n);
        assert_string_equal(got->p[n], in_top(path, sizeof path, want[n]));
    }
    assert_int_equal(got->n, n);
}

static void a_folder_is_listed_in_order_without_hidden_files_and_loops(void **state)
{
    static const char *const want[] = {"a/1", "a/2", "b", "c[1]", NULL};
    pl_ctx cx = test_ctx();
    pl_paths got = {0};

    (void)state;
    assert_true(pl_folder_is(top));
    assert_int_equal(pl_folder_files(&cx, top, 100, &got), PL_OK);
    are(&got, want);
    got.n = 0;
    assert_int_equal(pl_folder_files(&cx, top, 3, &got), PL_ELIMIT);
    got.n = 0;
    cx.limits.depth = 1;
    assert_int_equal(pl_folder_files(&cx, top, 100, &got), PL_ELIMIT);
    assert_int_equal(pl_folder_files(&cx, "/no/such/folder", 100, &got), PL_EIO);
    test_ctx_free(&cx);
}

static void patterns_match_as_a_shell_s(void **state)
{
    static const struct {
        const char *pattern;
        bool is;
        const char *want[4];
    } rows[] = {
        {"?", true, {"a", "b"}},  {"a/*", true, {"a/1", "a/2"}}, {"[bx]", true, {"b"}},
        {"*.docx", true, {NULL}}, {"c[1]", false, {NULL}}, /* a file of that very name */
        {"b", false, {NULL}},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_ctx cx = test_ctx();
        pl_paths got = {0};
        char path[256];

        in_top(path, sizeof path, rows[i].pattern);
        assert_int_equal(pl_pattern_is(path), rows[i].is);
        if (rows[i].is) {
            assert_int_equal(pl_pattern_paths(&cx, path, &got),
                             rows[i].want[0] ? PL_OK : PL_ENOTFOUND);
            are(&got, rows[i].want);
        }
        test_ctx_free(&cx);
    }
}

static void every_failed_allocation_is_reported(void **state)
{
    pl_status st = PL_ENOMEM;

    (void)state;
    for (size_t n = 0; st != PL_OK && n < 100; n++) {
        pl_ctx cx = test_ctx();
        pl_paths got = {0};
        char path[256];

        pl_arena_fail_after(cx.arena, n);
        st = pl_folder_files(&cx, top, 100, &got);
        if (st == PL_OK)
            st = pl_pattern_paths(&cx, in_top(path, sizeof path, "*"), &got);
        assert_true(st == PL_OK || st == PL_ENOMEM);
        test_ctx_free(&cx);
    }
    assert_int_equal(st, PL_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_is_listed_in_order_without_hidden_files_and_loops),
        cmocka_unit_test(patterns_match_as_a_shell_s),
        cmocka_unit_test(every_failed_allocation_is_reported),
    };

    return cmocka_run_group_tests_name("folder", tests, setup, teardown);
}
