#include "service/overview.h"

/* An indicator is its rows of one number: missed when one is, met when all are. Rows of
 * one number follow each other. */
static void count_indicators(const pl_listing *verdicts, pl_overview *out)
{
    size_t n = verdicts->rows.n;

    for (size_t i = 0, end; i < n; i = end) {
        pl_str no = pl_listing_text(verdicts, i, PL_S("no"));
        size_t met = 0, missed = 0;

        for (end = i;
             end < n &&
             (end == i || pl_str_eq(pl_listing_text(verdicts, end, PL_S("no")), no));
             end++) {
            pl_str said = pl_listing_text(verdicts, end, PL_S("verdict"));

            met += pl_str_eq(said, PL_S("met"));
            missed += pl_str_eq(said, PL_S("missed"));
        }
        out->indicators++;
        out->missed += missed > 0;
        out->met += met == end - i;
    }
    out->undetermined = out->indicators - out->met - out->missed;
}

static pl_status find_before(pl_ctx *cx, pl_store *s, const pl_principal *who,
                             pl_str plan_id, int64_t as_of_s, pl_overview *out)
{
    pl_value args[] = {PL_V_TEXT(who->region_id), PL_V_TEXT(plan_id),
                       PL_V_INT(as_of_s ? as_of_s : INT64_MAX)};
    bool more;
    pl_rows *r;
    pl_status st;

    PL_TRY(pl_rows_begin(cx, s, PL_Q_plan_before, args, PL_COUNT(args), &r));
    st = pl_rows_next(cx, r, &more);
    if (st == PL_OK && more)
        st = pl_str_keep(cx, pl_rows_text(r, 0), &out->before_id);
    if (st == PL_OK && more)
        st = pl_str_keep(cx, pl_rows_text(r, 1), &out->before_title);
    pl_rows_end(r);
    return st;
}

static pl_status compare_before(pl_ctx *cx, pl_store *s, const pl_principal *who,
                                pl_str plan_id, pl_overview *out)
{
    pl_comparison *c;

    if (out->before_id.n == 0 || pl_is_cut(who))
        return PL_OK;
    PL_TRY(pl_service_compare(cx, s, who, out->before_id, plan_id, &c));
    out->changes = c;
    return PL_OK;
}

pl_status pl_service_overview(pl_ctx *cx, pl_store *s, const pl_principal *who,
                              pl_str plan_id, int64_t as_of_s, pl_overview *out)
{
    static const struct {
        pl_resource resource;
        size_t at;
    } parts[] = {{PL_RESOURCE_SECTION_TASKS, offsetof(pl_overview, sections)},
                 {PL_RESOURCE_PLAN_UNITS, offsetof(pl_overview, units)},
                 {PL_RESOURCE_FINDING_COUNTS, offsetof(pl_overview, findings)},
                 {PL_RESOURCE_TERM, offsetof(pl_overview, term)}};
    pl_list_query q = {.resource = PL_RESOURCE_PLAN, .key = plan_id, .as_of_s = as_of_s};
    pl_filter missed = {PL_S("verdict"), PL_S("missed")};
    pl_listing verdicts;

    *out = (pl_overview){0};
    PL_TRY(pl_list_one(cx, s, who, &q, plan_id, &out->plan));
    q.resource = PL_RESOURCE_VERDICTS;
    PL_TRY(pl_list(cx, s, who, &q, &verdicts));
    count_indicators(&verdicts, out);
    q.filters = &missed;
    q.n_filters = 1;
    PL_TRY(pl_list_keep(cx, &q, &verdicts));
    out->missed_rows = verdicts;
    q.n_filters = 0;
    for (size_t i = 0; i < PL_COUNT(parts); i++) {
        q.resource = parts[i].resource;
        if (q.resource == PL_RESOURCE_FINDING_COUNTS &&
            !pl_may(who, PL_PERM_FINDING_READ))
            continue;
        PL_TRY(
            pl_list(cx, s, who, &q, (pl_listing *)(void *)((char *)out + parts[i].at)));
    }
    PL_TRY(find_before(cx, s, who, plan_id, as_of_s, out));
    return compare_before(cx, s, who, plan_id, out);
}
