/* The same quantity in several places of the narrative and its columns.
 *
 * Passages that share most of what they say, in different paragraphs, are laid side by
 * side, each with the one most like it; a figure of one is compared with the figure of
 * the other that counts or measures the same thing. R-310. */
#include "judge/rules.h"

enum {
    LIKE_LEAST = 380,    /* thousandths of the shorter passage: worth a look */
    ALIKE_LEAST = 220,   /* of the longer one, where one stands in a table */
    ALIKE_TEXT = 550,    /* of the longer one, both in the text */
    SUBJECT_ALIKE = 300, /* of the clauses that name what is spoken of */
    LIKE_STRONG = 620,   /* plainly the same statement */
    ALIKE_STRONG = 450,
    LIKE_MOST = 5,
    WORDS_ALIKE = 500, /* nouns or words before the figures: the same thing */
    GRAMS_LEAST = 3    /* shorter passages say too little */
};

/* Two figures that may be one. */
typedef struct pairing {
    const pl_figure *a, *b;
    unsigned words; /* likeness of what stands beside them */
    bool alone;     /* the only figures of their kind on both sides */
    pl_agree agree;
} pairing;

typedef PL_VEC(pairing) pairings;

/* Two passages side by side. */
typedef struct sides {
    const pl_passages *ps;
    const pl_passage *a, *b;
    pl_like like;
    pairings pairs;
    size_t anchors; /* pairs that agree and are not trivial */
} sides;

/* Words that limit what is counted: two figures of which one has such a word and the
 * other not, or another one, are of two things. */
static const pl_str limits[] = {
    PL_S_INIT("新增"), PL_S_INIT("新启动"), PL_S_INIT("新建"),     PL_S_INIT("累计"),
    PL_S_INIT("总数"), PL_S_INIT("总量"),   PL_S_INIT("其中"),     PL_S_INIT("重点"),
    PL_S_INIT("年均"), PL_S_INIT("首次"),   PL_S_INIT("连续"),     PL_S_INIT("年内"),
    PL_S_INIT("计划"), PL_S_INIT("竣工"),   PL_S_INIT("开工"),     PL_S_INIT("农村"),
    PL_S_INIT("城镇"), PL_S_INIT("上半年"), PL_S_INIT("人均"),     PL_S_INIT("民间"),
    PL_S_INIT("第一"), PL_S_INIT("第二"),   PL_S_INIT("第三"),     PL_S_INIT("一产"),
    PL_S_INIT("二产"), PL_S_INIT("三产"),   PL_S_INIT("规模以上"), PL_S_INIT("同口径"),
    PL_S_INIT("城乡"), PL_S_INIT("全体"),   PL_S_INIT("省属"),     PL_S_INIT("民营"),
    PL_S_INIT("国有"), PL_S_INIT("外资"),   PL_S_INIT("内资"),     PL_S_INIT("区级"),
};

static bool limits_differ(pl_str a, pl_str b)
{
    for (size_t i = 0; i < PL_COUNT(limits); i++)
        if (pl_str_has(a, limits[i]) != pl_str_has(b, limits[i]))
            return true;
    return false;
}

static bool comparable(const pl_figure *a, const pl_figure *b)
{
    if (pl_figure_is_idle(a) || pl_figure_is_idle(b) ||
        pl_figure_is_change(a) != pl_figure_is_change(b))
        return false;
    return pl_str_eq(a->dim, b->dim) || (a->count && b->count);
}

static unsigned most(unsigned a, unsigned b)
{
    return a > b ? a : b;
}

/* Likeness of what is counted: the nouns behind, or the words before, or one's noun and
 * the other's words (7120家企业 | 企业7120家). */
