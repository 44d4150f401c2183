#include "doc/html.h"

#include "doc/html_charset.h"
#include "doc/html_heading.h"
#include "doc/html_internal.h"
#include "doc/html_mime.h"

enum { SNIFF_BYTES = 2048 };

/* The first `<…>` that is no comment or declaration; its tag has to be a known one. A
 * doctype says so at once. */
static bool begins_like_page(pl_str s)
{
    pl_html_token t;
    pl_html_lex x;

    s = pl_str_trim(s);
    if (s.n == 0 || s.p[0] != '<')
        return false;
    if (pl_html_same(pl_str_sub(s, 0, 14), PL_S("<!doctype html")))
        return true;
    pl_html_lex_init(&x, s);
    while (pl_html_next(&x, &t)) {
        if (t.tag == PL_HTML_TEXT &&
            pl_str_trim(pl_str_sub(s, t.span.at, t.span.n)).n == 0)
            continue;
        return t.tag != PL_HTML_TEXT && t.tag != PL_HTML_OTHER;
    }
    return false;
}

bool pl_html_is(pl_bytes in)
{
    char ascii[SNIFF_BYTES];
    size_t n = 0, most = in.n < sizeof ascii * 2 ? in.n : sizeof ascii * 2;

    /* Markup is ASCII in all encodings of pages, but for the NULs of UTF-16. */
    for (size_t i = 0; i < most && n < sizeof ascii; i++)
        if (in.p[i] != 0 && !(i < 3 && in.p[i] >= 0xBB))
            ascii[n++] = (char)in.p[i];
    return begins_like_page((pl_str){ascii, n});
}

static pl_status odd(pl_html_reader *r, bool is_so, pl_str rule, pl_str zh, pl_str en,
                     pl_place place)
{
    return is_so ? pl_doc_odd(r->cx, r->d, rule, zh, en, place) : PL_OK;
}

/* What was odd about the page as a whole. */
static pl_status page_oddities(pl_html_reader *r, const pl_html_decoded *in)
{
    pl_place none = {0};

    PL_TRY(odd(r, in->bad > 0, PL_S("text.encoding"),
               PL_S("有的字节不是该编码的文字,以替代符号代之"),
               PL_S("some bytes are no text of the page's encoding; a replacement "
                    "character stands for them"),
               none));
    PL_TRY(odd(r, r->pg.cut, PL_S("html.cut"), PL_S("网页在标记中间断开,可能不完整"),
               PL_S("the page breaks off inside markup; it may not be complete"), none));
    PL_TRY(odd(r, r->pg.deep, PL_S("html.deep"),
               PL_S("网页的元素嵌套过深,更深的只取文字"),
               PL_S("elements are nested too deep; of the deeper ones only text is read"),
               none));
    PL_TRY(odd(r, r->pg.struck, PL_S("html.struck"), PL_S("网页里有划掉的文字,没有采用"),
               PL_S("text that is struck through was left out"), none));
    return odd(r, r->d->blocks.n == 0, PL_S("html.empty"),
               PL_S("网页里没有正文,可能由脚本生成"),
               PL_S("the page has no text; a script may have to make it"), none);
}

static pl_status read_page(pl_html_reader *r, const pl_html_decoded *in)
{
    pl_html_weight *w = NULL;

    PL_TRY(pl_html_page_make(r->cx, in->text, &r->pg));
    PL_TRY(pl_html_text_init(r->cx, in->text, &r->t));
    PL_TRY(pl_html_weigh(r->cx, &r->pg, &w));
    r->w = w;
    PL_TRY(pl_html_sort_tables(&r->pg, w, &r->t));
    r->main = pl_html_main(&r->pg, w);
    r->body = pl_html_body_look_of(&r->pg, r->main);
    r->max_depth = r->pg.depth + 1;
    r->levels = PL_NEW_N(r->cx->arena, pl_html_level, r->max_depth);
    if (!r->levels)
        return pl_fail_memory(r->cx);
    for (uint32_t i = 0; i < r->pg.n; i++)
        if (r->pg.nodes[i].flags & PL_NODE_RECORD)
            PL_TRY(pl_html_record_table(r, i));
    PL_TRY(pl_html_meta_tags(r));
    pl_html_text_clear(&r->t);
    PL_TRY(pl_html_blocks(r));
    PL_TRY(pl_outline_make(r->cx, r->d, pl_html_said_title(r).n > 0));
    PL_TRY(pl_html_title(r));
    return page_oddities(r, in);
}

/* Every place gets the path of the page in its archive. */
static void tell_path(pl_doc *d, pl_str path)
{
    d->title_place.path = path;
    for (size_t i = 0; i < d->meta.n; i++)
        d->meta.p[i].place.path = path;
    for (size_t i = 0; i < d->blocks.n; i++) {
        pl_table *t = d->blocks.p[i].table;

        d->blocks.p[i].place.path = path;
        for (size_t k = 0; t && k < t->cells.n; k++)
            t->cells.p[k].place.path = path;
    }
}

static pl_status read_html(pl_ctx *cx, pl_bytes in, pl_str charset, pl_doc **out)
{
    pl_html_reader r = {.cx = cx, .d = PL_NEW(cx->arena, pl_doc)};
    pl_html_decoded decoded;

    if (!r.d)
        return pl_fail_memory(cx);
    if (in.n > cx->limits.input_bytes || in.n >= UINT32_MAX / 2)
        return pl_fail(cx, PL_ELIMIT, PL_NOPOS, "a page of %zu bytes is too large", in.n);
    PL_TRY(pl_html_decode(cx, in, charset, &decoded));
    r.d->format = PL_S("html");
    r.d->charset = decoded.charset;
    r.d->source = decoded.text;
    r.d->bytes = in.n;
    PL_TRY(read_page(&r, &decoded));
    *out = r.d;
    return PL_OK;
}

pl_status pl_doc_read_html(pl_ctx *cx, pl_bytes in, pl_doc **out)
{
    return read_html(cx, in, (pl_str){0}, out);
}

bool pl_mhtml_is(pl_bytes in)
{
    return pl_mime_is(in);
}

pl_status pl_doc_read_mhtml(pl_ctx *cx, pl_bytes in, pl_doc **out)
{
    pl_mime_page page;
    pl_doc *d = NULL;

    PL_TRY(pl_mime_find_page(cx, in, &page));
    PL_TRY(read_html(cx, page.body, page.charset, &d));
    d->format = PL_S("mhtml");
    d->bytes = in.n;
    tell_path(d, page.location);
    *out = d;
    return PL_OK;
}
