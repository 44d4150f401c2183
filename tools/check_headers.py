#!/usr/bin/env python3
"""Every header compiles alone, and twice in one file; the public one in C++ too. What the
build generates for headers is generated here too, elsewhere.

Usage: check_headers.py [ROOT]; the compiler is $CC, or cc.
"""

import concurrent.futures
import os
import re
import pathlib
import subprocess
import sys
import tempfile

from checklib import c_files, finish, root_from_args

FLAGS = ["-D_POSIX_C_SOURCE=200809L", "-Wall", "-Wextra", "-Werror", "-Isrc", "-Iinclude",
         "-fsyntax-only"]


def generate(root, folder):
    """store/queries.def, into a folder of its own."""
    sql = sorted((root / "src" / "store").glob("sql/*.sql"))
    sql += sorted((root / "src" / "store").glob("migrations/*.sql"))
    if not sql:
        return
    (folder / "store").mkdir()
    subprocess.run([sys.executable, root / "tools" / "embed_sql", "queries",
                    folder / "store" / "queries.def", *sql], check=True)


def package_flags():
    """Where headers of libraries stand that are not in the compiler's own folders."""
    ran = subprocess.run(["pkg-config", "--cflags", "libpq"], capture_output=True, text=True)
    return ran.stdout.split()


def compile_header(root, name, language):
    compiler = os.environ.get("CC", "cc") if language == "c" else "clang"
    standard = "-std=c17" if language == "c" else "-std=c++17"
    ran = subprocess.run(
        [compiler, *FLAGS, *EXTRA, standard, "-x", language, "-"], cwd=root,
        input=f'#include "{name}"\n#include "{name}"\n', capture_output=True, text=True)
    if ran.returncode == 0:
        return None
    first = next((row for row in ran.stderr.splitlines() if "error" in row), ran.stderr)
    found = re.match(r"(?:\./)?([^:]+):(\d+):(?:\d+:)? *(.*)", first)
    return found.groups() if found else (name, 1, first)


def problems_of(root):
    jobs = []
    for path in c_files(root, "src", "include"):
        if path.suffix == ".h":
            jobs.append(("/".join(path.parts[1:]), "c"))
            if path.parts[0] == "include":
                jobs.append(("/".join(path.parts[1:]), "c++"))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = pool.map(lambda job: compile_header(root, *job), jobs)
        return [problem for problem in found if problem]


root = root_from_args()
with tempfile.TemporaryDirectory() as generated:
    EXTRA = [f"-I{generated}", *package_flags()]
    generate(root, pathlib.Path(generated))
    problems = problems_of(root)
finish(problems)
