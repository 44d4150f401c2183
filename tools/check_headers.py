#!/usr/bin/env python3
"""Every header compiles alone, and twice in one file; the public one in C++ too.

Usage: check_headers.py [ROOT]; the compiler is $CC, or cc.
"""

import concurrent.futures
import os
import re
import subprocess

from checklib import c_files, finish, root_from_args

FLAGS = ["-D_POSIX_C_SOURCE=200809L", "-Wall", "-Wextra", "-Werror", "-Isrc", "-Iinclude",
         "-fsyntax-only"]


def compile_header(root, name, language):
    compiler = os.environ.get("CC", "cc") if language == "c" else "clang"
    standard = "-std=c17" if language == "c" else "-std=c++17"
    ran = subprocess.run(
        [compiler, *FLAGS, standard, "-x", language, "-"], cwd=root,
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
finish(problems_of(root))
