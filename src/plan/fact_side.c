#include "plan/fact_side.h"

#include "text/utf8.h"
#include "text/year.h"

enum {
    LEFT_MAX_CHARS = 40,
    RIGHT_MAX_CHARS = 30,
    ASIDE_BYTES = 36,
    TWO_CHARS = 6 /* bytes: a noun has two characters, most times */
};

/* The roles of lexicon/noun.txt. */
typedef enum role {
    ROLE_NONE,
    ROLE_BOTH,
    ROLE_LEFT,
    ROLE_RIGHT,
    ROLE_GET,
    ROLE_OF,
    ROLE_THAN,
    ROLE_ADV,
    ROLE_PREP,
    ROLE_EDGE,
    ROLE_END,
    ROLE_NOUN,
    ROLE_HEAD
} role;

static role role_of(const pl_word *w)
{
    static const struct {
        pl_str token;
        role role;
    } rows[] = {
        {PL_S_INIT("both"), ROLE_BOTH}, {PL_S_INIT("left"), ROLE_LEFT},
        {PL_S_INIT("noun"), ROLE_NOUN}, {PL_S_INIT("adv"), ROLE_ADV},
        {PL_S_INIT("end"), ROLE_END},   {PL_S_INIT("edge"), ROLE_EDGE},
        {PL_S_INIT("prep"), ROLE_PREP}, {PL_S_INIT("right"), ROLE_RIGHT},
        {PL_S_INIT("than"), ROLE_THAN}, {PL_S_INIT("of"), ROLE_OF},
        {PL_S_INIT("get"), ROLE_GET},   {PL_S_INIT("head"), ROLE_HEAD},
    };

    for (size_t i = 0; w && i < PL_COUNT(rows); i++)
        if (pl_str_eq(w->field[0], rows[i].token))
            return rows[i].role;
    return ROLE_NONE;
}

/* ---- stretches ---- */

/* Marks that end what is said of a figure; 、 is looked at apart. */
static size_t mark_at(pl_str s, size_t i)
{
    static const pl_str marks[] = {
        PL_S_INIT(","), PL_S_INIT(";"), PL_S_INIT("。"), PL_S_INIT(":"),  PL_S_INIT("("),
        PL_S_INIT(")"), PL_S_INIT("!"), PL_S_INIT("?"),  PL_S_INIT("\n"), PL_S_INIT("|"),
        PL_S_INIT("…"), PL_S_INIT("ü"), PL_S_INIT("Ø"),  PL_S_INIT("-")};
    unsigned char c = (unsigned char)s.p[i];

    if (c >= 0x80 && c != 0xe2 && c != 0xe3 && c != 0xc3)
        return 0;
    for (size_t k = 0; k < PL_COUNT(marks); k++)
        if (pl_str_starts(pl_str_tail(s, i), marks[k]))
            return marks[k].n;
    return 0;
}

static bool is_comma(pl_str s, size_t i)
{
    return pl_str_starts(pl_str_tail(s, i), PL_S("、"));
}

/* The end of the quotation that begins at i and closes before `end`; else i. */
static size_t quote_end(pl_str s, size_t i, size_t end)
{
    size_t close;

    if (!pl_str_starts(pl_str_tail(s, i), PL_S("“")))
        return i;
    close = pl_str_find(pl_str_sub(s, 0, end), PL_S("”"), i);
    return close == PL_NOPOS ? i : close + PL_S("”").n;
}

/* The same for a short bracket inside of a noun: 非国有(集体)商务楼宇. */
static size_t aside_end(pl_str s, size_t i, size_t end)
{
    pl_str inside;
    size_t close;

    if (s.p[i] != '(')
        return quote_end(s, i, end);
    inside = pl_str_sub(s, i, ASIDE_BYTES);
    close = pl_str_find(inside, PL_S(")"), 0);
    if (close == PL_NOPOS || i + close + 1 >= end || mark_at(s, i + close + 1))
        return i;
    return i + close + 1;
}

/* Back from `at` to the last mark, `from` at the least. `lists`: over 、 too. */
static size_t stretch_begin(pl_str s, size_t from, size_t at, bool lists)
{
    size_t begin = at;

    for (size_t n = 0; begin > from && n < LEFT_MAX_CHARS; n++) {
        size_t i = pl_utf8_back(s, begin);

        if (i < from || mark_at(s, i) || (!lists && is_comma(s, i)))
            break;
        begin = i;
    }
    return begin;
}

