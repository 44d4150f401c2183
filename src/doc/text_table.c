/* Finding tables in text and cutting them into rows of cells.
 *
 * Three forms. A stream: cells ended by `|`, one or more a line, whose rows are as wide
 * as the table (missing cells made up for by `|` at the row's end), so that the width has
 * to be found. Rows: one line a row, cells between pipes. Columns: one line a row, cells
 * between tabs or wide gaps (text_columns.c). */
#include "doc/text_reader_internal.h"

#include "text/numbering.h"

enum {
    LOOK_AHEAD = 64,  /* lines looked at to tell the form */
    ROW_LINES = 4,    /* lines that a row with its cells on one line may run over */
    HOLE_LINES = 12,  /* lines without a pipe that a cell may hold */
    SHORT_BYTES = 60, /* a line of a narrow cell */
    HEADER_BYTES = 36 /* cells of headings are mostly shorter */
};

/* What a pipe line is. */
typedef enum form {
    FORM_NONE,
    FORM_PIPES, /* only pipes */
    FORM_CELL,  /* text, then pipes at the end */
    FORM_ROW,   /* text on both sides of a pipe */
    FORM_RULE   /* Markdown's |---|:--:| */
} form;

/* First cells of tables: a line before such a cell is the next table's caption. */
static const pl_str header_word[] = {
    PL_S_INIT("序号"),     PL_S_INIT("编号"),     PL_S_INIT("指标"),
    PL_S_INIT("类别"),     PL_S_INIT("领域"),     PL_S_INIT("项目"),
    PL_S_INIT("名称"),     PL_S_INIT("指标名称"), PL_S_INIT("分类"),
    PL_S_INIT("项目类别"), PL_S_INIT("项目名称"), PL_S_INIT("任务"),
    PL_S_INIT("单位"),     PL_S_INIT("年份"),     PL_S_INIT("地区"),
    PL_S_INIT("内容"),     PL_S_INIT("区域"),     PL_S_INIT("主要指标"),
    PL_S_INIT("重点任务"), PL_S_INIT("工作任务"), PL_S_INIT("No."),
    PL_S_INIT("Indicator")};

/* Bullets: such a line in a table goes on with the cell. */
static const pl_str bullet[] = {PL_S_INIT("ü "), PL_S_INIT("Ø "), PL_S_INIT("• "),
                                PL_S_INIT("●"),  PL_S_INIT("■"),  PL_S_INIT("◆"),
                                PL_S_INIT("▪"),  PL_S_INIT("➢"),  PL_S_INIT("✓"),
                                PL_S_INIT("·"),  PL_S_INIT("- "), PL_S_INIT("* ")};

static form form_of(const text_reader *r, size_t i)
{
    pl_str s = text_line_str(r, i);
    const char *first, *p;
    bool dash = false, rule = true;

    if (!(r->line[i].flags & LINE_PIPE))
        return FORM_NONE;
    for (size_t k = 0; k < s.n && rule; k++) {
        dash = dash || s.p[k] == '-';
        rule = s.p[k] == '-' || s.p[k] == ':' || s.p[k] == '|' || s.p[k] == ' ' ||
               s.p[k] == '+';
    }
    if (rule && dash && pl_str_has(s, PL_S("--")))
        return FORM_RULE;
    first = memchr(s.p, '|', s.n);
    for (p = first; p < s.p + s.n && (*p == '|' || pl_is_space(*p)); p++)
        ;
    if (p == s.p + s.n)
        return first == s.p ? FORM_PIPES : FORM_CELL;
    return FORM_ROW;
}

/* The form of the table that begins at line i. A stream has more lines with one cell than
 * with several; one line with a pipe is not yet a table. */
