/* The record of the publication and the title of the document. */
#include "doc/html_internal.h"
#include "doc/record.h"
#include "text/numbering.h"

enum {
    TITLE_MIN_BYTES = 12, /* of a title without the site's name: 4 characters */
    NAME_BYTES = 36,      /* of a name of the record that is not a known one */
};

/* <meta name=…> that government sites carry (their guidelines of 2017, annex), and the
 * record's names for them. */
static const struct meta_name {
    pl_str name, key;
} meta_names[] = {
    {PL_S_INIT("articletitle"), PL_S_INIT("标题")},
    {PL_S_INIT("pubdate"), PL_S_INIT("发布日期")},
    {PL_S_INIT("publishdate"), PL_S_INIT("发布日期")},
    {PL_S_INIT("contentsource"), PL_S_INIT("来源")},
    {PL_S_INIT("source"), PL_S_INIT("来源")},
    {PL_S_INIT("sitename"), PL_S_INIT("网站名称")},
    {PL_S_INIT("columnname"), PL_S_INIT("栏目")},
    {PL_S_INIT("author"), PL_S_INIT("作者")},
    {PL_S_INIT("keywords"), PL_S_INIT("关键词")},
};

/* A field that was read from the text in r->t, into the arena. */
static pl_status add_field(pl_html_reader *r, pl_record_field f, pl_place place)
{
    pl_str value;

    PL_TRY(pl_str_keep(r->cx, f.value, &value));
    return pl_doc_meta_add(r->cx, r->d, f.key, value, place);
}

pl_status pl_html_waiting_end(pl_html_reader *r)
{
    pl_str key = r->waiting;

    r->waiting.n = 0;
    return key.n ? pl_doc_meta_add(r->cx, r->d, key, (pl_str){"", 0}, r->waiting_place)
                 : PL_OK;
}

pl_status pl_html_record_text(pl_html_reader *r, pl_str text, pl_place place, bool *taken)
{
    pl_str rest = text, key = r->waiting, name;
    pl_record_field f;
    bool known;

    *taken = true;
    if (pl_record_label(text, &name, &known)) {
        PL_TRY(pl_html_waiting_end(r));
        r->waiting_place = place;
        r->waiting_depth =
            r->depth && !r->levels[r->depth - 1].item ? r->depth - 1 : r->depth;
        return pl_record_name_keep(r->cx, name, known, &r->waiting);
    }
    if (pl_record_field_next(&rest, &f)) {
        PL_TRY(pl_html_waiting_end(r));
        do
            PL_TRY(add_field(r, f, place));
        while (pl_record_field_next(&rest, &f));
        return PL_OK;
    }
    r->waiting.n = 0;
    if (key.n && text.n)
        return add_field(r, (pl_record_field){key, text}, place);
    *taken = false;
    return key.n ? pl_doc_meta_add(r->cx, r->d, key, (pl_str){"", 0}, r->waiting_place)
                 : PL_OK;
}

/* 2026-01-31 07:00:44: a date with nothing else in the line. */
static bool is_date_line(pl_str s)
{
    size_t digits = 0;

    for (size_t i = 0; i < s.n; i++) {
        if (!pl_is_digit(s.p[i]) && !memchr("-/: ", s.p[i], 4))
            return false;
        digits += pl_is_digit(s.p[i]);
    }
    return s.n >= 8 && s.n <= 20 && digits >= 6 && (s.p[4] == '-' || s.p[4] == '/') &&
           (pl_str_starts(s, PL_S("19")) || pl_str_starts(s, PL_S("20")));
}

pl_status pl_html_record_line(pl_html_reader *r, pl_str text, pl_place place, bool *taken)
{
    pl_str rest = text, key;
    pl_record_field f;
    bool known, label = pl_record_label(text, &key, &known);
    bool colon = pl_str_ends(text, PL_S("：")) || pl_str_ends(text, PL_S(":"));

    *taken = r->waiting.n == 0 && is_date_line(text);
    if (*taken)
        return add_field(r, (pl_record_field){PL_S("日期"), text}, place);
    if (label && !(known && colon))
        return pl_html_waiting_end(r);
    if (!label && r->waiting.n == 0 && !pl_record_field_next(&rest, &f))
        return PL_OK;
    return pl_html_record_text(r, text, place, taken);
}

/* Does another cell of its row follow? */
static bool is_followed(const pl_html_cells *it)
{
    pl_html_cells next = *it;

    return pl_html_cells_next(&next) && next.row == it->row;
}

/* A cell of a record; `place` is its place in the row, from 0. Where names and values
 * alternate, a short text in the place of a name is one, known or not. */
