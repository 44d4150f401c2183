/* Rows of a table that say how many they hold: `道路类(50项)`. R-372.
 *
 * A list in a cell of the row (`新建35项,改建15项`) adds up to the row's count; the rows'
 * counts add up to that of the sentence that the table details, and so do the amounts
 * that each row names by the same words (`总投资56.1亿元`). */
#include "judge/adding.h"
#include "judge/rules.h"

#include <stdio.h>

#include "text/utf8.h"

enum {
    PARTS_MAX = 64,
    ROWS_LEAST = 3,   /* rows that are worth adding up */
    TITLE_BLOCKS = 2, /* blocks before a table among which its title is */
    LIKE_LEAST = 150, /* thousandths: the sentence that the table details */
    LIKE_MOST = 12,
    NAME_BYTES = 12,    /* four characters: shorter names say too little */
    NAME_WITHIN = 700,  /* what is counted there is what the title names */
    LABEL_WITHIN = 600, /* 总投资额 and 区级总投资 */
    SENTENCE_CLAUSES = 4,
    ROW_NAME_BYTES = 60,
};

/* One row with its count. */
typedef struct row_head {
    const pl_figure *count;
    size_t first, end; /* passages of its row behind the heading cell */
    const pl_figure *amount;
} row_head;

typedef PL_VEC(row_head) row_heads;

/* One table of the narrative: passages [first, end). */
typedef struct table_in {
    const pl_passages *ps;
    size_t first, end;
    row_heads heads;
    size_t held; /* lists in cells that add up */
} table_in;

static const pl_figure *figure_at(const pl_passages *ps, const pl_passage *p, size_t k)
{
    return &ps->figures.p[p->first_figure + k];
}

/* The count that a heading cell ends with, alone or in brackets; NULL when it does not.
 */
static const pl_figure *count_of(const table_in *t, size_t i)
{
    const pl_passage *p = &t->ps->all.p[i];
    const pl_figure *f;
    size_t end;

    if (p->n_figures != 1 || (i > t->first && p[-1].cell == p->cell) ||
        (i + 1 < t->end && p[1].cell == p->cell))
        return NULL;
    f = figure_at(t->ps, p, 0);
    end = f->q.at.at + f->q.at.n;
    if (!f->count || f->q.at.at == 0)
        return NULL;
    return end == p->text.n || pl_str_eq(pl_str_tail(p->text, end), PL_S(")")) ? f : NULL;
}

static pl_status read_heads(pl_ctx *cx, table_in *t)
{
    for (size_t i = t->first; i < t->end; i++) {
        const pl_passage *p = &t->ps->all.p[i];
        const pl_figure *f = count_of(t, i);
        row_head *slot;

        if (!f || (t->heads.n && t->heads.p[t->heads.n - 1].end > i))
            continue;
        slot = PL_VEC_ADD(cx->arena, &t->heads);
        if (!slot)
            return pl_fail_memory(cx);
        slot->count = f;
        slot->first = slot->end = i + 1;
        while (slot->end < t->end && t->ps->all.p[slot->end].cell->row == p->cell->row)
            slot->end++;
    }
    return PL_OK;
}

/* Are all figures of passage p parts of the row's count: of its unit, with nothing behind
 * them? */
static bool is_list_clause(const pl_passages *ps, const pl_passage *p, pl_str dim)
{
    for (size_t k = 0; k < p->n_figures; k++) {
        const pl_figure *f = figure_at(ps, p, k);

        if (!pl_str_eq(f->dim, dim) || f->noun.n || f->before.n == 0 ||
            pl_figure_is_change(f))
            return false;
    }
    return p->n_figures > 0;
}

