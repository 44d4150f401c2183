/* The record of the publication: its dates in order, its number of the year of its date,
 * its fields filled; and what the text still expects although the date is past.
 * */
#include "judge/rules.h"

#include <stdio.h>

#include "text/fold.h"

enum { PLACES_MOST = 12 };

/* A day as a number that sorts: 20230117; 0 = none. */
typedef struct dated {
    int day;
    const pl_meta *field;
} dated;

/* Fields of dates that come one after the other. */
static const struct {
    pl_str first, then;
} orders[] = {
    {PL_S_INIT("成文日期"), PL_S_INIT("印发日期")},
    {PL_S_INIT("成文日期"), PL_S_INIT("发文日期")},
    {PL_S_INIT("成文日期"), PL_S_INIT("发布日期")},
    {PL_S_INIT("成文日期"), PL_S_INIT("公开日期")},
    {PL_S_INIT("生成日期"), PL_S_INIT("公开日期")},
    {PL_S_INIT("生成日期"), PL_S_INIT("发布日期")},
    {PL_S_INIT("印发日期"), PL_S_INIT("发布日期")},
    {PL_S_INIT("发文日期"), PL_S_INIT("发布日期")},
    {PL_S_INIT("成文日期"), PL_S_INIT("生效日期")},
    {PL_S_INIT("成文日期"), PL_S_INIT("实施日期")},
    {PL_S_INIT("生效日期"), PL_S_INIT("废止日期")},
};

/* The fields that tell when the document was made, the best first. */
static const pl_str made[] = {PL_S_INIT("成文日期"), PL_S_INIT("印发日期"),
                              PL_S_INIT("发文日期"), PL_S_INIT("生成日期"),
                              PL_S_INIT("发布日期"), PL_S_INIT("公开日期"),
                              PL_S_INIT("发布时间"), PL_S_INIT("日期")};

/* Digits at *at as a number; 0 when there are none or more than four. */
static int digits(pl_str s, size_t *at)
{
    int v = 0;
    size_t n = 0;

    for (; *at < s.n && pl_is_digit(s.p[*at]) && n < 5; n++)
        v = v * 10 + (s.p[(*at)++] - '0');
    return n > 4 ? 0 : v;
}

/* 2023年01月17日, 2023-1-17, 2023.1.17, 2023/1/17 at the start of s. */
static int day_in(pl_str s)
{
    static const pl_str gaps[] = {PL_S_INIT("年"), PL_S_INIT("月"), PL_S_INIT("-"),
                                  PL_S_INIT("/"), PL_S_INIT(".")};
    int part[3];
    size_t at = 0, gap;

    for (size_t i = 0; i < 3; i++) {
        part[i] = digits(s, &at);
        gap = pl_str_prefix_of(pl_str_tail(s, at), gaps, PL_COUNT(gaps));
        if (part[i] == 0 || (i < 2 && gap == 0))
            return 0;
        at += gap;
    }
    if (part[0] < 1900 || part[1] > 12 || part[2] > 31)
        return 0;
    return (part[0] * 100 + part[1]) * 100 + part[2];
}

static dated date_of(const pl_doc *d, pl_str key)
{
    for (size_t i = 0; i < d->meta.n; i++)
        if (pl_str_eq(d->meta.p[i].key, key))
            return (dated){day_in(pl_str_trim(d->meta.p[i].value)), &d->meta.p[i]};
    return (dated){0};
}

static dated date_made(const pl_doc *d)
{
    dated at = {0};

    for (size_t i = 0; i < PL_COUNT(made) && at.day == 0; i++)
        at = date_of(d, made[i]);
    return at;
}

static pl_status at_field(pl_ctx *cx, pl_relation *r, const pl_meta *m)
{
    return pl_relation_at(cx, r, m->place, m->value.n ? m->value : m->key);
}

static pl_status dates(pl_ctx *cx, pl_check *check)
{
    for (size_t i = 0; i < PL_COUNT(orders); i++) {
        dated a = date_of(check->plan->doc, orders[i].first);
        dated b = date_of(check->plan->doc, orders[i].then);
        bool held = a.day <= b.day;
        pl_relation *r;

        if (a.day == 0 || b.day == 0)
            continue;
        PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_TITLE,
                               held ? PL_SEVERITY_HELD : PL_SEVERITY_WARNING, &r));
        PL_TRY(pl_relation_zh(cx, r, "%.*s（%.*s）%s%.*s（%.*s）", PL_FMT(a.field->key),
                              PL_FMT(a.field->value), held ? "不晚于" : "晚于",
                              PL_FMT(b.field->key), PL_FMT(b.field->value)));
        PL_TRY(pl_relation_en(cx, r, "%.*s (%.*s) is %s %.*s (%.*s)",
                              PL_FMT(a.field->key), PL_FMT(a.field->value),
                              held ? "not after" : "after", PL_FMT(b.field->key),
                              PL_FMT(b.field->value)));
        PL_TRY(at_field(cx, r, a.field));
        PL_TRY(at_field(cx, r, b.field));
    }
    return PL_OK;
}

/* The year in 〔2023〕 of a document's number; 0 = none. */
static int number_year(pl_str s)
{
    static const pl_str opens[] = {PL_S_INIT("〔"), PL_S_INIT("["), PL_S_INIT("("),
                                   PL_S_INIT("（"), PL_S_INIT("［")};
    size_t n;

    for (size_t i = 0; i < s.n; i++)
        if ((n = pl_str_prefix_of(pl_str_tail(s, i), opens, PL_COUNT(opens))) > 0) {
            size_t at = i + n;
            int year = digits(s, &at);

            return year >= 1900 && year < 2200 ? year : 0;
        }
    return 0;
}

