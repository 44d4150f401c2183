"""What a database holds after processes were killed, wrote at once, or ran out of disk.

PLUMBLINE_KILLS sets how many imports are killed; PLUMBLINE_KILL_FILE, with which document
(the default is a small one, so that the test is short)."""

import contextlib
import os
import pathlib
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

from program import PROGRAM, ROOT, run

sys.path.insert(0, str(ROOT / "tests" / "http"))
from server import empty_postgres  # noqa: E402

KILLS = int(os.environ.get("PLUMBLINE_KILLS", "40"))
KILL_FILE = os.environ.get("PLUMBLINE_KILL_FILE")
WRITERS = 32
SEED = 20260101
ROWS = 3


def report(n):
    """A small report of its own words and units."""
    return (f"云溪区2022年计划执行情况与2023年计划（第{n}稿）\n"
            "序号 | 指标 | 2022年目标值 | 2022年完成 | 2023年目标值 | 属性 | 责任部门 |\n"
            "1 | 常住人口(万人) | <313.2 | 312.4 | <313 | 约束性 | 区统计局 |\n"
            f"2 | 新增学位(个) | 5000 | {4100 + n} | 5560 | 预期性 | 区教委 |\n"
            f"3 | 第{n}项工程(个) | 1 | 1 | 2 | 预期性 | 第{n}办公室 |\n")


def start(db, path, **options):
    return subprocess.Popen([PROGRAM, "import", db, path], stdout=subprocess.DEVNULL,
                            stderr=subprocess.PIPE, **options)


@unittest.skipIf("build-san" in PROGRAM, "what is killed and when is the release program's")
class Durability(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.db = self.folder / "a.db"
        self.make(self.db)

    def make(self, db):
        made = run("init", db, "--region", "110199", "--name", "云溪区")
        self.assertEqual((made.status, made.err), (0, ""))

    def file(self, n, text=None):
        path = self.folder / f"{n}.txt"
        path.write_text(text or report(n), encoding="utf-8")
        return path

    def assert_sound(self, db):
        looked = run("doctor", db)
        self.assertEqual((looked.status, looked.err), (0, ""))

    def plans(self, rows):
        """How many plans there are; each has all its rows, its document and its entry."""
        with contextlib.closing(sqlite3.connect(self.db)) as db:
            def count(sql):
                return db.execute(sql).fetchone()[0]
            plans = count("SELECT count(*) FROM plan")
            self.assertEqual(count("SELECT count(*) FROM document"), plans)
            self.assertEqual(count("SELECT count(*) FROM plan_row"), rows * plans)
            self.assertEqual(count("SELECT count(*) FROM audit WHERE action = 'import'"), plans)
            return plans

    def write_at_once(self, db):
        running = [start(db, self.file(n)) for n in range(WRITERS)]
        said = [(p.communicate()[1].decode(), p.returncode) for p in running]
        self.assertEqual(said, [("", 0)] * WRITERS)
        self.assert_sound(db)

    def test_many_writers_at_once_lose_nothing(self):
        self.write_at_once(self.db)
        self.assertEqual(self.plans(ROWS), WRITERS)

    def test_many_processes_on_one_server_lose_nothing(self):
        url = empty_postgres()
        if not url:
            self.skipTest("PostgreSQL is not installed")
        self.make(url)
        self.write_at_once(url)
        self.assertEqual(len(run("plans", url).out.splitlines()), WRITERS)

    def test_a_killed_import_is_whole_or_not_there(self):
        chance = random.Random(SEED)
        text = pathlib.Path(KILL_FILE).read_text(encoding="utf-8") if KILL_FILE else None
        probe = self.folder / "probe.db"
        self.make(probe)
        began = time.monotonic()
        self.assertEqual(run("import", probe, self.file(9999, text)).status, 0)
        longest_s = time.monotonic() - began
        with contextlib.closing(sqlite3.connect(probe)) as db:
            rows = db.execute("SELECT count(*) FROM plan_row").fetchone()[0]
        done = 0
        for n in range(KILLS):
            child = start(self.db, self.file(n, text and text + f"\n第{n}稿\n"))
            try:
                child.wait(chance.uniform(0, longest_s))
            except subprocess.TimeoutExpired:
                child.kill()
            child.communicate()
            done += child.returncode == 0
            if n % 8 == 0:
                self.assert_sound(self.db)
            self.assertGreaterEqual(self.plans(rows), done)
        self.assert_sound(self.db)
        print(f"\n{KILLS} imports: {done} ended by themselves, {KILLS - done} killed, "
              f"{self.plans(rows)} whole plans", file=sys.stderr)

    def fill(self, limit):
        """Import until the disk is full; what was there stays, and the rest is told."""
        refused = ""
        for n in range(400):
            child = start(self.db, self.file(n, report(n) + "补充说明。" * 4000), **limit)
            said = child.communicate()[1].decode()
            if child.returncode != 0:
                refused = said
                break
        self.assertEqual(child.returncode, 2)
        self.assertEqual(len(refused.splitlines()), 1, refused)
        self.assertEqual(self.plans(ROWS), n)
        self.assertGreater(n, 0)

    def test_a_file_that_may_not_grow_loses_nothing(self):
        most = self.db.stat().st_size + 600_000

        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

        # Python ignores SIGXFSZ, and so does the program then: a write fails instead.
        self.fill({"preexec_fn": limit, "restore_signals": False})
        self.assert_sound(self.db)
        self.assertEqual(run("import", self.db, self.file("last", report(999))).status, 0)

    def test_a_full_disk_loses_nothing(self):
        disk = self.folder / "disk"
        disk.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk],
                                 capture_output=True, check=False)
        if mounted.returncode:
            self.skipTest("a small disk may not be mounted here")
        self.addCleanup(subprocess.run, ["umount", disk], check=True)
        self.db = disk / "a.db"
        self.make(self.db)
        self.fill({})
        self.assert_sound(self.db)


if __name__ == "__main__":
    unittest.main()
