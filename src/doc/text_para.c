#include "doc/text_reader_internal.h"

#include "text/numbering.h"
#include "text/utf8.h"

/* Bytes; three to a Chinese character. */
enum {
    HEADING_BYTES = 180,  /* a numbered heading */
    PLAIN_BYTES = 90,     /* a heading without numbering */
    DOTTED_LINES = 4,     /* headings that end with 。 are a manner from so many on */
    PLAIN_MIN_BYTES = 12, /* … and not a name or a word */
    BODY_BYTES = 150,     /* what such a heading stands above */
    TITLE_BYTES = 240,    /* a line of the title */
    TITLE_LINES = 4,
    TITLE_AMONG = 12, /* … within so many first lines */
    CUT_BYTES = 90    /* shorter lines are headings, items, names */
};

/* Columns. Paragraphs are cut at one width, but lines may be shorter by a word or by
 * punctuation that must not begin the next. */
enum { WRAP_MIN = 40, WRAP_MAX = 200, WRAP_SLACK = 4 };
/* Lines looked at for the width; shares in per cent. */
enum {
    WRAP_SAMPLE = 4000,
    WRAP_FULL_SHARE = 30,
    WRAP_LONGER_SHARE = 5,
    WRAP_CUT_SHARE = 50
};
enum { SPACED_SHARE = 80, INDENT_SHARE = 15 };

/* A paragraph goes on after these, and before those. */
static const pl_str goes_on_after[] = {PL_S_INIT("，"), PL_S_INIT("、"), PL_S_INIT("（"),
                                       PL_S_INIT("("),  PL_S_INIT("《"), PL_S_INIT("“"),
                                       PL_S_INIT(",")};
static const pl_str goes_on_before[] = {PL_S_INIT("，"), PL_S_INIT("、"), PL_S_INIT("。"),
                                        PL_S_INIT("；"), PL_S_INIT("："), PL_S_INIT("）"),
                                        PL_S_INIT(")"),  PL_S_INIT("》"), PL_S_INIT("”"),
                                        PL_S_INIT("％"), PL_S_INIT("%"),  PL_S_INIT(",")};

/* Words that titles of documents end with. */
static const pl_str title_end[] = {
    PL_S_INIT("报告"), PL_S_INIT("通知"),    PL_S_INIT("规划"), PL_S_INIT("纲要"),
    PL_S_INIT("方案"), PL_S_INIT("意见"),    PL_S_INIT("计划"), PL_S_INIT("办法"),
    PL_S_INIT("要点"), PL_S_INIT("公报"),    PL_S_INIT("决定"), PL_S_INIT("条例"),
    PL_S_INIT("公告"), PL_S_INIT("清单"),    PL_S_INIT("函"),   PL_S_INIT("批复"),
    PL_S_INIT("表"),   PL_S_INIT("（草案）")};

/* Markdown's `## `: its level, bytes in *n; 0 when it is none. */
static int hashes(pl_str s, size_t *n)
{
    size_t level = 0;

    while (level < s.n && s.p[level] == '#')
        level++;
    if (level == 0 || level > 6 || level >= s.n || s.p[level] != ' ')
        return 0;
    *n = level + 1;
    return (int)level;
}

bool text_is_break(pl_str s)
{
    pl_numbering m = pl_numbering_at(s);
    size_t n;

    return hashes(s, &n) ||
           (m.level > 0 && m.kind != PL_NUMBERING_AR_DOT &&
            m.kind != PL_NUMBERING_AR_PAREN && m.kind != PL_NUMBERING_CIRCLED) ||
           m.kind == PL_NUMBERING_COLUMN;
}

static bool has_comma(pl_str s)
{
    return pl_str_has(s, PL_S("，")) || pl_str_has(s, PL_S(",")) ||
           pl_str_has(s, PL_S("；"));
}

typedef struct wrap_count {
    uint32_t lines, spaced, indented;
    uint32_t width[WRAP_MAX + 2]; /* lines of each width; the last: longer ones */
    uint32_t cut[WRAP_MAX + 2];   /* those that do not end a sentence */
} wrap_count;