static form table_form(const text_reader *r, size_t i)
{
    size_t cells = 0, rows = 0, n = 0;

    for (size_t k = i; k < r->n && n < LOOK_AHEAD; k++) {
        form f = r->line[k].flags & LINE_OUT ? FORM_NONE : form_of(r, k);

        if (f == FORM_NONE && k - i > n + HOLE_LINES)
            break;
        if (f == FORM_RULE && n <= 1)
            return n == 1 ? FORM_ROW : FORM_NONE;
        cells += f == FORM_CELL || f == FORM_PIPES;
        rows += f == FORM_ROW;
        n += f != FORM_NONE;
    }
    if (cells > rows)
        return cells >= 4 ? FORM_CELL : FORM_NONE;
    return rows + cells >= 2 || (rows && r->s.p[r->line[i].at] == '|') ? FORM_ROW
                                                                       : FORM_NONE;
}

pl_status text_piece_add(const text_reader *r, text_table *t, text_cell *open, pl_str s,
                         uint32_t line)
{
    text_piece *p;

    s = pl_str_trim(s);
    if (s.n == 0)
        return PL_OK;
    p = PL_VEC_ADD(r->cx->arena, &t->pieces);
    if (!p)
        return pl_fail_memory(r->cx);
    *p = (text_piece){(uint32_t)(s.p - r->s.p), (uint32_t)s.n, line};
    if (open->n_pieces == 0)
        open->piece = (uint32_t)t->pieces.n - 1;
    open->n_pieces++;
    return PL_OK;
}

/* Ends the open cell. PL_ELIMIT with the place when there are too many. */
pl_status text_cell_end(text_reader *r, text_table *t, text_cell *open, uint32_t at,
                        uint32_t line)
{
    text_cell *c;

    if (r->cells + t->cells.n >= r->cx->limits.cells)
        return text_fail(r, PL_ELIMIT, at, line, "too many cells in tables");
    c = PL_VEC_ADD(r->cx->arena, &t->cells);
    if (!c)
        return pl_fail_memory(r->cx);
    open->line = line;
    *c = *open;
    *open = (text_cell){0};
    return PL_OK;
}

static pl_status row_add(text_reader *r, text_table *t, uint32_t first, uint32_t n)
{
    text_row *row = PL_VEC_ADD(r->cx->arena, &t->rows);

    if (!row)
        return pl_fail_memory(r->cx);
    *row = (text_row){.first = first, .n = n};
    while (row->n > 0 && t->cells.p[first + row->n - 1].n_pieces == 0) {
        row->n--;
        row->pads++;
    }
    return PL_OK;
}

pl_status text_row_add(text_reader *r, text_table *t, uint32_t first)
{
    return row_add(r, t, first, (uint32_t)t->cells.n - first);
}

/* Cells of line i, split at pipes; what follows the last pipe stays open. */
static pl_status line_cells(text_reader *r, text_table *t, size_t i, text_cell *open)
{
    pl_str s = text_line_str(r, i);
    uint32_t no = r->line[i].no;
    size_t columns = 0;
    const char *hit;

    while ((hit = memchr(s.p, '|', s.n)) != NULL) {
        size_t n = (size_t)(hit - s.p);

        if (++columns > r->cx->limits.columns)
            return text_fail(r, PL_ELIMIT, (uint32_t)(hit - r->s.p), no,
                             "too many columns in a table");
        PL_TRY(text_piece_add(r, t, open, pl_str_sub(s, 0, n), no));
        PL_TRY(text_cell_end(r, t, open, (uint32_t)(hit - r->s.p), no));
        s = pl_str_tail(s, n + 1);
    }
    return text_piece_add(r, t, open, s, no);
}

/* Text of the first cell that ends at or after line i. */
static pl_str next_cell(const text_reader *r, size_t i)
{
    pl_str s = text_line_str(r, i);
    size_t pipe = pl_str_find(s, PL_S("|"), 0);

    return pl_str_trim(pl_str_sub(s, 0, pipe == PL_NOPOS ? s.n : pipe));
}

