/* Items -> blocks: lines into paragraphs, paragraphs into headings by numbering, size,
 * weight; the title. */
#include "doc/layout_internal.h"

#include <stdlib.h>

#include "text/numbering.h"
#include "text/utf8.h"

enum {
    /* in percent of the size */
    INDENT_MIN = 120, /* a first line begins so far in */
    INDENT_MAX = 320,
    INDENT_NEAR = 60, /* lines that begin at one place */
    FULL_SLACK = 50,  /* a full line may end so early */
    COLUMN_MIN = 1000,
    CENTRE_INSET = 150,
    CENTRE_NEAR = 60,
    /* in percent of what they are compared with */
    SIZE_NEAR = 15,    /* sizes of one paragraph */
    LEAD_MAX = 140,    /* distance of lines in one paragraph, of the usual one */
    LEAD_SIZE = 200,   /* the same, of the size, for large type */
    BIG = 112,         /* a heading's size, of the body's */
    LEAD_NEAR = 112,   /* distance of lines that belong together, of the usual one */
    LEAD_APART = 125,  /* distance of paragraphs that stand apart */
    INDENTED_PART = 4, /* of the lines, where first lines are indented */
    APART_PART = 4,    /* of the lines, where paragraphs stand apart */
    COUNT_LINES = 100, /* looked through for the number before */
    /* characters */
    HEADING_CHARS = 60,
    TITLE_CHARS = 80,
    SYMBOL_CHARS = 40, /* 文号 */
    /* millimetres */
    MARGIN_NEAR_UM = 10000, /* left margins of left and right pages */
    LEVEL_MAX = 6
};

/* A paragraph as it is built. */
typedef struct para {
    size_t first, n; /* items; between them only skipped ones */
    pl_text text;
    pl_um size;
    bool bold, centred, note;
    pl_sheet_table *table;
    uint32_t page;
    int level; /* of a heading, 0 = none */
} para;

typedef PL_VEC(para) paras;

typedef struct measure {
    pl_layout_state *st;
    pl_um lead;   /* usual distance of lines of the body, 0 = not known */
    bool indents; /* first lines are indented */
    bool apart;   /* they are not: paragraphs stand apart from each other */
} measure;

static pl_um percent(pl_um of, int part)
{
    return (pl_um)((int64_t)of * part / 100);
}

static bool near_size(pl_um a, pl_um b)
{
    pl_um big = a > b ? a : b, off = a > b ? a - b : b - a;

    return off <= percent(big, SIZE_NEAR);
}

/* A value and its weight. */
typedef struct vote {
    pl_um v;
    int64_t weight;
} vote;

static int by_vote(const void *a, const void *b)
{
    const vote *l = a, *r = b;

    return (l->v > r->v) - (l->v < r->v);
}

/* The value with most weight within `near` above it; 0 when there is none. */
static pl_um votes_win(vote *v, size_t n, pl_um near)
{
    int64_t sum = 0, most = 0;
    pl_um best = 0;

    if (n == 0)
        return 0;
    qsort(v, n, sizeof *v, by_vote);
    for (size_t from = 0, to = 0; from < n; from++) {
        for (; to < n && v[to].v - v[from].v <= near; to++)
            sum += v[to].weight;
        if (sum > most) {
            most = sum;
            best = v[from + (to - from) / 2].v;
        }
        sum -= v[from].weight;
    }
    return best;
}

static bool is_line(const pl_item *it)
{
    return !it->table && !it->skip && !it->note;
}

static bool same_column(const pl_item *a, const pl_item *b)
{
    return a->page == b->page && a->left == b->left && a->right == b->right;
}

/* Where most of the text is bold, bold says nothing. */
static void bold_level(pl_items *items)
{
    size_t bold = 0, all = 0;

    for (size_t i = 0; i < items->n; i++) {
        all += items->p[i].text.n;
        bold += items->p[i].bold ? items->p[i].text.n : 0;
    }
    for (size_t i = 0; i < items->n && bold * 2 > all; i++)
        items->p[i].bold = false;
}

