/* Tables whose cells stand between tabs, or in columns with gaps of two spaces or more.
 */
#include "doc/text_reader_internal.h"

#include "text/numbering.h"

enum {
    WIDE = 512, /* columns of a screen line that are looked at */
    SECTION_BYTES = 60,
    FIELDS = 64 /* cells of one line in columns */
};

/* The line with the spaces around it. */
static pl_str raw_line(const text_reader *r, size_t i)
{
    const text_line *l = &r->line[i];
    size_t from = l->at, to = (size_t)l->at + l->n;

    while (from > 0 && r->s.p[from - 1] != '\n' && r->s.p[from - 1] != '\f')
        from--;
    while (to < r->s.n && r->s.p[to] != '\n' && r->s.p[to] != '\r' && r->s.p[to] != '\f')
        to++;
    return (pl_str){r->s.p + from, to - from};
}

static size_t tabs_in(pl_str s)
{
    size_t n = 0;
    const char *hit;

    while ((hit = memchr(s.p, '\t', s.n)) != NULL) {
        n++;
        s = pl_str_tail(s, (size_t)(hit - s.p) + 1);
    }
    return n;
}

/* A row has tabs between its cells; a heading with a tab after its number has none. */
static bool is_tab_row(const text_reader *r, size_t i)
{
    pl_str s = text_line_str(r, i), inner;

    if (!(r->line[i].flags & LINE_TAB) || (r->line[i].flags & (LINE_OUT | LINE_PIPE)))
        return false;
    inner = pl_str_tail(s, pl_numbering_at(s).n);
    return memchr(inner.p, '\t', inner.n) != NULL || tabs_in(raw_line(r, i)) >= 2;
}

/* A short line among rows: a heading of the rows below it. */
static bool is_section(const text_reader *r, size_t i)
{
    pl_str s = text_line_str(r, i);

    return s.n <= SECTION_BYTES && !text_has_sentence(s) && !text_is_break(s) &&
           i + 1 < r->n && is_tab_row(r, i + 1);
}

/* One past the last line of the run of rows that begins at i; rows and the most tabs. */
static size_t tab_run(const text_reader *r, size_t i, size_t *rows, size_t *most)
{
    size_t k = i, end = i;

    for (; k < r->n; k = text_line_next(r, k + 1)) {
        size_t tabs;

        if ((r->line[k].flags & LINE_BLANK_BEFORE) && k > i && !r->spaced)
            break;
        if (!is_tab_row(r, k)) {
            if (k == i || *most < 2 || !is_section(r, k))
                break;
            continue;
        }
        tabs = tabs_in(raw_line(r, k));
        *most = tabs > *most ? tabs : *most;
        (*rows)++;
        end = k + 1;
    }
    return end;
}

static pl_status tab_row(text_reader *r, text_table *t, size_t i)
{
    pl_str s = raw_line(r, i);
    uint32_t first = (uint32_t)t->cells.n, no = r->line[i].no;
    text_cell open = {0};
    bool more = true;

    if (!is_tab_row(r, i))
        s = text_line_str(r, i);
    while (more) {
        const char *hit = s.n ? memchr(s.p, '\t', s.n) : NULL;
        size_t n = hit ? (size_t)(hit - s.p) : s.n;

        if (t->cells.n - first >= r->cx->limits.columns)
            return text_fail(r, PL_ELIMIT, (uint32_t)(s.p - r->s.p), no,
                             "too many columns in a table");
        PL_TRY(text_piece_add(r, t, &open, pl_str_sub(s, 0, n), no));
        PL_TRY(text_cell_end(r, t, &open, (uint32_t)(s.p - r->s.p), no));
        more = hit != NULL;
        s = pl_str_tail(s, n + 1);
    }
    return text_row_add(r, t, first);
}

static pl_status tab_table(text_reader *r, size_t *i, text_table *t)
{
    size_t rows = 0, most = 0, end = tab_run(r, *i, &rows, &most);

    if (rows < 2 || (most == 1 && rows < 3))
        return PL_OK;
    for (size_t k = *i; k < end; k++)
        if (!(r->line[k].flags & LINE_OUT))
            PL_TRY(tab_row(r, t, k));
    *i = end;
    return PL_OK;
}

/* A stretch of a line between gaps: bytes and columns on screen. */
typedef struct field {
    pl_str s;
    uint32_t from, to;
} field;

/* Columns that the space at s.p takes, 0 when it is none; bytes in *n. */
static uint32_t space_columns(pl_str s, size_t *n)
{
    *n = 1;
    if (s.p[0] == ' ')
        return 1;
    if (s.p[0] == '\t')
        return 4;
    *n = 3;
    return pl_str_starts(s, PL_S("\xe3\x80\x80")) ? 2 : 0;
}

