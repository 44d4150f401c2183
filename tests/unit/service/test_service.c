/* A database of plans from its making to its restoring, on both engines. */
#include "plans.h"

static void an_imported_report_is_listed_with_its_verdicts(databases *d, pl_store *s)
{
    pl_plan_lines lines;
    pl_saved saved;

    s = make(d, s);
    saved = import(d, s, report);
    assert_false(saved.known);
    assert_int_equal(saved.links[PL_LINK_NEW], 2);
    assert_int_equal(pl_service_plans(&d->cx, s, of("110199"), &lines), PL_OK);
    assert_int_equal(lines.n, 1);
    assert_str(lines.p[0].plan_id, saved.plan_id);
    assert_str(lines.p[0].kind, of("annual"));
    assert_int_equal(lines.p[0].year, 2023);
    assert_int_equal(lines.p[0].judged_year, 2022);
    assert_int_equal(lines.p[0].rows, 2);
    assert_int_equal(lines.p[0].met, 1);
    assert_int_equal(lines.p[0].missed, 1);
}
ON_BOTH(an_imported_report_is_listed_with_its_verdicts)

static void the_same_document_is_kept_once(databases *d, pl_store *s)
{
    pl_saved first, again;
    pl_plan_lines lines;
    pl_anchor end;

    s = make(d, s);
    first = import(d, s, report);
    again = import(d, s, report);
    assert_true(again.known);
    assert_str(again.plan_id, first.plan_id);
    assert_int_equal(pl_service_plans(&d->cx, s, of("110199"), &lines), PL_OK);
    assert_int_equal(lines.n, 1);
    assert_int_equal(pl_audit_end(&d->cx, s, &end), PL_OK);
    assert_int_equal(end.seq, 2); /* init, import */
}
ON_BOTH(the_same_document_is_kept_once)

static void indicators_of_the_next_report_are_linked(databases *d, pl_store *s)
{
    pl_saved saved;

    s = make(d, s);
    import(d, s, report);
    saved = import(d, s, next_report);
    assert_int_equal(saved.links[PL_LINK_SAME], 1);
    assert_int_equal(saved.links[PL_LINK_UNSURE], 1);
    assert_int_equal(saved.links[PL_LINK_NEW], 1);
    assert_int_equal(saved.unsure.n, 1);
    assert_str(saved.unsure.p[0].name, of("新增学位数"));
    assert_str(saved.unsure.p[0].resembles, of("新增学位"));
}
ON_BOTH(indicators_of_the_next_report_are_linked)

/* ---- audit */

static pl_status verify(databases *d, pl_store *s, const pl_anchor *anchors, size_t n)
{
    pl_anchor end;

    return pl_audit_verify(&d->cx, s, anchors, n, &end);
}

/* Change the database behind the program's back. */
static void tamper(databases *d, pl_store *s, const char *sql)
{
    char command[4000];

    if (s == d->s[0])
        snprintf(command, sizeof command, "sqlite3 %s \"%s\"", d->where[0], sql);
    else
        snprintf(command, sizeof command, "psql -q '%s' -c \"%s\"", d->where[1], sql);
    assert_int_equal(system(command), 0);
}

static void an_untouched_chain_verifies(databases *d, pl_store *s)
{
    pl_anchor end = {0};

    s = make(d, s);
    import(d, s, report);
    import(d, s, next_report);
    assert_int_equal(pl_audit_end(&d->cx, s, &end), PL_OK);
    assert_int_equal(end.seq, 3);
    assert_int_equal(verify(d, s, &end, 1), PL_OK);
}
ON_BOTH(an_untouched_chain_verifies)

