#include "unit.h"

#include "codec/xml.h"

#include <stdlib.h>

static pl_bytes bytes_of(const char *c)
{
    return (pl_bytes){(const unsigned char *)c, strlen(c)};
}

/* The tree in one line: (name@attr=value "text" (child)). */
static void print(const pl_xml_node *n, pl_buf *b)
{
    if (n->tag.name.n == 0) {
        pl_buf_putf(b, " \"%.*s\"", PL_FMT(n->text));
        return;
    }
    pl_buf_putf(b, " (%.*s", PL_FMT(n->tag.name));
    for (size_t i = 0; i < n->tag.n_attrs; i++)
        pl_buf_putf(b, "@%.*s=%.*s", PL_FMT(n->tag.attrs[i].name),
                    PL_FMT(n->tag.attrs[i].value));
    for (const pl_xml_node *c = n->child; c; c = c->next)
        print(c, b);
    pl_buf_putc(b, ')');
}

static void a_tree_holds_elements_attributes_and_texts(void **state)
{
    static const struct {
        const char *xml, *want;
    } rows[] = {
        {"<a/>", " (a)"},
        {"<w:p xmlns:w='u' w:val='1'><w:t>准绳</w:t></w:p>", " (p@val=1 (t \"准绳\"))"},
        {"<a>\n <b/>\n <c> </c>\n</a>", " (a (b) (c \" \"))"},
        {"<a>x<b/>y &amp; z<b/></a>", " (a \"x\" (b) \"y & z\" (b))"},
        {"<a><![CDATA[1<2]]>&#20934;</a>", " (a \"1<2准\")"},
        {"<!DOCTYPE a><a/>", " (a)"},
        {"\xef\xbb\xbf<?xml version='1.0' encoding='utf-8'?><a b='&lt;'/>", " (a@b=<)"},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_ctx cx = test_ctx();
        pl_xml_node *root;
        pl_buf b;

        pl_buf_init(&b, 4096);
        assert_int_equal(pl_xml_tree(&cx, bytes_of(rows[i].xml), &root), PL_OK);
        print(root, &b);
        assert_str(pl_buf_str(&b), of(rows[i].want));
        pl_buf_release(&b);
        test_ctx_free(&cx);
    }
}

static void other_encodings_are_read_as_declared(void **state)
{
    static const char gbk[] =
        "<?xml version=\"1.0\" encoding=\"GBK\"?><a>\xd7\xbc\xc9\xfe\xb9\xe6\xbb\xae</a>";
    static const unsigned char wide[] = {0xff, 0xfe, '<', 0,   'a', 0,   '>', 0,   0xc6,
                                         0x51, '<',  0,   '/', 0,   'a', 0,   '>', 0};
    pl_ctx cx = test_ctx();
    pl_xml_node *root;

    (void)state;
    assert_int_equal(pl_xml_tree(&cx, bytes_of(gbk), &root), PL_OK);
    assert_str(pl_xml_text(root), of("准绳规划"));
    assert_int_equal(pl_xml_tree(&cx, (pl_bytes){wide, sizeof wide}, &root), PL_OK);
    assert_str(pl_xml_text(root), of("准"));
    test_ctx_free(&cx);
}

static void what_is_not_xml_is_refused_with_its_place(void **state)
{
    static const struct {
        const char *xml, *says;
        uint32_t line;
    } rows[] = {
        {"", "", 1},
        {"<a>", "", 1},
        {"<a></b>", "", 1},
        {"<a>\n<b c=></b></a>", "", 2},
        {"<a>\n\n&nbsp;</a>", "", 3},
        {"<a/><b/>", "", 1},
        {"<a>\x01</a>", "", 1},
        {"<a>\xff</a>", "", 1},
        {"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "declares entities", 1},
        {"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>\n<a>&b;</a>",
         "declares entities", 1},
        {"<!DOCTYPE a [<!ENTITY % b SYSTEM 'http://127.0.0.1/x'> %b;]><a/>",
         "declares entities", 1},
        {"<!DOCTYPE a SYSTEM 'x.dtd'>\n<a>&b;</a>", "not declared", 2},
    };

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        pl_ctx cx = test_ctx();
        pl_xml_node *root;

        assert_int_equal(pl_xml_tree(&cx, bytes_of(rows[i].xml), &root), PL_ESYNTAX);
        assert_int_equal(cx.err.line, rows[i].line);
        assert_true(cx.err.at <= strlen(rows[i].xml));
        assert_non_null(strstr(cx.err.msg, rows[i].says));
        test_ctx_free(&cx);
    }
}

static void a_bomb_of_entities_is_refused(void **state)
{
    pl_ctx cx = test_ctx();
    pl_xml_node *root;
    pl_buf b;

    (void)state;
    pl_buf_init(&b, 1 << 20);
    pl_buf_put(&b, of("<!DOCTYPE a [<!ENTITY e0 'ha'>"));
    for (int i = 1; i < 40; i++)
        pl_buf_putf(&b, "<!ENTITY e%d '&e%d;&e%d;'>", i, i - 1, i - 1);
    pl_buf_put(&b, of("]><a>&e39;</a>"));
    assert_int_equal(pl_xml_tree(&cx, (pl_bytes){(const unsigned char *)b.p, b.n}, &root),
                     PL_ESYNTAX);
    assert_non_null(strstr(cx.err.msg, "declares entities"));
    pl_buf_release(&b);
    test_ctx_free(&cx);
}

