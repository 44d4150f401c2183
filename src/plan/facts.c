/* Every quantity of the plan's texts, with what it counts, its period and place. */
#include "plan/recognise.h"
#include "plan/words.h"
#include "text/utf8.h"
#include "text/year.h"

enum { SUBJECT_MAX_CHARS = 24, CLAUSE_MAX_CHARS = 80 };

static const pl_str breaks[] = {PL_S_INIT(","),  PL_S_INIT(";"),  PL_S_INIT("。"),
                                PL_S_INIT(":"),  PL_S_INIT("、"), PL_S_INIT("！"),
                                PL_S_INIT("！"), PL_S_INIT("“"),  PL_S_INIT("”"),
                                PL_S_INIT("("),  PL_S_INIT(")"),  PL_S_INIT("—")};

/* What a text is read with. */
typedef struct facts_in {
    pl_plan *plan;
    size_t index; /* of the text */
    pl_fact_text *text;
    int year; /* of the section it stands in */
    pl_str section;
    size_t dated; /* periods were looked for up to here, … */
    size_t dated_sentence;
    int dated_year; /* … and this is the last one of the sentence */
} facts_in;

static size_t break_at(pl_str s, size_t i)
{
    unsigned char c = (unsigned char)s.p[i];

    if (c >= 0x80 && c != 0xe2 && c != 0xe3 && c != 0xef)
        return 0;
    for (size_t k = 0; k < PL_COUNT(breaks); k++)
        if (pl_str_starts(pl_str_tail(s, i), breaks[k]))
            return breaks[k].n;
    return 0;
}

/* The span of words before `at`, back to the last break; no more than a clause has. */
static pl_span words_before(pl_str s, size_t at, size_t from)
{
    size_t start = at;

    for (size_t n = 0; start > from && n < CLAUSE_MAX_CHARS; n++) {
        size_t i = start - 1;

        while (i > from && ((unsigned char)s.p[i] & 0xc0) == 0x80)
            i--;
        if (break_at(s, i))
            break;
        start = i;
    }
    return (pl_span){start, at - start};
}

static pl_span words_after(pl_str s, size_t at)
{
    size_t i = at, n = 0;

    while (i < s.n && !break_at(s, i) && n++ < SUBJECT_MAX_CHARS && !pl_is_digit(s.p[i]))
        i += pl_utf8_len((unsigned char)s.p[i]);
    return (pl_span){at, i - at};
}

/* Verbs that part a counted noun from what happens to it, and a subject from its figure:
 * `1.28万户企业|享受…`, `…专利快速预审|达4462件`. */
static const pl_str verbs[] = {
    PL_S_INIT("享受"), PL_S_INIT("获得"), PL_S_INIT("达到"), PL_S_INIT("实现"),
    PL_S_INIT("完成"), PL_S_INIT("进入"), PL_S_INIT("参与"), PL_S_INIT("发布"),
    PL_S_INIT("发放"), PL_S_INIT("办理"), PL_S_INIT("减免"), PL_S_INIT("增长"),
    PL_S_INIT("下降"), PL_S_INIT("占"),   PL_S_INIT("达"),   PL_S_INIT("为"),
    PL_S_INIT("的"),   PL_S_INIT("全部"), PL_S_INIT("均"),   PL_S_INIT("已"),
    PL_S_INIT("入驻"), PL_S_INIT("融资"), PL_S_INIT("建成"), PL_S_INIT("投入"),
};

static size_t first_verb(pl_str s)
{
    size_t best = s.n;

    for (size_t k = 0; k < PL_COUNT(verbs); k++) {
        size_t at = pl_str_find(s, verbs[k], 0);

        if (at < best && at > 0)
            best = at;
    }
    return best;
}

static bool is_counter(const pl_quantity *q)
{
    return q->unit && q->unit->class == PL_WORD_COUNTER;
}

/* What a quantity counts: the noun behind a counter (12家企业), else what stands before
 * the figure in its clause. */
