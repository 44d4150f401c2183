#include "records/plan_rows.h"

static pl_status put(pl_row_writer *w, pl_query q, const pl_value *args, size_t n)
{
    return pl_store_run(w->cx, w->s, q, args, n, NULL);
}

/* ---- units */

static pl_status find_unit(pl_row_writer *w, pl_str name, pl_str *id)
{
    pl_value args[] = {PL_V_TEXT(w->in->region_id), PL_V_TEXT(name)};

    return pl_id_look_up(w->cx, w->s, PL_Q_unit_find, args, PL_COUNT(args), id);
}

static pl_status make_unit(pl_row_writer *w, pl_str name, pl_str *id)
{
    PL_TRY(pl_id_new(w->cx, w->in->now, id));
    pl_value args[] = {PL_V_TEXT(w->in->region_id), PL_V_TEXT(*id), PL_V_NULL,
                       PL_V_TEXT(name)};
    return put(w, PL_Q_unit_put, args, PL_COUNT(args));
}

/* The id of the unit of a name, known or new. */
static pl_status unit_of(pl_row_writer *w, pl_str name, pl_str *id)
{
    bool added;
    size_t *at = pl_map_add(w->cx->arena, &w->units, name, &added);
    pl_str *slot;

    if (!at)
        return pl_fail_memory(w->cx);
    if (!added) {
        *id = w->unit_ids.p[*at];
        return PL_OK;
    }
    slot = PL_VEC_ADD(w->cx->arena, &w->unit_ids);
    if (!slot)
        return pl_fail_memory(w->cx);
    *at = w->unit_ids.n - 1;
    PL_TRY(find_unit(w, name, id));
    if (id->n == 0)
        PL_TRY(make_unit(w, name, id));
    w->unit_ids.p[w->unit_ids.n - 1] = *id;
    return PL_OK;
}

static pl_status put_units(pl_row_writer *w)
{
    const pl_units *units = &w->in->check->plan->units;

    for (size_t i = 0; i < units->n; i++) {
        pl_str id;

        PL_TRY(unit_of(w, units->p[i].name, &id));
        if (units->p[i].alias.n == 0)
            continue;
        pl_value args[] = {PL_V_TEXT(w->in->region_id), PL_V_TEXT(units->p[i].alias),
                           PL_V_TEXT(id)};
        PL_TRY(put(w, PL_Q_unit_alias_put, args, PL_COUNT(args)));
    }
    return PL_OK;
}

/* ---- indicators */

static pl_status put_cell(pl_row_writer *w, const pl_datum *d, pl_str indicator_id,
                          size_t row, size_t cell)
{
    pl_str id, place;

    PL_TRY(pl_id_new(w->cx, w->in->now, &id));
    PL_TRY(pl_place_json(w->cx, &d->place, &place));
    pl_value args[] = {PL_V_TEXT(w->in->region_id),
                       PL_V_TEXT(id),
                       PL_V_TEXT(indicator_id),
                       PL_V_TEXT(pl_role_public(d->role)),
                       PL_V_INT(d->year),
                       PL_V_TEXT(d->header),
                       PL_V_TEXT(d->clean),
                       PL_V_TEXT(w->saved->plan_id),
                       PL_V_INT((int64_t)row),
                       PL_V_INT((int64_t)cell),
                       PL_V_TEXT(place),
                       PL_V_INT(w->in->now.s),
                       PL_V_TEXT(w->in->actor),
                       PL_V_INT(d->cumulative),
                       PL_V_INT(d->per_year)};
    return put(w, PL_Q_revision_put, args, PL_COUNT(args));
}

static pl_status put_row_units(pl_row_writer *w, const pl_indicator *it, size_t row)
{
    for (size_t i = 0; i < it->responsible.n; i++) {
        pl_str id;

        PL_TRY(unit_of(w, it->responsible.p[i], &id));
        pl_value args[] = {PL_ROW_KEY(w), PL_V_INT((int64_t)row), PL_V_INT((int64_t)i),
                           PL_V_TEXT(id)};
        PL_TRY(put(w, PL_Q_row_unit_put, args, PL_COUNT(args)));
    }
    return PL_OK;
}

static pl_status put_indicator(pl_row_writer *w, size_t row)
{
    const pl_indicator *it = &w->in->check->plan->indicators.p[row];
    pl_str id, responsible, place;
    pl_link how;

    PL_TRY(pl_indicator_link(w, it, &id, &how));
    w->saved->links[how]++;
    PL_TRY(pl_strs_json(w->cx, &it->responsible, &responsible));
    PL_TRY(pl_place_json(w->cx, &it->place, &place));
    pl_value args[] = {PL_ROW_KEY(w),
                       PL_V_INT((int64_t)row),
                       PL_V_TEXT(id),
                       PL_V_TEXT(pl_link_token(how)),
                       PL_V_TEXT(it->no),
                       PL_V_TEXT(it->part),
                       PL_V_TEXT(it->part_name),
                       PL_V_TEXT(it->name),
                       PL_V_TEXT(it->unit),
                       PL_V_TEXT(it->group),
                       PL_V_TEXT(pl_attribute_token(it->attribute)),
                       PL_V_TEXT(responsible),
                       PL_V_TEXT(place)};
    PL_TRY(put(w, PL_Q_plan_row_put, args, PL_COUNT(args)));
    for (size_t i = 0; i < it->cells.n; i++)
        PL_TRY(put_cell(w, &it->cells.p[i], id, row, i));
    return put_row_units(w, it, row);
}

