/* Claims of the narrative against the verdicts: `超额完成`, `完成年初目标`, `尚有差距`,
 * for the indicators that the sentence names. R-405.
 *
 * Names are the pieces between commas and 、 of the claim's clause, and of the clauses
 * before it in its sentence. Unless it says that all are meant (均), only the nearest
 * clause has to bear the claim out. */
#include "judge/rules.h"

#include "base/map.h"
#include "plan/recognise.h"
#include "text/utf8.h"

typedef enum claim { CLAIM_NONE, CLAIM_OVER, CLAIM_MET, CLAIM_MISSED } claim;

enum {
    CLAUSES_MOST = 12, /* of one sentence, back from the claim */
    NAMES_MOST = 24,   /* of one claim */
    NAME_LEAST = 9,    /* bytes: three characters */
    NAME_MOST = 120,
    HEAD_BYTES = 12 /* four characters tell the indicators whose parts share a name */
};

/* What a word claims; `after` (may be empty) has to stand behind it in the clause. Of
 * several rows, the first that is there. */
static const struct {
    pl_str word;
    pl_str after[5];
    claim claim;
} claims[] = {
    {PL_S_INIT("有差距"), {{0}}, CLAIM_MISSED},
    {PL_S_INIT("有一定差距"), {{0}}, CLAIM_MISSED},
    {PL_S_INIT("未完成"),
     {PL_S_INIT("目标"), PL_S_INIT("任务"), PL_S_INIT("计划")},
     CLAIM_MISSED},
    {PL_S_INIT("未能完成"),
     {PL_S_INIT("目标"), PL_S_INIT("任务"), PL_S_INIT("计划")},
     CLAIM_MISSED},
    {PL_S_INIT("没有完成"),
     {PL_S_INIT("目标"), PL_S_INIT("任务"), PL_S_INIT("计划")},
     CLAIM_MISSED},
    {PL_S_INIT("未达到"),
     {PL_S_INIT("目标"), PL_S_INIT("预期"), PL_S_INIT("计划")},
     CLAIM_MISSED},
    {PL_S_INIT("未达"),
     {PL_S_INIT("目标"), PL_S_INIT("预期"), PL_S_INIT("计划")},
     CLAIM_MISSED},
    {PL_S_INIT("低于预期目标"), {{0}}, CLAIM_MISSED},
    {PL_S_INIT("超额完成"), {{0}}, CLAIM_OVER},
    {PL_S_INIT("完成"),
     {PL_S_INIT("目标"), PL_S_INIT("计划"), PL_S_INIT("年度任务"), PL_S_INIT("全年任务"),
      PL_S_INIT("预期")},
     CLAIM_MET},
    {PL_S_INIT("达到"),
     {PL_S_INIT("预期目标"), PL_S_INIT("年初目标"), PL_S_INIT("年度目标"),
      PL_S_INIT("计划目标"), PL_S_INIT("目标要求")},
     CLAIM_MET},
};

/* A clause that claims. */
typedef struct claiming {
    claim claim;
    size_t passage;
    pl_str before; /* the clause's words before the claim */
    pl_str word;
    bool all; /* 均, 全部: of each that is named */
} claiming;

/* Words that say of a claim that it is wished for, or of something else. */
static const pl_str unsure[] = {
    PL_S_INIT("确保"), PL_S_INIT("力争"),   PL_S_INIT("争取"),  PL_S_INIT("努力"),
    PL_S_INIT("将"),   PL_S_INIT("难以"),   PL_S_INIT("如期"),  PL_S_INIT("有望"),
    PL_S_INIT("可望"), PL_S_INIT("预计可"), PL_S_INIT("预计能")};
/* Before a word of success: it did not come. */
static const pl_str denied[] = {
    PL_S_INIT("未"),     PL_S_INIT("没有"), PL_S_INIT("未能"), PL_S_INIT("未全面"),
    PL_S_INIT("未全部"), PL_S_INIT("没能"), PL_S_INIT("不能")};

static bool has_after(pl_str rest, const pl_str *after, size_t n)
{
    if (after[0].n == 0)
        return true;
    for (size_t i = 0; i < n && after[i].n; i++)
        if (pl_str_has(rest, after[i]))
            return true;
    return false;
}

/* `完成全年目标的95%` says how much was done, not that all was. */
static bool is_share(pl_str s, size_t at)
{
    return pl_str_has(pl_str_tail(s, at), PL_S("%")) ||
           pl_str_has(pl_str_tail(s, at), PL_S("进度"));
}

