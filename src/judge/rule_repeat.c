/* The same quantity in several places of the narrative and its columns.
 *
 * Passages that share most of what they say are laid side by side; a figure of one is
 * compared with the figure of the other that counts or measures the same thing. R-310. */
#include "judge/rules.h"

enum {
    LIKE_LEAST = 400,  /* thousandths of the shorter passage: worth a look */
    LIKE_STRONG = 620, /* plainly the same statement */
    LIKE_MOST = 6,
    WORDS_ALIKE = 500, /* nouns or words before the figures: the same thing */
    GRAMS_LEAST = 3    /* shorter passages say too little */
};

/* Two figures that may be one. */
typedef struct pairing {
    const pl_figure *a, *b;
    const pl_passage *pa, *pb;
    unsigned like;  /* of their passages */
    unsigned words; /* of what stands beside them */
    bool alone;     /* the only figures of their kind on both sides */
} pairing;

static bool comparable(const pl_figure *a, const pl_figure *b)
{
    if (a->q.number.percent != b->q.number.percent && a->dim.n && b->dim.n &&
        !pl_str_eq(a->dim, b->dim))
        return false;
    return pl_str_eq(a->dim, b->dim) || (a->count && b->count);
}

static unsigned words_alike(const pl_figure *a, const pl_figure *b)
{
    unsigned noun = pl_text_within(a->noun, b->noun);
    unsigned before = pl_text_within(a->before, b->before);
    unsigned cross = pl_text_within(a->noun, b->before);
    unsigned back = pl_text_within(a->before, b->noun);
    unsigned best = noun > before ? noun : before;

    cross = cross > back ? cross : back;
    return best > cross ? best : cross;
}

static size_t figures_like(const pl_passages *ps, const pl_passage *p, const pl_figure *f)
{
    size_t n = 0;

    for (size_t i = 0; i < p->n_figures; i++)
        n += comparable(&ps->figures.p[p->first_figure + i], f);
    return n;
}

/* The figure of passage b that says the same thing as f; NULL when none does. */
static const pl_figure *partner(const pl_passages *ps, const pl_passage *b,
                                const pl_figure *f, unsigned *words)
{
    const pl_figure *best = NULL;
    unsigned best_words = 0;
    bool best_unit = false;

    for (size_t i = 0; i < b->n_figures; i++) {
        const pl_figure *g = &ps->figures.p[b->first_figure + i];
        unsigned w;
        bool unit;

        if (!comparable(f, g))
            continue;
        w = words_alike(f, g);
        unit = pl_str_eq(f->dim, g->dim);
        if (!best || (unit && !best_unit) || (unit == best_unit && w > best_words)) {
            best = g;
            best_words = w;
            best_unit = unit;
        }
    }
    *words = best_words;
    return best;
}

static const char *place_word(pl_source s, bool english)
{
    static const char *const zh[] = {"正文", "专栏", "任务表"};
    static const char *const en[] = {"text", "column", "task table"};

    return english ? en[s] : zh[s];
}

/* What is said of a pair: by how they agree. */
static const struct {
    pl_kind kind;
    pl_severity severity;
    const char *zh, *en;
} sayings[] = {
    [PL_AGREE_SAME] = {PL_KIND_REPEAT, PL_SEVERITY_HELD, "一致", "the same"},
    [PL_AGREE_ROUNDED] = {PL_KIND_REPEAT, PL_SEVERITY_HELD, "修约后一致",
                          "the same when rounded"},
    [PL_AGREE_HEDGED] = {PL_KIND_REPEAT, PL_SEVERITY_HELD, "在约数范围内一致",
                         "within what the hedge allows"},
    [PL_AGREE_ROUND] = {PL_KIND_REPEAT, PL_SEVERITY_HELD, "取整后一致",
                        "the same as a round number"},
    [PL_AGREE_TRUNCATED] = {PL_KIND_ROUNDING, PL_SEVERITY_ERROR,
                            "是截断而不是修约，二者不能同时为真",
                            "cut off, not rounded: both cannot be right"},
    [PL_AGREE_NOT] = {PL_KIND_REPEAT, PL_SEVERITY_ERROR, "不一致", "they differ"},
};

