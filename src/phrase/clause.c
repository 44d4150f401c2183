#include "phrase/parse.h"

#include "text/utf8.h"

/* A clause's body: a core that begins it; or a core behind words that name the quantity
 * (优良水体比例75); prefixes of time and manner may stand before either. */

enum { MOST_LABELS = 8 }; /* a:b:5 are two; more is no phrase */

/* The first core behind words, best when it reaches the end of the expression. */
typedef struct found {
    pl_node *n, *left; /* left: what it could not say, see parse.h */
    size_t begin, end;
} found;

static bool is_word_byte(char c)
{
    return pl_is_alpha(c) || pl_is_digit(c);
}

/* The next place where a core may begin: not inside an ASCII word, a figure or quotes. */
static size_t next_place(const pl_parser *p, size_t at)
{
    const char *s = p->fold.s.p;

    if (!is_word_byte(s[at]) && pl_parse_close(p, at))
        at = pl_parse_close(p, at);
    if (!is_word_byte(s[at]))
        return at + pl_utf8_len((unsigned char)s[at]);
    while (at < p->end && (is_word_byte(s[at]) ||
                           (s[at] == '.' && at + 1 < p->end && pl_is_digit(s[at + 1]))))
        at++;
    return at;
}

/* Words that belong to the reading of a clause end at brackets. */
static bool stops(const pl_parser *p, size_t at)
{
    pl_parser look = *p;

    look.at = at;
    return pl_parse_ended(&look);
}

/* The end of a label without the colons behind it. */
static size_t label_trim(const pl_parser *p, size_t from, size_t end)
{
    while (end > from && (p->fold.s.p[end - 1] == ':' || p->fold.s.p[end - 1] == ' '))
        end--;
    return end;
}

static pl_node *qualified(pl_parser *p, const found *f, size_t from)
{
    pl_node *n;

    p->at = f->end;
    p->left = f->left;
    if (f->begin == from)
        return f->n;
    n = pl_parse_wrap(p, PL_NODE_QUALIFIER, f->n, from);
    if (n) {
        pl_node *named = n;

        while (named->kind == PL_NODE_BY)
            named = named->kid;
        named->text = pl_parse_text(p, from, label_trim(p, from, f->begin));
    }
    return n;
}

/* A core is done here: the expression ends, or another one is joined to it. */
static bool closes(pl_parser *p)
{
    pl_str rest = pl_parse_rest(p);

    if (pl_parse_ended(p))
        return true;
    (void)pl_str_eat(&rest, PL_S(" "));
    return pl_str_starts(rest, PL_S("of ")) || pl_str_starts(rest, PL_S("per ")) ||
           pl_parse_joined_ahead(p);
}

/* Words before a core that turn it round, or make its figure a place in a row: 未完成,
 * 不稳定, 第9位, not stable. */
static bool denied(const pl_parser *p, size_t from, size_t at)
{
    static const pl_str denials[] = {
        PL_S_INIT("不"),   PL_S_INIT("未"),    PL_S_INIT("没"),   PL_S_INIT("没有"),
        PL_S_INIT("尚未"), PL_S_INIT("无法"),  PL_S_INIT("难以"), PL_S_INIT("第"),
        PL_S_INIT("not "), PL_S_INIT("never ")};
    pl_str before = pl_parse_slice(p, from, at);

    for (size_t i = 0; i < PL_COUNT(denials); i++)
        if (pl_str_ends(before, denials[i]))
            return true;
    return false;
}

/* Letters or ideographs: what can name a quantity. */
static bool names(pl_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80 || pl_is_alpha(s.p[i]))
            return true;
    return false;
}

/* A deadline or a sum of nothing names no quantity. */
static bool is_empty(const pl_node *n)
{
    return n->kind == PL_NODE_NONE ||
           ((n->kind == PL_NODE_BY || n->kind == PL_NODE_CUMULATIVE) && n->kid &&
            is_empty(n->kid));
}

