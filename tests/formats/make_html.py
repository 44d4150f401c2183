#!/usr/bin/env python3
"""Turn the scraped text of a report into clean HTML with real tables.

    make_html.py REPORT.txt > report.html

So that the same plan can be read from text and from HTML, and the two compared. In the
text a table stands cell by cell, ` |` after each cell; a row with fewer cells than the
table has columns is filled up by empty cells at its end, whether a cell spans columns or
one from the row above spans down. Which of the two is guessed from what the columns hold.
"""
import html
import re
import sys

MAX_COLUMNS = 16
DEBRIS = re.compile(r"^(您访问的链接即将离开|是否继续|扫一扫在手机打开)")
HEADING = [(re.compile(r"^(第?[一二三四五六七八九十]+[章、]|附件\s*\d*$)"), "h2"),
           (re.compile(r"^[（(][一二三四五六七八九十]+[)）]"), "h3")]
HEADING_CHARS = 40


def kind(cell):
    """What a cell looks like: columns hold cells that look alike."""
    if cell == "":
        return "empty"
    if re.fullmatch(r"\d+", cell):
        return "integer"
    if re.fullmatch(r"[-—]+|[<>≥≤]?\d[\d.,%\-~左右以上下内万亿]*", cell):
        return "figure"
    if not re.match(r"\w", cell):
        return "sign " + cell[0]
    if len(cell) < 12 and re.search(r"\d", cell):
        return "figure"
    return "short" if len(cell) < 12 else "middle" if len(cell) < 40 else "long"


def likeness(a, b):
    a, b = kind(a), kind(b)
    numbers = {"integer", "figure"}
    return 2 if a == b else 1 if a in numbers and b in numbers else 0


def split_rows(cells, width):
    """Rows of the stream of cells, without filling; None when a row is nothing else. A row
    ends when it is full; empty cells in its midst are cells. The last may lack filling."""
    rows = [cells[i:i + width] for i in range(0, len(cells), width)]
    for i, row in enumerate(rows):
        while row and row[-1] == "":
            row = row[:-1]
        if not row:
            return None
        rows[i] = row
    return rows


def score(rows, width):
    """How much the rows of a table of this width are alike, a cell."""
    full = [r for r in rows if len(r) == width]
    alike = sum(likeness(a, b) for r, s in zip(full, full[1:]) for a, b in zip(r, s))
    counts = [int(r[0]) for r in rows if r[0].isdigit() and len(r) > 1]
    steps = sum(b == a + 1 for a, b in zip(counts, counts[1:]))
    holes = sum("" in r for r in rows)
    return (alike + 4 * steps) / max(1, len(full)) / width + 0.2 * steps - 0.3 * holes


def table_rows(cells):
    best = None
    for width in range(2, MAX_COLUMNS + 1):
        rows = split_rows(cells, width)
        if rows and (best is None or score(rows, width) > best[0]):
            best = (score(rows, width), width, rows)
    return (best[1], best[2]) if best else (len(cells), [cells])


def joint(header, rows, width):
    """Columns of the header's cells when it has fewer than the table: which of its cells
    spans more than one, told from the rows of full width and those like the header."""
    extra = width - len(header)
    full = next((r for r in rows if len(r) == width), None)
    plain = [r for r in rows if len(r) == len(header)]
    spans = [[1 + extra * (i == j) for i in range(len(header))] for j in range(len(header))]
    if not full or not extra:
        return spans[-1]

    def fit(span):
        starts = [sum(span[:i]) for i in range(len(span))]
        return sum(likeness(cell, full[at + k]) / n for row in plain
                   for cell, at, n in zip(row, starts, span) for k in range(n))
    return max(spans, key=fit)


