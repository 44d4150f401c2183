/* A stranger's file read in a confined process of its own.
 *
 *   this process              the reader (base/sandbox.h)
 *   bytes of the file   ───>  decode: zip, xml, html, layout …
 *   PDF: poppler's programs
 *   run confined        ───>
 *   check, judge        <───  document, or files of an archive, or failure (doc/wire.h)
 */
#ifndef PL_BOX_BOX_H
#define PL_BOX_BOX_H

#include "doc/archive.h"

/* One of the two. */
typedef struct pl_box_found {
    pl_doc *doc;        /* NULL: an archive */
    pl_members members; /* of an archive */
} pl_box_found;

/* Read a file, confined when cx->sandbox is set, in this process when it is not; the
 * limits of memory are the same, those of time need a process of their own.
 *
 *   in   the file's bytes; must outlive *out
 *   out  in cx->arena
 *
 * As pl_doc_read, for an archive as pl_archive_read; and PL_ESTOPPED when the reader did
 * what it may not, PL_ELIMIT when it took too long. */
PL_MUST pl_status pl_box_read(pl_ctx *cx, pl_bytes in, pl_box_found *out);

/* The same for one document: an archive is refused. */
PL_MUST pl_status pl_box_doc(pl_ctx *cx, pl_bytes in, pl_doc **out);

#endif
