/* The page's blocks: a walk over the nodes in order, with the open elements on a stack.
 */
#include "doc/html_internal.h"

#include "doc/html_heading.h"
#include "doc/record.h"
#include "text/numbering.h"
#include "text/utf8.h"

enum {
    RECORD_LINE_BYTES = 400, /* of a line that may hold fields of the record */
    BODY_BYTES = 180,        /* a paragraph so long begins the document's text */
    H1_BYTES = 300,
    TITLE_BYTES = 480 /* of all lines of a title */
};

static void para_clear(pl_html_reader *r)
{
    pl_html_text_clear(&r->t);
    r->started = false;
    r->look = 0;
    r->size = 0;
}

static pl_status block_add(pl_html_reader *r, pl_block_kind kind, int level)
{
    pl_block *b = pl_doc_add(r->cx, r->d, kind);

    if (!b)
        return pl_fail_memory(r->cx);
    b->level = level;
    PL_TRY(pl_html_text_keep(&r->t, &b->text));
    b->place = pl_text_place(&b->text, NULL, 0, b->text.s.n);
    return PL_OK;
}

static pl_status heading_add(pl_html_reader *r, const pl_html_para *p, pl_html_rank rank,
                             int level)
{
    bool joins = rank == PL_HTML_TITLED && r->title_block == r->d->blocks.n &&
                 r->title_block > 0 && r->title_size == p->size &&
                 r->d->blocks.p[r->title_block - 1].text.s.n + p->text.n <= TITLE_BYTES;
    pl_text next;

    if (joins) { /* the next line of a title */
        PL_TRY(pl_html_text_keep(&r->t, &next));
        return pl_block_join(r->cx, &r->d->blocks.p[r->title_block - 1], &next);
    }
    PL_TRY(block_add(r, PL_BLOCK_HEADING, level));
    r->title_block = rank == PL_HTML_TITLED ? r->d->blocks.n : 0;
    r->title_size = p->size;
    return PL_OK;
}

/* A paragraph of the document: a heading, or what it is. */
static pl_status para_add(pl_html_reader *r, pl_str text)
{
    const pl_html_level *in = &r->levels[r->depth - 1];
    size_t n = text.n - r->t.mark_n;
    pl_html_para p = {.text = text,
                      .tag_level = in->heading,
                      .size = r->size,
                      .bold = r->t.bold * 10 >= n * 9,
                      .center = (r->look & PL_LOOK_CENTER) != 0,
                      .listed = r->t.mark_n > 0};
    pl_str title = r->begun ? (pl_str){0} : pl_html_said_title(r);
    int level;
    pl_html_rank rank = pl_html_rank_of(&p, &r->body, title, &level);

    if (rank == PL_HTML_NUMBERED || text.n >= BODY_BYTES || pl_str_has(text, PL_S("。")))
        r->begun = true;
    if (rank != PL_HTML_PLAIN)
        return heading_add(r, &p, rank, level);
    return block_add(r, PL_BLOCK_PARA, 0);
}

/* A line around the document: a field of the record, or the page's heading. */
static pl_status outside(pl_html_reader *r, pl_str text, pl_place place)
{
    bool taken;

    if (r->levels[r->depth - 1].heading == 1 && r->h1.s.n == 0 && text.n <= H1_BYTES &&
        r->t.link == 0)
        return pl_html_text_keep(&r->t, &r->h1);
    if (r->begun || text.n > RECORD_LINE_BYTES)
        return PL_OK;
    return pl_html_record_line(r, text, place, &taken);
}

/* A heading above the text that is a link as a whole: the site's name. */
static bool is_banner(const pl_html_reader *r, pl_str text)
{
    return !r->begun && r->levels[r->depth - 1].heading && r->t.link >= text.n &&
           !pl_str_eq(text, pl_html_said_title(r));
}

static pl_status inside(pl_html_reader *r, pl_str text, pl_place place)
{
    bool taken = false;

    if (r->t.action * 2 > text.n || pl_record_is_debris(text) || is_banner(r, text))
        return PL_OK;
    if (!r->begun && text.n <= RECORD_LINE_BYTES)
        PL_TRY(pl_html_record_line(r, text, place, &taken));
    return taken ? PL_OK : para_add(r, text);
}

