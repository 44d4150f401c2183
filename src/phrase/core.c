#include "phrase/parse.h"

/* Cores: expressions that begin with a word of the lexicon, or with a figure. Each class
 * of words has a reader; of the words that begin here the longest is tried first. */

enum { DEEPEST = 12 }; /* readers inside readers; more is no phrase */

/* What a reader gets: the word that was read, where it began. */
typedef pl_node *reader(pl_parser *p, const pl_word *w, size_t from, bool loose);

static pl_ref ref_of_op(const pl_word *w)
{
    static const pl_ref refs[] = {PL_REF_GE, PL_REF_GT, PL_REF_LE, PL_REF_LT};
    size_t i = 0;

    while (i + 1 < PL_COUNT(refs) && !pl_str_eq(w->field[0], pl_op_token((pl_op)i)))
        i++;
    return refs[i];
}

/* 不低于…总量的70%: a share of what the words name. */
static pl_node *share_of(pl_parser *p, const pl_word *w, size_t from)
{
    pl_str rest = pl_parse_rest(p);
    size_t words = p->at;

    for (size_t of = pl_str_find(rest, PL_S("的"), 0); of != PL_NOPOS;
         of = pl_str_find(rest, PL_S("的"), of + 3)) {
        pl_node *n, *outer;

        p->at = words + of + PL_S("的").n;
        n = pl_parse_amount(p, PL_AMOUNT_SMALL);
        if (!n || !pl_parse_ended(p))
            continue;
        if (n->kind == PL_NODE_BOUND)
            return NULL;
        n = pl_parse_wrap(p, PL_NODE_BOUND, n, from);
        for (int op = 0; n && op < PL_OP_COUNT; op++)
            if (pl_str_eq(w->field[0], pl_op_token((pl_op)op)))
                n->op = (pl_op)op;
        outer = n ? pl_parse_wrap(p, PL_NODE_QUALIFIER, n, from) : NULL;
        if (outer)
            outer->text = pl_parse_text(p, words, words + of + PL_S("的").n);
        return outer;
    }
    return NULL;
}

static pl_node *read_bound(pl_parser *p, const pl_word *w, size_t from, bool loose)
{
    size_t behind = p->at;
    pl_node *n;

    (void)loose;
    if (!pl_word_is(w, 1, "before"))
        return NULL;
    p->at = from;
    n = pl_parse_amount(p, PL_AMOUNT_SMALL);
    if (n)
        return n;
    p->at = behind;
    n = pl_parse_reference(p, ref_of_op(w), from);
    if (n)
        return n;
    p->at = behind;
    return share_of(p, w, from);
}

static pl_node *read_about(pl_parser *p, const pl_word *w, size_t from, bool loose)
{
    (void)w;
    (void)loose;
    p->at = from;
    return pl_parse_amount(p, PL_AMOUNT_SMALL);
}

static pl_dir dir_between(const pl_node *from, const pl_node *to)
{
    const pl_node *a = pl_node_number(from), *b = pl_node_number(to);
    int order;

    if (!a || !b || (a->unit.n && b->unit.n && !pl_str_eq(a->unit, b->unit)))
        return PL_DIR_NONE;
    order = pl_dec_cmp(a->value, b->value);
    return order < 0 ? PL_DIR_UP : order > 0 ? PL_DIR_DOWN : PL_DIR_NONE;
}

/* Most bytes of words between a change and its amount: 减少二氧化碳排放5万吨. */
enum { OF_BYTES = 60 };

/* The place behind `by ` after words, or of the figure in Chinese; 0 when there is none.
 */
static size_t amount_after_words(const pl_parser *p, pl_str *words)
{
    pl_str rest = pl_str_sub(pl_parse_rest(p), 0, OF_BYTES);

    for (size_t i = 0; i < rest.n; i++) {
        pl_str tail = pl_str_tail(rest, i);
        char c = rest.p[i], last = i ? rest.p[i - 1] : ' ';

        if (c == '(' || c == ')' || c == '{' || c == ':')
            return 0;
        if (last == ' ' && i > 1 && pl_str_starts(tail, PL_S("by "))) {
            *words = pl_str_sub(rest, 0, i - 1);
            return p->at + i + 3;
        }
        if (pl_is_digit(c) && i && (unsigned char)last >= 0x80) {
            *words = pl_str_sub(rest, 0, i);
            return p->at + i;
        }
    }
    return 0;
}