static pl_status say(pl_ctx *cx, pl_check *check, const pairing *p, pl_agree agree)
{
    pl_severity severity = sayings[agree].severity;
    pl_relation *r;

    if (severity == PL_SEVERITY_ERROR && agree == PL_AGREE_NOT &&
        (p->like < LIKE_STRONG || !pl_str_eq(p->a->dim, p->b->dim)))
        severity = PL_SEVERITY_WARNING;
    PL_TRY(pl_relation_add(cx, &check->relations, sayings[agree].kind, severity, &r));
    PL_TRY(pl_relation_zh(cx, r, "%s“%.*s”与%s“%.*s”%s", place_word(p->pa->source, false),
                          PL_FMT(p->a->text), place_word(p->pb->source, false),
                          PL_FMT(p->b->text), sayings[agree].zh));
    PL_TRY(pl_relation_en(cx, r, "%.*s (%s) and %.*s (%s): %s", PL_FMT(p->a->text),
                          place_word(p->pa->source, true), PL_FMT(p->b->text),
                          place_word(p->pb->source, true), sayings[agree].en));
    if (severity != PL_SEVERITY_HELD) {
        r->expected = p->b->text;
        r->found = p->a->text;
    }
    PL_TRY(pl_relation_at(cx, r, p->a->place, p->pa->written));
    return pl_relation_at(cx, r, p->b->place, p->pb->written);
}

/* Enough evidence that both figures are of one thing? The figures themselves are not
 * asked: that they agree proves nothing, that they differ is what is looked for. */
static bool is_one_thing(const pairing *p)
{
    if (!pl_str_eq(p->a->dim, p->b->dim) && p->like < LIKE_STRONG)
        return false;
    if (p->alone)
        return p->like >= LIKE_STRONG || p->words >= WORDS_ALIKE;
    return p->words >= WORDS_ALIKE;
}

static pl_status compare(pl_ctx *cx, pl_check *check, const pl_passages *ps, size_t a,
                         const pl_like *like)
{
    const pl_passage *pa = &ps->all.p[a], *pb = &ps->all.p[like->passage];

    for (size_t i = 0; i < pa->n_figures; i++) {
        pairing p = {.a = &ps->figures.p[pa->first_figure + i],
                     .pa = pa,
                     .pb = pb,
                     .like = like->within};

        p.b = partner(ps, pb, p.a, &p.words);
        if (!p.b)
            continue;
        p.alone = figures_like(ps, pa, p.a) == 1 && figures_like(ps, pb, p.b) == 1;
        if (is_one_thing(&p))
            PL_TRY(say(cx, check, &p, pl_figures_agree(p.a, p.b)));
    }
    return PL_OK;
}

static bool worth_comparing(const pl_passage *a, const pl_passage *b)
{
    if (b->n_figures == 0 || b->n_grams < GRAMS_LEAST || b->source == PL_SOURCE_TASK)
        return false;
    if (a->sentence == b->sentence)
        return false; /* one sentence does not repeat itself */
    return a->year == b->year || a->year == 0 || b->year == 0;
}

pl_status pl_rule_repeat(pl_ctx *cx, pl_check *check)
{
    const pl_passages *ps = check->passages;

    for (size_t i = 0; i < ps->all.n; i++) {
        const pl_passage *p = &ps->all.p[i];
        pl_likes likes;

        if (p->n_figures == 0 || p->n_grams < GRAMS_LEAST || p->source == PL_SOURCE_TASK)
            continue;
        PL_TRY(pl_passages_like(cx, ps, i, LIKE_LEAST, LIKE_MOST, &likes));
        for (size_t k = 0; k < likes.n; k++)
            if (likes.p[k].passage > i &&
                worth_comparing(p, &ps->all.p[likes.p[k].passage]))
                PL_TRY(compare(cx, check, ps, i, &likes.p[k]));
    }
    return PL_OK;
}