/* Where the words before a figure end: before a bracket that stands between (环境治理类
 * (77项), 再生水厂(二期)30公顷). */
static size_t over_bracket(pl_str s, size_t from, size_t at)
{
    size_t i = at;

    if (at <= from)
        return at;
    if (s.p[at - 1] == '(')
        return at - 1;
    if (s.p[at - 1] != ')')
        return at;
    for (size_t n = 0; i > from && n < LEFT_MAX_CHARS; n++) {
        i = pl_utf8_back(s, i);
        if (s.p[i] == '(')
            return i;
    }
    return at;
}

/* ---- before a figure ---- */

/* Words that say how a figure stands to its noun, not what it is. */
#define STANDS_WORDS                                                                     \
    (PL_WORDS(LEVEL) | PL_WORDS(CHANGE) | PL_WORDS(CUMULATIVE) | PL_WORDS(PROVISIONAL) | \
     PL_WORDS(TERM) | PL_WORDS(BOUND) | PL_WORDS(ABOUT))

/* Words of change that are names: 增速, 降幅; 增加值; and endings of names (值). */
static bool is_name(const pl_lexicon *lx, const pl_word *w)
{
    if (w->class == PL_WORD_TERM)
        return w->word.n < TWO_CHARS;
    if (w->class != PL_WORD_CHANGE || pl_str_eq(w->word, PL_S("增长")))
        return false;
    return pl_str_eq(w->field[0], PL_S("none")) ||
           pl_lexicon_whole(lx, PL_WORDS(GROWTH), w->word);
}

/* Take what a verb at the end says; false when the stretch ends with something else. */
static bool end_verb(const pl_word *w, size_t *end, pl_fact_left *out)
{
    switch (role_of(w)) {
    case ROLE_GET:
        out->got = true;
        break;
    case ROLE_OF:
        out->share = true;
        break;
    case ROLE_THAN:
        out->than = true;
        break;
    case ROLE_ADV:
        out->each = out->each || pl_str_eq(w->word, PL_S("分别"));
        out->lasting = out->lasting || pl_str_eq(w->word, PL_S("连续"));
        break;
    case ROLE_EDGE:
        out->of = out->of || pl_str_eq(w->word, PL_S("的"));
        out->examples = out->examples || pl_str_eq(w->word, PL_S("等"));
        break;
    case ROLE_PREP:
    case ROLE_END:
        break;
    case ROLE_BOTH:
    case ROLE_LEFT:
        if (out->verb.n)
            return false;
        out->verb = (pl_span){*end - w->word.n, w->word.n};
        out->light = w->field[1].n > 0;
        return false;
    case ROLE_NONE:
    case ROLE_RIGHT:
    case ROLE_NOUN:
    case ROLE_HEAD:
        return false;
    }
    *end -= w->word.n;
    return true;
}

/* Of a verb and another word that end a stretch: is it the verb that counts? 提升 before
 * a figure is a change, 新增 has an object. */
static bool says_more(const pl_word *verb, const pl_word *other)
{
    if (verb->word.n != other->word.n || other->class != PL_WORD_CHANGE)
        return verb->word.n >= other->word.n;
    return other->field[2].n > 0 || pl_str_eq(other->field[1], PL_S("net"));
}

/* 增速达: a rate's name with a word behind it. */
static bool names_rate(const pl_lexicon *lx, const pl_word *w)
{
    pl_str name = pl_str_sub(w->word, 0, TWO_CHARS);

    return w->word.n > TWO_CHARS && !pl_str_eq(name, PL_S("增长")) &&
           pl_lexicon_whole(lx, PL_WORDS(GROWTH), name);
}

/* Bytes of a word at the end of `rest`; 力达 behind an ideograph is 达 (能力达). */
static size_t stands_bytes(pl_str rest, const pl_word *w)
{
    size_t force = PL_S("力").n;

    return pl_str_starts(w->word, PL_S("力")) && rest.n > w->word.n ? w->word.n - force
                                                                    : w->word.n;
}

