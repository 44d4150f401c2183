/* Waivers, links and units: written once, with an audit entry, and never over somebody.
 */
#include "plans.h"

#include "service/package.h"
#include "service/plan_write.h"
#include "service/query.h"

static const pl_principal office = {.region_id = PL_S_INIT("110199"),
                                    .role = PL_USER_ROLE_OFFICE,
                                    .scopes = PL_SCOPES_ALL};

static pl_listing list(databases *d, pl_store *s, pl_resource r, pl_str key)
{
    pl_list_query q = {.resource = r, .key = key};
    pl_listing l;

    if (pl_list(&d->cx, s, &office, &q, &l) != PL_OK)
        fail_msg("%s", d->cx.err.msg);
    return l;
}

static int64_t number(const pl_listing *l, size_t i, const char *column)
{
    return l->rows.p[i][pl_listing_field(l, of(column))].i;
}

/* A report whose sum does not hold. */
static const char wrong_sum[] =
    "云溪区2022年计划执行情况与2023年计划\n"
    "序号 | 指标 | 2022年目标值 | 2022年完成 | 2023年目标值 | 属性 | 责任部门 |\n"
    "1 | 常住人口(万人) | <313.2 | 312.4 | <313 | 约束性 | 区统计局 |\n"
    "一、工作情况\n"
    "全年完成植树共30棵，其中东片10棵、西片12棵、南片9棵。\n";

static int64_t audited(databases *d, pl_store *s)
{
    pl_anchor end;

    assert_int_equal(pl_audit_verify(&d->cx, s, NULL, 0, &end), PL_OK);
    return end.seq;
}

static void a_finding_is_waived_with_a_reason_and_taken_up_again(databases *d,
                                                                 pl_store *s)
{
    const pl_str region = PL_S("110199");
    pl_str plan, id;
    pl_listing l;
    int64_t before;

    s = make(d, s);
    plan = import(d, s, wrong_sum).plan_id;
    l = list(d, s, PL_RESOURCE_FINDINGS, plan);
    assert_true(l.rows.n > 0);
    id = pl_listing_text(&l, 0, PL_S("id"));
    before = audited(d, s);
    assert_int_equal(
        pl_service_waive(&d->cx, &request, s, region, plan, id, true, PL_S(" "), -1),
        PL_ESYNTAX);
    assert_int_equal(pl_service_waive(&d->cx, &request, s, region, plan, PL_S("none-1"),
                                      true, PL_S("x"), -1),
                     PL_ENOTFOUND);
    assert_int_equal(pl_service_waive(&d->cx, &request, s, region, plan, id, true,
                                      PL_S("四舍五入"), 0),
                     PL_OK);
    l = list(d, s, PL_RESOURCE_FINDINGS, plan);
    assert_int_equal(number(&l, 0, "waived"), 1);
    assert_int_equal(number(&l, 0, "revision"), 1);
    assert_str(pl_listing_text(&l, 0, PL_S("reason")), of("四舍五入"));
    /* who saw the state before is refused */
    assert_int_equal(
        pl_service_waive(&d->cx, &request, s, region, plan, id, false, PL_S("x"), 0),
        PL_ECONFLICT);
    assert_int_equal(
        pl_service_waive(&d->cx, &request, s, region, plan, id, false, PL_S("再议"), 1),
        PL_OK);
    l = list(d, s, PL_RESOURCE_FINDINGS, plan);
    assert_int_equal(number(&l, 0, "waived"), 0);
    assert_int_equal(audited(d, s), before + 2);
}
ON_BOTH(a_finding_is_waived_with_a_reason_and_taken_up_again)

/* What is known of the indicator of a plan's row, by role and year. */
static size_t values_of(databases *d, pl_store *s, pl_str indicator)
{
    return list(d, s, PL_RESOURCE_SERIES, indicator).rows.n;
}

