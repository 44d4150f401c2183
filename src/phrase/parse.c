#include "phrase/parse.h"

#include "text/utf8.h"

/* Helpers of the reader, and the chain of clauses. */

enum { STEPS_PER_BYTE = 12, STEPS_LEAST = 256 };

pl_node *pl_parse_node(pl_parser *p, pl_node_kind kind, size_t from)
{
    pl_node *n = p->st == PL_OK ? PL_NEW(p->cx->arena, pl_node) : NULL;

    if (!n) {
        p->st = PL_ENOMEM;
        return NULL;
    }
    n->kind = kind;
    n->at = pl_fold_span(&p->fold, from, p->at - from);
    return n;
}

pl_node *pl_parse_wrap(pl_parser *p, pl_node_kind kind, pl_node *kid, size_t from)
{
    pl_node *n = pl_parse_node(p, kind, from), *low = kid;

    if (!n)
        return NULL;
    if (kid->kind != PL_NODE_BY ||
        (kind != PL_NODE_QUALIFIER && kind != PL_NODE_CUMULATIVE)) {
        n->kid = kid;
        return n;
    }
    while (low->kid->kind == PL_NODE_BY)
        low = low->kid;
    n->kid = low->kid;
    low->kid = n;
    kid->at = n->at;
    return kid;
}

const pl_word *pl_parse_word(const pl_parser *p, pl_words classes)
{
    return pl_lexicon_at(p->lx, classes, pl_parse_rest(p));
}

/* A word of `text` that ends where `rest` lets one end: not inside an ASCII word. */
static bool ends_in(pl_str rest, size_t n)
{
    return n == rest.n || !pl_is_alpha(rest.p[n - 1]) || !pl_is_alpha(rest.p[n]);
}

const pl_word *pl_parse_next_word(const pl_parser *p, pl_words classes, pl_words *left,
                                  const pl_word *last)
{
    pl_str rest = pl_parse_rest(p);
    size_t limit = last ? last->word.n : rest.n;
    const pl_word *w;

    if (last) {
        *left &= ~(1u << last->class);
        w = *left ? pl_lexicon_whole(p->lx, *left, pl_str_sub(rest, 0, limit)) : NULL;
        if (w)
            return w;
        *left = classes;
        limit--;
    }
    do {
        w = limit ? pl_lexicon_at(p->lx, classes, pl_str_sub(rest, 0, limit)) : NULL;
        limit = w ? w->word.n - 1 : 0;
    } while (w && !ends_in(rest, w->word.n));
    return w;
}

void pl_parse_space(pl_parser *p)
{
    while (pl_parse_peek(p) == ' ')
        p->at++;
}

void pl_parse_take(pl_parser *p, const pl_word *w)
{
    p->at += w->word.n;
    pl_parse_space(p);
}

bool pl_word_is(const pl_word *w, size_t i, const char *what)
{
    return pl_str_eq(w->field[i], pl_str_from(what));
}

pl_dir pl_word_dir(const pl_word *w)
{
    for (int d = PL_DIR_UP; d < PL_DIR_COUNT; d++)
        if (pl_str_eq(w->field[0], pl_dir_token((pl_dir)d)))
            return (pl_dir)d;
    return PL_DIR_NONE;
}

pl_str pl_parse_text(pl_parser *p, size_t from, size_t to)
{
    pl_str s = pl_str_trim(pl_parse_slice(p, from, to)), again;

    if (p->st != PL_OK || !s.n || !memchr(s.p, ' ', s.n))
        return s;
    p->st = pl_fold_str(p->cx, s, &again);
    return p->st == PL_OK ? again : s;
}

pl_node *pl_parse_inner(pl_node *n)
{
    while (n && (n->kind == PL_NODE_BY || n->kind == PL_NODE_QUALIFIER ||
                 n->kind == PL_NODE_PROVISIONAL || n->kind == PL_NODE_CUMULATIVE))
        n = n->kid;
    return n;
}

void pl_chain_add(pl_chain *c, pl_node *n)
{
    *c->tail = n;
    while (n->next)
        n = n->next;
    c->tail = &n->next;
}

/* Clauses. */

static const pl_str separators[] = {PL_S_INIT(","),  PL_S_INIT(";"),  PL_S_INIT("、"),
                                    PL_S_INIT("。"), PL_S_INIT("\n"), PL_S_INIT("!"),
                                    PL_S_INIT("?")};

/* Words between clauses; only where a clause follows them. */
static const pl_str conjunctions[] = {
    PL_S_INIT("and "), PL_S_INIT("but "), PL_S_INIT("then "), PL_S_INIT("with "),
    PL_S_INIT("并且"), PL_S_INIT("并"),   PL_S_INIT("且"),    PL_S_INIT("而且"),
    PL_S_INIT("同时"), PL_S_INIT("其中"), PL_S_INIT("和"),    PL_S_INIT("或")};