/* Size and distance of the body's lines. */
static pl_status body_measure(pl_ctx *cx, measure *m)
{
    const pl_items *items = &m->st->items;
    vote *v = PL_NEW_N(cx->arena, vote, items->n);
    size_t n = 0;

    if (!v)
        return pl_fail_memory(cx);
    for (size_t i = 0; i < items->n; i++)
        if (is_line(&items->p[i]))
            v[n++] = (vote){items->p[i].size, (int64_t)items->p[i].text.n};
    m->st->body = votes_win(v, n, 200);
    n = 0;
    for (size_t i = 1; i < items->n; i++) {
        const pl_item *a = &items->p[i - 1], *b = &items->p[i];
        pl_um lead = b->box.y1 - a->box.y1;

        if (is_line(a) && is_line(b) && same_column(a, b) && lead > 0 &&
            near_size(b->size, m->st->body) && lead < 4 * m->st->body)
            v[n++] = (vote){lead, 1};
    }
    m->lead = votes_win(v, n, 400);
    return PL_OK;
}

/* The margins of most of the text, among pages of one column or of several. */
static pl_status usual_margins(pl_ctx *cx, const pl_items *items, bool in_columns,
                               pl_um *left, pl_um *width)
{
    vote *l = PL_NEW_N(cx->arena, vote, items->n),
         *w = PL_NEW_N(cx->arena, vote, items->n);
    size_t n = 0;

    if (!l || !w)
        return pl_fail_memory(cx);
    for (size_t i = 0; i < items->n; i++) {
        const pl_item *it = &items->p[i];

        if (it->table || it->in_columns != in_columns)
            continue;
        l[n] = (vote){it->left, 1};
        w[n++] = (vote){it->right - it->left, 1};
    }
    *left = votes_win(l, n, 1000);
    *width = votes_win(w, n, 3000);
    return PL_OK;
}

/* A page with few or short lines does not show its right margin: the usual one holds. */
static pl_status margins_even(pl_ctx *cx, pl_items *items)
{
    pl_um left[2], width[2];

    PL_TRY(usual_margins(cx, items, false, &left[0], &width[0]));
    PL_TRY(usual_margins(cx, items, true, &left[1], &width[1]));
    for (size_t i = 0; i < items->n; i++) {
        pl_item *it = &items->p[i];
        pl_um l = left[it->in_columns], w = width[it->in_columns];
        pl_um off = it->left - l;

        if (!it->in_columns && (off > MARGIN_NEAR_UM || off < -MARGIN_NEAR_UM) &&
            it->box.x0 >= l - MARGIN_NEAR_UM)
            it->left = l;
        if (it->right < it->left + w)
            it->right = it->left + w;
    }
    return PL_OK;
}

static bool is_indented(const pl_item *it)
{
    pl_um in = it->box.x0 - it->left;

    return in >= percent(it->size, INDENT_MIN);
}

static bool is_centred(const pl_item *it)
{
    pl_um l = it->box.x0 - it->left, r = it->right - it->box.x1;
    pl_um off = l > r ? l - r : r - l;

    return l >= percent(it->size, CENTRE_INSET) && r >= percent(it->size, CENTRE_INSET) &&
           off <= percent(it->size, CENTRE_NEAR);
}

/* A line alone on its page shows no margins: the middle of the paper tells. */
static bool is_mid_page(const pl_layout_state *st, const pl_item *it)
{
    pl_box page = st->sheets[it->page].in->area;
    pl_um off = pl_box_mid_x(it->box) - pl_box_mid_x(page);
    bool alone = it->box.x0 <= it->left && it->box.x1 >= it->right;

    return alone && off <= percent(it->size, CENTRE_NEAR) &&
           off >= -percent(it->size, CENTRE_NEAR) &&
           it->box.x1 - it->box.x0 < (page.x1 - page.x0) / 2;
}

static void indents_measure(measure *m)
{
    const pl_items *items = &m->st->items;
    size_t lines = 0, indented = 0;

    for (size_t i = 0; i < items->n; i++) {
        const pl_item *it = &items->p[i];

        if (!is_line(it) || !near_size(it->size, m->st->body))
            continue;
        lines++;
        indented +=
            is_indented(it) && it->box.x0 - it->left <= percent(it->size, INDENT_MAX);
    }
    m->indents = indented * 100 >= lines * INDENTED_PART && indented > 0;
}

