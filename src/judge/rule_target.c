/* Figures of the text and of the tasks against the indicator table: what was reached
 * against the year's value, what is asked for against the year's target. R-340. */
#include "judge/rules.h"
#include "judge/series.h"
#include "plan/recognise.h"

enum {
    NAME_WITHIN = 500, /* thousandths of the shorter: the figure is of this indicator */
    NAME_CLEAR = 150,  /* ahead of the next indicator */
    NAME_STRONG = 700, /* plainly */
    NAME_SAME = 1000,  /* of both: the same name */
    CLAUSES_BACK = 4,  /* how far before a figure its name may stand */
    LIKE_LEAST = 200,
    LIKE_MOST = 12
};

/* The figure that a cell gives on the basis the words beside `f` name (同口径), or on its
 * own where they name none. False: it has none. */
static bool cell_figure(pl_ctx *cx, const pl_indicator *it, const pl_datum *d,
                        const pl_figure *f, pl_figure *out)
{
    const pl_node *n = d->phrase->first, *named = NULL;

    for (const pl_node *k = n->next; k && !named; k = k->next)
        if (k->kind == PL_NODE_BASIS && k->kid && k->text.n &&
            pl_str_has(f->before, k->text))
            named = k;
    if (!named && pl_str_has(f->before, PL_S("口径")))
        return false;
    if (!pl_figure_of_node(cx->lexicon, it, named ? named->kid : n, out))
        return false;
    out->text = d->clean;
    out->place = d->place;
    return true;
}

/* A bound and a figure: held when the figure keeps it. */
static bool bound_holds(pl_hedge h, const pl_figure *bound, const pl_figure *f)
{
    int c = pl_dec_cmp(f->value, bound->value);

    if (h == PL_HEDGE_GE || h == PL_HEDGE_GT)
        return c >= 0;
    return c <= 0;
}

static bool is_bound(pl_hedge h)
{
    return h == PL_HEDGE_GE || h == PL_HEDGE_GT || h == PL_HEDGE_LE || h == PL_HEDGE_LT;
}

static bool is_upper(pl_hedge h)
{
    return h == PL_HEDGE_LE || h == PL_HEDGE_LT;
}

static pl_agree agree(const pl_figure *f, const pl_figure *cell)
{
    if (is_bound(f->q.hedge) && !is_bound(cell->q.hedge))
        return bound_holds(f->q.hedge, f, cell) ? PL_AGREE_HEDGED : PL_AGREE_NOT;
    if (is_bound(cell->q.hedge) && !is_bound(f->q.hedge))
        return bound_holds(cell->q.hedge, cell, f) ? PL_AGREE_HEDGED : PL_AGREE_NOT;
    if (is_bound(f->q.hedge) && is_upper(f->q.hedge) == is_upper(cell->q.hedge))
        return pl_dec_cmp(f->value, cell->value) == 0 ? PL_AGREE_SAME : PL_AGREE_NOT;
    if (f->q.hedge != PL_HEDGE_NONE && f->q.hedge == cell->q.hedge)
        return pl_dec_cmp(f->value, cell->value) == 0 ? PL_AGREE_SAME : PL_AGREE_NOT;
    return pl_figures_agree(f, cell);
}

/* What is asked for is set, not measured: 5000 is not 5002 rounded. */
static bool is_loose_target(const pl_datum *d, pl_agree how)
{
    return (d->role == PL_ROLE_TARGET || d->role == PL_ROLE_TERM_TARGET) &&
           (how == PL_AGREE_ROUND || how == PL_AGREE_ROUNDED);
}

/* A figure of the text, or of a goal, held against a cell of the table. */
typedef struct pairing {
    const pl_figure *f;
    pl_str text; /* the clause it stands in */
    bool task;
    const pl_indicator *it;
    const pl_datum *d;
    pl_figure cell;
    unsigned within; /* thousandths of the name that the words beside f have */
    bool sure;       /* they can mean no other indicator */
} pairing;

/* values of one unit, printed to different digits, neither vague. */
static bool other_digits(const pl_figure *f, const pl_figure *cell)
{
    return f->q.unit == cell->q.unit && f->q.hedge == PL_HEDGE_NONE &&
           cell->q.hedge == PL_HEDGE_NONE && pl_dec_cmp(f->last, cell->last) != 0;
}

