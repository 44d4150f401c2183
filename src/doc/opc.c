#include "doc/opc.h"

enum { SMALL_PART_BYTES = 16 << 20 };

/* Content types of main parts, told by what they contain: transitional, strict, with
 * macros, templates. The longer word stands first. */
static const struct {
    pl_str word;
    pl_opc_kind kind;
} types[] = {
    {PL_S_INIT("ms-excel.sheet.binary"), PL_OPC_XLSB},
    {PL_S_INIT("wordprocessingml"), PL_OPC_DOCX},
    {PL_S_INIT("ms-word."), PL_OPC_DOCX},
    {PL_S_INIT("spreadsheetml"), PL_OPC_XLSX},
    {PL_S_INIT("ms-excel."), PL_OPC_XLSX},
    {PL_S_INIT("presentationml"), PL_OPC_PPTX},
    {PL_S_INIT("ms-powerpoint."), PL_OPC_PPTX},
};

/* Where main parts stand when a package does not say. */
static const struct {
    pl_str path;
    pl_opc_kind kind;
} usual[] = {
    {PL_S_INIT("word/document.xml"), PL_OPC_DOCX},
    {PL_S_INIT("xl/workbook.xml"), PL_OPC_XLSX},
    {PL_S_INIT("xl/workbook.bin"), PL_OPC_XLSB},
    {PL_S_INIT("ppt/presentation.xml"), PL_OPC_PPTX},
};

/* A failure inside a part says which. */
static pl_status in_part(pl_ctx *cx, pl_str path, pl_status st)
{
    pl_err was = cx->err;

    if (st == PL_OK || st == PL_ENOMEM)
        return st;
    (void)pl_fail(cx, st, was.at, "%.*s: %s", PL_FMT(pl_str_sub(path, 0, 60)), was.msg);
    cx->err.line = was.line;
    cx->err.col = was.col;
    return st;
}

pl_status pl_opc_tree(pl_ctx *cx, const pl_opc *o, pl_str path, pl_xml_node **out)
{
    pl_bytes part;

    PL_TRY(pl_zip_read(cx, o->zip, path, &part));
    if (part.n > SMALL_PART_BYTES)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "%.*s has more than %d bytes",
                       PL_FMT(pl_str_sub(path, 0, 60)), SMALL_PART_BYTES);
    return in_part(cx, path, pl_xml_tree(cx, part, out));
}

pl_status pl_opc_events(pl_ctx *cx, const pl_opc *o, pl_str path,
                        const pl_xml_events *events, void *self)
{
    pl_arena *own = cx->arena, *scratch;
    size_t used = pl_arena_used(own);
    pl_bytes part;
    pl_status st;

    scratch =
        pl_arena_new(used < cx->limits.arena_bytes ? cx->limits.arena_bytes - used : 0);
    if (!scratch)
        return pl_fail_memory(cx);
    cx->arena = scratch;
    st = pl_zip_read(cx, o->zip, path, &part);
    cx->arena = own;
    if (st == PL_OK)
        st = in_part(cx, path, pl_xml_read(cx, part, events, self));
    pl_arena_free(scratch);
    return st;
}

/* The rels part of X/Y is X/_rels/Y.rels. */
static pl_status rels_path(pl_ctx *cx, pl_str from, pl_str *out)
{
    static const pl_str folder = PL_S_INIT("_rels/"), ending = PL_S_INIT(".rels");
    size_t at = from.n;
    char *p = PL_NEW_N(cx->arena, char, from.n + folder.n + ending.n);

    if (!p)
        return pl_fail_memory(cx);
    while (at > 0 && from.p[at - 1] != '/')
        at--;
    if (at > 0)
        memcpy(p, from.p, at);
    memcpy(p + at, folder.p, folder.n);
    if (from.n > at)
        memcpy(p + at + folder.n, from.p + at, from.n - at);
    memcpy(p + folder.n + from.n, ending.p, ending.n);
    *out = (pl_str){p, from.n + folder.n + ending.n};
    return PL_OK;
}

static pl_str last_name(pl_str uri)
{
    size_t at = uri.n;

    while (at > 0 && uri.p[at - 1] != '/')
        at--;
    return pl_str_tail(uri, at);
}

