#include "doc/html_tree.h"

/* Elements are followed to so many times limits.depth; browsers stop at 512 in all. */
enum { DEPTH_FACTOR = 4 };

typedef struct open {
    uint32_t node;  /* PL_HTML_NONE: hidden */
    uint32_t at, n; /* start tag */
    uint16_t flags; /* inherited looks */
    uint8_t tag, size;
} open;

typedef struct builder {
    pl_html_page *pg;
    uint32_t most; /* nodes there is room for */
    open *stack;   /* stack[0] is the root */
    size_t depth, max_depth;
    uint32_t count[PL_HTML_TAG_COUNT]; /* open elements of a tag */
    uint32_t over[PL_HTML_TAG_COUNT];  /* start tags that were too deep to open */
    uint8_t ends[PL_HTML_TAG_COUNT]; /* by tag: rows of implied[] that it is an end of, */
    uint8_t walls[PL_HTML_TAG_COUNT]; /* … or a wall to */
} builder;

/* A start tag that ends an element still open, unless a wall stands between. */
static const struct implied {
    uint8_t start, ends[2], walls[4];
} implied[] = {
    {PL_HTML_LI, {PL_HTML_LI}, {PL_HTML_UL, PL_HTML_OL, PL_HTML_MENU, PL_HTML_DIR}},
    {PL_HTML_DT, {PL_HTML_DT, PL_HTML_DD}, {PL_HTML_DL}},
    {PL_HTML_DD, {PL_HTML_DT, PL_HTML_DD}, {PL_HTML_DL}},
    {PL_HTML_OPTION, {PL_HTML_OPTION}, {PL_HTML_SELECT}},
    {PL_HTML_RT, {PL_HTML_RT, PL_HTML_RP}, {PL_HTML_RUBY}},
    {PL_HTML_RP, {PL_HTML_RT, PL_HTML_RP}, {PL_HTML_RUBY}},
    {PL_HTML_BUTTON, {PL_HTML_BUTTON}, {0}},
};

/* What a part of a table stands in, best first. */
static const struct grid_place {
    uint8_t tag, in[4];
} grid_places[] = {
    {PL_HTML_TD, {PL_HTML_TR, PL_HTML_TBODY, PL_HTML_THEAD, PL_HTML_TFOOT}},
    {PL_HTML_TH, {PL_HTML_TR, PL_HTML_TBODY, PL_HTML_THEAD, PL_HTML_TFOOT}},
    {PL_HTML_TR, {PL_HTML_TBODY, PL_HTML_THEAD, PL_HTML_TFOOT}},
    {PL_HTML_TBODY, {0}},
    {PL_HTML_THEAD, {0}},
    {PL_HTML_TFOOT, {0}},
    {PL_HTML_CAPTION, {0}},
    {PL_HTML_COLGROUP, {0}},
    {PL_HTML_COL, {PL_HTML_COLGROUP}},
};

static open *top_of(builder *b)
{
    return &b->stack[b->depth - 1];
}

static bool is_heading(unsigned tag)
{
    return tag >= PL_HTML_H1 && tag <= PL_HTML_H6;
}

static bool is_cell(unsigned tag)
{
    return tag == PL_HTML_TD || tag == PL_HTML_TH || tag == PL_HTML_CAPTION;
}

static bool is_in(unsigned tag, const uint8_t *set, size_t n)
{
    for (size_t i = 0; i < n && set[i]; i++)
        if (set[i] == tag)
            return true;
    return false;
}

/* Close elements until `depth` are open. */
static void close_to(builder *b, size_t depth)
{
    while (b->depth > depth) {
        open *e = &b->stack[--b->depth];

        b->count[e->tag]--;
        if (e->node != PL_HTML_NONE)
            b->pg->nodes[e->node].end = b->pg->n;
    }
}

/* Depth of the innermost open `tag` that no element with a flag of `walls` hides; 0 when
 * there is none. */
static size_t find_open(const builder *b, unsigned tag, unsigned walls)
{
    if (b->count[tag] == 0)
        return 0;
    for (size_t i = b->depth - 1; i > 0; i--) {
        if (b->stack[i].tag == tag)
            return i;
        if (pl_html_flags(b->stack[i].tag) & walls)
            return 0;
    }
    return 0;
}

