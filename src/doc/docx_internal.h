/* What the files of the Word reader share. */
#ifndef PL_DOC_DOCX_INTERNAL_H
#define PL_DOC_DOCX_INTERNAL_H

#include "base/map.h"
#include "doc/docx_reader.h"
#include "doc/numeral.h"
#include "doc/opc.h"

/* Properties of a paragraph and its runs that matter here; -1 = not said. */
typedef struct docx_props {
    int bold, heavy; /* heavy: set in a typeface of headings */
    int hidden, raised;
    int lift; /* of the baseline, half points */
    int size; /* half points */
    int centred;
    int outline; /* 0 .. 8 a heading, 9 body text */
    int num_level;
    int64_t num_id; /* 0 = numbering taken away */
} docx_props;

docx_props docx_props_none(void);
/* What `own` says, and `base` where it says nothing. */
docx_props docx_props_over(docx_props base, docx_props own);
/* Take up one element of a w:pPr or w:rPr; others are passed over. */
void docx_props_take(docx_props *p, const pl_xml_tag *tag);

/* Styles (17.7). */

typedef struct docx_style {
    pl_str id, name, base;
    docx_props props; /* once resolved: with those of the styles it is based on */
    bool is_toc, is_title;
    int heading; /* 1 .. 9 by its name, 0 = none */
    unsigned char state;
} docx_style;

typedef struct docx_styles {
    PL_VEC(docx_style) list;
    pl_map by_id;        /* index */
    size_t usual;        /* the default paragraph style, PL_NOPOS = none */
    docx_props defaults; /* of the document */
} docx_styles;

/* Read a styles part and resolve inheritance; a cycle is cut where it closes. */
PL_MUST pl_status docx_styles_read(pl_ctx *cx, const pl_opc *o, pl_str path,
                                   docx_styles *out);
/* The style of an id; the default one for an empty or unknown id; NULL when none. */
const docx_style *docx_style_of(const docx_styles *s, pl_str id);

/* Numbering (17.9). */

enum { DOCX_LEVELS = 9 };

typedef struct docx_level {
    pl_str format, text, style; /* numFmt, lvlText, pStyle */
    int start, restart;         /* restart: -1 = after any level above */
    bool tight;                 /* nothing between number and text */
    bool legal;                 /* all levels in decimal */
} docx_level;

typedef struct docx_list {
    docx_level levels[DOCX_LEVELS];
    int counts[DOCX_LEVELS];
    bool started[DOCX_LEVELS];
    pl_str link;
} docx_list;

typedef struct docx_num {
    pl_str list_id;
    size_t list;                     /* index, PL_NOPOS = unknown */
    docx_level *levels[DOCX_LEVELS]; /* those that replace the list's; NULL else */
    int start[DOCX_LEVELS];          /* startOverride, -1 = none */
    bool used[DOCX_LEVELS];
} docx_num;

typedef struct docx_numbering {
    PL_VEC(docx_list) lists;
    PL_VEC(docx_num) nums;
    pl_map list_of, num_of; /* by id */
    pl_map style_of;        /* lists by the numbering style that they define */
} docx_numbering;

PL_MUST pl_status docx_numbering_read(pl_ctx *cx, const pl_opc *o, pl_str path,
                                      docx_numbering *out);
/* Count one paragraph of list `num_id`; level -1: the one tied to the style, else 0. The
 * label has a space at its end where one belongs; empty for bullets and unknown lists. */
void docx_number(docx_numbering *n, int64_t num_id, int level, pl_str style,
                 pl_numeral *out);

/* The reading of one document. */

typedef PL_VEC(char) docx_chars;

/* Append; '\t', '\n' and '\r' as they are. PL_ENOMEM. */
PL_MUST pl_status docx_put(pl_ctx *cx, docx_chars *to, pl_str s);
/* Append the lines of s, each trimmed, without empty ones, after a line end where there
 * is text already. PL_ENOMEM. */
PL_MUST pl_status docx_put_lines(pl_ctx *cx, docx_chars *to, pl_str s);
static inline pl_str docx_chars_str(const docx_chars *c)
{
    return (pl_str){c->p, c->n};
}

/* How a paragraph of the body looks: what its heading is judged by. */
typedef struct docx_look {
    size_t block; /* of its flow */
    const docx_style *style;
    int outline; /* effective, -1 = not said */
    int size;    /* half points of its longest run, -1 = not said */
    bool bold, heavy, centred;
} docx_look;

/* Blocks one after the other, and how its paragraphs look. */
typedef struct docx_flow {
    pl_blocks blocks;
    PL_VEC(docx_look) looks; /* ascending by block */
} docx_flow;

typedef struct docx {
    pl_opc opc;
    pl_doc *doc;
    docx_flow flow; /* what becomes doc->blocks */
    docx_styles styles;
    docx_numbering numbering;
    pl_track track;
    docx_flow waiting; /* what text boxes hold, until their paragraph ends */
    docx_chars line;   /* scratch of docx_para_blocks */
    bool in_contents;  /* below the title 目录 and its lines */
    size_t cells;      /* of all tables so far */
    size_t pictures;
} docx;

/* Where the paragraphs of a part go. */
typedef struct docx_part {
    pl_str root;  /* element that holds text: "body", or one note each: "footnote" */
    pl_str place; /* prefix of the places of its notes; empty for the main part */
} docx_part;