static void wrap_see(const text_reader *r, size_t i, wrap_count *c)
{
    pl_str s = text_line_str(r, i);
    uint32_t w = text_columns(s, WRAP_MAX + 1);

    c->lines++;
    c->spaced += (r->line[i].flags & LINE_BLANK_BEFORE) != 0;
    c->indented += (r->line[i].flags & LINE_INDENT) != 0;
    c->width[w]++;
    c->cut[w] += !text_ends_sentence(s);
}

static uint32_t wrap_sum(const uint32_t *of, uint32_t from, uint32_t to)
{
    uint32_t n = 0;

    for (uint32_t w = from; w <= to; w++)
        n += of[w];
    return n;
}

static void wrap_detect(text_reader *r)
{
    wrap_count c = {0};
    uint32_t best = 0, width = 0;

    for (size_t i = 0; i < r->n && c.lines < WRAP_SAMPLE; i++)
        if (!(r->line[i].flags & (LINE_OUT | LINE_PIPE)))
            wrap_see(r, i, &c);
    if (c.lines < 2)
        return;
    r->spaced = c.spaced * 100 >= c.lines * SPACED_SHARE;
    for (uint32_t w = WRAP_MIN; w <= WRAP_MAX; w++) {
        uint32_t full = wrap_sum(c.width, w - WRAP_SLACK, w);

        if (full > best || (full == best && c.width[w])) {
            best = full;
            width = w;
        }
    }
    if (best * 100 < c.lines * WRAP_FULL_SHARE ||
        wrap_sum(c.width, width + 3, WRAP_MAX + 1) * 100 > c.lines * WRAP_LONGER_SHARE ||
        wrap_sum(c.cut, width - WRAP_SLACK, width) * 100 < best * WRAP_CUT_SHARE)
        return;
    r->wrap = width;
    r->indents = c.indented * 100 >= c.lines * INDENT_SHARE &&
                 c.indented * 100 <= c.lines * (100 - INDENT_SHARE);
}

/* Was a paragraph cut between two lines, though paragraphs are not cut here? A long line
 * with a sentence begun, that stops after an ideograph, and a next one that goes on with
 * an ideograph and ends a sentence. */
static bool is_cut(pl_str a, pl_str b)
{
    size_t last = a.n;

    if (a.n < CUT_BYTES || b.n == 0 || text_ends_sentence(a) || !text_ends_sentence(b))
        return false;
    if (text_is_break(a) && !text_has_sentence(a))
        return false; /* a long heading */
    do
        last--;
    while (last > 0 && ((unsigned char)a.p[last] & 0xC0) == 0x80);
    return pl_is_cjk(pl_utf8_at(pl_str_tail(a, last), NULL)) &&
           pl_is_cjk(pl_utf8_at(b, NULL)) && (text_has_sentence(a) || has_comma(a));
}

/* Bytes (and columns) of what stands unbroken at the start of s, because no line ends
 * inside of it: 38,420 of 38,420元. */
static uint32_t unbroken(pl_str s)
{
    uint32_t n = 0;

    while (n < s.n && n < WRAP_MAX && (unsigned char)s.p[n] > ' ' &&
           (unsigned char)s.p[n] < 0x80)
        n++;
    return n;
}

/* Is line k the next line of the paragraph that so far ends with line i? */
static bool goes_on(const text_reader *r, size_t i, size_t k)
{
    pl_str a = text_line_str(r, i), b = text_line_str(r, k);
    bool blank = (r->line[k].flags & LINE_BLANK_BEFORE) && !r->spaced;

    if (text_is_break(b) || (r->line[k].flags & LINE_PIPE))
        return false;
    if (r->wrap && !blank &&
        text_columns(a, r->wrap) + WRAP_SLACK + unbroken(b) >= r->wrap) {
        size_t n;

        if (r->indents)
            return !(r->line[k].flags & LINE_INDENT);
        return !hashes(a, &n) && !text_ends_sentence(a) &&
               pl_numbering_at(b).kind == PL_NUMBERING_NONE;
    }
    if (pl_numbering_at(b).kind != PL_NUMBERING_NONE)
        return false;
    if (!r->wrap && !blank && is_cut(a, b))
        return true;
    return pl_str_ends_any(a, goes_on_after, PL_COUNT(goes_on_after)) ||
           pl_str_starts_any(b, goes_on_before, PL_COUNT(goes_on_before));
}

