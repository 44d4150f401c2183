#include "judge/adding.h"

#include "text/utf8.h"

enum {
    SHOWN_MAX = 12,         /* parts that a message names */
    WITNESSES_MAX = 12,     /* places that a relation names */
    ROUND_ZEROS = 2,        /* zeros at the end that may stand for rounding */
    ARITHMETIC_BYTES = 700, /* of a message of 1000 */
};

/* Things that come whole: 家, 项, 人, 人次. */
static bool is_whole(const pl_figure *f)
{
    return f->count || pl_str_eq(f->dim, PL_S("people")) ||
           pl_str_eq(f->dim, PL_S("visits"));
}

bool pl_figure_is_exact(const pl_figure *f)
{
    return is_whole(f) && f->q.hedge == PL_HEDGE_NONE && !f->q.is_range &&
           pl_dec_cmp(f->last, PL_DEC_INT(1)) == 0;
}

void pl_figure_ends(const pl_figure *f, pl_dec *lo, pl_dec *hi)
{
    bool exact = pl_figure_is_exact(f);

    *lo = exact ? f->value : f->lo;
    *hi = exact ? f->value : f->hi;
}

bool pl_sum_of(const pl_figure_refs *parts, size_t from, size_t n, pl_sum *out)
{
    pl_sum s = {0};

    for (size_t i = from; i < from + n; i++) {
        const pl_figure *f = parts->p[i];
        pl_dec lo, hi;

        pl_figure_ends(f, &lo, &hi);
        if (!pl_dec_add(s.value, f->value, &s.value) || !pl_dec_add(s.lo, lo, &s.lo) ||
            !pl_dec_add(s.hi, hi, &s.hi))
            return false;
        s.open = s.open || f->open;
    }
    *out = s;
    return true;
}

/* Half the worth of the zeros that a whole number ends with, where these are many. */
static bool round_half(const pl_figure *f, pl_dec *half)
{
    pl_dec step = f->last, next, quotient;
    int zeros = 0;

    while (zeros < PL_DEC_MAX_SCALE && pl_dec_shift(step, 1, &next) &&
           pl_dec_sign(f->value) != 0 &&
           pl_dec_div(f->value, next, PL_DEC_MAX_SCALE, &quotient) &&
           pl_dec_trim(quotient).scale == 0) {
        step = next;
        zeros++;
    }
    return zeros >= ROUND_ZEROS && pl_dec_mul(step, (pl_dec){5, 1}, half);
}

/* What a total can stand for: lo, hi. */
static void total_ends(const pl_figure *f, pl_dec *lo, pl_dec *hi)
{
    pl_dec half;

    pl_figure_ends(f, lo, hi);
    if (f->q.hedge != PL_HEDGE_NONE || f->q.is_range || !round_half(f, &half))
        return;
    if (!pl_dec_sub(f->value, half, lo) || !pl_dec_add(f->value, half, hi))
        *lo = f->lo, *hi = f->hi;
}

pl_adds pl_sum_against(const pl_sum *sum, const pl_figure *total)
{
    pl_dec lo, hi;

    total_ends(total, &lo, &hi);
    if (!sum->open && pl_dec_cmp(sum->hi, lo) < 0)
        return PL_ADDS_LESS;
    return !total->open && pl_dec_cmp(sum->lo, hi) > 0 ? PL_ADDS_MORE : PL_ADDS_SAME;
}

pl_adds pl_part_against(const pl_figure *part, const pl_figure *whole)
{
    pl_dec lo, hi;

    total_ends(whole, &lo, &hi);
    return !whole->open && pl_dec_cmp(part->lo, hi) > 0 ? PL_ADDS_MORE : PL_ADDS_SAME;
}

/* Bytes of a digit (of either width), point or comma at the start of s; 0: none. */
static size_t numeral_char(pl_str s)
{
    size_t n;
    uint32_t c = pl_utf8_at(s, &n);

    if (c >= 0xFF0C && c <= 0xFF19)
        c -= 0xFEE0; /* full-width forms */
    return (c >= '0' && c <= '9') || c == '.' || c == ',' ? n : 0;
}

/* Scale word and unit as written behind the digits (`亿元`); empty when the figure has
 * more to it than those. */
