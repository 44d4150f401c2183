"""plumbline read: the plan that a document holds, each datum with its place."""

import hashlib
import json
import pathlib
import tempfile
import unittest

from program import DISTRICT, EXAMPLES, NO_SAMPLES, SAMPLES, run

REAL = SAMPLES / "haidian-2023.txt"
TOP = {"file", "document", "sections", "columns", "indicators", "tasks", "goals", "facts",
       "units"}
ROLES = {"target", "value", "term_target", "other"}


def cells_of(indicator):
    return {cell["header"]: cell["text"] for cell in indicator["cells"]}


class District(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.ran = run("read", DISTRICT, "--json")
        cls.plan = cls.ran.json()
        cls.source = DISTRICT.read_bytes()

    def test_the_keys_are_those_of_the_contract(self):
        self.assertEqual(self.ran.status, 0)
        self.assertLessEqual(TOP, set(self.plan))
        document = self.plan["document"]
        self.assertEqual(document["bytes"], len(self.source))
        self.assertEqual(document["sha256"], hashlib.sha256(self.source).hexdigest())
        self.assertEqual(document["format"], "text")
        self.assertEqual(document["meta"]["文号"], "云政办发〔2023〕1号")

    def test_indicators_with_their_parts_units_and_attributes(self):
        indicators = self.plan["indicators"]
        self.assertEqual({i["no"] for i in indicators}, {str(n) for n in range(1, 32)})
        self.assertEqual(len(indicators), 33)
        first = indicators[0]
        self.assertEqual(first["name"], "常住人口规模")
        self.assertEqual(first["unit"], "万人")
        self.assertEqual(first["attribute"], "binding")
        self.assertEqual(first["responsible"], ["区发展改革委"])
        self.assertEqual(first["group"], "“十四五”规划内指标")
        self.assertEqual(indicators[-1]["group"], "“十四五”规划外指标")
        parts = [i for i in indicators if i["no"] == "21"]
        self.assertEqual([p["part"] for p in parts], ["a", "b"])
        for part in parts:
            self.assertEqual(part["responsible"], ["区教委"])

    def test_cells_carry_header_role_year_text_and_place(self):
        for indicator in self.plan["indicators"]:
            self.assertEqual(len(indicator["cells"]), 5, indicator["name"])
            for cell in indicator["cells"]:
                self.assertIn(cell["role"], ROLES)
                self.assertIsInstance(cell["phrase"], dict)
                self.assertGreater(cell["place"]["line"], 0)
                for key in ("table", "row", "col"):
                    self.assertIn(key, cell["place"])
        cells = self.plan["indicators"][0]["cells"]
        self.assertEqual([(c["role"], c["year"], c["text"]) for c in cells],
                         [("term_target", 2025, "312.6"), ("value", 2021, "313"),
                          ("target", 2022, "<313.2"), ("value", 2022, "<313.2"),
                          ("target", 2023, "<313.2")])

    def test_a_place_leads_back_to_what_was_written(self):
        for indicator in self.plan["indicators"]:
            for cell in indicator["cells"]:
                at, n = cell["place"]["span"]
                written = self.source[at:at + n].decode()
                self.assertEqual("".join(written.split()), "".join(cell["text"].split()))
                line = self.source.count(b"\n", 0, at) + 1
                self.assertEqual(cell["place"]["line"], line)

    def test_tasks_with_their_units_and_goals(self):
        tasks = self.plan["tasks"]
        self.assertEqual([t["no"] for t in tasks], list(range(1, 29)))
        self.assertEqual(tasks[12]["responsible"], ["云溪交通支队", "区教委", "区卫生健康委"])
        what = [g["what"] for g in tasks[21]["goals"]]
        self.assertIn("全民健身路径", what)

    def test_special_columns_and_main_goals(self):
        self.assertEqual([c["number"] for c in self.plan["columns"]],
                         ["专栏1", "专栏2", "专栏3"])
        goals = {g["name"]: g for g in self.plan["goals"]}
        self.assertEqual(goals["地区生产总值"]["text"], "增长6%")
        self.assertEqual(goals["地区生产总值"]["year"], 2023)

    def test_facts_keep_their_value_and_resolution_exactly(self):
        facts = {f["text"]: f for f in self.plan["facts"]}
        fact = facts["1.28万户"]
        self.assertEqual((fact["value"], fact["resolution"], fact["unit"]),
                         ("12800", "100", "户"))
        self.assertEqual(facts["近7000家"]["hedge"], "near")

    def test_units_are_counted(self):
        units = {u["name"]: u for u in self.plan["units"]}
        self.assertEqual(units["区商务局"]["tasks"], 3)
        self.assertEqual(units["区商务局"]["indicators"], 2)

    def test_text_output_is_for_people(self):
        ran = run("read", DISTRICT)
        self.assertEqual(ran.status, 0)
        self.assertIn("常住人口规模", ran.out)
        self.assertNotIn("\x1b", ran.out)


class OtherExamples(unittest.TestCase):
    def test_a_five_year_table_in_markdown(self):
        plan = run("read", EXAMPLES / "five-year-plan.md", "--json").json()
        self.assertEqual(len(plan["indicators"]), 20)
        first = plan["indicators"][0]
        self.assertEqual((first["name"], first["unit"]), ("地区生产总值", "亿元"))
        roles = {(c["role"], c["year"]) for c in first["cells"]}
        self.assertIn(("value", 2020), roles)
        self.assertTrue(any(c["role"] in ("term_target", "target") and c["year"] == 2025 and
                            c["text"] == "11400左右" for c in first["cells"]), first["cells"])
        self.assertEqual(plan["indicators"][14]["attribute"], "binding")

    def test_a_narrative_report_gives_its_main_goals(self):
        plan = run("read", EXAMPLES / "county-work-report.txt", "--json").json()
        goals = {g["name"]: (g["text"], g["year"]) for g in plan["goals"]}
        self.assertEqual(goals["地区生产总值"], ("增长6%左右", 2024))
        self.assertIn("城镇调查失业率", goals)
        self.assertIn("固定资产投资", goals)
        self.assertEqual(plan["indicators"], [])

    def test_a_tabbed_task_list_with_lead_and_supporting_units(self):
        plan = run("read", EXAMPLES / "task-list.tsv", "--json").json()
        self.assertEqual(len(plan["tasks"]), 10)
        self.assertEqual(plan["tasks"][1]["responsible"],
                         ["县农业农村局", "县水利局", "县财政局", "各乡镇"])


class Files(unittest.TestCase):
    def test_standard_input_is_read_for_a_dash(self):
        ran = run("read", "-", "--json", stdin=DISTRICT.read_bytes())
        self.assertEqual(ran.status, 0, ran.err)
        self.assertEqual(len(ran.json()["indicators"]), 33)

    def test_several_files_give_one_line_each_in_order(self):
        ran = run("read", DISTRICT, EXAMPLES / "task-list.tsv", "--json")
        self.assertEqual(ran.status, 0)
        self.assertEqual([d["file"] for d in ran.lines()],
                         [str(DISTRICT), str(EXAMPLES / "task-list.tsv")])

    def test_a_bad_file_is_reported_and_the_rest_go_on(self):
        ran = run("read", EXAMPLES / "no-such-file", DISTRICT, "--json")
        self.assertEqual(ran.status, 2)
        self.assertIn("no-such-file", ran.err)
        self.assertEqual(len(ran.err.splitlines()), 1)
        good = [d for d in ran.lines() if "indicators" in d]
        self.assertEqual(len(good), 1)

    def test_unreadable_files_are_status_2_and_one_line(self):
        rows = {
            "empty-zip": b"PK\x05\x06" + b"\0" * 18,
            "broken-zip": b"PK\x03\x04" + b"\xff" * 60,
            "picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
            "zeros": b"\0" * 4096,
            "cut-character": "云溪区发展".encode()[:-1],
            "old-word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512,
        }
        with tempfile.TemporaryDirectory() as top:
            for name, data in rows.items():
                with self.subTest(file=name):
                    path = pathlib.Path(top, name)
                    path.write_bytes(data)
                    ran = run("read", path)
                    self.assertEqual(ran.status, 2, ran.out)
                    self.assertEqual(len(ran.err.splitlines()), 1, ran.err)
                    self.assertTrue(ran.err.startswith(f"plumbline: {path}"), ran.err)

    def test_an_empty_document_is_an_empty_plan(self):
        ran = run("read", "-", "--json", stdin=b"")
        self.assertIn(ran.status, (0, 2))
        if ran.status == 0:
            self.assertEqual(ran.json()["indicators"], [])

    def test_hostile_text_ends_soon(self):
        rows = {"brackets": "(" * 200000, "pipes": "|" * 200000, "rows": "a |\n" * 50000,
                "one-line": "增长6%," * 40000, "numbering": "(1)" * 60000,
                "tabs": "a\tb\n" * 40000, "digits": "9" * 200000}
        for name, text in rows.items():
            with self.subTest(text=name):
                ran = run("read", "-", "--json", stdin=text.encode())
                self.assertIn(ran.status, (0, 2), ran.err)
                if ran.status == 0:
                    json.loads(ran.out)


@unittest.skipUnless(REAL.exists(), NO_SAMPLES)
class RealReport(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.plan = run("read", REAL, "--json").json()

    def test_every_cell_of_the_indicator_table(self):
        gold = json.loads((SAMPLES / "gold" / "indicators.json").read_text("utf-8"))
        got = {}
        for indicator in self.plan["indicators"]:
            for cell in indicator["cells"]:
                key = f"{cell['role']}_{cell['year']}".replace("term_target", "target")
                row = indicator["no"] + (indicator["part"] or "")
                got[row, key] = "".join(cell["text"].split())
        seen = {}
        for row in gold:
            for key, text in row.items():
                if key.startswith(("target_", "value_")):
                    seen[row["no"], key] = "".join(text.split())
        self.assertEqual(got, seen)

    def test_every_task_with_its_units(self):
        gold = json.loads((SAMPLES / "gold" / "tasks.json").read_text("utf-8"))
        self.assertEqual([(t["no"], t["text"]) for t in self.plan["tasks"]],
                         [(t["no"], t["text"]) for t in gold])


if __name__ == "__main__":
    unittest.main()
