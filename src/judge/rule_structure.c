/* What was odd in the document's build: tables with ragged rows, cells cut. */
#include "judge/rules.h"

static pl_status say(pl_ctx *cx, pl_check *check, const pl_oddity *o)
{
    pl_relation *r;

    PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_STRUCTURE, PL_SEVERITY_WARNING,
                           &r));
    r->message = (pl_bitext){o->zh, o->en};
    return pl_relation_at(cx, r, o->place, (pl_str){0});
}

pl_status pl_rule_structure(pl_ctx *cx, pl_check *check)
{
    for (size_t i = 0; i < check->plan->doc->oddities.n; i++)
        PL_TRY(say(cx, check, &check->plan->doc->oddities.p[i]));
    for (size_t i = 0; i < check->plan->oddities.n; i++)
        PL_TRY(say(cx, check, &check->plan->oddities.p[i]));
    return PL_OK;
}
