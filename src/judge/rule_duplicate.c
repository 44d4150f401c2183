/* The same thing twice: in a list of a cell or sentence (《甲》《乙》《甲》), among the
 * tasks, the rows of a table, the paragraphs. R-404.
 *
 * Only what is the same to the letter (folded) is the same. Short pieces, and figures in
 * lists (`分别增长5%、6%、5%`), may be. Everything is found by sorting. */
#include "judge/rules.h"

#include <stdlib.h>

#include "text/utf8.h"

enum {
    NAME_LEAST = 6,  /* bytes of an item of 、: two characters */
    ITEM_LEAST = 18, /* of an item with a bullet, a task: six */
    CELL_LEAST = 24, /* of the longest cell of a row: eight */
    PARA_LEAST = 60, /* of a paragraph: twenty */
    PLACES_MOST = 12
};

typedef struct item {
    pl_str key;
    const pl_fact_text *text;
    pl_span at;
    size_t order; /* of its coming; for rows: of the row */
} item;

typedef PL_VEC(item) items;

/* What kind of thing is listed. */
typedef struct listing {
    const char *zh, *en;
    size_t least;     /* bytes of a key that counts */
    bool first_heads; /* what repeats the first row repeats the heading */
} listing;

static int by_key(const void *a, const void *b)
{
    const item *x = a, *y = b;
    int c = pl_str_cmp(x->key, y->key);

    return c ? c : (x->order > y->order) - (x->order < y->order);
}

static pl_status put(pl_ctx *cx, items *all, pl_str key, const pl_fact_text *t,
                     pl_span at)
{
    item *slot = PL_VEC_ADD(cx->arena, all);

    if (!slot)
        return pl_fail_memory(cx);
    *slot = (item){key, t, at, all->n};
    return PL_OK;
}

static pl_status say(pl_ctx *cx, pl_check *check, const listing *what, pl_severity s,
                     const item *same, size_t n)
{
    pl_relation *r;

    PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_SEQUENCE, s, &r));
    PL_TRY(pl_relation_zh(cx, r, "%s重复%zu次：%.*s", what->zh, n,
                          PL_FMT(pl_str_sub(same->key, 0, 240))));
    PL_TRY(pl_relation_en(cx, r, "%s stands %zu times: %.*s", what->en, n,
                          PL_FMT(pl_str_sub(same->key, 0, 240))));
    for (size_t i = 0; i < n && i < PLACES_MOST; i++)
        PL_TRY(pl_relation_at_fold(cx, r, same[i].text, same[i].at));
    return PL_OK;
}

/* The trimmed text of a place of a table; empty where there is no cell. */
static pl_str cell_text(const pl_table *t, uint32_t row, uint32_t col)
{
    const pl_cell *c = pl_table_at(t, row, col);

    return c ? pl_str_trim(c->text.s) : (pl_str){0};
}

/* Do two tasks have the same row, but for the number in its first column? Where another
 * unit has the task, or another goal is set, it is no slip. */
static bool same_row(const pl_plan *plan, const item *a, const item *b)
{
    const pl_table *t = plan->doc->blocks.p[a->text->block].table;

    if (a->text->source != PL_SOURCE_TASK || !t || a->text->block != b->text->block ||
        !a->text->cell || !b->text->cell)
        return true;
    for (uint32_t col = 1; col < t->cols; col++)
        if (!pl_str_eq(cell_text(t, a->text->cell->row, col),
                       cell_text(t, b->text->cell->row, col)))
            return false;
    return true;
}

/* Report what is there more than once; *found counts the findings. */
static pl_status find(pl_ctx *cx, pl_check *check, const listing *what, items *all,
                      size_t *found)
{
    size_t n;

    if (all->n > 1)
        qsort(all->p, all->n, sizeof *all->p, by_key);
    for (size_t i = 0; i < all->n; i += n) {
        const item *one = &all->p[i];

        for (n = 1; i + n < all->n && pl_str_eq(one->key, one[n].key);)
            n++;
        if (n < 2 || one->key.n < what->least || (what->first_heads && one->order == 1))
            continue;
        PL_TRY(say(cx, check, what,
                   same_row(check->plan, one, one + 1) ? PL_SEVERITY_WARNING
                                                       : PL_SEVERITY_NOTE,
                   one, n));
        ++*found;
    }
    return PL_OK;
}