/* Words that can name a quantity: none that would be read as a prefix of it. */
static bool is_plain(const pl_parser *p, pl_str words)
{
    const pl_words prefixes =
        PL_WORDS(CUMULATIVE) | PL_WORDS(PROVISIONAL) | PL_WORDS(TERM) | PL_WORDS(AMENDED);
    pl_parser look = *p;

    look.at = (size_t)(words.p - p->fold.s.p);
    return !pl_lexicon_at(p->lx, prefixes, words) && !pl_parse_may_be_time(&look);
}

/* n with the words that stand at `begin`, when there are any. */
static pl_node *named(pl_parser *p, pl_node *n, size_t begin, pl_str words, size_t from)
{
    pl_node *outer = n && words.n ? pl_parse_wrap(p, PL_NODE_QUALIFIER, n, from) : n;

    if (outer && words.n)
        outer->text = pl_parse_text(p, begin, begin + words.n);
    return outer;
}

static pl_node *from_to(pl_parser *p, pl_node *a, size_t from, pl_dir dir);

/* Behind 由: A提高到B, words may stand before A. `dir`: what a word before it said (rise
 * from A to B). */
static pl_node *read_from_to(pl_parser *p, size_t from, pl_dir dir)
{
    size_t begin = p->at, at;
    pl_str words = {0};
    pl_node *a = pl_parse_amount(p, PL_AMOUNT_NO_RANGE);

    if (!a) {
        at = amount_after_words(p, &words);
        if (!at || !words.n || !is_plain(p, words))
            return NULL;
        p->at = at;
        a = pl_parse_amount(p, PL_AMOUNT_NO_RANGE);
    }
    return a ? named(p, from_to(p, a, from, dir), begin, words, from) : NULL;
}

static pl_node *from_to(pl_parser *p, pl_node *a, size_t from, pl_dir dir)
{
    pl_node *b, *n;
    const pl_word *w;

    pl_parse_space(p);
    if (pl_parse_peek(p) == ',')
        p->at++;
    w = pl_parse_word(p, PL_WORDS(LEVEL));
    if (!w || pl_str_eq(w->field[0], PL_S("from")))
        return NULL;
    pl_parse_take(p, w);
    b = pl_parse_amount(p, PL_AMOUNT_SMALL);
    if (!b)
        return NULL;
    if (dir == PL_DIR_NONE && pl_word_dir(w) != PL_DIR_FLAT)
        dir = pl_word_dir(w);
    n = pl_parse_node(p, PL_NODE_LEVEL, from);
    if (!n)
        return NULL;
    n->dir = dir != PL_DIR_NONE ? dir : dir_between(a, b);
    a->next = b;
    n->kid = a;
    return n;
}

static pl_node *read_level(pl_parser *p, const pl_word *w, size_t from, bool loose)
{
    pl_node *n;

    (void)loose;
    if (pl_str_eq(w->field[0], PL_S("from")))
        return read_from_to(p, from, PL_DIR_NONE);
    n = pl_parse_amount(p, PL_AMOUNT_SMALL);
    if (!n) {
        bool ref = pl_word_is(w, 1, "ref");

        return ref ? pl_parse_reference(p,
                                        pl_word_dir(w) == PL_DIR_FLAT ? PL_REF_AT_LEAST
                                                                      : PL_REF_REACH,
                                        from)
                   : NULL;
    }
    if (n->kind == PL_NODE_BOUND && pl_word_is(w, 1, "bound")) {
        n->at = pl_fold_span(&p->fold, from, p->at - from);
        return n;
    }
    n = pl_parse_wrap(p, PL_NODE_LEVEL, n, from);
    if (n) {
        n->dir = pl_word_dir(w);
        n->text = w->field[2];
    }
    return n;
}

/* The amount that a word says itself: 翻一番 is 100 %. */
static pl_node *amount_said(pl_parser *p, const pl_word *w, size_t from)
{
    pl_node *n = pl_parse_node(p, PL_NODE_NUMBER, from);

    if (!n || !pl_dec_from(w->field[3], &n->value))
        return NULL;
    n->scale = n->resolution = PL_DEC_INT(1);
    n->unit_word = pl_lexicon_whole(p->lx, PL_WORDS(UNIT), PL_S("%"));
    n->unit = PL_S("%");
    return n;
}

