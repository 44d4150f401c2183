#!/usr/bin/env python3
"""docs/demo.svg: what `plumbline check` says of the example, as a terminal shows it.

Usage: demo_svg.py PROGRAM > docs/demo.svg. Real output; only whole lines are left out, and
a line of dots stands for them.
"""

import html
import re
import subprocess
import sys
import unicodedata

COLUMN, LINE, MARGIN = 7, 20, 16  # pixels: of a column, from line to line, around
WIDTH = 132                       # columns
SHOWN = {"4", "12", "13", "20", "26", "29"}  # rows: one of each kind of verdict
FINDINGS = 3
COLOURS = {"✓": "#1a7f37", "✗": "#cf222e", "错": "#cf222e", "疑": "#9a6700"}
COLOURED = re.compile(r"[✓✗] |^错误 |^疑点 ")


def columns(char):
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def chosen(lines):
    """Title, table head, the rows of SHOWN, the summary and the first findings."""
    table = next(i for i, row in enumerate(lines) if row.startswith("──"))
    end = next(i for i, row in enumerate(lines) if i > table and not row.strip())
    out, keep, cut = lines[:table + 1], False, False
    for row in lines[table + 1:end]:
        number = re.match(r" *(\d+)[a-z]? ", row)
        keep = number.group(1) in SHOWN if number else keep
        if keep:
            out.append(row)
        elif not cut:
            out.append("   …")
        cut = not keep
    rest = lines[end:]
    starts = [i for i, row in enumerate(rest) if re.match(r"(错误|疑点) ", row)]
    stop = starts[FINDINGS] if len(starts) > FINDINGS else len(rest)
    return out + rest[:stop] + ["   …"] * (stop < len(rest))


def text(row, y):
    """Each word group at its column: renderers differ in the widths of characters."""
    out, mark = [], COLOURED.search(row)
    for group in re.finditer(r"\S+(?: \S+)*", row):
        x = MARGIN + COLUMN * sum(map(columns, row[:group.start()]))
        fill = ""
        if mark and mark.start() == group.start():
            fill = f' font-weight="bold" fill="{COLOURS[group.group()[0]]}"'
        out.append(f'<text x="{x}" y="{y}"{fill}>{html.escape(group.group())}</text>')
    return "".join(out)


def main():
    arguments = ["check", "examples/district-2023.txt", "--lang", "zh", "--width", str(WIDTH)]
    out = subprocess.run([sys.argv[1], *arguments], capture_output=True, text=True).stdout
    lines = [f"$ plumbline {' '.join(arguments[:2])}", "", *chosen(out.splitlines())]
    width, height = WIDTH * COLUMN + 2 * MARGIN, len(lines) * LINE + 2 * MARGIN
    print(f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
          f'viewBox="0 0 {width} {height}" font-size="13" fill="#1f2328" '
          'font-family="ui-monospace, \'Noto Sans Mono CJK SC\', \'Sarasa Mono SC\', '
          'Menlo, Consolas, monospace">')
    print(f'<rect width="{width}" height="{height}" rx="8" fill="#f6f8fa"/>')
    for i, row in enumerate(lines):
        if row:
            print(text(row, MARGIN + LINE * (i + 1) - 5))
    print("</svg>")


main()
