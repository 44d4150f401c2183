#include "doc/outline.h"
#include "doc/record.h"
#include "doc/xlsx_internal.h"

/* The part of a sheet that was not read yet; *path is empty when there is none. */
static pl_status part_of(pl_ctx *cx, xlsx_book *b, const pl_xml_node *n,
                         const pl_opc_rels *rels, pl_str *path)
{
    size_t at, *seen;
    bool added;

    *path = pl_opc_by_id(rels, pl_xml_get(n, PL_S("r:id")));
    if (path->n == 0)
        *path = pl_opc_by_id(rels, pl_xml_get(n, PL_S("id")));
    if (path->n == 0 || !pl_zip_find(b->opc.zip, *path, &at)) {
        path->n = 0;
        return PL_OK;
    }
    seen = pl_map_add(cx->arena, &b->read, *path, &added);
    if (!seen)
        return pl_fail_memory(cx);
    if (!added)
        path->n = 0;
    return PL_OK;
}

static pl_status odd_hidden(pl_ctx *cx, xlsx_book *b, pl_str name)
{
    return pl_doc_odd(cx, b->doc, PL_S("sheet.hidden"), PL_S("工作表是隐藏的"),
                      PL_S("the sheet is hidden"), (pl_place){.path = name});
}

/* One sheet of the list; what is held meanwhile is in its own scratch. */
static pl_status sheet_read(pl_ctx *cx, xlsx_book *b, const pl_xml_node *n,
                            const pl_opc_rels *rels)
{
    xlsx_sheet s = {.name = pl_xml_get(n, PL_S("name"))};
    size_t used = pl_arena_used(cx->arena);
    pl_str path, state;
    pl_status st;

    PL_TRY(part_of(cx, b, n, rels, &path));
    if (path.n == 0)
        return pl_doc_odd(cx, b->doc, PL_S("part.unread"), PL_S("工作表缺失"),
                          PL_S("the sheet is not in the package"),
                          (pl_place){.path = s.name});
    state = pl_xml_get(n, PL_S("state"));
    s.hidden = pl_str_eq(state, PL_S("hidden")) || pl_str_eq(state, PL_S("veryHidden"));
    s.scratch =
        pl_arena_new(used < cx->limits.arena_bytes ? cx->limits.arena_bytes - used : 0);
    if (!s.scratch)
        return pl_fail_memory(cx);
    st = xlsx_sheet_read(cx, b, path, &s);
    if (st == PL_OK && s.hidden && s.cells.n)
        st = odd_hidden(cx, b, s.name);
    if (st == PL_OK)
        st = xlsx_sheet_blocks(cx, b, &s);
    pl_arena_free(s.scratch);
    return st;
}

static void title_else(xlsx_book *b, pl_str first_sheet)
{
    const pl_meta *said = b->doc->title.n ? NULL : pl_doc_meta_of(b->doc, PL_S("标题"));

    if (said)
        b->doc->title = said->value;
    if (b->doc->title.n == 0) {
        b->doc->title = first_sheet;
        b->doc->title_place.path = first_sheet;
    }
}

static pl_status sheets_read(pl_ctx *cx, xlsx_book *b, const pl_xml_node *book,
                             const pl_opc_rels *rels)
{
    const pl_xml_node *list = pl_xml_child(book, PL_S("sheets"));
    const pl_xml_node *first = pl_xml_child(list, PL_S("sheet"));
    pl_str since = pl_xml_get(pl_xml_child(book, PL_S("workbookPr")), PL_S("date1904"));

    b->from_1904 = pl_str_eq(since, PL_S("1")) || pl_str_eq(since, PL_S("true"));
    for (const pl_xml_node *n = first; n; n = pl_xml_next(n, PL_S("sheet")))
        PL_TRY(sheet_read(cx, b, n, rels));
    PL_TRY(pl_record_take(cx, b->doc));
    if (b->has_text)
        PL_TRY(pl_outline_make(cx, b->doc, b->doc->title.n > 0));
    title_else(b, pl_xml_get(first, PL_S("name")));
    return PL_OK;
}

bool pl_xlsx_is(pl_bytes in)
{
    return pl_opc_sniff(in, PL_OPC_XLSX);
}

pl_status pl_doc_read_xlsx(pl_ctx *cx, pl_bytes in, pl_doc **out)
{
    xlsx_book b = {.cells = 0};
    pl_xml_node *book;
    pl_opc_rels rels;

    PL_TRY(pl_opc_expect(cx, in, PL_OPC_XLSX, &b.opc));
    b.doc = PL_NEW(cx->arena, pl_doc);
    b.hidden = PL_NEW_N(cx->arena, int32_t, XLSX_COLS + 1);
    b.covered = PL_NEW_N(cx->arena, uint32_t, XLSX_COLS);
    b.used = PL_NEW_N(cx->arena, bool, XLSX_COLS);
    if (!b.doc || !b.hidden || !b.covered || !b.used)
        return pl_fail_memory(cx);
    PL_TRY(pl_opc_meta(cx, &b.opc, b.doc));
    PL_TRY(pl_opc_tree(cx, &b.opc, b.opc.main, &book));
    PL_TRY(pl_opc_rels_of(cx, &b.opc, b.opc.main, &rels));
    PL_TRY(
        xlsx_formats_read(cx, &b.opc, pl_opc_by_type(&rels, PL_S("styles")), &b.formats));
    PL_TRY(xlsx_strings_read(cx, &b.opc, pl_opc_by_type(&rels, PL_S("sharedStrings")),
                             &b.strings));
    PL_TRY(sheets_read(cx, &b, book, &rels));
    b.doc->format = PL_S("xlsx");
    b.doc->bytes = in.n;
    *out = b.doc;
    return PL_OK;
}
