/* ZIP packages (OOXML, OFD) held in memory, read and nothing else.
 *
 * The directory is read here and the data inflated by zlib: a library that hides the
 * offsets of entries cannot be asked whether they overlap, and two readings of one
 * directory could differ. All memory is in cx->arena, so a pl_zip needs no closing.
 *
 * Format: PKWARE APPNOTE 6.3.10, clauses 4.3.7 (local header), 4.3.12 (central
 * directory), 4.3.14 to 4.3.16 (its end, zip64). Methods 0 and 8 only, one volume. */
#ifndef PL_CODEC_ZIP_H
#define PL_CODEC_ZIP_H

#include "base/ctx.h"

typedef struct pl_zip pl_zip;

/* True when b begins as a ZIP package does (a first entry, or an empty directory). */
bool pl_zip_is(pl_bytes b);

/* Read the directory of a package.
 *
 *   in   the package; must outlive *out and what is read from it
 *
 * PL_ESYNTAX  truncated, entries that overlap or lie outside, a path with `..`
 * PL_ELIMIT   more entries than limits.entries;  PL_ENOMEM. n log n in entries. */
PL_MUST pl_status pl_zip_open(pl_ctx *cx, pl_bytes in, pl_zip **out);

/* Entries, folders included, and the path of one: `/` between names, none at the start,
 * no `.` or `..`; valid UTF-8. A name that is in GB18030, as Chinese systems write it, is
 * decoded; other bytes become U+FFFD. */
size_t pl_zip_count(const pl_zip *z);
pl_str pl_zip_name(const pl_zip *z, size_t i);
/* True for an entry that stands for a folder: it is written with a `/` at its end. */
bool pl_zip_is_folder(const pl_zip *z, size_t i);

/* The entry of a path as it would be written in a package (a leading `/`, `\`, `.` and
 * `..` are resolved); case as written goes first, then any ASCII case. Of two entries of
 * one name the later counts. False when there is none. */
bool pl_zip_find(const pl_zip *z, pl_str path, size_t *i);

/* The bytes of an entry; in cx->arena, or part of the package where it was stored plain.
 *
 * PL_EENCRYPTED  PL_EFORMAT (a compression that is not read)
 * PL_ESYNTAX     damaged: checksum, length or stream
 * PL_ELIMIT      it, or all that was read so far, expands beyond limits.expanded_bytes or
 *                beyond expansion_ratio times its size (the first 10 MiB are free)
 * PL_ENOMEM */
PL_MUST pl_status pl_zip_read_at(pl_ctx *cx, pl_zip *z, size_t i, pl_bytes *out);

/* pl_zip_find and pl_zip_read_at. PL_ENOTFOUND. */
PL_MUST pl_status pl_zip_read(pl_ctx *cx, pl_zip *z, pl_str path, pl_bytes *out);

/* The path of `target` as the part `from` writes it: relative to the folder of `from`
 * unless it begins with `/`. In cx->arena, in the form of pl_zip_name.
 * PL_ESYNTAX when it leaves the package; PL_ENOMEM. */
PL_MUST pl_status pl_zip_path(pl_ctx *cx, pl_str from, pl_str target, pl_str *out);

#endif