static bool find_claim(const pl_passage *p, claiming *out)
{
    static const pl_str every[] = {PL_S_INIT("均"), PL_S_INIT("都"), PL_S_INIT("全部")};

    for (size_t i = 0; i < PL_COUNT(claims); i++) {
        size_t at = pl_str_find(p->text, claims[i].word, 0);

        if (at == PL_NOPOS || !has_after(pl_str_tail(p->text, at + claims[i].word.n),
                                         claims[i].after, PL_COUNT(claims[i].after)))
            continue;
        out->claim = claims[i].claim;
        out->before = pl_str_sub(p->text, 0, at);
        out->word = claims[i].word;
        out->all = pl_str_ends_any(out->before, every, PL_COUNT(every));
        if (out->claim == CLAIM_MET && is_share(p->text, at))
            return false;
        return !pl_str_has_any(out->before, unsure, PL_COUNT(unsure)) &&
               !pl_str_ends_any(out->before, denied, PL_COUNT(denied));
    }
    return false;
}

/* ---- names ---- */

/* An indicator that is named: its first row, and how many rows are parts of it. */
typedef struct subject {
    size_t row, n;
    size_t passage;
} subject;

typedef struct subjects {
    subject p[NAMES_MOST];
    size_t n;
} subjects;

typedef struct naming {
    const pl_check *check;
    pl_map heads;         /* first characters of names -> 1 + first row */
    const size_t *judged; /* row -> 1 + index in check->rows */
} naming;

/* Where `等` ends the names: 停车位等民生指标. Not in 中等, 平等, 等级. */
static size_t and_others(pl_str s)
{
    static const pl_str within[] = {PL_S_INIT("中"), PL_S_INIT("高"), PL_S_INIT("初"),
                                    PL_S_INIT("平"), PL_S_INIT("同"), PL_S_INIT("均"),
                                    PL_S_INIT("优"), PL_S_INIT("相")};
    static const pl_str behind[] = {PL_S_INIT("级"), PL_S_INIT("次"), PL_S_INIT("候")};
    size_t at = pl_str_find(s, PL_S("等"), 0);

    while (
        at != PL_NOPOS &&
        (at < NAME_LEAST - 3 ||
         pl_str_ends_any(pl_str_sub(s, 0, at), within, PL_COUNT(within)) ||
         pl_str_starts_any(pl_str_tail(s, at + PL_S("等").n), behind, PL_COUNT(behind))))
        at = pl_str_find(s, PL_S("等"), at + 1);
    return at == PL_NOPOS ? s.n : at;
}

/* A piece without the words around the name: 预计全年实际利用外资63.7亿 -> 实际利用外资.
 */
static pl_str name_in(pl_str s)
{
    static const pl_str starts[] = {
        PL_S_INIT("尤其是"), PL_S_INIT("特别是"), PL_S_INIT("其中"), PL_S_INIT("预计"),
        PL_S_INIT("全年"),   PL_S_INIT("以及"),   PL_S_INIT("全区"), PL_S_INIT("全市"),
        PL_S_INIT("全县"),   PL_S_INIT("全省")};
    static const pl_str ends[] = {
        PL_S_INIT("达到"), PL_S_INIT("达"),   PL_S_INIT("为"),   PL_S_INIT("实现"),
        PL_S_INIT("增长"), PL_S_INIT("同比"), PL_S_INIT("预计"), PL_S_INIT("约"),
        PL_S_INIT("超"),   PL_S_INIT("等"),   PL_S_INIT("均"),   PL_S_INIT("控制在")};
    size_t n = 0;

    while (n < s.n && !(pl_is_digit(s.p[n]) && n > 0 && !pl_is_alpha(s.p[n - 1])))
        n++;
    s = pl_str_sub(s, 0, n);
    s = pl_str_sub(s, 0, and_others(s));
    while ((n = pl_str_prefix_of(s, starts, PL_COUNT(starts))) > 0)
        s = pl_str_tail(s, n);
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < PL_COUNT(ends); i++)
            if (pl_str_ends(s, ends[i])) {
                s.n -= ends[i].n;
                again = true;
            }
    }
    return s;
}

/* Rows of one indicator from `row` on. */
static size_t parts_from(const pl_plan *plan, size_t row)
{
    const pl_indicator *it = &plan->indicators.p[row];
    size_t n = 1;

    while (row + n < plan->indicators.n && it[n].part.n && it[n].table == it->table &&
           pl_str_eq(it[n].no, it->no))
        n++;
    return n;
}

/* The indicator whose parts have names that begin with `name`. */
static size_t by_head(const naming *in, pl_str name)
{
    const size_t *found;

    if (name.n < HEAD_BYTES)
        return PL_NOPOS;
    found = pl_map_find(&in->heads, pl_str_sub(name, 0, HEAD_BYTES));
    if (!found || !pl_str_starts(in->check->plan->indicators.p[*found - 1].name, name))
        return PL_NOPOS;
    return *found - 1;
}

