/* Page headers, footers and page numbers.
 *
 * A line near the top or the bottom of a page is furniture when it says the same at the
 * same height on several pages, or when it differs there only by a number that counts
 * with the pages; a number between dashes and `第3页` are page numbers even alone. */
#include "doc/layout_internal.h"

#include "base/buf.h"
#include "base/map.h"
#include "text/utf8.h"

enum {
    MARGIN_PART = 16,      /* percent of the page's height: where furniture stands */
    LINES_AT_END = 3,      /* lines looked at from each end */
    SAME_HEIGHT_UM = 3000, /* between pages */
    FEW_PAGES = 6,   /* documents below this repeat twice, longer ones three times */
    NUMBER_GAP = 150 /* percent of the size above a bare number on the last line */
};

/* Lines that say the same. */
typedef struct group {
    pl_um y;
    uint32_t pages, last_page; /* how many pages, and the last one counted (1-based) */
} group;

typedef PL_VEC(group) groups;

/* A line that may be furniture. */
typedef struct candidate {
    pl_row *row;
    uint32_t page;
    bool last; /* nothing below it */
    pl_um gap; /* to the line above (of the last line only) */
    pl_str text;
    size_t same, counted; /* 1 + index of its groups */
} candidate;

typedef PL_VEC(candidate) candidates;

/* What is left of a page number without its digits: these, in any order. */
static bool is_page_mark(uint32_t c)
{
    static const uint32_t marks[] = {'-',    '/',    '.',    ' ',    '|',    0x2014,
                                     0x2013, 0x2015, 0x2212, 0xff0d, 0xb7,   0x2022,
                                     0x2500, 0x7b2c, 0x9875, 0x5171, 0x3000, 0xff0f,
                                     0x2010, 0x2011, 0x2012};

    for (size_t i = 0; i < PL_COUNT(marks); i++)
        if (c == marks[i])
            return true;
    return false;
}

/* A full-width digit or an ASCII one; -1 for others. */
static int digit_of(uint32_t c)
{
    if (c >= '0' && c <= '9')
        return (int)(c - '0');
    return c >= 0xff10 && c <= 0xff19 ? (int)(c - 0xff10) : -1;
}

/* Digits and page marks only, at least one digit and at most two numbers of four digits.
 * `marked`: something besides digits and spaces is there, so it is no bare number. */
static bool is_page_number(pl_str s, bool *marked)
{
    size_t n, digits = 0, numbers = 0;
    bool in_number = false;

    *marked = false;
    (void)pl_str_eat(&s, PL_S("Page "));
    for (; s.n; s = pl_str_tail(s, n)) {
        uint32_t c = pl_utf8_at(s, &n);
        bool digit = digit_of(c) >= 0;

        if (!digit && !is_page_mark(c))
            return false;
        numbers += digit && !in_number;
        digits = digit ? (in_number ? digits + 1 : 1) : digits;
        if (digits > 4 || numbers > 2)
            return false;
        in_number = digit;
        *marked = *marked || (!digit && c != ' ' && c != 0x3000 && c != '.');
    }
    return numbers > 0;
}

/* The text with its last (or first) number replaced by its distance to the page's:
 * `第3页` on page 3 and `第4页` on page 4 are the same. False when it has no number. */
static bool counted_text(pl_buf *b, pl_str s, uint32_t page, bool first)
{
    size_t at = PL_NOPOS, end = 0, from = PL_NOPOS;
    size_t n;
    long value = 0, v = 0;

    for (size_t i = 0; i <= s.n; i += n) {
        int d = -1;

        n = 1;
        if (i < s.n)
            d = digit_of(pl_utf8_at(pl_str_tail(s, i), &n));

        if (d >= 0) {
            from = from == PL_NOPOS ? i : from;
            v = v < 1000000 ? v * 10 + d : v;
        } else if (from != PL_NOPOS) {
            if (at == PL_NOPOS || !first) {
                at = from;
                end = i;
                value = v;
            }
            from = PL_NOPOS;
            v = 0;
        }
    }
    if (at == PL_NOPOS)
        return false;
    b->n = 0;
    pl_buf_putf(b, "%c%ld ", first ? 'f' : 'l', value - (long)page);
    pl_buf_put(b, pl_str_sub(s, 0, at));
    pl_buf_putc(b, '#');
    pl_buf_put(b, pl_str_tail(s, end));
    return true;
}

/* Count a page for the group of a text; 1 + its index in *out, or 0 when the text stands
 * at another height than the group does. */
