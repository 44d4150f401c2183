#include "service/people_internal.h"

enum { SCOPES_BYTES = 4096 };

uint64_t pl_scopes_parse(pl_str text)
{
    uint64_t bits = 0;
    pl_perm perm;

    while (text.n) {
        size_t end = pl_str_find(text, PL_S(" "), 0);
        pl_str word = end == PL_NOPOS ? text : pl_str_sub(text, 0, end);

        if (pl_perm_find(word, &perm))
            bits |= PL_PERM_BIT(perm);
        text = pl_str_tail(text, end == PL_NOPOS ? text.n : end + 1);
    }
    return bits & PL_SCOPES_TOKEN;
}

static pl_status scopes_text(pl_ctx *cx, uint64_t scopes, pl_str *out)
{
    pl_buf b;
    pl_status st;

    pl_buf_init(&b, SCOPES_BYTES);
    for (int p = 0; p < PL_PERM_COUNT; p++)
        if (scopes & PL_PERM_BIT(p))
            pl_buf_putf(&b, "%s%.*s", b.n ? " " : "", PL_FMT(pl_perm_token((pl_perm)p)));
    st = pl_buf_keep(cx, &b, out);
    pl_buf_release(&b);
    return st;
}

static pl_status check_token(pl_ctx *cx, const pl_request *rq, const pl_principal *who,
                             pl_str name, uint64_t scopes, int64_t ends_at_s)
{
    uint64_t most = pl_user_role_perms(who->role, who->public_access) & PL_SCOPES_TOKEN;

    if (name.n == 0 || name.n > 4 * PL_LOGIN_CHARS)
        return pl_fail(cx, PL_ESYNTAX, PL_NOPOS, "a token needs a name, a short one");
    if (scopes == 0 || (scopes & ~most) != 0)
        return pl_fail(cx, PL_ESYNTAX, PL_NOPOS,
                       "the scopes are some of what the user may");
    if (ends_at_s <= rq->now.s || ends_at_s > rq->now.s + PL_TOKEN_MOST_S)
        return pl_fail(cx, PL_ESYNTAX, PL_NOPOS, "a token ends within 366 days");
    return PL_OK;
}

/* What the audit keeps of a token: what it is for, never what it is. */
static pl_status token_json(pl_ctx *cx, const pl_token_row *t, pl_str scopes, pl_str *out)
{
    pl_buf b;
    pl_json j;
    pl_status st;

    pl_buf_init(&b, 1 << 16);
    j = pl_json_begin(&b);
    pl_json_open(&j, '{');
    pl_json_put_str(&j, PL_S("name"), t->name);
    pl_json_put_str(&j, PL_S("scopes"), scopes);
    pl_json_put_int(&j, PL_S("ends_at_s"), t->ends_at_s);
    pl_json_close(&j);
    st = pl_buf_keep(cx, &b, out);
    pl_buf_release(&b);
    return st;
}

static pl_status write_token(pl_ctx *cx, const pl_request *rq, pl_store *s,
                             const pl_principal *who, const pl_token_row *t,
                             pl_str secret)
{
    char hash[PL_SECRET_HASH + 1];
    pl_str scopes, becomes;

    pl_secret_hash(PL_S("token"), secret, hash);
    PL_TRY(scopes_text(cx, t->scopes, &scopes));
    PL_TRY(token_json(cx, t, scopes, &becomes));
    pl_value args[] = {PL_V_TEXT(who->region_id),    PL_V_TEXT(t->token_id),
                       PL_V_TEXT(who->user_id),      PL_V_TEXT(t->name),
                       PL_V_TEXT(pl_str_from(hash)), PL_V_TEXT(scopes),
                       PL_V_INT(rq->now.s),          PL_V_INT(t->ends_at_s)};
    PL_TRY(pl_store_run(cx, s, PL_Q_token_put, args, PL_COUNT(args), NULL));
    return pl_people_audit(cx, rq, s, who->region_id, "token_add", "token", t->token_id,
                           PL_S(""), becomes);
}

pl_status pl_token_add(pl_ctx *cx, const pl_request *rq, pl_store *s,
                       const pl_principal *who, pl_str name, uint64_t scopes,
                       int64_t ends_at_s, pl_token_row *out, pl_str *secret)
{
    *out = (pl_token_row){
        .scopes = scopes, .recorded_at_s = rq->now.s, .ends_at_s = ends_at_s};
    name = pl_str_trim(name);
    PL_TRY(check_token(cx, rq, who, name, scopes, ends_at_s));
    PL_TRY(pl_str_keep(cx, name, &out->name));
    PL_TRY(pl_id_new(cx, rq->now, &out->token_id));
    PL_TRY(pl_secret_new(cx, PL_S("plb_"), secret));
    PL_TRY(pl_people_begin(cx, s));
    return pl_service_end(cx, s, write_token(cx, rq, s, who, out, *secret));
}

static pl_status keep_token(pl_ctx *cx, const pl_rows *r, pl_token_row *t)
{
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 0), &t->token_id));
    PL_TRY(pl_str_keep(cx, pl_rows_text(r, 1), &t->name));
    t->scopes = pl_scopes_parse(pl_rows_text(r, 2));
    t->recorded_at_s = pl_rows_int(r, 3);
    t->seen_at_s = pl_rows_int(r, 4);
    t->ends_at_s = pl_rows_int(r, 5);
    return PL_OK;
}

pl_status pl_token_list(pl_ctx *cx, pl_store *s, const pl_principal *who,
                        pl_token_rows *out)
{
    pl_value args[] = {PL_V_TEXT(who->region_id), PL_V_TEXT(who->user_id)};
    bool more = false;
    pl_rows *r;
    pl_status st;

    *out = (pl_token_rows){0};
    PL_TRY(pl_rows_begin(cx, s, PL_Q_token_list, args, PL_COUNT(args), &r));
    while ((st = pl_rows_next(cx, r, &more)) == PL_OK && more) {
        pl_token_row *t = PL_VEC_ADD(cx->arena, out);

        st = t ? keep_token(cx, r, t) : pl_fail_memory(cx);
        if (st != PL_OK)
            break;
    }
    pl_rows_end(r);
    return st;
}

static pl_status end_token(pl_ctx *cx, const pl_request *rq, pl_store *s,
                           const pl_principal *who, pl_str token_id)
{
    pl_value args[] = {PL_V_TEXT(who->region_id), PL_V_TEXT(who->user_id),
                       PL_V_TEXT(token_id)};

    PL_TRY(
        pl_people_run_one(cx, s, PL_Q_token_drop, args, PL_COUNT(args), "no such token"));
    return pl_people_audit(cx, rq, s, who->region_id, "token_end", "token", token_id,
                           PL_S(""), PL_S(""));
}

pl_status pl_token_end(pl_ctx *cx, const pl_request *rq, pl_store *s,
                       const pl_principal *who, pl_str token_id)
{
    PL_TRY(pl_people_begin(cx, s));
    return pl_service_end(cx, s, end_token(cx, rq, s, who, token_id));
}