static pl_status record_cell(pl_html_reader *r, const pl_html_cells *it, uint32_t place)
{
    pl_place at = pl_html_place(&r->t, r->pg.nodes[it->cell].at, 0);
    pl_str text;
    bool taken;

    pl_html_text_clear(&r->t);
    pl_html_collect(&r->pg, it->cell + 1, r->pg.nodes[it->cell].end, &r->t);
    text = pl_html_text_view(&r->t);
    PL_TRY(pl_html_record_text(r, text, at, &taken));
    if (taken || text.n == 0 || text.n > PL_RECORD_NAME_BYTES || place % 2 ||
        !is_followed(it))
        return PL_OK;
    r->waiting_place = at;
    return pl_record_name_keep(r->cx, text, false, &r->waiting);
}

pl_status pl_html_record_table(pl_html_reader *r, uint32_t node)
{
    uint32_t row = PL_HTML_NONE, place = 0;
    pl_html_cells it;

    PL_TRY(pl_html_waiting_end(r));
    pl_html_cells_begin(&r->pg, node, &it);
    while (pl_html_cells_next(&it)) {
        if (it.row != row) {
            PL_TRY(pl_html_waiting_end(r));
            place = 0;
        }
        row = it.row;
        PL_TRY(record_cell(r, &it, place++));
    }
    return pl_html_waiting_end(r);
}

/* An attribute's value with its character references resolved. */
static pl_status keep_value(pl_html_reader *r, pl_str value, pl_text *out)
{
    pl_html_text_clear(&r->t);
    pl_html_text_put(&r->t, (size_t)(value.p - r->pg.src.p), value.n, 0);
    return pl_html_text_keep(&r->t, out);
}

pl_status pl_html_meta_tags(pl_html_reader *r)
{
    for (uint32_t i = 0; i < r->pg.n; i++) {
        const pl_html_node *n = &r->pg.nodes[i];
        pl_str tag = pl_html_source(&r->pg, n), name, value;
        pl_text text;

        if (n->tag != PL_HTML_META || !pl_html_attr(tag, PL_S("name"), &name) ||
            !pl_html_attr(tag, PL_S("content"), &value) || value.n == 0)
            continue;
        for (size_t k = 0; k < PL_COUNT(meta_names); k++) {
            if (!pl_html_same(name, meta_names[k].name))
                continue;
            PL_TRY(keep_value(r, value, &text));
            if (text.s.n)
                PL_TRY(pl_doc_meta_add(r->cx, r->d, meta_names[k].key, text.s,
                                       pl_text_place(&text, NULL, 0, text.s.n)));
        }
    }
    return PL_OK;
}

pl_str pl_html_said_title(const pl_html_reader *r)
{
    const pl_meta *m = pl_doc_meta_title(r->d);

    return m ? m->value : (pl_str){0};
}

/* <title> without the names of column and site after it: `关于…的通知_某市人民政府`. */
static pl_str without_site(pl_str s)
{
    static const pl_str marks[] = {PL_S_INIT("_"), PL_S_INIT("|"), PL_S_INIT(" - "),
                                   PL_S_INIT("--"), PL_S_INIT("－")};
    size_t cut = s.n;

    for (size_t i = 0; i < PL_COUNT(marks); i++) {
        size_t at = pl_str_find(s, marks[i], TITLE_MIN_BYTES);

        if (at < cut)
            cut = at;
    }
    return pl_str_trim(pl_str_sub(s, 0, cut));
}

/* The heading without numbering that the text begins with. */
static const pl_block *first_heading(const pl_doc *d)
{
    for (size_t i = 0; i < d->blocks.n; i++) {
        const pl_block *b = &d->blocks.p[i];

        if (b->kind == PL_BLOCK_HEADING)
            return pl_numbering_at(b->text.s).kind == PL_NUMBERING_NONE ? b : NULL;
        if (b->kind == PL_BLOCK_TABLE || pl_str_has(b->text.s, PL_S("。")))
            return NULL;
    }
    return NULL;
}

/* The title: what the record or <meta> says; else the heading that the text begins with;
 * else <title>, or the page's <h1> when that is a part of it: elsewhere <h1> is often the
 * site's name. */
pl_status pl_html_title(pl_html_reader *r)
{
    const pl_meta *m = pl_doc_meta_title(r->d);
    const pl_block *b = first_heading(r->d);
    pl_text text = {0};

    if (m) {
        r->d->title = m->value;
        r->d->title_place = m->place;
        return PL_OK;
    }
    if (r->pg.title.n) {
        PL_TRY(
            keep_value(r, pl_str_sub(r->pg.src, r->pg.title.at, r->pg.title.n), &text));
        text.s = without_site(text.s);
    }
    if (b)
        text = b->text;
    else if (r->h1.s.n && (text.s.n == 0 || pl_str_has(text.s, r->h1.s)))
        text = r->h1;
    r->d->title = text.s;
    r->d->title_place = pl_text_place(&text, NULL, 0, text.s.n);
    return PL_OK;
}
