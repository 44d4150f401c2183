/* Where a page's text is, and what stands around it. */
#include "doc/html_parts.h"

enum {
    SHORT_SHARE = 7,     /* text without a sentence may be left when it is below 1/7 */
    LINKED_SHARE = 20,   /* … with sentences among more links, below 1/20 */
    GOOD_SHARE = 10,     /* … any text beside what is named as the text, below 1/10 */
    LINKS_MIN = 5,       /* a list of links has so many */
    LINK_TEXT_SHARE = 4, /* … and so many times more text in links than outside */
};

/* Elements that are text themselves; others only place what is in them. */
static const uint8_t texts[] = {PL_HTML_TEXT,   PL_HTML_P,  PL_HTML_H1, PL_HTML_H2,
                                PL_HTML_H3,     PL_HTML_H4, PL_HTML_H5, PL_HTML_H6,
                                PL_HTML_UL,     PL_HTML_OL, PL_HTML_DL, PL_HTML_PRE,
                                PL_HTML_CAPTION};

static bool is_container(const pl_html_node *n)
{
    if (n->tag == PL_HTML_TABLE)
        return (n->flags & PL_NODE_LAYOUT) != 0;
    return memchr(texts, n->tag, sizeof texts) == NULL;
}

static bool has_data(const pl_html_page *pg, uint32_t node)
{
    for (uint32_t i = node; i < pg->nodes[node].end; i++)
        if (pg->nodes[i].flags & PL_NODE_DATA)
            return true;
    return false;
}

/* May the text of `node` be left behind when the document is all in `best` beside it? */
static bool is_spare(const pl_html_page *pg, const pl_html_weight *w, uint32_t node,
                     uint32_t best)
{
    const pl_html_node *n = &pg->nodes[node];
    uint64_t text = w[node].text, kept = w[best].text;
    bool good = (pg->nodes[best].flags & PL_NODE_GOOD) && kept * 2 >= w[0].text;

    if (text == 0 || (n->flags & (PL_NODE_AWAY | PL_NODE_RECORD)))
        return true;
    if (has_data(pg, node))
        return false;
    if (good && text * GOOD_SHARE < kept)
        return true;
    if (!is_container(n))
        return false;
    return w[node].stops == 0 ? text * SHORT_SHARE < kept
                              : w[node].link >= text && text * LINKED_SHARE < kept;
}

static uint32_t heaviest_child(const pl_html_page *pg, const pl_html_weight *w,
                               uint32_t of)
{
    uint32_t best = PL_HTML_NONE;

    for (uint32_t i = of + 1; i < pg->nodes[of].end; i = pg->nodes[i].end)
        if (best == PL_HTML_NONE || w[i].text > w[best].text)
            best = i;
    return best;
}

uint32_t pl_html_main(const pl_html_page *pg, const pl_html_weight *w)
{
    for (uint32_t at = 0;;) {
        uint32_t best = heaviest_child(pg, w, at);
        bool alone = best != PL_HTML_NONE && is_container(&pg->nodes[best]);

        for (uint32_t i = at + 1; alone && i < pg->nodes[at].end; i = pg->nodes[i].end)
            alone = i == best || is_spare(pg, w, i, best);
        if (!alone)
            return at;
        at = best;
    }
}

/* Links to files are attachments: they belong to the text. */
static bool is_file(pl_str href)
{
    static const pl_str kinds[] = {
        PL_S_INIT(".doc"), PL_S_INIT(".docx"), PL_S_INIT(".xls"), PL_S_INIT(".xlsx"),
        PL_S_INIT(".pdf"), PL_S_INIT(".wps"),  PL_S_INIT(".et"),  PL_S_INIT(".ofd"),
        PL_S_INIT(".zip"), PL_S_INIT(".rar"),  PL_S_INIT(".ppt"), PL_S_INIT(".pptx")};

    for (size_t i = 0; i < PL_COUNT(kinds); i++)
        if (href.n > kinds[i].n &&
            pl_html_same(pl_str_tail(href, href.n - kinds[i].n), kinds[i]))
            return true;
    return false;
}

static bool is_link_list(const pl_html_page *pg, uint32_t node)
{
    uint32_t links = 0, files = 0;

    for (uint32_t i = node; i < pg->nodes[node].end; i++) {
        pl_str href;

        if (pg->nodes[i].tag != PL_HTML_A ||
            !pl_html_attr(pl_html_source(pg, &pg->nodes[i]), PL_S("href"), &href))
            continue;
        links++;
        files += is_file(href);
    }
    return links >= LINKS_MIN && files * 2 < links;
}

bool pl_html_is_apart(const pl_html_page *pg, const pl_html_weight *w, uint32_t node,
                      bool *known)
{
    bool dense = w[node].link > 0 && w[node].stops == 0 &&
                 w[node].link / LINK_TEXT_SHARE >= w[node].text;

    if (pg->nodes[node].flags & PL_NODE_AWAY)
        return true;
    if (*known || !dense)
        return false;
    *known = true;
    return is_link_list(pg, node);
}
