"""Bad input: how long, and in how much memory, does a check end?

Each is a way in which text from strangers can be large: one thing many times over, or one
thing inside itself. Below 10 MB a check should take less than a second; what takes more
is marked.
"""

import os
import pathlib
import subprocess
import tempfile

MEGABYTES = 4
SIZE = MEGABYTES << 20
COLUMNS = 100_000
SLOW_S = 1.0


def many(text):
    """As many copies as make SIZE bytes."""
    data = text.encode()
    return data * (SIZE // len(data))


def lines(line):
    """Numbered lines, SIZE bytes of them at most."""
    out, size, i = [], 0, 0
    while size < SIZE:
        out.append(line(i).encode())
        size += len(out[-1])
        i += 1
    return b"".join(out)


def scraped(cells):
    return "".join(f"{c} |\n" for c in cells).encode()


CASES = {
    "empty": lambda: b"",
    "random bytes": lambda: os.urandom(SIZE),
    "a line of 200 MB": lambda: "公园绿地".encode() * (200_000_000 // 12),
    "one digit": lambda: many("1"),
    "spaces": lambda: many(" "),
    "empty lines": lambda: many("\n"),
    "pipes": lambda: many("|"),
    "columns, pipes": lambda: "|".join(map(str, range(COLUMNS))).encode() + b"\n1|2\n",
    "columns, tabs": lambda: "\t".join(map(str, range(COLUMNS))).encode() + b"\n1\t2\n",
    "columns, a cell a line": lambda: scraped(["序号", "指标", *range(COLUMNS)]),
    "rows": lambda: lines(lambda i: f"{i}|指标{i}|{i}%\n"),
    "opening brackets": lambda: many("（"),
    "brackets in brackets": lambda: b"(" * (SIZE // 2) + b")" * (SIZE // 2),
    "quotation marks": lambda: many("“"),
    "deep numbering": lambda: lines(lambda i: "1." * (1 + i % 200) + f"{i} 项目{i}个\n"),
    "headings": lambda: lines(lambda i: f"（{i}）建设\n"),
    "labels": lambda: many("其中:"),
    "labels, a line each": lambda: many("区财政局:增长5%\n"),
    "announcements": lambda: many("主要预期目标是:增长6%,"),
    "announcements, sentences": lambda: many("主要预期目标是增长6%。"),
    "words of announcements": lambda: many("目标指标如下"),
    "years": lambda: many("2022年"),
    "numerals": lambda: many("一二三十百千万亿"),
    "one sentence again": lambda: many("完成收入500亿元，增长5%。\n"),
    "quantities of one unit": lambda: lines(lambda i: f"指标{i}为{i * 7919 % 100003}个；"),
    "names of units": lambda: lines(lambda i: f"区{i}局、"),
    "tasks": lambda: lines(lambda i: f"{i}. 推进项目{i}（区发展改革委）\n"),
    "elements in elements": lambda: many("<div>"),
    "attributes": lambda: b"<p " + many("a=1 ") + b">",
}


def run(runner, command):
    """Seconds, seconds of the processor, peak memory (MB) and exit status of one run."""
    ran = subprocess.run([runner, *command], capture_output=True, text=True, check=True)
    took, worked, kilobytes, status = ran.stdout.split()
    return float(took), float(worked), float(kilobytes) / 1e3, int(status)


def table(program, runner):
    print(f"bad input, about {MEGABYTES} MB each unless said (time of the processor):")
    with tempfile.TemporaryDirectory() as top:
        path = pathlib.Path(top, "input")
        for name, make in CASES.items():
            path.write_bytes(make())
            _, worked, memory, status = run(runner, [program, "check", "--json", str(path)])
            said = {0: "read", 1: "read", 2: "refused"}.get(status, "DIED")
            slow = "  slow" if worked > SLOW_S else ""
            print(f"  {name:26} {path.stat().st_size / 1e6:7.1f} MB {worked:7.2f} s "
                  f"{memory:7.1f} MB  {said}{slow}", flush=True)