static uint32_t add_node(builder *b, unsigned tag, pl_span span, unsigned flags,
                         unsigned size)
{
    pl_html_page *pg = b->pg;
    uint32_t parent = PL_HTML_NONE;

    if (pg->n == b->most)
        return PL_HTML_NONE;
    for (size_t i = b->depth; i > 0 && parent == PL_HTML_NONE; i--)
        parent = b->stack[i - 1].node;
    pg->nodes[pg->n] = (pl_html_node){.at = (uint32_t)span.at,
                                      .n = (uint32_t)span.n,
                                      .end = pg->n + 1,
                                      .parent = parent,
                                      .flags = (uint16_t)flags,
                                      .tag = (uint8_t)tag,
                                      .size = (uint8_t)size};
    return pg->n++;
}

static void add_leaf(builder *b, unsigned tag, pl_span span)
{
    const open *in = top_of(b);

    if (!(in->flags & PL_LOOK_UNSEEN))
        (void)add_node(b, tag, span, in->flags, in->size);
}

static void push(builder *b, const pl_html_token *t)
{
    const open *in = top_of(b);
    unsigned flags = in->flags, size = in->size;
    bool struck = false;
    uint32_t node = PL_HTML_NONE;

    if (b->depth == b->max_depth) {
        b->over[t->tag]++;
        b->pg->deep = true;
        if (pl_html_flags(t->tag) & PL_TAG_BLOCK)
            add_leaf(b, PL_HTML_BR, t->span);
        return;
    }
    if (!(flags & PL_LOOK_UNSEEN))
        pl_html_look(pl_str_sub(b->pg->src, t->span.at, t->span.n), t->tag, &flags, &size,
                     &struck);
    b->pg->struck = b->pg->struck || struck;
    if (!(flags & PL_LOOK_UNSEEN))
        node = add_node(b, t->tag, t->span, flags, size);
    b->stack[b->depth++] = (open){.node = node,
                                  .at = (uint32_t)t->span.at,
                                  .n = (uint32_t)t->span.n,
                                  .flags = flags & PL_LOOK_INHERITED,
                                  .tag = (uint8_t)t->tag,
                                  .size = (uint8_t)size};
    b->count[t->tag]++;
    if (b->depth > b->pg->depth)
        b->pg->depth = b->depth;
}

_Static_assert(PL_COUNT(implied) <= 8, "one bit a row");

static void learn_implied(builder *b)
{
    for (size_t k = 0; k < PL_COUNT(implied); k++) {
        const struct implied *m = &implied[k];

        for (unsigned tag = 1; tag < PL_HTML_TAG_COUNT; tag++) {
            if (is_in(tag, m->ends, PL_COUNT(m->ends)))
                b->ends[tag] |= (uint8_t)(1u << k);
            if (is_in(tag, m->walls, PL_COUNT(m->walls)) ||
                (pl_html_flags((pl_html_tag)tag) & PL_TAG_SCOPE))
                b->walls[tag] |= (uint8_t)(1u << k);
        }
    }
}

static void end_implied(builder *b, pl_html_tag tag)
{
    for (size_t k = 0; k < PL_COUNT(implied); k++) {
        const struct implied *m = &implied[k];
        unsigned bit = 1u << k;
        size_t i = b->depth - 1;

        if (m->start != tag || b->count[m->ends[0]] + b->count[m->ends[1]] == 0)
            continue;
        while (i > 0 && !((b->ends[b->stack[i].tag] | b->walls[b->stack[i].tag]) & bit))
            i--;
        if (i > 0 && (b->ends[b->stack[i].tag] & bit))
            close_to(b, i);
    }
}

/* Close what has to be closed before a part of a table begins; false when no table is
 * open: the tag means nothing. */
static bool make_place(builder *b, pl_html_tag tag)
{
    size_t table = find_open(b, PL_HTML_TABLE, 0);
    const struct grid_place *p = grid_places;

    if (table == 0)
        return false;
    while (p->tag != tag)
        p++;
    for (size_t k = 0; k < PL_COUNT(p->in) && p->in[k]; k++) {
        size_t in = find_open(b, p->in[k], 0);

        if (in > table) {
            close_to(b, in + 1);
            return true;
        }
    }
    close_to(b, table + 1);
    return true;
}

/* A cell begins, at `at` in the source: in a row that no tag began, if in none. */
static void imply_row(builder *b, size_t at)
{
    pl_html_token row = {.tag = PL_HTML_TR, .span = {at, 0}};

    if (top_of(b)->tag != PL_HTML_TR && b->depth < b->max_depth)
        push(b, &row);
}

/* Is the innermost part of a table that is open one that holds no text of its own? */
static bool is_between_cells(const builder *b)
{
    for (size_t i = b->depth - 1; i > 0; i--)
        if (pl_html_flags(b->stack[i].tag) & PL_TAG_GRID)
            return !is_cell(b->stack[i].tag);
    return false;
}

