/* Shares, rates of completion and means per head against the figures that they are of.
 *
 *
 * Which figures these are is told by the words: `占46.71%` is the figure just before it
 * of the one before that; `占一般公共预算支出的81%` names its whole; an `执行率` is of
 * what was paid (实际拨付) and what was planned (计划资金), by the lexicon. */
#include "judge/rate.h"
#include "judge/rules.h"
#include "plan/recognise.h"

enum {
    NEAR_MAX = 12, /* figures before a share among which its operands are */
    LIKE_LEAST = 300,
    LIKE_MOST = 12
};

static bool has_role(const pl_word *w, pl_str role)
{
    return w && pl_str_eq(w->field[0], role);
}

/* ---- 占 … ---- */

/* s without the words that may stand between a share's object and its figure. */
static pl_str without_tail(pl_str s)
{
    static const pl_str tails[] = {
        PL_S_INIT("的"),   PL_S_INIT("比重"), PL_S_INIT("比例"), PL_S_INIT("比"),
        PL_S_INIT("达到"), PL_S_INIT("达"),   PL_S_INIT("到"),   PL_S_INIT("为"),
        PL_S_INIT("约"),   PL_S_INIT("近"),   PL_S_INIT("总量"), PL_S_INIT("总数"),
        PL_S_INIT("超过"), PL_S_INIT("超"),   PL_S_INIT("预计")};

    for (size_t i = 0; i < PL_COUNT(tails); i++)
        if (pl_str_ends(s, tails[i])) {
            s.n -= tails[i].n;
            i = PL_NOPOS; /* from the first again */
        }
    return s;
}

/* The words between 占 and a share; false when 占 does not stand right behind `from`, the
 * end of the figure before it in the clause (0: the clause's start). */
static bool share_object(const pl_passage *p, const pl_figure *share, size_t from,
                         pl_str *object)
{
    pl_str s = pl_str_sub(p->text, from, share->q.at.at - from);

    while (pl_str_eat(&s, PL_S("(")) || pl_str_eat(&s, PL_S(",")))
        ;
    if (!pl_str_eat(&s, PL_S("占")))
        return false;
    *object = without_tail(s);
    return true;
}

/* The figure that a share beginning with 占 is of: the last one before it. */
static const pl_figure *share_part(const pl_passages *ps, const pl_figure *share,
                                   const pl_figure_refs *near, pl_str *object)
{
    const pl_passage *p = &ps->all.p[share->passage];
    const pl_figure *part = near->n ? near->p[0] : NULL;
    bool inside = part && part->passage == share->passage;

    if (!part || part->passage + 1 < share->passage ||
        !share_object(p, share, inside ? part->q.at.at + part->q.at.n : 0, object))
        return NULL;
    return part;
}

/* Say a share of the first of several wholes with which it holds, else of the nearest. */
static pl_status judge_wholes(pl_ctx *cx, pl_check *check, pl_share *s,
                              const pl_figure_refs *wholes)
{
    size_t i = 0;

    while (i < wholes->n && pl_share_fit(s->part, wholes->p[i], s->share) != PL_FIT_HOLDS)
        i++;
    s->whole = wholes->p[i < wholes->n ? i : 0];
    s->fit = pl_share_fit(s->part, s->whole, s->share);
    return pl_share_say(cx, check, s);
}

/* 占46.71%: the whole is named before the part. */
static pl_status judge_bare(pl_ctx *cx, pl_check *check, pl_share *s,
                            const pl_figure_refs *near)
{
    pl_figure_refs wholes = {0};

    for (size_t i = 1; i < near->n; i++)
        if (pl_str_eq(near->p[i]->dim, s->part->dim))
            PL_TRY(pl_refs_add(cx, &wholes, near->p[i]));
    s->sure = wholes.n == 1;
    return wholes.n ? judge_wholes(cx, check, s, &wholes) : PL_OK;
}

