"""Folders, patterns, archives, many processes: one line a document, in order."""

import fcntl
import io
import json
import os
import pathlib
import pty
import select
import struct
import subprocess
import tempfile
import termios
import time
import unittest
import zipfile

from program import DISTRICT, EXAMPLES, PROGRAM, TIMEOUT_S, run

TEXT = "关于计划的报告\n\n一、主要目标\n（一）经济增长6%以上。\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
OLD_DOC = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + bytes(600)


def archive(files):
    """A ZIP file of {name: bytes}; names of bytes stay as they are (no flag for UTF-8)."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as z:
        for name, content in files.items():
            z.writestr(name, content)
    return made.getvalue()


class Folder(unittest.TestCase):
    def setUp(self):
        self.top = tempfile.TemporaryDirectory()
        self.addCleanup(self.top.cleanup)
        self.dir = pathlib.Path(self.top.name, "plans")
        self.put("b.txt", TEXT.encode())
        self.put("a/report.txt", DISTRICT.read_bytes())
        self.put("a/page.html", f"<h1>题</h1><p>{TEXT}</p>".encode())
        self.put("picture.png", PNG)
        self.put(".hidden.txt", TEXT.encode())
        (self.dir / "loop").symlink_to(self.dir, target_is_directory=True)

    def put(self, name, content):
        path = self.dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def names(self, ran):
        return [d["file"].removeprefix(f"{self.dir}/") for d in ran.lines()]

    def test_files_of_a_folder_come_in_order_and_what_is_no_document_is_skipped(self):
        ran = run("check", self.dir, "--json")
        self.assertEqual(self.names(ran), ["a/page.html", "a/report.txt", "b.txt"])
        self.assertEqual(ran.err, "")
        self.assertEqual(ran.status, 1)  # the district contradicts itself

    def test_a_listing_has_a_line_a_document_and_sums(self):
        for lang, words in (("zh", ("3 个文件", "跳过 1 个")),
                            ("en", ("3 documents", "1 skipped"))):
            with self.subTest(lang=lang):
                rows = run("check", self.dir, "--lang", lang).out.splitlines()
                self.assertEqual(len(rows), 1 + 3 + 2)
                counts = {row.split()[-1].rsplit("/", 1)[-1]: row.split()[:4]
                          for row in rows[1:4]}
                self.assertEqual(counts["report.txt"], ["31", "27", "4", "0"])
                self.assertEqual(rows[-1].split()[:4], ["31", "27", "4", "0"])
                for word in words:
                    self.assertIn(word, rows[-1])

    def test_read_lists_indicators_tasks_and_goals(self):
        rows = run("read", self.dir).out.splitlines()
        self.assertEqual(len(rows), 1 + 3 + 2)
        self.assertRegex(rows[2], r"^\s+33\s+28\s+15\s+\S+/a/report\.txt$")

    def test_a_full_report_of_each_on_demand(self):
        out = run("check", self.dir, "--full").out
        self.assertIn(run("check", self.dir / "a" / "report.txt").out, out)
        self.assertNotIn("个文件", out)

    def test_a_quoted_pattern_is_expanded_and_one_without_matches_is_reported(self):
        ran = run("check", f"{self.dir}/*.txt", f"{self.dir}/[a]", "--json")
        self.assertEqual(self.names(ran), ["b.txt", "a/page.html", "a/report.txt"])
        ran = run("check", f"{self.dir}/*.docx", self.dir / "b.txt", "--json")
        self.assertEqual((ran.status, self.names(ran)), (2, ["b.txt"]))
        self.assertIn("*.docx", ran.err)

    def test_a_file_whose_name_looks_like_a_pattern_is_a_file(self):
        path = self.put("c[1].txt", TEXT.encode())
        self.assertEqual(self.names(run("check", path, "--json")), ["c[1].txt"])

    def test_bad_ones_are_reported_and_the_rest_go_on(self):
        self.put("a/broken.docx", archive({"word/document.xml": "<w:document"}))
        self.put("a/old.doc", OLD_DOC)
        ran = run("check", self.dir, "--json")
        self.assertEqual(self.names(ran), ["a/page.html", "a/report.txt", "b.txt"])
        self.assertEqual(ran.status, 2)
        self.assertEqual([row.split(": ")[1].rsplit("/", 1)[-1].split(":")[0]
                          for row in ran.err.splitlines()], ["broken.docx", "old.doc"])
        self.assertIn("2 个无法读取", run("check", self.dir).out)

    def test_a_folder_without_documents_is_no_success(self):
        (self.dir / "empty").mkdir()
        for name in ("empty", "picture*"):
            with self.subTest(name=name):
                self.assertEqual(run("check", f"{self.dir}/{name}").status, 2)

    def test_the_number_of_processes_changes_nothing(self):
        for i in range(12):
            self.put(f"more/{i:02}.txt", TEXT.encode() if i % 3 else DISTRICT.read_bytes())
        self.put("more/05.png.txt", b"\0\0\0")
        for mode in ((), ("--json",), ("--full",)):
            one = run("check", self.dir, *mode)
            for jobs in (("-j",), ("-j", "2"), ("-j7",), ("--jobs", "3"), ("--jobs=100",)):
                with self.subTest(mode=mode, jobs=jobs):
                    many = run("check", *jobs, self.dir, *mode)
                    self.assertEqual((many.out, many.err, many.status),
                                     (one.out, one.err, one.status))

    def test_bad_numbers_of_processes_are_refused(self):
        for jobs in (("-j0",), ("-jx",), ("--jobs", "-1"), ("-j99999",)):
            with self.subTest(jobs=jobs):
                ran = run("check", *jobs, self.dir)
                self.assertEqual((ran.status, ran.out), (2, ""))

    def test_json_is_streamed(self):
        slow = self.dir / "z.txt"
        os.mkfifo(slow)
        with subprocess.Popen([PROGRAM, "check", "--json", str(self.dir / "b.txt"), str(slow)],
                              stdout=subprocess.PIPE) as child:
            try:
                ready, _, _ = select.select([child.stdout], [], [], TIMEOUT_S)
                self.assertTrue(ready, "nothing before the last file is read")
                self.assertEqual(json.loads(child.stdout.readline())["file"],
                                 str(self.dir / "b.txt"))
            finally:
                slow.write_text(TEXT, "utf-8")
                child.wait(TIMEOUT_S)

    def test_who_stops_reading_ends_it(self):
        for i in range(40):
            self.put(f"more/{i:02}.txt", DISTRICT.read_bytes())
        child = subprocess.Popen([PROGRAM, "check", "--json", "-j2", str(self.dir)],
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        child.stdout.readline()
        child.stdout.close()
        self.assertEqual(child.wait(TIMEOUT_S), 2)
        self.assertIn(b"standard output", child.stderr.read())
        child.stderr.close()

    def test_progress_is_shown_on_a_terminal_after_a_second_and_wiped(self):
        slow = self.dir / "z.txt"
        os.mkfifo(slow)
        own, other = pty.openpty()
        fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        child = subprocess.Popen([PROGRAM, "check", "--json", "--lang", "en",
                                  str(self.dir / "b.txt"), str(slow)],
                                 stdout=subprocess.DEVNULL, stderr=other)
        os.close(other)
        shown, until = b"", time.monotonic() + TIMEOUT_S
        while b"1 of 2" not in shown and time.monotonic() < until:
            if select.select([own], [], [], 1)[0]:
                shown += os.read(own, 4096)
        self.assertIn(b"1 of 2", shown)
        slow.write_text(TEXT, "utf-8")
        child.wait(TIMEOUT_S)
        while select.select([own], [], [], 0)[0]:
            try:
                shown += os.read(own, 4096)
            except OSError:
                break
        os.close(own)
        self.assertTrue(shown.endswith(b"\r\x1b[K"), shown)


class Archive(unittest.TestCase):
    def setUp(self):
        self.top = tempfile.TemporaryDirectory()
        self.addCleanup(self.top.cleanup)
        self.path = pathlib.Path(self.top.name, "a.zip")

    def check(self, content, *options):
        self.path.write_bytes(content)
        return run("check", self.path, "--json", *options)

    def names(self, ran):
        return [d["file"].removeprefix(f"{self.top.name}/") for d in ran.lines()]

    def test_its_documents_are_read_one_by_one(self):
        inner = archive({"word/document.xml": (
            "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/"
            "main'><w:body><w:p><w:r><w:t>增长6%</w:t></w:r></w:p></w:body></w:document>")})
        ran = self.check(archive({"计划/报告.docx": inner, "计划/说明.txt": TEXT,
                                  "图.png": PNG, "__MACOSX/._a": b"x"}))
        self.assertEqual(self.names(ran), ["a.zip:计划/报告.docx", "a.zip:计划/说明.txt"])
        self.assertEqual(ran.err, "")
        self.assertIn("跳过 2 个", run("check", self.path).out)

    def test_an_archive_of_one_document_is_reported_in_full(self):
        self.path.write_bytes(archive({"r.txt": DISTRICT.read_bytes()}))
        self.assertEqual(
            run("check", self.path).out.replace(f"{self.path}:r.txt", "FILE"),
            run("check", DISTRICT).out.replace(str(DISTRICT), "FILE"))

    def test_archives_in_archives_are_read_and_bounded(self):
        content = archive({"r.txt": TEXT})
        for _ in range(2):
            content = archive({"i.zip": content})
        self.assertEqual(self.names(self.check(content)), ["a.zip:i.zip:i.zip:r.txt"])
        for _ in range(3):
            content = archive({"i.zip": content})
        ran = self.check(content)
        self.assertEqual((ran.status, ran.out), (2, ""))
        self.assertIn("deep", ran.err)

    def test_one_bad_file_does_not_spoil_the_rest(self):
        ran = self.check(archive({"a.docx": archive({"word/document.xml": "<w:d"}),
                                  "b.txt": TEXT, "c.doc": OLD_DOC}))
        self.assertEqual((ran.status, self.names(ran)), (2, ["a.zip:b.txt"]))
        self.assertRegex(ran.err, r"a\.zip:a\.docx:.*\n.*a\.zip:c\.doc: an old")

    def test_names_that_would_leave_the_archive_are_refused(self):
        ran = self.check(archive({"../../etc/passwd.txt": TEXT}))
        self.assertEqual((ran.status, ran.out), (2, ""))
        self.assertIn("leaves", ran.err)

    def test_a_bomb_is_refused_soon(self):
        content = archive({"a.txt": bytes(300 << 20)})
        self.assertLess(len(content), 1 << 20)
        begun = time.monotonic()
        ran = self.check(content)
        self.assertEqual((ran.status, ran.out), (2, ""))
        self.assertLess(time.monotonic() - begun, 20)


class Sandbox(unittest.TestCase):
    def test_reading_is_the_same_with_and_without(self):
        for path in sorted(EXAMPLES.iterdir()):
            with self.subTest(path=path.name):
                self.assertEqual(run("read", "--json", path).out,
                                 run("read", "--json", "--no-sandbox", path).out)


if __name__ == "__main__":
    unittest.main()
