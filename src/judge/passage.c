/* Cutting a document into passages with their figures. */
#include "judge/passage.h"

#include <limits.h>

#include "judge/passage_index.h"
#include "plan/recognise.h"
#include "text/numbering.h"
#include "text/utf8.h"
#include "text/year.h"

enum { WORDS_MAX_CHARS = 16 };

/* One text (paragraph or cell) being cut. */
typedef struct cutting {
    const pl_plan *plan;
    pl_passages *ps;
    const pl_fact_text *text;
    size_t fact;          /* the next one of the text */
    size_t section;       /* that the years are of */
    int year, first_year; /* of the sections around it */
    bool dated;           /* they say it */
    pl_stage stage;       /* of the sections around it */
    size_t list, n_lists; /* the list of numbered paragraphs it stands in, 0 = none */
    pl_numbering_kind list_kind;
    int item; /* and where in it */
    size_t sentence;
} cutting;

static const pl_str stops[] = {PL_S_INIT("。"), PL_S_INIT(";"), PL_S_INIT(","),
                               PL_S_INIT("!"),  PL_S_INIT("?"), PL_S_INIT("ü"),
                               PL_S_INIT("Ø"),  PL_S_INIT("\n")};

/* Bytes of the mark at s[i], 0 when there is none; brackets do not matter. */
static size_t stop_at(pl_str s, size_t i)
{
    unsigned char c = (unsigned char)s.p[i];

    if (c >= 0x80 && c != 0xe3 && c != 0xc3)
        return 0;
    if (c == ',' && i && i + 1 < s.n && pl_is_digit(s.p[i - 1]) &&
        pl_is_digit(s.p[i + 1]))
        return 0;
    for (size_t k = 0; k < PL_COUNT(stops); k++)
        if (pl_str_starts(pl_str_tail(s, i), stops[k]))
            return stops[k].n;
    return 0;
}

static bool is_boundary(pl_str rest)
{
    static const pl_str marks[] = {PL_S_INIT("、"), PL_S_INIT(":"), PL_S_INIT("("),
                                   PL_S_INIT(")"),  PL_S_INIT("“"), PL_S_INIT("”")};

    return !pl_is_ideograph_byte(rest.p[0]) &&
           pl_str_starts_any(rest, marks, PL_COUNT(marks));
}

/* Words behind a figure, to the next mark or figure; at most WORDS_MAX_CHARS. */
static pl_str noun_after(pl_str s, size_t at)
{
    size_t i = at, n = 0;

    while (i < s.n && n++ < WORDS_MAX_CHARS && !pl_is_digit(s.p[i]) &&
           !is_boundary(pl_str_tail(s, i)))
        i += pl_utf8_len((unsigned char)s.p[i]);
    return pl_str_sub(s, at, i - at);
}

/* Words before a figure, back to the last mark or figure of the passage. */
static pl_str words_before(pl_str s, size_t from, size_t at)
{
    size_t start = from, chars = 0;

    for (size_t i = from; i < at; i += pl_utf8_len((unsigned char)s.p[i]))
        if (is_boundary(pl_str_tail(s, i)))
            start = i + pl_utf8_len((unsigned char)s.p[i]);
    for (size_t i = at; i > start && chars < WORDS_MAX_CHARS; chars++) {
        i = pl_utf8_back(s, i);
        if (chars + 1 == WORDS_MAX_CHARS)
            start = i;
    }
    return pl_str_sub(s, start, at - start);
}

/* The facts of a passage as figures. */
static pl_status add_figures(pl_ctx *cx, cutting *c, pl_passage *p, size_t index,
                             pl_span at)
{
    pl_str s = pl_str_sub(c->text->fold.s, 0, at.at + at.n);
    size_t end = c->text->first_fact + c->text->n_facts, last = at.at;

    p->first_figure = c->ps->figures.n;
    for (; c->fact < end && c->plan->facts.p[c->fact].q.at.at < s.n; c->fact++) {
        const pl_fact *fact = &c->plan->facts.p[c->fact];
        size_t from = fact->q.at.at, to = from + fact->q.at.n;
        pl_figure f = {.passage = index, .fact = fact, .q = fact->q};
        pl_figure *slot;

        if (from < at.at || to > s.n)
            continue; /* a mark stands in it: of no passage */
        f.before = words_before(s, last, from);
        f.noun = noun_after(s, to);
        f.q.at.at -= at.at; /* from here on, offsets are in the passage */
        f.q.number_at.at -= at.at;
        if (!pl_figure_measure(&f))
            continue;
        f.text = fact->text;
        f.place = fact->place;
        last = to;
        slot = PL_VEC_ADD(cx->arena, &c->ps->figures);
        if (!slot)
            return pl_fail_memory(cx);
        *slot = f;
        p->n_figures++;
    }
    return PL_OK;
}

