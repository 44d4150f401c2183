#include "base/buf.h"
#include "doc/ofd_internal.h"

/* A4, for pages that do not say their size. */
static const pl_box a4 = {0, 0, 210 * PL_UM_PER_MM, 297 * PL_UM_PER_MM};

static const pl_str entry_name = PL_S_INIT("OFD.xml");

/* The directory stands at the end of a package and names every entry. */
bool pl_ofd_is(pl_bytes in)
{
    pl_str s = {(const char *)in.p, in.n};

    return pl_zip_is(in) && (pl_str_has(s, entry_name) || pl_str_has(s, PL_S("ofd.xml")));
}

/* The path that `s`, written in part `from`, means: as the standard says, else from the
 * root of the package, else in the folder above. False when no part is there. */
static pl_status part_find(pl_ctx *cx, pl_ofd_reader *r, pl_str from, pl_str s,
                           pl_str *out, bool *found)
{
    static const pl_str before[] = {PL_S_INIT(""), PL_S_INIT("/"), PL_S_INIT("../")};
    size_t at;

    *found = false;
    s = pl_str_trim(s);
    for (size_t i = 0; i < PL_COUNT(before) && s.n && !*found; i++) {
        pl_str parts[] = {before[i], s}, path;
        char *p = PL_NEW_N(cx->arena, char, parts[0].n + s.n);
        pl_status st;

        if (!p)
            return pl_fail_memory(cx);
        memcpy(p, parts[0].p, parts[0].n);
        memcpy(p + parts[0].n, s.p, s.n);
        st = pl_zip_path(cx, from, (pl_str){p, parts[0].n + s.n}, &path);
        if (st == PL_ENOMEM)
            return st;
        *found = st == PL_OK && pl_zip_find(r->zip, path, &at);
        if (*found)
            *out = pl_zip_name(r->zip, at);
    }
    return PL_OK;
}

static pl_status part_tree(pl_ctx *cx, pl_ofd_reader *r, pl_str path, pl_xml_node **out)
{
    pl_bytes b;

    PL_TRY(pl_zip_read(cx, r->zip, path, &b));
    return pl_xml_tree(cx, b, out);
}

static pl_status odd_part(pl_ctx *cx, pl_ofd_reader *r, pl_str path, uint32_t page)
{
    return pl_doc_odd(cx, r->doc, PL_S("ofd.part"),
                      PL_S("包内的一个部件缺失或损坏，未能读取"),
                      PL_S("a part of the package is missing or broken: it was not read"),
                      (pl_place){.page = page, .path = path});
}

/* Statuses that say that one part is bad, not that the work cannot go on. */
static bool is_bad_part(pl_status st)
{
    return st == PL_ESYNTAX || st == PL_ENOTFOUND || st == PL_EFORMAT;
}

/* The tree of the part that `s` in part `from` names; NULL, and an oddity, when it cannot
 * be read. */
static pl_status part_read(pl_ctx *cx, pl_ofd_reader *r, pl_str from, pl_str s,
                           pl_str *path, pl_xml_node **out)
{
    bool found;
    pl_status st;

    *out = NULL;
    *path = s;
    PL_TRY(part_find(cx, r, from, s, path, &found));
    if (found) {
        st = part_tree(cx, r, *path, out);
        if (!is_bad_part(st))
            return st;
        *out = NULL;
    } else {
        PL_TRY(pl_str_keep(cx, s, path));
    }
    return odd_part(cx, r, *path, 0);
}

/* Objects of a page or template whose tree is `root`. */
static pl_status page_objects(pl_ctx *cx, pl_ofd_reader *r, const pl_xml_node *root,
                              pl_ofd_page *page)
{
    const pl_xml_node *area = pl_xml_child(root, PL_S("Area"));

    page->area =
        pl_ofd_box(pl_xml_text(pl_xml_child(area, PL_S("PhysicalBox"))), r->area);
    return pl_ofd_objects(cx, r, root, page);
}