/* One after the other in one database; the first two are undone again. */
static void every_way_to_tamper_is_found(databases *d, pl_store *s)
{
    static const struct {
        const char *sql, *said, *undo;
    } rows[] = {
        {"UPDATE audit SET actor = 'nobody' WHERE seq = 2", "entry 2 was changed",
         "UPDATE audit SET actor = 'tester' WHERE seq = 2"},
        {"UPDATE audit SET seq = 20 WHERE seq = 2", "entry 2 is missing",
         "UPDATE audit SET seq = 2 WHERE seq = 20"},
        {"DELETE FROM audit WHERE seq = 3", "the chain ends at entry 2", NULL},
        {"UPDATE audit_head SET seq = 2, hash = (SELECT hash FROM audit WHERE seq = 2)",
         "entries 3 to 3 are cut off", NULL},
    };
    pl_anchor end;

    s = make(d, s);
    import(d, s, report);
    import(d, s, next_report);
    assert_int_equal(pl_audit_end(&d->cx, s, &end), PL_OK);
    for (size_t i = 0; i < PL_COUNT(rows); i++) {
        tamper(d, s, rows[i].sql);
        assert_int_equal(verify(d, s, &end, 1), PL_EFORMAT);
        if (!strstr(d->cx.err.msg, rows[i].said))
            fail_msg("%s: said '%s'", rows[i].sql, d->cx.err.msg);
        if (!rows[i].undo)
            continue;
        tamper(d, s, rows[i].undo);
        assert_int_equal(verify(d, s, &end, 1), PL_OK);
    }
}
ON_BOTH(every_way_to_tamper_is_found)

static void an_anchor_is_a_number_and_a_digest(void **state)
{
    static const char hash[] =
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    char line[100];
    pl_anchor a;

    (void)state;
    snprintf(line, sizeof line, "12 %s signed", hash);
    assert_true(pl_anchor_parse(of(line), &a));
    assert_int_equal(a.seq, 12);
    assert_string_equal(a.hash, hash);
    assert_false(pl_anchor_parse(of("12"), &a));
    assert_false(pl_anchor_parse(of("x 0123"), &a));
    assert_false(pl_anchor_parse(of("12 0123"), &a));
    assert_false(pl_anchor_parse(of(""), &a));
}

/* ---- backup */

static void paths(const databases *d, char backup[128], char second[128], char file[128])
{
    snprintf(backup, 128, "%s/first.gz", d->folder);
    snprintf(second, 128, "%s/second.gz", d->folder);
    snprintf(file, 128, "%s/restored.db", d->folder);
}

static void remove_all(const char *a, const char *b, const char *db)
{
    char path[160];

    unlink(a);
    unlink(b);
    unlink(db);
    snprintf(path, sizeof path, "%s-wal", db);
    unlink(path);
    snprintf(path, sizeof path, "%s-shm", db);
    unlink(path);
}

/* From either engine into a SQLite file, and out again: the same bytes. */
static void a_backup_restores_to_the_same_rows(databases *d, pl_store *s)
{
    char backup[128], second[128], file[128];
    int64_t rows, restored, rows_again;
    pl_health health;
    pl_store *t;

    paths(d, backup, second, file);
    s = make(d, s);
    import(d, s, report);
    import(d, s, next_report);
    assert_int_equal(pl_service_backup(&d->cx, s, backup, &rows), PL_OK);
    assert_int_equal(pl_service_backup(&d->cx, s, backup, &rows_again), PL_EIO);
    if (pl_service_restore(&d->cx, &request, backup, file, &restored) != PL_OK)
        fail_msg("%s", d->cx.err.msg);
    assert_int_equal(restored, rows);
    assert_int_equal(pl_service_open(&d->cx, file, &t), PL_OK);
    assert_int_equal(pl_service_doctor(&d->cx, t, &health), PL_OK);
    assert_int_equal(health.audit.seq, 3);
    assert_int_equal(pl_service_backup(&d->cx, t, second, &rows_again), PL_OK);
    assert_int_equal(rows_again, rows);
    char command[1000];
    snprintf(command, sizeof command,
             "zcat %s >%s.1; zcat %s | cmp - %s.1; r=$?; rm %s.1; exit $r", backup,
             backup, second, backup, backup);
    assert_int_equal(system(command), 0);
    pl_store_close(t);
    remove_all(backup, second, file);
}
ON_BOTH(a_backup_restores_to_the_same_rows)