/* True when the first piece of b would not have fitted on a's line. Nothing fills a
 * column too narrow for text, but characters one below the other are a word set upright.
 */
static bool is_full(const pl_item *a, const pl_item *b)
{
    if (a->right - a->left < percent(a->size, COLUMN_MIN))
        return a->text.n <= 4 && b->text.n <= 4 && a->box.x1 - a->box.x0 <= a->size &&
               b->box.x0 == a->box.x0;
    return a->box.x1 + b->next_w > a->right - percent(a->size, FULL_SLACK);
}

/* Do paragraphs stand apart from each other? A wider step mostly follows the end of a
 * sentence or a short line; one that follows a full line in mid-sentence is none. */
static void apart_measure(measure *m)
{
    const pl_items *items = &m->st->items;
    size_t lines = 0, wide = 0;

    for (size_t i = 1; i < items->n; i++) {
        const pl_item *a = &items->p[i - 1], *b = &items->p[i];
        pl_um lead = b->box.y1 - a->box.y1;

        if (!is_line(a) || !is_line(b) || !same_column(a, b) ||
            !near_size(a->size, m->st->body) || !near_size(b->size, m->st->body))
            continue;
        lines++;
        wide += lead > percent(m->lead, LEAD_APART) &&
                (pl_layout_ends_sentence(a->text) || !is_full(a, b));
    }
    m->apart = !m->indents && m->lead > 0 && wide > 2 && wide * 100 >= lines * APART_PART;
}

static bool is_numbered(const pl_item *it)
{
    return pl_numbering_at(it->text).kind != PL_NUMBERING_NONE;
}

/* Numbers of headings: 一、 and （一）. */
static bool is_part(const pl_item *it)
{
    int level = pl_numbering_at(it->text).level;

    return level > 0 && level <= 2;
}

/* True when b stands where the next line of a's paragraph would. */
static bool is_next_line(const measure *m, const pl_item *a, const pl_item *b)
{
    pl_um lead = b->box.y1 - a->box.y1;
    pl_um most = percent(m->lead, LEAD_MAX);

    if (!near_size(a->size, b->size))
        return false;
    if (!same_column(a, b))
        return true;
    if (most < percent(b->size, LEAD_SIZE) && (!m->lead || b->size > m->st->body))
        most = percent(b->size, LEAD_SIZE);
    return lead > 0 && lead <= most;
}

/* Two lines of one centred title. */
static bool is_title_pair(const measure *m, const pl_item *a, const pl_item *b)
{
    bool strong = (a->bold && b->bold) || a->size >= percent(m->st->body, BIG);

    return strong && (is_centred(a) || is_full(a, b)) && a->page == b->page &&
           !pl_layout_ends_sentence(a->text) && !is_numbered(b);
}

/* Marks of items; U+F06C to U+F0D8 are those of the fonts Symbol and Wingdings. */
static bool is_bullet(pl_str s)
{
    static const uint32_t marks[] = {
        0x2022, 0x25cf, 0x25a0, 0x25c6, 0x25aa, 0x25cb, 0x25a1, 0x25c7, 0x2605, 0x2606,
        0x25b2, 0x25ba, 0x27a2, 0xf06c, 0xf06e, 0xf075, 0xf0a7, 0xf0b7, 0xf0d8};
    uint32_t c = pl_utf8_at(s, NULL);

    for (size_t i = 0; i < PL_COUNT(marks); i++)
        if (c == marks[i])
            return true;
    return false;
}

/* True when a line at the left margin begins an item by its numbering. Where first lines
 * are indented, `(3)` there is one of several in a paragraph, and only numbers of
 * headings after a sentence's end begin something. */
static bool begins_item(const measure *m, const pl_item *b, bool after_end)
{
    pl_numbering number = pl_numbering_at(b->text);

    if (is_bullet(b->text))
        return true;
    if (number.kind == PL_NUMBERING_NONE)
        return false;
    if (!m->indents)
        return true;
    return after_end && is_part(b);
}

/* The number before that of b stands in one of the last lines of the paragraph that ends
 * with line a: a list that is written on in one paragraph. */