/* Strip the words between noun and figure; where the noun ends. */
static size_t strip_end(const pl_lexicon *lx, pl_str s, size_t from, size_t end,
                        unsigned stands, pl_fact_left *out)
{
    while (end > from) {
        pl_str rest = pl_str_sub(s, from, end - from);
        const pl_word *verb = pl_lexicon_end(lx, PL_WORDS(VERB), rest);
        const pl_word *other = pl_lexicon_end(lx, stands, rest);

        if (verb && (!other || says_more(verb, other))) {
            if (!end_verb(verb, &end, out))
                break;
            continue;
        }
        if (!other || is_name(lx, other))
            break;
        if (other->class == PL_WORD_CHANGE && names_rate(lx, other)) {
            end -= other->word.n - TWO_CHARS;
            break;
        }
        out->changed = out->changed || other->class == PL_WORD_CHANGE;
        end -= stands_bytes(rest, other);
    }
    return end;
}

/* Does a name of a share follow: 占地区生产总值比重? */
static bool names_share(pl_str rest)
{
    static const pl_str names[] = {PL_S_INIT("比重"), PL_S_INIT("比例"),
                                   PL_S_INIT("比率"), PL_S_INIT("份额")};

    for (size_t i = 0; i < PL_COUNT(names); i++)
        if (pl_str_ends(rest, names[i]))
            return true;
    return false;
}

/* Does a noun made of the verb before it go on here: 覆盖|率, 签约|额? */
static bool makes_noun(pl_str rest)
{
    static const pl_str ends[] = {
        PL_S_INIT("率"), PL_S_INIT("量"),  PL_S_INIT("额"), PL_S_INIT("数"),
        PL_S_INIT("值"), PL_S_INIT("度"),  PL_S_INIT("者"), PL_S_INIT("员"),
        PL_S_INIT("费"), PL_S_INIT("款"),  PL_S_INIT("性"), PL_S_INIT("力"),
        PL_S_INIT("点"), PL_S_INIT("面"),  PL_S_INIT("商"), PL_S_INIT("业"),
        PL_S_INIT("站"), PL_S_INIT("班"),  PL_S_INIT("院"), PL_S_INIT("队"),
        PL_S_INIT("圈"), PL_S_INIT("人数")};

    return pl_str_starts_any(rest, ends, PL_COUNT(ends));
}

/* Words of two characters that a verb before them describes: 建设|项目 is one noun. */
static bool is_general(pl_str rest)
{
    static const pl_str words[] = {
        PL_S_INIT("项目"), PL_S_INIT("工程"), PL_S_INIT("任务"), PL_S_INIT("面积"),
        PL_S_INIT("规模"), PL_S_INIT("用地"), PL_S_INIT("资金"), PL_S_INIT("中心"),
        PL_S_INIT("基地"), PL_S_INIT("设施"), PL_S_INIT("行动"), PL_S_INIT("计划"),
        PL_S_INIT("标准"), PL_S_INIT("措施"), PL_S_INIT("投资"), PL_S_INIT("收入")};

    for (size_t i = 0; i < PL_COUNT(words); i++)
        if (pl_str_eq(rest, words[i]))
            return true;
    return false;
}

/* May the noun begin behind a verb that ends at `at`? */
static bool may_cut(pl_str s, role r, size_t at, size_t end)
{
    pl_str rest = pl_str_sub(s, at, end - at);

    if (rest.n < TWO_CHARS || makes_noun(rest))
        return false;
    return r != ROLE_LEFT || rest.n > TWO_CHARS || !is_general(rest);
}

/* Cut [at.at, at.at + at.n) to what follows its verbs, and ends before 占 and 高于. */
static pl_span cut_verbs(const pl_lexicon *lx, pl_str s, pl_span at, pl_fact_left *out)
{
    size_t end = at.at + at.n, cut = at.at, step;

    for (size_t i = at.at; i < end; i += step) {
        size_t quoted = quote_end(s, i, end);
        pl_str rest = pl_str_sub(s, i, end - i);
        const pl_word *w;
        role r;

        step = quoted > i ? quoted - i : pl_utf8_len((unsigned char)s.p[i]);
        if (quoted > i || (unsigned char)s.p[i] < 0xe3)
            continue;
        w = pl_lexicon_at(lx, PL_WORDS(VERB), rest);
        r = role_of(w);
        if (r == ROLE_NONE)
            continue;
        step = w->word.n;
        if (r == ROLE_OF && !names_share(rest)) {
            out->share = true;
            return (pl_span){cut, i - cut};
        }
        if (r == ROLE_THAN) {
            out->than = true;
            return (pl_span){cut, i - cut};
        }
        if ((r == ROLE_BOTH || r == ROLE_LEFT || r == ROLE_GET ||
             pl_str_eq(w->word, PL_S("等"))) &&
            may_cut(s, r, i + step, end))
            cut = i + step;
    }
    return (pl_span){cut, end - cut};
}

