#!/usr/bin/env python3
"""Pages keep up with the tree: links lead to files, and the README of each folder of src/
names its files (`docx_*` names a family) and no others.
"""

import fnmatch
import re

from checklib import finish, read, root_from_args, tree_files

LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")
NAME = re.compile(r"`([\w*]+(?:\.[ch]|\*))`")


def links(root, pages):
    for page in pages:
        for number, row in enumerate(read(root, page).splitlines(), 1):
            for target in LINK.findall(row):
                if not (root / page.parent / target).exists():
                    yield page, number, f"no {target}"


def names(root, files):
    folders = {}
    for path in files:
        if path.parts[0] == "src" and len(path.parts) == 3 and path.suffix in (".c", ".h"):
            folders.setdefault(path.parent, []).append(path.name)
    for folder, have in folders.items():
        page = folder / "README.md"
        if page not in files:
            yield page, 1, "not there"
            continue
        rows = read(root, page).splitlines()
        named = [(n, i) for i, row in enumerate(rows, 1) for n in NAME.findall(row)]
        for name in have:
            if not any(fnmatch.fnmatch(name, pattern) for pattern, _ in named):
                yield page, 1, f"{name} is not named"
        for pattern, line in named:
            if "/" not in pattern and not fnmatch.filter(have, pattern):
                yield page, line, f"{pattern} is named but not there"


root = root_from_args()
files = tree_files(root)
pages = [p for p in files if p.suffix == ".md"]
finish([*links(root, pages), *names(root, files)])
