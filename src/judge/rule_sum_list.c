/* Parts that a sentence lists behind their total: 共50项,其中新建20项、续建30项. R-371.
 *
 * A word of the lexicon (其中, 包括, 分为) at the start of a clause or bracket leads the
 * list. Its figures are compared with the figures of their dimension before it. */
#include "judge/adding.h"
#include "judge/rules.h"
#include "text/utf8.h"

enum {
    PARTS_MAX = 24, /* figures of a list */
    LIST_CLAUSES = 24 /* clauses that it may run over */,
    BACK_CLAUSES = 5, /* clauses before it in which the total may stand */
    WHOLES_MAX = 8,
    STOCK_BYTES = 15 /* words beside a figure: five characters */
};

/* A list being read. */
typedef struct listing {
    const pl_passages *ps;
    size_t leader;     /* the passage with the word that leads it */
    size_t clause, at; /* where its parts begin: passage and byte in it */
    bool loose;        /* no word leads it: 31项指标中,27项… */
    pl_str role;       /* some, list, whole */
    pl_figure_refs parts, wholes;
    size_t plain; /* of the parts: those in the first clause */
    bool full;    /* every item of the first clause has a figure */
    bool mixed;   /* all things that are counted are of one kind: 7座 and 993个 */
} listing;

/* Does the clause count what there is by now (累计达99家)? */
static bool is_stock(pl_ctx *cx, const pl_figure *f)
{
    size_t from = f->before.n > STOCK_BYTES ? f->before.n - STOCK_BYTES : 0;

    if (pl_str_ends(f->before, PL_S("等"))) /* 用水总量等27项 */
        return false;
    for (size_t i = from; i < f->before.n; i++) {
        const pl_word *w =
            pl_lexicon_at(cx->lexicon, PL_WORDS(RELATION), pl_str_tail(f->before, i));

        if (w && (pl_str_eq(w->field[0], PL_S("stock")) ||
                  pl_str_eq(w->field[0], PL_S("total"))))
            return true;
    }
    return false;
}

static const pl_word *leader(pl_ctx *cx, pl_str s)
{
    static const pl_str roles[] = {PL_S_INIT("some"), PL_S_INIT("list"),
                                   PL_S_INIT("whole")};
    const pl_word *w = pl_lexicon_at(cx->lexicon, PL_WORDS(RELATION), s);

    return w && pl_str_is_any(w->field[0], roles, PL_COUNT(roles)) ? w : NULL;
}

/* The word that leads a list in clause p: at its start, or behind a bracket or colon. */
static const pl_word *find_leader(pl_ctx *cx, const pl_passage *p, size_t *at)
{
    const pl_word *w = leader(cx, p->text);

    *at = w ? w->word.n : 0;
    for (size_t i = 0; !w && (i = pl_skip_ideographs(p->text, i)) < p->text.n; i++) {
        if (p->text.p[i] != '(' && p->text.p[i] != ':')
            continue;
        w = leader(cx, pl_str_tail(p->text, i + 1));
        *at = w ? i + 1 + w->word.n : 0;
    }
    return w;
}

static bool same_text(const pl_passage *a, const pl_passage *b)
{
    return a->block == b->block && a->cell == b->cell;
}

static bool is_of(const listing *l, const pl_figure *f, const pl_figure *of)
{
    return pl_figure_adds(f) &&
           (pl_str_eq(f->dim, of->dim) || (l->mixed && f->count && of->count));
}

/* The parts: figures of one dimension behind the leader; of later clauses of the sentence
 * each one's first such figure. */
