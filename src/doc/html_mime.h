/* The page in a web archive: multipart/related (RFC 2557), as browsers and office
 * programs save it, or a single mail with a page in it.
 *
 *   headers, empty line, preamble
 *   --boundary CRLF part headers, empty line, part    (again and again)
 *   --boundary-- */
#ifndef PL_DOC_HTML_MIME_H
#define PL_DOC_HTML_MIME_H

#include "base/ctx.h"

typedef struct pl_mime_page {
    pl_bytes body;   /* decoded, in cx->arena; or bytes of the archive */
    pl_str charset;  /* its header says; may be empty; borrows the archive */
    pl_str location; /* Content-Location; may be empty; valid UTF-8, in cx->arena */
} pl_mime_page;

/* Do the bytes begin with header lines, one of which says multipart/… or text/html? */
bool pl_mime_is(pl_bytes in);

/* The largest page of the archive: frames and sheets are parts of their own, and what
 * holds them together is small. PL_ESYNTAX when there is none; PL_ENOMEM. Linear. */
PL_MUST pl_status pl_mime_find_page(pl_ctx *cx, pl_bytes in, pl_mime_page *out);

#endif