/* Words that tell what was done from what is to be done; the first that is found tells.
 */
typedef struct stage_word {
    pl_str word;
    pl_stage stage;
} stage_word;

static const stage_word own_stages[] = {
    {PL_S_INIT("力争"), PL_STAGE_AHEAD},  {PL_S_INIT("争取"), PL_STAGE_AHEAD},
    {PL_S_INIT("确保"), PL_STAGE_AHEAD},  {PL_S_INIT("同比"), PL_STAGE_DONE},
    {PL_S_INIT("比上年"), PL_STAGE_DONE}, {PL_S_INIT("较上年"), PL_STAGE_DONE}};

static const stage_word title_stages[] = {
    {PL_S_INIT("完成情况"), PL_STAGE_DONE}, {PL_S_INIT("执行情况"), PL_STAGE_DONE},
    {PL_S_INIT("回顾"), PL_STAGE_DONE},     {PL_S_INIT("进展"), PL_STAGE_DONE},
    {PL_S_INIT("成效"), PL_STAGE_DONE},     {PL_S_INIT("成就"), PL_STAGE_DONE},
    {PL_S_INIT("现状"), PL_STAGE_DONE},     {PL_S_INIT("基础"), PL_STAGE_DONE},
    {PL_S_INIT("背景"), PL_STAGE_DONE},     {PL_S_INIT("we stand"), PL_STAGE_DONE},
    {PL_S_INIT("chieved"), PL_STAGE_DONE},  {PL_S_INIT("arget"), PL_STAGE_AHEAD},
    {PL_S_INIT("目标"), PL_STAGE_AHEAD},    {PL_S_INIT("任务"), PL_STAGE_AHEAD},
    {PL_S_INIT("安排"), PL_STAGE_AHEAD},    {PL_S_INIT("打算"), PL_STAGE_AHEAD},
    {PL_S_INIT("要求"), PL_STAGE_AHEAD},    {PL_S_INIT("思路"), PL_STAGE_AHEAD},
    {PL_S_INIT("下一步"), PL_STAGE_AHEAD}};

static pl_stage stage_in(pl_str s, const stage_word *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (pl_str_has(s, words[i].word))
            return words[i].stage;
    return PL_STAGE_UNKNOWN;
}

pl_stage pl_passage_stage(const pl_passage *p)
{
    pl_stage own = stage_in(p->text, own_stages, PL_COUNT(own_stages));

    return own == PL_STAGE_UNKNOWN ? p->heading : own;
}

/* The stage that the headings around a text say, the nearest first; one that names both
 * says neither. */
static void block_stage(cutting *c)
{
    int level = INT_MAX;

    c->stage = PL_STAGE_UNKNOWN;
    for (size_t i = c->section; i != PL_NOPOS && c->stage == PL_STAGE_UNKNOWN;
         i = i ? i - 1 : PL_NOPOS) {
        const pl_section *s = &c->plan->sections.p[i];

        if (s->clause || s->level >= level)
            continue;
        level = s->level;
        c->stage = stage_in(s->title, title_stages, PL_COUNT(title_stages));
        if (level <= 1)
            break;
    }
}

/* Follow the lists of paragraphs numbered 1. 2. 3. */
static void follow_list(cutting *c)
{
    pl_numbering m = pl_numbering_at(c->text->text->s);
    bool small = m.kind == PL_NUMBERING_AR_DOT || m.kind == PL_NUMBERING_AR_PAREN ||
                 m.kind == PL_NUMBERING_CIRCLED;

    if (m.kind == PL_NUMBERING_NONE)
        return; /* goes on with the item */
    if (!small) {
        c->list = 0;
        return;
    }
    if (c->list == 0 || m.kind != c->list_kind || m.number != c->item + 1)
        c->list = ++c->n_lists;
    c->list_kind = m.kind;
    c->item = m.number;
}

/* The period that a passage speaks of: its own words', else that of the passage before it
 * in its sentence (or before its semicolon), else of the sections around it. */
