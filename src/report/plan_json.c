#include "report/plan_json.h"

static void put_document(pl_json *j, const pl_doc *d, pl_str sha256)
{
    pl_json_put_open(j, PL_S("document"), '{');
    pl_json_put_str(j, PL_S("title"), d->title);
    pl_json_put_open(j, PL_S("meta"), '{');
    for (size_t i = 0; i < d->meta.n; i++)
        pl_json_put_str(j, d->meta.p[i].key, d->meta.p[i].value);
    pl_json_close(j);
    pl_json_put_str(j, PL_S("format"), d->format);
    pl_json_put_str_or_null(j, PL_S("charset"), d->charset);
    pl_json_put_int(j, PL_S("bytes"), (int64_t)d->bytes);
    pl_json_put_str(j, PL_S("sha256"), sha256);
    pl_json_close(j);
}

static void put_place(pl_json *j, const pl_place *p)
{
    pl_json_key(j, PL_S("place"));
    pl_json_place(j, p);
}

static void put_sections(pl_json *j, const pl_plan *plan)
{
    pl_json_put_open(j, PL_S("sections"), '[');
    for (size_t i = 0; i < plan->sections.n; i++) {
        const pl_section *s = &plan->sections.p[i];

        pl_json_open(j, '{');
        pl_json_put_str(j, PL_S("id"), s->id);
        pl_json_put_str_or_null(j, PL_S("number"), s->number);
        pl_json_put_str(j, PL_S("title"), s->title);
        pl_json_put_int(j, PL_S("level"), s->level);
        pl_json_put_bool(j, PL_S("clause"), s->clause);
        if (s->clause)
            pl_json_put_str(j, PL_S("text"), s->text);
        put_place(j, &s->place);
        pl_json_close(j);
    }
    pl_json_close(j);
}

static void put_table(pl_json *j, const pl_table *t)
{
    pl_json_put_open(j, PL_S("table"), '{');
    pl_json_put_int(j, PL_S("rows"), t->rows);
    pl_json_put_int(j, PL_S("cols"), t->cols);
    pl_json_put_open(j, PL_S("cells"), '[');
    for (size_t i = 0; i < t->cells.n; i++) {
        const pl_cell *c = &t->cells.p[i];

        pl_json_open(j, '{');
        pl_json_put_int(j, PL_S("row"), c->row + 1);
        pl_json_put_int(j, PL_S("col"), c->col + 1);
        if (c->rowspan > 1)
            pl_json_put_int(j, PL_S("rowspan"), c->rowspan);
        if (c->colspan > 1)
            pl_json_put_int(j, PL_S("colspan"), c->colspan);
        pl_json_put_str(j, PL_S("text"), c->text.s);
        put_place(j, &c->place);
        pl_json_close(j);
    }
    pl_json_close(j);
    pl_json_close(j);
}

static void put_columns(pl_json *j, const pl_plan *plan)
{
    pl_json_put_open(j, PL_S("columns"), '[');
    for (size_t i = 0; i < plan->columns.n; i++) {
        const pl_column *c = &plan->columns.p[i];

        pl_json_open(j, '{');
        pl_json_put_str(j, PL_S("number"), c->number);
        pl_json_put_str(j, PL_S("title"), c->title);
        put_table(j, c->table);
        put_place(j, &c->place);
        pl_json_close(j);
    }
    pl_json_close(j);
}

static void put_cell(pl_json *j, const pl_datum *d)
{
    pl_json_open(j, '{');
    pl_json_put_str(j, PL_S("header"), d->header);
    pl_json_put_str(j, PL_S("role"), pl_role_public(d->role));
    pl_json_key(j, PL_S("year"));
    if (d->year)
        pl_json_int(j, d->year);
    else
        pl_json_null(j);
    if (d->cumulative)
        pl_json_put_bool(j, PL_S("cumulative"), true);
    if (d->per_year)
        pl_json_put_bool(j, PL_S("per_year"), true);
    pl_json_put_str(j, PL_S("text"), d->text.s);
    pl_json_key(j, PL_S("phrase"));
    pl_json_phrase(j, d->phrase);
    put_place(j, &d->place);
    pl_json_close(j);
}

