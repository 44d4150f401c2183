/* Verdicts and findings as rows. */
#include "records/plan_rows.h"

static pl_status put_verdict(pl_row_writer *w, const pl_row_verdict *r)
{
    const pl_verdict *v = &r->verdict;
    char short_by[24];

    pl_value args[] = {PL_ROW_KEY(w),
                       PL_V_INT((int64_t)r->row),
                       PL_V_INT(w->in->check->year),
                       PL_V_TEXT(pl_outcome_token(v->outcome)),
                       PL_V_TEXT(pl_certainty_token(v->certainty)),
                       PL_V_TEXT(pl_dir_token(v->direction)),
                       PL_V_TEXT(pl_dir_from_token(v->direction_from)),
                       PL_V_TEXT(pl_str_from(pl_dec_text(v->short_by, short_by))),
                       PL_V_TEXT(v->why.zh),
                       PL_V_TEXT(v->why.en)};
    return pl_store_run(w->cx, w->s, PL_Q_verdict_put, args, PL_COUNT(args), NULL);
}

static pl_status put_finding(pl_row_writer *w, size_t at)
{
    const pl_relation *f = &w->in->check->relations.p[at];
    pl_str places;

    PL_TRY(pl_witnesses_json(w->cx, f, &places));
    pl_value args[] = {PL_ROW_KEY(w),
                       PL_V_TEXT(f->id),
                       PL_V_INT((int64_t)at),
                       PL_V_TEXT(pl_kind_token(f->kind)),
                       PL_V_TEXT(pl_severity_token(f->severity)),
                       PL_V_TEXT(f->message.zh),
                       PL_V_TEXT(f->message.en),
                       PL_V_TEXT(f->expected),
                       PL_V_TEXT(f->found),
                       PL_V_TEXT(places)};
    return pl_store_run(w->cx, w->s, PL_Q_finding_put, args, PL_COUNT(args), NULL);
}

pl_status pl_check_rows_write(pl_row_writer *w)
{
    const pl_check *check = w->in->check;

    for (size_t i = 0; i < check->rows.n; i++)
        if (check->rows.p[i].target && check->rows.p[i].value)
            PL_TRY(put_verdict(w, &check->rows.p[i]));
    for (size_t i = 0; i < check->n_findings; i++)
        PL_TRY(put_finding(w, i));
    return PL_OK;
}
