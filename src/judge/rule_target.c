/* Figures of the text and of the tasks against the indicator table: what was reached
 * against the year's value, what is asked for against the year's target. R-340. */
#include "judge/rules.h"

enum {
    NAME_WITHIN = 500, /* thousandths of the shorter: the figure is of this indicator */
    NAME_CLEAR = 150,  /* ahead of the next indicator */
    NAME_STRONG = 700, /* plainly */
    LIKE_LEAST = 200,
    LIKE_MOST = 12
};

static const pl_datum *cell_of(const pl_indicator *it, pl_role role, int year)
{
    for (size_t i = 0; i < it->cells.n; i++)
        if (it->cells.p[i].role == role && it->cells.p[i].year == year)
            return &it->cells.p[i];
    return NULL;
}

/* The unit of the indicator's bare numbers, NULL when it is not known. */
static const pl_word *unit_of(pl_ctx *cx, const pl_indicator *it)
{
    return pl_lexicon_whole(cx->lexicon, PL_WORDS(UNIT) | PL_WORDS(COUNTER), it->unit);
}

static pl_hedge hedge_of(const pl_node *n)
{
    static const pl_hedge of_op[] = {PL_HEDGE_GE, PL_HEDGE_GT, PL_HEDGE_LE, PL_HEDGE_LT};

    for (; n; n = n->kid) {
        if (n->kind == PL_NODE_ABOUT)
            return PL_HEDGE_ABOUT;
        if (n->kind == PL_NODE_BOUND)
            return of_op[n->op];
    }
    return PL_HEDGE_NONE;
}

/* The cell's main number as a figure. False when it has none, or no known unit. */
static bool cell_figure(pl_ctx *cx, const pl_indicator *it, const pl_datum *d,
                        pl_figure *out)
{
    const pl_node *n = pl_node_number(d->phrase->first);

    if (!n || d->phrase->first->kind == PL_NODE_REFERENCE ||
        d->phrase->first->kind == PL_NODE_AMENDED)
        return false;
    *out = (pl_figure){0};
    out->q.number.value = n->value;
    out->q.number.resolution = n->resolution;
    out->q.unit = n->unit_word ? n->unit_word : unit_of(cx, it);
    out->q.hedge = hedge_of(d->phrase->first);
    out->text = d->clean;
    out->place = d->place;
    return out->q.unit && pl_figure_measure(out);
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

static pl_agree agree(const pl_figure *f, const pl_figure *cell)
{
    if (is_bound(f->q.hedge) && !is_bound(cell->q.hedge))
        return bound_holds(f->q.hedge, f, cell) ? PL_AGREE_HEDGED : PL_AGREE_NOT;
    if (is_bound(cell->q.hedge) && !is_bound(f->q.hedge))
        return bound_holds(cell->q.hedge, cell, f) ? PL_AGREE_HEDGED : PL_AGREE_NOT;
    return pl_figures_agree(f, cell);
}

static pl_status say(pl_ctx *cx, pl_check *check, const pl_figure *f, const pl_passage *p,
                     const pl_indicator *it, const pl_datum *d, const pl_figure *cell,
                     unsigned within)
{
    pl_agree how = agree(f, cell);
    bool held = how < PL_AGREE_TRUNCATED;
    pl_severity severity = held                    ? PL_SEVERITY_HELD
                           : within >= NAME_STRONG ? PL_SEVERITY_ERROR
                                                   : PL_SEVERITY_WARNING;
    pl_relation *r;

    PL_TRY(pl_relation_add(cx, &check->relations,
                           how == PL_AGREE_TRUNCATED ? PL_KIND_ROUNDING : PL_KIND_TARGET,
                           severity, &r));
    PL_TRY(pl_relation_zh(cx, r, "%s“%.*s”与指标%.*s（%.*s）%.*s“%.*s”%s",
                          p->source == PL_SOURCE_TASK ? "任务表" : "正文",
                          PL_FMT(f->text), PL_FMT(it->no), PL_FMT(it->name),
                          PL_FMT(d->header), PL_FMT(d->clean), held ? "一致" : "不一致"));
    PL_TRY(pl_relation_en(cx, r, "%.*s and indicator %.*s (%.*s), %.*s %.*s: %s",
                          PL_FMT(f->text), PL_FMT(it->no), PL_FMT(it->name),
                          PL_FMT(d->header), PL_FMT(d->clean),
                          held ? "they agree" : "they differ"));
    if (!held) {
        r->expected = d->clean;
        r->found = f->text;
    }
    PL_TRY(pl_relation_because(cx, r, "数字旁的文字与指标名称相近%u%%",
                               "the words beside the figure are %u %% like the "
                               "indicator's name",
                               within / 10));
    PL_TRY(pl_relation_at(cx, r, f->place, p->written));
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

static pl_status compare(pl_ctx *cx, pl_check *check, const pl_passage *p,
                         const pl_figure *f, const pl_likes *likes)
{
    unsigned within;
    size_t row = indicator_of(cx, check, f, likes, &within);
    const pl_indicator *it;
    const pl_datum *d;
    pl_figure cell;

    if (row == PL_NOPOS || p->year != p->first_year)
        return PL_OK;
    it = &check->plan->indicators.p[row];
    d = cell_of(it, p->year == check->plan->year ? PL_ROLE_TARGET : PL_ROLE_VALUE,
                p->year);
    if (!d || !cell_figure(cx, it, d, &cell) || !pl_str_eq(cell.dim, f->dim))
        return PL_OK;
    return say(cx, check, f, p, it, d, &cell, within);
}

pl_status pl_rule_target(pl_ctx *cx, pl_check *check)
{
    const pl_passages *ps = check->passages;

    for (size_t i = 0; i < ps->all.n && check->plan->indicators.n; i++) {
        const pl_passage *p = &ps->all.p[i];
        pl_likes likes;

        if (p->n_figures == 0)
            continue;
        PL_TRY(pl_passages_like(cx, ps, i, LIKE_LEAST, LIKE_MOST, &likes));
        for (size_t k = 0; k < p->n_figures && likes.n; k++)
            PL_TRY(compare(cx, check, p, &ps->figures.p[p->first_figure + k], &likes));
    }
    return PL_OK;
}
