#include "doc/html_heading.h"

#include "text/numbering.h"
#include "text/utf8.h"

enum {
    TAGGED_CHARS = 100,  /* a heading by its tag */
    NUMBERED_CHARS = 50, /* … by its numbering */
    TITLE_CHARS = 60,    /* a line of a title */
    BOLD_CHARS = 40,     /* a heading by being bold */
    SIZES = 256
};

/* Numbering that makes a short line a heading whatever it looks like; the rest of the
 * kinds also number items of lists. */
static bool is_ranking(pl_numbering_kind k)
{
    static const bool ranks[PL_NUMBERING_COUNT] = {
        [PL_NUMBERING_PART] = true,     [PL_NUMBERING_CHAPTER] = true,
        [PL_NUMBERING_SECTION] = true,  [PL_NUMBERING_CN_COMMA] = true,
        [PL_NUMBERING_CN_PAREN] = true,
    };

    return ranks[k];
}

/* A sentence, or a line that leads to one. */
static bool is_sentence(pl_str s)
{
    static const pl_str inside[] = {PL_S_INIT("。"), PL_S_INIT("；"), PL_S_INIT("！")};
    static const pl_str at_end[] = {PL_S_INIT("，"), PL_S_INIT("、"), PL_S_INIT(","),
                                    PL_S_INIT(";"),  PL_S_INIT("."),  PL_S_INIT("："),
                                    PL_S_INIT(":")};

    for (size_t i = 0; i < PL_COUNT(inside); i++)
        if (pl_str_has(s, inside[i]))
            return true;
    for (size_t i = 0; i < PL_COUNT(at_end); i++)
        if (pl_str_ends(s, at_end[i]))
            return true;
    return false;
}

/* In brackets as a whole, or a date: lines under a title. */
static bool is_under_title(pl_str s)
{
    bool brackets = (pl_str_starts(s, PL_S("（")) && pl_str_ends(s, PL_S("）"))) ||
                    (pl_str_starts(s, PL_S("(")) && pl_str_ends(s, PL_S(")")));

    return brackets || pl_str_ends(s, PL_S("日")) || pl_str_ends(s, PL_S("号"));
}

static bool stands_out(const pl_html_para *p, const pl_html_body_look *body)
{
    return (p->bold && !body->bold) || (p->size && body->size && p->size > body->size);
}

static pl_html_rank by_numbering(const pl_html_para *p, const pl_html_body_look *body,
                                 const pl_numbering *m, int *level)
{
    bool alone = m->n == p->text.n; /* 附件1 above an annex, not in a list of them */

    *level = m->level;
    if (m->level == 0)
        return PL_HTML_PLAIN;
    if (m->kind == PL_NUMBERING_ANNEX)
        return alone || stands_out(p, body) ? PL_HTML_NUMBERED : PL_HTML_PLAIN;
    if (is_ranking(m->kind) || p->tag_level || stands_out(p, body))
        return PL_HTML_NUMBERED;
    return PL_HTML_PLAIN;
}

/* In the middle, larger or bolder: a line of a title; only bolder: a heading. */
static pl_html_rank by_look(const pl_html_para *p, const pl_html_body_look *body,
                            pl_str title, size_t chars, bool stopped)
{
    if (!stopped && chars >= 4 && title.n && pl_str_has(title, p->text))
        return PL_HTML_TITLED;
    if (!stopped && p->center && !body->center && stands_out(p, body) &&
        chars <= TITLE_CHARS)
        return PL_HTML_TITLED;
    return p->bold && !body->bold && chars >= 2 && chars <= BOLD_CHARS ? PL_HTML_BOLD
                                                                       : PL_HTML_PLAIN;
}

pl_html_rank pl_html_rank_of(const pl_html_para *p, const pl_html_body_look *body,
                             pl_str title, int *level)
{
    bool stopped = pl_str_ends(p->text, PL_S("。")); /* some headings end so */
    pl_str s = pl_str_sub(p->text, 0, p->text.n - (stopped ? 3 : 0));
    size_t chars = s.n > 4 * TAGGED_CHARS ? TAGGED_CHARS + 1 : pl_utf8_count(s);
    pl_numbering m = pl_numbering_at(s);
    bool sentence = is_sentence(s) || (stopped && pl_str_has(s, PL_S("，")));
    pl_html_rank rank;

    *level = 0;
    if (chars > TAGGED_CHARS || pl_str_has(s, PL_S("。")))
        return PL_HTML_PLAIN;
    if (m.kind != PL_NUMBERING_NONE && (chars > NUMBERED_CHARS || is_sentence(s)))
        return PL_HTML_PLAIN;
    if (m.kind != PL_NUMBERING_NONE && stopped && !p->tag_level && !stands_out(p, body))
        return PL_HTML_PLAIN; /* what stands below will tell */
    if (m.kind != PL_NUMBERING_NONE)
        return by_numbering(p, body, &m, level);
    if (p->tag_level && !(stopped && sentence)) {
        *level = p->tag_level;
        return PL_HTML_TAGGED;
    }
    if (sentence || p->listed || is_under_title(s))
        return PL_HTML_PLAIN;
    rank = by_look(p, body, title, chars, stopped);
    *level = rank == PL_HTML_TITLED;
    return rank;
}

pl_html_body_look pl_html_body_look_of(const pl_html_page *pg, uint32_t main)
{
    size_t of_size[SIZES] = {0}, all = 1, bold = 0, center = 0, best = 0;
    const pl_html_node *n;

    for (uint32_t i = main; i < pg->nodes[main].end; i++) {
        n = &pg->nodes[i];
        if (n->flags & PL_NODE_DATA)
            i = n->end - 1; /* tables have letters of their own */
        if (n->tag != PL_HTML_TEXT)
            continue;
        all += n->n;
        of_size[n->size] += n->n;
        bold += n->flags & PL_LOOK_BOLD ? n->n : 0;
        center += n->flags & PL_LOOK_CENTER ? n->n : 0;
    }
    for (size_t i = 1; i < SIZES; i++)
        if (of_size[i] > of_size[best])
            best = i;
    return (pl_html_body_look){
        .size = (uint8_t)best, .bold = bold * 2 > all, .center = center * 2 > all};
}
