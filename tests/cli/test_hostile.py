"""The worst files of a few megabytes, through the whole program: each is read, or refused
in one line that says why, in bounded time and memory. docs/hostile.md"""

import io
import pathlib
import subprocess
import sys
import tempfile
import unittest
import zipfile
import zlib

from program import PROGRAM, TIMEOUT_S

MB = 1 << 20
SIZE = 4_000_000  # bytes of each file, about
# A second is what it takes; a busy machine takes longer. The sanitizers' builds, which
# take much more of both, are measured by nobody.
CPU_S_MAX = 3
MEMORY_MB_MAX = 280
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def filled(head, piece, tail=""):
    return (head + piece * ((SIZE - len(head)) // len(piece)) + tail).encode()


def numbered(piece, n):
    """n pieces that differ: a package of equal ones is refused as a bomb."""
    return "".join(piece.replace("#", str(i * 7919 % n)) for i in range(n))


def package(parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as z:
        for name, content in parts.items():
            z.writestr(name, content)
    return made.getvalue()


def relation(kind, target):
    return (f"<Relationships><Relationship Id='r' Type='{RELATIONS}/{kind}' "
            f"Target='{target}'/></Relationships>")


def xlsx(rows):
    return package({
        "_rels/.rels": relation("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f"<workbook xmlns:r='{RELATIONS}'><sheets><sheet name='a' "
                           "r:id='r'/></sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relation("worksheet", "sheet.xml"),
        "xl/sheet.xml": f"<worksheet><sheetData>{rows}</sheetData></worksheet>"})


def docx(body):
    return package({
        "_rels/.rels": relation("officeDocument", "word/document.xml"),
        "word/document.xml": f"<w:document xmlns:w='{WORD}'><w:body>{body}</w:body>"
                             "</w:document>"})


def ofd(objects):
    return package({
        "OFD.xml": "<OFD><DocBody><DocRoot>D/Document.xml</DocRoot></DocBody></OFD>",
        "D/Document.xml": "<Document><CommonData><PageArea><PhysicalBox>0 0 210 297"
                          "</PhysicalBox></PageArea></CommonData><Pages><Page ID='1' "
                          "BaseLoc='P.xml'/></Pages></Document>",
        "D/P.xml": f"<Page><Content><Layer>{objects}</Layer></Content></Page>"})


def pdf(drawing):
    packed = zlib.compress(drawing.encode())
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
               b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
               b"/Resources<</Font<</F 5 0 R>>>>>>",
               b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream"
               % (len(packed), packed),
               b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    return (b"%PDF-1.4\n" + b"".join(b"%d 0 obj %s endobj\n" % (i + 1, o)
                                     for i, o in enumerate(objects)) +
            b"trailer <</Root 1 0 R>>\n%%EOF\n")


FILES = {
    "attributes.html": lambda: filled("<!doctype html><p", " a=1", ">x"),
    "attributes-of-a-cut-tag.html": lambda: filled("<p", " a=1"),
    "rows.html": lambda: filled("<table>", "<tr><td>1"),
    "empty-rows.html": lambda: filled("<table>", "<tr>"),
    "cells.html": lambda: filled("<table><tr>", "<td>"),
    "paragraphs.html": lambda: filled("<!doctype html>", "<p>a"),
    "targets.html": lambda: filled("<!doctype html>", "<div>6%</div>\n"),
    "figures.txt": lambda: filled("", " a=1"),
    "goals.txt": lambda: filled("", "增长6%，"),
    "rows.txt": lambda: filled("", "1 |\n"),
    "tabs.txt": lambda: filled("", "1\t2\n"),
    "long-line.txt": lambda: b"a" * 200_000_000,
    "numbers.xlsx": lambda: xlsx(("<row>" + "<c><v>1</v></c>" * 10 + "</row>") * 100_000),
    "texts.xlsx": lambda: xlsx(numbered(
        "<row>" + "<c t='inlineStr'><is><t>项#</t></is></c>" * 10 + "</row>", 100_000)),
    "paragraphs.docx": lambda: docx(numbered("<w:p><w:r><w:t>项#</w:t></w:r></w:p>",
                                             400_000)),
    "cells.docx": lambda: docx("<w:tbl>" + numbered(
        "<w:tr>" + "<w:tc><w:p><w:r><w:t>#</w:t></w:r></w:p></w:tc>" * 10 + "</w:tr>",
        40_000) + "</w:tbl>"),
    "texts.ofd": lambda: ofd(numbered(
        "<TextObject Boundary='# 9 9 9' Size='5'><TextCode X='0' Y='4'>项</TextCode>"
        "</TextObject>", 400_000)),
    "text.pdf": lambda: pdf("BT /F 9 Tf 1 0 0 1 9 99 Tm " +
                            "(some words of it) Tj 0 -1 Td " * 300_000 + "ET"),
    "words.pdf": lambda: pdf("BT /F 9 Tf " + numbered(
        "1 0 0 1 # 99 Tm (a b) Tj ", 200_000) + "ET"),
}


# Runs the program and prints what it used. In a small process of its own: what a process
# ever held is counted for the programs that it becomes or starts in its place.
MEASURE = """
import os, sys
shut = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=shut)
_, status, used = os.wait4(pid, 0)
print(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime,
      used.ru_maxrss * 1024)
"""


def measured(command, path):
    """Exit status, standard error, seconds of processor time and most bytes of memory, of
    the program and all that it started."""
    ran = subprocess.run([sys.executable, "-c", MEASURE, PROGRAM, command, path],
                         capture_output=True, check=True, timeout=TIMEOUT_S)
    status, cpu_s, memory = ran.stdout.split()
    return int(status), ran.stderr.decode(), float(cpu_s), int(memory)


@unittest.skipIf("build-san" in PROGRAM, "time and memory are the release program's")
class Hostile(unittest.TestCase):
    def test_it_is_read_or_refused_in_bounded_time_and_memory(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in FILES:
                path = pathlib.Path(folder, name)
                with self.subTest(file=name):
                    path.write_bytes(FILES[name]())
                    status, said, cpu_s, memory = measured("check", path)
                    self.assertIn(status, (0, 1, 2))
                    self.assertEqual(len(said.splitlines()), 1 if status == 2 else 0, said)
                    self.assertLess(cpu_s, CPU_S_MAX, said)
                    self.assertLess(memory / MB, MEMORY_MB_MAX, said)
                    path.unlink()

    def test_a_refusal_names_the_limit_and_where_it_was_reached(self):
        rows = {"long-line.txt": ":1:1: a line of more than 4 MB",
                "numbers.xlsx": "more than 524288 cells",
                "figures.txt": "working on it takes more than",
                "rows.txt": ":524289:3: too many cells in tables"}
        with tempfile.TemporaryDirectory() as folder:
            for name, part in rows.items():
                path = pathlib.Path(folder, name)
                with self.subTest(file=name):
                    path.write_bytes(FILES[name]())
                    status, said, _, _ = measured("read", path)
                    self.assertEqual(status, 2)
                    self.assertIn(part, said)
                    path.unlink()


if __name__ == "__main__":
    unittest.main()