/* Lines [from, to) stand without a pipe between cells. Are they the beginning of the cell
 * that ends in line `to`, or does the table end before them? `width` is 0 while it is not
 * known; `in_row` cells of the row stand already. */
static bool is_continuation(const text_reader *r, const text_table *t, size_t from,
                            size_t to, uint32_t width)
{
    pl_str cell = next_cell(r, to), first = {0};
    uint32_t in_row = width ? (uint32_t)t->cells.n % width : 1;
    bool all_short = true, bulleted = true;

    if (t->cells.n && t->cells.p[0].n_pieces) {
        text_piece p = t->pieces.p[t->cells.p[0].piece];

        first = (pl_str){r->s.p + p.at, p.n};
    }
    if (pl_str_is_any(cell, header_word, PL_COUNT(header_word)) ||
        (first.n && pl_str_eq(cell, first)))
        return false;
    for (size_t i = from; i < to; i++) {
        pl_str s = text_line_str(r, i);

        if (r->line[i].flags & LINE_OUT)
            continue;
        if (text_is_break(s))
            return false;
        all_short = all_short && s.n <= SHORT_BYTES && !text_ends_sentence(s);
        bulleted = bulleted && pl_str_starts_any(s, bullet, PL_COUNT(bullet));
    }
    if (bulleted || (in_row && cell.n > HEADER_BYTES))
        return true;
    return all_short && (in_row || to - from <= 2);
}

/* The next line at or after i with a pipe, within reach; r->n when there is none. */
static size_t next_pipe(const text_reader *r, size_t i)
{
    size_t seen = 0;

    for (; i < r->n && seen <= HOLE_LINES; i++) {
        if (r->line[i].flags & LINE_OUT)
            continue;
        if (r->line[i].flags & LINE_PIPE)
            return i;
        seen++;
    }
    return r->n;
}

static pl_status stream_line(text_reader *r, text_table *t, size_t i, text_cell *open,
                             text_ends *ends)
{
    form f = form_of(r, i);
    size_t before = t->cells.n;
    text_end *end;

    PL_TRY(line_cells(r, t, i, open));
    if (f != FORM_PIPES && t->cells.n < before + 2)
        return PL_OK;
    end = PL_VEC_ADD(r->cx->arena, ends);
    if (!end)
        return pl_fail_memory(r->cx);
    *end = (text_end){(uint32_t)t->cells.n, (uint32_t)(t->cells.n - before)};
    return PL_OK;
}

/* Cells from line *i on; *i moves past the last that belongs to the table. */
static pl_status stream_cells(text_reader *r, text_table *t, size_t *i, text_ends *ends)
{
    text_cell open = {0};
    size_t k = *i, known_at = 0;
    uint32_t width = 0;
    bool numbered;

    while (k < r->n) {
        size_t to = next_pipe(r, k);

        if (to == r->n)
            break;
        if (text_line_next(r, k) < to) {
            if (t->cells.n >= 8 && t->cells.n >= known_at * 4) {
                width = text_width_guess(r, t, ends, &numbered);
                known_at = t->cells.n;
            }
            if (!is_continuation(r, t, text_line_next(r, k), to, width))
                break;
            for (size_t g = text_line_next(r, k); g < to; g++)
                if (!(r->line[g].flags & LINE_OUT))
                    PL_TRY(
                        text_piece_add(r, t, &open, text_line_str(r, g), r->line[g].no));
        }
        PL_TRY(stream_line(r, t, to, &open, ends));
        k = *i = to + 1;
    }
    if (open.n_pieces)
        PL_TRY(text_cell_end(r, t, &open, r->line[*i - 1].at, r->line[*i - 1].no));
    return PL_OK;
}

/* The number a cell consists of; 0 when it is no number. */
static uint32_t cell_number(const text_reader *r, const text_table *t, size_t i)
{
    return i < t->cells.n ? text_look_of(r, t, &t->cells.p[i]).number : 0;
}