static bool counts_on(const pl_item *a, size_t lines, const pl_item *b)
{
    pl_numbering next = pl_numbering_at(b->text);

    if (next.kind != PL_NUMBERING_CN_PAREN && next.kind != PL_NUMBERING_AR_PAREN &&
        next.kind != PL_NUMBERING_CIRCLED)
        return false;
    lines = lines < COUNT_LINES ? lines : COUNT_LINES;
    for (size_t k = 0; k < lines; k++)
        for (size_t at = 0, n; at < a[-(ptrdiff_t)k].text.n; at += n) {
            pl_str s = pl_str_tail(a[-(ptrdiff_t)k].text, at);
            uint32_t c = pl_utf8_at(s, &n);
            pl_numbering mark = {0};

            if (c == '(' || c == 0xff08 || (c >= 0x2460 && c <= 0x24ff))
                mark = pl_numbering_at(s);
            if (mark.kind == next.kind && mark.number == next.number - 1)
                return true;
        }
    return false;
}

/* True when line b goes on with the paragraph whose last line is a. */
static bool goes_on(const measure *m, const pl_item *a, const pl_item *b, size_t lines)
{
    bool ends = pl_layout_ends_sentence(a->text);
    pl_um off = a->box.x0 - b->box.x0;
    bool below =
        off <= percent(b->size, INDENT_NEAR) && off >= -percent(b->size, INDENT_NEAR);

    if (!is_next_line(m, a, b))
        return false;
    if (is_centred(b) && same_column(a, b) && (is_centred(a) || is_title_pair(m, a, b)))
        return is_title_pair(m, a, b);
    if (!is_full(a, b))
        return false;
    /* nothing else tells whether a sentence that ends with its page ends the paragraph */
    if (ends && !m->indents && !same_column(a, b))
        return counts_on(a, lines, b);
    if (m->apart && below && same_column(a, b))
        return b->box.y1 - a->box.y1 <= percent(m->lead, LEAD_NEAR) &&
               !(ends && is_part(b));
    if (!is_indented(b))
        return !begins_item(m, b, ends);
    /* an indented line goes on only in a block that is indented as a whole, or under a
     * mark that hangs out */
    if (ends || is_numbered(b))
        return false;
    return below ? lines > 1 || !m->indents : lines == 1 && off < 0 && is_numbered(a);
}

/* The text of a paragraph, and where its pages begin in it. */
static pl_status para_text(pl_ctx *cx, const pl_items *items, para *p)
{
    pl_str *parts = PL_NEW_N(cx->arena, pl_str, p->n);
    pl_str *joints = PL_NEW_N(cx->arena, pl_str, p->n);
    pl_run *runs = NULL;
    size_t n_runs = 0, at = 0;

    if (!parts || !joints)
        return pl_fail_memory(cx);
    if (items->p[p->first].page != items->p[p->first + p->n - 1].page) {
        runs = PL_NEW_N(cx->arena, pl_run, p->n);
        if (!runs)
            return pl_fail_memory(cx);
    }
    for (size_t i = 0; i < p->n; i++) {
        const pl_item *it = &items->p[p->first + i];

        parts[i] = it->text;
        if (i)
            joints[i] = pl_layout_line_joint(parts[i - 1], it[-1].spaced, parts[i]);
        at += joints[i].n;
        if (runs && (i == 0 || it->page != it[-1].page))
            runs[n_runs++] = (pl_run){.at = at, .source = at, .page = it->page + 1};
        at += parts[i].n;
    }
    p->text.runs = runs;
    p->text.n_runs = n_runs;
    return pl_layout_concat(cx, parts, joints, p->n, &p->text.s);
}

static pl_status paras_make(pl_ctx *cx, const measure *m, paras *out)
{
    const pl_items *items = &m->st->items;
    const pl_item *last = NULL;

    for (size_t i = 0; i < items->n; i++) {
        const pl_item *it = &items->p[i];
        para *p = out->n ? &out->p[out->n - 1] : NULL;

        if (it->skip)
            continue;
        if (p && last && is_line(it) && goes_on(m, last, it, p->n)) {
            p->n++;
            p->bold = p->bold && it->bold;
            last = it;
            continue;
        }
        p = PL_VEC_ADD(cx->arena, out);
        if (!p)
            return pl_fail_memory(cx);
        *p = (para){.first = i,
                    .n = 1,
                    .size = it->size,
                    .bold = it->bold,
                    .note = it->note,
                    .table = it->table,
                    .page = it->page};
        p->centred = is_line(it) && (is_centred(it) || is_mid_page(m->st, it));
        last = is_line(it) ? it : NULL;
    }
    for (size_t i = 0; i < out->n; i++)
        if (!out->p[i].table)
            PL_TRY(para_text(cx, items, &out->p[i]));
    return PL_OK;
}

