/* ZIP packages written into a buffer: OFD, OOXML. The same parts give the same bytes:
 * entries have no time of their own.
 *
 * Format as in zip.h; deflated (method 8), sizes in the headers, no zip64. */
#ifndef PL_CODEC_ZIP_WRITE_H
#define PL_CODEC_ZIP_WRITE_H

#include "base/buf.h"

typedef struct pl_zip_writer {
    pl_buf *out;
    pl_buf directory;
    uint32_t n; /* entries so far */
} pl_zip_writer;

/* A package at the end of `out`, which must be empty and outlive the writer. End it with
 * pl_zip_writer_end, also after a failure. */
void pl_zip_writer_begin(pl_zip_writer *w, pl_buf *out);

/* Add an entry; names are valid UTF-8 with `/` between folders.
 * PL_ELIMIT  more than 65535 entries, or 4 GiB;  PL_ENOMEM  also when `out` is full. */
PL_MUST pl_status pl_zip_write(pl_ctx *cx, pl_zip_writer *w, pl_str name, pl_str data);

/* Write the directory when `whole`, and end the writer. PL_ENOMEM. */
PL_MUST pl_status pl_zip_writer_end(pl_ctx *cx, pl_zip_writer *w, bool whole);

#endif
