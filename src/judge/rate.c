#include "judge/rate.h"

enum { BACK_CLAUSES = 6, MORE_DIGITS = 1 };

/* Is part_lo * 100 <= hi * whole_hi and part_hi * 100 >= lo * whole_lo: do the two
 * intervals meet? An open end has no bound. */
static pl_fit meet(const pl_figure *part, const pl_figure *whole, pl_dec lo, pl_dec hi,
                   bool strict, bool open)
{
    pl_dec part_lo, part_hi, whole_lo, whole_hi, most, least;
    int below, above;

    pl_figure_ends(part, &part_lo, &part_hi);
    pl_figure_ends(whole, &whole_lo, &whole_hi);
    if (pl_dec_sign(whole_lo) <= 0 || pl_dec_sign(part_hi) < 0 ||
        !pl_dec_mul(hi, whole_hi, &most) || !pl_dec_mul(lo, whole_lo, &least) ||
        !pl_dec_shift(part_lo, 2, &part_lo) || !pl_dec_shift(part_hi, 2, &part_hi))
        return PL_FIT_UNKNOWN;
    below = pl_dec_cmp(part_lo, most);
    above = pl_dec_cmp(part_hi, least);
    if (!open && !whole->open && (strict ? below >= 0 : below > 0))
        return PL_FIT_FAILS;
    return !part->open && above < 0 ? PL_FIT_FAILS : PL_FIT_HOLDS;
}

pl_fit pl_share_fit(const pl_figure *part, const pl_figure *whole, const pl_figure *share)
{
    pl_fit fit = meet(part, whole, share->lo, share->hi, false, share->open);
    pl_dec end;

    if (fit != PL_FIT_FAILS || share->q.hedge != PL_HEDGE_NONE || share->q.is_range ||
        !pl_dec_add(share->value, share->last, &end))
        return fit;
    return meet(part, whole, share->value, end, true, false) == PL_FIT_HOLDS ? PL_FIT_CUT
                                                                             : fit;
}

/* Growth by r per cent is a share of 100 + r; a fall by r one of 100 - r. */
static bool as_share(const pl_figure *rise, bool falls, pl_figure *out)
{
    static const pl_dec hundred = {100, 0};
    bool fits;

    *out = *rise;
    if (falls) {
        fits = pl_dec_sub(hundred, rise->value, &out->value) &&
               pl_dec_sub(hundred, rise->hi, &out->lo) &&
               pl_dec_sub(hundred, rise->lo, &out->hi);
        out->open = false;
        return fits && !rise->open;
    }
    return pl_dec_add(hundred, rise->value, &out->value) &&
           pl_dec_add(hundred, rise->lo, &out->lo) &&
           pl_dec_add(hundred, rise->hi, &out->hi);
}

pl_fit pl_growth_fit(const pl_figure *from, const pl_figure *to, const pl_figure *rise,
                     bool falls)
{
    pl_figure share;

    return as_share(rise, falls, &share) ? pl_share_fit(to, from, &share)
                                         : PL_FIT_UNKNOWN;
}

bool pl_share_of(pl_dec part, pl_dec whole, const pl_figure *share, pl_dec *out)
{
    int digits = share->q.number.digits.scale + MORE_DIGITS;

    return pl_dec_shift(part, 2, &part) &&
           pl_dec_div(part, whole, digits < PL_DEC_MAX_SCALE ? digits : PL_DEC_MAX_SCALE,
                      out);
}

pl_status pl_figure_witness(pl_ctx *cx, const pl_check *check, pl_relation *r,
                            const pl_figure *f)
{
    const pl_passages *ps = check->passages;

    return pl_relation_at(cx, r, f->place,
                          f->passage == PL_NOPOS ? f->text
                                                 : ps->all.p[f->passage].written);
}

static const struct {
    const char *zh, *en;
} sayings[] = {
    [PL_FIT_HOLDS] = {"与所写一致", "as written"},
    [PL_FIT_CUT] = {"所写是截断而不是修约", "what is written is cut off, not rounded:"},
    [PL_FIT_FAILS] = {"与所写不符", "but written is"},
};

pl_status pl_share_say(pl_ctx *cx, pl_check *check, const pl_share *s)
{
    pl_severity severity = s->fit == PL_FIT_HOLDS              ? PL_SEVERITY_HELD
                           : s->sure && s->fit == PL_FIT_FAILS ? PL_SEVERITY_ERROR
                                                               : PL_SEVERITY_WARNING;
    char quotient[24];
    pl_relation *r;
    pl_dec is;

    if (s->fit == PL_FIT_UNKNOWN ||
        !pl_share_of(s->part->value, s->whole->value, s->share, &is))
        return PL_OK;
    pl_dec_text(pl_dec_trim(is), quotient);
    PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_RATE, severity, &r));
    PL_TRY(pl_relation_zh(cx, r, "%.*s ÷ %.*s = %s%%，%s“%.*s”", PL_FMT(s->part->text),
                          PL_FMT(s->whole->text), quotient, sayings[s->fit].zh,
                          PL_FMT(s->share->text)));
    PL_TRY(pl_relation_en(cx, r, "%.*s ÷ %.*s = %s%%, %s %.*s", PL_FMT(s->part->text),
                          PL_FMT(s->whole->text), quotient, sayings[s->fit].en,
                          PL_FMT(s->share->text)));
    if (severity != PL_SEVERITY_HELD) {
        r->found = s->share->text;
        PL_TRY(pl_str_keep(cx, pl_str_from(quotient), &r->expected));
    }
    PL_TRY(pl_figure_witness(cx, check, r, s->share));
    PL_TRY(pl_figure_witness(cx, check, r, s->part));
    return pl_figure_witness(cx, check, r, s->whole);
}

pl_status pl_figures_before(pl_ctx *cx, const pl_passages *ps, const pl_figure *f,
                            size_t most, pl_figure_refs *out)
{
    const pl_passage *at = &ps->all.p[f->passage];

    out->n = 0;
    for (size_t back = 0; back <= BACK_CLAUSES && back <= f->passage; back++) {
        const pl_passage *p = at - back;

        if (p->sentence != at->sentence || p->block != at->block || p->cell != at->cell)
            break;
        for (size_t k = p->n_figures; k > 0 && out->n < most; k--) {
            const pl_figure *g = &ps->figures.p[p->first_figure + k - 1];

            if ((back || g->q.at.at < f->q.at.at) && pl_figure_adds(g))
                PL_TRY(pl_refs_add(cx, out, g));
        }
    }
    return PL_OK;
}
