#include "plan/goal_clause.h"

#include "plan/words.h"
#include "text/utf8.h"

/* What a clause is read with: all offsets are in the folded text. */
typedef struct clause_in {
    const pl_fold *f;
    pl_str source;
    int year;
    pl_goal_clause *out;
} clause_in;

enum { NAME_MIN_BYTES = 4, NAME_MAX_CHARS = 60 };

static const pl_str clause_marks[] = {PL_S_INIT(","), PL_S_INIT(";"), PL_S_INIT("。")};

/* A comma between digits grouped in threes is part of the number. */
static bool is_grouping(pl_str s, size_t at)
{
    if (s.p[at] != ',' || at == 0 || !pl_is_digit(s.p[at - 1]) || s.n - at < 4)
        return false;
    return pl_is_digit(s.p[at + 1]) && pl_is_digit(s.p[at + 2]) &&
           pl_is_digit(s.p[at + 3]) && (s.n - at == 4 || !pl_is_digit(s.p[at + 4]));
}

static void clause_end(pl_str s, pl_goal_clause *out)
{
    size_t at = 0, len = 0;

    while ((at = pl_mark_next(s, at, clause_marks, PL_COUNT(clause_marks), &len)) !=
               PL_NOPOS &&
           is_grouping(s, at))
        at += len;
    out->n = at == PL_NOPOS ? s.n : at;
    out->mark = at == PL_NOPOS ? 0 : len;
}

/* The source's text of folded bytes [at, at + n). */
static pl_status as_written(pl_ctx *cx, const clause_in *in, pl_span at, pl_str *out)
{
    pl_span span = pl_fold_span(in->f, at.at, at.n);

    return pl_clean(cx, pl_str_sub(in->source, span.at, span.n), out);
}

static pl_status add(pl_ctx *cx, const clause_in *in, pl_str name, pl_str text,
                     pl_phrase *target)
{
    pl_named_target *t = PL_VEC_ADD(cx->arena, &in->out->goals);

    if (!t)
        return pl_fail_memory(cx);
    *t = (pl_named_target){name, text, target};
    return PL_OK;
}

/* Is this a phrase that a goal can have: something to reach, wholly understood? */
static bool is_target(const pl_phrase *p)
{
    switch (p->first->kind) {
    case PL_NODE_NUMBER:
    case PL_NODE_RANGE:
    case PL_NODE_BOUND:
    case PL_NODE_ABOUT:
    case PL_NODE_LEVEL:
    case PL_NODE_CHANGE:
    case PL_NODE_CUMULATIVE:
    case PL_NODE_BY:
    case PL_NODE_TREND:
    case PL_NODE_REFERENCE:
    case PL_NODE_AMENDED:
    case PL_NODE_PROVISIONAL:
    case PL_NODE_BASIS:
        return p->complete;
    case PL_NODE_FALLBACK:
    case PL_NODE_ASSERTED:
    case PL_NODE_PENDING:
    case PL_NODE_NONE:
    case PL_NODE_QUALIFIER:
    case PL_NODE_NOTE:
    case PL_NODE_KIND_COUNT:
        return false;
    }
    return false;
}

/* Can a target phrase begin with what `rest` begins with? Words that end names of rates
 * (涨幅 in 居民消费价格涨幅2%) belong to the name. */
static bool may_begin(const pl_lexicon *lx, pl_str rest)
{
    const pl_words words = PL_WORDS(CHANGE) | PL_WORDS(LEVEL) | PL_WORDS(BOUND) |
                           PL_WORDS(COMPARE) | PL_WORDS(TREND) | PL_WORDS(ABOUT) |
                           PL_WORDS(BASIS) | PL_WORDS(CUMULATIVE) |
                           PL_WORDS(PROVISIONAL) | PL_WORDS(TERM);
    const pl_word *growth = pl_lexicon_at(lx, PL_WORDS(GROWTH), rest);

    if (pl_is_digit(rest.p[0]) || rest.p[0] == '<' || rest.p[0] == '>')
        return true;
    if (growth && !pl_str_eq(growth->word, PL_S("增长")))
        return false;
    return pl_lexicon_at(lx, words, rest) != NULL;
}

