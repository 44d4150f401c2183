/* From one figure to another: the way it goes, and by how much. R-378.
 *
 * `由A提高到B` goes up; what follows (`增长27.2%`, `提高5.85个百分点`, `增加3亿元`) is
 * what lies between them. */
#include "judge/rate.h"
#include "judge/rules.h"

/* Two figures of a clause and the word between them. */
typedef struct move {
    const pl_figure *from, *to;
    pl_dir dir;
    bool apart; /* the two stand in different places: names may mislead */
} move;

enum {
    LIKE_LEAST = 400, /* thousandths: clauses of two years */
    LIKE_MOST = 8,
    NAME_ALIKE = 800 /* the words before both figures */
};

static pl_dir dir_of(const pl_word *w)
{
    if (w && pl_str_eq(w->field[0], PL_S("up")))
        return PL_DIR_UP;
    return w && pl_str_eq(w->field[0], PL_S("down")) ? PL_DIR_DOWN : PL_DIR_NONE;
}

/* The direction of a word that s ends with: 提高到, 上调至. */
static pl_dir level_at_end(const pl_lexicon *lx, pl_str s)
{
    return dir_of(pl_lexicon_end(lx, PL_WORDS(LEVEL), s));
}

/* s without a year at its end: 增加到2025年的. */
static pl_str without_year(pl_str s)
{
    pl_str cut = s;

    if (pl_str_ends(cut, PL_S("的")))
        cut.n -= PL_S("的").n;
    if (!pl_str_ends(cut, PL_S("年")))
        return s;
    cut.n -= PL_S("年").n;
    while (cut.n && pl_is_digit(cut.p[cut.n - 1]))
        cut.n--;
    return cut;
}

/* Does the clause say 从 or 由 before the figure, as where it starts? */
static bool is_start(const pl_figure *f)
{
    return pl_str_has(f->before, PL_S("从")) || pl_str_has(f->before, PL_S("由"));
}

/* A place in an order (排名由36位上升到23位): up is less. */
static bool is_rank(const pl_figure *f)
{
    static const pl_str words[] = {PL_S_INIT("排名"), PL_S_INIT("位次"),
                                   PL_S_INIT("名次"), PL_S_INIT("排位"),
                                   PL_S_INIT("位列"), PL_S_INIT("第")};

    return pl_str_eq(f->q.unit_text, PL_S("位")) ||
           pl_str_has_any(f->before, words, PL_COUNT(words));
}

/* Figures k and k + 1 of a clause as from and to. */
static bool move_at(const pl_lexicon *lx, const pl_passages *ps, const pl_passage *p,
                    size_t k, move *out)
{
    const pl_figure *a = &ps->figures.p[p->first_figure + k], *b = a + 1;
    size_t end = a->q.at.at + a->q.at.n;

    if (!is_start(a) || is_rank(a) || is_rank(b) || !pl_str_eq(a->dim, b->dim) ||
        b->q.at.at < end || (a->dim.n && pl_figure_is_idle(a)))
        return false;
    *out = (move){.from = a, .to = b};
    out->dir = level_at_end(lx, without_year(pl_str_sub(p->text, end, b->q.at.at - end)));
    return out->dir != PL_DIR_NONE;
}

static pl_status say_way(pl_ctx *cx, pl_check *check, const move *m)
{
    bool up = m->dir == PL_DIR_UP;
    bool held = up ? pl_dec_cmp(m->to->hi, m->from->lo) >= 0
                   : pl_dec_cmp(m->to->lo, m->from->hi) <= 0;
    pl_relation *r;

    held = held || (up ? m->to->open : m->from->open);
    PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_RATE,
                           held ? PL_SEVERITY_HELD : PL_SEVERITY_ERROR, &r));
    PL_TRY(pl_relation_zh(
        cx, r, "由“%.*s”到“%.*s”，%s%s", PL_FMT(m->from->text), PL_FMT(m->to->text),
        held ? "与所写方向一致：" : "所写方向相反：", up ? "升" : "降"));
    PL_TRY(pl_relation_en(cx, r, "from %.*s to %.*s: %s %s", PL_FMT(m->from->text),
                          PL_FMT(m->to->text),
                          held ? "the way it is written," : "not the way it is written,",
                          up ? "up" : "down"));
    if (!held) {
        r->found = m->to->text;
        r->expected = m->from->text;
    }
    PL_TRY(pl_figure_witness(cx, check, r, m->from));
    return pl_relation_at(cx, r, m->to->place, m->to->text);
}

/* The figure behind a move that says by how much: of its clause, or at the start of the
 * next. NULL when there is none, or it is said of other years. */
