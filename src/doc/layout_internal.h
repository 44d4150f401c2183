/* Between the files of the layout reader only.
 *
 *   layout_lines.c      runs -> rows of segments
 *   layout_rules.c      ruled lines -> grids
 *   layout_cells.c      grids and runs -> tables
 *   layout_split.c      rows of grids that no line parts
 *   layout_furniture.c  headers, footers, page numbers
 *   layout_align.c      tables without lines
 *   layout_flow.c       reading order: rows and tables -> items
 *   layout_tables.c     tables over page ends
 *   layout_paras.c      items -> blocks */
#ifndef PL_DOC_LAYOUT_INTERNAL_H
#define PL_DOC_LAYOUT_INTERNAL_H

#include "doc/layout.h"

/* Text of one line without a wide gap in it. */
typedef struct pl_seg {
    pl_box box;
    pl_um size;        /* of most of its characters */
    bool bold, spaced; /* spaced: a space stands behind it */
    pl_str text;       /* trimmed, not empty */
} pl_seg;

typedef PL_VEC(pl_seg) pl_segs;

typedef struct pl_sheet_table pl_sheet_table;

/* One line of a page: its segments from left to right; or a table in its place. */
typedef struct pl_row {
    pl_box box;
    const pl_seg *segs;
    uint32_t n_segs;
    pl_sheet_table *table; /* NULL for text */
    bool dropped;          /* page furniture */
} pl_row;

typedef PL_VEC(pl_row) pl_rows;

/* How the text of a cell ends, for joining it with the next page's. */
typedef struct pl_tail {
    pl_um room; /* what is left of its last line */
    pl_um size;
    uint32_t lines;
    bool spaced;
} pl_tail;

typedef PL_VEC(pl_tail) pl_tails;

/* A table on one page, before it is joined with its continuation. */
struct pl_sheet_table {
    pl_box box;
    uint32_t page; /* 0-based */
    pl_um *xs;     /* cols + 1 edges, ascending */
    uint32_t rows, cols;
    pl_cells cells;             /* ascending by row, col */
    pl_tails tails;             /* of each cell; none in tables made without lines */
    bool open_top, open_bottom; /* no line there */
    bool aligned;               /* made without lines: its edges are guesses */
    uint32_t *last; /* by column: 1 + the cell of the last row; NULL until it is joined */
};

/* A line of a column, or a table, in reading order. */
typedef struct pl_item {
    pl_box box;
    pl_um size;
    pl_um left, right; /* of its column */
    pl_um next_w;      /* width of its first piece that cannot be broken */
    bool bold, spaced;
    bool skip;       /* joined with what stands before */
    bool note;       /* of a table of contents */
    bool in_columns; /* one of several columns on its page */
    uint32_t page;
    pl_str text;
    pl_sheet_table *table;
} pl_item;

typedef PL_VEC(pl_item) pl_items;

/* One page on its way. */
typedef struct pl_sheet {
    const pl_layout_page *in;
    pl_rows rows; /* of text outside tables, and tables, from the top down */
    PL_VEC(pl_sheet_table *) tables;
} pl_sheet;

/* What the pages share. */
typedef struct pl_layout_state {
    pl_doc *doc;
    pl_sheet *sheets;
    uint32_t n_sheets;
    pl_items items;
    size_t work;   /* steps left for meetings of ruled lines */
    size_t cells;  /* of all tables so far */
    pl_um body;    /* size of most of the text */
    bool contents; /* reading a table of contents */
} pl_layout_state;