static pl_node *change_of(pl_parser *p, const pl_word *w, pl_node *amount, size_t from)
{
    pl_node *number, *n = pl_parse_wrap(p, PL_NODE_CHANGE, amount, from);

    if (!n)
        return NULL;
    number = amount->kind == PL_NODE_NUMBER ? amount : amount->kid;
    while (number && number->kind != PL_NODE_NUMBER)
        number = number->kid;
    n->dir = pl_word_dir(w);
    n->net = pl_word_is(w, 1, "net");
    n->text = w->field[2];
    if (number) {
        n->percent_points = number->percent_points;
        n->per_year = number->per_year;
        number->per_year = false;
    }
    return n;
}

static bool is_year(const pl_node *n)
{
    return n->kind == PL_NODE_NUMBER && n->unit.n == 0 && n->value.scale == 0 &&
           n->value.coef >= 1900 && n->value.coef <= 2100;
}

/* reduce emissions by 5%, 减少排放5: words stand before the amount. */
static pl_node *change_with_words(pl_parser *p, const pl_word *w, size_t from)
{
    pl_str words = {0};
    size_t begin = p->at, at = amount_after_words(p, &words);
    pl_node *n;

    if (!at || !words.n || !is_plain(p, words))
        return NULL;
    p->at = at;
    n = pl_parse_amount(p, PL_AMOUNT_SMALL);
    if (n && is_year(n))
        return NULL; /* reduce to zero by 2050 */
    return n ? named(p, change_of(p, w, n, from), begin, words, from) : NULL;
}

static pl_node *read_change(pl_parser *p, const pl_word *w, size_t from, bool loose)
{
    const pl_word *level;
    pl_node *n;
    size_t behind = p->at;

    (void)loose;
    if (pl_word_dir(w) == PL_DIR_NONE || pl_word_is(w, 1, "than"))
        return NULL;
    n = w->field[3].n ? amount_said(p, w, from) : pl_parse_amount(p, PL_AMOUNT_SMALL);
    if (n)
        return change_of(p, w, n, from);
    p->at = behind;
    level = pl_parse_word(p, PL_WORDS(LEVEL));
    if (level && pl_str_eq(level->field[0], PL_S("from"))) {
        pl_parse_take(p, level);
        n = read_from_to(p, from, pl_word_dir(w));
        if (n)
            return n;
        p->at = behind;
    }
    return pl_word_is(w, 1, "of") ? change_with_words(p, w, from) : NULL;
}

static pl_node *read_cumulative(pl_parser *p, const pl_word *w, size_t from, bool loose)
{
    pl_node *kid;

    if (pl_parse_peek(p) == ':')
        p->at++;
    kid = pl_parse_ended(p) ? pl_parse_node(p, PL_NODE_NONE, p->at)
                            : pl_parse_inside(p, loose);

    (void)w;
    if (kid && kid->kind == PL_NODE_LEVEL && kid->dir == PL_DIR_NONE && !kid->kid->next)
        kid = kid->kid; /* 累计达到5000 */
    return kid ? pl_parse_wrap(p, PL_NODE_CUMULATIVE, kid, from) : NULL;
}

/* Words of trend up to the end of the expression; the last that has a direction gives it.
 */
static pl_node *read_trend(pl_parser *p, const pl_word *w, size_t from, bool loose)
{
    pl_dir dir = PL_DIR_NONE;
    size_t end = p->at;
    pl_node *n;

    (void)loose;
    while (w) {
        if (!pl_word_is(w, 0, "adv"))
            dir = pl_word_dir(w);
        end = p->at;
        pl_parse_space(p);
        w = pl_parse_word(p, PL_WORDS(TREND));
        if (w)
            p->at += w->word.n;
    }
    p->at = end;
    if (dir == PL_DIR_NONE || !pl_parse_done(p))
        return NULL;
    n = pl_parse_node(p, PL_NODE_TREND, from);
    if (n) {
        n->dir = dir;
        n->text = pl_parse_text(p, from, end);
    }
    return n;
}

