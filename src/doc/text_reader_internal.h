/* What the parts of the text reader share.
 *
 * The way of the data: the source is cut into lines (text_lines.c); page debris is marked
 * (text_debris.c); records of the publication become meta (text_meta.c); what is left is
 * walked once: tables (text_table.c finds their rows, text_width.c how wide rows of a
 * stream of cells are, text_grid.c which columns the cells stand in), headings and
 * paragraphs (text_para.c).
 *
 * Offsets and line numbers are 32 bits wide: the reader refuses 4 GiB and more. */
#ifndef PL_DOC_TEXT_READER_INTERNAL_H
#define PL_DOC_TEXT_READER_INTERNAL_H

#include "doc/doc.h"

enum {
    LINE_BLANK_BEFORE = 1u << 0, /* an empty line stands before it */
    LINE_INDENT = 1u << 1,       /* begins with two columns of space or more */
    LINE_PAGE = 1u << 2,         /* first on a page (after a form feed) */
    LINE_PIPE = 1u << 3,
    LINE_TAB = 1u << 4, /* a tab inside, or at an end of the untrimmed line */
    LINE_GAP = 1u << 5, /* two columns of space or more inside */
    LINE_OUT = 1u << 6, /* debris, or used elsewhere: not part of the flow */
};

/* A line that is not empty, without the spaces around it. */
typedef struct text_line {
    uint32_t at, n; /* in the source */
    uint32_t no;    /* 1-based */
    uint32_t flags;
} text_line;

/* A stretch of a line: a piece of a cell or of a paragraph. */
typedef struct text_piece {
    uint32_t at, n, line;
} text_piece;

typedef PL_VEC(text_piece) text_pieces;

/* A cell as written: its pieces, one a line. */
typedef struct text_cell {
    uint32_t piece, n_pieces; /* n_pieces == 0: empty */
    uint32_t line;            /* of its end */
} text_cell;

typedef PL_VEC(text_cell) text_cells;

typedef struct text_row {
    uint32_t first, n; /* of its cells; without empty ones at the end */
    uint32_t pads;     /* empty cells at its end */
} text_row;

typedef PL_VEC(text_row) text_rows;

/* A table as written, before its cells are given columns. */
typedef struct text_table {
    text_pieces pieces;
    text_cells cells;
    text_rows rows;
    bool padded;   /* missing cells (covered from above or spanned) were made up for by
                      empty ones at the row's end; else empty cells stand where they are */
    bool has_rule; /* Markdown's rule line stood after the first row */
    bool misfit;   /* rows did not come out even */
} text_table;

typedef struct text_reader {
    pl_ctx *cx;
    pl_doc *d;
    pl_str s; /* the source */
    text_line *line;
    size_t n;
    size_t body, body_end; /* first line of the body; one past its last */
    uint32_t wrap;         /* columns at which paragraphs were cut; 0 = they are not */
    bool has_pipes, has_tabs;
    bool indents;         /* paragraphs are marked by indentation */
    bool dotted;          /* headings without numbering end with 。 */
    bool spaced;          /* empty lines stand between all lines and mean nothing */
    bool titled;          /* the title was looked for */
    bool has_parts;       /* has headings of the first rank with numbering */
    text_pieces pieces;   /* of the paragraph being read */
    text_table table;     /* being read */
    struct text_fit *fit; /* text_grid.c's working space */
    size_t cells;         /* of all tables so far, for limits.cells */
    int level;            /* of the last heading with numbering */
} text_reader;

/* text_lines.c */
PL_MUST pl_status text_lines_make(text_reader *r);
static inline pl_str text_line_str(const text_reader *r, size_t i)
{
    return (pl_str){r->s.p + r->line[i].at, r->line[i].n};
}
/* The first line at or after i that is part of the flow; r->n when there is none. */
size_t text_line_next(const text_reader *r, size_t i);
pl_place text_line_place(const text_reader *r, size_t i);
/* A failure with the place of a byte of the source. */
pl_status text_fail(const text_reader *r, pl_status code, uint32_t at, uint32_t line,
                    const char *what);
/* Columns on screen, about: CJK two, others one. Stops counting at `most`. */
uint32_t text_columns(pl_str s, uint32_t most);

/* Pieces as one text: one piece is borrowed from the source, more are copied, each with a
 * run. `join` puts a space between pieces: always (cells), or only between Latin words
 * (paragraphs). */