/* The texts, lines and images of a template onto a page. */
static pl_status template_put(pl_ctx *cx, pl_ofd_reader *r, const pl_xml_node *use,
                              pl_ofd_page *page)
{
    const size_t *at = pl_map_find(&r->templates, pl_xml_get(use, PL_S("TemplateID")));
    const pl_ofd_page *t;

    if (!at)
        return PL_OK;
    t = &r->template.p[*at];
    r->objects += t->texts.n + t->rules.n;
    if (r->objects > PL_OFD_OBJECTS_MAX)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "more than %d objects on its pages",
                       PL_OFD_OBJECTS_MAX);
    page->images += t->images;
    for (size_t i = 0; i < t->texts.n; i++) {
        pl_ofd_text *added = PL_VEC_ADD(cx->arena, &page->texts);

        if (!added)
            return pl_fail_memory(cx);
        *added = t->texts.p[i];
        added->of_template = true;
    }
    for (size_t i = 0; i < t->rules.n; i++) {
        pl_layout_rule *added = PL_VEC_ADD(cx->arena, &page->rules);

        if (!added)
            return pl_fail_memory(cx);
        *added = t->rules.p[i];
    }
    return PL_OK;
}

/* Everything of one page. The tree is in an arena of its own, which ends with it. */
static pl_status page_content(pl_ctx *cx, pl_ofd_reader *r, pl_ofd_page *page,
                              bool with_templates)
{
    size_t used = pl_arena_used(cx->arena), most = cx->limits.arena_bytes;
    pl_ctx own = *cx;
    pl_xml_node *root;
    pl_status st;

    own.arena = pl_arena_new(used < most ? most - used : 0);
    if (!own.arena)
        return pl_fail_memory(cx);
    st = part_tree(&own, r, page->path, &root);
    cx->err = own.err;
    for (const pl_xml_node *n = st == PL_OK ? pl_xml_child(root, PL_S("Template")) : NULL;
         n && st == PL_OK && with_templates; n = pl_xml_next(n, PL_S("Template")))
        st = template_put(cx, r, n, page);
    if (st == PL_OK)
        st = page_objects(cx, r, root, page);
    pl_arena_free(own.arena);
    return st;
}

static pl_status page_read(pl_ctx *cx, pl_ofd_reader *r, pl_str loc)
{
    pl_ofd_page *page;
    bool found, fresh = true;
    pl_status st;

    if (r->pages->n >= PL_OFD_PAGES_MAX)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "more than %d pages", PL_OFD_PAGES_MAX);
    page = PL_VEC_ADD(cx->arena, r->pages);
    if (!page)
        return pl_fail_memory(cx);
    page->area = r->area;
    page->path = loc;
    PL_TRY(part_find(cx, r, r->path, loc, &page->path, &found));
    /* a page that stands in the list twice is read once */
    if (found && !pl_map_add(cx->arena, &r->read, page->path, &fresh))
        return pl_fail_memory(cx);
    if (found && fresh) {
        st = page_content(cx, r, page, true);
        if (!is_bad_part(st))
            return st;
    }
    page->broken = true;
    return odd_part(cx, r, page->path, (uint32_t)r->pages->n);
}

static pl_status template_read(pl_ctx *cx, pl_ofd_reader *r, const pl_xml_node *n)
{
    pl_ofd_page *t;
    size_t *at;
    bool found;
    pl_status st;

    at = pl_map_add(cx->arena, &r->templates, pl_xml_get(n, PL_S("ID")), NULL);
    t = PL_VEC_ADD(cx->arena, &r->template);
    if (!at || !t)
        return pl_fail_memory(cx);
    *at = r->template.n - 1;
    t->path = pl_xml_get(n, PL_S("BaseLoc"));
    PL_TRY(part_find(cx, r, r->path, t->path, &t->path, &found));
    st = found ? page_content(cx, r, t, false) : PL_ENOTFOUND;
    return is_bad_part(st) ? odd_part(cx, r, t->path, 0) : st;
}

