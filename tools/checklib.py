"""What the checks share: the tree's files, C without its comments, and how to report."""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def root_from_args():
    """The tree to check: the first argument, or the one this file stands in."""
    return pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT


def tree_files(root):
    """Paths, relative to root, of the files that belong to the tree: those git knows and
    those it would add; without git, all but build directories."""
    try:
        out = subprocess.run(
            ["git", "-C", root, "ls-files", "-co", "--exclude-standard", "-z"],
            check=True, capture_output=True).stdout.decode()
        names = [n for n in out.split("\0") if n]
    except (OSError, subprocess.CalledProcessError):
        names = [str(p.relative_to(root)) for p in root.rglob("*") if p.is_file()]
        names = [n for n in names if not re.match(r"(\.git|build[^/]*|node_modules)/", n)]
    return [pathlib.PurePosixPath(n) for n in sorted(names) if (root / n).is_file()]


def c_files(root, *folders):
    return [p for p in tree_files(root)
            if p.suffix in (".c", ".h") and p.parts[0] in folders]


def read(root, path):
    return (root / path).read_text(encoding="utf-8", errors="replace")


_TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def bare_c(text):
    """C with comments and literals blanked; lines stay where they are."""
    return _TOKEN.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)


def finish(problems):
    """Print `file:line: what` and end the program: 1 when there is any."""
    for path, line, what in problems:
        print(f"{path}:{line}: {what}")
    sys.exit(1 if problems else 0)