/* Does a row with this number begin at cell `at`, or after one to three rows without one
 * (parts, headings of sections)? */
static bool number_ahead(const text_reader *r, const text_table *t, uint32_t at,
                         uint32_t width, uint32_t number)
{
    for (uint32_t k = 0; k < 4; k++)
        if (cell_number(r, t, (size_t)at + (size_t)k * width) == number)
            return true;
    return false;
}

/* The cell after `at`, before two rows are over, where the row `number` begins: the one
 * after it begins where it should. 0 when there is none. */
static uint32_t number_near(const text_reader *r, const text_table *t, uint32_t at,
                            uint32_t width, uint32_t number)
{
    uint32_t n = (uint32_t)t->cells.n;

    for (uint32_t e = at + 1; e < n && e < at + 2 * width; e++)
        if (cell_number(r, t, e) == number &&
            (e + width == n || number_ahead(r, t, e + width, width, number + 1)))
            return e;
    return 0;
}

/* Where the row that begins at cell `at` ends. In a table whose rows carry numbers, a row
 * of another length (a cell was lost or split) is cut where the next number stands, or
 * the one after that, should the lost cell be the number. */
static uint32_t stream_row_end(const text_reader *r, const text_table *t, uint32_t at,
                               uint32_t width, uint32_t number, bool *misfit)
{
    uint32_t n = (uint32_t)t->cells.n, end = n - at > width ? at + width : n, near;

    if (end == n || number_ahead(r, t, end, width, number + 1) ||
        number_ahead(r, t, end, width, number + 2))
        return end;
    near = number_near(r, t, at, width, number + 1);
    if (!near)
        near = number_near(r, t, at, width, number + 2);
    if (!near)
        return end;
    *misfit = true;
    return near < end ? near : end;
}

static pl_status stream_rows(text_reader *r, text_table *t, uint32_t width, bool numbered)
{
    uint32_t n = (uint32_t)t->cells.n, number = 0;

    for (uint32_t at = 0; at < n;) {
        uint32_t own = numbered ? cell_number(r, t, at) : 0;
        uint32_t end = n - at > width ? at + width : n;

        number = own ? own : number;
        if (numbered)
            end = stream_row_end(r, t, at, width, number, &t->misfit);
        PL_TRY(row_add(r, t, at, end - at));
        at = end;
    }
    return PL_OK;
}

static pl_status stream_read(text_reader *r, size_t *i, text_table *t)
{
    text_ends ends = {0};
    bool numbered;
    uint32_t width;

    t->padded = true;
    PL_TRY(stream_cells(r, t, i, &ends));
    width = text_width_guess(r, t, &ends, &numbered);
    if (width == 0) {
        width = (uint32_t)t->cells.n;
        if (width > r->cx->limits.columns)
            return text_fail(r, PL_ELIMIT, r->line[*i - 1].at, r->line[*i - 1].no,
                             "too many columns in a table");
    }
    return stream_rows(r, t, width, numbered);
}

static size_t pipes_in(pl_str s)
{
    size_t n = 0;
    const char *hit;

    while ((hit = memchr(s.p, '|', s.n)) != NULL) {
        n++;
        s = pl_str_tail(s, (size_t)(hit - s.p) + 1);
    }
    return n;
}

/* The line that goes on with a row which so far has `cells` closed ones and an open one
 * at its end, in a table of `width`; r->n when the row ends with line i. */
static size_t row_goes_on(const text_reader *r, size_t i, uint32_t cells, size_t width)
{
    size_t k = text_line_next(r, i + 1), pipe = next_pipe(r, i + 1);

    if (cells + 1 >= width || pipe == r->n || pipe - i > ROW_LINES ||
        pl_str_ends(text_line_str(r, i), PL_S("|")))
        return r->n;
    if (form_of(r, pipe) == FORM_RULE || r->s.p[r->line[pipe].at] == '|' ||
        cells + pipes_in(text_line_str(r, pipe)) + 1 > width)
        return r->n;
    for (size_t g = k; g < pipe; g++)
        if (!(r->line[g].flags & LINE_OUT) && text_is_break(text_line_str(r, g)))
            return r->n;
    return k;
}

