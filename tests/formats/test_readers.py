"""What each format can say is read as it is meant: one small document a row, through the
whole program. What readers do with odd input is in tests/unit/doc."""

import io
import pathlib
import sys
import tempfile
import unittest
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "cli"))

from program import run  # noqa: E402

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TEXT = "某县当年安排重点任务三十项，第二句话说明进展情况，继续推进各项工作。"


def package(parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as z:
        for name, content in parts.items():
            z.writestr(name, content)
    return made.getvalue()


def page(body, head=""):
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


def relations(*rows):
    return "<Relationships>%s</Relationships>" % "".join(
        f"<Relationship Id='{i}' Type='{RELATIONS}/{kind}' Target='{target}'/>"
        for i, (kind, target) in enumerate(rows))


def docx(body, parts=(), kinds=()):
    return package({
        "_rels/.rels": relations(("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relations(*kinds),
        "word/document.xml": f"<w:document xmlns:w='{WORD}'><w:body>{body}</w:body>"
                             "</w:document>",
        **{f"word/{name}.xml": f"<w:{root} xmlns:w='{WORD}'>{content}</w:{root}>"
           for name, root, content in parts}})


def para(text, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{para(text)}</w:tc>"


def row(*cells, properties=""):
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def numbered(level, text):
    return para(text, f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='1'/></w:numPr>")


def numbering():
    levels = [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"),
              ("decimal", "%3.")]
    return ("<w:abstractNum w:abstractNumId='1'>" + "".join(
        f"<w:lvl w:ilvl='{i}'><w:start w:val='1'/><w:numFmt w:val='{form}'/>"
        f"<w:lvlText w:val='{text}'/></w:lvl>" for i, (form, text) in enumerate(levels)) +
        "</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>")


def xlsx(sheets, styles=""):
    """{name: rows}: texts, or (style, value) of numbers."""
    def at(r, c, value):
        place = f"{chr(ord('A') + c)}{r + 1}"
        if isinstance(value, tuple):
            return f"<c r='{place}' s='{value[0]}'><v>{value[1]}</v></c>"
        return f"<c r='{place}' t='inlineStr'><is><t>{value}</t></is></c>"
    parts = {
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f"<workbook xmlns:r='{RELATIONS}'><sheets>" + "".join(
            f"<sheet name='{name}' r:id='{i}'/>" for i, name in enumerate(sheets)) +
            "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations(
            *[("worksheet", f"s{i}.xml") for i in range(len(sheets))],
            ("styles", "styles.xml")),
        "xl/styles.xml": f"<styleSheet>{styles}</styleSheet>"}
    for i, rows in enumerate(sheets.values()):
        parts[f"xl/s{i}.xml"] = "<worksheet><sheetData>" + "".join(
            f"<row r='{r + 1}'>{''.join(at(r, c, v) for c, v in enumerate(cells))}</row>"
            for r, cells in enumerate(rows)) + "</sheetData></worksheet>"
    return package(parts)


# name: (bytes, lines of the listing that are in it, texts that are not)
DOCUMENTS = {
    "html: spans and their origins": (
        page("<table border=1><tr><td rowspan=2>甲<td colspan=2>乙<tr><td>丙<td>丁"
             "<tr><td rowspan=0>戊<td>己<td>庚<tr><td>辛<td>壬</table>").encode(),
        ["| 甲 {2x1} | 乙 {1x2}", "| ^ | 丙 | 丁", "| 戊 {2x1} | 己 | 庚", "| ^ | 辛 | 壬"],
        []),
    "html: a table in a cell": (
        page("<table border=1><tr><td>指标名称说明<td>完成情况说明<tr><td>丙项指标说明<td>"
             "<table border=1><tr><td>子1<td>子2<tr><td>子3<td>子4</table></table>").encode(),
        ["| 指标名称说明 | 完成情况说明", "| 丙项指标说明 | 子1\\n子2\\n子3\\n子4"], []),
    "html: lists": (
        page("<ol><li>甲项<li>乙项</ol><ol start=3 type=a><li>丁项</ol>").encode(),
        ["1.甲项", "2.乙项", "c.丁项"], []),
    "html: what nobody sees": (
        page("<nav><a href=/>首页</a></nav><script>var a='脚本'</script><style>p{}</style>"
             "<noscript>无脚本</noscript><p style='display:none'>藏一</p><p hidden>藏二</p>"
             f"<template>模板</template><!--注释--><p>{TEXT}</p>"
             "<div style='visibility:hidden'>藏三</div>").encode(),
        [TEXT], ["首页", "脚本", "藏", "模板", "注释"]),
    "html: headings by tag": (
        page(f"<h2>总体要求</h2><p>{TEXT}</p>").encode(), ["[heading 2]", "总体要求"], []),
    "html: a mark of bytes before the charset said": (
        b"\xef\xbb\xbf" + page(f"<p>{TEXT}</p>", "<meta charset=gbk>").encode(),
        ["UTF-8", TEXT], []),
    "html: the charset said": (
        page(f"<p>{TEXT}</p>", "<meta http-equiv=Content-Type content='text/html; "
             "charset=gb2312'>").encode("gb18030"), ["GB18030", TEXT], []),
    "html: no charset said": (page(f"<p>{TEXT}</p>").encode("gb18030"),
                              ["GB18030", TEXT], []),
    "html: UTF-16": (page(f"<p>{TEXT}</p>").encode("utf-16"), ["UTF-16LE", TEXT], []),
    "mhtml: the charset of its header": (
        b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=gb18030\r\n"
        b"Content-Transfer-Encoding: 8bit\r\n\r\n" + page(f"<p>{TEXT}</p>").encode("gbk"),
        ["mhtml", TEXT], []),
    "mhtml: the page among its parts": (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"x\"\r\n\r\n"
        b"--x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAA\r\n"
        b"--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: "
        b"quoted-printable\r\n\r\n<h1>=E8=AE=A1=E5=88=92</h1><p>=E6=AD=\r\n=A3=E6=96=87"
        b"</p>\r\n--x--\r\n", ["计划", "正文"], []),
    "docx: numbers that Word writes itself": (
        docx(numbered(0, "总体要求") + numbered(1, "发展目标") + numbered(2, "经济增长") +
             numbered(2, "民生改善") + numbered(0, "保障措施"),
             [("numbering", "numbering", numbering())], [("numbering", "numbering.xml")]),
        ["一、总体要求", "（一）发展目标", "1. 经济增长", "2. 民生改善", "二、保障措施"], []),
    "docx: cells merged and left out": (
        docx("<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/><w:gridCol/></w:tblGrid>" +
             row(cell("甲", "<w:gridSpan w:val='2'/>"), cell("乙")) +
             row(cell("丙", "<w:vMerge w:val='restart'/>"), cell("丁"), cell("戊")) +
             row(cell("", "<w:vMerge/>"), cell("己"), cell("庚")) +
             row(cell("辛"), cell("壬"), properties="<w:gridBefore w:val='1'/>") +
             row(cell("癸"), cell("子"), properties="<w:gridAfter w:val='1'/>") +
             "</w:tbl>"),
        ["| 甲 {1x2} | 乙", "| 丙 {2x1} | 丁 | 戊", "| ^ | 己 | 庚", "| ∅ | 辛 | 壬",
         "| 癸 | 子 | ∅"], []),
    "docx: headers, footers and notes stand apart": (
        docx(para(TEXT) + "<w:p><w:r><w:t>有注</w:t><w:footnoteReference w:id='2'/></w:r>"
             "</w:p>",
             [("header1", "hdr", para("页眉文字")), ("footer1", "ftr", para("页脚文字")),
              ("footnotes", "footnotes", f"<w:footnote w:id='2'>{para('脚注文字')}"
               "</w:footnote>"),
              ("endnotes", "endnotes", f"<w:endnote w:id='2'>{para('尾注文字')}"
               "</w:endnote>")],
             [("header", "header1.xml"), ("header", "header1.xml"),
              ("footer", "footer1.xml"), ("footnotes", "footnotes.xml"),
              ("endnotes", "endnotes.xml")]),
        ["[para] p1: " + TEXT, "[para] p2: 有注\n", "[note] fn1: 脚注文字",
         "[note] en1: 尾注文字", "[note] hd1: 页眉文字\n[note] ft1: 页脚文字"], []),
    "docx: breaks, fields, changes, controls": (
        docx("<w:p><w:r><w:t>第一行</w:t><w:br/><w:t>第二行</w:t></w:r></w:p>"
             "<w:p><w:fldSimple w:instr='PAGE'><w:r><w:t>域果</w:t></w:r></w:fldSimple>"
             "<w:ins><w:r><w:t>添上</w:t></w:r></w:ins>"
             "<w:del><w:r><w:delText>删去</w:delText></w:r></w:del></w:p>"
             f"<w:sdt><w:sdtContent>{para('控件里的字')}</w:sdtContent></w:sdt>"),
        ["第一行第二行", "域果添上", "控件里的字"], ["删去"]),
    "xlsx: all sheets, numbers as they are shown": (
        xlsx({"指标": [["指标", "数值"], ["增速", (1, "0.04")], ["日期", (2, "44927")]],
              "任务": [["序号", "任务"], ["1", "修路"]]},
             "<numFmts><numFmt numFmtId='170' formatCode='0.0%'/><numFmt numFmtId='171' "
             "formatCode='yyyy\"年\"m\"月\"d\"日\"'/></numFmts><cellXfs><xf numFmtId='0'/>"
             "<xf numFmtId='170'/><xf numFmtId='171'/></cellXfs>"),
        ["[heading 1] 指标: 指标", "| 增速 | 4.0%", "| 日期 | 2023年1月1日",
         "[heading 1] 任务: 任务", "| 1 | 修路"], []),
}

# name: (bytes, what standard error says)
REFUSED = {
    "plan.xls": (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + bytes(600), "LibreOffice"),
    "plan.wps": (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + bytes(600), ".wps"),
    "plan.rtf": (b"{\\rtf1 abc}", "LibreOffice"),
}


class Readers(unittest.TestCase):
    def test_a_document_is_read_as_it_is_meant(self):
        for name, (content, there, absent) in DOCUMENTS.items():
            with self.subTest(document=name):
                ran = run("read", "--dump", "doc", "-", stdin=content)
                self.assertEqual(ran.status, 0, ran.err)
                for part in there:
                    self.assertIn(part, ran.out)
                for part in absent:
                    self.assertNotIn(part, ran.out)

    def test_tracked_changes_are_read_as_asked(self):
        content = docx("<w:p><w:ins><w:r><w:t>新文</w:t></w:r></w:ins><w:del><w:r>"
                       "<w:delText>旧文</w:delText></w:r></w:del></w:p>")
        for how, want in (("accept", "新文"), ("reject", "旧文"), ("all", "新文旧文")):
            ran = run("read", "--dump", "doc", f"--track-changes={how}", "-",
                      stdin=content)
            self.assertIn(f"p1: {want}\n", ran.out)

    def test_what_is_not_read_names_a_converter(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, (content, said) in REFUSED.items():
                path = pathlib.Path(folder, name)
                path.write_bytes(content)
                ran = run("read", path)
                self.assertEqual(ran.status, 2)
                self.assertIn(said, ran.err)

    def test_a_plan_kept_as_a_workbook_is_a_plan(self):
        content = xlsx({
            "主要指标": [["序号", "指标", "单位", "2022年目标", "2022年完成", "责任单位"],
                         ["1", "新增就业", "人", "3000以上", "3120", "县人社局"],
                         ["2", "单位能耗降幅", "%", "3", "2.1", "县发改局"]],
            "重点任务": [["序号", "任务", "牵头单位"], ["1", "新建学校2所。", "县教育局"],
                         ["2", "改造道路5条。", "县交通局"]]})
        plan = run("read", "--json", "-", stdin=content).json()
        self.assertEqual([i["name"] for i in plan["indicators"]],
                         ["新增就业", "单位能耗降幅"])
        self.assertEqual([t["responsible"] for t in plan["tasks"]],
                         [["县教育局"], ["县交通局"]])


if __name__ == "__main__":
    unittest.main()
