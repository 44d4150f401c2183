"""`compare`: two plans side by side."""

import pathlib
import tempfile
import unittest

from program import DISTRICT, EXAMPLES, run


class Compare(unittest.TestCase):
    def later(self, *changes):
        """The example, with some of its text changed."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        text = DISTRICT.read_text(encoding="utf-8")
        for was, now in changes:
            self.assertIn(was, text)
            text = text.replace(was, now)
        path = pathlib.Path(folder.name) / "later.txt"
        path.write_text(text, encoding="utf-8")
        return path

    def test_a_plan_beside_itself_is_unchanged(self):
        ran = run("compare", DISTRICT, DISTRICT, "--json")
        self.assertEqual(ran.status, 0)
        summary = ran.json()["summary"]
        self.assertEqual(summary.pop("same"), 33)
        self.assertEqual(set(summary.values()), {0})

    def test_a_moved_target_is_told_with_how_far(self):
        later = self.later(("控制在3%以内", "控制在3.5%以内"))
        row = [r for r in run("compare", DISTRICT, later, "--json").json()["rows"]
               if r["change"] != "same"]
        self.assertEqual(len(row), 1)
        self.assertEqual((row[0]["change"], row[0]["by"]), ("loosened", "0.5"))
        self.assertEqual(row[0]["now"]["name"], "城镇登记失业率")
        text = run("compare", DISTRICT, later).out
        self.assertIn("放宽1项  不变32项", text)
        self.assertIn("loosened 1  unchanged 32",
                      run("compare", DISTRICT, later, "--lang", "en").out)

    def test_plans_of_other_indicators_have_new_and_dropped_ones(self):
        summary = run("compare", DISTRICT, EXAMPLES / "five-year-plan.md",
                      "--json").json()["summary"]
        self.assertGreater(summary["new"], 5)
        self.assertGreater(summary["dropped"], 5)

    def test_wrong_use_is_said(self):
        for args in ((), (DISTRICT,), (DISTRICT, "no-such-file"), (DISTRICT,) * 3):
            ran = run("compare", *args)
            self.assertEqual(ran.status, 2)
            self.assertEqual(len(ran.err.splitlines()), 1)


if __name__ == "__main__":
    unittest.main()
