#!/usr/bin/env python3
"""The numbers of the README: whole processes side by side, then the core by itself.

Each comparison starts its programs in turn, many times, and takes medians; a figure is a
ratio of two things measured in the same run. The document is the real report where it is
at hand (../shared/data), else examples/district-2023.txt.
"""

import argparse
import html
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

import bench_bad

ROOT = pathlib.Path(__file__).resolve().parent.parent
REAL = ROOT.parent / "shared" / "data" / "haidian-2023.txt"
EXAMPLE = ROOT / "examples" / "district-2023.txt"
ROUNDS = 15
SLOW_ROUNDS = 3


def as_html(text):
    """The document as a plain page: its tables as tables, its paragraphs as paragraphs.
    Scraped tables have a cell a line; an empty cell or the next serial number ends a
    row."""
    out, row, rows = [], [], []

    def next_number(cell):
        last = row[0] if row else ""
        return row and cell == (str(int(last) + 1) if last.isdigit() else "1")

    def end_table():
        if row:
            rows.append(list(row))
            row.clear()
        if rows:
            cells = ("".join(f"<td>{html.escape(c)}</td>" for c in r) for r in rows)
            out.append("<table>" + "".join(f"<tr>{r}</tr>\n" for r in cells) + "</table>")
            rows.clear()

    for line in text.splitlines():
        if line.strip() == "|" and row:
            rows.append(list(row))
            row.clear()
        elif line.endswith("|"):
            cell = line.strip(" |")
            if next_number(cell):
                rows.append(list(row))
                row.clear()
            row.append(cell)
        else:
            end_table()
            out.append(f"<p>{html.escape(line)}</p>")
    end_table()
    return ("<!doctype html><html lang=zh><meta charset=utf-8><title>x</title><body>\n" +
            "\n".join(out) + "</body></html>\n")


def once(runner, command):
    """Seconds, seconds of the processor and peak memory (MB) of one good run."""
    *got, status = bench_bad.run(runner, command)
    if status not in (0, 1):
        raise SystemExit(f"bench: {command[0]} did not end well")
    return got


def side_by_side(runner, commands, rounds=ROUNDS):
    """Medians of seconds, of the processor's, and of memory of each command, run in
    turn."""
    runs = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            runs[name].append(once(runner, command))
    return {name: tuple(map(statistics.median, zip(*r))) for name, r in runs.items()}


def compare(program, runner, document):
    with tempfile.TemporaryDirectory() as top:
        page = pathlib.Path(top, "report.html")
        page.write_text(as_html(document.read_text("utf-8")), "utf-8")
        commands = {
            "plumbline check": [program, "check", "--json", str(document)],
            "plumbline check, as HTML": [program, "check", "--json", str(page)],
            "cat": ["cat", str(document)],
        }
        if shutil.which("pandoc"):
            commands["pandoc html to json"] = ["pandoc", "-f", "html", "-t", "json",
                                               str(page)]
            commands["pandoc html to plain"] = ["pandoc", "-f", "html", "-t", "plain",
                                                str(page)]
        else:
            print("pandoc is not here: not compared")
        try:
            once(runner, commands["plumbline check, as HTML"])
        except SystemExit:
            del commands["plumbline check, as HTML"]
        medians = side_by_side(runner, commands)
    ours = medians["plumbline check"]
    print(f"whole process, median of {ROUNDS} runs in turn, {document.stat().st_size} bytes "
          "(time, time of the processor, peak memory):")
    for name, got in medians.items():
        wall, worked, memory = (g / o for g, o in zip(got, ours))
        print(f"  {name:26} {got[0] * 1e3:8.1f} ms {wall:7.2f} x {got[1] * 1e3:8.1f} ms "
              f"{worked:7.2f} x {got[2]:7.1f} MB {memory:6.2f} x")


def mutate(build, args):
    """One numeral changed at a time: how often does check report it? And harmless edits,
    which it must not."""
    print("one wrong numeral at a time:", flush=True)
    subprocess.run([str(build / "bench" / "bench_mutate"),
                    *(["--misses"] if args.misses else []), str(args.document)], check=True)


# What reads the same file by other means: {} stands for it. LibreOffice is slow to start
# and is tried a few times only.
PEERS = {
    "docx": (["pandoc", "-f", "docx", "-t", "json", "{}"], ROUNDS),
    "pdf": (["pdftotext", "-layout", "{}", "-"], ROUNDS),
    "xlsx": (["soffice", "--headless", "--convert-to", "csv", "--outdir", "{}.out", "{}"],
             SLOW_ROUNDS),
}


def formats_of(build):
    """A file of each kind: the real report, where the tests made it, else the example."""
    made = sorted(build.glob("converted/*/haidian-2023.*"))
    kept = sorted((ROOT / "examples" / "formats").glob("five-year-plan.*"))
    return {p.suffix[1:]: p for p in kept + made if p.suffix[1:] in PEERS}


def compare_formats(program, runner, build):
    for kind, path in formats_of(build).items():
        peer, rounds = PEERS[kind]
        if not shutil.which(peer[0]):
            print(f"{kind}: {peer[0]} is not here: not compared")
            continue
        with tempfile.TemporaryDirectory() as top:
            copy = shutil.copy(path, top)
            commands = {"read": [program, "read", "--json", copy],
                        peer[0]: [word.replace("{}", copy) for word in peer]}
            medians = side_by_side(runner, commands, rounds)
        (ours, _, memory), (theirs, _, used) = medians["read"], medians[peer[0]]
        print(f"{kind} ({path.name}): plumbline read {ours * 1e3:.1f} ms {memory:.1f} MB; "
              f"{peer[0]} {theirs * 1e3:.1f} ms {used:.1f} MB: {theirs / ours:.1f} x the "
              f"time, {used / memory:.1f} x the memory")


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    args.add_argument("--document", type=pathlib.Path,
                      default=REAL if REAL.exists() else EXAMPLE)
    args.add_argument("--mutation", action="store_true",
                      help="only what check sees of single wrong numerals")
    args.add_argument("--bad", action="store_true", help="only the table of bad input")
    args.add_argument("--misses", action="store_true",
                      help="print each wrong numeral that it does not see")
    args = args.parse_args()
    build = args.build.resolve()
    subprocess.run(["ninja", "-C", str(build), "--quiet", "bench/bench_core",
                    "bench/bench_mutate", "bench/bench_run"], check=True)
    if args.mutation:
        mutate(build, args)
        return
    if args.bad:
        bench_bad.table(str(build / "plumbline"), str(build / "bench" / "bench_run"))
        return
    print(f"document: {args.document.name}")
    compare(str(build / "plumbline"), str(build / "bench" / "bench_run"), args.document)
    compare_formats(str(build / "plumbline"), str(build / "bench" / "bench_run"), build)
    print("the core by itself:", flush=True)
    subprocess.run([str(build / "bench" / "bench_core"), str(args.document)], check=True)
    bench_bad.table(str(build / "plumbline"), str(build / "bench" / "bench_run"))
    mutate(build, args)
    subprocess.run([sys.executable, str(ROOT / "bench" / "quantities.py"), "--build",
                    str(build)], check=True)


if __name__ == "__main__":
    main()
