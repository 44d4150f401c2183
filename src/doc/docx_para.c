#include "doc/docx_internal.h"

#include "text/numbering.h"
#include "text/utf8.h"

#include <stdio.h>

pl_status docx_place(pl_ctx *cx, pl_str prefix, size_t n, pl_place *out)
{
    char path[32];

    (void)snprintf(path, sizeof path, "%.*s%zu", PL_FMT(prefix), n);
    *out = (pl_place){0};
    return pl_str_keep(cx, pl_str_from(path), &out->path);
}

pl_status docx_put(pl_ctx *cx, docx_chars *to, pl_str s)
{
    while (to->cap - to->n < s.n)
        if (!pl_vec_grow(cx->arena, (void **)&to->p, &to->cap, 1, 1))
            return pl_fail_memory(cx);
    if (s.n)
        memcpy(to->p + to->n, s.p, s.n);
    to->n += s.n;
    return PL_OK;
}

/* The next line of *s, trimmed; false at the end. */
static bool line_step(pl_str *s, pl_str *line)
{
    size_t end;

    if (s->n == 0)
        return false;
    end = pl_str_find(*s, PL_S("\n"), 0);
    *line = pl_str_trim(pl_str_sub(*s, 0, end == PL_NOPOS ? s->n : end));
    *s = pl_str_tail(*s, end == PL_NOPOS ? s->n : end + 1);
    return true;
}

/* Append a line; tabs become spaces. */
static pl_status line_put(pl_ctx *cx, docx_chars *to, pl_str line)
{
    size_t at = to->n;

    PL_TRY(docx_put(cx, to, line));
    for (; at < to->n; at++)
        if (to->p[at] == '\t')
            to->p[at] = ' ';
    return PL_OK;
}

pl_status docx_put_lines(pl_ctx *cx, docx_chars *to, pl_str s)
{
    pl_str line;

    while (line_step(&s, &line)) {
        if (line.n == 0)
            continue;
        if (to->n)
            PL_TRY(docx_put(cx, to, PL_S("\n")));
        PL_TRY(line_put(cx, to, line));
    }
    return PL_OK;
}

void docx_para_begin(const docx *x, docx_para *p)
{
    docx_para fresh = {.text = p->text, .size = -1};

    if (!p->carried)
        fresh.text.n = 0;
    fresh.props = docx_props_none();
    fresh.style = docx_style_of(&x->styles, PL_S(""));
    fresh.n = p->carried ? p->n : 0;
    fresh.bold = p->carried ? p->bold : 0;
    fresh.heavy = p->carried ? p->heavy : 0;
    fresh.longest = p->carried ? p->longest : 0;
    fresh.size = p->carried ? p->size : -1;
    *p = fresh;
}

docx_props docx_para_props(const docx *x, const docx_para *p)
{
    return docx_props_over(p->style ? p->style->props : x->styles.defaults, p->props);
}

static bool is_blank(pl_str s)
{
    return pl_str_trim(s).n == 0;
}

pl_status docx_para_put(pl_ctx *cx, docx_para *p, pl_str s)
{
    if (!is_blank(s)) {
        p->n += s.n;
        p->bold += p->run.bold == 1 ? s.n : 0;
        p->heavy += p->run.heavy == 1 ? s.n : 0;
        p->run_n += s.n;
    }
    if (p->run_n > p->longest) {
        p->longest = p->run_n;
        p->size = p->run.size;
    }
    return docx_put(cx, &p->text, s);
}

void docx_para_label(docx *x, const docx_para *p, pl_numeral *out)
{
    docx_props props = docx_para_props(x, p);

    out->n = 0;
    if (props.num_id > 0)
        docx_number(&x->numbering, props.num_id, props.num_level,
                    p->style ? p->style->id : PL_S(""), out);
}

/* Lines of tables of contents. */

/* s without the page number at its end; all of s when there is none. */
static pl_str before_page(pl_str s)
{
    size_t n = s.n;

    while (n > 0 && pl_is_digit(s.p[n - 1]))
        n--;
    return n == s.n ? s : pl_str_trim(pl_str_sub(s, 0, n));
}

static bool ends_in_dots(pl_str s)
{
    static const pl_str dots[] = {PL_S_INIT("……"), PL_S_INIT("...."), PL_S_INIT("····"),
                                  PL_S_INIT("．．．")};

    for (size_t i = 0; i < PL_COUNT(dots); i++)
        if (pl_str_ends(s, dots[i]))
            return true;
    return false;
}

