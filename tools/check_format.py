#!/usr/bin/env python3
"""C is formatted as .clang-format says. Generated files are not ours to format."""

import re
import subprocess

from checklib import c_files, finish, root_from_args

WARNING = re.compile(r"([^:\n]+):(\d+):\d+: error: (.*)")

root = root_from_args()
files = [str(p) for p in c_files(root, "src", "include", "tests", "fuzz", "bench",
                                 "examples")]
ran = subprocess.run(["clang-format", "--dry-run", "-Werror", *files], cwd=root,
                     capture_output=True, text=True) if files else None
found = WARNING.findall(ran.stderr) if ran else []
if ran and ran.returncode != 0 and not found:
    found = [("clang-format", 1, ran.stderr.strip())]
finish([(path, line, what.replace("code should be clang-formatted", "not formatted"))
        for path, line, what in found])
