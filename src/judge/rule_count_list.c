/* Lists that are announced with their length: `以下五个方面工作:` and (一) … (五), or
 * 一是 … 五是, that follow. R-400.
 *
 * Only a list that begins right behind the announcement is counted: with its first mark
 * behind the clause's stop, or, where the paragraph ends there, at the next one's start.
 * It ends where its marks begin anew, or at a mark of higher rank. */
#include "judge/rules.h"

#include <stdio.h>

#include "text/numbering.h"
#include "text/utf8.h"

enum {
    NOUN_MAX_BYTES = 75,  /* 25 characters between the count and the clause's end */
    LIST_MAX_TEXTS = 400, /* paragraphs that are looked through for one list */
    LIST_LEAST = 2,       /* a list of one is none */
    COUNT_MOST = 40       /* longer lists are tables */
};

/* An announcement, and what follows it. */
typedef struct announced {
    const pl_fact_text *text;
    const pl_fact *fact;
    size_t end;   /* of its clause, behind the stop, in the fold */
    bool spelled; /* 以下, 如下, or a colon */
} announced;

/* Where a list is, and how many marks it has. */
typedef struct list {
    size_t text, at; /* index of the text, offset of the first mark */
    pl_numbering_kind kind;
    int level;
    int n;
    size_t last_text, last_at;
} list;

static const pl_str stops[] = {PL_S_INIT("。"), PL_S_INIT(";"), PL_S_INIT(","),
                               PL_S_INIT(":"),  PL_S_INIT("!"), PL_S_INIT("?")};

static size_t stop_at(pl_str s, size_t i)
{
    if (pl_is_ideograph_byte(s.p[i]))
        return 0;
    return pl_str_prefix_of(pl_str_tail(s, i), stops, PL_COUNT(stops));
}

static bool is_list_kind(const pl_numbering *m)
{
    return m->kind == PL_NUMBERING_CN_IS ||
           (m->kind >= PL_NUMBERING_CN_COMMA && m->kind <= PL_NUMBERING_CIRCLED);
}

/* Does the mark end a list of that kind: one of higher rank? */
static bool outranks(const pl_numbering *m, const list *l)
{
    if (m->level == 0 || m->kind == l->kind)
        return false;
    return l->level == 0 ? m->level <= 2 : m->level < l->level;
}

/* Take the mark that begins at s[i]; false when the list has ended. */
static bool take_mark(list *l, size_t text, pl_str s, size_t i)
{
    pl_numbering m = pl_numbering_at(pl_str_tail(s, i));

    if (m.kind == PL_NUMBERING_NONE)
        return true;
    if (outranks(&m, l))
        return i != 0;
    if (m.kind != l->kind)
        return true;
    if (m.number != l->n + 1)
        return false;
    l->n++;
    l->last_text = text;
    l->last_at = i;
    return true;
}

/* The marks of one text, from `at` on; false when the list ends in it. */
static bool count_in(list *l, size_t text, pl_str s, size_t at)
{
    size_t n;

    if (!take_mark(l, text, s, at))
        return false;
    for (size_t i = at; i < s.n; i += n) {
        n = stop_at(s, i);
        if (n && i + n < s.n && !take_mark(l, text, s, i + n))
            return false;
        if (n == 0)
            n = pl_utf8_len((unsigned char)s.p[i]);
    }
    return true;
}

static void count_marks(const pl_plan *plan, list *l)
{
    size_t end = l->text + LIST_MAX_TEXTS;

    for (size_t i = l->text; i < plan->texts.n && i < end; i++) {
        const pl_fact_text *t = &plan->texts.p[i];

        if (t->source == PL_SOURCE_NARRATIVE &&
            !count_in(l, i, t->fold.s, i == l->text ? l->at : 0))
            return;
    }
}

/* The list that begins at byte `at` of a text, if one does. */
static bool begins(const pl_plan *plan, size_t text, size_t at, list *out)
{
    pl_numbering m = pl_numbering_at(pl_str_tail(plan->texts.p[text].fold.s, at));

    *out = (list){.text = text, .at = at, .kind = m.kind, .level = m.level};
    return is_list_kind(&m) && m.number == 1;
}

static bool find_list(const pl_plan *plan, const announced *a, list *out)
{
    size_t text = (size_t)(a->text - plan->texts.p);

    if (a->end < a->text->fold.s.n)
        return begins(plan, text, a->end, out);
    for (text++; a->spelled && text < plan->texts.n; text++)
        if (plan->texts.p[text].source == PL_SOURCE_NARRATIVE)
            return begins(plan, text, 0, out);
    return false;
}

/* Does the clause of a fact announce: no other figure behind it, its end near, and it
 * says so, or counts what lists are made of? */
