/* Runs -> rows of segments.
 *
 * A run belongs to a row when its middle lies within half the height of the row's tallest
 * run: superscripts and mixed fonts stay, the next line does not (lines stand at least
 * one em apart). */
#include "doc/layout_internal.h"

#include <stdlib.h>

#include "text/utf8.h"

/* In percent of the font's size. */
enum {
    SEGMENT_GAP = 120, /* a gap that splits a line */
    WORD_GAP = 15,     /* between Latin letters or digits: a space */
    WIDE_GAP = 80,     /* where an ideograph stands: less is justification */
    TWICE = 12         /* the same text so near is bold drawn twice */
};

enum { FIGURE_BYTES = 24 }; /* figures with a word or two */

static pl_um percent(pl_um size, int of)
{
    return (pl_um)((int64_t)size * of / 100);
}

bool pl_layout_wide(uint32_t c)
{
    static const struct {
        uint32_t first, last;
    } wide[] = {
        {0x2010, 0x2027},   /* dashes, quotes, dots: full-width in Chinese fonts */
        {0x2030, 0x203b},   /* per mille … reference mark */
        {0x2160, 0x217f},   /* Roman numerals */
        {0x2460, 0x24ff},   /* circled */
        {0x2500, 0x27bf},   /* box drawing … dingbats */
        {0x2e80, 0xa4cf},   /* CJK, kana, symbols */
        {0xac00, 0xd7a3},   /* hangul */
        {0xf900, 0xfaff},   /* compatibility ideographs */
        {0xfe30, 0xfe6f},   /* vertical and small forms */
        {0xff00, 0xff60},   /* full-width forms */
        {0xffe0, 0xffe6},   /* full-width signs */
        {0x1f300, 0x3ffff}, /* pictographs, ideographs of other planes */
    };

    for (size_t i = 0; i < PL_COUNT(wide) && c >= wide[i].first; i++)
        if (c <= wide[i].last)
            return true;
    return false;
}

/* Width in half ems. */
static size_t half_ems(pl_str s)
{
    size_t sum = 0, n;

    for (; s.n; s = pl_str_tail(s, n))
        sum += pl_layout_wide(pl_utf8_at(s, &n)) ? 2 : 1;
    return sum;
}

static uint32_t last_char(pl_str s)
{
    size_t at = s.n;

    if (s.n == 0)
        return ' ';
    while (at > 0 && ((unsigned char)s.p[--at] & 0xc0) == 0x80)
        continue;
    return pl_utf8_at(pl_str_tail(s, at), NULL);
}

static uint32_t first_char(pl_str s)
{
    return s.n ? pl_utf8_at(s, NULL) : ' ';
}

pl_str pl_layout_between(pl_str left, pl_str right, pl_um gap, pl_um size)
{
    bool narrow = !pl_layout_wide(last_char(left)) && !pl_layout_wide(first_char(right));

    if (last_char(left) == ' ' || first_char(right) == ' ')
        return PL_S("");
    return gap > percent(size, narrow ? WORD_GAP : WIDE_GAP) ? PL_S(" ") : PL_S("");
}

static bool is_one_of(uint32_t c, const char *set)
{
    return c < 0x80 && c && strchr(set, (int)c);
}

pl_str pl_layout_line_joint(pl_str line, bool spaced, pl_str next)
{
    uint32_t l = last_char(line), r = first_char(next);

    if (spaced && l != ' ')
        return PL_S(" ");
    if (pl_layout_wide(l) || pl_layout_wide(r) || l == ' ' || r == ' ')
        return PL_S("");
    if (is_one_of(l, "-/([<") || is_one_of(r, ")]/%,.;:") ||
        (is_one_of(r, "([") && !(l < 0x80 && pl_is_alpha((char)l))))
        return PL_S("");
    return PL_S(" ");
}

