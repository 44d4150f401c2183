#!/usr/bin/env python3
"""Rules R-nnn: each one in src/ or lexicon/ is explained in docs/rules.md and held by a
test; each one explained or tested is in the code; no number stands for two.
"""

import pathlib
import re

from checklib import finish, read, root_from_args, tree_files

RULE = re.compile(r"\bR-\d{3}\b")
ROW = re.compile(r"\| (R-\d{3}) \|")


def rules_in(root, accept):
    """First place of each rule in the files that `accept` takes."""
    places = {}
    for path in tree_files(root):
        if not accept(path):
            continue
        for number, row in enumerate(read(root, path).splitlines(), 1):
            for rule in RULE.findall(row):
                places.setdefault(rule, (path, number))
    return places


def named_twice(root):
    """Rows of docs/rules.md with the number of a row before them."""
    seen = set()
    page = root / "docs" / "rules.md"
    rows = page.read_text(encoding="utf-8").splitlines() if page.exists() else []
    for number, row in enumerate(rows, 1):
        if match := ROW.match(row):
            if match[1] in seen:
                yield pathlib.Path("docs/rules.md"), number, f"{match[1]} is explained twice"
            seen.add(match[1])


def problems_of(root):
    yield from named_twice(root)
    code = rules_in(root, lambda p: p.parts[0] in ("src", "lexicon"))
    docs = rules_in(root, lambda p: str(p) == "docs/rules.md")
    tests = rules_in(root, lambda p: p.parts[0] == "tests" and p.parts[1] != "tools")
    for have, lack, what in ((code, docs, "is not explained in docs/rules.md"),
                             (code, tests, "is in no test"),
                             (docs, code, "is explained but not in the code"),
                             (tests, code, "is tested but not in the code")):
        for rule in sorted(set(have) - set(lack)):
            path, line = have[rule]
            yield path, line, f"{rule} {what}"


root = root_from_args()
finish(list(problems_of(root)))
