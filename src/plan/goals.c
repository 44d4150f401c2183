/* The year's main expected targets: found where a sentence announces them
 * (`主要预期目标是:…`, `…计划安排如下:`), read clause by clause; where none does, what
 * the document aims at by a year, in a section headed 目标. */
#include "plan/goal_clause.h"
#include "plan/recognise.h"
#include "plan/words.h"
#include "text/fold.h"
#include "text/utf8.h"
#include "text/year.h"

enum {
    STATEMENT_MIN_GOALS = 2,
    STATEMENT_MAX_BLOCKS = 16,
    STATEMENT_MAX_BYTES = 32 * 1024, /* of one paragraph: goals take a page at most */
    ANNOUNCED_MAX = 32,              /* looked at in one paragraph */
    TAIL_MAX_BYTES = 300             /* from 如下 to its colon: a hundred characters */
};

/* A place where goals are announced. */
typedef struct statement {
    size_t block;
    size_t body; /* offset in the folded text where the goals begin */
    int year;
    bool strong; /* the head says 主要 or 预期 */
} statement;

/* Offset behind `主要预期目标(是|为|如下)(:)` when the head word ends at `end`. */
static size_t body_after(pl_str s, size_t end)
{
    pl_str rest = pl_str_tail(s, end);
    bool said = false;

    pl_str_eat(&rest, PL_S("安排"));
    said |= pl_str_eat(&rest, PL_S("如下"));
    if (said && rest.n && rest.p[0] != ':')
        return PL_NOPOS; /* `如下,执行中力争更好:`: tail_body finds the colon */
    said |= pl_str_eat(&rest, PL_S("是"));
    said |= pl_str_eat(&rest, PL_S("为"));
    said |= pl_str_eat(&rest, PL_S(":"));
    return said ? s.n - rest.n : PL_NOPOS;
}

/* Start of the sentence that holds offset `at`. */
static size_t sentence_start(pl_str s, size_t at)
{
    size_t start = 0, hit = 0;

    while ((hit = pl_str_find(s, PL_S("。"), hit)) != PL_NOPOS && hit < at) {
        hit += PL_S("。").n;
        start = hit;
    }
    return start;
}

/* Words before a head that say the goals were reached, not set. */
static bool is_looking_back(pl_str before)
{
    static const pl_str past[] = {PL_S_INIT("完成"),   PL_S_INIT("实现了"),
                                  PL_S_INIT("达到了"), PL_S_INIT("兑现"),
                                  PL_S_INIT("对照"),   PL_S_INIT("未达")};

    return pl_str_has_any(before, past, PL_COUNT(past));
}

/* The last period in s; n == 0 when there is none. */
static pl_period last_period(pl_str s, int now)
{
    pl_period last = {0};
    size_t at = 0;

    for (;;) {
        pl_period p = pl_period_in(s, at, now, &at);

        if (p.n == 0)
            return last;
        last = p;
        at += p.n;
    }
}

/* The year that a statement is for: of its own sentence, else of the headings above it,
 * else the document's. -1: for several years. */
static pl_status statement_year(pl_ctx *cx, const pl_plan *plan, size_t block,
                                pl_str before, int *year)
{
    pl_period p = last_period(before, plan->year);
    size_t section = pl_section_at(plan, block);

    *year = plan->year;
    while (p.n == 0 && section != PL_NOPOS) {
        const pl_section *s = &plan->sections.p[section];
        pl_str title;

        PL_TRY(pl_fold_str(cx, s->title, &title));
        p = last_period(title, plan->year);
        section = p.n || s->level <= 1 || section == 0 ? PL_NOPOS : section - 1;
    }
    if (p.n)
        *year = p.first == p.year ? p.year : -1;
    return PL_OK;
}

/* Does the text before `at` end with an announcement of this kind ("head", "tail")? */
static const pl_word *announced(const pl_lexicon *lx, pl_str before, pl_str kind)
{
    const pl_word *w = pl_lexicon_end(lx, PL_WORDS(GOAL), before);

    return w && pl_str_eq(w->field[0], kind) ? w : NULL;
}