/* ---- tasks, outline, goals, facts */

static pl_status put_task(pl_row_writer *w, size_t at)
{
    const pl_task *t = &w->in->check->plan->tasks.p[at];
    pl_str goals, place;

    PL_TRY(pl_goals_json(w->cx, &t->goals, &goals));
    PL_TRY(pl_place_json(w->cx, &t->place, &place));
    pl_value args[] = {PL_ROW_KEY(w),      PL_V_INT((int64_t)at), PL_V_INT(t->no),
                       PL_V_TEXT(t->text), PL_V_TEXT(t->section), PL_V_TEXT(t->deadline),
                       PL_V_TEXT(goals),   PL_V_TEXT(place)};
    PL_TRY(put(w, PL_Q_task_put, args, PL_COUNT(args)));
    for (size_t i = 0; i < t->responsible.n; i++) {
        pl_str id;

        PL_TRY(unit_of(w, t->responsible.p[i], &id));
        pl_value unit[] = {PL_ROW_KEY(w), PL_V_INT((int64_t)at), PL_V_INT((int64_t)i),
                           PL_V_TEXT(id), PL_V_INT(i < t->n_lead)};
        PL_TRY(put(w, PL_Q_task_unit_put, unit, PL_COUNT(unit)));
    }
    return PL_OK;
}

static pl_status put_section(pl_row_writer *w, size_t at)
{
    const pl_section *s = &w->in->check->plan->sections.p[at];
    pl_str place;

    PL_TRY(pl_place_json(w->cx, &s->place, &place));
    pl_value args[] = {PL_ROW_KEY(w),        PL_V_INT((int64_t)at), PL_V_TEXT(s->id),
                       PL_V_TEXT(s->number), PL_V_TEXT(s->title),   PL_V_INT(s->level),
                       PL_V_INT(s->clause),  PL_V_TEXT(s->text),    PL_V_TEXT(place)};
    return put(w, PL_Q_section_put, args, PL_COUNT(args));
}

static pl_status put_goal(pl_row_writer *w, size_t at)
{
    const pl_goal *g = &w->in->check->plan->goals.p[at];
    pl_str place;

    PL_TRY(pl_place_json(w->cx, &g->place, &place));
    pl_value args[] = {PL_ROW_KEY(w),
                       PL_V_INT((int64_t)at),
                       PL_V_TEXT(g->name),
                       PL_V_TEXT(g->text),
                       PL_V_INT(g->year),
                       g->indicator == PL_NOPOS ? PL_V_NULL
                                                : PL_V_INT((int64_t)g->indicator),
                       PL_V_INT(g->main),
                       PL_V_TEXT(place)};
    return put(w, PL_Q_goal_put, args, PL_COUNT(args));
}

static pl_status put_fact(pl_row_writer *w, size_t at)
{
    const pl_fact *f = &w->in->check->plan->facts.p[at];
    char value[24];
    pl_str place;

    PL_TRY(pl_place_json(w->cx, &f->place, &place));
    pl_value args[] = {
        PL_ROW_KEY(w),         PL_V_INT((int64_t)at),
        PL_V_TEXT(f->text),    PL_V_TEXT(pl_str_from(pl_dec_text(f->value, value))),
        PL_V_TEXT(f->unit),    PL_V_INT(f->year),
        PL_V_TEXT(f->subject), PL_V_TEXT(place)};
    return put(w, PL_Q_fact_put, args, PL_COUNT(args));
}

static pl_status put_all(pl_row_writer *w, size_t n,
                         pl_status (*one)(pl_row_writer *, size_t))
{
    for (size_t i = 0; i < n; i++)
        PL_TRY(one(w, i));
    return PL_OK;
}

pl_status pl_plan_rows_write(pl_row_writer *w)
{
    const pl_plan *plan = w->in->check->plan;

    PL_TRY(pl_indicators_load(w));
    PL_TRY(put_units(w));
    PL_TRY(put_all(w, plan->indicators.n, put_indicator));
    PL_TRY(put_all(w, plan->tasks.n, put_task));
    PL_TRY(put_all(w, plan->sections.n, put_section));
    PL_TRY(put_all(w, plan->goals.n, put_goal));
    PL_TRY(put_all(w, plan->facts.n, put_fact));
    return pl_check_rows_write(w);
}
