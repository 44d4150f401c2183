"""The cockpit as its users see it: pages in Debian's chromium, on the real program.

Pictures of every page are left in $PLUMBLINE_PICTURES (default build/pictures).
"""

import contextlib
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("PLUMBLINE", str(ROOT / "build" / "plumbline"))
PICTURES = pathlib.Path(os.environ.get("PLUMBLINE_PICTURES", ROOT / "build" / "pictures"))
WALK = ROOT / "tests" / "web" / "walk.mjs"
EXAMPLES = ROOT / "examples"
WALK_S = 600


def lacking():
    """What a walk needs and this machine or build has not."""
    if "-san" in PROGRAM:
        return "walked with the release program only"
    if not shutil.which("node"):
        return "node is missing"
    if not pathlib.Path(os.environ.get("CHROMIUM", "/usr/bin/chromium")).exists():
        return "chromium is missing"
    if not (ROOT / "web" / "node_modules" / "playwright-core").is_dir():
        return "web/node_modules is missing: ./dev build"
    if not (ROOT / "web" / "dist" / "index.html").exists():
        return "the program was built without the cockpit"
    return None


@contextlib.contextmanager
def postgres(folder):
    """A PostgreSQL server of one's own; its URL."""
    binaries = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))
    user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if (
        os.getuid() == 0) else []
    data = folder / "pg"
    data.mkdir()
    if user:
        shutil.chown(folder, "postgres")
        shutil.chown(data, "postgres")
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    subprocess.run([*user, binaries[-1] / "initdb", "-D", data, "-A", "trust", "-U", "test"],
                   check=True, capture_output=True, cwd=folder)
    server = subprocess.Popen([*user, binaries[-1] / "postgres", "-D", data, "-p", str(port),
                               "-k", data, "-c", "fsync=off"], cwd=folder,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            if subprocess.run([binaries[-1] / "pg_isready", "-h", "127.0.0.1", "-p",
                               str(port)], capture_output=True).returncode == 0:
                break
            time.sleep(0.1)
        yield f"postgresql://test@127.0.0.1:{port}/postgres"
    finally:
        server.terminate()
        server.wait()


@contextlib.contextmanager
def served(database):
    """A program on a new database with one plan; (address, set-up link)."""
    for args in (["init", database, "--region", "110199", "--name", "云溪区"],
                 ["import", database, EXAMPLES / "district-2022.md"]):
        subprocess.run([PROGRAM, *args], check=True, capture_output=True)
    with tempfile.TemporaryFile("w+") as out:
        server = subprocess.Popen([PROGRAM, "serve", database, "--listen", "127.0.0.1:0"],
                                  stdout=out, stderr=out)
        try:
            said, link = "", None
            for _ in range(100):
                out.seek(0)
                said = out.read()
                link = re.search(r"http\S*/setup/\S+", said)
                if link:
                    break
                time.sleep(0.1)
            assert link, said
            yield re.search(r"^http\S+", said, re.M)[0], link[0]
        finally:
            server.terminate()
            server.wait()


@unittest.skipIf(lacking(), lacking())
class Cockpit(unittest.TestCase):
    def walk(self, database, pictures, mode):
        with served(database) as (address, link):
            ran = subprocess.run(
                ["node", WALK, address, link, EXAMPLES / "district-2023.txt", pictures, mode],
                capture_output=True, text=True, timeout=WALK_S)
        rows = [json.loads(row) for row in ran.stdout.splitlines()]
        self.assertTrue(rows, ran.stderr)
        for row in rows:
            with self.subTest(row["name"]):
                self.assertTrue(row["ok"], row["why"])
        self.assertEqual(ran.returncode, 0, ran.stderr)

    def test_every_page_from_log_in_to_result_on_sqlite(self):
        with tempfile.TemporaryDirectory() as folder:
            self.walk(f"{folder}/a.db", PICTURES, "full")

    def test_from_set_up_to_verdict_on_postgresql(self):
        if not list(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb")):
            self.skipTest("PostgreSQL is missing")
        with tempfile.TemporaryDirectory() as folder:
            with postgres(pathlib.Path(folder)) as url:
                self.walk(url, PICTURES / "postgresql", "main")


if __name__ == "__main__":
    unittest.main()
