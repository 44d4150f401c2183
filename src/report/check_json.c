#include "report/plan_json.h"

static void put_bitexts(pl_json *j, pl_str key, const pl_bitext *p, size_t n)
{
    pl_json_put_open(j, key, '[');
    for (size_t i = 0; i < n; i++)
        pl_json_bitext(j, p[i]);
    pl_json_close(j);
}

/* The fields of a verdict, into an open object. */
static void put_verdict(pl_json *j, const pl_verdict *v)
{
    pl_json_put_str(j, PL_S("verdict"), pl_outcome_token(v->outcome));
    pl_json_put_str_or_null(j, PL_S("certainty"), pl_certainty_token(v->certainty));
    pl_json_put_str_or_null(j, PL_S("direction"), pl_dir_token(v->direction));
    pl_json_put_str_or_null(j, PL_S("direction_from"),
                            pl_dir_from_token(v->direction_from));
    pl_json_key(j, PL_S("why"));
    pl_json_bitext(j, v->why);
    put_bitexts(j, PL_S("needs"), v->needs.p, v->needs.n);
    put_bitexts(j, PL_S("notes"), v->notes.p, v->notes.n);
}

void pl_verdict_json(pl_json *j, const pl_verdict *v)
{
    pl_json_open(j, '{');
    put_verdict(j, v);
    pl_json_close(j);
}

static void put_row(pl_json *j, const pl_check *check, const pl_row_verdict *r)
{
    const pl_indicator *it = &check->plan->indicators.p[r->row];

    pl_json_open(j, '{');
    pl_json_put_str(j, PL_S("no"), it->no);
    pl_json_put_str_or_null(j, PL_S("part"), it->part);
    pl_json_put_str(j, PL_S("name"), it->name);
    pl_json_put_str_or_null(j, PL_S("unit"), it->unit);
    pl_json_put_str_or_null(j, PL_S("attribute"), pl_attribute_token(it->attribute));
    pl_json_put_str(j, PL_S("target"), r->target->clean);
    pl_json_put_str(j, PL_S("value"), r->value->clean);
    put_verdict(j, &r->verdict);
    if (check->strict)
        pl_json_put_bool(j, PL_S("counts"), r->counts);
    pl_json_put_open(j, PL_S("places"), '[');
    pl_json_place(j, &r->target->place);
    pl_json_place(j, &r->value->place);
    pl_json_close(j);
    pl_json_close(j);
}

static void put_witness(pl_json *j, const pl_witness *w)
{
    pl_json_open(j, '{');
    if (w->place.line)
        pl_json_put_int(j, PL_S("line"), w->place.line);
    pl_json_put_str(j, PL_S("text"), w->text);
    pl_json_key(j, PL_S("place"));
    pl_json_place(j, &w->place);
    pl_json_close(j);
}

static void put_waiver(pl_json *j, const pl_waiver *w)
{
    pl_json_open(j, '{');
    pl_json_put_int(j, PL_S("line"), w->line);
    pl_json_put_str(j, PL_S("kind"), pl_kind_token(w->kind));
    pl_json_put_str(j, PL_S("text"), w->text);
    pl_json_put_str(j, PL_S("reason"), w->reason);
    pl_json_put_str(j, PL_S("by"), w->by);
    pl_json_close(j);
}

static void put_relation(pl_json *j, const pl_relation *r)
{
    pl_json_open(j, '{');
    pl_json_put_str(j, PL_S("id"), r->id);
    pl_json_put_str(j, PL_S("kind"), pl_kind_token(r->kind));
    pl_json_put_str(j, PL_S("severity"), pl_severity_token(r->severity));
    pl_json_key(j, PL_S("message"));
    pl_json_bitext(j, r->message);
    pl_json_put_open(j, PL_S("places"), '[');
    for (size_t i = 0; i < r->witnesses.n; i++)
        put_witness(j, &r->witnesses.p[i]);
    pl_json_close(j);
    pl_json_put_str_or_null(j, PL_S("expected"), r->expected);
    pl_json_put_str_or_null(j, PL_S("found"), r->found);
    if (r->rule)
        pl_json_put_str(j, PL_S("rule"), r->rule->name);
    if (r->reason.zh.n) {
        pl_json_key(j, PL_S("reason"));
        pl_json_bitext(j, r->reason);
    }
    if (r->waiver) {
        pl_json_key(j, PL_S("waived"));
        put_waiver(j, r->waiver);
    }
    pl_json_close(j);
}

static void put_summary(pl_json *j, const pl_check *check)
{
    pl_json_put_open(j, PL_S("summary"), '{');
    pl_json_put_int(j, PL_S("indicators"), (int64_t)check->indicators.n);
    pl_json_put_int(j, PL_S("met"), (int64_t)check->met);
    pl_json_put_int(j, PL_S("missed"), (int64_t)check->missed);
    pl_json_put_int(j, PL_S("undetermined"), (int64_t)check->undetermined);
    pl_json_put_int(j, PL_S("tasks"), (int64_t)check->plan->tasks.n);
    pl_json_put_int(j, PL_S("goals"), (int64_t)check->plan->goals.n);
    pl_json_put_open(j, PL_S("checks"), '{');
    pl_json_put_int(j, PL_S("held"), (int64_t)check->held);
    pl_json_put_int(j, PL_S("failed"), (int64_t)check->failed);
    pl_json_put_int(j, PL_S("waived"), (int64_t)check->waived);
    pl_json_close(j);
    pl_json_close(j);
}

static void put_unused_waivers(pl_json *j, const pl_check *check)
{
    pl_json_put_open(j, PL_S("waivers_unused"), '[');
    for (size_t i = 0; i < check->waivers->n; i++)
        if (pl_waiver_is_unused(check, i))
            put_waiver(j, &check->waivers->p[i]);
    pl_json_close(j);
}

bool pl_explain_json(pl_json *j, const pl_check *check, pl_str file, pl_str id)
{
    bool found = false;

    pl_json_open(j, '{');
    pl_json_put_str(j, PL_S("file"), file);
    pl_json_put_open(j, PL_S("relations"), '[');
    for (size_t i = 0; i < check->relations.n; i++)
        if (pl_str_eq(check->relations.p[i].id, id)) {
            put_relation(j, &check->relations.p[i]);
            found = true;
        }
    pl_json_close(j);
    pl_json_close(j);
    return found;
}

void pl_check_json(pl_json *j, const pl_check *check, pl_str file, bool relations)
{
    pl_json_open(j, '{');
    pl_json_put_str(j, PL_S("file"), file);
    pl_json_key(j, PL_S("year"));
    if (check->year)
        pl_json_int(j, check->year);
    else
        pl_json_null(j);
    pl_json_put_bool(j, PL_S("strict"), check->strict);
    put_summary(j, check);
    pl_json_put_open(j, PL_S("verdicts"), '[');
    for (size_t i = 0; i < check->rows.n; i++)
        put_row(j, check, &check->rows.p[i]);
    pl_json_close(j);
    pl_json_put_open(j, PL_S("findings"), '[');
    for (size_t i = 0; i < check->n_findings; i++)
        put_relation(j, &check->relations.p[i]);
    pl_json_close(j);
    if (check->waivers)
        put_unused_waivers(j, check);
    if (relations) {
        pl_json_put_open(j, PL_S("relations"), '[');
        for (size_t i = 0; i < check->relations.n; i++)
            put_relation(j, &check->relations.p[i]);
        pl_json_close(j);
    }
    pl_json_close(j);
}
