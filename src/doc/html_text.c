#include "doc/html_text.h"

#include "text/utf8.h"

/* Lines are counted once for so many bytes, then from there. */
enum { LINE_BLOCK_BYTES = 512, FIRST_BYTES = 1024 };

static size_t count_lines(pl_str src, size_t from, size_t to)
{
    size_t n = 0;

    for (size_t i = from; i < to; i++)
        n += src.p[i] == '\n';
    return n;
}

pl_status pl_html_text_init(pl_ctx *cx, pl_str src, pl_html_text *t)
{
    *t = (pl_html_text){.cx = cx, .src = src};
    t->n_lines = src.n / LINE_BLOCK_BYTES + 1;
    t->lines = PL_NEW_N(cx->arena, uint32_t, t->n_lines);
    if (!t->lines)
        return pl_fail_memory(cx);
    for (size_t i = 1; i < t->n_lines; i++)
        t->lines[i] =
            t->lines[i - 1] +
            (uint32_t)count_lines(src, (i - 1) * LINE_BLOCK_BYTES, i * LINE_BLOCK_BYTES);
    return PL_OK;
}

uint32_t pl_html_line(pl_html_text *t, size_t at)
{
    size_t block = (at < t->src.n ? at : t->src.n) / LINE_BLOCK_BYTES;

    if (at < t->line_from || t->line_from < block * LINE_BLOCK_BYTES || t->line == 0) {
        t->line_from = block * LINE_BLOCK_BYTES;
        t->line = t->lines[block] + 1;
    }
    t->line += (uint32_t)count_lines(t->src, t->line_from, at);
    t->line_from = at;
    return t->line;
}

pl_place pl_html_place(pl_html_text *t, size_t at, size_t n)
{
    return (pl_place){.line = pl_html_line(t, at), .span = {at, n}};
}

void pl_html_text_clear(pl_html_text *t)
{
    t->n = t->runs.n = 0;
    t->bold = t->link = t->action = t->mark_n = 0;
    t->gap = PL_GAP_NONE;
}

static bool room(pl_html_text *t, size_t n)
{
    size_t want = t->cap ? t->cap : FIRST_BYTES;
    char *p;

    if (t->failed || n <= t->cap - t->n)
        return !t->failed;
    while (want - t->n < n)
        want *= 2;
    p = PL_NEW_N(t->cx->arena, char, want);
    if (!p) {
        t->failed = true;
        return false;
    }
    if (t->n)
        memcpy(p, t->p, t->n);
    t->p = p;
    t->cap = want;
    return true;
}

/* Bytes that stand at `at` in the source; a new run unless they follow the last one. */
static void append(pl_html_text *t, pl_str s, size_t at)
{
    pl_run *last = t->runs.n ? &t->runs.p[t->runs.n - 1] : NULL;

    if (!room(t, s.n))
        return;
    if (!last || last->source + (t->n - last->at) != at) {
        last = PL_VEC_ADD(t->cx->arena, &t->runs);
        if (!last) {
            t->failed = true;
            return;
        }
        *last = (pl_run){.at = t->n, .source = at, .line = pl_html_line(t, at)};
    }
    memcpy(t->p + t->n, s.p, s.n);
    t->n += s.n;
}

/* The code point before the end of what was collected, 0 when there is none. */
static uint32_t last_char(const pl_html_text *t)
{
    size_t i = t->n;

    while (i > 0 && ((unsigned char)t->p[i - 1] & 0xC0) == 0x80)
        i--;
    return i > 0 ? pl_utf8_at((pl_str){t->p + i - 1, t->n - i + 1}, NULL) : 0;
}

/* Ideographs and the punctuation set like them: no space is meant at a line's end. */
static bool is_wide(uint32_t c)
{
    return pl_is_cjk(c) || (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFFEF) ||
           (c >= 0x2018 && c <= 0x201D);
}