static void put_indicator(pl_json *j, const pl_indicator *it)
{
    pl_json_open(j, '{');
    pl_json_put_str(j, PL_S("no"), it->no);
    pl_json_put_str_or_null(j, PL_S("part"), it->part);
    pl_json_put_str_or_null(j, PL_S("part_name"), it->part_name);
    pl_json_put_str(j, PL_S("name"), it->name);
    pl_json_put_str_or_null(j, PL_S("unit"), it->unit);
    pl_json_put_str_or_null(j, PL_S("group"), it->group);
    pl_json_put_str_or_null(j, PL_S("attribute"), pl_attribute_token(it->attribute));
    pl_json_put_str_or_null(j, PL_S("attribute_text"), it->attribute_text);
    pl_json_key(j, PL_S("responsible"));
    pl_json_strs(j, &it->responsible);
    pl_json_put_open(j, PL_S("cells"), '[');
    for (size_t i = 0; i < it->cells.n; i++)
        put_cell(j, &it->cells.p[i]);
    pl_json_close(j);
    put_place(j, &it->place);
    pl_json_close(j);
}

static void put_quantity(pl_json *j, const pl_quantity *q)
{
    pl_json_put_open(j, PL_S("quantity"), '{');
    pl_json_put_dec(j, PL_S("value"), q->number.value);
    if (q->is_range)
        pl_json_put_dec(j, PL_S("upper"), q->upper.value);
    pl_json_put_dec(j, PL_S("resolution"), q->number.resolution);
    pl_json_put_str_or_null(j, PL_S("unit"), q->unit ? q->unit->word : (pl_str){0});
    pl_json_put_str_or_null(j, PL_S("hedge"), pl_hedge_token(q->hedge));
    pl_json_close(j);
}

static void put_task(pl_json *j, const pl_task *t)
{
    pl_json_open(j, '{');
    pl_json_put_int(j, PL_S("no"), t->no);
    pl_json_put_str(j, PL_S("text"), t->text);
    pl_json_key(j, PL_S("responsible"));
    pl_json_strs(j, &t->responsible);
    pl_json_put_int(j, PL_S("lead"), (int64_t)t->n_lead);
    pl_json_put_str_or_null(j, PL_S("section"), t->section);
    if (t->deadline.n)
        pl_json_put_str(j, PL_S("deadline"), t->deadline);
    pl_json_put_open(j, PL_S("goals"), '[');
    for (size_t i = 0; i < t->goals.n; i++) {
        const pl_task_goal *g = &t->goals.p[i];

        pl_json_open(j, '{');
        pl_json_put_str(j, PL_S("text"), g->text);
        put_quantity(j, &g->quantity);
        pl_json_put_str(j, PL_S("what"), g->what);
        pl_json_put_str_or_null(j, PL_S("verb"), g->verb);
        put_place(j, &g->place);
        pl_json_close(j);
    }
    pl_json_close(j);
    put_place(j, &t->place);
    pl_json_close(j);
}

static void put_goals(pl_json *j, const pl_plan *plan)
{
    pl_json_put_open(j, PL_S("goals"), '[');
    for (size_t i = 0; i < plan->goals.n; i++) {
        const pl_goal *g = &plan->goals.p[i];
        const pl_indicator *it =
            g->indicator == PL_NOPOS ? NULL : &plan->indicators.p[g->indicator];

        pl_json_open(j, '{');
        pl_json_put_str(j, PL_S("name"), g->name);
        pl_json_put_str(j, PL_S("text"), g->text);
        pl_json_key(j, PL_S("target"));
        pl_json_phrase(j, g->target);
        pl_json_put_int(j, PL_S("year"), g->year);
        pl_json_put_str_or_null(j, PL_S("indicator"), it ? it->no : (pl_str){0});
        pl_json_put_str_or_null(j, PL_S("part"), it ? it->part : (pl_str){0});
        put_place(j, &g->place);
        pl_json_close(j);
    }
    pl_json_close(j);
}