/* The paragraph collected so far is at its end. */
static pl_status flush(pl_html_reader *r)
{
    pl_str text = pl_html_text_view(&r->t);
    pl_status st = PL_OK;

    if (r->t.failed)
        return pl_fail_memory(r->cx);
    if (r->t.mark_n && text.n > r->t.mark_n &&
        pl_numbering_at(pl_str_tail(text, r->t.mark_n)).kind != PL_NUMBERING_NONE) {
        pl_html_text_unmark(&r->t);
        text = pl_html_text_view(&r->t);
    }
    if (text.n > r->t.mark_n) {
        size_t at = r->t.runs.p[0].source;
        const pl_run *last = &r->t.runs.p[r->t.runs.n - 1];
        size_t end = last->source + (r->t.n - last->at);
        pl_place place = pl_html_place(&r->t, at, end > at ? end - at : 0);

        st = r->inside ? inside(r, text, place) : outside(r, text, place);
    }
    para_clear(r);
    return st;
}

/* <ol type=…>, and the names of such numbers. */
static const struct mark_style {
    char type;
    pl_str format;
} mark_styles[] = {
    {'1', PL_S_INIT("decimal")},     {'a', PL_S_INIT("lowerLetter")},
    {'A', PL_S_INIT("upperLetter")}, {'i', PL_S_INIT("lowerRoman")},
    {'I', PL_S_INIT("upperRoman")},
};

static void make_mark(pl_numeral *out, char type, uint32_t number)
{
    pl_str format = mark_styles[0].format;

    for (size_t i = 0; i < PL_COUNT(mark_styles); i++)
        if (mark_styles[i].type == type)
            format = mark_styles[i].format;
    out->n = 0;
    pl_numeral_print(out, format, (int)number);
    pl_numeral_put(out, PL_S("."));
}

static uint32_t number_attr(const pl_html_reader *r, uint32_t node, pl_str name,
                            uint32_t otherwise)
{
    uint32_t n = 0;
    pl_str s;

    if (!pl_html_attr(pl_html_source(&r->pg, &r->pg.nodes[node]), name, &s))
        return otherwise;
    for (size_t i = 0; i < s.n && pl_is_digit(s.p[i]) && n < 100000; i++)
        n = n * 10 + (uint32_t)(s.p[i] - '0');
    return s.n && pl_is_digit(s.p[0]) ? n : otherwise;
}

static void list_begin(pl_html_reader *r, uint32_t node, pl_html_level *l)
{
    pl_str type;

    l->list = r->pg.nodes[node].tag;
    l->style = '1';
    if (l->list == PL_HTML_OL &&
        pl_html_attr(pl_html_source(&r->pg, &r->pg.nodes[node]), PL_S("type"), &type) &&
        type.n == 1)
        l->style = type.p[0];
    l->number = number_attr(r, node, PL_S("start"), 1) - 1;
}

/* The mark of an item, from the list it is in. */
static void item_begin(pl_html_reader *r, uint32_t node)
{
    size_t i = r->depth;

    r->mark.n = 0;
    while (i > 0 && r->levels[i - 1].list == 0)
        i--;
    if (i == 0 || r->levels[i - 1].list != PL_HTML_OL)
        return;
    r->levels[i - 1].number =
        number_attr(r, node, PL_S("value"), r->levels[i - 1].number + 1);
    if (r->pg.nodes[node].flags & PL_LOOK_NOMARK)
        return;
    make_mark(&r->mark, r->levels[i - 1].style, r->levels[i - 1].number);
    r->mark_at = r->pg.nodes[node].at;
}

static bool is_list(unsigned tag)
{
    return tag == PL_HTML_OL || tag == PL_HTML_UL || tag == PL_HTML_DL ||
           tag == PL_HTML_MENU || tag == PL_HTML_DIR;
}

static pl_status block_begin(pl_html_reader *r, uint32_t node, bool known)
{
    const pl_html_node *n = &r->pg.nodes[node];
    pl_html_level l = {.end = n->end, .known = known};

    PL_TRY(flush(r));
    l.heading = n->tag >= PL_HTML_H1 && n->tag <= PL_HTML_H6
                    ? (uint8_t)(n->tag - PL_HTML_H1 + 1)
                    : r->levels[r->depth - 1].heading;
    if (is_list(n->tag))
        list_begin(r, node, &l);
    l.item = n->tag == PL_HTML_LI;
    if (l.item)
        item_begin(r, node);
    if (r->depth < r->max_depth)
        r->levels[r->depth++] = l;
    return PL_OK;
}

