#include "phrase/parse.h"

#include "text/year.h"

/* Words of time: 到2025年, 五年, 年均, 较2015年, by 2030, a year, over five years. They
 * begin an expression, or (English) follow one. */

enum {
    NO_NOW = 9999, /* stands for "this year" where that is not known */
    YEARS_MAX = 100
};

static const pl_word *term_at(const pl_parser *p)
{
    return pl_parse_word(p, PL_WORDS(TERM));
}

static bool is_use(const pl_word *w, const char *use)
{
    return w && pl_word_is(w, 0, use);
}

/* A term word with this use, read. Words have one use each; `in` and `from` lead in more
 * ways, so other words of the same use stand for them in the lexicon. */
static bool eat_use(pl_parser *p, const char *use)
{
    const pl_word *w = term_at(p);

    if (!is_use(w, use))
        return false;
    pl_parse_take(p, w);
    return true;
}

typedef struct when {
    int year, years;
    bool previous; /* the year before this one */
    bool unknown;  /* 去年, where this year is not known */
} when;

/* Four digits alone are a year only behind a word that asks for one. */
static bool bare_year(pl_parser *p, int *year)
{
    pl_str s = pl_parse_rest(p);

    if (s.n < 4 || (s.n > 4 && (pl_is_digit(s.p[4]) || s.p[4] == '.' || s.p[4] == '%')))
        return false;
    *year = 0;
    for (size_t i = 0; i < 4; i++) {
        if (!pl_is_digit(s.p[i]))
            return false;
        *year = *year * 10 + (s.p[i] - '0');
    }
    if (*year < 1900 || *year > 2100)
        return false;
    p->at += 4;
    return true;
}

/* A year or a term of years here; bare: 2030 without 年 is one too. */
static bool eat_period(pl_parser *p, bool bare, when *w)
{
    int now = p->opts->year ? p->opts->year : NO_NOW;
    pl_period found = pl_period_at(pl_parse_rest(p), now);

    *w = (when){0};
    if (!found.n)
        return bare && bare_year(p, &w->year);
    p->at += found.n;
    w->year = found.year;
    if (found.first < found.year)
        w->years = found.year - found.first + 1;
    w->previous = found.year == now - 1;
    if (!p->opts->year && found.year >= NO_NOW - 2)
        w->year = 0;
    w->unknown = w->year == 0 && found.year != now;
    return true;
}

/* Lay a number of years on the change or sum it is said of; figures become a sum. */
static pl_node *lay_years(pl_parser *p, pl_node *n, int years, size_t from)
{
    pl_node *at = n;

    while (at && at->kid &&
           (at->kind == PL_NODE_BY || at->kind == PL_NODE_QUALIFIER ||
            at->kind == PL_NODE_PROVISIONAL))
        at = at->kid;
    switch (at->kind) {
    case PL_NODE_CHANGE:
    case PL_NODE_CUMULATIVE:
        if (!at->years)
            at->years = years;
        return n;
    case PL_NODE_NUMBER:
    case PL_NODE_RANGE:
    case PL_NODE_ABOUT:
    case PL_NODE_BOUND:
        n = pl_parse_wrap(p, PL_NODE_CUMULATIVE, n, from);
        at = n;
        while (at && at->kind == PL_NODE_BY)
            at = at->kid;
        if (at)
            at->years = years;
        return n;
    case PL_NODE_LEVEL:
    case PL_NODE_BY:
    case PL_NODE_TREND:
    case PL_NODE_REFERENCE:
    case PL_NODE_FALLBACK:
    case PL_NODE_AMENDED:
    case PL_NODE_PROVISIONAL:
    case PL_NODE_BASIS:
    case PL_NODE_ASSERTED:
    case PL_NODE_PENDING:
    case PL_NODE_NONE:
    case PL_NODE_QUALIFIER:
    case PL_NODE_NOTE:
    case PL_NODE_KIND_COUNT:
        break;
    }
    return NULL;
}

/* 年均: laid on the change, else on the first figure. */
static bool lay_per_year(pl_node *n)
{
    while (n && n->kind != PL_NODE_CHANGE && n->kind != PL_NODE_NUMBER) {
        if (n->kind == PL_NODE_LEVEL && n->kid && n->kid->next)
            return false;
        n = n->kid;
    }
    if (!n)
        return false;
    n->per_year = true;
    return true;
}

static bool lay_base(pl_node *n, const when *w)
{
    n = pl_parse_inner(n);
    if (n && n->kind == PL_NODE_TREND)
        return w->previous;
    if (!n || n->kind != PL_NODE_CHANGE)
        return false;
    if (!w->previous)
        n->year = w->year;
    return w->previous || w->year;
}