/* The first sentence of the row all of whose clauses are parts; two at least. */
static pl_status read_list(pl_ctx *cx, const table_in *t, const row_head *h,
                           pl_figure_refs *out)
{
    const pl_passages *ps = t->ps;
    size_t next;

    for (size_t i = h->first; i < h->end; i = next) {
        bool list = true;

        out->n = 0;
        for (next = i; next < h->end && ps->all.p[next].sentence == ps->all.p[i].sentence;
             next++) {
            const pl_passage *p = &ps->all.p[next];

            list = list && is_list_clause(ps, p, h->count->dim);
            for (size_t k = 0; k < p->n_figures && list && out->n < PARTS_MAX; k++)
                PL_TRY(pl_refs_add(cx, out, figure_at(ps, p, k)));
        }
        if (list && out->n > 1 && out->n < PARTS_MAX)
            return PL_OK;
    }
    out->n = 0;
    return PL_OK;
}

static pl_adds adds_of(const pl_figure_refs *parts, const pl_figure *total)
{
    pl_sum sum;

    return parts->n && pl_sum_of(parts, 0, parts->n, &sum) ? pl_sum_against(&sum, total)
                                                           : PL_ADDS_UNKNOWN;
}

/* The lists of all rows; those that do not add up are said once it is known whether
 * others do: `held` counts these. */
static pl_status judge_lists(pl_ctx *cx, pl_check *check, table_in *t, bool failed)
{
    static const pl_sum_says same = {PL_SEVERITY_HELD, "与本行总数一致",
                                     "as the row's heading says", false};
    pl_sum_says differ = {t->held ? PL_SEVERITY_ERROR : PL_SEVERITY_WARNING,
                          "与本行总数不符", "not what the row's heading says:", true};

    for (size_t i = 0; i < t->heads.n; i++) {
        const row_head *h = &t->heads.p[i];
        pl_figure_refs parts = {0};
        pl_adds adds;

        PL_TRY(read_list(cx, t, h, &parts));
        adds = adds_of(&parts, h->count);
        if (adds == PL_ADDS_UNKNOWN || failed == (adds == PL_ADDS_SAME))
            continue;
        t->held += !failed;
        PL_TRY(pl_sum_say(cx, check, h->count, &parts, 0, parts.n,
                          failed ? &differ : &same));
    }
    return PL_OK;
}

/* The passage that titles the table: the last one of the text before it. */
static size_t title_of(const table_in *t)
{
    const pl_passage *first = &t->ps->all.p[t->first];

    for (size_t i = t->first; i > 0; i--) {
        const pl_passage *p = &t->ps->all.p[i - 1];

        if (p->block + TITLE_BLOCKS < first->block)
            break;
        if (p->source == PL_SOURCE_NARRATIVE)
            return i - 1;
    }
    return PL_NOPOS;
}

/* 其中亿元以上项目74个: of some, not of all. */
static bool is_group(const pl_lexicon *lx, pl_str s)
{
    const pl_word *w = pl_lexicon_at(lx, PL_WORDS(RELATION), s);

    return w && pl_str_eq(w->field[0], PL_S("some"));
}

/* The counts of sentences of the text that the title names. */
static pl_status read_totals(pl_ctx *cx, const table_in *t, pl_figure_refs *out)
{
    size_t title = title_of(t);
    pl_likes likes;

    if (title == PL_NOPOS)
        return PL_OK;
    PL_TRY(pl_passages_like(cx, t->ps, title, LIKE_LEAST, LIKE_MOST, &likes));
    for (size_t i = 0; i < likes.n; i++) {
        const pl_passage *p = &t->ps->all.p[likes.p[i].passage];

        if (p->source != PL_SOURCE_NARRATIVE || p->year != t->ps->all.p[title].year ||
            is_group(cx->lexicon, p->text))
            continue;
        for (size_t k = 0; k < p->n_figures && out->n < PARTS_MAX; k++) {
            const pl_figure *f = figure_at(t->ps, p, k);
            pl_str name = f->before.n > f->noun.n ? f->before : f->noun;

            if (f->count && pl_figure_adds(f) && name.n >= NAME_BYTES &&
                pl_text_within(name, t->ps->all.p[title].text) >= NAME_WITHIN)
                PL_TRY(pl_refs_add(cx, out, f));
        }
    }
    return PL_OK;
}

/* The first amount in each row that is named by the words of the first row's; their
 * number. */
