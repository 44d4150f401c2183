/* Headings and the title, judged when the whole document is known. */
#include "doc/docx_internal.h"

#include "text/number.h"
#include "text/numbering.h"
#include "text/utf8.h"

enum {
    HEADING_CHARS = 50, /* longer ones are sentences, whatever they look like */
    SHORT_CHARS = 30,   /* of a heading without a number */
    TITLE_CHARS = 80,
    SYMBOL_CHARS = 40, /* 文号 */
    TITLE_BLOCKS = 12, /* the title stands among the first ones */
    STYLED_CHARS = 80, /* a paragraph styled as a heading that is longer and goes on
                          after a full stop is a paragraph */
    SIZES = 256,       /* half points told apart; larger ones are the last */
    LEVEL_MAX = 6
};

/* No sentence: no full stop in it, nothing left open at its end. */
static bool is_phrase(pl_str s, size_t most)
{
    static const pl_str stops[] = {PL_S_INIT("。"), PL_S_INIT("；"), PL_S_INIT("！"),
                                   PL_S_INIT("？")};
    static const pl_str open[] = {PL_S_INIT("，"), PL_S_INIT("、"), PL_S_INIT("："),
                                  PL_S_INIT(","),  PL_S_INIT(";"),  PL_S_INIT(":"),
                                  PL_S_INIT("."),  PL_S_INIT("…")};

    return s.n > 0 && s.n <= 4 * most && pl_utf8_count(s) <= most &&
           !pl_str_has_any(s, stops, PL_COUNT(stops)) &&
           !pl_str_ends_any(s, open, PL_COUNT(open));
}

/* The size in which most of the text is set, 0 = not known. */
static int usual_size(const docx *x)
{
    size_t bytes[SIZES] = {0}, best = 0;

    for (size_t i = 0; i < x->flow.looks.n; i++) {
        const docx_look *l = &x->flow.looks.p[i];
        int size = l->size < 0 ? 0 : l->size < SIZES ? l->size : SIZES - 1;

        bytes[size] += x->flow.blocks.p[l->block].text.s.n;
    }
    for (size_t i = 1; i < SIZES; i++)
        if (bytes[i] > bytes[best])
            best = i;
    return (int)best;
}

static int at_most(int level)
{
    return level > LEVEL_MAX ? LEVEL_MAX : level;
}

/* The level that the format gives, 0 = none. */
static int level_said(const docx_look *l, pl_str s)
{
    size_t stop = pl_str_find(s, PL_S("。"), 0);

    if (stop != PL_NOPOS && stop + 3 < s.n && pl_utf8_count(s) > STYLED_CHARS)
        return 0;
    if (l->outline >= 0)
        return l->outline < 9 ? at_most(l->outline + 1) : 0;
    return l->style ? at_most(l->style->heading) : 0;
}

static bool is_set_apart(const docx_look *l)
{
    return l->bold || l->heavy || l->centred;
}

/* The level of a numbered line without a sentence in it. Numbers in Arabic digits also
 * count items of lists: those headings have to look like some. */
static int level_numbered(const docx_look *l, pl_str s)
{
    pl_numbering mark = pl_numbering_at(s);
    pl_str rest = pl_str_trim(pl_str_tail(s, mark.n));

    switch (mark.kind) {
    case PL_NUMBERING_ANNEX:
        return rest.n == 0 || (is_phrase(rest, HEADING_CHARS) &&
                               !pl_str_starts(rest, PL_S("：")) &&
                               !pl_str_starts(rest, PL_S(":")))
                   ? mark.level
                   : 0;
    case PL_NUMBERING_PART:
    case PL_NUMBERING_CHAPTER:
    case PL_NUMBERING_SECTION:
    case PL_NUMBERING_CN_COMMA:
    case PL_NUMBERING_CN_PAREN:
        return is_phrase(rest, HEADING_CHARS) ? mark.level : 0;
    case PL_NUMBERING_AR_DOT:
    case PL_NUMBERING_AR_PAREN:
    case PL_NUMBERING_CIRCLED:
        return is_set_apart(l) && is_phrase(rest, HEADING_CHARS) ? mark.level : 0;
    case PL_NUMBERING_NONE:
    case PL_NUMBERING_CN_IS:
    case PL_NUMBERING_COLUMN:
    case PL_NUMBERING_COUNT:
        break;
    }
    return 0;
}