/* `五年`, `5-year`: years in *years. */
static bool eat_years(pl_parser *p, int *years)
{
    size_t from = p->at;
    pl_number num;
    const pl_word *w;

    if (!pl_number_at(p->lx, pl_parse_rest(p), false, true, &num) || num.percent)
        return false;
    p->at += num.n;
    pl_parse_space(p);
    w = term_at(p);
    if (num.value.scale == 0 && num.value.coef >= 1 && num.value.coef <= YEARS_MAX &&
        is_use(w, "years")) {
        pl_parse_take(p, w);
        *years = (int)num.value.coef;
        return true;
    }
    p->at = from;
    return false;
}

static pl_node *years_first(pl_parser *p, bool loose, size_t from)
{
    int years;
    pl_node *kid;

    if (!eat_years(p, &years))
        return NULL;
    if (pl_parse_peek(p) == '-' || pl_parse_peek(p) == '~' || pl_parse_peek(p) == ':')
        return NULL; /* 8年-9年 is a range, 五年: a label */
    kid = pl_parse_inside(p, loose);
    return kid ? lay_years(p, kid, years, from) : NULL;
}

static pl_node *per_year_first(pl_parser *p, bool loose)
{
    pl_node *kid = pl_parse_inside(p, loose);

    return kid && lay_per_year(kid) ? kid : NULL;
}

/* 较2015年, with 相比 behind it or without. */
static bool eat_base(pl_parser *p, when *w)
{
    if (!eat_period(p, true, w))
        return false;
    pl_parse_space(p);
    while (eat_use(p, "base_tail"))
        pl_parse_space(p);
    return true;
}

static pl_node *base_first(pl_parser *p, const when *w, bool loose)
{
    pl_node *kid;

    if (pl_parse_peek(p) == ',')
        p->at++;
    kid = pl_parse_inside(p, loose);
    return kid && lay_base(kid, w) ? kid : NULL;
}

pl_node *pl_parse_than(pl_parser *p, pl_node *n)
{
    static const pl_str links[] = {PL_S_INIT("in "), PL_S_INIT("the "),
                                   PL_S_INIT("than ")};
    when t;

    for (size_t i = 0; i < PL_COUNT(links); i++) {
        if (pl_str_starts(pl_parse_rest(p), links[i])) {
            p->at += links[i].n;
            break;
        }
    }
    return eat_base(p, &t) && lay_base(n, &t) ? n : NULL;
}

/* Node of a deadline; alone it binds nothing (yet). */
static pl_node *by(pl_parser *p, const when *w, pl_node *kid, size_t from)
{
    pl_node *n = pl_parse_node(p, PL_NODE_BY, from);

    if (!n)
        return NULL;
    n->year = w->year;
    n->kid = kid;
    if (kid && w->years) {
        pl_node *at = kid;

        while (at && at->kind == PL_NODE_QUALIFIER)
            at = at->kid;
        if (at && !at->years && !at->per_year &&
            (at->kind == PL_NODE_CUMULATIVE || at->kind == PL_NODE_CHANGE))
            at->years = w->years;
    }
    if (!kid)
        n->kid = pl_parse_node(p, PL_NODE_NONE, p->at);
    return n->kid ? n : NULL;
}

static pl_node *by_first(pl_parser *p, const when *w, bool loose, size_t from)
{
    pl_node *kid = NULL;

    if (w->unknown)
        return NULL;
    for (int i = 0; i < 2 && eat_use(p, "tail"); i++)
        pl_parse_space(p);
    if (eat_use(p, "base_tail"))
        return base_first(p, w, loose);
    if (pl_parse_peek(p) == ':')
        p->at++;
    if (!pl_parse_ended(p)) {
        kid = pl_parse_inside(p, loose);
        if (!kid)
            return NULL;
    }
    return by(p, w, kid, from);
}

/* Behind a word that leads to a year: 到, by the end of. */
static pl_node *lead_first(pl_parser *p, bool loose, size_t from)
{
    const pl_word *w;
    when t;

    if (eat_period(p, true, &t))
        return by_first(p, &t, loose, from);
    w = term_at(p);
    if (!is_use(w, "year_end"))
        return NULL;
    pl_parse_take(p, w);
    t = (when){.year = p->opts->year};
    return by_first(p, &t, loose, from);
}

static pl_node *word_first(pl_parser *p, const pl_word *w, bool loose, size_t from)
{
    when t = {0};

    pl_parse_take(p, w);
    if (is_use(w, "per_year"))
        return per_year_first(p, loose);
    if (is_use(w, "previous")) {
        t.previous = true;
        return base_first(p, &t, loose);
    }
    if (is_use(w, "base"))
        return eat_base(p, &t) ? base_first(p, &t, loose) : NULL;
    if (is_use(w, "lead"))
        return lead_first(p, loose, from);
    if (is_use(w, "year_end")) {
        t.year = p->opts->year;
        return by_first(p, &t, loose, from);
    }
    return NULL;
}

