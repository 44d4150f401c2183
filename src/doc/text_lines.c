#include "doc/text_reader_internal.h"

#include "text/utf8.h"

/* Lines longer than this are prose: not looked at for gaps between columns. */
enum { GAP_LINE_BYTES = 1000 };

/* Spaces at the start of a line: their bytes, and whether they make an indentation. */
static size_t leading(const char *p, size_t n, uint32_t *flags)
{
    size_t i = 0, columns = 0;

    while (i < n) {
        unsigned char c = (unsigned char)p[i];

        if (c == ' ') {
            i++;
            columns++;
        } else if (c == '\t') {
            i++;
            columns += 4;
        } else if (c == '\f') {
            *flags |= LINE_PAGE;
            i++;
        } else if (c == '\r' || c == '\v') {
            i++;
        } else if (c == 0xC2 && n - i > 1 && (unsigned char)p[i + 1] == 0xA0) {
            i += 2;
            columns++;
        } else if (n - i > 2 && memcmp(p + i, "\xe3\x80\x80", 3) == 0) {
            i += 3;
            columns += 2;
        } else if (n - i > 2 && (memcmp(p + i, "\xef\xbb\xbf", 3) == 0 ||
                                 memcmp(p + i, "\xe2\x80\x8b", 3) == 0)) {
            i += 3;
        } else {
            break;
        }
    }
    if (columns >= 2)
        *flags |= LINE_INDENT;
    return i;
}

/* Two spaces side by side, or an ideographic one. */
static bool has_gap(pl_str s)
{
    for (size_t i = 0; (i = pl_str_find(s, PL_S(" "), i)) != PL_NOPOS; i++)
        if (i + 1 < s.n && s.p[i + 1] == ' ')
            return true;
    return pl_str_has(s, PL_S("\u3000"));
}

static void line_look(const text_reader *r, const char *raw, size_t raw_n, text_line *l,
                      pl_str s)
{
    if (r->has_pipes && memchr(s.p, '|', s.n))
        l->flags |= LINE_PIPE;
    if (r->has_tabs && memchr(raw, '\t', raw_n))
        l->flags |= LINE_TAB;
    if (s.n <= GAP_LINE_BYTES && has_gap(s))
        l->flags |= LINE_GAP;
}

/* One line of the source: bytes [at, end). Empty ones leave a flag for the next. */
static void line_add(text_reader *r, size_t at, size_t end, uint32_t no,
                     uint32_t *pending)
{
    uint32_t flags = 0;
    const char *raw = r->s.p + at;
    size_t raw_n = end - at, skip = leading(raw, raw_n, &flags);
    pl_str s = pl_str_trim((pl_str){raw + skip, raw_n - skip});
    text_line *l;

    flags |= *pending & LINE_PAGE;
    if (s.n == 0) {
        *pending |= LINE_BLANK_BEFORE | (flags & LINE_PAGE);
        return;
    }
    l = &r->line[r->n++];
    *l = (text_line){.at = (uint32_t)(s.p - r->s.p),
                     .n = (uint32_t)s.n,
                     .no = no,
                     .flags = flags | *pending};
    line_look(r, raw, raw_n, l, s);
    *pending = 0;
}

/* Lines that are not empty, counted as lines_walk does. */
typedef void line_do(text_reader *r, size_t at, size_t end, uint32_t no,
                     uint32_t *pending);

static void line_count(text_reader *r, size_t at, size_t end, uint32_t no,
                       uint32_t *pending)
{
    (void)no;
    (void)pending;
    r->n += end > at;
}

/* Call `each` for each line. A line ends at a line feed, a form feed, or (where there is
 * no line feed at all) a carriage return. */