/* A table begins between the cells of another: that one was not ended. */
static void end_open_table(builder *b)
{
    size_t table = find_open(b, PL_HTML_TABLE, 0);

    if (table && is_between_cells(b))
        close_to(b, table);
}

/* An inline element ended across blocks that are still open: its looks end here. */
static void end_across(builder *b, size_t at)
{
    unsigned added = b->stack[at].flags & ~(unsigned)b->stack[at - 1].flags;

    for (size_t i = at; i < b->depth; i++)
        b->stack[i].flags = (uint16_t)(b->stack[i].flags & ~added);
    b->count[b->stack[at].tag]--;
    b->stack[at].tag = PL_HTML_TEXT;
    b->count[PL_HTML_TEXT]++;
}

/* End the innermost open element of an inline kind, across blocks when it is of those
 * whose looks may end so. */
static void end_inline(builder *b, pl_html_tag tag)
{
    size_t at = find_open(b, tag, PL_TAG_SPECIAL);

    if (at)
        close_to(b, at);
    else if ((pl_html_flags(tag) & PL_TAG_FORMAT) &&
             (at = find_open(b, tag, PL_TAG_SCOPE)) != 0)
        end_across(b, at);
}

static void start_tag(builder *b, const pl_html_token *t)
{
    unsigned flags = pl_html_flags(t->tag);
    size_t p;

    if (flags & PL_TAG_IGNORE)
        return;
    if (t->tag == PL_HTML_TABLE)
        end_open_table(b);
    else if ((flags & PL_TAG_GRID) && !make_place(b, t->tag))
        return;
    if (t->tag == PL_HTML_TD || t->tag == PL_HTML_TH)
        imply_row(b, t->span.at);
    if (t->tag == PL_HTML_FORM && is_between_cells(b))
        return; /* <table><form><tr>: the form means nothing to the table */
    if (flags & PL_TAG_ENDS_P) {
        p = find_open(b, PL_HTML_P, PL_TAG_SCOPE);
        if (p)
            close_to(b, p);
    }
    if (is_heading(t->tag) && is_heading(top_of(b)->tag))
        close_to(b, b->depth - 1);
    end_implied(b, t->tag);
    if (t->tag == PL_HTML_A)
        end_inline(b, t->tag); /* links do not nest */
    if (!(flags & PL_TAG_VOID) && !t->closed)
        push(b, t);
    else if (t->tag == PL_HTML_BR || t->tag == PL_HTML_HR || t->tag == PL_HTML_META)
        add_leaf(b, t->tag, t->span);
}

static pl_str name_of(const builder *b, size_t at, size_t n)
{
    pl_str tag = pl_str_sub(b->pg->src, at, n);
    size_t i = tag.n > 1 && tag.p[1] == '/' ? 2 : 1, end = i;

    while (end < tag.n && !pl_is_space(tag.p[end]) && tag.p[end] != '>' &&
           tag.p[end] != '/')
        end++;
    return pl_str_sub(tag, i, end - i);
}

/* The end of an element that is not in the list of tags: names are compared. */
static void end_other(builder *b, const pl_html_token *t)
{
    pl_str name = name_of(b, t->span.at, t->span.n);

    for (size_t i = b->depth - 1; i > 0; i--) {
        const open *e = &b->stack[i];

        if (pl_html_flags(e->tag) & PL_TAG_SPECIAL)
            return;
        if (e->tag == PL_HTML_OTHER && pl_str_eq(name_of(b, e->at, e->n), name)) {
            close_to(b, i);
            return;
        }
    }
}

static void end_heading(builder *b)
{
    for (size_t i = b->depth - 1; i > 0; i--) {
        if (is_heading(b->stack[i].tag)) {
            close_to(b, i);
            return;
        }
        if (pl_html_flags(b->stack[i].tag) & PL_TAG_SCOPE)
            return;
    }
}

/* The end tag of a part of a table ends that of the innermost table only. A body may have
 * been begun without a tag, by its rows. */
static void end_grid(builder *b, pl_html_tag tag)
{
    size_t table = find_open(b, PL_HTML_TABLE, 0), at = find_open(b, tag, 0);

    if (table && at >= table)
        close_to(b, at);
    else if (tag == PL_HTML_TBODY && find_open(b, PL_HTML_TR, 0) > table)
        close_to(b, table + 1);
}