/* `2022: 12.1` */
static bool year_label(pl_parser *p, when *t)
{
    size_t from = p->at;

    *t = (when){0};
    if (from == p->begin && bare_year(p, &t->year) && pl_parse_peek(p) == ':')
        return true;
    p->at = from;
    return false;
}

pl_node *pl_parse_time(pl_parser *p, bool loose)
{
    size_t from = p->at;
    const pl_word *w;
    pl_node *n = NULL;
    when t;

    if (eat_period(p, false, &t) || year_label(p, &t))
        n = by_first(p, &t, loose, from);
    if (!n) {
        p->at = from;
        n = years_first(p, loose, from);
    }
    if (!n) {
        p->at = from;
        w = term_at(p);
        n = w ? word_first(p, w, loose, from) : NULL;
    }
    if (!n)
        p->at = from;
    return n;
}

/* First characters of numerals and of words for years, see text/year.c. */
static const char time_starts[] = "一二三四五六七八九十两〇今去上本前明第“";

bool pl_parse_may_be_time(const pl_parser *p)
{
    pl_str s = pl_parse_rest(p);
    size_t digits = 0;

    if (s.n == 0 || pl_is_alpha(s.p[0]))
        return false;
    if ((unsigned char)s.p[0] >= 0x80) {
        for (size_t i = 0; i + 3 < sizeof time_starts; i += 3)
            if (s.n >= 3 && memcmp(s.p, time_starts + i, 3) == 0)
                return true;
        return false;
    }
    while (digits < s.n && digits < 5 && pl_is_digit(s.p[digits]))
        digits++;
    if (digits == 0 || digits == 5 || digits == s.n)
        return false;
    s = pl_str_tail(s, digits);
    return pl_str_starts(s, PL_S("年")) || pl_str_starts(s, PL_S("个年")) ||
           s.p[0] == 'y' || s.p[0] == ' ' ||
           (s.n > 1 && s.p[0] == '-' &&
            (s.p[1] == 'y' || s.p[1] == 'Y' || digits == 4)) ||
           (digits == 4 && ((unsigned char)s.p[0] >= 0x80 || s.p[0] == ':')) ||
           s.p[0] == '~';
}

bool pl_parse_by_ahead(const pl_parser *p)
{
    pl_parser look = *p; /* reads no nodes */
    const pl_word *w;
    when t;

    pl_parse_space(&look);
    w = term_at(&look);
    if (!w || !pl_is_alpha(w->word.p[0]))
        return false;
    if (is_use(w, "year_end") || is_use(w, "previous") || is_use(w, "per_year"))
        return true;
    pl_parse_take(&look, w);
    return (is_use(w, "lead") || is_use(w, "base")) && eat_period(&look, true, &t);
}

/* Behind `over`: five years. */
static pl_node *over_behind(pl_parser *p, pl_node *n, size_t from)
{
    int years;

    if (!eat_years(p, &years))
        return NULL;
    (void)from;
    return lay_years(p, n, years, from);
}

/* `by 2030` around n; a base year only where something changes. */
static pl_node *year_behind(pl_parser *p, const pl_word *w, pl_node *n, size_t from)
{
    size_t at = p->at;
    when t;

    if (is_use(w, "base")) {
        if (eat_base(p, &t) && lay_base(n, &t))
            return n;
        p->at = at;
    }
    if (is_use(w, "base") || is_use(w, "over") || is_use(w, "lead")) {
        pl_node *over = over_behind(p, n, from);

        if (over)
            return over;
        p->at = at;
    }
    if ((is_use(w, "lead") || is_use(w, "over")) && eat_period(p, true, &t)) {
        pl_node *b = by(p, &t, n, from);

        return b;
    }
    return NULL;
}

static pl_node *one_behind(pl_parser *p, const pl_word *w, pl_node *n, size_t from)
{
    when t = {.previous = true};

    if (is_use(w, "per_year"))
        return lay_per_year(n) ? n : NULL;
    if (is_use(w, "previous"))
        return lay_base(n, &t) ? n : NULL;
    if (is_use(w, "year_end")) {
        t.year = p->opts->year;
        return by(p, &t, n, from);
    }
    return year_behind(p, w, n, from);
}

enum { MOST_BEHIND = 4 }; /* words of time behind one expression */

pl_node *pl_parse_time_behind(pl_parser *p, pl_node *n, size_t from)
{
    for (int i = 0; i < MOST_BEHIND; i++) {
        size_t at = p->at;
        const pl_word *w;
        pl_node *now;

        pl_parse_space(p);
        if (!pl_is_alpha(pl_parse_peek(p)) || !(w = term_at(p))) {
            p->at = at;
            return n;
        }
        pl_parse_take(p, w);
        now = one_behind(p, w, n, from);
        if (!now) {
            p->at = at;
            return n;
        }
        n = now;
    }
    return n;
}