/* The comma of 1,234: an ASCII one, up to three digits before it, three behind it. */
static bool groups_digits(const pl_parser *p, size_t at)
{
    pl_str s = pl_parse_slice(p, at, p->end);
    const uint32_t *src = p->fold.src;
    size_t before = 0;

    if (s.p[0] != ',' || s.n < 4 || p->fold.text.p[src[at]] != ',' ||
        src[at + 1] != src[at] + 1)
        return false;
    while (before < at && before < 4 && pl_is_digit(s.p[-1 - (ptrdiff_t)before]))
        before++;
    if (before == 0 || before > 3)
        return false;
    if (at > before &&
        (pl_is_alpha(s.p[-1 - (ptrdiff_t)before]) || s.p[-1 - (ptrdiff_t)before] == '.'))
        return false;
    return pl_is_digit(s.p[1]) && pl_is_digit(s.p[2]) && pl_is_digit(s.p[3]) &&
           (s.n == 4 || !pl_is_digit(s.p[4]));
}

/* First bytes of all separators. */
static bool may_separate(char c)
{
    return c == ',' || c == ';' || c == '\n' || c == '!' || c == '?' || c == '\xE3';
}

static size_t separator_at(const pl_parser *p, size_t at)
{
    pl_str s = pl_parse_slice(p, at, p->end);

    if (!may_separate(s.p[0]) || groups_digits(p, at))
        return 0;
    for (size_t i = 0; i < PL_COUNT(separators); i++)
        if (pl_str_starts(s, separators[i]))
            return separators[i].n;
    return 0;
}

/* Where the clause that begins here ends: at the next separator outside of brackets. */
static size_t clause_end(const pl_parser *p)
{
    size_t i = p->at;

    while (i < p->end && !separator_at(p, i)) {
        size_t close = pl_parse_may_be_bracket(p->fold.s.p[i]) ? pl_parse_close(p, i) : 0;

        i = close ? close : i;
        i += pl_utf8_len((unsigned char)p->fold.s.p[i]);
    }
    return i < p->end ? i : p->end;
}

bool pl_parse_ended(const pl_parser *p)
{
    size_t at = p->at;
    char c;

    while (at < p->end && p->fold.s.p[at] == ' ')
        at++;
    if (at == p->end)
        return true;
    c = p->fold.s.p[at];
    return c == '(' || c == ')' || c == '{' || c == '}';
}

static bool conjunction(pl_parser *p)
{
    for (size_t i = 0; i < PL_COUNT(conjunctions); i++) {
        if (!pl_str_starts(pl_parse_rest(p), conjunctions[i]))
            continue;
        p->at += conjunctions[i].n;
        return true;
    }
    return false;
}

bool pl_parse_joined_ahead(pl_parser *p)
{
    size_t at = p->at;
    pl_node *left = p->left;
    bool ahead;

    pl_parse_space(p);
    ahead = conjunction(p) && pl_parse_core(p, false) != NULL;
    p->at = at;
    p->left = left;
    return ahead;
}

/* What the core before could not say stands behind it. */
static void left_add(pl_parser *p, pl_chain *c)
{
    if (p->left)
        pl_chain_add(c, p->left);
    p->left = NULL;
}

static void set_main(pl_parser *p, pl_chain *c, pl_node *n)
{
    if (!n)
        return;
    c->main = c->tail;
    pl_chain_add(c, n);
    left_add(p, c);
}

/* A chain in brackets that begins a clause is as good as without them. */
static bool bracketed_clause(pl_parser *p, pl_chain *c)
{
    size_t close = pl_parse_peek(p) == '(' ? pl_parse_close(p, p->at) : 0;
    size_t end = p->end, begin = p->begin;
    pl_chain in;

    if (!close)
        return false;
    p->at++;
    p->end = close;
    p->in_brackets++;
    pl_parse_chain(p, &in);
    p->in_brackets--;
    p->at = close + 1;
    p->end = end;
    p->begin = begin;
    if (in.first) {
        pl_node **main = in.main == &in.first ? c->tail : in.main;

        pl_chain_add(c, in.first);
        c->main = in.main ? main : c->main;
    }
    return true;
}

/* What follows a deadline and a comma is bound by it: 到2025年,达到37. */
static pl_node **deadline_kid(const pl_chain *c, bool comma)
{
    pl_node **kid = c->main;

    if (!comma || !kid || (*kid)->kind != PL_NODE_BY || (*kid)->next)
        return NULL;
    while ((*kid)->kind == PL_NODE_BY)
        kid = &(*kid)->kid;
    return (*kid)->kind == PL_NODE_NONE ? kid : NULL;
}

