#include "report/compare_text.h"

#define SAY(style, zh, en) ((style)->english ? PL_S(en) : PL_S(zh))

static const pl_indicator *either(const pl_shift_row *r)
{
    return r->now ? r->now : r->was;
}

static pl_str clean_of(const pl_datum *d)
{
    return d ? d->clean : PL_S("-");
}

static pl_colour colour_of(pl_shift s)
{
    static const pl_colour of[PL_SHIFT_COUNT] = {
        [PL_SHIFT_TIGHTENED] = PL_COLOUR_GOOD,  [PL_SHIFT_LOOSENED] = PL_COLOUR_BAD,
        [PL_SHIFT_DROPPED] = PL_COLOUR_BAD,     [PL_SHIFT_UNIT] = PL_COLOUR_UNSURE,
        [PL_SHIFT_REWORDED] = PL_COLOUR_UNSURE, [PL_SHIFT_SAME] = PL_COLOUR_FAINT};

    return of[s];
}

/* What more there is to say: how far it moved, and what it was called. */
static pl_status note_of(pl_ctx *cx, const pl_shift_row *r, const pl_style *style,
                         pl_str *out)
{
    char number[24];
    pl_buf b;
    pl_status st;

    pl_buf_init(&b, 1 << 16);
    if (r->shift == PL_SHIFT_TIGHTENED || r->shift == PL_SHIFT_LOOSENED)
        pl_buf_putf(&b, "%s%.*s", pl_dec_text(r->by, number), PL_FMT(r->by_unit));
    if (r->was && r->now && !pl_str_eq(r->was->unit, r->now->unit))
        pl_buf_putf(&b, "%s%.*s → %.*s", b.n ? " " : "", PL_FMT(r->was->unit),
                    PL_FMT(r->now->unit));
    if (r->was && r->now && !pl_str_eq(r->was->name, r->now->name))
        pl_buf_putf(&b, "%s%.*s%.*s", b.n ? " " : "",
                    PL_FMT(SAY(style, "原名：", "was named: ")), PL_FMT(r->was->name));
    st = pl_buf_keep(cx, &b, out);
    pl_buf_release(&b);
    return st;
}

static pl_status add_row(pl_ctx *cx, pl_text_table *t, const pl_shift_row *r,
                         const pl_style *style)
{
    pl_str note;

    PL_TRY(note_of(cx, r, style, &note));
    PL_TRY(pl_text_table_add(cx, t, PL_COLOUR_NONE, either(r)->no));
    PL_TRY(pl_text_table_add(cx, t, PL_COLOUR_NONE, either(r)->name));
    PL_TRY(pl_text_table_add(cx, t, PL_COLOUR_NONE, clean_of(r->was_target)));
    PL_TRY(pl_text_table_add(cx, t, PL_COLOUR_NONE, clean_of(r->now_target)));
    PL_TRY(pl_text_table_add(cx, t, colour_of(r->shift),
                             pl_say(style, pl_shift_words(r->shift))));
    return pl_text_table_add(cx, t, PL_COLOUR_FAINT, note);
}

pl_status pl_compare_text(pl_ctx *cx, const pl_comparison *c, const pl_style *style,
                          pl_buf *out)
{
    const pl_table_col cols[] = {
        {SAY(style, "序号", "No."), 6, true},
        {SAY(style, "指标", "Indicator"), 36, false},
        {SAY(style, "原目标", "Was"), 24, false},
        {SAY(style, "新目标", "Is"), 24, false},
        {SAY(style, "变化", "Change"), 12, false},
        {SAY(style, "说明", "Note"), 0, false},
    };
    pl_text_table t = {.cols = cols, .n_cols = PL_COUNT(cols)};

    if (c->rows.n == 0) {
        pl_buf_put(out,
                   SAY(style, "两份文件中都没有指标表，无从比较。\n",
                       "Neither document has an indicator table: nothing to compare.\n"));
        return PL_OK;
    }
    for (size_t i = 0; i < c->rows.n; i++)
        PL_TRY(add_row(cx, &t, &c->rows.p[i], style));
    PL_TRY(pl_text_table_print(cx, &t, style, out));
    pl_buf_putc(out, '\n');
    for (int s = 0; s < PL_SHIFT_COUNT; s++)
        if (c->n[s])
            pl_buf_putf(out, style->english ? "%.*s %zu  " : "%.*s%zu项  ",
                        PL_FMT(pl_say(style, pl_shift_words((pl_shift)s))), c->n[s]);
    pl_buf_putc(out, '\n');
    return PL_OK;
}

static void put_side(pl_json *j, pl_str key, const pl_indicator *it, const pl_datum *d)
{
    pl_json_key(j, key);
    if (!it) {
        pl_json_null(j);
        return;
    }
    pl_json_open(j, '{');
    pl_json_put_str(j, PL_S("no"), it->no);
    pl_json_put_str_or_null(j, PL_S("part"), it->part);
    pl_json_put_str(j, PL_S("name"), it->name);
    pl_json_put_str_or_null(j, PL_S("unit"), it->unit);
    pl_json_put_str_or_null(j, PL_S("target"), d ? d->clean : (pl_str){0});
    if (d && d->year)
        pl_json_put_int(j, PL_S("year"), d->year);
    pl_json_key(j, PL_S("place"));
    pl_json_place(j, d ? &d->place : &it->place);
    pl_json_close(j);
}

void pl_compare_json(pl_json *j, const pl_comparison *c, pl_str was_file, pl_str now_file)
{
    pl_json_open(j, '{');
    pl_json_put_str(j, PL_S("was"), was_file);
    pl_json_put_str(j, PL_S("now"), now_file);
    pl_json_put_open(j, PL_S("summary"), '{');
    for (int s = 0; s < PL_SHIFT_COUNT; s++)
        pl_json_put_int(j, pl_shift_token((pl_shift)s), (int64_t)c->n[s]);
    pl_json_close(j);
    pl_json_put_open(j, PL_S("rows"), '[');
    for (size_t i = 0; i < c->rows.n; i++) {
        const pl_shift_row *r = &c->rows.p[i];

        pl_json_open(j, '{');
        pl_json_put_str(j, PL_S("change"), pl_shift_token(r->shift));
        if (r->shift == PL_SHIFT_TIGHTENED || r->shift == PL_SHIFT_LOOSENED)
            pl_json_put_dec(j, PL_S("by"), r->by);
        put_side(j, PL_S("was"), r->was, r->was_target);
        put_side(j, PL_S("now"), r->now, r->now_target);
        pl_json_close(j);
    }
    pl_json_close(j);
    pl_json_close(j);
}