/* A name cannot end inside a Latin word or a number (PM2.5, R&D). */
static bool may_split(pl_str s, size_t at)
{
    char a = s.p[at - 1], b = s.p[at];
    bool word = pl_is_alpha(a) || pl_is_digit(a) || a == '.' || a == '&' || a == '_';

    return !(word && (pl_is_alpha(b) || pl_is_digit(b) || b == '.'));
}

/* The first place in s[0, n) from which on the rest is a target phrase. */
static pl_status find_phrase(pl_ctx *cx, const clause_in *in, pl_span at, size_t *where,
                             pl_phrase **out)
{
    pl_str s = pl_str_sub(in->f->s, at.at, at.n);
    pl_phrase_opts opts = {.year = in->year};

    *out = NULL;
    for (size_t i = 0; i < s.n; i += pl_utf8_len((unsigned char)s.p[i])) {
        pl_phrase *p;
        pl_str text;

        if (i < NAME_MIN_BYTES || !may_split(s, i) ||
            !may_begin(cx->lexicon, pl_str_tail(s, i)))
            continue;
        PL_TRY(as_written(cx, in, (pl_span){at.at + i, s.n - i}, &text));
        PL_TRY(pl_phrase_parse(cx, text, &opts, &p));
        if (is_target(p)) {
            *where = i;
            *out = p;
            return PL_OK;
        }
    }
    return PL_OK;
}

/* ---- lists: A、B…分别增长4%、5%左右 ---- */

typedef PL_VEC(pl_str) pieces;

static pl_status split_at(pl_ctx *cx, pl_str s, pieces *out)
{
    static const pl_str marks[] = {PL_S_INIT("、"), PL_S_INIT("和"), PL_S_INIT("与"),
                                   PL_S_INIT("及")};
    size_t at = 0, len = 0;

    while (at <= s.n) {
        size_t end = pl_mark_next(s, at, marks, PL_COUNT(marks), &len);
        pl_str piece = pl_str_sub(s, at, end == PL_NOPOS ? s.n : end - at);
        pl_str *slot = PL_VEC_ADD(cx->arena, out);

        if (!slot)
            return pl_fail_memory(cx);
        *slot = pl_str_trim(piece);
        if (end == PL_NOPOS)
            return PL_OK;
        at = end + len;
    }
    return PL_OK;
}

/* Bytes of the first n characters of s. */
static size_t chars_bytes(pl_str s, size_t n)
{
    size_t i = 0;

    while (n-- && i < s.n)
        i += pl_utf8_len((unsigned char)s.p[i]);
    return i < s.n ? i : s.n;
}

static pl_status joined(pl_ctx *cx, pl_str a, pl_str b, pl_str c, pl_str *out)
{
    pl_buf buf;
    pl_status st;

    pl_buf_init(&buf, 65536);
    pl_buf_put(&buf, a);
    pl_buf_put(&buf, b);
    pl_buf_put(&buf, c);
    st = pl_buf_keep(cx, &buf, out);
    pl_buf_release(&buf);
    return st;
}

/* Characters that end words and begin none: a tail that begins with one was cut inside a
 * word (收获机|械化率 has 械化率, 收获机械|化率 has 化率). */
static bool is_cut(pl_str tail)
{
    static const pl_str ends[] = {PL_S_INIT("化"), PL_S_INIT("率"), PL_S_INIT("性"),
                                  PL_S_INIT("度"), PL_S_INIT("量"), PL_S_INIT("值"),
                                  PL_S_INIT("额"), PL_S_INIT("数")};

    return pl_str_starts_any(tail, ends, PL_COUNT(ends));
}

enum { WORD_CHARS = 2 }; /* of most words */

/* Two names of which the first holds what is common in front, too:
 * `花生种植、收获机械化率` -> 花生种植机械化率, 花生收获机械化率. */
static pl_status expand_both_ends(pl_ctx *cx, pieces *p)
{
    size_t own = pl_utf8_count(p->p[0]) - WORD_CHARS;
    pl_str front = pl_str_sub(p->p[0], 0, chars_bytes(p->p[0], own));
    pl_str tail = pl_str_tail(p->p[1], chars_bytes(p->p[1], WORD_CHARS));

    PL_TRY(joined(cx, p->p[0], tail, (pl_str){0}, &p->p[0]));
    return joined(cx, front, p->p[1], (pl_str){0}, &p->p[1]);
}

/* Names of a list: `城镇、农村居民收入` -> 城镇居民收入, 农村居民收入. The last piece
 * carries the common tail; where it begins is told by the length of the others. */