static bool main_of_clause(pl_parser *p, pl_chain *c, bool comma)
{
    pl_node *n, *note;

    if (bracketed_clause(p, c))
        return c->main != NULL;
    n = pl_parse_literal(p);
    if (!n)
        n = pl_parse_body(p);
    if (n && n->kind != PL_NODE_BY && deadline_kid(c, comma)) {
        *deadline_kid(c, comma) = n;
        left_add(p, c);
        return true;
    }
    if (n) {
        set_main(p, c, n);
        return true;
    }
    if (p->st != PL_OK)
        return false;
    if (p->in_brackets || pl_lexicon_whole(p->lx, PL_WORDS(STANDARD), pl_parse_rest(p))) {
        n = pl_parse_remainder(p, p->end); /* a remark, or a grade (Ⅱ类) */
        if (n)
            pl_chain_add(c, n);
        return false;
    }
    if (pl_lexicon_in(p->lx, PL_WORDS(ASIDE), pl_parse_rest(p), NULL)) {
        n = pl_parse_node(p, PL_NODE_QUALIFIER, p->at);
        if (n)
            n->text = pl_parse_text(p, p->at, p->end);
        p->at = p->end;
        if (n)
            pl_chain_add(c, n);
        return false;
    }
    note = pl_parse_node(p, PL_NODE_NOTE, p->at);
    if (note) {
        note->text = pl_parse_text(p, p->at, p->end);
        pl_chain_add(c, note);
    }
    p->at = p->end;
    return false;
}

/* `… and 100% by 2035`: another clause behind a conjunction. */
static bool joined(pl_parser *p, pl_chain *c)
{
    size_t at = p->at;
    pl_node *n;

    pl_parse_space(p);
    if (!conjunction(p)) {
        p->at = at;
        return false;
    }
    p->begin = p->at;
    n = pl_parse_body(p);
    if (!n) {
        p->at = at;
        return false;
    }
    set_main(p, c, n);
    pl_parse_tail(p, c);
    return true;
}

/* Where a remainder ends: before words of time that end the clause (of households by
 * 2030). */
static size_t remainder_end(const pl_parser *p)
{
    pl_parser look = *p;

    while (look.at < look.end) {
        if (pl_parse_peek(&look) == ' ' && pl_parse_by_ahead(&look))
            break;
        look.at += pl_utf8_len((unsigned char)look.fold.s.p[look.at]);
    }
    return look.at < look.end ? look.at : look.end;
}

/* `7.2, 调整为5.5` amends the clause before; alone it amends what is not said. */
static void amended_clause(pl_parser *p, pl_chain *c)
{
    pl_chain alone = {.tail = &alone.first};

    if (c->main) {
        pl_parse_tail(p, c);
        return;
    }
    set_main(p, &alone, pl_parse_node(p, PL_NODE_NONE, p->at));
    if (!alone.first)
        return;
    pl_parse_tail(p, &alone);
    if (alone.first->kind == PL_NODE_AMENDED)
        set_main(p, c, alone.first);
    else
        p->at = p->begin;
}

static void clause(pl_parser *p, pl_chain *c, bool comma)
{
    bool go_on;

    p->begin = p->at;
    if (!p->plain && pl_parse_word(p, PL_WORDS(AMENDED)))
        amended_clause(p, c);
    p->plain = false;
    if (p->at < p->end && p->at == p->begin && !main_of_clause(p, c, comma))
        return;
    pl_parse_tail(p, c);
    go_on = true;
    while (go_on && p->at < p->end && p->st == PL_OK) {
        pl_node *left;

        pl_parse_space(p);
        if (joined(p, c))
            continue;
        left = pl_parse_remainder(p, remainder_end(p));
        if (left)
            pl_chain_add(c, left);
        go_on = left != NULL;
        pl_parse_tail(p, c);
    }
    p->at = p->end;
}

static size_t skip_separators(pl_parser *p, bool *comma)
{
    size_t n, all = 0;

    *comma = false;
    for (; p->at < p->end; p->at += n, all += n) {
        n = separator_at(p, p->at);
        if (!n && (pl_parse_peek(p) == ' ' || pl_parse_peek(p) == ':'))
            n = 1;
        if (!n)
            break;
        *comma = pl_parse_peek(p) == ',';
    }
    return all;
}

void pl_parse_chain(pl_parser *p, pl_chain *c)
{
    size_t end = p->end;
    bool comma;

    *c = (pl_chain){.tail = &c->first};
    while (p->st == PL_OK) {
        (void)skip_separators(p, &comma);
        if (p->at >= end)
            break;
        p->end = end;
        p->end = clause_end(p);
        clause(p, c, comma);
        p->at = p->end;
        p->end = end;
    }
    p->end = end;
}

/* The phrase. */

