/* Does `check` see it when one numeral of a document is wrong?
 *
 *     bench_mutate [--misses] [--seed N] [--edits N] FILE
 *
 * Each numeral that takes part in a relation that holds is changed, one at a time and in
 * several ways, and the document is checked again: was a finding (error or warning)
 * reported that was not there before? Then harmless edits (spaces, line ends inside
 * paragraphs, full-width digits, other names of a unit), of which none may make a finding
 * of any severity. Prints shares; with --misses each miss with its place. */
#include <stdio.h>
#include <stdlib.h>

#include "base/map.h"
#include "common.h"
#include "text/fold.h"
#include "text/utf8.h"

/* ---- chance: xorshift64*, so that a seed gives the same run everywhere ---- */

static uint64_t chance;

static size_t below(size_t n)
{
    chance ^= chance >> 12;
    chance ^= chance << 25;
    chance ^= chance >> 27;
    return (size_t)((chance * UINT64_C(2685821657736338717) >> 33) % n);
}

/* ---- a document under test ---- */

typedef struct numeral {
    size_t at, n;           /* in the document */
    uint32_t line;          /* from 1 */
    const pl_relation *one; /* that it takes part in and that holds; NULL = none */
    bool exact;             /* some such relation leaves no room at the last digit */
} numeral;

typedef struct trial {
    pl_ctx cx;
    pl_arena_mark here; /* what a check needs comes after it */
    pl_str text;
    const pl_check *base;
    pl_map known; /* findings of `base` by what they say: how many */
    PL_VEC(numeral) numerals;
    bool misses; /* print them */
} trial;

static bool is_digit_at(pl_str s, size_t i)
{
    return i < s.n && pl_is_digit(s.p[i]);
}

/* `1.2023年`: a mark and a year. */
static bool is_year_behind(pl_str s, size_t point)
{
    return s.n > point + 5 && pl_str_starts(pl_str_tail(s, point + 5), PL_S("年")) &&
           !pl_str_has(pl_str_sub(s, point + 1, 4), PL_S("."));
}

/* A numeral: digits, with a point between digits. */
static size_t numeral_end(pl_str s, size_t i)
{
    while (is_digit_at(s, i) ||
           (i < s.n && s.p[i] == '.' && is_digit_at(s, i + 1) && !is_year_behind(s, i)))
        i++;
    return i;
}

static void find_numerals(trial *t)
{
    uint32_t line = 1;

    for (size_t i = 0; i < t->text.n;) {
        numeral *x;
        size_t end;

        line += t->text.p[i] == '\n';
        if (!pl_is_digit(t->text.p[i])) {
            i++;
            continue;
        }
        end = numeral_end(t->text, i);
        x = PL_VEC_ADD(t->cx.arena, &t->numerals);
        if (!x)
            bench_stop("no memory");
        *x = (numeral){.at = i, .n = end - i, .line = line};
        i = end;
    }
}

/* What a finding says, in one form whatever its typography. */
static pl_str said(trial *t, const pl_relation *r)
{
    char kind[32];
    pl_str key, folded;
    pl_buf b;

    if (pl_fold_str(&t->cx, r->message.zh, &folded) != PL_OK)
        bench_stop("no memory");
    snprintf(kind, sizeof kind, "%.*s %d ", PL_FMT(pl_kind_token(r->kind)),
             (int)r->severity);
    pl_buf_init(&b, 1 << 16);
    pl_buf_put(&b, pl_str_from(kind));
    for (size_t at = 0; at < folded.n;) {
        pl_str rest = pl_str_tail(folded, at);

        if (pl_str_eat(&rest, PL_S("人民币"))) { /* one of the harmless edits */
            at = folded.n - rest.n;
            continue;
        }
        pl_buf_putc(&b, folded.p[at++]);
    }
    if (pl_buf_keep(&t->cx, &b, &key) != PL_OK)
        bench_stop("no memory");
    pl_buf_release(&b);
    return key;
}

static void know_findings(trial *t)
{
    for (size_t i = 0; i < t->base->n_findings; i++) {
        size_t *n =
            pl_map_add(t->cx.arena, &t->known, said(t, &t->base->relations.p[i]), NULL);

        if (!n)
            bench_stop("no memory");
        ++*n;
    }
}