/* Captions, units of measure, dates and places under a title. */
static bool is_beside(pl_str s)
{
    static const pl_str starts[] = {PL_S_INIT("（"),   PL_S_INIT("("),    PL_S_INIT("表"),
                                    PL_S_INIT("图"),   PL_S_INIT("单位"), PL_S_INIT("注"),
                                    PL_S_INIT("来源"), PL_S_INIT("——")};

    for (size_t i = 0; i < PL_COUNT(starts); i++)
        if (pl_str_starts(s, starts[i]))
            return true;
    return pl_numbering_at(s).kind != PL_NUMBERING_NONE || pl_str_ends(s, PL_S("日"));
}

/* A line without a number is a heading when two things set it apart. */
static bool stands_out(const docx_look *l, int usual, pl_str s)
{
    int marks = l->centred + (l->bold || l->heavy) + (usual > 0 && l->size > usual);

    return marks >= 2 && is_phrase(s, SHORT_CHARS) && !is_beside(s);
}

/* The head of an official letter names the sender: 某某区人民政府文件. */
static bool is_letterhead(pl_str s)
{
    return pl_str_ends(s, PL_S("文件")) || pl_str_has(s, PL_S("〔"));
}

static bool is_title_line(const docx_look *l, int usual, pl_str s)
{
    if (l->style && l->style->is_title)
        return true;
    return l->centred && (l->bold || l->heavy || (usual > 0 && l->size > usual)) &&
           is_phrase(s, TITLE_CHARS) && !is_letterhead(s) && !is_beside(s);
}

static pl_str text_of(const docx *x, const docx_look *l)
{
    return x->flow.blocks.p[l->block].text.s;
}

/* The looks of the title's first line and the number of its lines; 0 = none was found.
 * Of lines that could be it the largest is; it ends where size or look change. */
static size_t title_find(const docx *x, int usual, size_t *first)
{
    size_t n = 0, best = PL_NOPOS;

    for (size_t i = 0; i < x->flow.looks.n && x->flow.looks.p[i].block < TITLE_BLOCKS;
         i++) {
        const docx_look *l = &x->flow.looks.p[i];
        pl_str s = text_of(x, l);

        if (level_numbered(l, s))
            break;
        if (is_title_line(l, usual, s) &&
            (best == PL_NOPOS || l->size > x->flow.looks.p[best].size))
            best = i;
    }
    for (size_t i = best; best != PL_NOPOS && i < x->flow.looks.n; i++, n++)
        if (x->flow.looks.p[i].size != x->flow.looks.p[best].size ||
            x->flow.looks.p[i].style != x->flow.looks.p[best].style ||
            x->flow.looks.p[i].block != x->flow.looks.p[best].block + n ||
            !is_title_line(&x->flow.looks.p[i], usual, text_of(x, &x->flow.looks.p[i])))
            break;
    *first = best;
    return n;
}

/* Join the n lines of the title into the block of the first. */
static pl_status title_join(pl_ctx *cx, docx *x, size_t first, size_t n)
{
    pl_block *b = &x->flow.blocks.p[x->flow.looks.p[first].block];
    pl_blocks *all = &x->flow.blocks;

    x->line.n = 0;
    for (size_t i = 0; i < n; i++)
        PL_TRY(docx_put(cx, &x->line, b[i].text.s));
    PL_TRY(pl_str_keep(cx, docx_chars_str(&x->line), &b->text.s));
    b->kind = PL_BLOCK_HEADING;
    b->level = 1;
    x->doc->title = b->text.s;
    x->doc->title_place = b->place;
    memmove(b + 1, b + n, (all->n - (size_t)(b + n - all->p)) * sizeof *b);
    all->n -= n - 1;
    return PL_OK;
}