/* No sentence stands in a heading. */
static bool has_sentence(pl_str s)
{
    return pl_str_has(s, PL_S("。")) || pl_layout_ends_sentence(s) ||
           pl_str_ends(s, PL_S("，")) || pl_str_ends(s, PL_S(","));
}

static bool is_big(const pl_layout_state *st, const para *p)
{
    return p->size >= percent(st->body, BIG);
}

/* The sender's name over a document: `某某区人民政府办公室文件`. */
static bool is_letterhead(const para *p)
{
    return p->page == 0 && pl_str_ends(p->text.s, PL_S("文件")) &&
           pl_numbering_at(p->text.s).kind == PL_NUMBERING_NONE;
}

static bool is_heading(const pl_layout_state *st, const para *p)
{
    if (p->table || p->note || is_letterhead(p) || has_sentence(p->text.s) ||
        pl_utf8_count(p->text.s) > (is_big(st, p) ? TITLE_CHARS : HEADING_CHARS))
        return false;
    return pl_numbering_at(p->text.s).level > 0 || is_big(st, p) ||
           (p->bold && p->n <= 2);
}

/* Levels of headings: that of their numbering; else by size, largest first; bold ones of
 * the body's size come last. */
static pl_status levels_set(pl_ctx *cx, const pl_layout_state *st, paras *ps)
{
    vote *sizes = PL_NEW_N(cx->arena, vote, ps->n);
    size_t n = 0, kept = 0;

    if (!sizes)
        return pl_fail_memory(cx);
    for (size_t i = 0; i < ps->n; i++)
        if (is_heading(st, &ps->p[i]) && is_big(st, &ps->p[i]) &&
            pl_numbering_at(ps->p[i].text.s).level == 0)
            sizes[n++].v = ps->p[i].size;
    qsort(sizes, n, sizeof *sizes, by_vote);
    for (size_t i = n; i > 0; i--)
        if (kept == 0 || sizes[i - 1].v < percent(sizes[n - kept].v, 95))
            sizes[n - ++kept].v = sizes[i - 1].v;
    for (size_t i = 0; i < ps->n; i++) {
        para *p = &ps->p[i];
        int level = 1;

        if (!is_heading(st, p))
            continue;
        p->level = pl_numbering_at(p->text.s).level;
        if (p->level)
            continue;
        while ((size_t)level <= kept && p->size < percent(sizes[n - (size_t)level].v, 95))
            level++;
        p->level = level < LEVEL_MAX ? level : LEVEL_MAX;
    }
    return PL_OK;
}

/* The title: the largest line on the first pages before the text begins. */
static para *title_find(const pl_layout_state *st, paras *ps)
{
    para *best = NULL;

    for (size_t i = 0; i < ps->n; i++) {
        para *p = &ps->p[i];

        if (p->page > ps->p[0].page + 1 || p->table)
            break;
        if (p->note)
            continue;
        if (has_sentence(p->text.s) || pl_utf8_count(p->text.s) > TITLE_CHARS) {
            if (pl_str_has(p->text.s, PL_S("。")))
                break;
            continue;
        }
        if (pl_numbering_at(p->text.s).level > 0)
            break;
        if (is_letterhead(p) || !(is_big(st, p) || p->centred || p->bold))
            continue;
        if (!best || p->size > percent(best->size, 105))
            best = p;
    }
    return best;
}