/* One past the last line of the paragraph that begins at i. */
static size_t para_end(const text_reader *r, size_t i)
{
    size_t last = i, k = text_line_next(r, i + 1);

    while (k < r->n && goes_on(r, last, k)) {
        last = k;
        k = text_line_next(r, k + 1);
    }
    return last + 1;
}

/* Lines [from, to) that are in the flow, as one text. */
static pl_status join_lines(text_reader *r, size_t from, size_t to, pl_text *out)
{
    r->pieces.n = 0;
    for (size_t i = from; i < to; i++) {
        text_piece *piece;

        if (r->line[i].flags & LINE_OUT)
            continue;
        piece = PL_VEC_ADD(r->cx->arena, &r->pieces);
        if (!piece)
            return pl_fail_memory(r->cx);
        *piece = (text_piece){r->line[i].at, r->line[i].n, r->line[i].no};
    }
    return text_pieces_join(r, r->pieces.p, r->pieces.n, TEXT_JOIN_PROSE, out);
}

/* The numbering of the last paragraph, of its first item when it is a list of annexes
 * (`附件：1.…`). */
static pl_numbering last_item(const text_reader *r)
{
    const pl_block *b = r->d->blocks.n ? &r->d->blocks.p[r->d->blocks.n - 1] : NULL;
    pl_numbering m = {0};

    if (!b || b->kind != PL_BLOCK_PARA)
        return m;
    m = pl_numbering_at(b->text.s);
    return m.kind == PL_NUMBERING_ANNEX ? pl_numbering_at(pl_str_tail(b->text.s, m.n))
                                        : m;
}

/* An item whose neighbour carries the number before or after is in a list. */
static bool in_list(const text_reader *r, size_t end, pl_numbering m)
{
    size_t k = text_line_next(r, end);
    pl_numbering before = last_item(r), after = {0};

    if (k < r->n)
        after = pl_numbering_at(text_line_str(r, k));
    return (before.kind == m.kind && before.number == m.number - 1) ||
           (after.kind == m.kind && after.number == m.number + 1);
}

/* Rank of a numbered line as a heading; 0 when it is a paragraph. */
static int numbered_level(const text_reader *r, pl_str s, pl_numbering m, size_t end)
{
    pl_str text = pl_str_tail(s, m.n);

    if (m.level == 0 || s.n > HEADING_BYTES)
        return 0;
    if (m.kind == PL_NUMBERING_ANNEX)
        return pl_str_ends(m.text, PL_S("件")) && text.n ? 0
               : text_has_sentence(text) ||
                       pl_numbering_at(text).kind != PL_NUMBERING_NONE
                   ? 0
                   : m.level;
    if (m.level >= 3)
        return text.n == 0 || text_has_sentence(text) || text_ends_sentence(text) ||
                       pl_str_has(text, PL_S("：")) || pl_str_has(text, PL_S(":")) ||
                       in_list(r, end, m)
                   ? 0
                   : m.level;
    if (pl_str_ends(text, PL_S("。")))
        text.n -= 3;
    if (text_has_sentence(text) || pl_str_ends(text, PL_S("：")) ||
        pl_str_ends(text, PL_S(":")))
        return 0;
    return m.level;
}

/* Is there a sentence or a figure's colon in it, a name's space, or is it a date? */
static bool plain_words(pl_str s)
{
    static const pl_str never[] = {PL_S_INIT("。"), PL_S_INIT("，"), PL_S_INIT("；"),
                                   PL_S_INIT("："), PL_S_INIT("！"), PL_S_INIT("？"),
                                   PL_S_INIT(":"),  PL_S_INIT(","),  PL_S_INIT(" "),
                                   PL_S_INIT("　"), PL_S_INIT("|")};

    for (size_t i = 0; i < PL_COUNT(never); i++)
        if (pl_str_has(s, never[i]))
            return false;
    return !pl_str_ends(s, PL_S("日"));
}