static pl_str tail_of(const pl_figure *f)
{
    size_t i = 0, n;

    if (f->q.hedge != PL_HEDGE_NONE || f->q.is_range || f->q.number.words)
        return (pl_str){0};
    while (i < f->text.n && (n = numeral_char(pl_str_tail(f->text, i))) > 0)
        i += n;
    return i ? pl_str_tail(f->text, i) : (pl_str){0};
}

/* Base units in one of what the figure is written in: 万元 is 10000. */
static bool worth_of(const pl_figure *f, pl_dec *out)
{
    const pl_word *u = f->q.unit;
    pl_dec factor = u && u->class == PL_WORD_UNIT ? u->factor : PL_DEC_INT(1);

    return pl_dec_mul(f->q.number.scale, factor, out) && pl_dec_sign(*out) > 0;
}

static bool same_tails(const pl_figure_refs *parts, size_t from, size_t n)
{
    pl_str first = tail_of(parts->p[from]);

    for (size_t i = from; i < from + n; i++)
        if (!tail_of(parts->p[i]).n || !pl_str_eq(tail_of(parts->p[i]), first))
            return false;
    return true;
}

void pl_value_put(pl_buf *b, pl_dec value, const pl_figure *f)
{
    char text[24];
    pl_dec worth, in_unit;

    if (worth_of(f, &worth) && pl_dec_div(value, worth, 6, &in_unit))
        pl_buf_putf(b, "%s", pl_dec_text(pl_dec_trim(in_unit), text));
    else
        pl_buf_putf(b, "%s", pl_dec_text(value, text));
    pl_buf_put(b, tail_of(f));
}

void pl_sum_put(pl_buf *b, const pl_figure_refs *parts, size_t from, size_t n,
                const pl_sum *sum, const pl_figure *total)
{
    bool same = same_tails(parts, from, n);
    char text[24];

    if (n == 1) {
        pl_buf_put(b, parts->p[from]->text);
        return;
    }
    for (size_t i = from; i < from + n && i < from + SHOWN_MAX; i++) {
        const pl_figure *f = parts->p[i];

        if (i > from)
            pl_buf_put(b, PL_S(" + "));
        if (same)
            pl_buf_putf(b, "%s", pl_dec_text(f->q.number.digits, text));
        else
            pl_buf_put(b, f->text);
    }
    if (n > SHOWN_MAX)
        pl_buf_putf(b, " + … (%zu)", n);
    pl_buf_put(b, PL_S(" = "));
    pl_value_put(b, sum->value, same ? parts->p[from] : total);
}

/* ` (差 79.23亿元)` of total and sum. */
static void gap_put(pl_buf *b, const pl_sum *sum, const pl_figure *total,
                    const char *word)
{
    pl_dec gap;

    if (!pl_dec_sub(sum->value, total->value, &gap))
        return;
    pl_buf_putf(b, "%s", word);
    pl_value_put(b, pl_dec_abs(gap), total);
}

static pl_status words(pl_ctx *cx, pl_relation *r, const pl_figure *total,
                       const pl_figure_refs *parts, size_t from, size_t n,
                       const pl_sum_says *says, const pl_sum *sum)
{
    pl_buf b, gap_zh, gap_en;
    pl_status st;

    pl_buf_init(&b, ARITHMETIC_BYTES);
    pl_buf_init(&gap_zh, 100);
    pl_buf_init(&gap_en, 100);
    pl_sum_put(&b, parts, from, n, sum, total);
    if (says->gap) {
        gap_put(&gap_zh, sum, total, "，差");
        gap_put(&gap_en, sum, total, "; they differ by ");
    }
    st = pl_relation_zh(cx, r, "%.*s，%s“%.*s”%.*s%s", PL_FMT(pl_buf_str(&b)), says->zh,
                        PL_FMT(total->text), PL_FMT(pl_buf_str(&gap_zh)),
                        says->more_zh ? says->more_zh : "");
    if (st == PL_OK)
        st = pl_relation_en(cx, r, "%.*s: %s %.*s%.*s%s", PL_FMT(pl_buf_str(&b)),
                            says->en, PL_FMT(total->text), PL_FMT(pl_buf_str(&gap_en)),
                            says->more_en ? says->more_en : "");
    b.n = 0;
    pl_value_put(&b, sum->value, total);
    if (st == PL_OK && says->severity != PL_SEVERITY_HELD)
        st = pl_buf_keep(cx, &b, &r->expected);
    pl_buf_release(&b);
    pl_buf_release(&gap_zh);
    pl_buf_release(&gap_en);
    return st;
}

