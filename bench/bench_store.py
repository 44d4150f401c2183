#!/usr/bin/env python3
"""Databases: how long an import takes, and whether lists and overviews stay fast.

usage: bench_store.py [--build DIR] [--plans N]

Imports a whole report (the real one, where it is at hand; else the example), then fills a
database with N plans (1,000) and asks for the list of plans and an overview at 1, 10 and N.
One process serves; each number is the median of 21 requests over one connection, from
state to state: something is written between, so that no kept answer is given.
"""
import argparse
import http.client
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
REAL = ROOT.parent / "shared" / "data" / "haidian-2023.txt"
EXAMPLE = ROOT / "examples" / "district-2023.txt"
RUNS, IMPORTS = 21, 9


def median_ms(run, times=RUNS):
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        run()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def small(n):
    """A report of ten indicators and thirty tasks, like no other."""
    rows = "".join(f"{i} | 指标{i}(个) | {100 + i} | {99 + n % 7 + i} | {101 + i} | 预期性 | 第{i}局 |\n"
                   for i in range(1, 11))
    tasks = "".join(f"{i} | 完成第{i}项工程的第{n}期建设 | 第{i % 10 + 1}局 | 12月底前 |\n"
                    for i in range(1, 31))
    return ("云溪区2022年计划执行情况与2023年计划\n序号 | 指标 | 2022年目标值 | 2022年完成 | "
            f"2023年目标值 | 属性 | 责任部门 |\n{rows}\n重点任务（第{n}稿）\n"
            f"序号 | 任务 | 责任单位 | 完成时限 |\n{tasks}")


def import_ms(program, folder, report):
    """A whole process, from start to the row on the disk; and reading alone, in ratio."""
    text = report.read_bytes()
    db = folder / "import.db"
    subprocess.run([program, "init", db, "--region", "110199", "--name", "x"], check=True,
                   stdout=subprocess.DEVNULL)
    taken = []
    for n in range(IMPORTS):
        one = folder / f"r{n}.txt"
        one.write_bytes(text + f"\n（第{n}稿）\n".encode())
        began = time.perf_counter()
        subprocess.run([program, "import", db, one], check=True, stdout=subprocess.DEVNULL)
        taken.append((time.perf_counter() - began) * 1000)
    check = median_ms(lambda: subprocess.run([program, "check", one], check=False,
                                             stdout=subprocess.DEVNULL), IMPORTS)
    return statistics.median(taken), check


def filled(program, server, folder, plans):
    for begin in range(0, plans, 250):
        files = []
        for n in range(begin, min(begin + 250, plans)):
            path = folder / f"s{n}.txt"
            path.write_text(small(n), encoding="utf-8")
            files.append(path)
        subprocess.run([program, "import", server.db, *files], check=True,
                       stdout=subprocess.DEVNULL)


class Client:
    """A connection that is kept; touching the settings between two requests makes the
    server ask the database again."""

    def __init__(self, server):
        self.c = http.client.HTTPConnection("127.0.0.1", server.port)
        self.n = 0

    def get(self, path):
        self.c.request("GET", path, headers={"Authorization": "Bearer plb_admin"})
        r = self.c.getresponse()
        body = r.read()
        if r.status != 200:
            sys.exit(f"{path}: {r.status} {body[:200]!r}")
        return json.loads(body)

    def fresh_ms(self, path):
        taken = []
        for _ in range(RUNS):
            self.n += 1
            body = json.dumps({"name": f"单位{self.n}"}).encode()
            self.c.request("POST", "/api/v1/units/bulk", body=body,
                           headers={"Authorization": "Bearer plb_admin",
                                    "Content-Type": "application/x-ndjson"})
            r = self.c.getresponse()
            answer = r.read()
            if r.status != 200:
                sys.exit(f"bulk: {r.status} {answer[:200]!r}")
            began = time.perf_counter()
            self.get(path)
            taken.append((time.perf_counter() - began) * 1000)
        return statistics.median(taken)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", default=str(ROOT / "build"))
    parser.add_argument("--plans", type=int, default=1000)
    args = parser.parse_args()
    program = str(pathlib.Path(args.build).resolve() / "plumbline")
    os.environ["PLUMBLINE"] = program
    sys.path.insert(0, str(ROOT / "tests" / "http"))
    from server import Server  # pylint: disable=import-outside-toplevel

    report = REAL if REAL.exists() else EXAMPLE
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        took, check = import_ms(program, folder, report)
        print(f"import of {report.name}: {took:.0f} ms; check of it: {check:.0f} ms "
              f"(ratio {took / check:.2f})")
        for plans in (1, 10, args.plans):
            server = Server()
            try:
                filled(program, server, folder, plans)
                client = Client(server)
                plan = client.get("/api/v1/plans?limit=1")["items"][0]["id"]
                print(f"{plans:5} plans: list {client.fresh_ms('/api/v1/plans'):.2f} ms, "
                      f"overview {client.fresh_ms(f'/api/v1/plans/{plan}/overview'):.2f} ms, "
                      f"indicators {client.fresh_ms(f'/api/v1/plans/{plan}/indicators'):.2f} ms, "
                      f"search {client.fresh_ms('/api/v1/search?q=%E5%B7%A5%E7%A8%8B'):.2f} ms")
            finally:
                server.close()


main()
