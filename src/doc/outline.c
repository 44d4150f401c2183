/* Headings that only their place tells: a short line above running text, a numbered line
 * that is in no list, the lines of a title. Works on the blocks, after the walk. */
#include "doc/outline.h"

#include "text/numbering.h"

/* Bytes; three to a Chinese character. */
enum {
    HEADING_BYTES = 180,  /* a numbered heading */
    PLAIN_BYTES = 90,     /* a heading without numbering */
    PLAIN_MIN_BYTES = 12, /* … and not a name or a word */
    BELOW_BYTES = 150,    /* what such a heading stands above */
    TITLE_BYTES = 240,    /* a line of a title */
    TITLE_LINES = 4,
    DOTTED_LINES = 2 /* so many headings that end in 。 show that it is the manner */
};

/* Words that titles of documents end with. */
static const pl_str title_ends[] = {
    PL_S_INIT("报告"), PL_S_INIT("通知"), PL_S_INIT("规划"), PL_S_INIT("纲要"),
    PL_S_INIT("方案"), PL_S_INIT("意见"), PL_S_INIT("计划"), PL_S_INIT("办法"),
    PL_S_INIT("要点"), PL_S_INIT("公报"), PL_S_INIT("决定"), PL_S_INIT("条例"),
    PL_S_INIT("公告"), PL_S_INIT("清单"), PL_S_INIT("批复"), PL_S_INIT("表"),
};

typedef struct outline {
    pl_doc *d;
    int level;      /* of the last numbered heading */
    bool has_parts; /* the document has headings of the first rank with numbering */
    bool dotted;    /* its headings end in 。 */
} outline;

static bool has_sentence(pl_str s)
{
    return pl_str_has(s, PL_S("。")) || pl_str_has(s, PL_S("！")) ||
           pl_str_has(s, PL_S("？")) || pl_str_has(s, PL_S("；"));
}

static bool has_colon(pl_str s)
{
    return pl_str_has(s, PL_S("：")) || pl_str_has(s, PL_S(":"));
}

static pl_str without_stop(pl_str s)
{
    return pl_str_ends(s, PL_S("。")) ? pl_str_sub(s, 0, s.n - 3) : s;
}

static const pl_block *block_at(const outline *o, size_t i)
{
    return i < o->d->blocks.n ? &o->d->blocks.p[i] : NULL;
}

/* The numbering of a block that is a paragraph or heading. */
static pl_numbering numbering_of(const pl_block *b)
{
    return b && b->kind != PL_BLOCK_TABLE ? pl_numbering_at(b->text.s)
                                          : (pl_numbering){0};
}

/* An item whose neighbour carries the number before or after is in a list. */
static bool in_list(const outline *o, size_t i, pl_numbering m)
{
    const pl_block *above = i ? block_at(o, i - 1) : NULL;
    pl_numbering before = numbering_of(above), after = numbering_of(block_at(o, i + 1));

    if (before.kind == PL_NUMBERING_ANNEX) /* 附件：1.计划表 is the first of a list */
        before = pl_numbering_at(pl_str_tail(above->text.s, before.n));
    return (before.kind == m.kind && before.number == m.number - 1) ||
           (after.kind == m.kind && after.number == m.number + 1);
}

/* An item of a list by its tag: its mark is not in the source, and its place there is
 * that of the tag. */
static bool is_tagged_item(const outline *o, const pl_block *b)
{
    return b->text.n_runs && o->d->source.n &&
           o->d->source.p[b->text.runs[0].source] == '<' && b->text.s.p[0] != '<';
}

/* （四）研发6项。 with （五） right below: an item itself, there is nothing under it. */
static bool is_stopped_item(const outline *o, size_t i, pl_numbering m)
{
    pl_numbering after = numbering_of(block_at(o, i + 1));

    return pl_str_ends(o->d->blocks.p[i].text.s, PL_S("。")) && after.kind == m.kind &&
           after.number == m.number + 1;
}