static void nesting_has_a_limit(void **state)
{
    pl_ctx cx = test_ctx();
    size_t most = PL_XML_DEPTH_OF(cx.limits);
    pl_xml_node *root;

    (void)state;
    for (size_t extra = 0; extra < 2; extra++) {
        pl_buf b;

        pl_buf_init(&b, 1 << 20);
        for (size_t i = 0; i < most + extra; i++)
            pl_buf_put(&b, of("<a>"));
        for (size_t i = 0; i < most + extra; i++)
            pl_buf_put(&b, of("</a>"));
        assert_int_equal(
            pl_xml_tree(&cx, (pl_bytes){(const unsigned char *)b.p, b.n}, &root),
            extra ? PL_ELIMIT : PL_OK);
        pl_buf_release(&b);
    }
    assert_int_equal(cx.err.at, 3 * most);
    test_ctx_free(&cx);
}

static void attributes_are_found_by_local_or_whole_name(void **state)
{
    pl_ctx cx = test_ctx();
    pl_xml_node *root;

    (void)state;
    assert_int_equal(
        pl_xml_tree(&cx, bytes_of("<s id='1' r:id='2' xmlns='d' xmlns:r='u' e=''/>"),
                    &root),
        PL_OK);
    assert_str(pl_xml_get(root, PL_S("id")), of("1"));
    assert_str(pl_xml_get(root, PL_S("r:id")), of("2"));
    assert_str(pl_xml_get(root, PL_S("x")), of(""));
    assert_true(pl_xml_has(&root->tag, PL_S("e")));
    assert_false(pl_xml_has(&root->tag, PL_S("xmlns")));
    assert_str(pl_xml_get(NULL, PL_S("id")), of(""));
    test_ctx_free(&cx);
}

static void a_walk_meets_every_node_once_in_order(void **state)
{
    pl_ctx cx = test_ctx();
    pl_xml_node *root;
    pl_buf b;

    (void)state;
    pl_buf_init(&b, 100);
    assert_int_equal(pl_xml_tree(&cx, bytes_of("<a><b><c/>t</b><d/></a>"), &root), PL_OK);
    for (const pl_xml_node *n = root; n; n = pl_xml_walk(root, n))
        pl_buf_put(&b, n->tag.name.n ? n->tag.name : n->text);
    assert_str(pl_buf_str(&b), of("abctd"));
    b.n = 0;
    for (const pl_xml_node *n = root->child; n; n = pl_xml_walk(root->child, n))
        pl_buf_put(&b, n->tag.name.n ? n->tag.name : n->text);
    assert_str(pl_buf_str(&b), of("bct"));
    pl_buf_release(&b);
    test_ctx_free(&cx);
}

static pl_status refuse(pl_ctx *cx, void *self, const pl_xml_tag *tag)
{
    size_t *calls = self;

    ++*calls;
    return pl_str_eq(tag->name, PL_S("b")) ? pl_fail(cx, PL_ELIMIT, PL_NOPOS, "enough")
                                           : PL_OK;
}

static void a_handler_ends_the_reading(void **state)
{
    static const pl_xml_events events = {.open = refuse};
    pl_ctx cx = test_ctx();
    size_t calls = 0;

    (void)state;
    assert_int_equal(pl_xml_read(&cx, bytes_of("<a>\n<b/><c/></a>"), &events, &calls),
                     PL_ELIMIT);
    assert_int_equal(calls, 2);
    assert_int_equal(cx.err.line, 2);
    assert_string_equal(cx.err.msg, "enough");
    test_ctx_free(&cx);
}

static void whole_numbers_are_read_or_replaced(void **state)
{
    static const struct {
        const char *text;
        int64_t want;
    } rows[] = {{"12", 12}, {"-3", -3}, {"+4", 4},  {"", 7},
                {"-", 7},   {"1x", 7},  {"1.5", 7}, {"9999999999999999999", 7}};

    (void)state;
    for (size_t i = 0; i < PL_COUNT(rows); i++)
        assert_int_equal(pl_xml_int(of(rows[i].text), 7), rows[i].want);
}

static void every_failed_allocation_is_reported(void **state)
{
    pl_status st = PL_ENOMEM;

    (void)state;
    for (size_t n = 0; st != PL_OK && n < 200; n++) {
        pl_ctx cx = test_ctx();
        pl_xml_node *root = NULL;

        pl_arena_fail_after(cx.arena, n);
        st =
            pl_xml_tree(&cx, bytes_of("<a b='1'><c>text</c><d e='2'/> tail </a>"), &root);
        assert_true(st == PL_OK || (st == PL_ENOMEM && !root));
        test_ctx_free(&cx);
    }
    assert_int_equal(st, PL_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tree_holds_elements_attributes_and_texts),
        cmocka_unit_test(other_encodings_are_read_as_declared),
        cmocka_unit_test(what_is_not_xml_is_refused_with_its_place),
        cmocka_unit_test(a_bomb_of_entities_is_refused),
        cmocka_unit_test(nesting_has_a_limit),
        cmocka_unit_test(attributes_are_found_by_local_or_whole_name),
        cmocka_unit_test(a_walk_meets_every_node_once_in_order),
        cmocka_unit_test(a_handler_ends_the_reading),
        cmocka_unit_test(whole_numbers_are_read_or_replaced),
        cmocka_unit_test(every_failed_allocation_is_reported),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