/* An announcement that ends in `…安排如下(,工作中努力争取更好结果):`. */
static size_t tail_body(const pl_lexicon *lx, pl_str s, size_t from, size_t *head)
{
    size_t at = from;

    while ((at = pl_str_find(s, PL_S("如下"), at)) != PL_NOPOS) {
        size_t end = at + PL_S("如下").n, colon;

        at = end;
        if (!announced(lx, pl_str_sub(s, 0, end), PL_S("tail")))
            continue;
        colon = pl_str_find(pl_str_sub(s, 0, end + TAIL_MAX_BYTES), PL_S(":"), end);
        if (colon == PL_NOPOS ||
            pl_str_find(pl_str_sub(s, 0, colon), PL_S("。"), end) != PL_NOPOS)
            continue;
        *head = end;
        return colon + 1;
    }
    return PL_NOPOS;
}

/* The first announcement in s at or after `from`: where its head ends, and its body. */
static size_t find_body(const pl_lexicon *lx, pl_str s, size_t from, size_t *head)
{
    static const pl_str cores[] = {PL_S_INIT("目标"), PL_S_INIT("指标"),
                                   PL_S_INIT("targets")};

    for (size_t i = 0; i < PL_COUNT(cores); i++) {
        size_t at = from;

        while ((at = pl_str_find(s, cores[i], at)) != PL_NOPOS) {
            size_t end = at + cores[i].n, body = body_after(s, end);

            at = end;
            if (body != PL_NOPOS && announced(lx, pl_str_sub(s, 0, end), PL_S("head"))) {
                *head = end;
                return body;
            }
        }
    }
    return tail_body(lx, s, from, head);
}

static bool is_strong(pl_str before)
{
    return pl_str_has(before, PL_S("主要")) || pl_str_has(before, PL_S("预期")) ||
           pl_str_has(before, PL_S("main")) || pl_str_has(before, PL_S("expected"));
}

/* ---- reading a statement ---- */

typedef struct reading {
    pl_plan *plan;
    const pl_block *block;
    pl_fold fold;
    int year;
    pl_goals goals; /* of this statement */
} reading;

static pl_status add_goal(pl_ctx *cx, reading *in, const pl_goal_clause *c, size_t at,
                          size_t i)
{
    pl_goal *g = PL_VEC_ADD(cx->arena, &in->goals);
    pl_span span = pl_fold_span(&in->fold, at, c->n);
    const pl_node *first;

    if (!g)
        return pl_fail_memory(cx);
    g->name = c->goals.p[i].name;
    g->text = c->goals.p[i].text;
    g->target = c->goals.p[i].target;
    g->year = in->year;
    g->main = true;
    g->place = pl_text_place(&in->block->text, &in->block->place, span.at, span.n);
    first = g->target->first;
    return pl_join_name(cx, in->plan, g->name,
                        first->kind == PL_NODE_CHANGE || first->kind == PL_NODE_TREND ||
                            pl_phrase_find(g->target, PL_NODE_CHANGE) != NULL,
                        &g->indicator);
}

/* Read the clauses of one sentence [at, end). *all says that every clause was a goal or
 * an aside. */
static pl_status read_sentence(pl_ctx *cx, reading *in, size_t at, size_t end, bool *all)
{
    pl_str s = pl_str_sub(in->fold.s, 0, end);

    *all = true;
    while (at < end) {
        pl_goal_clause c;

        PL_TRY(pl_goal_clause_read(cx, &in->fold, in->block->text.s,
                                   (pl_span){at, s.n - at}, in->year, &c));
        *all &= c.understood;
        for (size_t i = 0; i < c.goals.n; i++)
            PL_TRY(add_goal(cx, in, &c, at, i));
        at += c.n + c.mark;
    }
    return PL_OK;
}

