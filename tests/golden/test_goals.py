"""The year's main expected targets of real reports: complete, and nothing else.

goals/*.tsv were written by hand from the reports: name, phrase and, where the report has a
table, the number of the indicator it is joined to; a fourth cell is the goal's year, where
documents set aims for several. The first line names the document.
Long cells keep their beginning and end, with … between: texts of reports are not copied.
"""

import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "cli"))

from program import NO_SAMPLES, SAMPLES, run  # noqa: E402


def rows(path):
    head, *rest = path.read_text("utf-8").splitlines()
    document, year = head.lstrip("# ").split("\t")
    return SAMPLES / document, int(year), [row.split("\t") for row in rest]


def without_spaces(text):
    return "".join(text.split())


def as_kept(text, kept):
    """The text in the form that `kept` has: whole, or with … for its middle."""
    begin, cut, end = kept.partition("…")
    fits = cut and text.startswith(begin) and text.endswith(end)
    return kept if fits and len(text) > len(kept) else text


def case(path):
    document, year, want = rows(path)

    @unittest.skipUnless(document.exists(), NO_SAMPLES)
    def test(self):
        self.maxDiff = None
        goals = run("read", "--json", document).json()["goals"]
        got = [[without_spaces(goal["name"]), without_spaces(goal["text"])]
               for goal in goals]
        if len(got) == len(want):
            got = [list(map(as_kept, texts, row)) for texts, row in zip(got, want)]
        self.assertEqual([row[:2] for row in want], got)
        for goal, row in zip(goals, want):
            self.assertEqual(goal["year"], int(row[3]) if len(row) > 3 else year)
            self.assertTrue(goal["target"]["complete"], goal["text"])
            self.assertGreater(goal["place"]["line"], 0)
            if len(row) > 2:
                self.assertEqual((goal["indicator"] or "") + (goal["part"] or ""), row[2])
    return test


class Goals(unittest.TestCase):
    """Filled below, one test a document."""


for one in sorted((HERE / "goals").glob("*.tsv")):
    setattr(Goals, f"test_{one.stem}", case(one))

if __name__ == "__main__":
    unittest.main()
