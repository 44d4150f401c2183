/* Operations on plans and what they hold. */
#include "http/route.h"

static void put_plan(pl_json *j, const pl_plan_line *l)
{
    pl_json_open(j, '{');
    pl_json_put_str(j, PL_S("id"), l->plan_id);
    pl_json_put_str(j, PL_S("kind"), l->kind);
    pl_json_put_str(j, PL_S("title"), l->title);
    pl_json_put_int(j, PL_S("year"), l->year);
    pl_json_put_int(j, PL_S("judged_year"), l->judged_year);
    pl_json_put_int(j, PL_S("indicators"), l->rows);
    pl_json_put_int(j, PL_S("tasks"), l->tasks);
    pl_json_put_int(j, PL_S("met"), l->met);
    pl_json_put_int(j, PL_S("missed"), l->missed);
    pl_json_close(j);
}

static pl_status plan_list(pl_call *c)
{
    pl_plan_lines lines;

    PL_TRY(pl_service_plans(c->cx, c->store, c->who.region_id, &lines));
    pl_json_open(&c->out, '{');
    pl_json_put_open(&c->out, PL_S("items"), '[');
    for (size_t i = 0; i < lines.n; i++)
        put_plan(&c->out, &lines.p[i]);
    pl_json_close(&c->out);
    pl_json_key(&c->out, PL_S("next"));
    pl_json_null(&c->out);
    pl_json_put_int(&c->out, PL_S("total"), (int64_t)lines.n);
    pl_json_close(&c->out);
    return PL_OK;
}

static const pl_field plan_fields[] = {
    PL_FIELD("id", TEXT, "编号", "id"),
    PL_FIELD_TOKENS("kind", "annual term", "年度计划或五年规划", "annual or of a term"),
    PL_FIELD("title", TEXT, "标题", "title"),
    PL_FIELD("year", INT, "目标年份", "year that it sets targets for"),
    PL_FIELD("judged_year", INT, "报告年份", "year that it reports on; 0: none"),
    PL_FIELD("indicators", INT, "指标行数", "rows of indicators"),
    PL_FIELD("tasks", INT, "任务数", "tasks"),
    PL_FIELD("met", INT, "完成", "indicators met"),
    PL_FIELD("missed", INT, "未完成", "indicators missed"),
    PL_FIELD_END,
};

const pl_route pl_routes_plan[] = {
    {.method = PL_METHOD_GET,
     .path = PL_S_INIT("/api/v1/plans"),
     .perm = PL_PERM_PLAN_READ,
     .run = plan_list,
     .name = PL_S_INIT("plan_list"),
     .says = {PL_S_INIT("规划列表"), PL_S_INIT("the plans of the region")},
     .answer = plan_fields,
     .flags = PL_ROUTE_LIST},
    {.run = NULL},
};