static void end_tag(builder *b, const pl_html_token *t)
{
    unsigned flags = pl_html_flags(t->tag);
    size_t at;

    if (t->tag == PL_HTML_BR)
        add_leaf(b, PL_HTML_BR, t->span);
    if (b->over[t->tag]) {
        b->over[t->tag]--;
        return;
    }
    if (is_heading(t->tag)) {
        end_heading(b);
        return;
    }
    if (flags & PL_TAG_GRID)
        end_grid(b, t->tag);
    if (b->count[t->tag] == 0 || (flags & PL_TAG_GRID))
        return;
    if (t->tag == PL_HTML_OTHER) {
        end_other(b, t);
    } else if (flags & PL_TAG_SPECIAL) {
        at = find_open(b, t->tag, PL_TAG_SCOPE);
        if (at)
            close_to(b, at);
    } else {
        end_inline(b, t->tag);
    }
}

static bool is_blank(pl_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!pl_is_space(s.p[i]))
            return false;
    return true;
}

/* Elements in which white space between others means nothing. */
static bool holds_no_text(unsigned tag)
{
    return tag == PL_HTML_UL || tag == PL_HTML_OL || tag == PL_HTML_DL ||
           (!is_cell(tag) && (pl_html_flags((pl_html_tag)tag) & PL_TAG_GRID));
}

static void text(builder *b, pl_span span)
{
    const open *in = top_of(b);

    if (in->tag == PL_HTML_TITLE && b->pg->title.n == 0 && b->count[PL_HTML_SVG] == 0)
        b->pg->title = span;
    if (in->flags & PL_LOOK_UNSEEN)
        return;
    if (holds_no_text(in->tag) && is_blank(pl_str_sub(b->pg->src, span.at, span.n)))
        return;
    add_leaf(b, PL_HTML_TEXT, span);
}

/* No more nodes than tokens that may become one: end tags do not, but for </br>; a cell
 * may imply a row, unless what came before it in the table is of its row. */
static uint32_t most_nodes(pl_str src)
{
    pl_html_tag before = PL_HTML_TEXT;
    pl_html_token t;
    pl_html_lex x;
    uint32_t n = 1; /* the root */

    pl_html_lex_init(&x, src);
    while (pl_html_next(&x, &t)) {
        bool cell = t.tag == PL_HTML_TD || t.tag == PL_HTML_TH;

        n += !t.end || t.tag == PL_HTML_BR;
        n += cell && !t.end && before != PL_HTML_TR && before != PL_HTML_TD;
        if (cell)
            before = PL_HTML_TD;
        else if (pl_html_flags(t.tag) & PL_TAG_GRID)
            before = t.end ? PL_HTML_TABLE : t.tag;
    }
    return n;
}

/* A token; `raw` says of which raw element it is the text. */
static void token(builder *b, const pl_html_token *t, pl_html_tag raw)
{
    if (raw == PL_HTML_TEXT && (pl_html_flags(top_of(b)->tag) & PL_TAG_RAW))
        close_to(b, b->depth - 1); /* whether its end tag is there or not */
    if (raw != PL_HTML_TEXT && top_of(b)->tag != raw)
        return; /* too deep to be opened */
    if (t->tag == PL_HTML_TEXT)
        text(b, t->span);
    else if (t->end)
        end_tag(b, t);
    else
        start_tag(b, t);
}

pl_status pl_html_page_make(pl_ctx *cx, pl_str src, pl_html_page *out)
{
    pl_html_page pg = {.src = src, .depth = 1};
    builder b = {.pg = &pg, .max_depth = DEPTH_FACTOR * cx->limits.depth + 2};
    pl_html_lex x;
    pl_html_token t;
    pl_html_tag raw;

    b.most = most_nodes(src);
    pg.nodes = PL_NEW_N(cx->arena, pl_html_node, b.most);
    b.stack = PL_NEW_N(cx->arena, open, b.max_depth);
    if (!pg.nodes || !b.stack)
        return pl_fail_memory(cx);
    b.stack[b.depth++] = (open){.tag = PL_HTML_HTML};
    b.count[PL_HTML_HTML] = 1;
    pg.nodes[pg.n++] = (pl_html_node){.parent = PL_HTML_NONE, .tag = PL_HTML_HTML};
    learn_implied(&b);
    pl_html_lex_init(&x, src);
    while (raw = x.raw, pl_html_next(&x, &t))
        token(&b, &t, t.tag == PL_HTML_TEXT ? raw : PL_HTML_TEXT);
    close_to(&b, 0);
    pg.cut = x.cut;
    *out = pg;
    return PL_OK;
}