static bool opens(uint32_t c)
{
    static const uint32_t marks[] = {0x201c, 0x2018, 0xff08, 0x300a, 0x300c,
                                     0x3008, 0x3010, 0x3014, '(',    '['};

    for (size_t i = 0; i < PL_COUNT(marks); i++)
        if (c == marks[i])
            return true;
    return false;
}

/* Marks that no line begins with. */
static bool closes(uint32_t c)
{
    static const uint32_t marks[] = {
        0x201d, 0x2019, 0xff09, 0x300b, 0x300d, 0x3009, 0x3011, 0x3015, 0x3001,
        0x3002, 0xff0c, 0xff1a, 0xff1b, 0xff01, 0xff1f, 0xff05, ')',    ']',
        ',',    '.',    ';',    ':',    '!',    '?',    '%'};

    for (size_t i = 0; i < PL_COUNT(marks); i++)
        if (c == marks[i])
            return true;
    return false;
}

pl_um pl_layout_first_width(pl_str text, pl_um size)
{
    size_t quarters = 0, n; /* of an em; capitals of proportional fonts take three */
    int64_t wide;
    bool begun = false, narrow = false;

    for (; text.n; text = pl_str_tail(text, n)) {
        uint32_t c = pl_utf8_at(text, &n);
        bool full = pl_layout_wide(c);

        if (c == ' ' || (begun && !closes(c) && !(narrow && !full)))
            break;
        quarters += full || is_one_of(c, "%MW") ? 4 : c >= 'A' && c <= 'Z' ? 3 : 2;
        begun = begun || !opens(c);
        narrow = !full;
        if (quarters > 200) /* no line is that wide */
            break;
    }
    wide = (int64_t)size * (int64_t)quarters / 4;
    return wide < PL_UM_MAX ? (pl_um)wide : PL_UM_MAX;
}

bool pl_layout_had_room(pl_str line, pl_um room, pl_str next, pl_um size)
{
    bool wide = pl_layout_wide(last_char(line)) && pl_layout_wide(first_char(next));
    pl_um space = size / 4 + (wide ? 0 : size / 2);

    return (int64_t)pl_layout_first_width(next, size) + space <= room;
}

size_t pl_layout_cut_at(pl_str text, pl_um part, pl_um whole)
{
    size_t total = half_ems(text), seen = 0, at = 0, n;

    while (at < text.n) {
        size_t w = pl_layout_wide(pl_utf8_at(pl_str_tail(text, at), &n)) ? 2 : 1;

        /* the middle of the character tells on which side it lies */
        if ((int64_t)(2 * seen + w) * whole > (int64_t)(2 * total) * part)
            break;
        seen += w;
        at += n;
    }
    return at;
}

bool pl_layout_ends_sentence(pl_str s)
{
    static const pl_str ends[] = {
        PL_S_INIT("。"), PL_S_INIT("！"), PL_S_INIT("？"), PL_S_INIT("；"),
        PL_S_INIT("："), PL_S_INIT(";"),  PL_S_INIT("!"),  PL_S_INIT("?"),
        PL_S_INIT(":"),  PL_S_INIT("…"),
    };
    static const pl_str closers[] = {PL_S_INIT("”"),  PL_S_INIT("）"), PL_S_INIT("』"),
                                     PL_S_INIT("」"), PL_S_INIT(")"),  PL_S_INIT("\"")};

    for (size_t i = 0; i < PL_COUNT(closers); i++)
        if (pl_str_ends(s, closers[i]))
            s.n -= closers[i].n;
    for (size_t i = 0; i < PL_COUNT(ends); i++)
        if (pl_str_ends(s, ends[i]))
            return true;
    return s.n > 1 && s.p[s.n - 1] == '.' && pl_is_alpha(s.p[s.n - 2]);
}

bool pl_layout_is_figure(pl_str s)
{
    return s.n && s.n <= FIGURE_BYTES &&
           (pl_is_digit(s.p[0]) || is_one_of((unsigned char)s.p[0], "<>=+-"));
}