static const pl_figure *amount_behind(const pl_passages *ps, const move *m)
{
    static const pl_str other[] = {
        PL_S_INIT("年均"), PL_S_INIT("同比"), PL_S_INIT("上年"), PL_S_INIT("分别"),
        PL_S_INIT("比"),   PL_S_INIT("累计"), PL_S_INIT("高于"), PL_S_INIT("低于")};
    const pl_passage *p = &ps->all.p[m->to->passage];
    const pl_figure *f = m->to + 1;

    if (f < ps->figures.p + p->first_figure + p->n_figures) {
        if (f->q.at.at < m->to->q.at.at + m->to->q.at.n)
            return NULL;
    } else {
        if (m->to->passage + 1 >= ps->all.n || p[1].sentence != p->sentence ||
            p[1].n_figures == 0)
            return NULL;
        f = &ps->figures.p[p[1].first_figure];
        if (f->before.n != f->q.at.at) /* its clause says more than the change */
            return NULL;
    }
    return pl_figure_is_change(f) && !pl_str_has_any(f->before, other, PL_COUNT(other))
               ? f
               : NULL;
}

/* Can b - a (of a rise) be the amount f? The three are intervals. */
static pl_fit difference_fit(const move *m, const pl_figure *f)
{
    const pl_figure *more = m->dir == PL_DIR_UP ? m->to : m->from;
    const pl_figure *less = m->dir == PL_DIR_UP ? m->from : m->to;
    pl_dec more_lo, more_hi, less_lo, less_hi, lo, hi, f_lo, f_hi;

    pl_figure_ends(more, &more_lo, &more_hi);
    pl_figure_ends(less, &less_lo, &less_hi);
    pl_figure_ends(f, &f_lo, &f_hi);
    if (more->open || less->open || f->open || !pl_dec_sub(more_lo, less_hi, &lo) ||
        !pl_dec_sub(more_hi, less_lo, &hi))
        return PL_FIT_UNKNOWN;
    return pl_dec_cmp(lo, f_hi) <= 0 && pl_dec_cmp(f_lo, hi) <= 0 ? PL_FIT_HOLDS
                                                                  : PL_FIT_FAILS;
}

static pl_status say_amount(pl_ctx *cx, pl_check *check, const move *m,
                            const pl_figure *f, pl_fit fit)
{
    static const char *const says_zh[] = {"相符", "是截断而不是修约", "不符"};
    static const char *const says_en[] = {"fits", "is cut off, not rounded",
                                          "does not fit"};
    pl_severity severity = fit == PL_FIT_HOLDS                ? PL_SEVERITY_HELD
                           : fit == PL_FIT_FAILS && !m->apart ? PL_SEVERITY_ERROR
                                                              : PL_SEVERITY_WARNING;
    char rise[24];
    pl_relation *r;
    pl_dec is;
    bool share = pl_str_eq(f->dim, PL_S("ratio"));

    if (fit == PL_FIT_UNKNOWN || !pl_dec_sub(m->to->value, m->from->value, &is) ||
        (share && !pl_share_of(is, m->from->value, f, &is)))
        return PL_OK;
    pl_dec_text(pl_dec_trim(is), rise);
    PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_RATE, severity, &r));
    PL_TRY(pl_relation_zh(cx, r, "由“%.*s”到“%.*s”，变化%s%s，与所写“%.*s”%s",
                          PL_FMT(m->from->text), PL_FMT(m->to->text), rise,
                          share ? "%" : "", PL_FMT(f->text), says_zh[fit]));
    PL_TRY(pl_relation_en(cx, r, "from %.*s to %.*s is a change of %s%s: %.*s %s",
                          PL_FMT(m->from->text), PL_FMT(m->to->text), rise,
                          share ? "%" : "", PL_FMT(f->text), says_en[fit]));
    if (severity != PL_SEVERITY_HELD) {
        r->found = f->text;
        PL_TRY(pl_str_keep(cx, pl_str_from(rise), &r->expected));
    }
    PL_TRY(pl_figure_witness(cx, check, r, f));
    PL_TRY(pl_figure_witness(cx, check, r, m->from));
    return pl_figure_witness(cx, check, r, m->to);
}

/* Growth at constant prices (地区生产总值) is not that of the amounts. */
static bool is_real(const pl_lexicon *lx, pl_str name)
{
    const pl_word *w;

    for (size_t i = 0; i < name.n; i++) {
        w = pl_lexicon_at(lx, PL_WORDS(RELATION), pl_str_tail(name, i));
        if (w && pl_str_eq(w->field[0], PL_S("real")))
            return true;
    }
    return false;
}