static pl_span subject_of(pl_str s, const pl_quantity *q, size_t sentence)
{
    pl_span after = words_after(s, q->at.at + q->at.n);
    pl_str noun = pl_str_sub(s, after.at, after.n);

    if (is_counter(q) && noun.n >= 3) {
        after.n = first_verb(noun);
        if (after.n >= 3)
            return after;
    }
    return words_before(s, q->at.at, sentence);
}

/* The period that a quantity at `at` is for: the last one named before it in its
 * sentence, else the section's. Quantities come in order, so each looks only at what
 * stands between it and the one before. */
static int year_before(facts_in *in, size_t sentence, size_t at)
{
    pl_str part = pl_str_sub(in->text->fold.s, 0, at);

    if (in->dated < sentence || sentence != in->dated_sentence) {
        in->dated = in->dated_sentence = sentence;
        in->dated_year = in->year;
    }
    while (in->dated < at) {
        pl_period p = pl_period_in(part, in->dated, in->year, &in->dated);

        if (p.n == 0) {
            in->dated = at;
        } else {
            in->dated_year = p.year;
            in->dated += p.n;
        }
    }
    return in->dated_year;
}

static pl_str as_written(const pl_fact_text *t, pl_span at)
{
    pl_span span = pl_fold_span(&t->fold, at.at, at.n);

    return pl_str_trim(pl_str_sub(t->text->s, span.at, span.n));
}

static pl_status add_fact(pl_ctx *cx, facts_in *in, const pl_quantity *q, size_t sentence)
{
    pl_fact *f = PL_VEC_ADD(cx->arena, &in->plan->facts);
    const pl_fact_text *t = in->text;

    if (!f)
        return pl_fail_memory(cx);
    f->in = in->index;
    f->q = *q;
    f->text = as_written(t, q->at);
    f->value = q->number.value;
    f->upper = q->is_range ? q->upper.value : q->number.value;
    f->resolution = q->number.resolution;
    f->unit_word = q->unit;
    f->unit = q->number.percent ? PL_S("%") : (pl_str){0};
    if (q->unit)
        f->unit = q->unit->class == PL_WORD_UNIT && q->unit->field[2].n
                      ? q->unit->field[2]
                      : q->unit->word;
    f->hedge = q->hedge;
    f->year = year_before(in, sentence, q->at.at);
    f->subject = as_written(t, subject_of(t->fold.s, q, sentence));
    f->section = in->section;
    if (t->source == PL_SOURCE_TASK)
        f->section = in->plan->tasks.p[t->task].section;
    f->block = t->block;
    f->at = pl_fold_span(&t->fold, q->at.at, q->at.n);
    f->place = pl_text_place(t->text, t->place, f->at.at, f->at.n);
    return PL_OK;
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
    return PL_OK;
}

/* The year that a section is about, from its own title or one above it. */
static pl_status section_year(pl_ctx *cx, const pl_plan *plan, size_t section, int *year)
{
    *year = plan->year;
    for (size_t i = section; i != PL_NOPOS; i = i ? i - 1 : PL_NOPOS) {
        const pl_section *s = &plan->sections.p[i];
        pl_period p;
        pl_str title;

        if (s->clause)
            continue;
        PL_TRY(pl_fold_str(cx, s->title, &title));
        p = pl_period_in(title, 0, plan->year, NULL);
        if (p.n && p.first == p.year) {
            *year = p.year;
            return PL_OK;
        }
        if (s->level <= 1)
            return PL_OK;
    }
    return PL_OK;
}

pl_status pl_read_facts(pl_ctx *cx, pl_plan *plan)
{
    size_t last = PL_NOPOS - 1;
    facts_in in = {.plan = plan};

    for (in.index = 0; in.index < plan->texts.n; in.index++) {
        size_t section;

        in.text = &plan->texts.p[in.index];
        section = in.text->section;
        if (section != last) {
            PL_TRY(section_year(cx, plan, section, &in.year));
            in.section = section == PL_NOPOS ? (pl_str){0} : plan->sections.p[section].id;
            last = section;
        }
        PL_TRY(read_text(cx, &in));
    }
    return PL_OK;
}
