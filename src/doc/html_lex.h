/* Markup into tokens: what a page is written in.
 *
 * Follows the tokenisation of the WHATWG HTML standard, section 13.2.5, with one aim
 * more: every token knows its bytes in the source, and no input takes more than linear
 * time. Where a page breaks off (a comment, quote or <title> that never ends) the
 * standard swallows the rest of it; here the markup ends at the next `>` or line, so that
 * a page cut short keeps its text. */
#ifndef PL_DOC_HTML_LEX_H
#define PL_DOC_HTML_LEX_H

#include "base/base.h"

/* What a tag means for the structure of text. */
enum {
    PL_TAG_VOID = 1u << 0,    /* has no content and no end tag */
    PL_TAG_RAW = 1u << 1,     /* no markup inside, up to its end tag */
    PL_TAG_BLOCK = 1u << 2,   /* a paragraph ends before and after it */
    PL_TAG_ENDS_P = 1u << 3,  /* its start ends an open <p> */
    PL_TAG_SPECIAL = 1u << 4, /* end tags of inline elements do not reach out of it */
    PL_TAG_SCOPE = 1u << 5,   /* no end tag but those of tables reaches out of it */
    PL_TAG_UNSEEN = 1u << 6,  /* what is in it is not text of the page */
    PL_TAG_FORMAT = 1u << 7,  /* inline, may be ended across blocks */
    PL_TAG_GRID = 1u << 8,    /* a part of a table */
    PL_TAG_IGNORE = 1u << 9,  /* tag without an element: its place is implied */
    PL_TAG_AWAY = 1u << 10    /* apart from the page's text: navigation, footers */
};