/* What stands between the text so far and `next`, which comes now. */
static void fill_gap(pl_html_text *t, pl_str next)
{
    pl_html_gap gap = t->gap;

    t->gap = PL_GAP_NONE;
    if (t->n == t->mark_n || gap == PL_GAP_NONE || t->p[t->n - 1] == '\n')
        return;
    if (gap == PL_GAP_FOLD && is_wide(last_char(t)) && is_wide(pl_utf8_at(next, NULL)))
        return;
    append(t, gap == PL_GAP_LINE ? PL_S("\n") : PL_S(" "), t->gap_at);
}

static void widen_gap(pl_html_text *t, pl_html_gap gap, size_t at)
{
    if (t->gap == PL_GAP_NONE)
        t->gap_at = at;
    if (t->gap < gap)
        t->gap = gap;
}

/* Where the source goes on after what was collected. */
static size_t source_end(const pl_html_text *t)
{
    const pl_run *last = t->runs.n ? &t->runs.p[t->runs.n - 1] : NULL;

    return last ? last->source + (t->n - last->at) : 0;
}

void pl_html_text_line(pl_html_text *t)
{
    t->gap = PL_GAP_LINE;
    t->gap_at = source_end(t);
}

void pl_html_text_fold(pl_html_text *t)
{
    widen_gap(t, PL_GAP_FOLD, source_end(t));
}

/* Characters that are not copied as they are. */
static const struct odd_char {
    pl_str c;
    bool space; /* counts as a space; else it is dropped */
} odd_chars[] = {
    {PL_S_INIT("\xc2\xa0"), true},     /* U+00A0 no-break space */
    {PL_S_INIT("\xc2\xad"), false},    /* U+00AD soft hyphen */
    {PL_S_INIT("\xe2\x80\x82"), true}, /* U+2002 en space, U+2003 em space */
    {PL_S_INIT("\xe2\x80\x83"), true},
    {PL_S_INIT("\xe2\x80\x89"), true},  /* U+2009 thin space */
    {PL_S_INIT("\xe2\x80\x8b"), false}, /* U+200B zero-width space */
    {PL_S_INIT("\xe2\x80\x8c"), false}, /* U+200C, U+200D joiners */
    {PL_S_INIT("\xe2\x80\x8d"), false},
    {PL_S_INIT("\xe2\x81\xa0"), false}, /* U+2060 word joiner */
    {PL_S_INIT("\xef\xbb\xbf"), false}, /* U+FEFF byte order mark */
    {PL_S_INIT("\0"), false},
};

static const struct odd_char *odd_char_at(pl_str s)
{
    for (size_t i = 0; i < PL_COUNT(odd_chars); i++)
        if (pl_str_starts(s, odd_chars[i].c))
            return &odd_chars[i];
    return NULL;
}

/* May a character that begins with this byte be more than a character of text? */
static bool needs_care(unsigned char c)
{
    return c <= ' ' || c == '&' || c == 0xC2 || c == 0xE2 || c == 0xEF;
}

/* One piece of text, without white space at its ends, in a look. */
static void piece(pl_html_text *t, pl_str s, size_t at, unsigned look)
{
    size_t before = t->n;

    if (t->n == t->mark_n || t->gap == PL_GAP_LINE) /* U+3000 indents */
        while (pl_str_eat(&s, PL_S("\xe3\x80\x80")))
            at += 3;
    if (s.n == 0)
        return;
    fill_gap(t, s);
    append(t, s, at);
    t->bold += look & PL_LOOK_BOLD ? t->n - before : 0;
    t->link += look & PL_LOOK_LINK ? t->n - before : 0;
    t->action += look & PL_LOOK_ACTION ? t->n - before : 0;
}

/* Figures in superscript: 10<sup>4</sup> must not become 104. */
static bool is_figure(pl_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!pl_is_digit(s.p[i]) && s.p[i] != '-')
            return false;
    return s.n > 0;
}

static void superscript(pl_html_text *t, pl_str s, size_t at)
{
    static const pl_str raised[] = {
        PL_S_INIT("⁰"), PL_S_INIT("¹"), PL_S_INIT("²"), PL_S_INIT("³"), PL_S_INIT("⁴"),
        PL_S_INIT("⁵"), PL_S_INIT("⁶"), PL_S_INIT("⁷"), PL_S_INIT("⁸"), PL_S_INIT("⁹")};

    for (size_t i = 0; i < s.n; i++) {
        pl_str c = s.p[i] == '-' ? PL_S("⁻") : raised[s.p[i] - '0'];

        fill_gap(t, c);
        append(t, c, at + i);
    }
}

