/* The outline: headings, topic paragraphs with numbered clauses, special columns. */
#include "plan/recognise.h"
#include "plan/words.h"
#include "text/numbering.h"

enum { OUTLINE_MAX_DEPTH = 16, TITLE_MAX_CHARS = 60 };

/* The open sections, outermost first. */
typedef struct stack {
    struct {
        int level;
        size_t section; /* index in plan->sections, PL_NOPOS for the document */
        size_t kids;
    } p[OUTLINE_MAX_DEPTH];
    size_t n;
} stack;

static pl_status section_id(pl_ctx *cx, const pl_plan *plan, size_t parent, size_t number,
                            pl_str *out)
{
    pl_buf b;
    pl_status st;

    pl_buf_init(&b, 4096);
    if (parent != PL_NOPOS) {
        pl_buf_put(&b, plan->sections.p[parent].id);
        pl_buf_putc(&b, '.');
    }
    pl_buf_putf(&b, "%zu", number);
    st = pl_buf_keep(cx, &b, out);
    pl_buf_release(&b);
    return st;
}

/* A new section at a level: those at its level or deeper end. */
static pl_status section_open(pl_ctx *cx, pl_plan *plan, stack *k, int level,
                              pl_section **out)
{
    pl_section *s;
    pl_str id;

    while (k->n > 1 && k->p[k->n - 1].level >= level)
        k->n--;
    PL_TRY(section_id(cx, plan, k->p[k->n - 1].section, ++k->p[k->n - 1].kids, &id));
    s = PL_VEC_ADD(cx->arena, &plan->sections);
    if (!s)
        return pl_fail_memory(cx);
    s->id = id;
    s->level = (int)k->n; /* levels that the document leaves out do not count */
    if (k->n < OUTLINE_MAX_DEPTH) {
        k->p[k->n].level = level;
        k->p[k->n].section = plan->sections.n - 1;
        k->p[k->n++].kids = 0;
    }
    *out = s;
    return PL_OK;
}

static pl_str without_stop(pl_str s)
{
    static const pl_str stops[] = {PL_S_INIT("。"), PL_S_INIT("："), PL_S_INIT(":"),
                                   PL_S_INIT("；"), PL_S_INIT(";")};

    s = pl_str_trim(s);
    for (size_t i = 0; i < PL_COUNT(stops); i++)
        if (pl_str_ends(s, stops[i]))
            s.n -= stops[i].n;
    return s;
}

static pl_status read_heading(pl_ctx *cx, pl_plan *plan, stack *k, size_t block)
{
    const pl_block *b = &plan->doc->blocks.p[block];
    pl_numbering mark = pl_numbering_at(b->text.s);
    pl_section *s;

    PL_TRY(section_open(cx, plan, k, b->level ? b->level : 1, &s));
    s->number = mark.text;
    s->block = block;
    s->at = (pl_span){0, b->text.s.n};
    s->place = pl_text_place(&b->text, &b->place, 0, b->text.s.n);
    return pl_clean(cx, without_stop(pl_str_tail(b->text.s, mark.n)), &s->title);
}

/* Offset of the next inline mark with this number and kind; its length in *len. A mark
 * stands at the start or after a sentence's or clause's end. */
static size_t inline_mark(pl_str s, size_t from, pl_numbering_kind kind, int number,
                          size_t *len)
{
    static const pl_str ends[] = {PL_S_INIT("。"), PL_S_INIT("；"), PL_S_INIT(";"),
                                  PL_S_INIT("："), PL_S_INIT(":"),  PL_S_INIT("！"),
                                  PL_S_INIT("，"), PL_S_INIT(","),  PL_S_INIT("”")};
    static const pl_str first[] = {PL_S_INIT("("), PL_S_INIT("（"), PL_S_INIT("\xe2")};

    for (size_t k = 0; k < PL_COUNT(first); k++) {
        size_t at = from;

        while ((at = pl_str_find(s, first[k], at)) != PL_NOPOS) {
            pl_numbering mark = pl_numbering_at(pl_str_tail(s, at));
            pl_str before = pl_str_trim(pl_str_sub(s, 0, at));
            bool after_end = before.n == 0;

            for (size_t i = 0; i < PL_COUNT(ends); i++)
                after_end |= pl_str_ends(before, ends[i]);
            if (mark.kind == kind && mark.number == number && after_end) {
                *len = mark.n;
                return at;
            }
            at += first[k].n;
        }
    }
    return PL_NOPOS;
}

static pl_status read_clause(pl_ctx *cx, pl_plan *plan, stack *k, size_t block, int level,
                             pl_span at, size_t mark_len)
{
    static const pl_str stops[] = {PL_S_INIT("。"), PL_S_INIT("；"), PL_S_INIT(";")};
    const pl_block *b = &plan->doc->blocks.p[block];
    pl_str body = pl_str_sub(b->text.s, at.at + mark_len, at.n - mark_len);
    pl_section *s;
    size_t len, end;

    PL_TRY(section_open(cx, plan, k, level, &s));
    s->clause = true;
    s->number = pl_str_trim(pl_str_sub(b->text.s, at.at, mark_len));
    s->block = block;
    s->at = at;
    s->place = pl_text_place(&b->text, &b->place, at.at, at.n);
    PL_TRY(pl_clean(cx, body, &s->text));
    end = pl_mark_next(s->text, 0, stops, PL_COUNT(stops), &len);
    s->title = end == PL_NOPOS ? s->text : pl_str_sub(s->text, 0, end);
    return PL_OK;
}

