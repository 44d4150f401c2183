/* Which tables hold data, which the record of the publication, and which only place
 * things on the page. */
#include "doc/html_parts.h"
#include "doc/record.h"

enum {
    RULED_CELLS_TRIED = 12,  /* cells looked at for visible borders */
    ROW_CELL_BYTES = 300,    /* text of a cell in a table of one row: 100 characters */
    PLAIN_CELL_BYTES = 600,  /* … in an unruled table */
    FRAME_CELL_BYTES = 3000, /* text that makes a cell a page rather than a datum */
};

typedef struct shape {
    uint32_t rows, cells, filled; /* filled: with text in them */
    uint32_t widest;              /* cells of the row that has most */
    uint32_t heads;               /* <th>, cells of <thead> */
    uint32_t text, largest;       /* bytes: of all cells, of the largest */
    uint32_t nested;              /* text of cells that hold tables */
    bool ruled, caption;
} shape;

static uint32_t bytes_of(const pl_html_weight *w)
{
    return w->text + w->link;
}

static void shape_cell(const pl_html_page *pg, const pl_html_weight *w,
                       const pl_html_cells *it, shape *s)
{
    const pl_html_node *n = &pg->nodes[it->cell];
    uint32_t bytes = bytes_of(&w[it->cell]);

    s->cells++;
    s->filled += bytes > 0;
    s->text += bytes;
    s->largest = bytes > s->largest ? bytes : s->largest;
    s->heads += n->tag == PL_HTML_TH || it->head;
    s->nested += w[it->cell].tables ? bytes : 0;
    if (s->cells <= RULED_CELLS_TRIED && (n->flags & PL_NODE_RULED))
        s->ruled = true;
}

static shape shape_of(const pl_html_page *pg, const pl_html_weight *w, uint32_t table)
{
    shape s = {.ruled = (pg->nodes[table].flags & PL_NODE_RULED) != 0};
    uint32_t row = PL_HTML_NONE, width = 0, child = table + 1;
    pl_html_cells it;

    pl_html_cells_begin(pg, table, &it);
    while (pl_html_cells_next(&it)) {
        s.rows += it.row != row;
        width = it.row == row ? width + 1 : 1;
        row = it.row;
        s.widest = width > s.widest ? width : s.widest;
        shape_cell(pg, w, &it, &s);
    }
    while (child < pg->nodes[table].end && pg->nodes[child].tag == PL_HTML_TEXT)
        child = pg->nodes[child].end;
    s.caption = child < pg->nodes[table].end && pg->nodes[child].tag == PL_HTML_CAPTION &&
                bytes_of(&w[child]) > 0;
    return s;
}

/* A table is data when what it looks like says so; without rules and headings, when it
 * has short texts in rows and columns. */
static bool is_data(const shape *s)
{
    if (s->filled == 0 || s->widest < 2)
        return false;
    if (s->nested && (!s->ruled || s->rows < 2 || s->nested * 2 > s->text))
        return false;
    if (s->largest >= FRAME_CELL_BYTES && s->largest >= s->text / 10 * 8)
        return false;
    if (s->rows == 1)
        return (s->ruled || s->heads) && s->largest <= ROW_CELL_BYTES;
    if (s->ruled || s->heads || s->caption)
        return true;
    return s->filled * 2 >= s->cells && s->filled >= 4 &&
           (s->largest <= PLAIN_CELL_BYTES ||
            (s->rows >= 4 && s->largest * 4 <= s->text));
}

static bool is_record(const pl_html_page *pg, const pl_html_weight *w, uint32_t table,
                      const shape *s, pl_html_text *t)
{
    pl_record_tally r = {0};
    uint32_t row = PL_HTML_NONE, place = 0;
    pl_html_cells it;

    if (s->text > PL_RECORD_BYTES || s->cells > PL_RECORD_CELLS || s->nested ||
        s->filled == 0)
        return false;
    pl_html_cells_begin(pg, table, &it);
    while (pl_html_cells_next(&it)) {
        place = it.row == row ? place + 1 : 0;
        row = it.row;
        if (place == 0 || bytes_of(&w[it.cell]) == 0)
            r.after_name = false;
        if (bytes_of(&w[it.cell]) == 0)
            continue;
        pl_html_text_clear(t);
        pl_html_collect(pg, it.cell + 1, pg->nodes[it.cell].end, t);
        pl_record_count(&r, pl_html_text_view(t), place);
    }
    return pl_record_is(&r);
}

pl_status pl_html_sort_tables(pl_html_page *pg, const pl_html_weight *w, pl_html_text *t)
{
    for (uint32_t i = 0; i < pg->n; i++) {
        unsigned kind = PL_NODE_LAYOUT;
        shape s;

        if (pg->nodes[i].tag != PL_HTML_TABLE || (pg->nodes[i].flags & PL_NODE_LAYOUT))
            continue;
        s = shape_of(pg, w, i);
        if (is_record(pg, w, i, &s, t))
            kind = PL_NODE_RECORD;
        else if (is_data(&s))
            kind = PL_NODE_DATA;
        pg->nodes[i].flags |= (uint16_t)kind;
        if (t->failed)
            return pl_fail_memory(t->cx);
    }
    return PL_OK;
}
