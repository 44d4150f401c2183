"""plumbline eval: one verdict, explained; its exit status is the verdict."""

import json
import unittest

from program import run

EXIT = {"met": 0, "missed": 1, "undetermined": 3}

# target, value, options, verdict, certainty (None: not looked at)
ROWS = [
    ("6以上", "4", ["--name", "地区生产总值增速"], "missed", "measured"),
    ("6以上", "6", [], "met", "measured"),
    ("6以上", "6.6", ["--name", "园区企业研发投入强度"], "met", "measured"),
    ("<313.2", "<313.2", ["--name", "常住人口规模"], "met", "measured"),
    ("15左右", "8-9", ["--name", "自贸区企业收入增速"], "missed", "measured"),
    ("15左右", "30", ["--name", "自贸区企业收入增速"], "met", "measured"),
    ("35左右", "35左右", ["--name", "劳动生产率"], "met", None),
    ("10以上", "10以上", [], "met", "measured"),
    ("达到市级要求(33)", "30", ["--name", "细颗粒物浓度"], "met", "resolved"),
    ("达到市级要求(62)", "63.7", ["--name", "实际利用外资额"], "met", "resolved"),
    ("净减1.2平方公里", "可完成", ["--name", "城乡建设用地规模"], "met", "asserted"),
    ("低于全市平均水平(3)", "2.63(市级3.12)", ["--name", "城镇登记失业率"], "met", "resolved"),
    ("4", "0.1(同口径8%)", ["--name", "区级一般公共预算收入增速"], "missed", "comparable"),
    ("7.2(调整为5.5)", "5.5左右", ["--name", "每千名常住人口养老床位数"], "met", "amended"),
    ("稳步增长", "2.9", ["--name", "居民人均可支配收入增速"], "met", None),
    ("逐步增加", "1.75", ["--previous", "0.88", "--name", "疾控力量配比"], "met", None),
    ("控制在3%以内", "2.6%", ["--name", "城镇登记失业率"], "met", "measured"),
    ("控制在3%以内", "3.1%", ["--name", "城镇登记失业率"], "missed", "measured"),
    ("5", "5", ["--name", "没有方向的指标"], "met", None),
    ("5", "6", ["--name", "没有方向的指标"], "undetermined", None),
    ("5", "6", ["--direction", "up"], "met", "measured"),
    ("5", "6", ["--direction", "down"], "missed", "measured"),
    ("不高于全市平均水平", "2.6", ["--name", "城镇登记失业率"], "undetermined", None),
    ("5000", "该指标年底出上年数据", ["--direction", "up"], "undetermined", None),
    ("at least 95%", "96%", [], "met", "measured"),
    ("no more than 5.5%", "5.6%", [], "missed", "measured"),
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
    def test_verdict_certainty_and_exit_status(self):
        for target, value, options, verdict, certainty in ROWS:
            with self.subTest(target=target, value=value, options=options):
                ran = run("eval", target, value, *options, "--json")
                got = ran.json()
                self.assertEqual(got["verdict"], verdict, ran.out)
                self.assertEqual(ran.status, EXIT[verdict])
                if certainty:
                    self.assertEqual(got["certainty"], certainty, ran.out)

    def test_text_output_has_the_same_exit_status(self):
        for target, value, options, verdict, _ in ROWS:
            with self.subTest(target=target, value=value, options=options):
                ran = run("eval", target, value, *options)
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