/* CommonData: size of pages, resources, templates. Found wherever they stand. */
static pl_status common_read(pl_ctx *cx, pl_ofd_reader *r, const pl_xml_node *root)
{
    pl_xml_node *res;
    pl_str path;

    for (const pl_xml_node *n = root; n; n = pl_xml_walk(root, n)) {
        if (pl_xml_is(n, PL_S("PhysicalBox"))) {
            r->area = pl_ofd_box(pl_xml_text(n), r->area);
        } else if (pl_xml_is(n, PL_S("PublicRes")) || pl_xml_is(n, PL_S("DocumentRes"))) {
            PL_TRY(part_read(cx, r, r->path, pl_xml_text(n), &path, &res));
            if (res)
                PL_TRY(pl_ofd_resources(cx, res, &r->res));
        }
    }
    for (const pl_xml_node *n = root; n; n = pl_xml_walk(root, n))
        if (pl_xml_is(n, PL_S("TemplatePage")))
            PL_TRY(template_read(cx, r, n));
    return PL_OK;
}

static pl_status note_add(pl_ctx *cx, pl_ofd_reader *r, pl_str text, pl_str path)
{
    pl_block *b;

    text = pl_str_trim(text);
    if (text.n == 0)
        return PL_OK;
    b = pl_doc_add(cx, r->doc, PL_BLOCK_NOTE);
    if (!b)
        return pl_fail_memory(cx);
    b->text.s = text;
    b->place.path = path;
    return PL_OK;
}

/* Annotations of a page (clause 15.2): remarks and the texts of what is shown. Watermarks
 * and stamps say nothing about the text. */
static pl_status annots_read(pl_ctx *cx, pl_ofd_reader *r, const pl_xml_node *root,
                             pl_str path)
{
    for (const pl_xml_node *n = root; n; n = pl_xml_walk(root, n)) {
        pl_str type = pl_xml_get(n, PL_S("Type"));

        if (!pl_xml_is(n, PL_S("Annot")) || pl_str_eq(type, PL_S("Watermark")) ||
            pl_str_eq(type, PL_S("Stamp")))
            continue;
        PL_TRY(note_add(cx, r, pl_xml_text(pl_xml_child(n, PL_S("Remark"))), path));
        for (const pl_xml_node *c = n; c; c = pl_xml_walk(n, c))
            if (pl_xml_is(c, PL_S("TextCode")))
                PL_TRY(note_add(cx, r, pl_xml_text(c), path));
    }
    return PL_OK;
}

/* Annotations.xml lists a file for each page. */
static pl_status annotations_read(pl_ctx *cx, pl_ofd_reader *r, const pl_xml_node *root)
{
    const pl_xml_node *loc = pl_xml_child(root, PL_S("Annotations"));
    pl_xml_node *list, *page;
    pl_str path, page_path;

    if (!loc || pl_str_trim(pl_xml_text(loc)).n == 0)
        return PL_OK;
    PL_TRY(part_read(cx, r, r->path, pl_xml_text(loc), &path, &list));
    for (const pl_xml_node *n = list; n; n = pl_xml_walk(list, n)) {
        if (!pl_xml_is(n, PL_S("FileLoc")))
            continue;
        PL_TRY(part_read(cx, r, path, pl_xml_text(n), &page_path, &page));
        if (page)
            PL_TRY(annots_read(cx, r, page, page_path));
    }
    return PL_OK;
}

static pl_status document_read(pl_ctx *cx, pl_ofd_reader *r, pl_str loc)
{
    const pl_xml_node *common, *pages;
    pl_xml_node *root;

    PL_TRY(part_read(cx, r, PL_S(""), loc, &r->path, &root));
    if (!root)
        return PL_OK;
    r->res = (pl_ofd_res){0};
    r->templates = (pl_map){0};
    r->template.n = 0;
    r->area = a4;
    common = pl_xml_child(root, PL_S("CommonData"));
    pages = pl_xml_child(root, PL_S("Pages"));
    PL_TRY(common_read(cx, r, common ? common : root));
    if (!pages)
        pages = root;
    for (const pl_xml_node *n = pl_xml_child(pages, PL_S("Page")); n;
         n = pl_xml_next(n, PL_S("Page")))
        PL_TRY(page_read(cx, r, pl_xml_get(n, PL_S("BaseLoc"))));
    return annotations_read(cx, r, root);
}

