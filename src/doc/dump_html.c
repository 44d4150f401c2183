/* The neutral document as a page: docs of any format look alike, places can be followed.
 */
#include "codec/xml.h"
#include "doc/dump.h"

static const char style[] =
    "body{max-width:60em;margin:2em auto;padding:0 1em;line-height:1.7;"
    "font-family:\"Noto Serif CJK SC\",\"Source Han Serif SC\",SimSun,serif}"
    "h1{text-align:center}p{margin:.4em 0;text-indent:2em}"
    "table{border-collapse:collapse;margin:1em 0;width:100%}"
    "td,th{border:1px solid #888;padding:.2em .5em;vertical-align:top}"
    ".note{font-size:.85em;text-indent:0;color:#444}.hidden{background:#eee;color:#666}"
    ":target{background:#ffd}[data-page]:hover,[data-line]:hover,[data-path]:hover"
    "{outline:1px dotted #06c}";

/* Where it was written: data-page, data-line, data-path, data-span="from bytes". */
static void put_place(pl_buf *b, const pl_place *p)
{
    if (p->page)
        pl_buf_putf(b, " data-page=\"%u\"", p->page);
    if (p->line)
        pl_buf_putf(b, " data-line=\"%u\"", p->line);
    if (p->path.n) {
        pl_buf_put(b, PL_S(" data-path=\""));
        pl_xml_put(b, p->path);
        pl_buf_putc(b, '"');
    }
    if (p->span.n)
        pl_buf_putf(b, " data-span=\"%zu %zu\"", p->span.at, p->span.n);
}

/* A text; its line ends are kept. */
static void put_text(pl_buf *b, pl_str s)
{
    size_t at;

    while ((at = pl_str_find(s, PL_S("\n"), 0)) != PL_NOPOS) {
        pl_xml_put(b, pl_str_sub(s, 0, at));
        pl_buf_put(b, PL_S("<br>"));
        s = pl_str_tail(s, at + 1);
    }
    pl_xml_put(b, s);
}

static void put_cell(pl_buf *b, const pl_table *t, const pl_cell *c)
{
    const char *tag = c->header ? "th" : "td";

    pl_buf_putf(b, "<%s id=\"t%ur%uc%u\"", tag, t->number, c->row + 1, c->col + 1);
    if (c->rowspan > 1)
        pl_buf_putf(b, " rowspan=\"%u\"", c->rowspan);
    if (c->colspan > 1)
        pl_buf_putf(b, " colspan=\"%u\"", c->colspan);
    if (c->hidden)
        pl_buf_put(b, PL_S(" class=\"hidden\""));
    put_place(b, &c->place);
    pl_buf_putc(b, '>');
    put_text(b, c->text.s);
    pl_buf_putf(b, "</%s>", tag);
}

static void put_table(pl_buf *b, const pl_table *t, const pl_place *place)
{
    pl_buf_putf(b, "<table border=\"1\" id=\"t%u\"", t->number);
    put_place(b, place);
    pl_buf_put(b, PL_S(">\n"));
    for (uint32_t r = 0; r < t->rows; r++) {
        pl_buf_put(b, PL_S("<tr>"));
        for (uint32_t c = 0; c < t->cols; c++) {
            const pl_cell *cell = pl_table_at(t, r, c);

            if (!cell)
                pl_buf_put(b, PL_S("<td></td>"));
            else if (cell->row == r && cell->col == c)
                put_cell(b, t, cell);
        }
        pl_buf_put(b, PL_S("</tr>\n"));
    }
    pl_buf_put(b, PL_S("</table>\n"));
}

static void put_block(pl_buf *b, const pl_block *k, size_t number)
{
    const char *tag = "p", *class = "";
    char heading[] = "h1";

    if (k->table) {
        put_table(b, k->table, &k->place);
        return;
    }
    if (k->kind == PL_BLOCK_HEADING) {
        heading[1] = (char)('0' + (k->level < 1 ? 1 : k->level > 6 ? 6 : k->level));
        tag = heading;
    } else if (k->kind == PL_BLOCK_NOTE) {
        class = " class=\"note\"";
    }
    pl_buf_putf(b, "<%s id=\"b%zu\"%s", tag, number, class);
    put_place(b, &k->place);
    pl_buf_putc(b, '>');
    put_text(b, k->text.s);
    pl_buf_putf(b, "</%s>\n", tag);
}

/* The record of the publication, a field a row. */
static void put_record(pl_buf *b, const pl_metas *meta)
{
    if (meta->n == 0)
        return;
    pl_buf_put(b, PL_S("<table border=\"1\" class=\"record\">\n"));
    for (size_t i = 0; i < meta->n; i++) {
        pl_buf_put(b, PL_S("<tr><th>"));
        put_text(b, meta->p[i].key);
        pl_buf_put(b, PL_S("</th><td"));
        put_place(b, &meta->p[i].place);
        pl_buf_putc(b, '>');
        put_text(b, meta->p[i].value);
        pl_buf_put(b, PL_S("</td></tr>\n"));
    }
    pl_buf_put(b, PL_S("</table>\n"));
}

/* What was odd: for people, apart from the text. */
static void put_oddities(pl_buf *b, const pl_oddities *all)
{
    if (all->n == 0)
        return;
    pl_buf_put(b, PL_S("<nav class=\"note\"><ul>\n"));
    for (size_t i = 0; i < all->n; i++) {
        pl_buf_put(b, PL_S("<li"));
        put_place(b, &all->p[i].place);
        pl_buf_putc(b, '>');
        put_text(b, all->p[i].zh);
        pl_buf_put(b, PL_S("</li>\n"));
    }
    pl_buf_put(b, PL_S("</ul></nav>\n"));
}

void pl_doc_dump_html(pl_buf *b, const pl_doc *d)
{
    pl_buf_put(b,
               PL_S("<!DOCTYPE html>\n<html lang=\"zh\"><head><meta charset=\"utf-8\">\n"
                    "<title>"));
    pl_xml_put(b, d->title);
    pl_buf_putf(b, "</title>\n<style>%s</style></head><body data-format=\"%.*s\">\n",
                style, PL_FMT(d->format));
    put_record(b, &d->meta);
    for (size_t i = 0; i < d->blocks.n; i++)
        put_block(b, &d->blocks.p[i], i + 1);
    put_oddities(b, &d->oddities);
    pl_buf_put(b, PL_S("</body></html>\n"));
}