static pl_status blocks_end(pl_html_reader *r, uint32_t at)
{
    while (r->depth > 1 && r->levels[r->depth - 1].end <= at) {
        PL_TRY(flush(r));
        if (--r->depth < r->waiting_depth)
            PL_TRY(pl_html_waiting_end(r));
    }
    return PL_OK;
}

static void text_add(pl_html_reader *r, const pl_html_node *n)
{
    if (pl_str_trim(pl_html_source(&r->pg, n)).n > 0 && !r->started) {
        r->look = n->flags;
        r->size = n->size;
        r->started = true;
        if (r->mark.n)
            pl_html_text_mark(&r->t, r->mark_at, pl_numeral_str(&r->mark));
        r->mark.n = 0;
    }
    pl_html_text_put(&r->t, n->at, n->n, n->flags);
}

/* Text in which line ends count: each line is a paragraph. */
static pl_status lines_add(pl_html_reader *r, const pl_html_node *n)
{
    pl_html_node line = *n;
    uint32_t end = n->at + n->n;

    while (line.at < end) {
        size_t stop = pl_str_find(r->pg.src, PL_S("\n"), line.at);
        bool ends = stop < end;

        line.n = (uint32_t)(ends ? stop : end) - line.at;
        text_add(r, &line);
        if (ends)
            PL_TRY(flush(r));
        line.at += line.n + ends;
    }
    return PL_OK;
}

/* Caption and text out of place in a table, as paragraphs before it. */
static pl_status around_table(pl_html_reader *r, uint32_t node)
{
    const pl_html_node *nodes = r->pg.nodes;

    for (uint32_t i = node + 1; i < nodes[node].end;) {
        if (nodes[i].tag == PL_HTML_TD || nodes[i].tag == PL_HTML_TH) {
            i = nodes[i].end;
            continue;
        }
        if (nodes[i].tag == PL_HTML_TEXT)
            text_add(r, &nodes[i]);
        else
            PL_TRY(flush(r));
        i++;
    }
    return flush(r);
}

static pl_status table_add(pl_html_reader *r, uint32_t node)
{
    PL_TRY(flush(r));
    if (!r->inside)
        return PL_OK;
    PL_TRY(around_table(r, node));
    r->begun = true;
    PL_TRY(pl_html_table(r, node));
    para_clear(r);
    return PL_OK;
}

/* One node; *i moves past it, or past all of its subtree. */
static pl_status step(pl_html_reader *r, uint32_t *i)
{
    const pl_html_node *n = &r->pg.nodes[*i];
    bool known = r->levels[r->depth - 1].known;
    uint32_t node = (*i)++;

    if (n->tag == PL_HTML_TEXT && (n->flags & PL_LOOK_PRE))
        return lines_add(r, n);
    if (n->tag == PL_HTML_TEXT) {
        text_add(r, n);
        return PL_OK;
    }
    if (n->tag == PL_HTML_BR && r->levels[r->depth - 1].heading) {
        pl_html_text_fold(&r->t);
        return PL_OK;
    }
    if (n->tag == PL_HTML_BR || n->tag == PL_HTML_HR)
        return flush(r);
    if (n->flags & (PL_NODE_DATA | PL_NODE_RECORD)) {
        *i = n->end;
        return n->flags & PL_NODE_DATA ? table_add(r, node) : flush(r);
    }
    if (r->inside && node != r->main && pl_html_is_apart(&r->pg, r->w, node, &known)) {
        *i = n->end;
        return flush(r);
    }
    return pl_html_flags((pl_html_tag)n->tag) & PL_TAG_BLOCK ? block_begin(r, node, known)
                                                             : PL_OK;
}

pl_status pl_html_blocks(pl_html_reader *r)
{
    uint32_t end = r->pg.nodes[r->main].end, i = 0;

    r->depth = 1; /* the page itself */
    r->levels[0] = (pl_html_level){.end = r->pg.n};
    while (i < r->pg.n) {
        PL_TRY(blocks_end(r, i));
        if (i == r->main || i == end) {
            PL_TRY(flush(r));
            r->inside = i == r->main;
        }
        PL_TRY(step(r, &i));
    }
    PL_TRY(blocks_end(r, i));
    PL_TRY(flush(r));
    return pl_html_waiting_end(r);
}
