#!/usr/bin/env python3
"""Texts in the tree are our own: no 20 characters in a row out of the sample documents,
names of indicators apart. Needs the samples (SAMPLES, default ../shared/data); ends with
77, "skipped", where they are not.
"""

import json
import os
import pathlib
import sys

from checklib import finish, root_from_args, tree_files

RUN = 20  # characters, white space not counted


def pieces(text):
    """(text without white space, line of each character left) of each cell or passage:
    cells, ended by `|` or a tab, hold the same short phrases everywhere."""
    kept, lines, line = [], [], 1
    for c in text + "|":
        if c in "|\t":
            yield "".join(kept), lines
            kept, lines = [], []
        elif not c.isspace():
            kept.append(c)
            lines.append(line)
        line += c == "\n"


def runs(text):
    return {text[i:i + RUN] for i in range(len(text) - RUN + 1)}


def is_chinese(run):
    return sum("\u4e00" <= c <= "\u9fff" for c in run) >= RUN // 2


def sample_runs(samples):
    taken, names = set(), set()
    for path in sorted(samples.rglob("*")):
        if path.suffix in (".txt", ".html"):
            for text, _ in pieces(path.read_text(encoding="utf-8", errors="replace")):
                taken |= runs(text)
    gold = samples / "gold" / "indicators.json"
    if gold.exists():
        for row in json.loads(gold.read_text(encoding="utf-8")):
            names |= runs("".join(f"{row.get('name', '')}({row.get('unit', '')})".split()))
    return {run for run in taken if is_chinese(run)} - names


def problems_of(root, taken):
    for path in tree_files(root):
        data = (root / path).read_bytes()
        if b"\0" in data:
            continue
        for text, lines in pieces(data.decode("utf-8", "replace")):
            until = -1
            for i in range(len(text) - RUN + 1):
                if text[i:i + RUN] in taken:
                    if i > until:
                        yield path, lines[i], f"as in a sample document: {text[i:i + RUN]}"
                    until = i + RUN


root = root_from_args()
samples = pathlib.Path(os.environ.get("SAMPLES", root.parent / "shared" / "data"))
if not samples.is_dir():
    print("no sample documents (../shared/data): not checked")
    sys.exit(77)
finish(list(problems_of(root, sample_runs(samples))))