static pl_status meta_add(pl_ctx *cx, pl_ofd_reader *r, pl_str key, pl_str value,
                          pl_str path)
{
    value = pl_str_trim(value);
    return value.n ? pl_doc_property_add(cx, r->doc, key, value, (pl_place){.path = path})
                   : PL_OK;
}

/* DocInfo (clause 7.4); its CustomDatas are what the program that made it had to say of
 * the document. */
static pl_status info_read(pl_ctx *cx, pl_ofd_reader *r, const pl_xml_node *info)
{
    static const struct {
        pl_str name, key;
    } fields[] = {
        {PL_S_INIT("Title"), PL_S_INIT("标题")},
        {PL_S_INIT("Author"), PL_S_INIT("作者")},
        {PL_S_INIT("Subject"), PL_S_INIT("主题")},
        {PL_S_INIT("CreationDate"), PL_S_INIT("创建日期")},
    };
    const pl_xml_node *custom;

    for (size_t i = 0; i < PL_COUNT(fields); i++)
        PL_TRY(meta_add(cx, r, fields[i].key,
                        pl_xml_text(pl_xml_child(info, fields[i].name)), entry_name));
    custom = pl_xml_child(info, PL_S("CustomDatas"));
    for (const pl_xml_node *n = pl_xml_child(custom, PL_S("CustomData")); n;
         n = pl_xml_next(n, PL_S("CustomData"))) {
        pl_str key = pl_str_trim(pl_xml_get(n, PL_S("Name")));

        if (key.n)
            PL_TRY(pl_doc_meta_add(cx, r->doc, key, pl_str_trim(pl_xml_text(n)),
                                   (pl_place){.path = entry_name}));
    }
    return PL_OK;
}

/* One signature (clause 18): who made it, when, and that nobody looked whether it holds.
 */
static pl_status signature_read(pl_ctx *cx, pl_ofd_reader *r, const pl_xml_node *root,
                                pl_str path)
{
    const pl_xml_node *signed_info = pl_xml_child(root, PL_S("SignedInfo"));
    const pl_xml_node *provider = pl_xml_child(signed_info, PL_S("Provider"));
    pl_str name = pl_xml_get(provider, PL_S("ProviderName"));
    pl_str when = pl_xml_text(pl_xml_child(signed_info, PL_S("SignatureDateTime")));
    pl_str value;
    pl_buf b;
    pl_status st;

    if (name.n == 0)
        name = pl_xml_text(pl_xml_child(provider, PL_S("ProviderName")));
    pl_buf_init(&b, cx->limits.input_bytes);
    pl_buf_put(&b, PL_S("未验证（not verified）"));
    if (name.n) {
        pl_buf_put(&b, PL_S(" "));
        pl_buf_put(&b, pl_str_trim(name));
    }
    if (when.n) {
        pl_buf_put(&b, PL_S(" "));
        pl_buf_put(&b, pl_str_trim(when));
    }
    st = pl_buf_keep(cx, &b, &value);
    pl_buf_release(&b);
    return st == PL_OK ? meta_add(cx, r, PL_S("电子签章"), value, path) : st;
}

static pl_status signatures_read(pl_ctx *cx, pl_ofd_reader *r, pl_str loc)
{
    pl_xml_node *list, *one;
    pl_str path, one_path;

    if (pl_str_trim(loc).n == 0)
        return PL_OK;
    PL_TRY(part_read(cx, r, PL_S(""), loc, &path, &list));
    for (const pl_xml_node *n = pl_xml_child(list, PL_S("Signature")); n;
         n = pl_xml_next(n, PL_S("Signature"))) {
        PL_TRY(part_read(cx, r, path, pl_xml_get(n, PL_S("BaseLoc")), &one_path, &one));
        if (one)
            PL_TRY(signature_read(cx, r, one, one_path));
    }
    return PL_OK;
}

static bool is_encrypted(const pl_zip *z)
{
    for (size_t i = 0; i < pl_zip_count(z); i++)
        if (pl_str_has(pl_zip_name(z, i), PL_S("ncryptions.xml")))
            return true;
    return false;
}

