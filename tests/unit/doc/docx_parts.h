/* Word documents from their parts, and short ways to write those. */
#ifndef PL_TESTS_DOCX_PARTS_H
#define PL_TESTS_DOCX_PARTS_H

#include "office.h"

#include "doc/docx_reader.h"

/* What a test document is made of; NULL parts are not in it. */
typedef struct parts {
    const char *body, *styles, *numbering, *footnotes, *core;
} parts;

static inline pl_bytes package(test_zip *z, const parts *p)
{
    *z = (test_zip){.method = 8};
    zip_add(z, "_rels/.rels",
            of("<Relationships><Relationship Id='a' Type='" OFFICE_RELS
               "officeDocument' Target='word/document.xml'/><Relationship Id='b' "
               "Type='x/core-properties' Target='docProps/core.xml'/></Relationships>"));
    zip_add(z, "word/_rels/document.xml.rels",
            of("<Relationships>"
               "<Relationship Id='a' Type='" OFFICE_RELS "styles' Target='styles.xml'/>"
               "<Relationship Id='b' Type='" OFFICE_RELS
               "numbering' Target='numbering.xml'/>"
               "<Relationship Id='c' Type='" OFFICE_RELS
               "footnotes' Target='/word/footnotes.xml'/></Relationships>"));
    part_add(z, "word/document.xml", "<w:document " W_NS "><w:body>", p->body,
             "</w:body></w:document>");
    part_maybe(z, "word/styles.xml", "<w:styles " W_NS ">", p->styles, "</w:styles>");
    part_maybe(z, "word/numbering.xml", "<w:numbering " W_NS ">", p->numbering,
               "</w:numbering>");
    part_maybe(z, "word/footnotes.xml", "<w:footnotes " W_NS ">", p->footnotes,
               "</w:footnotes>");
    part_maybe(z, "docProps/core.xml", "<core xmlns:dc='d'>", p->core, "</core>");
    return zip_end(z);
}

static inline pl_status read_parts(pl_ctx *cx, const parts *p, pl_doc **d)
{
    test_zip z;
    pl_bytes in = package(&z, p);
    pl_status st = pl_doc_read_docx(cx, in, d);

    zip_free(&z);
    return st;
}

static inline void check_parts(const parts *p, pl_track track, const char *want)
{
    pl_ctx cx = test_ctx();
    pl_doc *d = NULL;
    pl_buf b;

    cx.track = track;
    if (read_parts(&cx, p, &d) != PL_OK)
        fail_msg("%s: %s", want, cx.err.msg);
    assert_str(print_doc(d, &b), of(want));
    pl_buf_release(&b);
    test_ctx_free(&cx);
}

static inline void check(const char *body, const char *want)
{
    parts p = {.body = body};

    check_parts(&p, PL_TRACK_ACCEPT, want);
}

#define P(runs)            "<w:p>" runs "</w:p>"
#define R(text)            "<w:r><w:t>" text "</w:t></w:r>"
#define PR(props, runs)    "<w:p><w:pPr>" props "</w:pPr>" runs "</w:p>"
#define TC(props, content) "<w:tc><w:tcPr>" props "</w:tcPr>" content "</w:tc>"
#define C(text)            "<w:tc>" P(R(text)) "</w:tc>"
#define TR(cells)          "<w:tr>" cells "</w:tr>"
#define TBL(rows)          "<w:tbl>" rows "</w:tbl>"
#define FLD(type)          "<w:r><w:fldChar w:fldCharType='" type "'/></w:r>"
#define INSTR(text)        "<w:r><w:instrText>" text "</w:instrText></w:r>"

#define LVL(i, format, text)                                             \
    "<w:lvl w:ilvl='" i "'><w:start w:val='1'/><w:numFmt w:val='" format \
    "'/><w:lvlText w:val='" text "'/></w:lvl>"
#define NUM(id, level, text) \
    PR("<w:numPr><w:ilvl w:val='" level "'/><w:numId w:val='" id "'/></w:numPr>", R(text))
#define V_FIRST "<w:vMerge w:val='restart'/>"
#define V_NEXT  "<w:vMerge/>"
#define SPAN(n) "<w:gridSpan w:val='" n "'/>"

#endif
