#include "service/compare.h"
#include "records/plan_load.h"

pl_status pl_service_compare(pl_ctx *cx, pl_store *s, const pl_principal *who,
                             pl_str old_plan, pl_str new_plan, pl_comparison **out)
{
    pl_plan *was, *now;

    PL_TRY(pl_plan_load(cx, s, who->region_id, old_plan, &was));
    PL_TRY(pl_plan_load(cx, s, who->region_id, new_plan, &now));
    return pl_compare_plans(cx, was, now, out);
}