/* What a fact is of. */
static void put_fact_noun(pl_json *j, const pl_fact *f)
{
    pl_json_put_str(j, PL_S("kind"), pl_fact_kind_token(f->kind));
    if (f->target)
        pl_json_put_bool(j, PL_S("target"), true);
    pl_json_key(j, PL_S("year"));
    if (f->year)
        pl_json_int(j, f->year);
    else
        pl_json_null(j);
    if (f->first != f->year)
        pl_json_put_int(j, PL_S("first_year"), f->first);
    pl_json_put_str_or_null(j, PL_S("subject"), f->subject);
    pl_json_put_str_or_null(j, PL_S("head"), f->head);
    if (f->item.n)
        pl_json_put_str(j, PL_S("item"), f->item);
    if (f->scope.n)
        pl_json_put_str(j, PL_S("scope"), f->scope);
}

static void put_facts(pl_json *j, const pl_plan *plan)
{
    pl_json_put_open(j, PL_S("facts"), '[');
    for (size_t i = 0; i < plan->facts.n; i++) {
        const pl_fact *f = &plan->facts.p[i];
        const pl_fact_text *t = &plan->texts.p[f->in];

        pl_json_open(j, '{');
        pl_json_put_str(j, PL_S("text"), f->text);
        pl_json_put_dec(j, PL_S("value"), f->value);
        if (pl_dec_cmp(f->value, f->upper))
            pl_json_put_dec(j, PL_S("upper"), f->upper);
        pl_json_put_dec(j, PL_S("resolution"), f->resolution);
        pl_json_put_str_or_null(j, PL_S("unit"), f->unit);
        pl_json_put_str_or_null(j, PL_S("hedge"), pl_hedge_token(f->hedge));
        put_fact_noun(j, f);
        pl_json_put_str_or_null(j, PL_S("section"), f->section);
        if (t->source == PL_SOURCE_TASK)
            pl_json_put_int(j, PL_S("task"), plan->tasks.p[t->task].no);
        put_place(j, &f->place);
        pl_json_close(j);
    }
    pl_json_close(j);
}

static void put_units(pl_json *j, const pl_plan *plan)
{
    pl_json_put_open(j, PL_S("units"), '[');
    for (size_t i = 0; i < plan->units.n; i++) {
        const pl_unit *u = &plan->units.p[i];

        pl_json_open(j, '{');
        pl_json_put_str(j, PL_S("name"), u->name);
        if (u->alias.n)
            pl_json_put_str(j, PL_S("alias"), u->alias);
        pl_json_put_int(j, PL_S("tasks"), (int64_t)u->tasks);
        pl_json_put_int(j, PL_S("lead"), (int64_t)u->lead);
        pl_json_put_int(j, PL_S("indicators"), (int64_t)u->indicators);
        pl_json_close(j);
    }
    pl_json_close(j);
}

void pl_plan_json(pl_json *j, const pl_plan *plan, pl_str file, pl_str sha256)
{
    pl_json_open(j, '{');
    pl_json_put_str(j, PL_S("file"), file);
    put_document(j, plan->doc, sha256);
    pl_json_key(j, PL_S("year"));
    if (plan->year)
        pl_json_int(j, plan->year);
    else
        pl_json_null(j);
    put_sections(j, plan);
    put_columns(j, plan);
    pl_json_put_open(j, PL_S("indicators"), '[');
    for (size_t i = 0; i < plan->indicators.n; i++)
        put_indicator(j, &plan->indicators.p[i]);
    pl_json_close(j);
    pl_json_put_open(j, PL_S("tasks"), '[');
    for (size_t i = 0; i < plan->tasks.n; i++)
        put_task(j, &plan->tasks.p[i]);
    pl_json_close(j);
    put_goals(j, plan);
    put_facts(j, plan);
    put_units(j, plan);
    pl_json_close(j);
}
