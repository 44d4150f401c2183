/* Folders and patterns of file names: what a command line names. */
#ifndef PL_BASE_FOLDER_H
#define PL_BASE_FOLDER_H

#include "base/ctx.h"
#include "base/vec.h"

typedef PL_VEC(const char *) pl_paths;

/* True when path is a folder. */
bool pl_folder_is(const char *path);

/* Append all files in a folder and the folders in it, in order of their names' bytes;
 * hidden ones (`.x`) and folders behind symbolic links are left out. Names are in
 * cx->arena.
 *
 * PL_EIO when it, or a folder in it, cannot be listed; PL_ELIMIT deeper than limits.depth
 * or with more than `most` files; PL_ENOMEM. */
PL_MUST pl_status pl_folder_files(pl_ctx *cx, const char *path, size_t most,
                                  pl_paths *out);

/* True when path holds `*`, `?` or `[` and no file bears that name. */
bool pl_pattern_is(const char *path);

/* Append the files and folders that match a pattern as of sh, in order.
 * PL_ENOTFOUND when there are none; PL_ENOMEM. */
PL_MUST pl_status pl_pattern_paths(pl_ctx *cx, const char *pattern, pl_paths *out);

#endif
