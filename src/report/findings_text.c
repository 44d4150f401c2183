#include "report/findings_text.h"

#include "text/utf8.h"

static pl_colour severity_colour(pl_severity s)
{
    static const pl_colour colour[] = {PL_COLOUR_BAD, PL_COLOUR_UNSURE, PL_COLOUR_FAINT,
                                       PL_COLOUR_GOOD};

    _Static_assert(PL_COUNT(colour) == PL_SEVERITY_COUNT, "one colour per severity");
    return colour[s];
}

/* error  sum-3fa2c1  the arithmetic */
static void put_heading(const pl_relation *r, const pl_style *style, pl_buf *out)
{
    pl_style_put(out, style, severity_colour(r->severity),
                 pl_say(style, pl_severity_words(r->severity)));
    if (r->waiver)
        pl_style_put(out, style, PL_COLOUR_FAINT,
                     PL_SAY(style, "（已豁免）", " (waived)"));
    pl_buf_putf(out, "  %.*s  ", PL_FMT(r->id));
    pl_text_wrap(out, pl_say(style, r->message),
                 style->width > 40 ? style->width - 24 : style->width, 6);
    pl_buf_putc(out, '\n');
}

static void put_waiver(const pl_waiver *w, const pl_style *style, pl_buf *out)
{
    pl_buf_putf(out,
                style->english ? "      waived: %.*s (%.*s)\n"
                               : "      豁免：%.*s（%.*s）\n",
                PL_FMT(w->reason), PL_FMT(w->by));
}

enum { QUOTE_MAX_COLUMNS = 60 };

/* Text cut to so many columns. */
static void put_cut(pl_str text, const pl_style *style, pl_buf *out)
{
    size_t cut = 0, used = 0;

    while (cut < text.n && used < QUOTE_MAX_COLUMNS) {
        size_t n = pl_utf8_len((unsigned char)text.p[cut]);

        used += pl_text_width(pl_str_sub(text, cut, n), false);
        cut += n;
    }
    pl_style_put(out, style, PL_COLOUR_FAINT, pl_str_sub(text, 0, cut));
    if (cut < text.n)
        pl_buf_put(out, PL_S("…"));
}

static void put_relation(const pl_relation *r, const pl_style *style, pl_buf *out)
{
    put_heading(r, style, out);
    for (size_t i = 0; i < r->witnesses.n; i++) {
        pl_str text = r->witnesses.p[i].text;

        pl_buf_put(out, PL_S("      "));
        pl_place_text(out, &r->witnesses.p[i].place, style);
        if (text.n) {
            pl_buf_put(out, PL_SAY(style, "：", ": "));
            put_cut(text, style, out);
        }
        pl_buf_putc(out, '\n');
    }
    if (r->waiver)
        put_waiver(r->waiver, style, out);
}

static bool is_shown(const pl_relation *r, const pl_text_opts *opts)
{
    if (r->severity == PL_SEVERITY_NOTE)
        return opts->notes || opts->relations;
    return r->severity != PL_SEVERITY_HELD || opts->relations;
}

static void put_counts(const pl_check *check, const pl_style *style, pl_buf *out)
{
    pl_buf_putf(out,
                style->english ? "\nRelations examined: %zu held, %zu did not"
                               : "\n核对关系：成立%zu条，不成立或存疑%zu条",
                check->held, check->failed);
    if (check->waived)
        pl_buf_putf(out, style->english ? " (%zu of them waived)" : "（其中已豁免%zu条）",
                    check->waived);
    pl_buf_putc(out, '\n');
}

static void put_unused(const pl_check *check, const pl_style *style, pl_buf *out)
{
    for (size_t i = 0; check->waivers && i < check->waivers->n; i++) {
        const pl_waiver *w = &check->waivers->p[i];

        if (pl_waiver_is_unused(check, i))
            pl_buf_putf(out,
                        style->english
                            ? "  waiver of line %u lets nothing stand: %.*s  %.*s\n"
                            : "  豁免文件第%u行没有对应的问题：%.*s  %.*s\n",
                        w->line, PL_FMT(pl_kind_token(w->kind)), PL_FMT(w->text));
    }
}

void pl_findings_text(const pl_check *check, const pl_text_opts *opts, pl_buf *out)
{
    const pl_style *style = &opts->style;
    size_t shown = 0, hidden = 0;

    put_counts(check, style, out);
    for (size_t i = 0; i < check->relations.n; i++) {
        const pl_relation *r = &check->relations.p[i];

        if (!is_shown(r, opts)) {
            hidden += r->severity == PL_SEVERITY_NOTE;
            continue;
        }
        if (shown++ == 0)
            pl_buf_putc(out, '\n');
        put_relation(r, style, out);
    }
    if (hidden)
        pl_buf_putf(out,
                    style->english ? "  (%zu notes: --notes shows them)\n"
                                   : "  （另有%zu条提示，用 --notes 查看）\n",
                    hidden);
    put_unused(check, style, out);
}

