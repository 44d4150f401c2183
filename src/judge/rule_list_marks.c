/* Marks of clauses inside the text: (1) (2) (3) … of a paragraph, 一是 二是 三是. Each
 * list runs from 1 without gaps or repeats. R-403.
 *
 * A mark counts where a clause begins: at a paragraph's start or behind a stop. A list
 * that begins anew is another list. A mark that is far from the one before it is no mark
 * of that list; one that repeats it or leaves out few is a slip. */
#include "judge/rules.h"

#include "text/numbering.h"
#include "text/utf8.h"

enum {
    GAP_MOST = 2,  /* left out; a larger jump is something else: an age, a route */
    LIST_LEAST = 2 /* marks that make a list */
};

/* One list that is being followed. */
typedef struct run {
    const pl_fact_text *first_text, *last_text; /* NULL: none is */
    pl_span first, last;
    int number;
    bool broken;
} run;

/* The kinds of marks that are followed inside texts. */
static const struct {
    pl_numbering_kind kind;
    bool across; /* goes on in later paragraphs */
} kinds[] = {
    {PL_NUMBERING_AR_PAREN, false},
    {PL_NUMBERING_CIRCLED, false},
    {PL_NUMBERING_CN_IS, true},
};

typedef struct following {
    run runs[PL_COUNT(kinds)];
} following;

static pl_status end_run(pl_ctx *cx, pl_check *check, run *x)
{
    pl_relation *r;
    run done = *x;

    *x = (run){0};
    if (!done.first_text || done.broken || done.number < LIST_LEAST)
        return PL_OK;
    PL_TRY(
        pl_relation_add(cx, &check->relations, PL_KIND_SEQUENCE, PL_SEVERITY_HELD, &r));
    PL_TRY(pl_relation_zh(cx, r, "条款序号1至%d连续", done.number));
    PL_TRY(pl_relation_en(cx, r, "clauses are numbered 1 to %d in turn", done.number));
    PL_TRY(pl_relation_at_fold(cx, r, done.first_text, done.first));
    return pl_relation_at_fold(cx, r, done.last_text, done.last);
}

static pl_status say_break(pl_ctx *cx, pl_check *check, const run *x,
                           const pl_fact_text *t, pl_span at, int number)
{
    bool again = number == x->number;
    pl_relation *r;

    PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_SEQUENCE, PL_SEVERITY_WARNING,
                           &r));
    PL_TRY(pl_relation_zh(
        cx, r, again ? "条款序号重复：应为%d，写作%d" : "条款序号不连续：应为%d，写作%d",
        x->number + 1, number));
    PL_TRY(pl_relation_en(cx, r, "a clause is numbered %d where %d is due", number,
                          x->number + 1));
    PL_TRY(pl_relation_at_fold(cx, r, x->last_text, x->last));
    return pl_relation_at_fold(cx, r, t, at);
}

static pl_status take_mark(pl_ctx *cx, pl_check *check, run *x, const pl_fact_text *t,
                           size_t at, const pl_numbering *m)
{
    pl_span span = {at, m->text.n};

    if (m->number == 1) {
        PL_TRY(end_run(cx, check, x));
        *x = (run){t, t, span, span, 1, false};
        return PL_OK;
    }
    if (!x->first_text || m->number < x->number || m->number > x->number + 1 + GAP_MOST)
        return PL_OK;
    if (m->number != x->number + 1) {
        PL_TRY(say_break(cx, check, x, t, span, m->number));
        x->broken = true;
    }
    x->number = m->number;
    x->last_text = t;
    x->last = span;
    return PL_OK;
}

static bool is_stop(pl_str s, size_t i)
{
    static const pl_str stops[] = {PL_S_INIT("。"), PL_S_INIT(";"), PL_S_INIT(":"),
                                   PL_S_INIT(","), PL_S_INIT("!")};

    return pl_str_starts_any(pl_str_tail(s, i), stops, PL_COUNT(stops));
}

static pl_status read_text(pl_ctx *cx, pl_check *check, following *f,
                           const pl_fact_text *t)
{
    pl_str s = t->fold.s;
    bool start = true;
    size_t i = 0;

    while (i < s.n) {
        if (start) {
            pl_numbering m = pl_numbering_at(pl_str_tail(s, i));

            for (size_t k = 0; k < PL_COUNT(kinds); k++)
                if (m.kind == kinds[k].kind)
                    PL_TRY(take_mark(cx, check, &f->runs[k], t, i, &m));
        }
        i = pl_skip_ideographs(s, i);
        start = i < s.n && is_stop(s, i);
        i += i < s.n ? pl_utf8_len((unsigned char)s.p[i]) : 0;
    }
    return PL_OK;
}

pl_status pl_rule_list_marks(pl_ctx *cx, pl_check *check)
{
    const pl_fact_texts *texts = &check->plan->texts;
    following f = {0};

    for (size_t i = 0; i < texts->n; i++) {
        const pl_fact_text *t = &texts->p[i];

        if (t->source != PL_SOURCE_NARRATIVE)
            continue;
        PL_TRY(read_text(cx, check, &f, t));
        for (size_t k = 0; k < PL_COUNT(kinds); k++)
            if (!kinds[k].across)
                PL_TRY(end_run(cx, check, &f.runs[k]));
    }
    for (size_t k = 0; k < PL_COUNT(kinds); k++)
        PL_TRY(end_run(cx, check, &f.runs[k]));
    return PL_OK;
}