static void period_of(const cutting *c, pl_passage *p, const pl_passage *before)
{
    pl_period own = pl_period_in(p->text, 0, c->plan->year, NULL);
    bool goes_on =
        before && before->block == p->block && before->cell == p->cell &&
        (before->sentence == p->sentence || pl_str_eq(before->mark, PL_S(";")));

    p->year = c->year;
    p->first_year = c->first_year;
    p->dated = c->dated || own.n;
    if (own.n) {
        p->year = own.year;
        p->first_year = own.first;
    } else if (goes_on) {
        p->year = before->year;
        p->first_year = before->first_year;
        p->dated = before->dated;
    }
}

/* 增长4%, 下降到3%: a change of what was named before; not 减免租金4亿元. */
static bool is_bare_change(const pl_lexicon *lx, pl_str s)
{
    static const pl_str to[] = {PL_S_INIT("到"), PL_S_INIT("至"), PL_S_INIT("为")};
    const pl_word *w = pl_lexicon_at(lx, PL_WORDS(CHANGE), s);
    pl_str rest = w ? pl_str_tail(s, w->word.n) : s;

    return w && (rest.n == 0 || pl_is_digit(rest.p[0]) ||
                 pl_str_starts_any(rest, to, PL_COUNT(to)) ||
                 pl_lexicon_at(lx, PL_WORDS(ABOUT) | PL_WORDS(BOUND), rest));
}

/* A clause that begins with a change (同比增长4%) or has no name of its own says more of
 * what the clause before it names. */
static bool lacks_subject(const pl_lexicon *lx, pl_str s)
{
    static const pl_str starts[] = {
        PL_S_INIT("同比"),     PL_S_INIT("较上年"),   PL_S_INIT("比上年"),
        PL_S_INIT("占"),       PL_S_INIT("累计"),     PL_S_INIT("其中"),
        PL_S_INIT("达到"),     PL_S_INIT("分别"),     PL_S_INIT("增速"),
        PL_S_INIT("年均"),     PL_S_INIT("预计同比"), PL_S_INIT("高于"),
        PL_S_INIT("同口径"),   PL_S_INIT("连续"),     PL_S_INIT("超额"),
        PL_S_INIT("完成年度"), PL_S_INIT("完成全年"), PL_S_INIT("完成计划"),
        PL_S_INIT("完成预算"), PL_S_INIT("较年初"),   PL_S_INIT("比年初")};

    for (size_t i = 0; i < PL_COUNT(starts); i++)
        if (pl_str_starts(s, starts[i]))
            return true;
    return is_bare_change(lx, s);
}

static pl_status add_passage(pl_ctx *cx, cutting *c, pl_span at, pl_str mark)
{
    pl_passage *p;
    const pl_fact_text *t = c->text;
    pl_span source = pl_fold_span(&t->fold, at.at, at.n);
    size_t index = c->ps->all.n;

    if (pl_str_trim(pl_str_sub(t->fold.s, at.at, at.n)).n == 0)
        return PL_OK;
    p = PL_VEC_ADD(cx->arena, &c->ps->all);
    if (!p)
        return pl_fail_memory(cx);
    p->source = t->source;
    p->block = t->block;
    p->cell = t->cell;
    p->task = t->source == PL_SOURCE_TASK ? t->task : PL_NOPOS;
    p->section = t->section;
    p->sentence = c->sentence;
    p->text = pl_str_sub(t->fold.s, at.at, at.n);
    p->heading = c->stage;
    p->list = c->list;
    p->item = c->item;
    period_of(c, p, index ? &c->ps->all.p[index - 1] : NULL);
    p->subject = index;
    if (index && c->ps->all.p[index - 1].sentence == p->sentence &&
        lacks_subject(cx->lexicon, p->text))
        p->subject = c->ps->all.p[index - 1].subject;
    p->mark = mark;
    p->written = pl_fact_text_at(t, at);
    p->place = pl_text_place(t->text, t->place, source.at, source.n);
    return add_figures(cx, c, p, index, at);
}

static pl_status cut(pl_ctx *cx, cutting *c)
{
    pl_str s = c->text->fold.s;
    size_t start = 0, n;

    c->fact = c->text->first_fact;
    c->sentence++;
    for (size_t i = 0; (i = pl_skip_ideographs(s, i)) < s.n; i += n) {
        size_t mark = stop_at(s, i);

        n = mark ? mark : pl_utf8_len((unsigned char)s.p[i]);
        if (!mark)
            continue;
        PL_TRY(add_passage(cx, c, (pl_span){start, i - start}, pl_str_sub(s, i, mark)));
        if (s.p[i] != ',')
            c->sentence++;
        start = i + mark;
    }
    return add_passage(cx, c, (pl_span){start, s.n - start}, (pl_str){0});
}