/* A line without numbering that stands, alone and short, above running text. */
static bool is_plain_heading(const text_reader *r, pl_str s, size_t end)
{
    size_t k = text_line_next(r, end);
    pl_str below;

    if (s.n < PLAIN_MIN_BYTES || s.n > PLAIN_BYTES || k >= r->n)
        return false;
    if (r->dotted && pl_str_ends(s, PL_S("。")))
        s.n -= 3;
    if (!plain_words(s))
        return false;
    below = text_line_str(r, k);
    return !(r->line[k].flags & LINE_PIPE) &&
           ((below.n >= BODY_BYTES && text_has_sentence(below)) ||
            pl_numbering_at(below).kind == PL_NUMBERING_CN_PAREN);
}

/* Some reports end their headings with 。; a single short sentence is none. */
static void dotted_detect(text_reader *r)
{
    size_t n = 0;

    for (size_t i = 0; i < r->n && n < DOTTED_LINES; i++) {
        if (r->line[i].n > PLAIN_BYTES * 2 / 3 ||
            (r->line[i].flags & (LINE_OUT | LINE_PIPE)))
            continue;
        r->dotted = pl_str_ends(text_line_str(r, i), PL_S("。"));
        n += r->dotted &&
             pl_numbering_at(text_line_str(r, i)).kind == PL_NUMBERING_NONE &&
             is_plain_heading(r, text_line_str(r, i), i + 1);
    }
    r->dotted = n >= DOTTED_LINES;
}

void text_manner_detect(text_reader *r)
{
    wrap_detect(r);
    dotted_detect(r);
}

/* Is the last block an annex's mark standing alone, so that titles follow? */
static bool after_annex(const text_reader *r)
{
    const pl_block *b = r->d->blocks.n ? &r->d->blocks.p[r->d->blocks.n - 1] : NULL;
    pl_numbering m;

    if (!b || b->kind != PL_BLOCK_HEADING)
        return false;
    m = pl_numbering_at(b->text.s);
    return m.kind == PL_NUMBERING_ANNEX && m.n == b->text.s.n;
}

/* Is line i the first of a paragraph that was cut, and that ends a sentence? */
static bool begins_sentence(const text_reader *r, size_t i)
{
    size_t end = para_end(r, i);

    return end > i + 1 && text_ends_sentence(text_line_str(r, end - 1));
}

static bool is_title_line(const text_reader *r, size_t i)
{
    pl_str s = text_line_str(r, i);

    if (r->line[i].flags & (LINE_PIPE | LINE_TAB))
        return false;
    if ((r->line[i].flags & LINE_GAP) && i + 1 < r->n &&
        (r->line[i + 1].flags & LINE_GAP))
        return false; /* a row of a table in columns */
    if (r->wrap && begins_sentence(r, i))
        return false; /* a paragraph, cut */
    if (pl_str_has(s, PL_S("，")) && !pl_str_ends_any(s, title_end, PL_COUNT(title_end)))
        return false;
    return s.n <= TITLE_BYTES && pl_numbering_at(s).kind == PL_NUMBERING_NONE &&
           !text_has_sentence(s) && !text_ends_sentence(s) &&
           !pl_str_ends(s, PL_S("：")) && !pl_str_ends(s, PL_S(":"));
}

/* One past the last line of a title that begins at i; i when none does. A title goes on
 * over lines until it ends as titles do. */
static size_t title_lines_end(const text_reader *r, size_t i)
{
    size_t k = i, last = i;

    for (size_t n = 0; n < TITLE_LINES && k < r->n && is_title_line(r, k); n++) {
        if (n > 0 && (r->line[k].flags & LINE_BLANK_BEFORE) && !r->spaced)
            break;
        last = k + 1;
        if (pl_str_ends_any(text_line_str(r, k), title_end, PL_COUNT(title_end)))
            return last;
        k = text_line_next(r, k + 1);
    }
    return last > i ? i + 1 : i;
}