/* X(NAME, "name", flags): sorted by name, for the search. */
#define PL_HTML_TAG_LIST(X)                                                      \
    X(A, "a", PL_TAG_FORMAT)                                                     \
    X(ADDRESS, "address", PL_HTML_BLOCK)                                         \
    X(APPLET, "applet", PL_TAG_UNSEEN | PL_TAG_SCOPE)                            \
    X(AREA, "area", PL_TAG_VOID)                                                 \
    X(ARTICLE, "article", PL_HTML_BLOCK)                                         \
    X(ASIDE, "aside", PL_HTML_BLOCK | PL_TAG_AWAY)                               \
    X(AUDIO, "audio", PL_TAG_UNSEEN)                                             \
    X(B, "b", PL_TAG_FORMAT)                                                     \
    X(BASE, "base", PL_TAG_VOID)                                                 \
    X(BIG, "big", PL_TAG_FORMAT)                                                 \
    X(BLOCKQUOTE, "blockquote", PL_HTML_BLOCK)                                   \
    X(BODY, "body", PL_TAG_IGNORE)                                               \
    X(BR, "br", PL_TAG_VOID)                                                     \
    X(BUTTON, "button", PL_TAG_UNSEEN | PL_TAG_SPECIAL)                          \
    X(CANVAS, "canvas", PL_TAG_UNSEEN)                                           \
    X(CAPTION, "caption", PL_TAG_GRID | PL_TAG_BLOCK | PL_HTML_WALL)             \
    X(CENTER, "center", PL_HTML_BLOCK)                                           \
    X(COL, "col", PL_TAG_GRID | PL_TAG_VOID)                                     \
    X(COLGROUP, "colgroup", PL_TAG_GRID | PL_TAG_SPECIAL)                        \
    X(DATALIST, "datalist", PL_TAG_UNSEEN)                                       \
    X(DD, "dd", PL_HTML_BLOCK)                                                   \
    X(DEL, "del", PL_TAG_UNSEEN | PL_TAG_FORMAT)                                 \
    X(DETAILS, "details", PL_HTML_BLOCK)                                         \
    X(DIALOG, "dialog", PL_TAG_UNSEEN | PL_HTML_BLOCK)                           \
    X(DIR, "dir", PL_HTML_BLOCK)                                                 \
    X(DIV, "div", PL_HTML_BLOCK)                                                 \
    X(DL, "dl", PL_HTML_BLOCK)                                                   \
    X(DT, "dt", PL_HTML_BLOCK)                                                   \
    X(EM, "em", PL_TAG_FORMAT)                                                   \
    X(EMBED, "embed", PL_TAG_VOID)                                               \
    X(FIELDSET, "fieldset", PL_HTML_BLOCK)                                       \
    X(FIGCAPTION, "figcaption", PL_HTML_BLOCK)                                   \
    X(FIGURE, "figure", PL_HTML_BLOCK)                                           \
    X(FONT, "font", PL_TAG_FORMAT)                                               \
    X(FOOTER, "footer", PL_HTML_BLOCK | PL_TAG_AWAY)                             \
    X(FORM, "form", PL_HTML_BLOCK)                                               \
    X(FRAME, "frame", PL_TAG_VOID)                                               \
    X(FRAMESET, "frameset", PL_TAG_IGNORE)                                       \
    X(H1, "h1", PL_HTML_BLOCK)                                                   \
    X(H2, "h2", PL_HTML_BLOCK)                                                   \
    X(H3, "h3", PL_HTML_BLOCK)                                                   \
    X(H4, "h4", PL_HTML_BLOCK)                                                   \
    X(H5, "h5", PL_HTML_BLOCK)                                                   \
    X(H6, "h6", PL_HTML_BLOCK)                                                   \
    X(HEAD, "head", PL_TAG_IGNORE)                                               \
    X(HEADER, "header", PL_HTML_BLOCK)                                           \
    X(HGROUP, "hgroup", PL_HTML_BLOCK)                                           \
    X(HR, "hr", PL_TAG_VOID | PL_TAG_BLOCK | PL_TAG_ENDS_P)                      \
    X(HTML, "html", PL_TAG_IGNORE)                                               \
    X(I, "i", PL_TAG_FORMAT)                                                     \
    X(IFRAME, "iframe", PL_TAG_RAW | PL_TAG_UNSEEN)                              \
    X(IMG, "img", PL_TAG_VOID)                                                   \
    X(INPUT, "input", PL_TAG_VOID)                                               \
    X(INS, "ins", PL_TAG_FORMAT)                                                 \
    X(LABEL, "label", PL_TAG_FORMAT)                                             \
    X(LEGEND, "legend", PL_HTML_BLOCK)                                           \
    X(LI, "li", PL_HTML_BLOCK)                                                   \
    X(LINK, "link", PL_TAG_VOID)                                                 \
    X(MAIN, "main", PL_HTML_BLOCK)                                               \
    X(MAP, "map", 0)                                                             \
    X(MARQUEE, "marquee", PL_TAG_BLOCK | PL_HTML_WALL)                           \
    X(MENU, "menu", PL_HTML_BLOCK)                                               \
    X(META, "meta", PL_TAG_VOID)                                                 \
    X(NAV, "nav", PL_HTML_BLOCK | PL_TAG_AWAY)                                   \
    X(NOEMBED, "noembed", PL_TAG_RAW | PL_TAG_UNSEEN)                            \
    X(NOFRAMES, "noframes", PL_TAG_RAW | PL_TAG_UNSEEN)                          \
    X(NOSCRIPT, "noscript", PL_TAG_UNSEEN)                                       \
    X(OBJECT, "object", PL_TAG_UNSEEN | PL_HTML_WALL)                            \
    X(OL, "ol", PL_HTML_BLOCK)                                                   \
    X(OPTGROUP, "optgroup", PL_TAG_UNSEEN)                                       \
    X(OPTION, "option", PL_TAG_UNSEEN)                                           \
    X(P, "p", PL_HTML_BLOCK)                                                     \
    X(PARAM, "param", PL_TAG_VOID)                                               \
    X(PRE, "pre", PL_HTML_BLOCK)                                                 \
    X(RP, "rp", PL_TAG_UNSEEN)                                                   \
    X(RT, "rt", PL_TAG_UNSEEN)                                                   \
    X(RUBY, "ruby", 0)                                                           \
    X(S, "s", PL_TAG_UNSEEN | PL_TAG_FORMAT)                                     \
    X(SCRIPT, "script", PL_TAG_RAW | PL_TAG_UNSEEN)                              \
    X(SECTION, "section", PL_HTML_BLOCK)                                         \
    X(SELECT, "select", PL_TAG_UNSEEN | PL_TAG_SPECIAL)                          \
    X(SMALL, "small", PL_TAG_FORMAT)                                             \
    X(SOURCE, "source", PL_TAG_VOID)                                             \
    X(SPAN, "span", 0)                                                           \
    X(STRIKE, "strike", PL_TAG_UNSEEN | PL_TAG_FORMAT)                           \
    X(STRONG, "strong", PL_TAG_FORMAT)                                           \
    X(STYLE, "style", PL_TAG_RAW | PL_TAG_UNSEEN)                                \
    X(SUB, "sub", 0)                                                             \
    X(SUMMARY, "summary", PL_HTML_BLOCK)                                         \
    X(SUP, "sup", 0)                                                             \
    X(SVG, "svg", PL_TAG_UNSEEN)                                                 \
    X(TABLE, "table", PL_TAG_GRID | PL_TAG_BLOCK | PL_TAG_ENDS_P | PL_HTML_WALL) \
    X(TBODY, "tbody", PL_TAG_GRID | PL_TAG_BLOCK | PL_TAG_SPECIAL)               \
    X(TD, "td", PL_TAG_GRID | PL_TAG_BLOCK | PL_HTML_WALL)                       \
    X(TEMPLATE, "template", PL_TAG_UNSEEN | PL_HTML_WALL)                        \
    X(TEXTAREA, "textarea", PL_TAG_RAW | PL_TAG_UNSEEN)                          \
    X(TFOOT, "tfoot", PL_TAG_GRID | PL_TAG_BLOCK | PL_TAG_SPECIAL)               \
    X(TH, "th", PL_TAG_GRID | PL_TAG_BLOCK | PL_HTML_WALL)                       \
    X(THEAD, "thead", PL_TAG_GRID | PL_TAG_BLOCK | PL_TAG_SPECIAL)               \
    X(TITLE, "title", PL_TAG_RAW | PL_TAG_UNSEEN)                                \
    X(TR, "tr", PL_TAG_GRID | PL_TAG_BLOCK | PL_TAG_SPECIAL)                     \
    X(TRACK, "track", PL_TAG_VOID)                                               \
    X(U, "u", PL_TAG_FORMAT)                                                     \
    X(UL, "ul", PL_HTML_BLOCK)                                                   \
    X(VIDEO, "video", PL_TAG_UNSEEN)                                             \
    X(WBR, "wbr", PL_TAG_VOID)                                                   \
    X(XMP, "xmp", PL_TAG_RAW | PL_TAG_UNSEEN)