static pl_status read_parts(pl_ctx *cx, listing *l, const pl_figure *of)
{
    const pl_passage *lead = &l->ps->all.p[l->clause];
    size_t end = l->clause + LIST_CLAUSES;

    l->parts.n = l->plain = 0;
    for (size_t i = l->clause; i < l->ps->all.n && i < end; i++) {
        const pl_passage *p = &l->ps->all.p[i];
        size_t at;

        if (!same_text(p, lead) || p->sentence != lead->sentence ||
            (i > l->clause && find_leader(cx, p, &at)))
            break;
        for (size_t k = 0; k < p->n_figures && l->parts.n < PARTS_MAX; k++) {
            const pl_figure *f = &l->ps->figures.p[p->first_figure + k];

            if ((i == l->clause && f->q.at.at < l->at) || !is_of(l, f, of) ||
                is_stock(cx, f))
                continue;
            PL_TRY(pl_refs_add(cx, &l->parts, f));
            if (i > l->clause)
                break;
        }
        if (i == l->clause)
            l->plain = l->parts.n;
    }
    return PL_OK;
}

/* Items of the first clause are parted by 、; has each a figure? */
static bool all_have_figures(const listing *l)
{
    pl_str s = pl_str_tail(l->ps->all.p[l->clause].text, l->at);
    size_t items = 1;

    if (pl_str_has(s, PL_S("等")))
        return false;
    for (size_t i = pl_str_find(s, PL_S("、"), 0); i != PL_NOPOS;
         i = pl_str_find(s, PL_S("、"), i + 1))
        items++;
    return l->plain >= items;
}

/* Figures of the dimension before the list, nearest first: in its clause, and in those
 * before it in the sentence; past a semicolon only when there are none. */
static pl_status read_wholes(pl_ctx *cx, listing *l, const pl_figure *of)
{
    const pl_passage *lead = &l->ps->all.p[l->clause];

    l->wholes.n = 0;
    for (size_t back = 0; back <= BACK_CLAUSES && back <= l->clause; back++) {
        const pl_passage *p = &l->ps->all.p[l->clause - back];

        if (!same_text(p, lead) ||
            (back && !pl_str_eq(p->mark, PL_S(",")) && !pl_str_eq(p->mark, PL_S(";"))) ||
            (p->sentence != lead->sentence && l->wholes.n))
            break;
        for (size_t k = p->n_figures; k > 0 && l->wholes.n < WHOLES_MAX; k--) {
            const pl_figure *f = &l->ps->figures.p[p->first_figure + k - 1];

            if ((back == 0 && f->q.at.at >= l->at) || !is_of(l, f, of))
                continue;
            PL_TRY(pl_refs_add(cx, &l->wholes, f));
        }
    }
    return PL_OK;
}

/* The number of parts that add up to the total; 0 when no beginning of the list does. */
static size_t fitting(const listing *l, const pl_figure *whole)
{
    pl_sum sum;

    for (size_t n = 2; n <= l->parts.n; n++)
        if (pl_sum_of(&l->parts, 0, n, &sum) &&
            pl_sum_against(&sum, whole) == PL_ADDS_SAME)
            return n;
    return 0;
}

/* The first part that alone is more than the total; PL_NOPOS when there is none. */
static size_t too_large(const listing *l, const pl_figure *whole)
{
    for (size_t i = 0; i < l->plain; i++)
        if (pl_part_against(l->parts.p[i], whole) == PL_ADDS_MORE)
            return i;
    return PL_NOPOS;
}

/* Is the list as it stands, all of it or its first clause, plainly not the total? */
static pl_adds outcome(const listing *l, const pl_figure *whole)
{
    pl_sum plain, all;

    if (!pl_sum_of(&l->parts, 0, l->plain, &plain) ||
        !pl_sum_of(&l->parts, 0, l->parts.n, &all))
        return PL_ADDS_UNKNOWN;
    if (pl_sum_against(&plain, whole) == PL_ADDS_MORE)
        return PL_ADDS_MORE;
    if (!pl_str_eq(l->role, PL_S("some")) && l->full && l->parts.n > 1 &&
        pl_sum_against(&all, whole) == PL_ADDS_LESS)
        return PL_ADDS_LESS;
    return PL_ADDS_SAME;
}

