#include "report/text_table.h"

#include "text/utf8.h"

static const pl_str codes[] = {
    [PL_COLOUR_NONE] = PL_S_INIT(""),         [PL_COLOUR_GOOD] = PL_S_INIT("\x1b[32m"),
    [PL_COLOUR_BAD] = PL_S_INIT("\x1b[31m"),  [PL_COLOUR_UNSURE] = PL_S_INIT("\x1b[33m"),
    [PL_COLOUR_FAINT] = PL_S_INIT("\x1b[2m"), [PL_COLOUR_STRONG] = PL_S_INIT("\x1b[1m"),
};

enum { GAP = 2, COLS_MAX = 16, CELL_MIN = 4 };

/* Control characters of strangers' text do not reach the terminal. */
static void put_safe(pl_buf *b, pl_str s)
{
    for (size_t i = 0; i < s.n; i++)
        pl_buf_putc(b, (unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f ? ' ' : s.p[i]);
}

void pl_style_put(pl_buf *b, const pl_style *style, pl_colour colour, pl_str s)
{
    if (style->colour)
        pl_buf_put(b, codes[colour]);
    put_safe(b, s);
    if (style->colour && colour != PL_COLOUR_NONE)
        pl_buf_put(b, PL_S("\x1b[0m"));
}

/* May a line end before the character c, given the one before it? */
static bool may_break(uint32_t before, uint32_t c)
{
    static const uint32_t never_first[] = {0x3002, 0xff0c, 0x3001, 0xff1b, 0xff1a,
                                           0xff09, 0x300b, 0x201d, 0x25,   0x29,
                                           0x2c,   0x2e,   0x3b,   0x3a};

    for (size_t i = 0; i < PL_COUNT(never_first); i++)
        if (c == never_first[i])
            return false;
    if (before == ' ')
        return c != ' ';
    if (before == 0xff08 || before == '(' || before == 0x300a || before == 0x201c)
        return false;
    return pl_is_cjk(before) || pl_is_cjk(c) || before > 0x2000;
}

/* Bytes of the first line of s that fits width columns, at least one character. */
static size_t line_len(pl_str s, size_t width)
{
    size_t used = 0, fit = 0, good = 0, n;
    uint32_t before = 0;

    for (size_t i = 0; i < s.n; i += n) {
        uint32_t c = pl_utf8_at(pl_str_tail(s, i), &n);
        size_t w = pl_text_width(pl_str_sub(s, i, n), false);

        if (i && may_break(before, c))
            good = i;
        if (used + w > width && i)
            return good ? good : fit;
        used += w;
        fit = i + n;
        before = c;
    }
    return s.n;
}

void pl_text_wrap(pl_buf *b, pl_str s, size_t width, size_t indent)
{
    size_t room = width > CELL_MIN ? width : CELL_MIN;
    bool first = true;

    s = pl_str_trim(s);
    do {
        size_t n = line_len(s, room);

        if (!first) {
            pl_buf_putc(b, '\n');
            for (size_t i = 0; i < indent; i++)
                pl_buf_putc(b, ' ');
        } else if (room > indent + CELL_MIN) {
            room -= indent;
        }
        first = false;
        put_safe(b, pl_str_trim(pl_str_sub(s, 0, n)));
        s = pl_str_trim(pl_str_tail(s, n));
    } while (s.n);
}

pl_status pl_text_table_add(pl_ctx *cx, pl_text_table *t, pl_colour colour, pl_str text)
{
    pl_table_cell *c = PL_VEC_ADD(cx->arena, &t->cells);

    if (!c)
        return pl_fail_memory(cx);
    c->text = pl_str_trim(text);
    c->colour = colour;
    return PL_OK;
}

/* Each column as wide as its widest cell, up to its limit; the last takes the rest. */
static void widths_of(const pl_text_table *t, const pl_style *style, size_t *width)
{
    size_t used = 0;

    for (size_t c = 0; c < t->n_cols; c++) {
        width[c] = pl_text_width(t->cols[c].title, false);
        for (size_t i = c; i < t->cells.n; i += t->n_cols) {
            size_t w = pl_text_width(t->cells.p[i].text, false);

            width[c] = w > width[c] ? w : width[c];
        }
        if (t->cols[c].most && width[c] > t->cols[c].most)
            width[c] = t->cols[c].most;
        if (c + 1 < t->n_cols)
            used += width[c] + GAP;
    }
    size_t left = style->width > used + 16 ? style->width - used : 16;

    if (width[t->n_cols - 1] > left)
        width[t->n_cols - 1] = left;
}

static void spaces(pl_buf *b, size_t n)
{
    while (n--)
        pl_buf_putc(b, ' ');
}

/* Spaces are held back until something follows them, so that no line ends in any. */
typedef struct line {
    pl_buf *out;
    size_t pending;
} line;

static void put_padded(line *l, const pl_style *style, const pl_table_col *col,
                       size_t width, pl_colour colour, pl_str s)
{
    size_t w = pl_text_width(s, false);
    size_t pad = width > w ? width - w : 0;

    if (s.n == 0) {
        l->pending += width;
        return;
    }
    spaces(l->out, l->pending + (col->right ? pad : 0));
    pl_style_put(l->out, style, colour, s);
    l->pending = col->right ? 0 : pad;
}

/* One row over as many lines as its longest cell needs. `rest` holds what is left. */
static void print_row(const pl_text_table *t, const pl_style *style, const size_t *width,
                      pl_table_cell *rest, pl_buf *out)
{
    bool more = true;

    while (more) {
        line l = {out, 0};

        more = false;
        for (size_t c = 0; c < t->n_cols; c++) {
            size_t n = line_len(rest[c].text, width[c] ? width[c] : 1);
            pl_str part = pl_str_trim(pl_str_sub(rest[c].text, 0, n));

            put_padded(&l, style, &t->cols[c], width[c], rest[c].colour, part);
            l.pending += GAP;
            rest[c].text = pl_str_trim(pl_str_tail(rest[c].text, n));
            more |= rest[c].text.n > 0;
        }
        pl_buf_putc(out, '\n');
    }
}

pl_status pl_text_table_print(pl_ctx *cx, const pl_text_table *t, const pl_style *style,
                              pl_buf *out)
{
    size_t width[COLS_MAX], total = 0;
    pl_table_cell row[COLS_MAX];

    if (t->n_cols == 0 || t->n_cols > COLS_MAX)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "a table of %zu columns", t->n_cols);
    widths_of(t, style, width);
    for (size_t c = 0; c < t->n_cols; c++) {
        row[c] = (pl_table_cell){t->cols[c].title, PL_COLOUR_STRONG};
        total += width[c] + (c ? GAP : 0);
    }
    print_row(t, style, width, row, out);
    for (size_t i = 0; i < total; i++)
        pl_buf_put(out, PL_S("─"));
    pl_buf_putc(out, '\n');
    for (size_t i = 0; i < t->cells.n; i += t->n_cols) {
        for (size_t c = 0; c < t->n_cols; c++)
            row[c] = i + c < t->cells.n ? t->cells.p[i + c] : (pl_table_cell){0};
        print_row(t, style, width, row, out);
    }
    return PL_OK;
}
