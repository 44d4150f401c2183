#include "service/plan_write.h"
#include "codec/json.h"
#include "records/plan_rows.h"
#include "service/people_internal.h"
#include <inttypes.h>
#include <stdio.h>

enum { ENTRY_BYTES = 1 << 20, ID_CHARS = 24, REASON_BYTES = 4096 };

static pl_status fail_seen(pl_ctx *cx)
{
    return pl_fail(cx, PL_ECONFLICT, PL_NOPOS, "somebody changed it meanwhile");
}

/* plan/thing: what of a plan an audit entry is about. */
static pl_status join(pl_ctx *cx, pl_str plan, pl_str thing, pl_str *out)
{
    pl_buf text;
    pl_status st;

    pl_buf_init(&text, ENTRY_BYTES);
    pl_buf_putf(&text, "%.*s/%.*s", PL_FMT(plan), PL_FMT(thing));
    st = pl_buf_keep(cx, &text, out);
    pl_buf_release(&text);
    return st;
}

/* ---- waivers */

typedef struct waiver {
    int64_t n;
    bool waived;
    pl_str reason;
} waiver;

static pl_status waiver_json(pl_ctx *cx, const waiver *w, pl_str *out)
{
    pl_buf b;
    pl_json j;
    pl_status st;

    pl_buf_init(&b, ENTRY_BYTES);
    j = pl_json_begin(&b);
    pl_json_open(&j, '{');
    pl_json_put_bool(&j, PL_S("waived"), w->waived);
    pl_json_put_str(&j, PL_S("reason"), w->reason);
    pl_json_close(&j);
    st = pl_buf_keep(cx, &b, out);
    pl_buf_release(&b);
    return st;
}

static pl_status read_waiver(pl_ctx *cx, pl_store *s, const pl_value key[3], waiver *out)
{
    bool more = false;
    pl_rows *r;
    pl_status st;

    PL_TRY(pl_rows_begin(cx, s, PL_Q_waiver_state, key, 3, &r));
    st = pl_rows_next(cx, r, &more);
    if (st == PL_OK && more) {
        out->n = pl_rows_int(r, 0);
        out->waived = pl_rows_int(r, 1) != 0;
        st = pl_str_keep(cx, pl_rows_text(r, 2), &out->reason);
    }
    pl_rows_end(r);
    if (st == PL_OK && !more)
        return pl_fail(cx, PL_ENOTFOUND, PL_NOPOS, "no such finding");
    return st;
}

static pl_status waive(pl_ctx *cx, const pl_request *rq, pl_store *s,
                       const pl_value key[3], const waiver *next, int64_t seen)
{
    char id[ID_CHARS];
    waiver was = {0};
    pl_str object, before = {0}, after;

    PL_TRY(read_waiver(cx, s, key, &was));
    if (seen >= 0 && seen != was.n)
        return fail_seen(cx);
    if (was.waived == next->waived)
        return pl_fail(cx, PL_ESYNTAX, PL_NOPOS, "the finding is so already");
    snprintf(id, sizeof id, "%08" PRId64, was.n + 1);
    pl_value args[] = {key[0],
                       key[1],
                       key[2],
                       PL_V_TEXT(pl_str_from(id)),
                       PL_V_INT(next->waived),
                       PL_V_TEXT(next->reason),
                       PL_V_INT(rq->now.s),
                       PL_V_TEXT(rq->actor)};
    PL_TRY(pl_store_run(cx, s, PL_Q_waiver_put, args, PL_COUNT(args), NULL));
    PL_TRY(join(cx, key[1].text, key[2].text, &object));
    if (was.n)
        PL_TRY(waiver_json(cx, &was, &before));
    PL_TRY(waiver_json(cx, next, &after));
    return pl_people_audit(cx, rq, s, key[0].text, next->waived ? "waive" : "reopen",
                           "finding", object, before, after);
}

pl_status pl_service_waive(pl_ctx *cx, const pl_request *rq, pl_store *s,
                           pl_str region_id, pl_str plan_id, pl_str finding_id,
                           bool waived, pl_str reason, int64_t seen)
{
    pl_value key[] = {PL_V_TEXT(region_id), PL_V_TEXT(plan_id), PL_V_TEXT(finding_id)};
    waiver next = {.waived = waived, .reason = pl_str_trim(reason)};

    if (next.reason.n == 0 || next.reason.n > REASON_BYTES)
        return pl_fail(cx, PL_ESYNTAX, PL_NOPOS, "a reason is needed, of 4 KiB at most");
    PL_TRY(pl_people_begin(cx, s));
    return pl_service_end(cx, s, waive(cx, rq, s, key, &next, seen));
}

/* ---- links */

typedef struct link_state {
    pl_str link, indicator_id, name, unit; /* as imported */
    pl_str now_link, now_indicator;
    int64_t n;
} link_state;

