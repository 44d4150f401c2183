#include "databases.h"

enum { NOW_S = 1700000000 };

static pl_status put_region(pl_ctx *cx, pl_store *s, pl_str id, pl_value parent,
                            pl_str name)
{
    pl_value args[] = {PL_V_TEXT(id), parent, PL_V_TEXT(name)};

    return pl_store_run(cx, s, PL_Q_region_put, args, PL_COUNT(args), NULL);
}

static int64_t regions(pl_ctx *cx, pl_store *s)
{
    int64_t n = 0;
    bool more;
    pl_rows *r;

    assert_int_equal(pl_rows_begin(cx, s, PL_Q_region_list, NULL, 0, &r), PL_OK);
    while (pl_rows_next(cx, r, &more) == PL_OK && more)
        n++;
    pl_rows_end(r);
    return n;
}

static void an_empty_database_is_brought_to_the_newest_schema(databases *d, pl_store *s)
{
    pl_schema_state state;

    assert_int_equal(pl_store_schema(&d->cx, s, &state), PL_OK);
    assert_int_equal(state.version, 0);
    assert_int_equal(pl_store_migrate(&d->cx, s, NOW_S), PL_OK);
    assert_int_equal(pl_store_schema(&d->cx, s, &state), PL_OK);
    assert_int_equal(state.version, state.known);
    assert_true(state.known >= 1);
    assert_int_equal(pl_store_migrate(&d->cx, s, NOW_S), PL_OK);
    assert_int_equal(pl_store_verify(&d->cx, s), PL_OK);
}
ON_BOTH(an_empty_database_is_brought_to_the_newest_schema)

static void every_statement_can_be_prepared(databases *d, pl_store *s)
{
    assert_int_equal(pl_store_migrate(&d->cx, s, NOW_S), PL_OK);
    if (pl_store_prepare_all(&d->cx, s) != PL_OK)
        fail_msg("%s", d->cx.err.msg);
}
ON_BOTH(every_statement_can_be_prepared)

static void what_is_written_reads_back(databases *d, pl_store *s)
{
    static const unsigned char bytes[] = {0, 1, 255, 0, '\'', '\\', 10};
    pl_value doc[] = {
        PL_V_TEXT(of("110108")), PL_V_TEXT(of("d1")),
        PL_V_TEXT(of("")),       PL_V_TEXT(of("计划'; DROP TABLE plan; --.txt")),
        PL_V_TEXT(of("text")),   PL_V_TEXT(of("标题\n\"引号\"")),
        PL_V_TEXT(of("{}")),     PL_V_BYTES(((pl_bytes){bytes, sizeof bytes})),
        PL_V_INT(INT64_MIN),     PL_V_TEXT(of("somebody"))};
    pl_value key[] = {PL_V_TEXT(of("110108")), PL_V_TEXT(of("d1"))};
    int64_t changed = 0;
    bool more;
    pl_rows *r;
    pl_bytes got;

    assert_int_equal(pl_store_migrate(&d->cx, s, NOW_S), PL_OK);
    assert_int_equal(put_region(&d->cx, s, of("110108"), PL_V_NULL, of("示例区")), PL_OK);
    assert_int_equal(
        pl_store_run(&d->cx, s, PL_Q_document_put, doc, PL_COUNT(doc), &changed), PL_OK);
    assert_int_equal(changed, 1);
    assert_int_equal(pl_rows_begin(&d->cx, s, PL_Q_document_get, key, 2, &r), PL_OK);
    assert_int_equal(pl_rows_next(&d->cx, r, &more), PL_OK);
    assert_true(more);
    assert_str(pl_rows_text(r, 0), of("计划'; DROP TABLE plan; --.txt"));
    assert_str(pl_rows_text(r, 2), of("标题\n\"引号\""));
    got = pl_rows_bytes(r, 4);
    assert_int_equal(got.n, sizeof bytes);
    assert_memory_equal(got.p, bytes, sizeof bytes);
    assert_int_equal(pl_rows_next(&d->cx, r, &more), PL_OK);
    assert_false(more);
    pl_rows_end(r);
    assert_int_equal(pl_rows_begin(&d->cx, s, PL_Q_region_list, NULL, 0, &r), PL_OK);
    assert_int_equal(pl_rows_next(&d->cx, r, &more), PL_OK);
    assert_true(pl_rows_is_null(r, 1));
    assert_false(pl_rows_is_null(r, 2));
    pl_rows_end(r);
}
ON_BOTH(what_is_written_reads_back)

static void a_broken_key_is_a_conflict(databases *d, pl_store *s)
{
    assert_int_equal(pl_store_migrate(&d->cx, s, NOW_S), PL_OK);
    assert_int_equal(put_region(&d->cx, s, of("110108"), PL_V_NULL, of("甲")), PL_OK);
    assert_int_equal(put_region(&d->cx, s, of("110108"), PL_V_NULL, of("乙")),
                     PL_ECONFLICT);
    assert_int_equal(
        put_region(&d->cx, s, of("110109"), PL_V_TEXT(of("999999")), of("丙")),
        PL_ECONFLICT);
    assert_int_equal(regions(&d->cx, s), 1);
}
ON_BOTH(a_broken_key_is_a_conflict)

