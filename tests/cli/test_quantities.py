"""Quantities found and what they count: against labels made by hand on real documents, and
the counting itself on labels made here."""

import pathlib
import sys
import tempfile
import unittest

from program import NO_SAMPLES, PROGRAM, ROOT, SAMPLES

sys.path.insert(0, str(ROOT / "bench"))

import quantities  # noqa: E402

# What has to come out: precision and recall of value and unit, of the head noun.
AIMS = {"report": (0.98, 0.95), "samples": (0.98, 0.95), "held-out": (0.98, 0.90)}
TEXT = "一、2022年工作情况\n新增学位1350个，12家企业获得贷款3亿元，第2批。\n"


def scores(score):
    return {what: (right / found, right / asked)
            for what, right, found, asked in score.rows()}


class Labels(unittest.TestCase):
    @unittest.skipUnless(SAMPLES.exists(), NO_SAMPLES)
    def test_the_aims_hold_on_real_documents(self):
        for name, (value, head) in AIMS.items():
            path = ROOT / "bench" / "quantities" / f"{name}.tsv"
            got = scores(quantities.measure(PROGRAM, [path]))
            for aim, what in ((value, "value + unit"), (head, "with head noun")):
                for side, number in zip(("precision", "recall"), got[what]):
                    with self.subTest(labels=name, what=what, side=side):
                        self.assertGreaterEqual(number, aim)

    def measured(self, *rows):
        with tempfile.TemporaryDirectory() as top:
            folder = pathlib.Path(top)
            (folder / "a.txt").write_text(TEXT, "utf-8")
            labels = folder / "labels.tsv"
            labels.write_text("".join("\t".join(row) + "\n" for row in rows), "utf-8")
            kept, quantities.DATA = quantities.DATA, folder
            try:
                return quantities.measure(PROGRAM, [labels])
            finally:
                quantities.DATA = kept

    def test_what_is_right_counts_for_both(self):
        score = self.measured(
            ("a.txt", "2", "5", "1350个", "1350", "个", "学位", "l"),
            ("a.txt", "2", "11", "12家", "12", "家", "企业/公司", "l"),
            ("a.txt", "2", "20", "3亿元", "300000000", "元", "贷款", "l"),
            ("a.txt", "2", "25", "2", "none", "", "", ""))
        self.assertEqual(scores(score), {"value + unit": (1, 1), "with head noun": (1, 1)})
        self.assertEqual(score.misses, [])

    def test_each_miss_is_counted_and_named(self):
        score = self.measured(
            ("a.txt", "2", "5", "1350个", "1351", "个", "学位", "l"),
            ("a.txt", "2", "11", "12家", "12", "家", "医院", "l"),
            ("a.txt", "2", "25", "2批", "2", "批", "项目", "l"))
        self.assertEqual([m[0] for m in score.misses],
                         ["value", "head", "not found", "none is"])
        self.assertEqual(scores(score)["value + unit"], (1 / 3, 1 / 3))
        self.assertEqual(score.n["head"], 0)

    def test_a_document_that_is_absent_is_not_measured(self):
        self.assertIsNone(self.measured(("b.txt", "2", "5", "1350个", "1350", "个", "", "")))


if __name__ == "__main__":
    unittest.main()
