"""The plan of a document is the same in every format that it is published in: a web page,
Word, PDF, a workbook, OFD. LibreOffice and the project's own writer make the files."""

import hashlib
import json
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "cli"))

from program import EXAMPLES, NO_SAMPLES, PROGRAM, SAMPLES, TIMEOUT_S, run  # noqa: E402

REAL = SAMPLES / "haidian-2023.txt"
FIVE_YEARS = EXAMPLES / "five-year-plan.md"
TASKS = EXAMPLES / "task-list.tsv"
BUILD = pathlib.Path(PROGRAM).resolve().parent
TO_OFD = BUILD / "tests" / "formats" / "to_ofd"
# What a file's kind may change: where things stand, and what the file is.
OWN = {"place", "places", "span", "file", "bytes", "sha256", "format", "charset"}
KINDS = ("html", "docx", "pdf", "xlsx", "ofd")
# Fields of a record that the file's own properties add.
PROPERTIES = {"标题", "作者", "创建日期"}
OFFICE = (("docx", "MS Word 2007 XML", "HTML (StarWriter)"),
          ("xlsx", "Calc MS Excel 2007 XML", "HTML (StarCalc)"))


def meaning(value, tight):
    """JSON without what belongs to the file; `tight`: without spaces, as a page of placed
    words does not tell a space at a line's end from none."""
    if isinstance(value, dict):
        return {k: meaning(v, tight) for k, v in value.items() if k not in OWN}
    if isinstance(value, list):
        return [meaning(v, tight) for v in value]
    return re.sub(r"\s", "", value) if tight and isinstance(value, str) else value


def plan_of(path, tight):
    read, check = (meaning(run(c, "--json", path).json(), tight) for c in ("read", "check"))
    read["document"]["meta"] = {k: v for k, v in read["document"]["meta"].items()
                                if k not in PROPERTIES}
    return {**read, **{"check " + k: v for k, v in check.items()}}


def convert(folder, kind, as_what, sources, read_as=None):
    """LibreOffice makes folder/NAME.kind of each source."""
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    command += [f"--infilter={read_as}"] if read_as else []
    command += ["--convert-to", f"{kind}:{as_what}" if as_what else kind]
    command += ["--outdir", folder, *sources]
    subprocess.run(command, capture_output=True, check=True, timeout=TIMEOUT_S)


def clean_page(document):
    """A clean web page: of the real report by a script that knows nothing of the reader,
    of others by the program."""
    if document is REAL:
        made = subprocess.run([sys.executable, HERE / "make_html.py", document], check=True,
                              capture_output=True)
        return made.stdout.decode().replace('<table class="record">', '<table border="1">')
    return run("read", "--dump", "html", document).out


def for_sheets(page):
    """LibreOffice reads cells as numbers, dates and formulas unless told that they are
    text: 8-9 would become a day."""
    return re.sub(r"<(td|th|p|h[1-6])(?=[ >])", r'<\1 sdnum="1033;0;@"', page)


def office_files_make(folder, pages):
    """Word, PDF and workbooks of all pages. LibreOffice takes seconds to start: three runs
    in all."""
    sheets = []
    (folder / "sheets").mkdir()
    for page in pages:
        sheets.append(folder / "sheets" / page.name)
        sheets[-1].write_text(for_sheets(page.read_text("utf-8")), "utf-8")
    for (kind, as_what, read_as), source in zip(OFFICE, (pages, sheets)):
        convert(folder, kind, as_what, source, read_as)
    convert(folder, "pdf", "", [p.with_suffix(".docx") for p in pages])
    shutil.rmtree(folder / "profile", ignore_errors=True)


def files_make(documents):
    """The folder with all documents in all formats, NAME.KIND. What LibreOffice made of the
    same pages before is kept in the build."""
    pages = {d.stem: clean_page(d) for d in documents}
    key = hashlib.sha256(repr(pages).encode()).hexdigest()[:16]
    kept = BUILD / "converted" / key
    if not kept.exists():
        shutil.rmtree(kept.parent, ignore_errors=True)
        making = kept.with_suffix(".making")
        making.mkdir(parents=True)
        for name, page in pages.items():
            (making / f"{name}.html").write_text(page, "utf-8")
        office_files_make(making, sorted(making.glob("*.html")))
        making.rename(kept)
    for document in documents:
        subprocess.run([TO_OFD, document, kept / f"{document.stem}.ofd"], check=True,
                       timeout=TIMEOUT_S)
    return kept


def why_not():
    if not shutil.which("soffice"):
        return "LibreOffice is not here (./dev test installs it)"
    if "build-san" in PROGRAM:
        return "the release program's turn: converting once is enough"
    return None


class SamePlan(unittest.TestCase):
    maxDiff = 3000

    @classmethod
    def setUpClass(cls):
        if why_not():
            raise unittest.SkipTest(why_not())
        cls.folder = files_make([d for d in (REAL, FIVE_YEARS, TASKS) if d.exists()])

    def compare(self, document, indicators, tasks):
        if not document.exists():
            self.skipTest(NO_SAMPLES)
        want = {tight: plan_of(document, tight) for tight in (False, True)}
        self.assertEqual((len(want[False]["indicators"]), len(want[False]["tasks"])),
                         (indicators, tasks))
        for kind in KINDS:
            got = plan_of(self.folder / f"{document.stem}.{kind}", kind == "pdf")
            for part, value in want[kind == "pdf"].items():
                with self.subTest(kind=kind, part=part):
                    self.assertEqual(json.dumps(value, ensure_ascii=False, indent=1),
                                     json.dumps(got[part], ensure_ascii=False, indent=1))

    def test_the_real_report(self):
        self.compare(REAL, 33, 121)

    def test_a_five_year_plan_with_two_header_rows(self):
        self.compare(FIVE_YEARS, 20, 0)

    def test_tasks_with_lead_and_supporting_units_in_columns(self):
        self.compare(TASKS, 0, 10)


if __name__ == "__main__":
    unittest.main()