/* The fields of a line; at most FIELDS, else 0. */
static size_t fields_of(pl_str s, field f[FIELDS])
{
    size_t n = 0, i = 0;
    uint32_t column = 0;

    while (i < s.n) {
        uint32_t gap = 0, w;
        size_t bytes, start;

        while (i < s.n && (w = space_columns(pl_str_tail(s, i), &bytes)) > 0) {
            gap += w;
            i += bytes;
        }
        column += gap;
        start = i;
        while (i < s.n && space_columns(pl_str_tail(s, i), &bytes) == 0)
            i++;
        if (i == start)
            break;
        w = text_columns(pl_str_sub(s, start, i - start), WIDE);
        if (n > 0 && gap < 2) {
            f[n - 1].s.n = (size_t)(s.p + i - f[n - 1].s.p);
            f[n - 1].to = column + w;
        } else {
            if (n == FIELDS)
                return 0;
            f[n++] = (field){pl_str_sub(s, start, i - start), column, column + w};
        }
        column += w;
    }
    return n;
}

/* What the lines of a run have in common. */
typedef struct common {
    uint8_t used[WIDE]; /* columns of the screen that some line writes in */
    uint32_t width;
    size_t lines, fields;
    bool even; /* all lines have the same number of fields */
} common;

static bool common_see(common *c, const field *f, size_t n)
{
    if (n < 2 || f[n - 1].to >= WIDE)
        return false;
    c->even = c->lines == 0 || (c->even && n == c->fields);
    c->fields = n;
    c->lines++;
    for (size_t i = 0; i < n; i++)
        memset(c->used + f[i].from, 1, f[i].to - f[i].from);
    if (f[n - 1].to > c->width)
        c->width = f[n - 1].to;
    return true;
}

/* Columns of the screen where the table's columns begin, by the gaps all lines share;
 * their number. */
static size_t starts_of(const common *c, uint32_t start[FIELDS])
{
    size_t n = 0;
    uint32_t blank = 2;

    for (uint32_t i = 0; i < c->width; i++) {
        if (c->used[i] && blank >= 2 && n < FIELDS)
            start[n++] = i;
        blank = c->used[i] ? 0 : blank + 1;
    }
    return n;
}

static pl_status gap_row(text_reader *r, text_table *t, size_t i, const uint32_t *start,
                         size_t n_start)
{
    field f[FIELDS];
    size_t n = fields_of(raw_line(r, i), f), k = 0;
    uint32_t first = (uint32_t)t->cells.n, no = r->line[i].no;

    for (size_t c = 0; c < (n_start ? n_start : n); c++) {
        text_cell open = {0};

        while (k < n &&
               (n_start ? c + 1 == n_start || f[k].from < start[c + 1] : k == c)) {
            PL_TRY(text_piece_add(r, t, &open, f[k].s, no));
            k++;
        }
        PL_TRY(text_cell_end(r, t, &open, r->line[i].at, no));
    }
    return text_row_add(r, t, first);
}

/* Enough of a table: three columns one below the other, two in more lines, or as many
 * fields in every line. */
static bool is_columns(const common *c, size_t n_start)
{
    if (c->lines < 2 || (c->lines < 3 && c->fields < 4))
        return false;
    return n_start >= 3 || (n_start == 2 && c->lines >= 4) || (c->even && c->fields >= 3);
}

/* Lines from i on that stand in columns: one past the last, and what they share. A line
 * that would leave no columns ends the run. */
static size_t gap_run(const text_reader *r, size_t i, common *c)
{
    uint32_t start[FIELDS];
    field f[FIELDS];
    size_t k;

    for (k = i; k < r->n; k++) {
        common with = *c;

        if (!(r->line[k].flags & LINE_GAP) || (r->line[k].flags & (LINE_OUT | LINE_PIPE)))
            break;
        if ((r->line[k].flags & LINE_BLANK_BEFORE) && k > i && !r->spaced)
            break;
        if (!common_see(&with, f, fields_of(raw_line(r, k), f)))
            break;
        if (with.lines > 2 && starts_of(&with, start) < 2 &&
            !(with.even && with.fields >= 3))
            break;
        *c = with;
    }
    return k;
}

static pl_status gap_table(text_reader *r, size_t *i, text_table *t)
{
    common c = {.even = true};
    uint32_t start[FIELDS];
    size_t end = gap_run(r, *i, &c), n = starts_of(&c, start);

    if (!is_columns(&c, n))
        return PL_OK;
    if (n < 3 && !(n == 2 && c.lines >= 4))
        n = 0; /* not one below the other */
    for (size_t k = *i; k < end; k++)
        PL_TRY(gap_row(r, t, k, start, n));
    *i = end;
    return PL_OK;
}

pl_status text_columns_read(text_reader *r, size_t *i, text_table *t)
{
    if (r->line[*i].flags & LINE_TAB)
        PL_TRY(tab_table(r, i, t));
    if (t->rows.n == 0 && (r->line[*i].flags & LINE_GAP))
        return gap_table(r, i, t);
    return PL_OK;
}