/* Contradicting only where the name is plain and no reading of the words agrees: of two
 * vague figures, of a set one and its rounding, of what others ask for, both may be
 * meant. */
static pl_severity severity_of(const pairing *p, pl_agree how)
{
    if (how == PL_AGREE_ROUNDED && !is_loose_target(p->d, how) &&
        other_digits(p->f, &p->cell))
        return PL_SEVERITY_NOTE;
    if (how < PL_AGREE_TRUNCATED)
        return is_loose_target(p->d, how) ? PL_SEVERITY_WARNING : PL_SEVERITY_HELD;
    if (!p->sure || p->d->phrase->first->kind == PL_NODE_REFERENCE ||
        (p->f->q.hedge != PL_HEDGE_NONE && p->cell.q.hedge != PL_HEDGE_NONE))
        return PL_SEVERITY_WARNING;
    return PL_SEVERITY_ERROR;
}

static const struct {
    const char *zh, *en;
} sayings[] = {
    [PL_AGREE_SAME] = {"一致", "they agree"},
    [PL_AGREE_ROUNDED] = {"修约后一致", "the same when rounded"},
    [PL_AGREE_HEDGED] = {"相容", "they agree"},
    [PL_AGREE_ROUND] = {"取整后一致", "the same as a round number"},
    [PL_AGREE_TRUNCATED] = {"不一致：是截断而不是修约", "cut off, not rounded"},
    [PL_AGREE_NOT] = {"不一致", "they differ"},
};

static pl_status say(pl_ctx *cx, pl_check *check, const pairing *p)
{
    pl_agree how = agree(p->f, &p->cell);
    pl_severity severity = severity_of(p, how);
    const pl_indicator *it = p->it;
    const pl_datum *d = p->d;
    pl_relation *r;

    PL_TRY(pl_relation_add(cx, &check->relations,
                           how == PL_AGREE_TRUNCATED ? PL_KIND_ROUNDING : PL_KIND_TARGET,
                           severity, &r));
    r->loose = how != PL_AGREE_SAME;
    PL_TRY(pl_relation_zh(cx, r, "%s“%.*s”与指标%.*s（%.*s）%.*s“%.*s”%s",
                          p->task ? "任务表" : "正文", PL_FMT(p->f->text), PL_FMT(it->no),
                          PL_FMT(it->name), PL_FMT(d->header), PL_FMT(d->clean),
                          severity == PL_SEVERITY_NOTE ? "修约后一致，但小数位数不同"
                                                       : sayings[how].zh));
    PL_TRY(pl_relation_en(
        cx, r, "%.*s and indicator %.*s (%.*s), %.*s %.*s: %s", PL_FMT(p->f->text),
        PL_FMT(it->no), PL_FMT(it->name), PL_FMT(d->header), PL_FMT(d->clean),
        severity == PL_SEVERITY_NOTE ? "the same when rounded, printed to other decimals"
                                     : sayings[how].en));
    if (severity != PL_SEVERITY_HELD) {
        r->expected = d->clean;
        r->found = p->f->text;
    }
    PL_TRY(pl_relation_because(cx, r, "数字旁的文字与指标名称相近%u%%",
                               "the words beside the figure are %u %% like the "
                               "indicator's name",
                               p->within / 10));
    PL_TRY(pl_relation_at(cx, r, p->f->place, p->text));
    return pl_relation_at(cx, r, d->place, d->clean);
}

/* How well what stands beside the figure names the indicator. */
static unsigned names(const pl_figure *f, const pl_passage *indicator)
{
    unsigned before = pl_text_within(f->before, indicator->text);
    unsigned noun = f->noun.n ? pl_text_within(f->noun, indicator->text) : 0;

    return before > noun ? before : noun;
}

/* The last two characters of what the name speaks of, without a measure's ending (数 率
 * …) and without 增速: the head of a Chinese name comes last. */