/* Rows of segments from runs, from the top down. `runs` is sorted in place. */
PL_MUST pl_status pl_layout_rows(pl_ctx *cx, pl_layout_run *runs, size_t n, pl_rows *out);
/* The segments of a row as one text: a gap becomes a space. PL_ENOMEM. */
PL_MUST pl_status pl_layout_row_text(pl_ctx *cx, const pl_row *row, pl_str *out);
/* What stands between two pieces of a line that are `gap` apart: "" or " ". */
pl_str pl_layout_between(pl_str left, pl_str right, pl_um gap, pl_um size);
/* parts[0] joints[1] parts[1] … as one text; joints[0] is not read. PL_ENOMEM. */
PL_MUST pl_status pl_layout_concat(pl_ctx *cx, const pl_str *parts, const pl_str *joints,
                                   size_t n, pl_str *out);
/* What stands between a line and the next one of its paragraph. `spaced`: the line ends
 * in a space. */
pl_str pl_layout_line_joint(pl_str line, bool spaced, pl_str next);
/* Would the first piece of `next` have had room at the end of `line`, so that the line
 * was ended on purpose? Between letters and ideographs a space may have stood. */
bool pl_layout_had_room(pl_str line, pl_um room, pl_str next, pl_um size);
/* Width of the first piece of a text that no line end can break. */
pl_um pl_layout_first_width(pl_str text, pl_um size);
/* Bytes of text whose share of its width reaches up to `part` of `whole`. */
size_t pl_layout_cut_at(pl_str text, pl_um part, pl_um whole);
/* 0 narrow, 1 wide (ideographs, full-width punctuation). */
bool pl_layout_wide(uint32_t c);
/* The line ends a sentence, a clause or a heading-like lead: 。！？；： and their kin. */
bool pl_layout_ends_sentence(pl_str s);

/* `6以上`, `<313.2`: a short text that begins with a figure. */
bool pl_layout_is_figure(pl_str s);

/* A grid of ruled lines: cells by their spans, no text yet. */
typedef struct pl_rulegrid {
    pl_um *xs, *ys; /* cols + 1, rows + 1 */
    uint32_t rows, cols;
    uint32_t *cell_of; /* rows * cols -> index in cells */
    pl_cells cells;
    bool open_top, open_bottom;
} pl_rulegrid;

typedef PL_VEC(pl_rulegrid) pl_rulegrids;

/* The grids of a page. PL_ELIMIT, PL_ENOMEM. */
PL_MUST pl_status pl_layout_grids(pl_ctx *cx, pl_layout_state *st,
                                  const pl_layout_rules *rules, pl_rulegrids *out);

/* Tables of page `page` from its ruled lines; the runs outside them become the rows of
 * the sheet. */
PL_MUST pl_status pl_layout_cells(pl_ctx *cx, pl_layout_state *st, uint32_t page);
/* The text of a cell from its lines. `width` is what lines may fill. */
PL_MUST pl_status pl_layout_cell_text(pl_ctx *cx, const pl_row *rows, size_t n,
                                      pl_um width, pl_text *out);

/* Part the rows of a grid that no line parts but whose lines of text do. `lines` are
 * those of each cell; both are built anew where that is so (ys then holds no more). */
PL_MUST pl_status pl_layout_split(pl_ctx *cx, pl_rulegrid *g, pl_rows **lines);

PL_MUST pl_status pl_layout_drop_furniture(pl_ctx *cx, pl_layout_state *st);

/* A table without lines that begins at rows[0], or NULL; in *used the rows it takes, or
 * those that were looked at for it (at least 1). */
PL_MUST pl_status pl_layout_aligned(pl_ctx *cx, pl_layout_state *st, uint32_t page,
                                    const pl_row *rows, size_t n, size_t *used,
                                    pl_sheet_table **out);

/* Items of page `page`, in reading order, onto st->items. */
PL_MUST pl_status pl_layout_flow(pl_ctx *cx, pl_layout_state *st, uint32_t page);

/* Join tables with their continuation on the next page, whose item is then to be
 * skipped. */
PL_MUST pl_status pl_layout_join_tables(pl_ctx *cx, pl_layout_state *st);

/* Blocks of the document from all items. */
PL_MUST pl_status pl_layout_blocks(pl_ctx *cx, pl_layout_state *st);

#endif