static pl_status expand_names(pl_ctx *cx, pl_str s, size_t want, pieces *out)
{
    pieces p = {0};
    size_t head;
    pl_str tail;

    PL_TRY(split_at(cx, s, &p));
    if (p.n == want) {
        head = chars_bytes(p.p[want - 1], pl_utf8_count(p.p[0]));
        tail = pl_str_tail(p.p[want - 1], head);
        *out = p;
        if (want == 2 && is_cut(tail) && pl_utf8_count(p.p[0]) == 2 * WORD_CHARS)
            return expand_both_ends(cx, out);
        for (size_t i = 0; i + 1 < want; i++)
            PL_TRY(joined(cx, p.p[i], tail, (pl_str){0}, &p.p[i]));
        *out = p;
        return PL_OK;
    }
    for (size_t i = 0;; i++) { /* 城乡居民… stands for 城镇居民… and 农村居民… */
        const pl_word *set = pl_lexicon_row(cx->lexicon, PL_WORD_SET, i);
        size_t at, n = 0;

        if (!set)
            return PL_OK;
        while (n < PL_COUNT(set->field) && set->field[n].n)
            n++;
        at = pl_str_find(s, set->word, 0);
        if (n != want || at == PL_NOPOS)
            continue;
        for (size_t k = 0; k < n; k++) {
            pl_str *slot = PL_VEC_ADD(cx->arena, out);

            if (!slot)
                return pl_fail_memory(cx);
            PL_TRY(joined(cx, pl_str_sub(s, 0, at), set->field[k],
                          pl_str_tail(s, at + set->word.n), slot));
        }
        return PL_OK;
    }
}

/* The figure at the start of s with its unit: bytes of both, of the number alone in
 * *number. 0 when there is none. */
static size_t figure_len(const pl_lexicon *lx, pl_str s, size_t *number)
{
    const pl_word *unit;
    pl_number num;
    size_t n;

    if (!pl_number_at(lx, s, true, false, &num))
        return 0;
    *number = n = num.n;
    unit = pl_lexicon_at(lx, PL_WORDS(UNIT) | PL_WORDS(COUNTER), pl_str_tail(s, n));
    return unit ? n + unit->word.n : n;
}

static size_t first_digit(pl_str s)
{
    size_t i = 0;

    while (i < s.n && !pl_is_digit(s.p[i]))
        i++;
    return i;
}

/* `增长4.5%、5.5%左右` -> 增长4.5%左右, 增长5.5%左右: verb, unit and hedge are shared. */
static pl_status expand_values(pl_ctx *cx, pl_str s, pieces *out)
{
    size_t verb_n = first_digit(s), number = 0;
    pl_str verb = pl_str_sub(s, 0, verb_n), last, unit, hedge;

    PL_TRY(split_at(cx, pl_str_tail(s, verb_n), out));
    last = out->p[out->n - 1];
    last = pl_str_tail(last, first_digit(last));
    size_t figure = figure_len(cx->lexicon, last, &number);
    unit = pl_str_sub(last, number, figure - number);
    hedge = pl_str_tail(last, figure);
    for (size_t i = 0; i < out->n; i++) {
        pl_str one = out->p[i];
        size_t own_verb = first_digit(one), n;
        pl_str body = pl_str_tail(one, own_verb), text;

        n = figure_len(cx->lexicon, body, &number);
        if (n == 0)
            continue;
        PL_TRY(joined(cx, own_verb ? pl_str_sub(one, 0, own_verb) : verb,
                      pl_str_sub(body, 0, n), n == number ? unit : (pl_str){0}, &text));
        PL_TRY(joined(cx, text, n == body.n ? hedge : pl_str_tail(body, n), (pl_str){0},
                      &out->p[i]));
    }
    return PL_OK;
}

/* Names and values that go together in order. *done says that it was read as a list. */
static pl_status read_list(pl_ctx *cx, const clause_in *in, pl_str all, pl_str rest,
                           bool *done)
{
    pl_phrase_opts opts = {.year = in->year};
    pieces names = {0}, values = {0};

    *done = false;
    if (first_digit(rest) == rest.n)
        return PL_OK;
    PL_TRY(expand_values(cx, rest, &values));
    if (values.n < 2)
        return PL_OK;
    PL_TRY(expand_names(cx, all, values.n, &names));
    if (names.n != values.n)
        return PL_OK;
    for (size_t i = 0; i < values.n; i++) {
        pl_phrase *p;

        PL_TRY(pl_phrase_parse(cx, values.p[i], &opts, &p));
        PL_TRY(add(cx, in, names.p[i], values.p[i], p));
    }
    *done = true;
    return PL_OK;
}