static int numbered_level(const outline *o, size_t i, pl_numbering m)
{
    const pl_block *b = &o->d->blocks.p[i];
    pl_str s = b->text.s, text = pl_str_tail(s, m.n);
    bool leads = pl_str_ends(text, PL_S("：")) || pl_str_ends(text, PL_S(":"));

    if (s.n > HEADING_BYTES || m.kind == PL_NUMBERING_ANNEX || is_tagged_item(o, b))
        return 0;
    if (m.level >= 3 &&
        (text.n == 0 || has_sentence(text) || has_colon(text) || in_list(o, i, m)))
        return 0;
    if (has_sentence(without_stop(text)) || leads || is_stopped_item(o, i, m))
        return 0;
    return m.level;
}

/* No sentence, no figure's colon, no name's space, no date. */
static bool is_plain_words(pl_str s)
{
    static const pl_str never[] = {PL_S_INIT("。"), PL_S_INIT("，"), PL_S_INIT("；"),
                                   PL_S_INIT("："), PL_S_INIT("！"), PL_S_INIT("？"),
                                   PL_S_INIT(":"),  PL_S_INIT(","),  PL_S_INIT(" "),
                                   PL_S_INIT("　"), PL_S_INIT("|"),  PL_S_INIT("（")};

    for (size_t i = 0; i < PL_COUNT(never); i++)
        if (pl_str_has(s, never[i]))
            return false;
    return !pl_str_ends(s, PL_S("日")) && !pl_str_ends(s, PL_S("号"));
}

/* A paragraph that stands, alone and short, above running text. */
static bool is_plain_heading(const outline *o, size_t i, bool dotted)
{
    const pl_block *below = block_at(o, i + 1);
    pl_str s = o->d->blocks.p[i].text.s;

    if (s.n < PLAIN_MIN_BYTES || s.n > PLAIN_BYTES || !below ||
        below->kind == PL_BLOCK_TABLE)
        return false;
    if (!is_plain_words(dotted ? without_stop(s) : s))
        return false;
    return (below->kind == PL_BLOCK_PARA && below->text.s.n >= BELOW_BYTES &&
            has_sentence(below->text.s)) ||
           numbering_of(below).kind == PL_NUMBERING_CN_PAREN;
}

/* Some documents end their headings with 。; a single short sentence is none. */
static bool is_dotted(const outline *o)
{
    size_t n = 0;

    for (size_t i = 0; i < o->d->blocks.n && n < DOTTED_LINES; i++) {
        const pl_block *b = &o->d->blocks.p[i];

        n += b->kind == PL_BLOCK_PARA && pl_str_ends(b->text.s, PL_S("。")) &&
             numbering_of(b).kind == PL_NUMBERING_NONE && is_plain_heading(o, i, true);
    }
    return n == DOTTED_LINES;
}

bool pl_outline_ends_title(pl_str s)
{
    for (size_t i = 0; i < PL_COUNT(title_ends); i++)
        if (pl_str_ends(s, title_ends[i]))
            return true;
    return false;
}

static bool is_title_line(const pl_block *b)
{
    pl_str s = b ? b->text.s : (pl_str){0};

    return b && b->kind == PL_BLOCK_PARA && s.n <= TITLE_BYTES && !has_sentence(s) &&
           !has_colon(s) && numbering_of(b).kind == PL_NUMBERING_NONE &&
           (!pl_str_has(s, PL_S("，")) || pl_outline_ends_title(s));
}

/* Lines of a title from block i on: up to one that ends as titles do, or all that stand
 * above a table. */
static size_t title_lines(const outline *o, size_t i, bool above_table)
{
    size_t n = 0;

    while (n < TITLE_LINES && is_title_line(block_at(o, i + n))) {
        const pl_block *below = block_at(o, i + ++n);

        if (above_table && below && below->kind == PL_BLOCK_TABLE)
            return n;
        if (!above_table && pl_outline_ends_title(o->d->blocks.p[i + n - 1].text.s))
            return n;
    }
    return 0;
}