static pl_status say_held(pl_ctx *cx, pl_check *check, const listing *what,
                          const items *all)
{
    const item *first = all->p;
    pl_relation *r;

    for (size_t i = 1; i < all->n; i++)
        first = all->p[i].order < first->order ? &all->p[i] : first;
    PL_TRY(
        pl_relation_add(cx, &check->relations, PL_KIND_SEQUENCE, PL_SEVERITY_HELD, &r));
    PL_TRY(pl_relation_zh(cx, r, "%s%zu处，无重复", what->zh, all->n));
    PL_TRY(pl_relation_en(cx, r, "%s: %zu, none twice", what->en, all->n));
    return pl_relation_at_fold(cx, r, first->text, first->at);
}

/* Find, and say that there is nothing where it is so. */
static pl_status examine(pl_ctx *cx, pl_check *check, const listing *what, items *all)
{
    size_t found = 0;

    PL_TRY(find(cx, check, what, all, &found));
    if (found == 0 && all->n > 1)
        PL_TRY(say_held(cx, check, what, all));
    all->n = 0;
    return PL_OK;
}

/* ---- lists inside texts ---- */

static const pl_str bullets[] = {PL_S_INIT("Ø"), PL_S_INIT("ü"), PL_S_INIT("•"),
                                 PL_S_INIT("●"), PL_S_INIT("■"), PL_S_INIT("◆"),
                                 PL_S_INIT("▪"), PL_S_INIT("➢"), PL_S_INIT("✓"),
                                 PL_S_INIT("□"), PL_S_INIT("※"), PL_S_INIT("★")};
static const pl_str stops[] = {PL_S_INIT("。"), PL_S_INIT(";"), PL_S_INIT(","),
                               PL_S_INIT(":"),  PL_S_INIT("!"), PL_S_INIT("?")};

/* Ideographs, and the digits and letters between them, are no marks. */
static bool may_be_mark(char c)
{
    return !pl_is_ideograph_byte(c) && !pl_is_digit(c) && !pl_is_alpha(c);
}

static size_t mark_at(pl_str s, size_t i, const pl_str *marks, size_t n)
{
    if (!may_be_mark(s.p[i]))
        return 0;
    return pl_str_prefix_of(pl_str_tail(s, i), marks, n);
}

/* Without the stops at its end. */
static pl_str trimmed(pl_str s)
{
    s = pl_str_trim(s);
    for (bool again = true; again;) {
        again = false;
        for (size_t k = 0; k < PL_COUNT(stops); k++)
            if (pl_str_ends(s, stops[k])) {
                s.n -= stops[k].n;
                again = true;
            }
    }
    return s;
}

/* Where the next bullet stands, from s[from] on, and its bytes; s.n when there is none.
 * Bullets begin with one of two bytes, which begin hardly anything else. */
static size_t next_bullet(pl_str s, size_t from, size_t *bytes)
{
    *bytes = 0;
    for (size_t i = from; (i = pl_skip_ideographs(s, i)) < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (c != 0xC3 && c != 0xE2)
            continue;
        *bytes = pl_str_prefix_of(pl_str_tail(s, i), bullets, PL_COUNT(bullets));
        if (*bytes)
            return i;
    }
    return s.n;
}

/* Items with bullets in one text. */
static pl_status bulleted(pl_ctx *cx, pl_check *check, const pl_fact_text *t, items *all,
                          size_t *found)
{
    static const listing what = {"列举的条目", "a listed item", ITEM_LEAST, false};
    pl_str s = t->fold.s;
    size_t bytes, i = next_bullet(s, 0, &bytes);

    all->n = 0;
    while (i < s.n) {
        size_t start = i + bytes;

        i = next_bullet(s, start, &bytes);
        PL_TRY(put(cx, all, trimmed(pl_str_sub(s, start, i - start)), t,
                   (pl_span){start, i - start}));
    }
    return find(cx, check, &what, all, found);
}