/* Without a line that looks like it, a first heading that has no number is the title;
 * else what the file's properties say. */
static void title_else(docx *x)
{
    pl_doc *d = x->doc;
    const pl_block *b = x->flow.blocks.n ? &x->flow.blocks.p[0] : NULL;
    const pl_meta *said = pl_doc_meta_of(d, PL_S("标题"));

    if (b && b->kind == PL_BLOCK_HEADING && b->level == 1 &&
        pl_numbering_at(b->text.s).kind == PL_NUMBERING_NONE) {
        d->title = b->text.s;
        d->title_place = b->place;
        return;
    }
    if (said)
        d->title = said->value;
}

/* `海政发〔2023〕1号`: letters, a year in brackets, a number. */
static bool is_symbol(pl_str s)
{
    static const struct {
        pl_str open, close;
    } brackets[] = {{PL_S_INIT("〔"), PL_S_INIT("〕")},
                    {PL_S_INIT("［"), PL_S_INIT("］")},
                    {PL_S_INIT("["), PL_S_INIT("]")}};
    pl_str year, number;
    size_t open = PL_NOPOS, close = PL_NOPOS, n = 0;

    for (size_t i = 0; i < PL_COUNT(brackets) && close == PL_NOPOS; i++) {
        open = pl_str_find(s, brackets[i].open, 0);
        close = open == PL_NOPOS ? PL_NOPOS : pl_str_find(s, brackets[i].close, open);
        n = brackets[i].open.n;
    }
    if (close == PL_NOPOS || open == 0 || pl_utf8_count(s) > SYMBOL_CHARS)
        return false;
    year = pl_str_sub(s, open + n, close - open - n);
    number = pl_str_tail(s, close + n);
    return year.n == 4 && pl_ordinal(year) >= 1900 && pl_str_ends(number, PL_S("号")) &&
           pl_ordinal(pl_str_trim(pl_str_sub(number, 0, number.n - 3))) > 0;
}

/* The number of the publication, which stands near the title. */
static pl_status symbol_take(pl_ctx *cx, docx *x)
{
    for (size_t i = 0; i < x->flow.looks.n && x->flow.looks.p[i].block < TITLE_BLOCKS;
         i++) {
        const pl_block *b = &x->flow.blocks.p[x->flow.looks.p[i].block];
        pl_meta *m;

        if (!is_symbol(b->text.s))
            continue;
        m = PL_VEC_ADD(cx->arena, &x->doc->meta);
        if (!m)
            return pl_fail_memory(cx);
        *m = (pl_meta){PL_S("文号"), b->text.s, b->place};
        return PL_OK;
    }
    return PL_OK;
}

pl_status docx_headings(pl_ctx *cx, docx *x)
{
    int usual = usual_size(x);
    size_t first, n = title_find(x, usual, &first);

    PL_TRY(symbol_take(cx, x));
    for (size_t i = 0; i < x->flow.looks.n; i++) {
        const docx_look *l = &x->flow.looks.p[i];
        pl_block *b = &x->flow.blocks.p[l->block];
        int level = level_said(l, b->text.s);

        if (level == 0 && l->outline < 9)
            level = level_numbered(l, b->text.s);
        if (level == 0 && l->outline < 9 && (n == 0 || i > first) &&
            stands_out(l, usual, b->text.s))
            level = 1;
        if (level > 0 && !(n > 0 && i >= first && i < first + n)) {
            b->kind = PL_BLOCK_HEADING;
            b->level = level;
        }
    }
    if (n > 0)
        return title_join(cx, x, first, n);
    title_else(x);
    return PL_OK;
}
