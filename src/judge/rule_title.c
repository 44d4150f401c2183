/* Titles of annexes: as the list of annexes has them, and as they stand above the annexes
 * themselves. A year that differs contradicts; other words are worth a look. R-330. */
#include "judge/rules.h"

#include "text/fold.h"
#include "text/numbering.h"
#include "text/year.h"

enum { ANNEX_MAX = 40, LIST_MAX_LINES = 40 };

/* One annex: its title in the list and above itself; block is PL_NOPOS where not found.
 */
typedef struct annex {
    pl_str listed, stands;
    size_t listed_in, stands_in;
} annex;

typedef struct annexes {
    annex p[ANNEX_MAX + 1]; /* by number, from 1 */
    size_t listed;          /* block of the list's first line, PL_NOPOS */
} annexes;

static const pl_block *block_at(const pl_check *check, size_t i)
{
    return &check->plan->doc->blocks.p[i];
}

/* `附件:1.甲` begins the list, `2.乙` goes on with it. */
static bool list_line(pl_str s, bool first, pl_numbering *mark)
{
    if (first && !pl_str_eat(&s, PL_S("附件:")) && !pl_str_eat(&s, PL_S("附:")))
        return false;
    *mark = pl_numbering_at(s);
    return mark->kind == PL_NUMBERING_AR_DOT && mark->number <= ANNEX_MAX;
}

/* The text behind the list's mark. */
static pl_str behind(pl_str s, const pl_numbering *mark, bool first)
{
    if (first && !pl_str_eat(&s, PL_S("附件:")))
        (void)pl_str_eat(&s, PL_S("附:"));
    return pl_str_trim(pl_str_tail(s, mark->n));
}

/* The list's own numbers run 1, 2, 3 …; `after` is the one before, 0 at its start. */
static pl_status say_number(pl_ctx *cx, pl_check *check, size_t block, int number,
                            int after)
{
    const pl_block *b = block_at(check, block);
    bool held = number == after + 1;
    pl_relation *r;

    PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_SEQUENCE,
                           held ? PL_SEVERITY_HELD : PL_SEVERITY_ERROR, &r));
    PL_TRY(pl_relation_zh(
        cx, r, held ? "附件清单序号%d接续" : "附件清单序号不连续：写作%d，应为%d", number,
        after + 1));
    PL_TRY(pl_relation_en(cx, r,
                          held ? "number %d of the list of annexes is next"
                               : "number %d of the list of annexes should be %d",
                          number, after + 1));
    return pl_relation_at(cx, r, pl_text_place(&b->text, &b->place, 0, b->text.s.n),
                          b->text.s);
}

static pl_status read_list(pl_ctx *cx, pl_check *check, annexes *out)
{
    int last = 0;
    size_t n = check->plan->doc->blocks.n;

    for (size_t i = 0; i < n; i++) {
        pl_numbering mark;
        pl_str s;

        if (block_at(check, i)->kind == PL_BLOCK_TABLE)
            continue;
        PL_TRY(pl_fold_str(cx, block_at(check, i)->text.s, &s));
        if (!list_line(s, true, &mark))
            continue;
        out->listed = i;
        for (size_t k = i; k < n && k < i + LIST_MAX_LINES; k++) {
            PL_TRY(pl_fold_str(cx, block_at(check, k)->text.s, &s));
            if (!list_line(s, k == i, &mark))
                break;
            PL_TRY(say_number(cx, check, k, mark.number, last));
            last = mark.number;
            out->p[mark.number].listed = behind(s, &mark, k == i);
            out->p[mark.number].listed_in = k;
        }
        return PL_OK;
    }
    return PL_OK;
}

/* The heading or short paragraph behind `附件2`. */
static pl_status read_annexes(pl_ctx *cx, const pl_check *check, annexes *out)
{
    for (size_t i = out->listed + 1; i + 1 < check->plan->doc->blocks.n; i++) {
        pl_numbering mark = pl_numbering_at(block_at(check, i)->text.s);
        const pl_block *next = block_at(check, i + 1);

        if (block_at(check, i)->kind != PL_BLOCK_HEADING ||
            mark.kind != PL_NUMBERING_ANNEX || mark.number > ANNEX_MAX ||
            mark.number < 1 || next->kind == PL_BLOCK_TABLE)
            continue;
        PL_TRY(pl_fold_str(cx, next->text.s, &out->p[mark.number].stands));
        out->p[mark.number].stands_in = i + 1;
    }
    return PL_OK;
}

static int year_in(pl_str s)
{
    return pl_period_in(s, 0, 0, NULL).year;
}

static pl_status say(pl_ctx *cx, pl_check *check, int number, const annex *a)
{
    int listed = year_in(a->listed), stands = year_in(a->stands);
    bool years = listed && stands && listed != stands;
    bool same = pl_str_eq(a->listed, a->stands);
    const pl_block *b = block_at(check, a->stands_in), *l = block_at(check, a->listed_in);
    pl_relation *r;

    PL_TRY(pl_relation_add(cx, &check->relations, PL_KIND_TITLE,
                           same    ? PL_SEVERITY_HELD
                           : years ? PL_SEVERITY_ERROR
                                   : PL_SEVERITY_WARNING,
                           &r));
    if (same) {
        PL_TRY(pl_relation_zh(cx, r, "附件%d的标题与附件清单一致", number));
        PL_TRY(pl_relation_en(cx, r, "annex %d is titled as the list says", number));
    } else if (years) {
        PL_TRY(pl_relation_zh(cx, r, "附件%d的标题写作%d年“%.*s”，附件清单为%d年“%.*s”",
                              number, stands, PL_FMT(a->stands), listed,
                              PL_FMT(a->listed)));
        PL_TRY(pl_relation_en(cx, r, "annex %d is titled for %d (%.*s), listed for %d",
                              number, stands, PL_FMT(a->stands), listed));
    } else {
        PL_TRY(pl_relation_zh(cx, r, "附件%d的标题“%.*s”与附件清单“%.*s”不同", number,
                              PL_FMT(a->stands), PL_FMT(a->listed)));
        PL_TRY(pl_relation_en(cx, r, "annex %d is titled '%.*s', listed as '%.*s'",
                              number, PL_FMT(a->stands), PL_FMT(a->listed)));
    }
    r->expected = a->listed;
    r->found = a->stands;
    PL_TRY(pl_relation_at(cx, r, pl_text_place(&b->text, &b->place, 0, b->text.s.n),
                          b->text.s));
    return pl_relation_at(cx, r, pl_text_place(&l->text, &l->place, 0, l->text.s.n),
                          l->text.s);
}

pl_status pl_rule_title(pl_ctx *cx, pl_check *check)
{
    annexes *all = PL_NEW(cx->arena, annexes);

    if (!all)
        return pl_fail_memory(cx);
    all->listed = PL_NOPOS;
    PL_TRY(read_list(cx, check, all));
    if (all->listed == PL_NOPOS)
        return PL_OK;
    PL_TRY(read_annexes(cx, check, all));
    for (int i = 1; i <= ANNEX_MAX; i++)
        if (all->p[i].listed.n && all->p[i].stands.n)
            PL_TRY(say(cx, check, i, &all->p[i]));
    return PL_OK;
}
