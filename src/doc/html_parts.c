#include "doc/html_parts.h"

/* What stands apart has less than one part in so many of the page's text. */
enum { AWAY_SHARE = 5 };

/* Bytes of text in a piece of source: not white space, not a character reference. */
static uint32_t text_bytes(pl_str s, uint32_t *stops)
{
    uint32_t n = 0;

    s = pl_str_trim(s);
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];

        n += (unsigned char)c >= 0x80 || pl_is_digit(c) || pl_is_alpha(c);
        if (c == '&')
            while (i + 1 < s.n && (pl_is_alpha(s.p[i + 1]) || pl_is_digit(s.p[i + 1]) ||
                                   s.p[i + 1] == '#'))
                i++;
        else if (c == '\xe3' && pl_str_starts(pl_str_tail(s, i), PL_S("。")))
            (*stops)++;
    }
    return n;
}

pl_status pl_html_weigh(pl_ctx *cx, pl_html_page *pg, pl_html_weight **out)
{
    pl_html_weight *w = PL_NEW_N(cx->arena, pl_html_weight, pg->n);

    if (!w)
        return pl_fail_memory(cx);
    for (uint32_t i = pg->n; i-- > 0;) {
        const pl_html_node *n = &pg->nodes[i];
        uint32_t stops = 0;

        if (n->tag == PL_HTML_TEXT && (n->flags & PL_LOOK_LINK)) {
            w[i].link = text_bytes(pl_html_source(pg, n), &stops);
        } else if (n->tag == PL_HTML_TEXT) {
            w[i].text = text_bytes(pl_html_source(pg, n), &w[i].stops);
        }
        w[i].tables += n->tag == PL_HTML_TABLE;
        if (n->parent == PL_HTML_NONE)
            continue;
        w[n->parent].text += w[i].text;
        w[n->parent].link += w[i].link;
        w[n->parent].stops += w[i].stops;
        w[n->parent].tables += w[i].tables;
    }
    for (uint32_t i = 0; i < pg->n; i++)
        if ((uint64_t)w[i].text * AWAY_SHARE >= w[0].text)
            pg->nodes[i].flags &= (uint16_t)~PL_NODE_AWAY;
    *out = w;
    return PL_OK;
}

void pl_html_cells_begin(const pl_html_page *pg, uint32_t table, pl_html_cells *it)
{
    *it = (pl_html_cells){.pg = pg, .i = table + 1, .end = pg->nodes[table].end};
}

/* Word ends a table with a row of no height that only sets the widths of columns. */
static bool is_strut(const pl_html_page *pg, const pl_html_node *row)
{
    pl_str height;

    return pl_html_attr(pl_html_source(pg, row), PL_S("height"), &height) &&
           pl_str_eq(height, PL_S("0"));
}

static void row_begin(pl_html_cells *it, const pl_html_node *row)
{
    if (is_strut(it->pg, row)) {
        it->i = row->end;
        return;
    }
    it->rows++;
    it->row_end = row->end;
    it->i++;
}

static void part_begin(pl_html_cells *it, const pl_html_node *part)
{
    it->parts++;
    it->row_end = 0;
    if (part->tag == PL_HTML_THEAD)
        it->head_end = part->end;
    it->i++;
}

static void cell_read(pl_html_cells *it, const pl_html_node *cell)
{
    if (it->i >= it->row_end) { /* a cell without a row of its own */
        it->rows++;
        it->row_end = it->pg->nodes[cell->parent].end;
    }
    it->cell = it->i;
    it->row = it->rows - 1;
    it->section = it->parts;
    it->head = it->i < it->head_end;
    it->i = cell->end;
}

bool pl_html_cells_next(pl_html_cells *it)
{
    while (it->i < it->end) {
        const pl_html_node *n = &it->pg->nodes[it->i];

        if (n->tag == PL_HTML_TD || n->tag == PL_HTML_TH) {
            cell_read(it, n);
            return true;
        }
        if (n->tag == PL_HTML_TR)
            row_begin(it, n);
        else if (n->tag == PL_HTML_TBODY || n->tag == PL_HTML_THEAD ||
                 n->tag == PL_HTML_TFOOT)
            part_begin(it, n);
        else
            it->i = n->end;
    }
    return false;
}

uint32_t pl_html_span(const pl_html_page *pg, uint32_t cell, pl_str name, uint32_t most,
                      bool *rest)
{
    uint32_t n = 0;
    pl_str s;

    if (!pl_html_attr(pl_html_source(pg, &pg->nodes[cell]), name, &s))
        return 1;
    s = pl_str_trim(s);
    if (s.n == 0 || !pl_is_digit(s.p[0]))
        return 1;
    for (size_t i = 0; i < s.n && pl_is_digit(s.p[i]) && n < most; i++)
        n = n * 10 + (uint32_t)(s.p[i] - '0');
    if (n == 0 && rest)
        *rest = true;
    return n == 0 ? 1 : n < most ? n : most;
}

/* The block that a node stands in. */
static uint32_t block_of(const pl_html_page *pg, uint32_t i)
{
    do
        i = pg->nodes[i].parent;
    while (i && !(pl_html_flags((pl_html_tag)pg->nodes[i].tag) & PL_TAG_BLOCK));
    return i;
}

void pl_html_collect(const pl_html_page *pg, uint32_t from, uint32_t to, pl_html_text *t)
{
    uint32_t before = PL_HTML_NONE;

    for (uint32_t i = from; i < to; i++) {
        const pl_html_node *n = &pg->nodes[i];
        uint32_t block;

        if (n->tag == PL_HTML_BR || n->tag == PL_HTML_HR)
            pl_html_text_line(t);
        if (n->tag != PL_HTML_TEXT)
            continue;
        block = block_of(pg, i);
        if (block != before)
            pl_html_text_line(t);
        pl_html_text_put(t, n->at, n->n, n->flags);
        before = block;
    }
}
