"""The plan of a report is the same whether it is read as text or as a web page, however
the page is made: clean, with a site around it, in tables, cut by <br>, saved by an office
program, in an archive."""

import functools
import pathlib
import quopri
import re
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "cli"))

from program import DISTRICT, NO_SAMPLES, SAMPLES, run  # noqa: E402

REAL = SAMPLES / "haidian-2023.txt"
# What a file's kind may change: where things stand, and what the file is.
OWN = {"place", "places", "span", "file", "bytes", "sha256", "format", "charset"}

NAV = ("<div id=header><a href=/><img src=l.png></a><ul class=nav>" +
       "".join(f"<li><a href=/{n}>栏目{n}</a>" for n in range(9)) +
       "</ul></div><div class=crumb>您现在的位置：<a href=/>首页</a> &gt; 正文</div>")
SIDE = ("<div class=right><h3>热点</h3><ul>" +
        "".join(f"<li><a href=/n{n}>某区召开第{n}次会议</a>" for n in range(15)) +
        "</ul><p>近日，某区举办活动。来了不少人。</p></div>")
TOOLS = ("<div>【字体：<a href='javascript:z(1)'>大</a> <a href='javascript:z(2)'>小</a>】"
         "<a href='javascript:window.print()'>打印本页</a></div>")
FOOT = ("<div class=foot><p>主办：某区人民政府办公室</p><p>京ICP备00000000号 网站标识码："
        "0000000000</p></div><script>var a = '<p>x</p>';</script>")
CELL = re.compile(r"<td([^>]*)>(.*?)</td>")


def parts(page):
    """The record and the text of a clean page."""
    body = page[page.index("<body>") + 6:page.index("</body>")]
    end = body.index("</table>") + len("</table>")
    return body[:end], body[end:]


def site(page):
    record, text = parts(page)
    return (f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{NAV}<div>{record}"
            f"<div class=left>{TOOLS}<div class=TRS_Editor><style>.a{{}}</style>{text}</div>"
            f"<div class=share>分享到 微信</div></div>{SIDE}</div>{FOOT}</body></html>").encode()


def layout_tables(page):
    record, text = parts(page)
    text = text.replace("<p>", "<p>　　").replace("</p>", "<br></p>")
    return ("<html><meta http-equiv=Content-Type content='text/html; charset=gb2312'><body>"
            f"<table width=100% border=0><tr><td colspan=2>{NAV}<tr><td width=200>{SIDE}<td>"
            f"<table border=0><tr><td>{record}<tr><td>{TOOLS}<tr><td class=content>{text}"
            f"</table><tr><td colspan=2>{FOOT}</table></body></html>").encode("gb18030")


def breaks(page):
    record, text = parts(page)
    text = re.sub(r"<(p|h2|h3)>(.*?)</\1>", r"&nbsp;&nbsp;　\2<br>", text)
    return f"<html><body>{record}<div id=zoom>{text}</div>".encode()


def office(page):
    record, text = parts(page)
    text = re.sub(r"<p>(.*?)</p>", r"<p class=MsoNormal style='text-indent:32pt'><span "
                  r"style='font-size:16pt'>\1</span><span lang=EN-US><o:p></o:p></span></p>",
                  text).replace('<table border="1">', "<table class=MsoNormalTable border=0>")
    text = CELL.sub(r"<td\1 style='border:solid windowtext 1.0pt'><p class=MsoNormal "
                    r"align=center><span lang=EN-US>\2</span></p></td>", text)
    return f"<html><body><div class=WordSection1>{record}{text}</div></body></html>".encode()


def archive(page):
    return (b"MIME-Version: 1.0\nContent-Type: multipart/related;\n\tboundary=\"--b\"\n\n"
            b"----b\nContent-Type: text/html; charset=\"utf-8\"\n"
            b"Content-Transfer-Encoding: quoted-printable\n\n" +
            quopri.encodestring(site(page)) +
            b"\n----b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\nAAAA\n"
            b"----b--\n")


MAKERS = {"clean": str.encode, "site": site, "layout_tables": layout_tables,
          "breaks": breaks, "office": office, "archive": archive}


def meaning(value):
    """JSON without what belongs to the file."""
    if isinstance(value, dict):
        return {k: meaning(v) for k, v in value.items() if k not in OWN}
    if isinstance(value, list):
        return [meaning(v) for v in value]
    return value


@functools.cache
def from_text(path):
    return meaning(run("read", "--json", path).json())


@functools.cache
def clean_page(path):
    made = subprocess.run([sys.executable, HERE / "make_html.py", path], check=True,
                          capture_output=True)
    return made.stdout.decode()


def case(path, make):
    def test(self):
        if not path.exists():
            self.skipTest(NO_SAMPLES)
        with tempfile.TemporaryDirectory() as folder:
            page = pathlib.Path(folder) / "page.html"
            page.write_bytes(make(clean_page(path)))
            self.maxDiff = 3000
            self.assertEqual(from_text(path), meaning(run("read", "--json", page).json()))
    return test


class SamePlan(unittest.TestCase):
    """Filled below."""


for document, name in ((DISTRICT, "example"), (REAL, "real")):
    for kind, maker in MAKERS.items():
        setattr(SamePlan, f"test_{name}_{kind}", case(document, maker))

if __name__ == "__main__":
    unittest.main()