static bool is_named(const pl_figure *f, pl_str name, pl_str dim)
{
    return pl_str_eq(f->dim, dim) && pl_figure_adds(f) &&
           pl_str_ends(without_tail(f->before), name);
}

/* The figure of an indicator that a rate is of (签约率: 常住人口), in the clause's year.
 */
static pl_status whole_of_table(pl_ctx *cx, const pl_check *check, pl_str name,
                                const pl_figure *part, pl_figure *out, bool *found)
{
    const pl_plan *plan = check->plan;
    int year = check->passages->all.p[part->passage].year;
    size_t row;

    *found = false;
    PL_TRY(pl_join_name(cx, plan, name, false, &row));
    if (row == PL_NOPOS)
        return PL_OK;
    for (size_t i = 0; i < plan->indicators.p[row].cells.n && !*found; i++) {
        const pl_indicator *it = &plan->indicators.p[row];
        const pl_datum *d = &it->cells.p[i];

        *found = d->role == PL_ROLE_VALUE && d->year == year &&
                 pl_figure_of_node(cx->lexicon, it, d->phrase->first, out) &&
                 pl_str_eq(out->dim, part->dim);
        out->text = d->clean;
        out->place = d->place;
    }
    return PL_OK;
}

/* A share of an indicator's figure; said only when it holds, unless `failing`. */
static pl_status judge_with_table(pl_ctx *cx, pl_check *check, pl_share *s, pl_str name,
                                  bool failing)
{
    pl_figure cell;
    bool found;

    PL_TRY(whole_of_table(cx, check, name, s->part, &cell, &found));
    if (!found)
        return PL_OK;
    s->whole = &cell;
    s->fit = pl_share_fit(s->part, &cell, s->share);
    return s->fit == PL_FIT_HOLDS || failing ? pl_share_say(cx, check, s) : PL_OK;
}

/* 占一般公共预算支出的81%: the whole is a figure of that name, in the sentence or
 * elsewhere.
 */
static pl_status judge_named(pl_ctx *cx, pl_check *check, pl_share *s, pl_str object,
                             const pl_figure_refs *near)
{
    const pl_passages *ps = check->passages;
    const pl_passage *p = &ps->all.p[s->share->passage];
    pl_figure_refs wholes = {0};
    pl_likes likes;

    for (size_t i = 1; i < near->n; i++)
        if (is_named(near->p[i], object, s->part->dim))
            PL_TRY(pl_refs_add(cx, &wholes, near->p[i]));
    PL_TRY(pl_passages_like(cx, ps, s->share->passage, LIKE_LEAST, LIKE_MOST, &likes));
    for (size_t i = 0; i < likes.n; i++) {
        const pl_passage *q = &ps->all.p[likes.p[i].passage];

        if (q->year != p->year || q->first_year != p->first_year)
            continue;
        for (size_t k = 0; k < q->n_figures; k++)
            if (is_named(&ps->figures.p[q->first_figure + k], object, s->part->dim))
                PL_TRY(pl_refs_add(cx, &wholes, &ps->figures.p[q->first_figure + k]));
    }
    return wholes.n ? judge_wholes(cx, check, s, &wholes)
                    : judge_with_table(cx, check, s, object, true);
}

/* 全市, 全国: somebody whose figure is not in the document; not an indicator's name. */
static bool is_owner(const pl_lexicon *lx, pl_str object)
{
    const pl_word *w = pl_lexicon_whole(lx, PL_WORDS(OWNER), object);

    return w && !has_role(w, PL_S("indicator"));
}

static pl_status judge_share(pl_ctx *cx, pl_check *check, const pl_figure *share,
                             const pl_figure_refs *near)
{
    pl_share s = {.share = share};
    pl_str object;

    s.part = share_part(check->passages, share, near, &object);
    if (!s.part)
        return PL_OK;
    if (object.n == 0)
        return judge_bare(cx, check, &s, near);
    if (is_owner(cx->lexicon, object))
        return pl_rate_of_owner(cx, check, s.part, share);
    return judge_named(cx, check, &s, object, near);
}