/* Drop words at the noun's beginning that are not of it: 其中, 2022年, 全年. */
static pl_span strip_begin(const pl_lexicon *lx, pl_str s, pl_span at)
{
    while (at.n) {
        pl_str rest = pl_str_sub(s, at.at, at.n);
        const pl_word *w = pl_lexicon_at(lx, PL_WORDS(VERB), rest);
        pl_period p = pl_period_at(rest, 0);
        role r = role_of(w);
        size_t drop = r == ROLE_ADV || r == ROLE_PREP || r == ROLE_EDGE ? w->word.n : p.n;

        if (drop == 0 || drop + 3 > at.n)
            break;
        at = (pl_span){at.at + drop, at.n - drop};
    }
    return at;
}

/* Whose value something is, without what: 全市, 全国平均水平. */
static bool only_owner(const pl_lexicon *lx, pl_str noun)
{
    pl_words words = PL_WORDS(OWNER);

    for (size_t i = 0; i < 3 && noun.n; i++) {
        const pl_word *w = pl_lexicon_at(lx, words, noun);

        words |= PL_WORDS(STANDARD);
        if (!w || w->word.n < TWO_CHARS || pl_str_eq(w->field[0], PL_S("indicator")))
            return false;
        noun = pl_str_tail(noun, w->word.n);
    }
    return noun.n == 0;
}

static pl_span noun_in(const pl_lexicon *lx, pl_str s, pl_span at, pl_fact_left *out)
{
    pl_span noun = strip_begin(lx, s, cut_verbs(lx, s, at, out));

    if (only_owner(lx, pl_str_sub(s, noun.at, noun.n)))
        noun.n = 0;
    return noun;
}

pl_fact_left pl_fact_left_of(const pl_lexicon *lx, pl_str s, size_t from, size_t at)
{
    pl_fact_left out = {0};
    size_t end = over_bracket(s, from, at);
    size_t begin = stretch_begin(s, from, end, false);

    end = strip_end(lx, s, begin, end, STANDS_WORDS, &out);
    if (out.verb.n) {
        pl_fact_left aside = {0};
        size_t to = strip_end(lx, s, begin, out.verb.at, STANDS_WORDS, &aside);

        out.before = noun_in(lx, s, (pl_span){begin, to - begin}, &aside);
        return out;
    }
    out.noun = noun_in(lx, s, (pl_span){begin, end - begin}, &out);
    return out;
}

pl_span pl_fact_names_of(const pl_lexicon *lx, pl_str s, size_t from, pl_span last)
{
    size_t end = last.at + last.n;
    size_t begin = stretch_begin(s, from, end, true);
    pl_fact_left aside = {0};

    return noun_in(lx, s, (pl_span){begin, end - begin}, &aside);
}

/* ---- behind a figure ---- */

/* Where the stretch behind a figure ends: at a mark, the next figure or too far away. A
 * list goes on over 、 unless figures stand in it. */
static size_t stretch_end(pl_str s, size_t at, size_t next, bool *flows)
{
    size_t i = at, comma = 0, n = 0;

    while (i < next && n < RIGHT_MAX_CHARS) {
        size_t quoted = aside_end(s, i, next);

        if (quoted == i && mark_at(s, i))
            break;

        if (is_comma(s, i) && !comma)
            comma = i;
        n++;
        i = quoted > i ? quoted : i + pl_utf8_len((unsigned char)s.p[i]);
    }
    *flows = i == next && i < s.n && !comma;
    if (comma == at && comma)
        return at;
    return comma && (i == next || n == RIGHT_MAX_CHARS) ? comma : i;
}

/* Does the noun end where this word stands? */
static bool ends_noun(const pl_word *w, role r)
{
    switch (r) {
    case ROLE_BOTH:
    case ROLE_RIGHT:
    case ROLE_GET:
    case ROLE_OF:
    case ROLE_THAN:
    case ROLE_ADV:
    case ROLE_PREP:
        return true;
    case ROLE_NONE:
        return w->class == PL_WORD_LEVEL && w->word.n >= TWO_CHARS;
    case ROLE_LEFT:
    case ROLE_EDGE:
    case ROLE_END:
    case ROLE_NOUN:
    case ROLE_HEAD:
        return false;
    }
    return false;
}

