/* Which paragraphs are headings: by their tag, their numbering, their look. */
#ifndef PL_DOC_HTML_HEADING_H
#define PL_DOC_HTML_HEADING_H

#include "doc/html_internal.h"

/* How a paragraph stands among the others. */
typedef struct pl_html_para {
    pl_str text;
    uint8_t tag_level; /* of h1 to h6 around it; 0 = none */
    uint8_t size;      /* pixels, 0 = not said */
    bool bold, center; /* all of it */
    bool listed;       /* an item of a list */
} pl_html_para;

typedef enum pl_html_rank {
    PL_HTML_PLAIN,    /* a paragraph */
    PL_HTML_NUMBERED, /* a heading with numbering */
    PL_HTML_TAGGED,   /* … by its tag */
    PL_HTML_TITLED, /* … by standing in the middle, larger or bolder: a line of a title */
    PL_HTML_BOLD    /* … short and bold */
} pl_html_rank;

/* `body` is what most of the text looks like, `title` the page's own title or empty.
 * *level of a heading is 1 to 6; 0 = one below the numbered heading before it. */
pl_html_rank pl_html_rank_of(const pl_html_para *p, const pl_html_body_look *body,
                             pl_str title, int *level);

/* What most of the text inside node `main` looks like. Linear. */
pl_html_body_look pl_html_body_look_of(const pl_html_page *pg, uint32_t main);

#endif
