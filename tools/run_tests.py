#!/usr/bin/env python3
"""Runs every test there is and ends with `N passed, N failed, N skipped`.

  unit    meson's tests in each build; each cmocka case is one
  python  unittest files under tests/ (not unit/), with the program of each build
  fuzz    each target: its corpus again, then new inputs, two targets at a time
  checks  tools/check_*.py and the scripts' syntax

A test that runs in two builds is one test: failed when it failed in either.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
FUZZ_WALL_S = 160      # all targets together, when no time per target is asked for
FUZZ_TARGET_S = 20     # one target at most, likewise
FUZZ_AT_A_TIME = 2
# Folders of Python tests: those whose program matters run with each build, the rest once.
EACH_BUILD = ("cli", "cases", "golden", "http")
ONCE = ("formats", "install", "tools", "web")
RANK = {"skipped": 0, "passed": 1, "failed": 2}


class Tally:
    """State of each test by (kind, name); the worst of its runs counts."""

    def __init__(self):
        self.state = {}

    def add(self, kind, name, state, detail=""):
        key = (kind, name)
        old = self.state.get(key, "skipped")
        self.state[key] = max(old, state, key=RANK.get)
        if state == "failed":
            print(f"FAILED {kind} {name}\n{detail.rstrip()}\n", flush=True)
        elif state == "skipped" and detail:
            print(f"skipped {kind} {name}: {detail.strip()}", flush=True)

    def merge(self, state):
        for key, new in state.items():
            self.state[key] = max(self.state.get(key, "skipped"), new, key=RANK.get)

    def count(self, state, kind=None):
        return sum(s == state and kind in (None, k) for (k, _), s in self.state.items())

    def print(self):
        for kind in sorted({k for k, _ in self.state}):
            print(f"{kind}: " + ", ".join(f"{self.count(s, kind)} {s}" for s in
                                          ("passed", "failed", "skipped")))
        print(", ".join(f"{self.count(s)} {s}" for s in ("passed", "failed", "skipped")),
              flush=True)


# ---- unit tests

CASE = re.compile(r"^\[\s*(OK|FAILED|SKIPPED|ERROR)\s*\] (\S+)", re.M)
CASE_STATE = {"OK": "passed", "SKIPPED": "skipped", "FAILED": "failed", "ERROR": "failed"}


def unit_result(tally, where, test):
    """One test program: its cmocka cases, or itself when it prints none."""
    output = test.get("stdout", "") + test.get("stderr", "")
    name = test["name"].split(" / ")[-1]
    cases = {}
    for word, case in CASE.findall(output):
        # `[ FAILED ] tests: 2 test(s)` sums up; the list after it repeats.
        if not case.endswith(":") and not case.isdigit():
            cases.setdefault(case, CASE_STATE[word])
    for case, state in cases.items():
        why = output[-4000:] if state == "failed" else ""
        tally.add("unit", f"{name}.{case}", state, why and f"in {where}\n{why}")
    if test["result"] in ("OK", "EXPECTEDFAIL"):
        if not cases:
            tally.add("unit", name, "passed")
    elif test["result"] == "SKIP":
        if not cases:
            tally.add("unit", name, "skipped", output.strip().splitlines()[-1:][0]
                      if output.strip() else "")
    elif "failed" not in cases.values():
        tally.add("unit", name, "failed", f"{test['result']} in {where}\n{output[-4000:]}")


def run_unit(tally, build, once):
    """once: also the tests that one build is enough for."""
    log = build / "meson-logs" / "testlog.json"
    log.unlink(missing_ok=True)
    ran = subprocess.run(["meson", "test", "-C", build, "--no-rebuild", "-t", "10",
                          *([] if once else ["--no-suite", "once"])],
                         capture_output=True, text=True)
    if not log.exists():
        if "No tests defined" not in ran.stdout + ran.stderr:
            tally.add("unit", f"all of {build.name}", "failed", ran.stdout + ran.stderr)
        return
    for row in log.read_text(encoding="utf-8", errors="replace").splitlines():
        unit_result(tally, build.name, json.loads(row))


# ---- python tests

class TallyResult(unittest.TestResult):
    def __init__(self, tally, where):
        super().__init__()
        self.tally, self.where, self.failed_ids = tally, where, set()

    def note(self, test, state, detail=""):
        name = test.id().replace("unittest.loader._FailedTest", "load")
        self.tally.add("python", name, state, detail)

    def failed(self, test, err):
        self.failed_ids.add(test.id())
        self.note(test, "failed", f"in {self.where}\n" +
                  self._exc_info_to_string(err, test))

    def addSuccess(self, test):
        if test.id() not in self.failed_ids:
            self.note(test, "passed")

    def addError(self, test, err):
        self.failed(test, err)

    def addFailure(self, test, err):
        self.failed(test, err)

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.failed_ids.add(test.id())
            self.tally.add("python", test.id(), "failed", f"in {self.where}, {subtest}\n" +
                           self._exc_info_to_string(err, test))

    def addSkip(self, test, reason):
        self.note(test, "skipped", reason)


def run_folders(build, folders):
    """The state of each test, for a process of its own."""
    tally = Tally()
    program = build / "plumbline"
    os.environ["PLUMBLINE"] = str(program)
    os.environ["PLUMBLINE_BUILD"] = str(build)
    for folder in folders:
        top = ROOT / "tests" / folder
        if not top.is_dir() or not any(top.glob("test_*.py")):
            continue
        for name in [n for n in sys.modules if n.startswith("test_")]:
            del sys.modules[name]
        suite = unittest.TestLoader().discover(str(top), top_level_dir=str(top))
        suite.run(TallyResult(tally, build.name))
    return tally.state


def run_python(tally, builds):
    """The builds beside each other: much of a test is waiting (a browser, a server)."""
    jobs = [(build, EACH_BUILD + (ONCE if build == builds[0] else ())) for build in builds]
    with concurrent.futures.ProcessPoolExecutor(len(jobs)) as pool:
        for done in [pool.submit(run_folders, *job) for job in jobs]:
            tally.merge(done.result())


# ---- fuzzers

def fuzz_one(target, seconds):
    """Corpus once, then new inputs for `seconds`; what it finds stays in the build."""
    name = target.name.removeprefix("fuzz_")
    corpus = ROOT / "fuzz" / "corpus" / name
    found = target.parent / "found"
    found.mkdir(exist_ok=True)
    common = [target, "-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1",
              f"-artifact_prefix={found}/{name}-"]
    output = ""
    inputs = sorted(p for p in corpus.iterdir() if p.is_file()) if corpus.is_dir() else []
    if inputs:
        ran = subprocess.run([*common, *inputs], capture_output=True, text=True,
                             errors="replace")
        if ran.returncode != 0:
            return name, False, "on its corpus\n" + ran.stderr[-4000:]
    with tempfile.TemporaryDirectory() as scratch:
        dirs = [scratch] + ([str(corpus)] if inputs else [])
        ran = subprocess.run([*common, f"-max_total_time={seconds}", *dirs],
                             capture_output=True, text=True, errors="replace")
        output += ran.stderr
    runs = re.search(r"number_of_executed_units: (\d+)", output)
    print(f"fuzz {name}: {len(inputs)} of corpus, {runs.group(1) if runs else '?'} runs in "
          f"{seconds} s", flush=True)
    return name, ran.returncode == 0, output[-4000:]


def run_fuzz(tally, build, seconds):
    targets = sorted(p for p in (build / "fuzz").glob("fuzz_*") if p.is_file())
    if not targets:
        return
    if seconds is None:
        seconds = min(FUZZ_TARGET_S, FUZZ_WALL_S * FUZZ_AT_A_TIME // len(targets))
    with concurrent.futures.ThreadPoolExecutor(FUZZ_AT_A_TIME) as pool:
        for name, ok, output in pool.map(lambda t: fuzz_one(t, max(1, seconds)), targets):
            tally.add("fuzz", name, "passed" if ok else "failed", output)


# ---- checks

def run_checks(tally):
    checks = [[sys.executable, str(p)] for p in sorted((ROOT / "tools").glob("check_*.py"))]
    checks += [["sh", "-n", str(p)] for p in (ROOT / "dev", ROOT / ".ci" / "run",
                                              *sorted(ROOT.glob("packaging/*.sh")))]
    for command in checks:
        ran = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
        state = {0: "passed", 77: "skipped"}.get(ran.returncode, "failed")
        tally.add("checks", pathlib.Path(command[-1]).name, state,
                  "" if state == "passed" else ran.stdout + ran.stderr)


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--release", type=pathlib.Path)
    args.add_argument("--sanitized", type=pathlib.Path)
    args.add_argument("--only", choices=("unit", "python", "fuzz", "checks"))
    args.add_argument("--seconds", type=int, help="of fuzzing per target")
    args = args.parse_args()
    builds = [b.resolve() for b in (args.release, args.sanitized) if b]
    tally = Tally()

    def timed(kind, run, *rest):
        if args.only in (None, kind):
            start = time.monotonic()
            run(tally, *rest)
            print(f"{kind}: {time.monotonic() - start:.0f} s", flush=True)

    timed("checks", run_checks)
    for build in builds:
        timed("unit", run_unit, build, build == builds[-1])
    if builds:
        timed("python", run_python, builds)
    if args.sanitized:
        timed("fuzz", run_fuzz, args.sanitized.resolve(), args.seconds)
    tally.print()
    return 1 if tally.count("failed") else 0


sys.exit(main())