/* Spaces at the ends of a run are no text: an indent written in full-width spaces has to
 * show in the box. False when nothing is left. */
static bool run_trim(pl_layout_run *r)
{
    pl_str t = pl_str_trim(r->text);
    size_t all, lead;
    int64_t w = r->box.x1 - r->box.x0;

    if (t.n == 0)
        return false;
    if (t.n == r->text.n)
        return true;
    all = half_ems(r->text);
    lead = half_ems((pl_str){r->text.p, (size_t)(t.p - r->text.p)});
    r->spaced = r->spaced || t.p + t.n < r->text.p + r->text.n;
    r->box.x0 += (pl_um)(w * (int64_t)lead / (int64_t)all);
    r->box.x1 = r->box.x0 + (pl_um)(w * (int64_t)half_ems(t) / (int64_t)all);
    r->text = t;
    return true;
}

static int by_x(const void *a, const void *b)
{
    const pl_layout_run *l = a, *r = b;

    if (l->box.x0 != r->box.x0)
        return l->box.x0 < r->box.x0 ? -1 : 1;
    if (l->box.y0 != r->box.y0)
        return l->box.y0 < r->box.y0 ? -1 : 1;
    return pl_str_cmp(l->text, r->text);
}

static int by_middle(const void *a, const void *b)
{
    pl_um l = pl_box_mid_y(((const pl_layout_run *)a)->box);
    pl_um r = pl_box_mid_y(((const pl_layout_run *)b)->box);

    return l != r ? (l < r ? -1 : 1) : by_x(a, b);
}

/* The number of runs from runs[0] on that stand on one line. */
static size_t row_length(const pl_layout_run *runs, size_t n)
{
    pl_box anchor = runs[0].box;
    size_t i = 1;

    for (; i < n; i++) {
        pl_box b = runs[i].box;
        pl_um tall = anchor.y1 - anchor.y0, h = b.y1 - b.y0;

        if (pl_box_mid_y(b) - pl_box_mid_y(anchor) > (h > tall ? h : tall) / 2)
            break;
        if (h > tall)
            anchor = b;
    }
    return i;
}

static bool is_twice(const pl_layout_run *a, const pl_layout_run *b)
{
    pl_um near = percent(a->size, TWICE);
    pl_um dx = b->box.x0 - a->box.x0, dy = b->box.y0 - a->box.y0;

    return dx <= near && dy <= near && dy >= -near && pl_str_eq(a->text, b->text);
}

/* Append without control characters and with one space for many. */
static void text_put(char *p, size_t *n, pl_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        bool space = (unsigned char)s.p[i] <= ' ' || s.p[i] == 0x7f;

        if (!space)
            p[(*n)++] = s.p[i];
        else if (*n && p[*n - 1] != ' ')
            p[(*n)++] = ' ';
    }
}

/* The runs of one segment, joined. */
static pl_status seg_make(pl_ctx *cx, const pl_layout_run *runs, size_t n, pl_seg *seg)
{
    size_t bytes = 0, most = 0;
    char *p;

    for (size_t i = 0; i < n; i++)
        bytes += runs[i].text.n + 1;
    p = pl_arena_alloc(cx->arena, bytes, 1, 1);
    if (!p)
        return pl_fail_memory(cx);
    *seg = (pl_seg){.box = runs[0].box};
    bytes = 0;
    for (size_t i = 0; i < n; i++) {
        const pl_layout_run *r = &runs[i];

        if (i)
            text_put(p, &bytes,
                     pl_layout_between((pl_str){p, bytes}, r->text,
                                       r->box.x0 - seg->box.x1, r->size));
        text_put(p, &bytes, r->text);
        seg->box = pl_box_join(seg->box, r->box);
        if (r->text.n > most) {
            most = r->text.n;
            seg->size = r->size;
            seg->bold = r->bold;
        }
    }
    seg->text = pl_str_trim((pl_str){p, bytes});
    seg->spaced = runs[n - 1].spaced;
    return PL_OK;
}