static pl_str head_of(const pl_lexicon *lx, pl_str name)
{
    static const pl_str measures[] = {PL_S_INIT("数"),   PL_S_INIT("量"),
                                      PL_S_INIT("率"),   PL_S_INIT("额"),
                                      PL_S_INIT("比重"), PL_S_INIT("规模")};
    const pl_word *growth = pl_lexicon_end(lx, PL_WORDS(GROWTH), name);
    size_t at;

    if (growth && growth->word.n < name.n)
        name.n -= growth->word.n;
    for (size_t i = 0; i < PL_COUNT(measures); i++)
        if (pl_str_ends(name, measures[i]) && name.n > measures[i].n + 6) {
            name.n -= measures[i].n;
            break;
        }
    at = name.n;
    for (size_t chars = 0; at > 0 && chars < 2; chars++)
        do
            at--;
        while (at > 0 && ((unsigned char)name.p[at] & 0xc0) == 0x80);
    return pl_str_tail(name, at);
}

static bool names_head(pl_ctx *cx, const pl_figure *f, const pl_passage *indicator)
{
    pl_str head = head_of(cx->lexicon, indicator->text);

    return pl_str_has(f->before, head) || pl_str_has(f->noun, head);
}

static bool is_growth(pl_ctx *cx, pl_str name)
{
    return pl_lexicon_end(cx->lexicon, PL_WORDS(GROWTH), name) != NULL;
}

static bool speaks_of_growth(const pl_figure *f)
{
    return pl_str_has(f->before, PL_S("增长")) || pl_str_has(f->before, PL_S("增速")) ||
           pl_str_has(f->before, PL_S("下降"));
}

/* The indicator whose name is best and clear of others. PL_NOPOS when there is none. */
static size_t indicator_of(pl_ctx *cx, const pl_check *check, const pl_figure *f,
                           const pl_likes *likes, unsigned *within)
{
    unsigned second = 0;
    size_t best = PL_NOPOS;

    *within = 0;
    for (size_t i = 0; i < likes->n; i++) {
        const pl_passage *p = &check->passages->all.p[likes->p[i].passage];
        unsigned w;

        if (p->source != PL_SOURCE_INDICATOR)
            continue;
        w = names_head(cx, f, p) ? names(f, p) : 0;
        if (w > *within) {
            second = *within;
            *within = w;
            best = p->task;
        } else if (w > second) {
            second = w;
        }
    }
    if (best == PL_NOPOS || *within < NAME_WITHIN || *within - second < NAME_CLEAR ||
        is_growth(cx, check->plan->indicators.p[best].name) != speaks_of_growth(f))
        return PL_NOPOS;
    return best;
}

/* ---- names before a figure ---- */

/* Words that stand between a name and its figure: 同比增长, 预计达到. */
static pl_str without_verbs(const pl_lexicon *lx, pl_str s)
{
    static const pl_str ends[] = {PL_S_INIT("同比"), PL_S_INIT("实现"), PL_S_INIT("完成"),
                                  PL_S_INIT("预计"), PL_S_INIT("为"),   PL_S_INIT("达"),
                                  PL_S_INIT("到"),   PL_S_INIT("在")};
    const unsigned verbs = PL_WORDS(CHANGE) | PL_WORDS(LEVEL) | PL_WORDS(BOUND) |
                           PL_WORDS(ABOUT) | PL_WORDS(PROVISIONAL) | PL_WORDS(COMPARE) |
                           PL_WORDS(BASIS);
    size_t before;

    do {
        const pl_word *w = pl_lexicon_end(lx, verbs, s);

        before = s.n;
        if (w)
            s.n -= w->word.n;
        for (size_t i = 0; i < PL_COUNT(ends); i++)
            if (pl_str_ends(s, ends[i]))
                s.n -= ends[i].n;
    } while (s.n < before);
    return s;
}

/* Words before a name that are not of it: 全年, 2022年. */
static pl_str without_times(pl_str s)
{
    static const pl_str starts[] = {PL_S_INIT("全年"), PL_S_INIT("今年"),
                                    PL_S_INIT("预计"), PL_S_INIT("力争"),
                                    PL_S_INIT("确保"), PL_S_INIT("实现")};
    size_t before;

    do {
        before = s.n;
        for (size_t i = 0; i < PL_COUNT(starts); i++)
            (void)pl_str_eat(&s, starts[i]);
    } while (s.n < before);
    return s;
}

static pl_str name_before(pl_ctx *cx, const pl_passages *ps, const pl_passage *p)
{
    pl_str s = p->n_figures ? ps->figures.p[p->first_figure].before : p->text;

    return without_times(without_verbs(cx->lexicon, s));
}

