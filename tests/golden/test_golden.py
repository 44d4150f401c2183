"""What `read` and `check` say of the example documents, kept as files.

A change that is meant:  python3 tests/golden/test_golden.py --accept
and the diff is what gets reviewed.
"""

import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "cli"))

from program import EXAMPLES, ROOT, run  # noqa: E402

EXAMPLE_NAMES = ("district-2023.txt", "five-year-plan.md", "county-work-report.txt",
                 "task-list.tsv")
OUTPUTS = {
    "read.txt": ("read", "--lang", "zh"),
    "check.txt": ("check", "--lang", "zh"),
}


def output(example, ending):
    """What the program prints, named from the tree's top so that paths are everybody's."""
    path = (EXAMPLES / example).relative_to(ROOT)
    return run(*OUTPUTS[ending], path, cwd=ROOT).out


def kept(example, ending):
    return HERE / f"{pathlib.Path(example).stem}.{ending}"


def case(example, ending):
    def test(self):
        self.maxDiff = 4000
        path = kept(example, ending)
        self.assertTrue(path.exists(), f"{path.name} is not there: accept it")
        self.assertMultiLineEqual(path.read_text("utf-8"), output(example, ending))
    return test


class Golden(unittest.TestCase):
    """Filled below."""


for one in EXAMPLE_NAMES:
    for kind in OUTPUTS:
        setattr(Golden, f"test_{one}_{kind}", case(one, kind))

if __name__ == "__main__":
    if sys.argv[1:] == ["--accept"]:
        for one in EXAMPLE_NAMES:
            for kind in OUTPUTS:
                kept(one, kind).write_text(output(one, kind), "utf-8")
    else:
        unittest.main()
