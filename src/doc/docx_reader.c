#include "doc/docx_internal.h"
#include "doc/outline.h"
#include "doc/record.h"

/* Parts with text besides the main one, by the type of their relation. */
static const struct note_part {
    pl_str type;
    docx_part part;
} note_parts[] = {
    {PL_S_INIT("footnotes"), {PL_S_INIT("footnote"), PL_S_INIT("fn")}},
    {PL_S_INIT("endnotes"), {PL_S_INIT("endnote"), PL_S_INIT("en")}},
    {PL_S_INIT("comments"), {PL_S_INIT("comment"), PL_S_INIT("cm")}},
    {PL_S_INIT("header"), {PL_S_INIT("hdr"), PL_S_INIT("hd")}},
    {PL_S_INIT("footer"), {PL_S_INIT("ftr"), PL_S_INIT("ft")}},
};

enum { NOTE_PARTS_MOST = 32 }; /* of one type: sections have headers of their own */

/* Is relation i the first one to its part? */
static bool is_first(const pl_opc_rels *rels, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (pl_str_eq(rels->list.p[k].path, rels->list.p[i].path))
            return false;
    return true;
}

/* The parts of one type, each once. */
static pl_status note_parts_read(pl_ctx *cx, docx *x, const pl_opc_rels *rels,
                                 const struct note_part *kind)
{
    size_t at;

    for (size_t i = 0, n = 0; i < rels->list.n && n < NOTE_PARTS_MOST; i++) {
        const pl_opc_rel *r = &rels->list.p[i];

        if (!pl_str_eq(r->type, kind->type) || r->path.n == 0 ||
            !pl_zip_find(x->opc.zip, r->path, &at))
            continue;
        n++;
        if (is_first(rels, i))
            PL_TRY(docx_story_read(cx, x, r->path, &kind->part));
    }
    return PL_OK;
}

static pl_status notes_read(pl_ctx *cx, docx *x, const pl_opc_rels *rels)
{
    for (size_t i = 0; i < PL_COUNT(note_parts); i++)
        PL_TRY(note_parts_read(cx, x, rels, &note_parts[i]));
    return PL_OK;
}

bool pl_docx_is(pl_bytes in)
{
    return pl_opc_sniff(in, PL_OPC_DOCX);
}

pl_status pl_doc_read_docx(pl_ctx *cx, pl_bytes in, pl_doc **out)
{
    static const docx_part body = {PL_S_INIT("body"), PL_S_INIT("")};
    docx x = {.track = cx->track};
    pl_opc_rels rels;

    PL_TRY(pl_opc_expect(cx, in, PL_OPC_DOCX, &x.opc));
    x.doc = PL_NEW(cx->arena, pl_doc);
    if (!x.doc)
        return pl_fail_memory(cx);
    PL_TRY(pl_opc_meta(cx, &x.opc, x.doc));
    PL_TRY(pl_opc_rels_of(cx, &x.opc, x.opc.main, &rels));
    PL_TRY(
        docx_styles_read(cx, &x.opc, pl_opc_by_type(&rels, PL_S("styles")), &x.styles));
    PL_TRY(docx_numbering_read(cx, &x.opc, pl_opc_by_type(&rels, PL_S("numbering")),
                               &x.numbering));
    PL_TRY(docx_story_read(cx, &x, x.opc.main, &body));
    if (x.flow.blocks.n == 0 && x.pictures > 0)
        return pl_fail(cx, PL_ESCANNED, PL_NOPOS,
                       "the document holds pictures and no text");
    PL_TRY(docx_headings(cx, &x));
    PL_TRY(notes_read(cx, &x, &rels));
    x.doc->blocks = x.flow.blocks;
    PL_TRY(docx_tables_number(cx, &x));
    PL_TRY(pl_record_take(cx, x.doc));
    PL_TRY(pl_outline_annexes(cx, x.doc));
    x.doc->format = PL_S("docx");
    x.doc->bytes = in.n;
    *out = x.doc;
    return PL_OK;
}
