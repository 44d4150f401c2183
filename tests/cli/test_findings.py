"""plumbline check: findings chosen, waived and explained."""

import pathlib
import tempfile
import unittest

from program import DISTRICT, run

CONTRADICTS = """丙区2023年国民经济和社会发展计划
序号 | 指标 | 2022年目标值 | 2022年数值 | 2023年目标值 | 责任部门
1 | 新增停车位(个) | 500 | 520 | 600 | 城管局
一、2023年主要任务
全年新增停车位650个。
"""


def check(*args, text=CONTRADICTS):
    return run("check", "-", *args, stdin=text.encode())


class WaiverFile:
    """A file of waivers for as long as it is needed."""

    def __init__(self, text):
        self.top = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.top.name, "waivers.tsv")
        self.path.write_text(text, "utf-8")

    def __enter__(self):
        return self.path

    def __exit__(self, *_):
        self.top.cleanup()


class Chosen(unittest.TestCase):
    def kinds(self, *args):
        ran = run("check", DISTRICT, "--json", "--relations", *args)
        return ran, {r["kind"] for r in ran.json()["relations"]}

    def test_only_keeps_the_kinds_it_names(self):
        for args, want in ((("--only", "title"), {"title"}),
                           (("--only", "title,rounding"), {"title", "rounding"}),
                           (("--only", "title", "--only=rounding"), {"title", "rounding"}),
                           (("--only", "title,rounding", "--skip", "title"), {"rounding"})):
            with self.subTest(args=args):
                self.assertEqual(self.kinds(*args)[1], want)

    def test_skip_leaves_out_the_kinds_it_names(self):
        every = self.kinds()[1]
        self.assertEqual(self.kinds("--skip", "title, rounding")[1],
                         every - {"title", "rounding"})

    def test_what_is_left_out_does_not_count(self):
        self.assertEqual(check().status, 1)
        self.assertEqual(check("--skip", "target").status, 0)
        self.assertEqual(check("--only", "sequence").status, 0)
        self.assertEqual(check("--only", "target").status, 1)

    def test_an_unknown_kind_is_refused_and_the_kinds_are_named(self):
        for option in ("--only", "--skip"):
            for kinds in ("summ", "", "title,", "title,summ"):
                with self.subTest(option=option, kinds=kinds):
                    ran = check(option, kinds)
                    self.assertEqual((ran.status, ran.out), (2, ""))
                    self.assertIn(option, ran.err)
                    self.assertIn("sum rate repeat rounding", ran.err)

    def test_choosing_nothing_is_refused(self):
        self.assertEqual(check("--only", "title", "--skip", "title").status, 2)


class Explained(unittest.TestCase):
    def relations(self):
        return check("--json", "--relations").json()["relations"]

    def test_a_finding_is_told_in_full(self):
        finding = next(r for r in self.relations() if r["kind"] == "target"
                       and r["severity"] == "error")
        for lang in ("zh", "en"):
            ran = check("--explain", finding["id"], "--lang", lang)
            self.assertEqual(ran.status, 0)
            for words in (finding["id"], finding["message"][lang], finding["reason"][lang],
                          "650", "600", "【650个】"):
                self.assertIn(words, ran.out)
            self.assertNotIn("\x1b", ran.out)

    def test_a_relation_that_holds_is_told_too(self):
        held = next(r for r in self.relations() if r["severity"] == "held")
        ran = check("--explain", held["id"])
        self.assertEqual(ran.status, 0)
        self.assertIn(held["message"]["zh"], ran.out)

    def test_as_json_it_is_the_relation_as_it_was_listed(self):
        for relation in self.relations():
            told = check("--json", "--explain", relation["id"]).json()
            self.assertEqual(told, {"file": "-", "relations": [relation]})

    def test_an_unknown_id_is_refused(self):
        for extra in ((), ("--json",)):
            ran = check("--explain", "sum-000000", *extra)
            self.assertEqual((ran.status, ran.out), (2, ""))
            self.assertIn("sum-000000", ran.err)

    def test_relations_lists_what_holds_with_its_outcome(self):
        listed = check("--relations", "--lang", "en").out
        for relation in self.relations():
            self.assertIn(f"{relation['severity']}  {relation['id']}", listed)


class Waived(unittest.TestCase):
    WAIVER = "# 已核\ntarget\t新增停车位 650 个\t含在建项目\t张三\n"

    def test_a_waived_error_no_longer_sets_the_status(self):
        with WaiverFile(self.WAIVER) as path:
            report = check("--json", "--waivers", path)
        self.assertEqual(report.status, 0)
        finding, = report.json()["findings"]
        self.assertEqual(finding["severity"], "error")
        self.assertEqual(finding["waived"], {
            "line": 2, "kind": "target", "text": "新增停车位 650 个", "reason": "含在建项目",
            "by": "张三"})
        self.assertEqual(report.json()["summary"]["checks"]["waived"], 1)
        self.assertEqual(report.json()["waivers_unused"], [])

    def test_text_output_says_why_and_by_whom(self):
        with WaiverFile(self.WAIVER) as path:
            for lang, words in (("zh", "已豁免"), ("en", "waived")):
                ran = check("--waivers", path, "--lang", lang)
                self.assertEqual(ran.status, 0)
                for said in (words, "含在建项目", "张三", "650"):
                    self.assertIn(said, ran.out)

    def test_another_error_still_counts(self):
        text = CONTRADICTS + "市政工作。新增停车位700个。\n"
        with WaiverFile(self.WAIVER) as path:
            self.assertEqual(check("--waivers", path, text=text).status, 1)

    def test_a_waiver_that_lets_nothing_stand_is_named(self):
        with WaiverFile(self.WAIVER.replace("650", "651")) as path:
            report = check("--json", "--waivers", path)
            text = check("--waivers", path).out
        self.assertEqual(report.status, 1)
        unused, = report.json()["waivers_unused"]
        self.assertEqual(unused["line"], 2)
        self.assertIn("新增停车位 651 个", text)

    def test_waivers_of_kinds_left_out_are_not_unused(self):
        with WaiverFile(self.WAIVER) as path:
            report = check("--json", "--waivers", path, "--skip", "target").json()
        self.assertEqual(report["waivers_unused"], [])

    def test_a_bad_line_is_refused_with_its_place(self):
        for text, where in (("sums\ta\tb\tc\n", ":1:1:"), ("\nsum\ta\tb\n", ":2:8:")):
            with self.subTest(text=text), WaiverFile(text) as path:
                ran = check("--waivers", path)
                self.assertEqual((ran.status, ran.out), (2, ""))
                self.assertIn(str(path) + where, ran.err)

    def test_a_file_that_is_not_there_is_refused(self):
        ran = check("--waivers", "/no/such/file")
        self.assertEqual((ran.status, ran.out), (2, ""))


if __name__ == "__main__":
    unittest.main()
