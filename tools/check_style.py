#!/usr/bin/env python3
"""What a compiler does not see: banned functions, length of functions and files, heap
use outside the folders that may, unfinished work, paths of one machine.

Exceptions stand in tools/check_style.allow, a row each: path, word, reason.
"""

import re

from checklib import bare_c, c_files, finish, read, root_from_args, tree_files

BANNED = ("strcpy strcat sprintf vsprintf strtok atoi atol atof strtod gmtime localtime "
          "rand alloca gets strncpy").split()
HEAP = "malloc calloc realloc free".split()
HEAP_FOLDERS = {"base", "store", "http"}
MAX_FUNCTION_LINES = 60
MAX_FILE_LINES = 800

CALL = re.compile(r"\b(" + "|".join(BANNED + HEAP) + r")\s*\(")
UNFINISHED = re.compile(r"\b(" + "|".join(("TO" "DO", "FIX" "ME", "X" "XX")) + r")\b")
# Homes and work folders of some machine; system paths such as /usr are nobody's.
MACHINE_PATH = re.compile(r"(?<![\w./~-])/(?:home|root|work|Users|mnt|srv)/[\w.]")
CODE = ("src", "include", "tests", "fuzz", "bench")


def allowed(root):
    try:
        rows = read(root, "tools/check_style.allow").splitlines()
    except FileNotFoundError:
        return set()
    return {tuple(row.split()[:2]) for row in rows if row and row[0] != "#"}


def calls(path, text, allow):
    """Banned words in src/, heap words where no heap is kept."""
    for found in CALL.finditer(text):
        word = found.group(1)
        if word in HEAP and path.parts[1] in HEAP_FOLDERS:
            continue
        if (str(path), word) not in allow:
            line = text.count("\n", 0, found.start()) + 1
            yield path, line, f"{word} is not for this folder" if word in HEAP else (
                f"{word} is banned")


def table_lines(rows):
    """Lines of the tables in a function: `… = {` up to the `};` that stands as far in."""
    count, end = 0, None
    for row in rows:
        if end is None and row.rstrip().endswith("= {"):
            end = " " * (len(row) - len(row.lstrip())) + "};"
        elif end is not None:
            count += 1
            end = None if row.startswith(end) else end
    return count


def lengths(path, text):
    """A function's body stands between braces in the first column (.clang-format)."""
    start = None
    lines = text.splitlines()
    for number, row in enumerate(lines, 1):
        if row.startswith("{"):
            start = number
        elif row.startswith("}") and start is not None:
            body = lines[start:number - 1]
            n = len(body) - table_lines(body)
            if n > MAX_FUNCTION_LINES:
                yield path, start, f"function of {n} lines, at most {MAX_FUNCTION_LINES}"
            start = None
    if len(lines) > MAX_FILE_LINES:
        yield path, len(lines), f"file of {len(lines)} lines, at most {MAX_FILE_LINES}"


def words(path, text):
    """Unfinished work and paths of one machine, in any text file."""
    for number, row in enumerate(text.splitlines(), 1):
        found = UNFINISHED.search(row)
        if found:
            yield path, number, f"{found.group(1)}: finish it, or leave it out"
        found = MACHINE_PATH.search(row)
        if found:
            yield path, number, f"path of one machine: {row[found.start():].split()[0]}"


def problems_of(root):
    allow = allowed(root)
    for path in c_files(root, *CODE):
        bare = bare_c(read(root, path))
        if path.parts[0] == "src":
            yield from calls(path, bare, allow)
        yield from lengths(path, bare)
    for path in tree_files(root):
        data = (root / path).read_bytes()
        if b"\0" in data or path.name == "LICENSE" or path.parts[:2] == ("fuzz", "corpus"):
            continue
        yield from words(path, data.decode("utf-8", "replace"))


root = root_from_args()
finish(list(problems_of(root)))