/* Quotation marks of titles: what stands between is the item, whatever stands around. */
static pl_str inside_title(pl_str s)
{
    size_t open = pl_str_find(s, PL_S("《"), 0), close = pl_str_find(s, PL_S("》"), 0);

    if (open == PL_NOPOS || close == PL_NOPOS || close < open)
        return s;
    return pl_str_sub(s, open, close + PL_S("》").n - open);
}

/* How deep in brackets and quotes: the change at s[i]. */
static int nesting(pl_str rest)
{
    static const pl_str opens[] = {PL_S_INIT("("), PL_S_INIT("“"), PL_S_INIT("《")};
    static const pl_str closes[] = {PL_S_INIT(")"), PL_S_INIT("”"), PL_S_INIT("》")};

    return (int)pl_str_starts_any(rest, opens, PL_COUNT(opens)) -
           (int)pl_str_starts_any(rest, closes, PL_COUNT(closes));
}

static pl_status put_name(pl_ctx *cx, items *all, const pl_fact_text *t, size_t from,
                          size_t to)
{
    pl_str name = inside_title(pl_str_trim(pl_str_sub(t->fold.s, from, to - from)));

    if (name.n == 0 || pl_is_digit(name.p[0]) || name.p[0] == '-' || name.p[0] == '+')
        return PL_OK;
    return put(cx, all, name, t, (pl_span){from, to - from});
}

/* Does one name end and the next begin at s[i]: at 、, between 》 and 《? Its bytes. */
static bool parts_names(pl_str s, size_t i, size_t *n)
{
    static const pl_str joints[] = {PL_S_INIT("》《"), PL_S_INIT("”“")};

    if (pl_str_starts(pl_str_tail(s, i), PL_S("、"))) {
        *n = PL_S("、").n;
        return true;
    }
    *n = 0;
    return i >= 3 && mark_at(s, i - 3, joints, PL_COUNT(joints)) > 0;
}

/* The end of a list of names, if one is being read. */
static pl_status end_names(pl_ctx *cx, pl_check *check, items *all, const pl_fact_text *t,
                           pl_span last, size_t *found)
{
    static const listing what = {"列举的名称", "a listed name", NAME_LEAST, false};

    if (all->n == 0)
        return PL_OK;
    PL_TRY(put_name(cx, all, t, last.at, last.at + last.n));
    PL_TRY(find(cx, check, &what, all, found));
    all->n = 0;
    return PL_OK;
}

/* Lists of names in the sentences of one text. */
static pl_status named(pl_ctx *cx, pl_check *check, const pl_fact_text *t, items *all,
                       size_t *found)
{
    pl_str s = t->fold.s;
    size_t start = 0, n, joint;
    int depth = 0;

    all->n = 0;
    for (size_t i = 0; (i = pl_skip_ideographs(s, i)) < s.n; i += n) {
        pl_str rest = pl_str_tail(s, i);

        if (!may_be_mark(s.p[i])) {
            n = pl_utf8_len((unsigned char)s.p[i]);
            continue;
        }
        bool may_stop = depth == 0 || pl_str_starts(rest, PL_S("。"));

        n = may_stop ? mark_at(s, i, stops, PL_COUNT(stops)) : 0;
        if (n) {
            PL_TRY(end_names(cx, check, all, t, (pl_span){start, i - start}, found));
            start = i + n;
            depth = 0;
            continue;
        }
        if (depth == 0 && parts_names(s, i, &joint)) {
            PL_TRY(put_name(cx, all, t, start, i));
            start = i + joint;
        }
        depth += nesting(rest);
        depth = depth < 0 ? 0 : depth;
        n = pl_utf8_len((unsigned char)s.p[i]);
    }
    return end_names(cx, check, all, t, (pl_span){start, s.n - start}, found);
}

static pl_status lists(pl_ctx *cx, pl_check *check, items *all)
{
    size_t found = 0;

    for (size_t i = 0; i < check->plan->texts.n; i++) {
        PL_TRY(bulleted(cx, check, &check->plan->texts.p[i], all, &found));
        PL_TRY(named(cx, check, &check->plan->texts.p[i], all, &found));
    }
    all->n = 0;
    return PL_OK;
}