/* The clause of a figure, once; the figure itself where it was shown, or has none. */
static pl_status witness(pl_ctx *cx, const pl_check *check, pl_relation *r,
                         const pl_figure *f, const pl_figure *before)
{
    const pl_passages *ps = check->passages;
    bool shown = f->passage == PL_NOPOS || (before && before->passage == f->passage);

    return pl_relation_at(cx, r, f->place,
                          shown ? f->text : ps->all.p[f->passage].written);
}

static void mark_parts(pl_check *check, const pl_figure_refs *parts, size_t from,
                       size_t n)
{
    for (size_t i = from; i < from + n && n > 1; i++)
        if (parts->p[i]->passage != PL_NOPOS)
            check->is_part[parts->p[i] - check->passages->figures.p] = true;
}

static pl_status witnesses(pl_ctx *cx, const pl_check *check, pl_relation *r,
                           const pl_figure *total, const pl_figure_refs *parts,
                           size_t from, size_t n)
{
    const pl_figure *before = total;

    PL_TRY(witness(cx, check, r, total, NULL));
    for (size_t i = from; i < from + n && i < from + WITNESSES_MAX; i++) {
        PL_TRY(witness(cx, check, r, parts->p[i], before));
        before = parts->p[i];
    }
    return PL_OK;
}

pl_status pl_sum_say(pl_ctx *cx, pl_check *check, const pl_figure *total,
                     const pl_figure_refs *parts, size_t from, size_t n,
                     const pl_sum_says *says)
{
    pl_relation *r;
    pl_sum sum;

    if (!pl_sum_of(parts, from, n, &sum))
        return PL_OK;
    PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_SUM, says->severity, &r));
    /* a part of a whole, or rounded: others would do too */
    r->loose = n == 1 || pl_dec_cmp(sum.value, total->value) != 0;
    PL_TRY(words(cx, r, total, parts, from, n, says, &sum));
    if (says->severity != PL_SEVERITY_HELD)
        r->found = total->text;
    else
        mark_parts(check, parts, from, n);
    return witnesses(cx, check, r, total, parts, from, n);
}

pl_status pl_refs_add(pl_ctx *cx, pl_figure_refs *refs, const pl_figure *f)
{
    const pl_figure **slot = PL_VEC_ADD(cx->arena, refs);

    if (!slot)
        return pl_fail_memory(cx);
    *slot = f;
    return PL_OK;
}

/* Dimensions whose amounts add up. */
static bool adds_up(pl_str dim)
{
    static const pl_str dims[] = {
        PL_S_INIT("money"),    PL_S_INIT("money_usd"),  PL_S_INIT("money_eur"),
        PL_S_INIT("area"),     PL_S_INIT("length"),     PL_S_INIT("volume"),
        PL_S_INIT("mass"),     PL_S_INIT("people"),     PL_S_INIT("visits"),
        PL_S_INIT("energy"),   PL_S_INIT("power"),      PL_S_INIT("coal"),
        PL_S_INIT("carbon"),   PL_S_INIT("containers"), PL_S_INIT("lane_length"),
        PL_S_INIT("tonne_km"), PL_S_INIT("person_km"),  PL_S_INIT("area_times")};
    return pl_str_is_any(dim, dims, PL_COUNT(dims));
}

/* 亿元以上项目: the figure is a threshold, not an amount. */
static bool is_threshold(const pl_figure *f)
{
    return !f->count && f->noun.n && f->q.hedge != PL_HEDGE_NONE &&
           f->q.hedge != PL_HEDGE_ABOUT && f->q.hedge != PL_HEDGE_NEAR &&
           f->q.hedge != PL_HEDGE_OVER;
}

bool pl_figure_adds(const pl_figure *f)
{
    return ((f->count && !pl_figure_is_idle(f)) || adds_up(f->dim)) &&
           !pl_figure_is_change(f) && !is_threshold(f);
}