static void a_doubtful_link_is_refused_and_its_revisions_follow(databases *d, pl_store *s)
{
    const pl_str region = PL_S("110199");
    pl_str plan, old, own;
    pl_listing l;
    size_t both;

    s = make(d, s);
    import(d, s, report);
    plan = import(d, s, next_report).plan_id;
    l = list(d, s, PL_RESOURCE_INDICATORS, plan);
    assert_str(pl_listing_text(&l, 1, PL_S("link")), of("unsure"));
    old = pl_listing_text(&l, 1, PL_S("indicator"));
    both = values_of(d, s, old);
    assert_int_equal(pl_service_link(&d->cx, &request, s, region, plan, 0, true, -1),
                     PL_ESYNTAX);
    assert_int_equal(pl_service_link(&d->cx, &request, s, region, plan, 9, true, -1),
                     PL_ENOTFOUND);
    assert_int_equal(pl_service_link(&d->cx, &request, s, region, plan, 1, false, 0),
                     PL_OK);
    l = list(d, s, PL_RESOURCE_INDICATORS, plan);
    own = pl_listing_text(&l, 1, PL_S("indicator"));
    assert_false(pl_str_eq(own, old));
    assert_str(pl_listing_text(&l, 1, PL_S("link")), of("new"));
    assert_str(pl_listing_text(&l, 1, PL_S("trend")),
               of("[{\"year\":2023,\"value\":\"5600\"}]"));
    assert_int_equal(values_of(d, s, own), 3); /* 2023 target and value, 2024 target */
    assert_true(values_of(d, s, old) < both);
    assert_int_equal(pl_service_link(&d->cx, &request, s, region, plan, 1, true, 0),
                     PL_ECONFLICT);
    assert_int_equal(pl_service_link(&d->cx, &request, s, region, plan, 1, true, 1),
                     PL_OK);
    assert_int_equal(values_of(d, s, old), both);
    assert_int_equal(values_of(d, s, own), 0);
    audited(d, s);
}
ON_BOTH(a_doubtful_link_is_refused_and_its_revisions_follow)

static void a_confirmed_name_is_known_the_next_time(databases *d, pl_store *s)
{
    static const char third[] =
        "云溪区2024年计划执行情况与2025年计划\n"
        "序号 | 指标 | 2024年目标值 | 2024年完成 | 2025年目标值 | 属性 | 责任部门 |\n"
        "1 | 新增学位数(个) | 6000 | 6100 | 6200 | 预期性 | 区教委 |\n";
    pl_str plan;
    pl_saved saved;

    s = make(d, s);
    import(d, s, report);
    plan = import(d, s, next_report).plan_id;
    assert_int_equal(
        pl_service_link(&d->cx, &request, s, PL_S("110199"), plan, 1, true, -1), PL_OK);
    saved = import(d, s, third);
    assert_int_equal(saved.links[PL_LINK_SAME], 1);
    assert_int_equal(saved.unsure.n, 0);
}
ON_BOTH(a_confirmed_name_is_known_the_next_time)

static pl_unit_rows bulk(databases *d, pl_store *s, const char *text, bool dry)
{
    pl_bytes body = {(const unsigned char *)text, strlen(text)};
    pl_unit_rows rows;

    if (pl_unit_rows_read(&d->cx, body, &rows) != PL_OK ||
        pl_service_units(&d->cx, &request, s, PL_S("110199"), &rows, dry) != PL_OK)
        fail_msg("%s", d->cx.err.msg);
    return rows;
}