/* What is said of the move's amount. */
static pl_status judge_amount(pl_ctx *cx, pl_check *check, const move *m)
{
    const pl_figure *f = amount_behind(check->passages, m);
    bool of_share = pl_str_eq(m->from->dim, PL_S("ratio"));
    pl_fit fit = PL_FIT_UNKNOWN;

    if (!f)
        return PL_OK;
    if (pl_str_eq(f->dim, PL_S("ratio")) && !of_share &&
        !is_real(cx->lexicon, check->passages->all.p[m->from->passage].text))
        fit = pl_growth_fit(m->from, m->to, f, m->dir == PL_DIR_DOWN);
    else if (of_share ? pl_str_eq(f->dim, PL_S("point"))
                      : pl_str_eq(f->dim, m->from->dim))
        fit = difference_fit(m, f);
    return say_amount(cx, check, m, f, fit);
}

/* ---- against the year before ---- */

/* The amount that a growth is said of: the figure just before it, in its clause or at the
 * end of the one before. NULL: none, or at constant prices. */
static const pl_figure *level_of(pl_ctx *cx, const pl_passages *ps, const pl_figure *f)
{
    static const pl_str other[] = {
        PL_S_INIT("年均"), PL_S_INIT("分别"),   PL_S_INIT("累计"), PL_S_INIT("高于"),
        PL_S_INIT("低于"), PL_S_INIT("同口径"), PL_S_INIT("翻")};
    const pl_passage *p = &ps->all.p[f->passage];
    const pl_figure *level = f - 1;

    if (f == ps->figures.p || level->passage + 1 < f->passage ||
        ps->all.p[level->passage].sentence != p->sentence || !pl_figure_adds(level) ||
        (level->passage != f->passage && f->before.n != f->q.at.at) ||
        pl_str_has_any(f->before, other, PL_COUNT(other)) ||
        is_real(cx->lexicon, ps->all.p[level->passage].text))
        return NULL;
    return level;
}

/* The same amount of the year before; NULL when the document does not have it. */
static pl_status year_before(pl_ctx *cx, const pl_passages *ps, const pl_figure *level,
                             const pl_figure **out)
{
    const pl_passage *p = &ps->all.p[level->passage];
    pl_likes likes;

    *out = NULL;
    if (p->year == 0 || p->first_year != p->year || level->before.n == 0)
        return PL_OK;
    PL_TRY(pl_passages_like(cx, ps, level->passage, LIKE_LEAST, LIKE_MOST, &likes));
    for (size_t i = 0; i < likes.n && !*out; i++) {
        const pl_passage *q = &ps->all.p[likes.p[i].passage];

        if (q->year != p->year - 1 || q->first_year != q->year)
            continue;
        for (size_t k = 0; k < q->n_figures && !*out; k++) {
            const pl_figure *f = &ps->figures.p[q->first_figure + k];

            if (pl_str_eq(f->dim, level->dim) && pl_figure_adds(f) &&
                pl_text_alike(f->before, level->before) >= NAME_ALIKE)
                *out = f;
        }
    }
    return PL_OK;
}

static pl_status judge_growth(pl_ctx *cx, pl_check *check, const pl_figure *f)
{
    static const pl_str falls[] = {PL_S_INIT("下降"), PL_S_INIT("减少"),
                                   PL_S_INIT("降低")};
    bool down = pl_str_has_any(f->before, falls, PL_COUNT(falls));
    move m = {.to = level_of(cx, check->passages, f),
              .dir = down ? PL_DIR_DOWN : PL_DIR_UP,
              .apart = true};

    if (!m.to)
        return PL_OK;
    PL_TRY(year_before(cx, check->passages, m.to, &m.from));
    return m.from ? say_amount(cx, check, &m, f, pl_growth_fit(m.from, m.to, f, down))
                  : PL_OK;
}

/* ---- all ---- */

pl_status pl_rule_rate_change(pl_ctx *cx, pl_check *check)
{
    const pl_passages *ps = check->passages;
    move m;

    for (size_t i = 0; i < ps->all.n; i++)
        for (size_t k = 0; k < ps->all.p[i].n_figures; k++) {
            const pl_figure *f = &ps->figures.p[ps->all.p[i].first_figure + k];

            if (pl_str_eq(f->dim, PL_S("ratio")) && pl_figure_is_change(f))
                PL_TRY(judge_growth(cx, check, f));
            if (k + 1 == ps->all.p[i].n_figures ||
                !move_at(cx->lexicon, ps, &ps->all.p[i], k, &m))
                continue;
            PL_TRY(say_way(cx, check, &m));
            PL_TRY(judge_amount(cx, check, &m));
        }
    return PL_OK;
}
