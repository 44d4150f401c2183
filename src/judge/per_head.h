/* Per how many people: 每千名常住人口, 人/万人, 人均, per 1,000 residents. */
#ifndef PL_JUDGE_PER_HEAD_H
#define PL_JUDGE_PER_HEAD_H

#include "base/base.h"

typedef struct pl_per {
    int people; /* 1: 人均; 0: not per head */
} pl_per;

/* What a name (folded) says. Others than people (每百户, 每千名老年人) are none. */
pl_per pl_per_of_name(pl_str name);
/* The name behind that: 养老床位数 of 每千名常住人口养老床位数; else the whole of it. */
pl_str pl_per_rest(pl_str name);
/* What stands behind the stroke of a unit. */
pl_per pl_per_of_unit(pl_str unit);
/* The unit without its stroke and what is behind it. */
pl_str pl_per_above(pl_str unit);

static inline bool pl_per_is_none(pl_per per)
{
    return per.people == 0;
}

/* `万`, for messages; empty for 人均. */
const char *pl_per_zh(pl_per per);

#endif
