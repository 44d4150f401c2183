"""A database of plans at the command line: made, filled, listed, backed up, restored."""

import hashlib
import pathlib
import sqlite3
import subprocess
import tempfile
import unittest

from program import DISTRICT, EXAMPLES, PROGRAM, ROOT, run


class Database(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.db = self.folder / "a.db"
        made = run("init", self.db, "--region", "110199", "--name", "云溪区")
        self.assertEqual((made.status, made.err), (0, ""))

    def entries(self):
        with sqlite3.connect(self.db) as db:
            return db.execute("SELECT action, actor FROM audit ORDER BY seq").fetchall()

    def test_a_report_is_imported_and_listed(self):
        ran = run("import", self.db, DISTRICT, "--by", "计划科")
        self.assertEqual(ran.status, 0, ran.err)
        listed = run("plans", self.db)
        self.assertEqual(len(listed.out.splitlines()), 1)
        self.assertIn("完成/未完成 27 / 4", listed.out)
        self.assertEqual(self.entries()[-1], ("import", "计划科"))

    def test_nobody_else_may_read_it(self):
        run("import", self.db, DISTRICT)
        for path in self.folder.iterdir():
            self.assertEqual(path.stat().st_mode & 0o777, 0o600, path.name)

    def test_english_says_the_same(self):
        self.assertIn("no plans yet", run("plans", self.db, "--lang", "en").out)

    def test_one_document_is_kept_once(self):
        run("import", self.db, DISTRICT)
        again = run("import", self.db, DISTRICT)
        self.assertEqual(again.status, 0)
        self.assertIn("此前已导入", again.out)
        self.assertEqual(len(run("plans", self.db).out.splitlines()), 1)

    def test_an_unreadable_file_does_not_stop_the_others(self):
        empty = self.folder / "empty.txt"
        empty.write_bytes(b"")
        ran = run("import", self.db, empty, DISTRICT)
        self.assertEqual(ran.status, 2)
        self.assertIn("empty.txt", ran.err)
        self.assertEqual(len(run("plans", self.db).out.splitlines()), 1)

    def test_a_term_plan_is_told_from_an_annual_one(self):
        run("import", self.db, EXAMPLES / "five-year-plan.md")
        with sqlite3.connect(self.db) as db:
            self.assertEqual(db.execute("SELECT kind, year FROM plan").fetchall(),
                             [("term", 2025)])

    def test_a_backup_restores(self):
        run("import", self.db, DISTRICT)
        gz, other = self.folder / "b.gz", self.folder / "b.db"
        self.assertEqual(run("backup", self.db, gz).status, 0)
        self.assertEqual(run("restore", other, gz).status, 0)
        self.assertEqual(run("plans", other).out, run("plans", self.db).out)
        self.assertIn("完好", run("doctor", other).out)

    def test_nothing_is_written_over(self):
        gz = self.folder / "b.gz"
        run("backup", self.db, gz)
        before = gz.read_bytes()
        self.assertEqual(run("backup", self.db, gz).status, 2)
        self.assertEqual(gz.read_bytes(), before)
        self.assertEqual(run("restore", self.db, gz).status, 2)
        self.assertEqual(run("init", self.db, "--region", "110199", "--name", "x").status, 2)
        self.assertIn("完好", run("doctor", self.db).out)

    def test_tampering_is_found(self):
        run("import", self.db, DISTRICT)
        anchors = self.folder / "anchors"
        anchors.write_text(run("audit", "anchor", self.db).out)
        self.assertEqual(run("audit", "verify", self.db, anchors).status, 0)
        with sqlite3.connect(self.db) as db:
            db.execute("UPDATE audit SET actor = 'x' WHERE seq = 2")
        ran = run("audit", "verify", self.db, anchors)
        self.assertEqual(ran.status, 2)
        self.assertIn("entry 2 was changed", ran.err)
        self.assertEqual(run("doctor", self.db).status, 2)

    def test_an_older_database_is_upgraded_after_a_backup(self):
        # The tables of the first version of the schema.
        sql = (ROOT / "src/store/migrations/0001-plan.sql").read_bytes()
        old = self.folder / "old.db"
        with sqlite3.connect(old) as db:
            db.executescript("PRAGMA application_id = 0x504c4d42;" + sql.decode())
            db.execute("INSERT INTO schema_migration VALUES (1, 'plan', ?, 1)",
                       [hashlib.sha256(sql).hexdigest()])
            db.execute("INSERT INTO region VALUES ('110199', NULL, '云溪区')")
            db.execute("INSERT INTO audit_head VALUES (1, 0, '')")
        for command in ("plans", "doctor"):
            refused = run(command, old)
            self.assertEqual(refused.status, 2)
            self.assertIn("plumbline upgrade", refused.err)
        upgraded = run("upgrade", old)
        self.assertEqual(upgraded.status, 0, upgraded.err)
        backups = list(self.folder.glob("old.db.v1-*.gz"))
        self.assertEqual(len(backups), 1)
        self.assertIn("完好", run("doctor", old).out)
        self.assertEqual(run("import", old, DISTRICT).status, 0)
        self.assertIn("已是最新", run("upgrade", old).out)
        again = self.folder / "again.db"
        self.assertEqual(run("restore", again, *backups).status, 0)
        self.assertIn("完好", run("doctor", again).out)

    def test_wrong_use_is_said(self):
        for args, said in (
                (("init", self.folder / "x.db"), "--region CODE --name NAME"),
                (("init", self.folder / "x.db", "--region", "1", "--name", "y"), "six digits"),
                (("import", self.db), "import DB FILE"),
                (("plans", self.folder / "none.db"), "no such database"),
                (("plans", DISTRICT), "not a database"),
                (("plans", self.db, "--region", "999999"), "no region"),
                (("audit", "shout", self.db), "audit verify"),
                (("restore", self.folder / "y.db", DISTRICT), "backup")):
            with self.subTest(args=args):
                ran = run(*args)
                self.assertEqual(ran.status, 2)
                self.assertIn(said, ran.err)
                self.assertEqual(len(ran.err.splitlines()), 1)
        self.assertFalse((self.folder / "y.db").exists())

    def test_a_killed_import_is_whole_or_not_there(self):
        for delay in (0.0, 0.01, 0.02, 0.04, 0.08):
            child = subprocess.Popen([PROGRAM, "import", self.db, DISTRICT],
                                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                child.wait(delay)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
            self.assertIn("完好", run("doctor", self.db).out)
            with sqlite3.connect(self.db) as db:
                plans, rows = (db.execute(f"SELECT count(*) FROM {t}").fetchone()[0]
                               for t in ("plan", "plan_row"))
            self.assertEqual(rows, 33 * plans)


if __name__ == "__main__":
    unittest.main()