static pl_status say_failed(pl_ctx *cx, pl_check *check, const listing *l, pl_adds adds)
{
    const pl_figure *whole = l->wholes.p[0];
    size_t large = too_large(l, whole);
    bool some = pl_str_eq(l->role, PL_S("some"));
    bool near = whole->passage + 1 >= l->leader && !l->loose;
    pl_sum_says less = {.severity = pl_str_eq(l->role, PL_S("whole"))
                                        ? PL_SEVERITY_ERROR
                                        : PL_SEVERITY_WARNING,
                        .zh = "少于总数",
                        .en = "less than the total",
                        .gap = true};
    pl_sum_says more = {.severity =
                            some || !near ? PL_SEVERITY_WARNING : PL_SEVERITY_ERROR,
                        .zh = "多于总数",
                        .en = "more than the total",
                        .gap = true};
    pl_sum_says part = {.severity = near ? PL_SEVERITY_ERROR : PL_SEVERITY_WARNING,
                        .zh = "部分大于总数",
                        .en = "a part is more than the total",
                        .gap = true};

    if (adds == PL_ADDS_LESS)
        return pl_sum_say(cx, check, whole, &l->parts, 0, l->parts.n, &less);
    if (large != PL_NOPOS)
        return pl_sum_say(cx, check, whole, &l->parts, large, 1, &part);
    return pl_sum_say(cx, check, whole, &l->parts, 0, l->plain, &more);
}

/* A total that the list, or a beginning of it, adds up to: how many parts do; 0 when
 * there is none. */
static size_t find_sum(const listing *l, const pl_figure **whole)
{
    size_t n = 0;

    for (size_t i = 0; i < l->wholes.n && n == 0; i++) {
        *whole = l->wholes.p[i];
        n = fitting(l, *whole);
    }
    return n;
}

/* The list against the totals it may have: it fails only if it fails with all. */
static pl_status judge_list(pl_ctx *cx, pl_check *check, const listing *l)
{
    static const pl_sum_says within = {PL_SEVERITY_HELD, "不超过总数",
                                       "no more than the total", false};
    pl_adds first = PL_ADDS_UNKNOWN;

    for (size_t i = 0; i < l->wholes.n; i++) {
        pl_adds adds = outcome(l, l->wholes.p[i]);

        if (adds == PL_ADDS_SAME)
            return pl_sum_say(cx, check, l->wholes.p[i], &l->parts, 0, l->plain, &within);
        if (i == 0)
            first = adds;
    }
    return first == PL_ADDS_UNKNOWN ? PL_OK : say_failed(cx, check, l, first);
}

/* Read the list of the dimension of `of`, and say it when it adds up. */
static pl_status judge_sum(pl_ctx *cx, pl_check *check, listing *l, const pl_figure *of,
                           bool *done)
{
    static const pl_sum_says same = {PL_SEVERITY_HELD, "与总数一致", "as the total says",
                                     false};
    const pl_figure *whole;
    size_t n;

    PL_TRY(read_parts(cx, l, of));
    PL_TRY(read_wholes(cx, l, of));
    n = find_sum(l, &whole);
    *done = n > 0;
    return n ? pl_sum_say(cx, check, whole, &l->parts, 0, n, &same) : PL_OK;
}

static pl_status judge_dimension(pl_ctx *cx, pl_check *check, listing *l,
                                 const pl_figure *of)
{
    bool done;

    l->mixed = false;
    PL_TRY(judge_sum(cx, check, l, of, &done));
    if (!done && of->count) {
        l->mixed = true;
        PL_TRY(judge_sum(cx, check, l, of, &done));
        if (done)
            return PL_OK;
        l->mixed = false;
        PL_TRY(read_parts(cx, l, of));
        PL_TRY(read_wholes(cx, l, of));
    }
    l->full = all_have_figures(l);
    return done || !l->plain || !l->wholes.n ? PL_OK : judge_list(cx, check, l);
}