static pl_status number(pl_ctx *cx, pl_check *check, dated when)
{
    static const pl_str keys[] = {PL_S_INIT("文号"), PL_S_INIT("发文字号")};

    for (size_t i = 0; when.day && i < check->plan->doc->meta.n; i++) {
        const pl_meta *m = &check->plan->doc->meta.p[i];
        int year =
            pl_str_is_any(m->key, keys, PL_COUNT(keys)) ? number_year(m->value) : 0;
        bool held = year == when.day / 10000;
        pl_relation *r;

        if (year == 0)
            continue;
        PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_TITLE,
                               held ? PL_SEVERITY_HELD : PL_SEVERITY_WARNING, &r));
        PL_TRY(pl_relation_zh(cx, r, "文号“%.*s”与%.*s“%.*s”的年份%s", PL_FMT(m->value),
                              PL_FMT(when.field->key), PL_FMT(when.field->value),
                              held ? "一致" : "不同"));
        PL_TRY(pl_relation_en(cx, r, "the year of number '%.*s' is %s that of '%.*s'",
                              PL_FMT(m->value), held ? "also" : "not",
                              PL_FMT(when.field->value)));
        PL_TRY(at_field(cx, r, m));
        PL_TRY(at_field(cx, r, when.field));
    }
    return PL_OK;
}

static bool is_empty(const pl_meta *m)
{
    static const pl_str nothing[] = {PL_S_INIT(""),  PL_S_INIT("无"), PL_S_INIT("-"),
                                     PL_S_INIT("—"), PL_S_INIT("——"), PL_S_INIT("暂无")};

    return pl_str_is_any(pl_str_trim(m->value), nothing, PL_COUNT(nothing));
}

static pl_status empty_fields(pl_ctx *cx, pl_check *check)
{
    const pl_metas *all = &check->plan->doc->meta;
    size_t n = 0, fields = 0;
    pl_relation *r;

    for (size_t i = 0; i < all->n; i++) {
        fields += !all->p[i].of_file;
        n += is_empty(&all->p[i]);
    }
    if (fields == 0)
        return PL_OK;
    PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_TITLE,
                           n ? PL_SEVERITY_NOTE : PL_SEVERITY_HELD, &r));
    PL_TRY(pl_relation_zh(cx, r, "目录%zu个字段，%zu个为空", fields, n));
    PL_TRY(pl_relation_en(cx, r, "%zu fields of the record, %zu empty", fields, n));
    for (size_t i = 0, k = 0; i < all->n && k < PLACES_MOST; i++)
        if (is_empty(&all->p[i]) || (n == 0 && !all->p[i].of_file)) {
            PL_TRY(pl_relation_at(cx, r, all->p[i].place, all->p[i].key));
            k = n ? k + 1 : PLACES_MOST;
        }
    return PL_OK;
}

/* ---- what is still expected ---- */

static bool expects(const pl_passage *p, int year)
{
    static const pl_str words[] = {PL_S_INIT("预计"), PL_S_INIT("有望"),
                                   PL_S_INIT("年底前")};

    return p->source == PL_SOURCE_NARRATIVE && p->year && p->year < year &&
           p->first_year == p->year && pl_str_has_any(p->text, words, PL_COUNT(words));
}

/* One note for all places: a year that is past is still spoken of as expected. */
static pl_status expected(pl_ctx *cx, pl_check *check, dated when)
{
    const pl_passages_list *all = &check->passages->all;
    size_t n = 0;
    pl_relation *r = NULL;

    for (size_t i = 0; i < all->n; i++) {
        const pl_passage *p = &all->p[i];

        if (!expects(p, when.day / 10000))
            continue;
        if (n++ == 0) {
            PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_TITLE, PL_SEVERITY_NOTE,
                                   &r));
            PL_TRY(at_field(cx, r, when.field));
        }
        if (n <= PLACES_MOST)
            PL_TRY(pl_relation_at(cx, r, p->place, p->written));
    }
    if (!r)
        return PL_OK;
    PL_TRY(pl_relation_zh(cx, r,
                          "文件日期为%.*s，正文仍有%zu处对已过年份用“预计”“年底前”",
                          PL_FMT(when.field->value), n));
    return pl_relation_en(cx, r,
                          "dated %.*s, but %zu clauses still expect what a past year "
                          "will bring",
                          PL_FMT(when.field->value), n);
}

/* A document that reports a year is not dated before it. */
static pl_status reported(pl_ctx *cx, pl_check *check, dated when)
{
    bool held = when.day / 10000 >= check->year;
    pl_relation *r;

    if (check->year == 0)
        return PL_OK;
    PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_TITLE,
                           held ? PL_SEVERITY_HELD : PL_SEVERITY_WARNING, &r));
    PL_TRY(pl_relation_zh(cx, r, "%.*s“%.*s”%s所报告的%d年", PL_FMT(when.field->key),
                          PL_FMT(when.field->value), held ? "不早于" : "早于",
                          check->year));
    PL_TRY(pl_relation_en(cx, r, "dated %.*s, %s the year reported, %d",
                          PL_FMT(when.field->value), held ? "not before" : "before",
                          check->year));
    return at_field(cx, r, when.field);
}

pl_status pl_rule_record(pl_ctx *cx, pl_check *check)
{
    dated when = date_made(check->plan->doc);

    PL_TRY(dates(cx, check));
    PL_TRY(empty_fields(cx, check));
    if (when.day == 0)
        return PL_OK;
    PL_TRY(number(cx, check, when));
    PL_TRY(expected(cx, check, when));
    return reported(cx, check, when);
}