def place(width, rows):
    """Rows of [text, rowspan, colspan]."""
    header = next(r for r in rows if len(r) > 1)
    spans = joint(header, rows, width)
    out, above = [], []  # above: by column, the cell that stands there in the row before
    shift = None  # columns left free by the short row before
    for row in rows:
        if len(row) == 1 and width > 2:
            made, starts = [[row[0], 1, width]], [0]
        elif len(row) == width:
            made, starts = [[c, 1, 1] for c in row], list(range(width))
        elif len(row) == len(header) or not above:
            made = [[c, 1, n] for c, n in zip(row, spans)]
            starts = [sum(spans[:i]) for i in range(len(row))]
        else:
            shift = max(range(width - len(row) + 1), key=lambda k: (sum(
                likeness(c, above[k + i][0]) for i, c in enumerate(row)) +
                3 * (k == shift) + 3 * (k == width - len(row)), k))
            made = [[c, 1, 1] for c in row]
            starts = list(range(shift, shift + len(row)))
        shift = shift if len(row) < min(width, len(header)) else None
        now = list(above) if above else [None] * width
        covered = set()
        for cell, at in zip(made, starts):
            for col in range(at, at + cell[2]):
                now[col] = cell
                covered.add(col)
        for cell in {id(now[c]): now[c] for c in range(width) if c not in covered}.values():
            cell[1] += 1
        above = now
        out.append(made)
    return out


def table_html(cells):
    out = ["<table border=\"1\">"]
    for row in place(*table_rows(cells)):
        out.append("<tr>" + "".join(
            "<td%s%s>%s</td>" % (' rowspan="%d"' % down if down > 1 else "",
                                 ' colspan="%d"' % across if across > 1 else "",
                                 html.escape(text, quote=False))
            for text, down, across in row) + "</tr>")
    return "\n".join(out + ["</table>"])


def record_html(lines):
    """The record of the publication: rows of name and value by turns; a row that spans
    the table may head it, above a rule."""
    out = ["<table class=\"record\">"]
    for i, line in enumerate(lines):
        if re.fullmatch(r"[-|\s]+", line):
            continue
        if i == 0 and len(lines) > 1 and re.fullmatch(r"[-|\s]+", lines[1]):
            out.append("<tr><th colspan=\"%d\">%s</th></tr>" %
                       (lines[1].count("|"), html.escape(line.rstrip("| "), quote=False)))
            continue
        cells = [c.strip() for c in line.rstrip("| ").split("|")]
        cells += [""] * (len(cells) % 2)
        out.append("<tr>" + "".join("<td>%s</td>" % html.escape(c, quote=False)
                                    for c in cells) + "</tr>")
    return "\n".join(out + ["</table>"])


def line_html(line):
    for form, tag in HEADING:
        if form.match(line) and len(line) <= HEADING_CHARS and "。" not in line:
            return "<%s>%s</%s>" % (tag, html.escape(line, quote=False), tag)
    return "<p>%s</p>" % html.escape(line, quote=False)


def blocks(lines):
    """Stretches of lines: the record (several cells a line), tables, text."""
    i = 0
    while i < len(lines):
        start = i
        if lines[i].endswith("|") or re.search(r"\|.*\|", lines[i]):
            while i < len(lines) and "|" in lines[i]:
                i += 1
            many = sum(bool(re.search(r"[^|\s].*\|.*[^|\s]", s)) for s in lines[start:i])
            yield ("record" if many * 3 > i - start else "table"), lines[start:i]
        else:
            i += 1
            yield "text", lines[start:i]


def cells_of(lines):
    for line in lines:
        text = line.rstrip("|").strip()
        pads = len(line) - len(line.rstrip("|"))
        yield text
        yield from [""] * (pads - 1)


def main(path):
    with open(path, encoding="utf-8-sig") as f:
        lines = [s.strip() for s in f if s.strip()]
    lines = [s for s in lines if not DEBRIS.match(s)]
    print("<!DOCTYPE html>\n<html lang=\"zh\"><head><meta charset=\"utf-8\"></head><body>")
    for what, part in blocks(lines):
        if what == "record":
            print(record_html(part))
        elif what == "table":
            print(table_html(list(cells_of(part))))
        else:
            print(line_html(part[0]))
    print("</body></html>")


if __name__ == "__main__":
    main(sys.argv[1])
