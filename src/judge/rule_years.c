/* Years of headings against those of the title, when that names one or two: a report of
 * 2023 looks back on 2022 or 2023 and ahead on 2023 or 2024. R-409. And periods that run
 * backwards. R-410. */
#include "judge/rules.h"

#include "text/fold.h"
#include "text/utf8.h"
#include "text/year.h"

/* The years of the title: the first and the last of those that stand alone. */
typedef struct title_years {
    int first, last;
} title_years;

static title_years years_of(pl_str title)
{
    title_years y = {0};
    size_t at = 0;

    for (size_t from = 0; from < title.n;) {
        pl_period p = pl_period_in(title, from, 0, &at);

        if (p.n == 0)
            break;
        from = at + p.n;
        if (p.first != p.year)
            continue;
        y.first = y.first == 0 || p.year < y.first ? p.year : y.first;
        y.last = p.year > y.last ? p.year : y.last;
    }
    return y;
}

/* What a heading says it is about. */
typedef enum view { VIEW_NONE, VIEW_BACK, VIEW_AHEAD } view;

static view view_of(pl_str heading)
{
    static const pl_str back[] = {PL_S_INIT("执行情况"), PL_S_INIT("完成情况"),
                                  PL_S_INIT("回顾"),     PL_S_INIT("总结"),
                                  PL_S_INIT("工作情况"), PL_S_INIT("实施情况")};
    static const pl_str ahead[] = {PL_S_INIT("主要任务"), PL_S_INIT("工作安排"),
                                   PL_S_INIT("重点任务"), PL_S_INIT("重点工作"),
                                   PL_S_INIT("工作任务"), PL_S_INIT("总体要求"),
                                   PL_S_INIT("预期目标"), PL_S_INIT("主要目标")};

    if (pl_str_has_any(heading, back, PL_COUNT(back)))
        return VIEW_BACK;
    return pl_str_has_any(heading, ahead, PL_COUNT(ahead)) ? VIEW_AHEAD : VIEW_NONE;
}

static bool fits(title_years t, view v, int year)
{
    if (t.first != t.last)
        return year == (v == VIEW_BACK ? t.first : t.last);
    return v == VIEW_BACK ? year == t.last || year == t.last - 1
                          : year == t.last || year == t.last + 1;
}

static pl_status heading(pl_ctx *cx, pl_check *check, title_years t, const pl_section *s)
{
    const pl_doc *d = check->plan->doc;
    pl_period p;
    pl_relation *r;
    pl_str title;
    bool held;
    view v;

    PL_TRY(pl_fold_str(cx, s->title, &title));
    v = view_of(title);
    p = pl_period_in(title, 0, 0, NULL);
    if (v == VIEW_NONE || p.n == 0 || p.first != p.year)
        return PL_OK;
    held = fits(t, v, p.year);
    PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_TITLE,
                           held ? PL_SEVERITY_HELD : PL_SEVERITY_WARNING, &r));
    PL_TRY(pl_relation_zh(cx, r,
                          held ? "标题“%.*s”的年份%d与文件标题一致"
                               : "标题“%.*s”写作%d年，与文件标题的年份不合",
                          PL_FMT(s->title), p.year));
    PL_TRY(pl_relation_en(cx, r,
                          held ? "heading '%.*s' is of %d, as the title says"
                               : "heading '%.*s' is of %d, unlike the document's title",
                          PL_FMT(s->title), p.year));
    PL_TRY(pl_relation_at(cx, r, s->place, s->title));
    return pl_relation_at(cx, r, d->title_place, d->title);
}

/* ---- periods ---- */

/* Four digits of a year at s[at], 0 when there are none. */
static int year_at(pl_str s, size_t at)
{
    int v = 0;

    if (at + 4 > s.n || (at > 0 && pl_is_digit(s.p[at - 1])))
        return 0;
    for (size_t i = at; i < at + 4; i++) {
        if (!pl_is_digit(s.p[i]))
            return 0;
        v = v * 10 + (s.p[i] - '0');
    }
    return v >= 1900 && v < 2200 ? v : 0;
}