static pl_status add_name(pl_ctx *cx, const naming *in, pl_str piece, size_t passage,
                          subjects *out)
{
    const pl_plan *plan = in->check->plan;
    pl_str name = name_in(pl_str_trim(piece));
    bool growth = pl_str_has(piece, PL_S("增长")) || pl_str_has(piece, PL_S("增速"));
    size_t row;

    if (name.n < NAME_LEAST || name.n > NAME_MOST || out->n == NAMES_MOST)
        return PL_OK;
    PL_TRY(pl_join_name(cx, plan, name, growth, &row));
    if (row == PL_NOPOS && !growth)
        PL_TRY(pl_join_name(cx, plan, name, true, &row));
    if (row == PL_NOPOS)
        row = by_head(in, name);
    for (size_t i = 0; i < out->n; i++)
        if (row >= out->p[i].row && row < out->p[i].row + out->p[i].n)
            return PL_OK;
    if (row != PL_NOPOS)
        out->p[out->n++] = (subject){
            row,
            pl_str_eq(name, plan->indicators.p[row].name) ? 1 : parts_from(plan, row),
            passage};
    return PL_OK;
}

static pl_status names_in(pl_ctx *cx, const naming *in, pl_str s, size_t passage,
                          subjects *out)
{
    static const pl_str marks[] = {PL_S_INIT("、"), PL_S_INIT("和"), PL_S_INIT("与")};
    size_t start = 0, n;

    if (pl_str_find(s, PL_S("、"), 0) == PL_NOPOS)
        return add_name(cx, in, s, passage, out);
    for (size_t i = 0; i <= s.n; i += n) {
        size_t mark =
            i < s.n ? pl_str_prefix_of(pl_str_tail(s, i), marks, PL_COUNT(marks)) : 1;

        n = mark ? mark : pl_utf8_len((unsigned char)s.p[i]);
        if (!mark)
            continue;
        PL_TRY(add_name(cx, in, pl_str_sub(s, start, i - start), passage, out));
        start = i + mark;
    }
    return PL_OK;
}

/* What the claim is about: the clause's own names, else those of the nearest clause
 * before it; of a claim of excess, or of all, of every clause back to another claim. */
static pl_status subjects_of(pl_ctx *cx, const naming *in, const claiming *c,
                             subjects *out)
{
    const pl_passages_list *all = &in->check->passages->all;
    size_t sentence = all->p[c->passage].sentence;

    out->n = 0;
    PL_TRY(names_in(cx, in, c->before, c->passage, out));
    for (size_t k = 1; k < CLAUSES_MOST && k <= c->passage; k++) {
        const pl_passage *p = &all->p[c->passage - k];
        claiming own;

        if (p->sentence != sentence || find_claim(p, &own) ||
            (out->n && !c->all && c->claim != CLAIM_OVER))
            break;
        PL_TRY(names_in(cx, in, p->text, c->passage - k, out));
    }
    return PL_OK;
}

/* ---- judging ---- */

/* How the rows of one indicator stand to their targets. */
typedef struct standing {
    pl_outcome outcome;
    bool above; /* some part's value is written otherwise than its target */
    const pl_row_verdict *row;
} standing;

static bool stand(const naming *in, const subject *s, standing *out)
{
    *out = (standing){.outcome = PL_OUTCOME_MET};
    for (size_t i = s->row; i < s->row + s->n; i++) {
        const pl_row_verdict *v;

        if (in->judged[i] == 0)
            return false;
        v = &in->check->rows.p[in->judged[i] - 1];
        if (v->verdict.outcome == PL_OUTCOME_UNDETERMINED)
            return false;
        if (v->verdict.outcome == PL_OUTCOME_MISSED && out->outcome == PL_OUTCOME_MET) {
            out->outcome = PL_OUTCOME_MISSED;
            out->row = v;
        }
        if (!pl_str_eq(v->target->clean, v->value->clean))
            out->above = true;
        else if (out->outcome == PL_OUTCOME_MET)
            out->row = v;
    }
    if (!out->row)
        out->row = &in->check->rows.p[in->judged[s->row] - 1];
    return true;
}

