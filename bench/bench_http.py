#!/usr/bin/env python3
"""The server against the library it stands on: requests a second and p99 of an item, a list
and an overview, beside a bare libmicrohttpd answering a constant of the same size in the
same run; start to first answer, memory at rest, an import through HTTP.

usage: bench_http.py --build BUILD [--seconds N]

Needs wrk. Ratios are what counts: the machine may be busy.
"""

import argparse
import http.client
import os
import pathlib
import re
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "http"))
REAL = ROOT.parent / "shared" / "data"


def wrk(port, path, connections, seconds, headers=()):
    """(requests a second, p99 in ms)"""
    said = [x for h in headers for x in ("-H", h)]
    ran = subprocess.run(["wrk", "-t2", f"-c{connections}", f"-d{seconds}", "--latency", *said,
                          f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True,
                         check=True).stdout
    if "Non-2xx" in ran:
        sys.exit(f"{path}: not all answers are 200\n{ran}")
    p99 = re.search(r"99%\s+([\d.]+)(us|ms|s)", ran)
    scale = {"us": 0.001, "ms": 1, "s": 1000}[p99[2]]
    return float(re.search(r"Requests/sec:\s+([\d.]+)", ran)[1]), float(p99[1]) * scale


def constant(program, size, connections, seconds, port=18999):
    bare = subprocess.Popen([program, str(port), str(size), str(os.cpu_count() or 2)],
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    bare.stdout.readline()
    try:
        return wrk(port, "/", connections, seconds)
    finally:
        bare.stdin.close()
        bare.wait()


def first_answer(program, db):
    """Milliseconds from the program's start to an answer of it."""
    begun = time.perf_counter()
    p = subprocess.Popen([program, "serve", db, "--listen", "127.0.0.1:0"],
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    port = int(p.stdout.readline().strip().rsplit(":", 1)[1].strip("/"))
    c = http.client.HTTPConnection("127.0.0.1", port)
    c.request("GET", "/readyz")
    assert c.getresponse().read()
    took = (time.perf_counter() - begun) * 1000
    c.close()
    p.terminate()
    p.wait()
    p.stdout.close()
    return took


def resident_mb(pid):
    text = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", text)[1]) / 1024


def report():
    """A real report where the samples are, else the example."""
    found = sorted(REAL.glob("**/*.txt"), key=lambda p: -p.stat().st_size) if REAL.is_dir() \
        else []
    return found[0] if found else ROOT / "examples" / "district-2023.txt"


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    args.add_argument("--seconds", type=int, default=3)
    args = args.parse_args()
    build = args.build.resolve()
    os.environ["PLUMBLINE"] = str(build / "plumbline")
    from server import Server
    server = Server()
    starts = [first_answer(build / "plumbline", server.db) for _ in range(5)]
    print(f"start to first answer: {statistics.median(starts):.0f} ms (aim < 50)")
    server.ask("GET", "/readyz")
    print(f"memory at rest: {resident_mb(server.process.pid):.1f} MB (aim < 30)")
    begun = time.perf_counter()
    made = server.upload(report().read_bytes(), name="report.txt")
    took = (time.perf_counter() - begun) * 1000
    print(f"import of {report().name} over HTTP: {took:.0f} ms (aim < 100), {made.status}")
    ids = made.json
    head = ["Authorization: Bearer plb_office"]
    paths = [("item", f"/api/v1/documents/{ids['document']['id']}"),
             ("list", "/api/v1/plans"),
             ("overview", f"/api/v1/plans/{ids['plan']['id']}/overview")]
    print(f"{'':10}{'bytes':>8}{'conns':>7}{'req/s':>10}{'p99 ms':>9}{'constant':>10}"
          f"{'p99 ms':>9}{'share':>8}")
    for name, path in paths:
        ran = server.ask("GET", path, role="office")
        if ran.status != 200:
            print(f"{name:10}{path}: {ran.status}")
            continue
        for connections in (32, 100):
            ours, p99 = wrk(server.port, path, connections, args.seconds, head)
            bare, p99_bare = constant(build / "bench" / "bench_http", len(ran.body),
                                      connections, args.seconds)
            print(f"{name:10}{len(ran.body):8}{connections:7}{ours:10.0f}{p99:9.2f}"
                  f"{bare:10.0f}{p99_bare:9.2f}{ours / bare:8.0%}")
    print(f"memory after it: {resident_mb(server.process.pid):.1f} MB")
    server.close()


main()