/* The indicator that a name means for a figure; PL_NOPOS when there is none. */
static pl_status join(pl_ctx *cx, const pl_check *check, pl_str name, const pl_figure *f,
                      size_t *row, unsigned *within)
{
    size_t likeness;

    *row = PL_NOPOS;
    if (name.n == 0)
        return PL_OK;
    PL_TRY(pl_join_likeness(cx, check->plan, name, speaks_of_growth(f), row, &likeness));
    *within = (unsigned)likeness;
    if (*row != PL_NOPOS &&
        is_growth(cx, check->plan->indicators.p[*row].name) != speaks_of_growth(f))
        *row = PL_NOPOS;
    return PL_OK;
}

/* The indicator by the name before the figure; where its clause has none, by those of the
 * clauses before it in the sentence (地区生产总值突破1万亿,|同比增长4%). */
static pl_status named_indicator(pl_ctx *cx, const pl_check *check, const pl_passage *p,
                                 const pl_figure *f, size_t *row, unsigned *within)
{
    const pl_passages *ps = check->passages;
    const pl_passage *q = &ps->all.p[p->subject];

    if (q == p || f != &ps->figures.p[p->first_figure])
        return join(cx, check, without_times(without_verbs(cx->lexicon, f->before)), f,
                    row, within);
    PL_TRY(join(cx, check, name_before(cx, ps, q), f, row, within));
    for (int i = 0; i < CLAUSES_BACK && *row == PL_NOPOS && q > ps->all.p; i++) {
        if (q[-1].sentence != p->sentence)
            break;
        q--;
        PL_TRY(join(cx, check, name_before(cx, ps, q), f, row, within));
    }
    return PL_OK;
}

static bool ends_in(const pl_indicator *it, int year)
{
    for (size_t i = 0; i < it->cells.n; i++)
        if (it->cells.p[i].role == PL_ROLE_TERM_TARGET && it->cells.p[i].year == year)
            return true;
    return false;
}

/* In a table of a plan's term that ends in `year`: the target of the year, the average
 * (年均), or what it adds up to (累计), as the words speak of; where the row sets no
 * target for the year, what it adds up to. */
static const pl_datum *term_cell(const pl_indicator *it, pl_str words, int year)
{
    bool average = pl_str_has(words, PL_S("年均"));
    bool total = pl_str_has(words, PL_S("累计"));
    size_t n = ends_in(it, year) ? it->cells.n : 0;
    const pl_datum *sum = NULL;

    for (size_t i = 0; year && i < n; i++) {
        const pl_datum *d = &it->cells.p[i];

        if (d->role != PL_ROLE_TERM_TARGET || d->phrase->first->kind == PL_NODE_NONE)
            continue;
        if (d->per_year == average && d->cumulative == total &&
            (average || total || d->year == year))
            return d;
        if (d->cumulative && !sum)
            sum = d;
    }
    return average ? NULL : sum;
}

/* ---- figures of the text ---- */

/* What is a target: all of the plan's own year, and of other years what is called so
 * (62亿美元的计划任务). */
static pl_role role_of(const pl_check *check, const pl_figure *f, int year)
{
    static const pl_str words[] = {PL_S_INIT("目标"), PL_S_INIT("任务"),
                                   PL_S_INIT("要求"), PL_S_INIT("计划")};

    return year == check->plan->year || pl_str_has_any(f->noun, words, PL_COUNT(words))
               ? PL_ROLE_TARGET
               : PL_ROLE_VALUE;
}

/* Words of which a name and what stands beside the figure have to have both or none. */
static const pl_str tellers[] = {PL_S_INIT("人均"), PL_S_INIT("户均"), PL_S_INIT("亩均"),
                                 PL_S_INIT("地均"), PL_S_INIT("每")};
/* Words that make a figure one of new things; in a name they may be left out. */
static const pl_str news[] = {PL_S_INIT("增"), PL_S_INIT("新建"), PL_S_INIT("净"),
                              PL_S_INIT("降"), PL_S_INIT("减")};

/* By how much something grew is no value of it, unless new things are counted (新增); a
 * part (其中) is not the whole; and what was done at a time that is not said is no
 * target. */
