/* The files of lexicon/, one after the other, without comments: made by tools/embed. */
#ifndef PL_TEXT_LEXICON_DATA_H
#define PL_TEXT_LEXICON_DATA_H

#include <stddef.h>

extern const char pl_lexicon_data[]; /* UTF-8, not NUL-terminated */
extern const size_t pl_lexicon_data_bytes;
extern const size_t pl_lexicon_data_lines;

#endif