static pl_status read_link(pl_ctx *cx, pl_store *s, const pl_value key[3],
                           link_state *out)
{
    const struct {
        int col;
        pl_str *to;
    } texts[] = {{0, &out->link}, {1, &out->indicator_id}, {2, &out->name},
                 {3, &out->unit}, {5, &out->now_link},     {6, &out->now_indicator}};
    bool more = false;
    pl_rows *r;
    pl_status st;

    PL_TRY(pl_rows_begin(cx, s, PL_Q_link_state, key, 3, &r));
    st = pl_rows_next(cx, r, &more);
    for (size_t i = 0; st == PL_OK && more && i < PL_COUNT(texts); i++)
        st = pl_str_keep(cx, pl_rows_text(r, texts[i].col), texts[i].to);
    if (st == PL_OK && more)
        out->n = pl_rows_int(r, 4);
    pl_rows_end(r);
    if (st == PL_OK && !more)
        return pl_fail(cx, PL_ENOTFOUND, PL_NOPOS, "no such row");
    return st;
}

/* The indicator of the row's own name. */
static pl_status own_indicator(pl_ctx *cx, const pl_request *rq, pl_store *s,
                               pl_str region_id, const link_state *l, pl_str *out)
{
    pl_value by[] = {PL_V_TEXT(region_id), PL_V_TEXT(l->name), PL_V_TEXT(l->unit)};

    PL_TRY(pl_id_look_up(cx, s, PL_Q_indicator_find, by, PL_COUNT(by), out));
    if (out->n)
        return PL_OK;
    PL_TRY(pl_id_new(cx, rq->now, out));
    pl_value row[] = {by[0], PL_V_TEXT(*out), by[1], by[2]};
    return pl_store_run(cx, s, PL_Q_indicator_put, row, PL_COUNT(row), NULL);
}

static pl_status link_json(pl_ctx *cx, pl_str link, pl_str indicator_id, pl_str *out)
{
    pl_buf b;
    pl_json j;
    pl_status st;

    pl_buf_init(&b, ENTRY_BYTES);
    j = pl_json_begin(&b);
    pl_json_open(&j, '{');
    pl_json_put_str(&j, PL_S("link"), link);
    pl_json_put_str(&j, PL_S("indicator"), indicator_id);
    pl_json_close(&j);
    st = pl_buf_keep(cx, &b, out);
    pl_buf_release(&b);
    return st;
}

static pl_status audit_link(pl_ctx *cx, const pl_request *rq, pl_store *s,
                            const pl_value key[3], const link_state *l, pl_str link,
                            pl_str indicator_id)
{
    char ordinal[ID_CHARS];
    pl_str object, was, becomes;

    snprintf(ordinal, sizeof ordinal, "%" PRId64, key[2].i);
    PL_TRY(join(cx, key[1].text, pl_str_from(ordinal), &object));
    PL_TRY(link_json(cx, l->now_link, l->now_indicator, &was));
    PL_TRY(link_json(cx, link, indicator_id, &becomes));
    return pl_people_audit(cx, rq, s, key[0].text, "link", "row", object, was, becomes);
}

static pl_status decide(pl_ctx *cx, const pl_request *rq, pl_store *s,
                        const pl_value key[3], bool confirm, int64_t seen)
{
    pl_str link = pl_link_token(confirm ? PL_LINK_CONFIRMED : PL_LINK_NEW);
    link_state l = {0};
    pl_str to;

    PL_TRY(read_link(cx, s, key, &l));
    if (seen >= 0 && seen != l.n)
        return fail_seen(cx);
    if (!pl_str_eq(l.link, pl_link_token(PL_LINK_UNSURE)))
        return pl_fail(cx, PL_ESYNTAX, PL_NOPOS, "the row's indicator is not in doubt");
    to = l.indicator_id;
    if (!confirm)
        PL_TRY(own_indicator(cx, rq, s, key[0].text, &l, &to));
    pl_value put[] = {key[0],
                      key[1],
                      key[2],
                      PL_V_INT(l.n + 1),
                      PL_V_TEXT(to),
                      PL_V_TEXT(link),
                      PL_V_INT(rq->now.s),
                      PL_V_TEXT(rq->actor)};
    PL_TRY(pl_store_run(cx, s, PL_Q_row_link_put, put, PL_COUNT(put), NULL));
    pl_value follow[] = {key[0],
                         key[1],
                         key[2],
                         PL_V_TEXT(to),
                         PL_V_TEXT(l.indicator_id),
                         PL_V_INT(l.n + 1),
                         PL_V_INT(rq->now.s),
                         PL_V_TEXT(rq->actor)};
    PL_TRY(pl_store_run(cx, s, PL_Q_revision_follow, follow, PL_COUNT(follow), NULL));
    return audit_link(cx, rq, s, key, &l, link, to);
}

pl_status pl_service_link(pl_ctx *cx, const pl_request *rq, pl_store *s, pl_str region_id,
                          pl_str plan_id, int64_t ordinal, bool confirm, int64_t seen)
{
    pl_value key[] = {PL_V_TEXT(region_id), PL_V_TEXT(plan_id), PL_V_INT(ordinal)};

    PL_TRY(pl_people_begin(cx, s));
    return pl_service_end(cx, s, decide(cx, rq, s, key, confirm, seen));
}
