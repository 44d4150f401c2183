/* iconv, where it may be used. It loads its tables from files when an encoding is first
 * opened, which a process that may open none (base/sandbox.h) cannot do: there, what is
 * not loaded is refused and noted, so that the reading can be done again with it. */
#ifndef PL_TEXT_CONVERTER_H
#define PL_TEXT_CONVERTER_H

#include <iconv.h>

#include "base/ctx.h"

/* Sets of encodings; bit i is the i-th of the list in converter.c. */
typedef struct pl_charsets {
    unsigned loaded; /* can be opened */
    unsigned wanted; /* were asked for and are not loaded */
} pl_charsets;

/* GB18030 alone: what most documents that are not UTF-8 are in. */
enum { PL_CHARSETS_USUAL = 1u << 0, PL_CHARSETS_ALL = (1u << 8) - 1 };

/* A converter to UTF-8 from an encoding by iconv's name; to be closed with iconv_close.
 * False when this system does not know it, or it is not loaded (cx->charsets). */
PL_MUST bool pl_converter_open(pl_ctx *cx, const char *name, iconv_t *out);

/* Load encodings for the rest of this process. */
void pl_charsets_load(unsigned which);

#endif