static bool is_english(pl_str s)
{
    bool letters = false;

    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (c >= 0xE3 && c < 0xEF)
            return false;
        letters = letters || pl_is_alpha((char)c);
    }
    return letters;
}

static pl_status note_whole(pl_parser *p, pl_str text, pl_phrase *out)
{
    out->first = pl_parse_node(p, PL_NODE_NOTE, 0);
    if (!out->first)
        return pl_fail_memory(p->cx);
    out->first->at = (pl_span){0, out->text.n};
    out->first->text = text;
    return PL_OK;
}

static pl_status read_phrase(pl_parser *p, pl_phrase *out)
{
    pl_chain c;

    PL_TRY(pl_fold_make(p->cx, out->text, &p->fold));
    PL_TRY(pl_parse_match(p));
    p->end = p->fold.s.n;
    p->steps = p->end * STEPS_PER_BYTE + STEPS_LEAST;
    pl_parse_chain(p, &c);
    out->first = c.first;
    if (!out->first && p->st == PL_OK)
        out->first = pl_parse_node(p, PL_NODE_NONE, 0);
    out->english = is_english(p->fold.s);
    return p->st == PL_OK ? PL_OK : pl_fail_memory(p->cx);
}

/* Nodes whose canonical form has no words of the source in it: these can be said again.
 */
static bool is_plain(const pl_node *n)
{
    const unsigned plain = 1u << PL_NODE_NUMBER | 1u << PL_NODE_RANGE |
                           1u << PL_NODE_BOUND | 1u << PL_NODE_ABOUT |
                           1u << PL_NODE_CHANGE | 1u << PL_NODE_NONE |
                           1u << PL_NODE_LEVEL | 1u << PL_NODE_AMENDED;

    for (; n; n = n->next)
        if (!(plain & 1u << n->kind) || !is_plain(n->kid))
            return false;
    return true;
}

/* A space between digits stands for a line's end, and would join them when folded again.
 */
static bool folds_to_itself(pl_str s)
{
    for (size_t i = 1; i + 1 < s.n; i++)
        if (s.p[i] == ' ' && pl_is_digit(s.p[i - 1]) && pl_is_digit(s.p[i + 1]))
            return false;
    return true;
}

/* *same: the canonical phrase reads as the same tree. */
static pl_status reads_again(pl_parser *p, const pl_phrase *ph, bool *same)
{
    pl_parser again = {.cx = p->cx, .lx = p->lx, .opts = p->opts};
    pl_arena_mark mark = pl_arena_here(p->cx->arena);
    pl_phrase other = {0};
    pl_status st = PL_ENOMEM;
    pl_buf b;

    pl_buf_init(&b, p->cx->limits.arena_bytes);
    pl_phrase_print(&b, ph);
    if (b.failed) {
        st = pl_fail_memory(p->cx);
    } else if (pl_str_eq(pl_buf_str(&b), p->fold.s) && folds_to_itself(p->fold.s)) {
        st = PL_OK; /* as it was read, so it reads the same */
        *same = true;
    } else {
        other.text = pl_buf_str(&b);
        st = read_phrase(&again, &other);
        *same = st == PL_OK && pl_phrase_same(ph, &other);
    }
    pl_buf_release(&b);
    pl_arena_reset(p->cx->arena, mark);
    return st == PL_ENOMEM ? st : PL_OK;
}

/* what cannot be said again was not understood: it is a note as a whole. A phrase
 * of both languages may be sayable in the other one only. */
static pl_status settle(pl_parser *p, pl_phrase *ph)
{
    bool same = true;

    if (!is_plain(ph->first))
        PL_TRY(reads_again(p, ph, &same));
    if (!same) {
        ph->english = !ph->english;
        PL_TRY(reads_again(p, ph, &same));
    }
    if (same)
        return PL_OK;
    p->at = p->end = p->fold.s.n;
    return note_whole(p, pl_parse_text(p, 0, p->end), ph);
}

pl_status pl_phrase_parse(pl_ctx *cx, pl_str text, const pl_phrase_opts *opts,
                          pl_phrase **out)
{
    static const pl_phrase_opts nothing = {0};
    static const uint32_t no_map[1] = {0};
    pl_parser p = {.cx = cx, .lx = cx->lexicon, .opts = opts ? opts : &nothing};
    pl_phrase *ph = PL_NEW(cx->arena, pl_phrase);

    if (!ph)
        return pl_fail_memory(cx);
    ph->text = text;
    if (text.n > cx->limits.phrase_bytes) {
        p.fold = (pl_fold){.text = text, .src = no_map};
        PL_TRY(note_whole(&p, text, ph));
    } else {
        PL_TRY(read_phrase(&p, ph));
        PL_TRY(settle(&p, ph));
    }
    ph->complete = !pl_phrase_find(ph, PL_NODE_NOTE);
    *out = ph;
    return PL_OK;
}
