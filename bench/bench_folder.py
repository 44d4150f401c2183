#!/usr/bin/env python3
"""What a process for each file costs, and a folder of a thousand documents read by all
processors. Figures are ratios of runs side by side on the same files.
"""

import argparse
import pathlib
import statistics
import subprocess
import tempfile
import zipfile

import bench

DOCUMENTS = 1000
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def as_docx(path, text):
    """The document as Word keeps it: a paragraph a line."""
    body = "".join(f"<w:p><w:r><w:t>{bench.html.escape(row)}</w:t></w:r></w:p>"
                   for row in text.splitlines())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", f"<w:document xmlns:w='{W}'><w:body>{body}"
                                           "</w:body></w:document>")


def folder_fill(top, sources):
    """Copies of the sources in three formats, each a little different: its own number
    stands in its last line."""
    for i in range(DOCUMENTS):
        text = sources[i % len(sources)] + f"\n第{i}份。\n"
        path = top / f"{i % 10}" / f"{i:04}"
        path.parent.mkdir(exist_ok=True)
        kind = i // len(sources) % 4
        if kind == 0:
            path.with_suffix(".txt").write_text(text, "utf-8")
        elif kind == 1:
            path.with_suffix(".html").write_text(bench.as_html(text), "utf-8")
        elif kind == 2:
            as_docx(path.with_suffix(".docx"), text)
        else:
            path.with_suffix(".txt").write_bytes(text.encode("gb18030", "replace"))


def sandbox(program, runner, document):
    commands = {"confined": [program, "check", "--json", str(document)],
                "in process": [program, "check", "--json", "--no-sandbox", str(document)]}
    for command in commands.values():  # an error in the document is no failure here
        subprocess.run(command, capture_output=True, check=False)
    medians = bench.side_by_side(runner, commands)
    (with_s, _, with_mb), (without_s, _, without_mb) = medians.values()
    print(f"check of {document.name}: confined {with_s * 1e3:.2f} ms, in process "
          f"{without_s * 1e3:.2f} ms: {(with_s - without_s) * 1e3:.2f} ms more, "
          f"{with_s / without_s:.2f} x; memory {with_mb / without_mb:.2f} x")


def folder(program, runner, sources):
    with tempfile.TemporaryDirectory() as name:
        top = pathlib.Path(name)
        folder_fill(top, sources)
        runs = {jobs: [] for jobs in ("-j1", "-j")}
        for _ in range(3):
            for jobs, took in runs.items():
                took.append(bench.once(runner, [program, "check", "--json", jobs, name])[0])
        one, all_cores = (statistics.median(took) for took in runs.values())
    print(f"folder of {DOCUMENTS} documents: {all_cores:.2f} s with all processors, "
          f"{DOCUMENTS / all_cores:.0f} a second, {one / all_cores:.2f} x one")


def main():
    args = argparse.ArgumentParser()
    args.add_argument("--build", type=pathlib.Path, default=bench.ROOT / "build")
    args = args.parse_args()
    build = args.build.resolve()
    subprocess.run(["ninja", "-C", str(build), "--quiet", "bench/bench_run"], check=True)
    program, runner = str(build / "plumbline"), str(build / "bench" / "bench_run")
    examples = sorted((bench.ROOT / "examples").iterdir())
    sources = [path.read_text("utf-8") for path in examples if path.suffix in (".txt", ".md")]
    sandbox(program, runner, bench.REAL if bench.REAL.exists() else bench.EXAMPLE)
    folder(program, runner, sources)


if __name__ == "__main__":
    main()
