/* Every quantity of the plan's texts, with what it counts, its period and place. */
#include "plan/fact_noun.h"
#include "plan/recognise.h"
#include "text/year.h"

/* What a text is read with. */
typedef struct facts_in {
    pl_plan *plan;
    size_t index; /* of the text */
    pl_fact_text *text;
    pl_arena *scratch;
    pl_period period; /* of the section it stands in */
    pl_str section;
    size_t dated; /* periods were looked for up to here, … */
    size_t dated_sentence;
    pl_period last; /* … and this is the last one of the sentence */
} facts_in;

/* The period that a quantity at `at` is for: the last one named before it in its
 * sentence, else the section's. Quantities come in order, so each looks only at what
 * stands between it and the one before. */
static pl_period period_before(facts_in *in, size_t sentence, size_t at)
{
    pl_str part = pl_str_sub(in->text->fold.s, 0, at);

    if (in->dated < sentence || sentence != in->dated_sentence) {
        in->dated = in->dated_sentence = sentence;
        in->last = in->period;
    }
    while (in->dated < at) {
        pl_period p = pl_period_in(part, in->dated, in->period.year, &in->dated);

        if (p.n == 0) {
            in->dated = at;
        } else {
            in->last = p;
            in->dated += p.n;
        }
    }
    return in->last;
}

/* The unit's canonical spelling: 张 of 200张床位. */
static pl_str unit_of(const pl_quantity *q)
{
    const pl_word *u = q->unit;
    pl_str canonical;

    if (!u)
        return q->number.percent ? PL_S("%") : (pl_str){0};
    canonical = u->field[2];
    return canonical.n ? canonical : u->word;
}

static pl_status add_fact(pl_ctx *cx, facts_in *in, const pl_quantity *q, size_t sentence)
{
    pl_fact *f = PL_VEC_ADD(cx->arena, &in->plan->facts);
    const pl_fact_text *t = in->text;
    pl_period period;

    if (!f)
        return pl_fail_memory(cx);
    f->in = in->index;
    f->q = *q;
    f->text = pl_fact_text_at(t, q->at);
    f->value = q->number.value;
    f->upper = q->is_range ? q->upper.value : q->number.value;
    f->resolution = q->number.resolution;
    f->unit_word = q->unit;
    f->unit = unit_of(q);
    f->hedge = q->hedge;
    period = period_before(in, sentence, q->at.at);
    f->year = period.year;
    f->first = period.first;
    f->target =
        t->source == PL_SOURCE_TASK || (in->plan->year && f->year >= in->plan->year);
    f->section = in->section;
    if (t->source == PL_SOURCE_TASK)
        f->section = in->plan->tasks.p[t->task].section;
    f->block = t->block;
    f->at = pl_fold_span(&t->fold, q->at.at, q->at.n);
    f->place = pl_text_place(t->text, t->place, f->at.at, f->at.n);
    return PL_OK;
}

static bool is_list_joint(pl_str gap)
{
    return pl_str_eq(gap, PL_S("、")) || pl_str_eq(gap, PL_S("和")) ||
           pl_str_eq(gap, PL_S("与"));
}

/* a unit that the figures of a list share is written once, behind the last
 * (高12.7个、12个百分点; 增长5、6%). */
static void share_units(facts_in *in, pl_str s)
{
    pl_fact *f = in->plan->facts.p;

    for (size_t i = in->plan->facts.n; i-- > in->text->first_fact + 1;) {
        const pl_quantity *q = &f[i].q;
        pl_quantity *before = &f[i - 1].q;
        size_t end = before->at.at + before->at.n;

        if (!q->unit || before->unit == q->unit || before->number.percent ||
            !pl_str_starts(q->unit_text, before->unit_text) ||
            !is_list_joint(pl_str_sub(s, end, q->at.at - end)))
            continue;
        before->unit = f[i - 1].unit_word = q->unit;
        f[i - 1].unit = f[i].unit;
    }
}

static pl_status read_text(pl_ctx *cx, facts_in *in)
{
    pl_str s = in->text->fold.s;
    size_t sentence = 0, from = 0, stop = pl_str_find(s, PL_S("。"), 0);
    pl_quantity q;

    in->dated = PL_NOPOS; /* a new text */
    in->dated_sentence = PL_NOPOS;
    in->text->first_fact = in->plan->facts.n;
    while (pl_quantity_next(cx->lexicon, s, from, &q)) {
        for (; stop < q.at.at; stop = pl_str_find(s, PL_S("。"), sentence))
            sentence = stop + PL_S("。").n;
        PL_TRY(add_fact(cx, in, &q, sentence));
        from = q.at.at + q.at.n;
    }
    in->text->n_facts = in->plan->facts.n - in->text->first_fact;
    share_units(in, s);
    return pl_fact_nouns(cx, in->plan, in->text, in->scratch);
}

/* The year that a section is about, from its own title or one above it. */
static pl_status section_period(pl_ctx *cx, const pl_plan *plan, size_t section,
                                pl_period *out)
{
    *out = (pl_period){plan->year, plan->year, 0};
    for (size_t i = section; i != PL_NOPOS; i = i ? i - 1 : PL_NOPOS) {
        const pl_section *s = &plan->sections.p[i];
        pl_period p;
        pl_str title;

        if (s->clause)
            continue;
        PL_TRY(pl_fold_str(cx, s->title, &title));
        p = pl_period_in(title, 0, plan->year, NULL);
        if (p.n && p.first == p.year) {
            *out = p;
            return PL_OK;
        }
        if (s->level <= 1)
            return PL_OK;
    }
    return PL_OK;
}

static pl_status read_all(pl_ctx *cx, facts_in *in)
{
    pl_plan *plan = in->plan;
    size_t last = PL_NOPOS - 1;

    for (in->index = 0; in->index < plan->texts.n; in->index++) {
        size_t section;

        in->text = &plan->texts.p[in->index];
        section = in->text->section;
        if (section != last) {
            PL_TRY(section_period(cx, plan, section, &in->period));
            in->section =
                section == PL_NOPOS ? (pl_str){0} : plan->sections.p[section].id;
            last = section;
        }
        PL_TRY(read_text(cx, in));
    }
    return PL_OK;
}

pl_status pl_read_facts(pl_ctx *cx, pl_plan *plan)
{
    size_t most = cx->limits.arena_bytes, used = pl_arena_used(cx->arena);
    facts_in in = {.plan = plan, .scratch = pl_arena_new(used < most ? most - used : 0)};
    pl_status st;

    if (!in.scratch)
        return pl_fail_memory(cx);
    st = read_all(cx, &in);
    pl_arena_free(in.scratch);
    return st == PL_ENOMEM ? pl_fail_memory(cx) : st;
}