/* The first core from `at` on that reaches an end, else the first one. */
static pl_node *scan(pl_parser *p, size_t from, found first)
{
    size_t at = from, next;

    if (at < p->end && !stops(p, at))
        at = first.n ? first.end : next_place(p, at);
    for (; at < p->end && !stops(p, at) && p->st == PL_OK; at = next) {
        found f = {.begin = at};

        next = next_place(p, at);
        if (p->fold.s.p[at] == ' ' || denied(p, from, at))
            continue;
        p->at = at;
        f.n = pl_parse_core(p, false);
        f.end = p->at;
        f.left = p->left;
        if (!f.n || is_empty(f.n))
            continue;
        next = f.end;
        if (!names(pl_parse_slice(p, from, at)))
            continue;
        if (closes(p))
            return qualified(p, &f, from);
        if (!first.n)
            first = f;
    }
    p->at = from;
    return first.n ? qualified(p, &first, from) : NULL;
}

/* `label:` at the start; its end, 0 when there is none. A ratio 5:3 is no label. */
static size_t label_end(const pl_parser *p)
{
    for (size_t i = p->at; i < p->end; i++) {
        char c = p->fold.s.p[i];

        if (c == '(' || c == '{' || c == ')' || c == '}')
            return 0;
        if (c == ':')
            return names(pl_parse_slice(p, p->at, i)) ? i : 0;
    }
    return 0;
}

static pl_node *body_behind_label(pl_parser *p)
{
    pl_node *n = NULL;

    if (p->labels < MOST_LABELS) {
        p->labels++;
        n = pl_parse_body(p);
        p->labels--;
    }
    return n;
}

static pl_node *labelled(pl_parser *p, size_t colon)
{
    size_t from = p->at;
    pl_node *kid;
    found f;

    p->at = colon + 1;
    kid = body_behind_label(p);
    if (!kid) {
        p->at = from;
        return NULL;
    }
    f = (found){.n = kid, .left = p->left, .begin = colon, .end = p->at};
    return qualified(p, &f, from);
}

/* No figure yet, said somewhere in the clause: 该指标年底出上年数据. */
static pl_node *pending_within(pl_parser *p)
{
    size_t from = p->at, end = from;
    const pl_word *w;
    pl_node *n;

    while (end < p->end && !stops(p, end))
        end = next_place(p, end);
    w = pl_lexicon_in(p->lx, PL_WORDS(PENDING), pl_parse_slice(p, from, end), NULL);
    if (!w || !pl_word_is(w, 0, "within"))
        return NULL;
    p->at = end;
    p->left = NULL;
    n = pl_parse_node(p, PL_NODE_PENDING, from);
    if (n)
        n->text = pl_parse_text(p, from, end);
    return n;
}

/* The indicator's own name at the start is a qualifier, whatever is in it. */
static pl_node *own_name(pl_parser *p)
{
    size_t from = p->at;
    pl_node *kid;
    found f;

    if (!p->opts->name.n || !pl_str_starts(pl_parse_rest(p), p->opts->name) ||
        p->opts->name.n == p->end - p->at)
        return NULL;
    p->at += p->opts->name.n;
    if (pl_parse_peek(p) == ':')
        p->at++;
    kid = body_behind_label(p);
    if (!kid) {
        p->at = from;
        return NULL;
    }
    f = (found){.n = kid, .left = p->left, .begin = from + p->opts->name.n, .end = p->at};
    return qualified(p, &f, from);
}

/* A core that begins the body, read strictly or loosely; true when it is all of it. */
static bool first_core(pl_parser *p, bool loose, found *first)
{
    found f = {.begin = p->at};

    f.n = pl_parse_core(p, loose);
    f.end = p->at;
    f.left = p->left;
    if (f.n && !first->n)
        *first = f;
    if (f.n && closes(p))
        return true;
    p->at = f.begin;
    return false;
}

pl_node *pl_parse_body(pl_parser *p)
{
    found first = {0}, loose = {0};
    size_t from, colon;
    pl_node *n;

    while (pl_parse_peek(p) == ':' || pl_parse_peek(p) == ' ')
        p->at++;
    from = p->at;
    if (first_core(p, false, &first))
        return first.n;
    n = own_name(p);
    if (!n)
        n = pending_within(p);
    if (n)
        return n;
    if (first_core(p, true, &loose))
        return loose.n;
    if (!first.n)
        first = loose;
    colon = label_end(p);
    n = colon && !(first.n && first.end > colon) ? labelled(p, colon) : NULL;
    return n ? n : scan(p, from, first);
}