/* The first finding, at least as severe as `least`, that the document did not have. */
static const pl_relation *new_finding(trial *t, const pl_check *now, pl_severity least)
{
    pl_map seen = {0};

    for (size_t i = 0; i < now->n_findings; i++) {
        const pl_relation *r = &now->relations.p[i];
        const size_t *had;
        pl_str key;
        size_t *n;

        if (r->severity > least)
            break;
        key = said(t, r);
        had = pl_map_find(&t->known, key);
        n = pl_map_add(t->cx.arena, &seen, key, NULL);
        if (!n)
            bench_stop("no memory");
        if (++*n > (had ? *had : 0))
            return r;
    }
    return NULL;
}

/* ---- which numerals take part ---- */

static size_t first_numeral(const trial *t, size_t at)
{
    size_t lo = 0, hi = t->numerals.n;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;

        if (t->numerals.p[mid].at + t->numerals.p[mid].n <= at)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* Kinds whose witnesses are figures, not words or rows. */
static bool is_of_figures(pl_kind k)
{
    return k != PL_KIND_WORDING && k != PL_KIND_STRUCTURE && k != PL_KIND_SEQUENCE &&
           k != PL_KIND_MISSING;
}

static void mark_relation(trial *t, const pl_relation *r)
{
    for (size_t i = 0; i < r->witnesses.n; i++) {
        pl_span at = r->witnesses.p[i].place.span;

        for (size_t k = first_numeral(t, at.at);
             k < t->numerals.n && t->numerals.p[k].at < at.at + at.n; k++) {
            numeral *x = &t->numerals.p[k];

            if (!x->one || (!x->exact && !r->loose))
                x->one = r;
            x->exact |= !r->loose;
        }
    }
}

static void mark_numerals(trial *t)
{
    for (size_t i = t->base->n_findings; i < t->base->relations.n; i++)
        if (is_of_figures(t->base->relations.p[i].kind))
            mark_relation(t, &t->base->relations.p[i]);
}

/* ---- changes ---- */

typedef enum change { LEADING, LAST, DROPPED, SCALE, CHANGES } change;

static const char *const change_name[CHANGES] = {"leading digit", "last digit",
                                                 "dropped digit", "swapped 万/亿"};

/* A part of the text and what is put in its place. */
typedef struct edit {
    size_t at, n;
    char with[64];
} edit;

static char other_digit(char c, bool zero_too)
{
    char d;

    do
        d = (char)('0' + (zero_too ? below(10) : 1 + below(9)));
    while (d == c);
    return d;
}

static bool swap_scale(const trial *t, const numeral *x, edit *out)
{
    pl_str rest = pl_str_tail(t->text, x->at + x->n);
    pl_str bare = pl_str_trim(rest);
    const char *other = pl_str_starts(bare, PL_S("万"))   ? "亿"
                        : pl_str_starts(bare, PL_S("亿")) ? "万"
                                                          : NULL;

    if (!other || bare.p - rest.p > 3)
        return false;
    *out = (edit){.at = (size_t)(bare.p - t->text.p), .n = 3};
    snprintf(out->with, sizeof out->with, "%s", other);
    return true;
}

/* A change of this kind; false where the numeral has none. */
static bool make_change(const trial *t, const numeral *x, change how, edit *out)
{
    pl_str s = pl_str_sub(t->text, x->at, x->n);
    size_t i = 0;

    if (how == SCALE)
        return swap_scale(t, x, out);
    if (how != LEADING && s.n == 1)
        return false;
    if (how == LAST)
        i = s.n - 1;
    if (how == DROPPED && (s.n == 3 && s.p[1] == '.'))
        return false;
    while (how == DROPPED) { /* not the only digit on its side of the point */
        i = below(s.n);
        if (s.p[i] != '.' && !(i == 0 && s.p[1] == '.') &&
            !(i + 1 == s.n && s.p[i - 1] == '.'))
            break;
    }
    *out = (edit){.at = x->at + i, .n = 1};
    if (how != DROPPED)
        out->with[0] = other_digit(s.p[i], how == LAST);
    return true;
}

static pl_bytes edited(trial *t, const edit *e)
{
    size_t n = strlen(e->with);
    unsigned char *p = pl_arena_alloc_raw(t->cx.arena, t->text.n + n, 1, 1);

    if (!p)
        bench_stop("no memory");
    memcpy(p, t->text.p, e->at);
    memcpy(p + e->at, e->with, n);
    memcpy(p + e->at + n, t->text.p + e->at + e->n, t->text.n - e->at - e->n);
    return (pl_bytes){p, t->text.n - e->n + n};
}

static uint32_t line_of(const trial *t, size_t at)
{
    uint32_t line = 1;

    for (size_t i = 0; i < at; i++)
        line += t->text.p[i] == '\n';
    return line;
}

/* The words around an edit, the part replaced in 【】. */
static void print_place(const trial *t, const edit *e)
{
    size_t start = e->at, end = e->at + e->n;

    while (start && e->at - start < 45 && t->text.p[start - 1] != '\n')
        start--;
    while (start < e->at && ((unsigned char)t->text.p[start] & 0xc0) == 0x80)
        start++;
    while (end < t->text.n && end - e->at < 45 && t->text.p[end] != '\n')
        end++;
    while (end > e->at + e->n && ((unsigned char)t->text.p[end] & 0xc0) == 0x80)
        end--;
    printf("line %u: %.*s【%.*s→%s】%.*s", line_of(t, e->at), (int)(e->at - start),
           t->text.p + start, (int)e->n, t->text.p + e->at, e->with,
           (int)(end - e->at - e->n), t->text.p + e->at + e->n);
}

static bool is_reported(trial *t, const edit *e)
{
    bool found =
        new_finding(t, bench_check(&t->cx, edited(t, e)), PL_SEVERITY_WARNING) != NULL;

    pl_arena_reset(t->cx.arena, t->here);
    return found;
}

typedef struct share {
    size_t tried, reported;
} share;

static void print_share(const char *name, const char *which, share s)
{
    printf("  %-14s %-34s %4zu of %4zu  %5.1f %%\n", name, which, s.reported, s.tried,
           s.tried ? 100.0 * (double)s.reported / (double)s.tried : 0.0);
}

static void run_change(trial *t, change how)
{
    share exact = {0}, loose = {0};

    for (size_t i = 0; i < t->numerals.n; i++) {
        const numeral *x = &t->numerals.p[i];
        share *to = x->exact ? &exact : &loose;
        edit e;

        if (!x->one || !make_change(t, x, how, &e))
            continue;
        to->tried++;
        if (is_reported(t, &e)) {
            to->reported++;
        } else if (t->misses) {
            printf("miss: %s, %s%.*s, ", change_name[how], x->exact ? "" : "loose ",
                   PL_FMT(x->one->id));
            print_place(t, &e);
            putchar('\n');
        }
    }
    print_share(change_name[how], "of an exact relation", exact);
    print_share("", "of relations that leave room", loose);
}

/* ---- harmless edits ---- */

/* Other ways to write the same unit. */
static const struct {
    pl_str word;
    const char *same;
} synonyms[] = {
    {PL_S_INIT("亿元"), "亿元人民币"},
    {PL_S_INIT("万元"), "万元人民币"},
    {PL_S_INIT("亿元"), "億元"},
    {PL_S_INIT("万元"), "萬元"},
    {PL_S_INIT("%"), "％"},
    {PL_S_INIT("平方米"), "㎡"},
};

static uint32_t char_before(pl_str s, size_t at)
{
    size_t i = at;

    while (i && ((unsigned char)s.p[--i] & 0xc0) == 0x80)
        ;
    return i < at ? pl_utf8_at(pl_str_sub(s, i, at - i), NULL) : 0;
}

/* A place between two ideographs. */
static bool between_ideographs(const trial *t, size_t *out)
{
    for (int tries = 0; tries < 10000; tries++) {
        size_t at = below(t->text.n);

        if (((unsigned char)t->text.p[at] & 0xc0) != 0x80 &&
            pl_is_cjk(pl_utf8_at(pl_str_tail(t->text, at), NULL)) &&
            pl_is_cjk(char_before(t->text, at))) {
            *out = at;
            return true;
        }
    }
    return false;
}

static bool add_space(const trial *t, edit *out)
{
    *out = (edit){0};
    snprintf(out->with, sizeof out->with, "%s", below(2) ? " " : "　");
    return between_ideographs(t, &out->at);
}

/* Inside a paragraph: at least forty characters of its line on both sides. */
static bool add_line_end(const trial *t, edit *out)
{
    enum { ROOM = 120 };

    *out = (edit){.with = "\n"};
    for (int tries = 0; tries < 1000; tries++) {
        pl_str s = t->text;

        if (!between_ideographs(t, &out->at))
            return false;
        if (out->at > ROOM && out->at + ROOM < s.n &&
            !pl_str_has(pl_str_sub(s, out->at - ROOM, 2 * (size_t)ROOM), PL_S("\n")) &&
            !pl_str_has(pl_str_sub(s, out->at - ROOM, 2 * (size_t)ROOM), PL_S("|")))
            return true;
    }
    return false;
}

static bool widen_digits(const trial *t, edit *out)
{
    const numeral *x = &t->numerals.p[below(t->numerals.n)];
    size_t n = 0;

    *out = (edit){.at = x->at, .n = x->n};
    for (size_t i = 0; i < x->n && n + 4 < sizeof out->with; i++) {
        char c = t->text.p[x->at + i];

        if (pl_is_digit(c))
            n += pl_utf8_put(0xFF10 + (uint32_t)(c - '0'), out->with + n);
        else
            out->with[n++] = c;
    }
    return true;
}

static bool say_unit_otherwise(const trial *t, edit *out)
{
    for (int tries = 0; tries < 100; tries++) {
        size_t which = below(PL_COUNT(synonyms));
        size_t from = below(t->text.n);
        size_t at = pl_str_find(t->text, synonyms[which].word, from);

        if (at == PL_NOPOS || pl_str_starts(pl_str_tail(t->text, at + 6), PL_S("人")))
            continue;
        *out = (edit){.at = at, .n = synonyms[which].word.n};
        snprintf(out->with, sizeof out->with, "%s", synonyms[which].same);
        return true;
    }
    return false;
}

static void run_harmless(trial *t, size_t edits)
{
    static bool (*const make[])(const trial *, edit *) = {
        add_space, add_line_end, widen_digits, say_unit_otherwise};
    size_t tried = 0, loud = 0;

    for (size_t i = 0; i < edits; i++) {
        const pl_relation *r;
        edit e;

        if (!make[i % PL_COUNT(make)](t, &e))
            continue;
        tried++;
        r = new_finding(t, bench_check(&t->cx, edited(t, &e)), PL_SEVERITY_NOTE);
        if (r) {
            loud++;
            printf("new finding of a harmless edit, ");
            print_place(t, &e);
            printf(": %.*s %.*s\n", PL_FMT(pl_severity_token(r->severity)),
                   PL_FMT(r->message.zh));
        }
        pl_arena_reset(t->cx.arena, t->here);
    }
    printf("  %zu harmless edits: %zu made a new finding\n", tried, loud);
}

/* ---- all of it ---- */

static void begin(trial *t, pl_bytes in)
{
    t->cx = bench_request();
    t->base = bench_check(&t->cx, in);
    t->text = t->base->plan->doc->source;
    if (t->text.n == 0)
        bench_stop("text documents only");
    if (t->text.n !=
        in.n) /* decoded, or without its byte order mark: places count there */
        t->base =
            bench_check(&t->cx, (pl_bytes){(const unsigned char *)t->text.p, t->text.n});
    find_numerals(t);
    know_findings(t);
    mark_numerals(t);
    t->here = pl_arena_here(t->cx.arena);
}

static void print_coverage(const trial *t)
{
    size_t in = 0, exact = 0;

    for (size_t i = 0; i < t->numerals.n; i++) {
        in += t->numerals.p[i].one != NULL;
        exact += t->numerals.p[i].exact;
    }
    printf(
        "  %zu of %zu numerals take part in a relation that holds, %zu in an exact one\n",
        in, t->numerals.n, exact);
}

static unsigned long number_of(const char *text)
{
    char *end;
    unsigned long n = strtoul(text, &end, 10);

    if (*text == '\0' || *end != '\0')
        bench_stop("a number is needed behind --seed and --edits");
    return n;
}

int main(int argc, char **argv)
{
    unsigned long seed = 20230117, edits = 200;
    const char *path = NULL;
    trial t = {0};

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--misses") == 0)
            t.misses = true;
        else if (strcmp(argv[i], "--seed") == 0 && i + 1 < argc)
            seed = number_of(argv[++i]);
        else if (strcmp(argv[i], "--edits") == 0 && i + 1 < argc)
            edits = number_of(argv[++i]);
        else
            path = argv[i];
    }
    if (!path)
        bench_stop("usage: bench_mutate [--misses] [--seed N] [--edits N] FILE");
    chance = seed * 2 + 1;
    pl_bytes in = bench_read_file(path);
    begin(&t, in);
    print_coverage(&t);
    for (int how = 0; how < CHANGES; how++)
        run_change(&t, (change)how);
    run_harmless(&t, edits);
    pl_arena_free(t.cx.arena);
    free((void *)(uintptr_t)in.p);
    return 0;
}