static pl_node *read_compare(pl_parser *p, const pl_word *w, size_t from, bool loose)
{
    pl_ref ref = PL_REF_REACH;

    (void)loose;
    if (pl_word_is(w, 1, "with"))
        return pl_parse_sync(p, from);
    if (!pl_word_is(w, 1, "before"))
        return NULL;
    while (ref + 1 < PL_REF_COUNT && !pl_str_eq(w->field[0], pl_ref_token(ref)))
        ref++;
    if (pl_word_is(w, 2, "claim") &&
        pl_lexicon_end(p->lx, PL_WORDS(STANDARD), pl_parse_rest(p)) &&
        pl_word_is(pl_lexicon_end(p->lx, PL_WORDS(STANDARD), pl_parse_rest(p)), 0,
                   "task"))
        return NULL;
    return pl_parse_reference(p, ref, from);
}

static pl_node *read_provisional(pl_parser *p, const pl_word *w, size_t from, bool loose)
{
    pl_node *kid = NULL, *n;

    if (!pl_parse_done(p)) {
        if (pl_parse_peek(p) == ':')
            p->at++;
        kid = pl_parse_inside(p, loose);
        if (!kid)
            return NULL;
    }
    n = pl_parse_node(p, PL_NODE_PROVISIONAL, from);
    if (n) {
        n->text = w->word;
        n->kid = kid;
    }
    return n;
}

static pl_node *read_asserted(pl_parser *p, const pl_word *w, size_t from, bool loose)
{
    pl_node *kid = NULL, *n;

    (void)loose;
    if (!pl_parse_done(p)) {
        kid = pl_parse_claimed(p, pl_word_is(w, 0, "weak"));
        if (!kid)
            return NULL;
    }
    n = pl_parse_node(p, PL_NODE_ASSERTED, from);
    if (n) {
        n->text = w->word;
        n->kid = kid;
    }
    return n;
}

static pl_node *read_pending(pl_parser *p, const pl_word *w, size_t from, bool loose)
{
    pl_node *n;

    (void)loose;
    if (!pl_parse_done(p))
        return NULL;
    n = pl_parse_node(p, PL_NODE_PENDING, from);
    if (n)
        n->text = w->word;
    return n;
}

static pl_node *read_none(pl_parser *p, const pl_word *w, size_t from, bool loose)
{
    (void)w;
    (void)loose;
    return pl_parse_done(p) ? pl_parse_node(p, PL_NODE_NONE, from) : NULL;
}

static pl_node *read_time(pl_parser *p, const pl_word *w, size_t from, bool loose)
{
    (void)w;
    p->at = from;
    return pl_parse_time(p, loose);
}

static const struct entry {
    pl_word_class class;
    reader *read;
} readers[] = {
    {PL_WORD_BOUND, read_bound},
    {PL_WORD_ABOUT, read_about},
    {PL_WORD_LEVEL, read_level},
    {PL_WORD_CHANGE, read_change},
    {PL_WORD_CUMULATIVE, read_cumulative},
    {PL_WORD_TREND, read_trend},
    {PL_WORD_COMPARE, read_compare},
    {PL_WORD_PROVISIONAL, read_provisional},
    {PL_WORD_ASSERTED, read_asserted},
    {PL_WORD_PENDING, read_pending},
    {PL_WORD_NONE, read_none},
    {PL_WORD_TERM, read_time},
};

static const pl_words all_readers =
    PL_WORDS(BOUND) | PL_WORDS(ABOUT) | PL_WORDS(LEVEL) | PL_WORDS(CHANGE) |
    PL_WORDS(CUMULATIVE) | PL_WORDS(TREND) | PL_WORDS(COMPARE) | PL_WORDS(PROVISIONAL) |
    PL_WORDS(ASSERTED) | PL_WORDS(PENDING) | PL_WORDS(NONE) | PL_WORDS(TERM);

static reader *reader_of(pl_word_class class)
{
    size_t i = 0;

    while (readers[i].class != class)
        i++;
    return readers[i].read;
}

/* R-132, [3.5] 〔3.5〕 【3.5】: tables of terms write cumulative figures so. */
static pl_node *bracketed(pl_parser *p)
{
    static const pl_str open[] = {PL_S_INIT("["), PL_S_INIT("〔"), PL_S_INIT("【")};
    size_t from = p->at, end = p->end, close;
    pl_node *n = NULL;
    size_t i = 0;

    if (!p->match || !p->match[from])
        return NULL;
    while (i < PL_COUNT(open) && !pl_str_starts(pl_parse_rest(p), open[i]))
        i++;
    close = i < PL_COUNT(open) ? pl_parse_close(p, from) : 0;
    if (!close)
        return NULL;
    p->at += open[i].n;
    p->end = close;
    n = pl_parse_core(p, false);
    if (n && p->at != close)
        n = NULL;
    p->end = end;
    p->at = n ? close + open[i].n : from;
    return n ? pl_parse_wrap(p, PL_NODE_CUMULATIVE, n, from) : NULL;
}

