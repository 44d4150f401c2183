#include "phrase/parse.h"

/* Brackets. Each opening one is matched with its closing one in one pass; one that does
 * not fit is an ordinary character. Inside {…} nothing counts. */

static const struct bracket {
    pl_str open, close;
} brackets[] = {
    {PL_S_INIT("("), PL_S_INIT(")")},   {PL_S_INIT("["), PL_S_INIT("]")},
    {PL_S_INIT("〔"), PL_S_INIT("〕")}, {PL_S_INIT("【"), PL_S_INIT("】")},
    {PL_S_INIT("“"), PL_S_INIT("”")},   {PL_S_INIT("《"), PL_S_INIT("》")},
};

static bool has_brackets(pl_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (pl_parse_may_be_bracket(s.p[i]))
            return true;
    return false;
}

/* The } that ends the literal at `at`, 0 when there is none. */
static size_t literal_end(pl_str s, size_t at)
{
    for (size_t i = at + 1; i < s.n; i++) {
        if (s.p[i] != '}')
            continue;
        if (i + 1 < s.n && s.p[i + 1] == '}')
            i++;
        else
            return i;
    }
    return 0;
}

typedef struct matching {
    pl_str s;
    uint32_t *match, *kind; /* kind: of an open one, its row; match: the open one around
                               it + 1, until it is closed */
    uint32_t top;           /* the innermost open one + 1, 0 = none */
    size_t open[PL_COUNT(brackets)]; /* open ones of each kind */
    size_t depth, deepest;
} matching;

/* Close the innermost open bracket of kind k; those inside it were never closed. */
static void close_bracket(matching *m, uint32_t k, size_t at)
{
    bool found = false;

    while (m->open[k] && !found) {
        uint32_t open = m->top - 1;

        found = m->kind[open] == k;
        m->top = m->match[open];
        m->match[open] = found ? (uint32_t)at : 0;
        m->open[m->kind[open]]--;
        m->depth--;
    }
}

/* Bytes of the bracket at i, 0 when there is none. */
static size_t match_one(matching *m, size_t i)
{
    pl_str rest = pl_str_tail(m->s, i);

    for (uint32_t k = 0; k < PL_COUNT(brackets); k++) {
        if (pl_str_starts(rest, brackets[k].open)) {
            m->match[i] = m->top;
            m->kind[i] = k;
            m->top = (uint32_t)i + 1;
            m->open[k]++;
            if (++m->depth > m->deepest)
                m->deepest = m->depth;
            return brackets[k].open.n;
        }
        if (pl_str_starts(rest, brackets[k].close)) {
            close_bracket(m, k, i);
            return brackets[k].close.n;
        }
    }
    return 0;
}

pl_status pl_parse_match(pl_parser *p)
{
    matching m = {.s = p->fold.s};

    if (!has_brackets(m.s))
        return PL_OK;
    m.match = PL_NEW_N(p->cx->arena, uint32_t, m.s.n);
    m.kind = PL_NEW_N(p->cx->arena, uint32_t, m.s.n);
    if (!m.match || !m.kind)
        return pl_fail_memory(p->cx);
    for (size_t i = 0; i < m.s.n;) {
        size_t n = pl_parse_may_be_bracket(m.s.p[i]) ? match_one(&m, i) : 0;

        if (m.s.p[i] == '{' && literal_end(m.s, i)) {
            m.match[i] = (uint32_t)literal_end(m.s, i);
            n = m.match[i] + 1 - i;
        }
        i += n ? n : 1;
        if (m.deepest > p->cx->limits.depth)
            return pl_fail(p->cx, PL_ELIMIT, pl_fold_span(&p->fold, i - 1, 1).at,
                           "brackets deeper than %zu", p->cx->limits.depth);
    }
    while (m.top) { /* never closed */
        uint32_t open = m.top - 1;

        m.top = m.match[open];
        m.match[open] = 0;
    }
    p->match = m.match;
    return PL_OK;
}

size_t pl_parse_close(const pl_parser *p, size_t at)
{
    size_t close = p->match ? p->match[at] : 0;

    return close < p->end ? close : 0;
}
