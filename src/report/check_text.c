#include "report/findings_text.h"

pl_str pl_say(const pl_style *style, pl_bitext s)
{
    return style->english ? s.en : s.zh;
}

void pl_place_text(pl_buf *out, const pl_place *p, const pl_style *style)
{
    if (p->line)
        pl_buf_putf(out, style->english ? "line %u" : "第%u行", p->line);
    else if (p->page)
        pl_buf_putf(out, style->english ? "page %u" : "第%u页", p->page);
    if (p->path.n) {
        if (p->line || p->page)
            pl_buf_putc(out, ' ');
        pl_buf_put(out, p->path);
    }
    if (p->table && !p->line)
        pl_buf_putf(out,
                    style->english ? " table %u row %u column %u" : " 表%u第%u行第%u列",
                    p->table, p->row, p->col);
}

void pl_title_text(pl_buf *out, const pl_doc *d, pl_str file, const pl_style *style)
{
    if (d->title.n) {
        pl_style_put(out, style, PL_COLOUR_STRONG, d->title);
        pl_buf_putc(out, '\n');
    }
    pl_style_put(out, style, PL_COLOUR_FAINT, file);
    pl_buf_put(out, PL_S("\n\n"));
}

static pl_colour outcome_colour(pl_outcome o)
{
    static const pl_colour colour[] = {PL_COLOUR_GOOD, PL_COLOUR_BAD, PL_COLOUR_UNSURE};

    _Static_assert(PL_COUNT(colour) == PL_OUTCOME_COUNT, "one colour per outcome");
    return colour[o];
}

/* Icon and word: the colour is never alone. */
static pl_status outcome_cell(pl_ctx *cx, const pl_style *style, pl_outcome o,
                              pl_str *out)
{
    static const pl_str icon[] = {PL_S_INIT("✓ "), PL_S_INIT("✗ "), PL_S_INIT("? ")};
    pl_buf b;
    pl_status st;

    pl_buf_init(&b, 256);
    pl_buf_put(&b, icon[o]);
    pl_buf_put(&b, pl_say(style, pl_outcome_words(o)));
    st = pl_buf_keep(cx, &b, out);
    pl_buf_release(&b);
    return st;
}

static pl_status name_cell(pl_ctx *cx, const pl_indicator *it, pl_str *out)
{
    pl_buf b;
    pl_status st;

    pl_buf_init(&b, 65536);
    pl_buf_put(&b, it->name);
    if (it->unit.n)
        pl_buf_putf(&b, "(%.*s)", PL_FMT(it->unit));
    st = pl_buf_keep(cx, &b, out);
    pl_buf_release(&b);
    return st;
}

/* The reason, what is noted, and, where it decides, what is missing. */
static pl_status reason_cell(pl_ctx *cx, const pl_style *style, const pl_verdict *v,
                             bool open, pl_str *out)
{
    pl_buf b;
    pl_status st;

    pl_buf_init(&b, 65536);
    pl_buf_put(&b, pl_say(style, v->why));
    for (size_t i = 0; i < v->notes.n; i++) {
        pl_buf_put(&b, PL_SAY(style, " 注：", " Note: "));
        pl_buf_put(&b, pl_say(style, v->notes.p[i]));
    }
    for (size_t i = 0; open && i < v->needs.n; i++) {
        pl_buf_put(&b, PL_SAY(style, " 尚需：", " Needs: "));
        pl_buf_put(&b, pl_say(style, v->needs.p[i]));
    }
    st = pl_buf_keep(cx, &b, out);
    pl_buf_release(&b);
    return st;
}

static pl_status verdict_row(pl_ctx *cx, const pl_check *check, const pl_row_verdict *r,
                             const pl_style *style, pl_text_table *t)
{
    const pl_indicator *it = &check->plan->indicators.p[r->row];
    pl_outcome o = r->counts ? r->verdict.outcome : PL_OUTCOME_UNDETERMINED;
    pl_str no, name, outcome, reason;
    pl_buf b;
    pl_status st;

    pl_buf_init(&b, 256);
    pl_buf_put(&b, it->no);
    pl_buf_put(&b, it->part);
    st = pl_buf_keep(cx, &b, &no);
    pl_buf_release(&b);
    if (st != PL_OK)
        return st;
    PL_TRY(name_cell(cx, it, &name));
    PL_TRY(outcome_cell(cx, style, o, &outcome));
    PL_TRY(reason_cell(cx, style, &r->verdict, o == PL_OUTCOME_UNDETERMINED, &reason));
    PL_TRY(pl_text_table_add(cx, t, PL_COLOUR_NONE, no));
    PL_TRY(pl_text_table_add(cx, t, PL_COLOUR_NONE, name));
    PL_TRY(pl_text_table_add(cx, t, PL_COLOUR_NONE, r->target->clean));
    PL_TRY(pl_text_table_add(cx, t, PL_COLOUR_NONE, r->value->clean));
    PL_TRY(pl_text_table_add(cx, t, outcome_colour(o), outcome));
    PL_TRY(pl_text_table_add(cx, t, PL_COLOUR_NONE,
                             pl_say(style, pl_certainty_words(r->verdict.certainty))));
    return pl_text_table_add(cx, t, PL_COLOUR_FAINT, reason);
}

