#include "unit.h"

#include "codec/json.h"

static void nested_values_get_their_commas(void **state)
{
    pl_buf b;
    pl_json j;

    (void)state;
    pl_buf_init(&b, 1 << 16);
    j = pl_json_begin(&b);
    pl_json_open(&j, '{');
    pl_json_put_int(&j, PL_S("a"), -1);
    pl_json_put_open(&j, PL_S("b"), '[');
    pl_json_str(&j, PL_S("x"));
    pl_json_null(&j);
    pl_json_open(&j, '{');
    pl_json_close(&j);
    pl_json_close(&j);
    pl_json_put_bool(&j, PL_S("c"), true);
    pl_json_put_str_or_null(&j, PL_S("d"), PL_S(""));
    pl_json_close(&j);
    assert_false(b.failed);
    assert_str(pl_buf_str(&b),
               of("{\"a\":-1,\"b\":[\"x\",null,{}],\"c\":true,\"d\":null}"));
    pl_buf_release(&b);
}

static void text_cannot_become_structure(void **state)
{
    pl_buf b;
    pl_json j;

    (void)state;
    pl_buf_init(&b, 1 << 16);
    j = pl_json_begin(&b);
    pl_json_str(&j, PL_S("\"},\\ \n\x01 值\x7f"));
    assert_str(pl_buf_str(&b), of("\"\\\"},\\\\ \\n\\u0001 值\\u007f\""));
    pl_buf_release(&b);
}

static void a_close_too_many_marks_the_buffer_failed(void **state)
{
    pl_buf b;
    pl_json j;

    (void)state;
    pl_buf_init(&b, 1 << 16);
    j = pl_json_begin(&b);
    pl_json_close(&j);
    assert_true(b.failed);
    pl_buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nested_values_get_their_commas),
        cmocka_unit_test(text_cannot_become_structure),
        cmocka_unit_test(a_close_too_many_marks_the_buffer_failed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
