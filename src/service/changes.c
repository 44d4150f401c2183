#include "service/changes.h"

/* Kinds of objects, as the audit names them, and who may know that one changed. */
static const struct {
    pl_str kind;
    pl_perm perm;
} seen_by[] = {
    {PL_S_INIT("plan/"), PL_PERM_PLAN_READ},
    {PL_S_INIT("document/"), PL_PERM_PLAN_READ},
    {PL_S_INIT("unit/"), PL_PERM_PLAN_READ},
    {PL_S_INIT("finding/"), PL_PERM_FINDING_READ},
    {PL_S_INIT("user/"), PL_PERM_USER_ADMIN},
    {PL_S_INIT("settings"), PL_PERM_SETTING_EDIT},
};

bool pl_change_may_be_seen(const pl_principal *who, const pl_change *c)
{
    for (size_t i = 0; i < PL_COUNT(seen_by); i++)
        if (pl_str_starts(c->object, seen_by[i].kind))
            return pl_may(who, seen_by[i].perm);
    return pl_may(who, PL_PERM_AUDIT_READ);
}

/* audit_after: seq, at_s, region_id, actor, action, object, … */
static pl_status keep(pl_ctx *cx, const pl_rows *r, pl_changes *out)
{
    pl_change *c = PL_VEC_ADD(cx->arena, out);

    if (!c)
        return pl_fail_memory(cx);
    c->seq = pl_rows_int(r, 0);
    c->at_s = pl_rows_int(r, 1);
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 2), &c->region_id));
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 3), &c->actor));
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 4), &c->action));
    return pl_str_keep(cx, pl_rows_text(r, 5), &c->object);
}

pl_status pl_service_changes(pl_ctx *cx, pl_store *s, pl_str region_id, int64_t after,
                             int64_t most, pl_changes *out, int64_t *end)
{
    pl_value args[] = {PL_V_INT(after), PL_V_INT(most)};
    bool more;
    pl_rows *r;
    pl_status st;

    *out = (pl_changes){0};
    *end = after;
    PL_TRY(pl_rows_begin(cx, s, PL_Q_audit_after, args, PL_COUNT(args), &r));
    while ((st = pl_rows_next(cx, r, &more)) == PL_OK && more) {
        *end = pl_rows_int(r, 0);
        if (pl_str_eq(pl_rows_text(r, 2), region_id) && (st = keep(cx, r, out)) != PL_OK)
            break;
    }
    pl_rows_end(r);
    return st;
}

pl_status pl_service_version(pl_ctx *cx, pl_store *s, int64_t *seq)
{
    pl_anchor end;

    PL_TRY(pl_audit_end(cx, s, &end));
    *seq = end.seq;
    return PL_OK;
}