/* Words that lead from a name to its figure and are of neither. */
static pl_str without_link(pl_str s)
{
    static const pl_str links[] = {PL_S_INIT("在"), PL_S_INIT("为")};

    for (size_t i = 0; i < PL_COUNT(links); i++)
        if (pl_str_ends(s, links[i]))
            s.n -= links[i].n;
    return s;
}

/* A clause that lists names and values: with 分别 between them, or
 * `甲、乙…在98%、99%以上`. */
static pl_status read_lists(pl_ctx *cx, const clause_in *in, pl_str s, bool *done)
{
    size_t split = pl_str_find(s, PL_S("分别"), 0), digit = first_digit(s);
    size_t comma;

    *done = false;
    if (split != PL_NOPOS)
        return read_list(cx, in, pl_str_sub(s, 0, split),
                         pl_str_tail(s, split + PL_S("分别").n), done);
    comma = pl_str_find(s, PL_S("、"), digit);
    if (comma == PL_NOPOS || comma + PL_S("、").n >= s.n ||
        !pl_is_digit(s.p[comma + PL_S("、").n]) ||
        pl_str_find(pl_str_sub(s, 0, digit), PL_S("、"), 0) == PL_NOPOS)
        return PL_OK;
    return read_list(cx, in, without_link(pl_str_sub(s, 0, digit)), pl_str_tail(s, digit),
                     done);
}

/* ---- verb first: 完成国家下达我省碳排放双控目标 ---- */

static const pl_str reach_words[] = {PL_S_INIT("完成"), PL_S_INIT("达到"),
                                     PL_S_INIT("落实")};
static const pl_str given_words[] = {PL_S_INIT("下达我省"), PL_S_INIT("下达我市"),
                                     PL_S_INIT("下达我区"), PL_S_INIT("下达我县"),
                                     PL_S_INIT("下达的"),   PL_S_INIT("下达")};
static const pl_str goal_words[] = {PL_S_INIT("目标任务"), PL_S_INIT("控制目标"),
                                    PL_S_INIT("目标"), PL_S_INIT("任务"),
                                    PL_S_INIT("要求")};

static size_t starts_with_any(pl_str s, const pl_str *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (pl_str_starts(s, words[i]))
            return words[i].n;
    return 0;
}

/* Name between 下达 and 目标; the whole clause is the phrase. */
static pl_status read_verb_first(pl_ctx *cx, const clause_in *in, pl_span at, bool *done)
{
    pl_str s = pl_str_sub(in->f->s, at.at, at.n), text, name;
    pl_phrase_opts opts = {.year = in->year};
    size_t from = 0, end = s.n;
    pl_phrase *p;

    *done = false;
    if (!starts_with_any(s, reach_words, PL_COUNT(reach_words)))
        return PL_OK;
    for (size_t i = 0; i < PL_COUNT(given_words) && from == 0; i++) {
        size_t hit = pl_str_find(s, given_words[i], 0);

        from = hit == PL_NOPOS ? 0 : hit + given_words[i].n;
    }
    for (size_t i = 0; i < PL_COUNT(goal_words) && end == s.n; i++)
        if (pl_str_ends(s, goal_words[i]))
            end = s.n - goal_words[i].n;
    if (from == 0 || end == s.n || end <= from)
        return PL_OK;
    PL_TRY(as_written(cx, in, (pl_span){at.at + from, end - from}, &name));
    PL_TRY(as_written(cx, in, at, &text));
    opts.name = name;
    PL_TRY(pl_phrase_parse(cx, text, &opts, &p));
    *done = true;
    return add(cx, in, name, text, p);
}

/* ---- one clause ---- */

/* Words before a name that are not of it. */
static const pl_str lead_words[] = {
    PL_S_INIT("力争"),     PL_S_INIT("确保"), PL_S_INIT("其中"), PL_S_INIT("以及"),
    PL_S_INIT("同时"),     PL_S_INIT("努力"), PL_S_INIT("并"),   PL_S_INIT("一是"),
    PL_S_INIT("二是"),     PL_S_INIT("三是"), PL_S_INIT("四是"), PL_S_INIT("五是"),
    PL_S_INIT("五年累计"), PL_S_INIT("累计"), PL_S_INIT("——"),   PL_S_INIT("--"),
    PL_S_INIT("-"),        PL_S_INIT("·"),
};

