/* Text of a page as it is read: white space collapsed, character references resolved,
 * each piece knowing its place in the source.
 *
 * Of a run of white space one space stays, none where it only breaks the source's lines
 * between ideographs (CSS Text 3, section 4.1.3). U+00A0 counts as white space: pages
 * indent with it. Zero-width characters and NUL are dropped. */
#ifndef PL_DOC_HTML_TEXT_H
#define PL_DOC_HTML_TEXT_H

#include "doc/doc.h"
#include "doc/html_tree.h"

/* White space before what comes, the stronger the later: a space; white space with a line
 * end in it; a no-break space; a new line. */
typedef enum pl_html_gap {
    PL_GAP_NONE,
    PL_GAP_SPACE,
    PL_GAP_FOLD,
    PL_GAP_HARD,
    PL_GAP_LINE
} pl_html_gap;

typedef struct pl_html_text {
    pl_ctx *cx;
    pl_str src;
    char *p; /* grows in the arena and is used again */
    size_t n, cap;
    PL_VEC(pl_run) runs;
    pl_html_gap gap;
    size_t gap_at;
    size_t mark_n; /* bytes of the list item's mark that the text begins with */
    bool failed;   /* no memory */
    /* Of the text so far, in bytes: */
    size_t bold, link, action;
    /* Where lines begin, to tell a line from an offset. */
    uint32_t *lines; /* lines before each LINE_BLOCK_BYTES of the source */
    size_t n_lines;
    size_t line_from; /* the last offset asked, and its line */
    uint32_t line;
} pl_html_text;

/* Begin collecting from src. PL_ENOMEM. */
PL_MUST pl_status pl_html_text_init(pl_ctx *cx, pl_str src, pl_html_text *t);

/* Forget what was collected. */
void pl_html_text_clear(pl_html_text *t);
/* Source text [at, at + n) in a look: PL_LOOK_… */
void pl_html_text_put(pl_html_text *t, size_t at, size_t n, unsigned look);
/* Text that the page shows but the source does not hold: the mark of a list item. */
void pl_html_text_mark(pl_html_text *t, size_t at, pl_str mark);
/* Take the mark away again. */
void pl_html_text_unmark(pl_html_text *t);
/* A new line before the next text, if there is any before it. */
void pl_html_text_line(pl_html_text *t);
/* The end of a line of one text: a space between words, nothing between ideographs. */
void pl_html_text_fold(pl_html_text *t);

/* What was collected, trimmed; borrowed until the next call that changes *t. */
pl_str pl_html_text_view(const pl_html_text *t);
/* The same for good: in the arena, or the source's own bytes. PL_ENOMEM. */
PL_MUST pl_status pl_html_text_keep(pl_html_text *t, pl_text *out);

/* The 1-based line of a source offset. */
uint32_t pl_html_line(pl_html_text *t, size_t at);
/* The place of a stretch of the source. */
pl_place pl_html_place(pl_html_text *t, size_t at, size_t n);

#endif