/* Read a part with text into x->flow. */
PL_MUST pl_status docx_story_read(pl_ctx *cx, docx *x, pl_str path,
                                  const docx_part *part);

/* A place whose path is `prefix` and a number. PL_ENOMEM. */
PL_MUST pl_status docx_place(pl_ctx *cx, pl_str prefix, size_t n, pl_place *out);

/* Paragraphs being read. */

typedef struct docx_para {
    docx_chars text; /* with tabs and soft breaks */
    docx_props props;
    const docx_style *style;
    docx_props run;        /* effective, of the open run */
    size_t n, bold, heavy; /* bytes of text; of those in bold, in a heading's typeface */
    size_t longest, run_n; /* bytes of the longest run and of the open one */
    int size;              /* of the longest run */
    size_t number;         /* among the paragraphs of the main part */
    bool gone;             /* its mark is deleted: it goes on in the next paragraph */
    bool carried;          /* so it was: the text waits for that paragraph */
    bool in_toc;           /* inside a field that makes a table of contents */
} docx_para;

/* Begin a paragraph; text carried over from the one before stays. */
void docx_para_begin(const docx *x, docx_para *p);
/* Effective properties of a run without any of its own. */
docx_props docx_para_props(const docx *x, const docx_para *p);
/* Append text of the open run. PL_ENOMEM. */
PL_MUST pl_status docx_para_put(pl_ctx *cx, docx_para *p, pl_str s);
/* The automatic number of a finished paragraph; steps the list. */
void docx_para_label(docx *x, const docx_para *p, pl_numeral *out);
/* True for the title of a table of contents and its lines. */
bool docx_para_is_contents(docx *x, const docx_para *p);
/* Make blocks of a finished paragraph with its number. PL_ENOMEM. */
PL_MUST pl_status docx_para_blocks(pl_ctx *cx, docx *x, const docx_para *p, pl_str label,
                                   docx_flow *to);

/* Tables being read. */

typedef struct docx_cell {
    uint32_t span;
    bool follows;      /* vMerge: goes on from above */
    bool follows_left; /* hMerge: goes on from the left */
} docx_cell;

typedef struct docx_table {
    pl_table *t;
    PL_VEC(uint32_t) above; /* by column: 1 + index of the cell in the row before */
    docx_chars text;        /* of the open cell */
    docx_cell cell;
    uint32_t row, col, left; /* left: 1 + index of the cell before in this row */
    uint32_t after;          /* columns left empty at the end of the row */
    bool header, dropped;    /* the open row */
    docx_flow later;         /* tables and text boxes in its cells */
    docx_flow flow;          /* all that is in its cells; kept while it is `single` */
    bool single, nested;     /* no row of two cells yet; a table is in a cell */
    size_t lines, most;      /* with text, of the open cell; of the longest one */
} docx_table;

/* PL_ENOMEM. */
PL_MUST pl_status docx_table_begin(pl_ctx *cx, docx_table *t);
void docx_row_begin(docx_table *t);
/* Leave columns empty at the start of the row. PL_ELIMIT, PL_ENOMEM. */
PL_MUST pl_status docx_row_skip(pl_ctx *cx, docx_table *t, int64_t cols);
PL_MUST pl_status docx_cell_end(pl_ctx *cx, docx *x, docx_table *t);
PL_MUST pl_status docx_row_end(pl_ctx *cx, docx_table *t);
/* PL_ELIMIT, PL_ENOMEM. */
PL_MUST pl_status docx_table_end(pl_ctx *cx, docx_table *t);
/* Append a finished table and the tables and boxes in its cells, or what it frames; a
 * table without any text is none. PL_ENOMEM. */
PL_MUST pl_status docx_table_place(pl_ctx *cx, const docx_table *t, docx_flow *to);
/* Place a table that stands in a cell of another. PL_ENOMEM. */
PL_MUST pl_status docx_table_to_cell(pl_ctx *cx, docx_table *around, const docx_table *t);
/* Append a finished paragraph with its number to the text of a note or, as a line and
 * while the table may be a frame also as blocks, to the open cell. PL_ENOMEM. */
PL_MUST pl_status docx_para_to_text(pl_ctx *cx, docx *x, const docx_para *p, pl_str label,
                                    docx_chars *to);
PL_MUST pl_status docx_para_to_cell(pl_ctx *cx, docx *x, const docx_para *p, pl_str label,
                                    docx_table *t);
/* Place what the text boxes of a paragraph hold, once it has ended; `later` and `flow`
 * may be NULL. PL_ENOMEM. */
PL_MUST pl_status docx_waiting_place(pl_ctx *cx, docx *x, docx_flow *later,
                                     docx_flow *flow);
/* Number the tables of the document and give their cells places. PL_ENOMEM. */
PL_MUST pl_status docx_tables_number(pl_ctx *cx, docx *x);

/* Tell headings from paragraphs and find the title, once all blocks are there. */
PL_MUST pl_status docx_headings(pl_ctx *cx, docx *x);

/* The character of a symbol font as UTF-8; empty when it is a mere ornament or not
 * known. */
pl_str docx_symbol(pl_str font, pl_str hex);

#endif
