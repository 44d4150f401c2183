/* ZIP archives of several documents: what people attach to a mail. Office packages and
 * OFD documents are ZIP files too, but no archives. */
#ifndef PL_DOC_ARCHIVE_H
#define PL_DOC_ARCHIVE_H

#include "base/wire.h"
#include "doc/doc.h"

/* A file of an archive. */
typedef struct pl_member {
    pl_str name;    /* its path in the archive */
    pl_bytes bytes; /* empty when it could not be read: err.code says why */
    pl_err err;
} pl_member;

typedef struct pl_members {
    PL_VEC(pl_member) list;
    size_t skipped; /* files that systems leave in archives: hidden, __MACOSX */
} pl_members;

/* True for a ZIP file that can be opened and is no document and no program's package.
 * Makes use of no context. */
bool pl_archive_is(pl_bytes in);

/* The files of an archive, unpacked, in its order.
 *
 * PL_ESYNTAX, PL_ELIMIT (entries, expansion), PL_ENOMEM of the archive as a whole; what
 * is wrong with one file stands there. */
PL_MUST pl_status pl_archive_read(pl_ctx *cx, pl_bytes in, pl_members *out);

/* Through a pipe, as doc/wire.h; texts and bytes borrow w's input. */
void pl_members_put(pl_buf *b, const pl_members *m);
PL_MUST pl_status pl_members_get(pl_ctx *cx, pl_wire *w, pl_members *out);

#endif
