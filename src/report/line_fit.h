/* Lines of set text: where a line ends. Widths in half ems: ideographs and full-width
 * marks are two, other characters one. */
#ifndef PL_REPORT_LINE_FIT_H
#define PL_REPORT_LINE_FIT_H

#include "base/base.h"

/* Half ems of a character, and of a text. */
size_t pl_half_ems_of(uint32_t c);
size_t pl_half_ems(pl_str s);

/* Half ems of the widest piece of s that no line may end in. */
size_t pl_widest_piece(pl_str s);

/* Bytes of s that go on a line of `width` half ems: up to the last place where a line may
 * end (no mark that closes begins a line, none that opens ends one; words and figures
 * stay whole), or to a `\n`; at least one character. Spaces at the end are in it. */
size_t pl_line_fit(pl_str s, size_t width);

/* A line as it is set: without spaces at its start, which are no indent; one that ends it
 * stays, or a reader could not tell that it was there. */
pl_str pl_line_set(pl_str line);

#endif
