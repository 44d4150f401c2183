"""--dump html, and --track-changes of Word documents."""

import pathlib
import re
import sys
import tempfile
import unittest
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "cli"))

from program import DISTRICT, EXAMPLES, run  # noqa: E402

OWN = {"place", "places", "span", "file", "bytes", "sha256", "format", "charset"}
EXAMPLE_NAMES = ("district-2023.txt", "five-year-plan.md", "county-work-report.txt",
                 "task-list.tsv")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CONTENT = ('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
           '<Default Extension="xml" ContentType="application/xml"/><Override '
           'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
           'officedocument.wordprocessingml.document.main+xml"/></Types>')
RELS = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/officeDocument" Target="word/document.xml"/></Relationships>')
CHANGED = (f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>改造小区</w:t></w:r>'
           '<w:del><w:r><w:delText>12</w:delText></w:r></w:del>'
           '<w:ins><w:r><w:t>15</w:t></w:r></w:ins>'
           '<w:r><w:t>个。</w:t></w:r></w:p></w:body></w:document>')


def meaning(value):
    if isinstance(value, dict):
        return {k: meaning(v) for k, v in value.items() if k not in OWN}
    return [meaning(v) for v in value] if isinstance(value, list) else value


class Page(unittest.TestCase):
    maxDiff = 2000

    def test_a_page_reads_back_as_the_same_plan(self):
        for name in EXAMPLE_NAMES:
            with self.subTest(name=name), tempfile.TemporaryDirectory() as folder:
                page = pathlib.Path(folder, "page.html")
                page.write_bytes(run("read", "--dump", "html", EXAMPLES / name).bytes)
                self.assertEqual(meaning(run("read", "--json", EXAMPLES / name).json()),
                                 meaning(run("read", "--json", page).json()))

    def test_the_example_in_four_formats_holds_one_plan(self):
        want = meaning(run("read", "--json", EXAMPLES / "five-year-plan.md").json())
        paths = sorted((EXAMPLES / "formats").glob("five-year-plan.*"))
        self.assertEqual([p.suffix for p in paths], [".docx", ".html", ".ofd", ".xlsx"])
        for path in paths:
            got = meaning(run("read", "--json", path).json())
            got["document"]["meta"].pop("标题", None)  # of the file's properties
            with self.subTest(path=path.name):
                self.assertEqual(want, got)

    def test_blocks_tables_and_cells_have_anchors_and_places(self):
        page = run("read", "--dump", "html", DISTRICT).out
        anchors = re.findall(r' id="([^"]+)"', page)
        self.assertEqual(len(anchors), len(set(anchors)))
        self.assertLessEqual({"b1", "t1", "t1r1c1", "t1r2c1"}, set(anchors))
        source = DISTRICT.read_bytes()
        cell = re.search(r'<td[^>]* data-line="(\d+)" data-span="(\d+) (\d+)"[^>]*>([^<]+)</td>',
                         page)
        line, at, n = map(int, cell.groups()[:3])
        self.assertEqual(source[at:at + n].decode(), cell.group(4))
        self.assertEqual(source[:at].count(b"\n") + 1, line)

    def test_text_cannot_become_markup(self):
        page = run("read", "--dump", "html", "-",
                   stdin='标题<script>x</script>&amp;"引"\n\n正文<b>一</b>。\n'.encode()).out
        self.assertNotIn("<script", page)
        self.assertNotIn("<b>", page)
        self.assertIn("&lt;b&gt;一&lt;/b&gt;", page)

    def test_other_forms_are_refused(self):
        ran = run("read", "--dump", "xml", DISTRICT)
        self.assertEqual(ran.status, 2)
        self.assertIn("'doc' or 'html', not 'xml'", ran.err)


class TrackedChanges(unittest.TestCase):
    def read(self, *options):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "changed.docx")
            with zipfile.ZipFile(path, "w") as package:
                package.writestr("[Content_Types].xml", CONTENT)
                package.writestr("_rels/.rels", RELS)
                package.writestr("word/document.xml", CHANGED)
            return run("read", "--dump", "doc", *options, path)

    def test_they_are_accepted_rejected_or_both_shown(self):
        for options, want in (((), "改造小区15个。"),
                              (("--track-changes=accept",), "改造小区15个。"),
                              (("--track-changes=reject",), "改造小区12个。"),
                              (("--track-changes", "all"), "改造小区1215个。")):
            with self.subTest(options=options):
                self.assertIn(want, self.read(*options).out)

    def test_another_word_is_refused(self):
        ran = self.read("--track-changes=maybe")
        self.assertEqual(ran.status, 2)
        self.assertIn("accept, reject or all, not 'maybe'", ran.err)


if __name__ == "__main__":
    unittest.main()