static pl_status rel_add(pl_ctx *cx, pl_str from, const pl_xml_node *n, pl_opc_rels *out)
{
    pl_opc_rel *r = PL_VEC_ADD(cx->arena, &out->list);
    pl_str id = pl_xml_get(n, PL_S("Id"));
    size_t *index = r ? pl_map_add(cx->arena, &out->by_id, id, NULL) : NULL;
    pl_status st;

    if (!index)
        return pl_fail_memory(cx);
    *index = out->list.n - 1;
    r->id = id;
    r->type = last_name(pl_xml_get(n, PL_S("Type")));
    if (pl_str_eq(pl_xml_get(n, PL_S("TargetMode")), PL_S("External")))
        return PL_OK;
    st = pl_zip_path(cx, from, pl_xml_get(n, PL_S("Target")), &r->path);
    return st == PL_ESYNTAX ? PL_OK : st;
}

pl_status pl_opc_rels_of(pl_ctx *cx, const pl_opc *o, pl_str from, pl_opc_rels *out)
{
    pl_xml_node *root;
    pl_str path;
    size_t i;

    *out = (pl_opc_rels){0};
    PL_TRY(rels_path(cx, from, &path));
    if (!pl_zip_find(o->zip, path, &i))
        return PL_OK;
    PL_TRY(pl_opc_tree(cx, o, path, &root));
    for (const pl_xml_node *n = pl_xml_child(root, PL_S("Relationship")); n;
         n = pl_xml_next(n, PL_S("Relationship")))
        PL_TRY(rel_add(cx, from, n, out));
    return PL_OK;
}

pl_str pl_opc_by_type(const pl_opc_rels *rels, pl_str type)
{
    for (size_t i = 0; i < rels->list.n; i++)
        if (pl_str_eq(rels->list.p[i].type, type) && rels->list.p[i].path.n)
            return rels->list.p[i].path;
    return PL_S("");
}

pl_str pl_opc_by_id(const pl_opc_rels *rels, pl_str id)
{
    const size_t *index = pl_map_find(&rels->by_id, id);

    return index ? rels->list.p[*index].path : PL_S("");
}

static pl_opc_kind kind_of_type(pl_str type)
{
    for (size_t i = 0; i < PL_COUNT(types); i++)
        if (pl_str_has(type, types[i].word))
            return types[i].kind;
    return PL_OPC_NONE;
}

/* The kind of the main part: by its content type, else by where it stands. */
static pl_status kind_of_main(pl_ctx *cx, pl_opc *o)
{
    pl_xml_node *root;
    size_t i;

    for (i = 0; i < PL_COUNT(usual); i++)
        if (pl_str_eq(usual[i].path, o->main))
            o->kind = usual[i].kind;
    if (!pl_zip_find(o->zip, PL_S("[Content_Types].xml"), &i))
        return PL_OK;
    PL_TRY(pl_opc_tree(cx, o, PL_S("[Content_Types].xml"), &root));
    for (const pl_xml_node *n = pl_xml_child(root, PL_S("Override")); n;
         n = pl_xml_next(n, PL_S("Override"))) {
        pl_str part = pl_xml_get(n, PL_S("PartName"));
        pl_opc_kind kind = kind_of_type(pl_xml_get(n, PL_S("ContentType")));

        if (pl_str_eat(&part, PL_S("/")) && pl_str_eq(part, o->main) &&
            kind != PL_OPC_NONE)
            o->kind = kind;
    }
    return PL_OK;
}

static pl_status is_odf(pl_ctx *cx, pl_zip *zip, bool *yes)
{
    pl_bytes type;
    size_t i;

    *yes = false;
    if (!pl_zip_find(zip, PL_S("mimetype"), &i))
        return PL_OK;
    PL_TRY(pl_zip_read_at(cx, zip, i, &type));
    *yes = pl_str_starts((pl_str){(const char *)type.p, type.n},
                         PL_S("application/vnd.oasis.opendocument"));
    return PL_OK;
}

pl_status pl_opc_open(pl_ctx *cx, pl_zip *zip, pl_opc *out)
{
    pl_opc_rels rels;
    size_t at;
    bool odf;

    *out = (pl_opc){.zip = zip, .main = PL_S("")};
    PL_TRY(is_odf(cx, zip, &odf));
    if (odf) {
        out->kind = PL_OPC_ODF;
        return PL_OK;
    }
    PL_TRY(pl_opc_rels_of(cx, out, PL_S(""), &rels));
    out->main = pl_opc_by_type(&rels, PL_S("officeDocument"));
    for (size_t i = 0; i < PL_COUNT(usual) && out->main.n == 0; i++)
        if (pl_zip_find(zip, usual[i].path, &at))
            out->main = usual[i].path;
    return out->main.n ? kind_of_main(cx, out) : PL_OK;
}