static size_t read_amounts(table_in *t)
{
    const pl_figure *model = NULL;
    size_t n = 0;

    for (size_t i = 0; i < t->heads.n; i++) {
        row_head *h = &t->heads.p[i];

        for (size_t k = h->first; k < h->end && !h->amount; k++) {
            const pl_passage *p = &t->ps->all.p[k];
            const pl_figure *f = p->n_figures ? figure_at(t->ps, p, 0) : NULL;

            if (!f || f->count || f->before.n == 0 || f->noun.n || !f->q.unit ||
                pl_figure_is_change(f))
                continue;
            if (!model)
                model = f;
            if (pl_str_eq(f->dim, model->dim) && pl_str_eq(f->before, model->before))
                h->amount = f;
        }
        n += h->amount != NULL;
    }
    return n;
}

/* The amount of the sentence around `total` that is named as the rows' amounts are. */
static const pl_figure *amount_near(const table_in *t, const pl_figure *total,
                                    const pl_figure *like)
{
    const pl_passage *p = &t->ps->all.p[total->passage];

    for (size_t i = 0; i < SENTENCE_CLAUSES; i++) {
        size_t at = total->passage + i;

        if (at >= t->ps->all.n || t->ps->all.p[at].sentence != p->sentence)
            break;
        for (size_t k = 0; k < t->ps->all.p[at].n_figures; k++) {
            const pl_figure *f = figure_at(t->ps, &t->ps->all.p[at], k);

            if (pl_str_eq(f->dim, like->dim) && !pl_figure_is_change(f) &&
                pl_text_within(f->before, like->before) >= LABEL_WITHIN)
                return f;
        }
    }
    return NULL;
}

/* The name of the first row without an amount, cut to a size for a message. */
static pl_str row_without(const table_in *t)
{
    pl_str name = {0};
    size_t n = 0;

    for (size_t i = 0; i < t->heads.n && name.n == 0; i++)
        if (!t->heads.p[i].amount)
            name = t->ps->all.p[t->heads.p[i].count->passage].written;
    while (n < name.n && n < ROW_NAME_BYTES)
        n += pl_utf8_len((unsigned char)name.p[n]);
    return pl_str_sub(name, 0, n);
}

static pl_status say_amounts(pl_ctx *cx, pl_check *check, const table_in *t,
                             const pl_figure *total, const pl_figure_refs *parts)
{
    pl_adds adds = adds_of(parts, total);
    pl_str lacks = row_without(t);
    char zh[200], en[200];
    pl_sum_says says = {PL_SEVERITY_WARNING, "与正文总数不符", "the text's total is",
                        true};

    if (lacks.n && adds == PL_ADDS_LESS) {
        (void)snprintf(zh, sizeof zh, "；“%.*s”一行未列数", PL_FMT(lacks));
        (void)snprintf(en, sizeof en, "; row “%.*s” has no figure", PL_FMT(lacks));
        says.more_zh = zh;
        says.more_en = en;
    } else if (pl_str_eq(total->before, parts->p[0]->before)) {
        says.severity = PL_SEVERITY_ERROR;
    }
    if (adds == PL_ADDS_SAME)
        says = (pl_sum_says){PL_SEVERITY_HELD, "与正文总数一致",
                             "as the text's total says", false};
    return adds == PL_ADDS_UNKNOWN
               ? PL_OK
               : pl_sum_say(cx, check, total, parts, 0, parts->n, &says);
}

/* The total that the counts add up to, else the one named best (the first); NULL when
 * there is none. */
static const pl_figure *total_meant(const pl_figure_refs *counts,
                                    const pl_figure_refs *totals)
{
    for (size_t i = 0; i < totals->n; i++)
        if (adds_of(counts, totals->p[i]) == PL_ADDS_SAME)
            return totals->p[i];
    return totals->n ? totals->p[0] : NULL;
}

/* An amount elsewhere in the text, named as the rows' are, that they add up to; NULL when
 * there is none. */
