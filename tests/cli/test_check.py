"""plumbline check: verdicts and findings."""

import unittest

from program import DISTRICT, EXAMPLES, NO_SAMPLES, SAMPLES, run

REAL = SAMPLES / "haidian-2023.txt"
KINDS = set("sum rate repeat rounding claim target wording title sequence unit range "
            "missing structure".split())
MISSED = {"4", "12", "26", "27"}


def missed(report):
    return {v["no"] for v in report["verdicts"] if v["verdict"] == "missed"}


class District(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.ran = run("check", DISTRICT, "--json")
        cls.report = cls.ran.json()

    def findings(self, *words):
        """Findings whose message and places name all of `words`."""
        return [f for f in self.report["findings"]
                if all(w in str(f) for w in words)]

    def test_verdicts_count_each_indicator_once(self):
        summary = self.report["summary"]
        self.assertEqual(self.report["year"], 2022)
        self.assertEqual([summary[k] for k in ("indicators", "met", "missed",
                                               "undetermined")], [31, 27, 4, 0])
        self.assertEqual(missed(self.report), MISSED)

    def test_a_verdict_names_target_value_direction_reason_and_places(self):
        verdict = next(v for v in self.report["verdicts"] if v["no"] == "4")
        self.assertEqual((verdict["target"], verdict["value"]), ("6以上", "4"))
        self.assertEqual((verdict["direction"], verdict["direction_from"]),
                         ("up", "operator"))
        self.assertTrue(verdict["why"]["zh"] and verdict["why"]["en"])
        self.assertTrue(verdict["places"])

    def test_findings_have_kind_severity_message_and_places(self):
        for finding in self.report["findings"]:
            self.assertIn(finding["kind"], KINDS)
            self.assertIn(finding["severity"], ("error", "warning", "note"))
            self.assertTrue(finding["message"]["zh"] and finding["message"]["en"])
            self.assertTrue(finding["places"], finding)

    def test_a_finding_keeps_its_id_when_lines_are_added_above_it(self):
        moved = run("check", "-", "--json",
                    stdin="前言\n\n\n".encode() + DISTRICT.read_bytes()).json()
        ids = [f["id"] for f in self.report["findings"]]
        self.assertEqual(ids, [f["id"] for f in moved["findings"]])
        self.assertEqual(len(set(ids)), len(ids))
        self.assertNotEqual(self.report["findings"][0]["places"],
                            moved["findings"][0]["places"])

    def test_narrative_against_annex_is_found(self):
        self.assertTrue(self.findings("5560", "5000"), self.report["findings"])

    def test_two_printed_figures_that_cannot_both_be_right_are_found(self):
        self.assertTrue(self.findings("28.8", "28.88"), self.report["findings"])

    def test_figures_that_agree_by_rounding_are_not_findings(self):
        for short, exact in (("15.6万", "156471"), ("1.28万", "12847"), ("12.8", "75106")):
            self.assertFalse([f for f in self.findings(short, exact)
                              if f["severity"] == "error"], (short, exact))

    def test_a_title_that_differs_from_the_list_of_annexes_is_found(self):
        self.assertTrue(self.findings("重点任务分解表"), self.report["findings"])

    def test_checks_that_hold_are_counted(self):
        self.assertGreater(self.report["summary"]["checks"]["held"], 0)

    def test_exit_status_says_whether_the_document_contradicts_itself(self):
        errors = [f for f in self.report["findings"] if f["severity"] == "error"]
        self.assertEqual(self.ran.status, 1 if errors else 0)

    def test_the_year_can_be_chosen(self):
        report = run("check", DISTRICT, "--year", "2021", "--json").json()
        self.assertEqual(report["year"], 2021)

    def test_strict_counts_only_what_was_measured(self):
        report = run("check", DISTRICT, "--strict", "--json").json()
        self.assertLess(report["summary"]["met"], 27)
        self.assertGreater(report["summary"]["undetermined"], 0)

    def test_text_output_in_both_languages(self):
        zh = run("check", DISTRICT, "--lang", "zh")
        en = run("check", DISTRICT, "--lang", "en")
        self.assertEqual((zh.status, en.status), (self.ran.status,) * 2)
        self.assertIn("27", zh.out)
        self.assertIn("met", en.out)
        self.assertNotEqual(zh.out, en.out)
        self.assertNotIn("\x1b", zh.out + en.out)


class Other(unittest.TestCase):
    def test_a_plan_without_values_has_no_verdict_but_is_no_failure(self):
        for name in ("five-year-plan.md", "county-work-report.txt", "task-list.tsv"):
            with self.subTest(file=name):
                ran = run("check", EXAMPLES / name, "--json")
                self.assertIn(ran.status, (0, 1), ran.err)
                self.assertEqual(ran.json()["summary"]["missed"], 0)

    def test_the_worst_status_of_several_files_is_the_status(self):
        ran = run("check", EXAMPLES / "no-such-file", DISTRICT, "--json")
        self.assertEqual(ran.status, 2)

    def test_bad_years_are_refused(self):
        for year in ("soon", "", "-1", "99999"):
            with self.subTest(year=year):
                self.assertEqual(run("check", DISTRICT, "--year", year).status, 2)


@unittest.skipUnless(REAL.exists(), NO_SAMPLES)
class RealReport(unittest.TestCase):
    def test_the_report_is_judged_as_it_judges_itself(self):
        report = run("check", REAL, "--json").json()
        summary = report["summary"]
        self.assertEqual([summary[k] for k in ("indicators", "met", "missed",
                                               "undetermined")], [31, 27, 4, 0])
        self.assertEqual(missed(report), MISSED)


if __name__ == "__main__":
    unittest.main()