/* Kinds by their readers: a package of a kind that is not read is refused by the reader
 * that stands nearest to it. */
static const struct {
    pl_opc_kind kind, reader;
    const char *advice;
    pl_status status;
} refused[] = {
    {PL_OPC_NONE, PL_OPC_NONE, "a ZIP package that is no office document", PL_EFORMAT},
    {PL_OPC_DOCX, PL_OPC_DOCX, "a Word document (.docx), not a workbook", PL_EFORMAT},
    {PL_OPC_XLSX, PL_OPC_XLSX, "a workbook (.xlsx), not a Word document", PL_EFORMAT},
    {PL_OPC_XLSB, PL_OPC_XLSX,
     "a binary workbook (.xlsb): save it as .xlsx, for example with LibreOffice",
     PL_ECONVERT},
    {PL_OPC_PPTX, PL_OPC_DOCX, "a presentation (.pptx), which is not read", PL_EFORMAT},
    {PL_OPC_ODF, PL_OPC_DOCX,
     "an OpenDocument file: save it as .docx or .xlsx, for example with LibreOffice",
     PL_ECONVERT},
};

/* A local header of a part in one of the folders of a kind, for packages that cannot be
 * opened. */
static bool has_part(pl_bytes in, pl_opc_kind kind)
{
    pl_str all = {(const char *)in.p, in.n};
    pl_str folder = kind == PL_OPC_DOCX ? PL_S("word/") : PL_S("xl/");

    for (size_t at = 0; (at = pl_str_find(all, PL_S("PK\3\4"), at)) != PL_NOPOS; at += 4)
        if (pl_str_starts(pl_str_tail(all, at + 30), folder))
            return true;
    return false;
}

enum { SNIFF_ARENA_BYTES = 64 << 20 };

bool pl_opc_sniff(pl_bytes in, pl_opc_kind kind)
{
    pl_ctx cx = {.limits = PL_LIMITS_DEFAULT};
    bool yes = false;
    pl_zip *zip;
    pl_opc o;

    if (!pl_zip_is(in))
        return false;
    cx.arena = pl_arena_new(SNIFF_ARENA_BYTES);
    if (!cx.arena)
        return false;
    if (pl_zip_open(&cx, in, &zip) != PL_OK || pl_opc_open(&cx, zip, &o) != PL_OK)
        yes = has_part(in, kind);
    else
        for (size_t i = 1; i < PL_COUNT(refused); i++)
            yes |= refused[i].kind == o.kind && refused[i].reader == kind;
    pl_arena_free(cx.arena);
    return yes;
}

bool pl_opc_is_encrypted(pl_bytes in)
{
    static const pl_str magic = PL_S_INIT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    static const pl_str name =
        PL_S_INIT("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e");
    pl_str all = {(const char *)in.p, in.n};

    return pl_str_starts(all, magic) && pl_str_has(all, name);
}

pl_status pl_opc_expect(pl_ctx *cx, pl_bytes in, pl_opc_kind kind, pl_opc *out)
{
    pl_zip *zip;

    PL_TRY(pl_zip_open(cx, in, &zip));
    PL_TRY(pl_opc_open(cx, zip, out));
    for (size_t i = 0; i < PL_COUNT(refused); i++)
        if (out->kind != kind && refused[i].kind == out->kind)
            return pl_fail(cx, refused[i].status, PL_NOPOS, "%s", refused[i].advice);
    return PL_OK;
}

pl_status pl_opc_meta(pl_ctx *cx, const pl_opc *o, pl_doc *d)
{
    static const struct {
        pl_str name, key;
    } fields[] = {
        {PL_S_INIT("title"), PL_S_INIT("标题")},
        {PL_S_INIT("creator"), PL_S_INIT("作者")},
    };
    pl_xml_node *root;
    pl_opc_rels rels;
    pl_str path;
    size_t at;

    PL_TRY(pl_opc_rels_of(cx, o, PL_S(""), &rels));
    path = pl_opc_by_type(&rels, PL_S("core-properties"));
    if (path.n == 0 || !pl_zip_find(o->zip, path, &at))
        return PL_OK;
    PL_TRY(pl_opc_tree(cx, o, path, &root));
    for (size_t i = 0; i < PL_COUNT(fields); i++) {
        pl_str value = pl_str_trim(pl_xml_text(pl_xml_child(root, fields[i].name)));

        if (value.n)
            PL_TRY(pl_doc_property_add(cx, d, fields[i].key, value,
                                       (pl_place){.path = path}));
    }
    return PL_OK;
}