static pl_status amount_elsewhere(pl_ctx *cx, const table_in *t,
                                  const pl_figure_refs *amounts, const pl_figure **out)
{
    const pl_figure *like = amounts->p[0];
    pl_likes likes;

    *out = NULL;
    PL_TRY(pl_passages_like(cx, t->ps, like->passage, LIKE_LEAST, LIKE_MOST, &likes));
    for (size_t i = 0; i < likes.n && !*out; i++) {
        const pl_passage *p = &t->ps->all.p[likes.p[i].passage];

        if (p->source != PL_SOURCE_NARRATIVE)
            continue;
        for (size_t k = 0; k < p->n_figures && !*out; k++) {
            const pl_figure *f = figure_at(t->ps, p, k);

            if (pl_str_eq(f->dim, like->dim) && !pl_figure_is_change(f) &&
                pl_text_within(f->before, like->before) >= LABEL_WITHIN &&
                adds_of(amounts, f) == PL_ADDS_SAME)
                *out = f;
        }
    }
    return PL_OK;
}

/* The rows' amounts of one name against that of the sentence of their counts' total, or,
 * when there is none, against one that they add up to. */
static pl_status judge_amounts(pl_ctx *cx, pl_check *check, table_in *t,
                               const pl_figure *total)
{
    pl_figure_refs amounts = {0};
    const pl_figure *amount = NULL;

    if (read_amounts(t) < 2)
        return PL_OK;
    for (size_t i = 0; i < t->heads.n; i++)
        if (t->heads.p[i].amount)
            PL_TRY(pl_refs_add(cx, &amounts, t->heads.p[i].amount));
    if (total)
        amount = amount_near(t, total, amounts.p[0]);
    if (!amount)
        PL_TRY(amount_elsewhere(cx, t, &amounts, &amount));
    return amount ? say_amounts(cx, check, t, amount, &amounts) : PL_OK;
}

/* The rows' counts, and their amounts, against the sentence that the table details. */
static pl_status judge_rows(pl_ctx *cx, pl_check *check, table_in *t)
{
    static const pl_sum_says same = {PL_SEVERITY_HELD, "与正文总数一致",
                                     "as the text's total says", false};
    static const pl_sum_says differ = {PL_SEVERITY_WARNING, "与正文总数不符",
                                       "the text's total is", true};
    pl_figure_refs counts = {0}, totals = {0};
    const pl_figure *total;
    pl_adds adds;

    PL_TRY(read_totals(cx, t, &totals));
    for (size_t i = 0; i < t->heads.n; i++)
        PL_TRY(pl_refs_add(cx, &counts, t->heads.p[i].count));
    total = total_meant(&counts, &totals);
    adds = total ? adds_of(&counts, total) : PL_ADDS_UNKNOWN;
    if (adds != PL_ADDS_UNKNOWN)
        PL_TRY(pl_sum_say(cx, check, total, &counts, 0, counts.n,
                          adds == PL_ADDS_SAME ? &same : &differ));
    return judge_amounts(cx, check, t, total);
}

static pl_status judge_table(pl_ctx *cx, pl_check *check, size_t first, size_t end)
{
    table_in t = {.ps = check->passages, .first = first, .end = end};

    PL_TRY(read_heads(cx, &t));
    if (t.heads.n == 0)
        return PL_OK;
    PL_TRY(judge_lists(cx, check, &t, false));
    PL_TRY(judge_lists(cx, check, &t, true));
    for (size_t i = 1; i < t.heads.n; i++)
        if (!pl_str_eq(t.heads.p[i].count->dim, t.heads.p[0].count->dim))
            return PL_OK;
    return t.heads.n >= ROWS_LEAST ? judge_rows(cx, check, &t) : PL_OK;
}

pl_status pl_rule_sum_rows(pl_ctx *cx, pl_check *check)
{
    const pl_passages *ps = check->passages;
    size_t end;

    for (size_t i = 0; i < ps->all.n; i = end) {
        end = i + 1;
        if (ps->all.p[i].source != PL_SOURCE_COLUMN)
            continue;
        while (end < ps->all.n && ps->all.p[end].block == ps->all.p[i].block &&
               ps->all.p[end].source == PL_SOURCE_COLUMN)
            end++;
        PL_TRY(judge_table(cx, check, i, end));
    }
    return PL_OK;
}
