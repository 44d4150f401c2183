/* What the parts of the HTML reader share. */
#ifndef PL_DOC_HTML_INTERNAL_H
#define PL_DOC_HTML_INTERNAL_H

#include "doc/html_parts.h"
#include "doc/outline.h"
#include "doc/numeral.h"

/* A block that is open while the page is walked. */
typedef struct pl_html_level {
    uint32_t end;    /* node after it */
    uint32_t number; /* of a list's last item */
    bool known;      /* it does not stand apart, nor does what is in it */
    uint8_t heading; /* of h1 to h6 around it: 1 to 6; 0 = none */
    uint8_t list;    /* tag of the list it is; 0 = none */
    bool item;       /* an item of a list */
    char style;      /* of the list's marks: 1 a A i I */
} pl_html_level;

/* What most of the document looks like: what is otherwise stands out. */
typedef struct pl_html_body_look {
    uint8_t size; /* pixels, 0 = not said */
    bool bold, center;
} pl_html_body_look;

typedef struct pl_html_reader {
    pl_ctx *cx;
    pl_doc *d;
    pl_html_page pg;
    const pl_html_weight *w;
    pl_html_text t;
    uint32_t main; /* node */
    pl_html_body_look body;
    pl_html_level *levels;
    size_t depth, max_depth;
    size_t cells; /* of all tables so far */
    bool inside;  /* the walk is inside `main` */
    bool begun;   /* the document's text has begun: records are before it */
    /* The paragraph being collected: */
    pl_numeral mark; /* of the list item that waits for its text */
    size_t mark_at;
    unsigned look; /* of its first text */
    uint8_t size;
    bool started;
    /* For joining the lines of a title: */
    size_t title_block; /* 1 + index of the heading last added by its look, 0 = none */
    uint8_t title_size;
    /* A name of the record that waits for its value in the next paragraph. */
    pl_str waiting;
    pl_place waiting_place;
    size_t waiting_depth; /* … only while so many blocks are open */
    /* The first <h1> of the page, inside the document or not. */
    pl_text h1;
} pl_html_reader;

/* html_block.c: the blocks of the page, in order; records into d->meta. Errors as
 * pl_doc_read. */
PL_MUST pl_status pl_html_blocks(pl_html_reader *r);

/* html_table.c: a table of data as a block. PL_ELIMIT when it is too large; PL_ENOMEM. */
PL_MUST pl_status pl_html_table(pl_html_reader *r, uint32_t node);

/* html_meta.c: the record from tables and <meta>, the title. PL_ENOMEM. */
PL_MUST pl_status pl_html_record_table(pl_html_reader *r, uint32_t node);
/* A line around the text that may be of the record; *taken when it is. PL_ENOMEM. */
PL_MUST pl_status pl_html_record_line(pl_html_reader *r, pl_str text, pl_place place,
                                      bool *taken);
/* The name that waits has no value. PL_ENOMEM. */
PL_MUST pl_status pl_html_waiting_end(pl_html_reader *r);
/* A piece of the record: a name that waits for its value in the next piece, a name with
 * its value, or the value of the name before. *taken is false when it is none of these.
 */
PL_MUST pl_status pl_html_record_text(pl_html_reader *r, pl_str text, pl_place place,
                                      bool *taken);
PL_MUST pl_status pl_html_meta_tags(pl_html_reader *r);
PL_MUST pl_status pl_html_title(pl_html_reader *r);
/* The page's own title as far as <meta> and the record say it; empty when they do not. */
pl_str pl_html_said_title(const pl_html_reader *r);

#endif