/* `海政办发〔2023〕1号`: letters, a year in brackets, a number. */
static bool is_symbol(pl_str s)
{
    static const pl_str open[] = {PL_S_INIT("〔"), PL_S_INIT("［"), PL_S_INIT("["),
                                  PL_S_INIT("（"), PL_S_INIT("("),  PL_S_INIT("【")};
    static const pl_str close[] = {PL_S_INIT("〕"), PL_S_INIT("］"), PL_S_INIT("]"),
                                   PL_S_INIT("）"), PL_S_INIT(")"),  PL_S_INIT("】")};
    size_t at = PL_NOPOS, digits = 0;

    if (!pl_str_ends(s, PL_S("号")) || pl_utf8_count(s) > SYMBOL_CHARS)
        return false;
    for (size_t i = 0; i < PL_COUNT(open) && at == PL_NOPOS; i++) {
        at = pl_str_find(s, open[i], 0);
        if (at == PL_NOPOS)
            continue;
        if (at == 0)
            return false;
        s = pl_str_tail(s, at + open[i].n);
        for (; digits < s.n && pl_is_digit(s.p[digits]); digits++)
            continue;
        s = pl_str_tail(s, digits);
        if (digits != 4 || !pl_str_eat(&s, close[i]))
            return false;
    }
    s = pl_str_trim(s);
    for (digits = 0; digits < s.n && pl_is_digit(s.p[digits]); digits++)
        continue;
    return at != PL_NOPOS && digits > 0 &&
           pl_str_eq(pl_str_trim(pl_str_tail(s, digits)), PL_S("号"));
}

static pl_place place_of(const pl_layout_state *st, uint32_t page)
{
    return (pl_place){.page = page + 1, .path = st->sheets[page].in->path};
}

static pl_status meta_add(pl_ctx *cx, pl_layout_state *st, const para *p)
{
    pl_meta *m = PL_VEC_ADD(cx->arena, &st->doc->meta);

    if (!m)
        return pl_fail_memory(cx);
    *m = (pl_meta){
        .key = PL_S("文号"), .value = p->text.s, .place = place_of(st, p->page)};
    return PL_OK;
}

static pl_status table_block(pl_ctx *cx, pl_layout_state *st, const para *p)
{
    pl_block *b = pl_doc_add(cx, st->doc, PL_BLOCK_TABLE);
    pl_table *t = PL_NEW(cx->arena, pl_table);

    if (!b || !t)
        return pl_fail_memory(cx);
    t->cells = p->table->cells;
    t->rows = p->table->rows;
    t->cols = p->table->cols;
    t->number = ++st->doc->n_tables;
    for (size_t i = 0; i < t->cells.n; i++) {
        pl_cell *c = &t->cells.p[i];

        c->place.table = t->number;
        c->place.row = c->row + 1;
        c->place.col = c->col + 1;
    }
    b->table = t;
    b->place = place_of(st, p->page);
    b->place.table = t->number;
    return pl_table_grid(cx, t);
}

static pl_status para_block(pl_ctx *cx, pl_layout_state *st, const para *p)
{
    pl_block_kind kind = p->note    ? PL_BLOCK_NOTE
                         : p->level ? PL_BLOCK_HEADING
                                    : PL_BLOCK_PARA;
    pl_block *b;

    if (p->table)
        return table_block(cx, st, p);
    if (p->page < 2 && is_symbol(p->text.s))
        PL_TRY(meta_add(cx, st, p));
    b = pl_doc_add(cx, st->doc, kind);
    if (!b)
        return pl_fail_memory(cx);
    b->level = p->level;
    b->text = p->text;
    b->place = place_of(st, p->page);
    return PL_OK;
}

pl_status pl_layout_blocks(pl_ctx *cx, pl_layout_state *st)
{
    measure m = {.st = st};
    paras ps = {0};
    para *title;

    PL_TRY(body_measure(cx, &m));
    PL_TRY(margins_even(cx, &st->items));
    bold_level(&st->items);
    indents_measure(&m);
    apart_measure(&m);
    PL_TRY(paras_make(cx, &m, &ps));
    PL_TRY(levels_set(cx, st, &ps));
    title = title_find(st, &ps);
    if (title) {
        title->level = 1;
        if (st->doc->title.n == 0) {
            st->doc->title = title->text.s;
            st->doc->title_place = place_of(st, title->page);
        }
    }
    for (size_t i = 0; i < ps.n; i++)
        PL_TRY(para_block(cx, st, &ps.p[i]));
    return PL_OK;
}