static bool announces(const pl_plan *plan, const pl_fact_text *t, size_t fact,
                      announced *out)
{
    static const pl_str following[] = {PL_S_INIT("以下"), PL_S_INIT("下列"),
                                       PL_S_INIT("如下"), PL_S_INIT("下面")};
    static const pl_str nouns[] = {
        PL_S_INIT("方面"), PL_S_INIT("问题"), PL_S_INIT("任务"), PL_S_INIT("工作"),
        PL_S_INIT("措施"), PL_S_INIT("重点"), PL_S_INIT("特点"), PL_S_INIT("原因"),
        PL_S_INIT("目标"), PL_S_INIT("原则"), PL_S_INIT("要求"), PL_S_INIT("环节"),
        PL_S_INIT("步骤"), PL_S_INIT("条件"), PL_S_INIT("困难"), PL_S_INIT("建议"),
        PL_S_INIT("意见"), PL_S_INIT("成效"), PL_S_INIT("变化"), PL_S_INIT("举措")};
    const pl_fact *f = &plan->facts.p[fact];
    size_t end = f->q.at.at + f->q.at.n, start = f->q.at.at, n = 0;
    size_t limit = end + NOUN_MAX_BYTES;
    pl_str s = t->fold.s, clause;

    while (end < s.n && end < limit && !(n = stop_at(s, end)))
        end += pl_utf8_len((unsigned char)s.p[end]);
    if (end < s.n && n == 0)
        return false;
    if (fact + 1 < t->first_fact + t->n_facts && f[1].q.at.at < end)
        return false;
    start = start > NOUN_MAX_BYTES ? start - NOUN_MAX_BYTES : 0;
    clause = pl_str_sub(s, start, end - start);
    *out = (announced){t, f, end + n, false};
    out->spelled = pl_str_has_any(clause, following, PL_COUNT(following)) ||
                   pl_str_starts(pl_str_tail(s, end), PL_S(":"));
    return out->spelled || pl_str_has_any(pl_str_sub(s, f->q.at.at, end - f->q.at.at),
                                          nouns, PL_COUNT(nouns));
}

/* Does the last item end in 等: there is more? */
static bool is_open(const pl_plan *plan, const list *l)
{
    pl_str s = pl_str_tail(plan->texts.p[l->last_text].fold.s, l->last_at);
    size_t end = pl_str_find(s, PL_S("。"), 0);

    return pl_str_ends(pl_str_sub(s, 0, end == PL_NOPOS ? s.n : end), PL_S("等"));
}

static pl_status say(pl_ctx *cx, pl_check *check, const announced *a, int count,
                     const list *l)
{
    const pl_fact_text *first = &check->plan->texts.p[l->text];
    const pl_fact_text *last = &check->plan->texts.p[l->last_text];
    bool held = l->n == count, here = first == a->text && last == a->text;
    size_t from = a->fact->q.at.at, end = a->end;
    char number[16];
    pl_relation *r;
    int n;

    PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_SEQUENCE,
                           held   ? PL_SEVERITY_HELD
                           : here ? PL_SEVERITY_ERROR
                                  : PL_SEVERITY_WARNING,
                           &r));
    PL_TRY(pl_relation_zh(
        cx, r, held ? "称“%.*s”，其后所列为%d项，一致" : "称“%.*s”，其后所列为%d项",
        PL_FMT(a->fact->text), l->n));
    PL_TRY(pl_relation_en(cx, r,
                          held ? "'%.*s' are announced, and %d follow"
                               : "'%.*s' are announced, but %d follow",
                          PL_FMT(a->fact->text), l->n));
    n = snprintf(number, sizeof number, "%d", l->n);
    PL_TRY(pl_str_keep(cx, (pl_str){number, (size_t)n}, &r->expected));
    r->found = a->fact->text;
    PL_TRY(pl_relation_at_fold(cx, r, a->text, (pl_span){from, end - from}));
    PL_TRY(pl_relation_at_fold(
        cx, r, first,
        (pl_span){l->at, pl_numbering_at(pl_str_tail(first->fold.s, l->at)).n}));
    return pl_relation_at_fold(
        cx, r, last,
        (pl_span){l->last_at, pl_numbering_at(pl_str_tail(last->fold.s, l->last_at)).n});
}

pl_status pl_rule_count_list(pl_ctx *cx, pl_check *check)
{
    const pl_plan *plan = check->plan;

    for (size_t i = 0; i < plan->texts.n; i++) {
        const pl_fact_text *t = &plan->texts.p[i];

        if (t->source != PL_SOURCE_NARRATIVE)
            continue;
        for (size_t k = t->first_fact; k < t->first_fact + t->n_facts; k++) {
            announced a;
            list l;
            int count = pl_fact_count(&plan->facts.p[k], COUNT_MOST);

            if (count == 0 || !announces(plan, t, k, &a) || !find_list(plan, &a, &l))
                continue;
            count_marks(plan, &l);
            if (l.n >= LIST_LEAST && !(l.n < count && is_open(plan, &l)))
                PL_TRY(say(cx, check, &a, count, &l));
        }
    }
    return PL_OK;
}
