/* `read` for people: what the document holds, part by part. */
#include <stdio.h>

#include "report/check_text.h"

#define SAY(style, zh, en) ((style)->english ? PL_S(en) : PL_S(zh))

typedef struct page {
    pl_ctx *cx;
    const pl_plan *plan;
    const pl_style *style;
    pl_buf *out;
} page;

static void heading(const page *p, pl_str text, size_t n)
{
    pl_buf line;

    pl_buf_init(&line, 4096);
    pl_buf_putf(&line, p->style->english ? "%.*s (%zu)" : "%.*s（%zu）", PL_FMT(text), n);
    pl_buf_putc(p->out, '\n');
    pl_style_put(p->out, p->style, PL_COLOUR_STRONG, pl_buf_str(&line));
    pl_buf_putc(p->out, '\n');
    pl_buf_release(&line);
}

static void print_meta(const page *p)
{
    for (size_t i = 0; i < p->plan->doc->meta.n; i++) {
        const pl_meta *m = &p->plan->doc->meta.p[i];

        if (m->value.n == 0)
            continue;
        pl_buf_putf(p->out, "%.*s: ", PL_FMT(m->key));
        pl_text_wrap(p->out, m->value, p->style->width, 4);
        pl_buf_putc(p->out, '\n');
    }
}

static void print_outline(const page *p)
{
    size_t n = 0;

    for (size_t i = 0; i < p->plan->sections.n; i++)
        n += !p->plan->sections.p[i].clause;
    if (n)
        heading(p, SAY(p->style, "提纲", "Outline"), p->plan->sections.n);
    for (size_t i = 0; i < p->plan->sections.n; i++) {
        const pl_section *s = &p->plan->sections.p[i];

        if (s->clause)
            continue;
        for (int k = 1; k < s->level && k < 8; k++)
            pl_buf_put(p->out, PL_S("  "));
        pl_buf_putf(p->out, "%.*s %.*s", PL_FMT(s->id), PL_FMT(s->number));
        pl_style_put(p->out, p->style, PL_COLOUR_NONE, s->title);
        pl_buf_putc(p->out, '\n');
    }
}

/* The columns of the first indicator's table; other tables repeat the heading. */
static pl_status print_table(const page *p, size_t first, size_t end)
{
    const pl_indicator *head = &p->plan->indicators.p[first];
    pl_table_col cols[12];
    pl_text_table t = {.cols = cols};

    cols[t.n_cols++] = (pl_table_col){SAY(p->style, "序号", "No."), 6, true};
    cols[t.n_cols++] = (pl_table_col){SAY(p->style, "指标", "Indicator"), 28, false};
    cols[t.n_cols++] = (pl_table_col){SAY(p->style, "单位", "Unit"), 12, false};
    for (size_t k = 0; k < head->cells.n && t.n_cols < PL_COUNT(cols) - 1; k++)
        cols[t.n_cols++] = (pl_table_col){head->cells.p[k].header, 18, false};
    cols[t.n_cols++] = (pl_table_col){SAY(p->style, "责任单位", "Responsible"), 0, false};
    for (size_t i = first; i < end; i++) {
        const pl_indicator *it = &p->plan->indicators.p[i];
        pl_str no, names;
        pl_buf b;
        pl_status st;

        pl_buf_init(&b, 65536);
        pl_buf_put(&b, it->no);
        pl_buf_put(&b, it->part);
        st = pl_buf_keep(p->cx, &b, &no);
        b.n = 0;
        for (size_t k = 0; k < it->responsible.n; k++) {
            if (k)
                pl_buf_put(&b, PL_S("、"));
            pl_buf_put(&b, it->responsible.p[k]);
        }
        if (st == PL_OK)
            st = pl_buf_keep(p->cx, &b, &names);
        pl_buf_release(&b);
        if (st != PL_OK)
            return st;
        PL_TRY(pl_text_table_add(p->cx, &t, PL_COLOUR_NONE, no));
        PL_TRY(pl_text_table_add(p->cx, &t, PL_COLOUR_NONE, it->name));
        PL_TRY(pl_text_table_add(p->cx, &t, PL_COLOUR_NONE, it->unit));
        for (size_t k = 0; k < t.n_cols - 4; k++)
            PL_TRY(
                pl_text_table_add(p->cx, &t, PL_COLOUR_NONE,
                                  k < it->cells.n ? it->cells.p[k].clean : (pl_str){0}));
        PL_TRY(pl_text_table_add(p->cx, &t, PL_COLOUR_NONE, names));
    }
    return pl_text_table_print(p->cx, &t, p->style, p->out);
}

static pl_status print_indicators(const page *p)
{
    const pl_indicators *all = &p->plan->indicators;

    if (all->n)
        heading(p, SAY(p->style, "指标", "Indicators"), all->n);
    for (size_t i = 0; i < all->n;) {
        size_t end = i + 1;

        while (end < all->n && all->p[end].table == all->p[i].table)
            end++;
        PL_TRY(print_table(p, i, end));
        i = end;
    }
    return PL_OK;
}

