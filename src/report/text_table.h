/* Tables for people: aligned by display width (CJK is two columns wide), long cells
 * wrapped inside their column, colours only when asked for. */
#ifndef PL_REPORT_TEXT_TABLE_H
#define PL_REPORT_TEXT_TABLE_H

#include "base/buf.h"
#include "base/vec.h"

typedef enum pl_colour {
    PL_COLOUR_NONE,
    PL_COLOUR_GOOD,
    PL_COLOUR_BAD,
    PL_COLOUR_UNSURE,
    PL_COLOUR_FAINT,
    PL_COLOUR_STRONG
} pl_colour;

/* How text output looks. */
typedef struct pl_style {
    bool english;
    bool colour;
    size_t width; /* display columns of a line */
} pl_style;

/* Append s in a colour, or plainly when the style has none. */
void pl_style_put(pl_buf *b, const pl_style *style, pl_colour colour, pl_str s);

typedef struct pl_table_col {
    pl_str title;
    size_t most; /* widest it may become, 0 = no limit; the last takes what is left */
    bool right;  /* aligned to the right */
} pl_table_col;

typedef struct pl_table_cell {
    pl_str text;
    pl_colour colour;
} pl_table_cell;

typedef struct pl_text_table {
    const pl_table_col *cols;
    size_t n_cols;
    PL_VEC(pl_table_cell) cells; /* row after row */
} pl_text_table;

/* Add one cell; rows fill from the left. PL_ENOMEM. */
PL_MUST pl_status pl_text_table_add(pl_ctx *cx, pl_text_table *t, pl_colour colour,
                                    pl_str text);

/* The table with its headings, a rule under them, and its rows. An unfinished last row is
 * padded. PL_ENOMEM. */
PL_MUST pl_status pl_text_table_print(pl_ctx *cx, const pl_text_table *t,
                                      const pl_style *style, pl_buf *out);

/* Append s wrapped to `width` display columns, later lines indented by `indent`; breaks
 * at spaces, between CJK characters, and where nothing else is left. Does not end with a
 * line end. */
void pl_text_wrap(pl_buf *b, pl_str s, size_t width, size_t indent);

#endif
