"""Runs the program under test ($PLUMBLINE, else build/plumbline)."""

import json
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("PLUMBLINE", str(ROOT / "build" / "plumbline"))
EXAMPLES = ROOT / "examples"
DISTRICT = EXAMPLES / "district-2023.txt"
# Real documents, where they are at hand; tests that need them are skipped elsewhere.
SAMPLES = pathlib.Path(os.environ.get("SAMPLES", ROOT.parent / "shared" / "data"))
NO_SAMPLES = "the real documents (../shared/data) are not here"
TIMEOUT_S = 120


class Ran:
    def __init__(self, done):
        self.status = done.returncode
        self.bytes = done.stdout
        self.out = done.stdout.decode("utf-8", "replace")
        self.err = done.stderr.decode("utf-8", "replace")

    def json(self):
        return json.loads(self.out)

    def lines(self):
        """One JSON document a line."""
        return [json.loads(row) for row in self.out.splitlines()]


def run(*args, stdin=b"", env=None, cwd=None):
    """Run `plumbline args`; the language is Chinese unless env says otherwise."""
    full = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
    full.update({"LC_ALL": "zh_CN.UTF-8", **(env or {})})
    return Ran(subprocess.run([PROGRAM, *map(str, args)], input=stdin, env=full, cwd=cwd,
                              capture_output=True, timeout=TIMEOUT_S))
