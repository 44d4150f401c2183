/* Items of one make in a row, against the sentence that sums them up. R-373.
 *
 * `租金:国企为30家小店减免2万元;村集体为50户减免3万元;…` has the same figures in each
 * item, counted from the right. A clause elsewhere that names the label and has such
 * figures of its own gives their totals. One that adds up shows that the clause is the
 * sum; then the others have to add up too. */
#include "judge/adding.h"
#include "judge/rules.h"
#include "text/utf8.h"

enum {
    ITEMS_LEAST = 3,
    ITEMS_MAX = 40,
    CLAUSES_MAX = 120,   /* of all items */
    ITEM_FIGURES = 3,    /* from the right */
    LABEL_MIN_CHARS = 2, /* of the words before the colon */
    LABEL_MAX_CHARS = 16,
    LIKE_LEAST = 150, /* thousandths */
    LIKE_MOST = 12
};

/* Items between semicolons: columns of their figures, the last figure first. */
typedef struct items {
    const pl_passages *ps;
    size_t first, end; /* passages */
    pl_str label;
    pl_figure_refs column[ITEM_FIGURES];
    size_t n_columns, n;
} items;

/* The words before the first colon of a clause, empty when they are no label. */
static pl_str label_of(pl_str s)
{
    size_t colon = pl_str_find(s, PL_S(":"), 0), chars;
    pl_str label = pl_str_trim(pl_str_sub(s, 0, colon == PL_NOPOS ? 0 : colon));

    chars = pl_utf8_count(label);
    return chars >= LABEL_MIN_CHARS && chars <= LABEL_MAX_CHARS ? label : (pl_str){0};
}

static bool goes_on(const pl_passage *p)
{
    return pl_str_eq(p->mark, PL_S(",")) || pl_str_eq(p->mark, PL_S(";"));
}

/* Put the last figures of the item [first, end) into the columns; how many there are. */
static pl_status read_item(pl_ctx *cx, items *in, size_t first, size_t end)
{
    size_t from = in->ps->all.p[first].first_figure, n = 0;

    for (size_t i = first; i < end; i++)
        n += in->ps->all.p[i].n_figures; /* figures of passages follow on each other */
    for (size_t k = 0; k < ITEM_FIGURES && k < n; k++)
        PL_TRY(pl_refs_add(cx, &in->column[k], &in->ps->figures.p[from + n - 1 - k]));
    in->n++;
    return PL_OK;
}

/* A column is whole when each item has a figure in it, of one dimension or all counts. */
static bool is_whole(const items *in, size_t k)
{
    const pl_figure_refs *c = &in->column[k];

    if (c->n != in->n)
        return false;
    for (size_t i = 0; i < c->n; i++) {
        const pl_figure *f = c->p[i];

        if (!pl_figure_adds(f) ||
            !(pl_str_eq(f->dim, c->p[0]->dim) || (f->count && c->p[0]->count)))
            return false;
    }
    return true;
}

/* The items that begin at clause `first`, which has a label. */
static pl_status read_items(pl_ctx *cx, items *in)
{
    const pl_passage *all = in->ps->all.p;
    size_t item = in->first;

    for (in->end = in->first; in->end < in->ps->all.n && in->n < ITEMS_MAX &&
                              in->end - in->first < CLAUSES_MAX;) {
        const pl_passage *p = &all[in->end++];
        bool last = !goes_on(p) || in->end == in->ps->all.n ||
                    all[in->end].block != p->block || all[in->end].cell != p->cell;

        if (!last && !pl_str_eq(p->mark, PL_S(";")))
            continue;
        PL_TRY(read_item(cx, in, item, in->end));
        item = in->end;
        if (last)
            break;
    }
    while (in->n_columns < ITEM_FIGURES && in->n >= ITEMS_LEAST &&
           is_whole(in, in->n_columns))
        in->n_columns++;
    return PL_OK;
}

/* The one figure of passage p that can be the total of a column; NULL when there is none,
 * or more than one. */
static const pl_figure *total_in(const items *in, const pl_passage *p, size_t k)
{
    const pl_figure *like = in->column[k].p[0], *found = NULL;

    for (size_t i = 0; i < p->n_figures; i++) {
        const pl_figure *f = &in->ps->figures.p[p->first_figure + i];

        if (!pl_figure_adds(f) ||
            !(pl_str_eq(f->dim, like->dim) || (f->count && like->count)))
            continue;
        if (found)
            return NULL;
        found = f;
    }
    return found;
}

static pl_adds adds_of(const pl_figure_refs *parts, const pl_figure *total)
{
    pl_sum sum;

    return total && pl_sum_of(parts, 0, parts->n, &sum) ? pl_sum_against(&sum, total)
                                                        : PL_ADDS_UNKNOWN;
}

/* The columns against the figures of passage p; true in *done when it is their sum. */
static pl_status judge_clause(pl_ctx *cx, pl_check *check, const items *in,
                              const pl_passage *p, bool *done)
{
    static const pl_sum_says same = {
        .severity = PL_SEVERITY_HELD, .zh = "与总数一致", .en = "as the total says"};
    static const pl_sum_says less = {.severity = PL_SEVERITY_ERROR,
                                     .zh = "少于总数",
                                     .en = "less than the total",
                                     .gap = true};
    static const pl_sum_says more = {.severity = PL_SEVERITY_WARNING, /* some twice? */
                                     .zh = "多于总数",
                                     .en = "more than the total",
                                     .gap = true};

    *done = false;
    for (size_t k = 0; k < in->n_columns; k++)
        *done = *done || adds_of(&in->column[k], total_in(in, p, k)) == PL_ADDS_SAME;
    for (size_t k = 0; k < in->n_columns && *done; k++) {
        const pl_figure *total = total_in(in, p, k);
        pl_adds adds = adds_of(&in->column[k], total);

        if (adds != PL_ADDS_UNKNOWN)
            PL_TRY(pl_sum_say(cx, check, total, &in->column[k], 0, in->n,
                              adds == PL_ADDS_SAME   ? &same
                              : adds == PL_ADDS_LESS ? &less
                                                     : &more));
    }
    return PL_OK;
}

static pl_status judge_items(pl_ctx *cx, pl_check *check, const items *in)
{
    const pl_passage *first = &in->ps->all.p[in->first];
    pl_likes likes;
    bool done = false;

    PL_TRY(pl_passages_like(cx, in->ps, in->first, LIKE_LEAST, LIKE_MOST, &likes));
    for (size_t i = 0; i < likes.n && !done; i++) {
        const pl_passage *p = &in->ps->all.p[likes.p[i].passage];

        if ((likes.p[i].passage >= in->first && likes.p[i].passage < in->end) ||
            p->year != first->year || p->first_year != first->first_year ||
            !pl_str_has(p->text, in->label))
            continue;
        PL_TRY(judge_clause(cx, check, in, p, &done));
    }
    return PL_OK;
}

pl_status pl_rule_sum_items(pl_ctx *cx, pl_check *check)
{
    const pl_passages *ps = check->passages;

    for (size_t i = 0; i < ps->all.n; i++) {
        items in = {.ps = ps, .first = i, .label = label_of(ps->all.p[i].text)};

        if (in.label.n == 0 || !goes_on(&ps->all.p[i]) ||
            ps->all.p[i].source == PL_SOURCE_TASK)
            continue;
        PL_TRY(read_items(cx, &in));
        if (in.n_columns)
            PL_TRY(judge_items(cx, check, &in));
    }
    return PL_OK;
}