static void units_come_in_bulk_and_each_row_is_answered(databases *d, pl_store *s)
{
    static const char csv[] = "\xEF\xBB\xBF"
                              "name,parent,aliases\r\n"
                              "区政府,,\r\n"
                              "区教委,区政府,\"教委、区教育委员会\"\r\n"
                              "区教委督导室,区教委,\r\n"
                              "无上级局,没有的局,\r\n"
                              "区政府,区教委,\r\n";
    static const pl_bulk want[] = {PL_BULK_CREATED, PL_BULK_UPDATED, PL_BULK_CREATED,
                                   PL_BULK_REFUSED, PL_BULK_REFUSED};
    pl_unit_rows rows;
    size_t units;

    s = make(d, s);
    import(d, s, report); /* brings 区教委 */
    units = list(d, s, PL_RESOURCE_UNITS, (pl_str){0}).rows.n;
    for (int dry = 1; dry >= 0; dry--) {
        rows = bulk(d, s, csv, dry != 0);
        assert_int_equal(rows.n, PL_COUNT(want));
        for (size_t i = 0; i < rows.n; i++)
            if (rows.p[i].became != want[i])
                fail_msg("row %zu: %.*s %.*s", i + 1,
                         PL_FMT(pl_bulk_token(rows.p[i].became)),
                         PL_FMT(rows.p[i].wrong));
        assert_int_equal(list(d, s, PL_RESOURCE_UNITS, (pl_str){0}).rows.n,
                         units + (dry ? 0 : 2));
    }
    rows =
        bulk(d, s, "{\"name\":\"教委\",\"parent\":\"区政府\"}\n{\"name\":\"区政府\"}\n",
             false);
    assert_int_equal(rows.p[0].became, PL_BULK_SAME);
    assert_int_equal(rows.p[1].became, PL_BULK_SAME);
    audited(d, s);
}
ON_BOTH(units_come_in_bulk_and_each_row_is_answered)

static void units_that_are_no_table_are_refused(void **state)
{
    static const char *const bodies[] = {"",
                                         "a,b\n1,2\n",
                                         "name\n\"x",
                                         "{\"name\":1}",
                                         "{\"name\":\"a\",\"aliases\":\"b\"}",
                                         "{",
                                         "\xff"};
    pl_ctx cx = test_ctx();
    pl_unit_rows rows;

    (void)state;
    for (size_t i = 0; i < PL_COUNT(bodies); i++) {
        pl_bytes body = {(const unsigned char *)bodies[i], strlen(bodies[i])};

        if (pl_unit_rows_read(&cx, body, &rows) != PL_ESYNTAX)
            fail_msg("taken: %s", bodies[i]);
    }
    test_ctx_free(&cx);
}

static void a_unit_is_edited_by_whoever_saw_its_last_state(databases *d, pl_store *s)
{
    const pl_str region = PL_S("110199");
    const pl_str aliases[] = {PL_S_INIT("统计局")}, taken[] = {PL_S_INIT("区教委")};
    pl_unit_edit edit = {.has_aliases = true, .aliases = aliases, .n_aliases = 1};
    pl_listing l;
    pl_str id = {0};

    s = make(d, s);
    import(d, s, report);
    l = list(d, s, PL_RESOURCE_UNITS, (pl_str){0});
    for (size_t i = 0; i < l.rows.n; i++)
        if (pl_str_eq(pl_listing_text(&l, i, PL_S("name")), PL_S("区统计局")))
            id = pl_listing_text(&l, i, PL_S("id"));
    assert_int_equal(pl_service_unit_set(&d->cx, &request, s, region, id, &edit, 1),
                     PL_OK);
    assert_int_equal(pl_service_unit_set(&d->cx, &request, s, region, id, &edit, 1),
                     PL_ECONFLICT);
    l = list(d, s, PL_RESOURCE_UNITS, id);
    assert_str(pl_listing_text(&l, 0, PL_S("aliases")), of("[\"统计局\"]"));
    assert_int_equal(number(&l, 0, "revision"), 2);
    edit.aliases = taken;
    assert_int_equal(pl_service_unit_set(&d->cx, &request, s, region, id, &edit, 2),
                     PL_ESYNTAX);
    edit = (pl_unit_edit){.has_parent = true, .parent_id = id};
    assert_int_equal(pl_service_unit_set(&d->cx, &request, s, region, id, &edit, 2),
                     PL_ESYNTAX);
    edit.parent_id = PL_S("none");
    assert_int_equal(pl_service_unit_set(&d->cx, &request, s, region, id, &edit, 2),
                     PL_ESYNTAX);
    audited(d, s);
}
ON_BOTH(a_unit_is_edited_by_whoever_saw_its_last_state)

