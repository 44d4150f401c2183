/* Which indicator does a name in a sentence mean?
 *
 * Names are compared in a common form: no brackets, no growth ending (增速), no 的, other
 * names replaced (R&D经费 …). Equal forms join; else the likeness of their pairs of
 * neighbouring characters (Dice's coefficient) decides, above a threshold and clear of
 * the second best. */
#include "plan/recognise.h"
#include "plan/words.h"
#include "text/fold.h"
#include "text/utf8.h"

enum {
    JOIN_MIN_PERMILLE = 600,  /* likeness that is enough */
    JOIN_CLEAR_PERMILLE = 60, /* ahead of the second best */
    NAME_MAX_PAIRS = 128
};

/* Words that do not tell one indicator from another. */
static const pl_str empty_words[] = {
    PL_S_INIT("的"),   PL_S_INIT("监测"), PL_S_INIT("全市"), PL_S_INIT("全区"),
    PL_S_INIT("全省"), PL_S_INIT("全县"), PL_S_INIT("区级"), PL_S_INIT("总"),
    PL_S_INIT(":"),    PL_S_INIT("、"),
};

static pl_str without_growth(const pl_lexicon *lx, pl_str s, bool *growth)
{
    const pl_word *w = pl_lexicon_end(lx, PL_WORDS(GROWTH), s);

    *growth = w != NULL;
    if (w && s.n > w->word.n)
        s.n -= w->word.n;
    return s;
}

/* Append s to b with other names replaced and empty words dropped. */
static void put_plain(const pl_lexicon *lx, pl_buf *b, pl_str s)
{
    for (size_t i = 0; i < s.n;) {
        pl_str rest = pl_str_tail(s, i);
        const pl_word *alias = pl_lexicon_at(lx, PL_WORDS(ALIAS), rest);
        size_t n = 0;

        for (size_t k = 0; k < PL_COUNT(empty_words) && n == 0; k++)
            if (pl_str_starts(rest, empty_words[k]))
                n = empty_words[k].n;
        if (alias) {
            pl_buf_put(b, alias->field[0]);
            i += alias->word.n;
        } else if (n) {
            i += n;
        } else {
            n = pl_utf8_len((unsigned char)s.p[i]);
            pl_buf_put(b, pl_str_sub(s, i, n));
            i += n;
        }
    }
}

/* The common form of a name; *growth says that it is one of a rate of change. */
static pl_status common_form(pl_ctx *cx, pl_str name, pl_str *out, bool *growth)
{
    pl_str s, before, inside;
    pl_status st;
    pl_buf b;

    PL_TRY(pl_fold_str(cx, name, &s));
    if (pl_bracket_last(s, &before, &inside) && before.n)
        s = before;
    s = without_growth(cx->lexicon, s, growth);
    pl_buf_init(&b, 4096);
    put_plain(cx->lexicon, &b, s);
    if (b.failed)
        b.failed = false; /* a name this long joins nothing */
    st = pl_buf_keep(cx, &b, out);
    pl_buf_release(&b);
    return st;
}

typedef struct pairs {
    uint64_t p[NAME_MAX_PAIRS]; /* two code points each */
    size_t n;
} pairs;

static void pairs_of(pl_str s, pairs *out)
{
    uint32_t last = 0;
    size_t n;

    out->n = 0;
    for (size_t i = 0; i < s.n && out->n < NAME_MAX_PAIRS; i += n) {
        uint32_t c = pl_utf8_at(pl_str_tail(s, i), &n);

        if (i)
            out->p[out->n++] = ((uint64_t)last << 32) | c;
        last = c;
    }
}

/* Dice's coefficient of two sets of pairs, in thousandths (Dice 1945). */
static size_t likeness(const pairs *a, const pairs *b)
{
    bool used[NAME_MAX_PAIRS] = {false};
    size_t common = 0;

    for (size_t i = 0; i < a->n; i++)
        for (size_t k = 0; k < b->n; k++)
            if (!used[k] && a->p[i] == b->p[k]) {
                used[k] = true;
                common++;
                break;
            }
    return a->n + b->n ? 2000 * common / (a->n + b->n) : 0;
}

static pl_status score_of(pl_ctx *cx, const pl_indicator *it, pl_str form,
                          const pairs *mine, bool change, size_t *score)
{
    bool growth, main_growth;
    pl_str other, main;
    pairs theirs;
    size_t colon;

    PL_TRY(common_form(cx, it->name, &other, &growth));
    *score = pl_str_eq(other, form) ? 1000 : 0;
    if (*score == 0) {
        pairs_of(other, &theirs);
        *score = likeness(mine, &theirs);
    }
    colon = it->part.n ? pl_str_find(it->name, PL_S(":"), 0) : PL_NOPOS;
    if (*score < 1000 && colon != PL_NOPOS) { /* the part's own name tells parts apart */
        size_t part;

        PL_TRY(common_form(cx, pl_str_tail(it->name, colon + 1), &main, &main_growth));
        pairs_of(main, &theirs);
        part = pl_str_eq(main, form) ? 1000 : likeness(mine, &theirs);
        *score = part == 1000 ? part : (3 * part + *score) / 4;
    }
    if (*score && change != growth) /* 地区生产总值增长 means 增速, not its level */
        *score = *score > 40 ? *score - 40 : 0;
    return PL_OK;
}

pl_status pl_join_name(pl_ctx *cx, const pl_plan *plan, pl_str name, bool change,
                       size_t *out)
{
    size_t best = 0, second = 0;
    bool growth;
    pairs mine;
    pl_str form;

    *out = PL_NOPOS;
    PL_TRY(common_form(cx, name, &form, &growth));
    pairs_of(form, &mine);
    for (size_t i = 0; i < plan->indicators.n; i++) {
        size_t score;

        PL_TRY(
            score_of(cx, &plan->indicators.p[i], form, &mine, change || growth, &score));
        if (score > best) {
            second = best;
            best = score;
            *out = i;
        } else if (score > second) {
            second = score;
        }
    }
    if (best < JOIN_MIN_PERMILLE || best - second < JOIN_CLEAR_PERMILLE)
        *out = PL_NOPOS;
    return PL_OK;
}