static void a_damaged_backup_restores_nothing(void **state)
{
    static const char *const damage[] = {
        "zcat %s | sed '$d' | gzip >%s",               /* its end is cut off */
        "zcat %s | sed 's/云溪区/云溪县/' | gzip >%s", /* changed */
        "zcat %s | sed '2d' | gzip >%s",               /* a row is gone */
        "head -c 300 %s >%s",                          /* half a gzip */
        "cat %s >/dev/null; echo no backup | gzip >%s",
        ("cat %s >/dev/null; printf '{\"plumbline\":\"backup\",\"schema\":99}\\n' | gzip "
         ">%s"),
    };
    databases d;
    char backup[128], second[128], file[128], command[400];
    int64_t rows;
    pl_store *s;

    (void)state;
    databases_begin(&d);
    paths(&d, backup, second, file);
    s = make(&d, d.s[0]);
    import(&d, s, report);
    assert_int_equal(pl_service_backup(&d.cx, s, backup, &rows), PL_OK);
    for (size_t i = 0; i < PL_COUNT(damage); i++) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        snprintf(command, sizeof command, damage[i], backup, second);
#pragma GCC diagnostic pop
        assert_int_equal(system(command), 0);
        if (pl_service_restore(&d.cx, &request, second, file, &rows) == PL_OK)
            fail_msg("restored after: %s", command);
        assert_int_equal(access(file, F_OK), -1);
    }
    remove_all(backup, second, file);
    databases_end(&d);
}

/* ---- older databases */

/* Counts, links and search aside: what a report of then left. */
static const char old_rows[] =
    "INSERT INTO audit_head VALUES (1, 0, '');"
    "INSERT INTO plan VALUES ('110199', 'p', 'd', 'annual', 2023, 2022, '计划', NULL, 1,"
    " 'x');"
    "INSERT INTO indicator VALUES ('110199', 'i', '新增学位', '个');"
    "INSERT INTO plan_row VALUES ('110199', 'p', 0, 'i', 'new', '1', 'a', '', '新增学位',"
    " '个', '', '', '[]', '{}'), ('110199', 'p', 1, 'i', 'new', '1', 'b', '', '新增学位',"
    " '个', '', '', '[]', '{}'), ('110199', 'p', 2, 'i', 'new', '2', '', '', '新增学位',"
    " '个', '', '', '[]', '{}');"
    "INSERT INTO verdict VALUES ('110199', 'p', 0, 2022, 'met', '', '', '', '', '', ''),"
    " ('110199', 'p', 1, 2022, 'missed', '', '', '', '', '', ''),"
    " ('110199', 'p', 2, 2022, 'met', '', '', '', '', '', '');";

/* A database as the first version of the schema left it. */
static void make_old(databases *d, pl_store *s)
{
    pl_value region[] = {PL_V_TEXT(of("110199")), PL_V_NULL, PL_V_TEXT(of("云溪区"))};
    pl_value doc[] = {region[0],
                      PL_V_TEXT(of("d")),
                      PL_V_TEXT(of("s")),
                      PL_V_TEXT(of("a.txt")),
                      PL_V_TEXT(of("text")),
                      PL_V_TEXT(of("计划")),
                      PL_V_TEXT(of("{}")),
                      PL_V_BYTES(((pl_bytes){(const unsigned char *)"", 0})),
                      PL_V_INT(1),
                      PL_V_TEXT(of("x"))};

    assert_int_equal(pl_store_migrate_to(&d->cx, s, 1, 1700000000), PL_OK);
    assert_int_equal(pl_store_run(&d->cx, s, PL_Q_region_put, region, 3, NULL), PL_OK);
    assert_int_equal(pl_store_run(&d->cx, s, PL_Q_document_put, doc, 10, NULL), PL_OK);
    tamper(d, s, old_rows);
}