#define PL_HTML_BLOCK (PL_TAG_BLOCK | PL_TAG_ENDS_P | PL_TAG_SPECIAL)
#define PL_HTML_WALL  (PL_TAG_SPECIAL | PL_TAG_SCOPE)

typedef enum pl_html_tag {
    PL_HTML_TEXT,  /* not a tag */
    PL_HTML_OTHER, /* a tag of a name that is not in the list */
#define X(name, token, flags) PL_HTML_##name,
    PL_HTML_TAG_LIST(X)
#undef X
        PL_HTML_TAG_COUNT
} pl_html_tag;

/* PL_TAG_… of a tag. */
unsigned pl_html_flags(pl_html_tag t);
/* The tag of a name, in any case of letters; OTHER when it is not known. */
pl_html_tag pl_html_tag_of(pl_str name);

typedef struct pl_html_lex {
    pl_str src;
    size_t at;
    pl_html_tag raw; /* text up to this tag's end comes next; TEXT = ordinary */
    bool xhtml;      /* `/>` ends every element */
    bool cut;        /* out: the page breaks off inside markup */
    bool quotes_off; /* a quote was never closed: quotes no longer hide `>` */
    bool no_dashes;  /* no comment's end follows */
    bool no_end[PL_HTML_TAG_COUNT]; /* no end tag of this raw element follows */
} pl_html_lex;

typedef struct pl_html_token {
    pl_html_tag tag; /* TEXT: bytes of text with character references in them */
    bool end;        /* an end tag */
    bool closed;     /* a start tag that is an end as well */
    pl_span span;    /* the token's bytes in src, `<` and `>` included */
} pl_html_token;

/* Begin reading src, which must outlive *x. */
void pl_html_lex_init(pl_html_lex *x, pl_str src);
/* The next start tag, end tag or text; comments and declarations are passed over. False
 * at the end. All calls together take time linear in src. */
bool pl_html_next(pl_html_lex *x, pl_html_token *t);

/* Attributes of a start tag, one after another: begin with *at = 0. Names as written (any
 * case), values without quotes and with their character references as written. */
bool pl_html_attr_next(pl_str tag, size_t *at, pl_str *name, pl_str *value);
/* The first attribute of a name (given in lower case); false when it is not there. */
bool pl_html_attr(pl_str tag, pl_str name, pl_str *value);

/* ASCII letters equal in any case; `lower` is in lower case. */
bool pl_html_same(pl_str s, pl_str lower);
/* Does s contain `lower`, ASCII letters in any case? */
bool pl_html_has(pl_str s, pl_str lower);

/* The character reference at the start of s, which begins with `&`: the UTF-8 it stands
 * for in out and its length; *used is the reference's bytes. 0 when it is none. */
size_t pl_html_entity(pl_str s, size_t *used, char out[4]);

#endif