/* What needs care at the start of s; bytes used. */
static size_t special(pl_html_text *t, pl_str s, size_t at, unsigned look)
{
    const struct odd_char *odd = odd_char_at(s);
    size_t used = 1, n;
    char c[4];

    if (odd) {
        if (odd->space)
            widen_gap(t, PL_GAP_HARD, at);
        return odd->c.n;
    }
    if (pl_is_space(s.p[0])) {
        if (s.p[0] == '\n' && (look & PL_LOOK_PRE))
            pl_html_text_line(t);
        else
            widen_gap(t, s.p[0] == '\n' ? PL_GAP_FOLD : PL_GAP_SPACE, at);
        return 1;
    }
    n = s.p[0] == '&' ? pl_html_entity(s, &used, c) : 0;
    if (n) {
        odd = odd_char_at((pl_str){c, n});
        if ((odd && odd->space) || (n == 1 && pl_is_space(c[0])))
            widen_gap(t, PL_GAP_HARD, at);
        else if (!odd)
            piece(t, (pl_str){c, n}, at, look);
        return used;
    }
    n = pl_utf8_len((unsigned char)s.p[0]);
    if ((unsigned char)s.p[0] > ' ') /* other control characters are dropped */
        piece(t, pl_str_sub(s, 0, n), at, look);
    return n;
}

void pl_html_text_put(pl_html_text *t, size_t at, size_t n, unsigned look)
{
    pl_str s = pl_str_sub(t->src, at, n);
    pl_str trimmed = pl_str_trim(s);

    if ((look & PL_LOOK_SUPER) && is_figure(trimmed)) {
        superscript(t, trimmed, (size_t)(trimmed.p - t->src.p));
        return;
    }
    for (size_t i = 0; i < s.n;) {
        size_t end = i;

        while (end < s.n && !needs_care((unsigned char)s.p[end]))
            end++;
        if (end > i)
            piece(t, pl_str_sub(s, i, end - i), at + i, look);
        else
            end += special(t, pl_str_tail(s, i), at + i, look);
        i = end;
    }
}

void pl_html_text_mark(pl_html_text *t, size_t at, pl_str mark)
{
    if (t->n == 0) {
        append(t, mark, at);
        t->mark_n = t->n;
    }
}

void pl_html_text_unmark(pl_html_text *t)
{
    size_t n = t->mark_n, k = 0;

    t->mark_n = 0;
    if (n == 0 || t->n == 0)
        return;
    memmove(t->p, t->p + n, t->n - n);
    t->n -= n;
    for (size_t i = 0; i < t->runs.n; i++)
        if (t->runs.p[i].at >= n) {
            t->runs.p[k] = t->runs.p[i];
            t->runs.p[k++].at -= n;
        }
    t->runs.n = k;
}

pl_str pl_html_text_view(const pl_html_text *t)
{
    return pl_str_trim((pl_str){t->p, t->n});
}

pl_status pl_html_text_keep(pl_html_text *t, pl_text *out)
{
    pl_str s = pl_html_text_view(t);
    pl_text kept = {0};
    pl_run *runs;

    while (t->runs.n && t->runs.p[t->runs.n - 1].at >= s.n)
        t->runs.n--;
    runs = PL_NEW_N(t->cx->arena, pl_run, t->runs.n);
    if (t->failed || !runs)
        return pl_fail_memory(t->cx);
    if (t->runs.n)
        memcpy(runs, t->runs.p, t->runs.n * sizeof *runs);
    kept.runs = runs;
    kept.n_runs = t->runs.n;
    if (t->runs.n == 1 && pl_str_eq(pl_str_sub(t->src, runs[0].source, s.n), s))
        kept.s = pl_str_sub(t->src, runs[0].source, s.n);
    else
        PL_TRY(pl_str_keep(t->cx, s, &kept.s));
    *out = kept;
    return PL_OK;
}