static void an_older_database_is_refused_until_it_is_upgraded(databases *d, pl_store *s)
{
    const char *where = d->where[s == d->s[1]];
    char backup[128], file[128], second[128];
    pl_plan_lines lines;
    pl_upgrade up;
    pl_health health;
    int64_t rows;
    pl_store *t;

    paths(d, backup, second, file);
    make_old(d, s);
    assert_int_equal(pl_service_open(&d->cx, where, &t), PL_EFORMAT);
    assert_non_null(strstr(d->cx.err.msg, "plumbline upgrade"));
    assert_int_equal(pl_service_upgrade(&d->cx, &request, where, backup, &up), PL_OK);
    assert_int_equal(up.from, 1);
    assert_true(up.to > 1);
    assert_int_equal(up.rows, 11);
    assert_int_equal(pl_service_open(&d->cx, where, &t), PL_OK);
    assert_int_equal(pl_service_doctor(&d->cx, t, &health), PL_OK);
    assert_int_equal(pl_service_plans(&d->cx, t, of("110199"), &lines), PL_OK);
    assert_int_equal(lines.p[0].rows, 3);
    assert_int_equal(lines.p[0].met, 1);
    assert_int_equal(lines.p[0].missed, 1);
    pl_store_close(t);
    /* nothing more to do, and no second backup */
    assert_int_equal(pl_service_upgrade(&d->cx, &request, where, second, &up), PL_OK);
    assert_int_equal(up.from, up.to);
    assert_int_equal(access(second, F_OK), -1);
    /* the backup is of the old schema, and is restored to the new one */
    if (pl_service_restore(&d->cx, &request, backup, file, &rows) != PL_OK)
        fail_msg("%s", d->cx.err.msg);
    assert_int_equal(rows, 11);
    assert_int_equal(pl_service_open(&d->cx, file, &t), PL_OK);
    assert_int_equal(pl_service_plans(&d->cx, t, of("110199"), &lines), PL_OK);
    assert_int_equal(lines.p[0].met, 1);
    pl_store_close(t);
    remove_all(backup, second, file);
}
ON_BOTH(an_older_database_is_refused_until_it_is_upgraded)

/* No backup, no upgrade: the database stays as it was. */
static void without_a_backup_nothing_is_upgraded(databases *d, pl_store *s)
{
    const char *where = d->where[s == d->s[1]];
    pl_schema_state state;
    pl_upgrade up;

    make_old(d, s);
    assert_int_equal(
        pl_service_upgrade(&d->cx, &request, where, "/nonexistent/b.gz", &up), PL_EIO);
    assert_int_equal(pl_store_schema(&d->cx, s, &state), PL_OK);
    assert_int_equal(state.version, 1);
}
ON_BOTH(without_a_backup_nothing_is_upgraded)

static void wrong_regions_are_refused(void **state)
{
    static const char *const codes[] = {"", "11010", "1101081", "11010x", "海淀"};
    databases d;
    char file[128], a[128], b[128];
    pl_store *s;

    (void)state;
    databases_begin(&d);
    paths(&d, a, b, file);
    for (size_t i = 0; i < PL_COUNT(codes); i++) {
        assert_int_equal(
            pl_service_init(&d.cx, &request, file, of(codes[i]), of("区"), &s),
            PL_ESYNTAX);
        assert_int_equal(access(file, F_OK), -1);
    }
    s = make(&d, d.s[0]);
    pl_str region;
    assert_int_equal(pl_service_region(&d.cx, s, of(""), &region), PL_OK);
    assert_str(region, of("110199"));
    assert_int_equal(pl_service_region(&d.cx, s, of("999999"), &region), PL_ENOTFOUND);
    databases_end(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        BOTH(an_imported_report_is_listed_with_its_verdicts),
        BOTH(the_same_document_is_kept_once),
        BOTH(indicators_of_the_next_report_are_linked),
        BOTH(an_untouched_chain_verifies),
        BOTH(every_way_to_tamper_is_found),
        cmocka_unit_test(an_anchor_is_a_number_and_a_digest),
        BOTH(a_backup_restores_to_the_same_rows),
        cmocka_unit_test(a_damaged_backup_restores_nothing),
        BOTH(an_older_database_is_refused_until_it_is_upgraded),
        BOTH(without_a_backup_nothing_is_upgraded),
        cmocka_unit_test(wrong_regions_are_refused),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