/* The title of an annex: lines up to its table or text. */
static size_t annex_title_end(const text_reader *r, size_t i)
{
    size_t k = i, last = i;

    for (size_t n = 0; n < TITLE_LINES && k < r->n && is_title_line(r, k); n++) {
        last = k + 1;
        k = text_line_next(r, k + 1);
    }
    if (k < r->n && (r->line[k].flags & LINE_PIPE))
        return last; /* all of them stand above a table */
    return title_lines_end(r, i);
}

static pl_status add(text_reader *r, size_t from, size_t to, int level)
{
    pl_block *b = pl_doc_add(r->cx, r->d, level ? PL_BLOCK_HEADING : PL_BLOCK_PARA);

    if (!b)
        return pl_fail_memory(r->cx);
    b->level = level;
    PL_TRY(join_lines(r, from, to, &b->text));
    b->place = pl_text_place(&b->text, NULL, 0, b->text.s.n);
    return PL_OK;
}

static pl_status add_hashes(text_reader *r, size_t i, int level, size_t skip)
{
    pl_block *b = pl_doc_add(r->cx, r->d, PL_BLOCK_HEADING);
    text_piece p = {r->line[i].at, r->line[i].n, r->line[i].no};
    pl_str s = pl_str_trim(pl_str_tail(text_line_str(r, i), skip));

    if (!b)
        return pl_fail_memory(r->cx);
    p.at = (uint32_t)(s.p - r->s.p);
    p.n = (uint32_t)s.n;
    b->level = level;
    PL_TRY(text_pieces_join(r, &p, 1, TEXT_JOIN_PROSE, &b->text));
    b->place = pl_text_place(&b->text, NULL, 0, b->text.s.n);
    r->level = level;
    return PL_OK;
}

/* Rank of a heading without numbering: below the numbered one it stands under. */
static int plain_level(const text_reader *r)
{
    if (!r->has_parts)
        return 1;
    return r->level < 6 ? r->level + 1 : 6;
}

pl_status text_para(text_reader *r, size_t *i)
{
    size_t from = *i, to, skip;
    pl_str s = text_line_str(r, from);
    pl_numbering m = pl_numbering_at(s);
    int level = hashes(s, &skip);

    *i = from + 1;
    if (level)
        return add_hashes(r, from, level, skip);
    if (after_annex(r) && (to = annex_title_end(r, from)) > from) {
        *i = to;
        return add(r, from, to, 1);
    }
    *i = to = para_end(r, from);
    s.n = r->line[to - 1].at + r->line[to - 1].n - r->line[from].at;
    if (m.kind != PL_NUMBERING_NONE) {
        level = numbered_level(r, s, m, to);
        r->level = level ? level : r->level;
    } else if (is_plain_heading(r, s, to)) {
        level = plain_level(r);
    }
    if (level == 1 && m.level == 1 && m.kind != PL_NUMBERING_ANNEX)
        r->has_parts = true;
    return add(r, from, to, level);
}

static pl_status title_from_lines(text_reader *r, size_t from, size_t to)
{
    pl_text t;

    PL_TRY(join_lines(r, from, to, &t));
    r->d->title = t.s;
    r->d->title_place = pl_text_place(&t, NULL, 0, t.s.n);
    return PL_OK;
}

pl_status text_title(text_reader *r, size_t *i)
{
    size_t to, skip;

    r->titled = true;
    if (hashes(text_line_str(r, *i), &skip) == 1) {
        r->d->title = pl_str_trim(pl_str_tail(text_line_str(r, *i), skip));
        r->d->title_place = text_line_place(r, *i);
        *i += 1;
        return PL_OK;
    }
    if (*i > TITLE_AMONG + TITLE_LINES || (*i >= r->body && r->body < r->n))
        return PL_OK;
    to = title_lines_end(r, *i);
    if (to == *i)
        return PL_OK;
    PL_TRY(title_from_lines(r, *i, to));
    *i = to;
    return PL_OK;
}