/* What was decided goes along with the documents. */
static void a_package_holds_the_decisions_too(databases *d, pl_store *s)
{
    const pl_str region = PL_S("110199");
    pl_str first, second, id;
    pl_package_result result;
    pl_listing was, is;
    pl_store *other;
    pl_buf package;
    char file[128];

    s = make(d, s);
    first = import(d, s, wrong_sum).plan_id;
    import(d, s, report);
    second = import(d, s, next_report).plan_id;
    was = list(d, s, PL_RESOURCE_FINDINGS, first);
    id = pl_listing_text(&was, 0, PL_S("id"));
    for (int waived = 1; waived >= 0; waived--)
        assert_int_equal(pl_service_waive(&d->cx, &request, s, region, first, id,
                                          waived != 0, PL_S("复核"), -1),
                         PL_OK);
    was = list(d, s, PL_RESOURCE_FINDINGS, first);
    assert_int_equal(pl_service_link(&d->cx, &request, s, region, second, 1, false, -1),
                     PL_OK);
    pl_buf_init(&package, 1 << 24);
    if (pl_service_export(&d->cx, s, &office, (pl_str){0}, PL_EXPORT_ZIP, &package) !=
        PL_OK)
        fail_msg("%s", d->cx.err.msg);
    snprintf(file, sizeof file, "%s/other.db", d->folder);
    assert_int_equal(
        pl_service_init(&d->cx, &request, file, region, of("云溪区"), &other), PL_OK);
    for (size_t again = 0; again < 2; again++) {
        pl_bytes bytes = {(const unsigned char *)package.p, package.n};

        assert_true(pl_package_is(&d->cx, bytes));
        if (pl_service_import_package(&d->cx, &request, other, region, bytes, &result) !=
            PL_OK)
            fail_msg("%s", d->cx.err.msg);
        assert_int_equal(result.documents, 3);
        assert_int_equal(result.known, again ? 3 : 0);
        assert_int_equal(result.waivers, again ? 0 : 2);
        assert_int_equal(result.links, again ? 0 : 1);
    }
    is = list(d, other, PL_RESOURCE_PLANS, (pl_str){0});
    for (size_t i = 0; i < is.rows.n; i++)
        if (number(&is, i, "judged_year") == 2023)
            second = pl_listing_text(&is, i, PL_S("id"));
        else if (number(&is, i, "errors") + number(&is, i, "warnings") > 0)
            first = pl_listing_text(&is, i, PL_S("id"));
    is = list(d, other, PL_RESOURCE_FINDINGS, first);
    assert_int_equal(number(&is, 0, "revision"), 2);
    assert_int_equal(number(&is, 0, "waived"), 0);
    assert_str(pl_listing_text(&is, 0, PL_S("id")), id);
    is = list(d, other, PL_RESOURCE_INDICATORS, second);
    assert_str(pl_listing_text(&is, 1, PL_S("link")), of("new"));
    pl_buf_release(&package);
    pl_store_close(other);
    unlink(file);
}
ON_BOTH(a_package_holds_the_decisions_too)

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(a_finding_is_waived_with_a_reason_and_taken_up_again),
        BOTH(a_doubtful_link_is_refused_and_its_revisions_follow),
        BOTH(a_confirmed_name_is_known_the_next_time),
        BOTH(units_come_in_bulk_and_each_row_is_answered),
        cmocka_unit_test(units_that_are_no_table_are_refused),
        BOTH(a_package_holds_the_decisions_too),
        BOTH(a_unit_is_edited_by_whoever_saw_its_last_state),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