/* A row on line *i and those it runs over. Outer pipes are not cells. Pipes without a
 * space between them at the end are padding. */
static pl_status pipe_row(text_reader *r, text_table *t, size_t *i)
{
    uint32_t first = (uint32_t)t->cells.n;
    size_t k = *i, last = k, width = t->rows.n ? t->rows.p[0].n + t->rows.p[0].pads : 0;
    text_cell open = {0};

    while (k < r->n) {
        text_line whole = r->line[k];

        t->padded = t->padded || pl_str_ends(text_line_str(r, k), PL_S("||"));
        if (r->s.p[whole.at] == '|') {
            r->line[k].at++;
            r->line[k].n--;
        }
        PL_TRY(line_cells(r, t, k, &open));
        r->line[k] = whole;
        last = k;
        k = row_goes_on(r, k, (uint32_t)t->cells.n - first, width);
    }
    if (open.n_pieces || t->cells.n == first)
        PL_TRY(text_cell_end(r, t, &open, r->line[last].at, r->line[last].no));
    *i = last;
    return text_row_add(r, t, first);
}

static pl_status pipe_rows(text_reader *r, size_t *i, text_table *t)
{
    size_t k;

    for (k = *i; k < r->n; k = text_line_next(r, k + 1)) {
        form f = form_of(r, k);

        if (f == FORM_NONE)
            break;
        *i = k + 1;
        if (f == FORM_RULE) {
            t->has_rule = t->has_rule || t->rows.n == 1;
            continue;
        }
        PL_TRY(pipe_row(r, t, &k));
        *i = k + 1;
    }
    return PL_OK;
}

static pl_status table_add(text_reader *r, text_table *t)
{
    pl_table *table = NULL;
    pl_block *b;
    bool taken;

    r->cells += t->cells.n;
    PL_TRY(text_meta_table(r, t, &taken));
    if (taken)
        return PL_OK;
    PL_TRY(text_grid_make(r, t, &table));
    b = pl_doc_add(r->cx, r->d, PL_BLOCK_TABLE);
    if (!b)
        return pl_fail_memory(r->cx);
    table->number = ++r->d->n_tables;
    for (size_t i = 0; i < table->cells.n; i++)
        table->cells.p[i].place.table = table->number;
    b->table = table;
    b->place = table->cells.n ? table->cells.p[0].place : (pl_place){0};
    b->place.row = b->place.col = 0;
    if (!table->ragged)
        return PL_OK;
    return pl_doc_odd(r->cx, r->d, PL_S("table.ragged"), PL_S("表格各行的单元格数不一致"),
                      PL_S("rows of the table have different numbers of cells"),
                      b->place);
}

/* The reader's table, empty; its space is used again. */
static text_table *table_begin(text_reader *r)
{
    text_table *t = &r->table;

    t->pieces.n = t->cells.n = t->rows.n = 0;
    t->padded = t->has_rule = t->misfit = false;
    return t;
}

pl_status text_table_read(text_reader *r, size_t *i, bool *found)
{
    text_table *t = table_begin(r);
    size_t from = *i;

    *found = false;
    if (r->line[*i].flags & LINE_PIPE) {
        form f = table_form(r, *i);

        if (f == FORM_NONE)
            return PL_OK;
        PL_TRY(f == FORM_ROW ? pipe_rows(r, i, t) : stream_read(r, i, t));
    } else if (r->line[*i].flags & (LINE_TAB | LINE_GAP)) {
        PL_TRY(text_columns_read(r, i, t));
    }
    *found = t->rows.n > 0;
    if (!*found) {
        *i = from;
        return PL_OK;
    }
    return table_add(r, t);
}