static pl_status print_goals(const page *p)
{
    const pl_table_col cols[] = {
        {SAY(p->style, "主要预期目标", "Main expected target"), 50, false},
        {SAY(p->style, "年份", "Year"), 6, true},
        {SAY(p->style, "目标", "Target"), 34, false},
        {SAY(p->style, "指标序号", "Indicator"), 0, false},
    };
    pl_text_table t = {.cols = cols, .n_cols = PL_COUNT(cols)};

    if (p->plan->goals.n == 0)
        return PL_OK;
    heading(p, SAY(p->style, "正文目标", "Goals in sentences"), p->plan->goals.n);
    for (size_t i = 0; i < p->plan->goals.n; i++) {
        const pl_goal *g = &p->plan->goals.p[i];

        char year[16];
        pl_str kept;

        snprintf(year, sizeof year, "%d", g->year);
        PL_TRY(pl_str_keep(p->cx, g->year ? pl_str_from(year) : (pl_str){0}, &kept));
        PL_TRY(pl_text_table_add(p->cx, &t, PL_COLOUR_NONE, g->name));
        PL_TRY(pl_text_table_add(p->cx, &t, PL_COLOUR_NONE, kept));
        PL_TRY(pl_text_table_add(p->cx, &t, PL_COLOUR_NONE, g->text));
        PL_TRY(pl_text_table_add(p->cx, &t, PL_COLOUR_FAINT,
                                 g->indicator == PL_NOPOS
                                     ? PL_S("-")
                                     : p->plan->indicators.p[g->indicator].no));
    }
    return pl_text_table_print(p->cx, &t, p->style, p->out);
}

static pl_status print_tasks(const page *p)
{
    if (p->plan->tasks.n)
        heading(p, SAY(p->style, "任务", "Tasks"), p->plan->tasks.n);
    for (size_t i = 0; i < p->plan->tasks.n; i++) {
        const pl_task *t = &p->plan->tasks.p[i];
        pl_buf b;

        pl_buf_init(&b, 1 << 20);
        pl_buf_putf(&b, "%d %.*s", t->no, PL_FMT(t->text));
        for (size_t k = 0; k < t->responsible.n; k++) {
            pl_buf_put(&b, k ? PL_S("、") : PL_S("〔"));
            pl_buf_put(&b, t->responsible.p[k]);
        }
        if (t->responsible.n)
            pl_buf_put(&b, PL_S("〕"));
        pl_text_wrap(p->out, pl_buf_str(&b), p->style->width, 4);
        pl_buf_putc(p->out, '\n');
        if (b.failed) {
            pl_buf_release(&b);
            return pl_fail_memory(p->cx);
        }
        pl_buf_release(&b);
    }
    return PL_OK;
}

static pl_status count_cell(pl_ctx *cx, pl_text_table *t, size_t n)
{
    char text[24];
    int len = snprintf(text, sizeof text, "%zu", n);
    pl_str kept;

    PL_TRY(pl_str_keep(cx, (pl_str){text, (size_t)len}, &kept));
    return pl_text_table_add(cx, t, PL_COLOUR_NONE, kept);
}

static pl_status print_units(const page *p)
{
    const pl_table_col cols[] = {
        {SAY(p->style, "责任单位", "Responsible unit"), 40, false},
        {SAY(p->style, "任务", "Tasks"), 8, true},
        {SAY(p->style, "牵头", "Leads"), 8, true},
        {SAY(p->style, "指标", "Indicators"), 10, true},
    };
    pl_text_table t = {.cols = cols, .n_cols = PL_COUNT(cols)};

    if (p->plan->units.n == 0)
        return PL_OK;
    heading(p, SAY(p->style, "责任单位", "Responsible units"), p->plan->units.n);
    for (size_t i = 0; i < p->plan->units.n; i++) {
        const pl_unit *u = &p->plan->units.p[i];

        PL_TRY(pl_text_table_add(p->cx, &t, PL_COLOUR_NONE, u->name));
        PL_TRY(count_cell(p->cx, &t, u->tasks));
        PL_TRY(count_cell(p->cx, &t, u->lead));
        PL_TRY(count_cell(p->cx, &t, u->indicators));
    }
    return pl_text_table_print(p->cx, &t, p->style, p->out);
}

pl_status pl_plan_text(pl_ctx *cx, const pl_plan *plan, pl_str file,
                       const pl_text_opts *opts, pl_buf *out)
{
    page p = {cx, plan, &opts->style, out};

    pl_title_text(out, plan->doc, file, p.style);
    print_meta(&p);
    print_outline(&p);
    PL_TRY(print_indicators(&p));
    PL_TRY(print_goals(&p));
    PL_TRY(print_tasks(&p));
    PL_TRY(print_units(&p));
    for (size_t i = 0; i < plan->columns.n; i++)
        pl_buf_putf(out, "\n%.*s %.*s", PL_FMT(plan->columns.p[i].number),
                    PL_FMT(plan->columns.p[i].title));
    pl_buf_putf(
        out, p.style->english ? "\nQuantities in the text: %zu\n" : "\n正文数量：%zu处\n",
        plan->facts.n);
    return PL_OK;
}
