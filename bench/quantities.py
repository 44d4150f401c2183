#!/usr/bin/env python3
"""Quantities found against quantities labelled by hand: precision and recall.

The labels (bench/quantities/*.tsv) cover whole lines: every quantity of a line, and the
numerals on it that are none. A quantity is found when a fact stands at its place; its
value and unit are right when both are equal, its head noun when the fact's noun ends with
it. The files that the labels are of lie in ../shared/data; where they are absent, nothing
is measured.

    bench/quantities.py [--build DIR] [--misses]
"""

import argparse
import collections
import decimal
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
LABELS = ROOT / "bench" / "quantities"
# A row of a file: what its columns are called.
Label = collections.namedtuple("Label", "file line col text value unit head kind")
KINDS = {"l": "level", "c": "change", "s": "share"}


def labels_of(path):
    """The rows of a file of labels."""
    for number, row in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not row or row.startswith("#"):
            continue
        fields = row.split("\t")
        if len(fields) != len(Label._fields):
            raise SystemExit(f"{path.name}:{number}: {len(fields)} fields")
        one = Label(*fields)
        yield one._replace(line=int(one.line), col=int(one.col) - 1)


class Document:
    """The facts of a file by line, each with the columns it spans."""

    def __init__(self, program, path):
        ran = subprocess.run([program, "read", "--json", str(path)], capture_output=True,
                             check=True)
        data = path.read_bytes()
        self.lines = [line.decode("utf-8") for line in data.split(b"\n")]
        starts = [0]
        for line in data.split(b"\n"):
            starts.append(starts[-1] + len(line) + 1)
        self.facts = collections.defaultdict(list)
        for fact in json.loads(ran.stdout)["facts"]:
            line = fact["place"]["line"]
            at, n = fact["place"]["span"]
            begin = data[starts[line - 1]:at].decode("utf-8")
            here = data[at:at + n].decode("utf-8")
            fact["cols"] = (len(begin), len(begin) + len(here))
            self.facts[line].append(fact)


def overlap(label, fact):
    begin, end = fact["cols"]
    return begin < label.col + len(label.text) and label.col < end


class Score:
    """Counts over some files of labels, and what was missed."""

    def __init__(self):
        self.n = collections.Counter()
        self.misses = []

    def miss(self, what, label, fact):
        self.misses.append((what, label, fact))

    def fact(self, label, fact):
        """A fact that stands where a quantity is labelled."""
        right = (decimal.Decimal(fact["value"]) == decimal.Decimal(label.value) and
                 (fact["unit"] or "") == label.unit)
        self.n["right"] += right
        if not right:
            self.miss("value", label, fact)
        if label.kind:
            self.n["kinds"] += 1
            self.n["kind"] += fact.get("kind") == KINDS[label.kind]
            if fact.get("kind") != KINDS[label.kind]:
                self.miss("kind", label, fact)
        if not label.head:
            self.n["headless"] += 1
            return
        noun = fact.get("subject") or ""
        head = right and any(noun.endswith(h) for h in label.head.split("/"))
        self.n["head"] += head
        if right and not head:
            self.miss("head", label, fact)

    def line(self, labels, facts):
        left = list(facts)
        for label in labels:
            at = next((f for f in left if overlap(label, f)), None)
            if label.value == "either":
                if at:
                    left.remove(at)
                continue
            if label.value == "none":
                continue
            self.n["labels"] += 1
            self.n["heads"] += bool(label.head)
            if not at:
                self.miss("not found", label, None)
                continue
            left.remove(at)
            self.n["facts"] += 1
            self.fact(label, at)
        for fact in left:
            self.n["facts"] += 1
            self.n["spurious"] += 1
            self.miss("none is", next((x for x in labels if overlap(x, fact)), None), fact)

    def rows(self):
        n = self.n
        nouns = n["facts"] - n["headless"] # of the facts, those that have a head to get
        yield "value + unit", n["right"], n["facts"], n["labels"]
        yield "with head noun", n["head"], nouns, n["heads"]


def show(name, score, misses):
    print(f"  {name}: {score.n['labels']} quantities, {score.n['facts']} facts")
    for what, right, found, asked in score.rows():
        print(f"    {what:15} precision {right / max(found, 1):.3f}   "
              f"recall {right / max(asked, 1):.3f}")
    print(f"    {'kind':15} {score.n['kind'] / max(score.n['kinds'], 1):.3f} of those found")
    if not misses:
        return
    for what, label, fact in score.misses:
        place = f"{label.line}:{label.col + 1} {label.text}" if label else ""
        want = f"{label.value} {label.unit} {label.head} {label.kind}" if label else ""
        got = (f"{fact['text']} = {fact['value']} {fact['unit']} "
               f"[{fact.get('subject')}] {fact.get('kind')}" if fact else "")
        line = "" if label else f"{fact['place']['line']}:{fact['cols'][0] + 1}"
        print(f"      {what}: {line}{place} want {want} got {got}")


def measure(program, paths):
    """One score over the labels of these files, or None where a document is absent."""
    score, documents = Score(), {}
    for path in paths:
        lines = collections.defaultdict(list)
        for label in labels_of(path):
            lines[label.file, label.line].append(label)
        for (name, line), labels in lines.items():
            if not (DATA / name).exists():
                return None
            if name not in documents:
                documents[name] = Document(program, DATA / name)
            facts = sorted(documents[name].facts[line], key=lambda f: f["cols"])
            score.line(labels, facts)
    return score


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    args.add_argument("--misses", nargs="?", const="", metavar="NAME",
                      help="list what was missed (of the labels of that name)")
    args = args.parse_args()
    print("quantities against labels made by hand:")
    for path in sorted(LABELS.glob("*.tsv")):
        score = measure(str(args.build.resolve() / "plumbline"), [path])
        if score is None:
            print(f"  {path.stem}: its document is not here: skipped", file=sys.stderr)
        else:
            show(path.stem, score, args.misses is not None and args.misses in path.stem)


if __name__ == "__main__":
    main()
