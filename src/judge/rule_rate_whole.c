/* Shares of things that come whole: only some numbers can come out. R-377.
 *
 * Of 8 sections 7 are 87.5 %, and none are 88 %; 511 firms can be 42.16 % of 1212, and
 * are 42.17 % of no number. Where every share could come out nothing is said. */
#include "judge/rate.h"

enum { WHOLE_MAX = 500 };

static const pl_dec one = {1, 0};

/* Is the share of k in n what is printed: rounded, not cut off? */
static bool is_share_of(int64_t k, const pl_figure *whole, const pl_figure *share)
{
    pl_figure exact = *share;

    exact.last = (pl_dec){1, PL_DEC_MAX_SCALE};
    return pl_dec_div(PL_DEC_INT(k * 100), whole->value, PL_DEC_MAX_SCALE,
                      &exact.value) &&
           pl_figures_agree(share, &exact) < PL_AGREE_TRUNCATED;
}

static pl_status say_counted(pl_ctx *cx, pl_check *check, const pl_figure *share,
                             const pl_figure *whole, int64_t k, bool held)
{
    char whole_text[24], near_text[24];
    pl_relation *r;
    pl_dec near;

    if (!pl_share_of(PL_DEC_INT(k), whole->value, share, &near))
        return PL_OK;
    pl_dec_text(whole->value, whole_text);
    pl_dec_text(pl_dec_trim(near), near_text);
    PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_RATE,
                           held ? PL_SEVERITY_HELD : PL_SEVERITY_WARNING, &r));
    PL_TRY(pl_relation_zh(cx, r,
                          held ? "%lld ÷ %s = %s%%，“%.*s”是%s个中的整数个"
                               : "%lld ÷ %s = %s%%，“%.*s”不是%s个中的任何整数个",
                          (long long)k, whole_text, near_text, PL_FMT(share->text),
                          whole_text));
    PL_TRY(pl_relation_en(cx, r,
                          held ? "%lld ÷ %s = %s%%: %.*s is a whole number of %s"
                               : "%lld ÷ %s = %s%%: %.*s is no whole number of %s",
                          (long long)k, whole_text, near_text, PL_FMT(share->text),
                          whole_text));
    if (!held) {
        r->found = share->text;
        PL_TRY(pl_str_keep(cx, pl_str_from(near_text), &r->expected));
    }
    PL_TRY(pl_figure_witness(cx, check, r, share));
    return pl_figure_witness(cx, check, r, whole);
}

/* The number of `whole` things that `share` per cent of them would be; false when that
 * tells nothing: n things make steps of 100 / n, which have to be wider than the last
 * digit. */
static bool counted(const pl_figure *share, const pl_figure *whole, int64_t *k)
{
    pl_dec part, step;

    if (!pl_figure_is_exact(whole) ||
        pl_dec_cmp(whole->value, PL_DEC_INT(WHOLE_MAX)) > 0 ||
        pl_dec_cmp(share->value, PL_DEC_INT(100)) > 0 ||
        !pl_dec_mul(share->last, whole->value, &step) ||
        pl_dec_cmp(step, PL_DEC_INT(100)) >= 0 ||
        !pl_dec_mul(share->value, whole->value, &part) || !pl_dec_shift(part, -2, &part))
        return false;
    *k = pl_dec_round(part, 0, PL_ROUND_HALF_UP).coef;
    return true;
}

/* Counts before a share, nearest first: is it one of some of one of them? It fails when
 * it is of none, and the nearest stands beside it. */
pl_status pl_rate_counted(pl_ctx *cx, pl_check *check, const pl_figure *share,
                          const pl_figure_refs *near)
{
    const pl_figure *nearest = near->p[0];
    int64_t k;

    if (share->q.hedge != PL_HEDGE_NONE)
        return PL_OK;
    for (size_t i = 0; i < near->n; i++)
        if (counted(share, near->p[i], &k) && is_share_of(k, near->p[i], share))
            return say_counted(cx, check, share, near->p[i], k, true);
    return nearest->passage + 1 >= share->passage && counted(share, nearest, &k)
               ? say_counted(cx, check, share, nearest, k, false)
               : PL_OK;
}

/* The wholes that a part can be `share` of: part * 100 / share, from … to. */
static bool wholes_of(const pl_figure *part, const pl_figure *share, pl_dec *from,
                      pl_dec *to)
{
    pl_dec end, hundredfold;

    return pl_dec_sign(share->lo) > 0 && pl_dec_shift(part->value, 2, &hundredfold) &&
           pl_dec_add(share->value, share->last, &end) && /* cut off is no matter here */
           pl_dec_div(hundredfold, end, 6, from) &&
           pl_dec_div(hundredfold, share->lo, 6, to);
}

/* 511家次,占全市42.16%: is there a whole number that it is the share of? */
pl_status pl_rate_of_owner(pl_ctx *cx, pl_check *check, const pl_figure *part,
                           const pl_figure *share)
{
    pl_dec from, to, width, whole;
    char text[24];
    pl_relation *r;
    bool held;

    if (!pl_figure_is_exact(part) || share->q.hedge != PL_HEDGE_NONE ||
        !wholes_of(part, share, &from, &to) || !pl_dec_sub(to, from, &width) ||
        pl_dec_cmp(width, one) >= 0)
        return PL_OK;
    whole = pl_dec_round(to, 0, PL_ROUND_DOWN);
    held = pl_dec_cmp(whole, from) >= 0;
    pl_dec_text(whole, text);
    PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_RATE,
                           held ? PL_SEVERITY_HELD : PL_SEVERITY_WARNING, &r));
    if (held) {
        PL_TRY(pl_relation_zh(cx, r, "%.*s ÷ %s = %.*s，总数可为整数", PL_FMT(part->text),
                              text, PL_FMT(share->text)));
        PL_TRY(pl_relation_en(cx, r, "%.*s ÷ %s = %.*s: of a whole number",
                              PL_FMT(part->text), text, PL_FMT(share->text)));
    } else {
        PL_TRY(pl_relation_zh(cx, r, "没有整数总数能使“%.*s”占“%.*s”", PL_FMT(part->text),
                              PL_FMT(share->text)));
        PL_TRY(pl_relation_en(cx, r, "%.*s is %.*s of no whole number",
                              PL_FMT(part->text), PL_FMT(share->text)));
        r->found = share->text;
    }
    PL_TRY(pl_figure_witness(cx, check, r, share));
    return pl_figure_witness(cx, check, r, part);
}
