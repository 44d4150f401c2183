"""Rows of cases/*.txt, each a test of its own."""

import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "cli"))

from program import run  # noqa: E402 (it stands beside the tests of the program)

EXIT = {"met": 0, "missed": 1, "undetermined": 3}


def case(target, value, verdict, certainty, options):
    def test(self):
        ran = run("eval", target, value, *options, "--json")
        self.assertEqual(ran.status, EXIT[verdict], ran.out + ran.err)
        got = ran.json()
        self.assertEqual(got["verdict"], verdict, ran.out)
        if certainty != "-":
            self.assertEqual(got["certainty"], certainty, ran.out)
    return test


def rows(path):
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            fields = line.split("\t")
            yield number, (*fields[:4], fields[4].split() if len(fields) > 4 else [])


class Eval(unittest.TestCase):
    """Filled below."""


for line_number, row in rows(HERE / "eval.txt"):
    setattr(Eval, f"test_{line_number:03}_{row[0]}_against_{row[1]}", case(*row))

if __name__ == "__main__":
    unittest.main()
