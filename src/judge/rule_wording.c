/* The narrative of the plan against the task table that restates it, clause by clause.
 *
 * A clause with the same words as a task's holds, figures and all. Where words differ,
 * the figures are compared and the difference is shown; a clause with a figure that the
 * table lacks, and a figure that only the table has, are pointed out. R-320. */
#include "judge/rules.h"

#include "base/map.h"

enum {
    LIKE_LEAST = 400,  /* thousandths of the shorter clause, to be the same clause */
    ALIKE_LEAST = 350, /* of the longer one */
    LIKE_MOST = 6,
    MARK_BYTES = 5, /* up to (999) */
    COVERED_PERCENT =
        40 /* of task clauses found in the narrative, for it to be restated */
};

/* One clause and the one that it is laid beside, PL_NOPOS where there is none. */
typedef struct beside {
    size_t other;
    bool same; /* word for word */
} beside;

typedef struct aligned {
    const pl_passages *ps;
    beside *of;            /* by passage */
    size_t n_tasks, found; /* task clauses with words; of them, found in the narrative */
} aligned;

/* The number of a mark `(5)` at the start of s; 0 when there is none. */
static int mark_at(pl_str s)
{
    size_t close;

    if (!pl_str_starts(s, PL_S("(")) ||
        (close = pl_str_find(s, PL_S(")"), 0)) == PL_NOPOS || close > MARK_BYTES)
        return 0;
    return pl_is_digit(s.p[1]) ? pl_ordinal(pl_str_sub(s, 1, close - 1)) : 0;
}

/* Does a text go on with the clauses that the one before numbered to *last? */
static bool goes_on(pl_str s, int *last)
{
    bool found = false;

    for (size_t at = pl_str_find(s, PL_S("("), 0); at != PL_NOPOS;
         at = pl_str_find(s, PL_S("("), at + 1)) {
        int n = mark_at(pl_str_tail(s, at));

        if (n == 0 || n != *last + 1)
            continue;
        found = true;
        *last = n;
    }
    return found;
}

/* Does a block of the narrative hold numbered clauses of the plan? Their numbers may go
 * on from one paragraph to the next. */
static bool *clause_blocks(pl_ctx *cx, const pl_plan *plan)
{
    bool *has = PL_NEW_N(cx->arena, bool, plan->doc->blocks.n);
    int last = 0;

    for (size_t i = 0; has && i < plan->sections.n; i++)
        if (plan->sections.p[i].clause)
            has[plan->sections.p[i].block] = true;
    for (size_t i = 0; has && i < plan->texts.n; i++) {
        const pl_fact_text *t = &plan->texts.p[i];

        if (t->source != PL_SOURCE_NARRATIVE)
            continue;
        if (has[t->block])
            last = 0;
        if ((last || has[t->block]) && goes_on(t->fold.s, &last))
            has[t->block] = true;
    }
    return has;
}

static bool is_narrative(const bool *clauses, const pl_passage *p)
{
    return p->source == PL_SOURCE_NARRATIVE && clauses[p->block];
}

/* Words of the clause without its number `(1)` at the start. */
static pl_str words_of(const pl_passage *p)
{
    pl_str s = p->text;
    size_t close;

    if (pl_str_starts(s, PL_S("(")) &&
        (close = pl_str_find(s, PL_S(")"), 0)) != PL_NOPOS && close <= 3)
        s = pl_str_tail(s, close + 1);
    return pl_str_trim(s);
}

/* Word for word: the narrative's clauses by text, then the tasks' looked up. */
static pl_status align_same(pl_ctx *cx, const bool *clauses, aligned *al)
{
    pl_map by_text = {0};

    for (size_t i = 0; i < al->ps->all.n; i++) {
        al->of[i].other = PL_NOPOS;
        if (!is_narrative(clauses, &al->ps->all.p[i]) ||
            words_of(&al->ps->all.p[i]).n == 0)
            continue;
        bool added;
        size_t *v = pl_map_add(cx->arena, &by_text, words_of(&al->ps->all.p[i]), &added);

        if (!v)
            return pl_fail_memory(cx);
        if (added)
            *v = i;
    }
    for (size_t i = 0; i < al->ps->all.n; i++) {
        const size_t *v;

        if (al->ps->all.p[i].source != PL_SOURCE_TASK)
            continue;
        v = pl_map_find(&by_text, words_of(&al->ps->all.p[i]));
        al->n_tasks++;
        if (!v || al->of[*v].other != PL_NOPOS)
            continue;
        al->of[i] = (beside){*v, true};
        al->of[*v] = (beside){i, true};
        al->found++;
    }
    return PL_OK;
}