/* The first characters of s that fit into `most` bytes. */
static pl_str whole_chars(pl_str s, size_t most)
{
    return most < s.n ? pl_str_sub(s, 0, pl_utf8_back(s, most + 1)) : s;
}

/* Read the goals of one paragraph from `at` on; sentences after the first only while they
 * hold nothing but goals. */
static pl_status read_paragraph(pl_ctx *cx, reading *in, size_t at, bool first_counts,
                                bool *any)
{
    pl_str s = whole_chars(in->fold.s, at + STATEMENT_MAX_BYTES);
    bool first = first_counts;

    *any = false;
    while (at < s.n) {
        size_t stop = pl_str_find(s, PL_S("。"), at);
        size_t end = stop == PL_NOPOS ? s.n : stop;
        size_t before = in->goals.n;
        bool all;

        PL_TRY(read_sentence(cx, in, at, end, &all));
        if (!all && !first) {
            in->goals.n = before;
            return PL_OK;
        }
        *any |= in->goals.n > before;
        first = false;
        at = stop == PL_NOPOS ? s.n : end + PL_S("。").n;
    }
    return PL_OK;
}

/* Goals announced at a paragraph's end stand in the paragraphs that follow. */
static pl_status read_following(pl_ctx *cx, reading *in, size_t block)
{
    const pl_blocks *all = &in->plan->doc->blocks;

    for (size_t i = block + 1; i < all->n && i <= block + STATEMENT_MAX_BLOCKS; i++) {
        bool any;

        if (all->p[i].kind != PL_BLOCK_PARA)
            return PL_OK;
        in->block = &all->p[i];
        PL_TRY(pl_fold_make(cx, in->block->text.s, &in->fold));
        PL_TRY(read_paragraph(cx, in, 0, false, &any));
        if (!any)
            return PL_OK;
    }
    return PL_OK;
}

static pl_status read_statement(pl_ctx *cx, pl_plan *plan, const statement *st,
                                pl_goals *out)
{
    reading in = {
        .plan = plan, .block = &plan->doc->blocks.p[st->block], .year = st->year};
    bool any;

    PL_TRY(pl_fold_make(cx, in.block->text.s, &in.fold));
    if (st->body >= in.fold.s.n) {
        PL_TRY(read_following(cx, &in, st->block));
    } else {
        PL_TRY(read_paragraph(cx, &in, st->body, true, &any));
        if (any &&
            (pl_str_ends(in.fold.s, PL_S(";")) || pl_str_ends(in.fold.s, PL_S(","))))
            PL_TRY(read_following(cx, &in, st->block)); /* the list goes on */
    }
    *out = in.goals;
    return PL_OK;
}

/* Look at one paragraph for an announcement for the plan's year; read it when found. */
static pl_status try_block(pl_ctx *cx, pl_plan *plan, size_t block, size_t *best)
{
    const pl_block *b = &plan->doc->blocks.p[block];
    statement st = {.block = block};
    size_t head = 0, from = 0;
    pl_goals goals;
    pl_str s;

    PL_TRY(pl_fold_str(cx, b->text.s, &s));
    for (int n = 0; n < ANNOUNCED_MAX; n++) {
        st.body = find_body(cx->lexicon, s, from, &head);
        if (st.body == PL_NOPOS)
            break;
        size_t start = sentence_start(s, head);
        pl_str before = pl_str_sub(s, start, head - start);
        size_t score;

        from = st.body;
        PL_TRY(statement_year(cx, plan, block, before, &st.year));
        if (is_looking_back(before) || st.year < plan->year || st.year > plan->year + 1)
            continue;
        PL_TRY(read_statement(cx, plan, &st, &goals));
        score = goals.n + (is_strong(before) ? 1000 : 0);
        if (goals.n >= STATEMENT_MIN_GOALS && score > *best) {
            *best = score;
            plan->goals = goals;
        }
    }
    return PL_OK;
}

/* ---- aims: `到2025年,…率达到70%,…` under a heading that says 目标 ---- */