static bool is_contents_title(pl_str s)
{
    static const pl_str titles[] = {PL_S_INIT("目录"),   PL_S_INIT("目 录"),
                                    PL_S_INIT("目　录"), PL_S_INIT("目  录"),
                                    PL_S_INIT("目次"),   PL_S_INIT("Contents")};

    for (size_t i = 0; i < PL_COUNT(titles); i++)
        if (pl_str_eq(s, titles[i]))
            return true;
    return false;
}

/* By its style or field; else a row of dots before the page number says so anywhere, the
 * number alone only below the title of the contents. */
bool docx_para_is_contents(docx *x, const docx_para *p)
{
    pl_str s = pl_str_trim(docx_chars_str(&p->text)), title = before_page(s);

    if (s.n == 0)
        return false;
    if (is_contents_title(s))
        return x->in_contents = true;
    if (p->in_toc || (p->style && p->style->is_toc))
        return true;
    if (title.n < s.n && (x->in_contents || ends_in_dots(title)))
        return true;
    x->in_contents = false;
    return false;
}

/* Soft breaks. */

static bool ends_sentence(pl_str s)
{
    static const pl_str ends[] = {PL_S_INIT("。"), PL_S_INIT("；"), PL_S_INIT("！"),
                                  PL_S_INIT("？"), PL_S_INIT("："), PL_S_INIT(";"),
                                  PL_S_INIT(":"),  PL_S_INIT("."),  PL_S_INIT("”")};

    for (size_t i = 0; i < PL_COUNT(ends); i++)
        if (pl_str_ends(s, ends[i]))
            return true;
    return false;
}

static bool is_word_byte(char c)
{
    return pl_is_alpha(c) || pl_is_digit(c);
}

/* Between the halves of a line that was broken: a space where both sides are Latin. */
static pl_str joint(pl_str before, pl_str after)
{
    return before.n && after.n && is_word_byte(after.p[0]) &&
                   (is_word_byte(before.p[before.n - 1]) ||
                    before.p[before.n - 1] == ',' || before.p[before.n - 1] == '.')
               ? PL_S(" ")
               : PL_S("");
}

static pl_status block_add(pl_ctx *cx, const docx *x, const docx_para *p, pl_str text,
                           docx_flow *to)
{
    docx_props props = docx_para_props(x, p);
    docx_look *look;
    pl_block *b;

    if (text.n == 0)
        return PL_OK;
    b = PL_VEC_ADD(cx->arena, &to->blocks);
    look = b ? PL_VEC_ADD(cx->arena, &to->looks) : NULL;
    if (!look)
        return pl_fail_memory(cx);
    b->kind = PL_BLOCK_PARA;
    PL_TRY(docx_place(cx, PL_S("p"), p->number, &b->place));
    look->block = to->blocks.n - 1;
    look->style = p->style;
    look->outline = props.outline;
    look->size = p->size >= 0 ? p->size : props.size;
    look->bold = p->n && p->bold == p->n;
    look->heavy = p->n && p->heavy == p->n;
    look->centred = props.centred == 1;
    return pl_str_keep(cx, text, &b->text.s);
}

static bool is_styled_heading(const docx *x, const docx_para *p)
{
    int outline = docx_para_props(x, p).outline;

    if (outline >= 0)
        return outline < 9;
    return p->style && (p->style->heading || p->style->is_title);
}

/* The text of a paragraph, cut where a soft break ends a sentence or a number follows. */
static pl_status pieces_add(pl_ctx *cx, docx *x, const docx_para *p, pl_str rest,
                            docx_flow *to)
{
    docx_chars *text = &x->line; /* holds the number */
    bool whole = is_styled_heading(x, p), first = true;
    pl_str line;

    while (line_step(&rest, &line)) {
        pl_str so_far = docx_chars_str(text);

        if (line.n == 0)
            continue;
        if (!first && !whole &&
            (ends_sentence(so_far) || pl_numbering_at(line).kind != PL_NUMBERING_NONE)) {
            PL_TRY(block_add(cx, x, p, pl_str_trim(so_far), to));
            text->n = 0;
        } else if (!first)
            PL_TRY(docx_put(cx, text, joint(so_far, line)));
        first = false;
        PL_TRY(line_put(cx, text, line));
    }
    return block_add(cx, x, p, pl_str_trim(docx_chars_str(text)), to);
}

pl_status docx_para_blocks(pl_ctx *cx, docx *x, const docx_para *p, pl_str label,
                           docx_flow *to)
{
    pl_str raw = docx_chars_str(&p->text);

    if (is_blank(raw))
        return PL_OK;
    x->line.n = 0;
    PL_TRY(docx_put(cx, &x->line, label));
    return pieces_add(cx, x, p, raw, to);
}