static void what_is_rolled_back_was_never_there(databases *d, pl_store *s)
{
    assert_int_equal(pl_store_migrate(&d->cx, s, NOW_S), PL_OK);
    assert_int_equal(pl_store_begin(&d->cx, s), PL_OK);
    assert_int_equal(pl_store_begin(&d->cx, s), PL_EIO);
    assert_int_equal(put_region(&d->cx, s, of("110108"), PL_V_NULL, of("甲")), PL_OK);
    pl_store_rollback(s);
    assert_int_equal(regions(&d->cx, s), 0);
    assert_int_equal(pl_store_commit(&d->cx, s), PL_EIO);
    assert_int_equal(pl_store_begin(&d->cx, s), PL_OK);
    assert_int_equal(put_region(&d->cx, s, of("110108"), PL_V_NULL, of("甲")), PL_OK);
    assert_int_equal(pl_store_commit(&d->cx, s), PL_OK);
    assert_int_equal(regions(&d->cx, s), 1);
}
ON_BOTH(what_is_rolled_back_was_never_there)

/* A reader sees one state, although another connection writes and commits meanwhile. */
static void a_reader_sees_one_state(databases *d, pl_store *s)
{
    pl_store *other;

    assert_int_equal(pl_store_migrate(&d->cx, s, NOW_S), PL_OK);
    assert_int_equal(pl_store_open(&d->cx, d->where[s == d->s[1]], PL_STORE_USE, &other),
                     PL_OK);
    assert_int_equal(pl_store_begin_read(&d->cx, s), PL_OK);
    assert_int_equal(regions(&d->cx, s), 0);
    assert_int_equal(put_region(&d->cx, other, of("110108"), PL_V_NULL, of("甲")), PL_OK);
    assert_int_equal(regions(&d->cx, s), 0);
    pl_store_rollback(s);
    assert_int_equal(regions(&d->cx, s), 1);
    pl_store_close(other);
}
ON_BOTH(a_reader_sees_one_state)

static void record_migration(databases *d, pl_store *s, int64_t version,
                             const char *sha256)
{
    pl_value args[] = {PL_V_INT(version), PL_V_TEXT(of("later")), PL_V_TEXT(of(sha256)),
                       PL_V_INT(NOW_S)};

    assert_int_equal(
        pl_store_run(&d->cx, s, PL_Q_schema_applied, args, PL_COUNT(args), NULL), PL_OK);
}

static void a_newer_database_is_refused(databases *d, pl_store *s)
{
    pl_schema_state state;

    assert_int_equal(pl_store_migrate(&d->cx, s, NOW_S), PL_OK);
    assert_int_equal(pl_store_schema(&d->cx, s, &state), PL_OK);
    record_migration(d, s, state.known + 1, "");
    assert_int_equal(pl_store_schema(&d->cx, s, &state), PL_EFORMAT);
    assert_non_null(strstr(d->cx.err.msg, "use a newer plumbline"));
    assert_int_equal(pl_store_migrate(&d->cx, s, NOW_S), PL_EFORMAT);
}
ON_BOTH(a_newer_database_is_refused)

static void a_wrong_number_of_values_is_refused(databases *d, pl_store *s)
{
    pl_value one = PL_V_INT(1);

    assert_int_equal(pl_store_migrate(&d->cx, s, NOW_S), PL_OK);
    assert_int_equal(pl_store_run(&d->cx, s, PL_Q_region_put, &one, 1, NULL), PL_EIO);
}
ON_BOTH(a_wrong_number_of_values_is_refused)

static void write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void files_that_are_no_database_of_ours_are_refused(void **state)
{
    databases d;
    pl_store *s;
    char path[128];

    (void)state;
    databases_begin(&d);
    snprintf(path, sizeof path, "%s/none.db", d.folder);
    assert_int_equal(pl_store_open(&d.cx, path, PL_STORE_USE, &s), PL_ENOTFOUND);
    assert_int_equal(pl_store_open(&d.cx, d.where[0], PL_STORE_CREATE, &s), PL_EIO);
    write_file(path, "this is a text, and long enough to be looked at as a database\n");
    assert_int_equal(pl_store_open(&d.cx, path, PL_STORE_USE, &s), PL_EFORMAT);
    write_file(path, "");
    assert_int_equal(pl_store_open(&d.cx, path, PL_STORE_USE, &s), PL_EFORMAT);
    unlink(path);
    snprintf(path, sizeof path, "%s/no/such/folder.db", d.folder);
    assert_int_equal(pl_store_open(&d.cx, path, PL_STORE_CREATE, &s), PL_EIO);
    assert_int_equal(
        pl_store_open(&d.cx, "postgresql:///x?host=/nonexistent", PL_STORE_USE, &s),
        PL_EIO);
    databases_end(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(an_empty_database_is_brought_to_the_newest_schema),
        BOTH(every_statement_can_be_prepared),
        BOTH(what_is_written_reads_back),
        BOTH(a_broken_key_is_a_conflict),
        BOTH(what_is_rolled_back_was_never_there),
        BOTH(a_reader_sees_one_state),
        BOTH(a_newer_database_is_refused),
        BOTH(a_wrong_number_of_values_is_refused),
        cmocka_unit_test(files_that_are_no_database_of_ours_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