static pl_status print_verdicts(pl_ctx *cx, const pl_check *check, const pl_style *style,
                                pl_buf *out)
{
    const pl_table_col cols[] = {
        {PL_SAY(style, "序号", "No."), 6, true},
        {PL_SAY(style, "指标", "Indicator"), 26, false},
        {PL_SAY(style, "目标", "Target"), 16, false},
        {PL_SAY(style, "完成", "Value"), 14, false},
        {PL_SAY(style, "判定", "Verdict"), 14, false},
        {PL_SAY(style, "依据", "Certainty"), 12, false},
        {PL_SAY(style, "理由", "Reason"), 0, false},
    };
    pl_text_table t = {.cols = cols, .n_cols = PL_COUNT(cols)};

    for (size_t i = 0; i < check->rows.n; i++)
        PL_TRY(verdict_row(cx, check, &check->rows.p[i], style, &t));
    return pl_text_table_print(cx, &t, style, out);
}

/* How many verdicts rest on each certainty. */
static void print_certainties(const pl_check *check, const pl_style *style, pl_buf *out)
{
    size_t n[PL_CERTAINTY_COUNT] = {0};
    bool first = true;

    for (size_t i = 0; i < check->indicators.n; i++)
        n[check->indicators.p[i].certainty]++;
    pl_buf_put(out, PL_SAY(style, "  依据：", "  resting on: "));
    for (size_t c = 1; c < PL_CERTAINTY_COUNT; c++) {
        if (n[c] == 0)
            continue;
        if (!first)
            pl_buf_put(out, PL_SAY(style, "，", ", "));
        first = false;
        pl_buf_put(out, pl_say(style, pl_certainty_words((pl_certainty)c)));
        pl_buf_putf(out, style->english ? " %zu" : "%zu项", n[c]);
    }
    pl_buf_putc(out, '\n');
}

static void print_summary(const pl_check *check, const pl_style *style, pl_buf *out)
{
    pl_buf line;

    pl_buf_init(&line, 4096);
    pl_buf_putf(
        &line,
        style->english ? "%d: %zu indicators, %zu met, %zu missed, %zu undetermined"
                       : "%d年：指标%zu项，完成%zu项，未完成%zu项，不可判定%zu项",
        check->year, check->indicators.n, check->met, check->missed, check->undetermined);
    if (check->strict)
        pl_buf_put(&line,
                   PL_SAY(style, "（严格：只计实测）", " (strict: measured only)"));
    pl_style_put(out, style, PL_COLOUR_STRONG, pl_buf_str(&line));
    pl_buf_release(&line);
    pl_buf_putc(out, '\n');
    print_certainties(check, style, out);
}

/* The indicators of one outcome, in a line: 4 地区生产总值增速、12 …. */
static void print_names(const pl_check *check, pl_outcome o, const pl_style *style,
                        pl_buf *out)
{
    pl_buf line;
    bool any = false;

    pl_buf_init(&line, 1 << 20);
    pl_buf_putf(&line, "  %.*s", PL_FMT(pl_say(style, pl_outcome_words(o))));
    pl_buf_put(&line, PL_SAY(style, "：", ": "));
    for (size_t i = 0; i < check->indicators.n; i++) {
        const pl_indicator_verdict *v = &check->indicators.p[i];
        const pl_indicator *it = &check->plan->indicators.p[check->rows.p[v->first].row];
        size_t colon = it->part.n ? pl_str_find(it->name, PL_S(":"), 0) : PL_NOPOS;

        if (v->outcome != o)
            continue;
        if (any)
            pl_buf_put(&line, PL_SAY(style, "、", ", "));
        any = true;
        pl_buf_putf(
            &line, "%.*s %.*s", PL_FMT(it->no),
            PL_FMT(colon == PL_NOPOS ? it->name : pl_str_sub(it->name, 0, colon)));
    }
    if (any) {
        pl_buf_put(out, PL_S("  "));
        pl_text_wrap(out, pl_buf_str(&line), style->width - 2, 4);
        pl_buf_putc(out, '\n');
    }
    pl_buf_release(&line);
}

/* ---- a document without verdicts ---- */