/* The package's entry: OFD.xml at its root, or in the one folder that was packed. */
static pl_status entry_tree(pl_ctx *cx, pl_ofd_reader *r, pl_xml_node **out)
{
    size_t at;

    if (!pl_zip_find(r->zip, entry_name, &at)) {
        if (is_encrypted(r->zip))
            return pl_fail(cx, PL_EENCRYPTED, PL_NOPOS, "the OFD document is encrypted");
        return pl_fail(cx, PL_ESYNTAX, PL_NOPOS, "the package has no OFD.xml");
    }
    return part_tree(cx, r, pl_zip_name(r->zip, at), out);
}

static pl_status any_page(pl_ctx *cx, const pl_ofd_reader *r)
{
    for (size_t i = 0; i < r->pages->n; i++)
        if (!r->pages->p[i].broken)
            return PL_OK;
    if (is_encrypted(r->zip))
        return pl_fail(cx, PL_EENCRYPTED, PL_NOPOS, "the OFD document is encrypted");
    if (r->pages->n)
        return pl_fail(cx, PL_ESYNTAX, PL_NOPOS, "none of %zu pages can be read",
                       r->pages->n);
    return pl_fail(cx, PL_ESYNTAX, PL_NOPOS, "the OFD document has no pages");
}

pl_status pl_ofd_read(pl_ctx *cx, pl_bytes in, pl_doc *d, pl_ofd_pages *out)
{
    pl_ofd_reader r = {.doc = d, .pages = out};
    const pl_xml_node *body, *at;
    pl_xml_node *root;
    size_t bodies = 0;

    PL_TRY(pl_zip_open(cx, in, &r.zip));
    PL_TRY(entry_tree(cx, &r, &root));
    for (body = pl_xml_child(root, PL_S("DocBody")); body;
         body = pl_xml_next(body, PL_S("DocBody"))) {
        bodies++;
        PL_TRY(info_read(cx, &r, pl_xml_child(body, PL_S("DocInfo"))));
        at = pl_xml_child(body, PL_S("Signatures"));
        PL_TRY(signatures_read(cx, &r, pl_xml_text(at)));
        PL_TRY(document_read(cx, &r, pl_xml_text(pl_xml_child(body, PL_S("DocRoot")))));
    }
    /* a package whose entry names nothing usually has its document in the usual place */
    if (bodies == 0) {
        PL_TRY(odd_part(cx, &r, entry_name, 0));
        PL_TRY(document_read(cx, &r, PL_S("Doc_0/Document.xml")));
    }
    return any_page(cx, &r);
}

/* A title the program was told, for documents that do not show one. */
static void title_of_meta(pl_doc *d)
{
    for (size_t i = 0; i < d->meta.n && d->title.n == 0; i++)
        if (pl_str_eq(d->meta.p[i].key, PL_S("标题")))
            d->title = d->meta.p[i].value;
}

/* Notes of annotations were added before the text: they go after it. */
static pl_status notes_last(pl_ctx *cx, pl_doc *d, pl_blocks notes)
{
    for (size_t i = 0; i < notes.n; i++) {
        pl_block *b = PL_VEC_ADD(cx->arena, &d->blocks);

        if (!b)
            return pl_fail_memory(cx);
        *b = notes.p[i];
    }
    return PL_OK;
}

pl_status pl_doc_read_ofd(pl_ctx *cx, pl_bytes in, pl_doc **out)
{
    pl_doc *d = PL_NEW(cx->arena, pl_doc);
    pl_ofd_pages pages = {0};
    pl_layout layout = {0};
    pl_blocks notes;

    if (!d)
        return pl_fail_memory(cx);
    d->format = PL_S("ofd");
    d->bytes = in.n;
    PL_TRY(pl_ofd_read(cx, in, d, &pages));
    for (size_t i = 0; i < pages.n; i++) {
        pl_layout_page *p = PL_VEC_ADD(cx->arena, &layout.pages);

        if (!p)
            return pl_fail_memory(cx);
        PL_TRY(pl_ofd_place(cx, &pages.p[i], p));
    }
    notes = d->blocks;
    d->blocks = (pl_blocks){0};
    PL_TRY(pl_layout_doc(cx, &layout, d));
    PL_TRY(notes_last(cx, d, notes));
    title_of_meta(d);
    *out = d;
    return PL_OK;
}