/* 其中46.71%即21.17亿元: the part stands behind. */
static pl_status judge_part_behind(pl_ctx *cx, pl_check *check, const pl_figure *share,
                                   const pl_figure_refs *near)
{
    const pl_passages *ps = check->passages;
    const pl_passage *p = &ps->all.p[share->passage];
    const pl_figure *next = share + 1;
    pl_figure_refs all = {0};
    pl_share s = {.share = share, .part = next};

    if (!pl_str_eq(share->noun, PL_S("即")) ||
        share + 1 >= ps->figures.p + p->first_figure + p->n_figures ||
        !pl_figure_adds(next))
        return PL_OK;
    PL_TRY(pl_refs_add(cx, &all, next));
    for (size_t i = 0; i < near->n; i++)
        PL_TRY(pl_refs_add(cx, &all, near->p[i]));
    return judge_bare(cx, check, &s, &all);
}

/* ---- 执行率 … ---- */

/* Does one of the words of a list (apart by spaces) stand beside the figure? */
static bool is_beside(pl_str list, const pl_figure *f)
{
    while (list.n) {
        size_t space = pl_str_find(list, PL_S(" "), 0);
        pl_str word = pl_str_sub(list, 0, space == PL_NOPOS ? list.n : space);

        if (word.n && (pl_str_has(f->before, word) || pl_str_has(f->noun, word)))
            return true;
        list = space == PL_NOPOS ? (pl_str){0} : pl_str_tail(list, space + 1);
    }
    return false;
}

/* The row of the lexicon for the rate that a figure is beside; NULL when it is none. */
static const pl_word *rate_word(const pl_lexicon *lx, const pl_figure *share, pl_str role)
{
    for (size_t i = 0; i < share->before.n; i++) {
        const pl_word *w =
            pl_lexicon_at(lx, PL_WORDS(RELATION), pl_str_tail(share->before, i));

        if (has_role(w, role))
            return w;
    }
    return NULL;
}

/* Is the part all of its kind (全人群)? Else its whole may be a group that the table does
 * not count. */
static bool is_of_all(const pl_passages *ps, const pl_figure *part)
{
    return pl_str_has(ps->all.p[part->passage].text, PL_S("全"));
}

static pl_status judge_rate(pl_ctx *cx, pl_check *check, const pl_figure *share,
                            const pl_figure_refs *near)
{
    const pl_word *rate = rate_word(cx->lexicon, share, PL_S("rate"));
    pl_share s = {.share = share};
    pl_figure_refs wholes = {0};

    for (size_t i = 0; rate && i < near->n && !s.part; i++)
        if (is_beside(rate->field[1], near->p[i]))
            s.part = near->p[i];
    if (!s.part)
        return PL_OK;
    for (size_t i = 0; i < near->n; i++)
        if (near->p[i] != s.part && pl_str_eq(near->p[i]->dim, s.part->dim) &&
            is_beside(rate->field[2], near->p[i]))
            PL_TRY(pl_refs_add(cx, &wholes, near->p[i]));
    s.sure = wholes.n == 1;
    if (wholes.n)
        return judge_wholes(cx, check, &s, &wholes);
    return judge_with_table(cx, check, &s, rate->field[2],
                            is_of_all(check->passages, s.part));
}

/* ---- 人均 … ---- */

static bool is_per_head(const pl_figure *f)
{
    static const pl_str words[] = {PL_S_INIT("人均"), PL_S_INIT("户均"),
                                   PL_S_INIT("每人"), PL_S_INIT("每户"),
                                   PL_S_INIT("平均每")};

    return pl_str_starts(f->dim, PL_S("money")) &&
           pl_str_has_any(f->before, words, PL_COUNT(words)) && !pl_figure_is_change(f);
}

/* The nearest figure of the clause or the one before it that is money, or that is heads.
 */