/* `2021年至2025年`, `2021-2025年` at s[at]: its bytes, 0 when there is none. */
static size_t period_at(pl_str s, size_t at, int *from, int *to)
{
    static const pl_str joins[] = {PL_S_INIT("-"), PL_S_INIT("~"), PL_S_INIT("至"),
                                   PL_S_INIT("到")};
    size_t i = at + 4, n;
    pl_str rest;

    *from = year_at(s, at);
    if (*from == 0)
        return 0;
    rest = pl_str_tail(s, i);
    if (pl_str_eat(&rest, PL_S("年")))
        i += PL_S("年").n;
    n = pl_str_prefix_of(rest, joins, PL_COUNT(joins));
    if (n == 0)
        return 0;
    i += n;
    *to = year_at(s, i);
    if (*to == 0 || !pl_str_starts(pl_str_tail(s, i + 4), PL_S("年")))
        return 0;
    return i + 4 + PL_S("年").n - at;
}

static pl_status backwards(pl_ctx *cx, pl_check *check, const pl_fact_text *t, pl_span at)
{
    pl_relation *r;

    PL_TRY(
        pl_relation_add(cx, &check->relations, PL_KIND_TITLE, PL_SEVERITY_WARNING, &r));
    PL_TRY(pl_relation_zh(cx, r, "起止年份颠倒：“%.*s”",
                          PL_FMT(pl_str_sub(t->fold.s, at.at, at.n))));
    PL_TRY(pl_relation_en(cx, r, "a period that ends before it begins: '%.*s'",
                          PL_FMT(pl_str_sub(t->fold.s, at.at, at.n))));
    return pl_relation_at_fold(cx, r, t, at);
}

static pl_status in_turn(pl_ctx *cx, pl_check *check, const pl_fact_text *t, pl_span at,
                         size_t n)
{
    pl_relation *r;

    PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_TITLE, PL_SEVERITY_HELD, &r));
    PL_TRY(pl_relation_zh(cx, r, "起止年份%zu处，先后无误", n));
    PL_TRY(pl_relation_en(cx, r, "%zu periods begin before they end", n));
    return pl_relation_at_fold(cx, r, t, at);
}

static pl_status periods(pl_ctx *cx, pl_check *check)
{
    const pl_fact_texts *texts = &check->plan->texts;
    const pl_fact_text *first = NULL;
    pl_span first_at = {0};
    size_t good = 0, n;
    int from, to;

    for (size_t i = 0; i < texts->n; i++) {
        pl_str s = texts->p[i].fold.s;

        for (size_t at = 0; (at = pl_skip_ideographs(s, at)) + 9 < s.n; at += n ? n : 1) {
            n = pl_is_digit(s.p[at]) ? period_at(s, at, &from, &to) : 0;
            if (n && from > to)
                PL_TRY(backwards(cx, check, &texts->p[i], (pl_span){at, n}));
            if (n && from <= to && good++ == 0) {
                first = &texts->p[i];
                first_at = (pl_span){at, n};
            }
        }
    }
    return first ? in_turn(cx, check, first, first_at, good) : PL_OK;
}

pl_status pl_rule_years(pl_ctx *cx, pl_check *check)
{
    const pl_plan *plan = check->plan;
    title_years t;
    pl_str title;

    PL_TRY(pl_fold_str(cx, plan->doc->title, &title));
    t = years_of(title);
    for (size_t i = 0; t.last && t.last - t.first <= 1 && i < plan->sections.n; i++)
        if (plan->sections.p[i].level == 1 && !plan->sections.p[i].clause)
            PL_TRY(heading(cx, check, t, &plan->sections.p[i]));
    return periods(cx, check);
}
