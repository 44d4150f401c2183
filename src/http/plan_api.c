/* Operations on plans and what they hold. */
#include "http/list_api.h"
#include "http/plan_write_api.h"
#include "records/audit.h"
#include "report/compare_text.h"
#include "service/overview.h"
#include "service/search.h"

/* ---- Lists */

static pl_str plan_of(const pl_call *c)
{
    return pl_call_param(c, PL_S("plan"));
}

/* PL_ENOTFOUND when the path's plan is none. */
static pl_status find_plan(pl_call *c, pl_listing *out)
{
    pl_list_query q;

    PL_TRY(pl_call_list_query(c, PL_RESOURCE_PLAN, plan_of(c), &q));
    return pl_list_one(c->cx, c->store, &c->who, &q, q.key, out);
}

static pl_status list_of_plan(pl_call *c, pl_resource resource)
{
    pl_listing plan;

    PL_TRY(find_plan(c, &plan));
    return pl_call_list(c, resource, plan_of(c), (pl_str){0});
}

/* Handlers of lists, X(name, RESOURCE): of a plan, of the region. */
#define LISTS_OF_PLAN(X)           \
    X(plan_indicators, INDICATORS) \
    X(plan_tasks, TASKS)           \
    X(plan_goals, GOALS)           \
    X(plan_facts, FACTS)           \
    X(plan_sections, SECTIONS)     \
    X(plan_verdicts, VERDICTS)     \
    X(plan_units, PLAN_UNITS)      \
    X(plan_findings, FINDINGS)
#define LISTS_OF_REGION(X)      \
    X(plan_list, PLANS)         \
    X(indicator_list, CONCEPTS) \
    X(unit_list, UNITS)         \
    X(region_list, REGIONS)     \
    X(audit_list, AUDIT)

