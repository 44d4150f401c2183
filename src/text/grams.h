/* What text is searched by: words of letters and digits, and for writings without spaces
 * each character and each pair of neighbours (bigrams). */
#ifndef PL_TEXT_GRAMS_H
#define PL_TEXT_GRAMS_H

#include "base/ctx.h"

/* What the grams are for. */
typedef enum pl_gram_use {
    PL_GRAM_INDEX, /* all of them: words, characters, pairs */
    PL_GRAM_QUERY  /* those that say most: pairs, single characters only on their own */
} pl_gram_use;

/* The grams of `text`, each once, with a space between two, in cx->arena; empty when
 * there is nothing to search by. Folded (text/fold.h), ASCII letters small. They hold
 * letters, digits and characters beyond ASCII only, no marks. Linear. PL_ENOMEM. */
PL_MUST pl_status pl_grams(pl_ctx *cx, pl_str text, pl_gram_use use, pl_str *out);

#endif