typedef enum text_join { TEXT_JOIN_SPACE, TEXT_JOIN_PROSE } text_join;
PL_MUST pl_status text_pieces_join(const text_reader *r, const text_piece *p, size_t n,
                                   text_join join, pl_text *out);

/* text_debris.c: mark lines that are not part of the document, find where the body is. */
void text_debris_mark(text_reader *r);
/* Ends a sentence: 。！？；… with closing quotes after it. */
bool text_ends_sentence(pl_str s);
bool text_has_sentence(pl_str s); /* 。！？； anywhere */

/* text_meta.c: records before and after the body. */
PL_MUST pl_status text_meta_lines(text_reader *r);
/* Takes the table as the publication's record when it is one (*taken). */
PL_MUST pl_status text_meta_table(text_reader *r, const text_table *t, bool *taken);
/* Takes the title from the record, when that names it. */
void text_meta_title(text_reader *r);

/* text_para.c */
/* How the text writes its paragraphs and headings: wrap, indents, spaced, dotted. */
void text_manner_detect(text_reader *r);
/* The document's title when the first lines of the flow, from line *i on, look like one:
 * moves *i past them. To be called once. */
PL_MUST pl_status text_title(text_reader *r, size_t *i);
/* A heading or paragraph from line *i on; moves *i past it. */
PL_MUST pl_status text_para(text_reader *r, size_t *i);
/* A line that begins a part of the document: a table or paragraph never runs over it. */
bool text_is_break(pl_str s);

/* text_table.c: a table from line *i on; *found false, and *i as it was, when none begins
 * there. */
PL_MUST pl_status text_table_read(text_reader *r, size_t *i, bool *found);

/* text_columns.c: rows of cells between tabs or wide gaps, from line *i on; no rows, and
 * *i as it was, when there is no such table. PL_ELIMIT, PL_ENOMEM. */
PL_MUST pl_status text_columns_read(text_reader *r, size_t *i, text_table *t);

/* Adding to a table as written (text_table.c): a piece to the open cell, the open cell to
 * the table (PL_ELIMIT when there are too many), the cells from `first` on as a row. */
PL_MUST pl_status text_piece_add(const text_reader *r, text_table *t, text_cell *open,
                                 pl_str s, uint32_t line);
PL_MUST pl_status text_cell_end(text_reader *r, text_table *t, text_cell *open,
                                uint32_t at, uint32_t line);
PL_MUST pl_status text_row_add(text_reader *r, text_table *t, uint32_t first);

/* text_width.c: cells a row, of a stream of cells whose rows are not marked. 0 when
 * nothing fits. Ends: where a row is likely to end. *numbered: rows carry numbers. */
typedef struct text_end {
    uint32_t cell; /* cells before it */
    uint32_t pads; /* pipes that stood together */
} text_end;
typedef PL_VEC(text_end) text_ends;
uint32_t text_width_guess(const text_reader *r, const text_table *t,
                          const text_ends *ends, bool *numbered);

/* What a cell looks like, for telling columns apart. */
enum {
    LOOK_EMPTY,
    LOOK_DASH,
    LOOK_INT,
    LOOK_NUMBER,
    LOOK_MIXED,
    LOOK_WORDS,
    LOOK_LONG,
    LOOK_COUNT
};
enum { LOOK_ENDS = 16, LOOK_LENGTHS = 8, LOOK_VALUES = 64 };
typedef struct text_look {
    uint8_t kind, end, length, value; /* < LOOK_COUNT, LOOK_ENDS, … */
    uint32_t number;                  /* of LOOK_INT; 0 else */
} text_look;
text_look text_look_of(const text_reader *r, const text_table *t, const text_cell *c);

/* How often each look was seen in a column. */
typedef struct text_column {
    uint32_t n, last; /* last: number of the column's last LOOK_INT */
    uint16_t kind[LOOK_COUNT + 1], end[LOOK_ENDS], length[LOOK_LENGTHS],
        value[LOOK_VALUES];
} text_column;
void text_column_see(text_column *c, text_look look);
/* Surprise at seeing `look` in that column, in eighths of a bit. */
uint32_t text_column_cost(const text_column *c, text_look look);

/* text_grid.c: columns and spans of the cells, as a table. */
PL_MUST pl_status text_grid_make(text_reader *r, text_table *t, pl_table **out);

#endif