static void lines_walk(text_reader *r, line_do *each)
{
    char eol = memchr(r->s.p, '\n', r->s.n) ? '\n' : '\r';
    bool feeds = memchr(r->s.p, '\f', r->s.n) != NULL;
    uint32_t no = 0, pending = 0;
    size_t at = 0;

    while (at < r->s.n) {
        const char *hit = memchr(r->s.p + at, eol, r->s.n - at);
        size_t end = hit ? (size_t)(hit - r->s.p) : r->s.n, from = at;
        const char *feed;

        no++;
        while (feeds && end - from > 1 &&
               (feed = memchr(r->s.p + from + 1, '\f', end - from - 1)) != NULL) {
            each(r, from, (size_t)(feed - r->s.p), no, &pending);
            from = (size_t)(feed - r->s.p);
        }
        each(r, from, end, no, &pending);
        at = end + 1;
    }
}

pl_status text_lines_make(text_reader *r)
{
    r->has_pipes = memchr(r->s.p, '|', r->s.n) != NULL;
    r->has_tabs = memchr(r->s.p, '\t', r->s.n) != NULL;
    lines_walk(r, line_count);
    r->line =
        pl_arena_alloc_raw(r->cx->arena, r->n, sizeof *r->line, _Alignof(text_line));
    if (!r->line)
        return pl_fail_memory(r->cx);
    r->n = 0;
    lines_walk(r, line_add);
    return PL_OK;
}

size_t text_line_next(const text_reader *r, size_t i)
{
    while (i < r->n && (r->line[i].flags & LINE_OUT))
        i++;
    return i;
}

pl_place text_line_place(const text_reader *r, size_t i)
{
    return (pl_place){.line = r->line[i].no, .span = {r->line[i].at, r->line[i].n}};
}

pl_status text_fail(const text_reader *r, pl_status code, uint32_t at, uint32_t line,
                    const char *what)
{
    uint32_t start = at;

    while (start > 0 && r->s.p[start - 1] != '\n')
        start--;
    (void)pl_fail(r->cx, code, at, "%s", what);
    r->cx->err.line = line;
    r->cx->err.col = at - start + 1;
    return code;
}

uint32_t text_columns(pl_str s, uint32_t most)
{
    uint32_t columns = 0;

    for (size_t i = 0; i < s.n && columns < most; i++) {
        unsigned char c = (unsigned char)s.p[i];

        columns += c < 0x80 ? 1 : c >= 0xE0 ? 2 : c >= 0xC2 ? 1 : 0;
    }
    return columns < most ? columns : most;
}

/* Does a space belong between the end of a and the start of b, lines of one paragraph?
 * Between Latin words, and after Latin punctuation. */
static bool needs_space(pl_str a, pl_str b)
{
    char end = a.p[a.n - 1];

    if (!pl_is_alpha(b.p[0]) && !(pl_is_digit(b.p[0]) && pl_is_alpha(end)))
        return false;
    return pl_is_alpha(end) || pl_is_digit(end) || strchr(",.;:!?)%", end) != NULL;
}

static pl_str piece_str(const text_reader *r, text_piece p)
{
    return (pl_str){r->s.p + p.at, p.n};
}

pl_status text_pieces_join(const text_reader *r, const text_piece *p, size_t n,
                           text_join join, pl_text *out)
{
    pl_run *runs = pl_arena_alloc_raw(r->cx->arena, n, sizeof *runs, _Alignof(pl_run));
    size_t bytes = 0, at = 0;
    char *to;

    for (size_t i = 0; i < n; i++)
        bytes += (size_t)p[i].n + 1;
    to = n > 1 ? pl_arena_alloc_raw(r->cx->arena, bytes, 1, 1) : NULL;
    if (!runs || (n > 1 && !to))
        return pl_fail_memory(r->cx);
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && (join == TEXT_JOIN_SPACE ||
                      needs_space(piece_str(r, p[i - 1]), piece_str(r, p[i]))))
            to[at++] = ' ';
        runs[i] = (pl_run){.at = at, .source = p[i].at, .line = p[i].line};
        if (to)
            memcpy(to + at, r->s.p + p[i].at, p[i].n);
        at += p[i].n;
    }
    *out = (pl_text){
        .s = n == 1 ? piece_str(r, p[0]) : (pl_str){to, at}, .runs = runs, .n_runs = n};
    return PL_OK;
}