/* The year that the sections around a text speak of. */
static pl_status block_year(pl_ctx *cx, cutting *c)
{
    size_t i = c->section;

    c->year = c->first_year = c->plan->year;
    c->dated = false;
    for (; i != PL_NOPOS; i = i ? i - 1 : PL_NOPOS) {
        const pl_section *s = &c->plan->sections.p[i];
        pl_str title;
        pl_period p;

        if (s->clause || s->level > 2)
            continue;
        PL_TRY(pl_fold_str(cx, s->title, &title));
        p = pl_period_in(title, 0, c->plan->year, NULL);
        if (p.n) {
            c->year = p.year;
            c->first_year = p.first;
            c->dated = true;
            return PL_OK;
        }
        if (s->level <= 1)
            return PL_OK;
    }
    return PL_OK;
}

/* Words at a paragraph's start that say what period it and those after it speak of. */
static const struct {
    pl_str word;
    int years; /* how many, ending with `ago` */
    int ago;   /* years before the plan's */
} spans[] = {
    {PL_S_INIT("五年来"), 5, 1},    {PL_S_INIT("这五年"), 5, 1},
    {PL_S_INIT("过去五年"), 5, 1},  {PL_S_INIT("五年间"), 5, 1},
    {PL_S_INIT("的五年"), 5, 1},    {PL_S_INIT("过去一年"), 1, 1},
    {PL_S_INIT("一年来"), 1, 1},    {PL_S_INIT("未来五年"), 5, -4},
    {PL_S_INIT("今后五年"), 5, -4},
};

enum { LEAD_MAX_CHARS = 50 };

/* Carry the period that a paragraph's first words set; it holds until the next heading or
 * the next such words. */
static pl_status lead_period(pl_ctx *cx, cutting *c)
{
    pl_str lead = c->text->text->s;
    size_t n = 0, chars = 0, comma;
    pl_period p;

    while (n < lead.n && chars++ < LEAD_MAX_CHARS)
        n += pl_utf8_len((unsigned char)lead.p[n]);
    lead = pl_str_sub(lead, 0, n);
    for (size_t i = 0; i < PL_COUNT(spans) && c->plan->year; i++)
        if (pl_str_has(lead, spans[i].word)) {
            c->year = c->plan->year - spans[i].ago;
            c->first_year = c->year - spans[i].years + 1;
            c->dated = true;
            return PL_OK;
        }
    PL_TRY(pl_fold_str(cx, lead, &lead));
    comma = pl_str_find(lead, PL_S(","), 0);
    p = pl_period_in(pl_str_sub(lead, 0, comma == PL_NOPOS ? 0 : comma), 0, c->plan->year,
                     NULL);
    if (p.n) { /* 刚刚过去的2025年,… */
        c->year = p.year;
        c->first_year = p.first;
        c->dated = true;
    }
    return PL_OK;
}

/* The names of indicators, so that figures find the indicator they are of. */
static pl_status add_indicators(pl_ctx *cx, cutting *c)
{
    for (size_t i = 0; i < c->plan->indicators.n; i++) {
        const pl_indicator *it = &c->plan->indicators.p[i];
        pl_passage *p = PL_VEC_ADD(cx->arena, &c->ps->all);

        if (!p)
            return pl_fail_memory(cx);
        p->source = PL_SOURCE_INDICATOR;
        p->task = i;
        p->subject = c->ps->all.n - 1;
        p->sentence = ++c->sentence;
        p->section = PL_NOPOS;
        p->written = it->name;
        p->place = it->place;
        PL_TRY(pl_fold_str(cx, it->name, &p->text));
    }
    return PL_OK;
}

pl_status pl_passages_make(pl_ctx *cx, const pl_plan *plan, pl_passages **out)
{
    cutting c = {.plan = plan, .section = PL_NOPOS - 1};

    c.ps = PL_NEW(cx->arena, pl_passages);
    if (!c.ps)
        return pl_fail_memory(cx);
    for (size_t i = 0; i < plan->texts.n; i++) {
        c.text = &plan->texts.p[i];
        if (c.text->section != c.section) {
            c.section = c.text->section;
            PL_TRY(block_year(cx, &c));
            block_stage(&c);
        }
        if (c.text->source == PL_SOURCE_NARRATIVE) {
            PL_TRY(lead_period(cx, &c));
            follow_list(&c);
        }
        PL_TRY(cut(cx, &c));
    }
    PL_TRY(add_indicators(cx, &c));
    PL_TRY(pl_passages_index(cx, c.ps));
    *out = c.ps;
    return PL_OK;
}