/* ---- whole texts ---- */

static pl_str whole(const pl_fact_text *t)
{
    return trimmed(t->fold.s);
}

/* Prose: not a line that says who is responsible, nor one without a full stop. */
static bool is_prose(const pl_fact_text *t)
{
    static const pl_str duties[] = {PL_S_INIT("责任"), PL_S_INIT("(责任"),
                                    PL_S_INIT("牵头"), PL_S_INIT("(牵头"),
                                    PL_S_INIT("配合"), PL_S_INIT("(配合")};

    return t->source == PL_SOURCE_NARRATIVE && t->fold.s.n >= PARA_LEAST &&
           pl_str_has(t->fold.s, PL_S("。")) &&
           !pl_str_starts_any(t->fold.s, duties, PL_COUNT(duties));
}

static pl_status whole_texts(pl_ctx *cx, pl_check *check, items *all)
{
    static const listing tasks = {"任务", "a task", ITEM_LEAST, false};
    static const listing paragraphs = {"段落", "a paragraph", PARA_LEAST, false};
    const pl_fact_texts *texts = &check->plan->texts;

    for (size_t i = 0; i < texts->n; i++)
        if (texts->p[i].source == PL_SOURCE_TASK)
            PL_TRY(put(cx, all, whole(&texts->p[i]), &texts->p[i],
                       (pl_span){0, texts->p[i].fold.s.n}));
    PL_TRY(examine(cx, check, &tasks, all));
    for (size_t i = 0; i < texts->n; i++)
        if (is_prose(&texts->p[i]))
            PL_TRY(put(cx, all, whole(&texts->p[i]), &texts->p[i],
                       (pl_span){0, texts->p[i].fold.s.n}));
    return examine(cx, check, &paragraphs, all);
}

/* ---- rows ---- */

/* One row as a key: its cells one after the other. Empty when it says too little. */
static pl_status row_key(pl_ctx *cx, const pl_fact_text *t, size_t n, pl_str *out)
{
    size_t bytes = 0, longest = 0;
    char *p;

    *out = (pl_str){0};
    for (size_t i = 0; i < n; i++) {
        bytes += t[i].fold.s.n + 1;
        longest = t[i].fold.s.n > longest ? t[i].fold.s.n : longest;
    }
    if (n < 2 || longest < CELL_LEAST)
        return PL_OK;
    p = PL_NEW_N(cx->arena, char, bytes);
    if (!p)
        return pl_fail_memory(cx);
    bytes = 0;
    for (size_t i = 0; i < n; i++) {
        memcpy(p + bytes, t[i].fold.s.p, t[i].fold.s.n);
        bytes += t[i].fold.s.n;
        p[bytes++] = ' ';
    }
    *out = (pl_str){p, bytes - 1};
    return PL_OK;
}

static pl_status rows(pl_ctx *cx, pl_check *check, items *all)
{
    static const listing what = {"表内的行", "a row", 1, true};
    const pl_fact_texts *texts = &check->plan->texts;
    size_t n;

    for (size_t i = 0; i < texts->n; i += n) {
        const pl_fact_text *t = &texts->p[i];
        pl_str key;

        for (n = 1; i + n < texts->n && t->source == PL_SOURCE_COLUMN &&
                    t[n].block == t->block && t[n].cell &&
                    t[n].cell->row == t->cell->row;)
            n++;
        if (all->n && all->p[0].text->block != t->block)
            PL_TRY(examine(cx, check, &what, all));
        if (t->source != PL_SOURCE_COLUMN)
            continue;
        PL_TRY(row_key(cx, t, n, &key));
        if (key.n)
            PL_TRY(put(cx, all, key, t, (pl_span){0, t->fold.s.n}));
        if (key.n)
            all->p[all->n - 1].order = t->cell->row + 1;
    }
    return examine(cx, check, &what, all);
}

pl_status pl_rule_duplicate(pl_ctx *cx, pl_check *check)
{
    items all = {0};

    PL_TRY(lists(cx, check, &all));
    PL_TRY(whole_texts(cx, check, &all));
    return rows(cx, check, &all);
}