/* `at` without a label (经济发展方面:) and lead words before the name. */
static pl_span without_lead(pl_str folded, pl_span at)
{
    pl_str s = pl_str_sub(folded, at.at, at.n);
    size_t colon = pl_str_find(s, PL_S(":"), 0), n;

    if (colon != PL_NOPOS && first_digit(pl_str_sub(s, 0, colon)) == colon)
        s = pl_str_tail(s, colon + 1);
    while ((n = starts_with_any(s, lead_words, PL_COUNT(lead_words))) > 0)
        s = pl_str_tail(s, n);
    return (pl_span){at.at + at.n - s.n, s.n};
}

/* `at` without an aside at its end (增长4.5%左右、力争更好结果); empty when all of it is
 * one. *had says that there was one. */
static pl_span without_aside(const pl_lexicon *lx, pl_str folded, pl_span at, bool *had)
{
    pl_str s = pl_str_sub(folded, at.at, at.n);

    *had = false;
    for (size_t i = 0;; i++) {
        const pl_word *w = pl_lexicon_row(lx, PL_WORD_ASIDE, i);
        size_t hit;

        if (!w)
            break;
        hit = pl_str_find(s, w->word, 0);
        if (hit != PL_NOPOS) {
            *had = true;
            s = pl_str_sub(s, 0, hit);
        }
    }
    while (pl_str_ends(s, PL_S("、")) || pl_str_ends(s, PL_S(",")))
        s.n -= pl_str_ends(s, PL_S(",")) ? 1 : PL_S("、").n;
    return (pl_span){at.at, s.n};
}

/* A label of the figure's basis at the end of the name (…收入同口径|增长5%) is of the
 * phrase. */
static pl_status take_basis(pl_ctx *cx, const clause_in *in, pl_span at, size_t *where,
                            pl_phrase **p)
{
    const pl_word *basis =
        pl_lexicon_end(cx->lexicon, PL_WORDS(BASIS), pl_str_sub(in->f->s, at.at, *where));
    pl_phrase_opts opts = {.year = in->year};
    pl_phrase *whole;
    pl_str text;

    if (!basis || basis->word.n + NAME_MIN_BYTES > *where)
        return PL_OK;
    *where -= basis->word.n;
    PL_TRY(as_written(cx, in, (pl_span){at.at + *where, at.n - *where}, &text));
    PL_TRY(pl_phrase_parse(cx, text, &opts, &whole));
    if (whole->complete)
        *p = whole;
    return PL_OK;
}

static pl_status read_plain(pl_ctx *cx, const clause_in *in, pl_span at)
{
    size_t where = 0;
    pl_phrase *p;
    pl_str name, text;

    PL_TRY(find_phrase(cx, in, at, &where, &p));
    if (!p)
        return PL_OK;
    PL_TRY(take_basis(cx, in, at, &where, &p));
    PL_TRY(as_written(cx, in, (pl_span){at.at, where}, &name));
    PL_TRY(as_written(cx, in, (pl_span){at.at + where, at.n - where}, &text));
    if (pl_longer_than(name, NAME_MAX_CHARS))
        return PL_OK;
    return add(cx, in, name, text, p);
}

pl_status pl_goal_clause_read(pl_ctx *cx, const pl_fold *f, pl_str source, pl_span at,
                              int year, pl_goal_clause *out)
{
    clause_in in = {f, source, year, out};
    bool aside = false, done = false;
    pl_span c;

    *out = (pl_goal_clause){0};
    clause_end(pl_str_sub(f->s, at.at, at.n), out);
    c = without_lead(f->s, (pl_span){at.at, out->n});
    c = without_aside(cx->lexicon, f->s, c, &aside);
    PL_TRY(read_lists(cx, &in, pl_str_sub(f->s, c.at, c.n), &done));
    if (!done)
        PL_TRY(read_verb_first(cx, &in, c, &done));
    if (!done)
        PL_TRY(read_plain(cx, &in, c));
    out->understood = out->goals.n > 0 || aside || c.n == 0;
    return PL_OK;
}
