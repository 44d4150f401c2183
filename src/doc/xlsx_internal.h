/* What the files of the workbook reader share. */
#ifndef PL_DOC_XLSX_INTERNAL_H
#define PL_DOC_XLSX_INTERNAL_H

#include "base/map.h"
#include "doc/opc.h"
#include "doc/xlsx_reader.h"

enum { XLSX_ROWS = 1048576, XLSX_COLS = 16384 }; /* of a sheet; 18.3.1.73 */

/* Numbers: 0.d1d2d3… x 10^point, without zeros at either end; n == 0 is zero. */

enum { XLSX_DIGITS = 15 }; /* that Excel shows of a number */

typedef struct xlsx_number {
    bool minus;
    int n, point;
    char d[XLSX_DIGITS + 3];
} xlsx_number;

/* All of s as a number (312.6, 4E-2), rounded half up to 15 digits. */
bool xlsx_number_read(pl_str s, xlsx_number *out);
/* Round half up to decimal places (which may be negative). */
void xlsx_number_round(xlsx_number *x, int places);
/* The digit of 10^position. */
char xlsx_number_digit(const xlsx_number *x, int position);
/* <0, 0, >0. */
int xlsx_number_cmp(const xlsx_number *a, const xlsx_number *b);

/* Number formats. */

typedef struct xlsx_shown {
    char p[512]; /* what does not fit is left out */
    size_t n;
} xlsx_shown;

void xlsx_show(xlsx_shown *out, pl_str s);

/* The code of a built-in format in the Chinese locale; empty when there is none. */
pl_str xlsx_format_builtin(int64_t id);

/* What a cell with number `value` shows under a format code. */
void xlsx_format_number(pl_str code, pl_str value, bool from_1904, xlsx_shown *out);
/* What a cell with a text shows; false when it is the text as it is. */
bool xlsx_format_text(pl_str code, pl_str text, xlsx_shown *out);

/* One token of a format code. */
typedef enum xlsx_token_kind {
    XLSX_LITERAL,
    XLSX_DIGIT, /* 0 # ? */
    XLSX_POINT,
    XLSX_COMMA,
    XLSX_PERCENT,
    XLSX_EXPONENT, /* E+ E- */
    XLSX_TEXT,     /* @ */
    XLSX_GENERAL,
    XLSX_DATE,    /* a run of one letter: yyyy mm d h s e aaaa */
    XLSX_ELAPSED, /* [h] [mm] */
    XLSX_NOON,    /* AM/PM */
    XLSX_NOTHING  /* colours, conditions, padding */
} xlsx_token_kind;

typedef struct xlsx_token {
    xlsx_token_kind kind;
    pl_str text; /* what to print, or the token itself */
} xlsx_token;

/* The token at the start of *code; false at its end. */
bool xlsx_token_next(pl_str *code, xlsx_token *out);

/* A date or a time by its section of a format code. False when the number is none. */
bool xlsx_format_date(pl_str section, const xlsx_number *x, bool from_1904,
                      xlsx_shown *out);
/* A section's numerals: the pl_numeral format that [DBNum1] and the like ask for; empty
 * for usual digits. `digits`: one by one, as in years. */
pl_str xlsx_numerals(pl_str section, bool digits);

/* The workbook. */

typedef struct xlsx_formats {
    PL_VEC(pl_str) codes; /* by style index (cellXfs); empty = General */
    PL_VEC(bool) ruled;   /* by style index: has a line on some side */
} xlsx_formats;

PL_MUST pl_status xlsx_formats_read(pl_ctx *cx, const pl_opc *o, pl_str path,
                                    xlsx_formats *out);

typedef PL_VEC(pl_str) xlsx_strings;

PL_MUST pl_status xlsx_strings_read(pl_ctx *cx, const pl_opc *o, pl_str path,
                                    xlsx_strings *out);
/* A text as cells hold it: lines trimmed, without empty ones; _x000D_ and the like
 * resolved. In cx->arena. */
PL_MUST pl_status xlsx_clean(pl_ctx *cx, pl_str s, pl_str *out);

typedef PL_VEC(char) xlsx_chars;
PL_MUST pl_status xlsx_put(pl_arena *a, xlsx_chars *to, pl_str s);

typedef struct xlsx_book {
    pl_opc opc;
    pl_doc *doc;
    xlsx_formats formats;
    xlsx_strings strings;
    bool from_1904;
    size_t cells;  /* of all sheets so far */
    bool has_text; /* running text beside tables */
    /* By column, room that the sheets use one after the other: */
    int32_t *hidden;   /* XLSX_COLS + 1 */
    uint32_t *covered; /* 1 + the last row of a merge over it, 0 = none */
    bool *used;        /* has text in the open segment */
    pl_map read;       /* parts of sheets that were read: a list that repeats them gains
                          nothing */
} xlsx_book;

/* One sheet as it is written: only cells that show something. 0-based. */

typedef struct xlsx_cell {
    uint32_t row, col;
    pl_str text;
    bool hidden;
    bool ruled; /* has a line on some side */
} xlsx_cell;

typedef struct xlsx_merge {
    uint32_t row, col, last_row, last_col;
} xlsx_merge;

typedef struct xlsx_sheet {
    pl_str name;
    bool hidden;
    pl_arena *scratch;         /* of what follows; texts are in cx->arena */
    PL_VEC(xlsx_cell) cells;   /* ascending by row, col; each place once */
    PL_VEC(xlsx_merge) merges; /* ascending by row, col */
} xlsx_sheet;

/* A row with text: cells [first, first + n) of its sheet. */
typedef struct xlsx_row {
    size_t first, n;
    uint32_t last_col; /* that its cells reach */
    bool ruled;        /* has lines */
    bool alone;        /* one cell over the whole width; or the first, without the lines
                          that the rows of tables have */
    bool text;         /* and running text, no part of a table */
} xlsx_row;

typedef PL_VEC(xlsx_row) xlsx_rows;

/* The rows of cells [first, end), which stand without a blank one between; `merge` is the
 * first merge of theirs or later. n log n. In s->scratch. */
PL_MUST pl_status xlsx_split(pl_ctx *cx, const xlsx_sheet *s, size_t first, size_t end,
                             size_t merge, xlsx_rows *out);

PL_MUST pl_status xlsx_sheet_read(pl_ctx *cx, xlsx_book *b, pl_str path, xlsx_sheet *out);
/* The address `B7` of a place, appended. */
void xlsx_address(uint32_t row, uint32_t col, xlsx_shown *out);

/* Blocks of a sheet that was read. */
PL_MUST pl_status xlsx_sheet_blocks(pl_ctx *cx, xlsx_book *b, const xlsx_sheet *s);

#endif