static const pl_figure *nearest(const pl_figure *f, const pl_figure_refs *near,
                                bool heads)
{
    for (size_t i = 0; i < near->n && near->p[i]->passage + 1 >= f->passage; i++) {
        const pl_figure *g = near->p[i];
        bool is_head = g->count || pl_str_eq(g->dim, PL_S("people"));

        if (heads ? is_head : pl_str_eq(g->dim, f->dim))
            return g;
    }
    return NULL;
}

static pl_status say_per_head(pl_ctx *cx, pl_check *check, const pl_share *s)
{
    bool held = s->fit == PL_FIT_HOLDS;
    pl_relation *r;
    pl_buf b;
    pl_dec is;
    pl_status st;

    if (s->fit == PL_FIT_UNKNOWN || !pl_dec_div(s->part->value, s->whole->value, 2, &is))
        return PL_OK;
    PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_RATE,
                           held ? PL_SEVERITY_HELD : PL_SEVERITY_WARNING, &r));
    pl_buf_init(&b, 80);
    pl_value_put(&b, is, s->share);
    st =
        pl_relation_zh(cx, r, "%.*s ÷ %.*s = %.*s，与所写%s“%.*s”", PL_FMT(s->part->text),
                       PL_FMT(s->whole->text), PL_FMT(pl_buf_str(&b)),
                       held ? "一致" : "不符", PL_FMT(s->share->text));
    if (st == PL_OK)
        st = pl_relation_en(cx, r, "%.*s ÷ %.*s = %.*s, %s %.*s", PL_FMT(s->part->text),
                            PL_FMT(s->whole->text), PL_FMT(pl_buf_str(&b)),
                            held ? "as written" : "but written is",
                            PL_FMT(s->share->text));
    if (st == PL_OK && !held) {
        r->found = s->share->text;
        st = pl_buf_keep(cx, &b, &r->expected);
    }
    pl_buf_release(&b);
    PL_TRY(st);
    PL_TRY(pl_figure_witness(cx, check, r, s->share));
    PL_TRY(pl_figure_witness(cx, check, r, s->part));
    return pl_figure_witness(cx, check, r, s->whole);
}

/* 4050人607.5万元,人均1500元. */
static pl_status judge_per_head(pl_ctx *cx, pl_check *check, const pl_figure *f,
                                const pl_figure_refs *near)
{
    pl_share s = {
        .share = f, .part = nearest(f, near, false), .whole = nearest(f, near, true)};
    pl_figure each = *f; /* a share is in hundredths */

    if (!s.part || !s.whole || !pl_dec_shift(f->value, 2, &each.value) ||
        !pl_dec_shift(f->last, 2, &each.last) || !pl_dec_shift(f->lo, 2, &each.lo) ||
        !pl_dec_shift(f->hi, 2, &each.hi))
        return PL_OK;
    s.fit = pl_share_fit(s.part, s.whole, &each);
    return say_per_head(cx, check, &s);
}

/* ---- all ---- */

static pl_status judge_ratio(pl_ctx *cx, pl_check *check, const pl_figure *f,
                             const pl_figure_refs *near)
{
    PL_TRY(judge_share(cx, check, f, near));
    PL_TRY(judge_part_behind(cx, check, f, near));
    PL_TRY(judge_rate(cx, check, f, near));
    return rate_word(cx->lexicon, f, PL_S("counted"))
               ? pl_rate_counted(cx, check, f, near)
               : PL_OK;
}

pl_status pl_rule_rate(pl_ctx *cx, pl_check *check)
{
    const pl_figures *figures = &check->passages->figures;
    pl_figure_refs near = {0};

    for (size_t i = 0; i < figures->n; i++) {
        const pl_figure *f = &figures->p[i];
        bool ratio = pl_str_eq(f->dim, PL_S("ratio")) && !pl_figure_is_change(f);

        if (!ratio && !is_per_head(f))
            continue;
        PL_TRY(pl_figures_before(cx, check->passages, f, NEAR_MAX, &near));
        if (near.n)
            PL_TRY(ratio ? judge_ratio(cx, check, f, &near)
                         : judge_per_head(cx, check, f, &near));
    }
    return PL_OK;
}