/* Does the section that a paragraph stands in set aims? */
static pl_status sets_aims(pl_ctx *cx, const pl_plan *plan, size_t block, bool *yes)
{
    static const pl_str titles[] = {PL_S_INIT("目标"), PL_S_INIT("目标任务"),
                                    PL_S_INIT("objectives"), PL_S_INIT("targets"),
                                    PL_S_INIT("goals")};
    size_t section = pl_section_at(plan, block);
    pl_str title;

    *yes = false;
    if (section == PL_NOPOS)
        return PL_OK;
    PL_TRY(pl_fold_str(cx, plan->sections.p[section].title, &title));
    *yes = pl_str_ends_any(title, titles, PL_COUNT(titles));
    return PL_OK;
}

/* Offset behind `(力争)到2025年(底),` at the start of s, and the year; 0 when a sentence
 * does not begin so. */
static size_t dated(pl_str s, int *year)
{
    static const pl_str begins[] = {PL_S_INIT("力争"), PL_S_INIT("到"), PL_S_INIT("至"),
                                    PL_S_INIT("by ")};
    pl_str rest = s;
    pl_period p;

    for (size_t i = 0; i < PL_COUNT(begins); i++)
        pl_str_eat(&rest, begins[i]);
    p = pl_period_at(rest, 0);
    if (p.n == 0)
        return 0;
    rest = pl_str_tail(rest, p.n);
    pl_str_eat(&rest, PL_S("底"));
    pl_str_eat(&rest, PL_S("末"));
    if (!pl_str_eat(&rest, PL_S(",")))
        return 0;
    *year = p.year;
    return s.n - rest.n;
}

/* The aims of one paragraph; a year holds until another one is named. */
static pl_status read_aims(pl_ctx *cx, reading *in)
{
    pl_str s = in->fold.s;

    for (size_t at = 0; at < s.n;) {
        size_t stop = pl_str_find(s, PL_S("。"), at);
        size_t end = stop == PL_NOPOS ? s.n : stop;
        bool all;

        at += s.p[at] == ' ';
        at += dated(pl_str_sub(s, at, end - at), &in->year);
        if (in->year)
            PL_TRY(read_sentence(cx, in, at, end, &all));
        at = stop == PL_NOPOS ? s.n : end + PL_S("。").n;
    }
    return PL_OK;
}

/* What a document without a statement for one year sets as its aims. */
static pl_status read_all_aims(pl_ctx *cx, pl_plan *plan)
{
    reading in = {.plan = plan};
    size_t section = PL_NOPOS;

    for (size_t i = 0; i < plan->doc->blocks.n; i++) {
        bool yes;

        in.block = &plan->doc->blocks.p[i];
        if (in.block->kind != PL_BLOCK_PARA)
            continue;
        PL_TRY(sets_aims(cx, plan, i, &yes));
        if (!yes)
            continue;
        if (pl_section_at(plan, i) != section)
            in.year = 0;
        section = pl_section_at(plan, i);
        PL_TRY(pl_fold_make(cx, in.block->text.s, &in.fold));
        PL_TRY(read_aims(cx, &in));
    }
    plan->goals = in.goals;
    return PL_OK;
}

/* A quick look: can this paragraph announce anything? */
static bool may_announce(pl_str s)
{
    return pl_str_has(s, PL_S("目标")) || pl_str_has(s, PL_S("如下")) ||
           pl_str_has(s, PL_S("指标")) || pl_str_has(s, PL_S("targets"));
}

pl_status pl_read_goals(pl_ctx *cx, pl_plan *plan)
{
    size_t best = 0;

    for (size_t i = 0; i < plan->doc->blocks.n; i++) {
        const pl_block *b = &plan->doc->blocks.p[i];

        if (b->kind == PL_BLOCK_PARA && may_announce(b->text.s))
            PL_TRY(try_block(cx, plan, i, &best));
    }
    return plan->goals.n ? PL_OK : read_all_aims(cx, plan);
}