static bool may_be_of(const pl_passages *ps, const pl_indicator *it, const pl_passage *p,
                      const pl_figure *f)
{
    bool own_name = p == &ps->all.p[p->subject];
    bool of_news = pl_str_has_any(it->name, news, PL_COUNT(news));
    bool says_news = pl_figure_is_change(f) || pl_str_has(f->before, PL_S("新增")) ||
                     pl_str_has(f->before, PL_S("新建"));

    if (says_news && !speaks_of_growth(f) && !of_news)
        return false;
    if (own_name && pl_str_has_any(it->name, tellers, PL_COUNT(tellers)) !=
                        pl_str_has_any(f->before, tellers, PL_COUNT(tellers)))
        return false;
    if (pl_str_starts(p->text, PL_S("其中")))
        return false;
    return p->dated || pl_passage_stage(p) != PL_STAGE_DONE;
}

/* Is the figure that of a goal, which is held against the table by itself? */
static bool is_goal(const pl_check *check, const size_t *goal_of, size_t row,
                    const pl_passage *p)
{
    const pl_goal *g = goal_of[row] ? &check->plan->goals.p[goal_of[row] - 1] : NULL;
    pl_place at = p->place;

    if (!g || g->year != p->year)
        return false;
    if (g->place.span.n && at.span.n)
        return g->place.span.at < at.span.at + at.span.n &&
               at.span.at < g->place.span.at + g->place.span.n;
    return pl_str_has(p->text, g->name);
}

/* The one cell of a year that is none of a column 累计 or 年均, NULL when there are more:
 * where a year has its target and its value, which of them is meant has to be said. */
static const pl_datum *only_cell(const pl_indicator *it, int year)
{
    const pl_datum *only = NULL;

    for (size_t i = 0; i < it->cells.n; i++) {
        const pl_datum *d = &it->cells.p[i];

        if (d->year != year || d->cumulative || d->per_year)
            continue;
        if (only)
            return NULL;
        only = d;
    }
    return only;
}

/* The cell of the passage's year, in the role that its words say, else its only one. */
static const pl_datum *dated_cell(const pl_check *check, const pl_indicator *it,
                                  const pl_passage *p, const pl_figure *f)
{
    const pl_datum *d = pl_cell_of(it, role_of(check, f, p->year), p->year);

    if (!d && p->dated)
        d = term_cell(it, p->text, p->year);
    return d || !p->dated || !p->year ? d : only_cell(it, p->year);
}

static bool is_comparable(pl_ctx *cx, const pl_indicator *it, const pl_datum *d,
                          const pl_figure *f, pl_figure *cell)
{
    return cell_figure(cx, it, d, f, cell) && pl_str_eq(cell->dim, f->dim);
}

/* Of a figure whose time is not said: the cell that it agrees with, else that of the
 * table's last year. */
static const pl_datum *last_cell(pl_ctx *cx, const pl_indicator *it, const pl_figure *f)
{
    const pl_datum *last = NULL;

    for (size_t i = 0; i < it->cells.n; i++) {
        const pl_datum *d = &it->cells.p[i];
        pl_figure cell;

        if (d->cumulative || d->per_year || d->year == 0 ||
            !is_comparable(cx, it, d, f, &cell))
            continue;
        if (agree(f, &cell) == PL_AGREE_SAME)
            return d;
        if (!last || d->year > last->year)
            last = d;
    }
    return last;
}

/* Does the passage speak of several years together? */
static bool spans_years(const pl_passage *p)
{
    static const pl_str words[] = {PL_S_INIT("五年"), PL_S_INIT("三年"),
                                   PL_S_INIT("累计"), PL_S_INIT("年均")};

    return pl_str_has_any(p->text, words, PL_COUNT(words));
}

/* Of a part of the year, or of the whole country: its figures may be others. */
static bool is_aside(const pl_passage *p)
{
    static const pl_str words[] = {
        PL_S_INIT("季度"), PL_S_INIT("月份"),    PL_S_INIT("上半年"), PL_S_INIT("下半年"),
        PL_S_INIT("全国"), PL_S_INIT("quarter"), PL_S_INIT("nation")};

    return pl_str_has_any(p->text, words, PL_COUNT(words));
}