/* The rest by likeness, each to the best that is still free. */
static pl_status align_alike(pl_ctx *cx, const bool *clauses, aligned *al)
{
    for (size_t i = 0; i < al->ps->all.n; i++) {
        pl_likes likes;

        if (al->ps->all.p[i].source != PL_SOURCE_TASK || al->of[i].other != PL_NOPOS)
            continue;
        PL_TRY(pl_passages_like(cx, al->ps, i, LIKE_LEAST, LIKE_MOST, &likes));
        for (size_t k = 0; k < likes.n; k++) {
            const pl_like *l = &likes.p[k];

            if (l->alike < ALIKE_LEAST || al->of[l->passage].other != PL_NOPOS ||
                !is_narrative(clauses, &al->ps->all.p[l->passage]))
                continue;
            al->of[i] = (beside){l->passage, false};
            al->of[l->passage] = (beside){i, false};
            al->found++;
            break;
        }
    }
    return PL_OK;
}

static pl_status both_places(pl_ctx *cx, pl_relation *r, const pl_passages *ps, size_t a,
                             size_t b)
{
    PL_TRY(pl_relation_at(cx, r, ps->all.p[a].place, ps->all.p[a].written));
    return pl_relation_at(cx, r, ps->all.p[b].place, ps->all.p[b].written);
}

static bool figures_same(const pl_figure *a, const pl_figure *b)
{
    return pl_figures_agree(a, b) == PL_AGREE_SAME && a->q.hedge == b->q.hedge;
}

/* Figure k of the narrative's clause beside the same of the task's. */
static pl_status say_figure(pl_ctx *cx, pl_check *check, size_t text, size_t task,
                            const pl_figure *a, const pl_figure *b)
{
    bool held = figures_same(a, b);
    pl_relation *r;

    PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_REPEAT,
                           held ? PL_SEVERITY_HELD : PL_SEVERITY_ERROR, &r));
    PL_TRY(pl_relation_zh(
        cx, r, held ? "正文与任务表同为“%.*s”%.*s" : "正文“%.*s”与任务表“%.*s”不一致",
        PL_FMT(a->text), PL_FMT(held ? (pl_str){0} : b->text)));
    PL_TRY(pl_relation_en(cx, r,
                          held ? "the text and the task table say %.*s%.*s"
                               : "the text says %.*s, the task table %.*s",
                          PL_FMT(a->text), PL_FMT(held ? (pl_str){0} : b->text)));
    if (!held) {
        r->expected = b->text;
        r->found = a->text;
    }
    PL_TRY(pl_relation_because(cx, r, "两处用语相近，其中的数依次对应",
                               "both clauses say the same, and their figures follow each "
                               "other in the same order"));
    PL_TRY(pl_relation_at(cx, r, a->place, check->passages->all.p[text].written));
    return pl_relation_at(cx, r, b->place, check->passages->all.p[task].written);
}

static bool same_kind(const pl_figure *a, const pl_figure *b)
{
    return pl_str_eq(a->dim, b->dim);
}

/* A figure that has no fellow on the other side. */
static pl_status say_missing(pl_ctx *cx, pl_check *check, const pl_figure *f,
                             const pl_passage *p, bool in_text)
{
    pl_relation *r;

    /* 两件“关键小事”: small numbers in words are often part of a name */
    PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_MISSING,
                           f->q.number.words ? PL_SEVERITY_NOTE : PL_SEVERITY_WARNING,
                           &r));
    PL_TRY(pl_relation_zh(cx, r,
                          in_text ? "正文的“%.*s”在任务表中没有对应"
                                  : "任务表的“%.*s”在正文中没有对应",
                          PL_FMT(f->text)));
    PL_TRY(pl_relation_en(cx, r,
                          in_text ? "%.*s stands in the text, not in the task table"
                                  : "%.*s stands in the task table, not in the text",
                          PL_FMT(f->text)));
    return pl_relation_at(cx, r, f->place, p->written);
}

/* Walk the figures of both clauses in order; of one kind they are fellows. */
static pl_status compare_figures(pl_ctx *cx, pl_check *check, size_t text, size_t task)
{
    const pl_passages *ps = check->passages;
    const pl_passage *a = &ps->all.p[text], *b = &ps->all.p[task];
    size_t i = 0, k = 0;

    while (i < a->n_figures || k < b->n_figures) {
        const pl_figure *x =
            i < a->n_figures ? &ps->figures.p[a->first_figure + i] : NULL;
        const pl_figure *y =
            k < b->n_figures ? &ps->figures.p[b->first_figure + k] : NULL;

        if (x && y && same_kind(x, y)) {
            PL_TRY(say_figure(cx, check, text, task, x, y));
            i++;
            k++;
        } else if (x && (!y || a->n_figures - i >= b->n_figures - k)) {
            PL_TRY(say_missing(cx, check, x, a, true));
            i++;
        } else {
            PL_TRY(say_missing(cx, check, y, b, false));
            k++;
        }
    }
    return PL_OK;
}

