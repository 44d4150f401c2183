/* A changed target (7.2(调整为5.5)) needs somebody's approval, or a reason, somewhere in
 * the document. */
#include "judge/per_head.h"
#include "judge/rules.h"
#include "judge/series.h"
#include "text/utf8.h"

enum {
    NAMES_PERMILLE = 600, /* the sentence speaks of this indicator */
    SENTENCES_MAX = 200   /* looked through for each changed target */
};

/* ---- sentences that approve ---- */

typedef struct said {
    bool approved, revised, reason, any_target;
} said;

/* First characters of the words looked for: what begins with none of them is passed over.
 */
static pl_char_filter first_chars(pl_ctx *cx)
{
    pl_char_filter out = {0};
    const pl_word *w;

    for (size_t i = 0; (w = pl_lexicon_row(cx->lexicon, PL_WORD_APPROVAL, i)); i++)
        pl_char_filter_add(&out, w->word);
    return out;
}

static said read_words(pl_ctx *cx, const pl_char_filter *first, pl_str s)
{
    static const pl_str targets[] = {PL_S_INIT("指标"), PL_S_INIT("计划"),
                                     PL_S_INIT("目标"), PL_S_INIT("target"),
                                     PL_S_INIT("indicator")};
    said out = {0};

    for (size_t i = 0; (i = pl_skip_others(first, s, i)) < s.n;
         i += pl_utf8_len((unsigned char)s.p[i])) {
        const pl_word *w = NULL;

        if (pl_is_ideograph_byte(s.p[i]) || pl_is_alpha(s.p[i]))
            w = pl_lexicon_at(cx->lexicon, PL_WORDS(APPROVAL), pl_str_tail(s, i));
        if (!w)
            continue;
        out.approved |= pl_str_eq(w->field[0], PL_S("approved"));
        out.revised |= pl_str_eq(w->field[0], PL_S("revised"));
        out.reason |= pl_str_eq(w->field[0], PL_S("reason"));
    }
    out.any_target = out.approved && pl_str_has_any(s, targets, PL_COUNT(targets));
    return out;
}

/* A sentence that says that something was changed, and who approved it or why. */
typedef struct sentence {
    pl_str text;
    pl_place place;
    said said;
} sentence;

typedef PL_VEC(sentence) sentences;

/* Those of one text. */
static pl_status gather_text(pl_ctx *cx, const pl_char_filter *first, pl_str text,
                             pl_place place, sentences *out)
{
    while (text.n && out->n < SENTENCES_MAX) {
        size_t end = pl_str_find(text, PL_S("。"), 0);
        pl_str one = pl_str_sub(text, 0, end);
        said w = read_words(cx, first, one);
        sentence *slot;

        text = end == PL_NOPOS ? (pl_str){0} : pl_str_tail(text, end + PL_S("。").n);
        if (!w.revised || !(w.reason || (w.approved && w.any_target)))
            continue;
        slot = PL_VEC_ADD(cx->arena, out);
        if (!slot)
            return pl_fail_memory(cx);
        *slot = (sentence){one, place, w};
    }
    return PL_OK;
}

/* Those of the whole document, its tables' cells too. */
static pl_status gather(pl_ctx *cx, const pl_doc *d, sentences *out)
{
    pl_char_filter first = first_chars(cx);

    for (size_t i = 0; i < d->blocks.n; i++) {
        const pl_block *b = &d->blocks.p[i];
        size_t cells = b->kind == PL_BLOCK_TABLE ? b->table->cells.n : 0;

        if (b->kind != PL_BLOCK_TABLE)
            PL_TRY(gather_text(cx, &first, b->text.s, b->place, out));
        for (size_t k = 0; k < cells; k++)
            PL_TRY(gather_text(cx, &first, b->table->cells.p[k].text.s,
                               b->table->cells.p[k].place, out));
    }
    return PL_OK;
}

/* The sentence that speaks of this indicator's change, or, with an approval, of the
 * plan's as a whole; NULL: none. */
static const sentence *approval_of(const sentences *all, const pl_indicator *it)
{
    for (size_t i = 0; i < all->n; i++) {
        const sentence *s = &all->p[i];

        if ((s->said.approved && s->said.any_target) ||
            pl_text_within(pl_per_rest(it->name), s->text) >= NAMES_PERMILLE)
            return s;
    }
    return NULL;
}

/* ---- what was changed ---- */

/* `，-23.6%`: by how much, when both are figures in one unit. */
static bool change_of(const pl_series *s, const pl_node *amended, char out[24])
{
    pl_amount was, is;
    pl_dec by;

    if (!pl_amount_read(&s->scale, amended->kid, &was) ||
        !pl_amount_read(&s->scale, amended->kid->next, &is) ||
        !pl_amount_alike(&was, &is) ||
        !pl_dec_sub(is.set.written.lo.at, was.set.written.lo.at, &by) ||
        !pl_dec_shift(by, 2, &by) ||
        !pl_dec_div(by, pl_dec_abs(was.set.written.lo.at), 1, &by))
        return false;
    (void)pl_dec_text(by, out);
    return true;
}

static pl_status say(pl_ctx *cx, pl_check *check, const pl_series *s, const pl_datum *d,
                     const pl_node *amended, const sentence *approval)
{
    char by[24] = "";
    bool known = change_of(s, amended, by);
    pl_relation *r;

    PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_TARGET,
                           approval ? PL_SEVERITY_HELD : PL_SEVERITY_WARNING, &r));
    r->loose = true;
    PL_TRY(pl_relation_zh(cx, r, PL_INDICATOR_ZH "：" PL_CELL_FMT "有调整%s%s%s，%s",
                          PL_INDICATOR_ARGS(s->it), PL_CELL_ARGS(d),
                          known ? "（变动" : "", by, known ? "%）" : "",
                          approval ? "文中说明了批准或原因"
                                   : "文中没有批准机关、文号或调整原因"));
    PL_TRY(pl_relation_en(cx, r, PL_INDICATOR_EN ", " PL_CELL_FMT ": changed%s%s%s; %s",
                          PL_INDICATOR_ARGS(s->it), PL_CELL_ARGS(d), known ? " by " : "",
                          by, known ? "%" : "",
                          approval ? "its approval or reason is given"
                                   : "no approval or reason is given anywhere"));
    PL_TRY(pl_relation_at(cx, r, d->place, d->clean));
    return approval ? pl_relation_at(cx, r, approval->place, approval->text) : PL_OK;
}

static const pl_node *amended_in(const pl_datum *d)
{
    const pl_node *n = NULL;

    if (d->role == PL_ROLE_TARGET || d->role == PL_ROLE_TERM_TARGET)
        n = pl_phrase_find(d->phrase, PL_NODE_AMENDED);
    return n && n->kid && n->kid->next ? n : NULL;
}

pl_status pl_rule_amended(pl_ctx *cx, pl_check *check)
{
    bool gathered = false;
    sentences all = {0};

    for (size_t i = 0; i < check->plan->indicators.n; i++) {
        const pl_indicator *it = &check->plan->indicators.p[i];

        for (size_t k = 0; k < it->cells.n; k++) {
            const pl_node *n = amended_in(&it->cells.p[k]);
            pl_series s;

            if (!n)
                continue;
            if (!gathered)
                PL_TRY(gather(cx, check->plan->doc, &all));
            gathered = true;
            pl_series_begin(cx, it, &s);
            PL_TRY(say(cx, check, &s, &it->cells.p[k], n, approval_of(&all, it)));
        }
    }
    return PL_OK;
}