static pl_status group_count(pl_ctx *cx, pl_map *map, groups *g, pl_str text,
                             const candidate *c, size_t *out)
{
    pl_um y = pl_box_mid_y(c->row->box), off;
    bool fresh;
    size_t *at = pl_map_add(cx->arena, map, text, &fresh);
    group *it;

    if (!at)
        return pl_fail_memory(cx);
    if (fresh) {
        it = PL_VEC_ADD(cx->arena, g);
        if (!it)
            return pl_fail_memory(cx);
        it->y = y;
        *at = g->n - 1;
    }
    it = &g->p[*at];
    off = it->y - y;
    if (off > SAME_HEIGHT_UM || off < -SAME_HEIGHT_UM)
        return PL_OK;
    if (it->last_page != c->page + 1) {
        it->last_page = c->page + 1;
        it->pages++;
    }
    *out = *at + 1;
    return PL_OK;
}

static bool in_margin(const pl_layout_page *p, pl_box b, bool top)
{
    int64_t h = p->area.y1 - p->area.y0;
    int64_t part = h * MARGIN_PART / 100;

    return top ? b.y1 <= p->area.y0 + part : b.y0 >= p->area.y1 - part;
}

static pl_status candidate_add(pl_ctx *cx, candidates *list, pl_row *row, uint32_t page)
{
    candidate *c = PL_VEC_ADD(cx->arena, list);

    if (!c)
        return pl_fail_memory(cx);
    c->row = row;
    c->page = page;
    return pl_layout_row_text(cx, row, &c->text);
}

/* Lines of one page that stand where furniture does. */
static pl_status page_candidates(pl_ctx *cx, pl_layout_state *st, uint32_t page,
                                 candidates *out)
{
    pl_sheet *s = &st->sheets[page];
    size_t n = s->rows.n, top = 0;

    for (; top < n && top < LINES_AT_END; top++) {
        pl_row *r = &s->rows.p[top];

        if (r->table || !in_margin(s->in, r->box, true))
            break;
        PL_TRY(candidate_add(cx, out, r, page));
    }
    for (size_t k = 0; k < LINES_AT_END && n - k > top; k++) {
        pl_row *r = &s->rows.p[n - 1 - k];

        if (r->table || !in_margin(s->in, r->box, false))
            break;
        PL_TRY(candidate_add(cx, out, r, page));
        out->p[out->n - 1].last = k == 0;
        if (n - k >= 2)
            out->p[out->n - 1].gap = r->box.y0 - s->rows.p[n - 2 - k].box.y1;
    }
    return PL_OK;
}

static pl_status candidates_count(pl_ctx *cx, candidates *list, groups *g, pl_buf *b)
{
    pl_map map = {0};

    for (size_t i = 0; i < list->n; i++) {
        candidate *c = &list->p[i];
        pl_str key;

        PL_TRY(group_count(cx, &map, g, c->text, c, &c->same));
        for (int first = 0; first < 2; first++) {
            size_t at = 0;

            if (!counted_text(b, c->text, c->page, first == 1))
                break;
            PL_TRY(pl_buf_keep(cx, b, &key));
            PL_TRY(group_count(cx, &map, g, key, c, &at));
            if (at && (!c->counted || g->p[at - 1].pages > g->p[c->counted - 1].pages))
                c->counted = at;
        }
    }
    return PL_OK;
}

static bool is_furniture(const candidate *c, const groups *g, uint32_t n_pages)
{
    uint32_t enough = n_pages < FEW_PAGES ? 2 : 3;
    uint32_t same = c->same ? g->p[c->same - 1].pages : 0;
    uint32_t counted = c->counted ? g->p[c->counted - 1].pages : 0;
    bool marked;

    if (!is_page_number(c->text, &marked))
        return same >= enough || counted >= 3;
    if (marked || counted >= 2)
        return true;
    return c->last && c->gap > (pl_um)((int64_t)c->row->segs[0].size * NUMBER_GAP / 100);
}

pl_status pl_layout_drop_furniture(pl_ctx *cx, pl_layout_state *st)
{
    candidates list = {0};
    groups g = {0};
    pl_buf b;
    pl_status status;

    for (uint32_t p = 0; p < st->n_sheets; p++)
        PL_TRY(page_candidates(cx, st, p, &list));
    pl_buf_init(&b, cx->limits.input_bytes);
    status = candidates_count(cx, &list, &g, &b);
    pl_buf_release(&b);
    if (status != PL_OK)
        return status;
    for (size_t i = 0; i < list.n; i++)
        if (is_furniture(&list.p[i], &g, st->n_sheets))
            list.p[i].row->dropped = true;
    return PL_OK;
}
