/* The encoding of a page: what it says of itself, and what its bytes say. */
#ifndef PL_DOC_HTML_CHARSET_H
#define PL_DOC_HTML_CHARSET_H

#include "base/ctx.h"

typedef struct pl_html_decoded {
    pl_str text;    /* valid UTF-8 without byte order mark; borrows the page's bytes where
                       they were UTF-8, else in cx->arena */
    pl_str charset; /* "GB18030" */
    size_t bad;     /* bytes that were no text: U+FFFD in their place */
    size_t bad_at;  /* offset in the page of the first */
} pl_html_decoded;

/* Decode a page. In order: its byte order mark; UTF-8 when all of it is; `declared` (the
 * charset of a header, may be empty) or what its <meta> says; what its bytes look like.
 * When none fits wholly, the best of these with U+FFFD for what does not fit.
 * PL_EFORMAT when it is no text at all; PL_ENOMEM. Linear. */
PL_MUST pl_status pl_html_decode(pl_ctx *cx, pl_bytes in, pl_str declared,
                                 pl_html_decoded *out);

#endif
