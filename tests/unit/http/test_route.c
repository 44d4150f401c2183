/* The table of operations, and how a request finds its own. */
#include "http/openapi.h"
#include "http/problem.h"
#include "http/route.h"
#include "unit.h"

static void a_path_finds_its_route(void **state)
{
    static const struct {
        pl_method method;
        const char *path, *name, *first;
    } rows[] = {
        {PL_METHOD_GET, "/healthz", "health", ""},
        {PL_METHOD_GET, "/api/v1/documents", "document_list", ""},
        {PL_METHOD_POST, "/api/v1/documents", "document_create", ""},
        {PL_METHOD_GET, "/api/v1/documents/x%2Fy", "document_get", "x%2Fy"},
        {PL_METHOD_GET, "/api/v1/documents/x/original", "document_original", "x"},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_route_match m;

        pl_route_find(rows[i].method, of(rows[i].path), &m);
        assert_non_null(m.route);
        assert_true(pl_str_eq(m.route->name, of(rows[i].name)));
        assert_true(pl_str_eq(m.params[0], of(rows[i].first)));
    }
}

static void other_paths_find_none(void **state)
{
    static const char *const rows[] = {"",
                                       "healthz",
                                       "/",
                                       "/healthz/",
                                       "/api/v1/documents/",
                                       "/api/v1/documents//original",
                                       "/api/v1/documents/x/original/y",
                                       "//healthz"};
    pl_route_match m;

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_route_find(PL_METHOD_GET, of(rows[i]), &m);
        if (m.route || m.methods)
            fail_msg("'%s' has a route", rows[i]);
    }
    pl_route_find(PL_METHOD_DELETE, of("/api/v1/documents"), &m);
    assert_null(m.route);
    assert_int_equal(m.methods, 1u << PL_METHOD_GET | 1u << PL_METHOD_POST);
}

/* What the description and the router rely on. */
static void every_row_is_whole(void **state)
{
    const pl_route *r;

    (void)state;
    for (size_t i = 0; (r = pl_route_at(i)) != NULL; i++) {
        pl_route_match m;

        assert_int_equal(pl_route_index(r), i);
        assert_true(r->name.n && r->says.zh.n && r->says.en.n);
        for (size_t k = 0; k < i; k++)
            assert_false(pl_str_eq(pl_route_at(k)->name, r->name));
        pl_route_find(r->method, r->path, &m); /* {x} fits itself */
        if (m.route != r)
            fail_msg("%.*s is hidden by another", PL_FMT(r->path));
        if (r->method == PL_METHOD_GET)
            assert_null(r->body);
        if (r->flags & PL_ROUTE_ANYBODY)
            assert_int_equal(r->perm, PL_PERM_OPEN);
    }
    assert_int_equal(pl_route_index(NULL), pl_route_count());
}

static void the_description_names_every_operation(void **state)
{
    const pl_route *r;
    pl_json j;
    pl_buf b;

    (void)state;
    pl_buf_init(&b, 1 << 24);
    j = pl_json_begin(&b);
    pl_openapi_put(&j);
    assert_false(b.failed);
    assert_int_equal(j.depth, 0);
    for (size_t i = 0; (r = pl_route_at(i)) != NULL; i++)
        assert_true(pl_str_has(pl_buf_str(&b), r->name));
    pl_buf_release(&b);
}

static void every_status_is_a_problem_of_its_own_kind(void **state)
{
    static const struct {
        pl_status st;
        int status;
    } rows[] = {{PL_ENOTFOUND, 404}, {PL_ESYNTAX, 422},    {PL_ELIMIT, 413},
                {PL_EFORMAT, 415},   {PL_ECONVERT, 415},   {PL_ESCANNED, 422},
                {PL_ESTOPPED, 422},  {PL_EENCRYPTED, 422}, {PL_ECONFLICT, 409},
                {PL_EBUSY, 503},     {PL_ENOMEM, 503},     {PL_EFULL, 507},
                {PL_EIO, 500}};

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++)
        assert_int_equal(pl_problem_status(pl_problem_of(rows[i].st)), rows[i].status);
    for (int p = 0; p < PL_PROBLEM_COUNT; p++)
        for (int q = 0; q < p; q++)
            assert_string_not_equal(pl_problem_token((pl_problem)p),
                                    pl_problem_token((pl_problem)q));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_finds_its_route),
        cmocka_unit_test(other_paths_find_none),
        cmocka_unit_test(every_row_is_whole),
        cmocka_unit_test(the_description_names_every_operation),
        cmocka_unit_test(every_status_is_a_problem_of_its_own_kind),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
