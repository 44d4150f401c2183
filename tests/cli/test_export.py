"""Plans from one database to another by export and import."""

import csv
import hashlib
import io
import json
import pathlib
import sqlite3
import tempfile
import unittest
import zipfile

from program import DISTRICT, EXAMPLES, run

# Columns that are ids or times, or count edits.
APART = {"plan_id", "document_id", "indicator_id", "revision_id", "unit_id", "parent_id",
         "supersedes_id", "recorded_at_s", "revision"}
# Tables of what was imported and decided.
TABLES = ("document", "plan", "plan_row", "revision", "task", "task_unit", "row_unit",
          "section", "goal", "fact", "verdict", "finding", "waiver", "row_link", "indicator",
          "unit", "unit_alias")


def rows(db, table):
    with sqlite3.connect(db) as con:
        cursor = con.execute(f"SELECT * FROM {table}")
        kept = [i for i, d in enumerate(cursor.description) if d[0] not in APART]
        return sorted([tuple(row[i] for i in kept) for row in cursor], key=repr)


class Export(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.db = self.make("a.db")
        ran = run("import", self.db, DISTRICT, EXAMPLES / "five-year-plan.md", "--by", "甲")
        self.assertEqual(ran.status, 0, ran.err)

    def make(self, name):
        db = self.folder / name
        self.assertEqual(run("init", db, "--region", "110199", "--name", "云溪区").status, 0)
        return db

    def export(self, *options):
        ran = run("export", self.db, *options)
        self.assertEqual((ran.status, ran.err), (0, ""))
        return ran

    def test_what_was_exported_is_imported_the_same(self):
        package, other = self.folder / "p.zip", self.make("b.db")
        self.export(package)
        ran = run("import", other, package, "--by", "甲")
        self.assertEqual(ran.status, 0, ran.err)
        for table in TABLES:
            with self.subTest(table=table):
                self.assertEqual(rows(other, table), rows(self.db, table))
        self.assertIn("完好", run("doctor", other).out)
        again = run("import", other, package, "--by", "甲")
        self.assertEqual(again.status, 0, again.err)
        self.assertEqual(rows(other, "plan"), rows(self.db, "plan"))

    def test_a_package_holds_documents_and_lists(self):
        with zipfile.ZipFile(io.BytesIO(self.export().bytes)) as package:
            manifest = json.loads(package.read("plumbline.json"))
            digest = hashlib.sha256(DISTRICT.read_bytes()).hexdigest()
            first, = [d for d in manifest["documents"] if d["sha256"] == digest]
            self.assertEqual(package.read("documents/" + first["sha256"]),
                             DISTRICT.read_bytes())
            text = package.read(f"plans/{first['plan']}/indicators.csv").decode("utf-8-sig")
        table = list(csv.DictReader(io.StringIO(text)))
        self.assertEqual(len(table), 33)
        self.assertIn("why_zh", table[0])

    def test_one_plan_as_json_and_csv(self):
        with sqlite3.connect(self.db) as db:
            plan, = db.execute("SELECT plan_id FROM plan WHERE kind = 'annual'").fetchone()
        whole = self.export("--plan", plan, "--format", "json").json()
        self.assertEqual([p["id"] for p in whole["plans"]], [plan])
        self.assertEqual(len(whole["plans"][0]["verdicts_list"]), 33)
        text = self.export("--plan", plan, "--format", "csv").out
        self.assertEqual(len(list(csv.reader(io.StringIO(text)))), 34)
        lines = self.export("--format", "ndjson").lines()
        self.assertEqual({line["kind"] for line in lines}, {"annual", "term"})

    def test_what_cannot_be_exported_is_said(self):
        stands = self.folder / "stands.zip"
        stands.write_text("kept")
        for args, said in ((("--plan", "none"), "no such plan"), (("--format", "pdf"), "--format"),
                           ((stands,), "exists")):
            with self.subTest(args=args):
                ran = run("export", self.db, *args)
                self.assertEqual(ran.status, 2)
                self.assertIn(said, ran.err)
        self.assertEqual(stands.read_text(), "kept")

    def test_a_damaged_package_is_refused(self):
        package, other = self.folder / "p.zip", self.make("b.db")
        with zipfile.ZipFile(io.BytesIO(self.export().bytes)) as good, \
                zipfile.ZipFile(package, "w") as bad:
            for name in good.namelist():
                bad.writestr(name, good.read(name) + (b"x" if "documents/" in name else b""))
        ran = run("import", other, package)
        self.assertEqual(ran.status, 2)
        self.assertIn("damaged", ran.err)
        self.assertEqual(rows(other, "plan"), [])


if __name__ == "__main__":
    unittest.main()