/* ---- one in full ---- */

static void put_field(const pl_style *style, pl_str name, pl_str value, pl_buf *out)
{
    if (value.n == 0)
        return;
    pl_buf_put(out, PL_S("  "));
    pl_style_put(out, style, PL_COLOUR_STRONG, name);
    pl_buf_put(out, PL_SAY(style, "：", ": "));
    pl_text_wrap(out, value, style->width > 40 ? style->width - 20 : style->width, 6);
    pl_buf_putc(out, '\n');
}

static bool is_inside_char(pl_str s, size_t at)
{
    return at < s.n && ((unsigned char)s.p[at] & 0xc0) == 0x80;
}

enum { AROUND_BYTES = 120 }; /* forty characters on each side */

/* The words around a place of the source, to the ends of its line, the place itself in
 * 【】; nothing for formats whose source is no text. */
static void put_context(const pl_doc *d, const pl_place *p, const pl_style *style,
                        pl_buf *out)
{
    pl_str s = d->source;
    size_t from = p->span.at, to, start, end;

    if (p->span.n == 0 || p->path.n || !pl_add_ok(from, p->span.n, &to) || to > s.n)
        return;
    for (start = from; start && from - start < AROUND_BYTES && s.p[start - 1] != '\n';)
        start--;
    for (end = to; end < s.n && end - to < AROUND_BYTES && s.p[end] != '\n';)
        end++;
    while (is_inside_char(s, start))
        start++;
    while (is_inside_char(s, end))
        end--;
    pl_buf_put(out, PL_S("        "));
    pl_style_put(out, style, PL_COLOUR_FAINT, pl_str_sub(s, start, from - start));
    pl_buf_put(out, PL_S("【"));
    pl_buf_put(out, pl_str_sub(s, from, to - from));
    pl_buf_put(out, PL_S("】"));
    pl_style_put(out, style, PL_COLOUR_FAINT, pl_str_trim(pl_str_sub(s, to, end - to)));
    pl_buf_putc(out, '\n');
}

static void put_place(const pl_check *check, const pl_witness *w, const pl_style *style,
                      pl_buf *out)
{
    pl_buf_put(out, PL_S("    "));
    pl_place_text(out, &w->place, style);
    if (w->text.n) {
        pl_buf_put(out, PL_SAY(style, "：", ": "));
        pl_text_wrap(out, w->text, style->width > 40 ? style->width - 24 : style->width,
                     8);
    }
    pl_buf_putc(out, '\n');
    put_context(check->plan->doc, &w->place, style, out);
}

static void put_rule(const pl_relation *r, const pl_style *style, pl_buf *out)
{
    pl_buf line;

    pl_buf_init(&line, 4096);
    pl_buf_putf(&line, "%.*s (%.*s)", PL_FMT(pl_kind_token(r->kind)),
                PL_FMT(pl_say(style, pl_kind_words(r->kind))));
    put_field(style, PL_SAY(style, "种类", "kind"), pl_buf_str(&line), out);
    line.n = 0;
    if (r->rule)
        pl_buf_putf(&line, "%.*s (%.*s)", PL_FMT(r->rule->name),
                    PL_FMT(pl_say(style, r->rule->says)));
    put_field(style, PL_SAY(style, "规则", "rule"), pl_buf_str(&line), out);
    pl_buf_release(&line);
}

static void put_in_full(const pl_check *check, const pl_relation *r,
                        const pl_style *style, pl_buf *out)
{
    put_heading(r, style, out);
    put_rule(r, style, out);
    put_field(style, PL_SAY(style, "依据", "taken together because"),
              pl_say(style, r->reason), out);
    put_field(style, PL_SAY(style, "应为", "expected"), r->expected, out);
    put_field(style, PL_SAY(style, "实为", "found"), r->found, out);
    if (r->witnesses.n)
        pl_buf_putf(out, style->english ? "  places:\n" : "  位置：\n");
    for (size_t i = 0; i < r->witnesses.n; i++)
        put_place(check, &r->witnesses.p[i], style, out);
    if (r->waiver)
        put_waiver(r->waiver, style, out);
}

bool pl_explain_text(const pl_check *check, pl_str id, const pl_style *style, pl_buf *out)
{
    bool found = false;

    for (size_t i = 0; i < check->relations.n; i++) {
        if (!pl_str_eq(check->relations.p[i].id, id))
            continue;
        if (found)
            pl_buf_putc(out, '\n');
        found = true;
        put_in_full(check, &check->relations.p[i], style, out);
    }
    return found;
}
