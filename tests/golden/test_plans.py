"""Plans of invented places, consistent as real authors write them: check must find no
error in them, and find what is planted: tests/golden/plans/planted.tsv lists wrong
figures and words, one at a time, with the kind of finding that each has to give; `none`
where no rule looks yet.

    python3 tests/golden/test_plans.py --table    which are found, and by what
"""

import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "cli"))

from program import run  # noqa: E402

PLANS = HERE / "plans"
LEAST_CHARACTERS = 30000


def plans():
    return sorted(p for p in PLANS.iterdir() if p.name != "planted.tsv")


def planted():
    for row in (PLANS / "planted.tsv").read_text("utf-8").splitlines():
        if not row.startswith("#"):
            name, was, now, kind = row.split("\t")
            yield name, was.replace("\\n", "\n"), now.replace("\\n", "\n"), kind


def findings(text, *severities):
    ran = run("check", "-", "--json", stdin=text.encode())
    return [f for f in ran.json()["findings"] if f["severity"] in severities]


def with_error(name, was, now):
    text = (PLANS / name).read_text("utf-8")
    assert text.count(was) == 1, f"{name}: '{was}' stands there {text.count(was)} times"
    return text.replace(was, now)


def said(found):
    return [f"{f['severity']} {f['kind']}: {f['message']['zh']}" for f in found]


class Plans(unittest.TestCase):
    def test_there_is_enough_to_read(self):
        characters = sum(len(p.read_text("utf-8")) for p in plans())
        self.assertGreaterEqual(characters, LEAST_CHARACTERS)

    def test_plans_that_agree_with_themselves_have_no_error(self):
        for plan in plans():
            with self.subTest(plan=plan.name):
                self.assertEqual(said(findings(plan.read_text("utf-8"), "error")), [])

    def test_what_is_planted_is_found(self):
        for name, was, now, kind in planted():
            if kind == "none":
                continue
            with self.subTest(plan=name, now=now):
                found = findings(with_error(name, was, now), "error", "warning")
                self.assertTrue([f for f in found if f["kind"] == kind],
                                f"no {kind}: {said(found)}")

    def test_nothing_else_is_found_beside_it(self):
        """One wrong figure may contradict several places: every error names its own
        line."""
        for name, was, now, _ in planted():
            with self.subTest(plan=name, now=now):
                text = with_error(name, was, now)
                first = text[:text.index(now)].count("\n") + 1
                lines = range(first, first + now.count("\n") + 1)
                for f in findings(text, "error"):
                    self.assertTrue([p for p in f["places"] if p.get("line") in lines],
                                    said([f]))


def table():
    rows = list(planted())
    found = {kind: 0 for kind in ("error", "warning", "")}
    for name, was, now, kind in rows:
        hits = [f for f in findings(with_error(name, was, now), "error", "warning")]
        of_kind = [f for f in hits if f["kind"] == kind]
        best = (of_kind or hits or [{"severity": ""}])[0]
        found[best["severity"]] += 1
        print(f"{name:22} {now[:24]!r:30} {kind:9} ->", said([best]) if hits else "-")
    print(f"{len(rows)} planted: {found['error']} errors, {found['warning']} warnings, "
          f"{found['']} not found")


if __name__ == "__main__":
    table() if sys.argv[1:] == ["--table"] else unittest.main()