static pl_status compare(pl_ctx *cx, pl_check *check, const size_t *goal_of,
                         const pl_passage *p, const pl_figure *f, const pl_likes *likes)
{
    pairing with = {.f = f, .text = p->written, .task = p->source == PL_SOURCE_TASK};
    size_t row = indicator_of(cx, check, f, likes, &with.within);

    with.sure = with.within >= NAME_STRONG;
    if (row == PL_NOPOS) {
        PL_TRY(named_indicator(cx, check, p, f, &row, &with.within));
        with.sure = with.within >= NAME_SAME;
    }
    if (row == PL_NOPOS || p->year != p->first_year || is_goal(check, goal_of, row, p))
        return PL_OK;
    with.it = &check->plan->indicators.p[row];
    if (!may_be_of(check->passages, with.it, p, f))
        return PL_OK;
    with.d = dated_cell(check, with.it, p, f);
    if (!with.d && !p->dated && with.within >= NAME_STRONG && !spans_years(p)) {
        with.d = last_cell(cx, with.it, f);
        with.sure = false;
    }
    if (!with.d || !is_comparable(cx, with.it, with.d, f, &with.cell) ||
        (is_aside(p) && agree(f, &with.cell) >= PL_AGREE_TRUNCATED))
        return PL_OK;
    return say(cx, check, &with);
}

static pl_status compare_figures(pl_ctx *cx, pl_check *check, const size_t *goal_of)
{
    const pl_passages *ps = check->passages;

    for (size_t i = 0; i < ps->all.n; i++) {
        const pl_passage *p = &ps->all.p[i];
        pl_likes likes;

        if (p->n_figures == 0)
            continue;
        PL_TRY(pl_passages_like(cx, ps, i, LIKE_LEAST, LIKE_MOST, &likes));
        for (size_t k = 0; k < p->n_figures; k++)
            PL_TRY(compare(cx, check, goal_of, p, &ps->figures.p[p->first_figure + k],
                           &likes));
    }
    return PL_OK;
}

/* ---- goals ---- */

/* Do a goal and a cell ask for changes of opposite directions? */
static bool turns(const pl_node *a, const pl_node *b)
{
    return a->kind == PL_NODE_CHANGE && b->kind == PL_NODE_CHANGE && a->dir != b->dir;
}

/* In a sentence a bare number is a ratio, not so many of the table's unit. */
static bool has_unit(const pl_node *n)
{
    const pl_node *number = pl_node_number(n);

    return number && number->unit_word;
}

static pl_status compare_goal(pl_ctx *cx, pl_check *check, const pl_goal *g)
{
    pairing with = {.text = g->text, .within = 1000, .sure = g->main};
    pl_figure f;

    with.it = &check->plan->indicators.p[g->indicator];
    with.d = pl_cell_of(with.it, PL_ROLE_TARGET, g->year);
    if (!with.d)
        with.d = term_cell(with.it, g->text, g->year);
    if (!with.d && g->year)
        with.d = only_cell(with.it, g->year);
    if (!with.d || !has_unit(g->target->first) ||
        turns(g->target->first, with.d->phrase->first) ||
        !pl_figure_of_node(cx->lexicon, with.it, g->target->first, &f))
        return PL_OK;
    f.text = g->text;
    f.place = g->place;
    f.before = g->name;
    if (!cell_figure(cx, with.it, with.d, &f, &with.cell) ||
        !pl_str_eq(with.cell.dim, f.dim))
        return PL_OK;
    with.f = &f;
    return say(cx, check, &with);
}

pl_status pl_rule_target(pl_ctx *cx, pl_check *check)
{
    const pl_plan *plan = check->plan;
    size_t *goal_of = PL_NEW_N(cx->arena, size_t, plan->indicators.n);

    if (!goal_of)
        return pl_fail_memory(cx);
    if (plan->indicators.n == 0)
        return PL_OK;
    for (size_t i = 0; i < plan->goals.n; i++) {
        if (plan->goals.p[i].indicator == PL_NOPOS)
            continue;
        goal_of[plan->goals.p[i].indicator] = i + 1;
        PL_TRY(compare_goal(cx, check, &plan->goals.p[i]));
    }
    return compare_figures(cx, check, goal_of);
}