/* Where the noun in [at, end) ends; notes the counter's last head word. */
static size_t noun_end(const pl_lexicon *lx, pl_str s, pl_span at, pl_str counter,
                       size_t *head)
{
    size_t end = at.at + at.n, step;

    for (size_t i = at.at; i < end; i += step) {
        size_t quoted = quote_end(s, i, end);
        const pl_word *w;

        step = quoted > i ? quoted - i : pl_utf8_len((unsigned char)s.p[i]);
        if (quoted > i || (unsigned char)s.p[i] < 0xe3)
            continue; /* names in quotes are whole */
        w = pl_lexicon_at(lx, PL_WORDS(VERB), pl_str_sub(s, i, end - i));
        if (!w)
            w = pl_lexicon_at(lx, PL_WORDS(LEVEL), pl_str_sub(s, i, end - i));
        if (!w)
            continue;
        if (ends_noun(w, role_of(w)) && (i > at.at || role_of(w) != ROLE_RIGHT))
            return i;
        if (role_of(w) == ROLE_HEAD && counter.n && pl_str_has(w->field[1], counter))
            *head = i + w->word.n;
        if (w->class != PL_WORD_LEVEL)
            step = w->word.n;
    }
    return end;
}

/* X、Y等Z is Z. */
static pl_span after_examples(const pl_lexicon *lx, pl_str s, pl_span at)
{
    size_t from = at.at;

    for (;;) {
        size_t i = pl_str_find(pl_str_sub(s, 0, at.at + at.n), PL_S("等"), from);
        const pl_word *w, *before;

        if (i == PL_NOPOS || i + PL_S("等").n + TWO_CHARS > at.at + at.n)
            return at;
        from = i + PL_S("等").n;
        w = pl_lexicon_at(lx, PL_WORDS(VERB), pl_str_tail(s, i));
        before = i >= at.at + TWO_CHARS / 2
                     ? pl_lexicon_at(lx, PL_WORDS(VERB), pl_str_tail(s, i - 3))
                     : NULL;
        if ((w && role_of(w) == ROLE_NOUN) ||
            (before && role_of(before) == ROLE_NOUN && before->word.n > 3))
            continue;
        at = (pl_span){from, at.at + at.n - from};
    }
}

/* 7处城区公园和某地等12处…: what follows 和 is of the next figure. */
static size_t before_examples(pl_str s, pl_span at)
{
    static const pl_str joins[] = {PL_S_INIT("和"), PL_S_INIT("及"), PL_S_INIT("与")};
    pl_str noun = pl_str_sub(s, at.at, at.n);
    size_t end = at.n;

    if (!pl_str_ends(noun, PL_S("等")))
        return at.n;
    for (size_t k = 0; k < PL_COUNT(joins); k++) {
        size_t i = pl_str_find(noun, joins[k], 0);

        if (i != PL_NOPOS && i < end)
            end = i;
    }
    return end;
}

pl_fact_right pl_fact_right_of(const pl_lexicon *lx, pl_str s, size_t at, size_t next,
                               pl_str counter)
{
    pl_fact_right out = {0};
    pl_fact_left aside = {0};
    size_t stop, end;

    out.of = pl_str_starts(pl_str_tail(s, at), PL_S("的"));
    if (out.of)
        at += PL_S("的").n;
    if (at > next)
        return out;
    stop = stretch_end(s, at, next, &out.flows);
    end = noun_end(lx, s, (pl_span){at, stop - at}, counter, &out.head);
    out.flows = out.flows && end == stop;
    out.noun = (pl_span){at, end - at};
    if (out.flows)
        out.noun.n = before_examples(s, out.noun);
    out.noun = after_examples(lx, s, out.noun);
    end = strip_end(lx, s, out.noun.at, out.noun.at + out.noun.n,
                    out.flows ? STANDS_WORDS : STANDS_WORDS & ~PL_WORDS(CHANGE), &aside);
    out.noun.n = end - out.noun.at;
    if (end > out.noun.at && s.p[end - 1] == ')') { /* 区(县级市) */
        size_t open = over_bracket(s, out.noun.at, end);

        out.noun.n = open - out.noun.at;
    }
    if (out.head > end || out.head <= out.noun.at)
        out.head = 0;
    return out;
}