/* A paragraph `topic。(1)…(2)…`: the topic is a section, its clauses are below it. */
static pl_status read_clauses(pl_ctx *cx, pl_plan *plan, stack *k, size_t block)
{
    const pl_block *b = &plan->doc->blocks.p[block];
    pl_numbering_kind kind = PL_NUMBERING_AR_PAREN;
    size_t len = 0, next_len = 0;
    size_t at = inline_mark(b->text.s, 0, kind, 1, &len);
    int level = k->p[k->n - 1].level + 1;
    pl_section *s;

    if (at == PL_NOPOS) {
        kind = PL_NUMBERING_CIRCLED;
        at = inline_mark(b->text.s, 0, kind, 1, &len);
    }
    if (at == PL_NOPOS)
        return PL_OK;
    for (size_t i = k->n; i-- > 0;) /* beside the other topics and clauses, not below */
        if (k->p[i].section == PL_NOPOS ||
            plan->doc->blocks.p[plan->sections.p[k->p[i].section].block].kind ==
                PL_BLOCK_HEADING) {
            level = k->p[i].level + 1;
            break;
        }
    if (pl_str_trim(pl_str_sub(b->text.s, 0, at)).n) {
        PL_TRY(section_open(cx, plan, k, level++, &s));
        s->block = block;
        s->at = (pl_span){0, at};
        s->place = pl_text_place(&b->text, &b->place, 0, at);
        PL_TRY(pl_clean(cx, without_stop(pl_str_sub(b->text.s, 0, at)), &s->title));
    }
    for (int n = 2; at != PL_NOPOS; n++, len = next_len) {
        size_t next = inline_mark(b->text.s, at + len, kind, n, &next_len);
        size_t end = next == PL_NOPOS ? b->text.s.n : next;

        PL_TRY(read_clause(cx, plan, k, block, level, (pl_span){at, end - at}, len));
        at = next;
    }
    return PL_OK;
}

static bool is_annex(const pl_block *b)
{
    return pl_numbering_at(b->text.s).kind == PL_NUMBERING_ANNEX;
}

static bool is_column(const pl_block *b)
{
    return pl_numbering_at(b->text.s).kind == PL_NUMBERING_COLUMN;
}

pl_status pl_read_sections(pl_ctx *cx, pl_plan *plan)
{
    stack k = {.n = 1};

    k.p[0].section = PL_NOPOS;
    for (size_t i = 0; i < plan->doc->blocks.n; i++) {
        const pl_block *b = &plan->doc->blocks.p[i];

        if (b->kind == PL_BLOCK_HEADING && is_annex(b))
            return PL_OK; /* what follows is of the annexes */
        if (b->kind == PL_BLOCK_HEADING && !is_column(b) &&
            !pl_str_eq(b->text.s, plan->doc->title))
            PL_TRY(read_heading(cx, plan, &k, i));
        else if (b->kind == PL_BLOCK_PARA)
            PL_TRY(read_clauses(cx, plan, &k, i));
    }
    return PL_OK;
}

size_t pl_section_at(const pl_plan *plan, size_t block)
{
    size_t lo = 0, hi = plan->sections.n;

    while (lo < hi) { /* the first section of a later block */
        size_t mid = lo + (hi - lo) / 2;

        if (plan->sections.p[mid].block <= block)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo ? lo - 1 : PL_NOPOS;
}

pl_status pl_read_columns(pl_ctx *cx, pl_plan *plan)
{
    const pl_blocks *all = &plan->doc->blocks;

    for (size_t i = 0; i + 1 < all->n; i++) {
        const pl_block *b = &all->p[i];
        pl_numbering mark;
        pl_column *c;
        pl_str title;

        if (b->kind == PL_BLOCK_TABLE || all->p[i + 1].kind != PL_BLOCK_TABLE)
            continue;
        mark = pl_numbering_at(b->text.s);
        if (mark.kind != PL_NUMBERING_COLUMN)
            continue;
        c = PL_VEC_ADD(cx->arena, &plan->columns);
        if (!c)
            return pl_fail_memory(cx);
        title = pl_str_tail(b->text.s, mark.n);
        if (!pl_str_eat(&title, PL_S(":")))
            pl_str_eat(&title, PL_S("："));
        PL_TRY(pl_clean(cx, mark.text, &c->number));
        PL_TRY(pl_clean(cx, title, &c->title));
        c->table = all->p[i + 1].table;
        c->place = pl_text_place(&b->text, &b->place, 0, b->text.s.n);
    }
    return PL_OK;
}
