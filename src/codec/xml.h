/* XML of packages (OOXML, OFD): events, or a tree. Checked by expat to be well-formed.
 *
 * Documents come from strangers: entities beyond the five of XML are not declared (a
 * document that declares any is refused), nothing outside the document is read, and
 * elements nest at most PL_XML_DEPTH_OF(limits) deep.
 *
 * Names are told by their local part, whatever prefix a writer chose: `w:tbl`, `ns0:tbl`
 * and `tbl` are all "tbl". The prefix is kept beside it. */
#ifndef PL_CODEC_XML_H
#define PL_CODEC_XML_H

#include "base/buf.h"
#include "base/ctx.h"

/* An element of a document's own structure (a table in a table) takes up to four levels
 * of elements. */
#define PL_XML_DEPTH_OF(limits) (4 * (limits).depth)

typedef struct pl_xml_attr {
    pl_str name, prefix; /* `r:id`: "id", "r"; prefix may be empty */
    pl_str value;        /* references resolved, white space as XML says */
} pl_xml_attr;

typedef struct pl_xml_tag {
    pl_str name, prefix;
    const pl_xml_attr *attrs; /* xmlns declarations are not among them */
    size_t n_attrs;
    size_t at;     /* byte of the document where the tag stands */
    uint32_t line; /* 1-based */
} pl_xml_tag;

/* The value of an attribute by its local name, the first one where prefixes differ; or
 * by its whole name ("r:id") when it is written with a colon. `none` when it is not
 * there. */
pl_str pl_xml_attr_of(const pl_xml_tag *tag, pl_str name, pl_str none);
bool pl_xml_has(const pl_xml_tag *tag, pl_str name);

/* What is called while reading. Any may be NULL. All strings are borrowed until the call
 * returns; text may come in pieces. Anything but PL_OK ends the reading with it. */
typedef struct pl_xml_events {
    pl_status (*open)(pl_ctx *cx, void *self, const pl_xml_tag *tag);
    pl_status (*close)(pl_ctx *cx, void *self, pl_str name);
    pl_status (*text)(pl_ctx *cx, void *self, pl_str s);
} pl_xml_events;

/* Read a document: UTF-8, UTF-16, and what text/decode.h knows when it is declared.
 *
 * PL_ESYNTAX  not well-formed, or declares entities: err.at, line, col of the document
 * PL_ELIMIT   nested too deep, or longer than 2 GiB;  PL_ENOMEM
 * Linear in in.n. */
PL_MUST pl_status pl_xml_read(pl_ctx *cx, pl_bytes in, const pl_xml_events *events,
                              void *self);

/* A node of a tree: an element, or a text between two tags (name empty). White space
 * alone is no text where elements stand beside it. */
typedef struct pl_xml_node {
    pl_xml_tag tag; /* of a text: only at and line, of the tag before it */
    pl_str text;
    struct pl_xml_node *parent, *child, *next; /* child: the first one */
} pl_xml_node;

/* The whole document as a tree in cx->arena; its root element. As pl_xml_read. */
PL_MUST pl_status pl_xml_tree(pl_ctx *cx, pl_bytes in, pl_xml_node **out);

/* True for an element of this local name. NULL is none. */
bool pl_xml_is(const pl_xml_node *n, pl_str name);
/* The first child element of a name, or NULL; and the next one after n. */
const pl_xml_node *pl_xml_child(const pl_xml_node *n, pl_str name);
const pl_xml_node *pl_xml_next(const pl_xml_node *n, pl_str name);
/* An attribute of a node, empty when there is none (or n is NULL). */
pl_str pl_xml_get(const pl_xml_node *n, pl_str name);
/* The text directly in an element when it has one piece; empty otherwise. */
pl_str pl_xml_text(const pl_xml_node *n);
/* The node after n in the order of the document, inside `root`; NULL after the last. */
const pl_xml_node *pl_xml_walk(const pl_xml_node *root, const pl_xml_node *n);

/* Append text as XML or HTML wants it, in an element or a quoted attribute: markup is
 * escaped, control characters become spaces. */
void pl_xml_put(pl_buf *b, pl_str s);

/* Whole decimal number with an optional sign, all of s; `none` when it is not one or
 * does not fit. */
int64_t pl_xml_int(pl_str s, int64_t none);

#endif