/* The row of runs that stand on one line, sorted by x; its segments go to *segs. */
static pl_status row_make(pl_ctx *cx, pl_layout_run *runs, size_t n, pl_seg **segs,
                          pl_row *row)
{
    size_t kept = 1, from = 0;

    for (size_t i = 1; i < n; i++)
        if (!is_twice(&runs[kept - 1], &runs[i]))
            runs[kept++] = runs[i];
    row->box = runs[0].box;
    row->segs = *segs;
    pl_um right = runs[0].box.x1;
    for (size_t i = 1; i <= kept; i++) {
        pl_um wide;

        if (i < kept) {
            wide = runs[i].size > runs[i - 1].size ? runs[i].size : runs[i - 1].size;
            row->box = pl_box_join(row->box, runs[i].box);
            if (runs[i].box.x0 - right <= percent(wide, SEGMENT_GAP)) {
                right = runs[i].box.x1 > right ? runs[i].box.x1 : right;
                continue;
            }
            right = runs[i].box.x1;
        }
        PL_TRY(seg_make(cx, &runs[from], i - from, *segs));
        if ((*segs)->text.n) {
            (*segs)++;
            row->n_segs++;
        }
        from = i;
    }
    return PL_OK;
}

pl_status pl_layout_rows(pl_ctx *cx, pl_layout_run *runs, size_t n, pl_rows *out)
{
    size_t kept = 0, len;
    pl_seg *segs;

    for (size_t i = 0; i < n; i++)
        if (run_trim(&runs[i]))
            runs[kept++] = runs[i];
    if (kept == 0)
        return PL_OK;
    segs = PL_NEW_N(cx->arena, pl_seg, kept);
    if (!segs)
        return pl_fail_memory(cx);
    qsort(runs, kept, sizeof *runs, by_middle);
    for (size_t i = 0; i < kept; i += len) {
        pl_row row = {0}, *added;

        len = row_length(&runs[i], kept - i);
        qsort(&runs[i], len, sizeof *runs, by_x);
        PL_TRY(row_make(cx, &runs[i], len, &segs, &row));
        if (row.n_segs == 0)
            continue;
        added = PL_VEC_ADD(cx->arena, out);
        if (!added)
            return pl_fail_memory(cx);
        *added = row;
    }
    return PL_OK;
}

pl_status pl_layout_concat(pl_ctx *cx, const pl_str *parts, const pl_str *joints,
                           size_t n, pl_str *out)
{
    size_t bytes = 0;
    char *p;

    if (n == 1) {
        *out = parts[0];
        return PL_OK;
    }
    for (size_t i = 0; i < n; i++)
        bytes += parts[i].n + (i ? joints[i].n : 0);
    p = pl_arena_alloc(cx->arena, bytes, 1, 1);
    if (!p)
        return pl_fail_memory(cx);
    *out = (pl_str){p, bytes};
    for (size_t i = 0; i < n; i++) {
        if (i && joints[i].n) {
            memcpy(p, joints[i].p, joints[i].n);
            p += joints[i].n;
        }
        if (parts[i].n)
            memcpy(p, parts[i].p, parts[i].n);
        p += parts[i].n;
    }
    return PL_OK;
}

pl_status pl_layout_row_text(pl_ctx *cx, const pl_row *row, pl_str *out)
{
    size_t n = 0;
    char *p;

    if (row->n_segs == 1) {
        *out = row->segs[0].text;
        return PL_OK;
    }
    for (uint32_t i = 0; i < row->n_segs; i++)
        n += row->segs[i].text.n + 1;
    p = pl_arena_alloc(cx->arena, n, 1, 1);
    if (!p)
        return pl_fail_memory(cx);
    n = 0;
    for (uint32_t i = 0; i < row->n_segs; i++) {
        if (i)
            text_put(p, &n, PL_S(" "));
        text_put(p, &n, row->segs[i].text);
    }
    *out = (pl_str){p, n};
    return PL_OK;
}
