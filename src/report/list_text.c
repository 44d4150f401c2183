#include "report/list_text.h"

#include "report/check_text.h"
#include "text/utf8.h"

enum { COLUMN_WIDTH = 8, COUNT_WIDTH_MAX = 24 };

/* The columns before the name. */
static const struct column {
    pl_bitext title;
    size_t at; /* in pl_tally */
    bool read, checked;
    pl_colour colour; /* of a count that is not zero */
} columns[] = {
#define COLUMN(field, zh, en, read, checked, colour)                              \
    {                                                                             \
        {PL_S_INIT(zh), PL_S_INIT(en)}, offsetof(pl_tally, field), read, checked, \
            PL_COLOUR_##colour                                                    \
    }
    COLUMN(indicators, "指标", "targets", true, true, NONE),
    COLUMN(met, "完成", "met", false, true, GOOD),
    COLUMN(missed, "未完成", "missed", false, true, BAD),
    COLUMN(undetermined, "待定", "open", false, true, UNSURE),
    COLUMN(tasks, "任务", "tasks", true, false, NONE),
    COLUMN(goals, "目标", "goals", true, false, NONE),
    COLUMN(findings[PL_SEVERITY_ERROR], "错误", "errors", false, true, BAD),
    COLUMN(findings[PL_SEVERITY_WARNING], "疑点", "warnings", false, true, UNSURE),
    COLUMN(findings[PL_SEVERITY_NOTE], "提示", "notes", false, true, NONE),
#undef COLUMN
};

static size_t count_of(const pl_tally *t, const struct column *c)
{
    return *(const size_t *)(const void *)((const char *)t + c->at);
}

void pl_tally_plan(pl_tally *t, const pl_plan *plan)
{
    t->documents = 1;
    t->indicators = plan->indicators.n;
    t->tasks = plan->tasks.n;
    t->goals = plan->goals.n;
}

void pl_tally_check(pl_tally *t, const pl_check *check)
{
    pl_tally_plan(t, check->plan);
    t->indicators = check->indicators.n;
    t->met = check->met;
    t->missed = check->missed;
    t->undetermined = check->undetermined;
    for (size_t i = 0; i < check->n_findings; i++)
        if (!check->relations.p[i].waiver)
            t->findings[check->relations.p[i].severity]++;
}

void pl_tally_add(pl_tally *t, const pl_tally *more)
{
    size_t *to = (size_t *)(void *)t;
    const size_t *from = (const size_t *)(const void *)more;

    for (size_t i = 0; i < PL_TALLY_COUNTS; i++)
        to[i] += from[i];
}

/* s at the right end of a column. */
static void put_right(pl_buf *out, pl_str s, pl_colour colour, const pl_style *style)
{
    for (size_t w = pl_text_width(s, !style->english); w < COLUMN_WIDTH; w++)
        pl_buf_putc(out, ' ');
    pl_style_put(out, style, colour, s);
}

static bool is_shown(const struct column *c, bool checked)
{
    return checked ? c->checked : c->read;
}

static void put_counts(pl_buf *out, bool checked, const pl_tally *t,
                       const pl_style *style)
{
    for (size_t i = 0; i < PL_COUNT(columns); i++) {
        size_t n = count_of(t, &columns[i]);
        char text[COUNT_WIDTH_MAX];
        size_t at = sizeof text;

        if (!is_shown(&columns[i], checked))
            continue;
        do
            text[--at] = (char)('0' + n % 10);
        while ((n /= 10) > 0);
        put_right(out, (pl_str){text + at, sizeof text - at},
                  count_of(t, &columns[i]) ? columns[i].colour : PL_COLOUR_FAINT, style);
    }
    pl_buf_put(out, PL_S("  "));
}

void pl_list_headings(pl_buf *out, bool checked, const pl_style *style)
{
    for (size_t i = 0; i < PL_COUNT(columns); i++)
        if (is_shown(&columns[i], checked))
            put_right(out, pl_say(style, columns[i].title), PL_COLOUR_STRONG, style);
    pl_buf_put(out, PL_S("  "));
    pl_style_put(out, style, PL_COLOUR_STRONG, PL_SAY(style, "文件", "file"));
    pl_buf_putc(out, '\n');
}

void pl_list_line(pl_buf *out, bool checked, const pl_tally *t, pl_str name,
                  const pl_style *style)
{
    put_counts(out, checked, t, style);
    pl_buf_put(out, name);
    pl_buf_putc(out, '\n');
}

static void put_rule(pl_buf *out, bool checked)
{
    size_t width = 2;

    for (size_t i = 0; i < PL_COUNT(columns); i++)
        width += is_shown(&columns[i], checked) ? COLUMN_WIDTH : 0;
    for (size_t i = 0; i < width + COUNT_WIDTH_MAX; i++)
        pl_buf_put(out, PL_S("─"));
    pl_buf_putc(out, '\n');
}

void pl_list_sums(pl_buf *out, bool checked, const pl_tally *t, const pl_style *style)
{
    put_rule(out, checked);
    put_counts(out, checked, t, style);
    pl_buf_putf(out, style->english ? "%zu documents" : "%zu 个文件", t->documents);
    if (t->unreadable)
        pl_buf_putf(out, style->english ? ", %zu unreadable" : "，%zu 个无法读取",
                    t->unreadable);
    if (t->skipped)
        pl_buf_putf(out, style->english ? ", %zu skipped" : "，跳过 %zu 个", t->skipped);
    pl_buf_putc(out, '\n');
}