/* `50% reduction`: the noun behind the amount. */
static pl_node *change_behind(pl_parser *p, pl_node *n, size_t from)
{
    size_t at = p->at;
    const pl_word *w;

    pl_parse_space(p);
    if (!pl_is_alpha(pl_parse_peek(p)))
        w = NULL;
    else
        w = pl_parse_word(p, PL_WORDS(CHANGE));
    if (!w || w->field[3].n || pl_word_dir(w) == PL_DIR_NONE) {
        p->at = at;
        return n;
    }
    pl_parse_take(p, w);
    if (pl_word_is(w, 1, "than")) {
        pl_node *than = change_of(p, w, n, from);

        than = than ? pl_parse_than(p, than) : NULL;
        if (!than)
            p->at = at;
        return than ? than : n;
    }
    return change_of(p, w, n, from);
}

static pl_node *read_amount(pl_parser *p, pl_amount_how how, size_t from)
{
    pl_node *n = pl_parse_amount(p, how);

    return n && p->at < p->end ? change_behind(p, n, from) : n;
}

static pl_node *by_words(pl_parser *p, size_t from, bool loose)
{
    pl_words left = all_readers;
    const pl_word *w = NULL;

    while ((w = pl_parse_next_word(p, all_readers, &left, w)) != NULL) {
        pl_node *n;

        pl_parse_take(p, w);
        n = reader_of(w->class)(p, w, from, loose);
        if (n || p->st != PL_OK)
            return n;
        p->at = from;
    }
    return NULL;
}

static void skip_article(pl_parser *p)
{
    static const pl_str articles[] = {PL_S_INIT("a "), PL_S_INIT("an "),
                                      PL_S_INIT("the ")};

    for (size_t i = 0; i < PL_COUNT(articles); i++) {
        if (pl_str_starts(pl_parse_rest(p), articles[i])) {
            p->at += articles[i].n;
            return;
        }
    }
}

/* Figures in ideographs begin with these; words before a figure were tried already. */
static bool may_be_figure(const pl_parser *p)
{
    static const char starts[] = "一二三四五六七八九十两〇零百千万亿半负在介";
    pl_str s = pl_parse_rest(p);

    if ((unsigned char)s.p[0] < 0xE3)
        return true;
    for (size_t i = 0; i + 3 < sizeof starts; i += 3)
        if (s.n >= 3 && memcmp(s.p, starts + i, 3) == 0)
            return true;
    return false;
}

static pl_node *one_core(pl_parser *p, bool loose)
{
    size_t from = p->at;
    pl_node *n = NULL;
    char c = pl_parse_peek(p);

    if (pl_is_alpha(c)) {
        n = by_words(p, from, loose);
        if (!n)
            skip_article(p);
        if (!n && p->at > from)
            n = by_words(p, p->at, loose);
        return n ? n : read_amount(p, PL_AMOUNT_ANY, from);
    }
    if (pl_parse_may_be_time(p)) {
        n = pl_parse_time(p, loose);
        if (n)
            return n;
    }
    if (pl_is_digit(c))
        return read_amount(p, PL_AMOUNT_ANY, from);
    n = bracketed(p);
    if (!n)
        n = by_words(p, from, loose);
    return n || !may_be_figure(p) ? n : read_amount(p, PL_AMOUNT_ANY, from);
}

pl_node *pl_parse_core(pl_parser *p, bool loose)
{
    size_t from = p->at;
    pl_node *n;

    if (p->deep >= DEEPEST || p->steps == 0 || p->at >= p->end || p->st != PL_OK)
        return NULL;
    p->steps--;
    p->deep++;
    p->left = NULL;
    n = one_core(p, loose);
    if (n && p->at < p->end)
        n = pl_parse_time_behind(p, n, from);
    p->deep--;
    if (!n || p->st != PL_OK) {
        p->at = from;
        return NULL;
    }
    return n;
}

pl_node *pl_parse_inside(pl_parser *p, bool loose)
{
    return loose ? pl_parse_body(p) : pl_parse_core(p, false);
}