/* Bytes that two strings share at their starts (and ends), whole characters only. */
static size_t common_start(pl_str a, pl_str b)
{
    size_t n = 0;

    while (n < a.n && n < b.n && a.p[n] == b.p[n])
        n++;
    while (n && ((n < a.n && ((unsigned char)a.p[n] & 0xc0) == 0x80) ||
                 (n < b.n && ((unsigned char)b.p[n] & 0xc0) == 0x80)))
        n--;
    return n;
}

static size_t common_end(pl_str a, pl_str b)
{
    size_t n = 0;

    while (n < a.n && n < b.n && a.p[a.n - 1 - n] == b.p[b.n - 1 - n])
        n++;
    while (n && ((unsigned char)a.p[a.n - n] & 0xc0) == 0x80)
        n--;
    return n;
}

static pl_status say_same(pl_ctx *cx, pl_check *check, size_t text, size_t task)
{
    pl_relation *r;

    PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_WORDING, PL_SEVERITY_HELD, &r));
    PL_TRY(pl_relation_zh(cx, r, "正文与任务表用语相同"));
    PL_TRY(pl_relation_en(cx, r, "the text and the task table use the same words"));
    return both_places(cx, r, check->passages, text, task);
}

/* Are both names of one unit (平方米, ㎡), or one of them with its currency said? */
static bool is_one_unit(const pl_lexicon *lx, pl_str a, pl_str b)
{
    const pl_word *x = pl_lexicon_whole(lx, PL_WORDS(UNIT), a);
    const pl_word *y = pl_lexicon_whole(lx, PL_WORDS(UNIT), b);

    if (pl_str_eq(a, PL_S("人民币")) || pl_str_eq(b, PL_S("人民币")))
        return a.n == 0 || b.n == 0;
    return x && y && pl_str_eq(x->field[0], y->field[0]) &&
           pl_dec_cmp(x->factor, y->factor) == 0;
}

/* The words that differ: what stands between the common start and end. */
static pl_status say_wording(pl_ctx *cx, pl_check *check, size_t text, size_t task)
{
    pl_str a = words_of(&check->passages->all.p[text]);
    pl_str b = words_of(&check->passages->all.p[task]);
    size_t start = common_start(a, b), end;
    pl_relation *r;

    a = pl_str_tail(a, start);
    b = pl_str_tail(b, start);
    end = common_end(a, b);
    a.n -= end;
    b.n -= end;
    if (is_one_unit(cx->lexicon, a, b))
        return say_same(cx, check, text, task);
    PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_WORDING, PL_SEVERITY_NOTE, &r));
    PL_TRY(pl_relation_zh(cx, r, "正文作“%.*s”，任务表作“%.*s”", PL_FMT(a), PL_FMT(b)));
    PL_TRY(pl_relation_en(cx, r, "the text says '%.*s', the task table '%.*s'", PL_FMT(a),
                          PL_FMT(b)));
    return both_places(cx, r, check->passages, text, task);
}

/* Clauses of the narrative that no task restates: those with figures matter. */
static pl_status say_alone(pl_ctx *cx, pl_check *check, const aligned *al,
                           const bool *clauses)
{
    for (size_t i = 0; i < al->ps->all.n; i++) {
        const pl_passage *p = &al->ps->all.p[i];
        bool text = is_narrative(clauses, p);

        if (al->of[i].other != PL_NOPOS || (!text && p->source != PL_SOURCE_TASK))
            continue;
        for (size_t k = 0; k < p->n_figures; k++)
            PL_TRY(
                say_missing(cx, check, &al->ps->figures.p[p->first_figure + k], p, text));
    }
    return PL_OK;
}

static pl_status say_all(pl_ctx *cx, pl_check *check, const aligned *al,
                         const bool *clauses)
{
    for (size_t i = 0; i < al->ps->all.n; i++) {
        const beside *b = &al->of[i];

        if (al->ps->all.p[i].source != PL_SOURCE_TASK || b->other == PL_NOPOS)
            continue;
        PL_TRY(compare_figures(cx, check, b->other, i));
        PL_TRY(b->same ? say_same(cx, check, b->other, i)
                       : say_wording(cx, check, b->other, i));
    }
    return say_alone(cx, check, al, clauses);
}

pl_status pl_rule_wording(pl_ctx *cx, pl_check *check)
{
    aligned al = {.ps = check->passages};
    bool *clauses = clause_blocks(cx, check->plan);

    al.of = PL_NEW_N(cx->arena, beside, al.ps->all.n);
    if (!clauses || !al.of)
        return pl_fail_memory(cx);
    PL_TRY(align_same(cx, clauses, &al));
    if (al.n_tasks == 0)
        return PL_OK;
    PL_TRY(align_alike(cx, clauses, &al));
    if (al.found * 100 < al.n_tasks * COVERED_PERCENT)
        return PL_OK; /* the table does not restate this narrative */
    return say_all(cx, check, &al, clauses);
}
