/* The index behind pl_passages_like. */
#ifndef PL_JUDGE_PASSAGE_INDEX_H
#define PL_JUDGE_PASSAGE_INDEX_H

#include "judge/passage.h"

/* Fill the grams of every passage and make the index. PL_ENOMEM. */
PL_MUST pl_status pl_passages_index(pl_ctx *cx, pl_passages *ps);

#endif