static pl_status print_goals(pl_ctx *cx, const pl_plan *plan, const pl_style *style,
                             pl_buf *out)
{
    const pl_table_col cols[] = {
        {PL_SAY(style, "序号", "No."), 6, true},
        {PL_SAY(style, "主要预期目标", "Main expected target"), 44, false},
        {PL_SAY(style, "年份", "Year"), 6, true},
        {PL_SAY(style, "目标", "Target"), 34, false},
        {PL_SAY(style, "位置", "Place"), 0, false},
    };
    pl_text_table t = {.cols = cols, .n_cols = PL_COUNT(cols)};

    for (size_t i = 0; i < plan->goals.n; i++) {
        const pl_goal *g = &plan->goals.p[i];
        pl_str number, year = {0}, place;
        pl_buf b;
        pl_status st;

        pl_buf_init(&b, 4096);
        pl_buf_putf(&b, "%zu", i + 1);
        st = pl_buf_keep(cx, &b, &number);
        b.n = 0;
        pl_buf_putf(&b, "%d", g->year);
        if (st == PL_OK && g->year)
            st = pl_buf_keep(cx, &b, &year);
        b.n = 0;
        pl_place_text(&b, &g->place, style);
        if (st == PL_OK)
            st = pl_buf_keep(cx, &b, &place);
        pl_buf_release(&b);
        if (st != PL_OK)
            return st;
        PL_TRY(pl_text_table_add(cx, &t, PL_COLOUR_NONE, number));
        PL_TRY(pl_text_table_add(cx, &t, PL_COLOUR_NONE, g->name));
        PL_TRY(pl_text_table_add(cx, &t, PL_COLOUR_NONE, year));
        PL_TRY(pl_text_table_add(cx, &t, PL_COLOUR_NONE, g->text));
        PL_TRY(pl_text_table_add(cx, &t, PL_COLOUR_FAINT, place));
    }
    return pl_text_table_print(cx, &t, style, out);
}

static pl_status print_unjudged(pl_ctx *cx, const pl_check *check, const pl_style *style,
                                pl_buf *out)
{
    const pl_plan *plan = check->plan;

    pl_buf_put(out,
               plan->indicators.n
                   ? PL_SAY(style, "指标表中没有同一年的目标与完成值，无从判定。\n",
                            "The indicator table has no target and value of one year: "
                            "nothing to judge.\n")
                   : PL_SAY(style, "文件中没有指标表，无从判定。\n",
                            "The document has no indicator table: nothing to judge.\n"));
    if (plan->goals.n) {
        pl_buf_put(out,
                   PL_SAY(style, "主要预期目标：\n\n", "Its main expected targets:\n\n"));
        PL_TRY(print_goals(cx, plan, style, out));
    }
    return PL_OK;
}

static void print_contents(const pl_plan *plan, const pl_style *style, pl_buf *out)
{
    pl_buf_putf(out,
                style->english
                    ? "\nAlso read: %zu tasks, %zu goals in sentences, %zu quantities\n"
                    : "\n另读出：任务%zu项，正文目标%zu项，数量%zu处\n",
                plan->tasks.n, plan->goals.n, plan->facts.n);
}

pl_status pl_check_text(pl_ctx *cx, const pl_check *check, pl_str file,
                        const pl_text_opts *opts, pl_buf *out)
{
    const pl_style *style = &opts->style;

    pl_title_text(out, check->plan->doc, file, style);
    if (check->rows.n) {
        PL_TRY(print_verdicts(cx, check, style, out));
        pl_buf_putc(out, '\n');
        print_summary(check, style, out);
        print_names(check, PL_OUTCOME_MISSED, style, out);
        print_names(check, PL_OUTCOME_UNDETERMINED, style, out);
    } else {
        PL_TRY(print_unjudged(cx, check, style, out));
    }
    print_contents(check->plan, style, out);
    pl_findings_text(check, opts, out);
    return PL_OK;
}

void pl_verdict_text(pl_buf *out, const pl_verdict *v, const pl_style *style)
{
    static const pl_str icon[] = {PL_S_INIT("✓ "), PL_S_INIT("✗ "), PL_S_INIT("? ")};

    if (style->colour)
        pl_style_put(out, style, outcome_colour(v->outcome), icon[v->outcome]);
    else
        pl_buf_put(out, icon[v->outcome]);
    pl_style_put(out, style, PL_COLOUR_NONE, pl_say(style, v->why));
    if (v->certainty != PL_CERTAINTY_NONE)
        pl_buf_putf(out, style->english ? " [%.*s]" : "〔%.*s〕",
                    PL_FMT(pl_say(style, pl_certainty_words(v->certainty))));
    pl_buf_putc(out, '\n');
    for (size_t i = 0; i < v->notes.n; i++)
        pl_buf_putf(out, style->english ? "  note: %.*s\n" : "  注：%.*s\n",
                    PL_FMT(pl_say(style, v->notes.p[i])));
    for (size_t i = 0; i < v->needs.n; i++)
        pl_buf_putf(out, style->english ? "  needs: %.*s\n" : "  尚需：%.*s\n",
                    PL_FMT(pl_say(style, v->needs.p[i])));
}