/* Does the claim hold, and how grave is it when not? `strict`: it is surely meant. */
static pl_severity weigh(const claiming *c, const subject *s, const standing *at,
                         bool strict)
{
    const pl_row_verdict *v = at->row;
    bool equal = pl_str_eq(v->target->clean, v->value->clean);

    switch (c->claim) {
    case CLAIM_OVER:
        if (at->outcome == PL_OUTCOME_MISSED)
            return PL_SEVERITY_ERROR;
        if (!equal)
            return PL_SEVERITY_HELD;
        return strict && s->n == 1 ? PL_SEVERITY_WARNING : PL_SEVERITY_NOTE;
    case CLAIM_MET:
        return at->outcome == PL_OUTCOME_MET ? PL_SEVERITY_HELD : PL_SEVERITY_ERROR;
    case CLAIM_MISSED:
        return at->outcome == PL_OUTCOME_MISSED ? PL_SEVERITY_HELD : PL_SEVERITY_WARNING;
    case CLAIM_NONE:
        break;
    }
    return PL_SEVERITY_HELD;
}

static pl_status say(pl_ctx *cx, pl_check *check, const claiming *c,
                     const pl_row_verdict *v, pl_severity severity)
{
    const pl_passage *p = &check->passages->all.p[c->passage];
    const pl_indicator *it = &check->plan->indicators.p[v->row];
    const char *zh = severity == PL_SEVERITY_HELD              ? "相符"
                     : v->verdict.outcome == PL_OUTCOME_MISSED ? "未完成"
                     : c->claim == CLAIM_OVER ? "等于目标，没有超出"
                                              : "已完成";
    const char *en = severity == PL_SEVERITY_HELD              ? "so it is"
                     : v->verdict.outcome == PL_OUTCOME_MISSED ? "it is missed"
                     : c->claim == CLAIM_OVER                  ? "it equals its target"
                                                               : "it is met";
    pl_relation *r;

    PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_CLAIM, severity, &r));
    PL_TRY(pl_relation_zh(cx, r,
                          "正文称“%.*s”，指标%.*s（%.*s）%d年目标“%.*s”、数值“%.*s”：%s",
                          PL_FMT(c->word), PL_FMT(it->no), PL_FMT(it->name), check->year,
                          PL_FMT(v->target->clean), PL_FMT(v->value->clean), zh));
    PL_TRY(pl_relation_en(
        cx, r,
        "the text says '%.*s'; indicator %.*s (%.*s), target of %d '%.*s', value "
        "'%.*s': %s",
        PL_FMT(c->word), PL_FMT(it->no), PL_FMT(it->name), check->year,
        PL_FMT(v->target->clean), PL_FMT(v->value->clean), en));
    r->expected = v->target->clean;
    r->found = v->value->clean;
    PL_TRY(pl_relation_at(cx, r, p->place, p->written));
    PL_TRY(pl_relation_at(cx, r, v->target->place, v->target->clean));
    return pl_relation_at(cx, r, v->value->place, v->value->clean);
}

static pl_status examine(pl_ctx *cx, pl_check *check, const naming *in, const claiming *c)
{
    subjects all;

    PL_TRY(subjects_of(cx, in, c, &all));
    for (size_t i = 0; i < all.n; i++) {
        bool strict = c->all || all.p[i].passage == all.p[0].passage;
        standing at;

        if (stand(in, &all.p[i], &at) && (strict || at.outcome == PL_OUTCOME_MET))
            PL_TRY(say(cx, check, c, at.row, weigh(c, &all.p[i], &at, strict)));
    }
    return PL_OK;
}

static pl_status prepare(pl_ctx *cx, const pl_check *check, naming *in)
{
    size_t n = check->plan->indicators.n;
    size_t *judged = PL_NEW_N(cx->arena, size_t, n);

    *in = (naming){.check = check, .judged = judged};
    if (!judged)
        return pl_fail_memory(cx);
    for (size_t i = 0; i < check->rows.n; i++)
        judged[check->rows.p[i].row] = i + 1;
    for (size_t i = 0; i < n; i++) {
        pl_str name = check->plan->indicators.p[i].name;
        bool added;
        size_t *row;

        if (name.n < HEAD_BYTES)
            continue;
        row = pl_map_add(cx->arena, &in->heads, pl_str_sub(name, 0, HEAD_BYTES), &added);
        if (!row)
            return pl_fail_memory(cx);
        if (added)
            *row = i + 1;
    }
    return PL_OK;
}

pl_status pl_rule_claim(pl_ctx *cx, pl_check *check)
{
    const pl_passages_list *all = &check->passages->all;
    naming in;

    if (check->indicators.n == 0)
        return PL_OK;
    PL_TRY(prepare(cx, check, &in));
    for (size_t i = 0; i < all->n; i++) {
        const pl_passage *p = &all->p[i];
        claiming c = {.passage = i};

        if (p->source == PL_SOURCE_NARRATIVE && p->year == check->year &&
            p->first_year == p->year && find_claim(p, &c))
            PL_TRY(examine(cx, check, &in, &c));
    }
    return PL_OK;
}
