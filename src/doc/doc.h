/* The neutral document: what every reader makes, whatever the file was.
 *
 * A document is a list of blocks: headings, paragraphs, tables. Text is joined and clean;
 * each piece of it knows where in the source it came from (pl_text_place). */
#ifndef PL_DOC_DOC_H
#define PL_DOC_DOC_H

#include "base/ctx.h"
#include "base/vec.h"

/* Where a datum was written. Zero fields are not known. */
typedef struct pl_place {
    uint32_t line;     /* 1-based, text formats */
    uint32_t page;     /* 1-based, fixed-layout formats */
    pl_str path;       /* part of a package or a sheet's name; empty for plain text */
    uint32_t table;    /* 1-based number of the table in the document */
    uint32_t row, col; /* 1-based, in the table's grid */
    uint32_t block; /* 1-based number of the block, for ordering places of any format */
    size_t at;      /* byte offset in the text of the block or cell, likewise */
    pl_span span;   /* bytes of the source (decoded text); n == 0 = not known */
} pl_place;

/* A stretch of joined text that stands in one piece in the source. */
typedef struct pl_run {
    size_t at;     /* offset in the joined text */
    size_t source; /* offset in the source of that byte */
    uint32_t line, page;
} pl_run;

typedef struct pl_text {
    pl_str s;           /* in cx->arena or the source */
    const pl_run *runs; /* ascending by at; runs[0].at == 0 when n_runs > 0 */
    size_t n_runs;
} pl_text;

/* The place of bytes [at, at + n) of t; `base` gives path, table, row and col. The span
 * ends where the run of the last byte says; it may enclose dropped line ends. */
pl_place pl_text_place(const pl_text *t, const pl_place *base, size_t at, size_t n);

typedef struct pl_cell {
    pl_text text;
    pl_place place;
    uint32_t row, col;         /* 0-based place of its upper left corner in the grid */
    uint32_t rowspan, colspan; /* at least 1 */
    bool header;               /* marked so by the format; false when it does not say */
    bool hidden;               /* in a hidden row or column (spreadsheets) */
} pl_cell;

typedef PL_VEC(pl_cell) pl_cells;

typedef struct pl_table {
    pl_cells cells; /* ascending by row, col; a spanned place has no cell of its own */
    uint32_t rows, cols; /* of the grid */
    uint32_t *grid;      /* rows * cols: 1 + index of the cell that covers it, 0 = none */
    uint32_t number;     /* 1-based in the document */
    bool ragged; /* rows had different numbers of cells; the grid is our reading */
} pl_table;

/* The cell that covers a place of the grid, or NULL. */
const pl_cell *pl_table_at(const pl_table *t, uint32_t row, uint32_t col);
/* Fill t->grid from cells (spans that overlap or leave the grid are cut). PL_ELIMIT when
 * rows * cols passes limits.cells; PL_ENOMEM. */
PL_MUST pl_status pl_table_grid(pl_ctx *cx, pl_table *t);

typedef enum pl_block_kind {
    PL_BLOCK_HEADING,
    PL_BLOCK_PARA,
    PL_BLOCK_TABLE,
    PL_BLOCK_NOTE /* footnote, comment, text box apart from the flow */
} pl_block_kind;

typedef struct pl_block {
    pl_block_kind kind;
    int level;       /* HEADING: 1 .. 6; 0 elsewhere */
    pl_text text;    /* HEADING, PARA, NOTE */
    pl_table *table; /* TABLE */
    pl_place place;
} pl_block;

typedef PL_VEC(pl_block) pl_blocks;

/* A record of the publication: 文号 -> 海政办发〔2023〕1号. */
typedef struct pl_meta {
    pl_str key, value; /* value may be empty: the field stands there without one */
    pl_place place;
    bool of_file; /* a property of the file, which its program keeps: nobody published it
                   */
} pl_meta;

typedef PL_VEC(pl_meta) pl_metas;

/* Something odd that the reader saw and read on from. */
typedef struct pl_oddity {
    pl_str rule; /* "table.ragged", "text.unclosed" …: stable token */
    pl_str zh, en;
    pl_place place;
} pl_oddity;

typedef PL_VEC(pl_oddity) pl_oddities;

typedef struct pl_doc {
    pl_str title;
    pl_place title_place;
    pl_metas meta;
    pl_blocks blocks;
    pl_oddities oddities;
    pl_str format;  /* "text", "html", "docx" … */
    pl_str charset; /* of text formats: "UTF-8", "GB18030" */
    pl_str source;  /* decoded source text; empty for package formats */
    size_t bytes;   /* of the file */
    uint32_t n_tables;
} pl_doc;

/* Read a document of any format (told by its content) into cx->arena.
 *
 *   in   the file's bytes; must outlive *out, whose texts may borrow them
 *
 * PL_EFORMAT  no document, says what it is;  PL_ECONVERT  a document in a format that is
 *             not read, says what converts it
 * PL_ESYNTAX  broken, with err.at / line / col;  PL_ELIMIT;  PL_ENOMEM. */
PL_MUST pl_status pl_doc_read(pl_ctx *cx, pl_bytes in, pl_doc **out);

/* For building documents in readers: append a block; NULL when out of memory. */
pl_block *pl_doc_add(pl_ctx *cx, pl_doc *d, pl_block_kind kind);
/* Add key and value to d->meta unless the key is there with a value that was published;
 * of more than 256 fields the rest is left out. Both must live as long as d. PL_ENOMEM.
 */
PL_MUST pl_status pl_doc_meta_add(pl_ctx *cx, pl_doc *d, pl_str key, pl_str value,
                                  pl_place place);
/* The same for a property of the file. */
PL_MUST pl_status pl_doc_property_add(pl_ctx *cx, pl_doc *d, pl_str key, pl_str value,
                                      pl_place place);
/* The field of a name, or NULL. */
const pl_meta *pl_doc_meta_of(const pl_doc *d, pl_str key);
/* The field that says the title (标题, 信息名称 …), or NULL. */
const pl_meta *pl_doc_meta_title(const pl_doc *d);
/* Number the blocks in the places of blocks and cells. Linear. */
void pl_doc_number(pl_doc *d);
/* Note an oddity. PL_ENOMEM. */
PL_MUST pl_status pl_doc_odd(pl_ctx *cx, pl_doc *d, pl_str rule, pl_str zh, pl_str en,
                             pl_place place);

#endif