#define X(name, RESOURCE)                               \
    static pl_status name(pl_call *c)                   \
    {                                                   \
        return list_of_plan(c, PL_RESOURCE_##RESOURCE); \
    }
LISTS_OF_PLAN(X)
#undef X
#define X(name, RESOURCE)                                                         \
    static pl_status name(pl_call *c)                                             \
    {                                                                             \
        return pl_call_list(c, PL_RESOURCE_##RESOURCE, (pl_str){0}, (pl_str){0}); \
    }
LISTS_OF_REGION(X)
#undef X

/* ---- One */

/* The row of a resource with this id, as an object that stays open. */
static pl_status open_one(pl_call *c, pl_resource resource, pl_str key, pl_str id,
                          pl_listing *out)
{
    pl_list_query q;

    PL_TRY(pl_call_list_query(c, resource, key, &q));
    PL_TRY(pl_list_one(c->cx, c->store, &c->who, &q, id, out));
    pl_json_open(&c->out, '{');
    pl_listing_members(&c->out, out, 0);
    return PL_OK;
}

/* Its revision is its entity tag, where it has one. */
static pl_status tag(pl_call *c, const pl_listing *one)
{
    size_t at = pl_listing_field(one, PL_S("revision"));

    return at == PL_NOPOS ? PL_OK
                          : pl_revision_text(c->cx, one->rows.p[0][at].i, &c->etag);
}

static pl_status plan_get(pl_call *c)
{
    pl_listing plan;

    PL_TRY(open_one(c, PL_RESOURCE_PLAN, plan_of(c), plan_of(c), &plan));
    pl_json_close(&c->out);
    return PL_OK;
}

static pl_status plan_indicator_get(pl_call *c)
{
    pl_str ordinal = pl_call_param(c, PL_S("ordinal"));
    pl_str concept;
    pl_listing row;

    PL_TRY(open_one(c, PL_RESOURCE_INDICATORS, plan_of(c), ordinal, &row));
    concept = pl_listing_text(&row, 0, PL_S("indicator"));
    PL_TRY(pl_call_put_list(c, PL_S("series"), PL_RESOURCE_SERIES, concept));
    PL_TRY(pl_call_put_list(c, PL_S("revisions"), PL_RESOURCE_REVISIONS, concept));
    pl_json_close(&c->out);
    return tag(c, &row);
}

static pl_status finding_get(pl_call *c)
{
    pl_listing one;

    PL_TRY(open_one(c, PL_RESOURCE_FINDINGS, plan_of(c),
                    pl_call_param(c, PL_S("finding")), &one));
    pl_json_close(&c->out);
    return tag(c, &one);
}

static pl_status indicator_get(pl_call *c)
{
    pl_str id = pl_call_param(c, PL_S("indicator"));
    pl_listing one;

    PL_TRY(open_one(c, PL_RESOURCE_CONCEPTS, id, id, &one));
    PL_TRY(pl_call_put_list(c, PL_S("series"), PL_RESOURCE_SERIES, id));
    PL_TRY(pl_call_put_list(c, PL_S("revisions"), PL_RESOURCE_REVISIONS, id));
    PL_TRY(pl_call_put_list(c, PL_S("rows"), PL_RESOURCE_CONCEPT_ROWS, id));
    pl_json_close(&c->out);
    return PL_OK;
}

/* The rows of a plan that name a unit: `units` of tasks, `responsible` of indicators. */
static pl_status put_named(pl_call *c, pl_str name, pl_resource resource, pl_str column,
                           pl_str plan, pl_str unit)
{
    pl_filter by = {column, unit};
    pl_list_query q;
    pl_listing l;

    PL_TRY(pl_call_list_query(c, resource, plan, &q));
    q.filters = &by;
    q.n_filters = 1;
    PL_TRY(pl_list(c->cx, c->store, &c->who, &q, &l));
    pl_json_key(&c->out, name);
    pl_listing_rows(&c->out, &l);
    return PL_OK;
}

/* The plan asked for, else the latest; empty when there is none. */
static pl_status choose_plan(pl_call *c, pl_str *out)
{
    pl_list_query q;
    pl_listing l;

    *out = pl_call_query(c, PL_S("plan"));
    if (out->n)
        return PL_OK;
    PL_TRY(pl_call_list_query(c, PL_RESOURCE_PLANS, (pl_str){0}, &q));
    q.limit = 1;
    PL_TRY(pl_list(c->cx, c->store, &c->who, &q, &l));
    *out = pl_listing_text(&l, 0, PL_S("id"));
    return PL_OK;
}

static pl_status unit_get(pl_call *c)
{
    pl_str id = pl_call_param(c, PL_S("unit")), name, plan;
    pl_listing unit;

    PL_TRY(open_one(c, PL_RESOURCE_UNITS, id, id, &unit));
    name = pl_listing_text(&unit, 0, PL_S("name"));
    PL_TRY(choose_plan(c, &plan));
    pl_json_put_str_or_null(&c->out, PL_S("plan"), plan);
    PL_TRY(put_named(c, PL_S("tasks"), PL_RESOURCE_TASKS, PL_S("units"), plan, id));
    PL_TRY(put_named(c, PL_S("rows"), PL_RESOURCE_INDICATORS, PL_S("responsible"), plan,
                     name));
    pl_json_close(&c->out);
    return tag(c, &unit);
}

/* ---- Overview */

static void put_rows(pl_json *j, pl_str name, const pl_listing *l)
{
    pl_json_key(j, name);
    pl_listing_rows(j, l);
}

/* Shares in per cent, to one place. */
static void put_share(pl_json *j, pl_str name, size_t part, size_t whole)
{
    pl_dec share;

    if (whole && pl_dec_div(PL_DEC_INT((int64_t)part * 100), PL_DEC_INT((int64_t)whole),
                            1, &share))
        pl_json_put_dec(j, name, share);
    else
        pl_json_put_str_or_null(j, name, (pl_str){0});
}

static void put_summary(pl_json *j, const pl_overview *o)
{
    pl_json_put_open(j, PL_S("summary"), '{');
    pl_json_put_int(j, PL_S("indicators"), (int64_t)o->indicators);
    pl_json_put_int(j, PL_S("met"), (int64_t)o->met);
    pl_json_put_int(j, PL_S("missed"), (int64_t)o->missed);
    pl_json_put_int(j, PL_S("undetermined"), (int64_t)o->undetermined);
    put_share(j, PL_S("met_share"), o->met, o->indicators);
    put_share(j, PL_S("missed_share"), o->missed, o->indicators);
    put_share(j, PL_S("undetermined_share"), o->undetermined, o->indicators);
    pl_json_close(j);
}

static void put_changes(pl_json *j, const pl_overview *o)
{
    pl_json_key(j, PL_S("changes"));
    if (!o->changes) {
        pl_json_null(j);
        return;
    }
    pl_json_open(j, '{');
    pl_json_put_str(j, PL_S("plan"), o->before_id);
    pl_json_put_str(j, PL_S("title"), o->before_title);
    pl_json_put_open(j, PL_S("summary"), '{');
    for (int s = 0; s < PL_SHIFT_COUNT; s++)
        pl_json_put_int(j, pl_shift_token((pl_shift)s), (int64_t)o->changes->n[s]);
    pl_json_close(j);
    pl_json_close(j);
}

static pl_status plan_overview(pl_call *c)
{
    pl_json *j = &c->out;
    pl_list_query q;
    pl_overview o;

    PL_TRY(pl_call_list_query(c, PL_RESOURCE_PLAN, plan_of(c), &q));
    PL_TRY(pl_service_overview(c->cx, c->store, &c->who, plan_of(c), q.as_of_s, &o));
    pl_json_open(j, '{');
    pl_json_put_open(j, PL_S("plan"), '{');
    pl_listing_members(j, &o.plan, 0);
    pl_json_close(j);
    put_summary(j, &o);
    put_rows(j, PL_S("missed"), &o.missed_rows);
    put_rows(j, PL_S("sections"), &o.sections);
    put_rows(j, PL_S("units"), &o.units);
    put_rows(j, PL_S("findings"), &o.findings);
    put_rows(j, PL_S("term"), &o.term);
    put_changes(j, &o);
    pl_json_close(j);
    return PL_OK;
}

/* ---- Comparisons, search, audit */

static pl_status comparison_get(pl_call *c)
{
    pl_str was = pl_call_query(c, PL_S("old")), now = pl_call_query(c, PL_S("new"));
    pl_comparison *made;

    PL_TRY(pl_service_compare(c->cx, c->store, &c->who, was, now, &made));
    pl_compare_json(&c->out, made, was, now);
    return PL_OK;
}

static pl_status comparison_regions(pl_call *c)
{
    return pl_call_list(c, PL_RESOURCE_REGION_ROWS, pl_call_query(c, PL_S("year")),
                        PL_S("year"));
}

static pl_status search_get(pl_call *c)
{
    int64_t limit;
    pl_listing l;

    PL_TRY(pl_call_query_int(c, PL_S("limit"), 1, PL_LIST_LIMIT_MOST, PL_LIST_LIMIT,
                             &limit));
    PL_TRY(pl_service_search(c->cx, c->store, &c->who, pl_call_query(c, PL_S("q")),
                             (size_t)limit, &l));
    pl_listing_json(&c->out, &l);
    return PL_OK;
}

/* The chain's end; when it does not hold, what is wrong. */
static pl_status audit_verify(pl_call *c)
{
    pl_anchor end = {0};
    pl_status st = pl_audit_verify(c->cx, c->store, NULL, 0, &end);

    if (st != PL_OK && st != PL_EFORMAT)
        return st;
    pl_json_open(&c->out, '{');
    pl_json_put_bool(&c->out, PL_S("whole"), st == PL_OK);
    pl_json_put_int(&c->out, PL_S("seq"), end.seq);
    pl_json_put_str(&c->out, PL_S("hash"), pl_str_from(end.hash));
    pl_json_put_str_or_null(&c->out, PL_S("wrong"),
                            st == PL_OK ? (pl_str){0} : pl_str_from(c->cx->err.msg));
    pl_json_close(&c->out);
    return PL_OK;
}

/* ---- The table */

#define FIELDS(RESOURCE) PL_COLUMNS_##RESOURCE(PL_LIST_FIELD)

static const pl_field as_of_params[] = {
    PL_FIELD("as_of", TIME, "截至时刻", "the moment that it is asked as of"),
    PL_FIELD_END,
};
static const pl_field unit_params[] = {
    PL_FIELD("plan", TEXT, "规划，缺省为最新", "of which plan; the latest unless given"),
    PL_FIELD("as_of", TIME, "截至时刻", "the moment that it is asked as of"),
    PL_FIELD_END,
};
static const pl_field comparison_params[] = {
    PL_FIELD_NEEDED("old", TEXT, "先前的规划", "the earlier plan"),
    PL_FIELD_NEEDED("new", TEXT, "其后的规划", "the later plan"),
    PL_FIELD_END,
};
static const pl_field region_params[] = {
    PL_FIELD_NEEDED("year", INT, "评判年度", "year judged"),
    PL_FIELD("limit", INT, "每页行数，至多 500", "rows of a page, 500 at most"),
    PL_FIELD("cursor", TEXT, "上一页的 next", "`next` of the page before"),
    PL_FIELD("q", TEXT, "包含的文字", "text that a row holds"),
    PL_FIELD_TOKENS("format", "json csv ndjson", "格式", "format"),
    PL_FIELD_END,
};
static const pl_field search_params[] = {
    PL_FIELD_NEEDED("q", TEXT, "查找的文字", "what to look for"),
    PL_FIELD("limit", INT, "至多行数", "rows at most"),
    PL_FIELD_END,
};

#define X(NAME, name, values, cut) \
    static const pl_field name##_fields[] = {FIELDS(NAME) PL_FIELD_END};
X(PLANS, plans, , )
X(GOALS, goals, , )
X(FACTS, facts, , )
X(SECTIONS, sections, , )
X(VERDICTS, verdicts, , )
X(TASKS, tasks, , )
X(INDICATORS, indicators, , )
X(PLAN_UNITS, plan_units, , )
X(UNITS, units, , )
X(FINDINGS, findings, , )
X(FINDING_COUNTS, finding_counts, , )
X(REGIONS, regions, , )
X(AUDIT, audit, , )
X(CONCEPTS, concepts, , )
X(SERIES, series, , )
X(REVISIONS, revisions, , )
X(CONCEPT_ROWS, concept_rows, , )
X(TERM, term, , )
X(SECTION_TASKS, section_tasks, , )
X(HITS, hits, , )
X(REGION_ROWS, region_rows, , )
#undef X

static const pl_field indicator_fields[] = {
    FIELDS(INDICATORS) PL_FIELD_OF("series", OBJECTS, series_fields, "历年序列",
                                   "what is known of each year"),
    PL_FIELD_OF("revisions", OBJECTS, revisions_fields, "修订", "every revision"),
    PL_FIELD_END,
};
static const pl_field concept_fields[] = {
    FIELDS(CONCEPTS) PL_FIELD_OF("series", OBJECTS, series_fields, "历年序列",
                                 "what is known of each year"),
    PL_FIELD_OF("revisions", OBJECTS, revisions_fields, "修订", "every revision"),
    PL_FIELD_OF("rows", OBJECTS, concept_rows_fields, "各规划中的行",
                "its rows in plans"),
    PL_FIELD_END,
};
static const pl_field unit_fields[] = {
    FIELDS(UNITS) PL_FIELD_OR_NULL("plan", TEXT, "规划", "the plan looked at"),
    PL_FIELD_OF("tasks", OBJECTS, tasks_fields, "任务", "its tasks"),
    PL_FIELD_OF("rows", OBJECTS, indicators_fields, "指标行", "its rows of indicators"),
    PL_FIELD_END,
};
static const pl_field summary_fields[] = {
    PL_FIELD("indicators", INT, "指标数", "indicators"),
    PL_FIELD("met", INT, "完成", "met"),
    PL_FIELD("missed", INT, "未完成", "missed"),
    PL_FIELD("undetermined", INT, "无法判定", "undetermined"),
    PL_FIELD_OR_NULL("met_share", DECIMAL, "完成占比，%", "share met, per cent"),
    PL_FIELD_OR_NULL("missed_share", DECIMAL, "未完成占比，%", "share missed, per cent"),
    PL_FIELD_OR_NULL("undetermined_share", DECIMAL, "无法判定占比，%",
                     "share undetermined, per cent"),
    PL_FIELD_END,
};
#define SHIFT_FIELD(name, token, zh, en) PL_FIELD(token, INT, zh, en),
static const pl_field shift_fields[] = {PL_SHIFT_LIST(SHIFT_FIELD) PL_FIELD_END};
static const pl_field changes_fields[] = {
    PL_FIELD("plan", TEXT, "上年规划", "plan of the year before"),
    PL_FIELD("title", TEXT, "标题", "its title"),
    PL_FIELD_OF("summary", OBJECT, shift_fields, "变化", "what became of its indicators"),
    PL_FIELD_END,
};
static const pl_field overview_fields[] = {
    PL_FIELD_OF("plan", OBJECT, plans_fields, "规划", "the plan"),
    PL_FIELD_OF("summary", OBJECT, summary_fields, "汇总", "sums"),
    PL_FIELD_OF("missed", OBJECTS, verdicts_fields, "未完成", "what was missed"),
    PL_FIELD_OF("sections", OBJECTS, section_tasks_fields, "各章节任务",
                "tasks by section"),
    PL_FIELD_OF("units", OBJECTS, plan_units_fields, "各单位", "by unit"),
    PL_FIELD_OF("findings", OBJECTS, finding_counts_fields, "问题", "findings"),
    PL_FIELD_OF("term", OBJECTS, term_fields, "五年目标进展",
                "progress towards targets of the term"),
    PL_FIELD_ROW("changes", OBJECT, PL_FIELD_SAYS("较上年规划", "since the year before"),
                 .fields = changes_fields, .nullable = true),
    PL_FIELD_END,
};
static const pl_field shift_row_fields[] = {
    PL_FIELD("change", TEXT, "变化", "what became of it"),
    PL_FIELD_OR_NULL("by", DECIMAL, "幅度", "by how much"),
    PL_FIELD_OR_NULL("was", OBJECT, "先前", "in the earlier plan"),
    PL_FIELD_OR_NULL("now", OBJECT, "其后", "in the later plan"),
    PL_FIELD_END,
};
static const pl_field comparison_fields[] = {
    PL_FIELD("was", TEXT, "先前的规划", "the earlier plan"),
    PL_FIELD("now", TEXT, "其后的规划", "the later plan"),
    PL_FIELD_OF("summary", OBJECT, shift_fields, "汇总", "sums"),
    PL_FIELD_OF("rows", OBJECTS, shift_row_fields, "各指标", "indicators"),
    PL_FIELD_END,
};
static const pl_field verification_fields[] = {
    PL_FIELD("whole", BOOL, "完整", "the chain holds"),
    PL_FIELD("seq", INT, "末条序号", "number of the last entry"),
    PL_FIELD("hash", TEXT, "末条校验值", "its hash"),
    PL_FIELD_OR_NULL("wrong", TEXT, "不符之处", "what is wrong"),
    PL_FIELD_END,
};

static const pl_field waiver_body[] = {
    PL_FIELD_NEEDED("waived", BOOL, "豁免；false 为恢复", "waive; false: take up again"),
    PL_FIELD_NEEDED("reason", TEXT, "理由", "why"),
    PL_FIELD_END,
};
static const pl_field link_body[] = {
    PL_FIELD_NEEDED("confirm", BOOL, "是同一指标；false 为另立指标",
                    "it is that indicator; false: one of its own"),
    PL_FIELD_END,
};
static const pl_field unit_body[] = {
    PL_FIELD_OR_NULL("parent", TEXT, "上级单位编号，null 为无",
                     "id of the parent; null: none"),
    PL_FIELD("aliases", TEXTS, "别名，全部", "other names, all of them"),
    PL_FIELD_END,
};
static const pl_field bulk_params[] = {
    PL_FIELD_TOKENS("dry_run", "0 1", "1 为只检查不写入", "1: look only, write nothing"),
    PL_FIELD_END,
};
static const pl_field bulk_row_fields[] = {
    PL_FIELD("row", INT, "行号，从 1 起", "row, from 1"),
    PL_FIELD("name", TEXT, "单位", "unit"),
    PL_FIELD_TOKENS("result", "created updated same refused", "结果",
                    "what became of it"),
    PL_FIELD_OR_NULL("wrong", TEXT, "拒绝的原因", "why it was refused"),
    PL_FIELD_END,
};
static const pl_field bulk_fields[] = {
    PL_FIELD("dry_run", BOOL, "只检查", "nothing was written"),
    PL_FIELD_OF("rows", OBJECTS, bulk_row_fields, "各行", "rows"),
    PL_FIELD_END,
};

/* A GET of one thing, and of a list. */
#define GET(where, may, handler, zh, en, params, fields, more)                     \
    {                                                                              \
        .method = PL_METHOD_GET, .path = PL_S_INIT("/api/v1" where),               \
        .perm = PL_PERM_##may, .run = handler, .name = PL_S_INIT(#handler),        \
        .says = {PL_S_INIT(zh), PL_S_INIT(en)}, .query = params, .answer = fields, \
        .flags = more                                                              \
    }
#define LIST(where, may, handler, zh, en, fields) \
    GET(where, may, handler, zh, en, pl_list_params, fields, PL_ROUTE_LIST)

const pl_route pl_routes_plan[] = {
    LIST("/plans", OWN_READ, plan_list, "规划列表", "plans of the region", plans_fields),
    GET("/plans/{plan}", OWN_READ, plan_get, "规划", "a plan", as_of_params, plans_fields,
        0),
    GET("/plans/{plan}/overview", OWN_READ, plan_overview, "规划概览",
        "a plan in one look", as_of_params, overview_fields, 0),
    LIST("/plans/{plan}/indicators", OWN_READ, plan_indicators, "规划的指标",
         "its rows of indicators", indicators_fields),
    GET("/plans/{plan}/indicators/{ordinal}", OWN_READ, plan_indicator_get,
        "规划的一行指标", "a row, with the series of its indicator", as_of_params,
        indicator_fields, 0),
    LIST("/plans/{plan}/tasks", OWN_READ, plan_tasks, "规划的任务", "its tasks",
         tasks_fields),
    LIST("/plans/{plan}/goals", OWN_READ, plan_goals, "规划文中的目标",
         "its goals in sentences", goals_fields),
    LIST("/plans/{plan}/facts", PLAN_READ, plan_facts, "规划文中的数据", "its quantities",
         facts_fields),
    LIST("/plans/{plan}/sections", PLAN_READ, plan_sections, "规划的章节", "its outline",
         sections_fields),
    LIST("/plans/{plan}/verdicts", OWN_READ, plan_verdicts, "规划的判定", "its verdicts",
         verdicts_fields),
    LIST("/plans/{plan}/units", OWN_READ, plan_units, "规划的责任单位",
         "units that it names", plan_units_fields),
    LIST("/plans/{plan}/findings", FINDING_READ, plan_findings, "规划的问题",
         "its findings", findings_fields),
    GET("/plans/{plan}/findings/{finding}", FINDING_READ, finding_get, "一个问题",
        "a finding", as_of_params, findings_fields, 0),
    LIST("/indicators", OWN_READ, indicator_list, "历年指标", "indicators across plans",
         concepts_fields),
    GET("/indicators/{indicator}", OWN_READ, indicator_get, "历年指标及其序列",
        "an indicator with its series and revisions", as_of_params, concept_fields, 0),
    LIST("/units", OWN_READ, unit_list, "单位", "units", units_fields),
    GET("/units/{unit}", OWN_READ, unit_get, "单位及其任务和指标",
        "a unit with its tasks and indicators", unit_params, unit_fields, 0),
    LIST("/regions", OPEN, region_list, "地区", "regions", regions_fields),
    GET("/comparisons", PLAN_READ, comparison_get, "两份规划比较", "two plans compared",
        comparison_params, comparison_fields, 0),
    GET("/comparisons/regions", PLAN_READ, comparison_regions, "各地区指标比较",
        "indicators of several regions", region_params, region_rows_fields,
        PL_ROUTE_LIST),
    GET("/search", OWN_READ, search_get, "查找", "search", search_params, hits_fields,
        PL_ROUTE_LIST),
    LIST("/audit", AUDIT_READ, audit_list, "审计记录", "audit log", audit_fields),
    GET("/audit/verification", AUDIT_READ, audit_verify, "核验审计链",
        "the audit chain, verified", NULL, verification_fields, PL_ROUTE_SLOW),
    {.method = PL_METHOD_POST,
     .path = PL_S_INIT("/api/v1/plans/{plan}/findings/{finding}/waivers"),
     .perm = PL_PERM_FINDING_WAIVE,
     .run = pl_waiver_post,
     .name = PL_S_INIT("finding_waive"),
     .says = {PL_S_INIT("豁免或恢复问题"),
              PL_S_INIT("waive a finding, or take it up again")},
     .body = waiver_body,
     .answer = findings_fields},
    {.method = PL_METHOD_POST,
     .path = PL_S_INIT("/api/v1/plans/{plan}/links/{ordinal}"),
     .perm = PL_PERM_LINK_CONFIRM,
     .run = pl_link_post,
     .name = PL_S_INIT("link_confirm"),
     .says = {PL_S_INIT("确认或否定指标对应"),
              PL_S_INIT("confirm or refuse a row's indicator")},
     .body = link_body,
     .answer = indicators_fields,
     .flags = PL_ROUTE_MATCH},
    {.method = PL_METHOD_PATCH,
     .path = PL_S_INIT("/api/v1/units/{unit}"),
     .perm = PL_PERM_UNIT_EDIT,
     .run = pl_unit_patch,
     .name = PL_S_INIT("unit_edit"),
     .says = {PL_S_INIT("修改单位的上级和别名"),
              PL_S_INIT("a unit's parent and aliases")},
     .body = unit_body,
     .answer = units_fields,
     .flags = PL_ROUTE_MATCH},
    {.method = PL_METHOD_POST,
     .path = PL_S_INIT("/api/v1/units/bulk"),
     .perm = PL_PERM_UNIT_EDIT,
     .run = pl_units_bulk,
     .name = PL_S_INIT("units_bulk"),
     .says = {PL_S_INIT("批量导入单位（CSV 或 NDJSON）"),
              PL_S_INIT("many units, CSV or NDJSON")},
     .query = bulk_params,
     .answer = bulk_fields,
     .flags = PL_ROUTE_BYTES | PL_ROUTE_SLOW},
    {.run = NULL},
};