static unsigned words_alike(const pl_figure *a, const pl_figure *b)
{
    unsigned straight =
        most(pl_text_within(a->noun, b->noun), pl_text_within(a->before, b->before));
    unsigned crossed =
        most(pl_text_within(a->noun, b->before), pl_text_within(a->before, b->noun));

    return most(straight, crossed);
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
    static const char *const zh[] = {"正文", "专栏", "任务表", "指标"};
    static const char *const en[] = {"text", "column", "task table", "indicator"};

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

/* Why the two figures were taken for one. */
static pl_status say_why(pl_ctx *cx, pl_relation *r, const sides *s, const pairing *p)
{
    size_t others = s->anchors - (p->agree < PL_AGREE_TRUNCATED);

    return pl_relation_because(
        cx, r,
        "两句用语相近（占较短句%u%%、较长句%u%%），数字旁的文字相近%u%%，两句另有%zu个数"
        "相符",
        "the clauses share their words (%u %% of the shorter, %u %% of the longer), the "
        "words beside the figures %u %%; %zu other figures of them agree",
        s->like.within / 10, s->like.alike / 10, p->words / 10, others);
}

static pl_status say(pl_ctx *cx, pl_check *check, const sides *s, const pairing *p)
{
    pl_severity severity = sayings[p->agree].severity;
    pl_relation *r;

    if (p->agree == PL_AGREE_NOT &&
        (!pl_str_eq(p->a->dim, p->b->dim) ||
         ((s->like.within < LIKE_STRONG || s->like.alike < ALIKE_STRONG) &&
          s->anchors == 0)))
        severity = PL_SEVERITY_WARNING;
    PL_TRY(pl_relation_add(cx, &check->relations, sayings[p->agree].kind, severity, &r));
    PL_TRY(pl_relation_zh(cx, r, "%s“%.*s”与%s“%.*s”%s", place_word(s->a->source, false),
                          PL_FMT(p->a->text), place_word(s->b->source, false),
                          PL_FMT(p->b->text), sayings[p->agree].zh));
    PL_TRY(pl_relation_en(cx, r, "%.*s (%s) and %.*s (%s): %s", PL_FMT(p->a->text),
                          place_word(s->a->source, true), PL_FMT(p->b->text),
                          place_word(s->b->source, true), sayings[p->agree].en));
    if (severity != PL_SEVERITY_HELD) {
        r->expected = p->b->text;
        r->found = p->a->text;
    }
    r->loose = p->agree != PL_AGREE_SAME;
    PL_TRY(say_why(cx, r, s, p));
    PL_TRY(pl_relation_at(cx, r, p->a->place, s->a->written));
    return pl_relation_at(cx, r, p->b->place, s->b->written);
}

/* Enough evidence that both figures are of one thing? Whether the two agree is not asked:
 * it is what is to be found out. That others of the same passages agree counts. */
static bool is_one_thing(const sides *s, const pairing *p)
{
    bool strong = s->like.within >= LIKE_STRONG && s->like.alike >= ALIKE_STRONG;
    size_t other_anchors = s->anchors - (p->agree < PL_AGREE_TRUNCATED);

    if (!pl_str_eq(p->a->dim, p->b->dim))
        return strong && p->words >= WORDS_ALIKE;
    if (p->alone && (strong || other_anchors))
        return true;
    return p->words >= WORDS_ALIKE && (strong || other_anchors || p->alone);
}

/* Pair the figures of both sides. */
static pl_status pair_up(pl_ctx *cx, sides *s)
{
    for (size_t i = 0; i < s->a->n_figures; i++) {
        pairing p = {.a = &s->ps->figures.p[s->a->first_figure + i]};
        unsigned back;
        pairing *slot;

        p.b = partner(s->ps, s->b, p.a, &p.words);
        if (!p.b || partner(s->ps, s->a, p.b, &back) != p.a)
            continue;
        p.alone =
            figures_like(s->ps, s->a, p.a) == 1 && figures_like(s->ps, s->b, p.b) == 1;
        p.agree = pl_figures_agree(p.a, p.b);
        slot = PL_VEC_ADD(cx->arena, &s->pairs);
        if (!slot)
            return pl_fail_memory(cx);
        *slot = p;
        s->anchors += p.agree < PL_AGREE_TRUNCATED;
    }
    return PL_OK;
}

/* Figures that differ, of which one is a part in a sum that holds: a whole and its part.
 */
static bool is_part_of_other(const pl_check *check, const pairing *p)
{
    const pl_figure *first = check->passages->figures.p;

    return p->agree >= PL_AGREE_TRUNCATED &&
           (check->is_part[p->a - first] || check->is_part[p->b - first]);
}

static pl_status compare(pl_ctx *cx, pl_check *check, size_t a, const pl_like *like)
{
    const pl_passages *ps = check->passages;
    sides s = {
        .ps = ps, .a = &ps->all.p[a], .b = &ps->all.p[like->passage], .like = *like};

    if (limits_differ(ps->all.p[s.a->subject].text, ps->all.p[s.b->subject].text))
        return PL_OK;
    PL_TRY(pair_up(cx, &s));
    for (size_t i = 0; i < s.pairs.n; i++) {
        const pairing *p = &s.pairs.p[i];

        if (p->agree >= PL_AGREE_TRUNCATED && s.a->dated != s.b->dated)
            continue; /* only one says its time: the other may be of another */
        if (is_one_thing(&s, p) && !is_part_of_other(check, p))
            PL_TRY(say(cx, check, &s, p));
    }
    return PL_OK;
}

/* May two passages repeat each other? Not within one paragraph or one table (what stands
 * side by side there are parts of a list), not of different periods. */
static bool may_repeat(const pl_passage *a, const pl_passage *b)
{
    if (b->n_figures == 0 || b->n_grams < GRAMS_LEAST || b->source == PL_SOURCE_TASK ||
        a->block == b->block)
        return false;
    if (a->list && a->list == b->list && a->item != b->item)
        return false; /* parts of a list */
    if (a->year != b->year || a->first_year != b->first_year)
        return false;
    /* what was done, and what is to be done */
    return (pl_passage_stage(a) == PL_STAGE_AHEAD) ==
           (pl_passage_stage(b) == PL_STAGE_AHEAD);
}

/* Where the subject stands in a clause before (获投金额490亿元,|占全市33%), the two
 * clauses before have to be alike too. */
static bool same_subject(const pl_passages *ps, size_t a, size_t b)
{
    const pl_passage *x = &ps->all.p[ps->all.p[a].subject];
    const pl_passage *y = &ps->all.p[ps->all.p[b].subject];

    if (ps->all.p[a].subject == a && ps->all.p[b].subject == b)
        return true;
    return pl_text_alike(x->text, y->text) >= SUBJECT_ALIKE;
}

static bool is_alike(const pl_passages *ps, size_t a, const pl_like *l)
{
    bool both_text = ps->all.p[a].source == PL_SOURCE_NARRATIVE &&
                     ps->all.p[l->passage].source == PL_SOURCE_NARRATIVE;

    return l->alike >= (both_text ? (unsigned)ALIKE_TEXT : (unsigned)ALIKE_LEAST) &&
           same_subject(ps, a, l->passage);
}

/* The passage most like p that may repeat it; false when there is none. */
static pl_status best_like(pl_ctx *cx, const pl_passages *ps, size_t p, pl_like *out,
                           bool *found)
{
    pl_likes likes;

    *found = false;
    PL_TRY(pl_passages_like(cx, ps, p, LIKE_LEAST, LIKE_MOST, &likes));
    for (size_t k = 0; k < likes.n; k++) {
        const pl_like *l = &likes.p[k];

        if (!may_repeat(&ps->all.p[p], &ps->all.p[l->passage]) || !is_alike(ps, p, l))
            continue;
        if (!*found || l->alike > out->alike)
            *out = *l;
        *found = true;
    }
    return PL_OK;
}

pl_status pl_rule_repeat(pl_ctx *cx, pl_check *check)
{
    const pl_passages *ps = check->passages;

    for (size_t i = 0; i < ps->all.n; i++) {
        const pl_passage *p = &ps->all.p[i];
        pl_like like, back;
        bool found;

        if (p->n_figures == 0 || p->n_grams < GRAMS_LEAST || p->source == PL_SOURCE_TASK)
            continue;
        PL_TRY(best_like(cx, ps, i, &like, &found));
        if (!found || like.passage < i)
            continue;
        PL_TRY(best_like(cx, ps, like.passage, &back, &found));
        if (found && back.passage == i)
            PL_TRY(compare(cx, check, i, &like));
    }
    return PL_OK;
}