pl_status pl_block_join(pl_ctx *cx, pl_block *b, const pl_text *next)
{
    pl_text both = {.n_runs = b->text.n_runs + next->n_runs};
    char *p = PL_NEW_N(cx->arena, char, b->text.s.n + next->s.n);
    pl_run *runs = PL_NEW_N(cx->arena, pl_run, both.n_runs);

    if (!p || !runs)
        return pl_fail_memory(cx);
    /* what is empty may be NULL, which memcpy does not take */
    if (b->text.s.n)
        memcpy(p, b->text.s.p, b->text.s.n);
    if (next->s.n)
        memcpy(p + b->text.s.n, next->s.p, next->s.n);
    for (size_t i = 0; i < b->text.n_runs; i++)
        runs[i] = b->text.runs[i];
    for (size_t i = 0; i < next->n_runs; i++) {
        runs[b->text.n_runs + i] = next->runs[i];
        runs[b->text.n_runs + i].at += b->text.s.n;
    }
    both.s = (pl_str){p, b->text.s.n + next->s.n};
    both.runs = runs;
    b->text = both;
    b->place = pl_text_place(&both, &b->place, 0, both.s.n);
    b->place.at = 0;
    return PL_OK;
}

/* Blocks [i, i + n) become one heading of the first rank. */
static pl_status title_make(pl_ctx *cx, outline *o, size_t i, size_t n)
{
    pl_blocks *all = &o->d->blocks;
    pl_block *b = &all->p[i];

    for (size_t k = 1; k < n; k++)
        PL_TRY(pl_block_join(cx, b, &all->p[i + k].text));
    memmove(b + 1, b + n, (all->n - i - n) * sizeof *b);
    all->n -= n - 1;
    b->kind = PL_BLOCK_HEADING;
    b->level = 1;
    return PL_OK;
}

/* A mark of an annex alone: its title follows. */
static bool is_annex_mark(const pl_block *b)
{
    pl_numbering m = numbering_of(b);

    return b && b->kind == PL_BLOCK_HEADING && m.kind == PL_NUMBERING_ANNEX &&
           m.n == b->text.s.n;
}

static void see_heading(outline *o, const pl_block *b)
{
    pl_numbering m = numbering_of(b);

    if (m.level == 0)
        return;
    o->level = b->level;
    o->has_parts = o->has_parts || (m.level == 1 && m.kind != PL_NUMBERING_ANNEX);
}

static void outline_block(outline *o, size_t i)
{
    pl_block *b = &o->d->blocks.p[i];
    pl_numbering m = numbering_of(b);

    if (b->kind == PL_BLOCK_PARA) {
        if (m.kind != PL_NUMBERING_NONE)
            b->level = numbered_level(o, i, m);
        else if (is_plain_heading(o, i, o->dotted))
            b->level = !o->has_parts ? 1 : o->level < 6 ? o->level + 1 : 6;
        b->kind = b->level ? PL_BLOCK_HEADING : PL_BLOCK_PARA;
    }
    if (b->kind == PL_BLOCK_HEADING && b->level == 0) /* a bold line */
        b->level = o->level == 0 ? 2 : o->level < 6 ? o->level + 1 : 6;
    if (b->kind == PL_BLOCK_HEADING)
        see_heading(o, b);
}

/* The title of the annex whose mark stands right above block i. */
static pl_status annex_title(pl_ctx *cx, outline *o, size_t i)
{
    size_t lines;

    if (i == 0 || !is_annex_mark(block_at(o, i - 1)))
        return PL_OK;
    lines = title_lines(o, i, true);
    lines = lines ? lines : title_lines(o, i, false);
    return lines ? title_make(cx, o, i, lines) : PL_OK;
}

pl_status pl_outline_make(pl_ctx *cx, pl_doc *d, bool titled)
{
    outline o = {.d = d};
    size_t lines = title_lines(&o, 0, false);

    o.dotted = is_dotted(&o);
    if (lines && !titled)
        PL_TRY(title_make(cx, &o, 0, lines));
    for (size_t i = 0; i < d->blocks.n; i++) {
        PL_TRY(annex_title(cx, &o, i));
        outline_block(&o, i);
    }
    return PL_OK;
}

pl_status pl_outline_annexes(pl_ctx *cx, pl_doc *d)
{
    outline o = {.d = d};

    for (size_t i = 1; i < d->blocks.n; i++)
        PL_TRY(annex_title(cx, &o, i));
    return PL_OK;
}
