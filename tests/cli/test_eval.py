"""plumbline eval: one verdict, explained; its exit status is the verdict."""

import json
import unittest

from program import run

EXIT = {"met": 0, "missed": 1, "undetermined": 3}

# One of each outcome; tests/cases/eval.txt has the many.
ROWS = [
    ("6以上", "6.6", ["--name", "园区企业研发投入强度"], "met"),
    ("15左右", "8-9", ["--name", "自贸区企业收入增速"], "missed"),
    ("不高于全市平均水平", "2.6", ["--name", "城镇登记失业率"], "undetermined"),
]

BAD_USAGE = [
    ["eval"],
    ["eval", "6以上"],
    ["eval", "6以上", "4", "5"],
    ["eval", "6以上", "4", "--direction", "sideways"],
    ["eval", "6以上", "4", "--no-such-option"],
    ["eval", "6以上", "4", "--name"],
    ["no-such-command"],
]


class Eval(unittest.TestCase):
    def test_the_exit_status_is_the_verdict(self):
        for target, value, options, verdict in ROWS:
            for form in ([], ["--json"]):
                with self.subTest(target=target, value=value, form=form):
                    ran = run("eval", target, value, *options, *form)
                    self.assertEqual(ran.status, EXIT[verdict], ran.out + ran.err)
                    self.assertTrue(ran.out.strip())

    def test_a_verdict_explains_itself_in_both_languages(self):
        got = run("eval", "15左右", "8-9", "--name", "自贸区企业收入增速", "--json").json()
        self.assertIn("未完成", got["why"]["zh"])
        self.assertIn("missed", got["why"]["en"])
        self.assertIn("5.25", got["why"]["zh"])
        self.assertEqual(got["direction"], "up")
        self.assertEqual(got["direction_from"], "name")

    def test_what_is_undetermined_says_what_it_needs(self):
        got = run("eval", "不高于全市平均水平", "2.6", "--name", "城镇登记失业率",
                  "--json").json()
        self.assertTrue(got["needs"])

    def test_bad_usage_is_status_2_and_one_line_on_standard_error(self):
        for args in BAD_USAGE:
            with self.subTest(args=args):
                ran = run(*args)
                self.assertEqual(ran.status, 2, ran.out + ran.err)
                self.assertEqual(ran.out, "")
                self.assertTrue(ran.err.startswith("plumbline: "), ran.err)

    def test_any_words_get_an_answer(self):
        for target in ["", "(", "((((", "))))", "6" * 400, "以上", "%", "\u3000", "é̂", "-" * 5000,
                       "达到" * 300, "1/0", "0", "-0", "9" * 15, "九" * 40, "(" * 5000]:
            for value in ["", "6", target]:
                with self.subTest(target=target[:20], value=value[:20]):
                    ran = run("eval", target, value, "--json")
                    self.assertIn(ran.status, (0, 1, 2, 3), ran.err)
                    if ran.status != 2:
                        json.loads(ran.out)

    def test_text_that_is_not_utf8_is_refused_or_judged_never_crashes(self):
        ran = run("eval", b"\xff\xfe".decode("utf-8", "surrogateescape"), "6")
        self.assertIn(ran.status, (2, 3), ran.err)


if __name__ == "__main__":
    unittest.main()