/* Each dimension of the first clause's figures once. */
static pl_status judge_dimensions(pl_ctx *cx, pl_check *check, listing *l)
{
    const pl_passage *p = &l->ps->all.p[l->clause];
    const pl_figure *figures = l->ps->figures.p + p->first_figure;

    l->mixed = false;
    for (size_t k = 0; k < p->n_figures; k++) {
        bool seen = figures[k].q.at.at < l->at || !pl_figure_adds(&figures[k]);

        for (size_t before = 0; before < k && !seen; before++)
            seen = figures[before].q.at.at >= l->at &&
                   is_of(l, &figures[before], &figures[k]);
        if (!seen)
            PL_TRY(judge_dimension(cx, check, l, &figures[k]));
    }
    return PL_OK;
}

/* 31项指标中,27项…: the clause names the whole, those behind it are parts. */
static bool is_whole_of_next(const pl_passages *ps, size_t i)
{
    const pl_passage *p = &ps->all.p[i];
    size_t last = p->first_figure + p->n_figures;

    return p->n_figures && pl_str_ends(ps->figures.p[last - 1].noun, PL_S("中"));
}

/* Find the list that clause i leads; false when it leads none. */
static bool find_list(pl_ctx *cx, listing *l, size_t i)
{
    const pl_passage *p = &l->ps->all.p[i];
    const pl_word *w = find_leader(cx, p, &l->at);
    bool next = i + 1 < l->ps->all.n && p[1].sentence == p->sentence;

    l->clause = l->leader = i;
    l->role = w ? w->field[0] : PL_S("some");
    l->loose = !w;
    if (w ? l->at == p->text.n && next : next && is_whole_of_next(l->ps, i)) {
        l->clause = i + 1; /* 其中,… */
        l->at = 0;
        return true;
    }
    return w != NULL;
}

/* Does the clause count what is new? */
static bool is_new(const pl_figure *f)
{
    static const pl_str words[] = {
        PL_S_INIT("新增"),   PL_S_INIT("新建"),   PL_S_INIT("新设"), PL_S_INIT("新开"),
        PL_S_INIT("新认定"), PL_S_INIT("新培育"), PL_S_INIT("净增")};

    return pl_str_has_any(f->before, words, PL_COUNT(words));
}

/* 新增上市企业19家,…,总数268家: what is new is no more than what there is by now. */
static pl_status judge_stock(pl_ctx *cx, pl_check *check, const pl_figure *stock)
{
    static const pl_sum_says held = {.severity = PL_SEVERITY_HELD,
                                     .zh = "不超过现有总数",
                                     .en = "no more than there are by now:"};
    static const pl_sum_says failed = {.severity = PL_SEVERITY_WARNING,
                                       .zh = "新增多于现有总数",
                                       .en = "new ones are more than there are by now:",
                                       .gap = true};
    const pl_passages *ps = check->passages;
    const pl_passage *at = &ps->all.p[stock->passage];
    pl_figure_refs part = {0};

    for (size_t back = 1; back <= BACK_CLAUSES && back <= stock->passage; back++) {
        const pl_passage *p = at - back;

        if (!same_text(p, at) || p->sentence != at->sentence)
            break;
        for (size_t k = p->n_figures; k > 0 && part.n == 0; k--) {
            const pl_figure *f = &ps->figures.p[p->first_figure + k - 1];

            if (pl_str_eq(f->dim, stock->dim) && pl_figure_adds(f) && is_new(f))
                PL_TRY(pl_refs_add(cx, &part, f));
        }
    }
    if (part.n == 0)
        return PL_OK;
    return pl_sum_say(cx, check, stock, &part, 0, 1,
                      pl_part_against(part.p[0], stock) == PL_ADDS_SAME ? &held
                                                                        : &failed);
}

pl_status pl_rule_sum_list(pl_ctx *cx, pl_check *check)
{
    listing l = {.ps = check->passages};

    for (size_t i = 0; i < l.ps->all.n; i++)
        if (find_list(cx, &l, i))
            PL_TRY(judge_dimensions(cx, check, &l));
    for (size_t i = 0; i < l.ps->figures.n; i++) {
        const pl_figure *f = &l.ps->figures.p[i];

        if (pl_figure_adds(f) && !is_new(f) && is_stock(cx, f))
            PL_TRY(judge_stock(cx, check, f));
    }
    return PL_OK;
}
